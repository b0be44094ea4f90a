//! What the program carries: the default theme and the guide.

use include_dir::{Dir, include_dir};

/// The default theme.
pub static THEME: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The guide.
pub static GUIDE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/content");

/// All files of a folder by their path in it, with `/` on every system, in order.
pub(crate) fn files(folder: &'static Dir<'static>) -> Vec<(String, &'static [u8])> {
    let mut files = Vec::new();
    collect(folder, &mut files);
    files.sort();
    files
}

fn collect(folder: &'static Dir<'static>, files: &mut Vec<(String, &'static [u8])>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        files.push((path, file.contents()));
    }
    for folder in folder.dirs() {
        collect(folder, files);
    }
}
