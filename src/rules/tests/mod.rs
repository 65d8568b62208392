//! Each family has a file of trials: one change to a good message, and exactly the codes that are told then. Exactly, so
//! that no rule complains about what only follows from another's finding.

mod build;
mod envelope;
mod families;
mod person;
mod settling;

use crate::domain::Code;
use crate::domain::RuleFamily;
use crate::rules::Case;
use crate::rules::Context;
use crate::rules::RULES;
use crate::rules::Told;
use build::Trial;
use std::collections::BTreeSet;

fn trials() -> impl Iterator<Item = &'static Trial> {
    let files: [&[Trial]; 3] = [envelope::TRIALS, person::TRIALS, families::TRIALS];
    files.into_iter().flatten()
}

#[test]
fn good_messages_are_told_nothing() {
    assert_eq!(build::about_adult().observations(), []);
    assert_eq!(build::about_child().observations(), []);
}

#[test]
fn every_trial_is_told_exactly_what_it_says() {
    let wrong: Vec<_> = trials().filter_map(Trial::run).collect();

    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_code_of_the_rules_is_dead() {
    let tried: BTreeSet<&str> = trials().flat_map(|it| it.told).map(|it| it.id()).collect();
    let ours = |id: &str| ("MP-230".."MP-280").contains(&id) || ("MP-401"..="MP-478").contains(&id);
    let dead: Vec<_> = Code::ALL.iter().map(|it| it.id()).filter(|it| ours(it) && !tried.contains(it)).collect();

    assert!(dead.is_empty(), "no trial tells {dead:?}");
    // The last of the block is for what keeps a draft from becoming a report.
    assert!(settling::tells_of_obstacles());
}

#[test]
fn every_family_but_the_schemas_has_rules() {
    // What these tell is told beside the rules of the array: by the schema check, and of a message that is no report.
    let apart = [RuleFamily::Schema, RuleFamily::CareMessages];
    for family in RuleFamily::ALL.into_iter().filter(|it| !apart.contains(it)) {
        assert!(RULES.iter().any(|it| it.family == family), "{family:?}");
    }
}

#[test]
fn a_rule_tells_codes_of_its_own_family_or_of_none() {
    // A question's person is told at the header's patient by the rule that looks there.
    let lent = [Code::QuestionWithPatient];
    for trial in trials() {
        let mut message = (trial.from)();
        (trial.change)(&mut message);
        let context = Context {
            rulebook: &message.rulebook,
            sender: &message.sender,
            received_at: message.received_at,
            channel: crate::domain::Channel::Https,
        };
        let case = Case::new(&message.head, message.draft.as_ref(), &message.attachments, &context);
        for rule in RULES {
            let mut told = Told::default();
            (rule.look)(&case, &mut told);
            for code in told.into_observations().iter().map(|it| it.code).filter(|it| !lent.contains(it)) {
                let family = code.entry().family;
                assert!(family.is_none_or(|it| it == rule.family), "{}: {}", rule.name, code.id());
            }
        }
    }
}

#[test]
fn names_of_rules_are_unique() {
    let names: BTreeSet<_> = RULES.iter().map(|it| it.name).collect();
    assert_eq!(names.len(), RULES.len());
}
