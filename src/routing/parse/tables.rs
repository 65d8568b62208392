//! The tables of a file, one reader each. What a key means is said in `config/units.example.toml`.

use crate::domain::AddressGrading;
use crate::domain::Code;
use crate::domain::DistrictNumber;
use crate::domain::HerId;
use crate::domain::MunicipalityNumber;
use crate::domain::NeedKind;
use crate::domain::OrgNumber;
use crate::domain::ReceiverLevel;
use crate::domain::Redacted;
use crate::domain::ReportKind;
use crate::domain::ReporterCategory;
use crate::domain::SERVICE_KINDS;
use crate::domain::UnitId;
use crate::domain::UrgencyLevel;
use crate::routing::cases::Case;
use crate::routing::cases::Expected;
use crate::routing::condition::AgeRange;
use crate::routing::condition::Conditions;
use crate::routing::condition::DistrictChoice;
use crate::routing::directory::Body;
use crate::routing::directory::ChangeNote;
use crate::routing::directory::Cover;
use crate::routing::directory::DefaultUnit;
use crate::routing::directory::ExtraKind;
use crate::routing::directory::FormChoice;
use crate::routing::directory::Group;
use crate::routing::directory::Member;
use crate::routing::directory::Notify;
use crate::routing::directory::Owner;
use crate::routing::directory::Period;
use crate::routing::directory::PublicContact;
use crate::routing::directory::Reception;
use crate::routing::directory::Routine;
use crate::routing::directory::Rule;
use crate::routing::directory::Unit;
use crate::routing::directory::UnitKind;
use crate::routing::directory::Webhook;
use crate::routing::directory::WhenUnroutable;
use crate::routing::parse::fields::Fields;
use crate::routing::parse::fields::Placed;
use crate::routing::parse::words::LANGUAGES;
use crate::routing::parse::words::ROLE_EXPECTED;
use crate::routing::parse::words::UNIT_ID_EXPECTED;
use crate::routing::parse::words::as_sentence;
use crate::routing::parse::words::codes;
use crate::routing::parse::words::district_choice;
use crate::routing::parse::words::email;
use crate::routing::parse::words::pairs;
use crate::routing::parse::words::role;
use crate::routing::parse::words::unit_id;
use crate::routing::parse::words::web_address;
use crate::routing::question::AgeOnDay;
use crate::routing::question::RouteQuestion;

const HOURS_MAX: u32 = 24 * 60;
/// What the files say, before it is brought together.
#[derive(Default)]
pub(super) struct Drafts {
    pub bodies: Vec<Body>,
    pub units: Vec<Unit>,
    pub defaults: Vec<(Owner, DefaultUnit)>,
    pub rules: Vec<RuleDraft>,
    pub cases: Vec<CaseDraft>,
    pub routines: Vec<Routine>,
    pub changes: Vec<ChangeNote>,
    /// Every unit id that was written, also of units with faults, so that one fault does not lead to others.
    pub ids: Vec<Placed<UnitId>>,
    /// Every unit that something refers to, likewise.
    pub references: Vec<Placed<UnitId>>,
    /// Every body that was begun, likewise.
    pub owners: Vec<Placed<Owner>>,
}

pub(super) struct RuleDraft {
    pub owner: Owner,
    pub rule: Rule,
    pub districts: Vec<Placed<DistrictChoice>>,
}

pub(super) struct CaseDraft {
    pub case: Case,
    pub owner: Owner,
}

/// Whose a table is that does not say it.
enum Own {
    /// It belongs to the file's only municipality or hospital trust.
    Only(Owner),
    /// There is one, but it has a fault of its own, which is told already.
    Faulty,
    /// There are none or several.
    Unclear,
}

impl Drafts {
    /// Reads one file.
    pub fn read(&mut self, mut fields: Fields<'_, '_>) {
        let municipalities = fields.tables("municipality", "municipality");
        let trusts = fields.tables("hospital_trust", "hospital trust");
        let bodies = municipalities.len() + trusts.len();
        let before = self.owners.len();
        municipalities.into_iter().for_each(|it| self.read_municipality(it));
        trusts.into_iter().for_each(|it| self.read_hospital_trust(it));
        let own = match (bodies, &self.owners[before..]) {
            (1, [only]) => Own::Only(only.value.clone()),
            (1, _) => Own::Faulty,
            _ => Own::Unclear,
        };
        for table in fields.tables("unit", "unit") {
            self.read_unit(table, &own);
        }
        for table in fields.tables("default", "default") {
            self.read_default(table, &own);
        }
        for table in fields.tables("rule", "rule") {
            self.read_rule(table, &own);
        }
        for table in fields.tables("routine", "routine") {
            self.read_routine(table, &own);
        }
        for table in fields.tables("changed", "change") {
            self.read_change(table);
        }
        for table in fields.tables("case", "case") {
            self.read_case(table, &own);
        }
        fields.finish();
    }

