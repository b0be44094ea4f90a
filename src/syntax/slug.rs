//! Heading ids as GitHub makes them, so that a link works there and here.

use std::collections::BTreeMap;

/// Letters, digits, hyphens and underscores of the lower-cased text, spaces as hyphens.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in text.trim().chars() {
        match letter {
            ' ' => slug.push('-'),
            '-' | '_' => slug.push(letter),
            _ if letter.is_ascii_alphanumeric() => slug.push(letter.to_ascii_lowercase()),
            _ if letter.is_alphanumeric() => slug.extend(letter.to_lowercase()),
            _ => {}
        }
    }
    slug
}

/// The ids of one page: a slug that is taken gets `-1`, `-2` and so on.
#[derive(Debug, Default)]
pub struct Slugs {
    taken: BTreeMap<Box<str>, u32>,
}

impl Slugs {
    /// Takes `id` as it is; false if it is there already.
    pub fn claim(&mut self, id: &str) -> bool {
        self.taken.insert(id.into(), 0).is_none()
    }

    /// Takes the first free id for `slug`.
    pub fn free(&mut self, slug: &str) -> String {
        let Some(count) = self.taken.get_mut(slug) else {
            self.claim(slug);
            return slug.to_owned();
        };
        let mut number = *count + 1;
        while self.taken.contains_key(format!("{slug}-{number}").as_str()) {
            number += 1;
        }
        self.taken.insert(slug.into(), number);
        let id = format!("{slug}-{number}");
        self.claim(&id);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::{Slugs, slug};

    #[test]
    fn slugs_are_those_of_github() {
        assert_eq!(slug("Why it matters"), "why-it-matters");
        assert_eq!(slug("What's *new*, é?"), "whats-new-é");
        assert_eq!(slug("A & B: `c_d`"), "a--b-c_d");
    }

    #[test]
    fn repeats_are_numbered() {
        let mut slugs = Slugs::default();
        assert_eq!(slugs.free("a"), "a");
        assert_eq!(slugs.free("a"), "a-1");
        assert_eq!(slugs.free("a"), "a-2");
        assert!(slugs.claim("b-1"));
        assert_eq!(slugs.free("b"), "b");
        assert_eq!(slugs.free("b"), "b-2");
        assert!(!slugs.claim("a-2"));
    }
}
