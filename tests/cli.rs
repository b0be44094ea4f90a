//! The command line: exit statuses, and what goes to which stream.

#![allow(clippy::unwrap_used, reason = "a test may end at once")]
#![expect(clippy::disallowed_methods, reason = "this test looks at the disk")]

#[path = "cli/authoring.rs"]
mod authoring;
#[allow(dead_code, reason = "each test uses its part of it")]
mod common;

use std::process::Stdio;

use common::{Project, Run, finish};
use pmjump::diagnostic::Code;
use pmjump::kind::KINDS;
use serde_json::Value;

/// A project with one error and one warning.
fn faulty() -> Project {
    let link = "---\ntitle: Tools\nsummary: A page.\n---\n\n### Deep\n\n[[tool:ricee]]\n";
    Project::full().with("content/about.md", link)
}

/// A project with one warning.
fn doubtful() -> Project {
    Project::full()
        .with("content/about.md", "---\ntitle: A\nsummary: A.\n---\n\n### Deep\n")
}

/// A run that said nothing on one stream and this on the other.
#[track_caller]
fn only_stderr(run: &Run, status: i32, part: &str) {
    assert_eq!((run.status, run.stdout.as_str()), (status, ""), "{}", run.stderr);
    assert!(run.stderr.contains(part), "{}", run.stderr);
}

// ── check and build ────────────────────────────────────────────────────────────────────

#[test]
fn clean_content_is_status_0() {
    let project = Project::full();
    only_stderr(&project.run(&["check", "--deny-warnings"]), 0, "no findings");
    only_stderr(&project.run(&["build", "--deny-warnings"]), 0, "files in");
}

#[test]
fn errors_are_status_1_and_stand_on_standard_error() {
    let project = faulty();
    for command in ["check", "build"] {
        let run = project.run(&[command]);
        only_stderr(&run, 1, "error[unknown-reference]");
        assert!(run.stderr.contains("warning[heading-skip]"), "{}", run.stderr);
        assert!(run.stderr.contains("did you mean `rice`?"), "{}", run.stderr);
        assert!(run.stderr.contains("1 error, 1 warning"), "{}", run.stderr);
    }
    only_stderr(&project.run(&["check", "--format", "short"]), 1, "unknown-reference");
    assert!(!project.has("site"));
}

#[test]
fn warnings_count_only_where_they_are_denied() {
    let project = doubtful();
    for command in ["check", "build"] {
        let denied = project.run(&[command, "--deny-warnings"]);
        only_stderr(&denied, 1, "warning[heading-skip]");
        assert!(!project.has("site"));
        only_stderr(&project.run(&[command]), 0, "warning[heading-skip]");
    }
    assert!(project.has("site/about.html"));
    // Also when there is nothing left to write.
    only_stderr(&project.run(&["build", "--deny-warnings"]), 1, "warning[heading-skip]");
}

#[test]
fn site_yaml_gives_findings_their_weight() {
    let settings = "title: A\ntheme: bare\nchecks: { heading-skip: error }\n";
    let project = doubtful().with("content/site.yaml", settings);
    only_stderr(&project.run(&["check"]), 1, "error[heading-skip]");
    project.write("content/site.yaml", settings.replace("error", "off"));
    only_stderr(&project.run(&["check", "--deny-warnings"]), 0, "no findings");
}

#[test]
fn what_a_machine_reads_goes_to_standard_output_alone() {
    let project = faulty();
    for format in ["json", "sarif", "github"] {
        let run = project.run(&["check", "--format", format]);
        assert_eq!(run.status, 1, "{format}");
        assert!(run.stdout.contains("unknown-reference"), "{format}: {}", run.stdout);
        assert!(!run.stderr.contains("unknown-reference"), "{format}: {}", run.stderr);
        let quiet = project.run(&["check", "--quiet", "--format", format]);
        assert_eq!((quiet.status, quiet.stderr.as_str()), (1, ""), "{format}");
        assert_eq!(quiet.stdout, run.stdout, "{format}");
    }
    let sarif = project.run(&["check", "--format", "sarif"]).stdout;
    let sarif: Value = serde_json::from_str(&sarif).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let clean = Project::full();
    assert_eq!(clean.run(&["check", "--format", "json"]).stdout, "");
}

