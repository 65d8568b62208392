//! What a broken rule weighs here: the operator sets it for each family. What has no family (trust, objection, another
//! patient in the header, made-up persons) always weighs what it weighs.

use crate::domain::Observation;
use crate::domain::Severity;
use crate::domain::Strictness;
use crate::domain::StrictnessTable;

/// Each observation with the weight it has after the operator's table.
pub fn apply(observations: Vec<Observation>, table: &StrictnessTable) -> Vec<(Observation, Severity)> {
    observations
        .into_iter()
        .map(|observation| {
            let severity = weight(&observation, table);
            (observation, severity)
        })
        .collect()
}

/// What an observation weighs after the operator's table.
pub fn weight(observation: &Observation, table: &StrictnessTable) -> Severity {
    let entry = observation.code.entry();
    let own = observation.severity.unwrap_or(entry.severity);
    match entry.family.map(|it| table.of(it)) {
        None | Some(Strictness::Reject) => own,
        Some(Strictness::Remark) => own.min(Severity::Warning),
        Some(Strictness::Accept) => Severity::Info,
    }
}

#[cfg(test)]
mod tests {
    use super::apply;
    use crate::domain::At;
    use crate::domain::Code;
    use crate::domain::Observation;
    use crate::domain::RuleFamily;
    use crate::domain::Severity;
    use crate::domain::Strictness;
    use crate::domain::StrictnessTable;

    fn weighs(code: Code, own: Option<Severity>, strictness: Strictness) -> Severity {
        let mut table = StrictnessTable::default();
        for family in RuleFamily::ALL {
            table.set(family, strictness);
        }
        let observation = Observation {
            code,
            at: At::Path("/".to_owned()),
            severity: own,
            expected: None,
            schema_says: None,
            meant: None,
            deviation: None,
        };
        apply(vec![observation], &table)[0].1
    }

    #[test]
    fn a_family_is_rejected_remarked_or_accepted() {
        assert_eq!(weighs(Code::ConsentDateMissing, None, Strictness::Reject), Severity::Error);
        assert_eq!(weighs(Code::ConsentDateMissing, None, Strictness::Remark), Severity::Warning);
        assert_eq!(weighs(Code::ConsentDateMissing, None, Strictness::Accept), Severity::Info);
    }

    #[test]
    fn a_remark_never_becomes_weightier() {
        assert_eq!(weighs(Code::ConsentOld, None, Strictness::Reject), Severity::Warning);
        assert_eq!(weighs(Code::FewServices, None, Strictness::Remark), Severity::Info);
    }

    #[test]
    fn what_the_case_weighs_goes_before_what_the_code_weighs() {
        let warning = Some(Severity::Warning);
        assert_eq!(weighs(Code::BirthDateMissing, warning, Strictness::Reject), Severity::Warning);
        assert_eq!(weighs(Code::BirthDateMissing, warning, Strictness::Accept), Severity::Info);
    }

    #[test]
    fn trust_objection_and_a_wrong_patient_cannot_be_relaxed() {
        for code in [
            Code::SenderHerIdNotRegistered,
            Code::SenderOrganisationDiffers,
            Code::ConsentObjected,
            Code::ObjectionReasonMissing,
            Code::PatientIdsDiffer,
            Code::MessageNotInEarnest,
            Code::IdentityNumberSynthetic,
            Code::ReportIncomplete,
        ] {
            assert_eq!(weighs(code, None, Strictness::Accept), Severity::Error, "{}", code.id());
        }
    }
}
