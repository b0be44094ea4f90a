//! The floor under any generator: walk, read, split, parse Markdown, render, write. No
//! links, no templates, no checks. `floor CONTENT OUT`.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use std::path::PathBuf;

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;

fn main() {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (content, out) = (arguments.next().unwrap(), arguments.next().unwrap());
    let extensions = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let files: Vec<_> = walkdir::WalkDir::new(&content)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.path().extension().is_some_and(|end| end == "md"))
        .collect();
    let place = |entry: &walkdir::DirEntry| {
        out.join(entry.path().strip_prefix(&content).unwrap()).with_extension("html")
    };
    for entry in &files {
        std::fs::create_dir_all(place(entry).parent().unwrap()).unwrap();
    }
    files.par_iter().for_each(|entry| {
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let body = text.splitn(3, "---\n").nth(2).unwrap();
        let mut page = String::with_capacity(body.len() * 2);
        html::push_html(&mut page, Parser::new_ext(body, extensions));
        std::fs::write(place(entry), page).unwrap();
    });
}
