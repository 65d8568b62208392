//! What one message's commit consists of: made ready (and sealed) by the one who brings it, written many at a time.

mod kept;
mod route;

pub(super) use kept::findings_from_text;
pub(super) use kept::summary_from_bytes;
pub(super) use kept::summary_to_bytes;
pub(super) use route::route_from_text;

use super::engine::Engine;
use super::engine::Insert;
use super::engine::Record;
use super::engine::Value;
use super::engine::values;
use super::inbox::place_in_line;
use super::scans::SCANS;
use super::statistics::Figures;
use super::tokens::TOKENS;
use super::tokens::new_tokens;
use super::work::Count;
use super::work::Work;
use crate::domain::AckWish;
use crate::domain::Channel;
use crate::domain::Code;
use crate::domain::DeliveryState;
use crate::domain::ItemState;
use crate::domain::MessageId;
use crate::domain::MessageState;
use crate::domain::NewAlarm;
use crate::domain::NoticeChannel;
use crate::domain::OrgNumber;
use crate::domain::Reading;
use crate::domain::Reference;
use crate::domain::Share;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::reports_need;
use crate::storage::Actor;
use crate::storage::Answer;
use crate::storage::KeptFinding;
use crate::storage::KeptStep;
use crate::storage::NewItem;
use crate::storage::NewJournalLine;
use crate::storage::NewMessage;
use crate::storage::NewNotice;
use crate::storage::NewRefusal;
use crate::storage::Settled;
use crate::storage::Settlement;
use crate::storage::StoreError;
use crate::storage::seal::DataKey;
use crate::storage::seal::Place;
use crate::storage::seal::Sealer;
use bytes::Bytes;
use kept::findings_to_text;
use route::route_to_text;
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;
use std::collections::HashSet;
use uuid::Uuid;

/// Something that waits for the writer.
#[derive(Debug)]
pub(super) enum Wish {
    Settle(Box<Ready>),
    Refuse(NewRefusal),
    /// Nothing but to go the way that arrivals go, at this time.
    Probe(Timestamp),
}

impl Wish {
    /// Bytes that it holds in memory, near enough.
    pub fn size(&self) -> usize {
        const ROWS: usize = 1024;
        match self {
            Self::Settle(ready) => ready.size + ROWS,
            Self::Refuse(_) | Self::Probe(_) => ROWS,
        }
    }
}

/// What came of a [`Wish`].
#[derive(Debug)]
pub(super) enum Outcome {
    Settled(Settled),
    /// Written, and there is no more to say of it.
    Written,
}

/// A settlement with everything sealed and in columns.
#[derive(Debug)]
pub(super) struct Ready {
    key: SenderKey,
    id: MessageId,
    sha256: [u8; 32],
    size: usize,
    refusal_if_conflict: NewRefusal,
    state: MessageState,
    message: Vec<Value>,
    pub facts: Vec<Value>,
    body: Vec<u8>,
    data_key: Option<Vec<Value>>,
    pub parts: Parts,
}

/// What a message brings along besides itself.
#[derive(Debug)]
pub(super) struct Parts {
    receipt: Option<Vec<Value>>,
    items: Vec<Vec<Value>>,
    /// What they are found by, and what they add to statistics.
    tokens: Vec<Vec<Value>>,
    figures: Vec<Figures>,
    /// That its attachments wait to be looked at.
    scan: Option<Vec<Value>>,
    notices: Vec<(UnitId, NoticeChannel, Vec<Value>)>,
    units: Vec<UnitId>,
    pub alarms: Vec<(NewAlarm, Timestamp)>,
    pub line: NewJournalLine,
}

/// What is unique: the sender's own id, with the sender.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct SenderKey {
    pub sender_message_id: String,
    pub sender: OrgNumber,
}

