//! Addresses as browsers resolve them.

use pmjump::syntax::url::percent_decode;

/// Where an address leads.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// The file, from the root of the site.
    pub(crate) path: String,
    /// The part after `#`, decoded.
    pub(crate) fragment: Option<String>,
}

/// Whether an address has a scheme or a host of its own.
pub(crate) fn is_outside(url: &str) -> bool {
    let end = url.find(['/', '?', '#']).unwrap_or(url.len());
    url[..end].contains(':') || url.starts_with("//") || url.starts_with('\\')
}

/// Resolves an address on the page `page` of a site that stands at `base`. What is not
/// below the base is an error, and what begins with a slash, which no site that moves can
/// have.
pub(crate) fn resolve(base: &str, page: &str, url: &str) -> Result<Target, String> {
    let (rest, fragment) = match url.split_once('#') {
        Some((rest, fragment)) => (rest, Some(percent_decode(fragment).into_owned())),
        None => (url, None),
    };
    let path = rest.split('?').next().unwrap_or("");
    if url.is_empty() || path.starts_with('/') || path.contains('\\') {
        return Err(format!("`{url}` is empty, or absolute"));
    }
    let folder = page.rfind('/').map_or("", |end| &page[..end]);
    let whole = match path {
        "" => format!("{base}{page}"),
        _ => join(&format!("{base}{folder}"), path),
    };
    let inside = whole.strip_prefix(base).ok_or(format!("`{whole}` is outside"))?;
    // A page's own name stands in no address, so it is not encoded.
    let path = if path.is_empty() { inside.into() } else { percent_decode(inside) };
    Ok(Target { path: path.into_owned(), fragment })
}

/// Joins a folder and a path; `..` at the root stays there, as in browsers.
fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> =
        folder.split('/').filter(|part| !part.is_empty()).collect();
    let last = path.rsplit('/').next().unwrap_or("");
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    let slash = if matches!(last, "" | "." | "..") { "/" } else { "" };
    format!("/{}{slash}", parts.join("/"))
}

#[test]
fn addresses_resolve_as_in_browsers() {
    let at = |base, url| resolve(base, "steps/a.html", url).map(|target| target.path);
    assert_eq!(at("/", "../index.html").as_deref(), Ok("index.html"));
    assert_eq!(at("/", "../../index.html").as_deref(), Ok("index.html"));
    assert!(at("/repo/", "../../index.html").is_err());
    assert_eq!(at("/repo/", "b%20c.html?x#y").as_deref(), Ok("steps/b c.html"));
    assert_eq!(at("/repo/", "#y").as_deref(), Ok("steps/a.html"));
    assert_eq!(at("/repo/", "../skills/").as_deref(), Ok("skills/"));
    assert!(at("/", "/index.html").is_err());
    for url in ["https://a.b/", "//a.b/", "mailto:a@b.c", "javascript:x"] {
        assert!(is_outside(url), "{url}");
    }
    assert!(!is_outside("a.html#b:c"));
}
