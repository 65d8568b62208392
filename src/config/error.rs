//! What can be wrong with a configuration, said so that it can be mended.

use crate::config::Config;
use serde_json::Value;
use std::path::Path;
use std::path::PathBuf;

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("could not read {}", file.display())]
    Unreadable { file: PathBuf, source: std::io::Error },
    /// `setting` by its full path.
    #[error("could not read {}, which `{setting}` names", file.display())]
    NamedUnreadable { setting: &'static str, file: PathBuf, source: std::io::Error },
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

    /// What the library says of a configuration, in our words. `built`: all that was set, when so much could be read.
    pub(super) fn from_library(error: &config::ConfigError, built: Option<&config::Config>) -> Self {
        let said = error.to_string();
        Self::Wrong { file: None, said: with_nearest_name(&said).or_else(|| in_words(error, built)).unwrap_or(said) }
    }

    pub(super) fn in_file(self, path: &Path) -> Self {
        match self {
            Self::Wrong { said, .. } => Self::Wrong { file: Some(path.to_owned()), said },
            named @ (Self::Unreadable { .. } | Self::NamedUnreadable { .. } | Self::Faults { .. }) => named,
        }
    }

    /// The file that must be mended, when it is known: the subject of the alarm.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Unreadable { file, .. } | Self::NamedUnreadable { file, .. } | Self::Faults { file, .. } => {
                Some(file)
            }
            Self::Wrong { file, .. } => file.as_deref(),
        }
    }
}

/// From "unknown field `lisen`, expected one of `listen`, …" to a sentence that offers the nearest name.
fn with_nearest_name(said: &str) -> Option<String> {
    let rest = said.split_once("unknown field `")?.1;
    let (unknown, rest) = rest.split_once('`')?;
    let (names, place) = rest.split_once(" for key `").unwrap_or((rest, ""));
    let known: Vec<&str> = names.split('`').skip(1).step_by(2).filter(|it| !it.contains(' ')).collect();
    let section = place.split_once('`').map(|(it, _)| format!(" in [{}]", dotted(it))).unwrap_or_default();
    if known.is_empty() {
        return None;
    }
    Some(format!("There is no setting `{unknown}`{section}. {}", offer(unknown, &known)))
}

/// A choice that there is not, a value of the wrong kind, and a setting that is missing, each with its full path.
fn in_words(error: &config::ConfigError, built: Option<&config::Config>) -> Option<String> {
    let key = match error {
        config::ConfigError::At { key: Some(key), .. } | config::ConfigError::Type { key: Some(key), .. } => {
            dotted(key)
        }
        config::ConfigError::NotFound(key) => {
            let key = dotted(key);
            return Some(format!("`{key}`{} is not set, and has no default.", named(&key, built)));
        }
        _ => return None,
    };
    let of = named(&key, built);
    // What a variable sets is not in the file that the sentence begins with.
    let whence = origin(&key, built).map(|it| format!(" It comes from {it}.")).unwrap_or_default();
    let choices = choices(&key);
    if let Some((last, others)) = choices.split_last() {
        let value = built.and_then(|it| it.get_string(&key).ok());
        let value = value.map_or_else(|| "What is written".to_owned(), |it| format!("`{it}`"));
        let all = if others.is_empty() { last.clone() } else { format!("{} or {last}", others.join(", ")) };
        return Some(format!("{value} is not a choice for `{key}`{of}. Choose {all}.{whence}"));
    }
    match error {
        config::ConfigError::Type { unexpected, expected, .. } => {
            Some(format!("`{key}`{of} is {unexpected}, and must be {expected}.{whence}"))
        }
        config::ConfigError::At { error, .. } => Some(format!("`{key}`{of}: {error}.{whence}")),
        _ => None,
    }
}

/// `senders[1]sector` as people write it: `senders[1].sector`.
fn dotted(key: &str) -> String {
    key.replace(']', "].").replace("..", ".").trim_end_matches('.').to_owned()
}

