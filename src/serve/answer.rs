//! Requests to answers.
//!
//! In: the newest edition and a request. Out: a [`Response`]. Keeps true: what is served
//! is an address of the site or one of our own; the disk is reached only through the
//! site's list of assets; a page that cannot be made does not end the server.

use std::path::Path;

use serde_json::Value;
use xxhash_rust::xxh3::xxh3_64;

use super::board::{Board, Edition};
use super::desk::Options;
use super::request::Request;
use super::response::{Body, Response, Status};
use super::route::{self, Route};
use super::sweep::{Made, Served};
use super::{eye, live, mime};
use crate::diagnostic::Checked;

const JSON: &str = "application/json";
const PAGE: &str = "text/html; charset=utf-8";

/// Answers a request.
pub fn answer(board: &Board, options: &Options, request: &Request) -> Response {
    let edition = board.newest();
    if let Some(own) = request.path.strip_prefix(live::FOLDER) {
        return ours(&edition, options, (own, request));
    }
    match route::route(&edition.site, &request.path) {
        Route::File(address) => {
            if mime::is_page(&address) {
                board.asked_for(&address);
            }
            file(&edition, &address, request)
        }
        Route::Folder(address) => moved(&address),
        Route::Missing => missing(&edition, request),
    }
}

/// One of our own addresses.
fn ours(
    edition: &Edition,
    options: &Options,
    (own, request): (&str, &Request),
) -> Response {
    if own == "events" {
        return Response::new(Status::Ok, "text/event-stream", Body::Events);
    }
    if let Some((name, text)) = live::SCRIPTS.iter().find(|(name, _)| *name == own) {
        return bytes(mime::kind(name), text.as_bytes().to_vec(), request);
    }
    let page = own.strip_prefix("eye/").map(|path| route::route(&edition.site, path));
    let Some(Route::File(address)) = page else {
        return Response::refusal(Status::Missing);
    };
    let seen = eye::look(&edition.site, &address, (&options.project, &options.editor));
    bytes(JSON, seen.unwrap_or(Value::Null).to_string().into_bytes(), request)
}

fn bytes(kind: &str, bytes: Vec<u8>, request: &Request) -> Response {
    let tag = xxh3_64(&bytes);
    Response::new(Status::Ok, kind, Body::Bytes(bytes)).tagged(request, tag)
}

/// The redirect to a folder of the site.
fn moved(address: &str) -> Response {
    let mut response = Response::refusal(Status::Moved);
    response.put("Location", format!("/{}", crate::syntax::url::percent_encode(address)));
    response
}

fn file(edition: &Edition, address: &str, request: &Request) -> Response {
    let Some(made) = made(edition, address) else {
        return broken(request);
    };
    match made {
        Made::Copy(place) => copy(edition, (address, &place), request),
        Made::Bytes(own) if mime::is_page(address) => {
            let (page, hash) = live::add(&own);
            Response::new(Status::Ok, PAGE, Body::Bytes(page)).tagged(request, hash)
        }
        Made::Bytes(own) => bytes(mime::kind(address), own, request),
    }
}

/// A file of the site, or what it was when it could be made last.
fn made(edition: &Edition, address: &str) -> Option<Made> {
    let sound = |site: &Served| {
        let Checked { value, findings } = site.make(address)?;
        let findings = findings.settled(&site.catalog().settings.levels);
        (!findings.has_errors()).then_some(value)
    };
    sound(&edition.site).or_else(|| sound(edition.good.as_ref()?))
}

/// The page in place of one that was never well: the panel over it says why.
fn broken(request: &Request) -> Response {
    let page = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
                <title>This page cannot be made</title></head>\
                <body><p>This page cannot be made.</p></body></html>";
    let (page, hash) = live::add(page.as_bytes());
    let mut response = Response::new(Status::Failed, PAGE, Body::Bytes(page));
    if request.known.is_some() {
        response.put("ETag", format!("\"{hash:016x}\""));
    }
    response
}

/// A file that lies in the project. A page among them gets our script too.
fn copy(
    edition: &Edition,
    (address, place): (&str, &Path),
    request: &Request,
) -> Response {
    let Ok(meta) = place.metadata() else { return missing(edition, request) };
    if mime::is_page(address) {
        let Ok(page) = std::fs::read(place) else { return missing(edition, request) };
        let (page, hash) = live::add(&page);
        return Response::new(Status::Ok, PAGE, Body::Bytes(page)).tagged(request, hash);
    }
    let stamp = crate::source::Stamp::of(place);
    let tag = xxh3_64(format!("{stamp:?}").as_bytes());
    let body = Body::File(place.to_owned(), 0..meta.len());
    Response::new(Status::Ok, mime::kind(address), body).tagged(request, tag)
}

/// The site's own page for what is not there, with what may be meant.
fn missing(edition: &Edition, request: &Request) -> Response {
    let page = match made(edition, "404.html") {
        Some(Made::Bytes(page)) => String::from_utf8_lossy(&page).into_owned(),
        _ => return Response::refusal(Status::Missing),
    };
    let url = edition.site.catalog().settings.url.as_deref();
    let page = from_root(&page, url);
    let near = suggestions(&route::near(&edition.site, &request.path));
    let at = page.find("</main>").or_else(|| page.find("</body>")).unwrap_or(page.len());
    let page = format!("{}{near}{}", &page[..at], &page[at..]);
    let (page, hash) = live::add(page.as_bytes());
    let mut response = Response::new(Status::Missing, PAGE, Body::Bytes(page));
    response.put("ETag", format!("\"{hash:016x}\""));
    response
}

/// A page that can be shown at any address: what it asks for begins at the root.
fn from_root(page: &str, url: Option<&str>) -> String {
    let mut rooted = String::with_capacity(page.len() + 200);
    let mut rest = page;
    while let Some(at) = [" href=\"", " src=\""]
        .iter()
        .filter_map(|name| Some(rest.find(name)? + name.len()))
        .min()
    {
        rooted.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(inside) = url.and_then(|url| rest.strip_prefix(url)) {
            rooted.push('/');
            rest = inside;
        } else if is_relative(rest) {
            rooted.push('/');
        }
    }
    rooted + rest
}

fn is_relative(value: &str) -> bool {
    let address = value.split('"').next().unwrap_or("");
    let scheme = address.split(['/', '?', '#']).next().unwrap_or("").contains(':');
    !address.is_empty() && !address.starts_with(['/', '#', '?']) && !scheme
}

fn suggestions(near: &[&str]) -> String {
    if near.is_empty() {
        return String::new();
    }
    let items = near.iter().map(|address| {
        let mut text = String::new();
        let _ = pulldown_cmark_escape::escape_html(&mut text, address);
        format!("<li><a href=\"/{text}\">{text}</a></li>")
    });
    format!("<ul data-near>{}</ul>", items.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::from_root;

    #[test]
    fn a_page_for_any_address_asks_from_the_root() {
        let page = "<a href=\"a.html\"><img src=\"https://x.example/y\"><a href=\"#z\">";
        let expected =
            "<a href=\"/a.html\"><img src=\"https://x.example/y\"><a href=\"#z\">";
        assert_eq!(from_root(page, None), expected);
        let page = "<a href=\"https://a.example/r/b.html\">";
        let url = Some("https://a.example/r/");
        assert_eq!(from_root(page, url), "<a href=\"/b.html\">");
    }
}
