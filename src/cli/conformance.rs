//! `meldeport conformance`: a made-up receiver for those who build sending systems, and a report of what they have shown.

use crate::app::House;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::clock::Clock;
use crate::clock::SystemClock;
use crate::config::Config;
use crate::conformance;
use crate::conformance::Case;
use crate::conformance::Duty;
use crate::conformance::Front;
use crate::conformance::Log;
use crate::conformance::Report;
use crate::conformance::Waits;
use crate::sink::Sink;
use crate::sink::SinkTls;
use crate::trial::Ports;
use crate::trial::World;
use crate::trial::freshen;
use clap::Args;
use clap::Subcommand;
use clap::ValueEnum;
use serde_json::json;
use std::io;
use std::net::Ipv4Addr;
use std::net::SocketAddr;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use uuid::Uuid;

#[derive(Args, Debug)]
pub(super) struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Run the made-up receiver and watch what comes
    #[command(
        after_help = "Makes a certificate authority, a hospital and a school (senders), and municipalities under the folder; what is there from before is kept. Certificates are valid for a year; delete the folder to begin anew. Stop it with Ctrl-C.\n\nExamples:\n  meldeport conformance serve --var kit\n  meldeport conformance serve --listen 0.0.0.0:8443 --host mottak.test --var kit"
    )]
    Serve(Serve),
    /// Print what is done and what is missing
    #[command(
        after_help = "Exit status 0: every obligatory case is done. 1: something is missing.\n\nExamples:\n  meldeport conformance report --var kit\n  meldeport conformance report --var kit --json | jq '.cases[] | select(.done | not) | .why.nb'"
    )]
    Report(Shown),
    /// List the cases and what is to be done for each
    #[command(after_help = "Example:\n  meldeport conformance cases --language en")]
    Cases {
        /// Language of the texts
        #[arg(long, value_enum, default_value_t = Tongue::Nb)]
        language: Tongue,
        /// One JSON object per case
        #[arg(long)]
        json: bool,
    },
    /// Print a fresh message with which a case can be done
    #[command(
        after_help = "The message is dated yesterday and has a new MsgId each time; its person is made up.\n\nExample:\n  meldeport conformance example 1 > message.xml\n\nExit status 1: the case needs no message of its own."
    )]
    Example {
        /// Number or name
        case: String,
    },
    /// Confirm that something has been seen on a screen
    #[command(
        after_help = "Only case 4 is confirmed by a person; all others are seen by the kit itself.\n\nExample:\n  meldeport conformance confirm 4 --var kit"
    )]
    Confirm {
        /// Number or name
        case: String,
        /// The kit's folder
        #[arg(long, default_value = "conformance", value_name = "FOLDER")]
        var: PathBuf,
    },
}

#[derive(Args, Debug)]
struct Serve {
    /// Where senders come
    #[arg(long, default_value = "127.0.0.1:8443", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// Where the report page is; loopback only
    #[arg(long, default_value = "127.0.0.1:9480", value_name = "ADDRESS")]
    page: SocketAddr,
    /// A name or address by which senders know this machine, besides localhost; may be given several times
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<String>,
    /// The kit's folder; what was seen is kept there
    #[arg(long, default_value = "conformance", value_name = "FOLDER")]
    var: PathBuf,
    /// What Retry-After says to a sender that must come back
    #[arg(long, default_value_t = 5, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    retry_after: u64,
    /// How long the slow answer takes
    #[arg(long, default_value_t = 20, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=600))]
    slow: u64,
}

#[derive(Args, Debug)]
struct Shown {
    /// The kit's folder
    #[arg(long, default_value = "conformance", value_name = "FOLDER")]
    var: PathBuf,
    /// Language of the texts
    #[arg(long, value_enum, default_value_t = Tongue::Nb)]
    language: Tongue,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Tongue {
    Nb,
    En,
}

impl Tongue {
    const fn tag(self) -> &'static str {
        match self {
            Self::Nb => "nb",
            Self::En => "en",
        }
    }
}

pub(super) async fn run(line: Line) -> Result<Exit, Stop> {
    match line.command {
        Command::Serve(it) => serve(it).await,
        Command::Report(it) => report(&it),
        Command::Cases { language, json } => Ok(cases(language, json)),
        Command::Example { case } => example(&case),
        Command::Confirm { case, var } => confirm(&case, &var),
    }
}

