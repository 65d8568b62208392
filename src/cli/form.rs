//! `meldeport form`: links that let somebody of an organisation without a system of its own use the form `/meld`.

use crate::app;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::cli::load;
use crate::clock::Clock;
use crate::clock::SystemClock;
use crate::config::Config;
use crate::domain::OrgNumber;
use crate::domain::ReporterCategory;
use crate::inbox::Token;
use crate::storage::Actor;
use crate::storage::FormInvite;
use crate::storage::NewJournalLine;
use crate::storage::Store;
use clap::Args;
use clap::Subcommand;
use serde_json::json;
use std::path::Path;
use std::time::Duration;

/// How long a link can be used when nothing else is said. Hours.
const LINK_HOURS: u64 = 72;
/// How long a link can be used at most. Hours.
const LINK_HOURS_MAX: u64 = 24 * 31;

#[derive(Args, Debug)]
pub(super) struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Print a one-time link with which an organisation can send one report
    #[command(
        after_help = "Example:\n  meldeport form invite --organisation 310000116 --name 'Eksempel skole' --category SKOLE"
    )]
    Invite {
        /// Organisation number
        #[arg(long)]
        organisation: String,
        /// What the organisation is called
        #[arg(long)]
        name: String,
        /// The kind of reporter (MelderKategori): SKOLE, BARNEHAGE, PPT, NAV, BARNEVERN, FASTLEGE …
        #[arg(long)]
        category: String,
        /// How long the link can be used. Hours
        #[arg(long, default_value_t = LINK_HOURS)]
        hours: u64,
    },
    /// List the links that have been made, without the links themselves
    List {
        /// One JSON object per line
        #[arg(long)]
        json: bool,
    },
}

pub(super) async fn run(line: Line, file: &Path) -> Result<Exit, Stop> {
    let config = load(file)?;
    let store = app::open_store(&config).await?;
    match line.command {
        Command::Invite { organisation, name, category, hours } => {
            if config.inbox.form.sender.is_empty() {
                eprintln!(
                    "meldeport: inbox.form.sender is not set, so the form is closed and the link will not help yet."
                );
            }
            println!("{}", invite(&*store, &config, &organisation, &name, &category, hours).await?);
        }
        Command::List { json } => {
            for it in store.form_invites().await? {
                let state = match it.used_at {
                    Some(_) => "used",
                    None if it.expires <= SystemClock.now() => "expired",
                    None => "open",
                };
                let (organisation, category) = (it.organisation.as_str(), it.category.code());
                if json {
                    println!(
                        "{}",
                        json!({ "organisation": organisation, "name": it.organisation_name, "category": category,
                                "created_at": it.created_at.to_string(), "expires": it.expires.to_string(), "state": state })
                    );
                } else {
                    println!("{organisation}  {category:<16} {state:<8} {}", it.organisation_name);
                }
            }
        }
    }
    Ok(Exit::Fine)
}

/// A fresh link to the form, told in the journal.
pub(super) async fn invite(
    store: &dyn Store,
    config: &Config,
    organisation: &str,
    name: &str,
    category: &str,
    hours: u64,
) -> Result<String, Stop> {
    let wrong = |said: String| Stop::Said(Exit::No, said);
    let number = OrgNumber::parse(organisation).map_err(|_| {
        wrong(format!("`{organisation}` is not an organisation number (nine digits, the last a control digit)"))
    })?;
    let known = ReporterCategory::from_code(category).filter(|it| !it.is_private());
    let category = known.ok_or_else(|| {
        let all = ReporterCategory::ALL.iter().filter(|it| !it.is_private());
        wrong(format!(
            "`{category}` is not a kind of organisation. Kinds: {}",
            all.map(|it| it.code()).collect::<Vec<_>>().join(", ")
        ))
    })?;
    let (token, now) = (Token::generate(), SystemClock.now());
    let hours = hours.clamp(1, LINK_HOURS_MAX);
    let invite = FormInvite {
        token_sha256: token.sha256(),
        organisation: number,
        organisation_name: name.trim().to_owned(),
        category,
        created_at: now,
        expires: now.plus(Duration::from_secs(hours * 3600)),
        used_at: None,
    };
    store.add_form_invite(&invite).await?;
    let actor = Actor::Operator(super::operator());
    let detail = format!("{} {}", invite.organisation, category.code());
    store.journal(NewJournalLine { at: now, actor, action: "form_invited", message: None, detail }).await?;
    Ok(format!("{}/meld/adgang/{}", config.inbox_address(), token.text().reveal()))
}