    fn read_municipality(&mut self, mut table: Fields<'_, '_>) {
        let number = table.parsed("number", "four digits in quotes", "\"4211\"", MunicipalityNumber::parse);
        let owner = number.map(|it| Placed { value: Owner::Municipality(it.value), source: it.source });
        self.read_body(table, owner);
    }

    fn read_hospital_trust(&mut self, mut table: Fields<'_, '_>) {
        let parse = |text: &str| OrgNumber::parse(text).ok();
        let number =
            table.parsed("organisation", "an organisation number whose control digit holds", "\"310000108\"", parse);
        let owner = number.map(|it| Placed { value: Owner::HospitalTrust(it.value), source: it.source });
        self.read_body(table, owner);
    }

    fn read_body(&mut self, mut table: Fields<'_, '_>, owner: Option<Placed<Owner>>) {
        let source = table.source();
        let her_ids = her_ids(&mut table);
        let is_trust = owner.as_ref().is_some_and(|it| matches!(it.value, Owner::HospitalTrust(_)));
        let reception = if is_trust {
            table.choice("reception", &[("own_unit", Reception::OwnUnit), ("relay", Reception::Relay)])
        } else {
            None
        };
        let districts = if is_trust {
            Vec::new()
        } else {
            table.parsed_list("districts", "six digits in quotes", DistrictNumber::parse)
        };
        let when = table
            .choice("when_unroutable", &[("reject", WhenUnroutable::Reject), ("default", WhenUnroutable::Default)]);
        let default = table.parsed_maybe("default", UNIT_ID_EXPECTED, unit_id);
        self.references.extend(default.clone());
        let form = if is_trust { None } else { table.tables("form", "form table").into_iter().next().map(read_form) };
        let validity = table.period();
        if let Some(Placed { value: Owner::Municipality(number), .. }) = &owner {
            for it in districts.iter().filter(|it| !it.value.is_in(number)) {
                table.fault(
                    format!("District {} is not in municipality {number}.", it.value),
                    "A district number begins with the municipality's number.".to_owned(),
                );
            }
        }
        table.finish();
        let Some(owner) = owner else { return };
        if let Some(default) = default {
            let unit = DefaultUnit { unit: default.value, validity: Period::default(), source: default.source };
            self.defaults.push((owner.value.clone(), unit));
        }
        self.bodies.push(Body {
            owner: owner.value.clone(),
            source,
            her_ids,
            districts: districts.into_iter().map(|it| it.value).collect(),
            when_unroutable: when.map_or(WhenUnroutable::Default, |it| it.value),
            reception: reception.map_or(Reception::OwnUnit, |it| it.value),
            form: form.unwrap_or_default(),
            validity,
            defaults: Vec::new(),
            rules: Vec::new(),
        });
        self.owners.push(owner);
    }

