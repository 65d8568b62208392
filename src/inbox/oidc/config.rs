//! What the operator decides about one provider of identities.

use serde::Deserialize;
use serde::Serialize;
use std::path::PathBuf;

/// A provider of identities (OpenID Connect): HelseID, ID-porten, Ansattporten, Entra ID.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProviderConfig {
    /// Our short name of it, in URLs and in the database. Never changed: people are tied to it.
    pub name: String,
    /// What people read on the button.
    pub label: String,
    /// As the provider calls itself; `/.well-known/openid-configuration` is found below it.
    pub issuer: String,
    pub client_id: String,
    /// The client's private key, PEM (PKCS #8): RSA or EC.
    pub key_file: PathBuf,
    /// The key's id at the provider.
    pub key_id: String,
    /// What the key signs with.
    pub algorithm: ClientAlgorithm,
    /// Whom the client's assertion is meant for.
    pub assertion_audience: AssertionAudience,
    pub scopes: Vec<String>,
    /// The claim that says who a person is, the same each time: `sub`, `pid`, `oid`, `helseid://claims/identity/pid`.
    pub subject_claim: String,
    /// The claim that says the level of assurance: `acr`, `helseid://claims/identity/security_level`.
    pub level_claim: String,
    /// Levels that are enough to sign in. Empty: any.
    pub levels: Vec<String>,
    /// Levels that are enough to open content. Empty: as `levels`.
    pub content_levels: Vec<String>,
    /// What is asked for in `acr_values`. Empty: nothing.
    pub acr_values: String,
    /// The same when content is to be opened. Empty: as `acr_values`.
    pub content_acr_values: String,
    /// A sign-in at the provider that is older than this is not enough. Seconds; 0: any age.
    pub max_age_seconds: u64,
}

impl Default for ProviderConfig {
    fn default() -> Self {
        Self {
            name: String::new(),
            label: String::new(),
            issuer: String::new(),
            client_id: String::new(),
            key_file: PathBuf::new(),
            key_id: String::new(),
            algorithm: ClientAlgorithm::Rs256,
            assertion_audience: AssertionAudience::Issuer,
            scopes: vec!["openid".to_owned()],
            subject_claim: "sub".to_owned(),
            level_claim: "acr".to_owned(),
            levels: Vec::new(),
            content_levels: Vec::new(),
            acr_values: String::new(),
            content_acr_values: String::new(),
            max_age_seconds: 0,
        }
    }
}

/// What the client signs its assertions with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum ClientAlgorithm {
    #[serde(rename = "RS256")]
    Rs256,
    #[serde(rename = "PS256")]
    Ps256,
    #[serde(rename = "ES256")]
    Es256,
}

/// Whom a client's assertion is meant for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssertionAudience {
    Issuer,
    TokenEndpoint,
}

impl ProviderConfig {
    /// Whether `level` is enough to sign in.
    pub(super) fn is_enough(&self, level: &str) -> bool {
        self.levels.is_empty() || self.levels.iter().any(|it| it == level)
    }

    /// Whether `level` is enough to open content.
    pub(in crate::inbox) fn is_enough_for_content(&self, level: &str) -> bool {
        if self.content_levels.is_empty() {
            self.is_enough(level)
        } else {
            self.content_levels.iter().any(|it| it == level)
        }
    }
}
