//! Casework on pages: what can be done with a case, each act that says something on a page of its own.
//!
//! An act without fields is a button on the report's page (`act.rs`). The others are drawn and read by `form.rs`, and work
//! without JavaScript; what was typed stays when something must be put right.

mod closing;
mod form;
mod noted;
mod outside;
mod view;

pub(super) use closing::ClosingView;
pub(super) use form::Field;
pub(super) use noted::kin;
pub(super) use outside::is_offered_outside;
pub(super) use view::CaseView;
pub(super) use view::UndoView;
pub(super) use view::said;
pub(super) use view::undo;

use crate::domain;
use crate::domain::ActKind;
use crate::domain::ActRefused;
use crate::domain::Acting;
use crate::domain::Authority;
use crate::domain::Colleague;
use crate::domain::ConsentStatus;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::Language;
use crate::domain::Share;
use crate::domain::UnitId;
use crate::domain::Wish;
use crate::inbox::House;
use crate::inbox::access;
use crate::inbox::access::Looked;
use crate::inbox::act;
use crate::inbox::act::Undone;
use crate::inbox::fault::Fault;
use crate::inbox::form::Sent;
use crate::inbox::groups;
use crate::inbox::kept;
use crate::inbox::people;
use crate::inbox::people::GivenAs;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::inbox::view::unit_name_in;
use crate::storage::CaseDetail;
use crate::storage::ItemDetail;
use crate::storage::StoreError;
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use axum::routing::get;
use form::Choices;
use form::Given;
use jiff::civil::Date;
use noted::Kin;
use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new().route("/items/{id}/do/{act}", get(ask).post(answer))
}

/// Where the form of an act is.
pub(super) fn action(id: ItemId, kind: ActKind) -> String {
    format!("/items/{id}/do/{}", kind.label())
}

/// The acts that have a form, in the order in which the page offers them.
pub(super) const WITH_FORM: &[ActKind] = &[
    ActKind::Answer,
    ActKind::AskForMore,
    ActKind::RegisterAnswer,
    ActKind::Comment,
    ActKind::Give,
    ActKind::Lift,
    ActKind::TakeBackLift,
    ActKind::OfferTransfer,
    ActKind::DeclineTransfer,
    ActKind::TransferDeclined,
    ActKind::WrongAddressee,
    ActKind::Archive,
    ActKind::Decide,
    ActKind::InformOfWish,
    ActKind::Assess,
    ActKind::SendDecision,
    ActKind::Delegate,
    ActKind::TakeBackDelegation,
    ActKind::AppointCoordinator,
    ActKind::ChangeCoordinator,
    ActKind::EndCoordinator,
    ActKind::SetPlan,
    ActKind::SetTeam,
    ActKind::PlanStart,
    ActKind::PlanReview,
    ActKind::TickChecklist,
    ActKind::PlanContact,
    ActKind::ChangeConsent,
    ActKind::LinkFamily,
    ActKind::UnlinkFamily,
    ActKind::FlagUnmetNeed,
    ActKind::FlagImprovement,
];

/// The one who is signed in, as casework knows people.
pub(super) fn acting(house: &House, who: &SignedIn, unit: &UnitId) -> Acting {
    let colleague = Colleague { id: who.user.id.0, name: who.user.display_name.clone() };
    let held = who.memberships.iter().filter(|it| it.unit == *unit && it.holds(who.at));
    let is_leading = held.map(|it| domain::authority(it.role)).any(|it| it == Authority::Leading);
    let authority = if is_leading { Authority::Leading } else { Authority::Own };
    Acting { who: colleague, authority, at: house.now() }
}

/// More words for what was done: that the colleague who was appointed last has the case for that time, and that who is
/// responsible is the same as before.
pub(super) fn has_it_for_a_time(case: &CaseDetail, t: Words) -> Option<String> {
    case.case.coordinators.last()?.staff?;
    Some(format!(" {}", t.case_coordinated()))
}

