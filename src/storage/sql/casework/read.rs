//! Reading a case: what is known, what was done, and what waits.

use super::columns;
use super::columns::details_from_bytes;
use super::event_row;
use super::row::CASE_ROW;
use super::row::DATA_KEY;
use super::row::Row;
use crate::domain::ActKind;
use crate::domain::AnswerKind;
use crate::domain::Colleague;
use crate::domain::ConsentStatus;
use crate::domain::Delivery;
use crate::domain::Detailed;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::MessageId;
use crate::domain::MunicipalityNumber;
use crate::domain::OrgNumber;
use crate::domain::OutboundId;
use crate::domain::Redacted;
use crate::domain::Share;
use crate::domain::Timestamp;
use crate::domain::TransferTarget;
use crate::domain::UnitId;
use crate::storage::CameFrom;
use crate::storage::CaseDetail;
use crate::storage::CaseEvent;
use crate::storage::DueWord;
use crate::storage::HeldBy;
use crate::storage::LiftTold;
use crate::storage::StoreError;
use crate::storage::Transfer;
use crate::storage::TransferState;
use crate::storage::Undoable;
use crate::storage::WordId;
use crate::storage::seal::DataKey;
use crate::storage::seal::Place;
use crate::storage::seal::WrappedKey;
use crate::storage::sql::SqlStore;
use crate::storage::sql::engine::Engine;
use crate::storage::sql::engine::Record;
use crate::storage::sql::engine::Statement;
use crate::storage::sql::engine::values;
use crate::storage::sql::outbound::deliveries;
use crate::storage::sql::work::Look;
use jiff::civil::Date;
use std::collections::HashMap;

/// How many items a case can have been passed on through; more are not looked for.
const CAME_FROM_MAX: usize = 16;

impl<E: Engine> SqlStore<E> {
    pub(super) async fn read_case(&self, id: ItemId, units: &[UnitId]) -> Result<CaseDetail, StoreError> {
        let mut look = self.pools.look().await?;
        let mut statement = Statement::new(CASE_ROW);
        statement.value(id.0);
        statement.push(" AND unit IN ").list(units.iter().map(|it| it.0.as_str()));
        let found = look.run("items", statement).await?;
        let found = found.first().ok_or(StoreError::Absent)?;
        let message = found.uuid("message")?;
        let kept = look.fetch("data_keys", DATA_KEY, values![message]).await?;
        let kept = kept.first().map(|it| Ok(WrappedKey { key_id: it.text("key_id")?, wrapped: it.bytes("wrapped")? }));
        let row = Row::read(found, self.sealer.data_key(message, kept.transpose()?)?)?;

        // Those who have no content any more, or not yet, are not told what was said.
        let has_content = match row.case.state {
            ItemState::Proposed | ItemState::Transferred | ItemState::Withdrawn => false,
            ItemState::Unread | ItemState::Opened | ItemState::Taken | ItemState::Waiting => true,
            ItemState::Offered | ItemState::Closed => true,
        };
        let has_content = has_content && row.case.share == Share::Content;
        let sent = deliveries(&mut look, message).await?;
        let mut events = Vec::new();
        let mut next = Some(row.id);
        for _ in 0..CAME_FROM_MAX {
            let Some(item) = next else { break };
            let mut earlier = read_events(&mut look, item, &row.key, has_content, &sent).await?;
            earlier.append(&mut events);
            events = earlier;
            let sql = "SELECT came_from FROM items WHERE id = $1";
            next = match look.fetch("items", sql, values![item.0]).await?.first() {
                Some(it) if has_content => it.uuid_if_any("came_from")?.map(ItemId),
                Some(_) | None => None,
            };
        }
        events.sort_by_key(|it| it.at);

        let sql = "-- transfer_of
SELECT id, item, from_unit, to_unit, to_municipality, to_trust, to_name, state, offered_at, offered_by_name, why
FROM transfers
WHERE item = $1 OR id = $1
ORDER BY offered_at DESC
LIMIT 1";
        let transfer = look.fetch("transfers", sql, values![row.id.0]).await?;
        let transfer = transfer.first().map(|it| read_transfer(it, Some(&row.key))).transpose()?;
        let undo = match (&row.undo, events.last()) {
            (Some(undo), Some(last)) => Some(Undoable { act: last.act, who: last.who.id, until: undo.until }),
            (Some(_), None) | (None, _) => None,
        };
        let sql = "-- came_from
SELECT s.id, s.unit, s.responsible, s.responsible_name,
    CAST(CASE WHEN s.lifted_to = i.unit AND s.state <> 'withdrawn' THEN 1 ELSE 0 END AS BIGINT) AS by_lift
FROM items AS i
INNER JOIN items AS s ON s.id = i.came_from
WHERE i.id = $1";
        let came_from = look.fetch("items", sql, values![row.id.0]).await?;
        let came_from = came_from.first().filter(|_| has_content);
        let came_from = came_from
            .map(|it| {
                let responsible = match it.uuid_if_any("responsible")? {
                    Some(id) => Some(Colleague { id, name: it.text("responsible_name")? }),
                    None => None,
                };
                let (item, unit) = (ItemId(it.uuid("id")?), UnitId(it.text("unit")?));
                Ok::<_, StoreError>(CameFrom { item, unit, responsible, by_lift: it.integer("by_lift")? == 1 })
            })
            .transpose()?;
        let (version, deadline) = (row.version, row.deadline);
        let mut case = row.case;
        // The person's consent is one, and is kept up to date where the case lies.
        if let Some((consent, on)) = self.consent_at_home(&mut look, row.id, &row.key).await? {
            case.consent = Some(consent);
            case.particulars.consent_on = on;
        }
        Ok(CaseDetail { case, version, deadline, events, came_from, transfer, undo })
    }

