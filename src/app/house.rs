//! The whole house: opened, served, closed.

use crate::admin;
use crate::app::Heart;
use crate::app::heart::Ringing;
use crate::app::open;
use crate::app::web;
use crate::app::web::WebCertificate;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::AlarmKind;
use crate::domain::NewAlarm;
use crate::domain::UnitId;
use crate::inbox::Inbox;
use crate::intake::Intake;
use crate::lifecycle::Lifecycle;
use crate::notify::EmailNotifier;
use crate::notify::Notifiers;
use crate::notify::WebhookNotifier;
use crate::storage::OperatorStore;
use crate::storage::Store;
use crate::telemetry::CertificateBook;
use crate::telemetry::Metrics;
use crate::transport::https::HttpsListener;
use crate::transport::https::Reload;
use crate::work::Bell;
use crate::work::NoticeWorker;
use crate::work::Watch;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// How long what is under way may take when the house closes.
const GRACE: Duration = Duration::from_secs(20);

/// How often the inbox's certificate and the configuration's files are looked at.
const LOOK_PERIOD: Duration = Duration::from_secs(10);

/// A gateway that is open.
pub struct House {
    pub store: Arc<dyn Store>,
    pub intake_address: SocketAddr,
    pub inbox_address: SocketAddr,
    pub admin_address: SocketAddr,
    heart: Arc<Heart>,
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
        let heart = Arc::new(Heart::new(config)?);
        let opened = open::open(config).await?;
        let store = Arc::clone(&opened.store);
        let life = Lifecycle::new();
        let metrics = Arc::new(Metrics::new(env!("CARGO_PKG_VERSION")));
        let book = CertificateBook::default();
        let bell = Bell::default();

        let ringing = Arc::new(Ringing::new(Arc::clone(&store), bell.clone()));
        let intake = Intake::new(config.intake, heart.clone(), ringing, Arc::clone(&clock), metrics.clone(), life.tasks());
        let https = HttpsListener::bind(config.https(), Arc::clone(&clock)).await.map_err(|error| wrong(&error))?;
        let inbox_certificate = WebCertificate::load(
            config.path(&config.inbox_listener.certificate_file),
            config.path(&config.inbox_listener.key_file),
        )?;
        let inbox_socket = web::listen(config.inbox_listener.listen, "inbox").await?;
        let admin_socket = web::listen(admin_address(config)?, "admin face").await?;
        let house = Self {
            store: Arc::clone(&store),
            intake_address: https.address(),
            inbox_address: inbox_socket.local_addr().map_err(|error| wrong(&error))?,
            admin_address: admin_socket.local_addr().map_err(|error| wrong(&error))?,
            heart: Arc::clone(&heart),
            life: life.clone(),
        };
        let trusted = https.trusted();
        book.set("own", trusted.load().own_certificate_ends);

        let notices = NoticeWorker::new(
            opened.notices,
            notifiers(config, &heart, &clock)?,
            Arc::clone(&clock),
            Arc::clone(&metrics),
            config.work.notices.policy().map_err(|error| wrong(&error))?,
            &config.work.notices,
        )
        .woken_by(bell.clone());
        let watch = Watch::new(store.clone(), book.clone(), Arc::clone(&clock), Arc::clone(&metrics), &config.work.watch);
        let pulses = vec![notices.pulse(), watch.pulse()];

        let inbox = Inbox {
            accounts: store.clone(),
            items: store.clone(),
            messages: store.clone(),
            operator: store.clone(),
            clock: Arc::clone(&clock),
            reader: heart.clone(),
            names: heart.clone(),
            config: config.inbox.clone(),
        };
        let admin = admin::Admin {
            store: store.clone(),
            clock: Arc::clone(&clock),
            metrics,
            pulses,
            book: book.clone(),
            phase: Arc::new(PhaseOf(life.clone())),
            requeue: Arc::new(Requeue { intake: Arc::clone(&intake), store: opened.notices_again, clock: Arc::clone(&clock), bell }),
        };

        let tasks = life.tasks();
        let alarms = Alarms { store: store.clone(), clock, book };
        tasks.spawn(https.serve(intake, life.clone(), alarms.on_certificates()));
        tasks.spawn(web::serve_tls(inbox_socket, Arc::clone(&inbox_certificate), inbox.router(), life.clone()));
        tasks.spawn(web::serve_clear(admin_socket, admin::router(Arc::new(admin)), life.clone()));
        tasks.spawn(notices.run(life.soft()));
        tasks.spawn(watch.run(life.soft()));
        tasks.spawn(keep_fresh(inbox_certificate, heart, file, alarms, life.clone()));
        life.opened();
        Ok(house)
    }

    /// The units in force.
    pub fn units(&self) -> Vec<UnitId> {
        self.heart.with_directory(|it| it.units().iter().map(|it| it.id.clone()).collect())
    }

    /// Waits for a signal, then closes.
    ///
    /// # Errors
    /// The operating system hands over no signals.
    pub async fn run_until_stopped(self) -> Result<(), Stop> {
        self.life.run(GRACE).await.map_err(|error| wrong(&error))?;
        self.store.close().await;
        Ok(())
    }

    /// Closes now: finishes what is under way.
    pub async fn close(self) {
        self.life.close();
        if tokio::time::timeout(GRACE, self.life.tasks().wait()).await.is_err() {
            self.life.hard().cancel();
        }
        self.store.close().await;
    }
}
