//! The inbox from outside, through its router.

mod about;
mod api;
mod attachments;
mod check;
mod contacts;
mod dialogue;
mod factor;
mod groups;
mod items;
mod kept;
mod list;
mod oidc;
mod outside;
mod particulars;
mod people;
mod print;
mod privacy;
mod register;
mod report;
mod round_trip;
mod sessions;
mod setup;
mod sign_in;
mod support;
mod told;
