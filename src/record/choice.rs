//! Values out of a fixed set of words.

/// Declares an enum whose values are written as words.
macro_rules! choices {
    (
        $(#[doc = $about:literal])*
        $name:ident { $($(#[doc = $doc:literal])+ $variant:ident $word:literal,)+ }
    ) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[doc = $doc])+ $variant,)+ }

        impl $name {
            /// The words, in order.
            pub const WORDS: &[&str] = &[$($word),+];

            /// The word for this value.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl $crate::record::Field for $name {
            fn read(
                node: &$crate::syntax::yaml::Node<'_>,
                reader: &mut $crate::record::Reader<'_>,
            ) -> Option<Self> {
                match &node.value {
                    $($crate::syntax::yaml::Value::Text(text) if text == $word => {
                        Some(Self::$variant)
                    })+
                    _ => {
                        reader.unknown_choice(node, Self::WORDS);
                        None
                    }
                }
            }

            fn schema() -> serde_json::Value {
                $crate::record::Reader::choice_schema(Self::WORDS)
            }

            fn data(&self, _: &dyn $crate::record::Look) -> tera::Value {
                tera::Value::normal_string(self.word())
            }
        }
    };
}
pub(crate) use choices;

use serde_json::json;

use super::Reader;
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::yaml::{Node, Value};

impl Reader<'_> {
    /// Reports a word that is none of `words`.
    pub(crate) fn unknown_choice(&mut self, node: &Node<'_>, words: &[&'static str]) {
        let list = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>();
        let expected = match list.split_last() {
            Some((last, rest)) if !rest.is_empty() => {
                format!("{} or {last}", rest.join(", "))
            }
            _ => list.join(", "),
        };
        let Value::Text(text) = &node.value else { return self.unfit(node, &expected) };
        let message = format!("found `{text}`, expected {expected}");
        let finding = Diagnostic::new(Code::BadValue, self.file, node.span, message);
        self.findings.push(finding.did_you_mean(text, words.iter().copied()));
    }

    /// The schema of a word out of `words`; digits are numbers to a reader of the schema.
    pub(crate) fn choice_schema(words: &[&str]) -> serde_json::Value {
        let numbers = words.iter().filter_map(|word| word.parse::<u32>().ok());
        let values =
            words.iter().map(|word| json!(word)).chain(numbers.map(|n| json!(n)));
        json!({ "enum": values.collect::<Vec<_>>() })
    }
}
