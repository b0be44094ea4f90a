//! Sources to entries: each file on its own, all files at once.

use std::sync::Arc;

use rayon::prelude::*;

use super::memo::{Kept, Memo};
use super::owner;
use crate::catalog::{Common, Entry, Files, Kind, Origin, Parsed, Place};
use crate::diagnostic::{Checked, Code, Diagnostic, FilePath, Findings, Span};
use crate::record::{Field, Fields, Id, Reader, Record, first_key, id_finding, is_id};
use crate::source::{Source, Sources};
use crate::syntax::markdown::{self, Body, Sink};
use crate::syntax::yaml::{self, Document, Extent, Node, Value};
use crate::syntax::{Region, front_matter};

/// Reads every file that holds entries, or takes from `memo` what was read of the same
/// text before. Drafts are left out, with what is wrong in them, unless the settings want
/// them.
pub fn parse(sources: &Sources, memo: &Memo) -> Checked<Parsed> {
    let drafts = sources.settings.drafts;
    let before = memo.take();
    let files: Vec<_> = sources.files.iter().collect();
    let read = files.into_par_iter().filter_map(|(path, source)| {
        let kind = owner(path)?;
        let kept = before.get(path).filter(|kept| kept.is_of(source, drafts)).cloned();
        Some((
            path.clone(),
            kept.unwrap_or_else(|| {
                let reader = FileReader { kind, path, drafts, findings: Findings::new() };
                Kept::new(source, drafts, reader.read(source)).into()
            }),
        ))
    });
    let read: Vec<(FilePath, Arc<Kept>)> = read.collect();
    let mut all = Parsed::default();
    all.entries.reserve(read.len());
    let mut findings = Findings::new();
    for (_, file) in &read {
        let Checked { value, findings: found } = &file.parsed;
        all.entries.extend(value.entries.iter().cloned());
        all.incomplete.extend(&value.incomplete);
        findings.extend(found.iter().cloned());
    }
    memo.put(read);
    Checked { value: all, findings }
}

/// The most findings in the entries of a file, after which it is not read on.
const MOST_FINDINGS: usize = 10_000;

/// A file that is being read.
struct FileReader<'s> {
    kind: &'static Kind,
    path: &'s FilePath,
    drafts: bool,
    findings: Findings,
}

/// What identifies an entry while its fields are read.
struct Identity {
    id: Box<str>,
    span: Span,
    parent: Option<(&'static str, Box<str>)>,
}

/// A map of fields that was read.
type Read = (Common, Option<Box<dyn Record>>, Vec<crate::syntax::link::Link>);

impl<'s> FileReader<'s> {
    fn read(mut self, source: &Source) -> Checked<Parsed> {
        let value = match source {
            Source::Text(text) => self.text(text),
            Source::Unreadable => self.unread(),
            Source::Asset(_) => Parsed::default(),
        };
        Checked { value, findings: self.findings }
    }

    fn text(&mut self, text: &str) -> Parsed {
        match self.kind.files {
            Files::Markdown(_) | Files::TopMarkdown => self.markdown(text),
            Files::Yaml(_) => self.yaml(text),
            Files::List(_) => self.list(text),
            Files::Inside { .. } => Parsed::default(),
        }
    }

    /// The id that a file's name gives.
    fn identity(&mut self) -> Identity {
        let name = self.path.rsplit('/').next().unwrap_or("");
        let id = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        if !is_id(id) && !is_home(self.kind, id) {
            self.findings.push(id_finding(id, self.path, Span::FILE).help(
                "rename the file: an id is lower-case letters, digits and single hyphens",
            ));
        }
        Identity { id: id.into(), span: Span::FILE, parent: None }
    }

    /// An entry of which only the name is known, so that links to it are not reported
    /// too.
    fn unread(&mut self) -> Parsed {
        let incomplete = super::inside(self.kind)
            .map(|(kind, _)| kind.name)
            .chain(self.list_kind())
            .collect();
        let mut entries = Vec::new();
        if !matches!(self.kind.files, Files::List(_)) {
            let identity = self.identity();
            let read = (Common::default(), None, Vec::new());
            let entry = self.entry(identity, read, (Body::default(), Origin::Partial));
            entries.push(entry.into());
        }
        Parsed { entries, incomplete }
    }

    fn list_kind(&self) -> Option<&'static str> {
        matches!(self.kind.files, Files::List(_)).then_some(self.kind.name)
    }

