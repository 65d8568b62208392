//! Has attachments looked at by an antivirus program: claim a message, ask about each attachment that nobody has looked at,
//! settle. Until then they are held back (`inbox`). It never gives up: a program that is away raises one alarm, and what
//! waits is looked at when it is back.

use crate::antivirus::ScanError;
use crate::antivirus::ScanFile;
use crate::clock::Clock;
use crate::domain::AlarmKind;
use crate::domain::NewAlarm;
use crate::domain::Redacted;
use crate::domain::ScanResult;
use crate::domain::Timestamp;
use crate::storage::AlarmOutcome;
use crate::storage::Claim;
use crate::storage::DueScan;
use crate::storage::Lease;
use crate::storage::RawMessage;
use crate::storage::ScannedFile;
use crate::storage::StoreError;
use crate::telemetry::Event;
use crate::telemetry::Metrics;
use crate::telemetry::Pulse;
use crate::work::Bell;
use crate::work::ScanningStore;
use crate::work::ScansConfig;
use crate::work::rhythm;
use crate::work::rhythm::Rhythm;
use crate::work::rhythm::Round;
use bytes::Bytes;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

const NAME: &str = "scans";

/// The alarm's subject: there is one antivirus program.
const SUBJECT: &str = "antivirus";

/// Messages that are looked at before the queue is asked again.
const ROWS_MAX: u32 = 1;

/// Opens the attachments of a stored message. It may take a second for a large one, and is called where blocking is
/// allowed.
pub trait OpenAttachments: Send + Sync {
    /// Every attachment that has bytes. `None`: the message cannot be read any more, a bug of ours.
    fn open_attachments(&self, raw: &RawMessage) -> Option<Vec<OpenedAttachment>>;
}

/// An attachment as it is to be looked at: decoded and unpacked.
#[derive(Clone, Debug)]
pub struct OpenedAttachment {
    /// Place among the message's Documents, from 1.
    pub position: u32,
    pub bytes: Redacted<Bytes>,
}

/// The worker. One per process is enough; several, also on several nodes, do no harm.
pub struct ScanWorker {
    store: Arc<dyn ScanningStore>,
    scanner: Arc<dyn ScanFile>,
    opener: Arc<dyn OpenAttachments>,
    clock: Arc<dyn Clock>,
    metrics: Arc<Metrics>,
    retry: Duration,
    lease: Duration,
    rhythm: Rhythm,
}

impl ScanWorker {
    pub fn new(
        store: Arc<dyn ScanningStore>,
        scanner: Arc<dyn ScanFile>,
        opener: Arc<dyn OpenAttachments>,
        clock: Arc<dyn Clock>,
        metrics: Arc<Metrics>,
        config: &ScansConfig,
    ) -> Self {
        let period = Duration::from_secs(config.period_seconds.max(1));
        let lease = Duration::from_secs(config.lease_seconds);
        let rhythm = Rhythm::new(NAME, period, lease, &clock, &metrics);
        let retry = Duration::from_secs(config.retry_seconds);
        Self { store, scanner, opener, clock, metrics, retry, lease, rhythm }
    }

    /// Ring it when there is something new in the queue.
    pub fn bell(&self) -> Bell {
        self.rhythm.bell()
    }

    /// Whether the worker is alive; for readiness.
    pub fn pulse(&self) -> Pulse {
        self.rhythm.pulse()
    }

