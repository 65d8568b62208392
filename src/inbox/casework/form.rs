//! The fields of each act, and an act from what was typed.

mod fields;

pub(super) use fields::fields;

use super::noted;
use super::noted::Kin;
use crate::domain::Act;
use crate::domain::ActKind;
use crate::domain::AnswerKind;
use crate::domain::AnswerWay;
use crate::domain::CaseOutcome;
use crate::domain::Colleague;
use crate::domain::ConsentStatus;
use crate::domain::CoordinatingBody;
use crate::domain::Coordinator;
use crate::domain::CoordinatorDuty;
use crate::domain::CoordinatorKind;
use crate::domain::FeedbackBasis;
use crate::domain::Improvement;
use crate::domain::Lacking;
use crate::domain::LiftReason;
use crate::domain::LiftStep;
use crate::domain::LiftTo;
use crate::domain::MisaddressReason;
use crate::domain::Overlap;
use crate::domain::Particulars;
use crate::domain::PlanStatus;
use crate::domain::Redacted;
use crate::domain::TeamStatus;
use crate::domain::TransferTarget;
use crate::domain::UnitId;
use crate::domain::UnmetNeed;
use crate::inbox::texts::Words;
use jiff::civil::Date;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Longest text that is kept of one field. Characters.
const TEXT_CHARACTERS_MAX: usize = 4000;
/// Longest name or reference. Characters.
const NAME_CHARACTERS_MAX: usize = 200;

/// A field as the page draws it.
pub(in crate::inbox) struct Field {
    pub name: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    /// `text`, `date`, `area`, `select` or `check`.
    pub control: &'static str,
    pub options: Vec<(String, String)>,
    pub value: String,
    pub required: bool,
    pub wrong: Option<&'static str>,
}

/// What was typed, by the name of the field.
#[derive(Default)]
pub(super) struct Given(pub BTreeMap<String, String>);

/// What there is to choose from.
pub(super) struct Choices {
    pub colleagues: Vec<(String, String)>,
    /// Who can be appointed and has an account here: id and name.
    pub staff: Vec<(String, String)>,
    /// Where it can go: units, or, when it is to be lifted, groups.
    pub units: Vec<(String, String)>,
    /// The unit that it lies with.
    pub own_unit: UnitId,
    pub coordinators: Vec<(String, String)>,
    /// Municipalities and hospital trusts outside that take reports from here, with their names.
    pub takers: Vec<(CoordinatingBody, String)>,
    /// How the reporter can be told: code and words. The first is proposed.
    pub ways: Vec<(String, String)>,
    /// Whether it was another coordinating unit that passed the report on.
    pub passed_on: bool,
    /// Whether the reporter may be told what came of it. If not, one says on what basis they are.
    pub feedback: bool,
    pub today: Date,
    /// What has been noted in the case.
    pub known: Particulars,
    /// What should be there before a coordinator is appointed, and is not.
    pub lacking: Vec<Lacking>,
    /// The case that is to be linked to, when one was written.
    pub kin: Kin,
}

/// What is wrong with a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Wrong {
    Missing,
    TooLong,
    NotADate,
    ByTelephoneOnly,
    /// A day to come for what has happened.
    NotYet,
    /// A day gone by for what is to happen.
    Past,
    /// A choice that must be made on purpose.
    Unticked,
    NotFound,
    NoConsent,
    LinkedElsewhere,
    /// Nobody has opened the other case.
    OtherUnopened,
    /// The other case is about the same person.
    SamePerson,
    NoBasis,
    /// A colleague is chosen and another name is written.
    NotBoth,
}

/// A receiver outside, among units.
fn outside_value(body: &CoordinatingBody) -> String {
    let kind = match body {
        CoordinatingBody::Municipality(_) => "kommune",
        CoordinatingBody::HospitalTrust(_) => "hf",
    };
    format!("{kind}:{}", body.number())
}

