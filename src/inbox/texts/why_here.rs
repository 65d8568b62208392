//! Why a report came to a unit.

use crate::domain::Language;
use crate::domain::LeftOut;
use crate::inbox::texts::Words;
use crate::inbox::texts::words;

words! {
    why_rule_name
        "Regelen heter"
        "Regelen heiter"
        "The rule is called"
    why_decided_here
        "Dette avgjorde"
        "Dette avgjorde"
        "This decided"
    why_the_municipality
        "kommunen"
        "kommunen"
        "the municipality"
    why_the_trust
        "helseforetaket"
        "helseføretaket"
        "the hospital trust"
    why_this_unit
        "denne enheten"
        "denne eininga"
        "this unit"
    why_another_unit
        "en annen enhet"
        "ei anna eining"
        "another unit"
    why_one_unit
        "en av enhetene"
        "ei av einingane"
        "one of the units"
    why_hidden
        "Dette trinnet vises ikke, fordi adressen er gradert."
        "Dette steget blir ikkje vist, fordi adressa er gradert."
        "This step is not shown, because the address is graded."
    why_holds
        "Det stemmer for denne meldingen."
        "Det stemmer for denne meldinga."
        "That is so for this report."
    why_does_not_hold
        "Det stemmer ikke for denne meldingen."
        "Det stemmer ikkje for denne meldinga."
        "That is not so for this report."
    why_in_vain
        "Det stemmer for denne meldingen, men ingen der kunne ta imot da den kom."
        "Det stemmer for denne meldinga, men ingen der kunne ta imot då ho kom."
        "That is so for this report, but nobody there could receive when it came."
    why_not_in_force
        "Det gjaldt ikke den dagen meldingen kom."
        "Det galdt ikkje den dagen meldinga kom."
        "That did not hold on the day the report came."
    why_district_hidden
        "personen bor i en bestemt bydel"
        "personen bur i ein bestemt bydel"
        "the person lives in a certain district"
    why_district_missing
        "bydelen ikke er oppgitt"
        "bydelen ikkje er oppgitt"
        "no district is given"
    why_district_unknown
        "bydelen er ukjent"
        "bydelen er ukjend"
        "the district is unknown"
}

impl Words {
    pub(in crate::inbox) fn why_municipality(self, name: &str) -> String {
        match self.0 {
            Language::Nb | Language::Nn => format!("{name} kommune"),
            Language::En => format!("{name} municipality"),
        }
    }

    pub(in crate::inbox) fn why_sent_to(self, body: &str) -> String {
        match self.0 {
            Language::Nb => format!("Meldingen er til {body}."),
            Language::Nn => format!("Meldinga er til {body}."),
            Language::En => format!("The report is for {body}."),
        }
    }

    /// `asked` is empty when it holds for every report, or for every other when rules were looked at before.
    pub(in crate::inbox) fn why_decided(self, body: &str, asked: &str, to: &str, first: bool) -> String {
        let all = if first {
            self.pick("alle meldinger", "alle meldingar", "all reports")
        } else {
            self.pick("alle andre meldinger", "alle andre meldingar", "all other reports")
        };
        let said = match (self.0, asked.is_empty()) {
            (Language::Nb | Language::Nn, true) => format!("{body} har bestemt at {all} går til {to}."),
            (Language::En, true) => format!("{body} has decided that {all} go to {to}."),
            (Language::Nb, false) => format!("{body} har bestemt at meldinger der {asked}, går til {to}."),
            (Language::Nn, false) => format!("{body} har bestemt at meldingar der {asked}, går til {to}."),
            (Language::En, false) => format!("{body} has decided that reports where {asked} go to {to}."),
        };
        capital(&said)
    }

    pub(in crate::inbox) fn why_default(self, body: &str, to: &str) -> String {
        capital(&match self.0 {
            Language::Nb => format!("{body} har bestemt at det som ikke skal til noen andre, går til {to}."),
            Language::Nn => format!("{body} har bestemt at det som ikkje skal til nokon andre, går til {to}."),
            Language::En => format!("{body} has decided that what is for nobody else goes to {to}."),
        })
    }

