//! Markup that wants to run something in the reader's browser.

use crate::common::limited::endures;
use crate::common::{Project, SAMPLES};
use crate::scan::faults;
use crate::{SHARE, page};

/// Tricks in raw HTML.
const RAW: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "<script/x>alert(1)</script>",
    "</p><script>alert(1)</script>",
    "<style>@import '//evil.example'</style>",
    "<style><img src='</style><img src=x onerror=alert(1)>'></style>",
    "<img src=img/p.png onerror=alert(1) alt=a>",
    "<img/src=\"img/p.png\"/onerror=\"alert(1)\"/alt=a>",
    "<img src='img/p.png' ONERROR = alert(1) alt=a>",
    "<img alt=\"`\" src=\"img/p.png\" on\u{0}error=alert(1)>",
    "<img src=https://evil.example/x.png alt=a>",
    "<img src=//evil.example/x.png alt=a>",
    "<img src=\"/\\evil.example/x.png\" alt=a>",
    "<img srcset=\"//evil.example/x 1x\" src=img/p.png alt=a>",
    "<img src=\"data:image/svg+xml,<svg onload=alert(1)>\" alt=a>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1) /></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 \
     onerror=alert(1)&gt;\">",
    "<math href=\"javascript:alert(1)\">x</math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\">",
    "<object data=javascript:alert(1)></object><embed src=javascript:alert(1)>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<form action=javascript:alert(1)><input type=submit></form>",
    "<input type=image src=//evil.example onerror=alert(1)>",
    "<input autofocus onfocus=alert(1)><button formaction=javascript:alert(1)>x</button>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"JaVaScRiPt:alert(1)\">x</a>",
    "<a href=\" javascript:alert(1)\">x</a>",
    "<a href=\"java\tscript:alert(1)\">x</a>",
    "<a href=\"java\nscript:alert(1)\">x</a>",
    "<a href=\"\u{1}javascript:alert(1)\">x</a>",
    "<a href=\"javascript&colon;alert(1)\">x</a>",
    "<a href=\"java&Tab;script&colon;alert(1)\">x</a>",
    "<a href=\"&#106;avascript:alert(1)\">x</a>",
    "<a href=\"&#x6A&#x61vascript:alert(1)\">x</a>",
    "<a href='vbscript:x'>x</a><a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href=\"https://a.example\" onclick=alert(1) style=\"position:fixed\">x</a>",
    "<a href=\"https://a.example\" ping=//evil.example>x</a>",
    "<a href='https://a.example/\"onclick=alert(1)'>x</a>",
    "<a href=\"https://a.example/&quot; onclick=alert(1) \">x</a>",
    "<p title='\"><script>alert(1)</script>'>x</p>",
    "<p title=\"`><img src=x onerror=alert(1)>\">x</p>",
    "<p lang='en\" onclick=\"alert(1)'>x</p>",
    "<b><script>x</b></script>",
    "<b onclick=alert(1)\n",
    "<a href=\"x",
    "<img src=x onerror=alert(1)//",
    "<!--><script>alert(1)</script>-->",
    "<!--!><script>alert(1)</script>-->",
    "<!-- --!><script>alert(1)</script> -->",
    "<!-- x",
    "<!doctype html><script>alert(1)</script>",
    "<![CDATA[><script>alert(1)</script>]]>",
    "<?xml-stylesheet href=\"javascript:alert(1)\"?>",
    "<? foo=\"><script>alert(1)</script>\">",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
    "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\">",
    "<xmp><p title=\"</xmp><script>alert(1)</script>\">",
    "<title><a title=\"</title><script>alert(1)</script>\">",
    "<template><script>alert(1)</script></template>",
    "<plaintext><script>alert(1)</script>",
    "<select><style></select><script>alert(1)</script>",
    "<table background=javascript:alert(1)><td background=//evil.example>x</table>",
    "<table><caption><svg><title><style><img src=x onerror=alert(1)></style>",
    "<body onload=alert(1)><html onclick=alert(1)><frameset onload=alert(1)>",
    "</main></body></html><script>alert(1)</script>",
    "<isindex action=javascript:alert(1)><marquee onstart=alert(1)>x</marquee>",
    "<x onclick=alert(1)>x</x><image src=x onerror=alert(1)><keygen autofocus onfocus=x>",
    "<blockquote cite=javascript:alert(1)>x</blockquote><q cite='data:x'>x</q>",
    "<div id=\"x\" id=\"y\" onclick onclick=alert(1)>x</div>",
    "<div hole:0=x href=hole:0>x</div><a href=hole:0>x</a><a href=\"hole:9999\">x</a>",
    "\u{f0f0}0\u{f0f0} <a href='https://a.x' title='\u{f0f0}0\u{f0f0}'>\u{f0f1}x</a>",
    "<a name=x href=\"https://a.example\" target=_blank rel=opener>x</a>",
];

