//! What must never be seen, and what must always be.

use super::report;
use super::support::House;
use super::support::Plant;
use crate::telemetry::Captured;
use axum::http::StatusCode;

/// seed: L-23, H-02
/// seed in part: G-11, R-11, H-15
#[tokio::test]
async fn every_field_that_was_sent_is_on_the_page_in_every_language() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let mark = |name: &str| format!("[{name}]");
    let planted = house.plant(Plant { route: vec![mark("rute").into()], ..Plant::default() }).await;
    let list = kari.get("/").await;
    kari.post(&format!("/items/{}/open", planted.item), &[], &list).await;

    for language in ["nb", "nn", "en"] {
        let inbox = kari.get("/").await;
        kari.post("/language", &[("lang", language), ("back", "/")], &inbox).await;
        let page = kari.get(&format!("/items/{}", planted.item)).await;
        for name in report::SHOWN.into_iter().filter(|it| !it.ends_with("-i-listen")) {
            assert!(page.body.contains(&mark(name)), "{name} is not shown in {language}");
        }
        assert!(page.body.contains(&format!("<html lang=\"{language}\">")));
        for code in ["BARNEKOORDINATOR", "AVGITT_PA_VEGNE", "SYKEHUS_SOMATIKK", "UTSKRIVNING", "FORVENTET_LANGVARIG"] {
            assert!(!page.body.contains(code), "{code} is shown as a code");
        }
    }
}

#[tokio::test]
async fn hostile_text_in_any_field_is_shown_as_text() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari <b>Prøve</b>", &["gjerstad"]).await;
    let evil = |name: &str| format!("<script>{name}</script>\"onmouseover='x'");
    let planted = house
        .plant(Plant {
            name: evil("navn-i-listen"),
            sender: evil("avsender-i-listen"),
            route: vec![evil("rute").into()],
            report: Some(report::full(&evil)),
            ..Plant::default()
        })
        .await;
    let list = kari.get("/").await;
    kari.post(&format!("/items/{}/open", planted.item), &[], &list).await;

    let page = kari.get(&format!("/items/{}", planted.item)).await;

    for body in [&list.body, &page.body] {
        assert_eq!(body.matches("<script").count(), 1, "only our own");
        assert!(!body.contains("\"onmouseover") && !body.contains("<b>"));
    }
    let both = format!("{}{}", list.body, page.body);
    for name in report::SHOWN {
        let shown = format!("&#60;script&#62;{name}&#60;/script&#62;&#34;onmouseover=&#39;x&#39;");
        assert!(both.contains(&shown), "{name}");
    }
}

#[tokio::test]
async fn a_graded_address_hides_who_and_from_where_in_lists_and_is_loud_on_the_page() {
    let house = House::new().await;
    let (mut kari, kari_user) = house.signed_in("kari", "Kari Prøve", &["gjerstad", "enhet-to"]).await;
    let (mut ola, ola_user) = house.signed_in("ola", "Ola Prøve", &["gjerstad"]).await;
    for user in [&kari_user, &ola_user] {
        house.clear(user, "gjerstad").await;
    }
    let planted = house
        .plant(Plant {
            name: "Noor Fantasi".to_owned(),
            sender: "Eksempel krisesenter".to_owned(),
            protected: true,
            person_id: Some("58850321874".to_owned()),
            ..Plant::default()
        })
        .await;
    let other = Plant { person_id: Some("58850321874".to_owned()), ..Plant::default() };
    let other = house.plant(other).await;
    let path = format!("/items/{}", planted.item);

    let list = kari.get("/").await;
    let cover = kari.get(&path).await;
    assert!(cover.key(&format!("{path}/open")).is_none(), "not without a second person");
    house.agreed_to(&planted, &mut kari, &mut ola).await;
    let agreed = kari.get(&path).await;
    kari.post(&format!("{path}/open"), &[], &agreed).await;
    kari.post(&format!("/items/{}/open", other.item), &[], &list).await;
    let (page, unit) = (kari.get(&path).await, kari.get("/?tab=unit").await);
    let beside = kari.get(&format!("/items/{}", other.item)).await;

    for seen in [&list, &cover, &unit, &beside] {
        assert!(!seen.body.contains("Noor Fantasi") && !seen.body.contains("krisesenter"));
        assert!(seen.body.contains("Skjermet") || seen.body.contains("Gradert adresse"));
    }
    let row = |body: &str, reference: &str| {
        let row = body.split("<tr").find(|it| it.contains(reference)).unwrap();
        row.contains("row-unit")
    };
    assert!(!row(&list.body, &planted.reference) && row(&list.body, &other.reference), "the unit is hidden too");
    assert!(cover.body.contains("Gradert adresse") && page.body.contains("Gradert adresse"));
    assert!(beside.body.contains(&planted.reference), "it is listed as an earlier report, hidden");
    assert!(page.title().contains(&planted.reference) && !page.title().contains("Noor"));
}

