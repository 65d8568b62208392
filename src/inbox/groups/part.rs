//! What a case's own page, and its row in a list, say of meetings.

use super::WaitTag;
use super::agenda::Put;
use super::coming;
use super::group_path;
use super::has_content;
use super::meeting_path;
use super::puts;
use crate::domain;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::MeetingWait;
use crate::domain::Share;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::Wish;
use crate::inbox::House;
use crate::inbox::access::Looked;
use crate::inbox::moment::Moment;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::unit_name_in;
use crate::storage::CaseDetail;
use crate::storage::Discussed;
use crate::storage::InboxRow;
use crate::storage::StoreError;
use std::collections::HashMap;

/// Meetings on the page of a case.
pub(in crate::inbox) struct MeetingPart {
    pub group: String,
    /// Where the group's page is, for those who take part in it.
    pub href: Option<String>,
    /// Whether it waits for a meeting at all.
    pub waits: bool,
    pub next: Option<NextView>,
    pub wait: Option<WaitTag>,
    /// Puts the case on the next agenda, or on the one that is chosen.
    pub put: Option<Put>,
    pub discussed: Vec<DiscussedView>,
}

/// The meeting that the case waits for.
pub(in crate::inbox) struct NextView {
    pub at: Moment,
    /// `Sak 2 på sakslisten`; absent when the case is not on it.
    pub number: Option<String>,
}

/// What was said of the case.
pub(in crate::inbox) struct DiscussedView {
    pub at: Moment,
    /// Which group, when it is not the unit's own.
    pub group: Option<String>,
    pub decision: Option<&'static str>,
    pub text: Option<String>,
    pub by: String,
    /// Where it is written, for those who write it.
    pub href: Option<String>,
}

/// `None`: the case is in no group, and has been lifted to none. What was said is only for those who read the case.
pub(in crate::inbox) async fn part(
    house: &House,
    who: &SignedIn,
    looked: &Looked,
    case: &CaseDetail,
) -> Result<Option<MeetingPart>, StoreError> {
    let (row, now, t) = (&looked.detail.row, house.now(), Words(who.language));
    let own = house.inbox.names.is_group(&row.unit);
    let group = if own { Some(&row.unit) } else { case.case.lifted_to.as_ref() };
    let group = group.filter(|it| house.inbox.names.is_group(it) && is_open(row));
    let mut all = if own { house.inbox.meetings.meetings_of(row.id).await? } else { Vec::new() };
    // What the group said of what was lifted to it is for those who lifted it too.
    all.extend(house.inbox.meetings.lifted_meetings_of(row.id).await?);
    let works = looked.may(Wish::Work).is_ok() && has_content(row);
    let named = |unit: &UnitId| if row.protected { t.hidden().to_owned() } else { unit_name_in(house, unit, t.0) };
    let view = |it: &Discussed| DiscussedView {
        at: Moment::of(it.meeting.plan.at, now, who.language),
        group: (it.meeting.unit != row.unit).then(|| named(&it.meeting.unit)),
        decision: it.minutes.as_ref().and_then(|it| it.decision).map(|it| t.meeting_decision(it)),
        text: it.minutes.as_ref().map(|it| it.text.reveal().clone()),
        by: it.minutes.as_ref().map(|it| it.written_by.clone()).unwrap_or_default(),
        href: (works && it.meeting.unit == row.unit && it.meeting.may_have_been_held(now))
            .then(|| format!("{}/items/{}", meeting_path(&it.meeting), row.id)),
    };
    let reads = looked.may(Wish::Read).is_ok() && has_content(row);
    let told = |it: &&Discussed| reads && (it.minutes.is_some() || works && it.meeting.unit == row.unit);
    let discussed: Vec<DiscussedView> = all.iter().filter(told).map(view).collect();
    let Some(group) = group else {
        // It waits for no meeting, and what was said of it stays.
        let last = all.last().filter(|_| !discussed.is_empty());
        return Ok(last.map(|it| MeetingPart {
            group: named(&it.meeting.unit),
            href: None,
            waits: false,
            next: None,
            wait: None,
            put: None,
            discussed,
        }));
    };
    let meetings = coming(house, group).await?;
    let on_agenda = all.iter().find(|it| it.meeting.is_coming(now));
    let at = on_agenda.map(|it| it.meeting.plan.at).or_else(|| meetings.first().map(|it| it.plan.at));
    let decided = all.iter().any(|it| it.minutes.is_some());
    let wait = MeetingWait::of(row.received_at, row.urgent, needs_no_month(row) || decided, at);
    let put = if own && on_agenda.is_none() && puts(who, group) { Put::of(&meetings, who, now) } else { None };
    let next = at.map(|at| NextView {
        at: Moment::of(at, now, who.language),
        number: on_agenda.map(|it| t.agenda_number(it.number)),
    });
    let takes_part = super::groups(house, who).contains(group);
    Ok(Some(MeetingPart {
        group: named(group),
        href: takes_part.then(|| group_path(group)),
        waits: true,
        next,
        wait: WaitTag::of(wait, row, t),
        put,
        discussed,
    }))
}

/// Which rows of a list wait too long for their group's meeting.
pub(in crate::inbox) async fn waits(
    house: &House,
    who: &SignedIn,
    rows: &[InboxRow],
) -> Result<HashMap<ItemId, WaitTag>, StoreError> {
    let waiting: Vec<&InboxRow> =
        rows.iter().filter(|it| is_open(it) && house.inbox.names.is_group(&it.unit)).collect();
    if waiting.is_empty() {
        return Ok(HashMap::new());
    }
    let mut groups: Vec<UnitId> = waiting.iter().map(|it| it.unit.clone()).collect();
    groups.sort_unstable();
    groups.dedup();
    let now = house.now();
    let next = house.inbox.meetings.next_meetings(&groups, now).await?;
    let ids: Vec<ItemId> = waiting.iter().map(|it| it.id).collect();
    let discussed = house.inbox.meetings.discussed_at(&ids, now).await?;
    let tags = waiting.into_iter().filter_map(|row| {
        let next = next.iter().find(|it| it.unit == row.unit).map(|it| it.plan.at);
        let wait = wait_of(row, &discussed, next);
        WaitTag::of(wait, row, Words(who.language)).map(|it| (row.id, it))
    });
    Ok(tags.collect())
}

/// Whether a case can wait for the meeting whose agenda it is on, or else for the next.
pub(super) fn wait_of(row: &InboxRow, discussed: &[(ItemId, Timestamp)], next: Option<Timestamp>) -> MeetingWait {
    let on_agenda = discussed.iter().find(|it| it.0 == row.id).map(|it| it.1);
    MeetingWait::of(row.received_at, row.urgent, needs_no_month(row), on_agenda.or(next))
}

/// The month is for the answer to a need: given, or there is none.
fn needs_no_month(row: &InboxRow) -> bool {
    row.answered || !domain::reports_need(&row.kind)
}

fn is_open(row: &InboxRow) -> bool {
    let open = match row.state {
        ItemState::Unread | ItemState::Opened | ItemState::Taken | ItemState::Waiting | ItemState::Offered => true,
        ItemState::Proposed | ItemState::Transferred | ItemState::Withdrawn | ItemState::Closed => false,
    };
    open && row.share == Share::Content
}
