//! Runs a command with a limit on its time, and measures the most memory it held.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{Project, Run};

/// The contract's limits: 2 s and 256 MB. Tests wait longer, since machines are noisy.
const SLOW: Duration = Duration::from_secs(2);
const PATIENCE: Duration = Duration::from_secs(20);
const MEMORY: u64 = 256 << 10;

/// Builds, and fails the test unless the program ends by itself, within the limits, and
/// with nothing worse than findings.
#[track_caller]
pub(crate) fn endures(name: &str, project: &Project) -> Run {
    let run = limited(name, project, &["build", "--quiet"], PATIENCE);
    assert!(
        (0..=1).contains(&run.status),
        "{name}: {} {}",
        run.status,
        head(&run.stderr)
    );
    run
}

/// Runs the program within the limits on memory and on this time.
#[track_caller]
pub(crate) fn limited(
    name: &str,
    project: &Project,
    arguments: &[&str],
    patience: Duration,
) -> Run {
    let mut command = project.command(arguments);
    // Two threads everywhere: the memory that a run needs grows with them.
    command.env("RAYON_NUM_THREADS", "2");
    let (run, time, peak) = measured(&mut command, patience);
    if time > SLOW || peak > MEMORY / 2 {
        #[expect(clippy::print_stdout, reason = "slow cases show in the log")]
        {
            println!("{name}: {} ms, {} MB", time.as_millis(), peak >> 10);
        }
    }
    assert!(time < patience, "{name}: not at its end after {} s", patience.as_secs());
    assert!(!run.stderr.contains("panicked"), "{name}: {}", head(&run.stderr));
    assert!(run.status >= 0, "{name}: killed by a signal: {}", head(&run.stderr));
    assert!(peak <= MEMORY, "{name}: {} MB", peak >> 10);
    run
}

/// The first lines, since some findings quote what is large.
pub(crate) fn head(text: &str) -> String {
    text.chars().take(2000).collect()
}

fn measured(command: &mut Command, patience: Duration) -> (Run, Duration, u64) {
    let (out, err) = (tempfile::tempfile(), tempfile::tempfile());
    let (out, err) = (out.expect("a file for output"), err.expect("a file for findings"));
    let copy = |file: &std::fs::File| file.try_clone().expect("a file can be shared");
    command.stdout(Stdio::from(copy(&out))).stderr(Stdio::from(copy(&err)));
    let start = Instant::now();
    let mut child = command.spawn().expect("the program can be started");
    let mut peak = 0;
    let status = loop {
        peak = peak.max(most_memory(&child));
        if let Some(status) = child.try_wait().expect("it is ours") {
            break status;
        }
        if start.elapsed() >= patience {
            let _ = child.kill();
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    let status = status.code().unwrap_or(-1);
    (Run { status, stdout: text(out), stderr: text(err) }, start.elapsed(), peak)
}

/// The most memory that a running child has held so far, in kilobytes; 0 if the system
/// does not tell.
fn most_memory(child: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()));
    let status = status.unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes =
        line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok());
    kilobytes.unwrap_or(0)
}

/// What was written, up to a megabyte.
fn text(mut file: std::fs::File) -> String {
    use std::io::{Read as _, Seek as _};
    file.rewind().expect("it is a plain file");
    let mut bytes = Vec::new();
    file.take(1 << 20).read_to_end(&mut bytes).expect("it can be read");
    String::from_utf8_lossy(&bytes).into_owned()
}
