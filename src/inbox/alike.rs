//! Reports that look like the one that is open (ligner på): perhaps sent twice, perhaps the same person under another number.

use crate::inbox::House;
use crate::inbox::list::Row;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
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

/// What looks like this one, among what the person sees.
pub(super) async fn alike(house: &House, who: &SignedIn, detail: &ItemDetail) -> Result<Vec<AlikeView>, StoreError> {
    let t = Words(who.language);
    let found = house.inbox.search.alike(&who.sights(), who.user.id, detail.row.id, ALIKE_ROWS_MAX).await?;
    let views = [
        (Likeness::SentTwice, t.alike_twice()),
        (Likeness::SamePerson, t.alike_person()),
        (Likeness::SameDay, t.alike_day()),
    ]
    .map(|(why, heading)| {
        let rows = found.iter().filter(|(it, _)| *it == why).map(|(_, row)| Row::of(row, house, who)).collect();
        AlikeView { heading, rows }
    });
    Ok(views.into_iter().filter(|it| !it.rows.is_empty()).collect())
}
