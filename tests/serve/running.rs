//! The program while it serves a project.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::common::Project;

/// How long an answer is waited for; a test that fails ends after this.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server; it ends with the test.
pub(crate) struct Running {
    pub(crate) project: Project,
    /// Host and port.
    pub(crate) address: String,
    child: Child,
    said: Arc<Mutex<String>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The news of a server as they come.
pub(crate) struct Events(BufReader<TcpStream>);

impl Running {
    /// Starts the program on any free port, and waits until it has said where.
    pub(crate) fn start(project: Project, more: &[&str]) -> Self {
        let arguments = [&["serve", "--port", "0"], more].concat();
        let mut command = project.command(&arguments);
        let mut child =
            command.stderr(Stdio::piped()).spawn().expect("it can be started");
        let mut stderr = BufReader::new(child.stderr.take().expect("it is piped"));
        let (said, mut address) = (Arc::new(Mutex::new(String::new())), None);
        while address.is_none() {
            let mut line = String::new();
            let count = stderr.read_line(&mut line).expect("it writes text");
            assert!(count > 0, "it ended: {}", said.lock().expect("nobody panicked"));
            let found = line.split_once("http://").map(|(_, rest)| rest);
            address = found.and_then(|rest| Some(rest.split_once('/')?.0.to_owned()));
            said.lock().expect("nobody panicked").push_str(&line);
        }
        let more = Arc::clone(&said);
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                more.lock().expect("nobody panicked").push_str(&format!("{line}\n"));
            }
        });
        let address = address.expect("the loop ends with one");
        Self { project, address, child, said }
    }

    /// What the program has said so far.
    pub(crate) fn said(&self) -> String {
        self.said.lock().expect("nobody panicked").clone()
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("it can be set");
        stream
    }

    /// Sends bytes, and reads until the connection ends.
    pub(crate) fn send(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        // One that is refused in the middle of what it sends has its answer all the same.
        let _ = stream.write_all(bytes);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    pub(crate) fn get(&self, path: &str) -> String {
        self.ask(path, "")
    }

    pub(crate) fn ask(&self, path: &str, headers: &str) -> String {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{headers}\r\n",
            self.address
        );
        self.send(request.as_bytes())
    }

    /// Whether it still answers, and has not panicked.
    #[track_caller]
    pub(crate) fn is_well(&self) {
        assert_eq!(status(&self.get("/")), 200);
        assert!(!self.said().contains("panicked"), "{}", self.said());
    }

    /// The stream of news.
    pub(crate) fn events(&self) -> Events {
        let mut stream = self.connect();
        let request = "GET /.pmjump/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
        stream.write_all(request.as_bytes()).expect("it is open");
        Events(BufReader::new(stream))
    }

    /// Asks after each piece of news until the answer has this in it.
    #[track_caller]
    pub(crate) fn until(&self, path: &str, text: &str) {
        let mut events = self.events();
        let start = Instant::now();
        while !self.get(path).contains(text) {
            assert!(
                start.elapsed() < PATIENCE,
                "{path} has no `{text}`: {}",
                self.said()
            );
            events.next();
        }
    }

    /// Interrupts it as Control-C does, and waits for its end.
    #[cfg(unix)]
    pub(crate) fn interrupt(mut self) -> (Option<i32>, String) {
        let id = self.child.id().to_string();
        let kill = std::process::Command::new("kill").args(["-INT", &id]).status();
        assert!(kill.is_ok_and(|status| status.success()));
        let status = self.child.wait().expect("it ends");
        (status.code(), self.said())
    }
}

impl Events {
    /// The next piece of news.
    #[track_caller]
    pub(crate) fn next(&mut self) -> Value {
        let mut line = String::new();
        while !line.starts_with("data: ") {
            line.clear();
            let count = self.0.read_line(&mut line).expect("news come in time");
            assert!(count > 0, "the stream has ended");
        }
        serde_json::from_str(&line["data: ".len()..]).expect("news are JSON")
    }

    /// Reads on until something is told.
    #[track_caller]
    pub(crate) fn until(&mut self, told: impl Fn(&Value) -> bool) {
        while !told(&self.next()) {}
    }
}

/// The status of an answer; 0 for none.
pub(crate) fn status(answer: &str) -> u16 {
    let code = answer.split(' ').nth(1);
    code.and_then(|code| code.parse().ok()).unwrap_or(0)
}
