//! Several people about one case: a member brings it to the group, another unit takes it over, a guest reads it.

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
use meldeport::clock::Clock;
use meldeport::domain::Role;
use meldeport::domain::Timestamp;
use meldeport::storage::Actor;
use meldeport::storage::MessageDetail;
use std::time::Duration;

const QUESTION: &str = "Hvem følger ham opp etter utskrivning?";
const ANSWER: &str = "Poliklinikken følger ham opp i tre måneder.";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Where the coordinator works.
const SERVICE: &str = "risor-psykisk-helse-og-rus";

async fn accepted(gateway: &TestGateway, message: String) -> MessageDetail {
    let reply = gateway.send_as("hospital", message).await;
    assert_eq!(receipt(&reply).status.code.as_deref(), Some("1"), "{}", text(&reply));
    gateway.message(&reply).await
}

/// Path of the first case of a page that leads to one.
fn first_case(body: &str) -> String {
    let rest = body.split("href=\"/items/").nth(1).unwrap_or_else(|| panic!("no case: {body}"));
    format!("/items/{}", rest.split(['"', '?']).next().unwrap())
}

/// In Risør cases are met in their own service area, and whoever leads one is a member of the coordinating unit, which is a
/// group. In a few cases such a member brings one there.
///
/// seed: R-18, G-15, G-06, R-06
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_brings_a_case_to_the_group_in_risor_and_the_log_has_who_when_and_why() {
    const GROUP: &str = "risor-koordinerende-enhet";
    let gateway = TestGateway::open().await;
    let brought = accepted(&gateway, gateway.fresh(corpus!("valid/risor-service-area.xml"))).await;
    let mut pia = CaseWorker::new(&gateway, "pia", &["risor-psykisk-helse-og-rus"]).await;
    gateway.grant("pia", Role::Member, GROUP).await;
    let mut nils = CaseWorker::with_role(&gateway, "nils", Role::Member, GROUP).await;
    let mut outsider = CaseWorker::with_role(&gateway, "odd", Role::Member, "karmoy-mottaksgruppe").await;
    let mut coordinator = CaseWorker::with_role(&gateway, "kim", Role::Coordinator, "risor-psykisk-helse-og-rus").await;
    pia.take().await;
    let reference = brought.row.reference.to_string();
    assert!(!nils.browser.get("/?tab=group").await.body.contains(&reference), "it is not brought yet");

    // Neither those who have nothing to do with it nor those whose role does not go so far.
    for other in [&mut outsider, &mut coordinator, &mut nils] {
        let form = other.browser.get(&format!("{}/do/lifted", pia.item)).await;
        assert!(form.status == 404 || form.status == 403, "{}", form.status);
    }
    gateway.clock.advance(Duration::from_secs(20 * 60));
    let fields = [("group", GROUP), ("reason", "IKKE_LOST_ANNEN_MATE"), ("step", ""), ("text", "")];
    let form = pia.form("lifted").await;
    let untold = pia.browser.post(&form, &format!("{}/do/lifted", pia.item), &fields).await;
    assert_eq!(untold.status, 422, "a lift says how far the case had come: {}", untold.body);
    let fields = [("group", GROUP), ("reason", "IKKE_LOST_ANNEN_MATE"), ("step", "II"), ("text", "")];
    let lifted_at = gateway.clock.now();
    let page = pia.say("lifted", &fields).await;

    // Who, when and why: on the page, and in the journal that cannot be changed.
    for said in ["pia piastad", "løftet saken til gruppe", "Ikke løst på annen måte", "Trinn II"] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    let journal = gateway.house().store.message(&brought.row.id.to_string()).await.unwrap().journal;
    let line = journal.iter().find(|it| it.action == "lifted").unwrap();
    assert!(matches!(&line.actor, Actor::Person { name, .. } if name == "pia piastad"), "{line:?}");
    assert_eq!(line.detail, "in risor-psykisk-helse-og-rus; IKKE_LOST_ANNEN_MATE, trinn II");
    let since = |at: Timestamp| at.since(lifted_at);
    assert!(since(line.at) < Duration::from_secs(60) && line.at >= lifted_at, "{line:?}");

    let list = nils.browser.get("/?tab=group").await;
    assert!(list.body.contains(&reference), "{}", list.body);
    let open = list.actions().into_iter().find(|it| it.ends_with("/open")).unwrap().to_owned();
    nils.item = nils.browser.post(&list, &open, &[]).await.location;
    let read = nils.page().await;
    assert!(read.body.contains("Påfunn") && read.body.contains("psykoselidelse"), "{}", read.body);
    assert!(!outsider.browser.get("/?tab=group").await.body.contains(&reference));
    gateway.close().await;
}

