//! The register, the coordinators, and the lifts: reads only, no summary is unsealed.

use super::SqlStore;
use super::casework::lift_reason;
use super::engine::Engine;
use super::engine::Record;
use super::engine::Statement;
use super::engine::values;
use super::people::membership;
use super::work::Look;
use crate::domain::Clearance;
use crate::domain::CoordinatorDuty;
use crate::domain::CoordinatorKind;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::PlanStatus;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::ReportKind;
use crate::domain::Sight;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::Which;
use crate::storage::Actor;
use crate::storage::Coordination;
use crate::storage::CoordinatorContact;
use crate::storage::LiftTold;
use crate::storage::NewJournalLine;
use crate::storage::Person;
use crate::storage::RegisterCursor;
use crate::storage::RegisterFilter;
use crate::storage::RegisterQuery;
use crate::storage::RegisterRow;
use crate::storage::RegisterStore;
use crate::storage::StoreError;
use crate::storage::seal::Place;
use async_trait::async_trait;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Rows in one page at most, whatever is asked for.
const REGISTER_ROWS_MAX: u32 = 1000;

#[async_trait]
impl<E: Engine> RegisterStore for SqlStore<E> {
    async fn register_page(&self, sights: &[Sight], query: &RegisterQuery) -> Result<Vec<RegisterRow>, StoreError> {
        let mut look = self.pools.look().await?;
        let rows_max = query.rows_max.min(REGISTER_ROWS_MAX);
        let mut rows = Vec::new();
        for sight in overviews(sights) {
            let mut statement = Statement::<E>::new(ROWS);
            narrow(&mut statement, sight, &query.filter);
            once(&mut statement, sights);
            if let Some(RegisterCursor { received_at, id }) = query.after {
                statement.push(" AND (i.received_at, i.id) < (").value(received_at).push(", ").value(id.0).push(")");
            }
            statement.push(" ORDER BY i.received_at DESC, i.id DESC LIMIT ").value(rows_max);
            for record in look.run("items", statement).await? {
                rows.push(row(&record)?);
            }
        }
        rows.sort_unstable_by_key(|it: &RegisterRow| Reverse((it.received_at, it.id)));
        rows.truncate(rows_max as usize);
        self.name_coordinators(&mut look, &mut rows).await?;
        Ok(rows)
    }

    async fn register_count(&self, sights: &[Sight], filter: &RegisterFilter) -> Result<u64, StoreError> {
        let mut look = self.pools.look().await?;
        let mut count = 0_u64;
        for sight in overviews(sights) {
            let mut statement = Statement::<E>::new("-- register_count\nSELECT COUNT(*) AS count FROM items AS i ");
            narrow(&mut statement, sight, filter);
            once(&mut statement, sights);
            for record in look.run("items", statement).await? {
                count = count.saturating_add(record.count("count")?);
            }
        }
        Ok(count)
    }

    async fn coordinations(&self, sights: &[Sight], rows_max: u32) -> Result<Vec<Coordination>, StoreError> {
        let mut look = self.pools.look().await?;
        let mut found = Vec::new();
        for sight in overviews(sights) {
            let mut statement = Statement::<E>::new(COORDINATIONS);
            statement.value(sight.unit.0.as_str()).push(GRADED[usize::from(sight.clearance == Clearance::Graded)]);
            statement.push(" ORDER BY c.until_on DESC, c.id LIMIT ").value(rows_max);
            for record in look.run("coordinators", statement).await? {
                found.push(self.coordination(&record)?);
            }
        }
        found.truncate(rows_max as usize);
        Ok(found)
    }

    async fn coordinator_contacts(&self, sights: &[Sight]) -> Result<Vec<CoordinatorContact>, StoreError> {
        let mut look = self.pools.look().await?;
        let mut statement = Statement::<E>::new(
            "-- coordinator_contacts
SELECT unit, who_index, contacted_on
FROM coordinator_contacts
WHERE unit IN ",
        );
        statement.list(overviews(sights).map(|it| it.unit.0.as_str()));
        let contact = |it: &Record<E>| {
            Ok(CoordinatorContact {
                unit: UnitId(it.text("unit")?),
                who: it.bytes("who_index")?,
                on: it.word("contacted_on", |it| it.parse().ok())?,
            })
        };
        look.run("coordinator_contacts", statement).await?.iter().map(contact).collect()
    }

