//! The laws: same input, same bytes, wherever and however it is built; and no input is a
//! panic or a finding outside its file.

#![allow(clippy::unwrap_used, reason = "a test may end at once")]
#![expect(clippy::disallowed_methods, reason = "this test reads what was built")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use pmjump::diagnostic::{FilePath, Findings};
use pmjump::record::Date;
use pmjump::source::{Settings, Source, Sources};
use pmjump::theme::Theme;
use proptest::prelude::{ProptestConfig, Strategy, any, proptest};
use proptest::{collection, prop_assert, sample};

/// All files below a folder, by path; what only pmjump reads is left out.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    let inside = |path: &Path| path.strip_prefix(folder).unwrap().to_owned();
    let files =
        files.map(|entry| (inside(entry.path()), fs::read(entry.path()).unwrap()));
    files.filter(|(path, _)| !path.starts_with(".pmjump")).collect()
}

fn copy(from: &Path, to: &Path, backwards: bool) {
    let files = walkdir::WalkDir::new(from).sort_by_file_name().into_iter();
    let mut files: Vec<_> = files.map(Result::unwrap).collect();
    if backwards {
        files.reverse();
    }
    for entry in files.iter().filter(|entry| entry.file_type().is_file()) {
        let place = to.join(entry.path().strip_prefix(from).unwrap());
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::copy(entry.path(), place).unwrap();
    }
}

/// Builds a copy of the shipped guide with these variables of the environment.
fn build(
    name: &str,
    backwards: bool,
    variables: &[(&str, &str)],
) -> BTreeMap<PathBuf, Vec<u8>> {
    let root = tempfile::Builder::new().prefix(name).tempdir().unwrap();
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    copy(&guide, &root.path().join("content"), backwards);
    let mut command = Command::new(env!("CARGO_BIN_EXE_pmjump"));
    command.args(["build", "--quiet", "--root"]).arg(root.path());
    command.env("SOURCE_DATE_EPOCH", "1795000000").envs(variables.iter().copied());
    assert!(command.status().unwrap().success());
    tree(&root.path().join("site"))
}

#[test]
fn the_same_bytes_at_any_threads_folder_time_zone_and_locale() {
    let one =
        build("a", false, &[("RAYON_NUM_THREADS", "1"), ("TZ", "UTC"), ("LC_ALL", "C")]);
    let tokyo = [
        ("RAYON_NUM_THREADS", "7"),
        ("TZ", "Asia/Tokyo"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LANG", "tr_TR.UTF-8"),
    ];
    let many = build("another folder ü", true, &tokyo);
    assert!(one.len() > 100);
    assert_eq!(one.keys().collect::<Vec<_>>(), many.keys().collect::<Vec<_>>());
    for (path, bytes) in &one {
        assert!(many[path] == *bytes, "{} differs", path.display());
    }
}

/// The files of the guide that hold entries.
fn guide() -> BTreeMap<FilePath, Arc<str>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let all = tree(&root.join("content"));
    let named = all.into_iter().map(|(path, bytes)| {
        let path = format!("content/{}", path.to_str().unwrap().replace('\\', "/"));
        (FilePath::from(path), Arc::from(String::from_utf8(bytes).unwrap()))
    });
    named.filter(|(path, _)| pmjump::kind::owner(path).is_some()).collect()
}

/// Compiles some files, and checks that each finding stands inside its file.
fn places_hold(files: BTreeMap<FilePath, Arc<str>>) -> Result<(), String> {
    let settings = Settings::default();
    let theme = Theme::new(&settings, BTreeMap::new()).value;
    let texts = files.clone();
    let files =
        files.into_iter().map(|(path, text)| (path, Source::Text(text))).collect();
    let today = Date::at(1_795_000_000).unwrap();
    let findings: Findings =
        pmjump::compile(&Sources { files, settings, today }, theme).findings;
    for finding in findings.iter() {
        let Some(text) = texts.get(&finding.file) else { continue };
        let slice = text.get(finding.span.range());
        slice.ok_or_else(|| format!("{}: {:?}", finding.message, finding.span))?;
    }
    Ok(())
}

/// A change of a text: where, how much is taken out, and what is put in.
fn edits() -> impl Strategy<Value = Vec<(f64, usize, String)>> {
    let pieces = [
        "[[",
        "]]",
        "![[",
        "|",
        "#",
        "\n",
        "\t",
        "---\n",
        ": ",
        "- ",
        "'",
        "\"",
        "{#",
        "}",
        "é",
        "<b onclick=x>",
        "</",
        "*a",
        "&x",
        "[ ] ",
        "> ",
        "```\n",
        "\r\n",
        "\0",
        "_____",
        "…",
    ];
    let piece = sample::select(pieces.to_vec()).prop_map(str::to_owned);
    collection::vec((0.0..1.0, 0..12_usize, piece), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_edit_is_a_panic_or_a_finding_outside_its_file(
        file in any::<sample::Index>(),
        edits in edits(),
    ) {
        let mut files = guide();
        let path = file.get(&files.keys().cloned().collect::<Vec<_>>()).clone();
        let mut text = files[&path].to_string();
        for (place, less, more) in edits {
            let at = text.floor_char_boundary((text.len() as f64 * place) as usize);
            let end = text.ceil_char_boundary((at + less).min(text.len()));
            text.replace_range(at..end, &more);
        }
        files.insert(path, text.into());
        let held = places_hold(files);
        prop_assert!(held.is_ok(), "{:?}", held);
    }

    /// Our reading of YAML and that of `serde_yaml` agree on what is YAML at all.
    #[test]
    fn both_readers_of_yaml_agree(words in collection::vec(0..14_usize, 1..14)) {
        let pieces = [
            "a: ", "b: ", "- ", "\n", "x", " ", "[", "]", "'q'", "\"d\"", "  ", "1", ", ", " #c\n",
        ];
        let text: String = words.iter().map(|word| pieces[*word]).collect();
        let file: FilePath = "f.yaml".into();
        let mut findings = Findings::new();
        pmjump::syntax::yaml::parse(&text, 0..text.len(), &file, &mut findings);
        let ours = findings.is_empty();
        let theirs = serde_yaml::from_str::<serde_yaml::Value>(&text);
        // What we refuse on purpose, or say in other words, is no difference.
        let known = findings.iter().any(|finding| {
            ["twice", "key must be", "second document"].iter().any(|w| finding.message.contains(w))
        });
        prop_assert!(known || ours == theirs.is_ok(), "{text:?}: {ours} {theirs:?}");
    }
}
