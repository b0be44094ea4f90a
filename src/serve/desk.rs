//! One turn of the dev loop: look at the files, compile what has changed, publish it.
//!
//! In: a project's folder. Out: editions on a [`Board`], and [`News`] for the terminal.
//! Keeps true: while the content has errors, the site stays that is without; a turn
//! depends on what the files say, never on which event led to it; a panic ends a turn and
//! not the loop.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::board::{Board, Edition};
use super::editor::Editor;
use super::panel;
use super::snapshot::Snapshot;
use super::sweep::{Served, Sweep};
use crate::diagnostic::printer::{PRINTERS, Report};
use crate::diagnostic::{Checked, FilePath, Findings};
use crate::kind::{Memo, owner};
use crate::record::Date;
use crate::source::{self, Project, Shelf, Sources, ThemeFiles};
use crate::theme::Theme;

/// What is served, and how.
pub struct Options {
    /// The project.
    pub project: Project,
    /// Whether drafts are part of the site.
    pub drafts: bool,
    /// How files are opened.
    pub editor: Editor,
    /// Tells the day; a reason if there is none.
    pub today: fn() -> Result<Date, String>,
}

/// Looks at files and publishes what they make.
pub struct Desk {
    options: Arc<Options>,
    shelf: Shelf,
    memo: Memo,
    before: Snapshot,
    board: Arc<Board>,
    made: Made,
    /// The last site without errors, as far as compiling tells.
    sound: Option<Served>,
    /// The last site of which every page could be made.
    good: Option<Served>,
    /// Whether all pages of the last compilation were made.
    is_swept: bool,
    /// What was published last.
    told: Findings,
}

/// What the last compilation made.
#[derive(Clone)]
struct Made {
    sources: Arc<Sources>,
    theme: ThemeFiles,
    site: Served,
    findings: Findings,
}

/// What a look led to.
pub enum Turn {
    /// All is as it was.
    Same,
    /// A file has gone or is empty, which may be about to pass.
    Unsure,
    /// Something was published.
    News(News),
}

/// What is said about a turn.
pub struct News {
    /// The files that are new, gone or different.
    pub changed: Vec<FilePath>,
    /// From the look to the edition.
    pub time: Duration,
    /// What was found.
    pub findings: Findings,
    /// Why the content could not be looked at.
    pub trouble: Option<String>,
    made: Made,
}

impl News {
    /// The findings as `pmjump check` prints them.
    pub fn report(&self, color: bool) -> String {
        let texts = |path: &str| self.made.text(path);
        let report = Report { findings: &self.findings, texts: &texts, color };
        (PRINTERS[0].print)(&report)
    }
}

impl Made {
    fn text(&self, path: &str) -> Option<Arc<str>> {
        self.sources.text(path).or_else(|| self.site.template(path))
    }

    fn has_errors(&self) -> bool {
        self.findings.has_errors()
    }
}

impl Desk {
    /// Looks at a project for the first time. `run` tells this server from others.
    pub fn open(options: Options, run: u64) -> Result<(Self, News), String> {
        let start = Instant::now();
        let (shelf, memo) = (Shelf::default(), Memo::default());
        let (made, before) = compiled(&options, &shelf, &memo)?;
        let sound = (!made.has_errors()).then(|| made.site.clone());
        let panel = panel(&options, &made, &made.findings);
        let first = Edition {
            number: 1,
            changed: 1,
            site: made.site.clone(),
            good: None,
            assets: before.assets(),
            files: Default::default(),
            panel,
            trouble: None,
        };
        let board = Arc::new(Board::new(first, run));
        let told = made.findings.clone();
        let (options, good, is_swept) = (Arc::new(options), None, false);
        let desk = Self {
            options,
            shelf,
            memo,
            before,
            board,
            made,
            sound,
            good,
            is_swept,
            told,
        };
        let news = desk.news(Vec::new(), start);
        Ok((desk, news))
    }

    /// Where the editions hang.
    pub fn board(&self) -> Arc<Board> {
        Arc::clone(&self.board)
    }

    /// What is served, and how.
    pub fn options(&self) -> Arc<Options> {
        Arc::clone(&self.options)
    }

