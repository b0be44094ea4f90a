//! The command line: one file per command.
//!
//! In: arguments and the environment. Out: text on standard output for what was asked
//! for, on standard error for everything else, and an exit status.
//! Keeps true: 0 is clean, 1 means that the content has errors, 2 that pmjump could not
//! do its work; findings never go to standard output unless a machine asked for them.

mod build;
mod check;
mod completions;
mod explain;
mod external;
mod init;
mod new;
mod project;
mod schema;
mod serve;
mod stats;
mod terminal;
mod watch;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ColorChoice, FromArgMatches as _, Parser, Subcommand};

pub use terminal::Terminal;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It did what was asked, and the content has no errors.
    Clean,
    /// The content has errors.
    Faulty,
}

/// What went wrong outside the content.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Failure(pub String);

impl Failure {
    /// A failure from any error.
    pub fn from(error: impl std::fmt::Display) -> Self {
        Self(error.to_string())
    }
}

/// What a command returns.
pub type Result = std::result::Result<Outcome, Failure>;

/// Build a static knowledge site from Markdown and YAML
#[derive(Debug, Parser)]
#[command(name = "pmjump", version, arg_required_else_help = true)]
struct Arguments {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Debug, clap::Args)]
pub struct Common {
    /// The project, or a folder in it, instead of the working folder
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// When to colour the output
    #[arg(long, global = true, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    pub color: ColorChoice,
    /// Say nothing but findings and errors
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

macro_rules! commands {
    ($($(#[$attribute:meta])* $variant:ident($module:ident),)*) => {
        #[derive(Debug, Subcommand)]
        enum Command {
            $($(#[$attribute])* $variant($module::Arguments),)*
        }

        fn run(command: Command, terminal: &Terminal) -> Result {
            match command {
                $(Command::$variant(arguments) => $module::run(&arguments, terminal),)*
            }
        }
    };
}

commands! {
    /// Start a project: the guide, its settings, a workflow that publishes it
    Init(init),
    /// Check the content and write the site
    Build(build),
    /// Show the site while you edit it
    Serve(serve),
    /// Check the content and write nothing
    Check(check),
    /// Add a starter file, or a question to a bank
    New(new),
    /// Say what a finding means and how to mend it
    Explain(explain),
    /// Count questions, reviews and words
    Stats(stats),
    /// Print the JSON Schema of a kind's fields
    Schema(schema),
    /// Print a completion script for a shell
    Completions(completions),
}

/// Runs the program on the arguments of the process.
pub fn main() -> ExitCode {
    main_with(std::env::args_os())
}

fn main_with(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let parsed = command().try_get_matches_from(arguments);
    let parsed = parsed.and_then(|matches| Arguments::from_arg_matches(&matches));
    let Arguments { common, command } = match parsed {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let terminal = Terminal::new(common);
    match run(command, &terminal) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Faulty) => ExitCode::from(1),
        Err(failure) => {
            terminal.error(&failure);
            ExitCode::from(2)
        }
    }
}

/// The definition of all commands, for parsing and for completion.
fn command() -> clap::Command {
    <Arguments as clap::CommandFactory>::command()
}
