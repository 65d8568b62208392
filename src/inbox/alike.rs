//! Reports that look like the one that is open (ligner på): perhaps sent twice, perhaps the same person under another number.

use crate::domain::ItemId;
use crate::inbox::House;
use crate::inbox::list::Row;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::storage::InboxRow;
use crate::storage::ItemDetail;
use crate::storage::Likeness;
use crate::storage::StoreError;

/// Reports that are shown at most.
const ALIKE_ROWS_MAX: u32 = 10;

/// Reports that look alike for one reason.
pub(super) struct AlikeView {
    pub heading: &'static str,
    pub rows: Vec<Row>,
}

/// What looks like a report.
#[derive(Default)]
pub(super) struct Alike {
    /// Those that are not told of as being about the same person anyway.
    pub views: Vec<AlikeView>,
    /// All that may be the same report, sent twice.
    pub twice: Vec<ItemId>,
}

/// What looks like this one, among what the person sees.
pub(super) async fn alike(house: &House, who: &SignedIn, detail: &ItemDetail) -> Result<Alike, StoreError> {
    let t = Words(who.language);
    let found = house.inbox.search.alike(&who.sights(), who.user.id, detail.row.id, ALIKE_ROWS_MAX).await?;
    let twice = found.iter().filter(|(why, _)| *why == Likeness::SentTwice).map(|(_, row)| row.id).collect();
    // What stands among the others about the same person is marked there, and not told again.
    let is_told = |row: &InboxRow| detail.earlier.iter().any(|it| it.id == row.id);
    let views = [
        (Likeness::SentTwice, t.alike_twice()),
        (Likeness::SamePerson, t.alike_person()),
        (Likeness::SameDay, t.alike_day()),
    ]
    .map(|(why, heading)| {
        let rows = found.iter().filter(|(it, row)| *it == why && !is_told(row));
        AlikeView { heading, rows: rows.map(|(_, row)| Row::of(row, house, who)).collect() }
    });
    Ok(Alike { views: views.into_iter().filter(|it| !it.rows.is_empty()).collect(), twice })
}
