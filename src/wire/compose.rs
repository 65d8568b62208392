//! Writes a report of need as a message of its own: behovsmelding 1.0 in MsgHead 1.2. The twin of the readers `msghead` and
//! `behovsmelding`: what is written here is read back as the same report.
//!
//! A local extension is not written: nobody here makes one.

use crate::domain::AddressGrading;
use crate::domain::Coded;
use crate::domain::Consent;
use crate::domain::Contact;
use crate::domain::Existing;
use crate::domain::Guardian;
use crate::domain::HerId;
use crate::domain::Ident;
use crate::domain::LevelKind;
use crate::domain::NeedReport;
use crate::domain::OrgNumber;
use crate::domain::Party;
use crate::domain::PartyLevel;
use crate::domain::PersonName;
use crate::domain::Redacted;
use crate::domain::ReportPatient;
use crate::domain::Reporter;
use crate::domain::Service;
use crate::domain::Timestamp;
use crate::domain::UrgencyLevel;
use quick_xml::Writer;
use quick_xml::events::BytesDecl;
use quick_xml::events::BytesText;
use quick_xml::events::Event;
use std::io;

/// Code list of ids of organisations (ID-type for virksomhet).
const ORGANISATION_IDS: &str = "2.16.578.1.12.4.1.1.9051";
/// Code list of ids of persons.
const PERSON_IDS: &str = "2.16.578.1.12.4.1.1.8116";

type Out = Writer<Vec<u8>>;

/// What a message needs besides its report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Envelope {
    pub message_id: String,
    pub generated: Timestamp,
    pub sender: Party,
    pub receiver: Party,
}

/// An organisation as a level of a party.
pub fn level(name: &str, her_id: HerId, organisation: Option<&OrgNumber>) -> PartyLevel {
    let ident = |id: String, kind: &str| Ident {
        id,
        kind: Coded {
            code: Some(kind.to_owned()),
            system: Some(ORGANISATION_IDS.to_owned()),
            name: Some(kind.to_owned()),
            other: None,
        },
    };
    let mut idents = vec![ident(her_id.to_string(), "HER")];
    idents.extend(organisation.map(|it| ident(it.to_string(), "ENH")));
    PartyLevel { kind: LevelKind::Organisation, name: name.to_owned(), idents }
}

/// The message as XML in UTF-8. The same envelope and report give the same bytes.
pub fn message(envelope: &Envelope, report: &NeedReport) -> Vec<u8> {
    let mut out = Writer::new(Vec::with_capacity(8192));
    write(&mut out, envelope, report).expect("writing to memory does not fail");
    out.into_inner()
}

fn write(out: &mut Out, envelope: &Envelope, report: &NeedReport) -> io::Result<()> {
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = out.create_element("MsgHead").with_attribute(("xmlns", super::msghead::NAMESPACE));
    root.write_inner_content(|out| {
        out.create_element("MsgInfo").write_inner_content(|out| info(out, envelope, report))?;
        out.create_element("Document").write_inner_content(|out| document(out, envelope, report))?;
        Ok(())
    })?;
    Ok(())
}

fn info(out: &mut Out, envelope: &Envelope, report: &NeedReport) -> io::Result<()> {
    code(out, "Type", "BEHOVSMELDING", None, "Melding om behov")?;
    element(out, "MIGversion", "v1.2 2006-05-24")?;
    element(out, "GenDate", &envelope.generated.to_string())?;
    element(out, "MsgId", &envelope.message_id)?;
    code(out, "Ack", "J", None, "Ja")?;
    out.create_element("Sender").write_inner_content(|out| levels(out, &envelope.sender.levels))?;
    out.create_element("Receiver").write_inner_content(|out| levels(out, &envelope.receiver.levels))?;
    if let Some(patient) = &report.patient {
        out.create_element("Patient").write_inner_content(|out| head_patient(out, patient))?;
    }
    Ok(())
}

fn levels(out: &mut Out, rest: &[PartyLevel]) -> io::Result<()> {
    let Some((level, inner)) = rest.split_first() else { return Ok(()) };
    out.create_element("Organisation").write_inner_content(|out| {
        element(out, "OrganisationName", &level.name)?;
        for ident in &level.idents {
            out.create_element("Ident").write_inner_content(|out| {
                element(out, "Id", &ident.id)?;
                let kind = ident.kind.code.as_deref().unwrap_or_default();
                let (system, name) = (ident.kind.system.as_deref(), ident.kind.name.as_deref());
                code(out, "TypeId", kind, system, name.unwrap_or(kind))
            })?;
        }
        levels(out, inner)
    })?;
    Ok(())
}

