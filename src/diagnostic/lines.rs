//! Bytes to lines and columns, for printers alone.

use super::Span;

/// A text with the starts of its lines.
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

/// A span as people and tools count: from 1, columns in characters, the end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Line of the first character.
    pub line: usize,
    /// Column of the first character.
    pub column: usize,
    /// Line after the last character.
    pub end_line: usize,
    /// Column after the last character.
    pub end_column: usize,
}

impl<'t> Lines<'t> {
    /// Counts the lines of `text`; a line ends with `\n`, after a `\r` or not.
    pub fn new(text: &'t str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// Where `span` stands.
    pub fn place(&self, span: Span) -> Place {
        let (line, column) = self.position(span.start as usize);
        let (end_line, end_column) = self.position(span.end as usize);
        Place { line, column, end_line, end_column }
    }

    /// The bytes of all lines that `span` touches, and the number of the first of them.
    pub fn around(&self, span: Span) -> (usize, std::ops::Range<usize>) {
        let first = self.line_of(span.start as usize);
        let last = self.line_of(span.end as usize);
        let end = self.starts.get(last + 1).copied().unwrap_or(self.text.len());
        (first + 1, self.starts[first]..end)
    }

    fn line_of(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at) - 1
    }

    /// A byte-order mark has no column.
    fn position(&self, at: usize) -> (usize, usize) {
        let at = self.text.floor_char_boundary(at);
        let line = self.line_of(at);
        let before = &self.text[self.starts[line]..at];
        let mark = usize::from(line == 0 && before.starts_with('\u{feff}'));
        (line + 1, before.chars().count() - mark + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, Place};
    use crate::diagnostic::Span;

    fn place(text: &str, token: &str) -> (usize, usize, usize, usize) {
        let at = text.find(token).unwrap();
        let Place { line, column, end_line, end_column } =
            Lines::new(text).place(Span::new(at, at + token.len()));
        (line, column, end_line, end_column)
    }

    #[test]
    fn columns_are_characters() {
        assert_eq!(place("ü👍\té x", "x"), (1, 6, 1, 7));
        assert_eq!(place("a\r\nbc\r\nd", "c"), (2, 2, 2, 3));
    }

    #[test]
    fn a_byte_order_mark_has_no_column() {
        assert_eq!(place("\u{feff}abc", "abc"), (1, 1, 1, 4));
    }

    #[test]
    fn a_span_may_cross_lines_and_reach_the_end() {
        assert_eq!(place("one\ntwo", "ne\ntwo"), (1, 2, 2, 4));
        assert_eq!(place("one\n", "\n"), (1, 4, 2, 1));
    }
}
