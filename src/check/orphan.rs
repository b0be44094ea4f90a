//! `orphan`: nothing links to an entry but lists and itself.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Destination, Entry, EntryId};
use crate::diagnostic::{Code, Diagnostic};
use crate::render::Terms;
use crate::syntax::link::Role;

/// Kinds that are found by other ways: free pages by the navigation, steps by the
/// journey.
const FOUND: &[&str] = &["page", "step"];

pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    if catalog.unread {
        return Vec::new();
    }
    let named = named_back(catalog);
    let lonely = (0..).map(EntryId).zip(&catalog.entries).filter(|(id, entry)| {
        let linked = catalog.incoming[id.0 as usize].iter().any(|link| link.from != *id);
        !linked && !named.contains(id) && !FOUND.contains(&entry.kind.name)
    });
    let lonely: Vec<(EntryId, &Entry)> =
        lonely.map(|(id, entry)| (id, &**entry)).collect();
    let explained = explained(catalog, &lonely);
    let lonely = lonely.into_iter().filter(|(id, _)| !explained.contains(id));
    lonely.map(|(_, entry)| finding(entry)).collect()
}

/// Questions that name another as related: the relation counts both ways.
fn named_back(catalog: &Catalog) -> BTreeSet<EntryId> {
    let all = (0..).map(EntryId).zip(&catalog.entries);
    let questions = all.filter(|(_, entry)| entry.kind.name == "question");
    let related = questions.filter(|(id, _)| {
        catalog.links(*id).any(|(link, to)| {
            let other = matches!(to, Destination::Entry(target, _) if target != id);
            other && matches!(link.role, Role::Field("related"))
        })
    });
    related.map(|(id, _)| id).collect()
}

/// Terms that the text of a page uses, where the first use becomes a link. The texts are
/// searched only if a term has no other link.
fn explained(catalog: &Catalog, lonely: &[(EntryId, &Entry)]) -> BTreeSet<EntryId> {
    let mut used = BTreeSet::new();
    let wanted = lonely.iter().any(|(_, entry)| entry.kind.name == "term");
    let Some(terms) = wanted.then(|| Terms::new(catalog)).flatten() else { return used };
    for entry in &catalog.entries {
        for (from, to) in &entry.body.texts {
            let text = &entry.body.html[*from as usize..*to as usize];
            used.extend(terms.uses(text).map(|found| found.term));
        }
    }
    used
}

fn finding(entry: &Entry) -> Diagnostic {
    let message = format!("nothing links to the {} `{}`", entry.kind.name, entry.id);
    Diagnostic::new(Code::Orphan, &entry.place.file, entry.place.span, message)
        .help(format!("link to it: `[[{}:{}]]`", entry.kind.name, entry.id))
}
