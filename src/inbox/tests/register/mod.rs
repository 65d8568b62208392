//! The register, the coordinators, and the statistics.

mod coordinators;
mod few;
mod list;
mod statistics;

use crate::domain::Act;
use crate::domain::Acting;
use crate::domain::Authority;
use crate::domain::Colleague;
use crate::domain::Coordinator;
use crate::domain::CoordinatorDuty;
use crate::domain::CoordinatorKind;
use crate::domain::Overlap;
use crate::domain::Redacted;
use crate::domain::UnitId;
use crate::inbox::tests::support::*;
use crate::storage::Acted;
use crate::storage::CaseStore;
use crate::storage::Deed;
use jiff::civil::Date;
use jiff::civil::date;
use std::time::Duration;
use uuid::Uuid;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The day on which the house's clock begins.
const TODAY: Date = date(2026, 10, 5);

const MONTH_BEFORE: Date = date(2026, 9, 1);

async fn appoint(house: &House, planted: &Planted, id: u128, name: &str, kind: CoordinatorKind) {
    appoint_from(house, planted, id, name, kind, MONTH_BEFORE).await;
}

async fn appoint_from(house: &House, planted: &Planted, id: u128, name: &str, kind: CoordinatorKind, from: Date) {
    let coordinator = Coordinator {
        id: Uuid::from_u128(id),
        kind,
        duty: CoordinatorDuty::Main,
        name: text(name),
        staff: None,
        from,
        until: None,
        overlap: Overlap::Unsaid,
        decision: None,
    };
    act(house, planted, Act::AppointCoordinator { coordinator }, Duration::ZERO).await;
}

/// Does an act on a case in Gjerstad, so long after the beginning.
async fn act(house: &House, planted: &Planted, act: Act, after: Duration) {
    let units = vec![UnitId("gjerstad".to_owned())];
    let deed = Deed { item: planted.item, units, act, by: by(after), version: None };
    let acted = house.store.act_on_case(&deed).await.unwrap();
    assert!(matches!(acted, Acted::Done { .. }), "{acted:?}");
}

fn by(after: Duration) -> Acting {
    let who = Colleague { id: Uuid::from_u128(7), name: "Kari Prøve".to_owned() };
    Acting { who, authority: Authority::Own, at: start().plus(after) }
}

fn text(text: &str) -> Redacted<String> {
    Redacted::new(text.to_owned())
}
