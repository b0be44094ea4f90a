//! Markdown to a [`Body`]: HTML with holes where only linking knows what to put.
//!
//! In: a region of a file. Out: the body; its links are added to those of its entry, its
//! findings to those of the file.
//! Keeps true: Markdown is read once, and what cannot be known yet (addresses, titles,
//! cards) is a hole with the number of its link; no tag, attribute or scheme off the
//! allow-list gets into the HTML; text inside code is never a link.

mod block;
mod body;
mod destination;
mod field;
mod finish;
mod heading;
mod inline;
mod raw_html;
mod sanitise;
mod task;
#[cfg(test)]
mod tests;
mod wikilink;
mod writer;

pub use body::{Body, Heading, Hole, Part, plain_text};

use pulldown_cmark::{Options as Extensions, Parser};

use super::Region;
use super::link::Link;
use crate::diagnostic::{Code, Diagnostic, FilePath, Findings};

/// The longest text, in bytes: some 300,000 words.
const LONGEST: usize = 2 << 20;
/// The most headings and links: no reader looks through more.
const MOST_HEADINGS: usize = 5_000;
const MOST_LINKS: usize = 20_000;

/// How a region is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style {
    /// Runs of underscores and empty table cells are fields to fill in.
    pub fields: bool,
    /// The sections of these titles are folded.
    pub folded: &'static [&'static str],
    /// It is the body of a page, so its headings follow the page's title.
    pub page: bool,
}

/// Where what is found while reading is put.
pub struct Sink<'f> {
    /// The file that the region is part of.
    pub file: &'f FilePath,
    /// The links of the entry.
    pub links: &'f mut Vec<Link>,
    /// The findings of the file.
    pub findings: &'f mut Findings,
}

/// Reads a region as Markdown. What is beyond all measure has nothing to show.
pub fn parse(region: &Region<'_>, style: Style, sink: Sink<'_>) -> Body {
    let before = sink.links.len();
    let Sink { file, links, findings } = sink;
    let body = match region.text.len() > LONGEST {
        true => Body::default(),
        false => read(region, style, Sink { file, links, findings }),
    };
    let too_large = [
        (region.text.len() > LONGEST, "the text is longer than 2 MB".to_owned()),
        (links.len() - before > MOST_LINKS, format!("more than {MOST_LINKS} links")),
        (
            body.headings.len() > MOST_HEADINGS,
            format!("more than {MOST_HEADINGS} headings"),
        ),
    ];
    let Some((_, message)) = too_large.into_iter().find(|(is, _)| *is) else {
        return body;
    };
    let finding = Diagnostic::new(Code::TooLarge, file, region.span(0..0), message);
    findings.push(finding.help("divide it into several pages"));
    links.truncate(before);
    body.without_text()
}

fn read(region: &Region<'_>, style: Style, sink: Sink<'_>) -> Body {
    let blanks = style.fields.then(|| field::hide_blanks(&region.text));
    let text = blanks.as_deref().unwrap_or(&region.text);
    let parser = Parser::new_ext(text, extensions());
    let events = parser.into_offset_iter();
    writer::Writer::new(region, text, style, sink).write(events)
}

fn extensions() -> Extensions {
    Extensions::ENABLE_TABLES
        | Extensions::ENABLE_FOOTNOTES
        | Extensions::ENABLE_STRIKETHROUGH
        | Extensions::ENABLE_TASKLISTS
        | Extensions::ENABLE_SMART_PUNCTUATION
        | Extensions::ENABLE_HEADING_ATTRIBUTES
        | Extensions::ENABLE_GFM
        | Extensions::ENABLE_DEFINITION_LIST
        | Extensions::ENABLE_WIKILINKS
}
