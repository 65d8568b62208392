//! `meldeport serve`: the daemon.

use crate::app::House;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::cli::load;
use crate::clock::SystemClock;
use crate::telemetry;
use clap::Args;
use std::path::Path;
use std::sync::Arc;

#[derive(Args, Debug)]
#[command(
    after_help = "SIGTERM and SIGINT close the house: nothing new is taken, what is held is finished. A second one lets go at once.\nSIGHUP reads the unit directory, the rules, the certificates and the lists of revoked certificates again."
)]
pub(super) struct Line {}

pub(super) async fn run(_: Line, config: &Path) -> Result<Exit, Stop> {
    let file = config.to_owned();
    let config = load(config)?;
    telemetry::install(&config.log).map_err(|fault| Stop::Said(Exit::Configuration, fault.to_string()))?;
    let house = House::open_from(&config, Some(file), Arc::new(SystemClock)).await?;
    house.run_until_stopped().await?;
    Ok(Exit::Fine)
}
