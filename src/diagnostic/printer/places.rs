//! The texts of a report, with their lines counted once per file.
//!
//! In: a [`Report`]. Out: the [`Place`] or the [`Excerpt`] of any span. Keeps true: a
//! span has a place even if its file has no text or has become shorter.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Report;
use super::excerpt::{self, Excerpt};
use crate::diagnostic::{Diagnostic, FilePath, Lines, Place, Span};

/// The text of every file that a report names, as far as there is one.
pub(super) struct Texts(BTreeMap<FilePath, Arc<str>>);

/// The same texts with their lines.
pub(super) struct Places<'t>(BTreeMap<&'t str, (&'t str, Lines<'t>)>);

impl Texts {
    /// Asks once for each text.
    pub(super) fn of(report: &Report<'_>) -> Self {
        let mut files: Vec<&FilePath> = report.findings.iter().flat_map(files).collect();
        files.sort();
        files.dedup();
        let text = |file: &FilePath| Some((Arc::clone(file), (report.texts)(file)?));
        Self(files.into_iter().filter_map(text).collect())
    }

    /// Counts their lines.
    pub(super) fn places(&self) -> Places<'_> {
        let counted = |text| (text, Lines::new(text));
        Places(self.0.iter().map(|(file, text)| (&**file, counted(&**text))).collect())
    }
}

impl<'t> Places<'t> {
    /// Where `span` of `file` stands; the file's beginning if the file has no text.
    pub(super) fn of(&self, file: &str, span: Span) -> Place {
        match self.0.get(file) {
            Some((_, lines)) => lines.place(span),
            None => Place { line: 1, column: 1, end_line: 1, end_column: 1 },
        }
    }

    /// The lines to show for `span` of `file`; `None` for a whole file and where there is
    /// nothing to show.
    pub(super) fn excerpt(&self, file: &str, span: Span) -> Option<Excerpt<'t>> {
        let (text, lines) = self.0.get(file).filter(|_| span != Span::FILE)?;
        excerpt::around(text, lines, span)
    }
}

fn files(finding: &Diagnostic) -> impl Iterator<Item = &FilePath> {
    std::iter::once(&finding.file).chain(finding.labels.iter().map(|label| &label.file))
}
