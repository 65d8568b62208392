//! One item as a list shows it.

use crate::domain;
use crate::domain::ActKind;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::Language;
use crate::domain::ReportKind;
use crate::domain::Share;
use crate::domain::Timestamp;
use crate::inbox::House;
use crate::inbox::act;
use crate::inbox::groups::WaitTag;
use crate::inbox::icon::Icon;
use crate::inbox::moment;
use crate::inbox::moment::Moment;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Tag;
use crate::inbox::view::unit_name_in;
use crate::storage::InboxRow;
use crate::storage::StoreError;
use std::collections::BTreeMap;

/// One item as a list shows it.
pub(in crate::inbox) struct Row {
    pub reference: String,
    pub href: String,
    /// Opening is an act: unread items have a form. Action and key.
    pub open: Option<(String, String)>,
    pub state: Tag,
    pub urgent: bool,
    pub protected: bool,
    pub awareness: bool,
    pub received: Moment,
    pub kind: String,
    /// Another kind than most have.
    pub is_other: bool,
    pub concerns: String,
    pub name: String,
    pub sender: String,
    /// Said only to those who belong to several, and never of a graded address: it tells the municipality.
    pub unit: Option<String>,
    pub responsible: String,
    pub attachments: u32,
    pub deadline: Deadline,
    /// Somebody outside has said something that has not been answered.
    pub heard: bool,
    /// Its sender has withdrawn it.
    pub withdrawn: bool,
    /// That it waits too long for its group's meeting.
    pub wait: Option<WaitTag>,
    /// Who follows it up when this unit is only told of it, and how it stands there.
    pub held: Option<String>,
    /// It may be the one whose page this is, sent twice.
    pub twice: bool,
}

/// When an item must be answered, and whether that is past.
pub(in crate::inbox) struct Deadline {
    pub at: Moment,
    /// `21. november 2026`
    pub day: String,
    /// `om 3 dager`; that it is answered, or done.
    pub near: String,
    pub overdue: Option<Tag>,
    pub contact_overdue: Option<Tag>,
}

impl Deadline {
    fn of(row: &InboxRow, now: Timestamp, language: Language) -> Self {
        let (t, today) = (Words(language), now.date_in_norway());
        let day = row.deadline.date_in_norway();
        let open = match row.state {
            ItemState::Unread | ItemState::Opened | ItemState::Taken | ItemState::Waiting | ItemState::Offered => {
                row.share == Share::Content
            }
            ItemState::Proposed | ItemState::Transferred | ItemState::Withdrawn | ItemState::Closed => false,
        };
        let days = day.since(today).map_or(0, |it| it.get_days());
        let near = match (row.answered, open) {
            (true, _) => t.answered_word().to_owned(),
            (false, true) => t.in_days(days),
            (false, false) => String::new(),
        };
        let tag = |word| Tag { word, icon: Icon::Warning, tone: "danger" };
        let late = open && !row.answered && row.deadline <= now;
        let contact_late = open && row.next_contact_on.is_some_and(|it| it < today);
        Self {
            at: Moment::of(row.deadline, now, language),
            // Another unit answers, by its own.
            day: if domain::only_told(row.state, row.share) { "–".to_owned() } else { moment::date(day, language) },
            near,
            overdue: late.then(|| tag(t.overdue_word())),
            contact_overdue: contact_late.then(|| tag(t.contact_overdue_word())),
        }
    }
}

