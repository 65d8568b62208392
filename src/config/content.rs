//! `[content]`: help texts and references to law besides those that are built in.

use crate::config::Config;
use crate::config::ConfigError;
use crate::inbox::Content;
use serde::Deserialize;
use std::path::PathBuf;

/// `[content]`.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Default)]
#[serde(default, deny_unknown_fields)]
pub struct ContentConfig {
    /// Files, or folders whose `.toml` files are all read.
    pub files: Vec<PathBuf>,
}

impl Config {
    /// The content: what is built in, and then the operator's own.
    ///
    /// # Errors
    /// A file cannot be read or used.
    pub fn content(&self) -> Result<Content, ConfigError> {
        Content::parse(&self.content_texts()?).map_err(|fault| ConfigError::wrong(format!("{fault}.")))
    }

    /// Name and text of each of the operator's own files.
    ///
    /// # Errors
    /// A file or folder cannot be read.
    pub fn content_texts(&self) -> Result<Vec<(String, String)>, ConfigError> {
        self.texts_of("content.files", &self.content.files)
    }
}
