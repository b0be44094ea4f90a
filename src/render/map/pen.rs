//! Writes SVG: links, texts in lines, and the shapes of skill groups.

use std::fmt::Write as _;

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::Mark;

/// A place in a drawing, in its own pixels.
pub(super) type At = (i32, i32);

/// How high a skill's name is: large enough for a finger.
pub(super) const ROW: i32 = 24;

/// A drawing that grows.
pub(super) struct Pen<'r> {
    root: &'r str,
    svg: String,
}

impl<'r> Pen<'r> {
    pub(super) fn new(root: &'r str) -> Self {
        Self { root, svg: String::with_capacity(8 << 10) }
    }

    /// The drawing in a frame of this size.
    pub(super) fn finish(self, class: &str, (width, height): At) -> String {
        format!(
            "<svg class=\"map {class}\" viewBox=\"0 0 {width} {height}\" \
             width=\"{width}\" height=\"{height}\">\n{}</svg>\n",
            self.svg
        )
    }

    pub(super) fn put(&mut self, svg: std::fmt::Arguments<'_>) {
        // Writing into a String cannot fail.
        let _ = self.svg.write_fmt(svg);
    }

    pub(super) fn path(&mut self, class: &str, d: &str) {
        self.put(format_args!("<path class=\"{class}\" d=\"{d}\"/>\n"));
    }

    pub(super) fn link(&mut self, address: &str, inside: impl FnOnce(&mut Self)) {
        let root = self.root;
        self.put(format_args!("<a href=\"{root}"));
        let _ = escape_html(&mut self.svg, address);
        self.svg.push_str("\">");
        inside(self);
        self.svg.push_str("</a>\n");
    }

    pub(super) fn text(&mut self, class: &str, (x, y): At, text: &str) {
        self.put(format_args!("<text class=\"{class}\" x=\"{x}\" y=\"{y}\">"));
        let _ = escape_html_body_text(&mut self.svg, text);
        // The blank keeps words apart where the text is read aloud.
        self.svg.push_str(" </text>");
    }

    /// A number in a circle.
    pub(super) fn station(&mut self, (x, y): At, number: usize) {
        self.put(format_args!(
            "<circle class=\"station\" cx=\"{x}\" cy=\"{y}\" r=\"14\"/>"
        ));
        self.text("number", (x, y + 5), &number.to_string());
    }

    /// A skill's shape and name, its left end in the middle of a row at `at`.
    pub(super) fn skill(&mut self, at: At, mark: Mark<'_>) {
        self.link(mark.address, |pen| {
            let (x, y) = (at.0 - 4, at.1 - ROW / 2);
            let width = width(mark.title, 8) + 26;
            pen.put(format_args!(
                "<rect class=\"hit\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{ROW}\"/>"
            ));
            pen.shape((at.0 + 5, at.1), mark.group);
            pen.text("skill", (at.0 + 17, at.1 + 5), mark.title);
        });
    }

    /// The shape of a group, so that colour is not alone in telling them apart.
    pub(super) fn shape(&mut self, (x, y): At, group: &str) {
        let d = match group {
            "insight" => format!("M{} {y}a5 5 0 1 0 10 0a5 5 0 1 0-10 0z", x - 5),
            "strategy" => format!("M{x} {}l6 6l-6 6l-6-6z", y - 6),
            "execution" => format!("M{} {}h9v9h-9z", x - 5, y - 5),
            _ => format!("M{x} {}l6 10h-12z", y - 6),
        };
        self.path(group, &d);
    }
}

/// About how wide a text is in pixels, at so many for a letter.
pub(super) fn width(text: &str, letter: i32) -> i32 {
    i32::try_from(text.chars().count()).unwrap_or(i32::MAX / 64).min(9_999) * letter
}

/// A text in lines of at most so many letters, broken between words.
pub(super) fn lines(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn texts_break_between_words() {
        assert_eq!(lines("Get close to customers", 12), ["Get close to", "customers"]);
        assert_eq!(lines("incomprehensibility", 5), ["incomprehensibility"]);
        assert!(lines(" ", 5).is_empty());
    }
}
