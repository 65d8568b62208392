//! The whole house: opened, served, closed.

use crate::admin;
use crate::admin::AdminError;
use crate::admin::AdminState;
use crate::admin::Readiness;
use crate::admin::Requeue;
use crate::admin::RequeueError;
use crate::app::Heart;
use crate::app::configuration;
use crate::app::correspondence::OutboundTimes;
use crate::app::counting::Counting;
use crate::app::counting::Ringing;
use crate::app::desk::Desk;
use crate::app::directory;
use crate::app::keys::KeyFile;
use crate::app::open;
use crate::app::open::Door;
use crate::app::open::WhenMissing;
use crate::app::outbox::Letterbox;
use crate::app::sha256;
use crate::app::web;
use crate::app::web::Clients;
use crate::app::web::WebCertificate;
use crate::app::workers::Workers;
use crate::app::workers::notifiers;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::cli::chain;
use crate::clock::Clock;
use crate::clock::SystemClock;
use crate::config::Config;
use crate::config::ConfigError;
use crate::domain::AlarmKind;
use crate::domain::DeliveryState;
use crate::domain::MessageId;
use crate::domain::NewAlarm;
use crate::domain::NoticeId;
use crate::domain::OutboundId;
use crate::domain::OutboundState;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::inbox;
use crate::inbox::Inbox;
use crate::inbox::InboxConfig;
use crate::inbox::Providers;
use crate::inbox::RefusedPasswords;
use crate::inbox::WhileUnsure;
use crate::intake::Intake;
use crate::intake::RejudgeError;
use crate::lifecycle::Lifecycle;
use crate::rules;
use crate::storage::Actor;
use crate::storage::AlarmOutcome;
use crate::storage::Store;
use crate::storage::StoreError;
use crate::telemetry::CertificateBook;
use crate::telemetry::Event;
use crate::telemetry::INBOX_CERTIFICATE;
use crate::telemetry::LISTS;
use crate::telemetry::Metrics;
use crate::telemetry::OWN;
use crate::transport::https::HttpsError;
use crate::transport::https::HttpsListener;
use crate::transport::https::HttpsSender;
use crate::transport::https::Reload;
use crate::transport::https::Trust;
use crate::work;
use crate::work::Bell;
use crate::work::NoticeStore;
use async_trait::async_trait;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

/// How long what is under way may take when the house closes.
const GRACE: Duration = Duration::from_secs(20);

/// How often the inbox's certificate and the configuration's files are looked at.
const LOOK_PERIOD: Duration = Duration::from_secs(10);

/// What is read again while the house is open. The subject of its alarm `reload_failed` is the file that is bad.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Reread {
    Configuration,
    Certificates,
    InboxCertificate,
    Keys,
}

/// The file that cannot be used, and what is wrong with it.
struct Bad {
    file: String,
    said: String,
}

/// A gateway that is open.
pub struct House {
    pub store: Arc<dyn Store>,
    pub intake_address: SocketAddr,
    pub inbox_address: SocketAddr,
    /// The listener for case systems with certificates, when it is open.
    pub api_address: Option<SocketAddr>,
    pub admin_address: SocketAddr,
    heart: Arc<Heart>,
    door: Arc<dyn Door>,
    outbound_bell: Bell,
    life: Lifecycle,
}

impl House {
    /// Opens everything that the configuration names, without a file to read again.
    ///
    /// # Errors
    /// Something that the configuration names cannot be used.
    pub async fn open(config: &Config, clock: Arc<dyn Clock>) -> Result<Self, Stop> {
        Self::open_from(config, None, clock).await
    }

