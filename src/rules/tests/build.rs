//! Messages to try the rules on. Everybody in them is made up; see `tests/corpus/PARTIES.md`.

use crate::domain::AckWish;
use crate::domain::At;
use crate::domain::Attachment;
use crate::domain::AttachmentContent;
use crate::domain::Channel;
use crate::domain::Code;
use crate::domain::Coded;
use crate::domain::DraftAttachmentReference;
use crate::domain::DraftConsent;
use crate::domain::DraftGuardian;
use crate::domain::DraftNeed;
use crate::domain::DraftPatient;
use crate::domain::DraftReport;
use crate::domain::DraftReporter;
use crate::domain::DraftRole;
use crate::domain::DraftService;
use crate::domain::Generated;
use crate::domain::Head;
use crate::domain::HerId;
use crate::domain::Ident;
use crate::domain::InlineFile;
use crate::domain::LevelKind;
use crate::domain::Observation;
use crate::domain::OrgNumber;
use crate::domain::Packing;
use crate::domain::Party;
use crate::domain::PartyLevel;
use crate::domain::Patient;
use crate::domain::PersonIdent;
use crate::domain::ProcessingStatus;
use crate::domain::Redacted;
use crate::domain::RegisteredSender;
use crate::domain::Rulebook;
use crate::domain::Said;
use crate::domain::Sector;
use crate::domain::SyntheticPersons;
use crate::domain::Timestamp;
use crate::domain::WayBack;
use crate::rules::Context;
use crate::rules::examine;
use std::collections::BTreeSet;

/// A message with everything around it. Received on 6 October 2026.
pub(super) struct Message {
    pub head: Head,
    pub draft: Option<DraftReport>,
    pub attachments: Vec<Attachment>,
    pub rulebook: Rulebook,
    pub sender: RegisteredSender,
    pub received_at: Timestamp,
}

impl Message {
    pub fn observations(&self) -> Vec<Observation> {
        let context = Context {
            rulebook: &self.rulebook,
            sender: &self.sender,
            received_at: self.received_at,
            channel: Channel::Https,
        };
        examine(&self.head, self.draft.as_ref(), &self.attachments, &context)
    }

    pub fn report(&mut self) -> &mut DraftReport {
        self.draft.as_mut().expect("the message has a report")
    }

    pub fn person(&mut self) -> &mut DraftPatient {
        self.report().patient.as_mut().expect("the report has a person")
    }

    pub fn patient(&mut self) -> &mut Patient {
        self.head.patient.as_mut().expect("the header has a patient")
    }

    pub fn consent(&mut self) -> &mut DraftConsent {
        self.report().consent.as_mut().expect("the report has a consent")
    }

    pub fn reporter(&mut self) -> &mut DraftReporter {
        self.report().reporter.as_mut().expect("the report has a reporter")
    }

    /// Another number, in the report and in the header, and the date of birth that goes with it.
    pub fn number(&mut self, kind: &str, number: &str, born: &str) {
        self.person().id_kind = said(kind);
        self.person().id = said(number);
        self.person().date_of_birth = said(born);
        self.patient().idents = vec![person_ident(kind, number)];
        self.patient().date_of_birth = Some(born.to_owned().into());
    }

    /// No number, for this reason.
    pub fn without_number(&mut self, reason: &str) {
        self.person().id_kind = said("UKJENT");
        self.person().id = None;
        self.person().id_reason = said(reason);
        self.patient().idents.clear();
    }

    /// A child that is expected.
    pub fn expect_child(&mut self, due: &str) {
        self.without_number("UFODT");
        let person = self.person();
        person.given_name = None;
        person.family_name = None;
        person.date_of_birth = None;
        person.unborn = said("true");
        person.due = said(due);
        self.patient().date_of_birth = None;
        self.report().needs[0].kind = said("BARNEKOORDINATOR");
    }

    /// A question about nobody.
    pub fn ask(&mut self) {
        let report = self.report();
        report.kind = said("SPORSMAL");
        report.patient = None;
        report.consent = None;
        report.needs.clear();
        report.services.clear();
        self.head.patient = None;
    }

    pub fn withdraw(&mut self) {
        let report = self.report();
        report.kind = said("TILBAKETREKK");
        report.concerns = said("11111111-2222-4333-8444-555555555555");
        report.needs.clear();
        report.services.clear();
    }

    /// From a school, which is no health service.
    pub fn send_from_school(&mut self) {
        self.sender.sector = Sector::Other;
        self.reporter().category = said("SKOLE");
        self.reporter().roles.clear();
    }

