//! `pmjump new KIND ID`.

use std::fs;
use std::path::{Path, PathBuf};

use super::project::{self, Compiled, Overrides};
use super::{Failure, Outcome, Terminal};
use crate::catalog::{Catalog, Files, Kind};
use crate::diagnostic::Findings;
use crate::kind;
use crate::record::is_id;
use crate::syntax::yaml::{self, Extent, Node, Value};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The kind, `step` or `question`
    #[arg(value_parser = super::schema::kinds())]
    kind: String,
    /// The id; for a question `BANK/ID`
    id: String,
}

/// A change of the content: the file, and all of its new text.
struct Change {
    path: PathBuf,
    text: String,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> super::Result {
    let compiled = project::compile(terminal, &Overrides { drafts: true, url: None })?;
    let Some(kind) = kind::named(&arguments.kind) else { return Ok(Outcome::Clean) };
    let (within, id) = split(kind, &arguments.id)?;
    free(compiled.site.catalog(), kind, id)?;
    let change = change(&compiled, kind, (within, id))?;
    write(&change)?;
    terminal.print(&format!("{}\n", change.path.display()))?;
    Ok(Outcome::Clean)
}

/// The folder or the bank of a new entry, if one is given, and its id.
fn split<'a>(kind: &Kind, name: &'a str) -> Result<(Option<&'a str>, &'a str), Failure> {
    let (within, id) = match (kind.files, name.split_once('/'), name.rsplit_once('/')) {
        (Files::Markdown(_) | Files::Yaml(_), _, Some((folder, id)))
        | (Files::Inside { .. }, Some((folder, id)), _) => (Some(folder), id),
        _ => (None, name),
    };
    match is_id(id) && within.is_none_or(|within| within.split('/').all(is_id)) {
        true => Ok((within, id)),
        false => Err(Failure(format!(
            "`{name}` is no id: lower-case letters, digits and single hyphens"
        ))),
    }
}

/// Refuses an id that is taken.
fn free(catalog: &Catalog, kind: &Kind, id: &str) -> Result<(), Failure> {
    let taken = catalog.of_kind(kind.name).find(|(_, entry)| {
        *entry.id == *id || entry.common.aliases.iter().any(|alias| *alias.text == *id)
    });
    taken.map_or(Ok(()), |(_, entry)| {
        let file = &entry.place.file;
        Err(Failure(format!("the {} id `{id}` is taken in `{file}`", kind.name)))
    })
}

fn change(
    compiled: &Compiled,
    kind: &Kind,
    (within, id): (Option<&str>, &str),
) -> Result<Change, Failure> {
    let content = compiled.project.root.join("content");
    let text = fill(kind.starter, id, compiled);
    match kind.files {
        Files::Markdown(folder) | Files::Yaml(folder) => {
            file(&content.join(folder).join(within.unwrap_or("")), (id, kind), text)
        }
        Files::TopMarkdown => file(&content, (id, kind), text),
        Files::List(name) => append(&content.join(name), None, &text),
        Files::Inside { kind: parent, field } => {
            let bank = within.ok_or_else(|| {
                Failure(format!(
                    "a {} stands in a {parent}: give `{parent}/ID`",
                    kind.name
                ))
            })?;
            let catalog = compiled.site.catalog();
            let entry = catalog.of_kind(parent).find(|(_, entry)| *entry.id == *bank);
            let Some((_, entry)) = entry else {
                let help = near(catalog, parent, bank);
                return Err(Failure(format!("no {parent} named `{bank}`{help}")));
            };
            let text = text.replace("CATEGORY", &category(entry));
            let path = compiled.project.root.join(&*entry.place.file);
            append(&path, Some(field), &text)
        }
    }
}

fn near(catalog: &Catalog, kind: &str, name: &str) -> String {
    let known = catalog.of_kind(kind).map(|(_, entry)| &*entry.id);
    let near = crate::diagnostic::nearest(name, known);
    near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}

