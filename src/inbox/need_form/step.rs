//! One step: its questions, and what the gateway's own rules say of the answers before one goes on.

use crate::domain::Code;
use crate::domain::Finding;
use crate::inbox::House;
use crate::inbox::contacts;
use crate::inbox::contacts::CallView;
use crate::inbox::contacts::LinkView;
use crate::inbox::contacts::TextView;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::need_form::PATH;
use crate::inbox::need_form::build;
use crate::inbox::need_form::draft;
use crate::inbox::need_form::draft::DELETE;
use crate::inbox::need_form::draft::Writing;
use crate::inbox::need_form::draft::extra;
use crate::inbox::need_form::draft::writing;
use crate::inbox::need_form::fields::Asking;
use crate::inbox::need_form::fields::FIELDS;
use crate::inbox::need_form::fields::Step;
use crate::inbox::need_form::places;
use crate::inbox::need_form::to_step;
use crate::inbox::need_form::view;
use crate::inbox::need_form::view::FieldView;
use crate::inbox::need_form::voice;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::storage::FormHolder;
use askama::Template;
use axum::extract::Path;
use axum::extract::Query;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;

/// What the button that leads back says, beside the answers.
const BACK: &str = "back";

#[derive(Deserialize)]
pub(super) struct StepQuery {
    pub lang: Option<String>,
}

#[derive(Template)]
#[template(path = "form_step.html")]
struct StepPage {
    page: Page,
    t: Words,
    action: String,
    key: String,
    delete_key: String,
    heading: &'static str,
    progress: String,
    steps: Vec<(&'static str, &'static str, bool, bool)>,
    organisation: Option<String>,
    texts: Vec<TextView>,
    /// Law and guidance in force, with those of the municipality that one writes to.
    links: Vec<LinkView>,
    consent: Option<TextView>,
    fields: Vec<FieldView>,
    errors: Vec<(String, String)>,
    has_back: bool,
    /// Whom to call, when one cannot report here.
    calls: Vec<CallView>,
    kept: String,
}

pub(super) async fn show(
    State(house): State<Arc<House>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    who: Result<SignedIn, Fault>,
    Query(query): Query<StepQuery>,
) -> Response {
    let writing = match writing(&house, &headers, who, query.lang.as_deref()).await {
        Ok(writing) => writing,
        Err(response) => return *response,
    };
    let Some(step) = Step::from_slug(&slug) else { return Fault::absent(writing.language).into_response() };
    if step.index() > writing.answers.steps_done {
        return to_step(Step::ALL[writing.answers.steps_done.min(Step::ALL.len() - 1)].slug());
    }
    if writing.asking(&house).fields(step).is_empty() {
        return to_step(after(&writing, &house, step));
    }
    // One that was done, and is no more for what has been answered since, says what it lacks.
    let was_done = step.index() < writing.answers.steps_done;
    let errors = if was_done { build::faults(&writing.asking(&house), step, writing.t()) } else { Vec::new() };
    draw(&house, &writing, step, &errors, StatusCode::OK)
}

