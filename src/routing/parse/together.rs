//! Brings the tables of all files together and holds them against each other.

use crate::domain::UnitId;
use crate::routing::condition::DistrictChoice;
use crate::routing::directory::Body;
use crate::routing::directory::Directory;
use crate::routing::directory::Owner;
use crate::routing::directory::Source;
use crate::routing::directory::Unit;
use crate::routing::parse::DirectoryFault;
use crate::routing::parse::fields::Placed;
use crate::routing::parse::fields::nearest;
use crate::routing::parse::tables::Drafts;
use std::cell::RefCell;

impl Drafts {
    /// The directory, without its version. Faults are added to `faults`; names are followed only when every file could
    /// be read.
    pub fn bring_together(mut self, faults: &RefCell<Vec<DirectoryFault>>, readable: bool) -> Directory {
        let check = Check { faults };
        check.nothing_stands_twice(&self);
        if readable {
            check.names_lead_somewhere(&self);
        }
        for (owner, default) in std::mem::take(&mut self.defaults) {
            if let Some(body) = self.bodies.iter_mut().find(|it| it.owner == owner) {
                body.defaults.push(default);
            }
        }
        for draft in std::mem::take(&mut self.rules) {
            if let Some(body) = self.bodies.iter_mut().find(|it| it.owner == draft.owner) {
                body.rules.push(draft.rule);
            }
        }
        let units = self.units;
        for body in &self.bodies {
            check.one_default_at_a_time(body);
            check.defaults_can_receive(body, &units);
            check.rule_names_differ(body);
        }
        let cases = self.cases.into_iter().map(|it| it.case).collect();
        Directory {
            version: String::new(),
            bodies: self.bodies,
            units,
            cases,
            routines: self.routines,
            changes: self.changes,
        }
    }
}

struct Check<'f> {
    faults: &'f RefCell<Vec<DirectoryFault>>,
}

impl Check<'_> {
    fn nothing_stands_twice(&self, drafts: &Drafts) {
        for (position, id) in drafts.ids.iter().enumerate() {
            if let Some(first) = drafts.ids[..position].iter().find(|it| it.value == id.value) {
                self.fault(
                    &id.source,
                    format!("Unit `{}` is already described at {}.", id.value, first.source),
                    "Give one of them another id.",
                );
            }
        }
        for (position, owner) in drafts.owners.iter().enumerate() {
            if let Some(first) = drafts.owners[..position].iter().find(|it| it.value == owner.value) {
                self.fault(
                    &owner.source,
                    format!("{} is already described at {}.", owner.value, first.source),
                    "Bring the two together; units, rules and default units have dates of their own.",
                );
            }
        }
    }

    fn names_lead_somewhere(&self, drafts: &Drafts) {
        for reference in &drafts.references {
            self.unit_exists(drafts, reference);
        }
        for unit in &drafts.units {
            self.owner_exists(drafts, &unit.owner, &unit.source);
        }
        for (owner, default) in &drafts.defaults {
            self.owner_exists(drafts, owner, &default.source);
        }
        for draft in &drafts.rules {
            self.owner_exists(drafts, &draft.owner, &draft.rule.source);
            let body = drafts.bodies.iter().find(|it| it.owner == draft.owner);
            self.districts_are_ours(&draft.districts, &draft.owner, body);
        }
        for draft in &drafts.cases {
            self.owner_exists(drafts, &draft.owner, &draft.case.source);
        }
    }

    fn unit_exists(&self, drafts: &Drafts, reference: &Placed<UnitId>) {
        let id = &reference.value;
        if !drafts.ids.iter().any(|it| it.value == *id) {
            let mend = match nearest(&id.0, drafts.ids.iter().map(|it| it.value.0.as_str())) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => "Describe the unit, or name one that is there.".to_owned(),
            };
            self.fault(&reference.source, format!("There is no unit `{id}`."), &mend);
        }
    }

    fn owner_exists(&self, drafts: &Drafts, owner: &Owner, source: &Source) {
        if !drafts.owners.iter().any(|it| it.value == *owner) {
            let (what, table) = match owner {
                Owner::Municipality(_) => ("municipality", "[[municipality]]"),
                Owner::HospitalTrust(_) => ("hospital trust", "[[hospital_trust]]"),
            };
            self.fault(
                source,
                format!("There is no {what} {owner} in the directory."),
                &format!("Add a table {table} for it, or correct the number."),
            );
        }
    }

    fn districts_are_ours(&self, districts: &[Placed<DistrictChoice>], owner: &Owner, body: Option<&Body>) {
        for it in districts {
            match &it.value {
                DistrictChoice::Missing | DistrictChoice::Unknown => {}
                DistrictChoice::Named(district) if body.is_none_or(|it| it.districts.contains(district)) => {}
                DistrictChoice::Named(district) => self.fault(
                    &it.source,
                    format!("District {district} is not among the `districts` of {owner}."),
                    "Add it there, or correct the number; a district that is not there counts as unknown.",
                ),
            }
        }
    }

    fn one_default_at_a_time(&self, body: &Body) {
        for (position, default) in body.defaults.iter().enumerate() {
            if let Some(first) = body.defaults[..position].iter().find(|it| it.validity.and(default.validity).is_some())
            {
                self.fault(
                    &default.source,
                    format!(
                        "{} has two default units on the same day, `{}` and `{}`.",
                        body.owner, first.unit, default.unit
                    ),
                    "End the first with `valid_to` the day before the second begins.",
                );
            }
        }
    }

    fn defaults_can_receive(&self, body: &Body, units: &[Unit]) {
        for default in &body.defaults {
            let Some(unit) = units.iter().find(|it| it.id == default.unit) else { continue };
            if unit.kind.is_read_by_many() {
                self.fault(
                    &default.source,
                    format!("`{}` is a group where nobody sits, and cannot be the default unit.", unit.id),
                    "Name a manned unit; people bring a case to the group when it should be there.",
                );
            }
        }
    }

    fn rule_names_differ(&self, body: &Body) {
        for (position, rule) in body.rules.iter().enumerate() {
            if let Some(first) = body.rules[..position].iter().find(|it| it.name == rule.name) {
                self.fault(
                    &rule.source,
                    format!("{} already has a rule `{}` at {}.", body.owner, rule.name, first.source),
                    "Give one of them another name, so that people can tell them apart.",
                );
            }
        }
    }

    fn fault(&self, source: &Source, what: String, mend: &str) {
        self.faults.borrow_mut().push(DirectoryFault { source: source.clone(), what, mend: mend.to_owned() });
    }
}
