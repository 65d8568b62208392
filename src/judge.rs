//! The pure heart: bytes in, judgement out. No clock, no log, no database: the same bytes give the same verdict, today
//! and in a test.
//!
//! ```text
//! decode ─► gate ─► tree ─► open ─► schema + rules ─► route
//! ```
//! It never fails and never waits. What can be told at all is told at once.

use crate::domain::Arrival;
use crate::domain::At;
use crate::domain::Attachment;
use crate::domain::Beside;
use crate::domain::Code;
use crate::domain::Decision;
use crate::domain::Deviation;
use crate::domain::DraftReport;
use crate::domain::Finding;
use crate::domain::Grant;
use crate::domain::Head;
use crate::domain::HeaderDetail;
use crate::domain::Judgement;
use crate::domain::MESSAGE_ID_BYTES_MAX;
use crate::domain::MaskedLine;
use crate::domain::MessageLimits;
use crate::domain::NeedReport;
use crate::domain::NoRoute;
use crate::domain::Observation;
use crate::domain::Refusal;
use crate::domain::Report;
use crate::domain::ReturnedReceipt;
use crate::domain::Route;
use crate::domain::Rulebook;
use crate::domain::Severity;
use crate::domain::Tolerance;
use crate::domain::Verdict;
use crate::routing;
use crate::routing::Directory;
use crate::routing::RouteQuestion;
use crate::rules;
use crate::wire;
use crate::wire::Letter;
use crate::wire::UnpackLimits;
use crate::wire::xml;
use jiff::civil::Date;
use roxmltree::Document;

/// MsgInfo/Type of an AppRec (code list 8279).
const RECEIPT: &str = "APPREC";

/// How far to judge. Each stage includes those before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Stage {
    /// Encoding, limits, well-formedness, header.
    Envelope,
    Schema,
    Rules,
    Route,
}

/// The judgement of a message.
pub fn judge(arrival: &Arrival, rulebook: &Rulebook, directory: &Directory) -> Judgement {
    match read(arrival, rulebook, |tree| examine(tree, arrival, rulebook, directory, Stage::Route)) {
        Err(finding) => refusal(vec![finding], None),
        Ok(examined) => examined.judgement(),
    }
}

/// Everything found up to `stage`, and whether a receipt could be made. For those who try messages out.
pub fn examine_until(arrival: &Arrival, rulebook: &Rulebook, directory: &Directory, stage: Stage) -> Judgement {
    match read(arrival, rulebook, |tree| examine(tree, arrival, rulebook, directory, stage)) {
        Err(finding) => refusal(vec![finding], None),
        Ok(examined) => examined.judgement(),
    }
}

/// Only the schema check, whatever the root element: a MsgHead, an AppRec or a bare behovsmelding.
pub fn check_schema(arrival: &Arrival, rulebook: &Rulebook) -> Vec<Finding> {
    let checked = read(arrival, rulebook, |tree| {
        let lines = xml::Lines::new(tree.input_text());
        let observed = rules::schema::examine(tree, rulebook.limits.findings_max);
        findings(tree, &lines, observed, &Scale::of(arrival, rulebook))
    });
    checked.unwrap_or_else(|finding| vec![finding])
}

