//! Where the destination of an ordinary link is written: the parser tells what it is, a
//! finding has to tell where.

use std::ops::Range;

/// The destination of `[text](destination "title")` at `range`. The text may hold
/// brackets of its own, so the parenthesis is sought that opens the last balanced group.
pub(super) fn inline(text: &str, range: &Range<usize>) -> Range<usize> {
    let slice = &text[range.clone()];
    let opened = opening(slice).map_or(0, |at| at + 1);
    let start = opened + blank(&slice[opened..]);
    let (start, length) = written(slice, start);
    range.start + start..range.start + start + length
}

/// The destination of `[label]: destination "title"` at `range`.
pub(super) fn definition(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let slice = &text[range.clone()];
    let colon = slice.find("]:")? + 2;
    let start = colon + blank(&slice[colon..]);
    let (start, length) = written(slice, start);
    Some(range.start + start..range.start + start + length)
}

/// The byte of the `(` in the `](` that closes the link's text. Brackets are counted, and
/// code and escapes passed over, as the parser does.
fn opening(slice: &str) -> Option<usize> {
    let bytes = slice.as_bytes();
    let (mut depth, mut at) = (0_usize, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'`' => at = code_end(bytes, at),
            b'[' => depth += 1,
            b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && bytes.get(at + 1) == Some(&b'(') {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
    slice.find("](").map(|at| at + 1)
}

/// The last byte of the code span that begins at `start`, or `start` of a lone backtick
/// run.
fn code_end(bytes: &[u8], start: usize) -> usize {
    let run = |from: usize| bytes[from..].iter().take_while(|b| **b == b'`').count();
    let width = run(start);
    let mut at = start + width;
    while at < bytes.len() {
        let here = run(at);
        if here == width {
            return at + width - 1;
        }
        at += here.max(1);
    }
    start + width - 1
}

fn blank(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// The start and the length of a destination that is written at `start`, perhaps in `<>`.
fn written(slice: &str, start: usize) -> (usize, usize) {
    let rest = &slice[start..];
    if let Some(inner) = rest.strip_prefix('<') {
        return (start + 1, inner.find('>').unwrap_or(inner.len()));
    }
    let mut depth = 0_i32;
    let end = rest.char_indices().find(|(_, letter)| {
        depth += i32::from(*letter == '(') - i32::from(*letter == ')');
        letter.is_whitespace() || depth < 0
    });
    (start, end.map_or(rest.len(), |(at, _)| at))
}
