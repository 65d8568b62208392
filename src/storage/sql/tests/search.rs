//! Finding reports by blind indexes, filters, what looks alike, and that what is kept for it follows what happens.

use super::Ground;
use super::NOON;
use super::OTHER_PERSON_ID;
use super::PERSON_ID;
use super::contract;
use super::deed_of;
use super::item;
use super::number;
use super::settlement;
use super::tamper;
use super::unit;
use crate::domain::Act;
use crate::domain::AnswerKind;
use crate::domain::AnswerWay;
use crate::domain::Clearance;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::LiftReason;
use crate::domain::LiftStep;
use crate::domain::LiftTo;
use crate::domain::NeedDimension;
use crate::domain::NeedKind;
use crate::domain::Particular;
use crate::domain::PlanStatus;
use crate::domain::Redacted;
use crate::domain::ReporterCategory;
use crate::domain::Share;
use crate::domain::Sight;
use crate::domain::TeamStatus;
use crate::domain::TransferTarget;
use crate::domain::Which;
use crate::storage::Acted;
use crate::storage::CaseStore;
use crate::storage::Counts;
use crate::storage::Due;
use crate::storage::Figure;
use crate::storage::InboxQuery;
use crate::storage::InboxStore as _;
use crate::storage::Likeness;
use crate::storage::ListFilter;
use crate::storage::MessageStore;
use crate::storage::NewItem;
use crate::storage::Of;
use crate::storage::Paced;
use crate::storage::PeopleStore;
use crate::storage::Person;
use crate::storage::Quarter;
use crate::storage::RegisterFilter;
use crate::storage::RegisterQuery;
use crate::storage::RegisterStore as _;
use crate::storage::SearchCursor;
use crate::storage::SearchQuery;
use crate::storage::SearchStore;
use crate::storage::Sought;
use crate::storage::Statistic;
use crate::storage::StatisticsStore;
use crate::storage::UserId;
use jiff::civil::date;
use std::time::Duration;
use uuid::Uuid;

contract!(
    a_report_is_found_by_what_people_know_of_it_and_only_by_those_who_see_it,
    a_search_is_paged_newest_first,
    a_list_is_narrowed_and_counted_alike,
    what_looks_alike_is_found_with_the_reason,
    what_a_report_is_found_by_goes_where_its_content_goes,
    what_is_kept_is_what_would_be_counted_anew,
    a_withdrawal_and_a_question_are_work_and_no_needs,
    what_reports_no_need_is_taken_out_of_what_was_counted_before,
    a_case_that_two_units_work_with_is_counted_once,
    those_that_wait_grow_older_without_a_write,
);

const WHO: UserId = UserId(Uuid::from_u128(1));

