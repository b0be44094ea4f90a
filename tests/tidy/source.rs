//! Rust files, read just well enough: which text is code, where functions end, what is a
//! test.

use std::fs;
use std::ops::RangeInclusive;
use std::path::Path;

/// A Rust file.
#[derive(Clone)]
pub(crate) struct File {
    /// From the root of the project, `src/kind/step.rs`.
    pub(crate) path: String,
    pub(crate) text: String,
    /// The text with blanks for what stands in comments and literals.
    pub(crate) code: String,
    /// The lines of items under `#[cfg(test)]`, counted from 1.
    tests: Vec<RangeInclusive<usize>>,
}

/// A function with a body.
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) line: usize,
    pub(crate) lines: usize,
}

impl File {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).expect("a source file can be read");
        let code = mask(&text);
        let tests = test_lines(&code);
        let inside = path.strip_prefix(root()).unwrap_or(path).to_string_lossy();
        Self { path: inside.replace('\\', "/"), text, code, tests }
    }

    pub(crate) fn fault(&self, line: usize, rule: &str) -> String {
        format!("{}:{line}: {rule}", self.path)
    }

    /// The folder or file directly below `src/`.
    pub(crate) fn layer(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let first = inside.split('/').next().unwrap_or(inside);
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// How many `super`s lead to the root of the crate.
    pub(crate) fn depth(&self) -> usize {
        let module = self.path.trim_end_matches("/mod.rs").trim_end_matches(".rs");
        match module {
            "src/lib" | "src/main" => 0,
            _ => module.matches('/').count(),
        }
    }

    pub(crate) fn is_test(&self, line: usize) -> bool {
        self.tests.iter().any(|lines| lines.contains(&line))
    }

    /// The names behind each `prefix` in the code, all of them if they stand in braces,
    /// with their lines. A prefix of `super`s is taken whole or not at all.
    pub(crate) fn names_after(&self, prefix: &str) -> Vec<(usize, String)> {
        let whole = |at: usize| {
            let before = &self.code[..at];
            !before.ends_with(is_word) && !before.ends_with("super::")
        };
        let found = self.code.match_indices(prefix).filter(|(at, _)| whole(*at));
        let names = found.flat_map(|(at, _)| {
            let line = self.code[..at].matches('\n').count() + 1;
            let rest = &self.code[at + prefix.len()..];
            let names = rest.strip_prefix('{').map_or_else(|| vec![word(rest)], group);
            names.into_iter().map(move |name| (line, name))
        });
        names.filter(|(_, name)| !name.is_empty()).collect()
    }

    /// Every function that has a body.
    pub(crate) fn functions(&self) -> Vec<Function> {
        let starts = self
            .code
            .match_indices("fn ")
            .filter(|(at, _)| !self.code[..*at].ends_with(is_word));
        let functions = starts.filter_map(|(at, _)| {
            let name = word(&self.code[at + 3..]);
            let end = body_end(&self.code[at..])?;
            let lines = self.code[at..at + end].matches('\n').count() + 1;
            let line = self.code[..at].matches('\n').count() + 1;
            (!name.is_empty()).then_some(Function { name, line, lines })
        });
        functions.collect()
    }
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All Rust files below a folder, in order. Folders of other programs are not ours.
pub(crate) fn files(folder: &str) -> Vec<File> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let entries =
            fs::read_dir(&folder).expect("a source folder can be read").flatten();
        for path in entries.map(|entry| entry.path()) {
            match path.extension().and_then(|ending| ending.to_str()) {
                _ if path.is_dir() && !path.ends_with("node_modules") => {
                    folders.push(path)
                }
                Some("rs") => found.push(File::read(&path)),
                _ => {}
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The word that a text begins with.
fn word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| is_word(*c)).collect()
}

/// Whether a character may stand in a name.
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The first words of the parts of a group, up to its closing brace.
fn group(text: &str) -> Vec<String> {
    let mut depth = 0;
    let mut start = 0;
    let mut names = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            ',' | '}' if depth == 0 => {
                names.push(word(&text[start..at]));
                start = at + 1;
            }
            _ => {}
        }
        if c == '}' {
            depth -= 1;
        }
        if depth < 0 {
            break;
        }
    }
    names
}

