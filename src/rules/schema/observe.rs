//! A fault in words that people read: its code, and what was expected, in bokmål, nynorsk and English.
//!
//! The sentences follow after the code's own text ("A required field is missing."), and name elements and attributes as the
//! schema does. No value from the message is in them.

use roxmltree::Document;

use super::deviate::deviation;
use super::fault::Expected;
use super::fault::Fault;
use super::fault::FaultKind;
use super::fault::Name;
use super::fault::ValueFault;
use super::fault::Why;
use super::own_words::own_words;
use super::value::Builtin;
use crate::domain::At;
use crate::domain::Code;
use crate::domain::Observation;
use crate::domain::Text;

/// How many names or values of a list are said.
const LISTED_MAX: usize = 40;

pub(super) fn observed(tree: &Document<'_>, fault: &Fault) -> Observation {
    let node = fault.node.get();
    let name = || tree.get_node(fault.node).and_then(|it| it.attributes().nth(fault.attribute?)).map(|it| it.name());
    let at = match name() {
        Some(name) => At::Attribute { node, name: name.chars().take(NAME_CHARACTERS_MAX).collect() },
        None => At::Node { node, attribute: None },
    };
    let mut observation = Observation::new(code_of(&fault.kind), at);
    observation.deviation = deviation(tree, fault);
    observation.schema_says = Some(own_words(tree, fault));
    match expected(&fault.kind) {
        Some(text) => observation.expecting(text),
        None => observation,
    }
}

/// Only a hostile sender has longer names.
const NAME_CHARACTERS_MAX: usize = 64;

fn code_of(kind: &FaultKind) -> Code {
    match kind {
        FaultKind::RootUnknown | FaultKind::ElementUndeclared => Code::SchemaContentUnknown,
        FaultKind::ElementUnexpected { why, .. } => match why {
            Why::Unknown { .. } | Why::WrongNamespace { .. } | Why::Excluded => Code::SchemaElementUnexpected,
            Why::TooEarly | Why::TooLate { .. } => Code::SchemaElementMisplaced,
            Why::TooMany { .. } => Code::SchemaElementRepeated,
        },
        FaultKind::ElementMissing { .. } => Code::SchemaElementMissing,
        FaultKind::ElementAbstract | FaultKind::ElementsInText | FaultKind::TooDeep => Code::SchemaElementUnexpected,
        FaultKind::TextForbidden { .. } => Code::SchemaTextUnexpected,
        FaultKind::AttributeMissing { .. } => Code::SchemaAttributeMissing,
        FaultKind::AttributeUnexpected { .. } | FaultKind::AttributeUndeclared | FaultKind::NilForbidden => {
            Code::SchemaAttributeUnexpected
        }
        FaultKind::ValueInvalid { why: ValueFault::Enumeration { .. }, .. } => Code::SchemaValueNotInList,
        FaultKind::ValueInvalid { .. }
        | FaultKind::ValueFixed { .. }
        | FaultKind::ContentForbidden
        | FaultKind::IdMissing
        | FaultKind::TypeUnknown
        | FaultKind::TypeUnrelated
        | FaultKind::TypeAbstract
        | FaultKind::NilWithContent => Code::SchemaValueInvalid,
        FaultKind::IdRepeated => Code::SchemaIdRepeated,
    }
}