/// A form about a case, as it is drawn.
pub(super) struct CaseForm {
    pub heading: &'static str,
    /// What the button says.
    pub submit: &'static str,
    pub intro: String,
    pub action: String,
    pub fields: Vec<Field>,
    /// What must be known before one writes.
    pub warnings: Vec<String>,
    pub refused: Option<String>,
}

pub(super) fn draw_form(
    house: &House,
    who: &SignedIn,
    detail: &ItemDetail,
    form: CaseForm,
    status: StatusCode,
) -> Response {
    let (t, reference) = (Words(who.language), detail.row.reference.to_string());
    let CaseForm { heading, submit, intro, action, fields, warnings, refused } = form;
    let page = DoPage {
        page: Page::signed_in(house, who, &format!("{} {reference}", t.report())),
        t,
        back: format!("/items/{}", detail.row.id),
        reference,
        heading,
        submit,
        intro,
        warnings,
        refused,
        any_wrong: fields.iter().any(|it| it.wrong.is_some()),
        key: who.draw_key(&action),
        action,
        fields,
    };
    html(status, &page)
}

#[derive(Template)]
#[template(path = "do.html")]
struct DoPage {
    page: Page,
    t: Words,
    back: String,
    reference: String,
    heading: &'static str,
    submit: &'static str,
    intro: String,
    /// What must be known before one writes.
    warnings: Vec<String>,
    refused: Option<String>,
    any_wrong: bool,
    action: String,
    key: String,
    fields: Vec<Field>,
}