fn head_patient(out: &mut Out, patient: &ReportPatient) -> io::Result<()> {
    if let Some(name) = &patient.name {
        personal(out, "FamilyName", name.family.as_ref())?;
        personal(out, "MiddleName", name.middle.as_ref())?;
        personal(out, "GivenName", name.given.as_ref())?;
    }
    if let Some(born) = &patient.date_of_birth {
        element(out, "DateOfBirth", &born.reveal().to_string())?;
    }
    if let Some(number) = &patient.id.number {
        out.create_element("Ident").write_inner_content(|out| {
            element(out, "Id", number.reveal())?;
            code(out, "TypeId", &patient.id.kind, Some(PERSON_IDS), &patient.id.kind)
        })?;
    }
    Ok(())
}

fn document(out: &mut Out, envelope: &Envelope, report: &NeedReport) -> io::Result<()> {
    code(out, "DocumentConnection", "H", None, "Hoveddokument")?;
    element(out, "ContentDescription", "Melding om behov")?;
    out.create_element("RefDoc").write_inner_content(|out| {
        let made = envelope.generated.to_string();
        out.create_element("IssueDate").with_attribute(("V", made.as_str())).write_empty()?;
        code(out, "MsgType", "XML", None, "XML-instans")?;
        element(out, "MimeType", "text/xml")?;
        out.create_element("Content").write_inner_content(|out| need_report(out, report))?;
        Ok(())
    })?;
    Ok(())
}

fn need_report(out: &mut Out, report: &NeedReport) -> io::Result<()> {
    let created = report.created.to_string();
    let mut root = out
        .create_element(super::behovsmelding::ROOT)
        .with_attribute(("xmlns", super::behovsmelding::NAMESPACE))
        .with_attribute(("meldingsId", report.report_id.as_str()))
        .with_attribute(("opprettet", created.as_str()));
    if let Some(language) = &report.language {
        root = root.with_attribute(("spraak", language.as_str()));
    }
    if let Some(concerns) = &report.concerns {
        root = root.with_attribute(("gjelder", concerns.as_str()));
    }
    root.write_inner_content(|out| {
        element(out, "Meldingstype", report.kind.code())?;
        receiver(out, report)?;
        if let Some(it) = &report.patient {
            out.create_element("Pasient").write_inner_content(|out| patient(out, it))?;
        }
        for it in &report.guardians {
            out.create_element("Foresatt").write_inner_content(|out| guardian(out, it))?;
        }
        if let Some(it) = &report.no_guardian {
            with_code(out, "ForesattMangler", "grunn", Some(&it.reason), it.text.as_ref())?;
        }
        for it in &report.representatives {
            out.create_element("Verge").write_inner_content(|out| {
                maybe(out, "Type", it.kind.as_deref())?;
                personal(out, "Navn", it.name.as_ref())?;
                personal(out, "Telefon", it.telephone.as_ref())?;
                personal(out, "Omfang", it.scope.as_ref())
            })?;
        }
        if report.patient.is_some() {
            out.create_element("Samtykke").write_inner_content(|out| consent(out, &report.consent))?;
        }
        out.create_element("Melder").write_inner_content(|out| reporter(out, &report.reporter))?;
        if let Some(it) = &report.original_reporter {
            out.create_element("OpprinneligMelder").write_inner_content(|out| reporter(out, it))?;
        }
        what_is_needed(out, report)?;
        around(out, report)
    })?;
    Ok(())
}

fn receiver(out: &mut Out, report: &NeedReport) -> io::Result<()> {
    let wish = &report.receiver;
    out.create_element("Mottaker").write_inner_content(|out| {
        element(out, "Kommunenr", wish.municipality.as_str())?;
        maybe(out, "Bydel", wish.district.as_ref().map(crate::domain::DistrictNumber::as_str))?;
        element(out, "Nivaa", wish.level.code())?;
        maybe(out, "Orgnr", wish.organisation.as_deref())
    })?;
    Ok(())
}

