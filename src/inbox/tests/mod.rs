//! The inbox from outside, through its router.

mod attachments;
mod check;
mod contacts;
mod dialogue;
mod items;
mod privacy;
mod report;
mod round_trip;
mod sign_in;
mod support;
