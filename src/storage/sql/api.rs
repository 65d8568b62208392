//! Case systems: their credentials, what they fetch, and what they do once.

use super::SqlStore;
use super::account::may_sign_in;
use super::account::units_of;
use super::account::user;
use super::engine::Engine;
use super::engine::Record;
use super::engine::Statement;
use super::engine::is_unique_violation;
use super::engine::values;
use super::hooks;
use super::inbox::place_in_line;
use super::journal::LOST_HEAD;
use super::work::Work;
use crate::domain::Clearance;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::MessageId;
use crate::domain::Reference;
use crate::domain::Role;
use crate::domain::Share;
use crate::domain::Sight;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::Which;
use crate::storage::API_LOGIN_PREFIX;
use crate::storage::Acted;
use crate::storage::ActedOnce;
use crate::storage::Actor;
use crate::storage::ApiCaller;
use crate::storage::ApiClient;
use crate::storage::ApiCredential;
use crate::storage::ApiStore;
use crate::storage::Change;
use crate::storage::ChangePage;
use crate::storage::ChangedItem;
use crate::storage::Deed;
use crate::storage::JournalMark;
use crate::storage::NewApiClient;
use crate::storage::NewJournalLine;
use crate::storage::OnceKey;
use crate::storage::SECOND_ANSWERED;
use crate::storage::StoreError;
use crate::storage::UserId;
use crate::storage::change_kinds;
use async_trait::async_trait;

/// Lines of the journal that one page looks through at most, whether or not they are about what is seen.
const SCANNED_LINES_MAX: u64 = 20_000;
/// Lines in one page at most, whatever is asked for.
const PAGE_LINES_MAX: u32 = 500;

#[async_trait]
impl<E: Engine> ApiStore for SqlStore<E> {
    async fn add_api_client(&self, client: &NewApiClient, by: &Actor, now: Timestamp) -> Result<bool, StoreError> {
        let mut work = self.pools.work().await?;
        let (id, name) = (client.id.0, client.name.as_str());
        let sql = "-- add_api_user
INSERT INTO users (id, login, display_name, created_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (login) DO NOTHING";
        let login = format!("{API_LOGIN_PREFIX}{name}");
        if work.execute(sql, values![id, login, format!("{name} (system)"), now]).await? != 1 {
            return Ok(false);
        }
        let certificate = client.certificate_sha256.map(|it| it.to_vec());
        let sql = "INSERT INTO api_clients (user_id, name, certificate_sha256, created_at) VALUES ($1, $2, $3, $4)";
        work.execute(sql, values![id, name, certificate, now]).await?;
        for unit in &client.units {
            let sql = "-- add_api_membership
INSERT INTO memberships (user_id, unit, role, cleared, valid_from, given_at)
VALUES ($1, $2, $3, $4, $5, $6)";
            let cleared = client.clearance == Clearance::Graded;
            work.execute(sql, values![id, unit.0.as_str(), Role::CaseWorker.label(), cleared, now, now]).await?;
        }
        add_credential(&mut work, client.id, &client.credential, now).await?;
        let units: Vec<_> = client.units.iter().map(|it| it.0.as_str()).collect();
        let graded = if client.clearance == Clearance::Graded { ", cleared for graded addresses" } else { "" };
        let detail = format!("{name} in {}, until {}{graded}", units.join(", "), client.credential.expires);
        work.tell(line(by, "api_client_added", detail, now));
        work.commit().await?;
        Ok(true)
    }

    async fn api_clients(&self) -> Result<Vec<ApiClient>, StoreError> {
        let mut look = self.pools.look().await?;
        let sql = "-- api_clients
SELECT u.id, u.login, u.display_name, u.ended_at, c.name, c.certificate_sha256, c.created_at, h.url
FROM api_clients AS c
INNER JOIN users AS u ON u.id = c.user_id
LEFT JOIN hooks AS h ON h.client = c.user_id
ORDER BY c.name";
        let now = self.options.clock.now();
        let mut clients = Vec::new();
        for record in look.fetch("api_clients", sql, values![]).await? {
            let id = UserId(record.uuid("id")?);
            let sql = "SELECT expires FROM api_credentials WHERE client = $1 ORDER BY expires DESC";
            let held = look.fetch("api_credentials", sql, values![id.0]).await?;
            clients.push(ApiClient {
                user: user(&record, units_of(&mut look, id, now).await?)?,
                name: record.text("name")?,
                certificate_sha256: certificate(&record)?,
                created_at: record.time("created_at")?,
                credentials: held.iter().map(|it| it.time("expires")).collect::<Result<_, _>>()?,
                hook: record.text_if_any("url")?,
            });
        }
        Ok(clients)
    }

    async fn renew_api_client(
        &self,
        name: &str,
        credential: &ApiCredential,
        others_until: Timestamp,
        by: &Actor,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let id = client_named(&mut work, name).await?;
        let sql = "UPDATE api_credentials SET expires = $1 WHERE client = $2 AND expires > $1";
        work.execute(sql, values![others_until, id.0]).await?;
        work.execute("DELETE FROM api_credentials WHERE client = $1 AND expires <= $2", values![id.0, now]).await?;
        add_credential(&mut work, id, credential, now).await?;
        let detail = format!("{name}, until {}; those before until {others_until}", credential.expires);
        work.tell(line(by, "api_client_renewed", detail, now));
        work.commit().await
    }

    async fn revoke_api_client(&self, name: &str, by: &Actor, now: Timestamp) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let id = client_named(&mut work, name).await?;
        work.execute("UPDATE users SET ended_at = $1 WHERE id = $2", values![now, id.0]).await?;
        work.execute("DELETE FROM api_credentials WHERE client = $1", values![id.0]).await?;
        work.execute("DELETE FROM hook_events WHERE client = $1", values![id.0]).await?;
        work.execute("DELETE FROM hooks WHERE client = $1", values![id.0]).await?;
        hooks::clear_alarm(&mut work, name, now).await?;
        let sql = "UPDATE memberships SET valid_to = $1 WHERE user_id = $2 AND (valid_to IS NULL OR valid_to > $1)";
        work.execute(sql, values![now, id.0]).await?;
        self.let_go_of(&mut work, id, None, by, now).await?;
        work.tell(line(by, "api_client_revoked", name.to_owned(), now));
        work.commit().await
    }

