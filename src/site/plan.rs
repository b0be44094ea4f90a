//! Which address is made from what.

use std::collections::{BTreeMap, HashMap};

use super::Output;
use crate::catalog::{Catalog, EntryId, Files};
use crate::diagnostic::{Checked, Code, Diagnostic, FilePath, Findings, Span};
use crate::kind::KINDS;
use crate::render::{Page, Subject};
use crate::theme::{self, Theme};

/// A wish for an address, and where it comes from.
struct Wish {
    address: String,
    output: Output,
    file: FilePath,
    span: Span,
}

/// Gives each file its address.
pub(super) fn plan(
    catalog: &Catalog,
    theme: &Theme,
) -> Checked<BTreeMap<String, Output>> {
    let mut wishes = entries(catalog);
    wishes.extend(fixed(catalog));
    wishes.extend(assets(catalog));
    wishes.extend(theme.files.keys().map(|address| {
        let inside = address.trim_start_matches(theme::FOLDER);
        let file = format!("themes/{}{inside}", catalog.settings.theme.0);
        wish(address.clone(), Output::Theme, &file.into())
    }));
    // The later one by file and place is the one that gives way.
    wishes.sort_by(|a, b| (&a.file, a.span).cmp(&(&b.file, b.span)));
    let findings = collisions(&wishes);
    // Of two with the same address the last one collected is kept.
    let plan = wishes.into_iter().rev().map(|wish| (wish.address, wish.output));
    Checked { value: plan.collect(), findings }
}

fn wish(address: String, output: Output, file: &FilePath) -> Wish {
    Wish { address, output, file: file.clone(), span: Span::FILE }
}

/// The pages of entries and of their former ids. What clashes by id was reported as that,
/// so only the first of each name is planned.
fn entries(catalog: &Catalog) -> Vec<Wish> {
    let mut taken = HashMap::new();
    let mut wishes = Vec::with_capacity(catalog.entries.len());
    for (id, entry) in (0..).map(EntryId).zip(&catalog.entries) {
        if !entry.is_publishable() || !entry.kind.has_pages() {
            continue;
        }
        let aliases =
            entry.common.aliases.iter().map(|alias| (&alias.text, alias.span, true));
        for (name, span, is_alias) in
            std::iter::once((&entry.id, entry.place.span, false)).chain(aliases)
        {
            if taken.insert((entry.kind.name, name), ()).is_some() {
                continue;
            }
            let address = match entry.kind.plural {
                "" => format!("{name}.html"),
                plural => format!("{plural}/{name}.html"),
            };
            let (template, subject) = match is_alias {
                true => ("redirect", Subject::Alias(id)),
                false => (template(catalog, id), Subject::Entry(id)),
            };
            let output =
                Output::Page(Page { address: address.clone(), template, subject });
            wishes.push(Wish { address, output, file: entry.place.file.clone(), span });
        }
    }
    wishes
}

fn template(catalog: &Catalog, id: EntryId) -> &'static str {
    let entry = catalog.entry(id);
    match (&*entry.id, entry.kind.plural) {
        ("index", "") => "index",
        _ => entry.kind.name,
    }
}

/// Pages that a site has whatever is in it.
fn fixed(catalog: &Catalog) -> Vec<Wish> {
    let site = |address: &str, template: &'static str, subject| {
        let address = address.to_owned();
        let output = Output::Page(Page { address: address.clone(), template, subject });
        wish(address, output, &"".into())
    };
    let mut wishes = vec![
        site("404.html", "404", Subject::Site),
        site("search.html", "search", Subject::Site),
        wish(".nojekyll".into(), Output::Empty, &"".into()),
    ];
    if catalog.of_kind("page").all(|(_, page)| &*page.id != "index") {
        wishes.push(site("index.html", "index", Subject::Site));
    }
    for kind in KINDS.iter().filter(|kind| catalog.of_kind(kind.name).next().is_some()) {
        match (kind.files, kind.plural) {
            (Files::List(_), _) => {
                wishes.push(site("glossary.html", "glossary", Subject::List(kind)));
            }
            (_, "") => {}
            (_, plural) => {
                let address = format!("{plural}/index.html");
                wishes.push(site(&address, "list", Subject::List(kind)));
            }
        }
    }
    wishes
}

fn assets(catalog: &Catalog) -> impl Iterator<Item = Wish> {
    catalog.assets.iter().map(|(path, place)| {
        let address = path.strip_prefix("content/").unwrap_or(path).to_owned();
        wish(address, Output::Asset(place.clone()), path)
    })
}

/// Two things that want one address, also where only case differs, and a file that wants
/// the name of a folder.
fn collisions(wishes: &[Wish]) -> Findings {
    let mut taken: HashMap<String, &Wish> = HashMap::with_capacity(wishes.len());
    let mut folders: HashMap<String, &Wish> = HashMap::new();
    let mut findings = Findings::new();
    for wish in wishes {
        let address = wish.address.to_lowercase();
        let mut parents = address.match_indices('/').map(|(at, _)| &address[..at]);
        let clash = taken.get(&address).or_else(|| folders.get(&address));
        let clash = clash.or_else(|| parents.find_map(|folder| taken.get(folder)));
        if let Some(first) = clash {
            findings.push(collision(wish, first));
            continue;
        }
        for (at, _) in address.match_indices('/') {
            if !folders.contains_key(&address[..at]) {
                folders.insert(address[..at].to_owned(), wish);
            }
        }
        taken.insert(address, wish);
    }
    findings
}

fn collision(wish: &Wish, first: &Wish) -> Diagnostic {
    let message = format!("the address `{}` is taken", wish.address);
    let finding = Diagnostic::new(Code::OutputCollision, &wish.file, wish.span, message);
    match first.file.is_empty() {
        true => finding.help("the site has a page of its own there: rename the file"),
        false => finding
            .also(&first.file, first.span, format!("by `{}`", first.address))
            .help("rename one of them"),
    }
}
