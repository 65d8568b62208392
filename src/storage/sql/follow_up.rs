//! Which case a message is about, and what has come about a case.

use super::SqlStore;
use super::engine::Engine;
use super::engine::Statement;
use super::engine::values;
use crate::domain::FollowUpKind;
use crate::domain::MessageId;
use crate::domain::MunicipalityNumber;
use crate::domain::OrgNumber;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::UnitId;
use crate::storage::Earlier;
use crate::storage::FollowUpRow;
use crate::storage::FollowUpStore;
use crate::storage::Referred;
use crate::storage::SamePerson;
use crate::storage::StoreError;
use async_trait::async_trait;

/// Earlier messages with one id that are looked at. A report that is passed on keeps its id, so there can be some.
const REFERRED_MAX: u32 = 20;
/// What has come about one case that is shown.
const FOLLOW_UPS_MAX: u32 = 100;

#[async_trait]
impl<E: Engine> FollowUpStore for SqlStore<E> {
    async fn referred(
        &self,
        earlier: &Earlier,
        person: Option<&Redacted<String>>,
    ) -> Result<Vec<Referred>, StoreError> {
        let person = person.filter(|it| !it.reveal().trim().is_empty());
        let person = person.map(|it| self.sealer.person_index(it.reveal()));
        let mut look = self.pools.look().await?;
        let mut statement = Statement::new(
            "-- referred
SELECT a.id, a.reference, a.sender, a.municipality
FROM messages AS m
LEFT JOIN follow_ups AS f ON f.message = m.id
INNER JOIN messages AS a ON a.id = COALESCE(f.about, m.id)
WHERE m.state = 'accepted' AND ",
        );
        match earlier {
            Earlier::Message(id) => {
                statement.push("m.id = ").value(id.0);
            }
            Earlier::OfSender { sender, sender_message_id } => {
                statement.push("m.sender_message_id = ").value(sender_message_id.as_str());
                statement.push(" AND m.sender = ").value(sender.as_str());
            }
            Earlier::Report(report) => {
                statement.push("m.report_id = ").value(report.as_str());
            }
        }
        statement.push(" ORDER BY a.received_at DESC, a.id DESC LIMIT ").value(REFERRED_MAX);
        let mut all = Vec::new();
        for record in look.run("messages", statement).await? {
            let message = record.uuid("id")?;
            let sql = "-- referred_items
SELECT unit, person_index
FROM items
WHERE message = $1 AND share = 'content' AND state NOT IN ('proposed', 'transferred', 'withdrawn') AND removed_at IS NULL
ORDER BY id";
            let mut units = Vec::new();
            let mut same = SamePerson::Unknown;
            for item in look.fetch("items", sql, values![message]).await? {
                units.push(UnitId(item.text("unit")?));
                same = match (&person, item.bytes_if_any("person_index")?) {
                    (Some(one), Some(other)) if *one == other => SamePerson::Same,
                    (Some(_), Some(_)) => SamePerson::Other,
                    (Some(_) | None, None) | (None, Some(_)) => same,
                };
            }
            all.push(Referred {
                message: MessageId(message),
                reference: record.word("reference", Reference::parse)?,
                sender: record.word("sender", |it| OrgNumber::parse(it).ok())?,
                municipality: match record.text_if_any("municipality")? {
                    None => None,
                    Some(it) => Some(MunicipalityNumber::parse(&it).ok_or_else(|| record.fault("municipality"))?),
                },
                units,
                person: same,
            });
        }
        Ok(all)
    }

    async fn follow_ups(&self, about: MessageId) -> Result<Vec<FollowUpRow>, StoreError> {
        let sql = "-- follow_ups
SELECT f.message, f.kind, f.at, m.reference
FROM follow_ups AS f
INNER JOIN messages AS m ON m.id = f.message
WHERE f.about = $1
ORDER BY f.at, f.message
LIMIT $2";
        let found = self.ask("follow_ups", sql, values![about.0, FOLLOW_UPS_MAX]).await?;
        let row = |it: &super::engine::Record<E>| {
            Ok(FollowUpRow {
                message: MessageId(it.uuid("message")?),
                reference: it.word("reference", Reference::parse)?,
                kind: it.word("kind", FollowUpKind::from_code)?,
                at: it.time("at")?,
            })
        };
        found.iter().map(row).collect()
    }
}