    async fn api_caller(&self, token_sha256: [u8; 32], now: Timestamp) -> Result<Option<ApiCaller>, StoreError> {
        let mut look = self.pools.look().await?;
        let sql = "-- api_caller
SELECT u.id, u.login, u.display_name, u.ended_at, c.certificate_sha256
FROM api_credentials AS k
INNER JOIN api_clients AS c ON c.user_id = k.client
INNER JOIN users AS u ON u.id = c.user_id
WHERE k.token_sha256 = $1 AND k.expires > $2 AND u.ended_at IS NULL";
        let found = look.fetch("api_credentials", sql, values![token_sha256, now]).await?;
        let Some(found) = found.first() else { return Ok(None) };
        let id = UserId(found.uuid("id")?);
        let user = user(found, units_of(&mut look, id, now).await?)?;
        Ok(Some(ApiCaller { user, certificate_sha256: certificate(found)? }))
    }

    async fn api_changes(
        &self,
        client: UserId,
        sights: &[Sight],
        after: Option<JournalMark>,
        lines_max: u32,
    ) -> Result<Option<ChangePage>, StoreError> {
        let mut look = self.pools.look().await?;
        let head = look.fetch("journal_head", HEAD, values![]).await?;
        let end = mark(head.first().ok_or(LOST_HEAD)?)?;
        let begin = match after {
            None => 0,
            // Before the first line every journal is the same.
            Some(after) if after.line == 0 || after == end => after.line,
            Some(after) => {
                let there = look.fetch("journal", LINE_HASH, values![after.line]).await?;
                match there.first().map(mark).transpose()? {
                    Some(there) if there == after && after.line < end.line => after.line,
                    Some(_) | None => return Ok(None),
                }
            }
        };
        let lines_max = lines_max.clamp(1, PAGE_LINES_MAX);
        let until = end.line.min(begin.saturating_add(SCANNED_LINES_MAX));
        let whole: Vec<&Sight> = sights.iter().filter(|it| it.which == Which::All).collect();
        let (mut changes, mut lines) = (Vec::new(), Vec::new());
        if !whole.is_empty() && begin < until {
            // The lines first, so that a page is never cut in the middle of what one line is about.
            let mut statement = Statement::<E>::new(CHANGES);
            statement.value(begin).push(" AND j.sequence <= ").value(until).push(" AND j.action IN ");
            statement.list(change_kinds());
            statement.push(" AND EXISTS (SELECT 1 FROM items AS i WHERE i.message = j.message AND ");
            seen(&mut statement, &whole);
            for_client(&mut statement, "j", client);
            statement.push(") ORDER BY j.sequence LIMIT ").value(lines_max).push(OF_LINES);
            seen(&mut statement, &whole);
            for_client(&mut statement, "l", client);
            statement.push(" ORDER BY l.sequence, i.id");
            for record in look.run("journal", statement).await? {
                let line = record.count("sequence")?;
                if lines.last() != Some(&line) {
                    lines.push(line);
                }
                let (kind, at) = (record.text("action")?, record.time("at")?);
                changes.push(Change { line, kind, at, item: item(&record)? });
            }
        }
        let is_full = lines.len() >= usize::try_from(lines_max).unwrap_or(usize::MAX);
        let looked_to = if is_full { lines.last().copied().unwrap_or(until) } else { until };
        let looked_to = if looked_to == end.line {
            end
        } else {
            let there = look.fetch("journal", LINE_HASH, values![looked_to]).await?;
            mark(there.first().ok_or(StoreError::Inconsistent { table: "journal", column: "sequence" })?)?
        };
        Ok(Some(ChangePage { changes, more: looked_to.line < end.line, looked_to }))
    }

