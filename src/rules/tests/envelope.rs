//! Header, addressing, attachments and the header's code lists.

use super::build::Trial;
use super::build::about_adult;
use super::build::adult;
use super::build::code;
use super::build::file;
use super::build::level;
use super::build::moment;
use super::build::person_ident;
use super::build::said;
use crate::domain::AckWish;
use crate::domain::At;
use crate::domain::AttachmentContent;
use crate::domain::Code;
use crate::domain::Coded;
use crate::domain::Conversation;
use crate::domain::Environment;
use crate::domain::Generated;
use crate::domain::LevelKind;
use crate::domain::Party;
use crate::domain::Patient;
use crate::domain::ProcessingStatus;
use crate::domain::Severity;

pub(super) const TRIALS: &[Trial] = &[
    // The header.
    adult(
        "another kind of message",
        |m| m.head.message_type = code("DIALOG_OVERFORING_JOURNAL"),
        &[Code::MessageTypeUnsupported],
    ),
    adult("no kind of message", |m| m.head.message_type = Coded::default(), &[Code::MessageTypeMissing]),
    adult("another version", |m| m.head.migversion = "v1.1 2006-02-15".into(), &[Code::HeaderVersionWrong]),
    adult("blanks around the version", |m| m.head.migversion = " v1.2 2006-05-24\n".into(), &[]),
    adult("an empty version is the fixed one", |m| m.head.migversion = String::new(), &[]),
    adult("made tomorrow", |m| m.head.generated.at = Some(moment("2026-10-07T07:14:00Z")), &[Code::GeneratedInFuture]),
    adult("made in an hour", |m| m.head.generated.at = Some(moment("2026-10-06T08:13:00Z")), &[]),
    adult("made in August", |m| m.head.generated.at = Some(moment("2026-08-31T07:14:00Z")), &[Code::GeneratedLongAgo]),
    adult("made thirty days ago", |m| m.head.generated.at = Some(moment("2026-09-06T07:13:00Z")), &[]),
    adult("an unreadable time is the schema's", |m| m.head.generated.at = None, &[]),
    adult("made in the year 12026", |m| m.head.generated = far_off("12026-10-06T09:14:00"), &[Code::GeneratedInFuture]),
    adult("made before our time", |m| m.head.generated = far_off("-2026-10-06T09:14:00"), &[Code::GeneratedLongAgo]),
    adult("no year at all", |m| m.head.generated = far_off("20261006"), &[]),
    adult("a message id of 257 signs", |m| m.head.message_id = "ø".repeat(257), &[Code::MessageIdTooLong]),
    adult("a message id of 256 signs", |m| m.head.message_id = "ø".repeat(256), &[]),
    adult("training", |m| m.head.processing = ProcessingStatus::Training, &[Code::MessageNotInEarnest]),
    adult("debugging", |m| m.head.processing = ProcessingStatus::Debugging, &[Code::MessageNotInEarnest]),
    adult(
        "training in a test environment",
        |m| {
            m.head.processing = ProcessingStatus::Training;
            m.rulebook.environment = Environment::Test;
        },
        &[],
    ),
    adult(
        "an unknown status",
        |m| m.head.processing = ProcessingStatus::Unknown("Q".into()),
        &[Code::ProcessingStatusUnknown],
    ),
    adult("an unknown wish for receipts", |m| m.head.ack = AckWish::Unknown("Q".into()), &[Code::AckWishUnknown]),
    adult(
        "a conversation without a first message",
        |m| m.head.conversation = Some(Conversation { parent: "a".into(), conversation: String::new() }),
        &[Code::ConversationReferenceEmpty],
    ),
    adult(
        "an answer to itself",
        |m| {
            let id = m.head.message_id.clone();
            m.head.conversation = Some(Conversation { parent: id, conversation: "a".into() });
        },
        &[Code::ConversationReferenceToItself],
    ),
    adult(
        "a conversation",
        |m| m.head.conversation = Some(Conversation { parent: "a".into(), conversation: "a".into() }),
        &[],
    ),
    adult("an empty patient in the header", |m| m.head.patient = Some(Patient::default()), &[Code::HeadPatientEmpty]),
    adult("a patient with a name only", |m| m.patient().idents.clear(), &[]),
    adult(
        "a patient with an id only",
        |m| {
            m.patient().family_name = None;
            m.patient().given_name = None;
        },
        &[],
    ),
    adult("no patient in the header", |m| m.head.patient = None, &[Code::HeadPatientMissing]),
    adult(
        "another patient in the header",
        |m| m.patient().idents = vec![person_ident("FNR", "19816801969")],
        &[Code::PatientIdsDiffer],
    ),
    adult("another kind of id in the header", |m| m.patient().idents = vec![person_ident("PNR", "X1234567")], &[]),
    adult(
        "one of two ids in the header is the report's, with a blank in it",
        |m| {
            m.patient().idents = vec![person_ident("FNR", "19816801969"), person_ident("FNR", "128354 01802")];
        },
        &[],
    ),
    adult(
        "another date of birth in the header",
        |m| m.patient().date_of_birth = Some("1954-03-13".to_owned().into()),
        &[Code::PatientBirthDatesDiffer],
    ),
    adult(
        "an unreadable date of birth in the header is the schema's",
        |m| m.patient().date_of_birth = Some("1954-3-12".to_owned().into()),
        &[],
    ),
    adult(
        "control digits in the header only",
        |m| {
            m.person().id_kind = said("FHN");
            m.person().id = said("80123456797");
            m.patient().idents = vec![person_ident("PNR", "X1"), person_ident("FNR", "12835401803")];
        },
        &[Code::IdentityNumberControlDigits],
    ),
    // Addressing and trust.
    adult("an empty sender", |m| m.head.sender = Party { levels: vec![level("", &[])] }, &[Code::SenderEmpty]),
    adult("an empty receiver", |m| m.head.receiver = Party { levels: vec![level("", &[])] }, &[Code::ReceiverEmpty]),
    adult("no sender at all is the schema's", |m| m.head.sender = Party::default(), &[]),
    adult("a sending unit without HER-id", |m| m.head.sender.levels[1].idents.clear(), &[Code::SenderHerIdMissing]),
    adult(
        "a sending organisation with an empty HER-id",
        |m| m.head.sender.levels[0].idents[0].id = String::new(),
        &[Code::SenderHerIdMissing],
    ),
    adult(
        "a sender's HER-id that is no number",
        |m| m.head.sender.levels[1].idents[0].id = "80 0011".into(),
        &[Code::SenderHerIdMalformed],
    ),
    adult(
        "a receiving unit without HER-id",
        |m| m.head.receiver.levels[1].idents.clear(),
        &[Code::ReceiverHerIdMissing],
    ),
    adult(
        "a receiver's HER-id beyond 31 bits",
        |m| m.head.receiver.levels[1].idents[0].id = "2147483648".into(),
        &[Code::ReceiverHerIdMalformed],
    ),
    adult("a sender of one level", |m| m.head.sender.levels.truncate(1), &[Code::PartyOneLevel]),
    adult("a receiver of one level", |m| m.head.receiver.levels.truncate(1), &[Code::PartyOneLevel]),
    adult(
        "a sender of three levels",
        |m| m.head.sender.levels.push(level("Sengepost", &[("HER", "800011")])),
        &[Code::PartyTooManyLevels],
    ),
    adult(
        "a person as the sender's inner level",
        |m| m.head.sender.levels[1].kind = LevelKind::HealthcareProfessional,
        &[],
    ),
    adult(
        "a unit that is not registered",
        |m| m.head.sender.levels[1].idents[0].id = "800012".into(),
        &[Code::SenderHerIdNotRegistered],
    ),
    adult(
        "another organisation than the certificate's",
        |m| m.head.sender.levels[0].idents[1].id = "310000116".into(),
        &[Code::SenderOrganisationDiffers],
    ),
    adult("no organisation number", |m| m.head.sender.levels[0].idents.truncate(1), &[]),
    adult("blanks in the number", |m| m.head.sender.levels[0].idents[1].id = "310 000 108".into(), &[]),
    adult(
        "a receiver with half an organisation number",
        |m| m.head.receiver.levels[0].idents[1].id = "3100001".into(),
        &[Code::OrganisationNumberMalformed],
    ),
    adult(
        "a receiver with a mistyped organisation number",
        |m| m.head.receiver.levels[0].idents[1].id = "310000125".into(),
        &[Code::OrganisationNumberControlDigit],
    ),
    // Attachments.
    adult(
        "one of each type that is taken",
        |m| {
            for found in ["application/pdf", "image/png", "image/jpeg"] {
                m.attach(Some(found));
            }
            m.attachments[2].declared_type = Some("image/JPG; name=bilde".into());
        },
        &[],
    ),
    adult(
        "fifty-one attachments",
        |m| {
            for _ in 0..51 {
                m.attach(Some("application/pdf"));
            }
        },
        &[Code::AttachmentsTooMany],
    ),
    adult(
        "a large attachment",
        |m| {
            m.attach(Some("application/pdf")).content =
                AttachmentContent::Inline(file(10_485_761, Some("application/pdf")));
        },
        &[Code::AttachmentTooLarge],
    ),
    adult(
        "a spreadsheet",
        |m| {
            m.attach(Some("application/zip"));
        },
        &[Code::AttachmentTypeNotAllowed],
    ),
    adult(
        "bytes that nobody knows, said to be a PDF",
        |m| {
            m.attach(None).declared_type = Some("application/pdf".into());
        },
        &[Code::AttachmentTypeNotAllowed],
    ),
    adult(
        "a PNG said to be a PDF",
        |m| {
            m.attach(Some("image/png")).declared_type = Some("application/pdf".into());
        },
        &[Code::AttachmentTypeDiffers],
    ),
    adult(
        "a type that is not said",
        |m| {
            m.attach(Some("image/png")).declared_type = None;
        },
        &[],
    ),
    adult(
        "damaged base64",
        |m| m.attach(Some("image/png")).content = AttachmentContent::Undecodable,
        &[Code::AttachmentUndecodable],
    ),
    adult(
        "a file elsewhere",
        |m| m.attach(Some("image/png")).content = AttachmentContent::External,
        &[Code::AttachmentElsewhere],
    ),
    adult("no content", |m| m.attach(Some("image/png")).content = AttachmentContent::Absent, &[Code::AttachmentEmpty]),
    adult(
        "content of no bytes",
        |m| m.attach(None).content = AttachmentContent::Inline(file(0, None)),
        &[Code::AttachmentEmpty],
    ),
    adult(
        "a file packed in another way",
        |m| m.attach(Some("image/png")).content = AttachmentContent::PackingUnknown,
        &[Code::AttachmentCompressed],
    ),
    adult(
        "a file that is not packed as it is said to be",
        |m| m.attach(Some("image/png")).content = AttachmentContent::PackingBroken,
        &[Code::AttachmentNotUnpackable],
    ),
    adult(
        "a file that unpacks too far",
        |m| m.attach(Some("image/png")).content = AttachmentContent::UnpacksTooFar,
        &[Code::AttachmentUnpacksTooFar],
    ),
    adult(
        "attachments that are too large together",
        |m| {
            for _ in 0..4 {
                m.attach(Some("image/png")).content = AttachmentContent::Inline(file(9_000_000, Some("image/png")));
            }
        },
        &[Code::AttachmentsTooLargeTogether],
    ),
    adult(
        "a plain text and a scanned page",
        |m| {
            m.attach(Some("image/tiff"));
            let text = m.attach(Some("text/plain; charset=utf-8"));
            text.declared_type = Some("text/plain; charset=iso-8859-1".into());
        },
        &[],
    ),
    adult(
        "a reference to nothing",
        |m| {
            m.attach(Some("image/png"));
            m.attachments.clear();
        },
        &[Code::AttachmentReferenceToNothing],
    ),
    adult(
        "a mistyped reference is told once",
        |m| {
            m.attach(Some("image/png")).id = Some("vedleg".into());
        },
        &[Code::AttachmentReferenceToNothing],
    ),
    adult(
        "an attachment that nobody mentions",
        |m| {
            m.attach(Some("image/png"));
            m.report().attachments.clear();
        },
        &[Code::AttachmentUnmentioned],
    ),
    adult(
        "two attachments with one id",
        |m| {
            m.attach(Some("image/png"));
            m.attach(Some("image/png"));
            m.attachments[1].id = Some("vedlegg-2".into());
            m.report().attachments.pop();
        },
        &[Code::AttachmentIdRepeated],
    ),
    adult(
        "attachments of something unknown are looked at all the same",
        |m| {
            m.attach(Some("application/zip"));
            m.draft = None;
        },
        &[Code::AttachmentTypeNotAllowed],
    ),
    adult(
        "the report itself, marked as an attachment",
        |m| {
            m.attach(None).content = AttachmentContent::Absent;
            m.attachments[0].position = 1;
            m.report().attachments.clear();
        },
        &[Code::MainDocumentMarkedAttachment],
    ),
    // Code lists in the header.
    adult("an unknown priority", |m| m.head.priority = Some(code("X")), &[Code::NationalCodeUnknown]),
    adult("no priority", |m| m.head.priority = None, &[]),
    adult("an unknown sex", |m| m.patient().sex = Some(code("3").into()), &[Code::NationalCodeUnknown]),
    adult("an unknown type of id", |m| m.patient().idents.push(person_ident("NIN", "1")), &[Code::NationalCodeUnknown]),
];

