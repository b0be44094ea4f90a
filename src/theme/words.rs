//! `theme.yaml` and `strings/`: what a theme can be told, and every word that it says.

use serde_yaml::Value as Yaml;
use tera::Value;
use tera::value::Key;

use super::Files;
use crate::diagnostic::{Checked, Code, Diagnostic, FilePath, Findings, Span};
use crate::syntax::yaml;

/// A theme's settings and words.
#[derive(Debug)]
pub struct Words {
    /// All of `theme.yaml`, for templates.
    pub settings: Value,
    /// The words in the site's language, over those in English.
    pub strings: Value,
}

impl Words {
    /// Reads `theme.yaml` and the strings of a language.
    pub(super) fn read(files: &Files, language: &str) -> Checked<Self> {
        let mut findings = Findings::new();
        let mut words = Yaml::Mapping(serde_yaml::Mapping::new());
        let base = language.split('-').next().unwrap_or(language);
        for name in ["en", base, language] {
            merge(
                &mut words,
                file(files, &format!("strings/{name}.yaml"), &mut findings),
            );
        }
        let settings = file(files, "theme.yaml", &mut findings).unwrap_or(Yaml::Null);
        let value = Self {
            settings: Value::from_serializable(&settings),
            strings: Value::from_serializable(&words),
        };
        Checked { value, findings }
    }

    /// A word by its name; the name itself if the theme has no word for it.
    pub fn get<'w>(&'w self, name: &'w str) -> &'w str {
        let word = self.strings.as_map().and_then(|words| words.get(&Key::Str(name)));
        word.and_then(Value::as_str).unwrap_or(name)
    }
}

/// Whether a theme with this `theme.yaml` is laid over the built-in one.
pub(super) fn inherits(path: &FilePath, bytes: &[u8]) -> bool {
    // What is wrong with the file is reported when all of it is read.
    let settings = parse(path, bytes, &mut Findings::new());
    let inherits = settings.as_ref().and_then(|settings| settings.get("inherits"));
    inherits.and_then(Yaml::as_bool).unwrap_or(true)
}

fn file(files: &Files, name: &str, findings: &mut Findings) -> Option<Yaml> {
    let file = files.get(name)?;
    parse(&file.path, &file.bytes, findings)
}

/// Our own reader comes first: it has limits, and tells the place.
fn parse(path: &FilePath, bytes: &[u8], findings: &mut Findings) -> Option<Yaml> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        findings.push(super::not_utf8(path));
        return None;
    };
    let before = findings.iter().len();
    yaml::parse(text, 0..text.len(), path, findings);
    if findings.iter().len() > before {
        return None;
    }
    match serde_yaml::from_str(text) {
        Ok(yaml) => Some(yaml),
        Err(error) => {
            let at = error.location().map_or(0, |place| place.index());
            let message = format!("not YAML: {}", text_of(&error));
            let finding =
                Diagnostic::new(Code::BadYaml, path, Span::new(at, at), message);
            findings.push(finding);
            None
        }
    }
}

/// The message without the place, which printers tell.
fn text_of(error: &serde_yaml::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}

fn merge(words: &mut Yaml, more: Option<Yaml>) {
    if let (Yaml::Mapping(words), Some(Yaml::Mapping(more))) = (words, more) {
        for (name, word) in more {
            words.insert(name, word);
        }
    }
}
