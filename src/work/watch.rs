//! Watches over what nobody looks at: how long things have waited, and when certificates end.

use crate::clock::Clock;
use crate::domain::AlarmKind;
use crate::domain::NewAlarm;
use crate::domain::Timestamp;
use crate::storage::OperatorStore;
use crate::storage::StoreError;
use crate::telemetry::CertificateBook;
use crate::telemetry::Event;
use crate::telemetry::Metrics;
use crate::telemetry::Pulse;
use crate::work::WatchConfig;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const NAME: &str = "watch";

/// From so many days before the end, a certificate is not for the morning any more.
const WAKE_DAYS: u32 = 7;

const DAY_MICROS: i64 = 24 * 60 * 60 * 1_000_000;

/// The sweeper: counts for metrics, and alarms about certificates.
pub struct Watch {
    store: Arc<dyn OperatorStore>,
    book: CertificateBook,
    clock: Arc<dyn Clock>,
    metrics: Arc<Metrics>,
    period: Duration,
    /// Each a number of days; largest first.
    days: Vec<u32>,
    pulse: Pulse,
    /// What was last said about each certificate. Lost at a restart, and then said once more.
    said: HashMap<String, u32>,
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
        let mut days = config.certificate_days.clone();
        days.sort_unstable_by(|one, other| other.cmp(one));
        let pulse = Pulse::new(NAME, period * 3 + Duration::from_secs(30), clock.now());
        Self { store, book, clock, metrics, period, days, pulse, said: HashMap::new() }
    }

    pub fn pulse(&self) -> Pulse {
        self.pulse.clone()
    }

    pub async fn run(mut self, shutdown: CancellationToken) {
        while !shutdown.is_cancelled() {
            self.round().await;
            tokio::select! {
                () = shutdown.cancelled() => {}
                () = tokio::time::sleep(self.period) => {}
            }
        }
    }

    /// One look at everything.
    pub async fn round(&mut self) {
        self.pulse.beat(self.clock.now());
        let looked = match self.count().await {
            Ok(()) => self.look_at_certificates().await,
            Err(error) => Err(error),
        };
        if let Err(error) = looked {
            self.metrics.worker_trouble(NAME);
            tracing::warn!(event = %Event::StoreUnavailable, worker = NAME, failure = %error, "could not look over the house");
        }
    }

    async fn count(&self) -> Result<(), StoreError> {
        let tallies = self.store.tallies().await?;
        let now = self.clock.now();
        self.metrics.set_messages_stored(&tallies.messages);
        self.metrics.set_inbox_items(&tallies.items);
        self.metrics.set_notices(&tallies.notices);
        self.metrics.set_outbound(&tallies.outbound);
        let waited = |since: Option<Timestamp>| since.map(|it| now.since(it));
        self.metrics.set_oldest(waited(tallies.oldest_unread), waited(tallies.oldest_queued_notice));
        self.metrics.set_refusals_kept(tallies.refusals);
        self.metrics.set_alarms_open(tallies.alarms_open);
        Ok(())
    }

    async fn look_at_certificates(&mut self) -> Result<(), StoreError> {
        let now = self.clock.now();
        let open = self.store.alarms().await?;
        for (subject, ends) in self.book.all() {
            self.metrics.set_certificate_ends_in(&subject, seconds_until(ends, now));
            let is_open = open.iter().any(|it| it.kind == AlarmKind::CertificateEnds && it.subject == subject);
            match step(&self.days, ends, now) {
                Some(days) if self.said.get(&subject) != Some(&days) || !is_open => {
                    self.raise(&subject, ends, now).await?;
                    self.said.insert(subject, days);
                }
                Some(_) => {}
                None => {
                    self.said.remove(&subject);
                    if is_open {
                        self.store.clear_alarm(AlarmKind::CertificateEnds, &subject, now).await?;
                        tracing::info!(event = %Event::AlarmCleared, alarm = AlarmKind::CertificateEnds.label(), subject, "the certificate has been renewed");
                    }
                }
            }
        }
        Ok(())
    }

    async fn raise(&self, subject: &str, ends: Timestamp, now: Timestamp) -> Result<(), StoreError> {
        let alarm = NewAlarm { kind: AlarmKind::CertificateEnds, subject: subject.to_owned() };
        self.store.open_alarm(alarm, now).await?;
        self.metrics.alarm_raised(AlarmKind::CertificateEnds);
        let days_left = days_left(ends, now);
        if days_left < i64::from(WAKE_DAYS) {
            tracing::error!(event = %Event::CertificateEnds, subject, days_left, ends = %ends, "a certificate ends soon, or has ended");
        } else {
            tracing::warn!(event = %Event::CertificateEnds, subject, days_left, ends = %ends, "a certificate will end");
        }
        Ok(())
    }
}

/// Whole days until `ends`; negative when it has ended.
pub const fn days_left(ends: Timestamp, now: Timestamp) -> i64 {
    ends.0.saturating_sub(now.0).div_euclid(DAY_MICROS)
}

/// The smallest of `days` (largest first) that is not less than what is left; 0 when it has ended. `None`: there is time.
fn step(days: &[u32], ends: Timestamp, now: Timestamp) -> Option<u32> {
    let left = ends.0.saturating_sub(now.0);
    if left <= 0 {
        return Some(0);
    }
    days.iter().copied().rfind(|it| left <= i64::from(*it) * DAY_MICROS)
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
    use crate::clock::TestClock;
    use crate::domain::AlarmKind;
    use crate::domain::NoticeChannel;
    use crate::domain::Timestamp;
    use crate::storage::OperatorStore;
    use crate::telemetry::CertificateBook;
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
            assert_eq!(step(&DAYS, day(left), day(0)), said, "{left} days left");
        }
        assert_eq!(step(&DAYS, Timestamp(day(60).0 + 1), day(0)), None);
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

        watch.round().await;
        watch.round().await;
        let opened = house.store.alarms().await.unwrap();
        house.clock.advance(days(7));
        watch.round().await;
        let raised_again = house.store.alarms().await.unwrap();
        book.set(OWN, house.clock.now_plus(days(700)));
        watch.round().await;

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

        watch.round().await;

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
