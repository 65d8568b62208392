//! The steps from a wish to a plan that is reviewed, delegated appointments, and cases in one family.

use super::support::*;
use crate::domain::Role;
use crate::storage::Actor;
use crate::storage::Claim;
use crate::storage::DeliveryStore as _;
use crate::storage::PeopleStore as _;
use axum::http::StatusCode;
use serde_json::Value;
use std::time::Duration;

/// Opens a case and takes it; gives its address.
async fn taken(browser: &mut Browser, planted: &Planted) -> String {
    let path = format!("/items/{}", planted.item);
    for act in ["open", "take"] {
        let page = browser.get(&path).await;
        assert_eq!(browser.post(&format!("{path}/{act}"), &[], &page).await.status, StatusCode::SEE_OTHER, "{act}");
    }
    path
}

/// Fills in the form of an act; gives what came of it.
async fn fill(browser: &mut Browser, path: &str, act: &str, fields: &[(&str, &str)]) -> Answer {
    let action = format!("{path}/do/{act}");
    let form = browser.get(&action).await;
    assert_eq!(form.status, StatusCode::OK, "{action}: {}", form.body);
    browser.post(&action, fields, &form).await
}

async fn filled(browser: &mut Browser, path: &str, act: &str, fields: &[(&str, &str)]) {
    let answer = fill(browser, path, act, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{act}: {}", answer.body);
}

const APPOINTED: [(&str, &str); 5] = [
    ("name", "Kim Koordinator"),
    ("kind", "KOMMUNAL"),
    ("duty", "HOVED"),
    ("from", "2026-10-05"),
    ("decision", "VEDTAK 24/118-3"),
];

/// Nobody is appointed by oversight: what is lacking is said, and one must say that one goes on. Then case, register and
/// both downloads have the name, the day and the decision.
///
/// seed: L-04, H-06, L-30, L-31
#[tokio::test]
async fn a_coordinator_is_appointed_after_information_and_assessment_and_the_register_shows_the_decision() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let planted = house.plant(Plant::default()).await;
    let path = taken(&mut kari, &planted).await;
    assert!(kari.get(&path).await.body.contains("[onske-hvem]"), "the wish of the report");

    let form = kari.get(&format!("{path}/do/coordinator_appointed")).await;
    assert!(form.body.contains("informert om å kunne ønske") && form.body.contains("ikke registrert noen vurdering"));
    let refused = fill(&mut kari, &path, "coordinator_appointed", &APPOINTED).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Oppnevn koordinator selv om dette mangler: kryss av"), "{}", refused.body);
    filled(&mut kari, &path, "wish_informed", &[("on", "2026-10-01"), ("text", "Helst Åse")]).await;
    filled(&mut kari, &path, "assessed", &[("result", "RETT"), ("on", "2026-10-02"), ("text", "")]).await;
    let form = kari.get(&format!("{path}/do/coordinator_appointed")).await;
    assert!(!form.body.contains("selv om dette mangler") && !form.body.contains("alert warning"), "{}", form.body);
    filled(&mut kari, &path, "coordinator_appointed", &APPOINTED).await;

    let page = kari.get(&path).await.body;
    for shown in
        ["Helst Åse", "Har rett til koordinator og individuell plan, 2. oktober 2026, Kari Prøve", "VEDTAK 24/118-3"]
    {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let register = kari.get("/register").await.body;
    let csv = kari.get("/register.csv").await.body;
    let json: Value = serde_json::from_str(&kari.get("/register.json").await.body).unwrap();
    for (body, day) in [(&register, "5. oktober 2026"), (&csv, "2026-10-05")] {
        assert!(body.contains("Kim Koordinator") && body.contains("VEDTAK 24/118-3") && body.contains(day));
    }
    assert_eq!(json["rows"][0]["decision"], "VEDTAK 24/118-3");
    assert_eq!(json["rows"][0]["coordinator_from"], "2026-10-05");
    assert!(kari.get("/register/coordinators").await.body.contains("Kim Koordinator"));
}

#[tokio::test]
async fn one_may_appoint_all_the_same_when_one_says_so() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let path = taken(&mut kari, &house.plant(Plant::default()).await).await;

    let fields: Vec<_> = APPOINTED.into_iter().chain([("anyway", "1")]).collect();
    filled(&mut kari, &path, "coordinator_appointed", &fields).await;

    assert!(kari.get(&path).await.body.contains("Kim Koordinator"));
}

