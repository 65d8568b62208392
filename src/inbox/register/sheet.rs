//! A table that can be drawn, and downloaded as CSV, JSON and XLSX: what is seen is what is downloaded.

use crate::domain::Language;
use crate::inbox::fault::Fault;
use crate::inbox::item;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::Workbook;
use rust_xlsxwriter::XlsxError;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;
use std::fmt::Write as _;

/// What spreadsheets take for the beginning of a formula; some also take the wide forms of East Asian keyboards.
const FORMULA_STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
/// Characters that the name of a worksheet may not have, and how many it may have.
const NOT_IN_A_NAME: [char; 8] = ['[', ']', ':', '*', '?', '/', '\\', '\''];
const NAME_CHARACTERS_MAX: usize = 31;
/// Characters that a cell may have.
const CELL_CHARACTERS_MAX: usize = 32_767;

/// A table of texts.
#[derive(Default)]
pub(in crate::inbox) struct Sheet {
    /// The key for machines, and the heading for people.
    pub columns: Vec<(&'static str, &'static str)>,
    pub rows: Vec<Vec<String>>,
    /// Keys of the columns that hold whole numbers.
    pub numbers: &'static [&'static str],
    /// For each row, what machines get beside the words: codes, which are the same in every language. Empty: nothing.
    pub codes: Vec<Map<String, Value>>,
}