    async fn record_contact(
        &self,
        contact: &CoordinatorContact,
        by: &Person,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let CoordinatorContact { unit, who, on } = contact;
        let mut work = self.pools.work().await?;
        let sql = "SELECT 1 FROM coordinators WHERE unit = $1 AND who_index = $2 LIMIT 1";
        if work.fetch("coordinators", sql, values![unit.0.as_str(), who.clone()]).await?.is_empty() {
            return Ok(false);
        }
        let sql = "-- record_contact
INSERT INTO coordinator_contacts (unit, who_index, contacted_on, at, by_id, by_name)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (unit, who_index) DO UPDATE
SET contacted_on = excluded.contacted_on, at = excluded.at, by_id = excluded.by_id, by_name = excluded.by_name
WHERE coordinator_contacts.contacted_on < excluded.contacted_on";
        let values = values![unit.0.as_str(), who.clone(), on.to_string(), now, by.id.0, by.display_name.as_str()];
        work.execute(sql, values).await?;
        work.tell(NewJournalLine {
            at: now,
            actor: Actor::Person { id: by.id.to_string(), name: by.display_name.clone() },
            action: "coordinator_contacted",
            message: None,
            detail: format!("in {unit}"),
        });
        work.commit().await?;
        Ok(true)
    }

    async fn lift_reasons(
        &self,
        sights: &[Sight],
        from: Timestamp,
        until: Timestamp,
        rows_max: u32,
    ) -> Result<Vec<LiftTold>, StoreError> {
        let mut look = self.pools.look().await?;
        let mut reasons = Vec::new();
        for sight in overviews(sights) {
            let mut statement = Statement::<E>::new(LIFTS);
            statement.value(sight.unit.0.as_str()).push(GRADED[usize::from(sight.clearance == Clearance::Graded)]);
            statement.push(" AND e.at >= ").value(from).push(" AND e.at < ").value(until);
            statement.push(" ORDER BY e.at, e.item LIMIT ").value(rows_max);
            for record in look.run("case_events", statement).await? {
                let key = self.data_key(record.uuid("message")?, &record)?;
                reasons.extend(lift_reason(&record, &key)?);
            }
        }
        reasons.truncate(rows_max as usize);
        Ok(reasons)
    }
}

impl<E: Engine> SqlStore<E> {
    /// Whom each case has as its main coordinator: the one whose time began last.
    async fn name_coordinators(&self, look: &mut Look<E>, rows: &mut [RegisterRow]) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        let mut statement = Statement::<E>::new(NAMED);
        statement.value(CoordinatorDuty::Main.code()).push(" AND c.item IN ").list(rows.iter().map(|it| it.id.0));
        statement.push(" ORDER BY c.from_on, c.id");
        let found = look.run("coordinators", statement).await?;
        if found.is_empty() {
            return Ok(());
        }
        let units: BTreeSet<UnitId> = rows.iter().map(|it| it.unit.clone()).collect();
        let left = self.who_left(look, &units).await?;
        for record in found {
            let item = ItemId(record.uuid("item")?);
            let Some(row) = rows.iter_mut().find(|it| it.id == item) else { continue };
            let id = record.uuid("id")?;
            let key = self.data_key(record.uuid("message")?, &record)?;
            let open = |column: &'static str, sealed: Vec<u8>| -> Result<Redacted<String>, StoreError> {
                let place = Place { table: "coordinators", column, row: id.as_bytes() };
                let text = String::from_utf8(key.open(place, &sealed)?).map_err(|_| record.fault(column))?;
                Ok(Redacted::new(text))
            };
            row.coordinator = Some(open("name", record.bytes("name")?)?);
            row.coordinator_left = left.contains(&(row.unit.clone(), record.bytes("who_index")?));
            row.decision = match record.bytes_if_any("decision")? {
                Some(sealed) => Some(open("decision", sealed)?),
                None => None,
            };
        }
        Ok(())
    }

    /// Those who had a role in one of `units` and have none now, as coordinators are found by.
    async fn who_left(
        &self,
        look: &mut Look<E>,
        units: &BTreeSet<UnitId>,
    ) -> Result<BTreeSet<(UnitId, Vec<u8>)>, StoreError> {
        let mut statement = Statement::<E>::new(
            "-- who_left
SELECT m.id, m.user_id, m.unit, m.role, m.item, m.cleared, m.valid_from, m.valid_to, u.ended_at
FROM memberships AS m
INNER JOIN users AS u ON u.id = m.user_id
WHERE m.unit IN ",
        );
        statement.list(units.iter().map(|it| it.0.as_str()));
        let now = self.options.clock.now();
        let mut is_here: BTreeMap<(UnitId, Uuid), bool> = BTreeMap::new();
        for record in look.run("memberships", statement).await? {
            let held = membership(&record)?;
            let has_account = record.time_if_any("ended_at")?.is_none_or(|it| it > now);
            *is_here.entry((held.unit.clone(), record.uuid("user_id")?)).or_default() |= has_account && held.holds(now);
        }
        let left = is_here.into_iter().filter(|(_, is_here)| !is_here);
        Ok(left.map(|((unit, who), _)| (unit, self.sealer.coordinator_index(&who.to_string()))).collect())
    }

    fn coordination(&self, record: &Record<E>) -> Result<Coordination, StoreError> {
        let id = record.uuid("id")?;
        let place = Place { table: "coordinators", column: "name", row: id.as_bytes() };
        let name = self.data_key(record.uuid("message")?, record)?.open(place, &record.bytes("name")?)?;
        let day = |it: &str| it.parse::<Date>().ok();
        let until = record.word("until_on", day)?;
        Ok(Coordination {
            who: record.bytes("who_index")?,
            name: Redacted::new(String::from_utf8(name).map_err(|_| record.fault("name"))?),
            unit: UnitId(record.text("unit")?),
            kind: record.word("kind", CoordinatorKind::from_code)?,
            duty: record.word("duty", CoordinatorDuty::from_code)?,
            from: record.word("from_on", day)?,
            until: (until != Date::MAX).then_some(until),
            item: ItemId(record.uuid("item")?),
            person: record.bytes("person")?,
        })
    }
}

