//! Roles, dates and the second person, as people meet them.

use super::support::House;
use super::support::Plant;
use super::support::membership;
use super::support::plain;
use super::support::start;
use crate::domain::Clearance;
use crate::domain::ItemState;
use crate::domain::Membership;
use crate::domain::Role;
use crate::domain::TaskKind;
use crate::inbox::InboxConfig;
use crate::inbox::Token;
use crate::inbox::form_key;
use crate::inbox::session::COOKIE;
use crate::storage::AccountStore as _;
use crate::storage::PeopleStore as _;
use axum::http::StatusCode;
use std::time::Duration;

/// seed: G-02
#[tokio::test]
async fn a_leader_sees_the_case_and_how_it_stands_and_the_secretary_opens_it() {
    let house = House::new().await;
    let (mut leader, leder) = house.signed_in_as("leder", Role::Leader, "gjerstad").await;
    let (mut secretary, sekretar) = house.signed_in_as("sekretar", Role::Secretary, "gjerstad").await;
    let planted = house.plant(Plant::default()).await;
    let path = format!("/items/{}", planted.item);

    let list = leader.get("/").await;
    assert!(list.body.contains(&planted.reference) && list.body.contains(">(1)</span>"));
    assert!(list.key(&format!("{path}/open")).is_none(), "there is no button that leads to a refusal");
    leader.get(&path).await;
    assert!(!house.actions(&planted).await.contains(&"access_denied".to_owned()), "an ordinary click is no attempt");
    assert_eq!(leader.get(&format!("{path}/print")).await.status, StatusCode::FORBIDDEN);
    let cover = leader.get(&path).await;
    assert!(cover.status == StatusCode::OK && cover.key(&format!("{path}/open")).is_none());
    assert_eq!(house.state(&planted, "gjerstad").await, ItemState::Unread);
    assert!(house.actions(&planted).await.contains(&"access_denied".to_owned()), "the attempt is in the journal");

    let list = secretary.get("/").await;
    secretary.post(&format!("{path}/open"), &[], &list).await;
    assert!(secretary.get(&path).await.body.contains("letter-heading"));
    assert_eq!(house.state(&planted, "gjerstad").await, ItemState::Opened);
    let seen_by_leader = leader.get(&path).await;
    assert!(!seen_by_leader.body.contains("letter-heading"), "opened by another is not opened to all");

    // A leader sees to it that somebody has it, and still reads nothing.
    let form = leader.get(&format!("{path}/do/given")).await;
    assert!(form.status == StatusCode::OK && !form.body.contains("letter-heading"), "{}", form.body);
    let to = sekretar.id.to_string();
    let given = leader.post(&format!("{path}/do/given"), &[("to", &to)], &form).await;
    assert_eq!(given.location(), format!("{path}?done=given"));
    assert!(leader.get(&path).await.body.contains(&sekretar.display_name));
    assert_eq!(leader.get(&format!("{path}/do/commented")).await.status, StatusCode::FORBIDDEN);

    // One who leads and works with cases too is granted it, and that is in the journal like everybody's reading.
    let by_leader = async || {
        let lines = house.journal().await.into_iter().filter(|it| it.actor_id == leder.id.to_string());
        lines.filter(|it| it.action == "viewed").count()
    };
    assert_eq!(by_leader().await, 0);
    house.grant(&leder, Membership { role: Role::CaseWorker, ..membership("gjerstad") }).await;
    let mut leader = house.browser();
    let form = leader.get("/sign-in").await;
    leader.post("/sign-in", &[("login", "leder"), ("password", super::support::PASSWORD)], &form).await;
    let other = house.plant(Plant::default()).await;
    let list = leader.get("/").await;
    leader.post(&format!("/items/{}/open", other.item), &[], &list).await;
    assert!(leader.get(&format!("/items/{}", other.item)).await.body.contains("letter-heading"));
    let opened = house.journal().await.into_iter().rfind(|it| it.action == "opened").unwrap();
    assert_eq!((opened.actor_id, by_leader().await), (leder.id.to_string(), 1));
}

