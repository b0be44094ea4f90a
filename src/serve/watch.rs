//! When to look again.
//!
//! In: the system's events, or the passing of time where there are none. Out: a
//! [`Signal`]. Keeps true: an event tells nothing but that it is time to look, and
//! perhaps where to look first; one lost event is made up for by a later look; reading a
//! file raises no signal.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::sweep::Sweep;
use super::{mounts, places};
use crate::diagnostic::Findings;
use crate::source::Project;

/// How long it has to be quiet after a change, and how long at most that is waited for.
const QUIET: Duration = Duration::from_millis(8);
const LONGEST: Duration = Duration::from_millis(500);
/// The same while many files change: a whole folder is about to be another.
const MANY: usize = 24;
const QUIET_OF_MANY: Duration = Duration::from_millis(100);
const LONGEST_OF_MANY: Duration = Duration::from_secs(2);
/// How long a file may be gone while an editor replaces it.
const PATIENCE: Duration = Duration::from_millis(80);
/// When a change is followed by another look: new folders are watched a little late.
const ONCE_MORE: Duration = Duration::from_millis(400);
/// How often is looked where no events come: at least this, and longer where looking
/// takes long.
const POLL: Duration = Duration::from_millis(700);
const POLL_SHARE: u32 = 15;
/// When is looked again even if nothing happened: days pass, and events may be lost.
const IDLE: Duration = Duration::from_secs(600);

/// What ends a wait.
pub enum Signal {
    /// It is time to look, first at these places if there are any.
    Look(Vec<PathBuf>),
    /// Pages were made, all of them or a part, and this was found.
    Swept(Arc<Sweep>, Findings, bool),
}

/// What comes through the channel.
pub(super) enum Message {
    /// Something may have changed; `None` if it may be anything.
    Touched(Option<Vec<PathBuf>>),
    /// A file that an editor keeps for itself.
    Faint,
    /// Folders cannot be watched.
    Blind,
    Swept(Arc<Sweep>, Findings, bool),
}

/// Waits for changes of a project.
pub struct Watch {
    project: Project,
    sender: Sender<Message>,
    receiver: Receiver<Message>,
    watcher: Option<RecommendedWatcher>,
    /// What is watched: places with the numbers of the folders that stood there.
    watched: Vec<places::Place>,
    polls: bool,
    again: Option<Instant>,
    /// How long the last look took.
    look: Duration,
}

impl Watch {
    /// Watches a project; by looking from time to time if that is wanted, or if its
    /// folder is of a kind that raises no events.
    pub fn new(project: &Project, polls: bool) -> Self {
        let (sender, receiver) = channel();
        let polls = polls || mounts::are_silent(&project.root);
        let (project, watched) = (project.clone(), Vec::new());
        let (watcher, again, look) = (None, None, Duration::ZERO);
        let mut watch =
            Self { project, sender, receiver, watcher, watched, polls, again, look };
        watch.renew();
        watch
    }

    /// Whether it looks from time to time, since no events come.
    pub fn polls(&self) -> bool {
        self.polls
    }

    pub(super) fn sender(&self) -> Sender<Message> {
        self.sender.clone()
    }

    /// Waits until there is something to do.
    pub fn wait(&mut self) -> Signal {
        loop {
            match self.receiver.recv_timeout(self.patience()) {
                Ok(Message::Touched(places)) => {
                    return Signal::Look(self.settle(QUIET, places).unwrap_or_default());
                }
                Ok(Message::Faint) => self.look_once_more(),
                Ok(Message::Blind) => self.polls = true,
                Ok(Message::Swept(sweep, found, all)) => {
                    return Signal::Swept(sweep, found, all);
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    self.again = None;
                    return Signal::Look(Vec::new());
                }
            }
        }
    }

    fn patience(&self) -> Duration {
        let most = match self.polls || self.watcher.is_none() {
            true => POLL.max(self.look * POLL_SHARE),
            false => IDLE,
        };
        let again = self.again.map(|at| at.saturating_duration_since(Instant::now()));
        again.map_or(most, |again| again.min(most))
    }

    /// Waits until nothing has happened for a while; returns where it happened.
    fn settle(
        &mut self,
        quiet: Duration,
        mut places: Option<Vec<PathBuf>>,
    ) -> Option<Vec<PathBuf>> {
        let (start, mut events) = (Instant::now(), 0);
        loop {
            let many = events > MANY;
            let longest = if many { LONGEST_OF_MANY } else { LONGEST };
            let left = longest.saturating_sub(start.elapsed());
            let quiet = if many { QUIET_OF_MANY } else { quiet }.min(left);
            match self.receiver.recv_timeout(quiet) {
                Ok(Message::Blind) => self.polls = true,
                Ok(Message::Faint) => self.look_once_more(),
                // What was swept is out of date.
                Ok(Message::Swept(..)) => {}
                Ok(Message::Touched(more)) => {
                    events += 1;
                    let both = places.zip(more).filter(|_| events <= MANY);
                    places = both.map(|(own, more)| [own, more].concat());
                }
                Err(_) => break,
            }
        }
        let mut places = places?;
        places.sort();
        places.dedup();
        Some(places)
    }

