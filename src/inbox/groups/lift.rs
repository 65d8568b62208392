//! Whether a case can be lifted to the members of the group that it lies with. The form is the act's own (`casework/`).

use crate::domain;
use crate::domain::Role;
use crate::inbox::House;
use crate::inbox::access::Looked;
use crate::inbox::session::SignedIn;
use crate::storage::StoreError;

/// Whether somebody would read it then who does not now. A graded case is never read by many.
pub(in crate::inbox) async fn has_members(house: &House, who: &SignedIn, looked: &Looked) -> Result<bool, StoreError> {
    let row = &looked.detail.row;
    if row.protected || looked.lifted {
        return Ok(false);
    }
    let people = house.inbox.people.people_of(std::slice::from_ref(&row.unit)).await?;
    Ok(people.iter().any(|(_, held)| !domain::units_as(held, Role::Member, who.at).is_empty()))
}
