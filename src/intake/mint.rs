//! New ids and references: chance and time from outside the pure heart.

use crate::domain::Reference;
use crate::domain::Timestamp;
use uuid::Uuid;

/// A UUIDv7 of `now`. The 12 bits after the milliseconds hold the fraction of the millisecond (RFC 9562 § 6.2,
/// method 3), so ids sort by microsecond of arrival.
pub(crate) fn uuid_at(now: Timestamp) -> Uuid {
    let micros = u64::try_from(now.0).unwrap_or(0);
    let fraction = (micros % 1000) * 4096 / 1000;
    let mut rest: [u8; 10] = random();
    rest[0] = (fraction >> 8) as u8;
    rest[1] = (fraction & 0xff) as u8;
    uuid::Builder::from_unix_timestamp_millis(micros / 1000, &rest).into_uuid()
}

/// A reference that tells nothing.
pub(crate) fn reference() -> Reference {
    Reference::from_random(random())
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    aws_lc_rs::rand::fill(&mut bytes).expect("the operating system's random source is there once the process runs");
    bytes
}

/// SHA-256.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes);
    digest.as_ref().try_into().expect("SHA-256 has 32 bytes")
}

/// Small letters, two per byte.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::hex;
    use super::reference;
    use super::sha256;
    use super::uuid_at;
    use crate::domain::Timestamp;

    #[test]
    fn ids_sort_by_the_microsecond() {
        let ids: Vec<_> = (0..2000).map(|it| uuid_at(Timestamp(1_790_000_000_000_000 + it))).collect();

        assert!(ids.windows(2).all(|pair| pair[0].as_bytes()[..8] <= pair[1].as_bytes()[..8]));
        assert!(ids[0] < ids[10] && ids[990] < ids[1010]);
        assert_eq!(ids[0].get_version_num(), 7);
        assert_eq!(ids[0].get_variant(), uuid::Variant::RFC4122);
    }

    #[test]
    fn ids_of_one_moment_differ() {
        assert_ne!(uuid_at(Timestamp(1)), uuid_at(Timestamp(1)));
        assert_ne!(reference(), reference());
    }

    #[test]
    fn hashes_are_written_in_small_letters() {
        assert_eq!(hex(&sha256(b"abc"))[..16], *"ba7816bf8f01cfea");
    }
}
