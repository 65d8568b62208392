//! `[inbox_listener]` and `[api_listener]`: where people and case systems reach the gateway.

use crate::config::Config;
use serde::Deserialize;
use std::net::IpAddr;
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

impl Config {
    /// Listeners of which one would find the other at its address, as whole sentences that name the settings and how it is mended.
    pub fn refused_listeners(&self) -> Vec<String> {
        let mut listeners = vec![
            ("https.listen", self.https.listen),
            ("inbox_listener.listen", self.inbox_listener.listen),
            ("admin.listen", self.admin.listen),
        ];
        if self.api_listener.enabled {
            listeners.push(("api_listener.listen", self.api_listener.listen));
        }
        let mut said = Vec::new();
        for (at, (one, address)) in listeners.iter().enumerate() {
            for (other, its) in listeners[at + 1..].iter().filter(|(_, its)| is_one_place(*address, *its)) {
                said.push(format!(
                    "{one} is {address} and {other} is {its}. Only one of them can listen there, and the gateway does not start. Give \
                     them different ports."
                ));
            }
        }
        said
    }
}

/// Whether whoever listens at `one` is in the way of `other`. Port 0 is any that is free.
fn is_one_place(one: SocketAddr, other: SocketAddr) -> bool {
    let (here, there) = (one.ip().to_canonical(), other.ip().to_canonical());
    // `[::]` is every address of the machine, those of IPv4 too; `0.0.0.0` is those of IPv4.
    let takes =
        |all: IpAddr, it: IpAddr| all.is_unspecified() && (all.is_ipv6() || it.is_ipv4() || it.is_unspecified());
    one.port() == other.port() && one.port() != 0 && (here == there || takes(here, there) || takes(there, here))
}

#[cfg(test)]
mod tests {
    use super::is_one_place;
    use crate::config::Config;

    #[test]
    fn addresses_are_one_place_when_one_takes_all_that_the_other_wants() {
        for (one, other, is_one) in [
            ("127.0.0.1:80", "127.0.0.1:80", true),
            ("127.0.0.1:80", "127.0.0.1:81", false),
            ("127.0.0.1:80", "127.0.0.2:80", false),
            ("127.0.0.1:0", "127.0.0.1:0", false),
            ("0.0.0.0:80", "127.0.0.1:80", true),
            ("0.0.0.0:80", "[::1]:80", false),
            ("0.0.0.0:80", "[::]:80", true),
            ("[::]:80", "127.0.0.1:80", true),
            ("[::]:80", "[::1]:80", true),
            ("[::ffff:127.0.0.1]:80", "127.0.0.1:80", true),
            ("[::1]:80", "127.0.0.1:80", false),
        ] {
            let (one, other) = (one.parse().unwrap(), other.parse().unwrap());
            assert_eq!(is_one_place(one, other), is_one, "{one} {other}");
            assert_eq!(is_one_place(other, one), is_one, "{other} {one}");
        }
    }

    #[test]
    fn only_a_listener_that_is_open_is_in_the_way() {
        assert_eq!(Config::default().refused_listeners(), Vec::<String>::new());
        let mut config = Config::default();
        config.api_listener.listen = config.inbox_listener.listen;
        assert_eq!(config.refused_listeners(), Vec::<String>::new());

        config.api_listener.enabled = true;

        let said = config.refused_listeners();
        assert_eq!(said.len(), 1);
        assert!(said[0].contains("inbox_listener.listen is 0.0.0.0:9443 and api_listener.listen is"), "{said:?}");
    }
}