    /// Works until told to stop; what it holds then is looked at again when its lease has run out.
    pub async fn run(self, shutdown: CancellationToken) {
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = rhythm::run(self, shutdown.clone()) => {}
        }
    }

    /// Looks at what is due until nothing is. Returns how long to wait when nothing else happens.
    async fn look(&self) -> Result<Duration, StoreError> {
        loop {
            self.rhythm.beat();
            let now = self.clock.now();
            let claim = Claim { rows_max: ROWS_MAX, now, until: now.plus(self.lease) };
            let leases = self.store.claim_scans(claim).await?;
            if leases.is_empty() {
                return Ok(self.rhythm.until(self.store.next_scan_due().await?));
            }
            self.look_at(leases).await?;
        }
    }

    async fn look_at(&self, leases: Vec<Lease<DueScan>>) -> Result<(), StoreError> {
        for lease in leases {
            let known = self.store.scanned_files(lease.held.message).await?;
            let raw = match self.store.raw(lease.held.message).await {
                Ok(raw) => raw,
                // The content has been removed (retention): there is nothing left to look at.
                Err(StoreError::Absent) => {
                    self.store.settle_scan(&lease, &[], None, self.clock.now()).await?;
                    continue;
                }
                Err(error) => return Err(error),
            };
            let opener = Arc::clone(&self.opener);
            let opened = tokio::task::spawn_blocking(move || opener.open_attachments(&raw)).await;
            let Ok(Some(files)) = opened else {
                tracing::error!(message.id = %lease.held.message, worker = NAME, "a stored message could not be opened to look at its attachments");
                self.settle(&lease, Some(self.later())).await?;
                continue;
            };
            let unknown = files.into_iter().filter(|it| known.iter().all(|known| known.position != it.position));
            let failure = match self.ask(&lease, unknown).await {
                Ok(failure) => failure,
                // They find what has been kept, and go on from there.
                Err(StoreError::LeaseLost) => {
                    self.lost(&lease);
                    continue;
                }
                Err(error) => return Err(error),
            };
            let again = failure.is_some().then(|| self.later());
            self.settle(&lease, again).await?;
            match failure {
                Some(error) => self.silent(&error).await?,
                None => self.store.clear_alarm(AlarmKind::ScannerSilent, SUBJECT, self.clock.now()).await?,
            }
        }
        Ok(())
    }

    fn later(&self) -> Timestamp {
        self.clock.now().plus(self.retry)
    }

    /// Asks about each until there is no answer. Each answer is kept at once and makes the lease last for the next: many large
    /// attachments may take longer than one lease, and two nodes must not take the message from each other for ever.
    async fn ask(
        &self,
        lease: &Lease<DueScan>,
        files: impl Iterator<Item = OpenedAttachment>,
    ) -> Result<Option<ScanError>, StoreError> {
        for file in files {
            let it = match self.scanner.scan(file.bytes.reveal()).await {
                Ok(it) => it,
                Err(error) => return Ok(Some(error)),
            };
            if let Some(signature) = it.signature {
                tracing::error!(event = %Event::AttachmentInfected, signature, "an attachment holds something harmful");
            }
            self.rhythm.beat();
            let now = self.clock.now();
            let scanned = ScannedFile { position: file.position, result: it.result };
            self.store.keep_scanned(lease, scanned, now.plus(self.lease), now).await?;
            if it.result == ScanResult::Infected {
                self.metrics.alarm_raised(AlarmKind::AttachmentInfected);
                tracing::error!(event = %Event::AlarmOpened, alarm = AlarmKind::AttachmentInfected.label(), subject = %lease.held.reference, "an attachment is not given to anybody");
            }
        }
        Ok(None)
    }

    /// What was found out has been kept already.
    async fn settle(&self, lease: &Lease<DueScan>, again: Option<Timestamp>) -> Result<(), StoreError> {
        match self.store.settle_scan(lease, &[], again, self.clock.now()).await {
            Err(StoreError::LeaseLost) => {
                self.lost(lease);
                Ok(())
            }
            settled => settled,
        }
    }

    fn lost(&self, lease: &Lease<DueScan>) {
        tracing::warn!(event = %Event::LeaseLost, message.id = %lease.held.message, worker = NAME, "somebody else looks at the attachments now");
    }

    async fn silent(&self, error: &ScanError) -> Result<(), StoreError> {
        let alarm = NewAlarm { kind: AlarmKind::ScannerSilent, subject: SUBJECT.to_owned() };
        self.metrics.worker_trouble(NAME);
        match self.store.open_alarm(alarm, self.clock.now()).await? {
            AlarmOutcome::Opened => {
                self.metrics.alarm_raised(AlarmKind::ScannerSilent);
                tracing::error!(event = %Event::AlarmOpened, alarm = AlarmKind::ScannerSilent.label(), failure = %error, "attachments are not looked at");
            }
            AlarmOutcome::AlreadyOpen => {
                tracing::warn!(worker = NAME, failure = %error, "attachments are still not looked at");
            }
        }
        Ok(())
    }
}

