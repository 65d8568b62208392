//! Signing in and out, one-time links, and what holds forms together.

use super::support::House;
use super::support::PASSWORD;
use super::support::Plant;
use super::support::plain;
use crate::inbox::InboxConfig;
use crate::telemetry::Captured;
use axum::http::StatusCode;
use std::time::Duration;

#[tokio::test]
async fn one_signs_in_with_login_and_password_and_out_again() {
    let house = House::new().await;
    house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let mut browser = house.browser();

    let page = browser.get("/sign-in").await;
    let answer = browser.post("/sign-in", &[("login", "kari"), ("password", PASSWORD)], &page).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"));

    let inbox = browser.get("/").await;
    assert_eq!(inbox.status, StatusCode::OK);
    assert!(inbox.body.contains("Kari Prøve"));

    let kept = browser.clone();
    let out = browser.post("/sign-out", &[], &inbox).await;
    assert_eq!(out.location(), "/sign-in?out=1&lang=nb");
    let mut again = kept;
    assert_eq!(again.get("/").await.status, StatusCode::SEE_OTHER, "the session has ended on our side too");
}

#[tokio::test]
async fn a_login_name_is_the_same_in_small_and_large_letters() {
    let house = House::new().await;
    house.signed_in("kåre", "Kåre Prøve", &["gjerstad"]).await;
    let mut browser = house.browser();
    let page = browser.get("/sign-in").await;

    let answer = browser.post("/sign-in", &[("login", " KÅRE "), ("password", PASSWORD)], &page).await;

    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_login_look_alike() {
    let house = House::new().await;
    house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    house.invite("ola", "Ola Uten Passord", &["gjerstad"]).await;
    let mut bodies = Vec::new();

    for login in ["kari", "ingen", "ola"] {
        let mut browser = house.browser();
        let page = browser.get("/sign-in").await;
        let answer = browser.post("/sign-in", &[("login", login), ("password", "feil passord her")], &page).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        let key = answer.key("/sign-in").unwrap();
        let challenge = answer.body.split("data-challenge=\"").nth(1).unwrap().split('"').next().unwrap();
        let body = answer.body.replace(&format!("value=\"{login}\""), "").replace(&key, "");
        bodies.push(body.replace(challenge, ""));
    }

    assert!(bodies[0].contains("Brukernavnet eller passordet er feil"));
    assert_eq!(bodies[0], bodies[1]);
    assert_eq!(bodies[0], bodies[2]);
}

#[tokio::test]
async fn many_failures_slow_down_and_never_lock_for_good() {
    let house = House::new().await;
    house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let mut browser = house.browser();
    let mut page = browser.get("/sign-in").await;
    for _ in 0..5 {
        page = browser.post("/sign-in", &[("login", "kari"), ("password", "feil")], &page).await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    }

    let right = [("login", "kari"), ("password", PASSWORD)];
    let turned_away = browser.post("/sign-in", &right, &page).await;
    assert_eq!(turned_away.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(turned_away.headers["retry-after"], "60");
    let other = [("login", "ola"), ("password", PASSWORD)];
    assert_eq!(browser.post("/sign-in", &other, &page).await.status, StatusCode::UNAUTHORIZED, "others go on");

    house.clock.advance(Duration::from_secs(61));
    assert_eq!(browser.post("/sign-in", &right, &page).await.status, StatusCode::SEE_OTHER);
}

/// A stranger behind the same address as the town hall, who fails on purpose.
#[tokio::test]
async fn an_address_that_waits_lets_a_browser_through_that_has_signed_in_before() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let log = Captured::default();
    let subscriber = tracing_subscriber::fmt().with_writer(log.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    // As in `privacy.rs`: a single subscriber can be silenced by a test on another thread.
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    let (mut stranger, mut fresh) = (house.browser(), house.browser());
    // Not by passwords, which take their time.
    let wrong = [("credential", "x"), ("client_data", "x"), ("authenticator", "x"), ("signature", "x")];
    for number in 0..50 {
        assert_eq!(stranger.post_bare("/sign-in/passkey", &wrong).await.status, StatusCode::SEE_OTHER, "{number}");
    }
    assert_eq!(stranger.post_bare("/sign-in/passkey", &wrong).await.status, StatusCode::TOO_MANY_REQUESTS);
    let said = log.text();
    assert_eq!(said.matches("sign_ins_held_back").count(), 1, "{said}");
    assert!(house.metrics.render().contains("meldeport_sign_ins_held_back_total{from=\"address\"} 1"));
    let right = [("login", "kari"), ("password", PASSWORD)];
    let page = fresh.get("/sign-in").await;
    assert_eq!(fresh.post("/sign-in", &right, &page).await.status, StatusCode::TOO_MANY_REQUESTS);

    kari.cookies.remove("__Host-meldeport");
    let page = kari.get("/sign-in").await;
    assert_eq!(kari.post("/sign-in", &right, &page).await.status, StatusCode::SEE_OTHER);

    // It holds no more than what it is: forged, or another's, it opens nothing; and its own failures are few.
    let (_, tag) = kari.cookies["__Host-meldeport-known"].split_once('.').unwrap();
    fresh.cookies.insert("__Host-meldeport-known".to_owned(), format!("{}.{tag}", "A".repeat(32)));
    let own = fresh.get("/sign-in").await;
    assert_eq!(fresh.post("/sign-in", &right, &own).await.status, StatusCode::TOO_MANY_REQUESTS);
    for number in 0..10 {
        assert_eq!(kari.post_bare("/sign-in/passkey", &wrong).await.status, StatusCode::SEE_OTHER, "{number}");
    }
    assert_eq!(kari.post("/sign-in", &right, &page).await.status, StatusCode::TOO_MANY_REQUESTS);
    house.clock.advance(Duration::from_secs(15 * 60 + 1));
    assert_eq!(kari.post("/sign-in", &right, &page).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_first_link_works_once_and_looking_does_not_use_it() {
    let house = House::new().await;
    let (_, token) = house.invite("kari", "Kari Prøve", &["gjerstad"]).await;
    let path = format!("/first/{}", token.text().reveal());
    let (mut first, mut second) = (house.browser(), house.browser());
    let (one, two) = (first.get(&path).await, second.get(&path).await);
    let fields = [("password", PASSWORD), ("repeat", PASSWORD)];

    assert_eq!(first.post(&path, &fields, &one).await.location(), "/");
    assert_eq!(first.get("/").await.status, StatusCode::OK);
    assert_eq!(second.post(&path, &fields, &two).await.status, StatusCode::GONE);
    assert_eq!(first.post(&path, &fields, &one).await.location(), "/", "a double click gets the same answer");
}

#[tokio::test]
async fn a_first_link_expires() {
    let house = House::new().await;
    let (_, token) = house.invite("kari", "Kari Prøve", &["gjerstad"]).await;
    let path = format!("/first/{}", token.text().reveal());
    let mut browser = house.browser();
    let page = browser.get(&path).await;

    house.clock.advance(Duration::from_secs(3601));

    let answer = browser.post(&path, &[("password", PASSWORD), ("repeat", PASSWORD)], &page).await;
    assert_eq!(answer.status, StatusCode::GONE);
}

#[tokio::test]
async fn a_poor_first_password_is_refused_without_costing_the_link() {
    let house = House::new().await;
    let (_, token) = house.invite("torbjorg", "Torbjørg Øksnevad", &["gjerstad"]).await;
    let path = format!("/first/{}", token.text().reveal());
    let mut browser = house.browser();
    let mut page = browser.get(&path).await;

    for (password, repeat, said) in [
        ("kort", "kort", "minst 12 tegn"),
        ("langt nok til å duge", "langt nok til å dugå", "ikke like"),
        ("Sommer-2026!!!", "Sommer-2026!!!", "lett å gjette"),
        ("pingvinene danser vals", "pingvinene danser vals", "lekket fra andre steder"),
        (
            "Whosyourdaddy",
            "Whosyourdaddy",
            "lekket fra andre steder. Slike lister prøver innbruddsprogrammer først. Velg et annet",
        ),
        ("Torbjørg Øksnevad 2026", "Torbjørg Øksnevad 2026", "ligner for mye"),
    ] {
        page = browser.post(&path, &[("password", password), ("repeat", repeat)], &page).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.body.contains(said), "{said}");
        assert!(page.key(&path).is_some(), "the same link: {said}");
        assert_eq!(house.browser().get(&path).await.status, StatusCode::OK, "also from the e-mail again: {said}");
    }
    let answer = browser.post(&path, &[("password", PASSWORD), ("repeat", PASSWORD)], &page).await;
    assert_eq!(answer.location(), "/");
}

#[tokio::test]
async fn the_session_gets_a_new_name_at_each_sign_in() {
    let house = House::new().await;
    let (mut browser, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let before = browser.clone();

    let page = browser.get("/sign-in").await;
    browser.post("/sign-in", &[("login", "kari"), ("password", PASSWORD)], &page).await;

    assert_ne!(before.cookies["__Host-meldeport"], browser.cookies["__Host-meldeport"]);
    let mut before = before;
    assert_eq!(before.get("/").await.status, StatusCode::SEE_OTHER, "the one before has ended");
}

#[tokio::test]
async fn an_idle_session_ends_and_one_comes_back_to_where_one_was() {
    let house = House::new().await;
    let (mut browser, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    house.clock.advance(Duration::from_secs(29 * 60));
    let inbox = browser.get("/").await;
    assert_eq!(inbox.status, StatusCode::OK);
    house.clock.advance(Duration::from_secs(31 * 60));
    let mut posting = browser.clone();

    let answer = browser.get("/?tab=unit&order=newest").await;
    assert_eq!(answer.location(), "/sign-in?next=/%3Ftab%3Dunit%26order%3Dnewest&ended=1");
    let page = browser.get(answer.location()).await;
    assert!(page.body.contains("når innboksen ikke har vært brukt"));
    let next = "/?tab=unit&order=newest";
    let back = [("login", "kari"), ("password", PASSWORD), ("next", next)];
    assert_eq!(browser.post("/sign-in", &back, &page).await.location(), next);

    let answer = posting.post("/search", &[("reference", "7K3-9QX-2MA")], &inbox).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(answer.body.contains("er ikke gjort"));
}

#[tokio::test]
async fn a_session_ends_at_its_limit_however_much_it_is_used() {
    let house = House::new().await;
    let (mut browser, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;

    for _ in 0..(10 * 60 / 20 - 1) {
        house.clock.advance(Duration::from_secs(20 * 60));
        assert_eq!(browser.get("/").await.status, StatusCode::OK);
    }
    house.clock.advance(Duration::from_secs(20 * 60));
    assert_eq!(browser.get("/").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn signing_in_never_leads_to_another_site() {
    let house = House::new().await;
    house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;

    for next in ["https://evil.example/", "//evil.example", "/\\evil.example"] {
        let mut browser = house.browser();
        let page = browser.get("/sign-in").await;
        let fields = [("login", "kari"), ("password", PASSWORD), ("next", next)];
        assert_eq!(browser.post("/sign-in", &fields, &page).await.location(), "/");
    }
}

#[tokio::test]
async fn the_language_is_chosen_by_the_person_and_follows_the_session() {
    let house = House::with(InboxConfig { environment: "Test".to_owned(), ..plain() }).await;
    let (mut browser, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let inbox = browser.get("/?tab=done").await;
    assert!(
        inbox.body.contains("<html lang=\"nb\">") && inbox.body.contains("Mottatt") == inbox.body.contains("<table")
    );

    let answer = browser.post("/language", &[("lang", "nn"), ("back", "/?tab=done")], &inbox).await;

    assert_eq!(answer.location(), "/?tab=done");
    let inbox = browser.get("/?tab=done").await;
    assert!(inbox.body.contains("<html lang=\"nn\">"));
    assert!(inbox.body.contains("Ingen meldingar er ferdige enno."));
    let mut stranger = house.browser();
    stranger.language = "en-GB,en;q=0.9";
    assert!(stranger.get("/sign-in").await.body.contains("<html lang=\"en\">"));
    assert!(stranger.get("/sign-in?lang=nn").await.body.contains("<html lang=\"nn\">"));
}

#[tokio::test]
async fn what_was_written_outlives_the_session() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let planted = house.plant(Plant::default()).await;
    let path = format!("/items/{}", planted.item);
    let list = kari.get("/").await;
    kari.post(&format!("{path}/open"), &[], &list).await;
    let place = format!("{path}/do/commented");
    let form = kari.get(&place).await;
    let sign_out = kari.get("/").await;
    kari.post("/sign-out", &[], &sign_out).await;

    let kept = kari.post(&place, &[("text", "Et <b>langt</b> brev.")], &form).await;

    assert_eq!(kept.status, StatusCode::UNAUTHORIZED);
    assert!(kept.body.contains("Et &#60;b&#62;langt&#60;/b&#62; brev."), "{}", kept.body);
    assert!(!kept.body.contains("<b>langt"), "what was written is text");
    assert!(house.actions(&planted).await.iter().all(|it| it != "commented"), "nothing is done");

    let page = kari.get("/sign-in").await;
    kari.post("/sign-in", &[("login", "kari"), ("password", PASSWORD)], &page).await;
    let again = kari.post_bare(&place, &[("text", "Et langt brev."), ("key", "-")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.body.contains(">Et langt brev.</textarea>"), "{}", again.body);
    assert!(
        house.actions(&planted).await.iter().all(|it| it != "commented"),
        "still nothing: the key is of no session"
    );
    let done = kari.post(&place, &[("text", "Et langt brev.")], &again).await;
    assert_eq!(done.location(), format!("{path}?done=commented"));
}