/// seed: G-19, K-12, K-22, K-23, K-24
#[tokio::test]
async fn a_member_sees_what_has_been_lifted_to_their_own_group_and_nothing_else() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut nav, _) = house.signed_in_as("nav", Role::Member, "gjerstad").await;
    let (mut elsewhere, _) = house.signed_in_as("annen", Role::Secretary, "karmoy").await;
    let planted = house.plant(Plant::default()).await;
    let path = format!("/items/{}", planted.item);

    assert!(!nav.get("/").await.body.contains(&planted.reference));
    assert_eq!(nav.get(&path).await.status, StatusCode::NOT_FOUND);
    let list = kari.get("/").await;
    kari.post(&format!("{path}/open"), &[], &list).await;
    assert!(kari.get(&path).await.body.contains(&format!("{path}/do/lifted")));
    let lift = format!("{path}/do/lifted");
    let page = kari.get(&lift).await;
    let untold = kari.post(&lift, &[("group", "gjerstad"), ("reason", ""), ("step", "II")], &page).await;
    assert_eq!(untold.status, StatusCode::UNPROCESSABLE_ENTITY, "a lift has a reason");
    let told = [("group", "gjerstad"), ("reason", "GEVINST_KOMPETANSE"), ("step", "II")];
    assert_eq!(kari.post(&lift, &told, &page).await.status, StatusCode::SEE_OTHER);

    assert!(nav.get("/?tab=unit").await.body.contains(&planted.reference));
    let read = nav.get(&path).await;
    assert!(read.body.contains("letter-heading"), "a lifted case is read");
    assert!(read.key(&format!("{path}/take")).is_some(), "the meeting may give it to any member");
    nav.post(&format!("{path}/take"), &[], &read).await;
    let taken = nav.get(&path).await;
    assert!(!taken.body.contains(&format!("{path}/do/decided")), "a member decides nothing");
    assert!(taken.key(&format!("{path}/close")).is_none(), "and closes nothing");
    assert_eq!(nav.get(&format!("{path}/do/decided")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(elsewhere.get(&path).await.status, StatusCode::NOT_FOUND);
    let actions = house.actions(&planted).await;
    assert!(actions.contains(&"lifted".to_owned()) && actions.contains(&"access_denied".to_owned()));

    // What is lifted elsewhere is read by the members there, and is nothing to the members here.
    let (mut rita, _) = house.signed_in("rita", "Rita Døme", &["risor"]).await;
    let (mut there, _) = house.signed_in_as("moa", Role::Member, "risor").await;
    let theirs = house.plant(Plant { unit: "risor", ..Plant::default() }).await;
    let of_theirs = format!("/items/{}", theirs.item);
    let list = rita.get("/").await;
    rita.post(&format!("{of_theirs}/open"), &[], &list).await;
    let lift = format!("{of_theirs}/do/lifted");
    let page = rita.get(&lift).await;
    let told = [("group", "risor"), ("reason", "GEVINST_KOMPETANSE"), ("step", "II")];
    assert_eq!(rita.post(&lift, &told, &page).await.status, StatusCode::SEE_OTHER);
    assert!(there.get(&of_theirs).await.body.contains("letter-heading"));
    for (member, own, other) in [(&mut nav, &planted, &theirs), (&mut there, &theirs, &planted)] {
        assert_eq!(member.get(&format!("/items/{}", other.item)).await.status, StatusCode::NOT_FOUND);
        for tab in ["unit", "group", "unassigned"] {
            let list = member.get(&format!("/?tab={tab}")).await.body;
            assert!(!list.contains(&other.reference), "{tab}");
            assert!(tab != "unit" || list.contains(&own.reference), "{tab}");
        }
    }

    // Whose seat has ended reads it no more, from the next page on, and after signing in again.
    let (mut admin, _) = house.signed_in_as("admin", Role::DirectoryAdministrator, "gjerstad").await;
    let page = admin.get("/people").await;
    let row = page.body.split("<tr").find(|it| it.contains(">nav<")).unwrap();
    let end = row.split(" action=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(admin.post(&end, &[], &page).await.location(), "/people?done=ended");
    let out = nav.get(&path).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER, "the session has ended: {}", out.body);
    let form = nav.get("/sign-in").await;
    nav.post("/sign-in", &[("login", "nav"), ("password", super::support::PASSWORD)], &form).await;
    assert_eq!(nav.get(&path).await.status, StatusCode::NOT_FOUND);
    assert!(!nav.get("/?tab=unit").await.body.contains(&planted.reference));
}

/// seed: G-20, L-14, K-25, R-05
#[tokio::test]
async fn a_guest_reads_one_case_until_the_day_is_over() {
    let house = House::new().await;
    let (mut admin, _) = house.signed_in_as("admin", Role::DirectoryAdministrator, "gjerstad").await;
    let (one, other) = (house.plant(Plant::default()).await, house.plant(Plant::default()).await);
    let form = admin.get("/people").await;
    let fields = [
        ("unit", "gjerstad"),
        ("login", "gjest"),
        ("name", "Gry Gjest"),
        ("role", "guest"),
        ("to", "2026-10-06"),
        ("case", &one.reference),
    ];
    let given = admin.post("/people/give", &fields, &form).await;
    assert_eq!(given.status, StatusCode::OK, "{}", given.body);
    let link = given.body.split("/first/").nth(1).unwrap().split('<').next().unwrap();
    let first = format!("/first/{link}");
    let mut guest = house.browser();
    let page = guest.get(&first).await;
    let password = super::support::PASSWORD;
    guest.post(&first, &[("password", password), ("repeat", password)], &page).await;

    let list = guest.get("/").await;
    assert!(list.body.contains(&one.reference) && !list.body.contains(&other.reference));
    guest.post(&format!("/items/{}/open", one.item), &[], &list).await;
    let path = format!("/items/{}", one.item);
    assert!(guest.get(&path).await.body.contains("letter-heading"));
    assert_eq!(guest.get(&format!("/items/{}", other.item)).await.status, StatusCode::NOT_FOUND);
    // No list, search or overview has the others.
    for listing in ["/?tab=unit", "/?tab=done", "/overdue"] {
        assert!(!guest.get(listing).await.body.contains(&other.reference), "{listing}");
    }
    for overview in ["/register", "/register.csv", "/statistikk", "/oppsett"] {
        assert_eq!(guest.get(overview).await.status, StatusCode::FORBIDDEN, "{overview}");
    }
    let search = guest.get("/search").await;
    let found = guest.post("/search", &[("reference", &other.reference)], &search).await;
    let found = guest.get(found.location()).await;
    assert!(!found.body.contains(&other.reference) && found.body.contains("Ingen meldinger som du har tilgang til"));

    // The last day holds to midnight in Norway; it is ten in the morning the day before.
    house.clock.advance(Duration::from_secs(38 * 60 * 60));
    let mut guest = house.browser();
    let page = guest.get("/sign-in").await;
    guest.post("/sign-in", &[("login", "gjest"), ("password", password)], &page).await;
    let over = guest.get(&path).await;
    assert_eq!(over.status, StatusCode::FORBIDDEN);
    assert!(over.body.contains("Tilgangen din er over"));
    assert!(!guest.get("/").await.body.contains(&one.reference));
    let actions = house.actions(&one).await;
    for told in ["role_given", "opened", "viewed", "access_denied"] {
        assert!(actions.contains(&told.to_owned()), "{told}: {actions:?}");
    }
}

/// seed in part: G-19
#[tokio::test]
async fn one_whose_role_is_ended_is_out_at_once() {
    let house = House::new().await;
    let (mut admin, _) = house.signed_in_as("admin", Role::DirectoryAdministrator, "gjerstad").await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    assert_eq!(kari.get("/").await.status, StatusCode::OK);

    let page = admin.get("/people").await;
    let head = page.body.split("<thead").nth(1).unwrap().split("</thead>").next().unwrap();
    assert_eq!(head.matches("scope=\"col\"").count(), 4, "from when to when is one column: {head}");
    let row = page.body.split("<tr").find(|it| it.contains(">kari<")).unwrap();
    let action = row.split(" action=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(admin.post(&action, &[], &page).await.location(), "/people?done=ended");

    assert_eq!(kari.get("/").await.status, StatusCode::SEE_OTHER, "the session has ended");
    assert!(admin.get("/people?done=ended").await.body.contains("Avsluttede roller"));
}

/// What the one who leaves had is shown beforehand, goes to whoever replaces them, and is else nobody's, with a line that says
/// so; and is still found by their name.
#[tokio::test]
async fn who_leaves_leaves_no_case_behind() {
    let house = House::new().await;
    let (mut admin, _) = house.signed_in_as("admin", Role::DirectoryAdministrator, "gjerstad").await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (_, sara) = house.signed_in("sara", "Sara Saksbehandler", &["gjerstad"]).await;
    let (mut new, new_user) = house.signed_in("ny", "Nina Ny", &[]).await;
    let planted = house.plant(Plant::default()).await;
    house.give(&planted, "gjerstad", &sara).await;
    let path = format!("/items/{}", planted.item);

    let form = admin.get("/people").await;
    let row = form.body.split("<tr").find(|it| it.contains(">sara<")).unwrap();
    assert!(row.contains("Sara Saksbehandler har 1 åpen sak"), "{row}");
    let replaces = house.store.memberships(sara.id).await.unwrap()[0].id.0.to_string();
    let fields = [("unit", "gjerstad"), ("login", "ny"), ("role", "case_worker"), ("replaces", replaces.as_str())];
    assert_eq!(admin.post("/people/give", &fields, &form).await.location(), "/people?done=given");

    let mine = new.get("/?tab=mine").await;
    assert!(mine.body.contains(&planted.reference), "{}", mine.body);
    let list = kari.get("/?tab=unit").await;
    assert!(list.body.contains("Sara Saksbehandler (har sluttet)"), "{}", list.body);
    // One who has another role here now has not left.
    house.grant(&sara, Membership { role: Role::Leader, ..membership("gjerstad") }).await;
    let list = kari.get("/?tab=unit").await.body;
    assert!(list.contains(">Sara Saksbehandler</option>") && !list.contains("har sluttet"), "{list}");
    let page = admin.get("/people").await;
    let held = house.store.memberships(new_user.id).await.unwrap();
    let end = format!("/people/{}/end", held.last().unwrap().id.0);
    assert_eq!(admin.post(&end, &[], &page).await.location(), "/people?done=ended");

    let nobody = kari.get("/").await;
    assert!(nobody.body.contains(&planted.reference), "{}", nobody.body);
    let told = kari.get(&path).await.body;
    for shown in ["ansvaret gikk videre", "Sara Saksbehandler har ikke lenger tilgang", "Nina Ny har saken nå"] {
        assert!(told.contains(shown), "{shown}: {told}");
    }
    assert!(told.contains("Nina Ny har ikke lenger tilgang"), "{told}");
}

/// seed in part: G-21, L-02
#[tokio::test]
async fn a_contact_person_is_replaced_and_the_unit_keeps_every_message() {
    let house = House::new().await;
    let (mut admin, _) = house.signed_in_as("admin", Role::DirectoryAdministrator, "gjerstad").await;
    let (mut old, old_user) = house.signed_in("gammel", "Guri Gammel", &["gjerstad"]).await;
    let (mut new, _) = house.signed_in("ny", "Nils Ny", &[]).await;
    let planted = house.plant(Plant::default()).await;
    let path = format!("/items/{}", planted.item);
    let list = old.get("/").await;
    old.post(&format!("{path}/open"), &[], &list).await;

    let held = crate::storage::PeopleStore::memberships(&*house.store, old_user.id).await.unwrap();
    let replaces = held[0].id.0.to_string();
    let form = admin.get("/people").await;
    let fields = [("unit", "gjerstad"), ("login", "ny"), ("role", "case_worker"), ("replaces", replaces.as_str())];
    let given = admin.post("/people/give", &fields, &form).await;
    assert_eq!(given.location(), "/people?done=given");

    assert_eq!(old.get(&path).await.status, StatusCode::SEE_OTHER, "signed out");
    let page = old.get("/sign-in").await;
    old.post("/sign-in", &[("login", "gammel"), ("password", super::support::PASSWORD)], &page).await;
    assert_eq!(old.get(&path).await.status, StatusCode::NOT_FOUND);
    assert!(new.get(&path).await.body.contains("letter-heading"), "what the old one opened, the new one reads");
}

/// As in Loppa: whoever leads the group also reads and works with the cases. Both roles go to the next leader.
///
/// seed: L-02
#[tokio::test]
async fn a_new_leader_who_works_with_the_cases_reads_what_the_one_before_had() {
    let house = House::new().await;
    let (mut admin, _) = house.signed_in_as("admin", Role::DirectoryAdministrator, "gjerstad").await;
    let (mut old, old_user) = house.signed_in_as("gammel", Role::Leader, "gjerstad").await;
    house.grant(&old_user, membership("gjerstad")).await;
    let (mut new, _) = house.signed_in("ny", "Nils Ny", &[]).await;
    let planted = house.plant(Plant::default()).await;
    let path = format!("/items/{}", planted.item);
    let list = old.get("/").await;
    old.post(&format!("{path}/open"), &[], &list).await;
    let page = old.get(&path).await;
    assert!(page.body.contains("letter-heading"));
    old.post(&format!("{path}/take"), &[], &page).await;
    assert_eq!(new.get(&path).await.status, StatusCode::NOT_FOUND);

    let held = crate::storage::PeopleStore::memberships(&*house.store, old_user.id).await.unwrap();
    assert_eq!(held.len(), 2);
    for it in held {
        let (form, replaces) = (admin.get("/people").await, it.id.0.to_string());
        let fields =
            [("unit", "gjerstad"), ("login", "ny"), ("role", it.role.label()), ("replaces", replaces.as_str())];
        let given = admin.post("/people/give", &fields, &form).await;
        assert_eq!(given.status, StatusCode::SEE_OTHER, "{:?}: {}", it.role, given.body);
    }

    let page = old.get("/sign-in").await;
    old.post("/sign-in", &[("login", "gammel"), ("password", super::support::PASSWORD)], &page).await;
    assert_eq!(old.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(old.get("/register").await.status, StatusCode::FORBIDDEN);
    let read = new.get(&path).await;
    assert!(read.body.contains("letter-heading"), "what the old one opened, the new one reads: {}", read.body);
    assert!(new.get("/register").await.body.contains(&planted.reference), "and the new one leads");
    let to = format!("{path}/do/given");
    assert_eq!(new.get(&to).await.status, StatusCode::OK, "and gives away what the old one had");
}

/// What a role may do is one thing, and what must be done first another: with whatever role, nothing is jumped over.
///
/// seed: L-20
#[tokio::test]
async fn one_whose_role_is_changed_must_still_file_and_decide_before_closing() {
    let house = House::new().await;
    let (mut admin, _) = house.signed_in_as("admin", Role::DirectoryAdministrator, "gjerstad").await;
    let (mut kari, user) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let planted = house.plant(Plant::default()).await;
    let path = format!("/items/{}", planted.item);
    let (close, list) = (format!("{path}/close"), kari.get("/").await);
    kari.post(&format!("{path}/open"), &[], &list).await;
    let page = kari.get(&path).await;
    kari.post(&format!("{path}/take"), &[], &page).await;

    for (role, why) in [
        (Role::CaseWorker, "Registrer arkivreferansen"),
        (Role::Secretary, "Registrer arkivreferansen"),
        (Role::CaseWorker, "Registrer avklaring eller vedtak"),
        (Role::Secretary, "Registrer avklaring eller vedtak"),
    ] {
        let held = crate::storage::PeopleStore::memberships(&*house.store, user.id).await.unwrap();
        let now = held.into_iter().find(|it| it.holds(start()) && it.to.is_none()).unwrap();
        if now.role != role {
            let (form, replaces) = (admin.get("/people").await, now.id.0.to_string());
            let fields = [("unit", "gjerstad"), ("login", "kari"), ("role", role.label()), ("replaces", &replaces)];
            let given = admin.post("/people/give", &fields, &form).await;
            assert_eq!(given.location(), "/people?done=given", "{}", given.body);
            let page = kari.get("/sign-in").await;
            kari.post("/sign-in", &[("login", "kari"), ("password", super::support::PASSWORD)], &page).await;
        }
        if why.contains("avklaring") && role == Role::CaseWorker {
            let form = kari.get(&format!("{path}/do/archived")).await;
            kari.post(&format!("{path}/do/archived"), &[("reference", "2026/17-3")], &form).await;
        }
        let page = kari.get(&path).await;
        let refused = kari.post(&close, &[], &page).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{role:?}: {}", refused.body);
        assert!(refused.body.contains(why), "{role:?}: {}", refused.body);
        assert_eq!(house.state(&planted, "gjerstad").await, ItemState::Taken, "{role:?}");
    }
}

#[tokio::test]
async fn roles_are_given_only_by_those_who_may_and_never_to_oneself() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut secretary, _) = house.signed_in_as("sekretar", Role::Secretary, "gjerstad").await;
    let (mut admin, _) = house.signed_in_as("admin", Role::DirectoryAdministrator, "gjerstad").await;

    assert_eq!(kari.get("/people").await.status, StatusCode::FORBIDDEN);
    let form = secretary.get("/people").await;
    let member = [("unit", "gjerstad"), ("login", "kari"), ("role", "member")];
    assert_eq!(secretary.post("/people/give", &member, &form).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = admin.get("/people").await;
    let own = [("unit", "gjerstad"), ("login", "admin"), ("role", "case_worker")];
    let refused = admin.post("/people/give", &own, &form).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("seg selv"));
    let elsewhere = [("unit", "karmoy"), ("login", "kari"), ("role", "member")];
    assert_eq!(admin.post("/people/give", &elsewhere, &form).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let typo = [("unit", "gjerstad"), ("login", "kari"), ("role", "member"), ("to", "i morgen")];
    let typo = admin.post("/people/give", &typo, &form).await;
    assert!(typo.body.contains("åååå-mm-dd") && typo.body.contains("value=\"i morgen\""), "what was typed is kept");
    assert_eq!(admin.post_bare("/people/give", &[("key", "a.b")]).await.status, StatusCode::CONFLICT);
}

/// Handed over on the page, seen until it is handed on, and nothing else ever.
///
/// seed: L-34
#[tokio::test]
async fn a_coordinator_sees_what_is_handed_over_and_only_until_it_is_handed_on() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut leader, _) = house.signed_in_as("leder", Role::Leader, "gjerstad").await;
    let (mut kim, kim_user) = house.signed_in_as("kim", Role::Coordinator, "gjerstad").await;
    let (mut siv, siv_user) = house.signed_in_as("siv", Role::Coordinator, "gjerstad").await;
    let person = |name: &str| Plant { name: name.to_owned(), ..Plant::default() };
    let (own, other) = (house.plant(person("Åse Testdal")).await, house.plant(person("Jon Påfunn")).await);
    let path = format!("/items/{}", own.item);
    let list = kari.get("/").await;
    for it in [&own, &other] {
        kari.post(&format!("/items/{}/open", it.item), &[], &list).await;
    }
    for tab in ["unassigned", "mine", "unit", "waiting", "done", "astray"] {
        let list = kim.get(&format!("/?tab={tab}")).await.body;
        assert!(!list.contains(&own.reference) && !list.contains(&other.reference), "{tab}: nothing is handed over");
    }
    assert_eq!(kim.get(&path).await.status, StatusCode::NOT_FOUND);

    let form = leader.get(&format!("{path}/do/given")).await;
    assert!(form.body.contains("En koordinator som ikke er saksbehandler, får ikke ansvaret"), "{}", form.body);
    assert!(!form.body.contains("kim Prøve"), "a coordinator could not bring it to its end: {}", form.body);
    let page = kari.get(&path).await;
    kari.post(&format!("{path}/take"), &[], &page).await;
    let appoint = format!("{path}/do/coordinator_appointed");
    let kim_id = kim_user.id.to_string();
    let whom = [("kind", "KOMMUNAL"), ("duty", "HOVED"), ("from", "2026-10-05"), ("anyway", "1")];
    let form = kari.get(&appoint).await;
    let fields: Vec<_> = whom.into_iter().chain([("staff", kim_id.as_str())]).collect();
    let handed = kari.post(&appoint, &fields, &form).await;
    assert_eq!(handed.location(), format!("{path}?done=coordinator_appointed"));

    let mine = kim.get("/?tab=mine").await;
    assert!(mine.body.contains(&own.reference) && !mine.body.contains(&other.reference), "{}", mine.body);
    let page = kim.get(&path).await;
    assert!(page.body.contains("letter-heading") && page.body.contains("kim Prøve"), "{}", page.body);
    assert!(page.body.contains(&format!("{path}/questions")), "the leader is the one to ask");
    let plan = format!("{path}/do/plan_set");
    let form = kim.get(&plan).await;
    let fields = [("status", "UNDER_ARBEID"), ("on", "2026-10-05")];
    assert_eq!(kim.post(&plan, &fields, &form).await.status, StatusCode::SEE_OTHER, "and the work is done there");
    for act in ["given", "decided", "transfer_offered"] {
        assert_eq!(kim.get(&format!("{path}/do/{act}")).await.status, StatusCode::FORBIDDEN, "{act}");
    }
    // Whichever way one looks, the other case is not there.
    let elsewhere = format!("/items/{}", other.item);
    for place in ["", "/print", "/attachments/1", "/questions", "/do/commented", "/experience", "/do/lifted"] {
        assert_eq!(kim.get(&format!("{elsewhere}{place}")).await.status, StatusCode::NOT_FOUND, "{place}");
    }
    for place in ["/", "/?tab=unit", "/?tab=done", "/overdue", "/tasks", "/questions", "/lenker"] {
        let seen = kim.get(place).await.body;
        assert!(!seen.contains(&other.reference) && !seen.contains("Påfunn"), "{place}");
    }
    for place in ["/register", "/register.csv", "/register/coordinators", "/statistikk", "/people", "/oppsett"] {
        assert_eq!(kim.get(place).await.status, StatusCode::FORBIDDEN, "{place}");
    }
    let search = kim.get("/search").await;
    let found = kim.post("/search", &[("reference", &other.reference)], &search).await;
    assert!(kim.get(found.location()).await.body.contains("Ingen meldinger som du har tilgang til"));

    // Another coordinator takes over: the first one is out at once, and the history has both.
    assert_eq!(siv.get(&path).await.status, StatusCode::NOT_FOUND);
    let change = format!("{path}/do/coordinator_changed");
    let form = kari.get(&change).await;
    let options = form.body.split("name=\"replaces\"").nth(1).unwrap().split("</select>").next().unwrap();
    let option = options.split("<option value=\"").find(|it| it.contains("kim Prøve")).unwrap();
    let siv_id = siv_user.id.to_string();
    let more = [("staff", siv_id.as_str()), ("replaces", option.split('"').next().unwrap())];
    let fields: Vec<_> = whom.into_iter().chain(more).collect();
    let changed = kari.post(&change, &fields, &form).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.body);
    assert_eq!(kim.get(&path).await.status, StatusCode::NOT_FOUND);
    assert!(!kim.get("/?tab=unit").await.body.contains(&own.reference));
    let page = siv.get(&path).await.body;
    assert!(page.contains("letter-heading") && page.contains("kim Prøve") && page.contains("siv Prøve"), "{page}");
    let actions = house.actions(&own).await;
    for act in ["coordinator_appointed", "coordinator_changed"] {
        assert!(actions.contains(&act.to_owned()), "{act}: {actions:?}");
    }
}

