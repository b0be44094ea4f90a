//! Random markup: whatever the pieces, nothing that runs gets through.

use std::collections::BTreeSet;

use pmjump::diagnostic::Findings;
use pmjump::syntax::Region;
use pmjump::syntax::markdown::{Part, Sink, Style, parse};
use proptest::prelude::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::scan::faults;

/// What markup is made of, right and wrong.
const PIECES: &[&str] = &[
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<svg>",
    "</svg>",
    "<math>",
    "<mtext>",
    "<table>",
    "</table>",
    "<td>",
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<div ",
    "<a ",
    "<img ",
    "</a>",
    "<details>",
    "<noscript>",
    "<textarea>",
    "<title>",
    "<template>",
    "<select>",
    "<form>",
    "<iframe ",
    "<!--",
    "-->",
    "--!>",
    "<![CDATA[",
    "]]>",
    "<?",
    "?>",
    "<!x",
    ">",
    "/>",
    "<",
    "\"",
    "'",
    "`",
    "=",
    " ",
    "/",
    "\n",
    "\n\n",
    "\t",
    "\0",
    "> ",
    "- ",
    "| ",
    "href=",
    "src=",
    "onclick=",
    "title=",
    "style=",
    "id=",
    "cite=",
    "\"x\"",
    "'x'",
    "x",
    "javascript:x",
    "&#106;avascript:x",
    "java\tscript:",
    "&colon;",
    "&quot;",
    "&lt;",
    "&#62;",
    "https://a.example/",
    "//evil.example/",
    "data:text/html,",
    "[a](",
    ")",
    "![a](",
    "[[a]]",
    "](javascript:x)",
    "{#x onclick=y}",
    "# ",
    "```",
    "\u{f0f0}0\u{f0f0}",
    "hole:0",
    "\u{f0f1}",
];

fn pieces() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(PIECES), 1..24)
        .prop_map(|pieces| pieces.concat())
}

/// The page's HTML with a harmless address or text in each hole.
fn page(text: &str) -> String {
    let (mut links, mut findings) = (Vec::new(), Findings::new());
    let sink = Sink { file: &"a.md".into(), links: &mut links, findings: &mut findings };
    let body =
        parse(&Region::slice(text, 0), Style { page: true, ..Style::default() }, sink);
    let mut html = String::new();
    let mut done = 0;
    for hole in &body.holes {
        html += &body.html[done..hole.at as usize];
        done = hole.at as usize;
        html += match hole.part {
            Part::Address(_) => "x.html",
            Part::Card(_) => "<div>card</div>",
            Part::Title(_) | Part::Word(_) => "word",
        };
    }
    html + &body.html[done..]
}

#[test]
fn nothing_that_runs_gets_through() {
    let config = Config { cases: 3000, failure_persistence: None, ..Config::default() };
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let run = TestRunner::new_with_rng(config, random).run(&pieces(), |text| {
        let html = page(&text);
        let faults: BTreeSet<_> = faults(&html).into_iter().collect();
        assert!(faults.is_empty(), "{faults:?}\nin {html:?}");
        Ok(())
    });
    if let Err(error) = run {
        panic!("{error}");
    }
}
