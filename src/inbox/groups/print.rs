//! A meeting on paper: the agenda with why each case was lifted, and what was said. It can be filed.
//!
//! The minutes are only in it for those who read the case, and each that is drawn is a reading, in the journal.

use super::coming;
use super::group_of;
use super::has_content;
use super::meeting_of;
use super::meeting_path;
use super::page;
use super::page::AgendaLine;
use super::page::MeetingView;
use crate::domain::Meeting;
use crate::domain::Wish;
use crate::inbox::House;
use crate::inbox::access;
use crate::inbox::assets;
use crate::inbox::fault::Fault;
use crate::inbox::moment::Moment;
use crate::inbox::prove;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::html;
use crate::inbox::view::unit_name_in;
use crate::storage::Minutes;
use crate::storage::StoreError;
use askama::Template;
use axum::extract::Path;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "meeting_print.html")]
struct MeetingPrint {
    t: Words,
    lang: &'static str,
    css: &'static str,
    js: &'static str,
    group: String,
    meeting: MeetingView,
    by: String,
    at: Moment,
    cases: Vec<PrintedCase>,
    hidden: Option<String>,
}

struct PrintedCase {
    line: AgendaLine,
    minutes: Option<PrintedMinutes>,
}

struct PrintedMinutes {
    text: String,
    by: String,
    at: Moment,
}

pub(super) async fn show(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path((unit, id)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let (t, fault) = (Words(who.language), |it: StoreError| Fault::store(who.language, it));
    let unit = group_of(&house, &who, &unit)?;
    let meeting = meeting_of(&house, &who, &unit, &id).await?;
    let rows = house.inbox.meetings.agenda(meeting.id).await.map_err(fault)?;
    let planned = coming(&house, &unit).await.map_err(fault)?;
    let agenda = page::agenda(&house, &who, Some(&meeting), rows, &planned).await.map_err(fault)?;
    page::journal(&house, &who, &format!("meeting {}", meeting.reference), agenda.lines.len()).await.map_err(fault)?;
    let mut cases = Vec::with_capacity(agenda.lines.len());
    for line in agenda.lines {
        let minutes = if line.minuted { minutes(&house, &who, &meeting, &line).await? } else { None };
        let moment = |it| Moment::of(it, house.now(), who.language);
        let minutes = minutes.map(|it| PrintedMinutes {
            text: it.text.into_inner(),
            by: it.written_by,
            at: moment(it.written_at),
        });
        cases.push(PrintedCase { line, minutes });
    }
    let page = MeetingPrint {
        t,
        lang: who.language.tag(),
        css: &assets::PRINT_CSS_URL,
        js: &assets::JS_URL,
        group: unit_name_in(&house, &unit, who.language),
        meeting: MeetingView::of(&meeting, &house, &who),
        by: who.user.display_name.clone(),
        at: Moment::of(house.now(), house.now(), who.language),
        cases,
        hidden: agenda.hidden,
    };
    Ok(html(StatusCode::OK, &page))
}

/// What was said of a case. `None`: it is not for this person to read, or has been removed.
async fn minutes(
    house: &House,
    who: &SignedIn,
    meeting: &Meeting,
    line: &AgendaLine,
) -> Result<Option<Minutes>, Fault> {
    let fault = |it: StoreError| Fault::store(who.language, it);
    let looked = access::look(house, who, line.item).await?;
    // Those who could write them read them also when the lift has ended: the meeting is theirs to file.
    let kept = line.kept_at_home && page::writes_minutes(who, &meeting.unit) && looked.may(Wish::Work).is_ok();
    if !kept && (looked.may(Wish::Read).is_err() || !has_content(&looked.detail.row)) {
        return Ok(None);
    }
    if !prove::is_enough(house, who) {
        return Err(Fault::prove(who.language, format!("{}/print", meeting_path(meeting))));
    }
    let discussed = house.inbox.meetings.meetings_of(line.item).await.map_err(fault)?;
    let said = discussed.into_iter().find(|it| it.meeting.id == meeting.id).and_then(|it| it.minutes);
    if said.is_some() {
        let (message, which) = (looked.detail.row.message, format!("meeting {}", meeting.id));
        house.journal_about(message, who.actor(), "minutes_read", which).await.map_err(fault)?;
    }
    Ok(said)
}
