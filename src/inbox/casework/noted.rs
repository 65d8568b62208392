//! The forms of what is noted in a case, and the act from what was typed.

use super::form::Choices;
use super::form::Field;
use super::form::Given;
use super::form::Reader;
use super::form::Wrong;
use crate::domain::Act;
use crate::domain::ActKind;
use crate::domain::AssessmentResult;
use crate::domain::ConsentStatus;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::Particular;
use crate::domain::PlanCheck;
use crate::domain::Reference;
use crate::domain::Report;
use crate::domain::Share;
use crate::domain::UnitId;
use crate::domain::Wish;
use crate::inbox::House;
use crate::inbox::access;
use crate::inbox::access::Looked;
use crate::inbox::fault::Fault;
use crate::inbox::item;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::storage::InboxQuery;
use crate::storage::ItemDetail;
use std::sync::Arc;
use uuid::Uuid;

const RESULTS: &[&str] = &["RETT", "RETT_KOORDINATOR", "RETT_BARNEKOORDINATOR", "IKKE_RETT", "MA_UTREDES"];

/// The other case that somebody wants to link to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kin {
    /// The form has not been sent.
    NotSought,
    /// None that the person has access to.
    NotFound,
    /// One of the two has not consented.
    NoConsent,
    /// Both are in a family, and not the same.
    LinkedElsewhere,
    /// Nobody has opened the other one, so nobody knows whether they consent.
    Unopened,
    /// They are about the same person, which is no family.
    SamePerson,
    Found {
        item: ItemId,
        family: Uuid,
    },
}

/// The fields of an act that notes something.
pub(super) fn fields(kind: ActKind, given: &Given, choices: &Choices, t: Words) -> Vec<Field> {
    let today = choices.today.to_string();
    let known = &choices.known;
    let field = |name: &'static str, label: &'static str, control: &'static str, required: bool, first: String| Field {
        name,
        label,
        hint: "",
        control,
        options: Vec::new(),
        value: given.0.get(name).cloned().unwrap_or(if given.0.is_empty() { first } else { String::new() }),
        required,
        wrong: None,
    };
    let day = |it: Option<jiff::civil::Date>| it.map(|it| it.to_string()).unwrap_or_default();
    let text = |label: &'static str| field("text", label, "area", false, String::new());
    match kind {
        ActKind::InformOfWish => {
            let wish = known.wish.as_ref().map(|it| it.reveal().clone()).unwrap_or_default();
            vec![field("on", t.field_day(), "date", true, today), field("text", t.field_wish(), "area", false, wish)]
        }
        ActKind::Assess => {
            let words = |it: &&str| ((*it).to_owned(), t.case_code(it).unwrap_or(it).to_owned());
            let options = RESULTS.iter().map(words).collect();
            let result = Field { options, ..field("result", t.field_result(), "select", true, String::new()) };
            vec![result, field("on", t.field_day(), "date", true, today), text(t.field_text())]
        }
        ActKind::SendDecision => vec![field("on", t.field_sent_on(), "date", true, today)],
        ActKind::PlanStart => vec![field("on", t.case_start(), "date", false, day(known.start_on))],
        ActKind::PlanReview => vec![field("on", t.case_review(), "date", false, day(known.review_on))],
        ActKind::TickChecklist => {
            let ticked = |it: PlanCheck| if known.checklist.contains(&it) { "1".to_owned() } else { String::new() };
            let words = |it: PlanCheck| t.case_code(it.code()).unwrap_or(it.code());
            PlanCheck::ALL.iter().map(|it| field(it.code(), words(*it), "check", false, ticked(*it))).collect()
        }
        ActKind::Delegate => {
            let unit = field("unit", t.field_service_unit(), "select", true, String::new());
            vec![
                Field { options: choices.units.clone(), ..unit },
                field("due", t.field_due(), "date", true, String::new()),
                text(t.field_text()),
            ]
        }
        ActKind::LinkFamily => vec![field("reference", t.field_other_reference(), "text", true, String::new())],
        _ => Vec::new(),
    }
}

