//! `hexBinary` and `base64Binary`.

pub(super) fn is_hex(value: &str) -> bool {
    value.len().is_multiple_of(2) && value.bytes().all(|it| it.is_ascii_hexdigit())
}

const PAD: u8 = 64;
const WHITE: u8 = 65;
const BAD: u8 = 255;

const TABLE: [u8; 256] = {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut table = [BAD; 256];
    let mut n = 0;
    while n < 64 {
        table[letters[n] as usize] = n as u8;
        n += 1;
    }
    table[b'=' as usize] = PAD;
    table[b' ' as usize] = WHITE;
    table[b'\t' as usize] = WHITE;
    table[b'\n' as usize] = WHITE;
    table[b'\r' as usize] = WHITE;
    table
};

/// How many bytes the value stands for; `None` when it is no base64. White space may stand anywhere. The bits that padding
/// leaves over must be zero, as the grammar of XML Schema part 2 § 3.2.16 has it.
pub(super) fn base64_bytes(value: &str) -> Option<usize> {
    let (mut letters, mut pads, mut last) = (0_usize, 0_usize, 0_u8);
    for byte in value.bytes() {
        match TABLE[usize::from(byte)] {
            WHITE => {}
            PAD => pads += 1,
            BAD => return None,
            six_bits if pads == 0 => {
                letters += 1;
                last = six_bits;
            }
            _ => return None,
        }
    }
    let is_whole = match (letters % 4, pads) {
        (0, 0) => true,
        (2, 2) => last & 0b1111 == 0,
        (3, 1) => last & 0b11 == 0,
        _ => false,
    };
    is_whole.then_some(letters * 3 / 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_strict_but_lets_white_space_stand_anywhere() {
        for (value, bytes) in [("", 0), ("QUJD", 3), ("QU\nJD ", 3), ("QUI=", 2), ("Q Q = =", 1)] {
            assert_eq!(base64_bytes(value), Some(bytes), "{value:?}");
        }
        for value in ["Q", "QQ", "QQ=", "QUJ=", "QR==", "@@@@", "QUJD=", "QUJD====", "QQ==QQ==", "=", "QUJDæ"] {
            assert_eq!(base64_bytes(value), None, "{value:?}");
        }
    }

    #[test]
    fn hex_comes_in_pairs() {
        assert!(is_hex("") && is_hex("0aFF"));
        assert!(!is_hex("0") && !is_hex("0g") && !is_hex("æ"));
    }
}
