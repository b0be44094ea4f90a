//! Whatever is edited, in whatever order: what is served at rest is what a clean build
//! writes, and so are the findings.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use pmjump::diagnostic::{Checked, Findings};
use pmjump::record::Date;
use pmjump::serve::{Body, Desk, Editor, Options, Request, Turn, answer, live};
use pmjump::site::{File, Site};
use pmjump::source::Project as Place;
use pmjump::theme::Theme;
use proptest::prelude::{Strategy, any, prop_oneof};

use crate::built;
use crate::common::Project;
use crate::{body, holds, title};

/// The bytes of a site by address.
type Bytes = BTreeMap<String, Vec<u8>>;

/// Something that an author does. Numbers choose among the files that are there.
#[derive(Debug, Clone)]
enum Edit {
    Page { name: String, title: String, text: String },
    Append(usize, String),
    Empty(usize),
    Delete(usize),
    Rename(usize, usize),
    Case(usize),
    Folder(&'static str, &'static str),
    Settings(&'static str),
    Theme(&'static str, &'static str),
    Asset(usize, u8),
    Restore,
}

const NAMES: &[&str] = &[
    "content/renamed.md",
    "content/steps/renamed.md",
    "content/skills/deeper/renamed.md",
    "content/img/renamed.png",
    "content/_left-alone.md",
];

const SETTINGS: &[&str] = &[
    "title: A site\ntheme: bare\n",
    "title: Another\ntheme: bare\nurl: https://a.example/r\nrepository: https://b.c\n",
    "title: Default\ntheme: default\nchecks: { orphan: off }\n",
    "title: Warned\ntheme: bare\nchecks: { orphan: error }\n",
    "titel: [\n",
];

const THEMES: &[(&str, &str)] = &[
    ("templates/page.html", "{% extends \"base.html\" %}"),
    ("templates/page.html", "<p>{{ page.title }}{{ fields.body }}</p>"),
    ("templates/page.html", "<p>{{ page.title / 3 }}</p>"),
    ("templates/tool.html", "{% if %}"),
    ("styles/more.css", "p { color: red; }"),
    ("styles/more.css", "p { color: blue; }"),
    ("strings/en.yaml", "home: House\n"),
];

fn edit() -> impl Strategy<Value = Edit> {
    use proptest::sample::select;
    let folders = vec![("skills", "talents"), ("talents", "skills"), ("tools", "img/t")];
    prop_oneof![
        4 => ("[a-c]", title(), body())
            .prop_map(|(name, title, text)| Edit::Page { name, title, text }),
        4 => (any::<usize>(), body()).prop_map(|(file, text)| Edit::Append(file, text)),
        1 => any::<usize>().prop_map(Edit::Empty),
        2 => any::<usize>().prop_map(Edit::Delete),
        2 => (any::<usize>(), 0..NAMES.len()).prop_map(|(a, b)| Edit::Rename(a, b)),
        1 => any::<usize>().prop_map(Edit::Case),
        1 => select(folders).prop_map(|(from, to)| Edit::Folder(from, to)),
        2 => select(SETTINGS).prop_map(Edit::Settings),
        2 => select(THEMES).prop_map(|(name, text)| Edit::Theme(name, text)),
        1 => (any::<usize>(), any::<u8>()).prop_map(|(a, b)| Edit::Asset(a, b)),
        2 => proptest::strategy::Just(Edit::Restore),
    ]
}

fn do_edit(project: &Project, edit: &Edit) {
    let root = &project.root;
    let files: Vec<String> =
        crate::common::tree(&root.join("content")).into_keys().collect();
    let file = |number: usize| {
        files.get(number % files.len().max(1)).map(|path| root.join("content").join(path))
    };
    // Without its settings a folder is no project.
    let free = |number: usize| file(number).filter(|path| !path.ends_with("site.yaml"));
    let moved = |from: &Path, to: &Path| {
        let _ = to.parent().map(fs::create_dir_all);
        let _ = fs::rename(from, to);
    };
    match edit {
        Edit::Page { name, title, text } => {
            let text = format!("---\ntitle: {title}\nsummary: {title}.\n---\n\n{text}\n");
            project.write(&format!("content/{name}.md"), text);
        }
        Edit::Append(number, text) => file(*number).into_iter().for_each(|path| {
            let old = fs::read(&path).unwrap_or_default();
            let _ = fs::write(&path, [old.as_slice(), b"\n", text.as_bytes()].concat());
        }),
        Edit::Empty(number) => file(*number).into_iter().for_each(|path| {
            let _ = fs::write(path, "");
        }),
        Edit::Delete(number) => free(*number).into_iter().for_each(|path| {
            let _ = fs::remove_file(path);
        }),
        Edit::Rename(from, to) => {
            free(*from).iter().for_each(|path| moved(path, &root.join(NAMES[*to])));
        }
        Edit::Case(number) => free(*number).iter().for_each(|path| {
            let name = path.file_name().map(|name| name.to_string_lossy());
            let name = name.unwrap_or_default().to_uppercase();
            moved(path, &path.with_file_name(name));
        }),
        Edit::Folder(from, to) => {
            moved(&root.join("content").join(from), &root.join("content").join(to));
        }
        Edit::Settings(text) => project.write("content/site.yaml", text),
        Edit::Theme(name, text) => project.write(&format!("themes/bare/{name}"), text),
        Edit::Asset(number, byte) => {
            project.write(&format!("content/img/{}.png", number % 3), [*byte, 1, 2]);
        }
        Edit::Restore => restore(project),
    }
}

/// Puts the project back as it was, so that not all cases end in errors.
fn restore(project: &Project) {
    let _ = fs::remove_dir_all(project.root.join("content"));
    let _ = fs::remove_dir_all(project.root.join("themes/bare"));
    let fresh = Project::full();
    for (path, bytes) in crate::common::tree(&fresh.root) {
        project.write(&path, bytes);
    }
}

fn options(project: &Project) -> Options {
    let root = project.root.clone();
    let today = || Date::at(built::TODAY).ok_or_else(String::new);
    let project = Place { root };
    Options { project, drafts: false, editor: Editor::default(), today }
}

/// Looks until all is at rest.
fn rest(desk: &mut Desk) {
    while matches!(desk.look(true), Turn::News(_) | Turn::Unsure) {}
    sweep(desk);
}

fn sweep(desk: &mut Desk) {
    if let Some(sweep) = desk.sweep() {
        let found = sweep.run(&Default::default()).expect("nobody stops it");
        desk.swept(&sweep, found, true);
    }
}

/// What the server sends for an address, without our script.
fn served(desk: &Desk, address: &str) -> Vec<u8> {
    let response = answer(&desk.board(), &desk.options(), &Request::get(address));
    match response.body {
        Body::File(place, _) => fs::read(place).unwrap_or_default(),
        Body::Bytes(bytes) => without_script(bytes),
        Body::Events => Vec::new(),
    }
}

fn without_script(bytes: Vec<u8>) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(&bytes) else { return bytes };
    let tag = live::tag(0);
    let (start, end) = tag.split_once(&"0".repeat(16)).expect("the tag has the hash");
    let Some(from) = text.find(start) else { return bytes };
    let to = from + start.len() + 16 + end.len();
    [&text[..from], &text[to..]].concat().into_bytes()
}

