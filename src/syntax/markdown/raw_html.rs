//! Raw HTML in Markdown: what is on the allow-list goes on, what is not is reported at
//! its place and dropped, addresses become links like any other.
//!
//! This is the author's view of the allow-list, with places. What keeps readers safe is
//! [`super::sanitise`], which reads the finished HTML again as a browser would.

use std::ops::Range;

use super::writer::Writer;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::syntax::link::{Link, Role, Target};

/// Elements that pass, as on GitHub.
pub(super) const TAGS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "ul",
    "var",
    "wbr",
];

/// Attributes that pass on every element.
pub(super) const ATTRIBUTES: &[&str] = &[
    "align",
    "alt",
    "aria-hidden",
    "aria-label",
    "cite",
    "colspan",
    "datetime",
    "dir",
    "height",
    "href",
    "id",
    "lang",
    "name",
    "open",
    "reversed",
    "rowspan",
    "scope",
    "span",
    "src",
    "start",
    "summary",
    "title",
    "valign",
    "value",
    "width",
];

/// Elements whose content is no text and goes with them.
const OPAQUE: &[&str] = &[
    "script",
    "style",
    "iframe",
    "noscript",
    "noembed",
    "noframes",
    "template",
    "textarea",
    "title",
    "xmp",
    "plaintext",
    "svg",
    "math",
    "object",
    "embed",
    "applet",
    "audio",
    "video",
    "canvas",
    "select",
];

/// One tag of raw HTML.
struct Tag<'t> {
    name: String,
    closing: bool,
    attributes: Vec<Attribute<'t>>,
    range: Range<usize>,
}

struct Attribute<'t> {
    name: String,
    value: Option<&'t str>,
    /// The bytes of the value, without quotes.
    value_at: usize,
    range: Range<usize>,
}

impl<'r> Writer<'r, '_> {
    pub(super) fn raw_line(&mut self, html: &str, range: Range<usize>) {
        if let Some(lines) = &mut self.raw_block {
            lines.push((range, html.to_owned()));
        }
    }

    /// The lines of a block, which may be cut apart by the marks of a quotation around
    /// it.
    pub(super) fn end_raw_block(&mut self) {
        let lines = self.raw_block.take().unwrap_or_default();
        let text: String = lines.iter().map(|(_, html)| html.as_str()).collect();
        let mut places = Vec::with_capacity(lines.len());
        let mut at = 0;
        for (range, html) in &lines {
            places.push((at, range.start));
            at += html.len();
        }
        self.raw(&text, &places);
    }

    pub(super) fn raw_inline(&mut self, range: Range<usize>) {
        let text = self.text;
        self.raw(&text[range.clone()], &[(0, range.start)]);
        self.skip_content(range);
    }

    /// The content of an element that is no text goes with its tags.
    fn skip_content(&mut self, range: Range<usize>) {
        let tag = read_tag(&self.text[range.clone()], 0);
        let tag = tag.filter(|tag| !tag.closing && OPAQUE.contains(&tag.name.as_str()));
        let Some(tag) = tag else { return };
        let rest = &self.text[range.end..];
        let rest = &rest[..rest.find("\n\n").unwrap_or(rest.len())];
        let close = rest.to_ascii_lowercase().find(&format!("</{}", tag.name));
        let end = close.and_then(|at| Some(at + rest[at..].find('>')? + 1));
        self.skip_until = self.skip_until.max(range.end + end.unwrap_or(0));
    }

    /// Writes what passes of `html`, whose bytes stand in the text where `places` says.
    fn raw(&mut self, html: &str, places: &[(usize, usize)]) {
        self.has_raw = true;
        let place = |at: usize| {
            let step = places.partition_point(|(from, _)| *from <= at).max(1) - 1;
            let (from, to) = places.get(step).copied().unwrap_or((0, 0));
            to + at - from
        };
        let mut at = 0;
        while let Some(open) = html[at..].find('<').map(|found| at + found) {
            self.push(&html[at..open]);
            at = self.raw_markup(html, open, &place);
        }
        self.push(&html[at..]);
    }

    /// Handles what begins with the `<` at `open`; returns the byte behind it.
    fn raw_markup(
        &mut self,
        html: &str,
        open: usize,
        place: &dyn Fn(usize) -> usize,
    ) -> usize {
        let rest = &html[open..];
        if rest.starts_with("<!--") {
            return rest.find("-->").map_or(html.len(), |end| open + end + 3);
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            let end = rest.find('>').map_or(html.len(), |end| open + end + 1);
            self.drop_raw(place(open)..place(end - 1) + 1, "a declaration is dropped");
            return end;
        }
        let Some(tag) = read_tag(html, open) else {
            self.push("&lt;");
            return open + 1;
        };
        match TAGS.contains(&tag.name.as_str()) {
            true => self.raw_tag(&tag, place),
            false => return self.drop_tag(html, &tag, place),
        }
        tag.range.end
    }

    fn drop_tag(
        &mut self,
        html: &str,
        tag: &Tag<'_>,
        place: &dyn Fn(usize) -> usize,
    ) -> usize {
        if !tag.closing {
            let message = format!("the element `{}` is dropped", tag.name);
            self.drop_raw(place(tag.range.start)..place(tag.range.end - 1) + 1, &message);
        }
        if tag.closing || !OPAQUE.contains(&tag.name.as_str()) {
            return tag.range.end;
        }
        let rest = html[tag.range.end..].to_ascii_lowercase();
        let close = rest.find(&format!("</{}", tag.name));
        close.map_or(html.len(), |at| {
            let from = tag.range.end + at;
            html[from..].find('>').map_or(html.len(), |end| from + end + 1)
        })
    }

    fn raw_tag(&mut self, tag: &Tag<'_>, place: &dyn Fn(usize) -> usize) {
        self.push(if tag.closing { "</" } else { "<" });
        self.push(&tag.name);
        for attribute in &tag.attributes {
            self.raw_attribute(tag, attribute, place);
        }
        self.push(">");
        let described =
            tag.attributes.iter().any(|a| a.name == "alt" && a.value.is_some());
        if tag.name == "img" && !tag.closing && !described {
            let range = place(tag.range.start)..place(tag.range.end - 1) + 1;
            self.find(Code::MissingAlt, range, "a picture without a description");
        }
    }

    fn raw_attribute(
        &mut self,
        tag: &Tag<'_>,
        attribute: &Attribute<'_>,
        place: &dyn Fn(usize) -> usize,
    ) {
        let range = place(attribute.range.start)..place(attribute.range.end - 1) + 1;
        if !ATTRIBUTES.contains(&attribute.name.as_str()) {
            let message = format!("the attribute `{}` is dropped", attribute.name);
            return self.drop_raw(range, &message);
        }
        let value = attribute.value.unwrap_or("");
        let at = place(attribute.value_at);
        match (tag.name.as_str(), attribute.name.as_str()) {
            ("a", "href") | ("img", "src") => self.raw_address(attribute, value, at),
            (_, "href" | "src") => {
                self.drop_raw(range, "an address on this element is dropped")
            }
            (_, "cite") if !value.starts_with("http") => {
                self.drop_raw(range, "this address is dropped")
            }
            (_, "id") | ("a", "name") => self.raw_id(value, range),
            (_, name) => self.write_attribute(name, value),
        }
    }

    fn raw_id(&mut self, id: &str, range: Range<usize>) {
        self.explicit_id(id, &range);
        self.body.anchors.push(id.into());
        self.write_attribute("id", id);
    }

    fn write_attribute(&mut self, name: &str, value: &str) {
        self.push(" ");
        self.push(name);
        self.push("=\"");
        let value = value.replace('"', "&quot;").replace('<', "&lt;");
        self.push(&value);
        self.push("\"");
    }

    fn raw_address(&mut self, attribute: &Attribute<'_>, value: &str, at: usize) {
        let written = value.trim();
        let start = at + (value.len() - value.trim_start().len());
        let range = start..start + written.len();
        let image = attribute.name == "src";
        let decoded = written.replace("&amp;", "&");
        let target = Target::address(&decoded)
            .filter(|target| !(image && matches!(target, Target::Outside(_))));
        let Some(target) = target else {
            return self.drop_raw(range, "this address is dropped");
        };
        let outside = matches!(target, Target::Outside(_));
        let role = if image { Role::Image } else { Role::Text(Default::default()) };
        let span: Span = self.region.span(range);
        let number = self.link(Link::at(target, written, span.start, role));
        match outside {
            true => self.write_attribute(&attribute.name, written),
            false => self.raw_hole(&attribute.name, number),
        }
    }

    fn raw_hole(&mut self, name: &str, number: u32) {
        self.push(" ");
        self.push(name);
        self.push("=\"");
        self.hole(super::Part::Address(number));
        self.push("\"");
    }

    fn drop_raw(&mut self, range: Range<usize>, message: &str) {
        let span = self.region.span(range);
        let finding = Diagnostic::new(Code::DroppedHtml, self.sink.file, span, message);
        self.find_with(finding.help("write it in Markdown, or leave it out"));
    }
}

