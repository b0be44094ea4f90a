//! `--format github`: workflow commands that GitHub turns into notes on a change.
//!
//! In: a report. Out: a command per finding and line. Keeps true: errors come before
//! warnings, since GitHub shows ten notes of each weight in a step and drops the rest; no
//! text of an author can begin a command of its own.

use super::places::{Places, Texts};
use super::{Printer, Report, message_and_help};
use crate::diagnostic::{Diagnostic, Severity};

/// The row of the table.
pub(super) const PRINTER: Printer = Printer {
    name: "github",
    about: "notes on the lines of a pull request, from a GitHub workflow",
    to_stdout: true,
    print,
};

fn print(report: &Report<'_>) -> String {
    let texts = Texts::of(report);
    let places = texts.places();
    let of = |severity| report.findings.iter().filter(move |it| it.severity == severity);
    let worst_first = of(Severity::Error).chain(of(Severity::Warning));
    worst_first.map(|finding| command(finding, &places) + "\n").collect()
}

fn command(finding: &Diagnostic, places: &Places<'_>) -> String {
    let at = places.of(&finding.file, finding.span);
    format!(
        "::{} file={},line={},endLine={},col={},endColumn={},title={}::{}",
        finding.severity.name(),
        property(&finding.file),
        at.line,
        at.end_line,
        at.column,
        at.end_column,
        finding.code.name(),
        data(&message_and_help(finding)),
    )
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::fixture::check;
    use super::{PRINTER, data, property};

    #[test]
    fn findings_of_each_sort() {
        check(
            &PRINTER,
            &expect![[r#"
            ::error file=content/questions/product-design.yaml,line=6,endLine=6,col=9,endColumn=22,title=duplicate-id::the id `pd-lift-queue` is taken
            ::error file=content/steps/gather-intel.md,line=9,endLine=9,col=10,endColumn=25,title=unknown-reference::no skill named `custmer-insight` (did you mean `customer-insight`?)
            ::error file=content/steps/gather-intel.md,line=12,endLine=12,col=24,endColumn=30,title=unknown-anchor::no heading `agneda` on this page (did you mean `agenda`?)
            ::warning file=content/questions/product-design.yaml,line=1,endLine=1,col=1,endColumn=1,title=thin-coverage::12%25 of the questions are `hard`, at least 20%25 asked for (write 1 more)
        "#]],
        );
    }

    #[test]
    fn no_text_can_end_its_command() {
        assert_eq!(data("100%\r\n::error::x, y"), "100%25%0D%0A::error::x, y");
        assert_eq!(property("a,line=1:%.md"), "a%2Cline=1%3A%25.md");
    }
}