/// The header and the attachments of bytes that have been judged before, with the report when there is one. For showing.
pub fn reopen<T>(arrival: &Arrival, rulebook: &Rulebook, show: impl FnOnce(&Document<'_>, Reopened) -> T) -> Option<T> {
    read(arrival, rulebook, |tree| {
        let opened = wire::open(tree, &UnpackLimits::from(&rulebook.limits))?;
        let (draft, letter) = opened.carrier.into_parts();
        let need = draft.as_deref().and_then(rules::settle);
        let beside = letter.map(|it| classified(&opened.head, it, draft.is_some(), rulebook).0);
        // A report of need that cannot be read is not passed over for what lies beside it.
        let report = report(need, beside, draft.is_some());
        let particulars = wire::particulars(tree);
        Some(show(tree, Reopened { head: opened.head, attachments: opened.attachments, report, particulars }))
    })
    .ok()
    .flatten()
}

/// What an AppRec says of something that we sent. `None`: the bytes are no AppRec, or it does not say which message it answers.
pub fn returned(arrival: &Arrival, rulebook: &Rulebook) -> Option<ReturnedReceipt> {
    read(arrival, rulebook, wire::apprec::returned).ok().flatten()
}

/// Only the header, without looking into anything else.
pub fn head(arrival: &Arrival, rulebook: &Rulebook) -> Option<Head> {
    read(arrival, rulebook, wire::head).ok().flatten()
}

/// The line of each finding with its values masked, in the same order. Nothing for a finding without a place, or when the
/// bytes are no text.
pub fn masked_lines(arrival: &Arrival, rulebook: &Rulebook, findings: &[Finding]) -> Vec<Option<MaskedLine>> {
    let Ok(text) = xml::decode(&arrival.bytes, arrival.charset.as_deref(), rulebook.limits.bytes_max) else {
        return vec![None; findings.len()];
    };
    let place = |it: &Finding| it.place.as_ref().map_or((0, 0), |it| (it.line, it.column));
    let places: Vec<_> = findings.iter().map(place).collect();
    let is_code = |it: &str| it == "BEHOVSMELDING" || rules::schema::is_code(it);
    xml::masked_lines(text.as_str(), &places, is_code, |it| rules::schema::published().names(it))
}

/// A stored message, read again.
#[derive(Clone, Debug)]
pub struct Reopened {
    pub head: Head,
    pub attachments: Vec<Attachment>,
    pub report: Option<Report>,
    /// What else the header says.
    pub particulars: Vec<HeaderDetail>,
}

/// Bytes to a tree, handed to `use_it` while the text lives.
fn read<T>(arrival: &Arrival, rulebook: &Rulebook, use_it: impl FnOnce(&Document<'_>) -> T) -> Result<T, Finding> {
    let limits = limits(&rulebook.limits);
    if arrival.bytes.is_empty() {
        return Err(Finding::new(Code::BodyEmpty, None));
    }
    let told = |fault: xml::Fault| wire::finding(&fault);
    let text = xml::decode(&arrival.bytes, arrival.charset.as_deref(), limits.bytes_max).map_err(told)?;
    let gated = xml::gate(text.as_str(), &limits).map_err(told)?;
    let tree = xml::plant(gated).map_err(told)?;
    Ok(use_it(&tree))
}

/// What was found in a tree.
struct Examined {
    opened: Option<(Head, Vec<Attachment>)>,
    findings: Vec<Finding>,
    left_out: usize,
    /// As many are told at most, whatever comes of the message.
    findings_max: usize,
    accepted: Option<(Report, Route)>,
}

fn examine(
    tree: &Document<'_>,
    arrival: &Arrival,
    rulebook: &Rulebook,
    directory: &Directory,
    stage: Stage,
) -> Examined {
    let lines = xml::Lines::new(tree.input_text());
    let Some(mut opened) = wire::open(tree, &UnpackLimits::from(&rulebook.limits)) else {
        let place = wire::place(tree, &lines, &At::Path("/".to_owned()));
        // The intake knows this one, and matches it with what was sent.
        let code = if wire::apprec::is_apprec(tree) { Code::ReceiptNotMessage } else { Code::RootUnknown };
        return Examined {
            opened: None,
            findings: vec![Finding::new(code, Some(place))],
            left_out: 0,
            findings_max: rulebook.limits.findings_max,
            accepted: None,
        };
    };
    let scale = Scale::of(arrival, rulebook);
    opened.head.addressed_as = routing::addressed_as(directory, &opened.head, arrival.received_at);
    let mut observed = opened.observations;
    if stage >= Stage::Schema {
        observed.extend(rules::schema::examine(tree, rulebook.limits.findings_max));
    }
    let (draft, letter) = opened.carrier.into_parts();
    let (beside, letter_at) = letter.map(|it| classified(&opened.head, it, draft.is_some(), rulebook)).unzip();
    // That there is no schema for care is known, and told with a code of its own.
    let is_known = |it: &Observation| it.code == Code::SchemaContentUnknown && Some(&it.at) == letter_at.as_ref();
    observed.retain(|it| !is_known(it));
    let carried = Carried { draft: draft.as_deref(), beside: beside.as_ref(), letter_at: letter_at.as_ref() };
    if stage >= Stage::Rules {
        observed.extend(by_rules(&opened.head, &carried, &opened.attachments, arrival, rulebook));
    }
    let need = draft.as_deref().and_then(rules::settle);
    if stage >= Stage::Rules
        && let Some(draft) = draft.as_deref()
        && need.is_none()
        && !observed.iter().any(|it| scale.weigh(it).0 == Severity::Error)
    {
        // The schema was relaxed so far that no report can be read. Then that is said, and cannot be relaxed.
        observed.extend(rules::obstacles(draft));
    }
    let mut accepted = None;
    if stage >= Stage::Route
        && let Some(report) = report(need, beside, draft.is_some())
    {
        match route(&report, &opened.head, directory, arrival) {
            Ok(route) => accepted = Some((report, route)),
            Err(none)
                if observed.iter().any(|it| scale.weigh(it).0 == Severity::Error && leads_to(it.code, none.code)) => {}
            Err(none) => observed.push(no_route(&none, draft.as_deref())),
        }
    }
    let mut findings = findings(tree, &lines, observed, &scale);
    let left_out = findings.len().saturating_sub(rulebook.limits.findings_max);
    findings.truncate(rulebook.limits.findings_max);
    let findings_max = rulebook.limits.findings_max;
    Examined { opened: Some((opened.head, opened.attachments)), findings, left_out, findings_max, accepted }
}

/// A message of another standard with what it is understood to be about, and where it lies.
fn classified(head: &Head, letter: Letter, has_report: bool, rulebook: &Rulebook) -> (Beside, At) {
    let words = &rulebook.dialogue_words;
    match letter {
        Letter::Dialogue(it, at) => {
            let classification = rules::classify::classify(&it, has_report, words);
            (Beside::Dialogue(Box::new(rules::settle_dialogue(head, *it, classification))), at)
        }
        Letter::Care(it, at) => {
            let classification = rules::classify::classify_care(&it, has_report, words);
            (Beside::Care(Box::new(rules::settle_care(head, *it, classification))), at)
        }
    }
}

/// A report of need wins over the message beside it, and is not passed over when it cannot be read.
fn report(need: Option<NeedReport>, beside: Option<Beside>, has_draft: bool) -> Option<Report> {
    match (need, has_draft) {
        (Some(need), _) => Some(Report::Need { report: Box::new(need), beside }),
        (None, true) => None,
        (None, false) => beside.map(|it| match it {
            Beside::Dialogue(it) => Report::Dialogue(it),
            Beside::Care(it) => Report::Care(it),
        }),
    }
}

fn route(report: &Report, head: &Head, directory: &Directory, arrival: &Arrival) -> Result<Route, NoRoute> {
    let (receiver, at) = (head.addressee().her_id(), arrival.received_at);
    match report {
        Report::Need { report, .. } => routing::decide(directory, &RouteQuestion::of(report, receiver, at), at),
        Report::Dialogue(dialogue) => routing::decide_dialogue(directory, &**dialogue, receiver, at),
        Report::Care(care) => routing::decide_dialogue(directory, &**care, receiver, at),
    }
}

/// What a message was found to carry.
struct Carried<'a> {
    draft: Option<&'a DraftReport>,
    beside: Option<&'a Beside>,
    /// Where what lies beside is.
    letter_at: Option<&'a At>,
}

fn by_rules(
    head: &Head,
    carried: &Carried<'_>,
    attachments: &[Attachment],
    arrival: &Arrival,
    rulebook: &Rulebook,
) -> Vec<Observation> {
    let Some(sender) = rulebook.sender_of(&arrival.peer) else {
        return vec![Observation::new(Code::SenderNotRegistered, At::Path("/MsgHead/MsgInfo/Sender".to_owned()))];
    };
    let context = rules::Context { rulebook, sender, received_at: arrival.received_at, channel: arrival.channel };
    let mut observed = rules::examine(head, carried.draft, attachments, &context);
    match (carried.draft, carried.beside, carried.letter_at) {
        (None, Some(Beside::Dialogue(it)), Some(at)) => {
            observed.extend(rules::examine_dialogue(head, &it.dialogue, at, &it.classification, attachments, &context));
        }
        (None, Some(Beside::Care(it)), Some(at)) => {
            observed.extend(rules::examine_care(head, &it.care, at, &it.classification, attachments, &context));
        }
        // Beside a report of need, only that it was not checked.
        (Some(_), Some(Beside::Care(_)), Some(at)) => {
            observed.push(Observation::new(Code::CareMessageNotChecked, at.clone()));
        }
        (_, Some(Beside::Care(_) | Beside::Dialogue(_)), None)
        | (Some(_), Some(Beside::Dialogue(_)), _)
        | (_, None, _) => {}
    }
    observed
}

/// Whether it only follows from something told already that there is no route.
fn leads_to(told: Code, no_route: Code) -> bool {
    matches!(
        (told, no_route),
        (Code::MunicipalityNotValid, Code::MunicipalityWithoutUnit | Code::ReceiverOfAnother)
            | (Code::HospitalTrustNumberMissing, Code::HospitalTrustWithoutUnit)
            | (Code::ReceiverEmpty | Code::ReceiverHerIdMissing | Code::ReceiverHerIdMalformed, Code::ReceiverUnknown)
    )
}

fn no_route(none: &NoRoute, draft: Option<&DraftReport>) -> Observation {
    let asked_for = draft.and_then(|it| it.municipality.as_ref()).filter(|_| none.code != Code::ReceiverUnknown);
    let at = asked_for.map_or_else(|| At::Path("/MsgHead/MsgInfo/Receiver".to_owned()), |it| it.at.clone());
    Observation::new(none.code, at)
}

/// What an observation weighs here, today and from this sender.
struct Scale<'a> {
    rulebook: &'a Rulebook,
    grants: &'a [Grant],
    day: Date,
}

