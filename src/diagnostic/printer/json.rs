//! `--format json`: an object per finding and line, for other programs.
//!
//! In: a report. Out: the fields that FORMAT.md promises, in its order. Keeps true: they
//! are part of the contract, so a new one goes at the end and none goes away.

use serde::Serialize;

use super::places::{Places, Texts};
use super::{Printer, Report};
use crate::diagnostic::{Diagnostic, Label, Span};

/// The row of the table.
pub(super) const PRINTER: Printer = Printer {
    name: "json",
    about: "one JSON object a line for each finding",
    to_stdout: true,
    print,
};

#[derive(Serialize)]
struct FindingLine<'f> {
    code: &'static str,
    severity: &'static str,
    message: &'f str,
    #[serde(flatten)]
    at: At<'f>,
    help: Option<&'f str>,
    labels: Vec<SecondPlace<'f>>,
}

#[derive(Serialize)]
struct SecondPlace<'f> {
    #[serde(flatten)]
    at: At<'f>,
    message: &'f str,
}

#[derive(Serialize)]
struct At<'f> {
    file: &'f str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

fn print(report: &Report<'_>) -> String {
    let texts = Texts::of(report);
    let places = texts.places();
    report.findings.iter().map(|finding| line(finding, &places) + "\n").collect()
}

fn line(finding: &Diagnostic, places: &Places<'_>) -> String {
    let second = |label| SecondPlace::of(label, places);
    let line = FindingLine {
        code: finding.code.name(),
        severity: finding.severity.name(),
        message: &finding.message,
        at: At::of(&finding.file, finding.span, places),
        help: finding.help.as_deref(),
        labels: finding.labels.iter().map(second).collect(),
    };
    serde_json::to_string(&line).expect("texts and numbers always make JSON")
}

impl<'f> SecondPlace<'f> {
    fn of(label: &'f Label, places: &Places<'_>) -> Self {
        Self { at: At::of(&label.file, label.span, places), message: &label.message }
    }
}

impl<'f> At<'f> {
    fn of(file: &'f str, span: Span, places: &Places<'_>) -> Self {
        let place = places.of(file, span);
        Self {
            file,
            line: place.line,
            column: place.column,
            end_line: place.end_line,
            end_column: place.end_column,
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::fixture::check;
    use super::PRINTER;

    #[test]
    fn findings_of_each_sort() {
        check(
            &PRINTER,
            &expect![[r#"
            {"code":"thin-coverage","severity":"warning","message":"12% of the questions are `hard`, at least 20% asked for","file":"content/questions/product-design.yaml","line":1,"column":1,"end_line":1,"end_column":1,"help":"write 1 more","labels":[]}
            {"code":"duplicate-id","severity":"error","message":"the id `pd-lift-queue` is taken","file":"content/questions/product-design.yaml","line":6,"column":9,"end_line":6,"end_column":22,"help":null,"labels":[{"file":"content/questions/product-design.yaml","line":4,"column":9,"end_line":4,"end_column":22,"message":"first used here"}]}
            {"code":"unknown-reference","severity":"error","message":"no skill named `custmer-insight`","file":"content/steps/gather-intel.md","line":9,"column":10,"end_line":9,"end_column":25,"help":"did you mean `customer-insight`?","labels":[]}
            {"code":"unknown-anchor","severity":"error","message":"no heading `agneda` on this page","file":"content/steps/gather-intel.md","line":12,"column":24,"end_line":12,"end_column":30,"help":"did you mean `agenda`?","labels":[]}
        "#]],
        );
    }
}
