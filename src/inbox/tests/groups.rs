//! Groups that meet: the secretary's and the leader's work, and what a member sees of it.

use super::support::Answer;
use super::support::Browser;
use super::support::House;
use super::support::Plant;
use super::support::Planted;
use crate::domain::ActKind;
use crate::domain::ItemState;
use crate::domain::Role;
use crate::storage::QueueStore as _;
use axum::http::StatusCode;
use std::collections::BTreeMap;
use std::time::Duration;

const GROUP: &str = "/groups/gruppe";
/// What minutes say, and nobody else may see.
const SAID: &str = "Helt særskilt opplysning fra møtet";

async fn plant(house: &House, urgent: bool) -> Planted {
    house.plant(Plant { unit: "gruppe", urgent, ..Plant::default() }).await
}

/// The secretary calls a meeting on `day`, noon.
async fn call(browser: &mut Browser, day: &str) -> Answer {
    let page = browser.get(GROUP).await;
    let fields = [("day", day), ("time", "12:00"), ("minutes", "60"), ("place", "Møterom 2")];
    browser.post(GROUP, &fields, &page).await
}

/// The address of the first meeting that a page leads to.
fn meeting_of(page: &Answer) -> String {
    let rest = page.body.split(&format!("href=\"{GROUP}/meetings/")).nth(1).unwrap();
    format!("{GROUP}/meetings/{}", rest.split(['"', '/']).next().unwrap())
}

/// What a meeting's page says before the cases that wait.
fn on_agenda(page: &Answer) -> &str {
    page.body.split("waiting-heading").next().unwrap()
}

/// seed: G-18, K-16
#[tokio::test]
async fn a_meeting_in_forty_five_days_warns_on_the_case_in_the_list_and_on_the_groups_page() {
    let house = House::new().await;
    let (mut siri, _) = house.signed_in_as("siri", Role::Secretary, "gruppe").await;
    let (mut mona, _) = house.signed_in_as("mona", Role::Member, "gruppe").await;
    let planted = plant(&house, false).await;
    let case = format!("/items/{}", planted.item);

    // 5 October and 45 days.
    assert_eq!(call(&mut siri, "2026-11-19").await.status, StatusCode::SEE_OTHER);
    let group = siri.get(GROUP).await;
    assert!(group.body.contains("19. november 2026 kl. 12.00") && group.body.contains("Møterom 2"));
    assert!(group.body.contains("1 sak må vente mer enn en måned"), "{}", group.body);
    let list = siri.get("/").await;
    assert!(list.body.contains("Møtet er 45 dager etter mottak"));
    assert!(siri.get(&case).await.body.contains("Møtet er 45 dager etter mottak"));

    // A meeting within the month takes the warning away, for what is on its agenda too.
    assert_eq!(call(&mut siri, "2026-10-20").await.status, StatusCode::SEE_OTHER);
    let group = siri.get(GROUP).await;
    assert!(!group.body.contains("mer enn en måned") && group.body.contains("20. oktober 2026"));
    let put = format!("{}/put", meeting_of(&group));

    // A member makes no agenda: there is no button, and who asks all the same is refused by role and noted.
    assert!(mona.get(GROUP).await.key(&put).is_none());
    let item = planted.item.to_string();
    let refused = mona.post_bare(&put, &[("key", "x"), ("item", &item)]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let noted = house.journal().await.into_iter().rfind(|it| it.action == "access_denied").unwrap();
    assert_eq!(
        (noted.actor_name.as_str(), noted.detail.as_str()),
        ("mona Prøve", "put on an agenda in gruppe: not by role")
    );
    assert!(!on_agenda(&siri.get(&meeting_of(&group)).await).contains(&planted.reference));

    let done = siri.post(&put, &[], &group).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let page = siri.get(&case).await;
    assert!(page.body.contains("sak 1 på sakslisten"), "{}", page.body);
    assert!(!page.body.contains("dager etter mottak"));
    assert!(house.actions(&planted).await.contains(&"agenda_put".to_owned()));
}

/// seed in part: L-13
#[tokio::test]
async fn the_leader_calls_an_extraordinary_meeting_about_what_is_urgent_with_one_act() {
    let house = House::new().await;
    let (mut leader, _) = house.signed_in_as("leder", Role::Leader, "gruppe").await;
    let (mut member, _) = house.signed_in_as("medlem", Role::Member, "gruppe").await;
    let (ordinary, urgent) = (plant(&house, false).await, plant(&house, true).await);
    assert_eq!(call(&mut leader, "2026-11-02").await.status, StatusCode::SEE_OTHER);

    let page = leader.get(GROUP).await;
    assert!(page.body.contains("1 sak haster og kan ikke vente"), "{}", page.body);
    let action = format!("{GROUP}/urgent");
    assert!(member.get(GROUP).await.key(&action).is_none(), "a member calls no meeting");
    let soon = [("day", "2026-10-07"), ("time", "09:30"), ("minutes", "45"), ("place", "")];
    assert_eq!(leader.post(&action, &soon, &page).await.status, StatusCode::SEE_OTHER);

    let page = leader.get(GROUP).await;
    assert!(!page.body.contains("kan ikke vente") && page.body.contains("7. oktober 2026 kl. 09.30"));
    assert!(page.body.contains("Ekstraordinært"));
    let meeting = leader.get(&meeting_of(&page)).await;
    let agenda = on_agenda(&meeting);
    assert!(agenda.contains(&urgent.reference) && !agenda.contains(&ordinary.reference));
    let journal = house.journal().await;
    assert!(journal.iter().any(|it| it.action == "meeting_called" && it.detail.contains("extraordinary")));
    let queued = house.store.queue(crate::domain::DeliveryState::Queued, 9).await.unwrap();
    assert_eq!(queued.len(), 2, "the group is told of both meetings");
}

/// seed: L-16
#[tokio::test]
async fn the_invitation_has_nothing_about_anybody() {
    let house = House::new().await;
    let (mut siri, _) = house.signed_in_as("siri", Role::Secretary, "gruppe").await;
    let planted =
        house.plant(Plant { unit: "gruppe", person_id: Some("05818530120".to_owned()), ..Plant::default() }).await;
    call(&mut siri, "2026-10-20").await;
    let group = siri.get(GROUP).await;
    let meeting = meeting_of(&group);
    siri.post(&format!("{meeting}/put"), &[], &group).await;

    let file = siri.get(&format!("{meeting}/invitation.ics")).await;

    assert_eq!(file.headers["content-type"], "text/calendar; charset=utf-8");
    assert!(file.headers["content-disposition"].to_str().unwrap().starts_with("attachment; filename=\"meeting-"));
    assert!(file.body.contains("DTSTART:20261020T100000Z"), "{}", file.body);
    for it in ["Åse", "Testdal", "05818530120", planted.reference.as_str(), "siri", "Eksempel sykehus"] {
        assert!(!file.body.contains(it), "{it}: {}", file.body);
    }
    let mut stranger = house.signed_in_as("fremmed", Role::Secretary, "gjerstad").await.0;
    assert_eq!(stranger.get(&format!("{meeting}/invitation.ics")).await.status, StatusCode::NOT_FOUND);
    let sly = [("day", "2026-10-21"), ("time", "12:00"), ("minutes", "60"), ("place", "Hos 05818530120")];
    let refused = siri.post(GROUP, &sly, &group).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("kan ikke ha et langt tall"));
}

