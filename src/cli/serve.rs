//! `pmjump serve`.

use std::cell::RefCell;
use std::net::{TcpListener, ToSocketAddrs as _};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use super::{Failure, Terminal, project};
use crate::diagnostic::Findings;
use crate::serve::{self, Desk, Editor, News, Options, Watch};

/// The port that is tried first, and how many are tried after it.
const PORT: u16 = 4000;
const MORE: u16 = 100;
/// How many files a line names.
const NAMED: usize = 2;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The port; 0 takes any that is free [default: the first free one from 4000 on]
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// The address to listen on; anything but the default can be seen by others
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    host: String,
    /// Open the site in a browser
    #[arg(long)]
    open: bool,
    /// The editor that links open: its name, or a pattern with {path}, {line}, {column}
    /// [default: that of VISUAL or EDITOR, or VS Code]
    #[arg(long, value_name = "EDITOR", value_parser = editor)]
    editor: Option<Editor>,
    /// Show drafts too
    #[arg(long)]
    drafts: bool,
    /// Look for changes from time to time instead of waiting for events
    #[arg(long)]
    poll: bool,
}

fn editor(text: &str) -> Result<Editor, String> {
    Editor::named(text).ok_or_else(|| {
        let names = Editor::names().collect::<Vec<_>>().join(", ");
        format!("known are {names}; others by a pattern such as `x://{{path}}:{{line}}`")
    })
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> super::Result {
    let project = project::find(terminal)?;
    let watch = Watch::new(&project, arguments.poll);
    let listener = listen(&arguments.host, arguments.port)?;
    let editor = arguments.editor.clone().unwrap_or_else(usual_editor);
    let today = || project::today().map_err(|failure| failure.to_string());
    let options = Options { project, drafts: arguments.drafts, editor, today };
    let (desk, news) = Desk::open(options, this_run()).map_err(Failure)?;
    ctrlc::set_handler(|| std::process::exit(0)).map_err(Failure::from)?;
    let (board, options) = (desk.board(), desk.options());
    let address = address(&listener, &arguments.host)?;
    let host = arguments.host.clone();
    std::thread::spawn(move || serve::serve(&listener, board, options, &host));
    let talk = Talk { terminal, told: RefCell::default() };
    talk.report(&news);
    let polls = if watch.polls() { ", looking for changes every second" } else { "" };
    terminal
        .say(&format!("{address} serves the site while you edit{polls}; Ctrl-C ends"));
    if arguments.open {
        open(&address, terminal);
    }
    serve::run(desk, watch, &|news| talk.tell(news))
}

/// What was said last, so that nothing is said twice.
struct Talk<'t> {
    terminal: &'t Terminal,
    told: RefCell<Findings>,
}

impl Talk<'_> {
    /// The findings, if they are others than before.
    fn report(&self, news: &News) {
        if *self.told.borrow() != news.findings {
            self.terminal.report(&news.report(self.terminal.colors()));
            self.told.replace(news.findings.clone());
        }
    }

    /// What changed, how long it took, and what was found.
    fn tell(&self, news: &News) {
        if let Some(trouble) = &news.trouble {
            return self.terminal.error(&Failure(trouble.clone()));
        }
        self.report(news);
        let found = project::tally(&news.findings);
        let found = found.unwrap_or_else(|| "no findings".to_owned());
        let changed = changed(news);
        self.terminal.say(&format!("{changed}: {} ms, {found}", news.time.as_millis()));
    }
}

fn changed(news: &News) -> String {
    let names: Vec<&str> = news.changed.iter().map(|path| &**path).collect();
    match names.as_slice() {
        [] => "all pages made".to_owned(),
        few if few.len() <= NAMED => few.join(", "),
        many => format!("{} and {} more", many[..NAMED].join(", "), many.len() - NAMED),
    }
}

/// The port that was asked for, or the first that is free.
fn listen(host: &str, port: Option<u16>) -> Result<TcpListener, Failure> {
    let ports = port.map_or(PORT..=PORT + MORE, |port| port..=port);
    let mut failure = None;
    for port in ports {
        let places = (host, port).to_socket_addrs().map_err(|error| {
            Failure(format!("`{host}` is no address to listen on: {error}"))
        })?;
        match TcpListener::bind(&*places.collect::<Vec<_>>()) {
            Ok(listener) => return Ok(listener),
            Err(error) => {
                failure.get_or_insert(format!("cannot listen on {host}:{port}: {error}"));
            }
        }
    }
    Err(Failure(failure.unwrap_or_default()))
}

/// The address that a browser is given.
fn address(listener: &TcpListener, host: &str) -> Result<String, Failure> {
    let place = listener.local_addr().map_err(Failure::from)?;
    let name = match place.ip() {
        ip if ip.is_unspecified() => "localhost".to_owned(),
        ip if host.parse() == Ok(ip) && ip.is_ipv6() => format!("[{ip}]"),
        _ => host.to_owned(),
    };
    Ok(format!("http://{name}:{}/", place.port()))
}

/// The author's editor, if its links are known.
fn usual_editor() -> Editor {
    let named = ["VISUAL", "EDITOR"].into_iter().find_map(|name| {
        let value = std::env::var(name).ok()?;
        Editor::named(&value).filter(|_| !value.contains("{path}"))
    });
    named.unwrap_or_default()
}

/// A number that no other run has: browsers tell by it that a server was started again.
fn this_run() -> u64 {
    let time = SystemTime::UNIX_EPOCH.elapsed().unwrap_or(Duration::ZERO);
    let pid = u64::from(std::process::id());
    u64::try_from(time.as_nanos() & u128::from(u64::MAX)).unwrap_or(0) ^ (pid << 32)
}

/// Opens the address with what the system opens addresses with.
fn open(address: &str, terminal: &Terminal) {
    let (program, first): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/c", "start", ""]),
        _ => ("xdg-open", &[]),
    };
    let mut command = Command::new(program);
    command.args(first).arg(address).stdin(Stdio::null());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    match command.spawn() {
        Ok(mut child) => drop(std::thread::spawn(move || child.wait())),
        Err(_) => terminal.say(&format!("`{program}` cannot be started: open {address}")),
    }
}
