//! Findings as text: for people, for other programs, for the services that show them.
//!
//! In: settled [`Findings`] and the texts that they point into. Out: one string, which a
//! command writes to the stream that the [`Printer`] names. Keeps true: findings stay in
//! their order (but for `github`), every span can be printed whatever the text, and lines
//! and columns are worked out here alone.

mod excerpt;
mod github;
mod human;
mod json;
mod places;
mod sarif;
mod short;

use std::sync::Arc;

use super::{Diagnostic, Findings};

/// What there is to print.
pub struct Report<'r> {
    /// The findings, in the order of printing.
    pub findings: &'r Findings,
    /// The text of a file by its path; `None` if there is none or it cannot be read.
    pub texts: &'r dyn Fn(&str) -> Option<Arc<str>>,
    /// Whether a terminal shows it in colour.
    pub color: bool,
}

/// One value of `--format`.
pub struct Printer {
    /// The value.
    pub name: &'static str,
    /// What it is good for, for the help of the command.
    pub about: &'static str,
    /// Whether it is what was asked for, and not a remark on the way.
    pub to_stdout: bool,
    /// The findings as text that ends with a line break, or is empty.
    pub print: fn(&Report<'_>) -> String,
}

/// Every printer, the default first.
pub const PRINTERS: &[Printer] =
    &[human::PRINTER, short::PRINTER, json::PRINTER, sarif::PRINTER, github::PRINTER];

/// The printer of that name.
pub fn named(name: &str) -> Option<&'static Printer> {
    PRINTERS.iter().find(|printer| printer.name == name)
}

/// What was found and what to do, for formats that have one place for both.
fn message_and_help(finding: &Diagnostic) -> String {
    match &finding.help {
        Some(help) => format!("{} ({help})", finding.message),
        None => finding.message.clone(),
    }
}

#[cfg(test)]
mod fixture {
    use std::sync::Arc;

    use expect_test::Expect;

    use super::{Printer, Report};
    use crate::diagnostic::{Code, Diagnostic, FilePath, Findings, Span};

    const BANK: &str = "content/questions/product-design.yaml";
    const BANK_TEXT: &str = "\
title: Product design
summary: Choosing one person, one need and one idea
questions:
  - id: pd-lift-queue
    prompt: The queue for the lifts reaches the street. What would you do?
  - id: pd-lift-queue
    prompt: Design a fridge for a shared kitchen.
";