/// Tricks in Markdown itself.
const MARKDOWN: &[&str] = &[
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](java&Tab;script&colon;alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](\u{1}javascript:alert(1))",
    "[x](vbscript:x) [x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](//evil.example) [x](\\\\evil.example)",
    "![x](javascript:alert(1)) ![x](//evil.example/x.png) ![x](https://evil.example/x)",
    "![x\" onerror=\"alert(1)](img/p.png)",
    "![x](img/p.png \"x\\\" onerror=\\\"alert(1)\")",
    "[x](https://a.example 'x\" onclick=\"alert(1)')",
    "[x](https://a.example/\"onclick=\"alert(1))",
    "[x]: javascript:alert(1)\n\n[x] [x][] [y][x]",
    "<javascript:alert(1)> <https://a.example/\"onclick=\"x> <data:text/html,x>",
    "https://a.example/\"onclick=\"alert(1) www.a.example/<script>",
    "## x {#x\" onclick=\"alert(1)}",
    "## x {#x onclick=alert(1) .y style=x}",
    "## <script>alert(1)</script>",
    "```\"><script>alert(1)</script>\n```",
    "```x onclick=alert(1)\n</code></pre><script>alert(1)</script>\n```",
    "`</code><script>alert(1)</script>`",
    "- [ ] x {#\"><script>alert(1)</script>}",
    "- [ ] <script>alert(1)</script> \"onclick=\"x",
    "[^\"><script>]: <script>alert(1)</script>\n\nx[^\"><script>]",
    "[[page:safe|<script>alert(1)</script>]] [[page:safe|\" onclick=\"alert(1)]]",
    "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |",
    "> [!NOTE\" onclick=\"x]\n> <script>alert(1)</script>",
    "x\n: <script>alert(1)</script>",
    "[a<b onclick=alert(1)>](https://a.example \"<script>\")",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script> \\<script>",
];

