//! The card of an entry: what lists and links show of it.

use tera::{Map, Value};

use super::root;
use crate::catalog::Entry;
use crate::record::Look;
use crate::syntax::markdown::Body;

/// Fields without links and Markdown, which cards do not show.
struct Shallow;

impl Look for Shallow {
    fn link(&self, _: u32) -> Value {
        Value::none()
    }

    fn html(&self, _: &Body) -> Value {
        Value::none()
    }
}

/// Kind, id, title, summary, address, and the plain fields of an entry.
pub(super) fn card(entry: &Entry, depth: usize) -> Value {
    let mut data = Map::new();
    let mut put = |name: &'static str, text: &str| {
        data.insert(name.into(), Value::normal_string(text));
    };
    put("kind", entry.kind.name);
    put("id", &entry.id);
    put("title", entry.title());
    put("summary", &entry.common.summary);
    put("href", &format!("{}{}", root(depth), entry.address()));
    data.insert("retired".into(), entry.common.retired.into());
    let mut fields = Map::new();
    if let Some(own) = &entry.fields {
        own.fill(&mut fields, &Shallow);
    }
    data.insert("fields".into(), fields.into());
    data.into()
}
