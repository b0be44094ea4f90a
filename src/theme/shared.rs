//! Parts that many pages have in common, such as a side bar: `shared(template="nav.html",
//! key=section)` in a template.
//!
//! In: the name of a template and a key. Out: its HTML, rendered once for each key and
//! depth of a page.
//! Keeps true: such a template sees `root`, `lists` and `key` beside what all pages see,
//! so pages that ask for the same get the same.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use tera::{Context, Error, Kwargs, State, Tera, TeraResult, Value};

/// What was rendered: by template, root and key.
type Made = Mutex<BTreeMap<[String; 3], Value>>;

/// Templates that are complete once all pages' data is known.
#[derive(Default)]
pub(super) struct Shared(Arc<OnceLock<Tera>>);

/// Renders shared parts. It is itself a part of the templates, so it does not own them:
/// nothing would ever give them back.
pub(super) struct Parts {
    templates: Weak<OnceLock<Tera>>,
    made: Made,
}

impl Shared {
    /// Takes the templates. They cannot change afterwards.
    pub(super) fn open(&self, templates: &Tera) {
        let _ = self.0.set(templates.clone());
    }

    /// What renders their parts.
    pub(super) fn parts(&self) -> Parts {
        Parts { templates: Arc::downgrade(&self.0), made: Made::default() }
    }
}

impl Parts {
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
        let owned = self.templates.upgrade();
        let templates = owned.as_ref().and_then(|templates| templates.get());
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::source::{Settings, ThemeFiles};
    use crate::theme::Theme;

    #[test]
    fn nothing_is_left_of_a_theme_that_has_gone() {
        let theme = Theme::new(&Settings::default(), ThemeFiles::new()).value;
        let theme = theme.of_site(tera::Value::none());
        let templates = Arc::downgrade(&theme.shared.0);
        assert!(templates.upgrade().is_some());
        drop(theme);
        assert!(templates.upgrade().is_none());
    }
}
