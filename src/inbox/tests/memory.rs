//! The storage ports in memory, for tests of the inbox alone. It keeps what the ports promise and nothing else; the
//! real store replaces it as soon as it is here.

use crate::domain::AlarmKind;
use crate::domain::ItemAct;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::MessageId;
use crate::domain::MessageState;
use crate::domain::NewAlarm;
use crate::domain::OrgNumber;
use crate::domain::Redacted;
use crate::domain::Responsibility;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::*;
use async_trait::async_trait;
use std::collections::HashMap;
use std::sync::Mutex;

#[derive(Default)]
pub(super) struct Memory(Mutex<State>);

#[derive(Default)]
struct State {
    users: Vec<User>,
    hashes: HashMap<UserId, Redacted<String>>,
    links: HashMap<[u8; 32], (UserId, Timestamp)>,
    sessions: HashMap<[u8; 32], Session>,
    failures: Vec<(String, Timestamp)>,
    messages: Vec<Settlement>,
    items: Vec<InboxRow>,
    journal: Vec<JournalLine>,
}

impl State {
    fn write(&mut self, line: NewJournalLine) {
        self.journal.push(JournalLine {
            sequence: self.journal.len() as u64 + 1,
            at: line.at,
            actor: line.actor,
            action: line.action.to_owned(),
            message: line.message,
            detail: line.detail,
        });
    }
}

impl Memory {
    fn locked<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        work(&mut self.0.lock().unwrap())
    }

    pub(super) fn journal_lines(&self) -> Vec<JournalLine> {
        self.locked(|it| it.journal.clone())
    }
}

#[async_trait]
impl AccountStore for Memory {
    async fn add_user(&self, user: &User, _: Timestamp) -> Result<bool, StoreError> {
        Ok(self.locked(|it| {
            let free = it.users.iter().all(|other| other.login != user.login);
            if free {
                it.users.push(user.clone());
            }
            free
        }))
    }

    async fn user_by_login(&self, login: &str) -> Result<Option<User>, StoreError> {
        Ok(self.locked(|it| it.users.iter().find(|it| it.login == login).cloned()))
    }

    async fn users(&self) -> Result<Vec<User>, StoreError> {
        Ok(self.locked(|it| it.users.clone()))
    }

    async fn end_user(&self, id: UserId, now: Timestamp) -> Result<(), StoreError> {
        self.locked(|it| {
            it.users.iter_mut().filter(|it| it.id == id).for_each(|it| it.ended_at = Some(now));
            it.sessions.retain(|_, session| session.user != id);
        });
        Ok(())
    }

    async fn password_hash(&self, id: UserId) -> Result<Option<Redacted<String>>, StoreError> {
        Ok(self.locked(|it| it.hashes.get(&id).cloned()))
    }

    async fn set_password_hash(&self, id: UserId, hash: Redacted<String>, _: Timestamp) -> Result<(), StoreError> {
        self.locked(|it| {
            it.hashes.insert(id, hash);
            it.sessions.retain(|_, session| session.user != id);
        });
        Ok(())
    }

    async fn add_link(&self, token: [u8; 32], user: UserId, expires: Timestamp) -> Result<(), StoreError> {
        self.locked(|it| it.links.insert(token, (user, expires)));
        Ok(())
    }

    async fn use_link(&self, token: [u8; 32], now: Timestamp) -> Result<Option<UserId>, StoreError> {
        Ok(self.locked(|it| it.links.remove(&token)).filter(|(_, expires)| now < *expires).map(|(user, _)| user))
    }

    async fn add_session(&self, session: &Session) -> Result<(), StoreError> {
        self.locked(|it| it.sessions.insert(session.token_sha256, session.clone()));
        Ok(())
    }

    async fn session(&self, token: [u8; 32], now: Timestamp) -> Result<Option<(Session, User)>, StoreError> {
        Ok(self.locked(|it| {
            let session = it.sessions.get_mut(&token).filter(|it| now < it.expires)?;
            let before = session.clone();
            session.seen_at = now;
            let user = it.users.iter().find(|it| it.id == before.user)?.clone();
            Some((before, user))
        }))
    }

    async fn end_session(&self, token: [u8; 32]) -> Result<(), StoreError> {
        self.locked(|it| it.sessions.remove(&token));
        Ok(())
    }

    async fn count_failed_sign_in(&self, login: &str, now: Timestamp, since: Timestamp) -> Result<u64, StoreError> {
        self.locked(|it| it.failures.push((login.to_owned(), now)));
        self.failed_sign_ins(login, since).await
    }