    /// As [`House::open`]; SIGHUP and changed files reread `file`.
    ///
    /// # Errors
    /// Something that the configuration names cannot be used.
    pub async fn open_from(config: &Config, file: Option<PathBuf>, clock: Arc<dyn Clock>) -> Result<Self, Stop> {
        let refused = [config.refused_inbox(), config.refused_listeners(), config.work.refused()].concat();
        if !refused.is_empty() {
            return Err(Stop::Configuration(ConfigError::wrong(refused.join("\n"))));
        }
        let heart = Arc::new(Heart::new(config)?);
        // So that the first sender does not wait for it.
        rules::schema::published();
        let opened = open::open_at(config, WhenMissing::Make, Arc::clone(&clock)).await?;
        let store = Arc::clone(&opened.store);
        let life = Lifecycle::new();
        let metrics = Arc::new(Metrics::new(env!("CARGO_PKG_VERSION")));
        let book = CertificateBook::default();

        let workers = Workers::new(config, &opened, &heart, &clock, &metrics, &book)?;
        let (bells, pulses) = (workers.bells(), workers.pulses());
        let letterbox = Letterbox {
            heart: Arc::clone(&heart),
            times: OutboundTimes::of(config),
            bell: bells.words.clone(),
            clock: Arc::clone(&clock),
        };
        let ringing = Arc::new(Ringing {
            store: Arc::clone(&store),
            bell: bells.notices.clone(),
            scan_bell: bells.scans.clone(),
            urgent_bell: bells.deadlines.clone(),
        });
        let counting = Arc::new(Counting { metrics: Arc::clone(&metrics), book: book.clone() });
        let intake = Intake::new(config.intake, heart.clone(), ringing, Arc::clone(&clock), counting, life.tasks());
        let https = HttpsListener::bind(config.https(), Arc::clone(&clock)).await.map_err(|error| match error {
            HttpsError::Listen { .. } => busy(&error),
            HttpsError::Tls(_) => wrong(&error),
        })?;
        let inbox_certificate = WebCertificate::load(
            config.path(&config.inbox_listener.certificate_file),
            config.path(&config.inbox_listener.key_file),
        )?;
        let inbox_socket = web::listen(config.inbox_listener.listen, "inbox").await?;
        let api_socket = match config.api_listener.enabled {
            true => Some(web::listen(config.api_listener.listen, "case systems").await?),
            false => None,
        };
        let admin_socket = config.admin.bind().await.map_err(|error| match error {
            AdminError::Listen { .. } => busy(&error),
            AdminError::Open(_) => wrong(&error),
        })?;
        let house = Self {
            store: Arc::clone(&store),
            intake_address: https.address(),
            inbox_address: inbox_socket.local_addr().map_err(|error| wrong(&error))?,
            api_address: api_socket.as_ref().and_then(|it| it.local_addr().ok()),
            admin_address: admin_socket.local_addr().map_err(|error| wrong(&error))?,
            heart: Arc::clone(&heart),
            door: opened.door,
            outbound_bell: bells.outbound.clone(),
            life: life.clone(),
        };
        let trusted = https.trusted();
        book.set(OWN, trusted.load().own_certificate_ends);
        tell_lists(&book, trusted.load().revocation_lists_good_until);
        let has_its_own =
            config.path(&config.inbox_listener.certificate_file) != config.path(&config.https.certificate_file);
        if let (true, Some(ends)) = (has_its_own, inbox_certificate.ends()) {
            book.set(INBOX_CERTIFICATE, ends);
        }

        let inbox = Inbox {
            accounts: store.clone(),
            api: store.clone(),
            audit: store.clone(),
            sessions: store.clone(),
            metrics: Arc::clone(&metrics),
            items: store.clone(),
            people: store.clone(),
            openings: store.clone(),
            reminders: store.clone(),
            identities: store.clone(),
            factors: store.clone(),
            providers: Providers::load(&config.inbox.providers, &config.data_dir, &clock)
                .map_err(|error| wrong(&error))?,
            cases: store.clone(),
            register: store.clone(),
            search: store.clone(),
            figures: store.clone(),
            closing: life.soft(),
            meetings: store.clone(),
            tasks: store.clone(),
            questions: store.clone(),
            messages: store.clone(),
            operator: store.clone(),
            clock: Arc::clone(&clock),
            reader: heart.clone(),
            names: heart.clone(),
            checker: heart.clone(),
            numbers: heart.clone(),
            contacts: heart.clone(),
            forms: store.clone(),
            desk: Arc::new(Desk {
                heart: Arc::clone(&heart),
                intake: Arc::clone(&intake),
                clock: Arc::clone(&clock),
                sender: config.inbox.form.sender.clone(),
            }),
            outbox: Arc::new(letterbox),
            scans: store.clone(),
            while_unsure: while_unsure(config),
            config: InboxConfig { rejected_days: config.work.retention.rejected_days, ..config.inbox.clone() },
            refused_passwords: refused_passwords(config)?,
            book: Arc::new(configuration::Book { heart: Arc::clone(&heart), revisions: store.clone() }),
        };
        let admin = AdminState {
            store: store.clone(),
            requeue: Arc::new(Again {
                intake: Arc::clone(&intake),
                store: Arc::clone(&store),
                notices: opened.notices,
                bell: bells.notices,
                outbound_bell: bells.outbound,
                answered_within: config.work.outbound.answered_within(),
                clock: Arc::clone(&clock),
            }),
            readiness: Arc::new(Readiness::new(pulses, book.clone(), life.soft())),
            metrics: Arc::clone(&metrics),
            clock: Arc::clone(&clock),
            others: config.admin.others(),
        };

        let tasks = life.tasks();
        let alarms = Alarms { store: store.clone(), clock, book, metrics, open: Arc::default() };
        tasks.spawn(https.serve(intake, life.clone(), on_certificates(alarms.clone())));
        let inbox = inbox::router(inbox);
        if let Some(socket) = api_socket {
            let (certificate, router) = (Arc::clone(&inbox_certificate), inbox::only_api(inbox.clone()));
            tasks.spawn(web::serve_tls(socket, certificate, router, Clients::CaseSystems, life.clone()));
        }
        let certificate = Arc::clone(&inbox_certificate);
        tasks.spawn(web::serve_tls(inbox_socket, certificate, inbox, Clients::Browsers, life.clone()));
        tasks.spawn(web::serve_clear(admin_socket, admin::router(admin), life.clone()));
        workers.start(&life);
        take_into_use(config, &heart, &*alarms.store, &*alarms.clock).await;
        // All of it has just been read, so what an earlier run could not read has been mended.
        alarms.begin_anew().await;
        let keys = KeyFile::new(config, Arc::clone(&house.door));
        tasks.spawn(keep_fresh(inbox_certificate, heart, file, keys, alarms, life.clone()));
        life.opened();
        let listening = Event::Listening.name();
        tracing::info!(event = listening, address = %house.inbox_address, "the inbox is open");
        if let Some(address) = house.api_address {
            tracing::info!(event = listening, address = %address, "the way in for case systems is open");
        }
        tracing::info!(event = listening, address = %house.admin_address, "the admin face is open");
        Ok(house)
    }

