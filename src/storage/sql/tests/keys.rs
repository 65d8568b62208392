use super::Ground;
use super::NOON;
use super::SqliteGround;
use super::contract;
use super::form::draft;
use super::number;
use super::settlement;
use super::tamper;
use super::unit;
use crate::storage::FormHolder;
use crate::storage::FormStore as _;
use crate::storage::InboxStore as _;
use crate::storage::Keys;
use crate::storage::MessageStore as _;
use crate::storage::OpenError;
use crate::storage::Sealing;
use crate::storage::StoreError;
use crate::storage::StoreOptions;

contract!(
    after_a_change_of_keys_old_and_new_can_be_read,
    wrapping_anew_that_is_cut_off_goes_on_and_everything_can_be_read_all_the_while,
    keys_change_while_the_store_is_in_use_and_none_that_is_needed_can_be_left_out,
    a_wrong_key_is_told_before_anything_is_written,
    a_missing_key_is_told,
    sealing_cannot_be_turned_on_or_off_afterwards,
    a_sealed_value_moved_to_another_message_is_found,
    without_sealing_everything_works_too,
);

async fn after_a_change_of_keys_old_and_new_can_be_read<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let before = settlement(1);
    store.settle(before.clone()).await.unwrap();
    store.close().await;
    let both = format!("{}{}", ground.keys().to_text().reveal(), Keys::generate().to_text().reveal());
    let both = Keys::parse(&both).unwrap();

    let store = ground.try_open(Sealing::On(both.clone()), StoreOptions::default()).await.unwrap();
    let after = settlement(2);
    store.settle(after.clone()).await.unwrap();

    for given in [&before, &after] {
        assert_eq!(store.raw(given.message.id).await.unwrap().bytes.reveal(), &given.message.bytes);
    }
    let detail = store.item(after.items[0].id, &[unit("gjerstad")]).await.unwrap();
    assert_eq!(detail.earlier.len(), 1, "the blind index is the same under the new key");
    assert_eq!(number(&store, "SELECT COUNT(DISTINCT key_id) AS number FROM data_keys").await, 2);
    store.close().await;

    // The old key is still needed for the old message, and only for that, until it is wrapped anew.
    let newest = both.to_text().map(|it| it.lines().last().unwrap().to_owned());
    let newest = Keys::parse(newest.reveal()).unwrap();
    let store = ground.try_open(Sealing::On(newest.clone()), StoreOptions::default()).await.unwrap();
    assert!(store.raw(after.message.id).await.is_ok());
    let old = ground.keys().ids().next().unwrap().to_owned();
    assert!(matches!(store.raw(before.message.id).await, Err(StoreError::Sealed { key_id }) if key_id == old));
    store.close().await;
    let store = ground.try_open(Sealing::On(both), StoreOptions::default()).await.unwrap();
    assert_eq!((store.rewrap(10).await.unwrap(), store.rewrap(10).await.unwrap()), (1, 0));
    store.close().await;
    let store = ground.try_open(Sealing::On(newest), StoreOptions::default()).await.unwrap();
    assert_eq!(store.raw(before.message.id).await.unwrap().bytes.reveal(), &before.message.bytes);
    store.close().await;
}

async fn wrapping_anew_that_is_cut_off_goes_on_and_everything_can_be_read_all_the_while<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given: Vec<_> = (0..5).map(settlement).collect();
    for it in &given {
        store.settle(it.clone()).await.unwrap();
    }
    let draft = draft(1, FormHolder::Private);
    store.begin_form_draft(&draft).await.unwrap();
    store.close().await;
    let both = ground.keys().with_new();
    let open = async |keys: &Keys| ground.try_open(Sealing::On(keys.clone()), StoreOptions::default()).await.unwrap();

    let mut wrapped = 0;
    loop {
        // Each piece in a house of its own: it is stopped after every one of them.
        let store = open(&both).await;
        let more = store.rewrap(2).await.unwrap();
        for it in &given {
            assert_eq!(store.raw(it.message.id).await.unwrap().bytes.reveal(), &it.message.bytes);
        }
        assert_eq!(store.form_draft([1; 32], NOON).await.unwrap().unwrap().body, draft.body);
        store.close().await;
        wrapped += more;
        if more == 0 {
            break;
        }
    }

    assert_eq!(wrapped, 6, "five messages and a draft, each once");
    let old = ground.keys().ids().next().unwrap().to_owned();
    let store = open(&both.without(&old).unwrap()).await;
    for it in &given {
        assert_eq!(store.raw(it.message.id).await.unwrap().bytes.reveal(), &it.message.bytes);
    }
    assert_eq!(store.form_draft([1; 32], NOON).await.unwrap().unwrap().body, draft.body);
    store.close().await;
}

