//! Removes each night what has outlived its purpose (sletting): content of cases that are closed, filed and over, drafts that
//! have expired, codes that are old, content of messages that were rejected long ago, and traces of what happened at the doors.
//! Never what is unread, unfiled, or still in use.

use crate::clock::Clock;
use crate::domain::MessageId;
use crate::domain::Timestamp;
use crate::domain::norway;
use crate::storage::ExpiredForms;
use crate::storage::Outlived;
use crate::storage::OutlivedRejection;
use crate::storage::RetentionStore;
use crate::storage::StoreError;
use crate::storage::Traces;
use crate::storage::TracesBefore;
use crate::telemetry::Event;
use crate::telemetry::Metrics;
use crate::telemetry::Pulse;
use crate::work::RetentionConfig;
use crate::work::rhythm;
use crate::work::rhythm::Rhythm;
use crate::work::rhythm::Round;
use jiff::civil::Date;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

const NAME: &str = "retention";

/// Messages that are looked at together.
const ROWS_MAX: u32 = 200;
/// Traces that are removed together; arrivals wait for no more.
const TRACES_MAX: u32 = 1000;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How many hours late a gateway that was just started still does the night's work.
const LATE_HOURS_MAX: i8 = 4;
/// How often the clock is looked at.
const PERIOD: Duration = Duration::from_secs(600);

/// What was removed, or would be.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Removed {
    pub messages: Vec<Outlived>,
    pub rejected: Vec<OutlivedRejection>,
    pub forms: ExpiredForms,
    pub traces: Traces,
}

/// Whether something is removed, or only told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Removal {
    Told,
    Done,
}

/// Looks for what is over by `config`, and removes it when asked to.
///
/// # Errors
/// The store cannot be used. What was removed before stays removed.
pub async fn remove_outlived(
    store: &dyn RetentionStore,
    clock: &dyn Clock,
    config: &RetentionConfig,
    removal: Removal,
) -> Result<Removed, StoreError> {
    let now = clock.now();
    let before = |days: u32| now.minus(DAY * days);
    let mut removed = Removed::default();
    // No days: the content is kept.
    if config.content_days > 0 {
        removed.messages = remove_content(store, before(config.content_days), now, removal).await?;
    }
    if config.rejected_days > 0 {
        removed.rejected = remove_rejected(store, before(config.rejected_days), now, removal).await?;
    }
    let sent_before = before(config.form_code_days);
    removed.forms = match removal {
        Removal::Told => store.expired_forms(sent_before, now).await?,
        Removal::Done => store.remove_expired_forms(sent_before, now).await?,
    };
    // No days: it is kept, since nothing came before the beginning of time.
    let if_any = |days: u32| if days == 0 { Timestamp(i64::MIN) } else { before(days) };
    let old = TracesBefore {
        refusals: if_any(config.refused_days),
        alarms: if_any(config.alarm_days),
        sign_ins: before(config.sign_in_days.max(1)),
    };
    removed.traces = match removal {
        Removal::Told => store.old_traces(old).await?,
        Removal::Done => remove_traces(store, old, now).await?,
    };
    Ok(removed)
}

async fn remove_traces(store: &dyn RetentionStore, before: TracesBefore, now: Timestamp) -> Result<Traces, StoreError> {
    let mut removed = Traces::default();
    loop {
        let portion = store.remove_old_traces(before, TRACES_MAX, now).await?;
        if portion.are_none() {
            return Ok(removed);
        }
        removed.refusals += portion.refusals;
        removed.alarms += portion.alarms;
        removed.sign_ins += portion.sign_ins;
    }
}

async fn remove_content(
    store: &dyn RetentionStore,
    closed_before: Timestamp,
    now: Timestamp,
    removal: Removal,
) -> Result<Vec<Outlived>, StoreError> {
    if removal == Removal::Told {
        return store.outlived(closed_before, now, u32::MAX).await;
    }
    let mut removed = Vec::new();
    loop {
        let before = removed.len();
        for it in store.outlived(closed_before, now, ROWS_MAX).await? {
            if is_gone(it.message, store.remove_outlived(it.message, closed_before, now).await)? {
                removed.push(it);
            }
        }
        if removed.len() == before {
            return Ok(removed);
        }
    }
}

