//! YAML 1.2 to a tree with places.
//!
//! In: a range of a file. Out: a [`Node`] whose scalars keep the text as it is written
//! (`012`, `no` and `2024-01-01` are texts until a field wants something else), and
//! findings. Keeps true: one syntax error ends the reading, but what was read before it
//! is returned and the collections that it cut off say so; aliases cannot blow up;
//! duplicate keys are reported and the first one counts.

mod findings;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, ScanError};

use super::Region;
use crate::diagnostic::{Code, Diagnostic, FilePath, Findings, Span};
use findings::{advice, duplicate};

/// The most nodes that a file may have after its aliases are resolved.
const MOST_NODES: usize = 500_000;

/// The most duplicate keys that are worth telling.
const MOST_DUPLICATES: usize = 10_000;

/// A text of an alias counts as one value for each so many bytes of it.
const LONG_TEXT: usize = 64;

/// A value and its place: a scalar without its quotes, a collection from its first to its
/// last character.
#[derive(Debug, Clone)]
pub struct Node<'s> {
    /// The bytes of the file.
    pub span: Span,
    /// What stands there.
    pub value: Value<'s>,
}

/// What a YAML document can say.
#[derive(Debug, Clone)]
pub enum Value<'s> {
    /// Nothing, `~` or `null`.
    Null,
    /// Any other scalar.
    Text(Cow<'s, str>),
    /// A sequence.
    List(Vec<Node<'s>>, Extent),
    /// A mapping in the order of the file, each key once.
    Map(Vec<(Key<'s>, Node<'s>)>, Extent),
}

/// A key and its place.
#[derive(Debug, Clone)]
pub struct Key<'s> {
    /// The name.
    pub name: Cow<'s, str>,
    /// Its bytes in the file.
    pub span: Span,
}

/// Whether all of a collection was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// To its end.
    Whole,
    /// A syntax error cut it off: what is missing may only be unread.
    Cut,
}

/// A document as far as it could be read.
#[derive(Debug)]
pub struct Document<'s> {
    /// Its root, if there is any.
    pub root: Option<Node<'s>>,
    /// Whether a syntax error ended the reading.
    pub extent: Extent,
}

impl Node<'_> {
    /// What kind of value this is, for messages.
    pub fn describe(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Text(_) => "a text",
            Value::List(..) => "a list",
            Value::Map(..) => "a map",
        }
    }
}

/// The text of a scalar as a region of its file.
pub fn region<'s>(source: &'s str, text: &Cow<'s, str>, span: Span) -> Region<'s> {
    Region::decoded(text.clone(), &source[span.range()], span.start)
}

/// Reads the one document in `range` of `source`.
pub fn parse<'s>(
    source: &'s str,
    range: Range<usize>,
    file: &FilePath,
    findings: &mut Findings,
) -> Document<'s> {
    let mut builder = Builder::new(source, range.start, file, findings);
    let options = granit_parser::options! { emit_comments: false };
    for event in Parser::new_from_str_with_options(&source[range], options) {
        let step = event.map_err(|error| builder.syntax_error(&error));
        let step = step.and_then(|(event, span)| builder.take(event, span));
        if let Err(finding) = step {
            builder.findings.push(*finding);
            return builder.cut();
        }
    }
    Document { root: builder.root, extent: Extent::Whole }
}

/// A collection that is being read.
struct Frame<'s> {
    start: u32,
    end: u32,
    anchor: usize,
    items: Vec<Node<'s>>,
    /// The keys of a map, one ahead of its items while a value is awaited; `None` in a
    /// list.
    keys: Option<Vec<Key<'s>>>,
}

