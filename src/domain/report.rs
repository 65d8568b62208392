//! A report of need (behovsmelding) as the house understands it, whatever it was carried in.
//!
//! The fields follow domain/FACTS.md § 2.5, in that order. Codes of our own standard are enums; a code that we do not
//! know never gets this far (it is a finding). National codes stay text, since their lists change without us.

use crate::domain::AddressGrading;
use crate::domain::Coded;
use crate::domain::DistrictNumber;
use crate::domain::HerId;
use crate::domain::MunicipalityNumber;
use crate::domain::Redacted;
use crate::domain::Timestamp;
use jiff::civil::Date;

/// Defines an enum whose variants are codes in `behovsmelding-1.0.xsd`.
macro_rules! codes {
    ($(#[$outer:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name { $($(#[$inner])* $variant),+ }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as it stands in the message.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.code() == code)
            }
        }
    };
}

pub(super) use codes;

/// A report of need (melding om behov) that has been read from a message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NeedReport {
    /// `meldingsId`.
    pub report_id: String,
    /// `opprettet`: when the report was made.
    pub created: Timestamp,
    /// `spraak`: nb, nn, se or en.
    pub language: Option<String>,
    /// `gjelder`: the earlier report that this one concerns.
    pub concerns: Option<String>,
    pub kind: ReportKind,
    pub receiver: ReceiverWish,
    /// Absent only in a question.
    pub patient: Option<ReportPatient>,
    pub guardians: Vec<Guardian>,
    /// Why no guardian is named for a person under 16 (ForesattMangler).
    pub no_guardian: Option<NoGuardian>,
    pub representatives: Vec<Representative>,
    pub consent: Consent,
    pub reporter: Reporter,
    /// The one who saw the need, when a coordinating unit relays (opprinnelig melder).
    pub original_reporter: Option<Reporter>,
    pub needs: Vec<Need>,
    pub description: Option<Redacted<String>>,
    /// Hva er viktig for personen.
    pub what_matters: Option<Redacted<String>>,
    /// Mål.
    pub goals: Option<Redacted<String>>,
    pub duration: Option<ExpectedDuration>,
    pub services: Vec<Service>,
    pub existing: Existing,
    pub coordinator_wish: Option<CoordinatorWish>,
    pub urgency: Urgency,
    pub admission: Option<Admission>,
    /// Overgang: child to adult, start of school …
    pub transitions: Vec<String>,
    pub new_municipality: Option<NewMunicipality>,
    /// Opaque id that ties reports about one family together.
    pub family_link: Option<Redacted<String>>,
    pub attachments: Vec<AttachmentReference>,
    pub has_local_extension: bool,
}

codes! {
    /// What the report is (meldingstype).
    ReportKind {
        /// Need for an individual plan or a coordinator.
        Need = "BEHOV",
        /// Possible need for habilitation or rehabilitation; may have another contact point (forskriften § 7).
        PossibleNeed = "MULIG_BEHOV_HABREHAB",
        /// From a coordinator, about a team around the person (ansvarsgruppe).
        TeamAroundPerson = "ANSVARSGRUPPE",
        ChangedNeed = "ENDRET_BEHOV",
        /// A question without a patient.
        Question = "SPORSMAL",
        Withdrawal = "TILBAKETREKK",
    }
}

impl ReportKind {
    /// Whether it reports a need (melder et behov). The others are read and answered, and are no need of anybody: they are in no
    /// register, no gap and no statistics.
    pub const fn reports_need(self) -> bool {
        match self {
            Self::Need | Self::PossibleNeed | Self::TeamAroundPerson | Self::ChangedNeed => true,
            Self::Question | Self::Withdrawal => false,
        }
    }

    /// The codes of those that report none.
    pub fn without_need() -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().filter(|it| !it.reports_need()).map(|it| it.code())
    }
}

/// As [`ReportKind::reports_need`], of what an item is kept under. A dialogue message is one until somebody has read it.
pub fn reports_need(kind: &str) -> bool {
    ReportKind::from_code(kind).is_none_or(ReportKind::reports_need)
}

