//! Roles of people in units, lifted cases, and what the journal tells of one person.

use super::SqlStore;
use super::account::may_sign_in;
use super::engine::Engine;
use super::engine::Record;
use super::engine::Statement;
use super::engine::values;
use super::inbox::Asking;
use super::journal::line_as_kept;
use super::work::Work;
use crate::domain::Clearance;
use crate::domain::ItemId;
use crate::domain::Membership;
use crate::domain::MembershipId;
use crate::domain::MessageId;
use crate::domain::Redacted;
use crate::domain::Role;
use crate::domain::Sight;
use crate::domain::StartPage;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::Voucher;
use crate::domain::voucher_of;
use crate::domain::worked_units;
use crate::storage::Actor;
use crate::storage::Clearing;
use crate::storage::InboxCounts;
use crate::storage::InboxQuery;
use crate::storage::InboxRow;
use crate::storage::NewJournalLine;
use crate::storage::OpenCases;
use crate::storage::PeopleStore;
use crate::storage::Person;
use crate::storage::RoleEnded;
use crate::storage::StoreError;
use crate::storage::TOLD_LINES_MAX;
use crate::storage::ToldAbout;
use crate::storage::User;
use crate::storage::UserId;
use async_trait::async_trait;
use std::collections::BTreeMap;
use uuid::Uuid;

/// People on one page.
const PEOPLE_ROWS_MAX: u32 = 2000;
/// Clearances of one person's units.
const CLEARING_ROWS_MAX: u32 = 2000;

pub(super) const MEMBERSHIPS_OF: &str = "-- memberships_of
SELECT id, user_id, unit, role, item, cleared, valid_from, valid_to
FROM memberships
WHERE user_id = $1
ORDER BY id";

pub(super) const ALL_MEMBERSHIPS: &str =
    "SELECT id, user_id, unit, role, item, cleared, valid_from, valid_to FROM memberships ORDER BY id";

/// A membership from its columns.
pub(super) fn membership<E: Engine>(record: &Record<E>) -> Result<Membership, StoreError> {
    Ok(Membership {
        id: MembershipId(record.count("id")?),
        unit: UnitId(record.text("unit")?),
        role: record.word("role", Role::from_label)?,
        case: record.uuid_if_any("item")?.map(ItemId),
        clearance: if record.flag("cleared")? { Clearance::Graded } else { Clearance::Ordinary },
        from: record.time("valid_from")?,
        to: record.time_if_any("valid_to")?,
    })
}

const CLEARINGS: &str = "-- clearings
SELECT m.id, m.user_id, m.unit, m.role, m.item, m.cleared, m.valid_from, m.valid_to, m.given_by, m.vouched_by, m.given_at,
    u.display_name, u.ended_at, g.display_name AS giver_name
FROM memberships AS m
INNER JOIN users AS u ON u.id = m.user_id
LEFT JOIN users AS g ON g.id = m.given_by
WHERE m.cleared = 1 AND m.unit IN ";

fn clearing<E: Engine>(record: &Record<E>) -> Result<Clearing, StoreError> {
    let giver = record.uuid_if_any("given_by")?.map(UserId);
    let name = record.text_if_any("giver_name")?.unwrap_or_default();
    Ok(Clearing {
        who: Person { id: UserId(record.uuid("user_id")?), display_name: record.text("display_name")? },
        ended_at: record.time_if_any("ended_at")?,
        held: membership(record)?,
        voucher: voucher(record)?,
        by: giver.map(|id| Person { id, display_name: name }),
        given_at: record.time("given_at")?,
    })
}

fn voucher<E: Engine>(record: &Record<E>) -> Result<Voucher, StoreError> {
    Ok(record.uuid_if_any("vouched_by")?.map_or(Voucher::Operator, Voucher::Person))
}

#[async_trait]
impl<E: Engine> PeopleStore for SqlStore<E> {
    async fn memberships(&self, user: UserId) -> Result<Vec<Membership>, StoreError> {
        self.ask("memberships", MEMBERSHIPS_OF, values![user.0]).await?.iter().map(membership).collect()
    }

