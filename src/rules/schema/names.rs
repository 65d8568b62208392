//! Names as numbers: each namespace and each qualified name of the schemas gets one when they are compiled.
//!
//! Nothing is added while messages are checked, so a sender cannot make the table grow.

/// A namespace that some schema mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct NamespaceId(u32);

/// A qualified name that some schema mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct NameId(u32);

impl NamespaceId {
    /// Names without a namespace.
    pub const NONE: NamespaceId = NamespaceId(0);
}

impl NameId {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

#[derive(Debug)]
pub(super) struct Names {
    namespaces: Vec<Box<str>>,
    names: Vec<(NamespaceId, Box<str>)>,
    /// Open addressing; the length is a power of two and at least twice the number of names. `u32::MAX` is a free slot.
    slots: Vec<u32>,
}

const FREE: u32 = u32::MAX;

impl Names {
    pub fn new() -> Self {
        Names { namespaces: vec!["".into()], names: Vec::new(), slots: vec![FREE; 64] }
    }

    pub fn add_namespace(&mut self, uri: &str) -> NamespaceId {
        match self.namespace(uri) {
            Some(id) => id,
            None => {
                self.namespaces.push(uri.into());
                NamespaceId(self.namespaces.len() as u32 - 1)
            }
        }
    }

    pub fn add(&mut self, namespace: NamespaceId, local: &str) -> NameId {
        if let Some(id) = self.find(namespace, local) {
            return id;
        }
        let id = self.names.len() as u32;
        self.names.push((namespace, local.into()));
        if self.names.len() * 2 > self.slots.len() {
            self.slots = vec![FREE; self.slots.len() * 2];
            for id in 0..self.names.len() as u32 {
                self.place(id);
            }
        } else {
            self.place(id);
        }
        NameId(id)
    }

    /// The namespace with this URI, if a schema mentions it.
    pub fn namespace(&self, uri: &str) -> Option<NamespaceId> {
        self.namespaces.iter().position(|it| **it == *uri).map(|it| NamespaceId(it as u32))
    }

    /// The name, if a schema mentions it.
    pub fn find(&self, namespace: NamespaceId, local: &str) -> Option<NameId> {
        let mask = self.slots.len() - 1;
        let mut slot = hash(namespace, local) & mask;
        loop {
            let id = self.slots[slot];
            if id == FREE {
                return None;
            }
            let (its_namespace, its_local) = &self.names[id as usize];
            if *its_namespace == namespace && **its_local == *local {
                return Some(NameId(id));
            }
            slot = (slot + 1) & mask;
        }
    }

    pub fn local(&self, id: NameId) -> &str {
        &self.names[id.index()].1
    }

    pub fn namespace_of(&self, id: NameId) -> NamespaceId {
        self.names[id.index()].0
    }

    pub fn uri(&self, id: NamespaceId) -> &str {
        &self.namespaces[id.0 as usize]
    }

    pub fn len(&self) -> usize {
        self.names.len()
    }

    pub fn namespace_ids(&self) -> impl Iterator<Item = NamespaceId> {
        (0..self.namespaces.len() as u32).map(NamespaceId)
    }

    fn place(&mut self, id: u32) {
        let (namespace, local) = &self.names[id as usize];
        let mask = self.slots.len() - 1;
        let mut slot = hash(*namespace, local) & mask;
        while self.slots[slot] != FREE {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = id;
    }
}

/// FNV-1a. The table is filled from our own schemas only, so nobody can choose names that collide.
fn hash(namespace: NamespaceId, local: &str) -> usize {
    let start = 0xcbf2_9ce4_8422_2325_u64 ^ u64::from(namespace.0);
    let hash = local.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    (hash ^ (hash >> 29)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_again_in_its_own_namespace_only() {
        let mut names = Names::new();
        let one = names.add_namespace("urn:one");
        let ids: Vec<NameId> = (0..500).map(|n| names.add(one, &format!("Name{n}"))).collect();

        for (n, id) in ids.iter().enumerate() {
            assert_eq!(names.find(one, &format!("Name{n}")), Some(*id));
            assert_eq!(names.find(NamespaceId::NONE, &format!("Name{n}")), None);
        }
        assert_eq!(names.add(one, "Name7"), ids[7]);
        assert_eq!(names.add_namespace("urn:one"), one);
        assert_eq!(names.uri(names.namespace_of(ids[3])), "urn:one");
    }
}
