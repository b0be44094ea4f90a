//! A term of the glossary.

use super::head;
use crate::catalog::{Common, Files, Kind, Order};
use crate::record::{
    AnyRef, Fields, List, Markdown, Named, Object, Reader, Record, Text, record,
};
use crate::syntax::markdown::Style;

record! {
    /// The fields of a term.
    Term {
        /// The word.
        required term: Text,
        /// What it means.
        required meaning: Markdown,
        /// Other spellings.
        optional also: List<Text>,
        /// Entries that say more, as `kind:id`.
        optional see: List<AnyRef>,
    }
}

impl Named for Term {
    const KIND: &'static str = "term";
}

/// The row of this kind.
pub(super) static KIND: Kind = Kind {
    name: "term",
    plural: "terms",
    files: Files::List("glossary.yaml"),
    read,
    describe,
    style: Style { fields: false, folded: &[], page: false },
    sections: &[],
    order: Order::Title,
    starter: include_str!("starter/term.yaml"),
    anchors: None,
};

fn read(
    fields: &mut Fields<'_, '_>,
    reader: &mut Reader<'_>,
) -> (Common, Option<Box<dyn Record>>) {
    let aliases = head::aliases(fields, reader);
    let own = Term::take(fields, reader);
    let title = own.as_ref().map(|own| own.term.0.clone()).unwrap_or_default();
    let meaning = own.as_ref().map(|own| own.meaning.body.text(&reader.links));
    let summary = meaning.unwrap_or_default();
    let common = Common { title, summary, aliases, complete: true, ..Common::default() };
    (common, own.map(|own| Box::new(own) as Box<dyn Record>))
}

fn describe(object: &mut Object) {
    head::describe_aliases(object);
    Term::describe(object);
}
