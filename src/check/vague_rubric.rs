//! `vague-rubric`: an anchor that would fit any question.

use crate::catalog::Catalog;
use crate::diagnostic::{Code, Diagnostic};
use crate::kind::Question;
use crate::record::Markdown;
use crate::syntax::markdown::plain_text;

/// The fewest words that can say something.
const FEWEST: usize = 5;

/// Words that say nothing about a question; endings are folded away.
const EMPTY: &[&str] = &[
    "a",
    "adequate",
    "all",
    "an",
    "and",
    "answer",
    "any",
    "approach",
    "are",
    "as",
    "at",
    "average",
    "bad",
    "basic",
    "be",
    "but",
    "by",
    "candidate",
    "clear",
    "communication",
    "complete",
    "concise",
    "confident",
    "convincing",
    "deep",
    "detail",
    "detailed",
    "does",
    "effective",
    "excellent",
    "few",
    "fine",
    "for",
    "from",
    "gives",
    "good",
    "great",
    "has",
    "have",
    "in",
    "insight",
    "insightful",
    "is",
    "it",
    "its",
    "lack",
    "little",
    "logical",
    "many",
    "more",
    "most",
    "much",
    "no",
    "none",
    "not",
    "of",
    "ok",
    "okay",
    "on",
    "or",
    "poor",
    "quality",
    "reasonable",
    "response",
    "shows",
    "solid",
    "some",
    "strong",
    "structure",
    "structured",
    "sufficient",
    "thorough",
    "thought",
    "thoughtful",
    "to",
    "unclear",
    "vague",
    "very",
    "weak",
    "well",
    "with",
    "without",
];

pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (_, entry, question) in catalog.fields::<Question>() {
        for line in &*question.rubric {
            let anchors = [Some(&line.weak), line.fair.as_ref(), Some(&line.strong)];
            for anchor in anchors.into_iter().flatten() {
                let message = fault(anchor);
                findings.extend(message.map(|message| {
                    Diagnostic::new(
                        Code::VagueRubric,
                        &entry.place.file,
                        anchor.span,
                        message,
                    )
                    .help("say what an answer to this question does")
                }));
            }
        }
    }
    findings
}

fn fault(anchor: &Markdown) -> Option<String> {
    let text = plain_text(&anchor.body.html).to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let titles = anchor.body.holes.len();
    match words.len() {
        count if count + titles < FEWEST => {
            let plural = if count == 1 { "" } else { "s" };
            Some(format!("an anchor of {count} word{plural}, expected {FEWEST} or more"))
        }
        _ if words.iter().all(|word| is_empty(word)) => {
            Some("an anchor of words that fit any answer".to_owned())
        }
        _ => None,
    }
}

fn is_empty(word: &str) -> bool {
    let stem = word.strip_suffix("ly").or_else(|| word.strip_suffix('s')).unwrap_or(word);
    EMPTY.contains(&word) || EMPTY.contains(&stem)
}
