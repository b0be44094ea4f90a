//! The colours and measures of `theme.yaml` as custom properties of the style sheet.
//!
//! In: the theme's `theme.yaml`, over the built-in one. Out: CSS that goes before the
//! theme's own, and a finding for each colour that is hard to read on its paper.
//! Keeps true: a theme that says nothing of colours has the built-in ones; a value cannot
//! leave its property.

use std::collections::BTreeMap;

use super::THEME;
use crate::diagnostic::{Checked, Code, Diagnostic, FilePath, Findings, Span};
use crate::syntax::yaml::{self, Node, Value};

/// The looks that a reader can choose.
const LOOKS: [&str; 2] = ["light", "dark"];

/// The colour that all others stand on.
const PAPER: &str = "paper";

/// The colour of the borders of controls, which carry no text.
const EDGE: &str = "edge";

/// The least contrast of text, and of what is no text, as WCAG 2.2 has them.
const LEAST: f64 = 4.5;
const LEAST_EDGE: f64 = 3.0;

/// A value of the theme, and where it stands if it is the project's own.
type Token = (String, Option<Span>);

/// Values by name: colours as `light.NAME`, measures as `NAME`.
type Tokens = BTreeMap<String, Token>;

/// Makes the custom properties.
pub(super) fn css(path: &FilePath, text: &str) -> Checked<String> {
    let builtin = THEME.get_file("theme.yaml");
    let builtin = builtin.and_then(|file| file.contents_utf8()).unwrap_or("");
    let mut tokens = read(path, builtin);
    tokens.values_mut().for_each(|(_, span)| *span = None);
    tokens.extend(read(path, text));
    let mut findings = Findings::new();
    findings.extend(tokens.values().filter_map(|token| unsafe_value(path, token)));
    tokens.retain(|_, (value, _)| is_value(value));
    findings.extend(LOOKS.iter().flat_map(|look| faint(path, look, &tokens)));
    Checked { value: properties(&tokens), findings }
}

/// What a theme says under `colours` and `measures`. What is wrong with the file is
/// reported where all of it is read.
fn read(path: &FilePath, text: &str) -> Tokens {
    let document = yaml::parse(text, 0..text.len(), path, &mut Findings::new());
    let mut tokens = Tokens::new();
    let Some(root) = document.root else { return tokens };
    for look in LOOKS {
        let colours = child(&root, "colours").and_then(|node| child(node, look));
        collect(colours, &format!("{look}."), &mut tokens);
    }
    collect(child(&root, "measures"), "", &mut tokens);
    tokens
}

fn child<'n, 's>(node: &'n Node<'s>, name: &str) -> Option<&'n Node<'s>> {
    let Value::Map(fields, _) = &node.value else { return None };
    fields.iter().find(|(key, _)| key.name == name).map(|(_, node)| node)
}

fn collect(node: Option<&Node<'_>>, prefix: &str, tokens: &mut Tokens) {
    let Some(Value::Map(fields, _)) = node.map(|node| &node.value) else { return };
    for (key, node) in fields {
        let name = key.name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if let (Value::Text(text), true) = (&node.value, name) {
            let token = (text.to_string(), Some(node.span));
            tokens.insert(format!("{prefix}{}", key.name), token);
        }
    }
}

fn is_value(text: &str) -> bool {
    !text.contains(['{', '}', ';', '<', '@', '\\', '\n']) && !text.contains("url(")
}

fn unsafe_value(path: &FilePath, (value, span): &Token) -> Option<Diagnostic> {
    let message = format!("`{value}` is no value of a style sheet");
    let span = span.filter(|_| !is_value(value))?;
    let finding = Diagnostic::new(Code::BadValue, path, span, message);
    Some(finding.help("write a colour, a length or a list of fonts alone"))
}

/// Both looks in one property: the reader's choice is the page's `color-scheme`.
fn properties(tokens: &Tokens) -> String {
    let mut css = String::from(":root {\n");
    for (name, (value, _)) in tokens {
        match name.split_once('.') {
            Some(("light", colour)) => {
                let dark = tokens.get(&format!("dark.{colour}"));
                let dark = dark.map_or(value, |(dark, _)| dark);
                css.push_str(&format!("  --{colour}: light-dark({value}, {dark});\n"));
            }
            Some(_) => {}
            None => css.push_str(&format!("  --{name}: {value};\n")),
        }
    }
    css.push_str("}\n");
    css
}

/// The colours of a look that are too close to its paper.
fn faint(path: &FilePath, look: &str, tokens: &Tokens) -> Vec<Diagnostic> {
    let prefix = format!("{look}.");
    let Some((paper, paper_span)) = tokens.get(&format!("{prefix}{PAPER}")) else {
        return Vec::new();
    };
    let own = tokens.iter().filter_map(|(name, token)| {
        Some((name.strip_prefix(&prefix).filter(|name| *name != PAPER)?, token))
    });
    let faint = own.filter_map(|(name, (value, span))| {
        let least = if name == EDGE { LEAST_EDGE } else { LEAST };
        let contrast = contrast(value, paper)?;
        let span = span.or(*paper_span)?;
        let message = format!(
            "`{name}` has a contrast of {contrast:.2} to 1 on the {look} paper, \
             expected at least {least}"
        );
        (contrast < least).then(|| {
            let finding = Diagnostic::new(Code::LowContrast, path, span, message);
            let way = if look == "light" { "darker" } else { "lighter" };
            finding.help(format!("make it {way}"))
        })
    });
    faint.collect()
}

/// The contrast of two colours, from 1 to 21; `None` if one is not written as `#rrggbb`.
fn contrast(a: &str, b: &str) -> Option<f64> {
    let (a, b) = (luminance(a)?, luminance(b)?);
    Some((a.max(b) + 0.05) / (a.min(b) + 0.05))
}

/// How bright a colour is, from 0 to 1.
fn luminance(colour: &str) -> Option<f64> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let part = |at: usize| {
        let part = digits.get(at..at + 2)?;
        let part = f64::from(u8::from_str_radix(part, 16).ok()?) / 255.0;
        Some(match part <= 0.04045 {
            true => part / 12.92,
            false => ((part + 0.055) / 1.055).powf(2.4),
        })
    };
    Some(0.2126 * part(0)? + 0.7152 * part(2)? + 0.0722 * part(4)?)
}

#[cfg(test)]
mod tests {
    use super::{contrast, css};

    #[test]
    fn contrast_is_that_of_wcag() {
        assert_eq!(contrast("#000000", "#ffffff"), Some(21.0));
        assert_eq!(contrast("#777777", "#777777"), Some(1.0));
        assert_eq!(contrast("red", "#ffffff"), None);
    }

    #[test]
    fn the_built_in_colours_can_be_read() {
        let theme =
            "colours: { light: { paper: '#fbfaf6' }, dark: { paper: '#12171f' } }";
        assert!(css(&"theme.yaml".into(), theme).findings.iter().next().is_none());
    }

    #[test]
    fn a_value_cannot_leave_its_property() {
        let made = css(&"theme.yaml".into(), "measures: { size: '1em; } body { x: y' }");
        assert_eq!(made.findings.iter().count(), 1);
        assert!(!made.value.contains("x: y"));
    }
}
