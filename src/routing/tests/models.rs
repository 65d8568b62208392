//! Each way in which municipalities and trusts divide their work.

use super::*;

#[test]
fn the_first_rule_that_fits_decides() {
    let directory =
        small(&(with(&unit("annet", "")) + &rule("en", "annet", "kinds = [\"BEHOV\"]") + &rule("to", "kontor", "")));

    let route = decide(&directory, &question("4211"), at(TODAY)).unwrap();
    assert_eq!(units(&route), ["annet"]);
    assert_eq!(route.steps.len(), 1);

    let other = RouteQuestion { kind: ReportKind::Question, ..question("4211") };
    let route = decide(&directory, &other, at(TODAY)).unwrap();
    assert_eq!(units(&route), ["kontor"]);
    assert_eq!(
        route.steps.iter().map(|it| (it.rule.as_str(), it.fitted)).collect::<Vec<_>>(),
        [("en", false), ("to", true)]
    );
    assert_eq!(route.steps[0].why.nb, "Passer ikke: meldingstypen er ikke BEHOV.");
    assert_eq!(route.steps[1].why.nn, "Derfor. Regelen passar for alle meldingar.");
}

#[test]
fn an_age_split_has_its_limits_and_a_transition_where_both_get_it() {
    let directory = &*DIRECTORY;
    let aged = |months| RouteQuestion {
        age: Redacted::new(AgeOnDay::Months(months)),
        district: DistrictNumber::parse("460107"),
        ..question("4601")
    };

    assert_eq!(goes(directory, &aged(209)), ["storby-barn-og-unge"]);
    assert_eq!(goes(directory, &aged(210)), ["storby-barn-og-unge", "storby-vest"]);
    assert_eq!(goes(directory, &aged(215)), ["storby-barn-og-unge", "storby-vest"]);
    assert_eq!(goes(directory, &aged(216)), ["storby-vest"]);
}

#[test]
fn the_transition_can_also_be_a_copy_without_content() {
    let text = with(&unit("barn", ""))
        + &rule("overgang", "barn", "age_from = 17.5\nage_below = 18\naware = [\"kontor\"]")
        + &rule("voksne", "kontor", "");
    let asked = RouteQuestion { age: Redacted::new(AgeOnDay::Months(212)), ..question("4211") };

    assert_eq!(goes(&small(&text), &asked), ["barn", "(kontor)"]);
}

#[test]
fn an_unknown_age_fits_no_age_limit_unless_the_rule_says_so() {
    let asked = RouteQuestion { age: Redacted::new(AgeOnDay::Unknown), ..question("4211") };
    let directory =
        |more: &str| small(&(with(&unit("barn", "")) + &rule("barn", "barn", more) + &rule("alle", "kontor", "")));

    assert_eq!(goes(&directory("age_below = 18"), &asked), ["kontor"]);
    assert_eq!(goes(&directory("age_below = 18\nage_or_unknown = true"), &asked), ["barn"]);
}

#[test]
fn an_expected_child_is_a_child_and_can_have_a_rule_of_its_own() {
    let asked = RouteQuestion { age: Redacted::new(AgeOnDay::Unborn), ..question("4211") };
    let directory =
        |more: &str| small(&(with(&unit("barn", "")) + &rule("barn", "barn", more) + &rule("alle", "kontor", "")));

    assert_eq!(goes(&directory("age_below = 18"), &asked), ["barn"]);
    assert_eq!(goes(&directory("unborn = true"), &asked), ["barn"]);
    assert_eq!(goes(&directory("unborn = true"), &question("4211")), ["kontor"]);
}

#[test]
fn the_explanation_says_the_limit_and_never_the_age() {
    let asked = RouteQuestion { age: Redacted::new(AgeOnDay::Months(413)), ..question("4601") };

    let route = decide(&DIRECTORY, &asked, at(TODAY)).unwrap();
    let said: String = route.steps.iter().map(|it| format!("{} {} {}\n", it.why.nb, it.why.nn, it.why.en)).collect();
    assert!(said.contains("personen er ikke under 18 år"), "{said}");
    assert!(!said.contains("413") && !said.contains("34"), "{said}");
    assert!(!format!("{asked:?}").contains("413"));
}

