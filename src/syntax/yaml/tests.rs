//! What a document reads as, by its printed tree.

use std::fmt::Write as _;
use std::sync::Arc;

use expect_test::{Expect, expect};

use super::{Node, Value, parse};
use crate::diagnostic::{FilePath, Findings, Lines};

fn show(node: &Node<'_>, source: &str, depth: usize, out: &mut String) {
    let place = Lines::new(source).place(node.span);
    let at = format!("{}:{}", place.line, place.column);
    let pad = " ".repeat(depth);
    match &node.value {
        Value::Null => writeln!(out, "{at} null").unwrap(),
        Value::Text(text) => writeln!(out, "{at} {text:?}").unwrap(),
        Value::List(items, extent) => {
            writeln!(out, "{at} {extent:?} list").unwrap();
            for item in items {
                write!(out, "{pad} - ").unwrap();
                show(item, source, depth + 3, out);
            }
        }
        Value::Map(pairs, extent) => {
            writeln!(out, "{at} {extent:?} map").unwrap();
            for (key, item) in pairs {
                write!(out, "{pad} {}: ", key.name).unwrap();
                show(item, source, depth + 1, out);
            }
        }
    }
}

fn check(source: &str, expected: Expect) {
    let file: FilePath = Arc::from("f.yaml");
    let mut findings = Findings::new();
    let document = parse(source, 0..source.len(), &file, &mut findings);
    let mut out = String::new();
    if let Some(root) = &document.root {
        show(root, source, 0, &mut out);
    }
    for finding in findings.iter() {
        let place = Lines::new(source).place(finding.span);
        let code = finding.code.name();
        let (line, column) = (place.line, place.column);
        writeln!(out, "{line}:{column} {code}: {}", finding.message).unwrap();
    }
    expected.assert_eq(&out);
}

#[test]
fn scalars_are_what_is_written() {
    check(
        "a: 012\nb: no\nc: 'it''s'\nd: [x, \"y\"]\ne: ~\nf:\ng: >-\n  one\n  two\n",
        expect![[r#"
            1:1 Whole map
             a: 1:4 "012"
             b: 2:4 "no"
             c: 3:5 "it's"
             d: 4:4 Whole list
              - 4:5 "x"
              - 4:9 "y"
             e: 5:4 null
             f: 6:2 null
             g: 8:3 "one two"
        "#]],
    );
}

#[test]
fn an_error_keeps_what_was_read() {
    check(
        "a: 1\nb:\n  - x: y\n    z: u: v\n",
        expect![[r#"
            1:1 Cut map
             a: 1:4 "1"
             b: 3:3 Cut list
              - 3:5 Cut map
                 x: 3:8 "y"
                 z: 4:8 "u"
            4:9 bad-yaml: not YAML: mapping values are not allowed in this context
        "#]],
    );
}

#[test]
fn tabs_are_no_indentation() {
    check(
        "\ta: b\n",
        expect![[r#"
        1:2 Cut map
        1:1 bad-yaml: a tab is used as indentation
    "#]],
    );
    check(
        "a:\n\tb: c\n",
        expect![[r#"
            1:1 Cut map
            2:1 bad-yaml: a tab is used as indentation
        "#]],
    );
}

#[test]
fn the_first_of_two_keys_counts() {
    check(
        "a: 1\na: 2\n",
        expect![[r#"
            1:1 Whole map
             a: 1:4 "1"
            2:1 duplicate-field: the field `a` is there twice
        "#]],
    );
}

#[test]
fn aliases_cannot_blow_up() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..10 {
        let alias = format!("*a{}", level - 1);
        let list = [alias.as_str(); 10].join(", ");
        writeln!(bomb, "a{level}: &a{level} [{list}]").unwrap();
    }
    let file: FilePath = Arc::from("f.yaml");
    let mut findings = Findings::new();
    parse(&bomb, 0..bomb.len(), &file, &mut findings);
    assert_eq!(findings.iter().count(), 1);
}
