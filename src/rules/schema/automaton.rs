//! Content models as automata: for each state, which element may come next and in which state that leaves us.
//!
//! Built as a position automaton (Glushkov) of the particle with its counts written out, then made deterministic. XML Schema
//! wants each element to be told apart without looking ahead ("unique particle attribution"); a model that breaks this is
//! refused.

use std::collections::HashMap;

use super::model::ElementId;
use super::model::Wildcard;
use super::model::WildcardId;
use super::names::NameId;
use super::names::Names;
use super::names::NamespaceId;

/// What may stand how often; made from the schema, and kept only until the automaton is built.
#[derive(Debug, Clone)]
pub(super) struct Particle {
    pub min: u32,
    /// `None` is without bound.
    pub max: Option<u32>,
    pub term: Term,
}

#[derive(Debug, Clone)]
pub(super) enum Term {
    /// `id` tells which place in the schema it came from.
    Element {
        name: NameId,
        element: ElementId,
        id: u32,
    },
    Wildcard {
        wildcard: WildcardId,
        id: u32,
    },
    Sequence(Vec<Particle>),
    Choice(Vec<Particle>),
}

#[derive(Debug)]
pub(super) struct Automaton {
    pub states: Vec<State>,
    /// Every element that the model mentions.
    pub known: Vec<Known>,
}

#[derive(Debug)]
pub(super) struct State {
    pub accepts: bool,
    pub edges: Box<[Edge]>,
    pub wildcards: Box<[WildcardEdge]>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub name: NameId,
    pub element: ElementId,
    pub next: StateId,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct WildcardEdge {
    pub wildcard: WildcardId,
    pub next: StateId,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub name: NameId,
    pub element: ElementId,
    /// How often it can stand at most; `None` is without bound.
    pub max: Option<u32>,
}

pub(super) type StateId = u32;

/// Where every walk begins.
pub(super) const START: StateId = 0;

/// Why no automaton can be built.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unbuildable {
    TooLarge,
    /// An element of this name could be attributed to two places of the schema; `None` when two wildcards meet.
    Ambiguous(Option<NameId>),
}

const POSITIONS_MAX: usize = 4_096;
const STATES_MAX: usize = 4_096;

impl Automaton {
    pub fn build(particle: &Particle, names: &Names, wildcards: &[Wildcard]) -> Result<Automaton, Unbuildable> {
        let mut positions = Positions::default();
        let whole = positions.add(particle)?;
        let mut states =
            Determiniser { positions: &positions, names, wildcards, ids: HashMap::new(), sets: Vec::new() };
        let states = states.run(&whole)?;
        let mut known = Vec::new();
        collect_known(particle, particle, &mut known);
        Ok(Automaton { states, known })
    }

    pub fn state(&self, id: StateId) -> &State {
        &self.states[id as usize]
    }

    pub fn known(&self, name: NameId) -> Option<&Known> {
        self.known.iter().find(|it| it.name == name)
    }
}

impl State {
    pub fn edge(&self, name: NameId) -> Option<&Edge> {
        self.edges.iter().find(|it| it.name == name)
    }

    pub fn wildcard(&self, wildcards: &[Wildcard], namespace: Option<NamespaceId>) -> Option<&WildcardEdge> {
        self.wildcards.iter().find(|it| wildcards[it.wildcard.0 as usize].admits.admit(namespace))
    }

    /// Every state that one step leads to.
    pub fn nexts(&self) -> impl Iterator<Item = (Option<NameId>, StateId)> {
        let named = self.edges.iter().map(|it| (Some(it.name), it.next));
        named.chain(self.wildcards.iter().map(|it| (None, it.next)))
    }
}

fn collect_known(particle: &Particle, whole: &Particle, known: &mut Vec<Known>) {
    match &particle.term {
        Term::Element { name, element, .. } if !known.iter().any(|it| it.name == *name) => {
            known.push(Known { name: *name, element: *element, max: occurrences(whole, *name) });
        }
        Term::Element { .. } | Term::Wildcard { .. } => {}
        Term::Sequence(parts) | Term::Choice(parts) => parts.iter().for_each(|it| collect_known(it, whole, known)),
    }
}

