//! The conditions of a rule: whether they fit a question, in words, and whether one rule leaves anything to a later one.
//!
//! The words name what the rule asks for and never what the report says: "the person is not under 18", not an age.

use crate::domain::AGE_BELOW;
use crate::domain::AGE_FROM;
use crate::domain::AGE_UNKNOWN;
use crate::domain::ASKED_NO;
use crate::domain::ASKED_YES;
use crate::domain::Ask;
use crate::domain::AskedAbout;
use crate::domain::DISTRICT_MISSING;
use crate::domain::DISTRICT_UNKNOWN;
use crate::domain::DistrictNumber;
use crate::domain::NeedKind;
use crate::domain::ReceiverLevel;
use crate::domain::ReportKind;
use crate::domain::ReporterCategory;
use crate::domain::Text;
use crate::domain::UnitId;
use crate::domain::UrgencyLevel;
use crate::routing::directory::Addressee;
use crate::routing::question::AgeOnDay;
use crate::routing::question::RouteQuestion;

/// What a rule asks for. Each list means "one of these"; an empty list or an absent value asks for nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Conditions {
    pub districts: Vec<DistrictChoice>,
    pub kinds: Vec<ReportKind>,
    pub needs: Vec<NeedKind>,
    pub age: Option<AgeRange>,
    pub unborn: Option<bool>,
    pub services: Vec<String>,
    pub reporters: Vec<ReporterCategory>,
    pub relayed: Option<bool>,
    pub urgency: Option<UrgencyLevel>,
    pub levels: Vec<ReceiverLevel>,
    pub admitted: Option<bool>,
    /// Whether the person's address is protected.
    pub protected: Option<bool>,
    /// Units whose HER-id the message must be addressed to.
    pub addressed_to: Vec<UnitId>,
}

/// One of the districts that a rule is for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DistrictChoice {
    Named(DistrictNumber),
    /// The report names no district.
    Missing,
    /// The report names one that the municipality does not divide its work by.
    Unknown,
}

impl DistrictChoice {
    /// As it is kept in an explanation.
    fn value(&self) -> &str {
        match self {
            Self::Named(it) => it.as_str(),
            Self::Missing => DISTRICT_MISSING,
            Self::Unknown => DISTRICT_UNKNOWN,
        }
    }
}

/// An age range, in whole months.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct AgeRange {
    /// From this age on.
    pub from_months: Option<u32>,
    /// Until the day before this age.
    pub below_months: Option<u32>,
    /// Whether an unknown age fits too.
    pub or_unknown: bool,
}

impl AgeRange {
    const fn fits(self, age: AgeOnDay) -> bool {
        let months = match age {
            AgeOnDay::Unknown => return self.or_unknown,
            AgeOnDay::Unborn => 0,
            AgeOnDay::Months(it) => it,
        };
        let old_enough = match self.from_months {
            None => true,
            Some(from) => from <= months,
        };
        let young_enough = match self.below_months {
            None => true,
            Some(below) => months < below,
        };
        old_enough && young_enough
    }

    /// As they are kept in an explanation.
    fn values(self) -> Vec<String> {
        let from = self.from_months.map(|it| format!("{AGE_FROM}{it}"));
        let below = self.below_months.map(|it| format!("{AGE_BELOW}{it}"));
        from.into_iter().chain(below).chain(self.or_unknown.then(|| AGE_UNKNOWN.to_owned())).collect()
    }

    fn includes(self, other: Self) -> bool {
        let from = self.from_months.unwrap_or(0) <= other.from_months.unwrap_or(0);
        let below = self.below_months.is_none_or(|ours| other.below_months.is_some_and(|theirs| theirs <= ours));
        from && below && (self.or_unknown || !other.or_unknown)
    }
}

/// What came of holding conditions against a question.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Fit {
    pub met: Vec<Text>,
    pub unmet: Vec<Text>,
    /// Each condition, without words.
    pub asks: Vec<Ask>,
}

