//! What is answered, to whom, and how often.

use super::*;

#[tokio::test]
async fn every_verdict_is_answered_with_a_receipt() {
    let gate = Gate::open().await;
    let client = gate.client(&gate.hospital());
    for (text, verdict, status) in [(ACCEPTED, "accepted", "1"), (r#"<m id="R-1" v="rejected"/>"#, "rejected", "2")] {
        let response = gate.post(&client, text).await;

        assert_eq!(response.status(), 200);
        assert_eq!(response.version(), http::Version::HTTP_2);
        assert_eq!(response.headers()["content-type"], "application/xml; charset=utf-8");
        assert_eq!(response.headers()["meldeport-verdict"], verdict);
        assert_eq!(response.headers()["meldeport-reference"].len(), 11);
        assert!(response.headers().contains_key("meldeport-request-id"));
        assert!(!response.headers().contains_key("server"));
        let receipt = response.text().await.unwrap();
        assert!(
            receipt.contains(&format!(r#"status="{status}""#)) && receipt.contains(r#"version="1.1""#),
            "{receipt}"
        );
    }
}

#[tokio::test]
async fn accept_chooses_the_version_of_the_receipt() {
    let gate = Gate::open().await;
    let client = gate.builder(&gate.hospital()).http1_only().build().unwrap();

    let request = client.post(gate.url("/messages")).header("Content-Type", "text/xml");
    let response = request.header("Accept", "application/xml; version=1.0").body(ACCEPTED).send().await.unwrap();

    assert_eq!(response.version(), http::Version::HTTP_11);
    assert!(response.text().await.unwrap().contains(r#"version="1.0""#));
}

#[tokio::test]
async fn sixty_four_equal_posts_at_once_are_one_message_with_equal_receipts() {
    let gate = Arc::new(Gate::open().await);
    let certificate = gate.hospital();

    let posts: Vec<_> = (0..64)
        .map(|_| {
            let (gate, client) = (Arc::clone(&gate), gate.client(&certificate));
            tokio::spawn(async move {
                let response = gate.post(&client, ACCEPTED).await;
                assert_eq!(response.status(), 200);
                response.bytes().await.unwrap()
            })
        })
        .collect();
    let mut receipts = Vec::new();
    for post in posts {
        receipts.push(post.await.unwrap());
    }

    assert!(receipts.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(gate.store.stored().await.len(), 1);
}

#[tokio::test]
async fn a_receipt_is_given_again_to_the_organisation_that_sent_the_message_and_to_no_other() {
    let gate = Gate::open().await;
    let client = gate.client(&gate.hospital());
    let unit = MadeSubUnit::Named { number: number("974095769"), name: "AVDELING".to_owned() };
    let school = gate.client(&gate.authority.client(&seid2("310000116", Some(unit))).unwrap());
    let first = gate.post(&client, r#"<m id="A/1 ø" v="accepted"/>"#).await.bytes().await.unwrap();
    let url = gate.url("/receipts/A%2F1%20%C3%B8");

    let again = client.get(&url).send().await.unwrap();
    assert_eq!(again.headers()["meldeport-verdict"], "accepted");
    assert_eq!(again.bytes().await.unwrap(), first);
    assert_eq!(code(school.get(&url).send().await.unwrap()).await, (404, "MP-106".to_owned()));
    assert_eq!(code(client.get(gate.url("/receipts/%ff")).send().await.unwrap()).await.1, "MP-106");
}

#[tokio::test]
async fn other_bytes_under_the_same_id_are_a_conflict_that_names_the_first() {
    let gate = Gate::open().await;
    let client = gate.client(&gate.hospital());
    let first = gate.post(&client, ACCEPTED).await;
    let reference = first.headers()["meldeport-reference"].to_str().unwrap().to_owned();

    let document = problem(gate.post(&client, r#"<m id="A-1" v="rejected"/>"#).await).await;

    assert_eq!((&document["status"], &document["code"]), (&409.into(), &"MP-213".into()));
    assert_eq!(document["instance"], format!("urn:meldeport:reference:{reference}"));
}

#[tokio::test]
async fn a_stuck_message_is_202_and_its_place_answers_when_it_is_mended() {
    let gate = Gate::open().await;
    let client = gate.client(&gate.hospital());

    let response = gate.post(&client, r#"<m id="P-1" v="panic"/>"#).await;

    let place = response.headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(response.headers()["meldeport-verdict"], "stuck");
    assert_eq!(place, "/receipts/P-1");
    assert_eq!(code(response).await, (202, "MP-903".to_owned()));
    assert_eq!(code(client.get(gate.url(&place)).send().await.unwrap()).await, (202, "MP-903".to_owned()));
    // The pool has survived.
    assert_eq!(gate.post(&client, ACCEPTED).await.status(), 200);
}

#[tokio::test]
async fn a_store_that_is_down_is_503_and_never_a_receipt() {
    let gate = Gate::open().await;
    let client = gate.client(&gate.hospital());
    gate.store.go_down().await;

    let response = gate.post(&client, ACCEPTED).await;
    assert_eq!(response.headers()["retry-after"], "10");
    assert_eq!(code(response).await, (503, "MP-901".to_owned()));
    assert_eq!(code(client.get(gate.url("/receipts/A-1")).send().await.unwrap()).await, (503, "MP-901".to_owned()));
}

#[tokio::test]
async fn what_cannot_be_opened_is_a_problem_with_its_place_in_three_languages() {
    let gate = Gate::open().await;
    let client = gate.client(&gate.hospital());
    let request = client.post(gate.url("/messages")).header("Content-Type", "application/xml");

    let response = request.header("Accept-Language", "nn-NO").body("<m/>").send().await.unwrap();
    assert_eq!(response.headers()["content-language"], "nn");
    let document = problem(response).await;

    assert_eq!((&document["status"], &document["code"]), (&400.into(), &"MP-207".into()));
    assert_eq!(document["title"], document["texts"]["nn"]["title"]);
    assert_eq!(document["findings"][0]["xpath"], "/m");
    assert_eq!(document["findings"][0]["line"], 1);
    assert_eq!(gate.store.refusals()[0].code, "MP-207");
}

#[tokio::test]
async fn a_rehearsal_tells_verdict_and_route_and_stores_nothing() {
    let gate = Gate::open().await;
    let client = gate.client(&gate.hospital());
    let rehearse = |query: &'static str, text: &'static str| {
        let request = client.post(gate.url(&format!("/messages{query}"))).header("Content-Type", "application/xml");
        async move { request.body(text).send().await.unwrap() }
    };

    let text = rehearse("?dry-run", ACCEPTED).await.text().await.unwrap();
    assert!(!text.contains(PERSON), "{text}");
    let told: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(told["verdict"], "accepted");
    assert_eq!(told["units"][0]["unit"], "gjerstad-tjenestekontor");
    assert_eq!(told["units"][1]["share"], "awareness");
    assert_eq!(told["route"][0]["why"]["en"], "The municipality is 4211.");
    let told = rehearse("?dry-run", r#"<m id="R-1" v="rejected"/>"#).await.text().await.unwrap();
    assert!(told.contains(r#""verdict":"rejected""#) && told.contains("MP-303"), "{told}");
    assert_eq!(code(rehearse("?dryrun", ACCEPTED).await).await, (404, "MP-905".to_owned()));
    assert_eq!(code(rehearse("?dry-run", r#"<m id="P" v="panic"/>"#).await).await, (500, "MP-903".to_owned()));
    assert!(gate.store.stored().await.is_empty());
}

#[tokio::test]
async fn unknown_places_and_methods_are_told_in_the_same_shape() {
    let gate = Gate::open().await;
    let client = gate.client(&gate.hospital());

    assert_eq!(code(client.get(gate.url("/")).send().await.unwrap()).await, (404, "MP-905".to_owned()));
    let response = client.get(gate.url("/messages")).send().await.unwrap();
    assert_eq!(response.headers()["allow"], "POST");
    assert_eq!(code(response).await, (405, "MP-905".to_owned()));
    let response = client.delete(gate.url("/receipts/A-1")).send().await.unwrap();
    assert_eq!(response.headers()["allow"], "GET, HEAD");
    assert_eq!(code(response).await, (405, "MP-905".to_owned()));
}
