//! The first page of those who see to a unit: how its reports, plans and coordinators stand, as numbers that lead on. No
//! patient is named, and each number is that of the list behind it.

use super::COORDINATORS;
use super::PATH;
use super::coordinators;
use super::coordinators::Active;
use super::journal;
use super::required;
use super::wanted::Asked as Filter;
use super::wanted::List;
use super::wanted::Wanted;
use crate::domain::ItemState;
use crate::domain::PlanStatus;
use crate::domain::ReportKind;
use crate::domain::Sight;
use crate::domain::StartPage;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::list;
use crate::inbox::session::SignedIn;
use crate::inbox::start;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::inbox::view::unit_name;
use crate::storage::ListFilter;
use crate::storage::RegisterFilter;
use crate::storage::StoreError;
use askama::Template;
use axum::extract::Query;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewPage {
    page: Page,
    t: Words,
    units: String,
    parts: Vec<Part>,
    /// Kind, how many of them, and for how many persons.
    kinds: Vec<(String, usize, usize)>,
    said: bool,
    begins_here: bool,
    key: String,
}

/// Numbers that belong together.
struct Part {
    id: &'static str,
    heading: &'static str,
    numbers: Vec<Number>,
}

/// A number and what it leads to.
struct Number {
    count: u64,
    name: String,
    href: String,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    done: Option<String>,
}

pub(super) async fn show(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let (t, fault) = (Words(who.language), |it: StoreError| Fault::store(who.language, it));
    let sights = required(&who)?;
    let all = Wanted::parse(&Filter::default(), &sights, who.at).ok_or_else(|| Fault::absent(who.language))?;
    let count = async |filter: RegisterFilter| house.inbox.register.register_count(&sights, &filter).await;
    let listed = async |name: &'static str, list: List| {
        let href = format!("{PATH}?list={}", list.word());
        Ok::<_, StoreError>(Number { count: count(all.filter_of(list, who.at)).await?, name: name.to_owned(), href })
    };
    let unread = RegisterFilter { states: vec![ItemState::Unread], ..RegisterFilter::default() };
    let reports = vec![
        listed(t.overview_open(), List::Open).await.map_err(fault)?,
        Number {
            count: count(unread).await.map_err(fault)?,
            name: t.register_unread().to_owned(),
            href: format!("{PATH}?status={}", ItemState::Unread.label()),
        },
        listed(t.register_unassigned(), List::Unassigned).await.map_err(fault)?,
        listed(t.register_overdue(), List::Overdue).await.map_err(fault)?,
        besides(&house, &who, &sights, ReportKind::Withdrawal, t.withdrawals()).await.map_err(fault)?,
        besides(&house, &who, &sights, ReportKind::Question, t.questions_asked()).await.map_err(fault)?,
    ];
    let mut plans = Vec::new();
    for status in PlanStatus::ALL {
        let filter = RegisterFilter { plan: Some(*status), ..RegisterFilter::default() };
        plans.push(Number {
            count: count(filter).await.map_err(fault)?,
            name: super::page::case_word(t, status.code()),
            href: format!("{PATH}?plan={}", status.code()),
        });
    }
    plans.push(listed(t.register_review(), List::Review).await.map_err(fault)?);
    let active = coordinators::active(&house, &sights, who.at.date_in_norway()).await.map_err(fault)?;
    let all_of_them = u64::try_from(active.coordinators).unwrap_or(u64::MAX);
    let coordinators = vec![
        Number { count: all_of_them, name: t.overview_coordinators().to_owned(), href: COORDINATORS.to_owned() },
        listed(t.register_gap(), List::Gap).await.map_err(fault)?,
        listed(t.register_delegated(), List::Delegated).await.map_err(fault)?,
    ];
    let Active { kinds, .. } = active;
    let kinds = kinds.into_iter().map(|(kind, many, persons)| (super::page::case_word(t, kind.code()), many, persons));
    let units: Vec<_> = sights.iter().map(|it| unit_name(&house, &it.unit)).collect();
    journal(&house, &who, "listed", "overview".to_owned()).await?;
    let page = OverviewPage {
        page: Page::signed_in(&house, &who, t.overview()),
        t,
        units: units.join(" · "),
        parts: vec![
            Part { id: "reports", heading: t.overview_reports(), numbers: reports },
            Part { id: "plans", heading: t.overview_plans(), numbers: plans },
            Part { id: "coordinators", heading: t.coordinators(), numbers: coordinators },
        ],
        kinds: kinds.collect(),
        said: asked.done.is_some(),
        begins_here: start::of(&house, &who).await.map_err(fault)? == StartPage::Overview,
        key: who.draw_key(start::CHOOSE),
    };
    Ok(html(StatusCode::OK, &page))
}

/// What is work and reports no need, so that it is in the inbox and not in the register.
async fn besides(
    house: &House,
    who: &SignedIn,
    sights: &[Sight],
    kind: ReportKind,
    name: &str,
) -> Result<Number, StoreError> {
    let filter = ListFilter { kind: Some(kind.code().to_owned()), ..ListFilter::default() };
    let counts = house.inbox.search.filtered_counts(sights, who.user.id, &filter).await?;
    Ok(Number {
        count: list::unit_states().into_iter().map(|it| counts.of(it)).sum(),
        name: name.to_owned(),
        href: format!("/?tab=unit&kind={}", kind.code()),
    })
}
