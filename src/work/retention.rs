//! Removes each night what has outlived its purpose (sletting): content of cases that are closed, filed and over, drafts that
//! have expired, codes that are old, and content of messages that were rejected long ago. Never what is unread, unfiled, or still in use.

use crate::clock::Clock;
use crate::domain::MessageId;
use crate::domain::Timestamp;
use crate::domain::norway;
use crate::storage::ExpiredForms;
use crate::storage::Outlived;
use crate::storage::OutlivedRejection;
use crate::storage::RetentionStore;
use crate::storage::StoreError;
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
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How often the clock is looked at.
const PERIOD: Duration = Duration::from_secs(600);

/// What was removed, or would be.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Removed {
    pub messages: Vec<Outlived>,
    pub rejected: Vec<OutlivedRejection>,
    pub forms: ExpiredForms,
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
    Ok(removed)
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
        if here.hour() != self.config.hour || self.last == Some(here.date()) {
            return Ok(());
        }
        let removed = remove_outlived(&*self.store, &*self.clock, &self.config, Removal::Done).await?;
        self.last = Some(here.date());
        tracing::info!(
            event = %Event::ContentOutlived, messages = removed.messages.len(), rejected = removed.rejected.len(),
            drafts = removed.forms.drafts, codes = removed.forms.codes, "what has outlived its purpose has been removed"
        );
        Ok(())
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
    use crate::domain::Timestamp;
    use crate::storage::RetentionStore as _;
    use crate::telemetry::Metrics;
    use crate::work::RetentionConfig;
    use crate::work::testing::House;
    use jiff::civil::date;
    use std::sync::Arc;

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
