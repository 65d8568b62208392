//! Small but honest implementations of the intake's ports, for the tests of this room and of the transports.
//!
//! [`MemoryStore`] keeps the store's promises (one message per sender and id, the same receipt again) in a map.
//! [`LittleJudging`] reads messages of its own little language: `<m id="A-1" v="accepted"/>`, where `v` is `accepted`,
//! `rejected`, `nowhere`, `refused` or `panic`.

use crate::domain::AckWish;
use crate::domain::AddressGrading;
use crate::domain::AlarmKind;
use crate::domain::AppRecVersion;
use crate::domain::Arrival;
use crate::domain::Code;
use crate::domain::Coded;
use crate::domain::Consent;
use crate::domain::ConsentStatus;
use crate::domain::Decision;
use crate::domain::Existing;
use crate::domain::Finding;
use crate::domain::Generated;
use crate::domain::Head;
use crate::domain::Ident;
use crate::domain::Judgement;
use crate::domain::LevelKind;
use crate::domain::MessageId;
use crate::domain::MessageLimits;
use crate::domain::MessageState;
use crate::domain::MunicipalityNumber;
use crate::domain::Need;
use crate::domain::NeedKind;
use crate::domain::NeedReport;
use crate::domain::NoticeChannel;
use crate::domain::OrgNumber;
use crate::domain::Party;
use crate::domain::PartyLevel;
use crate::domain::PatientId;
use crate::domain::Peer;
use crate::domain::PersonName;
use crate::domain::Place;
use crate::domain::ProcessingStatus;
use crate::domain::ReceiptId;
use crate::domain::ReceiverLevel;
use crate::domain::ReceiverWish;
use crate::domain::Redacted;
use crate::domain::Refusal;
use crate::domain::RegisteredSender;
use crate::domain::ReportKind;
use crate::domain::ReportPatient;
use crate::domain::Reporter;
use crate::domain::ReporterCategory;
use crate::domain::Route;
use crate::domain::RouteStep;
use crate::domain::RouteTarget;
use crate::domain::Rulebook;
use crate::domain::Sector;
use crate::domain::Share;
use crate::domain::Text;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::Urgency;
use crate::domain::UrgencyLevel;
use crate::domain::Verdict;
use crate::intake::Judging;
use crate::intake::standing;
use crate::storage::Answer;
use crate::storage::MessageStore;
use crate::storage::NewRefusal;
use crate::storage::RawMessage;
use crate::storage::ReceiptAnswer;
use crate::storage::Settled;
use crate::storage::Settlement;
use crate::storage::StoreError;
use async_trait::async_trait;
use bytes::Bytes;
use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

/// The name that the patient of every accepted little message has. It must be found in no log.
pub(crate) const PERSON: &str = "Sigrun Fiktiv";

/// Messages in a map.
#[derive(Default)]
pub(crate) struct MemoryStore {
    settled: Mutex<HashMap<(OrgNumber, String), Settlement>>,
    refusals: Mutex<Vec<NewRefusal>>,
    /// The disk is full.
    pub(crate) down: AtomicBool,
}

impl MemoryStore {
    pub(crate) fn all(&self) -> Vec<Settlement> {
        self.settled.lock().unwrap().values().cloned().collect()
    }

    pub(crate) fn only(&self) -> Settlement {
        let all = self.all();
        assert_eq!(all.len(), 1);
        all.into_iter().next().unwrap()
    }

    pub(crate) fn refusals(&self) -> Vec<NewRefusal> {
        self.refusals.lock().unwrap().clone()
    }

    fn ready(&self) -> Result<(), StoreError> {
        if self.down.load(Ordering::SeqCst) {
            return Err(StoreError::Unavailable("no space left on device".into()));
        }
        Ok(())
    }
}

fn answer(settlement: &Settlement) -> Answer {
    Answer {
        message: settlement.message.id,
        reference: settlement.message.reference.clone(),
        state: settlement.state,
        receipt: settlement.receipt.as_ref().map(|it| it.xml.clone()),
    }
}

#[async_trait]
impl MessageStore for MemoryStore {
    async fn settle(&self, settlement: Settlement) -> Result<Settled, StoreError> {
        self.ready()?;
        let key = (settlement.message.sender.clone(), settlement.message.sender_message_id.clone());
        let mut settled = self.settled.lock().unwrap();
        let Some(first) = settled.get(&key) else {
            settled.insert(key, settlement);
            return Ok(Settled::New);
        };
        if first.message.sha256 == settlement.message.sha256 {
            return Ok(Settled::Known(answer(first)));
        }
        self.refusals.lock().unwrap().push(NewRefusal {
            at: settlement.message.received_at,
            channel: settlement.message.channel,
            peer: Some(settlement.message.sender.clone()),
            sender_message_id: Some(settlement.message.sender_message_id.clone()),
            code: Code::MessageIdReused.id().to_owned(),
            size: settlement.message.bytes.len() as u64,
            sha256: settlement.message.sha256,
            first_sha256: Some(first.message.sha256),
        });
        Ok(Settled::Conflict { first_sha256: first.message.sha256, first_reference: first.message.reference.clone() })
    }

