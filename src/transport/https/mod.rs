//! HTTPS
pub mod certificate;
pub mod made;
