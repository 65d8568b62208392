//! The pure heart with the rulebook and the unit directory in force, behind the ports that the rooms ask through.

use crate::app::directory;
use crate::app::rehearsal;
use crate::app::reminding;
use crate::config::Config;
use crate::config::ConfigError;
use crate::domain::AppRecVersion;
use crate::domain::ArchivePackage;
use crate::domain::Arrival;
use crate::domain::Channel;
use crate::domain::Code;
use crate::domain::Judgement;
use crate::domain::Language;
use crate::domain::MESSAGE_ID_BYTES_MAX;
use crate::domain::MessageLimits;
use crate::domain::Municipality;
use crate::domain::MunicipalityNumber;
use crate::domain::NoticeChannel;
use crate::domain::Peer;
use crate::domain::ReceiptId;
use crate::domain::Redacted;
use crate::domain::RegisteredSender;
use crate::domain::Reminder;
use crate::domain::ReturnedReceipt;
use crate::domain::Rulebook;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::Verdict;
use crate::inbox::CheckMessage;
use crate::inbox::Checked;
use crate::inbox::Content;
use crate::inbox::CountsAs;
use crate::inbox::Names;
use crate::inbox::NthAttachment;
use crate::inbox::ReadMessage;
use crate::inbox::ReadReport;
use crate::inbox::UnreadableReport;
use crate::intake;
use crate::intake::Judging;
use crate::intake::Rehearsal;
use crate::judge;
use crate::judge::Reopened;
use crate::notify::UnitContact;
use crate::notify::UnitContacts;
use crate::notify::Webhook;
use crate::receipt;
use crate::routing::Directory;
use crate::routing::Owner;
use crate::storage::RawMessage;
use crate::wire;
use crate::work::OpenAttachments;
use crate::work::OpenedAttachment;
use crate::work::RemindWhom;
use arc_swap::ArcSwap;
use bytes::Bytes;
use roxmltree::Document;
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// What is in force now; swapped as one when the configuration is read again.
struct InForce {
    rulebook: Rulebook,
    directory: Directory,
    /// Secrets of webhooks by unit.
    secrets: BTreeMap<UnitId, Redacted<Vec<u8>>>,
    content: Arc<Content>,
}

/// The pure heart and what is in force.
pub struct Heart(ArcSwap<InForce>);

impl Heart {
    /// # Errors
    /// The rulebook, the unit directory or a webhook's secret cannot be used.
    pub fn new(config: &Config) -> Result<Self, ConfigError> {
        Ok(Self(ArcSwap::from_pointee(in_force(config)?)))
    }

    /// Takes what the configuration says now into use, or leaves what is in force when it cannot be used.
    ///
    /// # Errors
    /// As [`Heart::new`].
    pub fn reload(&self, config: &Config) -> Result<(), ConfigError> {
        self.0.store(Arc::new(in_force(config)?));
        Ok(())
    }

    /// The example world in force.
    #[cfg(test)]
    pub(in crate::app) fn example() -> Self {
        let (rulebook, directory) = (crate::app::example_rulebook(), crate::app::example_directory());
        Self(ArcSwap::from_pointee(InForce {
            rulebook,
            directory,
            secrets: BTreeMap::new(),
            content: Arc::new(Content::built_in()),
        }))
    }

    /// The unit directory in force.
    pub fn with_directory<T>(&self, look: impl FnOnce(&Directory) -> T) -> T {
        look(&self.0.load().directory)
    }

    /// The rulebook in force.
    pub(super) fn rulebook(&self) -> Rulebook {
        self.0.load().rulebook.clone()
    }

    /// The first registered sender that `fits`.
    pub(in crate::app) fn find_sender(&self, fits: impl Fn(&RegisteredSender) -> bool) -> Option<RegisteredSender> {
        self.0.load().rulebook.senders.iter().find(|it| fits(it)).cloned()
    }

    /// What `look` finds in each registered sender.
    pub(in crate::app) fn registered<T>(&self, look: impl Fn(&RegisteredSender) -> Option<T>) -> Vec<T> {
        self.0.load().rulebook.senders.iter().filter_map(look).collect()
    }

