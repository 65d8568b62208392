//! Every kind of report, from everybody who may send one, through the door and to the page of the unit that it is for.

use crate::support::CaseWorker;
use crate::support::Peers;
use crate::support::Place;
use crate::support::TestGateway;
use crate::support::add_hospital;
use crate::support::corpus;
use crate::support::receipt;
use crate::support::text;
use crate::support::wait_until;
use meldeport::clock::Clock;
use meldeport::domain::ItemState;
use meldeport::storage::MessageDetail;
use std::fs;

async fn accepted(gateway: &TestGateway, who: &str, message: String) -> MessageDetail {
    let reply = gateway.send_as(who, message).await;
    assert_eq!(receipt(&reply).status.code.as_deref(), Some("1"), "{}", text(&reply));
    gateway.message(&reply).await
}

/// What stands between two tags, tags included, replaced everywhere.
fn with(message: &str, element: &str, new: &str) -> String {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    let mut parts = message.split(&open);
    let mut made = parts.next().unwrap().to_owned();
    for (index, part) in parts.enumerate() {
        let (_, after) = part.split_once(&close).unwrap();
        made.push_str(if index == 0 { new } else { "" });
        made.push_str(after);
    }
    assert_ne!(made, message, "no {element}");
    made
}

/// seed: G-14
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_without_a_patient_is_answered_and_one_with_a_patient_is_refused_in_plain_words() {
    const ANSWER: &str = "Kom gjerne til et møte sammen med foreldrene.";
    let (peers, hospital, karmoy) = (Peers::new(), Place::hospital(), Place::karmoy());
    let asking = TestGateway::open_with(|config, folder| {
        add_hospital(folder);
        peers.join(config, folder, &hospital, &[&karmoy]);
    })
    .await;
    let gateway = TestGateway::open_with(|config, folder| peers.join(config, folder, &karmoy, &[&hospital])).await;
    let question = by_the_hospital(&to_karmoy(&gateway.fresh(corpus!("valid/question-no-patient.xml"))));
    let about_somebody = gateway.fresh(corpus!("invalid/MP-403-question-with-patient.xml"));

    let asked = accepted(&gateway, "hospital", question).await;
    let refused = gateway.send_as("school", about_somebody).await;

    let said = receipt(&refused);
    assert_eq!(said.status.code.as_deref(), Some("2"), "{}", text(&refused));
    for told in ["MP-403", "Et spørsmål skal ikke ha opplysninger om en person"] {
        assert!(text(&refused).contains(told), "{told}: {}", text(&refused));
    }
    let mut kari = CaseWorker::new(&gateway, "kari", &[&asked.items[0].0.0]).await;
    let page = kari.take().await;
    assert!(page.body.contains("foreldrene er usikre"), "{}", page.body);
    for place in [&gateway, &asking] {
        place.plant(format!("<a><TekstNotatInnhold>{ANSWER}</TekstNotatInnhold></a>").as_bytes());
    }
    kari.say("answered", &[("kind", "BESKJED"), ("text", ANSWER), ("way", "ELEKTRONISK")]).await;
    gateway.acknowledged(1).await;
    let arrived = asking.from("karmoy-kommune").await;
    let raw = asking.house().store.raw(arrived[0].row.id).await.unwrap();
    assert!(String::from_utf8_lossy(raw.bytes.reveal()).contains(ANSWER), "the reply reaches the one who asked");
    gateway.close().await;
    asking.close().await;
}

/// The school's question, asked by the hospital trust's coordinating unit.
fn by_the_hospital(message: &str) -> String {
    message
        .replace("Eksempel skole", "Eksempel sykehus HF")
        .replace("<Id>80002</Id>", "<Id>80001</Id>")
        .replace("<Id>800021</Id>", "<Id>800019</Id>")
        .replace("<HerId>80002</HerId>", "<HerId>80001</HerId>")
        .replace("310000116", "310000108")
        .replace("<Kategori>SKOLE<", "<Kategori>HF_KE<")
}

/// A message for Risør or Gjerstad, for Karmøy instead.
fn to_karmoy(message: &str) -> String {
    message
        .replace("Risør kommune (eksempel)", "Karmøy kommune (eksempel)")
        .replace("Gjerstad kommune (eksempel)", "Karmøy kommune (eksempel)")
        .replace("<Id>90004</Id>", "<Id>90002</Id>")
        .replace("<Id>90001</Id>", "<Id>90002</Id>")
        .replace("<Id>310000159</Id>", "<Id>310000132</Id>")
        .replace("<Id>310000124</Id>", "<Id>310000132</Id>")
        .replace("<Id>900041</Id>", "<Id>900021</Id>")
        .replace("<Id>900011</Id>", "<Id>900021</Id>")
        .replace("<Kommunenr>4201</Kommunenr>", "<Kommunenr>1149</Kommunenr>")
        .replace("<Kommunenr>4211</Kommunenr>", "<Kommunenr>1149</Kommunenr>")
}

