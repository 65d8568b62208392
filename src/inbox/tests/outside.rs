//! What units say to those outside: the forms, and what is said when there is no way.

use super::support::Answer;
use super::support::Browser;
use super::support::House;
use super::support::Plant;
use super::support::Planted;
use crate::domain::ActKind;
use crate::domain::Detailed;
use crate::domain::ItemState;
use crate::domain::Timestamp;
use crate::storage::CaseStore;
use crate::storage::DueWord;
use axum::http::StatusCode;

/// A report of that sender, opened and taken by Kari.
async fn taken(sender_name: &'static str) -> (House, Browser, Planted) {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let planted = house.plant(Plant { sender_name, ..Plant::default() }).await;
    let path = format!("/items/{}", planted.item);
    for act in ["open", "take"] {
        let page = kari.get(&path).await;
        kari.post(&format!("{path}/{act}"), &[], &page).await;
    }
    (house, kari, planted)
}

async fn fill_in(browser: &mut Browser, item: &Planted, act: &str, fields: &[(&str, &str)]) -> Answer {
    let path = format!("/items/{}/do/{act}", item.item);
    let form = browser.get(&path).await;
    browser.post(&path, fields, &form).await
}

async fn words(house: &House) -> Vec<DueWord> {
    house.store.due_words(Timestamp(i64::MAX), 10).await.unwrap()
}

#[tokio::test]
async fn an_answer_a_question_and_a_wrong_addressee_wait_to_be_sent() {
    for (act, kind, fields, state) in [
        ("answered", ActKind::Answer, &[("kind", "FORELOPIG"), ("text", "Vi ser på det.")][..], ItemState::Taken),
        ("asked_for_more", ActKind::AskForMore, &[("text", "Hvem er foresatt?")], ItemState::Waiting),
        (
            "wrong_addressee",
            ActKind::WrongAddressee,
            &[("reason", "1"), ("text", "Bor ikke her.")],
            ItemState::Withdrawn,
        ),
    ] {
        let (house, mut kari, item) = taken("eksempel-sykehus").await;
        let page = kari.get(&format!("/items/{}", item.item)).await;
        assert!(page.body.contains(&format!("/do/{act}\"")), "{act}");

        let sent = fill_in(&mut kari, &item, act, &[fields, &[("way", "ELEKTRONISK")]].concat()).await;

        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{act}: {}", sent.body);
        assert_eq!(house.state(&item, "gjerstad").await, state);
        let due = words(&house).await;
        assert_eq!((due.len(), due[0].act, due[0].message), (1, kind, item.message));
        let said = due[0].details.iter().find(|it| it.0 == Detailed::Text).unwrap();
        assert!(fields.contains(&("text", said.1.reveal().as_str())));

        let page = kari.get(sent.location()).await;
        kari.post(&format!("/items/{}/undo", item.item), &[], &page).await;
        assert_eq!(house.state(&item, "gjerstad").await, ItemState::Taken);
        assert!(words(&house).await.is_empty(), "{act}: what is undone is not sent");
    }
}

#[tokio::test]
async fn who_cannot_be_written_to_is_telephoned_and_the_page_says_so_beforehand() {
    let (house, mut kari, item) = taken("stum-skole").await;

    let form = kari.get(&format!("/items/{}/do/answered", item.item)).await;
    assert!(!form.body.contains("ELEKTRONISK"));
    // One thing is said, and nothing of what would be sent.
    for (act, label) in [
        ("answered", "Hva som ble sagt"),
        ("asked_for_more", "Hva du spurte om"),
        ("wrong_addressee", "Hva som ble sagt"),
    ] {
        let form = kari.get(&format!("/items/{}/do/{act}", item.item)).await.body;
        let one = "), og skriv her hva som ble sagt.";
        assert!(form.contains("<p>Ring melder (") && form.matches(one).count() == 1, "{act}: {form}");
        assert!(
            form.contains(&format!("{label}</label>")) || form.contains(&format!("{label} <span")),
            "{act}: {form}"
        );
        for it in [
            "går til den som",
            "kan ikke ta imot svar",
            "Ring avsenderen",
            "får vite at",
            "som sendes",
            ">Svar</label>",
        ] {
            assert!(!form.contains(it), "{act}, {it}: {form}");
        }
    }
    let fields = [("kind", "BESKJED"), ("text", "Sa at vi har den."), ("way", "TELEFON")];
    let said = fill_in(&mut kari, &item, "answered", &fields).await;

    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
    assert!(words(&house).await.is_empty());
    let page = kari.get(said.location()).await;
    assert!(page.body.contains("Sagt på telefon") && page.body.contains("Sa at vi har den."), "{}", page.body);
    let case = house.store.case(item.item, &[crate::domain::UnitId("gjerstad".to_owned())]).await.unwrap().case;
    assert!(case.first_answer_at.is_some());
}

/// The answer comes in the same call, or later: in both ways it is written as what was answered, and nothing waits for ever.
#[tokio::test]
async fn what_is_answered_by_telephone_is_written_down_and_the_case_goes_on() {
    let (house, mut kari, item) = taken("stum-skole").await;
    let path = format!("/items/{}", item.item);

    let at_once = [("text", "Hvem er foresatt?"), ("way", "TELEFON"), ("answer", "Mor, Åse.")];
    let asked = fill_in(&mut kari, &item, "asked_for_more", &at_once).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    assert_eq!(house.state(&item, "gjerstad").await, ItemState::Taken);
    let page = kari.get(&path).await.body;
    assert!(page.contains("Svaret: Mor, Åse.") && !page.contains("/do/answer_registered\""), "{page}");

    fill_in(&mut kari, &item, "asked_for_more", &[("text", "Og telefonnummer?"), ("way", "TELEFON")]).await;
    assert_eq!(house.state(&item, "gjerstad").await, ItemState::Waiting);
    assert!(kari.get(&path).await.body.contains(&format!("{path}/do/answer_registered\"")));
    let said = fill_in(&mut kari, &item, "answer_registered", &[("text", "Hun ringte tilbake: 99 00 01 31.")]).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
    assert_eq!(house.state(&item, "gjerstad").await, ItemState::Taken);
    assert!(kari.get(&path).await.body.contains("Svaret: Hun ringte tilbake: 99 00 01 31."));
    assert!(words(&house).await.is_empty(), "nothing is sent");
}

#[tokio::test]
async fn an_answer_is_not_written_beside_a_question_that_is_sent() {
    let (house, mut kari, item) = taken("eksempel-sykehus").await;

    let fields = [("text", "Hvem er foresatt?"), ("way", "ELEKTRONISK"), ("answer", "Mor.")];
    let refused = fill_in(&mut kari, &item, "asked_for_more", &fields).await;

    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("bare fylles ut når spørsmålet ble stilt på telefon"), "{}", refused.body);
    assert_eq!(house.state(&item, "gjerstad").await, ItemState::Taken);
}

#[tokio::test]
async fn what_stands_in_the_way_is_said_and_what_was_typed_stays() {
    let (house, mut kari, item) = taken("eksempel-sykehus").await;

    let fields = [("unit", "kommune:4201"), ("text", "Bor i Risør nå.")];
    let refused = fill_in(&mut kari, &item, "transfer_offered", &fields).await;

    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("Bor i Risør nå.") && refused.body.contains("telefon"), "{}", refused.body);
    assert_eq!(house.state(&item, "gjerstad").await, ItemState::Taken);
    assert!(words(&house).await.is_empty());
}