async fn remove_rejected(
    store: &dyn RetentionStore,
    received_before: Timestamp,
    now: Timestamp,
    removal: Removal,
) -> Result<Vec<OutlivedRejection>, StoreError> {
    if removal == Removal::Told {
        return store.rejected_outlived(received_before, u32::MAX).await;
    }
    let mut removed = Vec::new();
    loop {
        let before = removed.len();
        for it in store.rejected_outlived(received_before, ROWS_MAX).await? {
            if is_gone(it.message, store.remove_rejected(it.message, received_before, now).await)? {
                removed.push(it);
            }
        }
        if removed.len() == before {
            return Ok(removed);
        }
    }
}

/// Whether a message has been removed. One that is damaged does not keep the others from being removed.
fn is_gone(message: MessageId, answer: Result<bool, StoreError>) -> Result<bool, StoreError> {
    match answer {
        Err(error) if !error.retry() => {
            tracing::error!(message.id = %message, worker = NAME, failure = %error, "what is over could not be removed");
            Ok(false)
        }
        Ok(_) | Err(_) => answer,
    }
}

/// The worker. Several, also on several nodes, do no harm.
pub struct RetentionWorker {
    store: Arc<dyn RetentionStore>,
    clock: Arc<dyn Clock>,
    config: RetentionConfig,
    /// The day of the last time, in Norway.
    last: Option<Date>,
    rhythm: Rhythm,
}

impl RetentionWorker {
    pub fn new(
        store: Arc<dyn RetentionStore>,
        clock: Arc<dyn Clock>,
        metrics: &Arc<Metrics>,
        config: RetentionConfig,
    ) -> Self {
        let rhythm = Rhythm::new(NAME, PERIOD, Duration::from_secs(60), &clock, metrics);
        Self { store, clock, config, last: None, rhythm }
    }

    /// Whether the worker is alive; for readiness.
    pub fn pulse(&self) -> Pulse {
        self.rhythm.pulse()
    }

    /// Works until told to stop.
    pub async fn run(self, shutdown: CancellationToken) {
        rhythm::run(self, shutdown).await;
    }

    /// One look at the clock; once each night something is removed.
    async fn look(&mut self) -> Result<(), StoreError> {
        let here = self.clock.now().to_jiff().to_zoned(norway());
        if !self.is_time(here.hour()) || self.last == Some(here.date()) {
            return Ok(());
        }
        let removed = remove_outlived(&*self.store, &*self.clock, &self.config, Removal::Done).await?;
        while self.store.end_told(ROWS_MAX).await? > 0 {}
        self.last = Some(here.date());
        tracing::info!(
            event = %Event::ContentOutlived, messages = removed.messages.len(), rejected = removed.rejected.len(),
            drafts = removed.forms.drafts, codes = removed.forms.codes, refusals = removed.traces.refusals,
            alarms = removed.traces.alarms, sign_ins = removed.traces.sign_ins, "what has outlived its purpose has been removed"
        );
        Ok(())
    }

    /// From its hour on, so that a night is not left out when the clock jumps past the hour: summer time begins, the machine slept,
    /// or was set right. One who has not seen a night yet does not begin by day.
    fn is_time(&self, hour: i8) -> bool {
        hour >= self.config.hour && (self.last.is_some() || hour < self.config.hour.saturating_add(LATE_HOURS_MAX))
    }
}

impl Round for RetentionWorker {
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
    use super::RetentionWorker;
    use crate::clock::Clock as _;
    use crate::clock::TestClock;
    use crate::domain::Timestamp;
    use crate::storage::RetentionStore as _;
    use crate::telemetry::Metrics;
    use crate::work::RetentionConfig;
    use crate::work::testing::House;
    use jiff::civil::date;
    use std::sync::Arc;

