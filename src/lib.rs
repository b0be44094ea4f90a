//! pmjump compiles a folder of Markdown and YAML into a static site.
//!
//! ```text
//! content/ ─load─▶ Sources ─parse─▶ Entries ─link─▶ Catalog ┐
//!                                                           ├─▶ Site ─▶ write to site/
//! themes/  ─load─────────────────────────────────▶ Theme    ┘
//! ```
//!
//! The modules in reading order: [`diagnostic`] (what is said about content), [`syntax`]
//! (texts to trees with places), [`record`] (YAML maps to structs), [`source`] (what the
//! files say), [`catalog`] (the graph of entries), [`kind`] (the kinds of content),
//! [`check`] (judgements on the graph), [`theme`], [`render`] (pages), [`site`] (address
//! to bytes), [`serve`] (the site while it is edited), [`cli`] (one file per command).

pub mod catalog;
pub mod check;
#[expect(clippy::disallowed_methods, reason = "commands have effects")]
pub mod cli;
pub mod diagnostic;
pub mod kind;
pub mod record;
pub mod render;
#[expect(clippy::disallowed_methods, reason = "the dev loop has effects")]
pub mod serve;
pub mod site;
pub mod source;
pub mod syntax;
pub mod theme;

use diagnostic::{Checked, Findings};
use kind::Memo;
use site::Site;
use source::Sources;
use theme::Theme;

/// Compiles sources into a site; what is wrong with them comes along as findings. `memo`
/// spares files the reading that have not changed since it was used last.
pub fn compile(sources: &Sources, theme: Theme, memo: &Memo) -> Checked<Site> {
    let mut findings = Findings::new();
    let parsed = findings.take(kind::parse(sources, memo));
    let catalog = findings.take(catalog::link(parsed, sources, kind::KINDS));
    findings.extend(check::all(&catalog));
    let value = findings.take(Site::new(catalog, theme));
    Checked { value, findings }
}
