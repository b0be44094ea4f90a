//! The house rules that neither the compiler nor clippy holds: who may use whom, how long
//! things are, where effects are allowed, and that ARCHITECTURE.md is true to `src/`.

#![allow(clippy::unwrap_used, reason = "a test may end at once")]
#![expect(clippy::disallowed_methods, reason = "this test reads the sources")]

#[path = "tidy/source.rs"]
mod source;

use std::fs;

use source::{File, Function, files, is_word, root};

/// The layers in order: each uses only what stands above it.
const LAYERS: &[&str] = &[
    "diagnostic", // what is said about content
    "syntax",     // texts to trees with places
    "record",     // YAML maps to structs
    "source",     // what the files say
    "catalog",    // the graph of entries
    "kind",       // the table of kinds
    "theme",      // templates, styles, words
    "render",     // pages
    "check",      // judgements on the graph, and on the links that `render` adds
    "site",       // address to bytes
    "lib",        // `crate::compile`
    "serve",      // the dev loop
    "cli",        // commands
    "main",       // the program
];

/// Names in the root of the crate that are no modules, and the layers they belong to.
const ROOT: &[(&str, &str)] = &[("compile", "lib")];

/// Where the disk, the environment and the clock may be used, besides in tests.
const EFFECTS: &[&str] = &[
    "src/source/load.rs",
    "src/source/project.rs",
    "src/site/place.rs",
    "src/source/shelf.rs",
    "src/site/write.rs",
    SKIPS,
    "src/serve/",
    "src/cli/",
];

/// Looks at the times of files, to tell whether a build can be skipped.
const SKIPS: &str = "src/site/stamp.rs";

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 50;
const MEDIAN_LINES: usize = 12;
const WIDTH: usize = 90;

// ── the rules ──────────────────────────────────────────────────────────────────────────

#[test]
fn layers_use_only_what_stands_above_them() {
    verdict(files("src").iter().flat_map(layering).collect());
}

#[test]
fn files_functions_and_lines_are_short() {
    let all = [files("src"), files("tests")].concat();
    verdict(all.iter().flat_map(sizes).collect());
}

#[test]
fn every_file_says_what_it_is() {
    let silent = |file: &&File| !file.text.starts_with("//!");
    let rule = "opening: a file begins with `//!`, what comes in and what goes out";
    verdict(files("src").iter().filter(silent).map(|file| file.fault(1, rule)).collect());
}

#[test]
fn architecture_is_true_to_the_sources() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md"));
    let page =
        page.expect("ARCHITECTURE.md is missing: write it, one line for each folder");
    verdict(unnamed_folders(&page).into_iter().chain(lost_paths(&page)).collect());
}

#[test]
fn nothing_is_left_over() {
    let all = [files("src"), files("tests")].concat();
    verdict(all.iter().flat_map(leftovers).collect());
}

#[test]
fn effects_stay_in_their_places() {
    let pure = |file: &&File| !EFFECTS.iter().any(|place| file.path.starts_with(place));
    verdict(files("src").iter().filter(pure).flat_map(effects).collect());
}

#[test]
fn the_median_function_is_short() {
    let all = files("src");
    let lengths = all.iter().flat_map(|file| {
        let own =
            file.functions().into_iter().filter(|function| !file.is_test(function.line));
        own.map(|function| function.lines)
    });
    let mut lengths: Vec<usize> = lengths.collect();
    lengths.sort_unstable();
    let median = lengths.get(lengths.len() / 2).copied().unwrap_or(0);
    println!("{} functions, median {median} lines", lengths.len());
    assert!(median <= MEDIAN_LINES, "median: {median} lines, at most {MEDIAN_LINES}");
}

// ── who uses whom ──────────────────────────────────────────────────────────────────────

fn layering(file: &File) -> Vec<String> {
    let own = file.layer();
    let Some(place) = position(own) else {
        return vec![
            file.fault(1, &format!("layers: `{own}` is not in LAYERS of tests/tidy.rs")),
        ];
    };
    let below = used(file).into_iter().filter(|(_, name)| {
        name != own && position(layer_of(name)).is_none_or(|used| used >= place)
    });
    let rule =
        |name: &str| format!("layers: `{own}` uses `{name}`, which stands below it");
    below.map(|(line, name)| file.fault(line, &rule(&name))).collect()
}

fn position(layer: &str) -> Option<usize> {
    LAYERS.iter().position(|name| *name == layer)
}

fn layer_of(name: &str) -> &str {
    ROOT.iter().find(|(known, _)| *known == name).map_or(name, |(_, layer)| layer)
}

