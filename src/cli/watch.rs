//! Ends a command whose template does not end: no template can be stopped from outside,
//! and loops within loops can run for longer than anybody lives.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::{Failure, Terminal};

/// How long a page may take; one of a thousand words takes a ten-thousandth of this.
const PATIENCE: Duration = Duration::from_secs(20);

/// The pages that are being made, with the time at which each was begun.
#[derive(Default)]
pub(super) struct Watch {
    pages: Mutex<BTreeMap<String, Instant>>,
}

impl Watch {
    /// Does `work`, which tells this watch of the pages that it makes. If one of them
    /// takes too long the process ends with status 2 and names it.
    pub(super) fn over<T>(terminal: &Terminal, work: impl FnOnce(&Self) -> T) -> T {
        let watch = Self::default();
        let (done, over) = mpsc::channel::<()>();
        std::thread::scope(|scope| {
            let pages = &watch;
            scope.spawn(move || {
                while over.recv_timeout(PATIENCE / 4) == Err(RecvTimeoutError::Timeout) {
                    if let Some(page) = pages.overdue() {
                        terminal.error(&Failure(format!(
                            "the template of `{page}` has not ended after {} s: a loop?",
                            PATIENCE.as_secs()
                        )));
                        std::process::exit(2);
                    }
                }
            });
            let value = work(&watch);
            drop(done);
            value
        })
    }

    /// A page is begun.
    pub(super) fn begins(&self, page: &str) {
        if let Ok(mut pages) = self.pages.lock() {
            pages.insert(page.to_owned(), Instant::now());
        }
    }

    /// A page is made.
    pub(super) fn ends(&self, page: &str) {
        if let Ok(mut pages) = self.pages.lock() {
            pages.remove(page);
        }
    }

    fn overdue(&self) -> Option<String> {
        let pages = self.pages.lock().ok()?;
        let late = pages.iter().find(|(_, begun)| begun.elapsed() > PATIENCE);
        late.map(|(page, _)| page.clone())
    }
}
