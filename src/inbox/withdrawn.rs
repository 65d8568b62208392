//! That a report's sender has withdrawn it (tilbaketrekking): said on top of its page, before anybody reads on.

use crate::domain;
use crate::inbox::House;
use crate::inbox::moment;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::storage::InboxRow;
use crate::storage::StoreError;

/// What is said of a withdrawal. Nothing of what is written in it.
pub(super) struct WithdrawnView {
    pub said: &'static str,
    pub reference: String,
    /// Where it stands in the page, for those who read it.
    pub href: Option<String>,
    /// `22. november 2026`
    pub day: String,
    /// What becomes of the case, when it is this person's unit that says so.
    pub hint: Option<&'static str>,
}

/// The anchor of what has come about a case; `number` counts from 1, as the page draws them.
pub(super) fn anchor(number: usize) -> String {
    format!("follow-up-{number}")
}

/// `None`: it has not been withdrawn, or has left the unit. `reads`: whether the page has what was written.
pub(super) async fn view(
    house: &House,
    who: &SignedIn,
    row: &InboxRow,
    reads: bool,
) -> Result<Option<WithdrawnView>, StoreError> {
    if !row.withdrawn {
        return Ok(None);
    }
    let t = Words(who.language);
    let came = house.inbox.messages.follow_ups(row.message).await?;
    let Some(index) = domain::withdrawn_by(came.iter().map(|it| it.kind)) else { return Ok(None) };
    Ok(Some(WithdrawnView {
        said: t.withdrawn_note(),
        reference: came[index].reference.to_string(),
        href: reads.then(|| format!("#{}", anchor(index + 1))),
        day: moment::date(came[index].at.date_in_norway(), who.language),
        hint: (reads && row.state != domain::ItemState::Closed).then(|| t.withdrawn_hint()),
    }))
}
