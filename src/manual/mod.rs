//! The book: how the house is built, how it is run, what it promises, and why it is as it is.
//!
//! The pages are Markdown files beside this one, and read as well on paper as here. `links.md` stands before each of them
//! and leads their links to pages of this book instead of to files.
//!
//! | If you | read |
//! |---|---|
//! | are new to the code | [`architecture`], then [`glossary`] |
//! | run Meldeport | [`operations`], [`errors`] |
//! | answer for privacy or security | [`privacy`], [`security`], [`threat_model`], [`asvs`] |
//! | ask why something is done this way | [`decisions`] |
//! | ask what a municipality gets | [`capabilities`] |
//! | build a system that sends | `schemas/README.md`, [`errors`], and [`findings_compared`] |

#[doc = include_str!("links.md")]
#[doc = include_str!("architecture.md")]
pub mod architecture {}

#[doc = include_str!("links.md")]
#[doc = include_str!("glossary.md")]
pub mod glossary {}

#[doc = include_str!("links.md")]
#[doc = include_str!("operations.md")]
pub mod operations {}

#[doc = include_str!("errors.md")]
pub mod errors {}

#[doc = include_str!("findings-compared.md")]
pub mod findings_compared {}

#[doc = include_str!("capabilities.md")]
pub mod capabilities {}

#[doc = include_str!("links.md")]
#[doc = include_str!("threat-model.md")]
pub mod threat_model {}

#[doc = include_str!("links.md")]
#[doc = include_str!("privacy.md")]
pub mod privacy {}

#[doc = include_str!("links.md")]
#[doc = include_str!("security.md")]
pub mod security {}

#[doc = include_str!("links.md")]
#[doc = include_str!("asvs.md")]
pub mod asvs {}

/// Hard choices: what we chose, what we did not choose, and what it costs.
pub mod decisions {
    #[doc = include_str!("links.md")]
    #[doc = include_str!("decisions/one-commit.md")]
    pub mod one_commit {}

    #[doc = include_str!("links.md")]
    #[doc = include_str!("decisions/pages.md")]
    pub mod pages {}

    #[doc = include_str!("links.md")]
    #[doc = include_str!("decisions/schema-engine.md")]
    pub mod schema_engine {}

    #[doc = include_str!("links.md")]
    #[doc = include_str!("decisions/storage.md")]
    pub mod storage {}

    #[doc = include_str!("links.md")]
    #[doc = include_str!("decisions/notices-are-gathered.md")]
    pub mod notices_are_gathered {}

    #[doc = include_str!("decisions/remarks-in-apprec.md")]
    pub mod remarks_in_apprec {}

    #[doc = include_str!("decisions/tolerance.md")]
    pub mod tolerance {}

    #[doc = include_str!("links.md")]
    #[doc = include_str!("decisions/same-id-other-bytes.md")]
    pub mod same_id_other_bytes {}

    #[doc = include_str!("links.md")]
    #[doc = include_str!("decisions/casework.md")]
    pub mod casework {}

    #[doc = include_str!("decisions/list.md")]
    pub mod list {}

    #[doc = include_str!("decisions/register.md")]
    pub mod register {}

    #[doc = include_str!("decisions/journal.md")]
    pub mod journal {}

    #[doc = include_str!("links.md")]
    #[doc = include_str!("decisions/api.md")]
    pub mod api {}

    #[doc = include_str!("links.md")]
    #[doc = include_str!("decisions/carriers.md")]
    pub mod carriers {}

    #[doc = include_str!("decisions/form.md")]
    pub mod form {}

    #[doc = include_str!("decisions/two-are-two.md")]
    pub mod two_are_two {}

    #[doc = include_str!("decisions/meetings.md")]
    pub mod meetings {}

    #[doc = include_str!("decisions/sending.md")]
    pub mod sending {}

    #[doc = include_str!("links.md")]
    #[doc = include_str!("decisions/attachments.md")]
    pub mod attachments {}

    #[doc = include_str!("links.md")]
    #[doc = include_str!("decisions/stuck.md")]
    pub mod stuck {}

    #[doc = include_str!("links.md")]
    #[doc = include_str!("decisions/rejected-messages-are-kept.md")]
    pub mod rejected_messages_are_kept {}

    #[doc = include_str!("links.md")]
    #[doc = include_str!("decisions/dependencies.md")]
    pub mod dependencies {}
}
