//! The second who agrees, or does not, that a graded case is opened.

use super::SqlStore;
use super::engine::Engine;
use super::engine::Record;
use super::engine::Statement;
use super::engine::values;
use super::people::login_of;
use super::people::told;
use crate::domain::ItemId;
use crate::domain::OpeningReason;
use crate::domain::OpeningRefusal;
use crate::domain::Redacted;
use crate::domain::SecondPerson;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::Because;
use crate::storage::Opening;
use crate::storage::OpeningAnswer;
use crate::storage::OpeningStore;
use crate::storage::Person;
use crate::storage::StoreError;
use crate::storage::UserId;
use crate::storage::WaitingForSecond;
use crate::storage::seal::DataKey;
use crate::storage::seal::Place;
use async_trait::async_trait;

/// Who waits for a second person, at most so many at a time.
const WAITING_ROWS_MAX: u32 = 200;

#[async_trait]
impl<E: Engine> OpeningStore for SqlStore<E> {
    async fn second_person(&self, item: ItemId, user: UserId, since: Timestamp) -> Result<SecondPerson, StoreError> {
        let sql = "SELECT asked_at, agreed_at, refused_at FROM openings WHERE item = $1 AND user_id = $2";
        let found = self.ask("openings", sql, values![item.0, user.0]).await?;
        found.first().map_or(Ok(SecondPerson::NotAsked), |it| stands(it, since))
    }

    async fn opening(&self, item: ItemId, user: UserId, since: Timestamp) -> Result<Option<Opening>, StoreError> {
        let sql = "-- opening
SELECT o.item, o.user_id, o.asked_at, o.agreed_at, o.agreed_name, o.refused_at, o.refused_name, o.reason, o.reason_text,
    o.refusal, o.refusal_text, i.message, k.key_id, k.wrapped
FROM openings AS o
INNER JOIN items AS i ON i.id = o.item
LEFT JOIN data_keys AS k ON k.message = i.message
WHERE o.item = $1 AND o.user_id = $2";
        let found = self.ask("openings", sql, values![item.0, user.0]).await?;
        let Some(found) = found.first() else { return Ok(None) };
        let answer = match stands(found, since)? {
            SecondPerson::NotAsked => return Ok(None),
            SecondPerson::Asked => None,
            SecondPerson::Agreed => {
                Some(OpeningAnswer { by: found.text("agreed_name")?, at: found.time("agreed_at")?, refusal: None })
            }
            SecondPerson::Refused => Some(OpeningAnswer {
                by: found.text("refused_name")?,
                at: found.time("refused_at")?,
                refusal: self.because(found, Column::Refusal, OpeningRefusal::from_label)?,
            }),
        };
        let why = self.because(found, Column::Reason, OpeningReason::from_label)?;
        Ok(Some(Opening { asked_at: found.time("asked_at")?, why, answer }))
    }

    async fn ask_second(
        &self,
        item: ItemId,
        who: &Person,
        why: Option<&Because<OpeningReason>>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let (message, key) = self.item_key(&mut work, item).await?;
        let reason = why.map(|it| it.reason.label().to_owned());
        let text = why.and_then(|it| it.text.as_ref()).map(|it| sealed(&key, Column::Reason, item, who.id, it));
        let sql = "-- ask_second
INSERT INTO openings (item, user_id, asked_at, reason, reason_text)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (item, user_id) DO UPDATE
SET asked_at = excluded.asked_at, reason = excluded.reason, reason_text = excluded.reason_text, agreed_at = NULL,
    agreed_id = NULL, agreed_name = NULL, refused_at = NULL, refused_id = NULL, refused_name = NULL, refusal = NULL,
    refusal_text = NULL,
    earlier_at = COALESCE(openings.refused_at, openings.earlier_at),
    earlier_name = COALESCE(openings.refused_name, openings.earlier_name),
    earlier_refusal = COALESCE(openings.refusal, openings.earlier_refusal),
    earlier_text = CASE WHEN openings.refused_at IS NULL THEN openings.earlier_text ELSE openings.refusal_text END";
        work.execute(sql, values![item.0, who.id.0, now, reason.clone(), text]).await?;
        work.tell(told(who, "second_asked", message, reason.unwrap_or_default().to_owned(), now));
        work.commit().await
    }

    async fn agree_second(&self, item: ItemId, user: UserId, by: &Person, now: Timestamp) -> Result<bool, StoreError> {
        let mut work = self.pools.work().await?;
        let (message, _) = self.item_key(&mut work, item).await?;
        let sql = "-- agree_second
UPDATE openings
SET agreed_at = $1, agreed_id = $2, agreed_name = $3
WHERE item = $4 AND user_id = $5 AND agreed_at IS NULL AND refused_at IS NULL AND user_id <> $2";
        let values = values![now, by.id.0, by.display_name.as_str(), item.0, user.0];
        if work.execute(sql, values).await? != 1 {
            return Ok(false);
        }
        let about = login_of(&mut work, user).await?;
        work.tell(told(by, "second_agreed", message, about, now));
        work.commit().await?;
        Ok(true)
    }

