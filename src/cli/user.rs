//! `meldeport user`: accounts of the inbox. Passwords are never typed here: the person sets one through a one-time link.

use crate::app;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::cli::load;
use crate::clock::Clock;
use crate::clock::SystemClock;
use crate::config::Config;
use crate::domain;
use crate::domain::Clearance;
use crate::domain::GrantRefused;
use crate::domain::ItemId;
use crate::domain::Membership;
use crate::domain::MembershipId;
use crate::domain::Reference;
use crate::domain::Role;
use crate::domain::Standing;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::norway;
use crate::storage::API_LOGIN_PREFIX;
use crate::storage::Actor;
use crate::storage::InboxQuery;
use crate::storage::NAME_AT_WORK_CHARACTERS_MAX;
use crate::storage::NewJournalLine;
use crate::storage::RoleEnded;
use crate::storage::Store;
use crate::storage::User;
use crate::storage::UserId;
use crate::storage::is_name_at_work;
use crate::storage::login_name;
use clap::Args;
use clap::Subcommand;
use jiff::civil::Date;
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
    /// Make an account, give it roles, and print its one-time sign-in link
    #[command(
        after_help = "Example:\n  meldeport user add kari --name 'Kari Saksbehandler' --unit gjerstad-tjenestekontor\n  meldeport user add dag --name 'Dag Administrator' --unit gjerstad-tjenestekontor --role directory_administrator"
    )]
    Add {
        /// What the person signs in as
        login: String,
        /// The person's name at work
        #[arg(long)]
        name: String,
        #[command(flatten)]
        grant: NewRole,
    },
    /// Give a person a role
    #[command(
        after_help = "The same role in the same unit anew takes the place of the one before, when it holds at least as long: that one ends, and\nevery session of the person with it. It takes no clearance away: without --graded it is refused for one who is cleared there.\nA role that ends sooner than the one before limits nothing: both stand, and it is said.\n\nExample:\n  meldeport user grant kari --unit gjerstad-tjenestekontor --role secretary --graded\n\nExit status 1: it would take a clearance away, or there is no such account, unit or case."
    )]
    Grant {
        /// What the person signs in as; see `meldeport user list`
        login: String,
        #[command(flatten)]
        grant: NewRole,
    },
    /// Print a new one-time link for a person who has lost the password
    Link {
        /// What the person signs in as; see `meldeport user list`
        login: String,
    },
    /// Take away a person's authenticator app, recovery codes and passkeys, and end the sessions: when all is lost
    ResetFactor {
        /// What the person signs in as; see `meldeport user list`
        login: String,
    },
    /// Take away who a person is at a provider of identities, and end the sessions; `user link` ties them anew
    Untie {
        /// What the person signs in as; see `meldeport user list`
        login: String,
        /// Only at this provider, by its name in the configuration
        #[arg(long, value_name = "NAME")]
        provider: Option<String>,
    },
    /// End a role, or the whole account when no unit is named; every session ends at once
    #[command(
        after_help = "An account that has ended does not begin again, since the journal names it. One who comes back gets a new login: `meldeport user add`."
    )]
    End {
        /// What the person signs in as; see `meldeport user list`
        login: String,
        /// Only the roles in this unit
        #[arg(long, value_name = "UNIT")]
        unit: Option<String>,
        /// Only this role there
        #[arg(long, requires = "unit", value_parser = role)]
        role: Option<Role>,
    },
    /// Sign a person out everywhere, or everybody; they can sign in again
    SignOut {
        /// What the person signs in as; see `meldeport user list`
        #[arg(required_unless_present = "everybody")]
        login: Option<String>,
        /// Everybody who is signed in
        #[arg(long, conflicts_with = "login")]
        everybody: bool,
    },
    /// List the accounts and their roles
    List {
        /// One JSON object per line
        #[arg(long)]
        json: bool,
    },
}

/// A role, where, and for how long.
#[derive(Args, Debug)]
struct NewRole {
    /// The unit; may be given several times
    #[arg(long = "unit", required = true, value_name = "UNIT")]
    units: Vec<String>,
    /// case_worker, secretary, leader, member, guest, coordinator, directory_administrator, auditor or system_coordinator
    #[arg(long, default_value = "case_worker", value_parser = role)]
    role: Role,
    /// First day, as 2026-11-21; today when it is left out
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Last day; a guest must have one
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
    /// Reference of the one case of a guest
    #[arg(long, value_name = "REFERENCE")]
    case: Option<String>,
    /// The person may handle reports about people with a graded address
    #[arg(long)]
    graded: bool,
}

