//! A case that is lifted to a group: what the meeting says comes back to those who lifted it, and the group does not do what is
//! theirs to do.

use super::support::Answer;
use super::support::Browser;
use super::support::House;
use super::support::PASSWORD;
use super::support::Plant;
use super::support::Planted;
use crate::clock::Clock as _;
use crate::domain::DeliveryState;
use crate::domain::Role;
use crate::storage::CaseStore as _;
use crate::storage::QueueStore as _;
use crate::storage::RetentionStore as _;
use axum::http::StatusCode;
use std::time::Duration;

const GROUP: &str = "/groups/gruppe";
/// What minutes say, and nobody else may see.
const SAID: &str = "Helt særskilt opplysning fra møtet";

/// Kari at home has taken a case and lifted it to the group; the address of her row, and of the group's.
struct Lifted {
    house: House,
    kari: Browser,
    kari_id: String,
    siri: Browser,
    planted: Planted,
    home: String,
    there: String,
}

impl Lifted {
    async fn new() -> Self {
        let house = House::new().await;
        let (mut kari, kari_user) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
        let (mut siri, _) = house.signed_in_as("siri", Role::Secretary, "gruppe").await;
        let planted = house.plant(Plant::default()).await;
        let home = format!("/items/{}", planted.item);
        let list = kari.get("/").await;
        kari.post(&format!("{home}/open"), &[], &list).await;
        let page = kari.get(&home).await;
        kari.post(&format!("{home}/take"), &[], &page).await;
        let there = lift(&mut kari, &mut siri, &home).await;
        Self { house, kari, kari_id: kari_user.id.to_string(), siri, planted, home, there }
    }

    /// The case on the agenda of a meeting on 20 October; the address of the meeting.
    async fn on_agenda(&mut self) -> String {
        let page = self.siri.get(GROUP).await;
        let fields = [("day", "2026-10-20"), ("time", "12:00"), ("minutes", "60"), ("place", "Møterom 2")];
        self.siri.post(GROUP, &fields, &page).await;
        let group = self.siri.get(GROUP).await;
        let meeting = meeting_of(&group);
        let item = self.there.trim_start_matches("/items/").to_owned();
        let put = self.siri.post(&format!("{meeting}/put"), &[("item", &item)], &group).await;
        assert_eq!(put.status, StatusCode::SEE_OTHER, "{}", put.body);
        meeting
    }

    /// The meeting is over; those who have the case close it, and the house has looked since.
    async fn hold_and_close(&mut self) {
        self.house.clock.advance(Duration::from_secs(16 * 86_400));
        sign_in(&mut self.siri, "siri").await;
        sign_in(&mut self.kari, "kari").await;
        for (act, fields) in [
            ("archived", &[("reference", "26/01234-2")][..]),
            ("decided", &[("outcome", "IKKE_BEHOV"), ("on", "2026-10-20")]),
        ] {
            let act = format!("{}/do/{act}", self.home);
            let form = self.kari.get(&act).await;
            let done = self.kari.post(&act, fields, &form).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{act}: {}", done.body);
        }
        let page = self.kari.get(&self.home).await;
        let closed = self.kari.post(&format!("{}/close", self.home), &[], &page).await;
        assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.body);
        self.house.clock.advance(Duration::from_secs(30));
        let now = self.house.clock.now();
        assert_eq!(self.house.store.end_lifts(now, now, 9).await.unwrap(), 1);
    }

    /// How often minutes have been read.
    async fn read(&self) -> usize {
        self.house.journal().await.iter().filter(|it| it.action == "minutes_read").count()
    }

    async fn take_back(&mut self) {
        let back = format!("{}/do/lift_taken_back", self.home);
        let form = self.kari.get(&back).await;
        assert_eq!(self.kari.post(&back, &[("text", "Ferdig drøftet.")], &form).await.status, StatusCode::SEE_OTHER);
    }
}

/// Lifts a case to the group, which opens it; where it is there.
async fn lift(kari: &mut Browser, siri: &mut Browser, home: &str) -> String {
    let lift = format!("{home}/do/lifted");
    let form = kari.get(&lift).await;
    let fields = [("group", "gruppe"), ("reason", "TVIL_OM_ANSVAR"), ("step", "I")];
    assert_eq!(kari.post(&lift, &fields, &form).await.status, StatusCode::SEE_OTHER);
    let list = siri.get("/").await;
    let open = list.actions().into_iter().find(|it| it.ends_with("/open")).unwrap().to_owned();
    siri.post(&open, &[], &list).await;
    open.trim_end_matches("/open").to_owned()
}

