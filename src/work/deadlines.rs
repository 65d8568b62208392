//! Reminds people of what nobody has opened or answered in time: the unit, then its deputy, then its leader; and tells the
//! leader of a group at once when something urgent has come and the group does not meet soon enough; and the unit when a case
//! fell back to nobody, or another unit has sent one. The reminders go through the queue of notices, and so are tried again;
//! each is sent once for an item, also by several nodes.

use crate::clock::Clock;
use crate::domain::Calendar;
use crate::domain::ItemId;
use crate::domain::MeetingWait;
use crate::domain::NoticeChannel;
use crate::domain::NoticeId;
use crate::domain::OFFER_WAIT_MAX;
use crate::domain::Patience;
use crate::domain::Reminder;
use crate::domain::UnitId;
use crate::domain::UnreadLimits;
use crate::domain::unread_reminders;
use crate::storage::Lingering;
use crate::storage::MeetingStore;
use crate::storage::NewNotice;
use crate::storage::ReminderStore;
use crate::storage::StoreError;
use crate::telemetry::Event;
use crate::telemetry::Metrics;
use crate::telemetry::Pulse;
use crate::work::Bell;
use crate::work::DeadlinesConfig;
use crate::work::rhythm;
use crate::work::rhythm::Rhythm;
use crate::work::rhythm::Round;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const NAME: &str = "deadlines";

/// Items that are looked at together.
const ROWS_MAX: u32 = 200;

/// Whom to remind, and how long a unit may let things lie: the unit directory in force.
pub trait RemindWhom: Send + Sync {
    fn unread_limits(&self, unit: &UnitId) -> UnreadLimits;

    /// The units that are groups, which meet now and then.
    fn groups(&self) -> Vec<UnitId>;

    /// The channels by which a reminder about `unit` reaches somebody. Empty: nobody is named.
    fn reminder_channels(&self, unit: &UnitId, reminder: Reminder) -> Vec<NoticeChannel>;
}

/// The worker. One per process is enough; several, also on several nodes, do no harm.
pub struct DeadlineWorker {
    store: Arc<dyn ReminderStore>,
    meetings: Arc<dyn MeetingStore>,
    whom: Arc<dyn RemindWhom>,
    clock: Arc<dyn Clock>,
    metrics: Arc<Metrics>,
    patience: Patience,
    calendar: Calendar,
    /// Rung when there are new notices.
    notices: Bell,
    rhythm: Rhythm,
}

impl DeadlineWorker {
    pub fn new(
        store: Arc<dyn ReminderStore>,
        meetings: Arc<dyn MeetingStore>,
        whom: Arc<dyn RemindWhom>,
        clock: Arc<dyn Clock>,
        metrics: Arc<Metrics>,
        config: &DeadlinesConfig,
        notices: Bell,
    ) -> Self {
        let period = Duration::from_secs(config.period_seconds.max(1));
        let rhythm = Rhythm::new(NAME, period, Duration::from_secs(60), &clock, &metrics);
        let (patience, calendar) = (config.patience(), Calendar::default());
        Self { store, meetings, whom, clock, metrics, patience, calendar, notices, rhythm }
    }

    /// Ring it when deadlines should be looked at now.
    pub fn bell(&self) -> Bell {
        self.rhythm.bell()
    }

    /// Whether the worker is alive; for readiness.
    pub fn pulse(&self) -> Pulse {
        self.rhythm.pulse()
    }

    /// Works until told to stop.
    pub async fn run(self, shutdown: CancellationToken) {
        rhythm::run(self, shutdown).await;
    }

    /// One look at everything that waits.
    pub async fn look(&self) -> Result<(), StoreError> {
        self.unread().await?;
        self.late().await?;
        self.urgent().await?;
        self.delegated().await?;
        self.offered().await?;
        self.left().await?;
        self.passed_on().await
    }