    fn markdown(&mut self, text: &str) -> Parsed {
        let identity = self.identity();
        let split = front_matter::split(text, self.path, &mut self.findings);
        let before = std::mem::take(&mut self.findings);
        let (common, fields, links) = self.front_matter(text, split.yaml.as_ref());
        let origin = if split.body.is_some() { Origin::Whole } else { Origin::Partial };
        let (body, links) = self.body(split.body.as_ref(), links);
        let entry = self.entry(identity, (common, fields, links), (body, origin));
        self.keep(before, entry)
    }

    /// Keeps an entry and what was found in it, unless it is a draft that is left out.
    fn keep(&mut self, before: Findings, entry: Entry) -> Parsed {
        let found = std::mem::replace(&mut self.findings, before);
        if entry.common.draft && !self.drafts {
            return Parsed::default();
        }
        self.findings.extend(found);
        Parsed { entries: vec![entry.into()], incomplete: Vec::new() }
    }

    fn front_matter(&mut self, text: &str, yaml: Option<&Region<'_>>) -> Read {
        let Some(region) = yaml else { return (Common::default(), None, Vec::new()) };
        let range = region.span(0..region.text.len()).range();
        let document = yaml::parse(text, range.clone(), self.path, &mut self.findings);
        match &document.root {
            Some(root) if Fields::of(root).is_some() => self.fields(text, root),
            Some(root) => {
                self.no_map(root.span);
                (Common::default(), None, Vec::new())
            }
            None if document.extent == Extent::Whole => {
                let empty = Value::Map(Vec::new(), Extent::Whole);
                self.fields(text, &Node { span: Span::FILE, value: empty })
            }
            None => (Common::default(), None, Vec::new()),
        }
    }

    fn no_map(&mut self, span: Span) {
        let message = "the front matter is no map of fields";
        let code = crate::diagnostic::Code::BadFrontMatter;
        let finding = crate::diagnostic::Diagnostic::new(code, self.path, span, message);
        self.findings.push(finding.help("write it as lines of `field: value`"));
    }

    /// Reads the fields of a file's own map.
    fn fields(&mut self, text: &str, root: &Node<'_>) -> Read {
        let kind = self.kind;
        let Some(mut fields) = Fields::of(root) else {
            return (Common::default(), None, Vec::new());
        };
        let mut reader = self.reader(text);
        let (common, own) = (kind.read)(&mut fields, &mut reader);
        fields.close(&mut reader);
        (common, own, reader.links)
    }

    fn reader<'r>(&'r mut self, source: &'r str) -> Reader<'r> {
        let (file, findings) = (self.path, &mut self.findings);
        let missing_at = Span::FILE;
        Reader { source, file, findings, links: Vec::new(), field: "", missing_at }
    }

    fn body(
        &mut self,
        region: Option<&Region<'_>>,
        mut links: Vec<crate::syntax::link::Link>,
    ) -> (Body, Vec<crate::syntax::link::Link>) {
        let Some(region) = region else { return (Body::default(), links) };
        let (file, findings) = (self.path, &mut self.findings);
        let sink = Sink { file, links: &mut links, findings };
        (markdown::parse(region, self.kind.style, sink), links)
    }

    fn entry(
        &self,
        identity: Identity,
        read: Read,
        (body, origin): (Body, Origin),
    ) -> Entry {
        let (common, fields, links) = read;
        let Identity { id, span, parent } = identity;
        let place = Place { file: self.path.clone(), span };
        let kind = self.kind;
        let named = is_id(&id) || is_home(kind, &id);
        Entry { kind, id, named, common, place, origin, parent, fields, body, links }
    }

    /// A file that is one entry and holds others in a field.
    fn yaml(&mut self, text: &str) -> Parsed {
        let identity = self.identity();
        let document = yaml::parse(text, 0..text.len(), self.path, &mut self.findings);
        let mut parsed = Parsed::default();
        if document.extent == Extent::Cut {
            parsed.incomplete.extend(super::inside(self.kind).map(|(kind, _)| kind.name));
        }
        let origin =
            if document.extent == Extent::Cut { Origin::Partial } else { Origin::Whole };
        let id = identity.id.clone();
        let empty =
            Node { span: Span::FILE, value: Value::Map(Vec::new(), document.extent) };
        let root = document.root.as_ref().unwrap_or(&empty);
        let (read, children) = self.with_children(text, root, &id);
        let own = self.entry(identity, read, (Body::default(), origin));
        parsed.entries.push(own.into());
        parsed.entries.extend(children);
        parsed
    }

