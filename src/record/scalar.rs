//! Texts, numbers and Markdown.

use serde_json::json;
use tera::Value;

use super::{Field, Look, Reader};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::syntax::link::{Link, Role, Target};
use crate::syntax::markdown::{self, Body, Sink, Style};
use crate::syntax::yaml::{self, Node};

/// A plain text, as it is written: `012` and `no` are texts.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text(pub String);

/// A summary: a plain text of at most 160 characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary(pub String);

/// A question as it is spoken: a plain text of at most 220 characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prompt {
    /// What is asked.
    pub text: String,
    /// Its bytes in the file.
    pub span: Span,
}

/// A plain text that something else has to be found by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Token {
    /// The text.
    pub text: String,
    /// Its bytes in the file.
    pub span: Span,
}

/// Markdown in a field.
#[derive(Debug, Clone, Default)]
pub struct Markdown {
    /// What it becomes.
    pub body: Body,
    /// Its bytes in the file.
    pub span: Span,
}

/// An address of the web, with `http` or `https`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url(pub String);

/// Any finite number.
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd)]
pub struct Number(pub f64);

/// A whole number from 1 on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count(pub u32);

/// The text of a scalar; a finding and `None` for anything else.
pub(super) fn scalar<'n>(
    node: &'n Node<'_>,
    reader: &mut Reader<'_>,
    expected: &str,
) -> Option<&'n str> {
    match &node.value {
        yaml::Value::Text(text) => Some(text),
        _ => {
            reader.unfit(node, expected);
            None
        }
    }
}

/// A plain scalar such as `012` is a text to us, and a number to a reader of the schema.
pub(super) fn text_schema() -> serde_json::Value {
    json!({ "type": ["string", "number", "boolean"], "pattern": "\\S" })
}

fn limited(
    node: &Node<'_>,
    reader: &mut Reader<'_>,
    (most, code): (usize, Code),
) -> Option<String> {
    let text = scalar(node, reader, "a text")?.trim().to_owned();
    let length = text.chars().count();
    if length > most {
        let message = format!("found {length} characters, expected at most {most}");
        let finding = Diagnostic::new(code, reader.file, node.span, message);
        let plural = if length == most + 1 { "" } else { "s" };
        let help = format!("cut {} character{plural}", length - most);
        reader.findings.push(finding.help(help));
    }
    Some(text)
}

macro_rules! text_field {
    ($name:ident, $read:expr, $text:expr) => {
        impl Field for $name {
            fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
                let read: fn(&Node<'_>, &mut Reader<'_>) -> Option<Self> = $read;
                read(node, reader)
            }

            fn schema() -> serde_json::Value {
                text_schema()
            }

            fn data(&self, _: &dyn Look) -> Value {
                let text: fn(&Self) -> &str = $text;
                Value::normal_string(text(self))
            }
        }
    };
}

text_field!(
    Summary,
    |node, reader| limited(node, reader, (160, Code::LongSummary)).map(Self),
    |summary| &summary.0
);
text_field!(
    Prompt,
    |node, reader| {
        let text = limited(node, reader, (220, Code::LongPrompt))?;
        Some(Self { text, span: node.span })
    },
    |prompt| &prompt.text
);
text_field!(
    Token,
    |node, reader| {
        let text = scalar(node, reader, "a text")?.trim().to_owned();
        Some(Self { text, span: node.span })
    },
    |token| &token.text
);
text_field!(
    Text,
    |node, reader| Some(Self(scalar(node, reader, "a text")?.trim().to_owned())),
    |text| &text.0
);

impl Field for Markdown {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        scalar(node, reader, "a text")?;
        let yaml::Value::Text(text) = &node.value else { return None };
        let region = yaml::region(reader.source, text, node.span);
        let sink = Sink {
            file: reader.file,
            links: &mut reader.links,
            findings: reader.findings,
        };
        let body = markdown::parse(&region, Style::default(), sink);
        Some(Self { body, span: node.span })
    }

    fn schema() -> serde_json::Value {
        text_schema()
    }

    fn data(&self, look: &dyn Look) -> Value {
        look.html(&self.body)
    }
}

