//! What has come about a case after the report itself: answers to what we asked, supplements, changes, withdrawals. Shown in
//! the case, whole, with its attachments; each is a message of its own that has no item.

use crate::domain::Attachment;
use crate::domain::ItemId;
use crate::domain::Language;
use crate::domain::Timestamp;
use crate::inbox::House;
use crate::inbox::attachment;
use crate::inbox::attachment::Standing;
use crate::inbox::attachment::WhileUnsure;
use crate::inbox::fault::Fault;
use crate::inbox::item;
use crate::inbox::item::AttachmentView;
use crate::inbox::letter;
use crate::inbox::letter::Section;
use crate::inbox::moment::Moment;
use crate::inbox::port::ReadMessage;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::withdrawn;
use crate::storage::FollowUpRow;
use crate::storage::ItemDetail;
use crate::storage::RawMessage;
use crate::storage::ScannedFile;
use crate::storage::StoreError;
use std::sync::Arc;

/// A follow-up as the page shows it.
pub(super) struct FollowUpView {
    pub anchor: String,
    pub at: Moment,
    pub what: &'static str,
    pub reference: String,
    /// Empty: it cannot be read.
    pub sections: Vec<Section>,
    pub attachments: Vec<AttachmentView>,
}

/// A follow-up that has been read.
pub(super) struct FollowUpRead {
    pub row: FollowUpRow,
    /// Absent: the content has been removed.
    pub raw: Option<RawMessage>,
    /// Absent: the content has been removed, or cannot be read.
    pub read: Option<ReadMessage>,
    scanned: Vec<ScannedFile>,
}

impl FollowUpRead {
    /// The message as it came, when nothing inside of it is held back.
    pub(super) fn whole(&self, while_unsure: WhileUnsure) -> Option<&RawMessage> {
        let is_free = match &self.read {
            Some(read) => attachment::is_free_whole(read, &self.scanned, while_unsure),
            None => while_unsure == WhileUnsure::NobodyLooks,
        };
        self.raw.as_ref().filter(|_| is_free)
    }

    /// What it is called in the archive; nothing of the person.
    pub(super) fn title(&self) -> String {
        format!("{}, referanse {}", Words(Language::Nb).follow_up(self.row.kind), self.row.reference)
    }

    /// What stands in it, as plain text, when it cannot be given as it came.
    pub(super) fn words(&self, house: &House) -> String {
        let (names, now) = (house.inbox.names.as_ref(), house.now());
        let words = self.read.as_ref().map(|it| letter::plain(&letter::sections(it, names, now, Language::Nb)));
        let words = words.unwrap_or_else(|| "Innholdet kan ikke leses her.\n".to_owned());
        let from = self.sender().or_else(|| self.raw.as_ref().map(|it| it.sender_name.clone())).unwrap_or_default();
        format!(
            "{}\nMottatt: {}\nFra: {from}\nMeldingen har vedlegg som holdes igjen. Derfor ligger den ikke her slik den kom.\n\n{words}",
            self.title(),
            self.row.at.in_words(Language::Nb),
        )
    }

    /// Its attachments that may be given out, where they stand.
    pub(super) fn free_attachments(&self, while_unsure: WhileUnsure) -> Vec<&Attachment> {
        let all = self.read.iter().flat_map(|it| &it.attachments);
        all.filter(|it| Standing::of(&self.scanned, it.position, while_unsure).is_free()).collect()
    }

    pub(super) fn reference(&self) -> String {
        self.row.reference.to_string()
    }

    pub(super) const fn at(&self) -> Timestamp {
        self.row.at
    }

    /// Who sent it; `None`: it cannot be read.
    pub(super) fn sender(&self) -> Option<String> {
        self.read.as_ref().map(|it| it.head.sender.display_name())
    }
}

/// Where an attachment of a follow-up is; `number` counts from 1.
fn attachment_path(item: ItemId, number: usize, position: usize) -> String {
    format!("/items/{item}/follow-ups/{number}/attachments/{position}")
}

/// Reads everything that has come about the case. Only for those who may read the case; the caller journals it.
pub(super) async fn read(house: &House, who: &SignedIn, detail: &ItemDetail) -> Result<Vec<FollowUpRead>, Fault> {
    let fault = |it| Fault::store(who.language, it);
    let mut all = Vec::new();
    for row in house.inbox.messages.follow_ups(detail.row.message).await.map_err(fault)? {
        all.push(read_one(house, who, row).await?);
    }
    Ok(all)
}

/// One of them. Only for those who may read the case; the caller journals it.
pub(super) async fn read_one(house: &House, who: &SignedIn, row: FollowUpRow) -> Result<FollowUpRead, Fault> {
    let fault = |it| Fault::store(who.language, it);
    let scanned = house.inbox.scans.scanned_files(row.message).await.map_err(fault)?;
    let raw = match house.inbox.messages.raw(row.message).await {
        Ok(raw) => raw,
        Err(StoreError::Absent) => return Ok(FollowUpRead { row, raw: None, read: None, scanned }),
        Err(error) => return Err(fault(error)),
    };
    let (reader, kept) = (Arc::clone(&house.inbox.reader), raw.clone());
    let read = item::blocking(who.language, move || reader.read(&kept)).await?;
    if let Err(error) = &read {
        tracing::error!(message.id = %row.message, %error, "inbox cannot show what came about a case");
    }
    Ok(FollowUpRead { row, raw: Some(raw), read: read.ok(), scanned })
}

/// As the page shows them, oldest first.
pub(super) fn views(house: &House, who: &SignedIn, detail: &ItemDetail, all: &[FollowUpRead]) -> Vec<FollowUpView> {
    let (t, now, names) = (Words(who.language), house.now(), house.inbox.names.as_ref());
    let view = |(index, it): (usize, &FollowUpRead)| {
        let read = it.read.as_ref();
        let attachments = read.iter().flat_map(|read| {
            read.attachments.iter().map(|file| {
                let standing = Standing::of(&it.scanned, file.position, house.inbox.while_unsure);
                let drawn = item::attachment(detail, &read.report, file, standing, t);
                let path = attachment_path(detail.row.id, index + 1, file.position);
                AttachmentView {
                    show: drawn.show.map(|_| format!("{path}/show")),
                    href: drawn.href.map(|_| path),
                    ..drawn
                }
            })
        });
        FollowUpView {
            anchor: withdrawn::anchor(index + 1),
            at: Moment::of(it.row.at, now, who.language),
            what: t.follow_up(it.row.kind),
            reference: it.row.reference.to_string(),
            sections: read.map(|it| letter::sections(it, names, now, who.language)).unwrap_or_default(),
            attachments: attachments.collect(),
        }
    };
    all.iter().enumerate().map(view).collect()
}
