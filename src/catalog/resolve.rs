//! Links to destinations, and what is wrong with them.

use std::sync::Arc;

use super::index::Index;
use super::{Assets, Destination, Entry, EntryId, Files};
use crate::diagnostic::{Checked, Code, Diagnostic, FilePath, Findings};
use crate::source::CONTENT;
use crate::syntax::link::{Anchor, Link, Target};
use crate::syntax::url;

/// Everything that a link can name.
pub(super) struct Scope<'e> {
    pub(super) index: Index<'e>,
    pub(super) entries: &'e [Arc<Entry>],
    pub(super) assets: &'e Assets,
    pub(super) incomplete: Vec<&'static str>,
}

/// A destination, or what is wrong with the link.
type Found = Result<Destination, Miss>;

/// A link that leads nowhere.
struct Miss {
    /// What to say; `None` if it follows from what has been said.
    finding: Option<Box<Diagnostic>>,
    /// The entry that is meant, so that it does not seem to lack the link.
    meant: Option<EntryId>,
}

impl Miss {
    fn new(finding: Diagnostic, meant: Option<EntryId>) -> Self {
        Self { finding: Some(Box::new(finding)), meant }
    }
}

impl Scope<'_> {
    /// The destinations of all links of an entry.
    pub(super) fn resolve(&self, id: EntryId) -> Checked<Vec<Destination>> {
        let entry = &self.entries[id.0 as usize];
        let mut findings = Findings::new();
        let mut value = Vec::with_capacity(entry.links.len());
        for link in &entry.links {
            let found = self.destination((id, entry), link);
            value.push(found.unwrap_or_else(|Miss { finding, meant }| {
                findings.extend(finding.map(|finding| *finding));
                meant.map_or(Destination::Nowhere, Destination::Faulty)
            }));
        }
        Checked { value, findings }
    }

    fn destination(&self, (own, entry): (EntryId, &Entry), link: &Link) -> Found {
        match &link.target {
            Target::Outside(_) => Ok(Destination::Outside),
            Target::Here => self.place(entry, link, own),
            Target::File { path, query } => self.file(entry, link, (path, query)),
            Target::Entry { kind: Some(kind), id } => {
                let target = self.named(entry, link, (kind, id))?;
                self.place(entry, link, target)
            }
            Target::Entry { kind: None, id } => {
                let target = self.bare(entry, link, id)?;
                self.place(entry, link, target)
            }
        }
    }

    fn named(
        &self,
        entry: &Entry,
        link: &Link,
        (kind, id): (&str, &str),
    ) -> Result<EntryId, Miss> {
        if !self.index.is_kind(kind) {
            let message = format!("no kind named `{kind}`");
            let finding = finding(Code::UnknownReference, entry, link, message);
            return Err(Miss::new(finding.did_you_mean(kind, self.index.kinds()), None));
        }
        if let Some(target) = self.index.named(kind, id) {
            return Ok(target);
        }
        if let Some(other) = self.index.bare(id).first() {
            let found = self.entries[other.0 as usize].kind.name;
            let message = format!("`{id}` is a {found}, and a {kind} was expected");
            let finding = finding(Code::WrongKind, entry, link, message);
            return Err(Miss::new(finding, Some(*other)));
        }
        Err(self.unknown(entry, link, (Some(kind), id)))
    }

    fn bare(&self, entry: &Entry, link: &Link, id: &str) -> Result<EntryId, Miss> {
        match self.index.bare(id) {
            [] => Err(self.unknown(entry, link, (None, id))),
            [one] => Ok(*one),
            several => {
                let names = several.iter().map(|target| {
                    format!("`{}:{id}`", self.entries[target.0 as usize].kind.name)
                });
                let names = names.collect::<Vec<_>>().join(" or ");
                let message = format!("`{id}` is the id of {} entries", several.len());
                let finding = finding(Code::AmbiguousReference, entry, link, message);
                Err(Miss::new(finding.help(format!("write {names}")), Some(several[0])))
            }
        }
    }

    /// A name that nothing has; nothing is said if it may be in a part that was not read.
    fn unknown(
        &self,
        entry: &Entry,
        link: &Link,
        (kind, id): (Option<&str>, &str),
    ) -> Miss {
        let unread = |name: &&str| kind.is_none_or(|kind| *name == kind);
        if self.incomplete.iter().any(unread) {
            return Miss { finding: None, meant: None };
        }
        let message = format!("no {} named `{id}`", kind.unwrap_or("entry"));
        let finding = finding(Code::UnknownReference, entry, link, message);
        let near = crate::diagnostic::nearest(id, self.index.ids(kind));
        let meant = near.and_then(|near| match kind {
            Some(kind) => self.index.named(kind, near),
            None => self.index.bare(near).first().copied(),
        });
        Miss::new(finding.did_you_mean(id, near), meant)
    }

    /// A place on the page of `target`.
    fn place(&self, entry: &Entry, link: &Link, target: EntryId) -> Found {
        let page = &self.entries[target.0 as usize];
        let anchor = link.anchor.as_ref();
        if let Some(unknown) = anchor.filter(|anchor| !page.has_anchor(&anchor.id)) {
            let known = page.knows_anchors();
            let finding = known.then(|| Box::new(unknown_anchor(entry, unknown, page)));
            return Err(Miss { finding, meant: Some(target) });
        }
        match page.is_publishable() {
            true => {
                Ok(Destination::Entry(target, anchor.map(|anchor| anchor.id.clone())))
            }
            false => Ok(Destination::Faulty(target)),
        }
    }

    fn file(&self, entry: &Entry, link: &Link, (path, query): (&str, &str)) -> Found {
        let file = &entry.place.file;
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let Some(path) = url::resolve(CONTENT, folder, path) else {
            let message = "the path leads out of the project";
            let finding = finding(Code::OutsideProject, entry, link, message);
            return Err(Miss::new(finding.help("copy the file into `content/`"), None));
        };
        if let Some(target) = self.index.file(&path) {
            return match path.ends_with(".md") {
                true => self.place(entry, link, target),
                false => self.page(link, target),
            };
        }
        if let Some((asset, _)) = self.assets.get_key_value(path.as_str()) {
            return Ok(Destination::Asset(asset.clone(), suffix(query, link).into()));
        }
        match self.list(&path) {
            Some(kind) => Ok(self.listed(link, kind)),
            None => Err(Miss::new(self.no_file(entry, link, (folder, &path)), None)),
        }
    }

    /// The page of an entry whose file is no Markdown, so that a fragment is not checked.
    fn page(&self, link: &Link, target: EntryId) -> Found {
        let anchor = link.anchor.as_ref().map(|anchor| anchor.id.clone());
        match self.entries[target.0 as usize].is_publishable() {
            true => Ok(Destination::Entry(target, anchor)),
            false => Ok(Destination::Faulty(target)),
        }
    }

    /// The kind whose entries are all in this file.
    fn list(&self, path: &str) -> Option<&'static str> {
        let holds = |entry: &&Arc<Entry>| {
            matches!(entry.kind.files, Files::List(_)) && *entry.place.file == *path
        };
        self.entries.iter().find(holds).map(|entry| entry.kind.name)
    }

    /// The entry that a fragment names in such a file, or the page of all of them.
    fn listed(&self, link: &Link, kind: &str) -> Destination {
        let named = |anchor: &Anchor| self.index.named(kind, &anchor.id);
        match link.anchor.as_ref().and_then(named) {
            Some(entry) => Destination::Entry(entry, None),
            None => Destination::Page("glossary.html"),
        }
    }

    fn no_file(
        &self,
        entry: &Entry,
        link: &Link,
        (folder, path): (&str, &str),
    ) -> Diagnostic {
        let message = format!("no file `{path}`");
        let finding = finding(Code::UnknownAsset, entry, link, message);
        let known = self.index.paths().chain(self.assets.keys().map(|path| &**path));
        match crate::diagnostic::nearest(path, known) {
            Some(near) => {
                finding.help(format!("did you mean `{}`?", url::relative(folder, near)))
            }
            None => finding,
        }
    }
}

fn suffix(query: &str, link: &Link) -> String {
    match &link.anchor {
        Some(anchor) => format!("{query}#{}", anchor.id),
        None => query.to_owned(),
    }
}

fn finding(
    code: Code,
    entry: &Entry,
    link: &Link,
    message: impl Into<String>,
) -> Diagnostic {
    Diagnostic::new(code, &entry.place.file, link.span, message).label("referenced here")
}

fn unknown_anchor(entry: &Entry, anchor: &Anchor, page: &Entry) -> Diagnostic {
    let file: &FilePath = &entry.place.file;
    let message = format!("`{}` has no heading or task `{}`", page.id, anchor.id);
    let known = page.anchors();
    Diagnostic::new(Code::UnknownAnchor, file, anchor.span, message)
        .label("referenced here")
        .did_you_mean(&anchor.id, known.iter().map(|anchor| &**anchor))
}