/// seed: L-28
/// seed in part: G-19, K-22
#[tokio::test]
async fn what_the_meeting_gave_a_member_to_do_is_seen_by_that_member_and_not_by_another() {
    let house = House::new().await;
    let (mut siri, _) = house.signed_in_as("siri", Role::Secretary, "gruppe").await;
    let (mut mona, mona_user) = house.signed_in_as("mona", Role::Member, "gruppe").await;
    let (mut nils, _) = house.signed_in_as("nils", Role::Member, "gruppe").await;
    let (planted, kept) = (plant(&house, false).await, plant(&house, false).await);
    let case = format!("/items/{}", planted.item);
    call(&mut siri, "2026-10-20").await;
    let list = siri.get("/").await;
    siri.post(&format!("{case}/open"), &[], &list).await;

    assert_eq!(mona.get(&case).await.status, StatusCode::NOT_FOUND, "it is not lifted");
    let group = siri.get(GROUP).await;
    let meeting = meeting_of(&group);
    siri.post(&format!("{meeting}/put"), &[("item", &planted.item.to_string())], &group).await;
    let list = mona.get("/?tab=group").await;
    assert!(list.body.contains(&planted.reference) && !list.body.contains(&kept.reference));
    assert!(list.body.contains("Gruppens <span class=\"count\" data-tab=\"group\">(1)</span>"), "{}", list.body);

    let write = format!("{meeting}/items/{}", planted.item);
    assert_eq!(mona.get(&write).await.status, StatusCode::FORBIDDEN, "a member writes no minutes");
    let form = siri.get(&write).await;
    let half = [("said", SAID), ("task", "Ring skolen"), ("due", "")];
    assert_eq!(siri.post(&write, &half, &form).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let owner = mona_user.id.to_string();
    let fields = [
        ("said", SAID),
        ("decision", "GRUPPEN_FOLGER_OPP"),
        ("task", "Ring skolen"),
        ("assignee", owner.as_str()),
        ("due", "2026-10-30"),
    ];
    assert_eq!(siri.post(&write, &fields, &form).await.status, StatusCode::SEE_OTHER);

    for browser in [&mut siri, &mut mona, &mut nils] {
        let page = browser.get(&case).await;
        assert!(page.body.contains(SAID), "those who read the case read what was said of it");
        assert!(page.body.contains("Gruppen følger opp"));
    }
    assert!(mona.get(&case).await.body.contains("Ring skolen"));
    assert!(siri.get(&case).await.body.contains("Ring skolen"));
    assert!(!nils.get(&case).await.body.contains("Ring skolen"), "what another was given is not for everybody");
    assert!(mona.get("/tasks").await.body.contains("Ring skolen"));
    assert!(!nils.get("/tasks").await.body.contains("Ring skolen"));
    let done = house.actions(&planted).await;
    assert!(done.contains(&"minutes_written".to_owned()) && done.contains(&"task_given".to_owned()));
    assert!(house.journal().await.iter().all(|it| !it.detail.contains(SAID) && !it.detail.contains("skolen")));
}

#[tokio::test]
async fn a_meeting_is_moved_called_off_and_its_order_changed_by_those_who_arrange_it() {
    let house = House::new().await;
    let (mut siri, _) = house.signed_in_as("siri", Role::Secretary, "gruppe").await;
    let (mut mona, _) = house.signed_in_as("mona", Role::Member, "gruppe").await;
    let (one, two) = (plant(&house, false).await, plant(&house, false).await);
    call(&mut siri, "2026-10-20").await;
    let group = siri.get(GROUP).await;
    let meeting = meeting_of(&group);
    siri.post(&format!("{meeting}/put"), &[], &group).await;

    let page = siri.get(&meeting).await;
    let first = |page: &Answer| page.body.find(&one.reference) < page.body.find(&two.reference);
    let before = first(&page);
    let later = if before { &one } else { &two };
    let order = format!("{meeting}/order");
    let fields = [("item", later.item.to_string()), ("to", "later".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(siri.post(&order, &fields, &page).await.status, StatusCode::SEE_OTHER);
    let page = siri.get(&meeting).await;
    assert_ne!(first(&page), before);
    assert!(mona.get(&meeting).await.key(&order).is_none());

    let change = format!("{meeting}/move");
    let past = [("day", "2026-10-01"), ("time", "12:00"), ("minutes", "60"), ("place", "")];
    let refused = siri.post(&change, &past, &page).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let ahead = [("day", "2026-10-22"), ("time", "14:15"), ("minutes", "60"), ("place", "Møterom 3")];
    siri.post(&change, &ahead, &page).await;
    assert!(siri.get(GROUP).await.body.contains("22. oktober 2026 kl. 14.15"));
    let page = siri.get(&meeting).await;
    siri.post(&format!("{meeting}/cancel"), &[], &page).await;
    let group = siri.get(GROUP).await;
    assert!(group.body.contains("Ingen møter er planlagt") && group.body.contains("Avlyst"));
    assert!(group.body.contains("Venter på møte <span class=\"count\">(2)</span>"), "{}", group.body);
    let actions: Vec<String> = house.journal().await.into_iter().map(|it| it.action).collect();
    for it in ["meeting_called", "meeting_moved", "meeting_cancelled"] {
        assert!(actions.contains(&it.to_owned()), "{it}");
    }
}

/// Lifted by Kari, discussed by the group; a member and the secretary print it, and the leader, who reads no case.
#[tokio::test]
async fn a_meeting_on_paper_names_the_group_why_each_case_was_lifted_and_what_was_said() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut siri, _) = house.signed_in_as("siri", Role::Secretary, "gruppe").await;
    let (mut leader, _) = house.signed_in_as("leder", Role::Leader, "gruppe").await;
    let planted = house.plant(Plant::default()).await;
    let case = format!("/items/{}", planted.item);
    let list = kari.get("/").await;
    kari.post(&format!("{case}/open"), &[], &list).await;
    let lift = kari.get(&format!("{case}/do/lifted")).await;
    assert!(lift.body.contains("Trinn II: prøvd løst sammen med andre tjenester"), "{}", lift.body);
    let fields = [("group", "gruppe"), ("reason", "TVIL_OM_ANSVAR"), ("step", "II")];
    kari.post(&format!("{case}/do/lifted"), &fields, &lift).await;
    let theirs = opened(&mut siri).await;
    call(&mut siri, "2026-10-06").await;
    let why = "Løftet fordi: Tvil om hvem som har ansvaret. Trinn II: prøvd løst sammen";
    let group = siri.get(GROUP).await;
    assert!(group.body.contains(why), "what waits says why: {}", group.body);
    let meeting = meeting_of(&group);
    siri.post(&format!("{meeting}/put"), &[], &group).await;
    let page = siri.get(&meeting).await.body;
    assert!(page.contains(why) && page.contains(&format!("href=\"{meeting}/print\"")), "{page}");
    let write = format!("{meeting}{theirs}");
    let form = siri.get(&write).await;
    let fields = [("said", SAID), ("decision", "AVKLART")];
    assert_eq!(siri.post(&write, &fields, &form).await.status, StatusCode::SEE_OTHER);
    let read = |lines: Vec<String>| lines.iter().filter(|it| *it == "minutes_read").count();
    let before = read(house.actions(&planted).await);

    let paper = siri.get(&format!("{meeting}/print")).await.body;

    let group = "gruppe";
    assert!(paper.contains(&format!("<h1>Møte · {group}</h1>")), "{paper}");
    let our = paper.split("<header class=\"running\">").nth(1).unwrap().split("</header>").next().unwrap();
    let reference = paper.split("<dt>Referanse</dt><dd>").nth(1).unwrap().split('<').next().unwrap();
    assert!(our.contains(group) && our.contains(reference), "on each page: {our}");
    for it in [SAID, "Tvil om hvem som har ansvaret. Trinn II", "Avklart", "siri Prøve", &planted.reference] {
        assert!(paper.contains(it), "{it}: {paper}");
    }
    assert_eq!(read(house.actions(&planted).await), before + 1, "who printed the minutes has read them");
    let theirs = leader.get(&format!("{meeting}/print")).await.body;
    assert!(theirs.contains(&planted.reference) && theirs.contains("Referatet er skrevet, men er ikke med her"));
    assert!(!theirs.contains(SAID));
    assert_eq!(kari.get(&format!("{meeting}/print")).await.status, StatusCode::NOT_FOUND);
}

/// The addresses of the meetings that a page offers in its choice of meeting.
fn choice(page: &Answer) -> Vec<String> {
    let select = page.body.split("name=\"meeting\">").nth(1).unwrap_or_default();
    let select = select.split("</select>").next().unwrap_or_default();
    select.split("value=\"").skip(1).map(|it| it.split('"').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_case_is_put_on_whichever_planned_meeting_one_chooses_and_moved_to_another_in_one_act() {
    let house = House::new().await;
    let (mut siri, _) = house.signed_in_as("siri", Role::Secretary, "gruppe").await;
    let (one, two) = (plant(&house, false).await, plant(&house, false).await);
    for day in ["2026-10-20", "2026-10-06"] {
        assert_eq!(call(&mut siri, day).await.status, StatusCode::SEE_OTHER);
    }
    let group = siri.get(GROUP).await;
    let (soon, both) = (meeting_of(&group), choice(&group));
    let later = format!("{GROUP}/meetings/{}", both[1]);
    assert!(both.len() == 2 && soon.ends_with(&both[0]), "the next one first: {both:?}");

    // On the group's page the second of the two is chosen; on that meeting's own page what waits can be put too.
    let item = one.item.to_string();
    let put = siri.post(&format!("{soon}/put"), &[("item", &item), ("meeting", &both[1])], &group).await;
    assert_eq!(put.status, StatusCode::SEE_OTHER);
    let page = siri.get(&later).await;
    assert!(page.body.contains("Venter på møte <span class=\"count\">(1)</span>"), "{}", page.body);
    let item = two.item.to_string();
    let put = siri.post(&format!("{later}/put"), &[("item", &item), ("back", "meeting")], &page).await;
    assert_eq!(put.location(), format!("{later}?done=put"));
    let page = siri.get(&later).await;
    assert!(page.body.contains(&one.reference) && page.body.contains(&two.reference), "{}", page.body);
    assert!(!siri.get(&soon).await.body.contains(&one.reference));
    assert!(siri.get(GROUP).await.body.contains("Ingen saker venter."));

    let order = format!("{later}/order");
    let there = [("item", item.as_str()), ("to", "other"), ("meeting", &both[0])];
    assert_eq!(siri.post(&order, &there, &page).await.location(), format!("{later}?done=other"));
    assert!(siri.get(&soon).await.body.contains(&two.reference));
    let page = siri.get(&later).await;
    assert!(page.body.contains(&one.reference) && !page.body.contains(&two.reference), "on one of them: {}", page.body);
    // What is not on the list any more is not moved from it.
    assert_eq!(siri.post(&order, &there, &page).await.status, StatusCode::NOT_FOUND);

    // A meeting of another group is none that one can choose.
    let other = uuid::Uuid::now_v7().to_string();
    let nowhere = [("item", one.item.to_string()), ("to", "other".to_owned()), ("meeting", other)];
    let nowhere: Vec<(&str, &str)> = nowhere.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(siri.post(&order, &nowhere, &page).await.status, StatusCode::NOT_FOUND);
    assert!(siri.get(&later).await.body.contains(&one.reference));
}

#[tokio::test]
async fn a_meeting_on_a_free_day_or_at_the_hour_of_another_is_asked_about_once() {
    let house = House::new().await;
    let (mut siri, _) = house.signed_in_as("siri", Role::Secretary, "gruppe").await;
    let at = |day: &'static str| [("day", day), ("time", "12:00"), ("minutes", "60"), ("place", "")];
    let sure = |day: &'static str, sure: &'static str| [&at(day)[..], &[("sure", sure)]].concat();

    for (day, why) in [("2026-10-10", "lørdag eller søndag"), ("2026-12-25", "helligdag")] {
        let page = siri.get(GROUP).await;
        let asked = siri.post(GROUP, &at(day), &page).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(asked.body.contains(why) && asked.body.contains(&format!("name=\"sure\" value=\"{day} 12:00 60\"")));
    }
    assert!(siri.get(GROUP).await.body.contains("Ingen møter er planlagt"), "nothing is called by asking");
    let page = siri.get(GROUP).await;
    // Sure of one Saturday is not sure of another.
    let other = siri.post(GROUP, &sure("2026-10-17", "2026-10-10 12:00 60"), &page).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    let called = siri.post(GROUP, &sure("2026-10-10", "2026-10-10 12:00 60"), &other).await;
    assert_eq!(called.status, StatusCode::SEE_OTHER);

    call(&mut siri, "2026-10-20").await;
    let twice = call(&mut siri, "2026-10-20").await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(twice.body.contains("et annet møte på samme tid: 20. oktober 2026 kl. 12.00"), "{}", twice.body);
    // The place of the meeting on the Saturday changes, and its time stays: nobody is asked again.
    let meeting = meeting_of(&siri.get(GROUP).await);
    let page = siri.get(&meeting).await;
    let moved = [("day", "2026-10-10"), ("time", "12:00"), ("minutes", "60"), ("place", "Møterom 3")];
    assert_eq!(siri.post(&format!("{meeting}/move"), &moved, &page).await.status, StatusCode::SEE_OTHER);
    let page = siri.get(&meeting).await;
    let onto = [("day", "2026-10-20"), ("time", "12:30"), ("minutes", "60"), ("place", "Møterom 3")];
    let asked = siri.post(&format!("{meeting}/move"), &onto, &page).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_group_without_a_meeting_is_told_the_truth_and_a_member_what_a_member_can_do() {
    let house = House::new().await;
    let (mut siri, _) = house.signed_in_as("siri", Role::Secretary, "gruppe").await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut mona, _) = house.signed_in_as("mona", Role::Member, "gruppe").await;
    for _ in 0..2 {
        let planted = house.plant(Plant::default()).await;
        let case = format!("/items/{}", planted.item);
        let list = kari.get("/").await;
        kari.post(&format!("{case}/open"), &[], &list).await;
        let lift = kari.get(&format!("{case}/do/lifted")).await;
        let fields = [("group", "gruppe"), ("reason", "TVIL_OM_ANSVAR"), ("step", "I")];
        kari.post(&format!("{case}/do/lifted"), &fields, &lift).await;
    }
    plant(&house, true).await;

    let (secretary, member) = (siri.get(GROUP).await.body, mona.get(GROUP).await.body);
    assert!(secretary.contains("1 sak haster, og ingen møter er planlagt."), "{secretary}");
    assert!(
        secretary.contains("2 saker venter, og ingen møter er planlagt.") && !secretary.contains("enn en måned på")
    );
    assert!(secretary.contains("Kall inn til et møte før det"));
    assert!(member.contains("2 saker venter, og ingen møter er planlagt."), "{member}");
    assert!(member.contains("Si fra til lederen eller sekretæren") && !member.contains("Kall inn til et møte før"));
}

#[tokio::test]
async fn minutes_are_offered_from_the_day_of_the_meeting_and_nothing_of_one_that_is_called_off() {
    let house = House::new().await;
    let (mut siri, _) = house.signed_in_as("siri", Role::Secretary, "gruppe").await;
    let planted = plant(&house, false).await;
    let case = format!("/items/{}", planted.item);
    let list = siri.get("/").await;
    siri.post(&format!("{case}/open"), &[], &list).await;
    call(&mut siri, "2026-10-06").await;
    let group = siri.get(GROUP).await;
    let meeting = meeting_of(&group);
    siri.post(&format!("{meeting}/put"), &[], &group).await;
    let write = format!("href=\"{meeting}/items/{}\"", planted.item);

    for page in [&meeting, &case] {
        assert!(!siri.get(page).await.body.contains(&write), "the meeting is tomorrow");
    }
    house.clock.advance(Duration::from_secs(86_400));
    let mut siri = house.browser();
    let page = siri.get("/sign-in").await;
    siri.post("/sign-in", &[("login", "siri"), ("password", super::support::PASSWORD)], &page).await;
    for page in [&meeting, &case] {
        assert!(siri.get(page).await.body.contains(&write), "{page}");
    }

    let page = siri.get(&meeting).await;
    assert!(page.body.contains("invitation.ics"));
    siri.post(&format!("{meeting}/cancel"), &[], &page).await;
    let page = siri.get(&meeting).await.body;
    assert!(page.contains("<h1>Avlyst: Møte 6. oktober 2026") && !page.contains(&write), "{page}");
    assert!(!page.contains("invitation.ics") && !page.contains("Avlys møtet"));
    let paper = siri.get(&format!("{meeting}/print")).await.body;
    assert!(paper.contains("<h1>Avlyst: Møte · ") && paper.contains("<span class=\"word\">Avlyst</span>"), "{paper}");
}

#[tokio::test]
async fn a_group_is_told_of_to_those_who_take_part_in_it() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut member, _) = house.signed_in_as("mona", Role::Member, "gruppe").await;

    assert_eq!(kari.get(GROUP).await.status, StatusCode::NOT_FOUND);
    assert_eq!(kari.get("/groups").await.status, StatusCode::NOT_FOUND);
    assert!(!kari.get("/").await.body.contains("Gruppens"));
    assert_eq!(member.get("/groups").await.location(), GROUP);
    assert!(member.get(GROUP).await.key(GROUP).is_none());
    let refused = member.post_bare(GROUP, &[("key", "x"), ("day", "2026-10-20")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(
        house.journal().await.iter().any(|it| it.action == "access_denied" && it.detail.contains("call a meeting"))
    );
}

#[tokio::test]
async fn a_graded_case_on_the_agenda_is_counted_and_not_shown_to_those_who_are_not_cleared() {
    let house = House::new().await;
    let (mut siri, siri_user) = house.signed_in_as("siri", Role::Secretary, "gruppe").await;
    house.clear(&siri_user, "gruppe").await;
    let (mut mona, _) = house.signed_in_as("mona", Role::Member, "gruppe").await;
    let planted = house.plant(Plant { unit: "gruppe", protected: true, ..Plant::default() }).await;
    call(&mut siri, "2026-10-20").await;
    let group = siri.get(GROUP).await;
    let meeting = meeting_of(&group);
    siri.post(&format!("{meeting}/put"), &[], &group).await;

    assert!(siri.get(&meeting).await.body.contains(&planted.reference));
    let seen = mona.get(&meeting).await;
    assert!(!seen.body.contains(&planted.reference) && seen.body.contains("Og 1 sak som du ikke ser."));
    assert_eq!(mona.get(&format!("/items/{}", planted.item)).await.status, StatusCode::NOT_FOUND);
}

/// seed: L-19, L-29
#[tokio::test]
async fn a_registered_case_has_tasks_with_due_dates_and_what_is_overdue_is_listed() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let planted = house.plant(Plant::default()).await;
    let case = format!("/items/{}", planted.item);
    let list = kari.get("/").await;
    kari.post(&format!("{case}/open"), &[], &list).await;
    let page = kari.get(&case).await;
    assert!(!page.body.contains("Oppnevn koordinator</strong>"));
    kari.post(&format!("{case}/confirm"), &[], &page).await;

    let page = kari.get(&case).await;
    for it in ["Kall inn til møte", "Kartleggingsmøte", "Oppnevn koordinator", "19. oktober 2026", "2. november 2026"]
    {
        assert!(page.body.contains(it), "{it}: {}", page.body);
    }
    assert!(!kari.get("/").await.body.contains("oppgaver over fristen"));
    house.clock.advance(Duration::from_secs(40 * 86_400));
    let mut kari = house.browser();
    let page = kari.get("/sign-in").await;
    kari.post("/sign-in", &[("login", "kari"), ("password", super::support::PASSWORD)], &page).await;
    assert!(kari.get("/").await.body.contains("3 oppgaver over fristen"));
    let tasks = kari.get("/tasks").await;
    assert_eq!(tasks.body.matches("Over fristen").count(), 3, "{}", tasks.body);
    assert!(tasks.body.contains(&planted.reference) && !tasks.body.contains("Testdal"));
    let done = tasks.actions().into_iter().find(|it| it.starts_with(&format!("{case}/tasks/"))).unwrap().to_owned();
    assert_eq!(kari.post(&done, &[], &tasks).await.status, StatusCode::SEE_OTHER);
    assert!(kari.get("/").await.body.contains("2 oppgaver over fristen"));
    assert!(house.actions(&planted).await.contains(&"task_done".to_owned()));
}

/// seed: L-35
#[tokio::test]
async fn what_a_coordinator_asks_the_leader_sees_and_other_members_do_not() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut kaia, kaia_user) = house.signed_in_as("kaia", Role::Coordinator, "gjerstad").await;
    let (mut leader, _) = house.signed_in_as("leder", Role::Leader, "gjerstad").await;
    let (mut member, _) = house.signed_in_as("medlem", Role::Member, "gjerstad").await;
    let planted = house.plant(Plant::default()).await;
    let case = format!("/items/{}", planted.item);
    let list = kari.get("/").await;
    kari.post(&format!("{case}/open"), &[], &list).await;
    let lift = kari.get(&format!("{case}/do/lifted")).await;
    kari.post(
        &format!("{case}/do/lifted"),
        &[("group", "gjerstad"), ("reason", "TVIL_OM_ANSVAR"), ("step", "I")],
        &lift,
    )
    .await;
    house.give(&planted, "gjerstad", &kaia_user).await;

    let thread = format!("{case}/questions");
    assert!(kaia.get(&case).await.body.contains(&thread));
    let page = kaia.get(&thread).await;
    assert_eq!(kaia.post(&thread, &[("text", SAID)], &page).await.status, StatusCode::SEE_OTHER);
    assert!(leader.get("/").await.body.contains("1 spørsmål fra koordinatorer"));
    let asked = leader.get("/questions").await;
    assert!(asked.body.contains(&planted.reference) && !asked.body.contains(SAID), "what is asked is opened first");
    let read = leader.get(&thread).await;
    assert!(read.body.contains(SAID), "{}", read.body);
    leader.post(&thread, &[("text", "Ta det med skolen først.")], &read).await;
    assert!(!leader.get("/").await.body.contains("spørsmål fra koordinatorer"));
    assert!(kaia.get(&thread).await.body.contains("Ta det med skolen først."));

    for other in [&mut member, &mut kari] {
        assert_eq!(other.get(&thread).await.status, StatusCode::FORBIDDEN, "not for members or case workers");
        assert!(!other.get(&case).await.body.contains(SAID));
    }
    let actions = house.actions(&planted).await;
    assert!(actions.contains(&"questions_read".to_owned()) && actions.contains(&"access_denied".to_owned()));
}