    /// An attachment of this type, mentioned in the report.
    pub fn attach(&mut self, found: Option<&'static str>) -> &mut Attachment {
        let position = self.attachments.len() + 2;
        let id = format!("vedlegg-{position}");
        self.report().attachments.push(DraftAttachmentReference {
            at: at("Vedlegg"),
            kind: said("ERKLAERING"),
            document: said(&id),
            title: said("Erklæring"),
        });
        self.attachments.push(Attachment {
            position,
            id: Some(id),
            description: None,
            declared_type: found.map(str::to_owned),
            compression: None,
            content: AttachmentContent::Inline(file(1000, found)),
        });
        self.attachments.last_mut().expect("it was just pushed")
    }
}

/// One change to a message, and exactly what is told then.
pub(super) struct Trial {
    pub sentence: &'static str,
    pub from: fn() -> Message,
    pub change: fn(&mut Message),
    pub told: &'static [Code],
}

/// From a report about an adult.
pub(super) const fn adult(sentence: &'static str, change: fn(&mut Message), told: &'static [Code]) -> Trial {
    Trial { sentence, from: about_adult, change, told }
}

/// From a report about a child of nine.
pub(super) const fn child(sentence: &'static str, change: fn(&mut Message), told: &'static [Code]) -> Trial {
    Trial { sentence, from: about_child, change, told }
}

impl Trial {
    /// What was told instead; `None` when it was told as it should be.
    pub fn run(&self) -> Option<String> {
        let mut message = (self.from)();
        (self.change)(&mut message);
        let found: BTreeSet<Code> = message.observations().iter().map(|it| it.code).collect();
        let expected: BTreeSet<Code> = self.told.iter().copied().collect();
        let words = |codes: &BTreeSet<Code>| codes.iter().map(|it| it.label()).collect::<Vec<_>>().join(", ");
        (found != expected).then(|| format!("{}: [{}], not [{}]", self.sentence, words(&found), words(&expected)))
    }
}

pub(super) fn at(name: &str) -> At {
    At::Path(name.to_owned())
}

pub(super) fn said(text: &str) -> Option<Said> {
    Some(just(text))
}

pub(super) fn just(text: &str) -> Said {
    Said { text: Redacted::new(text.to_owned()), at: at("said") }
}

pub(super) fn code(code: &str) -> Coded {
    Coded { code: Some(code.to_owned()), ..Coded::default() }
}

pub(super) fn person_ident(kind: &str, number: &str) -> PersonIdent {
    PersonIdent { id: Redacted::new(number.to_owned()), kind: code(kind) }
}

pub(super) fn moment(text: &str) -> Timestamp {
    Timestamp::from_jiff(text.parse().unwrap())
}

pub(super) fn level(name: &str, idents: &[(&str, &str)]) -> PartyLevel {
    PartyLevel {
        kind: LevelKind::Organisation,
        name: name.to_owned(),
        idents: idents.iter().map(|(kind, id)| Ident { id: (*id).to_owned(), kind: code(kind) }).collect(),
    }
}

/// Ragna Prøvesen, 72 years, in hospital.
pub(super) fn about_adult() -> Message {
    Message {
        head: head("12835401802", "1954-03-12"),
        draft: Some(report("12835401802", "1954-03-12")),
        attachments: Vec::new(),
        rulebook: Rulebook { synthetic_persons: SyntheticPersons::Accepted, ..Rulebook::default() },
        sender: sender(),
        received_at: moment("2026-10-06T07:13:00Z"),
    }
}

/// Åse Testdal, nine years, whose mother has consented.
pub(super) fn about_child() -> Message {
    let mut message = about_adult();
    message.number("FNR", "04861751843", "2017-06-04");
    message.consent().given_by_role = said("FORESATT");
    message.report().guardians.push(guardian());
    message.report().needs[0].kind = said("BARNEKOORDINATOR");
    message
}

pub(super) fn guardian() -> DraftGuardian {
    DraftGuardian {
        at: at("Foresatt"),
        relation: said("MO"),
        name: said("Mor Testdal"),
        telephone: said("+47 99 00 01 02"),
        has_parental_responsibility: said("JA"),
        informed: said("true"),
        not_informed_reason: None,
        must_not_be_informed: None,
    }
}

pub(super) fn service(kind: &str) -> DraftService {
    DraftService {
        at: at("Tjeneste"),
        kind: said(kind),
        level: said("KOMMUNE"),
        status: said("NAA"),
        name: None,
        contact: None,
    }
}

fn sender() -> RegisteredSender {
    RegisteredSender {
        name: "eksempel-sykehus".to_owned(),
        display_name: "Eksempel sykehus HF".to_owned(),
        organisation: OrgNumber::parse("310000108").unwrap(),
        sub_units: Vec::new(),
        her_ids: vec![HerId(80001), HerId(800_011)],
        sector: Sector::Health,
        way_back: WayBack::default(),
        tolerated: Vec::new(),
    }
}

