//! The whole house at work: one binary, one story per file, nothing pretended.
//!
//! A story opens a gateway with [`support::TestGateway`], lives a while, and closes it; closing proves that the house is at
//! rest and that nothing about a person lies where it should not.

mod life;
mod support;
