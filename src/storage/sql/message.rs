//! Receiving, and what a sender can ask for afterwards.

use super::SqlStore;
use super::engine::Engine;
use super::engine::Statement;
use super::engine::Value;
use super::engine::values;
use super::settle::FACTS;
use super::settle::HAD;
use super::settle::Had;
use super::settle::Outcome;
use super::settle::Ready;
use super::settle::SenderKey;
use super::settle::Wish;
use super::settle::add_parts;
use super::settle::add_refusals;
use super::settle::conflict;
use super::settle::had;
use super::settle::write;
use super::work::Count;
use super::work::Work;
use crate::domain::Channel;
use crate::domain::MessageId;
use crate::domain::MessageState;
use crate::domain::OrgNumber;
use crate::domain::OutboundId;
use crate::domain::OutboundState;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::Share;
use crate::domain::UnitId;
use crate::storage::MessageStore;
use crate::storage::NewRefusal;
use crate::storage::OutboundRow;
use crate::storage::OutboundSettled;
use crate::storage::OutboundStore as _;
use crate::storage::RawMessage;
use crate::storage::ReceiptAnswer;
use crate::storage::Settled;
use crate::storage::Settlement;
use crate::storage::StoreError;
use crate::storage::seal::Place;
use crate::storage::seal::WrappedKey;
use async_trait::async_trait;
use bytes::Bytes;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

#[async_trait]
impl<E: Engine> MessageStore for SqlStore<E> {
    async fn settle(&self, settlement: Settlement) -> Result<Settled, StoreError> {
        if settlement.follows.is_some() {
            return self.settle_follow_up(settlement).await;
        }
        let key = self.sealer.new_data_key(settlement.message.id.0);
        let ready = Ready::of(&self.sealer, &key, settlement);
        match self.writer.write(Wish::Settle(Box::new(ready))).await? {
            Outcome::Settled(settled) => Ok(settled),
            Outcome::Written => unreachable!("the writer answers a settlement with what was settled"),
        }
    }

    async fn resettle(&self, settlement: Settlement) -> Result<(), StoreError> {
        let id = settlement.message.id;
        let mut work = self.pools.work().await?;
        let sql = format!(
            "-- resettle
SELECT m.reference, m.sender_message_id, m.sha256
FROM messages AS m
WHERE m.id = $1 AND m.state = 'stuck'{}",
            E::FOR_UPDATE
        );
        let stuck = work.fetch("messages", AssertSqlSafe(sql), values![id.0]).await?;
        let stuck = stuck.first().ok_or(StoreError::Absent)?;
        let sql = "SELECT key_id, wrapped FROM data_keys WHERE message = $1";
        let kept = work.fetch("data_keys", sql, values![id.0]).await?;
        let kept = kept.first().map(|it| Ok(WrappedKey { key_id: it.text("key_id")?, wrapped: it.bytes("wrapped")? }));
        let key = self.sealer.data_key(id.0, kept.transpose()?)?;

        let mut settlement = settlement;
        settlement.message.reference = stuck.word("reference", Reference::parse)?;
        settlement.message.sha256 = stuck.hash("sha256")?;
        let first_id = stuck.text("sender_message_id")?;
        if settlement.message.sender_message_id != first_id
            && let Some(twin) = had(&mut work, &key_of(&settlement)).await?
        {
            return self.supersede(work, settlement, first_id, twin).await;
        }

        let state = settlement.state;
        let now = self.options.clock.now();
        let follow = self.joins(&mut work, &mut settlement).await?;
        let with_content = settlement.items.iter().filter(|it| it.share == Share::Content);
        let with_content: Vec<UnitId> = with_content.map(|it| it.unit.clone()).collect();
        let mut ready = Ready::of(&self.sealer, &key, settlement);
        ready.parts.line.at = now;
        for (_, at) in &mut ready.parts.alarms {
            *at = now;
        }
        decide(&mut work, id, ready.facts).await?;
        work.count(Count::Message(MessageState::Stuck), -1);
        work.count(Count::Message(state), 1);
        add_parts(&mut work, [&ready.parts].into_iter()).await?;
        // That it was stuck, and who queued it again, came before it was anybody's.
        for unit in with_content {
            work.bring(id.0, &unit);
        }
        if let Some(follow) = follow {
            self.hear(&mut work, id, now, &follow).await?;
        }
        work.commit().await
    }

    async fn keep_refusal(&self, refusal: NewRefusal) -> Result<(), StoreError> {
        match self.writer.write(Wish::Refuse(refusal)).await? {
            Outcome::Written => Ok(()),
            Outcome::Settled(_) => unreachable!("the writer answers a refusal with nothing"),
        }
    }

    async fn receipt(&self, sender: &OrgNumber, sender_message_id: &str) -> Result<ReceiptAnswer, StoreError> {
        let found = self.ask("messages", HAD, values![sender_message_id, sender.as_str()]).await?;
        match found.first() {
            Some(found) => Ok(ReceiptAnswer::Have(Had::read(found)?.answer)),
            None => Ok(ReceiptAnswer::Unknown),
        }
    }

    async fn sent(&self, id: OutboundId) -> Result<OutboundRow, StoreError> {
        self.outbound(id).await
    }

    async fn settle_sent(
        &self,
        id: OutboundId,
        from: OutboundState,
        settled: OutboundSettled,
    ) -> Result<(), StoreError> {
        self.answer_outbound(id, from, settled).await
    }

