//! `meldeport api-client`: case systems that use the interface `/api/v1`. A token is shown once, when it is made.

use crate::app;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::cli::load;
use crate::clock::Clock;
use crate::clock::SystemClock;
use crate::domain::Clearance;
use crate::domain::Redacted;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::inbox::Token;
use crate::notify;
use crate::storage::Actor;
use crate::storage::ApiClient;
use crate::storage::ApiCredential;
use crate::storage::NewApiClient;
use crate::storage::NewHook;
use crate::storage::Store;
use crate::storage::StoreError;
use crate::storage::UserId;
use clap::Args;
use clap::Subcommand;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use serde_json::json;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;
use uuid::Uuid;

/// Longest name of a case system. Characters.
const NAME_CHARACTERS_MAX: usize = 40;
/// Longest time that a token holds. Days.
const DAYS_MAX: u32 = 730;
/// Events that a list shows.
const EVENTS_MAX: u32 = 1000;

#[derive(Args, Debug)]
pub(super) struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Register a case system for one or more units, and print its token; it is not shown again
    #[command(
        after_help = "Example:\n  meldeport api-client add arkiv --unit gjerstad-tjenestekontor --days 365\n  meldeport api-client add epj --unit gjerstad-tjenestekontor --certificate epj.pem"
    )]
    Add {
        /// Small letters, digits and `-`
        name: String,
        /// The unit; may be given several times
        #[arg(long = "unit", required = true, value_name = "UNIT")]
        units: Vec<String>,
        /// It may handle reports about people with a graded address, when a person agrees each time
        #[arg(long)]
        graded: bool,
        /// How long the token holds
        #[arg(long, default_value_t = 365)]
        days: u32,
        /// The only client certificate (PEM) that it may come with; needs `[api_listener]`
        #[arg(long, value_name = "FILE")]
        certificate: Option<PathBuf>,
    },
    /// List the case systems, their units, and until when their tokens hold
    List {
        /// One JSON object per line
        #[arg(long)]
        json: bool,
    },
    /// Print a new token; those before hold for a while yet
    Renew {
        name: String,
        /// How long the new token holds
        #[arg(long, default_value_t = 365)]
        days: u32,
        /// How long those before hold at most
        #[arg(long, default_value_t = 24)]
        overlap_hours: u32,
    },
    /// End a case system: tokens, roles and webhook, at once
    Revoke { name: String },
    /// Where case systems are told that something has changed
    #[command(subcommand)]
    Hook(Hook),
}

#[derive(Subcommand, Debug)]
enum Hook {
    /// Tell a case system at an address, and print the secret that signs; it is not shown again
    Set { name: String, url: String },
    /// Print a new secret; the one before signs too for a while
    Secret {
        name: String,
        /// How long both sign
        #[arg(long, default_value_t = 24)]
        overlap_hours: u32,
    },
    /// Tell a case system no more
    Remove { name: String },
    /// List the events that wait or were given up
    Queue {
        /// One JSON object per line
        #[arg(long)]
        json: bool,
    },
    /// Put an event that was given up back in the queue
    Requeue { id: String },
}

pub(super) async fn run(line: Line, config: &Path) -> Result<Exit, Stop> {
    let config = load(config)?;
    let store = app::open_store(&config).await?;
    let (now, by) = (SystemClock.now(), Actor::Operator(super::operator()));
    match line.command {
        Command::Add { name, units, graded, days, certificate } => {
            let directory = app::directory(&config)?;
            if let Some(unknown) = units.iter().find(|it| directory.unit(&UnitId((*it).clone())).is_none()) {
                let known: Vec<_> = directory.units().iter().map(|it| it.id.0.clone()).collect();
                let said = format!("there is no unit `{unknown}` in the directory. Units: {}", known.join(", "));
                return Err(Stop::Said(Exit::No, said));
            }
            if certificate.is_some() && !config.api_listener.enabled {
                eprintln!(
                    "The listener [api_listener] is not open. The case system cannot come with its certificate yet."
                );
            }
            let (token, credential) = credential(days, now)?;
            let client = NewApiClient {
                id: UserId(Uuid::now_v7()),
                name: checked_name(name)?,
                units: units.into_iter().map(UnitId).collect(),
                clearance: if graded { Clearance::Graded } else { Clearance::Ordinary },
                certificate_sha256: certificate.as_deref().map(certificate_sha256).transpose()?,
                credential,
            };
            if !store.add_api_client(&client, &by, now).await? {
                return Err(Stop::Said(Exit::No, format!("the name `{}` is taken", client.name)));
            }
            eprintln!("The token holds until {}. It is not shown again.", credential.expires);
            println!("{}", token.text().reveal());
        }
        Command::List { json } => list(&*store, json, now).await?,
        Command::Renew { name, days, overlap_hours } => {
            let (token, credential) = credential(days, now)?;
            let others_until = now.plus(Duration::from_hours(u64::from(overlap_hours)));
            let done = store.renew_api_client(&name, &credential, others_until, &by, now).await;
            known(done, &name)?;
            eprintln!("The token holds until {}; those before until {others_until}.", credential.expires);
            println!("{}", token.text().reveal());
        }
        Command::Revoke { name } => {
            known(store.revoke_api_client(&name, &by, now).await, &name)?;
            eprintln!("{name} has no access any more.");
        }
        Command::Hook(hook) => return self::hook(hook, &*store, &by, now).await,
    }
    Ok(Exit::Fine)
}

