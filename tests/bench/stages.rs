//! Where the time of a build goes, stage by stage. `stages PROJECT OUT`.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::PathBuf;
use std::time::Instant;

use pmjump::{catalog, check, kind, record, site, source, theme};

fn main() {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (root, out) = (arguments.next().unwrap(), arguments.next().unwrap());
    let mut last = Instant::now();
    let mut lap = |stage: &str| {
        println!("{stage:8} {:6.0} ms", last.elapsed().as_secs_f64() * 1000.0);
        last = Instant::now();
    };
    let project = source::discover(&root).unwrap();
    let today = record::Date::at(1_800_000_000).unwrap();
    let is_entry = |path: &str| kind::owner(path).is_some();
    let loaded = source::load(&project, today, &is_entry).unwrap();
    let (sources, files) = loaded.value;
    lap("load");
    let parsed = kind::parse(&sources, &Default::default()).value;
    lap("parse");
    let catalog = catalog::link(parsed, &sources, kind::KINDS).value;
    lap("link");
    let _ = check::all(&catalog);
    lap("check");
    let theme = theme::Theme::new(&sources.settings, files).value;
    let site = site::Site::new(catalog, theme).value;
    lap("plan");
    let paths: Vec<_> = site.paths().collect();
    rayon::iter::ParallelIterator::for_each(
        rayon::iter::IntoParallelRefIterator::par_iter(&paths),
        |path| drop(site.render(path)),
    );
    lap("render");
    let progress = site::Progress { begins: &|_| {}, made: &|_, _| {}, waits: &|| {} };
    site::write(&site, &out, None, &progress).unwrap();
    lap("write");
}