codes! {
    /// What the person may need (behov).
    NeedKind {
        IndividualPlan = "IP",
        Coordinator = "KOORDINATOR",
        /// Barnekoordinator, helse- og omsorgstjenesteloven § 7-2 a.
        ChildCoordinator = "BARNEKOORDINATOR",
        CoordinatorAndPlan = "KOORDINATOR_OG_IP",
        TeamAroundPerson = "ANSVARSGRUPPE",
        Habilitation = "HABILITERING",
        Rehabilitation = "REHABILITERING",
    }
}

codes! {
    /// Side of a need for habilitation or rehabilitation (dimensjon).
    NeedDimension { Social = "SOSIAL", Psychosocial = "PSYKOSOSIAL", Medical = "MEDISINSK" }
}

codes! {
    /// Which level the report is for (nivå).
    ReceiverLevel {
        Municipality = "KOMMUNE",
        /// The coordinating unit of a hospital trust (KE i helseforetak).
        HospitalTrust = "HF",
    }
}

codes! {
    /// What the person, or the one who decides for the person, has said (samtykkestatus).
    ConsentStatus {
        Given = "SAMTYKKET",
        /// From health service to health service only (helsepersonelloven §§ 25, 45 from 1 June 2026).
        NotObjected = "IKKE_MOTSATT_SEG",
        GivenOrally = "SAMTYKKET_MUNTLIG_JOURNALFORT",
        GivenOnBehalf = "AVGITT_PA_VEGNE",
        Unclear = "IKKE_AVKLART",
        Objected = "MOTSATT_SEG",
    }
}

codes! {
    /// Legal basis of passing the report on (grunnlag).
    LegalBasis { Section22 = "HPL_22", Section25 = "HPL_25", Section45 = "HPL_45", Section38a = "HPL_38A", Other = "ANNET" }
}

codes! {
    /// How soon the unit should look (hastegrad).
    UrgencyLevel { Ordinary = "ORDINAER", Urgent = "HASTER" }
}

codes! {
    /// How long the need is expected to last (varighet).
    ExpectedDuration { Long = "FORVENTET_LANGVARIG", Uncertain = "USIKKERT", Short = "KORTVARIG" }
}

codes! {
    /// How the person may be reached (kan kontaktes via).
    ContactWay { Telephone = "TELEFON", Letter = "BREV", Guardian = "FORESATT", Reporter = "MELDER", DoNotContact = "IKKE_KONTAKT" }
}

codes! {
    /// Who reports (melderkategori).
    ReporterCategory {
        PersonSelf = "PERSON_SELV",
        Parent = "FORESATT",
        NextOfKin = "PAARORENDE",
        LegalGuardian = "VERGE",
        GeneralPractitioner = "FASTLEGE",
        HospitalSomatic = "SYKEHUS_SOMATIKK",
        ChildPsychiatry = "PHV_BARN",
        AdultPsychiatry = "PHV_VOKSEN",
        AddictionTreatment = "TSB",
        HospitalCoordinatingUnit = "HF_KE",
        HomeCare = "HJEMMETJENESTE",
        NursingHome = "SYKEHJEM",
        Physiotherapy = "FYSIO_ERGO",
        ChildHealthCentre = "HELSESTASJON_SKOLEHELSE",
        MunicipalMentalHealth = "PSYK_HELSE_RUS_KOMMUNE",
        CrisisCentre = "KRISESENTER",
        Nav = "NAV",
        ChildWelfare = "BARNEVERN",
        Kindergarten = "BARNEHAGE",
        School = "SKOLE",
        UpperSecondarySchool = "VIDEREGAENDE",
        EducationalPsychology = "PPT",
        RespiteCare = "AVLASTNING",
        CultureLeisure = "KULTUR_FRITID",
        FamilyCounselling = "FAMILIEVERN",
        AsylumIntegration = "ASYL_INTEGRERING",
        Police = "POLITI",
        Voluntary = "FRIVILLIG",
        PrivateInstitution = "PRIVAT_INSTITUSJON",
        DentalCare = "TANNHELSE",
        OtherPublic = "ANDRE_OFF",
        Coordinator = "KOORDINATOR",
    }
}

impl ReporterCategory {
    /// Private persons have no organisation number.
    pub const fn is_private(self) -> bool {
        matches!(self, Self::PersonSelf | Self::Parent | Self::NextOfKin | Self::LegalGuardian | Self::Voluntary)
    }

