//! Bytes to nouns and back.
//!
//! [`xml`] reads safely; [`open`] finds the header, the attachments and the report in the tree; [`apprec`] writes the
//! answer. Nothing here asks whether what was read is right: that is for `rules`.

pub mod apprec;
mod attachment;
mod behovsmelding;
pub mod compose;
mod dialog;
mod msghead;
mod node;
mod open;
mod rich;
mod words;
pub mod xml;

pub use attachment::attachment_bytes;
pub use open::Carrier;
pub use open::Opened;
pub use open::open;
pub use open::place;
pub use words::finding;
