//! `pmjump completions SHELL`.

use super::{Outcome, Terminal};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The shell
    shell: clap_complete::Shell,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> super::Result {
    let mut script = Vec::new();
    let mut command = super::command();
    clap_complete::generate(arguments.shell, &mut command, "pmjump", &mut script);
    terminal.print(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Clean)
}
