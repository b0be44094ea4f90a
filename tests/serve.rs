//! The server as a stranger meets it, and the watcher as an editor does: the program, a
//! socket, and files that change. Nothing here waits for a fixed time: an answer or an
//! event ends each wait.

#![expect(clippy::disallowed_methods, reason = "this test looks at the disk")]

#[allow(dead_code, reason = "each test uses its part of it")]
mod common;
#[path = "serve/running.rs"]
mod running;

use std::io::{Read as _, Write as _};
use std::net::Shutdown;

use common::Project;
use running::{Running, status};

// ── what is answered ───────────────────────────────────────────────────────────────────

#[test]
fn addresses_are_those_of_the_site() {
    let server = Running::start(Project::full(), &[]);
    for (path, expected) in [
        ("/", 200),
        ("/index.html", 200),
        ("/tools/rice.html", 200),
        ("/tools/rice", 200),
        ("/tools/rice?x=y", 200),
        ("/tools/", 200),
        ("/tools", 301),
        ("/img/picture.png", 200),
        ("/.nojekyll", 200),
        ("/playbooks/old-visit.html", 200),
        ("/tools/rice.html/", 404),
        ("/Tools/rice.html", 404),
        ("/content/index.md", 404),
        ("/nothing", 404),
    ] {
        assert_eq!(status(&server.get(path)), expected, "{path}");
    }
    assert!(server.get("/tools").contains("\r\nLocation: /tools/\r\n"));
    assert!(server.get("/tools/rise").contains("href=\"/tools/rice.html\""));
}

#[test]
fn a_page_is_sent_once_and_has_our_script() {
    let server = Running::start(Project::full(), &[]);
    let page = server.get("/tools/rice.html");
    assert_eq!(page.matches("/.pmjump/live.js").count(), 1);
    assert!(page.contains("Cache-Control: no-cache\r\n"));
    let tag = page.split("ETag: ").nth(1).and_then(|rest| rest.split("\r\n").next());
    let known = format!("If-None-Match: {}\r\n", tag.expect("a page has a tag"));
    let again = server.ask("/tools/rice.html", &known);
    assert_eq!((status(&again), again.ends_with("\r\n\r\n")), (304, true));
    let part = server.ask("/img/picture.png", "Range: bytes=1-2\r\n");
    assert!(part.contains("Content-Range: bytes 1-2/"), "{part}");
    let build = server.project.build();
    assert_eq!(build.status, 0);
    assert!(!server.project.read("site/tools/rice.html").contains(".pmjump"));
}

#[test]
fn nothing_outside_the_site_is_served() {
    let server = Running::start(Project::full(), &[]);
    let up =
        ["..", "%2e%2e", "%2E%2e", ".%2e", "%252e%252e", "..%00", "%c0%ae%c0%ae", "..\\"];
    let slashes = ["/", "%2f", "%5c", "//", "/./"];
    for up in up {
        for slash in slashes {
            let way = format!("{up}{slash}").repeat(9);
            for target in ["etc/passwd", "content/site.yaml", "Cargo.toml"] {
                for path in [format!("/{way}{target}"), format!("/img/{way}{target}")] {
                    let answer = server.get(&path);
                    assert!(matches!(status(&answer), 400 | 404), "{path}: {answer}");
                    assert!(!answer.contains("root:") && !answer.contains("theme: bare"));
                }
            }
        }
    }
    server.is_well();
}

#[test]
fn only_pages_of_this_server_may_ask() {
    let server = Running::start(Project::full(), &[]);
    for (host, expected) in [
        ("localhost", 200),
        ("127.0.0.1:1", 200),
        ("[::1]", 200),
        ("evil", 403),
        ("evil.example:4000", 403),
        ("localhost.evil.example", 403),
    ] {
        let request =
            format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        assert_eq!(status(&server.send(request.as_bytes())), expected, "{host}");
    }
    assert_eq!(status(&server.send(b"GET / HTTP/1.1\r\n\r\n")), 400);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE", "get"] {
        let request = format!(
            "{method} / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\n{}",
            "x".repeat(200_000)
        );
        assert_eq!(status(&server.send(request.as_bytes())), 405, "{method}");
    }
}

