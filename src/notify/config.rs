//! `[notify]`: how units are told.

use serde::Deserialize;
use std::path::PathBuf;

/// Section `[notify]`.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct NotifyConfig {
    pub email: EmailConfig,
    pub webhook: WebhookConfig,
}

/// Section `[notify.email]`. Without a server, no e-mail is sent.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EmailConfig {
    /// Name of the mail server; its certificate must be for this name. Empty: e-mail is off.
    pub server: String,
    /// 0: 465 with `required`, 587 with `starttls`, 25 with `none`.
    pub port: u16,
    pub tls: EmailTls,
    /// PEM file with the authority that the server's certificate must come from. Empty: the public ones.
    pub ca_file: PathBuf,
    /// Empty: no sign-in.
    pub username: String,
    /// A file whose only line is the password.
    pub password_file: PathBuf,
    /// Our name in EHLO. Empty: the part of `from` after the @.
    pub hello_name: String,
    /// Who the notice comes from, such as `Meldeport <ikke-svar@kommune.no>`.
    pub from: String,
    /// How long one attempt may take.
    pub seconds_max: u64,
}

/// How the talk with the mail server is protected.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmailTls {
    /// TLS from the first byte (RFC 8314).
    #[default]
    Required,
    /// Begins in the clear and goes on only when the server agrees to TLS (RFC 3207).
    Starttls,
    /// In the clear. Only for a mail server on this machine.
    None,
}

impl Default for EmailConfig {
    fn default() -> Self {
        Self {
            server: String::new(),
            port: 0,
            tls: EmailTls::default(),
            ca_file: PathBuf::new(),
            username: String::new(),
            password_file: PathBuf::new(),
            hello_name: String::new(),
            from: String::new(),
            seconds_max: 30,
        }
    }
}

impl EmailConfig {
    pub const fn is_on(&self) -> bool {
        !self.server.is_empty()
    }
}

/// Section `[notify.webhook]`. Units that have a webhook in the unit directory are called.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WebhookConfig {
    /// PEM file with the authority that receivers' certificates must come from. Empty: those that this machine trusts.
    pub ca_file: PathBuf,
    /// How long one attempt may take.
    pub seconds_max: u64,
}

impl Default for WebhookConfig {
    fn default() -> Self {
        Self { ca_file: PathBuf::new(), seconds_max: 15 }
    }
}

/// Settings that no notifier can be made from. Told at start-up and by `meldeport check`.
#[derive(Debug, thiserror::Error)]
pub enum NotifyConfigFault {
    #[error("notify.email.tls is \"none\", but {server} is not this machine; notices would travel in the clear")]
    ClearText { server: String },
    #[error("notify.email.from is «{0}»; it must be an e-mail address")]
    From(String),
    #[error("the inbox address «{0}» is not a web address")]
    Inbox(String),
    #[error("could not read {}", file.display())]
    Unreadable {
        file: PathBuf,
        #[source]
        cause: std::io::Error,
    },
    #[error("{} holds no certificate that can be used", .0.display())]
    NoCertificate(PathBuf),
    #[error("could not set up TLS")]
    Tls(#[source] Box<dyn std::error::Error + Send + Sync>),
}
