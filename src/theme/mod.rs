//! A theme laid over the built-in one, with its templates compiled.
//!
//! In: the files of the project's theme. Out: a [`Theme`] that renders a template with
//! data, and the files that a page links to.
//! Keeps true: templates read nothing but the theme and the data; a mistake in one is a
//! finding at its place in the template; the words of a page come from `strings/`.

mod builtin;
mod errors;
mod shared;
mod tokens;
mod uses;
mod words;

pub(crate) use builtin::files as embedded;
pub use builtin::{GUIDE, THEME};
pub use uses::{EVERYTHING, Uses};
pub use words::Words;

use errors::{Template, Templates};
use shared::Shared;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::value::Key;
use tera::{Context, Kwargs, State, Tera, Value};

use crate::diagnostic::{Checked, Code, Diagnostic, FilePath, Findings};
use crate::kind::KINDS;
use crate::source::{SITE_YAML, Settings, ThemeFiles};

/// The folder of a site that a theme's files are put into.
pub const FOLDER: &str = "theme";

/// The style sheet that begins with the colours of `theme.yaml`.
const STYLES: &str = "theme/styles/main.css";

/// Templates that every theme has besides one for each kind with pages.
const TEMPLATES: &[&str] =
    &["index", "list", "glossary", "search", "404", "redirect", "card"];

/// Where a theme's templates stand, and what their names begin with: those of the
/// project's theme are found first, and can extend those they are laid over by their full
/// name.
const TEMPLATE_FOLDER: &str = "templates/";
const OWN: &str = "own/";
const BUILT_IN: &str = "default/";

/// The longest page, in bytes: a template that writes more is stopped.
const LONGEST_PAGE: usize = 64 << 20;

/// A theme that is ready to render.
pub struct Theme {
    tera: Tera,
    /// The files that are copied, by their address in the site.
    pub files: BTreeMap<String, Cow<'static, [u8]>>,
    /// The words of the theme.
    pub words: Words,
    templates: Templates,
    shared: Shared,
    /// What each template asks for.
    uses: BTreeMap<&'static str, Uses>,
    /// The texts of settings and words, for excerpts.
    texts: BTreeMap<FilePath, Arc<str>>,
}

/// One file of a theme and its path in the project.
struct File {
    path: FilePath,
    bytes: Cow<'static, [u8]>,
}

/// Files by their path inside the theme.
type Files = BTreeMap<String, File>;

impl Theme {
    /// Lays the project's files over the built-in theme.
    pub fn new(settings: &Settings, own: ThemeFiles) -> Checked<Self> {
        let mut findings = Findings::new();
        let name = &settings.theme.0;
        if own.is_empty() && name != "default" {
            findings.push(unknown_theme(settings));
        }
        let files = lay(own);
        let words = findings.take(Words::read(&files, &settings.language));
        let known = findings.iter().all(|finding| !finding.file.ends_with("/theme.yaml"));
        let mut theme = Self {
            tera: Tera::new(),
            files: BTreeMap::new(),
            words,
            templates: Templates::new(),
            shared: Shared::default(),
            uses: BTreeMap::new(),
            texts: BTreeMap::new(),
        };
        theme.take(files, &mut findings);
        let uses = |name| (name, Uses::read(&format!("{name}.html"), &theme.templates));
        theme.uses = needed().map(uses).collect();
        let compiled = theme.compile();
        // Whether the theme stands alone is not known if its settings cannot be read.
        findings.extend(compiled.into_iter().filter(|_| known));
        Checked { value: theme, findings }
    }

    /// Sorts files into templates, settings and what is copied.
    fn take(&mut self, files: Files, findings: &mut Findings) {
        for (name, File { path, bytes }) in files {
            if is_template(&name) {
                match String::from_utf8(bytes.into_owned()) {
                    Ok(text) => {
                        let text = text.into();
                        self.templates.insert(name, Template { path, text });
                    }
                    Err(_) => findings.push(not_utf8(&path)),
                }
            } else if name.starts_with("strings/") || name == "theme.yaml" {
                let text = String::from_utf8_lossy(&bytes);
                if name == "theme.yaml" {
                    let css = findings.take(tokens::css(&path, &text));
                    self.colour(&css);
                }
                self.texts.insert(path, text.into());
            } else {
                self.files.insert(format!("{FOLDER}/{name}"), bytes);
            }
        }
    }

    /// Puts the custom properties before the style sheet. (`styles/` comes before
    /// `theme.yaml` in the order of names.)
    fn colour(&mut self, css: &str) {
        if let Some(sheet) = self.files.get_mut(STYLES) {
            *sheet = [css.as_bytes(), sheet].concat().into();
        }
    }

    fn compile(&mut self) -> Findings {
        self.tera.autoescape_on([".html", ".xml"]);
        self.tera.register_filter("once", once);
        let parts = self.shared.parts();
        let call =
            move |arguments: Kwargs, state: &State<'_>| parts.call(&arguments, state);
        self.tera.register_function("shared", call);
        let prefixes = self.tera.set_fallback_prefixes([OWN, BUILT_IN]);
        let templates = self.templates.iter();
        let texts = templates.map(|(name, template)| (name.as_str(), &*template.text));
        let texts: Vec<_> = texts.collect();
        if let Err(error) = prefixes.and_then(|()| self.tera.add_raw_templates(texts)) {
            return self.all_errors(&error);
        }
        let global = self.tera.global_context();
        global.insert_value("theme", self.words.settings.clone());
        global.insert_value("t", self.words.strings.clone());
        self.missing_templates().into_iter().collect()
    }

