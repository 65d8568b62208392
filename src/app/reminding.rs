//! Whom the unit directory in force names for reminders.

use crate::app::Heart;
use crate::domain::NoticeChannel;
use crate::domain::Reminder;
use crate::domain::UnitId;
use crate::domain::UnreadLimits;
use crate::routing::Directory;
use crate::work::RemindWhom;

impl RemindWhom for Heart {
    fn unread_limits(&self, unit: &UnitId) -> UnreadLimits {
        self.with_directory(|directory| {
            let Some(unit) = directory.unit(unit) else { return UnreadLimits::default() };
            let deputy_hours = unit.group.as_ref().and_then(|it| it.backup_after_unread_hours);
            UnreadLimits { unit_hours: unit.max_unread_hours, deputy_hours }
        })
    }

    fn reminder_channels(&self, unit: &UnitId, reminder: Reminder) -> Vec<NoticeChannel> {
        self.with_directory(|directory| {
            let email = mailbox(directory, unit, Some(reminder)).map(|_| NoticeChannel::Email);
            let webhook =
                directory.unit(unit).and_then(|it| it.notify.webhook.as_ref()).map(|_| NoticeChannel::Webhook);
            [email, webhook].into_iter().flatten().collect()
        })
    }

    fn groups(&self) -> Vec<UnitId> {
        self.with_directory(|directory| {
            directory.units().iter().filter(|it| it.kind.is_group()).map(|it| it.id.clone()).collect()
        })
    }
}

/// The shared mailbox that a notice about `unit` goes to.
pub(super) fn mailbox(directory: &Directory, unit: &UnitId, reminder: Option<Reminder>) -> Option<String> {
    let unit = directory.unit(unit)?;
    match reminder {
        None
        | Some(
            Reminder::Unread
            | Reminder::AnswerLate
            | Reminder::DelegationLate
            | Reminder::OfferUnanswered
            | Reminder::MeetingSpoke
            | Reminder::NobodyResponsible
            | Reminder::PassedOn,
        ) => unit.notify.email.clone(),
        Some(Reminder::UnreadDeputy) => unit.notify.deputy_email.clone(),
        // The leader calls the meeting; whoever reads the group's mailbox can tell the leader.
        Some(Reminder::MeetingTooLate) => unit.notify.leader_email.clone().or_else(|| unit.notify.email.clone()),
        Some(Reminder::UnreadLeader) => unit.notify.leader_email.clone().or_else(|| {
            let above = unit.escalate_to.as_ref().and_then(|it| directory.unit(it));
            above.and_then(|it| it.notify.email.clone())
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::mailbox;
    use crate::app::Heart;
    use crate::domain::NoticeChannel;
    use crate::domain::Reminder;
    use crate::domain::UnitId;
    use crate::work::RemindWhom as _;

    /// seed in part: G-05, R-03
    #[test]
    fn the_group_in_risor_has_a_deputy_a_leader_and_its_own_patience() {
        let (heart, unit) = (Heart::example(), UnitId("risor-koordinerende-enhet".to_owned()));
        let limits = heart.unread_limits(&unit);
        let to = |reminder| heart.with_directory(|it| mailbox(it, &unit, reminder));

        assert_eq!((limits.unit_hours, limits.deputy_hours), (Some(72), Some(48)));
        assert_eq!(to(None).as_deref(), Some("koordinerende-enhet@risor.example"));
        assert_eq!(
            to(Some(Reminder::UnreadDeputy)).as_deref(),
            Some("stedfortreder-koordinerende-enhet@risor.example")
        );
        let escalated =
            heart.with_directory(|it| it.unit(&UnitId("risor-systemkoordinator".to_owned())).unwrap().clone());
        assert_eq!(to(Some(Reminder::UnreadLeader)), escalated.notify.email);
        assert_eq!(heart.reminder_channels(&unit, Reminder::UnreadLeader), [NoticeChannel::Email]);
        assert!(
            heart
                .reminder_channels(&UnitId("risor-psykisk-helse-og-rus".to_owned()), Reminder::UnreadDeputy)
                .is_empty()
        );
    }
}
