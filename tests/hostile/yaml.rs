//! YAML that grows, nests, or never ends.

use crate::common::limited::{endures, head};
use crate::common::{BANK, Project, SITE};
use crate::{SHARE, page};

/// The longest YAML file that is read.
const YAML: usize = (8 << 20) / SHARE;

/// Puts a text into each place that takes YAML, one after the other.
#[track_caller]
fn everywhere(name: &str, text: &str) {
    let places = ["glossary", "bank", "site", "page", "theme", "words"];
    for place in places {
        let project = Project::new();
        match place {
            "glossary" => project.write("content/glossary.yaml", text),
            "bank" => {
                project.write("content/questions/a.yaml", format!("{BANK}about: {text}"))
            }
            "site" => project.write("content/site.yaml", format!("{SITE}{text}")),
            "page" => project.write("content/a.md", page(text, "")),
            "theme" => project.write("themes/bare/theme.yaml", text),
            _ => project.write("themes/bare/strings/en.yaml", text),
        }
        let run = endures(&format!("{name} in {place}"), &project);
        assert_eq!(run.status, 1, "{name} in {place}: {}", head(&run.stderr));
    }
}

#[test]
fn aliases_do_not_blow_up() {
    let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let last = format!("*a{}, ", level - 1).repeat(10);
        laughs += &format!("a{level}: &a{level} [{last}]\n");
    }
    everywhere("laughs", &laughs);
    let mut doubles = "a0: &a0 {x: y}\n".to_owned();
    for level in 1..60 {
        let last = level - 1;
        doubles += &format!("a{level}: &a{level} {{l: *a{last}, r: *a{last}}}\n");
    }
    everywhere("doubles", &doubles);
}

#[test]
fn many_aliases_of_something_large_do_not_blow_up() {
    let large = "x, ".repeat(20_000);
    let text = format!("a: &a [{large}]\nb: [{}]\n", "*a, ".repeat(20_000));
    everywhere("large", &text);
    let long =
        format!("a: &a {}\nb: [{}]\n", "x".repeat(1_000_000), "*a, ".repeat(100_000));
    everywhere("long", &long);
    let escaped = long.replace("a: &a ", "a: &a \"\\t").replacen('\n', "\"\n", 1);
    everywhere("escaped", &escaped);
}

#[test]
fn an_alias_in_its_own_anchor_ends() {
    everywhere("own", "a: &a [*a]\n");
    everywhere("merge", "a: &a {<<: *a}\n");
}

#[test]
fn nesting_has_a_limit() {
    let deep = 10_000;
    for part in ["[", "{a: ", "[{a: ", "- ", "? ", "!t [", "&a [", "- - ? "] {
        let name = format!("10,000 times `{part}`");
        let field = if part.starts_with(['-', '?']) { "a:\n  " } else { "a: " };
        everywhere(&name, &(field.to_owned() + &part.repeat(deep) + "\n"));
    }
    let closed = format!("a: {}{}\n", "[".repeat(deep), "]".repeat(deep));
    everywhere("closed", &closed);
    let stairs: String = (0..1500).map(|by| format!("{}a:\n", " ".repeat(by))).collect();
    everywhere("stairs", &stairs);
}

#[test]
fn a_long_line_is_read_or_refused() {
    let cases = [
        ("100 MB", format!("title: {}", "x".repeat(100 << 20))),
        ("scalar", format!("title: {}", "x".repeat(YAML - 100))),
        ("key", format!("{}: x", "x".repeat(YAML - 100))),
        ("quoted", format!("title: \"{}\"", "\\u00fc".repeat(YAML / 6 - 100))),
        ("open quote", format!("title: \"{}", "x ".repeat(YAML / 2 - 100))),
        ("flow list", format!("title: [{}]", "x,".repeat(YAML / 2 - 100))),
        ("flow maps", format!("title: [{}]", "{},".repeat(YAML / 3 - 100))),
        ("commas", format!("title: [{}]", ",".repeat(YAML - 100))),
        ("colons", ":".repeat(YAML - 100)),
        ("questions", "?".repeat(YAML - 100)),
        ("stars", "*a ".repeat(YAML / 3 - 100)),
        ("comment", format!("# {}", "x".repeat(YAML - 100))),
        ("tag", format!("!{} x", "x".repeat(YAML - 100))),
        ("spaces", " ".repeat(YAML - 100)),
        ("tabs", format!("title:\n{}x", "\t".repeat(YAML - 100))),
    ];
    for (name, text) in cases {
        let project = Project::new().with("content/questions/a.yaml", text);
        let run = endures(name, &project);
        assert_eq!(run.status, 1, "{name}: {}", head(&run.stderr));
    }
}

#[test]
fn many_lines_are_read_or_refused() {
    let bank = BANK.split_once("questions:\n").map_or("", |(head, _)| head);
    let cases = [
        ("empty items", "questions:\n".to_owned() + &"- \n".repeat(YAML / 3 - 300)),
        ("empty maps", "questions:\n".to_owned() + &"- {}\n".repeat(YAML / 5 - 300)),
        ("ids", "questions:\n".to_owned() + &"- id: a\n".repeat(YAML / 8 - 300)),
        ("same key", "a: 1\n".repeat(YAML / 5 - 300)),
        ("documents", "---\n".repeat(YAML / 4 - 300)),
        ("directives", "%YAML 1.2\n".repeat(YAML / 10 - 300)),
        ("anchors", "&a &a\n".repeat(YAML / 6 - 300)),
        ("blank lines", "\n".repeat(YAML - 1000)),
        ("folded", "about: >\n".to_owned() + &"  x\n\n".repeat(YAML / 5 - 300)),
        ("literal", "about: |\n".to_owned() + &"  [[x]]\n".repeat(YAML / 8 - 300)),
        ("fields", (0..YAML / 16).map(|n| format!("f{n:07}: x\n")).collect()),
    ];
    for (name, text) in cases {
        let text = format!("{bank}{text}");
        let project = Project::new().with("content/questions/a.yaml", text);
        let run = endures(name, &project);
        assert_eq!(run.status, 1, "{name}: {}", head(&run.stderr));
    }
}

#[test]
fn null_bytes_and_control_characters_are_reported() {
    for odd in ["\0", "\u{1}", "\u{1b}[31m", "\u{7f}", "\u{feff}", "\u{2028}", "\u{fffe}"]
    {
        let name = format!("{odd:?}");
        let project = Project::new()
            .with("content/a.md", page(&format!("aliases: [a{odd}b]\n"), odd))
            .with("content/questions/b.yaml", format!("title: a{odd}\n{odd}"))
            .with("content/glossary.yaml", odd);
        let run = endures(&name, &project);
        assert_eq!(run.status, 1, "{name}: {}", head(&run.stderr));
        assert!(
            !run.stderr.contains(['\0', '\u{1}', '\u{1b}']),
            "{name}: {}",
            run.stderr
        );
        let project =
            Project::new().with("content/site.yaml", format!("{SITE}{odd}: x\n"));
        assert_eq!(endures(&name, &project).status, 1, "{name}");
    }
}