    /// The units in force.
    pub fn units(&self) -> Vec<UnitId> {
        self.heart.with_directory(|it| it.units().iter().map(|it| it.id.clone()).collect())
    }

    /// The heart: what is in force, and what it makes of what units write.
    pub fn heart(&self) -> &Heart {
        &self.heart
    }

    /// Wakes the one that sends, when something has been put in its queue.
    pub fn ring_outbound(&self) {
        self.outbound_bell.ring();
    }

    /// Reads the rules, the unit directory and the certificates again, as SIGHUP does.
    pub fn reload(&self) {
        self.life.reload();
    }

    /// Waits for a signal, then closes.
    ///
    /// # Errors
    /// The operating system hands over no signals.
    pub async fn run_until_stopped(self) -> Result<(), Stop> {
        self.life.run(GRACE).await.map_err(|error| wrong(&error))?;
        self.door.close().await;
        Ok(())
    }

    /// Closes now: finishes what is under way.
    pub async fn close(self) {
        self.life.close();
        if tokio::time::timeout(GRACE, self.life.tasks().wait()).await.is_err() {
            self.life.hard().cancel();
        }
        self.door.close().await;
    }
}

/// What the inbox does with attachments that have not been looked at.
const fn while_unsure(config: &Config) -> WhileUnsure {
    match (config.antivirus.enabled, config.antivirus.hold_while_unsure) {
        (false, _) => WhileUnsure::NobodyLooks,
        (true, true) => WhileUnsure::Hold,
        (true, false) => WhileUnsure::Release,
    }
}