impl Conditions {
    /// Whether they ask for nothing, so that everything fits.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What they ask for, as fragments of sentences: `personen er under 18 år`. Empty: everything fits.
    pub fn described(&self) -> Vec<Text> {
        let mut words: Vec<[Text; 2]> = Vec::new();
        let some = |list: bool, it: &dyn Fn() -> [Text; 2]| list.then(it);
        words.extend(some(!self.kinds.is_empty(), &|| kind_words(&self.kinds)));
        words.extend(some(!self.levels.is_empty(), &|| level_words(&self.levels)));
        words.extend(some(!self.needs.is_empty(), &|| need_words(&self.needs)));
        words.extend(self.age.map(age_words));
        words.extend(self.unborn.map(unborn_words));
        words.extend(some(!self.districts.is_empty(), &|| district_words(&self.districts, false)));
        words.extend(some(!self.services.is_empty(), &|| service_words(&self.services)));
        words.extend(some(!self.reporters.is_empty(), &|| reporter_words(&self.reporters)));
        words.extend(self.relayed.map(relayed_words));
        words.extend(self.urgency.map(urgency_words));
        words.extend(self.admitted.map(admitted_words));
        words.extend(self.protected.map(protected_words));
        words.extend(some(!self.addressed_to.is_empty(), &|| addressed_words(&self.addressed_to)));
        words.into_iter().map(|[met, _]| met).collect()
    }

    /// Holds each condition against the question. `districts` are those that the body divides its work by.
    pub(super) fn fit(&self, question: &RouteQuestion, districts: &[DistrictNumber], to: Option<Addressee<'_>>) -> Fit {
        let mut fit = Fit::default();
        let mut note = |about: AskedAbout, values: Vec<String>, met: bool, words: [Text; 2]| {
            let [yes, no] = words;
            if met {
                fit.met.push(yes)
            } else {
                fit.unmet.push(no)
            }
            fit.asks.push(Ask { about, values, met });
        };
        if !self.kinds.is_empty() {
            let met = self.kinds.contains(&question.kind);
            note(AskedAbout::Kind, values(self.kinds.iter().map(|it| it.code())), met, kind_words(&self.kinds));
        }
        if !self.levels.is_empty() {
            let met = self.levels.contains(&question.level);
            note(AskedAbout::Level, values(self.levels.iter().map(|it| it.code())), met, level_words(&self.levels));
        }
        if !self.needs.is_empty() {
            let met = self.needs.iter().any(|it| question.needs.contains(it));
            note(AskedAbout::Need, values(self.needs.iter().map(|it| it.code())), met, need_words(&self.needs));
        }
        if let Some(range) = self.age {
            note(AskedAbout::Age, range.values(), range.fits(*question.age.reveal()), age_words(range));
        }
        if let Some(wanted) = self.unborn {
            let met = wanted == (*question.age.reveal() == AgeOnDay::Unborn);
            note(AskedAbout::Unborn, yes_or_no(wanted), met, unborn_words(wanted));
        }
        if !self.districts.is_empty() {
            let (choice, protected) = (district_choice(question, districts), question.grading.is_protected());
            let named = values(self.districts.iter().filter(|_| !protected).map(DistrictChoice::value));
            let met = self.districts.contains(&choice);
            note(AskedAbout::District, named, met, district_words(&self.districts, protected));
        }
        if !self.services.is_empty() {
            let met = self.services.iter().any(|it| question.services.contains(it));
            note(AskedAbout::Service, self.services.clone(), met, service_words(&self.services));
        }
        if !self.reporters.is_empty() {
            let met = question.reporter.is_some_and(|it| self.reporters.contains(&it));
            let codes = values(self.reporters.iter().map(|it| it.code()));
            note(AskedAbout::Reporter, codes, met, reporter_words(&self.reporters));
        }
        if let Some(wanted) = self.relayed {
            note(AskedAbout::Relayed, yes_or_no(wanted), wanted == question.relayed, relayed_words(wanted));
        }
        if let Some(wanted) = self.urgency {
            note(AskedAbout::Urgency, values([wanted.code()]), wanted == question.urgency, urgency_words(wanted));
        }
        if let Some(wanted) = self.admitted {
            note(AskedAbout::Admitted, yes_or_no(wanted), wanted == question.admitted, admitted_words(wanted));
        }
        if let Some(wanted) = self.protected {
            let met = wanted == question.grading.is_protected();
            note(AskedAbout::Protected, yes_or_no(wanted), met, protected_words(wanted));
        }
        if !self.addressed_to.is_empty() {
            let met = match to {
                Some(Addressee::Unit(unit)) => self.addressed_to.contains(&unit.id),
                Some(Addressee::Body(_)) | None => false,
            };
            let units = values(self.addressed_to.iter().map(|it| it.0.as_str()));
            note(AskedAbout::Address, units, met, addressed_words(&self.addressed_to));
        }
        fit
    }

