//! Encryption at rest: what is about persons is sealed before it reaches the database.
//!
//! Envelope encryption with AES-256-GCM. Each message has its own data key, wrapped by a key-encryption key that lives
//! outside the database. The table, the column and the row's id are associated data, so that a sealed value cannot be
//! moved to another place. A keyed blind index (HMAC-SHA-256) finds earlier reports about the same person without
//! keeping the number; its key is made with the database and wrapped too, so that it survives a change of keys.

use crate::domain::Redacted;
use crate::storage::StoreError;
use arc_swap::ArcSwap;
use aws_lc_rs::aead::AES_256_GCM;
use aws_lc_rs::aead::Aad;
use aws_lc_rs::aead::NONCE_LEN;
use aws_lc_rs::aead::Nonce;
use aws_lc_rs::aead::RandomizedNonceKey;
use aws_lc_rs::digest;
use aws_lc_rs::hkdf;
use aws_lc_rs::hmac;
use aws_lc_rs::rand;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt;
use std::sync::Arc;
use uuid::Uuid;

/// Length of every key. Bytes.
const KEY_BYTES: usize = 32;
/// Length of the tag that proves a sealed value. Bytes.
const TAG_BYTES: usize = 16;
/// Length of what reports are found by. Two that are alike by chance are not to be feared, and there are many. Bytes.
const SEARCH_TOKEN_BYTES: usize = 16;
/// First byte of a value that is not sealed.
const PLAIN: u8 = 0;
/// First byte of a value sealed with AES-256-GCM: then nonce, ciphertext, tag.
const SEALED: u8 = 1;

/// Whether personal data is encrypted at rest. A database is made one way and stays so.
#[derive(Clone, Debug)]
pub enum Sealing {
    On(Keys),
    /// Everything is readable for those who can read the file. Never for real persons.
    Off,
}

impl Sealing {
    /// The word used in the database.
    pub(crate) const fn label(&self) -> &'static str {
        match self {
            Self::On(_) => "on",
            Self::Off => "off",
        }
    }
}

/// Key-encryption keys. The last one seals; all of them open.
#[derive(Clone)]
pub struct Keys(Arc<[NamedKey]>);

struct NamedKey {
    id: String,
    bytes: Redacted<[u8; KEY_BYTES]>,
    cipher: RandomizedNonceKey,
}

/// What is wrong with a text of keys. Never holds a key.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum KeysFault {
    #[error("there is no key; a line is `id:` and 32 bytes in base64")]
    None,
    #[error("line {line} is not `id:` and 32 bytes in base64")]
    Line { line: usize },
    #[error("line {line} repeats the key id `{id}`")]
    Repeated { line: usize, id: String },
}

impl Keys {
    /// One new random key.
    pub fn generate() -> Self {
        let mut bytes = [0; KEY_BYTES];
        fill_random(&mut bytes);
        let mut id = [0; 4];
        fill_random(&mut id);
        let id = format!("key-{:08x}", u32::from_be_bytes(id));
        Self(Arc::new([NamedKey::new(id, bytes)]))
    }

    /// Reads lines of `id:base64` (32 bytes). The last line is the newest key and seals; the others can still open.
    /// Empty lines and lines that begin with `#` are skipped.
    pub fn parse(text: &str) -> Result<Self, KeysFault> {
        let mut keys: Vec<NamedKey> = Vec::new();
        for (index, written) in text.lines().enumerate() {
            let line = index + 1;
            let written = written.trim();
            if written.is_empty() || written.starts_with('#') {
                continue;
            }
            let (id, encoded) = written.split_once(':').ok_or(KeysFault::Line { line })?;
            let (id, encoded) = (id.trim(), encoded.trim());
            let bytes = STANDARD.decode(encoded).ok().and_then(|it| <[u8; KEY_BYTES]>::try_from(it).ok());
            let bytes = bytes.filter(|_| is_key_id(id)).ok_or(KeysFault::Line { line })?;
            if keys.iter().any(|it| it.id == id) {
                return Err(KeysFault::Repeated { line, id: id.to_owned() });
            }
            keys.push(NamedKey::new(id.to_owned(), bytes));
        }
        if keys.is_empty() { Err(KeysFault::None) } else { Ok(Self(keys.into())) }
    }

