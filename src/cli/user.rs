//! `meldeport user`: accounts of the inbox. Passwords are never typed here: the person sets one through a one-time link.

use crate::app;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::cli::load;
use crate::clock::Clock;
use crate::clock::SystemClock;
use crate::domain::UnitId;
use crate::storage::Actor;
use crate::storage::NewJournalLine;
use crate::storage::Store;
use crate::storage::User;
use crate::storage::UserId;
use crate::storage::login_name;
use clap::Args;
use clap::Subcommand;
use serde_json::json;
use std::path::Path;
use std::time::Duration;
use uuid::Uuid;

/// How long a one-time link can be used. Hours.
const LINK_HOURS: u64 = 72;

#[derive(Args, Debug)]
pub(super) struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Make an account and print its one-time sign-in link
    #[command(
        after_help = "Example:\n  meldeport user add kari --name 'Kari Saksbehandler' --unit gjerstad-tjenestekontor"
    )]
    Add {
        /// What the person signs in as
        login: String,
        /// The person's name at work
        #[arg(long)]
        name: String,
        /// A unit whose inbox the person may use; may be given several times
        #[arg(long = "unit", required = true, value_name = "UNIT")]
        units: Vec<String>,
    },
    /// Print a new one-time link for a person who has lost the password
    Link { login: String },
    /// End an account and its sessions at once
    End { login: String },
    /// Sign a person out everywhere, or everybody; they can sign in again
    SignOut {
        #[arg(required_unless_present = "everybody")]
        login: Option<String>,
        /// Everybody who is signed in
        #[arg(long, conflicts_with = "login")]
        everybody: bool,
    },
    /// List the accounts
    List {
        /// One JSON object per line
        #[arg(long)]
        json: bool,
    },
}

pub(super) async fn run(line: Line, config: &Path) -> Result<Exit, Stop> {
    let config = load(config)?;
    let store = app::open_store(&config).await?;
    match line.command {
        Command::Add { login, name, units } => {
            let login = login_name(&login);
            let directory = app::directory(&config)?;
            for unit in &units {
                if directory.unit(&UnitId(unit.clone())).is_none() {
                    let known: Vec<_> = directory.units().iter().map(|it| it.id.0.clone()).collect();
                    return Err(Stop::Said(
                        Exit::No,
                        format!("there is no unit `{unit}` in the directory. Units: {}", known.join(", ")),
                    ));
                }
            }
            let user = User {
                id: UserId(Uuid::now_v7()),
                login: login.clone(),
                display_name: name,
                units: units.into_iter().map(UnitId).collect(),
                ended_at: None,
            };
            if !store.add_user(&user, SystemClock.now()).await? {
                return Err(Stop::Said(Exit::No, format!("the login name `{login}` is taken")));
            }
            journal(&*store, "user_added", &login).await?;
            println!("{}", link(&*store, &config, user.id).await?);
        }
        Command::Link { login } => {
            let user = known(&*store, &login).await?;
            journal(&*store, "user_link_made", &user.login).await?;
            println!("{}", link(&*store, &config, user.id).await?);
        }
        Command::End { login } => {
            let user = known(&*store, &login).await?;
            store.end_user(user.id, SystemClock.now()).await?;
            journal(&*store, "user_ended", &user.login).await?;
            eprintln!("{} can no longer sign in, and every session has ended.", user.login);
        }
        Command::SignOut { login: Some(login), everybody: _ } => {
            let user = known(&*store, &login).await?;
            let ended = store.end_sessions(user.id, None).await?;
            journal(&*store, "sessions_ended", &user.login).await?;
            eprintln!("{ended} sessions of {} have ended.", user.login);
        }
        Command::SignOut { login: None, everybody: _ } => {
            let ended = store.end_all_sessions().await?;
            journal(&*store, "sessions_ended", "everybody").await?;
            eprintln!("{ended} sessions have ended.");
        }
        Command::List { json } => {
            for user in store.users().await? {
                let units: Vec<_> = user.units.iter().map(|it| it.0.as_str()).collect();
                if json {
                    let ended = user.ended_at.map(|it| it.to_string());
                    println!(
                        "{}",
                        json!({ "login": user.login, "name": user.display_name, "units": units, "ended_at": ended })
                    );
                } else {
                    let ended = if user.ended_at.is_some() { "  (ended)" } else { "" };
                    println!("{:<20} {:<30} {}{ended}", user.login, user.display_name, units.join(", "));
                }
            }
        }
    }
    Ok(Exit::Fine)
}

/// A fresh one-time link to the inbox.
async fn link(store: &dyn Store, config: &crate::config::Config, user: UserId) -> Result<String, Stop> {
    app::one_time_link(store, config, user, SystemClock.now().plus(Duration::from_hours(LINK_HOURS))).await
}

async fn known(store: &dyn Store, login: &str) -> Result<User, Stop> {
    store
        .user_by_login(&login_name(login))
        .await?
        .ok_or_else(|| Stop::Said(Exit::No, format!("there is no account `{login}`")))
}

async fn journal(store: &dyn Store, action: &'static str, login: &str) -> Result<(), Stop> {
    let actor = Actor::Operator(super::operator());
    let line = NewJournalLine { at: SystemClock.now(), actor, action, message: None, detail: login.to_owned() };
    Ok(store.journal(line).await?)
}