    /// The consent as it stands where a case was lifted or laid from, when it has changed there.
    async fn consent_at_home(
        &self,
        look: &mut Look<E>,
        item: ItemId,
        key: &DataKey,
    ) -> Result<Option<(ConsentStatus, Option<Date>)>, StoreError> {
        let mut consent = None;
        let mut here = item;
        for _ in 0..CAME_FROM_MAX {
            let sql = "-- home_of
SELECT h.id, h.facts
FROM items AS c
INNER JOIN items AS h ON h.id = c.came_from
WHERE c.id = $1 AND c.counts = 0 AND h.state NOT IN ('transferred', 'withdrawn') AND h.share = 'content'";
            let found = look.fetch("items", sql, values![here.0]).await?;
            let Some(home) = found.first() else { break };
            here = ItemId(home.uuid("id")?);
            let Some(sealed) = home.bytes_if_any("facts")? else { continue };
            let place = Place { table: "items", column: "facts", row: here.0.as_bytes() };
            let case = columns::case_from_bytes(&key.open(place, &sealed)?).ok_or_else(|| home.fault("facts"))?;
            consent = case.consent.map(|it| (it, case.particulars.consent_on)).or(consent);
        }
        Ok(consent)
    }

    pub(super) async fn read_held(&self, messages: &[MessageId]) -> Result<Vec<HeldBy>, StoreError> {
        let mut look = self.pools.look().await?;
        let mut statement =
            Statement::<E>::new("-- held_elsewhere\nSELECT message, unit, state FROM items WHERE message IN ");
        statement.list(messages.iter().map(|it| it.0));
        statement.push(" AND share = 'content' AND state NOT IN ('proposed', 'transferred', 'withdrawn') ORDER BY id");
        let found = look.run("items", statement).await?;
        let held = found.iter().map(|it| {
            Ok(HeldBy {
                message: MessageId(it.uuid("message")?),
                unit: UnitId(it.text("unit")?),
                state: it.word("state", ItemState::from_label)?,
            })
        });
        held.collect()
    }

    pub(super) async fn read_due_words(&self, now: Timestamp, rows_max: u32) -> Result<Vec<DueWord>, StoreError> {
        let sql = "-- due_words
SELECT e.item, e.sequence, e.at, e.actor, e.actor_name, e.act, e.detail, e.send_due, i.message, i.unit, k.key_id, k.wrapped
FROM case_events AS e
INNER JOIN items AS i ON i.id = e.item
LEFT JOIN data_keys AS k ON k.message = i.message
WHERE e.send_due <= $1
ORDER BY e.send_due, e.item, e.sequence
LIMIT $2";
        let found = self.ask("case_events", sql, values![now, rows_max]).await?;
        let mut words = Vec::with_capacity(found.len());
        for record in &found {
            match self.due_word(record) {
                Ok(word) => words.push(word),
                // One that cannot be read stays and is looked at again; it does not hold back the others.
                Err(error) if !error.retry() => {
                    let item = record.uuid("item")?;
                    tracing::error!(item.id = %item, failure = %error, "what a unit said cannot be read, and is not sent");
                }
                Err(error) => return Err(error),
            }
        }
        Ok(words)
    }

    fn due_word(&self, record: &Record<E>) -> Result<DueWord, StoreError> {
        let (item, sequence) = (ItemId(record.uuid("item")?), record.count("sequence")?);
        let message = record.uuid("message")?;
        Ok(DueWord {
            id: WordId { item, sequence },
            message: MessageId(message),
            unit: UnitId(record.text("unit")?),
            act: record.word("act", ActKind::from_label)?,
            details: details(record, item, sequence, &self.data_key(message, record)?)?,
            who: Colleague { id: record.uuid("actor")?, name: record.text("actor_name")? },
            due: record.time("send_due")?,
        })
    }

    pub(super) async fn read_stale_transfers(
        &self,
        before: Timestamp,
        rows_max: u32,
    ) -> Result<Vec<Transfer>, StoreError> {
        let sql = "-- stale_transfers
SELECT id, item, from_unit, to_unit, to_municipality, to_trust, to_name, state, offered_at, offered_by_name, why
FROM transfers
WHERE state = 'open' AND offered_at < $1
ORDER BY offered_at, id
LIMIT $2";
        let found = self.ask("transfers", sql, values![before, rows_max]).await?;
        found.iter().map(|it| read_transfer(it, None)).collect()
    }
}

