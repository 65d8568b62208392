//! The interface for case systems: who gets in, what is fetched, what is done once, and what stands in the journal.

use super::support::House;
use super::support::Line;
use super::support::Plant;
use super::support::Planted;
use super::support::plain;
use super::support::start;
use crate::domain::Act;
use crate::domain::Acting;
use crate::domain::AnswerKind;
use crate::domain::AnswerWay;
use crate::domain::Authority;
use crate::domain::Clearance;
use crate::domain::Colleague;
use crate::domain::FollowUpKind;
use crate::domain::ItemState;
use crate::domain::OutboundNext;
use crate::domain::Redacted;
use crate::domain::ScanResult;
use crate::domain::UnitId;
use crate::inbox::ApiConfig;
use crate::inbox::ClientCertificate;
use crate::inbox::InboxConfig;
use crate::inbox::Token;
use crate::storage::*;
use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::Request;
use axum::http::StatusCode;
use bytes::Bytes;
use http_body_util::BodyExt as _;
use serde_json::Value;
use std::time::Duration;
use tower::ServiceExt as _;
use uuid::Uuid;

/// A case system with its token.
struct System<'a> {
    house: &'a House,
    token: String,
    certificate: ClientCertificate,
}

struct Told {
    status: StatusCode,
    headers: HeaderMap,
    bytes: Bytes,
}

impl Told {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }

    /// That it is a problem document with this code.
    fn is(&self, status: u16, code: &str) -> bool {
        let document = self.json();
        assert_eq!(self.headers["content-type"], "application/problem+json");
        assert_eq!(document["status"], self.status.as_u16());
        self.status == status && document["code"] == code
    }

    /// Which parts of the request were not as they must be.
    fn findings(&self) -> Vec<String> {
        let document = self.json();
        let findings = document["findings"].as_array().unwrap().iter();
        findings.map(|it| format!("{}: {}", it["where"].as_str().unwrap(), it["text"].as_str().unwrap())).collect()
    }
}

impl System<'_> {
    async fn get(&self, path: &str) -> Told {
        self.send("GET", path, &[], "").await
    }

    /// Acts under a new key, on whatever version.
    async fn act(&self, planted: &Planted, act: &str, body: &str) -> Told {
        let key = Uuid::now_v7().to_string();
        self.send("POST", &at(planted, act), &[("idempotency-key", &key), ("if-match", "*")], body).await
    }

    async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Told {
        let mut request = Request::builder().method(method).uri(format!("/api/v1{path}"));
        request = request.header("authorization", format!("Bearer {}", self.token));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::from(body.to_owned())).unwrap();
        request.extensions_mut().insert(self.certificate);
        let response = self.house.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Told { status: parts.status, headers: parts.headers, bytes: body.collect().await.unwrap().to_bytes() }
    }
}

fn at(planted: &Planted, act: &str) -> String {
    format!("/items/{}/{act}", planted.item)
}

async fn system<'a>(house: &'a House, name: &str, units: &[&str], clearance: Clearance) -> System<'a> {
    bound(house, name, units, clearance, None).await
}

async fn bound<'a>(
    house: &'a House,
    name: &str,
    units: &[&str],
    clearance: Clearance,
    certificate_sha256: Option<[u8; 32]>,
) -> System<'a> {
    let token = Token::generate();
    let client = NewApiClient {
        id: UserId(Uuid::now_v7()),
        name: name.to_owned(),
        units: units.iter().map(|it| UnitId((*it).to_owned())).collect(),
        clearance,
        certificate_sha256,
        credential: ApiCredential {
            token_sha256: token.sha256(),
            expires: start().plus(Duration::from_secs(30 * 86_400)),
        },
    };
    let by = Actor::Operator("drift".to_owned());
    assert!(house.store.add_api_client(&client, &by, start()).await.unwrap());
    System { house, token: token.text().reveal().clone(), certificate: ClientCertificate(None) }
}