/// Which of several blocks `key` is in, by its own name.
fn named(key: &str, built: Option<&config::Config>) -> String {
    let block = key.rfind(']').map(|end| &key[..=end]);
    let name = block.and_then(|it| built?.get_string(&format!("{it}.name")).ok());
    name.map(|it| format!(" (of `{it}`)")).unwrap_or_default()
}

/// Where the value at `key` was set, when that is not the file.
fn origin(key: &str, built: Option<&config::Config>) -> Option<String> {
    let mut value = built?.cache.clone();
    for step in key.split('.') {
        value = value.into_table().ok()?.remove(step)?;
    }
    value.origin().map(str::to_owned)
}

/// The choices of the setting at `key`, when it is one with choices: a configuration with nothing but a choice there that does not
/// exist is tried, and what is said of it is read.
fn choices(key: &str) -> Vec<String> {
    const NONE_SUCH: &str = "no such choice";
    let mut alone = Value::from(NONE_SUCH);
    for step in key.rsplit('.') {
        let (name, in_list) = step.split_once('[').map_or((step, false), |(name, _)| (name, true));
        let inner = if in_list { Value::Array(vec![alone]) } else { alone };
        alone = Value::Object([(name.to_owned(), inner)].into_iter().collect());
    }
    let said = serde_json::from_value::<Config>(alone).err().map(|it| it.to_string()).unwrap_or_default();
    let known = said.split_once(&format!("unknown variant `{NONE_SUCH}`, expected ")).map_or("", |(_, it)| it);
    known.split('`').skip(1).step_by(2).map(str::to_owned).collect()
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

    #[test]
    fn a_choice_that_there_is_not_is_told_with_those_that_there_are() {
        assert_eq!(
            fault("environment = \"prod\"\n"),
            "`prod` is not a choice for `environment`. Choose production or test."
        );
        assert_eq!(
            fault("[notify.email]\ntls = \"non\"\n"),
            "`non` is not a choice for `notify.email.tls`. Choose required, starttls or none."
        );
        assert_eq!(
            fault("[rules.strictness]\nform = \"no\"\n"),
            "`no` is not a choice for `rules.strictness.form`. Choose accept, remark or reject."
        );
        assert_eq!(
            fault("[https]\nunknown_revocation = 5\n"),
            "`5` is not a choice for `https.unknown_revocation`. Choose refuse or allow."
        );
        assert_eq!(
            fault("[[senders]]\nname = \"a\"\n[[senders]]\nname = \"skole\"\nsector = \"scool\"\n"),
            "`senders[0].display_name` (of `a`) is not set, and has no default."
        );
        assert_eq!(
            fault("[[inbox.providers]]\nname = \"id\"\nalgorithm = \"RS25\"\n"),
            "`RS25` is not a choice for `inbox.providers[0].algorithm` (of `id`). Choose RS256, PS256 or ES256."
        );
        let variable = [("MELDEPORT__STORE__ENGINE".to_owned(), "oracle".to_owned())].into_iter().collect();
        let said = Config::parse("", crate::config::environment().source(Some(variable))).unwrap_err().to_string();
        assert_eq!(
            said,
            "`oracle` is not a choice for `store.engine`. Choose sqlite or postgres. It comes from the environment."
        );
    }

    #[test]
    fn a_name_that_is_near_to_none_is_answered_with_those_of_its_own_section() {
        let said = fault("[api_listener]\nactive = true\n");

        assert_eq!(said, "There is no setting `active` in [api_listener]. Known here: enabled, listen.");
    }

    #[test]
    fn a_file_that_is_not_there_is_told_with_the_setting_that_names_it() {
        let config = Config::parse(
            "[directory]\nfiles = [\"no-such-folder\"]\n",
            config::Environment::with_prefix("MELDEPORT_TEST_OF_NOTHING"),
        )
        .unwrap();

        let said = config.directory_texts().unwrap_err().to_string();

        assert_eq!(said, "could not read no-such-folder, which `directory.files` names");
    }
}
