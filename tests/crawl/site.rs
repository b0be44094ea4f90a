//! A built site, read for a crawl.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use pmjump::catalog::Catalog;
use pmjump::diagnostic::Severity;
use pmjump::site::{File, Site};

use super::html::{self, Element};
use super::{built, url};

/// Attributes that hold an address.
const ADDRESSES: &[&str] =
    &["href", "src", "poster", "data", "action", "formaction", "background", "ping"];

/// A page that pmjump made.
pub(crate) struct Page {
    pub(crate) address: String,
    pub(crate) elements: Vec<Element>,
    pub(crate) errors: Vec<String>,
    ids: BTreeSet<String>,
}

/// A site with all its pages read.
pub(crate) struct Crawled {
    /// The addresses of all files.
    pub(crate) files: BTreeSet<String>,
    /// The pages that pmjump made, by address.
    pub(crate) pages: BTreeMap<String, Page>,
    /// The style sheets of the theme.
    pub(crate) styles: Vec<(String, String)>,
    /// Where it is published.
    pub(crate) url: String,
    pub(crate) language: String,
    /// The addresses of all steps.
    pub(crate) steps: Vec<String>,
    /// The addresses of former ids, and of what they are called now.
    pub(crate) aliases: BTreeSet<(String, String)>,
}

impl Page {
    fn read(address: &str, html: &str) -> Self {
        let html::Document { elements, errors } = html::read(html);
        let ids = elements.iter().filter_map(|own| own.get("id").map(str::to_owned));
        Self { address: address.to_owned(), ids: ids.collect(), elements, errors }
    }

    pub(crate) fn has_id(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// All elements of a name.
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = &Element> {
        self.elements.iter().filter(move |own| own.name == name)
    }

    /// All ids, as often as they stand there.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.elements.iter().filter_map(|own| own.get("id"))
    }

    /// All addresses, with the elements that hold them.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = (&Element, String)> {
        self.elements.iter().flat_map(|own| {
            let plain = ADDRESSES.iter().filter_map(|name| own.get(name));
            let sets = own.get("srcset").into_iter().flat_map(|set| set.split(','));
            let sets = sets.filter_map(|one| one.split_whitespace().next());
            let refresh = refresh(own);
            plain.chain(sets).chain(refresh).map(move |url| (own, url.to_owned()))
        })
    }

    /// Where the page sends its readers on to.
    pub(crate) fn redirect(&self) -> Option<&str> {
        self.elements.iter().find_map(refresh)
    }
}

fn refresh(own: &Element) -> Option<&str> {
    let named = own.name == "meta" && own.has("http-equiv", "refresh");
    own.get("content").filter(|_| named)?.split_once("url=").map(|(_, url)| url)
}

impl Crawled {
    /// Builds the project at `root`; there may be warnings in it.
    pub(crate) fn of(root: &Path) -> Self {
        let built = built::site(root);
        let errors = built.findings.iter();
        let errors: Vec<_> =
            errors.filter(|one| one.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        Self::read(&built.value)
    }

    fn read(site: &Site) -> Self {
        let catalog = site.catalog();
        let mut crawled = Self {
            files: site.paths().map(str::to_owned).collect(),
            pages: BTreeMap::new(),
            styles: Vec::new(),
            url: catalog.settings.url.clone().expect("the project has a url"),
            language: catalog.settings.language.clone(),
            steps: catalog.of_kind("step").map(|(_, step)| step.address()).collect(),
            aliases: aliases(catalog),
        };
        for path in site.paths() {
            let file = site.render(path).expect("it has a page").value;
            let File::Bytes(bytes) = file else { continue };
            let text = String::from_utf8_lossy(&bytes);
            if path.ends_with(".html") {
                crawled.pages.insert(path.to_owned(), Page::read(path, &text));
            } else if path.ends_with(".css") {
                crawled.styles.push((path.to_owned(), text.into_owned()));
            }
        }
        crawled
    }

    /// The files that a page's links lead to.
    pub(crate) fn links(&self, page: &Page) -> impl Iterator<Item = String> {
        let links = page.elements.iter().filter(|own| own.name == "a");
        let links = links.filter_map(|own| own.get("href"));
        let inside = links.filter(|url| !url::is_outside(url));
        let targets = inside.filter_map(|url| url::resolve("/", &page.address, url).ok());
        targets.map(|target| target.path)
    }

    /// All pages that links lead to from the home page.
    pub(crate) fn reached(&self) -> BTreeSet<&str> {
        let mut reached = BTreeSet::from(["index.html"]);
        let mut left = vec!["index.html"];
        while let Some(page) = left.pop().and_then(|address| self.pages.get(address)) {
            for path in self.links(page) {
                let Some(path) = self.files.get(&path) else { continue };
                if reached.insert(path) && self.pages.contains_key(path) {
                    left.push(path);
                }
            }
        }
        reached
    }
}

/// The addresses of the aliases of entries that have pages.
fn aliases(catalog: &Catalog) -> BTreeSet<(String, String)> {
    let paged = catalog.entries.iter().filter(|entry| entry.kind.has_pages());
    let aliases = paged.flat_map(|entry| {
        let folder = match entry.kind.plural {
            "" => String::new(),
            plural => format!("{plural}/"),
        };
        let names = entry.common.aliases.iter();
        names.map(move |alias| (format!("{folder}{}.html", alias.text), entry.address()))
    });
    aliases.collect()
}