#[tokio::test]
async fn only_a_case_system_with_a_token_that_holds_gets_in() {
    let house = House::new().await;
    let arkiv = system(&house, "arkiv", &["gjerstad"], Clearance::Ordinary).await;
    let me = arkiv.get("/me").await;
    assert_eq!((me.status, &me.json()["units"][0]["id"]), (StatusCode::OK, &Value::from("gjerstad")));

    let stranger = System {
        token: Token::generate().text().reveal().clone(),
        ..system(&house, "x", &[], Clearance::Ordinary).await
    };
    let refused = stranger.get("/changes").await;
    assert!(refused.is(401, "MP-602") && refused.headers.contains_key("www-authenticate"));
    let nobody = Request::get("/api/v1/changes").body(Body::empty()).unwrap();
    assert_eq!(house.router.clone().oneshot(nobody).await.unwrap().status(), StatusCode::UNAUTHORIZED);
    assert!(arkiv.get("/nothing").await.is(404, "MP-618"));
    assert!(arkiv.get("/items/%FF").await.is(400, "MP-614"), "what no handler sees is told in the same form");
    let item = format!("/items/{}/claim", Uuid::now_v7());
    assert!(arkiv.send("POST", &item, &[], &"x".repeat(20_000)).await.is(413, "MP-621"));
    assert!(arkiv.send("PUT", "/changes", &[], "").await.is(405, "MP-618"));

    // A renewed token and the one before overlap for a while.
    let (fresh, by) = (Token::generate(), Actor::Operator("drift".to_owned()));
    let credential =
        ApiCredential { token_sha256: fresh.sha256(), expires: start().plus(Duration::from_secs(60 * 86_400)) };
    let overlap = start().plus(Duration::from_secs(3600));
    house.store.renew_api_client("arkiv", &credential, overlap, &by, start()).await.unwrap();
    let renewed = System { house: &house, token: fresh.text().reveal().clone(), certificate: ClientCertificate(None) };
    assert_eq!((arkiv.get("/me").await.status, renewed.get("/me").await.status), (StatusCode::OK, StatusCode::OK));
    house.clock.advance(Duration::from_secs(3601));
    assert!(arkiv.get("/me").await.is(401, "MP-602"));
    assert_eq!(renewed.get("/me").await.status, StatusCode::OK);

    house.store.revoke_api_client("arkiv", &by, crate::clock::Clock::now(&*house.clock)).await.unwrap();
    assert!(renewed.get("/me").await.is(401, "MP-602"), "at once");
    let told = house.journal().await;
    for action in ["api_client_added", "api_client_renewed", "api_client_revoked"] {
        assert!(told.iter().any(|it| it.action == action && it.detail.contains("arkiv")), "{action}");
    }
}

#[tokio::test]
async fn a_case_system_bound_to_a_certificate_comes_with_it_or_not_at_all() {
    let house = House::new().await;
    let mut epj = bound(&house, "epj", &["gjerstad"], Clearance::Ordinary, Some([7; 32])).await;

    assert!(epj.get("/me").await.is(403, "MP-603"));
    epj.certificate = ClientCertificate(Some([8; 32]));
    assert!(epj.get("/me").await.is(403, "MP-603"));
    epj.certificate = ClientCertificate(Some([7; 32]));
    assert_eq!(epj.get("/me").await.status, StatusCode::OK);
    let lines = house.journal().await.into_iter().filter(|it| it.action == "refused");
    let told: Vec<_> = lines.map(|it| (it.actor_name, it.detail)).collect();
    assert_eq!(told, [("epj (system)".to_owned(), "GET /api/v1/me; 403".to_owned())], "told once in the minute");
}

#[tokio::test]
async fn what_has_happened_is_fetched_page_by_page_and_nothing_of_it_is_about_persons() {
    let house = House::new().await;
    let arkiv = system(&house, "arkiv", &["gjerstad"], Clearance::Ordinary).await;
    let mut planted = Vec::new();
    for _ in 0..3 {
        planted.push(house.plant(Plant::default()).await);
    }
    house.plant(Plant { unit: "risor", ..Plant::default() }).await;
    house.plant(Plant { protected: true, ..Plant::default() }).await;

    let (mut seen, mut cursor) = (Vec::new(), String::new());
    for _ in 0..9 {
        let page = arkiv.get(&format!("/changes?limit=2{cursor}")).await;
        let text = String::from_utf8(page.bytes.to_vec()).unwrap();
        for personal in ["Testdal", "Eksempel sykehus"] {
            assert!(!text.contains(personal), "{text}");
        }
        let page = page.json();
        let changes = page["changes"].as_array().unwrap().clone();
        assert!(changes.len() <= 2);
        seen.extend(changes.iter().map(|it| (it["event"].clone(), it["item"]["id"].clone())));
        cursor = format!("&cursor={}", page["next_cursor"].as_str().unwrap());
        if page["more"] == false {
            break;
        }
    }

    let expected: Vec<_> =
        planted.iter().map(|it| (Value::from("accepted"), Value::from(it.item.to_string()))).collect();
    assert_eq!(seen, expected, "not the other unit's, not the graded one");
    assert_eq!(arkiv.act(&planted[1], "claim", "").await.status, StatusCode::OK);
    let news = arkiv.get(&format!("/changes?{}", cursor.trim_start_matches('&'))).await.json();
    assert_eq!(news["changes"].as_array().unwrap().len(), 1);
    assert_eq!(news["changes"][0]["event"], "taken");
    assert_eq!(news["changes"][0]["item"]["state"], "taken");
    assert_eq!(arkiv.get("/changes?start=now").await.json()["more"], false);
    assert!(arkiv.get("/changes?limit=101").await.is(400, "MP-614"));
    assert!(arkiv.get("/changes?cursor=AAAAAAAAAAAA").await.is(400, "MP-614"));
    assert!(house.journal().await.iter().all(|it| it.action != "viewed"), "fetching the list is not reading");
}

