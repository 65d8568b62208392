//! From answers to a report, and what is wrong with answers before there can be one.

use crate::domain::AddressGrading;
use crate::domain::Consent;
use crate::domain::ConsentScope;
use crate::domain::ConsentStatus;
use crate::domain::ContactWay;
use crate::domain::CoordinatorWish;
use crate::domain::Existing;
use crate::domain::ExistingEntry;
use crate::domain::ExpectedDuration;
use crate::domain::Guardian;
use crate::domain::LegalBasis;
use crate::domain::MunicipalityNumber;
use crate::domain::Need;
use crate::domain::NeedKind;
use crate::domain::NeedReport;
use crate::domain::NoGuardian;
use crate::domain::OrgNumber;
use crate::domain::PatientId;
use crate::domain::PersonName;
use crate::domain::ReceiverLevel;
use crate::domain::ReceiverWish;
use crate::domain::Redacted;
use crate::domain::ReportKind;
use crate::domain::ReportPatient;
use crate::domain::Reporter;
use crate::domain::ReporterCategory;
use crate::domain::Representative;
use crate::domain::Service;
use crate::domain::Timestamp;
use crate::domain::Urgency;
use crate::domain::UrgencyLevel;
use crate::domain::norway;
use crate::inbox::ExtraOffer;
use crate::inbox::need_form::answers::Answers;
use crate::inbox::need_form::fields::Asking;
use crate::inbox::need_form::fields::Field;
use crate::inbox::need_form::fields::Kind;
use crate::inbox::need_form::fields::Step;
use crate::inbox::need_form::fields::VERGE;
use crate::inbox::need_form::fields::categories;
use crate::inbox::need_form::port::Written;
use crate::inbox::need_form::voice;
use crate::inbox::need_form::voice::Voice;
use crate::inbox::texts::Words;
use crate::storage::FormHolder;
use crate::storage::FormSource;
use jiff::civil::Date;
use uuid::Uuid;

/// Fewest characters of the description; the schema's own limit.
const DESCRIPTION_CHARACTERS_MIN: usize = 20;
/// That the one who reports is told what came of it, among what a consent covers.
pub(super) const FEEDBACK: &str = "TILBAKEMELDING_TIL_MELDER";
/// The questions whose answers point at a service.
const SERVICES: [&str; 2] = ["services_now", "services_wished"];

/// Most characters of where the reporter works; the schema's own limit.
const UNIT_CHARACTERS_MAX: usize = 200;
/// Digits of a telephone number in Norway.
const NORWEGIAN_DIGITS: usize = 8;
/// Digits of one elsewhere, with the country's code (ITU-T E.164).
const ABROAD_DIGITS_MIN: usize = 7;
const ABROAD_DIGITS_MAX: usize = 15;

/// How long before it is written down a report may have come. Days.
const CAME_DAYS_AGO_MAX: i64 = 366;

