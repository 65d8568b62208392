//! What is left behind by those who leave: no case stays with somebody who does not see it any more.
//!
//! What ends a membership, an account or a lift lets go in the same transaction; what ends by itself, by its date, is found by
//! looking. Who can keep a case is [`can_keep`]; the database finds the few of whom it is to be asked.

use super::Change;
use super::end::the_house;
use super::row::Row;
use crate::domain::Act;
use crate::domain::Acting;
use crate::domain::Authority;
use crate::domain::CaseFacts;
use crate::domain::Colleague;
use crate::domain::ItemId;
use crate::domain::Membership;
use crate::domain::Role;
use crate::domain::SecondPerson;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::can_be_given;
use crate::domain::can_keep;
use crate::storage::Actor;
use crate::storage::StoreError;
use crate::storage::UserId;
use crate::storage::sql::SqlStore;
use crate::storage::sql::engine::Engine;
use crate::storage::sql::engine::Record;
use crate::storage::sql::engine::Statement;
use crate::storage::sql::engine::values;
use crate::storage::sql::people::MEMBERSHIPS_OF;
use crate::storage::sql::people::membership;
use crate::storage::sql::work::Work;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// Roles that work with every case that is theirs, as long as nothing but clearance stands against it.
const WORKING: [Role; 3] = [Role::CaseWorker, Role::Secretary, Role::Coordinator];

/// Cases that are looked at together.
const ROWS_AT_ONCE_MAX: u32 = 200;

/// Cases of one person that are let go of in one transaction.
const OF_ONE_ROWS_MAX: u32 = 10_000;

/// An open case whose responsible person may have lost sight of it.
struct Doubtful {
    item: ItemId,
    unit: UnitId,
    who: UserId,
    graded: bool,
    lifted: bool,
    /// When the account ended.
    ended: Option<Timestamp>,
}

impl Doubtful {
    fn read<E: Engine>(record: &Record<E>) -> Result<Self, StoreError> {
        Ok(Self {
            item: ItemId(record.uuid("id")?),
            unit: UnitId(record.text("unit")?),
            who: UserId(record.uuid("responsible")?),
            graded: record.flag("protected")?,
            lifted: record.count::<u64>("lifts")? > 0 || record.count::<u64>("lifted_here")? > 0,
            ended: record.time_if_any("ended_at")?,
        })
    }

    fn is_lost_to(&self, held: &[Record<impl Engine>], now: Timestamp) -> Result<bool, StoreError> {
        let held = held.iter().map(membership).collect::<Result<Vec<Membership>, _>>()?;
        let case = CaseFacts { lifted: self.lifted, ..facts(self.item, &self.unit, self.graded) };
        Ok(self.ended.is_some_and(|it| it <= now) || !can_keep(&held, &case, now))
    }
}

impl<E: Engine> SqlStore<E> {
    /// Finds open cases of those who have lost sight of them, whoever they are.
    pub(super) async fn let_go_of_those_who_left(&self, now: Timestamp, rows_max: u32) -> Result<u64, StoreError> {
        // Mostly there is nothing, and nobody who writes has to wait for that.
        if !self.is_any_left_behind(now).await? {
            return Ok(0);
        }
        let mut work = self.pools.work().await?;
        let count = self.let_go_in(&mut work, None, None, &Actor::House, now, rows_max).await?;
        if count > 0 {
            work.commit().await?;
        }
        Ok(count)
    }

    async fn is_any_left_behind(&self, now: Timestamp) -> Result<bool, StoreError> {
        let mut look = self.pools.look().await?;
        let mut after = None;
        loop {
            let found = look.run("items", left_behind(None, now, after)).await?;
            for record in &found {
                let case = Doubtful::read(record)?;
                let held = look.fetch("memberships", MEMBERSHIPS_OF, values![case.who.0]).await?;
                if case.is_lost_to(&held, now)? {
                    return Ok(true);
                }
                after = Some(case.item);
            }
            if found.len() < ROWS_AT_ONCE_MAX as usize {
                return Ok(false);
            }
        }
    }

