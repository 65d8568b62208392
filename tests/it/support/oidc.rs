//! A citizen at the provider of identities, and the gateway's side of the agreement with it.

use crate::support::Browser;
use crate::support::Page;
use crate::support::provider::KEY_FILE;
use crate::support::provider::KEY_ID;
use crate::support::provider::Provider;
use meldeport::inbox::AssertionAudience;
use meldeport::inbox::ClientAlgorithm;
use meldeport::inbox::ProviderConfig;

pub struct Oidc(Provider);

impl Oidc {
    /// The provider with Ragna at it. `None`: it is not installed, and nothing is proved.
    pub async fn start() -> Option<Self> {
        let mut provider = Provider::start().await?;
        provider.become_person("ragna", "substantial").await;
        Some(Self(provider))
    }

    pub fn config(&self) -> ProviderConfig {
        ProviderConfig {
            name: "id".to_owned(),
            label: "Prøve-ID".to_owned(),
            issuer: self.0.issuer().to_owned(),
            client_id: "meldeport".to_owned(),
            key_file: self.0.keys().join(KEY_FILE),
            key_id: KEY_ID.to_owned(),
            algorithm: ClientAlgorithm::Es256,
            assertion_audience: AssertionAudience::Issuer,
            levels: vec!["substantial".to_owned(), "high".to_owned()],
            content_levels: vec!["high".to_owned()],
            acr_values: "substantial".to_owned(),
            content_acr_values: "high".to_owned(),
            ..ProviderConfig::default()
        }
    }

    pub async fn become_person(&mut self, sub: &str, acr: &str) {
        self.0.become_person(sub, acr).await;
    }

    /// Follows the browser from our page to the provider and back.
    pub async fn pass(&mut self, browser: &mut Browser, from: &str) -> Page {
        let away = browser.get(from).await.location;
        let back = self.0.pass(&away).await;
        browser.get(&back).await
    }
}
