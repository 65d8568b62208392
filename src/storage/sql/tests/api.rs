use super::Ground;
use super::NOON;
use super::contract;
use super::settlement;
use super::tamper;
use super::unit;
use crate::domain::Act;
use crate::domain::ActRefused;
use crate::domain::Acting;
use crate::domain::AlarmKind;
use crate::domain::Authority;
use crate::domain::Clearance;
use crate::domain::Colleague;
use crate::domain::ItemState;
use crate::domain::Next;
use crate::domain::OpeningRefusal;
use crate::domain::Redacted;
use crate::domain::Sight;
use crate::domain::Timestamp;
use crate::storage::AccountStore as _;
use crate::storage::Acted;
use crate::storage::ActedOnce;
use crate::storage::Actor;
use crate::storage::ApiCredential;
use crate::storage::ApiStore as _;
use crate::storage::Because;
use crate::storage::Claim;
use crate::storage::Deed;
use crate::storage::HookStore as _;
use crate::storage::JournalMark;
use crate::storage::MessageStore as _;
use crate::storage::NewApiClient;
use crate::storage::NewHook;
use crate::storage::OnceKey;
use crate::storage::OpeningStore as _;
use crate::storage::OperatorStore as _;
use crate::storage::PeopleStore as _;
use crate::storage::Person;
use crate::storage::StoreError;
use crate::storage::UserId;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

contract!(
    a_case_system_is_made_renewed_and_revoked,
    changes_come_once_in_order_and_only_of_what_is_seen,
    what_a_second_person_says_is_told_to_the_one_who_asked,
    an_act_under_a_key_is_done_once_also_when_two_ask_at_once,
    what_has_happened_is_queued_claimed_settled_and_told,
    a_changed_secret_overlaps_and_what_was_given_up_can_be_put_back,
    a_secret_that_cannot_be_read_keeps_nobody_else_from_being_told,
);

fn by() -> Actor {
    Actor::Operator("drift".to_owned())
}

fn client(name: &str, units: &[&str]) -> NewApiClient {
    NewApiClient {
        id: UserId(Uuid::now_v7()),
        name: name.to_owned(),
        units: units.iter().map(|it| unit(it)).collect(),
        clearance: Clearance::Ordinary,
        certificate_sha256: Some([9; 32]),
        credential: ApiCredential { token_sha256: [1; 32], expires: hours(NOON, 24) },
    }
}

fn hours(from: Timestamp, hours: u64) -> Timestamp {
    from.plus(Duration::from_secs(hours * 3600))
}

async fn a_case_system_is_made_renewed_and_revoked<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let arkiv = client("arkiv", &["gjerstad", "risor"]);
    assert!(store.add_api_client(&arkiv, &by(), NOON).await.unwrap());
    assert!(!store.add_api_client(&client("arkiv", &[]), &by(), NOON).await.unwrap(), "the name is taken");

    let caller = store.api_caller([1; 32], NOON).await.unwrap().unwrap();
    assert_eq!((caller.user.id, caller.certificate_sha256), (arkiv.id, Some([9; 32])));
    assert_eq!(store.memberships(arkiv.id).await.unwrap().len(), 2);
    assert!(store.api_caller([1; 32], hours(NOON, 24)).await.unwrap().is_none(), "it holds no longer");
    assert!(store.api_caller([2; 32], NOON).await.unwrap().is_none());
    let no_link = store.add_link([5; 32], arkiv.id, None, hours(NOON, 1)).await;
    assert!(matches!(no_link, Err(StoreError::Absent)), "a case system never signs in");

    let fresh = ApiCredential { token_sha256: [2; 32], expires: hours(NOON, 48) };
    store.renew_api_client("arkiv", &fresh, hours(NOON, 1), &by(), NOON).await.unwrap();
    assert!(store.api_caller([1; 32], NOON).await.unwrap().is_some());
    assert!(store.api_caller([1; 32], hours(NOON, 1)).await.unwrap().is_none());
    assert!(store.api_caller([2; 32], hours(NOON, 47)).await.unwrap().is_some());
    let listed = store.api_clients().await.unwrap();
    assert_eq!((listed.len(), listed[0].credentials.as_slice()), (1, &[hours(NOON, 48), hours(NOON, 1)][..]));

    store.revoke_api_client("arkiv", &by(), NOON).await.unwrap();
    assert!(store.api_caller([2; 32], NOON).await.unwrap().is_none());
    assert_eq!(store.api_clients().await.unwrap()[0].user.ended_at, Some(NOON));
    assert!(matches!(store.revoke_api_client("arkiv", &by(), NOON).await, Err(StoreError::Absent)));
    store.close().await;
}

