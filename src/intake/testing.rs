//! What stands behind the intake in the tests of this room and of the transports: the real store, and judging that is
//! small but honest, so that a test can ask for each verdict (and for a fault of ours) by name.
//!
//! [`LittleJudging`] reads messages of its own little language: `<m id="A-1" v="accepted"/>`, where `v` is `accepted`,
//! `rejected`, `nowhere`, `refused` or `panic`.

use crate::domain::AckWish;
use crate::domain::AlarmKind;
use crate::domain::AppRecVersion;
use crate::domain::Arrival;
use crate::domain::Code;
use crate::domain::Coded;
use crate::domain::Decision;
use crate::domain::Finding;
use crate::domain::Generated;
use crate::domain::Head;
use crate::domain::Ident;
use crate::domain::Judgement;
use crate::domain::LevelKind;
use crate::domain::MessageId;
use crate::domain::MessageLimits;
use crate::domain::MunicipalityNumber;
use crate::domain::Need;
use crate::domain::NeedKind;
use crate::domain::NeedReport;
use crate::domain::NoticeChannel;
use crate::domain::OrgNumber;
use crate::domain::OutboundId;
use crate::domain::OutboundState;
use crate::domain::Party;
use crate::domain::PartyLevel;
use crate::domain::PatientId;
use crate::domain::Peer;
use crate::domain::PersonName;
use crate::domain::Place;
use crate::domain::ProcessingStatus;
use crate::domain::Reason;
use crate::domain::ReceiptId;
use crate::domain::Redacted;
use crate::domain::Refusal;
use crate::domain::RegisteredSender;
use crate::domain::ReportKind;
use crate::domain::ReportPatient;
use crate::domain::ReturnedReceipt;
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
use crate::domain::WayBack;
use crate::domain::testing::smallest_report;
use crate::domain::testing::unknown_patient;
use crate::intake::Judging;
use crate::intake::Rehearsal;
use crate::intake::standing;
use crate::storage::Earlier;
use crate::storage::FollowUpRow;
use crate::storage::FollowUpStore;
use crate::storage::Keys;
use crate::storage::MessageQuery;
use crate::storage::MessageRow;
use crate::storage::MessageStore;
use crate::storage::NewRefusal;
use crate::storage::OperatorStore;
use crate::storage::OutboundRow;
use crate::storage::OutboundSettled;
use crate::storage::RawMessage;
use crate::storage::ReceiptAnswer;
use crate::storage::Referred;
use crate::storage::Sealing;
use crate::storage::Settled;
use crate::storage::Settlement;
use crate::storage::SqlStore;
use crate::storage::StoreError;
use crate::storage::StoreOptions;
use crate::storage::open_sqlite;
use async_trait::async_trait;
use bytes::Bytes;
use sqlx::Sqlite;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

/// The name that the patient of every accepted little message has. It must be found in no log.
pub(crate) const PERSON: &str = "Sigrun Fiktiv";

/// The real store, SQLite in a folder of its own and sealed, that remembers what has been committed to it.
pub(crate) struct Remembering {
    store: Arc<SqlStore<Sqlite>>,
    settled: Mutex<Vec<Settlement>>,
    refusals: Mutex<Vec<NewRefusal>>,
    _folder: tempfile::TempDir,
}

impl Remembering {
    pub(crate) async fn open() -> Arc<Self> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("meldeport.db");
        let store = open_sqlite(&path, Sealing::On(Keys::generate()), StoreOptions::default()).await.unwrap();
        Arc::new(Self { store, settled: Mutex::default(), refusals: Mutex::default(), _folder: folder })
    }

    /// From now on the store answers nobody.
    pub(crate) async fn go_down(&self) {
        self.store.close().await;
    }

    /// What lies in the database, newest first.
    pub(crate) async fn stored(&self) -> Vec<MessageRow> {
        self.store.messages(&MessageQuery { rows_max: 1000, ..MessageQuery::default() }).await.unwrap()
    }

    /// The one message that lies in the database, as it was committed.
    pub(crate) async fn only(&self) -> Settlement {
        let stored = self.stored().await;
        assert_eq!(stored.len(), 1);
        let settled = self.settled.lock().unwrap();
        let mut same = settled.iter().filter(|it| it.message.id == stored[0].id);
        // The last one: a message that was stuck is committed again.
        let last = same.next_back().cloned().unwrap();
        assert_eq!(last.state, stored[0].state);
        last
    }

    /// What was kept through [`MessageStore::keep_refusal`].
    pub(crate) fn refusals(&self) -> Vec<NewRefusal> {
        self.refusals.lock().unwrap().clone()
    }

    /// How many refusals lie in the database, those of conflicts included.
    pub(crate) async fn refusals_kept(&self) -> u64 {
        self.store.tallies().await.unwrap().refusals
    }
}

