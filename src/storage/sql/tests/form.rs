//! The form: a link is used once, a draft is sealed and expires, a sender sees no more than the consent allows.

use super::Ground;
use super::NOON;
use super::PERSON_NAME;
use super::contract;
use super::deed_of;
use super::number;
use super::settlement;
use super::some_id;
use super::unit;
use crate::domain::Act;
use crate::domain::AnswerKind;
use crate::domain::AnswerWay;
use crate::domain::Channel;
use crate::domain::ItemState;
use crate::domain::MunicipalityNumber;
use crate::domain::OrgNumber;
use crate::domain::Redacted;
use crate::domain::ReporterCategory;
use crate::domain::Sight;
use crate::domain::Timestamp;
use crate::domain::TransferTarget;
use crate::storage::Acted;
use crate::storage::CaseStore as _;
use crate::storage::Counts;
use crate::storage::FormDraft;
use crate::storage::FormHolder;
use crate::storage::FormInvite;
use crate::storage::FormReport;
use crate::storage::FormSource;
use crate::storage::FormStore;
use crate::storage::InboxStore;
use crate::storage::ItemSummary;
use crate::storage::JournalProof;
use crate::storage::MessageStore;
use crate::storage::OperatorStore;
use crate::storage::Person;
use crate::storage::SearchQuery;
use crate::storage::SearchStore as _;
use crate::storage::Sought;
use crate::storage::StatisticsStore as _;
use crate::storage::StoreError;
use crate::storage::UserId;
use std::time::Duration;

contract!(
    a_form_link_is_used_once_and_begins_a_draft,
    a_draft_is_sealed_kept_thrown_away_and_expires,
    what_comes_by_the_form_is_counted_under_the_name_of_its_writer,
    what_comes_by_the_form_is_found_by_the_number_of_its_writer,
    a_sender_sees_what_has_become_of_the_report_and_nothing_of_the_person
);

pub(super) fn draft(token: u8, holder: FormHolder) -> FormDraft {
    FormDraft {
        id: some_id(),
        token_sha256: [token; 32],
        holder,
        form_secret: Redacted::new("hemmelig".to_owned()),
        created_at: NOON,
        expires: NOON.plus(Duration::from_hours(24)),
        proved: Some("Prøve-ID, high".to_owned()),
        body: Redacted::new(format!("{{\"family\":\"{PERSON_NAME}\"}}")),
    }
}

fn later(minutes: u64) -> Timestamp {
    NOON.plus(Duration::from_mins(minutes))
}

async fn a_form_link_is_used_once_and_begins_a_draft<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let invite = FormInvite {
        token_sha256: [1; 32],
        organisation: OrgNumber::parse("310000116").unwrap(),
        organisation_name: "Eksempel skole".to_owned(),
        category: ReporterCategory::School,
        created_at: NOON,
        expires: later(60),
        used_at: None,
    };
    store.add_form_invite(&invite).await.unwrap();
    assert!(store.form_invite_holds([1; 32], later(1)).await.unwrap());
    assert!(!store.form_invite_holds([1; 32], later(61)).await.unwrap());
    assert!(!store.form_invite_holds([9; 32], later(1)).await.unwrap(), "it never was");

    assert!(
        store.use_form_invite([1; 32], &draft(2, FormHolder::Private), later(61)).await.unwrap().is_none(),
        "too late"
    );
    let used = store.use_form_invite([1; 32], &draft(3, FormHolder::Private), later(1)).await.unwrap().unwrap();
    assert_eq!((used.organisation_name.as_str(), used.used_at), ("Eksempel skole", Some(later(1))));
    assert!(store.use_form_invite([1; 32], &draft(4, FormHolder::Private), later(2)).await.unwrap().is_none());
    assert!(!store.form_invite_holds([1; 32], later(2)).await.unwrap(), "it has been used");

    let begun = store.form_draft([3; 32], later(2)).await.unwrap().unwrap();
    assert!(matches!(begun.holder, FormHolder::Organisation { category: ReporterCategory::School, .. }));
    assert!(store.form_draft([4; 32], later(2)).await.unwrap().is_none());
    assert_eq!(store.form_invites().await.unwrap().len(), 1);
}