    fn read_unit(&mut self, mut table: Fields<'_, '_>, own: &Own) {
        let source = table.source();
        let id = table.parsed("id", UNIT_ID_EXPECTED, "\"gjerstad-tjenestekontor\"", unit_id);
        self.ids.extend(id.clone());
        let owner = owner(&mut table, own);
        let name = table.words("name");
        let kinds: Vec<_> = UnitKind::ALL.iter().map(|it| (it.label(), *it)).collect();
        let kind = table.choice("kind", &kinds);
        if kind.is_none() {
            table.text("kind", "\"office\"");
        }
        let her_ids = her_ids(&mut table);
        let languages = table.choices("languages", LANGUAGES, |it| LANGUAGES.contains(&it).then(|| it.to_owned()));
        let max_unread_hours = table.number_maybe("max_unread_hours", 1, HOURS_MAX);
        let escalate_to = table.parsed_maybe("escalate_to", UNIT_ID_EXPECTED, unit_id);
        self.references.extend(escalate_to.clone());
        let validity = table.period();
        let notify = table.tables("notify", "notify table").into_iter().next().map(read_notify);
        let contact = table.tables("contact", "contact table").into_iter().next().map(read_contact);
        let covers = table.tables("covers", "cover").into_iter().filter_map(read_cover).collect();
        let group = table.tables("group", "group").into_iter().next().map(read_group);
        if let (Some(kind), Some(_)) = (&kind, &group)
            && !kind.value.is_group()
        {
            table.fault(
                format!("This unit has a group table, but its kind is {}.", kind.value.label()),
                "Set kind to group or leader_group, or remove the table.".to_owned(),
            );
        }
        table.finish();
        let (Some(id), Some(owner), Some(name), Some(kind)) = (id, owner, name, kind) else { return };
        self.units.push(Unit {
            id: id.value,
            owner,
            name,
            kind: kind.value,
            her_ids,
            languages,
            notify: notify.unwrap_or_default(),
            contact: contact.unwrap_or_default(),
            max_unread_hours: max_unread_hours.map(|it| it.value),
            escalate_to: escalate_to.map(|it| it.value),
            covers,
            group: kind.value.is_group().then(|| group.unwrap_or_default()),
            validity,
            source,
        });
    }

    fn read_default(&mut self, mut table: Fields<'_, '_>, own: &Own) {
        let unit = table.parsed("unit", UNIT_ID_EXPECTED, "\"gjerstad-tjenestekontor\"", unit_id);
        self.references.extend(unit.clone());
        let owner = owner(&mut table, own);
        let validity = table.period();
        table.finish();
        if let (Some(unit), Some(owner)) = (unit, owner) {
            self.defaults.push((owner, DefaultUnit { unit: unit.value, validity, source: unit.source }));
        }
    }

    fn read_rule(&mut self, mut table: Fields<'_, '_>, own: &Own) {
        let source = table.source();
        let name = table.parsed("name", UNIT_ID_EXPECTED, "\"barnekoordinator\"", unit_id);
        let owner = owner(&mut table, own);
        let why = table.words("why");
        let to = table.parsed_list("to", UNIT_ID_EXPECTED, unit_id);
        let aware = table.parsed_list("aware", UNIT_ID_EXPECTED, unit_id);
        let addressed_to = table.parsed_list("addressed_to", UNIT_ID_EXPECTED, unit_id);
        self.references.extend(to.iter().chain(&aware).chain(&addressed_to).cloned());
        let districts =
            table.parsed_list("districts", "six digits in quotes, or `missing`, or `unknown`", district_choice);
        if to.is_empty() {
            table.fault(
                "This rule names no unit that gets the report.".to_owned(),
                "Add a line `to = [\"…\"]`.".to_owned(),
            );
        }
        for it in aware.iter().filter(|it| to.iter().any(|to| to.value == it.value)) {
            table.fault(
                format!("`{}` both gets the report and is told of it.", it.value),
                "Remove it from `aware`; who has the report knows of it.".to_owned(),
            );
        }
        let conditions = Conditions {
            districts: districts.iter().map(|it| it.value.clone()).collect(),
            kinds: kinds(&mut table),
            needs: needs(&mut table),
            age: age_range(&mut table),
            unborn: table.truth_maybe("unborn"),
            services: services(&mut table),
            reporters: table.choices(
                "reporters",
                &codes(ReporterCategory::ALL, ReporterCategory::code),
                ReporterCategory::from_code,
            ),
            relayed: table.truth_maybe("relayed"),
            urgency: table.choice("urgency", &pairs(UrgencyLevel::ALL, UrgencyLevel::code)).map(|it| it.value),
            levels: table.choices("levels", &codes(ReceiverLevel::ALL, ReceiverLevel::code), ReceiverLevel::from_code),
            admitted: table.truth_maybe("admitted"),
            protected: table.truth_maybe("protected"),
            addressed_to: addressed_to.iter().map(|it| it.value.clone()).collect(),
        };
        let agreement = table.text_maybe("agreement").map(|it| it.value);
        let validity = table.period();
        table.finish();
        let (Some(name), Some(owner), Some(why)) = (name, owner, why) else { return };
        let rule = Rule {
            name: name.value.0,
            why: as_sentence(why),
            conditions,
            to: to.iter().map(|it| it.value.clone()).collect(),
            aware: aware.iter().map(|it| it.value.clone()).collect(),
            agreement,
            validity,
            source,
        };
        self.rules.push(RuleDraft { owner, rule, districts });
    }

