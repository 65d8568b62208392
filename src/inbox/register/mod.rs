//! Overview for those who work with or lead a whole unit: the register of reported needs, the coordinators, the statistics.
//!
//! No patient is named on any of these pages: the reference leads to the case, where reading is decided and journalled. Every
//! download is a line in the journal, with its filter.

mod coordinators;
mod count;
mod experience;
mod mask;
mod overview;
mod page;
mod report;
pub(in crate::inbox) mod sheet;
mod statistics;
mod wanted;

use crate::domain::Denial;
use crate::domain::Sight;
use crate::domain::Which;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::session::SignedIn;
use axum::Router;
use axum::routing::get;
use axum::routing::post;
use std::sync::Arc;

pub(super) const OVERVIEW: &str = "/oversikt";
pub(super) const PATH: &str = "/register";
pub(super) const STATISTICS: &str = "/statistikk";
const COORDINATORS: &str = "/register/coordinators";
const CONTACT: &str = "/register/coordinators/contact";
const REPORT: &str = "/statistikk/rapport";

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new()
        .route(OVERVIEW, get(overview::show))
        .route(PATH, get(page::show))
        .route("/register.csv", get(page::csv))
        .route("/register.json", get(page::json))
        .route("/register.xlsx", get(page::xlsx))
        .route(COORDINATORS, get(coordinators::show))
        .route(CONTACT, post(coordinators::contact))
        .route("/register/coordinators.csv", get(coordinators::csv))
        .route("/register/coordinators.json", get(coordinators::json))
        .route("/register/coordinators.xlsx", get(coordinators::xlsx))
        .route(STATISTICS, get(statistics::show))
        .route("/statistikk.csv", get(statistics::csv))
        .route("/statistikk.json", get(statistics::json))
        .route("/statistikk.xlsx", get(statistics::xlsx))
        .route(REPORT, get(report::show))
        .route("/items/{id}/experience", get(experience::show))
}

/// The units that this person sees as a whole: as case worker, secretary, leader or system coordinator.
pub(super) fn overview(who: &SignedIn) -> Vec<Sight> {
    let mut sights = who.sights();
    sights.retain(|it| it.which == Which::All);
    sights
}

/// As [`overview`]; goes on only when there is one.
fn required(who: &SignedIn) -> Result<Vec<Sight>, Fault> {
    let sights = overview(who);
    if sights.is_empty() { Err(Fault::denied(who.language, Denial::NotByRole)) } else { Ok(sights) }
}

async fn journal(house: &House, who: &SignedIn, action: &'static str, detail: String) -> Result<(), Fault> {
    house.journal(who.actor(), action, detail).await.map_err(|it| Fault::store(who.language, it))
}