    async fn unread(&self) -> Result<(), StoreError> {
        let mut after = None;
        loop {
            let items = self.store.unread_items(after, ROWS_MAX).await?;
            let Some(last) = items.last() else { return Ok(()) };
            after = Some((last.received_at, last.item));
            for item in &items {
                let (limits, now) = (self.whom.unread_limits(&item.unit), self.clock.now());
                let due = unread_reminders(item.here_since, item.urgent, limits, self.patience, &self.calendar, now);
                for reminder in due.into_iter().filter(|it| !item.reminded.contains(it)) {
                    self.remind(item, reminder).await?;
                }
            }
        }
    }

    async fn late(&self) -> Result<(), StoreError> {
        loop {
            let items = self.store.late_items(self.clock.now(), ROWS_MAX).await?;
            let mut told = false;
            for item in &items {
                told |= self.remind(item, Reminder::AnswerLate).await?;
            }
            if !told || items.len() < ROWS_MAX as usize {
                return Ok(());
            }
        }
    }

    /// What is urgent and waits for a group that meets too late. A case that is on an agenda waits for that meeting.
    async fn urgent(&self) -> Result<(), StoreError> {
        let (groups, now) = (self.whom.groups(), self.clock.now());
        let items = self.store.urgent_items(&groups, ROWS_MAX).await?;
        if items.is_empty() {
            return Ok(());
        }
        let next = self.meetings.next_meetings(&groups, now).await?;
        let ids: Vec<ItemId> = items.iter().map(|it| it.item).collect();
        let discussed = self.meetings.discussed_at(&ids, now).await?;
        for item in &items {
            let on_agenda = discussed.iter().find(|it| it.0 == item.item).map(|it| it.1);
            let next = next.iter().find(|it| it.unit == item.unit).map(|it| it.plan.at);
            match MeetingWait::of(item.received_at, item.urgent, false, on_agenda.or(next)) {
                MeetingWait::InTime => {}
                MeetingWait::PastTheMonth(_) | MeetingWait::TooLongForUrgent(_) | MeetingWait::NoMeeting => {
                    self.remind(item, Reminder::MeetingTooLate).await?;
                }
            }
        }
        Ok(())
    }

    /// Appointments that were laid to a unit and not made in time: the unit and the one that asked are told, each once.
    async fn delegated(&self) -> Result<(), StoreError> {
        loop {
            let items = self.store.late_delegations(self.clock.now().date_in_norway(), ROWS_MAX).await?;
            let mut told = false;
            for item in &items {
                told |= self.remind(item, Reminder::DelegationLate).await?;
            }
            if !told || items.len() < ROWS_MAX as usize {
                return Ok(());
            }
        }
    }

    /// Offers that nobody has answered: the unit that made each is told once. The case is still its own.
    async fn offered(&self) -> Result<(), StoreError> {
        loop {
            let before = self.clock.now().minus(OFFER_WAIT_MAX);
            let items = self.store.unanswered_offers(before, ROWS_MAX).await?;
            let mut told = false;
            for item in &items {
                told |= self.remind(item, Reminder::OfferUnanswered).await?;
            }
            if !told || items.len() < ROWS_MAX as usize {
                return Ok(());
            }
        }
    }

    /// Cases that fell back to nobody: their unit is told once, each time.
    async fn left(&self) -> Result<(), StoreError> {
        loop {
            let items = self.store.left_items(ROWS_MAX).await?;
            let mut told = false;
            for item in &items {
                told |= self.remind(item, Reminder::NobodyResponsible).await?;
            }
            if !told || items.len() < ROWS_MAX as usize {
                return Ok(());
            }
        }
    }

    /// What another unit has sent here: the unit is told once, as of any message that comes.
    async fn passed_on(&self) -> Result<(), StoreError> {
        loop {
            let items = self.store.passed_on_items(self.clock.now(), ROWS_MAX).await?;
            let mut told = false;
            for item in &items {
                told |= self.remind(item, Reminder::PassedOn).await?;
            }
            if !told || items.len() < ROWS_MAX as usize {
                return Ok(());
            }
        }
    }

