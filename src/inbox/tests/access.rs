//! Who gets in where: every route of the router, every role, and what each is answered. `access.txt` has the table.
//!
//! The routes are read from the code, so that a new one must be given its line; every form is sent with a key that fits, so
//! that what is refused is refused because of who asks. To see the table as it is now, run the test: it prints what differs.

use super::router;
use super::support::Browser;
use super::support::House;
use super::support::Plant;
use super::support::Planted;
use super::support::membership;
use super::support::start;
use crate::domain::Act;
use crate::domain::ActKind;
use crate::domain::Acting;
use crate::domain::Authority;
use crate::domain::Clearance;
use crate::domain::Colleague;
use crate::domain::Meeting;
use crate::domain::MeetingId;
use crate::domain::MeetingKind;
use crate::domain::MeetingPlan;
use crate::domain::MeetingState;
use crate::domain::Membership;
use crate::domain::Reference;
use crate::domain::Role;
use crate::domain::UnitId;
use crate::inbox::Token;
use crate::inbox::act::BUTTONS;
use crate::inbox::casework::WITH_FORM;
use crate::inbox::form_key;
use crate::inbox::session::COOKIE;
use crate::storage::AccountStore as _;
use crate::storage::Acted;
use crate::storage::CaseStore as _;
use crate::storage::Deed;
use crate::storage::MeetingStore as _;
use crate::storage::Person;
use crate::storage::User;
use crate::storage::UserId;
use axum::http::StatusCode;
use axum::http::header;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::Duration;
use uuid::Uuid;

const TABLE: &str = include_str!("access.txt");

/// Where everybody works; it is a group that meets, too.
const UNIT: &str = "gruppe";

/// The columns of the table.
const ROLES: [(&str, Option<Role>); 11] = [
    ("nobody", None),
    ("worker", Some(Role::CaseWorker)),
    ("secretary", Some(Role::Secretary)),
    ("leader", Some(Role::Leader)),
    ("system", Some(Role::SystemCoordinator)),
    ("member", Some(Role::Member)),
    ("coordinator", Some(Role::Coordinator)),
    ("guest", Some(Role::Guest)),
    ("admin", Some(Role::DirectoryAdministrator)),
    ("auditor", Some(Role::Auditor)),
    // A case worker of another unit.
    ("stranger", Some(Role::CaseWorker)),
];

/// Something for every field that any form asks for.
const FIELDS: [(&str, &str); 31] = [
    ("because", "work"),
    ("page", "inbox"),
    ("to", "off"),
    ("text", "noe"),
    ("reason", "TVIL_OM_ANSVAR"),
    ("step", "I"),
    ("kind", "BESKJED"),
    ("way", "TELEFON"),
    ("on", "2026-10-05"),
    ("due", "2026-11-05"),
    ("reference", "2026/17-3"),
    ("q", "7K3-9QX-2MA"),
    ("unit", UNIT),
    ("login", "ny"),
    ("name", "Nils Ny"),
    ("role", "member"),
    ("number", "58850321874"),
    ("own", "noe helt annet"),
    ("password", "noe helt annet"),
    ("repeat", "noe helt annet"),
    ("code", "000000"),
    ("lang", "nb"),
    ("back", "/"),
    ("day", "2026-12-01"),
    ("time", "12:00"),
    ("minutes", "60"),
    ("sure", "2026-12-01 12:00 60"),
    ("item", "0190a1b2-0000-7000-8000-000000000001"),
    ("who", "a2lk"),
    ("said", "noe"),
    ("group", "risor"),
];

/// The lines of the table: a route with acts has one for each.
fn lines() -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    for (method, pattern) in router::routes() {
        let acts: Vec<&str> = match (method, pattern.as_str()) {
            ("POST", "/items/{id}/{act}") => BUTTONS.iter().map(|it| it.1).collect(),
            ("GET", "/items/{id}/do/{act}") => WITH_FORM.iter().map(|it| it.label()).collect(),
            ("POST", "/items/{id}/do/{act}") => {
                [ActKind::Comment, ActKind::Give, ActKind::Lift, ActKind::Decide].iter().map(|it| it.label()).collect()
            }
            _ => vec![""],
        };
        lines.extend(acts.into_iter().map(|it| (method, pattern.replace("{act}", it))));
    }
    lines
}

/// Everybody, signed in.
struct People {
    house: House,
    all: Vec<(Browser, Option<User>)>,
    /// One who is cleared for graded addresses, and asks alone.
    cleared: Browser,
    meeting: MeetingId,
}