async fn what_comes_by_the_form_is_counted_under_the_name_of_its_writer<G: Ground>(ground: &G) {
    let store = ground.open().await;
    for (number, channel, writer) in [(1, Channel::Form, "Eksempel skole"), (2, Channel::Manual, "Privatperson")] {
        let mut written = settlement(number);
        written.message.channel = channel;
        for item in &mut written.items {
            let summary = ItemSummary { sender: writer.to_owned(), ..item.summary.reveal().clone() };
            item.summary = Redacted::new(summary);
        }
        store.settle(written).await.unwrap();
    }
    store.settle(settlement(3)).await.unwrap();

    let mut counted = store.values_of(&[Sight::whole(unit("gjerstad"))], Counts::Sender).await.unwrap();

    counted.sort_unstable();
    assert_eq!(counted, ["Eksempel skole", "Privatperson", "eksempel-sykehus"]);
}

/// The form's own number found all that had come by the form.
async fn what_comes_by_the_form_is_found_by_the_number_of_its_writer<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let mut items = Vec::new();
    for (number, writer) in [(1, None), (2, Some("310000116")), (3, Some(""))] {
        let mut written = settlement(number);
        for item in &mut written.items {
            let summary = ItemSummary { writer: writer.map(str::to_owned), ..item.summary.reveal().clone() };
            item.summary = Redacted::new(summary);
        }
        items.push(written.items[0].id);
        store.settle(written).await.unwrap();
    }
    let found = async |number: &str| {
        let sought = Sought::Organisation(Redacted::new(number.to_owned()));
        let query = SearchQuery { sought, after: None, rows_max: 10 };
        let who = UserId(uuid::Uuid::from_u128(1));
        let found = store.find(&[Sight::whole(unit("gjerstad"))], who, &query).await.unwrap();
        found.iter().map(|it| it.id).collect::<Vec<_>>()
    };

    assert_eq!(found("310000116").await, items[1..2], "the school's own number");
    assert_eq!(found("310000108").await, items[..1], "who sends by a system of their own is found by the sender's");
}

async fn a_draft_is_sealed_kept_thrown_away_and_expires<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let first = draft(1, FormHolder::Private);
    store.begin_form_draft(&first).await.unwrap();
    store.keep_form_draft(first.id, &Redacted::new(format!("{PERSON_NAME} igjen")), later(1)).await.unwrap();

    assert_eq!(
        store.form_draft([1; 32], later(1)).await.unwrap().unwrap().body.reveal(),
        &format!("{PERSON_NAME} igjen")
    );
    assert_eq!(store.private_form_drafts(NOON, later(1)).await.unwrap(), (1, 1));
    assert_eq!(store.private_form_drafts(later(1), later(1)).await.unwrap(), (1, 0));
    let bare =
        store.ask("form_drafts", "SELECT body FROM form_drafts", Vec::new()).await.unwrap()[0].bytes("body").unwrap();
    assert!(!bare.windows(4).any(|it| it == b"Kari"), "the draft lies open in the database");

    let expired = later(24 * 60);
    assert!(store.form_draft([1; 32], expired).await.unwrap().is_none());
    assert!(matches!(store.keep_form_draft(first.id, &Redacted::default(), expired).await, Err(StoreError::Absent)));
    let second = FormDraft {
        created_at: expired,
        expires: expired.plus(Duration::from_hours(1)),
        ..draft(2, FormHolder::Private)
    };
    store.begin_form_draft(&second).await.unwrap();
    assert_eq!(number(&store, "SELECT COUNT(*) AS number FROM form_drafts").await, 1, "the expired one is gone");
    store.end_form_draft(second.id).await.unwrap();
    assert!(store.form_draft([2; 32], expired).await.unwrap().is_none());
}

