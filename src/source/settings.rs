//! `site.yaml`.

use std::collections::BTreeMap;

use serde_json::json;
use tera::Value;

use crate::diagnostic::{
    Checked, Code, Diagnostic, FilePath, Findings, Levels, Severity, Span,
};
use crate::record::{
    Count, Field, Fields, Look, Period, Reader, Record, Text, Url, is_id, record,
};
use crate::syntax::yaml::{self, Node};

record! {
    /// How much of everything there should be; what is left out is not asked for.
    Coverage {
        /// The least questions for each skill.
        optional skill: Option<Count>,
        /// The least questions for each step.
        optional step: Option<Count>,
        /// The least percent of easy questions in each bank.
        optional easy: Option<Count>,
        /// The least percent of medium questions in each bank.
        optional medium: Option<Count>,
        /// The least percent of hard questions in each bank.
        optional hard: Option<Count>,
        /// The least questions with three graded samples in each bank.
        optional samples: Option<Count>,
    }
}

record! {
    /// The fields of `site.yaml`.
    SiteFile {
        /// The name of the site.
        required title: Text,
        /// What stands under the name.
        optional tagline: Option<Text>,
        /// Where the site is published, with a slash at the end.
        optional url: Option<Url>,
        /// The language of the content and of the theme's words.
        optional language: Option<Language>,
        /// The folder under `themes/`, or `default`.
        optional theme: Option<ThemeName>,
        /// The repository, for links to edit a page.
        optional repository: Option<Url>,
        /// Its branch.
        optional branch: Option<Text>,
        /// Who wrote the content.
        optional author: Option<Text>,
        /// A paragraph for search engines.
        optional description: Option<Text>,
        /// After which time a page wants another review.
        optional review_after: Option<Period>,
        /// How much of everything there should be.
        optional coverage: Option<Coverage>,
        /// What findings weigh: a code and `error`, `warning` or `off`.
        optional checks: Checks,
    }
}

/// What the site is called and how it is judged.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The name of the site.
    pub title: String,
    /// What stands under the name.
    pub tagline: Option<String>,
    /// Where it is published, with a slash at the end.
    pub url: Option<String>,
    /// The language of the content, `en`.
    pub language: String,
    /// The theme's name and where it is named.
    pub theme: (String, Span),
    /// The address of the repository, without a slash at the end.
    pub repository: Option<String>,
    /// The branch that is edited.
    pub branch: String,
    /// Who wrote the content.
    pub author: Option<String>,
    /// A paragraph for search engines.
    pub description: Option<String>,
    /// After which time a page wants another review.
    pub review_after: Option<Period>,
    /// How much of everything there should be; `None` asks for nothing.
    pub coverage: Option<std::sync::Arc<Coverage>>,
    /// What findings weigh.
    pub levels: Levels,
    /// Whether drafts are part of the site.
    pub drafts: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            title: "Untitled".into(),
            tagline: None,
            url: None,
            language: "en".into(),
            theme: ("default".into(), Span::FILE),
            repository: None,
            branch: "main".into(),
            author: None,
            description: None,
            review_after: None,
            coverage: None,
            levels: Levels::new(),
            drafts: false,
        }
    }
}

impl Settings {
    /// Reads the text of `site.yaml`. What is wrong leaves the default in its place.
    pub fn read(source: &str, file: &FilePath) -> Checked<Self> {
        let mut findings = Findings::new();
        let document = yaml::parse(source, 0..source.len(), file, &mut findings);
        let links = Vec::new();
        let (findings_of, missing_at) = (&mut findings, Span::FILE);
        let mut reader =
            Reader { source, file, findings: findings_of, links, field: "", missing_at };
        let value = Self::of(document.root.as_ref(), &mut reader);
        Checked { value, findings }
    }

    fn of(root: Option<&Node<'_>>, reader: &mut Reader<'_>) -> Self {
        let empty = Node { span: Span::FILE, value: empty_map() };
        let root = root.unwrap_or(&empty);
        let Some(mut fields) = Fields::of(root) else {
            reader.unfit(root, "a map of settings");
            return Self::default();
        };
        let site = <SiteFile as Record>::take(&mut fields, reader);
        fields.close(reader);
        site.map_or_else(Self::default, Self::from)
    }

