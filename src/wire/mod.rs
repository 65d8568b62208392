//! Bytes to nouns and back.
//!
//! [`xml`] reads safely; [`open`] finds the header, the attachments and the report in the tree; [`apprec`] writes the
//! receipt and [`write`](mod@write) what the house itself sends. Nothing here asks whether what was read is right: that is for `rules`.

pub mod apprec;
pub mod archive;
mod attachment;
mod behovsmelding;
mod care;
pub mod compose;
mod dialog;
mod msghead;
mod node;
mod open;
mod particulars;
mod probe;
mod rich;
mod unpack;
mod words;
pub mod write;
pub mod xml;

pub use attachment::attachment_bytes;
pub use open::Carrier;
pub use open::Letter;
pub use open::Opened;
pub use open::head;
pub use open::open;
pub use open::place;
pub use particulars::particulars;
pub use unpack::UnpackLimits;
pub use words::finding;