    /// Whether whatever fits `later` also fits these, so that a later rule gets nothing.
    pub(super) fn include(&self, later: &Self) -> bool {
        let age = match (self.age, later.age) {
            (None, _) => true,
            (Some(_), None) => later.unborn == Some(true) && self.age.is_some_and(|it| it.fits(AgeOnDay::Unborn)),
            (Some(ours), Some(theirs)) => ours.includes(theirs),
        };
        age && list_includes(&self.districts, &later.districts)
            && list_includes(&self.kinds, &later.kinds)
            && list_includes(&self.needs, &later.needs)
            && value_includes(self.unborn.as_ref(), later.unborn.as_ref())
            && list_includes(&self.services, &later.services)
            && list_includes(&self.reporters, &later.reporters)
            && value_includes(self.relayed.as_ref(), later.relayed.as_ref())
            && value_includes(self.urgency.as_ref(), later.urgency.as_ref())
            && list_includes(&self.levels, &later.levels)
            && value_includes(self.admitted.as_ref(), later.admitted.as_ref())
            && value_includes(self.protected.as_ref(), later.protected.as_ref())
            && list_includes(&self.addressed_to, &later.addressed_to)
    }
}

fn values<'a>(codes: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    codes.into_iter().map(str::to_owned).collect()
}

fn yes_or_no(wanted: bool) -> Vec<String> {
    values([if wanted { ASKED_YES } else { ASKED_NO }])
}

fn list_includes<T: PartialEq>(ours: &[T], theirs: &[T]) -> bool {
    ours.is_empty() || (!theirs.is_empty() && theirs.iter().all(|it| ours.contains(it)))
}

fn value_includes<T: PartialEq>(ours: Option<&T>, theirs: Option<&T>) -> bool {
    ours.is_none() || ours == theirs
}

fn district_choice(question: &RouteQuestion, districts: &[DistrictNumber]) -> DistrictChoice {
    match &question.district {
        None => DistrictChoice::Missing,
        Some(it) if districts.contains(it) => DistrictChoice::Named(it.clone()),
        Some(_) => DistrictChoice::Unknown,
    }
}

/// "a", "a or b", "a, b or c" in each language.
fn any_of<'a>(parts: impl IntoIterator<Item = &'a str>) -> Text {
    let parts: Vec<&str> = parts.into_iter().collect();
    let join = |or: &str| match parts.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} {or} {last}", first.join(", ")),
    };
    Text::owned(join("eller"), join("eller"), join("or"))
}

/// The same sentence met and unmet: `{}` stands for what the rule asks for.
fn both(value: &Text, yes: [&str; 3], no: [&str; 3]) -> [Text; 2] {
    let fill = |said: [&str; 3]| {
        Text::owned(
            said[0].replace("{}", &value.nb),
            said[1].replace("{}", &value.nn),
            said[2].replace("{}", &value.en),
        )
    };
    [fill(yes), fill(no)]
}

/// A yes-or-no condition: what is said when the answer is yes, and when it is no.
fn either(wanted: bool, yes: Text, no: Text) -> [Text; 2] {
    if wanted { [yes, no] } else { [no, yes] }
}

fn kind_words(kinds: &[ReportKind]) -> [Text; 2] {
    both(
        &any_of(kinds.iter().map(|it| it.code())),
        ["meldingstypen er {}", "meldingstypen er {}", "the kind of report is {}"],
        ["meldingstypen er ikke {}", "meldingstypen er ikkje {}", "the kind of report is not {}"],
    )
}

fn level_words(levels: &[ReceiverLevel]) -> [Text; 2] {
    both(
        &any_of(levels.iter().map(|it| it.code())),
        ["nivået er {}", "nivået er {}", "the level is {}"],
        ["nivået er ikke {}", "nivået er ikkje {}", "the level is not {}"],
    )
}

