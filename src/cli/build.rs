//! `pmjump build`.

use std::path::{Component, Path, PathBuf};
use std::time::Instant;

use super::project::{self, Compiled, Overrides};
use super::watch::Watch;
use super::{Failure, Outcome, Terminal};
use crate::diagnostic::{Checked, Findings, printer};
use crate::site::{self, Inputs, Written};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Where the site goes, instead of `site/`
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    overrides: Overrides,
    /// Fail on warnings too
    #[arg(long)]
    deny_warnings: bool,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> super::Result {
    let start = Instant::now();
    let loaded = project::load(terminal, &arguments.overrides)?;
    let out = out(&loaded.project.root, arguments.out.as_deref())?;
    let inputs = loaded.inputs();
    if let Some(written) = inputs.and_then(|inputs| site::is_current(&out, inputs)) {
        terminal.say(&summary(&written, &out, start));
        return Ok(Outcome::Clean);
    }
    let compiled = loaded.compile();
    let denied = project::outcome(&compiled.findings, arguments.deny_warnings);
    let written = match denied {
        Outcome::Faulty => Checked { value: None, findings: Findings::new() },
        Outcome::Clean => write(&compiled, (&out, inputs), terminal)?,
    };
    let Checked { value: written, findings } = written;
    let all = compiled.findings.iter().cloned().chain(findings);
    let findings = Findings::from_iter(all).settled(&Default::default());
    compiled.report(terminal, &printer::PRINTERS[0], &findings)?;
    match written.filter(|_| !findings.has_errors()) {
        Some(written) => terminal.say(&summary(&written, &out, start)),
        None => terminal.say("nothing was written: the old site stands as it was"),
    }
    if let Some(tally) = project::tally(&findings) {
        terminal.say(&tally);
    }
    // The process ends here: giving back a million small things would only take time.
    std::mem::forget(compiled);
    Ok(project::outcome(&findings, arguments.deny_warnings))
}

fn write(
    compiled: &Compiled,
    (out, inputs): (&Path, Option<Inputs>),
    terminal: &Terminal,
) -> Result<Checked<Option<Written>>, Failure> {
    let inputs = inputs.filter(|_| compiled.findings.is_empty());
    let progress = terminal.progress("making page");
    let waits = || terminal.say("another build is writing here: waiting for it");
    let written = Watch::over(terminal, |watch| {
        let made = |page: &str, total| {
            watch.ends(page);
            progress.step(total);
        };
        let begins = |page: &str| watch.begins(page);
        let progress = site::Progress { begins: &begins, made: &made, waits: &waits };
        site::write(&compiled.site, out, inputs, &progress)
    });
    progress.finish();
    let Checked { value, findings } = written.map_err(Failure::from)?;
    Ok(Checked { value: Some(value), findings })
}

/// The folder for the site. One that holds the project's own files would be mixed with
/// them, and a link out of the project is followed only if it is asked for by name.
fn out(root: &Path, wanted: Option<&Path>) -> Result<PathBuf, Failure> {
    let named = wanted.map(std::path::absolute).transpose().map_err(Failure::from)?;
    let place = real(named.as_deref().unwrap_or(&root.join("site")));
    let inside =
        ["content", "themes"].iter().any(|name| place.starts_with(root.join(name)));
    let why = match named {
        _ if inside || root.starts_with(&place) => "holds the project itself",
        None if !place.starts_with(root) => "is where `site` leads, out of the project",
        _ => return Ok(place),
    };
    Err(Failure(format!(
        "`{}` {why}: choose another folder with `--out`",
        place.display()
    )))
}

/// An absolute path without symbolic links and `..`, although its end may not exist yet.
fn real(path: &Path) -> PathBuf {
    let known =
        path.ancestors().find_map(|folder| Some((folder, folder.canonicalize().ok()?)));
    let Some((folder, mut place)) = known else { return path.to_owned() };
    for part in path.strip_prefix(folder).iter().flat_map(|rest| rest.components()) {
        match part {
            Component::ParentDir => drop(place.pop()),
            part => place.push(part),
        }
    }
    if place == path { place } else { real(&place) }
}

fn summary(written: &Written, out: &Path, start: Instant) -> String {
    let Written { files, changed, removed } = written;
    let time = start.elapsed();
    let removed =
        if *removed > 0 { format!(", {removed} removed") } else { String::new() };
    let out = out.display();
    format!("{files} files in {out}: {changed} written{removed}, {} ms", time.as_millis())
}
