//! What somebody has written is not lost: not with the session, and not when something in the form must be put right.

use super::support::Browser;
use super::support::House;
use super::support::PASSWORD;
use super::support::Plant;
use super::support::plain;
use crate::domain::Role;
use crate::inbox::InboxConfig;
use crate::inbox::casework;
use axum::http::StatusCode;
use std::time::Duration;

const GROUP: &str = "/groups/gruppe";
const WRITTEN: &str = "Dette tok lang tid";

/// Opens and takes a planted case. Its address.
async fn taken(house: &House, browser: &mut Browser) -> String {
    let planted = house.plant(Plant { unit: "gruppe", ..Plant::default() }).await;
    let case = format!("/items/{}", planted.item);
    let list = browser.get("/").await;
    browser.post(&format!("{case}/open"), &[], &list).await;
    let page = browser.get(&case).await;
    browser.post(&format!("{case}/take"), &[], &page).await;
    case
}

/// Calls a meeting and puts all cases on its agenda. Its address.
async fn meeting(browser: &mut Browser) -> String {
    let page = browser.get(GROUP).await;
    let fields = [("day", "2026-10-20"), ("time", "12:00"), ("minutes", "60"), ("place", "Møterom 2")];
    browser.post(GROUP, &fields, &page).await;
    let page = browser.get(GROUP).await;
    let id = page.body.split(&format!("href=\"{GROUP}/meetings/")).nth(1).unwrap();
    let meeting = format!("{GROUP}/meetings/{}", id.split(['"', '/']).next().unwrap());
    browser.post(&format!("{meeting}/put"), &[], &page).await;
    meeting
}

#[tokio::test]
async fn every_form_that_somebody_writes_in_outlives_the_session() {
    let house = House::new().await;
    let (mut siri, _) = house.signed_in_as("siri", Role::Secretary, "gruppe").await;
    house.signed_in_as("leder", Role::Leader, "gruppe").await;
    house.signed_in_as("admin", Role::DirectoryAdministrator, "gruppe").await;
    let case = taken(&house, &mut siri).await;
    let meeting = meeting(&mut siri).await;
    let item = case.rsplit('/').next().unwrap();
    let minutes = format!("{meeting}/items/{item}");
    let forms = [
        ("siri", case.clone(), format!("{case}/tasks"), "text"),
        ("siri", format!("{case}/do/commented"), format!("{case}/do/commented"), "text"),
        ("siri", minutes.clone(), minutes, "said"),
        ("siri", GROUP.to_owned(), GROUP.to_owned(), "place"),
        ("siri", meeting.clone(), format!("{meeting}/move"), "place"),
        ("leder", format!("{case}/questions"), format!("{case}/questions"), "text"),
        ("admin", "/people".to_owned(), "/people/give".to_owned(), "name"),
    ];
    for (login, place, action, field) in forms {
        let mut browser = house.browser();
        let page = browser.get("/sign-in").await;
        browser.post("/sign-in", &[("login", login), ("password", PASSWORD)], &page).await;
        let form = browser.get(&place).await;
        let sign_out = browser.get("/").await;
        browser.post("/sign-out", &[], &sign_out).await;

        let kept = browser.post(&action, &[(field, WRITTEN)], &form).await;

        assert_eq!(kept.status, StatusCode::UNAUTHORIZED, "{action}");
        assert!(kept.body.contains(&format!("name=\"{field}\" value=\"{WRITTEN}\"")), "{action}: {}", kept.body);
        let page = browser.get("/sign-in").await;
        browser.post("/sign-in", &[("login", login), ("password", PASSWORD)], &page).await;
        let again = browser.post_bare(&action, &[(field, WRITTEN), ("key", "-")]).await;
        assert_eq!(again.status, StatusCode::CONFLICT, "{action}");
        assert!(again.body.contains(WRITTEN) && again.key(&action).is_some(), "{action}: {}", again.body);
        assert!(again.body.contains("role=\"alert\""), "{action} says why it is there again");
    }
    let journal = house.journal().await;
    assert!(journal.iter().all(|it| it.action != "refused"), "nobody is refused anything by it");
    let done = ["task_added", "commented", "minutes_written", "question_answered", "user_added"];
    assert!(journal.iter().all(|it| !done.contains(&it.action.as_str())), "nothing is done without a key");
}

