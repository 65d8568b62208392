//! Bytes to nouns and back.

pub mod xml;
