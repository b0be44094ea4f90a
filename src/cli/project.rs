//! What `build`, `check` and `stats` have in common: find the project, load it, compile
//! it, and report what was found.

use std::sync::Arc;
use std::time::SystemTime;

use super::{Failure, Outcome, Terminal};
use crate::diagnostic::printer::{Printer, Report};
use crate::diagnostic::{Findings, Severity};
use crate::kind::Memo;
use crate::record::{Date, Url};
use crate::site::{Inputs, Site};
use crate::source::{Project, SITE_YAML, Settings, Sources, ThemeFiles};
use crate::theme::Theme;

/// What changes a project's own settings.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Overrides {
    /// Where the site is published, instead of `url` in site.yaml
    #[arg(long, value_name = "URL", value_parser = url)]
    pub(super) url: Option<String>,
    /// Build drafts too
    #[arg(long)]
    pub(super) drafts: bool,
}

/// A project whose files were read, and what was found in them.
pub(super) struct Loaded {
    pub(super) project: Project,
    sources: Sources,
    theme: ThemeFiles,
    findings: Findings,
}

/// A project that was compiled, and what was found in it.
pub(super) struct Compiled {
    pub(super) project: Project,
    pub(super) sources: Sources,
    pub(super) site: Site,
    pub(super) findings: Findings,
}

fn url(text: &str) -> Result<String, String> {
    let url = Url::parse(text).ok_or("an address begins with `https://` or `http://`")?;
    Ok(format!("{}/", url.base()))
}

/// Finds the project of the working folder or of `--root`.
pub(super) fn find(terminal: &Terminal) -> Result<Project, Failure> {
    let start = terminal.start()?;
    crate::source::discover(&start).ok_or_else(|| {
        let start = start.display();
        Failure(format!(
            "no project: neither `{start}` nor a folder above it has `{SITE_YAML}`; \
             `pmjump init` makes one"
        ))
    })
}

/// Loads and compiles the project.
pub(super) fn compile(
    terminal: &Terminal,
    overrides: &Overrides,
) -> Result<Compiled, Failure> {
    Ok(load(terminal, overrides)?.compile())
}

/// Loads the project.
pub(super) fn load(
    terminal: &Terminal,
    overrides: &Overrides,
) -> Result<Loaded, Failure> {
    let project = find(terminal)?;
    let is_entry = |path: &str| crate::kind::owner(path).is_some();
    let loaded =
        crate::source::load(&project, today()?, &is_entry).map_err(Failure::from)?;
    let mut findings = Findings::new();
    let (mut sources, theme) = findings.take(loaded);
    apply(&mut sources.settings, overrides);
    Ok(Loaded { project, sources, theme, findings })
}

impl Loaded {
    /// Compiles it.
    pub(super) fn compile(self) -> Compiled {
        let Self { project, sources, theme, mut findings } = self;
        let theme = findings.take(Theme::new(&sources.settings, theme));
        let site = findings.take(crate::compile(&sources, theme, &Memo::default()));
        let findings = findings.settled(&sources.settings.levels);
        Compiled { project, sources, site, findings }
    }

    /// The hash of what was loaded and of this program; `None` if something was found
    /// already.
    pub(super) fn inputs(&self) -> Option<Inputs> {
        let program = program()?;
        self.findings.is_empty().then(|| Inputs::of(&self.sources, &self.theme, program))
    }
}

/// What tells this program from any other: another build of it has another length or
/// time.
fn program() -> Option<u64> {
    let meta = std::fs::metadata(std::env::current_exe().ok()?).ok()?;
    let built = meta.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    let program = format!("{} {} {built:?}", env!("CARGO_PKG_VERSION"), meta.len());
    Some(xxhash_rust::xxh3::xxh3_64(program.as_bytes()))
}

fn apply(settings: &mut Settings, overrides: &Overrides) {
    settings.drafts = overrides.drafts;
    if overrides.url.is_some() {
        settings.url.clone_from(&overrides.url);
    }
}

/// The day of the build: that of `SOURCE_DATE_EPOCH`, or today.
pub(super) fn today() -> Result<Date, Failure> {
    let wanted = std::env::var("SOURCE_DATE_EPOCH").ok();
    let seconds = match wanted {
        Some(text) => text.trim().parse().ok(),
        None => SystemTime::UNIX_EPOCH
            .elapsed()
            .ok()
            .and_then(|t| t.as_secs().try_into().ok()),
    };
    seconds.and_then(Date::at).ok_or_else(|| {
        Failure("`SOURCE_DATE_EPOCH` is no time in seconds since 1970".to_owned())
    })
}

impl Compiled {
    /// Prints the findings and tells whether the content has errors.
    pub(super) fn report(
        &self,
        terminal: &Terminal,
        printer: &Printer,
        findings: &Findings,
    ) -> Result<(), Failure> {
        let texts = |path: &str| -> Option<Arc<str>> {
            self.sources.text(path).or_else(|| self.site.template(path))
        };
        let report = Report { findings, texts: &texts, color: terminal.colors() };
        let text = (printer.print)(&report);
        match printer.to_stdout {
            true => terminal.print(&text),
            false => {
                terminal.report(&text);
                Ok(())
            }
        }
    }
}

/// How a command ends that found this.
pub(super) fn outcome(findings: &Findings, deny_warnings: bool) -> Outcome {
    let denied = deny_warnings && findings.count(Severity::Warning) > 0;
    match findings.has_errors() || denied {
        true => Outcome::Faulty,
        false => Outcome::Clean,
    }
}

/// `2 errors, 1 warning`, or nothing.
pub(super) fn tally(findings: &Findings) -> Option<String> {
    let count = |severity: Severity| {
        let count = findings.count(severity);
        let plural = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{count} {}{plural}", severity.name()))
    };
    let parts = [count(Severity::Error), count(Severity::Warning)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
