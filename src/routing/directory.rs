//! The unit directory (enhetskatalogen) as nouns: municipalities, hospital trusts, units, groups and rules.

use crate::domain::DistrictNumber;
use crate::domain::HerId;
use crate::domain::MunicipalityNumber;
use crate::domain::NeedKind;
use crate::domain::OrgNumber;
use crate::domain::ReportKind;
use crate::domain::Text;
use crate::domain::UnitId;
use crate::routing::cases::Case;
use crate::routing::condition::Conditions;
use jiff::civil::Date;
use std::fmt;

/// All units and rules, as one version. Only [`Directory::parse`] makes one, so each name in it leads somewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Directory {
    pub(super) version: String,
    pub(super) bodies: Vec<Body>,
    pub(super) units: Vec<Unit>,
    pub(super) cases: Vec<Case>,
    pub(super) routines: Vec<Routine>,
    pub(super) changes: Vec<ChangeNote>,
}

impl Directory {
    /// SHA-256 of the files' names and texts, in hexadecimal. The same files are the same version, in any order.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Municipalities and hospital trusts, in order of file and line.
    pub fn bodies(&self) -> &[Body] {
        &self.bodies
    }

    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    pub fn unit(&self, id: &UnitId) -> Option<&Unit> {
        self.units.iter().find(|it| it.id == *id)
    }

    /// How people work with the reports, in their municipality's own words, of every version.
    pub fn routines(&self) -> &[Routine] {
        &self.routines
    }

    /// Who says to have changed each file last.
    pub fn changes(&self) -> &[ChangeNote] {
        &self.changes
    }

    /// The entry of `owner` that is in force on `day`.
    pub fn body_on(&self, owner: &Owner, day: Date) -> Option<&Body> {
        self.bodies.iter().find(|it| it.owner == *owner && it.validity.contains(day))
    }

    /// Who answers to a HER-id on `day`: a unit before the body that it belongs to.
    pub(super) fn addressee_on(&self, her_id: HerId, day: Date) -> Option<Addressee<'_>> {
        let unit = self.units.iter().find(|it| it.validity.contains(day) && it.her_ids.contains(&her_id));
        let body = || self.bodies.iter().find(|it| it.validity.contains(day) && it.her_ids.contains(&her_id));
        unit.map(Addressee::Unit).or_else(|| body().map(Addressee::Body))
    }
}

/// Whom a HER-id is the address of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Addressee<'a> {
    Unit(&'a Unit),
    Body(&'a Body),
}

/// A municipality (kommune) or hospital trust (helseforetak) with its rules.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Body {
    pub owner: Owner,
    pub source: Source,
    /// HER-ids of the organisation itself (level 1), as opposed to those of its units.
    pub her_ids: Vec<HerId>,
    /// The districts (bydeler) that the body divides its work by.
    pub districts: Vec<DistrictNumber>,
    pub when_unroutable: WhenUnroutable,
    /// Hospital trusts: what happens to a report that is addressed to the trust.
    pub reception: Reception,
    /// What the form `/meld` offers for the municipality.
    pub form: FormChoice,
    pub validity: Period,
    /// Never two on the same day.
    pub defaults: Vec<DefaultUnit>,
    /// In the order in which they are looked at.
    pub rules: Vec<Rule>,
}

impl Body {
    pub fn default_on(&self, day: Date) -> Option<&DefaultUnit> {
        self.defaults.iter().find(|it| it.validity.contains(day))
    }
}

/// Whose unit or rule it is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Owner {
    Municipality(MunicipalityNumber),
    HospitalTrust(OrgNumber),
}

impl fmt::Display for Owner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Municipality(it) => it.fmt(formatter),
            Self::HospitalTrust(it) => it.fmt(formatter),
        }
    }
}

/// What a body wants when no rule fits, or no unit of the rule can receive.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum WhenUnroutable {
    /// The sender gets a negative receipt (E21) and must tell another way.
    Reject,
    /// The default unit gets the report, and an alarm is opened.
    Default,
}

/// What a hospital trust wants with reports of level HF.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Reception {
    /// Its own coordinating unit reads them.
    OwnUnit,
    /// They go straight to the patient's municipality, and the trust's default unit is told that they did.
    Relay,
}

/// What a municipality has decided about the form `/meld`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FormChoice {
    /// Whether people without a form access or an account may use it (privatpersoner).
    pub private_persons: bool,
    /// Other things that may be applied for in the same form.
    pub extra: Vec<ExtraKind>,
}

/// Another thing that a municipality lets people apply for in the form, such as a support contact (støttekontakt).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExtraKind {
    /// The municipality's own word, such as `STOTTEKONTAKT`.
    pub code: String,
    pub name: Text,
    /// The service of the report's code list that it is sent as, wished for.
    pub service: String,
}