fn need_words(needs: &[NeedKind]) -> [Text; 2] {
    both(
        &any_of(needs.iter().map(|it| it.code())),
        ["det er meldt behov for {}", "det er meldt behov for {}", "a need for {} is reported"],
        ["det er ikke meldt behov for {}", "det er ikkje meldt behov for {}", "no need for {} is reported"],
    )
}

fn age_words(range: AgeRange) -> [Text; 2] {
    let limits = match (range.from_months, range.below_months) {
        (None, None) => Text::of("av en hvilken som helst alder", "av kva alder som helst", "of any age"),
        (None | Some(0), Some(below)) => {
            let [nb, nn, en] = years(below);
            Text::owned(format!("under {nb}"), format!("under {nn}"), format!("under {en}"))
        }
        (Some(from), None) => {
            let [nb, nn, en] = years(from);
            Text::owned(format!("{nb} eller eldre"), format!("{nn} eller eldre"), format!("{en} or older"))
        }
        (Some(from), Some(below)) => {
            let [nb, nn, en] = years(from);
            let [to_nb, to_nn, to_en] = years(below);
            Text::owned(
                format!("{nb} eller eldre og under {to_nb}"),
                format!("{nn} eller eldre og under {to_nn}"),
                format!("{en} or older and under {to_en}"),
            )
        }
    };
    if range.or_unknown {
        both(
            &limits,
            [
                "personen er {}, eller alderen er ikke kjent",
                "personen er {}, eller alderen er ikkje kjend",
                "the person is {}, or the age is not known",
            ],
            ["personen er ikke {}", "personen er ikkje {}", "the person is not {}"],
        )
    } else {
        both(
            &limits,
            ["personen er {}", "personen er {}", "the person is {}"],
            [
                "personen er ikke {}, eller alderen er ikke kjent",
                "personen er ikkje {}, eller alderen er ikkje kjend",
                "the person is not {}, or the age is not known",
            ],
        )
    }
}

fn years(months: u32) -> [String; 3] {
    match (months / 12, months % 12) {
        (whole, 0) => [format!("{whole} år"), format!("{whole} år"), format!("{whole}")],
        (whole, rest) => [
            format!("{whole} år og {rest} måneder"),
            format!("{whole} år og {rest} månader"),
            format!("{whole} years and {rest} months"),
        ],
    }
}

fn unborn_words(wanted: bool) -> [Text; 2] {
    either(
        wanted,
        Text::of(
            "meldingen gjelder et barn som er ventet",
            "meldinga gjeld eit barn som er venta",
            "the report is about an expected child",
        ),
        Text::of(
            "meldingen gjelder ikke et barn som er ventet",
            "meldinga gjeld ikkje eit barn som er venta",
            "the report is not about an expected child",
        ),
    )
}

fn district_words(districts: &[DistrictChoice], protected: bool) -> [Text; 2] {
    // A district tells where somebody lives, so the number is left out when the address is protected.
    if protected {
        return [
            Text::of(
                "bydelen er en av dem regelen gjelder",
                "bydelen er ein av dei regelen gjeld",
                "the district is one of the rule's",
            ),
            Text::of(
                "bydelen er ikke en av dem regelen gjelder",
                "bydelen er ikkje ein av dei regelen gjeld",
                "the district is not one of the rule's",
            ),
        ];
    }
    let in_language = |missing: &'static str, unknown: &'static str| {
        let name = move |it: &DistrictChoice| match it {
            DistrictChoice::Named(it) => it.as_str().to_owned(),
            DistrictChoice::Missing => missing.to_owned(),
            DistrictChoice::Unknown => unknown.to_owned(),
        };
        districts.iter().map(name).collect::<Vec<_>>()
    };
    let nb = in_language("ikke oppgitt", "ukjent");
    let nn = in_language("ikkje oppgitt", "ukjend");
    let en = in_language("not given", "unknown");
    let value = Text::owned(
        any_of(nb.iter().map(String::as_str)).nb.into_owned(),
        any_of(nn.iter().map(String::as_str)).nn.into_owned(),
        any_of(en.iter().map(String::as_str)).en.into_owned(),
    );
    both(
        &value,
        ["bydelen er {}", "bydelen er {}", "the district is {}"],
        ["bydelen er noe annet enn {}", "bydelen er noko anna enn {}", "the district is something else than {}"],
    )
}

