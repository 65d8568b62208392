//! Local accounts, one-time links and sessions.

use super::SqlStore;
use super::engine::Engine;
use super::engine::Record;
use super::engine::values;
use super::people::ALL_MEMBERSHIPS;
use super::people::MEMBERSHIPS_OF;
use super::people::membership;
use super::work::Look;
use super::work::Work;
use crate::domain::Membership;
use crate::domain::Redacted;
use crate::domain::Role;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::worked_units;
use crate::storage::AccountStore;
use crate::storage::Actor;
use crate::storage::OneTimeLink;
use crate::storage::Person;
use crate::storage::Proof;
use crate::storage::Session;
use crate::storage::SignInMethod;
use crate::storage::SignInStage;
use crate::storage::StoreError;
use crate::storage::User;
use crate::storage::UserId;
use crate::storage::seal::Place;
use async_trait::async_trait;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::time::Duration;

/// How exactly a session's `seen_at` is kept: each move of it is a write and a sync.
const SEEN_STEP: Duration = Duration::from_secs(30);

#[async_trait]
impl<E: Engine> AccountStore for SqlStore<E> {
    async fn add_user(&self, user: &User, now: Timestamp) -> Result<bool, StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "-- add_user
INSERT INTO users (id, login, display_name, created_at, ended_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (login) DO NOTHING";
        let ended_at = user.ended_at.map(|it| it.0);
        let values = values![user.id.0, user.login.as_str(), user.display_name.as_str(), now, ended_at];
        if work.execute(sql, values).await? != 1 {
            return Ok(false);
        }
        for unit in user.units.iter().collect::<BTreeSet<_>>() {
            let sql = "-- add_case_worker
INSERT INTO memberships (user_id, unit, role, cleared, valid_from)
VALUES ($1, $2, $3, $4, $5)";
            let (role, cleared) = (Role::CaseWorker.label(), false);
            work.execute(sql, values![user.id.0, unit.0.as_str(), role, cleared, now]).await?;
        }
        work.commit().await?;
        Ok(true)
    }

    async fn user_by_login(&self, login: &str) -> Result<Option<User>, StoreError> {
        let mut look = self.pools.look().await?;
        let sql = "SELECT id, login, display_name, ended_at FROM users WHERE login = $1";
        let found = look.fetch("users", sql, values![login]).await?;
        match found.first() {
            Some(found) => {
                let id = UserId(found.uuid("id")?);
                Ok(Some(user(found, units_of(&mut look, id, self.options.clock.now()).await?)?))
            }
            None => Ok(None),
        }
    }

    async fn user_by_id(&self, id: UserId) -> Result<Option<User>, StoreError> {
        let mut look = self.pools.look().await?;
        let sql = "SELECT id, login, display_name, ended_at FROM users WHERE id = $1";
        let found = look.fetch("users", sql, values![id.0]).await?;
        match found.first() {
            Some(found) => Ok(Some(user(found, units_of(&mut look, id, self.options.clock.now()).await?)?)),
            None => Ok(None),
        }
    }

    async fn users(&self) -> Result<Vec<User>, StoreError> {
        let mut look = self.pools.look().await?;
        let now = self.options.clock.now();
        let mut held: HashMap<UserId, Vec<Membership>> = HashMap::new();
        for record in look.fetch("memberships", ALL_MEMBERSHIPS, values![]).await? {
            held.entry(UserId(record.uuid("user_id")?)).or_default().push(membership(&record)?);
        }
        let mut users = Vec::new();
        for record in look.fetch("users", "SELECT id, login, display_name, ended_at FROM users", values![]).await? {
            let held = held.remove(&UserId(record.uuid("id")?)).unwrap_or_default();
            users.push(user(&record, worked_units(&held, now))?);
        }
        users.sort_unstable_by(|one, other| one.login.cmp(&other.login));
        Ok(users)
    }