impl Row {
    pub(in crate::inbox) fn of(row: &InboxRow, house: &House, who: &SignedIn) -> Self {
        let t = Words(who.language);
        let awareness = row.share == Share::Awareness;
        // «Skjermet» is said of graded addresses alone.
        let hidden = match (row.protected, awareness) {
            (true, _) => Some(t.hidden()),
            (false, true) => Some(t.not_shown()),
            (false, false) => None,
        };
        let summary = row.summary.reveal();
        // A graded case is asked for on its cover, and one who may not read it sees only that.
        let reads = domain::roles_at(&who.memberships, &row.unit, row.id, who.at).into_iter().any(domain::reads);
        let open = (row.state == ItemState::Unread && !awareness && !row.protected && reads).then(|| {
            let action = act::action(row.id, ActKind::Open);
            let key = who.draw_key(&action);
            (action, key)
        });
        Self {
            reference: row.reference.to_string(),
            href: format!("/items/{}", row.id),
            open,
            state: Tag::of_row(row, t),
            urgent: row.urgent,
            protected: row.protected,
            awareness: domain::only_told(row.state, row.share),
            received: Moment::of(row.received_at, house.now(), who.language),
            kind: t.kind_short(&row.kind),
            is_other: row.kind != ReportKind::Need.code(),
            concerns: row.needs.iter().map(|it| t.need_short(it)).collect::<Vec<_>>().join(", "),
            name: match (hidden, &summary.person_name) {
                (Some(word), _) => word.to_owned(),
                (None, Some(name)) if !name.is_empty() => name.clone(),
                (None, Some(_) | None) => t.no_name().to_owned(),
            },
            sender: hidden.map_or_else(|| summary.sender.clone(), str::to_owned),
            unit: (who.units_seen().len() > 1 && !row.protected).then(|| unit_name_in(house, &row.unit, who.language)),
            responsible: responsible(row, house, who.language),
            attachments: row.attachments,
            deadline: Deadline::of(row, house.now(), who.language),
            heard: row.heard_at.is_some(),
            withdrawn: row.withdrawn,
            wait: None,
            held: None,
            twice: false,
        }
    }
}

/// Who is responsible: of what is only lifted to here, the one who has it where it lies, and where that is.
fn responsible(row: &InboxRow, house: &House, language: Language) -> String {
    let nobody = || "–".to_owned();
    let Some((unit, name)) = &row.lifted_from else {
        return row.responsible.as_ref().map_or_else(nobody, |it| it.display_name.clone());
    };
    match (name, row.protected) {
        (Some(name), true) => name.clone(),
        (None, true) => nobody(),
        (Some(name), false) => format!("{name}, {}", unit_name_in(house, unit, language)),
        (None, false) => unit_name_in(house, unit, language),
    }
}

/// What an item is about, in words: its needs, or its kind when it names none.
pub(in crate::inbox) fn concerns(row: &InboxRow, language: Language) -> String {
    let t = Words(language);
    let needs: Vec<_> = row.needs.iter().map(|it| t.need_short(it)).collect();
    if needs.is_empty() || row.kind != "BEHOV" {
        let kind = t.kind_short(&row.kind);
        return if needs.is_empty() { kind } else { format!("{kind}: {}", needs.join(", ")) };
    }
    needs.join(", ")
}

/// Who follows up what these rows only tell of, and how the case stands there. Not of a graded address: it would tell the
/// municipality.
pub(in crate::inbox) async fn held(
    house: &House,
    who: &SignedIn,
    rows: &[InboxRow],
) -> Result<BTreeMap<ItemId, String>, StoreError> {
    let t = Words(who.language);
    let told: Vec<&InboxRow> =
        rows.iter().filter(|it| domain::only_told(it.state, it.share) && !it.protected).collect();
    if told.is_empty() {
        return Ok(BTreeMap::new());
    }
    let messages: Vec<_> = told.iter().map(|it| it.message).collect();
    let held = house.inbox.cases.held_elsewhere(&messages).await?;
    let said = |row: &&InboxRow| {
        let of_row = held.iter().filter(|it| it.message == row.message && it.unit != row.unit);
        let units = of_row
            .map(|it| format!("{} · {}", unit_name_in(house, &it.unit, who.language), Tag::of_state(it.state, t).word));
        let units = units.collect::<Vec<_>>().join("; ");
        (!units.is_empty()).then_some((row.id, units))
    };
    Ok(told.iter().filter_map(said).collect())
}