#[tokio::test]
async fn a_coordinator_has_their_own_cases_and_an_auditor_and_an_administrator_none() {
    let house = House::new().await;
    let (mut kari, user) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let planted = house.plant(Plant::default()).await;
    let other = house.plant(Plant::default()).await;
    let path = format!("/items/{}", planted.item);
    let list = kari.get("/").await;
    kari.post(&format!("{path}/open"), &[], &list).await;
    let page = kari.get(&path).await;
    kari.post(&format!("{path}/take"), &[], &page).await;
    // The new role first: who has none for a moment leaves their cases.
    let before = crate::storage::PeopleStore::memberships(&*house.store, user.id).await.unwrap();
    house.grant(&user, Membership { role: Role::Coordinator, ..membership("gjerstad") }).await;
    for it in before {
        let by = crate::storage::Actor::House;
        crate::storage::PeopleStore::end_membership(&*house.store, it.id, None, &by, start()).await.unwrap();
    }

    let page = kari.get("/sign-in").await;
    kari.post("/sign-in", &[("login", "kari"), ("password", super::support::PASSWORD)], &page).await;
    assert!(kari.get(&path).await.body.contains("letter-heading"));
    assert_eq!(kari.get(&format!("/items/{}", other.item)).await.status, StatusCode::NOT_FOUND);
    let own = kari.get("/?tab=unit").await;
    assert!(own.body.contains(&planted.reference) && !own.body.contains(&other.reference));
    for role in [Role::Auditor, Role::DirectoryAdministrator] {
        let (mut browser, _) = house.signed_in_as(role.label(), role, "gjerstad").await;
        assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND, "{role:?}");
        assert!(!browser.get("/?tab=unit").await.body.contains(&planted.reference), "{role:?}");
    }
}

