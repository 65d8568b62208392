//! The form as data: its steps and fields in the order in which a person is asked.

use crate::domain::ReporterCategory;
use crate::domain::SERVICE_KINDS;
use crate::inbox::need_form::answers::Answers;
use crate::inbox::need_form::voice::Voice;
use crate::inbox::texts::Words;
use crate::storage::FormHolder;
use crate::storage::FormSource;
use jiff::civil::Date;

/// One page of the form.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Step {
    Reporter,
    Person,
    /// Whether somebody has consented.
    Consent,
    /// Who did and to what; or on what ground it is reported all the same.
    Ground,
    /// Only about those under 18.
    Guardians,
    Need,
    Services,
}

impl Step {
    pub(super) const ALL: [Self; 7] =
        [Self::Reporter, Self::Person, Self::Consent, Self::Ground, Self::Guardians, Self::Need, Self::Services];

    /// Its word in the address.
    pub(super) const fn slug(self) -> &'static str {
        match self {
            Self::Reporter => "melder",
            Self::Person => "person",
            Self::Consent => "samtykke",
            Self::Ground => "grunnlag",
            Self::Guardians => "foresatte",
            Self::Need => "behov",
            Self::Services => "tjenester",
        }
    }

    pub(super) fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.slug() == slug)
    }

    /// From 0.
    pub(super) const fn index(self) -> usize {
        self as usize
    }

    pub(super) const fn heading(self, t: Words) -> &'static str {
        match self {
            Self::Reporter => t.step_reporter(),
            Self::Person => t.step_person(),
            Self::Consent => t.step_consent(),
            Self::Ground => t.step_ground(),
            Self::Guardians => t.step_guardians(),
            Self::Need => t.step_need(),
            Self::Services => t.step_services(),
        }
    }

    /// Help texts that are shown on top.
    pub(super) const fn help(self) -> &'static [&'static str] {
        match self {
            Self::Reporter => &["who-can-report"],
            Self::Person | Self::Ground | Self::Guardians | Self::Services => &[],
            Self::Consent => &["age-and-consent"],
            Self::Need => &["write-plainly"],
        }
    }
}

/// One question.
pub(super) struct Field {
    pub step: Step,
    pub name: &'static str,
    pub kind: Kind,
    pub label: fn(Words) -> &'static str,
    pub hint: Option<fn(Words) -> &'static str>,
    pub is_needed: bool,
    pub autocomplete: &'static str,
    /// A heading that stands above it and those that follow.
    pub heading: Option<fn(Words) -> &'static str>,
}

