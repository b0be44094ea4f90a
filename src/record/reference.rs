//! Ids, and fields that name entries.

use std::marker::PhantomData;

use serde_json::json;
use tera::Value;

use super::scalar::{scalar, text_schema};
use super::{Field, Look, Reader};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::syntax::link::{Link, Role, Target};
use crate::syntax::yaml::Node;

/// The longest id, in characters.
const LONGEST: usize = 64;

/// What an id is, in advice.
const ID_IS: &str = "an id is lower-case letters, digits and single hyphens";

/// An id and where it is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Id {
    /// Lower-case ASCII letters, digits, single hyphens.
    pub text: Box<str>,
    /// Its bytes in the file.
    pub span: Span,
}

/// A kind of content that has a name in links.
pub trait Named: Send + Sync + 'static {
    /// `step`, `skill` and so on.
    const KIND: &'static str;
}

/// A field that names an entry of one kind by its bare id.
pub struct Ref<K> {
    /// The number of the link among those of the entry.
    pub link: u32,
    kind: PhantomData<fn() -> K>,
}

/// A field that names an entry of any kind as `kind:id`.
#[derive(Debug, Clone, Copy)]
pub struct AnyRef(
    /// The number of the link among those of the entry.
    pub u32,
);

/// Whether `text` may be an id: lower-case ASCII letters, digits, single hyphens not at
/// the ends, at most 64 characters, and not `index`.
pub fn is_id(text: &str) -> bool {
    let plain =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let hyphens = text.starts_with('-') || text.ends_with('-') || text.contains("--");
    let length = (1..=LONGEST).contains(&text.len());
    length && text.bytes().all(plain) && !hyphens && text != "index"
}

impl Field for Id {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let text = scalar(node, reader, "an id")?;
        if !is_id(text) {
            reader.findings.push(bad_id(text, reader, node.span));
            return None;
        }
        Some(Self { text: text.into(), span: node.span })
    }

    fn schema() -> serde_json::Value {
        json!({
            "type": ["string", "integer", "boolean"],
            "minimum": 0,
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
            "minLength": 1,
            "maxLength": LONGEST,
            "not": { "const": "index" },
        })
    }

    fn data(&self, _: &dyn Look) -> Value {
        Value::normal_string(&self.text)
    }
}

fn bad_id(text: &str, reader: &Reader<'_>, span: Span) -> Diagnostic {
    id_finding(text, reader.file, span)
}

/// The finding for an id that is none.
pub(crate) fn id_finding(
    text: &str,
    file: &crate::diagnostic::FilePath,
    span: Span,
) -> Diagnostic {
    let message = match text {
        "index" => "the id `index` is taken".to_owned(),
        _ => format!("`{text}` is no id"),
    };
    let help = match suggestion(text) {
        Some(id) => {
            format!("{ID_IS}: `{id}`")
        }
        None => format!("{ID_IS}, at most {LONGEST} characters"),
    };
    Diagnostic::new(Code::BadId, file, span, message).help(help)
}

/// The id that `text` could be.
fn suggestion(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let words =
        lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let id: String = words.collect::<Vec<_>>().join("-");
    is_id(&id).then_some(id)
}

impl<K> Clone for Ref<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Ref<K> {}

impl<K> std::fmt::Debug for Ref<K> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Ref({})", self.link)
    }
}

impl<K: Named> Field for Ref<K> {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let id = scalar(node, reader, "an id")?;
        let target = Target::Entry { kind: Some(K::KIND.into()), id: id.into() };
        Some(Self { link: record_link(reader, target, node.span), kind: PhantomData })
    }

    fn schema() -> serde_json::Value {
        text_schema()
    }

    fn data(&self, look: &dyn Look) -> Value {
        look.link(self.link)
    }
}

impl Field for AnyRef {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let target =
            Target::entry(scalar(node, reader, "an entry such as `step:take-stock`")?);
        Some(Self(record_link(reader, target, node.span)))
    }

    fn schema() -> serde_json::Value {
        text_schema()
    }

    fn data(&self, look: &dyn Look) -> Value {
        look.link(self.0)
    }
}

fn record_link(reader: &mut Reader<'_>, target: Target, span: Span) -> u32 {
    let role = Role::Field(reader.field);
    reader.links.push(Link { target, span, anchor: None, role });
    Span::new(0, reader.links.len() - 1).end
}

#[cfg(test)]
mod tests {
    use super::{is_id, suggestion};

    #[test]
    fn ids_are_plain() {
        for id in ["a", "take-stock", "first-90-days", "2"] {
            assert!(is_id(id), "{id}");
        }
        let long = "a".repeat(65);
        for wrong in
            ["", "A", "a--b", "-a", "a-", "a_b", "é", "index", "a.b", "../a", &long]
        {
            assert!(!is_id(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_near_id_is_offered() {
        assert_eq!(suggestion("Take Stock_2").as_deref(), Some("take-stock-2"));
        assert_eq!(suggestion("…"), None);
    }
}
