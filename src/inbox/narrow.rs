//! What a list is narrowed to, as its URL says: codes, ids of colleagues and names of registered senders; nothing about a person
//! that a report is about.

use crate::domain::AgeGroup;
use crate::domain::ItemState;
use crate::domain::MunicipalityNumber;
use crate::domain::NeedDimension;
use crate::domain::NeedKind;
use crate::domain::PlanStatus;
use crate::domain::ReporterCategory;
use crate::domain::Role;
use crate::domain::Standing;
use crate::domain::TeamStatus;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::norway;
use crate::inbox::House;
use crate::inbox::fault::query_value;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Tag;
use crate::inbox::view::sender_name;
use crate::inbox::view::unit_name;
use crate::storage::Counts;
use crate::storage::Due;
use crate::storage::ListFilter;
use crate::storage::StoreError;
use crate::storage::UserId;
use serde::Deserialize;

/// Values of one choice that are offered.
const OPTIONS_MAX: usize = 100;

/// Every kind of report and message that is listed.
const KINDS: [&str; 10] = [
    "BEHOV",
    "MULIG_BEHOV_HABREHAB",
    "ANSVARSGRUPPE",
    "ENDRET_BEHOV",
    "SPORSMAL",
    "TILBAKETREKK",
    "BEHOV_FOR_PLAN_ELLER_KOORDINATOR",
    "UKLASSIFISERT",
    "PLO_BEHOV",
    "PLO_UKLASSIFISERT",
];

/// The fields of the URL as they came.
#[derive(Clone, Default, Deserialize)]
pub(super) struct Asked {
    pub tab: Option<String>,
    pub unit: Option<String>,
    pub order: Option<String>,
    pub after: Option<String>,
    status: Option<String>,
    kind: Option<String>,
    need: Option<String>,
    dimension: Option<String>,
    sector: Option<String>,
    sender: Option<String>,
    age: Option<String>,
    urgent: Option<String>,
    due: Option<String>,
    handler: Option<String>,
    plan: Option<String>,
    team: Option<String>,
    coordinator: Option<String>,
    municipality: Option<String>,
}

/// What has been asked for and understood.
#[derive(Clone, Default)]
pub(super) struct Narrowed {
    pub filter: ListFilter,
    /// Only this state of those that the list has.
    pub state: Option<ItemState>,
    /// Name and value of each field, as they stand in the URL.
    pub fields: Vec<(&'static str, String)>,
}

/// A field with values to choose among.
pub(super) struct Choice {
    pub name: &'static str,
    pub label: &'static str,
    pub options: Vec<ChoiceOption>,
}

pub(super) struct ChoiceOption {
    pub value: String,
    pub name: String,
    pub chosen: bool,
}

/// Something that the list is narrowed to, and where it is not.
pub(super) struct Chip {
    pub text: String,
    pub href: String,
}

impl Narrowed {
    /// `None`: the URL is not one of ours.
    pub(super) fn parse(asked: &Asked, now: Timestamp) -> Option<Self> {
        let mut fields = Vec::new();
        let mut field = |name: &'static str, it: &Option<String>| {
            let text = it.as_deref().map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned);
            fields.extend(text.clone().map(|it| (name, it)));
            text
        };
        let status = field("status", &asked.status);
        let kind = field("kind", &asked.kind);
        let need = field("need", &asked.need);
        let dimension = field("dimension", &asked.dimension);
        let sector = field("sector", &asked.sector);
        let sender = field("sender", &asked.sender);
        let age = field("age", &asked.age);
        let urgent = field("urgent", &asked.urgent);
        let due = field("due", &asked.due);
        let handler = field("handler", &asked.handler);
        let plan = field("plan", &asked.plan);
        let team = field("team", &asked.team);
        let coordinator = field("coordinator", &asked.coordinator);
        let municipality = field("municipality", &asked.municipality);
        let filter = ListFilter {
            kind: one_of(kind, |it| KINDS.contains(&it).then(|| it.to_owned()))?,
            need: one_of(need, NeedKind::from_code)?,
            dimension: one_of(dimension, NeedDimension::from_code)?,
            reporter: one_of(sector, ReporterCategory::from_code)?,
            sender,
            age_group: one_of(age, AgeGroup::from_code)?,
            urgent: one_of(urgent, yes_or_no)?,
            responsible: one_of(handler, |it| it.parse().ok().map(UserId))?,
            due: one_of(due, |it| due_of(it, now))?,
            plan: one_of(plan, PlanStatus::from_code)?,
            team: one_of(team, TeamStatus::from_code)?,
            coordinated: one_of(coordinator, yes_or_no)?.map(|it| (it, now.date_in_norway())),
            municipality: one_of(municipality, MunicipalityNumber::parse)?,
        };
        Some(Self { filter, state: one_of(status, ItemState::from_label)?, fields })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The states that are left of those of a list.
    pub(super) fn states(&self, of_list: Vec<ItemState>) -> Vec<ItemState> {
        match self.state {
            None => of_list,
            Some(state) => of_list.into_iter().filter(|it| *it == state).collect(),
        }
    }

