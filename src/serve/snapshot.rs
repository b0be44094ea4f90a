//! What the files of a project were at one look, to tell what has changed at the next.

use std::collections::BTreeMap;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_128;

use crate::diagnostic::{FilePath, Findings};
use crate::record::Date;
use crate::source::{CONTENT, Source, Sources, Stamp, ThemeFiles};

/// One file.
#[derive(Debug, Clone)]
pub(super) enum Print {
    Text(Arc<str>),
    Unreadable,
    Asset(Option<Stamp>),
    Theme(u128),
}

/// All that a site is made of.
#[derive(Debug, Default)]
pub(super) struct Snapshot {
    files: BTreeMap<FilePath, Print>,
    findings: Findings,
    today: Option<Date>,
}

impl PartialEq for Print {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => Arc::ptr_eq(a, b) || a == b,
            (Self::Unreadable, Self::Unreadable) => true,
            (Self::Asset(a), Self::Asset(b)) => a == b,
            (Self::Theme(a), Self::Theme(b)) => a == b,
            _ => false,
        }
    }
}

impl Print {
    fn of(source: &Source) -> Self {
        match source {
            Source::Text(text) => Self::Text(Arc::clone(text)),
            Source::Unreadable => Self::Unreadable,
            Source::Asset(place) => Self::Asset(Stamp::of(place)),
        }
    }

    fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_empty())
    }
}

impl Snapshot {
    pub(super) fn of(sources: &Sources, theme: &ThemeFiles, findings: &Findings) -> Self {
        let files = sources.files.iter();
        let mut files: BTreeMap<FilePath, Print> =
            files.map(|(path, source)| (path.clone(), Print::of(source))).collect();
        for (path, bytes) in theme.values() {
            files.insert(path.clone(), Print::Theme(xxh3_128(bytes)));
        }
        Self { files, findings: findings.clone(), today: Some(sources.today) }
    }

    /// The paths that are new, gone or different since `before`.
    pub(super) fn changes(&self, before: &Self) -> Vec<FilePath> {
        let mut changed: Vec<FilePath> = Vec::new();
        let own = self.files.iter();
        changed.extend(
            own.filter(|(path, print)| before.files.get(*path) != Some(print))
                .map(|(path, _)| path.clone()),
        );
        changed.extend(
            before.files.keys().filter(|path| !self.files.contains_key(*path)).cloned(),
        );
        changed.sort();
        changed
    }

    /// Whether nothing at all is different.
    pub(super) fn is_as(&self, before: &Self) -> bool {
        self.files == before.files
            && self.findings == before.findings
            && self.today == before.today
    }

    /// Whether a file that had something in it is gone or empty: an editor may be about
    /// to put a new one in its place.
    pub(super) fn lacks(&self, before: &Self) -> bool {
        before.files.iter().any(|(path, print)| match self.files.get(path) {
            None => true,
            Some(now) => now.is_empty() && !print.is_empty(),
        })
    }

    /// How the assets stand on the disk, by their addresses.
    pub(super) fn assets(&self) -> BTreeMap<String, Stamp> {
        let assets = self.files.iter().filter_map(|(path, print)| match print {
            Print::Asset(stamp) => Some((path.strip_prefix(CONTENT)?, (*stamp)?)),
            _ => None,
        });
        assets
            .map(|(path, stamp)| (path.trim_start_matches('/').to_owned(), stamp))
            .collect()
    }
}
