//! `pmjump check`.

use rayon::prelude::*;

use super::project::{self, Overrides};
use super::watch::Watch;
use super::{Terminal, external};
use crate::diagnostic::{Findings, printer};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// How findings are printed
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = formats())]
    format: String,
    /// Ask outside addresses whether they still exist
    #[arg(long)]
    external: bool,
    /// Check drafts too
    #[arg(long)]
    drafts: bool,
    /// Fail on warnings too
    #[arg(long)]
    deny_warnings: bool,
}

fn formats() -> clap::builder::PossibleValuesParser {
    printer::PRINTERS.iter().map(|printer| printer.name).collect::<Vec<_>>().into()
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> super::Result {
    let overrides = Overrides { drafts: arguments.drafts, ..Overrides::default() };
    let compiled = project::compile(terminal, &overrides)?;
    let mut findings = compiled.findings.clone();
    findings.extend(rendered(&compiled, terminal));
    if arguments.external {
        findings.extend(external::check(compiled.site.catalog(), terminal));
    }
    let findings = findings.settled(&compiled.sources.settings.levels);
    let printer = printer::named(&arguments.format).unwrap_or(&printer::PRINTERS[0]);
    compiled.report(terminal, printer, &findings)?;
    let tally = project::tally(&findings).unwrap_or_else(|| "no findings".to_owned());
    terminal.say(&format!("{} entries: {tally}", compiled.site.catalog().entries.len()));
    Ok(project::outcome(&findings, arguments.deny_warnings))
}

/// What only rendering finds: mistakes in templates that depend on the page.
fn rendered(compiled: &project::Compiled, terminal: &Terminal) -> Findings {
    if compiled.findings.has_errors() {
        return Findings::new();
    }
    let paths: Vec<&str> = compiled.site.paths().collect();
    let found: Vec<Findings> = Watch::over(terminal, |watch| {
        let found = paths.par_iter().filter_map(|path| {
            watch.begins(path);
            let findings = compiled.site.render(path).map(|page| page.findings);
            watch.ends(path);
            findings
        });
        found.collect()
    });
    found.into_iter().flatten().collect()
}
