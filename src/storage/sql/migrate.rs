//! Bringing a database to this version's shape, and proving that its keys are ours.

use super::Pools;
use super::engine::Engine;
use super::engine::Statement;
use super::engine::values;
use super::work::Work;
use crate::domain::Timestamp;
use crate::storage::Keys;
use crate::storage::OpenError;
use crate::storage::Sealing;
use crate::storage::StoreError;
use crate::storage::seal::Place;
use crate::storage::seal::Sealer;
use crate::storage::seal::Vault;
use crate::storage::seal::WrappedKey;
use crate::storage::seal::fill_random;
use aws_lc_rs::digest;
use sqlx::AssertSqlSafe;

/// One step forward. There are none backward.
struct Migration {
    number: u32,
    name: &'static str,
    sql: &'static str,
}

/// In order. A released one is never edited: its checksum is kept in the database.
const MIGRATIONS: &[Migration] = &[
    Migration { number: 1, name: "begin", sql: include_str!("../migrations/0001_begin.sql") },
    Migration { number: 2, name: "casework", sql: include_str!("../migrations/0002_casework.sql") },
    Migration { number: 3, name: "people", sql: include_str!("../migrations/0003_people.sql") },
    Migration { number: 4, name: "outbound", sql: include_str!("../migrations/0004_outbound.sql") },
    Migration { number: 5, name: "form", sql: include_str!("../migrations/0005_form.sql") },
    Migration { number: 6, name: "scans", sql: include_str!("../migrations/0006_scans.sql") },
    Migration { number: 7, name: "register", sql: include_str!("../migrations/0007_register.sql") },
    Migration { number: 8, name: "reminders", sql: include_str!("../migrations/0008_reminders.sql") },
    Migration { number: 9, name: "meetings", sql: include_str!("../migrations/0009_meetings.sql") },
    Migration { number: 10, name: "list", sql: include_str!("../migrations/0010_list.sql") },
    Migration { number: 11, name: "api", sql: include_str!("../migrations/0011_api.sql") },
    Migration { number: 12, name: "follow_ups", sql: include_str!("../migrations/0012_follow_ups.sql") },
    Migration { number: 13, name: "particulars", sql: include_str!("../migrations/0013_particulars.sql") },
    Migration {
        number: 14,
        name: "coordinator_contacts",
        sql: include_str!("../migrations/0014_coordinator_contacts.sql"),
    },
    Migration { number: 16, name: "list_heard", sql: include_str!("../migrations/0016_list_heard.sql") },
    Migration { number: 18, name: "form_proof", sql: include_str!("../migrations/0018_form_proof.sql") },
    Migration {
        number: 19,
        name: "revisions_and_retention",
        sql: include_str!("../migrations/0019_revisions_and_retention.sql"),
    },
    Migration { number: 20, name: "waiting", sql: include_str!("../migrations/0020_waiting.sql") },
    Migration { number: 21, name: "start_pages", sql: include_str!("../migrations/0021_start_pages.sql") },
    Migration {
        number: 22,
        name: "registered_and_receipted",
        sql: include_str!("../migrations/0022_registered_and_receipted.sql"),
    },
    Migration { number: 23, name: "counted_once", sql: include_str!("../migrations/0023_counted_once.sql") },
    Migration { number: 24, name: "transfer_to_trust", sql: include_str!("../migrations/0024_transfer_to_trust.sql") },
    Migration { number: 27, name: "traces", sql: include_str!("../migrations/0027_traces.sql") },
    Migration { number: 28, name: "offer_reminded", sql: include_str!("../migrations/0028_offer_reminded.sql") },
    Migration { number: 29, name: "journal_of_units", sql: include_str!("../migrations/0029_journal_of_units.sql") },
    Migration { number: 30, name: "only_told", sql: include_str!("../migrations/0030_only_told.sql") },
    Migration { number: 31, name: "unread_content", sql: include_str!("../migrations/0031_unread_content.sql") },
    Migration { number: 32, name: "no_need", sql: include_str!("../migrations/0032_no_need.sql") },
    Migration { number: 33, name: "openings_answered", sql: include_str!("../migrations/0033_openings_answered.sql") },
    Migration { number: 34, name: "left", sql: include_str!("../migrations/0034_left.sql") },
    Migration {
        number: 35,
        name: "journal_concerns_anew",
        sql: include_str!("../migrations/0035_journal_concerns_anew.sql"),
    },
    Migration {
        number: 36,
        name: "clearance_has_a_giver",
        sql: include_str!("../migrations/0036_clearance_has_a_giver.sql"),
    },
    Migration { number: 37, name: "one_tie_each", sql: include_str!("../migrations/0037_one_tie_each.sql") },
    Migration { number: 40, name: "archived", sql: include_str!("../migrations/0040_archived.sql") },
    Migration { number: 41, name: "lifted_here", sql: include_str!("../migrations/0041_lifted_here.sql") },
    Migration { number: 45, name: "passed_on", sql: include_str!("../migrations/0045_passed_on.sql") },
    Migration { number: 46, name: "link_has_a_maker", sql: include_str!("../migrations/0046_link_has_a_maker.sql") },
    Migration { number: 47, name: "asked", sql: include_str!("../migrations/0047_asked.sql") },
    Migration { number: 48, name: "sent_at", sql: include_str!("../migrations/0048_sent_at.sql") },
    Migration {
        number: 49,
        name: "outbound_in_trouble",
        sql: include_str!("../migrations/0049_outbound_in_trouble.sql"),
    },
    Migration { number: 50, name: "asked_no_more", sql: include_str!("../migrations/0050_asked_no_more.sql") },
    Migration { number: 51, name: "here_since", sql: include_str!("../migrations/0051_here_since.sql") },
];

