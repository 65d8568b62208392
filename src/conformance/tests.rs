use crate::conformance::Case;
use crate::conformance::Report;
use crate::conformance::Seen;
use crate::conformance::progress::choose;
use crate::conformance::reading;
use crate::conformance::reading::Reading;
use crate::conformance::seen::Fault;
use crate::conformance::seen::FaultKind;
use crate::conformance::seen::SeenMessage;
use crate::conformance::seen::Trait;
use crate::conformance::seen::Visit;
use crate::conformance::seen::What;
use crate::domain::Timestamp;
use crate::trial::freshen;
use std::collections::BTreeSet;
use uuid::Uuid;

const SECOND: i64 = 1_000_000;

fn visit() -> Visit {
    Visit { sender: "hospital".to_owned(), own_certificate: 1, gateway_certificate: 1 }
}

fn message(id: &str, status: u16, answered: bool) -> SeenMessage {
    SeenMessage {
        by: visit(),
        message_id: Some(id.to_owned()),
        sha256: format!("sha-{id}"),
        alike: format!("alike-{id}"),
        traits: vec![Trait::Need],
        status,
        answered,
        receipt_status: (status == 200).then(|| "1".to_owned()),
        receipt: (status == 200).then(|| format!("receipt-{id}")),
        errors: Vec::new(),
    }
}

fn fault(kind: FaultKind, id: &str) -> What {
    let (sha256, alike) = (format!("sha-{id}"), format!("alike-{id}"));
    What::Fault(Fault { kind, message_id: id.to_owned(), sha256, alike, wait_seconds: 5 })
}

fn seen(all: Vec<(i64, What)>) -> Vec<Seen> {
    all.into_iter().map(|(second, what)| Seen { at: second * SECOND, what }).collect()
}

fn coming(id: &str) -> Reading {
    let (sha256, alike) = (format!("sha-{id}"), format!("alike-{id}"));
    Reading { message_id: Some(id.to_owned()), sha256, alike, traits: Vec::new() }
}

fn at(second: i64) -> Timestamp {
    Timestamp(second * SECOND)
}

fn told(all: &[Seen], case: Case) -> (bool, String) {
    let report = Report::new(all, at(1_000_000));
    let progress = report.of(case);
    (progress.is_done(), progress.why.en.clone())
}

#[test]
fn each_fault_is_made_once_and_only_for_new_messages_after_the_first() {
    let first = seen(vec![(1, What::Message(message("a", 200, true)))]);

    assert_eq!(choose(&[], &coming("a"), at(0)), None);
    assert_eq!(choose(&first, &coming("a"), at(2)), None);
    assert_eq!(choose(&first, &coming("b"), at(2)), Some(FaultKind::Busy));

    let busy = seen(vec![
        (1, What::Message(message("a", 200, true))),
        (2, fault(FaultKind::Busy, "b")),
        (2, What::Message(message("b", 503, true))),
    ]);
    assert_eq!(choose(&busy, &coming("b"), at(4)), Some(FaultKind::Busy), "too early");
    assert_eq!(choose(&busy, &coming("b"), at(7)), None, "Retry-After is over");
    assert_eq!(choose(&busy, &coming("c"), at(4)), Some(FaultKind::Slow));
    let late = seen(vec![(1, What::Message(message("a", 200, true))), (2, fault(FaultKind::Busy, "b"))]);
    assert_eq!(choose(&late, &coming("c"), at(2 + 601)), Some(FaultKind::Busy), "nobody came back");
}

#[test]
fn a_sender_that_comes_back_too_early_has_not_done_the_case_and_may_try_again() {
    let early = seen(vec![
        (1, What::Message(message("a", 200, true))),
        (2, fault(FaultKind::Busy, "b")),
        (2, What::Message(message("b", 503, true))),
        (3, fault(FaultKind::Busy, "b")),
        (3, What::Message(message("b", 503, true))),
        (9, What::Message(message("b", 200, true))),
    ]);

    let (done, why) = told(&early, Case::Busy);
    assert!(!done && why.contains("after 1.0 seconds, but Retry-After said 5"), "{why}");
    assert_eq!(choose(&early, &coming("c"), at(10)), Some(FaultKind::Busy));
}

