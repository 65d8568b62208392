//! The form of «Sjekk en melding». What the report says is tried over the real heart in `app`.

use super::support::House;
use super::support::plain;
use crate::inbox::InboxConfig;
use axum::Router;
use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::Request;
use axum::http::StatusCode;
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

async fn send(router: &Router, kind: &str, site: &str, body: impl Into<Body>) -> (StatusCode, HeaderMap, String) {
    let request = Request::post("/sjekk").header("content-type", kind).header("sec-fetch-site", site);
    let response = router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    (parts.status, parts.headers, String::from_utf8(bytes.to_vec()).unwrap())
}

async fn paste(router: &Router, text: &str) -> (StatusCode, HeaderMap, String) {
    let body = format!("--x\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\n{text}\r\n--x--\r\n");
    send(router, "multipart/form-data; boundary=x", "same-origin", body).await
}

#[tokio::test]
async fn the_page_is_open_to_all_and_led_to_from_the_sign_in() {
    let house = House::new().await;
    let mut stranger = house.browser();

    let sign_in = stranger.get("/sign-in").await;
    let page = stranger.get("/sjekk?lang=nn").await;

    assert!(sign_in.body.contains("href=\"/sjekk?lang=nb\""));
    assert_eq!((page.status, page.title()), (StatusCode::OK, "Sjekk ei melding – Meldeport"));
    assert!(page.body.contains("enctype=\"multipart/form-data\"") && page.body.contains("type=\"file\""));
    assert!(page.headers["content-security-policy"].to_str().unwrap().contains("form-action 'self'"));
    assert!(page.headers.get("set-cookie").is_none());
}

#[tokio::test]
async fn what_cannot_be_checked_is_said_on_the_page_itself() {
    let house = House::new().await;
    let router = &house.router;
    let large = "x".repeat(1001);
    let endless = "x".repeat(5000);
    for (text, expected, said) in [
        ("", StatusCode::UNPROCESSABLE_ENTITY, "Velg en fil eller lim inn meldingen."),
        ("   ", StatusCode::UNPROCESSABLE_ENTITY, "Velg en fil eller lim inn meldingen."),
        (&*large, StatusCode::PAYLOAD_TOO_LARGE, "Meldingen er større enn mottaket tar imot."),
        (&*endless, StatusCode::PAYLOAD_TOO_LARGE, "Meldingen er større enn mottaket tar imot."),
        ("<a/>", StatusCode::OK, "Meldingen kan ikke besvares"),
        ("panic", StatusCode::INTERNAL_SERVER_ERROR, "Noe gikk galt hos oss"),
    ] {
        let (status, _, page) = paste(router, text).await;
        assert_eq!(status, expected, "{page}");
        assert!(page.contains(said), "{page}");
        assert!(!page.contains("xxxx"));
    }

    let (status, _, page) = send(router, "application/xml", "same-origin", "<a/>").await;
    assert!(status == StatusCode::UNSUPPORTED_MEDIA_TYPE && page.contains("Skjemaet kom ikke helt fram."));
    let (status, _, _) = send(router, "multipart/form-data; boundary=x", "same-origin", "--x\r\nhalf").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let (status, _, _) = send(router, "multipart/form-data; boundary=x", "cross-site", "--x--").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn those_who_come_too_often_are_asked_to_wait() {
    let house = House::with(InboxConfig { checks_per_minute_max: 2, ..plain() }).await;

    for _ in 0..2 {
        assert_eq!(paste(&house.router, "<a/>").await.0, StatusCode::OK);
    }
    let (status, headers, page) = paste(&house.router, "<a/>").await;

    assert_eq!((status, headers["retry-after"].to_str().unwrap()), (StatusCode::TOO_MANY_REQUESTS, "60"));
    assert!(page.contains("Vent et minutt og prøv igjen."));
    house.clock.advance(std::time::Duration::from_secs(61));
    assert_eq!(paste(&house.router, "<a/>").await.0, StatusCode::OK);
}

#[tokio::test]
async fn the_operator_can_close_the_page() {
    let house = House::with(InboxConfig { check_page: false, ..plain() }).await;
    let mut stranger = house.browser();

    assert_eq!(stranger.get("/sjekk").await.status, StatusCode::NOT_FOUND);
    assert_eq!(paste(&house.router, "<a/>").await.0, StatusCode::NOT_FOUND);
    assert!(!stranger.get("/sign-in").await.body.contains("/sjekk"));
}
