//! The form's links, drafts and receipts.

use super::SqlStore;
use super::casework::answer_kind;
use super::engine::Engine;
use super::engine::Record;
use super::engine::values;
use super::work::Look;
use super::work::Work;
use crate::domain::CaseOutcome;
use crate::domain::ConsentStatus;
use crate::domain::ItemState;
use crate::domain::MessageId;
use crate::domain::MessageState;
use crate::domain::OrgNumber;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::ReporterCategory;
use crate::domain::Share;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::Actor;
use crate::storage::FormDraft;
use crate::storage::FormHolder;
use crate::storage::FormInvite;
use crate::storage::FormOrigin;
use crate::storage::FormReport;
use crate::storage::FormSource;
use crate::storage::FormStatus;
use crate::storage::FormStore;
use crate::storage::NewJournalLine;
use crate::storage::StoreError;
use crate::storage::UserId;
use crate::storage::seal::Place;
use crate::storage::seal::WrappedKey;
use async_trait::async_trait;
use jiff::civil::Date;
use uuid::Uuid;

#[async_trait]
impl<E: Engine> FormStore for SqlStore<E> {
    async fn add_form_invite(&self, invite: &FormInvite) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "-- add_form_invite
INSERT INTO form_invites (token_sha256, organisation, organisation_name, category, created_at, expires)
VALUES ($1, $2, $3, $4, $5, $6)";
        let values = values![
            invite.token_sha256,
            invite.organisation.as_str(),
            invite.organisation_name.as_str(),
            invite.category.code(),
            invite.created_at,
            invite.expires
        ];
        work.execute(sql, values).await?;
        work.commit().await
    }

    async fn use_form_invite(
        &self,
        token_sha256: [u8; 32],
        draft: &FormDraft,
        now: Timestamp,
    ) -> Result<Option<FormInvite>, StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "-- use_form_invite
UPDATE form_invites
SET used_at = $1
WHERE token_sha256 = $2 AND used_at IS NULL AND expires > $1
RETURNING token_sha256, organisation, organisation_name, category, created_at, expires, used_at";
        let used = work.fetch("form_invites", sql, values![now, token_sha256]).await?;
        let Some(invite) = used.first().map(read_invite).transpose()? else { return Ok(None) };
        let holder = FormHolder::Organisation {
            number: invite.organisation.clone(),
            name: invite.organisation_name.clone(),
            category: invite.category,
        };
        self.add_draft(&mut work, &FormDraft { holder, ..draft.clone() }).await?;
        work.commit().await?;
        Ok(Some(invite))
    }

    async fn form_invite_holds(&self, token_sha256: [u8; 32], now: Timestamp) -> Result<bool, StoreError> {
        let sql = "-- form_invite_holds
SELECT token_sha256
FROM form_invites
WHERE token_sha256 = $1 AND used_at IS NULL AND expires > $2";
        Ok(!self.ask("form_invites", sql, values![token_sha256, now]).await?.is_empty())
    }

    async fn form_invites(&self) -> Result<Vec<FormInvite>, StoreError> {
        let sql = "-- form_invites
SELECT token_sha256, organisation, organisation_name, category, created_at, expires, used_at
FROM form_invites
ORDER BY created_at DESC";
        self.ask("form_invites", sql, values![]).await?.iter().map(read_invite).collect()
    }

    async fn begin_form_draft(&self, draft: &FormDraft) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        work.execute("DELETE FROM form_drafts WHERE expires <= $1", values![draft.created_at]).await?;
        self.add_draft(&mut work, draft).await?;
        work.commit().await
    }

    async fn form_draft(&self, token_sha256: [u8; 32], now: Timestamp) -> Result<Option<FormDraft>, StoreError> {
        let sql = "-- form_draft
SELECT id, holder, organisation, organisation_name, category, user_id, form_secret, created_at, expires, key_id, wrapped, proved, body
FROM form_drafts
WHERE token_sha256 = $1 AND expires > $2";
        let found = self.ask("form_drafts", sql, values![token_sha256, now]).await?;
        let Some(record) = found.first() else { return Ok(None) };
        let id = record.uuid("id")?;
        let body = self.sealer.data_key(id, kept_key(record)?)?.open(place(&id), &record.bytes("body")?)?;
        let body = String::from_utf8(body).map_err(|_| record.fault("body"))?;
        Ok(Some(FormDraft {
            id,
            token_sha256,
            holder: read_holder(record)?,
            form_secret: Redacted::new(record.text("form_secret")?),
            created_at: record.time("created_at")?,
            expires: record.time("expires")?,
            proved: record.text_if_any("proved")?,
            body: Redacted::new(body),
        }))
    }

    async fn keep_form_draft(&self, id: Uuid, body: &Redacted<String>, now: Timestamp) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "SELECT key_id, wrapped FROM form_drafts WHERE id = $1 AND expires > $2";
        let found = work.fetch("form_drafts", sql, values![id, now]).await?;
        let record = found.first().ok_or(StoreError::Absent)?;
        let sealed = self.sealer.data_key(id, kept_key(record)?)?.seal(place(&id), body.reveal().as_bytes());
        work.execute("UPDATE form_drafts SET body = $1 WHERE id = $2", values![sealed, id]).await?;
        work.commit().await
    }

    async fn end_form_draft(&self, id: Uuid) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        work.execute("DELETE FROM form_drafts WHERE id = $1", values![id]).await?;
        work.commit().await
    }

    async fn private_form_drafts(&self, since: Timestamp, now: Timestamp) -> Result<(u64, u64), StoreError> {
        let sql = "-- private_form_drafts
SELECT COUNT(*) AS alive, COALESCE(SUM(CASE WHEN created_at >= $1 THEN 1 ELSE 0 END), 0) AS begun
FROM form_drafts
WHERE holder = 'private' AND expires > $2";
        let found = self.ask("form_drafts", sql, values![since, now]).await?;
        let record = found.first().ok_or(StoreError::Inconsistent { table: "form_drafts", column: "holder" })?;
        Ok((record.count("alive")?, record.count("begun")?))
    }

    async fn form_reports_since(&self, organisation: &OrgNumber, since: Timestamp) -> Result<u64, StoreError> {
        let sql = "SELECT COUNT(*) AS count FROM form_reports WHERE organisation = $1 AND sent_at >= $2";
        let found = self.ask("form_reports", sql, values![organisation.as_str(), since]).await?;
        found.first().map_or(Ok(0), |it| it.count("count"))
    }

    async fn keep_form_report(&self, report: &FormReport, draft: Uuid) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let organisation = match &report.holder {
            FormHolder::Organisation { number, .. } => Some(number.as_str().to_owned()),
            FormHolder::Private | FormHolder::Staff(_) => None,
        };
        let sql = "-- keep_form_report
