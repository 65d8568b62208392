//! The log: one line per event, to standard error, as text for people or as JSON.

use crate::telemetry::Event;
use serde::Deserialize;
use std::io;
use std::panic;
use tracing::Dispatch;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// How the log is written.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogConfig {
    pub format: LogFormat,
    /// `error`, `warn`, `info`, `debug` or `trace` for our own events; libraries then speak only from `warn` up. Or a list
    /// of directives of your own, such as `info,meldeport::work=debug`.
    pub level: String,
}

/// Who reads the log.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    #[default]
    Human,
    /// One object per line.
    Json,
}

impl Default for LogConfig {
    fn default() -> Self {
        Self { format: LogFormat::default(), level: "info".to_owned() }
    }
}

/// What is wrong with the settings of the log.
#[derive(Debug, thiserror::Error)]
pub enum LogFault {
    #[error("«{0}» is not a log level; write error, warn, info, debug or trace")]
    Level(String),
    #[error("a log has been set up already")]
    AlreadySetUp(#[source] tracing::dispatcher::SetGlobalDefaultError),
}

/// Sets up the log of the whole process, on standard error, and has panics told there. Once per process.
pub fn install(config: &LogConfig) -> Result<(), LogFault> {
    let log = dispatch(config, std::io::stderr)?;
    tracing::dispatcher::set_global_default(log).map_err(LogFault::AlreadySetUp)?;
    panic::set_hook(Box::new(tell_panic));
    Ok(())
}

/// A log that writes to `writer`; for tests, and for commands that keep their log apart.
pub fn dispatch<W>(config: &LogConfig, writer: W) -> Result<Dispatch, LogFault>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = filter(&config.level)?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer);
    Ok(match config.format {
        LogFormat::Human => {
            let log = log.map_writer(OneLine);
            Dispatch::new(log.with_ansi(false).with_target(false).compact().finish())
        }
        LogFormat::Json => Dispatch::new(log.json().flatten_event(true).with_span_list(false).finish()),
    })
}

/// A writer to which each event is one line: what a sender put into a value can neither begin a line nor steer a terminal.
struct OneLine<W>(W);

impl<'a, W: MakeWriter<'a>> MakeWriter<'a> for OneLine<W> {
    type Writer = OneLine<W::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        OneLine(self.0.make_writer())
    }
}

impl<W: io::Write> io::Write for OneLine<W> {
    /// An event comes whole, with the line's end that belongs to it.
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let said = String::from_utf8_lossy(event);
        let line = said.strip_suffix('\n').unwrap_or(&said);
        if line.chars().any(char::is_control) {
            let mut shown = String::with_capacity(line.len() + 16);
            for it in line.chars() {
                if it.is_control() {
                    shown.extend(it.escape_default());
                } else {
                    shown.push(it);
                }
            }
            shown.push('\n');
            self.0.write_all(shown.as_bytes())?;
        } else {
            self.0.write_all(event)?;
        }
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn filter(level: &str) -> Result<EnvFilter, LogFault> {
    let level = level.trim();
    let is_list = level.contains([',', '=']);
    // A bare word that is no level would be taken for the name of a module, and then nothing of ours would be told.
    let is_level = level.parse::<tracing::Level>().is_ok();
    let directives = if is_level { format!("warn,meldeport={level}") } else { level.to_owned() };
    match is_level || is_list {
        true => EnvFilter::builder().parse(directives).map_err(|_| LogFault::Level(level.to_owned())),
        false => Err(LogFault::Level(level.to_owned())),
    }
}

/// Where it happened, and what was said if that was written in the source. What a panic put together at run time is not
/// told: it may hold a value from a message.
fn tell_panic(panicked: &panic::PanicHookInfo<'_>) {
    let place = panicked.location().map_or_else(|| "unknown".to_owned(), ToString::to_string);
    let said = panicked.payload().downcast_ref::<&'static str>().copied().unwrap_or("withheld; see the place");
    tracing::error!(event = %Event::Panicked, place, said, "a bug of ours: a panic");
}

#[cfg(test)]
mod tests {
    use super::LogConfig;
    use super::LogFormat;
    use super::dispatch;
    use crate::telemetry::Captured;
    use crate::telemetry::Event;

    fn written(config: &LogConfig) -> String {
        let captured = Captured::default();
        tracing::dispatcher::with_default(&dispatch(config, captured.clone()).unwrap(), || {
            tracing::info!(event = %Event::Started, "message.id" = 7, "up");
            tracing::debug!(event = %Event::Stopped, "not told");
            tracing::info!(target: "hyper", "not ours");
        });
        captured.text()
    }

    #[test]
    fn json_is_one_object_per_line_with_the_fields_at_the_top() {
        let text = written(&LogConfig { format: LogFormat::Json, ..LogConfig::default() });

        let lines: Vec<serde_json::Value> = text.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0]["event"], "started");
        assert_eq!(lines[0]["message.id"], 7);
        assert_eq!(lines[0]["message"], "up");
    }

    #[test]
    fn people_get_a_line_without_colour_codes() {
        let text = written(&LogConfig::default());

        assert_eq!(text.lines().count(), 1);
        assert!(text.contains("INFO") && text.contains("event=started") && !text.contains('\u{1b}'), "{text}");
    }

    #[test]
    fn a_value_with_line_breaks_is_still_one_line() {
        for format in [LogFormat::Human, LogFormat::Json] {
            let captured = Captured::default();
            let config = LogConfig { format, ..LogConfig::default() };
            tracing::dispatcher::with_default(&dispatch(&config, captured.clone()).unwrap(), || {
                let id = "a\n2026-11-22T00:00:00Z ERROR event=panicked\r\u{1b}[2J\u{85}b";
                tracing::info!(event = %Event::MessageSettled, "message.id" = %id, debugged = ?id, "settled");
            });
            let text = captured.text();

            assert_eq!(text.lines().count(), 1, "{text}");
            let steers = |it: char| it.is_ascii_control() || format == LogFormat::Human && it.is_control();
            assert!(!text.trim_end_matches('\n').contains(steers), "{text:?}");
            assert!(text.contains("panicked"), "nothing is lost: {text}");
        }
    }

    #[test]
    fn a_level_that_does_not_exist_is_refused() {
        for level in ["loud", "meldeport=loud", ""] {
            let config = LogConfig { level: level.to_owned(), ..LogConfig::default() };
            assert!(dispatch(&config, std::io::sink).is_err(), "«{level}» was taken");
        }
    }
}
