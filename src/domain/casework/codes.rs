//! The closed lists of words that casework is told in. Codes are Norwegian, as in the report of need, and are never reused.

use crate::domain::report::codes;
use jiff::civil::Date;

codes! {
    /// Why a case is lifted to a group (løft til gruppe); seeds G-16, G-17, R-19 to R-21.
    LiftReason {
        /// It could not be solved in any other way.
        NotSolvedOtherwise = "IKKE_LOST_ANNEN_MATE",
        /// The result is clearly better at this level, and others learn from it.
        BetterHere = "GEVINST_KOMPETANSE",
        /// It is in doubt who is responsible.
        UnclearResponsibility = "TVIL_OM_ANSVAR",
    }
}

codes! {
    /// How far the case had come when it was lifted (trinn).
    LiftStep { One = "I", Two = "II", Three = "III" }
}

codes! {
    /// What came of a case (avklaring eller vedtak).
    CaseOutcome {
        /// Clarified in the service area, on the lowest effective level (seed K-11).
        ClarifiedInService = "AVKLART_I_TJENESTEOMRADET",
        Granted = "INNVILGET",
        PartlyGranted = "DELVIS_INNVILGET",
        Refused = "AVSLAG",
        /// The person, or the one who decides for the person, has withdrawn.
        Withdrawn = "TRUKKET",
        /// The person does not consent to more being done.
        NoConsent = "IKKE_SAMTYKKE",
        /// No long-lasting need for coordinated services was found.
        NoNeed = "IKKE_BEHOV",
        /// Advice was given, or a question answered.
        Advised = "VEILEDET",
        MovedAway = "FLYTTET",
        Deceased = "DOD",
        Other = "ANNET",
    }
}

codes! {
    /// What is wrong with a message that came here (HIS 1151; code list 8117, avvik – årsak).
    MisaddressReason { WrongAddressee = "1", TooLittleSaid = "2", Other = "9" }
}

codes! {
    /// What an answer to the reporter is (svar til melder).
    AnswerKind {
        /// Foreløpig svar: when a real answer can be expected (forvaltningsloven § 11 a).
        Preliminary = "FORELOPIG",
        /// What was done, as far as the consent lets the reporter know.
        Outcome = "UTFALL",
        /// Anything else.
        Message = "BESKJED",
        /// To a coordinating unit that passed the report on: we take the case over.
        TakenOver = "OVERTATT",
    }
}

codes! {
    /// How somebody outside is told (svarvei).
    AnswerWay {
        /// As a message.
        Electronic = "ELEKTRONISK",
        /// Somebody here telephones: there is no way back, or it is better said than written.
        Telephone = "TELEFON",
    }
}

codes! {
    /// On what the reporter is told about the person when the report's consent does not cover it (grunnlag for tilbakemelding).
    FeedbackBasis {
        /// The person has said yes since.
        ConsentSince = "SAMTYKKET_SIDEN",
        /// Helsepersonelloven § 25: to personnel who cooperate.
        Cooperating = "HPL_25",
        /// Helsepersonelloven § 45: to others who give health care.
        HealthCare = "HPL_45",
    }
}

codes! {
    /// What kind of coordinator (koordinator).
    CoordinatorKind {
        Municipal = "KOMMUNAL",
        /// Barnekoordinator, helse- og omsorgstjenesteloven § 7-2 a.
        ChildCoordinator = "BARNEKOORDINATOR",
        /// Pakkeforløp: forløpskoordinator.
        Pathway = "FORLOPSKOORDINATOR",
        /// The hospital trust's own, spesialisthelsetjenesteloven § 2-5 a.
        HospitalTrust = "HF",
    }
}

codes! {
    /// Whether a coordinator is the one to turn to (hovedkoordinator), or one beside.
    CoordinatorDuty { Main = "HOVED", Beside = "VED_SIDEN" }
}

codes! {
    /// Whether it was said that two main coordinators work together for a while (overlapping).
    Overlap { Unsaid = "NEI", Said = "OVERLAPPER" }
}

codes! {
    /// Where an individual plan stands (individuell plan, status).
    PlanStatus {
        Wished = "ONSKET",
        InProgress = "UNDER_ARBEID",
        Active = "VIRKSOM",
        Refused = "AVSLATT",
        Ended = "AVSLUTTET",
    }
}

codes! {
    /// Whether there is a team around the person (ansvarsgruppe).
    TeamStatus { None = "INGEN", Planned = "PLANLAGT", Active = "AKTIV", Ended = "AVSLUTTET" }
}

codes! {
    /// What came of an assessment (vurdering); seed L-31.
    AssessmentResult {
        /// The person has the right to a coordinator and a plan.
        Right = "RETT",
        /// To a coordinator, with no plan or none wished.
        RightToCoordinator = "RETT_KOORDINATOR",
        /// A child coordinator, helse- og omsorgstjenesteloven § 7-2 a.
        RightToChildCoordinator = "RETT_BARNEKOORDINATOR",
        NoRight = "IKKE_RETT",
        /// More must be known first.
        MoreNeeded = "MA_UTREDES",
    }
}

codes! {
    /// What must be in order for an individual plan to work (sjekkliste); seed K-05.
    PlanCheck {
        /// The person takes part, and the goals are the person's own.
        Takes = "DELTAR_OG_EGNE_MAL",
        /// There is a coordinator whom the person can reach.
        Coordinator = "KOORDINATOR_PA_PLASS",
        /// It is said who does what.
        Measures = "TILTAK_OG_ANSVAR",
        /// The consent says who may know what.
        Consent = "SAMTYKKE_DEKKER",
        /// A day for review has been agreed.
        Review = "EVALUERING_AVTALT",
        /// It is said what is done in a crisis.
        Crisis = "KRISEPLAN",
    }
}

codes! {
    /// A need that the municipality does not cover (udekket behov); seeds K-28, H-44.
    UnmetNeed {
        Coordinator = "KOORDINATOR",
        IndividualPlan = "INDIVIDUELL_PLAN",
        Rehabilitation = "REHABILITERING",
        Habilitation = "HABILITERING",
        RespiteCare = "AVLASTNING",
        Housing = "BOLIG",
        MentalHealthOrAddiction = "PSYKISK_HELSE_RUS",
        WorkOrActivity = "ARBEID_AKTIVITET",
        School = "SKOLE_BARNEHAGE",
        Other = "ANNET",
    }
}

codes! {
    /// Whether the case shows something that the services can do better (forbedringsområde); seeds G-12, H-44.
    Improvement { No = "NEI", Yes = "JA" }
}

codes! {
    /// How old the person was when the report came, as lists and statistics say it (aldersgruppe).
    AgeGroup {
        /// Under 18.
        Child = "BARN",
        Adult = "VOKSEN",
        /// 67 or more.
        Old = "ELDRE",
    }
}

impl AgeGroup {
    /// The group on `day` of one who was born on `born`. `None`: not born yet.
    pub fn of(born: Date, day: Date) -> Option<Self> {
        let years = i32::from(day.year())
            - i32::from(born.year())
            - i32::from((day.month(), day.day()) < (born.month(), born.day()));
        match years {
            ..0 => None,
            0..18 => Some(Self::Child),
            18..67 => Some(Self::Adult),
            67.. => Some(Self::Old),
        }
    }
}
