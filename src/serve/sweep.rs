//! Making pages so that none can harm the server: one that panics is a finding, and so
//! is one that does not end. A sweep makes all pages of a site, to find what only that
//! finds: mistakes in templates that depend on the page.
//!
//! Keeps true: whoever waits for a page waits for a limited time; a sweep ends soon after
//! it is told to.

use std::any::Any;
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::diagnostic::{Checked, Code, Diagnostic, FilePath, Findings, Span};
use crate::render::Subject;
use crate::site::{File, Site};
use crate::source::SITE_YAML;

/// How long a page may take; one of a thousand words takes a ten-thousandth of this.
const PATIENCE: Duration = Duration::from_secs(10);
/// The same while everybody waits.
const LITTLE_PATIENCE: Duration = Duration::from_secs(1);

/// A site with what was learnt in making its pages.
#[derive(Clone)]
pub struct Served {
    site: Arc<Site>,
    /// A page that did not end: it is still being made, and is not begun again.
    endless: Arc<OnceLock<String>>,
}

/// A file of a site.
#[derive(Debug)]
pub(super) enum Made {
    Bytes(Vec<u8>),
    Copy(PathBuf),
}

/// All pages of a site, those first that somebody looks at.
pub struct Sweep {
    served: Served,
    first: Vec<String>,
}

impl Deref for Served {
    type Target = Site;

    fn deref(&self) -> &Site {
        &self.site
    }
}

impl Served {
    pub(super) fn new(site: Site) -> Self {
        Self { site: site.into(), endless: Arc::default() }
    }

    /// Whether both are the same site, and not only alike.
    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.site, &other.site)
    }

    /// Makes a file of the site. A template cannot be stopped from outside, so a page
    /// that does not end is left alone.
    pub(super) fn make(&self, address: &str) -> Option<Checked<Made>> {
        if self.site.subject(address).is_none() {
            return make(&self.site, address);
        }
        if self.endless.get().is_some_and(|known| known == address) {
            return Some(endless(&self.site, address));
        }
        let made = self.begin(vec![address.to_owned()], &Arc::default());
        made.recv_timeout(PATIENCE).unwrap_or_else(|_| {
            let _ = self.endless.set(address.to_owned());
            Some(endless(&self.site, address))
        })
    }

    /// Makes pages one after another on a thread of their own, until `stop` is set.
    fn begin(
        &self,
        addresses: Vec<String>,
        stop: &Arc<AtomicBool>,
    ) -> Receiver<Option<Checked<Made>>> {
        let (sender, made) = channel();
        let (site, stop) = (Arc::clone(&self.site), Arc::clone(stop));
        std::thread::spawn(move || {
            for address in addresses {
                let gone = sender.send(make(&site, &address)).is_err();
                if gone || stop.load(Ordering::Relaxed) {
                    return;
                }
            }
        });
        made
    }

    /// The findings of these pages; `None` if it was told to stop.
    fn findings(
        &self,
        addresses: Vec<String>,
        (stop, patience): (&Arc<AtomicBool>, Duration),
    ) -> Option<Findings> {
        let mut findings = Findings::new();
        if let Some(address) = self.endless.get() {
            return Some(endless(&self.site, address).findings);
        }
        let made = self.begin(addresses.clone(), stop);
        for address in addresses {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            match made.recv_timeout(patience) {
                Ok(page) => {
                    findings.extend(page.into_iter().flat_map(|page| page.findings))
                }
                Err(_) if stop.load(Ordering::Relaxed) => return None,
                Err(_) => {
                    let _ = self.endless.set(address.clone());
                    findings.extend(endless(&self.site, &address).findings);
                    break;
                }
            }
        }
        Some(findings)
    }
}

impl Sweep {
    pub(super) fn new(served: Served, first: Vec<String>) -> Self {
        Self { served, first }
    }

    /// Whether it is of this site.
    pub(super) fn is_of(&self, site: &Served) -> bool {
        self.served.is(site)
    }

    /// Makes the pages that somebody looks at.
    pub fn begin(&self) -> Findings {
        let pages = (&Arc::default(), LITTLE_PATIENCE);
        self.served.findings(self.first.clone(), pages).unwrap_or_default()
    }

    /// Makes all pages; `None` if it was told to stop.
    pub fn run(&self, stop: &Arc<AtomicBool>) -> Option<Findings> {
        let site = &self.served;
        let pages = site.paths().filter(|address| site.subject(address).is_some());
        let pages = pages.map(str::to_owned).collect();
        self.served.findings(pages, (stop, PATIENCE))
    }
}

/// Makes a file of the site; a panic is a finding.
fn make(site: &Site, address: &str) -> Option<Checked<Made>> {
    let made = catch_unwind(AssertUnwindSafe(|| site.render(address))).map_err(|panic| {
        let message = format!("pmjump could not make `{address}`: {}", words(&*panic));
        failed(site, address, message)
            .help("this is a mistake in pmjump: please report it with this page")
    });
    match made {
        Ok(made) => made.map(|Checked { value, findings }| Checked {
            value: match value {
                File::Bytes(bytes) => Made::Bytes(bytes.into_owned()),
                File::Copy(place) => Made::Copy(place.to_owned()),
            },
            findings,
        }),
        Err(finding) => Some(nothing(finding)),
    }
}

fn endless(site: &Site, address: &str) -> Checked<Made> {
    let message = format!("the template of `{address}` does not end");
    let finding = failed(site, address, message);
    nothing(finding.help("look for a loop in it, and start `pmjump serve` again"))
}

fn failed(site: &Site, address: &str, message: String) -> Diagnostic {
    Diagnostic::new(Code::TemplateError, &file_of(site, address), Span::FILE, message)
}

fn nothing(finding: Diagnostic) -> Checked<Made> {
    let findings = Findings::from_iter([finding]);
    Checked { value: Made::Bytes(Vec::new()), findings }
}

/// The file that a page is made of.
fn file_of(site: &Site, address: &str) -> FilePath {
    match site.subject(address) {
        Some(Subject::Entry(id) | Subject::Alias(id)) => {
            site.catalog().entry(*id).place.file.clone()
        }
        _ => SITE_YAML.into(),
    }
}

/// What a panic says.
pub(super) fn words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("a panic")
}
