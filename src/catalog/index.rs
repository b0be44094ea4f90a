//! Ids, aliases and files to entries.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::{Entry, EntryId, Kind};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::source::SITE_YAML;

/// Finds entries by what links call them.
pub(super) struct Index<'e> {
    /// By kind's name and id or alias.
    named: HashMap<(&'static str, &'e str), EntryId>,
    /// By id or alias alone, in the order of the kinds.
    bare: BTreeMap<&'e str, Vec<EntryId>>,
    /// By the path of the file, for files that hold one page.
    files: HashMap<&'e str, EntryId>,
    kinds: &'e [&'static Kind],
    entries: &'e [Arc<Entry>],
}

impl<'e> Index<'e> {
    pub(super) fn new(
        entries: &'e [Arc<Entry>],
        kinds: &'e [&'static Kind],
        findings: &mut Findings,
    ) -> Self {
        let size = entries.len();
        let mut index = Self {
            named: HashMap::with_capacity(size),
            bare: BTreeMap::new(),
            files: HashMap::with_capacity(size),
            kinds,
            entries,
        };
        for (entry, id) in entries.iter().zip((0..).map(EntryId)) {
            index.remember_file(entry, id);
        }
        for (name, place) in in_file_order(entries) {
            index.claim(name, place, findings);
        }
        for ids in index.bare.values_mut() {
            ids.sort_unstable();
            ids.dedup();
        }
        index
    }

    fn remember_file(&mut self, entry: &'e Entry, id: EntryId) {
        if entry.parent.is_none() && !matches!(entry.kind.files, super::Files::List(_)) {
            self.files.insert(&entry.place.file, id);
        }
    }

    /// Takes a name for an entry; of two that want it the later one is reported.
    fn claim(&mut self, name: &'e str, claim: Claim, findings: &mut Findings) {
        let entry = &self.entries[claim.entry.0 as usize];
        match self.named.get(&(entry.kind.name, name)) {
            None => {
                self.named.insert((entry.kind.name, name), claim.entry);
                self.bare.entry(name).or_default().push(claim.entry);
            }
            Some(first) => findings.push(self.clash(name, &claim, *first)),
        }
    }

    fn clash(&self, name: &str, claim: &Claim, first: EntryId) -> Diagnostic {
        let entry = &self.entries[claim.entry.0 as usize];
        let first = &self.entries[first.0 as usize];
        let alias = first.common.aliases.iter().find(|alias| *alias.text == *name);
        let span = match alias {
            Some(alias) if *first.id != *name => alias.span,
            _ => first.place.span,
        };
        let message = format!("the {} id `{name}` is there already", entry.kind.name);
        Diagnostic::new(Code::DuplicateId, &entry.place.file, claim.span, message)
            .also(&first.place.file, span, "first here")
            .help("ids and aliases of a kind are unique; give one of them another")
    }

    pub(super) fn named(&self, kind: &str, id: &str) -> Option<EntryId> {
        let kind = self.kinds.iter().find(|known| known.name == kind)?;
        self.named.get(&(kind.name, id)).copied()
    }

    /// All entries of any kind with this id.
    pub(super) fn bare(&self, id: &str) -> &[EntryId] {
        self.bare.get(id).map_or(&[], Vec::as_slice)
    }

    pub(super) fn file(&self, path: &str) -> Option<EntryId> {
        self.files.get(path).copied()
    }

    pub(super) fn is_kind(&self, name: &str) -> bool {
        self.kinds.iter().any(|kind| kind.name == name)
    }

    pub(super) fn kinds(&self) -> impl Iterator<Item = &'static str> {
        self.kinds.iter().map(|kind| kind.name)
    }

    /// The ids of a kind, or of all kinds, in the order of the entries, for near names.
    pub(super) fn ids(&self, kind: Option<&str>) -> impl Iterator<Item = &'e str> {
        let of_kind =
            move |entry: &&Entry| kind.is_none_or(|kind| entry.kind.name == kind);
        self.entries.iter().map(|entry| &**entry).filter(of_kind).map(|entry| &*entry.id)
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &'e str> {
        self.entries
            .iter()
            .map(|entry| &*entry.place.file)
            .filter(|path| *path != SITE_YAML)
    }
}

/// A name that an entry wants.
struct Claim {
    entry: EntryId,
    span: crate::diagnostic::Span,
}

/// All ids and aliases in the order of files and places, so that the later one clashes.
fn in_file_order(entries: &[Arc<Entry>]) -> Vec<(&str, Claim)> {
    let mut claims = Vec::with_capacity(entries.len());
    for (entry, id) in entries.iter().zip((0..).map(EntryId)) {
        let span = entry.place.span;
        claims.push((&*entry.id, Claim { entry: id, span }));
        for alias in &entry.common.aliases {
            claims.push((&*alias.text, Claim { entry: id, span: alias.span }));
        }
    }
    let file = |claim: &Claim| &entries[claim.entry.0 as usize].place.file;
    claims.sort_by(|(_, a), (_, b)| file(a).cmp(file(b)).then(a.span.cmp(&b.span)));
    claims
}
