//! An AppRec as a person would want to read it.

use crate::wire::apprec;
use crate::wire::apprec::ReadAppRec;

/// The AppRec in the body of an answer.
pub(super) fn receipt(body: &[u8]) -> Option<ReadAppRec> {
    let text = std::str::from_utf8(body).ok()?;
    let tree = roxmltree::Document::parse(text).ok()?;
    apprec::read(&tree)
}

/// Its status, and each error with its place.
pub(super) fn lines(receipt: &ReadAppRec) -> Vec<String> {
    let mark = match receipt.status.code.as_deref() {
        Some("1") => "✓",
        Some("2") => "✗",
        _ => "!",
    };
    let status = receipt.status.name.as_deref().unwrap_or("?");
    let mut lines = vec![format!("{mark} AppRec from {}: {status}", receipt.sender)];
    for error in &receipt.errors {
        let mut parts = error.other.as_deref().unwrap_or_default().splitn(3, " | ");
        let (code, text, place) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next());
        lines.push(format!("  {} {code}  {text}", error.code.as_deref().unwrap_or("?")));
        lines.extend(place.map(|it| format!("      {it}")));
    }
    lines
}
