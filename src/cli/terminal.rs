//! Standard output, standard error, colour, and the line of progress.

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clap::ColorChoice;

use super::{Common, Failure};

/// How long a command may be silent, and how often the line of progress changes.
const PATIENCE: Duration = Duration::from_secs(1);
const PACE: Duration = Duration::from_millis(100);

/// Where a command's words go.
pub struct Terminal {
    root: Option<PathBuf>,
    quiet: bool,
    color: ColorChoice,
}

impl Terminal {
    pub(super) fn new(common: Common) -> Self {
        let choice = match common.color {
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
            ColorChoice::Auto => anstream::ColorChoice::Auto,
        };
        choice.write_global();
        Self { root: common.root, quiet: common.quiet, color: common.color }
    }

    /// The folder from which the project is looked for.
    pub(super) fn start(&self) -> Result<PathBuf, Failure> {
        match &self.root {
            Some(root) => Ok(root.clone()),
            None => std::env::current_dir().map_err(Failure::from),
        }
    }

    /// Whether standard error shows colours.
    pub(super) fn colors(&self) -> bool {
        let choice = anstream::AutoStream::choice(&std::io::stderr());
        match self.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => choice != anstream::ColorChoice::Never,
        }
    }

    /// What was asked for, on standard output. A reader who has gone away is no failure.
    pub(super) fn print(&self, text: &str) -> Result<(), Failure> {
        let mut out = anstream::stdout();
        let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        match written {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                Err(Failure::from(error))
            }
            _ => Ok(()),
        }
    }

    /// Findings, on standard error.
    pub(super) fn report(&self, text: &str) {
        let _ = anstream::stderr().write_all(text.as_bytes());
    }

    /// A line about what was done, on standard error, unless the user wants silence.
    pub(super) fn say(&self, line: &str) {
        if !self.quiet {
            let _ = writeln!(anstream::stderr(), "{line}");
        }
    }

    /// Why the command could not do its work.
    pub(super) fn error(&self, failure: &Failure) {
        let style = anstyle::AnsiColor::Red.on_default().bold();
        let _ = writeln!(anstream::stderr(), "{style}error{style:#}: {failure}");
    }

    /// A counter that shows itself on a terminal once a command takes more than a second.
    pub(super) fn progress(&self, what: &'static str) -> Progress {
        let shown = !self.quiet && std::io::stderr().is_terminal();
        Progress {
            what,
            shown,
            start: Instant::now(),
            count: AtomicUsize::new(0),
            next: AtomicUsize::new(0),
        }
    }
}

/// A line of progress that is written over itself.
pub(super) struct Progress {
    what: &'static str,
    shown: bool,
    start: Instant,
    count: AtomicUsize,
    /// When the line changes next, in paces since the start.
    next: AtomicUsize,
}

impl Progress {
    /// One more of `total` is done.
    pub(super) fn step(&self, total: usize) {
        let done = self.count.fetch_add(1, Ordering::Relaxed) + 1;
        if !self.shown || self.start.elapsed() < PATIENCE {
            return;
        }
        let pace = (self.start.elapsed().as_millis() / PACE.as_millis()) as usize;
        if self.next.fetch_max(pace + 1, Ordering::Relaxed) <= pace {
            let mut err = anstream::stderr();
            let _ = write!(err, "\r{} {done} of {total}", self.what);
            let _ = err.flush();
        }
    }

    /// Takes the line away.
    pub(super) fn finish(&self) {
        if self.shown && self.next.load(Ordering::Relaxed) > 0 {
            let _ = write!(anstream::stderr(), "\r\x1b[K");
        }
    }
}