/// One person alone, with the role that makes accounts, made two who were cleared, was both, and read.
#[tokio::test]
async fn nobody_becomes_two_by_clearing_accounts_of_their_own() {
    let house = House::new().await;
    let (mut dag, dag_user) = house.signed_in_as("dag", Role::DirectoryAdministrator, "gjerstad").await;
    let (mut sara, sara_user) = house.signed_in("sara", "Sara Prøve", &["gjerstad"]).await;
    house.clear(&sara_user, "gjerstad").await;
    let planted = house.plant(Plant { protected: true, ..Plant::default() }).await;
    let path = format!("/items/{}", planted.item);
    let fields = |login: &'static str, name: &'static str| {
        [("unit", "gjerstad"), ("login", login), ("name", name), ("role", "case_worker"), ("cleared", "1")]
    };

    // A link opens all doors of one who has roles elsewhere too: the button is not there, and it is said why.
    for (login, units) in [("lise", &["gjerstad"][..]), ("ola", &["gjerstad", "risor"])] {
        house.signed_in(login, &format!("{login} Prøve"), units).await;
        let page = dag.get("/people").await;
        let row = page.body.split("<tr").find(|it| it.contains(&format!(">{login}<"))).unwrap();
        let is_elsewhere = row.contains("Har roller i andre enheter");
        assert_eq!((row.contains("/people/link"), is_elsewhere), (login == "lise", login == "ola"), "{row}");
    }

    // Who is not cleared clears nobody, makes no link to one who is, and is told why there is no box.
    let page = dag.get("/people").await;
    assert!(!page.body.contains("id=\"people-cleared\""), "{}", page.body);
    assert!(page.body.contains("gis bare av en som selv er klarert"), "{}", page.body);
    let row = page.body.split("<tr").find(|it| it.contains(">sara<")).unwrap();
    assert!(!row.contains("/people/link"), "{row}");
    let refused = dag.post("/people/give", &fields("falska", "Falsk A"), &page).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("gis bare av en som selv er klarert"), "{}", refused.body);

    // One who is cleared does, and is with those they have cleared still only one; which the cleared are shown.
    house.clear(&dag_user, "gjerstad").await;
    let page = dag.get("/people").await;
    let row = page.body.split("<tr").find(|it| it.contains(">sara<")).unwrap();
    assert!(!row.contains("/people/link") && row.contains("bare fra den som driver innboksen"), "{row}");
    let (_, per) = house.signed_in("per", "Per Prøve", &["gjerstad"]).await;
    let page = dag.get("/people").await;
    let made = dag.post("/people/link", &[("login", "per")], &page).await;
    assert!(made.status == StatusCode::OK && made.body.contains("/first/"), "{}", made.body);
    let ended = made.body.split("/first/").nth(1).unwrap().split('<').next().unwrap();
    let page = dag.get("/people").await;
    house.clear(&per, "gjerstad").await;
    assert_eq!(
        house.browser().get(&format!("/first/{ended}")).await.status,
        StatusCode::GONE,
        "nor by one from before"
    );
    for login in ["sara", "per"] {
        assert_eq!(dag.post("/people/link", &[("login", login)], &page).await.status, StatusCode::FORBIDDEN, "{login}");
    }
    let mut shadows = Vec::new();
    for (login, name) in [("falska", "Falsk A"), ("falskb", "Falsk B")] {
        let page = dag.get("/people").await;
        assert!(page.body.contains("id=\"people-cleared\""), "{}", page.body);
        let given = dag.post("/people/give", &fields(login, name), &page).await;
        assert_eq!(given.status, StatusCode::OK, "{}", given.body);
        let link = given.body.split("/first/").nth(1).unwrap().split('<').next().unwrap();
        let (mut browser, first) = (house.browser(), format!("/first/{link}"));
        let form = browser.get(&first).await;
        let password = super::support::PASSWORD;
        browser.post(&first, &[("password", password), ("repeat", password)], &form).await;
        shadows.push(browser);
    }
    let [mut one, mut other]: [super::support::Browser; 2] = shadows.try_into().ok().unwrap();
    let cover = one.get(&path).await;
    one.post(&format!("{path}/second"), &[("because", "work")], &cover).await;
    for browser in [&mut other, &mut dag] {
        let list = browser.get("/second").await;
        assert!(list.body.contains("regnes ikke som to"), "{}", list.body);
        assert!(!list.actions().into_iter().any(|it| it.contains("/second/")), "there is no button");
        assert!(!browser.get("/").await.body.contains("1 venter på at du godkjenner"));
    }
    assert!(one.get(&path).await.key(&format!("{path}/open")).is_none());
    let told = sara.get("/").await.body;
    assert!(told.contains("4 er klarert for gradert adresse de siste 14 dagene"), "{told}");
    let told = sara.get("/second").await.body;
    assert!(told.contains("Falsk A, ") && told.contains(", av dag Prøve"), "{told}");
    assert!(told.contains("av den som driver innboksen"), "{told}");

    // With one whom the operator cleared they are two.
    house.agreed_to(&planted, &mut one, &mut sara).await;
    assert!(one.get(&path).await.key(&format!("{path}/open")).is_some());
    house.clock.advance(Duration::from_secs(14 * 24 * 60 * 60 + 1));
    assert!(!house.signed_in_again("sara").await.get("/").await.body.contains("de siste 14 dagene"));
}

