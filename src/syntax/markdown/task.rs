//! Tasks: list items that a reader can tick off, and their keys.

use std::ops::Range;

use super::body::text_with_holes;
use super::writer::{Patch, Writer};
use crate::diagnostic::Span;
use crate::syntax::sentence;
use crate::syntax::slug::slug;

/// A task whose text is being read.
pub(super) struct Task {
    /// Where the `>` of its list item stands.
    item: usize,
    text_start: usize,
    holes: usize,
    done: bool,
    /// Where its marker is written.
    written: usize,
}

/// A task that was read. One without a key of its own gets one at the end of the body, so
/// that it cannot take the slug of a heading further down.
pub(super) struct ReadTask {
    item: usize,
    done: bool,
    explicit: Option<String>,
    wish: String,
}

impl Writer<'_, '_> {
    pub(super) fn task(&mut self, done: bool, range: Range<usize>) {
        self.end_task();
        let item = self.body.html.rfind("<li>").map_or(0, |at| at + 3);
        let text_start = self.body.html.len();
        let holes = self.body.holes.len();
        self.open_task =
            Some(Task { item, text_start, holes, done, written: range.start });
    }

    /// The text of a task ends with its first block.
    pub(super) fn end_task(&mut self) {
        let read = self.open_task.as_ref().is_some_and(|task| {
            self.body
                .html
                .get(task.text_start..)
                .is_some_and(|text| !text.trim().is_empty())
        });
        if read {
            self.key_task();
        }
    }

    fn key_task(&mut self) {
        let Some(task) = self.open_task.take() else { return };
        let holes = &self.body.holes[task.holes.min(self.body.holes.len())..];
        let from = Span::from(task.text_start..task.text_start).start;
        let (text, _) = text_with_holes(&self.body.html[task.text_start..], from, holes);
        let explicit = explicit_key(&text).map(str::to_owned);
        if let Some(key) = &explicit {
            self.strip_key(key);
            self.claim_key(key, task.written);
        }
        let wish = slug(&text.replace(sentence::TITLE, ""));
        let Task { item, done, .. } = task;
        self.tasks.push(ReadTask { item, done, explicit, wish });
    }

    /// Takes the key that is written in the task that begins at byte `from` of the text.
    fn claim_key(&mut self, key: &str, from: usize) {
        let written = format!("{{#{key}}}");
        let at = self.text[from..].find(&written).map_or(from, |at| from + at);
        self.explicit_id(key, &(at..(at + written.len()).min(self.text.len())));
        self.body.anchors.push(key.into());
    }

    /// Takes ` {#key}` off the end of the task's text.
    fn strip_key(&mut self, key: &str) {
        let trimmed = self.body.html.trim_end().len();
        let cut = trimmed.saturating_sub(key.len() + 3);
        if self.body.html.is_char_boundary(cut) {
            let kept = self.body.html[..cut].trim_end().len();
            self.body.truncate(kept);
        }
    }

    pub(super) fn name_tasks(&mut self) {
        for task in std::mem::take(&mut self.tasks) {
            let key = task.explicit.unwrap_or_else(|| self.free_key(&task.wish));
            self.patches.push(Patch { at: task.item, text: task_item(&key, task.done) });
        }
    }

    fn free_key(&mut self, wish: &str) -> String {
        let key = self.slugs.free(if wish.is_empty() { "task" } else { wish });
        self.body.anchors.push(key.as_str().into());
        key
    }
}

/// `{#key}` at the end of a task's text.
fn explicit_key(text: &str) -> Option<&str> {
    let text = text.trim_end().strip_suffix('}')?;
    let key = &text[text.rfind("{#")? + 2..];
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    (!key.is_empty() && key.chars().all(plain)).then_some(key)
}

/// What goes between the `<li` of a task and its `>`, which then ends the box.
fn task_item(key: &str, done: bool) -> String {
    let mut html = String::from(" class=\"task\" id=\"");
    let _ = pulldown_cmark_escape::escape_html(&mut html, key);
    html.push_str("\"><input type=\"checkbox\" data-task=\"");
    let _ = pulldown_cmark_escape::escape_html(&mut html, key);
    html.push_str("\" aria-labelledby=\"");
    let _ = pulldown_cmark_escape::escape_html(&mut html, key);
    html.push_str(if done { "\" checked" } else { "\"" });
    html
}
