//! What was seen, one line of JSON each, in a file that is only added to. Holds ids, hashes and codes; nothing about persons.

use crate::clock::Clock;
use crate::domain::Timestamp;
use serde::Deserialize;
use serde::Serialize;
use std::fs;
use std::io;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::PoisonError;

/// The longest message id that is kept as it stood. Characters.
const ID_CHARS_MAX: usize = 100;

/// Something that was seen, and when.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Seen {
    /// Microseconds since the epoch.
    pub at: i64,
    #[serde(flatten)]
    pub what: What,
}

impl Seen {
    pub const fn at(&self) -> Timestamp {
        Timestamp(self.at)
    }
}

/// What was seen.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum What {
    /// A fault was chosen for a message.
    Fault(Fault),
    /// A message, and what the sender was answered.
    Message(SeenMessage),
    /// The sender left while it was made to wait.
    HungUp { message_id: String, after_ms: u64 },
    /// A receipt was asked for.
    Receipt { message_id: String, status: u16, receipt: String, by: Visit },
    /// A rehearsal (dry run).
    Rehearsal { status: u16, by: Visit },
    /// The gateway's certificate was renewed.
    Renewed,
    /// A person has looked at a screen.
    Confirmed { case: u8 },
}

/// A fault and the message that it is for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Fault {
    pub kind: FaultKind,
    pub message_id: String,
    pub sha256: String,
    pub alike: String,
    /// How long the sender was told or made to wait.
    pub wait_seconds: u64,
}

/// What can go wrong between sender and receiver.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    Busy,
    Slow,
    Cut,
}

impl FaultKind {
    /// In the order in which they are made.
    pub const ALL: [Self; 3] = [Self::Busy, Self::Slow, Self::Cut];
}

/// Who came, and how.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Visit {
    /// `hospital` or `school`.
    pub sender: String,
    /// 1: the sender's first certificate, 2: the renewed one.
    pub own_certificate: u8,
    /// 1: the connection was made with the gateway's first certificate, 2: with the renewed one.
    pub gateway_certificate: u8,
}

/// A message that came, without its content.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SeenMessage {
    pub by: Visit,
    pub message_id: Option<String>,
    pub sha256: String,
    /// Equal for messages that differ only in MsgId and GenDate.
    pub alike: String,
    pub traits: Vec<Trait>,
    /// Status of the answer.
    pub status: u16,
    /// Whether the answer was handed to the sender: not when the line was cut.
    pub answered: bool,
    /// Status of the AppRec, code list 8258.
    pub receipt_status: Option<String>,
    /// Hash of the AppRec.
    pub receipt: Option<String>,
    /// What the AppRec's Errors say first: `MP-431`.
    pub errors: Vec<String>,
}

/// What is special about a message.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trait {
    Need,
    PossibleNeed,
    TeamAroundPerson,
    ChangedNeed,
    Question,
    Withdrawal,
    Dialogue,
    Care,
    ChildCoordinator,
    Guardian,
    Objected,
    Unborn,
    Graded,
    Urgent,
    Attachment,
    AckNever,
    AckOnFault,
    TestMarked,
}

/// The file of what was seen.
pub struct Log {
    file: PathBuf,
    writing: Mutex<()>,
}

impl Log {
    pub fn new(folder: &Path) -> Self {
        Self { file: folder.join("seen.jsonl"), writing: Mutex::new(()) }
    }

    /// Everything, oldest first. A last line that was not finished is passed over.
    ///
    /// # Errors
    /// The file cannot be read, or is not ours.
    pub fn read(&self) -> io::Result<Vec<Seen>> {
        let text = match fs::read_to_string(&self.file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        whole.lines().map(|line| serde_json::from_str(line).map_err(io::Error::other)).collect()
    }

    /// Adds what was seen now; it is on the disk when this returns.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn add(&self, clock: &dyn Clock, what: What) -> io::Result<()> {
        let _turn = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = Seen { at: clock.now().0, what };
        let line = serde_json::to_string(&seen).map_err(io::Error::other)? + "\n";
        let mut file = fs::OpenOptions::new().create(true).append(true).open(&self.file)?;
        file.write_all(line.as_bytes())?;
        file.sync_data()
    }

    /// A person has looked and confirms.
    ///
    /// # Errors
    /// As [`Log::add`].
    pub fn confirm(&self, clock: &dyn Clock, case: u8) -> io::Result<()> {
        self.add(clock, What::Confirmed { case })
    }
}

/// A message id as it is kept: as it stood when that is short and plain.
pub(super) fn kept_id(id: &str) -> String {
    let is_plain = id.chars().all(|it| it.is_ascii_graphic());
    if is_plain && id.len() <= ID_CHARS_MAX { id.to_owned() } else { "(not plain text)".to_owned() }
}