/// The act that was filled in. `None`: something is wrong, and the reader knows which.
pub(super) fn read(reader: &mut Reader<'_>, kind: ActKind, choices: &Choices) -> Option<Act> {
    let what = match kind {
        ActKind::InformOfWish => {
            let (on, wish) = (reader.day_that_was("on", choices), reader.text_if_any("text"));
            Particular::InformOfWish { on: on?, wish }
        }
        ActKind::Assess => {
            let result = reader.code("result", AssessmentResult::from_code);
            let (on, text) = (reader.day_that_was("on", choices), reader.text_if_any("text"));
            Particular::Assess { result: result?, on: on?, text }
        }
        ActKind::SendDecision => Particular::SendDecision { on: reader.day_that_was("on", choices)? },
        ActKind::PlanStart => Particular::PlanStart { on: reader.day_if_any("on") },
        ActKind::PlanReview => Particular::PlanReview { on: reader.day_to_come_if_any("on", choices) },
        ActKind::TickChecklist => {
            let done = PlanCheck::ALL.iter().copied().filter(|it| !reader.typed(it.code()).is_empty()).collect();
            Particular::TickChecklist { done }
        }
        ActKind::Delegate => {
            let to = reader.one_of("unit", &choices.units);
            let due = if reader.typed("due").is_empty() {
                reader.day("due")
            } else {
                reader.day_to_come_if_any("due", choices)
            };
            let (due, text) = (due, reader.text_if_any("text"));
            Particular::Delegate { item: Uuid::now_v7(), to: UnitId(to?.0), due: due?, text }
        }
        ActKind::TakeBackDelegation => Particular::TakeBackDelegation,
        ActKind::UnlinkFamily => Particular::UnlinkFamily,
        ActKind::LinkFamily if reader.typed("reference").is_empty() => {
            return reader.wrong("reference", Wrong::Missing);
        }
        ActKind::LinkFamily => match choices.kin {
            Kin::Found { item, family } => Particular::LinkFamily { family, with: item },
            Kin::NotSought => return reader.wrong("reference", Wrong::Missing),
            Kin::NotFound => return reader.wrong("reference", Wrong::NotFound),
            Kin::NoConsent => return reader.wrong("reference", Wrong::NoConsent),
            Kin::LinkedElsewhere => return reader.wrong("reference", Wrong::LinkedElsewhere),
            Kin::Unopened => return reader.wrong("reference", Wrong::OtherUnopened),
            Kin::SamePerson => return reader.wrong("reference", Wrong::SamePerson),
        },
        _ => return None,
    };
    Some(Act::Note { what })
}

/// Finds the case with the reference that was typed. Whoever may not read it is told no more than that there is none.
pub(super) async fn seek(house: &Arc<House>, who: &SignedIn, own: &ItemDetail, typed: &str) -> Result<Kin, Fault> {
    let fault = |it| Fault::store(who.language, it);
    if typed.trim().is_empty() {
        return Ok(Kin::NotSought);
    }
    let Some(reference) = Reference::parse(typed) else { return Ok(Kin::NotFound) };
    let query = InboxQuery { reference: Some(reference), ..InboxQuery::first(2) };
    let rows = house.inbox.people.seen_page(&who.sights(), who.user.id, &query).await.map_err(fault)?;
    let Some(row) = rows.into_iter().find(|it| it.message != own.row.message) else { return Ok(Kin::NotFound) };
    let other = access::look(house, who, row.id).await?;
    let is_content = other.detail.row.share == Share::Content;
    if !is_content || other.may(Wish::Read).is_err() || !access::may_act(who, &other, ActKind::LinkFamily) {
        return Ok(Kin::NotFound);
    }
    if own.earlier.iter().any(|it| it.message == row.message) {
        return Ok(Kin::SamePerson);
    }
    if other.detail.row.state == ItemState::Unread {
        return Ok(Kin::Unopened);
    }
    let mut families = Vec::new();
    for detail in [own, &other.detail] {
        let case = item::case(house, &detail.row).await.map_err(fault)?;
        house.journal_about(detail.row.message, who.actor(), "viewed", "").await.map_err(fault)?;
        let said = match case.case.consent {
            Some(changed) => Some(changed),
            None => item::read(house, who, detail).await?.and_then(|it| match it.report {
                Report::Need { report, .. } => Some(report.consent.status),
                _ => None,
            }),
        };
        if !said.is_some_and(allows) {
            return Ok(Kin::NoConsent);
        }
        families.push(case.case.particulars.family);
    }
    let family = match families.as_slice() {
        [Some(one), Some(two)] if one != two => return Ok(Kin::LinkedElsewhere),
        [Some(one), _] | [None, Some(one)] => *one,
        _ => Uuid::now_v7(),
    };
    Ok(Kin::Found { item: row.id, family })
}

const fn allows(status: ConsentStatus) -> bool {
    match status {
        ConsentStatus::Given
        | ConsentStatus::GivenOrally
        | ConsentStatus::GivenOnBehalf
        | ConsentStatus::NotObjected => true,
        ConsentStatus::Unclear | ConsentStatus::Objected => false,
    }
}

/// References and addresses of the cases in the same family that this person may read too (seed H-09). Of the others, not
/// even that they are there.
pub(in crate::inbox) async fn kin(
    house: &Arc<House>,
    who: &SignedIn,
    own: &Looked,
) -> Result<Vec<(String, String)>, Fault> {
    let found = house.inbox.cases.kin(own.detail.row.id).await.map_err(|it| Fault::store(who.language, it))?;
    let mut kin = Vec::new();
    for id in found {
        let Ok(other) = access::look(house, who, id).await else { continue };
        if other.may(Wish::Read).is_ok() {
            kin.push((format!("/items/{id}"), other.detail.row.reference.to_string()));
        }
    }
    Ok(kin)
}