/// seed: L-07
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_of_habilitation_rehabilitation_and_a_team_alone_is_accepted_and_in_the_register() {
    let gateway = TestGateway::open().await;
    let original = corpus!("valid/loppa-rehabilitation.xml");

    for need in ["REHABILITERING", "HABILITERING", "ANSVARSGRUPPE"] {
        let message = with(&gateway.fresh(original), "Behov", &format!("<Behov><Type>{need}</Type></Behov>"));
        accepted(&gateway, "hospital", message).await;
    }

    let mut leader = CaseWorker::new(&gateway, "leder", &["loppa-koordinerende-enhet"]).await;
    for need in ["REHABILITERING", "HABILITERING", "ANSVARSGRUPPE"] {
        let rows = leader.browser.get(&format!("/register.csv?need={need}")).await;
        assert_eq!((rows.status, rows.body.lines().count()), (200, 2), "{need}: {}", rows.body);
    }
    gateway.close().await;
}

/// A possible need goes to the coordinating unit, unless the municipality has said otherwise; from within and without.
///
/// seed: H-11, H-52
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_possible_need_has_its_own_way_when_the_municipality_gives_it_one() {
    const OWN: &str = r#"[[rule]]
name = "mulig-behov"
kinds = ["MULIG_BEHOV_HABREHAB"]
to = ["karmoy-oppvekst-mottak"]
why = { nb = "Mulige behov meldes her (§ 7).", nn = "Moglege behov blir melde her (§ 7).", en = "Possible needs are reported here (§ 7)." }

[[rule]]"#;
    for (rule, expected) in [("[[rule]]", "karmoy-bestillerkontor"), (OWN, "karmoy-oppvekst-mottak")] {
        let (peers, karmoy) = (Peers::new(), Place::karmoy());
        let gateway = TestGateway::open_with(|config, folder| {
            // The municipality's own services send with its own certificate.
            peers.join(config, folder, &karmoy, &[&karmoy]);
            let file = folder.join("units/karmoy.toml");
            let before = fs::read_to_string(&file).unwrap();
            let (rules, _) = before.split_once("[[case]]").unwrap();
            fs::write(&file, rules.replacen("[[rule]]", rule, 1)).unwrap();
        })
        .await;

        for (who, is_inside) in [("hospital", false), ("karmoy-kommune", true)] {
            let message = gateway.fresh(corpus!("valid/possible-need.xml"));
            let message = if is_inside { from_within(&message) } else { message };
            assert_eq!(sent(&gateway, &peers, who, message).await.items[0].0.0, expected, "{who}");
        }
        let need = accepted(&gateway, "hospital", gateway.fresh(corpus!("valid/karmoy-complex.xml"))).await;
        assert_eq!(need.items[0].0.0, "karmoy-bestillerkontor", "other kinds go where they went");
        gateway.close().await;
    }
}

/// The message as the municipality's own home care service would send it.
fn from_within(message: &str) -> String {
    let (head, rest) = message.split_once("<Receiver>").unwrap();
    let head = head
        .replace("Eksempel sykehus HF", "Karmøy kommune (eksempel)")
        .replace("Medisinsk avdeling", "Hjemmetjenesten")
        .replace("Koordinerende enhet i HF", "Hjemmetjenesten")
        .replace("<Id>80001</Id>", "<Id>90002</Id>")
        .replace("<Id>800011</Id>", "<Id>900023</Id>")
        .replace("<Id>800012</Id>", "<Id>900023</Id>")
        .replace("<Id>310000108</Id>", "<Id>310000132</Id>");
    let made = format!("{head}<Receiver>{rest}");
    let reporter = "<Melder><Kategori>HJEMMETJENESTE</Kategori><Virksomhet><Orgnr>310000132</Orgnr>\
        <Navn>Karmøy kommune (eksempel)</Navn></Virksomhet><Enhet>Hjemmetjenesten</Enhet>\
        <Navn>Hanne Prøvepleier</Navn><Telefon>+47 99 00 01 71</Telefon></Melder>";
    with(&made, "Melder", reporter)
}

