//! An item's row as casework reads and writes it.

use super::columns;
use crate::domain::ActKind;
use crate::domain::Case;
use crate::domain::Colleague;
use crate::domain::Coordinator;
use crate::domain::Improvement;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::MessageId;
use crate::domain::Share;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::ItemSummary;
use crate::storage::StoreError;
use crate::storage::seal::DataKey;
use crate::storage::seal::Place;
use crate::storage::seal::WrappedKey;
use crate::storage::sql::SqlStore;
use crate::storage::sql::engine::Engine;
use crate::storage::sql::engine::Insert;
use crate::storage::sql::engine::Record;
use crate::storage::sql::engine::Statement;
use crate::storage::sql::engine::Value;
use crate::storage::sql::engine::values;
use crate::storage::sql::settle::summary_from_bytes;
use crate::storage::sql::work::Work;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// The last day there is, for what has no end.
pub(super) const NO_END: &str = "9999-12-31";

/// What is read of an item before it is changed. A `WHERE` follows.
pub(super) const CASE_ROW: &str = "-- case_row
SELECT id, message, unit, share, state, place_in_line, received_at, kind, needs, protected, attachments, responsible,
    responsible_name, person_index, summary, deadline, reporter, age_group, relay_log, version, opened_at, closed_at,
    facts, undo, undo_until, dimensions, sender_name, municipality, made_at, counts,
    (SELECT COUNT(*)
        FROM items AS h
        WHERE h.id = items.came_from AND h.lifted_to = items.unit AND h.state <> 'withdrawn') AS lifted_here,
    (SELECT COUNT(*)
        FROM items AS h
        WHERE h.id = items.came_from AND items.counts = 0 AND items.state <> 'proposed'
            AND h.state NOT IN ('transferred', 'withdrawn')
            AND (h.lifted_to IS NULL OR h.lifted_to <> items.unit)) AS delegated_here
FROM items
WHERE id = ";

/// An item that is held for a change.
pub(super) struct Row {
    pub id: ItemId,
    pub message: MessageId,
    pub unit: UnitId,
    pub version: u64,
    pub case: Case,
    pub undo: Option<Undo>,
    pub deadline: Timestamp,
    pub listed: Listed,
    pub key: DataKey,
}

/// What the last act can be taken back to.
#[derive(Clone)]
pub(super) struct Undo {
    pub before: Case,
    pub until: Timestamp,
}

/// What lists say of an item, for the row that a transfer or a lift makes from it.
pub(super) struct Listed {
    pub place_in_line: i64,
    pub received_at: i64,
    pub kind: String,
    pub needs: String,
    pub protected: i64,
    pub attachments: i64,
    pub person_index: Option<Vec<u8>>,
    pub reporter: Option<String>,
    pub age_group: Option<String>,
    pub dimensions: String,
    pub sender_name: Option<String>,
    pub municipality: Option<String>,
    pub made_at: Option<i64>,
    pub relay_log: bool,
    /// Whether it is counted here.
    pub counts: bool,
    pub summary: ItemSummary,
}

/// The last thing that was done.
pub(super) struct LastEvent {
    pub act: ActKind,
    pub who: Uuid,
}

