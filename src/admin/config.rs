//! `[admin]`: where those who run the house can ask.

use serde::Deserialize;
use std::net::Ipv4Addr;
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// Section `[admin]`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AdminConfig {
    /// Address and port. Port 0: any that is free.
    pub listen: SocketAddr,
    /// Nobody signs in here. `true` only where something in front lets nobody else in.
    pub allow_other_machines: bool,
}

impl Default for AdminConfig {
    fn default() -> Self {
        Self { listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 9464)), allow_other_machines: false }
    }
}

/// Whether other machines may ask.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum OtherMachines {
    #[default]
    Refused,
    Allowed,
}

/// Why the face cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    #[error(
        "admin.listen is {0}, which other machines can reach, and nobody signs in there; listen on 127.0.0.1, or set \
         admin.allow_other_machines if something in front guards it"
    )]
    Open(SocketAddr),
    #[error("could not listen on {listen}")]
    Listen {
        listen: SocketAddr,
        #[source]
        cause: std::io::Error,
    },
}

impl AdminConfig {
    pub const fn others(&self) -> OtherMachines {
        if self.allow_other_machines { OtherMachines::Allowed } else { OtherMachines::Refused }
    }

    /// Whether it may be opened at all. Opens nothing.
    ///
    /// # Errors
    /// The address is not this machine's own and that is not allowed.
    pub fn check(&self) -> Result<(), AdminError> {
        if self.listen.ip().is_loopback() || self.allow_other_machines {
            Ok(())
        } else {
            Err(AdminError::Open(self.listen))
        }
    }

    /// Opens the listener.
    ///
    /// # Errors
    /// The address is not this machine's own and that is not allowed, or it is taken.
    pub async fn bind(&self) -> Result<TcpListener, AdminError> {
        self.check()?;
        let listen = self.listen;
        TcpListener::bind(listen).await.map_err(|cause| AdminError::Listen { listen, cause })
    }
}