impl<'a> Scale<'a> {
    fn of(arrival: &Arrival, rulebook: &'a Rulebook) -> Self {
        let grants = rulebook.sender_of(&arrival.peer).map_or(&[][..], |it| &it.tolerated);
        Self { rulebook, grants, day: arrival.received_at.date_in_norway() }
    }

    fn weigh(&self, observation: &Observation) -> (Severity, Option<Tolerance>) {
        let severity = rules::strictness::weight(observation, &self.rulebook.strictness);
        rules::tolerance::weigh(observation, severity, self.grants, self.day)
    }
}

/// Observations with their weights and their places in words, in document order.
fn findings(
    tree: &Document<'_>,
    lines: &xml::Lines<'_>,
    observed: Vec<Observation>,
    scale: &Scale<'_>,
) -> Vec<Finding> {
    let mut findings: Vec<Finding> = observed
        .into_iter()
        .map(|observation| {
            let (severity, tolerance) = scale.weigh(&observation);
            let place = Some(wire::place(tree, lines, &observation.at));
            let Observation { code, expected, schema_says, meant, .. } = observation;
            Finding { code, severity, place, expected: expected.map(Box::new), schema_says, meant, tolerance }
        })
        .collect();
    findings.sort_by(|one, other| {
        let place = |it: &Finding| it.place.as_ref().map(|it| (it.line, it.column));
        place(one).cmp(&place(other)).then(one.code.cmp(&other.code))
    });
    findings.dedup();
    without_echoes(findings)
}

