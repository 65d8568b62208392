//! What other systems wrote: every MsgHead, dialogue message and AppRec of the shared collection gets a verdict that stays.
//!
//! The collection is not part of this repository. It is looked for in `$MELDEPORT_SHARED` or `../shared`; without it, or
//! without `xmllint`, nothing is compared, and that is said. The snapshot holds no text of any message: codes, places, counts.

use bytes::Bytes;
use meldeport::app;
use meldeport::domain::Arrival;
use meldeport::domain::Block;
use meldeport::domain::Channel;
use meldeport::domain::Coded;
use meldeport::domain::Detail;
use meldeport::domain::Deviation;
use meldeport::domain::Dialogue;
use meldeport::domain::DialogueEntry;
use meldeport::domain::DialogueNote;
use meldeport::domain::DialogueQuestion;
use meldeport::domain::DialogueRole;
use meldeport::domain::Finding;
use meldeport::domain::Grant;
use meldeport::domain::Head;
use meldeport::domain::Inline;
use meldeport::domain::Judgement;
use meldeport::domain::OrgNumber;
use meldeport::domain::Party;
use meldeport::domain::Peer;
use meldeport::domain::Redacted;
use meldeport::domain::RegisteredSender;
use meldeport::domain::RichText;
use meldeport::domain::Rulebook;
use meldeport::domain::Sector;
use meldeport::domain::Severity;
use meldeport::domain::Timestamp;
use meldeport::domain::Verdict;
use meldeport::domain::WayBack;
use meldeport::judge;
use meldeport::judge::Reopened;
use meldeport::judge::Stage;
use meldeport::routing::Directory;
use meldeport::trial::MUNICIPALITIES;
use roxmltree::Document;
use roxmltree::Node;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

const FOLDERS: [&str; 5] = ["apprec-1.0", "apprec-1.1", "dialogmelding-1.0", "dialogmelding-1.1", "msghead-other"];
/// When all of them come: many are years old, and earn a remark for it.
const NOW: &str = "2026-10-18T20:00:00Z";