/// seed in part: L-17
#[tokio::test]
async fn a_report_is_claimed_read_confirmed_and_filed_by_the_same_rules_as_on_the_page() {
    let house = House::new().await;
    let arkiv = system(&house, "arkiv", &["gjerstad"], Clearance::Ordinary).await;
    let planted = house.plant(Plant { bytes: b"<the-message-as-received/>", ..Plant::default() }).await;

    assert!(arkiv.get(&at(&planted, "message")).await.is(409, "MP-607"), "nobody has opened it");
    assert!(arkiv.act(&planted, "journal-reference", "{\"reference\":\"2026/17-3\"}").await.is(409, "MP-608"));
    let claimed = arkiv.act(&planted, "claim", "{}").await;
    assert_eq!((claimed.status, &claimed.json()["state"]), (StatusCode::OK, &Value::from("taken")));
    assert_eq!(claimed.headers["etag"], claimed.json()["etag"].as_str().unwrap());

    let xml = arkiv.send("GET", &at(&planted, "message"), &[("accept", "application/xml")], "").await;
    assert_eq!(
        (xml.headers["content-type"].to_str().unwrap(), &xml.bytes[..]),
        ("application/xml", &b"<the-message-as-received/>"[..])
    );
    let json = arkiv.get(&at(&planted, "message")).await.json();
    assert_eq!(json["reference"], planted.reference);
    assert!(json["report"]["person"]["family_name"].is_string() && json["report"]["consent"]["status"].is_string());
    assert!(!json["letter"]["sections"].as_array().unwrap().is_empty());
    assert!(arkiv.send("GET", &at(&planted, "message"), &[("accept", "text/html")], "").await.is(406, "MP-617"));
    let position = json["attachments"][0]["position"].as_u64().unwrap();
    let file = arkiv.get(&at(&planted, &format!("attachments/{position}"))).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(arkiv.get(&at(&planted, "attachments/77")).await.is(404, "MP-604"));

    assert_eq!(arkiv.act(&planted, "confirm", "").await.status, StatusCode::OK);
    assert!(arkiv.act(&planted, "confirm", "").await.json()["reason"] == "already_confirmed");
    assert_eq!(arkiv.act(&planted, "journal-reference", "{\"reference\":\"2026/17-3\"}").await.status, StatusCode::OK);
    for wrong in ["", "{}", "{\"reference\":\"\"}", "{\"reference\":\"a\\u0000b\"}", "{\"reference\":\"a\",\"x\":1}"] {
        assert!(arkiv.act(&planted, "journal-reference", wrong).await.is(400, "MP-614"), "{wrong}");
    }
    let stands = arkiv.get(&format!("/items/{}", planted.item)).await;
    let told = stands.json();
    assert_eq!(told["has_archive_reference"], true);
    assert_eq!(told["responsible"]["is_this_system"], true);
    assert_eq!(stands.headers["etag"].to_str().unwrap(), told["etag"]);
    let same = [("if-none-match", told["etag"].as_str().unwrap())];
    let again = arkiv.send("GET", &format!("/items/{}", planted.item), &same, "").await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);

    let journal = house.journal().await;
    let by_system =
        |action: &str| journal.iter().filter(|it| it.action == action && it.actor_name == "arkiv (system)").count();
    assert_eq!(
        [by_system("viewed"), by_system("downloaded"), by_system("taken"), by_system("confirmed")],
        [2, 1, 1, 1]
    );
    assert_eq!(house.state(&planted, "gjerstad").await, ItemState::Taken);
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let page = kari.get(&format!("/items/{}", planted.item)).await.body;
    assert!(page.contains("arkiv (system)"), "a person sees which system has it");
}