#[test]
fn no_byte_of_a_request_gets_into_a_head() {
    let server = Running::start(Project::full(), &[]);
    for path in
        ["/%0d%0aSet-Cookie:%20a=b", "/tools%0d%0aX:1/", "/%0aX", "/x\tSet-Cookie"]
    {
        let answer = server.get(path);
        let head = answer.split("\r\n\r\n").next().unwrap_or("");
        assert!(!head.contains("Cookie") && !head.contains("\nX:"), "{path}: {head}");
    }
    let range =
        server.ask("/img/picture.png", "Range: bytes=1-2\tX: y\r\nIf-Range: z\r\n");
    assert!(!range.contains("X: y"));
}

#[test]
fn rude_and_broken_clients_are_answered_or_closed() {
    let server = Running::start(Project::full(), &[]);
    let long = "x".repeat(100_000);
    let mut raw: Vec<Vec<u8>> = vec![
        format!("GET /{long} HTTP/1.1\r\nHost: localhost\r\n\r\n").into_bytes(),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\nA: {long}\r\n\r\n").into_bytes(),
        format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(9000)).into_bytes(),
        long.into_bytes(),
        b"\r\n\r\n\r\n".to_vec(),
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n".to_vec(),
        b"GET http://evil/ HTTP/1.1\r\nHost: evil\r\n\r\n".to_vec(),
        b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n"
            .to_vec(),
        b"GET / HTTP/1.1\nHost: localhost\n\n".to_vec(),
        (0..=255).cycle().take(70_000).collect(),
        vec![0; 50_000],
    ];
    raw.extend((0..200_u32).map(|seed| noise(seed, 300)));
    for bytes in raw {
        let answer = server.send(&bytes);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 "), "{answer}");
    }
    server.is_well();
}

/// Bytes without meaning, the same ones each time.
fn noise(seed: u32, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
    let next = move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[0]
    };
    std::iter::repeat_with(next).take(length).collect()
}

#[test]
fn a_thousand_requests_at_a_time_are_answered_or_closed() {
    let server = Running::start(Project::full(), &[]);
    std::thread::scope(|scope| {
        let asking: Vec<_> = (0..1000)
            .map(|number| {
                let path =
                    ["/", "/tools/rice.html", "/img/picture.png", "/no"][number % 4];
                let server = &server;
                scope.spawn(move || status(&server.get(path)))
            })
            .collect();
        let mut answered = 0;
        for (number, answer) in asking.into_iter().enumerate() {
            let expected = if number % 4 == 3 { 404 } else { 200 };
            match answer.join().expect("it asked") {
                // A machine that is busy may close a connection or refuse it.
                0 | 503 => {}
                status => {
                    assert_eq!(status, expected);
                    answered += 1;
                }
            }
        }
        assert!(answered > 500, "{answered}");
    });
    server.is_well();
}

#[test]
fn silent_and_half_open_connections_hold_nobody_up() {
    let server = Running::start(Project::full(), &[]);
    let idle: Vec<_> = (0..200).map(|_| server.connect()).collect();
    let mut half: Vec<_> = (0..50).map(|_| server.connect()).collect();
    for stream in &mut half {
        stream.write_all(b"GET / HTTP/1.1\r\nHo").expect("it is open");
    }
    for stream in &half[..25] {
        stream.shutdown(Shutdown::Write).expect("it is open");
    }
    let _streams: Vec<_> = (0..20).map(|_| server.events()).collect();
    server.is_well();
    drop(idle);
    server.is_well();
}

