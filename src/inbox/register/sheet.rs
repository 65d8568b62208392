//! A table that can be drawn, and downloaded as CSV and JSON: what is seen is what is downloaded.

use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;
use std::fmt::Write as _;

/// What spreadsheets take for the beginning of a formula.
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A table of texts.
pub(super) struct Sheet {
    /// The key for machines, and the heading for people.
    pub columns: Vec<(&'static str, &'static str)>,
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// With semicolons, as Norwegian spreadsheets expect, quoted where needed, and with no cell that is a formula.
    pub(super) fn csv(&self) -> String {
        let mut text = String::new();
        self.write_csv(&mut text);
        text
    }

    pub(super) fn write_csv(&self, text: &mut String) {
        line(text, self.columns.iter().map(|(_, heading)| *heading));
        for row in &self.rows {
            line(text, row.iter().map(String::as_str));
        }
    }

    pub(super) fn json(&self) -> Value {
        let row = |row: &Vec<String>| -> Value {
            let cells = self.columns.iter().zip(row);
            cells.map(|((key, _), cell)| ((*key).to_owned(), json!(cell))).collect::<Map<_, _>>().into()
        };
        self.rows.iter().map(row).collect()
    }
}

fn line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (index, it) in cells.enumerate() {
        if index > 0 {
            text.push(';');
        }
        cell(text, it);
    }
    text.push_str("\r\n");
}

fn cell(text: &mut String, it: &str) {
    let guard = if it.starts_with(FORMULA_STARTS) { "'" } else { "" };
    if guard.is_empty() && !it.contains([';', '"', '\n', '\r']) {
        text.push_str(it);
    } else {
        write!(text, "\"{guard}{}\"", it.replace('"', "\"\"")).expect("writing to a String never fails");
    }
}

/// As a file. `name` is ours, and says nothing about anybody.
pub(super) fn csv_file(name: &str, text: &str) -> Response {
    // The mark tells spreadsheets that it is UTF-8.
    file(format!("{name}.csv"), "text/csv; charset=utf-8", format!("\u{feff}{text}"))
}

pub(super) fn json_file(name: &str, value: &Value) -> Response {
    file(format!("{name}.json"), "application/json", value.to_string())
}

fn file(name: String, kind: &'static str, text: String) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], text).into_response()
}

#[cfg(test)]
mod tests {
    use super::Sheet;

    #[test]
    fn no_cell_becomes_a_formula_or_two_cells() {
        let sheet = Sheet {
            columns: vec![("one", "En"), ("two", "To")],
            rows: vec![
                vec!["=HYPERLINK(\"x\")".to_owned(), "a;b".to_owned()],
                vec!["+1".to_owned(), "\"ja\"\n".to_owned()],
                vec!["–".to_owned(), "2026-01-01".to_owned()],
            ],
        };

        let csv = sheet.csv();

        let expected = "En;To\r\n\"'=HYPERLINK(\"\"x\"\")\";\"a;b\"\r\n\"'+1\";\"\"\"ja\"\"\n\"\r\n–;2026-01-01\r\n";
        assert_eq!(csv, expected);
        assert_eq!(sheet.json()[2]["two"], "2026-01-01");
    }
}