fn occurrences(particle: &Particle, of: NameId) -> Option<u32> {
    let once = match &particle.term {
        Term::Element { name, .. } => Some(u32::from(*name == of)),
        Term::Wildcard { .. } => Some(0),
        Term::Sequence(parts) => {
            parts.iter().try_fold(0_u32, |sum, it| occurrences(it, of).map(|more| sum.saturating_add(more)))
        }
        Term::Choice(parts) => parts.iter().try_fold(0, |max, it| occurrences(it, of).map(|more| more.max(max))),
    };
    match (once, particle.max) {
        (Some(0), _) => Some(0),
        (Some(once), Some(max)) => Some(once.saturating_mul(max)),
        _ => None,
    }
}

/// A piece of the model: can it be empty, where can it begin and end.
#[derive(Debug, Clone)]
struct Piece {
    is_nullable: bool,
    first: Vec<u32>,
    last: Vec<u32>,
}

#[derive(Debug, Default)]
struct Positions {
    labels: Vec<Label>,
    follow: Vec<Vec<u32>>,
}

#[derive(Debug, Clone, Copy)]
enum Label {
    Element { name: NameId, element: ElementId, id: u32 },
    Wildcard { wildcard: WildcardId, id: u32 },
}

impl Positions {
    fn add(&mut self, particle: &Particle) -> Result<Piece, Unbuildable> {
        let Some(max) = particle.max else { return self.without_bound(particle) };
        let mut whole = Piece { is_nullable: true, first: vec![], last: vec![] };
        for n in 0..max {
            let copy = self.term(&particle.term)?;
            self.append(&mut whole, copy, n < particle.min);
        }
        Ok(whole)
    }

    /// As many copies as there must be, and the last can be repeated.
    fn without_bound(&mut self, particle: &Particle) -> Result<Piece, Unbuildable> {
        let mut whole = Piece { is_nullable: true, first: vec![], last: vec![] };
        for n in 0..particle.min.max(1) {
            let copy = self.term(&particle.term)?;
            if n + 1 == particle.min.max(1) {
                self.join(&copy.last, &copy.first);
            }
            self.append(&mut whole, copy, n < particle.min);
        }
        Ok(whole)
    }

    fn term(&mut self, term: &Term) -> Result<Piece, Unbuildable> {
        let label = match term {
            Term::Element { name, element, id } => Label::Element { name: *name, element: *element, id: *id },
            Term::Wildcard { wildcard, id } => Label::Wildcard { wildcard: *wildcard, id: *id },
            Term::Sequence(parts) => {
                let mut whole = Piece { is_nullable: true, first: vec![], last: vec![] };
                for part in parts {
                    let part = self.add(part)?;
                    self.append(&mut whole, part, true);
                }
                return Ok(whole);
            }
            Term::Choice(parts) => {
                let mut whole = Piece { is_nullable: parts.is_empty(), first: vec![], last: vec![] };
                for part in parts {
                    let part = self.add(part)?;
                    whole.is_nullable |= part.is_nullable;
                    whole.first.extend(part.first);
                    whole.last.extend(part.last);
                }
                return Ok(whole);
            }
        };
        if self.labels.len() >= POSITIONS_MAX {
            return Err(Unbuildable::TooLarge);
        }
        let position = self.labels.len() as u32;
        self.labels.push(label);
        self.follow.push(vec![]);
        Ok(Piece { is_nullable: false, first: vec![position], last: vec![position] })
    }

    /// `next` after `whole`; where it need not be, `whole` can also end before it.
    fn append(&mut self, whole: &mut Piece, next: Piece, must_be: bool) {
        self.join(&whole.last, &next.first);
        if whole.is_nullable {
            whole.first.extend(&next.first);
        }
        if must_be && !next.is_nullable {
            whole.last.clear();
            whole.is_nullable = false;
        }
        whole.last.extend(next.last);
    }