    /// Gives an editor the time to put a file back.
    pub(super) fn be_patient(&mut self) {
        self.settle(PATIENCE, None);
    }

    /// Sees to it that there is another look soon, whatever happens.
    pub(super) fn look_once_more(&mut self) {
        self.again.get_or_insert_with(|| Instant::now() + ONCE_MORE);
    }

    /// Takes down how long a look took.
    pub(super) fn took(&mut self, look: Duration) {
        self.look = look;
    }

    /// Watches what there is to watch now; folders may have been replaced by others.
    pub(super) fn renew(&mut self) {
        if self.polls {
            self.watcher = None;
            return;
        }
        let wanted = places::of(&self.project.root);
        if self.watcher.is_some() && wanted == self.watched {
            return;
        }
        // What changed while nothing was watched is seen by another look.
        self.look_once_more();
        match self.watch_all(&wanted) {
            Ok(watcher) => self.watcher = Some(watcher),
            Err(error) => {
                self.watcher = None;
                self.polls = !matches!(error.kind, notify::ErrorKind::PathNotFound);
            }
        }
        self.watched = wanted;
    }

    fn watch_all(&self, places: &[places::Place]) -> notify::Result<RecommendedWatcher> {
        let (sender, root) = (self.sender.clone(), self.project.root.clone());
        let linked: Vec<PathBuf> =
            places.iter().filter(|one| one.linked).map(|one| one.path.clone()).collect();
        let hear = move |event| {
            if let Some(message) = heard(event, &root, &linked) {
                let _ = sender.send(message);
            }
        };
        let config = Config::default().with_follow_symlinks(false);
        let mut watcher = RecommendedWatcher::new(hear, config)?;
        for place in places {
            let deep = match place.deep {
                true => RecursiveMode::Recursive,
                false => RecursiveMode::NonRecursive,
            };
            watcher.watch(&place.path, deep)?;
        }
        Ok(watcher)
    }
}

/// What an event means.
fn heard(
    event: notify::Result<Event>,
    root: &Path,
    linked: &[PathBuf],
) -> Option<Message> {
    let event = match event {
        Ok(event) => event,
        Err(error) if matches!(error.kind, notify::ErrorKind::MaxFilesWatch) => {
            return Some(Message::Blind);
        }
        Err(_) => return Some(Message::Touched(None)),
    };
    let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
    if event.need_rescan() {
        return Some(Message::Touched(None));
    }
    if matches!(event.kind, EventKind::Access(_)) && event.kind != written {
        return None;
    }
    let mut ours = event.paths;
    ours.retain(|path| places::is_ours(path, root, linked));
    let any = !ours.is_empty();
    ours.retain(|path| !places::is_faint(path));
    match any {
        true if ours.is_empty() => Some(Message::Faint),
        true => Some(Message::Touched(Some(ours))),
        false => None,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use notify::event::{AccessKind, AccessMode, CreateKind};
    use notify::{Event, EventKind};

    use super::{Message, heard};

    fn hear(kind: EventKind, path: &str) -> &'static str {
        let event = Event::new(kind).add_path(path.into());
        match heard(Ok(event), Path::new("/p"), &["/p/pictures".into()]) {
            Some(Message::Touched(_)) => "touched",
            Some(Message::Faint) => "faint",
            _ => "nothing",
        }
    }

    #[test]
    fn reading_is_no_change() {
        let read = EventKind::Access(AccessKind::Close(AccessMode::Read));
        assert_eq!(hear(read, "/p/content/a.md"), "nothing");
        let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
        assert_eq!(hear(written, "/p/content/a.md"), "touched");
    }

    #[test]
    fn only_what_a_site_is_made_of_matters() {
        let made = EventKind::Create(CreateKind::Any);
        for path in
            ["/p/content/a.md", "/p/content", "/p/themes/x/a.css", "/p/pictures/a"]
        {
            assert_eq!(hear(made, path), "touched", "{path}");
        }
        for path in ["/p/site/a.html", "/p/target", "/p/contents/a"] {
            assert_eq!(hear(made, path), "nothing", "{path}");
        }
        for name in ["a.md~", ".#a.md", ".a.md.swp", "4913", "x.tmp", "___jb_tmp___"] {
            assert_eq!(hear(made, &format!("/p/content/{name}")), "faint", "{name}");
        }
    }
}
