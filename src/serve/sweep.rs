//! Making all pages of a site, to find what only that finds: mistakes in templates that
//! depend on the page.
//!
//! Keeps true: a page that panics is a finding; a sweep ends soon after it is told to.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::diagnostic::{Checked, Code, Diagnostic, FilePath, Findings, Span};
use crate::render::Subject;
use crate::site::{File, Site};
use crate::source::SITE_YAML;

/// All pages of a site, those first that somebody looks at.
pub struct Sweep {
    site: Arc<Site>,
    first: Vec<String>,
}

impl Sweep {
    pub(super) fn new(site: Arc<Site>, first: Vec<String>) -> Self {
        Self { site, first }
    }

    /// Whether it is of this site.
    pub(super) fn is_of(&self, site: &Arc<Site>) -> bool {
        Arc::ptr_eq(&self.site, site)
    }

    /// Makes the pages that somebody looks at.
    pub fn begin(&self) -> Findings {
        let made = self.first.iter().filter_map(|address| make(&self.site, address));
        made.flat_map(|made| made.findings).collect()
    }

    /// Makes all pages; `None` if it was told to stop.
    pub fn run(&self, stop: &AtomicBool) -> Option<Findings> {
        let mut findings = Findings::new();
        for address in self.site.paths() {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            let page = self.site.subject(address).and_then(|_| make(&self.site, address));
            findings.extend(page.into_iter().flat_map(|page| page.findings));
        }
        Some(findings)
    }
}

/// Makes a file of the site; a panic is a finding.
pub(super) fn make<'s>(site: &'s Site, address: &str) -> Option<Checked<File<'s>>> {
    catch_unwind(AssertUnwindSafe(|| site.render(address))).unwrap_or_else(|panic| {
        let message = format!("pmjump could not make `{address}`: {}", words(&*panic));
        let file = file_of(site, address);
        let finding = Diagnostic::new(Code::TemplateError, &file, Span::FILE, message)
            .help("this is a mistake in pmjump: please report it with this page");
        let findings = Findings::from_iter([finding]);
        Some(Checked { value: File::Bytes(Vec::new().into()), findings })
    })
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