fn draw(
    house: &House,
    writing: &Writing,
    step: Step,
    errors: &[(&'static str, String)],
    status: StatusCode,
) -> Response {
    let t = writing.t();
    let (asking, extra) = (writing.asking(house), extra(house, &writing.answers));
    let day = house.now().date_in_norway();
    let action = format!("{PATH}/{}", step.slug());
    let fields: Vec<FieldView> =
        asking.fields(step).into_iter().map(|it| view::field(&asking, it, &extra, errors, t)).collect();
    let errors = errors
        .iter()
        .map(|(name, said)| {
            let target =
                fields.iter().find(|it| it.name == *name).map_or_else(|| (*name).to_owned(), FieldView::target);
            (target, said.clone())
        })
        .collect();
    let organisation = match &writing.draft.holder {
        FormHolder::Organisation { name, number, .. } if step == Step::Reporter => Some(format!("{name} ({number})")),
        FormHolder::Organisation { .. } | FormHolder::Private | FormHolder::Staff(_) => None,
    };
    let shown = asking.steps();
    let at = shown.iter().position(|it| *it == step).unwrap_or_default();
    let steps = shown
        .iter()
        .copied()
        .map(|it| {
            (it.slug(), voice::step_heading(&asking, it, t), it == step, it.index() <= writing.answers.steps_done)
        })
        .collect();
    let heading = voice::step_heading(&asking, step, t);
    let page = StepPage {
        page: writing.page(house, heading, &action),
        t,
        key: writing.draw_key(&action),
        action,
        delete_key: writing.draw_key(DELETE),
        heading,
        progress: t.form_step_of(at + 1, shown.len() + 1),
        steps,
        organisation,
        texts: contacts::texts(house, step.help(), t, day),
        links: LinkView::shown(house, writing.answers.municipality().as_ref(), t, day),
        consent: (step == Step::Ground && asking.is_declared())
            .then(|| contacts::texts(house, &["consent"], t, day).pop())
            .flatten(),
        fields,
        errors,
        has_back: at > 0,
        calls: calls(house, writing, step),
        kept: t.form_kept_for(house.config().form.draft_hours_max),
    };
    html(status, &page)
}

/// Keeps the answers of a step, and goes on when nothing in them must be mended.
pub(super) async fn save(
    State(house): State<Arc<House>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    who: Result<SignedIn, Fault>,
    Posted(posted): Posted<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let one = |name: &str| posted.iter().find(|(it, _)| it == name).map_or("", |(_, value)| value.as_str());
    let mut writing = match writing(&house, &headers, who, Some(one("lang"))).await {
        Ok(writing) => writing,
        Err(response) => return Ok(*response),
    };
    let step = Step::from_slug(&slug).ok_or_else(|| Fault::absent(writing.language))?;
    writing.check_key(&format!("{PATH}/{slug}"), one("key"))?;

    let fields = writing.asking(&house).fields(step);
    let is_changed = writing.answers.take(&fields, &posted);
    if one("go") == BACK {
        if is_changed {
            // What has not been looked at must be come by again.
            writing.answers.steps_done = writing.answers.steps_done.min(step.index());
        }
        writing.keep(&house).await?;
        return Ok(to_step(before(&writing, &house, step)));
    }
    if step == Step::Person {
        writing.answers.set_born(None);
    }
    if matches!(step, Step::Consent | Step::Ground) {
        let day = house.now().date_in_norway();
        let shown = house.inbox.contacts.content().text("consent", day).map(crate::inbox::TextEntry::version);
        let accepted = writing.asking(&house).is_declared() && writing.answers.has("consent_read", "lest");
        writing.answers.consent_version = shown.filter(|_| accepted);
    }
    let t = writing.t();
    let mut errors = build::faults(&writing.asking(&house), step, t);
    if let Some(trial) = writing.trial(&house) {
        match house.inbox.desk.judge(&trial, build::written(&writing.answers)).await {
            Ok(judgement) => {
                writing.answers.set_born(judgement.born.map(crate::domain::Redacted::into_inner));
                errors.extend(told(&judgement.findings, &writing, &house, step, &errors));
            }
            Err(fault) => {
                writing.keep(&house).await?;
                return Ok(draft::later(&house, &writing, fault, &format!("{PATH}/{slug}")));
            }
        }
    }
    // What is known now may mean that some questions are asked no more, such as those about an adult's parents.
    let asking = writing.asking(&house);
    let hidden: Vec<&str> = super::fields::FIELDS.iter().filter(|it| !asking.shows(it)).map(|it| it.name).collect();
    writing.answers.keep_only(|it| !hidden.contains(&it.name));
    if errors.is_empty() {
        writing.answers.steps_done = writing.answers.steps_done.max(step.index() + 1);
        let shown = writing.asking(&house).steps();
        // What has nothing to ask is done with.
        while Step::ALL.get(writing.answers.steps_done).is_some_and(|it| !shown.contains(it)) {
            writing.answers.steps_done += 1;
        }
    }
    writing.keep(&house).await?;
    if !errors.is_empty() {
        return Ok(draw(&house, &writing, step, &errors, StatusCode::UNPROCESSABLE_ENTITY));
    }
    Ok(to_step(after(&writing, &house, step)))
}

/// The word in the address of the step before that has something to ask.
fn before(writing: &Writing, house: &House, step: Step) -> &'static str {
    writing.asking(house).steps().into_iter().rfind(|it| *it < step).unwrap_or(step).slug()
}

/// Whom a private person calls about somebody who does not want it: who takes what no other unit takes.
fn calls(house: &House, writing: &Writing, step: Step) -> Vec<CallView> {
    let number = writing.answers.municipality().filter(|_| step == Step::Consent && writing.asking(house).is_refused());
    let reception = number.and_then(|it| house.inbox.contacts.reception(&it, house.now().date_in_norway()));
    let unit = reception.and_then(|it| it.units.into_iter().next());
    unit.and_then(|it| CallView::of(house, &it.id, writing.t())).into_iter().collect()
}

/// The word in the address of the next step that has something to ask.
fn after(writing: &Writing, house: &House, step: Step) -> &'static str {
    writing.asking(house).steps().into_iter().find(|it| *it > step).map_or("se-over", Step::slug)
}

/// The rules' errors about the questions of this step, one for each question that is not told of already.
fn told(
    findings: &[Finding],
    writing: &Writing,
    house: &House,
    step: Step,
    already: &[(&'static str, String)],
) -> Vec<(&'static str, String)> {
    let asking = writing.asking(house);
    let asked = asking.fields(step);
    let mut told: Vec<(&'static str, String)> = Vec::new();
    for finding in places::worth_telling(findings).filter(|it| places::must_be_mended(it)) {
        let Some(name) = places::field_of(finding).filter(|name| asked.iter().any(|it| it.name == *name)) else {
            continue;
        };
        // Which half of a guardian is missing has been told, at that half.
        let is_guardian = |it: &str| it.starts_with("g1_") || it.starts_with("g2_");
        let is_half = finding.code == Code::SchemaElementMissing && is_guardian(name);
        let is_told = is_half && already.iter().any(|(it, _)| is_guardian(it));
        if is_told || told.iter().chain(already).any(|(it, _)| *it == name) {
            continue;
        }
        told.push((name, said(finding, &asking, writing.t())));
    }
    told
}

/// A finding in the reader's language and the form's own words, with what to do about it.
pub(super) fn said(finding: &Finding, asking: &Asking<'_>, t: Words) -> String {
    let field = places::field_of(finding).and_then(|name| FIELDS.iter().find(|it| it.name == name));
    t.form_finding(finding.code, field.map(|it| voice::label(asking, it, t)))
}