/// Who is appointed and has an account has the case by the same act; anybody else is only named. Whoever is responsible still is.
#[tokio::test]
async fn a_coordinator_with_an_account_has_the_case_and_whoever_was_responsible_still_is() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut ola, _) = house.signed_in("ola", "Ola Prøve", &["gjerstad"]).await;
    let (mut kim, user) = house.signed_in_as("kim", Role::Coordinator, "gjerstad").await;
    let planted = house.plant(Plant::default()).await;
    let path = taken(&mut kari, &planted).await;

    let form = kari.get(&format!("{path}/do/coordinator_appointed")).await;
    assert!(form.body.contains(&format!("<option value=\"{}\">kim Prøve</option>", user.id)), "{}", form.body);
    assert!(form.body.contains("Kollegaen har saken under «Mine»"), "{}", form.body);
    let chosen = user.id.to_string();
    let both = fill(&mut kari, &path, "coordinator_appointed", &chosen_as(&chosen, "Siv", "2026-10-05")).await;
    assert_eq!(both.status, StatusCode::UNPROCESSABLE_ENTITY, "one of them");
    // It need not be the one who is responsible who appoints.
    let done = fill(&mut ola, &path, "coordinator_appointed", &chosen_as(&chosen, "", "2026-10-05")).await;
    let told = ola.get(done.location()).await.body;

    assert!(told.contains("Ansvaret er ikke flyttet."), "{told}");
    for own in [&mut kim, &mut kari] {
        let mine = own.get("/?tab=mine").await.body;
        assert!(mine.contains(&planted.reference) && mine.contains("data-tab=\"mine\">(1)"), "{mine}");
    }
    let page = kim.get(&path).await.body;
    assert!(page.contains("Kari Prøve") && page.contains("letter-heading"), "{page}");
    assert!(page.contains("fra 5. oktober 2026") && !page.contains("5. oktober 2026 –"), "{page}");
    // What a coordinator does is done there, and what one does not do is not offered.
    for (act, fields) in [
        ("commented", vec![("text", "Snakket med familien.")]),
        ("plan_set", vec![("status", "UNDER_ARBEID"), ("on", "2026-10-05")]),
        ("contact_planned", vec![("on", "2026-10-12")]),
    ] {
        filled(&mut kim, &path, act, &fields).await;
    }
    let page = kim.get(&path).await;
    let task = [("kind", "ANNET"), ("text", "Ring skolen"), ("due", "2026-10-12"), ("assignee", "")];
    assert_eq!(kim.post(&format!("{path}/tasks"), &task, &page).await.status, StatusCode::SEE_OTHER);
    for act in ["given", "decided", "answered", "transfer_offered", "archived", "coordinator_changed"] {
        assert_eq!(kim.get(&format!("{path}/do/{act}")).await.status, StatusCode::FORBIDDEN, "{act}");
    }
    for place in ["/print", "/attachments/2"] {
        assert_ne!(kim.get(&format!("{path}{place}")).await.status, StatusCode::NOT_FOUND, "{place}");
    }
    assert!(kim.get("/tasks").await.body.contains(&planted.reference));
    assert!(kim.get(&path).await.body.contains("Ring skolen"));
    // Whoever is responsible decides and closes as before, and the coordinator has it still.
    let decide = [("outcome", "INNVILGET"), ("on", "2026-10-05"), ("text", "")];
    filled(&mut kari, &path, "decided", &decide).await;
    filled(&mut kari, &path, "archived", &[("reference", "2026/17")]).await;
    let page = kari.get(&path).await;
    assert_eq!(kari.post(&format!("{path}/close"), &[], &page).await.status, StatusCode::SEE_OTHER);
    assert_eq!(kim.get(&path).await.status, StatusCode::OK, "and the coordinator has it as before");
    assert!(kim.get("/?tab=done").await.body.contains(&planted.reference));
}

fn chosen_as<'a>(staff: &'a str, name: &'a str, from: &'a str) -> [(&'a str, &'a str); 6] {
    [("staff", staff), ("name", name), ("kind", "KOMMUNAL"), ("duty", "HOVED"), ("from", from), ("anyway", "1")]
}

