//! What the inbox asks of the rest of the house. Implemented where the parts are put together (`app`).

use crate::domain::Attachment;
use crate::domain::Head;
use crate::domain::MunicipalityNumber;
use crate::domain::Redacted;
use crate::domain::Report;
use crate::domain::UnitId;
use crate::storage::RawMessage;
use bytes::Bytes;

/// Reads a stored message once more, so that it can be shown.
///
/// Both functions may take tens of milliseconds for a large message; the inbox calls them where blocking is allowed.
pub trait ReadReport: Send + Sync {
    /// The header, the report and what is attached.
    fn read(&self, raw: &RawMessage) -> Result<ReadMessage, UnreadableReport>;

    /// The decoded bytes of the attachment at `position` ([`Attachment::position`]). `None`: there is none there, it is
    /// kept elsewhere, or its base64 is broken.
    fn attachment(&self, raw: &RawMessage, position: usize) -> Result<Option<Redacted<Bytes>>, UnreadableReport>;
}

/// A message that has been read.
#[derive(Clone, Debug)]
pub struct ReadMessage {
    pub head: Head,
    pub report: Report,
    pub attachments: Vec<Attachment>,
}

/// A message that was accepted cannot be read any more: a bug of ours. Says nothing of its content.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a stored message that was accepted could not be read again")]
pub struct UnreadableReport;

/// Names for people of what the messages and the database know by number.
pub trait Names: Send + Sync {
    /// Name of a unit in the unit directory.
    fn unit(&self, id: &UnitId) -> Option<String>;

    /// Name of a municipality.
    fn municipality(&self, number: &MunicipalityNumber) -> Option<String>;
}
