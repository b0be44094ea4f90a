//! Entries to the data of templates, and bodies to HTML.
//!
//! In: a catalog and a theme. Out: the bytes of one page.
//! Keeps true: a page depends on nothing but the catalog and the theme; every address in
//! it is relative, so the same bytes work wherever they are put.

mod card;
mod glossary;
mod html;
mod page;

pub use glossary::Terms;
pub use page::{Page, Subject};

use std::sync::OnceLock;

use tera::{Context, Map, Value};

use crate::catalog::{Catalog, EntryId};
use crate::diagnostic::{Checked, Findings};
use crate::theme::Theme;

/// How deep below the root pages stand: at the top, or in the folder of their kind.
pub const DEPTHS: usize = 2;

/// Everything that pages are made of, and what several of them share.
pub struct Renderer {
    /// The entries.
    pub catalog: Catalog,
    /// The templates.
    pub theme: Theme,
    terms: Option<Terms>,
    cards: Vec<[OnceLock<Value>; DEPTHS]>,
    lists: [OnceLock<Value>; DEPTHS],
}

impl Renderer {
    /// Prepares what all pages share.
    pub fn new(catalog: Catalog, mut theme: Theme) -> Self {
        theme.share("site", site_data(&catalog));
        let cards = catalog.entries.iter().map(|_| Default::default()).collect();
        let terms = Terms::new(&catalog);
        Self { catalog, theme, terms, cards, lists: Default::default() }
    }

    /// Makes a page.
    pub fn render(&self, page: &Page) -> Checked<Vec<u8>> {
        let maker = page::Maker::new(self, page);
        let data = maker.data();
        let mut findings = maker.into_findings();
        let value = match self.theme.render(page.template, &data) {
            Ok(bytes) => bytes,
            Err(faults) => {
                findings.extend(faults);
                Vec::new()
            }
        };
        Checked { value, findings }
    }

    /// The card of an entry as seen from `depth`.
    fn card(&self, id: EntryId, depth: usize) -> Value {
        let slot = &self.cards[id.0 as usize][depth];
        slot.get_or_init(|| card::card(&self.catalog, self.catalog.entry(id), depth))
            .clone()
    }

    /// The cards of all kinds, by the kind's name.
    fn lists(&self, depth: usize) -> Value {
        let make = || {
            let mut lists = Map::new();
            for kind in crate::kind::KINDS {
                let entries = self.catalog.of_kind(kind.name);
                let shown = entries.filter(|(_, entry)| is_listed(entry));
                let cards: Vec<Value> =
                    shown.map(|(id, _)| self.card(id, depth)).collect();
                lists.insert(kind.name.into(), cards.into());
            }
            lists.into()
        };
        self.lists[depth].get_or_init(make).clone()
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

fn site_data(catalog: &Catalog) -> Value {
    let settings = &catalog.settings;
    let mut data = Map::new();
    let mut put = |name: &'static str, value: Option<&String>| {
        let value = value.map_or_else(Value::none, |text| Value::normal_string(text));
        data.insert(name.into(), value);
    };
    put("title", Some(&settings.title));
    put("tagline", settings.tagline.as_ref());
    put("url", settings.url.as_ref());
    put("language", Some(&settings.language));
    put("repository", settings.repository.as_ref());
    put("author", settings.author.as_ref());
    put("description", settings.description.as_ref());
    data.insert("version".into(), Value::normal_string(env!("CARGO_PKG_VERSION")));
    data.into()
}
