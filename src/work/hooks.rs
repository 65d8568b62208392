//! Tells case systems that something has changed: looks on in the journal, puts events in the queue, calls, settles. Gives up
//! after a while, and says so with an alarm.
//!
//! There is no bell: the journal grows in every room of the house, and a short period is as good.

use crate::clock::Clock;
use crate::domain::AlarmKind;
use crate::domain::Next;
use crate::domain::Timestamp;
use crate::notify::HookCaller;
use crate::notify::HookEvent;
use crate::notify::NotifyError;
use crate::receipt::RetryPolicy;
use crate::receipt::after;
use crate::storage::ApiStore;
use crate::storage::Claim;
use crate::storage::DueHookEvent;
use crate::storage::HookStore;
use crate::storage::Lease;
use crate::storage::StoreError;
use crate::telemetry::Event;
use crate::telemetry::Metrics;
use crate::telemetry::Pulse;
use crate::work::HooksConfig;
use crate::work::attempt::SETTLE_TIME;
use crate::work::attempt::chance;
use crate::work::attempt::outcome_of;
use crate::work::rhythm;
use crate::work::rhythm::Rhythm;
use crate::work::rhythm::Round;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

const NAME: &str = "hooks";

/// Lines of the journal that are looked through for one case system at one time.
const LINES_AT_ONCE_MAX: u32 = 5000;
/// How long the keys of a case system's acts are remembered, and the events that it has been told.
const REMEMBERED: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// How often what is old is forgotten.
const FORGET_PERIOD: Duration = Duration::from_secs(60 * 60);

/// The worker. One per process is enough; several, also on several nodes, do no harm.
pub struct HookWorker {
    shared: Arc<Shared>,
    at_once_max: usize,
    /// When what is old was forgotten the last time.
    forgot_at: Option<Timestamp>,
    rhythm: Rhythm,
}

struct Shared {
    hooks: Arc<dyn HookStore>,
    acts: Arc<dyn ApiStore>,
    caller: Arc<dyn HookCaller>,
    clock: Arc<dyn Clock>,
    metrics: Arc<Metrics>,
    policy: RetryPolicy,
    lease: Duration,
}

impl HookWorker {
    /// `policy` is that of `config`, read.
    pub fn new(
        hooks: Arc<dyn HookStore>,
        acts: Arc<dyn ApiStore>,
        caller: Arc<dyn HookCaller>,
        clock: Arc<dyn Clock>,
        metrics: Arc<Metrics>,
        policy: RetryPolicy,
        config: &HooksConfig,
    ) -> Self {
        let rhythm = Rhythm::new(NAME, config.period(), config.lease(), &clock, &metrics);
        Self {
            shared: Arc::new(Shared { hooks, acts, caller, clock, metrics, policy, lease: config.lease() }),
            at_once_max: usize::try_from(config.at_once_max).unwrap_or(usize::MAX),
            forgot_at: None,
            rhythm,
        }
    }

    /// Whether the worker is alive; for readiness.
    pub fn pulse(&self) -> Pulse {
        self.rhythm.pulse()
    }

    /// Works until told to stop; then takes nothing new, finishes what it holds, and returns.
    pub async fn run(self, shutdown: CancellationToken) {
        rhythm::run(self, shutdown).await;
    }
}

impl Round for HookWorker {
    fn rhythm(&self) -> &Rhythm {
        &self.rhythm
    }

    /// Puts what has happened in the queue, claims as many as there are hands for, and starts on them.
    async fn round(&mut self, hands: &mut JoinSet<()>) -> Result<Duration, StoreError> {
        let shared = &self.shared;
        let now = shared.clock.now();
        if self.forgot_at.is_none_or(|it| now.since(it) >= FORGET_PERIOD) {
            shared.acts.forget_api_acts(now.minus(REMEMBERED)).await?;
            shared.hooks.forget_hook_events(now.minus(REMEMBERED)).await?;
            self.forgot_at = Some(now);
        }
        shared.hooks.queue_hook_events(now, LINES_AT_ONCE_MAX).await?;
        let free = self.at_once_max.saturating_sub(hands.len());
        if free == 0 {
            return Ok(self.rhythm.period());
        }
        let claim = Claim { rows_max: u32::try_from(free).unwrap_or(u32::MAX), now, until: now.plus(shared.lease) };
        for lease in shared.hooks.claim_hook_events(claim).await? {
            let shared = Arc::clone(shared);
            hands.spawn(async move { shared.deliver(lease).await });
        }
        Ok(self.rhythm.until(shared.hooks.next_hook_event_due().await?))
    }
}