    fn join(&mut self, from: &[u32], to: &[u32]) {
        for position in from {
            self.follow[*position as usize].extend(to);
        }
    }
}

struct Determiniser<'a> {
    positions: &'a Positions,
    names: &'a Names,
    wildcards: &'a [Wildcard],
    ids: HashMap<Vec<u32>, StateId>,
    /// The positions of each state, in which one of them was just taken.
    sets: Vec<Vec<u32>>,
}

impl Determiniser<'_> {
    fn run(&mut self, whole: &Piece) -> Result<Vec<State>, Unbuildable> {
        let start = self.state(&whole.first, whole.is_nullable)?;
        self.sets.push(vec![]);
        let mut states = vec![self.finish(start)?];
        while states.len() < self.sets.len() {
            let here = self.sets[states.len()].clone();
            let accepts = here.iter().any(|it| whole.last.contains(it));
            let follow: Vec<u32> =
                here.iter().flat_map(|it| self.positions.follow[*it as usize].iter().copied()).collect();
            let state = self.state(&follow, accepts)?;
            states.push(self.finish(state)?);
        }
        Ok(states)
    }

    /// Groups the positions that can come next by what takes us there, and sees that each is told apart.
    fn state(&mut self, next: &[u32], accepts: bool) -> Result<Draft, Unbuildable> {
        let mut draft = Draft { accepts, edges: vec![], wildcards: vec![] };
        for position in next {
            match self.positions.labels[*position as usize] {
                Label::Element { name, element, id } => match draft.edges.iter_mut().find(|it| it.0 == name) {
                    Some((_, _, its_id, _)) if *its_id != id => return Err(Unbuildable::Ambiguous(Some(name))),
                    Some((_, _, _, set)) => set.push(*position),
                    None => draft.edges.push((name, element, id, vec![*position])),
                },
                Label::Wildcard { wildcard, id } => match draft.wildcards.iter_mut().find(|it| it.1 == id) {
                    Some((_, _, set)) => set.push(*position),
                    None => draft.wildcards.push((wildcard, id, vec![*position])),
                },
            }
        }
        let admits = |it: WildcardId, namespace| self.wildcards[it.0 as usize].admits.admit(namespace);
        for (n, (wildcard, _, _)) in draft.wildcards.iter().enumerate() {
            let taken = draft.edges.iter().find(|it| admits(*wildcard, Some(self.names.namespace_of(it.0))));
            if let Some(taken) = taken {
                return Err(Unbuildable::Ambiguous(Some(taken.0)));
            }
            let mut everywhere = self.names.namespace_ids().map(Some).chain([None]);
            if everywhere.any(|ns| admits(*wildcard, ns) && draft.wildcards[n + 1..].iter().any(|it| admits(it.0, ns)))
            {
                return Err(Unbuildable::Ambiguous(None));
            }
        }
        Ok(draft)
    }

    fn finish(&mut self, draft: Draft) -> Result<State, Unbuildable> {
        let mut edges = Vec::with_capacity(draft.edges.len());
        for (name, element, _, set) in draft.edges {
            edges.push(Edge { name, element, next: self.id(set)? });
        }
        let mut wildcards = Vec::with_capacity(draft.wildcards.len());
        for (wildcard, _, set) in draft.wildcards {
            wildcards.push(WildcardEdge { wildcard, next: self.id(set)? });
        }
        Ok(State { accepts: draft.accepts, edges: edges.into(), wildcards: wildcards.into() })
    }

    fn id(&mut self, mut set: Vec<u32>) -> Result<StateId, Unbuildable> {
        set.sort_unstable();
        set.dedup();
        if let Some(id) = self.ids.get(&set) {
            return Ok(*id);
        }
        if self.sets.len() >= STATES_MAX {
            return Err(Unbuildable::TooLarge);
        }
        let id = self.sets.len() as StateId;
        self.ids.insert(set.clone(), id);
        self.sets.push(set);
        Ok(id)
    }
}

struct Draft {
    accepts: bool,
    edges: Vec<(NameId, ElementId, u32, Vec<u32>)>,
    wildcards: Vec<(WildcardId, u32, Vec<u32>)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Letters {
        names: Names,
        next_id: u32,
    }