struct Builder<'s, 'f> {
    source: &'s str,
    base: usize,
    file: &'f FilePath,
    findings: &'f mut Findings,
    frames: Vec<Frame<'s>>,
    anchors: HashMap<usize, (Node<'s>, usize)>,
    nodes: usize,
    root: Option<Node<'s>>,
    documents: usize,
}

type Step = Result<(), Box<Diagnostic>>;

impl<'s, 'f> Builder<'s, 'f> {
    fn new(
        source: &'s str,
        base: usize,
        file: &'f FilePath,
        findings: &'f mut Findings,
    ) -> Self {
        Self {
            source,
            base,
            file,
            findings,
            frames: Vec::new(),
            anchors: HashMap::new(),
            nodes: 0,
            root: None,
            documents: 0,
        }
    }

    fn take(&mut self, event: Event<'s>, place: granit_parser::Span) -> Step {
        let span = self.span(place);
        match event {
            Event::DocumentStart(..) => self.document(span),
            Event::Scalar(text, style, anchor, _) => {
                self.scalar(text, style, (span, anchor))
            }
            Event::SequenceStart(_, anchor, _) => self.open(span, anchor, None),
            Event::MappingStart(_, anchor, _) => {
                self.open(span, anchor, Some(Vec::new()))
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(anchor) => self.alias(anchor, span),
            _ => Ok(()),
        }
    }

    fn span(&self, place: granit_parser::Span) -> Span {
        let byte =
            |mark: granit_parser::Marker| self.base + mark.byte_offset().unwrap_or(0);
        Span::new(byte(place.start), byte(place.end))
    }

    fn document(&mut self, span: Span) -> Step {
        self.documents += 1;
        match self.documents {
            1 => Ok(()),
            _ => {
                Err(self
                    .error(span, "a second document begins here, and one was expected"))
            }
        }
    }

    fn scalar(
        &mut self,
        text: Cow<'s, str>,
        style: ScalarStyle,
        (span, anchor): (Span, usize),
    ) -> Step {
        let plain = matches!(style, ScalarStyle::Plain);
        let quoted =
            matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
        let span = self.trim(span, quoted);
        let null = plain && matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL");
        let value = if null { Value::Null } else { Value::Text(text) };
        self.put(Node { span, value }, anchor, 1)
    }

    /// A scalar's place without quotes and without the white space behind it.
    fn trim(&self, span: Span, quoted: bool) -> Span {
        let inner = usize::from(quoted);
        let (start, end) =
            (span.start as usize + inner, (span.end as usize).max(inner) - inner);
        let raw = self.source.get(start..end).unwrap_or("");
        let end = if quoted { end } else { start + raw.trim_end().len() };
        Span::new(start, end.max(start))
    }

    fn open(&mut self, span: Span, anchor: usize, keys: Option<Vec<Key<'s>>>) -> Step {
        let (start, end) = (span.start, span.end);
        self.frames.push(Frame { start, end, anchor, items: Vec::new(), keys });
        Ok(())
    }

    fn close(&mut self, span: Span) -> Step {
        let Some(mut frame) = self.frames.pop() else { return Ok(()) };
        let flow = self.source[span.range()].ends_with([']', '}']);
        frame.end = if flow { span.end } else { frame.end };
        let (anchor, weight) = (frame.anchor, 1);
        let node = self.finish(frame, Extent::Whole);
        self.put(node, anchor, weight)
    }

    fn finish(&mut self, frame: Frame<'s>, extent: Extent) -> Node<'s> {
        let span = Span { start: frame.start, end: frame.end };
        let value = match frame.keys {
            None => Value::List(frame.items, extent),
            Some(keys) => Value::Map(self.unique(keys, frame.items), extent),
        };
        Node { span, value }
    }

    /// Pairs keys and values; of two equal keys the later one is reported and left out.
    fn unique(
        &mut self,
        keys: Vec<Key<'s>>,
        items: Vec<Node<'s>>,
    ) -> Vec<(Key<'s>, Node<'s>)> {
        let mut seen: HashMap<Cow<'s, str>, Span> = HashMap::with_capacity(keys.len());
        let mut pairs = Vec::with_capacity(keys.len());
        for (key, item) in keys.into_iter().zip(items) {
            match seen.get(&key.name) {
                Some(first) if self.findings.iter().len() <= MOST_DUPLICATES => {
                    self.findings.push(duplicate(self.file, &key, *first));
                }
                Some(_) => {}
                None => {
                    seen.insert(key.name.clone(), key.span);
                    pairs.push((key, item));
                }
            }
        }
        pairs
    }

    /// A value that an alias names again; its place is the alias.
    fn alias(&mut self, anchor: usize, span: Span) -> Step {
        let Some((node, weight)) = self.anchors.get(&anchor).cloned() else {
            return Err(self.error(span, "an alias cannot stand inside its own anchor"));
        };
        self.put(node, 0, weight)
    }

    fn put(&mut self, node: Node<'s>, anchor: usize, weight: usize) -> Step {
        self.nodes += weight;
        if self.nodes > MOST_NODES {
            let message = format!("more than {MOST_NODES} values, aliases resolved");
            return Err(self.error(node.span, &message));
        }
        if anchor > 0 {
            self.anchors.insert(anchor, (node.clone(), count(&node)));
        }
        self.indented(&node)?;
        self.place(node)
    }

    fn place(&mut self, node: Node<'s>) -> Step {
        let Some(frame) = self.frames.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        frame.end = frame.end.max(node.span.end);
        match &mut frame.keys {
            Some(keys) if keys.len() == frame.items.len() => {
                let span = node.span;
                let name = match node.value {
                    Value::Text(name) => name,
                    Value::Null => Cow::Borrowed("~"),
                    _ => return Err(self.error(span, "a key must be a text")),
                };
                keys.push(Key { name, span });
            }
            _ => frame.items.push(node),
        }
        Ok(())
    }

    /// A tab in front of a key or an item is no indentation, although some parsers let it
    /// be.
    fn indented(&self, node: &Node<'s>) -> Step {
        let start = node.span.start as usize;
        let before = &self.source[self.base..start.max(self.base)];
        let rest = before.trim_end_matches([' ', '\t', '-']);
        let first = rest.is_empty() || rest.ends_with('\n');
        match before[rest.len()..].find('\t').filter(|_| first) {
            Some(tab) => Err(self.tab(self.base + rest.len() + tab)),
            None => Ok(()),
        }
    }

    fn tab(&self, at: usize) -> Box<Diagnostic> {
        let message = "a tab is used as indentation";
        let finding =
            Diagnostic::new(Code::BadYaml, self.file, Span::new(at, at + 1), message);
        Box::new(finding.label("tab").help("indent with spaces"))
    }

    fn syntax_error(&self, error: &ScanError) -> Box<Diagnostic> {
        let at = self.base + error.marker().byte_offset().unwrap_or(0);
        let at = self.source.floor_char_boundary(at);
        if error.info().contains("tab") && self.source[..at].ends_with('\t') {
            return self.tab(at - 1);
        }
        let width = self.source[at..].chars().next().filter(|c| !c.is_control());
        let end = at + width.map_or(0, char::len_utf8);
        self.error(Span::new(at, end), &format!("not YAML: {}", error.info()))
    }

    fn error(&self, span: Span, message: &str) -> Box<Diagnostic> {
        let finding = Diagnostic::new(Code::BadYaml, self.file, span, message);
        Box::new(match advice(message) {
            Some(help) => finding.help(help),
            None => finding,
        })
    }

    /// Closes everything that is still open.
    fn cut(mut self) -> Document<'s> {
        while let Some(frame) = self.frames.pop() {
            let node = self.finish(frame, Extent::Cut);
            if self.place(node).is_err() {
                break;
            }
        }
        Document { root: self.root, extent: Extent::Cut }
    }
}

fn count(node: &Node<'_>) -> usize {
    1 + match &node.value {
        Value::Text(text) => text.len() / LONG_TEXT,
        Value::List(items, _) => items.iter().map(count).sum(),
        Value::Map(pairs, _) => pairs.iter().map(|(_, item)| count(item)).sum::<usize>(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests;
