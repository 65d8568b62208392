//! People and their roles in units; cases that are lifted; what the journal tells of one person.

use crate::domain;
use crate::domain::Cleared;
use crate::domain::ItemId;
use crate::domain::Membership;
use crate::domain::MembershipId;
use crate::domain::Redacted;
use crate::domain::Sight;
use crate::domain::StartPage;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::Vouched;
use crate::domain::Voucher;
use crate::storage::Actor;
use crate::storage::InboxCounts;
use crate::storage::InboxQuery;
use crate::storage::InboxRow;
use crate::storage::Person;
use crate::storage::StoreError;
use crate::storage::ToldAbout;
use crate::storage::User;
use crate::storage::UserId;
use async_trait::async_trait;

/// Lines of one person's access log. The oldest are left out.
pub const TOLD_LINES_MAX: usize = 10_000;

/// What access by role needs.
#[async_trait]
pub trait PeopleStore: Send + Sync {
    /// Every membership of a person, also those that have ended or not begun. Oldest first.
    async fn memberships(&self, user: UserId) -> Result<Vec<Membership>, StoreError>;

    /// The people of `units`, with their memberships there; also those that have ended.
    async fn people_of(&self, units: &[UnitId]) -> Result<Vec<(User, Vec<Membership>)>, StoreError>;

    /// Gives a role, with its journal line in the same transaction. `wanted.id` is not looked at; gives ours. Who gave it is
    /// kept. With a clearance, links to the person that others made end. [`StoreError::Absent`] when the account has ended, and
    /// when one who is not cleared would clear another.
    async fn grant(
        &self,
        user: UserId,
        wanted: &Membership,
        by: &Actor,
        now: Timestamp,
    ) -> Result<MembershipId, StoreError>;

    /// Ends a membership now, and every session of the person, with its journal line, and lets go of the cases that the person
    /// has no access to any more: to `successor`, if that is one who can have them, else to nobody. Gives what went with it.
    /// [`StoreError::Absent`] when there is none or it has ended.
    async fn end_membership(
        &self,
        id: MembershipId,
        successor: Option<UserId>,
        by: &Actor,
        now: Timestamp,
    ) -> Result<RoleEnded, StoreError>;

    /// How many open cases each person is responsible for in the units of `sights`; graded ones only for the cleared.
    async fn open_cases(&self, sights: &[Sight]) -> Result<Vec<OpenCases>, StoreError>;

    /// One page of what is seen by `sights`; otherwise as [`crate::storage::InboxStore::inbox_page`], whose `query.units`
    /// is not looked at.
    async fn seen_page(&self, sights: &[Sight], who: UserId, query: &InboxQuery) -> Result<Vec<InboxRow>, StoreError>;

    /// As [`crate::storage::InboxStore::inbox_counts`], of what is seen by `sights`.
    async fn seen_counts(&self, sights: &[Sight], who: UserId) -> Result<InboxCounts, StoreError>;

    /// Which of `items` a person coordinates today, by an appointment that names their account.
    async fn coordinated(&self, items: &[ItemId], who: UserId) -> Result<Vec<ItemId>, StoreError>;

    /// Which of `items` have been lifted: to the members of their own unit, or to their unit from another.
    async fn lifted(&self, items: &[ItemId]) -> Result<Vec<ItemId>, StoreError>;

    /// Every clearance for graded addresses in `units`, also those that have ended; the newest first.
    async fn clearings(&self, units: &[UnitId]) -> Result<Vec<Clearing>, StoreError>;

    /// What the journal tells of one person's reports in `units`, oldest first: found by the blind index of the identity
    /// number. The newest [`TOLD_LINES_MAX`], and one more where there are more.
    async fn journal_about(&self, person_id: &Redacted<String>, sights: &[Sight])
    -> Result<Vec<ToldAbout>, StoreError>;

    /// Where the person has chosen to begin after signing in. `None`: they have not.
    async fn start_page(&self, user: UserId) -> Result<Option<StartPage>, StoreError>;

    /// Keeps where the person wants to begin.
    async fn choose_start_page(&self, user: UserId, page: StartPage) -> Result<(), StoreError>;
}

/// What went with a role that was ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct RoleEnded {
    /// The person's, wherever they were signed in.
    pub sessions: u64,
    /// Open cases that the person has no access to any more.
    pub cases: u64,
}

/// How many open cases somebody is responsible for in a unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenCases {
    pub who: UserId,
    pub unit: UnitId,
    pub count: u64,
}

/// That somebody was cleared for graded addresses in a unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clearing {
    pub who: Person,
    /// When the account ended.
    pub ended_at: Option<Timestamp>,
    /// The membership that it came with.
    pub held: Membership,
    pub voucher: Voucher,
    /// Who gave it. `None`: the operator.
    pub by: Option<Person>,
    pub given_at: Timestamp,
}

impl Clearing {
    /// As the domain looks at it.
    fn vouched(&self) -> Vouched {
        let Membership { id: _, unit: _, role, case: _, clearance: _, from, to } = self.held;
        Vouched {
            who: self.who.id.0,
            voucher: self.voucher,
            giver: self.by.as_ref().map(|it| it.id.0),
            role,
            given_at: self.given_at,
            from,
            to: to.into_iter().chain(self.ended_at).min(),
        }
    }
}

/// Those who are cleared in one unit now.
pub fn cleared_in(clearings: &[Clearing], unit: &UnitId, now: Timestamp) -> Vec<Cleared> {
    let given: Vec<Vouched> = clearings.iter().filter(|it| it.held.unit == *unit).map(Clearing::vouched).collect();
    domain::cleared(&given, now)
}