/// The unit that gets what nobody else can take.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DefaultUnit {
    pub unit: UnitId,
    pub validity: Period,
    pub source: Source,
}

/// A coordinating unit (koordinerende enhet) or another place that reads reports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unit {
    pub id: UnitId,
    pub owner: Owner,
    pub name: Text,
    pub kind: UnitKind,
    pub her_ids: Vec<HerId>,
    /// Languages that people at the unit read and answer in (ISO 639).
    pub languages: Vec<String>,
    pub notify: Notify,
    pub contact: PublicContact,
    /// Hours before an unread report calls for attention.
    pub max_unread_hours: Option<u32>,
    /// The unit that is told when a report lies unread too long.
    pub escalate_to: Option<UnitId>,
    /// Other municipalities that the unit works for (dekningsområde).
    pub covers: Vec<Cover>,
    /// Set when the kind is a group.
    pub group: Option<Group>,
    pub validity: Period,
    pub source: Source,
}

impl Unit {
    /// Whether the unit may receive for `owner` on `day`: it is the owner's own, or it covers the municipality.
    /// `asked` is what is reported; `None` asks for any.
    pub fn serves(&self, owner: &Owner, asked: Option<&CoverQuestion<'_>>, day: Date) -> bool {
        let covers = |it: &Cover| {
            Owner::Municipality(it.municipality.clone()) == *owner
                && it.validity.contains(day)
                && asked.is_none_or(|asked| it.fits(asked))
        };
        self.owner == *owner || self.covers.iter().any(covers)
    }
}

/// What kind of place a unit is. It decides whether a person always sits there.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum UnitKind {
    /// A manned office (bestillerkontor, tjenestekontor, tildelingskontor).
    Office,
    /// A group that meets now and then (koordinerende gruppe, mottaksgruppe). Nobody sits there.
    Group,
    /// A group whose leader reads everything, with a deputy. The other members read nothing by themselves.
    LeaderGroup,
    /// A service area that solves its own cases first (tjenesteområde).
    ServiceArea,
    /// Another contact point for possible needs (forskriften § 7).
    ContactPoint,
    /// The coordinating unit of a hospital trust.
    HospitalUnit,
}

impl UnitKind {
    pub const ALL: &'static [Self] =
        &[Self::Office, Self::Group, Self::LeaderGroup, Self::ServiceArea, Self::ContactPoint, Self::HospitalUnit];

    /// The word in the unit directory.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Group => "group",
            Self::LeaderGroup => "leader_group",
            Self::ServiceArea => "service_area",
            Self::ContactPoint => "contact_point",
            Self::HospitalUnit => "hospital_unit",
        }
    }

    /// Whether it has members and a leader.
    pub const fn is_group(self) -> bool {
        match self {
            Self::Group | Self::LeaderGroup => true,
            Self::Office | Self::ServiceArea | Self::ContactPoint | Self::HospitalUnit => false,
        }
    }

    /// Whether several people read what comes, as soon as it comes. Then it never gets a report about a person whose
    /// address is protected without somebody deciding so. A leader-run group is read by its leader and deputy alone.
    pub const fn is_read_by_many(self) -> bool {
        match self {
            Self::Group => true,
            Self::Office | Self::LeaderGroup | Self::ServiceArea | Self::ContactPoint | Self::HospitalUnit => false,
        }
    }
}

/// How a unit is told that something waits. The address is a shared mailbox, never a person's.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Notify {
    pub email: Option<String>,
    /// Shared mailbox of those who are reminded when the unit itself has not opened a report (stedfortreder).
    pub deputy_email: Option<String>,
    /// Shared mailbox of those who are reminded last (leder). `None`: that of the unit in `escalate_to`.
    pub leader_email: Option<String>,
    pub webhook: Option<Webhook>,
}

/// A web address of the unit's own system that is called when something waits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Webhook {
    pub url: String,
    /// File whose only line is the secret that calls are signed with.
    pub secret_file: String,
}

/// How inhabitants and partners reach the unit; shown to everybody.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PublicContact {
    pub telephone: Option<String>,
    pub email: Option<String>,
    /// Postal address.
    pub post: Option<String>,
    pub web: Option<String>,
    pub opening_hours: Option<Text>,
    /// Who answers questions (kontaktperson), and who does in their place. Messages go to the unit, whoever it is.
    pub person: Option<String>,
    pub deputy: Option<String>,
    /// The last day on which the names are shown. `None`: until somebody changes them.
    pub person_until: Option<Date>,
    /// Where people can tell how it was (brukerundersøkelse): the same address for everybody, so no answer says whose it is.
    pub questionnaire: Option<String>,
}

/// A municipality that a unit of another one works for (interkommunalt samarbeid).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cover {
    pub municipality: MunicipalityNumber,
    /// Empty: all kinds of report.
    pub kinds: Vec<ReportKind>,
    /// Empty: all needs.
    pub needs: Vec<NeedKind>,
    /// Where the agreement behind it is found (avtale).
    pub agreement: Option<String>,
    pub validity: Period,
}

