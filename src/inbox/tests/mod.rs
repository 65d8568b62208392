//! The inbox from outside, through its router.

mod check;
mod contacts;
mod dialogue;
mod items;
mod privacy;
mod report;
mod sign_in;
mod support;
