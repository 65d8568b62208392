//! Ways in and out. Each adapter proves who its peer is, hands bytes to [`crate::intake`], and says what came of it in its
//! own protocol's words. None of them judges, stores, or acknowledges before the intake has said that it is settled.
//!
//! Twins share file names: `mod.rs config.rs receive.rs send.rs error.rs`. There is one, [`https`]: a way in that answers in
//! the reply, and a way out to peers.

pub mod https;
