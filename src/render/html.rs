//! Fills the holes of a body, and explains the first use of each glossary term.

use std::cell::RefCell;
use std::collections::BTreeSet;

use pulldown_cmark_escape::{escape_html, escape_html_body_text};
use tera::Value;

use super::{Renderer, root};
use crate::catalog::{Destination, EntryId};
use crate::diagnostic::Findings;
use crate::record::{Data, Look, Wanted};
use crate::syntax::link::{Role, Target};
use crate::syntax::markdown::{Body, Hole, Part};
use crate::syntax::sentence::{Sentence, TITLE};
use crate::syntax::url;

/// Makes the HTML of one page: the body of an entry and its fields.
pub(super) struct Filler<'r> {
    pub(super) renderer: &'r Renderer,
    /// Whose links the holes count.
    pub(super) entry: EntryId,
    /// How deep the page stands.
    pub(super) depth: usize,
    /// The terms that the page has explained, or links to itself.
    pub(super) explained: RefCell<BTreeSet<EntryId>>,
    pub(super) findings: RefCell<Findings>,
}

impl Look for Filler<'_> {
    fn link(&self, link: u32) -> Value {
        let target = self.renderer.catalog.target(self.entry, link);
        target.map_or_else(Value::none, |id| self.renderer.card(id, self.depth))
    }

    fn html(&self, body: &Body) -> Value {
        Value::safe_string(&self.html(body, true))
    }
}

/// Something that is put in at a byte of the HTML.
enum Insert<'t> {
    Hole(Hole),
    /// The use of a term: the bytes up to here are its text.
    Term {
        end: usize,
        term: EntryId,
        text: &'t str,
    },
}

impl<'r> Filler<'r> {
    pub(super) fn new(renderer: &'r Renderer, entry: EntryId, depth: usize) -> Self {
        let linked = renderer.catalog.destinations[entry.0 as usize].iter();
        let explained = linked.filter_map(|destination| match destination {
            Destination::Entry(id, _) => Some(*id),
            _ => None,
        });
        let explained = match renderer.terms {
            Some(_) => RefCell::new(explained.collect()),
            None => RefCell::default(),
        };
        Self { renderer, entry, depth, explained, findings: RefCell::default() }
    }

    /// Adds those fields of the entry to data that are wanted.
    pub(super) fn fields(&self, data: &mut Data, wanted: Wanted<'_>) {
        if let Some(own) = &self.renderer.catalog.entry(self.entry).fields {
            own.fill(data, self, wanted);
        }
    }

    /// The HTML of a body, or of its only paragraph's inside.
    pub(super) fn html(&self, body: &Body, inline: bool) -> String {
        let whole = (0, body.html.len());
        let inner = body.inner.filter(|_| inline);
        let (start, end) = inner.map_or(whole, |(from, to)| (from as usize, to as usize));
        let inserts = self.inserts(body);
        let mut html = String::with_capacity(end - start + inserts.len() * 40);
        let mut done = start;
        for (at, insert) in inserts {
            html.push_str(&body.html[done..at]);
            done = at;
            match insert {
                Insert::Hole(hole) => self.part(hole.part, &mut html),
                Insert::Term { end, term, text } => {
                    self.term(term, text, &mut html);
                    done = end;
                }
            }
        }
        html.push_str(&body.html[done..end]);
        html
    }