    async fn resettle(&self, settlement: Settlement) -> Result<(), StoreError> {
        self.ready()?;
        let mut settled = self.settled.lock().unwrap();
        let key = settled
            .iter()
            .find(|(_, it)| it.message.id == settlement.message.id && it.state == MessageState::Stuck)
            .map(|(key, _)| key.clone())
            .ok_or(StoreError::Absent)?;
        settled.remove(&key);
        settled.insert((settlement.message.sender.clone(), settlement.message.sender_message_id.clone()), settlement);
        Ok(())
    }

    async fn keep_refusal(&self, refusal: NewRefusal) -> Result<(), StoreError> {
        self.ready()?;
        self.refusals.lock().unwrap().push(refusal);
        Ok(())
    }

    async fn receipt(&self, sender: &OrgNumber, sender_message_id: &str) -> Result<ReceiptAnswer, StoreError> {
        self.ready()?;
        let key = (sender.clone(), sender_message_id.to_owned());
        let settled = self.settled.lock().unwrap();
        Ok(settled.get(&key).map_or(ReceiptAnswer::Unknown, |it| ReceiptAnswer::Have(answer(it))))
    }

    async fn raw(&self, id: MessageId) -> Result<RawMessage, StoreError> {
        self.ready()?;
        let settled = self.settled.lock().unwrap();
        let found = settled.values().find(|it| it.message.id == id).ok_or(StoreError::Absent)?;
        let message = &found.message;
        Ok(RawMessage {
            id,
            reference: message.reference.clone(),
            state: found.state,
            channel: message.channel,
            received_at: message.received_at,
            sender: message.sender.clone(),
            sender_name: message.sender_name.clone(),
            sender_message_id: message.sender_message_id.clone(),
            charset: message.charset.clone(),
            sha256: message.sha256,
            bytes: Redacted::new(message.bytes.clone()),
        })
    }
}

/// Judges the little language.
pub(crate) struct LittleJudging {
    pub(crate) rulebook: Mutex<Rulebook>,
    /// Whether `v="panic"` panics; when mended, it is accepted.
    pub(crate) mended: AtomicBool,
    /// How many messages it has judged.
    pub(crate) judged: AtomicUsize,
}

impl LittleJudging {
    /// Knows the hospital (310000108, any sub-unit) and the school (310000116, only sub-unit 974095769).
    pub(crate) fn new() -> Self {
        let hospital = sender("eksempel-sykehus", "310000108", &[]);
        let school = sender("eksempel-skole", "310000116", &["974095769"]);
        let rulebook = Rulebook { senders: vec![hospital, school], ..Rulebook::default() };
        Self { rulebook: Mutex::new(rulebook), mended: AtomicBool::new(false), judged: AtomicUsize::new(0) }
    }
}

fn sender(name: &str, organisation: &str, sub_units: &[&str]) -> RegisteredSender {
    RegisteredSender {
        name: name.to_owned(),
        display_name: name.to_owned(),
        organisation: OrgNumber::parse(organisation).unwrap(),
        sub_units: sub_units.iter().map(|it| OrgNumber::parse(it).unwrap()).collect(),
        her_ids: Vec::new(),
        sector: Sector::Health,
    }
}

fn attribute(text: &str, name: &str) -> Option<String> {
    let (_, after) = text.split_once(&format!("{name}=\""))?;
    after.split_once('"').map(|(value, _)| value.to_owned())
}

impl Judging for LittleJudging {
    fn judge(&self, arrival: &Arrival) -> Judgement {
        self.judged.fetch_add(1, Ordering::SeqCst);
        let text = std::str::from_utf8(&arrival.bytes).unwrap_or_default();
        let place = Some(Place { line: 1, column: 4, xpath: "/m".to_owned() });
        let (Some(id), Some(wanted)) = (attribute(text, "id"), attribute(text, "v")) else {
            let findings = vec![Finding::new(Code::XmlMalformed, place)];
            return Judgement::Refusal(Refusal { findings, sender_message_id: None });
        };
        let verdict = |findings, decision| {
            Judgement::Verdict(Box::new(Verdict {
                head: head(&id),
                attachments: Vec::new(),
                decision,
                findings,
                findings_left_out: 0,
            }))
        };
        match wanted.as_str() {
            "accepted" => verdict(Vec::new(), accepted()),
            "rejected" => verdict(vec![Finding::new(Code::SchemaElementMissing, place)], Decision::Rejected),
            "nowhere" => verdict(vec![Finding::new(Code::MunicipalityWithoutUnit, place)], Decision::Rejected),
            "panic" if self.mended.load(Ordering::SeqCst) => verdict(Vec::new(), accepted()),
            "panic" => panic!("a fault of ours about {PERSON}"),
            _ => Judgement::Refusal(Refusal {
                findings: vec![Finding::new(Code::AnswerAddressMissing, place)],
                sender_message_id: Some(id),
            }),
        }
    }

