//! What a tester who walked the form met, from outside: what is told, where, and in whose words.

use super::Browser;
use super::Gateway;
use super::Page;
use super::SELF;
use crate::storage::*;
use axum::http::StatusCode;
use jiff::civil::date;

/// A person at /meld who has come to the second step.
async fn at_the_person(gateway: &Gateway) -> Browser {
    let mut person = gateway.browser();
    let start = person.get("/meld?kommune=4201").await;
    person.post(&start, "/meld/start", &[("kommune", "4201")]).await;
    person.fill("melder", &SELF, "person").await;
    person
}

/// The errors on top of a step: where each leads, and what it says.
fn errors(page: &Page) -> Vec<(String, String)> {
    let Some(top) = page.body.split("role=\"alert\"").nth(1) else { return Vec::new() };
    let list = top.split("</ul>").next().unwrap();
    let each = list.split("<a href=\"#").skip(1).map(|it| {
        let (target, rest) = it.split_once("\">").unwrap();
        (target.to_owned(), rest.split("</a>").next().unwrap().to_owned())
    });
    each.collect()
}

#[tokio::test]
async fn the_identity_number_tells_the_day_of_birth_to_the_one_who_looks_it_over_and_to_the_receiver() {
    let gateway = Gateway::new().await;
    let mut person = at_the_person(&gateway).await;
    person.about_an_adult(&["KONTAKT", "TILBAKEMELDING_TIL_MELDER"], &[]).await;

    let review = person.get("/meld/se-over").await;

    assert!(!review.body.contains("Fødselsdatoen til personen mangler"), "{}", review.body);
    assert!(review.body.contains("<dt>Fødselsdato</dt><dd class=\"prose\">"), "it can be seen: {}", review.body);
    let receipt = person.post(&review, "/meld/se-over", &[]).await;
    assert!(receipt.body.contains("Meldingen er mottatt"), "{}", receipt.body);
    let kept = gateway.store.messages(&MessageQuery { rows_max: 5, ..MessageQuery::default() }).await.unwrap();
    let message = gateway.store.message(&kept[0].id.to_string()).await.unwrap();
    let told: Vec<&str> = message.findings.iter().map(|it| it.code.as_str()).collect();
    assert!(!told.contains(&"MP-419"), "{told:?}");
}

#[tokio::test]
async fn a_mistyped_number_is_one_error_at_the_number() {
    let gateway = Gateway::new().await;
    let mut person = at_the_person(&gateway).await;
    let page = person.get("/meld/person").await;
    for (kind, number) in [("FNR", "12835401803"), ("FNR", "1283540180"), ("DNR", "12835401802"), ("FNR", "")] {
        let wrong = [("id_kind", kind), ("id_number", number), ("given_name", "Ragna"), ("family_name", "Prøvesen")];

        let told = person.post(&page, "/meld/person", &wrong).await;

        let errors = errors(&told);
        assert_eq!(
            errors.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(),
            ["id_number"],
            "{kind} {number}: {errors:?}"
        );
        assert!(!errors[0].1.contains("journal") && !errors[0].1.contains("FNR"), "{errors:?}");
    }
    // A number that tells no day of birth needs the day, and says so there.
    let name = [("given_name", "Ragna"), ("family_name", "Prøvesen")];
    let unknown = [[("id_kind", "UKJENT"), ("id_reason", "IKKE_OPPGITT")], name].concat();
    let told = person.post(&page, "/meld/person", &unknown).await;
    assert_eq!(errors(&told).iter().map(|it| it.0.as_str()).collect::<Vec<_>>(), ["born"]);
}

#[tokio::test]
async fn half_a_guardian_is_told_of_at_the_half_that_is_missing() {
    let gateway = Gateway::new().await;
    let mut person = at_the_person(&gateway).await;
    let relative = [("category", "PAARORENDE"), ("reporter_name", "Geir Tenkt"), ("reporter_phone", "99000161")];
    person.fill("melder", &relative, "person").await;
    let child = [("id_kind", "FNR"), ("id_number", "04861751843"), ("given_name", "Åse"), ("family_name", "Testdal")];
    person.fill("person", &child, "samtykke").await;
    person.fill("samtykke", &[("consent", "AVGITT_PA_VEGNE"), ("consent_day", "2026-11-19")], "grunnlag").await;
    let ground = [("consent_read", "lest"), ("given_by_role", "FORESATT"), ("given_by", "Ingunn Testdal")];
    person.fill("grunnlag", &ground, "foresatte").await;
    let page = person.get("/meld/foresatte").await;
    for (given, missing, said) in [
        (("g1_name", "Ingunn Testdal"), "g1_relation", "Fyll ut: Relasjon"),
        (("g2_relation", "MO"), "g2_name", "Fyll ut: Navn"),
    ] {
        let told = person.post(&page, "/meld/foresatte", &[given]).await;

        assert!(errors(&told).contains(&(missing.to_owned(), said.to_owned())), "{given:?}: {:?}", errors(&told));
        assert!(!errors(&told).iter().any(|it| it.0 == given.0), "{:?}", errors(&told));
        assert!(!told.body.contains("ny id"));
    }
}