/// The folder with the collection and the official schemas; `None` is said aloud.
fn shared() -> Option<PathBuf> {
    let shared = std::env::var_os("MELDEPORT_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let folder = shared.join("standards");
    if !folder.join("corpus").is_dir() {
        println!("LEFT OUT: there is no collection of messages in {}", folder.display());
        return None;
    }
    if Command::new("xmllint").arg("--version").output().is_err() {
        println!("LEFT OUT: there is no xmllint to compare with");
        return None;
    }
    Some(folder)
}

fn files(standards: &Path) -> Vec<(String, PathBuf)> {
    let mut files = Vec::new();
    for folder in FOLDERS {
        let entries = fs::read_dir(standards.join("corpus").join(folder)).unwrap().map(|it| it.unwrap().path());
        let xml = entries.filter(|it| it.extension().is_some_and(|it| it == "xml"));
        files.extend(xml.map(|it| (format!("{folder}/{}", it.file_stem().unwrap().to_string_lossy()), it)));
    }
    files.sort();
    files
}

#[test]
fn every_message_of_other_systems_has_a_verdict_that_stays() {
    let Some(standards) = shared() else { return };
    let mut all = String::new();
    let (mut accepted, mut looked_at) = (0, 0);
    for (name, file) in files(&standards) {
        let message = Message::read(&file);
        let faults = judge::check_schema(&message.arrival, &message.rulebook(&[]));
        let is_valid = xmllint(&standards, &file);
        assert_eq!(faults.is_empty(), is_valid, "{name}: the verdict of the schema is not xmllint's");

        writeln!(all, "── {name}\nschema: {}", if is_valid { "valid".to_owned() } else { told(&faults) }).unwrap();
        looked_at += 1;
        if message.head.is_none() {
            continue;
        }
        let strict = message.judged(&[]);
        writeln!(all, "strict: {}", said(&strict)).unwrap();
        let tolerant = message.judged(&Deviation::ALL);
        if told(strict.findings()) != told(tolerant.findings()) {
            writeln!(all, "with leave: {}", said(&tolerant)).unwrap();
        }
        let deviates = !faults.is_empty() && faults.iter().all(|it| it.tolerance.is_some());
        if deviates {
            let schema = message.by_schema(&Deviation::ALL);
            assert!(schema.errors().next().is_none(), "{name}: {}", told(&schema.findings));
        }
        if is_accepted(&tolerant) && !is_accepted(&strict) {
            accepted += 1;
            let count = message.assert_whole(&name);
            writeln!(all, "read: {count} texts").unwrap();
        }
    }
    println!("{looked_at} messages of other systems; {accepted} pass with leave and not without");
    insta::assert_snapshot!("shared", all);
    assert!(accepted > 0 && looked_at >= 45, "{accepted} of {looked_at}");
}

fn is_accepted(judgement: &Judgement) -> bool {
    matches!(judgement, Judgement::Verdict(it) if it.is_accepted())
}

fn said(judgement: &Judgement) -> String {
    let verdict = match judgement {
        Judgement::Refusal(_) => "refused",
        Judgement::Verdict(it) if it.is_accepted() => "accepted",
        Judgement::Verdict(_) => "rejected",
    };
    format!("{verdict} {}", told(judgement.findings()))
}

/// Codes and places, what only informs left out; a run of the same code on many lines is counted.
fn told(findings: &[Finding]) -> String {
    let mut told: Vec<(String, usize, String)> = Vec::new();
    for finding in findings.iter().filter(|it| it.severity > Severity::Info) {
        let mark = if finding.severity == Severity::Warning { "remark " } else { "" };
        let deviation = finding.tolerance.map(|it| format!(" ({})", it.deviation().key())).unwrap_or_default();
        let what = format!("{mark}{}{deviation}", finding.code.id());
        let place = finding.place.as_ref().map(|it| format!(" at {}:{}", it.line, it.column)).unwrap_or_default();
        match told.last_mut().filter(|it| it.0 == what) {
            Some(it) => it.1 += 1,
            None => told.push((what, 1, place)),
        }
    }
    let each = told.into_iter().map(|(what, count, place)| match count {
        1 => format!("{what}{place}"),
        _ => format!("{what}{place} and {} more", count - 1),
    });
    each.collect::<Vec<_>>().join(", ")
}

fn xmllint(standards: &Path, file: &Path) -> bool {
    let mut command = Command::new("xmllint");
    command.args(["--nonet", "--noout", "--huge", "--schema"]).arg(standards.join("xsd/drivers/all-kith.xsd"));
    command.arg(file).output().unwrap().status.success()
}

/// A message as if its own sender were registered, and its own receiver a unit here.
struct Message {
    arrival: Arrival,
    head: Option<Head>,
}

impl Message {
    fn read(file: &Path) -> Self {
        let mut arrival = Arrival {
            peer: Peer {
                organisation: OrgNumber::parse(meldeport::trial::HOSPITAL).unwrap(),
                sub_unit: None,
                certificate_sha256: [0; 32],
                certificate_ends: Timestamp(i64::MAX),
            },
            channel: Channel::File,
            received_at: Timestamp::from_jiff(NOW.parse().unwrap()),
            bytes: Bytes::from(fs::read(file).unwrap()),
            charset: None,
        };
        let head = judge::reopen(&arrival, &app::example_rulebook(), |_, it| it.head);
        if let Some(head) = &head {
            // Made-up organisations have made-up numbers; here the sender is the one that its certificate names.
            if let Some(own) = head.sender.organisation().and_then(|it| it.ident("ENH")) {
                arrival.bytes = replaced(&arrival.bytes, own, meldeport::trial::HOSPITAL);
            }
        }
        Self { arrival, head }
    }

    fn rulebook(&self, leave: &[Deviation]) -> Rulebook {
        let until = jiff::civil::date(2099, 12, 31);
        let grant = |it: &Deviation| Grant { deviation: *it, until, because: "a test".to_owned() };
        let levels = self.head.iter().flat_map(|it| &it.sender.levels);
        let sender = RegisteredSender {
            name: "avsender".to_owned(),
            display_name: "Avsender".to_owned(),
            organisation: self.arrival.peer.organisation.clone(),
            sub_units: Vec::new(),
            her_ids: levels.filter_map(|it| it.her_id()).collect(),
            sector: Sector::Health,
            way_back: WayBack::default(),
            tolerated: leave.iter().map(grant).collect(),
        };
        let mut rulebook = Rulebook { senders: vec![sender], ..app::example_rulebook() };
        // One of the collected messages has 45 attachments, and large ones.
        rulebook.limits.attachments_max = 50;
        rulebook
    }

    /// The example municipality with the receiver's HER-ids.
    fn directory(&self) -> Directory {
        let receiver = self.head.as_ref().map(|it| &it.receiver);
        let her_id = |it: Option<&Party>, innermost: bool| {
            let levels = it.map_or(&[][..], |it| &it.levels);
            let level = if innermost { levels.last() } else { levels.first() };
            level.and_then(|it| it.her_id()).map_or(90001, |it| it.0)
        };
        let is_flat = receiver.is_none_or(|it| it.levels.len() < 2);
        let (outer, inner) = (her_id(receiver, false), if is_flat { 900_011 } else { her_id(receiver, true) });
        let texts = MUNICIPALITIES.map(|(name, text)| {
            let text = text.replace("her_ids = [90001]", &format!("her_ids = [{outer}]"));
            (name.to_owned(), text.replace("her_ids = [900011]", &format!("her_ids = [{inner}]")))
        });
        Directory::parse(&texts).unwrap_or_else(|_| app::example_directory())
    }

    fn judged(&self, leave: &[Deviation]) -> Judgement {
        judge::judge(&self.arrival, &self.rulebook(leave), &self.directory())
    }

    fn by_schema(&self, leave: &[Deviation]) -> Verdict {
        match judge::examine_until(&self.arrival, &self.rulebook(leave), &self.directory(), Stage::Schema) {
            Judgement::Verdict(it) => *it,
            Judgement::Refusal(it) => panic!("refused: {}", told(&it.findings)),
        }
    }

    /// Every text of the message is in what was read of it. Returns how many there are.
    fn assert_whole(&self, name: &str) -> usize {
        let (texts, read) =
            judge::reopen(&self.arrival, &self.rulebook(&[]), |tree, it| (texts(tree), everything(&it))).unwrap();
        for (index, text) in texts.iter().enumerate() {
            // The text itself is not printed: other systems' files may hold anything.
            assert!(read.contains(text.as_str()), "{name}: text number {index} of {} is lost", texts.len());
        }
        texts.len()
    }
}

/// All places of some digits, whatever the encoding around them.
fn replaced(bytes: &[u8], old: &str, new: &str) -> Bytes {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while !old.is_empty()
        && let Some(at) = rest.windows(old.len()).position(|it| it == old.as_bytes())
    {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(new.as_bytes());
        rest = &rest[at + old.len()..];
    }
    out.extend_from_slice(rest);
    out.into()
}

/// Elements of the header that nobody reads: addresses and telephones of the parties and of the patient, titles of documents,
/// and the message's own version. Attachments are kept byte for byte in the message, and counted by `judge`.
const NOT_READ: [&str; 10] = [
    "Address",
    "TeleCom",
    "MIGversion",
    "ContentDescription",
    "MimeType",
    "Base64Container",
    "Signature",
    "Annotation",
    "Description",
    "Id",
];

fn texts(tree: &Document<'_>) -> Vec<String> {
    let in_dialogue = |it: &Node<'_, '_>| it.ancestors().any(|it| it.tag_name().name() == "Dialogmelding");
    let is_left_out = |it: &Node<'_, '_>| {
        let mut around = it.ancestors().filter(Node::is_element);
        let in_document = it.ancestors().any(|it| it.tag_name().name() == "RefDoc");
        around.any(|it| {
            let name = it.tag_name().name();
            NOT_READ.contains(&name) && (name != "Id" || in_document)
        })
    };
    tree.descendants()
        .filter(|it| it.is_text() && (in_dialogue(it) || !is_left_out(it)))
        .filter_map(|it| it.text())
        .map(without_space)
        .filter(|it| !it.is_empty())
        .collect()
}

fn without_space(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace()).collect()
}