    /// A stored message, read again.
    pub(in crate::app) fn reopened<T>(
        &self,
        raw: &RawMessage,
        show: impl FnOnce(&Document<'_>, Reopened) -> T,
    ) -> Option<T> {
        judge::reopen(&Self::arrival(raw), &self.0.load().rulebook, show)
    }

    /// An AppRec in an answer.
    pub(in crate::app) fn receipt_in(&self, body: &Bytes) -> Option<ReturnedReceipt> {
        let arrival = rehearsal::arrival(body.clone(), None, Timestamp::default());
        judge::returned(&arrival, &self.0.load().rulebook)
    }

    /// Help texts and references to law in force.
    pub(super) fn content_in_force(&self) -> Arc<Content> {
        Arc::clone(&self.0.load().content)
    }

    fn arrival(raw: &RawMessage) -> Arrival {
        Arrival {
            peer: Peer {
                organisation: raw.sender.clone(),
                sub_unit: None,
                certificate_sha256: [0; 32],
                certificate_ends: Timestamp(i64::MAX),
            },
            channel: Channel::File,
            received_at: raw.received_at,
            bytes: raw.bytes.reveal().clone(),
            charset: raw.charset.clone(),
        }
    }
}

fn in_force(config: &Config) -> Result<InForce, ConfigError> {
    let directory = directory(config)?;
    let mut secrets = BTreeMap::new();
    for unit in directory.units() {
        if let Some(webhook) = &unit.notify.webhook {
            let file = config.path(std::path::Path::new(&webhook.secret_file));
            let secret = std::fs::read(&file).map_err(|source| ConfigError::Unreadable { file, source })?;
            secrets.insert(unit.id.clone(), Redacted::new(secret.trim_ascii().to_vec()));
        }
    }
    Ok(InForce { rulebook: config.rulebook()?, directory, secrets, content: Arc::new(config.content()?) })
}

impl Judging for Heart {
    fn judge(&self, arrival: &Arrival) -> Judgement {
        let now = self.0.load();
        judge::judge(arrival, &now.rulebook, &now.directory)
    }

    fn rehearse(&self, arrival: &Arrival, id: ReceiptId, wish: AppRecVersion) -> Rehearsal {
        let now = self.0.load();
        let judgement = judge::judge(arrival, &now.rulebook, &now.directory);
        let registered = now.rulebook.sender_of(&arrival.peer).and_then(|it| it.way_back.apprec);
        let answer = rehearsal::Answer { id, registered, asked: wish };
        rehearsal::rehearsed(judgement, arrival, &now.rulebook, answer)
    }

    fn receipt(&self, verdict: &Verdict, wish: AppRecVersion, id: ReceiptId, now: Timestamp) -> Bytes {
        wire::apprec::write(&receipt::compose(verdict, id, now, wish)).into()
    }

    fn sender_message_id(&self, arrival: &Arrival) -> Option<String> {
        let id = judge::head(arrival, &self.0.load().rulebook)?.message_id;
        Some(id).filter(|it| !it.is_empty() && it.len() <= MESSAGE_ID_BYTES_MAX)
    }

    fn returned(&self, arrival: &Arrival) -> Option<ReturnedReceipt> {
        judge::returned(arrival, &self.0.load().rulebook)
    }

    fn notice_channels(&self, unit: &UnitId) -> Vec<NoticeChannel> {
        let now = self.0.load();
        let Some(unit) = now.directory.unit(unit) else { return Vec::new() };
        let email = unit.notify.email.as_ref().map(|_| NoticeChannel::Email);
        let webhook = unit.notify.webhook.as_ref().map(|_| NoticeChannel::Webhook);
        [email, webhook].into_iter().flatten().collect()
    }

    fn sender_of(&self, peer: &Peer) -> Result<RegisteredSender, Code> {
        intake::standing(&self.0.load().rulebook, peer)
    }

    fn sender_named(&self, name: &str) -> Option<RegisteredSender> {
        self.0.load().rulebook.senders.iter().find(|it| it.name == name).cloned()
    }

    fn limits(&self) -> MessageLimits {
        self.0.load().rulebook.limits
    }
}

impl ReadReport for Heart {
    fn read(&self, raw: &RawMessage) -> Result<ReadMessage, UnreadableReport> {
        let read = judge::reopen(&Self::arrival(raw), &self.0.load().rulebook, |_, it| it).ok_or(UnreadableReport)?;
        let report = read.report.ok_or(UnreadableReport)?;
        let judge::Reopened { head, attachments, particulars, report: _ } = read;
        Ok(ReadMessage { head, report, attachments, particulars })
    }

    fn attachment(&self, raw: &RawMessage, position: usize) -> Result<Option<NthAttachment>, UnreadableReport> {
        let now = self.0.load();
        let limits = wire::UnpackLimits::from(&now.rulebook.limits);
        let found = judge::reopen(&Self::arrival(raw), &now.rulebook, |tree, it| {
            let (number, wanted) = (1..).zip(it.attachments).find(|(_, it)| it.position == position)?;
            let bytes = wire::attachment_bytes(tree.input_text(), wanted.content.inline()?, &limits)?;
            Some(NthAttachment { number, bytes: Redacted::new(Bytes::from(bytes)) })
        });
        found.ok_or(UnreadableReport)
    }

