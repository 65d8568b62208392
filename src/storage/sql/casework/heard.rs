//! What comes from outside about a case: an event of the house in each item that has the content, and what follows.

use super::Change;
use super::row::Row;
use crate::domain::Act;
use crate::domain::Acting;
use crate::domain::Authority;
use crate::domain::Colleague;
use crate::domain::FollowUpKind;
use crate::domain::ItemId;
use crate::domain::MessageId;
use crate::domain::OutboundId;
use crate::domain::OutboundKind;
use crate::domain::OutboundNext;
use crate::domain::Redacted;
use crate::domain::Reminder;
use crate::domain::Timestamp;
use crate::domain::TransferWord;
use crate::storage::FollowUp;
use crate::storage::OutboundSettled;
use crate::storage::Settlement;
use crate::storage::StoreError;
use crate::storage::sql::SqlStore;
use crate::storage::sql::engine::Engine;
use crate::storage::sql::engine::values;
use crate::storage::sql::work::Work;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// A word from outside, as a case takes note of it.
struct Word<'a> {
    what: FollowUpKind,
    from: &'a str,
    at: Timestamp,
    deadline: Timestamp,
    urgent: bool,
}

impl<E: Engine> SqlStore<E> {
    /// Leaves out of `settlement` what a message of its own would bring, when somebody has the case that it belongs to.
    /// `None`: it stands by itself.
    pub(in crate::storage::sql) async fn joins(
        &self,
        work: &mut Work<E>,
        settlement: &mut Settlement,
    ) -> Result<Option<FollowUp>, StoreError> {
        let Some(follow) = settlement.follows.take() else { return Ok(None) };
        if with_content(work, follow.about).await?.is_empty() {
            return Ok(None);
        }
        settlement.items.clear();
        settlement.alarms.clear();
        settlement.notices.clone_from(&follow.notices);
        settlement.follows = Some(follow.clone());
        Ok(Some(follow))
    }

    /// Keeps that `message` belongs to the case, and tells everybody who has it.
    pub(in crate::storage::sql) async fn hear(
        &self,
        work: &mut Work<E>,
        message: MessageId,
        at: Timestamp,
        follow: &FollowUp,
    ) -> Result<(), StoreError> {
        let sql = "-- add_follow_up
INSERT INTO follow_ups (message, about, kind, at)
VALUES ($1, $2, $3, $4)";
        work.execute(sql, values![message.0, follow.about.0, follow.kind.code(), at]).await?;
        let word = Word { what: follow.kind, from: &follow.from, at, deadline: follow.deadline, urgent: follow.urgent };
        for item in with_content(work, follow.about).await? {
            self.note_word(work, item, &word).await?;
            match follow.transfer {
                Some((offered, said)) if offered == item => {
                    self.answer_offer(work, item, said, &follow.why, &word).await?;
                }
                Some(_) | None => {}
            }
        }
        Ok(())
    }

    /// What we sent did not arrive, or cannot be used: the case that it was written in must show it, also when it is done.
    pub(in crate::storage::sql) async fn hear_of_sent(
        &self,
        work: &mut Work<E>,
        id: OutboundId,
        settled: &OutboundSettled,
    ) -> Result<(), StoreError> {
        let what = match settled.next {
            OutboundNext::Rejected => FollowUpKind::Rejected,
            OutboundNext::Abandoned => FollowUpKind::NotDelivered,
            OutboundNext::Retry { .. } | OutboundNext::Sent { .. } | OutboundNext::Acknowledged => return Ok(()),
        };
        let Some(deadline) = settled.deal_by else { return Ok(()) };
        let sql = "-- sent_from
SELECT i.id, o.receiver, o.kind, o.kind_detail
FROM outbound AS o
INNER JOIN items AS i ON i.id = o.item
WHERE o.id = $1 AND i.share = 'content' AND i.state NOT IN ('proposed', 'transferred', 'withdrawn')
    AND i.removed_at IS NULL";
        let found = work.fetch("outbound", sql, values![id.0]).await?;
        let Some(found) = found.first() else { return Ok(()) };
        let (item, from) = (ItemId(found.uuid("id")?), found.text("receiver")?);
        let detail = found.text_if_any("kind_detail")?;
        let kind = found.word("kind", |it| OutboundKind::from_label(it, detail.as_deref()))?;
        let word = Word { what, from: &from, at: settled.now, deadline, urgent: false };
        self.note_word(work, item, &word).await?;
        match (kind, what) {
            (OutboundKind::Transfer(_), FollowUpKind::Rejected) => {
                let why = format!("Mottakerens system avviste meldingen. {}", settled.codes.join(" "));
                self.answer_offer(work, item, TransferWord::Declined, why.trim(), &word).await
            }
            _ => Ok(()),
        }
    }

