//! Files that are not what they seem, and names that lead out of the project.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;
use std::process::Command;
use std::time::Duration;

use crate::common::limited::{endures, head, limited};
use crate::common::{Project, SAMPLES};
use crate::page;

const SECRET: &str = "a secret outside of the project";

/// A full project, and beside it a folder with a secret in files of each sort.
fn beside_a_secret() -> (Project, Project) {
    let outside = Project::folder("outside");
    for (path, text) in SAMPLES {
        let text = text.replace("title: ", &format!("title: {SECRET} "));
        outside.write(path, text);
    }
    outside.write("content/site.yaml", format!("title: {SECRET}\ntheme: bare\n"));
    outside.write("secret.txt", SECRET);
    (Project::full(), outside)
}

#[track_caller]
fn keeps_the_secret(name: &str, project: &Project, code: &str) {
    let run = endures(name, project);
    assert_eq!(run.status, 1, "{name}: {}", run.stderr);
    assert!(run.stderr.contains(code), "{name}: {}", run.stderr);
    let check =
        limited(name, project, &["check", "--format", "json"], Duration::from_secs(20));
    let all = run.stderr + &check.stdout + &check.stderr;
    assert!(!all.contains(SECRET), "{name}: {}", head(&all));
    let told = project
        .site()
        .values()
        .any(|bytes| bytes.windows(SECRET.len()).any(|part| part == SECRET.as_bytes()));
    assert!(!told, "{name}");
}

#[test]
fn links_out_of_the_project_are_not_followed() {
    for (link, target) in [
        ("content/secret.txt", "secret.txt"),
        ("content/page.md", "content/index.md"),
        ("content/tools/secret.md", "content/tools/rice.md"),
        ("content/questions/secret.yaml", "content/questions/design.yaml"),
        ("content/folder", "content"),
        ("content/steps/folder", "content/steps"),
        ("content/img/etc", ""),
        ("themes/bare/secret.css", "secret.txt"),
        ("themes/bare/templates/secret.html", "secret.txt"),
        ("themes/bare/folder", ""),
    ] {
        let (project, outside) = beside_a_secret();
        symlink(outside.root.join(target), project.root.join(link)).unwrap();
        keeps_the_secret(link, &project, "outside-project");
    }
}

#[test]
fn folders_and_settings_that_are_links_out_are_not_followed() {
    for link in
        ["content/site.yaml", "content/glossary.yaml", "content/steps", "themes/bare"]
    {
        let (project, outside) = beside_a_secret();
        let place = project.root.join(link);
        outside.write("themes/bare/templates/tool.html", SECRET);
        match place.is_dir() {
            true => fs::remove_dir_all(&place).unwrap(),
            false => fs::remove_file(&place).unwrap(),
        }
        symlink(outside.root.join(link), &place).unwrap();
        keeps_the_secret(link, &project, "outside-project");
    }
    let (project, outside) = beside_a_secret();
    fs::remove_dir_all(project.root.join("content")).unwrap();
    symlink(outside.root.join("content"), project.root.join("content")).unwrap();
    let run = project.run(&["build"]);
    assert!(run.status > 0, "{}", run.stderr);
    assert!(!run.stderr.contains(SECRET), "{}", run.stderr);
}

#[test]
fn links_in_the_project_are_followed_and_circles_end() {
    let project = Project::full();
    symlink("img/picture.png", project.root.join("content/copy.png")).unwrap();
    project.build();
    assert_eq!(project.read("site/copy.png"), project.read("content/img/picture.png"));
    for (link, target) in [
        ("content/nowhere.md", "does-not-exist.md"),
        ("content/itself.md", "itself.md"),
        ("content/circle", "."),
        ("content/steps/up", "../../content"),
    ] {
        let project = Project::full();
        symlink(target, project.root.join(link)).unwrap();
        let run = endures(link, &project);
        assert_eq!(run.status, 1, "{link}");
        assert!(run.stderr.contains("outside-project"), "{link}: {}", head(&run.stderr));
    }
}

#[test]
fn names_that_climb_are_refused() {
    for target in [
        "[a](../../../../etc/passwd)",
        "[a](../../outside/secret.txt)",
        "[a](..%2f..%2f..%2fetc/passwd)",
        "[a](%2e%2e/%2e%2e/%2e%2e/etc/passwd)",
        "[a](/../../etc/passwd)",
        "![a](../../../../etc/passwd)",
        "<a href=\"../../../etc/passwd\">a</a>",
        "<img src=\"../../../etc/passwd\" alt=\"a\">",
    ] {
        let project = Project::full().with("content/about.md", page("", target));
        keeps_the_secret(target, &project, "outside-project");
    }
    for target in
        ["[a](/etc/passwd)", "[a](file:///etc/passwd)", "[[page:../../x]]", "[a](c:\\x)"]
    {
        let project = Project::full().with("content/about.md", page("", target));
        assert!(!endures(target, &project).stderr.is_empty(), "{target}");
    }
}