async fn a_report_is_found_by_what_people_know_of_it_and_only_by_those_who_see_it<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let open =
        plant(&*store, 1, named("Åse-Marie Testdal Prøvesen", "Sørlandet øvingssykehus HF, Barneklinikken")).await;
    let graded =
        plant(&*store, 2, NewItem { protected: true, ..named("Åse Testdal", "Sørlandet øvingssykehus HF") }).await;
    let summary = Redacted::new(crate::storage::ItemSummary::default());
    let aware = NewItem { share: Share::Awareness, summary, ..named("Åse Testdal", "Sørlandet øvingssykehus HF") };
    plant(&*store, 3, aware).await;

    let ordinary = Sight { clearance: Clearance::Ordinary, ..Sight::whole(unit("gjerstad")) };
    let found = async |sight: &Sight, sought: Sought| {
        let query = SearchQuery { sought, after: None, rows_max: 10 };
        ids(store.find(std::slice::from_ref(sight), WHO, &query).await.unwrap())
    };
    let name = |text: &str| Sought::PersonName(Redacted::new(text.to_owned()));
    let sender = |text: &str| Sought::SenderName(Redacted::new(text.to_owned()));
    let cleared = Sight::whole(unit("gjerstad"));

    for text in ["Testdal", "aase testdal", "PRØVESEN, Åse", "Marie Provesen Åse", "A\u{30a}se Testdal"] {
        assert_eq!(found(&ordinary, name(text)).await.first(), Some(&open), "{text}");
    }
    assert_eq!(found(&cleared, name("Åse Testdal")).await, [graded, open], "newest first");
    for text in ["Test", "Åse Fantasi", "", "øvingssykehus"] {
        assert_eq!(found(&cleared, name(text)).await, [], "{text}");
    }
    for text in ["sorlandet", "Barneklinikken øvingssykehus"] {
        assert_eq!(found(&cleared, sender(text)).await, [open], "{text}: who sent what is graded is hidden");
    }
    let organisation = Sought::Organisation(Redacted::new("310 000 108".to_owned()));
    assert_eq!(found(&cleared, organisation).await, [open]);
    assert_eq!(found(&ordinary, Sought::PersonId(Redacted::new(PERSON_ID.to_owned()))).await, [open]);
    for id in ["document-1", " {CONVERSATION-1} ", "message-1"] {
        assert_eq!(found(&ordinary, Sought::Id(id.to_owned())).await, [open], "{id}");
    }
    assert_eq!(found(&ordinary, Sought::Id("message-2".to_owned())).await, []);
    assert_eq!(found(&Sight::whole(unit("karmoy")), name("Testdal")).await, []);
    let own = Sight { which: Which::Own, ..cleared.clone() };
    assert_eq!(found(&own, name("Testdal")).await, [], "nobody is responsible");
    let one = Sight { which: Which::Case(open), ..cleared.clone() };
    assert_eq!(found(&one, name("Testdal")).await, [open]);
    let kari = Person { id: WHO, display_name: "Kari Prøve".to_owned() };
    let elsewhere = Sight::whole(unit("karmoy"));
    let archived = || Sought::Id(" 26/01234-2".to_owned());
    assert_eq!(found(&cleared, archived()).await, []);
    for item in [open, graded] {
        for act in [Act::Open, Act::Take, Act::Archive { reference: Redacted::new("26/01234-2".to_owned()) }] {
            done(store.act_on_case(&deed_of(item, "gjerstad", act, &kari, NOON)).await.unwrap());
        }
    }
    assert_eq!(found(&ordinary, archived()).await, [open], "the archive knows it by its own number");
    assert_eq!(found(&cleared, archived()).await.len(), 2);
    assert_eq!(found(&elsewhere, archived()).await, [], "another unit's");

    // What looks like another kind of number: of a person without a Norwegian one, and an archive's of nine and eleven digits.
    let other = named("Odd Testdal", "Sørlandet øvingssykehus HF");
    let duf = Some("202601234567".to_owned());
    let summary = other.summary.map(|it| crate::storage::ItemSummary { person_id: duf, ..it });
    let without_ours = plant(&*store, 4, NewItem { summary, ..other }).await;
    assert_eq!(found(&ordinary, Sought::Id("2026 0123 4567".to_owned())).await, [without_ours]);
    assert_eq!(found(&elsewhere, Sought::Id("202601234567".to_owned())).await, []);
    for (number, sought) in
        [("202612345", Sought::Organisation as fn(Redacted<String>) -> Sought), ("20261234567", Sought::PersonId)]
    {
        let act = Act::Archive { reference: Redacted::new(number.to_owned()) };
        done(store.act_on_case(&deed_of(open, "gjerstad", act, &kari, NOON)).await.unwrap());
        assert_eq!(found(&ordinary, sought(Redacted::new(number.to_owned()))).await, [open], "{number}");
    }
}

