//! Headings, tasks, fields, footnotes, sentences, and the end of a body.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::HeadingLevel;

use super::body::{Body, Heading, Part, plain_text, text_with_holes};
use super::sanitise;
use super::writer::{Patch, Writer};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::syntax::link::Role;
use crate::syntax::sentence::{self, Sentence};
use crate::syntax::slug::slug;

/// Stands for an underscore of a field while the parser reads, which would take a pair of
/// runs for emphasis.
pub(super) const BLANK: char = '\u{1f}';

/// The shortest run of underscores that is a field.
const SHORTEST_FIELD: usize = 3;

/// A heading whose text is being read.
pub(super) struct OpenHeading {
    level: u8,
    id: Option<Box<str>>,
    start: usize,
    holes: usize,
}

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

/// Replaces runs of underscores by [`BLANK`]s of the same length.
pub(super) fn hide_blanks(text: &str) -> String {
    let mut hidden = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('_') {
        let run = rest[at..].bytes().take_while(|byte| *byte == b'_').count();
        hidden.push_str(&rest[..at]);
        let letter = if run >= SHORTEST_FIELD { BLANK } else { '_' };
        hidden.extend(std::iter::repeat_n(letter, run));
        rest = &rest[at + run..];
    }
    hidden + rest
}

/// The underscores again, in code.
pub(super) fn show_blanks(text: &str, hidden: bool) -> Cow<'_, str> {
    match hidden && text.contains(BLANK) {
        true => Cow::Owned(text.replace(BLANK, "_")),
        false => Cow::Borrowed(text),
    }
}

impl Writer<'_, '_> {
    pub(super) fn rule(&mut self, _: Range<usize>) {
        self.top_blocks += 1;
        self.end_task();
        self.push("<hr>\n");
    }

    pub(super) fn start_heading(
        &mut self,
        level: HeadingLevel,
        id: Option<&str>,
        range: Range<usize>,
    ) {
        let level = level as u8;
        self.end_sentences();
        self.end_fold(level);
        self.skipped_level(level, range);
        self.heading = Some(OpenHeading {
            level,
            id: id.map(Into::into),
            start: self.body.html.len(),
            holes: self.body.holes.len(),
        });
    }

    fn skipped_level(&mut self, level: u8, range: Range<usize>) {
        if self.style.page && level > self.last_level + 1 {
            let expected = self.last_level + 1;
            let message = format!("a heading of level {level}, where {expected} was expected");
            let range = self.trimmed(range);
            self.find(Code::HeadingSkip, range, &message);
        }
        self.last_level = level;
    }

    pub(super) fn end_heading(&mut self, range: Range<usize>) {
        let Some(open) = self.heading.take() else { return };
        let text = self.heading_text(&open);
        let id = self.heading_id(&open, &text, &range);
        let fold = self.style.folded.contains(&text.as_str()) && self.depth == 0;
        let before = if fold { "<details class=\"fold\"><summary>" } else { "" };
        let level = open.level;
        let mut start = format!("{before}<h{level} id=\"");
        let _ = pulldown_cmark_escape::escape_html(&mut start, &id);
        start.push_str("\">");
        self.patches.push(Patch { at: open.start, text: start });
        self.push(&format!("</h{level}>{}\n", if fold { "</summary>" } else { "" }));
        self.fold = if fold { Some(level) } else { self.fold };
        let (id, text) = (id.into(), text.into());
        let span = self.region.span(self.trimmed(range));
        self.body.headings.push(Heading { level, id, text, span });
        self.begin_sentences();
    }

    fn heading_text(&self, open: &OpenHeading) -> String {
        let holes = &self.body.holes[open.holes..];
        let start = Span::from(open.start..open.start).start;
        let (text, places) = text_with_holes(&self.body.html[open.start..], start, holes);
        let named = places.iter().filter_map(|(_, part)| self.named(*part));
        let mut named = named.collect::<Vec<_>>().into_iter();
        let parts = text.split(sentence::TITLE).map(str::to_owned);
        let titled = parts.reduce(|left, right| left + named.next().unwrap_or("") + &right);
        titled.unwrap_or_default().trim().to_owned()
    }