fn patient(out: &mut Out, patient: &ReportPatient) -> io::Result<()> {
    let id = &patient.id;
    let mut start = out.create_element("Id").with_attribute(("type", id.kind.as_str()));
    if let Some(reason) = &id.reason {
        start = start.with_attribute(("grunn", reason.as_str()));
    }
    match &id.number {
        Some(number) => start.write_text_content(BytesText::new(number.reveal()))?,
        None => start.write_empty()?,
    };
    if let Some(PersonName { given, middle, family }) = &patient.name {
        out.create_element("Navn").write_inner_content(|out| {
            personal(out, "Fornavn", given.as_ref())?;
            personal(out, "Mellomnavn", middle.as_ref())?;
            personal(out, "Etternavn", family.as_ref())
        })?;
    }
    if let Some(born) = &patient.date_of_birth {
        element(out, "Fodselsdato", &born.reveal().to_string())?;
    }
    if let Some(unborn) = &patient.unborn {
        let due = unborn.reveal().map(|it| it.to_string());
        let mut start = out.create_element("Ufodt");
        if let Some(due) = &due {
            start = start.with_attribute(("termin", due.as_str()));
        }
        start.write_text_content(BytesText::new("true"))?;
    }
    personal(out, "Telefon", patient.telephone.as_ref())?;
    personal(out, "Epost", patient.email.as_ref())?;
    if let Some(address) = &patient.address {
        out.create_element("Adresse").write_inner_content(|out| element(out, "Gate", address.reveal()))?;
    }
    if patient.grading != AddressGrading::Ungraded {
        element(out, "Adressegradering", patient.grading.code())?;
    }
    personal(out, "Spraak", patient.language.as_ref())?;
    truth(out, "TolkBehov", patient.needs_interpreter)?;
    for way in &patient.contact_ways {
        element(out, "KanKontaktesVia", way.code())?;
    }
    Ok(())
}

fn guardian(out: &mut Out, guardian: &Guardian) -> io::Result<()> {
    maybe(out, "Relasjon", guardian.relation.as_deref())?;
    personal(out, "Navn", guardian.name.as_ref())?;
    personal(out, "Telefon", guardian.telephone.as_ref())?;
    maybe(out, "HarForeldreansvar", guardian.has_parental_responsibility.map(|it| if it { "JA" } else { "NEI" }))?;
    truth(out, "Orientert", guardian.informed)?;
    personal(out, "OrientertGrunn", guardian.not_informed_reason.as_ref())?;
    truth(out, "SkalIkkeInformeres", guardian.must_not_be_informed)
}

fn consent(out: &mut Out, consent: &Consent) -> io::Result<()> {
    element(out, "Status", consent.status.code())?;
    maybe(out, "Dato", consent.date.map(|it| it.to_string()).as_deref())?;
    if consent.given_by_role.is_some() || consent.given_by.is_some() {
        with_code(out, "AvgittAv", "rolle", consent.given_by_role.as_deref(), consent.given_by.as_ref())?;
    }
    for scope in &consent.scopes {
        with_code(out, "Omfang", "kode", Some(&scope.code), scope.text.as_ref())?;
    }
    maybe(out, "GyldigTil", consent.valid_until.map(|it| it.to_string()).as_deref())?;
    if consent.basis.is_some() || consent.basis_reason.is_some() {
        let basis = consent.basis.map(crate::domain::LegalBasis::code);
        with_code(out, "Grunnlag", "kode", basis, consent.basis_reason.as_ref())?;
    }
    Ok(())
}

fn reporter(out: &mut Out, reporter: &Reporter) -> io::Result<()> {
    element(out, "Kategori", reporter.category.code())?;
    if reporter.private {
        out.create_element("Privat").write_empty()?;
    } else {
        out.create_element("Virksomhet").write_inner_content(|out| {
            maybe(out, "Orgnr", reporter.organisation.as_deref())?;
            maybe(out, "HerId", reporter.her_id.map(|it| it.to_string()).as_deref())?;
            maybe(out, "Navn", reporter.organisation_name.as_deref())
        })?;
    }
    maybe(out, "Enhet", reporter.unit.as_deref())?;
    personal(out, "Navn", reporter.name.as_ref())?;
    for role in &reporter.roles {
        let mut start = out.create_element("Rolle");
        for (name, value) in [("V", &role.code), ("S", &role.system), ("DN", &role.name)] {
            if let Some(value) = value {
                start = start.with_attribute((name, value.as_str()));
            }
        }
        start.write_empty()?;
    }
    maybe(out, "Stilling", reporter.position.as_deref())?;
    personal(out, "Telefon", reporter.telephone.as_ref())?;
    personal(out, "Epost", reporter.email.as_ref())?;
    personal(out, "Hpr", reporter.hpr.as_ref())?;
    truth(out, "SvarOnskes", reporter.wants_answer)?;
    maybe(out, "SvarKanal", reporter.answer_channel.as_deref())
}