/// Anew, since some days have gone by.
async fn sign_in(browser: &mut Browser, login: &str) {
    let form = browser.get("/sign-in").await;
    browser.post("/sign-in", &[("login", login), ("password", PASSWORD)], &form).await;
}

/// The address of the first meeting that a page leads to.
fn meeting_of(page: &Answer) -> String {
    let rest = page.body.split(&format!("href=\"{GROUP}/meetings/")).nth(1).unwrap();
    format!("{GROUP}/meetings/{}", rest.split(['"', '/']).next().unwrap())
}

/// What somebody has at home is not what nobody has, and the list says who that is.
#[tokio::test]
async fn a_lifted_case_is_not_unassigned_in_the_group_and_names_who_has_it_at_home() {
    let mut it = Lifted::new().await;
    let first = it.siri.get("/?tab=unassigned").await.body;
    assert!(!first.contains(&it.planted.reference), "{first}");
    for address in ["/?tab=group", "/?tab=group&kind=BEHOV"] {
        let list = it.siri.get(address).await.body;
        assert!(list.contains("data-tab=\"unassigned\">(0)"), "{address}: {list}");
        let row = list.split("<tr").find(|row| row.contains(&it.planted.reference)).unwrap();
        assert!(row.contains("Kari Prøve, "), "{address}: {row}");
    }
    it.take_back().await;
    assert!(!it.siri.get("/?tab=group").await.body.contains(&it.planted.reference));
}

