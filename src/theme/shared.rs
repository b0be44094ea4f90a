//! Parts that many pages have in common, such as a side bar: `shared(template="nav.html",
//! key=section)` in a template.
//!
//! In: the name of a template and a key. Out: its HTML, rendered once for each key and
//! depth of a page.
//! Keeps true: such a template sees `root`, `lists` and `key` beside what all pages see,
//! so pages that ask for the same get the same.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tera::{Context, Error, Kwargs, State, Tera, TeraResult, Value};

/// What was rendered: by template, root and key.
type Made = Mutex<BTreeMap<[String; 3], Value>>;

/// Renders shared parts with templates that are complete once all pages' data is known.
#[derive(Clone, Default)]
pub(super) struct Shared {
    templates: Arc<OnceLock<Tera>>,
    made: Arc<Made>,
}

impl Shared {
    /// Takes the templates. They cannot change afterwards.
    pub(super) fn open(&self, templates: &Tera) {
        let _ = self.templates.set(templates.clone());
    }

    /// The function of templates.
    pub(super) fn call(
        &self,
        arguments: &Kwargs,
        state: &State<'_>,
    ) -> TeraResult<Value> {
        let root = state.get::<String>("root")?.unwrap_or_default();
        let key = arguments.get::<String>("key")?.unwrap_or_default();
        let part = [arguments.must_get("template")?, root, key];
        if let Some(value) = self.lock().get(&part) {
            return Ok(value.clone());
        }
        let value = self.render(&part, state)?;
        Ok(self.lock().entry(part).or_insert(value).clone())
    }

    fn render(&self, part: &[String; 3], state: &State<'_>) -> TeraResult<Value> {
        let [template, root, key] = part;
        let templates = self.templates.get();
        let templates = templates.ok_or_else(|| Error::message("no page is made yet"))?;
        let mut data = Context::new();
        data.insert_value("root", Value::normal_string(root));
        data.insert_value("key", Value::normal_string(key));
        data.insert_value("lists", state.get("lists")?.unwrap_or_else(Value::none));
        Ok(Value::safe_string(&templates.render(template, &data)?))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<[String; 3], Value>> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