/// The tag that begins at `open`, if it is one.
fn read_tag(html: &str, open: usize) -> Option<Tag<'_>> {
    let closing = html[open + 1..].starts_with('/');
    let name_at = open + 1 + usize::from(closing);
    let name_end =
        name_at + length(&html[name_at..], |c| c.is_ascii_alphanumeric() || c == '-');
    if !html[name_at..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut at = name_end;
    let mut attributes = Vec::new();
    loop {
        at += length(&html[at..], |c| c.is_whitespace() || c == '/');
        match html[at..].chars().next()? {
            '>' => break,
            '<' => return None,
            _ => {
                let attribute = read_attribute(html, at)?;
                at = attribute.range.end;
                attributes.push(attribute);
            }
        }
    }
    let name = html[name_at..name_end].to_ascii_lowercase();
    Some(Tag { name, closing, attributes, range: open..at + 1 })
}

fn read_attribute(html: &str, start: usize) -> Option<Attribute<'_>> {
    let width =
        length(&html[start..], |c| !c.is_whitespace() && !"=>/<".contains(c)).max(1);
    let name_end = start + html[start..].ceil_char_boundary(width);
    let name = html[start..name_end].to_ascii_lowercase();
    let equals = name_end + length(&html[name_end..], char::is_whitespace);
    if !html[equals..].starts_with('=') {
        let range = start..name_end;
        return Some(Attribute { name, value: None, value_at: name_end - 1, range });
    }
    let at = equals + 1 + length(&html[equals + 1..], char::is_whitespace);
    let (from, to, end) = match html[at..].chars().next()? {
        quote @ ('"' | '\'') => {
            let end = at + 1 + html[at + 1..].find(quote)?;
            (at + 1, end, end + 1)
        }
        _ => {
            let end = at + length(&html[at..], |c| !c.is_whitespace() && c != '>');
            (at, end, end)
        }
    };
    Some(Attribute {
        name,
        value: Some(&html[from..to]),
        value_at: from,
        range: start..end,
    })
}

fn length(text: &str, holds: impl Fn(char) -> bool) -> usize {
    text.find(|c| !holds(c)).unwrap_or(text.len())
}
