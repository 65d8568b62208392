//! What the operator has decided about checking: senders, strictness, limits. Handed to the pure heart as a value.

use crate::domain::DialogueWords;
use crate::domain::NeedKind;
use crate::domain::OrgNumber;
use crate::domain::Peer;
use crate::domain::RegisteredSender;
use jiff::civil::Date;

/// Everything that judging needs to know besides the message and the unit directory.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rulebook {
    pub environment: Environment,
    pub senders: Vec<RegisteredSender>,
    pub strictness: StrictnessTable,
    pub limits: MessageLimits,
    /// Synthetic identity numbers are understood only where this says so (standards/FACTS.md g.4).
    pub synthetic_persons: SyntheticPersons,
    /// From this day, numbers of the 2032 series (first control rest 1 to 3) are accepted.
    pub new_identity_numbers_from: Date,
    /// A consent older than this gives a remark. Months.
    pub consent_months_max: u32,
    /// How long before now GenDate may lie without a remark. Days.
    pub generated_days_past_max: u32,
    /// How far after now GenDate may lie. Minutes; clocks differ.
    pub generated_minutes_future_max: u32,
    /// Words in a dialogue message's titles that tell what it is about.
    pub dialogue_words: Vec<DialogueWords>,
}

impl Rulebook {
    /// The registered sender that `peer`'s certificate speaks for.
    pub fn sender_of(&self, peer: &Peer) -> Option<&RegisteredSender> {
        let named = |it: &&RegisteredSender| peer.sub_unit.as_ref().is_some_and(|unit| it.sub_units.contains(unit));
        let same = |it: &&RegisteredSender| it.organisation == peer.organisation;
        self.senders
            .iter()
            .filter(same)
            .find(named)
            .or_else(|| self.senders.iter().filter(same).find(|it| it.sub_units.is_empty()))
    }

    pub fn knows_organisation(&self, organisation: &OrgNumber) -> bool {
        self.senders.iter().any(|it| it.organisation == *organisation)
    }
}

impl Default for Rulebook {
    fn default() -> Self {
        Self {
            environment: Environment::Production,
            senders: Vec::new(),
            strictness: StrictnessTable::default(),
            limits: MessageLimits::default(),
            synthetic_persons: SyntheticPersons::Refused,
            new_identity_numbers_from: jiff::civil::date(2032, 1, 1),
            consent_months_max: 12,
            generated_days_past_max: 30,
            generated_minutes_future_max: 60,
            dialogue_words: default_dialogue_words(),
        }
    }
}

/// In alphabetical order, as a configuration file gives them.
fn default_dialogue_words() -> Vec<DialogueWords> {
    let words = [
        ("ansvarsgruppe", NeedKind::TeamAroundPerson),
        ("barnekoordinator", NeedKind::ChildCoordinator),
        ("individuell plan", NeedKind::IndividualPlan),
        ("individuelle planer", NeedKind::IndividualPlan),
        ("individuelle planar", NeedKind::IndividualPlan),
        ("ip", NeedKind::IndividualPlan),
        ("koordinator", NeedKind::Coordinator),
    ];
    let mut all: Vec<_> =
        words.into_iter().map(|(words, need)| DialogueWords { words: words.to_owned(), need }).collect();
    all.sort_by(|one, other| one.words.cmp(&other.words));
    all
}

/// Whether real people are behind the messages here.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Environment {
    #[default]
    Production,
    Test,
}

/// Whether made-up identity numbers are taken.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum SyntheticPersons {
    #[default]
    Refused,
    Accepted,
}

/// What a broken rule of one family leads to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Strictness {
    /// The finding is kept for information only.
    Accept,
    /// The finding becomes a remark at most.
    Remark,
    /// The finding keeps its own weight; an error rejects the message.
    Reject,
}

