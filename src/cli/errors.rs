//! `meldeport errors`: the registry of codes as a page or as JSON. `manual/errors.md` is this print.

use crate::cli::Exit;
use crate::domain::Code;
use crate::domain::Language;
use clap::Args;
use serde_json::json;
use std::fmt::Write;

#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  meldeport errors > errors.md\n  meldeport errors MP-431\n  meldeport errors --json | jq .id"
)]
pub(super) struct Line {
    /// Only this code, such as MP-301
    code: Option<String>,
    /// One JSON object per code and line
    #[arg(long)]
    json: bool,
}

pub(super) fn run(line: &Line) -> Exit {
    let chosen: Vec<Code> = match &line.code {
        None => Code::ALL.to_vec(),
        Some(id) => match Code::from_id(id) {
            Some(code) => vec![code],
            None => {
                eprintln!("meldeport: there is no code {id}. All codes: meldeport errors");
                return Exit::No;
            }
        },
    };
    if line.json {
        for code in chosen {
            println!("{}", as_json(code));
        }
    } else {
        print!("{}", page(&chosen));
    }
    Exit::Fine
}

fn as_json(code: Code) -> serde_json::Value {
    let entry = code.entry();
    let said = |language| json!({ "text": entry.text.in_language(language), "mend": entry.mend.in_language(language) });
    json!({
        "id": entry.id,
        "label": entry.label,
        "severity": entry.severity.label(),
        "blame": entry.blame.label(),
        "retry": entry.retry.label(),
        "http": entry.http,
        "ebxml": entry.ebxml.label(),
        "apprec": entry.apprec.map(|it| it.code()),
        "family": entry.family.map(|it| it.key()),
        "nb": said(Language::Nb),
        "nn": said(Language::Nn),
        "en": said(Language::En),
    })
}

/// The codes as a page in Markdown.
pub fn page(codes: &[Code]) -> String {
    let mut page = String::from(
        "# Codes\n\nEvery way Meldeport can say that something is wrong, or worth knowing. Printed by `meldeport errors`; a code is never\n\
         reused. *AppRec* is the code of national list 8221 that stands beside ours in the receipt. A finding never holds a value\n\
         from the message.\n",
    );
    let mut block = "";
    for code in codes {
        let entry = code.entry();
        let heading = heading(entry.id);
        if heading != block {
            block = heading;
            let _ = write!(page, "\n## {heading}\n");
        }
        let _ = write!(
            page,
            "\n### {} `{}`\n\n{} · {}'s to mend · send again: {} · HTTP {} · ebXML {} · AppRec {} · strictness: {}\n\n",
            entry.id,
            entry.label,
            entry.severity.label(),
            entry.blame.label(),
            entry.retry.label(),
            entry.http,
            entry.ebxml.label(),
            entry.apprec.map_or("–", |it| it.code()),
            entry.family.map_or("fixed", |it| it.key()),
        );
        for language in Language::ALL {
            let (text, mend) = (entry.text.in_language(language), entry.mend.in_language(language));
            let _ = writeln!(page, "- **{}** {text} *{mend}*", language.tag());
        }
    }
    page
}

fn heading(id: &str) -> &'static str {
    match id.as_bytes().get(3) {
        Some(b'1') => "1xx: peer and trust",
        Some(b'2') => "2xx: envelope",
        Some(b'3') => "3xx: schema",
        Some(b'4') => "4xx: business rules and routing",
        Some(b'5') => "5xx: delivery out",
        Some(b'6') => "6xx: the interface for case systems",
        _ => "9xx: our own house",
    }
}
