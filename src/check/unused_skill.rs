//! `unused-skill`: no step trains a skill and no question tests it.

use crate::catalog::{Catalog, EntryId};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::link::Role;

pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    if catalog.unread {
        return Vec::new();
    }
    let unused = catalog.of_kind("skill").filter(|(id, _)| !is_used(catalog, *id));
    unused
        .map(|(_, skill)| {
            let message =
                format!("no step trains `{}` and no question tests it", skill.id);
            Diagnostic::new(
                Code::UnusedSkill,
                &skill.place.file,
                skill.place.span,
                message,
            )
            .help("name it in `skills` of a step or a question")
        })
        .collect()
}

fn is_used(catalog: &Catalog, skill: EntryId) -> bool {
    catalog.incoming[skill.0 as usize].iter().any(|incoming| {
        let from = catalog.entry(incoming.from);
        let field = &from.links[incoming.link as usize].role;
        matches!(
            (from.kind.name, field),
            ("step" | "question", Role::Field("skills"))
                | ("question", Role::Field("tests"))
        )
    })
}