INSERT INTO form_reports
    (message, code_sha256, holder, source, organisation, written_by, feedback, consent_version, sent_at, proved)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (message) DO NOTHING";
        let values = values![
            report.message.0,
            report.code_sha256,
            report.holder.label(),
            report.source.label(),
            organisation,
            report.written_by.as_ref().map(|it| it.1.clone()),
            report.feedback,
            report.consent_version.as_str(),
            report.sent_at,
            report.proved.clone()
        ];
        let is_new = work.execute(sql, values).await? == 1;
        work.execute("DELETE FROM form_drafts WHERE id = $1", values![draft]).await?;
        if is_new {
            let (actor, action) = match &report.written_by {
                Some((id, name)) => (Actor::Person { id: id.to_string(), name: name.clone() }, "registered"),
                None => (Actor::House, "sent_by_form"),
            };
            let detail = report.source.label().to_owned();
            work.tell(NewJournalLine { at: report.sent_at, actor, action, message: Some(report.message), detail });
        }
        work.commit().await
    }

    async fn form_status(&self, code_sha256: [u8; 32]) -> Result<Option<FormStatus>, StoreError> {
        let mut look = self.pools.look().await?;
        let sql = "-- form_status
SELECT m.id, m.reference, m.received_at, m.state, f.feedback, k.key_id, k.wrapped
FROM form_reports AS f
INNER JOIN messages AS m ON m.id = f.message
LEFT JOIN data_keys AS k ON k.message = m.id
WHERE f.code_sha256 = $1";
        let found = look.fetch("form_reports", sql, values![code_sha256]).await?;
        let Some(record) = found.first() else { return Ok(None) };
        let message = record.uuid("id")?;
        let rows = status_rows(&mut look, message).await?;
        let here: Vec<&StatusRow> = rows.iter().filter(|it| it.is_here()).collect();
        // What a group or another unit was asked to help with lies at home still.
        let has_home = |it: &StatusRow| here.iter().any(|home| Some(home.id) == it.came_from);
        let at_home: Vec<&StatusRow> = here.iter().copied().filter(|it| !has_home(it)).collect();
        let open = at_home.iter().map(|it| it.state).filter(|it| *it != ItemState::Closed).max();
        let content = rows.iter().filter(|it| it.share == Share::Content);
        let item = open.or_else(|| match at_home.is_empty() {
            true => content.map(|it| it.state).max(),
            false => Some(ItemState::Closed),
        });
        let objected = rows.iter().any(StatusRow::has_objected);

        let sql = "-- form_status_events
SELECT e.item, e.sequence, e.at, e.act, e.detail
FROM case_events AS e
INNER JOIN items AS i ON i.id = e.item
WHERE i.message = $1 AND e.undone = 0 AND e.act IN ('answered', 'asked_for_more', 'wrong_addressee')
ORDER BY e.at";
        let (mut asked_at, mut misaddressed_at, mut answers) = (None, None, Vec::new());
        for it in look.fetch("case_events", sql, values![message]).await? {
            let at = it.time("at")?;
            match it.text("act")?.as_str() {
                "answered" => answers.push((answer_kind(&it, &self.data_key(message, record)?)?, at)),
                "asked_for_more" => {
                    let item = it.uuid("item")?;
                    let waits = at_home.iter().any(|it| it.id == item && it.state == ItemState::Waiting);
                    asked_at = waits.then_some(at).or(asked_at);
                }
                _ => misaddressed_at = Some(at),
            }
        }
        let sql = "-- form_status_times
SELECT action, MIN(at) AS first, MAX(at) AS last
FROM journal
WHERE message = $1 AND action IN ('opened', 'closed')
GROUP BY action";
        let (mut opened_at, mut closed_at) = (None, None);
        for it in look.fetch("journal", sql, values![message]).await? {
            match it.text("action")?.as_str() {
                "opened" => opened_at = Some(it.time("first")?),
                _ => closed_at = Some(it.time("last")?),
            }
        }
        let is_outside = rows.iter().any(|it| it.is_outside);
        let first_unit = rows.iter().find(|it| it.came_from.is_none() && it.is_content_or_was());
        Ok(Some(FormStatus {
            reference: record.word("reference", Reference::parse)?,
            received_at: record.time("received_at")?,
            state: record.word("state", MessageState::from_label)?,
            feedback: record.flag("feedback")? && !objected,
            item,
            passed_on: is_outside && here.is_empty(),
            misaddressed_at: misaddressed_at.filter(|_| here.is_empty() && !is_outside),
            opened_at,
            asked_at,
            answers,
            outcome: at_home.iter().find_map(|it| it.outcome),
            closed_at,
            first_unit: first_unit.map(|it| it.unit.clone()),
            unit: at_home.first().map(|it| it.unit.clone()),
        }))
    }

    async fn form_origin(&self, message: MessageId) -> Result<Option<FormOrigin>, StoreError> {
        let sql = "SELECT source, written_by, proved, consent_version FROM form_reports WHERE message = $1";
        let found = self.ask("form_reports", sql, values![message.0]).await?;
        let Some(record) = found.first() else { return Ok(None) };
        Ok(Some(FormOrigin {
            source: record.word("source", FormSource::from_label)?,
            written_by: record.text_if_any("written_by")?,
            proved: record.text_if_any("proved")?,
            consent_version: record.text("consent_version")?,
        }))
    }
}

