//! Whether a folder holds just what these inputs make, so that nothing needs to be made
//! again.
//!
//! A site is a function of its inputs. A build that had nothing to say leaves a stamp:
//! the hash of its inputs, and length and time of each file it left. When both are still
//! the same, the folder holds the same bytes. A stamp decides only whether work is
//! skipped: without one, or with a wrong one, everything is made and compared.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hash::Hasher as _;
use std::path::Path;

use rayon::prelude::*;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::manifest;
use super::place::Left;
use crate::source::{Source, Sources, ThemeFiles};

/// The hash of everything that a site depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inputs(pub u128);

impl Inputs {
    /// Hashes sources, theme, and `program`, which stands for pmjump itself.
    pub fn of(sources: &Sources, theme: &ThemeFiles, program: u64) -> Self {
        let mut hasher = Xxh3::new();
        hasher.write_u64(program);
        hasher.update(format!("{:?} {:?}", sources.settings, sources.today).as_bytes());
        let files: Vec<_> = sources.files.iter().collect();
        let hashes: Vec<u128> =
            files.par_iter().map(|(_, source)| hash(source)).collect();
        for ((path, _), hash) in files.iter().zip(hashes) {
            part(&mut hasher, path.as_bytes());
            part(&mut hasher, &hash.to_le_bytes());
        }
        for (name, (_, bytes)) in theme {
            part(&mut hasher, name.as_bytes());
            part(&mut hasher, bytes);
        }
        Self(hasher.digest128())
    }
}

fn hash(source: &Source) -> u128 {
    match source {
        Source::Text(text) => xxh3_128(text.as_bytes()),
        Source::Asset(place) => xxh3_128(
            format!("{:?}", place.metadata().as_ref().map(Left::of).ok()).as_bytes(),
        ),
        Source::Unreadable => 0,
    }
}

/// Bytes with their length, so that two parts never read as one.
fn part(hasher: &mut Xxh3, bytes: &[u8]) {
    hasher.write_usize(bytes.len());
    hasher.update(bytes);
}

/// The text of a stamp for files of a site.
pub(super) fn print<'p>(
    inputs: Inputs,
    files: impl Iterator<Item = (&'p str, Left)>,
) -> String {
    let mut text = format!("{:032x}\n", inputs.0);
    for (path, Left { length, changed }) in files {
        let _ = write!(text, "{length} {changed} ");
        manifest::quote(path, &mut text);
        text.push('\n');
    }
    text
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
        Left::at(&out.join(path)).is_ok_and(|left| left == Some(*expected))
    });
    same.then_some(files.len())
}

fn line(line: &str) -> Option<(String, Left)> {
    let mut parts = line.splitn(3, ' ');
    let length = parts.next()?.parse().ok()?;
    let changed = parts.next()?.parse().ok()?;
    Some((serde_json::from_str(parts.next()?).ok()?, Left { length, changed }))
}
