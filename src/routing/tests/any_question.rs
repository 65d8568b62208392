//! What holds whatever is asked.

use super::*;
use proptest::prelude::*;

prop_compose! {
    fn any_question()(
        municipality in prop::sample::select(vec!["4211", "1149", "5614", "4201", "4601", "5432", "1201", "0911"]),
        district in prop::option::of(prop::sample::select(vec!["460101", "460105", "460108", "460199", "421101"])),
        kind in prop::sample::select(ReportKind::ALL.to_vec()),
        needs in prop::collection::vec(prop::sample::select(NeedKind::ALL.to_vec()), 0..4),
        age in prop_oneof![Just(AgeOnDay::Unknown), Just(AgeOnDay::Unborn), (0_u32..1400).prop_map(AgeOnDay::Months)],
        services in prop::collection::vec(prop::sample::select(vec!["PSYKISK_HELSE", "HJEMMESYKEPLEIE", "SKOLE", "ANNET"]), 0..4),
        reporter in prop::sample::select(ReporterCategory::ALL.to_vec()),
        flags in any::<[bool; 3]>(),
        grading in prop::sample::select(vec![AddressGrading::Ungraded, AddressGrading::Client, AddressGrading::StrictlyConfidential]),
    ) -> RouteQuestion {
        RouteQuestion {
            district: district.and_then(DistrictNumber::parse),
            kind,
            needs,
            age: Redacted::new(age),
            services: services.into_iter().map(str::to_owned).collect(),
            reporter: Some(reporter),
            relayed: flags[0],
            admitted: flags[1],
            urgency: if flags[2] { UrgencyLevel::Urgent } else { UrgencyLevel::Ordinary },
            grading,
            ..question(municipality)
        }
    }
}

proptest! {
    #[test]
    fn a_report_to_a_municipality_of_ours_always_reaches_somebody_and_always_the_same(asked in any_question(), day in 0_i64..3000) {
        let moment = Timestamp(at(date(2024, 6, 1)).0 + day * 86_400_000_000);

        let route = decide(&DIRECTORY, &asked, moment).unwrap();
        prop_assert!(route.targets.iter().any(|it| it.share == Share::Content));
        prop_assert!(route.steps.iter().any(|it| it.fitted));
        for target in &route.targets {
            let unit = DIRECTORY.unit(&target.unit).unwrap();
            prop_assert!(!(asked.grading.is_protected() && unit.kind.is_read_by_many()));
        }
        prop_assert_eq!(decide(&DIRECTORY, &asked, moment).unwrap(), route);
    }

    #[test]
    fn a_municipality_that_rejects_gives_its_own_code_and_never_silence(asked in any_question()) {
        match decide(&REJECTING, &asked, at(TODAY)) {
            Ok(route) => prop_assert!(route.alarm.is_none() && route.targets.iter().any(|it| it.share == Share::Content)),
            Err(none) => {
                prop_assert_eq!(none.code, Code::MunicipalityWithoutUnit);
                prop_assert!(none.steps.iter().all(|it| !it.fitted || it.rule.starts_with('(')));
                prop_assert!(!none.steps.is_empty());
            }
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "[\\[\\]a-z=\"0-9.# \n{}_-]{0,200}") {
        let _ = Directory::parse(&[("any.toml".to_owned(), text)]);
    }
}