#[tokio::test]
async fn nothing_about_a_person_is_in_a_url_a_title_a_cookie_a_log_or_the_journal() {
    let log = Captured::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    // With a single subscriber, a test on another thread that has none could silence our lines for good: tracing asks
    // only the first thread to come by. A second subscriber makes it ask both.
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let mark = |name: &str| format!("hemmelig-{name}");
    let planted = house
        .plant(Plant {
            name: mark("navn-i-listen"),
            sender: mark("avsender"),
            report: Some(report::full(&mark)),
            ..Plant::default()
        })
        .await;
    let path = format!("/items/{}", planted.item);
    let list = kari.get("/").await;

    let mut answers = vec![kari.post(&format!("{path}/open"), &[], &list).await];
    answers.push(kari.get(&path).await);
    let take = kari.post(&format!("{path}/take"), &[], &answers[1]).await;
    answers.push(take);
    answers.push(kari.post("/search", &[("reference", "hemmelig-navn-i-listen")], &list).await);
    answers.push(kari.get(&format!("{path}/attachments/2")).await);
    answers.push(list);

    for answer in &answers {
        assert!(!format!("{:?}", answer.headers).contains("hemmelig"));
        for attribute in ["href=\"", "src=\"", "action=\"", "name=\"back\" value=\""] {
            for url in answer.body.split(attribute).skip(1).filter_map(|it| it.split('"').next()) {
                assert!(!url.contains("hemmelig"), "{url}");
            }
        }
        if answer.body.contains("<title>") {
            assert!(!answer.title().contains("hemmelig"));
        }
    }
    assert!(kari.cookies.values().all(|it| !it.contains("hemmelig")));
    for line in house.journal().await {
        let told = format!("{} {} {} {}", line.action, line.actor_id, line.actor_name, line.detail);
        assert!(!told.contains("hemmelig"), "{told}");
    }
    let logged = log.text();
    assert!(logged.contains("/items/{id}"), "the requests were logged: {logged}");
    assert!(!logged.contains("hemmelig") && !logged.contains(super::support::PASSWORD));
    assert!(!logged.contains(&planted.item.to_string()) && logged.contains("/first/{token}"));
}

#[tokio::test]
async fn every_answer_keeps_the_browser_strict() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let mut stranger = house.browser();

    for answer in [
        kari.get("/").await,
        kari.get("/nowhere").await,
        kari.get("/items/not-an-id").await,
        stranger.get("/sign-in").await,
        stranger.get("/").await,
        stranger.post_bare("/sign-in", &[]).await,
    ] {
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
        assert!(!policy.contains("unsafe"));
        assert!(policy.contains("object-src 'none'") && policy.contains("base-uri 'none'"));
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        assert_eq!(answer.headers["referrer-policy"], "no-referrer");
        assert_eq!(answer.headers["cache-control"], "no-store");
        assert_eq!(answer.headers["strict-transport-security"], "max-age=31536000; includeSubDomains");
        assert_eq!(answer.headers["cross-origin-opener-policy"], "same-origin");
        for forbidden in [" style=\"", " onclick", "<style", "http://", "https://"] {
            assert!(!answer.body.contains(forbidden), "{forbidden} in {}", answer.status);
        }
    }
    let css = stranger.get("/assets/inbox.css").await;
    assert_eq!(
        (css.status, css.headers["content-type"].to_str().unwrap()),
        (StatusCode::OK, "text/css; charset=utf-8")
    );
    assert!(css.headers["cache-control"].to_str().unwrap().contains("immutable"));
    assert_eq!(stranger.get("/assets/../secret").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_form_that_another_site_sends_is_refused() {
    use axum::body::Body;
    use axum::http::Request;
    use tower::ServiceExt as _;
    let house = House::new().await;

    let request = Request::post("/sign-in")
        .header("sec-fetch-site", "cross-site")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from("login=a&password=b&key=c"))
        .unwrap();

    assert_eq!(house.router.clone().oneshot(request).await.unwrap().status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_refused_report_is_in_the_journal_under_the_name_of_the_one_who_asked() {
    let house = House::new().await;
    let (mut kari, user) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let other = house.plant(Plant { unit: "karmoy", ..Plant::default() }).await;
    let list = kari.get("/").await;

    assert_eq!(kari.get(&format!("/items/{}", other.item)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(kari.get(&format!("/items/{}/attachments/1", other.item)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(kari.get("/nowhere").await.status, StatusCode::NOT_FOUND);
    assert_eq!(list.status, StatusCode::OK);

    let lines = house.journal().await;
    let refused: Vec<_> = lines.iter().filter(|it| it.action == "refused").collect();
    assert_eq!(refused.len(), 2, "what is no report is no refusal");
    for line in refused {
        assert_eq!((line.actor_id.as_str(), line.actor_name.as_str()), (user.id.to_string().as_str(), "Kari Prøve"));
        assert!(line.detail.starts_with("GET /items/{id}") && line.detail.ends_with("; 404"), "{}", line.detail);
        assert_eq!(line.message.as_deref(), Some(&other.message.0.as_bytes()[..]), "which report can be followed up");
    }
}

#[tokio::test]
async fn signing_out_makes_the_browser_forget_what_it_kept_of_us() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let page = kari.get("/").await;

    let out = kari.post("/sign-out", &[], &page).await;

    assert_eq!(out.headers["clear-site-data"], "\"cache\", \"storage\"");
}