impl Url {
    /// Reads an absolute address.
    pub fn parse(text: &str) -> Option<Self> {
        let rest =
            text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let plain =
            |c: char| !c.is_whitespace() && !c.is_control() && !"\"<>\\^`{|}".contains(c);
        let host =
            rest.split(['/', '?', '#']).next().is_some_and(|host| !host.is_empty());
        (host && rest.chars().all(plain)).then(|| Self(text.to_owned()))
    }

    /// The address without query, fragment and the slash at its end: what paths are put
    /// behind.
    pub fn base(&self) -> &str {
        self.0.split(['?', '#']).next().unwrap_or("").trim_end_matches('/')
    }
}

impl Field for Url {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let expected = "an address such as `https://example.org/site/`";
        let url = Self::parse(scalar(node, reader, expected)?.trim());
        match &url {
            None => reader.unfit(node, expected),
            Some(url) => reader.links.push(Link {
                target: Target::Outside(url.0.as_str().into()),
                span: node.span,
                anchor: None,
                role: Role::Field(reader.field),
            }),
        }
        url
    }

    fn schema() -> serde_json::Value {
        let plain = "[^\\s\\x00-\\x1f\\x7f\"<>\\\\^`{|}";
        let pattern = format!("^\\s*https?://{plain}/?#]{plain}]*\\s*$");
        json!({ "type": "string", "pattern": pattern })
    }

    fn data(&self, _: &dyn Look) -> Value {
        Value::normal_string(&self.0)
    }
}

impl Field for Number {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let number = scalar(node, reader, "a number")?.parse().ok();
        let number = number.filter(|number: &f64| number.is_finite());
        if number.is_none() {
            reader.unfit(node, "a number");
        }
        number.map(Self)
    }

    fn schema() -> serde_json::Value {
        let pattern = "^[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?$";
        json!({ "type": ["number", "string"], "pattern": pattern })
    }

    fn data(&self, _: &dyn Look) -> Value {
        match self.0.fract() == 0.0 && self.0.abs() < 1e15 {
            true => Value::from(self.0 as i64),
            false => Value::from(self.0),
        }
    }
}

impl Field for Count {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let expected = "a whole number from 1 on";
        let number = scalar(node, reader, expected)?.parse().ok();
        let number = number.filter(|number: &u32| *number > 0);
        if number.is_none() {
            reader.unfit(node, expected);
        }
        number.map(Self)
    }

    fn schema() -> serde_json::Value {
        json!({
            "type": ["integer", "string"],
            "minimum": 1,
            "maximum": u32::MAX,
            "pattern": "^\\+?0*[1-9]\\d{0,8}$",
        })
    }

    fn data(&self, _: &dyn Look) -> Value {
        Value::from(u64::from(self.0))
    }
}

impl Field for bool {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match scalar(node, reader, "`true` or `false`")? {
            "true" | "True" | "TRUE" => Some(true),
            "false" | "False" | "FALSE" => Some(false),
            _ => {
                reader.unfit(node, "`true` or `false`");
                None
            }
        }
    }

    fn schema() -> serde_json::Value {
        let pattern = "^(true|True|TRUE|false|False|FALSE)$";
        json!({ "type": ["boolean", "string"], "pattern": pattern })
    }

    fn data(&self, _: &dyn Look) -> Value {
        Value::from(*self)
    }
}

impl<T: Field> Field for Option<T> {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        if T::is_empty(node) {
            return Some(None);
        }
        T::read(node, reader).map(Some)
    }

    fn schema() -> serde_json::Value {
        let empty = json!({
            "type": ["null", "string", "array", "object"],
            "pattern": "^\\s*$",
            "maxItems": 0,
            "maxProperties": 0,
        });
        json!({ "anyOf": [T::schema(), empty] })
    }

    fn data(&self, look: &dyn Look) -> Value {
        self.as_ref().map_or_else(Value::none, |value| value.data(look))
    }
}