async fn keys_change_while_the_store_is_in_use_and_none_that_is_needed_can_be_left_out<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let (before, after) = (settlement(1), settlement(2));
    store.settle(before.clone()).await.unwrap();
    let old = ground.keys().ids().next().unwrap().to_owned();

    let stranger = store.take_keys(Keys::generate()).await;
    assert!(matches!(stranger, Err(StoreError::Sealed { key_id }) if key_id == old));
    assert_eq!(store.raw(before.message.id).await.unwrap().bytes.reveal(), &before.message.bytes);

    let both = ground.keys().with_new();
    let newest = both.ids().last().unwrap().to_owned();
    store.take_keys(both.clone()).await.unwrap();
    store.settle(after.clone()).await.unwrap();
    let mut uses = vec![(old.clone(), 1), (newest.clone(), 1)];
    uses.sort();
    assert_eq!(store.key_uses().await.unwrap(), uses);

    let only_newest = Keys::parse(both.to_text().reveal().lines().last().unwrap()).unwrap();
    let too_early = store.take_keys(only_newest.clone()).await;
    assert!(matches!(too_early, Err(StoreError::Sealed { key_id }) if key_id == old));
    assert_eq!((store.rewrap(10).await.unwrap(), store.rewrap(10).await.unwrap()), (1, 0));
    store.take_keys(only_newest).await.unwrap();
    for given in [&before, &after] {
        assert_eq!(store.raw(given.message.id).await.unwrap().bytes.reveal(), &given.message.bytes);
    }
    assert_eq!(store.key_uses().await.unwrap(), [(newest, 2)]);
    store.close().await;
}

async fn a_wrong_key_is_told_before_anything_is_written<G: Ground>(ground: &G) {
    ground.open().await.close().await;
    let id = ground.keys().ids().next().unwrap().to_owned();
    let other = Keys::generate().to_text().map(|it| format!("{id}:{}", it.split_once(':').unwrap().1));

    let wrong = Sealing::On(Keys::parse(other.reveal()).unwrap());
    let error = ground.try_open(wrong, StoreOptions::default()).await.unwrap_err();

    assert!(matches!(error, OpenError::Store(StoreError::Sealed { key_id }) if key_id == id));
}

async fn a_missing_key_is_told<G: Ground>(ground: &G) {
    ground.open().await.close().await;

    let error = ground.try_open(Sealing::On(Keys::generate()), StoreOptions::default()).await.unwrap_err();

    let id = ground.keys().ids().next().unwrap().to_owned();
    assert!(matches!(error, OpenError::Store(StoreError::Sealed { key_id }) if key_id == id));
}

async fn sealing_cannot_be_turned_on_or_off_afterwards<G: Ground>(ground: &G) {
    ground.open().await.close().await;

    let error = ground.try_open(Sealing::Off, StoreOptions::default()).await.unwrap_err();

    assert_eq!(error.to_string(), "the database was made with sealing on, and is to be opened with sealing off");
}

async fn a_sealed_value_moved_to_another_message_is_found<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let (one, other) = (settlement(1), settlement(2));
    store.settle(one.clone()).await.unwrap();
    store.settle(other).await.unwrap();

    tamper(
        &store,
        "UPDATE messages SET body = (SELECT body FROM messages WHERE sender_message_id = 'message-2');
UPDATE data_keys SET wrapped = (SELECT k.wrapped FROM data_keys AS k INNER JOIN messages AS m ON m.id = k.message
    WHERE m.sender_message_id = 'message-2')",
    )
    .await;

    assert!(store.raw(one.message.id).await.is_err());
    store.close().await;
}

async fn without_sealing_everything_works_too<G: Ground>(ground: &G) {
    let store = ground.try_open(Sealing::Off, StoreOptions::default()).await.unwrap();
    let (one, other) = (settlement(1), settlement(2));
    store.settle(one.clone()).await.unwrap();
    store.settle(other.clone()).await.unwrap();

    assert_eq!(store.raw(one.message.id).await.unwrap().bytes.reveal(), &one.message.bytes);
    let detail = store.item(other.items[0].id, &[unit("gjerstad")]).await.unwrap();
    assert_eq!((&detail.row.summary, detail.earlier.len()), (&other.items[0].summary, 1));
    store.close().await;
}

/// What is planted in the messages and must not be found in any file of the database.
fn planted() -> [Vec<u8>; 4] {
    [super::PERSON_ID, super::PERSON_NAME, super::SECRET_TEXT, "Plantet"].map(|it| it.as_bytes().to_vec())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_file_of_the_database_holds_what_is_about_persons() {
    let ground = SqliteGround::new();
    let store = ground.open().await;
    for it in 0..20 {
        store.settle(settlement(it)).await.unwrap();
    }

    let found = found_in_files(&ground);
    store.close().await;
    let found_after = found_in_files(&ground);

    assert_eq!((found, found_after), (Vec::new(), Vec::new()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_search_for_plaintext_finds_it_when_sealing_is_off() {
    let ground = SqliteGround::new();
    let store = ground.try_open(Sealing::Off, StoreOptions::default()).await.unwrap();
    store.settle(settlement(1)).await.unwrap();

    assert!(found_in_files(&ground).iter().any(|it| it == "meldeport.db-wal"));
    store.close().await;
}

fn found_in_files(ground: &SqliteGround) -> Vec<String> {
    let mut found = Vec::new();
    let mut files = 0;
    for entry in std::fs::read_dir(ground.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        files += 1;
        if planted().iter().any(|it| bytes.windows(it.len()).any(|window| window == it)) {
            found.push(path.file_name().unwrap().to_str().unwrap().to_owned());
        }
    }
    assert!(files > 0);
    found
}
