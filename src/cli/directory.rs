//! `meldeport directory`: the unit directory as a document with its history, and where nobody receives.

use crate::app;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::cli::load;
use crate::clock::Clock;
use crate::clock::SystemClock;
use crate::domain::Language;
use clap::Args;
use clap::Subcommand;
use serde_json::json;
use std::path::Path;

/// Versions that the document tells of.
const REVISIONS_MAX: u32 = 1000;

#[derive(Args, Debug)]
pub(super) struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Write rules, units, agreements, routines, trials and every change as one document
    #[command(
        after_help = "For a quality system. The document is Markdown; --json has the same for machines. Changes are those that a gateway has taken into use; a file says who made its last change:\n\n  [changed]\n  by = \"Kari Systemkoordinator\"\n  why = \"Ny samarbeidsavtale\"\n\nExample:\n  meldeport directory export > oppsett.md"
    )]
    Export {
        /// One JSON object
        #[arg(long)]
        json: bool,
        /// nb, nn or en
        #[arg(long, default_value = "nb", value_parser = language)]
        language: Language,
    },
    /// List the municipalities of the directory that nobody receives for today
    #[command(after_help = "Exit status 1: there is at least one.")]
    Gaps {
        /// One JSON object per municipality
        #[arg(long)]
        json: bool,
    },
}

fn language(said: &str) -> Result<Language, String> {
    Language::ALL.into_iter().find(|it| it.tag() == said).ok_or_else(|| "write nb, nn or en".to_owned())
}

pub(super) async fn run(line: Line, file: &Path) -> Result<Exit, Stop> {
    let config = load(file)?;
    let (directory, today) = (app::directory(&config)?, SystemClock.now().date_in_norway());
    match line.command {
        Command::Export { json, language } => {
            let revisions = app::open_store(&config).await?.revisions(REVISIONS_MAX).await?;
            let document = app::config_document(&directory, &revisions, None, language, today);
            if json {
                println!("{}", document.json);
            } else {
                print!("{}", app::document_text(&document));
            }
            Ok(Exit::Fine)
        }
        Command::Gaps { json } => {
            let missing = app::without_receiver(&directory, today);
            for it in &missing {
                if json {
                    println!("{}", json!({ "municipality": it }));
                } else {
                    println!("{it}: nobody receives for it today.");
                }
            }
            Ok(if missing.is_empty() { Exit::Fine } else { Exit::No })
        }
    }
}
