//! Groups that meet: a group's page with its next meeting, the agenda, and the cases that wait for one.
//!
//! Who leads the group or is its secretary calls meetings and orders the agenda; that tells nothing of a case, so a leader
//! who opens none can do it. What was said of a case is written and read where the case may be read.

mod agenda;
mod call;
mod lift;
mod minutes;
mod page;
mod part;
mod print;

pub(super) use lift::has_members;
pub(super) use minutes::people;
pub(super) use part::MeetingPart;
pub(super) use part::part;
pub(super) use part::waits;

use crate::domain::ItemState;
use crate::domain::Meeting;
use crate::domain::MeetingId;
use crate::domain::MeetingRefused;
use crate::domain::MeetingWait;
use crate::domain::Role;
use crate::domain::Share;
use crate::domain::Sight;
use crate::domain::UnitId;
use crate::domain::Which;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::icon::Icon;
use crate::inbox::refusals::Refused;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::storage::InboxRow;
use crate::storage::StoreError;
use axum::Router;
use axum::routing::get;
use axum::routing::post;
use std::sync::Arc;
use uuid::Uuid;

pub(super) const PATH: &str = "/groups";

/// Cases on one page at most.
const CASES_MAX: u32 = 200;
/// Meetings that are listed.
const MEETINGS_MAX: u32 = 60;

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new()
        .route(PATH, get(page::list))
        .route("/groups/{unit}", get(page::show).post(call::add))
        .route("/groups/{unit}/urgent", post(call::add_urgent))
        .route("/groups/{unit}/meetings/{meeting}", get(page::one))
        .route("/groups/{unit}/meetings/{meeting}/print", get(print::show))
        .route("/groups/{unit}/meetings/{meeting}/move", post(call::shift))
        .route("/groups/{unit}/meetings/{meeting}/cancel", post(call::cancel))
        .route("/groups/{unit}/meetings/{meeting}/invitation.ics", get(call::invitation))
        .route("/groups/{unit}/meetings/{meeting}/put", post(agenda::put))
        .route("/groups/{unit}/meetings/{meeting}/order", post(agenda::order))
        .route("/groups/{unit}/meetings/{meeting}/items/{item}", get(minutes::ask).post(minutes::write))
}

/// The groups that a person takes part in now, whatever as. A guest is a guest of one case and not of the group.
pub(super) fn groups(house: &House, who: &SignedIn) -> Vec<UnitId> {
    let held = who.memberships.iter().filter(|it| it.holds(who.at) && takes_part(it.role));
    let mut groups: Vec<UnitId> = held.map(|it| it.unit.clone()).filter(|it| house.inbox.names.is_group(it)).collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}

const fn takes_part(role: Role) -> bool {
    match role {
        Role::CaseWorker | Role::Secretary | Role::Leader | Role::Member | Role::SystemCoordinator => true,
        Role::Guest | Role::Coordinator | Role::DirectoryAdministrator | Role::Auditor => false,
    }
}

/// What a person sees of the cases that have been lifted to the groups they are in.
pub(super) fn lifted_sights(house: &House, who: &SignedIn) -> Vec<Sight> {
    let groups = groups(house, who);
    let mut sights: Vec<Sight> = who
        .sights()
        .into_iter()
        .filter(|it| match it.which {
            Which::All => groups.contains(&it.unit),
            Which::Lifted => true,
            Which::Own | Which::Appointed | Which::Case(_) => false,
        })
        .map(|it| Sight { which: Which::Lifted, ..it })
        .collect();
    sights.dedup();
    sights
}

/// Whether a person calls meetings of the group and orders their agenda.
fn arranges(who: &SignedIn, unit: &UnitId) -> bool {
    [Role::Leader, Role::Secretary].into_iter().any(|it| who.units_as(it).contains(unit))
}

/// Whether a person puts cases on the group's agenda.
fn puts(who: &SignedIn, unit: &UnitId) -> bool {
    arranges(who, unit) || who.units_as(Role::CaseWorker).contains(unit)
}

