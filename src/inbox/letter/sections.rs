//! Every field of a report, in the order of the standard (domain/FACTS.md § 2.5).

use crate::domain::Coded;
use crate::domain::Contact;
use crate::domain::Guardian;
use crate::domain::Language;
use crate::domain::MunicipalityNumber;
use crate::domain::NeedReport;
use crate::domain::ProcessingStatus;
use crate::domain::Redacted;
use crate::domain::Report;
use crate::domain::ReportPatient;
use crate::domain::Reporter;
use crate::domain::Service;
use crate::domain::Timestamp;
use crate::inbox::letter::Entry;
use crate::inbox::letter::Section;
use crate::inbox::letter::care;
use crate::inbox::letter::consent_lines;
use crate::inbox::letter::dialogue;
use crate::inbox::letter::header;
use crate::inbox::letter::name_of;
use crate::inbox::letter::person_id;
use crate::inbox::letter::revealed;
use crate::inbox::moment;
use crate::inbox::moment::Moment;
use crate::inbox::port::Names;
use crate::inbox::port::ReadMessage;
use crate::inbox::texts::Words;
use jiff::civil::Date;

/// The letter. Sections without content are left out.
pub(in crate::inbox) fn sections(
    read: &ReadMessage,
    names: &dyn Names,
    now: Timestamp,
    language: Language,
) -> Vec<Section> {
    let writer = Writer { t: Words(language), names, now };
    let mut sections = match &read.report {
        Report::Need { report, .. } => writer.report(report),
        Report::Dialogue(_) | Report::Care(_) => Vec::new(),
    };
    let header_person = |it| read.report.need().is_none().then(|| writer.header_person(it));
    if let Some(it) = read.report.dialogue() {
        sections.extend(dialogue::sections(it, writer.t));
        sections.extend(header_person(it.patient.as_ref()));
    }
    if let Some(it) = read.report.care() {
        sections.extend(care::sections(it, writer.t));
        sections.extend(header_person(it.patient.as_ref()));
    }
    sections.push(writer.about(read));
    sections.push(header::section(&read.particulars, writer.now, writer.t));
    sections.retain(|it| !it.entries.is_empty());
    sections
}

/// Fields under one heading, in the making.
pub(super) struct Fields(Vec<Entry>);

impl Fields {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    pub(super) fn push(&mut self, entry: Entry) {
        self.0.push(entry);
    }

    pub(super) fn say(&mut self, label: &str, text: Option<impl Into<String>>) {
        self.lines(label, text.map(Into::into).filter(|it| !it.is_empty()).into_iter().collect());
    }

    pub(super) fn prose(&mut self, label: &str, text: &Option<Redacted<String>>) {
        if let Some(text) = revealed(text) {
            self.0.push(Entry { label: label.to_owned(), lines: vec![text.to_owned()], prose: true, rich: None });
        }
    }

    pub(super) fn lines(&mut self, label: &str, lines: Vec<String>) {
        if !lines.is_empty() {
            self.0.push(Entry { label: label.to_owned(), lines, prose: false, rich: None });
        }
    }

    pub(super) fn under(self, heading: &str) -> Section {
        Section { heading: heading.to_owned(), entries: self.0 }
    }
}

struct Writer<'a> {
    t: Words,
    names: &'a dyn Names,
    now: Timestamp,
}

