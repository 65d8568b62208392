//! The inbox from outside, through its router.

mod check;
mod dialogue;
mod factor;
mod items;
mod oidc;
mod people;
mod privacy;
mod report;
mod sign_in;
mod support;
mod told;
