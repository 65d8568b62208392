//! What the sender of a report is told afterwards, and what must be mended before it is sent.

use super::Browser;
use super::Gateway;
use super::Page;
use super::SELF;
use super::code_of;
use crate::clock::Clock as _;
use crate::domain::*;
use crate::storage::*;
use axum::http::StatusCode;
use jiff::civil::date;
use std::time::Duration;
use uuid::Uuid;

const RELATIVE: [(&str, &str); 3] =
    [("category", "PAARORENDE"), ("reporter_name", "Odd Tenkt"), ("reporter_phone", "99000161")];

/// One who has told who they are, in Risør.
async fn begun(gateway: &Gateway, who: &[(&str, &str)]) -> Browser {
    let mut person = gateway.browser();
    let start = person.get("/meld?kommune=4201").await;
    person.post(&start, "/meld/start", &[("kommune", "4201")]).await;
    person.fill("melder", who, "person").await;
    person
}

/// The receipt for a report about an adult, and its row.
async fn sent(gateway: &Gateway, who: &[(&str, &str)], scopes: &[&str]) -> (Page, InboxRow) {
    let mut person = begun(gateway, who).await;
    person.about_an_adult(scopes, &[]).await;
    let review = person.get("/meld/se-over").await;
    let receipt = person.post(&review, "/meld/se-over", &[]).await;
    assert!(receipt.body.contains("Meldingen er mottatt"), "{}", receipt.body);
    let rows = gateway.rows("risor-helse-og-omsorg").await;
    let row = rows.into_iter().find(|it| receipt.body.contains(it.reference.as_str())).unwrap();
    (receipt, row)
}

/// Something is done with it, an hour later.
async fn act(gateway: &Gateway, row: &InboxRow, act: Act) {
    gateway.clock.advance(Duration::from_hours(1));
    let who = Colleague { id: Uuid::from_u128(3), name: "Kari Saksbehandler".to_owned() };
    let by = Acting { who, authority: Authority::Own, at: gateway.clock.now() };
    let deed = Deed { item: row.id, units: vec![row.unit.clone()], act, by, version: None };
    let acted = gateway.store.act_on_case(&deed).await.unwrap();
    assert!(matches!(acted, Acted::Done { .. }), "{acted:?}");
}

fn text(said: &str) -> Redacted<String> {
    Redacted::new(said.to_owned())
}

fn answer(kind: AnswerKind) -> Act {
    Act::Answer { kind, text: text("Hemmelig svar"), way: AnswerWay::Telephone, basis: None }
}

fn question() -> Act {
    Act::AskForMore { question: text("Hemmelig spørsmål"), way: AnswerWay::Telephone, answer: None }
}

fn decision() -> Act {
    Act::Decide { outcome: CaseOutcome::Granted, on: date(2026, 11, 19), text: Some(text("Hemmelig vedtak")) }
}

fn not_ours() -> Act {
    let reason = MisaddressReason::WrongAddressee;
    Act::WrongAddressee { reason, text: Some(text("Hemmelig grunn")), way: AnswerWay::Telephone }
}

/// The heading: how far it has come.
fn said(page: &Page) -> &str {
    page.body.split("id=\"status-said\">").nth(1).unwrap().split('<').next().unwrap()
}

