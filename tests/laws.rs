//! What holds for every project, whatever is in it.

#![expect(clippy::disallowed_methods, reason = "this test looks at the disk")]

#[allow(dead_code, reason = "each test uses its part of it")]
mod built;
#[allow(dead_code, reason = "each test uses its part of it")]
mod common;
#[path = "laws/edits.rs"]
mod edits;
#[path = "laws/mutation.rs"]
mod mutation;
#[path = "laws/yaml.rs"]
mod yaml;

use std::collections::BTreeMap;
use std::time::SystemTime;

use common::{BANK, Project, SAMPLES, differences, finish};
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::test_runner::{Config, TestRunner};

/// The files of a project's content by path.
type Files = BTreeMap<String, String>;

/// Words that have a meaning somewhere in Markdown or YAML, right and wrong.
fn piece() -> impl Strategy<Value = String> {
    let known = [
        "[[skill:insight]]",
        "[[step:look-within#write]]",
        "[[tool:rice|a *tool*]]",
        "![[question:lift-queue]]",
        "[[term:user]]",
        "[[page-0]]",
        "[[nowhere]]",
        "[[#part]]",
        "[a](img/picture.png)",
        "[b](tools/rice.md)",
        "![c](img/picture.png)",
        "[d](gone.md)",
        "https://example.org",
        "user",
        "*em*",
        "**strong**",
        "`code`",
        "<kbd>K</kbd>",
        "<script>x</script>",
        "\n\n",
        "\n\n## Part\n\n",
        "\n\n### Deep\n\n",
        "\n- item\n",
        "\n- [ ] task\n",
        "\n- [x] task {#key}\n",
        "\n> [!NOTE]\n> Note.\n\n",
        "\n|a|b|\n|-|-|\n|c|d|\n\n",
        "x[^1]",
        "\n\n[^1]: note\n\n",
        "\n```\nlines\n```\n",
        "\"quoted\"",
        "ü日本👍",
        "_____",
        "...",
    ];
    prop_oneof![
        4 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned),
        1 => "[ -~ü日]{0,12}",
    ]
}

fn body() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..14).prop_map(|pieces| pieces.join(" "))
}

/// A title that YAML takes as it is written.
fn title() -> impl Strategy<Value = String> {
    "[A-Za-zü日][A-Za-zü日 ]{0,20}[a-z]"
}

/// A project with all kinds, some pages of any text, and perhaps something broken.
fn project(broken: bool) -> impl Strategy<Value = Files> {
    let pages = proptest::collection::vec((title(), body()), 1..5);
    let questions = proptest::collection::vec(title(), 0..3);
    let breaks: Vec<&str> = match broken {
        true => {
            vec!["", "title: [\n", "nothing: here\n", "draft: maybe\n", "aliases: [A]\n"]
        }
        false => {
            vec!["", "draft: true\n", "reviewed: 2020-01-01\n", "aliases: [former]\n"]
        }
    };
    (pages, questions, proptest::sample::select(breaks)).prop_map(
        |(pages, questions, fault)| {
            let mut files: Files = SAMPLES
                .iter()
                .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
                .collect();
            for (number, (title, body)) in pages.iter().enumerate() {
                let fault = if number == 0 { fault } else { "" };
                let text = format!(
                    "---\ntitle: {title}\nsummary: {title}.\n{fault}---\n\n{body}\n"
                );
                files.insert(format!("content/page-{number}.md"), text);
            }
            files.insert("content/questions/more.yaml".to_owned(), bank(&questions));
            files
        },
    )
}

/// A bank with a question of each of these prompts.
fn bank(prompts: &[String]) -> String {
    let (head, question) = BANK.split_once("questions:\n").expect("the sample has some");
    let mut text = format!("{head}questions:\n");
    for (number, prompt) in prompts.iter().chain([&"How?".to_owned()]).enumerate() {
        let own = question.replace("lift-queue", &format!("more-{number}"));
        let (before, rest) = own.split_once("prompt: ").expect("it has one");
        let rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
        text += &format!("{before}prompt: {prompt}\n{rest}");
    }
    text
}

fn laid_out(files: &Files) -> Project {
    let project = Project::new();
    for (path, text) in files {
        project.write(path, text);
    }
    project
}