    /// Looks at the files. Unless it is `sure`, a look waits for files that have gone.
    pub fn look(&mut self, sure: bool) -> Turn {
        let start = Instant::now();
        let trouble = self.board.newest().trouble.is_some();
        let turn = unpanicked(|| -> Result<_, String> {
            let loaded = loaded(&self.options, &self.shelf)?;
            let (sources, theme) = &loaded.value;
            let snapshot = Snapshot::of(sources, theme, &loaded.findings);
            let difference = snapshot.since(&self.before);
            if difference.is_none() && !trouble {
                return Ok(Err(Turn::Same));
            }
            if difference.lacks && !sure {
                return Ok(Err(Turn::Unsure));
            }
            Ok(Ok((snapshot, difference.changed, compile(loaded, &self.memo))))
        });
        match turn {
            Ok(Err(turn)) => turn,
            Err(_) if !sure => Turn::Unsure,
            Err(reason) => self.stuck(reason, start),
            Ok(Ok((snapshot, changed, made))) => {
                self.before = snapshot;
                self.take(made);
                Turn::News(self.news(changed, start))
            }
        }
    }

    /// Looks at some files alone, so that the time of an edit does not grow with the
    /// project; a look at all of them has to follow. `None` if only that will do.
    pub fn glance(&mut self, places: &[PathBuf]) -> Option<Turn> {
        let start = Instant::now();
        let day = (self.options.today)().ok();
        let well = self.before.is_clean() && self.before.today() == day;
        if !well || self.board.newest().trouble.is_some() {
            return None;
        }
        let paths = places.iter().map(|place| Some((self.path(place)?, place.clone())));
        let paths = paths.collect::<Option<Vec<(FilePath, PathBuf)>>>()?;
        let sources = source::read_again(&self.made.sources, &paths)?;
        let mut changed = Vec::new();
        for (path, _) in paths {
            let Some(source) = sources.files.get(&path) else { continue };
            match self.before.compare(&path, source) {
                (true, _) => {}
                (_, true) => return None,
                _ => changed.push((source.clone(), path)),
            }
        }
        if changed.is_empty() {
            return Some(Turn::Same);
        }
        let loaded = Checked::clean((sources, self.made.theme.clone()));
        let made = unpanicked(|| Ok(compile(loaded, &self.memo))).ok()?;
        changed.iter().for_each(|(source, path)| self.before.put(path, source));
        self.take(made);
        let changed = changed.into_iter().map(|(_, path)| path).collect();
        Some(Turn::News(self.news(changed, start)))
    }

    /// The path of a file of the project, with `/` on every system.
    fn path(&self, place: &Path) -> Option<FilePath> {
        let inside = place.strip_prefix(&self.options.project.root).ok()?;
        let parts = inside.iter().map(|part| part.to_str());
        Some(parts.collect::<Option<Vec<_>>>()?.join("/").into())
    }

    /// Publishes a compilation.
    fn take(&mut self, made: Made) {
        let pages_failed = self.told != self.made.findings;
        self.made = made;
        self.is_swept = false;
        // What only making a page finds is looked for at leisure, unless it is to be seen
        // whether it is mended.
        let again = self.sweep().filter(|_| pages_failed);
        let found = again.map_or_else(Findings::new, |sweep| sweep.begin());
        self.told = self.all(found);
        if !self.made.has_errors() {
            self.sound = Some(self.made.site.clone());
        }
        let site = self.sound.as_ref().unwrap_or(&self.made.site);
        let old = self.board.newest();
        let number = old.number + 1;
        let mut next = Edition {
            number,
            changed: if site.is(&old.site) { old.changed } else { number },
            site: site.clone(),
            good: self.good.clone(),
            assets: self.before.assets(),
            files: old.files.clone(),
            panel: panel(&self.options, &self.made, &self.told),
            trouble: None,
        };
        let changed = changed_files(&old, &next);
        next.files.extend(changed.into_iter().map(|address| (address, number)));
        self.board.publish(next);
    }

    /// Says why nothing could be looked at; the site stays.
    fn stuck(&mut self, reason: String, start: Instant) -> Turn {
        let old = self.board.newest();
        if old.trouble.as_ref() == Some(&reason) {
            return Turn::Same;
        }
        let trouble = Some(reason);
        let number = old.number + 1;
        self.board.publish(Edition {
            number,
            trouble: trouble.clone(),
            ..(*old).clone()
        });
        Turn::News(News { trouble, ..self.news(Vec::new(), start) })
    }

