//! The ways through the form: back without losing anything, back to a draft, and out of what would be a dead end.

use super::Browser;
use super::Gateway;
use super::Page;
use super::SELF;
use crate::storage::*;
use axum::http::StatusCode;

const RELATIVE: [(&str, &str); 3] =
    [("category", "PAARORENDE"), ("reporter_name", "Odd Tenkt"), ("reporter_phone", "99000161")];
const ADULT: [(&str, &str); 4] =
    [("id_kind", "FNR"), ("id_number", "12835401802"), ("given_name", "Ragna"), ("family_name", "Prøvesen")];

#[tokio::test]
async fn the_way_back_keeps_what_was_typed_and_a_draft_is_thrown_away_only_after_a_question() {
    let gateway = Gateway::new().await;
    let mut person = gateway.browser();
    let start = person.get("/meld?kommune=4201").await;
    person.post(&start, "/meld/start", &[("kommune", "4201")]).await;
    person.fill("melder", &SELF, "person").await;
    let page = person.get("/meld/person").await;
    assert!(page.body.contains("name=\"go\" value=\"back\">Tilbake</button>"), "{}", page.body);

    let half = [("id_kind", "FNR"), ("given_name", "Ragna"), ("go", "back")];
    let back = person.post(&page, "/meld/person", &half).await;

    assert_eq!((back.status, back.location.as_str()), (StatusCode::SEE_OTHER, "/meld/melder"), "nothing is checked");
    let again = person.get("/meld/person").await;
    assert!(again.body.contains("value=\"Ragna\"") && !again.body.contains("role=\"alert\""), "{}", again.body);
    assert!(!person.get("/meld/melder").await.body.contains("value=\"back\""), "there is nothing before the first");

    // A step that was done and is changed on the way back is looked at anew; one that is left as it was is done still.
    person.fill("person", &ADULT, "samtykke").await;
    let unchanged = person.post(&again, "/meld/person", &[&ADULT[..], &[("go", "back")]].concat()).await;
    assert_eq!(unchanged.location, "/meld/melder");
    assert_eq!(person.get("/meld/samtykke").await.status, StatusCode::OK);
    let changed = [("id_kind", "FNR"), ("id_number", "1"), ("given_name", "Ragna"), ("go", "back")];
    person.post(&again, "/meld/person", &changed).await;
    assert_eq!(person.get("/meld/samtykke").await.location, "/meld/person");

    let page = person.get("/meld/person").await;
    let (_, delete) = page.body.split_once("<summary>Slett utkastet</summary>").unwrap();
    assert!(delete.contains("kan ikke hentes tilbake") && delete.contains(">Ja, slett utkastet</button>"), "{delete}");
    assert!(!page.body.contains(">Slett utkastet</button>"), "one press is not enough");
}

#[tokio::test]
async fn a_used_link_leads_the_browser_that_used_it_on_to_its_draft() {
    let gateway = Gateway::new().await;
    let link = gateway.invite().await;
    let mut teacher = gateway.browser();
    let page = teacher.get(&link).await;
    teacher.post(&page, &link, &[("kommune", "4201")]).await;
    teacher.fill("melder", &[("reporter_name", "Hilde Prøvelærer"), ("reporter_phone", "99000113")], "person").await;

    let (own, other) = (teacher.get(&link).await, gateway.browser().get(&link).await);

    assert!(own.body.contains("href=\"/meld/melder\">Fortsett på utkastet</a>"), "{}", own.body);
    assert!(teacher.get("/meld/melder").await.body.contains("Hilde Prøvelærer"));
    assert!(!other.body.contains("utkast"), "another learns nothing of it: {}", other.body);
}

