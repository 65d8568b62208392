//! The units' inbox: lists by keyset, one item with its history, and what people do with it.

use super::SqlStore;
use super::engine::Engine;
use super::engine::Record;
use super::engine::Statement;
use super::engine::values;
use super::filter::filter_by;
use super::journal::line_as_kept;
use super::settle::findings_from_text;
use super::settle::route_from_text;
use super::settle::summary_from_bytes;
use crate::domain::Clearance;
use crate::domain::FollowUpKind;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::MessageId;
use crate::domain::MessageState;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::Share;
use crate::domain::Sight;
use crate::domain::UnitId;
use crate::domain::Which;
use crate::storage::InboxCounts;
use crate::storage::InboxOrder;
use crate::storage::InboxQuery;
use crate::storage::InboxRow;
use crate::storage::InboxStore;
use crate::storage::ItemDetail;
use crate::storage::ItemSummary;
use crate::storage::OnlyTold;
use crate::storage::Person;
use crate::storage::StoreError;
use crate::storage::UserId;
use crate::storage::seal::Place;
use async_trait::async_trait;
use std::cmp::Reverse;
use std::collections::HashMap;
use uuid::Uuid;

/// Rows in one page at most, whatever is asked for.
const PAGE_ROWS_MAX: u32 = 500;
/// Parts of one statement: each unit and state is walked by itself, along an index.
const ARMS_MAX: usize = 100;
/// Whose own cases are meant, and how they are found.
pub(super) struct Asking {
    pub id: UserId,
    /// As the person is found among coordinators.
    pub index: Vec<u8>,
    /// An appointment is for days.
    pub today: String,
}

/// Earlier items about the same person that are shown beside an item.
const EARLIER_ROWS_MAX: u32 = 50;

#[async_trait]
impl<E: Engine> InboxStore for SqlStore<E> {
    async fn inbox_page(&self, query: &InboxQuery) -> Result<Vec<InboxRow>, StoreError> {
        self.page(&whole(&query.units), NOBODY, query).await
    }

    async fn inbox_counts(&self, units: &[UnitId], who: UserId) -> Result<InboxCounts, StoreError> {
        self.counts(&whole(units), who).await
    }

    async fn item(&self, id: ItemId, units: &[UnitId]) -> Result<ItemDetail, StoreError> {
        let mut look = self.pools.look().await?;
        let mut statement = Statement::new(ROWS);
        statement.push("WHERE i.id = ").value(id.0);
        statement.push(" AND i.unit IN ").list(units.iter().map(|it| it.0.as_str()));
        let found = look.run("items", statement).await?;
        let found = found.first().ok_or(StoreError::Absent)?;
        let row = self.row(found)?;

        let sql = "SELECT state, sender_message_id, message_type, findings, route FROM messages WHERE id = $1";
        let message = look.fetch("messages", sql, values![row.message.0]).await?;
        let message = message.first().ok_or_else(|| found.fault("message"))?;

        let journal = look.fetch("journal", JOURNAL_OF_MESSAGE, values![row.message.0]).await?;
        let mut earlier = Vec::new();
        if let Some(person) = found.bytes_if_any("person_index")? {
            let mut statement = Statement::new(ROWS);
            statement.push("WHERE i.person_index = ").value(person);
            statement.push(" AND i.id <> ").value(id.0);
            // Not a plain column, or an engine may walk through the unit instead of the few about the person.
            statement.push(" AND i.unit || '' IN ").list(units.iter().map(|it| it.0.as_str()));
            statement.push(" ORDER BY i.received_at DESC, i.id DESC LIMIT ").value(EARLIER_ROWS_MAX);
            for record in look.run("items", statement).await? {
                earlier.push(self.row(&record)?);
            }
        }
        Ok(ItemDetail {
            row,
            message_state: message.word("state", MessageState::from_label)?,
            sender_message_id: message.text("sender_message_id")?,
            message_type: message.text("message_type")?,
            findings: message.word("findings", findings_from_text)?,
            route: message.word("route", route_from_text)?,
            journal: journal.iter().map(line_as_kept).collect::<Result<_, _>>()?,
            earlier,
        })
    }
}