    /// What has to be done at leisure: making every page, to find what only that finds.
    pub fn sweep(&self) -> Option<Sweep> {
        let first = self.board.recent();
        let due = !self.is_swept && !self.made.has_errors();
        due.then(|| Sweep::new(self.made.site.clone(), first))
    }

    /// Takes what a sweep has found, if it was of the last compilation; `all` tells that
    /// every page was made.
    pub fn swept(&mut self, sweep: &Sweep, found: Findings, all: bool) -> Option<News> {
        let start = Instant::now();
        if !sweep.is_of(&self.made.site) {
            return None;
        }
        self.is_swept = all;
        let findings = self.all(found);
        if all && !findings.has_errors() {
            self.good = Some(self.made.site.clone());
        }
        if findings == self.told {
            return None;
        }
        self.told = findings;
        let old = self.board.newest();
        let panel = panel(&self.options, &self.made, &self.told);
        let number = old.number + 1;
        let good = self.good.clone();
        self.board.publish(Edition { number, panel, good, ..(*old).clone() });
        Some(self.news(Vec::new(), start))
    }

    /// The findings of the last compilation with those of making pages.
    fn all(&self, found: Findings) -> Findings {
        let all = self.made.findings.iter().cloned().chain(found);
        Findings::from_iter(all).settled(&self.made.sources.settings.levels)
    }

    fn news(&self, changed: Vec<FilePath>, start: Instant) -> News {
        News {
            changed,
            time: start.elapsed(),
            findings: self.told.clone(),
            trouble: None,
            made: self.made.clone(),
        }
    }
}

fn loaded(options: &Options, shelf: &Shelf) -> Result<source::Loaded, String> {
    let is_entry = |path: &str| owner(path).is_some();
    let loaded =
        source::load_again(&options.project, (options.today)()?, &is_entry, shelf);
    let mut loaded = loaded.map_err(|error| error.to_string())?;
    loaded.value.0.settings.drafts = options.drafts;
    Ok(loaded)
}

fn compile(loaded: source::Loaded, memo: &Memo) -> Made {
    let Checked { value: (sources, theme), mut findings } = loaded;
    let compiled = findings.take(Theme::new(&sources.settings, theme.clone()));
    let site = findings.take(crate::compile(&sources, compiled, memo));
    let findings = findings.settled(&sources.settings.levels);
    Made { sources: sources.into(), theme, site: Served::new(site), findings }
}

fn compiled(
    options: &Options,
    shelf: &Shelf,
    memo: &Memo,
) -> Result<(Made, Snapshot), String> {
    let loaded = loaded(options, shelf)?;
    let (sources, theme) = &loaded.value;
    let snapshot = Snapshot::of(sources, theme, &loaded.findings);
    Ok((compile(loaded, memo), snapshot))
}

/// Does something that may panic because of a mistake of ours.
fn unpanicked<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        Err(format!("pmjump made a mistake: {}", super::sweep::words(&*panic)))
    })
}

fn panel(options: &Options, made: &Made, findings: &Findings) -> Value {
    if findings.is_empty() {
        return json!({ "errors": 0, "warnings": 0, "shown": [] });
    }
    let texts = |path: &str| made.text(path);
    let desk = panel::Desk {
        root: &options.project.root,
        editor: &options.editor,
        texts: &texts,
    };
    panel::print(findings, &desk)
}

/// The addresses of files, other than pages, whose bytes are others in the next edition.
fn changed_files(old: &Edition, next: &Edition) -> Vec<String> {
    let (a, b) = (&old.assets, &next.assets);
    let assets =
        a.keys().chain(b.keys()).filter(|address| a.get(*address) != b.get(*address));
    let mut changed: Vec<String> = assets.cloned().collect();
    if !old.site.is(&next.site) {
        let (a, b) = (old.site.theme_files(), next.site.theme_files());
        let all = a.keys().chain(b.keys());
        changed.extend(all.filter(|address| a.get(*address) != b.get(*address)).cloned());
    }
    changed
}