    async fn failed_sign_ins(&self, login: &str, since: Timestamp) -> Result<u64, StoreError> {
        Ok(self.locked(|it| it.failures.iter().filter(|(who, at)| who == login && *at >= since).count() as u64))
    }
}

#[async_trait]
impl InboxStore for Memory {
    async fn inbox_page(&self, query: &InboxQuery) -> Result<Vec<InboxRow>, StoreError> {
        assert!(!query.units.is_empty(), "the port asks for at least one unit");
        let key = |row: (bool, Timestamp, ItemId)| match query.order {
            InboxOrder::Work => (!row.0, row.1.0, row.2.0.as_u128()),
            InboxOrder::NewestFirst => (false, -row.1.0, u128::MAX - row.2.0.as_u128()),
        };
        let mut rows = self.locked(|it| it.items.clone());
        rows.retain(|it| query.units.contains(&it.unit));
        rows.retain(|it| query.states.is_empty() || query.states.contains(&it.state));
        rows.retain(|it| query.responsible.is_none_or(|who| it.responsible.as_ref().is_some_and(|it| it.id == who)));
        rows.sort_by_key(|it| key((it.urgent, it.received_at, it.id)));
        if let Some(after) = query.after {
            let after = key((after.urgent, after.received_at, after.id));
            rows.retain(|it| key((it.urgent, it.received_at, it.id)) > after);
        }
        rows.truncate(query.rows_max as usize);
        Ok(rows)
    }

    async fn inbox_counts(&self, units: &[UnitId]) -> Result<InboxCounts, StoreError> {
        let states: Vec<_> =
            self.locked(|it| it.items.iter().filter(|it| units.contains(&it.unit)).map(|it| it.state).collect());
        let count = |state| states.iter().filter(|it| **it == state).count() as u64;
        Ok(InboxCounts {
            unread: count(ItemState::Unread),
            opened: count(ItemState::Opened),
            taken: count(ItemState::Taken),
            closed: count(ItemState::Closed),
        })
    }

    async fn item(&self, id: ItemId, units: &[UnitId]) -> Result<ItemDetail, StoreError> {
        self.locked(|it| {
            let found = it.items.iter().find(|it| it.id == id && units.contains(&it.unit)).cloned();
            let row = found.ok_or(StoreError::Absent)?;
            let message = it.messages.iter().find(|it| it.message.id == row.message).unwrap();
            let person = row.summary.reveal().person_id.clone();
            let earlier = it.items.iter().filter(|it| {
                it.id != id && units.contains(&it.unit) && person.is_some() && it.summary.reveal().person_id == person
            });
            Ok(ItemDetail {
                message_state: message.state,
                sender_message_id: message.message.sender_message_id.clone(),
                message_type: message.message.message_type.clone(),
                findings: message.findings.clone(),
                route: message.route.clone(),
                journal: it.journal.iter().filter(|it| it.message == Some(row.message)).cloned().collect(),
                earlier: earlier.cloned().collect(),
                row,
            })
        })
    }

    async fn act(
        &self,
        id: ItemId,
        units: &[UnitId],
        act: ItemAct,
        who: &Person,
        now: Timestamp,
    ) -> Result<ActOutcome, StoreError> {
        self.locked(|it| {
            let found = it.items.iter_mut().find(|it| it.id == id && units.contains(&it.unit));
            let row = found.ok_or(StoreError::Absent)?;
            let own = match &row.responsible {
                None => Responsibility::Nobody,
                Some(person) if person.id == who.id => Responsibility::Own,
                Some(_) => Responsibility::Another,
            };
            let state = match row.state.after(act, own) {
                Ok(state) => state,
                Err(why) => return Ok(ActOutcome::Refused(why)),
            };
            row.state = state;
            let (action, responsible) = match act {
                ItemAct::Open => ("opened", row.responsible.clone()),
                ItemAct::Take => ("taken", Some(who.clone())),
                ItemAct::Release => ("released", None),
                ItemAct::Close => ("closed", row.responsible.clone()),
                ItemAct::Reopen => ("reopened", None),
            };
            row.responsible = responsible;
            let (message, actor) = (Some(row.message), actor(who));
            it.write(NewJournalLine { at: now, actor, action, message, detail: String::new() });
            Ok(ActOutcome::Done(state))
        })
    }
}

