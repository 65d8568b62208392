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
    clap_complete::generate(line.shell, command, "meldeport", &mut std::io::stdout());
    Exit::Fine
}
