//! `pmjump build`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::project::{self, Compiled, Overrides};
use super::{Failure, Outcome, Terminal};
use crate::diagnostic::{Checked, Findings, printer};
use crate::site::{self, Written};

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
    let compiled = project::compile(terminal, &arguments.overrides)?;
    let out = out(&compiled, arguments.out.as_deref())?;
    let mut findings = compiled.findings.clone();
    let denied = project::outcome(&findings, arguments.deny_warnings) == Outcome::Faulty;
    let written = match denied {
        true => None,
        false => Some(findings_of(write(&compiled, &out, terminal)?, &mut findings)),
    };
    let findings = findings.settled(&Default::default());
    compiled.report(terminal, &printer::PRINTERS[0], &findings)?;
    let outcome = project::outcome(&findings, arguments.deny_warnings);
    match written.filter(|_| !findings.has_errors()) {
        Some(written) => terminal.say(&summary(&written, &out, start)),
        None => terminal.say("nothing was written: the old site stands as it was"),
    }
    if let Some(tally) = project::tally(&findings) {
        terminal.say(&tally);
    }
    Ok(outcome)
}

fn findings_of(written: Checked<Written>, findings: &mut Findings) -> Written {
    findings.take(written)
}

fn write(
    compiled: &Compiled,
    out: &Path,
    terminal: &Terminal,
) -> Result<Checked<Written>, Failure> {
    let progress = terminal.progress("making page");
    let made = |total| progress.step(total);
    let waits = || terminal.say("another build is writing here: waiting for it");
    let progress_of = site::Progress { made: &made, waits: &waits };
    let written = site::write(&compiled.site, out, &progress_of);
    progress.finish();
    written.map_err(Failure::from)
}

/// The folder for the site. One that holds the project's own files would be mixed with them.
fn out(compiled: &Compiled, wanted: Option<&Path>) -> Result<PathBuf, Failure> {
    let root = &compiled.project.root;
    let Some(wanted) = wanted else { return Ok(root.join("site")) };
    let out = std::path::absolute(wanted).map_err(Failure::from)?;
    let known = out.ancestors().find_map(|folder| Some((folder, folder.canonicalize().ok()?)));
    let place = match known {
        Some((folder, real)) => real.join(out.strip_prefix(folder).unwrap_or(Path::new(""))),
        None => out,
    };
    let inside = ["content", "themes"].iter().any(|name| place.starts_with(root.join(name)));
    if inside || root.starts_with(&place) {
        let place = place.display();
        return Err(Failure(format!("`{place}` holds the project itself: choose another folder")));
    }
    Ok(place)
}

fn summary(written: &Written, out: &Path, start: Instant) -> String {
    let Written { files, changed, removed } = written;
    let time = start.elapsed();
    let removed = if *removed > 0 { format!(", {removed} removed") } else { String::new() };
    let out = out.display();
    format!("{files} files in {out}: {changed} written{removed}, {} ms", time.as_millis())
}
