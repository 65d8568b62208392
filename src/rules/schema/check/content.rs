//! The children of an element beside its content model, and what is done when they do not fit.
//!
//! One mistake of the sender should give one fault, so that he can mend all in one go and is not sent after ghosts:
//! - An element that the model does not know is reported with what could stand there, and passed over. When something had to
//!   stand there, that is said in the same fault. When its name is nearly that of what is expected, it is taken for that.
//! - An element that belongs further on, when what must come between does not come at all: that is reported as missing, once,
//!   and we go on from there. When it does come later, the element came too early; its place is then taken as filled.
//! - An element that belongs earlier is reported as such, or as one too many, or as excluded by what came before.
//! - All of these, except those of unknown name or wrong namespace, are themselves checked inside.

use roxmltree::Node;

use super::Spot;
use super::Walk;
use crate::rules::schema::automaton::Automaton;
use crate::rules::schema::automaton::Known;
use crate::rules::schema::automaton::START;
use crate::rules::schema::automaton::State;
use crate::rules::schema::automaton::StateId;
use crate::rules::schema::fault::Expected;
use crate::rules::schema::fault::FaultKind;
use crate::rules::schema::fault::Why;
use crate::rules::schema::model::Process;
use crate::rules::schema::model::WildcardId;
use crate::rules::schema::names::NameId;
use crate::rules::schema::names::NamespaceId;

/// How many siblings are looked at, back and forth, to explain one that does not fit.
const SIBLINGS_LOOKED_AT_MAX: usize = 256;

/// A child that was accepted: the state before it, and its name where it was not taken by a wildcard.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    before: StateId,
    name: Option<NameId>,
}

/// Where we are among the children of one element.
struct Here<'s> {
    automaton: &'s Automaton,
    state: StateId,
    /// The first step of this element in `trail`.
    trail_start: usize,
    /// Elements that came too early; their places need no longer be filled.
    early: Vec<NameId>,
    /// The fault about an unknown element, or text alone, since the last accepted one: what is missing there is said in it.
    unknown_fault: Option<usize>,
    has_reported_text: bool,
}

/// A child that does not fit.
struct Misfit<'d, 'i> {
    node: Node<'d, 'i>,
    namespace: Option<NamespaceId>,
    name: Option<NameId>,
}

impl<'s, 'd, 'i> Walk<'s, 'd, 'i> {
    pub(super) fn content(&mut self, node: Node<'d, 'i>, automaton: &'s Automaton, is_mixed: bool) {
        let mut here = Here {
            automaton,
            state: START,
            trail_start: self.trail.len(),
            early: Vec::new(),
            unknown_fault: None,
            has_reported_text: is_mixed,
        };
        let mut child = node.first_child();
        while let Some(it) = child {
            if it.is_element() {
                self.child(&mut here, it);
                if self.is_full() {
                    break;
                }
            } else if !here.has_reported_text && it.is_text() {
                self.text_between(&mut here, node, it);
            }
            child = it.next_sibling();
        }
        if !self.is_full() && !automaton.state(here.state).accepts {
            self.at_end(&mut here, node);
        }
        self.trail.truncate(here.trail_start);
    }

    fn child(&mut self, here: &mut Here<'s>, node: Node<'d, 'i>) {
        let (namespace, name) = self.name_of(node);
        let state = here.automaton.state(here.state);
        if let Some(edge) = name.and_then(|it| state.edge(it)) {
            self.accept(here, name, edge.next);
            self.element(node, edge.element);
        } else if let Some(edge) = state.wildcard(&self.schemas.wildcards, namespace) {
            self.accept(here, None, edge.next);
            self.wild(node, edge.wildcard, name);
        } else {
            self.misfit(here, Misfit { node, namespace, name });
        }
    }

    fn accept(&mut self, here: &mut Here<'s>, name: Option<NameId>, next: StateId) {
        self.trail.push(Step { before: here.state, name });
        here.state = next;
        here.unknown_fault = None;
    }

    /// An element that a wildcard admits.
    fn wild(&mut self, node: Node<'d, 'i>, wildcard: WildcardId, name: Option<NameId>) {
        let process = self.schemas[wildcard].process;
        if process == Process::Skip {
            return;
        }
        let declared = name.and_then(|it| self.schemas.global_elements.get(it.index()).copied().flatten());
        match (declared, process) {
            (Some(element), _) => self.element(node, element),
            (None, Process::Strict) if self.special_attributes(node).type_attribute.is_none() => {
                self.report(Spot::of(node), FaultKind::ElementUndeclared);
            }
            (None, _) => self.typed(node, self.schemas.any_type, None),
        }
    }