/// The lines of each item under `#[cfg(test)]`.
fn test_lines(code: &str) -> Vec<RangeInclusive<usize>> {
    let items = code.match_indices("#[cfg(test)]");
    let lines = items.map(|(at, _)| {
        let line = |end: usize| code[..end].matches('\n').count() + 1;
        let item = at + "#[cfg(test)]".len();
        let end = body_end(&code[item..])
            .unwrap_or_else(|| code[item..].find(';').unwrap_or(0));
        line(at)..=line(item + end)
    });
    lines.collect()
}

/// Where the body of an item ends, behind its brace; `None` if it ends with `;`.
fn body_end(code: &str) -> Option<usize> {
    let (mut round, mut curly) = (0_i32, 0_i32);
    for (at, c) in code.char_indices() {
        match c {
            '(' | '[' => round += 1,
            ')' | ']' => round -= 1,
            '{' => curly += 1,
            '}' => curly -= 1,
            ';' if round == 0 && curly == 0 => return None,
            _ => {}
        }
        if c == '}' && curly == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// The code with blanks in the place of comments and literals; lines stay lines.
fn mask(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let hidden = hidden(rest, code.ends_with(is_word));
        let length = hidden.unwrap_or(first.len_utf8());
        let (token, after) = rest.split_at(length);
        match hidden {
            Some(_) => {
                code.extend(token.chars().map(|c| if c == '\n' { c } else { ' ' }))
            }
            None => code.push(first),
        }
        rest = after;
    }
    code
}

/// The length of the comment or the literal that a text begins with.
fn hidden(rest: &str, in_word: bool) -> Option<usize> {
    let line = |text: &str| text.find('\n').unwrap_or(text.len());
    match rest.as_bytes() {
        [b'/', b'/', ..] => Some(line(rest)),
        [b'/', b'*', ..] => Some(block_comment(rest)),
        [b'"', ..] => Some(1 + quoted(&rest[1..], '"')),
        [b'\'', ..] => character(rest),
        [b'r', b'"' | b'#', ..] if !in_word => {
            raw_text(&rest[1..]).map(|length| length + 1)
        }
        _ => None,
    }
}

fn block_comment(rest: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        let step = match rest.as_bytes()[at..] {
            [b'/', b'*', ..] => (1, 2),
            [b'*', b'/', ..] => (-1, 2),
            _ => (0, 1),
        };
        depth += step.0;
        at += step.1;
        if depth == 0 {
            break;
        }
    }
    at
}

/// The length up to and with the closing quote.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// A character; a lifetime is none.
fn character(rest: &str) -> Option<usize> {
    let mut chars = rest.char_indices().skip(1);
    match (chars.next()?, chars.next()?) {
        ((_, '\\'), _) => Some(1 + quoted(&rest[1..], '\'')),
        (_, (at, '\'')) => Some(at + 1),
        _ => None,
    }
}

/// Text between hashes, from the first hash on. A raw name, `r#type`, is none.
fn raw_text(rest: &str) -> Option<usize> {
    let hashes = rest.bytes().take_while(|byte| *byte == b'#').count();
    let end = format!("\"{}", "#".repeat(hashes));
    let inside = rest[hashes..].strip_prefix('"')?;
    Some(hashes + 1 + inside.find(&end).map_or(inside.len(), |at| at + end.len()))
}

#[test]
fn comments_and_texts_are_no_code() {
    let code =
        mask("a(\"// {\", '{', b\"}\"); /* { /* */ } */ r##\"\n\"# }\"##; 'x: {} // }");
    let kept: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    assert_eq!(kept, "a(,,b);;'x:{}");
    assert_eq!(code.lines().count(), 2);
}

#[test]
fn names_are_found_in_groups() {
    assert_eq!(group("fs, io::{self, Read},\n path::Path}; env"), ["fs", "io", "path"]);
}