    /// Health services, for which helsepersonelloven §§ 25, 38 a and 45 are the rule.
    pub const fn is_health(self) -> bool {
        matches!(
            self,
            Self::GeneralPractitioner
                | Self::HospitalSomatic
                | Self::ChildPsychiatry
                | Self::AdultPsychiatry
                | Self::AddictionTreatment
                | Self::HospitalCoordinatingUnit
                | Self::HomeCare
                | Self::NursingHome
                | Self::Physiotherapy
                | Self::ChildHealthCentre
                | Self::MunicipalMentalHealth
                | Self::PrivateInstitution
                | Self::DentalCare
                | Self::Coordinator
        )
    }
}

/// Where the report should go (mottaker).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReceiverWish {
    pub municipality: MunicipalityNumber,
    pub district: Option<DistrictNumber>,
    pub level: ReceiverLevel,
    /// The hospital trust's organisation number when the level is HF.
    pub organisation: Option<String>,
}

/// The person whom the report is about (pasient eller bruker).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReportPatient {
    pub id: PatientId,
    pub name: Option<PersonName>,
    pub date_of_birth: Option<Redacted<Date>>,
    /// A child that is expected; the day it is due when known.
    pub unborn: Option<Redacted<Option<Date>>>,
    pub telephone: Option<Redacted<String>>,
    pub email: Option<Redacted<String>>,
    pub address: Option<Redacted<String>>,
    pub grading: AddressGrading,
    /// ISO 639.
    pub language: Option<Redacted<String>>,
    pub needs_interpreter: Option<bool>,
    pub contact_ways: Vec<ContactWay>,
}

/// A person's name.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PersonName {
    pub given: Option<Redacted<String>>,
    pub middle: Option<Redacted<String>>,
    pub family: Option<Redacted<String>>,
}

impl PersonName {
    /// Given, middle and family name with blanks between.
    pub fn full(&self) -> Redacted<String> {
        let parts = [&self.given, &self.middle, &self.family];
        let said: Vec<&str> =
            parts.into_iter().flatten().map(|it| it.reveal().as_str()).filter(|it| !it.is_empty()).collect();
        Redacted::new(said.join(" "))
    }
}

/// The person's identity number, or why there is none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PatientId {
    /// `@type`, code list 8116, or `UKJENT`.
    pub kind: String,
    pub number: Option<Redacted<String>>,
    /// Required with `UKJENT`.
    pub reason: Option<String>,
}

/// One who has, or acts with, parental responsibility (foresatt).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Guardian {
    /// Code list 9033.
    pub relation: Option<String>,
    pub name: Option<Redacted<String>>,
    pub telephone: Option<Redacted<String>>,
    pub has_parental_responsibility: Option<bool>,
    pub informed: Option<bool>,
    pub not_informed_reason: Option<Redacted<String>>,
    /// The child, 12 to 16, does not want this guardian told (pbrl § 4-4).
    pub must_not_be_informed: Option<bool>,
}

/// Why no guardian is named.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoGuardian {
    /// BARNEVERN_HAR_OMSORG, BARNET_ONSKER_DET, UKJENT, ANNET.
    pub reason: String,
    pub text: Option<Redacted<String>>,
}

/// Legal guardian or person with power of attorney (verge, fullmektig).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Representative {
    /// VERGE, FULLMEKTIG, FREMTIDSFULLMEKTIG.
    pub kind: Option<String>,
    pub name: Option<Redacted<String>>,
    pub telephone: Option<Redacted<String>>,
    pub scope: Option<Redacted<String>>,
}

/// Consent (samtykke).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Consent {
    pub status: ConsentStatus,
    pub date: Option<Date>,
    /// PERSONEN, FORESATT, VERGE, FULLMEKTIG, PAARORENDE, BARNEVERN, ANNEN.
    pub given_by_role: Option<String>,
    pub given_by: Option<Redacted<String>>,
    pub scopes: Vec<ConsentScope>,
    pub valid_until: Option<Date>,
    pub basis: Option<LegalBasis>,
    pub basis_reason: Option<Redacted<String>>,
}

/// What a consent covers (omfang).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConsentScope {
    /// KONTAKT, KOORDINATOR, IP, INNHENTE_FRA, TILBAKEMELDING_TIL_MELDER.
    pub code: String,
    pub text: Option<Redacted<String>>,
}

