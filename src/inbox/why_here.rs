//! Why a report came to this unit: each step of the explanation in the reader's own language (hvorfor den kom hit).
//!
//! A person's address may be protected: then nothing here names a municipality, a district or a unit; nor what a rule is called,
//! or what was written of why there is one. Operators have the
//! same steps with codes, in `meldeport message show`.

use crate::domain::AGE_BELOW;
use crate::domain::AGE_FROM;
use crate::domain::AGE_UNKNOWN;
use crate::domain::ASKED_YES;
use crate::domain::Ask;
use crate::domain::AskedAbout;
use crate::domain::CoordinatingBody;
use crate::domain::DISTRICT_MISSING;
use crate::domain::DISTRICT_UNKNOWN;
use crate::domain::Language;
use crate::domain::Reason;
use crate::domain::RuleOutcome;
use crate::domain::RuleReason;
use crate::domain::UnitId;
use crate::domain::UrgencyLevel;
use crate::inbox::House;
use crate::inbox::texts::Words;
use crate::inbox::view::unit_name;
use crate::storage::ItemDetail;
use crate::storage::KeptStep;

/// One step.
pub(super) struct WhyStep {
    pub sentences: Vec<String>,
    /// It decided, as opposed to what was looked at before.
    pub decided: bool,
    /// What the rule is called in the unit directory, for a talk with operations.
    pub rule: String,
    /// The language of a sentence that was kept in bokmål alone.
    pub lang: Option<&'static str>,
}

impl WhyStep {
    fn said(sentences: Vec<String>) -> Self {
        Self { sentences, decided: false, rule: String::new(), lang: None }
    }
}

/// Every step, in order; empty when nothing was kept.
pub(super) fn steps(detail: &ItemDetail, house: &House, language: Language) -> Vec<WhyStep> {
    let teller = Teller { house, t: Words(language), protected: detail.row.protected };
    let by = detail.route.iter().find_map(|it| match it.reason.as_ref()? {
        Reason::Rule(it) => Some(&it.by),
        Reason::Default { by, .. } => Some(by),
        Reason::Said(_) => None,
    });
    let first = by.map(|it| WhyStep::said(vec![teller.t.why_sent_to(&teller.body(it))]));
    let is_rule = |it: &KeptStep| matches!(it.reason, Some(Reason::Rule(_)));
    let first_rule = detail.route.iter().position(is_rule);
    let step = |(at, it)| teller.step(it, first_rule == Some(at));
    first.into_iter().chain(detail.route.iter().enumerate().map(step)).collect()
}

struct Teller<'a> {
    house: &'a House,
    t: Words,
    protected: bool,
}

