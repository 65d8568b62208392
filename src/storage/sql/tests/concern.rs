//! Who reads which line of the journal: those who have the case, and the others what is theirs.

use super::Engine;
use super::Ground;
use super::NOON;
use super::SqliteGround;
use super::contract;
use super::item;
use super::number;
use super::settlement;
use super::some_id;
use super::stuck;
use super::tamper;
use super::unit;
use crate::domain::Act;
use crate::domain::Acting;
use crate::domain::Authority;
use crate::domain::Clearance;
use crate::domain::Colleague;
use crate::domain::ItemId;
use crate::domain::LiftReason;
use crate::domain::LiftStep;
use crate::domain::LiftTo;
use crate::domain::Membership;
use crate::domain::MembershipId;
use crate::domain::MessageId;
use crate::domain::Redacted;
use crate::domain::Role;
use crate::domain::Share;
use crate::domain::Sight;
use crate::domain::Timestamp;
use crate::domain::TransferTarget;
use crate::storage::AccountStore as _;
use crate::storage::Acted;
use crate::storage::Actor;
use crate::storage::ApiCredential;
use crate::storage::ApiStore as _;
use crate::storage::AuditStore as _;
use crate::storage::CaseStore as _;
use crate::storage::Deed;
use crate::storage::JournalProof;
use crate::storage::JournalQuery;
use crate::storage::MessageStore as _;
use crate::storage::NewApiClient;
use crate::storage::NewJournalLine;
use crate::storage::OperatorStore as _;
use crate::storage::PeopleStore as _;
use crate::storage::SqlStore;
use crate::storage::User;
use crate::storage::UserId;
use crate::storage::sql::concern::holders_statement;
use sqlx::Sqlite;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

contract!(
    who_passed_a_case_on_reads_nothing_of_what_the_next_one_does,
    who_is_only_told_of_a_case_reads_what_is_told_to_them,
    nothing_of_what_was_undone_stays_with_the_other_unit,
    a_line_is_laid_out_by_itself_and_older_ones_once,
    a_line_that_cannot_be_read_stops_nobody,
    what_somebody_does_for_one_of_their_units_is_told_there_alone,
    what_is_done_to_the_whole_house_is_told_in_every_unit,
    what_is_done_to_a_case_system_is_told_in_its_own_units,
);

/// Such lines stood in the chain, and nobody could read them.
async fn what_is_done_to_the_whole_house_is_told_in_every_unit<G: Ground>(ground: &G) {
    let house = House::new(ground, &["gjerstad"]).await;
    let drift = || Actor::Operator("drift".to_owned());
    for (seconds, action, detail) in [
        (10, "backed_up", ""),
        (11, "restored", "from a copy of 7 lines"),
        (12, "sessions_ended", "everybody"),
        (14, "sessions_ended", "kai"),
    ] {
        let line = NewJournalLine { at: at(seconds), actor: drift(), action, message: None, detail: detail.to_owned() };
        house.store.journal(line).await.unwrap();
    }
    for again in [false, true] {
        if again {
            house.make_anew().await;
        }
        for unit in ["gjerstad", "karmoy"] {
            let said = house.said(unit, 10).await;
            for told in ["backed_up", "restored", "sessions_ended"] {
                assert!(said.iter().any(|it| it.starts_with(told)), "{unit}, {told}, again: {again}: {said:?}");
            }
        }
        let of_kai = house.said("gjerstad", 14).await;
        assert!(of_kai.is_empty(), "one person's is told where they work: {of_kai:?}");
    }
    house.store.close().await;
}