/// The names in the root of the crate that a file uses, with their lines.
fn used(file: &File) -> Vec<(usize, String)> {
    let mut found = file.names_after("crate::");
    if file.path == "src/main.rs" {
        found.extend(file.names_after("pmjump::"));
    }
    let to_root = "super::".repeat(file.depth());
    if !to_root.is_empty() {
        let outside = |(line, name): &(usize, String)| {
            !file.is_test(*line) && position(name).is_some()
        };
        found.extend(file.names_after(&to_root).into_iter().filter(outside));
    }
    found.retain(|(_, name)| name.starts_with(|c: char| c.is_lowercase()));
    found
}

// ── how long, how wide ─────────────────────────────────────────────────────────────────

fn sizes(file: &File) -> Vec<String> {
    let count = file.text.lines().count();
    let long = (count > FILE_LINES).then(|| {
        file.fault(
            count,
            &format!("length: a file of {count} lines, at most {FILE_LINES}"),
        )
    });
    let wide = file.text.lines().zip(file.code.lines()).enumerate();
    let wide = wide
        .filter(|(_, (line, code))| line.chars().count() > WIDTH && !is_text(line, code));
    let wide = wide.map(|(index, (line, _))| {
        let width = line.chars().count();
        file.fault(
            index + 1,
            &format!("width: a line of {width} characters, at most {WIDTH}"),
        )
    });
    let functions = file.functions().into_iter().filter(|own| own.lines > FUNCTION_LINES);
    let functions = functions.map(|Function { name, line, lines }| {
        let rule =
            format!("length: `{name}` has {lines} lines, at most {FUNCTION_LINES}");
        file.fault(line, &rule)
    });
    long.into_iter().chain(wide).chain(functions).collect()
}

/// A line inside a text that spans lines, as expected output does, is as wide as it is.
fn is_text(line: &str, code: &str) -> bool {
    code.trim().is_empty() && !line.trim_start().starts_with('/')
}

// ── what is left over, what has effects ────────────────────────────────────────────────

fn leftovers(file: &File) -> Vec<String> {
    let words = [concat!("TO", "DO"), concat!("FIX", "ME")];
    let lines = file.text.lines().zip(file.code.lines()).enumerate();
    let left = lines.filter(|(_, (line, code))| {
        let noted = line.split(|c| !is_word(c)).any(|word| words.contains(&word));
        noted || code.contains("dbg!")
    });
    let rule = "left over: finish it, or say it in an issue";
    left.map(|(index, _)| file.fault(index + 1, rule)).collect()
}

fn effects(file: &File) -> Vec<String> {
    let clock = file.names_after("SystemTime::").into_iter();
    let clock = clock.filter(|(_, name)| name == "now");
    let world = file.names_after("std::").into_iter();
    let world = world.filter(|(_, name)| name == "fs" || name == "env");
    let found = world.chain(clock).filter(|(line, _)| !file.is_test(*line));
    let rule =
        "effects: the disk, the environment and the clock belong to load, write and cli";
    found.map(|(line, name)| file.fault(line, &format!("{rule}, not `{name}`"))).collect()
}

// ── ARCHITECTURE.md ────────────────────────────────────────────────────────────────────

fn unnamed_folders(page: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join("src")).expect("src/ can be read").flatten();
    let folders = entries.filter(|entry| entry.path().is_dir());
    let mut names: Vec<_> =
        folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let unnamed = names.into_iter().filter(|name| !names_folder(page, name));
    unnamed
        .map(|name| format!("ARCHITECTURE.md:1: folders: `src/{name}/` is not named"))
        .collect()
}

fn names_folder(page: &str, name: &str) -> bool {
    let folder = format!("{name}/");
    page.match_indices(&folder).any(|(at, _)| !page[..at].ends_with(is_word))
}

/// Backticked paths below `src/` that are not there. A part in capitals stands for any
/// name.
fn lost_paths(page: &str) -> Vec<String> {
    let lines = page.lines().enumerate();
    let quoted = lines.flat_map(|(index, line)| {
        line.split('`').skip(1).step_by(2).map(move |path| (index + 1, path))
    });
    let paths =
        quoted.filter(|(_, path)| path.starts_with("src/") && !path.contains(' '));
    let lost = paths.filter(|(_, path)| {
        let stands_for = path.split(['/', '.']).any(|part| {
            !part.is_empty() && part.chars().all(|c| c.is_uppercase() || c == '_')
        });
        !stands_for && !root().join(path).exists()
    });
    lost.map(|(line, path)| {
        format!("ARCHITECTURE.md:{line}: paths: `{path}` is not there")
    })
    .collect()
}

fn verdict(faults: Vec<String>) {
    assert!(faults.is_empty(), "{} faults\n{}\n", faults.len(), faults.join("\n"));
}
