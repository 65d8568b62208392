//! Every event that the log can tell, by name. The name stands in the field `event`; search for that.

use std::fmt;

macro_rules! events {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),+ $(,)?) => {
        /// The closed list of events. A new event is a new name here.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Event { $($(#[$doc])* $variant),+ }

        impl Event {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in the field `event`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

events! {
    /// The house is up.
    Started = "started",
    /// A listener has its address.
    Listening = "listening",
    /// Told to stop: nothing new is taken, what is held is finished.
    Stopping = "stopping",
    Stopped = "stopped",
    /// A file (directory, rulebook, certificates) was read again and is in use.
    Reloaded = "reloaded",
    /// A file that was read again is bad; the old one stays in use.
    ReloadFailed = "reload_failed",
    /// A panic: a bug of ours.
    Panicked = "panicked",

    /// A client could not prove who it is.
    HandshakeFailed = "handshake_failed",
    /// A message has been judged and committed.
    MessageSettled = "message_settled",
    /// The same message from the same sender again; it got the same receipt.
    MessageRepeated = "message_repeated",
    /// Other bytes under an id that the sender has used.
    MessageConflict = "message_conflict",
    /// No verdict could be made; told at transport level.
    MessageRefused = "message_refused",
    /// Judging went wrong on our side; the message waits for an operator.
    MessageStuck = "message_stuck",
    /// An operator had it judged again.
    MessageRequeued = "message_requeued",
    /// The database did not answer; the sender was asked to come back.
    StoreUnavailable = "store_unavailable",

    NoticeDelivered = "notice_delivered",
    /// A notice could not be delivered and will be tried again.
    NoticePostponed = "notice_postponed",
    /// A notice was given up.
    NoticeAbandoned = "notice_abandoned",
    /// An operator put it back in the queue.
    NoticeRequeued = "notice_requeued",
    /// Somebody is reminded of what nobody has opened or answered.
    Reminded = "reminded",
    /// Something that a unit wrote has reached its receiver, or the receiver has answered.
    OutboundSent = "outbound_sent",
    /// What somebody said to a sender cannot be taken back any more, and has been put in the queue.
    WordHandedOver = "word_handed_over",
    /// It could not be sent and will be tried again.
    OutboundPostponed = "outbound_postponed",
    /// The receiver cannot use it.
    OutboundRejected = "outbound_rejected",
    /// It was given up.
    OutboundAbandoned = "outbound_abandoned",
    /// No AppRec has come for it in time.
    OutboundLate = "outbound_late",
    /// A case system has been told that something has changed.
    HookDelivered = "hook_delivered",
    /// It could not be told and will be tried again.
    HookPostponed = "hook_postponed",
    /// Telling it was given up.
    HookAbandoned = "hook_abandoned",
    /// Somebody else has claimed it since; nothing was changed.
    LeaseLost = "lease_lost",

    AlarmOpened = "alarm_opened",
    AlarmCleared = "alarm_cleared",
    CertificateEnds = "certificate_ends",
    /// A list of revoked certificates ends soon, or has ended.
    RevocationListEnds = "revocation_list_ends",
    /// How many lines the journal has, and the hash of the last; once an hour, for whoever keeps the log elsewhere.
    JournalTip = "journal_tip",
    /// An attachment holds something harmful. Never whose.
    AttachmentInfected = "attachment_infected",

    /// What has outlived its purpose has been removed. Never whose.
    ContentOutlived = "content_outlived",

    /// Somebody signed in to the inbox.
    SignedIn = "signed_in",
    SignInFailed = "sign_in_failed",
    /// So many have failed from one address, or one browser, that the next ones there must wait. Never which.
    SignInsHeldBack = "sign_ins_held_back",
    /// Somebody signed in asked for a report that is not theirs to see.
    Refused = "refused",
    /// Somebody ended sessions that a person had elsewhere.
    SessionsEnded = "sessions_ended",
    /// Somebody changed their password.
    PasswordChanged = "password_changed",
    /// Somebody opened, took, released or closed an item.
    ItemActed = "item_acted",
}

impl fmt::Display for Event {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::Event;
    use std::collections::HashSet;

    #[test]
    fn every_event_has_a_name_of_its_own() {
        let names: HashSet<_> = Event::ALL.iter().map(|it| it.name()).collect();

        assert_eq!(names.len(), Event::ALL.len());
        assert!(names.iter().all(|it| it.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')));
    }
}