    /// Holes and uses of terms in the order of their places.
    fn inserts<'b>(&self, body: &'b Body) -> Vec<(usize, Insert<'b>)> {
        let holes = body.holes.iter().map(|hole| (hole.at as usize, Insert::Hole(*hole)));
        let mut inserts: Vec<_> = holes.collect();
        let Some(terms) = &self.renderer.terms else { return inserts };
        let mut explained = self.explained.borrow_mut();
        for (from, to) in &body.texts {
            let text = &body.html[*from as usize..*to as usize];
            for found in terms.uses(text) {
                if explained.insert(found.term) {
                    let at = *from as usize + found.range.start;
                    let end = *from as usize + found.range.end;
                    let text = &body.html[at..end];
                    inserts.push((at, Insert::Term { end, term: found.term, text }));
                }
            }
        }
        inserts.sort_by_key(|(at, _)| *at);
        inserts
    }

    fn part(&self, part: Part, html: &mut String) {
        match part {
            Part::Address(link) => self.address(link, html),
            Part::Title(link) => {
                let _ = escape_html_body_text(html, &self.title(link));
            }
            Part::Card(link) => self.card(link, html),
            Part::Word(name) => {
                let _ = escape_html(html, self.renderer.theme.words.get(name));
            }
        }
    }

    fn card(&self, link: u32, html: &mut String) {
        let Some(target) = self.renderer.catalog.target(self.entry, link) else { return };
        let mut findings = self.findings.borrow_mut();
        let card = self.renderer.card_html(target, self.depth, &mut findings);
        html.push_str(&String::from_utf8_lossy(&card));
    }

    /// A term with its meaning at hand.
    fn term(&self, id: EntryId, text: &str, html: &mut String) {
        let term = self.renderer.catalog.entry(id);
        html.push_str("<a class=\"term\" href=\"");
        html.push_str(root(self.depth));
        html.push_str(self.renderer.address(id));
        html.push_str("\" aria-description=\"");
        let _ = escape_html(&mut *html, &term.common.summary);
        html.push_str("\">");
        html.push_str(text);
        html.push_str("</a>");
    }

    /// Writes the address of a link's destination, relative to the page.
    fn address(&self, link: u32, html: &mut String) {
        let catalog = &self.renderer.catalog;
        let destination = catalog.destination(self.entry, link);
        let own =
            matches!(destination, Destination::Entry(id, Some(_)) if *id == self.entry);
        html.push_str(match destination {
            Destination::Entry(..) if own => "",
            Destination::Entry(..) | Destination::Asset(..) | Destination::Page(_) => {
                root(self.depth)
            }
            _ => "",
        });
        // Writing into a String cannot fail.
        let _ = match destination {
            Destination::Entry(id, anchor) => {
                html.push_str(if own { "" } else { self.renderer.address(*id) });
                html.push_str(if anchor.is_some() { "#" } else { "" });
                escape_html(html, anchor.as_deref().unwrap_or(""))
            }
            Destination::Asset(path, suffix) => {
                let path = path.strip_prefix("content/").unwrap_or(path);
                escape_html(&mut *html, &url::percent_encode(path))
                    .and_then(|()| escape_html(html, suffix))
            }
            Destination::Page(address) => escape_html(html, address),
            Destination::Outside => escape_html(html, self.outside(link)),
            Destination::Faulty(_) | Destination::Nowhere => Ok(()),
        };
    }

    fn outside(&self, link: u32) -> &str {
        match &self.renderer.catalog.entry(self.entry).links[link as usize].target {
            Target::Outside(url) => url,
            _ => "",
        }
    }

    /// What a link without a label says: the title of the page, or of a heading on this
    /// one.
    fn title(&self, link: u32) -> String {
        let catalog = &self.renderer.catalog;
        match catalog.destination(self.entry, link) {
            Destination::Entry(id, anchor) => {
                let entry = catalog.entry(*id);
                let own = anchor.as_ref().filter(|_| *id == self.entry);
                let heading = own.and_then(|id| {
                    entry.body.headings.iter().find(|heading| heading.id == *id)
                });
                heading.map_or(entry.title(), |heading| &heading.text).to_owned()
            }
            _ => String::new(),
        }
    }

    /// The sentence of a link to another entry, with the titles that linking found.
    pub(super) fn sentence(&self, link: u32) -> String {
        let role = &self.renderer.catalog.entry(self.entry).links[link as usize].role;
        let Role::Text(Sentence { text, titles }) = role else { return String::new() };
        let mut titles = titles.iter().map(|link| self.title(*link));
        let mut sentence = String::with_capacity(text.len());
        for letter in text.chars() {
            match letter {
                TITLE => sentence.push_str(&titles.next().unwrap_or_default()),
                _ => sentence.push(letter),
            }
        }
        sentence
    }
}
