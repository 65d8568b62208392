//! What every attempt at handing something over has in common: time to keep what came of it, and what that means.

use crate::notify::NotifyError;
use crate::notify::NotifyRetry;
use crate::receipt::Outcome;
use crate::storage::StoreError;
use std::time::Duration;

/// Kept back from the lease, so that the outcome can be settled before it ends.
pub(super) const SETTLE_TIME: Duration = Duration::from_secs(5);

/// Waits between attempts to keep an outcome that the store would not take.
const SETTLE_WAITS: [Duration; 3] = [Duration::from_millis(100), Duration::from_millis(500), Duration::from_secs(2)];

/// Keeps an outcome. A store that is away for a moment is waited for, since the receiver may have got it.
pub(super) async fn settle<F: Future<Output = Result<(), StoreError>> + Send>(
    keep: impl Fn() -> F + Send,
) -> Result<(), StoreError> {
    for wait in SETTLE_WAITS {
        match keep().await {
            Err(error) if error.retry() => tokio::time::sleep(wait).await,
            kept => return kept,
        }
    }
    keep().await
}

pub(super) fn outcome_of(attempted: &Result<(), NotifyError>) -> Outcome {
    match attempted.as_ref().map_err(NotifyError::retry) {
        Ok(()) => Outcome::Delivered,
        Err(NotifyRetry::Never) => Outcome::Permanent,
        Err(NotifyRetry::Later) => Outcome::Transient { retry_after: None },
        Err(NotifyRetry::After(wait)) => Outcome::Transient { retry_after: Some(wait) },
    }
}

/// Spreads the next tries, so that what failed together does not come back together.
pub(super) fn chance() -> u64 {
    let mut bytes = [0; 8];
    // Without chance the tries only come back together; that is no reason to stop.
    let _ = aws_lc_rs::rand::fill(&mut bytes);
    u64::from_ne_bytes(bytes)
}
