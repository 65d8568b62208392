//! Where one is signed in, and a new password.

use super::support::House;
use super::support::PASSWORD;
use axum::http::StatusCode;

const NEW: &str = "elleve lunne rever";

#[tokio::test]
async fn a_person_sees_all_sessions_and_ends_the_others_with_the_password() {
    let house = House::new().await;
    let (mut desk, user) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let mut laptop = house.browser();
    let form = laptop.get("/sign-in").await;
    laptop.post("/sign-in", &[("login", "kari"), ("password", PASSWORD)], &form).await;

    let page = desk.get("/sessions").await;
    assert_eq!(page.body.matches("<tr>").count(), 1 + 2, "a head and two rows");
    assert_eq!(page.body.matches("Denne nettleseren").count(), 1);
    let wrong = desk.post("/sessions/end", &[("own", "noe helt annet")], &page).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    assert_eq!(laptop.get("/").await.status, StatusCode::OK, "nothing has ended");

    let right = desk.post("/sessions/end", &[("own", PASSWORD)], &wrong).await;
    assert_eq!((right.status, right.location()), (StatusCode::SEE_OTHER, "/sessions?ended=1"));
    assert_eq!(laptop.get("/").await.status, StatusCode::SEE_OTHER, "the laptop is out");
    let page = desk.get("/sessions?ended=1").await;
    assert!(page.body.contains("Du er ikke logget inn andre steder") && page.body.contains("role=\"status\""));

    let actions: Vec<_> = house.journal().await.into_iter().filter(|it| it.actor_id == user.id.to_string()).collect();
    assert!(actions.iter().any(|it| it.action == "sessions_ended" && it.detail == "1"));
    assert!(actions.iter().any(|it| it.action == "password_wrong"));
}

#[tokio::test]
async fn a_password_is_changed_by_one_who_knows_it_and_all_other_sessions_end() {
    let house = House::new().await;
    let (mut desk, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let mut laptop = house.browser();
    let form = laptop.get("/sign-in").await;
    laptop.post("/sign-in", &[("login", "kari"), ("password", PASSWORD)], &form).await;
    let page = desk.get("/sessions").await;

    for (own, password, repeat, status) in [
        ("feil passord her", NEW, NEW, StatusCode::UNAUTHORIZED),
        (PASSWORD, "for kort", "for kort", StatusCode::UNPROCESSABLE_ENTITY),
        (PASSWORD, "Kari Prøve 2026", "Kari Prøve 2026", StatusCode::UNPROCESSABLE_ENTITY),
        (PASSWORD, "Meldeport-2026!", "Meldeport-2026!", StatusCode::UNPROCESSABLE_ENTITY),
        (PASSWORD, "pingvinene danser vals", "pingvinene danser vals", StatusCode::UNPROCESSABLE_ENTITY),
        (PASSWORD, NEW, "elleve lune rever", StatusCode::UNPROCESSABLE_ENTITY),
        (PASSWORD, PASSWORD, PASSWORD, StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let fields = [("own", own), ("password", password), ("repeat", repeat)];
        let refused = desk.post("/sessions/password", &fields, &page).await;
        assert_eq!(refused.status, status, "{password}");
        assert!(refused.body.contains("role=\"alert\""));
        assert!(!refused.body.contains(password) && !refused.body.contains(own), "no password is shown again");
    }
    let before = desk.cookies["__Host-meldeport"].clone();
    let fields = [("own", PASSWORD), ("password", NEW), ("repeat", NEW)];
    let changed = desk.post("/sessions/password", &fields, &page).await;

    assert_eq!((changed.status, changed.location()), (StatusCode::SEE_OTHER, "/sessions?changed=1"));
    assert_ne!(desk.cookies["__Host-meldeport"], before, "this browser has a new session");
    assert_eq!(desk.get("/").await.status, StatusCode::OK);
    assert_eq!(laptop.get("/").await.status, StatusCode::SEE_OTHER);
    let mut again = house.browser();
    let form = again.get("/sign-in").await;
    let old = again.post("/sign-in", &[("login", "kari"), ("password", PASSWORD)], &form).await;
    assert_eq!(old.status, StatusCode::UNAUTHORIZED);
    let new = again.post("/sign-in", &[("login", "kari"), ("password", NEW)], &form).await;
    assert_eq!(new.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_browser_left_open_is_no_place_to_guess_a_password() {
    let house = House::new().await;
    let (mut desk, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let page = desk.get("/sessions").await;
    let fields = [("own", "gjetning"), ("password", NEW), ("repeat", NEW)];
    for _ in 0..5 {
        assert_eq!(desk.post("/sessions/password", &fields, &page).await.status, StatusCode::UNAUTHORIZED);
    }

    let right = [("own", PASSWORD), ("password", NEW), ("repeat", NEW)];
    let answer = desk.post("/sessions/password", &right, &page).await;

    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.headers.contains_key("retry-after"));
}

#[tokio::test]
async fn a_form_without_its_key_ends_nothing() {
    let house = House::new().await;
    let (mut desk, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;

    for (action, fields) in [
        ("/sessions/end", vec![("own", PASSWORD), ("key", "made.up")]),
        ("/sessions/password", vec![("own", PASSWORD), ("password", NEW), ("repeat", NEW), ("key", "made.up")]),
    ] {
        assert_eq!(desk.post_bare(action, &fields).await.status, StatusCode::FORBIDDEN, "{action}");
    }
    assert_eq!(house.browser().get("/sessions").await.status, StatusCode::SEE_OTHER, "not without signing in");
}