/// The families of rules whose strictness can be set, one each.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum RuleFamily {
    /// Header: type, version, time, status.
    Header,
    /// Sender and receiver levels and their HER-ids.
    Addressing,
    /// The schema check.
    Schema,
    /// Identity numbers of persons.
    IdentityNumbers,
    /// Organisation numbers, HPR numbers, HER-ids.
    Registers,
    /// Municipality and district numbers.
    Geography,
    /// Consent, objection and age.
    Consent,
    /// Guardians and persons with power of attorney.
    Guardians,
    /// Graded addresses.
    GradedAddress,
    /// Who reports, and how to reach them.
    Reporter,
    /// Needs, description, duration, services.
    Needs,
    /// Attachments.
    Attachments,
    /// Code lists.
    Codes,
    /// Nursing and care messages (PLO), whose content no schema is public for.
    CareMessages,
}

impl RuleFamily {
    pub const ALL: [Self; 14] = [
        Self::Header,
        Self::Addressing,
        Self::Schema,
        Self::IdentityNumbers,
        Self::Registers,
        Self::Geography,
        Self::Consent,
        Self::Guardians,
        Self::GradedAddress,
        Self::Reporter,
        Self::Needs,
        Self::Attachments,
        Self::Codes,
        Self::CareMessages,
    ];

    /// The key in the configuration.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Addressing => "addressing",
            Self::Schema => "schema",
            Self::IdentityNumbers => "identity_numbers",
            Self::Registers => "registers",
            Self::Geography => "geography",
            Self::Consent => "consent",
            Self::Guardians => "guardians",
            Self::GradedAddress => "graded_address",
            Self::Reporter => "reporter",
            Self::Needs => "needs",
            Self::Attachments => "attachments",
            Self::Codes => "codes",
            Self::CareMessages => "care_messages",
        }
    }

    /// What holds where the operator has said nothing: strict, save where strict would turn away every message there is.
    pub const fn usual_strictness(self) -> Strictness {
        match self {
            Self::CareMessages => Strictness::Remark,
            Self::Header
            | Self::Addressing
            | Self::Schema
            | Self::IdentityNumbers
            | Self::Registers
            | Self::Geography
            | Self::Consent
            | Self::Guardians
            | Self::GradedAddress
            | Self::Reporter
            | Self::Needs
            | Self::Attachments
            | Self::Codes => Strictness::Reject,
        }
    }
}

/// Strictness per family; a family that is not named has its [`RuleFamily::usual_strictness`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StrictnessTable {
    departures: Vec<(RuleFamily, Strictness)>,
}

impl StrictnessTable {
    pub fn set(&mut self, family: RuleFamily, strictness: Strictness) {
        self.departures.retain(|(it, _)| *it != family);
        self.departures.push((family, strictness));
    }

    pub fn of(&self, family: RuleFamily) -> Strictness {
        let set = self.departures.iter().find(|(it, _)| *it == family);
        set.map_or(family.usual_strictness(), |(_, strictness)| *strictness)
    }
}

/// How large and how deep a message may be. Each limit has its own finding or refusal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MessageLimits {
    /// The whole message as received. Bytes.
    pub bytes_max: usize,
    /// Elements within elements.
    pub depth_max: usize,
    pub elements_max: usize,
    pub attributes_per_element_max: usize,
    /// One name of an element or attribute. Bytes.
    pub name_bytes_max: usize,
    /// One text outside a base64 container. Bytes.
    pub text_bytes_max: usize,
    pub attachments_max: usize,
    /// One attachment, decoded and unpacked. Bytes.
    pub attachment_bytes_max: usize,
    /// All attachments of a message together, decoded and unpacked. Bytes.
    pub attachments_bytes_max: usize,
    /// How many times larger than the packed file an unpacked attachment may be.
    pub unpack_ratio_max: usize,
    /// The sender's message id. Characters.
    pub message_id_chars_max: usize,
    /// Findings told about one message; the count of the rest is told too.
    pub findings_max: usize,
}

impl Default for MessageLimits {
    fn default() -> Self {
        Self {
            bytes_max: 20 * 1024 * 1024,
            depth_max: 64,
            elements_max: 50_000,
            attributes_per_element_max: 64,
            name_bytes_max: 256,
            text_bytes_max: 1024 * 1024,
            attachments_max: 50,
            attachment_bytes_max: 10 * 1024 * 1024,
            attachments_bytes_max: 32 * 1024 * 1024,
            unpack_ratio_max: 100,
            message_id_chars_max: 256,
            findings_max: 200,
        }
    }
}