    /// The nights on which it worked, when it looked at these moments.
    async fn nights(hour: i8, moments: &[&str]) -> Vec<String> {
        let house = House::new().await;
        let config = RetentionConfig { hour, ..RetentionConfig::default() };
        let metrics = Arc::new(Metrics::new("0"));
        let mut nights = Vec::new();
        let mut worker = RetentionWorker::new(house.store.clone(), house.clock.clone(), &metrics, config);
        for moment in moments {
            let moment = Timestamp::from_jiff(moment.parse::<jiff::Zoned>().unwrap().timestamp());
            let before = worker.last;
            worker.clock = Arc::new(TestClock::at(moment));
            worker.look().await.unwrap();
            nights.extend(worker.last.filter(|_| worker.last != before).map(|it| it.to_string()));
        }
        nights
    }

    #[tokio::test]
    async fn a_jump_of_the_clock_leaves_out_no_night_and_does_none_twice() {
        // The night in which summer time begins has no hour 2, and the one in which it ends has it twice.
        let spring = ["2026-03-28T02:05+01:00[Europe/Oslo]", "2026-03-29T01:55+01:00[Europe/Oslo]"];
        let spring =
            [spring.as_slice(), &["2026-03-29T03:05+02:00[Europe/Oslo]", "2026-03-29T03:15+02:00[Europe/Oslo]"]];
        assert_eq!(nights(2, &spring.concat()).await, ["2026-03-28", "2026-03-29"]);
        let autumn = ["2026-10-25T02:30+02:00[Europe/Oslo]", "2026-10-25T02:30+01:00[Europe/Oslo]"];
        assert_eq!(nights(2, &autumn).await, ["2026-10-25"]);

        // The machine slept, or its clock was set forward past the hour; then it was set back before it.
        let slept = ["2026-11-21T03:05+01:00[Europe/Oslo]", "2026-11-22T02:55+01:00[Europe/Oslo]"];
        let slept = [slept.as_slice(), &["2026-11-22T06:40+01:00[Europe/Oslo]", "2026-11-22T02:58+01:00[Europe/Oslo]"]];
        let back = ["2026-11-22T03:08+01:00[Europe/Oslo]", "2026-11-23T03:01+01:00[Europe/Oslo]"];
        assert_eq!(
            nights(3, &[&slept.concat(), back.as_slice()].concat()).await,
            ["2026-11-21", "2026-11-22", "2026-11-23"]
        );

        // Started a little late it does the night's work; started by day it waits for the night.
        assert_eq!(nights(3, &["2026-11-22T04:20+01:00[Europe/Oslo]"]).await, ["2026-11-22"]);
        assert!(nights(3, &["2026-11-22T07:00+01:00[Europe/Oslo]"]).await.is_empty());
    }

    #[tokio::test]
    async fn it_works_once_a_night_in_norway_and_never_by_day() {
        let house = House::new().await;
        let config = RetentionConfig { content_days: 90, ..RetentionConfig::default() };
        let mut worker =
            RetentionWorker::new(house.store.clone(), house.clock.clone(), &Arc::new(Metrics::new("0")), config);
        let at = |moment: &str| {
            let moment = moment.parse::<jiff::Zoned>().unwrap().timestamp();
            house.clock.advance(Timestamp::from_jiff(moment).since(house.clock.now()));
        };

        worker.look().await.unwrap();
        assert_eq!(worker.last, None, "noon");
        at("2026-11-22T03:05:00+01:00[Europe/Oslo]");
        worker.look().await.unwrap();
        assert_eq!(worker.last, Some(date(2026, 11, 22)));
        at("2026-11-22T03:15:00+01:00[Europe/Oslo]");
        worker.look().await.unwrap();
        assert_eq!(worker.last, Some(date(2026, 11, 22)));
        at("2026-11-23T03:05:00+01:00[Europe/Oslo]");
        worker.look().await.unwrap();
        assert_eq!(worker.last, Some(date(2026, 11, 23)));
        assert!(house.store.outlived(house.clock.now(), house.clock.now(), 9).await.unwrap().is_empty());
    }
}
