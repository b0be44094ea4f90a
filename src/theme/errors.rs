//! Tera's errors as findings.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Error, ErrorKind};

use crate::diagnostic::{Code, Diagnostic, FilePath, Span};

/// The text of a template and where it stands in the project.
pub(super) struct Template {
    pub(super) path: FilePath,
    pub(super) text: Arc<str>,
}

/// Templates by name.
pub(super) type Templates = BTreeMap<String, Template>;

/// The findings for an error in template `name`, or in those that the error names.
pub(super) fn findings(
    error: &Error,
    name: &str,
    templates: &Templates,
) -> Vec<Diagnostic> {
    let (template, span, message) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            // A shared part that failed has its own report in the message of the page's.
            let inner = several(report.message(), templates);
            if !inner.is_empty() {
                return inner;
            }
            let named = Some(report.filename()).filter(|name| !name.is_empty());
            let span = report.span().range.clone().into();
            (named.unwrap_or(name), span, report.message().to_owned())
        }
        ErrorKind::MissingParent { current, parent } => {
            return vec![missing_parent(current, parent, templates)];
        }
        ErrorKind::CircularExtend { tpl, .. } => {
            (tpl.as_str(), Span::FILE, "templates extend each other in a circle".into())
        }
        ErrorKind::CircularInclude { tpl, .. } => {
            (tpl.as_str(), Span::FILE, "templates include each other in a circle".into())
        }
        ErrorKind::Io(_) => (name, Span::FILE, "the page grows beyond 64 MB".into()),
        other => {
            let message = other.to_string();
            let several = several(&message, templates);
            if !several.is_empty() {
                return several;
            }
            (name, Span::FILE, message)
        }
    };
    vec![finding((template, span), &message, templates)]
}

fn finding(
    (name, span): (&str, Span),
    message: &str,
    templates: &Templates,
) -> Diagnostic {
    let unnamed: FilePath = name.into();
    let path = templates.get(name).map_or(&unnamed, |template| &template.path);
    Diagnostic::new(Code::TemplateError, path, span, lower(message))
}

fn missing_parent(name: &str, parent: &str, templates: &Templates) -> Diagnostic {
    let text = templates.get(name).map_or("", |template| &template.text);
    let at = text.find(parent).unwrap_or(0);
    let end = if text.is_empty() { 0 } else { at + parent.len() };
    let message = format!("it extends `{parent}`, which is not there");
    let known = templates.keys().map(String::as_str);
    finding((name, Span::new(at, end)), &message, templates).did_you_mean(parent, known)
}

/// Tera reports unknown filters, tests and functions of all templates in one text, and
/// so what fails in a shared part: each as `error: MESSAGE`, then `-->
/// NAME:LINE:COLUMN`, then an excerpt with a row of `^`.
fn several(report: &str, templates: &Templates) -> Vec<Diagnostic> {
    let blocks = report.split("error: ").skip(1).filter_map(|block| {
        let message = block.lines().next()?;
        let place = block.lines().find_map(|line| line.trim().strip_prefix("--> "))?;
        let width = block.matches('^').count();
        let mut parts = place.rsplitn(3, ':');
        let column: usize = parts.next()?.trim().parse().ok()?;
        let line: usize = parts.next()?.parse().ok()?;
        let name = parts.next()?;
        let span = span(&templates.get(name)?.text, (line, column), width)?;
        Some(finding((name, span), message, templates))
    });
    blocks.collect()
}

/// The bytes at a line and column, both from 1.
fn span(text: &str, (line, column): (usize, usize), width: usize) -> Option<Span> {
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let mut places = text[start..].char_indices().map(|(at, _)| start + at);
    let from = places.nth(column.checked_sub(1)?)?;
    let to = places.nth(width.checked_sub(1)?).unwrap_or(text.len());
    Some(Span::new(from, to))
}

/// Our messages begin in lower case and end without a full stop.
fn lower(message: &str) -> String {
    let mut letters = message.trim_end_matches('.').chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}