#[test]
fn nothing_runs_in_a_page() {
    let project = Project::new()
        .with("content/img/p.png", "x")
        .with("content/safe.md", page("", "Safe."));
    let tricks: Vec<&str> = RAW.iter().chain(MARKDOWN).copied().collect();
    for (number, trick) in tricks.iter().enumerate() {
        project.write(&format!("content/block-{number}.md"), page("", trick));
        let inside = format!("Text {trick} text.\n\n> - {trick}\n");
        project.write(&format!("content/inline-{number}.md"), page("", &inside));
    }
    // What has an error is no page at all; the others must be harmless.
    let mut reported = 0;
    for finding in project.findings() {
        let path =
            finding.split(' ').nth(1).and_then(|at| at.split(':').next()).unwrap_or("");
        if ERRORS.iter().any(|code| finding.starts_with(code)) && project.has(path) {
            project.remove(path);
            reported += 1;
        }
    }
    assert_eq!(endures("tricks", &project).status, 0);
    let mut wrong = String::new();
    for (path, bytes) in project
        .site()
        .iter()
        .filter(|(path, _)| path.contains("ne-") || path.contains("block-"))
    {
        let number: usize =
            path.trim_matches(|c: char| !c.is_ascii_digit()).parse().unwrap();
        for fault in faults(&String::from_utf8_lossy(bytes)) {
            wrong += &format!("{path}: {fault}: {:?}\n", tricks[number]);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    println!("{} tricks, {reported} pages with an error", tricks.len());
}

/// Codes that stop a page from being built.
const ERRORS: &[&str] =
    &["unknown-", "bad-", "outside-", "wrong-", "ambiguous-", "duplicate-id"];

#[test]
fn nothing_runs_from_a_field() {
    let trick =
        "<script>alert(1)</script><img src=img/p.png onerror=alert(1)>\\\" onclick=\\\"x";
    let trick = trick.replace("img/p.png", "/img/picture.png");
    let project = Project::new();
    for (path, text) in SAMPLES {
        let quote = |line: &str| match line.split_once(": ") {
            Some((key, value)) if is_prose(key) => {
                format!("{key}: \"{trick} {}\"\n", value.replace('"', ""))
            }
            _ => format!("{line}\n"),
        };
        let text = match path.ends_with(".png") {
            true => (*text).to_owned(),
            false => text.lines().map(quote).collect(),
        };
        project.write(path, text);
    }
    project.write("content/site.yaml", format!("title: \"{trick}\"\ntheme: bare\n"));
    let run = endures("fields", &project);
    assert_eq!(run.status, 0, "{}", run.stderr);
    for (path, bytes) in project.site().iter().filter(|(path, _)| path.ends_with(".html"))
    {
        let html = String::from_utf8_lossy(bytes);
        assert_eq!(faults(&html), [""; 0], "{path}");
        let head = html.split("</head>").next().unwrap_or("").replace("<meta", "");
        assert!(!head.contains("<script") && !head.contains("<img"), "{path}: {head}");
    }
}

/// Fields of the samples that hold words.
fn is_prose(key: &str) -> bool {
    let key = key.trim_start_matches([' ', '-']);
    let prose = [
        "title",
        "summary",
        "outcome",
        "origin",
        "use_when",
        "hurts_when",
        "head_start",
        "gap",
        "evidence",
        "why",
        "line",
        "weak",
        "strong",
        "q",
        "prompt",
        "term",
        "meaning",
        "  general",
    ];
    prose.contains(&key)
}

#[test]
fn addresses_of_settings_are_addresses() {
    for field in ["url", "repository"] {
        for value in
            ["javascript:alert(1)", "data:text/html,x", "//evil", "https://a\"b<c>"]
        {
            let settings = format!("title: A\ntheme: bare\n{field}: '{value}'\n");
            let project = Project::new().with("content/site.yaml", settings);
            let run = endures(value, &project);
            assert_eq!(run.status, 1, "{field}: {value}");
        }
    }
    let sources = "sources: [{title: A, url: 'javascript:alert(1)', kind: opinion}]\n";
    let project = Project::new().with("content/a.md", page(sources, ""));
    assert_eq!(endures("sources", &project).status, 1);
}

#[test]
fn formatting_that_multiplies_does_not() {
    let opened: String = (0..400).map(|n| format!("<b id=\"b{n}\">")).collect();
    let cases = [
        ("elements", crate::flood("<b>")),
        ("divisions", crate::flood("<div>")),
        ("links", crate::flood("<a href=\"https://a.example\">")),
        ("formatting", format!("<p>{opened}{}", "<p>x".repeat(400_000 / SHARE))),
        ("rows", format!("<table>{}", crate::flood("<tr><b>"))),
        ("attributes", format!("<b {}>x</b>", "a=b ".repeat(400_000 / SHARE))),
        (
            "one attribute",
            format!("<b title=\"{}\">x</b>", "&quot;".repeat(300_000 / SHARE)),
        ),
        ("closings", crate::flood("</b>")),
        ("crossed", crate::flood("<b><p></b></p>")),
    ];
    for (name, text) in cases {
        let project = Project::new().with("content/a.md", page("", &text));
        endures(name, &project);
    }
}