    fn read_routine(&mut self, mut table: Fields<'_, '_>, own: &Own) {
        let source = table.source();
        let name = table.parsed("name", UNIT_ID_EXPECTED, "\"mottak\"", unit_id);
        let owner = owner(&mut table, own);
        let valid_from = table.date("valid_from", "2026-11-01");
        let title = table.words("title");
        let body = table.words("body");
        table.finish();
        let (Some(name), Some(owner), Some(from)) = (name, owner, valid_from) else { return };
        let (Some(title), Some(body)) = (title, body) else { return };
        self.routines.push(Routine { name: name.value.0, owner, valid_from: from.value, title, body, source });
    }

    fn read_change(&mut self, mut table: Fields<'_, '_>) {
        let file = table.source().file;
        let by = table.text("by", "\"Kari Systemkoordinator\"");
        let why = table.text_maybe("why");
        table.finish();
        self.changes.extend(by.map(|it| ChangeNote { file, by: it.value, why: why.map(|it| it.value) }));
    }

    fn read_case(&mut self, mut table: Fields<'_, '_>, own: &Own) {
        let source = table.source();
        let name = table.text("name", "\"En voksen med behov for koordinator\"");
        let on = table.date("on", "2026-10-15");
        let owner = owner(&mut table, own);
        let question = read_question(&mut table, owner.as_ref());
        let expected = table.parsed_list("expect", UNIT_ID_EXPECTED, unit_id);
        let aware = table.parsed_list("expect_aware", UNIT_ID_EXPECTED, unit_id);
        self.references.extend(expected.iter().chain(&aware).cloned());
        let rule = table.text_maybe("expect_rule");
        let alarm = table.truth_maybe("expect_alarm").unwrap_or(false);
        let refused = table.parsed_maybe("expect_refused", "the id of one of our codes, such as MP-481", Code::from_id);
        if expected.is_empty() == refused.is_none() {
            table.fault(
                "This case must say either which units get the report or with which code it is refused.".to_owned(),
                "Add a line `expect = [\"…\"]` or `expect_refused = \"MP-481\"`, and not both.".to_owned(),
            );
        }
        table.finish();
        let (Some(name), Some(on), Some(owner), Some(question)) = (name, on, owner, question) else { return };
        let units = |it: &[Placed<UnitId>]| it.iter().map(|it| it.value.clone()).collect::<Vec<_>>();
        let outcome = match refused {
            Some(code) => Expected::Refused(code.value),
            None => Expected::Units {
                content: units(&expected),
                aware: units(&aware),
                rule: rule.map(|it| it.value),
                alarm,
            },
        };
        self.cases.push(CaseDraft {
            case: Case { name: name.value, source, on: on.value, question, expected: outcome },
            owner,
        });
    }
}

fn read_question(table: &mut Fields<'_, '_>, owner: Option<&Owner>) -> Option<RouteQuestion> {
    let asked = table.parsed_maybe("asked_for", "four digits in quotes", MunicipalityNumber::parse);
    let level = table.choice("level", &pairs(ReceiverLevel::ALL, ReceiverLevel::code));
    let trust = table.parsed_maybe("asked_for_trust", "an organisation number", |it| OrgNumber::parse(it).ok());
    let age = table.months_maybe("age");
    let unborn = table.truth_maybe("unborn").unwrap_or(false);
    let protected = table.truth_maybe("protected").unwrap_or(false);
    let reporter = table.choice("reporter", &pairs(ReporterCategory::ALL, ReporterCategory::code));
    let question = RouteQuestion {
        municipality: match (asked, owner) {
            (Some(asked), _) => asked.value,
            (None, Some(Owner::Municipality(it))) => it.clone(),
            (None, Some(Owner::HospitalTrust(_)) | None) => {
                table.fault(
                    "This case does not say which municipality the report is for.".to_owned(),
                    "Add a line `asked_for = \"4211\"`.".to_owned(),
                );
                return None;
            }
        },
        district: table.parsed_maybe("district", "six digits in quotes", DistrictNumber::parse).map(|it| it.value),
        level: level.map_or(ReceiverLevel::Municipality, |it| it.value),
        hospital_trust: trust.map(|it| it.value),
        kind: table.choice("kind", &pairs(ReportKind::ALL, ReportKind::code)).map_or(ReportKind::Need, |it| it.value),
        needs: needs(table),
        age: Redacted::new(match (unborn, age) {
            (true, _) => AgeOnDay::Unborn,
            (false, Some(months)) => AgeOnDay::Months(months),
            (false, None) => AgeOnDay::Unknown,
        }),
        services: services(table),
        reporter: Some(reporter.map_or(ReporterCategory::GeneralPractitioner, |it| it.value)),
        relayed: table.truth_maybe("relayed").unwrap_or(false),
        urgency: table
            .choice("urgency", &pairs(UrgencyLevel::ALL, UrgencyLevel::code))
            .map_or(UrgencyLevel::Ordinary, |it| it.value),
        admitted: table.truth_maybe("admitted").unwrap_or(false),
        grading: if protected { AddressGrading::StrictlyConfidential } else { AddressGrading::Ungraded },
        receiver: table.number_maybe("addressed_to", 1, u32::MAX).map(|it| HerId(it.value)),
    };
    Some(question)
}

