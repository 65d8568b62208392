//! Small drawings of our own that stand beside a word, never instead of one.

use std::fmt;

/// A drawing, 16 by 16, in the colour of the text around it. Hidden from screen readers: the word says it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Icon {
    Envelope,
    Eye,
    Person,
    Check,
    Info,
    Warning,
    Stop,
    Tray,
    Clip,
    Haste,
    Shield,
    Clock,
    Back,
}

impl Icon {
    const fn drawing(self) -> &'static str {
        match self {
            Self::Envelope => r#"<rect x="1.5" y="3.5" width="13" height="9" rx="1"/><path d="m2 4.5 6 5 6-5"/>"#,
            Self::Eye => {
                r#"<path d="M1 8s2.6-4.5 7-4.5S15 8 15 8s-2.6 4.5-7 4.5S1 8 1 8z"/><circle cx="8" cy="8" r="2"/>"#
            }
            Self::Person => r#"<circle cx="8" cy="5" r="2.8"/><path d="M2.5 14.5c.4-3.4 2.6-5 5.5-5s5.1 1.6 5.5 5"/>"#,
            Self::Check => r#"<path d="m2.5 8.5 3.8 4 7.2-9"/>"#,
            Self::Info => r#"<circle cx="8" cy="8" r="6.5"/><path d="M8 7.2v4M8 4.6v.2"/>"#,
            Self::Warning => r#"<path d="M8 1.8 15 14H1z"/><path d="M8 6.2v3.6M8 12v.1"/>"#,
            Self::Stop => {
                r#"<path d="M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3z"/><path d="M8 4.6v4.2M8 11.2v.1"/>"#
            }
            Self::Tray => {
                r#"<path d="M1.5 9.5h3.8L6.5 11.5h3l1.2-2h3.8v4h-13z"/><path d="M8 1.5v6M5.5 5.2 8 7.7l2.5-2.5"/>"#
            }
            Self::Clip => {
                r#"<path d="m13 7.5-5.2 5.3a3.2 3.2 0 0 1-4.6-4.5l5.6-5.6a2.1 2.1 0 0 1 3 3l-5.5 5.6a1 1 0 0 1-1.4-1.4l5-5.1"/>"#
            }
            Self::Haste => r#"<path d="M8 1.8v8M8 13.4v.2"/>"#,
            Self::Shield => r#"<path d="M8 1.3 13.5 3v4.6c0 3.4-2.2 5.8-5.5 7.1-3.3-1.3-5.5-3.7-5.5-7.1V3z"/>"#,
            Self::Back => r#"<path d="M6 2.5 2.5 6 6 9.5"/><path d="M2.5 6H10a3.7 3.7 0 0 1 0 7.5H6"/>"#,
            Self::Clock => r#"<circle cx="8" cy="8" r="6.5"/><path d="M8 4.2V8l2.6 1.8"/>"#,
        }
    }
}

impl fmt::Display for Icon {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, r#"<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">{}</svg>"#, self.drawing())
    }
}

/// Every drawing is a constant of ours.
impl askama::filters::HtmlSafe for Icon {}