fn role(label: &str) -> Result<Role, String> {
    let labels = Role::ALL.map(Role::label).join(", ");
    Role::from_label(label).ok_or_else(|| format!("there is no such role. Roles: {labels}"))
}

pub(super) async fn run(line: Line, config: &Path) -> Result<Exit, Stop> {
    let config = load(config)?;
    let store = app::open_store(&config).await?;
    match line.command {
        Command::Add { login, name, grant } => {
            let login = login_name(&login);
            if login.starts_with(API_LOGIN_PREFIX) {
                return Err(Stop::Said(Exit::No, format!("`{API_LOGIN_PREFIX}` is for case systems")));
            }
            let name = name.trim().to_owned();
            if !is_name_at_work(&name) {
                let said = format!(
                    "--name is the person's name at work, of 1 to {NAME_AT_WORK_CHARACTERS_MAX} characters. It stands in lists and in \
                     the journal, so no identity number or telephone number in it"
                );
                return Err(Stop::Said(Exit::Usage, said));
            }
            let wanted = wanted(&*store, &config, &grant).await?;
            let id = UserId(Uuid::now_v7());
            let user = User { id, login: login.clone(), display_name: name, units: Vec::new(), ended_at: None };
            if !store.add_user(&user, SystemClock.now()).await? {
                let other = store.user_by_login(&login).await?;
                return Err(match other.filter(|it| it.ended_at.is_some()) {
                    Some(ended) => has_ended(&ended.login),
                    None => Stop::Said(Exit::No, format!("the login name `{login}` is taken")),
                });
            }
            journal(&*store, "user_added", &login).await?;
            give(&*store, &user, &wanted).await?;
            println!("{}", link(&*store, &config, user.id).await?);
        }
        Command::Grant { login, grant } => {
            let user = at_work(&*store, &login).await?;
            let wanted = wanted(&*store, &config, &grant).await?;
            for said in give(&*store, &user, &wanted).await? {
                eprintln!("{said}");
            }
        }
        Command::Link { login } => {
            let user = at_work(&*store, &login).await?;
            journal(&*store, "user_link_made", &user.login).await?;
            println!("{}", link(&*store, &config, user.id).await?);
        }
        Command::ResetFactor { login } => {
            let user = at_work(&*store, &login).await?;
            journal(&*store, "second_factor_reset", &user.login).await?;
            store.reset_factors(user.id).await?;
            eprintln!("{} has no second factor any more, and every session has ended.", user.login);
        }
        Command::Untie { login, provider } => {
            let user = known(&*store, &login).await?;
            let by = Actor::Operator(super::operator());
            let mut ties = store.ties(user.id).await?;
            ties.retain(|it| provider.as_ref().is_none_or(|wanted| *wanted == it.0));
            if ties.is_empty() {
                return Err(Stop::Said(Exit::No, format!("{} is tied to no such provider", user.login)));
            }
            for (provider, _) in ties {
                store.untie(user.id, &provider, &by, SystemClock.now()).await?;
                eprintln!("{} is nobody at {provider} any more, and every session has ended.", user.login);
            }
        }
        Command::End { login, unit: None, role: _ } => {
            let user = at_work(&*store, &login).await?;
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
        Command::End { login, unit: Some(unit), role } => {
            let user = known(&*store, &login).await?;
            end_roles(&*store, &user, &UnitId(unit), role).await?;
        }
        Command::List { json } => list(&*store, json).await?,
    }
    Ok(Exit::Fine)
}

/// The memberships that were asked for, one for each unit.
async fn wanted(store: &dyn Store, config: &Config, grant: &NewRole) -> Result<Vec<Membership>, Stop> {
    let directory = app::directory(config)?;
    let now = SystemClock.now();
    let midnight = |day: Date| {
        let zoned = day.to_zoned(norway()).map_err(|error| Stop::Said(Exit::Usage, error.to_string()))?;
        Ok::<_, Stop>(Timestamp::from_jiff(zoned.timestamp()))
    };
    let from = grant.from.map_or(Ok(now), midnight)?;
    let to = match grant.to {
        Some(day) => Some(midnight(day.tomorrow().map_err(|error| Stop::Said(Exit::Usage, error.to_string()))?)?),
        None => None,
    };
    let clearance = if grant.graded { Clearance::Graded } else { Clearance::Ordinary };
    let mut wanted = Vec::new();
    for unit in &grant.units {
        let unit = UnitId(unit.clone());
        if directory.unit(&unit).is_none() {
            let known: Vec<_> = directory.units().iter().map(|it| it.id.0.clone()).collect();
            let said = format!("there is no unit `{unit}` in the directory. Units: {}", known.join(", "));
            return Err(Stop::Said(Exit::No, said));
        }
        let case = match &grant.case {
            Some(reference) => Some(case(store, &unit, reference).await?),
            None => None,
        };
        let membership = Membership { id: MembershipId(0), unit, role: grant.role, case, clearance, from, to };
        domain::check_shape(&membership, now).map_err(|why| Stop::Said(Exit::No, refused(why).to_owned()))?;
        wanted.push(membership);
    }
    Ok(wanted)
}

const fn refused(why: GrantRefused) -> &'static str {
    match why {
        GrantRefused::OneSelf => "nobody gives a role to themselves",
        GrantRefused::NotByRole => "the role may not be given",
        GrantRefused::GuestWithoutCase => {
            "a guest needs --case and --to, and only a guest has a case: --role guest --case 7K3-9QX-2MA --to 2026-12-01"
        }
        GrantRefused::GuestCleared => "a guest has one case and cannot be cleared for a unit's graded addresses",
        GrantRefused::NotCleared => "only one who is cleared clears another",
        GrantRefused::NeverHolds => "with these dates the role would never hold",
    }
}