#[tokio::test]
async fn one_who_has_objected_is_reported_by_a_service_on_another_ground_and_by_a_private_person_not_at_all() {
    let gateway = Gateway::new().await;
    let link = gateway.invite().await;
    let mut teacher = gateway.browser();
    let page = teacher.get(&link).await;
    teacher.post(&page, &link, &[("kommune", "4201")]).await;
    teacher.fill("melder", &[("reporter_name", "Hilde Prøvelærer"), ("reporter_phone", "99000113")], "person").await;
    teacher.fill("person", &ADULT, "samtykke").await;
    teacher.fill("samtykke", &[("consent", "MOTSATT_SEG")], "grunnlag").await;
    let page = teacher.get("/meld/grunnlag").await;
    let lacking: [(&[(&str, &str)], &str); 3] =
        [(&[], "basis"), (&[("basis", "HPL_22")], "basis"), (&[("basis", "ANNET")], "basis_reason")];
    for (fields, at) in lacking {
        let told = teacher.post(&page, "/meld/grunnlag", fields).await;
        assert!(told.body.contains(&format!("<li><a href=\"#{at}\">")), "{at}: {}", told.body);
    }
    let ground = [("basis", "ANNET"), ("basis_reason", "Det er nær og alvorlig fare for liv.")];
    teacher.fill("grunnlag", &ground, "behov").await;

    let mut relative = gateway.browser();
    let start = relative.get("/meld?kommune=4201").await;
    relative.post(&start, "/meld/start", &[("kommune", "4201")]).await;
    relative.fill("melder", &RELATIVE, "person").await;
    relative.fill("person", &ADULT, "samtykke").await;
    let page = relative.get("/meld/samtykke").await;
    assert!(!page.body.contains("tel:+4799000931"));
    for said in ["Samtykket er ikke avklart ennå.", "Personen har motsatt seg at det meldes."] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    let told = relative.post(&page, "/meld/samtykke", &[("consent", "MOTSATT_SEG")]).await;
    assert!(told.body.contains("<li><a href=\"#consent-1\">Når personen ikke vil at det meldes"), "{}", told.body);
    assert!(told.body.contains("tel:+4799000931") && !told.body.contains("at dere melder"), "{}", told.body);
}

#[tokio::test]
async fn a_call_from_a_service_is_written_down_by_the_name_of_the_service_and_without_a_declaration_nobody_read() {
    let gateway = Gateway::new().await;
    let (mut kari, _) = gateway.staff("risor-helse-og-omsorg").await;
    let start = kari.get("/meld").await;
    kari.post(&start, "/meld/start", &[("kommune", "4201")]).await;
    let page = kari.get("/meld/melder").await;
    let call = |source: &'static str, name: &'static str| {
        let doctor = [("category", "FASTLEGE"), ("reporter_name", "Siri Eksempel"), ("reporter_phone", "99000161")];
        [&doctor[..], &[("source", source), ("organisation_name", name), ("unit", "Legevakten")]].concat()
    };
    for (source, name, at) in [("telephone", "", "organisation_name"), ("form", "Gjerstad legekontor", "organisation")]
    {
        let told = kari.post(&page, "/meld/melder", &call(source, name)).await;
        assert!(told.body.contains(&format!("<li><a href=\"#{at}\">")), "{source}: {}", told.body);
    }
    kari.fill("melder", &call("telephone", "Gjerstad legekontor"), "person").await;
    kari.fill("person", &ADULT, "samtykke").await;
    kari.fill("samtykke", &[("consent", "SAMTYKKET"), ("consent_day", "2026-11-01")], "grunnlag").await;
    let page = kari.fill("grunnlag", &[("scopes", "KONTAKT")], "behov").await;
    assert!(!page.body.contains("consent_read") && !page.body.contains("class=\"declaration\""), "{}", page.body);
    let need = [("needs", "KOORDINATOR"), ("description", "Trenger hjelp til å samordne."), ("urgency", "ORDINAER")];
    kari.fill("behov", &need, "tjenester").await;
    kari.fill("tjenester", &[("services_now", "FYSIOTERAPI")], "se-over").await;
    let review = kari.get("/meld/se-over").await;

    let receipt = kari.post(&review, "/meld/se-over", &[]).await;

    assert!(receipt.body.contains("Meldingen er mottatt"), "{}", receipt.body);
    let row = gateway.rows("risor-helse-og-omsorg").await.remove(0);
    let origin = gateway.store.form_origin(row.message).await.unwrap().unwrap();
    assert_eq!(origin.consent_version, "", "nobody has read a declaration");
    let list = kari.get("/").await;
    assert!(list.body.contains("Gjerstad legekontor") && !list.body.contains("Privatperson"), "{}", list.body);
    kari.post(&list, &format!("/items/{}/open", row.id), &[]).await;
    let letter = kari.get(&format!("/items/{}", row.id)).await;
    assert!(letter.body.contains("Gjerstad legekontor, Legevakten"), "{}", letter.body);
    assert!(!letter.body.contains("Privatperson"), "{}", letter.body);

    // One who consents on the telephone hears the declaration; what stands in a letter was given there.
    for (source, category, is_declared) in
        [("telephone", "PERSON_SELV", true), ("post", "PERSON_SELV", false), ("meeting", "PAARORENDE", false)]
    {
        let start = kari.get("/meld").await;
        kari.post(&start, "/meld/start", &[("kommune", "4201")]).await;
        let who = [("source", source), ("category", category), ("reporter_name", "Ragna Prøvesen")];
        kari.fill("melder", &[&who[..], &[("reporter_phone", "99000151")]].concat(), "person").await;
        kari.fill("person", &ADULT, "samtykke").await;
        kari.fill("samtykke", &[("consent", "SAMTYKKET"), ("consent_day", "2026-11-01")], "grunnlag").await;
        let page = kari.get("/meld/grunnlag").await;
        assert_eq!(page.body.contains("consent_read"), is_declared, "{source} {category}");
    }
}