/// Which other municipality has which system, with which clearance, is not theirs to read.
async fn what_is_done_to_a_case_system_is_told_in_its_own_units<G: Ground>(ground: &G) {
    let house = House::new(ground, &["gjerstad"]).await;
    let drift = Actor::Operator("drift".to_owned());
    let credential = |byte, seconds| ApiCredential { token_sha256: [byte; 32], expires: at(seconds) };
    let client = NewApiClient {
        id: UserId(some_id()),
        name: "arkiv".to_owned(),
        units: vec![unit("gjerstad"), unit("kg")],
        clearance: Clearance::Graded,
        credential: credential(1, 3600),
        certificate_sha256: None,
    };
    assert!(house.store.add_api_client(&client, &drift, at(10)).await.unwrap());
    house.store.renew_api_client("arkiv", &credential(2, 7200), at(20), &drift, at(11)).await.unwrap();
    house.store.revoke_api_client("arkiv", &drift, at(12)).await.unwrap();

    for again in [false, true] {
        if again {
            house.make_anew().await;
        }
        for unit in ["gjerstad", "kg"] {
            let said = house.said(unit, 10).await;
            let told: Vec<_> = said.iter().map(|it| it.split(' ').next().unwrap_or_default()).collect();
            assert_eq!(
                told,
                ["api_client_revoked", "api_client_renewed", "api_client_added"],
                "{unit}, again: {again}"
            );
        }
        assert_eq!(house.said("karmoy", 10).await, [""; 0], "again: {again}");
    }
    house.store.close().await;
}

/// One that declined and one that was lifted to and has it no longer read as little; made up anew, it is the same.
async fn who_passed_a_case_on_reads_nothing_of_what_the_next_one_does<G: Ground>(ground: &G) {
    let house = House::new(ground, &["gjerstad"]).await;
    house.act("gjerstad", house.item, Act::Open, "Kari", 10).await;
    house.act("gjerstad", house.item, Act::Take, "Kari", 11).await;
    house.tell("Kari", "printed", "", 12).await;
    let declined = house.offer("karmoy", 20).await;
    house.act("karmoy", declined, Act::DeclineTransfer { why: text("Ikke vår.") }, "Kai", 21).await;
    let lifted = ItemId(some_id());
    house.act("gjerstad", house.item, lift(lifted), "Kari", 30).await;
    house.act("kg", lifted, Act::Open, "Gro", 31).await;
    house.tell("Gro", "viewed", "", 32).await;
    house.act("gjerstad", house.item, Act::TakeBackLift { why: text("Løst her.") }, "Kari", 33).await;
    let offered = house.offer("risor", 40).await;
    assert!(house.said("risor", 0).await.is_empty(), "what is offered is not had");
    house.act("risor", offered, Act::AcceptTransfer, "Rita", 50).await;
    house.act("risor", offered, Act::PlanContact { on: None }, "Rita", 60).await;
    house.tell("Rita", "printed", "", 61).await;
    house.house("outbound_sent", "answer; to Eksempel sykehus HF; id 1", 62).await;
    house.house("notified", "reference 1; to risor by email; attempt 1", 63).await;
    house.tell("Kari", "viewed", "", 64).await;

    for again in [false, true] {
        if again {
            house.make_anew().await;
        }
        let about = JournalQuery { reference: Some(house.reference.clone()), from: Some(at(51)), ..query() };
        let about = house.store.journal_page(&[Sight::whole(unit("gjerstad"))], &about).await.unwrap();
        assert_eq!(about.len(), 1, "nor when the case is asked for: {about:?}");
        let before = house.said("gjerstad", 0).await;
        assert!(before.contains(&"printed".to_owned()), "what was done while they had it: {before:?}");
        assert_eq!(house.said("gjerstad", 51).await, ["viewed"], "again: {again}");
        assert_eq!(house.said("karmoy", 0).await, ["transfer_refused in karmoy"], "again: {again}");
        assert_eq!(house.said("kg", 34).await, [""; 0], "again: {again}");
        assert!(house.said("kg", 0).await.contains(&"lift_ended in kg".to_owned()), "again: {again}");
        let there = house.said("risor", 0).await;
        for known in ["printed", "transfer_refused in karmoy", "outbound_sent", "notified"] {
            assert!(there.iter().any(|it| it.starts_with(known)), "{known}: {there:?}");
        }
        assert_eq!(there.iter().filter(|it| *it == "printed").count(), 2, "also from before it came: {there:?}");
        assert_eq!(there.len(), 19, "{there:?}");
    }
    house.store.close().await;
}