/// From the first day to the last, and not a day longer: in lists, counts, search and on the page. One who is somebody else's
/// coordinator and has the same name has nothing.
#[tokio::test]
async fn a_coordinator_has_the_case_from_the_first_day_to_the_last_and_a_name_gives_nobody_anything() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (_, user) = house.signed_in_as("kim", Role::Coordinator, "gjerstad").await;
    let chosen = user.id.to_string();
    let named = taken(&mut kari, &house.plant(Plant::default()).await).await;
    let mut hospital = chosen_as("", "kim Prøve", "2026-10-05");
    hospital[2].1 = "HF";
    filled(&mut kari, &named, "coordinator_appointed", &hospital).await;
    let planted = house.plant(Plant::default()).await;
    let path = taken(&mut kari, &planted).await;
    let fields: Vec<_> = chosen_as(&chosen, "", "2026-10-06").into_iter().chain([("until", "2026-10-07")]).collect();
    filled(&mut kari, &path, "coordinator_appointed", &fields).await;

    for (day, has_it) in [(5, false), (6, true), (7, true), (8, false)] {
        let mut kim = house.signed_in_again("kim").await;
        let seen = if has_it { StatusCode::OK } else { StatusCode::NOT_FOUND };
        for place in ["", "/print"] {
            assert_eq!(kim.get(&format!("{path}{place}")).await.status, seen, "{day}: {place}");
        }
        let count = format!("data-tab=\"mine\">({})", u8::from(has_it));
        for tab in ["mine", "unit"] {
            let list = kim.get(&format!("/?tab={tab}")).await.body;
            assert_eq!(list.contains(&planted.reference), has_it, "{day} {tab}");
            assert!(list.contains(&count), "{day} {tab}: {list}");
        }
        let search = kim.get("/search").await;
        let found = kim.post("/search", &[("q", &planted.reference)], &search).await;
        let found = if found.status == StatusCode::SEE_OTHER { kim.get(found.location()).await } else { found };
        assert_eq!(found.body.contains("letter-heading"), has_it, "{day}: {}", found.body);
        assert_eq!(kim.get(&named).await.status, StatusCode::NOT_FOUND, "of the same name, and another");
        house.clock.advance(Duration::from_secs(86_400));
    }
}

/// Another in their place, one beside them, an appointment that was wrong, and a role that ends.
#[tokio::test]
async fn who_is_no_coordinator_any_more_is_out_at_once() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut kim, kim_user) = house.signed_in_as("kim", Role::Coordinator, "gjerstad").await;
    let (mut siv, siv_user) = house.signed_in_as("siv", Role::Coordinator, "gjerstad").await;
    let (kim_id, siv_id) = (kim_user.id.to_string(), siv_user.id.to_string());
    let path = taken(&mut kari, &house.plant(Plant::default()).await).await;
    filled(&mut kari, &path, "coordinator_appointed", &chosen_as(&kim_id, "", "2026-10-05")).await;
    assert_eq!(kim.get(&path).await.status, StatusCode::OK);
    let replaces = replaced(&mut kari, &path, "kim Prøve").await;

    let mut change: Vec<_> = chosen_as(&siv_id, "", "2026-10-05").into_iter().collect();
    change.push(("replaces", &replaces));
    filled(&mut kari, &path, "coordinator_changed", &change).await;

    assert_eq!((kim.get(&path).await.status, siv.get(&path).await.status), (StatusCode::NOT_FOUND, StatusCode::OK));
    assert!(kim.get("/?tab=mine").await.body.contains("data-tab=\"mine\">(0)"));
    // Two who overlap have it both.
    let mut beside: Vec<_> = chosen_as(&kim_id, "", "2026-10-05").into_iter().collect();
    beside.push(("overlap", "OVERLAPPER"));
    filled(&mut kari, &path, "coordinator_appointed", &beside).await;
    assert_eq!((kim.get(&path).await.status, siv.get(&path).await.status), (StatusCode::OK, StatusCode::OK));
    // The one was never meant.
    let ended = replaced(&mut kari, &path, "kim Prøve").await;
    filled(&mut kari, &path, "coordinator_ended", &[("coordinator", &ended), ("on", "2026-10-04"), ("text", "")]).await;
    assert_eq!((kim.get(&path).await.status, siv.get(&path).await.status), (StatusCode::NOT_FOUND, StatusCode::OK));
    // The other leaves.
    let held = house.store.memberships(siv_user.id).await.unwrap()[0].id;
    house.store.end_membership(held, None, &Actor::House, start()).await.unwrap();
    let mut siv = house.signed_in_again("siv").await;
    assert_eq!(siv.get(&path).await.status, StatusCode::NOT_FOUND);
    assert!(kari.get(&path).await.body.contains("siv Prøve"), "what is registered stays");
}

/// The id of the coordinator with this name, from the form that replaces one.
async fn replaced(browser: &mut Browser, path: &str, name: &str) -> String {
    let form = browser.get(&format!("{path}/do/coordinator_changed")).await.body;
    let options = form.split("name=\"replaces\"").nth(1).unwrap().split("</select>").next().unwrap();
    let option = options.split("<option value=\"").find(|it| it.contains(name)).unwrap();
    option.split('"').next().unwrap().to_owned()
}