    async fn end_user(&self, id: UserId, now: Timestamp) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "-- end_user
UPDATE users
SET ended_at = $1, password_hash = NULL
WHERE id = $2 AND ended_at IS NULL";
        if work.execute(sql, values![now, id.0]).await? != 1 {
            return Err(StoreError::Absent);
        }
        work.execute("DELETE FROM links WHERE user_id = $1", values![id.0]).await?;
        work.execute("DELETE FROM sessions WHERE user_id = $1", values![id.0]).await?;
        self.let_go_of(&mut work, id, None, &Actor::House, now).await?;
        work.commit().await
    }

    async fn password_hash(&self, id: UserId) -> Result<Option<Redacted<String>>, StoreError> {
        let sql = "SELECT password_hash FROM users WHERE id = $1 AND ended_at IS NULL";
        let found = self.ask("users", sql, values![id.0]).await?;
        found.first().map_or(Ok(None), |it| Ok(it.text_if_any("password_hash")?.map(Redacted::new)))
    }

    async fn set_password_hash(&self, id: UserId, hash: Redacted<String>, _now: Timestamp) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "UPDATE users SET password_hash = $1 WHERE id = $2 AND ended_at IS NULL";
        if work.execute(sql, values![hash.into_inner(), id.0]).await? != 1 {
            return Err(StoreError::Absent);
        }
        work.execute("DELETE FROM sessions WHERE user_id = $1", values![id.0]).await?;
        end_links(&mut work, id).await?;
        work.commit().await
    }

    async fn remove_password(&self, id: UserId) -> Result<bool, StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "UPDATE users SET password_hash = NULL WHERE id = $1 AND password_hash IS NOT NULL";
        let removed = work.execute(sql, values![id.0]).await?;
        end_links(&mut work, id).await?;
        work.commit().await?;
        Ok(removed == 1)
    }

    async fn add_link(
        &self,
        token_sha256: [u8; 32],
        user: UserId,
        made_by: Option<UserId>,
        expires: Timestamp,
    ) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        may_sign_in(&mut work, user).await?;
        // A case system never signs in.
        let sql = "SELECT 1 FROM api_clients WHERE user_id = $1";
        if !work.fetch("api_clients", sql, values![user.0]).await?.is_empty() {
            return Err(StoreError::Absent);
        }
        // One at a time: what went to the wrong address is mended by a new one.
        end_links(&mut work, user).await?;
        let sql = "INSERT INTO links (token_sha256, user_id, made_by, expires) VALUES ($1, $2, $3, $4)";
        work.execute(sql, values![token_sha256, user.0, made_by.map(|it| it.0), expires]).await?;
        work.commit().await
    }

    async fn link(&self, token_sha256: [u8; 32], now: Timestamp) -> Result<Option<OneTimeLink>, StoreError> {
        let sql = "-- link
SELECT l.user_id, u.login, l.made_by, m.display_name AS maker_name
FROM links AS l
INNER JOIN users AS u ON u.id = l.user_id
LEFT JOIN users AS m ON m.id = l.made_by
WHERE l.token_sha256 = $1 AND l.used_at IS NULL AND l.expires > $2";
        let found = self.ask("links", sql, values![token_sha256, now]).await?;
        let Some(found) = found.first() else { return Ok(None) };
        let name = found.text_if_any("maker_name")?.unwrap_or_default();
        let maker = found.uuid_if_any("made_by")?.map(UserId);
        Ok(Some(OneTimeLink {
            user: UserId(found.uuid("user_id")?),
            login: found.text("login")?,
            made_by: maker.map(|id| Person { id, display_name: name }),
        }))
    }

    async fn use_link(&self, token_sha256: [u8; 32], now: Timestamp) -> Result<Option<UserId>, StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "-- use_link
UPDATE links
SET used_at = $1
WHERE token_sha256 = $2 AND used_at IS NULL AND expires > $1
RETURNING user_id";
        let used = work.fetch("links", sql, values![now, token_sha256]).await?;
        let Some(used) = used.first() else { return Ok(None) };
        let user = UserId(used.uuid("user_id")?);
        work.commit().await?;
        Ok(Some(user))
    }

    async fn add_session(&self, session: &Session) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        may_sign_in(&mut work, session.user).await?;
        // A good time to forget those that ended long ago.
        work.execute("DELETE FROM sessions WHERE expires <= $1", values![session.created_at]).await?;
        let sql = "-- add_session