impl Round for ScanWorker {
    fn rhythm(&self) -> &Rhythm {
        &self.rhythm
    }

    async fn round(&mut self, _hands: &mut JoinSet<()>) -> Result<Duration, StoreError> {
        self.look().await
    }
}

#[cfg(test)]
mod tests {
    use super::OpenAttachments;
    use super::OpenedAttachment;
    use super::ScanWorker;
    use crate::antivirus::AntivirusConfig;
    use crate::antivirus::Clamd;
    use crate::antivirus::ScanError;
    use crate::antivirus::ScanFile;
    use crate::antivirus::Scanned;
    use crate::clock::Clock as _;
    use crate::clock::TestClock;
    use crate::domain::AlarmKind;
    use crate::domain::MessageId;
    use crate::domain::Redacted;
    use crate::domain::ScanResult;
    use crate::storage::Claim;
    use crate::storage::OperatorStore as _;
    use crate::storage::RawMessage;
    use crate::storage::ScanStore as _;
    use crate::storage::ScannedFile;
    use crate::telemetry::Metrics;
    use crate::work::ScanningStore;
    use crate::work::ScansConfig;
    use crate::work::testing::House;
    use async_trait::async_trait;
    use bytes::Bytes;
    use std::sync::Arc;
    use std::sync::atomic::AtomicUsize;
    use std::sync::atomic::Ordering;
    use std::time::Duration;
    use tokio::io::AsyncReadExt as _;
    use tokio::io::AsyncWriteExt as _;
    use tokio::net::TcpListener;

    const VIRUS: &[u8] = b"virus";

    /// The attachments of every message: a good one, a bad one, and another good one.
    struct Three;

    impl OpenAttachments for Three {
        fn open_attachments(&self, _: &RawMessage) -> Option<Vec<OpenedAttachment>> {
            let files = [&b"god"[..], VIRUS, b"ogsaa god"].into_iter().zip(2..);
            let opened =
                |(bytes, position)| OpenedAttachment { position, bytes: Redacted::new(Bytes::from_static(bytes)) };
            Some(files.map(opened).collect())
        }
    }

    /// A server over TCP that speaks clamd's protocol, until it is dropped. It answers `answers` files and then hangs up.
    async fn clamd(listener: TcpListener, answers: usize) -> usize {
        for answered in 0..answers {
            let (mut connection, _) = listener.accept().await.unwrap();
            let mut command = [0; 10];
            connection.read_exact(&mut command).await.unwrap();
            let mut file = Vec::new();
            loop {
                let length = connection.read_u32().await.unwrap() as usize;
                if length == 0 {
                    break;
                }
                let begun = file.len();
                file.resize(begun + length, 0);
                connection.read_exact(&mut file[begun..]).await.unwrap();
            }
            let reply: &[u8] = if file == VIRUS { b"stream: Prove-1 FOUND\0" } else { b"stream: OK\0" };
            connection.write_all(reply).await.unwrap();
            if answered + 1 == answers {
                return answers;
            }
        }
        0
    }

    fn worker(house: &House, address: String, metrics: &Arc<Metrics>) -> ScanWorker {
        let config = AntivirusConfig { enabled: true, address, seconds_max: 5, ..AntivirusConfig::default() };
        ScanWorker::new(
            house.store.clone(),
            Arc::new(Clamd::new(&config).unwrap()),
            Arc::new(Three),
            house.clock.clone(),
            Arc::clone(metrics),
            &ScansConfig::default(),
        )
    }

    async fn known(house: &House, message: MessageId) -> Vec<(u32, ScanResult)> {
        let file = |it: ScannedFile| (it.position, it.result);
        house.store.scanned_files(message).await.unwrap().into_iter().map(file).collect()
    }

