//! Who asks: a case system with a token that holds, and with its certificate when it is bound to one.

use crate::domain::Code;
use crate::domain::Redacted;
use crate::inbox::House;
use crate::inbox::api::Problem;
use crate::inbox::guard::Caller;
use crate::inbox::language;
use crate::inbox::session::SignedIn;
use crate::inbox::token::Token;
use crate::storage::Proof;
use crate::storage::Session;
use crate::storage::SignInMethod;
use crate::storage::SignInStage;
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use std::sync::Arc;

/// SHA-256 of the client certificate (DER) that a request came with. Put there by the listener for case systems, which has
/// seen that whoever came has its private key; never logged.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ClientCertificate(pub Option<[u8; 32]>);

/// A case system, as one who is signed in: its roles are memberships, and every decision is the same as for people.
pub(in crate::inbox) struct ApiCaller {
    pub who: SignedIn,
}

impl FromRequestParts<Arc<House>> for ApiCaller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, house: &Arc<House>) -> Result<Self, Self::Rejection> {
        let language = language::of_browser(&parts.headers);
        let now = house.now();
        let config = &house.config().api;
        if !config.enabled {
            return Err(Problem::of(Code::ApiRouteUnknown, language));
        }
        let pace = |who| {
            let counted = house.api.count(who, config.requests_per_minute_max, now);
            counted.map_err(|wait| Problem::of(Code::ApiTooManyRequests, language).again_after(wait))
        };
        let Some(brought) = parts.headers.get(header::AUTHORIZATION) else {
            pace(None)?;
            return Err(Problem::of(Code::ApiCredentialMissing, language));
        };
        let token = brought.to_str().ok().and_then(bearer).and_then(Token::parse);
        let Some(token) = token else {
            pace(None)?;
            return Err(Problem::of(Code::ApiCredentialRefused, language));
        };
        let found = house.inbox.api.api_caller(token.sha256(), now).await;
        let found = found.map_err(|it| Problem::from(crate::inbox::fault::Fault::store(language, it)))?;
        let Some(found) = found else {
            pace(None)?;
            tracing::warn!("a case system came with a token that does not hold");
            return Err(Problem::of(Code::ApiCredentialRefused, language));
        };
        pace(Some(found.user.id))?;
        let certificate = parts.extensions.get::<ClientCertificate>().copied().unwrap_or_default();
        let caller = parts.extensions.get::<Caller>().cloned().unwrap_or_default();
        caller.is(found.user.id, &found.user.display_name);
        if found.certificate_sha256.is_some() && found.certificate_sha256 != certificate.0 {
            tracing::warn!(user.id = %found.user.id, "a case system came without the certificate that it is bound to");
            return Err(Problem::of(Code::ApiCertificateDiffers, language));
        }
        let memberships = house.inbox.people.memberships(found.user.id).await;
        let memberships = memberships.map_err(|it| Problem::from(crate::inbox::fault::Fault::store(language, it)))?;
        // It proves itself with every request, by something that it has and that only it has.
        let proof = Proof {
            method: SignInMethod::Password,
            stage: SignInStage::Whole,
            factors: u32::MAX,
            provider: String::new(),
            level: String::new(),
            proved_at: now,
            id_token: None,
        };
        let session = Session {
            token_sha256: token.sha256(),
            user: found.user.id,
            created_at: now,
            seen_at: now,
            expires: now,
            form_secret: Redacted::new(String::new()),
            proof,
        };
        let here = parts.uri.path().to_owned();
        Ok(Self { who: SignedIn { token, session, user: found.user, memberships, at: now, language, here, caller } })
    }
}

/// The token after the word `Bearer`, which is not sensitive to case (RFC 9110 § 11.1).
fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim_start())
}

#[cfg(test)]
mod tests {
    use super::bearer;

    #[test]
    fn only_a_bearer_token_is_one() {
        assert_eq!(bearer("Bearer abc"), Some("abc"));
        assert_eq!(bearer("bearer  abc"), Some("abc"));
        assert_eq!(bearer("Basic abc"), None);
        assert_eq!(bearer("abc"), None);
    }
}