    async fn people_of(&self, units: &[UnitId]) -> Result<Vec<(User, Vec<Membership>)>, StoreError> {
        let mut look = self.pools.look().await?;
        let mut statement = Statement::<E>::new(
            "-- people_of
SELECT m.id, m.user_id, m.unit, m.role, m.item, m.cleared, m.valid_from, m.valid_to,
    u.login, u.display_name, u.ended_at
FROM memberships AS m
INNER JOIN users AS u ON u.id = m.user_id
WHERE m.unit IN ",
        );
        statement.list(units.iter().map(|it| it.0.as_str())).push(" ORDER BY u.display_name, u.login, m.id LIMIT ");
        statement.value(PEOPLE_ROWS_MAX);
        let now = self.options.clock.now();
        let mut people: Vec<(User, Vec<Membership>)> = Vec::new();
        for record in look.run("memberships", statement).await? {
            let held = membership(&record)?;
            let id = UserId(record.uuid("user_id")?);
            match people.last_mut().filter(|(user, _)| user.id == id) {
                Some((_, all)) => all.push(held),
                None => {
                    let person = User {
                        id,
                        login: record.text("login")?,
                        display_name: record.text("display_name")?,
                        units: Vec::new(),
                        ended_at: record.time_if_any("ended_at")?,
                    };
                    people.push((person, vec![held]));
                }
            }
        }
        for (person, held) in &mut people {
            person.units = worked_units(held, now);
        }
        Ok(people)
    }

    async fn grant(
        &self,
        user: UserId,
        wanted: &Membership,
        by: &Actor,
        now: Timestamp,
    ) -> Result<MembershipId, StoreError> {
        let mut work = self.pools.work().await?;
        may_sign_in(&mut work, user).await?;
        let sql = "-- grant
INSERT INTO memberships (user_id, unit, role, item, cleared, valid_from, valid_to, given_by, vouched_by, given_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
RETURNING id";
        let Membership { id: _, unit, role, case, clearance, from, to } = wanted;
        let (case, cleared) = (case.map(|it| it.0), *clearance == Clearance::Graded);
        let to = to.map(|it| it.0);
        let giver = giver(by)?;
        let vouched = match giver {
            Some(giver) if cleared => vouched_by(&mut work, giver, unit, now).await?,
            Some(_) | None => None,
        };
        let giver = giver.map(|it| it.0);
        let values = values![user.0, unit.0.as_str(), role.label(), case, cleared, *from, to, giver, vouched, now];
        let made = work.fetch("memberships", sql, values).await?;
        let made = made.first().ok_or(StoreError::Inconsistent { table: "memberships", column: "id" })?;
        let id = MembershipId(made.count("id")?);
        if cleared {
            // A link that a third has made is not to be a way to what the person is cleared for now.
            let sql = "-- end_links_of_others
DELETE FROM links
WHERE user_id = $1 AND used_at IS NULL AND made_by IS NOT NULL AND made_by <> $2";
            work.execute(sql, values![user.0, giver.unwrap_or(Uuid::nil())]).await?;
        }
        let about = login_of(&mut work, user).await?;
        let until = wanted.to.map_or_else(|| "-".to_owned(), |it| it.to_string());
        let cleared = if cleared { ", cleared for graded addresses" } else { "" };
        let detail = format!("{about}: {} in {unit} from {from} to {until}{cleared}", role.label());
        let message = match wanted.case {
            Some(item) => message_of(&mut work, item).await?,
            None => None,
        };
        work.tell(NewJournalLine { at: now, actor: by.clone(), action: "role_given", message, detail });
        work.commit().await?;
        Ok(id)
    }

    async fn end_membership(
        &self,
        id: MembershipId,
        successor: Option<UserId>,
        by: &Actor,
        now: Timestamp,
    ) -> Result<RoleEnded, StoreError> {
        let mut work = self.pools.work().await?;
        // One that has not begun is never to begin: its end is its beginning or now, whichever is later.
        let sql = "-- end_membership
UPDATE memberships
SET valid_to = $1
WHERE id = $2 AND (valid_to IS NULL OR valid_to > $1)
RETURNING user_id, unit, role, item";
        let ended = work.fetch("memberships", sql, values![now, id.0]).await?;
        let ended = ended.first().ok_or(StoreError::Absent)?;
        let user = UserId(ended.uuid("user_id")?);
        let sessions = work.execute("DELETE FROM sessions WHERE user_id = $1", values![user.0]).await?;
        let about = login_of(&mut work, user).await?;
        let role = ended.word("role", Role::from_label)?;
        let detail = format!("{about}: {} in {}", role.label(), ended.text("unit")?);
        let message = match ended.uuid_if_any("item")? {
            Some(item) => message_of(&mut work, ItemId(item)).await?,
            None => None,
        };
        work.tell(NewJournalLine { at: now, actor: by.clone(), action: "role_ended", message, detail });
        let cases = self.let_go_of(&mut work, user, successor, by, now).await?;
        work.commit().await?;
        Ok(RoleEnded { sessions, cases })
    }

    async fn open_cases(&self, sights: &[Sight]) -> Result<Vec<OpenCases>, StoreError> {
        let mut look = self.pools.look().await?;
        let mut statement = Statement::<E>::new(
            "-- open_cases
SELECT i.responsible, i.unit, COUNT(*) AS count
FROM items AS i
WHERE i.responsible IS NOT NULL AND i.state IN ('taken', 'waiting', 'offered') AND ",
        );
        audited(&mut statement, "i.unit", sights);
        statement.push(" GROUP BY i.responsible, i.unit");
        let found = look.run("items", statement).await?;
        let open = found.iter().map(|it| {
            let (who, unit) = (UserId(it.uuid("responsible")?), UnitId(it.text("unit")?));
            Ok(OpenCases { who, unit, count: it.count("count")? })
        });
        open.collect()
    }

    async fn start_page(&self, user: UserId) -> Result<Option<StartPage>, StoreError> {
        let found = self.ask("start_pages", "SELECT page FROM start_pages WHERE user_id = $1", values![user.0]).await?;
        found.first().map(|it| it.word("page", StartPage::from_label)).transpose()
    }

    async fn choose_start_page(&self, user: UserId, page: StartPage) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "-- choose_start_page
INSERT INTO start_pages (user_id, page)
VALUES ($1, $2)
ON CONFLICT (user_id) DO UPDATE
SET page = excluded.page";
        work.execute(sql, values![user.0, page.label()]).await?;
        work.commit().await
    }

