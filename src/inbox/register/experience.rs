//! A case without anybody in it, for exchange of experience: codes and lengths of time, and nothing that anybody has written.
//! Read by those who may read the case, and journalled; a graded case is never made into one.

use crate::domain::ActKind;
use crate::domain::Detailed;
use crate::domain::ItemId;
use crate::domain::Report;
use crate::domain::Share;
use crate::domain::Timestamp;
use crate::domain::Wish;
use crate::inbox::House;
use crate::inbox::access;
use crate::inbox::fault::Fault;
use crate::inbox::item;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::storage::CaseDetail;
use askama::Template;
use axum::extract::Path;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use std::sync::Arc;

/// A week. Microseconds.
const WEEK: i64 = 7 * 86_400 * 1_000_000;

#[derive(Template)]
#[template(path = "experience.html")]
struct ExperiencePage {
    page: Page,
    t: Words,
    back: String,
    facts: Vec<(&'static str, String)>,
    course: Vec<(String, String)>,
}

pub(super) async fn show(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let t = Words(who.language);
    let fault = |it| Fault::store(who.language, it);
    let id: ItemId = id.parse().map_err(|_| Fault::absent(who.language))?;
    let looked = access::look(&house, &who, id).await?;
    access::require(&house, &who, &looked, Wish::Read).await?;
    let row = &looked.detail.row;
    if row.protected {
        return Err(Fault::absent(who.language));
    }
    if row.share == Share::Awareness {
        return Err(Fault::only_awareness(who.language));
    }
    if !row.state.shows_content() {
        return Err(Fault::not_opened(who.language));
    }
    let read = item::read(&house, &who, &looked.detail).await?.ok_or_else(|| Fault::absent(who.language))?;
    let case = item::case(&house, row).await.map_err(fault)?;
    house.journal_about(row.message, who.actor(), "experience_viewed", "").await.map_err(fault)?;
    let page = ExperiencePage {
        page: Page::signed_in(&house, &who, t.experience()),
        t,
        back: format!("/items/{id}"),
        facts: facts(&read.report, &row.needs, &case, t),
        course: course(&case, row.received_at, t),
    };
    Ok(html(StatusCode::OK, &page))
}

/// Codes in words. A report that is no report of need has only its needs as they were classified.
fn facts(report: &Report, needs: &[String], case: &CaseDetail, t: Words) -> Vec<(&'static str, String)> {
    let word = |code: &str| super::page::case_word(t, code);
    let mut facts = Vec::new();
    let needs: Vec<_> = needs.iter().map(|it| t.need_short(it)).collect();
    facts.push((t.register_need(), needs.join(", ")));
    if let Some(need) = report.need() {
        facts.push((t.register_sector(), t.code("MelderKategori", need.reporter.category.code())));
        let services: Vec<_> = need.services.iter().map(|it| t.code("TjenesteType", &it.kind)).collect();
        facts.push((t.experience_services(), services.join(", ")));
    }
    let case = &case.case;
    facts.push((t.register_outcome(), case.outcome.map(|it| word(it.0.code())).unwrap_or_default()));
    facts.push((t.register_plan(), case.plan.map(|it| word(it.0.code())).unwrap_or_default()));
    facts.push((t.statistics_unmet(), case.unmet_need.map(|it| word(it.code())).unwrap_or_default()));
    let kinds: Vec<_> = case.coordinators.iter().map(|it| word(it.kind.code())).collect();
    facts.push((t.coordinator_kind(), kinds.join(", ")));
    facts.retain(|it| !it.1.is_empty());
    facts
}

/// What was done and in which week since it came, with the codes that belong to it. Never a text, a name, a unit or a day.
fn course(case: &CaseDetail, received_at: Timestamp, t: Words) -> Vec<(String, String)> {
    let events = case.events.iter().filter(|it| !it.undone && it.act != ActKind::Undo);
    events
        .map(|it| {
            let week = it.at.0.saturating_sub(received_at.0).max(0) / WEEK + 1;
            let mut said = t.act_kind(it.act).to_owned();
            for (what, value) in &it.details {
                if matches!(what, Detailed::Code | Detailed::Step)
                    && let Some(code) = t.case_code(value.reveal())
                {
                    said.push_str(": ");
                    said.push_str(code);
                }
            }
            (t.experience_week(week.unsigned_abs()), said)
        })
        .collect()
}
