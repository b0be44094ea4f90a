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
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::manifest::{self, Manifest};
use super::{File, Inputs, Site, stamp};
use crate::diagnostic::{Checked, Findings};

/// The folder inside the output that is ours alone.
const OWN: &str = ".pmjump";

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
    let result = folder.update(site, progress);
    if result.as_ref().is_ok_and(|written| written.findings.is_empty()) {
        folder.leave_stamp(site, inputs);
    }
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
enum Step {
    /// It stands there already.
    Same,
    /// It waits at this place beside the old site.
    Staged(PathBuf),
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
        progress: &Progress<'_>,
    ) -> Result<Checked<Written>, WriteError> {
        let paths: Vec<&str> = site.paths().collect();
        self.check_folders(&paths)?;
        let made = paths.par_iter().enumerate().map(|(number, path)| {
            (progress.begins)(path);
            let step = self.make(site, path, number);
            (progress.made)(path, paths.len());
            step
        });
        let made: Vec<Checked<Step>> = made.collect::<Result<_, WriteError>>()?;
        let mut findings = Findings::new();
        let steps: Vec<Step> = made.into_iter().map(|step| findings.take(step)).collect();
        let findings = findings.settled(&site.catalog().settings.levels);
        if findings.has_errors() {
            return Ok(Checked { value: Written::default(), findings });
        }
        let value = self.commit(&paths, &steps)?;
        Ok(Checked { value, findings })
    }

    /// Makes a file, and writes it beside the old site if it differs from what is there.
    fn make(
        &self,
        site: &Site,
        path: &str,
        number: usize,
    ) -> Result<Checked<Step>, WriteError> {
        let place = self.out.join(path);
        let Some(Checked { value, findings }) = site.render(path) else {
            return Ok(Checked::clean(Step::Same));
        };
        let same = match &value {
            File::Bytes(bytes) => holds(&place, bytes),
            File::Copy(source) => equals(&place, source),
        };
        if same.map_err(disk(&place))? {
            return Ok(Checked { value: Step::Same, findings });
        }
        if !self.is_free(path) {
            return Err(foreign(&place));
        }
        let staged = self.stage.join(number.to_string());
        match &value {
            File::Bytes(bytes) => fs::write(&staged, bytes).map_err(disk(&place))?,
            File::Copy(source) => {
                fs::copy(source, &staged).map_err(disk(source))?;
            }
        }
        Ok(Checked { value: Step::Staged(staged), findings })
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
    fn leave_stamp(&self, site: &Site, inputs: Option<Inputs>) {
        let place = self.out.join(OWN).join("stamp");
        let paths: Vec<&str> = site.paths().collect();
        let text = inputs.and_then(|inputs| stamp::print(inputs, &self.out, &paths));
        let fresh = self.stage.join("stamp");
        let _ = match text {
            Some(text) => {
                fs::write(&fresh, text).and_then(|()| fs::rename(&fresh, &place))
            }
            None => fs::remove_file(&place),
        };
    }

    /// Refuses to write through a symbolic link or over a file that is not ours.
    fn check_folders(&self, paths: &[&str]) -> Result<(), WriteError> {
        for folder in folders(paths) {
            let place = self.out.join(folder);
            match place.symlink_metadata() {
                Ok(meta) if meta.is_dir() => {}
                Ok(_) if self.before.contains(folder) => {}
                Ok(_) => return Err(foreign(&place)),
                Err(_) => {}
            }
        }
        Ok(())
    }

    /// Lets all staged files take their places. The list of our files names old and new
    /// ones until it is done, so that a later build can clean up after this one.
    fn commit(&self, paths: &[&str], steps: &[Step]) -> Result<Written, WriteError> {
        let now: BTreeSet<&str> = paths.iter().copied().collect();
        let gone: Vec<&str> = self.before.iter().map(String::as_str).collect();
        let gone: Vec<&str> =
            gone.into_iter().filter(|path| !now.contains(path)).collect();
        let staged: Vec<(&str, &Path)> = paths
            .iter()
            .zip(steps)
            .filter_map(|(path, step)| match step {
                Step::Staged(stage) => Some((*path, stage.as_path())),
                Step::Same => None,
            })
            .collect();
        let same = staged.is_empty() && gone.is_empty() && self.before.len() == now.len();
        if !same {
            let _ = fs::remove_file(self.out.join(OWN).join("stamp"));
            self.list(now.iter().copied().chain(gone.iter().copied()))?;
            self.clear_way(&gone, &folders(paths), &now)?;
            for folder in folders(paths) {
                create_dir(&self.out.join(folder))?;
            }
            staged.par_iter().try_for_each(|(path, stage)| {
                let place = self.out.join(path);
                fs::rename(stage, &place).map_err(disk(&place))
            })?;
            let left = gone.iter().filter(|path| !folders(paths).contains(**path));
            left.into_iter().try_for_each(|path| self.remove(path))?;
            self.list(now.iter().copied())?;
        }
        Ok(Written { files: paths.len(), changed: staged.len(), removed: gone.len() })
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

    fn list<'p>(&self, paths: impl Iterator<Item = &'p str>) -> Result<(), WriteError> {
        let list = self.out.join(OWN).join("manifest");
        let fresh = self.stage.join("manifest");
        let all: BTreeSet<&str> = paths.collect();
        fs::write(&fresh, manifest::print(all.into_iter())).map_err(disk(&list))?;
        fs::rename(&fresh, &list).map_err(disk(&list))
    }
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

/// Whether a file has exactly these bytes. What is no plain file has not.
fn holds(place: &Path, bytes: &[u8]) -> io::Result<bool> {
    match place.symlink_metadata() {
        Ok(meta) if meta.is_file() && meta.len() == bytes.len() as u64 => {}
        Ok(_) => return Ok(false),
        Err(error) if is_absent(&error) => return Ok(false),
        Err(error) => return Err(error),
    }
    Ok(fs::read(place)? == bytes)
}

/// Whether two files have the same bytes.
fn equals(place: &Path, source: &Path) -> io::Result<bool> {
    let length = fs::metadata(source)?.len();
    match place.symlink_metadata() {
        Ok(meta) if meta.is_file() && meta.len() == length => {}
        Ok(_) => return Ok(false),
        Err(error) if is_absent(&error) => return Ok(false),
        Err(error) => return Err(error),
    }
    let (mut a, mut b) = (DiskFile::open(place)?, DiskFile::open(source)?);
    let (mut left, mut right) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    loop {
        let read = a.read(&mut left)?;
        if read == 0 {
            return Ok(true);
        }
        if b.read_exact(&mut right[..read]).is_err() || left[..read] != right[..read] {
            return Ok(false);
        }
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