/// A lift is taken back with a reason, and from then on the members read it no more; until then the page says who lifted it.
#[tokio::test]
async fn a_lift_is_taken_back_and_the_members_are_out_at_once() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut mona, _) = house.signed_in_as("mona", Role::Member, "gjerstad").await;
    let planted = house.plant(Plant::default()).await;
    let case = format!("/items/{}", planted.item);
    let list = kari.get("/").await;
    kari.post(&format!("{case}/open"), &[], &list).await;
    assert!(!kari.get(&case).await.body.contains("/do/lift_taken_back\""), "it is not lifted");
    let lift = kari.get(&format!("{case}/do/lifted")).await;
    let fields = [("group", "gjerstad"), ("reason", "TVIL_OM_ANSVAR"), ("step", "I")];
    kari.post(&format!("{case}/do/lifted"), &fields, &lift).await;
    let read = mona.get(&case).await;
    assert!(
        read.body.contains("Løftet hit av") && read.body.contains("<dd>Kari Prøve, 5. oktober 2026"),
        "{}",
        read.body
    );

    // Who took it as a member has it no more either: nobody who cannot see it stands as responsible.
    assert_eq!(mona.post(&format!("{case}/take"), &[], &read).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.state(&planted, "gjerstad").await, ItemState::Taken);

    let back = format!("{case}/do/lift_taken_back");
    assert!(kari.get(&case).await.body.contains(&back));
    let form = kari.get(&back).await;
    let untold = kari.post(&back, &[("text", "")], &form).await;
    assert_eq!(untold.status, StatusCode::UNPROCESSABLE_ENTITY, "it has a reason");
    assert_eq!(kari.post(&back, &[("text", "Feil gruppe.")], &form).await.status, StatusCode::SEE_OTHER);

    assert_eq!(mona.get(&case).await.status, StatusCode::NOT_FOUND);
    assert!(!mona.get("/?tab=group").await.body.contains(&planted.reference));
    let page = kari.get(&case).await.body;
    assert!(page.contains("trakk tilbake løftet") && page.contains("Feil gruppe.") && !page.contains("Løftet hit av"));
    assert_eq!(house.state(&planted, "gjerstad").await, ItemState::Opened);
    assert!(!mona.get("/?tab=mine").await.body.contains("Mine (1)"), "no case is hers that she cannot see");
    assert!(page.contains(&format!("action=\"{case}/take\"")), "anybody here can take it: {page}");
}

