//! Looking it all over, sending, and the receipt.

use crate::domain::Finding;
use crate::domain::Municipality;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::inbox::House;
use crate::inbox::contacts::CallView;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::moment::Moment;
use crate::inbox::need_form::PATH;
use crate::inbox::need_form::build;
use crate::inbox::need_form::draft;
use crate::inbox::need_form::draft::DELETE;
use crate::inbox::need_form::draft::KeyForm;
use crate::inbox::need_form::draft::Writing;
use crate::inbox::need_form::draft::extra;
use crate::inbox::need_form::draft::writing;
use crate::inbox::need_form::fields::Asking;
use crate::inbox::need_form::fields::FIELDS;
use crate::inbox::need_form::fields::Step;
use crate::inbox::need_form::places;
use crate::inbox::need_form::port::DeskFault;
use crate::inbox::need_form::port::DeskJudgement;
use crate::inbox::need_form::status;
use crate::inbox::need_form::step::StepQuery;
use crate::inbox::need_form::step::said;
use crate::inbox::need_form::to_step;
use crate::inbox::need_form::turned_away;
use crate::inbox::need_form::view;
use crate::inbox::need_form::voice;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::token;
use crate::inbox::view::Page;
use crate::inbox::view::Tag;
use crate::inbox::view::html;
use crate::inbox::view::unit_name_in;
use crate::storage::FormHolder;
use crate::storage::FormReport;
use crate::storage::FormSource;
use crate::storage::InboxQuery;
use crate::storage::InboxRow;
use crate::storage::SearchQuery;
use crate::storage::Sought;
use askama::Template;
use axum::extract::Query;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

const REVIEW: &str = "/meld/se-over";
/// Reports about the same person that are shown before another is sent.
const BEFORE_ROWS_MAX: u32 = 5;
/// The time in which an organisation's reports are counted.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[derive(Template)]
#[template(path = "form_review.html")]
struct ReviewPage {
    page: Page,
    t: Words,
    action: &'static str,
    key: String,
    delete_key: String,
    progress: String,
    municipality: String,
    units: Vec<String>,
    /// Those that would only be told that there is one.
    told: Vec<String>,
    parts: Vec<Part>,
    consent_version: Option<String>,
    errors: Vec<RemarkView>,
    remarks: Vec<RemarkView>,
    too_many: bool,
    can_send: bool,
    before: Vec<BeforeView>,
}

