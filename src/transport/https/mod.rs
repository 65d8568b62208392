//! The way in over HTTPS: TLS 1.2 and 1.3 with a required client certificate (virksomhetssertifikat), HTTP/1.1 and 2.
//!
//! ```text
//! mod.rs         listens and takes connections
//! connection.rs  one connection: handshake, who is there, idleness, its end     doorman.rs  how many of them
//! tls.rs         roots, revocation lists and our own certificate, reloaded      certificate.rs  certificate ─► Peer
//! receive.rs     routes and answers      body.rs  reading with limits           wish.rs  Accept, Accept-Language
//! problem.rs     problem documents       preview.rs  the dry run's JSON
//! made.rs        certificates for trying out         papers.rs  what there is, and when it ends
//! send.rs        the way out
//! ```
//!
//! Nothing is acknowledged before [`crate::intake`] has said that it is settled. Nothing about a patient is in a header, a
//! URL or a log line.

mod body;
pub mod certificate;
mod config;
mod connection;
mod doorman;
mod error;
pub mod made;
mod papers;
mod preview;
mod problem;
mod receive;
mod send;
mod tls;
mod wish;

pub use config::HttpsConfig;
pub use config::RevocationDepth;
pub use config::RevocationPolicy;
pub(crate) use doorman::Doorman;
pub use error::HttpsError;
pub use error::TlsError;
pub use papers::Paper;
pub use papers::PaperKind;
pub use papers::own;
pub use papers::papers;
pub use send::HttpsSender;
pub use send::OutboundConfig;
pub use send::PeerAnswer;
pub use send::SendError;
pub use tls::Reload;
pub use tls::Reloader;
pub use tls::Trust;
pub use tls::Trusted;

use crate::clock::Clock;
use crate::intake::Intake;
use crate::lifecycle::Lifecycle;
use crate::telemetry::Event;
use crate::transport::https::connection::Hall;
use crate::transport::https::receive::Desk;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::net::TcpStream;

/// After the operating system refuses a connection (no more files, no more memory).
const BREATH: Duration = Duration::from_millis(100);

/// A socket that listens, with everything loaded that serving needs.
pub struct HttpsListener {
    listener: TcpListener,
    address: SocketAddr,
    config: Arc<HttpsConfig>,
    reloader: Reloader,
    clock: Arc<dyn Clock>,
}

impl HttpsListener {
    /// Loads the files and takes the port.
    ///
    /// # Errors
    /// A file is missing or bad, or the port is taken.
    pub async fn bind(config: HttpsConfig, clock: Arc<dyn Clock>) -> Result<Self, HttpsError> {
        let config = Arc::new(config);
        let reloader = Reloader::load(Arc::clone(&config), Arc::clone(&clock))?;
        let listen = |source| HttpsError::Listen { address: config.listen, source };
        let listener = TcpListener::bind(config.listen).await.map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        Ok(Self { listener, address, config, reloader, clock })
    }

    /// Where it listens; the port is the real one also when 0 was asked for.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The certificate, roots and lists in use; shows each change.
    pub fn trusted(&self) -> Arc<Trusted> {
        self.reloader.trusted()
    }

    /// Takes connections until the house closes; then finishes what is under way. `on_reload` is told of each reload: it
    /// opens or clears the alarm.
    pub async fn serve(self, intake: Arc<Intake>, life: Lifecycle, on_reload: impl Fn(Reload) + Send + Sync + 'static) {
        let trusted = self.reloader.trusted();
        let desk = Desk {
            config: Arc::clone(&self.config),
            intake,
            clock: Arc::clone(&self.clock),
            trusted: Arc::clone(&trusted),
            soft: life.soft(),
        };
        let hall = Arc::new(Hall {
            config: Arc::clone(&self.config),
            trusted,
            routes: receive::routes(Arc::new(desk)),
            soft: life.soft(),
            hard: life.hard(),
        });
        life.tasks().spawn(keep_fresh(self.reloader, life.clone(), on_reload));
        tracing::info!(event = Event::Listening.name(), address = %self.address, "the HTTPS way in is open");
        take_connections(self.listener, &hall, &life).await;
    }
}

async fn take_connections(listener: TcpListener, hall: &Arc<Hall>, life: &Lifecycle) {
    let doorman = Doorman::new(hall.config.connections_max, hall.config.connections_per_address_max);
    let tasks = life.tasks();
    loop {
        let (socket, address) = tokio::select! {
            () = hall.soft.cancelled() => return,
            accepted = listener.accept() => match accepted {
                Ok(it) => it,
                Err(error) => {
                    tracing::warn!(error = &error as &dyn std::error::Error, "could not take a connection");
                    tokio::time::sleep(BREATH).await;
                    continue;
                }
            },
        };
        match doorman.place(address.ip()) {
            Ok(place) => {
                let hall = Arc::clone(hall);
                tasks.spawn(async move {
                    take_one(hall, socket, address).await;
                    drop(place);
                });
            }
            Err(enough) => tracing::debug!(%address, ?enough, "a connection was closed at once"),
        }
    }
}

async fn take_one(hall: Arc<Hall>, socket: TcpStream, address: SocketAddr) {
    // Answers are small and must not wait for company. Without it the connection still works.
    let _ = socket.set_nodelay(true);
    connection::serve(hall, socket, address).await;
}

/// Looks at the files by period and at SIGHUP.
async fn keep_fresh(mut reloader: Reloader, life: Lifecycle, on_reload: impl Fn(Reload) + Send + Sync + 'static) {
    let (soft, mut reloads) = (life.soft(), life.reloads());
    loop {
        let asked = tokio::select! {
            () = soft.cancelled() => return,
            changed = reloads.changed() => changed.is_ok(),
            () = pause(reloader.period()) => false,
        };
        // Reading a few small files blocks; the sockets shall not notice.
        let looked = tokio::task::spawn_blocking(move || {
            let outcome = if asked { Some(reloader.take()) } else { reloader.look() };
            (reloader, outcome)
        });
        let Ok((back, outcome)) = looked.await else { return };
        reloader = back;
        if let Some(outcome) = outcome {
            tell(&outcome);
            on_reload(outcome);
        }
    }
}

async fn pause(period: Option<Duration>) {
    match period {
        Some(period) => tokio::time::sleep(period).await,
        None => std::future::pending().await,
    }
}

fn tell(outcome: &Reload) {
    match outcome {
        Reload::Done { own_certificate_ends, .. } => {
            tracing::info!(event = Event::Reloaded.name(), own_certificate_ends = %own_certificate_ends, "certificates and lists reloaded");
        }
        Reload::Failed(error) => {
            tracing::error!(
                event = Event::ReloadFailed.name(),
                error = error as &dyn std::error::Error,
                "new certificates or lists are bad; the old ones are still in use"
            );
        }
    }
}

#[cfg(test)]
mod tests;
