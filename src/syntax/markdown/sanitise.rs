//! The last word on raw HTML: the finished body goes through `ammonia`, which reads it as
//! a browser does. What our own writer made passes; anything else is gone, however it was
//! smuggled in. Pages without raw HTML need none of it.
//!
//! The holes must survive, so each is written as a mark: an address `hole:7`, anything
//! else between private-use characters. What authors write of these is taken out before:
//! a title in an attribute could end it.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

use super::body::{Body, Hole, Part};
use super::raw_html;
use crate::diagnostic::Span;

/// Opens and closes the number of a hole in running text.
const MARK: char = '\u{f0f0}';
/// Stand at the ends of running text.
const TEXT: [char; 2] = ['\u{f0f1}', '\u{f0f2}'];
const SCHEME: &str = "hole:";

static POLICY: LazyLock<Builder<'static>> = LazyLock::new(policy);

fn policy() -> Builder<'static> {
    let ours = ["input", "aside"];
    let input = [
        "type",
        "class",
        "data-task",
        "data-field",
        "aria-labelledby",
        "aria-label",
        "checked",
        "size",
    ];
    let classes = ["class", "id"];
    let mut builder = Builder::default();
    let tags = raw_html::TAGS.iter().copied().chain(ours);
    let attributes = raw_html::ATTRIBUTES.iter().copied().filter(|name| *name != "id");
    builder
        .tags(tags.collect())
        .tag_attributes(HashMap::from([("input", HashSet::from(input))]))
        .generic_attributes(attributes.chain(classes).collect())
        .url_schemes(
            ["http", "https", "mailto", "tel", "xmpp", "irc", "ircs", "hole"].into(),
        )
        .link_rel(None);
    builder
}

/// Elements that browsers open again in each block, until they are closed.
const FORMATTING: &[&str] =
    &["a", "b", "code", "em", "i", "s", "small", "strike", "strong", "tt"];

/// Elements that have no end, or that the next one of their kind ends.
const ENDED: &[&str] = &[
    "br", "caption", "dd", "dt", "hr", "img", "input", "li", "p", "rp", "rt", "tbody",
    "td", "tfoot", "th", "thead", "tr", "wbr",
];

/// The most steps of a browser's reading: a few times as many as the longest file needs.
const MOST_STEPS: usize = 50_000_000;

/// Whether reading this as a browser does takes far longer than its length: elements that
/// are nested or left open again and again multiply.
pub(super) fn is_costly(html: &str) -> bool {
    let (mut depth, mut formatting, mut steps) = (0_usize, 0_usize, 0_usize);
    for tag in html.split('<').skip(1) {
        let name = tag.strip_prefix('/').unwrap_or(tag);
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let open = match &name[..end] {
            name if FORMATTING.contains(&name) => &mut formatting,
            name => {
                steps += depth + 500 * formatting;
                if ENDED.contains(&name) {
                    continue;
                }
                &mut depth
            }
        };
        *open = if tag.starts_with('/') { open.saturating_sub(1) } else { *open + 1 };
    }
    steps > MOST_STEPS
}

/// The body with nothing in it that is not allowed.
pub(super) fn clean(mut body: Body) -> Body {
    body.html = without_marks(&body.html);
    let marked = mark(&body);
    let cleaned = POLICY.clean(&marked).to_string();
    let (html, holes, texts) = unmark(&cleaned, &body.holes);
    Body { html, holes, texts, inner: None, ..body }
}

/// The HTML without characters that are marks, also where they are written as numbers. It
/// has as many bytes as before, so that all places stay.
fn without_marks(html: &str) -> String {
    let plain = html.replace([MARK, TEXT[0], TEXT[1]], "\u{fffd}");
    let mut clean = String::with_capacity(plain.len());
    let mut parts = plain.split("&#");
    clean.push_str(parts.next().unwrap_or(""));
    for part in parts {
        let mark = number(part).is_some_and(|number| (0xf0f0..=0xf0f2).contains(&number));
        clean.push_str(if mark { "_#" } else { "&#" });
        clean.push_str(part);
    }
    clean
}