/// A second clearance is an ordinary act, and made one person two with an account of their own.
#[tokio::test]
async fn whom_two_have_cleared_is_not_two_with_their_own_shadow() {
    let house = House::new().await;
    let (mut anne, anne_user) = house.signed_in_as("anne", Role::Leader, "gjerstad").await;
    let (mut bert, bert_user) = house.signed_in_as("bert", Role::DirectoryAdministrator, "gjerstad").await;
    let cleared = |role| Membership { role, clearance: Clearance::Graded, ..membership("gjerstad") };
    house.grant(&anne_user, cleared(Role::Leader)).await;
    house.grant(&bert_user, cleared(Role::DirectoryAdministrator)).await;
    let planted = house.plant(Plant { protected: true, ..Plant::default() }).await;
    let path = format!("/items/{}", planted.item);
    let give = async |browser: &mut super::support::Browser, login: &str, name: &str| {
        let page = browser.get("/people").await;
        let fields =
            [("unit", "gjerstad"), ("login", login), ("name", name), ("role", "case_worker"), ("cleared", "1")];
        browser.post("/people/give", &fields, &page).await
    };

    assert_eq!(give(&mut bert, "anne", "").await.location(), "/people?done=given");
    let made = give(&mut anne, "skygge", "Skygge A").await;
    let link = made.body.split("/first/").nth(1).unwrap().split('<').next().unwrap();
    let (mut shadow, first) = (house.browser(), format!("/first/{link}"));
    let form = shadow.get(&first).await;
    let password = super::support::PASSWORD;
    shadow.post(&first, &[("password", password), ("repeat", password)], &form).await;

    let cover = anne.get(&path).await;
    anne.post(&format!("{path}/second"), &[("because", "work")], &cover).await;
    let list = shadow.get("/second").await;
    assert!(list.body.contains("regnes ikke som to") && !list.actions().iter().any(|it| it.contains("/second/")));
    let agree = format!("{path}/second/{}", anne_user.id);
    // Nor for one who makes the button themselves.
    let token = Token::parse(shadow.cookies[COOKIE].split('.').next().unwrap()).unwrap();
    let (session, _) = house.store.session(token.sha256(), start()).await.unwrap().unwrap();
    let key = form_key::draw(&session.form_secret, &agree);
    assert_eq!(shadow.post_bare(&agree, &[("key", &key)]).await.status, StatusCode::FORBIDDEN);
    assert!(anne.get(&path).await.key(&format!("{path}/open")).is_none());
    assert!(!house.actions(&planted).await.contains(&"second_agreed".to_owned()));
}

