//! Entries to the data of templates, and bodies to HTML.
//!
//! In: a catalog and a theme. Out: the bytes of one page.
//! Keeps true: a page depends on nothing but the catalog and the theme; every address in
//! it is relative, so the same bytes work wherever they are put.

mod card;
mod glossary;
mod html;
mod map;
mod page;

pub use glossary::Terms;
pub use page::{Page, Subject};

use std::collections::BTreeMap;
use std::sync::OnceLock;

use tera::{Context, Value};

use crate::catalog::{Catalog, EntryId};
use crate::diagnostic::{Checked, Findings};
use crate::kind::KINDS;
use crate::record::Data;
use crate::theme::{EVERYTHING, Theme, Uses};

/// How deep below the root pages stand: at the top, or in the folder of their kind.
pub const DEPTHS: usize = 2;

/// Everything that pages are made of, and what several of them share.
pub struct Renderer {
    /// The entries.
    pub catalog: Catalog,
    /// The templates.
    pub theme: Theme,
    terms: Option<Terms>,
    /// For each entry the address of its page from the root, perhaps with `#id`.
    addresses: Vec<Box<str>>,
    cards: Vec<[OnceLock<Value>; DEPTHS]>,
    lists: BTreeMap<&'static str, [OnceLock<Value>; DEPTHS]>,
}

impl Renderer {
    /// Prepares what all pages share.
    pub fn new(catalog: Catalog, theme: Theme) -> Self {
        let theme = theme.of_site(site_data(&catalog));
        let cards = catalog.entries.iter().map(|_| Default::default()).collect();
        let terms = Terms::new(&catalog);
        let addresses = catalog.entries.iter().map(|entry| entry.address().into());
        let addresses = addresses.collect();
        let lists = KINDS.iter().map(|kind| (kind.name, Default::default())).collect();
        Self { catalog, theme, terms, addresses, cards, lists }
    }

    /// Makes a page. A template that fails sees everything before it is reported, so that
    /// the report can say what there is.
    pub fn render(&self, page: &Page) -> Checked<Vec<u8>> {
        let rendered = self.render_with(page, self.theme.uses(page.template));
        let rendered = rendered.or_else(|_| self.render_with(page, &EVERYTHING));
        rendered.unwrap_or_else(|findings| Checked { value: Vec::new(), findings })
    }

    fn render_with(
        &self,
        page: &Page,
        uses: &Uses,
    ) -> Result<Checked<Vec<u8>>, Findings> {
        let maker = page::Maker::new(self, page, uses);
        let data = maker.data();
        let mut findings = maker.into_findings();
        match self.theme.render(page.template, &data) {
            Ok(value) => Ok(Checked { value, findings }),
            Err(faults) => {
                findings.extend(faults);
                Err(findings)
            }
        }
    }

    /// The address of an entry's page from the root.
    fn address(&self, id: EntryId) -> &str {
        &self.addresses[id.0 as usize]
    }

    /// The card of an entry as seen from `depth`.
    fn card(&self, id: EntryId, depth: usize) -> Value {
        let slot = &self.cards[id.0 as usize][depth];
        slot.get_or_init(|| card::card(&self.catalog, id, depth)).clone()
    }

    /// The cards of the kinds that a template asks for, by the kind's name.
    fn lists(&self, depth: usize, uses: &Uses) -> Value {
        let parts = uses.of("lists");
        let asked = self.lists.iter().filter(|(kind, _)| parts.has(kind));
        let lists = asked.map(|(kind, made)| {
            (*kind, made[depth].get_or_init(|| self.list(kind, depth)).clone())
        });
        lists.collect::<Data>().into()
    }

    fn list(&self, kind: &str, depth: usize) -> Value {
        let listed = self.catalog.of_kind(kind).filter(|(_, entry)| is_listed(entry));
        listed.map(|(id, _)| self.card(id, depth)).collect::<Vec<_>>().into()
    }

    /// The HTML of a card that stands in another page.
    fn card_html(&self, id: EntryId, depth: usize, findings: &mut Findings) -> Vec<u8> {
        let mut data = Context::new();
        data.insert_value("card", self.card(id, depth));
        data.insert_value("root", root(depth).into());
        self.theme.render("card", &data).unwrap_or_else(|faults| {
            findings.extend(faults);
            Vec::new()
        })
    }
}

/// Whether lists show an entry.
fn is_listed(entry: &crate::catalog::Entry) -> bool {
    entry.is_publishable() && !entry.common.retired
}

/// The way from a page at `depth` to the root of the site.
fn root(depth: usize) -> &'static str {
    ["", "../"][depth]
}

/// How many entries of each kind lists show.
fn counts(catalog: &Catalog) -> Value {
    let kinds = crate::kind::KINDS.iter().map(|kind| {
        let shown = catalog.of_kind(kind.name).filter(|(_, entry)| is_listed(entry));
        (kind.name, Value::from(shown.count() as u64))
    });
    kinds.collect::<Data>().into()
}

fn site_data(catalog: &Catalog) -> Value {
    let settings = &catalog.settings;
    let mut data = Data::new();
    let mut put = |name: &'static str, value: Option<&String>| {
        let value = value.map_or_else(Value::none, |text| Value::normal_string(text));
        data.insert(name, value);
    };
    put("title", Some(&settings.title));
    put("tagline", settings.tagline.as_ref());
    put("url", settings.url.as_ref());
    put("language", Some(&settings.language));
    put("repository", settings.repository.as_ref());
    put("author", settings.author.as_ref());
    put("description", settings.description.as_ref());
    data.insert("counts", counts(catalog));
    data.insert("version", Value::normal_string(env!("CARGO_PKG_VERSION")));
    data.into()
}
