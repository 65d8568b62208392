//! What is kept as JSON in a column: findings, and the summary of an item.

use crate::domain::Severity;
use crate::storage::ItemSummary;
use crate::storage::KeptFinding;
use serde::Deserialize;
use serde::Serialize;

/// A finding as JSON in the database.
#[derive(Serialize, Deserialize)]
struct FindingColumns {
    code: String,
    severity: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    xpath: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
    text: String,
}

pub(super) fn findings_to_text(findings: &[KeptFinding]) -> String {
    let findings: Vec<_> = findings
        .iter()
        .map(|it| FindingColumns {
            code: it.code.clone(),
            severity: it.severity.label().to_owned(),
            xpath: it.xpath.clone(),
            line: it.line,
            column: it.column,
            text: it.text.clone(),
        })
        .collect();
    json(&findings)
}

pub(in crate::storage::sql) fn findings_from_text(text: &str) -> Option<Vec<KeptFinding>> {
    let findings: Vec<FindingColumns> = serde_json::from_str(text).ok()?;
    let severity =
        |label: &str| [Severity::Info, Severity::Warning, Severity::Error].into_iter().find(|it| it.label() == label);
    findings
        .into_iter()
        .map(|it| {
            Some(KeptFinding {
                severity: severity(&it.severity)?,
                code: it.code,
                xpath: it.xpath,
                line: it.line,
                column: it.column,
                text: it.text,
            })
        })
        .collect()
}

/// A summary as JSON, before it is sealed.
#[derive(Serialize, Deserialize)]
struct SummaryColumns {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    sender: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    born: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    writer: Option<String>,
}

pub(in crate::storage::sql) fn summary_to_bytes(summary: &ItemSummary) -> Vec<u8> {
    json(&SummaryColumns {
        name: summary.person_name.clone(),
        id: summary.person_id.clone(),
        sender: summary.sender.clone(),
        born: summary.born.map(|it| it.to_string()),
        writer: summary.writer.clone(),
    })
    .into_bytes()
}

pub(in crate::storage::sql) fn summary_from_bytes(bytes: &[u8]) -> Option<ItemSummary> {
    let columns: SummaryColumns = serde_json::from_slice(bytes).ok()?;
    let born = columns.born.as_ref().and_then(|it| it.parse().ok());
    let SummaryColumns { name, id, sender, born: _, writer } = columns;
    Some(ItemSummary { person_name: name, person_id: id, sender, born, writer })
}

pub(super) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts, numbers and lists of them are always JSON")
}
