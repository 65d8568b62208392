//! The configuration as a page and as files: what holds for one's municipality, and who changed what (oppsett).

use crate::domain::Denial;
use crate::domain::MunicipalityNumber;
use crate::domain::Role;
use crate::domain::UnitId;
use crate::inbox::House;
use crate::inbox::contacts::LinkView;
use crate::inbox::fault::Fault;
use crate::inbox::port::ConfigDocument;
use crate::inbox::port::ConfigSection;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use axum::routing::get;
use std::fmt::Write as _;
use std::sync::Arc;

pub(super) const PATH: &str = "/oppsett";
pub(super) const LINKS: &str = "/lenker";

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new()
        .route(PATH, get(show))
        .route("/oppsett.txt", get(text))
        .route("/oppsett.json", get(json))
        .route(LINKS, get(links))
}

/// The units whose configuration the person answers for.
pub(super) fn units(who: &SignedIn) -> Vec<UnitId> {
    let answers = |role: Role| match role {
        Role::Leader | Role::DirectoryAdministrator | Role::SystemCoordinator | Role::Auditor => true,
        Role::CaseWorker | Role::Secretary | Role::Member | Role::Guest | Role::Coordinator => false,
    };
    let held = who.memberships.iter().filter(|it| it.holds(who.at) && answers(it.role));
    let mut units: Vec<UnitId> = held.map(|it| it.unit.clone()).collect();
    units.sort();
    units.dedup();
    units
}

#[derive(Template)]
#[template(path = "setup.html")]
struct SetupPage {
    page: Page,
    t: Words,
    sections: Vec<ConfigSection>,
}

async fn show(State(house): State<Arc<House>>, who: SignedIn) -> Result<Response, Fault> {
    let t = Words(who.language);
    let sections = read(&house, &who, "page").await?.sections;
    Ok(html(StatusCode::OK, &SetupPage { page: Page::signed_in(&house, &who, t.setup()), t, sections }))
}

#[derive(Template)]
#[template(path = "link_list.html")]
struct LinksPage {
    page: Page,
    t: Words,
    links: Vec<LinkView>,
}

/// The links that are set up for everybody, and for the municipalities of one's units (seed L-09).
async fn links(State(house): State<Arc<House>>, who: SignedIn) -> Response {
    let (t, day) = (Words(who.language), who.at.date_in_norway());
    let held: Vec<&UnitId> = who.memberships.iter().filter(|it| it.holds(who.at)).map(|it| &it.unit).collect();
    let contacts = &house.inbox.contacts;
    let is_own = |number: &MunicipalityNumber| {
        let reception = contacts.reception(number, day);
        reception.is_some_and(|it| it.units.iter().any(|unit| held.contains(&&unit.id)))
    };
    let mut links = LinkView::shown(&house, None, t, day);
    for number in contacts.receiving(day).iter().filter(|it| is_own(it)) {
        let more = LinkView::shown(&house, Some(number), t, day);
        links.extend(more.into_iter().filter(|it| !links.iter().any(|known| known.url == it.url)).collect::<Vec<_>>());
    }
    html(StatusCode::OK, &LinksPage { page: Page::signed_in(&house, &who, t.links_page()), t, links })
}

async fn text(State(house): State<Arc<House>>, who: SignedIn) -> Result<Response, Fault> {
    let document = read(&house, &who, "text").await?;
    let mut text = String::new();
    for it in &document.sections {
        writeln!(text, "{} {}\n", "#".repeat(usize::from(it.level)), it.heading)
            .expect("writing to a String never fails");
        for line in it.lines.iter().map(|it| format!("- {it}")).chain(it.code.iter().map(|it| format!("    {it}"))) {
            writeln!(text, "{line}").expect("writing to a String never fails");
        }
        text.push('\n');
    }
    Ok(file("oppsett.txt", "text/plain; charset=utf-8", text))
}

async fn json(State(house): State<Arc<House>>, who: SignedIn) -> Result<Response, Fault> {
    let document = read(&house, &who, "json").await?;
    Ok(file("oppsett.json", "application/json", document.json))
}

async fn read(house: &House, who: &SignedIn, form: &str) -> Result<ConfigDocument, Fault> {
    let (units, fault) = (units(who), |it| Fault::store(who.language, it));
    if units.is_empty() {
        return Err(Fault::denied(who.language, Denial::NotByRole));
    }
    let day = who.at.date_in_norway();
    let document = house.inbox.book.book(&units, who.language, day).await.map_err(fault)?;
    house.journal(who.actor(), "overview_exported", format!("configuration {form}")).await.map_err(fault)?;
    Ok(document)
}

fn file(name: &str, kind: &'static str, text: String) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], text).into_response()
}
