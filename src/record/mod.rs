//! YAML maps to structs: typed at the door, all mistakes at once, each at its token.
//!
//! In: a [`Node`] and a [`Reader`]. Out: a struct made by `record!`, the links its
//! fields hold, and findings; from the same lines its JSON Schema and its data for
//! templates. Keeps true: reading goes on after a mistake; a required field that could
//! not be read makes the record `None`, an optional one takes its default; what is
//! missing in a collection that a syntax error cut off is not reported.

mod choice;
mod date;
mod effort;
mod fields;
mod list;
mod reference;
mod scalar;
mod schema;

pub(crate) use choice::choices;
pub use date::{Date, Period};
pub use effort::{Effort, Unit};
pub use fields::{Fields, first_key};
pub use list::List;
pub(crate) use reference::id_finding;
pub use reference::{AnyRef, Id, Named, Ref, is_id};
pub use scalar::{Count, Markdown, Number, Prompt, Summary, Text, Token, Url};
pub use schema::Object;

use std::any::Any;
use std::fmt::Debug;

use std::collections::BTreeMap;

use tera::Value;

use crate::diagnostic::{Code, Diagnostic, FilePath, Findings, Span};
use crate::syntax::link::Link;
use crate::syntax::markdown::Body;
use crate::syntax::yaml::{self, Node};

/// A type that a YAML value can be read as.
pub trait Field: Sized + Send + Sync + 'static {
    /// Reads the value; `None` and a finding if it is none of this type.
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self>;

    /// The JSON Schema (draft-07) of such values.
    fn schema() -> serde_json::Value;

    /// What a template sees.
    fn data(&self, look: &dyn Look) -> Value;

    /// Whether the value counts as not there.
    fn is_empty(node: &Node<'_>) -> bool {
        match &node.value {
            yaml::Value::Null => true,
            yaml::Value::Text(text) => text.trim().is_empty(),
            yaml::Value::List(items, extent) => items.is_empty() && *extent == WHOLE,
            yaml::Value::Map(pairs, extent) => pairs.is_empty() && *extent == WHOLE,
        }
    }
}

const WHOLE: yaml::Extent = yaml::Extent::Whole;
const CUT: yaml::Extent = yaml::Extent::Cut;

/// A struct that a YAML map can be read as; `record!` writes the implementation.
pub trait Record: Any + Send + Sync + Debug {
    /// Takes its fields out of a map.
    fn take(fields: &mut Fields<'_, '_>, reader: &mut Reader<'_>) -> Option<Self>
    where
        Self: Sized;

    /// Adds its properties to a schema.
    fn describe(object: &mut Object)
    where
        Self: Sized;

    /// Adds those of its fields to the data of a template that are wanted.
    fn fill(&self, data: &mut Data, look: &dyn Look, wanted: Wanted<'_>);
}

/// Named data of a template. (A map of Tera's own would be built twice over.)
pub type Data = BTreeMap<&'static str, Value>;

/// Which fields, by name, something is wanted of.
pub type Wanted<'w> = &'w dyn Fn(&str) -> bool;

/// What turns links and Markdown into data once a page is known.
pub trait Look {
    /// The destination of a link of the entry: title, address, summary and so on.
    fn link(&self, link: u32) -> Value;
    /// A field's Markdown as HTML.
    fn html(&self, body: &Body) -> Value;
}

/// Sees neither links nor Markdown: for data of plain fields alone.
pub struct Silent;

impl Look for Silent {
    fn link(&self, _: u32) -> Value {
        Value::none()
    }

    fn html(&self, _: &Body) -> Value {
        Value::none()
    }
}

/// What reading needs and collects.
pub struct Reader<'r> {
    /// The whole text of the file.
    pub source: &'r str,
    /// Its path.
    pub file: &'r FilePath,
    /// What was found.
    pub findings: &'r mut Findings,
    /// The links of the entry that is being read.
    pub links: Vec<Link>,
    /// The field that is being read, of the entry's own fields.
    pub field: &'static str,
    /// Where a missing field is reported: at the first key of the list's item that is
    /// being read, and else at the file's first place.
    pub missing_at: Span,
}

impl Reader<'_> {
    /// Reports a value that is not what it should be.
    pub fn bad(&mut self, span: Span, found: &str, expected: &str) {
        let message = format!("found {found}, expected {expected}");
        let finding = Diagnostic::new(Code::BadValue, self.file, span, message);
        self.findings.push(finding);
    }

    /// Reports a value of the wrong shape. What a syntax error cut off may have any.
    pub fn unfit(&mut self, node: &Node<'_>, expected: &str) {
        let found = match &node.value {
            yaml::Value::List(_, CUT) | yaml::Value::Map(_, CUT) => return,
            yaml::Value::Text(text) if text.is_empty() => "an empty text".to_owned(),
            yaml::Value::Text(text) if text.len() <= 40 => format!("`{text}`"),
            _ => node.describe().to_owned(),
        };
        self.bad(node.span, &found, expected);
    }
}

impl<R: Record> Field for R {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(mut fields) = Fields::of(node) else {
            reader.unfit(node, "a map");
            return None;
        };
        let record = R::take(&mut fields, reader);
        fields.close(reader);
        record
    }

    fn schema() -> serde_json::Value {
        let mut object = Object::default();
        R::describe(&mut object);
        object.into()
    }

    fn data(&self, look: &dyn Look) -> Value {
        let mut data = Data::new();
        self.fill(&mut data, look, &|_| true);
        data.into()
    }
}

/// Declares a struct that is read from YAML. Each field says whether it is `required` or
/// `optional`; its documentation goes into the JSON Schema.
macro_rules! record {
    (
        $(#[doc = $about:literal])*
        $name:ident {
            $($(#[doc = $doc:literal])+ $presence:ident $field:ident: $type:ty,)*
        }
    ) => {
        $(#[doc = $about])*
        #[derive(Debug)]
        pub struct $name {
            $($(#[doc = $doc])+ pub $field: $type,)*
        }

        impl $crate::record::Record for $name {
            fn take(
                fields: &mut $crate::record::Fields<'_, '_>,
                reader: &mut $crate::record::Reader<'_>,
            ) -> Option<Self> {
                $(let $field = fields.$presence::<$type>(stringify!($field), reader);)*
                Some(Self { $($field: $field?,)* })
            }

            fn describe(object: &mut $crate::record::Object) {
                $(
                    let about = concat!($($doc),+).trim();
                    object.$presence::<$type>(stringify!($field), about);
                )*
            }

            fn fill(
                &self,
                data: &mut $crate::record::Data,
                look: &dyn $crate::record::Look,
                wanted: $crate::record::Wanted<'_>,
            ) {
                $(if wanted(stringify!($field)) {
                    let value = $crate::record::Field::data(&self.$field, look);
                    data.insert(stringify!($field), value);
                })*
            }
        }
    };
}
pub(crate) use record;