    /// Where a page of this address is published.
    pub fn canonical(&self, address: &str) -> Option<String> {
        let address = address
            .strip_suffix("index.html")
            .filter(|rest| rest.is_empty() || rest.ends_with('/'))
            .unwrap_or(address);
        self.url.as_ref().map(|url| format!("{url}{address}"))
    }
}

fn empty_map() -> yaml::Value<'static> {
    yaml::Value::Map(Vec::new(), yaml::Extent::Whole)
}

impl From<SiteFile> for Settings {
    fn from(site: SiteFile) -> Self {
        let text = |text: Option<Text>| text.map(|text| text.0);
        let default = Self::default();
        Self {
            title: site.title.0,
            tagline: text(site.tagline),
            url: site.url.map(|url| format!("{}/", url.base())),
            language: site.language.map_or(default.language, |language| language.0),
            theme: site.theme.map_or(default.theme, |theme| (theme.name, theme.span)),
            repository: site.repository.map(|url| url.base().to_owned()),
            branch: text(site.branch).unwrap_or(default.branch),
            author: text(site.author),
            description: text(site.description),
            review_after: site.review_after,
            coverage: site.coverage.map(std::sync::Arc::new),
            levels: site.checks.0,
            drafts: false,
        }
    }
}

/// A language tag, `en` or `pt-BR`.
#[derive(Debug)]
pub struct Language(pub String);

/// The name of a folder under `themes/`.
#[derive(Debug)]
pub struct ThemeName {
    /// The folder.
    pub name: String,
    /// Where it is named.
    pub span: Span,
}

/// Codes and what they weigh.
#[derive(Debug, Default)]
pub struct Checks(pub Levels);

macro_rules! word {
    ($type:ty, $expected:literal, $pattern:literal, $parse:expr) => {
        impl Field for $type {
            fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
                let parse: fn(&str, Span) -> Option<Self> = $parse;
                let parsed = match &node.value {
                    yaml::Value::Text(text) => parse(text.trim(), node.span),
                    _ => None,
                };
                if parsed.is_none() {
                    reader.unfit(node, $expected);
                }
                parsed
            }

            fn schema() -> serde_json::Value {
                json!({ "type": "string", "pattern": $pattern })
            }

            fn data(&self, _: &dyn Look) -> Value {
                Value::none()
            }
        }
    };
}

word!(
    Language,
    "a language such as `en`",
    "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$",
    |text, _| {
        let plain = text.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        plain.then(|| Self(text.to_owned()))
    }
);
word!(ThemeName, "the name of a folder under `themes/`", "^[a-z0-9-]+$", |text, span| {
    is_id(text).then(|| Self { name: text.to_owned(), span })
});

impl Field for Checks {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let yaml::Value::Map(pairs, _) = &node.value else {
            reader.unfit(node, "a map of codes");
            return None;
        };
        let mut levels = BTreeMap::new();
        for (key, value) in pairs {
            let code = Code::named(&key.name);
            if code.is_none() {
                reader.findings.push(unknown_code(&key.name, reader.file, key.span));
            }
            let level = level(value, reader);
            levels.extend(code.zip(level));
        }
        Some(Self(levels))
    }

    fn schema() -> serde_json::Value {
        let codes = Code::ALL.iter().map(|code| code.name());
        json!({
            "type": "object",
            "propertyNames": { "enum": codes.collect::<Vec<_>>() },
            "additionalProperties": { "enum": ["error", "warning", "off"] },
        })
    }

    fn data(&self, _: &dyn Look) -> Value {
        Value::none()
    }
}

fn unknown_code(name: &str, file: &FilePath, span: Span) -> Diagnostic {
    let message = format!("no finding has the code `{name}`");
    Diagnostic::new(Code::UnknownField, file, span, message)
        .did_you_mean(name, Code::ALL.iter().map(|code| code.name()))
}

fn level(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Option<Severity>> {
    match &node.value {
        yaml::Value::Text(text) if text == "error" => Some(Some(Severity::Error)),
        yaml::Value::Text(text) if text == "warning" => Some(Some(Severity::Warning)),
        yaml::Value::Text(text) if text == "off" => Some(None),
        _ => {
            reader.unknown_choice(node, &["error", "warning", "off"]);
            None
        }
    }
}