async fn who_is_only_told_of_a_case_reads_what_is_told_to_them<G: Ground>(ground: &G) {
    let house = House::new(ground, &["gjerstad", "karmoy"]).await;
    house.act("gjerstad", house.item, Act::Open, "Kari", 10).await;
    house.tell("Kari", "viewed", "", 11).await;
    house.house("notified", "reference 1; to gjerstad by email; attempt 1", 12).await;
    house.house("notified", "reference 1; to karmoy by email; attempt 1", 13).await;
    house.house("reminded", "reference 1; unread of gjerstad by email", 14).await;
    house.tell("Kari", "refused", "GET /items/{id}; 404", 15).await;
    house.tell("Kai", "refused", "GET /items/{id}/print; 403", 16).await;
    house.tell("Kai", "viewed", "", 17).await;

    for again in [false, true] {
        if again {
            house.make_anew().await;
        }
        assert_eq!(
            house.said("karmoy", 0).await,
            ["viewed", "refused GET /items/{id}/print; 403", "notified reference 1; to karmoy by email; attempt 1"],
            "again: {again}"
        );
        assert_eq!(house.said("gjerstad", 0).await.len(), 8);
    }
    assert!(house.everything("karmoy").await.contains(&"accepted".to_owned()), "that it came");
    house.store.close().await;
}

async fn nothing_of_what_was_undone_stays_with_the_other_unit<G: Ground>(ground: &G) {
    let house = House::new(ground, &["gjerstad"]).await;
    house.act("gjerstad", house.item, Act::Open, "Kari", 10).await;
    house.act("gjerstad", house.item, Act::Take, "Kari", 11).await;
    house.act("gjerstad", house.item, lift(ItemId(some_id())), "Kari", 20).await;
    house.tell("Gro", "refused", "GET /items/{id}; 403", 21).await;
    assert_eq!(house.everything("kg").await.len(), 5, "a case that is lifted brings its journal");
    house.undo(22).await;
    assert_eq!(house.everything("kg").await, ["refused GET /items/{id}; 403"], "what one of their own did is theirs");
    house.offer("risor", 30).await;
    house.tell("Kari", "viewed", "", 31).await;
    house.undo(32).await;
    for again in [false, true] {
        if again {
            house.make_anew().await;
        }
        assert_eq!(house.everything("kg").await, ["refused GET /items/{id}; 403"]);
        assert!(house.everything("risor").await.is_empty());
    }
    house.store.close().await;
}

/// A case system that fetches a report once a minute makes 43,000 lines a month about it.
async fn a_line_is_laid_out_by_itself_and_older_ones_once<G: Ground>(ground: &G) {
    let house = House::new(ground, &["gjerstad"]).await;
    house.act("gjerstad", house.item, Act::Open, "Kari", 10).await;
    house.tell("Kari", "viewed", "", 11).await;
    let rows = "SELECT COUNT(*) AS number FROM journal_units";
    // What is not there is seen to be made up for by nobody who only adds a line.
    tamper(&*house.store, "DELETE FROM journal_units").await;

    house.tell("Kari", "viewed", "", 12).await;
    assert_eq!(number(&*house.store, rows).await, 1, "a new line is one row, however many there were");
    house.act("gjerstad", house.item, lift(ItemId(some_id())), "Kari", 13).await;

    let theirs = "SELECT COUNT(*) AS number FROM journal_units WHERE unit = 'kg'";
    assert_eq!(number(&*house.store, theirs).await, 5, "the whole journal of the case comes with it");
    assert_eq!(number(&*house.store, rows).await, 7);

    // What was stuck has a journal before it is anybody's.
    let late = stuck(2);
    let message = late.message.clone();
    house.store.settle(late).await.unwrap();
    let mut judged = settlement(2);
    judged.message = message.clone();
    judged.items = vec![item("sund", Share::Content)];
    judged.notices.clear();
    house.store.resettle(judged).await.unwrap();
    let there = house.everything("sund").await;
    assert!(there.len() == 2 && there.iter().any(|it| it.starts_with("stuck")), "{there:?}");
    house.store.close().await;
}

