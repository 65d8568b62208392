//! What case systems are told by webhook: read from the journal, kept in a queue, under a lease until it is told.

use super::SqlStore;
use super::api::client_named;
use super::api::for_client;
use super::api::line;
use super::api::seen;
use super::delivery::new_token;
use super::engine::Engine;
use super::engine::Record;
use super::engine::Statement;
use super::engine::is_unique_violation;
use super::engine::values;
use super::people::MEMBERSHIPS_OF;
use super::people::membership;
use super::settle::ALARMS;
use super::work::Work;
use crate::domain;
use crate::domain::AlarmKind;
use crate::domain::ItemId;
use crate::domain::Next;
use crate::domain::Redacted;
use crate::domain::Sight;
use crate::domain::Timestamp;
use crate::domain::Which;
use crate::storage::Actor;
use crate::storage::Claim;
use crate::storage::DueHookEvent;
use crate::storage::HookEventRow;
use crate::storage::HookStore;
use crate::storage::Lease;
use crate::storage::NewHook;
use crate::storage::StoreError;
use crate::storage::UserId;
use crate::storage::change_kinds;
use crate::storage::seal::Place;
use async_trait::async_trait;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// Rows in one list at most, whatever is asked for.
const ROWS_MAX: u32 = 1000;

const fn place(client: &Uuid) -> Place<'_> {
    Place { table: "hooks", column: "secret", row: client.as_bytes() }
}

#[async_trait]
impl<E: Engine> HookStore for SqlStore<E> {
    async fn set_hook(&self, hook: &NewHook<'_>, by: &Actor, now: Timestamp) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let client = client_named(&mut work, hook.name).await?.0;
        let sealed = self.sealer.seal_secret(place(&client), hook.secret.reveal());
        // What signed until now signs on for a while; both values are read before the row is changed.
        let sql = "-- change_hook
UPDATE hooks
SET before = secret, before_until = $1, secret = $2, url = COALESCE($3, url)
WHERE client = $4";
        let url = hook.url.map(str::to_owned);
        let changed = work.execute(sql, values![hook.before_until, sealed.clone(), url.clone(), client]).await?;
        let detail = match (changed, url) {
            (0, None) => return Err(StoreError::Absent),
            (0, Some(url)) => {
                let sql = "-- add_hook
INSERT INTO hooks (client, url, secret, looked_to, created_at)
VALUES ($1, $2, $3, (SELECT lines FROM journal_head WHERE id = 1), $4)";
                work.execute(sql, values![client, url, sealed, now]).await?;
                format!("{} has a webhook", hook.name)
            }
            (_, Some(_)) => format!("{} has another webhook", hook.name),
            (_, None) => format!("{} has a new secret", hook.name),
        };
        work.tell(line(by, "api_hook_set", detail, now));
        work.commit().await
    }

