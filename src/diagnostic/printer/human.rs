//! `--format human`: what a compiler prints, with excerpts of the content.
//!
//! In: a report. Out: a block per finding, in the look of rustc. Keeps true: two places
//! on one line share an excerpt; nothing that a file holds can move the cursor or change
//! a colour.

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet,
    normalize_untrusted_str,
};

use super::excerpt::Excerpt;
use super::places::{Places, Texts};
use super::{Printer, Report};
use crate::diagnostic::{Diagnostic, Label, Severity, Span};

/// The row of the table.
pub(super) const PRINTER: Printer = Printer {
    name: "human",
    about: "each finding with an excerpt of the content",
    to_stdout: false,
    print,
};

/// A place of a finding, and what is said beside it.
struct Mark<'f> {
    file: &'f str,
    span: Span,
    kind: AnnotationKind,
    words: &'f str,
}

/// An excerpt of a file with all that is marked in it.
struct Window<'f> {
    file: &'f str,
    line: usize,
    text: &'f str,
    marked: Vec<Annotation<'f>>,
}

fn print(report: &Report<'_>) -> String {
    let texts = Texts::of(report);
    let places = texts.places();
    let renderer = if report.color { Renderer::styled() } else { Renderer::plain() };
    let block = |finding| renderer.render(&[group(finding, &places)]) + "\n\n";
    let printed: String = report.findings.iter().map(block).collect();
    printed.replace(is_c1, "\u{fffd}")
}

/// Whether it is a control character that annotate-snippets lets pass; one of them begins
/// a sequence that some terminals obey.
fn is_c1(character: char) -> bool {
    ('\u{80}'..='\u{9f}').contains(&character)
}

fn group<'f>(finding: &'f Diagnostic, places: &Places<'f>) -> Group<'f> {
    let mut windows = Vec::new();
    let own = Mark::own(finding).show(places, &mut windows);
    let labels = finding.labels.iter().map(Mark::second);
    let named: Vec<_> =
        labels.filter_map(|mark| mark.show(places, &mut windows)).collect();
    level(finding.severity)
        .primary_title(&finding.message)
        .id(finding.code.name())
        .elements(own)
        .elements(windows.into_iter().map(Window::element))
        .elements(named)
        .elements(finding.help.as_deref().map(help))
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    }
}

fn help(words: &str) -> Element<'static> {
    Level::HELP.message(normalize_untrusted_str(words)).into()
}

/// Titles and excerpts are made harmless by annotate-snippets; paths and labels are
/// printed as they are given.
fn on_one_line(words: &str) -> String {
    normalize_untrusted_str(words).replace('\n', " ")
}

impl<'f> Mark<'f> {
    fn own(finding: &'f Diagnostic) -> Self {
        let Diagnostic { file, span, label, .. } = finding;
        Self { file, span: *span, kind: AnnotationKind::Primary, words: label }
    }

    fn second(label: &'f Label) -> Self {
        let Label { file, span, message } = label;
        Self { file, span: *span, kind: AnnotationKind::Context, words: message }
    }

    /// Marks the place in a window; returns what names it if there is nothing to show.
    fn show(
        self,
        places: &Places<'f>,
        windows: &mut Vec<Window<'f>>,
    ) -> Option<Element<'f>> {
        let Some(excerpt) = places.excerpt(self.file, self.span) else {
            return Some(self.name(places));
        };
        let window = Window::of(self.file, &excerpt, windows);
        let words = (!self.words.is_empty()).then(|| on_one_line(self.words));
        window.marked.push(self.kind.span(excerpt.mark).label(words));
        None
    }

    fn name(self, places: &Places<'_>) -> Element<'f> {
        let at = places.of(self.file, self.span);
        let path = on_one_line(self.file);
        if self.kind == AnnotationKind::Primary {
            return Origin::path(path).line(at.line).char_column(at.column).into();
        }
        let words = on_one_line(self.words);
        Level::NOTE.message(format!("{words}: {path}:{}:{}", at.line, at.column)).into()
    }
}

