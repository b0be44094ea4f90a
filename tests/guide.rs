//! The shipped guide: what is in it, how long it is, and that nothing is wrong with it;
//! and that every kind has all that a kind has to have.

#![allow(clippy::unwrap_used, reason = "a test may end at once")]
#![expect(clippy::disallowed_methods, reason = "this test reads the guide's files")]

mod built;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use pmjump::catalog::{Entry, EntryId, Files, Kind};
use pmjump::diagnostic::Checked;
use pmjump::kind::{self, KINDS, Question};
use pmjump::site::Site;
use pmjump::theme::THEME;

static GUIDE: LazyLock<Checked<Site>> = LazyLock::new(|| built::site(built::guide()));

fn of_kind(kind: &str) -> impl Iterator<Item = (EntryId, &'static Entry)> {
    GUIDE.value.catalog().of_kind(kind)
}

// ── the guide ──────────────────────────────────────────────────────────────────────────

#[test]
fn nothing_is_found_in_it() {
    let findings: Vec<_> = GUIDE.findings.iter().collect();
    assert!(findings.is_empty(), "{findings:#?}");
}

#[test]
fn it_has_its_inventory() {
    let count = |kind: &str| of_kind(kind).count();
    assert_eq!(count("step"), 12);
    assert_eq!(count("skill"), 14);
    assert_eq!(count("bank"), 10);
    for kind in ["playbook", "worksheet", "tool", "project"] {
        assert!(count(kind) >= 6, "{kind}: {}", count(kind));
    }
    assert!(count("term") >= 30, "{} terms", count("term"));
    for page in ["index", "about", "how-to-use", "privacy", "contribute"] {
        assert!(of_kind("page").any(|(_, entry)| *entry.id == *page), "{page}");
    }
}

#[test]
fn every_bank_has_questions() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, question) in of_kind("question") {
        let bank = question.parent.as_ref().expect("a question stands in a bank");
        *counts.entry(&bank.1).or_default() += 1;
    }
    for (_, bank) in of_kind("bank") {
        let count = counts.get(&*bank.id).copied().unwrap_or(0);
        assert!(count >= 4, "{}: {count} questions", bank.id);
    }
}

#[test]
fn steps_are_as_long_as_they_should_be() {
    for (_, step) in of_kind("step") {
        let words = step.body.words();
        assert!((900..=1800).contains(&words), "{}: {words} words", step.id);
    }
}

#[test]
fn every_step_and_skill_has_a_question() {
    let catalog = GUIDE.value.catalog();
    let mut asked = BTreeSet::new();
    for (id, _, question) in catalog.fields::<Question>() {
        let skills = question.skills.iter().map(|skill| skill.link);
        let steps = question.steps.iter().map(|step| step.link);
        asked.extend(skills.chain(steps).filter_map(|link| catalog.target(id, link)));
    }
    for (id, entry) in of_kind("step").chain(of_kind("skill")) {
        assert!(asked.contains(&id), "{} {}", entry.kind.name, entry.id);
    }
}

#[test]
fn summaries_are_short() {
    let paged =
        GUIDE.value.catalog().entries.iter().filter(|own| own.kind.name != "term");
    for entry in paged {
        let length = entry.common.summary.chars().count();
        assert!(length <= 160, "{} {}: {length}", entry.kind.name, entry.id);
    }
}

/// Also those that the site leaves out, such as README.md: they are read on GitHub.
#[test]
fn relative_links_between_files_hold() {
    let mut lost = Vec::new();
    for file in markdown_files() {
        let text = std::fs::read_to_string(&file).expect("it can be read");
        let folder = file.parent().expect("a file stands in a folder");
        for target in relative_links(&text) {
            if !folder.join(target).exists() {
                lost.push(format!("{}: {target}", file.display()));
            }
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
}

fn markdown_files() -> Vec<PathBuf> {
    let mut left = vec![built::guide().join("content")];
    let mut files: Vec<PathBuf> = Vec::new();
    for name in ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md"] {
        files.extend(Some(built::guide().join(name)).filter(|path| path.exists()));
    }
    while let Some(folder) = left.pop() {
        for entry in std::fs::read_dir(folder).expect("it can be read").flatten() {
            let path = entry.path();
            match path.is_dir() {
                true => left.push(path),
                false => files.extend(Some(path).filter(|path| is_markdown(path))),
            }
        }
    }
    files
}

fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "md")
}