#[test]
fn a_line_of_json_has_every_field() {
    let run = faulty().run(&["check", "--format", "json"]);
    let lines: Vec<Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [skip, unknown] = &lines[..] else { panic!("{}", run.stdout) };
    assert_eq!((&skip["severity"], &skip["line"]), (&"warning".into(), &6.into()));
    assert_eq!(unknown["file"], "content/about.md");
    let place =
        ["line", "column", "end_line", "end_column"].map(|name| unknown[name].as_u64());
    assert_eq!(place, [8, 3, 8, 13].map(Some));
    assert_eq!(unknown["help"], "did you mean `rice`?");
    assert!(skip["help"].is_string() || skip["help"].is_null());
    assert!(unknown["labels"].is_array());
}

#[test]
fn settings_that_are_wrong_are_findings() {
    let project = Project::full().with("content/site.yaml", "theme: bare\nur: x\n");
    let run = project.run(&["check"]);
    only_stderr(&run, 1, "error[unknown-field]");
    assert!(run.stderr.contains("error[missing-field]"), "{}", run.stderr);
    only_stderr(&project.run(&["build"]), 1, "nothing was written");
}

#[test]
fn quiet_leaves_only_findings() {
    let clean = Project::full();
    for command in ["check", "build"] {
        only_stderr(&clean.run(&["--quiet", command]), 0, "");
        assert_eq!(clean.run(&[command, "-q"]).stderr, "");
    }
    let run = doubtful().run(&["check", "--quiet"]);
    only_stderr(&run, 0, "warning[heading-skip]");
    assert!(!run.stderr.contains("1 warning"), "{}", run.stderr);
}

// ── where the project is ───────────────────────────────────────────────────────────────

#[test]
fn the_project_is_found_from_inside_and_by_root() {
    let project = Project::full();
    let steps = project.root.join("content/steps");
    let inside = finish(project.command(&["check"]).current_dir(&steps));
    only_stderr(&inside, 0, "no findings");
    let elsewhere = Project::folder("elsewhere");
    for root in [&project.root, &steps] {
        let root = root.display().to_string();
        only_stderr(&elsewhere.run(&["check", "--root", &root]), 0, "no findings");
    }
    let root = project.root.display().to_string();
    only_stderr(
        &elsewhere.run(&["build", "--root", &root, "--out", "here"]),
        0,
        "files in",
    );
    assert!(elsewhere.has("here/index.html") && !project.has("here"));
}

#[test]
fn without_a_project_nothing_can_be_done() {
    let folder = Project::folder("empty");
    for arguments in [
        &["check"][..],
        &["build"],
        &["stats"],
        &["new", "page", "about"],
        &["check", "--root", "nowhere"],
    ] {
        only_stderr(&folder.run(arguments), 2, "no project");
    }
    only_stderr(&folder.run(&["check", "--root", "nowhere"]), 2, "nowhere");
}

#[test]
fn spaces_and_letters_of_all_languages_are_names() {
    let project = Project::named("mein Prøjekt 日本 👍");
    let home =
        "---\ntitle: Home\nsummary: A.\n---\n\n[b](<bild ü.png>) [c](%C3%BC.txt)\n";
    let project = project.with("content/index.md", home);
    let project = project.with("content/bild ü.png", "x").with("content/ü.txt", "y");
    only_stderr(&project.run(&["build", "--out", "aus gabe/ü"]), 0, "aus gabe/ü");
    assert_eq!(project.read("aus gabe/ü/bild ü.png"), "x");
    let page = project.read("aus gabe/ü/index.html");
    assert!(page.contains("href=\"bild%20%C3%BC.png\""), "{page}");
}

// ── bad arguments ──────────────────────────────────────────────────────────────────────

