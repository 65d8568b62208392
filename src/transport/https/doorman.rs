//! How many connections there are, in all and from each address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::net::Ipv6Addr;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;

/// Counts connections and says when there are enough.
pub(crate) struct Doorman {
    connections_max: usize,
    per_address_max: usize,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    all: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// A connection's place. Dropping it gives the place back.
pub(crate) struct Place {
    doorman: Arc<Doorman>,
    address: IpAddr,
}

/// Why a connection is closed at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Enough {
    InAll,
    FromThisAddress,
}

impl Doorman {
    pub(crate) fn new(connections_max: usize, per_address_max: usize) -> Arc<Self> {
        Arc::new(Self { connections_max, per_address_max, held: Mutex::new(Held::default()) })
    }

    pub(crate) fn place(self: &Arc<Self>, address: IpAddr) -> Result<Place, Enough> {
        let address = network(address);
        let mut held = self.lock();
        if held.all >= self.connections_max {
            return Err(Enough::InAll);
        }
        let here = held.by_address.entry(address).or_default();
        if *here >= self.per_address_max {
            return Err(Enough::FromThisAddress);
        }
        *here += 1;
        held.all += 1;
        Ok(Place { doorman: Arc::clone(self), address })
    }

    /// Each change is whole before the lock is let go, so a poisoned lock still guards right numbers.
    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut held = self.doorman.lock();
        held.all -= 1;
        let Some(here) = held.by_address.get_mut(&self.address) else { return };
        *here -= 1;
        if *here == 0 {
            held.by_address.remove(&self.address);
        }
    }
}

/// One who has an IPv6 address has a whole /64 of them.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
    }
}

#[cfg(test)]
mod tests {
    use super::Doorman;
    use super::Enough;
    use std::net::IpAddr;

    #[test]
    fn places_are_counted_in_all_and_by_address() {
        let doorman = Doorman::new(3, 2);
        let here: IpAddr = "192.0.2.1".parse().unwrap();
        let there: IpAddr = "2001:db8::1".parse().unwrap();
        let beside: IpAddr = "2001:db8::ffff:1".parse().unwrap();

        let first = doorman.place(there).unwrap();
        let _second = doorman.place(beside).unwrap();
        assert_eq!(doorman.place(there).err(), Some(Enough::FromThisAddress));
        let _third = doorman.place(here).unwrap();
        assert_eq!(doorman.place(here).err(), Some(Enough::InAll));

        drop(first);
        assert!(doorman.place(there).is_ok());
    }
}
