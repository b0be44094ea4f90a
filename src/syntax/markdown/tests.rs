//! Small inputs: the HTML with its holes, then the links, then the findings.

mod raw;

use std::fmt::Write as _;
use std::sync::Arc;

use expect_test::{Expect, expect};

use super::{Body, Part, Sink, Style, parse};
use crate::diagnostic::{FilePath, Findings};
use crate::syntax::Region;
use crate::syntax::link::{Link, Role};

const PAGE: Style = Style { fields: false, folded: &[], page: true };
const FORM: Style = Style { fields: true, folded: &["Filled example"], page: true };

/// `{0}` is the address of link 0, `{title 0}` its title, `{card 0}` its card.
fn html(body: &Body) -> String {
    let (mut html, mut done) = (String::new(), 0);
    for hole in &body.holes {
        html.push_str(&body.html[done..hole.at as usize]);
        done = hole.at as usize;
        let _ = match hole.part {
            Part::Address(link) => write!(html, "{{{link}}}"),
            Part::Title(link) => write!(html, "{{title {link}}}"),
            Part::Card(link) => write!(html, "{{card {link}}}"),
            Part::Word(word) => write!(html, "{{word {word}}}"),
        };
    }
    html + &body.html[done..]
}

fn link(link: &Link, text: &str) -> String {
    let place = |span: crate::diagnostic::Span| &text[span.range()];
    let mut line = format!("-> {}", place(link.span));
    if let Some(anchor) = &link.anchor {
        let _ = write!(line, " # {}", place(anchor.span));
    }
    match &link.role {
        Role::Text(sentence) => {
            let shown = sentence.text.replace(crate::syntax::sentence::TITLE, "…");
            line + &format!(" in {shown:?}")
        }
        Role::Card => line + " as a card",
        Role::Image => line + " as a picture",
        Role::Field(name) => line + " of " + name,
    }
}

fn check_as(style: Style, text: &str, expected: &Expect) {
    let file: FilePath = Arc::from("f.md");
    let (mut links, mut findings) = (Vec::new(), Findings::new());
    let sink = Sink { file: &file, links: &mut links, findings: &mut findings };
    let body = parse(&Region::slice(text, 0), style, sink);
    let mut out = html(&body);
    for one in &links {
        let _ = writeln!(out, "{}", link(one, text));
    }
    for finding in findings.iter() {
        let (code, token) = (finding.code.name(), &text[finding.span.range()]);
        let _ = writeln!(out, "{code} at {token:?}: {}", finding.message);
    }
    expected.assert_eq(&out);
}

fn check(text: &str, expected: &Expect) {
    check_as(PAGE, text, expected);
}

