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
    /// A list of revoked certificates ends soon: after that every sender is shut out. Subject: `revocation lists`.
    RevocationListEnds,
    /// A file that should have been reloaded is bad; the old one is in use. Subject: which file.
    ReloadFailed,
    /// The journal's chain of hashes does not hold. Subject: sequence number.
    JournalBroken,
    /// Something that a unit sent was given up. Subject: reference of the message that it is about.
    OutboundAbandoned,
    /// A receiver cannot use what a unit sent. Subject: as above.
    OutboundRejected,
    /// No AppRec has come for what a unit sent. Subject: as above.
    OutboundUnanswered,
    /// An attachment holds something harmful, and is not given to anybody. Subject: message reference.
    AttachmentInfected,
    /// The antivirus program gives no answer, and attachments are held back. Subject: `antivirus`.
    ScannerSilent,
    /// A report has been offered to somebody who neither takes it nor says no. Subject: message reference.
    TransferUnanswered,
    /// The unit directory has nobody who receives for a municipality today. Subject: municipality.
    NoReceiver,
    /// A case system could not be told by its webhook, and we have given up. Subject: the case system.
    HookAbandoned,
}

impl AlarmKind {
    pub const ALL: [Self; 16] = [
        Self::MessageStuck,
        Self::Unroutable,
        Self::NoticeAbandoned,
        Self::ReceiptAbandoned,
        Self::CertificateEnds,
        Self::RevocationListEnds,
        Self::ReloadFailed,
        Self::JournalBroken,
        Self::OutboundAbandoned,
        Self::OutboundRejected,
        Self::OutboundUnanswered,
        Self::AttachmentInfected,
        Self::ScannerSilent,
        Self::TransferUnanswered,
        Self::NoReceiver,
        Self::HookAbandoned,
    ];

    /// The word used in the database, in logs and as a metric label.
    pub const fn label(self) -> &'static str {
        match self {
            Self::MessageStuck => "message_stuck",
            Self::Unroutable => "unroutable",
            Self::NoticeAbandoned => "notice_abandoned",
            Self::ReceiptAbandoned => "receipt_abandoned",
            Self::CertificateEnds => "certificate_ends",
            Self::RevocationListEnds => "revocation_list_ends",
            Self::ReloadFailed => "reload_failed",
            Self::JournalBroken => "journal_broken",
            Self::OutboundAbandoned => "outbound_abandoned",
            Self::OutboundRejected => "outbound_rejected",
            Self::OutboundUnanswered => "outbound_unanswered",
            Self::AttachmentInfected => "attachment_infected",
            Self::ScannerSilent => "scanner_silent",
            Self::TransferUnanswered => "transfer_unanswered",
            Self::NoReceiver => "no_receiver",
            Self::HookAbandoned => "hook_abandoned",
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
