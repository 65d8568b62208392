//! Tasks: what a case that is registered has to have done, and what people were given to do.

use super::SqlStore;
use super::engine::Engine;
use super::engine::Insert;
use super::engine::Record;
use super::engine::Statement;
use super::engine::values;
use super::inbox::narrow;
use super::meeting::LIFTED_FROM;
use super::work::Work;
use crate::domain::ItemId;
use crate::domain::MessageId;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::Sight;
use crate::domain::TaskKind;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::Actor;
use crate::storage::NewJournalLine;
use crate::storage::NewTask;
use crate::storage::Person;
use crate::storage::StoreError;
use crate::storage::Task;
use crate::storage::TaskStore;
use crate::storage::UserId;
use crate::storage::seal::DataKey;
use crate::storage::seal::Place;
use async_trait::async_trait;
use jiff::civil::Date;
use uuid::Uuid;

/// Rows of one look at most, whatever is asked for.
const ROWS_MAX: u32 = 500;

const TASKS: Insert = Insert {
    table: "tasks",
    columns: &[
        "id",
        "item",
        "unit",
        "kind",
        "text",
        "due_on",
        "assignee",
        "assignee_name",
        "meeting",
        "made_at",
        "made_by_name",
        "made_event",
    ],
    tail: "",
};

/// What a task is read from. A `WHERE` follows.
const TASK: &str = "-- tasks
SELECT t.id, t.item, t.unit, t.kind, t.text, t.due_on, t.assignee, t.assignee_name, t.made_by_name, t.done_at,
    t.done_by_name, i.message, i.protected, m.reference, k.key_id, k.wrapped
FROM tasks AS t
INNER JOIN items AS i ON i.id = t.item
INNER JOIN messages AS m ON m.id = i.message
LEFT JOIN data_keys AS k ON k.message = i.message
";

/// Cases in which there is still something to do. The tasks of one that is closed have ended with it, until it is taken up again.
/// Asked of each task's case: with `IN`, SQLite reads all cases first.
const OPEN: &str = "done_at IS NULL AND EXISTS (SELECT 1 FROM items WHERE items.id = tasks.item AND state IN ('unread', \
                    'opened', 'taken', 'waiting', 'offered') AND share = 'content'";

/// What the meetings of a group gave the unit that lifted a case to do. The id of the group's row follows.
const FROM_HERE: &str = "SELECT g.id
    FROM items AS l
    INNER JOIN agenda AS a ON a.item = l.id
    INNER JOIN tasks AS g ON g.meeting = a.meeting AND g.item = l.came_from
    WHERE l.state NOT IN ('withdrawn', 'transferred') AND l.id = ";

#[async_trait]
impl<E: Engine> TaskStore for SqlStore<E> {
    async fn tasks_of(&self, item: ItemId) -> Result<Vec<Task>, StoreError> {
        let mut statement = Statement::<E>::new(TASK);
        // What a group was given to do with a case that is lifted to it, and what its meetings gave those at home to do. Put
        // together, for an engine that would walk through all tasks when they are asked for with OR.
        statement.push("WHERE t.id IN (SELECT id FROM tasks WHERE item = ").value(item.0);
        statement.push(" UNION SELECT id FROM tasks WHERE item IN (").push(LIFTED_FROM).value(item.0);
        statement.push(") UNION ").push(FROM_HERE).value(item.0).push(") ORDER BY t.due_on, t.id");
        let found = self.pools.look().await?.run("tasks", statement).await?;
        found.iter().map(|it| self.task(it)).collect()
    }

    async fn add_task(&self, item: ItemId, task: &NewTask, by: &Person, now: Timestamp) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let (message, key) = self.item_key(&mut work, item).await?;
        insert(&mut work, item, task, &key, by, now, None).await?;
        work.tell(told(by, "task_given", message, task.kind, now));
        work.commit().await
    }

    async fn tick_task(&self, item: ItemId, task: Uuid, by: &Person, now: Timestamp) -> Result<bool, StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "-- tick_task
