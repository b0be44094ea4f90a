//! Whether changes of a folder raise events: not where another machine, or the one around
//! a container, makes them.

use std::path::{Path, PathBuf};

/// Kinds of file systems whose changes may come from elsewhere.
const SILENT: &[&str] = &[
    "9p",
    "afs",
    "afpfs",
    "ceph",
    "cifs",
    "drvfs",
    "fakeowner",
    "glusterfs",
    "gpfs",
    "grpcfuse",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "osxfs",
    "prl_fs",
    "smb3",
    "smbfs",
    "v9fs",
    "vboxsf",
    "virtiofs",
    "vmhgfs",
];

/// Whether the folder stands on such a file system. Where that cannot be told, it does
/// not.
pub(super) fn are_silent(folder: &Path) -> bool {
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    is_silent(&mounts, folder)
}

fn is_silent(mounts: &str, folder: &Path) -> bool {
    let around = mounts.lines().filter_map(mount);
    let around = around.filter(|(place, _)| folder.starts_with(place));
    let nearest = around.max_by_key(|(place, _)| place.as_os_str().len());
    nearest.is_some_and(|(_, kind)| SILENT.contains(&kind) || kind.starts_with("fuse"))
}

/// The place and the kind of a mount.
fn mount(line: &str) -> Option<(PathBuf, &str)> {
    let (own, more) = line.split_once(" - ")?;
    let place = own.split(' ').nth(4)?.replace("\\040", " ");
    Some((place.into(), more.split(' ').next()?))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::is_silent;

    #[test]
    fn the_nearest_mount_counts() {
        let mounts = "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n\
            30 22 0:5 / /mnt/my\\040share rw shared:1 - nfs4 host:/x rw\n\
            31 30 8:2 / /mnt/my\\040share/local rw - ext4 /dev/sdb rw\n";
        assert!(!is_silent(mounts, Path::new("/home/a")));
        assert!(is_silent(mounts, Path::new("/mnt/my share/guide")));
        assert!(!is_silent(mounts, Path::new("/mnt/my share/local/guide")));
        assert!(!is_silent("", Path::new("/")));
    }
}
