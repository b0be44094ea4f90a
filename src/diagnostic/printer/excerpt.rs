//! The few lines of a file that are shown around a place.
//!
//! In: a text, its lines, a span. Out: an [`Excerpt`]. Keeps true: it begins where a line
//! begins, so that columns can be counted in it; its size does not depend on the file's.

use std::ops::Range;

use crate::diagnostic::{Lines, Span};

/// Several lines are shown up to this many bytes together; of more, the first line.
const SEVERAL: usize = 400;
/// Of a line, this many bytes are shown from the mark on.
const AFTER: usize = 160;
/// Of a line, this many bytes are marked, so that the mark stays on a screen.
const MARKED: usize = 100;
/// A mark further into its line than this many bytes is not shown at all.
const BEFORE: usize = 4096;

/// A few lines of a file, and the part of them that is marked.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt<'t> {
    /// The number of the first line, from 1.
    pub(super) line: usize,
    /// The lines with their breaks, perhaps cut at the end.
    pub(super) text: &'t str,
    /// The marked bytes of `text`.
    pub(super) mark: Range<usize>,
}

/// The lines that `span` touches, or as much of them as a reader can take in.
pub(super) fn around<'t>(
    text: &'t str,
    lines: &Lines<'_>,
    span: Span,
) -> Option<Excerpt<'t>> {
    let mark = visible(text, span);
    let (line, touched) = lines.around(mark.clone().into());
    let start = after_byte_order_mark(text, touched.start);
    let whole = &text[start..touched.end];
    let inside = |at: usize| at.saturating_sub(start).min(whole.len());
    let mark = inside(mark.start)..inside(mark.end);
    if whole.len() <= SEVERAL && without_break(whole).contains('\n') {
        return Some(Excerpt { line, text: whole, mark });
    }
    (mark.start <= BEFORE).then(|| one_line(line, whole, mark))
}

/// The first of the lines of `text`, cut to what is near its mark.
fn one_line(line: usize, text: &str, mark: Range<usize>) -> Excerpt<'_> {
    let near = &text[..text.floor_char_boundary(mark.start + AFTER)];
    let end = near[mark.start..].find('\n').map_or(near.len(), |at| mark.start + at + 1);
    let text = &near[..end];
    let end = text.floor_char_boundary(mark.start + MARKED).min(mark.end);
    Excerpt { line, text, mark: mark.start..end.max(mark.start) }
}

/// The part of `span` that can be seen: inside the text, without line breaks at its end.
fn visible(text: &str, span: Span) -> Range<usize> {
    let end = text.floor_char_boundary(span.end as usize);
    let start = text.floor_char_boundary(span.start as usize).min(end);
    start..start + without_break(&text[start..end]).len()
}

fn without_break(text: &str) -> &str {
    text.trim_end_matches(['\r', '\n'])
}

/// The mark has no column, so it cannot be part of what columns are counted in.
fn after_byte_order_mark(text: &str, start: usize) -> usize {
    let marked = start == 0 && text.starts_with('\u{feff}');
    start + if marked { '\u{feff}'.len_utf8() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::{Excerpt, around};
    use crate::diagnostic::{Lines, Span};

    fn check(text: &str, span: (usize, usize), expected: (usize, &str, &str)) {
        let span = Span::new(span.0, span.1);
        let Excerpt { line, text, mark } = around(text, &Lines::new(text), span).unwrap();
        assert_eq!((line, text, &text[mark]), expected);
    }

    #[test]
    fn it_holds_the_lines_that_are_touched() {
        let text = "one\ntwo three\nfour\n";
        check(text, (8, 13), (2, "two three\n", "three"));
        check(text, (8, 18), (2, "two three\nfour\n", "three\nfour"));
    }

    #[test]
    fn a_line_break_at_the_end_of_a_span_does_not_touch_the_next_line() {
        check("one\r\ntwo\n", (0, 5), (1, "one\r\n", "one"));
    }

    #[test]
    fn a_span_may_be_at_or_after_the_end() {
        check("one\n", (4, 4), (2, "", ""));
        check("one", (9, 12), (1, "one", ""));
        check("", (1, 2), (1, "", ""));
    }

    #[test]
    fn a_byte_order_mark_is_left_out() {
        check("\u{feff}title", (3, 8), (1, "title", "title"));
        check("\u{feff}title", (0, 8), (1, "title", "title"));
    }

    #[test]
    fn of_too_many_lines_the_first_is_held() {
        let text = "some line\n".repeat(50);
        check(&text, (5, 450), (1, "some line\n", "line\n"));
    }

    #[test]
    fn a_long_line_is_cut_after_its_mark() {
        let text = "é".repeat(1000);
        check(&text, (40, 44), (1, &"é".repeat(100), "éé"));
        check(&text, (40, 1999), (1, &"é".repeat(100), &"é".repeat(50)));
    }

    #[test]
    fn nothing_is_held_far_into_a_line() {
        let text = "x".repeat(10_000);
        assert_eq!(around(&text, &Lines::new(&text), Span::new(5000, 5001)), None);
    }
}
