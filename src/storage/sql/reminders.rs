//! Reminders: one of each kind for an item, by the table's own key.

use super::SqlStore;
use super::engine::Engine;
use super::engine::Insert;
use super::engine::Record;
use super::engine::Statement;
use super::engine::values;
use super::inbox::Asking;
use super::inbox::ROWS;
use super::inbox::in_unit;
use super::inbox::narrow;
use super::inbox::place_in_line;
use super::work::Count;
use super::work::Look;
use super::work::Work;
use crate::domain::ActKind;
use crate::domain::DeliveryState;
use crate::domain::ItemId;
use crate::domain::MessageId;
use crate::domain::OFFER_WAIT_MAX;
use crate::domain::Reference;
use crate::domain::Reminder;
use crate::domain::ReportKind;
use crate::domain::Sight;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::Actor;
use crate::storage::InboxRow;
use crate::storage::Lingering;
use crate::storage::NewJournalLine;
use crate::storage::NewNotice;
use crate::storage::ReminderStore;
use crate::storage::StoreError;
use crate::storage::UserId;
use async_trait::async_trait;
use jiff::civil::Date;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Rows of one look at most, whatever is asked for.
const ROWS_MAX: u32 = 500;

const REMINDERS: Insert = Insert {
    table: "reminders",
    columns: &["item", "reminder", "at"],
    tail: "ON CONFLICT (item, reminder) DO NOTHING",
};

const REMINDING_NOTICES: Insert = Insert {
    table: "notices",
    columns: &["id", "message", "reference", "unit", "channel", "state", "created_at", "due", "attempts", "reminder"],
    tail: "",
};

/// States in which somebody here must still do something.
const OPEN_STATES: &str = "('unread', 'opened', 'taken', 'waiting', 'offered')";
/// As [`OPEN_STATES`]; the coordinator can also be appointed after the report is dealt with.
const ASKED_STATES: &str = "('unread', 'opened', 'taken', 'waiting', 'offered', 'closed')";

/// Whether a row of `items` is a copy, made by a lift or a delegation, of a case that somebody has taken or answered where it lies:
/// there it is looked after, and whoever reminded the others would cry wolf. Who has accepted a transfer has the case alone; that
/// it is not counted says then only that no need is reported in it.
macro_rules! looked_after {
    ($item:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM items AS h WHERE h.id = ",
            $item,
            ".came_from AND ",
            $item,
            ".counts = 0 AND h.state <> 'transferred' AND (h.first_answer_at IS NOT NULL \
             OR h.state IN ('taken', 'waiting', 'offered', 'closed')))"
        )
    };
}

#[async_trait]
impl<E: Engine> ReminderStore for SqlStore<E> {
    async fn unread_items(
        &self,
        after: Option<(Timestamp, ItemId)>,
        rows_max: u32,
    ) -> Result<Vec<Lingering>, StoreError> {
        let mut look = self.pools.look().await?;
        let mut statement = Statement::new(LINGERING);
        statement.push("WHERE i.state = 'unread' AND i.share = 'content'");
        // A unit that was asked to appoint somebody has something to do, whoever looks after the case at home.
        statement.push(" AND (i.delegated_due IS NOT NULL OR NOT ").push(looked_after!("i")).push(")");
        statement.push(" AND NOT EXISTS (SELECT 1 FROM reminders AS r WHERE r.item = i.id AND r.reminder = ");
        statement.value(Reminder::UnreadLeader.label()).push(")");
        if let Some((at, id)) = after {
            statement.push(" AND (i.received_at, i.id) > (").value(at).push(", ").value(id.0).push(")");
        }
        statement.push(" ORDER BY i.received_at, i.id LIMIT ").value(rows_max.min(ROWS_MAX));
        lingering(&mut look, statement).await
    }

