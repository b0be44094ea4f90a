//! Our reader of YAML accepts what another one accepts, and reads the same.

use pmjump::diagnostic::Findings;
use pmjump::syntax::yaml::{Node, Value, parse};
use proptest::prelude::{Strategy, prop_oneof};
use serde_yaml::Value as Other;

use crate::holds;

/// Small documents from the alphabet that matters in YAML.
fn document() -> impl Strategy<Value = String> {
    let token = proptest::sample::select(vec![
        "a", "b", "a: ", "b: ", "- ", "\n", "\n  ", "\n    ", "[", "]", "{", "}", ", ",
        ": ", "'", "\"", "x y", "1", "~", "|\n  ", ">\n  ", "# c\n", "\n- ", "\n  - ",
        "é", "''", "\"\\n\"",
    ]);
    let tokens = proptest::collection::vec(token, 0..10);
    prop_oneof![
        3 => tokens.prop_map(|tokens| tokens.concat() + "\n"),
        1 => block(3),
    ]
}

/// A document that is right.
fn block(depth: u32) -> impl Strategy<Value = String> {
    let scalar =
        "[a-z][a-z0-9 ]{0,6}[a-z]|'[a-z: ]{0,5}'|\"[a-z#]{0,5}\"|[0-9]{1,3}|\\[a, b\\]";
    let leaf = scalar.prop_map(|text| format!(" {text}\n"));
    let nested = leaf.prop_recursive(depth, 12, 3, |inner| {
        let pairs = proptest::collection::btree_map("[a-e]{1,3}", inner.clone(), 1..4);
        let items = proptest::collection::vec(inner, 1..4);
        prop_oneof![
            pairs.prop_map(|pairs| {
                let lines = pairs.iter().map(|(key, value)| format!("{key}:{value}"));
                indented(&lines.collect::<String>())
            }),
            items.prop_map(|items| {
                indented(&items.iter().map(|item| format!("-{item}")).collect::<String>())
            }),
        ]
    });
    nested
        .prop_map(|text| text.trim_start_matches([' ', '\n']).replace("\n  ", "\n"))
        .prop_filter("a document of its own", |text| !text.is_empty())
}

fn indented(lines: &str) -> String {
    let lines = lines.lines().map(|line| format!("  {line}\n"));
    format!("\n{}", lines.collect::<String>())
}

/// Where the two are known to differ. In all but the first our reader follows YAML 1.2.
fn differs(ours: &Result<String, String>) -> bool {
    let refused = |part: &str| ours.as_ref().is_err_and(|told| told.contains(part));
    // A map or a list as a key, which no field has.
    refused("a key must be a text")
        // A key that is not there, as in `: a`: read as `~`, which is then unknown.
        || ours.as_ref().is_ok_and(|read| read.contains("\"~\":"))
        // A `|` or `>` on a line of its own, no deeper than what it belongs to.
        || refused("simple key expected")
        // A comment behind a quotation mark without a space.
        || refused("comments must be separated")
}

fn ours(text: &str) -> Result<String, String> {
    let mut findings = Findings::new();
    let document = parse(text, 0..text.len(), &"f.yaml".into(), &mut findings);
    match findings.iter().next() {
        Some(finding) => Err(finding.message.clone()),
        None => Ok(document.root.as_ref().map_or_else(|| "~".to_owned(), shown)),
    }
}

fn shown(node: &Node<'_>) -> String {
    match &node.value {
        Value::Null => "~".to_owned(),
        Value::Text(text) => format!("{text:?}"),
        Value::List(items, _) => {
            format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(","))
        }
        Value::Map(pairs, _) => {
            let pairs =
                pairs.iter().map(|(key, item)| format!("{:?}:{}", key.name, shown(item)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
        }
    }
}

fn other(text: &str) -> Result<String, String> {
    serde_yaml::from_str::<Other>(text)
        .map(|value| told(&value))
        .map_err(|e| e.to_string())
}

fn told(value: &Other) -> String {
    match value {
        Other::Null => "~".to_owned(),
        Other::Bool(value) => format!("{:?}", value.to_string()),
        Other::Number(value) => format!("{:?}", value.to_string()),
        Other::String(text) => format!("{text:?}"),
        Other::Sequence(items) => {
            format!("[{}]", items.iter().map(told).collect::<Vec<_>>().join(","))
        }
        Other::Mapping(pairs) => {
            let pairs = pairs.iter().map(|(key, item)| {
                let key = told(key);
                let key = if key == "~" { "\"~\"".to_owned() } else { key };
                format!("{key}:{}", told(item))
            });
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
        }
        Other::Tagged(tagged) => told(&tagged.value),
    }
}

#[test]
fn two_readers_of_yaml_agree() {
    holds(4000, document(), |text| {
        let (ours, other) = (ours(&text), other(&text));
        let same = match (&ours, &other) {
            (Ok(ours), Ok(other)) => ours == other,
            (ours, other) => ours.is_err() == other.is_err(),
        };
        assert!(same || differs(&ours), "{text:?}\nours: {ours:?}\nother: {other:?}");
    });
}
