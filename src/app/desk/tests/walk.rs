//! What a tester who walked the form met, from outside: what is told, where, and in whose words.

use super::*;

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
    let unknown = [("id_kind", "UKJENT"), ("id_reason", "IKKE_OPPGITT"), ("family_name", "Prøvesen")];
    let told = person.post(&page, "/meld/person", &unknown).await;
    assert_eq!(errors(&told).iter().map(|it| it.0.as_str()).collect::<Vec<_>>(), ["born"]);
}
