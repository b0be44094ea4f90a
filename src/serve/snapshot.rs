//! What the files of a project were at one look, to tell what has changed at the next.

use std::cmp::Ordering;
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

/// What has changed from one look to the next.
#[derive(Debug)]
pub(super) struct Difference {
    /// The paths that are new, gone or different.
    pub(super) changed: Vec<FilePath>,
    /// Whether a file that had something in it is gone or empty: an editor may be about
    /// to put a new one in its place.
    pub(super) lacks: bool,
    /// Whether the day or the findings are others.
    other: bool,
}

/// A file and its path.
type File<'s> = Option<(&'s FilePath, &'s Print)>;

impl Difference {
    /// Whether there is none.
    pub(super) fn is_none(&self) -> bool {
        self.changed.is_empty() && !self.other
    }

    fn note(&mut self, new: File<'_>, old: File<'_>) {
        let print = |file: File<'_>| file.map(|(_, print)| print.clone());
        if let (Some((_, a)), Some((_, b))) = (new, old)
            && a == b
        {
            return;
        }
        let emptied = print(new).is_none_or(|new| new.is_empty());
        self.lacks |= emptied && print(old).is_some_and(|old| !old.is_empty());
        self.changed.extend(new.or(old).map(|(path, _)| path.clone()));
    }
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

    /// What is different from `before`.
    pub(super) fn since(&self, before: &Self) -> Difference {
        let other = self.findings != before.findings || self.today != before.today;
        let mut difference = Difference { changed: Vec::new(), lacks: false, other };
        let (mut own, mut old) =
            (self.files.iter().peekable(), before.files.iter().peekable());
        loop {
            let order = match (own.peek(), old.peek()) {
                (None, None) => return difference,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some((a, _)), Some((b, _))) => a.cmp(b),
            };
            let new = if order.is_le() { own.next() } else { None };
            let gone = if order.is_ge() { old.next() } else { None };
            difference.note(new, gone);
        }
    }

    /// Takes note of a file.
    pub(super) fn put(&mut self, path: &FilePath, source: &Source) {
        self.files.insert(path.clone(), Print::of(source));
    }

    /// Whether a text is as it was, and whether there was one where there is none now.
    pub(super) fn compare(&self, path: &str, source: &Source) -> (bool, bool) {
        let (old, new) = (self.files.get(path), Print::of(source));
        let lacks = new.is_empty() && old.is_some_and(|old| !old.is_empty());
        (old == Some(&new), lacks)
    }

    /// Whether there is nothing to say about how the files were read.
    pub(super) fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    /// The day of the look.
    pub(super) fn today(&self) -> Option<Date> {
        self.today
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
