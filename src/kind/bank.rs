//! A bank of interview questions: the head of its file. The questions in it are entries
//! of their own.

use serde_json::json;
use tera::{Map, Value};

use super::head;
use crate::catalog::{Common, Files, Kind, Order};
use crate::record::{
    Field, Fields, Id, Look, Markdown, Named, Object, Reader, Record, Summary, Text,
    record,
};
use crate::syntax::markdown::Style;
use crate::syntax::yaml::{self, Node};

record! {
    /// The fields of a bank.
    Bank {
        /// What is tested, how it is scored, how people fail.
        optional about: Option<Markdown>,
        /// The categories of its questions: id and title.
        required categories: Titles,
    }
}

/// Ids and titles, in the order of the file.
#[derive(Debug)]
pub struct Titles(
    /// Each id with its title.
    pub Vec<(Box<str>, Text)>,
);

impl Field for Titles {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let yaml::Value::Map(pairs, _) = &node.value else {
            reader.unfit(node, "a map of ids and titles");
            return None;
        };
        let pairs = pairs.iter().filter_map(|(key, node)| {
            let name = yaml::Value::Text(key.name.clone());
            let id = Id::read(&Node { span: key.span, value: name }, reader);
            let title = title(node, reader);
            Some((id?.text, title?))
        });
        Some(Self(pairs.collect()))
    }

    fn schema() -> serde_json::Value {
        json!({
            "type": "object",
            "minProperties": 1,
            "propertyNames": Id::schema(),
            "additionalProperties": Text::schema(),
        })
    }

    fn data(&self, look: &dyn Look) -> Value {
        let mut data = Map::new();
        for (id, title) in &self.0 {
            data.insert(id.to_string().into(), title.data(look));
        }
        data.into()
    }
}

fn title(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Text> {
    if Text::is_empty(node) {
        reader.unfit(node, "a title");
        return None;
    }
    Text::read(node, reader)
}

impl Named for Bank {
    const KIND: &'static str = "bank";
}

/// The row of this kind.
pub(super) static KIND: Kind = Kind {
    name: "bank",
    plural: "banks",
    files: Files::Yaml("questions"),
    read,
    describe,
    style: Style { fields: false, folded: &[], page: false },
    sections: &[],
    order: Order::Title,
    starter: include_str!("starter/bank.yaml"),
    anchors: None,
};

fn read(
    fields: &mut Fields<'_, '_>,
    reader: &mut Reader<'_>,
) -> (Common, Option<Box<dyn Record>>) {
    let title = fields.required::<Text>("title", reader);
    let summary = fields.required::<Summary>("summary", reader);
    let complete = title.is_some() && summary.is_some();
    let common = Common {
        title: title.unwrap_or_default().0,
        summary: summary.unwrap_or_default().0,
        aliases: head::aliases(fields, reader),
        complete,
        ..Common::default()
    };
    let own = Bank::take(fields, reader);
    (common, own.map(|own| Box::new(own) as Box<dyn Record>))
}

fn describe(object: &mut Object) {
    object.required::<Text>("title", "What the bank is called.");
    object.required::<Summary>("summary", "What it is, in at most 160 characters.");
    head::describe_aliases(object);
    Bank::describe(object);
}