#[tokio::test]
async fn a_row_names_whom_the_report_is_from_and_not_the_form() {
    let gateway = Gateway::new().await;
    let link = gateway.invite().await;
    let mut teacher = gateway.browser();
    let page = teacher.get(&link).await;
    teacher.post(&page, &link, &[("kommune", "4201")]).await;
    teacher.fill("melder", &[("reporter_name", "Hilde Prøvelærer"), ("reporter_phone", "99000113")], "person").await;
    teacher.about_an_adult(&["KONTAKT"], &[]).await;
    let review = teacher.get("/meld/se-over").await;
    teacher.post(&review, "/meld/se-over", &[]).await;
    let mut parent = at_the_person(&gateway).await;
    parent.about_an_adult(&["KONTAKT"], &[]).await;
    let review = parent.get("/meld/se-over").await;
    parent.post(&review, "/meld/se-over", &[]).await;
    let kept = gateway.store.messages(&MessageQuery { rows_max: 5, ..MessageQuery::default() }).await.unwrap();
    assert_eq!(kept.len(), 2);
    let (mut kari, _) = gateway.staff("risor-helse-og-omsorg").await;

    let list = kari.get("/").await;

    assert!(list.body.contains("Eksempel skole") && list.body.contains("Privatperson"), "{}", list.body);
    assert!(!list.body.contains("Skjemaet /meld"));
    let narrowed = kari.get("/?sender=Eksempel%20skole").await;
    let rows: Vec<bool> = kept.iter().map(|it| narrowed.body.contains(it.reference.as_str())).collect();
    assert_eq!(rows.iter().filter(|it| **it).count(), 1, "the filter tells one from the other");
    let sheet = kari.get("/register.csv").await;
    assert!(sheet.body.contains("Eksempel skole") && sheet.body.contains("Privatperson"), "{}", sheet.body);

    // By its number the school's is found, and none of them by the form's own.
    for (number, expected) in [("310 000 116", 1), (crate::trial::FORM_HOST, 0)] {
        let asked = kari.post(&list, "/search", &[("q", number)]).await;
        let found = kari.get(&asked.location).await;
        let rows = kept.iter().filter(|it| found.body.contains(it.reference.as_str())).count();
        assert_eq!(rows, expected, "{number}: {}", found.body);
    }
}

#[tokio::test]
async fn who_is_not_let_in_is_told_where_to_go_instead() {
    let gateway = Gateway::new().await;
    let mut person = gateway.browser();
    let start = person.get("/meld").await;
    let names: Vec<&str> =
        start.body.split("<option value=\"").skip(2).map(|it| it.split('<').next().unwrap()).collect();
    let names: Vec<&str> = names.iter().map(|it| it.split_once('>').unwrap().1).collect();
    assert_eq!(names, ["Bergen", "Gjerstad", "Karmøy", "Loppa", "Risør"], "from a to å");

    let closed = person.post(&start, "/meld/start", &[("kommune", "4211")]).await;

    assert!(closed.body.contains("Gjerstad tar ikke imot skjema fra privatpersoner"), "{}", closed.body);
    assert!(closed.body.contains("href=\"/kontakt/4211?lang=nb\"") && !closed.body.contains("Du må rette dette"));
    assert!(closed.body.contains("value=\"4211\" selected"), "the choice stays");

    let link = gateway.invite().await;
    let page = person.get(&link).await;
    person.post(&page, &link, &[("kommune", "4201")]).await;
    let used = gateway.browser().get(&link).await;
    assert_eq!(used.status, StatusCode::GONE, "it is told at once, before anything is chosen");
    assert!(used.body.contains("Be kommunen om en ny lenke") && used.body.contains("href=\"/kontakt?lang=nb\""));
    assert!(!used.body.contains("Til innboksen"));

    let nowhere = person.get("/kontakt/9999").await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    assert!(nowhere.body.contains("href=\"/kontakt?lang=nb\"") && !nowhere.body.contains("Til innboksen"));
}