    async fn late_items(&self, now: Timestamp, rows_max: u32) -> Result<Vec<Lingering>, StoreError> {
        let mut look = self.pools.look().await?;
        let mut statement = Statement::new(LINGERING);
        statement.push("WHERE (i.first_answer_at IS NULL OR i.heard_at IS NOT NULL) AND i.deadline <= ").value(now);
        statement.push(" AND i.share = 'content' AND i.state IN ").push(OPEN_STATES);
        statement.push(" AND NOT ").push(looked_after!("i"));
        statement.push(" AND NOT EXISTS (SELECT 1 FROM reminders AS r WHERE r.item = i.id AND r.reminder = ");
        statement.value(Reminder::AnswerLate.label()).push(")");
        statement.push(" ORDER BY i.deadline, i.id LIMIT ").value(rows_max.min(ROWS_MAX));
        lingering(&mut look, statement).await
    }

    async fn urgent_items(&self, units: &[UnitId], rows_max: u32) -> Result<Vec<Lingering>, StoreError> {
        let mut look = self.pools.look().await?;
        let mut statement = Statement::new(LINGERING);
        statement.push("WHERE i.first_answer_at IS NULL AND i.place_in_line = ").value(place_in_line(true));
        statement.push(" AND i.share = 'content' AND i.state IN ").push(OPEN_STATES);
        // One that is answered or closed at home waits for no meeting.
        statement.push(" AND NOT EXISTS (SELECT 1 FROM items AS h WHERE h.id = i.came_from AND i.counts = 0");
        statement.push(" AND (h.first_answer_at IS NOT NULL OR h.state = 'closed'))");
        statement.push(" AND i.kind NOT IN ").list(ReportKind::without_need());
        statement.push(" AND i.unit IN ").list(units.iter().map(|it| it.0.as_str()));
        statement.push(" AND NOT EXISTS (SELECT 1 FROM reminders AS r WHERE r.item = i.id AND r.reminder = ");
        statement.value(Reminder::MeetingTooLate.label()).push(")");
        // Not a plain column, or SQLite walks through all that a group has in this order, instead of what is open.
        statement.push(" ORDER BY i.received_at + 0, i.id LIMIT ").value(rows_max.min(ROWS_MAX));
        lingering(&mut look, statement).await
    }

    async fn late_delegations(&self, today: Date, rows_max: u32) -> Result<Vec<Lingering>, StoreError> {
        let mut look = self.pools.look().await?;
        let mut statement = Statement::new(LINGERING);
        statement.push("WHERE i.delegated_due < ").value(today.to_string());
        statement.push(" AND (i.delegation_reminded IS NULL OR i.delegation_reminded <> i.delegated_due)");
        statement.push(" AND i.share = 'content' AND i.state IN ").push(ASKED_STATES);
        statement.push(" ORDER BY i.delegated_due, i.id LIMIT ").value(rows_max.min(ROWS_MAX));
        lingering(&mut look, statement).await
    }

    async fn unanswered_offers(&self, before: Timestamp, rows_max: u32) -> Result<Vec<Lingering>, StoreError> {
        let mut look = self.pools.look().await?;
        let mut statement = Statement::new(LINGERING);
        statement.push("WHERE i.state = 'offered' AND i.share = 'content' AND i.id IN ");
        statement
            .push("(SELECT t.item FROM transfers AS t WHERE t.state = 'open' AND t.reminded = 0 AND t.offered_at <= ");
        statement.value(before).push(")");
        statement.push(" ORDER BY i.received_at, i.id LIMIT ").value(rows_max.min(ROWS_MAX));
        lingering(&mut look, statement).await
    }

    async fn passed_on_items(&self, now: Timestamp, rows_max: u32) -> Result<Vec<Lingering>, StoreError> {
        let mut look = self.pools.look().await?;
        let mut statement = Statement::new(LINGERING);
        statement.push("WHERE i.came_from IS NOT NULL AND i.state IN ('unread', 'proposed')");
        statement.push(" AND NOT EXISTS (SELECT 1 FROM items AS h WHERE h.id = i.came_from AND h.undo_until >= ");
        statement
            .value(now)
            .push(") AND NOT EXISTS (SELECT 1 FROM reminders AS r WHERE r.item = i.id AND r.reminder = ");
        statement.value(Reminder::PassedOn.label()).push(") ORDER BY i.came_from, i.id LIMIT ");
        statement.value(rows_max.min(ROWS_MAX));
        lingering(&mut look, statement).await
    }

