//! What is left behind by those who leave: no case stays with somebody who has no access to it any more.
//!
//! What ends a membership or an account lets go in the same transaction; what ends by itself, by its date, is found by looking.

use super::Change;
use crate::domain::Act;
use crate::domain::Acting;
use crate::domain::Authority;
use crate::domain::Clearance;
use crate::domain::Colleague;
use crate::domain::ItemId;
use crate::domain::Role;
use crate::domain::Timestamp;
use crate::domain::clearance;
use crate::domain::roles_at;
use crate::storage::Actor;
use crate::storage::StoreError;
use crate::storage::UserId;
use crate::storage::sql::SqlStore;
use crate::storage::sql::engine::Engine;
use crate::storage::sql::engine::Statement;
use crate::storage::sql::engine::values;
use crate::storage::sql::people::MEMBERSHIPS_OF;
use crate::storage::sql::people::membership;
use crate::storage::sql::work::Work;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// Roles in which one can be responsible for a case, as they stand in the database.
const CARRYING: [Role; 4] = [Role::CaseWorker, Role::Secretary, Role::Coordinator, Role::Member];

/// Cases of one person that are let go of in one transaction.
const OF_ONE_ROWS_MAX: u32 = 10_000;

impl<E: Engine> SqlStore<E> {
    /// Finds open cases of those whose membership or account has ended, whoever they are.
    pub(super) async fn let_go_of_those_who_left(&self, now: Timestamp, rows_max: u32) -> Result<u64, StoreError> {
        // Mostly there is nothing, and nobody who writes has to wait for that.
        let mut look = self.pools.look().await?;
        if look.run("items", left_behind(None, now, 1)).await?.is_empty() {
            return Ok(0);
        }
        drop(look);
        let mut work = self.pools.work().await?;
        let count = self.let_go_in(&mut work, None, None, &Actor::House, now, rows_max).await?;
        if count > 0 {
            work.commit().await?;
        }
        Ok(count)
    }

    /// Lets go of what `user` is responsible for and has no access to any more: to `successor`, when that is one who works in
    /// the unit now, else back to where nobody is responsible.
    pub(in crate::storage::sql) async fn let_go_of(
        &self,
        work: &mut Work<E>,
        user: UserId,
        successor: Option<UserId>,
        by: &Actor,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        self.let_go_in(work, Some(user), successor, by, now, OF_ONE_ROWS_MAX).await
    }

    async fn let_go_in(
        &self,
        work: &mut Work<E>,
        user: Option<UserId>,
        successor: Option<UserId>,
        by: &Actor,
        now: Timestamp,
        rows_max: u32,
    ) -> Result<u64, StoreError> {
        let statement = left_behind::<E>(user, now, rows_max);
        let found = work.fetch("items", AssertSqlSafe(statement.sql), statement.values).await?;
        let mut count = 0;
        for record in &found {
            let row = self.hold(work, ItemId(record.uuid("id")?), None).await?;
            let Some(from) = row.case.responsible.clone() else { continue };
            let to = match successor {
                Some(it) => self.who_can_take_over(work, it, &row, now).await?,
                None => None,
            };
            let who = match by {
                Actor::Person { id, name } => {
                    Colleague { id: Uuid::parse_str(id).unwrap_or(Uuid::nil()), name: name.clone() }
                }
                Actor::House | Actor::Operator(_) => Colleague { id: Uuid::nil(), name: "Meldeport".to_owned() },
            };
            let by = Acting { who, authority: Authority::Leading, at: now };
            let act = Act::Lapse { from, to };
            let Ok(after) = row.case.after(&act, &by) else { continue };
            let change = Change { kind: act.kind(), details: act.details(), by: &by, undo_until: None, send_due: None };
            self.set(work, &row, after, change).await?;
            count += 1;
        }
        Ok(count)
    }

    /// The successor, when that is one who may work with the case as soon as it is theirs.
    async fn who_can_take_over(
        &self,
        work: &mut Work<E>,
        user: UserId,
        row: &super::row::Row,
        now: Timestamp,
    ) -> Result<Option<Colleague>, StoreError> {
        let held = work.fetch("memberships", MEMBERSHIPS_OF, values![user.0]).await?;
        let held = held.iter().map(membership).collect::<Result<Vec<_>, _>>()?;
        let roles = roles_at(&held, &row.unit, row.id, now);
        let works = roles.iter().any(|it| matches!(it, Role::CaseWorker | Role::Secretary | Role::Coordinator));
        if !works || row.listed.protected != 0 && clearance(&held, &row.unit, now) != Clearance::Graded {
            return Ok(None);
        }
        let sql = "SELECT display_name FROM users WHERE id = $1 AND ended_at IS NULL";
        let found = work.fetch("users", sql, values![user.0]).await?;
        found.first().map(|it| Ok(Colleague { id: user.0, name: it.text("display_name")? })).transpose()
    }
}

/// Open cases of `user`, or of anybody, whose responsible person has no role that can have them: from those who have lost
/// something, so that nothing is walked through for the many who have not.
fn left_behind<E: Engine>(user: Option<UserId>, now: Timestamp, rows_max: u32) -> Statement<E> {
    let mut statement = Statement::new("-- left_behind\nSELECT i.id FROM items AS i WHERE i.responsible IN (");
    match user {
        Some(user) => statement.value(user.0),
        None => statement
            .push("SELECT user_id FROM memberships WHERE valid_to <= ")
            .value(now)
            .push(" UNION SELECT id FROM users WHERE ended_at <= ")
            .value(now),
    };
    statement.push(") AND i.state IN ('taken', 'waiting', 'offered') AND NOT EXISTS (SELECT 1 FROM memberships AS m");
    statement.push(" INNER JOIN users AS u ON u.id = m.user_id");
    statement.push(" WHERE m.user_id = i.responsible AND m.unit = i.unit AND u.ended_at IS NULL AND m.role IN ");
    statement.list(CARRYING.iter().map(|it| it.label()));
    statement.push(" AND (m.valid_to IS NULL OR m.valid_to > ").value(now).push(")) ORDER BY i.id LIMIT ");
    statement.value(rows_max);
    statement
}
