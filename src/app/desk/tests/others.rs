//! A school by its link, and staff who write down what is told to them.

use super::Gateway;
use super::code_of;
use crate::domain::Sight;
use crate::domain::UnitId;
use crate::storage::*;
use axum::http::Request;
use axum::http::StatusCode;
use std::time::Duration;

/// seed: H-33, H-23
/// seed in part: L-01, H-15
#[tokio::test]
async fn a_school_without_a_system_reports_a_child_by_a_link_that_is_used_once() {
    let gateway = Gateway::new().await;
    let link = gateway.invite().await;
    let mut teacher = gateway.browser();
    let mut other = gateway.browser();
    let (page, others) = (teacher.get(&link).await, other.get(&link).await);
    let begun = teacher.post(&page, &link, &[("kommune", "4201")]).await;
    assert_eq!(begun.location, "/meld/melder", "{}", begun.body);
    assert_eq!(other.get(&link).await.status, StatusCode::GONE, "it is told at once");
    assert_eq!(other.post(&others, &link, &[("kommune", "4201")]).await.status, StatusCode::GONE);

    let step = teacher.get("/meld/melder").await;
    assert!(step.body.contains("Eksempel skole (310000116)") && step.body.contains("informere personen om retten"));
    teacher.fill("melder", &[("reporter_name", "Hilde Prøvelærer"), ("reporter_phone", "99000113")], "person").await;
    let person = [("id_kind", "FNR"), ("id_number", "048617 51843"), ("given_name", "Åse"), ("family_name", "Testdal")];
    teacher.fill("person", &person, "samtykke").await;
    let consent = teacher.get("/meld/samtykke").await;
    assert!(
        consent.body.contains("<span>Foresatte</span>") && !consent.body.contains("name=\"g1_name\""),
        "a child has guardians"
    );

    // A child of nine seldom consents alone. It hinders nobody, and is said before anything is sent.
    teacher.fill("samtykke", &[("consent", "SAMTYKKET"), ("consent_day", "2026-11-18")], "grunnlag").await;
    teacher.fill("grunnlag", &[("consent_read", "lest")], "foresatte").await;
    let nobody = teacher.get("/meld/foresatte").await;
    assert!(nobody.body.contains("name=\"no_guardian\""), "a child of nine has somebody, or a reason");
    let mother = [("g1_relation", "MO"), ("g1_name", "Ingunn Testdal"), ("g1_informed", "JA")];
    teacher.fill("foresatte", &mother, "behov").await;
    let need = [
        ("needs", "BARNEKOORDINATOR"),
        ("description", "Trenger én som holder i trådene mellom seks tjenester."),
        ("urgency", "ORDINAER"),
    ];
    teacher.fill("behov", &need, "tjenester").await;
    teacher.fill("tjenester", &[("services_now", "SKOLE"), ("services_now", "FYSIOTERAPI")], "se-over").await;
    let by_child = "Personen er under 16 år og har samtykket selv.";
    let remarked = teacher.get("/meld/se-over").await;
    assert!(remarked.body.contains(by_child), "{}", remarked.body);
    teacher.fill("samtykke", &[("consent", "AVGITT_PA_VEGNE"), ("consent_day", "18.11.2026")], "grunnlag").await;
    let by_mother = [("consent_read", "lest"), ("given_by_role", "FORESATT"), ("given_by", "Ingunn Testdal")];
    teacher.fill("grunnlag", &by_mother, "foresatte").await;
    let review = teacher.get("/meld/se-over").await;
    assert!(!review.body.contains(by_child), "mended: {}", review.body);
    let receipt = teacher.post(&review, "/meld/se-over", &[]).await;

    assert!(receipt.body.contains("Samtykket omfatter ikke tilbakemelding"), "{}", receipt.body);
    let rows = gateway.rows("risor-oppvekst").await;
    assert_eq!(rows.len(), 1);
    let (mut kari, _) = gateway.staff("risor-oppvekst").await;
    let of_schools = kari.get("/register.csv?sector=SKOLE").await;
    assert!(of_schools.body.contains(rows[0].reference.as_str()), "it is kept as a school's: {}", of_schools.body);
    assert_eq!(kari.get("/register.csv?sector=FASTLEGE").await.body.lines().count(), 1);
    let list = kari.get("/").await;
    let open = format!("/items/{}/open", rows[0].id);
    kari.post(&list, &open, &[]).await;
    let read = kari.get(&format!("/items/{}", rows[0].id)).await;
    for said in ["Grunnskole", "Eksempel skole", "Hilde Prøvelærer"] {
        assert!(read.body.contains(said), "{said}: {}", read.body);
    }
    let form = Request::post("/meld/status").header("content-type", "application/x-www-form-urlencoded");
    let said = teacher.send(form, format!("code={}", code_of(&receipt))).await;
    assert!(
        said.body.contains("Mottatt")
            && said.body.contains("omfatter ikke tilbakemelding")
            && !said.body.contains("lest ennå")
    );
}

