//! What the house itself sends (utgående melding): an answer, a question, a word about an error, or a report passed on.

use crate::domain::AppRecVersion;
use crate::domain::DialogueVersion;
use crate::domain::HerId;
use crate::domain::MunicipalityNumber;
use crate::domain::OrgNumber;
use crate::domain::Text;
use crate::domain::Timestamp;

/// What is sent, and why. Always about a message that we have.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum OutboundKind {
    /// The answer to the sender (svar).
    Answer,
    /// The answer to a coordinating unit that passed a report on: we take the case over (overtatt).
    TakenOver,
    /// More is needed from the sender (forespørsel).
    Question,
    /// Feedback on an error in what was received (tilbakemelding om feil, HIS 1151).
    FaultReport(FaultReason),
    /// The report goes to the coordinating unit of another municipality or of a hospital trust (videresending), its reporter
    /// preserved.
    Transfer(CoordinatingBody),
}

/// Whose coordinating unit outside takes a report (koordinerende enhet i kommune eller helseforetak).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CoordinatingBody {
    Municipality(MunicipalityNumber),
    /// Helseforetak.
    HospitalTrust(OrgNumber),
}

impl CoordinatingBody {
    /// Four digits are a municipality's number, nine a trust's organisation number.
    pub fn parse(text: &str) -> Option<Self> {
        let municipality = MunicipalityNumber::parse(text).map(Self::Municipality);
        municipality.or_else(|| OrgNumber::parse(text).ok().map(Self::HospitalTrust))
    }

    pub fn number(&self) -> &str {
        match self {
            Self::Municipality(number) => number.as_str(),
            Self::HospitalTrust(number) => number.as_str(),
        }
    }
}

impl OutboundKind {
    /// The word used in the database, in logs and as a metric label.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Answer | Self::TakenOver => "answer",
            Self::Question => "question",
            Self::FaultReport(_) => "fault_report",
            Self::Transfer(_) => "transfer",
        }
    }

    /// What is kept beside the label: the reason's code, or the receiver's number.
    pub fn detail(&self) -> Option<&str> {
        match self {
            Self::Answer | Self::Question => None,
            Self::TakenOver => Some("taken_over"),
            Self::FaultReport(reason) => Some(reason.code()),
            Self::Transfer(to) => Some(to.number()),
        }
    }

    pub fn from_label(label: &str, detail: Option<&str>) -> Option<Self> {
        match (label, detail) {
            ("answer", None) => Some(Self::Answer),
            ("answer", Some("taken_over")) => Some(Self::TakenOver),
            ("question", None) => Some(Self::Question),
            ("fault_report", Some(code)) => FaultReason::from_code(code).map(Self::FaultReport),
            ("transfer", Some(number)) => CoordinatingBody::parse(number).map(Self::Transfer),
            (_, None | Some(_)) => None,
        }
    }
}

/// Why a message is reported as wrong (avvik, årsak; code list 8117).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FaultReason {
    /// Feil adressat.
    WrongAddressee,
    /// Mangelfulle opplysninger.
    Incomplete,
    /// Annet.
    Other,
}

impl FaultReason {
    pub const ALL: [Self; 3] = [Self::WrongAddressee, Self::Incomplete, Self::Other];

    /// The code in list 8117.
    pub const fn code(self) -> &'static str {
        match self {
            Self::WrongAddressee => "1",
            Self::Incomplete => "2",
            Self::Other => "9",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The national list's own name of the code, in Norwegian, for `DN`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::WrongAddressee => "Feil adressat",
            Self::Incomplete => "Mangelfulle opplysninger",
            Self::Other => "Annet",
        }
    }

    /// The word on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::WrongAddressee => "wrong-addressee",
            Self::Incomplete => "incomplete",
            Self::Other => "other",
        }
    }
}

/// Where something that we send stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum OutboundState {
    /// Waits for its due time, or is being tried under a lease. Can be cancelled until the first attempt.
    Queued,
    /// The receiver has it and has not answered with an AppRec yet.
    Sent,
    /// The receiver's AppRec says that it is good.
    Acknowledged,
    /// The receiver cannot use it: a negative AppRec, or feedback on an error.
    Rejected,
    /// Given up; an alarm is open and an operator can requeue it.
    Abandoned,
    /// Taken back before it was sent.
    Cancelled,
}

impl OutboundState {
    pub const ALL: [Self; 6] =
        [Self::Queued, Self::Sent, Self::Acknowledged, Self::Rejected, Self::Abandoned, Self::Cancelled];