fn what_is_needed(out: &mut Out, report: &NeedReport) -> io::Result<()> {
    for need in &report.needs {
        out.create_element("Behov").write_inner_content(|out| {
            element(out, "Type", need.kind.code())?;
            need.dimensions.iter().try_for_each(|it| element(out, "Dimensjon", it.code()))
        })?;
    }
    personal(out, "Beskrivelse", report.description.as_ref())?;
    personal(out, "HvaErViktigForPersonen", report.what_matters.as_ref())?;
    personal(out, "Maal", report.goals.as_ref())?;
    maybe(out, "Varighet", report.duration.map(crate::domain::ExpectedDuration::code))?;
    for it in &report.services {
        out.create_element("Tjeneste").write_inner_content(|out| service(out, it))?;
    }
    existing(out, &report.existing)
}

fn service(out: &mut Out, service: &Service) -> io::Result<()> {
    element(out, "Type", &service.kind)?;
    maybe(out, "Nivaa", service.level.as_deref())?;
    maybe(out, "Status", service.status.as_deref())?;
    personal(out, "Navn", service.name.as_ref())?;
    service.contact.as_ref().map_or(Ok(()), |it| contact(out, it))
}

fn contact(out: &mut Out, contact: &Contact) -> io::Result<()> {
    out.create_element("Kontakt").write_inner_content(|out| {
        personal(out, "Navn", contact.name.as_ref())?;
        personal(out, "Telefon", contact.telephone.as_ref())?;
        personal(out, "Epost", contact.email.as_ref())
    })?;
    Ok(())
}

fn existing(out: &mut Out, existing: &Existing) -> io::Result<()> {
    if existing.entries.is_empty() {
        return Ok(());
    }
    out.create_element("Eksisterende").write_inner_content(|out| {
        for entry in &existing.entries {
            let mut start = out.create_element(entry.what.as_str());
            if let Some(answer) = &entry.answer {
                start = start.with_attribute(("svar", answer.as_str()));
            }
            match &entry.contact {
                Some(it) => start.write_inner_content(|out| contact(out, it))?,
                None => start.write_empty()?,
            };
        }
        Ok(())
    })?;
    Ok(())
}

/// What may make a difference to who looks and when.
fn around(out: &mut Out, report: &NeedReport) -> io::Result<()> {
    if let Some(it) = &report.coordinator_wish {
        out.create_element("KoordinatorOnske").write_inner_content(|out| {
            element(out, "Onske", &it.wish)?;
            personal(out, "Hvem", it.who.as_ref())
        })?;
    }
    let mut urgency = out.create_element("Hastegrad");
    if let (UrgencyLevel::Urgent, Some(reason)) = (report.urgency.level, &report.urgency.reason) {
        urgency = urgency.with_attribute(("grunn", reason.as_str()));
    }
    urgency.write_text_content(BytesText::new(report.urgency.level.code()))?;
    if let Some(it) = &report.admission {
        out.create_element("Innleggelse").write_inner_content(|out| {
            maybe(out, "HFOrgnr", it.hospital.as_deref())?;
            personal(out, "Avdeling", it.ward.as_ref())?;
            maybe(out, "PlanlagtUtskrivning", it.planned_discharge.map(|it| it.to_string()).as_deref())
        })?;
    }
    for it in &report.transitions {
        element(out, "OvergangType", it)?;
    }
    if let Some(it) = &report.new_municipality {
        out.create_element("NyKommune").write_inner_content(|out| {
            element(out, "Kommunenr", it.municipality.as_str())?;
            maybe(out, "Dato", it.from.map(|it| it.to_string()).as_deref())
        })?;
    }
    personal(out, "FamilieLenke", report.family_link.as_ref())?;
    for it in &report.attachments {
        out.create_element("Vedlegg").write_inner_content(|out| {
            element(out, "Type", &it.kind)?;
            element(out, "DokumentId", &it.document)?;
            personal(out, "Tittel", it.title.as_ref())
        })?;
    }
    Ok(())
}

fn element(out: &mut Out, name: &str, text: &str) -> io::Result<()> {
    out.create_element(name).write_text_content(BytesText::new(text))?;
    Ok(())
}

