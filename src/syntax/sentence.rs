//! The sentence that a link stands in, for the list of what links to a page.

use std::ops::Range;

/// Stands for the title of a link without a label; the title is known only after linking.
pub const TITLE: char = '\u{fffc}';

/// The longest sentence that is shown whole, in characters.
const LONGEST: usize = 280;

/// A sentence of running text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sentence {
    /// The text, with [`TITLE`] for each title that linking will know.
    pub text: Box<str>,
    /// For each of these, the number of its link among the entry's links.
    pub titles: Box<[u32]>,
}

/// Full stops of any kind.
const STOPS: [char; 4] = ['.', '!', '?', '…'];

/// How far a sentence is looked for on both sides, in bytes: beyond what is shown.
const FARTHEST: usize = 4 * LONGEST;

/// The range of the sentence of `text` around byte `at`.
pub fn around(text: &str, at: usize) -> Range<usize> {
    let from = text.floor_char_boundary(at.saturating_sub(FARTHEST));
    let to = text.ceil_char_boundary(at + FARTHEST);
    let range = within(&text[from..to], at - from);
    from + range.start..from + range.end
}

fn within(text: &str, at: usize) -> Range<usize> {
    let mut before = text[..at].rmatch_indices(STOPS).map(|(i, _)| i);
    let start = before.find(|i| ends_before(text, *i)).map_or(0, |i| behind(text, i));
    let mut after = text[at..].match_indices(STOPS).map(|(i, _)| at + i);
    let end = after.find(|i| ends_before(text, *i));
    let end = end.map_or(text.len(), |i| behind(text, i));
    // The quotation mark behind a full stop may be in the link's own text.
    trim(text, start.min(at), end, at)
}

/// The byte behind the full stop at `at` and what closes a quotation behind it.
fn behind(text: &str, at: usize) -> usize {
    let mut letters = text[at..].char_indices().skip(1);
    letters.find(|(_, c)| !closes(*c)).map_or(text.len(), |(i, _)| at + i)
}

fn closes(letter: char) -> bool {
    matches!(letter, '"' | '”' | '’' | ')')
}

/// Whether a sentence ends with the character at `at`: a full stop of any kind, then
/// white space, then something that can begin a sentence.
fn ends_before(text: &str, at: usize) -> bool {
    let mut rest = text[at..].chars();
    if !rest.next().is_some_and(|c| STOPS.contains(&c)) {
        return false;
    }
    let mut rest = rest.skip_while(|c| closes(*c));
    let blank = rest.next().is_some_and(char::is_whitespace);
    let next = rest.find(|c| !c.is_whitespace());
    blank && next.is_none_or(|c| !c.is_lowercase())
}

fn trim(text: &str, start: usize, end: usize, at: usize) -> Range<usize> {
    let slice = &text[start..end];
    let start = start + (slice.len() - slice.trim_start().len());
    let end = start + text[start..end.max(start)].trim_end().len();
    if text[start..end].chars().count() <= LONGEST {
        return start..end;
    }
    let half = LONGEST / 2;
    let from = text[start..at.max(start)].char_indices().rev().nth(half);
    let from = from.map_or(start, |(i, _)| start + i);
    let to = text[at.min(end)..end].char_indices().nth(half).map_or(end, |(i, _)| at + i);
    from..to
}

#[cfg(test)]
mod tests {
    use super::around;

    fn check(text: &str, expected: &str) {
        assert_eq!(&text[around(text, text.find('X').unwrap())], expected);
    }

    #[test]
    fn sentences_end_at_full_stops() {
        check("One. See X now. Two.", "See X now.");
        check("See X, e.g. this one. Two.", "See X, e.g. this one.");
        check("Is it? “No.” Then X", "Then X");
        check("X", "X");
        check("See X… Then “go.” On", "See X…");
        check("(See X.) Then", "(See X.)");
    }

    #[test]
    fn a_very_long_sentence_is_cut_around_the_link() {
        let text = format!("{}X{}", "word ".repeat(200), " word".repeat(200));
        let range = around(&text, text.find('X').unwrap());
        assert!(range.len() <= 300 && text[range].contains('X'));
    }
}