#[test]
fn bad_arguments_are_status_2() {
    let project = Project::full();
    for arguments in [
        &[][..],
        &["bogus"],
        &["check", "--format", "xml"],
        &["check", "extra"],
        &["build", "--url", "no address"],
        &["build", "--out"],
        &["explain", "a", "b"],
        &["explain", "no-such-code"],
        &["schema"],
        &["schema", "nothing"],
        &["new", "step"],
        &["new", "nothing", "x"],
        &["completions", "csh"],
        &["stats", "--format", "sarif"],
        &["check", "--color", "blue"],
    ] {
        let run = project.run(arguments);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(!run.stderr.is_empty(), "{arguments:?}");
    }
    let run = finish(project.command(&["check"]).env("SOURCE_DATE_EPOCH", "yesterday"));
    only_stderr(&run, 2, "SOURCE_DATE_EPOCH");
}

#[test]
fn help_and_version_are_what_was_asked_for() {
    for argument in ["--help", "--version", "help"] {
        let run = Project::folder("empty").run(&[argument]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{argument}");
        assert!(run.stdout.contains("pmjump"), "{argument}");
    }
}

// ── explain, schema, completions, stats ────────────────────────────────────────────────

#[test]
fn every_code_is_explained() {
    let folder = Project::folder("empty");
    let all = folder.run(&["explain"]);
    for code in Code::ALL.iter().map(|code| code.name()) {
        let run = folder.run(&["explain", code]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{code}");
        assert!(run.stdout.starts_with(&format!("# {code}\n")), "{code}");
        assert!(all.stdout.contains(&format!("{code} ")), "{code}");
    }
    only_stderr(&folder.run(&["explain", "orphen"]), 2, "did you mean `orphan`?");
    only_stderr(&folder.run(&["explain", "nothing-like-it"]), 2, "nothing-like-it");
}

#[test]
fn every_kind_has_a_schema() {
    for kind in KINDS.iter().map(|kind| kind.name) {
        let run = Project::folder("empty").run(&["schema", kind]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{kind}");
        let schema: Value = serde_json::from_str(&run.stdout).unwrap();
        assert!(schema["$schema"].is_string(), "{kind}");
        assert!(jsonschema::validator_for(&schema).is_ok(), "{kind}");
    }
}

#[test]
fn every_shell_has_a_completion() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = Project::folder("empty").run(&["completions", shell]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{shell}");
        assert!(run.stdout.contains("deny-warnings"), "{shell}");
    }
}

#[test]
fn stats_count() {
    let project = Project::full();
    let run = project.run(&["stats", "--format", "json"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let stats: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(stats["entries"]["question"], 1);
    assert_eq!(stats["questions_per_skill"]["insight"], 1);
    assert_eq!(stats["questions_per_category"]["general"], 1);
    assert_eq!(stats["questions_per_level"]["hard"], 0);
    let without = stats["without_review"].as_array().unwrap();
    assert!(without.contains(&"tool:rice".into()), "{without:?}");
    assert!(!without.contains(&"question:lift-queue".into()), "{without:?}");
    let human = project.run(&["stats"]);
    assert!(human.status == 0 && human.stdout.contains("insight"), "{}", human.stdout);
    assert_eq!(faulty().run(&["stats"]).status, 1);
}

// ── terminals and pipes ────────────────────────────────────────────────────────────────

#[test]
fn colour_is_only_for_those_who_want_it() {
    let project = faulty();
    let coloured = |arguments: &[&str]| {
        let run = project.run(arguments);
        (run.stdout + &run.stderr).contains('\u{1b}')
    };
    assert!(coloured(&["check", "--color", "always"]));
    assert!(!coloured(&["check"]));
    assert!(!coloured(&["check", "--color", "never"]));
    assert!(!coloured(&["check", "--color", "always", "--format", "json"]));
    let nowhere = ["check", "--root", "/", "--color", "always"];
    assert!(coloured(&nowhere) && !coloured(&nowhere[..3]));
}

#[test]
fn a_reader_who_goes_away_is_no_panic() {
    let project = faulty();
    for arguments in [
        &["explain"][..],
        &["schema", "bank"],
        &["completions", "zsh"],
        &["stats"],
        &["check", "--format", "json"],
        &["--help"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let run =
            finish(project.command(arguments).stdout(writer).stderr(Stdio::piped()));
        assert!((0..=1).contains(&run.status), "{arguments:?}: {}", run.stderr);
        assert!(!run.stderr.contains("panicked"), "{arguments:?}: {}", run.stderr);
    }
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    assert_eq!(finish(project.command(&["check"]).stderr(writer)).status, 1);
}
