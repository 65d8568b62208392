//! A dialogue message goes the same way as a report of need, and is read as it was written.

use crate::support::TestGateway;
use crate::support::corpus;
use crate::support::header;
use crate::support::receipt;
use crate::support::text;
use meldeport::domain::ItemState;

const UNIT: &str = "gjerstad-tjenestekontor";
const PASSWORD: &str = "fjorten grønne elger";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dialogue_message_is_answered_and_read_in_full_by_the_unit_whose_address_it_has() {
    let gateway = TestGateway::open().await;

    let reply = gateway.send_as("hospital", gateway.fresh(corpus!("valid/dialog-note-plain.xml"))).await;
    assert_eq!(reply.status, 200, "{}", text(&reply));
    assert_eq!(receipt(&reply).status.code.as_deref(), Some("1"));

    let link = gateway.invite("kari", &[UNIT]).await;
    let mut browser = gateway.browser();
    let page = browser.get(&link).await;
    browser.post(&page, &link, &[("password", PASSWORD), ("repeat", PASSWORD)]).await;
    let list = browser.get("/").await;
    assert!(list.body.contains(header(&reply, "meldeport-reference")), "{}", list.body);
    assert!(list.body.contains("Dialogmelding<"), "{}", list.body);
    let actions = list.actions();
    let open = actions.iter().find(|it| it.ends_with("/open")).unwrap().to_string();
    let page = browser.post(&list, &open, &[]).await;
    let report = browser.get(&page.location).await;

    for shown in [
        "Ragna",
        "Melding om behov for INDIVIDUELL PLAN",
        "Trenger hjelp fra flere:\n - fysioterapi\n - hjemmesykepleie &amp; hjelpemidler",
        "Ønsker plan &lt;snarest&gt;.",
        "Datteren kan kontaktes.",
        "Nina Prøvelege",
        "«individuell plan» står i sakstypen, temaet eller emnet.",
        "En dialogmelding sier ikke om personen samtykker.",
    ] {
        assert!(report.body.contains(shown), "{shown}: {}", report.body);
    }
    let detail = gateway.message(&reply).await;
    let items: Vec<_> = detail.items.iter().map(|(unit, state)| (unit.0.as_str(), *state)).collect();
    assert_eq!(items, [(UNIT, ItemState::Opened)]);
    gateway.close().await;
}
