//! What was read of each file, for as long as its text stays the same.
//!
//! In: the files of one compilation. Out: for the next one, entries that need no reading.
//! Keeps true: an entry depends on path, text and whether drafts are wanted, and on
//! nothing else; what the last compilation did not use is forgotten, so a memo is never
//! larger than the project.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::catalog::Parsed;
use crate::diagnostic::{Checked, FilePath};
use crate::source::Source;

/// Files that were read, by path.
type Files = HashMap<FilePath, Arc<Kept>>;

/// Remembers what was read, from one compilation to the next.
#[derive(Debug, Default)]
pub struct Memo(Mutex<Files>);

/// What was read of one file.
#[derive(Debug)]
pub(super) struct Kept {
    text: Option<Arc<str>>,
    drafts: bool,
    pub(super) parsed: Checked<Parsed>,
}

impl Memo {
    /// What is remembered; nothing is left.
    pub(super) fn take(&self) -> Files {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Remembers this and nothing else.
    pub(super) fn put(&self, files: Vec<(FilePath, Arc<Kept>)>) {
        let files = files.into_iter().filter(|(_, kept)| kept.text.is_some());
        let files = files.collect();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = files;
    }
}

impl Kept {
    pub(super) fn new(source: &Source, drafts: bool, parsed: Checked<Parsed>) -> Self {
        let text = match source {
            Source::Text(text) => Some(Arc::clone(text)),
            _ => None,
        };
        Self { text, drafts, parsed }
    }

    /// Whether this is what reading `source` would give.
    pub(super) fn is_of(&self, source: &Source, drafts: bool) -> bool {
        match (source, &self.text) {
            (Source::Text(text), Some(own)) => {
                self.drafts == drafts && (Arc::ptr_eq(text, own) || text == own)
            }
            _ => false,
        }
    }
}
