//! What the operator decides about the interface for case systems.

use serde::Deserialize;
use serde::Serialize;

/// `[inbox.api]`: the interface `/api/v1`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ApiConfig {
    /// Whether it answers at all.
    pub enabled: bool,
    /// Requests of one case system in one minute; also of all who come without a token that holds, together.
    pub requests_per_minute_max: u32,
    /// Changes in one page.
    pub page_rows_max: u32,
}

impl Default for ApiConfig {
    fn default() -> Self {
        Self { enabled: true, requests_per_minute_max: 600, page_rows_max: 100 }
    }
}
