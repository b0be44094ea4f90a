//! The state of one reading, and which part of the module each event belongs to.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, OffsetIter, Tag, TagEnd};
use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::block::{ListState, TableState};
use super::body::{Body, Hole, Part};
use super::heading::OpenHeading;
use super::inline::OpenLink;
use super::task::{ReadTask, Task};
use super::{MOST_LINKS, Sink, Style};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::syntax::Region;
use crate::syntax::link::Link;
use crate::syntax::slug::Slugs;

/// A text that goes into the HTML at a byte that was written before it was known.
pub(super) struct Patch {
    pub(super) at: usize,
    pub(super) text: String,
}

pub(super) struct Writer<'r, 'f> {
    pub(super) region: &'r Region<'r>,
    /// The region's text as the parser sees it, byte for byte beside it.
    pub(super) text: &'r str,
    pub(super) style: Style,
    /// The number of its first link among those of the entry.
    first_link: usize,
    /// What is rare is looked for once, not in every piece of text.
    has_www: bool,
    has_nul: bool,
    pub(super) sink: Sink<'f>,
    pub(super) body: Body,
    pub(super) patches: Vec<Patch>,
    pub(super) slugs: Slugs,
    pub(super) definitions: Vec<(Box<str>, Range<usize>)>,
    /// Events that begin before this byte are passed over: what they show was written.
    pub(super) skip_until: usize,
    /// What began there and has not ended.
    pub(super) skipped: Vec<Range<usize>>,
    pub(super) links: Vec<OpenLink>,
    pub(super) heading: Option<OpenHeading>,
    pub(super) open_task: Option<Task>,
    pub(super) tasks: Vec<ReadTask>,
    pub(super) last_level: u8,
    pub(super) lists: Vec<ListState>,
    pub(super) table: Option<TableState>,
    /// Numbers and ids by name.
    pub(super) footnotes: HashMap<Box<str>, (usize, String)>,
    pub(super) code: bool,
    pub(super) raw_block: Option<Vec<(Range<usize>, String)>>,
    pub(super) has_raw: bool,
    pub(super) fold: Option<u8>,
    /// Where the block that holds running text began: HTML byte, hole, link.
    pub(super) block: (usize, usize, usize),
    pub(super) depth: usize,
    pub(super) top_blocks: usize,
    pub(super) fields: usize,
}

impl<'r, 'f> Writer<'r, 'f> {
    pub(super) fn new(
        region: &'r Region<'r>,
        text: &'r str,
        style: Style,
        sink: Sink<'f>,
    ) -> Self {
        let html = String::with_capacity(text.len() + text.len() / 4);
        let block = (0, 0, sink.links.len());
        Self {
            region,
            text,
            style,
            first_link: sink.links.len(),
            has_www: text.contains("www."),
            has_nul: text.contains('\0'),
            sink,
            body: Body { html, ..Body::default() },
            patches: Vec::new(),
            slugs: Slugs::default(),
            definitions: Vec::new(),
            skip_until: 0,
            skipped: Vec::new(),
            links: Vec::new(),
            heading: None,
            open_task: None,
            tasks: Vec::new(),
            last_level: 1,
            lists: Vec::new(),
            table: None,
            footnotes: HashMap::new(),
            code: false,
            raw_block: None,
            has_raw: false,
            fold: None,
            block,
            depth: 0,
            top_blocks: 0,
            fields: 0,
        }
    }

    /// Reads all events to the end.
    pub(super) fn write(mut self, events: OffsetIter<'r>) -> Body {
        let definitions = events.reference_definitions().iter();
        self.definitions =
            definitions.map(|(id, def)| (id.into(), def.span.clone())).collect();
        for (event, range) in events {
            self.event(event, range);
        }
        self.finish()
    }

