//! What both pages say of an item. Nothing here is about the person.

use crate::domain;
use crate::domain::ActKind;
use crate::domain::Detailed;
use crate::inbox::House;
use crate::inbox::list::concerns;
use crate::inbox::moment::Moment;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Tag;
use crate::inbox::view::unit_name_in;
use crate::inbox::withdrawn::WithdrawnView;
use crate::storage::CaseDetail;
use crate::storage::CaseEvent;
use crate::storage::FormOrigin;
use crate::storage::ItemDetail;

/// What both pages say of an item. Nothing here is about the person.
pub(in crate::inbox) struct Facts {
    pub reference: String,
    pub state: Tag,
    pub urgent: bool,
    pub protected: bool,
    pub awareness: bool,
    pub received: Moment,
    pub concerns: String,
    pub unit: String,
    pub responsible: Option<String>,
    pub sender_message_id: String,
    /// How it came, when it came through the form.
    pub origin: Option<String>,
    /// Who lifted it to here, and who has it where it came from.
    pub lifted: Option<String>,
    /// That its sender has withdrawn it.
    pub withdrawn: Option<WithdrawnView>,
}

/// Only the reference: titles are seen in tabs, in histories and over shoulders.
pub(in crate::inbox) fn title(detail: &ItemDetail, t: Words) -> String {
    format!("{} {}", t.report(), detail.row.reference)
}

/// How a report came through the form, and who wrote it down.
fn origin_said(origin: &FormOrigin, t: Words) -> String {
    let source = t.form_source(origin.source.label());
    match (&origin.written_by, &origin.proved) {
        (Some(name), _) => format!("{source}, {} {name}", t.form_written_by()),
        (None, Some(proved)) => format!("{source}, {} {proved}", t.form_proved_by()),
        (None, None) => source.to_owned(),
    }
}

pub(in crate::inbox) fn facts(
    house: &House,
    who: &SignedIn,
    detail: &ItemDetail,
    origin: Option<&FormOrigin>,
) -> Facts {
    let row = &detail.row;
    Facts {
        reference: row.reference.to_string(),
        state: Tag::of_row(row, Words(who.language)),
        urgent: row.urgent,
        protected: row.protected,
        awareness: domain::only_told(row.state, row.share),
        received: Moment::of(row.received_at, house.now(), who.language),
        concerns: concerns(row, who.language),
        // It tells the municipality: said only to those who read the report itself.
        unit: if row.protected {
            Words(who.language).hidden().to_owned()
        } else {
            unit_name_in(house, &row.unit, who.language)
        },
        responsible: row.responsible.as_ref().map(|it| it.display_name.clone()),
        sender_message_id: detail.sender_message_id.clone(),
        origin: origin.map(|it| origin_said(it, Words(who.language))),
        lifted: None,
        withdrawn: None,
    }
}

/// Who is responsible, for the page of `case`: of one that is only lifted to here, the one who has it at home.
pub(super) fn responsible(house: &House, who: &SignedIn, detail: &ItemDetail, case: &CaseDetail) -> Option<String> {
    let Some(home) = case.came_from.as_ref().filter(|it| it.by_lift) else {
        return detail.row.responsible.as_ref().map(|it| it.display_name.clone());
    };
    let name =
        home.responsible.as_ref().map_or_else(|| Words(who.language).nobody_yet().to_owned(), |it| it.name.clone());
    Some(if detail.row.protected { name } else { format!("{name}, {}", unit_name_in(house, &home.unit, who.language)) })
}

/// Who lifted a case to this unit or to its members; of one that came from another unit, also who has it there.
pub(super) fn lifted(house: &House, who: &SignedIn, detail: &ItemDetail, case: &CaseDetail) -> Option<String> {
    let (t, unit) = (Words(who.language), &detail.row.unit);
    let to_here = |it: &&CaseEvent| {
        let to = it.details.iter().find(|(what, _)| *what == Detailed::Unit);
        it.act == ActKind::Lift && !it.undone && to.is_some_and(|(_, to)| *to.reveal() == unit.0)
    };
    let lift = case.events.iter().rev().find(to_here)?;
    // What was taken over after a lift lies here now.
    let here = case.came_from.as_ref().is_none_or(|it| !it.by_lift);
    if here && !case.case.lifted_to_members {
        return None;
    }
    let by = format!("{}, {}", lift.who.name, Moment::of(lift.at, house.now(), who.language).full);
    let Some(from) = case.came_from.as_ref().filter(|it| it.by_lift && !detail.row.protected) else { return Some(by) };
    let has = from.responsible.as_ref().map(|it| format!(". {} {}", it.name, t.has_it())).unwrap_or_default();
    Some(format!("{by}, {}{has}", unit_name_in(house, &from.unit, who.language)))
}
