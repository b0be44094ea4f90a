//! Content from strangers: whatever it is, it gets findings or a correct page, within 2 s
//! and 256 MB, and never a panic.

#![allow(clippy::unwrap_used, reason = "a test may end at once")]
#![expect(clippy::disallowed_methods, reason = "this test makes hostile files")]

#[allow(dead_code, reason = "each test uses its part of it")]
mod common;
#[cfg(unix)]
#[path = "hostile/files.rs"]
mod files;
#[path = "hostile/html.rs"]
mod html;
#[path = "hostile/markdown.rs"]
mod markdown;
#[path = "hostile/random.rs"]
mod random;
#[path = "hostile/scan.rs"]
mod scan;
#[path = "hostile/templates.rs"]
mod templates;
#[path = "hostile/yaml.rs"]
mod yaml;

/// A debug build is some eight times slower: it gets an eighth, so that the tests end
/// soon. `cargo test --release --test hostile` takes the full sizes.
const SHARE: usize = if cfg!(debug_assertions) { 16 } else { 1 };

/// The longest Markdown file that is read.
const MARKDOWN: usize = (2 << 20) / SHARE;

/// A page with this front matter and body.
fn page(fields: &str, body: &str) -> String {
    format!("---\ntitle: A page\nsummary: A page.\n{fields}---\n\n{body}\n")
}

/// `part` again and again, up to the size of the longest file.
fn flood(part: &str) -> String {
    part.repeat((MARKDOWN - 100) / part.len())
}

/// Parts that count, up to the size of the longest file.
fn series(part: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for number in 0.. {
        let next = part(number);
        if text.len() + next.len() > MARKDOWN - 100 {
            break;
        }
        text.push_str(&next);
    }
    text
}