/// «Uten hovedkoordinator» is by what is registered; so what is registered says that nobody is there any more.
#[tokio::test]
async fn the_register_says_that_a_main_coordinator_has_no_role_here_any_more() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (_, user) = house.signed_in_as("kim", Role::Coordinator, "gjerstad").await;
    let path = taken(&mut kari, &house.plant(Plant::default()).await).await;
    let chosen = user.id.to_string();
    filled(&mut kari, &path, "coordinator_appointed", &chosen_as(&chosen, "", "2026-10-05")).await;
    let left = "kim Prøve (har ikke lenger tilgang her)";
    let here = kari.get("/register").await.body;
    assert!(here.contains("kim Prøve") && !here.contains(left), "{here}");

    let held = house.store.memberships(user.id).await.unwrap()[0].id;
    house.store.end_membership(held, None, &Actor::House, start()).await.unwrap();

    for address in ["/register", "/register.csv"] {
        let told = kari.get(address).await.body;
        assert!(told.contains(left), "{address}: {told}");
    }
}

/// Two who work together for a fortnight, since somebody has said so; both are seen, with their days.
///
/// seed: L-40, H-32
#[tokio::test]
async fn a_second_main_coordinator_is_refused_unless_it_is_said_that_they_overlap() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let path = taken(&mut kari, &house.plant(Plant::default()).await).await;
    let named = |name, from, until, overlap| {
        let whom = [("name", name), ("kind", "KOMMUNAL"), ("duty", "HOVED"), ("anyway", "1")];
        whom.into_iter().chain([("from", from), ("until", until), ("overlap", overlap)]).collect::<Vec<_>>()
    };
    let first = named("Kim Koordinator", "2026-10-05", "2026-10-20", "");
    filled(&mut kari, &path, "coordinator_appointed", &first).await;

    for unsaid in ["", "NEI"] {
        let second = named("Siv Koordinator", "2026-10-07", "", unsaid);
        let refused = fill(&mut kari, &path, "coordinator_appointed", &second).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{unsaid}");
        assert!(refused.body.contains("Det er alt en hovedkoordinator i den tiden"), "{}", refused.body);
        assert!(refused.body.contains("velg «Overlapper» for den nye"), "{}", refused.body);
    }
    assert!(!kari.get(&path).await.body.contains("Siv Koordinator"), "nothing was done");
    let second = named("Siv Koordinator", "2026-10-07", "", "OVERLAPPER");
    filled(&mut kari, &path, "coordinator_appointed", &second).await;

    let page = kari.get(&path).await.body;
    for shown in ["Kim Koordinator, ", "5. oktober 2026 – 20. oktober 2026", "Siv Koordinator, ", "fra 7. oktober 2026"]
    {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let csv = kari.get("/register/coordinators.csv").await.body;
    for row in [["Kim Koordinator;", ";2026-10-05;2026-10-20;"], ["Siv Koordinator;", ";2026-10-07;;"]] {
        assert!(csv.lines().any(|line| row.iter().all(|it| line.contains(it))), "{row:?}: {csv}");
    }
}

/// seed: H-31
#[tokio::test]
async fn a_changed_coordinator_is_in_the_history_after_the_one_before() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let planted = house.plant(Plant::default()).await;
    let path = taken(&mut kari, &planted).await;
    let first: Vec<_> = APPOINTED.into_iter().chain([("anyway", "1")]).collect();
    filled(&mut kari, &path, "coordinator_appointed", &first).await;
    let replaces = replaced(&mut kari, &path, "Kim Koordinator").await;

    let change = [
        ("replaces", replaces.as_str()),
        ("name", "Siv Koordinator"),
        ("kind", "KOMMUNAL"),
        ("duty", "HOVED"),
        ("from", "2026-10-12"),
        ("text", "Kim slutter."),
    ];
    filled(&mut kari, &path, "coordinator_changed", &change).await;

    let page = kari.get(&path).await.body;
    // What is known now: the one before until the day before.
    for shown in ["5. oktober 2026 – 11. oktober 2026", "fra 12. oktober 2026"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    // Two rows of history: who was appointed, and who came after and why.
    let history = |act: &str, said: &str| {
        page.split("<li>").any(|it| it.contains("<strong>Kari Prøve</strong>") && it.contains(act) && it.contains(said))
    };
    assert!(history("oppnevnte koordinator", "Kim Koordinator"), "{page}");
    for said in ["Siv Koordinator", "Kim slutter.", "i stedet for Kim Koordinator", "fra 12. oktober 2026"] {
        assert!(history("byttet koordinator", said), "{said}: {page}");
    }
    let csv = kari.get("/register/coordinators.csv").await.body;
    for row in [["Kim Koordinator;", ";2026-10-05;2026-10-11;"], ["Siv Koordinator;", ";2026-10-12;;"]] {
        assert!(csv.lines().any(|line| row.iter().all(|it| line.contains(it))), "{row:?}: {csv}");
    }
    let actions = house.actions(&planted).await;
    assert!(
        actions.contains(&"coordinator_appointed".to_owned()) && actions.contains(&"coordinator_changed".to_owned())
    );
    assert!(
        house.journal().await.iter().all(|it| !it.detail.contains("Koordinator") && !it.detail.contains("slutter"))
    );
}

