//! `--format sarif`: SARIF 2.1.0, for services that keep findings from run to run.
//!
//! In: a report. Out: one log with one run. Keeps true: every rule that a result names is
//! described in the run, by its page of `pmjump explain`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::places::{Places, Texts};
use super::{Printer, Report, message_and_help};
use crate::diagnostic::{Code, Diagnostic, Label, Span};

/// The row of the table.
pub(super) const PRINTER: Printer = Printer {
    name: "sarif",
    about: "a SARIF 2.1.0 log, for code scanning",
    to_stdout: true,
    print,
};

fn print(report: &Report<'_>) -> String {
    let texts = Texts::of(report);
    let places = texts.places();
    let results = report.findings.iter().map(|finding| result(finding, &places));
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver(report) },
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    });
    format!("{log}\n")
}

fn driver(report: &Report<'_>) -> Value {
    let found: BTreeSet<Code> = report.findings.iter().map(|it| it.code).collect();
    json!({
        "name": "pmjump",
        "version": env!("CARGO_PKG_VERSION"),
        "rules": found.into_iter().map(rule).collect::<Vec<_>>(),
    })
}

fn rule(code: Code) -> Value {
    let page = code.explanation();
    json!({
        "id": code.name(),
        "shortDescription": { "text": meaning(page) },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": code.severity().name() },
    })
}

/// The first paragraph of a page, on one line.
fn meaning(page: &str) -> String {
    let paragraph = page.split("\n\n").nth(1).unwrap_or_default();
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn result(finding: &Diagnostic, places: &Places<'_>) -> Value {
    let mut result = json!({
        "ruleId": finding.code.name(),
        "level": finding.severity.name(),
        "message": { "text": message_and_help(finding) },
        "locations": [location(&finding.file, finding.span, places)],
    });
    if !finding.labels.is_empty() {
        let related = finding.labels.iter().map(|label| related(label, places));
        result["relatedLocations"] = related.collect();
    }
    result
}

fn related(label: &Label, places: &Places<'_>) -> Value {
    let mut related = location(&label.file, label.span, places);
    related["message"] = json!({ "text": label.message });
    related
}

fn location(file: &str, span: Span, places: &Places<'_>) -> Value {
    let at = places.of(file, span);
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(file) },
            "region": {
                "startLine": at.line,
                "startColumn": at.column,
                "endLine": at.end_line,
                "endColumn": at.end_column,
            },
        },
    })
}

/// The path as a relative reference: a space or a `#` in it would end the address, a `:`
/// would make its beginning a scheme.
fn uri(path: &str) -> String {
    path.bytes().map(escaped).collect()
}

fn escaped(byte: u8) -> String {
    match byte {
        b'/' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use serde_json::json;

    use super::super::fixture;
    use super::{PRINTER, meaning, uri};
    use crate::diagnostic::Code;

    #[test]
    fn findings_of_each_sort() {
        let log = fixture::print_each_sort(&PRINTER)
            .replace(env!("CARGO_PKG_VERSION"), "VERSION");
        let log = Code::ALL.iter().fold(log, without_page);
        expect![[r#"
            {"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":{"driver":{"name":"pmjump","version":"VERSION","rules":[
            {"id":"duplicate-id","shortDescription":{"text":MEANING},"help":{"text":PAGE,"markdown":PAGE},"defaultConfiguration":{"level":"error"}},
            {"id":"unknown-reference","shortDescription":{"text":MEANING},"help":{"text":PAGE,"markdown":PAGE},"defaultConfiguration":{"level":"error"}},
            {"id":"unknown-anchor","shortDescription":{"text":MEANING},"help":{"text":PAGE,"markdown":PAGE},"defaultConfiguration":{"level":"error"}},
            {"id":"thin-coverage","shortDescription":{"text":MEANING},"help":{"text":PAGE,"markdown":PAGE},"defaultConfiguration":{"level":"warning"}}]}},"columnKind":"unicodeCodePoints","results":[
            {"ruleId":"thin-coverage","level":"warning","message":{"text":"12% of the questions are `hard`, at least 20% asked for (write 1 more)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"content/questions/product-design.yaml"},"region":{"startLine":1,"startColumn":1,"endLine":1,"endColumn":1}}}]},
            {"ruleId":"duplicate-id","level":"error","message":{"text":"the id `pd-lift-queue` is taken"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"content/questions/product-design.yaml"},"region":{"startLine":6,"startColumn":9,"endLine":6,"endColumn":22}}}],"relatedLocations":[{"physicalLocation":{"artifactLocation":{"uri":"content/questions/product-design.yaml"},"region":{"startLine":4,"startColumn":9,"endLine":4,"endColumn":22}},"message":{"text":"first used here"}}]},
            {"ruleId":"unknown-reference","level":"error","message":{"text":"no skill named `custmer-insight` (did you mean `customer-insight`?)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"content/steps/gather-intel.md"},"region":{"startLine":9,"startColumn":10,"endLine":9,"endColumn":25}}}]},
            {"ruleId":"unknown-anchor","level":"error","message":{"text":"no heading `agneda` on this page (did you mean `agenda`?)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"content/steps/gather-intel.md"},"region":{"startLine":12,"startColumn":24,"endLine":12,"endColumn":30}}}]}]}]}
        "#]].assert_eq(&on_lines(&log));
    }

    /// The pages are written elsewhere; a better word in one is no matter for this test.
    fn without_page(log: String, code: &Code) -> String {
        let quoted = |text: &str| json!(text).to_string();
        let page = code.explanation();
        log.replace(&quoted(page), "PAGE").replace(&quoted(&meaning(page)), "MEANING")
    }

    /// Each rule and each result on a line of its own.
    fn on_lines(log: &str) -> String {
        log.replace("{\"id\":", "\n{\"id\":").replace("{\"ruleId\":", "\n{\"ruleId\":")
    }

    #[test]
    fn a_rule_is_described_by_the_first_paragraph_of_its_page() {
        let page = "# a-code\n\nWhat it\nmeans. And more.\n\n## Why it matters\n";
        assert_eq!(meaning(page), "What it means. And more.");
    }

    #[test]
    fn a_path_becomes_a_relative_address() {
        assert_eq!(uri("content/steps/a-b_c.md"), "content/steps/a-b_c.md");
        assert_eq!(uri("c:/é #1?.md"), "c%3A/%C3%A9%20%231%3F.md");
    }
}
