//! To whom the form speaks: services in the words of their trade, private persons as themselves, with fewer things to choose
//! among. What is asked at all is in `fields.rs`.

use crate::domain::Language;
use crate::domain::ReporterCategory;
use crate::inbox::ExtraOffer;
use crate::inbox::need_form::build::FEEDBACK;
use crate::inbox::need_form::fields::Asking;
use crate::inbox::need_form::fields::FIELDS;
use crate::inbox::need_form::fields::Field;
use crate::inbox::need_form::fields::Kind;
use crate::inbox::need_form::fields::SOMETIMES;
use crate::inbox::need_form::fields::Step;
use crate::inbox::need_form::fields::VERGE;
use crate::inbox::need_form::fields::categories;
use crate::inbox::texts::Words;
use crate::storage::FormHolder;
use crate::storage::FormSource;

/// To whom the form speaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Voice {
    /// Those who report at work, and staff who write down what others have said.
    Service,
    /// A private person who has not said yet who they are, or one who reports a relative.
    Relative,
    /// A private person about themselves.
    Oneself,
    /// A parent or guardian (foresatt) of a child.
    Parent,
    /// A legal guardian or attorney (verge eller fullmektig).
    Guardian,
}

/// A parent or guardian among the answers of a list: of no use about an adult.
const GUARDIAN: &str = "FORESATT";

const CONSENTED: &str = "SAMTYKKET";
const ON_BEHALF: &str = "AVGITT_PA_VEGNE";
const OBJECTED: &str = "MOTSATT_SEG";
/// What only services can say: that it is in their records, and what holds between health services.
const FOR_SERVICES: [&str; 2] = ["SAMTYKKET_MUNTLIG_JOURNALFORT", "IKKE_MOTSATT_SEG"];