    /// The text that [`Keys::parse`] reads: a secret, for a file that only the gateway can read.
    pub fn to_text(&self) -> Redacted<String> {
        let lines = self.0.iter().map(|it| format!("{}:{}\n", it.id, STANDARD.encode(it.bytes.reveal())));
        Redacted::new(lines.collect())
    }

    /// The ids, oldest first.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|it| it.id.as_str())
    }

    /// These and one new random key, which seals from now on.
    #[must_use]
    pub fn with_new(&self) -> Self {
        let text = format!("{}{}", self.to_text().reveal(), Self::generate().to_text().reveal());
        Self::parse(&text).expect("what was written can be read, and two random ids differ")
    }

    /// These and one new random key, which opens and does not seal.
    #[must_use]
    pub fn with_new_first(&self) -> Self {
        let text = format!("{}{}", Self::generate().to_text().reveal(), self.to_text().reveal());
        Self::parse(&text).expect("what was written can be read, and two random ids differ")
    }

    /// The same, with the key `id` last, so that it seals from now on. `None`: there is no such key.
    #[must_use]
    pub fn with_newest(&self, id: &str) -> Option<Self> {
        let text = self.to_text();
        let is_asked = |line: &&str| line.split(':').next() == Some(id);
        let asked = text.reveal().lines().find(is_asked)?;
        let others = text.reveal().lines().filter(|it| !is_asked(it));
        let lines: Vec<&str> = others.chain([asked]).collect();
        Self::parse(&lines.join(
            "
",
        ))
        .ok()
    }

    /// The same without the key `id`. `None`: there is no such key, or no other.
    #[must_use]
    pub fn without(&self, id: &str) -> Option<Self> {
        let text = self.to_text();
        let is_other = |line: &&str| line.split(':').next() != Some(id);
        let others: Vec<&str> = text.reveal().lines().filter(is_other).collect();
        let is_less = others.len() < self.0.len();
        is_less.then(|| Self::parse(&others.join("\n")).ok()).flatten()
    }

    fn newest(&self) -> &NamedKey {
        self.0.last().expect("Keys are never empty: both ways to make them give at least one")
    }

    fn find(&self, id: &str) -> Result<&NamedKey, StoreError> {
        self.0.iter().find(|it| it.id == id).ok_or_else(|| StoreError::Sealed { key_id: id.to_owned() })
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.ids()).finish()
    }
}

impl NamedKey {
    fn new(id: String, bytes: [u8; KEY_BYTES]) -> Self {
        Self { id, bytes: Redacted::new(bytes), cipher: cipher(&bytes) }
    }
}

/// A key of ours that is kept in the database, wrapped by the key-encryption key `key_id`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct WrappedKey {
    pub key_id: String,
    pub wrapped: Vec<u8>,
}

/// Where a sealed value stands; it can be opened nowhere else.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    pub table: &'static str,
    pub column: &'static str,
    pub row: &'a [u8],
}

impl Place<'_> {
    fn associated_data(&self) -> Vec<u8> {
        let mut data = Vec::with_capacity(self.table.len() + self.column.len() + self.row.len() + 2);
        data.extend_from_slice(self.table.as_bytes());
        data.push(b'.');
        data.extend_from_slice(self.column.as_bytes());
        data.push(0);
        data.extend_from_slice(self.row);
        data
    }

    const fn fault(&self) -> StoreError {
        StoreError::Inconsistent { table: self.table, column: self.column }
    }
}

/// Wraps and unwraps keys with the key-encryption keys, which can be changed while it is in use.
pub(crate) struct Vault {
    keys: ArcSwap<Keys>,
}

impl Vault {
    pub fn new(keys: Keys) -> Self {
        Self { keys: ArcSwap::from_pointee(keys) }
    }

    /// Uses other keys from now on.
    pub fn take(&self, keys: Keys) {
        self.keys.store(Arc::new(keys));
    }

    pub fn key_ids(&self) -> Vec<String> {
        self.keys.load().ids().map(str::to_owned).collect()
    }

    pub fn newest_id(&self) -> String {
        self.keys.load().newest().id.clone()
    }