/// The warning went away when one was cleared who can neither open nor agree.
#[tokio::test]
async fn people_warns_until_two_can_open_and_says_whose_giver_is_cleared_no_more() {
    let house = House::new().await;
    let (mut dag, _) = house.signed_in_as("dag", Role::DirectoryAdministrator, "gjerstad").await;
    let cleared = |role| Membership { role, clearance: Clearance::Graded, ..membership("gjerstad") };
    let warning = "Ingen her kan åpne meldinger om gradert adresse";
    let mut leader = None;
    for (login, role, warns) in [
        ("kari", Role::CaseWorker, true),
        ("rolf", Role::Auditor, true),
        ("admin", Role::DirectoryAdministrator, true),
        ("moa", Role::Member, true),
        ("system:arkiv", Role::CaseWorker, true),
        ("lise", Role::Leader, false),
    ] {
        let (_, user) = house.signed_in(login, &format!("{login} Prøve"), &[]).await;
        house.grant(&user, cleared(role)).await;
        assert_eq!(dag.get("/people").await.body.contains(warning), warns, "{login}");
        leader = Some(user);
    }

    let leader = leader.unwrap();
    let by = crate::storage::Actor::Person { id: leader.id.to_string(), name: leader.display_name.clone() };
    let (_, per) = house.signed_in("per", "Per Prøve", &[]).await;
    house.store.grant(per.id, &cleared(Role::CaseWorker), &by, start()).await.unwrap();
    let told = "Klarert av lise Prøve, som ikke er klarert lenger";
    assert!(!dag.get("/people").await.body.contains(told));
    let held = house.store.memberships(leader.id).await.unwrap();
    house.store.end_membership(held[0].id, None, &crate::storage::Actor::House, start()).await.unwrap();
    let page = dag.get("/people").await.body;
    let rows: Vec<&str> = page.split("<tr").filter(|it| it.contains(told)).collect();
    assert!(rows.len() == 1 && rows[0].contains(">per<"), "{rows:?}");
}