#[tokio::test]
async fn an_act_is_done_once_for_its_key_and_only_on_the_version_that_was_seen() {
    let house = House::new().await;
    let arkiv = system(&house, "arkiv", &["gjerstad"], Clearance::Ordinary).await;
    let epj = system(&house, "epj", &["gjerstad"], Clearance::Ordinary).await;
    let planted = house.plant(Plant::default()).await;
    let path = at(&planted, "claim");
    let seen = arkiv.get(&format!("/items/{}", planted.item)).await.headers["etag"].to_str().unwrap().to_owned();

    let both = [("idempotency-key", "handling-0001"), ("if-match", seen.as_str())];
    assert!(arkiv.send("POST", &path, &both[..1], "").await.is(428, "MP-610"));
    assert!(arkiv.send("POST", &path, &both[1..], "").await.is(400, "MP-611"));
    let first = arkiv.send("POST", &path, &both, "").await;
    let second = arkiv.send("POST", &path, &both, "{}").await;
    assert_eq!((first.status, second.status), (StatusCode::OK, StatusCode::OK));
    assert_eq!(first.bytes, second.bytes);
    assert_eq!(house.actions(&planted).await.iter().filter(|it| *it == "taken").count(), 1);
    assert!(arkiv.send("POST", &at(&planted, "release"), &both, "").await.is(422, "MP-612"));
    for elsewhere in ["*", "\"1\""] {
        let elsewhere = [both[0], ("if-match", elsewhere)];
        assert!(arkiv.send("POST", &path, &elsewhere, "").await.is(422, "MP-612"), "on another version it is another");
    }

    let late = [("idempotency-key", "handling-0002"), ("if-match", seen.as_str())];
    assert!(arkiv.send("POST", &at(&planted, "confirm"), &late, "").await.is(412, "MP-609"));
    // A key belongs to the one who chose it, and what was refused can be tried again under it.
    let other = [("idempotency-key", "handling-0001"), ("if-match", "*")];
    let taken = epj.send("POST", &path, &other, "").await;
    assert!(taken.is(409, "MP-608") && taken.json()["reason"] == "taken_by_another");
    assert_eq!(arkiv.act(&planted, "release", "").await.status, StatusCode::OK);
    assert_eq!(epj.send("POST", &path, &other, "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn another_units_case_does_not_exist_and_a_graded_one_asks_for_a_second_person() {
    let house = House::new().await;
    let arkiv = system(&house, "arkiv", &["gjerstad"], Clearance::Ordinary).await;
    let cleared = system(&house, "cleared", &["gjerstad"], Clearance::Graded).await;
    let other = house.plant(Plant { unit: "risor", ..Plant::default() }).await;
    let graded = house.plant(Plant { protected: true, ..Plant::default() }).await;

    for planted in [&other, &graded] {
        for what in ["", "/message", "/attachments/2"] {
            assert!(arkiv.get(&format!("/items/{}{what}", planted.item)).await.is(404, "MP-604"), "{what}");
        }
        assert!(arkiv.act(planted, "claim", "").await.is(404, "MP-604"));
    }
    let lines = house.journal().await;
    let told = |planted: &Planted, action: &str| {
        let of = |it: &&Line| it.message.as_deref() == Some(&planted.message.0.as_bytes()[..]) && it.action == action;
        lines.iter().filter(of).filter(|it| it.actor_name == "arkiv (system)").map(|it| it.detail.as_str()).collect()
    };
    let refused: Vec<&str> = told(&other, "refused");
    assert!(refused.len() == 4 && refused[0] == "GET /api/v1/items/{id}; 404", "{refused:?}");
    let denied: Vec<&str> = told(&graded, "access_denied");
    assert!(!denied.is_empty() && told(&graded, "refused").is_empty(), "with its reason, and once: {denied:?}");

    let stands = cleared.get(&format!("/items/{}", graded.item)).await.json();
    assert_eq!((&stands["graded_address"], &stands["unit"]), (&Value::from(true), &Value::Null));
    assert!(cleared.act(&graded, "claim", "").await.is(403, "MP-606"));
    assert!(cleared.get(&at(&graded, "message")).await.is(403, "MP-606"));
    let second = async |system: &System<'_>, planted: &Planted| {
        let told = system.get(&format!("/items/{}", planted.item)).await.json();
        (told["second_person"].as_str().unwrap().to_owned(), told["second_person_until"].clone())
    };
    let plain = house.plant(Plant::default()).await;
    assert_eq!(second(&arkiv, &plain).await, ("not_needed".to_owned(), Value::Null));
    assert_eq!(second(&cleared, &graded).await, ("not_asked".to_owned(), Value::Null));
    let asked = cleared.send("POST", &at(&graded, "second-person"), &[], "").await;
    let eight_hours = start().plus(Duration::from_secs(8 * 3600)).to_string();
    let stands = |word: &str| (word.to_owned(), Value::from(eight_hours.as_str()));
    assert_eq!(asked.json()["second_person"], "asked");
    assert_eq!(asked.json()["second_person_until"], eight_hours.as_str());
    assert_eq!(second(&cleared, &graded).await, stands("asked"));
    let also = system(&house, "also", &["gjerstad"], Clearance::Graded).await;
    let cursor = cleared.get("/changes?start=now").await.json()["next_cursor"].as_str().unwrap().to_owned();
    let told = async |system: &System<'_>| {
        let page = system.get(&format!("/changes?cursor={cursor}")).await.json();
        let changes = page["changes"].as_array().unwrap().clone();
        changes.iter().map(|it| it["event"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };

    let (mut kari, user) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    house.clear(&user, "gjerstad").await;
    let list = kari.get("/second").await;
    assert!(list.body.contains("cleared (system)"), "{}", list.body);
    let action = list.actions().into_iter().find(|it| it.contains("/second/")).unwrap().to_owned();
    kari.post(&action, &[], &list).await;

    assert_eq!(second(&cleared, &graded).await, stands("agreed"), "without trying to read");
    assert_eq!(second(&also, &graded).await, ("not_asked".to_owned(), Value::Null), "for the one who asked");
    assert_eq!((told(&cleared).await, told(&also).await), (vec!["second_agreed".to_owned()], Vec::new()));
    let same = [("if-none-match", "\"0\"")];
    let again = cleared.send("GET", &format!("/items/{}", graded.item), &same, "").await;
    assert_eq!(again.status, StatusCode::OK, "what a second person says changes no version");
    assert_eq!(cleared.act(&graded, "claim", "").await.status, StatusCode::OK);
    assert_eq!(cleared.get(&at(&graded, "message")).await.status, StatusCode::OK);
    house.clock.advance(Duration::from_secs(9 * 3600));
    assert!(cleared.get(&at(&graded, "message")).await.is(403, "MP-606"), "it holds for eight hours");
}

#[tokio::test]
async fn what_the_sender_says_later_is_fetched_as_the_report_was() {
    let house = House::new().await;
    let arkiv = system(&house, "arkiv", &["gjerstad"], Clearance::Ordinary).await;
    let planted = house.plant(Plant::default()).await;
    let other = house.plant(Plant { unit: "risor", ..Plant::default() }).await;
    let item = format!("/items/{}", planted.item);
    let later = super::report::full(&|name| format!("[{name} later]"));
    let untouched = arkiv.get(&item).await.json();
    assert_eq!((&untouched["follow_ups"], &untouched["withdrawn_by_sender"]), (&Value::from(0), &Value::Null));
    let answer = house.hear(&planted, "gjerstad", FollowUpKind::Answer, Some(later)).await;
    let withdrawal = house.withdraw(&planted, "gjerstad").await;
    house.withdraw(&other, "risor").await;

    // That it is so, and since when, is told before anybody has opened the report; what is written is not.
    let told = arkiv.get(&item).await.json();
    assert_eq!(told["follow_ups"], 2);
    assert_eq!(told["withdrawn_by_sender"]["at"], start().to_string());
    assert_eq!(told["withdrawn_by_sender"]["follow_up"], 2);
    for path in ["", "/1", "/1/attachments/2"] {
        assert!(arkiv.get(&at(&planted, &format!("follow-ups{path}"))).await.is(409, "MP-607"), "{path}");
        assert!(arkiv.get(&at(&other, &format!("follow-ups{path}"))).await.is(404, "MP-604"), "{path}");
    }
    assert_eq!(arkiv.act(&planted, "claim", "").await.status, StatusCode::OK);

    let list = arkiv.get(&at(&planted, "follow-ups")).await.json();
    let listed = list["follow_ups"].as_array().unwrap().iter();
    let listed: Vec<_> = listed.map(|it| (it["number"].clone(), it["kind"].clone(), it["reference"].clone())).collect();
    let expected = [(1, "SVAR", &answer), (2, "TILBAKETREKK", &withdrawal)];
    assert_eq!(listed, expected.map(|(number, kind, it)| (number.into(), kind.into(), it.as_str().into())));
    let viewed = async || {
        let lines = house.journal().await.into_iter();
        let by_system = lines.filter(|it| it.actor_name == "arkiv (system)" && it.detail.contains(&answer));
        by_system.map(|it| (it.action, it.message)).collect::<Vec<_>>()
    };
    assert!(viewed().await.is_empty(), "that something came is not what was written");

    let href = list["follow_ups"][0]["href"].as_str().unwrap().strip_prefix("/api/v1").unwrap();
    let first = arkiv.get(href).await.json();
    assert_eq!((&first["item"], &first["reference"]), (&planted.item.to_string().into(), &answer.as_str().into()));
    assert!(first["report"]["person"]["family_name"].as_str().unwrap().ends_with(" later]"), "{first}");
    let file = first["attachments"][0]["href"].as_str().unwrap().strip_prefix("/api/v1").unwrap().to_owned();
    assert_eq!(file, format!("{href}/attachments/2"));
    let file = arkiv.get(&file).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.headers["content-disposition"].to_str().unwrap().contains(&answer), "named by its own reference");
    let about = Some(planted.message.0.as_bytes().to_vec());
    let read = [("viewed".to_owned(), about.clone()), ("downloaded".to_owned(), about)];
    assert_eq!(viewed().await, read, "in the journal of the case");
    // This one cannot be read here; as it came it can be had.
    assert!(arkiv.get(&at(&planted, "follow-ups/2")).await.is(403, "MP-616"));
    let xml = arkiv.send("GET", &at(&planted, "follow-ups/2"), &[("accept", "application/xml")], "").await;
    assert_eq!((xml.status, &xml.bytes[..]), (StatusCode::OK, &b"<MsgHead/>"[..]));
    for none in ["0", "3", "x", "1/attachments/77", "3/attachments/2"] {
        assert!(arkiv.get(&at(&planted, &format!("follow-ups/{none}"))).await.is(404, "MP-604"), "{none}");
    }
}

/// Whoever is only told of a report is told that it is withdrawn; and the second person's word is for all of a graded case.
#[tokio::test]
async fn what_is_said_later_is_kept_from_those_who_do_not_have_the_report() {
    let house = House::new().await;
    let told_of = system(&house, "told", &["risor"], Clearance::Ordinary).await;
    let cleared = system(&house, "cleared", &["gjerstad"], Clearance::Graded).await;
    let (has, told) = house.plant_for_two("gjerstad", "risor").await;
    let graded = house.plant(Plant { protected: true, ..Plant::default() }).await;
    house.withdraw(&has, "gjerstad").await;
    house.withdraw(&graded, "gjerstad").await;

    let stands = told_of.get(&format!("/items/{}", told.item)).await.json();
    assert_eq!((&stands["follow_ups"], &stands["withdrawn_by_sender"]["at"]), (&0.into(), &start().to_string().into()));
    for path in ["follow-ups", "follow-ups/1", "answers"] {
        assert!(told_of.get(&at(&told, path)).await.is(403, "MP-616"), "{path}");
        assert!(cleared.get(&at(&graded, path)).await.is(403, "MP-606"), "{path}");
    }
    assert!(told_of.get(&at(&told, "follow-ups/1/attachments/2")).await.is(403, "MP-616"));
    assert!(cleared.get(&at(&graded, "follow-ups/1/attachments/2")).await.is(403, "MP-606"));
}

#[tokio::test]
async fn what_the_unit_has_answered_is_told_in_the_item_and_read_apart() {
    let house = House::new().await;
    let arkiv = system(&house, "arkiv", &["gjerstad"], Clearance::Ordinary).await;
    let planted = house.plant(Plant::default()).await;
    let text = |it: &str| Redacted::new(it.to_owned());
    let question = Act::AskForMore {
        question: text("Hvem er pårørende?"),
        way: AnswerWay::Telephone,
        answer: Some(text("Det er mor.")),
    };
    let answer = Act::Answer {
        kind: AnswerKind::Outcome,
        text: text("Vi møtes mandag."),
        way: AnswerWay::Electronic,
        basis: None,
    };
    for (minutes, act) in [(0, Act::Open), (1, Act::Take), (2, question), (3, answer)] {
        let who = Colleague { id: Uuid::from_u128(1), name: "Kari Prøve".to_owned() };
        let by = Acting { who, authority: Authority::Own, at: start().plus(Duration::from_secs(60 * minutes)) };
        let deed = Deed { item: planted.item, units: vec![UnitId("gjerstad".to_owned())], act, by, version: None };
        let done = house.store.act_on_case(&deed).await.unwrap();
        assert!(matches!(done, Acted::Done { .. }), "{done:?}");
    }

    let item = arkiv.get(&format!("/items/{}", planted.item)).await;
    let read = arkiv.get(&at(&planted, "answers")).await.json();

    let told = |it: &Value| (it["act"].clone(), it["code"].clone(), it["by_telephone"].clone(), it["at"].clone());
    let expected: Vec<_> = [("asked_for_more", Value::Null, true, 2), ("answered", "UTFALL".into(), false, 3)]
        .into_iter()
        .map(|(act, code, told, minute)| {
            let at = start().plus(Duration::from_secs(60 * minute)).to_string();
            (Value::from(act), code, Value::from(told), Value::from(at))
        })
        .collect();
    for answers in [&item.json()["answers"], &read["answers"]] {
        assert_eq!(answers.as_array().unwrap().iter().map(told).collect::<Vec<_>>(), expected);
    }
    let written = String::from_utf8(item.bytes.to_vec()).unwrap();
    assert!(!written.contains("møtes") && !written.contains("Det er"), "{written}");
    let (first, second) = (&read["answers"][0], &read["answers"][1]);
    assert_eq!((&first["text"], &first["reply"]), (&"Hvem er pårørende?".into(), &"Det er mor.".into()));
    assert_eq!((&second["text"], &second["reply"]), (&"Vi møtes mandag.".into(), &Value::Null));
    assert_eq!(second["by"], "Kari Prøve");
    assert_eq!((&first["delivery"], &first["arrived_at"]), (&Value::Null, &Value::Null), "it was said");
    assert_eq!((&second["delivery"], &second["arrived_at"]), (&"waits".into(), &Value::Null), "it can be undone");
    let lines = house.journal().await.into_iter().filter(|it| it.action == "viewed");
    assert_eq!(lines.map(|it| it.actor_name).collect::<Vec<_>>(), ["arkiv (system)"], "reading the item is none");
}

/// What a unit wrote is no answer that was given before its receiver has it.
#[tokio::test]
async fn each_answer_says_whether_its_receiver_has_it() {
    let house = House::new().await;
    let arkiv = system(&house, "arkiv", &["gjerstad"], Clearance::Ordinary).await;
    let planted = house.plant(Plant::default()).await;
    let answer = Act::Answer {
        kind: AnswerKind::Outcome,
        text: Redacted::new("Vi møtes mandag.".to_owned()),
        way: AnswerWay::Electronic,
        basis: None,
    };
    for (seconds, act) in [(0, Act::Open), (1, Act::Take), (2, answer)] {
        let who = Colleague { id: Uuid::from_u128(1), name: "Kari Prøve".to_owned() };
        let by = Acting { who, authority: Authority::Own, at: start().plus(Duration::from_secs(seconds)) };
        let deed = Deed { item: planted.item, units: vec![UnitId("gjerstad".to_owned())], act, by, version: None };
        assert!(matches!(house.store.act_on_case(&deed).await.unwrap(), Acted::Done { .. }));
    }
    let stands = async || {
        let short = arkiv.get(&format!("/items/{}", planted.item)).await.json()["answers"][0].clone();
        let whole = arkiv.get(&at(&planted, "answers")).await.json()["answers"][0].clone();
        let of = |it: &Value| (it["delivery"].as_str().unwrap().to_owned(), it["arrived_at"].clone());
        assert_eq!(of(&short), of(&whole));
        of(&whole)
    };
    let minute = async |next| {
        house.clock.advance(Duration::from_secs(60));
        house.queue_what_was_said().await;
        house.try_to_send(next).await
    };
    let later = start().plus(Duration::from_secs(120));

    let mut seen = vec![stands().await];
    for next in [OutboundNext::Retry { due: later }, OutboundNext::Sent { ask_at: later }, OutboundNext::Acknowledged] {
        assert_eq!(minute(next).await, 1);
        seen.push(stands().await);
    }

    let at = |minutes: u64| Value::from(start().plus(Duration::from_secs(60 * minutes)).to_string());
    let expected = [("waits", Value::Null), ("waits", Value::Null), ("sent", at(2)), ("acknowledged", at(2))];
    assert_eq!(seen, expected.map(|(word, at)| (word.to_owned(), at)));
}

/// Which field, and what was expected there; never what stood there.
#[tokio::test]
async fn a_request_that_cannot_be_read_is_told_where() {
    let house = House::new().await;
    let arkiv = system(&house, "arkiv", &["gjerstad"], Clearance::Ordinary).await;
    let planted = house.plant(Plant::default()).await;
    let english = [("accept-language", "en")];
    let query = async |query: &str| {
        let told = arkiv.send("GET", &format!("/changes?{query}"), &english, "").await;
        assert!(told.is(400, "MP-614"), "{query}");
        told.findings()
    };
    let act = async |act: &str, headers: &[(&str, &str)], body: &str| {
        let headers: Vec<_> = headers.iter().chain(&english).copied().collect();
        arkiv.send("POST", &at(&planted, act), &headers, body).await
    };

    let limit = "query.limit: a whole number from 1 to 100";
    assert_eq!(query("limit=0").await, [limit]);
    let cursor = "query.cursor: next_cursor of an earlier page, exactly as it was given";
    let fields = "query: only cursor, limit and start, each at most once";
    assert_eq!(query("limit=1000&cursor=12835401802&bogus=1").await, [limit, cursor, fields]);
    assert_eq!(query("start=then").await, ["query.start: now, or nothing"]);

    let (key, any) = (("idempotency-key", "handling-0001"), ("if-match", "*"));
    let tag = "header.If-Match: the item's etag as it was fetched, with its quotes (\"3\"), or *";
    assert_eq!(act("claim", &[key, ("if-match", "W/\"0\"")], "").await.findings(), [tag]);
    assert_eq!(act("claim", &[key], "").await.findings(), [tag]);
    let keys = act("claim", &[any], "").await.findings();
    assert!(keys[0].starts_with("header.Idempotency-Key: 8 to 200"), "{keys:?}");
    assert_eq!(act("claim", &[key, any], "{\"x\":1}").await.findings(), ["body: empty, or {}"]);
    let filed = act("journal-reference", &[key, any], "reference=1").await.findings();
    assert!(filed[0].starts_with("body: a JSON object with the text reference"), "{filed:?}");
    let empty = act("journal-reference", &[key, any], "{\"reference\":\" \"}").await.findings();
    assert!(empty[0].starts_with("body.reference: 1 to 200 characters"), "{empty:?}");
    let large = act("journal-reference", &[key, any], &"x".repeat(20_000)).await;
    assert_eq!((large.is(413, "MP-621"), large.findings()), (true, vec!["body: 16384 bytes at most".to_owned()]));
    let html = arkiv.send("GET", &at(&planted, "message"), &[("accept", "text/html")], "").await.findings();
    assert_eq!(html, ["header.Accept: application/json eller application/xml"]);
}

/// The message as it came holds its attachments too.
#[tokio::test]
async fn what_holds_something_harmful_is_not_given_out_as_it_came() {
    let house = House::new().await;
    let arkiv = system(&house, "arkiv", &["gjerstad"], Clearance::Ordinary).await;
    let planted = house.plant(Plant::default()).await;
    arkiv.act(&planted, "open", "").await;
    let xml = [("accept", "application/xml")];
    assert_eq!(arkiv.send("GET", &at(&planted, "message"), &xml, "").await.status, StatusCode::OK);

    let claim = Claim { rows_max: 10, now: start(), until: start().plus(Duration::from_secs(60)) };
    let lease = house.store.claim_scans(claim).await.unwrap().remove(0);
    let found = [ScannedFile { position: 2, result: ScanResult::Infected }];
    house.store.settle_scan(&lease, &found, None, start()).await.unwrap();

    assert!(arkiv.send("GET", &at(&planted, "message"), &xml, "").await.is(409, "MP-615"));
    assert_eq!(arkiv.get(&at(&planted, "message")).await.status, StatusCode::OK, "its words can be read");
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_back() {
    let api = ApiConfig { requests_per_minute_max: 3, ..ApiConfig::default() };
    let house = House::with(InboxConfig { api, ..plain() }).await;
    let arkiv = system(&house, "arkiv", &["gjerstad"], Clearance::Ordinary).await;

    for _ in 0..3 {
        assert_eq!(arkiv.get("/me").await.status, StatusCode::OK);
    }
    let turned_away = arkiv.get("/me").await;
    assert!(turned_away.is(429, "MP-613"));
    let wait: u64 = turned_away.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait));
    house.clock.advance(Duration::from_secs(wait));
    assert_eq!(arkiv.get("/me").await.status, StatusCode::OK);
}

