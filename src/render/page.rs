//! One page: which template, and the data that it sees.

use std::collections::BTreeMap;

use tera::{Context, Value};

use super::html::Filler;
use super::{Renderer, root};
use crate::catalog::{Entry, EntryId, Incoming, Kind};
use crate::diagnostic::Findings;
use crate::record::{Data, Field, Silent};
use crate::syntax::link::Role;
use crate::theme::Uses;

/// A page of the site.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its address from the root.
    pub address: String,
    /// The template, without its ending.
    pub template: &'static str,
    /// What it is about.
    pub subject: Subject,
}

/// What a page is about.
#[derive(Debug, Clone)]
pub enum Subject {
    /// An entry.
    Entry(EntryId),
    /// All entries of a kind.
    List(&'static Kind),
    /// A former id of an entry.
    Alias(EntryId),
    /// The site as a whole.
    Site,
}

impl Page {
    /// How many folders it is below the root.
    pub(super) fn depth(&self) -> usize {
        usize::from(self.address.contains('/'))
    }
}

/// Gathers the data of a page: what its template asks for, and no more.
pub(super) struct Maker<'r> {
    renderer: &'r Renderer,
    page: &'r Page,
    depth: usize,
    uses: &'r Uses,
    filler: Option<Filler<'r>>,
}

impl<'r> Maker<'r> {
    pub(super) fn new(renderer: &'r Renderer, page: &'r Page, uses: &'r Uses) -> Self {
        let depth = page.depth();
        let filler = match page.subject {
            Subject::Entry(id) => Some(Filler::new(renderer, id, depth)),
            _ => None,
        };
        Self { renderer, page, depth, uses, filler }
    }

    pub(super) fn into_findings(self) -> Findings {
        self.filler.map_or_else(Findings::new, |filler| filler.findings.into_inner())
    }

    /// Everything that the template sees besides what all pages share.
    pub(super) fn data(&self) -> Context {
        let mut data = Context::new();
        data.insert_value("root", self.root());
        data.insert_value("lists", self.renderer.lists(self.depth, self.uses));
        data.insert_value("page", self.page_data());
        if let Subject::Entry(id) = self.page.subject {
            data.insert_value("fields", self.fields(id));
        }
        data
    }

    /// A page that does not know where it is shown, the 404, counts from the site's
    /// address.
    fn root(&self) -> Value {
        let settings = &self.renderer.catalog.settings;
        match (self.page.template, &settings.url) {
            ("404", Some(url)) => Value::normal_string(url),
            _ => Value::normal_string(root(self.depth)),
        }
    }

    fn page_data(&self) -> Value {
        let mut data = Data::new();
        data.insert("address", Value::normal_string(&self.page.address));
        let canonical = self.renderer.catalog.settings.canonical(&self.canonical());
        data.insert("canonical", canonical.map_or_else(Value::none, Value::from));
        match self.page.subject {
            Subject::Entry(id) => self.entry_data(id, &mut data),
            Subject::List(kind) => {
                list_data(kind, &mut data);
                if !kind.has_pages() && self.uses.of("page").has("entries") {
                    data.insert("entries", self.entries(kind));
                }
            }
            Subject::Alias(id) => {
                data.insert("target", self.renderer.card(id, self.depth));
            }
            Subject::Site => {}
        }
        if self.uses.of("page").has("map") {
            data.insert("map", self.map());
        }
        data.into()
    }

    fn map(&self) -> Value {
        let id = match self.page.subject {
            Subject::Entry(id) => Some(id),
            _ => None,
        };
        super::map::of(self.renderer, id, root(self.depth))
    }

    /// The address that search engines keep: for a former id that of the entry.
    fn canonical(&self) -> String {
        match self.page.subject {
            Subject::Alias(id) => self.renderer.catalog.entry(id).address(),
            _ => self.page.address.clone(),
        }
    }