async fn case(store: &dyn Store, unit: &UnitId, reference: &str) -> Result<ItemId, Stop> {
    let absent = || Stop::Said(Exit::No, format!("{unit} has no case with the reference `{reference}`"));
    let reference = Reference::parse(reference).ok_or_else(absent)?;
    let query = InboxQuery { units: vec![unit.clone()], reference: Some(reference), ..InboxQuery::first(1) };
    let rows = store.inbox_page(&query).await?;
    rows.first().map(|it| it.id).ok_or_else(absent)
}

/// Gives the roles, and says what is now and what ended for it. Nothing is given when any of them would take a clearance away.
async fn give(store: &dyn Store, user: &User, wanted: &[Membership]) -> Result<Vec<String>, Stop> {
    let (by, now) = (Actor::Operator(super::operator()), SystemClock.now());
    let mut held = store.memberships(user.id).await?;
    held.retain(|it| it.standing(now) != Standing::Ended);
    let same = |one: &Membership, other: &Membership| {
        one.unit == other.unit && one.role == other.role && one.case == other.case
    };
    for (new, before) in wanted.iter().flat_map(|new| held.iter().map(move |before| (new, before))) {
        let is_less = new.clearance == Clearance::Ordinary && before.clearance == Clearance::Graded;
        if same(new, before) && covers(new, before) && is_less {
            return Err(Stop::Said(Exit::No, takes_clearance(&user.login, new)));
        }
    }
    let mut said = Vec::new();
    for new in wanted {
        store.grant(user.id, new, &by, now).await?;
        let verb = if new.from > now { "will be" } else { "is now" };
        said.push(format!("{} {verb} {}.", user.login, described(new)));
        // The same role anew, such as with clearance, takes the place of the one before: else each must be ended by itself. Given
        // first, so that no case is let go of between.
        for before in held.iter().filter(|it| same(new, it)) {
            if covers(new, before) {
                let gone = store.end_membership(before.id, None, &by, now).await?;
                said.push(format!("It is in place of {}, which has ended. {}", described(before), went_with(gone)));
            } else {
                said.push(format!(
                    "Beside it stands {}: nothing of that is limited. To have the new one alone: meldeport user end {} --unit {} \
                     --role {}, and give it again.",
                    described(before),
                    user.login,
                    before.unit,
                    before.role.label()
                ));
            }
        }
    }
    Ok(said)
}

fn takes_clearance(login: &str, new: &Membership) -> String {
    let (unit, role) = (&new.unit, new.role.label());
    format!(
        "{login} is {role} in {unit} and cleared for graded addresses there. This would take the clearance away; nothing has changed. \
         Say --graded to keep it, or end the role first: meldeport user end {login} --unit {unit} --role {role}"
    )
}

/// `case_worker in gjerstad-tjenestekontor, graded addresses, from 2026-11-23, without end`; the days as they are given.
fn described(it: &Membership) -> String {
    let graded = if it.clearance == Clearance::Graded { ", graded addresses" } else { "" };
    let last_day = |to: Timestamp| format!("to {}", to.minus(Duration::from_secs(1)).date_in_norway());
    let until = it.to.map_or_else(|| "without end".to_owned(), last_day);
    format!("{} in {}{graded}, from {}, {until}", it.role.label(), it.unit, it.from.date_in_norway())
}

