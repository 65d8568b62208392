//! Any bytes as a client certificate. (TLS has verified it before we read it; a trusted authority can still be careless.)
#![no_main]

use libfuzzer_sys::fuzz_target;
use meldeport::domain::OrgNumber;
use meldeport::transport::https::certificate::ends_at;
use meldeport::transport::https::certificate::peer_of;

fuzz_target!(|data: &[u8]| {
    match peer_of(data) {
        Ok(peer) => {
            assert_eq!(OrgNumber::parse(peer.organisation.as_str()), Ok(peer.organisation.clone()));
            assert_ne!(peer.sub_unit.as_ref(), Some(&peer.organisation), "an organisation is no part of itself");
            assert_eq!(ends_at(data), Ok(peer.certificate_ends));
        }
        Err(fault) => drop(fault.finding().text()),
    }
});