impl<E: Engine> SqlStore<E> {
    /// One page of what is seen by `sights`; `who` is whose own cases are meant.
    pub(super) async fn page(
        &self,
        sights: &[Sight],
        who: UserId,
        query: &InboxQuery,
    ) -> Result<Vec<InboxRow>, StoreError> {
        let mut look = self.pools.look().await?;
        let mut keys = Vec::new();
        for statement in page_statements(sights, &self.asking(who), query) {
            for record in look.run("items", statement).await? {
                let moment = match query.order {
                    InboxOrder::Work => "deadline",
                    InboxOrder::NewestFirst => "received_at",
                };
                keys.push(Key { moment: record.integer(moment)?, id: record.uuid("id")? });
            }
        }
        match query.order {
            InboxOrder::Work => keys.sort_unstable_by_key(|it| (it.moment, it.id)),
            InboxOrder::NewestFirst => keys.sort_unstable_by_key(|it| Reverse((it.moment, it.id))),
        }
        // What is seen in two ways, as a member and as coordinator, is one row.
        keys.dedup_by_key(|it| it.id);
        keys.truncate(rows_max(query) as usize);

        let mut statement = Statement::new(ROWS);
        statement.push("WHERE i.id IN ").list(keys.iter().map(|it| it.id));
        let mut rows = HashMap::with_capacity(keys.len());
        for record in look.run("items", statement).await? {
            rows.insert(record.uuid("id")?, self.row(&record)?);
        }
        Ok(keys.iter().filter_map(|it| rows.remove(&it.id)).collect())
    }

    /// How much is seen by `sights` in each state.
    pub(super) async fn counts(&self, sights: &[Sight], who: UserId) -> Result<InboxCounts, StoreError> {
        let mut look = self.pools.look().await?;
        let who = &self.asking(who);
        let mut counts = InboxCounts::default();
        let is_tallied = |it: &&Sight| it.which == Which::All;
        let tallied: Vec<&str> = sights.iter().filter(is_tallied).map(|it| it.unit.0.as_str()).collect();
        let mut statement = Statement::<E>::new("SELECT state, count FROM tallies WHERE what = 'item' AND unit IN ");
        statement.list(tallied);
        for record in look.run("tallies", statement).await? {
            count_more(&mut counts, record.word("state", ItemState::from_label)?, record.count("count")?);
        }
        // What is tallied holds graded cases too; who is not cleared does not count them.
        let hidden = sights.iter().filter(is_tallied).filter(|it| it.clearance == Clearance::Ordinary);
        let mut statement =
            Statement::<E>::new("SELECT state, COUNT(*) AS count FROM items WHERE protected = 1 AND unit IN ");
        statement.list(hidden.map(|it| it.unit.0.as_str())).push(" GROUP BY state");
        for record in look.run("items", statement).await? {
            count_less(&mut counts, record.word("state", ItemState::from_label)?, record.count("count")?);
        }
        for sight in sights.iter().filter(|it| it.which != Which::All) {
            let mut statement = Statement::<E>::new("SELECT state, COUNT(*) AS count FROM items WHERE ");
            in_unit(&mut statement, sight);
            narrow(&mut statement, sight, who);
            statement.push(" GROUP BY state");
            for record in look.run("items", statement).await? {
                count_more(&mut counts, record.word("state", ItemState::from_label)?, record.count("count")?);
            }
        }
        for sight in sights {
            let found = look.run("items", only_told_statement(sight, who)).await?;
            counts.only_told += found.first().map_or(Ok(0), |it| it.count("count"))?;
            let found = look.run("items", lifted_here_statement(sight, who)).await?;
            counts.lifted_here += found.first().map_or(Ok(0), |it| it.count("count"))?;
            let found = look.run("items", taken_back_statement(sight, who)).await?;
            counts.taken_back += found.first().map_or(Ok(0), |it| it.count("count"))?;
        }
        let units: Vec<UnitId> = sights.iter().map(|it| it.unit.clone()).collect();
        let own = look.run("items", own_statement(&units, who)).await?;
        counts.mine = own.first().map_or(Ok(0), |it| it.count("count"))?;
        for sight in appointed(sights) {
            let found = look.run("items", appointed_statement(&sight, who)).await?;
            counts.mine += found.first().map_or(Ok(0), |it| it.count("count"))?;
        }
        Ok(counts)
    }

    /// `who`, as own cases are asked for today.
    pub(super) fn asking(&self, who: UserId) -> Asking {
        let today = self.options.clock.now().date_in_norway().to_string();
        Asking { id: who, index: self.sealer.coordinator_index(&who.to_string()), today }
    }