fn read_notify(mut table: Fields<'_, '_>) -> Notify {
    let mut mailbox =
        |name| table.parsed_maybe(name, "an e-mail address of a shared mailbox", email).map(|it| it.value);
    let [email, deputy_email, leader_email] = ["email", "deputy_email", "leader_email"].map(&mut mailbox);
    let url = table.parsed_maybe(
        "webhook_url",
        "an address that begins with https:// (or http:// on this machine)",
        web_address,
    );
    let secret = table.text_maybe("webhook_secret_file");
    if url.is_some() && secret.is_none() {
        table.fault(
            "The webhook has no secret, so its receiver cannot know that a call is ours.".to_owned(),
            "Add a line `webhook_secret_file = \"…\"` with the path of a file that holds the secret.".to_owned(),
        );
    }
    table.finish();
    let webhook = url.zip(secret).map(|(url, secret)| Webhook { url: url.value, secret_file: secret.value });
    Notify { email, deputy_email, leader_email, webhook }
}

fn read_contact(mut table: Fields<'_, '_>) -> PublicContact {
    let contact = PublicContact {
        telephone: table.text_maybe("telephone").map(|it| it.value),
        email: table.parsed_maybe("email", "an e-mail address", email).map(|it| it.value),
        post: table.text_maybe("post").map(|it| it.value),
        web: table.parsed_maybe("web", "a web address that begins with https://", web_address).map(|it| it.value),
        questionnaire: table
            .parsed_maybe("questionnaire", "a web address that begins with https://", web_address)
            .map(|it| it.value),
        opening_hours: table.words_maybe("opening_hours"),
        person: table.text_maybe("person").map(|it| it.value),
        deputy: table.text_maybe("deputy").map(|it| it.value),
        person_until: table.date_maybe("person_until").map(|it| it.value),
    };
    table.finish();
    contact
}

fn read_form(mut table: Fields<'_, '_>) -> FormChoice {
    let private_persons = table.truth_maybe("private_persons").unwrap_or(false);
    let extra = table.tables("extra", "extra kind").into_iter().filter_map(read_extra).collect();
    table.finish();
    FormChoice { private_persons, extra }
}

fn read_extra(mut table: Fields<'_, '_>) -> Option<ExtraKind> {
    let expected = "a word in capital letters, digits and underscores";
    let code = table.parsed("code", expected, "\"STOTTEKONTAKT\"", extra_code);
    let name = table.words("name");
    let service = table.choice("service", &SERVICE_KINDS.iter().map(|it| (*it, *it)).collect::<Vec<_>>());
    if service.is_none() {
        table.text("service", "\"STOTTEKONTAKT\"");
    }
    table.finish();
    Some(ExtraKind { code: code?.value, name: name?, service: service?.value.to_owned() })
}

/// It stands in forms' field values, so it is a plain word.
fn extra_code(text: &str) -> Option<String> {
    let plain = text.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == b'_');
    (plain && text.len() <= 40).then(|| text.to_owned())
}

fn read_cover(mut table: Fields<'_, '_>) -> Option<Cover> {
    let municipality = table.parsed("municipality", "four digits in quotes", "\"4212\"", MunicipalityNumber::parse);
    let kinds = kinds(&mut table);
    let needs = needs(&mut table);
    let agreement = table.text_maybe("agreement").map(|it| it.value);
    let validity = table.period();
    table.finish();
    Some(Cover { municipality: municipality?.value, kinds, needs, agreement, validity })
}