    async fn remind(&self, item: &Lingering, reminder: Reminder) -> Result<bool, StoreError> {
        let (unit, due) = (&item.unit, self.clock.now());
        let channels = self.whom.reminder_channels(unit, reminder);
        let notice = |channel| NewNotice { id: NoticeId(Uuid::now_v7()), unit: unit.clone(), channel, due };
        let notices: Vec<_> = channels.into_iter().map(notice).collect();
        // If somebody is named later who reads what lies unopened, they are told then.
        let waits_for_a_name = match reminder {
            Reminder::Unread | Reminder::UnreadDeputy | Reminder::UnreadLeader | Reminder::MeetingTooLate => true,
            Reminder::AnswerLate | Reminder::DelegationLate => false,
            Reminder::OfferUnanswered | Reminder::NobodyResponsible | Reminder::MeetingSpoke => false,
            Reminder::PassedOn => false,
        };
        if (notices.is_empty() && waits_for_a_name) || !self.store.remind(item, reminder, &notices, due).await? {
            return Ok(false);
        }
        if notices.is_empty() {
            return Ok(true);
        }
        self.metrics.reminded(reminder);
        self.notices.ring();
        tracing::info!(
            event = %Event::Reminded, message.id = %item.message, unit = %unit, reminder = reminder.label(),
            "somebody is reminded of what lies"
        );
        Ok(true)
    }
}

impl Round for DeadlineWorker {
    fn rhythm(&self) -> &Rhythm {
        &self.rhythm
    }

    async fn round(&mut self, _hands: &mut JoinSet<()>) -> Result<Duration, StoreError> {
        self.look().await?;
        Ok(self.rhythm.period())
    }
}

#[cfg(test)]
mod tests {
    use super::DeadlineWorker;
    use super::RemindWhom;
    use crate::clock::Clock as _;
    use crate::domain::Act;
    use crate::domain::Acting;
    use crate::domain::AnswerKind;
    use crate::domain::AnswerWay;
    use crate::domain::Authority;
    use crate::domain::Clearance;
    use crate::domain::Colleague;
    use crate::domain::LiftReason;
    use crate::domain::LiftStep;
    use crate::domain::LiftTo;
    use crate::domain::Meeting;
    use crate::domain::MeetingId;
    use crate::domain::MeetingKind;
    use crate::domain::MeetingPlan;
    use crate::domain::MeetingState;
    use crate::domain::Membership;
    use crate::domain::MembershipId;
    use crate::domain::NoticeChannel;
    use crate::domain::Particular;
    use crate::domain::Redacted;
    use crate::domain::Reference;
    use crate::domain::Reminder;
    use crate::domain::Role;
    use crate::domain::Timestamp;
    use crate::domain::UnitId;
    use crate::domain::UnreadLimits;
    use crate::storage::AccountStore as _;
    use crate::storage::Acted;
    use crate::storage::Actor;
    use crate::storage::CaseStore as _;
    use crate::storage::Claim;
    use crate::storage::Deed;
    use crate::storage::DeliveryStore as _;
    use crate::storage::DueNotice;
    use crate::storage::MeetingStore as _;
    use crate::storage::OperatorStore as _;
    use crate::storage::PeopleStore as _;
    use crate::storage::Person;
    use crate::storage::ReminderStore as _;
    use crate::storage::User;
    use crate::storage::UserId;
    use crate::telemetry::Metrics;
    use crate::work::Bell;
    use crate::work::DeadlinesConfig;
    use crate::work::testing::House;
    use crate::work::testing::PLANTED_NAME;
    use jiff::civil::date;
    use std::sync::Arc;
    use std::time::Duration;
    use uuid::Uuid;

    /// A group whose deputy and leader have mailboxes; whoever else is asked about has none.
    struct Group;

    impl RemindWhom for Group {
        fn unread_limits(&self, _: &UnitId) -> UnreadLimits {
            UnreadLimits { unit_hours: Some(2), deputy_hours: Some(32) }
        }

        fn reminder_channels(&self, unit: &UnitId, _: Reminder) -> Vec<NoticeChannel> {
            if unit.0 == "gjerstad" || unit.0 == "loppa" { vec![NoticeChannel::Email] } else { Vec::new() }
        }

