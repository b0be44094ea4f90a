//! Puts a site on the disk: the one place that writes.
//!
//! Everything that changed is written beside the old site first; only when all of it is
//! there and nothing is wrong do the files take their places, each by one rename. So a
//! build that fails leaves the old site as it was, one that is killed leaves no torn
//! file, and the next one repairs what it left. Files that no build made are never
//! touched.

#![expect(clippy::disallowed_methods, reason = "this is write")]

use std::collections::BTreeSet;
use std::fs::{self, File as DiskFile};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::manifest::{self, Manifest};
use super::place::{self, Left, is_absent};
use super::{File, Inputs, Site, stamp};
use crate::diagnostic::{Checked, Findings};

/// The folder inside the output that is ours alone.
const OWN: &str = ".pmjump";

/// The folder of the stage for files whose folders are not there yet.
const NEW: &str = "new";

/// What a build did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// All files of the site.
    pub files: usize,
    /// Those that were new or differed.
    pub changed: usize,
    /// Those of earlier builds that the site no longer has.
    pub removed: usize,
}

/// What is told while a build goes on.
pub struct Progress<'p> {
    /// A file is begun.
    pub begins: &'p (dyn Fn(&str) + Sync),
    /// A file is made; one of this many.
    pub made: &'p (dyn Fn(&str, usize) + Sync),
    /// Another build holds the folder, and this one waits.
    pub waits: &'p dyn Fn(),
}

/// Why a site could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The disk said no.
    #[error("cannot write `{path}`: {reason}")]
    Disk {
        /// The file or folder.
        path: String,
        /// What the system says.
        reason: io::Error,
    },
    /// A file that no build made stands where a page has to go.
    #[error(
        "`{path}` was not made by pmjump, and the site has a file of that name: move it away"
    )]
    Foreign {
        /// The file or folder.
        path: String,
    },
}

fn disk(path: &Path) -> impl Fn(io::Error) -> WriteError + '_ {
    move |reason| WriteError::Disk { path: path.display().to_string(), reason }
}

fn foreign(path: &Path) -> WriteError {
    WriteError::Foreign { path: path.display().to_string() }
}

/// Writes all files of a site below `out`. Findings come from templates; if one of them
/// is an error, nothing is changed. A build that has nothing to say, and knows its
/// inputs, leaves a stamp for [`is_current`].
pub fn write(
    site: &Site,
    out: &Path,
    inputs: Option<Inputs>,
    progress: &Progress<'_>,
) -> Result<Checked<Written>, WriteError> {
    let folder = Folder::open(out, progress)?;
    let result = folder.update(site, inputs, progress);
    folder.clear_stage();
    result
}

/// What a build would do if `out` holds just what these inputs make; `None` if that is
/// not known.
pub fn is_current(out: &Path, inputs: Inputs) -> Option<Written> {
    let text = fs::read_to_string(out.join(OWN).join("stamp")).ok()?;
    let files = stamp::holds(&text, inputs, out)?;
    Some(Written { files, changed: 0, removed: 0 })
}

/// An output folder that this build holds alone.
struct Folder {
    out: PathBuf,
    stage: PathBuf,
    before: Manifest,
    _lock: DiskFile,
}

/// What became of one file.
struct Step {
    left: Left,
    /// Where it waits beside the old site, unless it stands there already.
    staged: Option<PathBuf>,
}

