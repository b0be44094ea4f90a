//! The JSON Schema of each kind and the parser say the same: of every shipped file, and
//! of one sample of each kind in which every value is replaced by odd ones in turn.

#![allow(clippy::unwrap_used, reason = "a test may end at once")]

#[path = "schema/mutations.rs"]
mod mutations;
#[path = "schema/samples.rs"]
mod samples;

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::LazyLock;

use jsonschema::Validator;
use pmjump::catalog::{self, Files, Kind};
use pmjump::diagnostic::{Code, Findings};
use pmjump::kind::{self, KINDS};
use pmjump::record::Date;
use pmjump::source::{Settings, Source, Sources};
use pmjump::theme::GUIDE;
use rayon::prelude::*;
use samples::{SAMPLES, instance};
use serde_json::{Value, json};

/// 2026-11-23.
const TODAY: i64 = 1_795_392_000;

/// The judgements that a schema can make too.
const JUDGED: &[Code] = &[
    Code::MissingField,
    Code::UnknownField,
    Code::BadValue,
    Code::BadId,
    Code::DuplicateId,
];

/// What would show that the test itself is wrong.
const NEVER: &[Code] = &[
    Code::BadYaml,
    Code::DuplicateField,
    Code::MissingFrontMatter,
    Code::BadFrontMatter,
];

static SCHEMAS: LazyLock<BTreeMap<&str, Value>> = LazyLock::new(|| {
    let schemas = KINDS.iter().map(|kind| (kind.name, schema(kind)));
    schemas.collect()
});

/// What `pmjump schema` prints.
fn schema(kind: &Kind) -> Value {
    let run = Command::new(env!("CARGO_BIN_EXE_pmjump"))
        .args(["schema", kind.name])
        .output()
        .expect("the program runs");
    serde_json::from_slice(&run.stdout).expect("it is JSON")
}

fn validator(kind: &str) -> Validator {
    let options = jsonschema::draft7::options().should_validate_formats(true);
    options.build(&SCHEMAS[kind]).expect("it is a schema")
}

/// What the parser says about a file with these fields, if anything.
fn judge(path: &str, instance: &Value) -> Vec<String> {
    let fields = serde_json::to_string_pretty(instance).expect("it can be written");
    let text = match path.ends_with(".md") {
        true => format!("---\n{fields}\n---\n"),
        false => fields,
    };
    let sources = Sources {
        files: BTreeMap::from([(path.into(), Source::Text(text.as_str().into()))]),
        settings: Settings { drafts: true, ..Settings::default() },
        today: Date::at(TODAY).expect("it is a day"),
    };
    let mut findings = Findings::new();
    let parsed = findings.take(kind::parse(&sources, &Default::default()));
    findings.extend(catalog::link(parsed, &sources, KINDS).findings);
    let wrong: Vec<_> = findings.iter().filter(|own| NEVER.contains(&own.code)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}\n{text}");
    let judged = findings.iter().filter(|own| JUDGED.contains(&own.code));
    judged.map(|own| format!("{}: {}", own.code.name(), own.message)).collect()
}

/// All entries of the guide: path, kind, fields.
fn shipped() -> Vec<(String, &'static Kind, Value)> {
    let mut left = vec![&GUIDE];
    let mut files = Vec::new();
    while let Some(folder) = left.pop() {
        left.extend(folder.dirs());
        for file in folder.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            let path = format!("content/{path}");
            let Some(kind) = kind::owner(&path) else { continue };
            let text = file.contents_utf8().expect("the guide is UTF-8");
            let yaml = match text.strip_prefix("---\n") {
                Some(rest) if path.ends_with(".md") => rest.split("\n---\n").next(),
                _ => Some(text),
            };
            files.push((path, kind, instance(yaml.expect("it has fields"))));
        }
    }
    files
}

// ── the schemas ────────────────────────────────────────────────────────────────────────

#[test]
fn every_schema_is_one() {
    for (kind, schema) in SCHEMAS.iter() {
        assert!(jsonschema::draft7::meta::is_valid(schema), "{kind}");
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    }
}

#[test]
fn what_stands_in_a_file_has_the_schema_of_its_place() {
    for kind in KINDS {
        let Files::Inside { kind: parent, field } = kind.files else { continue };
        let mut own = SCHEMAS[kind.name].clone();
        let fields = own.as_object_mut().expect("a schema is a map");
        fields.retain(|name, _| name != "$schema" && name != "title");
        assert_eq!(SCHEMAS[parent]["properties"][field]["items"], own, "{}", kind.name);
    }
}

#[test]
fn every_shipped_file_is_accepted_by_both() {
    let files = shipped();
    assert!(files.len() > 50, "{} files", files.len());
    for kind in KINDS {
        let schema = validator(kind.name);
        for (path, _, instance) in files.iter().filter(|(_, own, _)| own == kind) {
            let errors = schema.iter_errors(instance);
            let errors = errors.map(|own| format!("{}: {own}", own.instance_path()));
            assert_eq!(errors.collect::<Vec<_>>(), [""; 0], "{path}");
            assert_eq!(judge(path, instance), [""; 0], "{path}");
        }
    }
}

// ── samples and mutations ──────────────────────────────────────────────────────────────

#[test]
fn every_kind_with_files_has_a_sample_with_every_field() {
    for kind in KINDS.iter().filter(|kind| !matches!(kind.files, Files::Inside { .. })) {
        let sample = SAMPLES.iter().find(|(path, _)| kind.files.holds(path));
        let (path, text) = sample.unwrap_or_else(|| panic!("no sample of {}", kind.name));
        let sample = instance(text);
        assert_eq!(judge(path, &sample), [""; 0], "{path}");
        let mut unused = Vec::new();
        samples::unused(&SCHEMAS[kind.name], &[&sample], "", &mut unused);
        assert!(unused.is_empty(), "{path} has no {unused:?}");
    }
}

#[test]
fn schema_and_parser_agree_on_every_mutation() {
    let disagreements: Vec<_> = SAMPLES.iter().flat_map(disagreements).collect();
    let count = disagreements.len();
    assert_eq!(count, 0, "{count} disagreements\n{}\n", disagreements.join("\n"));
}

fn disagreements((path, text): &(&str, &str)) -> Vec<String> {
    let kind = kind::owner(path).expect("a sample is of a kind");
    let schema = validator(kind.name);
    let disagreement = |(change, mutated): (String, Value)| {
        let judged = judge(path, &mutated);
        (schema.is_valid(&mutated) != judged.is_empty()).then(|| {
            let errors = schema.iter_errors(&mutated).map(|own| own.to_string());
            let errors: Vec<_> = errors.collect();
            format!("{path} {change}\n   schema: {errors:?}\n   parser: {judged:?}")
        })
    };
    let changes = mutations::of(&instance(text)).into_par_iter();
    changes.filter_map(disagreement).collect()
}

/// What a schema cannot say stands here, so that nobody is surprised: an order of numbers
/// inside a text, and equality with the name of the file.
#[test]
fn the_parser_knows_a_little_more() {
    let sample = SAMPLES.iter().find(|(path, _)| path.starts_with("content/projects/"));
    let (path, text) = sample.expect("there is one");
    for (field, value) in [("effort", json!("5-2 h")), ("aliases", json!(["sample"]))] {
        let mut mutated = instance(text);
        mutated[field] = value;
        assert!(validator("project").is_valid(&mutated), "{field}");
        assert_eq!(judge(path, &mutated).len(), 1, "{field}");
    }
}
