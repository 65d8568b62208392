//! From a checked tree to header, attachments and report.

use super::attachment::attachment;
use super::behovsmelding;
use super::care;
use super::dialog;
use super::msghead;
use super::node::child;
use super::node::children;
use super::unpack::Budget;
use super::unpack::UnpackLimits;
use super::xml::xpath_of;
use crate::domain::At;
use crate::domain::Attachment;
use crate::domain::CARE_MESSAGE_TYPES;
use crate::domain::CareMessage;
use crate::domain::Code;
use crate::domain::Dialogue;
use crate::domain::DialogueVersion;
use crate::domain::DraftReport;
use crate::domain::Head;
use crate::domain::Observation;
use crate::domain::Place;
use roxmltree::Document;
use roxmltree::Node;
use roxmltree::NodeId;

/// How the types of dialogue messages begin (code list 8279). A report of need says what it is by its own type.
const DIALOGUE_TYPES: &str = "DIALOG_";

/// What was found in a message.
#[derive(Clone, Debug)]
pub struct Opened {
    pub head: Head,
    /// In the order of the message.
    pub attachments: Vec<Attachment>,
    pub carrier: Carrier,
    /// Things about the envelope itself that a tree shows and no later rule can.
    pub observations: Vec<Observation>,
}

/// What the message carries.
#[derive(Clone, Debug)]
pub enum Carrier {
    /// Our own open standard.
    Behovsmelding(Box<DraftReport>),
    /// A dialogue message, the Content that it lies in, and the report of need that lies beside it, if any.
    Dialogue(Box<Dialogue>, At, Option<Box<DraftReport>>),
    /// A nursing and care message, where it begins, and the report of need that lies beside it, if any.
    Care(Box<CareMessage>, At, Option<Box<DraftReport>>),
    /// Something else, or nothing.
    Unknown,
}

impl Carrier {
    /// The report of need and the other message, each if it is there.
    pub fn into_parts(self) -> (Option<Box<DraftReport>>, Option<Letter>) {
        match self {
            Self::Behovsmelding(draft) => (Some(draft), None),
            Self::Dialogue(dialogue, at, draft) => (draft, Some(Letter::Dialogue(dialogue, at))),
            Self::Care(care, at, draft) => (draft, Some(Letter::Care(care, at))),
            Self::Unknown => (None, None),
        }
    }
}

/// A message of another standard than ours.
#[derive(Clone, Debug)]
pub enum Letter {
    /// With the place of the Content that it lies in.
    Dialogue(Box<Dialogue>, At),
    /// With the place of its first element.
    Care(Box<CareMessage>, At),
}

/// Finds the header, the attachments and the report. `None`: the root is not MsgHead, or it has no MsgInfo.
pub fn open(tree: &Document<'_>, unpack: &UnpackLimits) -> Option<Opened> {
    let root = tree.root_element();
    if root.tag_name().name() != "MsgHead" || root.tag_name().namespace() != Some(msghead::NAMESPACE) {
        return None;
    }
    let head = msghead::head(root)?;
    let source = tree.input_text();
    let mut budget = Budget::new(unpack);
    let documents = children(root, "Document").enumerate();
    let attachments = documents.filter_map(|(index, it)| attachment(it, index + 1, source, &mut budget)).collect();
    let mut observations = msghead::swapped(root);
    let patient_report = child(root, "PatientReport");
    if let Some(report) = patient_report {
        observations.push(Observation::new(Code::PatientReportUnsupported, super::node::at(report)));
    }
    let mut reports = reports(root);
    let draft = reports.next().map(|it| Box::new(behovsmelding::draft(it)));
    let kind = head.message_type.code.as_deref().unwrap_or_default();
    let is_dialogue = kind.starts_with(DIALOGUE_TYPES);
    let is_care = CARE_MESSAGE_TYPES.contains(&kind);
    let mut dialogues = contents(root).filter_map(|it| Some((it, dialogue_version(it)?))).filter(|_| is_dialogue);
    let mut cares = contents(root).filter(|_| is_care).filter_map(|it| Some((super::node::at(it), care::care(it)?)));
    let carrier = match (dialogues.next(), cares.next(), draft) {
        (Some((node, version)), _, draft) => {
            let (dialogue, noticed) = dialog::dialogue(node, version);
            observations.extend(noticed);
            Carrier::Dialogue(Box::new(dialogue), super::node::at(node.parent().unwrap_or(node)), draft)
        }
        (None, Some((at, care)), draft) => Carrier::Care(Box::new(care), at, draft),
        (None, None, Some(draft)) => Carrier::Behovsmelding(draft),
        (None, None, None) => Carrier::Unknown,
    };
    if matches!(carrier, Carrier::Unknown) && patient_report.is_none() {
        let content = At::Path("/MsgHead/Document/RefDoc/Content".to_owned());
        observations.push(Observation::new(Code::ContentMissing, content));
    }
    observations.extend(reports.map(|it| Observation::new(Code::SecondReport, super::node::at(it))));
    observations.extend(dialogues.map(|(it, _)| Observation::new(Code::SecondReport, super::node::at(it))));
    observations.extend(cares.map(|(at, _)| Observation::new(Code::SecondReport, at)));
    Some(Opened { head, attachments, carrier, observations })
}