impl Ready {
    /// Seals and puts in columns. Done by the one who brings the message, so that the writer only writes.
    pub fn of(sealer: &Sealer, key: &DataKey, settlement: Settlement) -> Self {
        let Settlement { message, state, findings, route, items, receipt, notices, alarms, follows } = settlement;
        let id = message.id.0;
        let facts = facts(&message, state, &findings, &route);
        let has_attachments =
            items.iter().any(|it| it.attachments > 0) || follows.as_ref().is_some_and(|it| it.attachments > 0);
        // What is told of is the case: a follow-up's own reference leads nowhere in an inbox.
        let told_of = follows.as_ref().map_or(&message.reference, |it| &it.reference).clone();
        let units: Vec<UnitId> = items.iter().map(|it| it.unit.clone()).collect();
        let line = NewJournalLine {
            at: message.received_at,
            actor: Actor::House,
            action: state.label(),
            message: Some(message.id),
            detail: told(&message, &units, &findings),
        };
        let body_place = Place { table: "messages", column: "body", row: id.as_bytes() };
        Self {
            key: SenderKey { sender_message_id: message.sender_message_id.clone(), sender: message.sender.clone() },
            id: message.id,
            sha256: message.sha256,
            size: message.bytes.len(),
            refusal_if_conflict: conflict(&message),
            state,
            message: values![
                id,
                message.reference.as_str(),
                message.received_at,
                message.sender.as_str(),
                message.channel.label(),
                message.charset.clone(),
                message.sha256,
                message.bytes.len() as u64
            ],
            facts,
            body: key.seal(body_place, &message.bytes),
            data_key: key.wrapped().map(|it| values![id, it.key_id.as_str(), it.wrapped.clone()]),
            parts: Parts {
                receipt: receipt
                    .map(|it| values![id, it.id.0, it.version.label(), ack_label(&it.ack).to_owned(), it.xml.to_vec()]),
                tokens: items.iter().flat_map(|it| new_tokens(sealer, &message, it)).collect(),
                figures: items.iter().map(|it| Figures::of_new(&message, it)).collect(),
                items: items.iter().map(|it| item(sealer, key, &message, it)).collect(),
                scan: has_attachments.then(|| values![id, "waiting", message.received_at, 0_u32]),
                notices: notices
                    .into_iter()
                    .map(|it| {
                        let row = notice_row(&it, id, told_of.as_str(), message.received_at);
                        (it.unit, it.channel, row)
                    })
                    .collect(),
                units,
                alarms: alarms.into_iter().map(|it| (it, message.received_at)).collect(),
                line,
            },
        }
    }
}

/// Writes all of `wishes` in this transaction, table by table; what came of each, in the same order. Nothing is true
/// before the transaction is committed.
pub(super) async fn write<E: Engine>(work: &mut Work<E>, wishes: &[&Wish]) -> Result<Vec<Outcome>, StoreError> {
    // The first of each key is inserted; equal ones that wait in the same batch look at it afterwards. In order of the
    // key, so that two nodes that write the same messages wait for each other instead of standing in each other's way.
    let mut by_key: BTreeMap<&SenderKey, Vec<(usize, &Ready)>> = BTreeMap::new();
    let mut refusals = Vec::new();
    let mut probed = None;
    for (index, wish) in wishes.iter().enumerate() {
        match wish {
            Wish::Settle(ready) => by_key.entry(&ready.key).or_default().push((index, ready)),
            Wish::Refuse(refusal) => refusals.push(refusal.clone()),
            Wish::Probe(at) => probed = Some(*at),
        }
    }
    let rows = by_key.values().map(|it| it[0].1).map(|it| {
        let mut row = it.message.clone();
        row.extend(it.facts.iter().cloned());
        row.push(Value::from(it.body.clone()));
        row
    });
    let stored = work.insert_and_fetch(&MESSAGES, rows.collect()).await?;
    let stored: HashSet<MessageId> =
        stored.iter().map(|it| it.uuid("id").map(MessageId)).collect::<Result<_, StoreError>>()?;

    let new = |ready: &&Ready| stored.contains(&ready.id);
    let fresh: Vec<&Ready> = by_key.values().map(|it| it[0].1).filter(new).collect();
    work.insert(&DATA_KEYS, fresh.iter().filter_map(|it| it.data_key.clone()).collect()).await?;
    for ready in &fresh {
        work.count(Count::Message(ready.state), 1);
    }
    add_parts(work, fresh.iter().map(|it| &it.parts)).await?;

    let mut outcomes: Vec<Outcome> = wishes.iter().map(|_| Outcome::Written).collect();
    for (key, waiting) in by_key {
        let (first, rest) = waiting.split_first().expect("a key is there because a settlement has it");
        let first_is_new = new(&first.1);
        if first_is_new {
            outcomes[first.0] = Outcome::Settled(Settled::New);
            if rest.is_empty() {
                continue;
            }
        }
        let had = had(work, key).await?.ok_or(StoreError::Inconsistent { table: "messages", column: "sender" })?;
        for (index, ready) in if first_is_new { rest } else { &waiting } {
            let settled = had.settled(&ready.sha256);
            if let Settled::Conflict { first_sha256, .. } = &settled {
                refusals.push(NewRefusal { first_sha256: Some(*first_sha256), ..ready.refusal_if_conflict.clone() });
            }
            outcomes[*index] = Outcome::Settled(settled);
        }
    }
    add_refusals(work, refusals).await?;
    if let Some(at) = probed {
        work.execute("UPDATE probe SET at = $1 WHERE id = 1", values![at]).await?;
        work.hold_journal();
    }
    Ok(outcomes)
}