/// The answers of one step.
struct Part {
    slug: &'static str,
    heading: &'static str,
    answers: Vec<(&'static str, String)>,
}

struct RemarkView {
    tag: Tag,
    text: String,
    /// The step where it can be mended.
    href: Option<String>,
}

pub(super) async fn show(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    who: Result<SignedIn, Fault>,
    Query(query): Query<StepQuery>,
) -> Result<Response, Fault> {
    let mut writing = match writing(&house, &headers, who, query.lang.as_deref()).await {
        Ok(writing) => writing,
        Err(response) => return Ok(*response),
    };
    if let Some(step) = unfinished(&writing, &house) {
        return Ok(to_step(step.slug()));
    }
    let trial = writing.trial(&house).ok_or_else(|| Fault::bug(writing.language, "a draft without a municipality"))?;
    Ok(match house.inbox.desk.judge(&trial, build::written(&writing.answers)).await {
        Ok(judgement) => draw(&house, &mut writing, &judgement, StatusCode::OK).await?,
        Err(fault) => draft::later(&house, &writing, fault, REVIEW),
    })
}

/// The first step that is not done, or no longer: an answer may ask something new of a step that was.
fn unfinished(writing: &Writing, house: &House) -> Option<Step> {
    let asking = writing.asking(house);
    let has_faults = |it: &Step| !build::faults(&asking, *it, writing.t()).is_empty();
    let not_come_to = Step::ALL.get(writing.answers.steps_done).copied();
    not_come_to.into_iter().chain(asking.steps().into_iter().find(has_faults)).min()
}

async fn draw(
    house: &House,
    writing: &mut Writing,
    judgement: &DeskJudgement,
    status: StatusCode,
) -> Result<Response, Fault> {
    let t = writing.t();
    let before = before(house, writing).await?;
    let (asking, extra) = (writing.asking(house), extra(house, &writing.answers));
    let shown = asking.steps();
    let steps = shown.len() + 1;
    let parts = shown
        .into_iter()
        .map(|step| Part {
            slug: step.slug(),
            heading: voice::step_heading(&asking, step, t),
            answers: asking.fields(step).into_iter().filter_map(|it| view::answer(&asking, it, &extra, t)).collect(),
        })
        .collect();
    let of = |must: bool| -> Vec<RemarkView> {
        let told = places::worth_telling(&judgement.findings).filter(|it| places::must_be_mended(it) == must);
        told.filter(|it| must || places::field_of(it).is_some()).map(|it| remark(it, &asking, t)).collect()
    };
    let errors: Vec<RemarkView> = of(true);
    let number = writing.answers.municipality();
    let municipality = number.as_ref().and_then(Municipality::find).map_or("", |it| it.name).to_owned();
    let page = ReviewPage {
        page: writing.page(house, t.form_review(), REVIEW),
        t,
        action: REVIEW,
        key: writing.draw_key(REVIEW),
        delete_key: writing.draw_key(DELETE),
        progress: t.form_step_of(steps, steps),
        municipality,
        units: judgement.units.iter().map(|it| unit_name_in(house, it, writing.language)).collect(),
        told: judgement.told.iter().map(|it| unit_name_in(house, it, writing.language)).collect(),
        parts,
        consent_version: writing.answers.consent_version.clone(),
        can_send: judgement.is_accepted && errors.is_empty(),
        errors,
        remarks: of(false),
        too_many: status == StatusCode::TOO_MANY_REQUESTS,
        before,
    };
    Ok(html(status, &page))
}

fn remark(finding: &Finding, asking: &Asking<'_>, t: Words) -> RemarkView {
    let field = places::field_of(finding).and_then(|name| FIELDS.iter().find(|it| it.name == name));
    let href = field.map(|it| format!("{PATH}/{}#{}", it.step.slug(), it.name));
    RemarkView { tag: t.severity(finding.severity), text: said(finding, asking, t), href }
}

/// Where a report goes.
#[derive(Clone)]
pub(super) struct Receivers {
    /// The units that get it.
    units: Vec<UnitId>,
    /// Those that are only told that there is one.
    told: Vec<UnitId>,
}

/// What the sender keeps.
#[derive(Clone)]
pub(super) enum Receipt {
    Sent {
        reference: String,
        code: String,
        received_at: Timestamp,
        receivers: Receivers,
    },
    /// The rules said no after all: the rulebook changed while the sender looked it over.
    Rejected,
}

#[derive(Template)]
#[template(path = "form_receipt.html")]
struct ReceiptPage {
    page: Page,
    t: Words,
    reference: String,
    received: Moment,
    /// The units that got it.
    receivers: Vec<String>,
    /// Those that are only told that there is one.
    told: Vec<String>,
    /// How to call them.
    calls: Vec<CallView>,
    code: String,
    feedback: bool,
    /// Where staff who wrote it down find it, when it came to a unit of theirs.
    own: Option<String>,
}

/// Sends the report. Twice the same form: once the same report, with the same answer.
pub(super) async fn send(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    who: Result<SignedIn, Fault>,
    Posted(form): Posted<KeyForm>,
) -> Result<Response, Fault> {
    let mut writing = match writing(&house, &headers, who, None).await {
        Ok(writing) => writing,
        Err(response) => return Ok(*response),
    };
    let nonce = writing.check_key(REVIEW, form.key())?;
    if let Some(step) = unfinished(&writing, &house) {
        return Ok(to_step(step.slug()));
    }
    let trial = writing.trial(&house).ok_or_else(|| Fault::bug(writing.language, "a draft without a municipality"))?;
    let judgement = match house.inbox.desk.judge(&trial, build::written(&writing.answers)).await {
        Ok(judgement) if judgement.is_accepted && !judgement.findings.iter().any(places::must_be_mended) => judgement,
        Ok(judgement) => return draw(&house, &mut writing, &judgement, StatusCode::UNPROCESSABLE_ENTITY).await,
        Err(fault) => return Ok(draft::later(&house, &writing, fault, REVIEW)),
    };
    if is_over_the_limit(&house, &writing).await? {
        return Ok(turned_away(draw(&house, &mut writing, &judgement, StatusCode::TOO_MANY_REQUESTS).await?));
    }
    let feedback = build::allows_feedback(&writing.asking(&house));
    let receivers = Receivers { units: judgement.units, told: judgement.told };
    let (within, to_send) = (&house, &mut writing);
    let sent = house.form.sent.run(nonce, house.now(), move || bring_in(within, to_send, receivers)).await;
    match sent {
        Ok(Receipt::Sent { reference, code, received_at, receivers }) => {
            let t = writing.t();
            let page = writing.page(&house, t.form_sent(), PATH);
            let own = in_own_inbox(&house, &writing, &reference).await?;
            let received = Moment::of(received_at, house.now(), t.0);
            let calls = CallView::of_all(&house, &receivers.units, t);
            let names = |units: &[UnitId]| units.iter().map(|it| unit_name_in(&house, it, writing.language)).collect();
            let (receivers, told) = (names(&receivers.units), names(&receivers.told));
            let receipt = ReceiptPage { page, t, reference, received, receivers, told, calls, code, feedback, own };
            let drawn = html(StatusCode::OK, &receipt);
            Ok(([(header::SET_COOKIE, draft::no_cookie())], drawn).into_response())
        }
        Ok(Receipt::Rejected) => Ok(to_step("se-over")),
        Err(Unsent::Desk(fault)) => Ok(draft::later(&house, &writing, fault, REVIEW)),
        Err(Unsent::Fault(fault)) => Err(fault),
    }
}

/// Where staff find what they have just written down, if a unit of theirs got it.
async fn in_own_inbox(house: &House, writing: &Writing, reference: &str) -> Result<Option<String>, Fault> {
    let Some(who) = &writing.who else { return Ok(None) };
    let query = InboxQuery { reference: Reference::parse(reference), ..InboxQuery::first(1) };
    let rows = house.inbox.people.seen_page(&who.sights(), who.user.id, &query).await;
    let rows = rows.map_err(|it| Fault::store(writing.language, it))?;
    Ok(rows.first().map(|it| format!("/items/{}", it.id)))
}

/// What staff already have about the same person: perhaps what they are about to write down once more.
async fn before(house: &House, writing: &mut Writing) -> Result<Vec<BeforeView>, Fault> {
    let (Some(who), Some(number)) = (&writing.who, writing.answers.text("id_number")) else { return Ok(Vec::new()) };
    let language = writing.language;
    let fault = |it| Fault::store(language, it);
    let number: Redacted<String> = number.map(|it| it.chars().filter(|it| !it.is_whitespace()).collect());
    let is_new = writing.answers.look_up(number.reveal());
    let query = SearchQuery { sought: Sought::PersonId(number), after: None, rows_max: BEFORE_ROWS_MAX };
    let rows = house.inbox.search.find(&who.sights(), who.user.id, &query).await.map_err(fault)?;
    // That nothing is known tells something too. Before it is shown, and only once for each number.
    if is_new {
        house.journal(who.actor(), "searched", format!("by identity number, {}", rows.len())).await.map_err(fault)?;
        writing.keep(house).await?;
    }
    let view = |it: &InboxRow| BeforeView {
        href: format!("/items/{}", it.id),
        reference: it.reference.to_string(),
        at: Moment::of(it.received_at, house.now(), language),
    };
    Ok(rows.iter().map(view).collect())
}

/// A report that is there already.
struct BeforeView {
    href: String,
    reference: String,
    at: Moment,
}

enum Unsent {
    Desk(DeskFault),
    Fault(Fault),
}

/// The report's id and time are kept before it is sent, so that a second attempt brings the same bytes.
async fn bring_in(house: &House, writing: &mut Writing, receivers: Receivers) -> Result<Receipt, Unsent> {
    let language = writing.language;
    let now = house.now();
    let came = build::came_at(&writing.asking(house), now);
    let (id, at) = writing.answers.begin_sending(Uuid::now_v7(), came);
    writing.keep(house).await.map_err(Unsent::Fault)?;

    let source = FormSource::from_label(writing.answers.one("source")).unwrap_or(FormSource::Form);
    let municipality = writing.answers.municipality();
    let municipality =
        municipality.ok_or_else(|| Unsent::Fault(Fault::bug(language, "a draft without a municipality")))?;
    let extra = extra(house, &writing.answers);
    let report = build::report(&writing.asking(house), &municipality, &extra, id, at);
    let sent = house.inbox.desk.send(&report, build::written(&writing.answers)).await.map_err(Unsent::Desk)?;
    if !sent.is_accepted {
        writing.answers.stop_sending();
        writing.keep(house).await.map_err(Unsent::Fault)?;
        return Ok(Receipt::Rejected);
    }
    let code = status::new_code();
    let kept = FormReport {
        message: sent.message,
        code_sha256: token::sha256(status::plain(&code).as_bytes()),
        holder: writing.draft.holder.clone(),
        source,
        written_by: writing.who.as_ref().map(|it| (it.user.id, it.user.display_name.clone())),
        proved: writing.draft.proved.clone(),
        feedback: build::allows_feedback(&writing.asking(house)),
        consent_version: writing.answers.consent_version.clone().unwrap_or_default(),
        sent_at: now,
    };
    let fault = |it| Unsent::Fault(Fault::store(language, it));
    house.inbox.forms.keep_form_report(&kept, writing.draft.id).await.map_err(fault)?;
    // A second attempt tells when the first one came.
    let status = house.inbox.forms.form_status(kept.code_sha256).await.map_err(fault)?;
    let received_at = status.map_or(now, |it| it.received_at);
    Ok(Receipt::Sent { reference: sent.reference.to_string(), code, received_at, receivers })
}

/// Whether the holder's organisation has sent as many as it may in a day.
async fn is_over_the_limit(house: &House, writing: &Writing) -> Result<bool, Fault> {
    let FormHolder::Organisation { number, .. } = &writing.draft.holder else { return Ok(false) };
    let sent = house.inbox.forms.form_reports_since(number, house.now().minus(DAY)).await;
    let sent = sent.map_err(|it| Fault::store(writing.language, it))?;
    Ok(sent >= u64::from(house.config().form.reports_per_day_max))
}