/// What is written beside a reason, and in a task, is of the case, and was shown to whoever had a password.
#[tokio::test]
async fn what_is_written_of_a_case_asks_for_as_much_as_the_case() {
    let house = House::with(InboxConfig { content_proof_seconds_max: 600, ..plain() }).await;
    let (mut kari, kari_user) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut ola, ola_user) = house.signed_in("ola", "Ola Prøve", &["gjerstad"]).await;
    for user in [&kari_user, &ola_user] {
        house.clear(user, "gjerstad").await;
    }
    let planted = house.plant(Plant { protected: true, ..Plant::default() }).await;
    let path = format!("/items/{}", planted.item);
    let cover = kari.get(&path).await;
    let said = "Naboen i Vestgata ringte";
    kari.post(&format!("{path}/second"), &[("because", "contact"), ("text", said)], &cover).await;
    assert!(ola.get("/second").await.body.contains(said));

    let answers = ola.get("/second").await;
    house.clock.advance(Duration::from_secs(601));
    // A reason that was written while it was still enough is not lost either.
    let refuse = answers.actions().into_iter().find(|it| it.ends_with("/refuse")).unwrap().to_owned();
    let kept = ola.post(&refuse, &[("because", "other"), ("text", "Spør lederen først")], &answers).await;
    assert!(kept.status != StatusCode::SEE_OTHER && kept.body.contains("Spør lederen først"), "{}", kept.body);
    let list = ola.get("/second").await.body;
    assert!(!list.contains(said) && list.contains("Bekreft hvem du er for å se det som er skrevet"), "{list}");
    assert!(!ola.get(&path).await.body.contains(said));
    let other = house.plant(Plant::default()).await;
    house.give(&other, "gjerstad", &ola_user).await;
    let mut ola = house.signed_in_again("ola").await;
    let case = format!("/items/{}", other.item);
    let page = ola.get(&case).await;
    let fields = [("kind", TaskKind::ALL[0].code()), ("text", "Ring BUP om Tuva"), ("due", "2026-12-01")];
    let added = ola.post(&format!("{case}/tasks"), &fields, &page).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    assert!(ola.get("/tasks").await.body.contains("Ring BUP om Tuva"));
    house.clock.advance(Duration::from_secs(601));
    let list = ola.get("/tasks").await.body;
    assert!(!list.contains("Ring BUP om Tuva") && list.contains("/prove?next=/tasks"), "{list}");
}

/// One who lost the clearance within the eight hours waits for nobody any more.
#[tokio::test]
async fn who_is_cleared_no_more_is_not_asked_for() {
    let house = House::new().await;
    let (mut kari, kari_user) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut ola, ola_user) = house.signed_in("ola", "Ola Prøve", &["gjerstad"]).await;
    house.clear(&kari_user, "gjerstad").await;
    house.clear(&ola_user, "gjerstad").await;
    let planted = house.plant(Plant { protected: true, ..Plant::default() }).await;
    let path = format!("/items/{}", planted.item);
    let cover = kari.get(&path).await;
    kari.post(&format!("{path}/second"), &[("because", "work")], &cover).await;
    assert!(ola.get("/second").await.body.contains(&planted.reference));
    let held = house.store.memberships(kari_user.id).await.unwrap();
    let cleared = held.iter().find(|it| it.clearance == Clearance::Graded).unwrap();
    house.store.end_membership(cleared.id, None, &crate::storage::Actor::House, start()).await.unwrap();
    let list = ola.get("/second").await.body;
    assert!(!list.contains(&planted.reference) && list.contains("Ingen venter på deg"), "{list}");
}

/// A unit's own people gave a case system of another municipality their cases, and made people who look like one.
#[tokio::test]
async fn nobody_gives_a_role_to_a_case_system_or_makes_one_on_the_page() {
    let house = House::new().await;
    let (mut dag, _) = house.signed_in_as("dag", Role::DirectoryAdministrator, "gjerstad").await;
    let (_, system) = house.signed_in("system:epj", "epj (system)", &["karmoy"]).await;
    for login in ["system:epj", "System:Arkiv"] {
        let page = dag.get("/people").await;
        let fields = [("unit", "gjerstad"), ("login", login), ("name", "arkiv (system)"), ("role", "case_worker")];
        let refused = dag.post("/people/give", &fields, &page).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{login}");
        assert!(refused.body.contains("bestemmer den som driver innboksen"), "{}", refused.body);
    }
    assert_eq!(house.store.memberships(system.id).await.unwrap().len(), 1);
    assert!(house.store.user_by_login("system:arkiv").await.unwrap().is_none());

    // Nor is a case given to one.
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["karmoy"]).await;
    let planted = house.plant(Plant { unit: "karmoy", ..Plant::default() }).await;
    let path = format!("/items/{}", planted.item);
    let list = kari.get("/").await;
    kari.post(&format!("{path}/open"), &[], &list).await;
    let form = kari.get(&format!("{path}/do/given")).await;
    assert!(!form.body.contains("epj (system)"), "{}", form.body);
}

#[tokio::test]
async fn one_whose_role_begins_later_or_has_ended_is_told_the_day() {
    let house = House::new().await;
    let day = Duration::from_secs(24 * 60 * 60);
    let (mut later, user) = house.signed_in("ny", "Nina Ny", &[]).await;
    assert!(later.get("/").await.body.contains("ikke knyttet til noen enhet"));
    house.grant(&user, Membership { from: start().plus(day), ..membership("gjerstad") }).await;
    let told = later.get("/").await.body;
    assert!(told.contains("Tilgangen din begynner 6. oktober") && !told.contains("ikke knyttet"), "{told}");

    let (mut over, user) = house.signed_in("gammel", "Guri Gammel", &[]).await;
    house.grant(&user, Membership { to: Some(start().plus(Duration::from_secs(60))), ..membership("gjerstad") }).await;
    house.clock.advance(Duration::from_secs(61));
    let told = over.get("/").await.body;
    assert!(told.contains("Tilgangen din gikk ut 5. oktober"), "{told}");
}