impl<'f> Window<'f> {
    /// The window that shows the line of `excerpt`: one that is there, or a new one. Both
    /// begin at the same byte, so that the longer text holds the shorter.
    fn of<'w>(
        file: &'f str,
        excerpt: &Excerpt<'f>,
        windows: &'w mut Vec<Self>,
    ) -> &'w mut Self {
        let Excerpt { line, text, .. } = *excerpt;
        let same = |window: &Self| window.file == file && window.line == line;
        let at = windows.iter().position(same).unwrap_or(windows.len());
        if at == windows.len() {
            windows.push(Self { file, line, text, marked: Vec::new() });
        }
        if windows[at].text.len() < text.len() {
            windows[at].text = text;
        }
        &mut windows[at]
    }

    fn element(self) -> Element<'f> {
        Snippet::source(self.text)
            .line_start(self.line)
            .path(on_one_line(self.file))
            .annotations(self.marked)
            .into()
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::fixture::{self, check};
    use super::{PRINTER, Report};
    use crate::diagnostic::{Code, Diagnostic, FilePath, Span};

    #[test]
    fn findings_of_each_sort() {
        check(
            &PRINTER,
            &expect![[r#"
            warning[thin-coverage]: 12% of the questions are `hard`, at least 20% asked for
            --> content/questions/product-design.yaml:1:1
             = help: write 1 more

            error[duplicate-id]: the id `pd-lift-queue` is taken
             --> content/questions/product-design.yaml:6:9
              |
            6 |   - id: pd-lift-queue
              |         ^^^^^^^^^^^^^ used again here
              |
             ::: content/questions/product-design.yaml:4:9
              |
            4 |   - id: pd-lift-queue
              |         ------------- first used here

            error[unknown-reference]: no skill named `custmer-insight`
             --> content/steps/gather-intel.md:9:10
              |
            9 | skills: [custmer-insight, communication]
              |          ^^^^^^^^^^^^^^^ referenced here
              |
              = help: did you mean `customer-insight`?

            error[unknown-anchor]: no heading `agneda` on this page
              --> content/steps/gather-intel.md:12:24
               |
            12 | Café 東京 first, then [[#agneda]].
               |                          ^^^^^^
               |
               = help: did you mean `agenda`?

        "#]],
        );
    }

    #[test]
    fn second_places_on_the_same_line_elsewhere_and_of_a_whole_file() {
        let (here, there) = (FilePath::from("a.yaml"), FilePath::from("b.yaml"));
        let finding =
            Diagnostic::new(Code::DuplicateId, &here, Span::new(18, 22), "twice")
                .label("again")
                .also(&here, Span::new(6, 10), "first here")
                .also(&there, Span::new(12, 16), "another")
                .also(&there, Span::FILE, "the bank itself");
        print(
            "ids: [alfa, beta, alfa]",
            finding,
            &expect![[r#"
            error[duplicate-id]: twice
             --> a.yaml:1:19
              |
            1 | ids: [alfa, beta, alfa]
              |       ----        ^^^^ again
              |       |
              |       first here
              |
             ::: b.yaml:1:13
              |
            1 | ids: [alfa, beta, alfa]
              |             ---- another
              |
              = note: the bank itself: b.yaml:1:1

        "#]],
        );
    }

    #[test]
    fn a_span_over_lines() {
        let text = "summary: >\n  Two lines\n  of a text\nreviewed: 2026-11-20\n";
        let finding = Diagnostic::new(
            Code::LongSummary,
            &"a.yaml".into(),
            Span::new(9, 35),
            "long",
        )
        .label("shorten it");
        print(
            text,
            finding,
            &expect![[r#"
                warning[long-summary]: long
                 --> a.yaml:1:10
                  |
                1 |   summary: >
                  |  __________^
                2 | |   Two lines
                3 | |   of a text
                  | |___________^ shorten it

            "#]],
        );
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides() {
        let text = format!(
            "{}[the plan](plan.md) {}",
            "before ".repeat(90),
            "after ".repeat(90)
        );
        let finding = Diagnostic::new(
            Code::UnknownAsset,
            &"a.md".into(),
            Span::new(641, 648),
            "no file `plan.md`",
        );
        print(
            &text,
            finding,
            &expect![[r#"
            error[unknown-asset]: no file `plan.md`
             --> a.md:1:642
              |
            1 | ... before before before before before before before [the plan](plan.md) after after after after after after after after after after ...
              |                                                                 ^^^^^^^

        "#]],
        );
    }

    #[test]
    fn a_terminal_is_not_at_the_mercy_of_a_file() {
        let escape = "\u{1b}[2J\u{9b}2J\r";
        let finding =
            Diagnostic::new(Code::BadValue, &escape.into(), Span::new(1, 4), escape)
                .help(escape)
                .also(&escape.into(), Span::new(2, 3), escape);
        print(
            escape,
            finding,
            &expect![[r#"
            error[bad-value]: ␛[2J�2J␍
             --> ␛[2J�2J␍:1:2
              |
            1 | ␛[2J�2J␍
              |  ^-^
              |   |
              |   ␛[2J�2J␍
              |
              = help: ␛[2J�2J␍

        "#]],
        );
    }

    #[test]
    fn colour_is_asked_for() {
        let findings =
            [Diagnostic::new(Code::NotUtf8, &"a.md".into(), Span::FILE, "not UTF-8")];
        let findings = findings.into_iter().collect();
        let report = Report { findings: &findings, texts: &|_| None, color: true };
        assert!(super::print(&report).starts_with("\u{1b}["));
    }

    fn print(text: &str, finding: Diagnostic, expected: &Expect) {
        let findings = [finding].into_iter().collect();
        expected.assert_eq(&fixture::print(&PRINTER, &findings, &|_| Some(text.into())));
    }
}