    pub(in crate::inbox) fn why_unmet(self, unmet: &str) -> String {
        match self.0 {
            Language::Nb => format!("Dette stemmer ikke for denne meldingen: at {unmet}."),
            Language::Nn => format!("Dette stemmer ikkje for denne meldinga: at {unmet}."),
            Language::En => format!("This is not so for this report: that {unmet}."),
        }
    }

    pub(in crate::inbox) fn why_aware(self, units: &str) -> String {
        capital(&match self.0 {
            Language::Nb => format!("{units} får bare vite at meldingen finnes, og hvem som har den."),
            Language::Nn => format!("{units} får berre vite at meldinga finst, og kven som har ho."),
            Language::En => format!("Only told that the report exists, and who has it: {units}."),
        })
    }

    pub(in crate::inbox) fn why_left_out(self, unit: &str, why: LeftOut) -> String {
        let why = match why {
            LeftOut::NotInOperation => {
                self.pick("var ikke i drift den dagen", "var ikkje i drift den dagen", "was not in operation that day")
            }
            LeftOut::OtherReports => self.pick(
                "tar ikke imot slike meldinger for kommunen",
                "tek ikkje imot slike meldingar for kommunen",
                "does not receive such reports for the municipality",
            ),
            LeftOut::NoMembers => self.pick(
                "er en gruppe som ikke hadde medlemmer den dagen",
                "er ei gruppe som ikkje hadde medlemmer den dagen",
                "is a group that had no members that day",
            ),
            LeftOut::ProtectedAddress => self.pick(
                "er en gruppe, og meldinger om personer med gradert adresse går ikke til grupper av seg selv",
                "er ei gruppe, og meldingar om personar med gradert adresse går ikkje til grupper av seg sjølve",
                "is a group, and reports about people with a graded address do not go to groups by themselves",
            ),
        };
        capital(&format!("{unit} {why}."))
    }

    pub(in crate::inbox) fn why_kind(self, kinds: &str) -> String {
        match self.0 {
            Language::Nb | Language::Nn => format!("meldingstypen er {kinds}"),
            Language::En => format!("the kind of report is {kinds}"),
        }
    }

    pub(in crate::inbox) fn why_level(self, levels: &str) -> String {
        match self.0 {
            Language::Nb | Language::Nn => format!("mottakeren er {levels}"),
            Language::En => format!("the receiver is the {levels}"),
        }
    }

    pub(in crate::inbox) fn why_need(self, needs: &str) -> String {
        match self.0 {
            Language::Nb | Language::Nn => format!("det er meldt behov for {needs}"),
            Language::En => format!("a need is reported for {needs}"),
        }
    }

    pub(in crate::inbox) fn why_service(self, services: &str) -> String {
        match self.0 {
            Language::Nb => format!("{services} er blant tjenestene"),
            Language::Nn => format!("{services} er blant tenestene"),
            Language::En => format!("{services} is among the services"),
        }
    }

    pub(in crate::inbox) fn why_reporter(self, reporters: &str) -> String {
        match self.0 {
            Language::Nb => format!("den som melder, er {reporters}"),
            Language::Nn => format!("den som melder, er {reporters}"),
            Language::En => format!("the reporter is {reporters}"),
        }
    }

    pub(in crate::inbox) fn why_address(self, units: &str) -> String {
        match self.0 {
            Language::Nb => format!("adressaten er {units}"),
            Language::Nn => format!("adressaten er {units}"),
            Language::En => format!("the addressee is {units}"),
        }
    }

    pub(in crate::inbox) fn why_district(self, number: &str) -> String {
        match self.0 {
            Language::Nb => format!("personen bor i bydel {number}"),
            Language::Nn => format!("personen bur i bydel {number}"),
            Language::En => format!("the person lives in district {number}"),
        }
    }

