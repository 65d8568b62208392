//! Numbers for a Prometheus server: all names, and the ways to count.

use crate::domain::AlarmKind;
use crate::domain::Channel;
use crate::domain::Code;
use crate::domain::DeliveryState;
use crate::domain::Deviation;
use crate::domain::ItemState;
use crate::domain::MessageState;
use crate::domain::NoticeChannel;
use crate::domain::OutboundState;
use crate::domain::Reminder;
use crate::domain::Severity;
use crate::domain::UnitId;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use prometheus_client::registry::Unit;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

/// The type that `/metrics` answers with.
pub const METRICS_MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Every metric. The word `meldeport_` stands before its name, its unit and `_total` after it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Metric {
    Build,
    MessagesJudged,
    MessagesRefused,
    MessagesInFlight,
    Findings,
    DeviationsTolerated,
    Accept,
    Judge,
    NoticeAttempts,
    NoticeAttempt,
    NoticeWait,
    Reminders,
    MessagesStored,
    InboxItems,
    Notices,
    Outbound,
    HookEvents,
    OldestUnread,
    OldestQueuedNotice,
    OldestQueuedHookEvent,
    OldestQueuedOutbound,
    RefusalsKept,
    AlarmsOpen,
    AlarmsRaised,
    CertificateEndsIn,
    WorkerTrouble,
    SignInsFailed,
    SignInsHeldBack,
}