/// What is wrong with the answers of a step, by field: what the gateway's rules cannot say, since there is no report yet.
pub(super) fn faults(asking: &Asking<'_>, step: Step, t: Words) -> Vec<(&'static str, String)> {
    let answers = asking.answers;
    let mut faults = Vec::new();
    for field in asking.fields(step) {
        let value = answers.one(field.name);
        if value.is_empty() {
            if field.is_needed {
                faults.push((field.name, t.form_needed(voice::label(asking, field, t))));
            }
            continue;
        }
        let fault = match field.kind {
            Kind::Day if answers.day(field.name).is_none() => Some(t.form_not_a_day()),
            Kind::Day if field.name == "came_on" && answers.day(field.name) > Some(asking.today) => {
                Some(t.form_came_later())
            }
            Kind::Day if field.name == "came_on" && is_long_ago(answers, asking.today) => Some(t.form_came_long_ago()),
            Kind::Line { .. } if field.name.ends_with("phone") && !is_telephone(value) => {
                Some(t.form_not_a_telephone())
            }
            Kind::Day if field.name == "due" && !asking.is_unborn() => Some(t.form_due_of_one_born()),
            Kind::Line { .. } if field.name == "organisation" && OrgNumber::parse(&plain_number(value)).is_err() => {
                Some(t.form_not_an_organisation())
            }
            Kind::Prose { .. } if field.name == "description" && value.chars().count() < DESCRIPTION_CHARACTERS_MIN => {
                Some(t.form_description_short())
            }
            Kind::Select(_, codes) | Kind::Radio(_, codes) | Kind::Checks(_, codes) => {
                let codes: Vec<&str> =
                    if field.name == "category" { categories(asking.holder) } else { codes.to_vec() };
                // One who changes who they are, or how old the person is, answers again what is not offered any more.
                let offered =
                    |it: &str| (field.name, it) == ("scopes", FEEDBACK) || voice::offers(asking, field.name, it);
                let known = |it: &String| codes.contains(&it.as_str()) && offered(it) || field.name == "extra";
                (!answers.all(field.name).iter().all(known)).then(|| t.form_not_in_list())
            }
            Kind::Day | Kind::Line { .. } | Kind::Prose { .. } => None,
        };
        faults.extend(fault.map(|it| (field.name, it.to_owned())));
    }
    if step == Step::Ground && asking.is_declared() && !answers.has("consent_read", "lest") {
        faults.push(("consent_read", t.form_consent_not_read().to_owned()));
    }
    for prefix in ["g1_", "g2_"] {
        let of_one = asking.fields(step).into_iter().filter(|it| it.name.starts_with(prefix));
        let (whole, rest): (Vec<&Field>, Vec<&Field>) =
            of_one.partition(|it| it.name.ends_with("_relation") || it.name.ends_with("_name"));
        let is_begun = whole.iter().chain(&rest).any(|it| !answers.one(it.name).is_empty());
        let missing = whole.iter().filter(|it| is_begun && answers.one(it.name).is_empty());
        faults.extend(missing.map(|it| (it.name, t.form_needed(voice::label(asking, it, t)))));
    }
    if step == Step::Reporter && asking.needs_a_name() && answers.one("organisation_name").is_empty() {
        faults.push(("organisation_name", t.form_needed(t.f_organisation_name())));
    }
    if step == Step::Consent && asking.is_refused() {
        let said = if asking.consents_now() { t.own_objected() } else { t.form_objected_to_private() };
        faults.push(("consent", said.to_owned()));
    }
    if step == Step::Ground && asking.says_why() && answers.one("basis_reason").is_empty() {
        faults.push(("basis_reason", t.form_needed(voice::of("basis_reason", asking, t))));
    }
    if step == Step::Guardians && asking.is_own_child() && answers.one("g1_relation").is_empty() {
        faults.push(("g1_relation", t.form_needed(voice::of("g1_relation", asking, t))));
    }
    if step == Step::Services && is_unsure(answers) && SERVICES.iter().any(|it| !answers.all(it).is_empty()) {
        faults.push(("unsure", t.form_unsure_and_services().to_owned()));
    }
    if step == Step::Person && answers.has("id_kind", "UKJENT") && answers.one("id_reason").is_empty() {
        faults.push(("id_reason", t.form_needed(t.f_id_reason())));
    }
    faults
}

/// Whether somebody has consented.
pub(super) fn is_given(answers: &Answers) -> bool {
    ["SAMTYKKET", "SAMTYKKET_MUNTLIG_JOURNALFORT", "AVGITT_PA_VEGNE"].iter().any(|it| answers.has("consent", it))
}

/// A report that came so long before it was written down is a slip of the year.
fn is_long_ago(answers: &Answers, today: Date) -> bool {
    let oldest = today.saturating_sub(jiff::Span::new().days(CAME_DAYS_AGO_MAX));
    answers.day("came_on").is_some_and(|it| it < oldest)
}

/// When the report came: now, or at noon on the day that staff say.
pub(super) fn came_at(asking: &Asking<'_>, now: Timestamp) -> Timestamp {
    let noon = |it: Date| it.at(12, 0, 0, 0).to_zoned(norway()).ok().map(|it| Timestamp::from_jiff(it.timestamp()));
    asking.came_before().and_then(noon).unwrap_or(now)
}

/// Whose hand writes the report.
pub(super) fn written(answers: &Answers) -> Written {
    match FormSource::from_label(answers.one("source")) {
        None | Some(FormSource::Form) => Written::ByReporter,
        Some(FormSource::Telephone | FormSource::Meeting | FormSource::Post) => Written::ByStaff,
    }
}

/// Whether the one who reports leaves it to the municipality who should have it.
fn is_unsure(answers: &Answers) -> bool {
    answers.has("unsure", "ja")
}

/// A number that one can be called back on: of Norway with its eight digits, or of any country with `+` and the country's code.
/// Single blanks or hyphens may stand between, as the schema has it.
fn is_telephone(text: &str) -> bool {
    let (digits, is_abroad) = text.strip_prefix('+').map_or((text, false), |it| (it, true));
    let is_plain = digits.split([' ', '-']).all(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()));
    let plain: String = digits.chars().filter(char::is_ascii_digit).collect();
    let is_whole = match (is_abroad, plain.strip_prefix("47")) {
        (false, _) => plain.len() == NORWEGIAN_DIGITS,
        (true, Some(norwegian)) => norwegian.len() == NORWEGIAN_DIGITS,
        (true, None) => (ABROAD_DIGITS_MIN..=ABROAD_DIGITS_MAX).contains(&plain.len()),
    };
    is_plain && is_whole
}