    /// Lets go of what `user` is responsible for and does not see any more: to `successor`, when that is one who works in the
    /// unit now, else back to where nobody is responsible.
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
        let (mut count, mut after) = (0, None);
        loop {
            let statement = left_behind::<E>(user, now, after);
            let found = work.fetch("items", AssertSqlSafe(statement.sql), statement.values).await?;
            for record in &found {
                let case = Doubtful::read(record)?;
                after = Some(case.item);
                let held = work.fetch("memberships", MEMBERSHIPS_OF, values![case.who.0]).await?;
                if case.is_lost_to(&held, now)? && self.lapse(work, &case, successor, by, now).await? {
                    count += 1;
                }
                if count >= u64::from(rows_max) {
                    return Ok(count);
                }
            }
            if found.len() < ROWS_AT_ONCE_MAX as usize {
                return Ok(count);
            }
        }
    }

    async fn lapse(
        &self,
        work: &mut Work<E>,
        case: &Doubtful,
        successor: Option<UserId>,
        by: &Actor,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let row = self.hold(work, case.item, None).await?;
        let Some(from) = row.case.responsible.clone().filter(|it| it.id == case.who.0) else { return Ok(false) };
        let to = match successor {
            Some(it) => self.who_can_take_over(work, it, &row, now).await?,
            None => None,
        };
        let by = match by {
            Actor::Person { id, name } => {
                let who = Colleague { id: Uuid::parse_str(id).unwrap_or(Uuid::nil()), name: name.clone() };
                Acting { who, authority: Authority::Leading, at: now }
            }
            Actor::House | Actor::Operator(_) => the_house(now),
        };
        let act = Act::Lapse { from, to };
        let Ok(after) = row.case.after(&act, &by) else { return Ok(false) };
        // Whoever has it next is reminded as of any other.
        work.execute("DELETE FROM reminders WHERE item = $1", values![row.id.0]).await?;
        let change = Change { kind: act.kind(), details: act.details(), by: &by, undo_until: None, send_due: None };
        self.set(work, &row, after, change).await?;
        Ok(true)
    }

    /// The successor, when that is one who may work with the case as soon as it is theirs.
    async fn who_can_take_over(
        &self,
        work: &mut Work<E>,
        user: UserId,
        row: &Row,
        now: Timestamp,
    ) -> Result<Option<Colleague>, StoreError> {
        let held = work.fetch("memberships", MEMBERSHIPS_OF, values![user.0]).await?;
        let held = held.iter().map(membership).collect::<Result<Vec<_>, _>>()?;
        if !can_be_given(&held, &facts(row.id, &row.unit, row.listed.protected != 0), now) {
            return Ok(None);
        }
        let sql = "SELECT display_name FROM users WHERE id = $1 AND ended_at IS NULL";
        let found = work.fetch("users", sql, values![user.0]).await?;
        found.first().map(|it| Ok(Colleague { id: user.0, name: it.text("display_name")? })).transpose()
    }
}

fn facts(item: ItemId, unit: &UnitId, graded: bool) -> CaseFacts<'_> {
    let second = SecondPerson::NotAsked;
    CaseFacts { item, unit, own: true, coordinates: false, lifted: false, graded, second }
}

/// Open cases of `user`, or of anybody who has lost something or can lose sight of what was lifted, whose responsible person
/// has no role that surely keeps them: so nothing is walked through for the many who have not. After `after`, so many at once.
fn left_behind<E: Engine>(user: Option<UserId>, now: Timestamp, after: Option<ItemId>) -> Statement<E> {
    let mut statement = Statement::new(
        "-- left_behind
SELECT i.id, i.unit, i.responsible, i.protected, u.ended_at,
    (SELECT COUNT(*) FROM lifts AS l WHERE l.item = i.id) AS lifts,
    (SELECT COUNT(*) FROM items AS h
        WHERE h.id = i.came_from AND h.lifted_to = i.unit AND h.state <> 'withdrawn') AS lifted_here
FROM items AS i
LEFT JOIN users AS u ON u.id = i.responsible
WHERE i.responsible IN (",
    );
    match user {
        Some(user) => statement.value(user.0),
        None => statement
            .push("SELECT user_id FROM memberships WHERE valid_to <= ")
            .value(now)
            .push(" OR role = ")
            .value(Role::Member.label())
            .push(" UNION SELECT id FROM users WHERE ended_at <= ")
            .value(now),
    };
    statement.push(") AND i.state IN ('taken', 'waiting', 'offered') AND NOT EXISTS (SELECT 1 FROM memberships AS m");
    statement.push(" WHERE m.user_id = i.responsible AND m.unit = i.unit AND u.ended_at IS NULL AND m.role IN ");
    statement.list(WORKING.iter().map(|it| it.label()));
    statement.push(" AND (i.protected = 0 OR m.cleared = 1) AND m.valid_from <= ").value(now);
    statement.push(" AND (m.valid_to IS NULL OR m.valid_to > ").value(now).push("))");
    if let Some(after) = after {
        statement.push(" AND i.id > ").value(after.0);
    }
    statement.push(" ORDER BY i.id LIMIT ").value(ROWS_AT_ONCE_MAX);
    statement
}
