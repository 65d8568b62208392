//! One report: its cover while nobody has opened it, then everything that was sent, what has happened, and what to do.

mod cover;
mod facts;

use crate::domain::ActKind;
use crate::domain::ActRefused;
use crate::domain::Attachment;
use crate::domain::AttachmentContent;
use crate::domain::CaseOutcome;
use crate::domain::Code;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::Language;
use crate::domain::Report;
use crate::domain::Share;
use crate::domain::Wish;
use crate::inbox::House;
use crate::inbox::access;
use crate::inbox::access::Looked;
use crate::inbox::act;
use crate::inbox::alike;
use crate::inbox::alike::Alike;
use crate::inbox::alike::AlikeView;
use crate::inbox::attachment;
use crate::inbox::attachment::Standing;
use crate::inbox::casework;
use crate::inbox::casework::CaseView;
use crate::inbox::casework::ClosingView;
use crate::inbox::casework::UndoView;
use crate::inbox::fault::Fault;
use crate::inbox::follow_up;
use crate::inbox::follow_up::FollowUpRead;
use crate::inbox::follow_up::FollowUpView;
use crate::inbox::groups;
use crate::inbox::groups::MeetingPart;
use crate::inbox::icon::Icon;
use crate::inbox::letter;
use crate::inbox::letter::Section;
use crate::inbox::letter::Summary;
use crate::inbox::list;
use crate::inbox::list::Row;
use crate::inbox::port::ReadMessage;
use crate::inbox::print;
use crate::inbox::questions;
use crate::inbox::second;
use crate::inbox::second::SecondView;
use crate::inbox::session::SignedIn;
use crate::inbox::tasks;
use crate::inbox::tasks::TasksPart;
use crate::inbox::texts::Words;
use crate::inbox::timeline;
use crate::inbox::timeline::Event;
use crate::inbox::view::Page;
use crate::inbox::view::Tag;
use crate::inbox::view::html;
use crate::inbox::why_here;
use crate::inbox::why_here::WhyStep;
use crate::inbox::withdrawn;
use crate::inbox::withdrawn::WithdrawnView;
use crate::storage::CaseDetail;
use crate::storage::FormOrigin;
use crate::storage::InboxRow;
use crate::storage::ItemDetail;
use crate::storage::KeptFinding;
use crate::storage::ScannedFile;
use crate::storage::StoreError;
use askama::Template;
use axum::extract::Path;
use axum::extract::Query;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use cover::draw_cover;
pub(super) use facts::Facts;
pub(super) use facts::facts;
use facts::lifted;
use facts::responsible;
pub(super) use facts::title;
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::Arc;

/// What is said on top of the page after an act.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Notice {
    Done(ActKind),
    Refused(ActRefused),
}

#[derive(Deserialize)]
pub(super) struct ItemQuery {
    done: Option<String>,
}

pub(super) async fn show(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path(id): Path<String>,
    Query(query): Query<ItemQuery>,
) -> Result<Response, Fault> {
    let id: ItemId = id.parse().map_err(|_| Fault::absent(who.language))?;
    let notice = query.done.as_deref().and_then(act::from_verb).map(Notice::Done);
    draw(&house, &who, id, notice, StatusCode::OK).await
}