#[tokio::test]
async fn what_must_be_filled_in_now_and_then_is_not_called_optional() {
    let gateway = Gateway::new().await;
    let mut person = at_the_person(&gateway).await;
    let page = person.get("/meld/person").await;
    let label = |name: &str| {
        let label = page.body.split(&format!("<label for=\"{name}\">")).nth(1).unwrap();
        label.split("</label>").next().unwrap().to_owned()
    };
    assert!(!label("id_number").contains("valgfritt") && label("address").contains("valgfritt"));
    assert!(page.body.contains("Trengs ikke når du har valgt «Ukjent id»."));

    let child =
        [("id_kind", "FNR"), ("id_number", "12835401802"), ("given_name", "Ragna"), ("family_name", "Prøvesen")];
    person.fill("person", &child, "samtykke").await;
    let consent = person.get("/meld/samtykke").await;
    for said in ["> Jeg samtykker</label>", "> Jeg samtykker ikke</label>"] {
        assert!(consent.body.contains(said), "{said}: {}", consent.body);
    }
    assert!(!consent.body.contains("før dere gjør mer") && !consent.body.contains("hos melderen"));
    person.fill("samtykke", &[("consent", "SAMTYKKET"), ("consent_day", "2026-11-19")], "grunnlag").await;
    let ground = person.get("/meld/grunnlag").await;
    assert!(ground.body.contains("Erklæringen er fra 1. november 2026."), "{}", ground.body);
    assert!(!ground.body.contains(">Versjon consent@") && !ground.body.contains("Versjon <"));
}

#[tokio::test]
async fn a_receipt_names_apart_those_who_are_only_told() {
    let gateway = Gateway::new().await;
    let mut parent = at_the_person(&gateway).await;
    parent.about_an_adult(&["KONTAKT"], &[]).await;

    // Units are called as the reader's language has it.
    for (language, name) in [("en", "Health and care, Risør"), ("nn", "Helse og omsorg i Risør")] {
        let page = parent.get(&format!("/meld/se-over?lang={language}")).await;
        assert!(page.body.contains(name), "{language}: {}", page.body);
    }
    let review = parent.get("/meld/se-over?lang=nb").await;
    let receipt = parent.post(&review, "/meld/se-over", &[]).await;

    for page in [&review, &receipt] {
        let told = page.body.split("Får bare vite at det er meldt").nth(1).unwrap_or_default();
        assert!(told.contains("Koordinerende enhet i Risør"), "{}", page.body);
    }
    let receivers = receipt.body.split("<dt>Mottaker</dt>").nth(1).unwrap().split("</div>").next().unwrap();
    assert!(receivers.contains("Helse og omsorg") && !receivers.contains("Koordinerende enhet"), "{receivers}");
}

