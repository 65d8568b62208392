//! `meldeport demo`: the main job, on real parts, in a made-up world.

use crate::app;
use crate::app::House;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::cli::answer;
use crate::clock::Clock;
use crate::clock::SystemClock;
use crate::config::Config;
use crate::domain::Clearance;
use crate::domain::Membership;
use crate::domain::MembershipId;
use crate::domain::MessageState;
use crate::domain::Role;
use crate::inbox::Names as _;
use crate::sink::Mail;
use crate::sink::Sink;
use crate::sink::SinkTls;
use crate::storage::Actor;
use crate::storage::MessageQuery;
use crate::storage::Store;
use crate::storage::User;
use crate::storage::UserId;
use crate::trial::Ports;
use crate::trial::SendingSystem;
use crate::trial::World;
use crate::trial::freshen;
use crate::wire::apprec::ReadAppRec;
use bytes::Bytes;
use clap::Args;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

#[derive(Args, Debug)]
#[command(
    after_help = "Makes a certificate authority, a hospital, a school and five municipalities under the folder, starts the gateway, sends a set of reports over real TLS, shows the receipts and the notice, and stays up so that you can sign in.\n\nExit status with --once: 0 only if everything came out as it should."
)]
pub(super) struct Line {
    /// Exit when everything has been shown
    #[arg(long)]
    once: bool,
    /// Where the made-up world is kept; made anew each time
    #[arg(long, default_value = "var", value_name = "FOLDER")]
    var: PathBuf,
}

/// What should come of a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Expected {
    Accepted(&'static str),
    /// At least so many faults.
    Rejected(usize),
    /// Rejected because nobody can receive it.
    NoUnit,
}

/// One message of the show.
struct Scene {
    what: &'static str,
    who: &'static str,
    message: &'static str,
    times: usize,
    expected: Expected,
}

macro_rules! corpus {
    ($file:literal) => {
        include_str!(concat!("../../tests/corpus/", $file))
    };
}

const SCENES: [Scene; 8] = [
    Scene {
        what: "The hospital reports an in-patient who needs a coordinator and a plan",
        who: "hospital",
        message: corpus!("valid/hospital-inpatient.xml"),
        times: 1,
        expected: Expected::Accepted("gjerstad-tjenestekontor"),
    },
    Scene {
        what: "The school reports a child who needs a child coordinator",
        who: "school",
        message: corpus!("valid/school-barnekoordinator.xml"),
        times: 1,
        expected: Expected::Accepted(""),
    },
    Scene {
        what: "The hospital's coordinating unit relays a ward's report",
        who: "hospital",
        message: corpus!("valid/hospital-ke-relay.xml"),
        times: 1,
        expected: Expected::Accepted(""),
    },
    Scene {
        what: "A need for rehabilitation in Loppa, sent twice because the line broke",
        who: "hospital",
        message: corpus!("valid/loppa-rehabilitation.xml"),
        times: 2,
        expected: Expected::Accepted(""),
    },
    Scene {
        what: "A child in a city district",
        who: "hospital",
        message: corpus!("valid/bydel-child.xml"),
        times: 1,
        expected: Expected::Accepted(""),
    },
    Scene {
        what: "A person whose address is protected",
        who: "hospital",
        message: corpus!("valid/graded-address.xml"),
        times: 1,
        expected: Expected::Accepted(""),
    },
    Scene {
        what: "A message with several faults",
        who: "hospital",
        message: corpus!("invalid/several-faults.xml"),
        times: 1,
        expected: Expected::Rejected(6),
    },
    Scene {
        what: "A report for a municipality that has no unit here",
        who: "hospital",
        message: corpus!("invalid/MP-481-municipality-without-unit.xml"),
        times: 1,
        expected: Expected::NoUnit,
    },
];

/// How long the notices may take. Seconds.
const NOTICE_SECONDS_MAX: u64 = 20;

