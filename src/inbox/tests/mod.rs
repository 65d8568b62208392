//! The inbox from outside, through its router.

mod about;
mod access;
mod api;
mod attachments;
mod check;
mod contacts;
mod dialogue;
mod factor;
mod faults;
mod groups;
mod items;
mod kept;
mod leaks;
mod lifted;
mod list;
mod oidc;
mod outside;
mod particulars;
mod people;
mod print;
mod privacy;
#[path = "../../../tests/oidc/provider.rs"]
mod provider;
mod register;
mod report;
mod round_trip;
#[path = "../../../tests/browser/router.rs"]
mod router;
mod sessions;
mod setup;
mod sign_in;
mod sorts;
mod support;
mod told;
mod walked;
mod why_here;
mod withdrawn;

use crate::trial::free_port;
