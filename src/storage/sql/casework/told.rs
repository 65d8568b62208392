//! What units are only told of (til orientering) ends when nobody has the case open any more, and is there again when somebody has.

use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::MessageId;
use crate::domain::UnitId;
use crate::storage::StoreError;
use crate::storage::sql::engine::Engine;
use crate::storage::sql::engine::values;
use crate::storage::sql::statistics::recount;
use crate::storage::sql::work::Count;
use crate::storage::sql::work::Work;
use uuid::Uuid;

/// Somebody is to do something with the content.
const OPEN_SOMEWHERE: &str = "-- open_somewhere
SELECT 1
FROM items
WHERE message = $1 AND share = 'content' AND state NOT IN ('closed', 'transferred', 'withdrawn')
LIMIT 1";

/// Ends what is told of a message, or lets it be told of again, by how the case stands where it lies.
pub(super) async fn end_what_is_told<E: Engine>(work: &mut Work<E>, message: MessageId) -> Result<(), StoreError> {
    let is_open = !work.fetch("items", OPEN_SOMEWHERE, values![message.0]).await?.is_empty();
    // A unit that is only told of a case does nothing with it: the row has these two states and no other.
    let (from, to) = match is_open {
        true => (ItemState::Closed, ItemState::Unread),
        false => (ItemState::Unread, ItemState::Closed),
    };
    let sql = "SELECT id, unit FROM items WHERE message = $1 AND share = 'awareness' AND state = $2 ORDER BY id";
    for told in work.fetch("items", sql, values![message.0, from.label()]).await? {
        let (id, unit) = (ItemId(told.uuid("id")?), UnitId(told.text("unit")?));
        recount(work, id, -1).await?;
        let sql = "UPDATE items SET state = $1 WHERE id = $2 AND state = $3";
        let changed = work.execute(sql, values![to.label(), id.0, from.label()]).await?;
        recount(work, id, 1).await?;
        if changed == 1 {
            work.count(Count::Item(unit.clone(), from), -1);
            work.count(Count::Item(unit, to), 1);
        }
    }
    Ok(())
}

/// As [`end_what_is_told`], for all that should have ended: what was there before it did, and what two have closed at once.
pub(in crate::storage::sql) async fn end_all_that_is_told<E: Engine>(
    work: &mut Work<E>,
    rows_max: u32,
) -> Result<u64, StoreError> {
    let sql = "-- told_of_what_is_over
SELECT DISTINCT i.message
FROM items AS i
WHERE i.share = 'awareness' AND i.state = 'unread' AND NOT EXISTS (
    SELECT 1
    FROM items AS c
    WHERE c.message = i.message AND c.share = 'content' AND c.state NOT IN ('closed', 'transferred', 'withdrawn')
)
ORDER BY i.message
LIMIT $1";
    let found = work.fetch("items", sql, values![rows_max]).await?;
    let messages: Vec<Uuid> = found.iter().map(|it| it.uuid("message")).collect::<Result<_, _>>()?;
    for message in &messages {
        end_what_is_told(work, MessageId(*message)).await?;
    }
    Ok(messages.len() as u64)
}
