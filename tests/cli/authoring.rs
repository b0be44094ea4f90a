//! `init` and `new`: what they write is a project without an error.

use pmjump::kind::KINDS;

use crate::common::{BANK, Project};
use crate::only_stderr;

#[test]
fn a_new_project_has_no_finding() {
    for arguments in [&["init"][..], &["init", "--empty"]] {
        let project = Project::folder("new");
        only_stderr(&project.run(arguments), 0, "next:");
        only_stderr(&project.run(&["check", "--deny-warnings"]), 0, "no findings");
        only_stderr(&project.run(&["build", "--deny-warnings"]), 0, "files in");
        assert!(project.has("site/index.html") && project.has("site/404.html"));
        assert!(project.has(".github/workflows/pages.yml"));
    }
}

#[test]
fn a_new_project_can_go_into_a_folder() {
    let project = Project::folder("above");
    only_stderr(&project.run(&["init", "--empty", "deep/er ü"]), 0, "deep/er ü");
    assert!(project.has("deep/er ü/content/site.yaml"));
    let root = project.root.join("deep").display().to_string();
    only_stderr(&project.run(&["init", "--empty", "--root", &root, "b"]), 0, "next:");
    assert!(project.has("deep/b/content/index.md"));
}

#[test]
fn init_overwrites_nothing() {
    for taken in ["content/site.yaml", "README.md", ".gitignore", ".editorconfig"] {
        let project = Project::folder("new").with(taken, "mine");
        only_stderr(&project.run(&["init"]), 2, taken);
        assert_eq!(project.read(taken), "mine");
        assert!(!project.has("content/index.md"), "{taken}");
    }
    let project = Project::folder("new").with("content", "a file");
    only_stderr(&project.run(&["init", "--empty"]), 2, "content");
}

// ── new ────────────────────────────────────────────────────────────────────────────────

/// The codes of all errors; starters may be orphans.
fn errors(project: &Project) -> String {
    let run = project.run(&["check", "--format", "short"]);
    let lines = run.stderr.lines().filter(|line| line.contains("error"));
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn every_kind_has_a_starter_without_an_error() {
    let project = Project::full();
    for kind in KINDS.iter().map(|kind| kind.name) {
        let id = if kind == "question" { "design/brand-new" } else { "brand-new" };
        let run = project.run(&["new", kind, id]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{kind}");
        let path = run.stdout.trim_end();
        assert!(std::path::Path::new(path).is_file(), "{path}");
        assert_eq!(errors(&project), "", "{kind}");
    }
    project.build();
    assert!(project.has("site/questions/brand-new.html"));
}

#[test]
fn an_empty_project_grows_from_starters() {
    let project = Project::folder("new");
    project.run(&["init", "--empty"]);
    for kind in
        ["skill", "step", "worksheet", "playbook", "project", "tool", "bank", "term"]
    {
        assert_eq!(project.run(&["new", kind, "first"]).status, 0, "{kind}");
        assert_eq!(errors(&project), "", "{kind}");
    }
    assert_eq!(project.run(&["new", "term", "second"]).status, 0);
    assert_eq!(errors(&project), "");
}

/// Adds two questions to a bank of this text; the text before them stays as it is.
#[track_caller]
fn takes_questions(bank: &str) {
    let project = Project::full().with("content/questions/design.yaml", bank);
    assert_eq!(errors(&project), "");
    for id in ["design/one", "design/two"] {
        let run = project.run(&["new", "question", id]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        let text = project.read("content/questions/design.yaml");
        assert_eq!(errors(&project), "", "{text}");
    }
    let text = project.read("content/questions/design.yaml");
    assert!(
        text.starts_with(
            bank.trim_end()
                .split("\nabout")
                .next()
                .expect("the text has this part")
                .split("\n\n#")
                .next()
                .expect("the text has this part")
        ),
        "{text}"
    );
    if bank.contains("\r\n") {
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    }
    project.build();
    assert!(
        project.has("site/questions/one.html") && project.has("site/questions/two.html")
    );
}

#[test]
fn a_question_goes_to_the_end_of_a_bank() {
    takes_questions(BANK);
    takes_questions(BANK.trim_end());
    takes_questions(&format!("{BANK}\n\n# the end\n"));
}

#[test]
fn a_question_takes_the_indentation_of_its_bank() {
    let (head, items) = BANK.split_once("questions:\n").expect("the text has this part");
    let lines = |by: &dyn Fn(&str) -> String| {
        format!("{head}questions:\n{}", items.lines().map(by).collect::<String>())
    };
    takes_questions(&lines(&|line| format!("{}\n", &line[2..])));
    takes_questions(&lines(&|line| format!("   {line}\n")));
}

#[test]
fn a_question_takes_the_line_ends_of_its_bank() {
    takes_questions(&BANK.replace('\n', "\r\n"));
}

#[test]
fn a_question_goes_where_the_list_ends() {
    takes_questions(&format!("{BANK}about: What stands below the questions.\n"));
    let reordered =
        BANK.replace("  - id: lift-queue\n    prompt: How", "  - prompt: How");
    let reordered =
        reordered.replace("category: general", "id: lift-queue\n    category: general");
    takes_questions(
        &reordered.replace("\n    ", "\n      ").replace("\n  - p", "\n    - p"),
    );
    takes_questions(
        &BANK.replace("[Designs a scheduler]", "\n      - |\n        Designs\n"),
    );
}

#[test]
fn what_cannot_be_added_is_refused() {
    let project = Project::full();
    let before = crate::common::tree(&project.root);
    for (kind, id, part) in [
        ("question", "desing/x", "did you mean `design`?"),
        ("question", "nowhere/x", "`nowhere`"),
        ("question", "x", "bank/ID"),
        ("question", "design/lift-queue", "is taken"),
        ("question", "design/a/b", "design/a/b"),
        ("step", "Bad_Id", "Bad_Id"),
        ("step", "look-within", "is taken"),
        ("playbook", "old-visit", "is taken"),
        ("term", "user", "is taken"),
        ("term", "a/b", "a/b"),
        ("page", "index", "index"),
        ("page", "a/b", "a/b"),
        ("page", "README", "README"),
        ("step", "../../outside", "../../outside"),
        ("step", "/tmp/outside", "/tmp/outside"),
        ("step", "", ""),
    ] {
        only_stderr(&project.run(&["new", kind, id]), 2, part);
    }
    let flow =
        BANK.split_once("questions:").expect("the text has this part").0.to_owned()
            + "questions: []\n";
    let after = crate::common::tree(&project.root);
    assert_eq!(crate::common::differences(&before, &after), [""; 0]);
    for bank in [flow.as_str(), "title: [\n", "- a list\n"] {
        project.write("content/questions/design.yaml", bank);
        assert_eq!(project.run(&["new", "question", "design/x"]).status, 2);
        assert_eq!(project.read("content/questions/design.yaml"), bank);
    }
}
