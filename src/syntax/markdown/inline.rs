//! Links, pictures, inline code, and addresses that stand bare in the text.

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{LinkType, Tag};
use pulldown_cmark_escape::{escape_href, escape_html};

use super::writer::Writer;
use super::{Part, destination, plain_text, wikilink};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::link::{Link, Role, Target};

/// How many links and pictures inside each other are told apart in places.
const DEEPEST: usize = 16;

/// A link or a picture whose text is being read.
pub(super) struct OpenLink {
    /// Where its text begins in the HTML.
    text_start: usize,
    close: Close,
}

/// What its end writes.
enum Close {
    /// The end of an anchor element.
    Anchor,
    /// Nothing: the link was dropped, its text stays.
    Nothing,
    /// A title instead of the text.
    Title(u32),
    /// A picture; what was written as text is its alternative text.
    Image(Picture),
}

/// How a wikilink is written: `[[x|labelled]]`, `![[image]]`.
struct Form {
    labelled: bool,
    image: bool,
}

enum Picture {
    Inside { link: u32, title: String },
    Outside(String),
    Dropped,
}

impl<'r> Writer<'r, '_> {
    pub(super) fn start_link(&mut self, tag: Tag<'r>, range: Range<usize>) {
        let (kind, url, title, id, image) = match tag {
            Tag::Link { link_type, dest_url, title, id } => {
                (link_type, dest_url, title, id, false)
            }
            Tag::Image { link_type, dest_url, title, id } => {
                (link_type, dest_url, title, id, true)
            }
            _ => return,
        };
        if let LinkType::WikiLink { has_pothole } = kind {
            let form = Form { labelled: has_pothole, image };
            return self.start_wikilink(&url, form, range);
        }
        let place = self.destination(kind, &id, &range);
        let url = match kind {
            LinkType::Email => format!("mailto:{url}").into(),
            _ => url,
        };
        match image {
            true => self.start_image(&url, title.to_string(), place),
            false => self.start_anchor(&url, &title, place),
        }
    }

    /// Where in the text the destination of a link is written.
    fn destination(
        &self,
        kind: LinkType,
        id: &str,
        range: &Range<usize>,
    ) -> Range<usize> {
        let written = match kind {
            // Each level reads all that is inside it once more.
            LinkType::Inline if self.links.len() > DEEPEST => range.start..range.start,
            LinkType::Inline => destination::inline(self.text, range),
            LinkType::Autolink | LinkType::Email => range.start + 1..range.end - 1,
            _ => self.defined(id).unwrap_or_else(|| range.clone()),
        };
        self.trimmed(written)
    }

    fn defined(&self, id: &str) -> Option<Range<usize>> {
        let same = |name: &str| name.to_lowercase() == id.to_lowercase();
        let (_, range) = self.definitions.iter().find(|(name, _)| same(name))?;
        destination::definition(self.text, range)
    }

    fn start_anchor(&mut self, url: &str, title: &str, place: Range<usize>) {
        let target = Target::address(url);
        let close = match target {
            None => {
                self.forbidden(place);
                Close::Nothing
            }
            Some(target) => {
                self.push("<a href=\"");
                self.address(target, place, Role::Text(Default::default()));
                self.push("\"");
                self.title(title);
                self.push(">");
                Close::Anchor
            }
        };
        self.links.push(OpenLink { text_start: self.body.html.len(), close });
    }

    fn forbidden(&mut self, place: Range<usize>) {
        self.find(Code::DroppedHtml, place, "an address of this scheme is not allowed");
    }

    /// Writes an address, or a hole for it, and records the link.
    fn address(&mut self, target: Target, place: Range<usize>, role: Role) {
        let outside = match &target {
            Target::Outside(url) => Some(url.clone()),
            _ => None,
        };
        let link = self.link_at(target, place, role);
        let number = self.link(link);
        match outside {
            Some(url) => drop(escape_href(&mut self.body.html, &url)),
            None => self.hole(Part::Address(number)),
        }
    }

    pub(super) fn link_at(
        &self,
        target: Target,
        place: Range<usize>,
        role: Role,
    ) -> Link {
        let span = self.region.span(place.clone());
        Link::at(target, &self.text[place], span.start, role)
    }

    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.push(" title=\"");
            self.attribute(title);
            self.push("\"");
        }
    }

    fn start_image(&mut self, url: &str, title: String, place: Range<usize>) {
        let picture = match Target::address(url) {
            None => {
                self.forbidden(place);
                Picture::Dropped
            }
            Some(Target::Outside(url)) => {
                self.find_outside_image(place.clone());
                let link = self.link_at(Target::Outside(url.clone()), place, Role::Image);
                self.link(link);
                Picture::Outside(url.into())
            }
            Some(target) => {
                let link = self.link_at(target, place, Role::Image);
                Picture::Inside { link: self.link(link), title }
            }
        };
        let close = Close::Image(picture);
        self.links.push(OpenLink { text_start: self.body.html.len(), close });
    }

    fn find_outside_image(&mut self, place: Range<usize>) {
        let span = self.region.span(place);
        let message = "a picture from another host is shown as a link";
        let finding = Diagnostic::new(Code::DroppedHtml, self.sink.file, span, message)
            .help("put the picture into the project and link to it there");
        self.find_with(finding);
    }

    fn start_wikilink(
        &mut self,
        written: &str,
        Form { labelled, image }: Form,
        range: Range<usize>,
    ) {
        let escaped = written.ends_with('\\') && labelled;
        let written = written.strip_suffix('\\').filter(|_| escaped).unwrap_or(written);
        if !wikilink::is_target(written) {
            return self.literal(range);
        }
        let place = wikilink::place(self.text, &range, written);
        let card = image && self.is_own_line(&range);
        let role = if card { Role::Card } else { Role::Text(Default::default()) };
        let target = wikilink::target(written);
        let link = self.link_at(target, place, role);
        let number = self.link(link);
        match card {
            true => self.card(number, range),
            false => self.wiki_anchor(number, labelled && !image),
        }
    }

    pub(super) fn wiki_anchor(&mut self, number: u32, labelled: bool) {
        self.push("<a href=\"");
        self.hole(Part::Address(number));
        self.push("\">");
        let close = if labelled { Close::Anchor } else { Close::Title(number) };
        self.links.push(OpenLink { text_start: self.body.html.len(), close });
    }

    /// A card ends the paragraph that it stands in, and what follows it begins another
    /// one.
    fn card(&mut self, number: u32, range: Range<usize>) {
        let whole = self.body.html.len() == self.block.0;
        if self.body.html.ends_with("<p>") {
            self.body.html.truncate(self.body.html.len() - 3);
        } else if !whole && !self.after_card() {
            self.push("</p>\n");
        }
        self.hole(Part::Card(number));
        self.push("\n");
        if !self.text[range.end..]
            .trim_start_matches([' ', '\t', '\r'])
            .starts_with("\n![[")
            && self.in_paragraph(range.end)
        {
            self.push("<p>");
        }
        self.skip_until = range.end;
        self.skipped.push(range);
    }

    /// Whether text of the same paragraph follows on the next line.
    fn in_paragraph(&self, at: usize) -> bool {
        let next = self.text[at..].split('\n').nth(1);
        next.is_some_and(|line| !line.trim().is_empty())
    }

    /// Whether the last thing written is a card.
    pub(super) fn after_card(&self) -> bool {
        let end = self.body.html.trim_end().len();
        let last = self.body.holes.last();
        last.is_some_and(|hole| {
            matches!(hole.part, Part::Card(_)) && hole.at as usize >= end
        })
    }

    /// Whether a paragraph is nothing but cards.
    pub(super) fn is_cards_only(&self, range: &Range<usize>) -> bool {
        let mut lines = self.text[range.clone()].trim().lines();
        lines
            .all(|line| wikilink::is_card_line(line.trim_start_matches(['>', ' ', '\t'])))
    }

    fn is_own_line(&self, range: &Range<usize>) -> bool {
        let before = self.text[..range.start].rsplit('\n').next().unwrap_or("");
        let after = self.text[range.end..].split('\n').next().unwrap_or("");
        before.trim_matches([' ', '\t', '>']).is_empty() && after.trim().is_empty()
    }

    pub(super) fn end_link(&mut self, range: Range<usize>) {
        let Some(open) = self.links.pop() else { return };
        let start = open.text_start;
        match open.close {
            Close::Nothing => {}
            Close::Title(link) => self.end_title(start, link),
            Close::Anchor => self.end_anchor(start, range),
            Close::Image(picture) => self.end_image(start, picture, range),
        }
    }

    fn end_title(&mut self, start: usize, link: u32) {
        self.body.truncate(start);
        self.hole(Part::Title(link));
        self.push("</a>");
    }

    fn end_anchor(&mut self, start: usize, range: Range<usize>) {
        let html = &self.body.html[start..];
        let shown = !plain_text(html).trim().is_empty();
        let pictured = html.contains("<img") && !html.contains("alt=\"\"");
        let reported = self.lacks_description(&range);
        if !shown && !pictured && !reported && !self.has_title_hole(start) {
            self.find(Code::EmptyLinkText, range, "a link without a text");
        }
        self.push("</a>");
    }

    /// Whether it was reported of a picture in `range` that it has no description.
    fn lacks_description(&self, range: &Range<usize>) -> bool {
        let last = self.sink.findings.iter().next_back();
        let start = self.region.span(range.clone()).start;
        last.is_some_and(|last| last.code == Code::MissingAlt && last.span.start > start)
    }

    fn has_title_hole(&self, start: usize) -> bool {
        let last = self.body.holes.last();
        last.is_some_and(|hole| {
            hole.at as usize >= start && matches!(hole.part, Part::Title(_))
        })
    }

    fn end_image(&mut self, start: usize, picture: Picture, range: Range<usize>) {
        let alt = plain_text(&self.body.html[start..]);
        self.body.truncate(start);
        if alt.trim().is_empty() {
            self.find(Code::MissingAlt, range, "a picture without a description");
        }
        match picture {
            Picture::Inside { link, title } => self.image(link, &alt, &title),
            Picture::Outside(url) => self.image_as_link(&url, &alt),
            Picture::Dropped => self.escaped(&alt),
        }
    }

    fn image(&mut self, link: u32, alt: &str, title: &str) {
        self.push("<img src=\"");
        self.hole(Part::Address(link));
        self.push("\" alt=\"");
        self.attribute(alt);
        self.push("\"");
        self.title(title);
        self.push(">");
    }

    fn image_as_link(&mut self, url: &str, alt: &str) {
        if !self.links.is_empty() {
            return self.escaped(alt);
        }
        let _ = escape_href(self.open_href(), url);
        self.push("\">");
        self.escaped(if alt.is_empty() { url } else { alt });
        self.push("</a>");
    }

    fn open_href(&mut self) -> &mut String {
        self.push("<a href=\"");
        &mut self.body.html
    }

    pub(super) fn inline_code(&mut self, text: &str) {
        let text = super::field::show_blanks(text, self.style.fields);
        self.push("<code>");
        self.escaped(&text);
        self.push("</code>");
    }

    /// Text with addresses in it. An address may run on through several events, so it is
    /// looked for in the source, and what it covers is passed over afterwards.
    pub(super) fn text_with_addresses(&mut self, text: &str, range: Range<usize>) {
        if !self.links.is_empty() || &self.text[range.clone()] != text {
            return self.text_run(text);
        }
        let line = &self.text[range.start..];
        let line =
            &line[..line.find(['\n', '<', '`', '*', '[', ']']).unwrap_or(line.len())];
        let mut done = 0;
        let found = finder().links(line).filter(|found| is_bare_address(found.as_str()));
        for found in found.take_while(|found| found.start() < text.len()) {
            self.text_run(&line[done..found.start()]);
            self.bare_address(found.as_str(), found.kind(), range.start + found.start());
            done = found.end();
        }
        if done < text.len() {
            self.text_run(&text[done..]);
        }
        self.skip_until = self.skip_until.max(range.start + done.max(text.len()));
    }

    fn bare_address(&mut self, text: &str, kind: &LinkKind, at: usize) {
        let url = match kind {
            LinkKind::Email => format!("mailto:{text}"),
            _ if text.starts_with("www.") => format!("http://{text}"),
            _ => text.to_owned(),
        };
        let target = Target::Outside(url.as_str().into());
        let link =
            self.link_at(target, at..at + text.len(), Role::Text(Default::default()));
        self.link(link);
        let _ = escape_href(self.open_href(), &url);
        self.push("\">");
        let _ = escape_html(&mut self.body.html, text);
        self.push("</a>");
    }
}

/// The finder of GFM's bare addresses: `http://`, `https://`, `www.` and e-mail.
fn finder() -> LinkFinder {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url, LinkKind::Email]).url_must_have_scheme(false);
    finder
}

/// A host alone is an address only if it begins with `www.`.
fn is_bare_address(text: &str) -> bool {
    let web = ["http://", "https://", "www."].iter().any(|start| text.starts_with(start));
    web || text.contains('@')
}