pub(super) async fn run(line: Line) -> Result<Exit, Stop> {
    let failed =
        |error: std::io::Error| Stop::Said(Exit::Later, format!("the made-up world could not be made: {error}"));
    say("Making a made-up world");
    let sink = Sink::start(SinkTls::None).await.map_err(failed)?;
    let ports = Ports { smtp: sink.address(), ..Ports::usual_or_free().map_err(failed)? };
    let world = World::make(&line.var, ports, &SystemClock).map_err(failed)?;
    println!("  {}: authority, certificates, configuration and the units of five municipalities", line.var.display());

    say("Starting the gateway");
    let config = Config::load(&world.config())?;
    let house = House::open_from(&config, Some(world.config()), Arc::new(SystemClock)).await?;
    println!("  intake  https://{}/messages  (client certificate required)", house.intake_address);
    println!("  inbox   https://{}", house.inbox_address);
    println!("  admin   http://{}", house.admin_address);

    say("Sending reports, over TLS, as a hospital and as a school");
    let mut wrong = Vec::new();
    for scene in &SCENES {
        play(scene, &world, &house, &mut wrong).await?;
    }

    say("What the units were told");
    show_notices(&sink, &mut wrong).await;

    say("Where each message lies now");
    show_messages(&*house.store).await?;

    say("Sign in as a case worker");
    let user = User {
        id: UserId(Uuid::now_v7()),
        login: "kari".to_owned(),
        display_name: "Kari Saksbehandler".to_owned(),
        units: Vec::new(),
        ended_at: None,
    };
    house.store.add_user(&user, SystemClock.now()).await?;
    give_roles(&house, &user).await?;
    let link =
        app::one_time_link(&*house.store, &config, user.id, SystemClock.now().plus(Duration::from_hours(24))).await?;
    println!("  {link}");
    println!(
        "  (one-time link: choose a password, then sign in as `kari`. The certificate is made up, so the browser will ask.)"
    );

    say("Report in the form, as a school without a system");
    println!(
        "  {}",
        super::form::invite(&*house.store, &config, crate::trial::SCHOOL, "Eksempel skole", "SKOLE", 24).await?
    );
    println!(
        "  (one-time link. Anybody may look at {}/kontakt, and report for Risør or Loppa at /meld.)",
        config.inbox_address()
    );

    let exit = if wrong.is_empty() {
        say("Everything came out as it should");
        Exit::Fine
    } else {
        say("Something did not come out as it should");
        wrong.iter().for_each(|it| println!("  ✗ {it}"));
        Exit::No
    };
    if !line.once {
        println!("\nThe gateway stays up. Stop it with Ctrl-C.");
        house.run_until_stopped().await?;
        return Ok(exit);
    }
    house.close().await;
    Ok(exit)
}

/// A case worker who is cleared for graded addresses and keeps the people, in every unit, and calls the groups to their
/// meetings: a municipality of one.
async fn give_roles(house: &House, user: &User) -> Result<(), Stop> {
    let now = SystemClock.now();
    for unit in house.units() {
        let calls = house.heart().is_group(&unit).then_some(Role::Secretary);
        for role in [Role::CaseWorker, Role::DirectoryAdministrator].into_iter().chain(calls) {
            let (id, clearance) = (MembershipId(0), Clearance::Graded);
            let wanted = Membership { id, unit: unit.clone(), role, case: None, clearance, from: now, to: None };
            house.store.grant(user.id, &wanted, &Actor::Operator(super::operator()), now).await?;
        }
    }
    Ok(())
}

fn say(what: &str) {
    println!("\n━━ {what}");
}

