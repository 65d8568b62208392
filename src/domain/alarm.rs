//! Something that a person must deal with. An alarm is a state, opened and cleared, never a flood.

/// What an alarm is about. One alarm of each kind per subject.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum AlarmKind {
    /// Judging a message went wrong on our side; it waits for an operator. Subject: message reference.
    MessageStuck,
    /// A message reached a municipality's default because no rule fitted, or no unit could take it. Subject: municipality.
    Unroutable,
    /// A notice was given up. Subject: unit.
    NoticeAbandoned,
    /// A receipt was given up. Subject: message reference.
    ReceiptAbandoned,
    /// A certificate ends soon, ours or a sender's. Subject: `own` or the sender's name.
    CertificateEnds,
    /// A file that should have been reloaded is bad; the old one is in use. Subject: which file.
    ReloadFailed,
    /// The journal's chain of hashes does not hold. Subject: sequence number.
    JournalBroken,
    /// An attachment holds something harmful, and is not given to anybody. Subject: message reference.
    AttachmentInfected,
    /// The antivirus program gives no answer, and attachments are held back. Subject: `antivirus`.
    ScannerSilent,
}

impl AlarmKind {
    pub const ALL: [Self; 9] = [
        Self::MessageStuck,
        Self::Unroutable,
        Self::NoticeAbandoned,
        Self::ReceiptAbandoned,
        Self::CertificateEnds,
        Self::ReloadFailed,
        Self::JournalBroken,
        Self::AttachmentInfected,
        Self::ScannerSilent,
    ];

    /// The word used in the database, in logs and as a metric label.
    pub const fn label(self) -> &'static str {
        match self {
            Self::MessageStuck => "message_stuck",
            Self::Unroutable => "unroutable",
            Self::NoticeAbandoned => "notice_abandoned",
            Self::ReceiptAbandoned => "receipt_abandoned",
            Self::CertificateEnds => "certificate_ends",
            Self::ReloadFailed => "reload_failed",
            Self::JournalBroken => "journal_broken",
            Self::AttachmentInfected => "attachment_infected",
            Self::ScannerSilent => "scanner_silent",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.label() == label)
    }
}

/// An alarm to be opened. Holds no personal data; the subject is one of ours or a name from the configuration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewAlarm {
    pub kind: AlarmKind,
    pub subject: String,
}
