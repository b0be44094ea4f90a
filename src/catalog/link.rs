//! Entries to a catalog.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::index::Index;
use super::{
    Catalog, Destination, Entry, EntryId, Incoming, Kind, Order, Origin, resolve,
};
use crate::diagnostic::{Checked, FilePath, Findings, Span};
use crate::source::{Source, Sources};

/// What parsing made of all files.
#[derive(Debug, Default)]
pub struct Parsed {
    /// All entries.
    pub entries: Vec<Arc<Entry>>,
    /// Kinds of which some entries could not be read: a name that is not found there may
    /// be in the unread part, and is not reported.
    pub incomplete: Vec<&'static str>,
}

/// Links all entries.
pub fn link(
    parsed: Parsed,
    sources: &Sources,
    kinds: &'static [&'static Kind],
) -> Checked<Catalog> {
    let Parsed { mut entries, incomplete } = parsed;
    entries.sort_by_cached_key(|entry| Rank::of(entry, kinds));
    let assets = assets(sources);
    let mut findings = Findings::new();
    let index = Index::new(&entries, kinds, &mut findings);
    let unread = !incomplete.is_empty()
        || entries.iter().any(|entry| entry.origin == Origin::Partial);
    let scope = resolve::Scope { index, entries: &entries, assets: &assets, incomplete };
    let ids = (0..Span::new(0, entries.len()).end).into_par_iter().map(EntryId);
    let resolved: Vec<_> = ids.map(|id| scope.resolve(id)).collect();
    let destinations: Vec<_> =
        resolved.into_iter().map(|one| findings.take(one)).collect();
    let incoming = incoming(&destinations);
    let ranges = ranges(&entries);
    let (settings, today) = (sources.settings.clone(), sources.today);
    let value = Catalog {
        entries,
        destinations,
        incoming,
        assets,
        settings,
        today,
        unread,
        ranges,
    };
    Checked { value, findings }
}

/// What entries are sorted by: kind, the kind's own order, then file and place.
#[derive(PartialEq)]
struct Rank {
    kind: Option<usize>,
    number: f64,
    title: String,
    file: FilePath,
    span: Span,
}

impl Rank {
    fn of(entry: &Entry, kinds: &[&Kind]) -> Self {
        let (by_number, by_title) = match entry.kind.order {
            Order::Number => (true, true),
            Order::Title => (false, true),
            Order::File => (false, false),
        };
        let number = entry.common.number.filter(|_| by_number);
        Self {
            kind: kinds.iter().position(|kind| *kind == entry.kind),
            number: number.unwrap_or(f64::MAX),
            title: if by_title { entry.title().to_lowercase() } else { String::new() },
            file: entry.place.file.clone(),
            span: entry.place.span,
        }
    }
}

impl Eq for Rank {}

impl Ord for Rank {
    fn cmp(&self, other: &Self) -> Ordering {
        let first = self.kind.cmp(&other.kind).then(self.number.total_cmp(&other.number));
        let second = first.then_with(|| self.title.cmp(&other.title));
        second.then_with(|| (&self.file, self.span).cmp(&(&other.file, other.span)))
    }
}

impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn assets(sources: &Sources) -> super::Assets {
    let asset = |source: &Source| match source {
        Source::Asset(place) => Some(place.clone()),
        _ => None,
    };
    let files = sources.files.iter();
    files.filter_map(|(path, source)| Some((path.clone(), asset(source)?))).collect()
}

fn incoming(destinations: &[Vec<Destination>]) -> Vec<Vec<Incoming>> {
    let mut incoming = vec![Vec::new(); destinations.len()];
    for (from, links) in (0..).map(EntryId).zip(destinations) {
        for (link, destination) in (0..).zip(links) {
            if let Destination::Entry(to, _) | Destination::Faulty(to) = destination {
                incoming[to.0 as usize].push(Incoming { from, link });
            }
        }
    }
    incoming
}

fn ranges(entries: &[Arc<Entry>]) -> BTreeMap<&'static str, std::ops::Range<u32>> {
    let mut ranges: BTreeMap<&'static str, std::ops::Range<u32>> = BTreeMap::new();
    for (number, entry) in (0..).zip(entries) {
        ranges.entry(entry.kind.name).or_insert(number..number).end = number + 1;
    }
    ranges
}