    fn text_between(&mut self, here: &mut Here<'s>, node: Node<'d, 'i>, text: Node<'d, 'i>) {
        let is_white = |it: char| matches!(it, ' ' | '\t' | '\n' | '\r');
        if let Some(at) = text.text().unwrap_or("").find(|it| !is_white(it)) {
            here.has_reported_text = true;
            let offset = text.range().start + at.min(text.range().len());
            self.report(Spot { node, attribute: None, offset }, FaultKind::TextForbidden { required: vec![] });
            if !node.children().any(|it| it.is_element()) {
                here.unknown_fault = self.faults.len().checked_sub(1);
            }
        }
    }

    #[cold]
    fn misfit(&mut self, here: &mut Here<'s>, misfit: Misfit<'d, 'i>) {
        match misfit.name.and_then(|it| here.automaton.known(it)) {
            Some(known) => self.out_of_place(here, &misfit, *known),
            None => match self.way_to_wildcard(here, misfit.namespace) {
                Some((way, wildcard, next)) => {
                    self.missing(here, misfit.node, &way, true);
                    here.state = way.to;
                    self.accept(here, None, next);
                    self.wild(misfit.node, wildcard, misfit.name);
                }
                None => self.unknown(here, &misfit),
            },
        }
    }

    /// The model has such an element, but not here.
    fn out_of_place(&mut self, here: &mut Here<'s>, misfit: &Misfit<'d, 'i>, known: Known) {
        let node = misfit.node;
        let way = way(here.automaton, here.state, &here.early, |state| state.edge(known.name).is_some());
        let Some(way) = way else {
            if !here.early.contains(&known.name) {
                let why = self.why_not_again(here, known);
                self.unexpected(here, node, why);
            }
            return self.element(node, known.element);
        };
        if way.missing.iter().any(|step| self.comes_later(node, step)) {
            if !here.early.contains(&known.name) {
                self.unexpected(here, node, Why::TooEarly);
                here.early.push(known.name);
            }
            return self.element(node, known.element);
        }
        self.missing(here, node, &way, true);
        here.state = way.to;
        if let Some(edge) = here.automaton.state(way.to).edge(known.name) {
            self.accept(here, Some(known.name), edge.next);
        }
        self.element(node, known.element);
    }

    /// No way leads on to the element from here: it stands too often, or belongs earlier, or something excludes it.
    fn why_not_again(&self, here: &Here<'s>, known: Known) -> Why {
        let steps = &self.trail[here.trail_start..];
        let count = steps.iter().filter(|it| it.name == Some(known.name)).count();
        if let Some(max) = known.max.filter(|it| count >= *it as usize) {
            return Why::TooMany { max };
        }
        let recent = &steps[steps.len().saturating_sub(SIBLINGS_LOOKED_AT_MAX)..];
        match last_place_before(here.automaton, recent, known.name) {
            Some(before) => Why::TooLate { before: before.map(|it| self.schemas.name(it)) },
            None if count > 0 => Why::TooLate { before: None },
            None => Why::Excluded,
        }
    }

    /// The model has no such element.
    fn unknown(&mut self, here: &mut Here<'s>, misfit: &Misfit<'d, 'i>) {
        let node = misfit.node;
        let local = node.tag_name().name();
        let names = &self.schemas.names;
        let known = &here.automaton.known;
        // The right name in another namespace; its content is surely in that namespace too, so it is not looked at.
        if let Some(meant) = known.iter().find(|it| names.local(it.name) == local) {
            let meant = *meant;
            let expected = self.schemas.name(meant.name);
            self.unexpected(here, node, Why::WrongNamespace { expected });
            return self.go_on_as_if(here, meant.name);
        }
        let is_near = |it: &&Known| is_similar(names.local(it.name), local);
        let here_and_near =
            known.iter().filter(|it| here.automaton.state(here.state).edge(it.name).is_some()).find(is_near);
        let meant = here_and_near.or_else(|| known.iter().find(is_near)).copied();
        let similar = meant.map(|it| self.schemas.name(it.name));
        self.unexpected(here, node, Why::Unknown { similar });
        here.unknown_fault = self.faults.len().checked_sub(1);
        if let Some(meant) = meant
            && !self.comes_later(node, &[Some(meant.name)])
            && here.automaton.state(here.state).edge(meant.name).is_some()
        {
            self.go_on_as_if(here, meant.name);
            self.element(node, meant.element);
        }
    }