    async fn left_items(&self, rows_max: u32) -> Result<Vec<Lingering>, StoreError> {
        let mut look = self.pools.look().await?;
        let mut statement = Statement::new(LINGERING);
        statement.push("WHERE i.left_at IS NOT NULL AND i.state = 'opened' AND i.responsible IS NULL");
        statement.push(" AND i.share = 'content' ORDER BY i.left_at, i.id LIMIT ").value(rows_max.min(ROWS_MAX));
        lingering(&mut look, statement).await
    }

    async fn remind(
        &self,
        item: &Lingering,
        reminder: Reminder,
        notices: &[NewNotice],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut work = self.pools.work().await?;
        let still = match reminder {
            Reminder::Unread | Reminder::UnreadDeputy | Reminder::UnreadLeader => {
                "SELECT 1 FROM items WHERE id = $1 AND state = 'unread'"
            }
            Reminder::PassedOn => "SELECT 1 FROM items WHERE id = $1 AND state IN ('unread', 'proposed')",
            Reminder::AnswerLate | Reminder::MeetingTooLate => {
                "SELECT 1 FROM items WHERE id = $1 AND (first_answer_at IS NULL OR heard_at IS NOT NULL) AND state <> 'closed'"
            }
            // The minutes themselves tell, when they are written (`meeting.rs`).
            Reminder::MeetingSpoke => "SELECT 1 FROM items WHERE id = $1",
            // Another day can be agreed on; so it is remembered for which one somebody was reminded.
            Reminder::DelegationLate => {
                "UPDATE items SET delegation_reminded = delegated_due WHERE id = $1 AND delegated_due IS NOT NULL AND \
                 (delegation_reminded IS NULL OR delegation_reminded <> delegated_due) RETURNING 1 AS one"
            }
            // As it can be offered again: it is remembered of which offer.
            Reminder::OfferUnanswered => {
                "UPDATE transfers SET reminded = 1 WHERE item = $1 AND state = 'open' AND reminded = 0 RETURNING 1 AS one"
            }
            // As it can be taken and left again: it is remembered that they have not been told of the last time.
            Reminder::NobodyResponsible => {
                "UPDATE items SET left_at = NULL WHERE id = $1 AND left_at IS NOT NULL AND state = 'opened' AND \
                 responsible IS NULL RETURNING 1 AS one"
            }
        };
        let is_kept_elsewhere =
            matches!(reminder, Reminder::DelegationLate | Reminder::OfferUnanswered | Reminder::NobodyResponsible);
        if work.fetch("items", still, values![item.item.0]).await?.is_empty()
            || !is_kept_elsewhere
                && work.insert(&REMINDERS, vec![values![item.item.0, reminder.label(), now]]).await? != 1
        {
            return Ok(false);
        }
        queue(&mut work, item.message, &item.reference, reminder, notices, now).await?;
        let by: Vec<_> = notices.iter().map(|it| it.channel.label()).collect();
        work.tell(NewJournalLine {
            at: now,
            actor: Actor::House,
            action: "reminded",
            message: Some(item.message),
            detail: format!("reference {}; {} of {} by {}", item.reference, reminder.label(), item.unit, by.join(", ")),
        });
        work.commit().await?;
        Ok(true)
    }

    async fn overdue(
        &self,
        sights: &[Sight],
        who: UserId,
        now: Timestamp,
        rows_max: u32,
    ) -> Result<Vec<InboxRow>, StoreError> {
        let mut look = self.pools.look().await?;
        let who = &self.asking(who);
        let mut found = BTreeMap::new();
        for sight in sights {
            for mut statement in overdue_in("-- overdue\nSELECT id, deadline FROM items WHERE ", sight, who, now) {
                statement.push(" ORDER BY deadline, id LIMIT ").value(rows_max.min(ROWS_MAX));
                for record in look.run("items", statement).await? {
                    found.insert((record.integer("deadline")?, record.uuid("id")?), ());
                }
            }
        }
        let ids: Vec<Uuid> = found.into_keys().map(|(_, id)| id).take(rows_max as usize).collect();
        let mut statement = Statement::new(ROWS);
        statement.push("WHERE i.id IN ").list(ids.iter().copied());
        let mut rows = Vec::with_capacity(ids.len());
        for record in look.run("items", statement).await? {
            rows.push(self.row(&record)?);
        }
        rows.sort_by_key(|it| (it.deadline, it.id));
        Ok(rows)
    }