/// Adds what `parts` brings along, counted and told.
pub(super) async fn add_parts<'a, E: Engine>(
    work: &mut Work<E>,
    parts: impl Iterator<Item = &'a Parts> + Clone,
) -> Result<(), StoreError> {
    work.insert(&RECEIPTS, parts.clone().filter_map(|it| it.receipt.clone()).collect()).await?;
    work.insert(&ITEMS, parts.clone().flat_map(|it| it.items.iter().cloned()).collect()).await?;
    work.insert(&TOKENS, parts.clone().flat_map(|it| it.tokens.iter().cloned()).collect()).await?;
    for figures in parts.clone().flat_map(|it| &it.figures) {
        figures.count(work, 1);
    }
    work.insert(&SCANS, parts.clone().filter_map(|it| it.scan.clone()).collect()).await?;
    add_notices(work, parts.clone().flat_map(|it| &it.notices)).await?;
    let mut alarms = BTreeMap::new();
    for part in parts {
        for unit in &part.units {
            work.count(Count::Item(unit.clone(), ItemState::Unread), 1);
        }
        for (alarm, at) in &part.alarms {
            let (times, first) = alarms.entry((alarm.kind, alarm.subject.as_str())).or_insert((0_u64, *at));
            *times += 1;
            *first = (*first).min(*at);
        }
        work.tell(part.line.clone());
    }
    let alarms = alarms.into_iter();
    let alarms = alarms.map(|((kind, subject), (times, at))| values![kind.label(), subject, at, at, times]);
    work.insert(&ALARMS, alarms.collect()).await?;
    Ok(())
}

/// A notice says how many wait when it is sent, so one that nobody has begun to send tells of this message too: then no
/// other is added. One that is being sent, or has failed before and waits long, may have counted without it.
async fn add_notices<'a, E: Engine>(
    work: &mut Work<E>,
    notices: impl Iterator<Item = &'a (UnitId, NoticeChannel, Vec<Value>)>,
) -> Result<(), StoreError> {
    let mut first_of_each = BTreeMap::new();
    for (unit, channel, row) in notices {
        first_of_each.entry((unit, *channel)).or_insert(row);
    }
    let mut rows = Vec::new();
    for ((unit, channel), row) in first_of_each {
        // Held until the commit, so that nobody begins to send it, and counts, before this message can be seen.
        let sql = AssertSqlSafe(format!("{WAITING_NOTICE}{}", E::FOR_UPDATE));
        if work.fetch("notices", sql, values![unit.0.as_str(), channel.label()]).await?.is_empty() {
            rows.push(row.clone());
        }
    }
    work.count(Count::Notice(DeliveryState::Queued), rows.len() as i64);
    work.insert(&NOTICES, rows).await?;
    Ok(())
}

pub(super) async fn add_refusals<E: Engine>(work: &mut Work<E>, refusals: Vec<NewRefusal>) -> Result<(), StoreError> {
    work.count(Count::Refusal, refusals.len() as i64);
    let rows = refusals.into_iter().map(|it| {
        values![
            it.at,
            it.channel.label(),
            it.peer.map(|it| it.as_str().to_owned()),
            it.sender_message_id,
            it.code,
            it.size,
            it.sha256,
            it.first_sha256.map(|it| it.to_vec())
        ]
    });
    work.insert(&REFUSALS, rows.collect()).await?;
    Ok(())
}

/// A message that we have under a sender's id.
pub(super) struct Had {
    pub sha256: [u8; 32],
    pub answer: Answer,
}

impl Had {
    pub fn read<E: Engine>(record: &Record<E>) -> Result<Self, StoreError> {
        let answer = Answer {
            message: MessageId(record.uuid("id")?),
            reference: record.word("reference", Reference::parse)?,
            state: record.word("state", MessageState::from_label)?,
            receipt: record.bytes_if_any("xml")?.map(Bytes::from),
            reading: match (record.count::<u64>("received")?, record.count::<u64>("opened")?) {
                _ if record.flag("outside")? && !record.flag("here")? => Some(Reading::Transferred),
                (0, _) => None,
                (_, 0) => Some(Reading::Unread),
                _ => Some(Reading::Opened),
            },
        };
        Ok(Self { sha256: record.hash("sha256")?, answer })
    }

