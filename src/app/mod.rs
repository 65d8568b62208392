//! The only place that names concrete adapters and puts the rooms together.

mod backup;
mod certificates;
mod configuration;
mod contacts;
mod correspondence;
mod counting;
mod desk;
mod example;
mod heart;
mod house;
mod keys;
pub(crate) mod numbers;
mod open;
mod outbox;
pub mod rehearsal;
mod reminding;
mod web;
mod workers;

pub use backup::Replaces;
pub use backup::back_up;
pub use backup::restore;
pub use certificates::check_certificates;
pub use configuration::config_document;
pub use configuration::document_text;
pub use configuration::without_receiver;
pub use correspondence::Draft;
pub use correspondence::OutboundTimes;
pub use correspondence::outbound_id;
pub use example::example_directory;
pub use example::example_rulebook;
pub use heart::Heart;
pub use house::House;
pub use house::check_files;
pub use house::check_way_out;
pub use keys::KeyUse;
pub use keys::Running;
pub use keys::add_key;
pub use keys::key_uses;
pub use keys::may_remove_key;
pub use keys::remove_key;
pub use keys::rewrap;
pub use keys::rotate_key;
pub use open::directory;
pub use open::one_time_link;
pub use open::open_sqlite_store;
pub use open::open_store;
pub use open::rejudge;
pub use open::requeue_notice;

use aws_lc_rs::digest;

/// SHA-256 of `bytes`.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    hash
}

/// Small hexadecimal letters.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}