#[tokio::test]
async fn what_the_meeting_said_of_a_lifted_case_reaches_the_one_who_has_it_at_home() {
    let mut it = Lifted::new().await;
    let meeting = it.on_agenda().await;
    let write = format!("{meeting}{}", it.there);
    let form = it.siri.get(&write).await;
    assert!(form.body.contains(">Kari Prøve</option>"), "who has it at home can be given a task: {}", form.body);
    let mailed = it.house.store.queue(DeliveryState::Queued, 9).await.unwrap().len();
    let fields = [
        ("said", SAID),
        ("decision", "TILBAKE_MED_RAD"),
        ("task", "Ring skolen"),
        ("assignee", it.kari_id.as_str()),
        ("due", "2026-10-30"),
    ];
    let decision = form.body.split("<option value=\"").find(|it| it.contains("Tilbake til tjenesten med råd"));
    let decision = decision.unwrap().split('"').next().unwrap().to_owned();
    let fields = fields.map(|(name, value)| (name, if name == "decision" { decision.as_str() } else { value }));
    assert_eq!(it.siri.post(&write, &fields, &form).await.status, StatusCode::SEE_OTHER);

    let page = it.kari.get(&it.home).await.body;
    for said in [SAID, "Tilbake til tjenesten med råd", "Skrevet av siri Prøve", "Ring skolen", "20. oktober 2026"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(it.kari.get("/tasks").await.body.contains("Ring skolen"), "it is among her tasks");
    assert!(it.siri.get(&it.there).await.body.contains("Ring skolen"), "who gave it sees it");
    let queued = it.house.store.queue(DeliveryState::Queued, 9).await.unwrap();
    assert_eq!(queued.len(), mailed + 1, "the unit is told that there is something to read");
    let told = queued.iter().find(|told| told.reference.to_string() == it.planted.reference).unwrap();
    assert_eq!(told.row.unit.0, "gjerstad");

    // Written anew, nobody is told again; what the group is to do is seen at home and is not done from there.
    let form = it.siri.get(&write).await;
    let again =
        [("said", SAID), ("decision", ""), ("task", "Skriv til fylket"), ("assignee", ""), ("due", "2026-10-29")];
    it.siri.post(&write, &again, &form).await;
    assert_eq!(it.house.store.queue(DeliveryState::Queued, 9).await.unwrap().len(), mailed + 1);
    let page = it.kari.get(&it.home).await;
    assert!(page.body.contains("Skriv til fylket"));
    let ticks = |page: &Answer| page.actions().into_iter().filter(|it| it.ends_with("/done")).count();
    assert_eq!(ticks(&page), 1, "her own");
    assert_eq!(ticks(&it.siri.get(&it.there).await), 1, "the group's own");
    assert!(it.house.journal().await.iter().all(|it| !it.detail.contains(SAID)));
}

#[tokio::test]
async fn after_the_lift_is_taken_back_what_was_said_stays_at_home_and_nothing_new_comes() {
    let mut it = Lifted::new().await;
    let meeting = it.on_agenda().await;
    let write = format!("{meeting}{}", it.there);
    let form = it.siri.get(&write).await;
    it.siri.post(&write, &[("said", SAID)], &form).await;
    let form = it.siri.get(&write).await;
    it.take_back().await;

    assert!(it.kari.get(&it.home).await.body.contains(SAID), "what was said stays");
    let late = it.siri.post(&write, &[("said", "Noe nytt som ingen skal lese")], &form).await;
    assert_eq!(late.status, StatusCode::NOT_FOUND, "nothing new comes");
    let read = it.siri.get(&write).await;
    assert!(read.body.contains(SAID) && !read.body.contains("<textarea"), "who wrote it reads it: {}", read.body);
    let page = it.kari.get(&it.home).await.body;
    assert!(page.contains(SAID) && !page.contains("Noe nytt"));
    assert!(!it.siri.get(&it.there).await.body.contains(SAID), "nothing of it is in the case there");
}

#[tokio::test]
async fn a_group_reads_and_says_something_and_leaves_the_acts_to_those_who_have_the_case() {
    let mut it = Lifted::new().await;
    let there = it.there.clone();

    let page = it.siri.get(&there).await;
    for act in ["taken", "given", "wrong_addressee", "transfer_offered", "answered", "archived", "decided"] {
        assert!(!page.body.contains(&format!("{there}/do/{act}\"")), "{act} is not offered");
    }
    for button in ["take", "confirm", "close"] {
        assert!(page.key(&format!("{there}/{button}")).is_none(), "{button} is not offered");
    }
    for act in ["commented", "unmet_need_flagged", "improvement_flagged"] {
        assert!(page.body.contains(&format!("{there}/do/{act}\"")), "{act} is offered: {}", page.body);
    }
    assert!(page.body.contains("Kari Prøve, Tjenestekontoret i Gjerstad"), "who has it at home: {}", page.body);

    // Who asks all the same is refused with a reason, and nothing has happened at home.
    let wrong = format!("{there}/do/wrong_addressee");
    let form = it.siri.get(&wrong).await;
    let fields = [("reason", "1"), ("text", "Bor ikke her."), ("way", "ELEKTRONISK")];
    let refused = it.siri.post(&wrong, &fields, &form).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    assert!(refused.body.contains("Saken er bare løftet hit"), "{}", refused.body);
    assert!(!it.kari.get(&it.home).await.body.contains("feil adressat</"), "nobody has said that it came wrong");

    // It is taken over by a transfer, when the lift is taken back.
    it.take_back().await;
    let offer = format!("{}/do/transfer_offered", it.home);
    let form = it.kari.get(&offer).await;
    let offered = it.kari.post(&offer, &[("unit", "gruppe"), ("text", "Gruppen overtar.")], &form).await;
    assert_eq!(offered.status, StatusCode::SEE_OTHER, "{}", offered.body);
}

#[tokio::test]
async fn a_task_of_the_minutes_has_a_day_ahead_and_a_meeting_with_minutes_is_not_called_off() {
    let mut it = Lifted::new().await;
    let meeting = it.on_agenda().await;
    let page = it.siri.get(&meeting).await;
    let cancel = format!("{meeting}/cancel");
    assert!(page.key(&cancel).is_some());
    let write = format!("{meeting}{}", it.there);
    let form = it.siri.get(&write).await;
    let past = [("said", SAID), ("task", "Ring skolen"), ("due", "2020-01-01")];
    let refused = it.siri.post(&write, &past, &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("due-wrong"), "{}", refused.body);

    it.siri.post(&write, &[("said", SAID)], &form).await;

    assert!(it.siri.get(&meeting).await.key(&cancel).is_none(), "it has been held");
    let late = it.siri.post(&cancel, &[], &page).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("kan ikke avlyses"), "{}", late.body);
    assert!(!it.siri.get(GROUP).await.body.contains("Avlyst"));
}