/// The group of a page. One that a person takes no part in is not told of.
fn group_of(house: &House, who: &SignedIn, unit: &str) -> Result<UnitId, Fault> {
    let found = groups(house, who).into_iter().find(|it| it.0 == unit);
    found.ok_or_else(|| Fault::absent(who.language))
}

/// As [`group_of`], for what only leader and secretary do. A no is in the journal.
async fn arranged(house: &House, who: &SignedIn, unit: &str, wanted: &str) -> Result<UnitId, Fault> {
    let unit = group_of(house, who, unit)?;
    if arranges(who, &unit) { Ok(unit) } else { Err(denied(house, who, &unit, wanted).await) }
}

async fn denied(house: &House, who: &SignedIn, unit: &UnitId, wanted: &str) -> Fault {
    let detail = format!("{wanted} in {unit}: not by role");
    let refused = Refused { action: "access_denied", message: None, detail };
    match house.tell_refused(who.user.id, who.actor(), refused).await {
        Ok(()) => {
            who.caller.has_been_told();
            Fault::denied(who.language, crate::domain::Denial::NotByRole)
        }
        Err(error) => Fault::store(who.language, error),
    }
}

async fn meeting_of(house: &House, who: &SignedIn, unit: &UnitId, id: &str) -> Result<Meeting, Fault> {
    let id = Uuid::parse_str(id).map_err(|_| Fault::absent(who.language))?;
    let units = std::slice::from_ref(unit);
    house.inbox.meetings.meeting(MeetingId(id), units).await.map_err(|it| Fault::store(who.language, it))
}

/// The meetings of a group that are planned and not over, the next one first.
async fn coming(house: &House, unit: &UnitId) -> Result<Vec<Meeting>, StoreError> {
    let mut meetings = house.inbox.meetings.meetings(unit, MEETINGS_MAX).await?;
    meetings.retain(|it| it.is_coming(house.now()));
    meetings.reverse();
    Ok(meetings)
}

fn group_path(unit: &UnitId) -> String {
    format!("{PATH}/{}", crate::inbox::fault::query_value(&unit.0))
}

fn meeting_path(meeting: &Meeting) -> String {
    format!("{}/meetings/{}", group_path(&meeting.unit), meeting.id)
}

/// Whether the unit has what was sent: nothing is written of what has left it, and nobody is given anything to do with it.
pub(super) const fn has_content(row: &InboxRow) -> bool {
    let has = match row.state {
        ItemState::Unread | ItemState::Opened | ItemState::Taken | ItemState::Waiting => true,
        ItemState::Offered | ItemState::Closed => true,
        ItemState::Proposed | ItemState::Transferred | ItemState::Withdrawn => false,
    };
    has && matches!(row.share, Share::Content)
}

/// That a case waits too long, in words; `None`: it does not.
pub(super) struct WaitTag {
    pub text: String,
    pub icon: Icon,
    pub tone: &'static str,
    pub urgent: bool,
}

impl WaitTag {
    fn of(wait: MeetingWait, row: &InboxRow, t: Words) -> Option<Self> {
        let text = match wait {
            MeetingWait::InTime => return None,
            MeetingWait::PastTheMonth(days) => t.wait_past_month(days),
            MeetingWait::TooLongForUrgent(days) => t.wait_urgent(days),
            MeetingWait::NoMeeting => t.wait_no_meeting().to_owned(),
        };
        let tone = if row.urgent { "danger" } else { "warning" };
        Some(Self { text, icon: Icon::Clock, tone, urgent: row.urgent })
    }
}

impl Words {
    const fn meeting_refused(self, why: MeetingRefused) -> &'static str {
        match why {
            MeetingRefused::InThePast => self.meeting_in_the_past(),
            MeetingRefused::Length => self.meeting_length_wrong(),
            MeetingRefused::PlaceTooLong => self.meeting_place_long(),
            MeetingRefused::PlaceHasNumber => self.meeting_place_number(),
        }
    }
}
