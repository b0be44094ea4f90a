//! What every Markdown kind has at the head of its front matter.

use serde_json::json;

use crate::catalog::Common;
use crate::record::{
    Date, Field, Fields, Id, List, Object, Reader, Record, Summary, Text,
};

/// Reads the head and the fields of a Markdown kind from one front matter.
pub(super) fn read<T: Record>(
    fields: &mut Fields<'_, '_>,
    reader: &mut Reader<'_>,
) -> (Common, Option<Box<dyn Record>>) {
    let title = fields.required::<Text>("title", reader);
    let summary = fields.required::<Summary>("summary", reader);
    let complete = title.is_some() && summary.is_some();
    let common = Common {
        title: title.unwrap_or_default().0,
        summary: summary.unwrap_or_default().0,
        aliases: aliases(fields, reader),
        draft: fields.optional("draft", reader).unwrap_or_default(),
        reviewed: reviewed(fields, reader),
        sources: fields.optional("sources", reader).unwrap_or_default(),
        complete,
        ..Common::default()
    };
    let own = T::take(fields, reader);
    (common, own.map(|own| Box::new(own) as Box<dyn Record>))
}

/// Adds the head and the fields of a Markdown kind to a schema.
pub(super) fn describe<T: Record>(object: &mut Object) {
    object.required::<Text>("title", "What the page is called.");
    object.required::<Summary>("summary", "What it is, in at most 160 characters.");
    describe_aliases(object);
    object.optional::<bool>("draft", "Whether it is not published yet.");
    object.optional::<Option<Date>>(
        "reviewed",
        "When somebody last looked whether it is still true.",
    );
    object.optional::<List<crate::catalog::SourceNote>>("sources", "What it rests on.");
    T::describe(object);
}

/// Former ids, which keep their addresses.
pub(super) fn aliases(fields: &mut Fields<'_, '_>, reader: &mut Reader<'_>) -> Vec<Id> {
    fields.optional::<List<Id>>("aliases", reader).unwrap_or_default().0
}

/// Adds the former ids to a schema.
pub(super) fn describe_aliases(object: &mut Object) {
    let mut list = List::<Id>::schema();
    list["uniqueItems"] = true.into();
    let schema = json!({ "anyOf": [list, { "type": "null" }] });
    object.property("aliases", schema, "Former ids, which keep their addresses.");
}

fn reviewed(
    fields: &mut Fields<'_, '_>,
    reader: &mut Reader<'_>,
) -> Option<(Date, crate::diagnostic::Span)> {
    let span = fields.get("reviewed").map(|node| node.span)?;
    let date = fields.optional::<Option<Date>>("reviewed", reader)??;
    Some((date, span))
}