impl Row {
    pub(super) fn place(&self, column: &'static str) -> Place<'_> {
        Place { table: "items", column, row: self.id.0.as_bytes() }
    }

    /// Opens what is sealed in a row of [`CASE_ROW`].
    pub(super) fn read<E: Engine>(record: &Record<E>, key: DataKey) -> Result<Self, StoreError> {
        let id = record.uuid("id")?;
        let place = |column: &'static str| Place { table: "items", column, row: id.as_bytes() };
        let state = record.word("state", ItemState::from_label)?;
        let share = record.word("share", Share::from_label)?;
        let responsible = match record.uuid_if_any("responsible")? {
            Some(id) => Some(Colleague { id, name: record.text("responsible_name")? }),
            None => None,
        };
        let lifted_here = record.integer("lifted_here")? > 0;
        let delegated_here = record.integer("delegated_here")? > 0;
        let known = match record.bytes_if_any("facts")? {
            Some(sealed) => {
                columns::case_from_bytes(&key.open(place("facts"), &sealed)?).ok_or_else(|| record.fault("facts"))?
            }
            None => Case {
                opened_at: record.time_if_any("opened_at")?,
                closed_at: record.time_if_any("closed_at")?,
                ..Case::new(share)
            },
        };
        let undo = match record.bytes_if_any("undo")? {
            Some(sealed) => {
                let before = columns::case_from_bytes(&key.open(place("undo"), &sealed)?);
                Some(Undo { before: before.ok_or_else(|| record.fault("undo"))?, until: record.time("undo_until")? })
            }
            None => None,
        };
        let summary = key.open(place("summary"), &record.bytes("summary")?)?;
        Ok(Self {
            id: ItemId(id),
            message: MessageId(record.uuid("message")?),
            unit: UnitId(record.text("unit")?),
            version: record.count("version")?,
            case: Case { state, share, responsible, lifted_here, delegated_here, ..known },
            undo,
            deadline: record.time("deadline")?,
            listed: Listed {
                place_in_line: record.integer("place_in_line")?,
                received_at: record.integer("received_at")?,
                kind: record.text("kind")?,
                needs: record.text("needs")?,
                protected: record.integer("protected")?,
                attachments: record.integer("attachments")?,
                person_index: record.bytes_if_any("person_index")?,
                reporter: record.text_if_any("reporter")?,
                age_group: record.text_if_any("age_group")?,
                dimensions: record.text("dimensions")?,
                sender_name: record.text_if_any("sender_name")?,
                municipality: record.text_if_any("municipality")?,
                made_at: record.time_if_any("made_at")?.map(|it| it.0),
                relay_log: record.flag("relay_log")?,
                counts: record.flag("counts")?,
                summary: summary_from_bytes(&summary).ok_or_else(|| record.fault("summary"))?,
            },
            key,
        })
    }
}

impl<E: Engine> SqlStore<E> {
    /// Reads an item and holds it until the transaction ends. `units`: it must be in one of them.
    pub(super) async fn hold(
        &self,
        work: &mut Work<E>,
        id: ItemId,
        units: Option<&[UnitId]>,
    ) -> Result<Row, StoreError> {
        let mut statement = Statement::<E>::new(CASE_ROW);
        statement.value(id.0);
        if let Some(units) = units {
            statement.push(" AND unit IN ").list(units.iter().map(|it| it.0.as_str()));
        }
        statement.push(E::FOR_UPDATE);
        let found = work.fetch("items", AssertSqlSafe(statement.sql), statement.values).await?;
        let found = found.first().ok_or(StoreError::Absent)?;
        let key = self.data_key_of(work, MessageId(found.uuid("message")?)).await?;
        Row::read(found, key)
    }

    /// The key of a message's values, inside a transaction.
    pub(in crate::storage::sql) async fn data_key_of(
        &self,
        work: &mut Work<E>,
        message: MessageId,
    ) -> Result<DataKey, StoreError> {
        let kept = work.fetch("data_keys", DATA_KEY, values![message.0]).await?;
        let kept = kept.first().map(|it| Ok(WrappedKey { key_id: it.text("key_id")?, wrapped: it.bytes("wrapped")? }));
        self.sealer.data_key(message.0, kept.transpose()?)
    }

    pub(super) async fn last_event(&self, work: &mut Work<E>, row: &Row) -> Result<LastEvent, StoreError> {
        let sql = "SELECT act, actor FROM case_events WHERE item = $1 AND sequence = $2";
        let found = work.fetch("case_events", sql, values![row.id.0, row.version]).await?;
        let found = found.first().ok_or(StoreError::Inconsistent { table: "case_events", column: "sequence" })?;
        Ok(LastEvent { act: found.word("act", ActKind::from_label)?, who: found.uuid("actor")? })
    }