    /// A row of a list, its summary unsealed.
    pub(super) fn row(&self, record: &Record<E>) -> Result<InboxRow, StoreError> {
        let (id, message) = (record.uuid("id")?, record.uuid("message")?);
        let summary = match self.summary(id, message, record) {
            Ok(summary) => summary,
            // A damaged row, or one whose key is missing, must not hide all the others from a unit. It stands in the list
            // by its reference, and opening it says what is wrong.
            Err(error) if !error.retry() => {
                tracing::error!(item.id = %id, failure = %error, "who an item is about cannot be read");
                ItemSummary::default()
            }
            Err(error) => return Err(error),
        };
        let responsible = match record.uuid_if_any("responsible")? {
            Some(id) => Some(Person { id: UserId(id), display_name: record.text("responsible_name")? }),
            None => None,
        };
        Ok(InboxRow {
            id: ItemId(id),
            message: MessageId(message),
            reference: record.word("reference", Reference::parse)?,
            unit: UnitId(record.text("unit")?),
            share: record.word("share", Share::from_label)?,
            state: record.word("state", ItemState::from_label)?,
            kind: record.text("kind")?,
            needs: record.text("needs")?.split_whitespace().map(str::to_owned).collect(),
            urgent: record.integer("place_in_line")? == i64::from(place_in_line(true)),
            protected: record.flag("protected")?,
            attachments: record.count("attachments")?,
            received_at: record.time("received_at")?,
            deadline: record.time("deadline")?,
            answered: record.time_if_any("first_answer_at")?.is_some() && record.time_if_any("heard_at")?.is_none(),
            heard_at: record.time_if_any("heard_at")?,
            withdrawn: record.text_if_any("last_reported")?.as_deref() == Some(FollowUpKind::Withdrawal.code()),
            next_contact_on: match record.text_if_any("next_contact_on")? {
                None => None,
                Some(day) => Some(day.parse().map_err(|_| record.fault("next_contact_on"))?),
            },
            responsible,
            lifted_from: match record.text_if_any("home_unit")? {
                Some(unit) => Some((UnitId(unit), record.text_if_any("home_name")?)),
                None => None,
            },
            summary: Redacted::new(summary),
        })
    }

    fn summary(&self, id: Uuid, message: Uuid, record: &Record<E>) -> Result<ItemSummary, StoreError> {
        let place = Place { table: "items", column: "summary", row: id.as_bytes() };
        let summary = self.data_key(message, record)?.open(place, &record.bytes("summary")?)?;
        summary_from_bytes(&summary).ok_or_else(|| record.fault("summary"))
    }
}

/// Stands for the one who asks where nothing hangs on it.
const NOBODY: UserId = UserId(Uuid::nil());

/// Every case of `units`.
fn whole(units: &[UnitId]) -> Vec<Sight> {
    units.iter().cloned().map(Sight::whole).collect()
}

const fn count_of(counts: &mut InboxCounts, state: ItemState) -> &mut u64 {
    match state {
        ItemState::Unread => &mut counts.unread,
        ItemState::Opened => &mut counts.opened,
        ItemState::Taken => &mut counts.taken,
        ItemState::Waiting => &mut counts.waiting,
        ItemState::Proposed => &mut counts.proposed,
        ItemState::Offered => &mut counts.offered,
        ItemState::Transferred => &mut counts.transferred,
        ItemState::Withdrawn => &mut counts.withdrawn,
        ItemState::Closed => &mut counts.closed,
    }
}

const fn count_more(counts: &mut InboxCounts, state: ItemState, more: u64) {
    let count = count_of(counts, state);
    *count = count.saturating_add(more);
}

const fn count_less(counts: &mut InboxCounts, state: ItemState, less: u64) {
    let count = count_of(counts, state);
    *count = count.saturating_sub(less);
}