    async fn declined_offers(
        &self,
        sights: &[Sight],
        who: UserId,
        rows_max: u32,
    ) -> Result<Vec<(ItemId, Reference)>, StoreError> {
        let mut look = self.pools.look().await?;
        let who = &self.asking(who);
        let mut found = BTreeMap::new();
        for sight in sights {
            let mut statement =
                Statement::<E>::new("-- declined_offers\nSELECT id, message, received_at FROM items WHERE id IN ");
            statement.push("(SELECT item FROM transfers WHERE state = 'declined') AND unit || '' = ");
            statement.value(sight.unit.0.as_str()).push(" AND share = 'content' AND state IN ('opened', 'taken')");
            narrow(&mut statement, sight, who);
            statement.push(" AND (SELECT e.act FROM case_events AS e WHERE e.item = items.id AND e.undone = 0 ");
            statement.push("ORDER BY e.sequence DESC LIMIT 1) = ").value(ActKind::TransferDeclined.label());
            statement.push(" ORDER BY received_at, id LIMIT ").value(rows_max.min(ROWS_MAX));
            for record in look.run("items", statement).await? {
                found.insert((record.integer("received_at")?, record.uuid("id")?), record.uuid("message")?);
            }
        }
        let mut offers = Vec::new();
        for ((_, id), message) in found.into_iter().take(rows_max as usize) {
            let sql = "SELECT reference FROM messages WHERE id = $1";
            for record in look.fetch("messages", sql, values![message]).await? {
                offers.push((ItemId(id), record.word("reference", Reference::parse)?));
            }
        }
        Ok(offers)
    }

    async fn overdue_count(&self, sights: &[Sight], who: UserId, now: Timestamp) -> Result<u64, StoreError> {
        let mut look = self.pools.look().await?;
        let who = &self.asking(who);
        let mut count = 0_u64;
        for sight in sights {
            for statement in overdue_in("-- overdue_count\nSELECT COUNT(*) AS count FROM items WHERE ", sight, who, now)
            {
                let found = look.run("items", statement).await?;
                count = count.saturating_add(found.first().map_or(Ok(0), |it| it.count("count"))?);
            }
        }
        Ok(count)
    }
}

/// Queues the notices of a reminder. Each is about a message, and tells only its reference.
pub(super) async fn queue<E: Engine>(
    work: &mut Work<E>,
    message: MessageId,
    reference: &Reference,
    reminder: Reminder,
    notices: &[NewNotice],
    now: Timestamp,
) -> Result<(), StoreError> {
    let rows = notices.iter().map(|it| {
        values![
            it.id.0,
            message.0,
            reference.as_str(),
            it.unit.0.as_str(),
            it.channel.label(),
            DeliveryState::Queued.label(),
            now,
            it.due,
            0_u32,
            reminder.label()
        ]
    });
    work.insert(&REMINDING_NOTICES, rows.collect()).await?;
    work.count(Count::Notice(DeliveryState::Queued), i64::try_from(notices.len()).unwrap_or(i64::MAX));
    Ok(())
}