/// The operator's list of passwords that nobody may choose.
fn refused_passwords(config: &Config) -> Result<RefusedPasswords, Stop> {
    if config.inbox.refused_passwords_file.as_os_str().is_empty() {
        return Ok(RefusedPasswords::default());
    }
    let file = config.path(&config.inbox.refused_passwords_file);
    let text = std::fs::read(&file)
        .map_err(|error| Stop::Said(Exit::Configuration, format!("could not read {}: {error}", file.display())))?;
    Ok(RefusedPasswords::read(&text))
}

/// A port that could not be taken.
fn busy(error: &dyn std::error::Error) -> Stop {
    let said = format!("{}. Does another meldeport run? ss -ltnp tells who has the port", chain(error));
    Stop::Said(Exit::Later, said)
}

pub(super) fn wrong(error: &dyn std::error::Error) -> Stop {
    Stop::Said(Exit::Configuration, chain(error))
}

/// Opens and clears alarms from where there is no waiting.
#[derive(Clone)]
struct Alarms {
    store: Arc<dyn Store>,
    metrics: Arc<Metrics>,
    clock: Arc<dyn Clock>,
    book: CertificateBook,
    /// Under which file's name an alarm is open.
    open: Arc<Mutex<BTreeMap<Reread, String>>>,
}

impl Alarms {
    /// Clears what an earlier run has opened.
    async fn begin_anew(&self) {
        let cleared = async {
            for alarm in self.store.alarms().await? {
                if alarm.kind == AlarmKind::ReloadFailed {
                    self.store.clear_alarm(alarm.kind, &alarm.subject, self.clock.now()).await?;
                }
            }
            Ok::<(), StoreError>(())
        };
        kept(cleared.await);
    }

    async fn set(&self, what: Reread, bad: Option<Bad>) {
        let file = bad.as_ref().map(|it| it.file.clone());
        let before = {
            let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
            match &file {
                Some(file) => open.insert(what, file.clone()),
                None => open.remove(&what),
            }
        };
        if let Some(before) = before.filter(|it| file.as_ref() != Some(it)) {
            kept(self.store.clear_alarm(AlarmKind::ReloadFailed, &before, self.clock.now()).await);
        }
        let Some(Bad { file, said }) = bad else { return };
        tracing::error!(subject = file, fault = said, "what should have been reloaded is bad; the old one is in use");
        let alarm = NewAlarm { kind: AlarmKind::ReloadFailed, subject: file };
        match self.store.open_alarm(alarm, self.clock.now()).await {
            Ok(AlarmOutcome::Opened) => self.metrics.alarm_raised(AlarmKind::ReloadFailed),
            Ok(AlarmOutcome::AlreadyOpen) => {}
            Err(error) => kept(Err(error)),
        }
    }
}

fn kept(outcome: Result<(), StoreError>) {
    if let Err(error) = outcome {
        tracing::error!(error = &error as &dyn std::error::Error, "the alarm could not be kept");
    }
}

/// Until when the revocation lists are good, when they say: [`work::Watch`] raises the alarm.
fn tell_lists(book: &CertificateBook, good_until: Option<Timestamp>) {
    match good_until {
        Some(good_until) => book.set(LISTS, good_until),
        None => book.forget(LISTS),
    }
}

/// What the HTTPS way in says of its certificates.
fn on_certificates(alarms: Alarms) -> impl Fn(Reload) + Send + Sync + 'static {
    move |reload| {
        let fault = match reload {
            Reload::Done { own_certificate_ends, revocation_lists_good_until } => {
                alarms.book.set(OWN, own_certificate_ends);
                tell_lists(&alarms.book, revocation_lists_good_until);
                None
            }
            Reload::Failed(error) => {
                let file = error.file().map_or_else(|| "certificates".to_owned(), |it| it.display().to_string());
                Some(Bad { file, said: chain(&error) })
            }
        };
        let alarms = alarms.clone();
        tokio::spawn(async move { alarms.set(Reread::Certificates, fault).await });
    }
}