    /// What stands in the URL after the rest, without the field `but`.
    pub(super) fn query(&self, but: &[&str]) -> String {
        let kept = self.fields.iter().filter(|(name, _)| !but.contains(name));
        kept.map(|(name, value)| format!("&{name}={}", query_value(value))).collect()
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(it, _)| *it == name).map(|(_, value)| value.as_str())
    }
}

/// `Some(None)`: not asked for. `None`: not one of ours.
fn one_of<T>(text: Option<String>, read: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    match text {
        None => Some(None),
        Some(it) => read(&it).map(Some),
    }
}

fn yes_or_no(word: &str) -> Option<bool> {
    match word {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// Past, or before this week is over (Sunday night, in Norway).
fn due_of(word: &str, now: Timestamp) -> Option<Due> {
    match word {
        "overdue" => Some(Due { from: None, before: now }),
        "week" => {
            let today = now.date_in_norway();
            let left = i64::from(7 - today.weekday().to_monday_zero_offset());
            let monday = today.checked_add(jiff::Span::new().days(left)).ok()?.to_zoned(norway()).ok()?;
            Some(Due { from: Some(now), before: Timestamp::from_jiff(monday.timestamp()) })
        }
        _ => None,
    }
}

/// Senders by name. Where two have the same one, the short name tells them apart.
fn named_senders(house: &House, short_names: Vec<String>) -> Vec<(String, String)> {
    let mut named: Vec<_> = short_names.into_iter().map(|it| (sender_name(house, &it), it)).collect();
    named.sort_unstable();
    let is_shared = |name: &str| named.iter().filter(|it| it.0 == name).count() > 1;
    let shown = |(name, it): &(String, String)| if is_shared(name) { format!("{name} ({it})") } else { name.clone() };
    named.iter().map(|it| (it.1.clone(), shown(it))).collect()
}

/// Everything that the list can be narrowed by.
pub(super) async fn choices(
    house: &House,
    who: &SignedIn,
    narrowed: &Narrowed,
    states: &[ItemState],
) -> Result<Vec<Choice>, StoreError> {
    let t = Words(who.language);
    let sights = who.sights();
    let senders = house.inbox.figures.values_of(&sights, Counts::Sender).await?;
    let municipalities = house.inbox.figures.values_of(&sights, Counts::Municipality).await?;
    let handlers = handlers(house, who).await?;
    let choice = |name: &'static str, label: &'static str, options: Vec<(String, String)>| {
        let options = options.into_iter().take(OPTIONS_MAX).map(|(value, name_of)| {
            let chosen = narrowed.value(name) == Some(value.as_str());
            ChoiceOption { value, name: name_of, chosen }
        });
        Choice { name, label, options: options.collect() }
    };
    let of = |codes: Vec<&'static str>, name: &dyn Fn(&str) -> String| {
        codes.into_iter().map(|it| (it.to_owned(), name(it))).collect::<Vec<_>>()
    };
    let case = |code: &str| t.case_code(code).unwrap_or_default().to_owned();
    let yes_no = |yes: &str, no: &str| vec![("yes".to_owned(), yes.to_owned()), ("no".to_owned(), no.to_owned())];
    let municipality = |number: String| {
        let known = MunicipalityNumber::parse(&number);
        let name = known.and_then(|it| house.inbox.names.municipality(&it));
        (number.clone(), name.map_or(number.clone(), |name| format!("{number} {name}")))
    };
    let mut all = vec![
        choice("status", t.col_state(), states.iter().map(|it| state_option(*it, t)).collect()),
        choice("kind", t.list_kind(), of(KINDS.to_vec(), &|it| t.kind_short(it))),
        choice(
            "need",
            t.register_need(),
            of(NeedKind::ALL.iter().map(|it| it.code()).collect(), &|it| t.need_short(it)),
        ),
        choice(
            "dimension",
            t.list_dimension(),
            of(NeedDimension::ALL.iter().map(|it| it.code()).collect(), &|it| t.code("Dimensjon", it)),
        ),
        choice(
            "due",
            t.col_deadline(),
            vec![
                ("overdue".to_owned(), t.register_overdue().to_owned()),
                ("week".to_owned(), t.list_due_week().to_owned()),
            ],
        ),
        choice("urgent", t.urgent(), yes_no(t.yes_no(true), t.yes_no(false))),
        choice("handler", t.col_responsible(), handlers),
        choice("sender", t.col_sender(), named_senders(house, senders)),
        choice(
            "sector",
            t.register_sector(),
            of(ReporterCategory::ALL.iter().map(|it| it.code()).collect(), &|it| t.code("MelderKategori", it)),
        ),
        choice(
            "age",
            t.register_age(),
            of(AgeGroup::ALL.iter().map(|it| it.code()).collect(), &|it| t.age_group(it).to_owned()),
        ),
        choice("plan", t.register_plan(), of(PlanStatus::ALL.iter().map(|it| it.code()).collect(), &case)),
        choice("team", t.list_team(), of(TeamStatus::ALL.iter().map(|it| it.code()).collect(), &case)),
        choice("coordinator", t.list_coordinator(), yes_no(t.list_coordinator_yes(), t.list_coordinator_no())),
        choice("municipality", t.list_municipality(), municipalities.into_iter().map(municipality).collect()),
    ];
    // A choice among one, or among nothing, is none; unless it has been made.
    all.retain(|it| it.options.len() > 1 || narrowed.value(it.name).is_some() || it.name == "handler");
    Ok(all)
}

fn state_option(state: ItemState, t: Words) -> (String, String) {
    let word = Tag::of_state(state, t).word;
    let word = match state {
        ItemState::Withdrawn => format!("{word} / {}", t.state_withdrawn()),
        _ => word.to_owned(),
    };
    (state.label().to_owned(), word)
}

/// Colleagues who can be responsible in the units that are seen; and those who have been: what they did is still looked for. Those
/// of them who have left are told apart from those who have another role there now.
async fn handlers(house: &House, who: &SignedIn) -> Result<Vec<(String, String)>, StoreError> {
    let people = house.inbox.people.people_of(&who.units_seen()).await?;
    let handles = |it: &Role| matches!(it, Role::CaseWorker | Role::Secretary | Role::Coordinator);
    let t = Words(who.language);
    let (mut here, mut left) = (Vec::new(), Vec::new());
    for (user, held) in people {
        let carried = held.iter().any(|it| handles(&it.role) && it.holds(who.at));
        let had = held.iter().any(|it| handles(&it.role) && it.standing(who.at) == Standing::Ended);
        let is_here = user.ended_at.is_none() && held.iter().any(|it| it.holds(who.at));
        match (is_here, carried || had) {
            (true, true) => here.push((user.id.to_string(), user.display_name)),
            (false, true) => left.push((user.id.to_string(), format!("{} ({})", user.display_name, t.has_left()))),
            (_, false) => {}
        }
    }
    here.append(&mut left);
    Ok(here)
}

/// What the list is narrowed to, each with the URL of the list without it.
pub(super) fn chips(
    choices: &[Choice],
    narrowed: &Narrowed,
    unit: Option<&UnitId>,
    house: &House,
    t: Words,
    href: impl Fn(Option<&str>) -> String,
) -> Vec<Chip> {
    let mut chips: Vec<Chip> = unit
        .map(|it| Chip { text: format!("{}: {}", t.filter_unit(), unit_name(house, it)), href: href(Some("unit")) })
        .into_iter()
        .collect();
    for (name, _) in &narrowed.fields {
        let choice = choices.iter().find(|it| it.name == *name);
        let label = choice.map_or(t.col_state(), |it| it.label);
        let chosen = choice.and_then(|it| it.options.iter().find(|it| it.chosen)).map(|it| it.name.as_str());
        // What is not among the choices is told by its label alone: it may be a colleague who has left.
        let text = chosen.map_or_else(|| label.to_owned(), |it| format!("{label}: {it}"));
        chips.push(Chip { text, href: href(Some(name)) });
    }
    chips
}

#[cfg(test)]
mod tests {
    use super::Asked;
    use super::Narrowed;
    use super::due_of;
    use crate::domain::Timestamp;

    /// Monday 5 October 2026, 10.00 in Norway.
    fn monday() -> Timestamp {
        Timestamp::from_jiff("2026-10-05T08:00:00Z".parse().unwrap())
    }

    #[test]
    fn this_week_ends_when_monday_begins() {
        let due = due_of("week", monday()).unwrap();

        assert_eq!(due.from, Some(monday()));
        assert_eq!(due.before.to_jiff().to_string(), "2026-10-11T22:00:00Z");
    }

    #[test]
    fn a_filter_survives_the_url_and_nonsense_is_refused() {
        let asked = |kind: &str, sender: &str| Asked {
            kind: Some(kind.to_owned()),
            sender: Some(sender.to_owned()),
            need: Some(" ".to_owned()),
            ..Asked::default()
        };

        let narrowed = Narrowed::parse(&asked("BEHOV", "Eksempel sykehus"), monday()).unwrap();

        assert_eq!(narrowed.query(&[]), "&kind=BEHOV&sender=Eksempel%20sykehus");
        assert_eq!(narrowed.query(&["kind"]), "&sender=Eksempel%20sykehus");
        assert!(Narrowed::parse(&asked("SOMETHING", ""), monday()).is_none());
    }
}
