//! What Markdown becomes: HTML with holes.

use crate::diagnostic::Span;
use crate::syntax::link::Link;
use crate::syntax::sentence::TITLE;

/// A page's or a field's Markdown as HTML, complete but for its holes.
#[derive(Debug, Default, Clone)]
pub struct Body {
    /// The HTML without what goes into the holes.
    pub html: String,
    /// The holes in the order of their places.
    pub holes: Vec<Hole>,
    /// Byte ranges of `html` that are running text, where a glossary term may be
    /// explained: not in links, headings, code.
    pub texts: Vec<(u32, u32)>,
    /// The headings in their order.
    pub headings: Vec<Heading>,
    /// All ids that a link can name: of headings, tasks and raw HTML.
    pub anchors: Vec<Box<str>>,
    /// The inside of the only paragraph, if the body is no more than that.
    pub inner: Option<(u32, u32)>,
}

/// A place in HTML where something is put in when the page is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hole {
    /// The byte of the HTML in front of which it goes.
    pub at: u32,
    /// What goes there.
    pub part: Part,
}

/// What goes into a hole. Numbers count the links of the entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The address of a link's destination, inside an attribute.
    Address(u32),
    /// The title of a link's destination.
    Title(u32),
    /// The card of a link's destination.
    Card(u32),
    /// A word of the theme.
    Word(&'static str),
}

/// A heading of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The id to link to.
    pub id: Box<str>,
    /// Its text without markup.
    pub text: Box<str>,
    /// Its bytes in the file.
    pub span: Span,
}

impl Body {
    /// The number of words of its text.
    pub fn words(&self) -> usize {
        plain_text(&self.html).split_whitespace().count()
    }
}

impl Body {
    /// The same body with nothing to show: only what others can link to.
    #[must_use]
    pub fn without_text(self) -> Self {
        let (html, holes, texts) = Default::default();
        Self { html, holes, texts, inner: None, ..self }
    }

    /// Forgets everything from byte `at` of the HTML on. Holes at `at` go too.
    pub(super) fn truncate(&mut self, at: usize) {
        let end = Span::new(0, at).end;
        self.html.truncate(at);
        self.holes.truncate(self.holes.partition_point(|hole| hole.at < end));
        self.texts.truncate(self.texts.partition_point(|(from, _)| *from < end));
        if let Some(last) = self.texts.last_mut() {
            last.1 = last.1.min(end);
        }
    }

    /// Its text, with the names that `links` give for titles that linking will know.
    pub fn text(&self, links: &[Link]) -> String {
        let (text, places) = text_with_holes(&self.html, 0, &self.holes);
        let mut names = places.iter().filter_map(|(_, part)| match part {
            Part::Title(link) => Some(links.get(*link as usize)?.name()),
            _ => None,
        });
        let parts = text.trim().split(TITLE).map(str::to_owned);
        parts
            .reduce(|left, right| left + names.next().unwrap_or("") + &right)
            .unwrap_or_default()
    }
}

/// The text of a piece of our own HTML: tags left out, entities resolved.
pub fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    append_text(html, &mut text);
    text
}

/// The text of `html`, a piece of a body that begins at byte `start`, with [`TITLE`] for
/// each title hole; and for each hole in it the byte of the text and what goes there.
pub(super) fn text_with_holes(
    html: &str,
    start: u32,
    holes: &[Hole],
) -> (String, Vec<(usize, Part)>) {
    let mut text = String::with_capacity(html.len());
    let mut places = Vec::with_capacity(holes.len());
    let mut done = 0;
    for hole in holes {
        let at = (hole.at - start) as usize;
        // An address stands inside its tag: what is before it is cut at the tag's start.
        let cut = match hole.part {
            Part::Address(_) => html[..at].rfind('<').unwrap_or(at).max(done),
            _ => at.max(done),
        };
        append_text(&html[done..cut], &mut text);
        done = cut;
        places.push((text.len(), hole.part));
        if matches!(hole.part, Part::Title(_)) {
            text.push(TITLE);
        }
    }
    append_text(&html[done..], &mut text);
    (text, places)
}

fn append_text(html: &str, text: &mut String) {
    let mut rest = html;
    while let Some(at) = memchr::memchr2(b'<', b'&', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let (shown, width) = match rest.as_bytes()[0] {
            b'<' => ("", rest.find('>').map_or(rest.len(), |end| end + 1)),
            _ => entity(rest),
        };
        text.push_str(shown);
        rest = &rest[width..];
    }
    text.push_str(rest);
}

/// The entities that our writers make.
fn entity(html: &str) -> (&str, usize) {
    let known =
        [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'")];
    let found = known.iter().find(|(entity, _)| html.starts_with(entity));
    found.map_or((&html[..1], 1), |(entity, shown)| (*shown, entity.len()))
}