    fn settled(&self, sha256: &[u8; 32]) -> Settled {
        if self.sha256 == *sha256 {
            Settled::Known(self.answer.clone())
        } else {
            Settled::Conflict { first_sha256: self.sha256, first_reference: self.answer.reference.clone() }
        }
    }
}

/// The message that we have under `key`, seen from inside the transaction.
pub(super) async fn had<E: Engine>(work: &mut Work<E>, key: &SenderKey) -> Result<Option<Had>, StoreError> {
    let values = values![key.sender_message_id.as_str(), key.sender.as_str()];
    work.fetch("messages", HAD, values).await?.first().map(Had::read).transpose()
}

/// Binds the sender's message id and the sender.
pub(super) const HAD: &str = "-- receipt
SELECT m.id, m.reference, m.state, m.sha256, r.xml,
    (SELECT COUNT(*) FROM items AS i WHERE i.message = m.id AND i.share = 'content') AS received,
    (SELECT COUNT(*) FROM items AS i WHERE i.message = m.id AND i.share = 'content' AND i.opened_at IS NOT NULL) AS opened,
    (SELECT COUNT(*) FROM items AS i
        WHERE i.message = m.id AND i.share = 'content' AND i.state NOT IN ('transferred', 'withdrawn')) AS here,
    (SELECT COUNT(*) FROM items AS i INNER JOIN transfers AS t ON t.item = i.id
        WHERE i.message = m.id AND t.state = 'accepted' AND t.to_unit IS NULL) AS outside
FROM messages AS m
LEFT JOIN receipts AS r ON r.message = m.id
WHERE m.sender_message_id = $1 AND m.sender = $2";

/// The columns of a message that judging decides, in the order of [`facts`].
pub(super) const FACTS: [&str; 11] = [
    "state",
    "sender_name",
    "sender_message_id",
    "message_type",
    "sender_her_id",
    "receiver_her_id",
    "municipality",
    "judged_us",
    "findings",
    "route",
    "report_id",
];

const MESSAGES: Insert = Insert {
    table: "messages",
    columns: &[
        "id",
        "reference",
        "received_at",
        "sender",
        "channel",
        "charset",
        "sha256",
        "size",
        FACTS[0],
        FACTS[1],
        FACTS[2],
        FACTS[3],
        FACTS[4],
        FACTS[5],
        FACTS[6],
        FACTS[7],
        FACTS[8],
        FACTS[9],
        FACTS[10],
        "body",
    ],
    tail: "ON CONFLICT (sender_message_id, sender) DO NOTHING RETURNING id",
};

const DATA_KEYS: Insert = Insert { table: "data_keys", columns: &["message", "key_id", "wrapped"], tail: "" };

const RECEIPTS: Insert = Insert { table: "receipts", columns: &["message", "id", "version", "ack", "xml"], tail: "" };

pub(super) const ITEMS: Insert = Insert {
    table: "items",
    columns: &[
        "id",
        "message",
        "unit",
        "share",
        "state",
        "place_in_line",
        "received_at",
        "kind",
        "needs",
        "protected",
        "attachments",
        "person_index",
        "summary",
        "deadline",
        "reporter",
        "age_group",
        "version",
        "improvement",
        "relay_log",
        "came_from",
        "dimensions",
        "sender_name",
        "municipality",
        "made_at",
        "counted",
        "counts",
    ],
    tail: "",
};

pub(super) const NOTICES: Insert = Insert {
    table: "notices",
    columns: &["id", "message", "reference", "unit", "channel", "state", "created_at", "due", "attempts"],
    tail: "",
};

/// In the order of [`NOTICES`].
pub(super) fn notice_row(notice: &NewNotice, message: Uuid, reference: &str, at: Timestamp) -> Vec<Value> {
    values![
        notice.id.0,
        message,
        reference,
        notice.unit.0.as_str(),
        notice.channel.label(),
        DeliveryState::Queued.label(),
        at,
        notice.due,
        0_u32
    ]
}

/// Binds the unit and the channel.
const WAITING_NOTICE: &str = "-- waiting_notice
SELECT id
FROM notices
WHERE unit = $1 AND channel = $2 AND state = 'queued' AND reminder IS NULL AND meeting IS NULL AND attempts = 0
    AND lease_token IS NULL