async fn changes_come_once_in_order_and_only_of_what_is_seen<G: Ground>(ground: &G) {
    let store = ground.open().await;
    for number in 1..=3 {
        store.settle(settlement(number)).await.unwrap();
    }
    let sights = [Sight::whole(unit("gjerstad"))];
    let nobody = UserId(Uuid::nil());

    let (mut after, mut lines) = (None::<JournalMark>, Vec::new());
    loop {
        let page = store.api_changes(nobody, &sights, after, 2).await.unwrap().unwrap();
        assert!(page.looked_to.line > after.map_or(0, |it| it.line) || !page.more);
        assert!(page.changes.iter().all(|it| it.item.unit == unit("gjerstad") && it.kind == "accepted"));
        lines.extend(page.changes.iter().map(|it| it.line));
        after = Some(page.looked_to);
        if !page.more {
            break;
        }
    }

    assert_eq!(lines.len(), 3);
    assert!(lines.windows(2).all(|it| it[0] < it[1]));
    let end = store.journal_end().await.unwrap();
    assert_eq!(after, Some(end));
    assert!(store.api_changes(nobody, &sights, Some(end), 2).await.unwrap().unwrap().changes.is_empty());
    let in_another = |line| Some(JournalMark::new(line, &[7; 32]));
    for line in [1, end.line, end.line + 5] {
        assert_eq!(store.api_changes(nobody, &sights, in_another(line), 2).await.unwrap(), None, "{line}");
        assert_eq!(
            store.api_changes(nobody, &[], in_another(line), 2).await.unwrap(),
            None,
            "also when there is nothing to see"
        );
    }
    assert!(store.api_changes(nobody, &sights, in_another(0), 2).await.unwrap().is_some(), "all journals begin alike");
    assert!(store.api_changes(nobody, &[], None, 2).await.unwrap().unwrap().changes.is_empty());
    let nobodys = [Sight::whole(unit("nobody"))];
    assert!(store.api_changes(nobody, &nobodys, None, 2).await.unwrap().unwrap().changes.is_empty());
    store.close().await;
}

