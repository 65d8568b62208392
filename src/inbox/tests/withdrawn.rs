//! What a withdrawal does to the report that it names, and that it is no need itself.

use super::support::*;
use crate::domain::Role;
use axum::http::StatusCode;

const NOTE: &str = "Avsender har trukket meldingen tilbake";
const TAG: &str = "Trukket av avsender</span>";

#[tokio::test]
async fn a_withdrawn_report_says_so_in_its_row_on_its_page_and_on_paper() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let planted = house.plant(Plant::default()).await;
    let item = format!("/items/{}", planted.item);
    let list = kari.get("/").await;
    assert!(!list.body.contains(TAG));

    let reference = house.withdraw(&planted, "gjerstad").await;

    // Before anybody has opened it: that it is so, and which message says it.
    let list = kari.get("/").await;
    assert!(list.body.contains(TAG), "{}", list.body);
    let cover = kari.get(&item).await;
    assert_eq!(cover.body.matches(NOTE).count(), 1, "{}", cover.body);
    assert!(cover.body.contains(&reference) && cover.body.contains("5. oktober 2026"), "{}", cover.body);
    assert!(!cover.body.contains("#follow-up"), "there is nothing to go to");

    // Then with a link to what was written, in the timeline, and on paper.
    assert_eq!(kari.post(&format!("{item}/open"), &[], &list).await.status, StatusCode::SEE_OTHER);
    let page = kari.get(&item).await;
    let link = format!("{NOTE} – <a class=\"reference\" href=\"#follow-up-1\">{reference}</a>, 5. oktober 2026");
    assert!(page.body.contains(&link), "{}", page.body);
    assert!(page.body.contains("<article id=\"follow-up-1\""), "{}", page.body);
    let timeline = page.body.split("class=\"timeline\"").nth(1).unwrap();
    assert!(timeline.contains("Meldingen er trukket tilbake"), "{timeline}");
    assert!(page.body.contains("Den blir ikke avsluttet av seg selv"), "{}", page.body);
    let paper = kari.get(&format!("{item}/print")).await;
    assert!(paper.body.contains(&format!("{NOTE} – {reference}, 5. oktober 2026")), "{}", paper.body);
    // It is her case as before.
    assert!(page.body.contains(&format!("action=\"{item}/take\"")), "{}", page.body);
}

/// Only a leader's role, and a unit that is only told: that it is so, and nowhere to read it.
#[tokio::test]
async fn those_who_do_not_read_the_report_are_told_of_its_withdrawal_without_a_link() {
    let house = House::new().await;
    let (mut leader, _) = house.signed_in_as("leder", Role::Leader, "gjerstad").await;
    let (mut rita, _) = house.signed_in("rita", "Rita Prøve", &["risor"]).await;
    let (planted, told) = house.plant_for_two("gjerstad", "risor").await;
    house.withdraw(&planted, "gjerstad").await;

    for (browser, item) in [(&mut leader, &planted), (&mut rita, &told)] {
        let page = browser.get(&format!("/items/{}", item.item)).await;
        assert!(page.body.contains(NOTE) && !page.body.contains("#follow-up"), "{}", page.body);
    }
}

#[tokio::test]
async fn what_reports_no_need_is_in_the_list_and_not_in_the_overview_the_register_or_the_files() {
    let house = House::new().await;
    let (mut leader, _) = house.signed_in_as("leder", Role::Leader, "gjerstad").await;
    let need = house.plant(Plant::default()).await;
    let withdrawal = house.plant(Plant { kind: "TILBAKETREKK", ..Plant::default() }).await;
    let question = house.plant(Plant { kind: "SPORSMAL", needs: &[], ..Plant::default() }).await;

    let list = leader.get("/?tab=unit").await;
    for one in [&need, &withdrawal, &question] {
        assert!(list.body.contains(&one.reference), "{}", list.body);
    }
    for path in ["/register", "/register?list=open", "/register?list=gap", "/register.csv", "/register.json?list=gap"] {
        let page = leader.get(path).await;
        assert!(page.body.contains(&need.reference), "{path}: {}", page.body);
        for one in [&withdrawal, &question] {
            assert!(!page.body.contains(&one.reference), "{path}: {}", page.body);
        }
    }
    let overview = leader.get("/oversikt").await;
    for (href, count) in [
        ("/register?list=open", 1),
        ("/register?list=gap", 1),
        ("/register?status=unread", 1),
        ("/?tab=unit&#38;kind=TILBAKETREKK", 1),
        ("/?tab=unit&#38;kind=SPORSMAL", 1),
    ] {
        let number = format!("<a href=\"{href}\"><strong>{count}</strong>");
        assert!(overview.body.contains(&number), "{number}: {}", overview.body);
    }
    let withdrawals = leader.get("/?tab=unit&kind=TILBAKETREKK").await;
    assert!(withdrawals.body.contains(&withdrawal.reference) && !withdrawals.body.contains(&need.reference));
}
