//! Lists of a stated length, and maps of texts.

use serde_json::json;
use tera::Value;

use super::{Field, Look, Reader, WHOLE, first_key};
use crate::syntax::yaml::{self, Node};

/// A list of `MIN` to `MAX` items. An item that could not be read is reported and left
/// out.
#[derive(Debug, Clone)]
pub struct List<T, const MIN: usize = 0, const MAX: usize = { usize::MAX }>(pub Vec<T>);

impl<T, const MIN: usize, const MAX: usize> Default for List<T, MIN, MAX> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T, const MIN: usize, const MAX: usize> std::ops::Deref for List<T, MIN, MAX> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Field, const MIN: usize, const MAX: usize> Field for List<T, MIN, MAX> {
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let yaml::Value::List(items, extent) = &node.value else {
            reader.unfit(node, "a list");
            return None;
        };
        let fits = (MIN..=MAX).contains(&items.len());
        if !fits && *extent == WHOLE && (MIN, items.len()) != (1, 0) {
            reader.bad(node.span, &counted(items.len()), &range(MIN, MAX));
        }
        Some(Self(items.iter().filter_map(|item| read_item(item, reader)).collect()))
    }

    fn schema() -> serde_json::Value {
        let mut schema =
            json!({ "type": "array", "items": T::schema(), "minItems": MIN });
        if MAX < usize::MAX {
            schema["maxItems"] = MAX.into();
        }
        schema
    }

    fn data(&self, look: &dyn Look) -> Value {
        self.0.iter().map(|item| item.data(look)).collect::<Vec<_>>().into()
    }

    /// A list that may have no items is there also without any.
    fn is_empty(node: &Node<'_>) -> bool {
        match &node.value {
            yaml::Value::List(items, extent) => {
                MIN > 0 && items.is_empty() && *extent == WHOLE
            }
            yaml::Value::Text(text) => text.trim().is_empty(),
            yaml::Value::Null => true,
            yaml::Value::Map(..) => false,
        }
    }
}

fn read_item<T: Field>(item: &Node<'_>, reader: &mut Reader<'_>) -> Option<T> {
    if T::is_empty(item) {
        reader.unfit(item, "a value");
        return None;
    }
    let outer = reader.missing_at;
    reader.missing_at = first_key(item).unwrap_or(outer);
    let value = T::read(item, reader);
    reader.missing_at = outer;
    value
}

fn counted(items: usize) -> String {
    match items {
        0 => "an empty list".to_owned(),
        1 => "a list of 1 item".to_owned(),
        _ => format!("a list of {items} items"),
    }
}

fn range(least: usize, most: usize) -> String {
    match (least, most) {
        (_, usize::MAX) => format!("{least} items or more"),
        _ => format!("{least} to {most} items"),
    }
}
