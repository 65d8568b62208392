//! Numbers of persons that people type, checked by the rules that judge those in messages.

use crate::app::Heart;
use crate::domain::Redacted;
use crate::inbox::CheckNumber;
use crate::inbox::NotANumber;
use crate::inbox::NumberKind;
use crate::rules::identity::IdFault;
use crate::rules::identity::NationalId;
use crate::rules::identity::is_duf;
use jiff::civil::Date;

impl CheckNumber for Heart {
    fn check_number(
        &self,
        kind: NumberKind,
        typed: &Redacted<String>,
        today: Date,
    ) -> Result<Redacted<String>, NotANumber> {
        check(kind, typed.reveal(), today)
    }
}

pub(crate) fn check(kind: NumberKind, typed: &str, today: Date) -> Result<Redacted<String>, NotANumber> {
    let plain = || Redacted::new(typed.chars().filter(|it| !it.is_whitespace()).collect::<String>());
    match kind {
        NumberKind::National => NationalId::parse(typed.trim()).map(|it| it.number().clone()).map_err(said),
        NumberKind::Duf if is_duf(typed.trim(), today.year()) => Ok(plain()),
        NumberKind::Duf => Err(NotANumber::NotDuf),
        NumberKind::Other => Some(plain()).filter(|it| !it.reveal().is_empty()).ok_or(NotANumber::Nothing),
    }
}

const fn said(fault: IdFault) -> NotANumber {
    match fault {
        IdFault::NotElevenDigits => NotANumber::NotElevenDigits,
        IdFault::ControlDigits => NotANumber::ControlDigits,
        IdFault::ImpossibleDate => NotANumber::ImpossibleDate,
        IdFault::Placeholder(_) => NotANumber::StandIn,
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::inbox::NotANumber;
    use crate::inbox::NumberKind;
    use jiff::civil::date;

    #[test]
    fn a_number_that_can_be_nobodys_is_refused_with_what_is_wrong_with_it() {
        let national = |text: &str| check(NumberKind::National, text, date(2026, 11, 22)).map(|it| it.reveal().clone());

        // A fødselsnummer, a D-nummer, an H-nummer and a felles hjelpenummer.
        for (typed, kept) in [
            (" 128354 01802 ", "12835401802"),
            ("71129956709", "71129956709"),
            ("31529956889", "31529956889"),
            ("80123456797", "80123456797"),
        ] {
            assert_eq!(national(typed).as_deref(), Ok(kept), "{typed}");
        }
        for (typed, wrong) in [
            ("12345", NotANumber::NotElevenDigits),
            ("12835401802 A", NotANumber::NotElevenDigits),
            ("12835401803", NotANumber::ControlDigits),
            ("12835410802", NotANumber::ControlDigits),
            ("00000000000", NotANumber::ImpossibleDate),
            ("05082600100", NotANumber::StandIn),
        ] {
            assert_eq!(national(typed), Err(wrong), "{typed}");
        }
    }

    #[test]
    fn who_has_another_kind_of_number_is_found_by_it_too() {
        let check = |kind, text: &str| check(kind, text, date(2026, 11, 22)).map(|it| it.reveal().clone());

        assert_eq!(check(NumberKind::Duf, "2019 123456 78").as_deref(), Ok("201912345678"));
        assert_eq!(check(NumberKind::Duf, "203112345678"), Err(NotANumber::NotDuf));
        assert_eq!(check(NumberKind::Other, "AB 12 345").as_deref(), Ok("AB12345"));
        assert_eq!(check(NumberKind::Other, "  "), Err(NotANumber::Nothing));
    }
}
