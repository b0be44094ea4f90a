//! `thin-coverage`: fewer questions than `coverage` in `site.yaml` asks for.

use std::collections::HashMap;

use crate::catalog::{Catalog, Entry, EntryId};
use crate::diagnostic::{Code, Diagnostic};
use crate::kind::{Level, Question};
use crate::record::Count;
use crate::source::Coverage;

/// How many graded samples make a question count for `samples`.
const SAMPLES: usize = 3;

pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let Some(coverage) = catalog.settings.coverage.as_deref() else { return Vec::new() };
    let faulty = catalog.of_kind("question").any(|(_, entry)| entry.fields.is_none());
    if catalog.unread || faulty {
        return Vec::new();
    }
    let questions: Vec<_> = active(catalog).collect();
    let mut findings = thin(catalog, &questions, ("skill", coverage.skill));
    findings.extend(thin(catalog, &questions, ("step", coverage.step)));
    for (_, bank) in catalog.of_kind("bank") {
        let own = questions.iter().filter(|(_, entry, _)| is_in(entry, bank));
        let own: Vec<&Question> = own.map(|(_, _, question)| *question).collect();
        findings.extend(bank_findings(bank, &own, coverage));
    }
    findings
}

/// The questions that are asked.
fn active(catalog: &Catalog) -> impl Iterator<Item = (EntryId, &Entry, &Question)> {
    catalog.fields::<Question>().filter(|(_, entry, _)| !entry.common.retired)
}

fn is_in(question: &Entry, bank: &Entry) -> bool {
    question.parent.as_ref().is_some_and(|(_, id)| *id == bank.id)
}

/// Skills or steps with too few questions.
fn thin(
    catalog: &Catalog,
    questions: &[(EntryId, &Entry, &Question)],
    (kind, least): (&'static str, Option<Count>),
) -> Vec<Diagnostic> {
    let Some(Count(least)) = least else { return Vec::new() };
    let mut counts: HashMap<EntryId, u32> = HashMap::new();
    for (id, _, question) in questions {
        let links: Vec<u32> = match kind {
            "skill" => question.skills.iter().map(|skill| skill.link).collect(),
            _ => question.steps.iter().map(|step| step.link).collect(),
        };
        let targets = links.into_iter().filter_map(|link| catalog.target(*id, link));
        let distinct: std::collections::BTreeSet<_> = targets.collect();
        distinct.into_iter().for_each(|target| *counts.entry(target).or_default() += 1);
    }
    let few = catalog.of_kind(kind).filter_map(|(id, entry)| {
        let count = counts.get(&id).copied().unwrap_or(0);
        (count < least).then(|| {
            finding(
                entry,
                format!("{count} questions name this {kind}, expected {least}"),
            )
        })
    });
    few.collect()
}

fn bank_findings(
    bank: &Entry,
    questions: &[&Question],
    coverage: &Coverage,
) -> Vec<Diagnostic> {
    let shares = [
        (Level::Easy, coverage.easy),
        (Level::Medium, coverage.medium),
        (Level::Hard, coverage.hard),
    ];
    let total = questions.len();
    let mut findings = Vec::new();
    for (level, least) in shares {
        let Some(Count(least)) = least else { continue };
        let count = questions.iter().filter(|question| question.level == level).count();
        if count * 100 < least as usize * total {
            let word = level.word();
            let message =
                format!("{count} of {total} questions are {word}, expected {least} %");
            findings.push(finding(bank, message));
        }
    }
    if let Some(Count(least)) = coverage.samples {
        let graded =
            questions.iter().filter(|question| question.samples.len() >= SAMPLES);
        let count = graded.count();
        if count < least as usize {
            let message =
                format!("{count} questions have {SAMPLES} samples, expected {least}");
            findings.push(finding(bank, message));
        }
    }
    findings
}

fn finding(entry: &Entry, message: String) -> Diagnostic {
    Diagnostic::new(Code::ThinCoverage, &entry.place.file, entry.place.span, message)
        .help("add questions, or lower `coverage` in `site.yaml`")
}
