//! Arguments in, exit status out.

use std::process::ExitCode;

fn main() -> ExitCode {
    pmjump::cli::main()
}