fn plain_number(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace()).collect()
}

/// Whether the one who reports may see what becomes of it: the person, or anybody whom the consent allows it.
pub(super) fn allows_feedback(asking: &Asking<'_>) -> bool {
    asking.feedback_is_implied() || asking.answers.has("scopes", FEEDBACK)
}

/// The report that the answers are. What has not been answered yet is missing from it, and the rules say so.
pub(super) fn report(
    asking: &Asking<'_>,
    municipality: &MunicipalityNumber,
    extra: &[ExtraOffer],
    id: Uuid,
    created: Timestamp,
) -> NeedReport {
    let answers = asking.answers;
    let needs: Vec<Need> = answers
        .all("needs")
        .iter()
        .filter_map(|it| NeedKind::from_code(it))
        .map(|kind| Need { kind, dimensions: Vec::new() })
        .collect();
    let is_rehabilitation = |it: &Need| matches!(it.kind, NeedKind::Habilitation | NeedKind::Rehabilitation);
    let only_possible = !needs.is_empty() && needs.iter().all(is_rehabilitation);
    let guardians: Vec<Guardian> = ["g1", "g2"].iter().filter_map(|it| guardian(asking, it)).collect();
    let representatives = representatives(asking);
    let no_guardian = Some(answers.one("no_guardian")).filter(|it| !it.is_empty());
    let no_guardian = no_guardian
        .map(|reason| NoGuardian { reason: reason.to_owned(), text: answers.text("no_guardian_text") })
        .or_else(|| (asking.is_young() && !representatives.is_empty()).then(|| only_a_verge(answers)));
    NeedReport {
        report_id: id.to_string(),
        created,
        language: Some(answers.language().tag().to_owned()),
        concerns: None,
        kind: if only_possible { ReportKind::PossibleNeed } else { ReportKind::Need },
        receiver: ReceiverWish {
            municipality: municipality.clone(),
            district: None,
            level: ReceiverLevel::Municipality,
            organisation: None,
        },
        patient: Some(patient(asking)),
        no_guardian: no_guardian.filter(|_| guardians.is_empty()),
        guardians,
        representatives,
        consent: consent(asking),
        reporter: reporter(asking),
        original_reporter: None,
        needs,
        description: answers.text("description"),
        what_matters: answers.text("what_matters"),
        goals: answers.text("goals"),
        duration: ExpectedDuration::from_code(answers.one("duration")),
        services: services(answers, extra, asking),
        existing: existing(answers),
        coordinator_wish: Some(answers.one("wish"))
            .filter(|it| !it.is_empty())
            .map(|wish| CoordinatorWish { wish: wish.to_owned(), who: answers.text("wish_who") }),
        urgency: urgency(answers),
        admission: None,
        transitions: answers.all("transitions").to_vec(),
        new_municipality: None,
        family_link: None,
        attachments: Vec::new(),
        has_local_extension: false,
    }
}

fn patient(asking: &Asking<'_>) -> ReportPatient {
    let answers = asking.answers;
    let kind = Some(answers.one("id_kind")).filter(|it| !it.is_empty()).unwrap_or("UKJENT");
    let is_unknown = kind == "UKJENT";
    let grading = AddressGrading::from_code(answers.one("grading")).unwrap_or_default();
    let number = answers.text("id_number").map(|it| it.map(|it| plain_number(&it))).filter(|_| !is_unknown);
    let reason = Some(answers.one("id_reason")).filter(|it| !it.is_empty() && is_unknown).map(str::to_owned);
    let due = answers.day("due");
    let name = PersonName { given: answers.text("given_name"), middle: None, family: answers.text("family_name") };
    ReportPatient {
        id: PatientId { kind: kind.to_owned(), number, reason },
        name: Some(name).filter(|it| it.given.is_some() || it.family.is_some()),
        // A child that is expected has no number, and no day of birth that one has told.
        date_of_birth: answers.day("born").or_else(|| answers.born().filter(|_| due.is_none())).map(Redacted::new),
        unborn: due.map(|it| Redacted::new(Some(it))),
        telephone: if asking.voice() == Voice::Oneself && grading == AddressGrading::default() {
            answers.text("reporter_phone")
        } else {
            answers.text("phone")
        },
        email: None,
        address: answers.text("address"),
        grading,
        language: answers.text("language"),
        needs_interpreter: yes_no(answers, "interpreter"),
        contact_ways: answers.all("contact_ways").iter().filter_map(|it| ContactWay::from_code(it)).collect(),
    }
}