    async fn note_word(&self, work: &mut Work<E>, item: ItemId, word: &Word<'_>) -> Result<(), StoreError> {
        let row = self.hold(work, item, None).await?;
        // Nobody goes on for a month with what has been withdrawn.
        let soon = word.urgent || word.what == FollowUpKind::Withdrawal;
        let deadline = row.case.deadline_after_word(row.deadline, word.deadline, soon);
        self.act_of_house(work, &row, &Act::AnswerArrived { what: word.what }, word).await?;
        // By when it is answered is asked where the case lies.
        if row.case.lies_elsewhere() {
            return Ok(());
        }
        let place = if word.urgent { 0 } else { row.listed.place_in_line };
        let sql = "UPDATE items SET deadline = $1, place_in_line = $2 WHERE id = $3";
        work.execute(sql, values![deadline, place, item.0]).await?;
        if deadline != row.deadline {
            let sql = "DELETE FROM reminders WHERE item = $1 AND reminder = $2";
            work.execute(sql, values![item.0, Reminder::AnswerLate.label()]).await?;
        }
        Ok(())
    }

    /// The receiver of an offer has answered. One that is not open any more is left as it is.
    async fn answer_offer(
        &self,
        work: &mut Work<E>,
        item: ItemId,
        said: TransferWord,
        why: &str,
        word: &Word<'_>,
    ) -> Result<(), StoreError> {
        let row = self.hold(work, item, None).await?;
        let act = match said {
            TransferWord::Accepted => Act::TransferAccepted,
            TransferWord::Declined => Act::TransferDeclined { why: Redacted::new(why.to_owned()) },
        };
        self.act_of_house(work, &row, &act, word).await
    }

    /// Does `act` when it can be done: a case may have gone on since.
    async fn act_of_house(&self, work: &mut Work<E>, row: &Row, act: &Act, word: &Word<'_>) -> Result<(), StoreError> {
        let who = Colleague { id: Uuid::nil(), name: word.from.to_owned() };
        let by = Acting { who, authority: Authority::Leading, at: word.at };
        let Ok(mut after) = row.case.after(act, &by) else { return Ok(()) };
        if self.follow(work, row, &mut after, act, &by).await?.is_some() {
            return Ok(());
        }
        let details = act.details();
        let change = Change { kind: act.kind(), details, by: &by, undo_until: None, send_due: None };
        self.set(work, row, after, change).await?;
        Ok(())
    }
}

/// The items of a message that have its content now, held until the transaction ends: a case that is given away meanwhile must
/// not leave what came about it with nobody.
async fn with_content<E: Engine>(work: &mut Work<E>, message: MessageId) -> Result<Vec<ItemId>, StoreError> {
    let sql = format!(
        "-- with_content
SELECT id
FROM items
WHERE message = $1 AND share = 'content' AND state NOT IN ('proposed', 'transferred', 'withdrawn') AND removed_at IS NULL
ORDER BY id{}",
        E::FOR_UPDATE
    );
    let found = work.fetch("items", AssertSqlSafe(sql), values![message.0]).await?;
    found.iter().map(|it| Ok(ItemId(it.uuid("id")?))).collect()
}
