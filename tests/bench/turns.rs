//! Where the time of a turn of the dev loop goes, with one file changed: the best of
//! twenty turns, stage by stage. `turns PROJECT`; a page of the project is appended to.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::time::Instant;

use pmjump::source::{Shelf, discover, load_again};
use pmjump::{catalog, check, kind, record, site, theme};

fn main() {
    let root = PathBuf::from(std::env::args_os().nth(1).unwrap());
    let project = discover(&root).unwrap();
    let today = record::Date::at(1_800_000_000).unwrap();
    let is_entry = |path: &str| kind::owner(path).is_some();
    let (shelf, memo) = (Shelf::default(), kind::Memo::default());
    let mut best: BTreeMap<&str, f64> = BTreeMap::new();
    let mut old = None;
    for _ in 0..20 {
        let place = project.root.join("content/index.md");
        let mut page = std::fs::OpenOptions::new().append(true).open(place).unwrap();
        writeln!(page, "More.").unwrap();
        let mut last = Instant::now();
        let mut lap = |stage| {
            let time = last.elapsed().as_secs_f64() * 1000.0;
            let best = best.entry(stage).or_insert(f64::MAX);
            *best = best.min(time);
            last = Instant::now();
        };
        let loaded = load_again(&project, today, &is_entry, &shelf).unwrap();
        let (sources, files) = loaded.value;
        lap("1 load");
        let parsed = kind::parse(&sources, &memo).value;
        lap("2 parse");
        let catalog = catalog::link(parsed, &sources, kind::KINDS).value;
        lap("3 link");
        let _ = check::all(&catalog);
        lap("4 check");
        let theme = theme::Theme::new(&sources.settings, files).value;
        lap("5 theme");
        let site = site::Site::new(catalog, theme).value;
        lap("6 plan");
        let _ = site.render("index.html").unwrap();
        lap("7 first page");
        let _ = site.render("index.html").unwrap();
        lap("8 next page");
        drop(old.replace((site, sources)));
        lap("9 drop the old");
    }
    for (stage, time) in best {
        println!("{stage:16} {time:7.1} ms");
    }
}
