//! References as authors write them, in Markdown and in YAML fields, with their places.

use super::sentence::Sentence;
use super::url::{self, Address};
use crate::diagnostic::Span;

/// A reference from one entry to something else.
#[derive(Debug, Clone)]
pub struct Link {
    /// What it names.
    pub target: Target,
    /// The exact token that names it: without brackets and quotes, up to `#`.
    pub span: Span,
    /// The part after `#`, if there is one.
    pub anchor: Option<Anchor>,
    /// Where it stands.
    pub role: Role,
}

/// What a link names, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An entry by its id, perhaps by its kind.
    Entry {
        /// The kind, where it is given.
        kind: Option<Box<str>>,
        /// An id or an alias.
        id: Box<str>,
    },
    /// A file by a relative path, decoded; with its query as written.
    File {
        /// The path from the folder of the file that it stands in.
        path: Box<str>,
        /// `?...` or nothing.
        query: Box<str>,
    },
    /// A place on the same page.
    Here,
    /// An address outside the site.
    Outside(Box<str>),
}

/// The part of a link after `#`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The id, decoded.
    pub id: Box<str>,
    /// Its bytes in the file.
    pub span: Span,
}

/// Where a link stands, and so what it is good for.
#[derive(Debug, Clone)]
pub enum Role {
    /// In a YAML field of this name: it names an entry and has no sentence.
    Field(&'static str),
    /// In running text, with the sentence around it.
    Text(Sentence),
    /// A card in place.
    Card,
    /// A picture.
    Image,
}

impl Target {
    /// Reads `[kind:]id` as in a wikilink.
    pub fn entry(text: &str) -> Self {
        match text.split_once(':') {
            Some((kind, id)) => Self::Entry { kind: Some(kind.into()), id: id.into() },
            None => Self::Entry { kind: None, id: text.into() },
        }
    }

    /// Reads an ordinary address; `None` if it may not reach a page. The anchor is found
    /// besides, since it has a place of its own.
    pub fn address(text: &str) -> Option<Self> {
        match url::classify(text) {
            Address::File { path: "", query: "", .. } => Some(Self::Here),
            Address::File { path, query, .. } => Some(Self::File {
                path: url::percent_decode(path).into(),
                query: query.into(),
            }),
            Address::Here(_) => Some(Self::Here),
            Address::Outside => Some(Self::Outside(text.into())),
            Address::Forbidden => None,
        }
    }
}

impl Link {
    /// The id that stands for a title before linking knows it.
    pub fn name(&self) -> &str {
        match &self.target {
            Target::Entry { id, .. } => id,
            _ => "",
        }
    }

    /// A link whose text `written` begins at byte `start` of the file: the place of the
    /// target ends at `#`, the anchor's begins behind it. An address outside keeps its
    /// fragment.
    pub fn at(target: Target, written: &str, start: u32, role: Role) -> Self {
        let hash = written.find('#').filter(|_| !matches!(target, Target::Outside(_)));
        let end = start + Span::from(0..hash.unwrap_or(written.len())).end;
        let anchor = hash.map(|at| &written[at + 1..]).map(|id| Anchor {
            id: url::percent_decode(id).into(),
            span: Span { start: end + 1, end: end + 1 + Span::from(0..id.len()).end },
        });
        let span = Span { start, end };
        Self { target, span, anchor: anchor.filter(|anchor| !anchor.id.is_empty()), role }
    }
}
