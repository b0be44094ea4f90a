//! Markdown that makes parsers slow, each case as long as a file may be.

use crate::common::Project;
use crate::common::limited::{endures, head};
use crate::{SHARE, flood, page, series};

/// Builds a page of this body, in which nothing may take long.
#[track_caller]
fn body(name: &str, text: &str) {
    let project = Project::new().with("content/a.md", page("", text));
    let run = endures(name, &project);
    if run.status == 0 {
        assert!(project.has("site/a.html"), "{name}: {}", head(&run.stderr));
    }
}

#[track_caller]
fn floods(parts: &[&str]) {
    for part in parts {
        body(&format!("{part:?} again and again"), &flood(part));
    }
}

#[test]
fn emphasis() {
    floods(&["*", "_", "**a ", "a**", "*a_ ", "*a **a ", "~~", "~a ", "_a*b_c*"]);
    body(
        "half and half",
        &("*a ".repeat(300_000 / SHARE) + &"b*".repeat(500_000 / SHARE)),
    );
}

#[test]
fn brackets() {
    floods(&[
        "[", "]", "![", "[a](", "[](", "[a][", "[[", "[[a|", "![[", "[^", "(", "[a]: ",
    ]);
    body("nested", &("[".repeat(700_000 / SHARE) + &"](x)".repeat(300_000 / SHARE)));
    body(
        "nested pictures",
        &("![".repeat(400_000 / SHARE) + &"](x)".repeat(300_000 / SHARE)),
    );
    body("one deep destination", &format!("[a]({}", "(".repeat(2_000_000 / SHARE)));
}

#[test]
fn code_and_html() {
    floods(&[
        "`",
        "<",
        "<a ",
        "<!--",
        "<![CDATA[",
        "<?",
        "<!A ",
        "</",
        "&",
        "&#x",
        "<a b='",
    ]);
    body("runs of backticks", &series(|n| "`".repeat(n % 3000 + 1) + "a"));
    floods(&[
        "$", "\\", "\"", "'", "--", "..", ":::", "```\n", "~~~ a\n", "&amp;", "\"a' ",
    ]);
}

#[test]
fn quotations_and_lists() {
    floods(&[
        "> ",
        ">",
        "- ",
        "1. ",
        "* - + ",
        "> - ",
        "- [ ] ",
        "> [!NOTE]\n> > ",
        ": ",
    ]);
    floods(&["- a\n", "- a\n\n", "1) a\n", ">\n", "> a\n\n", "a\n: b\n\n", "    a\n"]);
    floods(&["- [ ] a\n", "- [x] a {#b}\n", "> [!NOTE]\n\n", "-\n\n\n", "\t- a\n"]);
    body("stairs of lists", &series(|n| format!("{}- a\n", " ".repeat(2 * (n % 900)))));
    body("stairs of quotations", &series(|n| format!("{} a\n\n", ">".repeat(n % 900))));
}

#[test]
fn links_and_references() {
    body("definitions", &series(|n| format!("[a{n}]: /x\n")));
    body(
        "one name",
        &(flood("[a]: x\n")[..1_000_000 / SHARE].to_owned()
            + &"[a] ".repeat(250_000 / SHARE)),
    );
    let long = format!("[a]: {}\n\n", "x".repeat(100_000 / SHARE));
    body("a long destination", &(long + &"[a]\n".repeat(400_000 / SHARE)));
    let title = format!("[a]: https://a.b \"{}\"\n\n", "x".repeat(100_000 / SHARE));
    body("a long title", &(title + &"[a]\n".repeat(400_000 / SHARE)));
    body("footnotes", &series(|n| format!("[^{n}]: a\n\n[^{n}] ")));
    body("one footnote", &("[^a]: b\n\n".to_owned() + &"[^a] ".repeat(400_000 / SHARE)));
    body("nested footnotes", &series(|n| format!("[^{n}]: [^{}]\n", n + 1)));
    floods(&[
        "[[a]]",
        "[[a]]\n",
        "[a](b)",
        "[a](b)\n\n",
        "![](b)",
        "[[#a]] ",
        "![[a]]\n\n",
    ]);
    floods(&[
        "http://a.b ",
        "http://",
        "www.",
        "a@b.c ",
        "a@",
        "http://((",
        "https://a.b/*_",
    ]);
}

#[test]
fn headings_and_tables() {
    floods(&[
        "# a\n",
        "#",
        "a\n=\n",
        "###### a\n",
        "# a {#a}\n",
        "# {#",
        "# a {.a .a",
        "=\n",
    ]);
    floods(&["|", "|a", "|a|\n|-|\n\n", "a|b\n-|-\n", "|-|\n", "[a]|`|`\n"]);
    let columns = 20_000 / SHARE;
    let head = format!("{}\n{}\n", "|a".repeat(columns), "|-".repeat(columns));
    body("rows that are cut", &(head.clone() + &"|\n".repeat(1_000_000 / SHARE)));
    body("rows", &(head + &format!("{}\n", "|b".repeat(columns)).repeat(40)));
    body(
        "wide",
        &format!("{}\n{}\n", "|a".repeat(500_000 / SHARE), "|-".repeat(500_000 / SHARE)),
    );
    body(
        "headings of one name and a number",
        &series(|n| format!("# a-{}\n# a\n", n % 7)),
    );
}

#[test]
fn a_file_that_is_too_long_is_refused() {
    let project = Project::new()
        .with("content/a.md", page("", &"a".repeat(100 << 20)))
        .with("content/b.md", page("", "[[a]]"));
    let run = endures("100 MB", &project);
    assert!(run.stderr.contains("too-large"), "{}", head(&run.stderr));
    assert!(!run.stderr.contains("unknown-reference"), "{}", head(&run.stderr));
    body("a line", &"a".repeat(2_000_000 / SHARE));
    body("words", &flood("word "));
    body("lines", &flood("\n"));
    body("null bytes", &flood("\0"));
    body("marks", &flood("\u{f0f0}0\u{f0f0}"));
}

#[test]
fn a_glossary_of_everything() {
    let terms: String = (0..4000)
        .map(|n| format!("- id: t{n}\n  term: t{n}\n  meaning: A t{}.\n", n + 1))
        .collect();
    let project = Project::new()
        .with("content/glossary.yaml", terms)
        .with("content/a.md", page("", &series(|n| format!("t{} ", n % 4000))));
    endures("terms", &project);
}
