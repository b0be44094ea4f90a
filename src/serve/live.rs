//! What is added to a page while it is edited: one script, and the leave to run it.
//!
//! In: the bytes of a page as a build writes them. Out: the bytes that are sent. Keeps
//! true: but for one tag and the page's own policy nothing changes; other files are sent
//! as they are.

use xxhash_rust::xxh3::xxh3_64;

/// The folder of our own addresses; a content folder of such a name is left alone.
pub const FOLDER: &str = ".pmjump/";

/// Our own files by their names in that folder.
pub(super) const SCRIPTS: &[(&str, &str)] = &[
    ("live.js", include_str!("live/live.js")),
    ("patch.js", include_str!("live/patch.js")),
    ("panel.js", include_str!("live/panel.js")),
    ("eye.js", include_str!("live/eye.js")),
    ("stream.js", include_str!("live/stream.js")),
    ("worker.js", include_str!("live/worker.js")),
    ("idiomorph.esm.js", include_str!("live/vendor/idiomorph.esm.js")),
];

/// What our script needs: to run, to hear of changes, also through a worker.
const NEEDED: &[&str] = &["script-src", "connect-src", "worker-src"];
const SELF: &str = "'self'";

/// The tag that is added to a page whose own bytes have this hash.
pub fn tag(hash: u64) -> String {
    format!(
        "<script type=\"module\" src=\"/{FOLDER}live.js\" data-page=\"{hash:016x}\"></script>"
    )
}

/// A page with our script, and the hash of what a build writes.
pub(super) fn add(page: &[u8]) -> (Vec<u8>, u64) {
    let hash = xxh3_64(page);
    let Ok(text) = std::str::from_utf8(page) else { return (page.to_vec(), hash) };
    let mut text = allow(text);
    let at = text.find("</head>").unwrap_or(text.len());
    text.insert_str(at, &tag(hash));
    (text.into_bytes(), hash)
}

/// The page with a policy that lets our script run.
fn allow(page: &str) -> String {
    let head = page.find("</head>").unwrap_or(page.len());
    let policy = page[..head].find("http-equiv=\"Content-Security-Policy\"");
    let content = policy.and_then(|at| {
        let start = page[..at].rfind('<')?;
        let end = start + page[start..].find('>')?;
        let from = start + page[start..end].find("content=\"")? + "content=\"".len();
        let to = from + page[from..end].find('"')?;
        Some((from, to))
    });
    match content {
        Some((from, to)) => {
            format!("{}{}{}", &page[..from], widened(&page[from..to]), &page[to..])
        }
        None => page.to_owned(),
    }
}

/// A policy under which scripts of the same origin run. One that allows them is returned
/// as it is.
fn widened(policy: &str) -> String {
    NEEDED.iter().fold(policy.to_owned(), |policy, name| with_self(policy, name))
}

fn with_self(policy: String, name: &str) -> String {
    let find = |wanted: &str| {
        policy.split(';').map(str::trim).find_map(|directive| {
            let (own, sources) = directive.split_once(' ').unwrap_or((directive, ""));
            own.eq_ignore_ascii_case(wanted).then_some((directive, sources.trim()))
        })
    };
    let falls_back = if name == "worker-src" { "script-src" } else { "default-src" };
    let own = find(name);
    let Some((directive, sources)) = own.or_else(|| find(falls_back)) else {
        return policy;
    };
    if sources.split(' ').any(|source| source.eq_ignore_ascii_case(SELF)) {
        return policy;
    }
    let others =
        sources.split(' ').filter(|source| !source.eq_ignore_ascii_case("'none'"));
    let others = others.filter(|source| !source.is_empty()).collect::<Vec<_>>().join(" ");
    let allowed = format!("{name} {SELF} {others}").trim().to_owned();
    match own {
        Some(_) => policy.replacen(directive, &allowed, 1),
        None => format!("{policy}; {allowed}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{add, tag, widened};

    #[test]
    fn a_page_gets_one_tag_and_nothing_else() {
        let page =
            "<!DOCTYPE html><html><head><title>A</title></head><body></body></html>";
        let (live, hash) = add(page.as_bytes());
        let live = String::from_utf8(live).unwrap();
        assert_eq!(live.replace(&tag(hash), ""), page);
        assert!(live.contains("</script></head>"), "{live}");
        assert_eq!(add(b"\xff").0, b"\xff");
    }

    #[test]
    fn a_policy_that_allows_us_is_left_alone() {
        for policy in
            ["default-src 'none'; script-src 'self'; connect-src 'self'", "", "img-src x"]
        {
            assert_eq!(widened(policy), policy);
        }
    }

    #[test]
    fn a_stricter_policy_is_widened_to_this_origin() {
        let cases = [
            (
                "default-src 'none'",
                "default-src 'none'; script-src 'self'; connect-src 'self'",
            ),
            (
                "script-src 'none'; connect-src https://a.example",
                "script-src 'self'; connect-src 'self' https://a.example",
            ),
            (
                "default-src 'self'; script-src 'sha256-x'; worker-src 'none'",
                "default-src 'self'; script-src 'self' 'sha256-x'; worker-src 'self'",
            ),
        ];
        for (policy, expected) in cases {
            assert_eq!(widened(policy), expected);
        }
    }

    #[test]
    fn only_the_policy_of_the_page_is_read() {
        let page = "<head><meta content=\"default-src 'none'\" \
                    http-equiv=\"Content-Security-Policy\"></head>default-src 'none'";
        let live = String::from_utf8(add(page.as_bytes()).0).unwrap();
        assert!(
            live.contains("content=\"default-src 'none'; script-src 'self'; "),
            "{live}"
        );
        assert!(live.ends_with("</head>default-src 'none'"), "{live}");
    }
}