/// Which of a unit's cases a sight covers, as conditions that follow `unit = …`.
pub(super) fn narrow<E: Engine>(statement: &mut Statement<E>, sight: &Sight, who: &Asking) {
    match sight.which {
        Which::All => {}
        Which::Lifted => {
            statement.push(" AND id IN (SELECT item FROM lifts UNION ALL SELECT c.id FROM items AS c");
            statement.push(" INNER JOIN items AS h ON h.id = c.came_from WHERE c.counts = 0 AND h.lifted_to = c.unit");
            statement.push(" AND h.state <> 'withdrawn' AND c.unit = ").value(sight.unit.0.as_str()).push(")");
        }
        Which::Own => one_has(statement, who.id),
        Which::Appointed => {
            statement.push(" AND id IN (SELECT c.item FROM coordinators AS c WHERE c.who_index = ");
            statement.value(who.index.clone()).push(" AND c.unit = ").value(sight.unit.0.as_str());
            statement.push(" AND c.from_on <= ").value(who.today.as_str());
            statement.push(" AND c.until_on >= ").value(who.today.as_str());
            statement.push(") AND (responsible IS NULL OR responsible <> ").value(who.id.0).push(")");
        }
        Which::Case(item) => {
            statement.push(" AND id = ").value(item.0);
        }
    }
    match sight.clearance {
        Clearance::Ordinary => {
            statement.push(" AND protected = 0");
        }
        Clearance::Graded => {}
    }
}

/// The condition that follows, that somebody has it. Who has it stands in no index but that of the responsible, so that no engine
/// takes another, which holds all that a unit has.
pub(super) fn one_has<E: Engine>(statement: &mut Statement<E>, who: UserId) {
    statement.push(" AND responsible_name IS NOT NULL AND responsible = ").value(who.0);
}

/// Whether what a sight covers is found by itself, and not along the unit.
fn is_few(sight: &Sight) -> bool {
    matches!(sight.which, Which::Appointed | Which::Lifted)
}

/// The condition that an item is in the unit of a sight.
pub(super) fn in_unit<E: Engine>(statement: &mut Statement<E>, sight: &Sight) {
    // Where few are found by who coordinates or what is lifted, not a plain column, or an engine may walk through the unit instead.
    let column = if is_few(sight) { "unit || '' = " } else { "unit = " };
    statement.push(column).value(sight.unit.0.as_str());
}

/// The condition that follows, that it is in `state`.
pub(super) fn in_state<E: Engine>(statement: &mut Statement<E>, sight: &Sight, state: ItemState) {
    let column = if is_few(sight) { " AND state || '' = " } else { " AND state = " };
    statement.push(column).value(state.label());
}

/// Those of `sights` in which somebody is found as coordinator.
pub(super) fn appointed(sights: &[Sight]) -> impl Iterator<Item = Sight> {
    let held = sights.iter().filter(|it| matches!(it.which, Which::All | Which::Appointed));
    held.map(|it| Sight { which: Which::Appointed, ..it.clone() })
}

/// How many of what `sight` covers nobody has, only because the unit is just told of them. A condition may follow.
pub(super) fn only_told_statement<E: Engine>(sight: &Sight, who: &Asking) -> Statement<E> {
    let mut statement = Statement::new("-- only_told\nSELECT COUNT(*) AS count FROM items WHERE ");
    in_unit(&mut statement, sight);
    statement.push(" AND share = 'awareness' AND state IN ('unread', 'opened')");
    narrow(&mut statement, sight, who);
    statement
}

/// That an item is only lifted to its unit: the row that it came from says so.
const LIFTED_HERE: &str = "came_from IS NOT NULL AND EXISTS (SELECT 1 FROM items AS h WHERE h.id = items.came_from \
     AND h.lifted_to = items.unit AND h.state <> 'withdrawn')";

/// How many of what `sight` covers nobody here has, because it is only lifted to here. A condition may follow.
pub(super) fn lifted_here_statement<E: Engine>(sight: &Sight, who: &Asking) -> Statement<E> {
    let mut statement = Statement::new("-- lifted_here\nSELECT COUNT(*) AS count FROM items WHERE ");
    in_unit(&mut statement, sight);
    statement.push(" AND state = 'opened' AND ").push(LIFTED_HERE);
    narrow(&mut statement, sight, who);
    statement
}

/// How many of what `sight` covers were only offered or lifted to the unit, and are not any more. A condition may follow.
pub(super) fn taken_back_statement<E: Engine>(sight: &Sight, who: &Asking) -> Statement<E> {
    let mut statement = Statement::new("-- taken_back\nSELECT COUNT(*) AS count FROM items WHERE ");
    in_unit(&mut statement, sight);
    statement.push(" AND share = 'awareness' AND state = 'withdrawn'");
    narrow(&mut statement, sight, who);
    statement
}