/// All that was read, one after the other.
fn everything(read: &Reopened) -> String {
    let mut out = Everything(String::new());
    out.head(&read.head);
    if let Some(dialogue) = read.report.as_ref().and_then(|it| it.dialogue()) {
        out.dialogue(&dialogue.dialogue);
    }
    out.0
}

struct Everything(String);

impl Everything {
    fn say(&mut self, text: &str) {
        self.0.push_str(&without_space(text));
        self.0.push('\n');
    }

    fn hidden(&mut self, text: Option<&Redacted<String>>) {
        text.into_iter().for_each(|it| self.say(it.reveal()));
    }

    fn coded(&mut self, coded: Option<&Redacted<Coded>>) {
        let values = coded.map(Redacted::reveal).into_iter().flat_map(|it| [&it.code, &it.system, &it.name, &it.other]);
        values.flatten().for_each(|it| self.say(it));
    }

    fn details(&mut self, details: &[Detail]) {
        details.iter().for_each(|it| self.say(it.value.reveal()));
    }

    fn head(&mut self, head: &Head) {
        self.say(&head.generated.verbatim);
        self.say(&head.message_id);
        if let Some(it) = &head.conversation {
            self.say(&it.parent);
            self.say(&it.conversation);
        }
        let others = head.other_receivers.iter().map(|it| &it.party);
        for level in [&head.sender, &head.receiver].into_iter().chain(others).flat_map(|it| &it.levels) {
            // A person's name is kept as one.
            level.name.split(' ').for_each(|it| self.say(it));
            self.say(&level.name);
            level.idents.iter().for_each(|it| self.say(&it.id));
        }
        if let Some(it) = &head.patient {
            for text in [&it.family_name, &it.middle_name, &it.given_name, &it.date_of_birth] {
                self.hidden(text.as_ref());
            }
            it.idents.iter().for_each(|it| self.hidden(Some(&it.id)));
        }
    }