    /// The id that stands for a title before linking.
    fn named(&self, part: Part) -> Option<&str> {
        let Part::Title(link) = part else { return None };
        Some(self.sink.links.get(link as usize)?.name())
    }

    fn heading_id(&mut self, open: &OpenHeading, text: &str, range: &Range<usize>) -> String {
        let id = match &open.id {
            Some(id) => {
                self.explicit_id(id, range);
                id.to_string()
            }
            None => self.slugs.free(&slug(text)),
        };
        self.body.anchors.push(id.as_str().into());
        id
    }

    /// Takes an id that the author wrote somewhere in `range`.
    pub(super) fn explicit_id(&mut self, id: &str, range: &Range<usize>) {
        if self.slugs.claim(id) {
            return;
        }
        let written = self.text[range.clone()].rfind(id).map_or(range.start, |at| range.start + at);
        let span = self.region.span(written..written + id.len());
        let message = format!("the id `{id}` is there already");
        let finding = Diagnostic::new(Code::DuplicateAnchor, self.sink.file, span, message);
        self.find_with(finding.help("give one of them another id"));
    }

    fn end_fold(&mut self, level: u8) {
        if self.depth <= 1 && self.fold.is_some_and(|fold| level <= fold) {
            self.fold = None;
            self.push("</details>\n");
        }
    }

    pub(super) fn task(&mut self, done: bool, range: Range<usize>) {
        self.end_task();
        let item = self.body.html.rfind("<li>").map_or(0, |at| at + 3);
        let text_start = self.body.html.len();
        let holes = self.body.holes.len();
        self.open_task = Some(Task { item, text_start, holes, done, written: range.start });
    }