/// In Karmøy somebody writes to the reception in another department, and to the ordering office: two cases. The reception
/// passes its own on, and whoever sent it hears nothing of that.
///
/// seed: K-10
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_receivers_one_passes_its_case_on_and_the_sender_is_told_once_of_each() {
    const RECEPTION: &str = "karmoy-oppvekst-mottak";
    const OFFICE: &str = "karmoy-bestillerkontor";
    const WHY: &str = "Saken gjelder en voksen.";
    let gateway = TestGateway::open().await;
    gateway.plant(format!("<a><Tema>{WHY}</Tema></a>").as_bytes());
    let to_reception = gateway.fresh(&corpus!("valid/karmoy-complex.xml").replace("900021", "900022"));
    let to_office = gateway.fresh(corpus!("valid/karmoy-complex.xml"));
    let (first, second) = (accepted(&gateway, to_reception.clone()).await, accepted(&gateway, to_office.clone()).await);
    let with_content = |it: &MessageDetail| it.items.iter().map(|it| it.0.0.clone()).collect::<Vec<_>>();
    assert!(with_content(&first).contains(&RECEPTION.to_owned()) && with_content(&second) == [OFFICE]);
    let mut nina = CaseWorker::new(&gateway, "nina", &[RECEPTION]).await;
    let mut kari = CaseWorker::new(&gateway, "kari", &[OFFICE]).await;
    nina.take().await;
    kari.take().await;

    nina.say("transfer_offered", &[("unit", OFFICE), ("text", WHY)]).await;
    gateway.clock.advance(Duration::from_secs(12));
    let own = std::mem::replace(&mut kari.item, first_case(&kari.browser.get("/?tab=astray").await.body));
    let passed_on = kari.press("accept").await;

    // The whole of its history goes with it; the other case has its own, and nothing of this.
    for said in ["nina ninastad", "tok ansvar", "tilbød overføring til", WHY, "tok imot overføringen"] {
        assert!(passed_on.body.contains(said), "{said}: {}", passed_on.body);
    }
    kari.item = own;
    let other = kari.page().await;
    assert!(other.body.contains("tok ansvar") && !other.body.contains("nina ninastad"), "{}", other.body);
    assert!(kari.browser.get("/?tab=mine").await.body.contains(second.row.reference.as_str()));
    let left = nina.page().await;
    assert!(left.body.contains("Innholdet er ikke her lenger") && !left.body.contains(WHY), "{}", left.body);
    // One receipt for each message, the same however often it is asked for, and nothing more.
    assert!(gateway.sent().await.is_empty());
    for message in [to_reception, to_office] {
        let place = format!("/receipts/{}", message_id(&message));
        let told = gateway.system("hospital").get(&place).await.unwrap();
        assert_eq!(header(&told, "meldeport-reading"), "opened", "it is where it was sent");
        let again = gateway.send_as("hospital", message).await;
        assert_eq!((&told.body, receipt(&told).status.code.as_deref()), (&again.body, Some("1")));
    }
    assert_eq!(gateway.from("eksempel-sykehus").await.len(), 2);
    gateway.close().await;
}