    /// Wraps with the newest key.
    pub fn wrap(&self, place: Place<'_>, key: &[u8]) -> WrappedKey {
        let keys = self.keys.load();
        let newest = keys.newest();
        WrappedKey { key_id: newest.id.clone(), wrapped: seal(&newest.cipher, place, key) }
    }

    /// Wraps with the key called `id`, which must be one of [`Vault::key_ids`].
    pub fn wrap_with(&self, id: &str, place: Place<'_>, key: &[u8]) -> Result<WrappedKey, StoreError> {
        let keys = self.keys.load();
        let named = keys.find(id)?;
        Ok(WrappedKey { key_id: named.id.clone(), wrapped: seal(&named.cipher, place, key) })
    }

    /// [`StoreError::Sealed`] when the key is missing or another one under the same id.
    pub fn unwrap(&self, place: Place<'_>, key: &WrappedKey) -> Result<[u8; KEY_BYTES], StoreError> {
        let keys = self.keys.load();
        let named = keys.find(&key.key_id)?;
        open(&named.cipher, place, &key.wrapped)
            .and_then(|it| it.try_into().ok())
            .ok_or_else(|| StoreError::Sealed { key_id: key.key_id.clone() })
    }
}

/// Seals values of messages and finds persons by blind index. Made when the database is opened.
pub(crate) enum Sealer {
    On(Box<SealerKeys>),
    Off,
}

/// Everything that sealing needs to know.
pub(crate) struct SealerKeys {
    vault: Vault,
    person: hmac::Key,
    login: hmac::Key,
    subject: hmac::Key,
    address: hmac::Key,
    browser: hmac::Key,
    /// For secrets of accounts. Made of the index key, so that it outlives a change of key-encryption keys.
    secrets: RandomizedNonceKey,
    archive: hmac::Key,
    coordinator: hmac::Key,
    search: hmac::Key,
}

impl Sealer {
    /// `index_key` is the database's own key for blind indexes, unwrapped.
    pub fn on(vault: Vault, index_key: &[u8; KEY_BYTES]) -> Self {
        Self::On(Box::new(SealerKeys {
            vault,
            person: derive(index_key, b"meldeport blind index: identity number"),
            login: derive(index_key, b"meldeport blind index: login name"),
            subject: derive(index_key, b"meldeport blind index: subject at a provider"),
            address: derive(index_key, b"meldeport blind index: network address"),
            browser: derive(index_key, b"meldeport tag: browser that is known"),
            secrets: cipher(&derive_bytes(index_key, b"meldeport secrets of accounts")),
            archive: derive(index_key, b"meldeport blind index: archive reference"),
            coordinator: derive(index_key, b"meldeport blind index: coordinator"),
            search: derive(index_key, b"meldeport blind index: search"),
        }))
    }

    /// A fresh data key for the message with this id.
    pub fn new_data_key(&self, message: Uuid) -> DataKey {
        match self {
            Self::Off => DataKey { cipher: None, wrapped: None },
            Self::On(keys) => {
                let mut bytes = [0; KEY_BYTES];
                fill_random(&mut bytes);
                let wrapped = keys.vault.wrap(data_key_place(message.as_bytes()), &bytes);
                DataKey { cipher: Some(cipher(&bytes)), wrapped: Some(wrapped) }
            }
        }
    }

    /// The data key of the message with this id, as it was kept.
    pub fn data_key(&self, message: Uuid, kept: Option<WrappedKey>) -> Result<DataKey, StoreError> {
        match (self, kept) {
            (Self::Off, None) => Ok(DataKey { cipher: None, wrapped: None }),
            (Self::Off, Some(kept)) => Err(StoreError::Sealed { key_id: kept.key_id }),
            (Self::On(_), None) => Err(data_key_place(message.as_bytes()).fault()),
            (Self::On(keys), Some(kept)) => {
                let bytes = keys.vault.unwrap(data_key_place(message.as_bytes()), &kept)?;
                Ok(DataKey { cipher: Some(cipher(&bytes)), wrapped: Some(kept) })
            }
        }
    }

