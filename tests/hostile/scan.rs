//! Reads built pages as a browser's tokenizer does, and tells what in them could run.

/// Elements that no page may have in its body.
const FORBIDDEN: &[&str] = &[
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "applet",
    "svg",
    "math",
    "base",
    "meta",
    "link",
    "form",
    "button",
    "textarea",
    "select",
    "option",
    "template",
    "noscript",
    "video",
    "audio",
    "source",
    "track",
    "frame",
    "frameset",
    "noembed",
    "noframes",
    "xmp",
    "portal",
    "plaintext",
    "body",
    "html",
    "head",
    "title",
    "marquee",
    "isindex",
    "image",
    "keygen",
];

/// Attributes whose value is an address.
const ADDRESSES: &[&str] = &[
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "poster",
    "background",
    "cite",
    "longdesc",
    "srcset",
    "ping",
    "xlink:href",
    "manifest",
    "codebase",
    "classid",
    "profile",
    "usemap",
];

const SCHEMES: &[&str] = &["http", "https", "mailto", "tel", "xmpp", "irc", "ircs"];

/// What in the body of a page must not be there.
pub(crate) fn faults(html: &str) -> Vec<String> {
    let start = html.find("<body>").map_or(0, |at| at + "<body>".len());
    let end = html.rfind("</body>").unwrap_or(html.len());
    let mut faults = Vec::new();
    let mut rest = &html[start..end];
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let name = rest.strip_prefix('/').unwrap_or(rest);
        let width = name.find(|c: char| c.is_whitespace() || c == '>' || c == '/');
        let name = name[..width.unwrap_or(name.len())].to_ascii_lowercase();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            faults
                .push(format!("markup `<{}`", rest.chars().take(20).collect::<String>()));
            continue;
        }
        if FORBIDDEN.contains(&name.as_str()) {
            faults.push(format!("element `{name}`"));
        }
        let (attributes, width) = attributes(rest);
        for (key, value) in attributes {
            faults.extend(fault(&name, &key, &value));
        }
        rest = &rest[width..];
    }
    faults
}

fn fault(element: &str, key: &str, value: &str) -> Option<String> {
    let bare: String = decoded(value)
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .collect();
    let bare = bare.to_ascii_lowercase();
    let scheme =
        bare.split(['/', '?', '#']).next().and_then(|start| start.split_once(':'));
    let remote =
        bare.starts_with("//") || bare.starts_with("http") || bare.contains('\\');
    let wrong = key.starts_with("on")
        || matches!(
            key,
            "style" | "srcdoc" | "http-equiv" | "formaction" | "ping" | "srcset"
        )
        || !key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        || ADDRESSES.contains(&key)
            && scheme.is_some_and(|(name, _)| !SCHEMES.contains(&name))
        || (element, key) == ("img", "src") && remote
        || (element, key) == ("input", "type") && !matches!(&*bare, "checkbox" | "text");
    wrong.then(|| format!("attribute `{key}={value}` of `{element}`"))
}

/// The attributes of a tag whose text begins behind its `<`, and where the tag ends.
fn attributes(tag: &str) -> (Vec<(String, String)>, usize) {
    let skip = |at: usize, part: &dyn Fn(char) -> bool| {
        tag[at..].find(|c| !part(c)).map_or(tag.len(), |width| at + width)
    };
    let mut found = Vec::new();
    let mut at = skip(0, &|c| !c.is_whitespace() && c != '>');
    loop {
        at = skip(at, &|c| c.is_whitespace() || c == '/');
        if at >= tag.len() || tag[at..].starts_with('>') {
            return (found, at);
        }
        let name_end = skip(at + 1, &|c| !c.is_whitespace() && !"=>/".contains(c));
        let name = tag[at..name_end].to_ascii_lowercase();
        at = skip(name_end, &char::is_whitespace);
        if !tag[at..].starts_with('=') {
            found.push((name, String::new()));
            continue;
        }
        at = skip(at + 1, &char::is_whitespace);
        let quote = tag[at..].chars().next().filter(|c| "\"'".contains(*c));
        let (from, to) = match quote {
            Some(quote) => (at + 1, skip(at + 1, &|c| c != quote)),
            None => (at, skip(at, &|c| !c.is_whitespace() && c != '>')),
        };
        found.push((name, tag[from..to].to_owned()));
        at = (to + usize::from(quote.is_some())).min(tag.len());
    }
}

/// A value with those entities resolved that hide a scheme.
fn decoded(value: &str) -> String {
    let mut text = String::new();
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let (letter, width) = entity(rest).unwrap_or(('&', 1));
        text.push(letter);
        rest = &rest[width..];
    }
    text + rest
}

fn entity(text: &str) -> Option<(char, usize)> {
    let named = [("&colon;", ':'), ("&Tab;", '\t'), ("&NewLine;", '\n'), ("&amp;", '&')];
    if let Some((name, letter)) = named.iter().find(|(name, _)| text.starts_with(name)) {
        return Some((*letter, name.len()));
    }
    let digits = text.strip_prefix("&#")?;
    let (digits, radix, before) = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => (hex, 16, 3),
        None => (digits, 10, 2),
    };
    let width = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let letter = char::from_u32(u32::from_str_radix(&digits[..width], radix).ok()?)?;
    let end = before + width + usize::from(digits[width..].starts_with(';'));
    Some((letter, end))
}

#[test]
fn the_scanner_sees_what_it_should() {
    for html in [
        "<script>",
        "<b onclick=x>",
        "<b x/onclick='x'>",
        "<a href='java&#115cript:x'>",
        "<a href=java&Tab;script&colon;x>",
        "<img src=//a.b>",
        "<!-- x -->",
        "<p title='\"><b' style=x>",
        "<a href=\" \u{1}javascript:x\">",
    ] {
        assert_eq!(faults(html).len(), 1, "{html}");
    }
    let fine =
        "<p title='<script>'>a</p><a href=\"https://a.b/x:y\" id='a'>javascript:</a>";
    assert_eq!(faults(fine), [""; 0]);
}