        fn groups(&self) -> Vec<UnitId> {
            vec![UnitId("loppa".to_owned())]
        }
    }

    struct Office {
        house: House,
        worker: DeadlineWorker,
        metrics: Arc<Metrics>,
    }

    impl Office {
        async fn new() -> Self {
            let (house, metrics) = (House::new().await, Arc::new(Metrics::new("0")));
            let config = DeadlinesConfig::default();
            let (store, meetings, clock) = (house.store.clone(), house.store.clone(), house.clock.clone());
            let worker =
                DeadlineWorker::new(store, meetings, Arc::new(Group), clock, metrics.clone(), &config, Bell::default());
            Self { house, worker, metrics }
        }

        fn at(&self, moment: &str) {
            let moment = moment.parse::<jiff::Zoned>().unwrap().timestamp();
            self.house.clock.advance(Timestamp::from_jiff(moment).since(self.house.clock.now()));
        }

        /// What is sent after a look.
        async fn sent(&self) -> Vec<Reminder> {
            self.worker.look().await.unwrap();
            self.worker.look().await.unwrap();
            let mut sent = Vec::new();
            loop {
                let now = self.house.clock.now();
                let claim = Claim { rows_max: 9, now, until: now.plus(Duration::from_secs(60)) };
                let leases = self.house.store.claim_notices(claim).await.unwrap();
                if leases.is_empty() {
                    return sent;
                }
                for lease in leases {
                    let DueNotice { reminder, .. } = &lease.held;
                    assert!(!format!("{:?}", lease.held).contains(PLANTED_NAME));
                    sent.extend(*reminder);
                    let next = crate::domain::Next::Delivered;
                    self.house.store.settle_notice(&lease, next, None, now).await.unwrap();
                }
            }
        }
    }

    /// seed in part: G-05, R-03
    #[tokio::test]
    async fn an_unopened_report_is_told_of_once_to_each_over_easter_and_a_weekend_and_never_what_it_is() {
        let office = Office::new().await;
        office.at("2027-03-24T15:00:00+01:00[Europe/Oslo]");
        let message = office.house.receive("gjerstad", Duration::from_secs(40 * 86_400)).await;
        office.house.receive("nobody-named", Duration::from_secs(40 * 86_400)).await;

        // Maundy Thursday to Easter Monday nobody is at work.
        office.at("2027-03-29T12:00:00+02:00[Europe/Oslo]");
        assert_eq!(office.sent().await, []);
        office.at("2027-03-30T08:59:00+02:00[Europe/Oslo]");
        assert_eq!(office.sent().await, []);
        office.at("2027-03-30T09:00:00+02:00[Europe/Oslo]");
        assert_eq!(office.sent().await, [Reminder::Unread]);
        office.at("2027-04-02T15:00:00+02:00[Europe/Oslo]");
        assert_eq!(office.sent().await, [Reminder::UnreadDeputy]);
        // An hour of Friday is left, and then there is a weekend.
        office.at("2027-04-04T12:00:00+02:00[Europe/Oslo]");
        assert_eq!(office.sent().await, []);
        office.at("2027-04-05T09:00:00+02:00[Europe/Oslo]");
        assert_eq!(office.sent().await, [Reminder::UnreadLeader]);
        office.at("2027-04-20T09:00:00+02:00[Europe/Oslo]");
        assert_eq!(office.sent().await, []);

        let journal = office.house.store.message(&message.to_string()).await.unwrap().journal;
        let told: Vec<_> = journal.iter().filter(|it| it.action == "reminded").map(|it| it.detail.as_str()).collect();
        assert_eq!(told.len(), 3);
        assert!(told[1].contains("; unread_deputy of gjerstad by email"), "{told:?}");
        let numbers = office.metrics.render();
        assert!(numbers.contains("meldeport_reminders_total{reminder=\"unread_leader\"} 1"), "{numbers}");
    }

