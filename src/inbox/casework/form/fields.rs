//! Which fields each act has.

use super::Choices;
use super::Field;
use super::Given;
use super::outside_value;
use crate::domain::ActKind;
use crate::domain::ConsentStatus;
use crate::inbox::casework::noted;
use crate::inbox::texts::Words;

/// The fields of an act, with what was typed in them.
pub(in crate::inbox::casework) fn fields(kind: ActKind, given: &Given, choices: &Choices, t: Words) -> Vec<Field> {
    let field = |name: &'static str, label: &'static str, control: &'static str, required: bool| Field {
        name,
        label,
        hint: "",
        control,
        options: Vec::new(),
        value: given.0.get(name).cloned().unwrap_or_default(),
        required,
        wrong: None,
    };
    let text = |required: bool| field("text", t.field_text(), "area", required);
    let day = |name: &'static str, label: &'static str| {
        let mut field = field(name, label, "date", true);
        if !given.0.contains_key(name) {
            field.value = choices.today.to_string();
        }
        field
    };
    let select = |name: &'static str, label: &'static str, options: Vec<(String, String)>| Field {
        options,
        ..field(name, label, "select", true)
    };
    let codes = |list: &'static [&'static str]| -> Vec<(String, String)> {
        list.iter().map(|it| ((*it).to_owned(), t.case_code(it).unwrap_or(it).to_owned())).collect()
    };
    let coordinator = || {
        let alone = choices.staff.is_empty();
        let colleague = Field {
            required: false,
            hint: t.field_coordinator_hint(),
            ..select("staff", t.field_coordinator_here(), choices.staff.clone())
        };
        let name = if alone { t.field_coordinator() } else { t.field_coordinator_elsewhere() };
        let mut fields = if alone { Vec::new() } else { vec![colleague] };
        fields.extend([
            field("name", name, "text", alone),
            select("kind", t.field_coordinator_kind(), codes(COORDINATOR_KINDS)),
            select("duty", t.field_duty(), codes(DUTIES)),
            day("from", t.field_from()),
            field("until", t.field_until(), "date", false),
            Field { required: false, ..select("overlap", t.field_overlap(), codes(OVERLAPS)) },
            field("decision", t.field_decision(), "text", false),
        ]);
        fields
    };
    let way = || {
        let mut field = select("way", t.field_way(), choices.ways.clone());
        // A choice among one is none.
        if choices.ways.len() == 1 {
            field.control = "hidden";
        }
        if field.value.is_empty() {
            field.value = choices.ways.first().map(|it| it.0.clone()).unwrap_or_default();
        }
        field
    };
    // Nothing can be sent: what was said by telephone is written down.
    let said = choices.ways.len() == 1;
    match kind {
        ActKind::Comment => vec![text(true)],
        ActKind::Give => vec![select("to", t.field_colleague(), choices.colleagues.clone())],
        ActKind::Lift => vec![
            select("group", t.field_group(), choices.units.clone()),
            select("reason", t.field_reason(), codes(LIFT_REASONS)),
            select("step", t.field_step(), LIFT_STEPS.iter().map(|it| ((*it).to_owned(), t.lift_step(it))).collect()),
            text(false),
        ],
        ActKind::OfferTransfer => {
            let outside =
                choices.takers.iter().map(|it| (outside_value(&it.0), format!("{} ({})", it.1, t.outside_here())));
            let receivers = choices.units.iter().cloned().chain(outside).collect();
            let why = Field { hint: t.offer_why_hint(), ..field("text", t.field_why(), "area", true) };
            vec![select("unit", t.field_to_unit(), receivers), why]
        }
        ActKind::DeclineTransfer | ActKind::TransferDeclined => vec![field("text", t.field_why(), "area", true)],
        ActKind::Archive => vec![field("reference", t.field_archive(), "text", true)],
        ActKind::Decide => {
            vec![select("outcome", t.field_outcome(), codes(OUTCOMES)), day("on", t.field_day()), text(false)]
        }
        ActKind::AppointCoordinator => {
            let mut fields = coordinator();
            if !choices.lacking.is_empty() {
                fields.insert(0, field("anyway", t.field_anyway(), "check", true));
            }
            fields
        }
        ActKind::ChangeCoordinator => {
            let replaces = select("replaces", t.field_replaces(), choices.coordinators.clone());
            let mut fields = vec![Field { hint: t.field_replaces_hint(), ..replaces }];
            fields.extend(coordinator());
            fields.push(field("text", t.field_why(), "area", false));
            fields
        }
        ActKind::EndCoordinator => vec![
            select("coordinator", t.field_coordinator(), choices.coordinators.clone()),
            Field { hint: t.field_last_day_hint(), ..day("on", t.field_last_day()) },
            field("text", t.field_why(), "area", false),
        ],
        ActKind::SetPlan => vec![select("status", t.field_status(), codes(PLANS)), day("on", t.field_day())],
        ActKind::SetTeam => vec![
            select("status", t.field_status(), codes(TEAMS)),
            day("on", t.field_day()),
            field("text", t.field_members(), "area", false),
        ],
        ActKind::PlanContact => vec![field("on", t.field_next_contact(), "date", false)],
        ActKind::ChangeConsent => {
            let options = ConsentStatus::ALL.iter().map(|it| (it.code().to_owned(), t.consent_choice(*it).to_owned()));
            vec![select("status", t.field_consent(), options.collect()), day("on", t.field_day()), text(false)]
        }
        ActKind::FlagUnmetNeed => {
            vec![Field { required: false, ..select("need", t.field_unmet_need(), codes(UNMET_NEEDS)) }]
        }
        ActKind::FlagImprovement => {
            vec![select("improvement", t.field_improvement(), codes(IMPROVEMENTS)), text(false)]
        }
        ActKind::AskForMore => {
            let (asked, replied, hint) = if said {
                (t.field_asked(), t.field_replied(), t.field_replied_hint())
            } else {
                (t.field_question(), t.field_reply(), t.field_reply_hint())
            };
            let answer = Field { hint, ..field("answer", replied, "area", false) };
            vec![field("text", asked, "area", true), way(), answer]
        }
        ActKind::RegisterAnswer => vec![field("text", t.field_reply(), "area", true)],
        ActKind::TakeBackLift => vec![field("text", t.field_why(), "area", true)],
        ActKind::Answer => {
            let kinds = codes(if choices.passed_on { ANSWERS_TO_A_UNIT } else { ANSWERS });
            let mut fields = vec![
                select("kind", t.field_answer_kind(), kinds),
                field("text", if said { t.field_said() } else { t.field_answer() }, "area", true),
                way(),
            ];
            if !choices.feedback {
                let basis = select("basis", t.field_basis(), codes(BASES));
                let hint = if said { t.field_basis_said_hint() } else { t.field_basis_hint() };
                fields.push(Field { required: false, hint, ..basis });
            }
            fields
        }
        ActKind::WrongAddressee => {
            let reasons = MISADDRESSED.iter().map(|it| ((*it).to_owned(), t.wrong_reason(it).to_owned())).collect();
            let more = if said { t.field_said() } else { t.field_more() };
            vec![select("reason", t.field_wrong_reason(), reasons), field("text", more, "area", false), way()]
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
        | ActKind::UnlinkFamily => noted::fields(kind, given, choices, t),
        ActKind::Open | ActKind::Take | ActKind::Release | ActKind::Confirm => Vec::new(),
        ActKind::AnswerArrived | ActKind::TakeBackTransfer | ActKind::LiftEnded | ActKind::Lapse => Vec::new(),
        ActKind::AcceptTransfer | ActKind::TransferAccepted | ActKind::OfferEnded => Vec::new(),
        ActKind::Close | ActKind::Reopen | ActKind::Undo => Vec::new(),
    }
}