/// The group reads it no more, nor prints it. It could pass it on to nobody: that is for those who have it at home.
#[tokio::test]
async fn a_lift_that_is_taken_back_is_out_of_the_hands_of_the_group() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut siri, _) = house.signed_in_as("siri", Role::Secretary, "gruppe").await;
    let planted = house.plant(Plant::default()).await;
    let case = format!("/items/{}", planted.item);
    let list = kari.get("/").await;
    kari.post(&format!("{case}/open"), &[], &list).await;
    let lift = kari.get(&format!("{case}/do/lifted")).await;
    let fields = [("group", "gruppe"), ("reason", "TVIL_OM_ANSVAR"), ("step", "I")];
    assert_eq!(kari.post(&format!("{case}/do/lifted"), &fields, &lift).await.status, StatusCode::SEE_OTHER);
    let theirs = opened(&mut siri).await;
    let delegate = format!("{theirs}/do/appointment_delegated");
    assert!(!siri.get(&theirs).await.body.contains(&delegate));
    let form = siri.get(&delegate).await;
    let fields = [("unit", "risor"), ("due", "2026-10-20"), ("text", "")];
    assert_eq!(siri.post(&delegate, &fields, &form).await.status, StatusCode::CONFLICT);

    let back = format!("{case}/do/lift_taken_back");
    let form = kari.get(&back).await;
    assert_eq!(kari.post(&back, &[("text", "Feil gruppe.")], &form).await.status, StatusCode::SEE_OTHER);

    let page = siri.get(&theirs).await.body;
    assert!(page.contains("Innholdet er ikke her lenger") && !page.contains("letter-heading"), "{page}");
    assert_eq!(siri.get(&format!("{theirs}/print")).await.status, StatusCode::FORBIDDEN);
    assert!(kari.get(&case).await.body.contains("letter-heading"));
}