#[tokio::test]
async fn a_letter_counts_from_the_day_it_came_and_the_one_who_typed_it_finds_it_in_the_inbox() {
    let gateway = Gateway::new().await;
    let mut parent = at_the_person(&gateway).await;
    parent.about_an_adult(&["KONTAKT"], &[]).await;
    let review = parent.get("/meld/se-over").await;
    assert!(!review.body.contains("meldt om samme person før"), "the public is told of nobody");
    parent.post(&review, "/meld/se-over", &[]).await;
    let before =
        gateway.store.messages(&MessageQuery { rows_max: 5, ..MessageQuery::default() }).await.unwrap().remove(0);
    // The other unit is only told that there is a report.
    let unit = "risor-helse-og-omsorg";
    let (mut kari, _) = gateway.staff(unit).await;
    let start = kari.get("/meld").await;
    assert!(start.body.contains("value=\"4201\" selected") && !start.body.contains("value=\"4211\""), "{}", start.body);
    assert!(!start.body.contains("Hvem kan melde"), "the public's text is not for staff");
    let elsewhere = kari.post(&start, "/meld/start", &[("kommune", "4211")]).await;
    assert_eq!(elsewhere.status, StatusCode::UNPROCESSABLE_ENTITY, "another municipality's reports are its own");
    kari.post(&start, "/meld/start", &[("kommune", "4201")]).await;
    let step = kari.get("/meld/melder").await;
    assert!(step.body.contains("id=\"came_on\" name=\"came_on\" type=\"date\" value=\"2026-11-20\""), "{}", step.body);
    let letter = |day| {
        let who = [("source", "post"), ("category", "PAARORENDE"), ("reporter_name", "Odd Tenkt")];
        [who.as_slice(), &[("reporter_phone", "99000161"), ("came_on", day)]].concat()
    };
    for wrong in ["2026-11-21", "2025-11-01"] {
        let told = kari.post(&step, "/meld/melder", &letter(wrong)).await;
        assert_eq!(errors(&told).iter().map(|it| it.0.as_str()).collect::<Vec<_>>(), ["came_on"], "{wrong}");
    }
    kari.fill("melder", &letter("2026-11-09"), "person").await;
    let person =
        [("id_kind", "FNR"), ("id_number", "12835401802"), ("given_name", "Ragna"), ("family_name", "Prøvesen")];
    kari.fill("person", &person, "samtykke").await;
    // The consent may have been obtained after the letter came, and not after today.
    let page = kari.get("/meld/samtykke").await;
    let tomorrow = [("consent", "SAMTYKKET"), ("consent_day", "2026-11-21")];
    let told = kari.post(&page, "/meld/samtykke", &tomorrow).await;
    assert_eq!(errors(&told).iter().map(|it| it.0.as_str()).collect::<Vec<_>>(), ["consent_day"]);
    kari.fill("samtykke", &[("consent", "SAMTYKKET"), ("consent_day", "2026-11-18")], "grunnlag").await;
    kari.fill("grunnlag", &[("consent_read", "lest"), ("scopes", "KONTAKT")], "behov").await;
    let need =
        [("needs", "KOORDINATOR"), ("description", "Trenger hjelp til å samordne tjenester."), ("urgency", "ORDINAER")];
    kari.fill("behov", &need, "tjenester").await;
    kari.fill("tjenester", &[("services_now", "FYSIOTERAPI")], "se-over").await;
    let review = kari.get("/meld/se-over").await;
    assert!(review.body.contains("Det er meldt om samme person før"), "{}", review.body);
    assert!(review.body.contains(before.reference.as_str()));

    let receipt = kari.post(&review, "/meld/se-over", &[]).await;

    let rows = gateway.rows(unit).await;
    let row = rows.iter().find(|it| it.reference != before.reference).unwrap();
    assert!(receipt.body.contains(&format!("href=\"/items/{}\"", row.id)), "{}", receipt.body);
    assert_eq!(row.received_at.date_in_norway(), date(2026, 11, 9));
    assert!(row.deadline.date_in_norway() < date(2026, 12, 15), "a month from the day it came");
    let kept = gateway.store.message(&row.message.to_string()).await.unwrap();
    let typed = kept.journal.iter().find(|it| it.action == "registered").unwrap();
    assert_eq!(typed.at.date_in_norway(), date(2026, 11, 20), "and the timeline says when it was typed");
    // The rest is of today: the units that receive, what the journal says was done, and when somebody is reminded.
    let accepted = kept.journal.iter().find(|it| it.action == "accepted").unwrap();
    assert_eq!(
        (accepted.at.date_in_norway(), kept.row.received_at.date_in_norway()),
        (date(2026, 11, 20), date(2026, 11, 20))
    );
    let waits = gateway.store.unread_items(None, 9).await.unwrap();
    let waits = waits.iter().find(|it| it.item == row.id).unwrap();
    assert_eq!((waits.received_at, waits.here_since), (row.received_at, kept.row.received_at));

    // Of their own they report today, whatever day was written before.
    let start = kari.get("/meld").await;
    kari.post(&start, "/meld/start", &[("kommune", "4201")]).await;
    let step = kari.get("/meld/melder").await;
    let mut own = letter("2026-11-09");
    own[0] = ("source", "form");
    kari.post(&step, "/meld/melder", &own).await;
    let step = kari.get("/meld/melder").await;
    assert!(step.body.contains("value=\"form\" checked") && !step.body.contains("name=\"came_on\""), "{}", step.body);
}

#[tokio::test]
async fn an_answer_that_asks_something_new_of_a_step_leads_back_there() {
    let gateway = Gateway::new().await;
    let mut person = at_the_person(&gateway).await;
    person.about_an_adult(&["KONTAKT"], &[]).await;
    let review = person.get("/meld/se-over").await;
    assert_eq!(review.status, StatusCode::OK);
    let step = person.get("/meld/samtykke").await;
    person.post(&step, "/meld/samtykke", &[("consent", "IKKE_AVKLART")]).await;
    person.fill("samtykke", &[("consent", "SAMTYKKET"), ("consent_day", "2026-11-19")], "grunnlag").await;

    let looked = person.get("/meld/se-over").await;
    let sent = person.post(&review, "/meld/se-over", &[]).await;

    assert_eq!((looked.location.as_str(), sent.location.as_str()), ("/meld/grunnlag", "/meld/grunnlag"));
    let ground = person.get("/meld/grunnlag").await;
    assert!(errors(&ground).iter().any(|it| it.0.starts_with("consent_read")), "{:?}", errors(&ground));
    let kept = gateway.store.messages(&MessageQuery { rows_max: 5, ..MessageQuery::default() }).await.unwrap();
    assert!(kept.is_empty(), "nobody has read the declaration");
}