fn guardian(asking: &Asking<'_>, prefix: &str) -> Option<Guardian> {
    let answers = asking.answers;
    let of = |name: &str| format!("{prefix}_{name}");
    let is_asked = asking.is_child();
    let relation = Some(answers.one(&of("relation"))).filter(|it| !it.is_empty() && is_asked);
    if relation == Some(VERGE) {
        return None;
    }
    // A parent who writes has said their name and number, and is asked for nothing but what they are to the child.
    let is_writer = prefix == "g1" && asking.is_own_child();
    let asked = |own: &str, name: &str| match is_writer {
        true => answers.text(own).filter(|_| relation.is_some()),
        false => answers.text(&of(name)),
    };
    let name = asked("reporter_name", "name").filter(|_| is_asked);
    if name.is_none() && relation.is_none() {
        return None;
    }
    Some(Guardian {
        relation: relation.map(str::to_owned),
        name,
        telephone: asked("reporter_phone", "phone"),
        has_parental_responsibility: yes_no(answers, &of("responsible")),
        informed: yes_no(answers, &of("informed")),
        not_informed_reason: answers.text(&of("reason")),
        must_not_be_informed: answers.has(&of("hidden"), "ja").then_some(true),
    })
}

/// Those who act for the person: a legal guardian who writes in the form, and one who is named instead of a parent.
fn representatives(asking: &Asking<'_>) -> Vec<Representative> {
    let answers = asking.answers;
    let writer = (asking.voice() == Voice::Guardian).then(|| Representative {
        kind: Some(Some(answers.one("given_by_role")).filter(|it| !it.is_empty()).unwrap_or(VERGE).to_owned()),
        name: answers.text("reporter_name"),
        telephone: answers.text("reporter_phone"),
        scope: None,
    });
    let named = ["g1", "g2"].into_iter().filter(|it| answers.has(&format!("{it}_relation"), VERGE)).map(|prefix| {
        let of = |name: &str| format!("{prefix}_{name}");
        let is_hidden = answers.has(&of("hidden"), "ja") || yes_no(answers, &of("informed")) == Some(false);
        // There is no place of its own for it, and it must not be lost.
        let must_not = Words(answers.language()).guardian_must_not_know();
        let because = answers.text(&of("reason")).map(|it| it.map(|it| format!("{must_not}: {it}")));
        Representative {
            kind: Some(VERGE.to_owned()),
            name: answers.text(&of("name")),
            telephone: answers.text(&of("phone")),
            scope: because.or_else(|| Some(Redacted::new(must_not.to_owned()))).filter(|_| is_hidden),
        }
    });
    writer.into_iter().chain(named.filter(|_| asking.is_child())).collect()
}

/// Why a child has no parent or guardian in the report, when it has a legal guardian.
fn only_a_verge(answers: &Answers) -> NoGuardian {
    let said = Words(answers.language()).child_has_guardian().to_owned();
    NoGuardian { reason: "ANNET".to_owned(), text: Some(Redacted::new(said)) }
}

fn consent(asking: &Asking<'_>) -> Consent {
    let answers = asking.answers;
    let chosen = answers.all("scopes").iter().map(String::as_str).filter(|it| *it != FEEDBACK);
    // Who consents and reports is not asked whether they may know what comes of it.
    let may_know = if asking.feedback_is_implied() { is_given(answers) } else { answers.has("scopes", FEEDBACK) };
    let of = |code: &str| ConsentScope { code: code.to_owned(), text: None };
    let mut scopes: Vec<ConsentScope> = chosen.chain(may_know.then_some(FEEDBACK)).map(of).collect();
    scopes.extend(answers.text("ask_from").map(|it| ConsentScope { code: "INNHENTE_FRA".to_owned(), text: Some(it) }));
    let role = Some(answers.one("given_by_role")).filter(|it| !it.is_empty()).map(str::to_owned);
    let role = role.or_else(|| (asking.consents_for_child() && is_given(answers)).then(|| "FORESATT".to_owned()));
    // Who consents for somebody in the form has said their name.
    let is_writer = asking.consents_for_child() || asking.voice() == Voice::Guardian;
    let given_by = answers.text(if is_writer { "reporter_name" } else { "given_by" }).filter(|_| role.is_some());
    let in_words = answers.text("basis_reason").filter(|_| asking.is_private());
    let basis = LegalBasis::from_code(answers.one("basis")).or_else(|| in_words.map(|_| LegalBasis::Other));
    let today = Some(asking.today).filter(|_| asking.consents_now() && is_given(answers));
    Consent {
        status: ConsentStatus::from_code(answers.one("consent")).unwrap_or(ConsentStatus::Unclear),
        date: answers.day("consent_day").or(today),
        given_by_role: role,
        given_by,
        scopes,
        valid_until: None,
        basis_reason: answers.text("basis_reason").filter(|_| basis.is_some()),
        basis,
    }
}

