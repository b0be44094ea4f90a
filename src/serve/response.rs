//! One answer, and how it is written to a connection.
//!
//! Keeps true: no byte of a request gets into a head; an answer with a body says how long
//! it is, or ends the connection.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write};
use std::ops::Range;
use std::path::PathBuf;

use super::request::Request;

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Here it is.
    Ok,
    /// Here is a part of it.
    Partial,
    /// It is elsewhere.
    Moved,
    /// It is as it was.
    Same,
    /// This is no request.
    Bad,
    /// It is meant for another server.
    Forbidden,
    /// There is no such thing.
    Missing,
    /// Only GET and HEAD are answered.
    Method,
    /// There is no such part.
    Range,
    /// The head is too long.
    TooLarge,
    /// It could not be made.
    Failed,
    /// Too many ask at the same time.
    Busy,
}

impl Status {
    /// The code and the words of the first line.
    pub fn line(self) -> (u16, &'static str) {
        match self {
            Self::Ok => (200, "OK"),
            Self::Partial => (206, "Partial Content"),
            Self::Moved => (301, "Moved Permanently"),
            Self::Same => (304, "Not Modified"),
            Self::Bad => (400, "Bad Request"),
            Self::Forbidden => (403, "Forbidden"),
            Self::Missing => (404, "Not Found"),
            Self::Method => (405, "Method Not Allowed"),
            Self::Range => (416, "Range Not Satisfiable"),
            Self::TooLarge => (431, "Request Header Fields Too Large"),
            Self::Failed => (500, "Internal Server Error"),
            Self::Busy => (503, "Service Unavailable"),
        }
    }
}

/// What is sent behind the head.
#[derive(Debug)]
pub enum Body {
    /// These bytes.
    Bytes(Vec<u8>),
    /// These bytes of a file.
    File(PathBuf, Range<u64>),
    /// All news from now on.
    Events,
}

/// An answer.
#[derive(Debug)]
pub struct Response {
    /// What became of the request.
    pub status: Status,
    /// The head: names and values.
    pub headers: Vec<(&'static str, String)>,
    /// The rest.
    pub body: Body,
}

impl Response {
    /// An answer with a body of this type.
    pub fn new(status: Status, kind: &str, body: Body) -> Self {
        let mut response = Self { status, headers: Vec::new(), body };
        response.put("Content-Type", kind);
        response.put("Cache-Control", "no-cache");
        response.put("X-Content-Type-Options", "nosniff");
        response.put("Cross-Origin-Resource-Policy", "same-origin");
        response
    }