    fn dialogue(&mut self, dialogue: &Dialogue) {
        self.coded(dialogue.case_kind.as_ref());
        self.hidden(dialogue.case_title.as_ref());
        for entry in &dialogue.entries {
            match entry {
                DialogueEntry::Note(note) => self.note(note),
                DialogueEntry::Question(question) => self.question(question),
            }
        }
        self.details(&dialogue.rest);
    }

    fn note(&mut self, note: &DialogueNote) {
        self.coded(note.theme.as_ref());
        for text in [&note.title, &note.remark, &note.document_id, &note.date] {
            self.hidden(text.as_ref());
        }
        self.rich(note.content.as_ref());
        note.question.iter().for_each(|it| self.question(it));
        note.roles.iter().for_each(|it| self.role(it));
        self.details(&note.rest);
    }

    fn question(&mut self, question: &DialogueQuestion) {
        for coded in [&question.kind, &question.purpose, &question.urgency, &question.information] {
            self.coded(coded.as_ref());
        }
        question.record_kinds.iter().for_each(|it| self.coded(Some(it)));
        for text in [&question.subject, &question.reason, &question.from, &question.to, &question.document_id] {
            self.hidden(text.as_ref());
        }
        self.rich(question.text.as_ref());
        question.roles.iter().for_each(|it| self.role(it));
        self.details(&question.rest);
    }

    fn role(&mut self, role: &DialogueRole) {
        self.coded(role.in_note.as_ref());
        self.coded(role.to_patient.as_ref());
        for party in &role.parties {
            self.hidden(party.name.as_ref());
            self.coded(party.to_patient.as_ref());
            self.details(&party.details);
        }
        self.details(&role.rest);
    }

    fn rich(&mut self, text: Option<&Redacted<RichText>>) {
        let Some(text) = text else { return };
        let mut whole = String::new();
        text.reveal().blocks.iter().for_each(|it| block(it, &mut whole));
        self.say(&whole);
    }
}

fn block(it: &Block, whole: &mut String) {
    match it {
        Block::Paragraph(inlines) | Block::Heading(inlines) => inlines.iter().for_each(|it| inline(it, whole)),
        Block::List { items, .. } => items.iter().flatten().for_each(|it| block(it, whole)),
        Block::Table(rows) => rows.iter().flatten().flat_map(|it| &it.blocks).for_each(|it| block(it, whole)),
        Block::Quote(blocks) => blocks.iter().for_each(|it| block(it, whole)),
    }
}

fn inline(it: &Inline, whole: &mut String) {
    match it {
        Inline::Text(text) => whole.push_str(text),
        Inline::Strong(inlines)
        | Inline::Emphasis(inlines)
        | Inline::Raised(inlines)
        | Inline::Lowered(inlines)
        | Inline::Struck(inlines) => inlines.iter().for_each(|it| inline(it, whole)),
        Inline::LineBreak => whole.push('\n'),
    }
}