    fn archive(&self, package: &ArchivePackage) -> Option<Redacted<Bytes>> {
        Some(Redacted::new(wire::archive::package(package)?.into()))
    }
}

impl OpenAttachments for Heart {
    fn open_attachments(&self, raw: &RawMessage) -> Option<Vec<OpenedAttachment>> {
        let now = self.0.load();
        let limits = wire::UnpackLimits::from(&now.rulebook.limits);
        judge::reopen(&Self::arrival(raw), &now.rulebook, |tree, it| {
            let opened = it.attachments.iter().filter_map(|it| {
                let bytes = wire::attachment_bytes(tree.input_text(), it.content.inline()?, &limits)?;
                Some(OpenedAttachment {
                    position: u32::try_from(it.position).ok()?,
                    bytes: Redacted::new(bytes.into()),
                })
            });
            opened.collect()
        })
    }
}

impl CheckMessage for Heart {
    fn bytes_max(&self) -> usize {
        self.0.load().rulebook.limits.bytes_max
    }

    fn check(
        &self,
        message: &Redacted<Bytes>,
        charset: Option<&str>,
        counts_as: CountsAs,
        received_at: Timestamp,
    ) -> Checked {
        let now = self.0.load();
        let arrival = rehearsal::arrival(message.reveal().clone(), charset.map(str::to_owned), received_at);
        let id = ReceiptId(Uuid::now_v7());
        rehearsal::check(&arrival, &now.rulebook, &now.directory, counts_as, id)
    }
}

impl Names for Heart {
    fn unit(&self, id: &UnitId) -> Option<String> {
        self.0.load().directory.unit(id).map(|it| it.name.nb.clone().into_owned())
    }

    fn units(&self) -> Vec<UnitId> {
        self.0.load().directory.units().iter().map(|it| it.id.clone()).collect()
    }

    fn municipality(&self, number: &MunicipalityNumber) -> Option<String> {
        Municipality::find(number).map(|it| it.name.to_owned())
    }

    fn municipality_of(&self, id: &UnitId) -> Option<String> {
        self.with_directory(|it| match &it.unit(id)?.owner {
            Owner::Municipality(number) => self.municipality(number),
            Owner::HospitalTrust(_) => None,
        })
    }

    fn work_together(&self, one: &UnitId, other: &UnitId, day: jiff::civil::Date) -> bool {
        let together = |it: &Directory| {
            let (one, other) = (it.unit(one)?, it.unit(other)?);
            Some(one.serves(&other.owner, None, day) || other.serves(&one.owner, None, day))
        };
        self.with_directory(|it| together(it).unwrap_or(false))
    }

    fn sender(&self, short_name: &str) -> Option<String> {
        self.sender_named(short_name).map(|it| it.display_name)
    }

    fn is_group(&self, id: &UnitId) -> bool {
        self.with_directory(|it| it.unit(id).is_some_and(|it| it.kind.is_group()))
    }

    fn notice_channels(&self, id: &UnitId) -> Vec<NoticeChannel> {
        self.reminder_channels(id, Reminder::Unread)
    }
}

impl UnitContacts for Heart {
    fn name(&self, unit: &UnitId, language: Language) -> String {
        let found = self.with_directory(|it| it.unit(unit).map(|it| it.name.in_language(language).to_owned()));
        found.unwrap_or_else(|| unit.0.clone())
    }

    fn mailbox(&self, unit: &UnitId, reminder: Option<Reminder>) -> Option<String> {
        self.with_directory(|it| reminding::mailbox(it, unit, reminder))
    }

    fn contact(&self, unit: &UnitId) -> Option<UnitContact> {
        let now = self.0.load();
        let found = now.directory.unit(unit)?;
        let webhook = found.notify.webhook.as_ref().zip(now.secrets.get(unit));
        Some(UnitContact {
            unit: unit.clone(),
            language: language(found.languages.first().map(String::as_str)),
            email: found.notify.email.clone(),
            webhook: webhook.map(|(webhook, secret)| Webhook { url: webhook.url.clone(), secret: secret.clone() }),
        })
    }
}

fn language(tag: Option<&str>) -> Language {
    Language::ALL.into_iter().find(|it| Some(it.tag()) == tag).unwrap_or_default()
}