/// The case worker does what the group decided, and closes, before the secretary sits down to write.
#[tokio::test]
async fn a_case_that_was_discussed_stays_on_the_agenda_and_its_minutes_can_be_written_when_it_is_closed_at_home() {
    let mut it = Lifted::new().await;
    let (mut ola, _) = it.house.signed_in_as("ola", Role::Member, "gruppe").await;
    let meeting = it.on_agenda().await;
    let write = format!("{meeting}{}", it.there);
    it.hold_and_close().await;

    let page = it.siri.get(&meeting).await.body;
    assert!(page.contains(&it.planted.reference) && page.contains(&format!("href=\"{write}\"")), "{page}");
    assert!(!page.contains("Kari Nordmann"), "nothing of the person: {page}");
    let form = it.siri.get(&write).await;
    assert!(!form.body.contains("name=\"task\""), "nobody is given anything to do: {}", form.body);
    let fields = [("said", SAID), ("decision", "AVKLART"), ("task", "Ring skolen"), ("due", "2026-11-30")];
    assert_eq!(it.siri.post(&write, &fields, &form).await.status, StatusCode::SEE_OTHER);

    let home = it.kari.get(&it.home).await.body;
    assert!(home.contains(SAID) && !home.contains("Ring skolen"), "{home}");
    assert!(home.contains("Saken er ferdigbehandlet."), "why the house ended the lift: {home}");
    assert_eq!(it.siri.post(&write, &[("said", "Noe annet")], &form).await.status, StatusCode::NOT_FOUND, "once");
    sign_in(&mut ola, "ola").await;
    assert!(!ola.get(&meeting).await.body.contains(&write));
    assert_ne!(ola.get(&write).await.status, StatusCode::OK, "a member of the group writes and reads none");
}

#[tokio::test]
async fn a_group_reads_and_files_its_minutes_when_the_case_is_closed_at_home_until_it_is_kept_no_more() {
    let mut it = Lifted::new().await;
    let (mut ola, _) = it.house.signed_in_as("ola", Role::Member, "gruppe").await;
    let meeting = it.on_agenda().await;
    let write = format!("{meeting}{}", it.there);
    let form = it.siri.get(&write).await;
    it.siri.post(&write, &[("said", SAID), ("decision", "AVKLART")], &form).await;
    it.hold_and_close().await;

    let page = it.siri.get(&meeting).await.body;
    assert!(page.contains(&format!("href=\"{write}\"")) && page.contains("Les referatet"), "{page}");
    let readings = it.read().await;
    let read = it.siri.get(&write).await;
    assert!(read.body.contains(SAID) && !read.body.contains("<textarea"), "{}", read.body);
    let paper = it.siri.get(&format!("{meeting}/print")).await.body;
    assert!(paper.contains(SAID), "{paper}");
    assert_eq!(it.read().await, readings + 2, "each reading is told of");
    sign_in(&mut ola, "ola").await;
    assert!(!ola.get(&format!("{meeting}/print")).await.body.contains(SAID), "as before, only who worked with it");

    let later = it.house.clock.now().plus(std::time::Duration::from_secs(200 * 86_400));
    let over = it.house.store.outlived(later, later, 9).await.unwrap();
    assert!(it.house.store.remove_outlived(over[0].message, later, later).await.unwrap());
    let page = it.siri.get(&meeting).await.body;
    assert!(!page.contains(&write), "no link to what is not there: {page}");
    assert_eq!(it.siri.get(&write).await.status, StatusCode::NOT_FOUND);
    assert!(!it.siri.get(&format!("{meeting}/print")).await.body.contains(SAID));
}

/// What was left to do ends with the case, and comes back when it is taken up again.
#[tokio::test]
async fn the_tasks_of_a_case_end_when_it_is_closed() {
    let mut it = Lifted::new().await;
    let home = it.home.clone();
    let page = it.kari.get(&home).await;
    it.kari.post(&format!("{home}/confirm"), &[], &page).await;
    assert!(it.kari.get("/tasks").await.body.contains("Oppnevn koordinator"));
    for (act, fields) in [
        ("archived", &[("reference", "26/01234-2")][..]),
        ("decided", &[("outcome", "INNVILGET"), ("on", "2026-10-05")]),
    ] {
        let act = format!("{home}/do/{act}");
        let form = it.kari.get(&act).await;
        let done = it.kari.post(&act, fields, &form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{act}: {}", done.body);
    }
    let page = it.kari.get(&home).await;
    assert!(page.body.contains("Innvilget, men ingen hovedkoordinator er oppnevnt"), "{}", page.body);
    assert_eq!(it.kari.post(&format!("{home}/close"), &[], &page).await.status, StatusCode::SEE_OTHER);

    let tasks = it.kari.get("/tasks").await.body;
    assert!(!tasks.contains("Oppnevn koordinator"), "{tasks}");
    let page = it.kari.get(&home).await;
    assert!(page.body.contains("falt bort med den") && !page.body.contains("/done\""), "{}", page.body);
    assert!(page.body.contains("Innvilget, men ingen hovedkoordinator er oppnevnt"));
    it.house.clock.advance(std::time::Duration::from_secs(9));
    it.kari.post(&format!("{home}/reopen"), &[], &page).await;
    assert!(it.kari.get("/tasks").await.body.contains("Oppnevn koordinator"));
}
