//! Calling a meeting, moving it, calling it off; and the invitation for other calendars.

use super::CASES_MAX;
use super::arranged;
use super::coming;
use super::group_of;
use super::group_path;
use super::meeting_of;
use super::meeting_path;
use super::page;
use super::page::Said;
use super::page::Typed;
use super::part::wait_of;
use crate::domain::Invitation;
use crate::domain::ItemId;
use crate::domain::Meeting;
use crate::domain::MeetingId;
use crate::domain::MeetingKind;
use crate::domain::MeetingOddity;
use crate::domain::MeetingPlan;
use crate::domain::MeetingRefused;
use crate::domain::MeetingState;
use crate::domain::MeetingWait;
use crate::domain::NoticeId;
use crate::domain::Reference;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::norway;
use crate::inbox::House;
use crate::inbox::access;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::form::Sent;
use crate::inbox::kept;
use crate::inbox::moment::Moment;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::token;
use crate::inbox::view::unit_name_in;
use crate::storage::NewNotice;
use crate::storage::StoreError;
use axum::extract::Path;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use jiff::civil::Date;
use jiff::civil::Time;
use std::sync::Arc;
use uuid::Uuid;

pub(super) async fn add(
    State(house): State<Arc<House>>,
    Path(unit): Path<String>,
    Sent(who, typed): Sent<Typed>,
) -> Result<Response, Fault> {
    let unit = arranged(&house, &who, &unit, "call a meeting").await?;
    let Ok(nonce) = who.check_key(&group_path(&unit), &typed.key) else {
        let said = Said { typed: Some(typed), again: true, ..Said::default() };
        return page::draw_group(&house, &who, &unit, said, kept::AGAIN).await;
    };
    let plan = match plan(&typed, house.now()) {
        Ok(plan) => plan,
        Err(wrong) => {
            let said = Said { typed: Some(typed), wrong: Some(wrong), ..Said::default() };
            return page::draw_group(&house, &who, &unit, said, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let odd = odd(&house, &who, &unit, None, &plan, &typed).await?;
    if !odd.is_empty() {
        let said = Said { typed: Some(typed), odd, ..Said::default() };
        return page::draw_group(&house, &who, &unit, said, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let call = || call(&house, &who, &unit, MeetingKind::Fixed, plan, &[]);
    house.acts.run(nonce, house.now(), call).await.map_err(|it| Fault::store(who.language, it))?;
    Ok(Redirect::to(&format!("{}?done=called", group_path(&unit))).into_response())
}

/// One act: the meeting is called, what is urgent is on its agenda, and people are told.
pub(super) async fn add_urgent(
    State(house): State<Arc<House>>,
    Path(unit): Path<String>,
    Sent(who, typed): Sent<Typed>,
) -> Result<Response, Fault> {
    let unit = arranged(&house, &who, &unit, "call an extraordinary meeting").await?;
    let Ok(nonce) = who.check_key(&format!("{}/urgent", group_path(&unit)), &typed.key) else {
        let said = Said { typed: Some(typed), again: true, urgent: true, ..Said::default() };
        return page::draw_group(&house, &who, &unit, said, kept::AGAIN).await;
    };
    let plan = match plan(&typed, house.now()) {
        Ok(plan) => plan,
        Err(wrong) => {
            let said = Said { typed: Some(typed), wrong: Some(wrong), urgent: true, ..Said::default() };
            return page::draw_group(&house, &who, &unit, said, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let odd = odd(&house, &who, &unit, None, &plan, &typed).await?;
    if !odd.is_empty() {
        let said = Said { typed: Some(typed), odd, urgent: true, ..Said::default() };
        return page::draw_group(&house, &who, &unit, said, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let fault = |it: StoreError| Fault::store(who.language, it);
    let urgent = urgent(&house, &who, &unit).await.map_err(fault)?;
    let call = || call(&house, &who, &unit, MeetingKind::Extraordinary, plan, &urgent);
    house.acts.run(nonce, house.now(), call).await.map_err(fault)?;
    Ok(Redirect::to(&format!("{}?done=called", group_path(&unit))).into_response())
}

/// The urgent cases that cannot wait as things are.
async fn urgent(house: &House, who: &SignedIn, unit: &UnitId) -> Result<Vec<ItemId>, StoreError> {
    let (store, now) = (&house.inbox.meetings, house.now());
    let next = store.next_meetings(std::slice::from_ref(unit), now).await?.into_iter().next();
    let mut rows = store.waiting_for_meeting(unit, now, CASES_MAX).await?;
    if let Some(next) = &next {
        rows.extend(store.agenda(next.id).await?.into_iter().filter(|it| !it.minuted).map(|it| it.row));
    }
    let next = next.map(|it| it.plan.at);
    rows.retain(|it| it.urgent && wait_of(it, &[], next) != MeetingWait::InTime);
    Ok(access::seen(house, who, rows).await?.into_iter().map(|it| it.id).collect())
}

async fn call(
    house: &House,
    who: &SignedIn,
    unit: &UnitId,
    kind: MeetingKind,
    plan: MeetingPlan,
    items: &[ItemId],
) -> Result<(), StoreError> {
    let meeting = Meeting {
        id: MeetingId(Uuid::now_v7()),
        reference: Reference::from_random(token::random()),
        unit: unit.clone(),
        kind,
        state: MeetingState::Planned,
        plan,
        revision: 0,
        changed_at: house.now(),
    };
    house.inbox.meetings.add_meeting(&meeting, items, &notices(house, unit), &who.person()).await
}

/// Those that tell a unit's people, by the ways that the directory names.
pub(super) fn notices(house: &House, unit: &UnitId) -> Vec<NewNotice> {
    let channels = house.inbox.names.notice_channels(unit).into_iter();
    let notice = |channel| NewNotice { id: NoticeId(Uuid::now_v7()), unit: unit.clone(), channel, due: house.now() };
    channels.map(notice).collect()
}

pub(super) async fn shift(
    State(house): State<Arc<House>>,
    Path((unit, id)): Path<(String, String)>,
    Sent(who, typed): Sent<Typed>,
) -> Result<Response, Fault> {
    let unit = arranged(&house, &who, &unit, "move a meeting").await?;
    let meeting = meeting_of(&house, &who, &unit, &id).await?;
    let path = meeting_path(&meeting);
    if who.check_key(&format!("{path}/move"), &typed.key).is_err() {
        let said = Said { typed: Some(typed), again: true, ..Said::default() };
        return page::draw_meeting(&house, &who, &meeting, said, kept::AGAIN).await;
    }
    let plan = match plan(&typed, house.now()) {
        Ok(plan) => plan,
        Err(wrong) => {
            let said = Said { typed: Some(typed), wrong: Some(wrong), ..Said::default() };
            return page::draw_meeting(&house, &who, &meeting, said, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let odd = odd(&house, &who, &unit, Some(&meeting), &plan, &typed).await?;
    if !odd.is_empty() {
        let said = Said { typed: Some(typed), odd, ..Said::default() };
        return page::draw_meeting(&house, &who, &meeting, said, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    change(&house, &who, Meeting { plan, ..meeting }).await?;
    Ok(Redirect::to(&format!("{path}?done=moved")).into_response())
}

#[derive(serde::Deserialize)]
pub(super) struct KeyForm {
    key: String,
}

pub(super) async fn cancel(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path((unit, id)): Path<(String, String)>,
    Posted(form): Posted<KeyForm>,
) -> Result<Response, Fault> {
    let unit = arranged(&house, &who, &unit, "call off a meeting").await?;
    let meeting = meeting_of(&house, &who, &unit, &id).await?;
    who.check_key(&format!("{}/cancel", meeting_path(&meeting)), &form.key)?;
    let fault = |it: StoreError| Fault::store(who.language, it);
    if house.inbox.meetings.agenda(meeting.id).await.map_err(fault)?.iter().any(|it| it.minuted) {
        let said = Said { held: true, ..Said::default() };
        return page::draw_meeting(&house, &who, &meeting, said, StatusCode::CONFLICT).await;
    }
    change(&house, &who, Meeting { state: MeetingState::Cancelled, ..meeting }).await?;
    Ok(Redirect::to(&format!("{}?done=cancelled", group_path(&unit))).into_response())
}

/// Keeps a changed meeting, and tells people. What has been changed by another in the meantime, or is over, stays.
async fn change(house: &House, who: &SignedIn, meeting: Meeting) -> Result<(), Fault> {
    let changed = Meeting { revision: meeting.revision + 1, changed_at: house.now(), ..meeting };
    let notices = notices(house, &changed.unit);
    let kept = house.inbox.meetings.change_meeting(&changed, &notices, &who.person()).await;
    kept.map(drop).map_err(|it| Fault::store(who.language, it))
}

/// The invitation, without anything about anybody.
pub(super) async fn invitation(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path((unit, id)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let unit = group_of(&house, &who, &unit)?;
    let meeting = meeting_of(&house, &who, &unit, &id).await?;
    let group = unit_name_in(&house, &unit, who.language);
    let address = format!("{}{}", house.config().public_address.trim_end_matches('/'), group_path(&unit));
    let invitation = Invitation { meeting: &meeting, group: &group, address: &address, language: who.language };
    let named = format!("attachment; filename=\"{}\"", invitation.file_name());
    let headers =
        [(header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, named)];
    Ok((headers, invitation.text()).into_response())
}

/// What is odd about a plan, in words. Nothing, when one has been asked about just this, or the time stays as it was.
async fn odd(
    house: &House,
    who: &SignedIn,
    unit: &UnitId,
    moved: Option<&Meeting>,
    plan: &MeetingPlan,
    typed: &Typed,
) -> Result<Vec<String>, Fault> {
    let stays = moved.is_some_and(|it| (it.plan.at, it.plan.minutes) == (plan.at, plan.minutes));
    if stays || typed.sure == typed.time_said() {
        return Ok(Vec::new());
    }
    let mut others = coming(house, unit).await.map_err(|it| Fault::store(who.language, it))?;
    others.retain(|it| moved.is_none_or(|moved| moved.id != it.id));
    let t = Words(who.language);
    let named = |it| match it {
        MeetingOddity::OnAWeekend => t.meeting_on_a_weekend().to_owned(),
        MeetingOddity::OnAHoliday => t.meeting_on_a_holiday().to_owned(),
        MeetingOddity::Meanwhile(at) => t.meeting_meanwhile(&Moment::of(at, house.now(), who.language).full),
    };
    Ok(plan.oddities(&others).into_iter().map(named).collect())
}

/// The meeting that was typed, or the first reason why it cannot be.
fn plan(typed: &Typed, now: Timestamp) -> Result<MeetingPlan, MeetingRefused> {
    let day: Option<Date> = typed.day.trim().parse().ok();
    let time: Option<Time> = typed.time.trim().parse().ok();
    let at = day.zip(time).and_then(|(day, time)| day.to_datetime(time).to_zoned(norway()).ok());
    let at = at.map(|it| Timestamp::from_jiff(it.timestamp())).ok_or(MeetingRefused::InThePast)?;
    let minutes = typed.minutes.trim().parse().map_err(|_| MeetingRefused::Length)?;
    let plan = MeetingPlan { at, minutes, place: typed.place.trim().to_owned() };
    plan.check(now)?;
    Ok(plan)
}
