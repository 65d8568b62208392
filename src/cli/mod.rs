//! The command line: one file per command, as typed.
//!
//! stdout is data, stderr is talk. `--json` is stable: one object per line. Exit status is [`Exit`].

mod alarm;
mod answer;
mod api_client;
mod audit;
mod backup;
mod cert;
mod check;
mod completion;
mod conformance;
mod demo;
mod directory;
mod doctor;
mod errors;
mod form;
mod judge;
mod key;
mod load;
mod load_inbox;
mod message;
mod outbound;
mod queue;
mod retention;
mod route;
mod send;
mod serve;
mod status;
mod untrusted;
mod user;
mod who;
mod write;

pub use errors::page as errors_page;

use crate::config::Config;
use crate::config::ConfigError;
use crate::lifecycle;
use crate::storage::StoreError;
use clap::CommandFactory;
use clap::Parser;
use clap::Subcommand;
use std::panic;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::process::ExitCode;
use who::operator;

/// Exit statuses, as `sysexits.h` names them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
    /// 0: done, and the answer is yes.
    Fine,
    /// 1: done, and the answer is no.
    No,
    /// 64: the command was not understood.
    Usage,
    /// 70: a fault in Meldeport.
    Bug,
    /// 75: try again later.
    Later,
    /// 78: the configuration is wrong.
    Configuration,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Fine => 0,
            Exit::No => 1,
            Exit::Usage => 64,
            Exit::Bug => 70,
            Exit::Later => 75,
            Exit::Configuration => 78,
        })
    }
}

/// What a shell calls a program that SIGPIPE has ended: whoever read the output has had enough.
const STATUS_PIPE_CLOSED: u8 = 141;

const EXIT_HELP: &str =
    "Exit status: 0 fine · 1 the answer is no · 64 usage · 70 a fault of ours · 75 try later · 78 configuration";

/// Receives reports of need for an individual plan or a coordinator, checks them, and brings each to the right unit.
#[derive(Parser, Debug)]
#[command(name = "meldeport", version, about, after_help = EXIT_HELP, propagate_version = true, disable_help_subcommand = true)]
struct Line {
    /// The configuration file.
    #[arg(long, short, global = true, env = "MELDEPORT_CONFIG", default_value = "meldeport.toml", value_name = "FILE")]
    config: PathBuf,

    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Show the main job: a made-up hospital and school send reports to made-up units
    Demo(demo::Line),
    /// Run the gateway
    Serve(serve::Line),
    /// Look the configuration over
    Check(check::Line),
    /// Say what would be said of a message, without a server
    Judge(judge::Line),
    /// Try a sending system against a made-up receiver
    Conformance(conformance::Line),
    /// Send messages as a registered sender, and show the receipts
    Send(send::Line),
    /// Where a report would go, and why
    Route(route::Line),
    /// The unit directory as a document with its history, and where nobody receives
    Directory(directory::Line),
    /// Test the capacity, with an oracle that looks for what is lost
    Load(load::Line),
    /// List, show and requeue messages, without their content
    Message(message::Line),
    /// What units have sent: list, send again, take back
    Outbound(outbound::Line),
    /// Notices that wait or were given up
    Queue(queue::Line),
    /// What a person must deal with: list, and close what has been dealt with
    Alarm(alarm::Line),
    /// Certificates and revocation lists, and when they end
    Cert(cert::Line),
    /// How the house is just now
    Status(status::Line),
    /// Look for all that can be wrong, and say what to do
    Doctor(doctor::Line),
    /// Keys that seal what is about persons
    Key(key::Line),
    /// Take a copy of the store while the gateway runs
    Backup(backup::Line),
    /// Remove what has outlived its purpose
    Retention(retention::Line),
    /// Put a copy in the store's place
    Restore(backup::RestoreLine),
    /// Accounts of the inbox
    User(user::Line),
    /// Case systems that use the interface /api/v1, and their webhooks
    ApiClient(api_client::Line),
    /// Links that let an organisation use the form /meld
    Form(form::Line),
    /// Print every code that Meldeport can answer with
    Errors(errors::Line),
    /// The journal of who did what
    Audit(audit::Line),
    /// Print completions for a shell
    Completion(completion::Line),
}