fn expected(kind: &FaultKind) -> Option<Text> {
    Some(match kind {
        FaultKind::RootUnknown | FaultKind::IdRepeated => return None,
        FaultKind::TextForbidden { required } if required.is_empty() => return None,
        FaultKind::TextForbidden { required } => required_text(required),
        FaultKind::ElementUnexpected { why, expected, may_end, required } => {
            unexpected(why, expected, *may_end, required)
        }
        FaultKind::ElementMissing { missing, before } => missing_text(missing, before.as_ref()),
        FaultKind::ElementUndeclared => Text::of(
            "Ingen standard som mottaket kjenner, beskriver dette innholdet.",
            "Ingen standard som mottaket kjenner, skildrar dette innhaldet.",
            "No standard that this gateway knows describes this content.",
        ),
        FaultKind::ElementAbstract => Text::of(
            "Feltet kan ikke brukes selv, bare felt som bygger på det.",
            "Feltet kan ikkje brukast sjølv, berre felt som byggjer på det.",
            "The field cannot be used itself, only fields that build on it.",
        ),
        FaultKind::ContentForbidden => Text::of(
            "Feltet skal være helt tomt, også uten mellomrom og linjeskift. Det som skal sies, står i V, DN og lignende.",
            "Feltet skal vere heilt tomt, også utan mellomrom og linjeskift. Det som skal seiast, står i V, DN og liknande.",
            "The field must be quite empty, without spaces and line breaks too. Its value is in the attributes.",
        ),
        FaultKind::ElementsInText => Text::of(
            "Her skal det bare stå tekst, uten felt inni.",
            "Her skal det berre stå tekst, utan felt inni.",
            "Only text may stand here, with no fields in it.",
        ),
        FaultKind::AttributeMissing { name } => {
            let name = &name.local;
            Text::owned(
                format!("Opplysningen {name} må være med."),
                format!("Opplysninga {name} må vere med."),
                format!("The attribute {name} is required."),
            )
        }
        FaultKind::AttributeUnexpected { allowed } if allowed.is_empty() => Text::of(
            "Feltet kan ikke ha slike opplysninger.",
            "Feltet kan ikkje ha slike opplysningar.",
            "The field can have no attributes.",
        ),
        FaultKind::AttributeUnexpected { allowed } => {
            let names = listed(allowed.iter().map(|it| it.local.as_str()));
            Text::owned(
                format!("Feltet kan ha {}.", names.nb),
                format!("Feltet kan ha {}.", names.nn),
                format!("The field can have {}.", names.en),
            )
        }
        FaultKind::AttributeUndeclared => Text::of(
            "Ingen standard som mottaket kjenner, beskriver denne opplysningen.",
            "Ingen standard som mottaket kjenner, skildrar denne opplysninga.",
            "No standard that this gateway knows describes this attribute.",
        ),
        FaultKind::ValueInvalid { type_name, builtin, why } => value(type_name.as_deref(), *builtin, why),
        FaultKind::ValueFixed { expected } => Text::owned(
            format!("Verdien skal være nøyaktig «{expected}»."),
            format!("Verdien skal vere nøyaktig «{expected}»."),
            format!("The value must be exactly “{expected}”."),
        ),
        FaultKind::IdMissing => Text::of(
            "Det vises til en intern id som ikke finnes i meldingen.",
            "Det er vist til ein intern id som ikkje finst i meldinga.",
            "It refers to an internal id that is not in the message.",
        ),
        FaultKind::TypeUnknown => Text::of(
            "Typen i xsi:type finnes ikke.",
            "Typen i xsi:type finst ikkje.",
            "The type in xsi:type does not exist.",
        ),
        FaultKind::TypeUnrelated => Text::of(
            "Typen i xsi:type kan ikke brukes her.",
            "Typen i xsi:type kan ikkje brukast her.",
            "The type in xsi:type cannot be used here.",
        ),
        FaultKind::TypeAbstract => Text::of(
            "Feltet må ha xsi:type med en type som bygger på den som er oppgitt.",
            "Feltet må ha xsi:type med ein type som byggjer på den som er oppgitt.",
            "The field needs xsi:type with a type that builds on the one given.",
        ),
        FaultKind::NilForbidden => {
            Text::of("Feltet kan ikke ha xsi:nil.", "Feltet kan ikkje ha xsi:nil.", "The field cannot have xsi:nil.")
        }
        FaultKind::NilWithContent => Text::of(
            "Feltet har xsi:nil og skal derfor være tomt.",
            "Feltet har xsi:nil og skal derfor vere tomt.",
            "The field has xsi:nil and must therefore be empty.",
        ),
        FaultKind::TooDeep => Text::of(
            "Felt ligger inni hverandre dypere enn det kan kontrolleres.",
            "Felt ligg inni kvarandre djupare enn det kan kontrollerast.",
            "Fields lie within each other deeper than can be checked.",
        ),
    })
}

