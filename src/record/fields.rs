//! The fields of one map, each asked for once.

use super::{Field, Reader};
use crate::diagnostic::{Code, Diagnostic, Span, nearest};
use crate::syntax::yaml::{Extent, Key, Node, Value};

/// A map whose fields are being taken. What is asked for is known; the rest is unknown.
pub struct Fields<'n, 's> {
    pairs: &'n [(Key<'s>, Node<'s>)],
    extent: Extent,
    known: Vec<&'static str>,
    missing: Vec<&'static str>,
}

/// The first key of a map that is an item of a list: where its missing fields are
/// reported.
pub fn first_key(item: &Node<'_>) -> Option<Span> {
    let Value::Map(pairs, _) = &item.value else { return None };
    Some(pairs.first().map_or(item.span, |(key, _)| key.span))
}

impl<'n, 's> Fields<'n, 's> {
    /// The fields of a map.
    pub fn of(node: &'n Node<'s>) -> Option<Self> {
        let Value::Map(pairs, extent) = &node.value else { return None };
        Some(Self { pairs, extent: *extent, known: Vec::new(), missing: Vec::new() })
    }

    /// The value of a field, which is known from now on.
    pub fn get(&mut self, name: &'static str) -> Option<&'n Node<'s>> {
        self.known.push(name);
        self.pairs.iter().find(|(key, _)| key.name == name).map(|(_, node)| node)
    }

    /// A field that has to be there.
    pub fn required<T: Field>(
        &mut self,
        name: &'static str,
        reader: &mut Reader<'_>,
    ) -> Option<T> {
        match self.get(name).filter(|node| !T::is_empty(node)) {
            Some(node) => read(name, node, reader),
            None => {
                self.missing(name);
                None
            }
        }
    }

    /// A field that may be left out; always `Some`, so that it reads like `required`.
    pub fn optional<T: Field + Default>(
        &mut self,
        name: &'static str,
        reader: &mut Reader<'_>,
    ) -> Option<T> {
        let node = self.get(name).filter(|node| !matches!(node.value, Value::Null));
        Some(node.and_then(|node| read(name, node, reader)).unwrap_or_default())
    }

    /// Notes a field that is not there, unless it may only be unread.
    pub fn missing(&mut self, name: &'static str) {
        if self.extent == Extent::Whole {
            self.missing.push(name);
        }
    }

    /// Reports the fields that nobody asked for, and those that are missing. A field that
    /// is there under a misspelt name is one fault, so it is not reported as missing too.
    pub fn close(self, reader: &mut Reader<'_>) {
        let unknown = self.pairs.iter().map(|(key, _)| key);
        let unknown = unknown.filter(|key| !self.known.contains(&&*key.name));
        let mut meant = Vec::new();
        for key in unknown {
            let known = self.known.iter().copied();
            meant.extend(nearest(&key.name, known.clone()));
            let message = format!("no field named `{}` here", key.name);
            let finding =
                Diagnostic::new(Code::UnknownField, reader.file, key.span, message);
            reader.findings.push(finding.did_you_mean(&key.name, known));
        }
        for name in self.missing.iter().filter(|name| !meant.contains(*name)) {
            let message = format!("the field `{name}` is missing");
            let (file, span) = (reader.file, reader.missing_at);
            let finding = Diagnostic::new(Code::MissingField, file, span, message);
            reader.findings.push(finding.help(format!("add `{name}:`")));
        }
    }
}

/// Reads a field, and its links as links of this field.
fn read<T: Field>(
    name: &'static str,
    node: &Node<'_>,
    reader: &mut Reader<'_>,
) -> Option<T> {
    let outer = std::mem::replace(&mut reader.field, name);
    let value = T::read(node, reader);
    reader.field = outer;
    value
}