#[test]
fn ids_that_climb_are_refused() {
    let bank =
        |id: &str| crate::common::BANK.replace("id: lift-queue", &format!("id: '{id}'"));
    for id in
        ["../../x", "/tmp/x", "..", ".", "a/b", "a\\b", "", "a\u{0}b", "A", "index", "a."]
    {
        let fields = format!("aliases: [\"{}\"]\n", id.replace('\\', "\\\\"));
        let project = Project::full()
            .with("content/about.md", page(&fields, ""))
            .with("content/questions/b.yaml", bank(id))
            .with(
                "content/glossary.yaml",
                format!("- id: '{id}'\n  term: T\n  meaning: M.\n"),
            );
        let before = crate::common::tree(project.root.parent().unwrap());
        let run = endures(id, &project);
        assert_eq!(run.status, 1, "{id:?}: {}", run.stderr);
        let after = crate::common::tree(project.root.parent().unwrap());
        assert_eq!(crate::common::differences(&before, &after), [""; 0]);
    }
    for theme in ["../bare", "bare/../../x", "/tmp", ".."] {
        let settings = format!("title: A\ntheme: '{theme}'\n");
        let project = Project::full().with("content/site.yaml", settings);
        assert_eq!(endures(theme, &project).status, 1, "{theme}");
    }
    for language in ["../../x", "/etc/passwd", "en/../../x"] {
        let settings = format!("title: A\ntheme: bare\nlanguage: '{language}'\n");
        let project = Project::full().with("content/site.yaml", settings);
        assert_eq!(endures(language, &project).status, 1, "{language}");
    }
}

#[test]
fn what_is_not_utf8_is_reported_once() {
    let bytes = [b"---\ntitle: ".as_slice(), &[0xff, 0xfe, 0x00], b"\n---\n"].concat();
    for path in ["content/a.md", "content/steps/a.md", "content/questions/a.yaml"] {
        let project = Project::full().with(path, &bytes);
        let found = project.findings();
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("not-utf8"), "{found:?}");
    }
    for path in ["content/glossary.yaml", "content/site.yaml", "themes/bare/theme.yaml"] {
        let project = Project::full().with(path, &bytes);
        let run = endures(path, &project);
        assert_eq!(run.status, 1, "{path}");
        assert!(run.stderr.contains("not-utf8"), "{path}: {}", run.stderr);
    }
}

#[test]
fn odd_names_are_reported_or_copied() {
    let project = Project::full();
    let name = OsStr::from_bytes(b"content/bad-\xff.md");
    fs::write(project.root.join(name), page("", "")).unwrap();
    let run = endures("not UTF-8", &project);
    assert!(run.status == 1 && run.stderr.contains("not-utf8"), "{}", run.stderr);
    let long = "x".repeat(250);
    for name in
        ["a\nb", "a\u{1b}]0;x\u{7}b", "a\"b", "a\\b", "a b", "<b>", "a%2fb", "a:b", &long]
    {
        let asset = Project::full().with(&format!("content/{name}"), "x");
        assert!(endures(name, &asset).status <= 1, "{name:?}");
        let page = Project::full().with(&format!("content/{name}.md"), page("", ""));
        let run = limited(
            name,
            &page,
            &["check", "--color", "always"],
            Duration::from_secs(20),
        );
        assert_eq!(run.status, 1, "{name:?}: {}", run.stderr);
        assert!(
            !run.stderr.contains("\u{1b}]0;"),
            "{name:?}: escapes reach the terminal"
        );
        let run = page.run(&["check", "--format", "github"]);
        let orders = run.stdout.lines().all(|line| line.starts_with("::"));
        assert!(orders, "{name:?}: {}", run.stdout);
    }
}

#[test]
fn words_cannot_give_orders_to_terminals_and_runners() {
    let field = "\"\\e]0;x\\a\\n::add-mask::x\": y\n";
    let project =
        Project::full().with("content/about.md", page(field, "[[\u{1b}]0;x\u{7}]]"));
    let run = project.run(&["check", "--color", "always"]);
    assert_eq!(run.status, 1);
    assert!(!run.stderr.contains("\u{1b}]0;"), "{:?}", run.stderr);
    let run = project.run(&["check", "--format", "github"]);
    assert!(run.stdout.lines().all(|line| line.starts_with("::error")), "{}", run.stdout);
    let run = project.run(&["check", "--format", "short", "--color", "always"]);
    assert!(!run.stderr.contains("\u{1b}]0;"), "{:?}", run.stderr);
}

#[test]
fn what_is_no_plain_file_is_left_alone() {
    let pipes = [
        "content/pipe.md",
        "content/questions/pipe.yaml",
        "content/pipe",
        "themes/bare/p",
    ];
    let project = Project::full();
    for path in pipes {
        let made = Command::new("mkfifo").arg(project.root.join(path)).status();
        assert!(made.is_ok_and(|status| status.success()), "mkfifo is there");
    }
    symlink("pipe", project.root.join("content/link.md")).unwrap();
    let run = endures("pipes", &project);
    assert!(run.status <= 1, "{}", run.stderr);
}