async fn sent(gateway: &TestGateway, peers: &Peers, who: &str, message: String) -> MessageDetail {
    if who == "hospital" {
        return accepted(gateway, who, message).await;
    }
    gateway.plant(message.as_bytes());
    let mut system = peers.system(gateway, who);
    let reply = system.post("/messages", message.into(), None).await.unwrap();
    assert_eq!(receipt(&reply).status.code.as_deref(), Some("1"), "{}", text(&reply));
    gateway.message(&reply).await
}

/// Afterwards one report of every kind there is, in the same list: each with its kind, and each to be listed by itself.
///
/// seed: H-20, K-09
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reports_from_within_from_a_ward_and_relayed_lie_in_one_inbox_each_with_its_origin() {
    let (peers, karmoy) = (Peers::new(), Place::karmoy());
    let gateway = TestGateway::open_with(|config, folder| peers.join(config, folder, &karmoy, &[&karmoy])).await;
    let ward = gateway.fresh(corpus!("valid/karmoy-complex.xml"));
    let inside = from_within(&gateway.fresh(corpus!("valid/karmoy-complex.xml")));
    let relay = gateway.fresh(corpus!("valid/hospital-ke-relay.xml"));
    let mut units = Vec::new();
    for (who, message) in [("hospital", ward), ("karmoy-kommune", inside), ("hospital", relay)] {
        units.push(sent(&gateway, &peers, who, message).await.items[0].0.clone());
    }
    assert!(units.iter().all(|it| *it == units[0]), "{units:?}");

    let mut kari = CaseWorker::new(&gateway, "kari", &[&units[0].0]).await;
    let list = kari.list().await;
    for sender in ["Medisinsk avdeling", "Hjemmetjenesten", "Koordinerende enhet"] {
        assert!(list.body.contains(sender), "{sender}: {}", list.body);
    }
    let mut origins = Vec::new();
    for _ in 0..3 {
        let page = kari.take().await;
        let body = page.body.split("id=\"letter-heading\"").nth(1).unwrap();
        origins.push(["Hanne Prøvepleier", "Sykehus, somatikk", "Opprinnelig melder"].map(|it| body.contains(it)));
    }
    origins.sort_unstable();
    // The relay has a first reporter, and that one is of a ward too.
    assert_eq!(origins, [[false, true, false], [false, true, true], [true, false, false]]);

    let question = by_the_hospital(&to_karmoy(&gateway.fresh(corpus!("valid/question-no-patient.xml"))));
    let team = gateway.fresh(corpus!("valid/karmoy-complex.xml"));
    let kinds = [
        ("BEHOV", "Behov", gateway.fresh(corpus!("valid/karmoy-complex.xml"))),
        ("MULIG_BEHOV_HABREHAB", "Mulig behov", gateway.fresh(corpus!("valid/possible-need.xml"))),
        ("ANSVARSGRUPPE", "Ansvarsgruppe", team.replace("<Meldingstype>BEHOV<", "<Meldingstype>ANSVARSGRUPPE<")),
        ("ENDRET_BEHOV", "Endret behov", gateway.fresh(corpus!("valid/changed-need.xml"))),
        ("SPORSMAL", "Spørsmål", question),
        ("TILBAKETREKK", "Tilbaketrekking", to_karmoy(&gateway.fresh(corpus!("valid/withdrawal.xml")))),
        ("BEHOV_FOR_PLAN_ELLER_KOORDINATOR", "Dialogmelding", gateway.fresh(corpus!("valid/dialog-two-notes.xml"))),
        ("PLO_BEHOV", "Pleie- og omsorgsmelding", gateway.fresh(corpus!("remarked/care-application.xml"))),
    ];
    let mut references = Vec::new();
    for (kind, word, message) in kinds {
        let came = accepted(&gateway, "hospital", message).await;
        assert_eq!(came.items.len(), 1, "{kind} is a case of its own: {:?}", came.items);
        references.push((kind, word, came.row.reference.to_string()));
    }
    let list = kari.list().await;
    assert!(list.body.contains("scope=\"col\">Type</th>"));
    for (kind, word, reference) in &references {
        assert!(list.body.contains(reference), "{kind}: {}", list.body);
        assert_eq!(list.body.matches(&format!("data-label=\"Type\">{word}</td>")).count(), 1, "{kind}");
        let one = kari.browser.get(&format!("/?kind={kind}")).await;
        let listed: Vec<_> = references.iter().filter(|it| one.body.contains(&it.2)).map(|it| it.0).collect();
        assert_eq!(listed, [*kind]);
    }
    gateway.close().await;
}