fn reporter(asking: &Asking<'_>) -> Reporter {
    let answers = asking.answers;
    let chosen = ReporterCategory::from_code(answers.one("category"));
    let (category, organisation, name) = match asking.holder {
        FormHolder::Organisation { number, name, category } => {
            (*category, Some(number.to_string()), Some(name.clone()))
        }
        FormHolder::Private => (chosen.unwrap_or(ReporterCategory::PersonSelf), None, None),
        FormHolder::Staff(_) => {
            let number = Some(plain_number(answers.one("organisation"))).filter(|it| !it.is_empty());
            let name = Some(answers.one("organisation_name")).filter(|it| !it.is_empty()).map(str::to_owned);
            (chosen.unwrap_or(ReporterCategory::OtherPublic), number, name)
        }
    };
    let text = |name| Some(answers.one(name)).filter(|it| !it.is_empty()).map(str::to_owned);
    // An organisation in the report has its number. One that is known by name alone is the place where the reporter works.
    let is_only_named = asking.needs_a_name() && organisation.is_none();
    let unit = match (&name, text("unit")) {
        (Some(name), Some(unit)) if is_only_named => Some(format!("{name}, {unit}")),
        (Some(name), None) if is_only_named => Some(name.clone()),
        (_, unit) => unit,
    };
    let name = name.filter(|_| !is_only_named);
    Reporter {
        private: is_only_named || category.is_private() && organisation.is_none(),
        category,
        organisation,
        her_id: None,
        organisation_name: name,
        unit: unit.map(|it| it.chars().take(UNIT_CHARACTERS_MAX).collect()),
        name: answers.text("reporter_name"),
        roles: Vec::new(),
        position: text("position"),
        telephone: answers.text("reporter_phone"),
        email: None,
        hpr: None,
        wants_answer: yes_no(answers, "wants_answer"),
        answer_channel: text("answer_channel"),
    }
}

/// Those that the person has, those that are wished for, and what else is applied for.
fn services(answers: &Answers, extra: &[ExtraOffer], asking: &Asking<'_>) -> Vec<Service> {
    let service = |kind: &str, status: &str, name: Option<String>| Service {
        kind: kind.to_owned(),
        level: None,
        status: Some(status.to_owned()),
        name: name.map(Redacted::new),
        contact: None,
    };
    let now = answers.all("services_now");
    let wished = answers.all("services_wished").iter().filter(|it| !now.contains(it));
    let applied = extra.iter().filter(|it| answers.has("extra", &it.code));
    let applied: Vec<&ExtraOffer> = applied.collect();
    let wished = wished.filter(|it| !applied.iter().any(|extra| extra.service == **it));
    let named = |it: &ExtraOffer| it.name.in_language(asking.answers.language()).to_owned();
    now.iter()
        .map(|it| service(it, "NAA", None))
        .chain(wished.map(|it| service(it, "ONSKET", None)))
        .chain(applied.iter().copied().map(|it| service(&it.service, "SOKT", Some(named(it)))))
        .collect()
}

fn existing(answers: &Answers) -> Existing {
    let asked = [("IP", "has_plan"), ("Koordinator", "has_coordinator"), ("Ansvarsgruppe", "has_team")];
    let answered = asked.into_iter().map(|(what, name)| (what, answers.one(name))).filter(|(_, it)| !it.is_empty());
    let entry = |(what, answer): (&str, &str)| ExistingEntry {
        what: what.to_owned(),
        answer: Some(answer.to_owned()),
        contact: None,
    };
    Existing { entries: answered.map(entry).collect() }
}

fn urgency(answers: &Answers) -> Urgency {
    let level = UrgencyLevel::from_code(answers.one("urgency")).unwrap_or(UrgencyLevel::Ordinary);
    let reason = Some(answers.one("urgency_reason")).filter(|it| !it.is_empty() && level == UrgencyLevel::Urgent);
    Urgency { level, reason: reason.map(str::to_owned) }
}

fn yes_no(answers: &Answers, name: &str) -> Option<bool> {
    match answers.one(name) {
        "JA" => Some(true),
        "NEI" => Some(false),
        _ => None,
    }
}