/// seed: L-05, L-39
#[tokio::test]
async fn plan_and_team_have_dates_and_members_and_are_filtered() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (one, other) = (house.plant(Plant::default()).await, house.plant(Plant::default()).await);
    let path = taken(&mut kari, &one).await;

    filled(&mut kari, &path, "plan_set", &[("status", "UNDER_ARBEID"), ("on", "2026-10-03")]).await;
    let team = [("status", "AKTIV"), ("on", "2026-10-04"), ("text", "Lærer, fysioterapeut")];
    filled(&mut kari, &path, "team_set", &team).await;

    let page = kari.get(&path).await.body;
    for shown in ["Under arbeid, 3. oktober 2026", "Aktiv, 4. oktober 2026", "Lærer, fysioterapeut"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    // Nothing is said of a team before somebody has; then that there is none, and no members.
    let without = taken(&mut kari, &other).await;
    assert!(page.contains("<dt>Ansvarsgruppe</dt>"), "{page}");
    assert!(!kari.get(&without).await.body.contains("<dt>Ansvarsgruppe</dt>"));
    filled(&mut kari, &without, "team_set", &[("status", "INGEN"), ("on", "2026-10-04"), ("text", "")]).await;
    let none = kari.get(&without).await.body;
    assert!(none.contains("<dt>Ansvarsgruppe</dt><dd>Ingen, 4. oktober 2026</dd>"), "{none}");
    assert!(!none.contains("Medlemmer av ansvarsgruppen"), "{none}");
    for query in ["team=AKTIV", "plan=UNDER_ARBEID", "team=AKTIV&plan=UNDER_ARBEID"] {
        for path in ["/register", "/register.csv"] {
            let body = kari.get(&format!("{path}?{query}")).await.body;
            assert!(body.contains(&one.reference) && !body.contains(&other.reference), "{path}?{query}");
        }
    }
    assert!(!kari.get("/register.csv?team=PLANLAGT").await.body.contains(&one.reference));
    assert!(!kari.get("/register.csv").await.body.contains("fysioterapeut"), "members are content");
}

#[tokio::test]
async fn a_consent_that_is_withdrawn_stands_first_and_warns_before_anything_is_passed_on() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let path = taken(&mut kari, &house.plant(Plant::default()).await).await;
    let card = |page: &str| page.split("summary-heading").nth(2).unwrap().split("</div>").next().unwrap().to_owned();
    let before = card(&kari.get(&path).await.body);
    assert!(before.contains("success") && !before.contains("Motsatt seg"), "{before}");
    let form = kari.get(&format!("{path}/do/consent_changed")).await.body;
    assert!(form.contains("Motsatt seg, eller trukket samtykket tilbake"), "{form}");

    filled(&mut kari, &path, "consent_changed", &[("status", "MOTSATT_SEG"), ("on", "2026-10-05"), ("text", "")]).await;

    let after = card(&kari.get(&path).await.body);
    assert!(after.contains("tag danger") && after.contains("Motsatt seg"), "{after}");
    assert!(
        after.contains("Endret etter at meldingen kom: 5. oktober 2026")
            && after.contains("Det sto i meldingen: Samtykket")
    );
    let printed = kari.get(&format!("{path}/print")).await.body;
    assert!(printed.contains("<span class=\"word\">Motsatt seg</span>"), "{printed}");
    for act in ["answered", "transfer_offered", "coordinator_appointed"] {
        let form = kari.get(&format!("{path}/do/{act}")).await.body;
        assert!(form.contains("Personen har motsatt seg eller trukket samtykket tilbake."), "{act}: {form}");
    }
    let own = kari.get(&format!("{path}/do/commented")).await.body;
    assert!(!own.contains("Personen har motsatt seg eller"), "a note to colleagues passes nothing on");
}