    /// seed: L-13
    #[tokio::test]
    async fn an_urgent_report_is_told_of_at_once_when_the_group_meets_in_forty_days() {
        let office = Office::new().await;
        office.at("2027-03-15T10:00:00+01:00[Europe/Oslo]");
        let meeting = |days: u64, number: u128| Meeting {
            id: MeetingId(Uuid::from_u128(number)),
            reference: Reference::from_random([7; 9]),
            unit: UnitId("loppa".to_owned()),
            kind: MeetingKind::Fixed,
            state: MeetingState::Planned,
            plan: MeetingPlan {
                at: office.house.clock.now().plus(Duration::from_secs(days * 86_400)),
                minutes: 60,
                place: String::new(),
            },
            revision: 0,
            changed_at: office.house.clock.now(),
        };
        let leader = Person { id: UserId(Uuid::from_u128(9)), display_name: "Lise Leder".to_owned() };
        office.house.store.add_meeting(&meeting(40, 1), &[], &[], &leader).await.unwrap();
        let message = office.house.receive_urgent("loppa").await;
        office.house.receive("loppa", Duration::from_secs(30 * 86_400)).await;

        assert_eq!(office.sent().await, [Reminder::MeetingTooLate], "the ordinary one can wait");
        assert_eq!(office.sent().await, [], "it is told once");
        let journal = office.house.store.message(&message.to_string()).await.unwrap().journal;
        assert!(journal.iter().any(|it| it.detail.contains("; meeting_too_late of loppa by email")));

        office.house.store.add_meeting(&meeting(3, 2), &[], &[], &leader).await.unwrap();
        office.house.receive_urgent("loppa").await;
        assert_eq!(office.sent().await, [], "the group meets in three days");
    }

    /// Each unit is told once, of the same day; another day is told of again.
    ///
    /// seed: H-29
    #[tokio::test]
    async fn a_delegated_appointment_that_is_late_is_told_to_the_unit_and_to_the_one_that_asked() {
        let office = Office::new().await;
        let message = office.house.receive("gjerstad", Duration::from_secs(400 * 86_400)).await;
        let item = office.house.store.unread_items(None, 9).await.unwrap()[0].item;
        let units = vec![UnitId("gjerstad".to_owned())];
        let who = Colleague { id: Uuid::from_u128(1), name: "Kari Prøve".to_owned() };
        let laid = Particular::Delegate {
            item: Uuid::from_u128(2),
            to: UnitId("psykisk-helse".to_owned()),
            due: date(2026, 11, 30),
            text: Some(Redacted::new("Plantet tekst".to_owned())),
        };
        for act in [Act::Open, Act::Take, Act::Note { what: laid }] {
            let by = Acting { who: who.clone(), authority: Authority::Own, at: office.house.clock.now() };
            let deed = Deed { item, units: units.clone(), act, by, version: None };
            assert!(matches!(office.house.store.act_on_case(&deed).await.unwrap(), Acted::Done { .. }));
        }

        office.at("2026-11-30T15:00:00+01:00[Europe/Oslo]");
        let before = office.sent().await;
        office.at("2026-12-01T00:01:00+01:00[Europe/Oslo]");
        let late = office.sent().await;
        let again = office.sent().await;

        // Only the one that asked has a mailbox here; the journal says that both were meant.
        assert!(!before.contains(&Reminder::DelegationLate) && !again.contains(&Reminder::DelegationLate));
        assert_eq!(late.iter().filter(|it| **it == Reminder::DelegationLate).count(), 1);
        let journal = office.house.store.message(&message.to_string()).await.unwrap().journal;
        let told: Vec<_> = journal.iter().filter(|it| it.detail.contains("delegation_late")).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        for unit in ["gjerstad", "psykisk-helse"] {
            assert!(told.iter().any(|it| it.detail.contains(&format!("delegation_late of {unit}"))), "{told:?}");
        }
        assert!(!format!("{journal:?}").contains("Plantet"));
    }

