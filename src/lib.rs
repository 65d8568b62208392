//! Meldeport receives reports of need for an individual plan or a coordinator (melding om behov for individuell plan
//! eller koordinator), checks them, brings each to the right unit and answers the sender.
//!
//! The modules stand in the order in which a newcomer should read them; arrows of dependency only point upwards in
//! this list. See the manual's architecture page.

pub mod domain;
pub mod rules;
pub mod wire;

pub mod judge;
pub mod receipt;
pub mod routing;

pub mod clock;
pub mod storage;
pub mod telemetry;
pub mod transport;

pub mod antivirus;
pub mod intake;
pub mod work;

pub mod admin;
pub mod inbox;
pub mod notify;

pub mod app;
pub mod cli;
pub mod config;
pub mod lifecycle;
pub mod sink;
pub mod trial;

pub mod manual;
