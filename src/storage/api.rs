//! Case systems: who they are, what they fetch, what they have done, and what they are told by webhook.

use crate::domain::ActKind;
use crate::domain::Clearance;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::MessageId;
use crate::domain::MessageState;
use crate::domain::Next;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::Share;
use crate::domain::Sight;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::Acted;
use crate::storage::Actor;
use crate::storage::Claim;
use crate::storage::Deed;
use crate::storage::Lease;
use crate::storage::StoreError;
use crate::storage::User;
use crate::storage::UserId;
use async_trait::async_trait;
use uuid::Uuid;

/// What stands before the name of a case system where users have their login name. No person has such a one.
pub const API_LOGIN_PREFIX: &str = "system:";

/// What the interface for case systems needs.
#[async_trait]
pub trait ApiStore: Send + Sync {
    /// Makes a case system with its first credential and its roles, with its lines of the journal. `Ok(false)`: the name is
    /// taken.
    async fn add_api_client(&self, client: &NewApiClient, by: &Actor, now: Timestamp) -> Result<bool, StoreError>;

    /// Every case system, also those that have ended, by name.
    async fn api_clients(&self) -> Result<Vec<ApiClient>, StoreError>;

    /// A further credential. Those that there are hold no longer than until `others_until`. [`StoreError::Absent`] when
    /// there is no such case system or it has ended.
    async fn renew_api_client(
        &self,
        name: &str,
        credential: &ApiCredential,
        others_until: Timestamp,
        by: &Actor,
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// Ends a case system: its credentials, its roles and its webhook, at once. [`StoreError::Absent`] as above.
    async fn revoke_api_client(&self, name: &str, by: &Actor, now: Timestamp) -> Result<(), StoreError>;

    /// Who comes with this token, when it holds.
    async fn api_caller(&self, token_sha256: [u8; 32], now: Timestamp) -> Result<Option<ApiCaller>, StoreError>;

    /// What has happened with items that `client` sees by `sights` since `after` in the journal (`None`: since it began), oldest
    /// first. `Ok(None)`: this journal never came by there, as when an older copy of the store was put in its place.
    async fn api_changes(
        &self,
        client: UserId,
        sights: &[Sight],
        after: Option<JournalMark>,
        lines_max: u32,
    ) -> Result<Option<ChangePage>, StoreError>;

    /// The journal's last line.
    async fn journal_end(&self) -> Result<JournalMark, StoreError>;

    /// Does an act once, in one transaction with the key that it was asked for under.
    async fn act_once(&self, once: &OnceKey, deed: &Deed) -> Result<ActedOnce, StoreError>;

    /// What can be told to case systems of an item: its version.
    async fn item_version(&self, item: ItemId) -> Result<u64, StoreError>;

    /// Forgets the keys that were used before `before`. How many it was.
    async fn forget_api_acts(&self, before: Timestamp) -> Result<u64, StoreError>;
}

/// What telling case systems by webhook needs.
#[async_trait]
pub trait HookStore: Send + Sync {
    /// Sets where a case system is told, with a new secret; what it is told begins with what happens now. When it has a
    /// webhook, the secret before signs too until `before_until`. [`StoreError::Absent`] when there is no such case system.
    async fn set_hook(&self, hook: &NewHook<'_>, by: &Actor, now: Timestamp) -> Result<(), StoreError>;

    /// Takes the webhook away, and what waits for it. [`StoreError::Absent`] when there is none.
    async fn remove_hook(&self, name: &str, by: &Actor, now: Timestamp) -> Result<(), StoreError>;

    /// Puts in the queue what has happened since each webhook was last looked at. How much it was.
    async fn queue_hook_events(&self, now: Timestamp, lines_max: u32) -> Result<u64, StoreError>;

    /// Takes up to `claim.rows_max` due events under a lease, at most one per case system at a time, oldest first.
    async fn claim_hook_events(&self, claim: Claim) -> Result<Vec<Lease<DueHookEvent>>, StoreError>;

    /// What came of the attempt. [`StoreError::LeaseLost`] when the lease is not ours any more. When it is given up, the alarm
    /// is opened in the same transaction; when it is delivered, the case system's alarm is cleared.
    async fn settle_hook_event(
        &self,
        lease: &Lease<DueHookEvent>,
        next: Next,
        failure: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// Puts an event that was given up back in the queue, due now. [`StoreError::Absent`] when it was not given up.
    async fn requeue_hook_event(&self, id: Uuid, by: &Actor, now: Timestamp) -> Result<(), StoreError>;

    /// When the next event is due, if any waits that nobody holds.
    async fn next_hook_event_due(&self) -> Result<Option<Timestamp>, StoreError>;

    /// Events that wait or were given up, oldest first.
    async fn hook_events(&self, rows_max: u32) -> Result<Vec<HookEventRow>, StoreError>;

    /// Removes events that were delivered before `before`.
    async fn forget_hook_events(&self, before: Timestamp) -> Result<u64, StoreError>;
}

/// A case system to be made.
#[derive(Clone, Debug)]
pub struct NewApiClient {
    pub id: UserId,
    pub name: String,
    pub units: Vec<UnitId>,
    pub clearance: Clearance,
    pub certificate_sha256: Option<[u8; 32]>,
    pub credential: ApiCredential,
}

/// A token, by its hash.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ApiCredential {
    pub token_sha256: [u8; 32],
    pub expires: Timestamp,
}

/// A case system (fagsystem).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ApiClient {
    pub user: User,
    pub name: String,
    pub certificate_sha256: Option<[u8; 32]>,
    pub created_at: Timestamp,
    /// When its credentials end, the last to end first.
    pub credentials: Vec<Timestamp>,
    /// Where it is told.
    pub hook: Option<String>,
}

/// A case system that has shown a token that holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ApiCaller {
    pub user: User,
    pub certificate_sha256: Option<[u8; 32]>,
}

