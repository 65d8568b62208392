//! Watches over what nobody looks at: how long things have waited, and when certificates end.

use crate::clock::Clock;
use crate::domain::AlarmKind;
use crate::domain::NewAlarm;
use crate::domain::Timestamp;
use crate::storage::OperatorStore;
use crate::storage::StoreError;
use crate::telemetry::CertificateBook;
use crate::telemetry::Event;
use crate::telemetry::LISTS;
use crate::telemetry::Metrics;
use crate::telemetry::Pulse;
use crate::work::WatchConfig;
use crate::work::rhythm;
use crate::work::rhythm::Rhythm;
use crate::work::rhythm::Round;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

const NAME: &str = "watch";

/// From so many days before the end, a certificate is not for the morning any more.
const WAKE_DAYS: u32 = 7;

/// How often the log is told where the journal stands.
const TIP_TOLD_EACH: Duration = Duration::from_secs(60 * 60);

const HOUR_MICROS: i64 = 60 * 60 * 1_000_000;
const DAY_MICROS: i64 = 24 * HOUR_MICROS;

/// The sweeper: counts for metrics, and alarms about certificates.
pub struct Watch {
    store: Arc<dyn OperatorStore>,
    book: CertificateBook,
    clock: Arc<dyn Clock>,
    metrics: Arc<Metrics>,
    /// How long before the end of a certificate something is said. Microseconds; largest first.
    certificate_steps: Vec<i64>,
    /// The same for revocation lists.
    list_steps: Vec<i64>,
    rhythm: Rhythm,
    /// What was last said about each certificate. Lost at a restart, and then said once more.
    said: HashMap<String, i64>,
    /// When the journal's tip was told last.
    tip_told: Option<Timestamp>,
}

impl Watch {
    pub fn new(
        store: Arc<dyn OperatorStore>,
        book: CertificateBook,
        clock: Arc<dyn Clock>,
        metrics: Arc<Metrics>,
        config: &WatchConfig,
    ) -> Self {
        let period = Duration::from_secs(config.period_seconds.max(1));
        let certificate_steps = steps(&config.certificate_days, DAY_MICROS);
        let list_steps = steps(&config.revocation_list_hours, HOUR_MICROS);
        let rhythm = Rhythm::new(NAME, period, Duration::from_secs(30), &clock, &metrics);
        let said = HashMap::new();
        Self { store, book, clock, metrics, certificate_steps, list_steps, rhythm, said, tip_told: None }
    }

    /// Whether the worker is alive; for readiness.
    pub fn pulse(&self) -> Pulse {
        self.rhythm.pulse()
    }

    /// Works until told to stop.
    pub async fn run(self, shutdown: CancellationToken) {
        rhythm::run(self, shutdown).await;
    }

    /// One look at everything.
    pub async fn look(&mut self) -> Result<(), StoreError> {
        self.count().await?;
        self.look_at_certificates().await?;
        // While nodes of two versions run, the older leaves out for whom its lines are.
        self.store.catch_up_journal().await?;
        self.tell_tip().await
    }

    async fn count(&self) -> Result<(), StoreError> {
        let tallies = self.store.tallies().await?;
        let now = self.clock.now();
        self.metrics.set_messages_stored(&tallies.messages);
        self.metrics.set_inbox_items(&tallies.items);
        self.metrics.set_notices(&tallies.notices);
        let waited = |since: Option<Timestamp>| since.map(|it| now.since(it));
        self.metrics.set_outbound(&tallies.outbound, waited(tallies.oldest_queued_outbound));
        self.metrics.set_oldest(waited(tallies.oldest_unread), waited(tallies.oldest_queued_notice));
        let oldest_hook = waited(tallies.oldest_queued_hook);
        self.metrics.set_hook_events(tallies.hooks_queued, oldest_hook, tallies.hooks_abandoned);
        self.metrics.set_refusals_kept(tallies.refusals);
        self.metrics.set_alarms_open(tallies.alarms_open);
        Ok(())
    }

    /// Tells the log where the journal stands, once an hour: with a log that is kept on another machine, a journal that has been
    /// cut or written anew is found by `meldeport audit verify --known`.
    async fn tell_tip(&mut self) -> Result<(), StoreError> {
        let now = self.clock.now();
        if self.tip_told.is_some_and(|it| now.since(it) < TIP_TOLD_EACH) {
            return Ok(());
        }
        let (lines, hash) = self.store.journal_tip().await?;
        let hash: String = hash.iter().map(|it| format!("{it:02x}")).collect();
        tracing::info!(event = %Event::JournalTip, known = %format_args!("{lines}:{hash}"), "the journal stands here");
        self.tip_told = Some(now);
        Ok(())
    }

