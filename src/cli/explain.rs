//! `pmjump explain CODE`.

use super::{Failure, Outcome, Terminal};
use crate::diagnostic::{Code, nearest};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The code in brackets behind `error` or `warning`; without it, all of them
    code: Option<String>,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> super::Result {
    let Some(name) = &arguments.code else {
        terminal.print(&list())?;
        return Ok(Outcome::Clean);
    };
    let Some(code) = Code::named(name) else { return Err(unknown(name)) };
    terminal.print(code.explanation())?;
    Ok(Outcome::Clean)
}

/// All codes with their weights and their first sentences.
fn list() -> String {
    let width = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or(0);
    let lines = Code::ALL.iter().map(|code| {
        let about = code.explanation().lines().nth(2).unwrap_or("");
        let about = about.split_inclusive(". ").next().unwrap_or(about).trim();
        format!("{:width$}  {:7}  {about}\n", code.name(), code.severity().name())
    });
    lines.collect()
}

fn unknown(name: &str) -> Failure {
    let known = Code::ALL.iter().map(|code| code.name());
    let help = nearest(name, known).map(|near| format!("; did you mean `{near}`?"));
    let help = help.unwrap_or_else(|| "; `pmjump explain` lists all".to_owned());
    Failure(format!("no finding has the code `{name}`{help}"))
}
