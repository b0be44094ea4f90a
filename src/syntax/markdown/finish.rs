//! Footnotes, sentences, and the end of a body: what was not known earlier is filled in.

use std::ops::Range;

use super::body::{Body, Part, text_with_holes};
use super::sanitise;
use super::writer::{Patch, Writer};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::syntax::link::Role;
use crate::syntax::sentence::{self, Sentence};

impl Writer<'_, '_> {
    pub(super) fn rule(&mut self, _: Range<usize>) {
        self.top_blocks += 1;
        self.end_task();
        self.push("<hr>\n");
    }

    pub(super) fn footnote_reference(&mut self, name: &str) {
        let (number, id) = self.footnote(name);
        self.push(&format!(
            "<sup class=\"footnote-ref\"><a href=\"#{id}\">{number}</a></sup>"
        ));
    }

    pub(super) fn start_footnote(&mut self, name: &str) {
        let (number, id) = self.footnote(name);
        self.end_sentences();
        self.push(&format!(
            "<div class=\"footnote\" id=\"{id}\"><span class=\"footnote-mark\">\
             {number}</span>\n"
        ));
        self.begin_sentences();
    }

    /// The number and the id of a footnote; a heading may have taken its usual one.
    fn footnote(&mut self, name: &str) -> (usize, String) {
        if let Some(known) = self.footnotes.get(name) {
            return known.clone();
        }
        let number = self.footnotes.len() + 1;
        let id = self.slugs.free(&format!("fn-{number}"));
        self.footnotes.insert(name.into(), (number, id.clone()));
        (number, id)
    }

    pub(super) fn begin_sentences(&mut self) {
        self.block = (self.body.html.len(), self.body.holes.len(), self.sink.links.len());
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

    fn sentence(
        &mut self,
        number: u32,
        text: &str,
        (at, places): (usize, &[(usize, Part)]),
    ) {
        let range = sentence::around(text, at);
        let [from, to] = [range.start, range.end]
            .map(|end| places.partition_point(|(place, _)| *place < end));
        let titles = places[from..to].iter().filter_map(|(_, part)| match part {
            Part::Title(link) => Some(*link),
            _ => None,
        });
        let sentence =
            Sentence { text: text[range.clone()].into(), titles: titles.collect() };
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
            true if sanitise::is_costly(&self.body.html) => self.refused(),
            true => sanitise::clean(self.body),
            false => self.body,
        }
    }

    /// The body without its text.
    fn refused(self) -> Body {
        let message = "HTML is nested too deeply or left open too often";
        let finding =
            Diagnostic::new(Code::TooLarge, self.sink.file, Span::FILE, message);
        self.sink.findings.push(finding.help("close each element that you open"));
        self.body.without_text()
    }

    fn only_paragraph(&self) -> Option<(u32, u32)> {
        let html = self.body.html.trim_end();
        let lone = self.top_blocks == 1 && self.patches.is_empty() && !self.has_raw;
        let inside = html.strip_prefix("<p>")?.strip_suffix("</p>")?;
        lone.then(|| Span::new(3, 3 + inside.len())).map(|span| (span.start, span.end))
    }
}

/// Puts the patches into the HTML and moves everything behind them.
fn apply(body: &mut Body, patches: &mut [Patch]) {
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