/// A draft of a private person in Risør who has said who they are.
async fn begun(gateway: &Gateway, who: &[(&str, &str)]) -> Browser {
    let mut person = gateway.browser();
    let start = person.get("/meld?kommune=4201").await;
    person.post(&start, "/meld/start", &[("kommune", "4201")]).await;
    person.fill("melder", who, "person").await;
    person
}

/// What is asked on a page, without what can be read beside it.
fn asked(page: &Page) -> &str {
    page.body.split_once("form-fields").unwrap().1
}

/// Sends what has been filled in, and reads the XML that came of it in `unit`.
async fn sent(gateway: &Gateway, person: &mut Browser, unit: &str) -> String {
    let need = [("needs", "KOORDINATOR"), ("description", "Trenger hjelp til å samordne."), ("urgency", "ORDINAER")];
    person.fill("behov", &need, "tjenester").await;
    person.fill("tjenester", &[("services_now", "FYSIOTERAPI")], "se-over").await;
    let review = person.get("/meld/se-over").await;
    let receipt = person.post(&review, "/meld/se-over", &[]).await;
    assert!(receipt.body.contains("Meldingen er mottatt"), "{} {}", review.body, receipt.body);
    let rows = gateway.rows(unit).await;
    let row = rows.iter().find(|it| receipt.body.contains(it.reference.as_str())).unwrap();
    let raw = gateway.store.raw(row.message).await.unwrap();
    String::from_utf8_lossy(raw.bytes.reveal()).into_owned()
}

#[tokio::test]
async fn one_who_writes_about_oneself_is_spoken_to_and_writes_name_and_telephone_once() {
    let gateway = Gateway::new().await;
    let mut oneself = begun(&gateway, &SELF).await;
    let page = oneself.get("/meld/person").await;
    for own in ["<h1>Om deg</h1>", "Hva slags id-nummer har du?", "DUF-nummer har den som", "Gjennom meg"] {
        assert_eq!(page.body.contains(own), own != "Gjennom meg", "{own}: {}", page.body);
    }
    assert!(page.body.contains("value=\"Ragna\"") && page.body.contains("value=\"Prøvesen\""), "{}", page.body);
    for of_others in ["name=\"phone\"", "name=\"due\"", "value=\"UFODT\"", "til personen"] {
        assert!(!page.body.contains(of_others), "{of_others}: {}", page.body);
    }
    oneself.fill("person", &ADULT, "samtykke").await;
    let page = oneself.get("/meld/samtykke").await;
    assert!(page.body.contains("Samtykker du?") && page.body.contains("> Jeg samtykker</label>"), "{}", page.body);
    for of_others in ["Hva har personen sagt?", "der du arbeider", "AVGITT_PA_VEGNE", "IKKE_AVKLART", "consent_day"] {
        assert!(!page.body.contains(of_others), "{of_others}: {}", page.body);
    }
    let told = oneself.post(&page, "/meld/samtykke", &[("consent", "MOTSATT_SEG")]).await;
    assert!(
        told.body.contains("Uten samtykke kan du ikke melde her") && told.body.contains("tel:+47"),
        "{}",
        told.body
    );

    oneself.fill("samtykke", &[("consent", "SAMTYKKET")], "grunnlag").await;
    let page = oneself.fill("grunnlag", &[("consent_read", "lest"), ("scopes", "KONTAKT")], "behov").await;
    assert!(page.body.contains("Jeg har lest erklæringen over") && !page.body.contains("når noen har samtykket"));
    let page = oneself.get("/meld/behov").await;
    assert!(page.body.contains("Hva trenger du?") && page.body.contains("én som holder i trådene"), "{}", page.body);
    assert!(!asked(&page).contains('§') && !page.body.contains("BARNEKOORDINATOR"), "{}", page.body);
    let xml = sent(&gateway, &mut oneself, "risor-helse-og-omsorg").await;
    let (_, patient) = xml.split_once("<Pasient>").unwrap();
    assert!(patient.split_once("</Pasient>").unwrap().0.contains("99 00 01 51"), "{xml}");
    let (_, consent) = xml.split_once("<Samtykke>").unwrap();
    assert!(consent.contains("<Dato>2026-11-20</Dato>"), "the day on which it was given: {xml}");
}

