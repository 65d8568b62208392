//! Is it right? Returns all that is wrong, never only the first thing.
//!
//! [`schema`] holds a message against its schemas; the rules below are what no schema can say. Each rule is a function
//! that looks at one [`Case`] and tells what it notices; they stand in one array, family by family, and all of them are
//! always asked. A rule is silent where the schema check speaks, and where what it would tell only follows from
//! something told already. No rule decides whether a person has a right to anything: the municipality does.
//!
//! [`settle()`] turns a draft into the report, [`strictness`] gives each observation the weight that the operator wants,
//! and [`tolerance`] lets pass what the operator lets this sender do.

mod addressing;
mod attachments;
mod care;
mod case;
pub mod classify;
mod codes;
mod consent;
mod dialogue;
mod geography;
mod graded_address;
mod guardians;
mod header;
pub mod identity;
mod identity_numbers;
mod needs;
mod reading;
mod registers;
mod reporter;
pub mod schema;
mod settle;
pub mod strictness;
#[cfg(test)]
mod tests;
pub mod tolerance;

pub use care::examine_care;
pub use care::settle_care;
pub use case::Case;
pub use case::Context;
pub use case::Told;
pub use dialogue::examine_dialogue;
pub use dialogue::settle_dialogue;
pub use settle::obstacles;
pub use settle::settle;

use crate::domain::Attachment;
use crate::domain::DraftReport;
use crate::domain::Head;
use crate::domain::Observation;
use crate::domain::RuleFamily;

/// One rule: what it is called, whose strictness applies to what it tells, and how it looks at a case.
#[derive(Clone, Copy)]
pub struct Rule {
    pub name: &'static str,
    pub family: RuleFamily,
    look: fn(&Case<'_>, &mut Told),
}

const fn rule(family: RuleFamily, name: &'static str, look: fn(&Case<'_>, &mut Told)) -> Rule {
    Rule { name, family, look }
}