#[test]
fn each_rule_keeps_what_it_asked_for_and_what_was_met() {
    let route = decide(&DIRECTORY, &question("4601"), at(TODAY)).unwrap();
    let rules: Vec<_> = route
        .steps
        .iter()
        .filter_map(|it| match &it.reason {
            Reason::Rule(rule) => Some((it, rule)),
            Reason::Default { .. } | Reason::Said(_) => None,
        })
        .collect();

    assert!(!rules.is_empty());
    for (step, rule) in &rules {
        assert_eq!((&step.rule, step.fitted), (&rule.name, rule.outcome == RuleOutcome::Fits));
        assert_eq!(rule.by.number(), "4601");
        assert_eq!(rule.outcome == RuleOutcome::Unmet, rule.asks.iter().any(|it| !it.met), "{rule:?}");
    }
    let last = &rules.last().unwrap().1;
    assert_eq!(
        last.to,
        route.targets.iter().filter(|it| it.share == Share::Content).map(|it| it.unit.clone()).collect::<Vec<_>>()
    );
    assert!(format!("{rules:?}").contains("below:216"));
}

#[test]
fn a_unit_out_of_operation_is_passed_over() {
    let text = with(&unit("gammel", "valid_to = 2026-10-14"))
        + &unit("ny", "valid_from = 2026-10-15")
        + &rule("gammel", "gammel", "")
        + &rule("ny", "ny", "");
    let directory = small(&text);

    assert_eq!(units(&decide(&directory, &question("4211"), at(date(2026, 10, 14))).unwrap()), ["gammel"]);
    let route = decide(&directory, &question("4211"), at(TODAY)).unwrap();
    assert_eq!(units(&route), ["ny"]);
    assert_eq!(route.steps[0].why.en, "None of the units can receive now: gammel is not in operation today.");
}

#[test]
fn a_rule_holds_from_its_first_day_to_its_last() {
    let text = with(&unit("nytt", ""))
        + &rule("nytt", "nytt", "valid_from = 2026-10-15\nvalid_to = 2026-10-16")
        + &rule("alle", "kontor", "");
    let directory = small(&text);
    let on = |day| units(&decide(&directory, &question("4211"), at(day)).unwrap());

    assert_eq!(on(date(2026, 10, 14)), ["kontor"]);
    assert_eq!(on(date(2026, 10, 15)), ["nytt"]);
    assert_eq!(on(date(2026, 10, 16)), ["nytt"]);
    assert_eq!(on(date(2026, 10, 17)), ["kontor"]);
}

#[test]
fn the_default_follows_its_dates() {
    let text = with(&unit("nytt", "")).replace("default = \"kontor\"\n", "")
        + "\n[[default]]\nunit = \"kontor\"\nvalid_to = 2026-10-14\n[[default]]\nunit = \"nytt\"\nvalid_from = 2026-10-15\n";
    let directory = small(&text);

    assert_eq!(units(&decide(&directory, &question("4211"), at(date(2026, 10, 14))).unwrap()), ["kontor"]);
    assert_eq!(goes(&directory, &question("4211")), ["nytt"]);
}

#[test]
fn what_no_rule_takes_goes_to_the_default_with_an_alarm_or_is_rejected() {
    let text = with(&rule("barn", "kontor", "age_below = 18"));

    let route = decide(&small(&text), &question("4211"), at(TODAY)).unwrap();
    assert_eq!((units(&route), route.alarm), (vec!["kontor".to_owned()], Some(AlarmKind::Unroutable)));
    assert_eq!(route.steps.last().unwrap().rule, "(default)");

    let rejecting = small(&text.replace("when_unroutable = \"default\"", "when_unroutable = \"reject\""));
    let none = refused(&rejecting, &question("4211"));
    assert_eq!(none.code, Code::MunicipalityWithoutUnit);
    assert!(!none.steps.last().unwrap().fitted);
}

#[test]
fn a_municipality_that_is_not_here_is_refused() {
    for number in ["0301", "9998", "2100"] {
        assert_eq!(refused(&DIRECTORY, &question(number)).code, Code::MunicipalityWithoutUnit, "{number}");
    }
}

#[test]
fn the_receiver_must_be_one_of_ours_and_belong_to_the_municipality() {
    let to = |municipality, her_id| RouteQuestion { receiver: Some(HerId(her_id)), ..question(municipality) };

    assert_eq!(refused(&DIRECTORY, &to("4211", 999_991)).code, Code::ReceiverUnknown);
    assert_eq!(refused(&DIRECTORY, &to("4211", 900_021)).code, Code::ReceiverOfAnother);
    assert_eq!(refused(&DIRECTORY, &to("4211", 90002)).code, Code::ReceiverOfAnother);
    // Nobody answers for Oslo, whatever the message is addressed to.
    assert_eq!(refused(&DIRECTORY, &to("0301", 900_011)).code, Code::MunicipalityWithoutUnit);
}

