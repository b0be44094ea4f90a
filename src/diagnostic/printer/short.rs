//! `--format short`: a line per finding, for editors and for `grep`.
//!
//! In: a report. Out: `path:line:column: error[code]: message (help)`. Keeps true: one
//! finding, one line, without control characters.

use annotate_snippets::normalize_untrusted_str;

use super::places::{Places, Texts};
use super::{Printer, Report, message_and_help};
use crate::diagnostic::Diagnostic;

/// The row of the table.
pub(super) const PRINTER: Printer = Printer {
    name: "short",
    about: "one line for each finding",
    to_stdout: false,
    print,
};

fn print(report: &Report<'_>) -> String {
    let texts = Texts::of(report);
    let places = texts.places();
    report.findings.iter().map(|finding| line(finding, &places) + "\n").collect()
}

fn line(finding: &Diagnostic, places: &Places<'_>) -> String {
    let Diagnostic { code, severity, file, span, .. } = finding;
    let at = places.of(file, *span);
    let (severity, code, words) =
        (severity.name(), code.name(), message_and_help(finding));
    let line = format!("{file}:{}:{}: {severity}[{code}]: {words}", at.line, at.column);
    normalize_untrusted_str(&line).replace(char::is_control, " ")
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
            content/questions/product-design.yaml:1:1: warning[thin-coverage]: 12% of the questions are `hard`, at least 20% asked for (write 1 more)
            content/questions/product-design.yaml:6:9: error[duplicate-id]: the id `pd-lift-queue` is taken
            content/steps/gather-intel.md:9:10: error[unknown-reference]: no skill named `custmer-insight` (did you mean `customer-insight`?)
            content/steps/gather-intel.md:12:24: error[unknown-anchor]: no heading `agneda` on this page (did you mean `agenda`?)
        "#]],
        );
    }
}