async fn serve(line: Serve) -> Result<Exit, Stop> {
    if !line.page.ip().is_loopback() {
        let said = format!("--page is {}; the report is only shown on this machine, so it must be loopback", line.page);
        return Err(Stop::Said(Exit::Usage, said));
    }
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let sink = Sink::start(SinkTls::None).await.map_err(cannot)?;
    let world = world(&line, sink.address(), &*clock)?;
    let config = config_of(&world, sink.address())?;
    let house = House::open(&config, Arc::clone(&clock)).await?;
    let socket = listen(line.listen, "senders").await?;
    let page_socket = listen(line.page, "report page").await?;
    let address = format!("https://{}/messages", socket.local_addr().map_err(cannot)?);
    let page = format!("http://{}/", page_socket.local_addr().map_err(cannot)?);
    let log = Arc::new(Log::new(&line.var));
    let waits = Waits { retry_after: Duration::from_secs(line.retry_after), slow: Duration::from_secs(line.slow) };
    let front = Front::open(
        world.clone(),
        house.intake_address,
        config.rulebook()?,
        Arc::clone(&clock),
        Arc::clone(&log),
        waits,
    )
    .map_err(|error| Stop::Said(Exit::Later, super::chain(&error)))?;
    let certificates = world.folder.join("certificates");
    let pages = conformance::pages(log, clock, address.clone(), certificates.display().to_string());
    let receiving = tokio::spawn(front.serve(socket));
    let showing = tokio::spawn(async move { axum::serve(page_socket, pages).await });
    println!("receiver  {address}");
    println!("report    {page}");
    println!("trust     {}", world.authority().display());
    for holder in ["hospital", "hospital-renewed", "school", "school-renewed"] {
        let (certificate, key) = world.certificate(holder);
        println!("{holder:<17} {} {}", certificate.display(), key.display());
    }
    eprintln!("meldeport: waiting for messages. Only made-up persons, please. Stop with Ctrl-C.");
    house.run_until_stopped().await?;
    receiving.abort();
    showing.abort();
    Ok(Exit::Fine)
}

/// The made-up world of the folder, made when there is none.
fn world(line: &Serve, smtp: SocketAddr, clock: &dyn Clock) -> Result<World, Stop> {
    let world = World { folder: line.var.join("world") };
    if world.config().exists() {
        return Ok(world);
    }
    std::fs::create_dir_all(&line.var).map_err(cannot)?;
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let ports = Ports { intake: any, inbox: any, admin: any, smtp };
    World::make_for(&world.folder, ports, clock, &line.hosts).map_err(cannot)
}

/// The gateway is behind the front, on loopback; its notices go to this run's sink.
fn config_of(world: &World, smtp: SocketAddr) -> Result<Config, Stop> {
    let mut config = Config::load(&world.config())?;
    config.notify.email.server = smtp.ip().to_string();
    config.notify.email.port = smtp.port();
    Ok(config)
}

async fn listen(address: SocketAddr, what: &str) -> Result<TcpListener, Stop> {
    TcpListener::bind(address)
        .await
        .map_err(|error| Stop::Said(Exit::Later, format!("could not listen on {address} for the {what}: {error}")))
}

fn cannot(error: io::Error) -> Stop {
    Stop::Said(Exit::Later, format!("the made-up receiver could not be made: {error}"))
}

fn report(line: &Shown) -> Result<Exit, Stop> {
    if !line.var.join("world").exists() {
        let said =
            format!("{} is no folder of a conformance kit; meldeport conformance serve makes one", line.var.display());
        return Err(Stop::Said(Exit::Usage, said));
    }
    let seen = Log::new(&line.var)
        .read()
        .map_err(|error| Stop::Said(Exit::Later, format!("what was seen could not be read: {error}")))?;
    let report = Report::new(&seen, SystemClock.now());
    if line.json {
        println!("{}", report.json());
    } else {
        print!("{}", report.text(line.language.tag()));
    }
    Ok(if report.is_complete() { Exit::Fine } else { Exit::No })
}

fn cases(language: Tongue, as_json: bool) -> Exit {
    for case in Case::ALL {
        let (title, task) = (case.title(), case.task());
        if as_json {
            let obligatory = case.duty() == Duty::Obligatory;
            println!(
                "{}",
                json!({
                    "number": case.number(), "name": case.name(), "obligatory": obligatory,
                    "title": { "nb": title.nb, "en": title.en }, "task": { "nb": task.nb, "en": task.en },
                    "example": case.example().is_some(),
                })
            );
            continue;
        }
        let duty = match (case.duty(), language) {
            (Duty::Obligatory, _) => "",
            (Duty::Voluntary, Tongue::Nb) => " (frivillig)",
            (Duty::Voluntary, Tongue::En) => " (voluntary)",
        };
        println!(
            "{:>2}  {}{duty}\n    {}",
            case.number(),
            title.in_language(language.tag()),
            task.in_language(language.tag())
        );
    }
    Exit::Fine
}

fn known(said: &str) -> Result<Case, Stop> {
    Case::find(said)
        .ok_or_else(|| Stop::Said(Exit::Usage, format!("there is no case `{said}`; see meldeport conformance cases")))
}

fn example(said: &str) -> Result<Exit, Stop> {
    let case = known(said)?;
    let Some(message) = case.example() else {
        return Err(Stop::Said(Exit::No, format!("case {} needs no message of its own; any will do", case.number())));
    };
    print!("{}", freshen(message, SystemClock.now(), Uuid::now_v7()));
    Ok(Exit::Fine)
}

fn confirm(said: &str, var: &Path) -> Result<Exit, Stop> {
    let case = known(said)?;
    if case != Case::Shown {
        return Err(Stop::Said(
            Exit::Usage,
            format!(
                "case {} is seen by the kit itself; only case {} is confirmed by a person",
                case.number(),
                Case::Shown.number()
            ),
        ));
    }
    if !var.join("world").exists() {
        return Err(Stop::Said(Exit::Usage, format!("{} is no folder of a conformance kit", var.display())));
    }
    Log::new(var)
        .confirm(&SystemClock, case.number())
        .map_err(|error| Stop::Said(Exit::Later, format!("it could not be written down: {error}")))?;
    println!("Written down.");
    Ok(Exit::Fine)
}