/// The description names every route, method and answer that there is, and no other.
#[tokio::test]
async fn the_description_is_what_the_routes_are() {
    let house = House::new().await;
    let arkiv = system(&house, "arkiv", &["gjerstad"], Clearance::Ordinary).await;
    let described = arkiv.get("/openapi.json").await.json();
    assert_eq!(described["openapi"], "3.1.0");

    let mut paths = described["paths"].as_object().unwrap().clone();
    let source = include_str!("../api/mod.rs");
    let routed: Vec<(String, &str)> = source
        .lines()
        .filter_map(|line| line.trim().strip_prefix(".route(\"")?.split_once("\", "))
        .map(|(path, method)| (path.to_owned(), method.split('(').next().unwrap()))
        // The acts that say only which they are are answered in one way.
        .map(|(path, method)| (path, if method == "act::plain" { "post" } else { method }))
        .collect();
    assert_eq!(routed.len(), paths.len());
    for (path, method) in routed {
        let entry = paths.remove(&path).unwrap_or_else(|| panic!("{path} is not described"));
        assert!(entry[method].is_object(), "{method} {path}");
    }
    let words = described["components"]["schemas"]["EventWord"]["enum"].as_array().unwrap();
    let words: Vec<&str> = words.iter().map(|it| it.as_str().unwrap()).collect();
    assert_eq!(words, change_kinds().collect::<Vec<_>>(), "every word of the list of changes, and no other");
    let kinds = described["components"]["schemas"]["FollowUpKind"]["enum"].as_array().unwrap();
    let kinds: Vec<_> = kinds.iter().map(|it| it.as_str().unwrap()).collect();
    let messages = FollowUpKind::ALL.iter().filter(|it| it.is_from_outside());
    assert_eq!(kinds, messages.map(|it| it.code()).collect::<Vec<_>>());
    // Every code of the 6xx family is told somewhere.
    let text = crate::inbox::api::DOCUMENT;
    for code in crate::domain::Code::ALL.iter().filter(|it| it.id().starts_with("MP-6")) {
        assert!(text.contains(code.id()), "{} is not told", code.id());
    }
}
