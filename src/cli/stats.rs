//! `pmjump stats`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::project::{self, Overrides};
use super::{Outcome, Terminal};
use crate::catalog::{Catalog, EntryId};
use crate::kind::{Bank, KINDS, Question};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// How the numbers are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    #[arg(value_parser = ["human", "json"])]
    format: String,
}

/// A count for each name, in the order of the entries.
type Counts = Vec<(String, usize)>;

/// All numbers about a catalog.
struct Stats {
    entries: Counts,
    words: Counts,
    skills: Counts,
    steps: Counts,
    categories: Counts,
    levels: Counts,
    unreviewed: Vec<String>,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> super::Result {
    let compiled = project::compile(terminal, &Overrides::default())?;
    let stats = Stats::of(compiled.site.catalog());
    match arguments.format.as_str() {
        "json" => terminal.print(&format!("{}\n", stats.json()))?,
        _ => terminal.print(&stats.human())?,
    }
    let outcome = project::outcome(&compiled.findings, false);
    if outcome == Outcome::Faulty {
        terminal.say(
            "the content has errors, so these numbers are incomplete: `pmjump check`",
        );
    }
    Ok(outcome)
}

impl Stats {
    fn of(catalog: &Catalog) -> Self {
        let per_kind = |count: &dyn Fn(EntryId) -> usize| -> Counts {
            let kinds = KINDS.iter().map(|kind| {
                let entries = catalog.of_kind(kind.name).map(|(id, _)| count(id));
                (kind.name.to_owned(), entries.sum())
            });
            kinds.collect()
        };
        Self {
            entries: per_kind(&|_| 1),
            words: per_kind(&|id| catalog.entry(id).words()),
            skills: named(catalog, "skill"),
            steps: named(catalog, "step"),
            categories: categories(catalog),
            levels: levels(catalog),
            unreviewed: unreviewed(catalog),
        }
    }

    fn json(&self) -> Value {
        let map = |counts: &Counts| -> BTreeMap<String, usize> {
            counts.iter().cloned().collect()
        };
        json!({
            "entries": map(&self.entries),
            "words": map(&self.words),
            "questions_per_skill": map(&self.skills),
            "questions_per_step": map(&self.steps),
            "questions_per_category": map(&self.categories),
            "questions_per_level": map(&self.levels),
            "without_review": self.unreviewed,
        })
    }

    fn human(&self) -> String {
        let mut text = String::new();
        let width = 32;
        text.push_str(&format!("{:width$} {:>8} {:>9}\n", "kind", "entries", "words"));
        for ((name, count), (_, words)) in self.entries.iter().zip(&self.words) {
            text.push_str(&format!("{name:width$} {count:>8} {words:>9}\n"));
        }
        let total =
            |counts: &Counts| counts.iter().map(|(_, count)| count).sum::<usize>();
        let (entries, words) = (total(&self.entries), total(&self.words));
        text.push_str(&format!("{:width$} {entries:>8} {words:>9}\n", "all"));
        let tables = [
            ("skill", &self.skills),
            ("step", &self.steps),
            ("category", &self.categories),
            ("level", &self.levels),
        ];
        for (name, counts) in tables {
            text.push_str(&format!(
                "\n{:width$} {:>8}\n",
                format!("questions per {name}"),
                ""
            ));
            for (name, count) in counts {
                text.push_str(&format!("  {name:30} {count:>8}\n"));
            }
        }
        text.push_str(&format!("\nwithout a review: {}\n", self.unreviewed.len()));
        self.unreviewed.iter().for_each(|name| text.push_str(&format!("  {name}\n")));
        text
    }
}

fn active(catalog: &Catalog) -> impl Iterator<Item = (EntryId, &Question)> {
    let questions = catalog.fields::<Question>();
    questions.filter(|(_, entry, _)| !entry.common.retired).map(|(id, _, own)| (id, own))
}

/// The active questions that name each entry of a kind.
fn named(catalog: &Catalog, kind: &str) -> Counts {
    let mut counts: BTreeMap<EntryId, usize> = BTreeMap::new();
    for (id, question) in active(catalog) {
        let skills = question.skills.iter().map(|skill| skill.link);
        let links = skills.chain(question.steps.iter().map(|step| step.link));
        let targets = links.filter_map(|link| catalog.target(id, link));
        targets.for_each(|target| *counts.entry(target).or_default() += 1);
    }
    let entries = catalog.of_kind(kind);
    entries
        .map(|(id, entry)| (entry.id.to_string(), counts.get(&id).copied().unwrap_or(0)))
        .collect()
}

fn categories(catalog: &Catalog) -> Counts {
    let mut counts = Counts::new();
    for (_, bank, fields) in catalog.fields::<Bank>() {
        for (category, _) in &fields.categories.0 {
            let own = catalog.fields::<Question>().filter(|(_, entry, question)| {
                let inside = entry.parent.as_ref().is_some_and(|(_, id)| *id == bank.id);
                inside && *question.category.text == **category && !entry.common.retired
            });
            counts.push((category.to_string(), own.count()));
        }
    }
    counts
}

fn levels(catalog: &Catalog) -> Counts {
    let count =
        |word: &str| active(catalog).filter(|(_, own)| own.level.word() == word).count();
    crate::kind::Level::WORDS
        .iter()
        .map(|word| ((*word).to_owned(), count(word)))
        .collect()
}

fn unreviewed(catalog: &Catalog) -> Vec<String> {
    let reviewable = catalog
        .entries
        .iter()
        .filter(|entry| !matches!(entry.kind.name, "bank" | "term"));
    let without = reviewable.filter(|entry| entry.common.reviewed.is_none());
    without.map(|entry| format!("{}:{}", entry.kind.name, entry.id)).collect()
}
