//! `[[kind:id#anchor|label]]`: what is one and where its target stands.

use std::ops::Range;

use super::writer::Writer;
use crate::syntax::link::{Role, Target};

impl Writer<'_, '_> {
    /// What looks like a link and is none is shown as it is written, but for links in it.
    pub(super) fn literal(&mut self, range: Range<usize>) {
        let (text, mut done) = (self.text, range.start);
        while let Some(found) = inside(text, done + 2..range.end) {
            let embed = text[done..found.start].ends_with('!');
            self.escaped(&text[done..found.start - usize::from(embed)]);
            self.plain_wikilink(found.clone());
            done = found.end;
        }
        self.escaped(&text[done..range.end]);
        self.skip_until = range.end;
        self.skipped.push(range);
    }

    /// A wikilink that the parser did not see.
    fn plain_wikilink(&mut self, range: Range<usize>) {
        let inner = &self.text[range.start + 2..range.end - 2];
        let (written, label) = inner.split_once('|').unwrap_or((inner, ""));
        let place = place(self.text, &range, written);
        let role = Role::Text(Default::default());
        let link = self.link_at(target(written), place, role);
        let number = self.link(link);
        self.wiki_anchor(number, !label.is_empty());
        self.escaped(label);
        self.end_link(range);
    }
}

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

/// The first wikilink in `range` of the text, outside code and not escaped.
fn inside(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let mut from = range.start.min(range.end);
    while let Some(start) = text[from..range.end].find("[[").map(|at| from + at) {
        let end = start + 2 + text[start + 2..range.end].find("]]")?;
        let target = text[start + 2..end].split('|').next().unwrap_or("");
        let before = &text[range.start..start];
        let shown = before.matches('`').count() % 2 == 1 || before.ends_with('\\');
        if is_target(target) && !text[start + 2..end].contains('[') && !shown {
            return Some(start..end + 2);
        }
        from = start + 1;
    }
    None
}

/// Whether a line is one embed and nothing else.
pub(super) fn is_card_line(line: &str) -> bool {
    let inner = line.trim().strip_prefix("![[").and_then(|rest| rest.strip_suffix("]]"));
    inner.is_some_and(|inner| is_target(inner.split('|').next().unwrap_or("")))
}