#[test]
fn a_protected_address_never_reaches_a_group_by_itself() {
    let group = "\n[[unit]]\nid = \"gruppe\"\nname = \"Gruppen\"\nkind = \"group\"\n\
                 [unit.group]\nmembers = [\"leder\"]\n";
    let asked = RouteQuestion { grading: AddressGrading::Client, ..question("4211") };

    let only_group = small(&with(&(group.to_owned() + &rule("gruppen", "gruppe", ""))));
    let route = decide(&only_group, &asked, at(TODAY)).unwrap();
    assert_eq!((units(&route), route.alarm), (vec!["kontor".to_owned()], Some(AlarmKind::Unroutable)));
    assert_eq!(route.steps.last().unwrap().rule, "(protected address)");
    assert_eq!(goes(&only_group, &question("4211")), ["gruppe"]);

    let told = small(&with(&(group.to_owned() + &rule("kontoret", "kontor", "aware = [\"gruppe\"]"))));
    assert_eq!(goes(&told, &asked), ["kontor"]);
    assert_eq!(goes(&told, &question("4211")), ["kontor", "(gruppe)"]);
}

#[test]
fn the_district_is_not_spelled_out_when_the_address_is_protected() {
    let text = with("").replace("default = ", "districts = [\"421101\"]\ndefault = ")
        + &rule("bydel", "kontor", "districts = [\"421101\"]");
    let asked = RouteQuestion {
        grading: AddressGrading::StrictlyConfidential,
        district: DistrictNumber::parse("421101"),
        ..question("4211")
    };

    let route = decide(&small(&text), &asked, at(TODAY)).unwrap();
    assert!(route.steps.iter().all(|it| !it.why.nb.contains("421101")), "{:#?}", route.steps);
    let Reason::Rule(kept) = &route.steps[0].reason else { panic!("{:#?}", route.steps) };
    assert_eq!(kept.asks.iter().map(|it| (it.about, it.values.len())).collect::<Vec<_>>(), [(AskedAbout::District, 0)]);
}

#[test]
fn a_shared_unit_receives_for_its_neighbours_only_what_it_covers() {
    let text = r#"
[[municipality]]
number = "4211"
default = "gjerstad"

[[municipality]]
number = "4212"
default = "vegarshei"

[[unit]]
id = "gjerstad"
municipality = "4211"
name = "Gjerstad"
kind = "office"

[[unit]]
id = "vegarshei"
municipality = "4212"
name = "Vegårshei"
kind = "office"

[[unit]]
id = "barnekoordinator-ost"
municipality = "4211"
name = "Barnekoordinator i øst"
kind = "office"
her_ids = [900098]
[[unit.covers]]
municipality = "4212"
kinds = ["BEHOV", "ENDRET_BEHOV"]
needs = ["BARNEKOORDINATOR"]
valid_from = 2026-01-01

[[rule]]
municipality = "4212"
name = "barnekoordinator"
why = "Kommunene samarbeider om barnekoordinator."
to = ["barnekoordinator-ost"]

[[rule]]
municipality = "4212"
name = "alle"
why = "Ellers egen enhet."
to = ["vegarshei"]
"#;
    let directory = small(text);
    let child =
        RouteQuestion { needs: vec![NeedKind::ChildCoordinator], receiver: Some(HerId(900_098)), ..question("4212") };

    assert_eq!(goes(&directory, &child), ["barnekoordinator-ost"]);
    assert_eq!(goes(&directory, &question("4212")), ["vegarshei"]);
    let before =
        decide(&directory, &RouteQuestion { receiver: None, ..child.clone() }, at(date(2025, 12, 31))).unwrap();
    assert_eq!(units(&before), ["vegarshei"]);
    // Its address is good for both municipalities, and for no third one.
    let own = RouteQuestion { municipality: MunicipalityNumber::parse("4211").unwrap(), ..child };
    assert!(decide(&directory, &own, at(TODAY)).is_ok());
}

const HOSPITAL: &str = r#"
[[hospital_trust]]
organisation = "310000108"
her_ids = [80001]
default = "hf-ke"
when_unroutable = "reject"
reception = "own_unit"

[[unit]]
id = "hf-ke"
hospital_trust = "310000108"
name = "Koordinerende enhet i helseforetaket"
kind = "hospital_unit"
her_ids = [800019]

