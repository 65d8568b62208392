//! Rules for a nursing and care message, beside those for every header. Its content is held against no schema, since none
//! is public: that is said, and what it leads to is the operator's to set (`rules.strictness.care_messages`).

use crate::domain::At;
use crate::domain::Attachment;
use crate::domain::CareMessage;
use crate::domain::CareReport;
use crate::domain::Classification;
use crate::domain::Code;
use crate::domain::Head;
use crate::domain::Observation;
use crate::rules::case::Context;
use crate::rules::dialogue;

/// What the rules notice about a nursing and care message that carries no report of need. `at`: where it begins.
pub fn examine_care(
    head: &Head,
    care: &CareMessage,
    at: &At,
    classification: &Classification,
    attachments: &[Attachment],
    context: &Context<'_>,
) -> Vec<Observation> {
    let mut told = vec![Observation::new(Code::CareMessageNotChecked, at.clone())];
    let says_nothing = attachments.is_empty() && care.content.reveal().is_empty();
    dialogue::person_and_class(head, at, classification, says_nothing, context, &mut told);
    told
}

/// The message as something for a unit to act on.
pub fn settle_care(head: &Head, care: CareMessage, classification: Classification) -> CareReport {
    CareReport { care, classification, patient: head.patient.as_ref().map(dialogue::patient) }
}
