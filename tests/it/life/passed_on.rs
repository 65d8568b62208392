//! A report goes on to another municipality, or from the hospital trust's coordinating unit to the municipality, with the
//! first reporter preserved; and stays with the first until the other has said that it takes over. Two whole houses.

use crate::support::CaseWorker;
use crate::support::Peers;
use crate::support::Place;
use crate::support::TestGateway;
use crate::support::add_hospital;
use crate::support::corpus;
use crate::support::header;
use crate::support::receipt;
use crate::support::text;
use crate::support::wait_until;
use meldeport::domain::ItemState;
use meldeport::domain::OutboundState;
use meldeport::storage::MessageDetail;
use std::time::Duration;

const WHY: &str = "Personen har flyttet til Gjerstad, og skal følges opp der.";
const WELCOME: &str = "Vi har fått saken og følger opp fra mandag.";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Karmøy, which has a report, and Gjerstad, to which Kari in Karmøy has offered it.
async fn offered() -> (TestGateway, TestGateway, Peers, MessageDetail, CaseWorker) {
    let (peers, hospital, karmoy, gjerstad) = (Peers::new(), Place::hospital(), Place::karmoy(), Place::gjerstad());
    let to = TestGateway::open_with(|config, folder| peers.join(config, folder, &gjerstad, &[&karmoy])).await;
    let from =
        TestGateway::open_with(|config, folder| peers.join(config, folder, &karmoy, &[&hospital, &gjerstad])).await;
    let reply = from.send_as("hospital", from.fresh(corpus!("valid/karmoy-complex.xml"))).await;
    assert_eq!(receipt(&reply).status.code.as_deref(), Some("1"), "{}", text(&reply));
    assert_eq!(header(&reply, "meldeport-reading"), "unread");
    let about = from.message(&reply).await;
    for gateway in [&from, &to] {
        let said = format!("<a><Tema>{WHY}</Tema><TekstNotatInnhold>{WELCOME}</TekstNotatInnhold></a>");
        gateway.plant(said.as_bytes());
    }
    let mut kari = CaseWorker::new(&from, "kari", &[&about.items[0].0.0]).await;
    kari.take().await;
    kari.say("transfer_offered", &[("unit", "kommune:4211"), ("text", WHY)]).await;
    from.acknowledged(1).await;
    (from, to, peers, about, kari)
}

/// The unit in Gjerstad that got it, at work.
async fn at_the_receiver(to: &TestGateway) -> CaseWorker {
    let arrived = to.from("karmoy-kommune").await;
    assert_eq!(arrived.len(), 1);
    let unit = arrived[0].items[0].0.0.clone();
    let mut gro = CaseWorker::new(to, "gro", &[&unit]).await;
    let page = gro.take().await;
    // Who saw the need is told as it was; and who passed it on, and why.
    for said in ["Opprinnelig melder", "Kari Saksbehandler", WHY] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    gro
}

/// A unit offers a case to another of the same municipality, which does not answer: the first is told, and has it still.
///
/// seed: H-39
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_offer_that_nobody_answers_for_three_days_is_told_to_the_unit_that_made_it() {
    const RECEIVER: &str = "karmoy-oppvekst-mottak";
    let gateway = TestGateway::open_with(|config, _| config.work.deadlines.period_seconds = 1).await;
    let reply = gateway.send_as("hospital", gateway.fresh(corpus!("valid/karmoy-complex.xml"))).await;
    let about = gateway.message(&reply).await;
    gateway.plant(format!("<a><Tema>{WHY}</Tema><TekstNotatInnhold>{WELCOME}</TekstNotatInnhold></a>").as_bytes());
    let reference = about.row.reference.to_string();
    let mut kari = CaseWorker::new(&gateway, "kari", &[&about.items[0].0.0]).await;
    let mut nina = CaseWorker::new(&gateway, "nina", &[RECEIVER]).await;
    kari.take().await;
    // It is urgent, and would be late for another reason.
    kari.say("answered", &[("kind", "FORELOPIG"), ("text", WELCOME), ("way", "TELEFON")]).await;
    kari.say("transfer_offered", &[("unit", RECEIVER), ("text", WHY)]).await;
    let reminders = || {
        let mails = gateway.sink.mails();
        let of_it = mails.iter().filter(|it| it.body().contains("svart på tre døgn"));
        of_it.map(|it| (it.to.clone(), it.body().to_owned())).collect::<Vec<_>>()
    };

    gateway.clock.advance(3 * DAY - DAY / 24);
    kari.sign_in().await;
    assert!(!kari.browser.get("/overdue").await.body.contains(&reference));
    assert!(reminders().is_empty());
    gateway.clock.advance(DAY / 12);
    wait_until("the first unit is reminded", async || !reminders().is_empty()).await;

    kari.sign_in().await;
    let overdue = kari.browser.get("/overdue").await;
    assert!(overdue.body.contains(&reference) && overdue.body.contains("1 må følges opp"), "{}", overdue.body);
    let [(to, said)] = &reminders()[..] else { panic!("once, to one: {:?}", reminders()) };
    assert_eq!(to, &["bestillerkontor@karmoy.example"]);
    assert!(said.contains(&reference) && said.contains("svart på tre døgn") && !said.contains(WHY), "{said}");
    nina.sign_in().await;
    assert!(!nina.browser.get("/overdue").await.body.contains(&reference), "it is not hers");
    // Nothing is lost: it is hers who offered it, and she takes the offer back.
    assert_eq!(gateway.state_of(&about).await, ItemState::Offered);
    kari.press("take-back").await;
    assert!(!kari.browser.get("/overdue").await.body.contains(&reference));
    wait_until("the operator's alarm is over", async || gateway.open_alarms().await.is_empty()).await;
    gateway.close().await;
}

