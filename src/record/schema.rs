//! JSON Schema, draft-07, from the same declarations that read.

use serde_json::{Map, Value, json};

use super::Field;

/// The schema of a map.
#[derive(Debug, Default)]
pub struct Object {
    properties: Map<String, Value>,
    required: Vec<Value>,
}

impl Object {
    /// A field that has to be there.
    pub fn required<T: Field>(&mut self, name: &'static str, about: &str) {
        self.required.push(name.into());
        self.property(name, T::schema(), about);
    }

    /// A field that may be left out, or left empty.
    pub fn optional<T: Field>(&mut self, name: &'static str, about: &str) {
        let schema = match T::schema() {
            // It says itself what empty is.
            schema if schema["anyOf"].is_array() => schema,
            schema => json!({ "anyOf": [schema, { "type": "null" }] }),
        };
        self.property(name, schema, about);
    }

    /// A field with a schema of its own.
    pub fn property(&mut self, name: &str, mut schema: Value, about: &str) {
        if let Some(schema) = schema.as_object_mut().filter(|_| !about.is_empty()) {
            schema.insert("description".into(), about.into());
        }
        self.properties.insert(name.into(), schema);
    }

    /// Demands a field that was added with [`Object::property`].
    pub fn demand(&mut self, name: &str) {
        self.required.push(name.into());
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        json!({
            "type": "object",
            "properties": object.properties,
            "required": object.required,
            "additionalProperties": false,
        })
    }
}
