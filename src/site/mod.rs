//! The site: a pure function from address to bytes, and the list of its addresses.
//!
//! In: a catalog and a theme. Out: [`Site`]; [`write()`] puts it on the disk.
//! Keeps true: two things never share an address; `render` touches nothing outside the
//! site; only `write` writes.

mod manifest;
mod place;
mod plan;
mod stamp;
mod write;

pub use stamp::Inputs;
pub use write::{Progress, WriteError, Written, is_current, write};

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::catalog::Catalog;
use crate::diagnostic::{Checked, Findings};
use crate::render::{Page, Renderer, Subject};
use crate::theme::Theme;

/// A site that can make each of its files.
pub struct Site {
    renderer: Renderer,
    plan: BTreeMap<String, Output>,
}

/// How a file of the site is made.
#[derive(Debug)]
enum Output {
    /// From a template.
    Page(Page),
    /// It is a file of the theme, of the same address.
    Theme,
    /// It is a file of the content, at this place on the disk.
    Asset(PathBuf),
    /// It has nothing in it.
    Empty,
}

/// A file of the site.
#[derive(Debug)]
pub enum File<'s> {
    /// Its bytes.
    Bytes(Cow<'s, [u8]>),
    /// The same bytes as a file of the project.
    Copy(&'s std::path::Path),
}

impl Site {
    /// Plans the files of a site; what wants the same address is a finding.
    pub fn new(catalog: Catalog, theme: Theme) -> Checked<Self> {
        let mut findings = Findings::new();
        let plan = findings.take(plan::plan(&catalog, &theme));
        let site = Self { renderer: Renderer::new(catalog, theme), plan };
        Checked { value: site, findings }
    }

    /// The addresses of all files, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.plan.keys().map(String::as_str)
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.plan.len()
    }

    /// Whether there are no files; there always are some.
    pub fn is_empty(&self) -> bool {
        self.plan.is_empty()
    }

    /// Makes the file at an address; `None` if there is none.
    pub fn render(&self, path: &str) -> Option<Checked<File<'_>>> {
        let file = match self.plan.get(path)? {
            Output::Page(page) => {
                let Checked { value, findings } = self.renderer.render(page);
                return Some(Checked { value: File::Bytes(value.into()), findings });
            }
            Output::Theme => {
                let bytes = self.renderer.theme.files.get(path)?;
                File::Bytes(Cow::Borrowed(bytes))
            }
            Output::Asset(place) => File::Copy(place),
            Output::Empty => File::Bytes(Cow::Borrowed(&[])),
        };
        Some(Checked::clean(file))
    }

    /// Whether there is a file at an address.
    pub fn has(&self, path: &str) -> bool {
        self.plan.contains_key(path)
    }

    /// What the page at an address is about.
    pub fn subject(&self, path: &str) -> Option<&Subject> {
        match self.plan.get(path)? {
            Output::Page(page) => Some(&page.subject),
            _ => None,
        }
    }

    /// The files of the theme, by address.
    pub fn theme_files(&self) -> &BTreeMap<String, Cow<'static, [u8]>> {
        &self.renderer.theme.files
    }

    /// The entries of the site.
    pub fn catalog(&self) -> &Catalog {
        &self.renderer.catalog
    }

    /// The text of a template, for excerpts.
    pub fn template(&self, path: &str) -> Option<Arc<str>> {
        self.renderer.theme.text(path)
    }
}
