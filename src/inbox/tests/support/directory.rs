//! The ports of the inbox, answered by a made-up directory.

use crate::domain::*;
use crate::inbox::CheckMessage;
use crate::inbox::CheckNumber;
use crate::inbox::Checked;
use crate::inbox::CheckedVerdict;
use crate::inbox::ConfigBook;
use crate::inbox::ConfigDocument;
use crate::inbox::ConfigSection;
use crate::inbox::Content;
use crate::inbox::CountsAs;
use crate::inbox::DeskFault;
use crate::inbox::DeskJudgement;
use crate::inbox::DeskSent;
use crate::inbox::FormOffer;
use crate::inbox::Names;
use crate::inbox::NotANumber;
use crate::inbox::NthAttachment;
use crate::inbox::NumberKind;
use crate::inbox::Outbox;
use crate::inbox::PublicDirectory;
use crate::inbox::PublicUnit;
use crate::inbox::ReadMessage;
use crate::inbox::ReadReport;
use crate::inbox::Reception;
use crate::inbox::ReportDesk;
use crate::inbox::Saying;
use crate::inbox::UnreadableReport;
use crate::inbox::Written;
use crate::storage::*;
use bytes::Bytes;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::Mutex;

/// Reports by message, as if they had been read from the stored bytes.
#[derive(Default)]
pub(super) struct Shelf(pub Mutex<HashMap<MessageId, ReadMessage>>);

impl ReadReport for Shelf {
    fn read(&self, raw: &RawMessage) -> Result<ReadMessage, UnreadableReport> {
        self.0.lock().unwrap().get(&raw.id).cloned().ok_or(UnreadableReport)
    }

    fn attachment(&self, raw: &RawMessage, position: usize) -> Result<Option<NthAttachment>, UnreadableReport> {
        let read = self.read(raw)?;
        let there = |it: &Attachment| it.position == position && matches!(it.content, AttachmentContent::Inline(_));
        let index = read.attachments.iter().position(there);
        Ok(index.map(|it| NthAttachment { number: it + 1, bytes: Redacted::new(raw.bytes.reveal().clone()) }))
    }

    fn archive(&self, package: &ArchivePackage) -> Option<Redacted<Bytes>> {
        crate::wire::archive::package(package).map(|it| Redacted::new(it.into()))
    }
}

pub(super) struct Directory;

impl CheckNumber for Directory {
    fn check_number(
        &self,
        kind: NumberKind,
        typed: &Redacted<String>,
        today: jiff::civil::Date,
    ) -> Result<Redacted<String>, NotANumber> {
        crate::app::numbers::check(kind, typed.reveal(), today)
    }
}

impl Names for Directory {
    fn unit(&self, id: &UnitId) -> Option<String> {
        (id.0 == "gjerstad").then(|| "Tjenestekontoret i Gjerstad (eksempel)".to_owned())
    }

    fn units(&self) -> Vec<UnitId> {
        ["gjerstad", "risor", "gruppe", "fjern-gruppe", "arendal"].map(|it| UnitId(it.to_owned())).to_vec()
    }

    fn municipality(&self, number: &MunicipalityNumber) -> Option<String> {
        (number.as_str() == "4211").then(|| "Gjerstad".to_owned())
    }

    fn municipality_of(&self, id: &UnitId) -> Option<String> {
        match id.0.as_str() {
            "gjerstad" | "gruppe" => Some("Gjerstad".to_owned()),
            "risor" => Some("Risør".to_owned()),
            "arendal" => Some("Arendal".to_owned()),
            "fjern-gruppe" => Some("Loppa".to_owned()),
            _ => None,
        }
    }

    /// All but one work together, as neighbours do.
    fn work_together(&self, one: &UnitId, other: &UnitId, _: jiff::civil::Date) -> bool {
        one.0 != "fjern-gruppe" && other.0 != "fjern-gruppe"
    }

    fn sender(&self, short_name: &str) -> Option<String> {
        (short_name == "eksempel-sykehus").then(|| "Eksempel sykehus HF".to_owned())
    }

    fn is_group(&self, id: &UnitId) -> bool {
        id.0.ends_with("gruppe")
    }

    fn notice_channels(&self, _: &UnitId) -> Vec<NoticeChannel> {
        vec![NoticeChannel::Email]
    }
}

/// Says little; the page over the real heart is tried in `app`.
impl CheckMessage for Directory {
    fn bytes_max(&self) -> usize {
        1000
    }

