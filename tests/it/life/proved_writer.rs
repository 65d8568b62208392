//! A private person proves who they are at a real provider before they write in the form.

use crate::support::Browser;
use crate::support::CaseWorker;
use crate::support::INBOX;
use crate::support::Oidc;
use crate::support::Page;
use crate::support::TestGateway;

async fn fill(person: &mut Browser, step: &str, fields: &[(&str, &str)], next: &str) {
    let action = format!("/meld/{step}");
    let page = person.get(&action).await;
    let answer = person.post(&page, &action, fields).await;
    assert_eq!(answer.location, format!("/meld/{next}"), "{step}: {} {}", answer.status, answer.body);
}

async fn begin(person: &mut Browser) -> Page {
    let start = person.get("/meld?kommune=5614").await;
    person.post(&start, "/meld/start", &[("kommune", "5614")]).await
}

/// seed: G-22
/// seed in part: H-23
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_private_person_who_has_signed_in_at_a_high_level_asks_for_a_coordinator_alone() {
    let Some(mut oidc) = Oidc::start().await else { return };
    let provider = oidc.config();
    let gateway = TestGateway::open_with(|config, _| {
        INBOX.clone_into(&mut config.inbox.public_address);
        config.inbox.providers = vec![provider];
        "id".clone_into(&mut config.inbox.form.provider);
    })
    .await;
    gateway.plant("<a><FamilyName>Prøvesen</FamilyName><Id>12835401802</Id></a>".as_bytes());
    let mut person = gateway.browser();

    // Nothing is begun before, and a lower level is not enough.
    let asked = begin(&mut person).await;
    assert!(asked.body.contains("Logg inn med Prøve-ID") && asked.location.is_empty(), "{}", asked.body);
    assert_eq!(person.get("/meld/melder").await.status, 410);
    let prove = "/meld/bekreft?kommune=5614&lang=nb";
    let low = oidc.pass(&mut person, prove).await;
    assert_eq!(low.location, "/meld?refused=level");
    assert!(person.get(&low.location).await.body.contains("role=\"alert\""));
    // Nor is it for a municipality that takes no private persons, nor without a provider.
    assert_eq!(person.get("/meld/bekreft?kommune=1149").await.status, 404);
    assert_eq!(person.get("/meld/bekreftet?kommune=5614").await.status, 410, "there is no draft");

    oidc.become_person("ragna", "high").await;
    let back = oidc.pass(&mut person, prove).await;
    assert_eq!(back.location, "/meld/melder", "{}", back.body);
    let reporter =
        [("category", "PERSON_SELV"), ("reporter_name", "Ragna Prøvesen"), ("reporter_phone", "+47 99 00 01 51")];
    fill(&mut person, "melder", &reporter, "person").await;
    let about =
        [("id_kind", "FNR"), ("id_number", "12835401802"), ("given_name", "Ragna"), ("family_name", "Prøvesen")];
    fill(&mut person, "person", &about, "samtykke").await;
    let consent = [("consent", "SAMTYKKET"), ("consent_day", "2026-11-19")];
    fill(&mut person, "samtykke", &consent, "grunnlag").await;
    let ground = [("consent_read", "lest"), ("scopes", "KONTAKT"), ("scopes", "KOORDINATOR")];
    fill(&mut person, "grunnlag", &ground, "behov").await;
    let need = [
        ("needs", "KOORDINATOR"),
        ("description", "Trenger hjelp til å samordne flere tjenester etter en lang sykdom."),
        ("duration", "USIKKERT"),
        ("urgency", "ORDINAER"),
    ];
    fill(&mut person, "behov", &need, "tjenester").await;
    fill(&mut person, "tjenester", &[("services_now", "FYSIOTERAPI")], "se-over").await;
    let review = person.get("/meld/se-over").await;
    let receipt = person.post(&review, "/meld/se-over", &[]).await;
    assert!(receipt.status == 200 && receipt.body.contains("Meldingen er mottatt"), "{}", receipt.body);

    let mut leder = CaseWorker::new(&gateway, "leder", &["loppa-koordinerende-enhet"]).await;
    let page = leder.take().await;
    assert!(page.body.contains("innlogget med Prøve-ID, high"), "{}", page.body);
    assert!(page.body.contains("Koordinator"));
    gateway.close().await;
}
