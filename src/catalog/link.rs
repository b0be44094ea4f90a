//! Entries to a catalog.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::index::Index;
use super::{Catalog, Destination, Entry, EntryId, Incoming, Kind, Order, resolve};
use crate::diagnostic::{Checked, Findings};
use crate::source::{Source, Sources};

/// What parsing made of all files.
#[derive(Debug, Default)]
pub struct Parsed {
    /// All entries.
    pub entries: Vec<Entry>,
    /// Kinds of which some entries could not be read: a name that is not found there may be
    /// in the unread part, and is not reported.
    pub incomplete: Vec<&'static str>,
}

/// Links all entries.
pub fn link(
    parsed: Parsed,
    sources: &Sources,
    kinds: &'static [&'static Kind],
) -> Checked<Catalog> {
    let Parsed { mut entries, incomplete } = parsed;
    entries.sort_by(|a, b| compare(a, b, kinds));
    let assets = assets(sources);
    let mut findings = Findings::new();
    let index = Index::new(&entries, kinds, &mut findings);
    let scope = resolve::Scope { index, entries: &entries, assets: &assets, incomplete };
    let resolved: Vec<_> = entries.par_iter().map(|entry| scope.resolve(entry)).collect();
    let destinations: Vec<_> = resolved.into_iter().map(|one| findings.take(one)).collect();
    let incoming = incoming(&destinations);
    let ranges = ranges(&entries);
    let (settings, today) = (sources.settings.clone(), sources.today);
    let value = Catalog { entries, destinations, incoming, assets, settings, today, ranges };
    Checked { value, findings }
}

fn compare(a: &Entry, b: &Entry, kinds: &[&Kind]) -> Ordering {
    let rank = |entry: &Entry| kinds.iter().position(|kind| *kind == entry.kind);
    let place = |entry: &Entry| (entry.place.file.clone(), entry.place.span);
    let within = || match a.kind.order {
        Order::Number => number(a).total_cmp(&number(b)).then_with(|| by_title(a, b)),
        Order::Title => by_title(a, b),
        Order::File => Ordering::Equal,
    };
    rank(a).cmp(&rank(b)).then_with(within).then_with(|| place(a).cmp(&place(b)))
}

fn number(entry: &Entry) -> f64 {
    entry.common.number.unwrap_or(f64::MAX)
}

fn by_title(a: &Entry, b: &Entry) -> Ordering {
    let lower = |entry: &Entry| entry.title().to_lowercase();
    lower(a).cmp(&lower(b)).then_with(|| a.id.cmp(&b.id))
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
            if let Destination::Entry(to, _) = destination {
                incoming[to.0 as usize].push(Incoming { from, link });
            }
        }
    }
    incoming
}

fn ranges(entries: &[Entry]) -> BTreeMap<&'static str, std::ops::Range<u32>> {
    let mut ranges: BTreeMap<&'static str, std::ops::Range<u32>> = BTreeMap::new();
    for (number, entry) in (0..).zip(entries) {
        ranges.entry(entry.kind.name).or_insert(number..number).end = number + 1;
    }
    ranges
}