/// What a row of a list is read from. A `WHERE` follows.
pub(super) const ROWS: &str = "-- inbox_rows
SELECT i.id, i.message, i.unit, i.share, i.state, i.place_in_line, i.received_at, i.deadline, i.first_answer_at, i.heard_at, i.next_contact_on, i.kind, i.needs, i.protected,
    i.attachments, i.responsible, i.responsible_name, i.person_index, i.summary, m.reference, k.key_id, k.wrapped,
    h.unit AS home_unit, h.responsible_name AS home_name,
    CASE WHEN i.state IN ('transferred', 'withdrawn') THEN NULL ELSE (
        SELECT f.kind
        FROM follow_ups AS f
        WHERE f.about = i.message AND f.kind IN ('TILLEGG', 'ENDRET_BEHOV', 'TILBAKETREKK')
        ORDER BY f.at DESC, f.message DESC
        LIMIT 1
    ) END AS last_reported
FROM items AS i
INNER JOIN messages AS m ON m.id = i.message
LEFT JOIN data_keys AS k ON k.message = i.message
LEFT JOIN items AS h ON h.id = i.came_from AND h.lifted_to = i.unit AND h.state <> 'withdrawn'
";

/// The history of one message.
pub(super) const JOURNAL_OF_MESSAGE: &str = "-- journal_of_message
SELECT sequence, at, actor, actor_id, actor_name, action, message, detail
FROM journal
WHERE message = $1
ORDER BY sequence";

/// What a list is sorted by.
struct Key {
    /// The deadline or when it was received, by the order.
    moment: i64,
    id: Uuid,
}

/// The statements that find a page's keys: one part for each sight and state, each along an index from the cursor on, and
/// none longer than the page. The parts are merged here, so that no engine sorts.
pub(super) fn page_statements<E: Engine>(sights: &[Sight], who: &Asking, query: &InboxQuery) -> Vec<Statement<E>> {
    let states: &[ItemState] = if query.states.is_empty() { &ItemState::ALL } else { &query.states };
    // What one coordinates is one's own too.
    let coordinated = appointed(sights).filter(|_| query.responsible == Some(who.id));
    let sights: Vec<Sight> = sights.iter().cloned().chain(coordinated).collect();
    if let Some(reference) = &query.reference {
        return sights.iter().map(|it| reference_statement(it, who, query, states, reference)).collect();
    }
    let mut states = states.to_vec();
    states.sort_unstable();
    states.dedup();
    let mut once: Vec<&Sight> = Vec::new();
    for sight in &sights {
        if !once.contains(&sight) {
            once.push(sight);
        }
    }
    let mut arms: Vec<(&Sight, ItemState)> =
        once.into_iter().flat_map(|sight| states.iter().map(move |state| (sight, *state))).collect();
    // Nobody is responsible for what is only opened: it is not walked through to find that out.
    let is_nobodys = |(sight, state): &(&Sight, ItemState)| {
        query.responsible.is_some() && sight.which != Which::Appointed && *state == ItemState::Opened
    };
    arms.retain(|it| !is_nobodys(it));
    arms.chunks(ARMS_MAX)
        .map(|arms| {
            let mut statement = Statement::new("-- inbox_page\n");
            for (index, (sight, state)) in arms.iter().enumerate() {
                statement.push(if index > 0 { "\nUNION ALL\n" } else { "" });
                page_arm(&mut statement, query, sight, who, *state);
            }
            statement
        })
        .collect()
}

/// The items of one message: found by the message first, whatever else is asked.
fn reference_statement<E: Engine>(
    sight: &Sight,
    who: &Asking,
    query: &InboxQuery,
    states: &[ItemState],
    reference: &Reference,
) -> Statement<E> {
    let mut statement = Statement::new("-- inbox_by_reference\n");
    statement.push("SELECT deadline, received_at, id FROM (SELECT deadline, received_at, id, state, ");
    statement
        .push("responsible, responsible_name, protected, came_from FROM items WHERE unit = ")
        .value(sight.unit.0.as_str());
    // A follow-up has no item of its own: what is found by its reference is the case that it belongs to.
    statement.push(" AND message IN (SELECT id FROM messages WHERE reference = ").value(reference.as_str());
    statement.push(" UNION ALL SELECT f.about FROM follow_ups AS f INNER JOIN messages AS m ON m.id = f.message ");
    statement.push("WHERE m.reference = ").value(reference.as_str());
    // With a limit of its own the inner part stands by itself, so no engine is led to walk a list for the state's sake.
    statement.push(") LIMIT ").value(PAGE_ROWS_MAX).push(") AS part WHERE state IN ");
    statement.list(states.iter().map(|it| it.label()));
    if let Some(responsible) = query.responsible.filter(|_| sight.which != Which::Appointed) {
        statement.push(" AND responsible = ").value(responsible.0);
    }
    narrow(&mut statement, sight, who);
    statement
}