/// A build of the project from nothing, with what `pmjump check` finds: pages are made
/// if nothing else is wrong.
fn clean(root: &Path) -> Checked<Site> {
    let place = pmjump::source::discover(root).expect("it has a site.yaml");
    let is_entry = |path: &str| pmjump::kind::owner(path).is_some();
    let today = Date::at(built::TODAY).expect("it is a day");
    let loaded = pmjump::source::load(&place, today, &is_entry).expect("it can be read");
    let mut findings = Findings::new();
    let (sources, theme) = findings.take(loaded);
    let theme = findings.take(Theme::new(&sources.settings, theme));
    let site = findings.take(pmjump::compile(&sources, theme, &Default::default()));
    let levels = &sources.settings.levels;
    let mut findings = findings.settled(levels);
    if !findings.has_errors() {
        let made = site.paths().filter_map(|path| site.render(path));
        findings.extend(made.flat_map(|made| made.findings));
    }
    Checked { findings: findings.settled(levels), value: site }
}

fn written(site: &Site) -> Bytes {
    let bytes = |address: &str| match site.render(address)?.value {
        File::Bytes(bytes) => Some(bytes.into_owned()),
        File::Copy(place) => fs::read(place).ok(),
    };
    site.paths().filter_map(|path| Some((path.to_owned(), bytes(path)?))).collect()
}

