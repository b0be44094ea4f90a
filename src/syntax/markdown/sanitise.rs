//! The last word on raw HTML: the finished body goes through `ammonia`, which reads it as
//! a browser does. What our own writer made passes; anything else is gone, however it was
//! smuggled in. Pages without raw HTML need none of it.
//!
//! The holes must survive, so each is written as a mark that authors cannot type by
//! accident: an address `hole:7`, a title between private-use characters.

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

/// The body with nothing in it that is not allowed.
pub(super) fn clean(mut body: Body) -> Body {
    // As many bytes as before, so that all places stay.
    body.html = body.html.replace([MARK, TEXT[0], TEXT[1]], "\u{fffd}");
    let marked = mark(&body);
    let cleaned = POLICY.clean(&marked).to_string();
    let (html, holes, texts) = unmark(&cleaned, &body.holes);
    Body { html, holes, texts, inner: None, ..body }
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
            Mark::Hole { number, width } => {
                let part = known.get(number).map(|hole| hole.part);
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
    Hole { number: usize, width: usize },
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
            _ if rest.starts_with(SCHEME) && text[..at].ends_with("=\"") => {
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
    Some(Mark::Hole { number, width: start + digits.len() + end.len_utf8() })
}

fn without_quote(mark: Mark) -> Mark {
    match mark {
        Mark::Hole { number, width } => Mark::Hole { number, width: width - 1 },
        other => other,
    }
}