    /// Takes the place of an element as filled, if it could stand here or just a little further on.
    fn go_on_as_if(&mut self, here: &mut Here<'s>, name: NameId) {
        let way = way(here.automaton, here.state, &here.early, |state| state.edge(name).is_some());
        if let Some(way) = way.filter(|it| it.missing.is_empty())
            && let Some(edge) = here.automaton.state(way.to).edge(name)
        {
            here.state = way.to;
            self.accept(here, Some(name), edge.next);
        }
    }

    #[cold]
    fn at_end(&mut self, here: &mut Here<'s>, node: Node<'d, 'i>) {
        if let Some(way) = way(here.automaton, here.state, &here.early, |state| state.accepts) {
            self.missing(here, node, &way, false);
        }
    }

    /// Reports what is missing: before `node`, or at the end of it.
    fn missing(&mut self, here: &mut Here<'s>, node: Node<'d, 'i>, way: &Way, is_before: bool) {
        if way.missing.is_empty() {
            return;
        }
        let missing: Vec<Vec<Expected>> = way.missing.iter().map(|it| self.expected(it.iter().copied())).collect();
        let fault = here.unknown_fault.and_then(|it| self.faults.get_mut(it));
        if let Some(FaultKind::ElementUnexpected { required, .. } | FaultKind::TextForbidden { required }) =
            fault.map(|it| &mut it.kind)
        {
            *required = missing;
            return;
        }
        if is_before {
            let before = self.name_of(node).1.map(|it| self.schemas.name(it));
            let parent = node.parent_element().unwrap_or(node);
            let spot = Spot { node: parent, attribute: None, offset: node.range().start };
            self.report(spot, FaultKind::ElementMissing { missing, before });
        } else {
            let spot = Spot { node, attribute: None, offset: end_of(node) };
            self.report(spot, FaultKind::ElementMissing { missing, before: None });
        }
    }

    fn unexpected(&mut self, here: &Here<'s>, node: Node<'d, 'i>, why: Why) {
        let state = here.automaton.state(here.state);
        let expected = self.expected(state.nexts().map(|it| it.0));
        let kind = FaultKind::ElementUnexpected { why, expected, may_end: state.accepts, required: vec![] };
        self.report(Spot::of(node), kind);
    }

    fn expected(&self, names: impl Iterator<Item = Option<NameId>>) -> Vec<Expected> {
        names.map(|it| it.map_or(Expected::Any, |it| Expected::Element(self.schemas.name(it)))).collect()
    }

    /// Whether one of these comes among the next siblings.
    fn comes_later(&mut self, node: Node<'d, 'i>, names: &[Option<NameId>]) -> bool {
        let later = node.next_siblings().skip(1).filter(Node::is_element).take(SIBLINGS_LOOKED_AT_MAX);
        for sibling in later {
            let (_, name) = self.name_of(sibling);
            if name.is_some() && names.contains(&name) {
                return true;
            }
        }
        false
    }

    fn way_to_wildcard(&self, here: &Here<'s>, namespace: Option<NamespaceId>) -> Option<(Way, WildcardId, StateId)> {
        let admitting = |state: &State| state.wildcard(&self.schemas.wildcards, namespace).copied();
        let way = way(here.automaton, here.state, &here.early, |state| admitting(state).is_some())?;
        let edge = admitting(here.automaton.state(way.to))?;
        Some((way, edge.wildcard, edge.next))
    }
}

/// A way through the automaton: where it ends, and what would have to be put in to get there, with the alternatives to each.
struct Way {
    to: StateId,
    missing: Vec<Vec<Option<NameId>>>,
}