    /// It is at once as if a message had come; but not of what is taken back at once.
    #[tokio::test]
    async fn a_unit_is_told_of_a_case_that_another_lifts_to_it_when_it_cannot_be_undone() {
        let office = Office::new().await;
        office.house.receive("gjerstad", Duration::from_secs(400 * 86_400)).await;
        let item = office.house.store.unread_items(None, 9).await.unwrap()[0].item;
        let to = LiftTo::Group { item: Uuid::from_u128(2), group: UnitId("loppa".to_owned()) };
        let lift = Act::Lift { to, reason: LiftReason::NotSolvedOtherwise, step: LiftStep::Two, text: None };
        let who = Colleague { id: Uuid::from_u128(1), name: "Kari Prøve".to_owned() };
        for act in [Act::Open, Act::Take, lift] {
            let by = Acting { who: who.clone(), authority: Authority::Own, at: office.house.clock.now() };
            let deed = Deed { item, units: vec![UnitId("gjerstad".to_owned())], act, by, version: None };
            assert!(matches!(office.house.store.act_on_case(&deed).await.unwrap(), Acted::Done { .. }));
        }
        assert_eq!(office.sent().await, [], "it can be undone");

        office.house.clock.advance(Duration::from_secs(11));
        assert_eq!(office.sent().await, [Reminder::PassedOn]);
        assert_eq!(office.sent().await, [], "once");
    }

    /// Also when it has been answered, after which no other reminder would ever say that it lies there.
    #[tokio::test]
    async fn a_case_that_falls_back_to_nobody_is_told_to_the_unit_each_time() {
        let office = Office::new().await;
        let message = office.house.receive("gjerstad", Duration::from_secs(400 * 86_400)).await;
        let item = office.house.store.unread_items(None, 9).await.unwrap()[0].item;
        let unit = UnitId("gjerstad".to_owned());
        let user = User {
            id: UserId(Uuid::from_u128(1)),
            login: "nora".to_owned(),
            display_name: "Nora Prøve".to_owned(),
            units: Vec::new(),
            ended_at: None,
        };
        let (store, clock) = (&office.house.store, &office.house.clock);
        store.add_user(&user, clock.now()).await.unwrap();
        let who = Colleague { id: user.id.0, name: user.display_name.clone() };
        let text = Redacted::new("Plantet svar".to_owned());
        let answer = Act::Answer { kind: AnswerKind::Preliminary, text, way: AnswerWay::Telephone, basis: None };
        for acts in [vec![Act::Open, Act::Take, answer], vec![Act::Take]] {
            let (from, to) = (clock.now(), Some(clock.now().plus(Duration::from_secs(3600))));
            let (id, role, clearance) = (MembershipId(0), Role::CaseWorker, Clearance::Ordinary);
            let wanted = Membership { id, unit: unit.clone(), role, case: None, clearance, from, to };
            store.grant(user.id, &wanted, &Actor::House, from).await.unwrap();
            for act in acts {
                let by = Acting { who: who.clone(), authority: Authority::Own, at: clock.now() };
                let deed = Deed { item, units: vec![unit.clone()], act, by, version: None };
                assert!(matches!(store.act_on_case(&deed).await.unwrap(), Acted::Done { .. }));
            }
            assert!(!office.sent().await.contains(&Reminder::NobodyResponsible), "she has it");

            clock.advance(Duration::from_secs(3600));
            assert_eq!(store.let_go(clock.now(), 9).await.unwrap(), 1);
            assert_eq!(office.sent().await, [Reminder::NobodyResponsible]);
            assert_eq!(office.sent().await, []);
        }
        let journal = store.message(&message.to_string()).await.unwrap().journal;
        let told: Vec<_> = journal.iter().filter(|it| it.detail.contains("nobody_responsible of gjerstad")).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(!format!("{told:?}").contains("Nora"), "and not who it was");
    }

    #[tokio::test]
    async fn when_the_month_is_over_without_an_answer_the_unit_is_reminded_once() {
        let office = Office::new().await;
        office.house.receive("gjerstad", Duration::from_secs(3600)).await;

        office.house.clock.advance(Duration::from_secs(3599));
        assert_eq!(office.sent().await, []);
        office.house.clock.advance(Duration::from_secs(1));
        assert_eq!(office.sent().await, [Reminder::AnswerLate]);
        assert_eq!(office.sent().await, []);
    }
}