#[derive(Template)]
#[template(path = "item.html")]
struct ItemPage {
    page: Page,
    t: Words,
    facts: Facts,
    notice: Option<NoticeView>,
    /// What is not as it should be, though nothing keeps it from being closed.
    warning: Option<&'static str>,
    actions: Vec<Action>,
    /// `None`: there is nothing to put on paper.
    print: Option<String>,
    /// The content has been removed, because it was to be kept no longer.
    removed: bool,
    /// Where the case is told without anybody in it.
    experience: Option<String>,
    /// Action and key of the form that fetches the package for the archive.
    archive: Option<(String, String)>,
    /// How much of what was said the package cannot have yet.
    not_sent_yet: usize,
    second: SecondView,
    meeting: Option<MeetingPart>,
    item: ItemId,
    closing: Option<ClosingView>,
    tasks: TasksPart,
    /// Where the coordinator asks the leader, and what the link says.
    questions: Option<(String, &'static str)>,
    case: CaseView,
    summary: Option<Summary>,
    sections: Vec<Section>,
    attachments: Vec<AttachmentView>,
    follow_ups: Vec<FollowUpView>,
    remarks: Vec<Remark>,
    why: Vec<WhyStep>,
    events: Vec<Event>,
    earlier: Vec<Row>,
    alike: Vec<AlikeView>,
}

struct NoticeView {
    text: String,
    refused: bool,
    /// Where what is missing is mended: URL and words.
    link: Option<(String, &'static str)>,
    /// It can be taken back in the same box.
    undo: Option<UndoView>,
}

/// That what was granted has not been done: nobody is the main coordinator. Said while it can be closed, and when it is.
fn not_carried_out(case: &CaseDetail, today: Date, t: Words) -> Option<&'static str> {
    let open = matches!(case.case.state, ItemState::Taken | ItemState::Waiting | ItemState::Closed);
    let granted =
        case.case.outcome.is_some_and(|(it, _)| matches!(it, CaseOutcome::Granted | CaseOutcome::PartlyGranted));
    let nobody = case.case.coordinated_until().is_none_or(|it| it < today);
    (open && granted && nobody && !case.case.lifted_here).then(|| t.granted_and_nobody_appointed())
}

/// The box on top: what has been done and how it is taken back are one matter. What could not be done, and taking back what was
/// done before it, are two; then the way back is left in `undo`.
fn told_with(mut notice: Option<NoticeView>, undo: &mut Option<UndoView>) -> Option<NoticeView> {
    if let Some(it) = notice.as_mut().filter(|it| !it.refused) {
        it.undo = undo.take();
    }
    notice
}

/// A button that does something.
struct Action {
    href: String,
    key: String,
    label: &'static str,
    primary: bool,
    /// Afterwards to the next report.
    next: bool,
}

pub(super) struct AttachmentView {
    /// Absent when there is nothing that can be downloaded.
    pub href: Option<String>,
    /// Where it is shown, when it can do nothing in a browser.
    pub show: Option<String>,
    pub title: String,
    pub about: String,
    /// That it is held back, or has not been looked at.
    pub tag: Option<Tag>,
}

struct Remark {
    tag: Tag,
    code: String,
    text: String,
}

/// Draws the item for `who`. When the report itself is drawn, the journal says so first: no reading without a trace.
pub(super) async fn draw(
    house: &Arc<House>,
    who: &SignedIn,
    id: ItemId,
    notice: Option<Notice>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let fault = |it| Fault::store(who.language, it);
    let looked = access::look(house, who, id).await?;
    access::require(house, who, &looked, Wish::See).await?;
    let second = second::view(house, who, &looked).await.map_err(fault)?;
    let detail = &looked.detail;
    let notice = notice.filter(|it| holds(*it, who, detail));
    let origin = house.inbox.forms.form_origin(detail.row.message).await.map_err(fault)?;
    let covered = !detail.row.state.shows_content() || detail.row.share == Share::Awareness;
    if covered || looked.may(Wish::Read).is_err() {
        let case = case(house, &detail.row).await.map_err(fault)?;
        let meeting = groups::part(house, who, &looked, &case).await.map_err(fault)?;
        let held = list::held(house, who, std::slice::from_ref(&detail.row)).await.map_err(fault)?.remove(&id);
        let withdrawn = withdrawn::view(house, who, &detail.row, false).await.map_err(fault)?;
        return Ok(draw_cover(
            house,
            who,
            (&looked, &case),
            Parts { second, origin, meeting, held, withdrawn, ..Parts::default() },
            notice,
            status,
        ));
    }
    access::require(house, who, &looked, Wish::Read).await?;

    let stored = stored(house, who, detail).await?;
    let removed = matches!(stored, Stored::Removed);
    let read = stored.read();
    let scanned = house.inbox.scans.scanned_files(detail.row.message).await.map_err(fault)?;
    let follow_ups = follow_up::read(house, who, detail).await?;
    house.journal_about(detail.row.message, who.actor(), "viewed", "").await.map_err(fault)?;
    let case = case(house, &detail.row).await.map_err(fault)?;
    let may_lift = !casework::lift_choices(house, who, &looked, &case).await.map_err(fault)?.is_empty();
    let meeting = groups::part(house, who, &looked, &case).await.map_err(fault)?;
    let tasks = tasks::part(house, who, &looked).await.map_err(fault)?;
    let alike = alike::alike(house, who, detail).await.map_err(fault)?;
    let kin = casework::kin(house, who, &looked).await?;
    let withdrawn = withdrawn::view(house, who, &detail.row, true).await.map_err(fault)?;
    let tasks = Some(tasks);
    let parts =
        Parts { second, may_lift, read, removed, scanned, origin, follow_ups, meeting, tasks, ..Parts::default() };
    let parts = Parts { kin, alike, withdrawn, ..parts };
    Ok(draw_report(house, who, (&looked, &case), parts, notice, status))
}

/// What a report's page shows besides what the store tells of it.
#[derive(Default)]
struct Parts {
    second: SecondView,
    /// Whether there is a group that the case can be lifted to.
    may_lift: bool,
    read: Option<ReadMessage>,
    removed: bool,
    scanned: Vec<ScannedFile>,
    origin: Option<FormOrigin>,
    alike: Alike,
    follow_ups: Vec<FollowUpRead>,
    meeting: Option<MeetingPart>,
    tasks: Option<TasksPart>,
    kin: Vec<(String, String)>,
    /// Who follows it up, when this unit is only told of it.
    held: Option<String>,
    withdrawn: Option<WithdrawnView>,
}

fn draw_report(
    house: &House,
    who: &SignedIn,
    (looked, case): (&Looked, &CaseDetail),
    parts: Parts,
    notice: Option<Notice>,
    status: StatusCode,
) -> Response {
    let (t, detail) = (Words(who.language), &looked.detail);
    let Parts {
        second,
        may_lift,
        read,
        removed,
        scanned,
        origin,
        follow_ups,
        meeting,
        tasks,
        kin,
        alike,
        withdrawn,
        held: _,
    } = parts;
    let read = read.as_ref();
    let (now, names) = (house.now(), house.inbox.names.as_ref());
    let summary = read.map(|it| letter::summary(it, names, now, who.language).with_consent_now(&case.case, t));
    let sections = read.map(|it| letter::sections(it, names, now, who.language)).unwrap_or_default();
    let attachments = read
        .map(|it| {
            it.attachments
                .iter()
                .map(|file| {
                    let standing = Standing::of(&scanned, file.position, house.inbox.while_unsure);
                    attachment(detail, &it.report, file, standing, t)
                })
                .collect()
        })
        .unwrap_or_default();
    let mut case_view = CaseView { kin, ..CaseView::of(house, who, looked, case, may_lift) };
    let page = ItemPage {
        page: Page::signed_in(house, who, &title(detail, t)),
        t,
        facts: Facts {
            lifted: lifted(house, who, detail, case),
            responsible: responsible(house, who, detail, case),
            withdrawn,
            ..facts(house, who, detail, origin.as_ref())
        },
        notice: told_with(notice.map(|it| notice_view(it, who, (looked, case))), &mut case_view.undo),
        warning: not_carried_out(case, house.now().date_in_norway(), t),
        print: read.is_some().then(|| print::page(detail.row.id)),
        removed,
        experience: (!detail.row.protected).then(|| format!("/items/{}/experience", detail.row.id)),
        archive: print::archive_form(who, looked).filter(|_| read.is_some()),
        not_sent_yet: print::not_sent_yet(case),
        second,
        meeting,
        item: detail.row.id,
        closing: ClosingView::of(house, who, looked, case),
        tasks: tasks.unwrap_or_default(),
        questions: questions::link(who, looked),
        actions: actions(house, who, looked, case, t),
        case: case_view,
        summary,
        sections,
        attachments,
        follow_ups: follow_up::views(house, who, detail, &follow_ups),
        remarks: detail.findings.iter().map(|it| remark(it, who.language)).collect(),
        why: why_here::steps(detail, house, who.language),
        events: timeline::events(&detail.journal, &case.events, house, who.language),
        earlier: detail
            .earlier
            .iter()
            .map(|it| Row { twice: alike.twice.contains(&it.id), ..Row::of(it, house, who) })
            .collect(),
        alike: alike.views,
    };
    html(status, &page)
}

pub(super) async fn case(house: &House, row: &InboxRow) -> Result<CaseDetail, StoreError> {
    house.inbox.cases.case(row.id, std::slice::from_ref(&row.unit)).await
}

/// What there is of a message's content.
enum Stored {
    Read(Box<ReadMessage>),
    /// Retention has removed it; what is left can still be shown.
    Removed,
    Unreadable,
}

impl Stored {
    fn read(self) -> Option<ReadMessage> {
        match self {
            Self::Read(it) => Some(*it),
            Self::Removed | Self::Unreadable => None,
        }
    }
}

/// Reads the stored message. One that cannot be read is shown without its letter, and wakes an operator.
pub(super) async fn read(house: &House, who: &SignedIn, detail: &ItemDetail) -> Result<Option<ReadMessage>, Fault> {
    Ok(stored(house, who, detail).await?.read())
}

async fn stored(house: &House, who: &SignedIn, detail: &ItemDetail) -> Result<Stored, Fault> {
    let raw = match house.inbox.messages.raw(detail.row.message).await {
        Ok(raw) => raw,
        Err(StoreError::Absent) => return Ok(Stored::Removed),
        Err(error) => return Err(Fault::store(who.language, error)),
    };
    let reader = Arc::clone(&house.inbox.reader);
    match blocking(who.language, move || reader.read(&raw)).await? {
        Ok(read) => Ok(Stored::Read(Box::new(read))),
        Err(error) => {
            tracing::error!(message.id = %detail.row.message, %error, "inbox cannot show a report");
            Ok(Stored::Unreadable)
        }
    }
}

/// Runs what takes processor time where that is allowed.
pub(super) async fn blocking<T: Send + 'static>(
    language: Language,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Fault> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| Fault::bug(language, "reading a stored message panicked"))
}