#[async_trait]
impl FollowUpStore for Remembering {
    async fn referred(
        &self,
        earlier: &Earlier,
        person: Option<&Redacted<String>>,
    ) -> Result<Vec<Referred>, StoreError> {
        self.store.referred(earlier, person).await
    }

    async fn follow_ups(&self, about: MessageId) -> Result<Vec<FollowUpRow>, StoreError> {
        self.store.follow_ups(about).await
    }
}

#[async_trait]
impl MessageStore for Remembering {
    async fn settle(&self, settlement: Settlement) -> Result<Settled, StoreError> {
        let settled = self.store.settle(settlement.clone()).await?;
        if matches!(settled, Settled::New) {
            self.settled.lock().unwrap().push(settlement);
        }
        Ok(settled)
    }

    async fn resettle(&self, settlement: Settlement) -> Result<(), StoreError> {
        self.store.resettle(settlement.clone()).await?;
        self.settled.lock().unwrap().push(settlement);
        Ok(())
    }

    async fn keep_refusal(&self, refusal: NewRefusal) -> Result<(), StoreError> {
        self.store.keep_refusal(refusal.clone()).await?;
        self.refusals.lock().unwrap().push(refusal);
        Ok(())
    }

    async fn receipt(&self, sender: &OrgNumber, sender_message_id: &str) -> Result<ReceiptAnswer, StoreError> {
        self.store.receipt(sender, sender_message_id).await
    }

    async fn sent(&self, id: OutboundId) -> Result<OutboundRow, StoreError> {
        self.store.sent(id).await
    }

    async fn settle_sent(
        &self,
        id: OutboundId,
        from: OutboundState,
        settled: OutboundSettled,
    ) -> Result<(), StoreError> {
        self.store.settle_sent(id, from, settled).await
    }

    async fn raw(&self, id: MessageId) -> Result<RawMessage, StoreError> {
        self.store.raw(id).await
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
        way_back: WayBack::default(),
        tolerated: Vec::new(),
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
                would_pass_with: Vec::new(),
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

    fn rehearse(&self, arrival: &Arrival, _: ReceiptId, _: AppRecVersion) -> Rehearsal {
        let judgement = self.judge(arrival);
        Rehearsal { lines: vec![None; judgement.findings().len()], judgement, receipt: None }
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

    fn returned(&self, _: &Arrival) -> Option<ReturnedReceipt> {
        None
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
        addressed_as: Default::default(),
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
        municipality: Some(municipality.clone()),
        targets: vec![
            target("gjerstad-tjenestekontor", Share::Content),
            target("gjerstad-helsestasjon", Share::Awareness),
        ],
        steps: vec![RouteStep { rule: "gjerstad".to_owned(), fitted: true, reason: Reason::Said(why.clone()), why }],
        alarm: Some(AlarmKind::Unroutable),
    };
    Decision::Accepted { report: report(municipality).into(), route }
}

fn report(municipality: MunicipalityNumber) -> NeedReport {
    NeedReport {
        kind: ReportKind::Need,
        patient: Some(patient()),
        needs: vec![Need { kind: NeedKind::IndividualPlan, dimensions: Vec::new() }],
        urgency: Urgency { level: UrgencyLevel::Urgent, reason: None },
        ..smallest_report(municipality)
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
        ..unknown_patient()
    }
}
