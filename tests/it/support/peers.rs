//! Gateways that know each other: an authority that all of them trust, a certificate for each, and each other's addresses.

use crate::support::TestGateway;
use meldeport::clock::Clock;
use meldeport::clock::SystemClock;
use meldeport::config::Config;
use meldeport::config::ReportsConfig;
use meldeport::domain::OrgNumber;
use meldeport::transport::https::made::MadeAuthority;
use meldeport::transport::https::made::MadeSubject;
use meldeport::trial::SendingSystem;
use meldeport::trial::free_port;
use std::net::SocketAddr;
use std::path::Path;
use std::path::PathBuf;

/// One of the gateways: its organisation, and where it listens.
#[derive(Clone, Debug)]
pub struct Place {
    pub name: &'static str,
    pub organisation: &'static str,
    pub her_ids: &'static [u32],
    pub municipality: Option<&'static str>,
    /// Whether it is a hospital trust whose coordinating unit takes reports.
    pub takes_as_trust: bool,
    pub address: SocketAddr,
}

impl Place {
    pub fn hospital() -> Self {
        Self::of("eksempel-sykehus", "310000108", &[80001, 800_011, 800_012, 800_019], None)
    }

    pub fn karmoy() -> Self {
        Self::of("karmoy-kommune", "310000132", &[90002, 900_021, 900_023], Some("1149"))
    }

    pub fn gjerstad() -> Self {
        Self::of("gjerstad-kommune", "310000124", &[90001, 900_011], Some("4211"))
    }

    /// A county authority (fylkeskommune), which runs the upper secondary schools.
    pub fn county() -> Self {
        Self::of("agder-fylke", "310000183", &[80003, 800_031], None)
    }

    /// On a port that is kept for it, so that the others can know it before it is opened.
    fn of(
        name: &'static str,
        organisation: &'static str,
        her_ids: &'static [u32],
        municipality: Option<&'static str>,
    ) -> Self {
        let address = free_port(0).unwrap();
        Self { name, organisation, her_ids, municipality, takes_as_trust: false, address }
    }

    fn url(&self) -> String {
        format!("https://{}/messages", self.address)
    }
}

/// What the gateways share.
pub struct Peers {
    folder: tempfile::TempDir,
    authority: MadeAuthority,
}

impl Peers {
    pub fn new() -> Self {
        let authority = MadeAuthority::root("Meldeport made-up authority of peers", SystemClock.now()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let it = Self { folder, authority };
        std::fs::write(it.file("authority.pem"), it.authority.certificate_pem()).unwrap();
        std::fs::write(it.file("revoked.pem"), it.authority.revocation_list(&[], 365).unwrap()).unwrap();
        let gateway = it.authority.gateway(&["127.0.0.1", "localhost"], 365).unwrap();
        std::fs::write(it.file("gateway.pem"), gateway.certificate_pem).unwrap();
        it.key("gateway.key", gateway.key_pem.reveal());
        it
    }

    /// A connection with the certificate of one that has joined.
    pub fn system(&self, gateway: &TestGateway, name: &str) -> SendingSystem {
        let (certificate, key) = (self.file(&format!("{name}.pem")), self.file(&format!("{name}.key")));
        let address = gateway.house().intake_address;
        SendingSystem::new(address, &self.file("authority.pem"), &certificate, &key).unwrap()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn key(&self, name: &str, pem: &str) {
        use std::os::unix::fs::PermissionsExt;
        std::fs::write(self.file(name), pem).unwrap();
        std::fs::set_permissions(self.file(name), std::fs::Permissions::from_mode(0o600)).unwrap();
    }

    /// Makes `config` that of the gateway at `own`, which knows `others`. `folder` is its made-up world's.
    pub fn join(&self, config: &mut Config, folder: &Path, own: &Place, others: &[&Place]) {
        let organisation = OrgNumber::parse(own.organisation).unwrap();
        let subject = MadeSubject::Seid2 { organisation, name: own.name.to_owned(), sub_unit: None };
        let made = self.authority.client(&subject).unwrap();
        let (certificate, key) = (format!("{}.pem", own.name), format!("{}.key", own.name));
        std::fs::write(self.file(&certificate), &made.certificate_pem).unwrap();
        self.key(&key, made.key_pem.reveal());

        // Whom the gateway trusts as clients, and whom its own clients trust: both authorities.
        let roots = folder.join("certificates/authority.pem");
        let world = std::fs::read_to_string(&roots).unwrap();
        let common = std::fs::read_to_string(self.file("authority.pem")).unwrap();
        std::fs::write(&roots, format!("{world}{common}")).unwrap();

        config.https.listen = own.address;
        config.https.certificate_file = self.file("gateway.pem");
        config.https.key_file = self.file("gateway.key");
        config.https.revocation_list_files.push(self.file("revoked.pem"));
        config.outbound.certificate_file = self.file(&certificate);
        config.outbound.key_file = self.file(&key);
        config.outbound.roots_file = self.file("authority.pem");
        config.outbound.undo_seconds = 0;
        config.work.outbound.period_seconds = 1;
        let pattern = config.senders[0].clone();
        for other in others {
            let index = config.senders.iter().position(|it| it.name == other.name).unwrap_or_else(|| {
                config.senders.push(pattern.clone());
                config.senders.len() - 1
            });
            let sender = &mut config.senders[index];
            sender.name = other.name.to_owned();
            sender.display_name = format!("{} (eksempel)", other.name);
            sender.organisation = other.organisation.to_owned();
            sender.her_ids = other.her_ids.to_vec();
            sender.address = other.url();
            let takes = other.municipality.is_some() || other.takes_as_trust;
            sender.reports = takes.then(|| ReportsConfig {
                municipality: other.municipality.unwrap_or_default().to_owned(),
                hospital_trust: if other.takes_as_trust { other.organisation.to_owned() } else { String::new() },
                organisation_her_id: other.her_ids[0],
                // A trust's own unit stands last, see `add_hospital`.
                her_id: if other.takes_as_trust { other.her_ids[3] } else { other.her_ids[1] },
                name: "Koordinerende enhet".to_owned(),
            });
        }
    }
}

/// The hospital trust's own unit, beside the municipalities of the made-up world.
pub fn add_hospital(folder: &Path) {
    let text = r#"
[[hospital_trust]]
organisation = "310000108"
her_ids = [80001]
reception = "own_unit"
when_unroutable = "default"
default = "sykehus-ke"

[[unit]]
id = "sykehus-ke"
name = { nb = "Koordinerende enhet i helseforetaket", nn = "Koordinerande eining i helseføretaket", en = "Coordinating unit of the hospital trust" }
kind = "hospital_unit"
her_ids = [800019]
notify = { email = "koordinerende-enhet@eksempel-sykehus.example" }

[unit.contact]
telephone = "+47 99 00 09 51"
"#;
    std::fs::write(folder.join("units/sykehus.toml"), text).unwrap();
}