    /// The word used in the database, in logs and as a metric label.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Acknowledged => "acknowledged",
            Self::Rejected => "rejected",
            Self::Abandoned => "abandoned",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.label() == label)
    }

    /// Whether the receiver's word is still awaited.
    pub const fn is_waiting(self) -> bool {
        match self {
            Self::Queued | Self::Sent => true,
            Self::Acknowledged | Self::Rejected | Self::Abandoned | Self::Cancelled => false,
        }
    }
}

/// How what a unit wrote to somebody outside stands (levering), as case systems and archives are told of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Delivery {
    /// It can still be undone, or waits to be sent.
    Waits,
    /// The receiver has it, and has not said whether it can use it.
    Sent { at: Timestamp },
    /// The receiver has it, and says that it is good.
    Acknowledged { at: Timestamp },
    /// The receiver cannot use it.
    Rejected,
    /// It was given up. `sent_at`: the receiver had it, and never said a word.
    Abandoned { sent_at: Option<Timestamp> },
    /// It was taken back before it was sent.
    Cancelled,
}

impl Delivery {
    /// `sent_at`: when the receiver had it.
    pub fn of(state: OutboundState, sent_at: Option<Timestamp>) -> Self {
        match (state, sent_at) {
            (OutboundState::Sent, Some(at)) => Self::Sent { at },
            (OutboundState::Acknowledged, Some(at)) => Self::Acknowledged { at },
            // Nobody can say that it went.
            (OutboundState::Queued | OutboundState::Sent | OutboundState::Acknowledged, _) => Self::Waits,
            (OutboundState::Rejected, _) => Self::Rejected,
            (OutboundState::Abandoned, sent_at) => Self::Abandoned { sent_at },
            (OutboundState::Cancelled, _) => Self::Cancelled,
        }
    }

    /// The word to machines.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Waits => "waits",
            Self::Sent { .. } => OutboundState::Sent.label(),
            Self::Acknowledged { .. } => OutboundState::Acknowledged.label(),
            Self::Rejected => OutboundState::Rejected.label(),
            Self::Abandoned { .. } => OutboundState::Abandoned.label(),
            Self::Cancelled => OutboundState::Cancelled.label(),
        }
    }

    /// Since when the receiver has it. `None`: it does not have it, cannot use it, or never said so.
    pub const fn arrived_at(self) -> Option<Timestamp> {
        match self {
            Self::Sent { at } | Self::Acknowledged { at } => Some(at),
            Self::Waits | Self::Rejected | Self::Abandoned { .. } | Self::Cancelled => None,
        }
    }
}

/// What comes after an attempt to send, or after the receiver's word. Decided in `receipt`, applied by the store.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OutboundNext {
    /// Not delivered; tried again.
    Retry {
        due: Timestamp,
    },
    /// Delivered; asked again when no AppRec has come by then.
    Sent {
        ask_at: Timestamp,
    },
    Acknowledged,
    Rejected,
    Abandoned,
}

impl OutboundNext {
    pub const fn state(self) -> OutboundState {
        match self {
            Self::Retry { .. } => OutboundState::Queued,
            Self::Sent { .. } => OutboundState::Sent,
            Self::Acknowledged => OutboundState::Acknowledged,
            Self::Rejected => OutboundState::Rejected,
            Self::Abandoned => OutboundState::Abandoned,
        }
    }
}

/// How a registered sender can be written to (vei tilbake): what the operator has agreed with it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WayBack {
    /// Web address that takes messages, such as `https://sykehus.example:8443/messages`. `None`: none; telephone.
    pub address: Option<String>,
    /// The AppRec that it understands. `None`: see `receipt::version`.
    pub apprec: Option<AppRecVersion>,
    /// The dialogue message that it understands. `None`: the one that it sends.
    pub dialogue: Option<DialogueVersion>,
    /// Where it takes reports of need that we pass on.
    pub reports: Option<ReportAddress>,
}

/// Where the coordinating unit of another municipality or of a hospital trust takes reports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReportAddress {
    pub body: CoordinatingBody,
    /// HER-id of the organisation, the outer level.
    pub organisation_her_id: HerId,
    /// HER-id of the unit, the inner level.
    pub her_id: HerId,
    /// The unit's name in the header.
    pub name: String,
}

/// One that can be written to (korrespondent): only had where there is a way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Correspondent {
    /// Name of the registered sender in the configuration.
    pub name: String,
    pub display_name: String,
    /// Whose AppRec counts.
    pub organisation: OrgNumber,
}

