//! `decimal`, `integer`, `float` and `double`. Decimals are compared digit by digit, whatever their length.

use std::cmp::Ordering;

pub(super) fn is_integer(value: &str) -> bool {
    let digits = value.strip_prefix(['+', '-']).unwrap_or(value);
    !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit())
}

pub(super) fn is_decimal(value: &str) -> bool {
    let digits = value.strip_prefix(['+', '-']).unwrap_or(value);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    !(whole.is_empty() && fraction.is_empty())
        && [whole, fraction].iter().all(|it| it.bytes().all(|it| it.is_ascii_digit()))
}

pub(super) fn is_double(value: &str) -> bool {
    if matches!(value, "INF" | "-INF" | "NaN") {
        return true;
    }
    match value.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => is_decimal(mantissa) && is_integer(exponent),
        None => is_decimal(value),
    }
}

pub(super) fn double(value: &str) -> f64 {
    match value {
        "INF" => f64::INFINITY,
        "-INF" => f64::NEG_INFINITY,
        _ => value.parse().unwrap_or(f64::NAN),
    }
}

struct Decimal<'a> {
    is_negative: bool,
    whole: &'a str,
    fraction: &'a str,
}

fn decimal(value: &str) -> Decimal<'_> {
    let digits = value.strip_prefix(['+', '-']).unwrap_or(value);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    let is_zero = whole.is_empty() && fraction.is_empty();
    Decimal { is_negative: value.starts_with('-') && !is_zero, whole, fraction }
}

pub(super) fn compare_decimals(one: &str, other: &str) -> Ordering {
    let (one, other) = (decimal(one), decimal(other));
    let by_size = || {
        let by_whole = one.whole.len().cmp(&other.whole.len()).then_with(|| one.whole.cmp(other.whole));
        by_whole.then_with(|| one.fraction.cmp(other.fraction))
    };
    match (one.is_negative, other.is_negative) {
        (false, false) => by_size(),
        (true, true) => by_size().reverse(),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
    }
}

pub(super) fn digits(value: &str) -> (usize, usize) {
    let it = decimal(value);
    ((it.whole.len() + it.fraction.len()).max(1), it.fraction.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_they_should() {
        assert!(["1", "+1", "-0", "007"].iter().all(|it| is_integer(it)));
        assert!(!["", "+", "1.0", "1e5", " 1"].iter().any(|it| is_integer(it)));
        assert!(["1", "1.", ".5", "-1.50"].iter().all(|it| is_decimal(it)));
        assert!(!["", ".", "-", "1.2.3", "1e5"].iter().any(|it| is_decimal(it)));
        assert!(["1", "1e5", "-1.E+05", "INF", "-INF", "NaN"].iter().all(|it| is_double(it)));
        assert!(!["inf", "+INF", "1e", "e5", "0x1", "nan", "1e5.0"].iter().any(|it| is_double(it)));
    }

    #[test]
    fn decimals_of_any_length_are_compared() {
        assert_eq!(compare_decimals("99999999999999999999999", "100000000000000000000000"), Ordering::Less);
        assert_eq!(compare_decimals("-2", "-10"), Ordering::Greater);
        assert_eq!(compare_decimals("1.10", "1.1"), Ordering::Equal);
        assert_eq!(compare_decimals("-0.0", "0"), Ordering::Equal);
        assert_eq!(compare_decimals("0.09", "0.1"), Ordering::Less);
        assert_eq!(digits("0012.340"), (4, 2));
    }
}