#[test]
fn wikilinks() {
    check(
        "See [[skill:a]] and [[#part|the *part*]].",
        &expect![[r#"
        <p>See <a href="{0}">{title 0}</a> and <a href="{1}">the <em>part</em></a>.</p>
        -> skill:a in "See … and the part."
        ->  # part in "See … and the part."
    "#]],
    );
    check(
        "[[a#b]] [[a|]] [[page:a#]]",
        &expect![[r#"
        <p><a href="{0}">{title 0}</a> <a href="{1}"></a> <a href="{2}">{title 2}</a></p>
        -> a # b in "…  …"
        -> a in "…  …"
        -> page:a in "…  …"
        empty-link-text at "[[a|]]": a link without a text
    "#]],
    );
}

#[test]
fn what_looks_like_a_wikilink_is_text() {
    check(
        "[[two words]] [[]] [[#]] [[ a ]] `[[a]]` \\[[a]]",
        &expect![[r#"
        <p>[[two words]] [[]] [[#]] [[ a ]] <code>[[a]]</code> [[a]]</p>
    "#]],
    );
    check(
        "[[open [[a]] and ![[b|c]] ]]",
        &expect![[r#"
        <p>[[open <a href="{0}">{title 0}</a> and <a href="{1}">{title 1}</a> ]]</p>
        -> a in "[[open … and … ]]"
        -> b in "[[open … and … ]]"
    "#]],
    );
    check(
        "[[two `[[a]]` words]]",
        &expect![[r#"
        <p>[[two `[[a]]` words]]</p>
    "#]],
    );
}

#[test]
fn wikilinks_in_a_table() {
    check(
        "| a |\n|---|\n| [[a\\|b]] `[[a\\|b]]` |\n",
        &expect![[r#"
            <div class="table" tabindex="0"><table>
            <thead><tr><th scope="col">a</th></tr></thead>
            <tbody><tr><td><a href="{0}">b</a> <code>[[a|b]]</code></td></tr>
            </tbody></table></div>
            -> a in "b [[a|b]]"
        "#]],
    );
}

#[test]
fn cards_stand_on_a_line_of_their_own() {
    check(
        "![[a]]",
        &expect![[r#"
        {card 0}
        -> a as a card
    "#]],
    );
    check(
        "![[a]]\n![[b]]",
        &expect![[r#"
        {card 0}

        {card 1}
        -> a as a card
        -> b as a card
    "#]],
    );
    check(
        "One ![[a]] two\n![[b]]\nthree",
        &expect![[r#"
        <p>One <a href="{0}">{title 0}</a> two
        </p>
        {card 1}
        <p>
        three</p>
        -> a in "One … two\n\n\n\nthree"
        -> b as a card
    "#]],
    );
    check(
        "- ![[a]]\n- x\n\n> ![[b]]",
        &expect![[r#"
        <ul>
        <li><a href="{0}">{title 0}</a></li>
        <li>x</li>
        </ul>
        <blockquote>
        {card 1}
        </blockquote>
        -> a in "…"
        -> b as a card
    "#]],
    );
}

#[test]
fn destinations_are_found_where_they_are_written() {
    check(
        "[a](x.md#y \"t\") [b](<x y.md>) [c [d]](z(1).md) [`]`](e.md)",
        &expect![[r#"
        <p><a href="{0}" title="t">a</a> <a href="{1}">b</a> <a href="{2}">c [d]</a> <a href="{3}"><code>]</code></a></p>
        -> x.md # y in "a b c [d] ]"
        -> x y.md in "a b c [d] ]"
        -> z(1).md in "a b c [d] ]"
        -> e.md in "a b c [d] ]"
    "#]],
    );
    check(
        "[a][r] [R] ![b][r]\n\n[r]: x%20y.md?q=1#f 'T'",
        &expect![[r#"
        <p><a href="{0}" title="T">a</a> <a href="{1}" title="T">R</a> <img src="{2}" alt="b" title="T"></p>
        -> x%20y.md?q=1 # f in "a R"
        -> x%20y.md?q=1 # f in "a R"
        -> x%20y.md?q=1 # f as a picture
    "#]],
    );
    check(
        "[](a.md) [x]() [y](#) [![p](q.png)](r.md)",
        &expect![[r#"
        <p><a href="{0}"></a> <a href="{1}">x</a> <a href="{2}">y</a> <a href="{3}"><img src="{4}" alt="p"></a></p>
        -> a.md in "x y"
        ->  in "x y"
        ->  in "x y"
        -> r.md in "x y"
        -> q.png as a picture
        empty-link-text at "[](a.md)": a link without a text
    "#]],
    );
}

#[test]
fn addresses_outside() {
    check(
        "<https://a.org/?x=1&y=2> https://a.org/c_d. (www.a.org) me@a.org <me@a.org>",
        &expect![[r#"
            <p><a href="https://a.org/?x=1&amp;y=2">https://a.org/?x=1&amp;y=2</a> <a href="https://a.org/c_d">https://a.org/c_d</a>. (<a href="http://www.a.org">www.a.org</a>) <a href="mailto:me@a.org">me@a.org</a> <a href="mailto:me@a.org">me@a.org</a></p>
            -> https://a.org/?x=1&y=2 in ""
            -> https://a.org/c_d in ""
            -> www.a.org in ""
            -> me@a.org in ""
            -> me@a.org in ""
        "#]],
    );
    check(
        "[a](mailto:me@a.org) [b](//a.b) [c](javascript:x) ![d](https://a.org/d.png)",
        &expect![[r#"
        <p><a href="mailto:me@a.org">a</a> <a href="//a.b">b</a> c <a href="https://a.org/d.png">d</a></p>
        -> mailto:me@a.org in ""
        -> //a.b in ""
        -> https://a.org/d.png as a picture
        dropped-html at "javascript:x": an address of this scheme is not allowed
        dropped-html at "https://a.org/d.png": a picture from another host is shown as a link
    "#]],
    );
}

#[test]
fn sentences_around_links() {
    check(
        "One. See [a](a.md) here. *Then* [[b]]? No.\n\n- Item [[c]]",
        &expect![[r#"
        <p>One. See <a href="{0}">a</a> here. <em>Then</em> <a href="{1}">{title 1}</a>? No.</p>
        <ul>
        <li>Item <a href="{2}">{title 2}</a></li>
        </ul>
        -> a.md in "See a here."
        -> b in "Then …?"
        -> c in "Item …"
    "#]],
    );
}

#[test]
fn headings_and_their_ids() {
    check(
        "## A & *b*\n\n## A & b\n\n## C {#a--b}\n\n#### D [[x]]\n\n## {#e}\n",
        &expect![[r#####"
        <h2 id="a--b">A &amp; <em>b</em></h2>
        <h2 id="a--b-1">A &amp; b</h2>
        <h2 id="a--b">C</h2>
        <h4 id="d-x">D <a href="{0}">{title 0}</a></h4>
        <h2 id="e"></h2>
        -> x in ""
        duplicate-anchor at "a--b": the id `a--b` is there already
        heading-skip at "#### D [[x]]": a heading of level 4, where 3 was expected
    "#####]],
    );
}

#[test]
fn tasks_have_keys() {
    check(
        "- [ ] Do **it** {#key}\n- [x] Do it\n- [ ] {#only}\n- [ ] Do it\n",
        &expect![[r#"
        <ul>
        <li class="task" id="key"><input type="checkbox" data-task="key" aria-labelledby="key">Do <strong>it</strong></li>
        <li class="task" id="do-it"><input type="checkbox" data-task="do-it" aria-labelledby="do-it" checked>Do it</li>
        <li class="task" id="only"><input type="checkbox" data-task="only" aria-labelledby="only"></li>
        <li class="task" id="do-it-1"><input type="checkbox" data-task="do-it-1" aria-labelledby="do-it-1">Do it</li>
        </ul>
    "#]],
    );
}

#[test]
fn a_form_has_fields() {
    check_as(
        FORM,
        "Name: ___ __b__ `___`\n\n| A | B |\n|---|---|\n| ____ | |\n",
        &expect![[r#"
            <p>Name: <input class="field" type="text" aria-label="Name" data-field="1" size="3"> <strong>b</strong> <code>___</code></p>
            <div class="table" tabindex="0"><table>
            <thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>
            <tbody><tr><td><input class="field" type="text" aria-label="A" data-field="2" size="4"></td><td><input class="field" type="text" aria-label="B" data-field="3"></td></tr>
            </tbody></table></div>
        "#]],
    );
    check_as(
        FORM,
        "## Filled example\n\n___\n\n### In it\n\n## Out\n\n___\n",
        &expect![[r#"
        <details class="fold"><summary><h2 id="filled-example">Filled example</h2></summary>
        <p>___</p>
        <h3 id="in-it">In it</h3>
        </details>
        <h2 id="out">Out</h2>
        <p><input class="field" type="text" aria-label="Out" data-field="1" size="3"></p>
    "#]],
    );
    check(
        "Name: ___ here",
        &expect![[r#"
        <p>Name: ___ here</p>
    "#]],
    );
}

#[test]
fn notes_and_alerts() {
    check(
        "A[^n] b[^n].\n\n[^n]: Note [[a]].\n\n> [!TIP]\n> Tip [[b]].\n",
        &expect![[r##"
        <p>A<sup class="footnote-ref"><a href="#fn-1">1</a></sup> b<sup class="footnote-ref"><a href="#fn-1">1</a></sup>.</p>
        <div class="footnote" id="fn-1"><span class="footnote-mark">1</span>
        <p>Note <a href="{0}">{title 0}</a>.</p>
        </div>
        <aside class="alert alert-tip"><p class="alert-title">{word alert_tip}</p>
        <p>Tip <a href="{1}">{title 1}</a>.</p>
        </aside>
        -> a in "Note …."
        -> b in "Tip …."
    "##]],
    );
}

#[test]
fn lists_of_bare_links() {
    check(
        "- https://a.org\n- <https://c.org>\n- [e](https://e.org)\n",
        &expect![[r#"
            <ul>
            <li><a href="https://a.org">https://a.org</a></li>
            <li><a href="https://c.org">https://c.org</a></li>
            <li><a href="https://e.org">e</a></li>
            </ul>
            -> https://a.org in ""
            -> https://c.org in ""
            -> https://e.org in ""
            bare-url-list at "- https://a.org\n- <https://c.org>\n- [e](https://e.org)": a list of nothing but outside links
        "#]],
    );
    check(
        "- https://a.org\n- https://c.org\n- [e](e.md)\n",
        &expect![[r#"
            <ul>
            <li><a href="https://a.org">https://a.org</a></li>
            <li><a href="https://c.org">https://c.org</a></li>
            <li><a href="{2}">e</a></li>
            </ul>
            -> https://a.org in ""
            -> https://c.org in ""
            -> e.md in "e"
        "#]],
    );
}
