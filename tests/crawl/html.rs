//! The tags of a page, as a browser's tokenizer sees them.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, StartTag, Tag, Token, TokenSink, TokenSinkResult, Tokenizer,
    TokenizerOpts,
};

/// A start tag with its attributes, and the text up to the next tag.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) text: String,
}

impl Element {
    /// The value of an attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let own = self.attributes.iter().find(|(own, _)| own == name);
        own.map(|(_, value)| value.as_str())
    }

    /// Whether an attribute has this value, in any case.
    pub(crate) fn has(&self, name: &str, value: &str) -> bool {
        self.get(name).is_some_and(|own| own.eq_ignore_ascii_case(value))
    }
}

/// A page that was read.
#[derive(Debug, Default)]
pub(crate) struct Document {
    /// All start tags, in order.
    pub(crate) elements: Vec<Element>,
    /// What the tokenizer stumbled over.
    pub(crate) errors: Vec<String>,
}

/// Reads a page.
pub(crate) fn read(html: &str) -> Document {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let options = TokenizerOpts { exact_errors: true, ..TokenizerOpts::default() };
    let tokenizer = Tokenizer::new(Collector::default(), options);
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

#[derive(Default)]
struct Collector(RefCell<Document>);

impl TokenSink for Collector {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut page = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == StartTag => {
                let kind = raw(&tag.name);
                page.elements.push(element(tag));
                return kind.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData);
            }
            Token::CharacterTokens(text) => {
                if let Some(last) = page.elements.last_mut() {
                    last.text.push_str(&text);
                }
            }
            Token::ParseError(error) => {
                page.errors.push(format!("line {line}: {error}"));
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Elements whose inside is text.
fn raw(name: &str) -> Option<RawKind> {
    match name {
        "title" | "textarea" => Some(RawKind::Rcdata),
        "style" => Some(RawKind::Rawtext),
        "script" => Some(RawKind::ScriptData),
        _ => None,
    }
}

fn element(tag: Tag) -> Element {
    let attributes = tag.attrs.iter();
    let attributes =
        attributes.map(|own| (own.name.local.to_string(), own.value.to_string()));
    let attributes = attributes.collect();
    Element { name: tag.name.to_string(), attributes, text: String::new() }
}