fn went_with(gone: RoleEnded) -> String {
    let sessions = match gone.sessions {
        0 => "Nobody was signed in".to_owned(),
        1 => "One session has ended".to_owned(),
        many => format!("{many} sessions have ended"),
    };
    match gone.cases {
        0 => format!("{sessions}; no case is let go of."),
        1 => format!("{sessions}; one open case is nobody's now (Ufordelt)."),
        many => format!("{sessions}; {many} open cases are nobody's now (Ufordelt)."),
    }
}

/// Whether `new` holds whenever `before` would hold from now on.
fn covers(new: &Membership, before: &Membership) -> bool {
    let begins = new.from <= before.from || new.from <= SystemClock.now();
    let ends = match (new.to, before.to) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(new), Some(before)) => new >= before,
    };
    begins && ends
}

async fn end_roles(store: &dyn Store, user: &User, unit: &UnitId, role: Option<Role>) -> Result<(), Stop> {
    let (now, by) = (SystemClock.now(), Actor::Operator(super::operator()));
    let mut held = store.memberships(user.id).await?;
    held.retain(|it| it.unit == *unit && it.standing(now) != Standing::Ended);
    held.retain(|it| role.is_none_or(|role| it.role == role));
    if held.is_empty() {
        return Err(Stop::Said(Exit::No, format!("{} has no such role in {unit}", user.login)));
    }
    for it in held {
        let gone = store.end_membership(it.id, None, &by, now).await?;
        eprintln!("{} is no longer {} in {unit}. {}", user.login, it.role.label(), went_with(gone));
    }
    Ok(())
}

async fn list(store: &dyn Store, json: bool) -> Result<(), Stop> {
    let now = SystemClock.now();
    for user in store.users().await? {
        let held = store.memberships(user.id).await?;
        let ended = user.ended_at.map(|it| it.to_string());
        if json {
            let roles: Vec<_> = held
                .iter()
                .map(|it| {
                    json!({
                        "unit": it.unit.0,
                        "role": it.role.label(),
                        "from": it.from.to_string(),
                        "to": it.to.map(|to| to.to_string()),
                        "graded": it.clearance == Clearance::Graded,
                        "guest_in_one_case": it.case.is_some(),
                        "holds": it.holds(now) && user.ended_at.is_none(),
                    })
                })
                .collect();
            let units: Vec<_> = user.units.iter().map(|it| it.0.as_str()).collect();
            println!(
                "{}",
                json!({ "login": user.login, "name": user.display_name, "units": units, "roles": roles, "ended_at": ended })
            );
            continue;
        }
        println!("{:<20} {}{}", user.login, user.display_name, if ended.is_some() { "  (ended)" } else { "" });
        for it in held {
            let until = it.to.map_or_else(String::new, |to| format!(" until {to}"));
            let standing = match it.standing(now) {
                Standing::NotYet => "  (not begun)",
                Standing::Holds => "",
                Standing::Ended => "  (ended)",
            };
            let graded = if it.clearance == Clearance::Graded { ", graded addresses" } else { "" };
            println!("    {} in {}{graded}, from {}{until}{standing}", it.role.label(), it.unit, it.from);
        }
    }
    Ok(())
}

/// A fresh one-time link to the inbox.
async fn link(store: &dyn Store, config: &Config, user: UserId) -> Result<String, Stop> {
    app::one_time_link(store, config, user, SystemClock.now().plus(Duration::from_hours(LINK_HOURS))).await
}

async fn known(store: &dyn Store, login: &str) -> Result<User, Stop> {
    if login.starts_with(API_LOGIN_PREFIX) {
        let said = "a case system never signs in; it is kept with meldeport api-client".to_owned();
        return Err(Stop::Said(Exit::No, said));
    }
    store
        .user_by_login(&login_name(login))
        .await?
        .ok_or_else(|| Stop::Said(Exit::No, format!("there is no account `{login}`")))
}

/// As [`known`], and the account has not ended.
async fn at_work(store: &dyn Store, login: &str) -> Result<User, Stop> {
    let user = known(store, login).await?;
    if user.ended_at.is_some() { Err(has_ended(&user.login)) } else { Ok(user) }
}

fn has_ended(login: &str) -> Stop {
    Stop::Said(
        Exit::No,
        format!(
            "the account `{login}` has ended, and does not begin again: the journal names it. Give the person a new login: meldeport \
             user add"
        ),
    )
}

async fn journal(store: &dyn Store, action: &'static str, login: &str) -> Result<(), Stop> {
    let actor = Actor::Operator(super::operator());
    let line = NewJournalLine { at: SystemClock.now(), actor, action, message: None, detail: login.to_owned() };
    Ok(store.journal(line).await?)
}
