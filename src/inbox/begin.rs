//! The front page of those who see no report: an auditor, one who administers the directory. What they came to do, instead of
//! lists that are always empty.

use crate::inbox::House;
use crate::inbox::contacts;
use crate::inbox::factor;
use crate::inbox::fault::Fault;
use crate::inbox::people;
use crate::inbox::people::Hint;
use crate::inbox::session::SignedIn;
use crate::inbox::setup;
use crate::inbox::texts::Words;
use crate::inbox::told;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

#[derive(Template)]
#[template(path = "begin.html")]
struct BeginPage {
    page: Page,
    t: Words,
    /// Whether the person has no role anywhere.
    no_unit: bool,
    hints: Vec<Hint>,
    places: Vec<Place>,
}

/// Where one can go, and what for.
struct Place {
    href: String,
    name: &'static str,
    about: &'static str,
}

/// Whether the person sees any report at all.
pub(super) fn is_for(who: &SignedIn) -> bool {
    who.sights().is_empty()
}

pub(super) async fn draw(house: &House, who: &SignedIn) -> Result<Response, Fault> {
    let t = Words(who.language);
    let place = |href: &str, name, about| Place { href: href.to_owned(), name, about };
    let places = [
        (!told::units(who).is_empty()).then(|| place(told::PATH, t.told(), t.told_text())),
        people::keeps_people(who).then(|| place(people::PATH, t.people(), t.people_intro())),
        (!setup::units(who).is_empty()).then(|| place(setup::PATH, t.setup(), t.setup_intro())),
        Some(place(
            &format!("{}?lang={}", contacts::PATH, who.language.tag()),
            t.contacts_heading(),
            t.contacts_intro(),
        )),
        Some(place(setup::LINKS, t.links_page(), t.begin_links())),
        who.session.proof.provider.is_empty().then(|| place(factor::ACCOUNT, t.account(), t.begin_account())),
    ];
    let page = BeginPage {
        page: Page::signed_in(house, who, t.begin()),
        t,
        no_unit: who.memberships.iter().all(|it| !it.holds(who.at)),
        hints: people::hints(house, who).await?,
        places: places.into_iter().flatten().collect(),
    };
    Ok(html(StatusCode::OK, &page))
}