    fn with_children(
        &mut self,
        text: &str,
        root: &Node<'_>,
        id: &str,
    ) -> (Read, Vec<Arc<Entry>>) {
        let kind = self.kind;
        let Some(mut fields) = Fields::of(root) else {
            self.reader(text).unfit(root, "a map of fields");
            return ((Common::default(), None, Vec::new()), Vec::new());
        };
        let mut reader = self.reader(text);
        let (common, own) = (kind.read)(&mut fields, &mut reader);
        let links = std::mem::take(&mut reader.links);
        let mut lists = Vec::new();
        for (child, field) in super::inside(kind) {
            lists.push((child, child_list(&mut fields, field)));
        }
        fields.close(&mut reader);
        let mut children = Vec::new();
        for (child, node) in lists {
            let parent = Some((kind.name, Box::from(id)));
            children.extend(node.map(|node| self.items(text, node, (child, &parent))));
        }
        ((common, own, links), children.into_iter().flatten().collect())
    }

    /// A file that is a list of entries.
    fn list(&mut self, text: &str) -> Parsed {
        let Document { root, extent } =
            yaml::parse(text, 0..text.len(), self.path, &mut self.findings);
        let incomplete = (extent == Extent::Cut).then_some(self.kind.name);
        let entries = match &root {
            Some(root) => self.items(text, root, (self.kind, &None)),
            None => Vec::new(),
        };
        Parsed { entries, incomplete: incomplete.into_iter().collect() }
    }

    /// The entries of a list, each with its own findings.
    fn items(
        &mut self,
        text: &str,
        node: &Node<'_>,
        (kind, parent): (&'static Kind, &Option<(&'static str, Box<str>)>),
    ) -> Vec<Arc<Entry>> {
        let Value::List(items, _) = &node.value else {
            self.reader(text).unfit(node, "a list of entries");
            return Vec::new();
        };
        let mut entries = Vec::with_capacity(items.len());
        for item in items {
            let path = self.path;
            let mut file =
                FileReader { kind, path, drafts: self.drafts, findings: Findings::new() };
            if let Some(entry) = file.item(text, item, parent.clone()) {
                entries.extend(file.keep(Findings::new(), entry).entries);
            }
            self.findings.extend(file.findings);
            if self.findings.iter().len() > MOST_FINDINGS {
                self.too_many_findings();
                break;
            }
        }
        entries
    }

    fn too_many_findings(&mut self) {
        let message = format!("more than {MOST_FINDINGS} findings in a file");
        let finding = Diagnostic::new(Code::BadYaml, self.path, Span::FILE, message);
        self.findings.push(finding.help("split it into several files"));
    }

    fn item(
        &mut self,
        text: &str,
        node: &Node<'_>,
        parent: Option<(&'static str, Box<str>)>,
    ) -> Option<Entry> {
        let kind = self.kind;
        let Some(mut fields) = Fields::of(node) else {
            self.reader(text).unfit(node, "a map of fields");
            return None;
        };
        let mut reader = self.reader(text);
        reader.missing_at = first_key(node).unwrap_or(Span::FILE);
        let written = fields.get("id");
        let span = written.map(|node| node.span);
        let id = fields.required::<Id>("id", &mut reader);
        let (common, own) = (kind.read)(&mut fields, &mut reader);
        fields.close(&mut reader);
        let links = reader.links;
        // A name that is no id is kept too, so that links to it are not reported as well.
        let id = id.map(|id| id.text).or_else(|| written.and_then(as_written))?;
        let identity = Identity { id, span: span.unwrap_or(node.span), parent };
        let origin = (Body::default(), Origin::Whole);
        Some(self.entry(identity, (common, own, links), origin))
    }
}

/// The home page is called `index`, which no other entry may be.
fn is_home(kind: &Kind, id: &str) -> bool {
    id == "index" && kind.files == Files::TopMarkdown
}

fn child_list<'n, 's>(
    fields: &mut Fields<'n, 's>,
    field: &'static str,
) -> Option<&'n Node<'s>> {
    let node = fields.get(field).filter(|node| !<bool as Field>::is_empty(node));
    if node.is_none() {
        fields.missing(field);
    }
    node
}

fn as_written(node: &Node<'_>) -> Option<Box<str>> {
    match &node.value {
        Value::Text(text) => Some(text.as_ref().into()),
        _ => None,
    }
}
