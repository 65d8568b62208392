//! The cover of a report: what is shown while nobody has opened it, and of what cannot be read here.

use crate::domain::ActKind;
use crate::domain::Denial;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::Share;
use crate::domain::TransferTarget;
use crate::domain::Wish;
use crate::inbox::House;
use crate::inbox::access;
use crate::inbox::access::Looked;
use crate::inbox::casework;
use crate::inbox::casework::UndoView;
use crate::inbox::groups::MeetingPart;
use crate::inbox::icon::Icon;
use crate::inbox::item::Action;
use crate::inbox::item::Notice;
use crate::inbox::item::NoticeView;
use crate::inbox::item::Parts;
use crate::inbox::item::actions;
use crate::inbox::item::facts::Facts;
use crate::inbox::item::facts::facts;
use crate::inbox::item::facts::responsible;
use crate::inbox::item::facts::title;
use crate::inbox::item::notice_view;
use crate::inbox::item::told_with;
use crate::inbox::moment::Moment;
use crate::inbox::questions;
use crate::inbox::second::SecondView;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::inbox::view::unit_name_in;
use crate::storage::CaseDetail;
use crate::storage::TransferState;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

#[derive(Template)]
#[template(path = "cover.html")]
struct CoverPage {
    page: Page,
    t: Words,
    facts: Facts,
    notice: Option<NoticeView>,
    second: SecondView,
    meeting: Option<MeetingPart>,
    item: ItemId,
    heading: &'static str,
    text: String,
    /// What is known of an offer, or of who has the report: label and words.
    told: Vec<(&'static str, String)>,
    /// Why there is nothing to press.
    why_no_button: Option<&'static str>,
    actions: Vec<Action>,
    links: Vec<(String, &'static str)>,
}

pub(super) fn draw_cover(
    house: &House,
    who: &SignedIn,
    (looked, case): (&Looked, &CaseDetail),
    parts: Parts,
    notice: Option<Notice>,
    status: StatusCode,
) -> Response {
    let (t, detail) = (Words(who.language), &looked.detail);
    let not_by_role = detail.row.share == Share::Content && looked.may(Wish::Read) == Err(Denial::NotByRole);
    let (heading, text) = match (detail.row.state, detail.row.share) {
        (ItemState::Proposed, _) => (t.state_proposed(), t.proposed_text()),
        (ItemState::Transferred, _) => (t.state_transferred(), t.gone_text()),
        (ItemState::Withdrawn, Share::Content) => (t.state_wrong_addressee(), t.gone_text()),
        (ItemState::Withdrawn, Share::Awareness) => (t.state_withdrawn(), t.gone_text()),
        (_, Share::Awareness) => (t.awareness(), t.awareness_text()),
        (_, Share::Content) if not_by_role => (t.role_sees(), t.role_sees_text()),
        (_, Share::Content) => (t.cover_heading(), t.cover_text()),
    };
    let by = casework::acting(house, who, &detail.row.unit);
    let can = |kind| access::may_act(who, looked, kind) && case.case.may_do(kind, &by).is_ok();
    let link = |kind| (casework::action(detail.row.id, kind), t.act_kind(kind));
    // One who may read it opens it first; one who may not sees to it that somebody else does.
    let gives = not_by_role && can(ActKind::Give);
    let links = [
        can(ActKind::DeclineTransfer).then(|| link(ActKind::DeclineTransfer)),
        can(ActKind::AppointCoordinator).then(|| link(ActKind::AppointCoordinator)),
        gives.then(|| link(ActKind::Give)),
        questions::link(who, looked),
    ];
    // One reads before one does anything else.
    let mut actions = actions(house, who, looked, case, t);
    if detail.row.state == ItemState::Unread {
        actions.truncate(1);
    }
    // What has just been sent away shows no content, and can still be taken back.
    let mut undo = casework::undo(house, who, looked, case);
    let notice = told_with(notice.map(|it| notice_view(it, who, (looked, case))), &mut undo);
    if let Some(UndoView { href, key, .. }) = undo {
        actions.push(Action { href, key, label: t.act_kind(ActKind::Undo), primary: false, next: false });
    }
    let no_button = detail.row.state == ItemState::Proposed && !can(ActKind::AcceptTransfer);
    let page = CoverPage {
        page: Page::signed_in(house, who, &title(detail, t)),
        t,
        facts: Facts {
            responsible: responsible(house, who, detail, case),
            withdrawn: parts.withdrawn,
            ..facts(house, who, detail, parts.origin.as_ref())
        },
        notice,
        second: parts.second,
        meeting: parts.meeting,
        item: detail.row.id,
        heading,
        text: gone_to(case, t)
            .filter(|_| detail.row.state == ItemState::Transferred)
            .unwrap_or_else(|| text.to_owned()),
        told: offer_told(house, who, looked, case)
            .into_iter()
            .chain(parts.held.map(|it| (t.followed_up_by(), it)))
            .collect(),
        why_no_button: no_button.then(|| t.offer_not_by_role()),
        actions,
        links: links.into_iter().flatten().collect(),
    };
    html(status, &page)
}

/// Who offers a case to this unit, since when and why. Of a graded case it would tell the municipality: said only to those who
/// read it. What was written is for those who may read the report.
fn offer_told(house: &House, who: &SignedIn, looked: &Looked, case: &CaseDetail) -> Vec<(&'static str, String)> {
    let (t, row) = (Words(who.language), &looked.detail.row);
    let reads = looked.may(Wish::Read).is_ok();
    let offer = case.transfer.as_ref().filter(|it| it.id == row.id.0 && it.state == TransferState::Open);
    let Some(offer) = offer.filter(|_| reads || !row.protected) else { return Vec::new() };
    let from = format!("{}, {}", unit_name_in(house, &offer.from_unit, who.language), offer.offered_by);
    let since = Moment::of(offer.offered_at, house.now(), who.language).full;
    let why = reads.then(|| (t.field_why(), offer.why.reveal().clone()));
    [(t.offer_from(), from), (t.offer_since(), since)].into_iter().chain(why).collect()
}

/// Where a case has gone that was passed on to somebody outside.
fn gone_to(case: &CaseDetail, t: Words) -> Option<String> {
    let transfer = case.transfer.as_ref().filter(|it| it.state == TransferState::Accepted)?;
    match &transfer.to {
        TransferTarget::Municipality { number, name } => Some(t.gone_to(name, Some(number))),
        TransferTarget::HospitalTrust { name, .. } => Some(t.gone_to(name, None)),
        TransferTarget::Unit(_) => None,
    }
}
