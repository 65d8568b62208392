//! Where a request came from, as far as it counts failed attempts. Put there by the listener; never logged.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::convert::Infallible;
use std::net::IpAddr;

/// The network address of a browser. For IPv6 its first half, which is what one household or office has.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Client(pub Option<IpAddr>);

impl Client {
    pub(super) fn text(self) -> String {
        match self.0.map(|it| it.to_canonical()) {
            Some(IpAddr::V4(it)) => it.to_string(),
            Some(IpAddr::V6(it)) => {
                let [a, b, c, d, ..] = it.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
            None => "unknown".to_owned(),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get::<Self>().copied().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::Client;

    #[test]
    fn an_address_counts_as_one_household() {
        let text = |it: &str| Client(Some(it.parse().unwrap())).text();

        assert_eq!(text("192.0.2.7"), "192.0.2.7");
        assert_eq!(text("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(text("2001:db8:1:2:3:4:5:6"), text("2001:db8:1:2:ffff::"));
        assert_eq!(Client(None).text(), "unknown");
    }
}