impl Writer<'_> {
    fn report(&self, report: &NeedReport) -> Vec<Section> {
        let mut sections = vec![self.need(report), self.person(report)];
        sections.push(self.guardians(report));
        sections.push(self.consent(report));
        sections.push(self.reporter(self.t.section_reporter(), &report.reporter));
        sections.extend(report.original_reporter.as_ref().map(|it| self.reporter(self.t.original_reporter(), it)));
        sections.push(self.services(report));
        sections.push(self.existing(report));
        sections.push(self.circumstances(report));
        sections
    }

    /// The person of a message that is no report of need, who stands in the header.
    fn header_person(&self, patient: Option<&ReportPatient>) -> Section {
        let mut fields = Fields(Vec::new());
        if let Some(patient) = patient {
            self.patient(&mut fields, patient);
        }
        fields.under(self.t.section_person())
    }

    fn need(&self, report: &NeedReport) -> Section {
        let t = self.t;
        let mut fields = Fields(Vec::new());
        let needs = report.needs.iter().map(|need| {
            let kind = t.code("BehovType", need.kind.code());
            let sides: Vec<_> =
                need.dimensions.iter().map(|it| t.code("Dimensjon", it.code()).to_lowercase()).collect();
            if sides.is_empty() { kind } else { format!("{kind} – {}", sides.join(", ")) }
        });
        fields.lines(t.label_needs(), needs.collect());
        fields.prose(t.label_description(), &report.description);
        fields.prose(t.label_what_matters(), &report.what_matters);
        fields.prose(t.label_goals(), &report.goals);
        fields.say(t.label_duration(), report.duration.map(|it| t.code("Varighet", it.code())));
        if let Some(wish) = &report.coordinator_wish {
            let said = t.code("Onske", &wish.wish);
            let said = revealed(&wish.who).map_or_else(|| said.clone(), |it| format!("{said}: {it}"));
            fields.say(t.label_coordinator_wish(), Some(said));
        }
        fields.under(t.section_need())
    }

    fn person(&self, report: &NeedReport) -> Section {
        let t = self.t;
        let mut fields = Fields(Vec::new());
        if let Some(patient) = &report.patient {
            self.patient(&mut fields, patient);
        }
        fields.say(t.label_family_link(), revealed(&report.family_link).map(|it| t.family_link_said(&it)));
        fields.under(t.section_person())
    }

    fn patient(&self, fields: &mut Fields, patient: &ReportPatient) {
        let t = self.t;
        fields.say(t.label_name(), Some(name_of(patient, t)));
        fields.say(t.label_id(), Some(person_id(patient, t)));
        fields.say(t.label_born(), patient.date_of_birth.as_ref().map(|it| self.date(*it.reveal())));
        if let Some(due) = &patient.unborn {
            let due = due.reveal().map_or_else(|| t.unknown().to_owned(), |it| self.date(it));
            fields.say(t.unborn(), Some(format!("{}: {due}", t.due_date())));
        }
        fields.say(t.telephone(), revealed(&patient.telephone));
        fields.say(t.email(), revealed(&patient.email));
        fields.say(t.label_address(), revealed(&patient.address));
        if patient.grading.is_protected() {
            fields.say(t.label_grading(), Some(t.code("Adressegradering", patient.grading.code())));
        }
        let spoken = patient.language.as_ref().map(|it| t.code("Spraak", it.reveal()));
        fields.say(t.label_spoken(), spoken);
        fields.say(t.label_interpreter(), patient.needs_interpreter.map(|it| t.yes_no(it)));
        let ways = patient.contact_ways.iter().map(|it| t.code("KanKontaktesVia", it.code()));
        fields.lines(t.label_contact_ways(), ways.collect());
    }

    fn guardians(&self, report: &NeedReport) -> Section {
        let t = self.t;
        let mut fields = Fields(Vec::new());
        for guardian in &report.guardians {
            let relation = guardian.relation.as_deref().map(|it| t.code("Slektskap", it));
            fields.lines(&relation.unwrap_or_else(|| t.guardian().to_owned()), self.guardian(guardian));
        }
        if let Some(missing) = &report.no_guardian {
            let reason = t.code("ForesattManglerGrunn", &missing.reason);
            let lines = [Some(reason), revealed(&missing.text).map(ToOwned::to_owned)];
            fields.lines(t.label_no_guardian(), lines.into_iter().flatten().collect());
        }
        for representative in &report.representatives {
            let kind = representative.kind.as_deref().map(|it| t.code("VergeType", it));
            let scope = revealed(&representative.scope).map(|it| format!("{}: {it}", t.covers()));
            let telephone = revealed(&representative.telephone).map(|it| format!("{} {it}", t.telephone()));
            let name = revealed(&representative.name).map(ToOwned::to_owned);
            let lines = [name, telephone, scope].into_iter().flatten().collect();
            fields.lines(&kind.unwrap_or_else(|| t.representative().to_owned()), lines);
        }
        fields.under(t.section_guardians())
    }

    fn guardian(&self, guardian: &Guardian) -> Vec<String> {
        let t = self.t;
        let answer = |label: &str, it: Option<bool>| it.map(|it| format!("{label}: {}", t.yes_no(it).to_lowercase()));
        let lines = [
            revealed(&guardian.name).map(ToOwned::to_owned),
            revealed(&guardian.telephone).map(|it| format!("{} {it}", t.telephone())),
            answer(t.label_parental(), guardian.has_parental_responsibility),
            answer(t.label_informed(), guardian.informed),
            revealed(&guardian.not_informed_reason).map(|it| format!("{}: {it}", t.reason())),
            (guardian.must_not_be_informed == Some(true)).then(|| t.must_not_be_informed().to_owned()),
        ];
        lines.into_iter().flatten().collect()
    }

    fn consent(&self, report: &NeedReport) -> Section {
        let t = self.t;
        let mut fields = Fields(Vec::new());
        // A question about nobody has nothing to consent to.
        if report.patient.is_some() {
            fields.lines(t.section_consent(), consent_lines(report, t));
            let basis = report.consent.basis.map(|it| t.code("GrunnlagKode", it.code()));
            let reason = revealed(&report.consent.basis_reason).map(ToOwned::to_owned);
            fields.lines(t.label_basis(), [basis, reason].into_iter().flatten().collect());
        }
        fields.under(t.section_consent())
    }

    fn reporter(&self, heading: &str, reporter: &Reporter) -> Section {
        let t = self.t;
        let mut fields = Fields(Vec::new());
        fields.say(t.label_category(), Some(t.code("MelderKategori", reporter.category.code())));
        // A service that staff know by name alone stands as the reporter's unit.
        let is_named = reporter.private && !reporter.category.is_private();
        if reporter.private && !is_named {
            fields.say(t.label_organisation(), Some(t.private_person()));
        }
        let number = reporter.organisation.as_ref().map(|it| format!("{} {it}", t.organisation_number()));
        let her_id = reporter.her_id.map(|it| format!("HER-id {it}"));
        let place = [reporter.organisation_name.clone(), number, her_id].into_iter().flatten().collect();
        fields.lines(t.label_organisation(), place);
        let unit = if is_named { t.label_organisation() } else { t.label_department() };
        fields.say(unit, reporter.unit.clone());
        fields.say(t.label_name(), revealed(&reporter.name));
        fields.lines(t.label_role(), reporter.roles.iter().map(coded).collect());
        fields.say(t.label_position(), reporter.position.clone());
        fields.say(t.telephone(), revealed(&reporter.telephone));
        fields.say(t.email(), revealed(&reporter.email));
        fields.say(t.label_hpr(), revealed(&reporter.hpr));
        fields.say(t.label_wants_answer(), reporter.wants_answer.map(|it| t.yes_no(it)));
        let channel = reporter.answer_channel.as_deref().map(|it| t.code("SvarKanal", it));
        fields.say(t.label_answer_channel(), channel);
        fields.under(heading)
    }

    fn services(&self, report: &NeedReport) -> Section {
        let mut fields = Fields(Vec::new());
        for service in &report.services {
            fields.lines(&self.t.code("TjenesteType", &service.kind), self.service(service));
        }
        fields.under(self.t.section_services())
    }

    fn service(&self, service: &Service) -> Vec<String> {
        let t = self.t;
        let status = service.status.as_deref().map(|it| t.code("TjenesteStatus", it));
        let level = service.level.as_deref().map(|it| t.code("TjenesteNivaa", it).to_lowercase());
        let standing = [status, level].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let name = revealed(&service.name).map(ToOwned::to_owned);
        let contact = service.contact.as_ref().map(|it| self.contact(it));
        let standing = (!standing.is_empty()).then_some(standing);
        // A service about which nothing more was said is still a service.
        let lines: Vec<_> = [standing, name, contact].into_iter().flatten().collect();
        if lines.is_empty() { vec!["–".to_owned()] } else { lines }
    }

    fn contact(&self, contact: &Contact) -> String {
        let telephone = revealed(&contact.telephone).map(|it| format!("{} {it}", self.t.telephone().to_lowercase()));
        let parts = [
            revealed(&contact.name).map(ToOwned::to_owned),
            telephone,
            revealed(&contact.email).map(ToOwned::to_owned),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    fn existing(&self, report: &NeedReport) -> Section {
        let t = self.t;
        let mut fields = Fields(Vec::new());
        for entry in &report.existing.entries {
            let answer = entry.answer.as_deref().map(|it| t.code("JaNeiUkjent", it));
            let contact = entry.contact.as_ref().map(|it| self.contact(it));
            let lines = [answer, contact].into_iter().flatten().collect();
            fields.lines(&t.code("Eksisterende", &entry.what), lines);
        }
        fields.under(t.section_existing())
    }

    fn circumstances(&self, report: &NeedReport) -> Section {
        let t = self.t;
        let mut fields = Fields(Vec::new());
        let reason = report.urgency.reason.as_deref().map(|it| t.code("HasteGrunn", it));
        let level = t.code("HastegradKode", report.urgency.level.code());
        fields.lines(t.label_urgency(), [Some(level), reason].into_iter().flatten().collect());
        if let Some(admission) = &report.admission {
            let hospital = admission.hospital.as_ref().map(|it| format!("{}: {it}", t.organisation_number()));
            let ward = revealed(&admission.ward).map(|it| format!("{}: {it}", t.label_department()));
            let discharge =
                admission.planned_discharge.map(|it| format!("{}: {}", t.planned_discharge(), self.date(it)));
            fields.lines(t.label_admission(), [hospital, ward, discharge].into_iter().flatten().collect());
        }
        let transitions = report.transitions.iter().map(|it| t.code("OvergangType", it));
        fields.lines(t.label_transitions(), transitions.collect());
        if let Some(moving) = &report.new_municipality {
            let from = moving.from.map(|it| self.date(it));
            let to = Some(self.municipality(&moving.municipality));
            fields.lines(t.moves_to(), [to, from].into_iter().flatten().collect());
        }
        let attached = report.attachments.iter().map(|it| {
            let kind = t.code("VedleggType", &it.kind);
            revealed(&it.title).map_or_else(|| kind.clone(), |title| format!("{kind}: {title}"))
        });
        fields.lines(t.label_attached(), attached.collect());
        fields.under(t.section_circumstances())
    }

    fn about(&self, read: &ReadMessage) -> Section {
        let t = self.t;
        let (head, report) = (&read.head, read.report.need());
        let mut fields = Fields(Vec::new());
        if let Some(report) = report {
            fields.say(t.label_kind(), Some(t.code("Meldingstype", report.kind.code())));
            fields.say(t.label_created(), Some(Moment::of(report.created, self.now, t.0).full));
            fields.say(t.label_written_in(), report.language.as_deref().map(|it| t.code("Spraak", it)));
        } else {
            let kind = &head.message_type;
            fields.say(t.label_kind(), kind.name.as_deref().or(kind.code.as_deref()));
            let created = head.generated.at.map(|it| Moment::of(it, self.now, t.0).full);
            fields.say(t.label_created(), created);
        }
        let status = match &head.processing {
            ProcessingStatus::Production => None,
            ProcessingStatus::Training => Some(t.processing_training().to_owned()),
            ProcessingStatus::Debugging => Some(t.processing_debugging().to_owned()),
            ProcessingStatus::Unknown(code) => Some(code.clone()),
        };
        fields.say(t.label_processing(), status);
        let priority = head.priority.as_ref().and_then(|it| it.name.as_deref().or(it.code.as_deref()));
        fields.say(t.label_priority(), priority);
        if let Some(report) = report {
            fields.say(t.label_concerns(), report.concerns.clone());
            fields.say(t.label_report_id(), Some(report.report_id.clone()));
        }
        if let Some(conversation) = &head.conversation {
            fields.say(t.label_answers(), Some(conversation.parent.as_str()));
            fields.say(t.label_conversation(), Some(conversation.conversation.as_str()));
        }
        fields.say(t.label_from(), Some(head.sender.display_name()));
        fields.say(t.label_to(), Some(head.receiver.display_name()));
        if let Some(wish) = report.map(|it| &it.receiver) {
            let mut receiver = vec![self.municipality(&wish.municipality)];
            receiver.extend(wish.district.as_ref().map(|it| format!("{} {it}", t.district())));
            receiver.push(t.code("MottakerNivaa", wish.level.code()));
            receiver.extend(wish.organisation.as_ref().map(|it| format!("{} {it}", t.organisation_number())));
            fields.lines(t.label_receiver_wish(), receiver);
        }
        let others = head.other_receivers.iter().map(|it| it.party.display_name());
        fields.lines(t.label_other_receivers(), others.filter(|it| !it.is_empty()).collect());
        if report.is_some_and(|it| it.has_local_extension) {
            fields.say(t.label_extension(), Some(t.extension_not_shown()));
        }
        fields.under(t.section_about())
    }

    fn date(&self, day: Date) -> String {
        moment::date(day, self.t.0)
    }

    fn municipality(&self, number: &MunicipalityNumber) -> String {
        match self.names.municipality(number) {
            Some(name) => format!("{name} ({number})"),
            None => number.to_string(),
        }
    }
}

/// A national code as the sender named it, or the code itself.
fn coded(coded: &Coded) -> String {
    let name = coded.name.as_deref().or(coded.other.as_deref()).or(coded.code.as_deref());
    name.unwrap_or("–").to_owned()
}