    async fn remove_hook(&self, name: &str, by: &Actor, now: Timestamp) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let client = client_named(&mut work, name).await?.0;
        work.execute("DELETE FROM hook_events WHERE client = $1", values![client]).await?;
        if work.execute("DELETE FROM hooks WHERE client = $1", values![client]).await? != 1 {
            return Err(StoreError::Absent);
        }
        clear_alarm(&mut work, name, now).await?;
        work.tell(line(by, "api_hook_removed", name.to_owned(), now));
        work.commit().await
    }

    async fn queue_hook_events(&self, now: Timestamp, lines_max: u32) -> Result<u64, StoreError> {
        let sql =
            "SELECT client FROM hooks WHERE looked_to < (SELECT lines FROM journal_head WHERE id = 1) ORDER BY client";
        let mut queued = 0;
        for behind in self.ask("hooks", sql, values![]).await? {
            queued += self.queue_for(behind.uuid("client")?, now, lines_max).await?;
        }
        Ok(queued)
    }

    async fn claim_hook_events(&self, claim: Claim) -> Result<Vec<Lease<DueHookEvent>>, StoreError> {
        let sql = "-- nothing_due_hooks
SELECT 1
FROM hook_events
WHERE state = 'queued' AND due <= $1 AND (lease_token IS NULL OR lease_expires <= $1)
LIMIT 1";
        if self.ask("hook_events", sql, values![claim.now]).await?.is_empty() {
            return Ok(Vec::new());
        }
        let mut work = self.pools.work().await?;
        let leases = match self.take_hook_events(&mut work, claim).await {
            // Another node took one for the same case system between our look and our mark.
            Err(error) if is_unique_violation(&error) => return Ok(Vec::new()),
            other => other?,
        };
        work.commit().await?;
        Ok(leases)
    }

    async fn settle_hook_event(
        &self,
        lease: &Lease<DueHookEvent>,
        next: Next,
        failure: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (state, due) = match next {
            Next::Delivered => ("delivered", None),
            Next::Retry { due } => ("queued", Some(due)),
            Next::Abandoned => ("abandoned", None),
        };
        let DueHookEvent { id, client, kind, .. } = &lease.held;
        let mut work = self.pools.work().await?;
        let sql = "-- settle_hook_event
UPDATE hook_events
SET state = $1, due = COALESCE($2, due), last_failure = COALESCE($3, last_failure), lease_token = NULL, lease_expires = NULL
WHERE id = $4 AND lease_token = $5 AND state = 'queued'";
        let values = values![state, due.map(|it| it.0), failure.map(str::to_owned), *id, lease.token];
        if work.execute(sql, values).await? != 1 {
            return Err(StoreError::LeaseLost);
        }
        match next {
            Next::Delivered => {
                let sql = "-- hooks_in_trouble
SELECT 1
FROM hook_events AS e
INNER JOIN api_clients AS c ON c.user_id = e.client
WHERE c.name = $1 AND e.state = 'abandoned'
LIMIT 1";
                if work.fetch("hook_events", sql, values![client.as_str()]).await?.is_empty() {
                    clear_alarm(&mut work, client, now).await?;
                }
            }
            Next::Retry { .. } => {}
            Next::Abandoned => {
                let detail = format!("{kind} to {client}; id {id}; attempt {}", lease.attempt);
                tell_abandoned(&mut work, client, detail, now).await?;
            }
        }
        work.commit().await
    }

    async fn requeue_hook_event(&self, id: Uuid, by: &Actor, now: Timestamp) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "-- requeue_hook_event
UPDATE hook_events
SET state = 'queued', due = $1, attempts = 0
WHERE id = $2 AND state = 'abandoned'";
        if work.execute(sql, values![now, id]).await? != 1 {
            return Err(StoreError::Absent);
        }
        work.tell(line(by, "api_hook_requeued", format!("id {id}"), now));
        work.commit().await
    }

    async fn next_hook_event_due(&self) -> Result<Option<Timestamp>, StoreError> {
        let sql = "SELECT MIN(due) AS due FROM hook_events WHERE state = 'queued' AND lease_token IS NULL";
        let found = self.ask("hook_events", sql, values![]).await?;
        found.first().map_or(Ok(None), |it| it.time_if_any("due"))
    }

    async fn hook_events(&self, rows_max: u32) -> Result<Vec<HookEventRow>, StoreError> {
        let sql = "-- hook_events
SELECT e.id, c.name, e.kind, e.state, e.attempts, e.due, e.last_failure
FROM hook_events AS e
INNER JOIN api_clients AS c ON c.user_id = e.client
WHERE e.state IN ('queued', 'abandoned')
ORDER BY e.created_at, e.id
LIMIT $1";
        let found = self.ask("hook_events", sql, values![rows_max.min(ROWS_MAX)]).await?;
        let row = |record: &Record<E>| {
            Ok(HookEventRow {
                id: record.uuid("id")?,
                client: record.text("name")?,
                kind: record.text("kind")?,
                is_abandoned: record.text("state")? == "abandoned",
                attempts: record.count("attempts")?,
                due: record.time("due")?,
                last_failure: record.text_if_any("last_failure")?,
            })
        };
        found.iter().map(row).collect()
    }

    async fn forget_hook_events(&self, before: Timestamp) -> Result<u64, StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "DELETE FROM hook_events WHERE state = 'delivered' AND created_at < $1";
        let forgotten = work.execute(sql, values![before]).await?;
        work.commit().await?;
        Ok(forgotten)
    }
}