async fn a_sender_sees_what_has_become_of_the_report_and_nothing_of_the_person<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let settlement = settlement(1);
    let (message, item) = (settlement.message.id, settlement.items[0].id);
    store.settle(settlement).await.unwrap();
    let writing = draft(1, FormHolder::Private);
    store.begin_form_draft(&writing).await.unwrap();
    let staff = UserId(some_id());
    let report = FormReport {
        message,
        code_sha256: [9; 32],
        holder: FormHolder::Private,
        source: FormSource::Telephone,
        written_by: Some((staff, "Kari Saksbehandler".to_owned())),
        proved: writing.proved.clone(),
        feedback: true,
        consent_version: "consent@2026-11-01-1f2e3d4c".to_owned(),
        sent_at: later(1),
    };
    store.keep_form_report(&report, writing.id).await.unwrap();
    store.keep_form_report(&FormReport { code_sha256: [8; 32], ..report }, writing.id).await.unwrap();

    assert!(store.form_draft([1; 32], later(1)).await.unwrap().is_none(), "a sent report is no draft");
    assert!(store.form_status([8; 32]).await.unwrap().is_none(), "the first code holds");
    let status = store.form_status([9; 32]).await.unwrap().unwrap();
    assert_eq!((status.item, status.feedback, status.opened_at), (Some(ItemState::Unread), true, None));
    let who = Person { id: staff, display_name: "Kari Saksbehandler".to_owned() };
    store.act_on_case(&deed_of(item, "gjerstad", Act::Open, &who, later(5))).await.unwrap();
    let status = store.form_status([9; 32]).await.unwrap().unwrap();
    assert_eq!((status.item, status.opened_at, status.closed_at), (Some(ItemState::Opened), Some(later(5)), None));

    assert!(!status.passed_on);
    let text = || Redacted::new(format!("{PERSON_NAME} venter."));
    let answer = Act::Answer { kind: AnswerKind::Preliminary, text: text(), way: AnswerWay::Telephone, basis: None };
    let question = Act::AskForMore { question: text(), way: AnswerWay::Telephone, answer: None };
    let heard = Act::RegisterAnswer { text: text() };
    for (act, minutes, asked_at) in
        [(Act::Take, 5, None), (answer, 5, None), (question, 6, Some(later(6))), (heard, 6, None)]
    {
        store.act_on_case(&deed_of(item, "gjerstad", act, &who, later(minutes))).await.unwrap();
        assert_eq!(store.form_status([9; 32]).await.unwrap().unwrap().asked_at, asked_at);
    }
    let status = store.form_status([9; 32]).await.unwrap().unwrap();
    assert_eq!(status.answers, [(Some(AnswerKind::Preliminary), later(5))]);
    assert_eq!((&status.unit, status.misaddressed_at), (&Some(unit("gjerstad")), None));
    let (number, name) = (MunicipalityNumber::parse("1149").unwrap(), "Karmøy kommune".to_owned());
    let to = TransferTarget::Municipality { number, name };
    let offer = Act::OfferTransfer { transfer: some_id(), to, why: Redacted::new("Flyttet.".to_owned()) };
    for (act, minutes) in [(offer, 7), (Act::TransferAccepted, 8)] {
        assert!(!store.form_status([9; 32]).await.unwrap().unwrap().passed_on, "not before it is taken over");
        let acted = store.act_on_case(&deed_of(item, "gjerstad", act, &who, later(minutes))).await.unwrap();
        assert!(matches!(acted, Acted::Done { .. }), "{acted:?}");
    }
    assert!(store.form_status([9; 32]).await.unwrap().unwrap().passed_on);

    let origin = store.form_origin(message).await.unwrap().unwrap();
    assert_eq!((origin.source, origin.written_by.as_deref()), (FormSource::Telephone, Some("Kari Saksbehandler")));
    assert_eq!(origin.proved.as_deref(), Some("Prøve-ID, high"));
    assert_eq!(origin.consent_version, "consent@2026-11-01-1f2e3d4c");
    let journal = store.item(item, &[unit("gjerstad")]).await.unwrap().journal;
    assert_eq!(journal.iter().filter(|it| it.action == "registered").count(), 1);
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { .. }));
}
