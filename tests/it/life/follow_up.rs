//! What comes about a case after the report itself joins the case, shows there, and wakes whoever has it. Two whole houses.

use crate::support::CaseWorker;
use crate::support::Peers;
use crate::support::Place;
use crate::support::TestGateway;
use crate::support::add_hospital;
use crate::support::corpus;
use crate::support::header;
use crate::support::message_id;
use crate::support::receipt;
use crate::support::text;
use crate::support::wait_until;
use meldeport::clock::Clock as _;
use meldeport::domain::ItemState;
use meldeport::domain::OutboundState;
use meldeport::storage::MessageDetail;
use meldeport::trial::Reply;
use std::time::Duration;

const QUESTION: &str = "Hvilken avdeling ligger han på, og når skal han hjem?";
const ANSWER: &str = "Han ligger på medisinsk sengepost, og skal hjem på tirsdag.";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The hospital's gateway and Karmøy's, each knowing the other; and the hospital has reported to Karmøy.
async fn reported() -> (TestGateway, TestGateway, Peers, MessageDetail) {
    reported_as(corpus!("valid/hospital-ke-relay.xml")).await
}

/// The same with a report of one's own.
async fn reported_as(report: &str) -> (TestGateway, TestGateway, Peers, MessageDetail) {
    let (peers, hospital, karmoy) = (Peers::new(), Place::hospital(), Place::karmoy());
    let at_hospital = TestGateway::open_with(|config, folder| {
        add_hospital(folder);
        peers.join(config, folder, &hospital, &[&karmoy]);
    })
    .await;
    let at_karmoy = TestGateway::open_with(|config, folder| peers.join(config, folder, &karmoy, &[&hospital])).await;
    let message = accepted(&at_karmoy, at_karmoy.fresh(report)).await;
    wait_until("the unit has been told", async || at_karmoy.queued().await == 0).await;
    (at_hospital, at_karmoy, peers, message)
}

async fn accepted(gateway: &TestGateway, message: String) -> MessageDetail {
    let reply = gateway.send_as("hospital", message).await;
    assert_eq!(receipt(&reply).status.code.as_deref(), Some("1"), "{}", text(&reply));
    gateway.message(&reply).await
}

fn plant(gateways: &[&TestGateway]) {
    for (gateway, said) in gateways.iter().flat_map(|it| [QUESTION, ANSWER].map(|said| (it, said))) {
        gateway.plant(format!("<a><TekstNotatInnhold>{said}</TekstNotatInnhold></a>").as_bytes());
    }
}

async fn deadline_of(gateway: &TestGateway, message: &MessageDetail, item: &str) -> meldeport::domain::Timestamp {
    let id = item.rsplit('/').next().unwrap().parse().unwrap();
    let units = [message.items[0].0.clone()];
    gateway.house().store.case(id, &units).await.unwrap().deadline
}

/// seed: K-07, K-21, L-24, R-08
/// seed in part: H-08
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_answer_to_what_was_asked_joins_the_case_and_brings_it_back_to_who_has_it() {
    let (hospital, karmoy, _peers, about) = reported().await;
    plant(&[&hospital, &karmoy]);
    let unit = about.items[0].0.0.clone();
    let mut kari = CaseWorker::new(&karmoy, "kari", &[&unit]).await;
    kari.take().await;
    kari.say("asked_for_more", &[("text", QUESTION), ("way", "ELEKTRONISK")]).await;
    karmoy.acknowledged(1).await;
    assert_eq!(karmoy.state_of(&about).await, ItemState::Waiting);
    let before = deadline_of(&karmoy, &about, &kari.item).await;
    karmoy.clock.advance(5 * DAY);
    let mails = karmoy.sink.mails().len();

    let mut eva = CaseWorker::new(&hospital, "eva", &["sykehus-ke"]).await;
    let page = eva.take().await;
    assert!(page.body.contains(QUESTION), "{}", page.body);
    eva.say("answered", &[("kind", "BESKJED"), ("text", ANSWER), ("way", "ELEKTRONISK")]).await;
    hospital.acknowledged(1).await;

    // One message more and not one item more; the case is hers again, and the time for answering begins anew.
    let arrived = karmoy.from("eksempel-sykehus").await;
    assert_eq!((arrived.len(), arrived[0].items.len()), (2, 0), "{arrived:?}");
    assert_eq!(karmoy.state_of(&about).await, ItemState::Taken);
    assert!(deadline_of(&karmoy, &about, &kari.item).await > before);
    let journal = karmoy.house().store.message(&about.row.id.to_string()).await.unwrap().journal;
    assert_eq!(journal.last().unwrap().action, "answer_arrived");

    // She is told without a word of what it says, by the reference of the case; and reads it in the case.
    wait_until("the unit is told", async || karmoy.sink.mails().len() == mails + 1).await;
    let mail = karmoy.sink.mails().last().unwrap().body();
    assert!(mail.contains(about.row.reference.as_str()) && !mail.contains(ANSWER), "{mail}");
    kari.sign_in().await;
    let list = kari.mine().await;
    assert!(list.body.contains("Nytt fra avsender"), "{}", list.body);
    let page = kari.page().await;
    for said in [
        "Dette har kommet senere",
        QUESTION,
        ANSWER,
        "fikk mer om saken utenfra",
        "Spørsmål til eksempel-sykehus (eksempel)",
    ] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    let printed = kari.browser.get(&format!("{}/print", kari.item)).await;
    assert!(printed.body.contains(ANSWER));
    // Its own reference leads to the case.
    let reference = arrived[0].row.reference.to_string();
    let found = kari.browser.post(&list, "/search", &[("reference", &reference)]).await;
    assert_eq!(found.status, 303);
    let found = kari.browser.get(&found.location).await;
    assert!(found.body.contains(&kari.item), "{}", found.body);
    kari.say("answered", &[("kind", "BESKJED"), ("text", "Takk."), ("way", "TELEFON")]).await;
    assert!(!kari.mine().await.body.contains("Nytt fra avsender"));
    karmoy.close().await;
    hospital.close().await;
}

