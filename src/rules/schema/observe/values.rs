//! How a value should have been written.

use super::lists::listed;
use crate::domain::Text;
use crate::rules::schema::fault::ValueFault;
use crate::rules::schema::value::Builtin;

pub(super) fn value(type_name: Option<&str>, builtin: Builtin, why: &ValueFault) -> Text {
    if let (ValueFault::Pattern { .. }, Some(form)) = (why, type_name.and_then(named_form)) {
        return here(&form);
    }
    match why {
        ValueFault::Form => here(&form(builtin)),
        ValueFault::Pattern { pattern } => Text::owned(
            format!("Verdien skal følge mønsteret {pattern}"),
            format!("Verdien skal følgje mønsteret {pattern}"),
            format!("The value must fit the pattern {pattern}"),
        ),
        ValueFault::Enumeration { values } => {
            let values = listed(values.iter().map(String::as_str));
            Text::owned(
                format!("Lov er {}.", values.nb),
                format!("Lov er {}.", values.nn),
                format!("Allowed are {}.", values.en),
            )
        }
        ValueFault::Length { exactly } => Text::owned(
            format!("Lengden skal være {exactly}."),
            format!("Lengda skal vere {exactly}."),
            format!("The length must be {exactly}."),
        ),
        ValueFault::TooShort { min: 1 } => {
            Text::of("Verdien kan ikke være tom.", "Verdien kan ikkje vere tom.", "The value cannot be empty.")
        }
        ValueFault::TooShort { min } if is_text(builtin) => Text::owned(
            format!("Teksten må ha minst {min} tegn."),
            format!("Teksten må ha minst {min} teikn."),
            format!("The text must have at least {min} characters."),
        ),
        ValueFault::TooLong { max } if is_text(builtin) => Text::owned(
            format!("Teksten kan ha høyst {max} tegn."),
            format!("Teksten kan ha høgst {max} teikn."),
            format!("The text can have at most {max} characters."),
        ),
        ValueFault::TooShort { min } => Text::owned(
            format!("Lengden skal være minst {min}."),
            format!("Lengda skal vere minst {min}."),
            format!("The length must be at least {min}."),
        ),
        ValueFault::TooLong { max } => Text::owned(
            format!("Lengden kan være høyst {max}."),
            format!("Lengda kan vere høgst {max}."),
            format!("The length can be at most {max}."),
        ),
        ValueFault::TooSmall { min, inclusive: true } => Text::owned(
            format!("Verdien skal være minst {min}."),
            format!("Verdien skal vere minst {min}."),
            format!("The value must be at least {min}."),
        ),
        ValueFault::TooSmall { min, inclusive: false } => Text::owned(
            format!("Verdien skal være over {min}."),
            format!("Verdien skal vere over {min}."),
            format!("The value must be above {min}."),
        ),
        ValueFault::TooLarge { max, inclusive: true } => Text::owned(
            format!("Verdien kan være høyst {max}."),
            format!("Verdien kan vere høgst {max}."),
            format!("The value can be at most {max}."),
        ),
        ValueFault::TooLarge { max, inclusive: false } => Text::owned(
            format!("Verdien skal være under {max}."),
            format!("Verdien skal vere under {max}."),
            format!("The value must be below {max}."),
        ),
        ValueFault::TotalDigits { max } => Text::owned(
            format!("Tallet kan ha høyst {max} sifre."),
            format!("Talet kan ha høgst {max} siffer."),
            format!("The number can have at most {max} digits."),
        ),
        ValueFault::FractionDigits { max } => Text::owned(
            format!("Tallet kan ha høyst {max} desimaler."),
            format!("Talet kan ha høgst {max} desimalar."),
            format!("The number can have at most {max} decimals."),
        ),
        ValueFault::Union { types } => {
            let forms: Vec<Text> = types.iter().filter_map(|it| Builtin::by_name(it)).map(form).collect();
            let all = |of: fn(&Text) -> &str, or: &str| forms.iter().map(of).collect::<Vec<_>>().join(or);
            Text::owned(
                format!("Her skal det stå {}.", all(|it| &it.nb, "; eller ")),
                format!("Her skal det stå {}.", all(|it| &it.nn, "; eller ")),
                format!("Expected: {}.", all(|it| &it.en, "; or ")),
            )
        }
    }
}

fn here(form: &Text) -> Text {
    Text::owned(
        format!("Her skal det stå {}.", form.nb),
        format!("Her skal det stå {}.", form.nn),
        format!("Expected: {}.", form.en),
    )
}

/// Whether lengths are counted in characters.
fn is_text(builtin: Builtin) -> bool {
    matches!(builtin, Builtin::String | Builtin::NormalizedString | Builtin::Token)
}

