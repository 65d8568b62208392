//! `meldeport completion`: completions for a shell.

use crate::cli::Exit;
use clap::Args;
use clap_complete::Shell;

#[derive(Args, Debug)]
#[command(after_help = "Example:\n  meldeport completion bash > /etc/bash_completion.d/meldeport")]
pub(super) struct Line {
    /// Which shell
    shell: Shell,
}

pub(super) fn run(line: &Line, command: &mut clap::Command) -> Exit {
    let mut said = Vec::new();
    clap_complete::generate(line.shell, command, "meldeport", &mut said);
    // Printed as everything else is, so that one who reads no further (`head`) is no fault of ours.
    print!("{}", String::from_utf8_lossy(&said));
    Exit::Fine
}