fn service_words(services: &[String]) -> [Text; 2] {
    both(
        &any_of(services.iter().map(String::as_str)),
        ["{} er blant tjenestene", "{} er blant tenestene", "{} is among the services"],
        ["{} er ikke blant tjenestene", "{} er ikkje blant tenestene", "{} is not among the services"],
    )
}

fn reporter_words(reporters: &[ReporterCategory]) -> [Text; 2] {
    both(
        &any_of(reporters.iter().map(|it| it.code())),
        ["melderen er {}", "meldaren er {}", "the reporter is {}"],
        ["melderen er ikke {}", "meldaren er ikkje {}", "the reporter is not {}"],
    )
}

fn relayed_words(wanted: bool) -> [Text; 2] {
    either(
        wanted,
        Text::of(
            "meldingen er sendt videre for en annen melder",
            "meldinga er send vidare for ein annan meldar",
            "the report is relayed",
        ),
        Text::of(
            "meldingen er ikke sendt videre for en annen melder",
            "meldinga er ikkje send vidare for ein annan meldar",
            "the report is not relayed",
        ),
    )
}

fn urgency_words(wanted: UrgencyLevel) -> [Text; 2] {
    both(
        &any_of([wanted.code()]),
        ["hastegraden er {}", "hastegraden er {}", "the urgency is {}"],
        ["hastegraden er ikke {}", "hastegraden er ikkje {}", "the urgency is not {}"],
    )
}

fn admitted_words(wanted: bool) -> [Text; 2] {
    either(
        wanted,
        Text::of("personen er innlagt i sykehus", "personen er innlagd på sjukehus", "the person is in hospital"),
        Text::of(
            "personen er ikke innlagt i sykehus",
            "personen er ikkje innlagd på sjukehus",
            "the person is not in hospital",
        ),
    )
}

fn protected_words(wanted: bool) -> [Text; 2] {
    either(
        wanted,
        Text::of("adressen er gradert", "adressa er gradert", "the address is protected"),
        Text::of("adressen er ikke gradert", "adressa er ikkje gradert", "the address is not protected"),
    )
}

fn addressed_words(units: &[UnitId]) -> [Text; 2] {
    both(
        &any_of(units.iter().map(|it| it.0.as_str())),
        ["meldingen er adressert til {}", "meldinga er adressert til {}", "the message is addressed to {}"],
        [
            "meldingen er ikke adressert til {}",
            "meldinga er ikkje adressert til {}",
            "the message is not addressed to {}",
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::AgeRange;
    use super::Conditions;
    use super::age_words;
    use crate::domain::NeedKind;
    use crate::domain::ReportKind;
    use crate::routing::question::AgeOnDay;

    fn range(from: Option<u32>, below: Option<u32>) -> AgeRange {
        AgeRange { from_months: from, below_months: below, or_unknown: false }
    }

    #[test]
    fn an_age_range_ends_the_day_before_its_upper_limit() {
        let children = range(None, Some(216));

        assert!(children.fits(AgeOnDay::Months(215)) && children.fits(AgeOnDay::Unborn));
        assert!(!children.fits(AgeOnDay::Months(216)) && !children.fits(AgeOnDay::Unknown));
        assert!(AgeRange { or_unknown: true, ..children }.fits(AgeOnDay::Unknown));
    }

    #[test]
    fn words_about_age_say_the_limit_and_never_an_age() {
        assert_eq!(age_words(range(None, Some(216)))[0].nb, "personen er under 18 år");
        assert_eq!(age_words(range(Some(216), None))[0].en, "the person is 18 or older");
        assert_eq!(
            age_words(range(Some(210), Some(216)))[0].nn,
            "personen er 17 år og 6 månader eller eldre og under 18 år"
        );
    }

    #[test]
    fn a_wider_rule_leaves_nothing_to_a_narrower_one() {
        let all = Conditions::default();
        let plans = Conditions { kinds: vec![ReportKind::Need], ..Conditions::default() };
        let child_plans = Conditions { age: Some(range(None, Some(216))), ..plans.clone() };
        let coordinators = Conditions { needs: vec![NeedKind::Coordinator], ..Conditions::default() };

        assert!(all.include(&child_plans) && plans.include(&child_plans));
        assert!(!child_plans.include(&plans) && !plans.include(&coordinators) && !coordinators.include(&plans));
    }
}