/// Codes and files, errors first, as the panel shows them.
fn shown(findings: &Findings) -> Vec<(String, String)> {
    let mut all: Vec<_> = findings.iter().collect();
    all.sort_by_key(|finding| finding.severity);
    let shown = all.into_iter().take(100);
    shown
        .map(|finding| (finding.code.name().to_owned(), finding.message.clone()))
        .collect()
}

fn in_panel(desk: &Desk) -> Vec<(String, String)> {
    let panel = desk.board().newest().panel.clone();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("").to_owned();
    let shown = panel["shown"].as_array().cloned().unwrap_or_default();
    shown.iter().map(|one| (text(&one["code"]), text(&one["message"]))).collect()
}

/// Compares what is served with a clean build; `last` is what a build wrote last.
fn compare(desk: &Desk, project: &Project, last: &mut Option<Bytes>) {
    let Checked { value: site, findings } = clean(&project.root);
    assert_eq!(in_panel(desk), shown(&findings));
    if !findings.has_errors() {
        let clean = written(&site);
        let addresses: Vec<&str> = clean.keys().map(String::as_str).collect();
        let newest = desk.board().newest();
        assert_eq!(newest.site.paths().collect::<Vec<_>>(), addresses);
        *last = Some(clean);
    }
    for (address, bytes) in last.iter().flatten().filter(|_| !findings.has_errors()) {
        let own = served(desk, address);
        let text = String::from_utf8_lossy;
        assert!(own == *bytes, "{address}\n{}\n{}", text(&own), text(bytes));
    }
}

#[test]
fn what_is_served_at_rest_is_what_a_clean_build_writes() {
    let turns = proptest::collection::vec(proptest::collection::vec(edit(), 1..4), 1..8);
    holds(40, turns, |turns| {
        let project = Project::full();
        let (mut desk, _) = Desk::open(options(&project), 1).expect("it can be read");
        let mut last = None;
        rest(&mut desk);
        compare(&desk, &project, &mut last);
        for edits in turns {
            edits.iter().for_each(|edit| do_edit(&project, edit));
            rest(&mut desk);
            compare(&desk, &project, &mut last);
        }
    });
}

#[test]
fn a_glance_at_what_was_edited_shows_what_a_look_at_all_would() {
    let edits = proptest::collection::vec((any::<usize>(), body()), 1..8);
    holds(16, edits, |edits| {
        let project = Project::full();
        let (mut desk, _) = Desk::open(options(&project), 1).expect("it can be read");
        let mut last = None;
        for (number, text) in edits {
            let files = crate::common::tree(&project.root.join("content"));
            let path = files.keys().nth(number % files.len()).expect("there are some");
            let place = project.root.join("content").join(path);
            let old = fs::read(&place).expect("it is there");
            fs::write(&place, [old.as_slice(), b"\n", text.as_bytes()].concat())
                .expect("it can be written");
            match desk.glance(&[place]) {
                Some(_) => sweep(&mut desk),
                None => rest(&mut desk),
            }
            compare(&desk, &project, &mut last);
        }
    });
}

#[test]
fn while_there_are_errors_the_last_good_site_stays() {
    let project = Project::full();
    let (mut desk, _) = Desk::open(options(&project), 1).expect("it can be read");
    rest(&mut desk);
    let good = served(&desk, "tools/rice.html");
    project.write("content/tools/rice.md", "---\ntitle: [\n---\n");
    project.write("content/about.md", "---\ntitle: About\nsummary: New.\n---\n");
    rest(&mut desk);
    assert_eq!(served(&desk, "tools/rice.html"), good);
    assert!(!in_panel(&desk).is_empty());
    restore(&project);
    rest(&mut desk);
    assert_eq!(in_panel(&desk), []);
}
