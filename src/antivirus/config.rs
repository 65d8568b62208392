//! `[antivirus]`: whether attachments are looked at, by whom, and what is done meanwhile.

use crate::antivirus::AntivirusConfigFault;
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// Section `[antivirus]`.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AntivirusConfig {
    pub enabled: bool,
    /// Where clamd listens: `127.0.0.1:3310`, or `unix:/run/clamav/clamd.ctl`.
    pub address: String,
    /// How long looking at one attachment may take.
    pub seconds_max: u64,
    /// Attachments that have not been looked at are held back until they have.
    pub hold_while_unsure: bool,
}

impl Default for AntivirusConfig {
    fn default() -> Self {
        Self {
            enabled: false,
            address: "unix:/run/clamav/clamd.ctl".to_owned(),
            seconds_max: 60,
            hold_while_unsure: true,
        }
    }
}

/// Where the daemon listens; always on this machine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Address {
    Tcp(SocketAddr),
    Unix(PathBuf),
}

impl AntivirusConfig {
    pub(super) fn read_address(&self) -> Result<Address, AntivirusConfigFault> {
        if let Some(path) = self.address.strip_prefix("unix:") {
            return if path.is_empty() { Err(AntivirusConfigFault::Address) } else { Ok(Address::Unix(path.into())) };
        }
        let address: SocketAddr = self.address.parse().map_err(|_| AntivirusConfigFault::Address)?;
        if address.ip().is_loopback() { Ok(Address::Tcp(address)) } else { Err(AntivirusConfigFault::NotLoopback) }
    }

    pub(super) const fn time_max(&self) -> Duration {
        Duration::from_secs(self.seconds_max)
    }

    /// What does not fit together or will not work, as whole sentences.
    pub fn check(&self) -> Vec<String> {
        if !self.enabled {
            return vec![
                "antivirus.enabled is false. Attachments are given to staff without having been looked at.".to_owned(),
            ];
        }
        let mut said = Vec::new();
        if let Err(fault) = self.read_address() {
            said.push(format!("{fault}."));
        }
        if self.seconds_max == 0 {
            said.push("antivirus.seconds_max is 0. No attachment will ever be released.".to_owned());
        }
        if !self.hold_while_unsure {
            said.push(
                "antivirus.hold_while_unsure is false. Attachments can be opened before they have been looked at."
                    .to_owned(),
            );
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use super::AntivirusConfig;
    use crate::antivirus::AntivirusConfigFault;

    #[test]
    fn the_daemon_is_on_this_machine_or_nowhere() {
        let read = |it: &str| {
            AntivirusConfig { address: it.to_owned(), ..AntivirusConfig::default() }.read_address().map(|_| ())
        };
        for address in ["127.0.0.1:3310", "[::1]:3310", "unix:/run/clamav/clamd.ctl"] {
            assert_eq!(read(address), Ok(()), "{address}");
        }
        for address in ["", "unix:", "localhost:3310", "127.0.0.1"] {
            assert_eq!(read(address), Err(AntivirusConfigFault::Address), "{address}");
        }
        assert_eq!(read("192.0.2.1:3310"), Err(AntivirusConfigFault::NotLoopback));
    }

    #[test]
    fn what_will_not_be_looked_at_is_said() {
        let off = AntivirusConfig::default();
        let on = AntivirusConfig { enabled: true, ..AntivirusConfig::default() };
        let careless =
            AntivirusConfig { hold_while_unsure: false, seconds_max: 0, address: String::new(), ..on.clone() };

        assert_eq!((off.check().len(), on.check().len(), careless.check().len()), (1, 0, 3));
    }
}