impl Metric {
    pub const ALL: [Self; 28] = [
        Self::Build,
        Self::MessagesJudged,
        Self::MessagesRefused,
        Self::MessagesInFlight,
        Self::Findings,
        Self::DeviationsTolerated,
        Self::Accept,
        Self::Judge,
        Self::NoticeAttempts,
        Self::NoticeAttempt,
        Self::NoticeWait,
        Self::Reminders,
        Self::MessagesStored,
        Self::InboxItems,
        Self::Notices,
        Self::Outbound,
        Self::HookEvents,
        Self::OldestUnread,
        Self::OldestQueuedNotice,
        Self::OldestQueuedHookEvent,
        Self::OldestQueuedOutbound,
        Self::RefusalsKept,
        Self::AlarmsOpen,
        Self::AlarmsRaised,
        Self::CertificateEndsIn,
        Self::WorkerTrouble,
        Self::SignInsFailed,
        Self::SignInsHeldBack,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Build => "build",
            Self::MessagesJudged => "messages_judged",
            Self::MessagesRefused => "messages_refused",
            Self::MessagesInFlight => "messages_in_flight",
            Self::Findings => "findings",
            Self::DeviationsTolerated => "deviations_tolerated",
            Self::Accept => "accept",
            Self::Judge => "judge",
            Self::NoticeAttempts => "notice_attempts",
            Self::NoticeAttempt => "notice_attempt",
            Self::NoticeWait => "notice_wait",
            Self::Reminders => "reminders",
            Self::MessagesStored => "messages_stored",
            Self::InboxItems => "inbox_items",
            Self::Notices => "notices",
            Self::Outbound => "outbound",
            Self::HookEvents => "hook_events",
            Self::OldestUnread => "oldest_unread",
            Self::OldestQueuedNotice => "oldest_queued_notice",
            Self::OldestQueuedHookEvent => "oldest_queued_hook_event",
            Self::OldestQueuedOutbound => "oldest_queued_outbound",
            Self::RefusalsKept => "refusals_kept",
            Self::AlarmsOpen => "alarms_open",
            Self::AlarmsRaised => "alarms_raised",
            Self::CertificateEndsIn => "certificate_ends_in",
            Self::WorkerTrouble => "worker_trouble",
            Self::SignInsFailed => "sign_ins_failed",
            Self::SignInsHeldBack => "sign_ins_held_back",
        }
    }

    pub const fn help(self) -> &'static str {
        match self {
            Self::Build => "The version that runs",
            Self::MessagesJudged => "Messages answered with a verdict, by door and verdict",
            Self::MessagesRefused => "What could not be answered with a receipt, by code",
            Self::MessagesInFlight => "Messages being taken in just now",
            Self::Findings => "Findings about senders' messages, by code and severity",
            Self::DeviationsTolerated => "Small deviations let pass, by sender and deviation",
            Self::Accept => "From the last byte read until the commit is synced",
            Self::Judge => "Judging alone",
            Self::NoticeAttempts => "Attempts to tell a unit, by channel and outcome",
            Self::NoticeAttempt => "How long one attempt to tell a unit took",
            Self::NoticeWait => "From the message's arrival until the unit was told",
            Self::Reminders => "Reminders of what nobody has opened or answered, by kind",
            Self::MessagesStored => "Messages in the database, by state",
            Self::InboxItems => "Items in inboxes, by unit and state",
            Self::Notices => "Notices, by state",
            Self::Outbound => "What units have sent, by state",
            Self::HookEvents => "What case systems are to be told by webhook, by state",
            Self::OldestUnread => "How long the oldest unread item has waited; 0 when none waits",
            Self::OldestQueuedNotice => "How long the oldest queued notice has waited; 0 when none waits",
            Self::OldestQueuedHookEvent => {
                "How long the oldest that a case system is to be told by webhook has waited; 0 when none waits"
            }
            Self::OldestQueuedOutbound => {
                "How long the oldest that a unit has sent has waited to be delivered; 0 when none waits"
            }
            Self::RefusalsKept => "Refusals in the database",
            Self::AlarmsOpen => "Alarms that a person must deal with",
            Self::AlarmsRaised => "Alarms raised, by kind, also when already open",
            Self::CertificateEndsIn => "Until a certificate ends; negative when it has",
            Self::WorkerTrouble => "Rounds of a worker that failed, by worker",
            Self::SignInsFailed => "Sign-ins to the inbox that failed, by reason",
            Self::SignInsHeldBack => {
                "Times that an address, or a known browser, had so many failures that the next must wait"
            }
        }
    }

    /// What it is measured in; `None` for counts.
    pub fn unit(self) -> Option<Unit> {
        match self {
            Self::Accept
            | Self::Judge
            | Self::NoticeAttempt
            | Self::NoticeWait
            | Self::OldestUnread
            | Self::OldestQueuedNotice
            | Self::OldestQueuedHookEvent
            | Self::OldestQueuedOutbound
            | Self::CertificateEndsIn => Some(Unit::Seconds),
            Self::Build
            | Self::MessagesJudged
            | Self::MessagesRefused
            | Self::MessagesInFlight
            | Self::Findings
            | Self::DeviationsTolerated
            | Self::NoticeAttempts
            | Self::Reminders
            | Self::MessagesStored
            | Self::InboxItems
            | Self::Notices
            | Self::Outbound
            | Self::HookEvents
            | Self::RefusalsKept
            | Self::AlarmsOpen
            | Self::AlarmsRaised
            | Self::WorkerTrouble
            | Self::SignInsFailed
            | Self::SignInsHeldBack => None,
        }
    }
}

/// What came of an attempt to tell a unit.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NoticeOutcome {
    Delivered,
    Postponed,
    Abandoned,
}

impl NoticeOutcome {
    pub const fn label(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Postponed => "postponed",
            Self::Abandoned => "abandoned",
        }
    }
}