/// The schema's word about a place where a rule has said the same with its own code and better words.
fn without_echoes(findings: Vec<Finding>) -> Vec<Finding> {
    const SAID_BY_RULES: [(Code, Code); 3] = [
        (Code::MessageTypeMissing, Code::SchemaElementMissing),
        (Code::HeaderVersionWrong, Code::SchemaValueInvalid),
        (Code::AttachmentUndecodable, Code::SchemaValueInvalid),
    ];
    let path = |it: &Finding| it.place.as_ref().map(|it| it.xpath.clone()).unwrap_or_default();
    let is_echo = |it: &Finding| {
        SAID_BY_RULES.iter().any(|(rule, schema)| {
            let (told, own) = (findings.iter().find(|it| it.code == *rule), path(it));
            it.code == *schema && told.is_some_and(|told| own.starts_with(&path(told)) || path(told).starts_with(&own))
        })
    };
    let echoes: Vec<bool> = findings.iter().map(|it| is_echo(it) || is_consequence(it, &findings)).collect();
    findings.into_iter().zip(echoes).filter(|(_, is_echo)| !is_echo).map(|(it, _)| it).collect()
}

/// What only follows from something else that is told, and would be gone with it.
fn is_consequence(finding: &Finding, findings: &[Finding]) -> bool {
    findings.iter().any(|it| it.severity == Severity::Error && follows(finding, it))
}