/// Whether a notice is still true: a URL may be old, or made up.
fn holds(notice: Notice, who: &SignedIn, detail: &ItemDetail) -> bool {
    let (state, responsible) = (detail.row.state, detail.row.responsible.as_ref());
    match notice {
        Notice::Refused(_) => true,
        Notice::Done(ActKind::Open | ActKind::Release | ActKind::Reopen) => {
            state == ItemState::Opened && responsible.is_none()
        }
        Notice::Done(ActKind::Take) => state == ItemState::Taken && responsible.is_some_and(|it| it.id == who.user.id),
        Notice::Done(ActKind::Close) => state == ItemState::Closed,
        Notice::Done(_) => true,
    }
}

fn notice_view(notice: Notice, who: &SignedIn, (looked, case): (&Looked, &CaseDetail)) -> NoticeView {
    let (t, detail) = (Words(who.language), &looked.detail);
    match notice {
        Notice::Done(act @ (ActKind::AppointCoordinator | ActKind::ChangeCoordinator)) => {
            let more = casework::has_it_for_a_time(case, t).unwrap_or_default();
            NoticeView { text: format!("{}{more}", t.done(act)), refused: false, link: None, undo: None }
        }
        Notice::Done(act) => NoticeView { text: t.done(act).to_owned(), refused: false, link: None, undo: None },
        Notice::Refused(why) => {
            let other = detail.row.responsible.as_ref().map(|it| it.display_name.as_str());
            let missing = match why {
                ActRefused::NoArchiveReference => Some(ActKind::Archive),
                ActRefused::NoOutcome => Some(ActKind::Decide),
                _ => None,
            };
            let link = missing.map(|it| (casework::action(detail.row.id, it), t.act_kind(it)));
            NoticeView { text: t.refused(why, other), refused: true, link, undo: None }
        }
    }
}

