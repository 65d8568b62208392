//! The commands as a person types them: help, data, exit status.

mod help;
mod judge;
mod keep;
mod operate;
mod roles;

use meldeport::app;
use meldeport::clock::SystemClock;
use meldeport::config::Config;
use meldeport::trial::Ports;
use meldeport::trial::World;
use std::path::Path;
use std::process::Command;
use std::process::Output;

fn meldeport(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_meldeport"))
        .args(arguments)
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .env_remove("MELDEPORT_CONFIG")
        .output()
        .unwrap()
}

fn corpus(file: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(file).display().to_string()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A made-up world whose gateway has never run.
fn new_world() -> (tempfile::TempDir, World) {
    let folder = tempfile::tempdir().unwrap();
    let world = World::make(folder.path(), Ports::free().unwrap(), &SystemClock).unwrap();
    (folder, world)
}

/// A made-up world with the store and keys of a gateway that does not run now.
fn world() -> (tempfile::TempDir, World) {
    let (folder, world) = new_world();
    make_store(&world);
    (folder, world)
}

fn make_store(world: &World) {
    let config = Config::load(&world.config()).unwrap();
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        app::open_sqlite_store(&config).await.unwrap_or_else(|it| panic!("{it:?}")).close().await;
    });
}

fn in_world(world: &World, arguments: &[&str]) -> Output {
    let config = world.config().display().to_string();
    meldeport(&[arguments, &["--config", &config]].concat())
}

fn lines(output: &Output) -> Vec<serde_json::Value> {
    text(&output.stdout).lines().map(|it| serde_json::from_str(it).unwrap()).collect()
}