/// The units that are seen as a whole.
fn overviews(sights: &[Sight]) -> impl Iterator<Item = &Sight> {
    sights.iter().filter(|it| it.which == Which::All)
}

/// What follows the unit, by clearance: who is not cleared sees no graded case.
const GRADED: [&str; 2] = [" AND i.protected = 0", ""];

const ROWS: &str = "-- register_rows
SELECT i.id, i.unit, i.state, i.kind, i.needs, i.protected, i.reporter, i.age_group, i.received_at, i.deadline,
    i.opened_at, i.first_answer_at, i.closed_at, i.outcome, i.plan, i.unmet_need, i.improvement, i.relay_log,
    i.heard_at, i.team, i.review_on, i.dimensions, i.delegated_due, m.reference,
    COALESCE(i.sender_name, m.sender_name) AS sender_name, COALESCE(f.source, m.channel) AS channel,
    (SELECT MIN(c.from_on) FROM coordinators AS c WHERE c.item = i.id) AS coordinated_from
FROM items AS i
INNER JOIN messages AS m ON m.id = i.message
LEFT JOIN form_reports AS f ON f.message = m.id
";

const NAMED: &str = "-- register_coordinators
SELECT c.id, c.item, c.who_index, c.name, c.decision, i.message, k.key_id, k.wrapped
FROM coordinators AS c
INNER JOIN items AS i ON i.id = c.item
LEFT JOIN data_keys AS k ON k.message = i.message
WHERE c.duty = ";

const COORDINATIONS: &str = "-- coordinations
SELECT c.id, c.item, c.unit, c.kind, c.duty, c.who_index, c.name, c.from_on, c.until_on, i.message, k.key_id, k.wrapped,
    COALESCE(i.person_index, i.message) AS person
FROM coordinators AS c
INNER JOIN items AS i ON i.id = c.item
LEFT JOIN data_keys AS k ON k.message = i.message
WHERE i.state NOT IN ('transferred', 'withdrawn') AND c.unit = ";

const LIFTS: &str = "-- lifts
SELECT e.item, e.sequence, e.detail, i.message, k.key_id, k.wrapped
FROM case_events AS e
CROSS JOIN items AS i
LEFT JOIN data_keys AS k ON k.message = i.message
WHERE i.id = e.item AND e.act = 'lifted' AND e.undone = 0 AND i.unit || '' = ";