    /// `kept` wrapped anew by the newest key; `None` when it is already, or sealing is off.
    pub fn rewrap(&self, message: Uuid, kept: &WrappedKey) -> Result<Option<WrappedKey>, StoreError> {
        match self {
            Self::On(keys) if kept.key_id != keys.vault.newest_id() => {
                let place = data_key_place(message.as_bytes());
                Ok(Some(keys.vault.wrap(place, &keys.vault.unwrap(place, kept)?)))
            }
            Self::On(_) | Self::Off => Ok(None),
        }
    }

    /// Other key-encryption keys, which have been proved. Without sealing there is nothing to do.
    pub fn take(&self, keys: Keys) {
        match self {
            Self::On(own) => own.vault.take(keys),
            Self::Off => {}
        }
    }

    /// Id of the key that seals now; `None` when sealing is off.
    pub fn newest_key_id(&self) -> Option<String> {
        match self {
            Self::On(keys) => Some(keys.vault.newest_id()),
            Self::Off => None,
        }
    }

    /// What stands in the database in place of a person's identity number. White space does not count.
    pub fn person_index(&self, person_id: &str) -> Vec<u8> {
        let plain: String = person_id.chars().filter(|it| !it.is_whitespace()).collect();
        match self {
            Self::On(keys) => hmac::sign(&keys.person, plain.as_bytes()).as_ref().to_vec(),
            Self::Off => digest::digest(&digest::SHA256, plain.as_bytes()).as_ref().to_vec(),
        }
    }

    /// What stands in the database in place of a login name that failed: people mistype, and type other things there.
    pub fn login_index(&self, name: &str) -> Vec<u8> {
        match self {
            Self::On(keys) => hmac::sign(&keys.login, name.as_bytes()).as_ref().to_vec(),
            Self::Off => digest::digest(&digest::SHA256, name.as_bytes()).as_ref().to_vec(),
        }
    }

    /// What stands in the database in place of an employee's subject at a provider: it may be an identity number.
    pub fn subject_index(&self, subject: &str) -> Vec<u8> {
        match self {
            Self::On(keys) => hmac::sign(&keys.subject, subject.as_bytes()).as_ref().to_vec(),
            Self::Off => digest::digest(&digest::SHA256, subject.as_bytes()).as_ref().to_vec(),
        }
    }

    /// What stands in the database in place of a network address.
    pub fn address_index(&self, address: &str) -> Vec<u8> {
        match self {
            Self::On(keys) => hmac::sign(&keys.address, address.as_bytes()).as_ref().to_vec(),
            Self::Off => digest::digest(&digest::SHA256, address.as_bytes()).as_ref().to_vec(),
        }
    }

    /// The tag of what a browser carries. Without keys anybody could make one, so there is none.
    pub fn browser_tag(&self, carried: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::On(keys) => Some(hmac::sign(&keys.browser, carried).as_ref().to_vec()),
            Self::Off => None,
        }
    }

    /// Seals a secret that belongs to an account, not to a message.
    pub fn seal_secret(&self, place: Place<'_>, value: &[u8]) -> Vec<u8> {
        match self {
            Self::On(keys) => seal(&keys.secrets, place, value),
            Self::Off => [&[PLAIN], value].concat(),
        }
    }

    /// As it was before [`Sealer::seal_secret`].
    pub fn open_secret(&self, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
        match self {
            Self::On(keys) => open(&keys.secrets, place, sealed),
            Self::Off => sealed.strip_prefix(&[PLAIN]).map(<[u8]>::to_vec),
        }
        .ok_or_else(|| place.fault())
    }
}

impl Sealer {
    /// What stands in the database in place of an archive reference. Case and white space do not count.
    pub fn archive_index(&self, reference: &str) -> Vec<u8> {
        let plain: String = reference.chars().filter(|it| !it.is_whitespace()).flat_map(char::to_lowercase).collect();
        match self {
            Self::On(keys) => hmac::sign(&keys.archive, plain.as_bytes()).as_ref().to_vec(),
            Self::Off => digest::digest(&digest::SHA256, plain.as_bytes()).as_ref().to_vec(),
        }
    }

    /// What stands in the database in place of a coordinator: our id of the person at work, or the name.
    pub fn coordinator_index(&self, who: &str) -> Vec<u8> {
        let plain = who.trim().to_lowercase();
        match self {
            Self::On(keys) => hmac::sign(&keys.coordinator, plain.as_bytes()).as_ref().to_vec(),
            Self::Off => digest::digest(&digest::SHA256, plain.as_bytes()).as_ref().to_vec(),
        }
    }
}