UPDATE tasks
SET done_at = $1, done_by_name = $2
WHERE id = $3 AND item = $4 AND done_at IS NULL
RETURNING kind";
        let done = work.fetch("tasks", sql, values![now, by.display_name.as_str(), task, item.0]).await?;
        let Some(done) = done.first() else { return Ok(false) };
        let kind = done.word("kind", TaskKind::from_code)?;
        let (message, _) = self.item_key(&mut work, item).await?;
        work.tell(told(by, "task_done", message, kind, now));
        work.commit().await?;
        Ok(true)
    }

    async fn open_tasks(
        &self,
        sights: &[Sight],
        who: UserId,
        held: &[UnitId],
        rows_max: u32,
    ) -> Result<Vec<Task>, StoreError> {
        let mut look = self.pools.look().await?;
        let asking = &self.asking(who);
        let mut found: Vec<Task> = Vec::new();
        for sight in sights {
            let mut statement = Statement::<E>::new(TASK);
            statement.push("WHERE t.id IN (SELECT id FROM tasks WHERE unit = ").value(sight.unit.0.as_str());
            statement.push(" AND ").push(OPEN);
            narrow(&mut statement, sight, asking);
            statement.push(")) ORDER BY t.due_on, t.id LIMIT ").value(rows_max.min(ROWS_MAX));
            for record in look.run("tasks", statement).await? {
                found.push(self.task(&record)?);
            }
        }
        let mut statement = Statement::<E>::new(TASK);
        statement.push("WHERE t.id IN (SELECT id FROM tasks WHERE assignee = ").value(who.0);
        statement.push(" AND unit IN ").list(held.iter().map(|it| it.0.as_str())).push(" AND ").push(OPEN);
        statement.push(")) ORDER BY t.due_on, t.id LIMIT ").value(rows_max.min(ROWS_MAX));
        for record in look.run("tasks", statement).await? {
            let task = self.task(&record)?;
            if !found.iter().any(|it| it.id == task.id) {
                found.push(task);
            }
        }
        found.sort_by_key(|it| (it.due_on, it.id));
        found.truncate(rows_max as usize);
        Ok(found)
    }

    async fn overdue_tasks(
        &self,
        sights: &[Sight],
        who: UserId,
        held: &[UnitId],
        today: Date,
    ) -> Result<u64, StoreError> {
        let mut look = self.pools.look().await?;
        let asking = &self.asking(who);
        let mut count = 0_u64;
        for sight in sights {
            let mut statement =
                Statement::<E>::new("-- overdue_tasks\nSELECT COUNT(*) AS count FROM tasks WHERE unit = ");
            statement.value(sight.unit.0.as_str()).push(" AND due_on < ").value(today.to_string());
            // One's own are counted below, also those in units that are seen here.
            statement.push(" AND (assignee IS NULL OR assignee <> ").value(who.0).push(") AND ").push(OPEN);
            narrow(&mut statement, sight, asking);
            statement.push(")");
            let found = look.run("tasks", statement).await?;
            count = count.saturating_add(found.first().map_or(Ok(0), |it| it.count("count"))?);
        }
        let mut statement = Statement::<E>::new("SELECT COUNT(*) AS count FROM tasks WHERE assignee = ");
        statement.value(who.0).push(" AND due_on < ").value(today.to_string());
        statement.push(" AND unit IN ").list(held.iter().map(|it| it.0.as_str())).push(" AND ").push(OPEN).push(")");
        let found = look.run("tasks", statement).await?;
        Ok(count.saturating_add(found.first().map_or(Ok(0), |it| it.count("count"))?))
    }
}

impl<E: Engine> SqlStore<E> {
    fn task(&self, record: &Record<E>) -> Result<Task, StoreError> {
        let id = record.uuid("id")?;
        let text = match record.bytes_if_any("text")? {
            None => None,
            Some(sealed) => {
                let place = Place { table: "tasks", column: "text", row: id.as_bytes() };
                let text = self.data_key(record.uuid("message")?, record)?.open(place, &sealed)?;
                Some(Redacted::new(String::from_utf8(text).map_err(|_| record.fault("text"))?))
            }
        };
        Ok(Task {
            id,
            item: ItemId(record.uuid("item")?),
            reference: record.word("reference", Reference::parse)?,
            unit: UnitId(record.text("unit")?),
            graded: record.flag("protected")?,
            kind: record.word("kind", TaskKind::from_code)?,
            text,
            due_on: record.word("due_on", |it| it.parse().ok())?,
            assignee: match record.uuid_if_any("assignee")? {
                None => None,
                Some(id) => Some(Person { id: UserId(id), display_name: record.text("assignee_name")? }),
            },
            made_by: record.text("made_by_name")?,
            done: match record.time_if_any("done_at")? {
                None => None,
                Some(at) => Some((at, record.text_if_any("done_by_name")?.unwrap_or_default())),
            },
        })
    }
}

/// `event`: the event of the case that makes it.
pub(super) async fn insert<E: Engine>(
    work: &mut Work<E>,
    item: ItemId,
    task: &NewTask,
    key: &DataKey,
    by: &Person,
    now: Timestamp,
    event: Option<u64>,
) -> Result<(), StoreError> {
    let found = work.fetch("items", "SELECT unit FROM items WHERE id = $1", values![item.0]).await?;
    let unit = found.first().ok_or(StoreError::Absent)?.text("unit")?;
    let place = Place { table: "tasks", column: "text", row: task.id.as_bytes() };
    let row = values![
        task.id,
        item.0,
        unit,
        task.kind.code(),
        task.text.as_ref().map(|it| key.seal(place, it.reveal().as_bytes())),
        task.due_on.to_string(),
        task.assignee.as_ref().map(|it| it.id.0),
        task.assignee.as_ref().map(|it| it.display_name.clone()),
        task.meeting.map(|it| it.0),
        now,
        by.display_name.as_str(),
        event.map(|it| i64::try_from(it).unwrap_or(i64::MAX))
    ];
    work.insert(&TASKS, vec![row]).await?;
    Ok(())
}

fn told(by: &Person, action: &'static str, message: MessageId, kind: TaskKind, at: Timestamp) -> NewJournalLine {
    let actor = Actor::Person { id: by.id.to_string(), name: by.display_name.clone() };
    NewJournalLine { at, actor, action, message: Some(message), detail: kind.code().to_owned() }
}