    /// The columns of a case, for `UPDATE`.
    pub(super) fn row_values(&self, row: &Row, case: &Case) -> Vec<(&'static str, Value)> {
        let day = |it: jiff::civil::Date| it.to_string();
        let moment = |it: Option<Timestamp>| Value::from(it.map(|it| it.0));
        let archive = case.archive_reference.as_ref().map(|it| self.sealer.archive_index(it.reveal()));
        let facts = row.key.seal(row.place("facts"), &columns::case_to_bytes(case));
        vec![
            ("state", case.state.label().into()),
            ("share", case.share.label().into()),
            ("responsible", case.responsible.as_ref().map(|it| it.id).into()),
            ("responsible_name", case.responsible.as_ref().map(|it| it.name.clone()).into()),
            ("opened_at", moment(case.opened_at)),
            ("confirmed_at", moment(case.confirmed_at)),
            ("first_answer_at", moment(case.first_answer_at)),
            ("heard_at", moment(case.heard_at)),
            ("closed_at", moment(case.closed_at)),
            ("next_contact_on", case.next_contact_on.map(day).into()),
            ("outcome", case.outcome.map(|(it, _)| it.code().to_owned()).into()),
            ("decided_on", case.outcome.map(|(_, on)| day(on)).into()),
            ("archive_index", archive.into()),
            ("consent", case.consent.map(|it| it.code().to_owned()).into()),
            ("plan", case.plan.map(|(it, _)| it.code().to_owned()).into()),
            ("plan_on", case.plan.map(|(_, on)| day(on)).into()),
            ("team", case.team.map(|it| it.code().to_owned()).into()),
            ("unmet_need", case.unmet_need.map(|it| it.code().to_owned()).into()),
            ("improvement", (case.improvement == Improvement::Yes).into()),
            ("lifted_to", case.lifted_to.as_ref().map(|it| it.0.clone()).into()),
            ("coordinated_until", case.coordinated_until().map(day).into()),
            ("review_on", case.particulars.review_on.map(day).into()),
            ("delegated_due", case.particulars.delegation.as_ref().map(|it| day(it.due)).into()),
            ("family", case.told_family().into()),
            ("facts", Value::from(facts)),
        ]
    }

    /// The coordinators of an item, all of them anew: they are few.
    pub(super) async fn write_coordinators(
        &self,
        work: &mut Work<E>,
        row: &Row,
        coordinators: &[Coordinator],
    ) -> Result<(), StoreError> {
        work.execute("DELETE FROM coordinators WHERE item = $1", values![row.id.0]).await?;
        let rows = coordinators.iter().map(|it| {
            let place = Place { table: "coordinators", column: "name", row: it.id.as_bytes() };
            let decision = Place { column: "decision", ..place };
            let who = it.staff.map_or_else(|| it.name.reveal().clone(), |it| it.to_string());
            values![
                it.id,
                row.id.0,
                row.unit.0.as_str(),
                it.kind.code(),
                it.duty.code(),
                self.sealer.coordinator_index(&who),
                row.key.seal(place, it.name.reveal().as_bytes()),
                it.from.to_string(),
                it.until.map_or_else(|| NO_END.to_owned(), |it| it.to_string()),
                it.decision.as_ref().map(|it| row.key.seal(decision, it.reveal().as_bytes()))
            ]
        });
        work.insert(&COORDINATORS, rows.collect()).await?;
        Ok(())
    }
}

pub(super) const DATA_KEY: &str = "SELECT key_id, wrapped FROM data_keys WHERE message = $1";

const COORDINATORS: Insert = Insert {
    table: "coordinators",
    columns: &["id", "item", "unit", "kind", "duty", "who_index", "name", "from_on", "until_on", "decision"],
    tail: "",
};