/// Opens the first case of the list; gives its address.
async fn opened(browser: &mut Browser) -> String {
    let list = browser.get("/").await;
    let open = list.actions().into_iter().find(|it| it.ends_with("/open")).unwrap().to_owned();
    assert_eq!(browser.post(&open, &[], &list).await.status, StatusCode::SEE_OTHER);
    open.trim_end_matches("/open").to_owned()
}

/// seed: R-17
#[tokio::test]
async fn a_system_coordinator_appoints_a_coordinator_without_reading_the_report_and_others_are_refused() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut system, _) = house.signed_in_as("system", Role::SystemCoordinator, "gjerstad").await;
    let (mut member, _) = house.signed_in_as("medlem", Role::Member, "gjerstad").await;
    let planted = house.plant(Plant::default()).await;
    let case = format!("/items/{}", planted.item);
    let list = kari.get("/").await;
    kari.post(&format!("{case}/open"), &[], &list).await;
    let page = kari.get(&case).await;
    kari.post(&format!("{case}/take"), &[], &page).await;
    let lift = kari.get(&format!("{case}/do/lifted")).await;
    kari.post(
        &format!("{case}/do/lifted"),
        &[("group", "gjerstad"), ("reason", "TVIL_OM_ANSVAR"), ("step", "I")],
        &lift,
    )
    .await;

    let appoint = format!("{case}/do/{}", ActKind::AppointCoordinator.label());
    let cover = system.get(&case).await;
    assert!(cover.body.contains(&appoint) && !cover.body.contains("letter-heading"), "{}", cover.body);
    let form = system.get(&appoint).await;
    let fields = [
        ("name", "Kim Koordinator"),
        ("kind", "KOMMUNAL"),
        ("duty", "HOVED"),
        ("from", "2026-10-05"),
        ("until", ""),
        ("overlap", "NEI"),
        ("anyway", "JA"),
    ];
    let done = system.post(&appoint, &fields, &form).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert!(kari.get(&case).await.body.contains("Kim Koordinator"));
    assert_eq!(member.get(&appoint).await.status, StatusCode::FORBIDDEN);
    let close = format!("{case}/do/{}", ActKind::Decide.label());
    assert_eq!(system.get(&close).await.status, StatusCode::FORBIDDEN, "appointing is all that the role does");
}