#[tokio::test]
async fn a_parent_consents_for_the_child_says_what_they_are_to_it_and_nothing_of_it_twice() {
    let gateway = Gateway::new().await;
    let who = [("category", "FORESATT"), ("reporter_name", "Ingunn Testdal"), ("reporter_phone", "99000161")];
    let mut mother = begun(&gateway, &who).await;
    assert!(mother.get("/meld/person").await.body.contains("<h1>Om barnet</h1>"));
    let child = [("id_kind", "FNR"), ("id_number", "04861751843"), ("given_name", "Åse"), ("family_name", "Testdal")];
    mother.fill("person", &child, "samtykke").await;
    let page = mother.get("/meld/samtykke").await;
    assert!(page.body.contains("Samtykker du for barnet?") && !page.body.contains("consent_day"), "{}", page.body);
    mother.fill("samtykke", &[("consent", "AVGITT_PA_VEGNE")], "grunnlag").await;
    let page = mother.fill("grunnlag", &[("consent_read", "lest"), ("scopes", "KONTAKT")], "foresatte").await;
    for of_services in ["name=\"given_by", "name=\"basis", "Helsepersonelloven", "at melderen får vite utfallet"] {
        assert!(!asked(&page).contains(of_services), "{of_services}: {}", page.body);
    }
    let page = mother.get("/meld/foresatte").await;
    assert!(
        page.body.contains("Hva er du for barnet?") && page.body.contains("Har du foreldreansvar?"),
        "{}",
        page.body
    );
    for twice in ["name=\"g1_name\"", "name=\"g1_phone\"", "name=\"g1_informed\"", "name=\"no_guardian\""] {
        assert!(!page.body.contains(twice), "{twice}: {}", page.body);
    }
    assert_eq!(page.body.matches("value=\"VERGE\"").count(), 1, "she is not her child's verge; another may be");
    let told = mother.post(&page, "/meld/foresatte", &[]).await;
    assert!(told.body.contains("<a href=\"#g1_relation\">Fyll ut: Hva er du for barnet?"), "{}", told.body);
    mother.fill("foresatte", &[("g1_relation", "MO"), ("g1_responsible", "JA")], "behov").await;
    let xml = sent(&gateway, &mut mother, "risor-oppvekst").await;
    assert!(xml.contains("rolle=\"FORESATT\">Ingunn Testdal<"), "{xml}");
    let (_, guardian) = xml.split_once("<Foresatt>").unwrap();
    let guardian = guardian.split_once("</Foresatt>").unwrap().0;
    assert!(guardian.contains("Ingunn Testdal") && guardian.contains("99000161"), "{guardian}");
}

