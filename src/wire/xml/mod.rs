//! The safe reader: bytes to a checked tree.
//!
//! ```text
//! bytes ──decode──► Text ──gate──► Gated ──plant──► roxmltree::Document
//!        encoding         limits          well-formedness
//! ```
//!
//! Each stage is its own type, so that no tree can be had of a text that has not passed the gate. What the sender can do wrong
//! here is one [`Fault`]: the place and an enum, never a piece of the document. The first fault ends the reading; there is no
//! such thing as a half-read document.
//!
//! It never resolves anything: no DTD, no entity beyond the five of XML, no file, no network. It knows nothing of MsgHead; the
//! readers of single formats are its neighbours in `wire`, and whether the content is right is asked in `rules`.

mod decode;
mod fault;
mod gate;
mod lines;
mod mask;
mod path;
mod tree;

#[cfg(test)]
mod hostile;

pub use decode::Encoding;
pub use decode::Text;
pub use decode::decode;
pub use fault::Fault;
pub use fault::FaultKind;
pub use fault::LimitName;
pub use fault::Malformed;
pub use fault::Source;
pub use gate::Gated;
pub use gate::Limits;
pub use gate::gate;
pub use lines::Lines;
pub use lines::Position;
pub use mask::masked_lines;
pub use path::attribute_path_of;
pub use path::xpath_of;
pub use tree::plant;