fn follows(finding: &Finding, cause: &Finding) -> bool {
    let place = |it: &Finding| it.place.as_ref().map_or_else(String::new, |it| it.xpath.clone());
    let is_out_of_place = matches!(cause.code, Code::SchemaElementMissing | Code::SchemaElementUnexpected);
    match finding.code {
        // Nobody could know which content to look for, or it is where it cannot be found.
        Code::ContentMissing => {
            matches!(cause.code, Code::MessageTypeMissing | Code::MessageTypeUnsupported)
                || (cause.code == Code::SchemaElementMissing
                    && matches!(place(cause).as_str(), "/MsgHead" | "/MsgHead/Document"))
        }
        // Of a content that is not the one looked for, that is enough.
        Code::SchemaContentUnknown => {
            matches!(cause.code, Code::MessageTypeMissing | Code::MessageTypeUnsupported | Code::ContentMissing)
        }
        // An id that cannot be read is not found.
        Code::SenderHerIdMissing | Code::ReceiverHerIdMissing => {
            let (party, id) = (place(finding), place(cause));
            is_out_of_place && id.strip_prefix(&party).is_some_and(|it| it.starts_with("/Ident"))
        }
        Code::SchemaElementMissing => {
            let is_only_id = finding
                .schema_says
                .as_deref()
                .is_some_and(|it| it.ends_with(" Ident") && !it.contains("OrganisationName"));
            matches!(cause.code, Code::SenderHerIdMissing | Code::ReceiverHerIdMissing)
                && is_only_id
                && place(cause) == place(finding)
        }
        // It is there, and its name is misspelt.
        Code::PatientMissing => is_misspelt("Pasient", finding, cause),
        Code::PatientNameMissing => is_misspelt("Navn", finding, cause),
        Code::BirthDateMissing => is_misspelt("Fodselsdato", finding, cause),
        Code::ConsentMissing => is_misspelt("Samtykke", finding, cause),
        Code::ConsentGiverMissing => is_misspelt("AvgittAv", finding, cause),
        Code::MessageTypeMissing => cause.code == Code::SchemaElementUnexpected && place(cause) == place(finding),
        Code::ReceiverUnknown => is_out_of_place && place(cause) == place(finding),
        // Two numbers differ when one of them is mistyped.
        Code::PatientIdsDiffer => {
            let place = place(cause);
            matches!(cause.code, Code::IdentityNumberMalformed | Code::IdentityNumberControlDigits)
                && (place.contains("/MsgInfo/Patient/") || place.contains("/Behovsmelding/Pasient/Id"))
        }
        Code::ConsentDateMissing => {
            matches!(cause.code, Code::SchemaValueInvalid | Code::SchemaElementUnexpected)
                && place(cause).strip_prefix(&place(finding)) == Some("/Dato")
        }
        _ => false,
    }
}

/// Whether `cause` says that an element of another name, right where `finding` misses `name`, was likely meant to be that.
fn is_misspelt(name: &str, finding: &Finding, cause: &Finding) -> bool {
    let (Some(parent), Some(child)) = (&finding.place, &cause.place) else { return false };
    let is_child = child
        .xpath
        .strip_prefix(parent.xpath.as_str())
        .and_then(|it| it.strip_prefix('/'))
        .is_some_and(|it| !it.contains('/'));
    is_child && cause.meant.as_deref() == Some(name)
}