async fn a_line_that_cannot_be_read_stops_nobody<G: Ground>(ground: &G) {
    let house = House::new(ground, &["gjerstad"]).await;
    house.act("gjerstad", house.item, Act::Open, "Kari", 10).await;
    house.tell("Kari", "viewed", "", 11).await;
    tamper(&*house.store, "UPDATE journal SET actor = 'nobody' WHERE action = 'opened'").await;

    house.tell("Kari", "printed", "", 12).await;
    house.act("gjerstad", house.item, lift(ItemId(some_id())), "Kari", 13).await;

    let told = house.said("gjerstad", 0).await;
    assert_eq!(told, ["lifted in gjerstad; IKKE_LOST_ANNEN_MATE, trinn II", "printed", "viewed", "unreadable"]);
    assert_eq!(house.everything("kg").await.len(), 4, "all but the one");
    tamper(&*house.store, "DELETE FROM journal_units").await;
    tamper(&*house.store, "UPDATE journal_head SET concerned_to = 0").await;
    house.store.close().await;

    let store = ground.open().await;
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::BrokenAt { .. }));
    let opened = "SELECT COUNT(*) AS number FROM journal_units WHERE unit = 'kg' AND kind <> 'access'";
    assert_eq!(number(&*store, opened).await, 4);
    store.close().await;
}