/// A row of the report, for the one who sent it.
struct StatusRow {
    id: Uuid,
    unit: UnitId,
    state: ItemState,
    share: Share,
    came_from: Option<Uuid>,
    /// Another municipality or a hospital trust has taken it over.
    is_outside: bool,
    consent: Option<ConsentStatus>,
    reporter: Option<ReporterCategory>,
    outcome: Option<(CaseOutcome, Date)>,
}

impl StatusRow {
    fn is_here(&self) -> bool {
        let is_ours = match self.state {
            ItemState::Proposed | ItemState::Transferred | ItemState::Withdrawn => false,
            ItemState::Unread | ItemState::Opened | ItemState::Taken | ItemState::Waiting => true,
            ItemState::Offered | ItemState::Closed => true,
        };
        is_ours && self.share == Share::Content
    }

    /// What has been passed on is a row without content.
    fn is_content_or_was(&self) -> bool {
        self.share == Share::Content || self.state == ItemState::Transferred
    }

    /// Whether the person does not want it any more, and it was somebody else who reported.
    fn has_objected(&self) -> bool {
        self.consent == Some(ConsentStatus::Objected) && self.reporter != Some(ReporterCategory::PersonSelf)
    }
}

async fn status_rows<E: Engine>(look: &mut Look<E>, message: Uuid) -> Result<Vec<StatusRow>, StoreError> {
    let sql = "-- form_status_items
SELECT i.id, i.unit, i.state, i.share, i.came_from, i.consent, i.reporter, i.outcome, i.decided_on,
    (SELECT COUNT(*) FROM transfers AS t WHERE t.item = i.id AND t.state = 'accepted' AND t.to_unit IS NULL) AS outside
FROM items AS i
WHERE i.message = $1
ORDER BY i.id";
    let found = look.fetch("items", sql, values![message]).await?;
    let row = |it: &Record<E>| {
        let outcome = it.text_if_any("outcome")?.and_then(|it| CaseOutcome::from_code(&it));
        let decided_on = it.text_if_any("decided_on")?.and_then(|it| it.parse().ok());
        Ok(StatusRow {
            id: it.uuid("id")?,
            unit: UnitId(it.text("unit")?),
            state: it.word("state", ItemState::from_label)?,
            share: it.word("share", Share::from_label)?,
            came_from: it.uuid_if_any("came_from")?,
            is_outside: it.flag("outside")?,
            consent: it.text_if_any("consent")?.and_then(|it| ConsentStatus::from_code(&it)),
            reporter: it.text_if_any("reporter")?.and_then(|it| ReporterCategory::from_code(&it)),
            outcome: outcome.zip(decided_on),
        })
    };
    found.iter().map(row).collect()
}