async fn a_search_is_paged_newest_first<G: Ground>(ground: &G) {
    let store = ground.open().await;
    for number in 0..7 {
        plant(&*store, number, named("Åse Testdal", "Eksempel sykehus")).await;
    }
    let sights = [Sight::whole(unit("gjerstad"))];

    for sought in [
        Sought::PersonName(Redacted::new("Testdal Åse".to_owned())),
        Sought::PersonId(Redacted::new(PERSON_ID.to_owned())),
    ] {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let query = SearchQuery { sought: sought.clone(), after, rows_max: 3 };
            let rows = store.find(&sights, WHO, &query).await.unwrap();
            let Some(last) = rows.last() else { break };
            after = Some(SearchCursor { at: last.received_at, item: last.id });
            all.extend(rows.iter().map(|it| (it.received_at, it.id)));
        }
        assert_eq!(all.len(), 7);
        assert!(all.is_sorted_by(|one, next| one > next));
    }
}

async fn a_list_is_narrowed_and_counted_alike<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let mut planted = Vec::new();
    for number in 0..12_u32 {
        let mut given = named("Åse Testdal", "Eksempel sykehus");
        if number % 3 == 0 {
            given.needs =
                vec![NeedKind::CoordinatorAndPlan.code().to_owned(), NeedKind::Habilitation.code().to_owned()];
            given.dimensions = vec![NeedDimension::Psychosocial.code().to_owned()];
            given.reporter = Some(ReporterCategory::School.code().to_owned());
        }
        given.urgent = number == 1;
        given.protected = number == 3;
        given.deadline = NOON.plus(Duration::from_secs(u64::from(number)));
        planted.push(plant(&*store, number, given).await);
    }
    let kari = Person { id: WHO, display_name: "Kari".to_owned() };
    for act in [
        Act::Open,
        Act::Take,
        Act::SetPlan { status: PlanStatus::Active, on: date(2026, 10, 1) },
        Act::SetTeam { status: TeamStatus::Active, on: date(2026, 10, 1), members: None },
    ] {
        done(store.act_on_case(&deed_of(planted[0], "gjerstad", act, &kari, NOON)).await.unwrap());
    }

    let sights = [Sight::whole(unit("gjerstad"))];
    let default = ListFilter::default;
    let due = |from, before| Some(Due { from, before: NOON.plus(Duration::from_secs(before)) });
    for (what, filter, expected) in [
        ("nothing", default(), vec![0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
        ("need", ListFilter { need: Some(NeedKind::Habilitation), ..default() }, vec![0, 3, 6, 9]),
        (
            "part of a code",
            ListFilter { need: Some(NeedKind::Coordinator), ..default() },
            vec![1, 2, 4, 5, 7, 8, 10, 11],
        ),
        ("dimension", ListFilter { dimension: Some(NeedDimension::Psychosocial), ..default() }, vec![0, 3, 6, 9]),
        ("part of one", ListFilter { dimension: Some(NeedDimension::Social), ..default() }, vec![]),
        ("sector, without graded", ListFilter { reporter: Some(ReporterCategory::School), ..default() }, vec![0, 6, 9]),
        ("sender", ListFilter { sender: Some("another".to_owned()), ..default() }, vec![]),
        ("urgent", ListFilter { urgent: Some(true), ..default() }, vec![1]),
        ("handler", ListFilter { responsible: Some(WHO), ..default() }, vec![0]),
        ("due", ListFilter { due: due(None, 2), ..default() }, vec![0, 1]),
        ("due later", ListFilter { due: due(Some(NOON.plus(Duration::from_secs(2))), 4), ..default() }, vec![2, 3]),
        ("plan", ListFilter { plan: Some(PlanStatus::Active), ..default() }, vec![0]),
        ("team", ListFilter { team: Some(TeamStatus::Active), ..default() }, vec![0]),
        ("coordinator", ListFilter { coordinated: Some((true, date(2026, 10, 1))), ..default() }, vec![]),
        ("kind", ListFilter { kind: Some("SPORSMAL".to_owned()), ..default() }, vec![]),
    ] {
        let query = InboxQuery { filter: filter.clone(), ..InboxQuery::first(50) };
        let rows = store.seen_page(&sights, WHO, &query).await.unwrap();
        let expected: Vec<_> = expected.into_iter().map(|it| planted[it]).collect();
        assert_eq!(rows.iter().map(|it| it.id).collect::<Vec<_>>(), expected, "{what}");
        let counts = store.filtered_counts(&sights, WHO, &filter).await.unwrap();
        let count: u64 = ItemState::ALL.iter().map(|it| counts.of(*it)).sum();
        assert_eq!((count, counts.at_least.len()), (expected.len() as u64, 0), "{what}");
        assert_eq!(counts.mine, u64::from(expected.contains(&planted[0])), "{what}");
    }
    assert_eq!(store.values_of(&sights, Counts::Sender).await.unwrap(), ["eksempel-sykehus"]);
    assert_eq!(store.values_of(&[], Counts::Sender).await.unwrap(), Vec::<String>::new());
}

async fn what_looks_alike_is_found_with_the_reason<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let other = |given: NewItem| {
        let summary =
            given.summary.map(|it| crate::storage::ItemSummary { person_id: Some(OTHER_PERSON_ID.to_owned()), ..it });
        NewItem { summary, ..given }
    };
    let needless = |given: NewItem| NewItem { needs: Vec::new(), ..given };
    let first = plant(&*store, 1, named("Åse Testdal", "Eksempel sykehus")).await;
    let again = plant(&*store, 2, named("Åse Testdal", "Eksempel sykehus")).await;
    let twin = plant(&*store, 3, other(needless(named("TESTDAL Åse", "Eksempel skole")))).await;
    let nameless = |given: NewItem| {
        let summary = given.summary.map(|it| crate::storage::ItemSummary { person_id: None, ..it });
        NewItem { summary, ..given }
    };
    let same_day = plant(&*store, 4, nameless(named("Ola Oppdiktet", "Eksempel sykehus"))).await;
    // Two patients of one hospital on one day are not alike.
    plant(&*store, 7, other(named("Kari Konstruert", "Eksempel sykehus"))).await;
    plant(&*store, 5, other(named("Ola Oppdiktet", "Eksempel skole"))).await;
    let graded = other(NewItem { protected: true, ..needless(named("Åse Testdal", "Eksempel skole")) });
    plant(&*store, 6, graded).await;

    let ordinary = Sight { clearance: Clearance::Ordinary, ..Sight::whole(unit("gjerstad")) };
    let found = store.alike(&[ordinary], WHO, first, 10).await.unwrap();

    let found: Vec<_> = found.into_iter().map(|(why, row)| (why, row.id)).collect();
    assert_eq!(found, [(Likeness::SentTwice, again), (Likeness::SamePerson, twin), (Likeness::SameDay, same_day)]);
    assert!(store.alike(&[Sight::whole(unit("karmoy"))], WHO, first, 10).await.unwrap().is_empty());
}

