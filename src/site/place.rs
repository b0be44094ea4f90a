//! What stands at a place on the disk, and whether it is what should stand there.

#![expect(clippy::disallowed_methods, reason = "this is a part of write")]

use std::fs::{self, File, Metadata};
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::time::UNIX_EPOCH;

/// What tells that a file is still as a build left it: its length in bytes, and the time
/// of its last change in nanoseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Left {
    pub(super) length: u64,
    pub(super) changed: u128,
}

impl Left {
    pub(super) fn of(meta: &Metadata) -> Self {
        let time = meta.modified().ok();
        let time = time.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Self { length: meta.len(), changed: time.map_or(0, |time| time.as_nanos()) }
    }

    /// What stands at `place`, if that is a plain file.
    pub(super) fn at(place: &Path) -> io::Result<Option<Self>> {
        match place.symlink_metadata() {
            Ok(meta) => Ok(meta.is_file().then(|| Self::of(&meta))),
            Err(error) if is_absent(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// What stands at `place`, if it is this file already.
pub(super) fn same(place: &Path, file: &super::File<'_>) -> io::Result<Option<Left>> {
    match file {
        super::File::Bytes(bytes) => holds(place, bytes),
        super::File::Copy(source) => equals(place, source),
    }
}

/// What stands at `place`, if it has exactly these bytes.
fn holds(place: &Path, bytes: &[u8]) -> io::Result<Option<Left>> {
    let left = Left::at(place)?.filter(|left| left.length == bytes.len() as u64);
    match left {
        Some(left) => Ok((fs::read(place)? == bytes).then_some(left)),
        None => Ok(None),
    }
}

/// What stands at `place`, if it has the same bytes as `source`.
fn equals(place: &Path, source: &Path) -> io::Result<Option<Left>> {
    let length = fs::metadata(source)?.len();
    let Some(left) = Left::at(place)?.filter(|left| left.length == length) else {
        return Ok(None);
    };
    let (mut a, mut b) = (File::open(place)?, File::open(source)?);
    let (mut ours, mut theirs) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    loop {
        let read = a.read(&mut ours)?;
        if read == 0 {
            return Ok(Some(left));
        }
        if b.read_exact(&mut theirs[..read]).is_err() || ours[..read] != theirs[..read] {
            return Ok(None);
        }
    }
}

/// Makes a file of these bytes.
pub(super) fn create(place: &Path, bytes: &[u8]) -> io::Result<Left> {
    let mut file = File::create(place)?;
    file.write_all(bytes)?;
    Ok(Left::of(&file.metadata()?))
}

/// Makes a file of the same bytes as `source`.
pub(super) fn copy(place: &Path, source: &Path) -> io::Result<Left> {
    fs::copy(source, place)?;
    Ok(Left::of(&fs::metadata(place)?))
}

pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
