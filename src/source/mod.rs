//! What a project's files say, before anything is understood.
//!
//! In: a folder. Out: [`Sources`], path to text and nothing more, and [`Settings`].
//! Keeps true: only [`load`] touches the disk; nothing outside the project is read; the
//! date is an input like any other.

mod load;
mod project;
mod settings;
mod shelf;

pub use load::{LoadError, Loaded, ThemeFiles, load, load_again, read_again};
pub use project::{Project, discover};
pub use settings::{Coverage, Settings};
pub use shelf::{Shelf, Stamp};

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::diagnostic::FilePath;
use crate::record::Date;

/// The folder of everything that an author writes.
pub const CONTENT: &str = "content";

/// The file of the site's settings.
pub const SITE_YAML: &str = "content/site.yaml";

/// All files of a project's content.
#[derive(Debug)]
pub struct Sources {
    /// By path from the project's folder, `content/steps/take-stock.md`.
    pub files: BTreeMap<FilePath, Source>,
    /// What `site.yaml` and the command line say.
    pub settings: Settings,
    /// The day of the build, for judging what is stale.
    pub today: Date,
}

/// One file.
#[derive(Debug, Clone)]
pub enum Source {
    /// A file that holds entries.
    Text(Arc<str>),
    /// One that should, and could not be read; a finding says why.
    Unreadable,
    /// Anything else: copied as it is from this place on the disk.
    Asset(PathBuf),
}

impl Sources {
    /// The text of a file, for excerpts.
    pub fn text(&self, path: &str) -> Option<Arc<str>> {
        match self.files.get(path)? {
            Source::Text(text) => Some(Arc::clone(text)),
            _ => None,
        }
    }
}