/// The conditions, from `WHERE` on.
fn narrow<E: Engine>(statement: &mut Statement<E>, sight: &Sight, filter: &RegisterFilter) {
    statement.push("WHERE i.unit = ").value(sight.unit.0.as_str());
    statement.push(GRADED[usize::from(sight.clearance == Clearance::Graded)]);
    // Withdrawals and questions are read in the inbox; the register is of needs.
    statement.push(" AND i.kind NOT IN ").list(ReportKind::without_need());
    if !filter.states.is_empty() {
        statement.push(" AND i.state IN ").list(filter.states.iter().map(|it| it.label()));
    }
    if let Some(need) = filter.need {
        // Codes stand with blanks between. `_` is a wildcard unless it is escaped.
        let sought = format!("% {} %", need.code().replace('_', "!_"));
        statement.push(" AND ' ' || i.needs || ' ' LIKE ").value(sought).push(" ESCAPE '!'");
    }
    if let Some(plan) = filter.plan {
        statement.push(" AND i.plan = ").value(plan.code());
    }
    if let Some(outcome) = filter.outcome {
        statement.push(" AND i.outcome = ").value(outcome.code());
    }
    if filter.reporter.is_some() || filter.age_group.is_some() {
        // The cells of a graded case say neither, and a filter must not either.
        statement.push(" AND i.protected = 0");
    }
    if let Some(reporter) = filter.reporter {
        statement.push(" AND i.reporter = ").value(reporter.code());
    }
    if let Some(age_group) = filter.age_group {
        statement.push(" AND i.age_group = ").value(age_group.code());
    }
    if let Some(team) = filter.team {
        statement.push(" AND i.team = ").value(team.code());
    }
    if let Some(day) = filter.unreviewed_on {
        statement.push(" AND (i.review_on < ").value(day.to_string()).push(" OR i.review_on IS NULL AND i.plan = ");
        statement.value(PlanStatus::Active.code()).push(")");
    }
    if filter.delegated {
        statement.push(" AND i.delegated_due IS NOT NULL");
    }
    if let Some(from) = filter.from {
        statement.push(" AND i.received_at >= ").value(from);
    }
    if let Some(until) = filter.until {
        statement.push(" AND i.received_at < ").value(until);
    }
    if let Some(day) = filter.uncoordinated_on {
        statement.push(" AND i.needs <> '' AND i.share = 'content' AND NOT EXISTS (SELECT 1 FROM coordinators AS c ");
        statement.push("WHERE c.item = i.id AND c.duty = ").value(CoordinatorDuty::Main.code());
        statement.push(" AND c.from_on <= ").value(day.to_string());
        statement.push(" AND c.until_on >= ").value(day.to_string()).push(")");
    }
    if let Some(now) = filter.unanswered_at {
        statement.push(" AND (i.first_answer_at IS NULL OR i.heard_at IS NOT NULL) AND i.deadline < ").value(now);
    }
}

/// A case that several of the units have, by lifting or delegating it, stands once for one who sees them: where it lies.
fn once<E: Engine>(statement: &mut Statement<E>, sights: &[Sight]) {
    if overviews(sights).count() < 2 {
        return;
    }
    statement.push(
        " AND (i.counts = 1 OR NOT EXISTS (SELECT 1 FROM items AS h WHERE h.message = i.message AND h.id <> i.id",
    );
    statement.push(" AND h.share = 'content' AND h.state NOT IN ('proposed', 'transferred', 'withdrawn')");
    statement.push(" AND (h.counts = 1 OR h.id < i.id) AND h.unit IN ");
    statement.list(overviews(sights).map(|it| it.unit.0.as_str())).push(" AND (h.protected = 0 OR h.unit IN ");
    let cleared = overviews(sights).filter(|it| it.clearance == Clearance::Graded);
    statement.list(cleared.map(|it| it.unit.0.as_str())).push(")))");
}

fn day<E: Engine>(record: &Record<E>, column: &'static str) -> Result<Option<Date>, StoreError> {
    let day = record.text_if_any(column)?.map(|it| it.parse()).transpose();
    day.map_err(|_| record.fault(column))
}

fn row<E: Engine>(record: &Record<E>) -> Result<RegisterRow, StoreError> {
    let coordinated_from = record.text_if_any("coordinated_from")?;
    let coordinated_from = coordinated_from.map(|it| it.parse()).transpose();
    Ok(RegisterRow {
        id: ItemId(record.uuid("id")?),
        reference: record.word("reference", Reference::parse)?,
        unit: UnitId(record.text("unit")?),
        state: record.word("state", ItemState::from_label)?,
        kind: record.text("kind")?,
        needs: record.text("needs")?.split_whitespace().map(str::to_owned).collect(),
        dimensions: record.text("dimensions")?.split_whitespace().map(str::to_owned).collect(),
        protected: record.flag("protected")?,
        sender: record.text("sender_name")?,
        channel: record.text("channel")?,
        reporter: record.text_if_any("reporter")?,
        age_group: record.text_if_any("age_group")?,
        received_at: record.time("received_at")?,
        deadline: record.time("deadline")?,
        opened_at: record.time_if_any("opened_at")?,
        first_answer_at: record.time_if_any("first_answer_at")?,
        closed_at: record.time_if_any("closed_at")?,
        outcome: record.text_if_any("outcome")?,
        plan: record.text_if_any("plan")?,
        unmet_need: record.text_if_any("unmet_need")?,
        improvement: record.flag("improvement")?,
        relay_log: record.flag("relay_log")?,
        heard: record.time_if_any("heard_at")?.is_some(),
        coordinated_from: coordinated_from.map_err(|_| record.fault("coordinated_from"))?,
        coordinator: None,
        coordinator_left: false,
        decision: None,
        team: record.text_if_any("team")?,
        review_on: day(record, "review_on")?,
        delegated_due: day(record, "delegated_due")?,
    })
}