/// seed: H-08
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_has_a_thread_with_the_hospital_goes_to_another_unit_with_it_and_is_read_by_a_guest_for_a_while() {
    let (peers, hospital, karmoy) = (Peers::new(), Place::hospital(), Place::karmoy());
    let at_hospital = TestGateway::open_with(|config, folder| {
        add_hospital(folder);
        peers.join(config, folder, &hospital, &[&karmoy]);
    })
    .await;
    let gateway = TestGateway::open_with(|config, folder| peers.join(config, folder, &karmoy, &[&hospital])).await;
    for (place, said) in [&gateway, &at_hospital].into_iter().flat_map(|it| [QUESTION, ANSWER].map(|said| (it, said))) {
        place.plant(format!("<a><TekstNotatInnhold>{said}</TekstNotatInnhold></a>").as_bytes());
    }
    let about = accepted(&gateway, gateway.fresh(corpus!("valid/hospital-ke-relay.xml"))).await;
    let other = accepted(&gateway, gateway.fresh(corpus!("valid/karmoy-complex.xml"))).await;
    let (unit, receiver) = (about.items[0].0.0.clone(), "karmoy-oppvekst-mottak");
    let reference = about.row.reference.to_string();

    // The thread: across sectors, both ways, tied to the report.
    let mut kari = CaseWorker::new(&gateway, "kari", &[&unit]).await;
    let list = kari.list().await;
    let row = list.body.split("<tr").find(|it| it.contains(&reference)).unwrap();
    let open = row.split(" action=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    kari.item = kari.browser.post(&list, &open, &[]).await.location;
    kari.press("take").await;
    kari.say("asked_for_more", &[("text", QUESTION), ("way", "ELEKTRONISK")]).await;
    gateway.acknowledged(1).await;
    let mut eva = CaseWorker::new(&at_hospital, "eva", &["sykehus-ke"]).await;
    assert!(eva.take().await.body.contains(QUESTION));
    eva.say("answered", &[("kind", "BESKJED"), ("text", ANSWER), ("way", "ELEKTRONISK")]).await;
    at_hospital.acknowledged(1).await;
    gateway.from("eksempel-sykehus").await;
    assert!(kari.page().await.body.contains(ANSWER));

    // The transfer: with all of it, and nothing stays behind.
    kari.say("transfer_offered", &[("unit", receiver), ("text", "Det er et barn i familien.")]).await;
    gateway.clock.advance(Duration::from_secs(12));
    let mut nina = CaseWorker::new(&gateway, "nina", &[receiver]).await;
    nina.item = first_case(&nina.browser.get("/?tab=astray").await.body);
    let page = nina.press("accept").await;
    for said in [QUESTION, ANSWER, "Det er et barn i familien.", "Halvor"] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    assert!(!kari.page().await.body.contains(ANSWER), "what was here is no longer here");

    // The guest: from the hospital, to this case alone, until the day is over.
    let mut secretary = CaseWorker::with_role(&gateway, "siri", Role::Secretary, receiver).await;
    let people = secretary.browser.get("/people").await;
    let to = gateway.clock.now().plus(DAY).date_in_norway().to_string();
    let fields = [
        ("unit", receiver),
        ("login", "gry"),
        ("name", "Gry Gjest"),
        ("role", "guest"),
        ("to", to.as_str()),
        ("case", reference.as_str()),
    ];
    let given = secretary.browser.post(&people, "/people/give", &fields).await;
    let link = given.body.split("/first/").nth(1).unwrap_or_else(|| panic!("{}", given.body));
    let first = format!("/first/{}", link.split('<').next().unwrap());
    let mut gry = gateway.browser();
    let (page, password) = (gry.get(&first).await, "fjorten grønne elger");
    gry.post(&page, &first, &[("password", password), ("repeat", password)]).await;
    let list = gry.get("/?tab=unit").await.body;
    assert!(list.contains(&reference) && !list.contains(other.row.reference.as_str()), "{list}");
    let read = gry.get(&nina.item).await;
    assert!(read.body.contains(ANSWER) && read.body.contains("Halvor"), "{}", read.body);
    assert_eq!(gry.get("/register").await.status, 403);
    gateway.clock.advance(2 * DAY);
    let page = gry.get("/sign-in").await;
    gry.post(&page, "/sign-in", &[("login", "gry"), ("password", password)]).await;
    let over = gry.get(&nina.item).await;
    assert!(over.status == 403 && over.body.contains("Tilgangen din er over"), "{}", over.body);
    let journal = gateway.house().store.message(&about.row.id.to_string()).await.unwrap().journal;
    for told in ["asked_for_more", "answer_arrived", "transfer_offered", "transfer_accepted", "role_given", "viewed"] {
        assert!(journal.iter().any(|it| it.action == told), "{told}: {journal:?}");
    }
    gateway.close().await;
    at_hospital.close().await;
}

/// A coordinator who works here has the case for the time of the appointment, and not a day longer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_appointed_has_the_case_for_that_time_and_whoever_is_responsible_finishes_it() {
    let gateway = TestGateway::open().await;
    let given = accepted(&gateway, gateway.fresh(corpus!("valid/risor-service-area.xml"))).await;
    let reference = given.row.reference.to_string();
    let mut knut = CaseWorker::new(&gateway, "knut", &[SERVICE]).await;
    let mut kai = CaseWorker::with_role(&gateway, "kai", Role::Coordinator, SERVICE).await;
    knut.take().await;
    kai.item.clone_from(&knut.item);
    assert!(!kai.mine().await.body.contains(&reference), "nothing is his yet");

    let form = knut.form("coordinator_appointed").await;
    let option = form.body.split("<option value=\"").find(|it| it.contains(">kai kaistad<")).unwrap();
    let chosen = option.split('"').next().unwrap().to_owned();
    let today = gateway.clock.now().date_in_norway();
    let (from, until) = (today.to_string(), today.tomorrow().unwrap().to_string());
    let fields = [
        ("staff", chosen.as_str()),
        ("name", ""),
        ("kind", "KOMMUNAL"),
        ("duty", "HOVED"),
        ("from", from.as_str()),
        ("until", until.as_str()),
        ("overlap", ""),
        ("decision", ""),
        ("anyway", "1"),
    ];
    knut.say("coordinator_appointed", &fields).await;

    assert!(kai.mine().await.body.contains(&reference) && knut.mine().await.body.contains(&reference));
    kai.say("commented", &[("text", "Har snakket med familien.")]).await;
    kai.say("plan_set", &[("status", "UNDER_ARBEID"), ("on", from.as_str())]).await;
    knut.say("decided", &[("outcome", "INNVILGET"), ("on", from.as_str()), ("text", "")]).await;
    knut.say("archived", &[("reference", "26/01234-2")]).await;
    knut.press("close").await;
    assert!(kai.page().await.body.contains("Har snakket med familien."), "a coordinator's work goes on");

    gateway.clock.advance(2 * DAY);
    for person in [&mut kai, &mut knut] {
        person.sign_in().await;
    }
    assert_eq!(kai.browser.get(&knut.item).await.status, 404, "the time is over");
    assert!(!kai.browser.get("/?tab=done").await.body.contains(&reference));
    assert!(knut.page().await.body.contains("kai kaistad"), "what was so stays written");
    gateway.close().await;
}
