//! A private person fills in the form.

use super::Gateway;
use super::SELF;
use super::code_of;
use super::now;
use crate::domain::Act;
use crate::domain::Acting;
use crate::domain::Authority;
use crate::domain::Colleague;
use crate::domain::*;
use crate::inbox::FormConfig;
use crate::inbox::PublicDirectory;
use crate::storage::Deed;
use crate::storage::*;
use crate::trial::FORM_SENDER;
use axum::http::Request;
use axum::http::StatusCode;
use jiff::civil::date;
use std::time::Duration;
use uuid::Uuid;

/// seed: L-01, L-38, L-41, L-42, L-43, L-45
/// seed in part: H-21, L-27
#[tokio::test]
async fn a_person_applies_in_loppa_and_sees_what_becomes_of_it() {
    let gateway = Gateway::new().await;
    let mut person = gateway.browser();
    let start = person.get("/meld?kommune=5614").await;
    let begun = person.post(&start, "/meld/start", &[("kommune", "5614")]).await;
    assert_eq!(begun.location, "/meld/melder", "{}", begun.body);

    person.fill("melder", &SELF, "person").await;
    let declared = person.about_an_adult(&["KONTAKT", "KOORDINATOR"], &[("extra", "STOTTEKONTAKT")]).await;
    let review = person.get("/meld/se-over").await;
    assert!(review.body.contains("Loppa") && review.body.contains("Koordinerende enhet i Loppa"), "{}", review.body);
    for place in ["/meld/behov", "/meld/se-over"] {
        assert!(person.get(place).await.body.contains("Støttekontakt"), "{place}");
    }
    let receipt = person.post(&review, "/meld/se-over", &[]).await;

    assert!(receipt.status == StatusCode::OK && receipt.body.contains("Meldingen er mottatt"), "{}", receipt.body);
    let rows = gateway.rows("loppa-koordinerende-enhet").await;
    assert_eq!((rows.len(), rows[0].needs.join(" ")), (1, "KOORDINATOR".to_owned()));
    // What it is called, when it came, and who has it.
    for said in [rows[0].reference.as_str(), "20. november 2026 kl. 11.00", "Koordinerende enhet i Loppa"] {
        assert!(receipt.body.contains(said), "{said}: {}", receipt.body);
    }
    let origin = gateway.store.form_origin(rows[0].message).await.unwrap().unwrap();
    assert!(
        declared.body.contains(&origin.consent_version) && origin.consent_version.starts_with("consent@2026-11-01-")
    );
    assert_eq!(gateway.store.message(&rows[0].message.to_string()).await.unwrap().channel, "form");
    assert_eq!(person.get("/meld/melder").await.status, StatusCode::GONE, "what is sent is no draft");

    let asked = person.get("/meld/status").await;
    let key_less = Request::post("/meld/status").header("content-type", "application/x-www-form-urlencoded");
    assert!(asked.body.contains("action=\"/meld/status\""));
    let said = person.send(key_less, format!("code={}", code_of(&receipt).to_lowercase())).await;
    assert!(said.body.contains("Mottatt, ikke lest ennå"), "{}", said.body);
    let reader = Colleague { id: Uuid::now_v7(), name: "Leder".to_owned() };
    let by = Acting { who: reader, authority: Authority::Own, at: now() };
    let deed = Deed { item: rows[0].id, units: vec![rows[0].unit.clone()], act: Act::Open, by, version: None };
    gateway.store.act_on_case(&deed).await.unwrap();
    let again = Request::post("/meld/status").header("content-type", "application/x-www-form-urlencoded");
    let said = person.send(again, format!("code={}", code_of(&receipt))).await;
    assert!(said.body.contains("Åpnet av kommunen") && !said.body.contains("Ragna") && !said.body.contains("Leder"));

    // Risør's configuration has no such application: it is not offered there, and who sends it all the same asks for nothing.
    assert!(person.get("/meld?kommune=5614").await.status == StatusCode::OK);
    let mut other = gateway.browser();
    let start = other.get("/meld").await;
    other.post(&start, "/meld/start", &[("kommune", "4201")]).await;
    other.fill("melder", &SELF, "person").await;
    other.about_an_adult(&["KONTAKT"], &[("extra", "STOTTEKONTAKT")]).await;
    for place in ["/meld/behov", "/meld/se-over"] {
        assert!(!other.get(place).await.body.contains("Støttekontakt"), "{place}");
    }
    let review = other.get("/meld/se-over").await;
    let sent = other.post(&review, "/meld/se-over", &[]).await;
    assert!(sent.body.contains("Meldingen er mottatt"), "{}", sent.body);
    for (unit, is_asked) in [("loppa-koordinerende-enhet", true), ("risor-helse-og-omsorg", false)] {
        let row = gateway.rows(unit).await.remove(0);
        let raw = gateway.store.raw(row.message).await.unwrap();
        assert_eq!(String::from_utf8_lossy(raw.bytes.reveal()).contains("STOTTEKONTAKT"), is_asked, "{unit}");
    }

    // Another municipality takes it over: that is told, and not which.
    let to = MunicipalityNumber::parse("4211").unwrap();
    let to = TransferTarget::Municipality { number: to, name: "Gjerstad kommune".to_owned() };
    let offer = Act::OfferTransfer { transfer: Uuid::now_v7(), to, why: Redacted::new("Flyttet.".to_owned()) };
    for act in [Act::Take, offer, Act::TransferAccepted] {
        let who = Colleague { id: Uuid::from_u128(3), name: "Leder".to_owned() };
        let by = Acting { who, authority: Authority::Own, at: now() };
        let deed = Deed { item: rows[0].id, units: vec![rows[0].unit.clone()], act, by, version: None };
        assert!(matches!(gateway.store.act_on_case(&deed).await.unwrap(), Acted::Done { .. }));
    }
    let said = person.status(&code_of(&receipt)).await;
    assert!(said.body.contains("Overført til en annen kommune eller et helseforetak"), "{}", said.body);
    assert!(!said.body.contains("Gjerstad") && !said.body.contains("Flyttet"), "{}", said.body);
}

