//! Files that were read, for as long as the disk says that they are the same.
//!
//! In: a place. Out: what was read there. Keeps true: a file is taken from the shelf only
//! if length, times and number are those of the last reading, and if it had not changed
//! for a while then, since a clock that ticks slowly hides a second change.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use super::Source;
use crate::diagnostic::{Checked, FilePath, Findings};

/// The longest tick of a file system's clock, with some to spare.
const TICK: Duration = Duration::from_secs(3);

/// Files by path.
type Files = HashMap<FilePath, Arc<Shelved>>;

/// Remembers files from one loading to the next.
#[derive(Debug, Default)]
pub struct Shelf {
    files: Mutex<Arc<Files>>,
    /// Nothing is put on it, so nobody needs to look how files stand on the disk.
    closed: bool,
}

/// What tells that a file has changed without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// On Unix: when anything about the file changed, and which file it is.
    system: (i64, i64, u64),
}

/// One file as it was read.
#[derive(Debug)]
pub(super) struct Shelved {
    /// How it stood on the disk; `None` if that may hide a change.
    stamp: Option<Stamp>,
    pub(super) source: Source,
    pub(super) findings: Findings,
}

impl Shelf {
    /// A shelf for one loading alone.
    pub(super) fn closed() -> Self {
        Self { closed: true, ..Self::default() }
    }

    /// The files of the last loading.
    pub(super) fn files(&self) -> Arc<Files> {
        Arc::clone(&self.files.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Remembers these files and no others.
    pub(super) fn put(&self, files: Vec<(FilePath, Arc<Shelved>)>) {
        let files = files.into_iter().filter(|(_, file)| file.stamp.is_some());
        let files = Arc::new(files.collect());
        *self.files.lock().unwrap_or_else(PoisonError::into_inner) = files;
    }
}

impl Shelved {
    /// A file that is not read.
    pub(super) fn clean(source: Source) -> Self {
        Self { stamp: None, source, findings: Findings::new() }
    }
}

impl Stamp {
    /// How a file stands on the disk; `None` if it is not there.
    pub fn of(place: &Path) -> Option<Self> {
        let meta = place.metadata().ok()?;
        #[cfg(unix)]
        let system = {
            use std::os::unix::fs::MetadataExt as _;
            (meta.ctime(), meta.ctime_nsec(), meta.ino())
        };
        #[cfg(not(unix))]
        let system = (0, 0, 0);
        Some(Self { length: meta.len(), modified: meta.modified().ok(), system })
    }

    /// Whether the file has been like this for a while. One from the future has not.
    fn is_settled(&self, now: SystemTime) -> bool {
        let age = self.modified.and_then(|modified| now.duration_since(modified).ok());
        age.is_some_and(|age| age > TICK)
    }
}

impl Shelf {
    /// Takes a file from what is `kept`, or reads it.
    #[expect(
        clippy::disallowed_methods,
        reason = "only to see whether a file is at rest"
    )]
    pub(super) fn read<E>(
        &self,
        kept: Option<&Arc<Shelved>>,
        place: &Path,
        read: impl FnOnce() -> Result<Checked<Source>, E>,
    ) -> Result<Arc<Shelved>, E> {
        let stamp = if self.closed { None } else { Stamp::of(place) };
        if let Some(kept) = kept.filter(|kept| stamp.is_some() && kept.stamp == stamp) {
            return Ok(Arc::clone(kept));
        }
        let stamp = stamp.filter(|stamp| stamp.is_settled(SystemTime::now()));
        let Checked { value: source, findings } = read()?;
        Ok(Arc::new(Shelved { stamp, source, findings }))
    }
}
