//! The card of an entry: what lists and links show of it.

use std::collections::BTreeMap;

use tera::Value;

use super::root;
use crate::catalog::{Catalog, Destination, EntryId};
use crate::record::{Data, Silent};
use crate::syntax::link::Role;

/// Kind, id, title, summary, address, the title of the entry it is in, its plain fields,
/// and as `names` the ids of the entries that other fields name. Markdown is left out.
pub(super) fn card(catalog: &Catalog, id: EntryId, depth: usize) -> Value {
    let entry = catalog.entry(id);
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
    data.insert("names", names(catalog, id));
    let parent =
        catalog.parent(entry).map(|(_, parent)| Value::normal_string(parent.title()));
    data.insert("parent", parent.unwrap_or_else(Value::none));
    data.into()
}

/// By field the ids of the entries that it names.
fn names(catalog: &Catalog, id: EntryId) -> Value {
    let mut names: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for (link, destination) in catalog.links(id) {
        if let (Role::Field(field), Destination::Entry(to, _)) = (&link.role, destination)
        {
            let id = Value::normal_string(&catalog.entry(*to).id);
            names.entry(field).or_default().push(id);
        }
    }
    names.into_iter().collect::<BTreeMap<_, _>>().into()
}