/// Applies what is missing, all or nothing. A database from a newer version, or made by an edited migration, is refused.
pub(super) async fn migrate<E: Engine>(pools: &Pools<E>, now: Timestamp) -> Result<(), OpenError> {
    let mut work = pools.work().await?;
    work.script(E::PATIENTLY).await?;
    // Not `execute`: PostgreSQL's lock is a function that gives a row.
    work.fetch("migrations", E::LOCK_MIGRATIONS, values![]).await?;
    let table = speak::<E>(
        "CREATE TABLE IF NOT EXISTS migrations (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, \
         sha256 BYTES NOT NULL, applied_at BIGINT NOT NULL)",
    );
    work.script(AssertSqlSafe(table)).await?;
    let applied = work.fetch("migrations", "SELECT number, sha256 FROM migrations ORDER BY number", values![]).await?;
    let known = MIGRATIONS.last().map_or(0, |it| it.number);
    let mut done = Vec::with_capacity(applied.len());
    for record in &applied {
        let number: u32 = record.count("number")?;
        match MIGRATIONS.iter().find(|it| it.number == number) {
            None if number > known => return Err(OpenError::Newer { found: number, known }),
            Some(migration) if record.hash("sha256")? == checksum::<E>(migration) => done.push(number),
            None | Some(_) => return Err(OpenError::MigrationChanged { number }),
        }
    }
    for migration in MIGRATIONS.iter().filter(|it| !done.contains(&it.number)) {
        work.script(AssertSqlSafe(speak::<E>(migration.sql))).await?;
        let row = values![migration.number, migration.name, checksum::<E>(migration), now];
        work.execute("INSERT INTO migrations (number, name, sha256, applied_at) VALUES ($1, $2, $3, $4)", row).await?;
    }
    Ok(work.commit().await?)
}

/// Proves that the keys are those that the database was sealed with, and takes out its own key for blind indexes.
pub(super) async fn open_vault<E: Engine>(pools: &Pools<E>, sealing: Sealing) -> Result<Sealer, OpenError> {
    let mut work = pools.work().await?;
    work.script(E::PATIENTLY).await?;
    work.fetch("house", E::LOCK_MIGRATIONS, values![]).await?;
    let sql = "INSERT INTO house (name, word) VALUES ('sealing', $1) ON CONFLICT (name) DO NOTHING";
    work.execute(sql, values![sealing.label()]).await?;
    let made = work.fetch("house", "SELECT word FROM house WHERE name = 'sealing'", values![]).await?;
    let made = made.first().ok_or(StoreError::Inconsistent { table: "house", column: "name" })?.text("word")?;
    let keys = match sealing {
        _ if made != sealing.label() => return Err(OpenError::SealingDiffers { made, asked: sealing.label() }),
        Sealing::Off => None,
        Sealing::On(keys) => Some(keys),
    };
    let sealer = match keys {
        None => Sealer::Off,
        Some(keys) => {
            let vault = Vault::new(keys);
            check_keys(&mut work, &vault).await?;
            let index_key = index_key(&mut work, &vault).await?;
            Sealer::on(vault, &index_key)
        }
    };
    work.commit().await?;
    Ok(sealer)
}

