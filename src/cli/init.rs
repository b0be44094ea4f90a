//! `pmjump init [DIR]`.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Failure, Outcome, Terminal, schema};
use crate::kind;
use crate::theme::GUIDE;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The folder of the new project, instead of the working folder
    dir: Option<PathBuf>,
    /// Only the skeleton, without the guide
    #[arg(long)]
    empty: bool,
}

/// A file of a new project: its path and its bytes.
type NewFile = (String, Vec<u8>);

const HOME: &str = "\
---
title: Home
summary: What this site is and for whom.
---

Welcome. Write this page in `content/index.md`, and add others with `pmjump new`.
";

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> super::Result {
    let start = terminal.start()?;
    let root = arguments.dir.as_ref().map_or(start.clone(), |dir| start.join(dir));
    let files = files(arguments.empty);
    refuse(&root, &files)?;
    for (path, bytes) in &files {
        write(&root.join(path), bytes)?;
    }
    let count = files.len();
    terminal.say(&format!("{count} files in {}", root.display()));
    terminal.say("next: `pmjump build`, then open site/index.html");
    Ok(Outcome::Clean)
}

fn files(empty: bool) -> Vec<NewFile> {
    let mut files = common();
    match empty {
        true => files.push(("content/index.md".to_owned(), HOME.as_bytes().to_vec())),
        false => files.extend(guide()),
    }
    files
}

/// Settings, the workflow, and what editors need.
fn common() -> Vec<NewFile> {
    let workflow =
        include_str!("starter/pages.yml").replace("VERSION", env!("CARGO_PKG_VERSION"));
    let texts = [
        ("content/site.yaml", include_str!("starter/site.yaml")),
        (".github/workflows/pages.yml", &workflow),
        (".vscode/settings.json", include_str!("starter/settings.json")),
        (".editorconfig", include_str!("starter/editorconfig")),
        (".gitignore", include_str!("starter/gitignore")),
        ("README.md", include_str!("starter/README.md")),
    ];
    let texts = texts.into_iter().map(|(path, text)| (path.to_owned(), text.into()));
    texts.chain(["bank", "term"].into_iter().filter_map(schema_file)).collect()
}

/// The schema of a YAML kind, for editors that check while one types.
fn schema_file(name: &str) -> Option<NewFile> {
    let schema = schema::schema(kind::named(name)?);
    let text = serde_json::to_string_pretty(&schema).ok()?;
    Some((format!(".vscode/pmjump/{name}.json"), format!("{text}\n").into_bytes()))
}

/// The shipped guide, but for the settings of its own site.
fn guide() -> impl Iterator<Item = NewFile> {
    let files = crate::theme::embedded(&GUIDE).into_iter();
    let files = files.filter(|(path, _)| path != "site.yaml");
    files.map(|(path, bytes)| (format!("content/{path}"), bytes.to_vec()))
}

/// Nothing is written if one of the files is there already.
fn refuse(root: &Path, files: &[NewFile]) -> Result<(), Failure> {
    let taken = files.iter().map(|(path, _)| root.join(path));
    let taken: Vec<_> = taken.filter(|path| path.symlink_metadata().is_ok()).collect();
    let Some(first) = taken.first() else { return Ok(()) };
    let more = match taken.len() {
        1 => String::new(),
        count => format!(", and {} more", count - 1),
    };
    Err(Failure(format!(
        "`{}` is there already{more}: nothing was written",
        first.display()
    )))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let fail = |error| Failure(format!("cannot write `{}`: {error}", path.display()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(fail)?;
    }
    fs::write(path, bytes).map_err(fail)
}
