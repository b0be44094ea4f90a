//! One request, as far as it matters here.
//!
//! In: the bytes before the first empty line. Out: a [`Request`], or the status with
//! which it is refused. Keeps true: nothing but GET and HEAD without a body gets
//! through, and only from a page of this server; the path is text without tricks.

use std::net::IpAddr;

use super::response::Status;
use crate::syntax::url::percent_decode;

/// The longest head of a request, in bytes.
pub(super) const LONGEST_HEAD: usize = 16 << 10;
/// The most headers of a request.
const MOST_HEADERS: usize = 64;

/// A request that may be answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// The decoded path without the slash at its beginning, `steps/look-within`.
    pub path: String,
    /// Whether only the head of the answer is wanted.
    pub head: bool,
    /// `If-None-Match`.
    pub known: Option<String>,
    /// `Range`.
    pub range: Option<String>,
    /// `If-Range`.
    pub range_of: Option<String>,
    /// Whether another request may follow on the connection.
    pub keep: bool,
}

impl Request {
    /// A request for a path, as a browser that knows nothing yet makes it.
    pub fn get(path: &str) -> Self {
        Self { path: path.to_owned(), keep: true, ..Self::default() }
    }

    /// Reads the head of a request and the number of its bytes; `None` if its end has not
    /// come yet. `own` is the name that the server was told to listen on.
    pub fn read(bytes: &[u8], own: &str) -> Result<Option<(Self, usize)>, Status> {
        let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
        let mut head = httparse::Request::new(&mut headers);
        match head.parse(bytes) {
            Ok(httparse::Status::Complete(length)) => {
                Self::of(&head, own).map(|request| Some((request, length)))
            }
            Ok(httparse::Status::Partial) if bytes.len() < LONGEST_HEAD => Ok(None),
            Ok(httparse::Status::Partial) | Err(httparse::Error::TooManyHeaders) => {
                Err(Status::TooLarge)
            }
            Err(_) => Err(Status::Bad),
        }
    }

    fn of(head: &httparse::Request<'_, '_>, own: &str) -> Result<Self, Status> {
        let host = header(head, "host")?.ok_or(Status::Bad)?;
        if !is_ours(host, own) {
            return Err(Status::Forbidden);
        }
        let only_head = match head.method {
            Some("GET") => false,
            Some("HEAD") => true,
            _ => return Err(Status::Method),
        };
        let body = header(head, "content-length")?.is_some_and(|length| length != "0");
        if body || header(head, "transfer-encoding")?.is_some() {
            return Err(Status::Bad);
        }
        let connection = header(head, "connection")?.unwrap_or("").to_ascii_lowercase();
        let text = |name| header(head, name).map(|value| value.map(str::to_owned));
        Ok(Self {
            path: path(head.path.unwrap_or("")).ok_or(Status::Bad)?,
            head: only_head,
            known: text("if-none-match")?,
            range: text("range")?,
            range_of: text("if-range")?,
            keep: head.version == Some(1) && !connection.contains("close"),
        })
    }
}

/// The value of a header; one that stands there twice, or is no text, is refused.
fn header<'h>(
    head: &httparse::Request<'h, '_>,
    name: &str,
) -> Result<Option<&'h str>, Status> {
    let mut all = head.headers.iter().filter(|one| one.name.eq_ignore_ascii_case(name));
    let Some(first) = all.next() else { return Ok(None) };
    let value = std::str::from_utf8(first.value).map_err(|_| Status::Bad)?.trim();
    if all.next().is_some() { Err(Status::Bad) } else { Ok(Some(value)) }
}

/// Whether a browser that sends this `Host` means this server. A name from outside that
/// was made to point here is refused; an address in digits cannot be made to.
fn is_ours(host: &str, own: &str) -> bool {
    let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((inside, _)) => inside,
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    let name = name.to_ascii_lowercase();
    let local = name == "localhost" || name.ends_with(".localhost");
    local || name.eq_ignore_ascii_case(own) || name.parse::<IpAddr>().is_ok()
}

/// The decoded path of a target without query and fragment.
fn path(target: &str) -> Option<String> {
    let target = match target.strip_prefix("http://") {
        Some(rest) => &rest[rest.find('/')?..],
        None => target,
    };
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let whole = path.match_indices('%').all(|(at, _)| is_code(&path[at + 1..]));
    let path = whole.then(|| percent_decode(path).into_owned())?;
    let plain = !path.contains(|c: char| c.is_control() || c == '\\' || c == '\u{fffd}');
    plain.then_some(path)
}

fn is_code(text: &str) -> bool {
    text.len() >= 2 && text.bytes().take(2).all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::{Request, is_ours, path};
    use crate::serve::Status;

    fn read(text: &str) -> Result<Option<Request>, Status> {
        let read = Request::read(text.as_bytes(), "127.0.0.1");
        read.map(|read| read.map(|(request, _)| request))
    }

    #[test]
    fn a_request_is_read_to_its_end_and_no_further() {
        let text = "GET /a%20b?q HTTP/1.1\r\nHost: localhost:4000\r\n\r\nrest";
        let (request, length) = Request::read(text.as_bytes(), "").unwrap().unwrap();
        assert_eq!((request, length), (Request::get("a b"), text.len() - 4));
        assert_eq!(read("GET / HTTP/1.1\r\nHost: x"), Ok(None));
    }

    #[test]
    fn what_is_no_plain_question_is_refused() {
        let cases = [
            ("GET / HTTP/1.1\r\n\r\n", Status::Bad),
            ("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", Status::Forbidden),
            ("GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\n\r\n", Status::Bad),
            ("POST / HTTP/1.1\r\nHost: localhost\r\n\r\n", Status::Method),
            (
                "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\n",
                Status::Bad,
            ),
            ("GET nothing HTTP/1.1\r\nHost: localhost\r\n\r\n", Status::Bad),
            ("\u{1}\u{2}\u{3}\r\n\r\n", Status::Bad),
        ];
        for (text, status) in cases {
            assert_eq!(read(text), Err(status), "{text:?}");
        }
    }

    #[test]
    fn endless_heads_are_refused() {
        let long = format!("GET /{} HTTP/1.1\r\n", "x".repeat(super::LONGEST_HEAD));
        assert_eq!(read(&long), Err(Status::TooLarge));
        let many = format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(100));
        assert_eq!(read(&many), Err(Status::TooLarge));
    }

    #[test]
    fn a_host_is_ours_by_name_or_in_digits() {
        let ours = ["localhost", "LOCALHOST:1", "a.localhost", "127.0.0.1:4", "[::1]:80"];
        for host in ours.into_iter().chain(["10.1.2.3", "my-laptop:4000"]) {
            assert!(is_ours(host, "my-laptop"), "{host}");
        }
        for host in ["evil", "localhost.evil.example", "127.0.0.1.evil", "", ":80", "[x]"]
        {
            assert!(!is_ours(host, "my-laptop"), "{host}");
        }
    }

    #[test]
    fn a_path_is_decoded_once_and_has_no_tricks() {
        assert_eq!(path("/a/%C3%BC?x#y").as_deref(), Some("a/ü"));
        assert_eq!(path("http://localhost/a").as_deref(), Some("a"));
        assert_eq!(path("/%252e%252e/x").as_deref(), Some("%2e%2e/x"));
        for target in ["", "a", "*", "/%", "/%g0", "/%00", "/a%0d%0aX: y", "/%5c"] {
            assert_eq!(path(target), None, "{target}");
        }
    }
}
