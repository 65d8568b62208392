//! Cases in the same family: found by an opaque id that is in the rows that may be told of.

use crate::domain::ItemId;
use crate::storage::StoreError;
use crate::storage::sql::SqlStore;
use crate::storage::sql::engine::Engine;
use crate::storage::sql::engine::values;

/// Cases of one family at most that are told of.
const KIN_MAX: u32 = 50;

impl<E: Engine> SqlStore<E> {
    pub(super) async fn read_kin(&self, id: ItemId) -> Result<Vec<ItemId>, StoreError> {
        let sql = "-- kin
SELECT other.id
FROM items AS own
INNER JOIN items AS other ON other.family = own.family
WHERE own.id = $1 AND other.id <> own.id AND other.share = 'content' AND other.state NOT IN ('transferred', 'withdrawn')
ORDER BY other.received_at, other.id
LIMIT $2";
        let found = self.ask("items", sql, values![id.0, KIN_MAX]).await?;
        found.iter().map(|it| Ok(ItemId(it.uuid("id")?))).collect()
    }
}
