//! Addresses as authors write them: what is inside the project, what is outside, and what
//! may never reach a page.

use std::borrow::Cow;

/// Schemes that a page may link to.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel", "xmpp", "irc", "ircs"];

/// What an address points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address<'a> {
    /// A file of the project: its path as written, and the part after `#`.
    File {
        /// The path, perhaps percent-encoded; without query and fragment.
        path: &'a str,
        /// From `?` up to `#`, with the `?`.
        query: &'a str,
        /// The part after `#`.
        fragment: Option<&'a str>,
    },
    /// A heading of the same page.
    Here(&'a str),
    /// Another host, or a scheme that is no page.
    Outside,
    /// A scheme that could run code.
    Forbidden,
}

/// Tells what kind of address `url` is.
pub fn classify(url: &str) -> Address<'_> {
    if let Some(fragment) = url.strip_prefix('#') {
        return Address::Here(fragment);
    }
    if url.starts_with("//") || url.starts_with("\\\\") {
        return Address::Outside;
    }
    match scheme(url) {
        Some(scheme) if SCHEMES.contains(&scheme.as_str()) => Address::Outside,
        Some(_) => Address::Forbidden,
        None => file(url),
    }
}

fn file(url: &str) -> Address<'_> {
    let (rest, fragment) = match url.split_once('#') {
        Some((rest, fragment)) => (rest, Some(fragment)),
        None => (url, None),
    };
    let (path, query) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
    Address::File { path, query, fragment }
}

/// The lower-cased scheme of `url`. Browsers pass over white space and control characters
/// in a scheme (`java\nscript:`), so this does too.
pub fn scheme(url: &str) -> Option<String> {
    let end = url.find([':', '/', '?', '#'])?;
    if !url[end..].starts_with(':') {
        return None;
    }
    let letters = url[..end].chars().filter(|c| !c.is_whitespace() && !c.is_control());
    Some(letters.collect::<String>().to_ascii_lowercase())
}

/// `path` with its `%XX` resolved. What is not UTF-8 afterwards stays as it is written.
pub fn percent_decode(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return Cow::Borrowed(path);
    }
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = (*first == b'%').then(|| tail.get(..2).and_then(hex_byte)).flatten();
        bytes.push(hex.unwrap_or(*first));
        rest = if hex.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(path), Cow::Owned)
}

fn hex_byte(digits: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(digits).ok().filter(|d| !d.starts_with('+'))?;
    u8::from_str_radix(digits, 16).ok()
}

/// `path` with everything escaped that has a meaning in an address.
pub fn percent_encode(path: &str) -> Cow<'_, str> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=:@".contains(&b);
    if path.bytes().all(plain) {
        return Cow::Borrowed(path);
    }
    let mut encoded = String::with_capacity(path.len() + 8);
    for byte in path.bytes() {
        match plain(byte) {
            true => encoded.push(char::from(byte)),
            false => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    Cow::Owned(encoded)
}

/// The path that a relative `path` leads to from the folder `base`, both with `/`; an
/// address that begins with `/` counts from `root`. `None` if it climbs above the
/// project.
pub fn resolve(root: &str, base: &str, path: &str) -> Option<String> {
    let (start, path) = match path.strip_prefix('/') {
        Some(path) => (root, path),
        None => (base, path),
    };
    let mut parts: Vec<&str> = start.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The relative path from the folder `base` to `path`, both counted from the same root.
pub fn relative(base: &str, path: &str) -> String {
    let from: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(from.len() - shared);
    up + &to[shared..].join("/")
}

#[cfg(test)]
mod tests {
    use super::{Address, classify, percent_decode, percent_encode, relative, resolve};

    #[test]
    fn code_in_disguise_is_forbidden() {
        for url in ["javascript:x", "JaVa\tScRiPt:x", " javascript:x", "data:text/html,x"]
        {
            assert_eq!(classify(url), Address::Forbidden, "{url}");
        }
        for url in ["https://a.b/c", "//a.b", "mailto:a@b.c", "HTTP://x"] {
            assert_eq!(classify(url), Address::Outside, "{url}");
        }
    }

    #[test]
    fn a_file_has_path_query_and_fragment() {
        let (path, query, fragment) = ("a/b.md", "?x=1", Some("c:d"));
        assert_eq!(classify("a/b.md?x=1#c:d"), Address::File { path, query, fragment });
        assert_eq!(classify("#top"), Address::Here("top"));
    }

    #[test]
    fn paths_stay_in_the_project() {
        let at = |path| resolve("content", "content/steps", path);
        assert_eq!(at("../skills/x.md").as_deref(), Some("content/skills/x.md"));
        assert_eq!(at("/img/x.png").as_deref(), Some("content/img/x.png"));
        assert_eq!(at("../../README.md").as_deref(), Some("README.md"));
        assert_eq!(at("../../../etc/passwd"), None);
    }

    #[test]
    fn a_path_can_be_written_relative() {
        assert_eq!(relative("content/steps", "content/skills/x.md"), "../skills/x.md");
        assert_eq!(relative("content", "content/x.md"), "x.md");
    }

    #[test]
    fn percent_escapes_go_both_ways() {
        assert_eq!(percent_decode("a%20b%C3%BC%zz"), "a bü%zz");
        assert_eq!(percent_decode("%ff"), "%ff");
        assert_eq!(percent_encode("a bü.png"), "a%20b%C3%BC.png");
    }
}