/// The outcome and the day on which it was sent stand in the case; nobody is sent anything that tells of it.
///
/// seed: L-32, L-33
#[tokio::test]
async fn a_decision_is_sent_and_a_consent_changes_with_who_and_when_and_no_notice_tells_of_it() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let path = taken(&mut kari, &house.plant(Plant::default()).await).await;

    let early = fill(&mut kari, &path, "decision_sent", &[("on", "2026-10-05")]).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "there is no decision yet");
    let decide = [("outcome", "INNVILGET"), ("on", "2026-10-04"), ("text", "Plantet begrunnelse")];
    filled(&mut kari, &path, "decided", &decide).await;
    filled(&mut kari, &path, "decision_sent", &[("on", "2026-10-05")]).await;
    for (status, on) in [("IKKE_AVKLART", "2026-10-01"), ("SAMTYKKET", "2026-10-05")] {
        filled(&mut kari, &path, "consent_changed", &[("status", status), ("on", on), ("text", "")]).await;
    }
    filled(&mut kari, &path, "start_planned", &[("on", "2026-10-20")]).await;

    let page = kari.get(&path).await.body;
    for shown in ["Innvilget, 4. oktober 2026", "Vedtaket er sendt", "Samtykket, 5. oktober 2026", "20. oktober 2026"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let changes: Vec<_> =
        page.split("<li>").filter(|it| it.contains("registrerte endret samtykke") && it.contains("prose")).collect();
    assert_eq!(changes.len(), 2);
    assert!(changes[0].contains("<strong>Kari Prøve</strong>") && changes[0].contains("Ikke avklart"), "{changes:?}");
    assert!(changes[1].contains("<strong>Kari Prøve</strong>") && changes[1].contains("Samtykket"), "{changes:?}");
    let claim = Claim { rows_max: 9, now: start(), until: start().plus(Duration::from_secs(60)) };
    assert!(house.store.claim_notices(claim).await.unwrap().is_empty());
    assert!(house.journal().await.iter().all(|it| !it.detail.contains("Plantet") && !it.detail.contains("INNVILGET")));
}

/// seed: H-28
/// seed in part: H-29
#[tokio::test]
async fn a_delegated_appointment_is_seen_until_the_other_unit_has_made_it() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut rolf, _) = house.signed_in("rolf", "Rolf Prøve", &["risor"]).await;
    let planted = house.plant(Plant::default()).await;
    let path = taken(&mut kari, &planted).await;
    filled(&mut kari, &path, "wish_informed", &[("on", "2026-10-01"), ("text", "")]).await;
    filled(&mut kari, &path, "assessed", &[("result", "RETT"), ("on", "2026-10-02"), ("text", "")]).await;
    let fields = [("unit", "risor"), ("due", "2026-10-06"), ("text", "Dere kjenner familien.")];
    filled(&mut kari, &path, "appointment_delegated", &fields).await;

    let waits = kari.get("/register.csv?list=delegated").await.body;
    assert!(waits.contains(&planted.reference) && waits.contains("2026-10-06"), "{waits}");
    assert!(kari.get(&path).await.body.contains("Skal oppnevne koordinator"));
    let list = rolf.get("/").await;
    assert!(list.body.contains(&planted.reference), "the unit has it in its inbox");
    let href =
        list.actions().into_iter().find(|it| it.ends_with("/open")).unwrap().trim_end_matches("/open").to_owned();

    // Two days on, it is overdue for both.
    house.clock.advance(Duration::from_secs(2 * 86_400));
    for (browser, login) in [(&mut kari, "kari"), (&mut rolf, "rolf")] {
        let form = browser.get("/sign-in").await;
        browser.post("/sign-in", &[("login", login), ("password", PASSWORD)], &form).await;
        let overdue = browser.get("/overdue").await.body;
        assert!(overdue.contains(&planted.reference), "{login}");
        assert!(overdue.contains("saker der en enhet skulle ha oppnevnt koordinator"), "it says why: {overdue}");
    }
    assert!(kari.get(&path).await.body.contains("6. oktober 2026 – Over fristen"));
    for act in ["open", "take"] {
        let page = rolf.get(&href).await;
        rolf.post(&format!("{href}/{act}"), &[], &page).await;
    }
    assert!(rolf.get(&href).await.body.contains("Dere skal oppnevne koordinator for"));
    filled(&mut rolf, &href, "coordinator_appointed", &APPOINTED).await;

    assert!(!kari.get("/register.csv?list=delegated").await.body.contains(&planted.reference));
    assert!(!kari.get("/overdue").await.body.contains(&planted.reference));
    let page = kari.get(&path).await.body;
    assert!(page.contains("Kim Koordinator") && page.contains("oppnevnte koordinator i den andre enheten"), "{page}");
    assert!(!kari.get("/register.csv?list=gap").await.body.contains(&planted.reference));
}