    const STEP: &str = "content/steps/gather-intel.md";
    const STEP_TEXT: &str = "\
---
title: Gather intel
summary: Know a team before you ask to join it
order: 5
effort: 2-5 h
outcome: A page of notes on three teams
done_when:
  - You can name one problem of each team
skills: [custmer-insight, communication]
---

Café 東京 first, then [[#agneda]].
";

    /// Prints one finding of each sort and compares.
    pub(super) fn check(printer: &Printer, expected: &Expect) {
        expected.assert_eq(&print_each_sort(printer));
    }

    pub(super) fn print_each_sort(printer: &Printer) -> String {
        print(printer, &findings(), &text)
    }

    pub(super) fn print(
        printer: &Printer,
        findings: &Findings,
        texts: &dyn Fn(&str) -> Option<Arc<str>>,
    ) -> String {
        (printer.print)(&Report { findings, texts, color: false })
    }

    fn text(path: &str) -> Option<Arc<str>> {
        [(BANK, BANK_TEXT), (STEP, STEP_TEXT)]
            .into_iter()
            .find(|(known, _)| *known == path)
            .map(|(_, text)| text.into())
    }

    fn token(text: &str, token: &str, nth: usize) -> Span {
        let (at, _) = text.match_indices(token).nth(nth).unwrap();
        Span::new(at, at + token.len())
    }

    fn findings() -> Findings {
        let (bank, step) = (FilePath::from(BANK), FilePath::from(STEP));
        let [first, second] = [0, 1].map(|nth| token(BANK_TEXT, "pd-lift-queue", nth));
        [
            Diagnostic::new(
                Code::ThinCoverage,
                &bank,
                Span::FILE,
                "12% of the questions are `hard`, at least 20% asked for",
            )
            .help("write 1 more"),
            Diagnostic::new(
                Code::DuplicateId,
                &bank,
                second,
                "the id `pd-lift-queue` is taken",
            )
            .label("used again here")
            .also(&bank, first, "first used here"),
            Diagnostic::new(
                Code::UnknownReference,
                &step,
                token(STEP_TEXT, "custmer-insight", 0),
                "no skill named `custmer-insight`",
            )
            .label("referenced here")
            .did_you_mean("custmer-insight", ["customer-insight"]),
            Diagnostic::new(
                Code::UnknownAnchor,
                &step,
                token(STEP_TEXT, "agneda", 0),
                "no heading `agneda` on this page",
            )
            .did_you_mean("agneda", ["agenda"]),
        ]
        .into_iter()
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{PRINTERS, fixture, named};
    use crate::diagnostic::{Code, Diagnostic, FilePath, Findings, Span};

    /// Texts that are hard to point into.
    const HOSTILE: &[&str] = &[
        "",
        "\n",
        "\r\n\r\n",
        "one",
        "one\n\ntwo\r\nthree\n",
        "\u{feff}",
        "\u{feff}\n\u{feff}x",
        "\t\té\t👍🏽\u{200d}\u{301}\n\tz",
        "\0\u{1b}[31m\u{7}\u{9b}31m\u{2028}\u{202e}\u{fffd}\r\u{b}",
    ];

    fn print_all(text: &str, findings: &Findings) {
        for printer in PRINTERS {
            let printed = fixture::print(printer, findings, &|path| {
                (path != "absent").then(|| Arc::from(text))
            });
            let shown = printed.chars().filter(|c| c.is_control() && *c != '\n').count();
            assert!(printer.to_stdout || shown == 0, "{}: {printed:?}", printer.name);
        }
    }

    fn finding(text: &str, span: Span) -> Diagnostic {
        let (file, absent) = (FilePath::from("a\u{1b}[0m.md"), FilePath::from("absent"));
        Diagnostic::new(Code::BadValue, &file, span, text)
            .help(text)
            .also(&file, Span::new(1, 3), text)
            .also(&file, span, "same place")
            .also(&absent, span, text)
    }

    #[test]
    fn every_span_of_every_text_can_be_printed() {
        for text in HOSTILE {
            for start in 0..text.len() + 3 {
                let spans = (0..text.len() + 3).map(|end| Span::new(start, end));
                print_all(text, &spans.map(|span| finding(text, span)).collect());
            }
        }
    }

    #[test]
    fn people_and_programs_are_told_the_same_place() {
        let file = FilePath::from("a.md");
        for text in HOSTILE {
            for (start, _) in text.char_indices() {
                let span = Span::new(start, start + 1);
                let found = Diagnostic::new(Code::BadValue, &file, span, "x");
                let found: Findings = [found].into_iter().collect();
                let texts = |_: &str| Some(Arc::from(*text));
                let [human, short] = ["human", "short"]
                    .map(|name| fixture::print(named(name).unwrap(), &found, &texts));
                let place = short.split(": ").next().unwrap();
                assert!(
                    human.contains(&format!("--> {place}\n")),
                    "{text:?} {start} {human}{short}"
                );
            }
        }
    }

    #[test]
    fn long_lines_and_long_spans_can_be_printed() {
        for text in ["x".repeat(20_000), "é\t".repeat(9_000), "two words\n".repeat(2_000)]
        {
            for (start, end) in
                [(0, 19_999), (0, 3), (500, 504), (4_097, 4_100), (19_000, 40_000)]
            {
                print_all(
                    &text,
                    &[finding("long", Span::new(start, end))].into_iter().collect(),
                );
            }
        }
    }

    #[test]
    fn names_find_their_printers() {
        for printer in PRINTERS {
            assert_eq!(named(printer.name).map(|found| found.about), Some(printer.about));
        }
        assert!(named("xml").is_none());
    }
}
