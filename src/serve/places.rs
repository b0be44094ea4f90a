//! Which folders are watched, and which of their files matter.
//!
//! In: a project's folder. Out: places. Keeps true: nothing outside the project is
//! watched; a link inside it is watched where it leads.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::source::CONTENT;

/// The folders that a site is made of.
const FOLDERS: &[&str] = &[CONTENT, "themes"];

/// A folder that is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) path: PathBuf,
    /// With all that is below it.
    pub(super) deep: bool,
    /// Whether a symbolic link leads there.
    pub(super) linked: bool,
    /// Tells a folder from another that took its place.
    number: u64,
}

impl Place {
    fn at(path: PathBuf, deep: bool, linked: bool) -> Option<Self> {
        let meta = path.metadata().ok()?;
        #[cfg(unix)]
        let number = std::os::unix::fs::MetadataExt::ino(&meta);
        #[cfg(not(unix))]
        let number = u64::from(meta.is_dir());
        Some(Self { path, deep: deep && meta.is_dir(), linked, number })
    }
}

/// All places to watch in a project that is there. One that has no content is not: the
/// first of them is where it was.
pub(super) fn of(root: &Path) -> Vec<Place> {
    let deep = FOLDERS.iter().map(|name| root.join(name));
    let mut places: Vec<Place> = Vec::new();
    places.extend(Place::at(root.to_owned(), false, false));
    places.extend(deep.clone().filter_map(|path| Place::at(path, true, false)));
    places.extend(deep.flat_map(|path| links(&path, root)));
    places
}

/// Where the symbolic links below a folder lead, inside the project.
fn links(folder: &Path, root: &Path) -> Vec<Place> {
    let below = WalkDir::new(folder).into_iter().flatten();
    let links = below.filter(|entry| entry.path_is_symlink());
    let targets = links.filter_map(|link| {
        let target = link.path().canonicalize().ok()?;
        let is_inside = target.starts_with(root) && target != root;
        is_inside.then(|| Place::at(target, true, true))?
    });
    targets.collect()
}

/// Whether a site may depend on the file at this path.
pub(super) fn is_ours(path: &Path, root: &Path, linked: &[PathBuf]) -> bool {
    let inside = FOLDERS.iter().any(|name| path.starts_with(root.join(name)));
    inside || path == root || linked.iter().any(|place| path.starts_with(place))
}

/// Whether an editor keeps such a file while it saves another.
pub(super) fn is_faint(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let ends =
        ["~", ".swp", ".swx", ".tmp", ".bak"].iter().any(|end| name.ends_with(end));
    let begins = [".", "___jb_", "#"].iter().any(|start| name.starts_with(start));
    ends || begins || name == "4913"
}
