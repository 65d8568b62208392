//! The unit directory as everybody may see it.
//!
//! Not everything there is for everybody: a unit that only reads reports about people whose address is protected is left out,
//! and so is what the rules say of them.

use crate::app::Heart;
use crate::domain::MunicipalityNumber;
use crate::domain::NeedKind;
use crate::domain::ReportKind;
use crate::inbox::Content;
use crate::inbox::ExtraOffer;
use crate::inbox::FormOffer;
use crate::inbox::PublicDirectory;
use crate::inbox::PublicUnit;
use crate::inbox::Reception;
use crate::routing::Body;
use crate::routing::Directory;
use crate::routing::Owner;
use crate::routing::Rule;
use crate::routing::Unit;
use jiff::civil::Date;
use std::sync::Arc;

impl PublicDirectory for Heart {
    fn reception(&self, number: &MunicipalityNumber, day: Date) -> Option<Reception> {
        self.with_directory(|it| reception(it, number, day))
    }

    fn receiving(&self, day: Date) -> Vec<MunicipalityNumber> {
        let mut numbers = self.with_directory(|directory| {
            let owners = directory.bodies().iter().map(|it| &it.owner);
            let municipalities = owners.filter_map(|it| match it {
                Owner::Municipality(number) => Some(number.clone()),
                Owner::HospitalTrust(_) => None,
            });
            municipalities.filter(|it| reception(directory, it, day).is_some()).collect::<Vec<_>>()
        });
        numbers.sort();
        numbers
    }

    fn content(&self) -> Arc<Content> {
        self.content_in_force()
    }
}

pub(super) fn reception(directory: &Directory, number: &MunicipalityNumber, day: Date) -> Option<Reception> {
    let owner = Owner::Municipality(number.clone());
    let body = directory.body_on(&owner, day)?;
    let default = body.default_on(day).map(|it| &it.unit);
    let serving = directory.units().iter().filter(|it| it.validity.contains(day) && it.serves(&owner, None, day));
    let mut units: Vec<PublicUnit> = serving
        .filter(|it| !is_hidden(it, body, day))
        .map(|it| public_unit(it, body, default == Some(&it.id), day))
        .collect();
    units.sort_by_key(|it| !it.is_default);
    let form = FormOffer {
        private_persons: body.form.private_persons,
        extra: body
            .form
            .extra
            .iter()
            .map(|it| ExtraOffer { code: it.code.clone(), name: it.name.clone(), service: it.service.clone() })
            .collect(),
    };
    (!units.is_empty()).then(|| Reception { her_ids: body.her_ids.clone(), units, form })
}

/// Whether the unit is there for people whose address is protected, and for nobody else.
fn is_hidden(unit: &Unit, body: &Body, day: Date) -> bool {
    let to_it: Vec<_> = rules_to(unit, body, day).collect();
    let is_default = body.default_on(day).is_some_and(|it| it.unit == unit.id);
    !is_default && !to_it.is_empty() && to_it.iter().all(|it| it.conditions.protected == Some(true))
}

fn rules_to<'a>(unit: &'a Unit, body: &'a Body, day: Date) -> impl Iterator<Item = &'a Rule> {
    body.rules.iter().filter(move |it| it.validity.contains(day) && it.to.contains(&unit.id))
}

fn public_unit(unit: &Unit, body: &Body, is_default: bool, day: Date) -> PublicUnit {
    let open = || rules_to(unit, body, day).filter(|it| it.conditions.protected != Some(true));
    let mut kinds: Vec<&'static str> =
        open().flat_map(|it| &it.conditions.kinds).map(|it| ReportKind::code(*it)).collect();
    let mut needs: Vec<&'static str> =
        open().flat_map(|it| &it.conditions.needs).map(|it| NeedKind::code(*it)).collect();
    for codes in [&mut kinds, &mut needs] {
        codes.sort_unstable();
        codes.dedup();
    }
    let contact = unit.contact.clone();
    PublicUnit {
        id: unit.id.clone(),
        name: unit.name.clone(),
        is_default,
        her_ids: unit.her_ids.clone(),
        telephone: contact.telephone,
        email: contact.email,
        post: contact.post,
        web: contact.web,
        opening_hours: contact.opening_hours,
        person: contact.person.filter(|_| contact.person_until.is_none_or(|it| day <= it)),
        deputy: contact.deputy.filter(|_| contact.person_until.is_none_or(|it| day <= it)),
        questionnaire: contact.questionnaire,
        languages: unit.languages.clone(),
        receives: open().map(|it| it.why.clone()).collect(),
        kinds,
        needs,
    }
}

#[cfg(test)]
mod tests {
    use crate::app::Heart;
    use crate::domain::MunicipalityNumber;
    use crate::inbox::PublicDirectory;
    use jiff::civil::date;

    fn number(text: &str) -> MunicipalityNumber {
        MunicipalityNumber::parse(text).unwrap()
    }

    /// seed: R-01
    /// seed in part: G-03, G-04
    #[test]
    fn every_configured_municipality_has_an_answer_and_others_have_none() {
        let (heart, day) = (Heart::example(), date(2026, 11, 22));

        let numbers: Vec<String> = heart.receiving(day).iter().map(ToString::to_string).collect();

        assert_eq!(numbers, ["1149", "4201", "4211", "4601", "5614"]);
        for it in &numbers {
            let reception = heart.reception(&number(it), day).unwrap();
            assert!(reception.units[0].is_default && reception.units[0].telephone.is_some(), "{it}");
        }
        assert!(heart.reception(&number("0301"), day).is_none());
    }

    /// seed: L-46
    #[test]
    fn every_municipality_can_be_written_to_on_paper() {
        let (heart, day) = (Heart::example(), date(2026, 11, 22));

        for it in heart.receiving(day) {
            assert!(heart.reception(&it, day).unwrap().units[0].post.is_some(), "{it}");
        }
    }

    /// seed in part: L-45
    #[test]
    fn only_loppa_offers_an_application_for_a_support_contact() {
        let (heart, day) = (Heart::example(), date(2026, 11, 22));

        let offering = heart.receiving(day).into_iter().filter(|it| {
            let extra = heart.reception(it, day).unwrap().form.extra;
            extra.iter().any(|it| it.code == "STOTTEKONTAKT")
        });

        assert_eq!(offering.map(|it| it.to_string()).collect::<Vec<_>>(), ["5614"]);
    }

    #[test]
    fn a_place_for_people_with_a_protected_address_is_not_shown_to_everybody() {
        let (heart, day) = (Heart::example(), date(2026, 11, 22));

        let city = heart.reception(&number("4601"), day).unwrap();

        assert!(city.units.len() > 3);
        assert!(city.units.iter().all(|it| it.id.0 != "storby-skjermet-mottak"));
        let sentences = city.units.iter().flat_map(|it| &it.receives);
        assert!(sentences.into_iter().all(|it| !it.nb.contains("beskyttet") && !it.nb.contains("gradert")));
    }
}
