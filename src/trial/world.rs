//! Writes a whole made-up world into a folder: authority, certificates, configuration, unit directory.

use crate::clock::Clock;
use crate::domain::OrgNumber;
use crate::transport::https::made::MadeAuthority;
use crate::transport::https::made::MadeCertificate;
use crate::transport::https::made::MadeSubject;
use std::fs;
use std::io;
use std::net::Ipv4Addr;
use std::net::SocketAddr;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::PoisonError;
use tokio::net::TcpSocket;

/// The municipalities of the mission, as the unit directory describes them.
pub const MUNICIPALITIES: [(&str, &str); 5] = [
    ("gjerstad.toml", include_str!("../../config/municipalities/gjerstad.toml")),
    ("karmoy.toml", include_str!("../../config/municipalities/karmoy.toml")),
    ("loppa.toml", include_str!("../../config/municipalities/loppa.toml")),
    ("risor.toml", include_str!("../../config/municipalities/risor.toml")),
    ("eksempel-storby.toml", include_str!("../../config/municipalities/eksempel-storby.toml")),
];

pub const HOSPITAL: &str = "310000108";
pub const SCHOOL: &str = "310000116";
/// Who runs the form in the made-up world.
pub const FORM_HOST: &str = "310000302";
/// Name of the sender that the form sends as.
pub const FORM_SENDER: &str = "meldeport-skjema";

/// A made-up sender.
#[derive(Clone, Copy, Debug)]
pub struct MadeSender {
    pub name: &'static str,
    pub display_name: &'static str,
    pub organisation: &'static str,
    pub her_ids: &'static [u32],
    pub is_health: bool,
}

/// The organisations that send in the made-up world.
pub const SENDERS: [MadeSender; 3] = [
    MadeSender {
        name: "eksempel-sykehus",
        display_name: "Eksempel sykehus HF",
        organisation: HOSPITAL,
        her_ids: &[80001, 800_011, 800_012, 800_019],
        is_health: true,
    },
    MadeSender {
        name: "eksempel-skole",
        display_name: "Eksempel skole",
        organisation: SCHOOL,
        her_ids: &[80002, 800_021],
        is_health: false,
    },
    // The form sends as its host; the kind of reporter decides which rules of consent apply.
    MadeSender {
        name: FORM_SENDER,
        display_name: "Meldeport (eksempel)",
        organisation: FORM_HOST,
        her_ids: &[80009, 800_091],
        is_health: true,
    },
];

/// Where the gateway listens, and where its notices go. Port 0 lets the machine choose.
#[derive(Clone, Copy, Debug)]
pub struct Ports {
    pub intake: SocketAddr,
    pub inbox: SocketAddr,
    pub admin: SocketAddr,
    pub smtp: SocketAddr,
}

/// A made-up world in a folder.
#[derive(Clone, Debug)]
pub struct World {
    pub folder: PathBuf,
}

impl World {
    /// Makes the world in `folder`, which is emptied of an earlier one.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn make(folder: &Path, ports: Ports, clock: &dyn Clock) -> io::Result<Self> {
        Self::make_for(folder, ports, clock, &[])
    }

    /// As [`World::make`], for a gateway that is known by these names too.
    ///
    /// # Errors
    /// As [`World::make`], or a name cannot stand in a certificate.
    pub fn make_for(folder: &Path, ports: Ports, clock: &dyn Clock, hosts: &[String]) -> io::Result<Self> {
        let world = Self { folder: folder.to_owned() };
        for old in ["data", "certificates", "units"] {
            match fs::remove_dir_all(folder.join(old)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                Err(_) | Ok(()) => {}
            }
            fs::create_dir_all(folder.join(old))?;
        }
        world.certificates(clock, hosts).map_err(io::Error::other)??;
        for (name, text) in MUNICIPALITIES {
            fs::write(folder.join("units").join(name), text)?;
        }
        fs::write(world.config(), configuration(ports))?;
        Ok(world)
    }

    pub fn config(&self) -> PathBuf {
        self.folder.join("meldeport.toml")
    }

    pub fn authority(&self) -> PathBuf {
        self.folder.join("certificates/authority.pem")
    }

    /// Certificate and key of `gateway`, `hospital` or `school`, or of `gateway-renewed` and so on: those that come after.
    pub fn certificate(&self, holder: &str) -> (PathBuf, PathBuf) {
        let folder = self.folder.join("certificates");
        (folder.join(format!("{holder}.pem")), folder.join(format!("{holder}.key")))
    }

    fn certificates(&self, clock: &dyn Clock, more_hosts: &[String]) -> Result<io::Result<()>, rcgen::Error> {
        let authority = MadeAuthority::root("Meldeport made-up authority", clock.now())?;
        let hosts: Vec<&str> =
            ["127.0.0.1", "localhost"].into_iter().chain(more_hosts.iter().map(String::as_str)).collect();
        let mut made = Vec::new();
        for end in ["", "-renewed"] {
            made.push((format!("gateway{end}"), authority.gateway(&hosts, 365)?));
            made.push((format!("hospital{end}"), authority.client(&subject(HOSPITAL, "Eksempel sykehus HF"))?));
            made.push((format!("school{end}"), authority.client(&subject(SCHOOL, "Eksempel skole"))?));
        }
        let revoked = authority.revocation_list(&[], 365)?;
        Ok((|| {
            fs::write(self.authority(), authority.certificate_pem())?;
            fs::write(self.folder.join("certificates/revoked.pem"), revoked)?;
            made.iter().try_for_each(|(holder, it)| self.keep(holder, it))
        })())
    }

    fn keep(&self, holder: &str, made: &MadeCertificate) -> io::Result<()> {
        let (certificate, key) = self.certificate(holder);
        fs::write(certificate, &made.certificate_pem)?;
        let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(key)?;
        io::Write::write_all(&mut file, made.key_pem.reveal().as_bytes())
    }
}