    async fn look_at_certificates(&mut self) -> Result<(), StoreError> {
        let now = self.clock.now();
        let open = self.store.alarms().await?;
        let is_open = |kind, subject: &str| open.iter().any(|it| it.kind == kind && it.subject == subject);
        for (subject, ends) in self.book.all() {
            self.metrics.set_certificate_ends_in(&subject, seconds_until(ends, now));
            let (kind, steps) = if subject == LISTS {
                (AlarmKind::RevocationListEnds, &self.list_steps)
            } else {
                (AlarmKind::CertificateEnds, &self.certificate_steps)
            };
            match step(steps, ends, now) {
                Some(step) if self.said.get(&subject) != Some(&step) || !is_open(kind, &subject) => {
                    self.raise(kind, &subject, ends, now).await?;
                    self.said.insert(subject, step);
                }
                Some(_) => {}
                None => {
                    self.said.remove(&subject);
                    if is_open(kind, &subject) {
                        self.clear(kind, &subject, now).await?;
                    }
                }
            }
        }
        if self.book.ends(LISTS).is_none() && is_open(AlarmKind::RevocationListEnds, LISTS) {
            self.clear(AlarmKind::RevocationListEnds, LISTS, now).await?;
        }
        Ok(())
    }

    async fn clear(&self, kind: AlarmKind, subject: &str, now: Timestamp) -> Result<(), StoreError> {
        self.store.clear_alarm(kind, subject, now).await?;
        tracing::info!(event = %Event::AlarmCleared, alarm = kind.label(), subject, "it has been renewed");
        Ok(())
    }

    async fn raise(&self, kind: AlarmKind, subject: &str, ends: Timestamp, now: Timestamp) -> Result<(), StoreError> {
        self.store.open_alarm(NewAlarm { kind, subject: subject.to_owned() }, now).await?;
        self.metrics.alarm_raised(kind);
        if kind == AlarmKind::RevocationListEnds {
            let hours_left = ends.0.saturating_sub(now.0).div_euclid(HOUR_MICROS);
            tracing::error!(event = %Event::RevocationListEnds, hours_left, ends = %ends, "a list of revoked certificates ends soon, or has ended; after that no sender comes in");
            return Ok(());
        }
        let days_left = days_left(ends, now);
        if days_left < i64::from(WAKE_DAYS) {
            tracing::error!(event = %Event::CertificateEnds, subject, days_left, ends = %ends, "a certificate ends soon, or has ended");
        } else {
            tracing::warn!(event = %Event::CertificateEnds, subject, days_left, ends = %ends, "a certificate will end");
        }
        Ok(())
    }
}

impl Round for Watch {
    fn rhythm(&self) -> &Rhythm {
        &self.rhythm
    }

    async fn round(&mut self, _hands: &mut JoinSet<()>) -> Result<Duration, StoreError> {
        self.look().await?;
        Ok(self.rhythm.period())
    }
}

/// Whole days until `ends`; negative when it has ended.
pub const fn days_left(ends: Timestamp, now: Timestamp) -> i64 {
    ends.0.saturating_sub(now.0).div_euclid(DAY_MICROS)
}

/// So many units each, in microseconds, largest first.
fn steps(counts: &[u32], unit_micros: i64) -> Vec<i64> {
    let mut steps: Vec<i64> = counts.iter().map(|it| i64::from(*it).saturating_mul(unit_micros)).collect();
    steps.sort_unstable_by(|one, other| other.cmp(one));
    steps
}

/// The smallest of `steps` (largest first) that is not less than what is left; 0 when it has ended. `None`: there is time.
fn step(steps: &[i64], ends: Timestamp, now: Timestamp) -> Option<i64> {
    let left = ends.0.saturating_sub(now.0);
    if left <= 0 {
        return Some(0);
    }
    steps.iter().copied().rfind(|it| left <= *it)
}

/// Seconds, for a metric.
fn seconds_until(ends: Timestamp, now: Timestamp) -> f64 {
    let ahead = ends.since(now).as_secs_f64();
    if ahead > 0.0 { ahead } else { -now.since(ends).as_secs_f64() }
}

#[cfg(test)]
mod tests {
    use super::DAY_MICROS;
    use super::Watch;
    use super::days_left;
    use super::step;
    use super::steps;
    use crate::clock::TestClock;
    use crate::domain::AlarmKind;
    use crate::domain::NoticeChannel;
    use crate::domain::Timestamp;
    use crate::storage::OperatorStore;
    use crate::telemetry::CertificateBook;
    use crate::telemetry::LISTS;
    use crate::telemetry::Metrics;
    use crate::telemetry::OWN;
    use crate::work::WatchConfig;
    use crate::work::testing::House;
    use std::sync::Arc;
    use std::time::Duration;

    const DAYS: [u32; 5] = [60, 30, 14, 7, 1];

    fn day(count: i64) -> Timestamp {
        Timestamp(count * DAY_MICROS)
    }

