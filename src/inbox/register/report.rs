//! The report for leaders: every number of the statistics with a chart beside it, made to be printed on A4. Numbers that are hidden
//! in the statistics are hidden here.

use super::count::Pace;
use super::journal;
use super::mask::Cell;
use super::statistics;
use super::statistics::Asked;
use super::statistics::Counted;
use super::statistics::PaceView;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::moment::Moment;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::inbox::view::unit_name_in;
use askama::Template;
use axum::extract::Query;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use std::sync::Arc;

/// Bars in one chart; the table beside it has the rest.
const BARS_MAX: usize = 12;
/// Characters of a bar's name that there is room for.
const NAME_CHARACTERS_MAX: usize = 34;
/// Width of the longest bar, and the height of each with the room around it. In the units of the picture.
const BAR_WIDTH: u64 = 260;
const BAR_STEP: usize = 26;

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage {
    page: Page,
    t: Words,
    printed: Moment,
    period: String,
    units: String,
    back: String,
    /// Why next to nothing is told.
    few: Option<&'static str>,
    parts: Vec<Part>,
}

/// A table with a chart beside it.
struct Part {
    id: String,
    tells: bool,
    heading: &'static str,
    chart: Option<Chart>,
    columns: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

/// Bars from the left, with their names before them and their numbers after.
struct Chart {
    about: String,
    height: usize,
    bars: Vec<Bar>,
}

struct Bar {
    name: String,
    said: String,
    /// From the top: of the text's line, and of the bar.
    line: usize,
    top: usize,
    width: u64,
    /// From the left: of the number.
    end: u64,
}

pub(super) async fn show(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let t = Words(who.language);
    let told = statistics::read(&house, &who, &asked).await?;
    journal(&house, &who, "overview_exported", format!("report: {}", told.period.query())).await?;
    let quarter = told.period.quarter;
    let quarter = quarter.map_or_else(String::new, |it| format!(", {it}. {}", t.statistics_quarter().to_lowercase()));
    let units: Vec<_> = told.units.iter().map(|it| unit_name_in(&house, it, who.language)).collect();
    let mut parts = Vec::new();
    for (key, heading, paces) in &told.paces {
        let view = statistics::pace_view(heading, paces, t);
        let chart = match *key {
            statistics::EVERYTHING => steps(paces, t),
            _ => waits(heading, paces, t),
        };
        let tells = view.tells();
        let PaceView { heading, columns, rows } = view;
        parts.push(Part { id: (*key).to_owned(), tells, heading, chart, columns, rows });
    }
    parts.extend(told.counts.iter().map(|it| counted(it, t)));
    let page = ReportPage {
        page: Page::signed_in(&house, &who, t.report_leaders()),
        t,
        printed: Moment::of(who.at, who.at, who.language),
        period: format!("{}{quarter}", told.period.year),
        units: units.join(" · "),
        back: format!("{}?{}", super::STATISTICS, told.period.query()),
        few: told.few(t),
        parts,
    };
    Ok(html(StatusCode::OK, &page))
}

fn counted(counted: &Counted, t: Words) -> Part {
    let mut rows: Vec<_> =
        counted.rows.iter().map(|(name, cell)| vec![name.clone(), statistics::said(*cell)]).collect();
    let total = counted.total.filter(|_| !counted.rows.is_empty());
    rows.extend(total.map(|it| vec![t.statistics_total().to_owned(), statistics::said(it)]));
    let bars = counted.rows.iter().filter_map(|(name, cell)| match cell {
        Cell::Told(count) => Some((name.clone(), *count, count.to_string())),
        Cell::Hidden => None,
    });
    Part {
        id: counted.key.to_owned(),
        tells: counted.tells(),
        heading: counted.heading,
        chart: chart(counted.heading, bars.collect(), t),
        columns: vec![counted.heading, t.register_count()],
        rows,
    }
}

/// How long each step took, of all cases together.
fn steps(paces: &[Pace<String>], t: Words) -> Option<Chart> {
    let all = paces.first()?;
    let steps = [
        (t.days_receipt(), all.receipted),
        (t.days_opened(), all.opened),
        (t.days_registered(), all.registered),
        (t.days_coordinator(), all.coordinated),
        (t.days_answered(), all.answered),
        (t.days_closed(), all.closed),
        (t.days_waited(), all.waited),
    ];
    let bars = steps.into_iter().filter_map(|(name, took)| days(name, took, t));
    chart(t.report_steps(), bars.collect(), t)
}

/// How long each waited for the first answer.
fn waits(heading: &str, paces: &[Pace<String>], t: Words) -> Option<Chart> {
    let bars = paces.iter().filter_map(|it| days(&it.of, it.waited, t));
    chart(heading, bars.collect(), t)
}

/// A bar is as long as what is said of it: tenths of a day.
fn days(name: &str, took: Option<u64>, t: Words) -> Option<(String, u64, String)> {
    let tenths = took?;
    let said = format!("{}{}{}", tenths / 10, t.decimal_point(), tenths % 10);
    Some((name.to_owned(), tenths, said))
}

/// `None`: nothing can be shown.
fn chart(heading: &str, mut bars: Vec<(String, u64, String)>, t: Words) -> Option<Chart> {
    bars.truncate(BARS_MAX);
    let most = bars.iter().map(|it| it.1).max()?.max(1);
    let bar = |(number, (name, amount, said)): (usize, (String, u64, String))| {
        let width = amount.saturating_mul(BAR_WIDTH) / most;
        let short: String = name.chars().take(NAME_CHARACTERS_MAX).collect();
        Bar {
            name: if short.len() < name.len() { format!("{short}…") } else { name },
            said,
            line: number * BAR_STEP + 17,
            top: number * BAR_STEP + 4,
            width,
            end: 276 + width,
        }
    };
    let height = bars.len() * BAR_STEP;
    Some(Chart { about: t.report_chart(heading), height, bars: bars.into_iter().enumerate().map(bar).collect() })
}

#[cfg(test)]
mod tests {
    use super::BAR_WIDTH;
    use super::chart;
    use crate::domain::Language;
    use crate::inbox::texts::Words;

    #[test]
    fn the_longest_bar_is_as_long_as_there_is_room_for() {
        let t = Words(Language::Nb);
        let bars = vec![("a".to_owned(), 5, "5".to_owned()), ("å".repeat(40), 10, "10".to_owned())];

        let chart = chart("Behov", bars, t).unwrap();

        assert_eq!(chart.bars.iter().map(|it| it.width).collect::<Vec<_>>(), [BAR_WIDTH / 2, BAR_WIDTH]);
        assert!(chart.bars[1].name.ends_with('…') && chart.bars[0].name == "a");
        assert_eq!(super::chart("Behov", vec![("a".to_owned(), 0, "0".to_owned())], t).unwrap().bars[0].width, 0);
        assert!(super::chart("Behov", Vec::new(), t).is_none());
    }
}
