//! Connections: one thread each, so that none can hold up another.
//!
//! In: a listener. Out: answers. Keeps true: a client may be slow, silent or rude, and
//! costs no more than its own thread for a limited time; an error in accepting does not
//! end the server; a panic ends one connection.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::answer::answer;
use super::board::Board;
use super::desk::Options;
use super::request::{LONGEST_HEAD, Request};
use super::response::{Body, Response, Status};

/// The most connections at a time; a browser uses six.
const MOST: usize = 2000;
/// How long a connection may be silent between two requests.
const IDLE: Duration = Duration::from_secs(120);
/// How long a request may take to arrive, and how long a client may take to read.
const SLOW: Duration = Duration::from_secs(15);
/// How often a quiet stream of events shows that it is alive.
const PING: Duration = Duration::from_secs(15);
/// The pause after an error in accepting, such as too many open files.
const PAUSE: Duration = Duration::from_millis(50);
/// How much of what nobody asked for is read before a connection is closed.
const REST: u64 = 1 << 20;
const REST_TIME: Duration = Duration::from_millis(200);

/// What all connections share.
pub(super) struct Server {
    board: Arc<Board>,
    options: Arc<Options>,
    /// The name that the server was told to listen on.
    host: String,
    open: AtomicUsize,
}

/// A connection that is counted while it is open.
struct Guest(Arc<Server>);

impl Drop for Guest {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Answers all who connect. `host` is the name or address that was asked for. Never ends.
pub fn serve(
    listener: &TcpListener,
    board: Arc<Board>,
    options: Arc<Options>,
    host: &str,
) -> ! {
    let (host, open) = (host.to_owned(), AtomicUsize::new(0));
    let server = Arc::new(Server { board, options, host, open });
    loop {
        match listener.accept() {
            Ok((stream, _)) => welcome(&server, stream),
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
            Err(_) => std::thread::sleep(PAUSE),
        }
    }
}

fn welcome(server: &Arc<Server>, mut stream: TcpStream) {
    let before = server.open.fetch_add(1, Ordering::Relaxed);
    let guest = Guest(Arc::clone(server));
    let _ = stream.set_write_timeout(Some(SLOW));
    let _ = stream.set_nodelay(true);
    if before >= MOST {
        let _ = Response::refusal(Status::Busy).write(false, false, &mut stream);
        return;
    }
    // Without a thread the connection is closed, and there may be one for the next.
    let builder = std::thread::Builder::new().name("connection".to_owned());
    let _ = builder.spawn(move || {
        let _ = converse(&guest.0, &mut stream);
        close(&mut stream);
    });
}

/// Answers the requests of a connection until one of both sides ends it.
fn converse(server: &Server, stream: &mut TcpStream) -> io::Result<()> {
    let mut buffer = Vec::with_capacity(2048);
    loop {
        let request = match receive(stream, &mut buffer, &server.host)? {
            None => return Ok(()),
            Some(Err(status)) => {
                return Response::refusal(status).write(false, false, stream);
            }
            Some(Ok(request)) => request,
        };
        let response = answer(&server.board, &server.options, &request);
        let keep = request.keep && !response.ends();
        response.write(request.head, keep, stream)?;
        if matches!(response.body, Body::Events) && !request.head {
            return tell(&server.board, stream);
        }
        if !keep {
            return Ok(());
        }
    }
}

/// The next request; `None` at the end of the connection. What follows it stays in the
/// buffer.
fn receive(
    stream: &mut TcpStream,
    buffer: &mut Vec<u8>,
    host: &str,
) -> io::Result<Option<Result<Request, Status>>> {
    let mut begun: Option<Instant> = None;
    loop {
        match Request::read(buffer, host) {
            Ok(Some((request, length))) => {
                buffer.drain(..length);
                return Ok(Some(Ok(request)));
            }
            Err(status) => return Ok(Some(Err(status))),
            Ok(None) => {}
        }
        if !buffer.is_empty() {
            begun.get_or_insert_with(Instant::now);
        }
        let patience = begun.map_or(IDLE, |begun| SLOW.saturating_sub(begun.elapsed()));
        if patience.is_zero() {
            return Ok(None);
        }
        stream.set_read_timeout(Some(patience))?;
        let mut part = [0; 4096];
        let count = stream.read(&mut part)?;
        if count == 0 {
            return Ok(None);
        }
        let room = (LONGEST_HEAD + part.len()).saturating_sub(buffer.len());
        buffer.extend_from_slice(&part[..count.min(room)]);
    }
}

/// Tells of each edition, from the newest on.
fn tell(board: &Board, stream: &mut TcpStream) -> io::Result<()> {
    let mut known = 0;
    loop {
        match board.after(known, PING) {
            Some(edition) => {
                let news = edition.news(board.run(), known);
                known = edition.number;
                drop(edition);
                stream.write_all(format!("data: {news}\n\n").as_bytes())?;
            }
            None => stream.write_all(b":\n\n")?,
        }
    }
}

/// Ends a connection so that the last answer arrives: what is still coming is read first,
/// since what is left unread would take the answer with it.
fn close(stream: &mut TcpStream) {
    let _ = stream.shutdown(Shutdown::Write);
    let _ = stream.set_read_timeout(Some(REST_TIME));
    let start = Instant::now();
    let (mut read, mut part) = (0, [0; 4096]);
    while read < REST && start.elapsed() < SLOW {
        match stream.read(&mut part) {
            Ok(0) | Err(_) => return,
            Ok(count) => read += count as u64,
        }
    }
}