    fn receipt(&self, verdict: &Verdict, wish: AppRecVersion, id: ReceiptId, now: Timestamp) -> Bytes {
        let status = if verdict.is_accepted() { "1" } else { "2" };
        let of = &verdict.head.message_id;
        let version = wish.label();
        Bytes::from(format!(r#"<AppRec version="{version}" id="{id}" at="{now}" of="{of}" status="{status}"/>"#))
    }

    fn sender_message_id(&self, arrival: &Arrival) -> Option<String> {
        std::str::from_utf8(&arrival.bytes).ok().and_then(|it| attribute(it, "id")).filter(|it| !it.is_empty())
    }

    fn notice_channels(&self, unit: &UnitId) -> Vec<NoticeChannel> {
        match unit.0.as_str() {
            "gjerstad-tjenestekontor" => vec![NoticeChannel::Email, NoticeChannel::Webhook],
            _ => vec![NoticeChannel::Email],
        }
    }

    fn sender_of(&self, peer: &Peer) -> Result<RegisteredSender, Code> {
        standing(&self.rulebook.lock().unwrap(), peer)
    }

    fn sender_named(&self, name: &str) -> Option<RegisteredSender> {
        self.rulebook.lock().unwrap().senders.iter().find(|it| it.name == name).cloned()
    }

    fn limits(&self) -> MessageLimits {
        self.rulebook.lock().unwrap().limits
    }
}

fn head(id: &str) -> Head {
    Head {
        message_type: Coded { code: Some("BEHOVSMELDING".to_owned()), ..Coded::default() },
        migversion: "v1.2".to_owned(),
        generated: Generated { verbatim: "2026-10-05T12:00:00".to_owned(), at: None },
        message_id: id.to_owned(),
        processing: ProcessingStatus::Production,
        priority: None,
        ack: AckWish::Always,
        conversation: None,
        sender: party("Eksempel sykehus HF", "80001"),
        receiver: party("Gjerstad kommune (eksempel)", "90001"),
        other_receivers: Vec::new(),
        patient: None,
    }
}

fn party(name: &str, her_id: &str) -> Party {
    let kind = Coded { code: Some("HER".to_owned()), ..Coded::default() };
    let idents = vec![Ident { id: her_id.to_owned(), kind }];
    Party { levels: vec![PartyLevel { kind: LevelKind::Organisation, name: name.to_owned(), idents }] }
}

fn accepted() -> Decision {
    let why = Text::of("Kommunen er 4211.", "Kommunen er 4211.", "The municipality is 4211.");
    let target = |unit: &str, share| RouteTarget { unit: UnitId(unit.to_owned()), share };
    let municipality = MunicipalityNumber::parse("4211").unwrap();
    let route = Route {
        municipality: municipality.clone(),
        targets: vec![
            target("gjerstad-tjenestekontor", Share::Content),
            target("gjerstad-helsestasjon", Share::Awareness),
        ],
        steps: vec![RouteStep { rule: "gjerstad".to_owned(), fitted: true, why }],
        alarm: Some(AlarmKind::Unroutable),
    };
    Decision::Accepted { report: Box::new(report(municipality)), route }
}

fn report(municipality: MunicipalityNumber) -> NeedReport {
    NeedReport {
        report_id: "R-1".to_owned(),
        created: Timestamp::default(),
        language: None,
        concerns: None,
        kind: ReportKind::Need,
        receiver: ReceiverWish { municipality, district: None, level: ReceiverLevel::Municipality, organisation: None },
        patient: Some(patient()),
        guardians: Vec::new(),
        no_guardian: None,
        representatives: Vec::new(),
        consent: Consent {
            status: ConsentStatus::Given,
            date: None,
            given_by_role: None,
            given_by: None,
            scopes: Vec::new(),
            valid_until: None,
            basis: None,
            basis_reason: None,
        },
        reporter: Reporter {
            category: ReporterCategory::HospitalSomatic,
            private: false,
            organisation: None,
            her_id: None,
            organisation_name: None,
            unit: None,
            name: None,
            roles: Vec::new(),
            position: None,
            telephone: None,
            email: None,
            hpr: None,
            wants_answer: None,
            answer_channel: None,
        },
        original_reporter: None,
        needs: vec![Need { kind: NeedKind::IndividualPlan, dimensions: Vec::new() }],
        description: None,
        what_matters: None,
        goals: None,
        duration: None,
        services: Vec::new(),
        existing: Existing::default(),
        coordinator_wish: None,
        urgency: Urgency { level: UrgencyLevel::Urgent, reason: None },
        admission: None,
        transitions: Vec::new(),
        new_municipality: None,
        family_link: None,
        attachments: Vec::new(),
        has_local_extension: false,
    }
}

fn patient() -> ReportPatient {
    let (given, family) = PERSON.split_once(' ').unwrap();
    ReportPatient {
        id: PatientId { kind: "FNR".to_owned(), number: Some(Redacted::new("30887901887".to_owned())), reason: None },
        name: Some(PersonName {
            given: Some(Redacted::new(given.to_owned())),
            middle: None,
            family: Some(Redacted::new(family.to_owned())),
        }),
        date_of_birth: None,
        unborn: None,
        telephone: None,
        email: None,
        address: None,
        grading: AddressGrading::Ungraded,
        language: None,
        needs_interpreter: None,
        contact_ways: Vec::new(),
    }
}