type One = [(&'static str, &'static str); 1];
type Two = [(&'static str, &'static str); 2];
type Named = [(&'static str, String); 1];
type NamedTwo = [(&'static str, String); 2];
type FloatGauge = Gauge<f64, AtomicU64>;

/// All numbers of one house. Cheap to share; counting takes well under a microsecond.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    judged: Family<Two, Counter>,
    refused: Family<One, Counter>,
    in_flight: Gauge,
    findings: Family<Two, Counter>,
    deviations_tolerated: Family<NamedTwo, Counter>,
    accept: Family<One, Histogram>,
    judge: Family<One, Histogram>,
    notice_attempts: Family<Two, Counter>,
    notice_attempt: Family<One, Histogram>,
    notice_wait: Family<One, Histogram>,
    reminders: Family<One, Counter>,
    messages_stored: Family<One, Gauge>,
    inbox_items: Family<NamedTwo, Gauge>,
    notices: Family<One, Gauge>,
    outbound: Family<One, Gauge>,
    hook_events: Family<One, Gauge>,
    oldest_unread: FloatGauge,
    oldest_queued_notice: FloatGauge,
    oldest_queued_hook_event: FloatGauge,
    oldest_queued_outbound: FloatGauge,
    refusals_kept: Gauge,
    alarms_open: Gauge,
    alarms_raised: Family<One, Counter>,
    certificate_ends_in: Family<Named, FloatGauge>,
    trouble: Family<One, Counter>,
    sign_ins_failed: Family<One, Counter>,
    sign_ins_held_back: Family<One, Counter>,
}

impl Metrics {
    /// `version` is that of the program.
    pub fn new(version: &'static str) -> Self {
        let fast =
            || Histogram::new([0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0]);
        let slow = || Histogram::new([0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0]);
        let patient =
            || Histogram::new([0.1, 1.0, 5.0, 30.0, 60.0, 300.0, 900.0, 3600.0, 14_400.0, 86_400.0, 259_200.0]);
        let mut it = Self {
            registry: Registry::with_prefix("meldeport"),
            judged: Family::default(),
            refused: Family::default(),
            in_flight: Gauge::default(),
            findings: Family::default(),
            deviations_tolerated: Family::default(),
            accept: Family::new_with_constructor(fast),
            judge: Family::new_with_constructor(fast),
            notice_attempts: Family::default(),
            notice_attempt: Family::new_with_constructor(slow),
            notice_wait: Family::new_with_constructor(patient),
            reminders: Family::default(),
            messages_stored: Family::default(),
            inbox_items: Family::default(),
            notices: Family::default(),
            outbound: Family::default(),
            hook_events: Family::default(),
            oldest_unread: FloatGauge::default(),
            oldest_queued_notice: FloatGauge::default(),
            oldest_queued_hook_event: FloatGauge::default(),
            oldest_queued_outbound: FloatGauge::default(),
            refusals_kept: Gauge::default(),
            alarms_open: Gauge::default(),
            alarms_raised: Family::default(),
            certificate_ends_in: Family::default(),
            trouble: Family::default(),
            sign_ins_failed: Family::default(),
            sign_ins_held_back: Family::default(),
        };
        it.register(version);
        // Counters that alerts are built on stand at 0 from the start, so that the first step up is seen as one.
        for kind in AlarmKind::ALL {
            drop(it.alarms_raised.get_or_create(&[("kind", kind.label())]));
        }
        it
    }

    fn register(&mut self, version: &'static str) {
        for metric in Metric::ALL {
            match metric {
                Metric::Build => self.enter(metric, Info::new([("version", version)])),
                Metric::MessagesJudged => self.enter(metric, self.judged.clone()),
                Metric::MessagesRefused => self.enter(metric, self.refused.clone()),
                Metric::MessagesInFlight => self.enter(metric, self.in_flight.clone()),
                Metric::Findings => self.enter(metric, self.findings.clone()),
                Metric::DeviationsTolerated => self.enter(metric, self.deviations_tolerated.clone()),
                Metric::Accept => self.enter(metric, self.accept.clone()),
                Metric::Judge => self.enter(metric, self.judge.clone()),
                Metric::NoticeAttempts => self.enter(metric, self.notice_attempts.clone()),
                Metric::NoticeAttempt => self.enter(metric, self.notice_attempt.clone()),
                Metric::NoticeWait => self.enter(metric, self.notice_wait.clone()),
                Metric::Reminders => self.enter(metric, self.reminders.clone()),
                Metric::MessagesStored => self.enter(metric, self.messages_stored.clone()),
                Metric::InboxItems => self.enter(metric, self.inbox_items.clone()),
                Metric::Notices => self.enter(metric, self.notices.clone()),
                Metric::Outbound => self.enter(metric, self.outbound.clone()),
                Metric::HookEvents => self.enter(metric, self.hook_events.clone()),
                Metric::OldestUnread => self.enter(metric, self.oldest_unread.clone()),
                Metric::OldestQueuedNotice => self.enter(metric, self.oldest_queued_notice.clone()),
                Metric::OldestQueuedHookEvent => self.enter(metric, self.oldest_queued_hook_event.clone()),
                Metric::OldestQueuedOutbound => self.enter(metric, self.oldest_queued_outbound.clone()),
                Metric::RefusalsKept => self.enter(metric, self.refusals_kept.clone()),
                Metric::AlarmsOpen => self.enter(metric, self.alarms_open.clone()),
                Metric::AlarmsRaised => self.enter(metric, self.alarms_raised.clone()),
                Metric::CertificateEndsIn => self.enter(metric, self.certificate_ends_in.clone()),
                Metric::WorkerTrouble => self.enter(metric, self.trouble.clone()),
                Metric::SignInsFailed => self.enter(metric, self.sign_ins_failed.clone()),
                Metric::SignInsHeldBack => self.enter(metric, self.sign_ins_held_back.clone()),
            }
        }
    }

    fn enter(&mut self, metric: Metric, body: impl prometheus_client::registry::Metric) {
        match metric.unit() {
            None => self.registry.register(metric.name(), metric.help(), body),
            Some(unit) => self.registry.register_with_unit(metric.name(), metric.help(), unit, body),
        }
    }

    /// All numbers as OpenMetrics text.
    pub fn render(&self) -> String {
        let mut text = String::new();
        encode(&mut text, &self.registry).expect("writing to a string does not fail");
        text
    }

    /// A message has its verdict and is stored. `verdict` is one of a closed list: `accepted`, `rejected`, `stuck`, or
    /// `known` for one that we had already.
    pub fn message_decided(&self, channel: Channel, verdict: &'static str) {
        self.judged.get_or_create(&[("channel", channel.label()), ("verdict", verdict)]).inc();
    }

    /// From the last byte read until the commit was synced, so many seconds.
    pub fn accepting_took(&self, channel: Channel, seconds: f64) {
        self.accept.get_or_create(&[("channel", channel.label())]).observe(seconds);
    }

    /// Judging alone took so many seconds.
    pub fn judging_took(&self, channel: Channel, seconds: f64) {
        self.judge.get_or_create(&[("channel", channel.label())]).observe(seconds);
    }

    pub fn message_refused(&self, code: Code) {
        self.refused.get_or_create(&[("code", code.label())]).inc();
    }

    /// +1 when a message begins to come in, −1 when it has been answered.
    pub fn in_flight(&self, delta: i64) {
        self.in_flight.inc_by(delta);
    }

    pub fn finding(&self, code: Code, severity: Severity) {
        self.findings.get_or_create(&[("code", code.label()), ("severity", severity.label())]).inc();
    }

    /// `sender` is the name of a registered sender.
    pub fn deviation_tolerated(&self, sender: &str, deviation: Deviation) {
        let labels = [("sender", sender.to_owned()), ("deviation", deviation.key().to_owned())];
        self.deviations_tolerated.get_or_create(&labels).inc();
    }

    pub fn notice_attempted(&self, channel: NoticeChannel, outcome: NoticeOutcome, took: Duration) {
        self.notice_attempts.get_or_create(&[("channel", channel.label()), ("outcome", outcome.label())]).inc();
        self.notice_attempt.get_or_create(&[("channel", channel.label())]).observe(took.as_secs_f64());
    }

    /// A unit has been told, so long after the message came.
    pub fn notice_waited(&self, channel: NoticeChannel, wait: Duration) {
        self.notice_wait.get_or_create(&[("channel", channel.label())]).observe(wait.as_secs_f64());
    }

    /// Somebody is reminded of what nobody has opened or answered.
    pub fn reminded(&self, reminder: Reminder) {
        self.reminders.get_or_create(&[("reminder", reminder.label())]).inc();
    }

    pub fn alarm_raised(&self, kind: AlarmKind) {
        self.alarms_raised.get_or_create(&[("kind", kind.label())]).inc();
    }

    /// A round of `worker` failed; it goes on with the next.
    pub fn worker_trouble(&self, worker: &'static str) {
        self.trouble.get_or_create(&[("worker", worker)]).inc();
    }

    /// Somebody was not let in to the inbox. `reason` is from a closed list.
    pub fn sign_in_failed(&self, reason: &'static str) {
        self.sign_ins_failed.get_or_create(&[("reason", reason)]).inc();
    }

    /// The next ones `from` an address, or a known browser, must wait.
    pub fn sign_ins_held_back(&self, from: &'static str) {
        self.sign_ins_held_back.get_or_create(&[("from", from)]).inc();
    }

    pub fn set_messages_stored(&self, counts: &[(MessageState, u64)]) {
        for state in MessageState::ALL {
            let count = counts.iter().filter(|(it, _)| *it == state).map(|(_, count)| *count).sum();
            self.messages_stored.get_or_create(&[("state", state.label())]).set(signed(count));
        }
    }

    /// Units that have gone from `counts` since the last time are forgotten.
    pub fn set_inbox_items(&self, counts: &[(UnitId, ItemState, u64)]) {
        self.inbox_items.clear();
        for (unit, state, count) in counts {
            let labels = [("unit", unit.0.clone()), ("state", state.label().to_owned())];
            self.inbox_items.get_or_create(&labels).set(signed(*count));
        }
    }

    pub fn set_notices(&self, counts: &[(DeliveryState, u64)]) {
        for state in DeliveryState::ALL {
            let count = counts.iter().filter(|(it, _)| *it == state).map(|(_, count)| *count).sum();
            self.notices.get_or_create(&[("state", state.label())]).set(signed(count));
        }
    }

    /// What units have sent by where it stands, and for how long the oldest that waits has; `None`: none waits.
    pub fn set_outbound(&self, counts: &[(OutboundState, u64)], oldest: Option<Duration>) {
        self.oldest_queued_outbound.set(oldest.unwrap_or_default().as_secs_f64());
        for state in OutboundState::ALL {
            let count = counts.iter().filter(|(it, _)| *it == state).map(|(_, count)| *count).sum();
            self.outbound.get_or_create(&[("state", state.label())]).set(signed(count));
        }
    }

    /// What case systems are to be told by webhook: how many wait, for how long the oldest has (`None`: none waits), and how many
    /// were given up.
    pub fn set_hook_events(&self, queued: u64, oldest: Option<Duration>, abandoned: u64) {
        self.hook_events.get_or_create(&[("state", "queued")]).set(signed(queued));
        self.hook_events.get_or_create(&[("state", "abandoned")]).set(signed(abandoned));
        self.oldest_queued_hook_event.set(oldest.unwrap_or_default().as_secs_f64());
    }

    /// How long the oldest of each has waited; `None`: none waits.
    pub fn set_oldest(&self, unread: Option<Duration>, queued_notice: Option<Duration>) {
        self.oldest_unread.set(unread.unwrap_or_default().as_secs_f64());
        self.oldest_queued_notice.set(queued_notice.unwrap_or_default().as_secs_f64());
    }

    pub fn set_refusals_kept(&self, count: u64) {
        self.refusals_kept.set(signed(count));
    }

    pub fn set_alarms_open(&self, count: u64) {
        self.alarms_open.set(signed(count));
    }

    /// Seconds until the certificate of `subject` (`own`, or a registered sender's name) ends; negative when it has.
    pub fn set_certificate_ends_in(&self, subject: &str, seconds: f64) {
        self.certificate_ends_in.get_or_create(&[("subject", subject.to_owned())]).set(seconds);
    }
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::Metric;
    use super::Metrics;
    use super::NoticeOutcome;
    use crate::domain::Channel;
    use crate::domain::Code;
    use crate::domain::Deviation;
    use crate::domain::ItemState;
    use crate::domain::NoticeChannel;
    use crate::domain::OutboundState;
    use crate::domain::Reminder;
    use crate::domain::Severity;
    use crate::domain::UnitId;
    use std::collections::HashSet;
    use std::time::Duration;

    #[test]
    fn every_metric_is_rendered_under_its_own_name() {
        let metrics = Metrics::new("0.1.0");
        metrics.message_decided(Channel::Https, "accepted");
        metrics.accepting_took(Channel::Https, 0.0);
        metrics.judging_took(Channel::Https, 0.0);
        metrics.message_refused(Code::BodyEmpty);
        metrics.finding(Code::BodyEmpty, Severity::Error);
        metrics.deviation_tolerated("a", Deviation::DateDigits);
        metrics.notice_attempted(NoticeChannel::Email, NoticeOutcome::Delivered, Duration::ZERO);
        metrics.notice_waited(NoticeChannel::Email, Duration::ZERO);
        metrics.reminded(Reminder::Unread);
        metrics.set_messages_stored(&[]);
        metrics.set_inbox_items(&[(UnitId("a".to_owned()), ItemState::Unread, 2)]);
        metrics.set_notices(&[]);
        metrics.set_outbound(&[], None);
        metrics.set_hook_events(0, None, 0);
        metrics.set_certificate_ends_in("own", 1.0);
        metrics.worker_trouble("notices");
        metrics.sign_in_failed("down");
        metrics.sign_ins_held_back("address");
        let text = metrics.render();

        let names: HashSet<_> = Metric::ALL.iter().map(|it| it.name()).collect();
        assert_eq!(names.len(), Metric::ALL.len());
        for metric in Metric::ALL {
            assert!(text.contains(&format!("# HELP meldeport_{}", metric.name())), "{} in\n{text}", metric.name());
        }
        assert!(text.ends_with("# EOF\n"));
    }

    #[test]
    fn what_is_counted_is_told() {
        let metrics = Metrics::new("0.1.0");

        metrics.message_decided(Channel::Https, "accepted");
        metrics.accepting_took(Channel::Https, 0.003);
        metrics.message_refused(Code::BodyEmpty);
        metrics.deviation_tolerated("eksempel-sykehus", Deviation::DateDigits);
        metrics.in_flight(2);
        metrics.in_flight(-1);
        metrics.notice_attempted(NoticeChannel::Email, NoticeOutcome::Delivered, Duration::from_millis(20));
        metrics.set_outbound(&[(OutboundState::Queued, 1)], Some(Duration::from_secs(30)));
        metrics.set_hook_events(2, Some(Duration::from_secs(90)), 1);
        metrics.set_certificate_ends_in("own", -3.5);

        let text = metrics.render();
        for line in [
            "meldeport_build_info{version=\"0.1.0\"} 1",
            "meldeport_messages_judged_total{channel=\"https\",verdict=\"accepted\"} 1",
            "meldeport_accept_seconds_bucket{le=\"0.005\",channel=\"https\"} 1",
            "meldeport_messages_refused_total{code=\"body_empty\"} 1",
            "meldeport_deviations_tolerated_total{sender=\"eksempel-sykehus\",deviation=\"date_digits\"} 1",
            "meldeport_messages_in_flight 1",
            "meldeport_notice_attempts_total{channel=\"email\",outcome=\"delivered\"} 1",
            "meldeport_certificate_ends_in_seconds{subject=\"own\"} -3.5",
            "meldeport_hook_events{state=\"queued\"} 2",
            "meldeport_hook_events{state=\"abandoned\"} 1",
            "meldeport_oldest_queued_hook_event_seconds 90.0",
            "meldeport_outbound{state=\"queued\"} 1",
            "meldeport_oldest_queued_outbound_seconds 30.0",
        ] {
            assert!(text.contains(line), "{line} is not in\n{text}");
        }
    }

    #[test]
    fn a_unit_that_has_gone_is_forgotten() {
        let metrics = Metrics::new("0.1.0");
        let unit = |it: &str| UnitId(it.to_owned());

        metrics.set_inbox_items(&[(unit("a"), ItemState::Unread, 2), (unit("b"), ItemState::Unread, 1)]);
        metrics.set_inbox_items(&[(unit("b"), ItemState::Unread, 1)]);

        let text = metrics.render();
        assert!(!text.contains("unit=\"a\""), "{text}");
        assert!(text.contains("meldeport_inbox_items{unit=\"b\",state=\"unread\"} 1"), "{text}");
    }
}
