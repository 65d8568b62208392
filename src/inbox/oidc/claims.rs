//! What an ID token must say to be believed. Pure: the signature has been checked before.

use crate::domain::Redacted;
use crate::domain::Timestamp;
use crate::inbox::oidc::config::ProviderConfig;
use serde_json::Map;
use serde_json::Value;
use std::time::Duration;

/// How far clocks may differ.
pub(super) const LEEWAY: Duration = Duration::from_secs(60);

/// What a token is held against.
pub(super) struct Expected<'a> {
    pub provider: &'a ProviderConfig,
    pub nonce: &'a str,
    /// The person must have signed in at the provider then or later.
    pub not_before: Timestamp,
    /// Whether it must be enough to open content.
    pub for_content: bool,
    pub now: Timestamp,
}

/// Somebody whom the provider vouches for.
#[derive(Debug)]
pub(super) struct Identity {
    pub subject: Redacted<String>,
    pub level: String,
    pub proved_at: Timestamp,
}

/// Why a token is not believed. Never holds a value of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub(super) enum NotBelieved {
    #[error("the token is of another issuer")]
    Issuer,
    #[error("the token is meant for another client")]
    Audience,
    #[error("the token has expired, or is from the future")]
    Time,
    #[error("the token answers another question (nonce)")]
    Nonce,
    #[error("the token does not say who it is about")]
    Subject,
    #[error("the level of assurance is too low")]
    Level,
    #[error("the person signed in at the provider too long ago")]
    TooOld,
}

pub(super) fn check(claims: &Map<String, Value>, expected: &Expected<'_>) -> Result<Identity, NotBelieved> {
    let provider = expected.provider;
    if text(claims, "iss") != Some(provider.issuer.as_str()) {
        return Err(NotBelieved::Issuer);
    }
    if !is_for(claims, &provider.client_id) {
        return Err(NotBelieved::Audience);
    }
    let (expires, issued) = (moment(claims, "exp"), moment(claims, "iat"));
    let now = expected.now;
    if expires.is_none_or(|it| it.plus(LEEWAY) <= now) || issued.is_none_or(|it| it > now.plus(LEEWAY)) {
        return Err(NotBelieved::Time);
    }
    if text(claims, "nonce") != Some(expected.nonce) {
        return Err(NotBelieved::Nonce);
    }
    let subject = text(claims, &provider.subject_claim).filter(|it| !it.is_empty()).ok_or(NotBelieved::Subject)?;
    let level = level(claims, &provider.level_claim);
    let enough = if expected.for_content { provider.is_enough_for_content(&level) } else { provider.is_enough(&level) };
    if !enough {
        return Err(NotBelieved::Level);
    }
    let signed_in = moment(claims, "auth_time");
    // Where an age is asked for, the provider must say when it was.
    let asked = expected.not_before > Timestamp(i64::MIN);
    if asked && signed_in.is_none_or(|it| it.plus(LEEWAY) < expected.not_before) {
        return Err(NotBelieved::TooOld);
    }
    let proved_at = signed_in.unwrap_or(now).min(now);
    Ok(Identity { subject: Redacted::new(subject.to_owned()), level, proved_at })
}

/// `aud` is one text or several; with several, `azp` must be us.
fn is_for(claims: &Map<String, Value>, client: &str) -> bool {
    let azp = text(claims, "azp").is_none_or(|it| it == client);
    azp && match claims.get("aud") {
        Some(Value::String(it)) => it == client,
        Some(Value::Array(all)) => {
            all.iter().any(|it| it.as_str() == Some(client)) && (all.len() == 1 || claims.contains_key("azp"))
        }
        Some(_) | None => false,
    }
}

fn text<'a>(claims: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    claims.get(name)?.as_str()
}

/// Some providers say it as a number.
fn level(claims: &Map<String, Value>, name: &str) -> String {
    match claims.get(name) {
        Some(Value::String(it)) => it.clone(),
        Some(Value::Number(it)) => it.to_string(),
        Some(_) | None => String::new(),
    }
}

fn moment(claims: &Map<String, Value>, name: &str) -> Option<Timestamp> {
    let value = claims.get(name)?;
    let seconds = value.as_i64().or_else(|| value.as_f64().map(|it| it as i64))?;
    Some(Timestamp(seconds.checked_mul(1_000_000)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const NOW: Timestamp = Timestamp(1_790_000_000_000_000);
    const SECONDS: i64 = 1_790_000_000;

    fn provider() -> ProviderConfig {
        ProviderConfig {
            issuer: "https://id.example".to_owned(),
            client_id: "meldeport".to_owned(),
            levels: vec!["substantial".to_owned(), "high".to_owned()],
            content_levels: vec!["high".to_owned()],
            ..ProviderConfig::default()
        }
    }

    fn claims() -> Map<String, Value> {
        let claims = json!({
            "iss": "https://id.example", "aud": "meldeport", "sub": "kari", "nonce": "n", "acr": "substantial",
            "exp": SECONDS + 300, "iat": SECONDS, "auth_time": SECONDS - 30,
        });
        claims.as_object().unwrap().clone()
    }

    fn checked(change: Value, for_content: bool, not_before: Timestamp) -> Result<Identity, NotBelieved> {
        let mut claims = claims();
        for (name, value) in change.as_object().unwrap() {
            claims.insert(name.clone(), value.clone());
        }
        let provider = provider();
        check(&claims, &Expected { provider: &provider, nonce: "n", not_before, for_content, now: NOW })
    }

    #[test]
    fn a_token_is_believed_when_all_of_it_fits() {
        let identity = checked(json!({}), false, Timestamp(i64::MIN)).unwrap();

        assert_eq!(identity.subject.reveal(), "kari");
        assert_eq!(identity.level, "substantial");
        assert_eq!(identity.proved_at, Timestamp((SECONDS - 30) * 1_000_000));
        assert!(
            checked(json!({"aud": ["meldeport", "other"], "azp": "meldeport"}), false, Timestamp(i64::MIN)).is_ok()
        );
        assert!(checked(json!({"acr": "high"}), true, NOW.minus(Duration::from_secs(60))).is_ok());
    }

    #[test]
    fn each_thing_that_does_not_fit_has_its_own_no() {
        for (change, expected) in [
            (json!({"iss": "https://id.example/"}), NotBelieved::Issuer),
            (json!({"aud": "other"}), NotBelieved::Audience),
            (json!({"aud": ["meldeport", "other"]}), NotBelieved::Audience),
            (json!({"azp": "other"}), NotBelieved::Audience),
            (json!({"aud": null}), NotBelieved::Audience),
            (json!({"exp": SECONDS - 61}), NotBelieved::Time),
            (json!({"exp": null}), NotBelieved::Time),
            (json!({"iat": SECONDS + 61}), NotBelieved::Time),
            (json!({"nonce": "m"}), NotBelieved::Nonce),
            (json!({"nonce": null}), NotBelieved::Nonce),
            (json!({"sub": ""}), NotBelieved::Subject),
            (json!({"sub": 7}), NotBelieved::Subject),
            (json!({"acr": "low"}), NotBelieved::Level),
            (json!({"acr": null}), NotBelieved::Level),
        ] {
            assert_eq!(checked(change.clone(), false, Timestamp(i64::MIN)).unwrap_err(), expected, "{change}");
        }
        assert_eq!(checked(json!({}), true, Timestamp(i64::MIN)).unwrap_err(), NotBelieved::Level);
        for old in [json!({"auth_time": SECONDS - 3600}), json!({"auth_time": null})] {
            assert_eq!(checked(old, false, NOW).unwrap_err(), NotBelieved::TooOld);
        }
    }
}
