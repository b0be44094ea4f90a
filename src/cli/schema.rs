//! `pmjump schema KIND`.

use serde_json::{Value, json};

use super::{Outcome, Terminal};
use crate::catalog::{Files, Kind};
use crate::kind::{self, KINDS};
use crate::record::{Id, Object};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The kind, `step` or `bank`
    #[arg(value_parser = kinds())]
    kind: String,
}

/// The names of all kinds, for arguments.
pub(super) fn kinds() -> clap::builder::PossibleValuesParser {
    KINDS.iter().map(|kind| kind.name).collect::<Vec<_>>().into()
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> super::Result {
    if let Some(kind) = kind::named(&arguments.kind) {
        let text = serde_json::to_string_pretty(&schema(kind)).unwrap_or_default();
        terminal.print(&format!("{text}\n"))?;
    }
    Ok(Outcome::Clean)
}

/// The schema of a kind's front matter, file, or list.
pub(crate) fn schema(kind: &Kind) -> Value {
    let mut schema = match kind.files {
        Files::List(_) => json!({ "type": "array", "items": item(kind) }),
        Files::Inside { .. } => item(kind),
        _ => whole(kind),
    };
    if let Some(schema) = schema.as_object_mut() {
        let draft = "http://json-schema.org/draft-07/schema#";
        schema.shift_insert(0, "$schema".into(), draft.into());
        schema.shift_insert(1, "title".into(), format!("pmjump {}", kind.name).into());
    }
    schema
}

fn item(kind: &Kind) -> Value {
    let mut object = Object::default();
    object.required::<Id>("id", "What links call it, for ever.");
    (kind.describe)(&mut object);
    object.into()
}

/// A file's own map, with the entries that stand in it.
fn whole(kind: &Kind) -> Value {
    let mut object = Object::default();
    (kind.describe)(&mut object);
    for (child, field) in kind::inside(kind) {
        let list = json!({ "type": "array", "minItems": 1, "items": item(child) });
        object.property(field, list, "");
        object.demand(field);
    }
    object.into()
}
