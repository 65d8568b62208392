//! When certificates end: ours, and those that senders show. `work::watch` raises alarms from it, `/ready` looks at ours.

use crate::domain::Timestamp;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;

/// The subject of our own certificate.
pub const OWN: &str = "own";

/// The subject of the inbox's certificate, where it is another than ours.
pub const INBOX_CERTIFICATE: &str = "inbox certificate";

/// The subject of the first revocation list to end.
pub const LISTS: &str = "revocation lists";

/// Subjects and the end of their newest certificate. Clones are the same book.
#[derive(Clone, Default, Debug)]
pub struct CertificateBook(Arc<Mutex<BTreeMap<String, Timestamp>>>);

impl CertificateBook {
    /// The certificate that is in use now, ours or one that has been replaced on purpose.
    pub fn set(&self, subject: &str, ends: Timestamp) {
        self.hold().insert(subject.to_owned(), ends);
    }

    /// A certificate that a registered sender showed. A sender may have several; the one that lasts longest counts.
    pub fn saw(&self, sender: &str, ends: Timestamp) {
        let mut book = self.hold();
        match book.get_mut(sender) {
            Some(known) => *known = ends.max(*known),
            None => {
                book.insert(sender.to_owned(), ends);
            }
        }
    }

    /// There is no such certificate or list any more.
    pub fn forget(&self, subject: &str) {
        self.hold().remove(subject);
    }

    pub fn ends(&self, subject: &str) -> Option<Timestamp> {
        self.hold().get(subject).copied()
    }

    pub fn all(&self) -> Vec<(String, Timestamp)> {
        self.hold().iter().map(|(subject, ends)| (subject.clone(), *ends)).collect()
    }

    fn hold(&self) -> MutexGuard<'_, BTreeMap<String, Timestamp>> {
        // One insert cannot be left half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