#[test]
fn after_a_cut_only_the_same_id_with_the_same_bytes_counts() {
    let cut = |more: Vec<(i64, What)>| {
        let mut all = vec![(1, fault(FaultKind::Cut, "b")), (1, What::Message(message("b", 200, false)))];
        all.extend(more);
        told(&seen(all), Case::Cut)
    };
    let other_bytes = SeenMessage { sha256: "other".to_owned(), ..message("b", 409, true) };
    let other_id = SeenMessage { alike: "alike-b".to_owned(), ..message("c", 200, true) };

    let (done, why) = cut(vec![]);
    assert!(!done && why.contains("has not come again") && why.contains("SAME MsgId"), "{why}");
    let (done, why) = cut(vec![(2, What::Message(other_bytes))]);
    assert!(!done && why.contains("with other bytes (HTTP 409)"), "{why}");
    let (done, why) = cut(vec![(2, What::Message(other_id))]);
    assert!(!done && why.contains("under a new MsgId (c)"), "{why}");
    assert!(cut(vec![(2, What::Message(message("b", 200, true)))]).0);
}

#[test]
fn a_sender_that_hangs_up_on_a_slow_answer_is_told_after_how_long() {
    let all =
        seen(vec![(1, fault(FaultKind::Slow, "b")), (3, What::HungUp { message_id: "b".to_owned(), after_ms: 1900 })]);

    let (done, why) = told(&all, Case::Slow);

    assert!(!done && why.contains("hung up after 1.9 seconds"), "{why}");
}

#[test]
fn a_retry_after_a_cut_is_no_repetition_of_an_answered_message() {
    let cut = vec![(1, What::Message(message("b", 200, false))), (2, What::Message(message("b", 200, true)))];
    let mut repeated = cut.clone();
    repeated.push((3, What::Message(message("b", 200, true))));

    assert!(!told(&seen(cut), Case::Repeated).0);
    assert!(told(&seen(repeated), Case::Repeated).0);
}

#[test]
fn what_was_seen_is_read_as_it_was_written() {
    let all = vec![
        What::Message(message("a", 200, true)),
        fault(FaultKind::Cut, "b"),
        What::HungUp { message_id: "b".to_owned(), after_ms: 7 },
        What::Receipt { message_id: "a".to_owned(), status: 200, receipt: "r".to_owned(), by: visit() },
        What::Rehearsal { status: 200, by: visit() },
        What::Renewed,
        What::Confirmed { case: 4 },
    ];
    for what in all {
        let seen = Seen { at: 5, what };
        let line = serde_json::to_string(&seen).unwrap();
        assert_eq!(serde_json::from_str::<Seen>(&line).unwrap(), seen, "{line}");
    }
}

#[test]
fn every_case_has_its_own_number_and_name_and_two_languages() {
    let numbers: Vec<u8> = Case::ALL.iter().map(|it| it.number()).collect();
    let names: BTreeSet<&str> = Case::ALL.iter().map(|it| it.name()).collect();

    assert_eq!(numbers, (1..=u8::try_from(Case::ALL.len()).unwrap()).collect::<Vec<_>>());
    assert_eq!(names.len(), numbers.len());
    for case in Case::ALL {
        for text in [case.title(), case.task()] {
            assert!(!text.nb.is_empty() && text.en.len() > 3, "{case:?}");
        }
        assert_eq!((Case::find(case.name()), Case::find(&case.number().to_string())), (Some(*case), Some(*case)));
    }
}

#[test]
fn the_same_report_under_another_id_is_known_again_and_another_report_is_not() {
    let rulebook = crate::app::example_rulebook();
    let now = Timestamp::from_jiff("2026-10-18T20:00:00Z".parse().unwrap());
    let text = Case::Accepted.example().unwrap();
    let read = |text: &str| reading::read(&text.to_owned().into(), &rulebook, now);
    let first = read(text);
    let same = read(&text.replacen("<MsgId>1c878ac1", "<MsgId>2c878ac1", 1));
    let other = read(&freshen(text, now, Uuid::from_u128(9)));

    assert_eq!(first.alike, same.alike);
    assert_ne!((&first.sha256, &first.message_id), (&same.sha256, &same.message_id));
    assert_ne!(first.alike, other.alike);
    assert!(first.traits.contains(&Trait::Need));
}
