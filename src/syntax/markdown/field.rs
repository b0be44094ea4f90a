//! Fields of a form: runs of underscores and empty cells.

use std::borrow::Cow;

use super::body::{Part, plain_text};
use super::writer::Writer;

/// Stands for an underscore of a field while the parser reads, which would take a pair of
/// runs for emphasis.
pub(super) const BLANK: char = '\u{1f}';

/// The shortest run of underscores that is a field.
const SHORTEST_FIELD: usize = 3;

impl Writer<'_, '_> {
    /// Text with runs of [`BLANK`]s: each is a field, named by what stands before it.
    pub(super) fn text_with_fields(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find(BLANK) {
            let run = rest[at..].chars().take_while(|letter| *letter == BLANK).count();
            if at > 0 {
                self.text_run(&rest[..at]);
            }
            match run >= SHORTEST_FIELD && self.fold.is_none() {
                true => self.field("", run),
                false => self.escaped(&"_".repeat(run)),
            }
            rest = &rest[at + run..];
        }
        if !rest.is_empty() {
            self.text_run(rest);
        }
    }

    /// A field to fill in: of `width` characters, or as wide as its cell.
    pub(super) fn field(&mut self, title: &str, width: usize) {
        let title =
            if title.trim().is_empty() { self.field_name() } else { title.to_owned() };
        self.fields += 1;
        self.push("<input class=\"field\" type=\"text\" aria-label=\"");
        match title.is_empty() {
            true => self.hole(Part::Word("field")),
            false => self.attribute(&title),
        }
        self.push(&format!("\" data-field=\"{}\"", self.fields));
        if width > 0 {
            self.push(&format!(" size=\"{}\"", width.min(80)));
        }
        self.push(">");
    }

    /// What stands before a field in its block, or the heading above it.
    fn field_name(&self) -> String {
        let before =
            plain_text(&self.body.html[self.block.0.min(self.body.html.len())..]);
        let before = before.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        let last = before.rsplit(['\n', ':']).next().unwrap_or("").trim();
        let above = || self.body.headings.last().map(|heading| heading.text.to_string());
        match last.is_empty() {
            true => self.column_title().or_else(above).unwrap_or_default(),
            false => last.to_owned(),
        }
    }
}

/// Replaces runs of underscores by [`BLANK`]s of the same length.
pub(super) fn hide_blanks(text: &str) -> String {
    let mut hidden = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('_') {
        let run = rest[at..].bytes().take_while(|byte| *byte == b'_').count();
        hidden.push_str(&rest[..at]);
        let letter = if run >= SHORTEST_FIELD { BLANK } else { '_' };
        hidden.extend(std::iter::repeat_n(letter, run));
        rest = &rest[at + run..];
    }
    hidden + rest
}

/// The underscores again, in code.
pub(super) fn show_blanks(text: &str, hidden: bool) -> Cow<'_, str> {
    match hidden && text.contains(BLANK) {
        true => Cow::Owned(text.replace(BLANK, "_")),
        false => Cow::Borrowed(text),
    }
}
