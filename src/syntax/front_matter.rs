//! Splits a Markdown file into its front matter and its body.

use super::Region;
use crate::diagnostic::{Code, Diagnostic, FilePath, Findings, Span};

/// The two parts of a file. A part that could not be told apart is `None`.
#[derive(Debug)]
pub struct Split<'s> {
    /// The YAML between the `---` lines.
    pub yaml: Option<Region<'s>>,
    /// The Markdown below it.
    pub body: Option<Region<'s>>,
}

/// Splits `text`. Without a first `---` line all of it is body; without a second one
/// neither part is known.
pub fn split<'s>(text: &'s str, file: &FilePath, findings: &mut Findings) -> Split<'s> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let Some(yaml) = after_fence(text, start) else {
        findings.push(missing(file));
        return Split { yaml: None, body: Some(Region::slice(text, 0)) };
    };
    let Some((end, body)) = closing_fence(text, yaml) else {
        findings.push(unclosed(file));
        return Split { yaml: None, body: None };
    };
    let region =
        |from: usize, to| Region::slice(&text[from..to], Span::new(from, from).start);
    Split { yaml: Some(region(yaml, end)), body: Some(region(body, text.len())) }
}

/// The byte after a `---` line that begins at `at`.
fn after_fence(text: &str, at: usize) -> Option<usize> {
    let line = text[at..].split_inclusive('\n').next()?;
    (line.trim_end() == "---").then_some(at + line.len())
}

/// The byte where the closing line begins, and the byte after it.
fn closing_fence(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some((at, at + line.len()));
        }
        at += line.len();
    }
    None
}

fn missing(file: &FilePath) -> Diagnostic {
    Diagnostic::new(
        Code::MissingFrontMatter,
        file,
        Span::FILE,
        "the file does not begin with a front matter",
    )
    .help("begin the file with `---`, the fields, and `---` again")
}

fn unclosed(file: &FilePath) -> Diagnostic {
    Diagnostic::new(
        Code::BadFrontMatter,
        file,
        Span::FILE,
        "the front matter has no closing `---`",
    )
    .help("end the fields with a line `---`")
}
