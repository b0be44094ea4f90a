//! The table of kinds: one file per row says all there is to say about a kind.
//!
//! In: sources. Out: entries, by [`parse`].
//! Keeps true: what a kind of content is, its row says; loading, ids, references,
//! addresses, reverse links, JSON Schema, `new` and `stats` follow from the row.

mod bank;
mod head;
mod memo;
mod page;
mod parse;
mod playbook;
mod project;
mod question;
mod skill;
mod step;
mod term;
mod tool;
mod worksheet;

pub use bank::Bank;
pub use memo::Memo;
pub use page::Page;
pub use parse::parse;
pub use playbook::Playbook;
pub use project::Project;
pub use question::{Level, Question, Status};
pub use skill::Skill;
pub use step::Step;
pub use term::Term;
pub use tool::Tool;
pub use worksheet::Worksheet;

use crate::catalog::{Files, Kind};

/// Every kind, in the order in which a site lists them.
pub static KINDS: &[&Kind] = &[
    &step::KIND,
    &playbook::KIND,
    &worksheet::KIND,
    &project::KIND,
    &tool::KIND,
    &skill::KIND,
    &bank::KIND,
    &question::KIND,
    &term::KIND,
    &page::KIND,
];

/// The kind of this name.
pub fn named(name: &str) -> Option<&'static Kind> {
    KINDS.iter().copied().find(|kind| kind.name == name)
}

/// The kinds whose entries stand in a field of the files of `parent`, with the field.
pub fn inside(parent: &Kind) -> impl Iterator<Item = (&'static Kind, &'static str)> {
    let parent = parent.name;
    KINDS.iter().copied().filter_map(move |kind| match kind.files {
        Files::Inside { kind: outer, field } if outer == parent => Some((kind, field)),
        _ => None,
    })
}

/// The kind whose entries stand in the file at this path of the project.
pub fn owner(path: &str) -> Option<&'static Kind> {
    KINDS.iter().copied().find(|kind| kind.files.holds(path))
}
