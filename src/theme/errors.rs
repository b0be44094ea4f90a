//! Tera's errors as findings.

use std::collections::BTreeMap;

use tera::{Error, ErrorKind};

use crate::diagnostic::{Code, Diagnostic, FilePath, Span};

/// The finding for an error in template `name`, or in the one that the error names.
pub(super) fn finding(
    error: &Error,
    name: &str,
    paths: &BTreeMap<String, FilePath>,
) -> Diagnostic {
    let (template, span, message) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let template =
                if report.filename().is_empty() { name } else { report.filename() };
            (template, report.span().range.clone().into(), report.message().to_owned())
        }
        ErrorKind::MissingParent { current, parent } => (
            current.as_str(),
            Span::FILE,
            format!("it extends `{parent}`, which is not there"),
        ),
        ErrorKind::CircularExtend { tpl, .. } => (
            tpl.as_str(),
            Span::FILE,
            "templates extend each other in a circle".to_owned(),
        ),
        ErrorKind::CircularInclude { tpl, .. } => (
            tpl.as_str(),
            Span::FILE,
            "templates include each other in a circle".to_owned(),
        ),
        ErrorKind::Io(_) => (name, Span::FILE, "the page grows beyond 64 MB".to_owned()),
        other => (name, Span::FILE, other.to_string()),
    };
    let unnamed: FilePath = template.into();
    let path = paths.get(template).unwrap_or(&unnamed);
    Diagnostic::new(Code::TemplateError, path, span, lower(&message))
}

/// Our messages begin in lower case and end without a full stop.
fn lower(message: &str) -> String {
    let mut letters = message.trim_end_matches('.').chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}