#[tokio::test]
async fn a_graded_case_is_unseen_by_the_uncleared_and_opened_by_two() {
    let house = House::new().await;
    let (mut kari, kari_user) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut ola, ola_user) = house.signed_in("ola", "Ola Prøve", &["gjerstad"]).await;
    let (mut uncleared, _) = house.signed_in("per", "Per Prøve", &["gjerstad"]).await;
    for user in [&kari_user, &ola_user] {
        house.clear(user, "gjerstad").await;
    }
    let planted = house.plant(Plant { protected: true, name: "Noor Fantasi".to_owned(), ..Plant::default() }).await;
    let path = format!("/items/{}", planted.item);

    let list = uncleared.get("/").await;
    assert!(!list.body.contains(&planted.reference));
    assert!(list.body.contains("Enheten har 1 melding under arbeid"), "nothing is forgotten: {}", list.body);
    assert_eq!(uncleared.get(&path).await.status, StatusCode::NOT_FOUND);

    let cover = kari.get(&path).await;
    assert!(!cover.body.contains("Tjenestekontoret i Gjerstad (eksempel)</dd>"), "the unit tells the municipality");
    assert!(cover.key(&format!("{path}/open")).is_none());
    let early = kari.get(&format!("{path}/attachments/1")).await;
    assert_eq!(early.status, StatusCode::FORBIDDEN);
    kari.post(&format!("{path}/second"), &[("because", "work")], &cover).await;
    assert!(kari.get(&path).await.body.contains("Når en annen har godkjent"));
    assert!(!kari.get("/second").await.body.contains(&planted.reference), "not by oneself");
    assert!(ola.get("/").await.body.contains("1 venter på at du godkjenner"));
    house.agreed_to(&planted, &mut kari, &mut ola).await;

    let cover = kari.get(&path).await;
    kari.post(&format!("{path}/open"), &[], &cover).await;
    assert!(kari.get(&path).await.body.contains("letter-heading"));
    assert!(!ola.get(&path).await.body.contains("letter-heading"), "each opening has a second person of its own");
    house.clock.advance(Duration::from_secs(9 * 60 * 60));
    let actions = house.actions(&planted).await;
    for told in ["second_asked", "second_agreed", "opened", "viewed", "access_denied"] {
        assert!(actions.contains(&told.to_owned()), "{told}: {actions:?}");
    }
}

/// The journal lacked why, and the second person could only say yes.
#[tokio::test]
async fn who_asks_to_open_says_why_and_is_told_what_came_of_it() {
    let house = House::new().await;
    let (mut kari, kari_user) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut ola, ola_user) = house.signed_in("ola", "Ola Prøve", &["gjerstad"]).await;
    let (mut rolf, rolf_user) = house.signed_in_as("rolf", Role::Auditor, "gjerstad").await;
    for user in [&kari_user, &ola_user] {
        house.clear(user, "gjerstad").await;
    }
    let cleared = Membership { role: Role::Auditor, clearance: Clearance::Graded, ..membership("gjerstad") };
    house.grant(&rolf_user, cleared).await;
    let planted = house.plant(Plant { protected: true, ..Plant::default() }).await;
    let path = format!("/items/{}", planted.item);
    let ask = format!("{path}/second");

    // Without a reason nothing is asked; what was written stays.
    let cover = kari.get(&path).await;
    for (because, text, wrong) in [
        ("", "Moren ringte", "Velg en grunn."),
        ("anything", "", "Velg en grunn."),
        ("other", " ", "Skriv hva grunnen er."),
        ("work", "a".repeat(501).as_str(), "Skriv høyst 500 tegn."),
    ] {
        let answer = kari.post(&ask, &[("because", because), ("text", text)], &cover).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{because}");
        assert!(answer.body.contains(&format!("-error\">{wrong}</p>")) && answer.body.contains(text.trim()), "{wrong}");
    }
    assert!(!ola.get("/second").await.body.contains(&planted.reference));
    let said = "Naboen deres ringte om Snåsa";
    kari.post(&ask, &[("because", "contact"), ("text", said)], &cover).await;
    assert!(kari.get(&path).await.body.contains("Grunn: Noen har tatt kontakt om saken"));

    // The other sees why, and says no.
    for place in ["/second", path.as_str()] {
        let page = ola.get(place).await;
        assert!(page.body.contains("Noen har tatt kontakt om saken") && page.body.contains(said), "{place}");
    }
    let list = ola.get("/second").await;
    let refuse = list.actions().into_iter().find(|it| it.ends_with("/refuse")).unwrap().to_owned();
    let without = ola.post(&refuse, &[("because", "other")], &list).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    let close = "Du er søskenbarn";
    let done = ola.post(&refuse, &[("because", "too_close"), ("text", close)], &list).await;
    assert_eq!(done.location(), "/second?said=refused");
    let list_after = ola.get(done.location()).await;
    assert!(list_after.body.contains("Åpningen er avslått.") && !list_after.body.contains(&planted.reference));
    let again = ola.post(&refuse, &[("because", "too_close")], &list).await;
    assert_eq!(again.location(), "/second?said=gone", "once");

    let cover = kari.get(&path).await;
    for told in ["Avslått av Ola Prøve, 5. oktober 2026 kl. 10.00.", "Står for nær personen saken gjelder", close] {
        assert!(cover.body.contains(told), "{told}: {}", cover.body);
    }
    assert_eq!(kari.get(&format!("{path}/attachments/1")).await.status, StatusCode::FORBIDDEN);

    // Asked anew, and agreed to.
    kari.post(&ask, &[("because", "urgent")], &cover).await;
    assert!(!kari.get(&path).await.body.contains("Avslått av"));
    // Whoever is asked now sees the no that was said, and may say another.
    for place in ["/second", path.as_str()] {
        let page = ola.get(place).await.body;
        for told in ["Avslått av Ola Prøve, 5. oktober 2026", "Står for nær personen saken gjelder", close] {
            assert!(page.contains(told), "{place}, {told}: {page}");
        }
    }
    house.agreed_to(&planted, &mut kari, &mut ola).await;
    let cover = kari.get(&path).await;
    let told = "Godkjent av Ola Prøve, 5. oktober 2026 kl. 10.00. Gjelder til 5. oktober 2026 kl. 18.00.";
    assert!(cover.body.contains(told), "{}", cover.body);

    // The journal tells the reasons, and never what was written.
    let lines: Vec<(String, String)> = house.journal().await.into_iter().map(|it| (it.action, it.detail)).collect();
    for (action, detail) in [
        ("second_asked", "contact"),
        ("second_refused", "kari; too_close"),
        ("second_asked", "urgent"),
        ("second_agreed", "kari"),
    ] {
        assert!(lines.contains(&(action.to_owned(), detail.to_owned())), "{action} {detail}: {lines:?}");
    }
    assert!(!lines.iter().any(|it| it.1.contains("Snåsa") || it.1.contains("søskenbarn")));
    let journal = rolf.get("/journal").await.body;
    for told in ["Noen har tatt kontakt om saken", "avslo åpning", "for kari: Står for nær personen saken gjelder"] {
        assert!(journal.contains(told), "{told}: {journal}");
    }
    assert!(!journal.contains("Snåsa") && !journal.contains("søskenbarn"));
}