#[tokio::test]
async fn a_delegation_that_is_ended_is_ended_for_both() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad", "risor"]).await;
    let planted = house.plant(Plant::default()).await;
    let path = taken(&mut kari, &planted).await;
    let fields = [("unit", "risor"), ("due", "2026-10-06"), ("text", "")];
    filled(&mut kari, &path, "appointment_delegated", &fields).await;
    let waits = kari.get("/register.csv?list=delegated").await.body;
    assert_eq!(waits.lines().count(), 2, "once for her who sees both ends: {waits}");
    let (mut rolf, _) = house.signed_in("rolf", "Rolf Prøve", &["risor"]).await;
    let list = rolf.get("/").await;
    let open = list.actions().into_iter().find(|it| it.ends_with("/open")).unwrap().to_owned();
    rolf.post(&open, &[], &list).await;
    let asked = open.trim_end_matches("/open").to_owned();
    assert!(rolf.get(&asked).await.body.contains("letter-heading"));
    let twice = fill(&mut kari, &path, "appointment_delegated", &fields).await;
    assert_eq!(twice.status, StatusCode::CONFLICT, "{}", twice.body);

    filled(&mut kari, &path, "delegation_taken_back", &[]).await;

    assert_eq!(kari.get("/register.csv?list=delegated").await.body.lines().count(), 1);
    let gone = rolf.get(&asked).await.body;
    assert!(gone.contains("Innholdet er ikke her lenger") && !gone.contains("letter-heading"), "{gone}");
    assert!(!rolf.get("/?tab=unit").await.body.contains(&planted.reference));
}

#[tokio::test]
async fn a_unit_that_says_no_reads_the_case_no_more_and_is_asked_again() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut rolf, _) = house.signed_in("rolf", "Rolf Prøve", &["risor"]).await;
    let planted = house.plant(Plant::default()).await;
    let path = taken(&mut kari, &planted).await;
    let fields = [("unit", "risor"), ("due", "2026-10-06"), ("text", "")];
    filled(&mut kari, &path, "appointment_delegated", &fields).await;
    let list = rolf.get("/").await;
    let open = list.actions().into_iter().find(|it| it.ends_with("/open")).unwrap().to_owned();
    rolf.post(&open, &[], &list).await;
    let asked = open.trim_end_matches("/open").to_owned();
    let page = rolf.get(&asked).await;
    rolf.post(&format!("{asked}/take"), &[], &page).await;
    let page = rolf.get(&asked).await.body;
    assert!(page.contains("Før saken kan avsluttes") && !page.contains("Svar til den som meldte"), "{page}");
    let form = rolf.get(&format!("{asked}/do/wrong_addressee")).await.body;
    assert!(form.contains("Enheten er bedt om å oppnevne koordinator"), "it is said before one telephones: {form}");
    let form = kari.get(&format!("{path}/do/wrong_addressee")).await.body;
    assert!(!form.contains("Enheten er bedt om å oppnevne koordinator") && !form.contains("alert danger"), "{form}");

    filled(&mut rolf, &asked, "delegation_taken_back", &[]).await;

    let gone = rolf.get(&asked).await.body;
    assert!(gone.contains("Innholdet er ikke her lenger") && !gone.contains("letter-heading"), "{gone}");
    for tab in ["/", "/?tab=own", "/?tab=unit"] {
        assert!(!rolf.get(tab).await.body.contains(&planted.reference), "{tab}");
    }
    assert!(kari.get(&path).await.body.contains("avsluttet delegeringen"));
    filled(&mut kari, &path, "appointment_delegated", &fields).await;
    assert!(rolf.get("/").await.body.contains(&planted.reference), "it is asked again");
}

