//! Which question a finding is about: the gateway's rules speak of places in the message, people of fields.

use crate::domain::Code;
use crate::domain::Finding;
use crate::domain::Severity;

/// Beginnings of paths below the report, and the field that each is about. The first that fits counts.
const PLACES: &[(&str, &str)] = &[
    ("Pasient/Id/@grunn", "id_reason"),
    ("Pasient/Id/@type", "id_kind"),
    ("Pasient/Id", "id_number"),
    ("Pasient/Navn/Fornavn", "given_name"),
    ("Pasient/Navn", "family_name"),
    ("Pasient/Fodselsdato", "born"),
    ("Pasient/Ufodt", "due"),
    ("Pasient/Telefon", "phone"),
    ("Pasient/Adressegradering", "grading"),
    ("Pasient/Adresse", "address"),
    ("Pasient/Spraak", "language"),
    ("Pasient/TolkBehov", "interpreter"),
    ("Pasient/KanKontaktesVia", "contact_ways"),
    ("Pasient", "id_kind"),
    ("Foresatt[2]/Relasjon", "g2_relation"),
    ("Foresatt[2]/Telefon", "g2_phone"),
    ("Foresatt[2]/Orientert", "g2_reason"),
    ("Foresatt[2]/SkalIkkeInformeres", "g2_reason"),
    ("Foresatt[2]", "g2_name"),
    ("ForesattMangler", "no_guardian"),
    ("Foresatt[1]/Relasjon", "g1_relation"),
    ("Foresatt[1]/Telefon", "g1_phone"),
    ("Foresatt[1]/Orientert", "g1_reason"),
    ("Foresatt[1]/SkalIkkeInformeres", "g1_reason"),
    ("Foresatt/Relasjon", "g1_relation"),
    ("Foresatt/Telefon", "g1_phone"),
    ("Foresatt/Orientert", "g1_reason"),
    ("Foresatt/SkalIkkeInformeres", "g1_reason"),
    ("Foresatt", "g1_name"),
    ("Samtykke/Dato", "consent_day"),
    ("Samtykke/AvgittAv/@rolle", "given_by_role"),
    ("Samtykke/AvgittAv", "given_by"),
    ("Samtykke/Omfang", "scopes"),
    ("Samtykke/Grunnlag/@kode", "basis_reason"),
    ("Samtykke/Grunnlag", "basis_reason"),
    ("Samtykke", "consent"),
    ("Melder/Kategori", "category"),
    ("Melder/Virksomhet/Navn", "organisation_name"),
    ("Melder/Virksomhet", "organisation"),
    ("Melder/Enhet", "unit"),
    ("Melder/Navn", "reporter_name"),
    ("Melder/Stilling", "position"),
    ("Melder/Telefon", "reporter_phone"),
    ("Melder/SvarOnskes", "wants_answer"),
    ("Melder/SvarKanal", "answer_channel"),
    ("Melder", "reporter_name"),
    ("Behov", "needs"),
    ("Beskrivelse", "description"),
    ("HvaErViktigForPersonen", "what_matters"),
    ("Maal", "goals"),
    ("Varighet", "duration"),
    ("Tjeneste", "services_now"),
    ("Eksisterende", "has_plan"),
    ("KoordinatorOnske", "wish"),
    ("Hastegrad", "urgency_reason"),
    ("OvergangType", "transitions"),
];

/// Choices, and the text that stands beside each.
const TEXTS: &[(&str, &str)] = &[("wish", "wish_who"), ("no_guardian", "no_guardian_text")];

/// The field that a finding is about; `None`: it is about the message around the report, or about nothing that was asked.
pub(super) fn field_of(finding: &Finding) -> Option<&'static str> {
    match finding.code {
        Code::BirthDateMissing => return Some("born"),
        Code::IdentityNumberMissing => return Some("id_number"),
        Code::UnknownIdentityWithoutReason => return Some("id_reason"),
        Code::PatientNameMissing => return Some("family_name"),
        Code::ConsentDateMissing => return Some("consent_day"),
        Code::ConsentGiverMissing => return Some("given_by_role"),
        Code::ConsentMissing => return Some("consent"),
        // It is reported all the same, so the ground is asked for.
        Code::ConsentObjected => return Some("basis"),
        Code::ObjectionReasonMissing => return Some("basis_reason"),
        Code::GuardianMissing => return Some("g1_name"),
        Code::NeedMissing => return Some("needs"),
        Code::FewServices => return Some("services_now"),
        Code::PatientMissing => return Some("id_kind"),
        _ => {}
    }
    let path = &finding.place.as_ref()?.xpath;
    let below = path.split("/Behovsmelding").nth(1)?.trim_start_matches('/');
    if below.is_empty() {
        // Something is missing of the report itself; of what the form asks, only the description can be.
        return (finding.code == Code::SchemaElementMissing).then_some("description");
    }
    let field = PLACES.iter().find(|(start, _)| starts(below, start)).map(|(_, field)| *field)?;
    // Where there is a choice and a text beside it, the number stands in the text.
    let is_text = finding.code == Code::IdentityNumberInText;
    Some(TEXTS.iter().find(|(choice, _)| is_text && *choice == field).map_or(field, |(_, text)| *text))
}

/// Whether the form sends nothing before it is mended. A system that sends may be forgiven what a person can mend at once: a
/// number that identifies somebody where nobody protects it, and why it is urgent.
pub(super) fn must_be_mended(finding: &Finding) -> bool {
    let here = matches!(finding.code, Code::IdentityNumberInText | Code::UrgencyWithoutReason);
    finding.severity == Severity::Error || here
}

/// The findings that are worth telling of: a mistyped identity number tells no day of birth, and that follows from it.
pub(super) fn worth_telling(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    let is_about_the_number = |it: &Finding| it.severity == Severity::Error && field_of(it) == Some("id_number");
    let is_mistyped = findings.iter().any(is_about_the_number);
    findings.iter().filter(move |it| !(is_mistyped && it.code == Code::BirthDateMissing))
}

/// `Behov` begins `Behov[2]/Type` and not `Beskrivelse`.
fn starts(path: &str, start: &str) -> bool {
    let Some(rest) = path.strip_prefix(start) else { return false };
    rest.is_empty() || rest.starts_with(['/', '[', '@']) || start.ends_with("Orientert")
}

#[cfg(test)]
mod tests {
    use super::PLACES;
    use super::field_of;
    use crate::domain::Code;
    use crate::domain::Finding;
    use crate::domain::Place;
    use crate::inbox::need_form::fields::FIELDS;

    fn about(path: &str) -> Option<&'static str> {
        let place =
            Place { xpath: format!("/MsgHead/Document/RefDoc/Content/Behovsmelding{path}"), line: 1, column: 1 };
        field_of(&Finding::new(Code::SchemaValueInvalid, Some(place)))
    }

    #[test]
    fn a_finding_leads_to_the_field_that_can_mend_it() {
        assert_eq!(about("/Pasient/Id"), Some("id_number"));
        assert_eq!(about("/Foresatt[2]/OrientertGrunn"), Some("g2_reason"));
        assert_eq!(about("/Behov[2]/Type"), Some("needs"));
        assert_eq!(about("/Beskrivelse"), Some("description"));
        assert_eq!(about(""), None);
    }

    #[test]
    fn every_place_leads_to_a_question_that_is_there() {
        for (_, field) in PLACES {
            assert!(FIELDS.iter().any(|it| it.name == *field), "{field}");
        }
    }
}
