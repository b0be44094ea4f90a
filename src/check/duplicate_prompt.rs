//! `duplicate-prompt`: two questions ask the same, but for small words.

use std::collections::{BTreeSet, HashMap};

use crate::catalog::{Catalog, Entry};
use crate::diagnostic::{Code, Diagnostic};
use crate::kind::Question;

/// Words that make no difference.
const COMMON: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "could", "do", "does", "for",
    "from", "has", "have", "how", "if", "in", "is", "it", "its", "me", "my", "of", "on",
    "or", "our", "please", "so", "than", "that", "the", "their", "them", "then", "there",
    "they", "this", "to", "us", "was", "we", "were", "what", "when", "which", "who",
    "why", "will", "with", "would", "you", "your",
];

/// The share of word pairs, in tenths, from which on two prompts are one.
const ALIKE: usize = 9;

/// A prompt, folded.
struct Folded<'c> {
    entry: &'c Entry,
    question: &'c Question,
    words: Vec<String>,
    pairs: BTreeSet<(String, String)>,
}

pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let questions = catalog.fields::<Question>();
    let mut prompts: Vec<_> =
        questions.map(|(_, entry, question)| fold(entry, question)).collect();
    let place = |prompt: &Folded<'_>| {
        (prompt.entry.place.file.clone(), prompt.question.prompt.span)
    };
    prompts.sort_by_key(place);
    let mut findings = Vec::new();
    let mut by_pair: HashMap<&(String, String), Vec<usize>> = HashMap::new();
    let mut by_words: HashMap<&[String], usize> = HashMap::new();
    for (number, prompt) in prompts.iter().enumerate() {
        let same = by_words.get(prompt.words.as_slice()).copied();
        let first = same.or_else(|| first_alike(prompt, &prompts, &by_pair));
        findings.extend(first.map(|first| finding(prompt, &prompts[first])));
        by_words.entry(&prompt.words).or_insert(number);
        for pair in &prompt.pairs {
            by_pair.entry(pair).or_default().push(number);
        }
    }
    findings
}

fn fold<'c>(entry: &'c Entry, question: &'c Question) -> Folded<'c> {
    let lower = question.prompt.text.to_lowercase().replace(['\'', '’'], "");
    let words =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let all: Vec<String> = words.map(str::to_owned).collect();
    let kept = all.iter().filter(|word| !COMMON.contains(&word.as_str()));
    let words: Vec<String> = kept.cloned().collect();
    // A prompt of nothing but common words is compared by all of them.
    let words = if words.is_empty() { all } else { words };
    let pairs = words.windows(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect();
    Folded { entry, question, words, pairs }
}

/// The first of the earlier prompts that shares nine tenths of the pairs of both.
fn first_alike(
    prompt: &Folded<'_>,
    all: &[Folded<'_>],
    by_pair: &HashMap<&(String, String), Vec<usize>>,
) -> Option<usize> {
    let mut shared: HashMap<usize, usize> = HashMap::new();
    for number in prompt.pairs.iter().filter_map(|pair| by_pair.get(pair)).flatten() {
        *shared.entry(*number).or_default() += 1;
    }
    let alike = |number: &usize| {
        let longer = prompt.pairs.len().max(all[*number].pairs.len());
        shared[number] * 10 >= longer * ALIKE
    };
    let mut numbers: Vec<usize> = shared.keys().copied().collect();
    numbers.sort_unstable();
    numbers.into_iter().find(alike)
}

fn finding(prompt: &Folded<'_>, first: &Folded<'_>) -> Diagnostic {
    let message = format!("the prompt asks the same as `{}`", first.entry.id);
    let (file, span) = (&prompt.entry.place.file, prompt.question.prompt.span);
    Diagnostic::new(Code::DuplicatePrompt, file, span, message)
        .also(&first.entry.place.file, first.question.prompt.span, "asked here")
        .help("give it another twist, or retire one of them")
}
