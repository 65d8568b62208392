//! A value about a person, kept from logs by its type.

use std::fmt;

/// A value that never reaches a log: `Debug` prints `[redacted]`, and there is no `Display`.
///
/// Reading the value is a visible act: [`Redacted::reveal`]. Search for that word to find every place where
/// personal data is used.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Redacted<T>(T);

impl<T> Redacted<T> {
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself. The caller takes on the duty that it does not reach a log, a metric, an error or a notice.
    pub const fn reveal(&self) -> &T {
        &self.0
    }

    pub fn into_inner(self) -> T {
        self.0
    }

    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Redacted<U> {
        Redacted(change(self.0))
    }
}

impl<T> From<T> for Redacted<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> fmt::Debug for Redacted<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[redacted]")
    }
}

#[cfg(test)]
mod tests {
    use super::Redacted;

    #[test]
    fn debug_never_prints_the_value() {
        let name = Redacted::new("Kari Prøve".to_owned());

        assert_eq!(format!("{name:?}"), "[redacted]");
        assert_eq!(format!("{:?}", Some(name)), "Some([redacted])");
    }
}
