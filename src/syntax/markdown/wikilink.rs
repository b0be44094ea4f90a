//! `[[kind:id#anchor|label]]`: what is one and where its target stands.

use std::ops::Range;

use crate::syntax::link::Target;

/// A target has neither spaces nor brackets, and is something.
pub(super) fn is_target(written: &str) -> bool {
    let blank = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '|');
    !written.is_empty() && written != "#" && !written.contains(blank)
}

/// The part before `#` names an entry; without it the same page is meant.
pub(super) fn target(written: &str) -> Target {
    match written.split('#').next() {
        Some(id) if !id.is_empty() => Target::entry(id),
        _ => Target::Here,
    }
}

/// Where the target stands in the text of the link at `range`.
pub(super) fn place(text: &str, range: &Range<usize>, written: &str) -> Range<usize> {
    let brackets = text[range.clone()].find("[[").map_or(0, |at| at + 2);
    let start = range.start + brackets;
    start..start + written.len().min(range.end - start)
}

/// Whether a line is one embed and nothing else.
pub(super) fn is_card_line(line: &str) -> bool {
    let inner = line.trim().strip_prefix("![[").and_then(|rest| rest.strip_suffix("]]"));
    inner.is_some_and(|inner| is_target(inner.split('|').next().unwrap_or("")))
}