async fn what_a_report_is_found_by_goes_where_its_content_goes<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let planted = plant(&*store, 1, named("Åse Testdal", "Eksempel sykehus")).await;
    let kari = Person { id: WHO, display_name: "Kari".to_owned() };
    let found = async |name: &str| {
        let query =
            SearchQuery { sought: Sought::PersonName(Redacted::new("Testdal".to_owned())), after: None, rows_max: 10 };
        store.find(&[Sight::whole(unit(name))], WHO, &query).await.unwrap().len()
    };
    let transfer = Uuid::now_v7();
    let to = TransferTarget::Unit(unit("karmoy"));
    let offer = Act::OfferTransfer { transfer, to, why: Redacted::new("Flyttet.".to_owned()) };
    for act in [Act::Open, Act::Take, offer] {
        done(store.act_on_case(&deed_of(planted, "gjerstad", act, &kari, NOON)).await.unwrap());
    }
    assert_eq!((found("gjerstad").await, found("karmoy").await), (1, 0), "offered is not given");

    done(store.act_on_case(&deed_of(ItemId(transfer), "karmoy", Act::AcceptTransfer, &kari, NOON)).await.unwrap());

    assert_eq!((found("gjerstad").await, found("karmoy").await), (0, 1));
    let by_document = SearchQuery { sought: Sought::Id("document-1".to_owned()), after: None, rows_max: 10 };
    let sights = ["gjerstad", "karmoy"].map(|it| Sight::whole(unit(it)));
    assert_eq!(ids(store.find(&sights, WHO, &by_document).await.unwrap()), [ItemId(transfer)]);
    assert_same_anew(ground, store, 1).await;
}