async fn what_somebody_does_for_one_of_their_units_is_told_there_alone<G: Ground>(ground: &G) {
    let house = House::new(ground, &["gjerstad"]).await;
    house.grant("Kari", "kg").await;
    let meeting = "fixed meeting 7K3-9QX-2MA of kg at 2026-11-22T07:36:54.839874Z";
    for (action, detail) in [
        ("meeting_called", meeting),
        ("meeting_moved", meeting),
        ("meeting_cancelled", meeting),
        ("coordinator_contacted", "in kg"),
    ] {
        house.line("Kari", action, None, detail, 10).await;
    }
    house.line("Kari", "listed", None, "mine, 1", 11).await;

    assert_eq!(house.said("gjerstad", 5).await, ["listed mine, 1"]);
    assert_eq!(house.said("kg", 5).await.len(), 5);
    house.store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_a_case_is_looked_up_by_its_index() {
    let ground = SqliteGround::new();
    let store = ground.open().await;
    let statement = holders_statement::<Sqlite>(&[Uuid::nil()]);
    let sql = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", statement.sql));
    let plan = store.ask("plan", sql, statement.values).await.unwrap();
    let plan: Vec<String> = plan.iter().map(|it| it.text("detail").unwrap()).collect();
    assert!(plan[0].contains("items_message (message=?"), "{plan:#?}");
    assert!(!plan.iter().any(|it| it.contains("SCAN")), "{plan:#?}");
    store.close().await;
}

/// A message of the first of some units; the others are told of it. Kari, Kai, Rita and Gro each work in one unit.
struct House<E: Engine> {
    store: Arc<SqlStore<E>>,
    message: MessageId,
    reference: String,
    item: ItemId,
}

impl<E: Engine> House<E> {
    async fn new<G: Ground<Engine = E>>(ground: &G, units: &[&str]) -> Self {
        let store = ground.open().await;
        let mut given = settlement(1);
        given.items = units.iter().map(|it| item(it, Share::Awareness)).collect();
        given.items[0] = item(units[0], Share::Content);
        given.notices.clear();
        let (message, item) = (given.message.id, given.items[0].id);
        let reference = given.message.reference.to_string();
        store.settle(given).await.unwrap();
        let house = Self { store, message, reference, item };
        for (name, of) in [("Kari", "gjerstad"), ("Kai", "karmoy"), ("Rita", "risor"), ("Gro", "kg")] {
            let user = User {
                id: UserId(id_of(name)),
                login: name.to_lowercase(),
                display_name: name.to_owned(),
                units: Vec::new(),
                ended_at: None,
            };
            house.store.add_user(&user, Timestamp(0)).await.unwrap();
            house.grant(name, of).await;
        }
        house
    }

    async fn grant(&self, name: &str, of: &str) {
        let wanted = Membership {
            id: MembershipId(0),
            unit: unit(of),
            role: Role::CaseWorker,
            case: None,
            clearance: Clearance::Ordinary,
            from: NOON,
            to: None,
        };
        self.store.grant(UserId(id_of(name)), &wanted, &Actor::House, at(1)).await.unwrap();
    }

    async fn act(&self, of: &str, item: ItemId, act: Act, name: &str, seconds: u64) {
        let deed = Deed { item, units: vec![unit(of)], act, by: by(name, seconds), version: None };
        let acted = self.store.act_on_case(&deed).await.unwrap();
        assert!(matches!(acted, Acted::Done { .. }), "{acted:?}");
    }

    async fn undo(&self, seconds: u64) {
        let undone = self.store.undo(self.item, &[unit("gjerstad")], &by("Kari", seconds)).await.unwrap();
        assert!(matches!(undone, Acted::Done { .. }), "{undone:?}");
    }

    async fn offer(&self, to: &str, seconds: u64) -> ItemId {
        let transfer = some_id();
        let offer = Act::OfferTransfer { transfer, to: TransferTarget::Unit(unit(to)), why: text("Flyttet.") };
        self.act("gjerstad", self.item, offer, "Kari", seconds).await;
        ItemId(transfer)
    }

    async fn tell(&self, name: &str, action: &'static str, detail: &str, seconds: u64) {
        self.line(name, action, Some(self.message), detail, seconds).await;
    }

    async fn house(&self, action: &'static str, detail: &str, seconds: u64) {
        self.line("", action, Some(self.message), detail, seconds).await;
    }

    async fn line(&self, name: &str, action: &'static str, message: Option<MessageId>, detail: &str, seconds: u64) {
        let actor = match name {
            "" => Actor::House,
            name => Actor::Person { id: id_of(name).to_string(), name: name.to_owned() },
        };
        let line = NewJournalLine { at: at(seconds), actor, action, message, detail: detail.to_owned() };
        self.store.journal(line).await.unwrap();
    }

    /// As when a database is opened that an older version has written in.
    async fn make_anew(&self) {
        tamper(&*self.store, "DELETE FROM journal_units").await;
        tamper(&*self.store, "UPDATE journal_head SET concerned_to = 0").await;
        crate::storage::sql::concern::fill(&self.store.pools).await.unwrap();
    }

    /// Act and particulars of the lines from then on, newest first, but for those of roles and that the message came.
    async fn said(&self, of: &str, from: u64) -> Vec<String> {
        let query = JournalQuery { from: Some(at(from)), ..query() };
        let told = self.store.journal_page(&[Sight::whole(unit(of))], &query).await.unwrap();
        let told = told.into_iter().filter(|it| !["accepted", "role_given"].contains(&it.line.action.as_str()));
        told.map(|it| format!("{} {}", it.line.action, it.line.detail).trim().to_owned()).collect()
    }

    /// The lines about messages, newest first.
    async fn everything(&self, of: &str) -> Vec<String> {
        let told = self.store.journal_page(&[Sight::whole(unit(of))], &query()).await.unwrap();
        let told = told.into_iter().filter(|it| it.line.message.is_some());
        let said = told.map(|it| match it.line.action.as_str() {
            "accepted" => "accepted".to_owned(),
            action => format!("{action} {}", it.line.detail).trim().to_owned(),
        });
        said.collect()
    }
}

fn query() -> JournalQuery {
    JournalQuery { lines_max: 100, ..JournalQuery::default() }
}

fn lift(item: ItemId) -> Act {
    let (reason, step) = (LiftReason::NotSolvedOtherwise, LiftStep::Two);
    Act::Lift { to: LiftTo::Group { item: item.0, group: unit("kg") }, reason, step, text: None }
}

fn id_of(name: &str) -> Uuid {
    Uuid::from_slice(&super::sha256(name.as_bytes())[..16]).unwrap()
}

fn by(name: &str, seconds: u64) -> Acting {
    let who = Colleague { id: id_of(name), name: name.to_owned() };
    Acting { who, authority: Authority::Own, at: at(seconds) }
}

fn text(text: &str) -> Redacted<String> {
    Redacted::new(text.to_owned())
}

fn at(seconds: u64) -> Timestamp {
    NOON.plus(Duration::from_secs(seconds))
}
