//! Reads a project's folder: the one door through which files come in.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::shelf::{Shelf, Shelved};
use super::{CONTENT, Project, SITE_YAML, Settings, Source, Sources};
use crate::diagnostic::{Checked, Code, Diagnostic, FilePath, Findings, Span};
use crate::record::Date;

/// The longest Markdown file that is read, in bytes: some 300,000 words.
const MARKDOWN_LIMIT: u64 = 2 << 20;
/// The longest YAML file that is read, in bytes: some 3,000 questions in full.
const YAML_LIMIT: u64 = 8 << 20;
/// The longest file of a theme, in bytes.
const THEME_LIMIT: u64 = 16 << 20;

/// The files of the project's own theme by their path inside it, with the paths of the
/// files in the project.
pub type ThemeFiles = BTreeMap<String, (FilePath, Vec<u8>)>;

/// A folder or a file that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read `{path}`: {reason}")]
pub struct LoadError {
    path: String,
    reason: String,
}

impl LoadError {
    fn new(path: &Path, reason: impl std::fmt::Display) -> Self {
        Self { path: path.display().to_string(), reason: reason.to_string() }
    }
}

/// What a project's files say, and those of its theme.
pub type Loaded = Checked<(Sources, ThemeFiles)>;

/// Reads the content of `project`, and the theme that it names. `is_entry` tells which
/// paths hold entries; all others are assets.
pub fn load(
    project: &Project,
    today: Date,
    is_entry: &(dyn Fn(&str) -> bool + Sync),
) -> Result<Loaded, LoadError> {
    load_again(project, today, is_entry, &Shelf::closed())
}

/// The same, but a file that is as it was when `shelf` was used last is not read again.
pub fn load_again(
    project: &Project,
    today: Date,
    is_entry: &(dyn Fn(&str) -> bool + Sync),
    shelf: &Shelf,
) -> Result<Loaded, LoadError> {
    let mut findings = Findings::new();
    let before = shelf.files();
    let site = project.root.join(SITE_YAML);
    let site = findings.take(text(&SITE_YAML.into(), &site, &mut Vec::new())?);
    let settings = findings.take(settings(&site));
    let paths = walk(&project.root, CONTENT, &mut findings)?;
    let read = paths.into_par_iter().filter(|(path, _)| path.as_ref() != SITE_YAML);
    let read = read.map_init(Vec::new, |buffer, (path, place)| {
        let known = before.get(&path);
        let file = match is_entry(&path) {
            true => shelf.read(known, &place, || text(&path, &place, buffer))?,
            false => Arc::new(Shelved::clean(Source::Asset(place))),
        };
        Ok((path, file))
    });
    let read = read.collect::<Result<Vec<_>, LoadError>>()?;
    for (_, file) in &read {
        findings.extend(file.findings.iter().cloned());
    }
    let files = read.iter().map(|(path, file)| (path.clone(), file.source.clone()));
    let files = std::iter::once((FilePath::from(SITE_YAML), site)).chain(files).collect();
    shelf.put(read);
    let theme = findings.take(theme(&project.root, &settings.theme.0)?);
    let sources = Sources { files, settings, today };
    Ok(Checked { value: (sources, theme), findings })
}

/// The same files, but for those at `places`, which are read again. `None` if that is not
/// all there is to do: one of them is new, gone, no entry, or holds the settings. A place
/// where nothing was and nothing is does not matter.
pub fn read_again(sources: &Sources, places: &[(FilePath, PathBuf)]) -> Option<Sources> {
    let mut files = sources.files.clone();
    for (path, place) in places {
        if !files.contains_key(path) && place.symlink_metadata().is_err() {
            continue;
        }
        let known = matches!(files.get(path)?, Source::Text(_)) && **path != *SITE_YAML;
        let plain = place.symlink_metadata().is_ok_and(|meta| meta.is_file());
        let read = text(path, place, &mut Vec::new()).ok().filter(|_| known && plain)?;
        if !read.findings.is_empty() {
            return None;
        }
        files.insert(path.clone(), read.value);
    }
    let (settings, today) = (sources.settings.clone(), sources.today);
    Some(Sources { files, settings, today })
}