/// The one who reports (melder). A professional at work; the contact details are theirs at work.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reporter {
    pub category: ReporterCategory,
    /// Reports as a private person; then there is no organisation.
    pub private: bool,
    /// As written; checked by the rules.
    pub organisation: Option<String>,
    pub her_id: Option<HerId>,
    pub organisation_name: Option<String>,
    pub unit: Option<String>,
    pub name: Option<Redacted<String>>,
    /// Code lists 9060 or 9034.
    pub roles: Vec<Coded>,
    /// Stilling.
    pub position: Option<String>,
    pub telephone: Option<Redacted<String>>,
    pub email: Option<Redacted<String>>,
    pub hpr: Option<Redacted<String>>,
    pub wants_answer: Option<bool>,
    pub answer_channel: Option<String>,
}

/// One need and its sides.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Need {
    pub kind: NeedKind,
    pub dimensions: Vec<NeedDimension>,
}

/// Kinds of services (tjenestetype) in `behovsmelding-1.0.xsd`.
pub const SERVICE_KINDS: &[&str] = &[
    "FASTLEGE",
    "HJEMMESYKEPLEIE",
    "PRAKTISK_BISTAND",
    "FYSIOTERAPI",
    "ERGOTERAPI",
    "SYN_HORSEL",
    "PSYKISK_HELSE",
    "RUS",
    "AVLASTNING",
    "STOTTEKONTAKT",
    "DAGTILBUD",
    "BOLIG",
    "HELSESTASJON",
    "PPT",
    "BARNEHAGE",
    "SFO",
    "SKOLE",
    "VIDEREGAENDE",
    "BARNEVERN",
    "NAV_ARBEID",
    "NAV_SOSIAL",
    "PHV",
    "TSB",
    "HABILITERING_HF",
    "REHABILITERING_HF",
    "SOMATIKK_HF",
    "HJELPEMIDDELSENTRAL",
    "FRISKLIV_LMS",
    "KULTUR_FRITID",
    "KRISESENTER",
    "FAMILIEVERN",
    "TANNHELSE",
    "ARBEIDSGIVER",
    "BRUKERORGANISASJON",
    "ANNET",
];

/// A service that is, was or should be involved (tjeneste).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Service {
    /// Our own code list in the schema, such as `HJEMMESYKEPLEIE` or `PSYKISK_HELSE`.
    pub kind: String,
    pub level: Option<String>,
    pub status: Option<String>,
    pub name: Option<Redacted<String>>,
    pub contact: Option<Contact>,
}

/// Somebody to talk to at a service (kontakt).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contact {
    pub name: Option<Redacted<String>>,
    pub telephone: Option<Redacted<String>>,
    pub email: Option<Redacted<String>>,
}

/// Whether the person wishes a certain coordinator (koordinatorønske).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CoordinatorWish {
    /// ONSKER, ONSKER_IKKE, VET_IKKE.
    pub wish: String,
    pub who: Option<Redacted<String>>,
}

/// What exists already (eksisterende). Answers are JA, NEI or UKJENT.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Existing {
    pub entries: Vec<ExistingEntry>,
}

/// One thing that exists, or does not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExistingEntry {
    /// The element's name: `IP`, `Koordinator`, `Ansvarsgruppe`, `StafettLogg`, `HFKoordinator` …
    pub what: String,
    pub answer: Option<String>,
    pub contact: Option<Contact>,
}

/// How soon, and why (hastegrad).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Urgency {
    pub level: UrgencyLevel,
    /// UTSKRIVNING, OVERGANG, SAMMENBRUDD_I_TILBUD, ANNET.
    pub reason: Option<String>,
}

/// An on-going stay in hospital (innleggelse); forskriften § 18.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Admission {
    pub hospital: Option<String>,
    pub ward: Option<Redacted<String>>,
    pub planned_discharge: Option<Date>,
}

/// The municipality that the person moves to (ny kommune).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewMunicipality {
    pub municipality: MunicipalityNumber,
    pub from: Option<Date>,
}

/// A reference from the report to one of the message's attachments (vedlegg).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AttachmentReference {
    /// FULLMAKT, SAMTYKKE, ERKLAERING, ANNET.
    pub kind: String,
    /// RefDoc/Id of the Document that holds it.
    pub document: String,
    pub title: Option<Redacted<String>>,
}