async fn play(scene: &Scene, world: &World, house: &House, wrong: &mut Vec<String>) -> Result<(), Stop> {
    let (certificate, key) = world.certificate(scene.who);
    let mut system = SendingSystem::new(house.intake_address, &world.authority(), &certificate, &key)
        .map_err(|error| Stop::Said(Exit::Bug, super::chain(&error)))?;
    let message = Bytes::from(freshen(scene.message, SystemClock.now(), Uuid::now_v7()));
    println!("\n  {}", scene.what);
    let mut first: Option<Bytes> = None;
    for _ in 0..scene.times {
        let reply = system
            .post("/messages", message.clone(), None)
            .await
            .map_err(|error| Stop::Said(Exit::Bug, super::chain(&error)))?;
        let Some(receipt) = answer::receipt(&reply.body) else {
            println!("    HTTP {}: {}", reply.status, String::from_utf8_lossy(&reply.body));
            wrong.push(format!("{}: no AppRec came", scene.what));
            return Ok(());
        };
        if let Some(first) = &first {
            let same = *first == reply.body;
            println!(
                "    sent again: {}",
                if same { "the same receipt, byte for byte; nothing is stored twice" } else { "ANOTHER receipt" }
            );
            if !same {
                wrong.push(format!("{}: the receipt changed", scene.what));
            }
            continue;
        }
        first = Some(reply.body.clone());
        answer::lines(&receipt).iter().for_each(|it| println!("    {it}"));
        let reference = reply.headers.get("meldeport-reference").and_then(|it| it.to_str().ok()).unwrap_or_default();
        let detail = house.store.message(reference).await?;
        for step in &detail.route {
            println!("      {}", step.said);
        }
        let lies: Vec<_> = detail.items.iter().map(|(unit, _)| unit.0.as_str()).collect();
        if !lies.is_empty() {
            println!("    → {}  (reference {reference})", lies.join(", "));
        }
        if !is_as(scene.expected, &receipt, &lies) {
            wrong.push(format!(
                "{}: expected {:?}, got AppRec status {:?} in {lies:?}",
                scene.what, scene.expected, receipt.status.code
            ));
        }
    }
    Ok(())
}

fn is_as(expected: Expected, receipt: &ReadAppRec, lies: &[&str]) -> bool {
    let status = receipt.status.code.as_deref();
    match expected {
        Expected::Accepted(unit) => {
            status == Some("1") && !lies.is_empty() && (unit.is_empty() || lies.contains(&unit))
        }
        Expected::Rejected(faults) => status == Some("2") && receipt.errors.len() >= faults && lies.is_empty(),
        Expected::NoUnit => status == Some("2") && receipt.errors.iter().any(|it| it.code.as_deref() == Some("E21")),
    }
}

async fn show_notices(sink: &Sink, wrong: &mut Vec<String>) {
    match first_mail(sink).await {
        Some(mail) => {
            println!("  To: {}", mail.to.join(", "));
            println!("  Subject: {}", mail.header("Subject").unwrap_or_default());
            for line in mail.body().lines() {
                println!("  │ {line}");
            }
        }
        None => {
            println!("  No mail came within {NOTICE_SECONDS_MAX} seconds.");
            wrong.push("no notice reached the unit".to_owned());
        }
    }
}

/// The first mail, when one comes in time.
async fn first_mail(sink: &Sink) -> Option<Arc<Mail>> {
    let mut coming = sink.listen();
    if let Some(mail) = sink.mails().into_iter().next() {
        return Some(mail);
    }
    tokio::time::timeout(Duration::from_secs(NOTICE_SECONDS_MAX), coming.recv()).await.ok()?.ok()
}

async fn show_messages(store: &dyn Store) -> Result<(), Stop> {
    let query = MessageQuery { rows_max: 50, ..MessageQuery::default() };
    let mut rows = store.messages(&query).await?;
    rows.reverse();
    for row in rows {
        let units: Vec<_> = row.units.iter().map(|it| it.0.as_str()).collect();
        let lies = match row.state {
            MessageState::Accepted => units.join(", "),
            MessageState::Rejected => format!("nowhere; answered with {}", row.errors.join(" ")),
            MessageState::Stuck => "waits for an operator".to_owned(),
        };
        println!("  {}  {:<8}  {:<17} {lies}", row.reference, row.state.label(), row.sender_name);
    }
    Ok(())
}