fn maybe(out: &mut Out, name: &str, text: Option<&str>) -> io::Result<()> {
    text.map_or(Ok(()), |it| element(out, name, it))
}

fn personal(out: &mut Out, name: &str, text: Option<&Redacted<String>>) -> io::Result<()> {
    maybe(out, name, text.map(|it| it.reveal().as_str()))
}

fn truth(out: &mut Out, name: &str, truth: Option<bool>) -> io::Result<()> {
    maybe(out, name, truth.map(|it| if it { "true" } else { "false" }))
}

/// An element with a code in an attribute, and perhaps a text.
fn with_code(
    out: &mut Out,
    name: &str,
    attribute: &str,
    code: Option<&str>,
    text: Option<&Redacted<String>>,
) -> io::Result<()> {
    let mut start = out.create_element(name);
    if let Some(code) = code {
        start = start.with_attribute((attribute, code));
    }
    match text {
        Some(text) => start.write_text_content(BytesText::new(text.reveal()))?,
        None => start.write_empty()?,
    };
    Ok(())
}

fn code(out: &mut Out, name: &str, value: &str, system: Option<&str>, display: &str) -> io::Result<()> {
    let mut element = out.create_element(name).with_attribute(("V", value));
    if let Some(system) = system {
        element = element.with_attribute(("S", system));
    }
    element.with_attribute(("DN", display)).write_empty()?;
    Ok(())
}
#[cfg(test)]
mod tests {
    use super::Envelope;
    use super::level;
    use super::message;
    use crate::domain::HerId;
    use crate::domain::NeedReport;
    use crate::domain::OrgNumber;
    use crate::domain::Party;
    use crate::domain::Timestamp;
    use crate::rules;
    use crate::wire;
    use std::fs;

    fn envelope() -> Envelope {
        let organisation = OrgNumber::parse("310000116").unwrap();
        Envelope {
            message_id: "0ff8a249-c87b-474c-8548-f9c4c8a03845".to_owned(),
            generated: Timestamp::from_jiff("2026-10-07T11:40:05Z".parse().unwrap()),
            sender: Party {
                levels: vec![
                    level("Eksempel <skole> & co", HerId(80002), Some(&organisation)),
                    level("Administrasjonen", HerId(800_021), None),
                ],
            },
            receiver: Party { levels: vec![level("Risør", HerId(90004), None), level("KE", HerId(900_041), None)] },
        }
    }

    fn read(xml: &str) -> Option<(wire::Opened, NeedReport)> {
        let tree = roxmltree::Document::parse(xml).ok()?;
        let opened = wire::open(&tree, &wire::UnpackLimits::from(&crate::domain::MessageLimits::default()))?;
        let draft = opened.carrier.clone().into_parts().0?;
        let report = rules::settle(&draft)?;
        Some((opened, report))
    }

    /// Every report of the corpus, whatever it was carried in: adult, child, expected child, graded address, relay, withdrawal.
    #[test]
    fn what_is_written_is_valid_and_is_read_back_as_the_same_report() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/valid");
        let mut tried = 0;
        for file in fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()) {
            let Ok(xml) = fs::read_to_string(&file) else { continue };
            let Some((_, report)) = read(&xml).filter(|it| !it.1.has_local_extension) else { continue };
            let written = String::from_utf8(message(&envelope(), &report)).unwrap();

            let (opened, again) = read(&written).unwrap_or_else(|| panic!("{}: {written}", file.display()));

            assert_eq!(again, report, "{}", file.display());
            assert_eq!((opened.head.sender, opened.head.message_id), (envelope().sender, envelope().message_id));
            let tree = roxmltree::Document::parse(&written).unwrap();
            let observed = rules::schema::examine(&tree, 100);
            assert!(observed.is_empty(), "{}: {observed:?}", file.display());
            tried += 1;
        }
        assert!(tried >= 12, "{tried}");
    }

    #[test]
    fn signs_that_mean_something_in_xml_are_only_text() {
        let xml = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/valid/unborn.xml")).unwrap();
        let mut report = read(&xml).unwrap().1;
        report.description = Some("<script>&amp; ]]> \"sitat\" æøå, linje én\nlinje to".to_owned().into());

        let written = String::from_utf8(message(&envelope(), &report)).unwrap();

        assert_eq!(read(&written).unwrap().1.description, report.description);
    }
}