impl Teller<'_> {
    fn step(&self, step: &KeptStep, is_first_rule: bool) -> WhyStep {
        match &step.reason {
            // Nobody knows what an old sentence names.
            None if self.protected => WhyStep::said(vec![self.t.why_hidden().to_owned()]),
            None => WhyStep { lang: Some(Language::Nb.tag()), ..WhyStep::said(vec![step.said.clone()]) },
            // A number is a municipality's or an address's.
            Some(Reason::Said(it)) if self.protected && it.nb.contains(|it: char| it.is_ascii_digit()) => {
                WhyStep::said(vec![self.t.why_hidden().to_owned()])
            }
            Some(Reason::Said(it)) => WhyStep::said(vec![it.in_language(self.t.0).to_owned()]),
            Some(Reason::Default { by, unit }) => {
                let unit = if self.protected { self.t.why_this_unit().to_owned() } else { self.unit(unit) };
                WhyStep { decided: true, ..WhyStep::said(vec![self.t.why_default(&self.body(by), &unit)]) }
            }
            Some(Reason::Rule(it)) => self.rule(it, is_first_rule),
        }
    }

    fn rule(&self, rule: &RuleReason, is_first: bool) -> WhyStep {
        let t = self.t;
        let decided = rule.outcome == RuleOutcome::Fits;
        let asked: Vec<String> = rule.asks.iter().map(|it| self.asked(it)).collect();
        let to = match (self.protected, decided) {
            (true, true) => t.why_this_unit().to_owned(),
            (true, false) => t.why_another_unit().to_owned(),
            (false, _) => t.why_and(rule.to.iter().map(|it| self.unit(it)).collect()),
        };
        let mut sentences = vec![t.why_decided(&self.body(&rule.by), &t.why_and(asked.clone()), &to, is_first)];
        match rule.outcome {
            RuleOutcome::Fits => {
                sentences.push(t.why_holds().to_owned());
                // What the municipality wrote of it may name a place.
                let why = Some(rule.why.in_language(t.0).to_owned());
                sentences.extend(why.filter(|it| !it.is_empty() && !self.protected));
                if !rule.aware.is_empty() && !self.protected {
                    let units = rule.aware.iter().map(|it| self.unit(it)).collect();
                    sentences.push(t.why_aware(&t.why_and(units)));
                }
                sentences.extend(self.left_out(rule));
            }
            RuleOutcome::Unmet if asked.len() == 1 => sentences.push(t.why_does_not_hold().to_owned()),
            RuleOutcome::Unmet => {
                let unmet = rule.asks.iter().zip(asked).filter(|(ask, _)| !ask.met).map(|it| it.1).collect();
                sentences.push(t.why_unmet(&t.why_and(unmet)));
            }
            RuleOutcome::InVain => {
                sentences.push(t.why_in_vain().to_owned());
                sentences.extend(self.left_out(rule));
            }
            RuleOutcome::NotInForce => sentences.push(t.why_not_in_force().to_owned()),
        }
        // And rules are called what people call them, after the place more often than not.
        let rule = if self.protected { String::new() } else { rule.name.clone() };
        WhyStep { decided, rule, ..WhyStep::said(sentences) }
    }

    /// One sentence for each unit that could not receive. Which one is not said of a person whose address is protected.
    fn left_out(&self, rule: &RuleReason) -> Vec<String> {
        let unit = |it| if self.protected { self.t.why_one_unit().to_owned() } else { self.unit(it) };
        rule.left_out.iter().map(|(it, why)| self.t.why_left_out(&unit(it), *why)).collect()
    }

    /// What a rule asks for, to stand after "reports where".
    fn asked(&self, ask: &Ask) -> String {
        let t = self.t;
        let yes = ask.values.first().is_some_and(|it| it == ASKED_YES);
        let words = |list: &str| t.why_or(ask.values.iter().map(|it| in_sentence(&t.code(list, it))).collect());
        match ask.about {
            AskedAbout::Kind => {
                t.why_kind(&t.why_or(ask.values.iter().map(|it| format!("«{}»", t.code("Meldingstype", it))).collect()))
            }
            AskedAbout::Level => t.why_level(&words("MottakerNivaa")),
            AskedAbout::Need => t.why_need(&words("BehovType")),
            AskedAbout::Age => self.age(&ask.values),
            AskedAbout::Unborn => t.why_unborn(yes).to_owned(),
            AskedAbout::District => self.districts(&ask.values),
            AskedAbout::Service => t.why_service(&words("TjenesteType")),
            AskedAbout::Reporter => t.why_reporter(&words("MelderKategori")),
            AskedAbout::Relayed => t.why_relayed(yes).to_owned(),
            AskedAbout::Urgency => {
                t.why_urgent(ask.values.iter().any(|it| it == UrgencyLevel::Urgent.code())).to_owned()
            }
            AskedAbout::Admitted => t.why_admitted(yes).to_owned(),
            AskedAbout::Protected => t.why_protected(yes).to_owned(),
            AskedAbout::Address if self.protected => t.why_address(t.why_one_unit()),
            AskedAbout::Address => {
                t.why_address(&t.why_or(ask.values.iter().map(|it| self.unit(&UnitId(it.clone()))).collect()))
            }
        }
    }

    fn age(&self, values: &[String]) -> String {
        let months = |prefix: &str| values.iter().find_map(|it| it.strip_prefix(prefix)?.parse::<u32>().ok());
        let from = months(AGE_FROM).filter(|it| *it > 0);
        let or_unknown = values.iter().any(|it| it == AGE_UNKNOWN);
        self.t.why_age(from, months(AGE_BELOW), or_unknown)
    }

    fn districts(&self, values: &[String]) -> String {
        if values.is_empty() {
            return self.t.why_district_hidden().to_owned();
        }
        let said = |it: &String| match it.as_str() {
            DISTRICT_MISSING => self.t.why_district_missing().to_owned(),
            DISTRICT_UNKNOWN => self.t.why_district_unknown().to_owned(),
            number => self.t.why_district(number),
        };
        self.t.why_or(values.iter().map(said).collect())
    }

    fn unit(&self, unit: &UnitId) -> String {
        unit_name(self.house, unit)
    }

    fn body(&self, body: &CoordinatingBody) -> String {
        match body {
            CoordinatingBody::HospitalTrust(_) => self.t.why_the_trust().to_owned(),
            CoordinatingBody::Municipality(_) if self.protected => self.t.why_the_municipality().to_owned(),
            CoordinatingBody::Municipality(number) => match self.house.inbox.names.municipality(number) {
                Some(name) => self.t.why_municipality(&name),
                None => self.t.why_municipality(number.as_str()),
            },
        }
    }
}

/// A word of a list in the middle of a sentence: its first letter is small, unless it is an abbreviation (NAV, IP).
fn in_sentence(word: &str) -> String {
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(word.chars().skip(1)).collect()
        }
        _ => word.to_owned(),
    }
}
