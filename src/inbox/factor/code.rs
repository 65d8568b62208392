//! One-time codes by the clock (TOTP, RFC 6238) and the codes for the day the telephone is lost. Pure.

use crate::domain::Timestamp;
use aws_lc_rs::hmac;

/// Seconds for which a code is the newest.
const STEP_SECONDS: i64 = 30;
/// How many steps the clocks may differ, each way.
const STEPS_APART_MAX: i64 = 1;
/// Bytes of a secret: as long as the hash, as RFC 4226 asks.
pub(super) const SECRET_BYTES: usize = 20;
/// How many recovery codes a person gets.
pub(super) const RECOVERY_CODES: usize = 10;

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The step that `at` is in.
const fn step(at: Timestamp) -> i64 {
    at.0.div_euclid(1_000_000 * STEP_SECONDS)
}

/// The six digits of a step.
fn digits(secret: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let hash = tag.as_ref();
    let offset = usize::from(hash[hash.len() - 1] & 0x0f);
    let four = [hash[offset] & 0x7f, hash[offset + 1], hash[offset + 2], hash[offset + 3]];
    format!("{:06}", u32::from_be_bytes(four) % 1_000_000)
}

/// The step whose code was typed, near `now` and later than `last_step`.
pub(super) fn step_of(secret: &[u8], typed: &str, last_step: i64, now: Timestamp) -> Option<i64> {
    let typed: String = typed.chars().filter(|it| !it.is_whitespace()).collect();
    let around = step(now) - STEPS_APART_MAX..=step(now) + STEPS_APART_MAX;
    // Every step is computed, so that the time taken tells nothing.
    around.fold(None, |found, it| {
        let fits = aws_lc_rs::constant_time::verify_slices_are_equal(digits(secret, it).as_bytes(), typed.as_bytes());
        if fits.is_ok() && it > last_step { Some(it) } else { found }
    })
}

/// A secret as people type it into an app: base32 in groups of four.
pub(super) fn base32(bytes: &[u8]) -> String {
    let mut text = String::new();
    let (mut buffer, mut bits) = (0_u32, 0);
    for byte in bytes {
        buffer = buffer << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(BASE32[(buffer >> bits & 31) as usize]));
        }
        buffer &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(char::from(BASE32[(buffer << (5 - bits) & 31) as usize]));
    }
    text
}

/// A recovery code of random bytes: `abcdef-ghijkl-mnopqr-stuvwx`. 120 bits, so that a plain hash of it is enough to keep.
pub(super) fn recovery_code(random: [u8; 24]) -> String {
    let letter = |it: &u8| char::from(BASE32[usize::from(it % 32)].to_ascii_lowercase());
    let groups: Vec<String> = random.chunks(6).map(|it| it.iter().map(letter).collect()).collect();
    groups.join("-")
}

/// A recovery code as typed, as it was hashed.
pub(super) fn plain(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|it| it.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of RFC 6238, appendix B (SHA-1), the last six of its eight digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(digits(b"12345678901234567890", step(Timestamp(seconds * 1_000_000))), code);
        }
    }

    #[test]
    fn a_code_works_near_its_time_and_not_again() {
        let (secret, now) = (b"12345678901234567890", Timestamp(1_111_111_109_000_000));
        let here = step(now);

        assert_eq!(step_of(secret, "081 804", 0, now), Some(here));
        assert_eq!(step_of(secret, "081804", here, now), None, "used");
        assert_eq!(step_of(secret, "050471", here, now), Some(here + 1), "the next one, by a fast clock");
        assert_eq!(step_of(secret, "081804", 0, Timestamp(now.0 + 90_000_000)), None, "too late");
        assert_eq!(step_of(secret, "", 0, now), None);
    }

    #[test]
    fn a_secret_is_written_in_base32() {
        assert_eq!(base32(b"foobar"), "MZXW6YTBOI");
        assert_eq!(base32(b"12345678901234567890"), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        let mut random = [0; 24];
        random[..10].copy_from_slice(&[0, 1, 2, 3, 4, 31, 30, 29, 28, 255]);
        assert_eq!(recovery_code(random), "abcde7-6547aa-aaaaaa-aaaaaa");
        assert_eq!(plain(" ABCDE-76547 "), "abcde76547");
    }
}
