//! Whether a folder holds just what these inputs make, so that nothing needs to be made
//! again.
//!
//! A site is a function of its inputs. A build that had nothing to say leaves a stamp:
//! the hash of its inputs, and length and time of each file it left. When both are still
//! the same, the folder holds the same bytes. A stamp decides only whether work is
//! skipped: without one, or with a wrong one, everything is made and compared.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::hash::Hasher as _;
use std::path::Path;
use std::time::UNIX_EPOCH;

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use crate::source::{Source, Sources, ThemeFiles};

/// The hash of everything that a site depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inputs(pub u128);

/// The line of a file that was left: length and time of change, in nanoseconds.
type Left = (u64, u128);

impl Inputs {
    /// Hashes sources, theme, and `program`, which stands for pmjump itself.
    pub fn of(sources: &Sources, theme: &ThemeFiles, program: u64) -> Self {
        let mut hasher = Xxh3::new();
        hasher.write_u64(program);
        hasher.update(format!("{:?} {:?}", sources.settings, sources.today).as_bytes());
        for (path, source) in &sources.files {
            part(&mut hasher, path.as_bytes());
            match source {
                Source::Text(text) => part(&mut hasher, text.as_bytes()),
                Source::Asset(place) => match place.metadata().as_ref().map(left) {
                    Ok(left) => part(&mut hasher, format!("{left:?}").as_bytes()),
                    Err(_) => hasher.write_u8(0),
                },
                Source::Unreadable => hasher.write_u8(1),
            }
        }
        for (name, (_, bytes)) in theme {
            part(&mut hasher, name.as_bytes());
            part(&mut hasher, bytes);
        }
        Self(hasher.digest128())
    }
}

/// Bytes with their length, so that two parts never read as one.
fn part(hasher: &mut Xxh3, bytes: &[u8]) {
    hasher.write_usize(bytes.len());
    hasher.update(bytes);
}

fn left(meta: &Metadata) -> Left {
    let time = meta.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    (meta.len(), time.map_or(0, |time| time.as_nanos()))
}

/// The text of a stamp for files that stand below `out`.
pub(super) fn print(inputs: Inputs, out: &Path, paths: &[&str]) -> Option<String> {
    let lines = paths.par_iter().map(|path| {
        let (length, time) = left(&out.join(path).symlink_metadata().ok()?);
        Some(format!("{length} {time} {}\n", serde_json::Value::from(*path)))
    });
    let lines: Option<Vec<String>> = lines.collect();
    Some(format!("{:032x}\n{}", inputs.0, lines?.concat()))
}

/// The number of files if the stamp is that of `inputs` and all its files are as they
/// were.
pub(super) fn holds(text: &str, inputs: Inputs, out: &Path) -> Option<usize> {
    let (hash, lines) = text.split_once('\n')?;
    if u128::from_str_radix(hash, 16) != Ok(inputs.0) {
        return None;
    }
    let files: BTreeMap<String, Left> = lines.lines().map(line).collect::<Option<_>>()?;
    let same = files.par_iter().all(|(path, expected)| {
        let meta = out.join(path).symlink_metadata();
        meta.is_ok_and(|meta| meta.is_file() && left(&meta) == *expected)
    });
    same.then_some(files.len())
}

fn line(line: &str) -> Option<(String, Left)> {
    let mut parts = line.splitn(3, ' ');
    let left = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some((serde_json::from_str(parts.next()?).ok()?, left))
}
