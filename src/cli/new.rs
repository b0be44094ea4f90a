//! `pmjump new KIND ID`.

use std::fs;
use std::path::{Path, PathBuf};

use super::project::{self, Compiled, Overrides};
use super::{Failure, Outcome, Terminal};
use crate::catalog::{Catalog, Files, Kind};
use crate::kind;
use crate::record::is_id;

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
    let id = arguments.id.rsplit('/').next().unwrap_or("");
    if !is_id(id) {
        let message = "is no id: lower-case letters, digits and single hyphens";
        return Err(Failure(format!("`{id}` {message}")));
    }
    free(compiled.site.catalog(), kind, id)?;
    let change = change(&compiled, kind, &arguments.id)?;
    write(&change)?;
    terminal.print(&format!("{}\n", change.path.display()))?;
    Ok(Outcome::Clean)
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

fn change(compiled: &Compiled, kind: &Kind, id: &str) -> Result<Change, Failure> {
    let content = compiled.project.root.join("content");
    let catalog = compiled.site.catalog();
    match kind.files {
        Files::Markdown(folder) => {
            file(&content.join(folder), (id, "md"), kind, compiled)
        }
        Files::TopMarkdown => file(&content, (id, "md"), kind, compiled),
        Files::Yaml(folder) => file(&content.join(folder), (id, "yaml"), kind, compiled),
        Files::List(name) => {
            append(&content.join(name), &fill(kind.starter, id, compiled))
        }
        Files::Inside { kind: parent, .. } => {
            let (bank, id) = id.split_once('/').ok_or_else(|| {
                Failure(format!(
                    "a {} stands in a {parent}: give `{parent}/ID`",
                    kind.name
                ))
            })?;
            let entry = catalog.of_kind(parent).find(|(_, entry)| *entry.id == *bank);
            let Some((_, entry)) = entry else {
                let help = near(catalog, parent, bank);
                return Err(Failure(format!("no {parent} is named `{bank}`{help}")));
            };
            let text = fill(kind.starter, id, compiled);
            let text = text.replace("CATEGORY", &category(entry));
            append(&compiled.project.root.join(&*entry.place.file), &text)
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
    (id, ending): (&str, &str),
    kind: &Kind,
    compiled: &Compiled,
) -> Result<Change, Failure> {
    let path = folder.join(format!("{id}.{ending}"));
    match path.symlink_metadata() {
        Ok(_) => Err(Failure(format!("`{}` is there already", path.display()))),
        Err(_) => Ok(Change { path, text: fill(kind.starter, id, compiled) }),
    }
}

/// Adds an item to the list that a file ends with, indented as the items before it.
fn append(path: &Path, item: &str) -> Result<Change, Failure> {
    let fail = |error| Failure(format!("cannot read `{}`: {error}", path.display()));
    let old = match fs::read_to_string(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        read => read.map_err(fail)?,
    };
    let wanted = old.lines().rev().find_map(dash).unwrap_or(indent(item));
    let by = wanted.saturating_sub(indent(item));
    let less = indent(item).saturating_sub(wanted);
    let lines = item.lines().map(|line| format!("{}{}\n", " ".repeat(by), &line[less..]));
    let end = if old.is_empty() || old.ends_with('\n') { "" } else { "\n" };
    let newline = if old.contains("\r\n") { "\r\n" } else { "\n" };
    let added: String = lines.collect();
    let text = format!("{old}{end}{}", added.replace('\n', newline));
    Ok(Change { path: path.to_owned(), text })
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The indentation of an item that begins with an id.
fn dash(line: &str) -> Option<usize> {
    line.trim_start().starts_with("- id:").then(|| indent(line))
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