fn settings(site: &Source) -> Checked<Settings> {
    match site {
        Source::Text(text) => Settings::read(text, &SITE_YAML.into()),
        _ => Checked::clean(Settings::default()),
    }
}

fn theme(root: &Path, name: &str) -> Result<Checked<ThemeFiles>, LoadError> {
    let mut findings = Findings::new();
    let folder = format!("themes/{name}");
    if !root.join(&folder).is_dir() {
        return Ok(Checked { value: ThemeFiles::new(), findings });
    }
    let mut files = ThemeFiles::new();
    for (path, place) in walk(root, &folder, &mut findings)? {
        let mut bytes = Vec::new();
        match read(&place, THEME_LIMIT, &mut bytes)? {
            true => {
                let inside = path[folder.len() + 1..].to_owned();
                files.insert(inside, (path, bytes));
            }
            false => findings.push(too_large(&path, Code::TooLarge, THEME_LIMIT)),
        }
    }
    Ok(Checked { value: files, findings })
}

/// Files by their path from the root, with their places.
type Walked = Vec<(FilePath, PathBuf)>;

/// All files below `folder`, in order. To follow links is to look at each file, so that
/// is done only where there is one.
fn walk(root: &Path, folder: &str, findings: &mut Findings) -> Result<Walked, LoadError> {
    let walker = WalkDir::new(root.join(folder)).sort_by_file_name();
    let walked = match walk_plain(root, walker)? {
        Some(walked) => walked,
        None => {
            let walker = WalkDir::new(root.join(folder)).sort_by_file_name();
            walk_linked(root, walker.follow_links(true))?
        }
    };
    Ok(findings.take(walked))
}

/// Walks up to the first link; `None` if there is one.
fn walk_plain(
    root: &Path,
    walker: WalkDir,
) -> Result<Option<Checked<Walked>>, LoadError> {
    let mut walker = walker.into_iter();
    let mut walked = Checked::clean(Walked::new());
    while let Some(entry) = walker.next() {
        match entry {
            Ok(entry) if entry.path_is_symlink() && !is_left_alone(&entry) => {
                return Ok(None);
            }
            entry => visit(root, entry, &mut walker, &mut walked)?,
        }
    }
    Ok(Some(walked))
}

fn walk_linked(root: &Path, walker: WalkDir) -> Result<Checked<Walked>, LoadError> {
    let mut walker = walker.into_iter();
    let mut walked = Checked::clean(Walked::new());
    while let Some(entry) = walker.next() {
        visit(root, entry, &mut walker, &mut walked)?;
    }
    Ok(walked)
}

fn visit(
    root: &Path,
    entry: walkdir::Result<DirEntry>,
    walker: &mut walkdir::IntoIter,
    Checked { value: files, findings }: &mut Checked<Walked>,
) -> Result<(), LoadError> {
    let entry = match entry {
        Ok(entry) => entry,
        Err(error) => {
            return unwalkable(root, &error).map(|finding| findings.push(finding));
        }
    };
    let path = relative(root, entry.path());
    if is_left_alone(&entry) {
        skip(walker, &entry);
    } else if entry.path_is_symlink() && !is_inside(root, entry.path()) {
        findings.push(leads_out(&path));
        skip(walker, &entry);
    } else if entry.file_name().to_str().is_none() {
        findings.push(bad_name(&path));
    } else if entry.file_type().is_file() {
        files.push((path, entry.into_path()));
    }
    Ok(())
}

/// What begins with a dot or an underscore is not ours.
fn is_left_alone(entry: &DirEntry) -> bool {
    let name = entry.file_name().as_encoded_bytes();
    entry.depth() > 0 && (name.starts_with(b".") || name.starts_with(b"_"))
}