/// What a build says and makes.
type Outcome = (i32, String, BTreeMap<String, Vec<u8>>);

/// Builds with these variables set; errors are off, so that there is a site to look at.
fn built(project: &Project, variables: &[(&str, &str)]) -> Outcome {
    let mut command = project.command(&["build"]);
    let run = finish(command.envs(variables.iter().copied()));
    let place = project.root.display().to_string();
    // The last line tells the folder and the time.
    let lines = run.stderr.lines().filter(|line| !line.contains(&place));
    (run.status, lines.collect::<Vec<_>>().join("\n"), project.site())
}

fn times(project: &Project) -> BTreeMap<String, SystemTime> {
    let site = project.root.join("site");
    let time =
        |path: &String| site.join(path).metadata().and_then(|meta| meta.modified());
    project
        .site()
        .into_keys()
        .filter_map(|path| Some((path.clone(), time(&path).ok()?)))
        .collect()
}

/// Runs a law on some projects, always the same ones.
#[track_caller]
fn holds<T: std::fmt::Debug>(
    cases: u32,
    values: impl Strategy<Value = T>,
    law: impl Fn(T),
) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, deterministic());
    let run = runner.run(&values, |value| {
        law(value);
        Ok(())
    });
    if let Err(error) = run {
        panic!("{error}");
    }
}

fn deterministic() -> proptest::test_runner::TestRng {
    proptest::test_runner::TestRng::deterministic_rng(
        proptest::test_runner::RngAlgorithm::ChaCha,
    )
}

#[test]
fn a_second_build_writes_nothing() {
    holds(16, project(false), |files| {
        let project = laid_out(&files);
        let first = built(&project, &[]);
        let before = times(&project);
        let second = built(&project, &[]);
        assert_eq!((first.0, &first.1), (second.0, &second.1));
        assert_eq!(before, times(&project));
        // Also when the build before it left no stamp.
        let _ = std::fs::remove_file(project.root.join("site/.pmjump/stamp"));
        built(&project, &[]);
        assert_eq!(before, times(&project));
    });
}

#[test]
fn the_same_input_makes_the_same_bytes() {
    let first = [("RAYON_NUM_THREADS", "1"), ("TZ", "Asia/Tokyo"), ("LC_ALL", "C")];
    let second = [
        ("RAYON_NUM_THREADS", "7"),
        ("TZ", "America/Los_Angeles"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LANG", "de_DE.UTF-8"),
        ("HOME", "/nowhere"),
    ];
    holds(16, (project(false), any::<bool>()), |(files, broken)| {
        let (a, b) = (laid_out(&files), Project::named("another folder"));
        // In the other folder the files come in another order.
        for (path, text) in files.iter().rev() {
            b.write(path, text);
        }
        if broken {
            a.write("content/broken.md", "---\ntitel: A\n---\n\n[[nowhere]]\n");
            b.write("content/broken.md", "---\ntitel: A\n---\n\n[[nowhere]]\n");
        }
        let (a, b) = (built(&a, &first), built(&b, &second));
        assert_eq!((a.0, &a.1), (b.0, &b.1));
        assert_eq!(differences(&a.2, &b.2), [""; 0]);
    });
}

#[test]
fn an_edited_site_equals_a_clean_build() {
    let edits = (project(false), project(true), project(false));
    holds(8, edits, |(before, between, after)| {
        let project = laid_out(&before);
        built(&project, &[]);
        for files in [between, after] {
            std::fs::remove_dir_all(project.root.join("content")).expect("it is there");
            project.write("content/site.yaml", common::SITE);
            files.iter().for_each(|(path, text)| project.write(path, text));
            built(&project, &[]);
        }
        let clean = project.run(&["build", "--out", "clean"]);
        if clean.status == 0 {
            assert_eq!(differences(&project.site(), &project.site_at("clean")), [""; 0]);
        }
    });
}

#[test]
fn most_random_projects_are_built() {
    let built = std::cell::Cell::new(0);
    holds(12, Just(()).prop_flat_map(|()| project(false)), |files| {
        let status = laid_out(&files).run(&["build", "--quiet"]).status;
        assert!((0..=1).contains(&status));
        built.set(built.get() + 1 - status);
    });
    assert!(built.get() > 0, "no project was built, so the other laws say nothing");
}