async fn what_is_kept_is_what_would_be_counted_anew<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let kari = Person { id: WHO, display_name: "Kari".to_owned() };
    for number in 0..10 {
        let made_at = Some(NOON.minus(Duration::from_secs(u64::from(number) * 50_000)));
        let given = NewItem { protected: number % 4 == 0, made_at, ..named("Åse Testdal", "Eksempel sykehus") };
        let planted = plant(&*store, number, given).await;
        let later = NOON.plus(Duration::from_secs(u64::from(number) * 40_000));
        let acts = [
            Act::Open,
            Act::Take,
            Act::Confirm,
            Act::SetPlan { status: PlanStatus::Active, on: date(2026, 10, 1) },
            Act::FlagImprovement { improvement: crate::domain::Improvement::Yes, text: None },
            Act::Release,
        ];
        for act in acts.into_iter().take(number as usize) {
            done(store.act_on_case(&deed_of(planted, "gjerstad", act, &kari, later)).await.unwrap());
        }
    }
    assert_same_anew(ground, store, 2).await;
}

async fn a_case_that_two_units_work_with_is_counted_once<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let kari = Person { id: WHO, display_name: "Kari".to_owned() };
    let mut planted = Vec::new();
    for number in 0..3 {
        let item = plant(&*store, number, named("Åse Testdal", "Eksempel sykehus")).await;
        for act in [Act::Open, Act::Take] {
            done(store.act_on_case(&deed_of(item, "gjerstad", act, &kari, NOON)).await.unwrap());
        }
        planted.push(item);
    }
    let before = told(&*store).await;

    let (delegated, lifted, offered) = (super::some_id(), super::some_id(), super::some_id());
    let karmoy = unit("karmoy");
    let due = date(2026, 12, 24);
    let delegate = Particular::Delegate { item: delegated, to: karmoy.clone(), due, text: None };
    let to = LiftTo::Group { item: lifted, group: karmoy.clone() };
    let lift = Act::Lift { to, reason: LiftReason::BetterHere, step: LiftStep::One, text: None };
    for (item, act) in [(planted[0], Act::Note { what: delegate }), (planted[1], lift)] {
        done(store.act_on_case(&deed_of(item, "gjerstad", act, &kari, NOON)).await.unwrap());
    }
    assert_eq!(told(&*store).await, before, "there are not more cases for it");
    for (id, act) in [(delegated, Act::Open), (delegated, Act::Take), (lifted, Act::Open)] {
        done(store.act_on_case(&deed_of(ItemId(id), "karmoy", act, &kari, NOON)).await.unwrap());
    }
    assert_eq!(told(&*store).await, before, "whatever the other unit does");

    // What has left is counted by the one who has accepted it, and no more here.
    let why = Redacted::new("Flyttet.".to_owned());
    let offer = Act::OfferTransfer { transfer: offered, to: TransferTarget::Unit(karmoy), why };
    done(store.act_on_case(&deed_of(planted[2], "gjerstad", offer, &kari, NOON)).await.unwrap());
    done(store.act_on_case(&deed_of(ItemId(offered), "karmoy", Act::AcceptTransfer, &kari, NOON)).await.unwrap());
    let cases = |all: &[Statistic], of: &str| -> u64 {
        let is_case = |it: &&Statistic| it.what == Figure::Cases(Counts::Outcome) && it.unit == unit(of);
        all.iter().filter(is_case).map(|it| it.count).sum()
    };
    let after = told(&*store).await;
    assert_eq!((cases(&before, "gjerstad"), cases(&before, "karmoy")), (3, 0));
    assert_eq!((cases(&after, "gjerstad"), cases(&after, "karmoy")), (2, 1));
    assert_same_anew(ground, store, 2).await;
}

