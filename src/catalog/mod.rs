//! The graph of all entries.
//!
//! In: entries as parsing left them. Out: [`Catalog`], in which every reference that has
//! no finding points at something.
//! Keeps true: an entry is complete when it exists; after linking there is a destination
//! for each link, and looking it up cannot fail; order comes from the entries, never from
//! a hash.

mod entry;
mod index;
mod kind;
mod link;
mod resolve;
mod words;

pub use entry::{Common, Entry, Origin, Place, Source as SourceNote, SourceKind};
pub use kind::{Files, Kind, ListAnchors, Order, Own, ReadFields};
pub use link::{Parsed, link};

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::diagnostic::FilePath;
use crate::record::Record;
use crate::source::Settings;
use crate::syntax::link::Link;

/// The number of an entry in its catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// An entry, perhaps a place on its page.
    Entry(EntryId, Option<Box<str>>),
    /// An entry that is meant, but cannot be reached while what was found stands.
    Faulty(EntryId),
    /// A file that is copied, by its path from the project's folder, with the query and
    /// the fragment as written.
    Asset(FilePath, Box<str>),
    /// A page that is no entry, by its address.
    Page(&'static str),
    /// An address outside the site, which is written in the link.
    Outside,
    /// Nothing: a finding says so, and the link's text stands alone.
    Nowhere,
}

/// A link as seen from where it leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Incoming {
    /// The entry that holds the link.
    pub from: EntryId,
    /// Its number among the links of that entry.
    pub link: u32,
}

/// The files that are copied, by path from the project, with their places on the disk.
pub type Assets = BTreeMap<FilePath, PathBuf>;

/// All published entries and the links between them.
#[derive(Debug)]
pub struct Catalog {
    /// The entries, by kind and in the kind's order.
    pub entries: Vec<Arc<Entry>>,
    /// For each entry the destinations of its links.
    pub destinations: Vec<Vec<Destination>>,
    /// For each entry the links that lead to it, by the order of the entries they stand
    /// in.
    pub incoming: Vec<Vec<Incoming>>,
    /// The files that are copied, by path.
    pub assets: Assets,
    /// What `site.yaml` says.
    pub settings: Settings,
    /// The day of the build.
    pub today: crate::record::Date,
    /// Whether some of the content could not be read, so that what seems to be missing
    /// may be there.
    pub unread: bool,
    /// For each kind, by name, the range of its entries.
    ranges: BTreeMap<&'static str, std::ops::Range<u32>>,
}

impl Catalog {
    /// The entry of this number.
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.0 as usize]
    }

    /// All entries of a kind, in its order.
    pub fn of_kind(&self, kind: &str) -> impl Iterator<Item = (EntryId, &Entry)> + Clone {
        let range = self.ranges.get(kind).cloned().unwrap_or(0..0);
        range.map(|number| (EntryId(number), self.entry(EntryId(number))))
    }

    /// All entries whose fields are of type `T`, with their fields.
    pub fn fields<T: Record>(&self) -> impl Iterator<Item = (EntryId, &Entry, &T)> {
        let numbered = (0..).map(EntryId).zip(&self.entries);
        let numbered = numbered.map(|(id, entry)| (id, &**entry));
        numbered.filter_map(|(id, entry)| Some((id, entry, entry.fields::<T>()?)))
    }

    /// The links of an entry with their destinations.
    pub fn links(&self, id: EntryId) -> impl Iterator<Item = (&Link, &Destination)> {
        self.entry(id).links.iter().zip(&self.destinations[id.0 as usize])
    }

    /// Where link number `link` of an entry leads.
    pub fn destination(&self, id: EntryId, link: u32) -> &Destination {
        &self.destinations[id.0 as usize][link as usize]
    }

    /// The entry that a link of an entry leads to, if it leads to one.
    pub fn target(&self, id: EntryId, link: u32) -> Option<EntryId> {
        match self.destination(id, link) {
            Destination::Entry(target, _) => Some(*target),
            _ => None,
        }
    }

    /// The entry that another stands in: the bank of a question.
    pub fn parent(&self, entry: &Entry) -> Option<(EntryId, &Entry)> {
        let (kind, id) = entry.parent.as_ref()?;
        self.of_kind(kind).find(|(_, parent)| parent.id == *id)
    }

    /// The neighbours of an entry among those of its kind.
    pub fn neighbours(&self, id: EntryId) -> (Option<EntryId>, Option<EntryId>) {
        let range = self.ranges.get(self.entry(id).kind.name).cloned().unwrap_or(0..0);
        let inside = |number: u32| range.contains(&number).then_some(EntryId(number));
        (id.0.checked_sub(1).and_then(inside), inside(id.0 + 1))
    }
}
