//! Reading never panics, and every finding's place lies inside its file.

use pmjump::diagnostic::{Checked, Findings};
use pmjump::source::{Settings, Source, Sources};
use pmjump::theme::Theme;
use proptest::prelude::{Strategy, any};

use crate::common::{SAMPLES, SITE};
use crate::{Files, holds, piece, project};

/// A change of a text: where and how much, both in thousandths, and what happens there.
#[derive(Debug, Clone)]
struct Change {
    file: usize,
    at: usize,
    width: usize,
    kind: u8,
    text: String,
}

fn change() -> impl Strategy<Value = Change> {
    let odd = proptest::sample::select(vec![
        "\t", "\0", "\r\n", "\r", ": ", "- ", "[", "{", "\"", "'", "|", ">", "&a ", "*a",
        "---\n", "#", "\u{feff}", "\u{2028}", "é", "👍", "!!x ", "%", "\\", "? ", "~",
        "`", "<", "</", "<!--",
    ]);
    let text = proptest::prop_oneof![odd.prop_map(str::to_owned), piece(), ".{0,8}"];
    (0..20_usize, 0..1000_usize, 0..60_usize, any::<u8>(), text)
        .prop_map(|(file, at, width, kind, text)| Change { file, at, width, kind, text })
}

fn changed(text: &str, change: &Change) -> String {
    let at = text.floor_char_boundary(text.len() * change.at / 1000);
    let end = text.ceil_char_boundary((at + change.width).min(text.len()));
    let (before, part, after) = (&text[..at], &text[at..end], &text[end..]);
    match change.kind % 5 {
        0 => format!("{before}{after}"),
        1 => format!("{before}{part}{part}{after}"),
        2 => format!("{before}{}{part}{after}", change.text),
        3 => format!("{before}{}{after}", change.text),
        _ => before.to_owned(),
    }
}

fn mutated() -> impl Strategy<Value = Files> {
    let changes = proptest::collection::vec(change(), 1..12);
    (project(true), changes).prop_map(|(mut files, changes)| {
        files.insert("content/site.yaml".to_owned(), SITE.to_owned());
        let paths: Vec<String> = files.keys().cloned().collect();
        for change in &changes {
            let path = &paths[change.file % paths.len()];
            let text = changed(&files[path], change);
            files.insert(path.clone(), text);
        }
        files
    })
}

/// Compiles files in memory and renders all their pages.
fn findings(files: &Files) -> Findings {
    let texts = files.iter().filter(|(path, _)| pmjump::kind::owner(path).is_some());
    let texts = texts
        .map(|(path, text)| (path.as_str().into(), Source::Text(text.as_str().into())));
    let site = files.get("content/site.yaml").map_or(SITE, String::as_str);
    let mut findings = Findings::new();
    let Checked { value: settings, findings: found } =
        Settings::read(site, &"content/site.yaml".into());
    findings.extend(found);
    let settings = Settings { theme: Settings::default().theme, ..settings };
    let today = pmjump::record::Date::at(1_795_132_800).expect("it is a day");
    let theme = findings.take(Theme::new(&settings, Default::default()));
    let sources = Sources { files: texts.collect(), settings, today };
    let site = findings.take(pmjump::compile(&sources, theme, &Default::default()));
    for path in site.paths() {
        findings.extend(site.render(path).into_iter().flat_map(|made| made.findings));
    }
    findings
}

fn inside(files: &Files) {
    for finding in findings(files) {
        let labels = finding.labels.iter().map(|label| (&label.file, label.span));
        for (file, span) in labels.chain([(&finding.file, finding.span)]) {
            let length = files.get(&**file).map_or(0, String::len);
            assert!(span.start <= span.end && span.end as usize <= length, "{finding:?}");
            if let Some(text) = files.get(&**file) {
                let whole =
                    [span.start, span.end].map(|at| text.is_char_boundary(at as usize));
                assert_eq!(whole, [true; 2], "{finding:?}");
            }
        }
    }
}

#[test]
fn every_finding_of_a_mutated_project_stands_in_its_file() {
    holds(64, mutated(), |files| inside(&files));
}

#[test]
fn every_file_may_end_anywhere() {
    let all: Files = SAMPLES
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
    for (path, text) in SAMPLES.iter().filter(|(path, _)| !path.ends_with(".png")) {
        for at in (0..text.len()).step_by(text.len() / 24 + 1) {
            let mut files = all.clone();
            files.insert(
                (*path).to_owned(),
                text[..text.floor_char_boundary(at)].to_owned(),
            );
            inside(&files);
        }
    }
}