fn subject(organisation: &str, name: &str) -> MadeSubject {
    let organisation = OrgNumber::parse(organisation).expect("the made-up numbers hold");
    MadeSubject::Seid2 { organisation, name: name.to_owned(), sub_unit: None }
}

fn sender(sender: &MadeSender) -> String {
    let MadeSender { name, display_name, organisation, her_ids, is_health } = sender;
    let sector = if *is_health { "health" } else { "other" };
    format!(
        "\n[[senders]]\nname = \"{name}\"\ndisplay_name = \"{display_name}\"\norganisation = \"{organisation}\"\n\
         her_ids = {her_ids:?}\nsector = \"{sector}\"\n"
    )
}

fn configuration(ports: Ports) -> String {
    let Ports { intake, inbox, admin, smtp } = ports;
    // By name and not by number: a passkey belongs to a name.
    let inbox_port = inbox.port();
    let senders: String = SENDERS.iter().map(sender).collect();
    format!(
        r#"# A made-up world to try Meldeport in. Made by `meldeport demo`; made anew each time.
environment = "test"
data_dir = "data"

[directory]
files = ["../units"]

[rules]
accept_synthetic_persons = true

[https]
listen = "{intake}"
certificate_file = "../certificates/gateway.pem"
key_file = "../certificates/gateway.key"
client_roots_file = "../certificates/authority.pem"
revocation_list_files = ["../certificates/revoked.pem"]

[inbox]
public_address = "https://localhost:{inbox_port}"
environment = "Prøvemiljø"
# So that a password is enough to look around. The default is "required".
second_factor = "offered"

[inbox.form]
sender = "{FORM_SENDER}"

[inbox_listener]
listen = "{inbox}"
certificate_file = "../certificates/gateway.pem"
key_file = "../certificates/gateway.key"

[admin]
listen = "{admin}"

[notify.email]
server = "{}"
port = {}
tls = "none"
from = "Meldeport <meldeport@eksempel.example>"
{senders}"#,
        smtp.ip(),
        smtp.port(),
    )
}

impl Ports {
    /// Ports that nobody uses just now, on loopback.
    ///
    /// # Errors
    /// The machine has no free port.
    pub fn free() -> io::Result<Self> {
        Ok(Self { intake: free_port(0)?, inbox: free_port(0)?, admin: free_port(0)?, smtp: free_port(0)? })
    }

    /// The usual ports where they are free, others where they are not.
    ///
    /// # Errors
    /// The machine has no free port.
    pub fn usual_or_free() -> io::Result<Self> {
        let usual = |port| free_port(port).or_else(|_| free_port(0));
        Ok(Self { intake: usual(8443)?, inbox: usual(9443)?, admin: usual(9464)?, smtp: free_port(0)? })
    }
}

/// The sockets of the addresses that were given out.
static KEPT: Mutex<Vec<TcpSocket>> = Mutex::new(Vec::new());

/// An address on loopback that nobody listens at, now or later, except whoever is told of it.
///
/// The socket stays bound, without listening, until the process ends: the system gives the port to nobody who asks for any
/// port, and to nobody's outgoing connection; but who names it can listen at it, again and again.
///
/// # Errors
/// The machine has no free port, or somebody listens at `port`.
pub fn free_port(port: u16) -> io::Result<SocketAddr> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    let address = socket.local_addr()?;
    KEPT.lock().unwrap_or_else(PoisonError::into_inner).push(socket);
    Ok(address)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;
    use tokio::net::TcpStream;

    #[tokio::test]
    async fn a_port_is_kept_for_whoever_is_told_of_it() {
        let address = free_port(0).unwrap();

        assert!(TcpStream::connect(address).await.is_err(), "nobody listens there");
        for _ in 0..2 {
            let listener = TcpListener::bind(address).await.unwrap();
            TcpStream::connect(address).await.unwrap();
            assert!(free_port(address.port()).is_err(), "somebody listens there");
            drop(listener);
        }
    }
}