/// Looks at the inbox's certificate by period, and reads the rules and the unit directory again at SIGHUP and when their
/// files have changed.
async fn keep_fresh(
    certificate: Arc<WebCertificate>,
    heart: Arc<Heart>,
    file: Option<PathBuf>,
    mut keys: KeyFile,
    alarms: Alarms,
    life: Lifecycle,
) {
    let (soft, mut reloads) = (life.soft(), life.reloads());
    let mut seen = file.as_deref().and_then(fingerprint);
    let at_start = file.as_deref().and_then(|it| Config::load(it).ok());
    loop {
        let asked = tokio::select! {
            () = soft.cancelled() => return,
            changed = reloads.changed() => changed.is_ok(),
            () = tokio::time::sleep(LOOK_PERIOD) => false,
        };
        match certificate.look() {
            Ok(false) => {}
            Ok(true) => {
                if let (Some(_), Some(ends)) = (alarms.book.ends(INBOX_CERTIFICATE), certificate.ends()) {
                    alarms.book.set(INBOX_CERTIFICATE, ends);
                }
                alarms.set(Reread::InboxCertificate, None).await;
            }
            Err(stop) => {
                let bad = Bad { file: certificate.named(), said: stop.said() };
                alarms.set(Reread::InboxCertificate, Some(bad)).await;
            }
        }
        if let Some(outcome) = keys.look(&life).await {
            alarms.set(Reread::Keys, outcome.err().map(|said| Bad { file: keys.named(), said })).await;
        }
        let Some(file) = &file else { continue };
        let now = fingerprint(file);
        if !asked && now == seen {
            continue;
        }
        seen = now;
        let read = Config::load(file).and_then(|config| heart.reload(&config).map(|()| config));
        if let Ok(config) = &read {
            take_into_use(config, &heart, &*alarms.store, &*alarms.clock).await;
            tracing::info!("the rules and the unit directory have been read again");
            let waiting = at_start.as_ref().map(|it| it.sections_for_restart(config)).unwrap_or_default();
            if !waiting.is_empty() {
                let sections = waiting.join(", ");
                tracing::warn!(
                    sections,
                    "these sections of the configuration have changed and wait for the next start"
                );
            }
        }
        let bad = read.err().map(|it| {
            let named = it.file().unwrap_or(file).display().to_string();
            Bad { file: named, said: chain(&it) }
        });
        alarms.set(Reread::Configuration, bad).await;
    }
}

/// Keeps the version of the unit directory that is in force now, and says where there is nobody who receives. What cannot be
/// kept is told, and hinders nothing.
async fn take_into_use(config: &Config, heart: &Heart, store: &dyn Store, clock: &dyn Clock) {
    let now = clock.now();
    let kept = match config.directory_texts() {
        Ok(files) => {
            let directory = heart.with_directory(Clone::clone);
            configuration::keep_revision(store, &directory, files, now).await.map(|_| directory)
        }
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "the unit directory could not be read again");
            return;
        }
    };
    let told = match kept {
        Ok(directory) => configuration::tell_receivers(&directory, store, now).await,
        Err(error) => Err(error),
    };
    if let Err(error) = told {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "the version of the unit directory could not be kept"
        );
    }
}

