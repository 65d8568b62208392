//! Whom a failed sign-in counts against: the network address, or a browser that somebody has signed in with here before.
//!
//! Behind one address may be a whole town hall. When a stranger there fails on purpose, the address waits; those who work there
//! have browsers that are known, count by themselves, and get in. What a browser has for it is a cookie that says nothing of
//! anybody: a random number, the second in which it was given, and a tag that only the store's own key makes. Where the store has
//! no keys (`store.sealing = "off"`) nobody is known, and all count by address.

use crate::domain::Timestamp;
use crate::inbox::House;
use crate::inbox::client::Client;
use crate::inbox::session;
use crate::inbox::token;
use crate::storage::StoreError;
use crate::telemetry::Event;
use aws_lc_rs::constant_time;
use axum::http::HeaderMap;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::time::Duration;

const COOKIE: &str = "__Host-meldeport-known";
/// So long after it was given a browser is known by it.
const KNOWN_MAX: Duration = Duration::from_hours(24 * 180);
/// So long after it was given the next sign-in gives a new one.
const RENEWED_AFTER: Duration = Duration::from_hours(24 * 30);
/// Bytes of the random number; the seconds since 1970 follow it.
const NUMBER_BYTES: usize = 16;
const SECONDS_BYTES: usize = 8;

/// So many failed attempts from one network address within so long, and the next must wait.
const ADDRESS: (u64, Duration) = (50, Duration::from_secs(15 * 60));
/// The same for one browser that is known: who forgets a password tries fewer times.
const BROWSER: (u64, Duration) = (10, Duration::from_secs(15 * 60));

/// Where an attempt to sign in comes from, as far as failures are counted.
pub(super) struct Origin {
    counted: String,
    failures_max: u64,
    within: Duration,
    /// For the log and the metric: `address` or `browser`.
    kind: &'static str,
}

impl Origin {
    pub(super) fn of(house: &House, client: Client, headers: &HeaderMap) -> Self {
        match known(house, headers) {
            Some((number, _)) => {
                let (failures_max, within) = BROWSER;
                Self { counted: format!("browser {number}"), failures_max, within, kind: "browser" }
            }
            None => {
                let (failures_max, within) = ADDRESS;
                Self { counted: client.text(), failures_max, within, kind: "address" }
            }
        }
    }

    /// How long the next attempt must wait, when too many have failed, in whatever way.
    pub(super) async fn must_wait(&self, house: &House) -> Result<Option<Duration>, StoreError> {
        let failures = house.inbox.identities.failed_from(&self.counted, house.now().minus(self.within)).await?;
        Ok((failures >= self.failures_max).then_some(self.within))
    }

    /// Counts a failure. `Some`: there were too many before; it is not counted, and the journal is not told of more, or anybody
    /// could fill it.
    pub(super) async fn failed(&self, house: &House) -> Result<Option<Duration>, StoreError> {
        let wait = self.must_wait(house).await?;
        if wait.is_none() {
            let now = house.now();
            let failures =
                house.inbox.identities.count_failed_address(&self.counted, now, now.minus(self.within)).await?;
            if failures == self.failures_max {
                house.inbox.metrics.sign_ins_held_back(self.kind);
                tracing::warn!(
                    event = Event::SignInsHeldBack.name(),
                    from = self.kind,
                    failures,
                    seconds = self.within.as_secs(),
                    "so many sign-ins have failed from one place that the next ones there must wait"
                );
            }
        }
        Ok(wait)
    }
}

/// The cookie by which this browser is known from now on; `None`: it has one that will do.
pub(super) fn remember(house: &House, headers: &HeaderMap) -> Option<String> {
    let now = house.now();
    if known(house, headers).is_some_and(|(_, given)| now.since(given) < RENEWED_AFTER) {
        return None;
    }
    let mut said = [0; NUMBER_BYTES + SECONDS_BYTES];
    said[..NUMBER_BYTES].copy_from_slice(&token::random::<NUMBER_BYTES>());
    said[NUMBER_BYTES..].copy_from_slice(&now.to_jiff().as_second().to_be_bytes());
    let tag = house.inbox.identities.browser_tag(&said)?;
    let value = format!("{}.{}", URL_SAFE_NO_PAD.encode(said), URL_SAFE_NO_PAD.encode(tag));
    Some(format!("{COOKIE}={value}; Path=/; Max-Age={}; Secure; HttpOnly; SameSite=Lax", KNOWN_MAX.as_secs()))
}

/// The number of a browser that is known, and when it was given.
fn known(house: &House, headers: &HeaderMap) -> Option<(String, Timestamp)> {
    let (said, tag) = session::cookie_value(headers, COOKIE)?.split_once('.')?;
    let bytes: [u8; NUMBER_BYTES + SECONDS_BYTES] = URL_SAFE_NO_PAD.decode(said).ok()?.try_into().ok()?;
    let right = house.inbox.identities.browser_tag(&bytes)?;
    let tag = URL_SAFE_NO_PAD.decode(tag).ok()?;
    constant_time::verify_slices_are_equal(&tag, &right).ok()?;
    let seconds = i64::from_be_bytes(bytes[NUMBER_BYTES..].try_into().ok()?);
    let given = Timestamp::from_jiff(jiff::Timestamp::from_second(seconds).ok()?);
    (house.now().since(given) < KNOWN_MAX).then(|| (URL_SAFE_NO_PAD.encode(&bytes[..NUMBER_BYTES]), given))
}
