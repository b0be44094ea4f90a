//! How many words an entry has.

use tera::Value;

use super::Entry;
use crate::record::{Data, Look};
use crate::syntax::markdown::{Body, plain_text};

impl Entry {
    /// The words of its title, its fields and its body.
    pub fn words(&self) -> usize {
        let mut fields = Data::new();
        if let Some(own) = &self.fields {
            own.fill(&mut fields, &Plain, &|_| true);
        }
        let fields: usize = fields.values().map(in_field).sum();
        self.body.words() + fields + count(&self.common.title)
    }
}

/// Fields as text.
struct Plain;

impl Look for Plain {
    fn link(&self, _: u32) -> Value {
        Value::none()
    }

    fn html(&self, body: &Body) -> Value {
        Value::normal_string(&plain_text(&body.html))
    }
}

fn in_field(value: &Value) -> usize {
    match (value.as_str(), value.as_array(), value.as_map()) {
        (Some(text), _, _) => count(text),
        (_, Some(items), _) => items.iter().map(in_field).sum(),
        (_, _, Some(fields)) => fields.values().map(in_field).sum(),
        _ => 0,
    }
}

fn count(text: &str) -> usize {
    text.split_whitespace().count()
}
