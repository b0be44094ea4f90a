//! `missing-section`: a page lacks a level-2 heading that its kind has to have.

use crate::catalog::{Catalog, Entry, Origin};
use crate::diagnostic::{Code, Diagnostic, Span};

pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let read = catalog.entries.iter().filter(|entry| entry.origin == Origin::Whole);
    read.flat_map(|entry| missing(entry).map(|section| finding(entry, section))).collect()
}

/// The headings that the entry should have and has not.
pub(super) fn missing(entry: &Entry) -> impl Iterator<Item = &'static str> {
    let has = |section: &&&str| {
        let mut headings = entry.body.headings.iter();
        headings.any(|heading| heading.level == 2 && *heading.text == ***section)
    };
    entry.kind.sections.iter().filter(move |section| !has(section)).copied()
}

fn finding(entry: &Entry, section: &str) -> Diagnostic {
    let message = format!("the section `{section}` is missing");
    Diagnostic::new(Code::MissingSection, &entry.place.file, Span::FILE, message)
        .help(format!("add a heading `## {section}`"))
}