[[rule]]
hospital_trust = "310000108"
name = "hf-alle"
why = "Helseforetakets enhet leser selv."
to = ["hf-ke"]
"#;

fn with_hospital(hospital: &str) -> Directory {
    let municipality = with(&rule("alle", "kontor", "")).replace("[municipality]", "[[municipality]]");
    read(&[("gjerstad.toml", &municipality), ("hf.toml", &hospital.replace("[[hospital_trust]]", "[hospital_trust]"))])
}

fn to_hospital() -> RouteQuestion {
    RouteQuestion {
        level: ReceiverLevel::HospitalTrust,
        hospital_trust: OrgNumber::parse("310000108").ok(),
        receiver: Some(HerId(800_019)),
        ..question("4211")
    }
}

#[test]
fn a_report_of_level_hf_goes_to_the_trust_s_own_unit() {
    let directory = with_hospital(HOSPITAL);

    let route = decide(&directory, &to_hospital(), at(TODAY)).unwrap();
    assert_eq!(units(&route), ["hf-ke"]);
    assert_eq!(route.municipality.as_ref().unwrap().as_str(), "4211");
    // The same trust cannot be the address of a report to a municipality.
    let crossed = RouteQuestion { level: ReceiverLevel::Municipality, ..to_hospital() };
    assert_eq!(refused(&directory, &crossed).code, Code::ReceiverOfAnother);
}

/// A dialogue message with nothing in it but what `rule` made of it.
fn dialogue(rule: ClassificationRule, needs: Vec<NeedKind>) -> DialogueReport {
    DialogueReport {
        dialogue: Dialogue {
            version: DialogueVersion::V1_1,
            case_kind: None,
            case_title: None,
            entries: Vec::new(),
            rest: Vec::new(),
        },
        classification: Classification { rule, needs },
        patient: None,
    }
}

#[test]
fn a_dialogue_message_goes_to_the_municipality_whose_address_it_has() {
    let classified = dialogue(ClassificationRule::Words("koordinator".to_owned()), vec![NeedKind::Coordinator]);
    let unclassified = dialogue(ClassificationRule::Undecided, Vec::new());
    for directory in [&*DIRECTORY, &*REJECTING] {
        for (her_id, number, unit) in
            [(900_011, "4211", "gjerstad-tjenestekontor"), (900_031, "5614", "loppa-koordinerende-enhet")]
        {
            for report in [&classified, &unclassified] {
                let route = decide_dialogue(directory, report, Some(HerId(her_id)), at(TODAY)).unwrap();
                assert_eq!(units(&route), [unit]);
                assert_eq!(route.municipality.as_ref().unwrap().as_str(), number);
                assert_eq!((route.steps[0].rule.as_str(), route.alarm), ("(dialogue)", None));
            }
        }
    }
}

#[test]
fn an_unclassified_dialogue_message_goes_to_the_default_unit_and_a_classified_one_by_the_rules() {
    let more = "[[unit]]\nid = \"barn\"\nname = \"Barn\"\nkind = \"office\"\nher_ids = [900099]\n";
    let directory = small(&with(&(more.to_owned() + &rule("barn", "barn", "needs = [\"BARNEKOORDINATOR\"]"))));
    let to =
        |report: &DialogueReport| units(&decide_dialogue(&directory, report, Some(HerId(900_099)), at(TODAY)).unwrap());

    let words = ClassificationRule::Words("barnekoordinator".to_owned());
    assert_eq!(to(&dialogue(words, vec![NeedKind::ChildCoordinator])), ["barn"]);
    assert_eq!(to(&dialogue(ClassificationRule::Undecided, vec![NeedKind::ChildCoordinator])), ["kontor"]);
}

#[test]
fn a_dialogue_message_to_a_hospital_trust_goes_to_its_default_unit() {
    for text in [HOSPITAL.to_owned(), HOSPITAL.replace("own_unit", "relay")] {
        let directory = with_hospital(&text);
        for rule in [ClassificationRule::Undecided, ClassificationRule::CoordinatorRole] {
            let decided = decide_dialogue(&directory, &dialogue(rule, Vec::new()), Some(HerId(800_019)), at(TODAY));
            let has_default = text.contains("default");
            assert_eq!(decided.is_ok(), has_default);
            match decided {
                Ok(route) => assert_eq!((units(&route), route.municipality), (vec!["hf-ke".to_owned()], None)),
                Err(none) => assert_eq!(none.code, Code::HospitalTrustWithoutUnit),
            }
        }
    }
}