async fn ask(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path((id, act)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let asked = Asked::read(&house, &who, &id, &act).await?;
    let t = Words(who.language);
    let fields = form::fields(asked.kind, &Given::default(), &asked.choices, t);
    // Nobody telephones and writes for what is refused in the end.
    let other = asked.detail.row.responsible.as_ref().map(|it| it.display_name.as_str());
    let refused = asked.refused.map(|it| t.refused(it, other));
    Ok(asked.draw(&house, &who, fields, refused, StatusCode::OK))
}

async fn answer(
    State(house): State<Arc<House>>,
    Path((id, act)): Path<(String, String)>,
    Sent(who, posted): Sent<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let mut asked = Asked::read(&house, &who, &id, &act).await?;
    let key = posted.get("key").map_or_else(String::new, Clone::clone);
    if asked.kind == ActKind::LinkFamily && asked.may_read {
        let typed = posted.get("reference").map_or("", String::as_str);
        asked.choices.kin = noted::seek(&house, &who, &asked.detail, typed).await?;
    }
    let given = Given(posted);
    let t = Words(who.language);
    let Ok(nonce) = who.check_key(&action(asked.id, asked.kind), &key) else {
        // Of a session that is gone: nothing is done, and what was written stays.
        let fields = form::fields(asked.kind, &given, &asked.choices, t);
        return Ok(asked.draw(&house, &who, fields, Some(t.kept_again().to_owned()), kept::AGAIN));
    };
    let said = match form::read(asked.kind, &given, &asked.choices) {
        Ok(said) => said,
        Err(wrong) => {
            let mut fields = form::fields(asked.kind, &given, &asked.choices, t);
            form::mark(&mut fields, &wrong, t);
            return Ok(asked.draw(&house, &who, fields, None, StatusCode::UNPROCESSABLE_ENTITY));
        }
    };
    if let Err(no_way) = outside::rehearse(&house, &who, &asked.detail, &said).await? {
        let fields = form::fields(asked.kind, &given, &asked.choices, t);
        return Ok(asked.draw(&house, &who, fields, Some(t.no_way(no_way)), StatusCode::CONFLICT));
    }
    let leaves = said.leaves_the_house();
    match house.acts.run(nonce, house.now(), || act::do_it(&house, &who, asked.id, said)).await {
        Ok(()) => {
            if leaves {
                house.inbox.outbox.ring();
            }
            Ok(Redirect::to(&format!("/items/{}?done={}", asked.id, asked.kind.label())).into_response())
        }
        Err(Undone::Refused(why)) => {
            let fields = form::fields(asked.kind, &given, &asked.choices, t);
            let other = asked.detail.row.responsible.as_ref().map(|it| it.display_name.as_str());
            Ok(asked.draw(&house, &who, fields, Some(t.refused(why, other)), StatusCode::CONFLICT))
        }
        Err(Undone::Fault(fault)) => Err(fault),
        Err(Undone::Store(error)) => Err(Fault::store(who.language, error)),
    }
}

/// What a form is about.
struct Asked {
    id: ItemId,
    kind: ActKind,
    detail: ItemDetail,
    choices: Choices,
    warnings: Vec<String>,
    /// What one does when nothing can be sent.
    call: Option<String>,
    /// Why it cannot be done as the case stands.
    refused: Option<ActRefused>,
    /// It has been opened, by one who may.
    may_read: bool,
}

impl Asked {
    async fn read(house: &Arc<House>, who: &SignedIn, id: &str, act: &str) -> Result<Self, Fault> {
        let id: ItemId = id.parse().map_err(|_| Fault::absent(who.language))?;
        let fault = |it| Fault::store(who.language, it);
        let looked = access::look(house, who, id).await?;
        let kind = ActKind::from_label(act).filter(|it| WITH_FORM.contains(it));
        let kind = kind.ok_or_else(|| Fault::absent(who.language))?;
        access::require_act(house, who, &looked, kind).await?;
        // A unit that is only told that the report exists says nothing about it, and a form tells it nothing. One that has been
        // offered it answers the offer.
        let answers_offer = looked.detail.row.state == ItemState::Proposed && kind == ActKind::DeclineTransfer;
        if looked.detail.row.share == Share::Awareness && !answers_offer {
            return Err(Fault::only_awareness(who.language));
        }
        let may_read = looked.may(Wish::Read).is_ok() && looked.detail.row.state.shows_content();
        let own_unit = looked.detail.row.unit.clone();
        let case = house.inbox.cases.case(id, std::slice::from_ref(&own_unit)).await.map_err(fault)?;
        let units = match kind {
            ActKind::Lift => lift_choices(house, who, &looked, &case).await.map_err(fault)?,
            ActKind::Delegate => units_near(house, &own_unit, who.language),
            _ => other_units(house, &own_unit, who.language),
        };
        let detail = looked.detail;
        let colleagues = match kind {
            ActKind::Give => {
                people::who_can_have(house, who, &detail.row, GivenAs::Responsible).await.map_err(fault)?
            }
            _ => Vec::new(),
        };
        let staff = match kind {
            ActKind::AppointCoordinator | ActKind::ChangeCoordinator => {
                people::who_can_have(house, who, &detail.row, GivenAs::Coordinator).await.map_err(fault)?
            }
            _ => Vec::new(),
        };
        if kind == ActKind::TransferDeclined && !is_offered_outside(&case) {
            return Err(Fault::absent(who.language));
        }
        let has_objected = case.case.consent == Some(ConsentStatus::Objected);
        let outside = outside::look(house, who, &detail, (kind, has_objected), may_read).await?;
        let choices = Choices {
            colleagues,
            staff,
            units,
            own_unit,
            takers: outside.takers,
            ways: outside.ways,
            passed_on: outside.passed_on,
            feedback: outside.feedback,
            coordinators: coordinators(&case, house.now().date_in_norway()),
            today: house.now().date_in_norway(),
            known: case.case.particulars.clone(),
            lacking: if kind == ActKind::AppointCoordinator { case.case.lacking() } else { Vec::new() },
            kin: Kin::NotSought,
        };
        let t = Words(who.language);
        let mut warnings = outside.warnings;
        let passes_on = matches!(
            kind,
            ActKind::Answer
                | ActKind::AskForMore
                | ActKind::OfferTransfer
                | ActKind::Lift
                | ActKind::Delegate
                | ActKind::AppointCoordinator
        );
        if passes_on && case.case.consent == Some(ConsentStatus::Objected) {
            warnings.push(t.consent_is_withdrawn().to_owned());
        }
        warnings.extend(choices.lacking.iter().map(|it| t.lacking(*it).to_owned()));
        let refused = case.case.may_do(kind, &acting(house, who, &detail.row.unit)).err();
        Ok(Self { id, kind, detail, choices, warnings, call: outside.call, refused, may_read })
    }

    /// Whether nothing is sent: what was said by telephone is written down.
    fn only_by_telephone(&self) -> bool {
        self.choices.ways.len() == 1
    }

    fn draw(
        &self,
        house: &House,
        who: &SignedIn,
        fields: Vec<Field>,
        refused: Option<String>,
        status: StatusCode,
    ) -> Response {
        let t = Words(who.language);
        let form = CaseForm {
            heading: t.act_kind(self.kind),
            submit: if self.only_by_telephone() { t.save_said() } else { t.act_submit(self.kind) },
            intro: self.call.clone().unwrap_or_else(|| t.act_intro(self.kind).to_owned()),
            action: action(self.id, self.kind),
            fields,
            warnings: self.warnings.clone(),
            refused,
        };
        draw_form(house, who, &self.detail, form, status)
    }
}

/// The groups that a case can be lifted to: the members of the one it lies with, and other groups of the same municipality or
/// that work for it. None that it is with already. Their members read it at once, so it is not for those of other
/// municipalities: to them a case is offered.
pub(super) async fn lift_choices(
    house: &House,
    who: &SignedIn,
    looked: &Looked,
    case: &CaseDetail,
) -> Result<Vec<(String, String)>, StoreError> {
    let (t, row) = (Words(who.language), &looked.detail.row);
    let members = groups::has_members(house, who, looked).await?;
    let members = members.then(|| (row.unit.0.clone(), t.lift_to_members(&unit_name_in(house, &row.unit, t.0))));
    let is_group = |it: &(String, String)| house.inbox.names.is_group(&UnitId(it.0.clone()));
    let others = units_near(house, &row.unit, t.0).into_iter().filter(is_group);
    let others = others.filter(|_| case.case.lifted_to.is_none());
    Ok(members.into_iter().chain(others).collect())
}

/// The other units of the directory: id and name. Those of the same municipality come first; the rest say which is theirs.
fn other_units(house: &House, own: &UnitId, language: Language) -> Vec<(String, String)> {
    let names = &house.inbox.names;
    let home = names.municipality_of(own);
    let mut units: Vec<_> = names.units().into_iter().filter(|it| it != own).collect();
    units.sort_by_cached_key(|it| {
        let theirs = names.municipality_of(it);
        (theirs != home, theirs, unit_name_in(house, it, language))
    });
    let said = |it: UnitId| {
        let theirs = names.municipality_of(&it).filter(|theirs| Some(theirs) != home.as_ref());
        let name = unit_name_in(house, &it, language);
        let name = theirs.map_or_else(|| name.clone(), |theirs| format!("{theirs}: {name}"));
        (it.0, name)
    };
    units.into_iter().map(said).collect()
}

/// Those among them that belong to the same municipality or trust, or work for it.
fn units_near(house: &House, own: &UnitId, language: Language) -> Vec<(String, String)> {
    let today = house.now().date_in_norway();
    let is_near = |it: &(String, String)| house.inbox.names.work_together(own, &UnitId(it.0.clone()), today);
    other_units(house, own, language).into_iter().filter(is_near).collect()
}

/// Those whose time is not over: it can be changed and ended, also when an end is named already.
fn coordinators(case: &CaseDetail, today: Date) -> Vec<(String, String)> {
    let open = case.case.coordinators.iter().filter(|it| it.until.is_none_or(|until| today <= until));
    open.map(|it| (it.id.to_string(), it.name.reveal().clone())).collect()
}