    /// The errors of all templates; what the first of them hides, each tells alone.
    fn all_errors(&self, first: &tera::Error) -> Findings {
        let alone = self.templates.iter().filter_map(|(name, template)| {
            let error = Tera::new().add_raw_template(name, &template.text).err()?;
            let syntax = matches!(error.kind(), tera::ErrorKind::SyntaxError(_));
            syntax.then(|| errors::findings(&error, name, &self.templates))
        });
        let found: Vec<Diagnostic> = alone.flatten().collect();
        if found.is_empty() {
            return errors::findings(first, "", &self.templates).into_iter().collect();
        }
        found.into_iter().collect()
    }

    fn missing_templates(&self) -> Vec<Diagnostic> {
        let missing =
            needed().filter(|name| !self.tera.contains_template(&format!("{name}.html")));
        let path: FilePath = SITE_YAML.into();
        missing
            .map(|name| {
                let message = format!("the theme has no template `{name}.html`");
                Diagnostic::new(Code::TemplateError, &path, Default::default(), message)
                    .help("add it to the theme's `templates/`, or let the theme inherit")
            })
            .collect()
    }

    /// Adds what every page can see of the site.
    #[must_use]
    pub fn of_site(mut self, site: Value) -> Self {
        self.tera.global_context().insert_value("site", site);
        self.shared.open(&self.tera);
        self
    }

    /// What a template asks for.
    pub fn uses(&self, template: &str) -> &Uses {
        self.uses.get(template).unwrap_or(&EVERYTHING)
    }

    /// Renders a template; a mistake in it is a finding at its place.
    pub fn render(
        &self,
        template: &str,
        data: &Context,
    ) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let name = format!("{template}.html");
        let mut page = Limited(Vec::with_capacity(16 << 10));
        match self.tera.render_to(&name, data, &mut page) {
            Ok(()) => Ok(page.0),
            Err(error) => Err(errors::findings(&error, &name, &self.templates)),
        }
    }

    /// The text of a file of the theme, for excerpts.
    pub fn text(&self, path: &str) -> Option<Arc<str>> {
        let template = self.templates.values().find(|template| *template.path == *path);
        let text = template.map(|template| &template.text);
        text.or_else(|| self.texts.get(path)).cloned()
    }
}

/// The names of the templates that a theme has to have.
fn needed() -> impl Iterator<Item = &'static str> {
    let kinds = KINDS.iter().filter(|kind| kind.has_pages()).map(|kind| kind.name);
    kinds.chain(TEMPLATES.iter().copied())
}

/// Cards, each address once, in their order: the filter `once`. (Tera's own `unique`
/// compares every value with every other.)
fn once(cards: Vec<Value>, _: Kwargs, _: &State<'_>) -> Vec<Value> {
    let address = |card: &Value| Some(card.as_map()?.get(&Key::Str("href"))?.to_string());
    let mut seen = BTreeSet::new();
    cards
        .into_iter()
        .filter(|card| address(card).is_none_or(|href| seen.insert(href)))
        .collect()
}

/// A page that cannot grow without end.
struct Limited(Vec<u8>);

impl std::io::Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > LONGEST_PAGE {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The built-in files with the project's in place of those of the same name. A theme that
/// says `inherits: false` stands alone.
fn lay(own: ThemeFiles) -> Files {
    let settings = own.get("theme.yaml").map(|(path, bytes)| (path, bytes.as_slice()));
    let alone = settings.is_some_and(|(path, bytes)| !words::inherits(path, bytes));
    let mut files = if alone { Files::new() } else { builtin_files() };
    for (name, (path, bytes)) in own {
        let name = match name.strip_prefix(TEMPLATE_FOLDER) {
            Some(template) => format!("{OWN}{template}"),
            None => name,
        };
        files.insert(name, File { path, bytes: bytes.into() });
    }
    files
}

fn is_template(name: &str) -> bool {
    name.starts_with(OWN) || name.starts_with(BUILT_IN)
}

fn builtin_files() -> Files {
    let files = builtin::files(&THEME).into_iter().map(|(name, bytes)| {
        // No file of a project has this path, so none can be taken for it.
        let path: FilePath = format!("(built-in)/{name}").into();
        let name = match name.strip_prefix(TEMPLATE_FOLDER) {
            Some(template) => format!("{BUILT_IN}{template}"),
            None => name,
        };
        (name, File { path, bytes: bytes.into() })
    });
    files.collect()
}

fn unknown_theme(settings: &Settings) -> Diagnostic {
    let (name, span) = &settings.theme;
    let message = format!("no folder `themes/{name}`");
    Diagnostic::new(Code::BadValue, &SITE_YAML.into(), *span, message)
        .did_you_mean(name, ["default"])
}

fn not_utf8(path: &FilePath) -> Diagnostic {
    let message = "the file is not UTF-8";
    Diagnostic::new(Code::NotUtf8, path, Default::default(), message)
        .help("save the file in the encoding UTF-8")
}