const ANSWERS: &[&str] = &["FORELOPIG", "UTFALL", "BESKJED"];
/// To one who passed the report on, the first thing to say is whether it is taken over.
const ANSWERS_TO_A_UNIT: &[&str] = &["OVERTATT", "FORELOPIG", "UTFALL", "BESKJED"];
const BASES: &[&str] = &["SAMTYKKET_SIDEN", "HPL_25", "HPL_45"];
const MISADDRESSED: &[&str] = &["1", "2", "9"];
const COORDINATOR_KINDS: &[&str] = &["KOMMUNAL", "BARNEKOORDINATOR", "FORLOPSKOORDINATOR", "HF"];
const DUTIES: &[&str] = &["HOVED", "VED_SIDEN"];
const OVERLAPS: &[&str] = &["NEI", "OVERLAPPER"];
const LIFT_REASONS: &[&str] = &["IKKE_LOST_ANNEN_MATE", "GEVINST_KOMPETANSE", "TVIL_OM_ANSVAR"];
const LIFT_STEPS: &[&str] = &["I", "II", "III"];
const OUTCOMES: &[&str] = &[
    "AVKLART_I_TJENESTEOMRADET",
    "INNVILGET",
    "DELVIS_INNVILGET",
    "AVSLAG",
    "TRUKKET",
    "IKKE_SAMTYKKE",
    "IKKE_BEHOV",
    "VEILEDET",
    "FLYTTET",
    "DOD",
    "ANNET",
];
const PLANS: &[&str] = &["ONSKET", "UNDER_ARBEID", "VIRKSOM", "AVSLATT", "AVSLUTTET"];
const TEAMS: &[&str] = &["INGEN", "PLANLAGT", "AKTIV", "AVSLUTTET"];
const UNMET_NEEDS: &[&str] = &[
    "KOORDINATOR",
    "INDIVIDUELL_PLAN",
    "REHABILITERING",
    "HABILITERING",
    "AVLASTNING",
    "BOLIG",
    "PSYKISK_HELSE_RUS",
    "ARBEID_AKTIVITET",
    "SKOLE_BARNEHAGE",
    "ANNET",
];
const IMPROVEMENTS: &[&str] = &["JA", "NEI"];