    impl Letters {
        fn new() -> Self {
            Letters { names: Names::new(), next_id: 0 }
        }

        fn element(&mut self, letter: &str, min: u32, max: Option<u32>) -> Particle {
            let name = self.names.add(NamespaceId::NONE, letter);
            self.next_id += 1;
            Particle { min, max, term: Term::Element { name, element: ElementId(0), id: self.next_id } }
        }

        fn build(&self, particle: &Particle) -> Result<Automaton, Unbuildable> {
            Automaton::build(particle, &self.names, &[])
        }

        fn accepts(&self, automaton: &Automaton, word: &str) -> bool {
            let mut state = START;
            for letter in word.chars() {
                let name = self.names.find(NamespaceId::NONE, &letter.to_string()).unwrap();
                match automaton.state(state).edge(name) {
                    Some(edge) => state = edge.next,
                    None => return false,
                }
            }
            automaton.state(state).accepts
        }
    }

    fn once(term: Term) -> Particle {
        Particle { min: 1, max: Some(1), term }
    }

    #[test]
    fn counts_are_kept_exactly() {
        let mut letters = Letters::new();
        let a = letters.element("a", 2, Some(4));
        let b = letters.element("b", 0, None);
        let c = letters.element("c", 2, None);
        let model = letters.build(&once(Term::Sequence(vec![a, b, c]))).unwrap();

        for word in ["aacc", "aaacc", "aaaacc", "aabbbccc"] {
            assert!(letters.accepts(&model, word), "{word}");
        }
        for word in ["", "acc", "aac", "aaaaacc", "ccaa", "aabcbc"] {
            assert!(!letters.accepts(&model, word), "{word}");
        }
        assert_eq!(model.known.iter().map(|it| it.max).collect::<Vec<_>>(), [Some(4), None, None]);
    }

    #[test]
    fn groups_can_be_repeated_and_chosen() {
        let mut letters = Letters::new();
        let (a, b) = (letters.element("a", 1, Some(1)), letters.element("b", 0, Some(1)));
        let (c, d) = (letters.element("c", 1, Some(1)), letters.element("d", 0, Some(1)));
        let pair = Particle { min: 0, max: Some(2), term: Term::Sequence(vec![a, b]) };
        let model = letters.build(&once(Term::Sequence(vec![pair, once(Term::Choice(vec![c, d]))]))).unwrap();

        for word in ["", "c", "d", "ac", "abad", "aac", "ab"] {
            assert!(letters.accepts(&model, word), "{word}");
        }
        for word in ["b", "cd", "aaac", "ba", "ca"] {
            assert!(!letters.accepts(&model, word), "{word}");
        }
    }

    #[test]
    fn a_repeated_group_that_can_be_empty_is_no_harm() {
        let mut letters = Letters::new();
        let a = letters.element("a", 0, Some(1));
        let model = letters.build(&Particle { min: 2, max: Some(3), term: Term::Sequence(vec![a]) }).unwrap();

        assert!(["", "a", "aa", "aaa"].iter().all(|it| letters.accepts(&model, it)));
        assert!(!letters.accepts(&model, "aaaa"));
    }

    #[test]
    fn what_cannot_be_told_apart_is_refused() {
        let mut letters = Letters::new();
        let (one, two) = (letters.element("a", 0, Some(1)), letters.element("a", 1, Some(1)));
        let name = letters.names.find(NamespaceId::NONE, "a");

        assert_eq!(letters.build(&once(Term::Sequence(vec![one, two]))).unwrap_err(), Unbuildable::Ambiguous(name));
    }

    #[test]
    fn counts_of_counts_are_limited() {
        let mut letters = Letters::new();
        let mut particle = letters.element("a", 0, Some(60));
        for _ in 0..3 {
            particle = Particle { min: 0, max: Some(60), term: Term::Sequence(vec![particle]) };
        }

        assert_eq!(letters.build(&particle).unwrap_err(), Unbuildable::TooLarge);
    }
}