/// seed: H-38
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_is_transferred_when_the_other_municipality_says_that_it_takes_over() {
    let (from, to, _peers, about, mut kari) = offered().await;
    // What the first sender is told when it asks. The receipt itself stays as it was.
    let place = format!("/receipts/{}", about.row.sender_message_id);
    let reading = async || {
        let told = from.system("hospital").get(&place).await.unwrap();
        assert_eq!(told.status.as_u16(), 200, "{}", text(&told));
        header(&told, "meldeport-reading").to_owned()
    };
    assert_eq!(reading().await, "opened");
    // That the other system has it is not that somebody there has taken it on.
    assert_eq!(from.state_of(&about).await, ItemState::Offered);
    let reference = about.row.reference.to_string();
    from.clock.advance(3 * DAY + DAY / 24);
    wait_until("an alarm tells that nobody has answered", async || {
        from.open_alarms().await.contains(&("transfer_unanswered".to_owned(), reference.clone()))
    })
    .await;

    let mut gro = at_the_receiver(&to).await;
    let form = gro.form("answered").await;
    assert!(form.body.contains("Vi tar over saken"), "{}", form.body);
    gro.say("answered", &[("kind", "OVERTATT"), ("text", WELCOME), ("way", "ELEKTRONISK")]).await;
    to.acknowledged(1).await;

    assert_eq!(from.state_of(&about).await, ItemState::Transferred);
    assert_eq!(reading().await, "transferred");
    wait_until("the alarm is over", async || from.open_alarms().await.is_empty()).await;
    kari.sign_in().await;
    let cover = kari.page().await;
    assert!(cover.body.contains("Saken er overført til") && cover.body.contains("(4211)"), "{}", cover.body);
    for gone in ["Odd", WELCOME, WHY] {
        assert!(!cover.body.contains(gone), "{gone}: {}", cover.body);
    }
    from.close().await;
    to.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_does_not_say_so_takes_nothing_over() {
    let (from, to, _peers, about, mut kari) = offered().await;
    let mut gro = at_the_receiver(&to).await;

    gro.say("answered", &[("kind", "BESKJED"), ("text", WELCOME), ("way", "ELEKTRONISK")]).await;
    to.acknowledged(1).await;

    assert_eq!(from.state_of(&about).await, ItemState::Offered);
    let page = kari.page().await;
    assert!(page.body.contains(WELCOME) && page.body.contains("Mottakeren har tatt imot"), "{}", page.body);
    // Kari has read it, or heard it on the telephone, and says so.
    kari.press("accepted").await;
    assert_eq!(from.state_of(&about).await, ItemState::Transferred);
    from.close().await;
    to.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_comes_back_when_the_other_municipality_reports_a_wrong_addressee() {
    let (mut from, to, _peers, about, mut kari) = offered().await;
    let mut gro = at_the_receiver(&to).await;

    gro.say("wrong_addressee", &[("reason", "1"), ("text", ""), ("way", "ELEKTRONISK")]).await;
    to.acknowledged(1).await;

    assert_eq!(from.state_of(&about).await, ItemState::Taken);
    assert_eq!(from.sent().await[0].state, OutboundState::Rejected);
    let page = kari.page().await;
    for said in ["avslo overføringen hos mottakeren", "Tilbakemelding om feil i det vi sendte", "Feil adressat"] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    from.ends_with_alarm("outbound_rejected", about.row.reference.as_str());
    from.close().await;
    to.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_comes_back_when_the_other_municipalitys_system_rejects_it() {
    let (peers, hospital, karmoy, gjerstad) = (Peers::new(), Place::hospital(), Place::karmoy(), Place::gjerstad());
    // Gjerstad has registered other HER-ids for Karmøy.
    let stranger = Place { her_ids: &[99999, 999_991], ..karmoy.clone() };
    let to = TestGateway::open_with(|config, folder| peers.join(config, folder, &gjerstad, &[&stranger])).await;
    let mut from =
        TestGateway::open_with(|config, folder| peers.join(config, folder, &karmoy, &[&hospital, &gjerstad])).await;
    let reply = from.send_as("hospital", from.fresh(corpus!("valid/karmoy-complex.xml"))).await;
    let about = from.message(&reply).await;
    for gateway in [&from, &to] {
        gateway.plant(format!("<a><Tema>{WHY}</Tema></a>").as_bytes());
    }
    let mut kari = CaseWorker::new(&from, "kari", &[&about.items[0].0.0]).await;
    kari.take().await;

    kari.say("transfer_offered", &[("unit", "kommune:4211"), ("text", WHY)]).await;
    from.clock.advance(Duration::from_secs(12));
    wait_until("the case is back", async || from.state_of(&about).await == ItemState::Taken).await;

    let page = kari.page().await;
    assert!(page.body.contains("avviste meldingen. S02"), "{}", page.body);
    to.from("karmoy-kommune").await;
    from.ends_with_alarm("outbound_rejected", about.row.reference.as_str());
    from.close().await;
    to.close().await;
}

/// A ward's report to the coordinating unit of its own trust.
fn to_the_trust(gateway: &TestGateway) -> String {
    gateway
        .fresh(corpus!("valid/hospital-inpatient.xml"))
        .replace("Gjerstad kommune (eksempel)", "Eksempel sykehus HF")
        .replace("<Id>90001</Id>", "<Id>80001</Id>")
        .replace("<Id>310000124</Id>", "<Id>310000108</Id>")
        .replace("<Id>900011</Id>", "<Id>800019</Id>")
        .replace("<Kommunenr>4211</Kommunenr>", "<Kommunenr>4211</Kommunenr><Nivaa>HF</Nivaa><Orgnr>310000108</Orgnr>")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_hospital_trusts_unit_relays_a_wards_report_and_hears_that_it_is_taken_over() {
    let (peers, hospital, gjerstad) = (Peers::new(), Place::hospital(), Place::gjerstad());
    let to = TestGateway::open_with(|config, folder| peers.join(config, folder, &gjerstad, &[&hospital])).await;
    let mut from = TestGateway::open_with(|config, folder| {
        add_hospital(folder);
        peers.join(config, folder, &hospital, &[&gjerstad]);
    })
    .await;
    let reply = from.send_as("hospital", to_the_trust(&from)).await;
    assert_eq!(receipt(&reply).status.code.as_deref(), Some("1"), "{}", text(&reply));
    let about = from.message(&reply).await;
    for gateway in [&from, &to] {
        gateway.plant(format!("<a><TekstNotatInnhold>{WELCOME}</TekstNotatInnhold></a>").as_bytes());
    }
    let mut eva = CaseWorker::new(&from, "eva", &["sykehus-ke"]).await;
    eva.take().await;
    eva.say("transfer_offered", &[("unit", "kommune:4211"), ("text", "Til kommunen.")]).await;
    from.acknowledged(1).await;

    let arrived = to.from("eksempel-sykehus").await;
    assert_eq!(arrived.len(), 1);
    let mut gro = CaseWorker::new(&to, "gro", &[&arrived[0].items[0].0.0]).await;
    let page = gro.take().await;
    assert!(page.body.contains("Opprinnelig melder"), "{}", page.body);
    gro.say("answered", &[("kind", "OVERTATT"), ("text", WELCOME), ("way", "ELEKTRONISK")]).await;
    to.acknowledged(1).await;

    assert_eq!(from.state_of(&about).await, ItemState::Transferred);
    // The trust has a unit and no rules.
    from.ends_with_alarm("unroutable", "4211");
    from.close().await;
    to.close().await;
}