/// Says beside each field what is wrong with it.
pub(super) fn mark(fields: &mut [Field], wrong: &[(&'static str, Wrong)], t: Words) {
    for field in fields {
        field.wrong = wrong.iter().find(|it| it.0 == field.name).map(|it| match it.1 {
            Wrong::Missing => t.wrong_missing(),
            Wrong::TooLong => t.wrong_too_long(),
            Wrong::NotADate => t.wrong_not_a_date(),
            Wrong::ByTelephoneOnly => t.wrong_by_telephone_only(),
            Wrong::NotYet => t.wrong_not_yet(),
            Wrong::Past => t.wrong_past(),
            Wrong::Unticked => t.wrong_unticked(),
            Wrong::NotFound => t.wrong_not_found(),
            Wrong::NoConsent => t.wrong_no_consent(),
            Wrong::LinkedElsewhere => t.wrong_linked_elsewhere(),
            Wrong::OtherUnopened => t.wrong_other_unopened(),
            Wrong::SamePerson => t.wrong_same_person(),
            Wrong::NoBasis => t.wrong_no_basis(),
            Wrong::NotBoth => t.wrong_not_both(),
        });
    }
}

/// The act that was filled in, or every field that must be put right.
pub(super) fn read(kind: ActKind, given: &Given, choices: &Choices) -> Result<Act, Vec<(&'static str, Wrong)>> {
    let mut reader = Reader { given, wrong: Vec::new() };
    let act = reader.act(kind, choices);
    match act {
        Some(act) if reader.wrong.is_empty() => Ok(act),
        Some(_) | None => Err(reader.wrong),
    }
}

pub(super) struct Reader<'a> {
    given: &'a Given,
    wrong: Vec<(&'static str, Wrong)>,
}

impl Reader<'_> {
    /// `None`: something is wrong, and it is told which.
    fn act(&mut self, kind: ActKind, choices: &Choices) -> Option<Act> {
        match kind {
            ActKind::Comment => Some(Act::Comment { text: self.text("text")? }),
            ActKind::Give => {
                let (id, name) = self.one_of("to", &choices.colleagues)?;
                Some(Act::Give { to: Colleague { id: Uuid::parse_str(&id).ok()?, name } })
            }
            ActKind::Lift => {
                let group = self.one_of("group", &choices.units).map(|it| UnitId(it.0));
                let reason = self.code("reason", LiftReason::from_code);
                let step = self.code("step", LiftStep::from_code);
                let text = self.text_if_any("text");
                let to = match group? {
                    unit if unit == choices.own_unit => LiftTo::Members { unit },
                    group => LiftTo::Group { item: Uuid::now_v7(), group },
                };
                Some(Act::Lift { to, reason: reason?, step: step?, text })
            }
            ActKind::OfferTransfer => {
                let to = self.receiver(choices);
                let why = self.text("text");
                let to = to?;
                Some(Act::OfferTransfer { transfer: Uuid::now_v7(), to, why: why? })
            }
            ActKind::DeclineTransfer => Some(Act::DeclineTransfer { why: self.text("text")? }),
            ActKind::TransferDeclined => Some(Act::TransferDeclined { why: self.text("text")? }),
            ActKind::Archive => Some(Act::Archive { reference: self.name("reference")? }),
            ActKind::Decide => {
                let outcome = self.code("outcome", CaseOutcome::from_code);
                let on = self.day_that_was("on", choices);
                let text = self.text_if_any("text");
                Some(Act::Decide { outcome: outcome?, on: on?, text })
            }
            ActKind::AppointCoordinator => {
                // Told what is lacking, one says that one goes on all the same.
                if !choices.lacking.is_empty() && self.typed("anyway").is_empty() {
                    self.wrong.push(("anyway", Wrong::Unticked));
                }
                Some(Act::AppointCoordinator { coordinator: self.coordinator(choices)? })
            }
            ActKind::ChangeCoordinator => {
                let replaces = self.one_of("replaces", &choices.coordinators);
                let coordinator = self.coordinator(choices);
                let why = self.text_if_any("text");
                let replaces = Uuid::parse_str(&replaces?.0).ok()?;
                Some(Act::ChangeCoordinator { replaces, coordinator: coordinator?, why })
            }
            ActKind::EndCoordinator => {
                let ended = self.one_of("coordinator", &choices.coordinators);
                let last_day = self.day("on");
                let why = self.text_if_any("text");
                let coordinator = Uuid::parse_str(&ended?.0).ok()?;
                Some(Act::EndCoordinator { coordinator, last_day: last_day?, why })
            }
            ActKind::SetPlan => {
                let status = self.code("status", PlanStatus::from_code);
                let on = self.day_that_was("on", choices);
                Some(Act::SetPlan { status: status?, on: on? })
            }
            ActKind::SetTeam => {
                let status = self.code("status", TeamStatus::from_code);
                let on = self.day_that_was("on", choices);
                let members = self.text_if_any("text");
                Some(Act::SetTeam { status: status?, on: on?, members })
            }
            ActKind::PlanContact => Some(Act::PlanContact { on: self.day_to_come_if_any("on", choices) }),
            ActKind::ChangeConsent => {
                let status = self.code("status", ConsentStatus::from_code);
                let on = self.day_that_was("on", choices);
                let text = self.text_if_any("text");
                Some(Act::ChangeConsent { status: status?, on: on?, text })
            }
            ActKind::FlagUnmetNeed => Some(Act::FlagUnmetNeed { need: UnmetNeed::from_code(self.typed("need")) }),
            ActKind::FlagImprovement => {
                let improvement = self.code("improvement", Improvement::from_code);
                let text = self.text_if_any("text");
                Some(Act::FlagImprovement { improvement: improvement?, text })
            }
            ActKind::AskForMore => {
                let question = self.text("text");
                let (way, answer) = (self.way(choices), self.text_if_any("answer"));
                let (question, way) = (question?, way?);
                // What is written is answered by a message of its own.
                if answer.is_some() && way == AnswerWay::Electronic {
                    return self.wrong("answer", Wrong::ByTelephoneOnly);
                }
                Some(Act::AskForMore { question, way, answer })
            }
            ActKind::RegisterAnswer => Some(Act::RegisterAnswer { text: self.text("text")? }),
            ActKind::TakeBackLift => Some(Act::TakeBackLift { why: self.text("text")? }),
            ActKind::LiftEnded | ActKind::Lapse => {
                // The house does them.
                None
            }
            ActKind::Answer => {
                let kind = self.code("kind", AnswerKind::from_code);
                let text = self.text("text");
                let way = self.way(choices);
                let basis = FeedbackBasis::from_code(self.typed("basis")).filter(|_| !choices.feedback);
                let (kind, way) = (kind?, way?);
                // A preliminary answer says that we have it. What is said on the telephone is the caller's own to judge.
                let tells = matches!(kind, AnswerKind::Outcome | AnswerKind::Message) && way == AnswerWay::Electronic;
                if tells && !choices.feedback && basis.is_none() {
                    return self.wrong("basis", Wrong::NoBasis);
                }
                Some(Act::Answer { kind, text: text?, way, basis })
            }
            ActKind::WrongAddressee => {
                let reason = self.code("reason", MisaddressReason::from_code);
                let text = self.text_if_any("text");
                let way = self.way(choices);
                Some(Act::WrongAddressee { reason: reason?, text, way: way? })
            }
            ActKind::InformOfWish
            | ActKind::Assess
            | ActKind::SendDecision
            | ActKind::PlanStart
            | ActKind::PlanReview
            | ActKind::TickChecklist
            | ActKind::Delegate
            | ActKind::TakeBackDelegation
            | ActKind::FinishDelegation
            | ActKind::LinkFamily
            | ActKind::UnlinkFamily => noted::read(self, kind, choices),
            ActKind::Open | ActKind::Take | ActKind::Release | ActKind::Confirm => None,
            ActKind::AnswerArrived | ActKind::TakeBackTransfer => None,
            ActKind::AcceptTransfer | ActKind::TransferAccepted | ActKind::OfferEnded => None,
            ActKind::Close | ActKind::Reopen | ActKind::Undo => None,
        }
    }

    fn way(&mut self, choices: &Choices) -> Option<AnswerWay> {
        let chosen = self.one_of("way", &choices.ways)?;
        AnswerWay::from_code(&chosen.0)
    }

    /// A unit here, or a municipality or trust outside.
    fn receiver(&mut self, choices: &Choices) -> Option<TransferTarget> {
        let outside = choices.takers.iter().find(|it| outside_value(&it.0) == self.typed("unit"));
        let Some((body, name)) = outside.cloned() else {
            return self.one_of("unit", &choices.units).map(|it| TransferTarget::Unit(UnitId(it.0)));
        };
        Some(match body {
            CoordinatingBody::Municipality(number) => TransferTarget::Municipality { number, name },
            CoordinatingBody::HospitalTrust(number) => TransferTarget::HospitalTrust { number, name },
        })
    }

    fn coordinator(&mut self, choices: &Choices) -> Option<Coordinator> {
        // A colleague is chosen, never found by a name: somebody elsewhere can have the same.
        let (staff, name) = match (self.typed("staff"), self.typed("name")) {
            ("", _) => (None, self.name("name")),
            (_, "") => {
                let chosen = self.one_of("staff", &choices.staff);
                let staff = chosen.as_ref().and_then(|it| Uuid::parse_str(&it.0).ok());
                (staff, chosen.map(|it| Redacted::new(it.1)))
            }
            (_, _) => (None, self.wrong("name", Wrong::NotBoth)),
        };
        let kind = self.code("kind", CoordinatorKind::from_code);
        let duty = self.code("duty", CoordinatorDuty::from_code);
        let from = self.day("from");
        let until = self.day_if_any("until");
        let overlap = Overlap::from_code(self.typed("overlap")).unwrap_or(Overlap::Unsaid);
        let decision = self.limited("decision", NAME_CHARACTERS_MAX);
        let (kind, duty, from) = (kind?, duty?, from?);
        Some(Coordinator { id: Uuid::now_v7(), kind, duty, name: name?, staff, from, until, overlap, decision })
    }

    pub(super) fn typed(&self, name: &'static str) -> &str {
        self.given.0.get(name).map_or("", |it| it.trim())
    }

    pub(super) fn wrong<T>(&mut self, name: &'static str, wrong: Wrong) -> Option<T> {
        self.wrong.push((name, wrong));
        None
    }

    fn text(&mut self, name: &'static str) -> Option<Redacted<String>> {
        if self.typed(name).is_empty() {
            return self.wrong(name, Wrong::Missing);
        }
        self.text_if_any(name)
    }

    pub(super) fn text_if_any(&mut self, name: &'static str) -> Option<Redacted<String>> {
        self.limited(name, TEXT_CHARACTERS_MAX)
    }

    fn name(&mut self, name: &'static str) -> Option<Redacted<String>> {
        if self.typed(name).is_empty() {
            return self.wrong(name, Wrong::Missing);
        }
        self.limited(name, NAME_CHARACTERS_MAX)
    }

    fn limited(&mut self, name: &'static str, characters_max: usize) -> Option<Redacted<String>> {
        let typed = self.typed(name).to_owned();
        if typed.chars().count() > characters_max {
            return self.wrong(name, Wrong::TooLong);
        }
        (!typed.is_empty()).then(|| Redacted::new(typed))
    }

    pub(super) fn code<T>(&mut self, name: &'static str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        match read(self.typed(name)) {
            Some(code) => Some(code),
            None => self.wrong(name, Wrong::Missing),
        }
    }

    pub(super) fn one_of(&mut self, name: &'static str, choices: &[(String, String)]) -> Option<(String, String)> {
        match choices.iter().find(|it| it.0 == self.typed(name)) {
            Some(chosen) => Some(chosen.clone()),
            None => self.wrong(name, Wrong::Missing),
        }
    }

    /// The day of something that has happened.
    pub(super) fn day_that_was(&mut self, name: &'static str, choices: &Choices) -> Option<Date> {
        let day = self.day(name)?;
        if day > choices.today { self.wrong(name, Wrong::NotYet) } else { Some(day) }
    }

    /// The day of something that is to happen.
    pub(super) fn day_to_come_if_any(&mut self, name: &'static str, choices: &Choices) -> Option<Date> {
        let day = self.day_if_any(name)?;
        if day < choices.today { self.wrong(name, Wrong::Past) } else { Some(day) }
    }

    pub(super) fn day(&mut self, name: &'static str) -> Option<Date> {
        if self.typed(name).is_empty() {
            return self.wrong(name, Wrong::Missing);
        }
        self.day_if_any(name)
    }

    pub(super) fn day_if_any(&mut self, name: &'static str) -> Option<Date> {
        let typed = self.typed(name);
        if typed.is_empty() {
            return None;
        }
        match typed.parse() {
            Ok(day) => Some(day),
            Err(_) => self.wrong(name, Wrong::NotADate),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Choices;
    use super::Given;
    use super::Kin;
    use super::Wrong;
    use super::fields;
    use super::read;
    use crate::domain::Act;
    use crate::domain::ActKind;
    use crate::domain::CaseOutcome;
    use crate::domain::CoordinatingBody;
    use crate::domain::FeedbackBasis;
    use crate::domain::ItemId;
    use crate::domain::Language;
    use crate::domain::LiftTo;
    use crate::domain::Particulars;
    use crate::domain::UnitId;
    use crate::inbox::casework::WITH_FORM;
    use crate::inbox::texts::Words;
    use jiff::civil::date;
    use uuid::Uuid;

    fn choices() -> Choices {
        Choices {
            colleagues: vec![(Uuid::from_u128(7).to_string(), "Ola".to_owned())],
            staff: Vec::new(),
            units: vec![("risor".to_owned(), "Risør".to_owned())],
            own_unit: UnitId("gjerstad".to_owned()),
            coordinators: vec![(Uuid::from_u128(9).to_string(), "Kari".to_owned())],
            takers: [("4211", "Gjerstad"), ("310000108", "Eksempel helseforetak")]
                .map(|(number, name)| (CoordinatingBody::parse(number).unwrap(), name.to_owned()))
                .to_vec(),
            ways: vec![("TELEFON".to_owned(), "På telefon".to_owned())],
            passed_on: false,
            feedback: true,
            today: date(2026, 11, 22),
            known: Particulars::default(),
            lacking: Vec::new(),
            kin: Kin::Found { item: ItemId(Uuid::from_u128(5)), family: Uuid::from_u128(6) },
        }
    }

    /// Every field filled with its first choice, or something that fits.
    fn filled(kind: ActKind) -> Given {
        let fields = fields(kind, &Given::default(), &choices(), Words(Language::Nb));
        let value = |control: &str, options: &[(String, String)]| match control {
            "select" | "hidden" => options[0].0.clone(),
            "date" => "2026-11-22".to_owned(),
            _ => "noe".to_owned(),
        };
        Given(fields.iter().map(|it| (it.name.to_owned(), value(it.control, &it.options))).collect())
    }

    /// Not even one whose name is written letter by letter.
    #[test]
    fn a_colleague_is_chosen_and_never_found_by_a_name() {
        let kim = Uuid::from_u128(8);
        let choices = Choices { staff: vec![(kim.to_string(), "Kim".to_owned())], ..choices() };
        let kind = ActKind::AppointCoordinator;
        let read = |staff: &str, name: &str| {
            let fixed = [("kind", "HF"), ("duty", "HOVED"), ("from", "2026-11-22"), ("staff", staff), ("name", name)];
            let given = Given(fixed.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect());
            match read(kind, &given, &choices) {
                Ok(Act::AppointCoordinator { coordinator }) => {
                    Ok((coordinator.staff, coordinator.name.reveal().clone()))
                }
                Ok(_) => panic!("another act"),
                Err(wrong) => Err(wrong),
            }
        };

        assert_eq!(read("", "Kim"), Ok((None, "Kim".to_owned())), "a hospital's coordinator of the same name");
        assert_eq!(read(&kim.to_string(), ""), Ok((Some(kim), "Kim".to_owned())));
        assert_eq!(read(&kim.to_string(), "Siv"), Err(vec![("name", Wrong::NotBoth)]));
        assert_eq!(read(&Uuid::from_u128(9).to_string(), ""), Err(vec![("staff", Wrong::Missing)]), "nobody here");
        assert_eq!(read("", ""), Err(vec![("name", Wrong::Missing)]));
        let names: Vec<_> =
            fields(kind, &Given::default(), &choices, Words(Language::Nb)).iter().map(|it| it.name).collect();
        assert_eq!(names[..2], ["staff", "name"]);
    }

    #[test]
    fn every_form_that_is_filled_in_is_an_act_of_its_kind() {
        for kind in WITH_FORM {
            let act = read(*kind, &filled(*kind), &choices()).unwrap();
            assert_eq!(act.kind(), *kind);
        }
    }

    #[test]
    fn an_empty_form_is_told_field_by_field_what_is_missing() {
        for kind in WITH_FORM {
            let required = fields(*kind, &Given::default(), &choices(), Words(Language::Nb));
            let required: Vec<_> = required.iter().filter(|it| it.required).map(|it| it.name).collect();
            let missing = match read(*kind, &Given::default(), &choices()) {
                Ok(_) => Vec::new(),
                Err(wrong) => wrong.into_iter().map(|it| it.0).collect(),
            };
            assert_eq!(missing, required, "{kind:?}");
        }
    }

    #[test]
    fn what_is_not_a_date_or_too_long_is_told() {
        let mut given = filled(ActKind::Decide);
        given.0.insert("on".to_owned(), "i går".to_owned());
        given.0.insert("text".to_owned(), "x".repeat(4001));

        let wrong = read(ActKind::Decide, &given, &choices()).unwrap_err();

        assert_eq!(wrong, [("on", Wrong::NotADate), ("text", Wrong::TooLong)]);
    }

    #[test]
    fn nobody_is_chosen_who_was_not_offered() {
        let mut given = filled(ActKind::Give);
        given.0.insert("to".to_owned(), Uuid::from_u128(8).to_string());

        assert_eq!(read(ActKind::Give, &given, &choices()).unwrap_err(), [("to", Wrong::Missing)]);
    }

    #[test]
    fn a_report_is_offered_to_a_municipality_or_trust_outside_that_was_offered_as_receiver() {
        let mut given = filled(ActKind::OfferTransfer);
        for (value, number) in [("kommune:4211", "4211"), ("hf:310000108", "310000108")] {
            given.0.insert("unit".to_owned(), value.to_owned());
            let act = read(ActKind::OfferTransfer, &given, &choices()).unwrap();
            assert!(act.leaves_the_house(), "it goes the electronic way");
            let Act::OfferTransfer { to, .. } = act else { unreachable!() };
            assert_eq!(to.outside(), CoordinatingBody::parse(number));
        }

        for unknown in ["kommune:0301", "hf:310000124", "kommune:310000108"] {
            given.0.insert("unit".to_owned(), unknown.to_owned());
            assert_eq!(read(ActKind::OfferTransfer, &given, &choices()).unwrap_err(), [("unit", Wrong::Missing)]);
        }
    }

    #[test]
    fn nothing_is_sent_where_only_the_telephone_is_a_way() {
        let act = read(ActKind::Answer, &filled(ActKind::Answer), &choices()).unwrap();
        assert!(!act.leaves_the_house());

        let mut given = filled(ActKind::Answer);
        given.0.insert("way".to_owned(), "ELEKTRONISK".to_owned());
        assert_eq!(read(ActKind::Answer, &given, &choices()).unwrap_err(), [("way", Wrong::Missing)]);
    }

    #[test]
    fn what_the_consent_does_not_cover_is_sent_only_on_a_basis_that_is_said() {
        let mut choices = choices();
        choices.ways.push(("ELEKTRONISK".to_owned(), "Som melding".to_owned()));
        let answer = |kind: &str, way: &str, basis: &str, choices: &Choices| {
            let mut given = filled(ActKind::Answer);
            for (name, value) in [("kind", kind), ("way", way), ("basis", basis)] {
                given.0.insert(name.to_owned(), value.to_owned());
            }
            read(ActKind::Answer, &given, choices)
        };
        let basis = |act: Result<Act, _>| match act {
            Ok(Act::Answer { basis, .. }) => Ok(basis),
            Ok(other) => panic!("{other:?}"),
            Err(wrong) => Err(wrong),
        };
        assert_eq!(basis(answer("UTFALL", "ELEKTRONISK", "HPL_25", &choices)), Ok(None), "the consent is enough");

        choices.feedback = false;
        for kind in ["UTFALL", "BESKJED"] {
            for empty in ["", "HPL_38A"] {
                let refused = basis(answer(kind, "ELEKTRONISK", empty, &choices));
                assert_eq!(refused, Err(vec![("basis", Wrong::NoBasis)]), "{kind} {empty}");
            }
            for said in FeedbackBasis::ALL {
                assert_eq!(basis(answer(kind, "ELEKTRONISK", said.code(), &choices)), Ok(Some(*said)));
            }
            assert_eq!(basis(answer(kind, "TELEFON", "", &choices)), Ok(None));
        }
        assert_eq!(basis(answer("FORELOPIG", "ELEKTRONISK", "", &choices)), Ok(None));
    }

    #[test]
    fn one_form_lifts_to_the_members_here_and_to_another_group() {
        let mut choices = choices();
        choices.units.insert(0, ("gjerstad".to_owned(), "Medlemmene i Gjerstad".to_owned()));
        let mut given = filled(ActKind::Lift);
        for (group, members) in [("gjerstad", true), ("risor", false)] {
            given.0.insert("group".to_owned(), group.to_owned());
            given.0.insert("reason".to_owned(), "TVIL_OM_ANSVAR".to_owned());

            let Act::Lift { to, .. } = read(ActKind::Lift, &given, &choices).unwrap() else { unreachable!() };

            assert_eq!((to.unit().0.as_str(), matches!(to, LiftTo::Members { .. })), (group, members));
        }
    }

    /// seed in part: K-11
    #[test]
    fn a_case_can_be_clarified_in_the_service_area() {
        let given = filled(ActKind::Decide);

        let act = read(ActKind::Decide, &given, &choices()).unwrap();

        assert!(matches!(act, Act::Decide { outcome: CaseOutcome::ClarifiedInService, .. }));
    }
}