/// Only the header. `None`: as [`open`].
pub fn head(tree: &Document<'_>) -> Option<Head> {
    let root = tree.root_element();
    let is_head = root.tag_name().name() == "MsgHead" && root.tag_name().namespace() == Some(msghead::NAMESPACE);
    is_head.then(|| msghead::head(root)).flatten()
}

/// Every report in the message's Documents, in order.
pub(super) fn reports<'a, 'i>(root: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    contents(root).filter(|it| {
        let name = it.tag_name();
        name.name() == behovsmelding::ROOT && name.namespace() == Some(behovsmelding::NAMESPACE)
    })
}

fn dialogue_version(node: Node<'_, '_>) -> Option<DialogueVersion> {
    let name = node.tag_name();
    dialog::version(name.namespace()).filter(|_| name.name() == dialog::ROOT)
}

/// Every element that a Document of the message holds, in order.
pub(super) fn contents<'a, 'i>(root: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    let contents =
        children(root, "Document").filter_map(|it| child(it, "RefDoc")).filter_map(|it| child(it, "Content"));
    contents.flat_map(|it| it.children()).filter(Node::is_element)
}

/// Puts a place into words. What is not there is told at its nearest ancestor that is, with the whole path.
pub fn place(tree: &Document<'_>, lines: &super::xml::Lines<'_>, at: &At) -> Place {
    match at {
        At::Node { node, attribute } => at_node(tree, lines, *node, *attribute),
        At::Attribute { node, name } => at_node(tree, lines, *node, Some(name)),
        At::Path(path) => placed(lines, nearest(tree, path).range().start, path.clone()),
    }
}

fn at_node(tree: &Document<'_>, lines: &super::xml::Lines<'_>, node: u32, attribute: Option<&str>) -> Place {
    let node = tree.get_node(NodeId::new(node)).unwrap_or_else(|| tree.root_element());
    let Some(name) = attribute else { return placed(lines, node.range().start, xpath_of(node)) };
    let found = node.attributes().find(|it| it.name() == name);
    placed(lines, found.map_or(node.range().start, |it| it.range().start), format!("{}/@{name}", xpath_of(node)))
}

fn placed(lines: &super::xml::Lines<'_>, offset: usize, xpath: String) -> Place {
    let position = lines.at(offset);
    Place { line: position.line, column: position.column, xpath }
}

/// The deepest element on `path` (local names, `[n]` among siblings of the same name) that exists.
fn nearest<'a, 'i>(tree: &'a Document<'i>, path: &str) -> Node<'a, 'i> {
    let mut here = tree.root_element();
    for step in path.split('/').filter(|it| !it.is_empty()).skip(1) {
        let (name, number) = match step.split_once('[') {
            Some((name, number)) => (name, number.trim_end_matches(']').parse().unwrap_or(1)),
            None => (step, 1usize),
        };
        let same = |it: &Node<'_, '_>| it.is_element() && it.tag_name().name() == name;
        match here.children().filter(same).nth(number.saturating_sub(1)) {
            Some(next) => here = next,
            None => break,
        }
    }
    here
}