    async fn journal_end(&self) -> Result<JournalMark, StoreError> {
        let head = self.ask("journal_head", HEAD, values![]).await?;
        mark(head.first().ok_or(LOST_HEAD)?)
    }

    async fn act_once(&self, once: &OnceKey, deed: &Deed) -> Result<ActedOnce, StoreError> {
        match self.try_once(once, deed).await {
            // Another node did it between our look and our mark: now it is there to be found.
            Err(error) if is_unique_violation(&error) => self.try_once(once, deed).await,
            answered => answered,
        }
    }

    async fn item_version(&self, item: ItemId) -> Result<u64, StoreError> {
        let found = self.ask("items", "SELECT version FROM items WHERE id = $1", values![item.0]).await?;
        found.first().ok_or(StoreError::Absent)?.count("version")
    }

    async fn forget_api_acts(&self, before: Timestamp) -> Result<u64, StoreError> {
        let mut work = self.pools.work().await?;
        let forgotten = work.execute("DELETE FROM api_acts WHERE at < $1", values![before]).await?;
        work.commit().await?;
        Ok(forgotten)
    }
}

impl<E: Engine> SqlStore<E> {
    async fn try_once(&self, once: &OnceKey, deed: &Deed) -> Result<ActedOnce, StoreError> {
        if let Some(before) = self.acted_before(once).await? {
            return Ok(before);
        }
        let mut work = self.pools.work().await?;
        let acted = self.act_in(&mut work, deed).await?;
        if let Acted::Done { message, state, version, undo_until } = &acted {
            let sql = "-- keep_act
INSERT INTO api_acts (client, key_sha256, request_sha256, at, message, state, version, undo_until)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
            let values = values![
                once.client.0,
                once.key_sha256,
                once.request_sha256,
                deed.by.at,
                message.0,
                state.label(),
                *version,
                undo_until.map(|it| it.0)
            ];
            work.execute(sql, values).await?;
            work.commit().await?;
            return Ok(ActedOnce::Answered(acted));
        }
        drop(work);
        // The same under the same key may have been done while we waited for the item; then that is the answer.
        Ok(self.acted_before(once).await?.unwrap_or(ActedOnce::Answered(acted)))
    }

    /// What came of what was asked for under the key before.
    async fn acted_before(&self, once: &OnceKey) -> Result<Option<ActedOnce>, StoreError> {
        let sql = "-- acted_before
SELECT request_sha256, message, state, version, undo_until
FROM api_acts
WHERE client = $1 AND key_sha256 = $2";
        let before = self.ask("api_acts", sql, values![once.client.0, once.key_sha256]).await?;
        let Some(before) = before.first() else { return Ok(None) };
        if before.hash("request_sha256")? != once.request_sha256 {
            return Ok(Some(ActedOnce::AnotherRequest));
        }
        Ok(Some(ActedOnce::Answered(Acted::Done {
            message: MessageId(before.uuid("message")?),
            state: before.word("state", ItemState::from_label)?,
            version: before.count("version")?,
            undo_until: before.time_if_any("undo_until")?,
        })))
    }
}

