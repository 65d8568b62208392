//! All that goes on by itself: made ready together, started together.

use crate::antivirus::Clamd;
use crate::app::Heart;
use crate::app::correspondence::PostOffice;
use crate::app::house::wrong;
use crate::app::open::Opened;
use crate::cli::Stop;
use crate::clock::Clock;
use crate::config::Config;
use crate::lifecycle::Lifecycle;
use crate::notify::EmailNotifier;
use crate::notify::HttpHookCaller;
use crate::notify::Notifiers;
use crate::notify::UnitContacts;
use crate::notify::WebhookNotifier;
use crate::telemetry::CertificateBook;
use crate::telemetry::Metrics;
use crate::telemetry::Pulse;
use crate::transport::https::HttpsSender;
use crate::work::Bell;
use crate::work::DeadlineWorker;
use crate::work::HookWorker;
use crate::work::NoticeWorker;
use crate::work::OutboundWorker;
use crate::work::RetentionWorker;
use crate::work::ScanWorker;
use crate::work::Watch;
use crate::work::WordWorker;
use std::sync::Arc;

/// The workers of the house, before they are started.
pub(super) struct Workers {
    notices: NoticeWorker,
    outbound: OutboundWorker,
    words: WordWorker,
    deadlines: DeadlineWorker,
    hooks: HookWorker,
    retention: RetentionWorker,
    watch: Watch,
    /// When there is an antivirus program.
    scans: Option<ScanWorker>,
}

/// What wakes them, for those who bring them work.
pub(super) struct Bells {
    pub(super) notices: Bell,
    pub(super) outbound: Bell,
    pub(super) words: Bell,
    pub(super) deadlines: Bell,
    pub(super) scans: Option<Bell>,
}

impl Workers {
    pub(super) fn new(
        config: &Config,
        opened: &Opened,
        heart: &Arc<Heart>,
        clock: &Arc<dyn Clock>,
        metrics: &Arc<Metrics>,
        book: &CertificateBook,
    ) -> Result<Self, Stop> {
        let (work, store) = (&config.work, &opened.store);
        let notices = NoticeWorker::new(
            Arc::clone(&opened.notices),
            notifiers(config, heart, clock)?,
            Arc::clone(clock),
            Arc::clone(metrics),
            work.notices.policy().map_err(|error| wrong(&error))?,
            &work.notices,
        );
        let post_office = PostOffice { heart: Arc::clone(heart), sender: HttpsSender::new(config.outbound()) };
        let outbound = OutboundWorker::new(
            Arc::clone(&opened.outbound),
            Arc::new(post_office),
            Arc::clone(clock),
            Arc::clone(metrics),
            work.outbound.policy().map_err(|error| wrong(&error))?,
            &work.outbound,
            notices.bell(),
        );
        let words = WordWorker::new(
            Arc::clone(&opened.words),
            heart.clone(),
            Arc::clone(clock),
            Arc::clone(metrics),
            &work.outbound,
            outbound.bell(),
        );
        let deadlines = DeadlineWorker::new(
            store.clone(),
            store.clone(),
            heart.clone(),
            Arc::clone(clock),
            Arc::clone(metrics),
            &work.deadlines,
            notices.bell(),
        );
        let hooks = HookWorker::new(
            store.clone(),
            store.clone(),
            Arc::new(hook_caller(config, clock)?),
            Arc::clone(clock),
            Arc::clone(metrics),
            work.hooks.policy().map_err(|error| wrong(&error))?,
            &work.hooks,
        );
        let watch = Watch::new(store.clone(), book.clone(), Arc::clone(clock), Arc::clone(metrics), &work.watch);
        let retention = RetentionWorker::new(store.clone(), Arc::clone(clock), metrics, work.retention);
        let scans = scans(config, opened, heart, clock, metrics)?;
        Ok(Self { notices, outbound, words, deadlines, hooks, retention, watch, scans })
    }

    pub(super) fn bells(&self) -> Bells {
        Bells {
            notices: self.notices.bell(),
            outbound: self.outbound.bell(),
            words: self.words.bell(),
            deadlines: self.deadlines.bell(),
            scans: self.scans.as_ref().map(ScanWorker::bell),
        }
    }

    pub(super) fn pulses(&self) -> Vec<Pulse> {
        let mut pulses = vec![
            self.notices.pulse(),
            self.outbound.pulse(),
            self.words.pulse(),
            self.watch.pulse(),
            self.deadlines.pulse(),
            self.hooks.pulse(),
            self.retention.pulse(),
        ];
        pulses.extend(self.scans.as_ref().map(ScanWorker::pulse));
        pulses
    }

    /// Each works until the house closes.
    pub(super) fn start(self, life: &Lifecycle) {
        let tasks = life.tasks();
        tasks.spawn(self.notices.run(life.soft()));
        tasks.spawn(self.outbound.run(life.soft()));
        tasks.spawn(self.words.run(life.soft()));
        tasks.spawn(self.watch.run(life.soft()));
        tasks.spawn(self.deadlines.run(life.soft()));
        tasks.spawn(self.retention.run(life.soft()));
        tasks.spawn(self.hooks.run(life.soft()));
        if let Some(scans) = self.scans {
            tasks.spawn(scans.run(life.soft()));
        }
    }
}

/// The antivirus worker, when there is an antivirus program.
fn scans(
    config: &Config,
    opened: &Opened,
    heart: &Arc<Heart>,
    clock: &Arc<dyn Clock>,
    metrics: &Arc<Metrics>,
) -> Result<Option<ScanWorker>, Stop> {
    if !config.antivirus.enabled {
        return Ok(None);
    }
    let scanner = Arc::new(Clamd::new(&config.antivirus).map_err(|error| wrong(&error))?);
    let (store, clock, metrics) = (Arc::clone(&opened.scanning), Arc::clone(clock), Arc::clone(metrics));
    Ok(Some(ScanWorker::new(store, scanner, heart.clone(), clock, metrics, &config.work.scans)))
}

/// The channels that the operator has set up.
pub(super) fn notifiers(config: &Config, heart: &Arc<Heart>, clock: &Arc<dyn Clock>) -> Result<Notifiers, Stop> {
    let (folder, inbox) = (config.data_dir.as_path(), config.inbox_address());
    let contacts = || -> Arc<dyn UnitContacts> { heart.clone() };
    let webhook = WebhookNotifier::new(&config.notify.webhook, folder, inbox, contacts(), Arc::clone(clock));
    let mut notifiers = Notifiers::default().with_webhook(Arc::new(webhook.map_err(|error| wrong(&error))?));
    if config.notify.email.is_on() {
        let email = EmailNotifier::new(&config.notify.email, folder, inbox, contacts(), Arc::clone(clock));
        notifiers = notifiers.with_email(Arc::new(email.map_err(|error| wrong(&error))?));
    }
    Ok(notifiers)
}

/// What tells case systems, with the settings of the units' webhooks.
fn hook_caller(config: &Config, clock: &Arc<dyn Clock>) -> Result<HttpHookCaller, Stop> {
    let (folder, inbox) = (config.data_dir.as_path(), config.inbox_address());
    HttpHookCaller::new(&config.notify.webhook, folder, inbox, Arc::clone(clock)).map_err(|error| wrong(&error))
}
