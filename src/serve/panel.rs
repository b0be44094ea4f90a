//! Findings for the panel over the page: as JSON, with excerpts and links to the editor.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use super::editor::Editor;
use crate::diagnostic::printer::{self, Report};
use crate::diagnostic::{Diagnostic, Findings, Severity};

/// The most findings that the panel shows.
const MOST: usize = 100;

/// Where texts come from, and how a file is opened.
pub(super) struct Desk<'d> {
    pub(super) root: &'d Path,
    pub(super) editor: &'d Editor,
    pub(super) texts: &'d dyn Fn(&str) -> Option<Arc<str>>,
}

/// All that the panel shows: how many there are, and the first of them, errors before
/// warnings.
pub(super) fn print(findings: &Findings, desk: &Desk<'_>) -> Value {
    let [errors, warnings] =
        [Severity::Error, Severity::Warning].map(|weight| findings.count(weight));
    let mut all: Vec<&Diagnostic> = findings.iter().collect();
    all.sort_by_key(|finding| finding.severity);
    let shown = all.into_iter().take(MOST);
    let shown: Vec<Value> = shown.map(|finding| one(finding, desk)).collect();
    json!({ "errors": errors, "warnings": warnings, "shown": shown })
}

fn one(finding: &Diagnostic, desk: &Desk<'_>) -> Value {
    let findings = Findings::from_iter([finding.clone()]);
    let report = Report { findings: &findings, texts: desk.texts, color: false };
    let text = |name: &str| printer::named(name).map(|own| (own.print)(&report));
    let line = text("json").unwrap_or_default();
    let mut value: Value = serde_json::from_str(&line).unwrap_or(Value::Null);
    let excerpt = text("human").unwrap_or_default();
    // The message and the place are shown by themselves.
    let excerpt: Vec<&str> = excerpt.trim_end().lines().skip(2).collect();
    value["excerpt"] = excerpt.join("\n").into();
    value["open"] = open(&value, desk).into();
    value
}

/// The link to the editor; none for what stands in no file of the project.
fn open(finding: &Value, desk: &Desk<'_>) -> Option<String> {
    let file = finding["file"].as_str()?;
    (desk.texts)(file).filter(|_| !file.starts_with('('))?;
    let number = |name: &str| finding[name].as_u64().unwrap_or(1) as usize;
    Some(desk.editor.link(&desk.root.join(file), number("line"), number("column")))
}
