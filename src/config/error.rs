//! What can be wrong with a configuration, said so that it can be mended.

use std::path::Path;
use std::path::PathBuf;

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("could not read {}", file.display())]
    Unreadable { file: PathBuf, source: std::io::Error },
    /// `said` is a whole sentence for people.
    #[error("{}{said}", file.as_ref().map(|it| format!("{}: ", it.display())).unwrap_or_default())]
    Wrong { file: Option<PathBuf>, said: String },
    /// Faults of a file, in whole sentences that name it, each with its line.
    #[error("{said}")]
    Faults { file: PathBuf, said: String },
}

impl ConfigError {
    /// A fault in a whole sentence.
    pub fn wrong(said: impl Into<String>) -> Self {
        Self::Wrong { file: None, said: said.into() }
    }

    pub(super) fn from_library(error: config::ConfigError) -> Self {
        let said = error.to_string();
        Self::Wrong { file: None, said: with_nearest_name(&said).unwrap_or(said) }
    }

    pub(super) fn in_file(self, path: &Path) -> Self {
        match self {
            Self::Wrong { said, .. } => Self::Wrong { file: Some(path.to_owned()), said },
            named @ (Self::Unreadable { .. } | Self::Faults { .. }) => named,
        }
    }

    /// The file that must be mended, when it is known: the subject of the alarm.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Unreadable { file, .. } | Self::Faults { file, .. } => Some(file),
            Self::Wrong { file, .. } => file.as_deref(),
        }
    }
}

/// From "unknown field `lisen`, expected one of `listen`, …" to a sentence that offers the nearest name.
fn with_nearest_name(said: &str) -> Option<String> {
    let rest = said.split_once("unknown field `")?.1;
    let (unknown, rest) = rest.split_once('`')?;
    let known: Vec<&str> = rest.split('`').skip(1).step_by(2).filter(|it| !it.contains(' ')).collect();
    let place = said.split_once(" for key `").and_then(|(_, it)| it.split_once('`')).map(|(it, _)| it.to_owned());
    let section = place.map(|it| format!(" in [{it}]")).unwrap_or_default();
    if known.is_empty() {
        return None;
    }
    Some(format!("There is no setting `{unknown}`{section}. {}", offer(unknown, &known)))
}

/// The nearest of the known names, or all of them when none is near.
pub(super) fn offer(unknown: &str, known: &[&str]) -> String {
    let distance = |it: &str| strsim::damerau_levenshtein(it, unknown);
    match known.iter().min_by_key(|it| distance(it)).filter(|it| distance(it) <= 3.max(unknown.len() / 3)) {
        Some(nearest) => format!("Did you mean `{nearest}`?"),
        None => format!("Known here: {}.", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    fn fault(text: &str) -> String {
        Config::parse(text, config::Environment::with_prefix("MELDEPORT_TEST_OF_NOTHING")).unwrap_err().to_string()
    }

    #[test]
    fn an_unknown_setting_is_refused_with_the_nearest_name() {
        let said = fault("[limits]\nbytes_maks = 5\n");

        assert!(said.contains("no setting `bytes_maks`") && said.contains("Did you mean `bytes_max`?"), "{said}");
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_told() {
        let said = fault("[limits]\nbytes_max = \"many\"\n");

        assert!(said.contains("bytes_max"), "{said}");
    }
}