impl Sealer {
    /// What stands in the database in place of something that a report is found by. Each of `parts` counts by itself.
    pub fn search_index(&self, parts: &[&str]) -> Vec<u8> {
        let mut said = Vec::new();
        for part in parts {
            said.extend_from_slice(part.as_bytes());
            said.push(0);
        }
        let mut token = match self {
            Self::On(keys) => hmac::sign(&keys.search, &said).as_ref().to_vec(),
            Self::Off => digest::digest(&digest::SHA256, &said).as_ref().to_vec(),
        };
        token.truncate(SEARCH_TOKEN_BYTES);
        token
    }
}

/// The key of one message's values.
pub(crate) struct DataKey {
    /// `None`: sealing is off.
    cipher: Option<RandomizedNonceKey>,
    wrapped: Option<WrappedKey>,
}

impl DataKey {
    /// To be kept beside the message; `None` when sealing is off.
    pub const fn wrapped(&self) -> Option<&WrappedKey> {
        self.wrapped.as_ref()
    }

    pub fn seal(&self, place: Place<'_>, value: &[u8]) -> Vec<u8> {
        match &self.cipher {
            Some(cipher) => seal(cipher, place, value),
            None => [&[PLAIN], value].concat(),
        }
    }

    /// [`StoreError::Inconsistent`] when the value was changed, moved, or written with other sealing.
    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
        match &self.cipher {
            Some(cipher) => open(cipher, place, sealed),
            None => sealed.strip_prefix(&[PLAIN]).map(<[u8]>::to_vec),
        }
        .ok_or_else(|| place.fault())
    }
}

/// Random bytes for keys and tokens.
pub(crate) fn fill_random(bytes: &mut [u8]) {
    rand::fill(bytes).expect("the operating system's source of randomness answers");
}

/// Where a message's wrapped data key stands.
pub(crate) const fn data_key_place(message: &[u8]) -> Place<'_> {
    Place { table: "data_keys", column: "wrapped", row: message }
}

fn is_key_id(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'.'))
}

fn cipher(bytes: &[u8; KEY_BYTES]) -> RandomizedNonceKey {
    RandomizedNonceKey::new(&AES_256_GCM, bytes).expect("AES-256 takes a key of 32 bytes")
}

fn seal(cipher: &RandomizedNonceKey, place: Place<'_>, value: &[u8]) -> Vec<u8> {
    let mut sealed = Vec::with_capacity(1 + NONCE_LEN + value.len() + TAG_BYTES);
    sealed.push(SEALED);
    sealed.extend_from_slice(&[0; NONCE_LEN]);
    sealed.extend_from_slice(value);
    let (nonce, tag) = cipher
        .seal_in_place_separate_tag(Aad::from(place.associated_data()), &mut sealed[1 + NONCE_LEN..])
        .expect("AES-256-GCM seals anything shorter than 64 GiB");
    sealed[1..=NONCE_LEN].copy_from_slice(nonce.as_ref());
    sealed.extend_from_slice(tag.as_ref());
    sealed
}

fn open(cipher: &RandomizedNonceKey, place: Place<'_>, sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, ciphertext) = sealed.strip_prefix(&[SEALED])?.split_at_checked(NONCE_LEN)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let mut value = ciphertext.to_vec();
    let length = cipher.open_in_place(nonce, Aad::from(place.associated_data()), &mut value).ok()?.len();
    value.truncate(length);
    Some(value)
}

fn derive(secret: &[u8; KEY_BYTES], purpose: &[u8]) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, &derive_bytes(secret, purpose))
}

fn derive_bytes(secret: &[u8; KEY_BYTES], purpose: &[u8]) -> [u8; KEY_BYTES] {
    let mut bytes = [0; KEY_BYTES];
    hkdf::Salt::new(hkdf::HKDF_SHA256, b"meldeport")
        .extract(secret)
        .expand(&[purpose], hkdf::HKDF_SHA256)
        .and_then(|it| it.fill(&mut bytes))
        .expect("HKDF-SHA-256 gives 32 bytes");
    bytes
}