impl Examined {
    fn judgement(self) -> Judgement {
        let Some((head, attachments)) = self.opened else { return refusal(self.findings, None) };
        if let Some(unanswerable) = unanswerable(&head) {
            let id = Some(head.message_id).filter(|it| !it.is_empty() && it.len() <= MESSAGE_ID_BYTES_MAX);
            // That these fields are missing is what has just been said.
            let is_echo = |it: &Finding| {
                let place = it.place.as_ref().map_or("", |it| it.xpath.as_str());
                let is_told = match unanswerable.code {
                    Code::AnswerAddressMissing => place == "/MsgHead/MsgInfo/Sender",
                    _ => {
                        place == "/MsgHead/MsgInfo"
                            && it.schema_says.as_deref().is_some_and(|it| it.ends_with(": MsgId"))
                    }
                };
                it.code == unanswerable.code || it.code == Code::SchemaElementMissing && is_told
            };
            let others = self.findings.into_iter().filter(|it| !is_echo(it));
            let findings = std::iter::once(unanswerable.clone()).chain(others).take(self.findings_max).collect();
            return refusal(findings, id);
        }
        if head.message_type.code.as_deref() == Some(RECEIPT) {
            // An AppRec is never answered with one, also when it comes in a MsgHead, where it does not belong.
            let is_told = self.findings.iter().any(|it| it.code == Code::MessageTypeUnsupported);
            let cause = (!is_told).then(|| Finding::new(Code::MessageTypeUnsupported, None));
            let findings = cause.into_iter().chain(self.findings).take(self.findings_max).collect();
            return refusal(findings, Some(head.message_id));
        }
        let is_rejected = self.left_out > 0 || self.findings.iter().any(|it| it.severity == Severity::Error);
        let would_pass_with = match &self.accepted {
            Some(_) if is_rejected && self.left_out == 0 => deviations(&self.findings).unwrap_or_default(),
            Some(_) | None => Vec::new(),
        };
        let decision = match self.accepted {
            Some((report, route)) if !is_rejected => Decision::Accepted { report, route },
            Some(_) | None => Decision::Rejected,
        };
        let (findings, findings_left_out) = (self.findings, self.left_out);
        let verdict = Verdict { head, attachments, decision, findings, findings_left_out, would_pass_with };
        Judgement::Verdict(Box::new(verdict))
    }
}

/// The leave that would make remarks of all errors; `None` when one of them is no deviation.
fn deviations(findings: &[Finding]) -> Option<Vec<Deviation>> {
    let errors = findings.iter().filter(|it| it.severity == Severity::Error);
    let mut deviations: Vec<_> = errors.map(|it| it.tolerance.map(Tolerance::deviation)).collect::<Option<_>>()?;
    deviations.sort_unstable();
    deviations.dedup();
    Some(deviations)
}

/// Without an id and somebody to answer there can be no receipt (HIS 80415), and none is kept under an id that no database
/// can find it by.
fn unanswerable(head: &Head) -> Option<Finding> {
    if head.message_id.is_empty() {
        return Some(Finding::new(Code::MessageIdMissing, None));
    }
    if head.message_id.len() > MESSAGE_ID_BYTES_MAX {
        return Some(Finding::new(Code::MessageIdTooLong, None));
    }
    head.sender.organisation().is_none().then(|| Finding::new(Code::AnswerAddressMissing, None))
}

fn refusal(findings: Vec<Finding>, sender_message_id: Option<String>) -> Judgement {
    Judgement::Refusal(Refusal { findings, sender_message_id })
}

fn limits(limits: &MessageLimits) -> xml::Limits {
    xml::Limits {
        bytes_max: limits.bytes_max,
        depth_max: limits.depth_max,
        nodes_max: limits.elements_max.saturating_mul(3),
        attributes_per_element_max: limits.attributes_per_element_max,
        name_bytes_max: limits.name_bytes_max,
        text_bytes_max: limits.text_bytes_max,
        base64_bytes_max: limits.bytes_max,
        ..xml::Limits::default()
    }
}