    #[tokio::test]
    async fn what_the_scanner_did_not_answer_for_is_asked_again_and_what_it_found_is_told() {
        let house = House::new().await;
        let message = house.receive_with_attachments().await;
        let metrics = Arc::new(Metrics::new("0"));

        // One answer, and then nobody is there.
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = tokio::spawn(clamd(listener, 1));
        let worker = worker(&house, address.to_string(), &metrics);
        worker.look().await.unwrap();
        assert_eq!(server.await.unwrap(), 1);
        let first = known(&house, message).await;
        let alarms: Vec<_> = house.store.alarms().await.unwrap().into_iter().map(|it| it.kind).collect();

        // Before it is time nobody is asked; then the daemon is back.
        worker.look().await.unwrap();
        let server = tokio::spawn(clamd(TcpListener::bind(address).await.unwrap(), 2));
        house.clock.advance(Duration::from_secs(31));
        worker.look().await.unwrap();
        let second = known(&house, message).await;

        assert_eq!(first, [(2, ScanResult::Clean)]);
        assert_eq!(alarms, [AlarmKind::ScannerSilent]);
        assert_eq!(server.await.unwrap(), 2);
        assert_eq!(second, [(2, ScanResult::Clean), (3, ScanResult::Infected), (4, ScanResult::Clean)]);
        let alarms = house.store.alarms().await.unwrap();
        let detail = house.store.message(&message.to_string()).await.unwrap();
        assert_eq!(alarms.len(), 1, "the silence is over, and the harm is told: {alarms:?}");
        assert_eq!(
            (alarms[0].kind, &*alarms[0].subject),
            (AlarmKind::AttachmentInfected, detail.row.reference.as_str())
        );
        let told: Vec<_> = detail.journal.iter().map(|it| it.action.as_str()).collect();
        assert_eq!(told, ["accepted", "attachment_stopped", "attachments_checked"]);
        assert_eq!(house.store.next_scan_due().await.unwrap(), None);
    }

    /// It takes its time, and each time another node looks for something to do.
    struct Slow {
        store: Arc<dyn ScanningStore>,
        clock: Arc<TestClock>,
        taken_by_others: AtomicUsize,
    }

    #[async_trait]
    impl ScanFile for Slow {
        async fn scan(&self, _: &[u8]) -> Result<Scanned, ScanError> {
            self.clock.advance(Duration::from_secs(400));
            let now = self.clock.now();
            let claim = Claim { rows_max: 9, now, until: now.plus(Duration::from_secs(600)) };
            let taken = self.store.claim_scans(claim).await.unwrap();
            self.taken_by_others.fetch_add(taken.len(), Ordering::SeqCst);
            Ok(Scanned { result: ScanResult::Clean, signature: None })
        }
    }

    #[tokio::test]
    async fn what_takes_longer_than_a_lease_is_not_taken_over_by_another_node() {
        let house = House::new().await;
        let message = house.receive_with_attachments().await;
        let (store, clock) = (house.store.clone(), house.clock.clone());
        let slow = Arc::new(Slow { store, clock, taken_by_others: AtomicUsize::new(0) });
        let worker = ScanWorker::new(
            house.store.clone(),
            slow.clone(),
            Arc::new(Three),
            house.clock.clone(),
            Arc::new(Metrics::new("0")),
            &ScansConfig::default(),
        );

        worker.look().await.unwrap();

        assert_eq!(slow.taken_by_others.load(Ordering::SeqCst), 0, "in 1200 seconds, with a lease of 600");
        let clean = [2, 3, 4].map(|position| (position, ScanResult::Clean));
        assert_eq!(known(&house, message).await, clean);
        assert_eq!(house.store.next_scan_due().await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_message_without_attachments_is_not_in_the_queue() {
        let house = House::new().await;
        house.queue("gjerstad", crate::domain::NoticeChannel::Email).await;
        assert_eq!(house.store.next_scan_due().await.unwrap(), None);
    }
}
