//! Where a text uses terms of the glossary.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use pulldown_cmark_escape::escape_html_body_text;

use crate::catalog::{Catalog, EntryId};
use crate::kind::Term;

/// All spellings of all terms.
pub struct Terms {
    finder: AhoCorasick,
    spellings: Vec<Spelling>,
}

/// One way to write a term.
struct Spelling {
    term: EntryId,
    /// As it stands in HTML.
    text: String,
    /// Whether it is all in capitals.
    capital: bool,
}

/// The use of a term.
#[derive(Debug, PartialEq, Eq)]
pub struct Use {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// The term.
    pub term: EntryId,
}

impl Terms {
    /// Learns the terms of a catalog; `None` if there are none.
    pub fn new(catalog: &Catalog) -> Option<Self> {
        let terms =
            catalog.fields::<Term>().filter(|(_, entry, _)| entry.is_publishable());
        let spellings = terms.flat_map(|(id, _, term)| {
            let also = term.also.iter().chain([&term.term]);
            also.map(move |spelling| Spelling::new(id, &spelling.0))
        });
        let spellings: Vec<_> =
            spellings.filter(|spelling| !spelling.text.is_empty()).collect();
        let finder = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(spellings.iter().map(|spelling| &spelling.text))
            .ok()
            .filter(|_| !spellings.is_empty())?;
        Some(Self { finder, spellings })
    }

    /// Whole words of `html`, a running text without tags, that are a term; in the
    /// singular or with an `s`. A spelling in capitals, such as CAC, is found in capitals
    /// alone.
    pub fn uses<'t>(&'t self, html: &'t str) -> impl Iterator<Item = Use> + 't {
        self.finder.find_iter(html).filter_map(|found| {
            let Spelling { term, text: spelling, capital } =
                &self.spellings[found.pattern()];
            let text = &html[found.range()];
            let end = found.end() + usize::from(html[found.end()..].starts_with('s'));
            let whole = !html[..found.start()].ends_with(is_word)
                && !html[end..].starts_with(is_word);
            let exact = *text == **spelling || !capital;
            (whole && exact).then_some(Use { range: found.start()..end, term: *term })
        })
    }
}

impl Spelling {
    fn new(term: EntryId, spelling: &str) -> Self {
        let mut text = String::with_capacity(spelling.len());
        let _ = escape_html_body_text(&mut text, spelling);
        Self { term, text, capital: is_capital(spelling) }
    }
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '-' || letter == '_' || letter == '&'
}

fn is_capital(spelling: &str) -> bool {
    spelling.chars().any(char::is_uppercase) && !spelling.chars().any(char::is_lowercase)
}