#[tokio::test]
async fn a_legal_guardian_consents_as_one_and_stands_in_the_report_as_one() {
    let gateway = Gateway::new().await;
    let who = [("category", "VERGE"), ("reporter_name", "Odd Tenkt"), ("reporter_phone", "99000161")];
    let mut verge = begun(&gateway, &who).await;
    verge.fill("person", &ADULT, "samtykke").await;
    let page = verge.get("/meld/samtykke").await;
    assert!(page.body.contains("Jeg samtykker som verge eller fullmektig"), "{}", page.body);
    verge.fill("samtykke", &[("consent", "AVGITT_PA_VEGNE"), ("consent_day", "2026-11-19")], "grunnlag").await;
    let page = verge.get("/meld/grunnlag").await;
    let ground = [("consent_read", "lest"), ("scopes", "KONTAKT"), ("given_by_role", "FULLMEKTIG")];
    let told = verge.post(&page, "/meld/grunnlag", &ground).await;
    assert!(told.body.contains("<a href=\"#basis_reason\">Fyll ut: Hva gir deg rett til å samtykke?"), "{}", told.body);
    assert!(!page.body.contains("name=\"given_by\"") && !page.body.contains("value=\"PAARORENDE\""), "{}", page.body);
    verge.fill("grunnlag", &[&ground[..], &[("basis_reason", "Fullmakt fra 2024.")]].concat(), "behov").await;

    let xml = sent(&gateway, &mut verge, "risor-helse-og-omsorg").await;

    let (_, verge) = xml.split_once("<Verge").unwrap();
    let verge = verge.split_once("</Verge>").unwrap().0;
    assert!(verge.contains("FULLMEKTIG") && verge.contains("Odd Tenkt"), "{verge}");
    assert!(xml.contains("rolle=\"FULLMEKTIG\">Odd Tenkt<") && xml.contains("Fullmakt fra 2024."), "{xml}");
}

#[tokio::test]
async fn a_childs_legal_guardian_is_no_relative_and_is_not_lost() {
    let gateway = Gateway::new().await;
    let link = gateway.invite().await;
    let mut teacher = gateway.browser();
    let page = teacher.get(&link).await;
    teacher.post(&page, &link, &[("kommune", "4201")]).await;
    teacher.fill("melder", &[("reporter_name", "Hilde Prøvelærer"), ("reporter_phone", "99000113")], "person").await;
    let child = [("id_kind", "FNR"), ("id_number", "04861751843"), ("given_name", "Åse"), ("family_name", "Testdal")];
    teacher.fill("person", &child, "samtykke").await;
    teacher.fill("samtykke", &[("consent", "AVGITT_PA_VEGNE"), ("consent_day", "2026-11-19")], "grunnlag").await;
    let ground = [("consent_read", "lest"), ("given_by_role", "VERGE"), ("given_by", "Vera Prøveverge")];
    teacher.fill("grunnlag", &ground, "foresatte").await;
    let hidden = [("g1_hidden", "ja"), ("g1_reason", "Barnet er redd.")];
    let named = [("g1_relation", "VERGE"), ("g1_name", "Vera Prøveverge"), ("g1_phone", "99000170")];
    teacher.fill("foresatte", &[&named[..], &hidden[..]].concat(), "behov").await;

    let xml = sent(&gateway, &mut teacher, "risor-oppvekst").await;

    let (_, verge) = xml.split_once("<Verge").unwrap();
    let verge = verge.split_once("</Verge>").unwrap().0;
    for said in ["Vera Prøveverge", "99000170", "Skal ikke informeres: Barnet er redd."] {
        assert!(verge.contains(said), "{said}: {verge}");
    }
    assert!(!xml.contains("<Foresatt>") && xml.contains("Barnet har verge."), "{xml}");
}

/// What was answered as somebody else is not sent, nor said to be unanswered.
#[tokio::test]
async fn one_who_changes_who_they_are_answers_the_consent_again() {
    let gateway = Gateway::new().await;
    let who = [("category", "VERGE"), ("reporter_name", "Odd Tenkt"), ("reporter_phone", "99000161")];
    let mut person = begun(&gateway, &who).await;
    person.fill("person", &ADULT, "samtykke").await;
    person.fill("samtykke", &[("consent", "AVGITT_PA_VEGNE"), ("consent_day", "2026-11-19")], "grunnlag").await;
    let ground = [("consent_read", "lest"), ("given_by_role", "FULLMEKTIG"), ("basis_reason", "Fullmakt fra 2024.")];
    person.fill("grunnlag", &ground, "behov").await;
    let need = [("needs", "KOORDINATOR"), ("description", "Trenger hjelp til å samordne."), ("urgency", "ORDINAER")];
    person.fill("behov", &need, "tjenester").await;
    person.fill("tjenester", &[("services_now", "FYSIOTERAPI")], "se-over").await;
    assert_eq!(person.get("/meld/se-over").await.status, StatusCode::OK);

    person.fill("melder", &SELF, "person").await;

    let review = person.get("/meld/se-over").await;
    assert_eq!(review.location, "/meld/samtykke", "{}", review.body);
}