    /// A refusal in a few words.
    pub fn refusal(status: Status) -> Self {
        let (code, words) = status.line();
        let text = format!("{code} {words}\n").into_bytes();
        let mut response =
            Self::new(status, "text/plain; charset=utf-8", Body::Bytes(text));
        if status == Status::Method {
            response.put("Allow", "GET, HEAD");
        }
        response
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn put(&mut self, name: &'static str, value: impl Into<String>) {
        self.headers.push((name, value.into()));
    }

    /// The same answer with a name for its bytes: nothing is sent again that is known,
    /// and parts can be asked for.
    #[must_use]
    pub(super) fn tagged(mut self, request: &Request, tag: u64) -> Self {
        let tag = format!("\"{tag:016x}\"");
        self.put("ETag", tag.clone());
        let known = request.known.as_deref().unwrap_or("").split(',').map(str::trim);
        let known = known.map(|known| known.trim_start_matches("W/"));
        if known.into_iter().any(|known| known == tag || known == "*") {
            self.status = Status::Same;
            self.body = Body::Bytes(Vec::new());
            return self;
        }
        self.put("Accept-Ranges", "bytes");
        let unchanged = request.range_of.as_ref().is_none_or(|known| *known == tag);
        match request.range.as_deref().filter(|_| unchanged) {
            Some(range) => self.part(range),
            None => self,
        }
    }

    /// The part that a `Range` wants; one that is not understood is passed over.
    fn part(mut self, range: &str) -> Self {
        let length = self.length();
        let Some((first, last)) = ends(range) else { return self };
        let part = match (first, last) {
            (Some(first), last) => {
                first..last.map_or(length, |last| last + 1).min(length)
            }
            (None, Some(count)) => length.saturating_sub(count)..length,
            (None, None) => return self,
        };
        if part.is_empty() {
            let mut refusal = Self::refusal(Status::Range);
            refusal.put("Content-Range", format!("bytes */{length}"));
            return refusal;
        }
        let Range { start, end } = part;
        self.put("Content-Range", format!("bytes {start}-{}/{length}", end - 1));
        self.status = Status::Partial;
        self.body = match self.body {
            Body::Bytes(bytes) => {
                let inside = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
                Body::Bytes(bytes[inside(start)..inside(end)].to_vec())
            }
            Body::File(place, _) => Body::File(place, start..end),
            Body::Events => Body::Events,
        };
        self
    }

    fn length(&self) -> u64 {
        match &self.body {
            Body::Bytes(bytes) => bytes.len() as u64,
            Body::File(_, range) => range.end - range.start,
            Body::Events => 0,
        }
    }

    /// Whether the connection ends with this answer.
    pub(super) fn ends(&self) -> bool {
        let refused = matches!(
            self.status,
            Status::Bad
                | Status::Forbidden
                | Status::Method
                | Status::TooLarge
                | Status::Busy
        );
        refused || matches!(self.body, Body::Events)
    }

    /// Writes head and body; what [`Body::Events`] stands for is written elsewhere.
    pub(super) fn write(
        &self,
        head_only: bool,
        keep: bool,
        to: &mut impl Write,
    ) -> io::Result<()> {
        let (code, words) = self.status.line();
        let mut head = format!("HTTP/1.1 {code} {words}\r\n");
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if !matches!(self.body, Body::Events) && self.status != Status::Same {
            head.push_str(&format!("Content-Length: {}\r\n", self.length()));
        }
        head.push_str(if keep { "\r\n" } else { "Connection: close\r\n\r\n" });
        let mut bytes = head.into_bytes();
        match &self.body {
            Body::Bytes(body) if !head_only => bytes.extend_from_slice(body),
            Body::File(place, range) if !head_only => {
                to.write_all(&bytes)?;
                return copy(place, range, to);
            }
            _ => {}
        }
        to.write_all(&bytes)
    }
}

/// The first and the last byte of `bytes=FIRST-LAST`; several parts are not given.
fn ends(range: &str) -> Option<(Option<u64>, Option<u64>)> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| match text.trim() {
        "" => Some(None),
        text => text.parse().ok().filter(|number| *number < u64::MAX).map(Some),
    };
    Some((number(first)?, number(last)?))
}

/// A file that has become shorter ends the connection, since its length was told.
fn copy(place: &PathBuf, range: &Range<u64>, to: &mut impl Write) -> io::Result<()> {
    let mut file = File::open(place)?;
    file.seek(SeekFrom::Start(range.start))?;
    let length = range.end - range.start;
    let copied = io::copy(&mut file.take(length), to)?;
    if copied == length { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use super::{Body, Response, Status};
    use crate::serve::request::Request;

    fn answer(request: &Request) -> String {
        let body = Body::Bytes(b"0123456789".to_vec());
        let response = Response::new(Status::Ok, "text/plain", body).tagged(request, 7);
        let mut bytes = Vec::new();
        response.write(request.head, true, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    fn ranged(range: &str) -> (String, String) {
        let request = Request { range: Some(range.into()), ..Request::get("") };
        let answer = answer(&request);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.lines().next().unwrap_or("").to_owned(), body.to_owned())
    }

    #[test]
    fn what_is_known_is_not_sent_again() {
        for known in ["\"0000000000000007\"", "\"x\", W/\"0000000000000007\"", "*"] {
            let request = Request { known: Some(known.into()), ..Request::get("") };
            assert!(answer(&request).starts_with("HTTP/1.1 304 "), "{known}");
        }
        let request = Request { known: Some("\"x\"".into()), ..Request::get("") };
        assert!(answer(&request).ends_with("\r\n\r\n0123456789"));
    }

    #[test]
    fn a_head_tells_the_length_and_has_no_body() {
        let answer = answer(&Request { head: true, ..Request::get("") });
        assert!(answer.ends_with("Content-Length: 10\r\n\r\n"), "{answer}");
    }

    #[test]
    fn parts_can_be_asked_for() {
        let partial = "HTTP/1.1 206 Partial Content".to_owned();
        for (range, body) in [
            ("bytes=2-4", "234"),
            ("bytes=7-", "789"),
            ("bytes=-3", "789"),
            ("bytes=8-99", "89"),
        ] {
            assert_eq!(ranged(range), (partial.clone(), body.to_owned()), "{range}");
        }
        assert_eq!(ranged("bytes=10-").0, "HTTP/1.1 416 Range Not Satisfiable");
        for odd in [
            "bytes=a-b",
            "lines=1-2",
            "bytes=1-2,4-5",
            "bytes=-",
            "bytes=5-18446744073709551615",
        ] {
            assert_eq!(ranged(odd).0, "HTTP/1.1 200 OK", "{odd}");
        }
        assert_eq!(ranged("bytes=5-2").0, "HTTP/1.1 416 Range Not Satisfiable");
    }
}
