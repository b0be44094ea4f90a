//! Paths to addresses of the site, as GitHub Pages does it.
//!
//! Keeps true: what is found is an address of the site; a path never reaches the disk.

use crate::site::Site;

/// Where a path leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// To a file of the site.
    File(String),
    /// To a folder, whose address ends with a slash.
    Folder(String),
    /// Nowhere.
    Missing,
}

/// The most addresses that a missing page suggests.
const MOST: usize = 6;

/// Finds the file for a path.
pub(super) fn route(site: &Site, path: &str) -> Route {
    let inside = |file: &str| format!("{path}{file}");
    if path.is_empty() || path.ends_with('/') {
        return found(site, inside("index.html"));
    }
    if site.has(path) {
        return Route::File(path.to_owned());
    }
    match found(site, inside(".html")) {
        Route::Missing if site.has(&inside("/index.html")) => Route::Folder(inside("/")),
        route => route,
    }
}

fn found(site: &Site, address: String) -> Route {
    if site.has(&address) { Route::File(address) } else { Route::Missing }
}

/// The pages whose addresses are most like a path, the nearest first.
pub(super) fn near<'s>(site: &'s Site, path: &str) -> Vec<&'s str> {
    let wanted = stem(path);
    let pages = site.paths().filter(|address| address.ends_with(".html"));
    let pages = pages.filter(|address| *address != "404.html");
    let ranked =
        pages.filter_map(|address| Some((distance(wanted, address, path)?, address)));
    let mut ranked: Vec<_> = ranked.collect();
    ranked.sort_unstable();
    ranked.into_iter().map(|(_, address)| address).take(MOST).collect()
}

fn stem(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix("/index.html").unwrap_or(path);
    path.strip_suffix(".html").unwrap_or(path)
}

/// How unlike two addresses are: by their names first, then by their folders. `None` if
/// they have little in common.
fn distance(wanted: &str, address: &str, path: &str) -> Option<(usize, usize)> {
    let own = stem(address);
    let name = |path: &str| path.rsplit('/').next().unwrap_or("").to_lowercase();
    let (a, b) = (name(wanted), name(own));
    let close = edits(&a, &b);
    let part = a.len() >= 4 && b.contains(&a) || b.len() >= 4 && a.contains(&b);
    let by_name = if part { close.min(2) } else { close };
    let allowed = 1 + a.chars().count() / 4;
    (by_name <= allowed).then(|| (by_name, edits(path, address)))
}

/// The least insertions, deletions and changes of letters that make `b` of `a`.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(80).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().take(80).enumerate() {
        let mut corner = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let changed = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = changed.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::{distance, edits};

    #[test]
    fn edits_are_counted() {
        for (a, b, count) in [("", "", 0), ("ab", "b", 1), ("kitten", "sitting", 3)] {
            assert_eq!((edits(a, b), edits(b, a)), (count, count));
        }
    }

    #[test]
    fn a_misspelt_and_a_moved_page_are_near() {
        let near = |path: &str, address: &str| {
            distance(super::stem(path), address, path).is_some()
        };
        assert!(near("steps/gather-intl", "steps/gather-intel.html"));
        assert!(near("playbooks/gather-intel.html", "steps/gather-intel.html"));
        assert!(near("gather", "steps/gather-intel.html"));
        assert!(!near("nothing/like/it", "steps/gather-intel.html"));
    }
}