async fn read_events<E: Engine>(
    look: &mut Look<E>,
    item: ItemId,
    key: &DataKey,
    has_content: bool,
    sent: &HashMap<OutboundId, Delivery>,
) -> Result<Vec<CaseEvent>, StoreError> {
    let sql = "-- case_events
SELECT sequence, at, actor, actor_name, act, state, detail, undone, send_due
FROM case_events
WHERE item = $1
ORDER BY sequence";
    let found = look.fetch("case_events", sql, values![item.0]).await?;
    found
        .iter()
        .map(|it| {
            let (sequence, undone) = (it.count("sequence")?, it.flag("undone")?);
            let id = WordId { item, sequence };
            let delivery = match it.time_if_any("send_due")? {
                Some(_) => Some(Delivery::Waits),
                None => sent.get(&id.outbound_id()).copied(),
            };
            Ok(CaseEvent {
                id,
                at: it.time("at")?,
                who: Colleague { id: it.uuid("actor")?, name: it.text("actor_name")? },
                act: it.word("act", ActKind::from_label)?,
                state: it.word("state", ItemState::from_label)?,
                details: if has_content { details(it, item, sequence, key)? } else { Vec::new() },
                undone,
                delivery: delivery.filter(|_| !undone),
            })
        })
        .collect()
}

/// Why a case was lifted, and from which step. `None`: the content has been removed.
pub(in crate::storage::sql) fn lift_reason<E: Engine>(
    record: &Record<E>,
    key: &DataKey,
) -> Result<Option<LiftTold>, StoreError> {
    Ok(lift_said(record, key)?.1)
}

/// As [`lift_reason`]. `None` also: it was lifted to another unit than `to`.
pub(in crate::storage::sql) fn lifted_to<E: Engine>(
    record: &Record<E>,
    key: &DataKey,
    to: &UnitId,
) -> Result<Option<LiftTold>, StoreError> {
    let (unit, told) = lift_said(record, key)?;
    Ok(told.filter(|_| unit.as_ref() == Some(to)))
}

/// Where to, and why.
fn lift_said<E: Engine>(record: &Record<E>, key: &DataKey) -> Result<(Option<UnitId>, Option<LiftTold>), StoreError> {
    let (item, sequence) = (ItemId(record.uuid("item")?), record.count("sequence")?);
    let said = details(record, item, sequence, key)?;
    let find = |what| said.iter().find(|(it, _)| *it == what).map(|(_, it)| it.reveal().clone());
    let told = find(Detailed::Code).map(|reason| LiftTold { reason, step: find(Detailed::Step) });
    Ok((find(Detailed::Unit).map(UnitId), told))
}

/// What kind of answer an event is. `None`: what it says has been removed.
pub(in crate::storage::sql) fn answer_kind<E: Engine>(
    record: &Record<E>,
    key: &DataKey,
) -> Result<Option<AnswerKind>, StoreError> {
    let (item, sequence) = (ItemId(record.uuid("item")?), record.count("sequence")?);
    let said = details(record, item, sequence, key)?;
    Ok(said.iter().find(|(it, _)| *it == Detailed::Code).and_then(|(_, it)| AnswerKind::from_code(it.reveal())))
}

/// What an event says, unsealed.
fn details<E: Engine>(
    record: &Record<E>,
    item: ItemId,
    sequence: u64,
    key: &DataKey,
) -> Result<Vec<(Detailed, Redacted<String>)>, StoreError> {
    let Some(sealed) = record.bytes_if_any("detail")? else { return Ok(Vec::new()) };
    let place = event_row(item, sequence);
    let place = Place { table: "case_events", column: "detail", row: &place };
    details_from_bytes(&key.open(place, &sealed)?).ok_or_else(|| record.fault("detail"))
}

/// `key`: `None` leaves out why.
fn read_transfer<E: Engine>(record: &Record<E>, key: Option<&DataKey>) -> Result<Transfer, StoreError> {
    let id = record.uuid("id")?;
    let name = record.text("to_name")?;
    let to = match (record.text_if_any("to_unit")?, record.text_if_any("to_municipality")?) {
        (Some(unit), _) => TransferTarget::Unit(UnitId(unit)),
        (None, Some(number)) => {
            let number = MunicipalityNumber::parse(&number).ok_or_else(|| record.fault("to_municipality"))?;
            TransferTarget::Municipality { number, name }
        }
        (None, None) => {
            let number = record.word("to_trust", |it| OrgNumber::parse(it).ok())?;
            TransferTarget::HospitalTrust { number, name }
        }
    };
    let why = match key {
        Some(key) => {
            let place = Place { table: "transfers", column: "why", row: id.as_bytes() };
            String::from_utf8(key.open(place, &record.bytes("why")?)?).map_err(|_| record.fault("why"))?
        }
        None => String::new(),
    };
    Ok(Transfer {
        id,
        item: ItemId(record.uuid("item")?),
        from_unit: UnitId(record.text("from_unit")?),
        to,
        state: record.word("state", TransferState::from_label)?,
        offered_at: record.time("offered_at")?,
        offered_by: record.text("offered_by_name")?,
        why: Redacted::new(why),
    })
}
