//! Headings, their ids, and the sections that are folded.

use std::ops::Range;

use pulldown_cmark::HeadingLevel;

use super::body::{Heading, Part, text_with_holes};
use super::writer::{Patch, Writer};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::syntax::sentence;
use crate::syntax::slug::slug;

/// A heading whose text is being read.
pub(super) struct OpenHeading {
    level: u8,
    id: Option<Box<str>>,
    start: usize,
    holes: usize,
}

impl Writer<'_, '_> {
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
            let message =
                format!("a heading of level {level}, where {expected} was expected");
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
        let titled =
            parts.reduce(|left, right| left + named.next().unwrap_or("") + &right);
        titled.unwrap_or_default().trim().to_owned()
    }

    /// The id that stands for a title before linking.
    fn named(&self, part: Part) -> Option<&str> {
        let Part::Title(link) = part else { return None };
        Some(self.sink.links.get(link as usize)?.name())
    }

    fn heading_id(
        &mut self,
        open: &OpenHeading,
        text: &str,
        range: &Range<usize>,
    ) -> String {
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
        let written =
            self.text[range.clone()].rfind(id).map_or(range.start, |at| range.start + at);
        let span = self.region.span(written..written + id.len());
        let message = format!("the id `{id}` is there already");
        let finding =
            Diagnostic::new(Code::DuplicateAnchor, self.sink.file, span, message);
        self.find_with(finding.help("give one of them another id"));
    }

    fn end_fold(&mut self, level: u8) {
        if self.depth <= 1 && self.fold.is_some_and(|fold| level <= fold) {
            self.fold = None;
            self.push("</details>\n");
        }
    }
}
