//! For tests of this room and of `work`: a contact book, a notice, and a made certificate authority.

use crate::domain::NoticeId;
use crate::domain::Reference;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::notify::Notice;
use crate::notify::UnitContact;
use crate::notify::UnitContacts;
use std::collections::BTreeMap;
use std::sync::Arc;
use tempfile::TempDir;
use uuid::Uuid;

/// Contacts by unit.
pub(crate) struct Book(BTreeMap<UnitId, UnitContact>);

impl Book {
    pub(crate) fn of<const N: usize>(contacts: [UnitContact; N]) -> Arc<dyn UnitContacts> {
        Arc::new(Self(contacts.into_iter().map(|it| (it.unit.clone(), it)).collect()))
    }
}

impl UnitContacts for Book {
    fn contact(&self, unit: &UnitId) -> Option<UnitContact> {
        self.0.get(unit).cloned()
    }
}

pub(crate) fn notice() -> Notice {
    Notice {
        id: NoticeId(Uuid::from_u128(0x0193_5000_0000_7000_8000_0000_0000_0001)),
        unit: UnitId("gjerstad-tjenestekontor".to_owned()),
        reference: Reference::parse("7K3-9QX-2MA").unwrap(),
        created_at: Timestamp::from_jiff("2026-11-21T11:59:30Z".parse().unwrap()),
        unread: 3,
        reminder: None,
        meeting: None,
        about: Vec::new(),
        names_unit: true,
    }
}

/// An authority in `folder/ca.pem`, and a server certificate of it for 127.0.0.1.
pub(crate) struct MadeCa {
    pub(crate) folder: TempDir,
    pub(crate) server: Arc<rustls::ServerConfig>,
}

pub(crate) fn made_ca() -> MadeCa {
    let mut authority = rcgen::CertificateParams::new(Vec::<String>::new()).unwrap();
    authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let authority = rcgen::CertifiedIssuer::self_signed(authority, rcgen::KeyPair::generate().unwrap()).unwrap();
    let key = rcgen::KeyPair::generate().unwrap();
    let leaf =
        rcgen::CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap().signed_by(&key, &authority).unwrap();

    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ca.pem"), authority.pem()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let server = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone()], rustls::pki_types::PrivateKeyDer::Pkcs8(key.serialize_der().into()))
        .unwrap();
    MadeCa { folder, server: Arc::new(server) }
}
