//! What a list is narrowed to, as conditions. All of it stands in the indexes of the lists.

use super::engine::Engine;
use super::engine::Statement;
use crate::domain::ReportKind;
use crate::storage::Due;
use crate::storage::ListFilter;

/// As conditions that follow others, on columns of `items`.
pub(super) fn filter_by<E: Engine>(statement: &mut Statement<E>, filter: &ListFilter) {
    let ListFilter {
        kind,
        need,
        dimension,
        reporter,
        sender,
        age_group,
        urgent,
        responsible,
        due,
        plan,
        team,
        coordinated,
        municipality,
    } = filter;
    if filter.would_tell() {
        statement.push(" AND protected = 0");
    }
    if let Some(kind) = kind {
        statement.push(" AND kind = ").value(kind.as_str());
    }
    if let Some(reporter) = reporter {
        statement.push(" AND reporter = ").value(reporter.code());
    }
    if let Some(sender) = sender {
        statement.push(" AND sender_name = ").value(sender.as_str());
    }
    if let Some(age_group) = age_group {
        statement.push(" AND age_group = ").value(age_group.code());
    }
    if let Some(urgent) = urgent {
        statement.push(" AND place_in_line = ").value(super::inbox::place_in_line(*urgent));
    }
    if let Some(responsible) = responsible {
        statement.push(" AND responsible = ").value(responsible.0);
    }
    if let Some(Due { from, before }) = due {
        statement.push(" AND (first_answer_at IS NULL OR heard_at IS NOT NULL) AND deadline < ").value(*before);
        if let Some(from) = from {
            statement.push(" AND deadline >= ").value(*from);
        }
    }
    if let Some(plan) = plan {
        statement.push(" AND plan = ").value(plan.code());
    }
    if let Some(team) = team {
        statement.push(" AND team = ").value(team.code());
    }
    match coordinated {
        Some((true, day)) => {
            statement.push(" AND coordinated_until >= ").value(day.to_string());
        }
        Some((false, day)) => {
            statement.push(" AND (coordinated_until IS NULL OR coordinated_until < ").value(day.to_string()).push(")");
            statement.push(" AND kind NOT IN ").list(ReportKind::without_need());
        }
        None => {}
    }
    if let Some(municipality) = municipality {
        statement.push(" AND municipality = ").value(municipality.as_str());
    }
    // Last, since they cost most.
    if let Some(need) = need {
        statement.push(" AND ' ' || needs || ' ' LIKE ").value(among(need.code())).push(" ESCAPE '!'");
    }
    if let Some(dimension) = dimension {
        statement.push(" AND ' ' || dimensions || ' ' LIKE ").value(among(dimension.code())).push(" ESCAPE '!'");
    }
}

/// Codes stand with blanks between. `_` is a wildcard unless it is escaped.
fn among(code: &str) -> String {
    format!("% {} %", code.replace('_', "!_"))
}