impl People {
    async fn new() -> Self {
        let house = House::new().await;
        let mut all = Vec::new();
        for (name, role) in ROLES {
            let Some(role) = role else {
                all.push((house.browser(), None));
                continue;
            };
            let unit = if name == "stranger" { "risor" } else { UNIT };
            let (browser, user) = house.signed_in(name, &format!("{name} Prøve"), &[]).await;
            if role != Role::Guest {
                house.grant(&user, Membership { role, ..membership(unit) }).await;
            }
            all.push((browser, Some(user)));
        }
        let (cleared, user) = house.signed_in("cleared", "Klarert Prøve", &[]).await;
        house.grant(&user, Membership { clearance: Clearance::Graded, ..membership(UNIT) }).await;
        let meeting = Meeting {
            id: MeetingId(Uuid::now_v7()),
            reference: Reference::from_random([7; 9]),
            unit: UnitId(UNIT.to_owned()),
            kind: MeetingKind::Fixed,
            state: MeetingState::Planned,
            plan: MeetingPlan {
                at: start().plus(Duration::from_secs(14 * 86_400)),
                minutes: 60,
                place: "Møterom 2".to_owned(),
            },
            revision: 0,
            changed_at: start(),
        };
        let by = Person { id: UserId(Uuid::nil()), display_name: "Siri".to_owned() };
        house.store.add_meeting(&meeting, &[], &[], &by).await.unwrap();
        Self { house, all, cleared, meeting: meeting.id }
    }

    /// A case that has been opened, which nobody has taken and the guest is a guest of.
    async fn case(&self, protected: bool) -> Planted {
        let planted = self.house.plant(Plant { unit: UNIT, protected, ..Plant::default() }).await;
        let who = Colleague { id: Uuid::from_u128(1), name: "Siri".to_owned() };
        let by = Acting { who, authority: Authority::Own, at: start() };
        let units = vec![UnitId(UNIT.to_owned())];
        let deed = Deed { item: planted.item, units, act: Act::Open, by, version: None };
        assert!(matches!(self.house.store.act_on_case(&deed).await.unwrap(), Acted::Done { .. }));
        let guest = self.all.iter().zip(ROLES).find(|it| it.1.0 == "guest").and_then(|it| it.0.1.clone()).unwrap();
        let invited = Membership { role: Role::Guest, case: Some(planted.item), ..membership(UNIT) };
        self.house.grant(&guest, invited).await;
        planted
    }

    fn path(&self, pattern: &str, case: &Planted) -> String {
        let (item, some_id) = (case.item.to_string(), Uuid::from_u128(9).to_string());
        let token = Token::generate();
        let number = if pattern.starts_with("/kontakt") { "4201" } else { "1" };
        let filled = [
            ("{id}", item.as_str()),
            ("{item}", &item),
            ("{position}", "2"),
            ("{number}", number),
            ("{user}", &some_id),
            ("{task}", &some_id),
            ("{unit}", UNIT),
            ("{meeting}", &self.meeting.to_string()),
            ("{membership}", "999999"),
            ("{credential}", "a2lk"),
            ("{handle}", token.text().reveal()),
            ("{token}", token.text().reveal()),
            ("{provider}", "ingen"),
            ("{name}", "inbox.css"),
            ("{step}", "melder"),
        ];
        filled.iter().fold(pattern.to_owned(), |path, (name, value)| path.replace(name, value))
    }

    async fn ask(&self, browser: &Browser, method: &str, path: &str) -> char {
        let mut browser = browser.clone();
        let answer = if method == "GET" {
            browser.get(path).await
        } else {
            let key = self.key(&browser, path).await;
            // The search has one field with two names.
            let is_asked = |it: &(&str, &str)| path != "/search" || it.0 == "q";
            let fields: Vec<(&str, &str)> =
                FIELDS.into_iter().filter(is_asked).chain([("key", key.as_str())]).collect();
            browser.post_bare(path, &fields).await
        };
        let to_sign_in =
            answer.headers.get(header::LOCATION).is_some_and(|it| it.to_str().unwrap().starts_with("/sign-in"));
        match answer.status {
            StatusCode::OK => '.',
            StatusCode::SEE_OTHER if to_sign_in => '>',
            StatusCode::SEE_OTHER => 'r',
            StatusCode::BAD_REQUEST => '0',
            StatusCode::UNAUTHORIZED => '1',
            StatusCode::FORBIDDEN => 'f',
            StatusCode::NOT_FOUND => 'n',
            StatusCode::CONFLICT => '9',
            StatusCode::GONE => 'g',
            StatusCode::UNSUPPORTED_MEDIA_TYPE => 'm',
            StatusCode::UNPROCESSABLE_ENTITY => '2',
            StatusCode::TOO_MANY_REQUESTS => 'w',
            other => panic!("{method} {path}: {other}"),
        }
    }