/// What reports no need is in the list, where somebody reads it, and is nowhere that needs are told.
async fn a_withdrawal_and_a_question_are_work_and_no_needs<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let kari = Person { id: WHO, display_name: "Kari".to_owned() };
    let of_kind = |kind: &str| NewItem { kind: kind.to_owned(), ..named("Åse Testdal", "Eksempel sykehus") };
    let need = plant(&*store, 0, of_kind("BEHOV")).await;
    let before = told(&*store).await;
    let others = [plant(&*store, 1, of_kind("TILBAKETREKK")).await, plant(&*store, 2, of_kind("SPORSMAL")).await];

    let listed =
        store.inbox_page(&InboxQuery { units: vec![unit("gjerstad")], ..InboxQuery::first(10) }).await.unwrap();
    assert_eq!(listed.len(), 3, "somebody must read them");
    let sights = [Sight::whole(unit("gjerstad"))];
    let late = NOON.plus(Duration::from_secs(1));
    let uncoordinated_on = Some(NOON.date_in_norway());
    for filter in [
        RegisterFilter::default(),
        RegisterFilter { uncoordinated_on, ..RegisterFilter::default() },
        RegisterFilter { unanswered_at: Some(late), ..RegisterFilter::default() },
    ] {
        assert_eq!(store.register_count(&sights, &filter).await.unwrap(), 1, "{filter:?}");
        let query = RegisterQuery { filter, after: None, rows_max: 10 };
        let rows = store.register_page(&sights, &query).await.unwrap();
        assert_eq!(rows.iter().map(|it| it.id).collect::<Vec<_>>(), [need]);
    }
    let gap = ListFilter { coordinated: Some((false, NOON.date_in_norway())), ..ListFilter::default() };
    assert_eq!(store.filtered_counts(&sights, WHO, &gap).await.unwrap().of(ItemState::Unread), 1);
    assert_eq!(told(&*store).await, before, "neither many nor waiting, late or without a coordinator");

    // Whatever is done with them, and whoever has them.
    for other in others {
        for act in [Act::Open, Act::Take] {
            done(store.act_on_case(&deed_of(other, "gjerstad", act, &kari, NOON)).await.unwrap());
        }
    }
    let (transfer, to) = (super::some_id(), TransferTarget::Unit(unit("karmoy")));
    let offer = Act::OfferTransfer { transfer, to, why: Redacted::new("Flyttet.".to_owned()) };
    done(store.act_on_case(&deed_of(others[0], "gjerstad", offer, &kari, NOON)).await.unwrap());
    done(store.act_on_case(&deed_of(ItemId(transfer), "karmoy", Act::AcceptTransfer, &kari, NOON)).await.unwrap());
    assert_eq!(told(&*store).await, before);
    assert_same_anew(ground, store, 1).await;
}

/// A database of before, which counted them.
async fn what_reports_no_need_is_taken_out_of_what_was_counted_before<G: Ground>(ground: &G) {
    let store = ground.open().await;
    plant(&*store, 0, named("Åse Testdal", "Eksempel sykehus")).await;
    let withdrawal = NewItem { kind: "TILBAKETREKK".to_owned(), ..named("Åse Testdal", "Eksempel sykehus") };
    plant(&*store, 1, withdrawal).await;
    let now = told(&*store).await;
    tamper(&*store, "UPDATE items SET counts = 1, counted = 0; DELETE FROM statistics").await;
    store.close().await;
    let store = ground.open().await;
    assert_ne!(told(&*store).await, now, "as it was");

    tamper(&*store, include_str!("../../migrations/0032_no_need.sql")).await;
    store.close().await;

    let again = ground.open().await;
    assert_eq!(told(&*again).await, now);
    again.close().await;
}