#[test]
fn a_connection_takes_one_request_after_another() {
    let server = Running::start(Project::full(), &[]);
    let mut stream = server.connect();
    let one = "GET /.nojekyll HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let last = "HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    stream.write_all(format!("{one}{one}{last}").as_bytes()).expect("it is open");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("it answers and closes");
    assert_eq!(text.matches("HTTP/1.1 200 OK").count(), 3, "{text}");
    assert!(text.ends_with("Connection: close\r\n\r\n"), "{text}");
}

// ── how it starts and ends ─────────────────────────────────────────────────────────────

#[test]
fn a_port_that_was_asked_for_is_taken_or_refused() {
    let server = Running::start(Project::full(), &[]);
    let port = server.address.rsplit(':').next().expect("it has a port").to_owned();
    let other = Project::full();
    let run = other.run(&["serve", "--port", &port]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("cannot listen on 127.0.0.1:"), "{}", run.stderr);
    assert_eq!(Project::folder("empty").run(&["serve"]).status, 2);
    assert_eq!(other.run(&["serve", "--editor", "nano"]).status, 2);
}

#[test]
#[cfg(unix)]
fn control_c_ends_it_without_a_word() {
    let server = Running::start(Project::full(), &[]);
    let _stream = server.events();
    let (status, said) = server.interrupt();
    assert_eq!(status, Some(0));
    assert_eq!(said.lines().count(), 1, "{said}");
}

// ── how it watches ─────────────────────────────────────────────────────────────────────

const PAGE: &str = "content/about.md";

fn page(text: &str) -> String {
    format!("---\ntitle: About\nsummary: A page.\n---\n\n{text}\n")
}

#[track_caller]
fn sees_changes(server: &Running) {
    let project = &server.project;
    project.write(PAGE, page("One."));
    server.until("/about.html", "One.");
    // As editors save: beside it, then in its place.
    project.write("content/about.md~", page("Two."));
    let place = |path: &str| project.root.join(path);
    std::fs::rename(place("content/about.md~"), place(PAGE)).expect("it is there");
    server.until("/about.html", "Two.");
    project.write("content/playbooks/a/b/c/new.md", NEW);
    server.until("/playbooks/new.html", "A new page");
    std::fs::rename(place("content/playbooks/a"), place("content/playbooks/z"))
        .expect("it is there");
    project.remove("content/playbooks/z/b/c/new.md");
    server.until("/playbooks/new.html", "404");
    project.write("themes/bare/styles/new.css", "p {}");
    server.until("/theme/styles/new.css", "p {}");
    project.write("content/site.yaml", "title: Renamed\ntheme: bare\n");
    server.until("/", "Renamed");
}

const NEW: &str = "---\ntitle: A new page\nsummary: It is new.\nsteps: [look-within]\n\
skills: [insight]\n---\n\nText.\n";

#[test]
fn changes_are_seen_by_events() {
    sees_changes(&Running::start(Project::full(), &[]));
}

#[test]
fn changes_are_seen_by_looking() {
    let server = Running::start(Project::full(), &["--poll"]);
    assert!(server.said().contains("looking for changes"), "{}", server.said());
    sees_changes(&server);
}

#[test]
fn a_project_may_vanish_and_come_back() {
    let server = Running::start(Project::full(), &[]);
    let root = server.project.root.clone();
    let away = root.with_file_name("away");
    std::fs::rename(&root, &away).expect("it can be moved");
    let mut events = server.events();
    events.until(|news| news["trouble"].is_string());
    assert!(server.get("/tools/rice.html").contains("RICE"));
    std::fs::rename(&away, &root).expect("it can be moved back");
    events.until(|news| news["trouble"].is_null());
    sees_changes(&server);
}

#[test]
fn the_same_bytes_again_are_no_news() {
    let server = Running::start(Project::full(), &[]);
    let mut events = server.events();
    events.until(|news| news["edition"] == 1);
    server.project.write("content/site.yaml", common::SITE);
    server.project.write(PAGE, page("One."));
    events.until(|news| news["edition"] == 2);
}
