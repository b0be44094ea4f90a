//! What an author wants to know of the page that is shown.
//!
//! In: a site and an address. Out: JSON. Keeps true: it says what the checks say,
//! whatever weight `site.yaml` gives them.

use serde_json::{Value, json};
use tera::value::Key;

use super::editor::Editor;
use crate::catalog::{Catalog, Destination, Entry, EntryId};
use crate::check;
use crate::record::{Count, Data, Silent};
use crate::render::Subject;
use crate::site::Site;
use crate::source::Project;
use crate::syntax::link::Role;

/// All that is known of a page; `None` if it is about no entry.
pub(super) fn look(
    site: &Site,
    address: &str,
    (project, editor): (&Project, &Editor),
) -> Option<Value> {
    let (Subject::Entry(id) | Subject::Alias(id)) = *site.subject(address)? else {
        return None;
    };
    let catalog = site.catalog();
    let entry = catalog.entry(id);
    let file = &entry.place.file;
    let line = line(&project.root.join(&**file), entry.place.span.start as usize);
    Some(json!({
        "kind": entry.kind.name,
        "id": entry.id,
        "file": &**file,
        "open": editor.link(&project.root.join(&**file), line, 1),
        "words": entry.words(),
        "effort": effort(entry),
        "missing": check::missing_sections(entry).collect::<Vec<_>>(),
        "coverage": coverage(catalog, id),
        "reviewed": entry.common.reviewed.map(|(date, _)| date.0.to_string()),
        "stale": is_stale(catalog, entry),
        "incoming": incoming(catalog, id),
        "outgoing": outgoing(catalog, id),
    }))
}

/// The line of a byte of a file, from 1.
fn line(place: &std::path::Path, at: usize) -> usize {
    let bytes =
        if at == 0 { Vec::new() } else { std::fs::read(place).unwrap_or_default() };
    1 + bytes.iter().take(at).filter(|byte| **byte == b'\n').count()
}

/// `2–5 h`, for kinds that have it.
fn effort(entry: &Entry) -> Option<String> {
    let mut fields = Data::new();
    entry.fields.as_ref()?.fill(&mut fields, &Silent, &|name| name == "effort");
    let effort = fields.get("effort")?.as_map()?;
    let text = |name| effort.get(&Key::Str(name)).and_then(|value| value.as_str());
    Some(format!("{} {}", text("range")?, text("unit")?))
}

fn is_stale(catalog: &Catalog, entry: &Entry) -> bool {
    let review = entry.common.reviewed.zip(catalog.settings.review_after);
    review.is_some_and(|((date, _), after)| date.is_older_than(after, catalog.today))
}

/// The skills and steps of the page, itself among them, with the questions that name
/// each.
fn coverage(catalog: &Catalog, id: EntryId) -> Vec<Value> {
    let covered = |id: &EntryId| matches!(catalog.entry(*id).kind.name, "skill" | "step");
    let mut all: Vec<EntryId> = named(catalog, id).collect();
    all.push(id);
    all.retain(covered);
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(|id| covered_by(catalog, id)).collect()
}

/// The entries that the fields of an entry name.
fn named(catalog: &Catalog, id: EntryId) -> impl Iterator<Item = EntryId> {
    catalog.links(id).filter_map(|(link, destination)| match (&link.role, destination) {
        (Role::Field(_), Destination::Entry(target, _)) => Some(*target),
        _ => None,
    })
}

fn covered_by(catalog: &Catalog, id: EntryId) -> Value {
    let entry = catalog.entry(id);
    let questions = catalog.incoming[id.0 as usize].iter().map(|link| link.from);
    let mut questions: Vec<EntryId> = questions
        .filter(|from| {
            let from = catalog.entry(*from);
            from.kind.name == "question" && !from.common.retired
        })
        .filter(|from| named(catalog, *from).any(|target| target == id))
        .collect();
    questions.dedup();
    let coverage = catalog.settings.coverage.as_deref();
    let least = coverage.and_then(|coverage| match entry.kind.name {
        "skill" => coverage.skill,
        _ => coverage.step,
    });
    let least = least.map(|Count(least)| least);
    json!({ "page": card(entry), "questions": questions.len(), "least": least })
}

fn incoming(catalog: &Catalog, id: EntryId) -> Vec<Value> {
    let from = catalog.incoming[id.0 as usize].iter().map(|link| link.from);
    cards(catalog, from.filter(|from| *from != id))
}

fn outgoing(catalog: &Catalog, id: EntryId) -> Vec<Value> {
    let targets = catalog.links(id).filter_map(|(_, destination)| match destination {
        Destination::Entry(target, _) if *target != id => Some(*target),
        _ => None,
    });
    cards(catalog, targets)
}

fn cards(catalog: &Catalog, ids: impl Iterator<Item = EntryId>) -> Vec<Value> {
    let ids: std::collections::BTreeSet<EntryId> = ids.collect();
    ids.into_iter().map(|id| card(catalog.entry(id))).collect()
}

fn card(entry: &Entry) -> Value {
    let href = format!("/{}", entry.address());
    json!({ "title": entry.title(), "kind": entry.kind.name, "href": href })
}
