//! The journal as auditors read it: page by page, narrowed to what they ask for.

use crate::domain::ItemId;
use crate::domain::JournalKind;
use crate::domain::MessageId;
use crate::domain::Sight;
use crate::domain::Timestamp;
use crate::storage::JournalLine;
use crate::storage::StoreError;
use crate::storage::UserId;
use async_trait::async_trait;

/// What those need who see to it that nobody reads more than they should.
#[async_trait]
pub trait AuditStore: Send + Sync {
    /// Lines that concern the units of `sights`, newest first: about a message that lies there, and about the people who
    /// belong there. What is graded is left out where the sight has no clearance.
    async fn journal_page(&self, sights: &[Sight], query: &JournalQuery) -> Result<Vec<ToldAbout>, StoreError>;

    /// What was done to the house and about accounts and roles, newest first: what operators and the house itself did that is
    /// about no report, and nothing that anybody read, looked for or failed at.
    async fn house_lines(&self, query: &HouseQuery) -> Result<Vec<JournalLine>, StoreError>;

    /// The message of an item, in whatever unit: for a line about somebody who was refused it. `None`: there is no such item.
    async fn message_of(&self, item: ItemId) -> Result<Option<MessageId>, StoreError>;
}

/// Which lines of the journal.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct JournalQuery {
    pub kind: Option<JournalKind>,
    /// Who did it, or whom it is about when nobody with an account did it.
    pub person: Option<UserId>,
    /// Our reference of the message.
    pub reference: Option<String>,
    pub from: Option<Timestamp>,
    /// Before that.
    pub until: Option<Timestamp>,
    pub turn: JournalTurn,
    pub lines_max: u32,
}

/// Which lines about the house.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HouseQuery {
    /// The journal's own word, such as `role_given`.
    pub action: Option<String>,
    pub since: Option<Timestamp>,
    /// Lines before the one with this number.
    pub before: Option<u64>,
    pub lines_max: u32,
}

/// Where in the journal a page lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum JournalTurn {
    #[default]
    Newest,
    /// The newest of those older than this line.
    OlderThan(JournalCursor),
    /// The oldest of those newer than this line; told newest first, as always.
    NewerThan(JournalCursor),
}

/// A place in the journal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct JournalCursor {
    pub at: Timestamp,
    pub sequence: u64,
}

/// A line of the journal with the reference of the message that it is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToldAbout {
    /// `None`: it is about no message, or about one that does not lie in any of the units.
    pub reference: Option<String>,
    /// The address of the person whom the message is about is graded.
    pub graded: bool,
    pub line: JournalLine,
}

impl ToldAbout {
    pub const fn cursor(&self) -> JournalCursor {
        JournalCursor { at: self.line.at, sequence: self.line.sequence }
    }
}
