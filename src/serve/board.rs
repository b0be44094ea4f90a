//! What is served at the moment, and the bell that rings when that changes.
//!
//! Keeps true: whoever looks gets one edition, whole; none is changed once it is out, and
//! nobody who waits for the next misses it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};

use super::sweep::Served;
use crate::source::Stamp;

/// How many addresses that were asked for are remembered.
const RECENT: usize = 8;

/// A state of the site that is served.
#[derive(Clone)]
pub struct Edition {
    /// Its number, one more than that of the edition before.
    pub number: u64,
    /// The number of the edition that brought this site.
    pub changed: u64,
    /// The site.
    pub site: Served,
    /// The last site in which nothing was wrong, for pages that cannot be made.
    pub good: Option<Served>,
    /// How the assets stand on the disk, by address.
    pub assets: BTreeMap<String, Stamp>,
    /// Files other than pages that changed while the server ran, with the numbers of the
    /// editions that brought the changes.
    pub files: BTreeMap<String, u64>,
    /// What the panel shows.
    pub panel: Value,
    /// Why the content could not be looked at.
    pub trouble: Option<String>,
}

/// Where the newest edition hangs.
pub struct Board {
    newest: Mutex<Arc<Edition>>,
    bell: Condvar,
    recent: Mutex<VecDeque<String>>,
    /// Tells this run of the server from others.
    run: u64,
}

impl Edition {
    /// What a browser is told: what it has to look at again, and the findings.
    pub(super) fn news(&self, run: u64, known: u64) -> Value {
        let files: BTreeMap<&String, &u64> =
            self.files.iter().filter(|(_, number)| **number > known).collect();
        json!({
            "run": format!("{run:x}"),
            "edition": self.number,
            "changed": self.changed,
            "files": files,
            "panel": self.panel,
            "trouble": self.trouble,
        })
    }
}

impl Board {
    /// Hangs up the first edition.
    pub fn new(first: Edition, run: u64) -> Self {
        let newest = Mutex::new(Arc::new(first));
        Self { newest, bell: Condvar::new(), recent: Mutex::default(), run }
    }

    /// The newest edition.
    pub fn newest(&self) -> Arc<Edition> {
        Arc::clone(&lock(&self.newest))
    }

    /// Replaces the newest edition and rings.
    pub fn publish(&self, edition: Edition) {
        let old = std::mem::replace(&mut *lock(&self.newest), Arc::new(edition));
        self.bell.notify_all();
        drop(old);
    }

    /// The newest edition if there is one after `known`, at the latest after `patience`.
    pub(super) fn after(&self, known: u64, patience: Duration) -> Option<Arc<Edition>> {
        let newest = lock(&self.newest);
        let waited = self
            .bell
            .wait_timeout_while(newest, patience, |newest| newest.number <= known);
        let (newest, _) = waited.unwrap_or_else(PoisonError::into_inner);
        (newest.number > known).then(|| Arc::clone(&newest))
    }

    /// The number of this run.
    pub(super) fn run(&self) -> u64 {
        self.run
    }

    /// Remembers that a page was asked for.
    pub(super) fn asked_for(&self, address: &str) {
        let mut recent = lock(&self.recent);
        recent.retain(|known| known != address);
        recent.push_front(address.to_owned());
        recent.truncate(RECENT);
    }

    /// The pages that were asked for last.
    pub(super) fn recent(&self) -> Vec<String> {
        lock(&self.recent).iter().cloned().collect()
    }
}

/// A value behind a lock is whole also after a panic: it is only ever replaced.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
