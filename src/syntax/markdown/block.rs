//! Paragraphs, lists, tables, quotations, code.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Tag, TagEnd};

use super::Part;
use super::writer::Writer;
use crate::diagnostic::Code;

/// A list that is being read.
pub(super) struct ListState {
    ordered: bool,
    /// Items so far, and how many of them are nothing but outside links.
    items: usize,
    bare: usize,
    item_start: usize,
}

/// A table that is being read.
pub(super) struct TableState {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    cell_start: usize,
    head: Vec<String>,
}

impl<'r> Writer<'r, '_> {
    pub(super) fn start_block(&mut self, tag: Tag<'r>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.start_paragraph(&range),
            Tag::Heading { level, id, .. } => {
                self.start_heading(level, id.as_deref(), range)
            }
            Tag::BlockQuote(kind) => self.start_quote(kind),
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::HtmlBlock => self.raw_block = Some(Vec::new()),
            Tag::List(first) => self.start_list(first),
            Tag::Item => self.start_item(),
            Tag::FootnoteDefinition(name) => self.start_footnote(&name),
            Tag::DefinitionList => self.open_block("<dl>\n"),
            Tag::DefinitionListTitle => self.open_block("<dt>"),
            Tag::DefinitionListDefinition => self.open_block("<dd>"),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => self.start_head(),
            Tag::TableRow => self.start_row(),
            Tag::TableCell => self.start_cell(),
            _ => {}
        }
    }

    pub(super) fn end_block(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(_) => self.end_heading(range),
            TagEnd::BlockQuote(kind) => self.end_quote(kind),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::HtmlBlock => self.end_raw_block(),
            TagEnd::List(_) => self.end_list(range),
            TagEnd::Item => self.end_item(),
            TagEnd::FootnoteDefinition => self.close_block("</div>\n"),
            TagEnd::DefinitionList => self.close_block("</dl>\n"),
            TagEnd::DefinitionListTitle => self.close_block("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.close_block("</dd>\n"),
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead => self.end_head(),
            TagEnd::TableRow => self.push("</tr>\n"),
            TagEnd::TableCell => self.end_cell(),
            _ => {}
        }
    }

    /// A new block ends the sentences of the text before it.
    fn open_block(&mut self, html: &str) {
        self.end_task();
        self.end_sentences();
        self.push(html);
        self.begin_sentences();
    }

    fn close_block(&mut self, html: &str) {
        self.end_sentences();
        self.push(html);
        self.begin_sentences();
    }

    fn start_paragraph(&mut self, range: &Range<usize>) {
        self.end_task();
        self.end_sentences();
        if !self.is_cards_only(range) {
            self.push("<p>");
        }
        self.begin_sentences();
    }

    fn end_paragraph(&mut self) {
        self.end_task();
        self.end_sentences();
        if self.body.html.ends_with("<p>") {
            self.body.html.truncate(self.body.html.len() - 3);
        } else if !self.body.html.is_empty() && !self.after_card() {
            self.push("</p>\n");
        }
        self.begin_sentences();
    }

    fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else { return self.open_block("<blockquote>\n") };
        let (class, word) = alert(kind);
        self.open_block("<aside class=\"alert alert-");
        self.push(class);
        self.push("\"><p class=\"alert-title\">");
        self.hole(Part::Word(word));
        self.push("</p>\n");
        self.begin_sentences();
    }

    fn end_quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.close_block(if kind.is_some() { "</aside>\n" } else { "</blockquote>\n" });
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or(""),
            CodeBlockKind::Indented => "",
        };
        self.open_block("<pre tabindex=\"0\"><code");
        if !language.is_empty() {
            self.push(" class=\"language-");
            self.attribute(language);
            self.push("\"");
        }
        self.push(">");
        self.code = true;
    }

    pub(super) fn code_text(&mut self, text: &CowStr<'_>) {
        let text = super::field::show_blanks(text, self.style.fields);
        self.escaped(&text);
    }

    fn end_code(&mut self) {
        self.code = false;
        self.close_block("</code></pre>\n");
    }

    fn start_list(&mut self, first: Option<u64>) {
        match first {
            None => self.open_block("<ul>\n"),
            Some(1) => self.open_block("<ol>\n"),
            Some(first) => self.open_block(&format!("<ol start=\"{first}\">\n")),
        }
        let ordered = first.is_some();
        self.lists.push(ListState { ordered, items: 0, bare: 0, item_start: 0 });
    }

    fn start_item(&mut self) {
        self.open_block("<li>");
        let item_start = self.body.html.len();
        if let Some(list) = self.lists.last_mut() {
            list.items += 1;
            list.item_start = item_start;
        }
    }

    fn end_item(&mut self) {
        self.end_task();
        self.end_sentences();
        let start = self.lists.last().map_or(0, |list| list.item_start);
        let bare = is_outside_link(&self.body.html[start.min(self.body.html.len())..]);
        if let Some(list) = self.lists.last_mut() {
            list.bare += usize::from(bare);
        }
        self.close_block("</li>\n");
    }

    fn end_list(&mut self, range: Range<usize>) {
        let Some(list) = self.lists.pop() else { return };
        self.close_block(if list.ordered { "</ol>\n" } else { "</ul>\n" });
        if list.items >= 3 && list.bare == list.items {
            let range = self.trimmed(range);
            self.find(Code::BareUrlList, range, "a list of nothing but outside links");
        }
    }

    fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.open_block("<div class=\"table\" tabindex=\"0\"><table>\n");
        self.table = Some(TableState {
            alignments,
            column: 0,
            in_head: false,
            cell_start: 0,
            head: Vec::new(),
        });
    }

    fn end_table(&mut self) {
        let has_body = self.body.html.ends_with("</tr>\n");
        self.close_block(if has_body {
            "</tbody></table></div>\n"
        } else {
            "</table></div>\n"
        });
        self.table = None;
    }

    fn start_head(&mut self) {
        self.push("<thead><tr>");
        if let Some(table) = &mut self.table {
            table.in_head = true;
            table.column = 0;
        }
    }

    fn end_head(&mut self) {
        self.push("</tr></thead>\n");
        if let Some(table) = &mut self.table {
            table.in_head = false;
        }
    }

    fn start_row(&mut self) {
        let first = self.body.html.ends_with("</thead>\n");
        self.push(if first { "<tbody><tr>" } else { "<tr>" });
        if let Some(table) = &mut self.table {
            table.column = 0;
        }
    }

    fn start_cell(&mut self) {
        let Some(table) = &self.table else { return };
        let name = if table.in_head { "<th" } else { "<td" };
        let align = match table.alignments.get(table.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        };
        let scope = if table.in_head { " scope=\"col\">" } else { ">" };
        self.open_block(name);
        self.push(align);
        self.push(scope);
        let start = self.body.html.len();
        if let Some(table) = &mut self.table {
            table.cell_start = start;
        }
        self.begin_sentences();
    }

    /// What the head of the table says above the cell that is being read.
    pub(super) fn column_title(&self) -> Option<String> {
        let table = self.table.as_ref()?;
        table.head.get(table.column).filter(|title| !title.is_empty()).cloned()
    }

    fn end_cell(&mut self) {
        let Some(table) = &mut self.table else { return };
        let text = &self.body.html[table.cell_start..];
        let empty = text.trim().is_empty();
        let in_head = table.in_head;
        if in_head {
            table.head.push(super::plain_text(text));
        }
        let title = table.head.get(table.column).cloned().unwrap_or_default();
        table.column += 1;
        if self.style.fields && !in_head && empty && self.fold.is_none() {
            self.field(&title, 0);
        }
        self.close_block(if in_head { "</th>" } else { "</td>" });
    }
}

fn alert(kind: BlockQuoteKind) -> (&'static str, &'static str) {
    match kind {
        BlockQuoteKind::Note => ("note", "alert_note"),
        BlockQuoteKind::Tip => ("tip", "alert_tip"),
        BlockQuoteKind::Important => ("important", "alert_important"),
        BlockQuoteKind::Warning => ("warning", "alert_warning"),
        BlockQuoteKind::Caution => ("caution", "alert_caution"),
    }
}

/// Whether the HTML of an item is one link to another host and nothing else. An address
/// of the site is a hole, so only an outside link has its address in the HTML.
fn is_outside_link(html: &str) -> bool {
    let html = html.trim().trim_start_matches("<p>").trim_end_matches("</p>");
    let outside = html.starts_with("<a href=\"http") && html.ends_with("</a>");
    outside && html.matches("<a ").count() == 1
}