/// A number may not tell the age; then the day of birth is asked for, so that nobody is asked about an adult's parents.
#[tokio::test]
async fn whether_parents_are_asked_about_is_decided_by_the_day_of_birth() {
    for (born, next, is_child) in [("2008-11-25", "foresatte", true), ("2008-11-01", "behov", false)] {
        let gateway = Gateway::new().await;
        let mut person = gateway.browser();
        let start = person.get("/meld?kommune=5614").await;
        person.post(&start, "/meld/start", &[("kommune", "5614")]).await;
        person.fill("melder", &SELF, "person").await;
        let about = [
            ("id_kind", "UKJENT"),
            ("id_reason", "IKKE_OPPGITT"),
            ("given_name", "Ragna"),
            ("family_name", "Prøvesen"),
        ];
        let page = person.get("/meld/person").await;
        let without = person.post(&page, "/meld/person", &about).await;
        assert!(without.body.contains("href=\"#born\""), "{}", without.body);
        person.fill("person", &[&about[..], &[("born", born)]].concat(), "samtykke").await;
        person.fill("samtykke", &[("consent", "SAMTYKKET"), ("consent_day", "2026-11-19")], "grunnlag").await;
        let page = person.fill("grunnlag", &[("consent_read", "lest")], next).await;
        assert_eq!(page.body.contains("<span>Foresatte</span>"), is_child, "{}", page.body);
        assert!(page.body.contains(if is_child { "Steg 4 av 8" } else { "Steg 4 av 7" }), "{}", page.body);
    }
}

/// seed: R-21
#[tokio::test]
async fn one_who_does_not_know_who_can_help_says_so_and_is_led_to_the_default_unit() {
    let gateway = Gateway::new().await;
    let mut person = gateway.browser();
    let start = person.get("/meld").await;
    person.post(&start, "/meld/start", &[("kommune", "4201")]).await;
    person.fill("melder", &SELF, "person").await;
    person.what_an_adult_needs(&["KONTAKT"], &[]).await;
    let action = "/meld/tjenester";
    let step = person.get(action).await;
    assert!(step.body.contains("Jeg vet ikke hvilken tjeneste eller hvem som kan hjelpe"), "{}", step.body);

    let both = [("unsure", "ja"), ("services_wished", "FYSIOTERAPI")];
    let refused = person.post(&step, action, &both).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("href=\"#unsure-1\"") && refused.body.contains("Ikke begge deler"));
    person.fill("tjenester", &[("unsure", "ja")], "se-over").await;
    let review = person.get("/meld/se-over").await;
    assert!(review.body.contains("Systemkoordinator i Risør"), "{}", review.body);
    let receipt = person.post(&review, "/meld/se-over", &[]).await;

    let default = gateway
        .heart
        .reception(&MunicipalityNumber::parse("4201").unwrap(), date(2026, 11, 20))
        .map(|it| it.units[0].id.clone());
    let rows = gateway.rows("risor-systemkoordinator").await;
    assert_eq!((rows.len(), Some(&rows[0].unit)), (1, default.as_ref()));
    assert!(receipt.body.contains(rows[0].reference.as_str()), "{}", receipt.body);
    // One who knows of a service is led to it.
    let mut other = gateway.browser();
    let start = other.get("/meld").await;
    other.post(&start, "/meld/start", &[("kommune", "4201")]).await;
    other.fill("melder", &SELF, "person").await;
    other.about_an_adult(&["KONTAKT"], &[]).await;
    assert!(other.get("/meld/se-over").await.body.contains("Helse og omsorg i Risør"));
}