/// How a question is answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Line {
        characters_max: usize,
    },
    Day,
    Prose {
        characters_max: usize,
    },
    /// One of a list; the list's name among our texts, and its codes.
    Select(&'static str, &'static [&'static str]),
    Radio(&'static str, &'static [&'static str]),
    Checks(&'static str, &'static [&'static str]),
}

impl Kind {
    pub(super) const fn characters_max(self) -> usize {
        match self {
            Self::Line { characters_max } | Self::Prose { characters_max } => characters_max,
            Self::Day | Self::Select(..) | Self::Radio(..) | Self::Checks(..) => 60,
        }
    }
}

const NAME: Kind = Kind::Line { characters_max: 200 };
const PHONE: Kind = Kind::Line { characters_max: 25 };
const SHORT: Kind = Kind::Line { characters_max: 500 };
const YES_NO: &[&str] = &["JA", "NEI"];
const YES_NO_UNKNOWN: &[&str] = &["JA", "NEI", "UKJENT"];
/// A legal guardian (verge): no relative, so in the report they stand among those who act for the person.
pub(super) const VERGE: &str = "VERGE";
const RELATIONS: &[&str] = &["MO", "FA", "FM", "FF", VERGE];
pub(super) const SOURCES: &[&str] = &["telephone", "meeting", "post", "form"];
/// Chosen by the holder; see [`categories`].
const CATEGORIES: Kind = Kind::Select("MelderKategori", &[]);

const fn field(step: Step, name: &'static str, kind: Kind, label: fn(Words) -> &'static str) -> Field {
    Field { step, name, kind, label, hint: None, is_needed: false, autocomplete: "off", heading: None }
}

impl Field {
    const fn needed(mut self) -> Self {
        self.is_needed = true;
        self
    }

    const fn hint(mut self, hint: fn(Words) -> &'static str) -> Self {
        self.hint = Some(hint);
        self
    }

    const fn under(mut self, heading: fn(Words) -> &'static str) -> Self {
        self.heading = Some(heading);
        self
    }

    const fn completed_by(mut self, autocomplete: &'static str) -> Self {
        self.autocomplete = autocomplete;
        self
    }
}

/// Every question, in order.
#[rustfmt::skip]
pub(super) static FIELDS: &[Field] = &[
    field(Step::Reporter, "source", Kind::Radio("FormSource", SOURCES), Words::f_source).needed(),
    field(Step::Reporter, "came_on", Kind::Day, Words::f_came_on),
    field(Step::Reporter, "category", CATEGORIES, Words::f_category).needed(),
    field(Step::Reporter, "organisation_name", NAME, Words::f_organisation_name).hint(Words::f_organisation_hint),
    field(Step::Reporter, "organisation", Kind::Line { characters_max: 11 }, Words::f_organisation),
    field(Step::Reporter, "unit", NAME, Words::f_unit).hint(Words::f_unit_hint),
    field(Step::Reporter, "reporter_name", NAME, Words::f_reporter_name).needed().completed_by("name"),
    field(Step::Reporter, "position", NAME, Words::f_position),
    field(Step::Reporter, "reporter_phone", PHONE, Words::f_reporter_phone).needed().completed_by("tel"),
    field(Step::Reporter, "wants_answer", Kind::Radio("JaNeiUkjent", YES_NO), Words::f_wants_answer),
    field(Step::Reporter, "answer_channel", Kind::Radio("SvarKanal", &["TELEFON", "BREV"]), Words::f_answer_channel),

    field(Step::Person, "id_kind", Kind::Select("PersonIdType", &["FNR", "DNR", "FHN", "DUF", "UKJENT"]), Words::f_id_kind).needed().hint(Words::id_kind_hint),
    field(Step::Person, "id_number", Kind::Line { characters_max: 40 }, Words::f_id_number),
    field(Step::Person, "id_reason", Kind::Select("UkjentGrunn", &["NYFODT", "UFODT", "IKKE_TILDELT", "IKKE_OPPGITT", "ANNET"]), Words::f_id_reason),
    field(Step::Person, "given_name", NAME, Words::f_given_name),
    field(Step::Person, "family_name", NAME, Words::f_family_name).hint(Words::f_family_name_hint),
    field(Step::Person, "born", Kind::Day, Words::f_born).hint(Words::f_born_hint),
    field(Step::Person, "due", Kind::Day, Words::f_due).hint(Words::f_due_hint),
    field(Step::Person, "grading", Kind::Select("Adressegradering", &["UGRADERT", "KLIENTADRESSE", "FORTROLIG", "STRENGT_FORTROLIG"]), Words::f_grading).hint(Words::f_grading_hint).under(Words::h_contact),
    field(Step::Person, "phone", PHONE, Words::f_phone),
    field(Step::Person, "address", NAME, Words::f_address),
    field(Step::Person, "contact_ways", Kind::Checks("KanKontaktesVia", &["TELEFON", "BREV", "FORESATT", "MELDER", "IKKE_KONTAKT"]), Words::f_contact_ways),
    field(Step::Person, "interpreter", Kind::Radio("JaNeiUkjent", YES_NO), Words::f_interpreter),
    field(Step::Person, "language", Kind::Select("Spraak", &["nb", "nn", "se", "sma", "smj", "en", "ar", "uk", "pl", "so", "ti", "lt", "fa", "ur", "tr"]), Words::f_language),

    field(Step::Consent, "consent", Kind::Radio("SamtykkeStatus", &["SAMTYKKET", "SAMTYKKET_MUNTLIG_JOURNALFORT", "AVGITT_PA_VEGNE", "IKKE_MOTSATT_SEG", "IKKE_AVKLART", "MOTSATT_SEG"]), Words::f_consent).needed(),
    field(Step::Consent, "consent_day", Kind::Day, Words::f_consent_day),
    field(Step::Ground, "given_by_role", Kind::Select("AvgittAvRolle", &["PERSONEN", "FORESATT", "VERGE", "FULLMEKTIG", "PAARORENDE", "BARNEVERN", "ANNEN"]), Words::f_given_by_role),
    field(Step::Ground, "given_by", NAME, Words::f_given_by),
    field(Step::Ground, "scopes", Kind::Checks("OmfangKode", &["KONTAKT", "KOORDINATOR", "IP", "TILBAKEMELDING_TIL_MELDER"]), Words::f_scopes).hint(Words::f_scopes_hint),
    field(Step::Ground, "ask_from", SHORT, Words::f_ask_from).hint(Words::f_ask_from_hint),
    field(Step::Ground, "consent_read", Kind::Checks("FormSamtykke", &["lest"]), Words::f_consent_read),
    field(Step::Ground, "basis", Kind::Select("GrunnlagKode", &["HPL_22", "HPL_25", "HPL_38A", "HPL_45", "ANNET"]), Words::f_basis).hint(Words::f_basis_hint),
    field(Step::Ground, "basis_reason", SHORT, Words::f_basis_reason),
    field(Step::Guardians, "g1_relation", Kind::Select("Slektskap", RELATIONS), Words::f_relation).under(Words::h_guardian_1),
    field(Step::Guardians, "g1_name", NAME, Words::f_guardian_name),
    field(Step::Guardians, "g1_phone", PHONE, Words::f_guardian_phone),
    field(Step::Guardians, "g1_responsible", Kind::Radio("JaNeiUkjent", YES_NO), Words::f_responsible),
    field(Step::Guardians, "g1_informed", Kind::Radio("JaNeiUkjent", YES_NO), Words::f_informed),
    field(Step::Guardians, "g1_hidden", Kind::Checks("FormSkjules", &["ja"]), Words::f_hidden),
    field(Step::Guardians, "g1_reason", SHORT, Words::f_informed_reason),
    field(Step::Guardians, "g2_relation", Kind::Select("Slektskap", RELATIONS), Words::f_relation).under(Words::h_guardian_2),
    field(Step::Guardians, "g2_name", NAME, Words::f_guardian_name),
    field(Step::Guardians, "g2_phone", PHONE, Words::f_guardian_phone),
    field(Step::Guardians, "g2_responsible", Kind::Radio("JaNeiUkjent", YES_NO), Words::f_responsible),
    field(Step::Guardians, "g2_informed", Kind::Radio("JaNeiUkjent", YES_NO), Words::f_informed),
    field(Step::Guardians, "g2_hidden", Kind::Checks("FormSkjules", &["ja"]), Words::f_hidden),
    field(Step::Guardians, "g2_reason", SHORT, Words::f_informed_reason),
    field(Step::Guardians, "no_guardian", Kind::Select("ForesattManglerGrunn", &["BARNEVERN_HAR_OMSORG", "BARNET_ONSKER_DET", "UKJENT", "ANNET"]), Words::f_no_guardian).under(Words::h_no_guardian),
    field(Step::Guardians, "no_guardian_text", SHORT, Words::f_no_guardian_text),

    field(Step::Need, "needs", Kind::Checks("BehovType", &["KOORDINATOR", "IP", "KOORDINATOR_OG_IP", "BARNEKOORDINATOR", "ANSVARSGRUPPE", "HABILITERING", "REHABILITERING"]), Words::f_needs).needed().hint(Words::f_needs_hint),
    field(Step::Need, "extra", Kind::Checks("Extra", &[]), Words::f_extra),
    field(Step::Need, "description", Kind::Prose { characters_max: 4000 }, Words::f_description).needed().hint(Words::f_description_hint),
    field(Step::Need, "what_matters", Kind::Prose { characters_max: 2000 }, Words::f_what_matters),
    field(Step::Need, "goals", Kind::Prose { characters_max: 2000 }, Words::f_goals),
    field(Step::Need, "duration", Kind::Radio("Varighet", &["FORVENTET_LANGVARIG", "USIKKERT", "KORTVARIG"]), Words::f_duration).hint(Words::f_duration_hint),
    field(Step::Need, "urgency", Kind::Radio("HastegradKode", &["ORDINAER", "HASTER"]), Words::f_urgency).needed(),
    field(Step::Need, "urgency_reason", Kind::Select("HasteGrunn", &["UTSKRIVNING", "OVERGANG", "SAMMENBRUDD_I_TILBUD", "ANNET"]), Words::f_urgency_reason),
    field(Step::Need, "wish", Kind::Radio("Onske", &["ONSKER", "ONSKER_IKKE", "VET_IKKE"]), Words::f_wish),
    field(Step::Need, "wish_who", SHORT, Words::f_wish_who),

    field(Step::Services, "unsure", Kind::Checks("FormVetIkke", &["ja"]), Words::f_unsure).hint(Words::f_unsure_hint),
    field(Step::Services, "services_now", Kind::Checks("TjenesteType", SERVICE_KINDS), Words::f_services_now).hint(Words::f_services_hint),
    field(Step::Services, "services_wished", Kind::Checks("TjenesteType", SERVICE_KINDS), Words::f_services_wished),
    field(Step::Services, "has_plan", Kind::Radio("JaNeiUkjent", YES_NO_UNKNOWN), Words::f_has_plan).under(Words::h_existing),
    field(Step::Services, "has_coordinator", Kind::Radio("JaNeiUkjent", YES_NO_UNKNOWN), Words::f_has_coordinator),
    field(Step::Services, "has_team", Kind::Radio("JaNeiUkjent", YES_NO_UNKNOWN), Words::f_has_team),
    field(Step::Services, "transitions", Kind::Checks("OvergangType", &["BARN_TIL_VOKSEN", "SKOLESTART", "VIDEREGAENDE", "FLYTTING", "HF_TIL_KOMMUNE", "ANNET"]), Words::f_transitions),
];

/// Something said, in the reader's language.
type Said = fn(Words) -> &'static str;

/// What must be answered only now and then, and when that is.
pub(super) const SOMETIMES: &[(&str, Said)] = &[
    ("came_on", Words::f_came_on_hint),
    ("organisation", Words::when_organisation),
    ("id_number", Words::when_id_number),
    ("id_reason", Words::when_id_reason),
    ("family_name", Words::f_family_name_hint),
    ("born", Words::f_born_hint),
    ("consent_read", Words::when_consented),
    ("consent_day", Words::when_consented),
    ("given_by_role", Words::when_on_behalf),
    ("basis_reason", Words::when_basis),
    ("g1_relation", Words::when_guardian),
    ("g1_name", Words::when_guardian),
    ("g1_reason", Words::when_not_informed),
    ("g2_relation", Words::when_guardian),
    ("g2_name", Words::when_guardian),
    ("g2_reason", Words::when_not_informed),
    ("no_guardian", Words::when_no_guardian),
    ("no_guardian_text", Words::when_other_reason),
    ("urgency_reason", Words::when_urgent),
];

/// What decides which questions are asked.
pub(super) struct Asking<'a> {
    pub holder: &'a FormHolder,
    pub answers: &'a Answers,
    pub today: Date,
    pub has_extra: bool,
}

impl Asking<'_> {
    pub(super) fn fields(&self, step: Step) -> Vec<&'static Field> {
        FIELDS.iter().filter(|it| it.step == step && self.shows(it)).collect()
    }

    /// Whether a question is asked of this holder about this person.
    pub(super) fn shows(&self, field: &Field) -> bool {
        let is_staff = matches!(self.holder, FormHolder::Staff(_));
        match field.name {
            "source" | "organisation" | "organisation_name" => is_staff,
            // What staff report of their own comes as they send it.
            "came_on" => is_staff && !self.answers.has("source", "form"),
            "category" => !matches!(self.holder, FormHolder::Organisation { .. }),
            "unit" | "position" => !matches!(self.holder, FormHolder::Private),
            "extra" => self.has_extra,
            "consent_read" => self.is_declared(),
            // A child has no number before it is born, and nobody is the legal guardian of one that is not.
            "due" => !matches!(self.voice(), Voice::Oneself | Voice::Guardian),
            // The number on which they are reached has been asked for.
            "phone" => self.voice() != Voice::Oneself,
            "consent_day" => !self.consents_now(),
            "given_by_role" => self.is_given_by_another() && !self.consents_for_child(),
            "given_by" => self.is_given_by_another() && !self.consents_for_child() && self.voice() != Voice::Guardian,
            "scopes" | "ask_from" => self.consents() != Consents::No,
            // The paragraphs are those of services. A private person says in words why.
            "basis" => !self.is_private() && self.may_have_a_basis(),
            "basis_reason" if self.is_private() => self.says_why(),
            "basis_reason" => self.may_have_a_basis(),
            // Who writes as a parent knows of it, and has said who they are.
            "g1_name" | "g1_phone" | "g1_informed" | "g1_hidden" | "g1_reason" if self.is_own_child() => false,
            "no_guardian" | "no_guardian_text" => {
                self.is_young() && !matches!(self.voice(), Voice::Parent | Voice::Guardian)
            }
            _ if field.step == Step::Guardians => self.is_child(),
            _ => true,
        }
    }

    /// The day on which the report came, when that was before today: by telephone, in a meeting or on paper.
    pub(super) fn came_before(&self) -> Option<Date> {
        let asked = FIELDS.iter().any(|it| it.name == "came_on" && self.shows(it));
        self.answers.day("came_on").filter(|it| asked && *it < self.today)
    }

    /// The steps that have something to ask about this person.
    pub(super) fn steps(&self) -> Vec<Step> {
        Step::ALL.into_iter().filter(|it| !self.fields(*it).is_empty()).collect()
    }

    /// Whether the person is known to be under 18: by the identity number or the day of birth, or not born yet.
    pub(super) fn is_child(&self) -> bool {
        self.years().map_or(self.is_unborn(), |it| it < 18)
    }

    /// Whether it is about a child that is not born yet.
    pub(super) fn is_unborn(&self) -> bool {
        self.answers.has("id_kind", "UKJENT") && self.answers.has("id_reason", "UFODT")
    }

    /// Whether the person is known to be 18 or older.
    pub(super) fn is_adult(&self) -> bool {
        self.years().is_some_and(|it| it >= 18)
    }

    fn consents(&self) -> Consents {
        match self.answers.one("consent") {
            "SAMTYKKET" | "SAMTYKKET_MUNTLIG_JOURNALFORT" | "AVGITT_PA_VEGNE" => Consents::Yes,
            "IKKE_AVKLART" | "MOTSATT_SEG" => Consents::No,
            _ => Consents::NotSaid,
        }
    }

    /// Whether the one who reports is told what becomes of it without being asked: the person, a legal guardian, and a parent or
    /// guardian of a child who does not consent alone.
    pub(super) fn feedback_is_implied(&self) -> bool {
        match self.category() {
            Some(ReporterCategory::PersonSelf | ReporterCategory::LegalGuardian) => true,
            Some(ReporterCategory::Parent) => self.is_young(),
            Some(_) | None => false,
        }
    }

    /// Whether a private person would report somebody who does not want it: only services can have another ground.
    pub(super) fn is_refused(&self) -> bool {
        self.is_private() && self.answers.has("consent", "MOTSATT_SEG")
    }

    pub(super) fn is_private(&self) -> bool {
        *self.holder == FormHolder::Private
    }

    /// To whom the form speaks.
    pub(super) fn voice(&self) -> Voice {
        match (self.holder, self.category()) {
            (FormHolder::Organisation { .. } | FormHolder::Staff(_), _) => Voice::Service,
            (FormHolder::Private, Some(ReporterCategory::PersonSelf)) => Voice::Oneself,
            (FormHolder::Private, Some(ReporterCategory::Parent)) => Voice::Parent,
            (FormHolder::Private, Some(ReporterCategory::LegalGuardian)) => Voice::Guardian,
            (FormHolder::Private, Some(_) | None) => Voice::Relative,
        }
    }

    /// Whether a parent writes in the form about their own child.
    pub(super) fn is_own_child(&self) -> bool {
        self.voice() == Voice::Parent && self.is_child()
    }

    /// Whether a parent consents in the form for a child who does not yet do so alone.
    pub(super) fn consents_for_child(&self) -> bool {
        self.is_own_child() && self.is_young()
    }

    /// Whether the one who writes consents in the form, so that the day of it is today.
    pub(super) fn consents_now(&self) -> bool {
        self.consents_for_child() || self.voice() == Voice::Oneself
    }

    /// Whether a private person must say what they report on, when another than the person consents or nobody has.
    pub(super) fn says_why(&self) -> bool {
        let on_behalf = self.answers.has("consent", "AVGITT_PA_VEGNE") && !self.is_young();
        self.is_private() && (self.consents() == Consents::No || on_behalf)
    }

    fn may_have_a_basis(&self) -> bool {
        self.consents() != Consents::Yes || self.answers.has("consent", "AVGITT_PA_VEGNE")
    }

    /// Whether it is known to be about a child under 16.
    pub(super) fn is_young(&self) -> bool {
        self.is_child() && self.years().is_none_or(|it| it < 16)
    }

    /// What the one who writes has most likely answered already: their own name.
    pub(super) fn prefilled(&self, field: &str) -> Option<&str> {
        let own = self.answers.one("reporter_name");
        let (given, family) = own.rsplit_once(' ').map_or((own, ""), |(given, family)| (given.trim_end(), family));
        match (field, self.voice()) {
            ("given_name", Voice::Oneself) => Some(given),
            ("family_name", Voice::Oneself) => Some(family),
            ("given_by", Voice::Parent) => Some(own),
            (_, Voice::Service | Voice::Relative | Voice::Oneself | Voice::Parent | Voice::Guardian) => None,
        }
    }

    /// Whether the declaration of consent is to be read: the consent is given here and now. Who says that it stands in their own
    /// records, and who writes down what another had before, or what stands in a letter, cannot confirm that.
    pub(super) fn is_declared(&self) -> bool {
        let is_recorded = self.answers.has("consent", "SAMTYKKET_MUNTLIG_JOURNALFORT");
        let consents_alone = matches!(
            self.category(),
            Some(ReporterCategory::PersonSelf | ReporterCategory::Parent | ReporterCategory::LegalGuardian)
        );
        let is_heard_now = match self.holder {
            FormHolder::Private => true,
            FormHolder::Organisation { .. } => !is_recorded,
            FormHolder::Staff(_) => match FormSource::from_label(self.answers.one("source")) {
                None | Some(FormSource::Form) => !is_recorded,
                Some(FormSource::Telephone | FormSource::Meeting) => consents_alone,
                Some(FormSource::Post) => false,
            },
        };
        self.consents() == Consents::Yes && is_heard_now
    }

    /// Whether staff write down what somebody of a service has told: then the name of the service is enough.
    pub(super) fn needs_a_name(&self) -> bool {
        let is_staff = matches!(self.holder, FormHolder::Staff(_));
        let came = FormSource::from_label(self.answers.one("source")).is_some_and(|it| it != FormSource::Form);
        is_staff && came && self.category().is_some_and(|it| !it.is_private())
    }

    /// What kind of reporter it is, as far as that is known.
    pub(super) fn category(&self) -> Option<ReporterCategory> {
        match self.holder {
            FormHolder::Organisation { category, .. } => Some(*category),
            FormHolder::Private | FormHolder::Staff(_) => ReporterCategory::from_code(self.answers.one("category")),
        }
    }

    /// From the age of 16 the person consents alone.
    fn is_given_by_another(&self) -> bool {
        let is_young = self.years().is_none_or(|it| it < 16);
        self.consents() == Consents::Yes && (is_young || self.answers.has("consent", "AVGITT_PA_VEGNE"))
    }

    /// The person's age in whole years, when it is known.
    pub(super) fn years(&self) -> Option<i16> {
        crate::inbox::moment::age(self.answers.born()?, self.today)
    }
}

/// What the answer about consent comes to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Consents {
    Yes,
    No,
    /// Not answered, or the person has been told and has not objected.
    NotSaid,
}

/// The kinds of reporter that the holder may be.
pub(super) fn categories(holder: &FormHolder) -> Vec<&'static str> {
    use ReporterCategory as R;
    match holder {
        FormHolder::Organisation { category, .. } => vec![category.code()],
        FormHolder::Private => [R::PersonSelf, R::Parent, R::NextOfKin, R::LegalGuardian].map(R::code).to_vec(),
        FormHolder::Staff(_) => R::ALL.iter().map(|it| it.code()).collect(),
    }
}