    fn check(&self, message: &Redacted<Bytes>, _: Option<&str>, _: CountsAs, _: Timestamp) -> Checked {
        assert!(message.reveal().as_ref() != b"panic", "a fault of ours");
        let verdict = CheckedVerdict::Refused;
        Checked {
            verdict,
            findings: Vec::new(),
            findings_left_out: 0,
            would_pass_with: Vec::new(),
            route: None,
            receipt: None,
        }
    }
}

/// A document of one line; the real one is tried in `app`.
#[async_trait::async_trait]
impl ConfigBook for Directory {
    async fn book(&self, units: &[UnitId], _: Language, _: jiff::civil::Date) -> Result<ConfigDocument, StoreError> {
        let units: Vec<_> = units.iter().map(|it| it.0.as_str()).collect();
        let section = ConfigSection {
            level: 1,
            heading: format!("Oppsett for {}", units.join(", ")),
            lines: vec!["alle: Alt annet".to_owned()],
            code: vec!["-to = [\"a\"]".to_owned(), "+to = [\"b\"]".to_owned()],
        };
        Ok(ConfigDocument { sections: vec![section], json: "{}".to_owned() })
    }
}

/// Risør, whose coordinating unit everybody may see.
impl PublicDirectory for Directory {
    fn reception(&self, number: &MunicipalityNumber, _: jiff::civil::Date) -> Option<Reception> {
        (number.as_str() == "4201").then(|| Reception {
            her_ids: vec![HerId(90004)],
            units: vec![PublicUnit {
                id: UnitId("risor-systemkoordinator".to_owned()),
                name: Text::of("Systemkoordinator i Risør", "Systemkoordinator i Risør", "System coordinator in Risør"),
                is_default: true,
                her_ids: vec![HerId(900_041)],
                telephone: Some("+47 99 00 01 31".to_owned()),
                email: None,
                post: Some("Fellestjenesten, Risør kommune".to_owned()),
                web: None,
                opening_hours: Some(Text::of("Hverdager 9–15", "Kvardagar 9–15", "Weekdays 9–15")),
                person: Some("Kari Kontakt".to_owned()),
                deputy: None,
                questionnaire: Some("https://www.risor.example/hvordan-var-det".to_owned()),
                languages: vec!["nb".to_owned()],
                receives: vec![Text::of("Svarer på spørsmål.", "Svarer på spørsmål.", "Answers questions.")],
                kinds: vec!["SPORSMAL"],
                needs: Vec::new(),
            }],
            form: FormOffer::default(),
        })
    }

    fn receiving(&self, _: jiff::civil::Date) -> Vec<MunicipalityNumber> {
        vec![MunicipalityNumber::parse("4201").unwrap()]
    }

    fn content(&self) -> Arc<Content> {
        let own = "[[link]]\nkey = \"risor-tilbud\"\nvalid_from = 2026-11-01\nmunicipality = \"4201\"\n\
                   title = { nb = \"Tilbud i Risør\" }\nurl = \"https://www.risor.example/tilbud\"\n";
        Arc::new(Content::parse(&[("risor.toml".to_owned(), own.to_owned())]).unwrap())
    }
}

/// A form that nobody has opened; the form over the real heart is tried in `app`.
#[async_trait::async_trait]
impl ReportDesk for Directory {
    fn is_open(&self) -> bool {
        false
    }

    async fn judge(&self, _: &NeedReport, _: Written) -> Result<DeskJudgement, DeskFault> {
        Err(DeskFault::Closed)
    }

    async fn send(&self, _: &NeedReport, _: Written) -> Result<DeskSent, DeskFault> {
        Err(DeskFault::Closed)
    }
}

/// The hospital can be written to, the school cannot; Gjerstad's own unit has no telephone when it wants to pass on.
impl Outbox for Directory {
    fn way(&self, sender_name: &str, _: &OutboundKind) -> Result<(), NoWayOut> {
        if sender_name == "eksempel-sykehus" { Ok(()) } else { Err(NoWayOut::NoAddress) }
    }

    fn rehearse(&self, saying: Saying, original: &RawMessage) -> Result<(), NoWayOut> {
        match saying.kind {
            OutboundKind::Transfer(_) => Err(NoWayOut::NoTelephone),
            kind => self.way(&original.sender_name, &kind),
        }
    }

    fn takers(&self) -> Vec<(CoordinatingBody, String)> {
        let taker = |number: &str, name: &str| (CoordinatingBody::parse(number).unwrap(), name.to_owned());
        vec![taker("310000108", "Eksempel helseforetak"), taker("4201", "Risør")]
    }

    fn ring(&self) {}
}