async fn hook(hook: Hook, store: &dyn Store, by: &Actor, now: Timestamp) -> Result<Exit, Stop> {
    match hook {
        Hook::Set { name, url } => {
            if let Some(why) = notify::hook_address_fault(&url) {
                return Err(Stop::Said(Exit::Usage, format!("the address cannot be used: {why}")));
            }
            set_hook(store, &name, Some(&url), now, by, now).await?;
        }
        Hook::Secret { name, overlap_hours } => {
            let until = now.plus(Duration::from_hours(u64::from(overlap_hours)));
            set_hook(store, &name, None, until, by, now).await?;
            eprintln!("The secret before signs too until {until}.");
        }
        Hook::Remove { name } => {
            known(store.remove_hook(&name, by, now).await, &name)?;
            eprintln!("{name} is told no more.");
        }
        Hook::Queue { json } => {
            for it in store.hook_events(EVENTS_MAX).await? {
                let state = if it.is_abandoned { "abandoned" } else { "queued" };
                let failure = it.last_failure.as_deref().unwrap_or_default();
                if json {
                    let line = json!({
                        "id": it.id.to_string(), "client": it.client, "event": it.kind, "state": state,
                        "attempts": it.attempts, "due": it.due.to_string(), "last_failure": it.last_failure,
                    });
                    println!("{line}");
                } else {
                    println!(
                        "{}  {:<10} {:<16} {}  attempts {}  {failure}",
                        it.id, state, it.client, it.kind, it.attempts
                    );
                }
            }
        }
        Hook::Requeue { id } => {
            let absent = || Stop::Said(Exit::No, format!("no event `{id}` waits for an operator"));
            let event = Uuid::parse_str(&id).map_err(|_| absent())?;
            match store.requeue_hook_event(event, by, now).await {
                Err(StoreError::Absent) => return Err(absent()),
                other => other?,
            }
            println!("{id} is in the queue again.");
        }
    }
    Ok(Exit::Fine)
}

async fn set_hook(
    store: &dyn Store,
    name: &str,
    url: Option<&str>,
    before_until: Timestamp,
    by: &Actor,
    now: Timestamp,
) -> Result<(), Stop> {
    let secret = Token::generate();
    let bytes = Redacted::new(secret.text().reveal().as_bytes().to_vec());
    known(store.set_hook(&NewHook { name, url, secret: bytes, before_until }, by, now).await, name)?;
    println!("{}", secret.text().reveal());
    Ok(())
}

fn known(done: Result<(), StoreError>, name: &str) -> Result<(), Stop> {
    match done {
        Err(StoreError::Absent) => {
            Err(Stop::Said(Exit::No, format!("there is no such thing for `{name}`; see meldeport api-client list")))
        }
        other => Ok(other?),
    }
}

fn credential(days: u32, now: Timestamp) -> Result<(Token, ApiCredential), Stop> {
    if !(1..=DAYS_MAX).contains(&days) {
        return Err(Stop::Said(Exit::Usage, format!("a token holds from 1 to {DAYS_MAX} days")));
    }
    let token = Token::generate();
    let expires = now.plus(Duration::from_hours(24 * u64::from(days)));
    let credential = ApiCredential { token_sha256: token.sha256(), expires };
    Ok((token, credential))
}

fn checked_name(name: String) -> Result<String, Stop> {
    let plain = name.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-');
    if plain && !name.is_empty() && name.len() <= NAME_CHARACTERS_MAX {
        return Ok(name);
    }
    Err(Stop::Said(Exit::Usage, "a name has small letters a to z, digits and `-`, and at most 40 of them".to_owned()))
}

fn certificate_sha256(file: &Path) -> Result<[u8; 32], Stop> {
    let read = CertificateDer::from_pem_file(file);
    let read = read.map_err(|error| Stop::Said(Exit::Usage, format!("{}: {error}", file.display())))?;
    Ok(app::sha256(&read))
}

async fn list(store: &dyn Store, json: bool, now: Timestamp) -> Result<(), Stop> {
    for it in store.api_clients().await? {
        let units: Vec<_> = it.user.units.iter().map(|it| it.0.as_str()).collect();
        if json {
            let line = json!({
                "name": it.name,
                "units": units,
                "created_at": it.created_at.to_string(),
                "revoked_at": it.user.ended_at.map(|it| it.to_string()),
                "tokens_until": it.credentials.iter().map(ToString::to_string).collect::<Vec<_>>(),
                "certificate_sha256": it.certificate_sha256.map(|it| app::hex(&it)),
                "webhook": it.hook.is_some(),
            });
            println!("{line}");
            continue;
        }
        println!("{:<20} {:<40} {}", it.name, units.join(", "), stands(&it, now));
    }
    Ok(())
}

fn stands(client: &ApiClient, now: Timestamp) -> String {
    if let Some(ended) = client.user.ended_at {
        return format!("revoked {ended}");
    }
    let mut said = match client.credentials.first().filter(|it| **it > now) {
        Some(until) => format!("until {until}"),
        None => "no token that holds".to_owned(),
    };
    if client.certificate_sha256.is_some() {
        said.push_str(", with its certificate only");
    }
    if client.hook.is_some() {
        said.push_str(", has a webhook");
    }
    said
}
