//! A sample of each kind of file, with every field there is.

use serde_json::{Map, Value};

/// Samples by path.
pub(crate) const SAMPLES: &[(&str, &str)] = &[
    ("content/steps/sample.md", STEP),
    ("content/playbooks/sample.md", PLAYBOOK),
    ("content/worksheets/sample.md", WORKSHEET),
    ("content/projects/sample.md", PROJECT),
    ("content/tools/sample.md", TOOL),
    ("content/skills/sample.md", SKILL),
    ("content/questions/sample.yaml", BANK),
    ("content/glossary.yaml", GLOSSARY),
    ("content/sample.md", PAGE),
];

const PAGE: &str = r#"
title: A page
summary: What it is.
aliases: [former]
draft: false
reviewed: 2026-11-20
sources:
  - { title: A book, kind: evidence }
  - { title: A site, kind: opinion, url: "https://example.org/" }
"#;

const STEP: &str = r#"
title: A step
summary: What it is.
aliases: [former, 2]
draft: true
reviewed: 2026-11-20
sources: [{ title: A book, kind: evidence, url: "https://example.org/" }]
order: 1.5
requires: [other]
effort: 2-5 h
outcome: What changes.
skills: [one]
playbooks: [one]
worksheets: [one]
projects: [one]
done_when: [It is done]
recall: [{ front: What?, back: That. }]
"#;

const PLAYBOOK: &str = r#"
title: 2024
summary: What it is.
aliases: []
draft: false
reviewed: 2026-11-20
sources: [{ title: A book, kind: evidence, url: "https://example.org/" }]
steps: [one]
skills: [one, two]
effort: 3 days
worksheets: [one]
recall: [{ front: What?, back: That. }]
"#;

const WORKSHEET: &str = r#"
title: A sheet
summary: What it is.
aliases: [former]
draft: false
reviewed: 2026-11-20
sources: [{ title: A book, kind: evidence, url: "https://example.org/" }]
steps: [one]
skills: [one]
pages: 2
"#;

const PROJECT: &str = r#"
title: A project
summary: What it is.
aliases: [former]
draft: false
reviewed: 2026-11-20
sources: [{ title: A book, kind: evidence, url: "https://example.org/" }]
skills: [one]
effort: 4-12 weeks
risk: low
access: own-team
evidence: Did it.
steps: [one]
"#;

const TOOL: &str = r#"
title: A tool
summary: What it is.
aliases: [former]
draft: false
reviewed: 2026-11-20
sources: [{ title: A book, kind: evidence, url: "https://example.org/" }]
skills: [one]
origin: Somebody.
use_when: Often.
hurts_when: Rarely.
"#;

const SKILL: &str = r#"
title: A skill
summary: What it is.
aliases: [former]
draft: false
reviewed: 2026-11-20
sources: [{ title: A book, kind: evidence, url: "https://example.org/" }]
group: insight
levels:
  1: { text: One, evidence: [A line] }
  2: { text: Two, evidence: [A line] }
  3: { text: Three, evidence: [A line] }
  4: { text: Four, evidence: [A line] }
target: 2
head_start: A start.
gap: A gap.
exercises:
  - { id: first, title: Do it, minutes: 30, permission: none, output: A page. }
phrases: ["listen*"]
not_phrases: [no]
related: [other]
"#;

const BANK: &str = r#"
title: A bank
summary: What it is.
aliases: [former]
about: What is tested.
categories: { general: General }
questions:
  - id: first
    aliases: [former-first]
    status: active
    replaced_by: other
    prompt: What?
    context: Something.
    clarifiers: [{ q: Which?, a: That. }]
    category: general
    skills: [one, two]
    steps: [one]
    tools: [one]
    related: [other]
    level: easy
    seniority: [apm, pm]
    minutes: 10
    why: To know.
    rubric:
      - { line: One, weak: Less, fair: Some, strong: More }
      - { line: Two, weak: Less, strong: More }
    outline: [One, Two, Three]
    follow_ups: [{ q: Why?, when: Always, tests: one }, { q: How? }]
    pitfalls: [One]
    samples: [{ level: 3, text: An answer, notes: Why }]
    recall: [{ front: What?, back: That. }]
    sources: [{ title: A book, kind: practice, url: "https://example.org/" }]
    reviewed: 2026-11-20
"#;

const GLOSSARY: &str = r#"
- id: first
  aliases: [former]
  term: First
  meaning: The one before all others.
  also: [number one]
  see: ["step:sample"]
"#;

/// YAML 1.2 as a reader of the schema sees it: plain scalars that look like numbers or
/// booleans are, days are texts, keys are texts.
pub(crate) fn instance(yaml: &str) -> Value {
    json(serde_yaml::from_str(yaml).expect("it is YAML"))
}

fn json(yaml: serde_yaml::Value) -> Value {
    use serde_yaml::Value as Yaml;
    match yaml {
        Yaml::Null => Value::Null,
        Yaml::Bool(value) => value.into(),
        Yaml::Number(value) => number(&value),
        Yaml::String(text) => text.into(),
        Yaml::Sequence(items) => items.into_iter().map(json).collect(),
        Yaml::Mapping(pairs) => {
            let fields = pairs.into_iter().map(|(key, value)| (name(key), json(value)));
            fields.collect::<Map<_, _>>().into()
        }
        Yaml::Tagged(tagged) => panic!("a tag: {tagged:?}"),
    }
}

fn number(value: &serde_yaml::Number) -> Value {
    let whole = value.as_i64().map(Value::from);
    whole.or(value.as_f64().map(Value::from)).expect("a number is a number")
}

fn name(key: serde_yaml::Value) -> String {
    match json(key) {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// The fields of a schema that none of these instances has.
pub(crate) fn unused(
    schema: &Value,
    instances: &[&Value],
    place: &str,
    found: &mut Vec<String>,
) {
    for part in schema["anyOf"].as_array().into_iter().flatten() {
        unused(part, instances, place, found);
    }
    if schema["items"].is_object() {
        let items = instances.iter().filter_map(|own| own.as_array()).flatten();
        unused(&schema["items"], &items.collect::<Vec<_>>(), place, found);
    }
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        let place = format!("{place}/{name}");
        let own: Vec<_> = instances.iter().filter_map(|own| own.get(name)).collect();
        match own.is_empty() {
            true => found.push(place),
            false => unused(field, &own, &place, found),
        }
    }
}