    fn event(&mut self, event: Event<'r>, range: Range<usize>) {
        if self.passes_over(&event, &range) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.running_text(&text, range),
            Event::Code(text) => self.inline_code(&text),
            Event::Html(html) => self.raw_line(&html, range),
            Event::InlineHtml(_) => self.raw_inline(range),
            Event::SoftBreak => self.push("\n"),
            Event::HardBreak => self.push("<br>\n"),
            Event::Rule => self.rule(range),
            Event::TaskListMarker(done) => self.task(done, range),
            Event::FootnoteReference(name) => self.footnote_reference(&name),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.escaped(&text),
        }
    }

    /// Whether what the event shows was written already. A text that begins before the
    /// skipped byte may go on behind it.
    fn passes_over(&mut self, event: &Event<'_>, range: &Range<usize>) -> bool {
        let written = range.start < self.skip_until;
        match event {
            Event::Start(_) if written => self.skipped.push(range.clone()),
            Event::End(_) if self.skipped.last() == Some(range) => {
                let _ = self.skipped.pop();
            }
            Event::End(_) => return false,
            Event::Text(_) if written && range.end > self.skip_until => {
                self.text_run(&self.text[self.skip_until..range.end]);
            }
            _ => {}
        }
        written
    }

    fn start(&mut self, tag: Tag<'r>, range: Range<usize>) {
        match tag {
            Tag::Link { .. } | Tag::Image { .. } => self.start_link(tag, range),
            Tag::Emphasis => self.push("<em>"),
            Tag::Strong => self.push("<strong>"),
            Tag::Strikethrough => self.push("<del>"),
            Tag::Superscript => self.push("<sup>"),
            Tag::Subscript => self.push("<sub>"),
            _ => {
                self.top_blocks += usize::from(self.depth == 0);
                self.depth += 1;
                self.start_block(tag, range);
            }
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Link | TagEnd::Image => self.end_link(range),
            TagEnd::Emphasis => self.push("</em>"),
            TagEnd::Strong => self.push("</strong>"),
            TagEnd::Strikethrough => self.push("</del>"),
            TagEnd::Superscript => self.push("</sup>"),
            TagEnd::Subscript => self.push("</sub>"),
            _ => {
                self.depth = self.depth.saturating_sub(1);
                self.end_block(tag, range);
            }
        }
    }

    fn running_text(&mut self, text: &CowStr<'_>, range: Range<usize>) {
        if self.code {
            return self.code_text(text);
        }
        if self.has_www && text.contains("www.") || may_hold_address(text) {
            return self.text_with_addresses(text, range);
        }
        self.text_run(text);
    }

    /// Text that is neither code nor an address.
    pub(super) fn text_run(&mut self, text: &str) {
        if self.style.fields && text.contains(super::field::BLANK) {
            return self.text_with_fields(text);
        }
        let from = self.body.html.len();
        self.escaped(text);
        let eligible = self.links.is_empty() && self.heading.is_none();
        if eligible {
            self.note_text(from);
        }
    }

    fn note_text(&mut self, from: usize) {
        let Span { start, end } = Span::new(from, self.body.html.len());
        // The next line of a paragraph is the same running text.
        let breaks = |from: u32| &self.body.html[from as usize..start as usize] == "\n";
        match self.body.texts.last_mut() {
            Some(last) if last.1 == start || breaks(last.1) => last.1 = end,
            _ if start < end => self.body.texts.push((start, end)),
            _ => {}
        }
    }

    pub(super) fn push(&mut self, html: &str) {
        self.body.html.push_str(html);
    }

    /// Text as HTML; a NUL, which no browser shows, as the replacement character.
    pub(super) fn escaped(&mut self, text: &str) {
        // Writing into a String cannot fail.
        let _ = match self.has_nul && text.contains('\0') {
            true => escape_html_body_text(
                &mut self.body.html,
                &text.replace('\0', "\u{fffd}"),
            ),
            false => escape_html_body_text(&mut self.body.html, text),
        };
    }

    pub(super) fn attribute(&mut self, text: &str) {
        let _ = escape_html(&mut self.body.html, text);
    }

    pub(super) fn hole(&mut self, part: Part) {
        let at = Span::new(0, self.body.html.len()).end;
        self.body.holes.push(Hole { at, part });
    }

    /// Adds a link of the entry and returns its number. Of too many, one more than there
    /// may be is kept.
    pub(super) fn link(&mut self, link: Link) -> u32 {
        if self.sink.links.len() - self.first_link <= MOST_LINKS {
            self.sink.links.push(link);
        }
        Span::new(0, self.sink.links.len() - 1).end
    }

    pub(super) fn find(&mut self, code: Code, range: Range<usize>, message: &str) {
        let span = self.region.span(range);
        self.sink.findings.push(Diagnostic::new(code, self.sink.file, span, message));
    }

    pub(super) fn find_with(&mut self, finding: Diagnostic) {
        self.sink.findings.push(finding);
    }

    /// The range without the white space at its end.
    pub(super) fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let end = range.start + self.text[range.clone()].trim_end().len();
        range.start..end
    }
}

/// Whether it is worth looking for bare addresses: most text has neither letter.
fn may_hold_address(text: &str) -> bool {
    memchr::memchr2(b':', b'@', text.as_bytes()).is_some()
}