/// Proves keys that are to be used from now on: those of before that are still needed must be among them.
pub(super) async fn prove<E: Engine>(pools: &Pools<E>, keys: Keys) -> Result<(), StoreError> {
    let vault = Vault::new(keys);
    // Every row is looked at, so nobody is kept from writing meanwhile.
    let mut look = pools.look().await?;
    for sql in
        ["SELECT key_id FROM data_keys WHERE key_id NOT IN ", "SELECT key_id FROM form_drafts WHERE key_id NOT IN "]
    {
        let mut statement = Statement::new(sql);
        statement.list(vault.key_ids());
        statement.push(" LIMIT 1");
        if let Some(needed) = look.run("data_keys", statement).await?.first() {
            return Err(StoreError::Sealed { key_id: needed.text("key_id")? });
        }
    }
    drop(look);
    let mut work = pools.work().await?;
    check_keys(&mut work, &vault).await?;
    index_key(&mut work, &vault).await?;
    work.commit().await
}

/// Opens the known value under each key, and keeps one for those that are new here.
async fn check_keys<E: Engine>(work: &mut Work<E>, vault: &Vault) -> Result<(), StoreError> {
    for key_id in vault.key_ids() {
        let key_id = key_id.as_str();
        let place = Place { table: "key_checks", column: "wrapped", row: key_id.as_bytes() };
        let kept =
            work.fetch("key_checks", "SELECT wrapped FROM key_checks WHERE key_id = $1", values![key_id]).await?;
        match kept.first() {
            Some(kept) => {
                vault.unwrap(place, &WrappedKey { key_id: key_id.to_owned(), wrapped: kept.bytes("wrapped")? })?;
            }
            None => {
                let check = vault.wrap_with(key_id, place, &[0; 32])?;
                let sql = "INSERT INTO key_checks (key_id, wrapped) VALUES ($1, $2)";
                work.execute(sql, values![check.key_id, check.wrapped]).await?;
            }
        }
    }
    Ok(())
}

/// The database's own key for blind indexes: made once, and wrapped again when there is a newer key-encryption key.
async fn index_key<E: Engine>(work: &mut Work<E>, vault: &Vault) -> Result<[u8; 32], StoreError> {
    let place = Place { table: "house", column: "value", row: b"index_key" };
    let kept = work.fetch("house", "SELECT word, value FROM house WHERE name = 'index_key'", values![]).await?;
    let mut key = [0; 32];
    match kept.first() {
        None => fill_random(&mut key),
        Some(kept) => {
            let wrapped = WrappedKey { key_id: kept.text("word")?, wrapped: kept.bytes("value")? };
            key = vault.unwrap(place, &wrapped)?;
            if wrapped.key_id == vault.newest_id() {
                return Ok(key);
            }
        }
    }
    let wrapped = vault.wrap(place, &key);
    let sql = "-- keep_index_key
INSERT INTO house (name, word, value)
VALUES ('index_key', $1, $2)
ON CONFLICT (name) DO UPDATE SET word = excluded.word, value = excluded.value";
    work.execute(sql, values![wrapped.key_id, wrapped.wrapped]).await?;
    Ok(key)
}

/// The text in the engine's own words.
fn speak<E: Engine>(sql: &str) -> String {
    let is_word = |it: char| it.is_ascii_alphanumeric() || it == '_';
    let mut spoken = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some(start) = rest.find(is_word) {
        let (before, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|it| !is_word(it)).unwrap_or(from.len()));
        spoken.push_str(before);
        spoken.push_str(E::TYPES.iter().find(|(ours, _)| *ours == word).map_or(word, |(_, theirs)| theirs));
        rest = after;
    }
    spoken.push_str(rest);
    spoken
}

fn checksum<E: Engine>(migration: &Migration) -> [u8; 32] {
    let hash = digest::digest(&digest::SHA256, speak::<E>(migration.sql).as_bytes());
    hash.as_ref().try_into().expect("SHA-256 gives 32 bytes")
}