/// All rules, in the order in which a person would ask.
pub const RULES: &[Rule] = &[
    rule(RuleFamily::Header, "the kind of message is one that is received here", header::message_type),
    rule(RuleFamily::Header, "the header is of version 1.2", header::version),
    rule(RuleFamily::Header, "the message was made lately", header::generated),
    rule(RuleFamily::Header, "the message's id is of reasonable length", header::message_id),
    rule(RuleFamily::Header, "the message is meant in earnest", header::processing),
    rule(RuleFamily::Header, "the wish for a receipt is a known one", header::ack),
    rule(RuleFamily::Header, "a reference to an earlier message says which", header::conversation),
    rule(RuleFamily::Header, "the header's patient has a name or an id", header::patient),
    rule(RuleFamily::Header, "header and report are about the same person", header::same_patient),
    rule(RuleFamily::Addressing, "the sender has two levels with HER-ids", addressing::sender),
    rule(RuleFamily::Addressing, "the receiver has two levels with HER-ids", addressing::receiver),
    rule(RuleFamily::Addressing, "the sender's HER-ids are registered", addressing::sender_is_registered),
    rule(
        RuleFamily::Addressing,
        "the sender is the certificate's organisation",
        addressing::sender_is_the_certificates,
    ),
    rule(RuleFamily::Needs, "a report has a person and a question has none", needs::person),
    rule(RuleFamily::IdentityNumbers, "the identity number can be one", identity_numbers::number),
    rule(
        RuleFamily::IdentityNumbers,
        "identity numbers in the header can be such",
        identity_numbers::numbers_in_header,
    ),
    rule(RuleFamily::IdentityNumbers, "number and date of birth agree", identity_numbers::date_in_number),
    rule(RuleFamily::IdentityNumbers, "the person has a name", identity_numbers::name),
    rule(RuleFamily::IdentityNumbers, "the date of birth is plausible", identity_numbers::date_of_birth),
    rule(RuleFamily::IdentityNumbers, "the due date is plausible", identity_numbers::due_date),
    rule(RuleFamily::Registers, "organisation numbers hold", registers::organisation_numbers),
    rule(RuleFamily::Registers, "organisation numbers in the header hold", registers::organisation_numbers_in_header),
    rule(RuleFamily::Registers, "the reporter's HER-id and HPR number are plausible", registers::reporters_numbers),
    rule(RuleFamily::Registers, "a report for a hospital trust says which", registers::hospital_trust),
    rule(RuleFamily::Geography, "the municipality exists", geography::municipality),
    rule(RuleFamily::Geography, "the district is in the municipality", geography::district),
    rule(RuleFamily::Geography, "the new municipality exists and is another", geography::new_municipality),
    rule(RuleFamily::Geography, "one who moves goes somewhere", geography::moving),
    rule(RuleFamily::Consent, "there is a consent", consent::presence),
    rule(RuleFamily::Consent, "the consent suffices", consent::status),
    rule(RuleFamily::Consent, "another basis has its reason", consent::basis_reason),
    rule(RuleFamily::Consent, "the consent is in force", consent::dates),
    rule(RuleFamily::Consent, "the one who consents can", consent::giver),
    rule(RuleFamily::Consent, "a consent to ask others says whom", consent::scope),
    rule(RuleFamily::Guardians, "a child has a guardian", guardians::presence),
    rule(RuleFamily::Guardians, "why there is no guardian", guardians::absence),
    rule(RuleFamily::Guardians, "why a guardian does not know", guardians::informing),
    rule(RuleFamily::Guardians, "no guardian comes to know by accident", guardians::contact),
    rule(RuleFamily::GradedAddress, "a protected person cannot be found", graded_address::own_contact),
    rule(RuleFamily::GradedAddress, "nor through a guardian", graded_address::guardians_contact),
    rule(RuleFamily::GradedAddress, "contact is safe", graded_address::contact_ways),
    rule(RuleFamily::Reporter, "the reporter's organisation fits the category", reporter::organisation),
    rule(RuleFamily::Reporter, "a relayed report names who saw the need", reporter::original_reporter),
    rule(RuleFamily::Reporter, "the reporter can be called", reporter::telephone),
    rule(RuleFamily::Needs, "something is needed that fits the person", needs::needs),
    rule(RuleFamily::Needs, "the earlier report is named", needs::earlier_report),
    rule(RuleFamily::Needs, "texts hold no identity numbers", needs::texts),
    rule(RuleFamily::Needs, "two services or more", needs::services),
    rule(RuleFamily::Needs, "the need lasts", needs::duration),
    rule(RuleFamily::Needs, "urgency has a reason", needs::urgency),
    rule(RuleFamily::Needs, "the discharge is to come", needs::discharge),
    rule(RuleFamily::Attachments, "the main document is no attachment", attachments::main_document),
    rule(RuleFamily::Attachments, "there are not too many attachments", attachments::count),
    rule(RuleFamily::Attachments, "attachments can be opened and are of a type that is taken", attachments::content),
    rule(RuleFamily::Attachments, "attachments are not too large together", attachments::together),
    rule(RuleFamily::Attachments, "attachments have ids of their own", attachments::ids),
    rule(RuleFamily::Attachments, "report and message agree on the attachments", attachments::references),
    rule(RuleFamily::Codes, "the priority is in its list", codes::priority),
    rule(RuleFamily::Codes, "the sex is in its list", codes::sex),
    rule(RuleFamily::Codes, "the types of id are in their list", codes::id_types),
    rule(RuleFamily::Codes, "the relations are in their list", codes::relations),
    rule(RuleFamily::Codes, "the roles are in their lists", codes::roles),
    rule(RuleFamily::Codes, "the language is Norwegian", codes::language),
];

/// Everything that the rules notice about a message. `draft` is absent when the message carries something unknown; then
/// only the header and the attachments are looked at.
pub fn examine(
    head: &Head,
    draft: Option<&DraftReport>,
    attachments: &[Attachment],
    context: &Context<'_>,
) -> Vec<Observation> {
    let case = Case::new(head, draft, attachments, context);
    let mut told = Told::default();
    for rule in RULES {
        (rule.look)(&case, &mut told);
    }
    told.into_observations()
}
