//! A part of a file that is read as a text of its own: a body below a front matter, a
//! YAML scalar with Markdown in it. It remembers where each of its bytes stands in the
//! file.

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::Span;

/// A text and the bytes of the file that it came from.
#[derive(Debug, Clone)]
pub struct Region<'s> {
    /// The text as it is read: without indentation, with escapes resolved.
    pub text: Cow<'s, str>,
    /// Pairs of (byte in the text, byte in the file), rising; between two of them both
    /// sides run in step. Never empty, and the first is at byte 0 of the text.
    steps: Vec<(u32, u32)>,
}

impl<'s> Region<'s> {
    /// A slice of a file that begins at byte `start` of it.
    pub fn slice(text: &'s str, start: u32) -> Self {
        Self { text: Cow::Borrowed(text), steps: vec![(0, start)] }
    }

    /// A text that a decoder made from `raw`, which begins at byte `start` of the file.
    /// The decoder may have dropped indentation, folded lines, and resolved escapes.
    pub fn decoded(text: Cow<'s, str>, raw: &str, start: u32) -> Self {
        let steps = if text.as_ref() == raw { vec![(0, 0)] } else { align(&text, raw) };
        let steps = steps.into_iter().map(|(at, file)| (at, file + start)).collect();
        Self { text, steps }
    }

    /// Where a range of the text stands in the file.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.place(range.start);
        if range.is_empty() {
            return Span::new(start, start);
        }
        let last = self.text.floor_char_boundary(range.end - 1);
        let width = range.end - last;
        Span::new(start, (self.place(last) + width).max(start))
    }

    fn place(&self, at: usize) -> usize {
        let step = self.steps.partition_point(|(text, _)| *text as usize <= at) - 1;
        let (text, file) = self.steps[step];
        file as usize + (at - text as usize)
    }
}

/// Walks a decoded text beside its source. What YAML does to a scalar is little enough
/// that the way back needs no parser: it drops white space, turns line breaks into
/// spaces, and resolves escapes; so equal characters match, white space matches white
/// space, and after a backslash or a doubled quote the source runs ahead.
fn align(text: &str, raw: &str) -> Vec<(u32, u32)> {
    let mut steps = vec![];
    let mut at = skip_blank(raw, 0, text.chars().next());
    for (place, letter) in text.char_indices() {
        let width = source_width(&raw[at..], letter);
        note(&mut steps, place, at);
        at += width;
        let next = text[place + letter.len_utf8()..].chars().next();
        at = skip_blank(raw, at, next);
    }
    note(&mut steps, text.len(), at);
    steps
}

/// How many bytes of the source stand for `letter`.
fn source_width(raw: &str, letter: char) -> usize {
    match raw.chars().next() {
        Some('\\') if letter != '\\' || raw.starts_with("\\\\") => escape_width(raw),
        Some('\'') if raw.starts_with("''") => 2,
        Some(found) => found.len_utf8(),
        None => 0,
    }
}

fn escape_width(raw: &str) -> usize {
    let digits = match raw.as_bytes().get(1) {
        Some(b'x') => 2,
        Some(b'u') => 4,
        Some(b'U') => 8,
        Some(b'\r') if raw.as_bytes().get(2) == Some(&b'\n') => 1,
        _ => 0,
    };
    raw.ceil_char_boundary(2 + digits)
}

/// Passes over source white space (and escaped line breaks) that stands for nothing.
fn skip_blank(raw: &str, mut at: usize, next: Option<char>) -> usize {
    while let Some(found) = raw[at..].chars().next() {
        let escaped_break =
            raw[at..].starts_with("\\\n") || raw[at..].starts_with("\\\r\n");
        let blank =
            matches!(found, ' ' | '\t' | '\r' | '\n') && !stands_for(raw, at, next);
        if !blank && !escaped_break {
            break;
        }
        at += if escaped_break { escape_width(&raw[at..]) } else { found.len_utf8() };
    }
    at
}

/// Whether the white space at `at` is the one that `next` came from. A space that stands
/// for a folded line break is found at the break's first blank.
fn stands_for(raw: &str, at: usize, next: Option<char>) -> bool {
    let found = raw[at..].chars().next();
    match next {
        Some('\n') => found == Some('\n'),
        Some(blank @ (' ' | '\t')) => {
            found == Some(blank) || matches!(found, Some('\n' | '\r'))
        }
        _ => false,
    }
}

fn note(steps: &mut Vec<(u32, u32)>, text: usize, file: usize) {
    let Span { start: text, end: file } = Span::new(text, file);
    let in_step = steps.last().is_some_and(|(t, f)| file.wrapping_sub(*f) == text - t);
    if !in_step {
        steps.push((text, file));
    }
}

#[cfg(test)]
mod tests {
    use super::Region;
    use std::borrow::Cow;

    fn found(text: &'static str, raw: &str, token: &str) -> String {
        let region = Region::decoded(Cow::Borrowed(text), raw, 0);
        let at = region.text.find(token).unwrap();
        let span = region.span(at..at + token.len());
        raw[span.range()].to_owned()
    }

    #[test]
    fn a_folded_scalar_knows_its_lines() {
        let raw = "one [[a]]\n    two  [[b]]\n\n    three [[c]]\n";
        let text = "one [[a]] two  [[b]]\nthree [[c]]\n";
        for token in ["[[a]]", "two", "[[b]]", "three", "[[c]]"] {
            assert_eq!(found(text, raw, token), token);
        }
    }

    #[test]
    fn a_literal_scalar_knows_its_lines() {
        let raw = "one\r\n      - [[a]]\r\n    ü [[b]]\r\n";
        let text = "one\n  - [[a]]\nü [[b]]\n";
        for token in ["one", "[[a]]", "ü", "[[b]]"] {
            assert_eq!(found(text, raw, token), token);
        }
    }

    #[test]
    fn quotes_and_escapes_are_stepped_over() {
        assert_eq!(found("it's [[a]]", "it''s [[a]]", "[[a]]"), "[[a]]");
        assert_eq!(
            found("a\té \"x\" [[a]]", r#"a\t\u00e9 \"x\" [[a]]"#, "[[a]]"),
            "[[a]]"
        );
        assert_eq!(found("a\\b [[a]]", r"a\\b [[a]]", "[[a]]"), "[[a]]");
    }

    #[test]
    fn a_slice_is_shifted() {
        let region = Region::slice("body", 10);
        assert_eq!(region.span(1..3).range(), 11..13);
    }
}