/// Why nothing can be sent. Told at once, to the one who wants to write.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NoWayOut {
    /// The sender is not registered any more.
    SenderGone,
    /// The sender's registration has no address.
    NoAddress,
    /// No registered party takes reports for that municipality or trust.
    ReceiverUnknown,
    /// That receiver is the one that has it.
    ReceiverOwn,
    /// The unit has no telephone number in the unit directory, and the receiver must be able to call.
    NoTelephone,
    /// The message has not been accepted, so it has been answered already.
    NotAccepted,
    /// The message cannot be read as it must be to be answered or passed on.
    Unreadable,
}

impl NoWayOut {
    pub const fn text(self) -> Text {
        match self {
            Self::SenderGone => Text::of(
                "Avsenderen er ikke lenger registrert her. Ring avsenderen.",
                "Avsendaren er ikkje lenger registrert her. Ring avsendaren.",
                "The sender is no longer registered here. Telephone the sender.",
            ),
            Self::NoAddress => Text::of(
                "Avsenderen kan ikke ta imot svar elektronisk. Ring avsenderen.",
                "Avsendaren kan ikkje ta imot svar elektronisk. Ring avsendaren.",
                "The sender cannot receive answers electronically. Telephone the sender.",
            ),
            Self::ReceiverUnknown => Text::of(
                "Mottakeren kan ikke ta imot meldinger herfra elektronisk. Ring den koordinerende enheten der.",
                "Mottakaren kan ikkje ta imot meldingar herfrå elektronisk. Ring den koordinerande eininga der.",
                "The receiver cannot take messages from here electronically. Telephone its coordinating unit.",
            ),
            Self::ReceiverOwn => Text::of(
                "Meldingen er allerede hos denne mottakeren.",
                "Meldinga er alt hos denne mottakaren.",
                "The report is with that receiver already.",
            ),
            Self::NoTelephone => Text::of(
                "Enheten har ikke noe telefonnummer i enhetskatalogen. Mottakeren må kunne ringe. Be driften legge det inn.",
                "Eininga har ikkje noko telefonnummer i einingskatalogen. Mottakaren må kunne ringe. Be drifta leggje det inn.",
                "The unit has no telephone number in the unit directory. The receiver must be able to call. Ask operations to add it.",
            ),
            Self::NotAccepted => Text::of(
                "Meldingen er ikke tatt imot, så den kan ikke besvares eller sendes videre.",
                "Meldinga er ikkje teken imot, så ho kan ikkje svarast på eller sendast vidare.",
                "The message has not been accepted, so it can neither be answered nor passed on.",
            ),
            Self::Unreadable => Text::of(
                "Meldingen kan ikke leses slik at den kan besvares eller sendes videre.",
                "Meldinga kan ikkje lesast slik at ho kan svarast på eller sendast vidare.",
                "The message cannot be read well enough to be answered or passed on.",
            ),
        }
    }
}

/// What a receiver says of something that we sent: its AppRec, read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReturnedReceipt {
    /// The AppRec's own id.
    pub id: String,
    pub says: ReceiverSays,
    /// Codes and texts as they stood: list 8221, or the receiver's own.
    pub errors: Vec<ReturnedError>,
    /// MsgId of what it answers.
    pub original_id: String,
}

/// An Error element as it stood. The code can be shown; the text may hold anything.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReturnedError {
    pub code: String,
    pub text: crate::domain::Redacted<String>,
}

/// The status of an AppRec (code list 8258), as far as it decides something.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ReceiverSays {
    /// Status 1, or 3 (fault in a part that stands by itself).
    Good,
    /// Status 2.
    Rejected,
    /// Something else.
    Unclear,
}

#[cfg(test)]
mod tests {
    use super::CoordinatingBody;
    use super::FaultReason;
    use super::OutboundKind;
    use super::OutboundState;

    #[test]
    fn kinds_and_states_are_read_as_they_are_written() {
        let transfer = |number: &str| OutboundKind::Transfer(CoordinatingBody::parse(number).unwrap());
        let faults = FaultReason::ALL.map(OutboundKind::FaultReport);
        let sayings = [OutboundKind::Answer, OutboundKind::TakenOver, OutboundKind::Question];
        let transfers = [transfer("1149"), transfer("310000108")];
        for kind in sayings.into_iter().chain(transfers).chain(faults) {
            assert_eq!(OutboundKind::from_label(kind.label(), kind.detail()), Some(kind));
        }
        assert_eq!(OutboundKind::from_label("answer", Some("1")), None);
        assert_eq!(OutboundKind::from_label("transfer", None), None);
        assert_eq!(OutboundKind::from_label("transfer", Some("310000109")), None, "the control digit does not hold");
        for state in OutboundState::ALL {
            assert_eq!(OutboundState::from_label(state.label()), Some(state));
        }
    }
}
