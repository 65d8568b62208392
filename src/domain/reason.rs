//! Why a report went where it went, as nouns: each reader gets the words in their own language.

use crate::domain::CoordinatingBody;
use crate::domain::Text;
use crate::domain::UnitId;

/// What a step of the explanation comes from (begrunnelse). It says what was decided and asked for, and never what the
/// report says of a person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// A rule that a municipality or a hospital trust has made.
    Rule(Box<RuleReason>),
    /// No rule decided, so the unit that takes what nobody else can got it.
    Default { by: CoordinatingBody, unit: UnitId },
    /// Said in whole sentences already.
    Said(Text),
}

/// A rule that was looked at, and what came of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleReason {
    pub name: String,
    pub by: CoordinatingBody,
    pub outcome: RuleOutcome,
    /// Its reason in the words of those who made it.
    pub why: Text,
    /// Empty: it holds for every report.
    pub asks: Vec<Ask>,
    /// The units that get the report by it.
    pub to: Vec<UnitId>,
    /// The units that are told that the report exists.
    pub aware: Vec<UnitId>,
    /// Those of them that could not receive.
    pub left_out: Vec<(UnitId, LeftOut)>,
}

/// What came of a rule (utfall).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RuleOutcome {
    /// It decided.
    Fits,
    /// It asks for something that is otherwise.
    Unmet,
    /// It fits, and none of its units could receive.
    InVain,
    NotInForce,
}

impl RuleOutcome {
    pub const ALL: &'static [Self] = &[Self::Fits, Self::Unmet, Self::InVain, Self::NotInForce];

    /// How it is written in the database.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Fits => "fits",
            Self::Unmet => "unmet",
            Self::InVain => "in_vain",
            Self::NotInForce => "not_in_force",
        }
    }
}

/// One thing that a rule asks for (vilkår).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ask {
    pub about: AskedAbout,
    /// One of these. Codes of the report's lists; for ages [`AGE_FROM`], [`AGE_BELOW`] with months, and [`AGE_UNKNOWN`].
    /// None where the values would tell where somebody with a protected address lives.
    pub values: Vec<String>,
    pub met: bool,
}

/// Before a number of months: from this age on.
pub const AGE_FROM: &str = "from:";
/// Before a number of months: until the day before this age.
pub const AGE_BELOW: &str = "below:";
/// An unknown age fits too.
pub const AGE_UNKNOWN: &str = "unknown";
/// A district that is not given, and one that the municipality does not divide its work by.
pub const DISTRICT_MISSING: &str = "missing";
pub const DISTRICT_UNKNOWN: &str = "unknown";
/// The value of what is asked with yes or no.
pub const ASKED_YES: &str = "yes";
pub const ASKED_NO: &str = "no";

/// What a rule can ask about (vilkårstype).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum AskedAbout {
    Kind,
    Level,
    Need,
    Age,
    Unborn,
    District,
    Service,
    Reporter,
    Relayed,
    Urgency,
    Admitted,
    Protected,
    /// The units that the message must be addressed to.
    Address,
}

impl AskedAbout {
    pub const ALL: &'static [Self] = &[
        Self::Kind,
        Self::Level,
        Self::Need,
        Self::Age,
        Self::Unborn,
        Self::District,
        Self::Service,
        Self::Reporter,
        Self::Relayed,
        Self::Urgency,
        Self::Admitted,
        Self::Protected,
        Self::Address,
    ];

    /// How it is written in the database.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Level => "level",
            Self::Need => "need",
            Self::Age => "age",
            Self::Unborn => "unborn",
            Self::District => "district",
            Self::Service => "service",
            Self::Reporter => "reporter",
            Self::Relayed => "relayed",
            Self::Urgency => "urgency",
            Self::Admitted => "admitted",
            Self::Protected => "protected",
            Self::Address => "address",
        }
    }
}

/// Why a unit could not receive (utelatt).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LeftOut {
    NotInOperation,
    /// It does not receive such reports for this municipality.
    OtherReports,
    /// A group without members.
    NoMembers,
    /// A group, and the person's address is protected.
    ProtectedAddress,
}

impl LeftOut {
    pub const ALL: &'static [Self] =
        &[Self::NotInOperation, Self::OtherReports, Self::NoMembers, Self::ProtectedAddress];

    /// How it is written in the database.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotInOperation => "not_in_operation",
            Self::OtherReports => "other_reports",
            Self::NoMembers => "no_members",
            Self::ProtectedAddress => "protected_address",
        }
    }
}