fn unexpected(why: &Why, expected: &[Expected], may_end: bool, required: &[Vec<Expected>]) -> Text {
    // Where it belongs, or how often it can stand, is all that the sender needs; what else could stand here is noise.
    let is_enough = matches!(why, Why::TooLate { before: Some(_) } | Why::TooMany { .. });
    let why = match why {
        Why::Unknown { similar: Some(it) } => Text::owned(
            format!("Mente du {}?", it.local),
            format!("Meinte du {}?", it.local),
            format!("Did you mean {}?", it.local),
        ),
        Why::Unknown { similar: None } => Text::of("", "", ""),
        Why::WrongNamespace { expected: Name { namespace, .. } } if namespace.is_empty() => Text::of(
            "Navnet er riktig, men feltet skal stå uten xmlns.",
            "Namnet er rett, men feltet skal stå utan xmlns.",
            "The name is right, but the field must be in no namespace.",
        ),
        Why::WrongNamespace { expected: Name { namespace, .. } } => Text::owned(
            format!("Navnet er riktig, men feltet skal høre til {namespace} (xmlns)."),
            format!("Namnet er rett, men feltet skal høyre til {namespace} (xmlns)."),
            format!("The name is right, but the namespace must be {namespace}."),
        ),
        Why::TooEarly => Text::of("Det kommer for tidlig.", "Det kjem for tidleg.", "It comes too early."),
        Why::TooLate { before: Some(it) } => Text::owned(
            format!("Det hører hjemme foran {}.", it.local),
            format!("Det høyrer heime framfor {}.", it.local),
            format!("It belongs before {}.", it.local),
        ),
        Why::TooLate { before: None } => {
            Text::of("Det hører hjemme lenger fremme.", "Det høyrer heime lenger framme.", "It belongs further up.")
        }
        Why::TooMany { max: 1 } => {
            Text::of("Det kan bare stå én gang.", "Det kan berre stå éin gong.", "It can stand only once.")
        }
        Why::TooMany { max } => Text::owned(
            format!("Det kan stå høyst {max} ganger."),
            format!("Det kan stå høgst {max} gonger."),
            format!("It can stand at most {max} times."),
        ),
        Why::Excluded => Text::of(
            "Det kan ikke stå sammen med feltene foran.",
            "Det kan ikkje stå saman med felta framfor.",
            "It cannot stand together with the fields before it.",
        ),
    };
    if !required.is_empty() {
        return followed_by(why, required_text(required));
    }
    if is_enough {
        return why;
    }
    if expected.is_empty() {
        let nothing = Text::of(
            "Her kan det ikke stå flere felt.",
            "Her kan det ikkje stå fleire felt.",
            "No more fields can stand here.",
        );
        return followed_by(why, nothing);
    }
    let names = listed_fields(expected);
    let or_end = if may_end {
        (", eller ingen flere felt", ", eller ingen fleire felt", ", or no more fields")
    } else {
        ("", "", "")
    };
    let could = Text::owned(
        format!("Her kan det stå {}{}.", names.nb, or_end.0),
        format!("Her kan det stå {}{}.", names.nn, or_end.1),
        format!("Here could stand {}{}.", names.en, or_end.2),
    );
    followed_by(why, could)
}

fn required_text(required: &[Vec<Expected>]) -> Text {
    let names = all_of(required);
    Text::owned(
        format!("Her må det stå {}.", names.nb),
        format!("Her må det stå {}.", names.nn),
        format!("Here must stand {}.", names.en),
    )
}

fn missing_text(missing: &[Vec<Expected>], before: Option<&Name>) -> Text {
    let names = all_of(missing);
    let place = match before {
        Some(it) => Text::owned(
            format!(" foran {}", it.local),
            format!(" framfor {}", it.local),
            format!(" before {}", it.local),
        ),
        None => Text::of(" til slutt", " til slutt", " at the end"),
    };
    Text::owned(
        format!("Det mangler {}{}.", names.nb, place.nb),
        format!("Det manglar {}{}.", names.nn, place.nn),
        format!("Missing: {}{}.", names.en, place.en),
    )
}

fn value(type_name: Option<&str>, builtin: Builtin, why: &ValueFault) -> Text {
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

/// One of each list: "A, B and (C or D)".
fn all_of(steps: &[Vec<Expected>]) -> Text {
    let each = steps.iter().take(LISTED_MAX).map(|it| match listed_fields(it) {
        Text { nb, nn, en } if it.len() > 1 && steps.len() > 1 => {
            Text::owned(format!("({nb})"), format!("({nn})"), format!("({en})"))
        }
        text => text,
    });
    let each: Vec<Text> = each.collect();
    let join = |of: fn(&Text) -> &str, and: &str| joined(&each.iter().map(of).collect::<Vec<_>>(), and);
    Text::owned(join(|it| &it.nb, " og "), join(|it| &it.nn, " og "), join(|it| &it.en, " and "))
}

fn listed_fields(expected: &[Expected]) -> Text {
    let names = |any: &'static str| {
        let name = |it: &'_ Expected| match it {
            Expected::Element(it) => it.local.clone(),
            Expected::Any => any.to_owned(),
        };
        expected.iter().map(name).collect::<Vec<String>>()
    };
    let list = |names: Vec<String>, or: &str| joined(&names.iter().map(String::as_str).collect::<Vec<_>>(), or);
    Text::owned(
        list(names("et felt fra en annen standard"), " eller "),
        list(names("eit felt frå ein annan standard"), " eller "),
        list(names("a field of another schema"), " or "),
    )
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> Text {
    let names: Vec<&str> = names.collect();
    Text::owned(joined(&names, " eller "), joined(&names, " eller "), joined(&names, " or "))
}