/// What stands between `](` and `)` outside of code, without its fragment, if it is a
/// file's.
fn relative_links(text: &str) -> impl Iterator<Item = &str> {
    let plain = text.split("```").step_by(2);
    let targets = plain.flat_map(|text| text.split("](").skip(1));
    let targets = targets.filter_map(|rest| rest.split(')').next());
    let files = targets.map(|target| target.split(['#', '?', ' ']).next().unwrap_or(""));
    files.filter(|path| !path.is_empty() && !path.contains(':') && !path.contains('`'))
}

// ── the kinds ──────────────────────────────────────────────────────────────────────────

#[test]
fn every_kind_has_a_template() {
    for kind in KINDS.iter().filter(|kind| kind.has_pages()) {
        let path = format!("templates/{}.html", kind.name);
        assert!(THEME.get_file(&path).is_some(), "{path}");
    }
}

#[test]
fn every_kind_has_a_schema() {
    for kind in KINDS {
        let output = pmjump(Path::new("."), &["schema", kind.name]);
        let schema: serde_json::Value =
            serde_json::from_slice(&output.stdout).expect("it is JSON");
        assert_eq!(schema["title"], format!("pmjump {}", kind.name));
    }
}

#[test]
fn every_kind_has_words_in_the_theme() {
    let file = THEME.get_file("strings/en.yaml").expect("the theme has words");
    let words: serde_json::Map<String, serde_json::Value> =
        serde_yaml::from_slice(file.contents()).expect("they are a map");
    for kind in KINDS {
        let name = kind.name;
        let names = [format!("kind_{name}"), format!("kinds_{name}")];
        for word in names {
            assert!(words.contains_key(&word), "{word}");
        }
    }
}

#[test]
fn every_kind_has_a_starter_that_holds() {
    let folder = tempfile::tempdir().expect("a folder for the test can be made");
    let root = folder.path();
    assert_clean(&pmjump(root, &["init"]));
    for kind in KINDS {
        let id = match kind.files {
            Files::Inside { .. } => "metrics/my-own".to_owned(),
            _ => format!("my-{}", kind.name),
        };
        assert_clean(&pmjump(root, &["new", kind.name, &id]));
        assert_clean(&pmjump(root, &["check"]));
    }
    let built = built::site(root);
    for kind in KINDS {
        let mut own = built.value.catalog().of_kind(kind.name);
        assert!(own.any(|(_, entry)| entry.id.starts_with("my-")), "{}", kind.name);
    }
}

#[test]
fn every_kind_has_a_golden_case() {
    let cases = built::guide().join("tests/golden");
    let Ok(cases) = std::fs::read_dir(cases) else { return };
    let mut left: Vec<PathBuf> =
        cases.flatten().map(|case| case.path().join("content")).collect();
    let mut held = BTreeSet::new();
    while let Some(folder) = left.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            held.extend(kind_of(&path).map(|kind| kind.name));
            left.extend(Some(path).filter(|path| path.is_dir()));
        }
    }
    let bare = KINDS.iter().filter(|kind| !matches!(kind.files, Files::Inside { .. }));
    let bare: Vec<_> = bare.filter(|kind| !held.contains(kind.name)).collect();
    assert!(bare.is_empty(), "no golden case for {bare:?}");
}

/// The kind of a file below the `content/` of a golden case.
fn kind_of(path: &Path) -> Option<&'static Kind> {
    let path = path.to_str()?.replace('\\', "/");
    let (_, inside) = path.rsplit_once("/content/")?;
    kind::owner(&format!("content/{inside}"))
}

fn pmjump(folder: &Path, arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_pmjump");
    let run = Command::new(program).args(arguments).current_dir(folder).output();
    run.expect("the program runs")
}

fn assert_clean(output: &Output) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
}