/// The number that a reference to a character begins with, behind `&#`.
fn number(text: &str) -> Option<u32> {
    let (digits, radix) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (text, 10),
    };
    let end = digits.find(|letter: char| !letter.is_digit(radix));
    u32::from_str_radix(&digits[..end.unwrap_or(digits.len())], radix).ok()
}

/// The HTML with a mark for each hole and for each end of running text.
fn mark(body: &Body) -> String {
    let mut marks: Vec<(u32, u8, String)> = Vec::new();
    for (number, hole) in body.holes.iter().enumerate() {
        let mark = match hole.part {
            Part::Address(_) => format!("{SCHEME}{number}"),
            _ => format!("{MARK}{number}{MARK}"),
        };
        marks.push((hole.at, 1, mark));
    }
    for (from, to) in &body.texts {
        marks.push((*from, 2, TEXT[0].to_string()));
        marks.push((*to, 0, TEXT[1].to_string()));
    }
    marks.sort();
    let mut html = String::with_capacity(body.html.len() + marks.len() * 8);
    let mut done = 0;
    for (at, _, mark) in &marks {
        html.push_str(&body.html[done..*at as usize]);
        html.push_str(mark);
        done = *at as usize;
    }
    html.push_str(&body.html[done..]);
    html
}

type Unmarked = (String, Vec<Hole>, Vec<(u32, u32)>);

fn unmark(marked: &str, known: &[Hole]) -> Unmarked {
    let mut html = String::with_capacity(marked.len());
    let (mut holes, mut texts, mut open) = (Vec::new(), Vec::new(), None);
    let mut rest = marked;
    while let Some((at, mark)) = next_mark(rest) {
        html.push_str(&rest[..at]);
        rest = &rest[at..];
        let here = Span::new(0, html.len()).end;
        let width = match mark {
            Mark::Open => {
                open = Some(here);
                TEXT[0].len_utf8()
            }
            Mark::Close => {
                texts.extend(
                    open.take().filter(|from| *from < here).map(|from| (from, here)),
                );
                TEXT[1].len_utf8()
            }
            Mark::Hole { number, width, address } => {
                let part = known.get(number).map(|hole| hole.part);
                let part =
                    part.filter(|part| matches!(part, Part::Address(_)) == address);
                holes.extend(part.map(|part| Hole { at: here, part }));
                width
            }
        };
        rest = &rest[width..];
    }
    html.push_str(rest);
    (html, holes, texts)
}

enum Mark {
    Open,
    Close,
    Hole { number: usize, width: usize, address: bool },
}

fn next_mark(text: &str) -> Option<(usize, Mark)> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find([MARK, TEXT[0], TEXT[1], 'h'])?;
        let rest = &text[at..];
        let found = match rest.chars().next()? {
            letter if letter == TEXT[0] => Some(Mark::Open),
            letter if letter == TEXT[1] => Some(Mark::Close),
            MARK => numbered(rest, MARK.len_utf8(), MARK),
            _ if rest.starts_with(SCHEME) && is_address(&text[..at]) => {
                numbered(rest, SCHEME.len(), '"').map(without_quote)
            }
            _ => None,
        };
        if let Some(mark) = found {
            return Some((at, mark));
        }
        from = at + rest.chars().next()?.len_utf8();
    }
}

/// A mark with a number between `start` and `end`.
fn numbered(rest: &str, start: usize, end: char) -> Option<Mark> {
    let digits = &rest[start..start + rest[start..].find(end)?];
    let number = digits.parse().ok()?;
    let width = start + digits.len() + end.len_utf8();
    Some(Mark::Hole { number, width, address: false })
}

/// Whether an address begins behind `before`.
fn is_address(before: &str) -> bool {
    before.ends_with("href=\"") || before.ends_with("src=\"")
}

fn without_quote(mark: Mark) -> Mark {
    match mark {
        Mark::Hole { number, width, .. } => {
            Mark::Hole { number, width: width - 1, address: true }
        }
        other => other,
    }
}