    pub(in crate::inbox) const fn why_unborn(self, yes: bool) -> &'static str {
        if yes {
            self.pick(
                "det gjelder et barn som er ventet",
                "det gjeld eit barn som er venta",
                "an expected child is meant",
            )
        } else {
            self.pick("personen er født", "personen er fødd", "the person is born")
        }
    }

    pub(in crate::inbox) const fn why_relayed(self, yes: bool) -> &'static str {
        if yes {
            self.pick(
                "avsenderen sender for noen andre",
                "avsendaren sender for nokon andre",
                "the sender sends for somebody else",
            )
        } else {
            self.pick("avsenderen selv melder", "avsendaren sjølv melder", "the sender is also the reporter")
        }
    }

    pub(in crate::inbox) const fn why_urgent(self, yes: bool) -> &'static str {
        if yes {
            self.pick("det haster", "det hastar", "it is urgent")
        } else {
            self.pick("det ikke haster", "det ikkje hastar", "it is not urgent")
        }
    }

    pub(in crate::inbox) const fn why_admitted(self, yes: bool) -> &'static str {
        if yes {
            self.pick("personen er innlagt i sykehus", "personen er innlagd på sjukehus", "the person is in hospital")
        } else {
            self.pick(
                "personen ikke er innlagt i sykehus",
                "personen ikkje er innlagd på sjukehus",
                "the person is not in hospital",
            )
        }
    }

    pub(in crate::inbox) const fn why_protected(self, yes: bool) -> &'static str {
        if yes {
            self.pick("adressen er gradert", "adressa er gradert", "the address is graded")
        } else {
            self.pick("adressen ikke er gradert", "adressa ikkje er gradert", "the address is not graded")
        }
    }

    /// Limits in months.
    pub(in crate::inbox) fn why_age(self, from: Option<u32>, below: Option<u32>, or_unknown: bool) -> String {
        let at = |months| self.age(months);
        let said = match (self.0, from, below) {
            (Language::Nb, None, None) => "personen har hvilken som helst alder".to_owned(),
            (Language::Nn, None, None) => "personen har kva alder som helst".to_owned(),
            (Language::En, None, None) => "the person is of any age".to_owned(),
            (Language::Nb | Language::Nn, None, Some(below)) => format!("personen er under {}", at(below)),
            (Language::En, None, Some(below)) => format!("the person is under {}", at(below)),
            (Language::Nb | Language::Nn, Some(from), None) => format!("personen er {} eller eldre", at(from)),
            (Language::En, Some(from), None) => format!("the person is {} or older", at(from)),
            (Language::Nb, Some(from), Some(below)) => {
                format!("personen er {} eller eldre, og under {}", at(from), at(below))
            }
            (Language::Nn, Some(from), Some(below)) => {
                format!("personen er {} eller eldre, og under {}", at(from), at(below))
            }
            (Language::En, Some(from), Some(below)) => {
                format!("the person is {} or older, and under {}", at(from), at(below))
            }
        };
        let or_unknown = or_unknown.then(|| {
            self.pick(", eller alderen ikke er kjent", ", eller alderen ikkje er kjend", ", or the age is not known")
        });
        said + or_unknown.unwrap_or_default()
    }

    fn age(self, months: u32) -> String {
        match (self.0, months / 12, months % 12) {
            (Language::Nb | Language::Nn, whole, 0) => format!("{whole} år"),
            (Language::Nb, whole, rest) => format!("{whole} år og {rest} måneder"),
            (Language::Nn, whole, rest) => format!("{whole} år og {rest} månader"),
            (Language::En, whole, 0) => whole.to_string(),
            (Language::En, whole, rest) => format!("{whole} years and {rest} months"),
        }
    }

    /// "a, b or c".
    pub(in crate::inbox) fn why_or(self, parts: Vec<String>) -> String {
        joined(parts, self.pick("eller", "eller", "or"))
    }

    /// "a, b and c".
    pub(in crate::inbox) fn why_and(self, parts: Vec<String>) -> String {
        joined(parts, self.pick("og", "og", "and"))
    }
}

fn joined(mut parts: Vec<String>, word: &str) -> String {
    match parts.pop() {
        None => String::new(),
        Some(last) if parts.is_empty() => last,
        Some(last) => format!("{} {word} {last}", parts.join(", ")),
    }
}

/// The first letter of a sentence.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