/// The first category of a bank.
fn category(bank: &crate::catalog::Entry) -> String {
    let fields = bank.fields::<kind::Bank>();
    let first = fields.and_then(|fields| fields.categories.0.first());
    first.map_or_else(|| "general".to_owned(), |(id, _)| id.to_string())
}

fn file(
    folder: &Path,
    (id, kind): (&str, &Kind),
    text: String,
) -> Result<Change, Failure> {
    let ending = if matches!(kind.files, Files::Yaml(_)) { "yaml" } else { "md" };
    let path = folder.join(format!("{id}.{ending}"));
    match path.symlink_metadata() {
        Ok(_) => Err(Failure(format!("`{}` is there already", path.display()))),
        Err(_) => Ok(Change { path, text }),
    }
}

/// Adds an item to a file's list, or to the one in its `field`, indented as the items
/// before it.
fn append(path: &Path, field: Option<&str>, item: &str) -> Result<Change, Failure> {
    let fail = |error| Failure(format!("cannot read `{}`: {error}", path.display()));
    let old = match fs::read_to_string(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        read => read.map_err(fail)?,
    };
    let Some((end, wanted)) = list_end(&old, field) else {
        let path = path.display();
        let message = "has no list of lines with `- ` that could be added to";
        return Err(Failure(format!("`{path}` {message}: see `pmjump check`")));
    };
    let by = wanted.saturating_sub(indent(item));
    let less = indent(item).saturating_sub(wanted);
    let lines = item.lines().map(|line| format!("{}{}\n", " ".repeat(by), &line[less..]));
    let (before, after) = old.split_at(end);
    let gap = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    let newline = if old.contains("\r\n") { "\r\n" } else { "\n" };
    let added = (gap.to_owned() + &lines.collect::<String>()).replace('\n', newline);
    Ok(Change { path: path.to_owned(), text: format!("{before}{added}{after}") })
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The byte behind the last line of a list of lines, and how far its items are indented;
/// `None` if it is no such list, or the file is no YAML.
fn list_end(text: &str, field: Option<&str>) -> Option<(usize, usize)> {
    let mut findings = Findings::new();
    let document = yaml::parse(text, 0..text.len(), &"".into(), &mut findings);
    let list = match (&document.root, field) {
        _ if document.extent == Extent::Cut => return None,
        (None, None) => return Some((text.len(), 0)),
        (Some(root), None) => root,
        (Some(Node { value: Value::Map(pairs, _), .. }), Some(field)) => {
            &pairs.iter().find(|(key, _)| key.name == field)?.1
        }
        _ => return None,
    };
    let Value::List(items, Extent::Whole) = &list.value else { return None };
    let before = text[..items.first()?.span.start as usize].trim_end();
    let start = before.strip_suffix('-')?.len();
    let last = text[..list.span.end as usize].trim_end();
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let rest = &text[last.len()..];
    let end = rest.find('\n').map_or(text.len(), |at| last.len() + at + 1);
    Some((end, start - line))
}

/// The starter with the id, today's date, and ids of the project where it needs some.
fn fill(starter: &str, id: &str, compiled: &Compiled) -> String {
    let catalog = compiled.site.catalog();
    let first = |kind: &str| {
        let entry = catalog.of_kind(kind).next();
        entry.map_or_else(|| format!("a-{kind}"), |(_, entry)| entry.id.to_string())
    };
    starter
        .replace("DATE", &compiled.sources.today.0.to_string())
        .replace("SKILL", &first("skill"))
        .replace("STEP", &first("step"))
        .replace("ID", id)
}

fn write(change: &Change) -> Result<(), Failure> {
    let path = &change.path;
    let fail = |error| Failure(format!("cannot write `{}`: {error}", path.display()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(fail)?;
    }
    let fresh = path.with_extension("pmjump-new");
    fs::write(&fresh, &change.text).map_err(fail)?;
    fs::rename(&fresh, path).map_err(fail)
}