INSERT INTO sessions (token_sha256, user_id, created_at, seen_at, expires, form_secret,
    method, stage, factors, provider, level, proved_at, id_token)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
        let Session { token_sha256, user, created_at, seen_at, expires, form_secret, proof } = session;
        let Proof { method, stage, factors, provider, level, proved_at, id_token } = proof;
        let place = id_token_place(token_sha256);
        let id_token = id_token.as_ref().map(|it| self.sealer.seal_secret(place, it.reveal().as_bytes()));
        let values = values![
            *token_sha256,
            user.0,
            *created_at,
            *seen_at,
            *expires,
            form_secret.reveal().as_str(),
            method.label(),
            stage.label(),
            *factors,
            provider.as_str(),
            level.as_str(),
            *proved_at,
            id_token
        ];
        work.execute(sql, values).await?;
        work.commit().await
    }

    async fn session(&self, token_sha256: [u8; 32], now: Timestamp) -> Result<Option<(Session, User)>, StoreError> {
        let mut look = self.pools.look().await?;
        let sql = "-- session
SELECT s.created_at, s.seen_at, s.expires, s.form_secret, s.method, s.stage, s.factors, s.provider, s.level,
    s.proved_at, s.id_token, u.id, u.login, u.display_name, u.ended_at
FROM sessions AS s
INNER JOIN users AS u ON u.id = s.user_id
WHERE s.token_sha256 = $1 AND s.expires > $2 AND u.ended_at IS NULL";
        let found = look.fetch("sessions", sql, values![token_sha256, now]).await?;
        let Some(found) = found.first() else { return Ok(None) };
        let id = UserId(found.uuid("id")?);
        let user = user(found, units_of(&mut look, id, now).await?)?;
        drop(look);
        let seen_at = found.time("seen_at")?;
        if now >= seen_at.plus(SEEN_STEP) {
            let mut work = self.pools.work().await?;
            let sql = "UPDATE sessions SET seen_at = $1 WHERE token_sha256 = $2 AND seen_at < $1";
            work.execute(sql, values![now, token_sha256]).await?;
            work.commit().await?;
        }
        let proof = self.proof(&token_sha256, found)?;
        let session = Session {
            proof,
            token_sha256,
            user: id,
            created_at: found.time("created_at")?,
            seen_at,
            expires: found.time("expires")?,
            form_secret: Redacted::new(found.text("form_secret")?),
        };
        Ok(Some((session, user)))
    }

    async fn end_session(&self, token_sha256: [u8; 32]) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        work.execute("DELETE FROM sessions WHERE token_sha256 = $1", values![token_sha256]).await?;
        work.commit().await
    }

    async fn count_failed_sign_in(&self, login: &str, now: Timestamp, since: Timestamp) -> Result<u64, StoreError> {
        let login = self.sealer.login_index(login);
        let mut work = self.pools.work().await?;
        // What lies before the time that counts is of no use to anybody.
        work.execute("DELETE FROM failed_sign_ins WHERE login_index = $1 AND at < $2", values![login.clone(), since])
            .await?;
        let sql = "INSERT INTO failed_sign_ins (login_index, at) VALUES ($1, $2)";
        work.execute(sql, values![login.clone(), now]).await?;
        let counted = work.fetch("failed_sign_ins", COUNT_FAILED, values![login, since]).await?;
        let count = counted.first().map_or(Ok(0), |it| it.count("count"))?;
        work.commit().await?;
        Ok(count)
    }

    async fn failed_sign_ins(&self, login: &str, since: Timestamp) -> Result<u64, StoreError> {
        let values = values![self.sealer.login_index(login), since];
        let counted = self.ask("failed_sign_ins", COUNT_FAILED, values).await?;
        counted.first().map_or(Ok(0), |it| it.count("count"))
    }
}

impl<E: Engine> SqlStore<E> {
    /// How the person of a session has proved who they are.
    pub(super) fn proof(&self, token_sha256: &[u8; 32], found: &Record<E>) -> Result<Proof, StoreError> {
        let id_token = match found.bytes_if_any("id_token")? {
            Some(sealed) => {
                let text = self.sealer.open_secret(id_token_place(token_sha256), &sealed)?;
                Some(Redacted::new(String::from_utf8(text).map_err(|_| found.fault("id_token"))?))
            }
            None => None,
        };
        Ok(Proof {
            method: found.word("method", SignInMethod::from_label)?,
            stage: found.word("stage", SignInStage::from_label)?,
            factors: found.count("factors")?,
            provider: found.text("provider")?,
            level: found.text("level")?,
            proved_at: found.time("proved_at")?,
            id_token,
        })
    }
}

const fn id_token_place(token_sha256: &[u8; 32]) -> Place<'_> {
    Place { table: "sessions", column: "id_token", row: token_sha256 }
}

const COUNT_FAILED: &str = "SELECT COUNT(*) AS count FROM failed_sign_ins WHERE login_index = $1 AND at >= $2";

/// [`StoreError::Absent`] when there is no such account or it has been ended. Locks the row, so that ending the account
/// at the same moment ends what is being made too.
pub(super) async fn may_sign_in<E: Engine>(work: &mut Work<E>, id: UserId) -> Result<(), StoreError> {
    let sql = format!("SELECT id FROM users WHERE id = $1 AND ended_at IS NULL{}", E::FOR_UPDATE);
    let found = work.fetch("users", sqlx::AssertSqlSafe(sql), values![id.0]).await?;
    if found.is_empty() { Err(StoreError::Absent) } else { Ok(()) }
}

/// Ends the links that a person has not used: whoever changes what lets them in has no need of one, and no other is to have it.
pub(super) async fn end_links<E: Engine>(work: &mut Work<E>, user: UserId) -> Result<(), StoreError> {
    work.execute("DELETE FROM links WHERE user_id = $1 AND used_at IS NULL", values![user.0]).await?;
    Ok(())
}

pub(super) async fn units_of<E: Engine>(
    look: &mut Look<E>,
    id: UserId,
    now: Timestamp,
) -> Result<Vec<UnitId>, StoreError> {
    let found = look.fetch("memberships", MEMBERSHIPS_OF, values![id.0]).await?;
    let held = found.iter().map(membership).collect::<Result<Vec<_>, _>>()?;
    Ok(worked_units(&held, now))
}

pub(super) fn user<E: Engine>(record: &Record<E>, units: Vec<UnitId>) -> Result<User, StoreError> {
    Ok(User {
        id: UserId(record.uuid("id")?),
        login: record.text("login")?,
        display_name: record.text("display_name")?,
        units,
        ended_at: record.time_if_any("ended_at")?,
    })
}