/// seed: K-05
#[tokio::test]
async fn a_plan_whose_review_is_past_is_listed_and_so_is_one_that_has_none() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (past, none, later) =
        (house.plant(Plant::default()).await, house.plant(Plant::default()).await, house.plant(Plant::default()).await);
    for (planted, on) in [(&past, "2026-10-05"), (&none, ""), (&later, "2026-10-06")] {
        let path = taken(&mut kari, planted).await;
        filled(&mut kari, &path, "plan_set", &[("status", "VIRKSOM"), ("on", "2026-09-01")]).await;
        filled(&mut kari, &path, "review_planned", &[("on", on)]).await;
    }
    let path = format!("/items/{}", past.item);
    filled(&mut kari, &path, "checklist_ticked", &[("KRISEPLAN", "1"), ("TILTAK_OG_ANSVAR", "1")]).await;
    let gone_by = fill(&mut kari, &path, "review_planned", &[("on", "2026-10-04")]).await;
    assert_eq!(gone_by.status, StatusCode::UNPROCESSABLE_ENTITY, "a review to come is not yesterday");
    house.clock.advance(Duration::from_secs(86_400));
    let (mut kari, _) = house.signed_in("kari2", "Kari Prøve", &["gjerstad"]).await;

    for list in ["/register?list=review", "/register.csv?list=review"] {
        let body = kari.get(list).await.body;
        assert!(body.contains(&past.reference) && body.contains(&none.reference), "{list}");
        assert!(!body.contains(&later.reference), "{list}: today is not past");
    }
    let page = kari.get(&path).await.body;
    assert!(page.contains("Det står hvem som gjør hva. Det står hva som gjøres i en krise"), "{page}");
    let form = kari.get(&format!("{path}/do/checklist_ticked")).await.body;
    assert_eq!(form.matches(" checked").count(), 2, "what was ticked stays ticked");
}

/// Two siblings: who has access to both is told that the other is there, and nobody else is; when one says no, nobody.
///
/// seed: H-09, H-45, H-46
#[tokio::test]
async fn cases_of_one_family_are_told_to_those_who_may_read_both_and_only_while_both_consent() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad", "risor"]).await;
    let (mut ola, _) = house.signed_in("ola", "Ola Prøve", &["gjerstad"]).await;
    let one = house.plant(Plant { name: "Første Søsken".to_owned(), ..Plant::default() }).await;
    let two = house.plant(Plant { unit: "risor", name: "Andre Søsken".to_owned(), ..Plant::default() }).await;
    let (first, second) = (taken(&mut kari, &one).await, taken(&mut kari, &two).await);

    let unknown = fill(&mut ola, &first, "family_linked", &[("reference", &two.reference)]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY, "not to those who cannot read both");
    assert!(unknown.body.contains("ikke en annen sak som du har tilgang til"));
    filled(&mut kari, &first, "family_linked", &[("reference", &two.reference)]).await;

    for (path, other) in [(&first, &two), (&second, &one)] {
        let page = kari.get(path).await.body;
        assert!(page.contains("Det finnes en sak:") && page.contains(&other.reference), "{page}");
    }
    let seen = kari.get(&first).await.body;
    assert!(!seen.contains("Andre Søsken"), "that it exists, and no more");
    let page = ola.get(&first).await.body;
    assert!(!page.contains("Det finnes en sak:") && !page.contains(&two.reference), "{page}");
    // Each has a coordinator of their own.
    for (path, name) in [(&first, "Kim Koordinator"), (&second, "Siv Koordinator")] {
        let fields = [("name", name), ("kind", "KOMMUNAL"), ("duty", "HOVED"), ("from", "2026-10-05"), ("anyway", "1")];
        filled(&mut kari, path, "coordinator_appointed", &fields).await;
        assert!(kari.get(path).await.body.contains(name));
    }

    let no = [("status", "MOTSATT_SEG"), ("on", "2026-10-05"), ("text", "")];
    filled(&mut kari, &second, "consent_changed", &no).await;
    for path in [&first, &second] {
        assert!(!kari.get(path).await.body.contains("Det finnes en sak:"), "hidden from both ends");
    }
    let again = fill(&mut kari, &first, "family_linked", &[("reference", &two.reference)]).await;
    assert!(again.body.contains("begge må ha samtykket"), "{}", again.body);
}

/// What keeps two cases from being linked is said of the one that it is about.
#[tokio::test]
async fn a_case_that_nobody_has_opened_and_one_about_the_same_person_are_no_family_yet() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let person_id = Some("58850321874".to_owned());
    let plant = |name: &str, person_id| Plant { name: name.to_owned(), person_id, ..Plant::default() };
    let one = house.plant(plant("Første Søsken", person_id.clone())).await;
    let (unopened, same) =
        (house.plant(plant("Andre Søsken", None)).await, house.plant(plant("Første Søsken", person_id)).await);
    let path = taken(&mut kari, &one).await;

    let early = fill(&mut kari, &path, "family_linked", &[("reference", &unopened.reference)]).await;
    let itself = fill(&mut kari, &path, "family_linked", &[("reference", &same.reference)]).await;

    assert_eq!((early.status, itself.status), (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY));
    assert!(early.body.contains("saken med den referansen har ingen åpnet ennå"), "{}", early.body);
    assert!(itself.body.contains("saken gjelder den samme personen"), "{}", itself.body);
}