#[tokio::test]
async fn staff_write_down_a_telephone_call_and_it_is_told_who_did() {
    let gateway = Gateway::new().await;
    let (mut kari, user) = gateway.staff("risor-systemkoordinator").await;
    let start = kari.get("/meld").await;
    assert!(start.body.contains("Registrer en melding"));
    kari.post(&start, "/meld/start", &[("kommune", "4201")]).await;
    let called = [
        ("source", "telephone"),
        ("category", "PAARORENDE"),
        ("reporter_name", "Odd Tenkt"),
        ("reporter_phone", "99000161"),
    ];
    kari.fill("melder", &called, "person").await;
    kari.about_an_adult(&["KONTAKT", "TILBAKEMELDING_TIL_MELDER"], &[]).await;
    let review = kari.get("/meld/se-over").await;

    let receipt = kari.post(&review, "/meld/se-over", &[]).await;

    assert!(receipt.body.contains("Meldingen er mottatt"), "{}", receipt.body);
    let detail = gateway.store.messages(&MessageQuery { rows_max: 5, ..MessageQuery::default() }).await.unwrap();
    let message = gateway.store.message(&detail[0].id.to_string()).await.unwrap();
    assert_eq!((message.channel.as_str(), detail.len()), ("manual", 1));
    let line = message.journal.iter().find(|it| it.action == "registered").unwrap();
    assert_eq!(line.actor, Actor::Person { id: user.id.to_string(), name: "Kari Saksbehandler".to_owned() });
    assert_eq!(line.detail, "telephone");

    // Another at the same browser, after signing out, does not get at a draft.
    let start = kari.get("/meld").await;
    kari.post(&start, "/meld/start", &[("kommune", "4201")]).await;
    kari.cookies.remove("__Host-meldeport");
    assert!(kari.get("/meld/person").await.location.starts_with("/sign-in"));
}

/// That nobody is known is an answer too: who asks for it leaves a trace.
#[tokio::test]
async fn that_staff_looked_somebody_up_is_told_once_also_when_nobody_was_found() {
    let gateway = Gateway::new().await;
    let (mut kari, _) = gateway.staff("risor-systemkoordinator").await;
    let start = kari.get("/meld").await;
    kari.post(&start, "/meld/start", &[("kommune", "4201")]).await;
    let called = [("source", "telephone"), ("category", "PAARORENDE"), ("reporter_name", "Odd Tenkt")];
    kari.fill("melder", &[called.as_slice(), &[("reporter_phone", "99000161")]].concat(), "person").await;
    kari.about_an_adult(&["KONTAKT"], &[]).await;
    for _ in 0..2 {
        let review = kari.get("/meld/se-over").await;
        assert!(!review.body.contains("Det er meldt om samme person før"), "{}", review.body);
    }

    let sight = Sight::whole(UnitId("risor-systemkoordinator".to_owned()));
    let query = JournalQuery { lines_max: 100, ..JournalQuery::default() };
    let told = gateway.store.journal_page(&[sight], &query).await.unwrap();
    let searched = told.iter().filter(|it| it.line.action == "searched").map(|it| it.line.detail.as_str());
    assert_eq!(searched.collect::<Vec<_>>(), ["by identity number, 0"]);
}

/// Staff write down what came by telephone, in a meeting and on paper, and a relative sends the same in the form.
///
/// seed: R-22, L-37
#[tokio::test]
async fn what_comes_orally_or_on_paper_is_in_the_register_like_what_comes_in_the_form() {
    let gateway = Gateway::new().await;
    let (mut kari, _) = gateway.staff("risor-helse-og-omsorg").await;
    let caller = [("category", "PAARORENDE"), ("reporter_name", "Odd Tenkt"), ("reporter_phone", "99000161")];
    let ways = [
        (Some("telephone"), "På telefon"),
        (Some("meeting"), "I et møte"),
        (Some("post"), "I posten eller på papir"),
        (None, "I skjemaet"),
    ];
    for (source, said) in ways {
        let mut relative = gateway.browser();
        let writer = if source.is_some() { &mut kari } else { &mut relative };
        let start = writer.get("/meld").await;
        writer.post(&start, "/meld/start", &[("kommune", "4201")]).await;
        let reporter: Vec<_> = source.map(|it| ("source", it)).into_iter().chain(caller).collect();
        writer.fill("melder", &reporter, "person").await;
        writer.about_an_adult(&["KONTAKT", "TILBAKEMELDING_TIL_MELDER"], &[]).await;
        let review = writer.get("/meld/se-over").await;
        let receipt = writer.post(&review, "/meld/se-over", &[]).await;

        let row = gateway.rows("risor-helse-og-omsorg").await.pop().unwrap();
        let cover = kari.get(&format!("/items/{}", row.id)).await;
        let by = source.map_or(said.to_owned(), |_| format!("{said}, skrevet inn av Kari Saksbehandler"));
        assert!(cover.body.contains(&by), "{by}: {}", cover.body);
        // What the caller is given on request: the reference, and a code that answers.
        assert!(receipt.body.contains(row.reference.as_str()), "{}", receipt.body);
        let told = gateway.browser().status(&code_of(&receipt)).await;
        assert!(told.body.contains("Mottatt, ikke lest ennå") && told.body.contains(row.reference.as_str()));
        gateway.clock.advance(Duration::from_secs(60));
    }

    let (page, csv) = (kari.get("/register").await.body, kari.get("/register.csv").await.body);
    let json = kari.get("/register.json").await.body;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let mut lines = csv.trim_start_matches('\u{feff}').lines().map(|it| it.split(';').collect::<Vec<_>>());
    let head = lines.next().unwrap();
    let channel = head.iter().position(|it| *it == "Kom inn").unwrap();
    let reference = head.iter().position(|it| *it == "Referanse").unwrap();
    let mut rows: Vec<_> = lines.collect();
    rows.reverse();
    let mut in_json: Vec<_> = json["rows"].as_array().unwrap().iter().map(|it| &it["channel"]).collect();
    in_json.reverse();
    assert_eq!(rows.iter().map(|it| it[channel]).collect::<Vec<_>>(), ways.map(|it| it.1));
    assert_eq!(in_json, ways.map(|it| it.1));
    assert!(ways.iter().all(|it| page.contains(it.1)) && page.contains("Kom inn"), "{page}");
    // Nothing else tells them apart.
    for row in &mut rows {
        (row[channel], row[reference]) = ("", "");
    }
    assert!(rows.iter().all(|it| *it == rows[0]) && rows.len() == 4, "{rows:?}");
}
