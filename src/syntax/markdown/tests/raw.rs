//! Raw HTML, and what is smuggled in with it.

use expect_test::expect;

use super::check;

#[test]
fn raw_html_passes_the_list() {
    check(
        "<kbd>A</kbd> <!-- c --> <b onclick=\"x\" title='a\"b'>t</b>",
        &expect![[r#"
        <p><kbd>A</kbd>  <b title="a&quot;b">t</b></p>
        dropped-html at "onclick=\"x\"": the attribute `onclick` is dropped
    "#]],
    );
    check(
        "x <script>alert(1)</script> y <SVG><a>z</a></SVG> <em>w",
        &expect![[r#"
        <p>x  y  <em>w</em></p><em>
        </em>dropped-html at "<script>": the element `script` is dropped
        dropped-html at "<SVG>": the element `svg` is dropped
    "#]],
    );
    check(
        "<script>\nalert(1)\n</script>\n\n<p id=\"q\"><a href=\"a.md#b\">x</a></p>",
        &expect![[r#"

        <p id="q"><a href="{0}">x</a></p>-> a.md # b in "x"
        dropped-html at "<script>": the element `script` is dropped
    "#]],
    );
    check(
        "<a href=\"java\nscript:x\">a</a> <img src=\"a.png\"> <img src='//b' alt=''>",
        &expect![[r#"
        <p><a>a</a> <img src="{0}"> <img alt=""></p>
        -> a.png as a picture
        dropped-html at "java\nscript:x": this address is dropped
        missing-alt at "<img src=\"a.png\">": a picture without a description
        dropped-html at "//b": this address is dropped
    "#]],
    );
    check(
        "<input type=\"checkbox\" data-task=\"x\" autofocus> <li class=\"task\">",
        &expect![[r#"
        <p> </p><li><p></p>
        </li>dropped-html at "<input type=\"checkbox\" data-task=\"x\" autofocus>": the element `input` is dropped
        dropped-html at "class=\"task\"": the attribute `class` is dropped
    "#]],
    );
}

#[test]
fn marks_of_our_own_are_not_taken_from_authors() {
    check(
        "\u{f0f0}1\u{f0f0} <b>x</b> [a](hole:0) <a href=\"hole:1\">y</a> [[z]]",
        &expect![[r#"
            <p>�1� <b>x</b> a <a>y</a> <a href="{0}">{title 0}</a></p>
            -> z in "\u{f0f0}1\u{f0f0} x a y …"
            dropped-html at "hole:0": an address of this scheme is not allowed
            dropped-html at "hole:1": this address is dropped
        "#]],
    );
    check(
        "[[z]] <b title=\"\u{f0f0}1\u{f0f0}\">a</b> <b title=\"&#xF0F0;1&#61680;\">b</b>",
        &expect![[r#"
            <p><a href="{0}">{title 0}</a> <b title="�1�">a</b> <b title="_#xF0F0;1_#61680;">b</b></p>
            -> z in "… a b"
        "#]],
    );
    check(
        "[[z]] <b title=\"hole:1\">a</b> <q cite=\"hole:0\">b</q> href=\"hole:1\"",
        &expect![[r#"
            <p><a href="{0}">{title 0}</a> <b title="hole:1">a</b> <q>b</q> href=“hole:1”</p>
            -> z in "… a b href=“hole:1”"
            dropped-html at "cite=\"hole:0\"": this address is dropped
        "#]],
    );
}