/// What can be done now by one button, and by this person.
fn actions(house: &House, who: &SignedIn, looked: &Looked, case: &CaseDetail, t: Words) -> Vec<Action> {
    let detail = &looked.detail;
    let by = casework::acting(house, who, &detail.row.unit);
    let own = case.case.responsible.as_ref().is_some_and(|it| it.id == by.who.id);
    let closes = case.case.may_do(ActKind::Close, &by).is_ok();
    let mut actions = Vec::new();
    for (kind, _) in act::BUTTONS {
        let again = match kind {
            ActKind::Open => case.case.state != ItemState::Unread,
            ActKind::Take => own,
            // A unit here answers for itself.
            ActKind::TransferAccepted => !casework::is_offered_outside(case),
            _ => false,
        };
        // What must come first is said when somebody tries; the button is where one looks for it.
        let possible = match case.case.may_do(*kind, &by) {
            Ok(()) | Err(ActRefused::NoArchiveReference | ActRefused::NoOutcome) => true,
            Err(_) => false,
        };
        if again || !possible || !access::may_act(who, looked, *kind) {
            continue;
        }
        let href = act::action(detail.row.id, *kind);
        let key = who.draw_key(&href);
        let primary = match kind {
            ActKind::Close => closes,
            ActKind::Confirm => own && !closes,
            _ => matches!(kind, ActKind::Open | ActKind::Take | ActKind::AcceptTransfer),
        };
        let label = t.act_kind(*kind);
        actions.push(Action { href: href.clone(), key: key.clone(), label, primary, next: false });
        if *kind == ActKind::Confirm {
            actions.push(Action { href, key, label: t.act_confirm_next(), primary: false, next: true });
        }
    }
    actions
}