    /// A key that fits the form, as if the page with it had been drawn for this session.
    async fn key(&self, browser: &Browser, path: &str) -> String {
        let Some(cookie) = browser.cookies.get(COOKIE) else { return "x.y".to_owned() };
        let token = Token::parse(cookie.split('.').next().unwrap()).unwrap();
        let (session, _) = self.house.store.session(token.sha256(), start()).await.unwrap().unwrap();
        form_key::draw(&session.form_secret, path)
    }

    async fn line(&self, method: &str, pattern: &str) -> String {
        let mut line = String::new();
        let is_case = pattern.starts_with("/items/");
        let mut case = self.case(false).await;
        for (browser, _) in &self.all {
            if method == "POST" && is_case {
                case = self.case(false).await;
            }
            line.push(self.ask(browser, method, &self.path(pattern, &case)).await);
        }
        if is_case {
            let graded = self.case(true).await;
            let path = self.path(pattern, &graded);
            line.push(' ');
            for browser in [&self.all[1].0, &self.all[3].0, &self.all[7].0, &self.cleared] {
                line.push(self.ask(browser, method, &path).await);
            }
        }
        line
    }
}

/// Those whose answer ends the session, or depends on how often it is asked.
fn is_told_elsewhere(method: &str, pattern: &str) -> bool {
    // `tests/sign_in.rs` and `tests/sessions.rs` have the first; a stream has no end here.
    matches!(
        (method, pattern),
        ("POST", "/sign-out" | "/sessions/end" | "/sessions/password" | "/sign-in") | ("GET", "/events")
    )
}

async fn table(method: &'static str) -> String {
    let people = People::new().await;
    let mut table = String::new();
    for (_, pattern) in lines().into_iter().filter(|it| it.0 == method) {
        let line = if is_told_elsewhere(method, &pattern) {
            "elsewhere".to_owned()
        } else {
            people.line(method, &pattern).await
        };
        writeln!(table, "{method:<4} {pattern:<66} {line}").unwrap();
    }
    table
}

async fn check(method: &'static str) {
    let found = table(method).await;
    let wanted: String =
        TABLE.lines().filter(|it| it.split_whitespace().next() == Some(method)).map(|it| format!("{it}\n")).collect();
    let (found_lines, wanted_lines): (BTreeSet<_>, BTreeSet<_>) = (found.lines().collect(), wanted.lines().collect());
    let new: Vec<_> = found_lines.difference(&wanted_lines).collect();
    let gone: Vec<_> = wanted_lines.difference(&found_lines).collect();
    let said = |all: &[&&str]| all.iter().map(|it| it.to_string()).collect::<Vec<_>>().join("\n");
    assert!(new.is_empty() && gone.is_empty(), "is now:\n{}\n\nand was:\n{}\n", said(&new), said(&gone));
}

#[tokio::test]
async fn every_page_answers_each_role_as_the_table_says() {
    check("GET").await;
}

/// seed in part: G-02, K-16
#[tokio::test]
async fn every_form_answers_each_role_as_the_table_says() {
    check("POST").await;
}

/// What is true of all of it, whatever the table says.
#[test]
fn the_table_opens_no_case_to_those_who_have_none() {
    let columns: Vec<&str> = ROLES.iter().map(|it| it.0).collect();
    let at = |name: &str| columns.iter().position(|it| *it == name).unwrap();
    let mut cases = 0;
    for line in TABLE.lines().filter(|it| it.contains(" /items/") && !it.starts_with('#')) {
        let mut parts = line.split_whitespace().skip(2);
        let (open, graded) = (parts.next().unwrap().as_bytes(), parts.next().unwrap().as_bytes());
        for name in ["nobody", "coordinator", "member", "admin", "auditor", "stranger"] {
            assert!(b">1fn".contains(&open[at(name)]), "{name}: {line}");
        }
        for (number, name) in ["worker", "leader", "guest"].into_iter().enumerate() {
            assert!(b"fn".contains(&graded[number]), "an uncleared {name}: {line}");
        }
        cases += 1;
    }
    assert!(cases > 30, "the table has the routes of a case");
}