fn skip(walker: &mut walkdir::IntoIter, entry: &DirEntry) {
    if entry.file_type().is_dir() {
        walker.skip_current_dir();
    }
}

fn is_inside(root: &Path, path: &Path) -> bool {
    path.canonicalize().is_ok_and(|place| place.starts_with(root))
}

/// The path from the root with `/` on every system.
fn relative(root: &Path, path: &Path) -> FilePath {
    let path = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/").into()
}

/// A link in a circle or to nowhere is a finding; a folder that cannot be read is an
/// error.
fn unwalkable(root: &Path, error: &walkdir::Error) -> Result<Diagnostic, LoadError> {
    let path = error.path().unwrap_or(root);
    let link = path.symlink_metadata().is_ok_and(|meta| meta.is_symlink());
    if !link && error.loop_ancestor().is_none() {
        return Err(LoadError::new(path, error));
    }
    let message = match error.loop_ancestor() {
        Some(_) => "a symbolic link leads to a folder that it is in",
        None => "a symbolic link leads nowhere",
    };
    Ok(Diagnostic::new(Code::OutsideProject, &relative(root, path), Span::FILE, message))
}

fn leads_out(path: &FilePath) -> Diagnostic {
    let message = "a symbolic link leads out of the project";
    Diagnostic::new(Code::OutsideProject, path, Span::FILE, message)
        .help("copy the file into the project")
}

fn bad_name(path: &FilePath) -> Diagnostic {
    let message = "the name of the file is not UTF-8";
    Diagnostic::new(Code::NotUtf8, path, Span::FILE, message).help("rename the file")
}

/// Reads a file that holds entries.
fn text(
    path: &FilePath,
    place: &Path,
    buffer: &mut Vec<u8>,
) -> Result<Checked<Source>, LoadError> {
    let (limit, code) = match path.ends_with(".md") {
        true => (MARKDOWN_LIMIT, Code::TooLarge),
        false => (YAML_LIMIT, Code::BadYaml),
    };
    let unreadable = |finding| Checked {
        value: Source::Unreadable,
        findings: Findings::from_iter([finding]),
    };
    if !read(place, limit, buffer)? {
        return Ok(unreadable(too_large(path, code, limit)));
    }
    Ok(match str::from_utf8(buffer) {
        Ok(text) => Checked::clean(Source::Text(text.into())),
        Err(error) => unreadable(not_utf8(path, &buffer[..error.valid_up_to()])),
    })
}

fn too_large(path: &FilePath, code: Code, limit: u64) -> Diagnostic {
    let message = format!("the file is longer than {} MB", limit >> 20);
    Diagnostic::new(code, path, Span::FILE, message).help("split it into several files")
}

/// `valid` are the bytes before the first that is no text.
fn not_utf8(path: &FilePath, valid: &[u8]) -> Diagnostic {
    let line = valid.iter().filter(|byte| **byte == b'\n').count() + 1;
    let message =
        format!("the file is not UTF-8: line {line} has a byte that is no text");
    Diagnostic::new(Code::NotUtf8, path, Span::FILE, message)
        .help("save the file in the encoding UTF-8")
}

/// Reads a file into `buffer`; false if it is longer than `limit`, in bytes.
#[expect(clippy::disallowed_methods, reason = "this is load")]
fn read(place: &Path, limit: u64, buffer: &mut Vec<u8>) -> Result<bool, LoadError> {
    let fail = |error: std::io::Error| LoadError::new(place, error);
    let mut file = std::fs::File::open(place).map_err(fail)?;
    let length = file.metadata().map_err(fail)?.len();
    buffer.clear();
    if length > limit {
        return Ok(false);
    }
    buffer.reserve(usize::try_from(length).unwrap_or(0));
    file.read_to_end(buffer).map_err(fail)?;
    Ok(true)
}
