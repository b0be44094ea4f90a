//! `retired-reference`: a link to a question that is asked no more.

use crate::catalog::{Catalog, Destination, EntryId};
use crate::diagnostic::{Code, Diagnostic};
use crate::kind::Question;

pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    if catalog.entries.iter().all(|entry| !entry.common.retired) {
        return Vec::new();
    }
    let numbered = (0..).map(EntryId).zip(&catalog.entries);
    let live = numbered.filter(|(_, entry)| !entry.common.retired);
    live.flat_map(|(id, entry)| {
        catalog.links(id).filter_map(move |(link, to)| {
            let Destination::Entry(target, _) = to else { return None };
            let question = catalog.entry(*target);
            question.common.retired.then(|| {
                let message = format!("the question `{}` is retired", question.id);
                let file = &entry.place.file;
                let finding =
                    Diagnostic::new(Code::RetiredReference, file, link.span, message);
                match successor(catalog, *target) {
                    Some(next) => finding.help(format!("it is replaced by `{next}`")),
                    None => finding.help("take the link out"),
                }
            })
        })
    })
    .collect()
}

fn successor(catalog: &Catalog, id: EntryId) -> Option<&str> {
    let next = catalog.entry(id).fields::<Question>()?.replaced_by?;
    Some(&catalog.entry(catalog.target(id, next.link)?).id)
}