/// A written comment was lost when one had to prove once more who one is.
#[tokio::test]
async fn what_is_written_is_there_after_proving_once_more_who_one_is() {
    let proof = InboxConfig { content_proof_seconds_max: 60 * 60, ..plain() };
    let house = House::with(proof).await;
    let (mut siri, _) = house.signed_in_as("siri", Role::Secretary, "gruppe").await;
    let case = taken(&house, &mut siri).await;
    for (language, heading) in [
        ("nb", "Vis hvem du er én gang til. Det du skrev, er her"),
        ("nn", "Vis kven du er éin gong til. Det du skreiv, er her"),
        ("en", "Prove who you are once more. What you wrote is here"),
    ] {
        let list = siri.get("/").await;
        siri.post("/language", &[("lang", language), ("back", "/")], &list).await;
        let (action, field) = (format!("{case}/do/commented"), "text");
        let form = siri.get(&action).await;
        for _ in 0..5 {
            house.clock.advance(Duration::from_secs(15 * 60));
            siri.get("/").await;
        }

        let kept = siri.post(&action, &[(field, WRITTEN)], &form).await;

        assert_eq!(kept.status, StatusCode::UNAUTHORIZED);
        assert!(kept.headers.get("location").is_none(), "what was written is in no address");
        assert!(kept.body.contains(heading), "{}", kept.body);
        assert!(kept.body.contains(&format!("name=\"{field}\" value=\"{WRITTEN}\"")), "{}", kept.body);
        assert!(kept.body.contains(&format!("href=\"/prove?next={case}\"")), "{}", kept.body);
        assert!(kept.body.contains("action=\"/sign-out\""), "the menu is there");
        let prove = siri.get(&format!("/prove?next={case}")).await;
        assert_eq!(siri.post("/prove", &[("password", PASSWORD), ("next", &case)], &prove).await.location(), case);
        let again = siri.post_bare(&action, &[(field, WRITTEN), ("key", "-")]).await;
        assert!(again.body.contains(WRITTEN) && again.key(&action).is_some(), "{}", again.body);
        assert_eq!(siri.post(&action, &[(field, WRITTEN)], &again).await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn a_password_is_shown_on_no_page_when_the_session_is_over() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let form = kari.get("/sessions").await;
    let sign_out = kari.get("/").await;
    kari.post("/sign-out", &[], &sign_out).await;

    let said = kari.post("/sessions/password", &[("old", PASSWORD), ("new", WRITTEN), ("again", WRITTEN)], &form).await;

    assert_eq!(said.status, StatusCode::UNAUTHORIZED);
    assert!(!said.body.contains(WRITTEN) && !said.body.contains(PASSWORD));
}

#[tokio::test]
async fn a_task_that_is_not_whole_comes_back_with_what_was_written() {
    let house = House::new().await;
    let (mut siri, _) = house.signed_in_as("siri", Role::Secretary, "gruppe").await;
    let case = taken(&house, &mut siri).await;
    let action = format!("{case}/tasks");
    let page = siri.get(&case).await;

    let kind = crate::domain::TaskKind::ALL[0].code();
    let long = WRITTEN.repeat(40);
    for (kind, text, due, wrong) in [
        (kind, WRITTEN, "", "due"),
        (kind, WRITTEN, "i morgen", "due"),
        (kind, WRITTEN, "2020-01-01", "due"),
        ("", WRITTEN, "2026-10-20", "kind"),
        (kind, long.as_str(), "2026-10-20", "text"),
    ] {
        let answer = siri.post(&action, &[("kind", kind), ("text", text), ("due", due)], &page).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(answer.body.contains(&format!("href=\"#act-{wrong}\"")), "{}", answer.body);
        assert_eq!(answer.body.matches("aria-invalid=\"true\"").count(), 1);
        assert!(answer.body.contains(text), "what was written is there");
    }
    let short = siri.post(&action, &[("kind", kind), ("text", WRITTEN), ("due", "")], &page).await;
    let mended = siri.post(&action, &[("kind", kind), ("text", WRITTEN), ("due", "2026-10-20")], &short).await;
    assert_eq!(mended.status, StatusCode::SEE_OTHER);
    assert!(siri.get(&case).await.body.contains(WRITTEN));
}

#[tokio::test]
async fn each_form_of_a_case_comes_back_with_a_summary_and_what_was_written() {
    let house = House::new().await;
    let (mut siri, _) = house.signed_in_as("siri", Role::Secretary, "gruppe").await;
    house.signed_in_as("medlem", Role::Member, "gruppe").await;
    let case = taken(&house, &mut siri).await;
    let mut tried = 0;
    for kind in casework::WITH_FORM {
        let action = format!("{case}/do/{}", kind.label());
        let form = siri.get(&action).await;
        // What cannot be done now, and what has nothing that can be wrong.
        if form.status != StatusCode::OK {
            continue;
        }
        let long = format!("{WRITTEN} {}", "x".repeat(4000));
        let wrong = [("text", long.as_str()), ("on", "i går"), ("due", "i går"), ("from", "i går"), ("name", WRITTEN)];
        let has: Vec<_> = wrong.into_iter().filter(|it| form.body.contains(&format!("name=\"{}\"", it.0))).collect();
        if has.is_empty() && !form.body.contains("<select") && !form.body.contains("name=\"reference\"") {
            continue;
        }
        let answer = siri.post(&action, &has, &form).await;
        if answer.status == StatusCode::SEE_OTHER {
            continue;
        }
        tried += 1;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{kind:?}");
        let summary = answer.body.split("role=\"alert\"").nth(1).unwrap().split("</ul>").next().unwrap();
        let links = summary.matches("href=\"#act-").count();
        assert!(links > 0, "{kind:?}: {}", answer.body);
        assert_eq!(answer.body.matches("aria-invalid=\"true\"").count(), links, "{kind:?}");
        assert_eq!(answer.body.matches("class=\"field-error\"").count(), links, "{kind:?}");
        for (name, value) in has {
            assert!(answer.body.contains(value), "{kind:?}: {name} is lost");
        }
    }
    assert!(tried >= 18, "{tried}");
}

#[tokio::test]
async fn a_question_a_meeting_and_minutes_come_back_with_what_was_written() {
    let house = House::new().await;
    let (mut siri, _) = house.signed_in_as("siri", Role::Secretary, "gruppe").await;
    let (mut leader, _) = house.signed_in_as("leder", Role::Leader, "gruppe").await;
    let case = taken(&house, &mut siri).await;
    let meeting = meeting(&mut siri).await;
    let long = format!("{WRITTEN} {}", "x".repeat(4000));

    let thread = format!("{case}/questions");
    let form = leader.get(&thread).await;
    for text in ["", long.as_str()] {
        let answer = leader.post(&thread, &[("text", text)], &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("href=\"#text\"") && answer.body.contains("aria-invalid=\"true\""));
        assert!(answer.body.contains(text), "nothing is cut off");
    }

    let form = siri.get(GROUP).await;
    let place = [("day", "2026-10-20"), ("time", "12:00"), ("minutes", "60"), ("place", "Rom 05818530120")];
    let answer = siri.post(GROUP, &place, &form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("href=\"#call-place\"") && answer.body.contains("value=\"Rom 05818530120\""));
    assert_eq!(answer.body.matches("aria-invalid=\"true\"").count(), 1, "{}", answer.body);

    let minutes = format!("{meeting}/items/{}", case.rsplit('/').next().unwrap());
    let form = siri.get(&minutes).await;
    let answer = siri.post(&minutes, &[("said", WRITTEN), ("task", "Ring skolen"), ("due", "")], &form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("href=\"#due\"") && answer.body.contains("id=\"due-wrong\""), "{}", answer.body);
    assert!(answer.body.contains(WRITTEN) && answer.body.contains("Ring skolen"));
}