fn far_off(verbatim: &str) -> Generated {
    Generated { verbatim: verbatim.to_owned(), at: None }
}

#[test]
fn a_clock_that_goes_wrong_by_hours_earns_a_remark_only() {
    let mut message = about_adult();
    message.head.generated.at = Some(moment("2026-10-06T09:13:00Z"));

    let observations = message.observations();

    assert_eq!(observations.len(), 1);
    assert_eq!((observations[0].code, observations[0].severity), (Code::GeneratedInFuture, Some(Severity::Warning)));
}

#[test]
fn one_level_is_an_error_for_the_sender_and_a_remark_for_the_receiver() {
    let mut message = about_adult();
    message.head.sender.levels.truncate(1);
    message.head.receiver.levels.truncate(1);

    let weights: Vec<_> = message.observations().iter().map(|it| it.severity).collect();

    assert_eq!(Code::PartyOneLevel.severity(), Severity::Error);
    assert_eq!(weights, [None, Some(Severity::Warning)]);
}

#[test]
fn places_in_the_header_are_paths_with_positions_among_siblings() {
    let mut message = about_adult();
    message.head.sender.levels[0].idents[0].id = "4711".into();
    message.head.sender.levels[1].kind = LevelKind::HealthcareProfessional;
    message.head.sender.levels[1].idents[0].id = "4712".into();
    message.head.receiver.levels[1].idents[0].id = "x".into();
    message.attach(Some("image/png"));
    message.attach(Some("image/gif"));

    let places: Vec<_> = message.observations().into_iter().map(|it| it.at).collect();

    let expected = [
        "/MsgHead/MsgInfo/Receiver/Organisation/Organisation/Ident/Id",
        "/MsgHead/MsgInfo/Sender/Organisation/Ident[1]/Id",
        "/MsgHead/MsgInfo/Sender/Organisation/HealthcareProfessional/Ident/Id",
        "/MsgHead/Document[3]/RefDoc/Content",
    ];
    assert_eq!(places, expected.map(|it| At::Path(it.to_owned())));
}

#[test]
fn the_values_compared_are_never_told() {
    let mut message = about_adult();
    message.patient().idents = vec![person_ident("FNR", "19816801969")];
    message.patient().date_of_birth = Some("1968-01-19".to_owned().into());
    message.report().description = said("Fødselsnummer 12835401802.");

    let told = format!("{:?}", message.observations());

    for value in ["19816801969", "12835401802", "1968", "1954"] {
        assert!(!told.contains(value), "{told}");
    }
}