impl<E: Engine> SqlStore<E> {
    /// Looks on in the journal for one case system; compares and sets how far, so that two nodes do not queue it twice.
    async fn queue_for(&self, client: Uuid, now: Timestamp, lines_max: u32) -> Result<u64, StoreError> {
        let mut work = self.pools.work().await?;
        let held = work.fetch("memberships", MEMBERSHIPS_OF, values![client]).await?;
        let held = held.iter().map(membership).collect::<Result<Vec<_>, _>>()?;
        let sights = domain::sights(&held, now);
        let whole: Vec<&Sight> = sights.iter().filter(|it| it.which == Which::All).collect();
        let sql = format!(
            "SELECT looked_to, (SELECT lines FROM journal_head WHERE id = 1) AS lines FROM hooks WHERE client = $1{}",
            E::FOR_UPDATE
        );
        let hook = work.fetch("hooks", AssertSqlSafe(sql), values![client]).await?;
        let Some(hook) = hook.first() else { return Ok(0) };
        let (after, end): (u64, u64) = (hook.count("looked_to")?, hook.count("lines")?);
        let until = end.min(after.saturating_add(u64::from(lines_max)));
        let mut queued = 0;
        if !whole.is_empty() {
            let mut statement = Statement::<E>::new(NEWS);
            statement.value(after).push(" AND j.sequence <= ").value(until).push(" AND j.action IN ");
            statement.list(change_kinds()).push(" AND ");
            seen(&mut statement, &whole);
            for_client(&mut statement, "j", UserId(client));
            statement.push(" ORDER BY j.sequence, i.id");
            for news in work.fetch("journal", AssertSqlSafe(statement.sql), statement.values).await? {
                let sql = "-- queue_hook_event
INSERT INTO hook_events (id, client, item, kind, at, state, created_at, due, attempts)
VALUES ($1, $2, $3, $4, $5, 'queued', $6, $6, 0)";
                let (kind, at) = (news.text("action")?, news.time("at")?);
                work.execute(sql, values![Uuid::now_v7(), client, news.uuid("id")?, kind, at, now]).await?;
                queued += 1;
            }
        }
        let sql = "UPDATE hooks SET looked_to = $1 WHERE client = $2 AND looked_to = $3";
        if work.execute(sql, values![until, client, after]).await? != 1 {
            return Ok(0);
        }
        work.commit().await?;
        Ok(queued)
    }

