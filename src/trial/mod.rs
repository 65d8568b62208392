//! A made-up world to try Meldeport in: certificates, a hospital, a school, municipalities, messages and a sending system.
//!
//! Used by `demo`, `load` and the tests. Nothing here touches a real person, organisation or network beyond loopback.

mod client;
mod messages;
mod world;

pub use client::ClientError;
pub use client::Reply;
pub use client::SendingSystem;
pub use messages::Template;
pub use messages::freshen;
pub use world::FORM_HOST;
pub use world::FORM_SENDER;
pub use world::HOSPITAL;
pub use world::MUNICIPALITIES;
pub use world::MadeSender;
pub use world::Ports;
pub use world::SCHOOL;
pub use world::SENDERS;
pub use world::World;
pub use world::free_port;
