//! The list of the files that earlier builds put into a folder: what a build may replace
//! and remove. One JSON string a line.

use std::collections::BTreeSet;

/// Addresses of files.
pub(super) type Manifest = BTreeSet<String>;

/// Reads a list. A line that is no safe path is passed over: it is not ours to touch.
pub(super) fn parse(text: &str) -> Manifest {
    let lines = text.lines().filter_map(|line| serde_json::from_str::<String>(line).ok());
    lines.filter(|path| is_safe(path)).collect()
}

/// Writes a list.
pub(super) fn print<'p>(paths: impl Iterator<Item = &'p str>) -> String {
    let mut text = String::new();
    for path in paths {
        quote(path, &mut text);
        text.push('\n');
    }
    text
}

/// Writes a path as a JSON string.
pub(super) fn quote(path: &str, text: &mut String) {
    let plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
    match path.bytes().all(plain) {
        true => text.extend(["\"", path, "\""]),
        false => text.push_str(&serde_json::Value::from(path).to_string()),
    }
}

/// A path that stays below the folder.
fn is_safe(path: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part != "." && part != "..";
    path.split('/').all(plain) && !path.contains(['\\', '\0']) && !path.contains(':')
}

#[cfg(test)]
mod tests {
    use super::{parse, print};

    #[test]
    fn a_list_is_read_as_it_was_written() {
        let paths = ["a.html", "steps/ü \"x\".html"];
        let read = parse(&print(paths.into_iter()));
        assert_eq!(read.iter().map(String::as_str).collect::<Vec<_>>(), paths);
    }

    #[test]
    fn nothing_outside_the_folder_is_ours() {
        let text = "\"../x\"\n\"/etc/passwd\"\n\"a/../../b\"\n\"C:\\\\x\"\ntorn";
        assert!(parse(text).is_empty());
    }
}