impl Sheet {
    /// With semicolons, as Norwegian spreadsheets expect, quoted where needed, and with no cell that is a formula.
    pub(in crate::inbox) fn csv(&self) -> String {
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

    /// Numbers as numbers, nothing as null, and the codes beside the words.
    pub(super) fn json(&self) -> Value {
        let cell = |key: &str, it: &String| match it.parse::<u64>() {
            Ok(number) if self.numbers.contains(&key) => json!(number),
            _ if it.is_empty() => Value::Null,
            _ => json!(it),
        };
        let row = |(index, row): (usize, &Vec<String>)| -> Value {
            let cells = self.columns.iter().zip(row).map(|((key, _), it)| ((*key).to_owned(), cell(key, it)));
            cells.chain(self.codes.get(index).cloned().unwrap_or_default()).collect::<Map<_, _>>().into()
        };
        self.rows.iter().enumerate().map(row).collect()
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

/// A workbook with one worksheet for each table. Every cell is a string, so that none is a formula or a date of the program's
/// own making.
fn workbook(sheets: &[(String, Sheet)]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let heading = Format::new().set_bold();
    for (number, (name, sheet)) in (1..).zip(sheets) {
        let page = book.add_worksheet();
        page.set_name(sheet_name(name, number))?;
        for (column, (_, said)) in (0..).zip(&sheet.columns) {
            page.write_string_with_format(0, column, *said, &heading)?;
        }
        for (line, row) in (1..).zip(&sheet.rows) {
            for (column, cell) in (0..).zip(row) {
                let cell: String = cell.chars().take(CELL_CHARACTERS_MAX).collect();
                page.write_string(line, column, cell)?;
            }
        }
        page.set_freeze_panes(1, 0)?;
        page.autofit();
    }
    book.save_to_buffer()
}

/// What a program takes for a name, and no two alike.
fn sheet_name(name: &str, number: usize) -> String {
    let plain: String = name.chars().map(|it| if NOT_IN_A_NAME.contains(&it) { ' ' } else { it }).collect();
    let named = format!("{number} {}", plain.trim());
    named.chars().take(NAME_CHARACTERS_MAX).collect()
}

/// The tables as a workbook. `name` is ours, and says nothing about anybody.
pub(super) async fn xlsx_file(name: &str, sheets: Vec<(String, Sheet)>, language: Language) -> Result<Response, Fault> {
    let made = item::blocking(language, move || workbook(&sheets)).await?;
    let bytes = made.map_err(|it| Fault::bug(language, &it.to_string()))?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let disposition = format!("attachment; filename=\"{name}.xlsx\"");
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response())
}

/// As a file. `name` is ours, and says nothing about anybody.
pub(in crate::inbox) fn csv_file(name: &str, text: &str) -> Response {
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
    use super::sheet_name;
    use super::workbook;
    use flate2::read::DeflateDecoder;
    use serde_json::Map;
    use serde_json::json;
    use std::io::Read as _;

    /// The files of a ZIP, by its central directory.
    fn unzip(bytes: &[u8]) -> Vec<(String, String)> {
        let two = |at: usize| usize::from(u16::from_le_bytes(bytes[at..at + 2].try_into().unwrap()));
        let four = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
        let end = bytes.windows(4).rposition(|it| it == b"PK\x05\x06").unwrap();
        let mut at = four(end + 16);
        let mut files = Vec::new();
        for _ in 0..two(end + 10) {
            let (method, packed, start) = (two(at + 10), four(at + 20), four(at + 42));
            let name = String::from_utf8(bytes[at + 46..at + 46 + two(at + 28)].to_vec()).unwrap();
            let from = start + 30 + two(start + 26) + two(start + 28);
            let packed = &bytes[from..from + packed];
            let mut text = String::new();
            match method {
                0 => text.push_str(std::str::from_utf8(packed).unwrap()),
                8 => drop(DeflateDecoder::new(packed).read_to_string(&mut text).unwrap()),
                other => panic!("method {other}"),
            }
            files.push((name, text));
            at += 46 + two(at + 28) + two(at + 30) + two(at + 32);
        }
        files
    }

    #[test]
    fn a_workbook_has_the_same_cells_and_all_of_them_are_strings() {
        let sheet = Sheet {
            columns: vec![("one", "En"), ("two", "To")],
            rows: vec![
                vec!["=HYPERLINK(\"x\")".to_owned(), "=1+1".to_owned()],
                vec!["2026-01-01".to_owned(), "12".to_owned()],
            ],
            ..Sheet::default()
        };
        let other = Sheet { columns: vec![("of", "Av")], rows: vec![vec!["–".to_owned()]], ..Sheet::default() };

        let files = unzip(&workbook(&[("Register".to_owned(), sheet), ("Register".to_owned(), other)]).unwrap());

        let text = |name: &str| &files.iter().find(|it| it.0 == name).unwrap().1;
        for page in ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"] {
            assert!(!text(page).contains("<f>") && !text(page).contains("<f "), "no formula");
            let cells = text(page).matches("<c ").count();
            assert_eq!(text(page).matches(" t=\"s\"").count(), cells, "every cell is a string");
        }
        let strings = text("xl/sharedStrings.xml");
        for cell in ["En", "=HYPERLINK(\"x\")", "=1+1", "2026-01-01", "12", "–"] {
            assert!(strings.contains(&format!(">{cell}</t>")), "{cell}: {strings}");
        }
        assert!(
            text("xl/workbook.xml").contains("name=\"1 Register\"")
                && text("xl/workbook.xml").contains("name=\"2 Register\"")
        );
    }

    #[test]
    fn a_name_of_a_worksheet_is_one_that_programs_take() {
        assert_eq!(sheet_name("Hva: [alt]/noe?", 3), "3 Hva   alt  noe");
        assert_eq!(sheet_name(&"å".repeat(50), 12).chars().count(), 31);
    }

    #[test]
    fn no_cell_becomes_a_formula_or_two_cells() {
        let sheet = Sheet {
            columns: vec![("one", "En"), ("two", "To")],
            rows: vec![
                vec!["=HYPERLINK(\"x\")".to_owned(), "a;b".to_owned()],
                vec!["+1".to_owned(), "\"ja\"\n".to_owned()],
                vec!["–".to_owned(), "2026-01-01".to_owned()],
            ],
            ..Sheet::default()
        };

        let csv = sheet.csv();

        let expected = "En;To\r\n\"'=HYPERLINK(\"\"x\"\")\";\"a;b\"\r\n\"'+1\";\"\"\"ja\"\"\n\"\r\n–;2026-01-01\r\n";
        assert_eq!(csv, expected);
        assert_eq!(sheet.json()[2]["two"], "2026-01-01");
    }

    #[test]
    fn machines_get_numbers_as_numbers_nothing_as_null_and_codes_beside_words() {
        let codes = |it: &str| Map::from_iter([("kind_code".to_owned(), json!(it))]);
        let sheet = Sheet {
            columns: vec![("kind", "Type"), ("persons", "Personer"), ("reference", "Vedtak"), ("until", "Til")],
            rows: vec![["Barnekoordinator", "12", "12", ""].map(str::to_owned).to_vec()],
            numbers: &["persons"],
            codes: vec![codes("BARNEKOORDINATOR")],
        };

        let row = json!({
            "kind": "Barnekoordinator", "kind_code": "BARNEKOORDINATOR", "persons": 12, "reference": "12", "until": null,
        });
        assert_eq!(sheet.json(), json!([row]));
        assert_eq!(sheet.csv(), "Type;Personer;Vedtak;Til\r\nBarnekoordinator;12;12;\r\n", "the table is as it was");
    }
}