/// seed: R-16, H-42
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mental_health_goes_to_the_service_area_and_the_unit_sees_only_that_it_exists() {
    let gateway = TestGateway::open().await;
    let message = accepted(&gateway, "hospital", gateway.fresh(corpus!("valid/risor-service-area.xml"))).await;

    let mut units: Vec<_> = message.items.iter().map(|it| it.0.0.as_str()).collect();
    units.sort_unstable();
    assert_eq!(units, ["risor-koordinerende-enhet", "risor-psykisk-helse-og-rus"]);
    let mut area = CaseWorker::new(&gateway, "pia", &["risor-psykisk-helse-og-rus"]).await;
    let page = area.take().await;
    assert!(page.body.contains("Påfunn") && page.body.contains("psykoselidelse"), "{}", page.body);
    let mut unit = CaseWorker::new(&gateway, "kari", &["risor-koordinerende-enhet"]).await;
    let unassigned = unit.list().await;
    assert!(!unassigned.body.contains(message.row.reference.as_str()), "it is not the unit's to hand out");
    let work = unit.browser.get("/?tab=unit").await;
    assert!(!work.body.contains(message.row.reference.as_str()), "nor is it work of the unit's");
    let list = unit.browser.get("/?tab=told").await;
    assert!(list.body.contains(message.row.reference.as_str()), "{}", list.body);
    let path = list.body.split("href=\"/items/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let cover = unit.browser.get(&format!("/items/{path}")).await;
    for content in ["Påfunn", "psykoselidelse", "Psykiatrisk", "Koordinator<"] {
        // The list can be narrowed to those who need a coordinator, whoever is in it.
        let in_list = content != "Koordinator<" && list.body.contains(content);
        assert!(!in_list && !cover.body.contains(content), "{content}: {}", cover.body);
    }
    assert_eq!(cover.status, 200);

    // Addiction has the same area; what belongs to neither goes elsewhere.
    let original = gateway.fresh(corpus!("valid/risor-service-area.xml"));
    for (service, area) in [
        ("RUS", "risor-psykisk-helse-og-rus"),
        ("TSB", "risor-psykisk-helse-og-rus"),
        ("HJEMMESYKEPLEIE", "risor-helse-og-omsorg"),
    ] {
        let service = format!("<Tjeneste><Type>{service}</Type><Status>NAA</Status></Tjeneste>");
        let came = accepted(&gateway, "hospital", gateway.fresh(&with(&original, "Tjeneste", &service))).await;
        assert!(came.items.iter().any(|it| it.0.0 == area), "{service}: {:?}", came.items);
    }
    gateway.close().await;
}

/// seed: H-50, H-40
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_general_practitioner_reports_about_work_and_the_employer() {
    let gateway = TestGateway::open().await;
    let original = gateway.fresh(corpus!("valid/hospital-inpatient.xml"));
    let message = original.replacen("<Kategori>SYKEHUS_SOMATIKK<", "<Kategori>FASTLEGE<", 1);
    let services = ["FASTLEGE", "NAV_ARBEID", "ARBEIDSGIVER"]
        .map(|it| format!("<Tjeneste><Type>{it}</Type><Status>NAA</Status></Tjeneste>"))
        .concat();
    let message = with(&message, "Tjeneste", &services);

    let came = accepted(&gateway, "hospital", message).await;

    let mut kari = CaseWorker::new(&gateway, "kari", &[&came.items[0].0.0]).await;
    let page = kari.take().await;
    for said in ["Fastlege", "Arbeidsgiver", "NAV"] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    gateway.close().await;
}

/// seed: G-26
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_kind_of_reporter_is_kept_and_can_be_filtered_by() {
    let gateway = TestGateway::open().await;
    let original = gateway.fresh(corpus!("valid/hospital-inpatient.xml"));
    let private = ["PERSON_SELV", "FORESATT", "PAARORENDE", "VERGE"];
    for kind in private {
        let reporter = format!(
            "<Melder><Kategori>{kind}</Kategori><Privat/><Navn>Solveig Prøvemo</Navn>\
             <Telefon>+47 99 00 01 72</Telefon></Melder>"
        );
        let message = gateway.fresh(&with(&original, "Melder", &reporter));
        let message = with(
            &message,
            "Samtykke",
            "<Samtykke><Status>SAMTYKKET</Status><Dato>2026-11-01</Dato><Omfang kode=\"KONTAKT\"/></Samtykke>",
        );
        accepted(&gateway, "hospital", message).await;
    }
    let service = accepted(&gateway, "hospital", gateway.fresh(&original)).await;

    let mut kari = CaseWorker::new(&gateway, "kari", &[&service.items[0].0.0]).await;
    for kind in private.into_iter().chain(["SYKEHUS_SOMATIKK"]) {
        let rows = kari.browser.get(&format!("/register.csv?sector={kind}")).await;
        assert_eq!((rows.status, rows.body.lines().count()), (200, 2), "{kind}: {}", rows.body);
    }
    gateway.close().await;
}

/// The hospital's report to Gjerstad, to another municipality.
fn to_municipality(message: &str, number: &str, her_ids: (u32, u32), organisation: &str) -> String {
    message
        .replace("<Id>90001</Id>", &format!("<Id>{}</Id>", her_ids.0))
        .replace("<Id>900011</Id>", &format!("<Id>{}</Id>", her_ids.1))
        .replace("<Id>310000124</Id>", &format!("<Id>{organisation}</Id>"))
        .replace("<Kommunenr>4211</Kommunenr>", &format!("<Kommunenr>{number}</Kommunenr>"))
}

/// A group that is no office, a unit in a larger office, a leader who receives, service areas first, and a city with districts:
/// five ways, by configuration alone. One of them asks how it was, and tells nobody's questionnaire who they are. When its only
/// units have ended, a municipality is a gap, to strangers and to operators.
///
/// seed: G-03, G-04, R-02, H-16
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_report_lands_as_each_municipality_says_and_each_is_found_by_strangers_until_nobody_receives() {
    const ASKED: &str = "https://www.risor.example/hvordan-var-det";
    let mut gateway = TestGateway::open_with(|_, folder| {
        let file = folder.join("units/risor.toml");
        let before = fs::read_to_string(&file).unwrap();
        let contact = format!("[unit.contact]\nquestionnaire = \"{ASKED}\"");
        fs::write(&file, before.replacen("[unit.contact]", &contact, 1)).unwrap();
    })
    .await;
    let expected = [
        ("4211", (90001, 900_011), "310000124", "gjerstad-tjenestekontor"),
        ("1149", (90002, 900_021), "310000132", "karmoy-bestillerkontor"),
        ("5614", (90003, 900_031), "310000140", "loppa-koordinerende-enhet"),
        ("4201", (90004, 900_041), "310000159", "risor-helse-og-omsorg risor-koordinerende-enhet"),
        ("4601", (90005, 900_051), "310000167", "storby-felles-mottak"),
    ];
    for (number, her_ids, organisation, units) in expected {
        let original = gateway.fresh(corpus!("valid/hospital-inpatient.xml"));
        let came = accepted(&gateway, "hospital", to_municipality(&original, number, her_ids, organisation)).await;
        let mut landed: Vec<_> = came.items.iter().map(|it| it.0.0.as_str()).collect();
        landed.sort_unstable();
        assert_eq!(landed.join(" "), units, "{number}");
    }

    let mut stranger = gateway.browser();
    let all: serde_json::Value = serde_json::from_str(&stranger.get("/kontakt.json").await.body).unwrap();
    let mut numbers: Vec<_> = all["municipalities"].as_array().unwrap().iter().map(|it| &it["number"]).collect();
    numbers.sort_unstable_by_key(|it| it.as_str());
    assert_eq!(numbers, ["1149", "4201", "4211", "4601", "5614"]);
    for number in numbers {
        let number = number.as_str().unwrap();
        let page = stranger.get(&format!("/kontakt/{number}")).await;
        assert!(page.status == 200 && page.body.contains("href=\"tel:+47990009"), "{number}: {}", page.body);
        assert!(!page.body.contains("Ingen mottaker"), "{number}: {}", page.body);
        let block = stranger.get(&format!("/kontakt/{number}.json")).await.body;
        let asks = usize::from(number == "4201");
        for body in [&page.body, &block] {
            let addresses = body.matches("hvordan-var-det").count();
            assert_eq!((addresses, body.matches(&format!("\"{ASKED}\"")).count()), (asks, asks), "{number}: {body}");
        }
    }
    assert!(stranger.get("/kontakt/0301").await.body.contains("Ingen mottaker"));

    wait_until("the units have been told", async || gateway.queued().await == 0).await;
    assert_eq!(gateway.command(&["directory", "gaps"]).await, (Some(0), String::new()));
    let file = gateway.world.folder.join("units/gjerstad.toml");
    let before = fs::read_to_string(&file).unwrap();
    let ended = format!("\nvalid_to = {}\n", gateway.clock.now().date_in_norway().yesterday().unwrap());
    let (units, _) = before.split_once("[[case]]").unwrap();
    fs::write(&file, units.replace("\nvalid_from = 2024-01-01\n", &format!("\nvalid_from = 2024-01-01{ended}")))
        .unwrap();
    let gaps = gateway.command(&["directory", "gaps"]).await;
    assert_eq!(gaps, (Some(1), "4211: nobody receives for it today.\n".to_owned()));
    gateway.house().reload();
    wait_until("strangers are told", async || {
        gateway.browser().get("/kontakt/4211").await.body.contains("Ingen mottaker")
    })
    .await;
    let alarm = ("no_receiver".to_owned(), "4211".to_owned());
    wait_until("so are operators", async || gateway.open_alarms().await.contains(&alarm)).await;
    gateway.ends_with_alarm(&alarm.0, &alarm.1);
    gateway.close().await;
}

const NAV: &str = r#"
[[unit]]
id = "karmoy-nav"
name = { nb = "NAV Karmøy", nn = "NAV Karmøy", en = "NAV Karmøy" }
kind = "contact_point"
her_ids = [900029]
languages = ["nb"]
max_unread_hours = 48
escalate_to = "karmoy-bestillerkontor"
valid_from = 2024-01-01

[unit.notify]
email = "nav@karmoy.example"

[unit.contact]
telephone = "+47 99 00 01 29"
"#;

/// seed: H-30
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plan_that_exists_is_told_with_who_leads_it_and_the_case_goes_to_nav_with_its_history() {
    let gateway = TestGateway::open_with(|_, folder| {
        let file = folder.join("units/karmoy.toml");
        let text = fs::read_to_string(&file).unwrap();
        fs::write(&file, text.replacen("\n[[rule]]", &format!("{NAV}\n[[rule]]"), 1)).unwrap();
    })
    .await;
    let exists = "<Eksisterende><IP svar=\"JA\"><Kontakt><Navn>Berit Prøvenes</Navn>\
        <Telefon>+47 99 00 01 73</Telefon></Kontakt></IP></Eksisterende>";
    let message = with(&gateway.fresh(corpus!("valid/karmoy-complex.xml")), "Eksisterende", exists);
    let came = accepted(&gateway, "hospital", message).await;
    let mut kari = CaseWorker::new(&gateway, "kari", &[&came.items[0].0.0]).await;
    let page = kari.take().await;
    for said in ["Individuell plan", "Berit Prøvenes"] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    kari.say("commented", &[("text", "Har ringt Berit.")]).await;
    kari.say("transfer_offered", &[("unit", "karmoy-nav"), ("text", "Planen ledes av NAV.")]).await;
    gateway.clock.advance(std::time::Duration::from_secs(12));

    let mut nils = CaseWorker::new(&gateway, "nils", &["karmoy-nav"]).await;
    let list = nils.list().await;
    let path = list.body.split("href=\"/items/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    nils.item = format!("/items/{path}");
    let page = nils.press("accept").await;

    for said in ["Har ringt Berit.", "Planen ledes av NAV.", "Berit Prøvenes"] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    let states = gateway.house().store.message(&came.row.id.to_string()).await.unwrap().items;
    assert!(states.iter().any(|it| it.1 == ItemState::Transferred), "{states:?}");
    gateway.close().await;
}

/// seed: H-15
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_said_of_next_of_kin_is_shown_and_what_is_not_said_is_not() {
    let gateway = TestGateway::open().await;
    accepted(&gateway, "school", gateway.fresh(corpus!("valid/school-barnekoordinator.xml"))).await;
    let mut kari = CaseWorker::new(&gateway, "kari", &["risor-oppvekst"]).await;
    let page = kari.take().await;
    for said in ["Ingunn Testdal", "Pål Testdal", "Foresatt", "Vet om meldingen"] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    assert!(!page.body.contains("Verge"), "nobody has said that there is one");
    accepted(&gateway, "hospital", gateway.fresh(corpus!("valid/risor-service-area.xml"))).await;
    let mut pia = CaseWorker::new(&gateway, "pia", &["risor-psykisk-helse-og-rus"]).await;
    let page = pia.take().await;
    assert!(!page.body.contains("<h3>Foresatt"), "{}", page.body);
    for said in ["På telefon", "Gjennom melderen"] {
        assert!(page.body.contains(said), "how the person wishes to be reached: {said}: {}", page.body);
    }
    for unsaid in ["I brev", "Gjennom foresatt"] {
        assert!(!page.body.contains(unsaid), "{unsaid}: {}", page.body);
    }
    gateway.close().await;
}

/// seed: G-11, R-11
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_log_is_shown_exported_and_counted_and_absent_when_nobody_said_so() {
    let gateway = TestGateway::open().await;
    let mut units = Vec::new();
    for number in 0..11 {
        let message = gateway.fresh(corpus!("valid/karmoy-complex.xml"));
        let exists = if number < 6 { "<Eksisterende><Stafettlogg svar=\"JA\"/></Eksisterende>" } else { "" };
        units.push(accepted(&gateway, "hospital", with(&message, "Eksisterende", exists)).await.items[0].0.clone());
    }

    let mut kari = CaseWorker::new(&gateway, "kari", &[&units[0].0]).await;
    let mut shown = 0;
    for _ in 0..11 {
        let page = kari.take().await.body.to_lowercase();
        shown += usize::from(page.contains("stafettlogg"));
    }
    assert_eq!(shown, 6);
    let rows = kari.browser.get("/register.json").await;
    let rows: serde_json::Value = serde_json::from_str(&rows.body).unwrap();
    let with_it = rows["rows"].as_array().unwrap().iter().filter(|it| it["relay_log"] == true).count();
    assert_eq!(with_it, 6, "{rows}");
    let counted = kari.browser.get("/statistikk.csv").await;
    let (_, after) = counted.body.split_once("Stafettlogg (BTI) finnes;").unwrap();
    assert!(after.lines().take(3).any(|it| it == "Ja;6"), "{}", counted.body);
    gateway.close().await;
}

/// Nobody has opened it, and those who lead a unit see that it is there, what it is about and how it stands.
///
/// seed: K-14
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_need_of_rehabilitation_is_in_the_register_before_anybody_opens_it() {
    let gateway = TestGateway::open().await;
    let mut leader = CaseWorker::new(&gateway, "leder", &["loppa-koordinerende-enhet"]).await;
    let before = leader.browser.get("/register.csv").await;
    assert_eq!(before.body.lines().count(), 1, "{}", before.body);
    let need =
        "<Behov><Type>REHABILITERING</Type><Dimensjon>PSYKOSOSIAL</Dimensjon><Dimensjon>MEDISINSK</Dimensjon></Behov>";
    let message = with(&gateway.fresh(corpus!("valid/loppa-rehabilitation.xml")), "Behov", need);

    let came = accepted(&gateway, "hospital", message).await;

    let rows = leader.browser.get("/register.json?need=REHABILITERING").await;
    let rows: serde_json::Value = serde_json::from_str(&rows.body).unwrap();
    let row = &rows["rows"][0];
    assert_eq!(row["reference"], came.row.reference.as_str());
    assert_eq!(row["received"], gateway.clock.now().date_in_norway().to_string());
    assert_eq!((&row["needs"], &row["status"]), (&"Rehabilitering".into(), &"Ulest".into()), "{row}");
    let dimensions = row["dimensions"].as_str().unwrap().to_lowercase();
    assert!(dimensions.contains("psykososial") && dimensions.contains("medisinsk"), "{dimensions}");
    let page = leader.browser.get("/register?need=REHABILITERING").await;
    assert!(page.body.contains(came.row.reference.as_str()) && !page.body.contains("Oppdiktet"), "{}", page.body);
    assert_eq!(leader.browser.get("/register.csv?need=HABILITERING").await.body.lines().count(), 1);
    let after = gateway.house().store.message(&came.row.id.to_string()).await.unwrap();
    assert_eq!(after.items[0].1, ItemState::Unread);
    assert!(!after.journal.iter().any(|it| it.action == "opened" || it.action == "viewed"), "{:?}", after.journal);
    gateway.close().await;
}

/// The school's report as an upper secondary school would send it, which is the county's and not the municipality's: about a
/// pupil of so many years, who has consented as `consent` says.
fn from_the_county(message: &str, years: i16, today: jiff::civil::Date, consent: &str) -> String {
    let born = jiff::civil::Date::new(today.year() - years, 1, 1).unwrap();
    let (before, rest) = message.split_once("<Patient>").unwrap();
    let (_, after) = rest.split_once("</Patient>").unwrap();
    let message = format!("{before}{after}")
        .replace("Eksempel skole", "Eksempel fylkeskommune")
        .replace("Administrasjonen", "Eksempel videregående skole")
        .replace("<Id>80002</Id>", "<Id>80003</Id>")
        .replace("<Id>800021</Id>", "<Id>800031</Id>")
        .replace("<HerId>80002</HerId>", "<HerId>80003</HerId>")
        .replace("310000116", "310000183")
        .replace("<Kategori>SKOLE<", "<Kategori>VIDEREGAENDE<")
        .replace("2017-06-04", &born.to_string())
        .replace("<Id type=\"FNR\">04861751843</Id>", "<Id type=\"UKJENT\" grunn=\"IKKE_OPPGITT\"/>")
        .replace("<KanKontaktesVia>FORESATT</KanKontaktesVia>", "")
        .replace("<Type>BARNEKOORDINATOR</Type>", "<Type>KOORDINATOR</Type>");
    let message = with(&message, "Foresatt", "");
    with(&message, "Samtykke", consent)
}

const BY_CHILD: &str = "MP-449";
const BY_PARENT: &str = "MP-450";
const NO_GUARDIAN: &str = "MP-453";

/// The county sends; the pupil's own municipality receives. From 16 on the pupil consents alone and no parent need be named;
/// below that, and when parents consent for one who is old enough, it is remarked.
///
/// seed: H-43
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upper_secondary_school_of_the_county_reports_a_pupil_to_the_pupils_municipality() {
    let (peers, county) = (Peers::new(), Place::county());
    let gateway = TestGateway::open_with(|config, folder| {
        peers.join(config, folder, &county, &[&county]);
        // As the other school of this world: not within the health service.
        let school = config.senders.iter().find(|it| it.name == "eksempel-skole").unwrap().sector;
        config.senders.iter_mut().find(|it| it.name == "agder-fylke").unwrap().sector = school;
    })
    .await;
    let today = gateway.clock.now().date_in_norway();
    let alone = format!(
        "<Samtykke><Status>SAMTYKKET</Status><Dato>{}</Dato><Omfang kode=\"KONTAKT\"/></Samtykke>",
        today.yesterday().unwrap()
    );
    let by_mother = alone
        .replace("SAMTYKKET", "AVGITT_PA_VEGNE")
        .replace("<Omfang", "<AvgittAv rolle=\"FORESATT\">Ingunn Testdal</AvgittAv><Omfang");
    let report = |years, consent: &str| {
        from_the_county(&gateway.fresh(corpus!("valid/school-barnekoordinator.xml")), years, today, consent)
    };
    let codes = |came: &MessageDetail| came.findings.iter().map(|it| it.code.clone()).collect::<Vec<_>>();

    let mut references = Vec::new();
    for years in [16, 17] {
        let came = sent(&gateway, &peers, "agder-fylke", report(years, &alone)).await;
        let has_it = came.items.iter().any(|it| it.0.0 == "risor-oppvekst");
        assert!(has_it, "{years}: not yet of age, and the pupil's own municipality: {:?}", came.items);
        let codes = codes(&came);
        let by_age = [BY_CHILD, BY_PARENT, NO_GUARDIAN];
        assert!(!codes.iter().any(|it| by_age.contains(&it.as_str())), "{years}: {codes:?}");
        references.push(came.row.reference.to_string());
    }
    for (years, consent, remark) in [(17, &by_mother, BY_PARENT), (15, &alone, BY_CHILD)] {
        let came = sent(&gateway, &peers, "agder-fylke", report(years, consent)).await;
        assert!(codes(&came).contains(&remark.to_owned()), "{years}: {:?}", codes(&came));
    }
    let elsewhere = to_karmoy(&report(17, &alone));
    let came = sent(&gateway, &peers, "agder-fylke", elsewhere).await;
    assert!(came.items[0].0.0.starts_with("karmoy-"), "the pupil lives there: {:?}", came.items);

    let mut kari = CaseWorker::new(&gateway, "kari", &["risor-oppvekst"]).await;
    let rows = kari.browser.get("/register.csv?sector=VIDEREGAENDE").await;
    assert!(references.iter().all(|it| rows.body.contains(it)), "{}", rows.body);
    let page = kari.take().await;
    for said in ["Videregående skole", "Eksempel fylkeskommune", "Eksempel videregående skole"] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    assert!(!page.body.contains("<h3>Foresatt"), "no parent is named: {}", page.body);
    gateway.close().await;
}