    fn days(count: u64) -> Duration {
        Duration::from_secs(count * 24 * 60 * 60)
    }

    #[test]
    fn each_step_before_the_end_is_told() {
        for (left, said) in [
            (61, None),
            (60, Some(60)),
            (31, Some(60)),
            (30, Some(30)),
            (8, Some(14)),
            (7, Some(7)),
            (1, Some(1)),
            (0, Some(0)),
            (-5, Some(0)),
        ] {
            let said = said.map(|it: i64| it * DAY_MICROS);
            assert_eq!(step(&steps(&DAYS, DAY_MICROS), day(left), day(0)), said, "{left} days left");
        }
        assert_eq!(step(&steps(&DAYS, DAY_MICROS), Timestamp(day(60).0 + 1), day(0)), None);
        assert_eq!(days_left(Timestamp(day(3).0 - 1), day(0)), 2);
        assert_eq!(days_left(Timestamp(-1), day(0)), -1);
    }

    #[tokio::test]
    async fn an_alarm_stays_until_the_certificate_is_renewed() {
        let house = House::new().await;
        let book = CertificateBook::default();
        book.set(OWN, house.clock.now_plus(days(20)));
        book.saw("eksempel-sykehus", house.clock.now_plus(days(400)));
        let metrics = Arc::new(Metrics::new("0"));
        let mut watch = Watch::new(
            house.store.clone(),
            book.clone(),
            house.clock.clone(),
            Arc::clone(&metrics),
            &WatchConfig::default(),
        );

        watch.look().await.unwrap();
        watch.look().await.unwrap();
        let opened = house.store.alarms().await.unwrap();
        house.clock.advance(days(7));
        watch.look().await.unwrap();
        let raised_again = house.store.alarms().await.unwrap();
        book.set(OWN, house.clock.now_plus(days(700)));
        watch.look().await.unwrap();

        assert_eq!(opened.len(), 1);
        assert_eq!((opened[0].kind, opened[0].subject.as_str()), (AlarmKind::CertificateEnds, OWN));
        assert_eq!(opened[0].times + 1, raised_again[0].times);
        assert!(house.store.alarms().await.unwrap().is_empty());
        assert!(
            metrics.render().contains("meldeport_certificate_ends_in_seconds{subject=\"own\"} 60480000.0"),
            "{}",
            metrics.render()
        );
    }

    #[tokio::test]
    async fn a_revocation_list_that_grows_stale_is_told_hours_before_it_shuts_every_sender_out() {
        let house = House::new().await;
        let book = CertificateBook::default();
        let hours = |count: u64| Duration::from_secs(count * 60 * 60);
        book.set(LISTS, house.clock.now_plus(hours(24)));
        let metrics = Arc::new(Metrics::new("0"));
        let (store, config) = (house.store.clone(), WatchConfig::default());
        let mut watch = Watch::new(store, book.clone(), house.clock.clone(), metrics, &config);

        watch.look().await.unwrap();
        let quiet = house.store.alarms().await.unwrap();
        house.clock.advance(hours(13));
        watch.look().await.unwrap();
        let told = house.store.alarms().await.unwrap();
        house.clock.advance(hours(8));
        watch.look().await.unwrap();
        let told_again = house.store.alarms().await.unwrap();
        book.set(LISTS, house.clock.now_plus(hours(24)));
        watch.look().await.unwrap();
        let renewed = house.store.alarms().await.unwrap();

        assert!(quiet.is_empty() && renewed.is_empty());
        assert_eq!((told[0].kind, told[0].subject.as_str()), (AlarmKind::RevocationListEnds, LISTS));
        assert_eq!(told[0].times + 1, told_again[0].times);

        house.clock.advance(hours(23));
        watch.look().await.unwrap();
        assert_eq!(house.store.alarms().await.unwrap().len(), 1);
        book.forget(LISTS);
        watch.look().await.unwrap();
        assert!(house.store.alarms().await.unwrap().is_empty(), "lists are no longer used");
    }

    #[tokio::test]
    async fn what_waits_is_counted() {
        let house = House::new().await;
        house.queue("gjerstad", NoticeChannel::Email).await;
        house.clock.advance(Duration::from_secs(90));
        let metrics = Arc::new(Metrics::new("0"));
        let mut watch = Watch::new(
            house.store.clone(),
            CertificateBook::default(),
            house.clock.clone(),
            Arc::clone(&metrics),
            &WatchConfig::default(),
        );

        watch.look().await.unwrap();

        let text = metrics.render();
        assert!(text.contains("meldeport_notices{state=\"queued\"} 1"), "{text}");
        assert!(text.contains("meldeport_oldest_queued_notice_seconds 90.0"), "{text}");
    }

    impl TestClock {
        fn now_plus(&self, later: Duration) -> Timestamp {
            use crate::clock::Clock;
            self.now().plus(later)
        }
    }
}