    async fn seen_page(&self, sights: &[Sight], who: UserId, query: &InboxQuery) -> Result<Vec<InboxRow>, StoreError> {
        self.page(sights, who, query).await
    }

    async fn seen_counts(&self, sights: &[Sight], who: UserId) -> Result<InboxCounts, StoreError> {
        self.counts(sights, who).await
    }

    async fn coordinated(&self, items: &[ItemId], who: UserId) -> Result<Vec<ItemId>, StoreError> {
        let mut look = self.pools.look().await?;
        let Asking { index, today, id: _ } = self.asking(who);
        let mut statement =
            Statement::<E>::new("-- coordinated\nSELECT DISTINCT item FROM coordinators WHERE who_index = ");
        statement.value(index).push(" AND from_on <= ").value(today.as_str());
        statement.push(" AND until_on >= ").value(today.as_str());
        statement.push(" AND item IN ").list(items.iter().map(|it| it.0));
        look.run("coordinators", statement).await?.iter().map(|it| it.uuid("item").map(ItemId)).collect()
    }

    async fn lifted(&self, items: &[ItemId]) -> Result<Vec<ItemId>, StoreError> {
        let mut look = self.pools.look().await?;
        let mut statement = Statement::<E>::new("SELECT id AS item FROM items WHERE id IN ");
        statement.list(items.iter().map(|it| it.0));
        statement.push(" AND (id IN (SELECT item FROM lifts) OR EXISTS (SELECT 1 FROM items AS h");
        statement.push(" WHERE h.id = items.came_from AND h.lifted_to = items.unit AND h.state <> 'withdrawn'))");
        look.run("items", statement).await?.iter().map(|it| it.uuid("item").map(ItemId)).collect()
    }

    async fn clearings(&self, units: &[UnitId]) -> Result<Vec<Clearing>, StoreError> {
        let mut look = self.pools.look().await?;
        let mut statement = Statement::<E>::new(CLEARINGS);
        statement.list(units.iter().map(|it| it.0.as_str()));
        statement.push(" ORDER BY m.given_at DESC, m.id DESC LIMIT ").value(CLEARING_ROWS_MAX);
        look.run("memberships", statement).await?.iter().map(clearing).collect()
    }