/// `changed` is about `original`: by its id alone, or also as a conversation.
fn about(original: &str, changed: &str, conversation: bool) -> String {
    let changed = changed.replace("a2fc198e-07d8-4f08-86a6-26e058cec5ad", &message_id(original));
    if conversation {
        return changed;
    }
    let (before, rest) = changed.split_once("<ConversationRef>").unwrap();
    let (_, after) = rest.split_once("</ConversationRef>").unwrap();
    format!("{before}{after}")
}

/// seed in part: L-36
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn changes_withdrawals_and_teams_join_the_case_that_they_name() {
    let karmoy = TestGateway::open().await;
    let original = karmoy.fresh(corpus!("valid/karmoy-complex.xml"));
    let case = accepted(&karmoy, original.clone()).await;
    let unit = case.items[0].0.0.clone();
    let mut kari = CaseWorker::new(&karmoy, "kari", &[&unit]).await;
    kari.take().await;
    let changed = |kind: &str, conversation| {
        let message = about(&original, &karmoy.fresh(corpus!("valid/changed-need.xml")), conversation);
        message.replace("ENDRET_BEHOV", kind)
    };

    for (message, said) in [
        (changed("ENDRET_BEHOV", false), "Endret behov"),
        (changed("TILBAKETREKK", false), "Meldingen er trukket tilbake"),
        (changed("ANSVARSGRUPPE", false), "Behov for ansvarsgruppe"),
        // Without `gjelder`: the sender's own conversation.
        (changed("BEHOV", true).replacen(" gjelder=", " data-gjelder=", 0), "Tillegg til meldingen"),
    ] {
        let came = accepted(&karmoy, message).await;
        assert_eq!(came.items, [], "{said}");
        assert!(came.route.iter().any(|it| it.said.contains(case.row.reference.as_str())), "{:?}", came.route);
        let page = kari.page().await;
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    // Nothing is done by itself: a person decides what a withdrawal means.
    assert_eq!(karmoy.state_of(&case).await, ItemState::Taken);
    karmoy.close().await;
}

const WITHDRAWN: &str = "Avsender har trukket meldingen tilbake";

/// `original` withdrawn by its own sender.
fn withdrawal(gateway: &TestGateway, original: &str) -> String {
    let changed = gateway.fresh(corpus!("valid/changed-need.xml"));
    about(original, &in_time(&changed), false).replace("ENDRET_BEHOV", "TILBAKETREKK")
}

/// The same, and it does not hurry.
fn in_time(message: &str) -> String {
    let (before, rest) = message.split_once("<Hastegrad").unwrap();
    let (_, after) = rest.split_once("</Hastegrad>").unwrap();
    format!("{before}{after}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_withdrawal_shows_where_the_content_is_now_and_is_to_be_read_soon() {
    const RECEIVER: &str = "karmoy-oppvekst-mottak";
    let karmoy = TestGateway::open().await;
    let original = in_time(&karmoy.fresh(corpus!("valid/karmoy-complex.xml")));
    let case = accepted(&karmoy, original.clone()).await;
    let mut kari = CaseWorker::new(&karmoy, "kari", &[&case.items[0].0.0]).await;
    kari.take().await;
    kari.say("transfer_offered", &[("unit", RECEIVER), ("text", "Det er et barn i familien.")]).await;
    karmoy.clock.advance(Duration::from_secs(12));
    let mut nina = CaseWorker::new(&karmoy, "nina", &[RECEIVER]).await;
    let list = nina.browser.get("/?tab=astray").await;
    nina.item = format!("/items/{}", list.body.split("href=\"/items/").nth(1).unwrap().split('"').next().unwrap());
    nina.press("accept").await;
    wait_until("everybody has been told", async || karmoy.queued().await == 0).await;
    let mails = karmoy.sink.mails().len();

    let came = accepted(&karmoy, withdrawal(&karmoy, &original)).await;

    assert_eq!(came.items, [], "it is no case of its own");
    wait_until("the unit that has it is told", async || karmoy.sink.mails().len() == mails + 1).await;
    let reference = came.row.reference.as_str();
    let page = nina.page().await;
    assert!(page.body.contains(WITHDRAWN) && page.body.contains(reference), "{}", page.body);
    assert!(nina.mine().await.body.contains("Trukket av avsender"));
    let store = &karmoy.house().store;
    let id = nina.item.rsplit('/').next().unwrap().parse().unwrap();
    let detail = store.case(id, &[meldeport::domain::UnitId(RECEIVER.to_owned())]).await.unwrap();
    assert!(detail.deadline < karmoy.clock.now().plus(10 * DAY), "not the month of a need: {:?}", detail.deadline);
    // Where it was, it is not told of.
    assert!(!kari.page().await.body.contains(WITHDRAWN));
    karmoy.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_withdrawal_of_what_is_not_here_is_work_that_must_be_read_soon_and_is_no_need() {
    let karmoy = TestGateway::open().await;
    let original = karmoy.fresh(corpus!("valid/karmoy-complex.xml"));
    let case = accepted(&karmoy, original).await;
    // Of a report that went to somebody else.
    let elsewhere = karmoy.fresh(corpus!("valid/karmoy-complex.xml"));

    let came = accepted(&karmoy, withdrawal(&karmoy, &elsewhere)).await;

    assert!(came.findings.iter().any(|it| it.code == "MP-496"), "{:?}", came.findings);
    let [(unit, _)] = came.items.as_slice() else { panic!("{:?}", came.items) };
    let units = [unit.clone()];
    let mut kari = CaseWorker::new(&karmoy, "kari", &[&unit.0]).await;
    let list = kari.list().await;
    let (own, need) = (came.row.reference.as_str(), case.row.reference.as_str());
    assert!(list.body.contains(own) && list.body.contains(need), "{}", list.body);
    assert!(!list.body.contains("Trukket av avsender"), "nobody knows whose it is");
    let row = list.body.split("<tr").find(|it| it.contains(own)).unwrap();
    assert!(row.contains("Tilbaketrekking"), "{row}");
    let query = meldeport::storage::InboxQuery { units: units.to_vec(), ..meldeport::storage::InboxQuery::first(10) };
    let rows = karmoy.house().store.inbox_page(&query).await.unwrap();
    let row = rows.iter().find(|it| it.reference == came.row.reference).unwrap();
    assert!(row.deadline < karmoy.clock.now().plus(10 * DAY), "not the month of a need: {:?}", row.deadline);
    for path in ["/register", "/register?list=gap", "/register.csv"] {
        let page = kari.browser.get(path).await;
        assert!(page.body.contains(need) && !page.body.contains(own), "{path}: {}", page.body);
    }
    karmoy.close().await;
}

/// seed: L-36
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_need_for_a_team_joins_the_case_in_loppa_and_the_leader_is_told() {
    let gateway = TestGateway::open().await;
    let original = gateway.fresh(corpus!("valid/loppa-rehabilitation.xml"));
    let case = accepted(&gateway, original.clone()).await;
    wait_until("the leader has been told", async || gateway.queued().await == 0).await;
    let mails = gateway.sink.mails().len();

    let id = message_id(&original);
    let team = gateway.fresh(corpus!("valid/loppa-rehabilitation.xml"));
    let team = team.replace("<Meldingstype>BEHOV<", "<Meldingstype>ANSVARSGRUPPE<");
    let team = team.replacen(" opprettet=", &format!(" gjelder=\"{id}\" opprettet="), 1);
    let came = accepted(&gateway, team).await;

    assert_eq!(came.items, []);
    wait_until("the leader is told", async || gateway.sink.mails().len() == mails + 1).await;
    let mail = gateway.sink.mails().last().unwrap().clone();
    assert_eq!(mail.header("To").as_deref().map(|it| it.contains("koordinerende-enhet@loppa.example")), Some(true));
    let mut leder = CaseWorker::new(&gateway, "leder", &["loppa-koordinerende-enhet"]).await;
    let page = leder.take().await;
    assert!(page.body.contains("Behov for ansvarsgruppe"), "{}", page.body);
    assert_eq!(gateway.state_of(&case).await, ItemState::Taken);
    gateway.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_refers_to_nothing_here_or_to_another_persons_case_is_a_case_of_its_own_and_says_so() {
    let karmoy = TestGateway::open().await;
    let original = karmoy.fresh(corpus!("valid/karmoy-complex.xml"));
    let case = accepted(&karmoy, original.clone()).await;
    let another = about(&original, &karmoy.fresh(corpus!("valid/changed-need.xml")), true)
        .replace("19816801969", "12835401802")
        .replace("1968-01-19", "1954-03-12");
    let unknown = karmoy.fresh(corpus!("valid/dialog-two-notes.xml"));

    for message in [another, unknown] {
        let came = accepted(&karmoy, message).await;
        assert_eq!(came.items.len(), 1);
        assert!(came.findings.iter().any(|it| it.code == "MP-496"), "{:?}", came.findings);
    }
    let mut kari = CaseWorker::new(&karmoy, "kari", &[&case.items[0].0.0]).await;
    kari.take().await;
    assert!(!kari.page().await.body.contains("Dette har kommet senere"));
    karmoy.close().await;
}

/// Kari answers, files, decides and closes.
async fn closed(karmoy: &TestGateway, about: &MessageDetail) -> CaseWorker {
    let mut kari = CaseWorker::new(karmoy, "kari", &[&about.items[0].0.0]).await;
    kari.take().await;
    kari.say("answered", &[("kind", "UTFALL"), ("text", ANSWER), ("way", "ELEKTRONISK")]).await;
    kari.say("archived", &[("reference", "26/1234")]).await;
    kari.say(
        "decided",
        &[("outcome", "AVKLART_I_TJENESTEOMRADET"), ("on", "2026-11-20"), ("text", "Begrunnelsen er bare for oss.")],
    )
    .await;
    karmoy.acknowledged(1).await;
    kari.press("close").await;
    assert_eq!(karmoy.state_of(about).await, ItemState::Closed);
    kari
}

fn apprec(original: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><AppRec xmlns="http://www.kith.no/xmlstds/apprec/2012-02-15"><MsgType V="APPREC" DN="Applikasjonskvittering"/><MIGversion>v1.1 2012-02-15</MIGversion><GenDate>2026-11-22T12:00:00Z</GenDate><Id>5f3c1a52-0000-4000-8000-000000000001</Id><Sender><HCP><Inst><Name>Eksempel sykehus HF</Name></Inst></HCP></Sender><Receiver><HCP><Inst><Name>Karmøy kommune</Name></Inst></HCP></Receiver><Status V="2" DN=""/><Error V="E21" S="2.16.578.1.12.4.1.1.8221" DN="Mottaker finnes ikke"/><OriginalMsgId><MsgType V="DIALOG_HELSEFAGLIG" DN=""/><IssueDate>2026-11-22T12:00:00Z</IssueDate><Id>{original}</Id></OriginalMsgId></AppRec>"#
    )
}

/// A ward has reported with a consent that does not cover feedback. It sees how the case stands; what came of it is told only
/// when somebody says on what basis, and why it was decided never is.
///
/// seed: K-15
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_came_of_a_case_is_told_within_the_consent_or_on_a_basis_that_is_said() {
    const REASON: &str = "Begrunnelsen med diagnosen er bare for oss.";
    // From the unit that can be answered.
    let report = corpus!("valid/karmoy-complex.xml").replace("<Id>800011</Id>", "<Id>800019</Id>");
    let (hospital, karmoy, _peers, about) = reported_as(&report).await;
    plant(&[&hospital, &karmoy]);
    karmoy.plant(format!("<a><TekstNotatInnhold>{REASON}</TekstNotatInnhold></a>").as_bytes());
    let place = format!("/receipts/{}", about.row.sender_message_id);
    let reading = async || {
        let told = karmoy.system("hospital").get(&place).await.unwrap();
        header(&told, "meldeport-reading").to_owned()
    };
    assert_eq!(reading().await, "unread");
    let mut kari = CaseWorker::new(&karmoy, "kari", &[&about.items[0].0.0]).await;
    kari.take().await;

    let (form, path) = (kari.form("answered").await, format!("{}/do/answered", kari.item));
    assert!(form.body.contains("Samtykket omfatter ikke tilbakemelding til melder"), "{}", form.body);
    for kind in ["UTFALL", "BESKJED"] {
        let fields = [("kind", kind), ("text", ANSWER), ("way", "ELEKTRONISK"), ("basis", "")];
        let refused = kari.browser.post(&form, &path, &fields).await;
        assert_eq!(refused.status, 422, "{kind}: {}", refused.body);
        assert!(refused.body.contains("Velg hva du bygger på") && refused.body.contains(ANSWER), "{}", refused.body);
    }
    kari.say("archived", &[("reference", "26/1234")]).await;
    kari.say("decided", &[("outcome", "AVKLART_I_TJENESTEOMRADET"), ("on", "2026-11-20"), ("text", REASON)]).await;
    kari.press("close").await;
    karmoy.clock.advance(Duration::from_secs(60));
    tokio::time::sleep(Duration::from_millis(2500)).await;
    assert!(karmoy.sent().await.is_empty(), "closing a case tells nobody");
    assert!(hospital.from("karmoy-kommune").await.is_empty());
    assert_eq!(reading().await, "opened");

    kari.press("reopen").await;
    kari.press("take").await;
    let fields = [("kind", "UTFALL"), ("text", ANSWER), ("way", "ELEKTRONISK"), ("basis", "HPL_25")];
    let page = kari.say("answered", &fields).await;
    assert!(page.body.contains("Samarbeidende personell (helsepersonelloven § 25)"), "{}", page.body);
    karmoy.acknowledged(1).await;
    let told = hospital.from("karmoy-kommune").await;
    let raw = hospital.house().store.raw(told[0].row.id).await.unwrap();
    let told = String::from_utf8_lossy(raw.bytes.reveal()).into_owned();
    assert!(told.contains(ANSWER) && !told.contains(REASON) && !told.contains("AVKLART"), "{told}");
    karmoy.close().await;
    hospital.close().await;
}

/// seed in part: K-15
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_that_is_done_is_taken_up_again_when_the_receiver_rejects_what_was_sent() {
    let (hospital, mut karmoy, _peers, about) = reported().await;
    plant(&[&hospital, &karmoy]);
    let mut kari = closed(&karmoy, &about).await;
    let sent = karmoy.sent().await.remove(0);
    // The hospital sees what came of it, and nothing of what the unit decided for itself.
    let told = hospital.from("karmoy-kommune").await;
    let raw = hospital.house().store.raw(told[0].row.id).await.unwrap();
    let told = String::from_utf8_lossy(raw.bytes.reveal()).into_owned();
    assert!(told.contains("Dette er gjort.") && told.contains(ANSWER) && !told.contains("bare for oss"), "{told}");

    let said: Reply = karmoy.send_as("hospital", apprec(&sent.id.to_string())).await;

    assert_eq!(said.status.as_u16(), 200, "{}", text(&said));
    assert_eq!(karmoy.state_of(&about).await, ItemState::Taken);
    let page = kari.page().await;
    assert!(page.body.contains("Mottakeren kan ikke bruke det vi sendte. Ring mottakeren"), "{}", page.body);
    assert!(kari.mine().await.body.contains("Nytt fra avsender"));
    let reference = header(&said, "meldeport-reference").to_owned();
    assert_eq!(reference, about.row.reference.to_string());
    karmoy.ends_with_alarm("outbound_rejected", &reference);
    hospital.from("karmoy-kommune").await;
    karmoy.close().await;
    hospital.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_that_is_done_is_taken_up_again_when_feedback_on_an_error_comes() {
    let (hospital, mut karmoy, _peers, about) = reported().await;
    plant(&[&hospital, &karmoy]);
    let mut kari = closed(&karmoy, &about).await;

    let mut eva = CaseWorker::new(&hospital, "eva", &["sykehus-ke"]).await;
    eva.take().await;
    eva.say("wrong_addressee", &[("reason", "2"), ("text", QUESTION), ("way", "ELEKTRONISK")]).await;
    hospital.acknowledged(1).await;

    assert_eq!(karmoy.state_of(&about).await, ItemState::Taken);
    assert_eq!(karmoy.sent().await[0].state, OutboundState::Rejected);
    let page = kari.page().await;
    assert!(page.body.contains("Tilbakemelding om feil i det vi sendte") && page.body.contains(QUESTION));
    // It is filed and decided already, so it can be closed again.
    kari.press("close").await;
    assert_eq!(karmoy.state_of(&about).await, ItemState::Closed);
    karmoy.ends_with_alarm("outbound_rejected", about.row.reference.as_str());
    karmoy.close().await;
    hospital.close().await;
}
