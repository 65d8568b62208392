//! `meldeport backup` and `meldeport restore`: a copy of the store, and the way back.

use crate::app;
use crate::app::Replaces;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::cli::load;
use crate::cli::status;
use crate::cli::status::Gateway;
use crate::storage::Actor;
use clap::Args;
use std::path::Path;
use std::path::PathBuf;

#[derive(Args, Debug)]
#[command(
    after_help = "Taken while the gateway runs: one consistent moment of everything that has been committed. The copy is opened and its journal proved before the command says that it is done. What is sealed stays sealed: keep the key file too, and keep it apart from the copy. For PostgreSQL use pg_dump.\n\nExamples:\n  meldeport backup /backup/meldeport-$(date +%F).db\n\nExit status 75: the file is there already, or cannot be written."
)]
pub(super) struct Line {
    /// Where to; must not exist
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

#[derive(Args, Debug)]
#[command(
    after_help = "Stop the gateway first. The copy is opened with the keys and its journal proved before anything is changed; the store that was there is kept under another name.\n\nA sender whose message came after the copy was taken has its receipt, and will not send again: ask the senders for what they sent since, and put aside the store that was replaced until you know.\n\nExamples:\n  systemctl stop meldeport; meldeport restore --replace /backup/meldeport-2026-11-22.db; systemctl start meldeport\n\nExit status 1: the copy cannot be used, a store is there, or the gateway runs."
)]
pub(super) struct RestoreLine {
    /// The copy
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Put aside the store that is there
    #[arg(long)]
    replace: bool,
}

pub(super) async fn run(line: Line, config: &Path) -> Result<Exit, Stop> {
    let config = load(config)?;
    let lines = app::back_up(&config, &line.file, Actor::Operator(super::operator())).await?;
    println!("{} holds everything up to now; its journal is whole: {lines} lines.", line.file.display());
    Ok(Exit::Fine)
}

pub(super) async fn restore(line: RestoreLine, config: &Path) -> Result<Exit, Stop> {
    let config = load(config)?;
    match status::ask(&config).await {
        Gateway::Silent => {}
        Gateway::Ready | Gateway::NotReady(_) => {
            return Err(Stop::Said(Exit::No, "the gateway runs; stop it first: systemctl stop meldeport".to_owned()));
        }
    }
    let replaces = if line.replace { Replaces::TheStore } else { Replaces::Nothing };
    let by = Actor::Operator(super::operator());
    let (lines, before) = app::restore(&config, &line.file, replaces, by).await?;
    println!("{} is in its place; its journal is whole: {lines} lines.", line.file.display());
    println!(
        "Everybody is signed out, no one-time link holds, also to the form, and openings of graded cases are asked for anew.\n\
         Drafts of the form from then are there again for who wrote them. See again to what was ended since the copy was taken: accounts,\n\
         roles, tokens of case systems, passwords, second factors, and who people are at providers."
    );
    if let Some(before) = before {
        println!("What was there is kept as {}.", before.display());
    }
    Ok(Exit::Fine)
}