/// How a value of a type with a pattern is written, for the types of our own standard: nobody should have to read a pattern.
fn named_form(type_name: &str) -> Option<Text> {
    Some(match type_name {
        "Kommunenr" => Text::of("fire sifre, som 4211", "fire siffer, som 4211", "four digits, such as 4211"),
        "Bydelsnr" => Text::of("seks sifre, som 460102", "seks siffer, som 460102", "six digits, such as 460102"),
        "Orgnr" => Text::of("ni sifre uten mellomrom", "ni siffer utan mellomrom", "nine digits without spaces"),
        "HerId" => Text::of(
            "bare sifre, uten null foran, som 80001",
            "berre siffer, utan null framfor, som 80001",
            "digits only, with no nought before them, such as 80001",
        ),
        "Hpr" => Text::of("høyst ni sifre", "høgst ni siffer", "nine digits at most"),
        "Land" => Text::of(
            "en landkode på to store bokstaver, som NO",
            "ein landkode på to store bokstavar, som NO",
            "a country code of two capital letters, such as NO",
        ),
        "Uuid" => Text::of(
            "en UUID, som 1c878ac1-fe5d-41fe-98ae-a10d153ddaaa",
            "ein UUID, som 1c878ac1-fe5d-41fe-98ae-a10d153ddaaa",
            "a UUID, such as 1c878ac1-fe5d-41fe-98ae-a10d153ddaaa",
        ),
        "TidMedSone" => Text::of(
            "dato og klokkeslett med tidssone, som 2026-03-31T14:30:00+02:00",
            "dato og klokkeslett med tidssone, som 2026-03-31T14:30:00+02:00",
            "date and time with a time zone, such as 2026-03-31T14:30:00+02:00",
        ),
        "Telefon" => Text::of(
            "et telefonnummer, bare sifre med mellomrom, gjerne med + og landkode foran",
            "eit telefonnummer, berre siffer med mellomrom, gjerne med + og landkode framfor",
            "a telephone number, digits with spaces only, with + and a country code before them if you like",
        ),
        "Epost" => Text::of(
            "en e-postadresse uten mellomrom, med @",
            "ei e-postadresse utan mellomrom, med @",
            "an e-mail address without spaces, with @",
        ),
        _ => return None,
    })
}

/// How a value of a built-in type is written.
fn form(builtin: Builtin) -> Text {
    match builtin {
        Builtin::AnySimple | Builtin::String | Builtin::NormalizedString | Builtin::Token => {
            Text::of("tekst", "tekst", "text")
        }
        Builtin::Language => Text::of(
            "en språkkode, som nb eller nn-NO",
            "ein språkkode, som nb eller nn-NO",
            "a language code, such as nb or nn-NO",
        ),
        Builtin::Name | Builtin::NcName | Builtin::NmToken | Builtin::QName => {
            Text::of("et navn uten mellomrom", "eit namn utan mellomrom", "a name without spaces")
        }
        Builtin::Id | Builtin::IdRef => Text::of(
            "en intern id som begynner med en bokstav eller understrek og ikke har mellomrom",
            "ein intern id som byrjar med ein bokstav eller understrek og ikkje har mellomrom",
            "an internal id that begins with a letter or underscore and has no spaces",
        ),
        Builtin::Boolean => Text::of("true eller false", "true eller false", "true or false"),
        Builtin::Decimal | Builtin::Float | Builtin::Double => Text::of(
            "et tall med punktum som desimaltegn, som 12.5",
            "eit tal med punktum som desimalteikn, som 12.5",
            "a number with a decimal point, such as 12.5",
        ),
        Builtin::Integer => Text::of("et helt tall", "eit heilt tal", "a whole number"),
        Builtin::Duration => Text::of("en varighet, som P1Y6M", "ei varigheit, som P1Y6M", "a duration, such as P1Y6M"),
        Builtin::DateTime => Text::of(
            "dato og klokkeslett, som 2026-03-31T14:30:00+02:00",
            "dato og klokkeslett, som 2026-03-31T14:30:00+02:00",
            "date and time, such as 2026-03-31T14:30:00+02:00",
        ),
        Builtin::Time => {
            Text::of("et klokkeslett, som 14:30:00", "eit klokkeslett, som 14:30:00", "a time, such as 14:30:00")
        }
        Builtin::Date => Text::of("en dato, som 2026-03-31", "ein dato, som 2026-03-31", "a date, such as 2026-03-31"),
        Builtin::GYear => Text::of("et årstall, som 2026", "eit årstal, som 2026", "a year, such as 2026"),
        Builtin::GYearMonth => {
            Text::of("år og måned, som 2026-03", "år og månad, som 2026-03", "year and month, such as 2026-03")
        }
        Builtin::GMonth => Text::of("en måned, som --03", "ein månad, som --03", "a month, such as --03"),
        Builtin::GMonthDay => {
            Text::of("måned og dag, som --03-31", "månad og dag, som --03-31", "month and day, such as --03-31")
        }
        Builtin::GDay => {
            Text::of("en dag i måneden, som ---31", "ein dag i månaden, som ---31", "a day of the month, such as ---31")
        }
        Builtin::HexBinary => Text::of(
            "heksadesimale sifre, to for hver byte",
            "heksadesimale siffer, to for kvar byte",
            "hexadecimal digits, two for each byte",
        ),
        Builtin::Base64Binary => Text::of(
            "base64: bare A–Z, a–z, 0–9, + og /, med = til slutt der det trengs",
            "base64: berre A–Z, a–z, 0–9, + og /, med = til slutt der det trengst",
            "base64: only A–Z, a–z, 0–9, + and /, with = at the end where needed",
        ),
        Builtin::AnyUri => Text::of(
            "en adresse (URI), som mailto:post@example.org",
            "ei adresse (URI), som mailto:post@example.org",
            "an address (URI), such as mailto:post@example.org",
        ),
    }
}