/// What a cover is held against.
#[derive(Clone, Copy, Debug)]
pub struct CoverQuestion<'a> {
    pub kind: ReportKind,
    pub needs: &'a [NeedKind],
}

impl Cover {
    fn fits(&self, asked: &CoverQuestion<'_>) -> bool {
        let kind = self.kinds.is_empty() || self.kinds.contains(&asked.kind);
        let needs = self.needs.is_empty() || asked.needs.iter().any(|it| self.needs.contains(it));
        kind && needs
    }
}

/// The people of a group, by role and never by name: roles stay when people change.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Group {
    pub leader: Option<Role>,
    /// Reads and prepares (sekretær, systemkoordinator).
    pub secretary: Option<Role>,
    /// Stands in for the leader or the secretary.
    pub deputy: Option<Role>,
    /// Reads when nobody else has.
    pub backup_reader: Option<Role>,
    /// Hours unread before the backup reader is told.
    pub backup_after_unread_hours: Option<u32>,
    pub members: Vec<Member>,
}

impl Group {
    pub fn has_member_on(&self, role: &Role, day: Date) -> bool {
        self.members.iter().any(|it| it.role == *role && it.validity.contains(day))
    }
}

/// A role in the municipality, such as `systemkoordinator` or `ledende-helsesykepleier`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Role(pub String);

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A role's seat in a group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    pub role: Role,
    pub validity: Period,
}

/// Which reports go where. The first rule that fits decides.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rule {
    pub name: String,
    /// The reason, for people.
    pub why: Text,
    pub conditions: Conditions,
    /// All of these get the report; the first has the main responsibility.
    pub to: Vec<UnitId>,
    /// These are told that the report exists and who has it, and nothing else.
    pub aware: Vec<UnitId>,
    /// Where the agreement that it follows is found (samarbeidsavtale), such as one between hospital and municipality.
    pub agreement: Option<String>,
    pub validity: Period,
    pub source: Source,
}

/// One version of how people work with reports (rutine).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Routine {
    /// The same for all its versions, such as `mottak`.
    pub name: String,
    pub owner: Owner,
    pub valid_from: Date,
    pub title: Text,
    pub body: Text,
    pub source: Source,
}

/// Who changed a file of the directory last, and why, as the file itself says (endret av).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangeNote {
    pub file: String,
    pub by: String,
    pub why: Option<String>,
}

/// From when to when something holds; both days are included, and an absent day means without end.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Period {
    pub from: Option<Date>,
    pub to: Option<Date>,
}

impl Period {
    pub fn contains(self, day: Date) -> bool {
        self.from.is_none_or(|it| it <= day) && self.to.is_none_or(|it| day <= it)
    }

    pub fn ends_before(self, day: Date) -> bool {
        self.to.is_some_and(|it| it < day)
    }

    /// Whether every day of `other` is in this period.
    pub fn includes(self, other: Self) -> bool {
        let starts = self.from.is_none_or(|ours| other.from.is_some_and(|theirs| ours <= theirs));
        let ends = self.to.is_none_or(|ours| other.to.is_some_and(|theirs| theirs <= ours));
        starts && ends
    }

    /// The days in both; `None` when there is no such day.
    pub fn and(self, other: Self) -> Option<Self> {
        let from = self.from.max(other.from);
        let to = match (self.to, other.to) {
            (Some(ours), Some(theirs)) => Some(ours.min(theirs)),
            (ours, theirs) => ours.or(theirs),
        };
        match (from, to) {
            (Some(from), Some(to)) if to < from => None,
            _ => Some(Self { from, to }),
        }
    }
}

/// Where in the files something is written.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Source {
    pub file: String,
    /// From 1.
    pub line: u32,
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.file, self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::Period;
    use jiff::civil::Date;
    use jiff::civil::date;

    fn period(from: Option<Date>, to: Option<Date>) -> Period {
        Period { from, to }
    }

    #[test]
    fn a_period_has_both_its_days() {
        let it = period(Some(date(2026, 1, 1)), Some(date(2026, 12, 31)));

        assert!(it.contains(date(2026, 1, 1)) && it.contains(date(2026, 12, 31)));
        assert!(!it.contains(date(2025, 12, 31)) && !it.contains(date(2027, 1, 1)));
    }

    #[test]
    fn a_period_without_end_includes_one_with_an_end_and_not_the_other_way() {
        let endless = period(Some(date(2026, 1, 1)), None);
        let year = period(Some(date(2026, 1, 1)), Some(date(2026, 12, 31)));

        assert!(endless.includes(year) && !year.includes(endless));
        assert_eq!(endless.and(year), Some(year));
        assert_eq!(period(None, Some(date(2025, 1, 1))).and(endless), None);
    }
}