/// In the list of changes, and by webhook.
async fn what_a_second_person_says_is_told_to_the_one_who_asked<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let mut given = settlement(1);
    given.items[0].protected = true;
    let item = given.items[0].id;
    store.settle(given).await.unwrap();
    let system = |name: &str, token| {
        let credential = ApiCredential { token_sha256: [token; 32], expires: hours(NOON, 24) };
        NewApiClient { clearance: Clearance::Graded, credential, ..client(name, &["gjerstad"]) }
    };
    let (asks, other) = (system("epj", 1), system("arkiv", 2));
    for it in [&asks, &other] {
        store.add_api_client(it, &by(), NOON).await.unwrap();
        let (url, secret) = (Some("https://arkiv.example/hook"), Redacted::new(b"hemmelig".to_vec()));
        store.set_hook(&NewHook { name: &it.name, url, secret, before_until: NOON }, &by(), NOON).await.unwrap();
    }
    let person = |it: &NewApiClient| Person { id: it.id, display_name: it.name.clone() };
    let kari = Person { id: UserId(Uuid::now_v7()), display_name: "Kari Prøve".to_owned() };
    let (sights, begun) = ([Sight::whole(unit("gjerstad"))], store.journal_end().await.unwrap());
    let told = async |to: &NewApiClient| {
        let page = store.api_changes(to.id, &sights, Some(begun), 100).await.unwrap().unwrap();
        page.changes.into_iter().map(|it| it.kind).collect::<Vec<_>>()
    };

    store.ask_second(item, &person(&asks), None, hours(NOON, 1)).await.unwrap();
    store.ask_second(item, &person(&other), None, hours(NOON, 2)).await.unwrap();
    assert!(store.agree_second(item, asks.id, &kari, hours(NOON, 3)).await.unwrap());

    assert_eq!((told(&asks).await, told(&other).await), (vec!["second_agreed".to_owned()], Vec::new()));
    assert_eq!(store.queue_hook_events(hours(NOON, 3), 100).await.unwrap(), 1);
    let why = Because { reason: OpeningRefusal::TooClose, text: None };
    assert!(store.refuse_second(item, other.id, &why, &kari, hours(NOON, 4)).await.unwrap());
    assert_eq!((told(&asks).await.len(), told(&other).await), (1, vec!["second_refused".to_owned()]));
    assert_eq!(store.queue_hook_events(hours(NOON, 4), 100).await.unwrap(), 1);
    store.close().await;
}

async fn an_act_under_a_key_is_done_once_also_when_two_ask_at_once<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = settlement(1);
    let item = given.items[0].id;
    store.settle(given).await.unwrap();
    let arkiv = client("arkiv", &["gjerstad"]);
    store.add_api_client(&arkiv, &by(), NOON).await.unwrap();
    let deed = |act: Act, version| {
        let who = Colleague { id: arkiv.id.0, name: "arkiv (system)".to_owned() };
        let by = Acting { who, authority: Authority::Own, at: NOON };
        Deed { item, units: vec![unit("gjerstad")], act, by, version }
    };
    let once = OnceKey { client: arkiv.id, key_sha256: [1; 32], request_sha256: [2; 32] };

    let (one, other) = (Arc::clone(&store), Arc::clone(&store));
    let (first, second) = (deed(Act::Take, Some(0)), deed(Act::Take, Some(0)));
    let (first, second) = tokio::join!(one.act_once(&once, &first), other.act_once(&once, &second));

    let (first, second) = (first.unwrap(), second.unwrap());
    assert_eq!(first, second);
    let ActedOnce::Answered(Acted::Done { state, version, .. }) = first else { panic!("{first:?}") };
    assert_eq!((state, version), (ItemState::Taken, 1));
    assert_eq!(store.item_version(item).await.unwrap(), 1);
    let changed = OnceKey { request_sha256: [3; 32], ..once };
    assert_eq!(store.act_once(&changed, &deed(Act::Take, None)).await.unwrap(), ActedOnce::AnotherRequest);
    let another = OnceKey { key_sha256: [4; 32], ..once };
    let late = store.act_once(&another, &deed(Act::Confirm, Some(0))).await.unwrap();
    assert_eq!(late, ActedOnce::Answered(Acted::Refused(ActRefused::ChangedSince)));
    let now = store.act_once(&another, &deed(Act::Confirm, Some(1))).await.unwrap();
    assert!(matches!(now, ActedOnce::Answered(Acted::Done { version: 2, .. })), "a refusal is not remembered");
    assert_eq!(store.forget_api_acts(hours(NOON, 1)).await.unwrap(), 2);
    store.close().await;
}