/// The heading of a step.
pub(super) fn step_heading(asking: &Asking<'_>, step: Step, t: Words) -> &'static str {
    match (asking.voice(), step) {
        (Voice::Oneself, Step::Person) => t.own_step_person(),
        (Voice::Parent, Step::Person) => t.child_step_person(),
        _ => step.heading(t),
    }
}

/// The heading above a question.
pub(super) fn heading(asking: &Asking<'_>, field: &Field, t: Words) -> Option<&'static str> {
    match field.name {
        "g1_relation" if asking.is_own_child() => Some(t.child_you()),
        "g2_relation" if asking.is_own_child() => Some(t.child_other_parent()),
        _ => field.heading.map(|it| it(t)),
    }
}

/// The question.
pub(super) fn label(asking: &Asking<'_>, field: &Field, t: Words) -> &'static str {
    let own = match asking.voice() {
        Voice::Service => None,
        Voice::Relative => to_private(field, t),
        Voice::Oneself => to_oneself(field, t).or_else(|| to_private(field, t)),
        Voice::Parent => to_parent(asking, field, t).or_else(|| to_private(field, t)),
        Voice::Guardian => match field.name {
            "given_by_role" => Some(t.guardian_role()),
            "basis_reason" => Some(t.guardian_basis_reason()),
            _ => to_private(field, t),
        },
    };
    own.unwrap_or_else(|| (field.label)(t))
}

/// The question that has this name.
pub(super) fn of(name: &str, asking: &Asking<'_>, t: Words) -> &'static str {
    FIELDS.iter().find(|it| it.name == name).map_or("", |it| label(asking, it, t))
}

fn to_private(field: &Field, t: Words) -> Option<&'static str> {
    Some(match field.name {
        "category" => t.private_category(),
        "reporter_name" => t.private_name(),
        "reporter_phone" => t.private_phone(),
        "wants_answer" => t.private_wants_answer(),
        "answer_channel" => t.private_answer_channel(),
        "basis_reason" => t.private_basis_reason(),
        "ask_from" => t.private_may_ask(),
        _ => return None,
    })
}

fn to_oneself(field: &Field, t: Words) -> Option<&'static str> {
    Some(match field.name {
        "id_kind" => t.own_id_kind(),
        "grading" => t.own_grading(),
        "contact_ways" => t.own_contact_ways(),
        "interpreter" => t.own_interpreter(),
        "consent" => t.f_consent_oneself(),
        "needs" => t.own_needs(),
        "what_matters" => t.own_what_matters(),
        "wish" => t.own_wish(),
        "wish_who" => t.own_wish_who(),
        "services_now" => t.own_services_now(),
        "services_wished" => t.own_services_wished(),
        "transitions" => t.own_transitions(),
        _ => return None,
    })
}

fn to_parent(asking: &Asking<'_>, field: &Field, t: Words) -> Option<&'static str> {
    Some(match field.name {
        "id_kind" => t.child_id_kind(),
        "phone" => t.child_phone(),
        "contact_ways" => t.child_contact_ways(),
        "consent" if asking.consents_for_child() => t.child_consent(),
        "consent" => t.child_consent_own(),
        "g1_relation" if asking.is_own_child() => t.child_relation(),
        "g1_responsible" if asking.is_own_child() => t.child_responsible(),
        "needs" => t.child_needs(),
        "what_matters" => t.child_what_matters(),
        "wish" => t.child_wish(),
        "wish_who" => t.child_wish_who(),
        "services_now" => t.child_services_now(),
        "services_wished" => t.child_services_wished(),
        "transitions" => t.child_transitions(),
        _ => return None,
    })
}

/// What stands below the question. Those who write down what others have said are told what to do when something was not said.
pub(super) fn hint(asking: &Asking<'_>, field: &Field, t: Words) -> Option<&'static str> {
    let sometimes = || SOMETIMES.iter().find(|it| it.0 == field.name).map(|it| it.1(t));
    match (field.name, asking.voice()) {
        ("family_name", Voice::Oneself | Voice::Guardian) => None,
        ("basis_reason", Voice::Guardian) => Some(t.guardian_basis_hint()),
        ("basis_reason", Voice::Relative | Voice::Parent) => Some(t.private_basis_hint()),
        ("given_by_role", Voice::Guardian) => None,
        // Always to be answered where it is asked of them.
        ("consent_read", Voice::Oneself | Voice::Parent | Voice::Guardian) => None,
        ("g1_relation", _) if asking.is_own_child() => None,
        ("reporter_phone", _) if matches!(asking.holder, FormHolder::Staff(_)) => Some(t.f_reporter_phone_staff()),
        ("scopes", _) if asking.feedback_is_implied() => None,
        _ => field.hint.map(|it| it(t)).or_else(sometimes),
    }
}

/// What can be answered: code and words.
pub(super) fn options(asking: &Asking<'_>, field: &Field, extra: &[ExtraOffer], t: Words) -> Vec<(String, String)> {
    let (list, codes) = match field.kind {
        Kind::Select(list, codes) | Kind::Radio(list, codes) | Kind::Checks(list, codes) => (list, codes),
        Kind::Line { .. } | Kind::Day | Kind::Prose { .. } => return Vec::new(),
    };
    if field.name == "extra" {
        return extra.iter().map(|it| (it.code.clone(), it.name.in_language(t.0).to_owned())).collect();
    }
    let held = if field.name == "category" { categories(asking.holder) } else { Vec::new() };
    let codes: &[&str] = if field.name == "category" { &held } else { codes };
    let offered = codes.iter().filter(|it| offers(asking, field.name, it));
    offered.map(|it| ((*it).to_owned(), word(asking, field.name, list, it, t))).collect()
}

/// Whether an answer is of use to the one who answers.
pub(super) fn offers(asking: &Asking<'_>, field: &str, code: &str) -> bool {
    let voice = asking.voice();
    if code == GUARDIAN && field != "category" && asking.is_adult() && !asking.answers.has(field, GUARDIAN) {
        return false;
    }
    match (field, voice) {
        ("scopes", _) => code != FEEDBACK || !asking.feedback_is_implied(),
        ("id_reason", Voice::Oneself | Voice::Guardian) => !["NYFODT", "UFODT"].contains(&code),
        ("contact_ways", Voice::Oneself) => {
            ["TELEFON", "BREV"].contains(&code) || code == GUARDIAN && asking.is_child()
        }
        ("contact_ways", Voice::Parent) => code != GUARDIAN,
        ("consent", Voice::Oneself) => [CONSENTED, OBJECTED].contains(&code),
        ("consent", Voice::Parent) if asking.consents_for_child() => [ON_BEHALF, OBJECTED].contains(&code),
        ("consent", Voice::Guardian) => [CONSENTED, ON_BEHALF, OBJECTED].contains(&code),
        ("consent", Voice::Parent | Voice::Relative) => !FOR_SERVICES.contains(&code),
        ("given_by_role", Voice::Guardian) => [VERGE, "FULLMEKTIG"].contains(&code),
        ("given_by_role", Voice::Relative) => !["PERSONEN", "BARNEVERN"].contains(&code),
        // Who writes as a parent is not the child's legal guardian.
        ("g1_relation", _) if asking.is_own_child() => code != VERGE,
        ("needs", Voice::Oneself | Voice::Parent | Voice::Relative | Voice::Guardian) => {
            code != "BARNEKOORDINATOR" || !asking.is_adult()
        }
        (_, Voice::Service | Voice::Relative | Voice::Oneself | Voice::Parent | Voice::Guardian) => true,
    }
}

/// The word for an answer.
fn word(asking: &Asking<'_>, field: &str, list: &str, code: &str, t: Words) -> String {
    let voice = asking.voice();
    let own = match (field, code, voice) {
        (_, _, Voice::Service) => None,
        ("category", _, _) => private_category(code, t),
        ("needs", _, _) => private_need(code, t),
        ("contact_ways", "MELDER", _) => Some(t.private_through_me()),
        ("consent_read", _, Voice::Oneself | Voice::Parent | Voice::Guardian) => Some(t.private_declared()),
        ("id_reason", "IKKE_OPPGITT", Voice::Oneself) => Some(t.own_id_not_given()),
        ("id_reason", "IKKE_TILDELT", Voice::Oneself) => Some(t.own_id_none()),
        ("consent", CONSENTED, Voice::Oneself) => Some(t.consent_oneself()),
        ("consent", OBJECTED, Voice::Oneself) => Some(t.own_not_consenting()),
        ("consent", ON_BEHALF, Voice::Guardian) => Some(t.guardian_consents()),
        ("consent", _, Voice::Parent) => match (code, asking.consents_for_child()) {
            (ON_BEHALF, true) => Some(t.child_consents()),
            (OBJECTED, true) => Some(t.own_not_consenting()),
            (ON_BEHALF, false) => Some(t.child_cannot()),
            (CONSENTED, false) => Some(t.child_consented()),
            (OBJECTED, false) => Some(t.child_objected()),
            (_, _) => None,
        },
        ("wish", "ONSKER", Voice::Oneself | Voice::Parent) => Some(t.own_wanted()),
        ("wish", "ONSKER_IKKE", Voice::Oneself | Voice::Parent) => Some(t.own_unwanted()),
        ("wish", "VET_IKKE", Voice::Oneself | Voice::Parent) => Some(t.own_not_known()),
        (_, _, Voice::Relative | Voice::Oneself | Voice::Parent | Voice::Guardian) => None,
    };
    own.map_or_else(|| of_list(list, code, t), str::to_owned)
}

fn private_category(code: &str, t: Words) -> Option<&'static str> {
    match ReporterCategory::from_code(code) {
        Some(ReporterCategory::PersonSelf) => Some(t.private_is_oneself()),
        Some(ReporterCategory::Parent) => Some(t.private_is_parent()),
        Some(ReporterCategory::NextOfKin) => Some(t.private_is_relative()),
        Some(ReporterCategory::LegalGuardian) => Some(t.private_is_guardian()),
        Some(_) | None => None,
    }
}

/// What there is to ask for, said without paragraphs of a law.
fn private_need(code: &str, t: Words) -> Option<&'static str> {
    match code {
        "KOORDINATOR" => Some(t.private_coordinator()),
        "IP" => Some(t.private_plan()),
        "KOORDINATOR_OG_IP" => Some(t.private_coordinator_and_plan()),
        "BARNEKOORDINATOR" => Some(t.private_child_coordinator()),
        "ANSVARSGRUPPE" => Some(t.private_team()),
        "HABILITERING" => Some(t.private_habilitation()),
        "REHABILITERING" => Some(t.private_rehabilitation()),
        _ => None,
    }
}

/// The word for a code of a list.
fn of_list(list: &str, code: &str, t: Words) -> String {
    match list {
        "Slektskap" if code == VERGE => t.code("VergeType", VERGE),
        // Staff who write in the form report themselves; everything else came to them.
        "FormSource" if code == "form" => t.source_oneself().to_owned(),
        "FormSource" => t.form_source(FormSource::from_label(code).map_or("form", FormSource::label)).to_owned(),
        "SamtykkeStatus" => t.form_consent(code).map_or_else(|| t.code(list, code), str::to_owned),
        "FormSamtykke" => match t.0 {
            Language::Nb => "Erklæringen over er lest av eller for den som samtykker".to_owned(),
            Language::Nn => "Erklæringa over er lesen av eller for den som samtykkjer".to_owned(),
            Language::En => "The declaration above has been read by or to the one who consents".to_owned(),
        },
        "FormVetIkke" => match t.0 {
            Language::Nb => "Jeg vet ikke hvilken tjeneste eller hvem som kan hjelpe".to_owned(),
            Language::Nn => "Eg veit ikkje kva teneste eller kven som kan hjelpe".to_owned(),
            Language::En => "I do not know which service or who can help".to_owned(),
        },
        "FormSkjules" => match t.0 {
            Language::Nb => "Skal ikke informeres (barnet ønsker det)".to_owned(),
            Language::Nn => "Skal ikkje informerast (barnet ønskjer det)".to_owned(),
            Language::En => "Must not be told (the child wishes it)".to_owned(),
        },
        _ => t.code(list, code),
    }
}
