//! The inbox from outside, through its router.

mod about;
mod attachments;
mod check;
mod contacts;
mod dialogue;
mod items;
mod privacy;
mod report;
mod round_trip;
mod sessions;
mod sign_in;
mod support;