#[tokio::test]
async fn the_sender_is_told_each_step_that_the_consent_allows_and_whom_to_call() {
    let gateway = Gateway::new().await;
    let (receipt, row) = sent(&gateway, &RELATIVE, &["KONTAKT", "TILBAKEMELDING_TIL_MELDER"]).await;
    let code = code_of(&receipt);
    let telephone = "<a href=\"tel:+4799000931\">+47 99 00 09 31</a>";
    assert!(receipt.body.contains(telephone), "{}", receipt.body);
    let steps: [(Act, &str); 9] = [
        (Act::Take, "En saksbehandler har tatt ansvar"),
        (answer(AnswerKind::Preliminary), "Foreløpig svar er gitt"),
        (question(), "Kommunen venter på svar fra deg"),
        (Act::RegisterAnswer { text: text("Hemmelig") }, "Foreløpig svar er gitt"),
        (decision(), "Foreløpig svar er gitt"),
        (answer(AnswerKind::Outcome), "Besvart"),
        (Act::ChangeConsent { status: ConsentStatus::Unclear, on: date(2026, 11, 20), text: None }, "Besvart"),
        (Act::Archive { reference: text("26/01234-2") }, "Besvart"),
        (Act::Close, "Ferdigbehandlet hos enheten"),
    ];
    for (done, expected) in steps {
        let kind = done.kind();
        act(&gateway, &row, done).await;

        let page = gateway.browser().status(&code).await;

        assert_eq!(said(&page), expected, "{kind:?}: {}", page.body);
        assert!(page.body.contains(telephone), "{kind:?}: {}", page.body);
        assert_eq!(page.body.contains("Ring enheten."), kind == ActKind::AskForMore, "{}", page.body);
        let is_told = ["Besvart", "Ferdigbehandlet hos enheten"].contains(&expected);
        assert_eq!(page.body.contains("<dd>Innvilget, 19. november 2026</dd>"), is_told, "{kind:?}: {}", page.body);
        for hidden in ["Hemmelig", "Kari", "Ragna", "Prøvesen"] {
            assert!(!page.body.contains(hidden), "{hidden}: {}", page.body);
        }
    }
    let page = gateway.browser().status(&code).await;
    for (what, hour) in
        [("Foreløpig svar er gitt", "13.00"), ("Besvart", "17.00"), ("Ferdigbehandlet hos enheten", "20.00")]
    {
        let line = page.body.split(&format!("<dt>{what}</dt>")).nth(1).unwrap();
        assert!(
            line.split("</div>").next().unwrap().contains(&format!("20. november 2026 kl. {hour}")),
            "{what}: {line}"
        );
    }

    // The person takes the consent back: then no more is told, though it was.
    act(&gateway, &row, Act::Reopen).await;
    act(&gateway, &row, Act::Take).await;
    let objection = Act::ChangeConsent { status: ConsentStatus::Objected, on: date(2026, 11, 20), text: None };
    act(&gateway, &row, objection).await;
    let page = gateway.browser().status(&code).await;
    assert_eq!(said(&page), "Mottatt");
    for told in ["Besvart", "Innvilget", "Åpnet"] {
        assert!(!page.body.contains(told), "{told}: {}", page.body);
    }
}

#[tokio::test]
async fn one_whom_the_consent_does_not_let_know_is_told_only_what_they_must_do_themselves() {
    let gateway = Gateway::new().await;
    let (receipt, row) = sent(&gateway, &RELATIVE, &["KONTAKT"]).await;
    let code = code_of(&receipt);
    let steps: [(Act, &str); 6] = [
        (Act::Take, "Mottatt"),
        (answer(AnswerKind::Preliminary), "Mottatt"),
        (decision(), "Mottatt"),
        (question(), "Kommunen venter på svar fra deg"),
        (Act::RegisterAnswer { text: text("Hemmelig") }, "Mottatt"),
        (not_ours(), "Meldingen hørte ikke hjemme her"),
    ];
    for (done, expected) in steps {
        act(&gateway, &row, done).await;

        let page = gateway.browser().status(&code).await;

        assert_eq!(said(&page), expected, "{}", page.body);
        assert!(page.body.contains("omfatter ikke tilbakemelding") && page.body.contains("+47 99 00 09 31"));
        for told in ["Åpnet", "tatt ansvar", "Foreløpig", "Innvilget", "Hemmelig"] {
            assert!(!page.body.contains(told), "{told}: {}", page.body);
        }
    }
    let page = gateway.browser().status(&code).await;
    assert!(page.body.contains("Har ingen ringt deg, ringer du enheten"), "{}", page.body);
}