    /// The text of a task ends with its first block.
    pub(super) fn end_task(&mut self) {
        let read = self.open_task.as_ref().is_some_and(|task| {
            self.body.html.get(task.text_start..).is_some_and(|text| !text.trim().is_empty())
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
            self.body.html.truncate(kept);
        }
        let end = Span::from(0..self.body.html.len()).end;
        self.body.texts.retain(|(from, _)| *from < end);
        if let Some(last) = self.body.texts.last_mut() {
            last.1 = last.1.min(end);
        }
    }

    /// Text with runs of [`BLANK`]s: each is a field, named by what stands before it.
    pub(super) fn text_with_fields(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find(BLANK) {
            let run = rest[at..].chars().take_while(|letter| *letter == BLANK).count();
            if at > 0 {
                self.text_run(&rest[..at]);
            }
            match run >= SHORTEST_FIELD {
                true => self.field("", run),
                false => self.escaped(&"_".repeat(run)),
            }
            rest = &rest[at + run..];
        }
        if !rest.is_empty() {
            self.text_run(rest);
        }
    }

    /// A field to fill in: of `width` characters, or as wide as its cell.
    pub(super) fn field(&mut self, title: &str, width: usize) {
        let title = if title.trim().is_empty() { self.field_name() } else { title.to_owned() };
        self.fields += 1;
        self.push("<input class=\"field\" type=\"text\" aria-label=\"");
        match title.is_empty() {
            true => self.hole(Part::Word("field")),
            false => self.attribute(&title),
        }
        self.push(&format!("\" data-field=\"{}\"", self.fields));
        if width > 0 {
            self.push(&format!(" size=\"{}\"", width.min(80)));
        }
        self.push(">");
    }

    /// What stands before a field in its block, or the heading above it.
    fn field_name(&self) -> String {
        let before = plain_text(&self.body.html[self.block.0.min(self.body.html.len())..]);
        let before = before.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        let last = before.rsplit(['\n', ':']).next().unwrap_or("").trim();
        match (last.is_empty(), self.body.headings.last()) {
            (true, Some(heading)) => heading.text.to_string(),
            _ => last.to_owned(),
        }
    }

    pub(super) fn footnote_reference(&mut self, name: &str) {
        let number = self.footnote(name);
        self.push(&format!(
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\">{number}</a></sup>"
        ));
    }

    pub(super) fn start_footnote(&mut self, name: &str) {
        let number = self.footnote(name);
        self.end_sentences();
        self.push(&format!(
            "<div class=\"footnote\" id=\"fn-{number}\"><span class=\"footnote-mark\">\
             {number}</span>\n"
        ));
        self.begin_sentences();
    }

    fn footnote(&mut self, name: &str) -> usize {
        let known = self.footnotes.iter().position(|known| known.as_ref() == name);
        known.unwrap_or_else(|| {
            self.footnotes.push(name.into());
            self.footnotes.len() - 1
        }) + 1
    }

    pub(super) fn begin_sentences(&mut self) {
        self.block =
            (self.body.html.len(), self.body.holes.len(), self.sink.links.len());
    }

    /// Gives each link of the block its sentence.
    pub(super) fn end_sentences(&mut self) {
        let (start, hole, link) = self.block;
        if self.sink.links.len() == link || start > self.body.html.len() {
            return self.begin_sentences();
        }
        let from = Span::from(start..start).start;
        let holes = self.body.holes.get(hole..).unwrap_or(&[]);
        let (text, places) = text_with_holes(&self.body.html[start..], from, holes);
        for (at, part) in &places {
            if let Part::Address(number) = part {
                self.sentence(*number, &text, (*at, &places));
            }
        }
        self.begin_sentences();
    }

    fn sentence(&mut self, number: u32, text: &str, (at, places): (usize, &[(usize, Part)])) {
        let range = sentence::around(text, at);
        let inside = places.iter().filter(|(place, _)| range.contains(place));
        let titles = inside.filter_map(|(_, part)| match part {
            Part::Title(link) => Some(*link),
            _ => None,
        });
        let sentence = Sentence { text: text[range.clone()].into(), titles: titles.collect() };
        let link = self.sink.links.get_mut(number as usize);
        if let Some(Role::Text(place)) = link.map(|link| &mut link.role) {
            *place = sentence;
        }
    }

    /// Closes what is open, gives the waiting tasks their keys, and fills in the patches.
    pub(super) fn finish(mut self) -> Body {
        self.end_task();
        self.end_sentences();
        if self.fold.is_some() {
            self.push("</details>\n");
        }
        self.name_tasks();
        self.body.inner = self.only_paragraph();
        apply(&mut self.body, &mut self.patches);
        match self.has_raw {
            true => sanitise::clean(self.body),
            false => self.body,
        }
    }

    fn name_tasks(&mut self) {
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

    fn only_paragraph(&self) -> Option<(u32, u32)> {
        let html = self.body.html.trim_end();
        let lone = self.top_blocks == 1 && self.patches.is_empty() && !self.has_raw;
        let inside = html.strip_prefix("<p>")?.strip_suffix("</p>")?;
        lone.then(|| Span::new(3, 3 + inside.len())).map(|span| (span.start, span.end))
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

/// Puts the patches into the HTML and moves everything behind them.
fn apply(body: &mut Body, patches: &mut Vec<Patch>) {
    if patches.is_empty() {
        return;
    }
    patches.sort_by_key(|patch| patch.at);
    let added: usize = patches.iter().map(|patch| patch.text.len()).sum();
    let mut html = String::with_capacity(body.html.len() + added);
    let mut done = 0;
    for patch in patches.iter() {
        html.push_str(&body.html[done..patch.at]);
        html.push_str(&patch.text);
        done = patch.at;
    }
    html.push_str(&body.html[done..]);
    let shift = Shift::new(patches);
    body.holes.iter_mut().for_each(|hole| hole.at = shift.of(hole.at));
    body.texts.iter_mut().for_each(|(from, to)| {
        let width = *to - *from;
        *from = shift.of(*from);
        *to = *from + width;
    });
    body.html = html;
}

/// How far a byte of the HTML moves: by all patches at or before it.
struct Shift(Vec<(u32, u32)>);

impl Shift {
    fn new(patches: &[Patch]) -> Self {
        let mut sum = 0;
        let moved = patches.iter().map(|patch| {
            sum += patch.text.len();
            let Span { start, end } = Span::new(patch.at, sum);
            (start, end)
        });
        Self(moved.collect())
    }

    fn of(&self, at: u32) -> u32 {
        let before = self.0.partition_point(|(patch, _)| *patch <= at);
        at + before.checked_sub(1).map_or(0, |index| self.0[index].1)
    }
}