    fn entry_data(&self, id: EntryId, data: &mut Data) {
        let entry = self.renderer.catalog.entry(id);
        let asked = self.uses.of("page");
        let mut put = |name: &'static str, make: &dyn Fn() -> Value| {
            if asked.has(name) {
                data.insert(name, make());
            }
        };
        put("kind", &|| Value::normal_string(entry.kind.name));
        put("plural", &|| Value::normal_string(entry.kind.plural));
        put("id", &|| Value::normal_string(&entry.id));
        put("title", &|| Value::normal_string(entry.title()));
        put("summary", &|| Value::normal_string(&entry.common.summary));
        put("retired", &|| entry.common.retired.into());
        put("sources", &|| entry.common.sources.data(&Silent));
        put("reviewed", &|| self.reviewed(entry));
        put("stale", &|| self.is_stale(entry).into());
        put("edit", &|| self.edit(entry));
        put("toc", &|| toc(entry));
        let (previous, next) = self.renderer.catalog.neighbours(id);
        put("previous", &|| self.card_of(previous));
        put("next", &|| self.card_of(next));
        put("parent", &|| self.parent(entry));
        put("named_by", &|| self.named_by(id));
        put("mentions", &|| self.mentions(id));
        put("children", &|| self.children(entry));
    }

    fn card_of(&self, id: Option<EntryId>) -> Value {
        let listed = id.filter(|id| super::is_listed(self.renderer.catalog.entry(*id)));
        listed.map_or_else(Value::none, |id| self.renderer.card(id, self.depth))
    }

    fn parent(&self, entry: &Entry) -> Value {
        self.card_of(self.renderer.catalog.parent(entry).map(|(id, _)| id))
    }

    fn reviewed(&self, entry: &Entry) -> Value {
        entry.common.reviewed.map_or_else(Value::none, |(date, _)| date.data(&Silent))
    }

    fn is_stale(&self, entry: &Entry) -> bool {
        let catalog = &self.renderer.catalog;
        let after = catalog.settings.review_after;
        entry
            .common
            .reviewed
            .zip(after)
            .is_some_and(|((date, _), after)| date.is_older_than(after, catalog.today))
    }

    fn edit(&self, entry: &Entry) -> Value {
        let settings = &self.renderer.catalog.settings;
        settings.repository.as_ref().map_or_else(Value::none, |repository| {
            let file = crate::syntax::url::percent_encode(&entry.place.file).into_owned();
            Value::from(format!("{repository}/edit/{}/{file}", settings.branch))
        })
    }

    /// The entries that name this one in a field, by `kind_field`.
    fn named_by(&self, id: EntryId) -> Value {
        let catalog = &self.renderer.catalog;
        let mut lists: BTreeMap<String, Vec<EntryId>> = BTreeMap::new();
        for incoming in &catalog.incoming[id.0 as usize] {
            let from = catalog.entry(incoming.from);
            let Role::Field(field) = from.links[incoming.link as usize].role else {
                continue;
            };
            if !super::is_listed(from) {
                continue;
            }
            let list = lists.entry(format!("{}_{field}", from.kind.name)).or_default();
            if list.last() != Some(&incoming.from) {
                list.push(incoming.from);
            }
        }
        let cards = lists.into_iter().map(|(name, list)| {
            let cards = list.iter().map(|id| self.renderer.card(*id, self.depth));
            (name, Value::from(cards.collect::<Vec<_>>()))
        });
        cards.collect::<BTreeMap<_, _>>().into()
    }

    /// The entries whose text links to this one, each once, with the first sentence of
    /// it: a card has none.
    fn mentions(&self, id: EntryId) -> Value {
        let catalog = &self.renderer.catalog;
        let role =
            |link: &Incoming| &catalog.entry(link.from).links[link.link as usize].role;
        let mut kept: Vec<Incoming> = Vec::new();
        for incoming in &catalog.incoming[id.0 as usize] {
            let field = matches!(role(incoming), Role::Field(_));
            if field
                || incoming.from == id
                || !super::is_listed(catalog.entry(incoming.from))
            {
                continue;
            }
            match kept.last_mut().filter(|last| last.from == incoming.from) {
                Some(last) if !matches!(role(last), Role::Text(_)) => *last = *incoming,
                Some(_) => {}
                None => kept.push(*incoming),
            }
        }
        kept.iter().map(|incoming| self.mention(incoming)).collect::<Vec<_>>().into()
    }

    fn mention(&self, incoming: &Incoming) -> Value {
        let filler = Filler::new(self.renderer, incoming.from, self.depth);
        let mut mention = Data::new();
        mention.insert("card", self.renderer.card(incoming.from, self.depth));
        mention.insert("sentence", filler.sentence(incoming.link).into());
        mention.into()
    }

    /// The entries that stand in this one: the questions of a bank.
    fn children(&self, entry: &Entry) -> Value {
        let catalog = &self.renderer.catalog;
        let parent = Some((entry.kind.name, entry.id.clone()));
        let kinds = crate::kind::inside(entry.kind);
        let children = kinds.flat_map(|(kind, _)| catalog.of_kind(kind.name));
        let children = children.filter(|(_, child)| child.parent == parent);
        let cards = children.filter(|(_, child)| super::is_listed(child));
        cards.map(|(id, _)| self.renderer.card(id, self.depth)).collect::<Vec<_>>().into()
    }

    /// The fields of an entry, its Markdown as `body`, and the fields of the entry it is
    /// in.
    fn fields(&self, id: EntryId) -> Value {
        let entry = self.renderer.catalog.entry(id);
        let asked = self.uses.of("fields");
        let wanted = |name: &str| asked.has(name);
        let mut data = Data::new();
        let Some(filler) = &self.filler else { return data.into() };
        filler.fields(&mut data, &wanted);
        if wanted("body") {
            data.insert("body", Value::safe_string(&filler.html(&entry.body, false)));
        }
        let parent = self.renderer.catalog.parent(entry).filter(|_| wanted("parent"));
        if let Some((parent, _)) = parent {
            let mut fields = Data::new();
            Filler::new(self.renderer, parent, self.depth).fields(&mut fields, &|_| true);
            data.insert("parent", fields.into());
        }
        data.into()
    }

    /// The entries of a kind that has no pages, with all their fields.
    fn entries(&self, kind: &Kind) -> Value {
        let entries = self.renderer.catalog.of_kind(kind.name);
        let listed = entries.filter(|(_, entry)| super::is_listed(entry));
        let full = listed.map(|(id, entry)| {
            let mut data = Data::new();
            let aliases = entry.common.aliases.iter().map(|alias| alias.data(&Silent));
            data.insert("card", self.renderer.card(id, self.depth));
            data.insert("aliases", aliases.collect::<Vec<_>>().into());
            Filler::new(self.renderer, id, self.depth).fields(&mut data, &|_| true);
            Value::from(data)
        });
        full.collect::<Vec<_>>().into()
    }
}

fn toc(entry: &Entry) -> Value {
    let headings = entry.body.headings.iter().map(|heading| {
        let mut data = Data::new();
        data.insert("level", Value::from(u64::from(heading.level)));
        data.insert("id", Value::normal_string(&heading.id));
        data.insert("text", Value::normal_string(&heading.text));
        Value::from(data)
    });
    headings.collect::<Vec<_>>().into()
}

fn list_data(kind: &Kind, data: &mut Data) {
    data.insert("kind", Value::normal_string(kind.name));
    data.insert("plural", Value::normal_string(kind.plural));
}