/// The way with the fewest elements put in from a state to one that is a goal. Elements that came too early cost nothing.
fn way(automaton: &Automaton, from: StateId, early: &[NameId], is_goal: impl Fn(&State) -> bool) -> Option<Way> {
    let is_free = |name: Option<NameId>| name.is_some_and(|it| early.contains(&it));
    let cost_of = |name| usize::from(!is_free(name));
    let mut far: Vec<usize> = automaton.states.iter().map(|it| if is_goal(it) { 0 } else { usize::MAX }).collect();
    let mut is_settled = false;
    while !is_settled {
        is_settled = true;
        for (id, state) in automaton.states.iter().enumerate().rev() {
            for (name, next) in state.nexts() {
                let through = far[next as usize].saturating_add(cost_of(name));
                if through < far[id] {
                    far[id] = through;
                    is_settled = false;
                }
            }
        }
    }
    if far[from as usize] == usize::MAX {
        return None;
    }
    let (mut at, mut missing) = (from, Vec::new());
    // Steps that cost nothing could lead in a circle, so the walk is bounded by the number of states.
    for _ in 0..=automaton.states.len() {
        let state = automaton.state(at);
        if is_goal(state) {
            return Some(Way { to: at, missing });
        }
        let left = far[at as usize];
        let leads_on =
            |(name, next): &(Option<NameId>, StateId)| far[*next as usize].saturating_add(cost_of(*name)) == left;
        let mut choices = state.nexts().filter(leads_on).peekable();
        let (name, next) = *choices.peek()?;
        if !is_free(name) {
            missing.push(choices.map(|it| it.0).filter(|it| !is_free(*it)).collect());
        }
        at = next;
    }
    None
}

/// Where among the accepted children an element could have been put in so that all after it still fit: before which name, at
/// the latest such place. The outer `None`: nowhere.
fn last_place_before(automaton: &Automaton, steps: &[Step], name: NameId) -> Option<Option<NameId>> {
    // For each state that can be reached with the element put in: the latest place for it.
    let mut alive: Vec<(StateId, usize)> = Vec::new();
    for (n, step) in steps.iter().enumerate() {
        if let Some(edge) = automaton.state(step.before).edge(name) {
            alive.retain(|it| it.0 != edge.next);
            alive.push((edge.next, n));
        }
        let mut next: Vec<(StateId, usize)> = Vec::with_capacity(alive.len());
        for (state, place) in alive {
            let after = step.name.and_then(|it| automaton.state(state).edge(it)).map(|it| it.next);
            match after {
                Some(after) if !next.iter().any(|it| it.0 == after && it.1 >= place) => {
                    next.retain(|it| it.0 != after);
                    next.push((after, place));
                }
                Some(_) | None => {}
            }
        }
        alive = next;
    }
    let latest = alive.iter().map(|it| it.1).max()?;
    Some(steps[latest].name)
}

/// The offset of the end tag; of the element itself when it has none.
fn end_of(node: Node<'_, '_>) -> usize {
    let range = node.range();
    let text = &node.document().input_text()[range.clone()];
    if text.ends_with("/>") {
        return range.start;
    }
    text.rfind("</").map_or(range.start, |it| range.start + it)
}

/// Names that differ in case only, or by at most two letters, or one in short names.
pub(super) fn is_similar(one: &str, other: &str) -> bool {
    const CHARACTERS_MAX: usize = 64;
    let letters = |it: &str| it.chars().flat_map(char::to_lowercase).take(CHARACTERS_MAX + 1).collect::<Vec<char>>();
    let (one, other) = (letters(one), letters(other));
    let shorter = one.len().min(other.len());
    if one.len().max(other.len()) > CHARACTERS_MAX {
        return false;
    }
    let allowed = match shorter {
        0..=3 => 0,
        4..=5 => 1,
        _ => 2,
    };
    one.len().abs_diff(other.len()) <= allowed && distance(&one, &other) <= allowed
}

/// Letters put in, left out, changed, or two neighbours swapped.
fn distance(one: &[char], other: &[char]) -> usize {
    let width = other.len() + 1;
    let mut table = vec![0; (one.len() + 1) * width];
    for row in 0..=one.len() {
        for column in 0..=other.len() {
            let at = row * width + column;
            table[at] = match (row, column) {
                (0, n) | (n, 0) => n,
                _ => {
                    let is_same = one[row - 1] == other[column - 1];
                    let changed = table[at - width - 1] + usize::from(!is_same);
                    let best = changed.min(table[at - width] + 1).min(table[at - 1] + 1);
                    let is_swap =
                        row > 1 && column > 1 && one[row - 1] == other[column - 2] && one[row - 2] == other[column - 1];
                    if is_swap { best.min(table[at - 2 * width - 2] + 1) } else { best }
                }
            };
        }
    }
    table[table.len() - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_seen() {
        for (one, other) in [("Patient", "patient"), ("Pasient", "Patient"), ("Recevier", "Receiver"), ("Id", "ID")] {
            assert!(is_similar(one, other), "{one} {other}");
        }
        for (one, other) in [("Id", "V"), ("Sex", "Set"), ("Sender", "Document"), ("FromDate", "ToDate")] {
            assert!(!is_similar(one, other), "{one} {other}");
        }
    }
}