    async fn raw(&self, id: MessageId) -> Result<RawMessage, StoreError> {
        let sql = "-- raw
SELECT m.reference, m.state, m.channel, m.received_at, m.sender, m.sender_name, m.sender_message_id, m.charset, m.sha256,
    m.body, k.key_id, k.wrapped
FROM messages AS m
LEFT JOIN data_keys AS k ON k.message = m.id
WHERE m.id = $1";
        let found = self.ask("messages", sql, values![id.0]).await?;
        let found = found.first().ok_or(StoreError::Absent)?;
        // The content has been removed; what is left is that there was a message.
        if found.bytes("body")?.is_empty() {
            return Err(StoreError::Absent);
        }
        let key = self.data_key(id.0, found)?;
        let place = Place { table: "messages", column: "body", row: id.0.as_bytes() };
        Ok(RawMessage {
            id,
            reference: found.word("reference", Reference::parse)?,
            state: found.word("state", MessageState::from_label)?,
            channel: found.word("channel", channel_from_label)?,
            received_at: found.time("received_at")?,
            sender: found.word("sender", |it| OrgNumber::parse(it).ok())?,
            sender_name: found.text("sender_name")?,
            sender_message_id: found.text("sender_message_id")?,
            charset: found.text_if_any("charset")?,
            sha256: found.hash("sha256")?,
            bytes: Redacted::new(Bytes::from(key.open(place, &found.bytes("body")?)?)),
        })
    }
}

impl<E: Engine> SqlStore<E> {
    /// A message that belongs to the case of an earlier one, in a transaction of its own: there are few of them, and they
    /// change rows that people work with.
    async fn settle_follow_up(&self, mut settlement: Settlement) -> Result<Settled, StoreError> {
        let (id, at) = (settlement.message.id, settlement.message.received_at);
        let key = self.sealer.new_data_key(id.0);
        let mut work = self.pools.work().await?;
        let follow = self.joins(&mut work, &mut settlement).await?;
        let wish = Wish::Settle(Box::new(Ready::of(&self.sealer, &key, settlement)));
        let outcome = write(&mut work, &[&wish]).await?.pop();
        let Some(Outcome::Settled(settled)) = outcome else {
            unreachable!("a settlement is answered with what was settled")
        };
        if let (Settled::New, Some(follow)) = (&settled, follow) {
            self.hear(&mut work, id, at, &follow).await?;
        }
        work.commit().await?;
        Ok(settled)
    }

    /// The data key in the columns `key_id` and `wrapped` of a row of the message with this id.
    pub(super) fn data_key(
        &self,
        message: Uuid,
        record: &super::engine::Record<E>,
    ) -> Result<crate::storage::seal::DataKey, StoreError> {
        let kept = match record.text_if_any("key_id")? {
            Some(key_id) => Some(WrappedKey { key_id, wrapped: record.bytes("wrapped")? }),
            None => None,
        };
        self.sealer.data_key(message, kept)
    }

    /// While the message was stuck, and could not be read far enough to have its sender's id, the sender sent it again
    /// and it was decided under that id. The stuck one follows it and brings nothing along, so that no unit gets it twice.
    /// It keeps the id it had. Other bytes under that id: a conflict, as in [`MessageStore::settle`].
    async fn supersede(
        &self,
        mut work: Work<E>,
        mut settlement: Settlement,
        first_id: String,
        twin: Had,
    ) -> Result<(), StoreError> {
        let now = self.options.clock.now();
        let same = twin.sha256 == settlement.message.sha256;
        let state = if same { twin.answer.state } else { MessageState::Rejected };
        if !same {
            let refusal = conflict(&settlement.message);
            add_refusals(&mut work, vec![NewRefusal { at: now, first_sha256: Some(twin.sha256), ..refusal }]).await?;
        }
        settlement.route = vec![
            format!("Avsenderen har sendt meldingen på nytt, og den er behandlet som {}.", twin.answer.reference)
                .into(),
        ];
        settlement.state = state;
        settlement.message.sender_message_id = first_id;
        settlement.items.clear();
        settlement.notices.clear();
        settlement.alarms.clear();
        settlement.receipt = None;
        let id = settlement.message.id;
        let key = self.sealer.new_data_key(id.0);
        let mut ready = Ready::of(&self.sealer, &key, settlement);
        ready.parts.line.at = now;
        ready.parts.line.detail =
            format!("{}; the sender sent it again as {}", ready.parts.line.detail, twin.answer.reference);
        decide(&mut work, id, ready.facts).await?;
        work.count(Count::Message(MessageState::Stuck), -1);
        work.count(Count::Message(state), 1);
        add_parts(&mut work, [&ready.parts].into_iter()).await?;
        work.commit().await
    }
}

/// Sets what judging decides, once, and only on a message that is stuck.
async fn decide<E: Engine>(work: &mut Work<E>, id: MessageId, facts: Vec<Value>) -> Result<(), StoreError> {
    let mut statement = Statement::<E>::new("UPDATE messages SET ");
    for (index, (column, value)) in FACTS.into_iter().zip(facts).enumerate() {
        statement.push(if index > 0 { ", " } else { "" }).push(column).push(" = ").value(value);
    }
    statement.push(" WHERE state = 'stuck' AND id = ").value(id.0);
    match work.execute(AssertSqlSafe(statement.sql), statement.values).await? {
        1 => Ok(()),
        _ => Err(StoreError::Absent),
    }
}

fn key_of(settlement: &Settlement) -> SenderKey {
    SenderKey {
        sender_message_id: settlement.message.sender_message_id.clone(),
        sender: settlement.message.sender.clone(),
    }
}

fn channel_from_label(label: &str) -> Option<Channel> {
    [Channel::Https, Channel::Form, Channel::Manual, Channel::File].into_iter().find(|it| it.label() == label)
}
