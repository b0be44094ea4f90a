//! What there is to say about YAML.

use super::Key;
use crate::diagnostic::{Code, Diagnostic, FilePath, Span};

/// Of two equal keys the later one.
pub(super) fn duplicate(file: &FilePath, key: &Key<'_>, first: Span) -> Diagnostic {
    let message = format!("the field `{}` is there twice", key.name);
    Diagnostic::new(Code::DuplicateField, file, key.span, message)
        .label("again here")
        .also(file, first, "first here")
        .help("keep one of them")
}

/// What to do about a syntax error, by words of the parser's message.
pub(super) fn advice(message: &str) -> Option<&'static str> {
    let table = [
        ("mapping values are not allowed", "put a text that holds `: ` into quotes"),
        ("unknown anchor", "put a text that begins with `*` into quotes"),
        ("nest", "write it with fewer levels"),
        ("cannot start any token", "put the text into quotes"),
        ("unclosed", "close the bracket or the quote"),
    ];
    table.iter().find(|(part, _)| message.contains(part)).map(|(_, help)| *help)
}