/// seed in part: L-01
#[tokio::test]
async fn a_private_person_is_let_in_only_where_the_municipality_says_so() {
    let gateway = Gateway::new().await;
    let mut person = gateway.browser();
    for (number, is_open) in [("4201", true), ("5614", true), ("4211", false), ("1149", false), ("4601", false)] {
        let start = person.get("/meld").await;
        let answer = person.post(&start, "/meld/start", &[("kommune", number)]).await;
        assert_eq!(answer.status == StatusCode::SEE_OTHER, is_open, "{number}");
        assert!(is_open || answer.body.contains("tar ikke imot skjema fra privatpersoner"), "{number}");
    }
    let closed = Gateway::with(FormConfig::default()).await;
    assert!(closed.browser().get("/meld").await.body.contains("Skjemaet er ikke åpnet her."));
}

#[tokio::test]
async fn what_is_missing_is_told_with_links_and_nothing_personal_is_in_the_address() {
    let gateway = Gateway::new().await;
    let mut person = gateway.browser();
    let start = person.get("/meld").await;
    person.post(&start, "/meld/start", &[("kommune", "4201")]).await;

    let page = person.get("/meld/melder").await;
    let told = person.post(&page, "/meld/melder", &[("reporter_name", "Ragna"), ("reporter_phone", "ring meg")]).await;

    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        told.body.contains("href=\"#category\"") && told.body.contains("href=\"#reporter_phone\""),
        "{}",
        told.body
    );
    assert!(told.body.contains("value=\"Ragna\""), "what was written is kept");
    assert_eq!(person.get("/meld/behov").await.location, "/meld/melder", "steps are taken in order");
    person.fill("melder", &SELF, "person").await;
    let page = person.get("/meld/person").await;
    let wrong = [("id_kind", "FNR"), ("id_number", "12835401803"), ("family_name", "Prøvesen"), ("born", "31.2.1954")];
    let told = person.post(&page, "/meld/person", &wrong).await;
    assert!(told.body.contains("href=\"#id_number\"") && told.body.contains("href=\"#born\""), "{}", told.body);

    let page = person.get("/meld/person").await;
    let deleted = person.post(&page, "/meld/slett", &[]).await;
    assert!(deleted.location.starts_with("/meld?slettet=1"));
    assert_eq!(person.get("/meld/person").await.status, StatusCode::GONE);
}

#[tokio::test]
async fn limits_hold_and_drafts_expire() {
    let form = FormConfig {
        sender: FORM_SENDER.to_owned(),
        drafts_per_hour_max: 1,
        status_per_minute_max: 1,
        ..FormConfig::default()
    };
    let gateway = Gateway::with(form).await;
    let mut person = gateway.browser();
    let start = person.get("/meld").await;
    assert_eq!(person.post(&start, "/meld/start", &[("kommune", "4201")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(person.post(&start, "/meld/start", &[("kommune", "4201")]).await.status, StatusCode::TOO_MANY_REQUESTS);
    for expected in [StatusCode::NOT_FOUND, StatusCode::TOO_MANY_REQUESTS] {
        let form = Request::post("/meld/status").header("content-type", "application/x-www-form-urlencoded");
        assert_eq!(person.send(form, "code=0000".to_owned()).await.status, expected);
    }
    gateway.clock.advance(Duration::from_hours(25));
    assert_eq!(person.get("/meld/melder").await.status, StatusCode::GONE);
}
