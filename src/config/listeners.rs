//! `[inbox_listener]` and `[api_listener]`: where people and case systems reach the gateway.

use serde::Deserialize;
use std::net::Ipv4Addr;
use std::net::SocketAddr;
use std::path::PathBuf;

/// `[inbox_listener]`: TLS for browsers, without client certificates.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(default, deny_unknown_fields)]
pub struct InboxListenerConfig {
    /// Where to listen. Port 0 takes any free port.
    pub listen: SocketAddr,
    /// Certificate and the authorities between it and the root. PEM. Read again when it changes.
    pub certificate_file: PathBuf,
    /// Its private key. PEM.
    pub key_file: PathBuf,
}

impl Default for InboxListenerConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::UNSPECIFIED, 9443)),
            certificate_file: PathBuf::from("tls/inbox.pem"),
            key_file: PathBuf::from("tls/inbox.key"),
        }
    }
}

/// `[api_listener]`: TLS for case systems, which may come with a client certificate. The certificate and the key are the inbox's.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(default, deny_unknown_fields)]
pub struct ApiListenerConfig {
    /// Whether it is open. Without it, case systems use the inbox's listener, and cannot be bound to a certificate.
    pub enabled: bool,
    /// Where to listen. Port 0 takes any free port.
    pub listen: SocketAddr,
}

impl Default for ApiListenerConfig {
    fn default() -> Self {
        Self { enabled: false, listen: SocketAddr::from((Ipv4Addr::UNSPECIFIED, 9444)) }
    }
}
