//! Which data a template asks for, so that what no template shows is never made.
//!
//! In: the texts of templates. Out: for each the names after `page.`, `fields.` and
//! `lists.` in its code and in that of the templates it extends or includes.
//! Keeps true: what a template can reach is among them. A name that stands alone, as in
//! `lists[kind]` or `{% set p = page %}`, asks for all of its parts. Components see only
//! what is handed to them, so they ask for nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::errors::Templates;
use super::{BUILT_IN, OWN};

/// What one template asks for.
#[derive(Debug, Default)]
pub struct Uses {
    everything: bool,
    names: BTreeMap<String, Parts>,
}

/// What a template asks for of which that is not known.
pub static EVERYTHING: Uses = Uses { everything: true, names: BTreeMap::new() };

static NOTHING: Parts = Parts::These(BTreeSet::new());

/// The parts of a name that a template asks for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'u>(&'u Parts);

impl Asked<'_> {
    /// Whether this part is among them.
    pub fn has(self, part: &str) -> bool {
        match self.0 {
            Parts::All => true,
            Parts::These(parts) => parts.contains(part),
        }
    }
}

/// The parts of one name.
#[derive(Debug, PartialEq, Eq)]
enum Parts {
    All,
    These(BTreeSet<String>),
}

impl Uses {
    /// What template `name` and those behind it ask for.
    pub(super) fn read(name: &str, templates: &Templates) -> Self {
        let mut uses = Self::default();
        let mut seen = BTreeSet::new();
        let mut open = vec![name.to_owned()];
        while let Some(name) = open.pop() {
            for full in
                [name.clone(), format!("{OWN}{name}"), format!("{BUILT_IN}{name}")]
            {
                let Some(template) = templates.get(&full) else { continue };
                if seen.insert(full) {
                    open.extend(uses.text(&template.text));
                }
            }
        }
        uses
    }

    /// The parts of `name` that are asked for.
    pub fn of(&self, name: &str) -> Asked<'_> {
        match self.names.get(name) {
            _ if self.everything => Asked(&Parts::All),
            Some(parts) => Asked(parts),
            None => Asked(&NOTHING),
        }
    }

    /// Notes the names in the code of a template; returns its texts in quotes, among
    /// which are the names of the templates behind it.
    fn text(&mut self, text: &str) -> Vec<String> {
        let mut quoted = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find('{') {
            rest = &rest[at + 1..];
            rest = match rest.as_bytes().first() {
                Some(b'#') => rest.split_once("#}").map_or("", |(_, rest)| rest),
                Some(b'{' | b'%') => self.code(&rest[1..], &mut quoted),
                _ => rest,
            };
        }
        quoted
    }

    /// Reads code up to its end and returns what follows it.
    fn code<'t>(&mut self, code: &'t str, quoted: &mut Vec<String>) -> &'t str {
        let mut rest = code;
        while let Some(first) = rest.chars().next() {
            if rest.starts_with("}}") || rest.starts_with("%}") {
                return &rest[2..];
            }
            rest = match first {
                '"' | '\'' | '`' => {
                    let (text, behind) = until_quote(&rest[1..], first);
                    quoted.push(text.to_owned());
                    behind
                }
                _ if is_letter(first) => self.name(rest),
                _ => &rest[first.len_utf8()..],
            };
        }
        rest
    }

    /// Reads a name and what directly follows it after a point.
    fn name<'t>(&mut self, code: &'t str) -> &'t str {
        let (name, behind) = word(code);
        let Some(part) =
            behind.strip_prefix('.').filter(|rest| rest.starts_with(is_letter))
        else {
            self.names.insert(name.to_owned(), Parts::All);
            // A dump of all data.
            self.everything |= name == "__tera_context";
            return behind;
        };
        let (part, behind) = word(part);
        let parts = self.names.entry(name.to_owned());
        if let Parts::These(parts) = parts.or_insert(Parts::These(BTreeSet::new())) {
            parts.insert(part.to_owned());
        }
        past_parts(behind)
    }
}

/// What follows further parts, as in `.title` of `page.parent.title`.
fn past_parts(mut rest: &str) -> &str {
    while let Some(part) =
        rest.strip_prefix('.').filter(|rest| rest.starts_with(is_letter))
    {
        rest = word(part).1;
    }
    rest
}

fn until_quote(text: &str, quote: char) -> (&str, &str) {
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == quote => return (&text[..at], &text[at + 1..]),
            _ => {}
        }
    }
    (text, "")
}

fn word(text: &str) -> (&str, &str) {
    text.split_at(text.find(|letter| !is_letter(letter)).unwrap_or(text.len()))
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::super::errors::{Template, Templates};
    use super::Uses;

    fn uses(texts: &[(&str, &str)]) -> Uses {
        let template = |(name, text): &(&str, &str)| {
            let template = Template { path: (*name).into(), text: (*text).into() };
            ((*name).to_owned(), template)
        };
        Uses::read("a.html", &texts.iter().map(template).collect::<Templates>())
    }

    fn asked(text: &str) -> Vec<&'static str> {
        let uses = uses(&[("a.html", text)]);
        let parts = [("page", "toc"), ("page", "parent"), ("lists", "skill")];
        let asked = parts.into_iter().filter(|(name, part)| uses.of(name).has(part));
        asked.map(|(_, part)| part).collect()
    }

    #[test]
    fn names_in_code_are_asked_for() {
        assert_eq!(asked("{{ page.toc }}"), ["toc"]);
        assert_eq!(asked("{% if not page.parent.title %}x{% endif %}"), ["parent"]);
        assert_eq!(asked("{{- f(x=lists.skill)[0] -}}"), ["skill"]);
        assert_eq!(asked("{{ '}} {{' ~ page.toc }}"), ["toc"]);
        assert_eq!(asked("{{ \"\\\"\" ~ page.toc }}"), ["toc"]);
        assert!(asked("page.toc {# {{ page.parent }} #} { lists.skill }").is_empty());
        assert!(asked("{{ own.page.toc }}{{ 'lists.skill' }}").is_empty());
    }

    #[test]
    fn a_name_alone_asks_for_all_of_it() {
        assert_eq!(asked("{{ lists[page.kind] }}"), ["skill"]);
        assert_eq!(asked("{% set p = page %}{{ page.toc }}"), ["toc", "parent"]);
        assert_eq!(asked("{{ page.toc }}{{ <show page /> }}"), ["toc", "parent"]);
        assert_eq!(asked("{{ page . toc }}"), ["toc", "parent"]);
        assert_eq!(asked("{{ __tera_context }}"), ["toc", "parent", "skill"]);
    }

    #[test]
    fn templates_behind_a_template_ask_too() {
        let uses = uses(&[
            ("a.html", "{% extends 'b.html' %}"),
            ("own/b.html", "{% extends \"default/b.html\" %}{{ page.toc }}"),
            ("default/b.html", "{{ lists.skill }}{% include 'c.html' %}"),
            ("default/c.html", "{{ page.parent }}{% include 'a.html' %}"),
            ("d.html", "{{ page }}"),
        ]);
        assert!(uses.of("page").has("toc") && uses.of("page").has("parent"));
        assert!(uses.of("lists").has("skill") && !uses.of("lists").has("term"));
    }
}