/// The states of what is one's own and not done. What one only coordinates may be with nobody for a time.
pub(super) const OWN_STATES: [ItemState; 4] =
    [ItemState::Opened, ItemState::Taken, ItemState::Waiting, ItemState::Offered];

/// How many items a person has taken, along the index of the responsible.
pub(super) fn own_statement<E: Engine>(units: &[UnitId], who: &Asking) -> Statement<E> {
    let mut statement = Statement::new("-- inbox_own\nSELECT COUNT(*) AS count FROM items WHERE responsible = ");
    statement.value(who.id.0).push(" AND state IN ").list(OWN_STATES.iter().map(|it| it.label()));
    statement.push(" AND unit IN ").list(units.iter().map(|it| it.0.as_str()));
    statement
}

/// How many items a person coordinates that somebody else is responsible for. A condition may follow.
pub(super) fn appointed_statement<E: Engine>(sight: &Sight, who: &Asking) -> Statement<E> {
    let mut statement = Statement::new("-- inbox_appointed\nSELECT COUNT(*) AS count FROM items WHERE ");
    in_unit(&mut statement, sight);
    statement.push(" AND state || '' IN ").list(OWN_STATES.iter().map(|it| it.label()));
    narrow(&mut statement, sight, who);
    statement
}

fn page_arm<E: Engine>(
    statement: &mut Statement<E>,
    query: &InboxQuery,
    sight: &Sight,
    who: &Asking,
    state: ItemState,
) {
    // Only columns of the index, so that the rows themselves are read for one page and not for each part.
    statement.push(match query.order {
        InboxOrder::Work => "SELECT * FROM (SELECT deadline, id",
        InboxOrder::NewestFirst => "SELECT * FROM (SELECT received_at, id",
    });
    statement.push(" FROM items WHERE ");
    in_unit(statement, sight);
    in_state(statement, sight, state);
    narrow(statement, sight, who);
    if let Some(responsible) = query.responsible.filter(|_| sight.which != Which::Appointed) {
        one_has(statement, responsible);
    }
    match query.told {
        OnlyTold::Listed => {}
        // What is offered to the unit is its to answer.
        OnlyTold::LeftOut | OnlyTold::NotTold if state == ItemState::Proposed => {}
        OnlyTold::LeftOut if state == ItemState::Opened => {
            statement.push(" AND share <> 'awareness' AND NOT (").push(LIFTED_HERE).push(")");
        }
        OnlyTold::LeftOut | OnlyTold::NotTold => {
            statement.push(" AND share <> 'awareness'");
        }
        OnlyTold::Alone => {
            statement.push(" AND share = 'awareness'");
        }
    }
    filter_by(statement, &query.filter);
    match query.order {
        InboxOrder::Work => {
            if let Some(after) = query.after {
                statement.push(" AND (deadline, id) > (");
                statement.value(after.deadline).push(", ").value(after.id.0).push(")");
            }
            statement.push(" ORDER BY deadline, id LIMIT ");
        }
        InboxOrder::NewestFirst => {
            if let Some(after) = query.after {
                statement.push(" AND (received_at, id) < (");
                statement.value(after.received_at).push(", ").value(after.id.0).push(")");
            }
            statement.push(" ORDER BY received_at DESC, id DESC LIMIT ");
        }
    }
    statement.value(rows_max(query)).push(") AS part");
}

/// What is urgent sorts first.
pub(super) const fn place_in_line(urgent: bool) -> u32 {
    if urgent { 0 } else { 1 }
}

fn rows_max(query: &InboxQuery) -> u32 {
    query.rows_max.min(PAGE_ROWS_MAX)
}
