//! Who is at the door, and what they brought.

use crate::domain::Grant;
use crate::domain::HerId;
use crate::domain::OrgNumber;
use crate::domain::Timestamp;
use bytes::Bytes;

/// A party that has proved who it is (virksomhetssertifikat). Only a transport adapter makes one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Peer {
    /// The organisation the certificate is issued to: the legal person (hovedenhet).
    pub organisation: OrgNumber,
    /// The part of it that the certificate names in OU, when it does (underenhet).
    pub sub_unit: Option<OrgNumber>,
    /// SHA-256 of the certificate in DER.
    pub certificate_sha256: [u8; 32],
    /// When the certificate ends.
    pub certificate_ends: Timestamp,
}

/// Which door a message came through.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Channel {
    /// `POST /messages` over TLS with a client certificate.
    Https,
    /// Judged from a file; nothing is stored.
    File,
}

impl Channel {
    /// The word used in the database, in logs and as a metric label.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Https => "https",
            Self::File => "file",
        }
    }
}

/// Bytes from a peer we have authenticated, as received.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub peer: Peer,
    pub channel: Channel,
    pub received_at: Timestamp,
    /// Exactly the bytes that came: never decoded, never normalised.
    pub bytes: Bytes,
    /// The character set that the transport named (HTTP `Content-Type; charset`).
    pub charset: Option<String>,
}

/// A sender that the operator has registered (registrert avsender).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RegisteredSender {
    /// Short name in the configuration and in metrics: `eksempel-sykehus`.
    pub name: String,
    /// Shown to staff.
    pub display_name: String,
    pub organisation: OrgNumber,
    /// Sub-units whose certificates also speak for this sender. Empty: any sub-unit of the organisation.
    pub sub_units: Vec<OrgNumber>,
    /// HER-ids that this sender may send for; both levels of the MsgHead's sender must be among them.
    pub her_ids: Vec<HerId>,
    /// Whether it is a health service; consent rules differ (helsepersonelloven §§ 25 and 45).
    pub sector: Sector,
    /// The small deviations that it may make, each until a day.
    pub tolerated: Vec<Grant>,
}

/// Which kind of service a sender is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Sector {
    /// Health and care services (helse- og omsorgstjeneste): the reporting duty of helsepersonelloven § 38 a applies.
    Health,
    /// Other services (skole, barnehage, NAV, barnevern …): may report, with consent.
    Other,
}