/// Something that has happened with an item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// The journal's line.
    pub line: u64,
    /// The journal's word for it.
    pub kind: String,
    pub at: Timestamp,
    pub item: ChangedItem,
}

/// An item as it stands now, without anything that tells who it is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangedItem {
    pub id: ItemId,
    pub message: MessageId,
    pub reference: Reference,
    pub unit: UnitId,
    pub share: Share,
    pub state: ItemState,
    pub version: u64,
    pub kind: String,
    pub needs: Vec<String>,
    pub urgent: bool,
    pub protected: bool,
    pub attachments: u32,
    pub received_at: Timestamp,
    pub deadline: Timestamp,
}

/// That a second person has answered the one who asked to open a graded case.
pub const SECOND_ANSWERED: [&str; 2] = ["second_agreed", "second_refused"];

/// That what a unit wrote to somebody outside stands otherwise than before.
pub const DELIVERY_CHANGED: [&str; 7] = [
    "outbound_sent",
    "outbound_acknowledged",
    "outbound_rejected",
    "outbound_abandoned",
    "outbound_requeued",
    "outbound_closed",
    "outbound_cancelled",
];

/// The journal's words for what case systems are told of: that an item came, that its content was removed, what the second person
/// has said to the one who asked, how what was written to somebody outside stands, and every act.
pub fn change_kinds() -> impl Iterator<Item = &'static str> {
    let others = [MessageState::Accepted.label(), "content_removed"].into_iter().chain(SECOND_ANSWERED);
    let others = others.chain(DELIVERY_CHANGED);
    others.chain(ActKind::ALL.iter().map(|it| it.label()))
}

/// A line of the journal, with a piece of its chained hash: a journal that went another way has the same number and another
/// piece.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct JournalMark {
    pub line: u64,
    pub piece: [u8; Self::PIECE_BYTES],
}

impl JournalMark {
    /// Enough that no two journals are taken for each other; nobody gains by making one that is.
    pub const PIECE_BYTES: usize = 9;

    pub fn new(line: u64, hash: &[u8; 32]) -> Self {
        Self { line, piece: std::array::from_fn(|at| hash[at]) }
    }
}

/// Part of what has happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangePage {
    pub changes: Vec<Change>,
    /// The journal's line that has been looked to; the next page begins after it.
    pub looked_to: JournalMark,
    /// Whether there are lines after it.
    pub more: bool,
}

/// Under which key something is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OnceKey {
    pub client: UserId,
    pub key_sha256: [u8; 32],
    /// Of what is asked for.
    pub request_sha256: [u8; 32],
}

/// What came of an act under a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ActedOnce {
    /// Now, or when it was asked for first. A refusal is not remembered.
    Answered(Acted),
    /// Something else was asked for under that key.
    AnotherRequest,
}

/// Where a case system is to be told.
#[derive(Clone, Debug)]
pub struct NewHook<'a> {
    pub name: &'a str,
    /// `None`: as it is; only the secret is changed.
    pub url: Option<&'a str>,
    pub secret: Redacted<Vec<u8>>,
    pub before_until: Timestamp,
}

/// An event that is to be told.
#[derive(Clone, Debug)]
pub struct DueHookEvent {
    pub id: Uuid,
    /// The case system's name.
    pub client: String,
    pub url: String,
    /// The secrets that sign; the newest first.
    pub secrets: Vec<Redacted<Vec<u8>>>,
    pub item: ItemId,
    pub kind: String,
    pub at: Timestamp,
}

/// An event as operators see it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HookEventRow {
    pub id: Uuid,
    pub client: String,
    pub kind: String,
    pub is_abandoned: bool,
    pub attempts: u32,
    pub due: Timestamp,
    pub last_failure: Option<String>,
}