/// What is late, in parts that have nothing in common, each along its own index: open cases, where a coordinator was to be
/// appointed, and what was offered to somebody who does not answer.
pub(super) fn overdue_in<E: Engine>(
    select: &'static str,
    sight: &Sight,
    who: &Asking,
    now: Timestamp,
) -> [Statement<E>; 3] {
    let today = now.date_in_norway().to_string();
    let mut open = Statement::new(select);
    in_unit(&mut open, sight);
    open.push(" AND share = 'content'");
    narrow(&mut open, sight, who);
    open.push(" AND state IN ").push(OPEN_STATES).push(" AND (");
    waits_too_long(&mut open, sight, now, &today);
    open.push(")");

    let mut asked = Statement::new(select);
    asked.push("delegated_due < ").value(today.as_str());
    // Not a plain column, or an engine may walk through the unit instead of the few where somebody was asked.
    asked.push(" AND unit || '' = ").value(sight.unit.0.as_str()).push(" AND share = 'content' AND state IN ");
    asked.push(ASKED_STATES);
    narrow(&mut asked, sight, who);
    asked.push(" AND NOT (state IN ").push(OPEN_STATES).push(" AND (");
    waits_too_long(&mut asked, sight, now, &today);
    asked.push("))");

    let mut offered = Statement::new(select);
    offered.push("id IN (SELECT item FROM transfers WHERE state = 'open' AND offered_at <= ");
    offered.value(now.minus(OFFER_WAIT_MAX)).push(") AND unit || '' = ").value(sight.unit.0.as_str());
    offered.push(" AND share = 'content' AND state = 'offered'");
    narrow(&mut offered, sight, who);
    offered.push(" AND NOT (");
    waits_too_long(&mut offered, sight, now, &today);
    offered.push(" OR COALESCE(delegated_due, '9999-12-31') < ").value(today.as_str()).push(")");
    [open, asked, offered]
}

/// The conditions that nobody was answered in time, or not met on the day that was agreed. A copy that is looked after at home is
/// answered there; a contact is agreed where the day stands.
fn waits_too_long<E: Engine>(statement: &mut Statement<E>, sight: &Sight, now: Timestamp, today: &str) {
    statement.push("(first_answer_at IS NULL OR heard_at IS NOT NULL) AND deadline <= ").value(now);
    // Asked for apart, so that the index in which a unit's cases are counted is enough for the others.
    statement.push(" AND id NOT IN (SELECT i.id FROM items AS i WHERE i.counts = 0 AND i.unit = ");
    statement.value(sight.unit.0.as_str()).push(" AND ").push(looked_after!("i")).push(")");
    // What has no day of contact is not late for it, rather than unknown.
    statement.push(" OR COALESCE(next_contact_on, '9999-12-31') < ").value(today);
}

/// What a reminder is made from. A `WHERE` follows.
const LINGERING: &str = "-- lingering
SELECT i.id, i.message, i.unit, i.received_at, i.here_since, i.place_in_line, m.reference, m.received_at AS kept_at
FROM items AS i
INNER JOIN messages AS m ON m.id = i.message
";

async fn lingering<E: Engine>(look: &mut Look<E>, statement: Statement<E>) -> Result<Vec<Lingering>, StoreError> {
    let found = look.run("items", statement).await?;
    let mut items = found.iter().map(read).collect::<Result<Vec<Lingering>, _>>()?;
    let mut statement = Statement::<E>::new("SELECT item, reminder FROM reminders WHERE item IN ");
    statement.list(items.iter().map(|it| it.item.0));
    for record in look.run("reminders", statement).await? {
        let (id, reminder) = (record.uuid("item")?, record.word("reminder", Reminder::from_label)?);
        items.iter_mut().filter(|it| it.item.0 == id).for_each(|it| it.reminded.push(reminder));
    }
    Ok(items)
}

fn read<E: Engine>(record: &Record<E>) -> Result<Lingering, StoreError> {
    let received_at = record.time("received_at")?;
    Ok(Lingering {
        item: ItemId(record.uuid("id")?),
        message: MessageId(record.uuid("message")?),
        reference: record.word("reference", Reference::parse)?,
        unit: UnitId(record.text("unit")?),
        received_at,
        here_since: match record.time_if_any("here_since")? {
            Some(here_since) => here_since,
            None => received_at.max(record.time("kept_at")?),
        },
        urgent: record.integer("place_in_line")? == i64::from(place_in_line(true)),
        reminded: Vec::new(),
    })
}