/// What ends a command early.
#[derive(Debug)]
pub enum Stop {
    Configuration(ConfigError),
    Store(StoreError),
    /// A sentence for people and the status that goes with it.
    Said(Exit, String),
}

impl Stop {
    /// What it says, in one line.
    pub fn said(&self) -> String {
        match self {
            Self::Configuration(error) => chain(error),
            Self::Store(error) => chain(error),
            Self::Said(_, said) => said.clone(),
        }
    }
}

impl From<ConfigError> for Stop {
    fn from(error: ConfigError) -> Self {
        Self::Configuration(error)
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Reads the command line, does what it says and tells how it went.
pub fn run() -> ExitCode {
    lifecycle::hush_panics();
    let line = match Line::try_parse() {
        Ok(line) => line,
        Err(error) => {
            let asked_for_help = !error.use_stderr();
            // A broken pipe is the only way this can fail, and then nobody reads.
            let _ = error.print();
            return if asked_for_help { Exit::Fine } else { Exit::Usage }.into();
        }
    };
    match panic::catch_unwind(AssertUnwindSafe(|| obey(line))) {
        Ok(Ok(exit)) => exit.into(),
        Ok(Err(stop)) => tell(&stop).into(),
        Err(panicked) if lifecycle::is_closed_pipe(&*panicked) => STATUS_PIPE_CLOSED.into(),
        // Where it was has been said when it happened.
        Err(_) => Exit::Bug.into(),
    }
}

fn obey(line: Line) -> Result<Exit, Stop> {
    let config = line.config;
    match line.command {
        Command::Demo(it) => with_runtime(demo::run(it)),
        Command::Serve(it) => with_runtime(serve::run(it, &config)),
        Command::Check(it) => check::run(&it, &config),
        Command::Judge(it) => judge::run(&it, &config),
        Command::Conformance(it) => with_runtime(conformance::run(it)),
        Command::Send(it) => with_runtime(send::run(it)),
        Command::Route(it) => route::run(it, &config),
        Command::Directory(it) => with_runtime(directory::run(it, &config)),
        Command::Load(it) => with_runtime(load::run(it)),
        Command::Message(it) => with_runtime(message::run(it, &config)),
        Command::Outbound(it) => with_runtime(outbound::run(it, &config)),
        Command::Queue(it) => with_runtime(queue::run(it, &config)),
        Command::Alarm(it) => with_runtime(alarm::run(it, &config)),
        Command::Cert(it) => cert::run(it, &config),
        Command::Status(it) => with_runtime(status::run(it, &config)),
        Command::Doctor(it) => with_runtime(doctor::run(it, &config)),
        Command::Key(it) => with_runtime(key::run(it, &config)),
        Command::Backup(it) => with_runtime(backup::run(it, &config)),
        Command::Retention(it) => with_runtime(retention::run(it, &config)),
        Command::Restore(it) => with_runtime(backup::restore(it, &config)),
        Command::User(it) => with_runtime(user::run(it, &config)),
        Command::ApiClient(it) => with_runtime(api_client::run(it, &config)),
        Command::Form(it) => with_runtime(form::run(it, &config)),
        Command::Errors(it) => Ok(errors::run(&it)),
        Command::Audit(it) => with_runtime(audit::run(it, &config)),
        Command::Completion(it) => Ok(completion::run(&it, &mut Line::command())),
    }
}

/// Runs a command that waits for something.
fn with_runtime(work: impl Future<Output = Result<Exit, Stop>>) -> Result<Exit, Stop> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Stop::Said(Exit::Later, format!("could not start: {error}")))?
        .block_on(work)
}

/// Prints the chain of causes and chooses the status.
fn tell(stop: &Stop) -> Exit {
    match stop {
        Stop::Configuration(error) => {
            eprintln!("meldeport: {}", chain(error));
            Exit::Configuration
        }
        Stop::Store(error) => {
            eprintln!("meldeport: {}", chain(error));
            if error.retry() { Exit::Later } else { Exit::Bug }
        }
        Stop::Said(exit, said) => {
            eprintln!("meldeport: {said}");
            *exit
        }
    }
}

/// An error and what caused it, in one line.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        said.push_str(": ");
        said.push_str(&error.to_string());
        cause = error.source();
    }
    said
}

/// The configuration, loaded.
fn load(file: &std::path::Path) -> Result<Config, Stop> {
    Ok(Config::load(file)?)
}
