//! The site while it is edited: load, compile, publish, wait.
//!
//! In: a project's folder and a port. Out: answers to a browser, and news for a terminal.
//! Keeps true: what is served is what a clean build writes, but for one script that is
//! added to the answer; an event only ever means "look again"; `serve` passes no flag
//! into the build.

mod answer;
mod board;
mod desk;
mod editor;
mod eye;
pub mod live;
mod mime;
mod mounts;
mod panel;
mod places;
mod request;
mod response;
mod route;
mod server;
mod snapshot;
mod sweep;
mod watch;

pub use answer::answer;
pub use board::{Board, Edition};
pub use desk::{Desk, News, Options, Turn};
pub use editor::Editor;
pub use request::Request;
pub use response::{Body, Response, Status};
pub use server::serve;
pub use sweep::{Served, Sweep};
pub use watch::{Signal, Watch};

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use watch::Message;

/// How long the pages that are shown have the machine for themselves.
const LEISURE: Duration = Duration::from_millis(200);

/// Looks whenever something may have changed, and tells what came of it. Never ends.
pub fn run(mut desk: Desk, mut watch: Watch, tell: &dyn Fn(&News)) -> ! {
    loop {
        let stop = Arc::new(AtomicBool::new(false));
        begin_sweep(&desk, &watch, &stop);
        let mut signal = watch.wait();
        while let Signal::Swept(sweep, found, all) = signal {
            desk.swept(&sweep, found, all).iter().for_each(tell);
            signal = watch.wait();
        }
        stop.store(true, Ordering::Relaxed);
        let Signal::Look(places) = signal else { continue };
        turn((&mut desk, &mut watch), &places, tell);
    }
}

/// Looks until it is sure of what it saw, first where something happened.
fn turn(
    (desk, watch): (&mut Desk, &mut Watch),
    places: &[PathBuf],
    tell: &dyn Fn(&News),
) {
    let glance = Some(places).filter(|places| !places.is_empty());
    if let Some(turn) = glance.and_then(|places| desk.glance(places)) {
        watch.look_once_more();
        return if let Turn::News(news) = turn {
            tell(&news)
        };
    }
    let start = Instant::now();
    let mut turn = desk.look(false);
    watch.took(start.elapsed());
    if matches!(turn, Turn::Unsure) {
        watch.be_patient();
        turn = desk.look(true);
    }
    if let Turn::News(news) = &turn {
        tell(news);
        watch.look_once_more();
        watch.renew();
    }
}

/// Makes all pages beside the loop.
fn begin_sweep(desk: &Desk, watch: &Watch, stop: &Arc<AtomicBool>) {
    let (Some(sweep), sender) = (desk.sweep(), watch.sender()) else { return };
    let (sweep, stop) = (Arc::new(sweep), Arc::clone(stop));
    std::thread::spawn(move || {
        std::thread::sleep(LEISURE);
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let seen = sweep.begin();
        if !seen.is_empty() {
            let _ = sender.send(Message::Swept(Arc::clone(&sweep), seen, false));
        }
        if let Some(found) = sweep.run(&stop) {
            let _ = sender.send(Message::Swept(sweep, found, true));
        }
    });
}
