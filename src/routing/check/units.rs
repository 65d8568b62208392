//! Gaps of units: who is told, who reads, who sends.

use crate::domain::Severity;
use crate::domain::Text;
use crate::routing::check::GapKind;
use crate::routing::check::Look;
use crate::routing::directory::Group;
use crate::routing::directory::Owner;
use crate::routing::directory::Role;
use crate::routing::directory::Unit;
use crate::routing::directory::UnitKind;

impl Look<'_> {
    pub(super) fn unit(&mut self, unit: &Unit) {
        let id = &unit.id.0;
        if unit.notify.email.is_none() && unit.notify.webhook.is_none() {
            let text = Text::owned(
                format!("Ingen får vite at en melding venter hos {id}. Sett opp e-post eller webhook under notify."),
                format!("Ingen får vite at ei melding ventar hos {id}. Set opp e-post eller webhook under notify."),
                format!("Nobody is told when a report waits at {id}. Set up e-mail or a webhook under notify."),
            );
            self.tell(GapKind::NoNotifyChannel, Severity::Warning, id, &unit.source, text);
        }
        self.ends_soon(unit.validity, id, &unit.source, ["Enheten", "Eininga", "The unit"]);
        for cover in &unit.covers {
            self.ends_soon(cover.validity, id, &unit.source, ["Dekningen til", "Dekninga til", "The cover of"]);
        }
        self.covers_are_used(unit);
        if let Some(group) = &unit.group {
            self.group(unit, group);
        }
        self.is_used(unit);
    }

    fn group(&mut self, unit: &Unit, group: &Group) {
        let id = &unit.id.0;
        if !group.members.iter().any(|it| it.validity.contains(self.today)) {
            let text = Text::owned(
                format!(
                    "{id} har ingen medlemmer i dag. Meldinger som skulle dit, går til standardenheten med en alarm."
                ),
                format!(
                    "{id} har ingen medlemmer i dag. Meldingar som skulle dit, går til standardeininga med ein alarm."
                ),
                format!(
                    "{id} has no members today. Reports that should go there go to the default unit with an alarm."
                ),
            );
            self.tell(GapKind::GroupWithoutMembers, Severity::Error, id, &unit.source, text);
        }
        if group.deputy.is_none() && group.backup_reader.is_none() {
            let text = Text::owned(
                format!(
                    "{id} har verken stedfortreder eller reserveleser. Når den som leser er borte, blir meldinger liggende."
                ),
                format!(
                    "{id} har verken stadfortredar eller reservelesar. Når den som les er borte, blir meldingar liggjande."
                ),
                format!(
                    "{id} has neither a deputy nor a backup reader. When the one who reads is away, reports lie waiting."
                ),
            );
            self.tell(GapKind::GroupWithoutDeputy, Severity::Warning, id, &unit.source, text);
        }
        let told = &unit.notify;
        if group.backup_after_unread_hours.is_some() && told.deputy_email.is_none() && told.webhook.is_none() {
            let text = Text::owned(
                format!(
                    "{id} har backup_after_unread_hours, men ingen får beskjed da. Oppgi deputy_email under notify."
                ),
                format!(
                    "{id} har backup_after_unread_hours, men ingen får beskjed då. Oppgi deputy_email under notify."
                ),
                format!("{id} has backup_after_unread_hours, but nobody is told then. Give deputy_email under notify."),
            );
            self.tell(GapKind::NoNotifyChannel, Severity::Warning, id, &unit.source, text);
        }
        let reader = match unit.kind {
            UnitKind::LeaderGroup => group.leader.as_ref(),
            UnitKind::Group => group.secretary.as_ref().or(group.leader.as_ref()),
            UnitKind::Office | UnitKind::ServiceArea | UnitKind::ContactPoint | UnitKind::HospitalUnit => return,
        };
        if reader.is_none() {
            let text = Text::owned(
                format!("{id} har ingen som leser: verken leder eller sekretær er oppgitt."),
                format!("{id} har ingen som les: verken leiar eller sekretær er oppgitt."),
                format!("{id} has nobody who reads: neither leader nor secretary is named."),
            );
            self.tell(GapKind::GroupWithoutReader, Severity::Error, id, &unit.source, text);
        }
        let officers = [&group.leader, &group.secretary, &group.deputy, &group.backup_reader];
        let mut absent: Vec<&Role> =
            officers.into_iter().flatten().filter(|it| !group.has_member_on(it, self.today)).collect();
        absent.dedup();
        for role in absent {
            let text = Text::owned(
                format!("Rollen {role} har en oppgave i {id}, men er ikke medlem i dag."),
                format!("Rolla {role} har ei oppgåve i {id}, men er ikkje medlem i dag."),
                format!("The role {role} has a task in {id}, but is not a member today."),
            );
            self.tell(GapKind::GroupWithoutReader, Severity::Warning, id, &unit.source, text);
        }
        for member in &group.members {
            let role = &member.role;
            self.ends_soon(
                member.validity,
                id,
                &unit.source,
                [&format!("Plassen til {role} i"), &format!("Plassen til {role} i"), &format!("The seat of {role} in")],
            );
        }
    }

    fn covers_are_used(&mut self, unit: &Unit) {
        let today = self.today;
        for cover in unit.covers.iter().filter(|it| !it.validity.ends_before(today)) {
            let owner = Owner::Municipality(cover.municipality.clone());
            let body = self.directory.bodies.iter().find(|it| it.owner == owner);
            let used = body.is_some_and(|it| {
                it.defaults.iter().any(|it| it.unit == unit.id) || it.rules.iter().any(|it| it.to.contains(&unit.id))
            });
            if !used {
                let (id, number) = (&unit.id, &cover.municipality);
                let text = Text::owned(
                    format!("{id} dekker {number}, men ingen regel der sender til enheten."),
                    format!("{id} dekkjer {number}, men ingen regel der sender til eininga."),
                    format!("{id} covers {number}, but no rule there sends to the unit."),
                );
                self.tell(GapKind::CoverUnused, Severity::Warning, &unit.id.0, &unit.source, text);
            }
        }
    }

    fn is_used(&mut self, unit: &Unit) {
        // Nobody sends to such a group: people bring cases to it.
        if unit.kind.is_read_by_many() {
            return;
        }
        let in_bodies = self.directory.bodies.iter().any(|body| {
            body.defaults.iter().any(|it| it.unit == unit.id)
                || body.rules.iter().any(|it| it.to.contains(&unit.id) || it.aware.contains(&unit.id))
        });
        let escalated = self.directory.units.iter().any(|it| it.escalate_to.as_ref() == Some(&unit.id));
        if !in_bodies && !escalated {
            let id = &unit.id;
            let text = Text::owned(
                format!("Ingen regel sender noe til {id}."),
                format!("Ingen regel sender noko til {id}."),
                format!("No rule sends anything to {id}."),
            );
            self.tell(GapKind::UnitUnused, Severity::Warning, &id.0, &unit.source, text);
        }
    }
}