/// "A, B or C"; long lists end in "…".
fn joined(names: &[&str], last: &str) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [.., _] if names.len() > LISTED_MAX => format!("{} …", names[..LISTED_MAX].join(", ")),
        [first @ .., end] => format!("{}{last}{end}", first.join(", ")),
    }
}

fn followed_by(one: Text, other: Text) -> Text {
    let join = |one: &str, other: &str| if one.is_empty() { other.to_owned() } else { format!("{one} {other}") };
    Text::owned(join(&one.nb, &other.nb), join(&one.nn, &other.nn), join(&one.en, &other.en))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::schema::Schemas;

    const SCHEMA: &str = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='u' xmlns='u' elementFormDefault='qualified'>
      <xs:element name='Melding'><xs:complexType><xs:sequence>
        <xs:element name='Navn' type='xs:string'/>
        <xs:choice><xs:element name='Dato' type='xs:date'/><xs:element name='Tid' type='xs:dateTime'/></xs:choice>
        <xs:element name='Svar' minOccurs='0'><xs:simpleType><xs:restriction base='xs:token'><xs:enumeration value='J'/><xs:enumeration value='N'/></xs:restriction></xs:simpleType></xs:element>
        <xs:element name='Kode' minOccurs='0'><xs:complexType><xs:attribute name='V' use='required' type='xs:int'/><xs:attribute name='DN'/></xs:complexType></xs:element>
      </xs:sequence></xs:complexType></xs:element></xs:schema>";

    fn told(message: &str) -> Vec<(Code, String, String)> {
        let schemas = Schemas::compile(&[("test.xsd", SCHEMA)]).unwrap();
        let tree = Document::parse(message).unwrap();
        let observed = schemas.check(&tree, 100).into_iter().map(|it| observed(&tree, &it));
        observed
            .map(|it| {
                let text = it.expected.unwrap_or(Text::of("", "", ""));
                (it.code, text.nb.to_string(), text.en.to_string())
            })
            .collect()
    }

    #[track_caller]
    fn tells(children: &str, code: Code, nb: &str, en: &str) {
        let told = told(&format!("<Melding xmlns='u'>{children}</Melding>"));
        assert_eq!(told, [(code, nb.to_owned(), en.to_owned())], "{children}");
    }

    #[test]
    fn what_is_missing_is_named_with_its_alternatives() {
        tells(
            "<Svar>J</Svar>",
            Code::SchemaElementMissing,
            "Det mangler Navn og (Dato eller Tid) foran Svar.",
            "Missing: Navn and (Dato or Tid) before Svar.",
        );
        tells(
            "<Navn/>",
            Code::SchemaElementMissing,
            "Det mangler Dato eller Tid til slutt.",
            "Missing: Dato or Tid at the end.",
        );
    }

    #[test]
    fn what_is_out_of_place_is_told_where_it_belongs() {
        let date = "<Dato>2026-03-31</Dato>";
        tells(
            &format!("{date}<Navn/>"),
            Code::SchemaElementMisplaced,
            "Det kommer for tidlig. Her kan det stå Navn.",
            "It comes too early. Here could stand Navn.",
        );
        tells(
            &format!("<Navn/>{date}<Kode V='1'/><Svar>J</Svar>"),
            Code::SchemaElementMisplaced,
            "Det hører hjemme foran Kode.",
            "It belongs before Kode.",
        );
        tells(
            &format!("<Navn/>{date}{date}"),
            Code::SchemaElementRepeated,
            "Det kan bare stå én gang.",
            "It can stand only once.",
        );
        tells(
            &format!("<Nvan/>{date}"),
            Code::SchemaElementUnexpected,
            "Mente du Navn? Her kan det stå Navn.",
            "Did you mean Navn? Here could stand Navn.",
        );
    }

    #[test]
    fn values_are_told_how_to_be_written_and_never_shown() {
        tells(
            "<Navn/><Dato>31.03.2026</Dato>",
            Code::SchemaValueInvalid,
            "Her skal det stå en dato, som 2026-03-31.",
            "Expected: a date, such as 2026-03-31.",
        );
        tells(
            "<Navn/><Dato>2026-03-31</Dato><Svar>Ja</Svar>",
            Code::SchemaValueNotInList,
            "Lov er J eller N.",
            "Allowed are J or N.",
        );
        tells(
            "<Navn/><Dato>2026-03-31</Dato><Kode/>",
            Code::SchemaAttributeMissing,
            "Opplysningen V må være med.",
            "The attribute V is required.",
        );
        tells(
            "<Navn/><Dato>2026-03-31</Dato><Kode V='1' S='2'/>",
            Code::SchemaAttributeUnexpected,
            "Feltet kan ha V eller DN.",
            "The field can have V or DN.",
        );
    }

    #[test]
    fn every_kind_of_fault_has_a_sentence_in_every_language() {
        let name = Name { namespace: "u".to_owned(), local: "A".to_owned() };
        let bare = Name { namespace: String::new(), local: "A".to_owned() };
        let one = vec![Expected::Element(name.clone()), Expected::Any];
        let text = || "x".to_owned();
        let whys = vec![
            Why::Unknown { similar: None },
            Why::Unknown { similar: Some(name.clone()) },
            Why::WrongNamespace { expected: name.clone() },
            Why::WrongNamespace { expected: bare },
            Why::TooEarly,
            Why::TooLate { before: None },
            Why::TooLate { before: Some(name.clone()) },
            Why::TooMany { max: 1 },
            Why::TooMany { max: 3 },
            Why::Excluded,
        ];
        let values = vec![
            ValueFault::Form,
            ValueFault::Pattern { pattern: text() },
            ValueFault::Enumeration { values: (0..100).map(|it| it.to_string()).collect() },
            ValueFault::Length { exactly: 1 },
            ValueFault::TooShort { min: 1 },
            ValueFault::TooShort { min: 2 },
            ValueFault::TooLong { max: 1 },
            ValueFault::TooSmall { min: text(), inclusive: true },
            ValueFault::TooSmall { min: text(), inclusive: false },
            ValueFault::TooLarge { max: text(), inclusive: true },
            ValueFault::TooLarge { max: text(), inclusive: false },
            ValueFault::TotalDigits { max: 1 },
            ValueFault::FractionDigits { max: 1 },
            ValueFault::Union { types: vec!["date".to_owned(), "gYear".to_owned()] },
        ];
        let mut kinds = vec![
            FaultKind::ElementMissing { missing: vec![one.clone()], before: Some(name.clone()) },
            FaultKind::ElementMissing { missing: vec![one.clone(), one.clone()], before: None },
            FaultKind::TextForbidden { required: vec![one.clone()] },
            FaultKind::ElementUndeclared,
            FaultKind::ElementAbstract,
            FaultKind::ContentForbidden,
            FaultKind::ElementsInText,
            FaultKind::AttributeMissing { name: name.clone() },
            FaultKind::AttributeUnexpected { allowed: vec![] },
            FaultKind::AttributeUnexpected { allowed: vec![name] },
            FaultKind::AttributeUndeclared,
            FaultKind::ValueFixed { expected: text() },
            FaultKind::IdMissing,
            FaultKind::TypeUnknown,
            FaultKind::TypeUnrelated,
            FaultKind::TypeAbstract,
            FaultKind::NilForbidden,
            FaultKind::NilWithContent,
            FaultKind::TooDeep,
        ];
        for why in whys {
            for (expected, required) in [(vec![], vec![]), (one.clone(), vec![]), (one.clone(), vec![one.clone()])] {
                kinds.push(FaultKind::ElementUnexpected { why: why.clone(), expected, may_end: true, required });
            }
        }
        kinds.extend(values.into_iter().map(|why| FaultKind::ValueInvalid {
            type_name: None,
            builtin: Builtin::Date,
            why,
        }));
        for kind in kinds {
            let text = expected(&kind).unwrap();
            for said in [&text.nb, &text.nn, &text.en] {
                assert!(said.len() > 8 && !said.contains("  ") && !said.starts_with(' '), "{kind:?}: {said:?}");
            }
            assert_ne!(text.nb, text.en, "{kind:?}");
            for word in ["attributt", "skjema", "navnerom", "namnerom"] {
                assert!(![&text.nb, &text.nn].iter().any(|it| it.to_lowercase().contains(word)), "{kind:?}: {word}");
            }
        }
    }
}