/// Changes whenever the configuration, a file of the unit directory or a webhook's secret does.
fn fingerprint(file: &Path) -> Option<[u8; 32]> {
    let mut all = std::fs::read(file).ok()?;
    let config = Config::load(file).ok()?;
    for (name, text) in config.directory_texts().ok()?.into_iter().chain(config.content_texts().ok()?) {
        all.extend_from_slice(name.as_bytes());
        all.extend_from_slice(text.as_bytes());
    }
    // A directory with faults has no secrets to look at; its own text has changed the fingerprint already.
    let webhooks = directory(&config).map(|it| it.units().iter().filter_map(|it| it.notify.webhook.clone()).collect());
    let webhooks: Vec<_> = webhooks.unwrap_or_default();
    for webhook in webhooks {
        all.extend(std::fs::read(config.path(Path::new(&webhook.secret_file))).unwrap_or_default());
        all.push(0);
    }
    Some(sha256(&all))
}

/// Puts things back in the queue for operators.
struct Again {
    intake: Arc<Intake>,
    store: Arc<dyn Store>,
    notices: Arc<dyn NoticeStore>,
    bell: Bell,
    outbound_bell: Bell,
    answered_within: Duration,
    clock: Arc<dyn Clock>,
}

#[async_trait]
impl Requeue for Again {
    async fn message(&self, id: MessageId, operator: &str) -> Result<String, RequeueError> {
        let judged = open::rejudge_by(&self.intake, &*self.store, &*self.clock, id, operator).await;
        let state = judged.map_err(|error| match error {
            RejudgeError::NotStuck | RejudgeError::Store(StoreError::Absent) => RequeueError::NotWaiting,
            other => RequeueError::Later(chain(&other)),
        })?;
        self.bell.ring();
        Ok(state.label().to_owned())
    }

    async fn outbound(&self, id: OutboundId, operator: &str) -> Result<String, RequeueError> {
        let (now, by) = (self.clock.now(), Actor::Operator(operator.to_owned()));
        match self.store.requeue_outbound(id, &by, now.plus(self.answered_within), now).await {
            Ok(()) => {
                self.outbound_bell.ring();
                Ok(OutboundState::Queued.label().to_owned())
            }
            Err(StoreError::Absent) => Err(RequeueError::NotWaiting),
            Err(error) => Err(RequeueError::Later(chain(&error))),
        }
    }

    async fn notice(&self, id: NoticeId, operator: &str) -> Result<String, RequeueError> {
        match work::requeue_notice(&*self.notices, &self.bell, &*self.clock, id, operator).await {
            Ok(()) => Ok(DeliveryState::Queued.label().to_owned()),
            Err(StoreError::Absent) => Err(RequeueError::NotWaiting),
            Err(error) => Err(RequeueError::Later(chain(&error))),
        }
    }
}

/// Why nothing could be sent to peers, as a whole sentence. Opens no socket.
pub fn check_way_out(config: &Config) -> Option<String> {
    let error = HttpsSender::new(config.outbound()).check().err()?;
    Some(format!("Nothing that units write can be sent: {}.", chain(&error)))
}

/// What is wrong with the certificates and channels that the configuration names, as whole sentences. Opens no socket.
pub fn check_files(config: &Config) -> Vec<String> {
    let mut said = Vec::new();
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    if let Err(error) = Trust::load(&config.https(), &clock, 0) {
        said.push(format!("The HTTPS way in cannot be opened: {}.", chain(&error)));
    }
    let (certificate, key) = (&config.inbox_listener.certificate_file, &config.inbox_listener.key_file);
    if let Err(stop) = WebCertificate::load(config.path(certificate), config.path(key)) {
        said.push(format!("The inbox cannot be opened: {}.", stop.said()));
    }
    if let Err(stop) = refused_passwords(config) {
        said.push(format!("The inbox cannot be opened: {}.", stop.said()));
    }
    if let Err(error) = config.admin.check() {
        said.push(format!("The admin face cannot be opened: {}.", chain(&error)));
    }
    if let Err(error) = Providers::load(&config.inbox.providers, &config.data_dir, &clock) {
        said.push(format!("Nobody can sign in by a provider: {}.", chain(&error)));
    }
    match Heart::new(config) {
        Ok(heart) => said.extend(
            notifiers(config, &Arc::new(heart), &clock).err().map(|it| format!("Units cannot be told: {}.", it.said())),
        ),
        Err(error) => said.push(chain(&error)),
    }
    said
}