LIMIT 1";

const REFUSALS: Insert = Insert {
    table: "refusals",
    columns: &["at", "channel", "peer", "sender_message_id", "code", "size", "sha256", "first_sha256"],
    tail: "",
};

/// One open alarm of each kind per subject; the others count.
pub(super) const ALARMS: Insert = Insert {
    table: "alarms",
    columns: &["kind", "subject", "opened_at", "last_raised_at", "times"],
    tail: "ON CONFLICT (kind, subject) WHERE cleared_at IS NULL DO UPDATE SET times = alarms.times + excluded.times, \
           last_raised_at = excluded.last_raised_at RETURNING times",
};

fn facts(message: &NewMessage, state: MessageState, findings: &[KeptFinding], route: &[KeptStep]) -> Vec<Value> {
    values![
        state.label(),
        message.sender_name.as_str(),
        message.sender_message_id.as_str(),
        message.message_type.as_str(),
        message.sender_her_id.map(|it| i64::from(it.0)),
        message.receiver_her_id.map(|it| i64::from(it.0)),
        message.municipality.as_ref().map(|it| it.as_str().to_owned()),
        message.judged_us,
        findings_to_text(findings),
        route_to_text(route),
        message.report_id.clone()
    ]
}

fn item(sealer: &Sealer, key: &DataKey, message: &NewMessage, item: &NewItem) -> Vec<Value> {
    let summary = item.summary.reveal();
    let has_content = item.share == Share::Content;
    let place = Place { table: "items", column: "summary", row: item.id.0.as_bytes() };
    let person_id = summary.person_id.as_deref().filter(|it| !it.trim().is_empty());
    values![
        item.id.0,
        message.id.0,
        item.unit.0.as_str(),
        item.share.label(),
        ItemState::Unread.label(),
        place_in_line(item.urgent),
        item.received_at(message),
        item.kind.as_str(),
        item.needs.join(" "),
        item.protected,
        item.attachments,
        person_id.map(|it| sealer.person_index(it)),
        key.seal(place, &summary_to_bytes(summary)),
        item.deadline,
        item.reporter.clone(),
        item.age_group.map(|it| it.code().to_owned()),
        0_u32,
        false,
        item.relay_log,
        None::<Uuid>,
        item.dimensions.join(" "),
        Some(sender_of(message, item)).filter(|_| has_content),
        message.municipality.as_ref().map(|it| it.as_str().to_owned()).filter(|_| has_content),
        item.made_at.map(|it| it.0),
        true,
        reports_need(&item.kind)
    ]
}

/// By which name the reports of one sender are found and counted. Those that came by the form are their writers', not ours.
pub(super) fn sender_of(message: &NewMessage, item: &NewItem) -> String {
    match message.channel {
        Channel::Https | Channel::File => message.sender_name.clone(),
        Channel::Form | Channel::Manual => item.summary.reveal().sender.clone(),
    }
}

/// What the journal says of a decided message.
fn told(message: &NewMessage, units: &[UnitId], findings: &[KeptFinding]) -> String {
    let mut codes: Vec<&str> = Vec::new();
    for finding in findings {
        if !codes.contains(&finding.code.as_str()) {
            codes.push(&finding.code);
        }
    }
    let units: Vec<&str> = units.iter().map(|it| it.0.as_str()).collect();
    let told = [
        format!("reference {}", message.reference),
        format!("from {}", message.sender_name),
        if units.is_empty() { String::new() } else { format!("to {}", units.join(", ")) },
        if codes.is_empty() { String::new() } else { format!("findings {}", codes.join(", ")) },
    ];
    told.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("; ")
}

/// What is kept of `message` when we have another one under its id.
pub(super) fn conflict(message: &NewMessage) -> NewRefusal {
    NewRefusal {
        at: message.received_at,
        channel: message.channel,
        peer: Some(message.sender.clone()),
        sender_message_id: Some(message.sender_message_id.clone()),
        code: Code::MessageIdReused.id().to_owned(),
        size: message.bytes.len() as u64,
        sha256: message.sha256,
        first_sha256: None,
    }
}

fn ack_label(ack: &AckWish) -> &str {
    match ack {
        AckWish::Always => "J",
        AckWish::Never => "N",
        AckWish::OnFault => "F",
        AckWish::Unknown(written) => written,
    }
}
