//! Bytes to lines and columns, for printers alone.

use super::Span;

/// A text with the starts of its lines.
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// The characters before each [`STRIDE`]th byte, since lines may be long.
    characters: Vec<usize>,
}

/// How many bytes are counted for one place at most.
const STRIDE: usize = 1024;

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
        let mut count = 0;
        let characters = text.as_bytes().chunks(STRIDE).map(|chunk| {
            let before = count;
            count += begun(chunk);
            before
        });
        let characters = characters.collect();
        Self { text, starts, characters }
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
        let column = self.before(at) - self.before(self.starts[line]);
        (line + 1, column - mark + 1)
    }

    /// How many characters begin before byte `at`.
    fn before(&self, at: usize) -> usize {
        let stride = at / STRIDE;
        let bytes = &self.text.as_bytes()[stride * STRIDE..at];
        self.characters
            .get(stride)
            .map_or_else(|| self.text.chars().count(), |count| count + begun(bytes))
    }
}

/// How many characters begin in some bytes of a text.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
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
    fn columns_of_long_lines_are_characters() {
        let text = format!("{}x{}y", "ü".repeat(3000), "日".repeat(2000));
        assert_eq!(place(&text, "x").1, 3001);
        assert_eq!(place(&text, "y"), (1, 5002, 1, 5003));
        let end = Span::new(text.len(), text.len());
        assert_eq!(Lines::new(&text).place(end).column, 5003);
    }

    #[test]
    fn a_span_may_cross_lines_and_reach_the_end() {
        assert_eq!(place("one\ntwo", "ne\ntwo"), (1, 2, 2, 4));
        assert_eq!(place("one\n", "\n"), (1, 4, 2, 1));
    }
}