impl<E: Engine> SqlStore<E> {
    async fn add_draft(&self, work: &mut Work<E>, draft: &FormDraft) -> Result<(), StoreError> {
        let key = self.sealer.new_data_key(draft.id);
        let sealed = key.seal(place(&draft.id), draft.body.reveal().as_bytes());
        let (organisation, name, category, user) = match &draft.holder {
            FormHolder::Organisation { number, name, category } => {
                (Some(number.as_str().to_owned()), Some(name.clone()), Some(category.code().to_owned()), None)
            }
            FormHolder::Private => (None, None, None, None),
            FormHolder::Staff(user) => (None, None, None, Some(user.0)),
        };
        let sql = "-- begin_form_draft
INSERT INTO form_drafts
    (id, token_sha256, holder, organisation, organisation_name, category, user_id, form_secret, created_at, expires, key_id,
     wrapped, body, proved)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
        let values = values![
            draft.id,
            draft.token_sha256,
            draft.holder.label(),
            organisation,
            name,
            category,
            user,
            draft.form_secret.reveal().as_str(),
            draft.created_at,
            draft.expires,
            key.wrapped().map(|it| it.key_id.clone()),
            key.wrapped().map(|it| it.wrapped.clone()),
            sealed,
            draft.proved.clone()
        ];
        work.execute(sql, values).await.map(drop)
    }

    /// Wraps up to `rows_max` drafts' keys anew under the newest key-encryption key; see [`SqlStore::rewrap`].
    pub(super) async fn rewrap_drafts(&self, newest: &str, rows_max: u32) -> Result<u64, StoreError> {
        let sql = "SELECT id, key_id, wrapped FROM form_drafts WHERE key_id <> $1 LIMIT $2";
        let mut work = self.pools.work().await?;
        let mut count = 0;
        for record in work.fetch("form_drafts", sql, values![newest, rows_max]).await? {
            let id = record.uuid("id")?;
            let Some(kept) = kept_key(&record)? else { continue };
            let Some(anew) = self.sealer.rewrap(id, &kept)? else { continue };
            let sql = "UPDATE form_drafts SET key_id = $1, wrapped = $2 WHERE id = $3 AND key_id = $4";
            count += work.execute(sql, values![anew.key_id, anew.wrapped, id, kept.key_id]).await?;
        }
        work.commit().await?;
        Ok(count)
    }
}

const fn place(id: &Uuid) -> Place<'_> {
    Place { table: "form_drafts", column: "body", row: id.as_bytes() }
}

fn kept_key<E: Engine>(record: &Record<E>) -> Result<Option<WrappedKey>, StoreError> {
    match record.text_if_any("key_id")? {
        Some(key_id) => Ok(Some(WrappedKey { key_id, wrapped: record.bytes("wrapped")? })),
        None => Ok(None),
    }
}

fn read_invite<E: Engine>(record: &Record<E>) -> Result<FormInvite, StoreError> {
    Ok(FormInvite {
        token_sha256: record.hash("token_sha256")?,
        organisation: record.word("organisation", |it| OrgNumber::parse(it).ok())?,
        organisation_name: record.text("organisation_name")?,
        category: record.word("category", ReporterCategory::from_code)?,
        created_at: record.time("created_at")?,
        expires: record.time("expires")?,
        used_at: record.time_if_any("used_at")?,
    })
}

fn read_holder<E: Engine>(record: &Record<E>) -> Result<FormHolder, StoreError> {
    match record.text("holder")?.as_str() {
        "organisation" => Ok(FormHolder::Organisation {
            number: record.word("organisation", |it| OrgNumber::parse(it).ok())?,
            name: record.text("organisation_name")?,
            category: record.word("category", ReporterCategory::from_code)?,
        }),
        "private" => Ok(FormHolder::Private),
        "staff" => Ok(FormHolder::Staff(UserId(record.uuid("user_id")?))),
        _ => Err(record.fault("holder")),
    }
}