    async fn take_hook_events(&self, work: &mut Work<E>, claim: Claim) -> Result<Vec<Lease<DueHookEvent>>, StoreError> {
        let sql = format!(
            "SELECT id FROM hook_events WHERE lease_token IS NOT NULL AND lease_expires <= $1{}",
            E::SKIP_LOCKED
        );
        for expired in work.fetch("hook_events", AssertSqlSafe(sql), values![claim.now]).await? {
            let sql = "UPDATE hook_events SET lease_token = NULL, lease_expires = NULL WHERE id = $1";
            work.execute(sql, values![expired.uuid("id")?]).await?;
        }
        // The oldest due of each case system that nobody works for.
        let sql = format!(
            "-- claim_hook_events
SELECT e.id, e.client, e.item, e.kind, e.at, e.attempts
FROM hook_events AS e
WHERE e.state = 'queued' AND e.due <= $1 AND e.lease_token IS NULL
    AND NOT EXISTS (
        SELECT 1
        FROM hook_events AS held
        WHERE held.client = e.client AND held.lease_token IS NOT NULL)
    AND NOT EXISTS (
        SELECT 1
        FROM hook_events AS older
        WHERE older.state = 'queued' AND older.client = e.client AND older.lease_token IS NULL
            AND older.due <= $1 AND (older.due, older.id) < (e.due, e.id))
ORDER BY e.due, e.id
LIMIT $2{}",
            E::SKIP_LOCKED
        );
        let mut leases = Vec::new();
        for record in work.fetch("hook_events", AssertSqlSafe(sql), values![claim.now, claim.rows_max]).await? {
            let (token, id, client) = (new_token(), record.uuid("id")?, record.uuid("client")?);
            let attempt = record.count::<u32>("attempts")?.saturating_add(1);
            let sql = "-- hook_of
SELECT h.url, h.secret, h.before, h.before_until, c.name
FROM hooks AS h
INNER JOIN api_clients AS c ON c.user_id = h.client
WHERE h.client = $1";
            let hook = work.fetch("hooks", sql, values![client]).await?;
            let hook = hook.first().ok_or_else(|| record.fault("client"))?;
            let name = hook.text("name")?;
            let secrets = match self.secrets_of(client, hook, claim.now) {
                // A secret that cannot be read must not keep all the other case systems from being told.
                Err(error) if !error.retry() => {
                    tracing::error!("hook.id" = %id, client = name.as_str(), failure = %error, "a case system's secret cannot be read");
                    let failure = format!("its secret cannot be read here: {error}");
                    let sql = "UPDATE hook_events SET state = 'abandoned', last_failure = $1 WHERE id = $2";
                    work.execute(sql, values![failure, id]).await?;
                    tell_abandoned(work, &name, format!("{} to {name}; id {id}", record.text("kind")?), claim.now)
                        .await?;
                    continue;
                }
                secrets => secrets?,
            };
            let sql = "UPDATE hook_events SET lease_token = $1, lease_expires = $2, attempts = $3 WHERE id = $4";
            work.execute(sql, values![token, claim.until, attempt, id]).await?;
            let held = DueHookEvent {
                id,
                client: name,
                url: hook.text("url")?,
                secrets,
                item: ItemId(record.uuid("item")?),
                kind: record.text("kind")?,
                at: record.time("at")?,
            };
            leases.push(Lease { held, token, attempt, expires: claim.until });
        }
        Ok(leases)
    }

    /// What signs now: the secret, and for a while the one before it.
    fn secrets_of(&self, client: Uuid, hook: &Record<E>, now: Timestamp) -> Result<Vec<Redacted<Vec<u8>>>, StoreError> {
        let open = |sealed: Vec<u8>| self.sealer.open_secret(place(&client), &sealed).map(Redacted::new);
        let mut secrets = vec![open(hook.bytes("secret")?)?];
        if hook.time_if_any("before_until")?.is_some_and(|it| it > now)
            && let Some(before) = hook.bytes_if_any("before")?
        {
            secrets.push(open(before)?);
        }
        Ok(secrets)
    }
}

async fn tell_abandoned<E: Engine>(
    work: &mut Work<E>,
    client: &str,
    detail: String,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = values![AlarmKind::HookAbandoned.label(), client, now, now, 1_u32];
    work.insert_and_fetch(&ALARMS, vec![row]).await?;
    work.tell(line(&Actor::House, "api_hook_abandoned", detail, now));
    Ok(())
}

pub(super) async fn clear_alarm<E: Engine>(work: &mut Work<E>, client: &str, now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE alarms SET cleared_at = $1 WHERE kind = $2 AND subject = $3 AND cleared_at IS NULL";
    work.execute(sql, values![now, AlarmKind::HookAbandoned.label(), client]).await?;
    Ok(())
}

/// What has happened with which items. The conditions follow. A CROSS JOIN, or SQLite walks through all that a unit has and asks
/// the journal about each.
const NEWS: &str = "-- hook_news
SELECT j.sequence, j.action, j.at, i.id
FROM journal AS j
CROSS JOIN items AS i
WHERE i.message = j.message AND j.sequence > ";