fn read_group(mut table: Fields<'_, '_>) -> Group {
    let mut members: Vec<Member> = table
        .parsed_list("members", ROLE_EXPECTED, role)
        .into_iter()
        .map(|it| Member { role: it.value, validity: Period::default() })
        .collect();
    for mut seat in table.tables("member", "member") {
        let named = seat.parsed("role", ROLE_EXPECTED, "\"kommuneoverlege\"", role);
        let validity = seat.period();
        seat.finish();
        members.extend(named.map(|it| Member { role: it.value, validity }));
    }
    let mut officer = |key| {
        let placed = table.parsed_maybe(key, ROLE_EXPECTED, role)?;
        if !members.iter().any(|it| it.role == placed.value) {
            table.fault(
                format!("The {key} `{}` is not among the members of the group.", placed.value),
                "Add the role to `members`, or name a role that is there.".to_owned(),
            );
        }
        Some(placed.value)
    };
    let (leader, secretary) = (officer("leader"), officer("secretary"));
    let (deputy, backup_reader) = (officer("deputy"), officer("backup_reader"));
    let hours = table.number_maybe("backup_after_unread_hours", 1, HOURS_MAX);
    table.finish();
    Group { leader, secretary, deputy, backup_reader, backup_after_unread_hours: hours.map(|it| it.value), members }
}

fn owner(table: &mut Fields<'_, '_>, own: &Own) -> Option<Owner> {
    let municipality = table.parsed_maybe("municipality", "four digits in quotes", MunicipalityNumber::parse);
    let trust = table.parsed_maybe("hospital_trust", "an organisation number", |it| OrgNumber::parse(it).ok());
    match (municipality, trust, own) {
        (Some(it), None, _) => Some(Owner::Municipality(it.value)),
        (None, Some(it), _) => Some(Owner::HospitalTrust(it.value)),
        (None, None, Own::Only(own)) => Some(own.clone()),
        (None, None, Own::Faulty) => None,
        (Some(_), Some(_), _) => {
            table.fault(
                "This names both a municipality and a hospital trust.".to_owned(),
                "Remove one of the two.".to_owned(),
            );
            None
        }
        (None, None, Own::Unclear) => {
            table.fault(
                "This does not say whose it is, and the file does not have exactly one municipality or hospital trust."
                    .to_owned(),
                "Add a line `municipality = \"4211\"` or `hospital_trust = \"310000108\"`.".to_owned(),
            );
            None
        }
    }
}

fn her_ids(table: &mut Fields<'_, '_>) -> Vec<HerId> {
    table.numbers("her_ids", 1, u32::MAX).into_iter().map(|it| HerId(it.value)).collect()
}

fn kinds(table: &mut Fields<'_, '_>) -> Vec<ReportKind> {
    table.choices("kinds", &codes(ReportKind::ALL, ReportKind::code), ReportKind::from_code)
}

fn needs(table: &mut Fields<'_, '_>) -> Vec<NeedKind> {
    table.choices("needs", &codes(NeedKind::ALL, NeedKind::code), NeedKind::from_code)
}

fn services(table: &mut Fields<'_, '_>) -> Vec<String> {
    table.choices("services", SERVICE_KINDS, |it| SERVICE_KINDS.contains(&it).then(|| it.to_owned()))
}

fn age_range(table: &mut Fields<'_, '_>) -> Option<AgeRange> {
    let from_months = table.months_maybe("age_from");
    let below_months = table.months_maybe("age_below");
    let or_unknown = table.truth_maybe("age_or_unknown");
    if let (Some(from), Some(below)) = (from_months, below_months)
        && below <= from
    {
        table.fault(
            "No age is from `age_from` and below `age_below`.".to_owned(),
            "Correct the two ages; the upper one is not included.".to_owned(),
        );
    }
    if from_months.is_none() && below_months.is_none() {
        if or_unknown.is_some() {
            table.fault(
                "`age_or_unknown` says nothing without an age limit.".to_owned(),
                "Add `age_from` or `age_below`, or remove it.".to_owned(),
            );
        }
        return None;
    }
    Some(AgeRange { from_months, below_months, or_unknown: or_unknown.unwrap_or(false) })
}