async fn what_has_happened_is_queued_claimed_settled_and_told<G: Ground>(ground: &G) {
    let store = ground.open().await;
    store.settle(settlement(1)).await.unwrap();
    store.add_api_client(&client("arkiv", &["gjerstad"]), &by(), NOON).await.unwrap();
    let secret = || Redacted::new(b"hemmelig".to_vec());
    let hook = NewHook { name: "arkiv", url: Some("https://arkiv.example/hook"), secret: secret(), before_until: NOON };
    store.set_hook(&hook, &by(), NOON).await.unwrap();
    assert_eq!(store.queue_hook_events(NOON, 100).await.unwrap(), 0, "it begins with what happens from now on");

    let (first, second) = (settlement(2), settlement(3));
    let (item, then) = (first.items[0].id, second.items[0].id);
    store.settle(first).await.unwrap();
    store.settle(second).await.unwrap();
    assert_eq!(store.queue_hook_events(NOON, 100).await.unwrap(), 2);
    assert_eq!(store.queue_hook_events(NOON, 100).await.unwrap(), 0, "once");

    let claim = |now: Timestamp| Claim { rows_max: 10, now, until: now.plus(Duration::from_secs(60)) };
    let leases = store.claim_hook_events(claim(NOON)).await.unwrap();
    let [lease] = leases.as_slice() else { panic!("{leases:?}") };
    assert_eq!((lease.held.item, lease.held.kind.as_str(), lease.attempt), (item, "accepted", 1));
    assert_eq!(
        (lease.held.url.as_str(), lease.held.secrets[0].reveal().as_slice()),
        ("https://arkiv.example/hook", &b"hemmelig"[..])
    );
    assert!(store.claim_hook_events(claim(NOON)).await.unwrap().is_empty(), "one at a time for each");
    store.settle_hook_event(lease, Next::Delivered, None, NOON).await.unwrap();
    assert!(matches!(store.settle_hook_event(lease, Next::Delivered, None, NOON).await, Err(StoreError::LeaseLost)));

    let lease = store.claim_hook_events(claim(NOON)).await.unwrap().remove(0);
    assert_eq!(lease.held.item, then);
    let due = hours(NOON, 1);
    store.settle_hook_event(&lease, Next::Retry { due }, Some("away"), NOON).await.unwrap();
    assert_eq!(store.next_hook_event_due().await.unwrap(), Some(due));
    assert!(store.claim_hook_events(claim(NOON)).await.unwrap().is_empty());
    // Whoever holds it dies: another takes it when the lease has run out.
    let lost = store.claim_hook_events(claim(due)).await.unwrap().remove(0);
    let again = store.claim_hook_events(claim(hours(due, 1))).await.unwrap().remove(0);
    assert_eq!((lost.held.id, again.attempt), (again.held.id, 3));
    assert!(matches!(store.settle_hook_event(&lost, Next::Delivered, None, due).await, Err(StoreError::LeaseLost)));
    store.close().await;
}

