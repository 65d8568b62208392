//! Which AppRec a sender gets.

use crate::domain::AppRecVersion;

/// From its registration, else by its message's type, else as it asks.
///
/// Nothing national says which version goes with which message (standards/FACTS.md b.1); the dialogue messages are older or
/// newer than AppRec 1.1, and a system that sends the one understands the receipt of its time. Our own report says nothing.
pub fn version(registered: Option<AppRecVersion>, message_type: Option<&str>, asked: AppRecVersion) -> AppRecVersion {
    let by_type = match message_type {
        Some("DIALOG_HELSEFAGLIG") => Some(AppRecVersion::V1_1),
        Some(it) if it.starts_with("DIALOG_") => Some(AppRecVersion::V1_0),
        Some(_) | None => None,
    };
    registered.or(by_type).unwrap_or(asked)
}

#[cfg(test)]
mod tests {
    use super::version;
    use crate::domain::AppRecVersion::V1_0;
    use crate::domain::AppRecVersion::V1_1;

    #[test]
    fn registration_comes_before_the_message_and_the_message_before_the_wish() {
        assert_eq!(version(Some(V1_0), Some("DIALOG_HELSEFAGLIG"), V1_1), V1_0);
        assert_eq!(version(None, Some("DIALOG_HELSEFAGLIG"), V1_0), V1_1);
        assert_eq!(version(None, Some("DIALOG_NOTAT"), V1_1), V1_0);
        assert_eq!(version(None, Some("BEHOVSMELDING"), V1_0), V1_0);
        assert_eq!(version(None, None, V1_1), V1_1);
    }
}