impl Shared {
    async fn deliver(&self, lease: Lease<DueHookEvent>) {
        let DueHookEvent { id, client, url, secrets, item, kind, at } = &lease.held;
        let event = HookEvent { id: *id, url, secrets, item: *item, kind, at: *at };
        let patience = self.lease.saturating_sub(SETTLE_TIME);
        let called = match tokio::time::timeout(patience, self.caller.call(&event)).await {
            Ok(called) => called,
            Err(_) => Err(NotifyError::TimedOut),
        };
        let now = self.clock.now();
        let next = after(&self.policy, lease.attempt, outcome_of(&called), chance(), now);
        let failure = called.err().map(|it| it.chain());
        match self.hooks.settle_hook_event(&lease, next, failure.as_deref(), now).await {
            Ok(()) => {}
            Err(StoreError::LeaseLost) => {
                tracing::warn!(event = %Event::LeaseLost, "hook.id" = %id, client, "somebody else has claimed it since");
                return;
            }
            Err(error) => {
                self.metrics.worker_trouble(NAME);
                tracing::error!(event = %Event::StoreUnavailable, "hook.id" = %id, client, failure = %error, "what came of telling a case system could not be kept");
                return;
            }
        }
        let (attempt, failure) = (lease.attempt, failure.unwrap_or_default());
        match next {
            Next::Delivered => {
                tracing::info!(event = %Event::HookDelivered, "hook.id" = %id, client, kind, attempt, "a case system has been told");
            }
            Next::Retry { due } => {
                tracing::warn!(event = %Event::HookPostponed, "hook.id" = %id, client, kind, attempt, failure, due = %due, "a case system could not be told; it will be tried again");
            }
            Next::Abandoned => {
                self.metrics.alarm_raised(AlarmKind::HookAbandoned);
                tracing::error!(event = %Event::HookAbandoned, "hook.id" = %id, client, kind, attempt, failure, "telling a case system has been given up");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::HookWorker;
    use crate::clock::Clock as _;
    use crate::domain::AlarmKind;
    use crate::domain::Clearance;
    use crate::domain::Redacted;
    use crate::domain::UnitId;
    use crate::notify::HttpHookCaller;
    use crate::notify::SIGNATURE_HEADER;
    use crate::notify::WebhookConfig;
    use crate::receipt::Jitter;
    use crate::receipt::RetryPolicy;
    use crate::storage::Actor;
    use crate::storage::ApiCredential;
    use crate::storage::ApiStore as _;
    use crate::storage::HookStore as _;
    use crate::storage::NewApiClient;
    use crate::storage::NewHook;
    use crate::storage::OperatorStore as _;
    use crate::storage::UserId;
    use crate::telemetry::Metrics;
    use crate::work::HooksConfig;
    use crate::work::rhythm::Round as _;
    use crate::work::testing::House;
    use aws_lc_rs::hmac;
    use axum::Router;
    use axum::body::Bytes;
    use axum::extract::State;
    use axum::http::HeaderMap;
    use axum::http::StatusCode;
    use std::path::Path;
    use std::sync::Arc;
    use std::sync::Mutex;
    use std::time::Duration;
    use tokio::net::TcpListener;
    use tokio::task::JoinSet;
    use uuid::Uuid;

    const SECRETS: [&[u8]; 2] = [b"den nye hemmeligheten", b"den gamle hemmeligheten"];

    /// A case system: checks that one of the signatures is by the secret that it knows, as its vendor would.
    #[derive(Clone)]
    struct System {
        knows: &'static [u8],
        answer: Arc<Mutex<StatusCode>>,
        got: Arc<Mutex<Vec<serde_json::Value>>>,
    }

    async fn receive(State(system): State<System>, headers: HeaderMap, body: Bytes) -> StatusCode {
        let said = headers[SIGNATURE_HEADER].to_str().unwrap();
        let mut parts = said.split(',');
        let time = parts.next().unwrap().strip_prefix("t=").unwrap();
        let signed = [time.as_bytes(), b".", &body].concat();
        let key = hmac::Key::new(hmac::HMAC_SHA256, system.knows);
        let fits = parts.any(|it| {
            let hex = it.strip_prefix("v1=").unwrap();
            let mac: Vec<u8> =
                (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect();
            hmac::verify(&key, &signed, &mac).is_ok()
        });
        if !fits {
            return StatusCode::UNAUTHORIZED;
        }
        system.got.lock().unwrap().push(serde_json::from_slice(&body).unwrap());
        *system.answer.lock().unwrap()
    }

    async fn round(worker: &mut HookWorker) {
        let mut hands = JoinSet::new();
        worker.round(&mut hands).await.unwrap();
        while let Some(ended) = hands.join_next().await {
            ended.unwrap();
        }
    }

    #[tokio::test]
    async fn a_case_system_is_told_by_both_secrets_tried_again_and_given_up_with_an_alarm() {
        let house = House::new().await;
        let system = System { knows: SECRETS[1], answer: Arc::new(Mutex::new(StatusCode::OK)), got: Arc::default() };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let router = Router::new().fallback(receive).with_state(system.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let (now, by) = (house.clock.now(), Actor::Operator("drift".to_owned()));
        let client = NewApiClient {
            id: UserId(Uuid::now_v7()),
            name: "arkiv".to_owned(),
            units: vec![UnitId("gjerstad".to_owned())],
            clearance: Clearance::Ordinary,
            certificate_sha256: None,
            credential: ApiCredential { token_sha256: [1; 32], expires: now },
        };
        house.store.add_api_client(&client, &by, now).await.unwrap();
        for (url, secret) in [(Some(url.as_str()), SECRETS[1]), (None, SECRETS[0])] {
            let before_until = now.plus(Duration::from_secs(3600));
            let hook = NewHook { name: "arkiv", url, secret: Redacted::new(secret.to_vec()), before_until };
            house.store.set_hook(&hook, &by, now).await.unwrap();
        }
        let clock: Arc<dyn crate::clock::Clock> = house.clock.clone();
        let caller = HttpHookCaller::new(
            &WebhookConfig { seconds_max: 5, ..WebhookConfig::default() },
            Path::new(""),
            "https://innboks.gjerstad.example/",
            Arc::clone(&clock),
        );
        let policy = RetryPolicy { delays: vec![Duration::from_secs(60)], jitter: Jitter::None, attempts_max: 2 };
        let (store, metrics) = (house.store.clone(), Arc::new(Metrics::new("test")));
        let mut worker = HookWorker::new(
            store.clone(),
            store,
            Arc::new(caller.unwrap()),
            clock,
            metrics,
            policy,
            &HooksConfig::default(),
        );

        house.receive("gjerstad", Duration::ZERO).await;
        round(&mut worker).await;
        let told = system.got.lock().unwrap().remove(0);
        assert_eq!(told["type"], "meldeport.item.changed.v1");
        assert_eq!(told["data"]["event"], "accepted");
        let item = told["subject"].as_str().unwrap();
        assert_eq!(told["data"]["href"], format!("https://innboks.gjerstad.example/api/v1/items/{item}"));
        assert_eq!(told["data"].as_object().unwrap().len(), 3, "an id, a word and where to ask");
        round(&mut worker).await;
        assert!(system.got.lock().unwrap().is_empty(), "once");

        *system.answer.lock().unwrap() = StatusCode::SERVICE_UNAVAILABLE;
        house.receive("gjerstad", Duration::ZERO).await;
        round(&mut worker).await;
        round(&mut worker).await;
        house.clock.advance(Duration::from_secs(61));
        round(&mut worker).await;
        let ids: Vec<_> = system.got.lock().unwrap().drain(..).map(|it| it["id"].clone()).collect();
        assert!(ids.len() == 2 && ids[0] == ids[1], "the same event has the same id: {ids:?}");
        assert_eq!(house.store.alarms().await.unwrap()[0].kind, AlarmKind::HookAbandoned);

        // When the old secret signs no more, who knows only that one sees it.
        *system.answer.lock().unwrap() = StatusCode::OK;
        house.clock.advance(Duration::from_secs(3600));
        let waiting = house.store.hook_events(10).await.unwrap();
        house.store.requeue_hook_event(waiting[0].id, &by, house.clock.now()).await.unwrap();
        round(&mut worker).await;
        assert!(system.got.lock().unwrap().is_empty());
        let given_up = house.store.hook_events(10).await.unwrap();
        assert!(given_up[0].is_abandoned && given_up[0].last_failure.as_deref() == Some("the receiver answered 401"));
    }
}
