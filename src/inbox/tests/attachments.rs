//! What staff can do with attachments, before and after an antivirus program has looked at them.

use super::support::House;
use super::support::Plant;
use super::support::Planted;
use super::support::plain;
use super::support::start;
use crate::domain::ScanResult;
use crate::inbox::WhileUnsure;
use crate::storage::Claim;
use crate::storage::ScanStore as _;
use crate::storage::ScannedFile;
use axum::http::StatusCode;
use axum::http::header;
use std::time::Duration;

async fn scan(house: &House, planted: &Planted, result: ScanResult) {
    let claim = Claim { rows_max: 10, now: start(), until: start().plus(Duration::from_secs(60)) };
    let leases = house.store.claim_scans(claim).await.unwrap();
    let lease = leases.into_iter().find(|it| it.held.message == planted.message).unwrap();
    house.store.settle_scan(&lease, &[ScannedFile { position: 2, result }], None, start()).await.unwrap();
}

#[tokio::test]
async fn an_attachment_is_held_until_it_has_been_looked_at_and_then_released() {
    let house = House::where_unsure(plain(), WhileUnsure::Hold).await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let planted = house.plant(Plant::default()).await;
    let path = format!("/items/{}", planted.item);
    let cover = kari.get(&path).await;
    kari.post(&format!("{path}/open"), &[], &cover).await;

    let held = kari.get(&path).await;
    let refused = kari.get(&format!("{path}/attachments/2")).await;
    let not_shown = kari.get(&format!("{path}/attachments/2/show")).await;
    assert!(held.body.contains("Holdes igjen til det er kontrollert"));
    assert!(!held.body.contains("/attachments/2\""), "there is nothing to press");
    assert_eq!((refused.status, not_shown.status), (StatusCode::CONFLICT, StatusCode::CONFLICT));
    assert!(!refused.body.contains("%PDF"));

    scan(&house, &planted, ScanResult::Clean).await;
    let free = kari.get(&path).await;
    let given = kari.get(&format!("{path}/attachments/2")).await;
    assert!(free.body.contains(&format!("{path}/attachments/2\"")) && !free.body.contains("Holdes igjen"));
    assert_eq!(given.status, StatusCode::OK);
    assert!(given.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment;"));
    assert!(free.body.contains("kontrollerte vedleggene"), "the timeline tells");
}

#[tokio::test]
async fn an_infected_attachment_is_never_given_out_and_the_unit_is_told() {
    for while_unsure in [WhileUnsure::Hold, WhileUnsure::Release, WhileUnsure::NobodyLooks] {
        let house = House::where_unsure(plain(), while_unsure).await;
        let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
        let planted = house.plant(Plant::default()).await;
        let path = format!("/items/{}", planted.item);
        let cover = kari.get(&path).await;
        kari.post(&format!("{path}/open"), &[], &cover).await;
        scan(&house, &planted, ScanResult::Infected).await;

        let page = kari.get(&path).await;
        let refused = kari.get(&format!("{path}/attachments/2")).await;

        assert!(page.body.contains("Stoppet: det har skadelig innhold"), "{while_unsure:?}");
        assert!(page.body.contains("stoppet et vedlegg med skadelig innhold"));
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(!house.actions(&planted).await.contains(&"downloaded".to_owned()));

        // The message as it came holds it too.
        let package = kari.post(&format!("{path}/archive.zip"), &[], &page).await;
        assert_eq!(package.status, StatusCode::OK);
        assert!(package.body.contains(">melding.html<") && !package.body.contains(">melding.xml<"), "{while_unsure:?}");
        assert!(!package.body.contains("a made-up file"), "{while_unsure:?}");
    }
}

#[tokio::test]
async fn pictures_and_texts_are_shown_and_the_rest_is_saved() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    for (bytes, disposition, kind) in [
        (&b"Ren tekst <script>x()</script>"[..], "inline;", "text/plain; charset=utf-8"),
        (b"%PDF-1.7", "attachment;", "application/pdf"),
        (b"II*\0 tiff", "attachment;", "image/tiff"),
    ] {
        let planted = house.plant(Plant { bytes, ..Plant::default() }).await;
        let path = format!("/items/{}", planted.item);
        let cover = kari.get(&path).await;
        kari.post(&format!("{path}/open"), &[], &cover).await;

        let shown = kari.get(&format!("{path}/attachments/2/show")).await;

        let said = |name| shown.headers[name].to_str().unwrap();
        assert!(said(header::CONTENT_DISPOSITION).starts_with(disposition), "{kind}");
        assert_eq!(said(header::CONTENT_TYPE), kind);
        assert_eq!(said(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert!(said(header::CONTENT_SECURITY_POLICY).starts_with("default-src 'none'"));
    }
}