fn head(number: &str, born: &str) -> Head {
    Head {
        message_type: code("BEHOVSMELDING"),
        migversion: "v1.2 2006-05-24".to_owned(),
        generated: Generated {
            verbatim: "2026-10-06T09:12:44+02:00".to_owned(),
            at: Some(moment("2026-10-06T07:12:44Z")),
        },
        message_id: "2c676ccf-47d5-4fd7-be7a-78f815e7cc13".to_owned(),
        processing: ProcessingStatus::Production,
        priority: Some(code("N")),
        ack: AckWish::Always,
        conversation: None,
        sender: Party {
            levels: vec![
                level("Eksempel sykehus HF", &[("HER", "80001"), ("ENH", "310000108")]),
                level("Medisinsk avdeling", &[("HER", "800011")]),
            ],
        },
        receiver: Party {
            levels: vec![
                level("Gjerstad kommune (eksempel)", &[("HER", "90001"), ("ENH", "310000124")]),
                level("Koordinerende enhet", &[("HER", "900011")]),
            ],
        },
        other_receivers: Vec::new(),
        addressed_as: Default::default(),
        patient: Some(Patient {
            family_name: Some("Prøvesen".to_owned().into()),
            given_name: Some("Ragna".to_owned().into()),
            date_of_birth: Some(born.to_owned().into()),
            sex: Some(code("2").into()),
            idents: vec![person_ident("FNR", number)],
            ..Patient::default()
        }),
    }
}

fn report(number: &str, born: &str) -> DraftReport {
    DraftReport {
        at: at("Behovsmelding"),
        report_id: said("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"),
        created: said("2026-10-06T09:10:00+02:00"),
        language: said("nb"),
        concerns: None,
        kind: said("BEHOV"),
        municipality: said("4211"),
        district: None,
        level: None,
        receiver_organisation: None,
        patient: Some(DraftPatient {
            at: at("Pasient"),
            id_kind: said("FNR"),
            id: said(number),
            id_reason: None,
            given_name: said("Ragna"),
            middle_name: None,
            family_name: said("Prøvesen"),
            date_of_birth: said(born),
            unborn: None,
            due: None,
            telephone: said("+47 99 00 01 01"),
            email: None,
            address: said("Prøveveien 1, 4980 Gjerstad"),
            grading: None,
            language: said("nb"),
            interpreter: said("false"),
            contact_ways: vec![just("TELEFON")],
        }),
        guardians: Vec::new(),
        no_guardian_reason: None,
        no_guardian_text: None,
        representatives: Vec::new(),
        consent: Some(DraftConsent {
            at: at("Samtykke"),
            status: said("SAMTYKKET"),
            date: said("2026-10-05"),
            given_by_role: None,
            given_by: None,
            scopes: vec![(said("KONTAKT"), None)],
            valid_until: None,
            basis: None,
            basis_reason: None,
        }),
        reporter: Some(reporter()),
        original_reporter: None,
        needs: vec![DraftNeed {
            at: at("Behov"),
            kind: said("KOORDINATOR_OG_IP"),
            dimensions: vec![just("MEDISINSK")],
        }],
        description: said("Trenger samordnet hjelp fra flere tjenester når hun kommer hjem."),
        what_matters: said("Å bo hjemme."),
        goals: None,
        duration: said("FORVENTET_LANGVARIG"),
        services: vec![service("HJEMMESYKEPLEIE"), service("FYSIOTERAPI")],
        existing: Vec::new(),
        coordinator_wish: said("ONSKER"),
        coordinator_wish_who: None,
        urgency: None,
        urgency_reason: None,
        admission: None,
        transitions: Vec::new(),
        new_municipality: None,
        new_municipality_from: None,
        family_link: None,
        attachments: Vec::new(),
        has_local_extension: false,
    }
}

pub(super) fn reporter() -> DraftReporter {
    DraftReporter {
        at: at("Melder"),
        category: said("SYKEHUS_SOMATIKK"),
        private: false,
        organisation: said("310000108"),
        her_id: said("800011"),
        organisation_name: said("Eksempel sykehus HF"),
        unit: said("Medisinsk avdeling"),
        name: said("Kari Eksempel"),
        roles: vec![role("SP", "2.16.578.1.12.4.1.1.9060")],
        position: None,
        telephone: said("+47 99 00 01 11"),
        email: None,
        hpr: said("9999999"),
        wants_answer: said("true"),
        answer_channel: said("MELDING"),
    }
}

pub(super) fn role(code: &str, system: &str) -> DraftRole {
    DraftRole { at: at("Rolle"), code: said(code), system: said(system), name: None }
}

/// A file inside a message, as far as the rules look at it.
pub(super) fn file(bytes: usize, found_type: Option<&'static str>) -> InlineFile {
    InlineFile { bytes, found_type, pdf_a: None, packing: Packing::None, text: 0..bytes }
}
