//! The card of an entry: what lists and links show of it.

use tera::Value;

use super::root;
use crate::catalog::{Catalog, Entry};
use crate::record::{Data, Silent};

/// Kind, id, title, summary, address, the title of the entry it is in, and its plain
/// fields: links and Markdown are left out.
pub(super) fn card(catalog: &Catalog, entry: &Entry, depth: usize) -> Value {
    let mut data = Data::new();
    let mut put = |name: &'static str, text: &str| {
        data.insert(name, Value::normal_string(text));
    };
    put("kind", entry.kind.name);
    put("id", &entry.id);
    put("title", entry.title());
    put("summary", &entry.common.summary);
    put("href", &format!("{}{}", root(depth), entry.address()));
    data.insert("retired", entry.common.retired.into());
    let mut fields = Data::new();
    if let Some(own) = &entry.fields {
        own.fill(&mut fields, &Silent, &|_| true);
    }
    data.insert("fields", fields.into());
    let parent =
        catalog.parent(entry).map(|(_, parent)| Value::normal_string(parent.title()));
    data.insert("parent", parent.unwrap_or_else(Value::none));
    data.into()
}
