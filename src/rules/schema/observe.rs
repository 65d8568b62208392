//! A fault in words that people read: its code, and what was expected, in bokmål, nynorsk and English.
//!
//! The sentences follow after the code's own text ("A required field is missing."), and name elements and attributes as the
//! schema does. No value from the message is in them.

mod lists;
mod values;

use super::deviate::deviation;
use super::fault::Expected;
use super::fault::Fault;
use super::fault::FaultKind;
use super::fault::Name;
use super::fault::ValueFault;
use super::fault::Why;
use super::own_words::own_words;
use crate::domain::At;
use crate::domain::Code;
use crate::domain::Observation;
use crate::domain::Text;
use lists::all_of;
use lists::followed_by;
use lists::listed;
use lists::listed_fields;
use roxmltree::Document;
use values::value;

/// Only a hostile sender has longer names.
const NAME_CHARACTERS_MAX: usize = 64;

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
    if let FaultKind::ElementUnexpected { why: Why::Unknown { similar }, .. } = &fault.kind {
        observation.meant = similar.as_ref().map(|it| it.local.clone());
    }
    match expected(&fault.kind) {
        Some(text) => observation.expecting(text),
        None => observation,
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::schema::Schemas;
    use crate::rules::schema::value::Builtin;

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