/// Of each reason and of each step as many as there are, under its own name.
///
/// seed: G-16, G-17, R-19, R-20
#[tokio::test]
async fn a_lift_asks_for_a_reason_and_a_step_and_the_statistics_count_both() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    house.signed_in_as("medlem", Role::Member, "gjerstad").await;
    for (count, reason, step) in [(5, "GEVINST_KOMPETANSE", "II"), (6, "IKKE_LOST_ANNEN_MATE", "I")] {
        for _ in 0..count {
            let planted = house.plant(Plant::default()).await;
            let case = format!("/items/{}", planted.item);
            let list = kari.get("/").await;
            kari.post(&format!("{case}/open"), &[], &list).await;
            let lift = format!("{case}/do/lifted");
            let page = kari.get(&lift).await;
            assert!(page.body.contains("value=\"gruppe\"") && !page.body.contains("fjern-gruppe"), "{}", page.body);
            // The members read it at once, so it is not for a group of another municipality.
            for (group, reason, step) in [
                ("fjern-gruppe", reason, step),
                ("gjerstad", "", step),
                ("gjerstad", reason, ""),
                ("gjerstad", "ALT_ANNET", step),
            ] {
                let told = [("group", group), ("reason", reason), ("step", step)];
                let refused = kari.post(&lift, &told, &page).await;
                assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{group} {reason} {step}");
            }
            let told = [("group", "gjerstad"), ("reason", reason), ("step", step)];
            assert_eq!(kari.post(&lift, &told, &page).await.status, StatusCode::SEE_OTHER);
            let line = house.journal().await.into_iter().rfind(|it| it.action == "lifted").unwrap();
            let detail = format!("in gjerstad; {reason}, trinn {step}");
            assert_eq!((line.actor_name.as_str(), line.detail), ("Kari Prøve", detail));
            let told = kari.get(&case).await.body;
            assert!(told.contains(&format!("Trinn {step}")) && told.contains("Medlemmene her"), "{told}");
        }
    }

    let told: serde_json::Value = serde_json::from_str(&kari.get("/statistikk.json").await.body).unwrap();

    let counts = |key: &str| {
        let rows = told["counts"][key]["rows"].as_array().unwrap().iter();
        let counted = rows.filter(|it| it["count"] != 0);
        counted.map(|it| (it["of"].as_str().unwrap(), it["count"].as_u64())).collect::<BTreeMap<_, _>>()
    };
    let reasons = [("Ikke løst på annen måte", Some(6)), ("Klart bedre her, og andre lærer av det", Some(5))];
    assert_eq!(counts("lift_reason"), BTreeMap::from(reasons), "{told}");
    assert_eq!(counts("lift_step"), BTreeMap::from([("Trinn I", Some(6)), ("Trinn II", Some(5))]), "{told}");
}