fn actor(who: &Person) -> Actor {
    Actor::Person { id: who.id.to_string(), name: who.display_name.clone() }
}

#[async_trait]
impl MessageStore for Memory {
    async fn settle(&self, settlement: Settlement) -> Result<Settled, StoreError> {
        self.locked(|it| {
            for item in &settlement.items {
                it.items.push(InboxRow {
                    id: item.id,
                    message: settlement.message.id,
                    reference: settlement.message.reference.clone(),
                    unit: item.unit.clone(),
                    share: item.share,
                    state: ItemState::Unread,
                    kind: item.kind.clone(),
                    needs: item.needs.clone(),
                    urgent: item.urgent,
                    protected: item.protected,
                    attachments: item.attachments,
                    received_at: settlement.message.received_at,
                    responsible: None,
                    summary: item.summary.clone(),
                });
            }
            it.write(NewJournalLine {
                at: settlement.message.received_at,
                actor: Actor::House,
                action: "received",
                message: Some(settlement.message.id),
                detail: String::new(),
            });
            it.messages.push(settlement);
        });
        Ok(Settled::New)
    }

    async fn resettle(&self, _: Settlement) -> Result<(), StoreError> {
        Err(StoreError::Absent)
    }

    async fn keep_refusal(&self, _: NewRefusal) -> Result<(), StoreError> {
        Ok(())
    }

    async fn receipt(&self, _: &OrgNumber, _: &str) -> Result<ReceiptAnswer, StoreError> {
        Ok(ReceiptAnswer::Unknown)
    }

    async fn raw(&self, id: MessageId) -> Result<RawMessage, StoreError> {
        self.locked(|it| {
            let kept = it.messages.iter().find(|it| it.message.id == id).ok_or(StoreError::Absent)?;
            let message = kept.message.clone();
            Ok(RawMessage {
                id,
                reference: message.reference,
                state: kept.state,
                channel: message.channel,
                received_at: message.received_at,
                sender: message.sender,
                sender_name: message.sender_name,
                sender_message_id: message.sender_message_id,
                charset: message.charset,
                sha256: message.sha256,
                bytes: Redacted::new(message.bytes),
            })
        })
    }
}

#[async_trait]
impl OperatorStore for Memory {
    async fn probe(&self, _: Timestamp) -> Result<(), StoreError> {
        Ok(())
    }

    async fn messages(&self, _: &MessageQuery) -> Result<Vec<MessageRow>, StoreError> {
        Ok(Vec::new())
    }

    async fn message(&self, any_id: &str) -> Result<MessageDetail, StoreError> {
        self.locked(|it| {
            let kept = it.messages.iter().find(|it| it.message.reference.as_str() == any_id);
            let kept = kept.ok_or(StoreError::Absent)?;
            let message = kept.message.clone();
            Ok(MessageDetail {
                row: MessageRow {
                    id: message.id,
                    reference: message.reference,
                    received_at: message.received_at,
                    state: MessageState::Accepted,
                    sender_name: message.sender_name,
                    sender_message_id: message.sender_message_id,
                    message_type: message.message_type,
                    size: message.bytes.len() as u64,
                    units: kept.items.iter().map(|it| it.unit.clone()).collect(),
                    errors: Vec::new(),
                },
                channel: message.channel.label().to_owned(),
                sha256: message.sha256,
                findings: kept.findings.clone(),
                route: kept.route.clone(),
                items: Vec::new(),
                notices: Vec::new(),
                receipt: None,
                journal: Vec::new(),
            })
        })
    }

    async fn open_alarm(&self, _: NewAlarm, _: Timestamp) -> Result<AlarmOutcome, StoreError> {
        Ok(AlarmOutcome::AlreadyOpen)
    }

    async fn clear_alarm(&self, _: AlarmKind, _: &str, _: Timestamp) -> Result<(), StoreError> {
        Ok(())
    }

    async fn alarms(&self) -> Result<Vec<Alarm>, StoreError> {
        Ok(Vec::new())
    }

    async fn tallies(&self) -> Result<Tallies, StoreError> {
        Ok(Tallies::default())
    }

    async fn journal(&self, line: NewJournalLine) -> Result<(), StoreError> {
        self.locked(|it| it.write(line));
        Ok(())
    }

    async fn verify_journal(&self) -> Result<JournalProof, StoreError> {
        Ok(JournalProof::Whole { lines: 0, last_hash: [0; 32] })
    }
}
