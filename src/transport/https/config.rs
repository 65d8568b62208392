//! Settings of the HTTPS way in.

use serde::Deserialize;
use std::net::Ipv4Addr;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// Section `[https]`.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HttpsConfig {
    /// Where to listen. Port 0 takes any free port.
    pub listen: SocketAddr,
    /// The gateway's certificate and the authorities between it and the root, in that order. PEM.
    pub certificate_file: PathBuf,
    /// Its private key. PEM. Not readable by everybody, or it is refused.
    pub key_file: PathBuf,
    /// Authorities whose client certificates are trusted. PEM.
    pub client_roots_file: PathBuf,
    /// Lists of revoked client certificates. PEM or DER. Without any, revoked certificates are accepted.
    pub revocation_list_files: Vec<PathBuf>,
    /// What to do with a certificate about which no list speaks.
    pub unknown_revocation: RevocationPolicy,
    /// What to do when the list that speaks is past its own date.
    pub expired_revocation_list: RevocationPolicy,
    /// Which certificates of a chain are looked up.
    pub revocation_depth: RevocationDepth,
    /// How often the files above are looked at. What has changed is taken into use without a restart.
    pub reload_seconds: u64,
    /// Connections at one time. More are closed at once.
    pub connections_max: usize,
    /// Connections at one time from one IPv4 address, or one IPv6 network (/64).
    pub connections_per_address_max: usize,
    /// How long a TLS handshake may take.
    pub handshake_seconds_max: u64,
    /// How long the header of a request may take from its first byte.
    pub header_seconds_max: u64,
    /// How long a body may take, at most.
    pub body_seconds_max: u64,
    /// Slower than this on average, after `body_grace_seconds`, and the body is given up.
    pub body_bytes_per_second_min: u64,
    /// How long a body may be slow without being given up.
    pub body_grace_seconds: u64,
    /// How long a connection may be kept alive without a request.
    pub idle_seconds_max: u64,
    /// Requests at one time on one HTTP/2 connection.
    pub http2_streams_max: u32,
    /// How many times larger a gzip body may become.
    pub gzip_ratio_max: usize,
}

/// What to do when revocation cannot be known for certain.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevocationPolicy {
    Refuse,
    Allow,
}

/// Which certificates of a chain are looked up in the lists.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevocationDepth {
    /// The client's and every authority's but the root's: each authority's list is needed.
    Chain,
    /// Only the client's own.
    EndEntity,
}

impl Default for HttpsConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::UNSPECIFIED, 8443)),
            certificate_file: PathBuf::from("tls/gateway.pem"),
            key_file: PathBuf::from("tls/gateway.key"),
            client_roots_file: PathBuf::from("tls/client-roots.pem"),
            revocation_list_files: Vec::new(),
            unknown_revocation: RevocationPolicy::Refuse,
            expired_revocation_list: RevocationPolicy::Refuse,
            revocation_depth: RevocationDepth::Chain,
            reload_seconds: 30,
            connections_max: 4096,
            connections_per_address_max: 512,
            handshake_seconds_max: 10,
            header_seconds_max: 10,
            body_seconds_max: 300,
            body_bytes_per_second_min: 4096,
            body_grace_seconds: 10,
            idle_seconds_max: 75,
            http2_streams_max: 64,
            gzip_ratio_max: 100,
        }
    }
}

impl HttpsConfig {
    /// The same settings with relative paths beginning at `folder`.
    #[must_use]
    pub fn in_folder(mut self, folder: &std::path::Path) -> Self {
        for file in [&mut self.certificate_file, &mut self.key_file, &mut self.client_roots_file] {
            *file = folder.join(&file);
        }
        for file in &mut self.revocation_list_files {
            *file = folder.join(&file);
        }
        self
    }

    /// What an operator should know about these settings, as whole sentences. Looks at no file.
    pub fn check(&self) -> Vec<String> {
        let mut said = Vec::new();
        let mut say = |sentence: &str| said.push(sentence.to_owned());
        if self.revocation_list_files.is_empty() {
            say("https.revocation_list_files is empty. Client certificates that have been revoked will be accepted.");
        } else {
            if self.unknown_revocation == RevocationPolicy::Allow {
                say(
                    "https.unknown_revocation is allow. A client certificate about which no list speaks will be accepted.",
                );
            }
            if self.expired_revocation_list == RevocationPolicy::Allow {
                say("https.expired_revocation_list is allow. Revocations after the list's date will not be noticed.");
            }
        }
        if self.connections_max == 0 || self.connections_per_address_max == 0 {
            say("https.connections_max or https.connections_per_address_max is 0. The gateway will receive nothing.");
        }
        if self.reload_seconds == 0 {
            say("https.reload_seconds is 0. Changed certificates and lists are only taken into use at SIGHUP.");
        }
        said
    }

    pub(crate) const fn handshake_max(&self) -> Duration {
        Duration::from_secs(self.handshake_seconds_max)
    }

    pub(crate) const fn header_max(&self) -> Duration {
        Duration::from_secs(self.header_seconds_max)
    }

    pub(crate) const fn idle_max(&self) -> Duration {
        Duration::from_secs(self.idle_seconds_max)
    }
}

#[cfg(test)]
mod tests {
    use super::HttpsConfig;
    use super::RevocationPolicy;

    #[test]
    fn the_consequence_of_having_no_revocation_list_is_told() {
        assert_eq!(
            HttpsConfig::default().check(),
            ["https.revocation_list_files is empty. Client certificates that have been revoked will be accepted."]
        );
    }

    #[test]
    fn settings_are_read_by_name_and_unknown_ones_refused() {
        let config: HttpsConfig = toml::from_str("unknown_revocation = \"allow\"\nlisten = \"[::1]:0\"").unwrap();
        assert_eq!(config.unknown_revocation, RevocationPolicy::Allow);
        assert!(config.listen.is_ipv6());

        assert!(toml::from_str::<HttpsConfig>("revocation = \"allow\"").is_err());
    }
}