#[test]
fn a_dialogue_message_to_an_address_that_is_not_ours_is_told_so() {
    let report = dialogue(ClassificationRule::Undecided, Vec::new());
    for her_id in [Some(HerId(999_991)), None] {
        assert_eq!(decide_dialogue(&DIRECTORY, &report, her_id, at(TODAY)).unwrap_err().code, Code::ReceiverUnknown);
    }
}

/// seed: L-26
#[test]
fn a_trust_that_relays_sends_to_the_patient_s_municipality_and_is_told() {
    let directory = with_hospital(&HOSPITAL.replace("own_unit", "relay"));

    assert_eq!(goes(&directory, &to_hospital()), ["kontor", "(hf-ke)"]);
    let to_municipality = RouteQuestion { level: ReceiverLevel::Municipality, ..to_hospital() };
    assert_eq!(goes(&directory, &to_municipality), ["kontor"]);
}

#[test]
fn a_trust_that_is_not_here_or_not_named_is_refused() {
    let directory = with_hospital(HOSPITAL);

    let unnamed = RouteQuestion { hospital_trust: None, ..to_hospital() };
    assert_eq!(refused(&directory, &unnamed).code, Code::HospitalTrustWithoutUnit);
    let closed =
        with_hospital(&HOSPITAL.replace("kind = \"hospital_unit\"", "kind = \"hospital_unit\"\nvalid_to = 2026-01-01"));
    let without_address = RouteQuestion { receiver: None, ..to_hospital() };
    assert_eq!(refused(&closed, &without_address).code, Code::HospitalTrustWithoutUnit);
}

#[test]
fn relaying_needs_the_patient_s_municipality_and_not_the_hospital_s() {
    let directory = with_hospital(&HOSPITAL.replace("own_unit", "relay"));
    let elsewhere = RouteQuestion { municipality: MunicipalityNumber::parse("0301").unwrap(), ..to_hospital() };

    assert_eq!(refused(&directory, &elsewhere).code, Code::MunicipalityWithoutUnit);
}

#[test]
fn an_old_number_follows_its_only_successor() {
    let asked = RouteQuestion { receiver: Some(HerId(900_031)), ..question("5432") };

    let route = decide(&DIRECTORY, &asked, at(TODAY)).unwrap();
    assert_eq!(
        (units(&route), route.municipality.as_ref().unwrap().as_str(), route.alarm),
        (vec!["loppa-koordinerende-enhet".to_owned()], "5614", None)
    );
    assert!(route.steps[0].why.en.contains("now has number 5614"), "{:#?}", route.steps);
}

#[test]
fn an_old_number_of_a_divided_municipality_goes_to_a_default_with_an_alarm() {
    let text = r#"
[[municipality]]
number = "1580"
her_ids = [90081]
default = "haram"
when_unroutable = "reject"

[[unit]]
id = "haram"
municipality = "1580"
name = "Haram"
kind = "office"
"#;
    let directory = small(text);

    let route = decide(&directory, &question("1507"), at(TODAY)).unwrap();
    assert_eq!((units(&route), route.alarm), (vec!["haram".to_owned()], Some(AlarmKind::Unroutable)));
    assert_eq!(route.municipality.as_ref().unwrap().as_str(), "1580");
    // While the number was in use, nobody here answered for it.
    assert!(decide(&directory, &question("1507"), at(date(2023, 12, 31))).is_err());
}

#[test]
fn a_relayed_report_can_have_a_rule_of_its_own() {
    let text = with(&unit("fra-hf", ""))
        + &rule("fra-hf", "fra-hf", "relayed = true\nreporters = [\"HF_KE\"]\nadmitted = true\nurgency = \"HASTER\"")
        + &rule("alle", "kontor", "");
    let directory = small(&text);
    let relayed = RouteQuestion {
        relayed: true,
        reporter: Some(ReporterCategory::HospitalCoordinatingUnit),
        admitted: true,
        urgency: UrgencyLevel::Urgent,
        ..question("4211")
    };

    assert_eq!(goes(&directory, &relayed), ["fra-hf"]);
    for other in [
        RouteQuestion { relayed: false, ..relayed.clone() },
        RouteQuestion { reporter: Some(ReporterCategory::HospitalSomatic), ..relayed.clone() },
        RouteQuestion { admitted: false, ..relayed.clone() },
        RouteQuestion { urgency: UrgencyLevel::Ordinary, ..relayed.clone() },
    ] {
        assert_eq!(goes(&directory, &other), ["kontor"]);
    }
}