#[cfg(test)]
mod tests {
    use super::Keys;
    use super::KeysFault;
    use super::Place;
    use super::Sealer;
    use super::Vault;
    use crate::storage::StoreError;
    use uuid::Uuid;

    const HERE: Place<'_> = Place { table: "messages", column: "body", row: b"row one" };

    #[test]
    fn a_sealed_value_opens_where_it_was_sealed_and_nowhere_else() {
        let sealer = Sealer::on(Vault::new(Keys::generate()), &[7; 32]);
        let key = sealer.new_data_key(Uuid::from_u128(1));

        let sealed = key.seal(HERE, b"a value");

        assert_eq!(key.open(HERE, &sealed).unwrap(), b"a value");
        for place in [Place { row: b"row two", ..HERE }, Place { column: "summary", ..HERE }] {
            assert!(matches!(key.open(place, &sealed), Err(StoreError::Inconsistent { .. })));
        }
    }

    #[test]
    fn no_bit_of_a_sealed_value_can_be_changed() {
        let key = Sealer::on(Vault::new(Keys::generate()), &[7; 32]).new_data_key(Uuid::from_u128(1));
        let sealed = key.seal(HERE, b"a value");

        for position in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[position] ^= 1;
            assert!(key.open(HERE, &changed).is_err(), "byte {position}");
        }
        for length in 0..sealed.len() {
            assert!(key.open(HERE, &sealed[..length]).is_err(), "first {length} bytes");
        }
    }

    #[test]
    fn an_old_key_opens_and_the_newest_seals() {
        let message = Uuid::from_u128(1);
        let old = Keys::generate();
        let before = Sealer::on(Vault::new(old.clone()), &[7; 32]).new_data_key(message);
        let both = format!("{}{}", old.to_text().reveal(), Keys::generate().to_text().reveal());
        let both = Keys::parse(&both).unwrap();
        let newest = both.ids().last().unwrap().to_owned();

        let sealer = Sealer::on(Vault::new(both), &[7; 32]);

        let sealed = before.seal(HERE, b"a value");
        let again = sealer.data_key(message, before.wrapped().cloned()).unwrap();
        assert_eq!(again.open(HERE, &sealed).unwrap(), b"a value");
        assert_eq!(sealer.new_data_key(message).wrapped().unwrap().key_id, newest);
    }

    #[test]
    fn another_key_under_the_same_id_is_told_by_its_id() {
        let message = Uuid::from_u128(1);
        let ours = Keys::generate();
        let id = ours.ids().next().unwrap().to_owned();
        let kept = Sealer::on(Vault::new(ours), &[7; 32]).new_data_key(message).wrapped().cloned();
        let other = Keys::generate().to_text().reveal().split_once(':').unwrap().1.to_owned();

        let sealer = Sealer::on(Vault::new(Keys::parse(&format!("{id}:{other}")).unwrap()), &[7; 32]);

        assert!(matches!(sealer.data_key(message, kept), Err(StoreError::Sealed { key_id }) if key_id == id));
    }

    #[test]
    fn a_bad_line_of_keys_is_told_by_its_number_and_without_the_key() {
        let good = Keys::generate().to_text();
        let good = good.reveal();

        assert_eq!(Keys::parse("# only a comment\n").unwrap_err(), KeysFault::None);
        assert_eq!(Keys::parse(&format!("{good}short:AAAA\n")).unwrap_err(), KeysFault::Line { line: 2 });
        assert!(matches!(Keys::parse(&format!("{good}{good}")), Err(KeysFault::Repeated { line: 2, .. })));
        assert!(!format!("{:?}", Keys::parse(good).unwrap()).contains(good.split_once(':').unwrap().1.trim()));
    }

    #[test]
    fn the_blind_index_is_the_same_for_the_same_person_and_differs_between_databases() {
        let one = Sealer::on(Vault::new(Keys::generate()), &[7; 32]);
        let other = Sealer::on(Vault::new(Keys::generate()), &[8; 32]);

        assert_eq!(one.person_index("123456 78901"), one.person_index("12345678901"));
        assert_ne!(one.person_index("12345678901"), other.person_index("12345678901"));
        assert_ne!(one.person_index("12345678901"), one.login_index("12345678901"));
    }
}