impl Folder {
    fn open(out: &Path, progress: &Progress<'_>) -> Result<Self, WriteError> {
        let own = out.join(OWN);
        create_dir(&own)?;
        let lock = own.join("lock");
        if let Some(link) = [&own, &lock].into_iter().find(|place| place.is_symlink()) {
            return Err(foreign(link));
        }
        let lock = self::lock(&lock, progress)?;
        let list = own.join("manifest");
        let text = match fs::read_to_string(&list) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(disk(&list)(error)),
        };
        let stage = own.join("stage");
        let folder = Self {
            out: out.to_owned(),
            stage,
            before: manifest::parse(&text),
            _lock: lock,
        };
        folder.clear_stage();
        create_dir(&folder.stage)?;
        Ok(folder)
    }

    /// What is left of a build that was killed; what cannot be removed is written over.
    fn clear_stage(&self) {
        let _ = fs::remove_dir_all(&self.stage);
    }

    fn update(
        &self,
        site: &Site,
        inputs: Option<Inputs>,
        progress: &Progress<'_>,
    ) -> Result<Checked<Written>, WriteError> {
        let paths: Vec<&str> = site.paths().collect();
        let new = self.new_folders(&paths)?;
        let made = paths.par_iter().enumerate().map(|(number, path)| {
            (progress.begins)(path);
            let staged = match new.contains(top(path)) {
                true => self.stage.join(NEW).join(path),
                false => self.stage.join(number.to_string()),
            };
            let step = self.make(site, path, staged);
            (progress.made)(path, paths.len());
            step
        });
        let made: Vec<Checked<Step>> = made.collect::<Result<_, WriteError>>()?;
        let mut findings = Findings::new();
        let steps: Vec<Step> = made.into_iter().map(|step| findings.take(step)).collect();
        let stamp = inputs.filter(|_| findings.is_empty());
        let findings = findings.settled(&site.catalog().settings.levels);
        if findings.has_errors() {
            return Ok(Checked { value: Written::default(), findings });
        }
        let value = self.commit(&paths, &steps, &new)?;
        self.leave_stamp(&paths, &steps, stamp);
        Ok(Checked { value, findings })
    }

    /// The folders at the top of the site that are not there yet. Their files are staged
    /// together, and take their places by one rename.
    fn new_folders<'p>(
        &self,
        paths: &[&'p str],
    ) -> Result<BTreeSet<&'p str>, WriteError> {
        let folders = folders(paths);
        self.check_folders(&folders)?;
        let outer = folders.iter().copied().filter(|folder| !folder.contains('/'));
        let absent = |folder: &&str| self.out.join(folder).symlink_metadata().is_err();
        let new: BTreeSet<&str> = outer.filter(absent).collect();
        let mut inside = folders.iter().filter(|folder| new.contains(top(folder)));
        inside.try_for_each(|folder| create_dir(&self.stage.join(NEW).join(folder)))?;
        Ok(new)
    }

    /// Makes a file, and writes it beside the old site if it differs from what is there.
    fn make(
        &self,
        site: &Site,
        path: &str,
        staged: PathBuf,
    ) -> Result<Checked<Step>, WriteError> {
        let place = self.out.join(path);
        let made = site.render(path).expect("each address of a site has a file");
        let Checked { value: file, findings } = made;
        let new = staged.starts_with(self.stage.join(NEW));
        let there =
            if new { None } else { place::same(&place, &file).map_err(disk(&place))? };
        if let Some(left) = there {
            return Ok(Checked { value: Step { left, staged: None }, findings });
        }
        if !new && !self.is_free(path) {
            return Err(foreign(&place));
        }
        let left = match file {
            File::Bytes(bytes) => place::create(&staged, &bytes).map_err(disk(&place))?,
            File::Copy(source) => place::copy(&staged, source).map_err(disk(source))?,
        };
        Ok(Checked { value: Step { left, staged: Some(staged) }, findings })
    }

    /// Whether nothing stands here, or only what earlier builds put there.
    fn is_free(&self, path: &str) -> bool {
        let place = self.out.join(path);
        match place.symlink_metadata() {
            Err(_) => true,
            Ok(meta) if !meta.is_dir() => self.before.contains(path),
            Ok(_) => fs::read_dir(place).is_ok_and(|entries| {
                let inside = |entry: io::Result<fs::DirEntry>| {
                    Some(format!("{path}/{}", entry.ok()?.file_name().to_str()?))
                };
                let paths: Option<Vec<String>> = entries.map(inside).collect();
                paths.is_some_and(|paths| {
                    !paths.is_empty() && paths.iter().all(|path| self.is_free(path))
                })
            }),
        }
    }

    /// A stamp that cannot be written is only a build that is not skipped.
    fn leave_stamp(&self, paths: &[&str], steps: &[Step], inputs: Option<Inputs>) {
        let place = self.out.join(OWN).join("stamp");
        let fresh = self.stage.join("stamp");
        let files = paths.iter().copied().zip(steps.iter().map(|step| step.left));
        let _ = match inputs {
            Some(inputs) => fs::write(&fresh, stamp::print(inputs, files))
                .and_then(|()| fs::rename(&fresh, &place)),
            None => fs::remove_file(&place),
        };
    }

    /// Refuses to write through a symbolic link or over a file that is not ours.
    fn check_folders(&self, folders: &BTreeSet<&str>) -> Result<(), WriteError> {
        for folder in folders {
            let place = self.out.join(folder);
            match place.symlink_metadata() {
                Ok(meta) if meta.is_dir() => {}
                Ok(_) if self.before.contains(*folder) => {}
                Ok(_) => return Err(foreign(&place)),
                Err(_) => {}
            }
        }
        Ok(())
    }

    /// Lets all staged files take their places. The list of our files names old and new
    /// ones until it is done, so that a later build can clean up after this one.
    fn commit(
        &self,
        paths: &[&str],
        steps: &[Step],
        new: &BTreeSet<&str>,
    ) -> Result<Written, WriteError> {
        let now: BTreeSet<&str> = paths.iter().copied().collect();
        let gone = self.before.iter().map(String::as_str);
        let gone: Vec<&str> = gone.filter(|path| !now.contains(path)).collect();
        let staged = paths.iter().zip(steps);
        let staged: Vec<(&str, &Path)> = staged
            .filter_map(|(path, step)| Some((*path, step.staged.as_deref()?)))
            .collect();
        let same = staged.is_empty() && gone.is_empty() && self.before.len() == now.len();
        if !same {
            let _ = fs::remove_file(self.out.join(OWN).join("stamp"));
            self.list(&now | &gone.iter().copied().collect())?;
            let folders = folders(paths);
            self.clear_way(&gone, &folders, &now)?;
            self.put(&staged, &folders, new)?;
            let left = gone.iter().filter(|path| !folders.contains(**path));
            left.into_iter().try_for_each(|path| self.remove(path))?;
            if !gone.is_empty() {
                self.list(now)?;
            }
        }
        Ok(Written { files: paths.len(), changed: staged.len(), removed: gone.len() })
    }

    /// Moves new folders and then files to their places.
    fn put(
        &self,
        staged: &[(&str, &Path)],
        folders: &BTreeSet<&str>,
        new: &BTreeSet<&str>,
    ) -> Result<(), WriteError> {
        let rename = |from: &Path, path: &str| {
            let place = self.out.join(path);
            fs::rename(from, &place).map_err(disk(&place))
        };
        let stage = self.stage.join(NEW);
        new.iter().try_for_each(|folder| rename(&stage.join(folder), folder))?;
        for folder in folders {
            create_dir(&self.out.join(folder))?;
        }
        let files = staged.par_iter().filter(|(path, _)| !new.contains(top(path)));
        files.try_for_each(|(path, stage)| rename(stage, path))
    }

    /// Removes old files that stand where a folder has to be, or in a folder where a file
    /// has to be.
    fn clear_way(
        &self,
        gone: &[&str],
        folders: &BTreeSet<&str>,
        now: &BTreeSet<&str>,
    ) -> Result<(), WriteError> {
        let in_the_way = |path: &&&str| {
            let inside = path.match_indices('/').any(|(at, _)| now.contains(&path[..at]));
            inside || folders.contains(**path)
        };
        gone.iter().filter(in_the_way).try_for_each(|path| self.remove(path))
    }

    /// Removes a file of an earlier build, and the folders that it leaves empty.
    fn remove(&self, path: &str) -> Result<(), WriteError> {
        let place = self.out.join(path);
        let through_link = path.match_indices('/').any(|(at, _)| {
            self.out
                .join(&path[..at])
                .symlink_metadata()
                .is_ok_and(|meta| meta.is_symlink())
        });
        if through_link {
            return Ok(());
        }
        match fs::remove_file(&place) {
            Err(error) if !is_absent(&error) => return Err(disk(&place)(error)),
            _ => {}
        }
        for (at, _) in path.match_indices('/').collect::<Vec<_>>().into_iter().rev() {
            if fs::remove_dir(self.out.join(&path[..at])).is_err() {
                break;
            }
        }
        Ok(())
    }

    fn list(&self, paths: BTreeSet<&str>) -> Result<(), WriteError> {
        let list = self.out.join(OWN).join("manifest");
        let fresh = self.stage.join("manifest");
        fs::write(&fresh, manifest::print(paths.into_iter())).map_err(disk(&list))?;
        fs::rename(&fresh, &list).map_err(disk(&list))
    }
}

/// The first folder of a path.
fn top(path: &str) -> &str {
    path.split('/').next().unwrap_or(path)
}

/// Every folder that holds one of the paths, parents before children.
fn folders<'p>(paths: &[&'p str]) -> BTreeSet<&'p str> {
    let mut folders = BTreeSet::new();
    for path in paths {
        for (at, _) in path.match_indices('/') {
            folders.insert(&path[..at]);
        }
    }
    folders
}

fn create_dir(path: &Path) -> Result<(), WriteError> {
    fs::create_dir_all(path).map_err(disk(path))
}

/// Waits until no other build writes here. The system lets go of the lock when a build
/// ends, however it ends.
fn lock(path: &Path, progress: &Progress<'_>) -> Result<DiskFile, WriteError> {
    let open = DiskFile::options().create(true).truncate(false).write(true).open(path);
    let file = open.map_err(disk(path))?;
    if file.try_lock().is_err() {
        (progress.waits)();
        file.lock().map_err(disk(path))?;
    }
    Ok(file)
}
