//! Which folder is the project.

use std::path::{Path, PathBuf};

use super::SITE_YAML;

/// A project's folder.
#[derive(Debug, Clone)]
pub struct Project {
    /// The folder that holds `content/site.yaml`, without symbolic links.
    pub root: PathBuf,
}

/// The first folder from `start` upwards that has a `content/site.yaml`.
pub fn discover(start: &Path) -> Option<Project> {
    let start = start.canonicalize().ok()?;
    let root = start.ancestors().find(|folder| folder.join(SITE_YAML).is_file())?;
    Some(Project { root: root.to_owned() })
}