    async fn refuse_second(
        &self,
        item: ItemId,
        user: UserId,
        why: &Because<OpeningRefusal>,
        by: &Person,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut work = self.pools.work().await?;
        let (message, key) = self.item_key(&mut work, item).await?;
        let text = why.text.as_ref().map(|it| sealed(&key, Column::Refusal, item, user, it));
        let sql = "-- refuse_second
UPDATE openings
SET refused_at = $1, refused_id = $2, refused_name = $3, refusal = $4, refusal_text = $5
WHERE item = $6 AND user_id = $7 AND agreed_at IS NULL AND refused_at IS NULL AND user_id <> $2";
        let values = values![now, by.id.0, by.display_name.as_str(), why.reason.label(), text, item.0, user.0];
        if work.execute(sql, values).await? != 1 {
            return Ok(false);
        }
        let about = login_of(&mut work, user).await?;
        work.tell(told(by, "second_refused", message, format!("{about}; {}", why.reason.label()), now));
        work.commit().await?;
        Ok(true)
    }

    async fn waiting_for_second(
        &self,
        units: &[UnitId],
        since: Timestamp,
    ) -> Result<Vec<WaitingForSecond>, StoreError> {
        let mut look = self.pools.look().await?;
        let mut statement = Statement::<E>::new(
            "-- waiting_for_second
SELECT o.item, o.user_id, o.asked_at, o.reason, o.reason_text, o.earlier_at, o.earlier_name, o.earlier_refusal,
    o.earlier_text, u.display_name, i.unit, i.message, m.reference, k.key_id, k.wrapped
FROM openings AS o
CROSS JOIN items AS i
INNER JOIN users AS u ON u.id = o.user_id
INNER JOIN messages AS m ON m.id = i.message
LEFT JOIN data_keys AS k ON k.message = i.message
WHERE i.id = o.item AND o.agreed_at IS NULL AND o.refused_at IS NULL AND u.ended_at IS NULL AND o.asked_at >= ",
        );
        statement.value(since).push(" AND i.unit IN ").list(units.iter().map(|it| it.0.as_str()));
        statement.push(" ORDER BY o.asked_at, o.item LIMIT ").value(WAITING_ROWS_MAX);
        let found = look.run("openings", statement).await?;
        let waiting = found.iter().map(|it| {
            let refused_at = it.time_if_any("earlier_at")?.filter(|at| *at >= since);
            let earlier = match refused_at {
                Some(at) => Some(OpeningAnswer {
                    by: it.text("earlier_name")?,
                    at,
                    refusal: self.because(it, Column::Earlier, OpeningRefusal::from_label)?,
                }),
                None => None,
            };
            Ok(WaitingForSecond {
                earlier,
                item: ItemId(it.uuid("item")?),
                unit: UnitId(it.text("unit")?),
                reference: it.text("reference")?,
                who: Person { id: UserId(it.uuid("user_id")?), display_name: it.text("display_name")? },
                asked_at: it.time("asked_at")?,
                why: self.because(it, Column::Reason, OpeningReason::from_label)?,
            })
        });
        waiting.collect()
    }
}

/// What has been said last, if it counts still.
fn stands<E: Engine>(found: &Record<E>, since: Timestamp) -> Result<SecondPerson, StoreError> {
    let asked = found.time("asked_at")?;
    Ok(match (found.time_if_any("agreed_at")?, found.time_if_any("refused_at")?) {
        (Some(agreed), _) if agreed >= since => SecondPerson::Agreed,
        (None, Some(refused)) if refused >= since => SecondPerson::Refused,
        (None, None) if asked >= since => SecondPerson::Asked,
        (Some(_) | None, _) => SecondPerson::NotAsked,
    })
}

/// Whose words: the asker's, the refuser's, or those of who refused before it was asked for anew.
#[derive(Clone, Copy)]
enum Column {
    Reason,
    Refusal,
    Earlier,
}

impl Column {
    /// Where the code stands, and where the text.
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Reason => ("reason", "reason_text"),
            Self::Refusal => ("refusal", "refusal_text"),
            Self::Earlier => ("earlier_refusal", "earlier_text"),
        }
    }

    /// The column that a text was sealed for.
    const fn sealed_for(self) -> &'static str {
        match self {
            Self::Reason => "reason_text",
            Self::Refusal | Self::Earlier => "refusal_text",
        }
    }
}

fn sealed(key: &DataKey, column: Column, item: ItemId, user: UserId, text: &Redacted<String>) -> Vec<u8> {
    let row = row(item, user);
    key.seal(Place { table: "openings", column: column.sealed_for(), row: &row }, text.reveal().as_bytes())
}

/// Where what is sealed of an opening stands.
fn row(item: ItemId, user: UserId) -> Vec<u8> {
    [&item.0.as_bytes()[..], &user.0.as_bytes()[..]].concat()
}

impl<E: Engine> SqlStore<E> {
    fn because<R>(
        &self,
        found: &Record<E>,
        column: Column,
        parse: impl Fn(&str) -> Option<R>,
    ) -> Result<Option<Because<R>>, StoreError> {
        let (code, text) = column.names();
        let Some(reason) = found.text_if_any(code)? else { return Ok(None) };
        let reason = parse(&reason).ok_or_else(|| found.fault(code))?;
        let text = match found.bytes_if_any(text)? {
            None => None,
            Some(sealed) => {
                let row = row(ItemId(found.uuid("item")?), UserId(found.uuid("user_id")?));
                let place = Place { table: "openings", column: column.sealed_for(), row: &row };
                let opened = self.data_key(found.uuid("message")?, found)?.open(place, &sealed)?;
                Some(Redacted::new(String::from_utf8(opened).map_err(|_| found.fault(text))?))
            }
        };
        Ok(Some(Because { reason, text }))
    }
}