async fn those_that_wait_grow_older_without_a_write<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let kari = Person { id: WHO, display_name: "Kari".to_owned() };
    plant(&*store, 0, named("Åse Testdal", "Eksempel sykehus")).await;
    let heard = plant(&*store, 1, named("Ola Prøvesen", "Eksempel sykehus")).await;
    let sights = [Sight::whole(unit("gjerstad"))];
    let quarters = [Quarter::of(NOON)];
    let waited = async |days: u64| {
        let now = NOON.plus(Duration::from_secs(days * 86_400));
        let all = Figure::Took { of: Of::All, pace: Paced::Waited };
        let mut told = store.statistics(&sights, &quarters, now).await.unwrap();
        told.retain(|it| it.what == all);
        told.into_iter().map(|it| (it.value, it.count)).collect::<Vec<_>>()
    };
    assert_eq!(waited(1).await, [("10".to_owned(), 2)]);
    assert_eq!(waited(30).await, [("300".to_owned(), 2)]);

    let later = NOON.plus(Duration::from_secs(2 * 86_400));
    let answer = Act::Answer {
        kind: AnswerKind::Preliminary,
        text: Redacted::new("Vi ser på saken.".to_owned()),
        way: AnswerWay::Electronic,
        basis: None,
    };
    for act in [Act::Open, Act::Take, answer] {
        done(store.act_on_case(&deed_of(heard, "gjerstad", act, &kari, later)).await.unwrap());
    }

    assert_eq!(waited(30).await, [("20".to_owned(), 1), ("300".to_owned(), 1)], "one has been answered");
    store.close().await;
}

/// Throws away what is kept, lets it be made anew when the database is opened, and finds the same.
async fn assert_same_anew<G: Ground>(
    ground: &G,
    store: std::sync::Arc<crate::storage::SqlStore<G::Engine>>,
    units_told_min: usize,
) {
    let before = told(&*store).await;
    assert!(before.len() >= units_told_min);
    let tokens = "SELECT COUNT(*) AS number FROM search_tokens WHERE what <> 'id'";
    let tokens_before = number(&*store, tokens).await;
    tamper(&*store, "DELETE FROM statistics").await;
    tamper(&*store, "DELETE FROM search_tokens").await;
    tamper(&*store, "UPDATE items SET counted = 0").await;
    store.close().await;

    let again = ground.open().await;

    assert_eq!(told(&*again).await, before);
    assert_eq!(number(&*again, tokens).await, tokens_before);
    again.close().await;
}

async fn told(store: &dyn StatisticsStore) -> Vec<Statistic> {
    let sights = ["gjerstad", "karmoy"].map(|it| Sight::whole(unit(it)));
    let day = NOON.date_in_norway();
    let quarters: Vec<_> = (1..=4).map(|quarter| Quarter { year: day.year(), quarter }).collect();
    store.statistics(&sights, &quarters, NOON.plus(Duration::from_secs(86_400))).await.unwrap()
}

fn named(name: &str, sender: &str) -> NewItem {
    let given = item("gjerstad", Share::Content);
    let summary = given.summary.map(|it| crate::storage::ItemSummary {
        person_name: Some(name.to_owned()),
        sender: sender.to_owned(),
        ..it
    });
    NewItem { summary, ..given }
}

/// Receives a message with this one item; its id.
async fn plant(store: &dyn MessageStore, number: u32, given: NewItem) -> ItemId {
    let id = given.id;
    let mut settlement = settlement(number);
    settlement.notices = Vec::new();
    settlement.items =
        vec![NewItem { ids: vec![format!("document-{number}"), format!("conversation-{number}")], ..given }];
    store.settle(settlement).await.unwrap();
    id
}

fn ids(rows: Vec<crate::storage::InboxRow>) -> Vec<ItemId> {
    rows.into_iter().map(|it| it.id).collect()
}

fn done(acted: Acted) {
    assert!(matches!(acted, Acted::Done { .. }), "{acted:?}");
}
