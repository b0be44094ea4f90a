//! One step, skill, question and so on.

use std::any::Any;

use super::Kind;
use crate::diagnostic::{FilePath, Span};
use crate::record::{Date, Id, List, Record, Text, Token, Url, choices, record};
use crate::syntax::link::Link;
use crate::syntax::markdown::Body;

choices! {
    /// What kind of claim a source supports.
    SourceKind {
        /// Research or data.
        Evidence "evidence",
        /// What practitioners commonly do.
        Practice "practice",
        /// Somebody's view.
        Opinion "opinion",
    }
}

record! {
    /// A source of what a page says.
    Source {
        /// What it is called.
        required title: Text,
        /// Where it can be read.
        optional url: Option<Url>,
        /// What kind of claim it supports.
        required kind: SourceKind,
    }
}

/// What every entry has, whatever its kind.
#[derive(Debug, Default)]
pub struct Common {
    /// What a link to it says.
    pub title: String,
    /// What it is, in at most 160 characters.
    pub summary: String,
    /// Its former ids.
    pub aliases: Vec<Id>,
    /// Whether it is not published yet.
    pub draft: bool,
    /// Whether it is kept only for those who know its address.
    pub retired: bool,
    /// When somebody last looked whether it is still true.
    pub reviewed: Option<(Date, Span)>,
    /// Its sources.
    pub sources: List<Source>,
    /// Its place in an order by number.
    pub number: Option<f64>,
    /// The category that it is in, of those that its parent has.
    pub category: Option<Token>,
    /// Whether nothing is missing of what stands here and has to be there.
    pub complete: bool,
}

/// Where an entry stands.
#[derive(Debug, Clone)]
pub struct Place {
    /// The file.
    pub file: FilePath,
    /// Its id there, or the start of the file whose name is the id.
    pub span: Span,
}

/// How an entry came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// All of it was read.
    Whole,
    /// Its file could not be read to the end: what seems to be missing may be there.
    Partial,
}

/// One entry. It exists also when its fields are wrong, so that one fault is one finding.
#[derive(Debug)]
pub struct Entry {
    /// Its kind.
    pub kind: &'static Kind,
    /// Its id, unique within the kind.
    pub id: Box<str>,
    /// Whether that is an id, and so safe in an address.
    pub named: bool,
    /// What every entry has.
    pub common: Common,
    /// Where it stands.
    pub place: Place,
    /// How much of it was read.
    pub origin: Origin,
    /// Kind and id of the entry that it stands in.
    pub parent: Option<(&'static str, Box<str>)>,
    /// Its own fields, if all that have to be there could be read.
    pub fields: Option<Box<dyn Record>>,
    /// Its Markdown.
    pub body: Body,
    /// All its links: of its fields, then of its body.
    pub links: Vec<Link>,
}

impl Entry {
    /// Its fields, if they are of this type.
    pub fn fields<T: Record>(&self) -> Option<&T> {
        let fields: &dyn Any = self.fields.as_deref()?;
        fields.downcast_ref()
    }

    /// What a link to it says.
    pub fn title(&self) -> &str {
        if self.common.title.is_empty() { &self.id } else { &self.common.title }
    }

    /// Whether a link can name this place on its page.
    pub fn has_anchor(&self, id: &str) -> bool {
        let body = self.body.anchors.iter().any(|anchor| **anchor == *id);
        body || self.field_anchors().iter().any(|anchor| **anchor == *id)
    }

    /// All places on its page that a link can name.
    pub fn anchors(&self) -> Vec<Box<str>> {
        [self.body.anchors.clone(), self.field_anchors()].concat()
    }

    fn field_anchors(&self) -> Vec<Box<str>> {
        self.kind.anchors.map_or_else(Vec::new, |anchors| anchors(self))
    }

    /// Whether it can have a page: its id is one, and its fields could be read.
    pub fn is_publishable(&self) -> bool {
        self.named && self.common.complete && self.fields.is_some()
    }

    /// Whether all places are known that a link can name: those in fields that could not
    /// be read, or in a part that was not read, are not.
    pub fn knows_anchors(&self) -> bool {
        let fields = self.kind.anchors.is_none() || self.fields.is_some();
        self.origin == Origin::Whole && fields
    }

    /// The address of its page from the site's root, perhaps with `#id`.
    pub fn address(&self) -> String {
        match (self.kind.plural, self.kind.files) {
            ("", _) => format!("{}.html", self.id),
            (_, super::Files::List(file)) => {
                format!("{}.html#{}", file.trim_end_matches(".yaml"), self.id)
            }
            (plural, _) => format!("{plural}/{}.html", self.id),
        }
    }
}