#[tokio::test]
async fn who_consents_and_reports_is_not_asked_whether_they_may_know_what_comes_of_it() {
    let gateway = Gateway::new().await;
    let asked = "at melderen får vite utfallet";
    let guardian = [("category", "VERGE"), ("reporter_name", "Odd Tenkt"), ("reporter_phone", "99000161")];
    for who in [SELF, guardian] {
        let mut person = begun(&gateway, &who).await;
        let declared = person.about_an_adult(&["KONTAKT"], &[]).await;
        assert!(!declared.body.contains(asked) && !declared.body.contains("Uten samtykke til tilbakemelding"));
        let review = person.get("/meld/se-over").await;
        let receipt = person.post(&review, "/meld/se-over", &[]).await;
        assert!(!receipt.body.contains("omfatter ikke tilbakemelding"), "{}", receipt.body);
        let page = gateway.browser().status(&code_of(&receipt)).await;
        assert_eq!(said(&page), "Mottatt, ikke lest ennå", "{}", page.body);
        // The unit reads the same, and need not find another ground for answering.
        let rows = gateway.rows("risor-helse-og-omsorg").await;
        let row = rows.iter().find(|it| receipt.body.contains(it.reference.as_str())).unwrap();
        let raw = gateway.store.raw(row.message).await.unwrap();
        assert!(String::from_utf8_lossy(raw.bytes.reveal()).contains("TILBAKEMELDING_TIL_MELDER"));
    }
    // A parent, of a child of nine and of one who consents alone.
    let parent = [("category", "FORESATT"), ("reporter_name", "Odd Tenkt"), ("reporter_phone", "99000161")];
    for (born, consent, is_asked) in [("2017-03-01", "AVGITT_PA_VEGNE", false), ("2009-03-01", "SAMTYKKET", true)] {
        let mut person = begun(&gateway, &parent).await;
        let about = [("id_kind", "UKJENT"), ("id_reason", "IKKE_OPPGITT"), ("given_name", "Åse"), ("born", born)];
        person.fill("person", &[&about[..], &[("family_name", "Testdal")]].concat(), "samtykke").await;
        person.fill("samtykke", &[("consent", consent), ("consent_day", "2026-11-19")], "grunnlag").await;
        assert_eq!(person.get("/meld/grunnlag").await.body.contains(asked), is_asked, "{born}");
    }
    let mut relative = begun(&gateway, &RELATIVE).await;
    assert!(relative.about_an_adult(&["KONTAKT"], &[]).await.body.contains(asked));
}

#[tokio::test]
async fn a_number_in_a_text_and_a_hurry_without_a_reason_are_mended_where_they_stand() {
    let gateway = Gateway::new().await;
    let mut person = begun(&gateway, &SELF).await;
    person.about_an_adult(&["KONTAKT"], &[]).await;
    let good_review = person.get("/meld/se-over").await;
    let page = person.get("/meld/behov").await;
    let need = |description: &'static str, urgency: &'static str, wish_who: &'static str| {
        [
            ("needs", "KOORDINATOR"),
            ("description", description),
            ("urgency", urgency),
            ("wish", "ONSKER"),
            ("wish_who", wish_who),
        ]
    };
    let (good, number) = ("Trenger hjelp til å samordne tjenester.", "Trenger hjelp, sier mor 04861751843 på telefon.");
    for (fields, at) in [
        (need(number, "ORDINAER", ""), "description"),
        (need(good, "HASTER", ""), "urgency_reason"),
        (need(good, "ORDINAER", "Kari 048617 51843"), "wish_who"),
    ] {
        let told = person.post(&page, "/meld/behov", &fields).await;

        assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "{at}");
        assert!(told.body.contains(&format!("<li><a href=\"#{at}\">")), "{at}: {}", told.body);
        // It is not sent past that page either.
        let review = person.get("/meld/se-over").await;
        assert!(review.body.contains("Dette må rettes") && !review.body.contains("Send meldingen"), "{}", review.body);
        let sent = person.post(&good_review, "/meld/se-over", &[]).await;
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{at}: {}", sent.body);
    }
    assert!(gateway.rows("risor-helse-og-omsorg").await.is_empty());
}

#[tokio::test]
async fn a_due_date_is_of_a_child_that_is_not_born_and_a_telephone_can_be_called() {
    let gateway = Gateway::new().await;
    let mut person = begun(&gateway, &RELATIVE).await;
    let page = person.get("/meld/person").await;
    let child = [
        ("id_kind", "FNR"),
        ("id_number", "04861751843"),
        ("given_name", "Åse"),
        ("family_name", "Testdal"),
        ("due", "2026-12-01"),
    ];
    let told = person.post(&page, "/meld/person", &child).await;
    assert!(told.body.contains("<li><a href=\"#due\">Termin skrives bare når barnet ikke er født."), "{}", told.body);
    let expected = [("id_kind", "UKJENT"), ("id_reason", "UFODT"), ("due", "2026-12-01")];
    let told = person.post(&page, "/meld/person", &expected).await;
    assert!(!told.body.contains("href=\"#due\""), "{}", told.body);

    let page = person.get("/meld/melder").await;
    for (number, holds) in [
        ("990001133", false),
        ("37119", false),
        ("+47 99 00 01 5", false),
        ("99 00 01 51", true),
        ("+4799000151", true),
        ("+46 8 123 456", true),
        ("004799000151", false),
    ] {
        let who = [("category", "PERSON_SELV"), ("reporter_name", "Ragna Prøvesen"), ("reporter_phone", number)];
        let told = person.post(&page, "/meld/melder", &who).await;
        assert_eq!(told.body.contains("href=\"#reporter_phone\""), !holds, "{number}: {}", told.body);
    }
}