pub(super) fn attachment(
    detail: &ItemDetail,
    report: &Report,
    file: &Attachment,
    standing: Standing,
    t: Words,
) -> AttachmentView {
    let references = report.need().map_or(&[][..], |it| &it.attachments);
    let reference = references.iter().find(|it| file.id.as_deref() == Some(it.document.as_str()));
    let kind = reference.map_or_else(|| t.attachment().to_owned(), |it| t.code("VedleggType", &it.kind));
    let said = reference.and_then(|it| it.title.as_ref()).or(file.description.as_ref()).map(|it| plain(it.reveal()));
    let title = said.map_or_else(|| kind.clone(), |it| format!("{kind}: {it}"));
    let (about, there) = match &file.content {
        AttachmentContent::Inline(file) => (format!("{}, {}", t.file_kind(file), t.size(file.bytes)), true),
        AttachmentContent::External => (t.attachment_external().to_owned(), false),
        AttachmentContent::Undecodable
        | AttachmentContent::PackingUnknown
        | AttachmentContent::PackingBroken
        | AttachmentContent::UnpacksTooFar
        | AttachmentContent::Absent => (t.attachment_broken().to_owned(), false),
    };
    let href = (there && standing.is_free()).then(|| format!("/items/{}/attachments/{}", detail.row.id, file.position));
    let found = file.content.inline().and_then(|it| it.found_type).unwrap_or_default();
    let show = href.as_ref().filter(|_| attachment::can_be_shown(found)).map(|it| format!("{it}/show"));
    let tag = if there { t.standing(standing) } else { None };
    AttachmentView { href, show, title, about, tag }
}

/// Without the signs that turn the direction of what follows: with them a name can be drawn as if it ended otherwise.
fn plain(said: &str) -> String {
    let turns = |it: char| matches!(it, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    said.chars().filter(|it| !turns(*it)).collect()
}

fn remark(finding: &KeptFinding, language: Language) -> Remark {
    let t = Words(language);
    // What was kept is in bokmål; the registry has the same in the other languages, without the particulars.
    let text = match (language, Code::from_id(&finding.code)) {
        (Language::Nn | Language::En, Some(code)) => code.text().in_language(language).to_owned(),
        (Language::Nb, _) | (_, None) => finding.text.clone(),
    };
    Remark { tag: t.severity(finding.severity), code: finding.code.clone(), text }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_name_is_drawn_as_it_ends() {
        assert_eq!(plain("epikrise\u{202E}fdp.exe\u{2069}"), "epikrisefdp.exe");
        assert_eq!(plain("Øyvinds søknad – del 2"), "Øyvinds søknad – del 2");
    }
}