async fn a_changed_secret_overlaps_and_what_was_given_up_can_be_put_back<G: Ground>(ground: &G) {
    let store = ground.open().await;
    store.add_api_client(&client("arkiv", &["gjerstad"]), &by(), NOON).await.unwrap();
    let hook = |url, secret: &[u8], before_until| NewHook {
        name: "arkiv",
        url,
        secret: Redacted::new(secret.to_vec()),
        before_until,
    };
    assert!(matches!(store.set_hook(&hook(None, b"x", NOON), &by(), NOON).await, Err(StoreError::Absent)));
    store.set_hook(&hook(Some("https://arkiv.example/hook"), b"en", NOON), &by(), NOON).await.unwrap();
    store.set_hook(&hook(None, b"to", hours(NOON, 24)), &by(), NOON).await.unwrap();
    store.settle(settlement(1)).await.unwrap();
    store.queue_hook_events(NOON, 100).await.unwrap();
    let claim = |now: Timestamp| Claim { rows_max: 10, now, until: now.plus(Duration::from_secs(60)) };
    let secrets = |lease: &crate::storage::Lease<crate::storage::DueHookEvent>| {
        lease.held.secrets.iter().map(|it| it.reveal().clone()).collect::<Vec<_>>()
    };

    let lease = store.claim_hook_events(claim(NOON)).await.unwrap().remove(0);
    assert_eq!(secrets(&lease), [b"to".to_vec(), b"en".to_vec()]);
    let tallies = store.tallies().await.unwrap();
    assert_eq!((tallies.hooks_queued, tallies.hooks_abandoned), (1, 0), "what waits is counted");
    assert_eq!(tallies.oldest_queued_hook, Some(NOON));
    store.settle_hook_event(&lease, Next::Abandoned, Some("no"), NOON).await.unwrap();
    let tallies = store.tallies().await.unwrap();
    assert_eq!((tallies.hooks_queued, tallies.hooks_abandoned, tallies.oldest_queued_hook), (0, 1, None));
    let alarms = store.alarms().await.unwrap();
    assert_eq!((alarms[0].kind, alarms[0].subject.as_str()), (AlarmKind::HookAbandoned, "arkiv"));
    let listed = store.hook_events(10).await.unwrap();
    assert!(listed[0].is_abandoned && listed[0].last_failure.as_deref() == Some("no"));

    store.requeue_hook_event(listed[0].id, &by(), hours(NOON, 25)).await.unwrap();
    assert!(matches!(store.requeue_hook_event(listed[0].id, &by(), NOON).await, Err(StoreError::Absent)));
    let lease = store.claim_hook_events(claim(hours(NOON, 25))).await.unwrap().remove(0);
    assert_eq!((secrets(&lease), lease.attempt), (vec![b"to".to_vec()], 1), "the overlap is over");
    store.settle_hook_event(&lease, Next::Delivered, None, NOON).await.unwrap();
    assert!(store.alarms().await.unwrap().is_empty());
    assert_eq!(store.forget_hook_events(hours(NOON, 48)).await.unwrap(), 1);

    store.remove_hook("arkiv", &by(), NOON).await.unwrap();
    assert!(matches!(store.remove_hook("arkiv", &by(), NOON).await, Err(StoreError::Absent)));
    store.close().await;
}

async fn a_secret_that_cannot_be_read_keeps_nobody_else_from_being_told<G: Ground>(ground: &G) {
    let store = ground.open().await;
    for (name, token) in [("arkiv", [1; 32]), ("fagsystem", [2; 32])] {
        let credential = ApiCredential { token_sha256: token, expires: hours(NOON, 24) };
        let client = NewApiClient { credential, ..client(name, &["gjerstad"]) };
        store.add_api_client(&client, &by(), NOON).await.unwrap();
        let (url, secret) = (Some("https://system.example/hook"), Redacted::new(name.as_bytes().to_vec()));
        store.set_hook(&NewHook { name, url, secret, before_until: NOON }, &by(), NOON).await.unwrap();
    }
    store.settle(settlement(1)).await.unwrap();
    store.queue_hook_events(NOON, 100).await.unwrap();
    let damage = "UPDATE hooks SET secret = (SELECT o.secret FROM hooks AS o WHERE o.client <> hooks.client) \
                  WHERE client = (SELECT user_id FROM api_clients WHERE name = 'arkiv')";
    tamper(&store, damage).await;

    let claim = Claim { rows_max: 10, now: NOON, until: hours(NOON, 1) };
    let leases = store.claim_hook_events(claim).await.unwrap();

    let told: Vec<_> = leases.iter().map(|it| it.held.client.as_str()).collect();
    assert_eq!(told, ["fagsystem"]);
    let waiting = store.hook_events(10).await.unwrap();
    assert!(waiting.iter().all(|it| it.is_abandoned == (it.client == "arkiv")), "{waiting:?}");
    let alarms = store.alarms().await.unwrap();
    assert_eq!((alarms[0].kind, alarms[0].subject.as_str()), (AlarmKind::HookAbandoned, "arkiv"));
    store.revoke_api_client("arkiv", &by(), NOON).await.unwrap();
    assert!(store.alarms().await.unwrap().is_empty(), "who is gone is no trouble any more");
    store.close().await;
}
