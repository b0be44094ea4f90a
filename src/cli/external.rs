//! `pmjump check --external`: asks outside addresses whether they still exist.
//!
//! Polite: one request at a time to a host, hosts side by side, one `GET` without a body
//! being read. An answer is kept for a day outside the project. Only an answer that says
//! that the page is gone counts; a refusal or silence tells nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Duration;

use ureq::Agent;

use super::Terminal;
use crate::catalog::{Catalog, EntryId};
use crate::diagnostic::{Code, Diagnostic, Findings, Span};
use crate::syntax::link::Target;

/// How long an answer is believed.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(15);
/// The pause between two requests to a host.
const PAUSE: Duration = Duration::from_millis(500);
/// How many hosts are asked at the same time.
const HOSTS: usize = 8;

/// What is known about an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// It is there.
    Alive,
    /// The host says that it is not, with this status.
    Gone(u16),
    /// Nothing is known.
    Unknown,
}

/// The findings for all outside links of a catalog.
pub(super) fn check(catalog: &Catalog, terminal: &Terminal) -> Findings {
    let places = places(catalog);
    let urls: Vec<&str> = places.keys().copied().collect();
    let progress = terminal.progress("asking address");
    let answers = ask_all(&urls, &|| progress.step(urls.len()));
    progress.finish();
    let unknown = answers.values().filter(|answer| **answer == Answer::Unknown).count();
    terminal.say(&format!(
        "{} outside addresses, {unknown} gave no clear answer",
        urls.len()
    ));
    let gone = answers.iter().filter_map(|(url, answer)| match answer {
        Answer::Gone(status) => Some((url, *status)),
        _ => None,
    });
    gone.flat_map(|(url, status)| {
        places[url]
            .iter()
            .map(move |(entry, span)| finding(catalog, (*entry, *span), url, status))
    })
    .collect()
}

/// Where each address of the web is written.
fn places(catalog: &Catalog) -> BTreeMap<&str, Vec<(EntryId, Span)>> {
    let mut places: BTreeMap<&str, Vec<(EntryId, Span)>> = BTreeMap::new();
    for (id, entry) in (0..).map(EntryId).zip(&catalog.entries) {
        for link in &entry.links {
            if let Target::Outside(url) = &link.target
                && url.starts_with("http")
            {
                places.entry(url).or_default().push((id, link.span));
            }
        }
    }
    places
}

fn finding(
    catalog: &Catalog,
    (entry, span): (EntryId, Span),
    url: &str,
    status: u16,
) -> Diagnostic {
    let message = format!("`{url}` is gone: the host answers {status}");
    Diagnostic::new(Code::BrokenLink, &catalog.entry(entry).place.file, span, message)
        .help("find where it went, or take the link out")
}

/// Asks all addresses, grouped by host.
fn ask_all<'u>(urls: &[&'u str], step: &(dyn Fn() + Sync)) -> BTreeMap<&'u str, Answer> {
    let mut hosts: BTreeMap<&str, Vec<&'u str>> = BTreeMap::new();
    for url in urls {
        hosts.entry(host(url)).or_default().push(url);
    }
    let queue: Mutex<Vec<Vec<&'u str>>> = Mutex::new(hosts.into_values().collect());
    let answers = Mutex::new(BTreeMap::new());
    let cache = Cache::open();
    let agent = agent();
    std::thread::scope(|scope| {
        for _ in 0..HOSTS {
            scope.spawn(|| {
                while let Some(urls) = queue.lock().ok().and_then(|mut queue| queue.pop())
                {
                    for url in urls {
                        let answer = cache.ask(&agent, url);
                        answers.lock().map(|mut all| all.insert(url, answer)).ok();
                        step();
                    }
                }
            });
        }
    });
    answers.into_inner().unwrap_or_default()
}

fn host(url: &str) -> &str {
    url.split('/').nth(2).unwrap_or(url)
}

fn agent() -> Agent {
    let config = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .http_status_as_error(false)
        .user_agent(concat!("pmjump/", env!("CARGO_PKG_VERSION"), " (link check)"));
    config.build().into()
}

/// Asks the host. An address with a fragment is asked without it.
fn ask(agent: &Agent, url: &str) -> Answer {
    let url = url.split('#').next().unwrap_or(url);
    let url = if url.starts_with("//") { format!("https:{url}") } else { url.to_owned() };
    match agent.get(&url).call().map(|response| response.status().as_u16()) {
        Ok(status @ (404 | 410)) => Answer::Gone(status),
        Ok(200..=399) => Answer::Alive,
        _ => Answer::Unknown,
    }
}

/// Answers of the last day: a small file for each address in the user's cache folder.
struct Cache {
    folder: Option<PathBuf>,
}

impl Cache {
    /// Without a folder everything is asked again.
    fn open() -> Self {
        let base = std::env::var_os("XDG_CACHE_HOME")
            .or_else(|| std::env::var_os("LOCALAPPDATA"));
        let home =
            || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
        let folder =
            base.map(PathBuf::from).or_else(home).map(|base| base.join("pmjump"));
        Self { folder: folder.filter(|folder| fs::create_dir_all(folder).is_ok()) }
    }

    fn ask(&self, agent: &Agent, url: &str) -> Answer {
        if let Some(answer) = self.known(url) {
            return answer;
        }
        let answer = ask(agent, url);
        std::thread::sleep(PAUSE);
        if answer != Answer::Unknown {
            self.keep(url, answer);
        }
        answer
    }

    fn place(&self, url: &str) -> Option<PathBuf> {
        let name = format!("{:016x}", xxhash_rust::xxh3::xxh3_64(url.as_bytes()));
        Some(self.folder.as_ref()?.join(name))
    }

    fn known(&self, url: &str) -> Option<Answer> {
        let place = self.place(url)?;
        let age = fs::metadata(&place).ok()?.modified().ok()?.elapsed().ok()?;
        let text = fs::read_to_string(&place).ok().filter(|_| age < DAY)?;
        match text.strip_suffix(url)?.trim() {
            "alive" => Some(Answer::Alive),
            gone => Some(Answer::Gone(gone.strip_prefix("gone ")?.parse().ok()?)),
        }
    }

    fn keep(&self, url: &str, answer: Answer) {
        let word = match answer {
            Answer::Alive => "alive".to_owned(),
            Answer::Gone(status) => format!("gone {status}"),
            Answer::Unknown => return,
        };
        if let Some(place) = self.place(url) {
            let _ = fs::write(place, format!("{word} {url}"));
        }
    }
}