    async fn journal_about(
        &self,
        person_id: &Redacted<String>,
        sights: &[Sight],
    ) -> Result<Vec<ToldAbout>, StoreError> {
        let mut look = self.pools.look().await?;
        let person = self.sealer.person_index(person_id.reveal());
        let mut statement = Statement::<E>::new(
            "-- messages_about
SELECT DISTINCT i.message, i.protected, m.reference
FROM items AS i
INNER JOIN messages AS m ON m.id = i.message
WHERE i.person_index = ",
        );
        statement.value(person).push(" AND ");
        // Not a plain column, or an engine may walk through the unit instead of the few about the person.
        audited(&mut statement, "i.unit || ''", sights);
        let mut references = BTreeMap::new();
        for record in look.run("items", statement).await? {
            references.insert(record.uuid("message")?, (record.text("reference")?, record.flag("protected")?));
        }
        let mut statement = Statement::<E>::new(
            "-- journal_about
SELECT sequence, at, actor, actor_id, actor_name, action, message, detail
FROM journal
WHERE message IN ",
        );
        statement
            .list(references.keys().copied())
            .push(" ORDER BY sequence DESC LIMIT ")
            .value(TOLD_LINES_MAX as u64 + 1);
        let lines = look.run("journal", statement).await?;
        let told = lines.iter().rev().map(|it| {
            let line = line_as_kept(it)?;
            let message = line.message.map(|it| it.0).ok_or_else(|| it.fault("message"))?;
            let (reference, graded) = references.get(&message).cloned().unwrap_or_default();
            Ok(ToldAbout { reference: Some(reference), graded, line })
        });
        told.collect()
    }
}

/// The condition that an item `i` is in a unit whose journal is read, and is graded only for those who are cleared there.
fn audited<E: Engine>(statement: &mut Statement<E>, unit: &'static str, sights: &[Sight]) {
    statement.push("(1 = 0");
    for sight in sights {
        statement.push(" OR ").push(unit).push(" = ").value(sight.unit.0.as_str());
        statement.push(match sight.clearance {
            Clearance::Ordinary => " AND i.protected = 0",
            Clearance::Graded => "",
        });
    }
    statement.push(")");
}

/// Whom the journal names, when it is a person of the inbox.
fn giver(by: &Actor) -> Result<Option<UserId>, StoreError> {
    match by {
        Actor::House | Actor::Operator(_) => Ok(None),
        Actor::Person { id, name: _ } => Uuid::parse_str(id).map(|it| Some(UserId(it))).map_err(|_| StoreError::Absent),
    }
}

/// Whom a clearance that `giver` gives goes back to.
async fn vouched_by<E: Engine>(
    work: &mut Work<E>,
    giver: UserId,
    unit: &UnitId,
    now: Timestamp,
) -> Result<Option<Uuid>, StoreError> {
    let sql = "-- vouched_by
SELECT id, user_id, unit, role, item, cleared, valid_from, valid_to, vouched_by
FROM memberships
WHERE user_id = $1 AND unit = $2 AND cleared = 1
ORDER BY id";
    let mut own = Vec::new();
    for record in work.fetch("memberships", sql, values![giver.0, unit.0.as_str()]).await? {
        if membership(&record)?.holds(now) {
            own.push(voucher(&record)?);
        }
    }
    match voucher_of(&own, giver.0) {
        None => Err(StoreError::Absent),
        Some(Voucher::Operator) => Ok(None),
        Some(Voucher::Person(voucher)) => Ok(Some(voucher)),
    }
}

pub(super) fn told(
    by: &Person,
    action: &'static str,
    message: MessageId,
    detail: String,
    at: Timestamp,
) -> NewJournalLine {
    let actor = Actor::Person { id: by.id.to_string(), name: by.display_name.clone() };
    NewJournalLine { at, actor, action, message: Some(message), detail }
}

pub(super) async fn login_of<E: Engine>(work: &mut Work<E>, user: UserId) -> Result<String, StoreError> {
    let found = work.fetch("users", "SELECT login FROM users WHERE id = $1", values![user.0]).await?;
    found.first().ok_or(StoreError::Absent)?.text("login")
}

async fn message_of<E: Engine>(work: &mut Work<E>, item: ItemId) -> Result<Option<MessageId>, StoreError> {
    let found = work.fetch("items", "SELECT message FROM items WHERE id = $1", values![item.0]).await?;
    found.first().map(|it| it.uuid("message").map(MessageId)).transpose()
}
