//! Secrets that open something once or for a while: one-time links, sessions, form keys.

use crate::domain::Redacted;
use aws_lc_rs::digest;
use aws_lc_rs::rand;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Characters of a token in text: 256 bits as base64url.
pub(super) const TOKEN_CHARACTERS: usize = 43;

/// 256 random bits. Only its SHA-256 is ever stored.
#[derive(Clone, Debug)]
pub struct Token {
    text: Redacted<String>,
    sha256: [u8; 32],
}

impl Token {
    /// A new one, from the operating system's randomness.
    pub fn generate() -> Self {
        Self::of(URL_SAFE_NO_PAD.encode(random::<32>()))
    }

    /// One that somebody has brought; `None` when it cannot be one of ours.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let plausible = text.len() == TOKEN_CHARACTERS
            && text.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_'));
        plausible.then(|| Self::of(text.to_owned()))
    }

    fn of(text: String) -> Self {
        let sha256 = sha256(text.as_bytes());
        Self { text: Redacted::new(text), sha256 }
    }

    /// The token itself, to be handed to the one who may use it, and to nobody else.
    pub const fn text(&self) -> &Redacted<String> {
        &self.text
    }

    /// What the store keeps and looks up.
    pub const fn sha256(&self) -> [u8; 32] {
        self.sha256
    }
}

/// `N` bytes from the operating system's randomness.
pub(super) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::fill(&mut bytes).expect("the operating system gives random bytes, or nothing here is safe to go on with");
    bytes
}

pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    hash
}

#[cfg(test)]
mod tests {
    use super::Token;

    #[test]
    fn a_token_is_recognised_by_its_hash_and_never_printed() {
        let token = Token::generate();

        let brought = Token::parse(token.text().reveal()).unwrap();

        assert_eq!(brought.sha256(), token.sha256());
        assert!(!format!("{token:?}").contains(token.text().reveal()));
        assert!(Token::parse("short").is_none());
        assert!(Token::parse(&"<".repeat(43)).is_none());
    }
}