/// A case system that has not ended, by its name.
pub(super) async fn client_named<E: Engine>(work: &mut Work<E>, name: &str) -> Result<UserId, StoreError> {
    let found = work.fetch("api_clients", "SELECT user_id FROM api_clients WHERE name = $1", values![name]).await?;
    let id = UserId(found.first().ok_or(StoreError::Absent)?.uuid("user_id")?);
    may_sign_in(work, id).await?;
    Ok(id)
}

pub(super) fn line(by: &Actor, action: &'static str, detail: String, at: Timestamp) -> NewJournalLine {
    NewJournalLine { at, actor: by.clone(), action, message: None, detail }
}

async fn add_credential<E: Engine>(
    work: &mut Work<E>,
    client: UserId,
    credential: &ApiCredential,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO api_credentials (token_sha256, client, created_at, expires) VALUES ($1, $2, $3, $4)";
    work.execute(sql, values![credential.token_sha256, client.0, now, credential.expires]).await?;
    Ok(())
}

fn certificate<E: Engine>(record: &Record<E>) -> Result<Option<[u8; 32]>, StoreError> {
    let kept = record.bytes_if_any("certificate_sha256")?;
    kept.map(|it| it.try_into().map_err(|_| record.fault("certificate_sha256"))).transpose()
}

/// The condition that a line of the journal about an item `i` is for this case system: what a second person has said is for the
/// one who asked. It is kept at the line's own time.
pub(super) fn for_client<E: Engine>(statement: &mut Statement<E>, line: &'static str, client: UserId) {
    statement.push(" AND (").push(line).push(".action NOT IN ").list(SECOND_ANSWERED);
    statement.push(" OR EXISTS (SELECT 1 FROM openings AS o WHERE o.item = i.id AND o.user_id = ").value(client.0);
    statement.push(" AND ").push(line).push(".at IN (o.agreed_at, o.refused_at)))");
}

/// The condition that an item `i` is in one of the units.
pub(super) fn seen<E: Engine>(statement: &mut Statement<E>, sights: &[&Sight]) {
    statement.push("(");
    for (index, sight) in sights.iter().enumerate() {
        statement.push(if index > 0 { " OR (i.unit = " } else { "(i.unit = " }).value(sight.unit.0.as_str());
        statement.push(match sight.clearance {
            Clearance::Ordinary => " AND i.protected = 0)",
            Clearance::Graded => ")",
        });
    }
    statement.push(")");
}

/// A line of the journal, by the columns of [`HEAD`] and [`LINE_HASH`].
fn mark<E: Engine>(record: &Record<E>) -> Result<JournalMark, StoreError> {
    Ok(JournalMark::new(record.count("line")?, &record.hash("hash")?))
}

const HEAD: &str = "SELECT lines AS line, hash FROM journal_head WHERE id = 1";

const LINE_HASH: &str = "SELECT sequence AS line, hash FROM journal WHERE sequence = $1";

const CHANGES: &str = "-- api_changes
SELECT l.sequence, l.at, l.action, i.id, i.message, i.unit, i.share, i.state, i.version, i.kind, i.needs, i.place_in_line,
    i.protected, i.attachments, i.received_at, i.deadline, m.reference
FROM (SELECT j.sequence, j.at, j.action, j.message
    FROM journal AS j
    WHERE j.sequence > ";

/// A CROSS JOIN, or SQLite walks through all that a unit has and asks which lines are about each.
const OF_LINES: &str = ") AS l
CROSS JOIN items AS i
INNER JOIN messages AS m ON m.id = i.message
WHERE i.message = l.message AND ";

fn item<E: Engine>(record: &Record<E>) -> Result<ChangedItem, StoreError> {
    Ok(ChangedItem {
        id: ItemId(record.uuid("id")?),
        message: MessageId(record.uuid("message")?),
        reference: record.word("reference", Reference::parse)?,
        unit: UnitId(record.text("unit")?),
        share: record.word("share", Share::from_label)?,
        state: record.word("state", ItemState::from_label)?,
        version: record.count("version")?,
        kind: record.text("kind")?,
        needs: record.text("needs")?.split_whitespace().map(str::to_owned).collect(),
        urgent: record.integer("place_in_line")? == i64::from(place_in_line(true)),
        protected: record.flag("protected")?,
        attachments: record.count("attachments")?,
        received_at: record.time("received_at")?,
        deadline: record.time("deadline")?,
    })
}
