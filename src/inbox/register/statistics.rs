//! Statistics of a year or a quarter, to be read, downloaded and printed for the management. Whole quarters only: with free
//! days, a single person could be calculated from two periods that differ by one.

use super::count::Group;
use super::count::Pace;
use super::count::paces;
use super::journal;
use super::mask::Cell;
use super::mask::QUARTERS;
use super::mask::Shown;
use super::mask::masked;
use super::required;
use super::sheet::Sheet;
use super::sheet::csv_file;
use super::sheet::json_file;
use super::sheet::xlsx_file;
use super::wanted::day_begins;
use crate::domain::ItemState;
use crate::domain::Sight;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::moment::Moment;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::inbox::view::sender_name;
use crate::inbox::view::unit_name_in;
use crate::storage::Counts;
use crate::storage::Figure;
use crate::storage::LiftTold;
use crate::storage::Of;
use crate::storage::Quarter;
use crate::storage::RegisterFilter;
use crate::storage::Stands;
use crate::storage::Statistic;
use askama::Template;
use axum::extract::Query;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// Lifts that are counted.
const LIFTS_MAX: u32 = 20_000;
/// Years that can be chosen, this one included.
const YEARS_OFFERED: i16 = 6;
/// What stands for a number that is not told.
const NOT_TOLD: &str = "–";
/// The table of all cases together.
pub(super) const EVERYTHING: &str = "everything";

#[derive(Template)]
#[template(path = "statistics.html")]
struct StatisticsPage {
    page: Page,
    t: Words,
    printed: Moment,
    period: String,
    units: String,
    years: Vec<(i16, bool)>,
    quarters: Vec<(i8, bool)>,
    query: String,
    /// Why next to nothing is told.
    few: Option<&'static str>,
    counts: Vec<CountView>,
    paces: Vec<PaceView>,
}

struct CountView {
    heading: &'static str,
    tells: bool,
    rows: Vec<Bar>,
    total: String,
}

/// A row of a table, and how long its bar is: of a hundred. `None`: not told.
struct Bar {
    name: String,
    count: String,
    width: Option<u64>,
}

pub(super) struct PaceView {
    pub heading: &'static str,
    pub columns: Vec<&'static str>,
    pub rows: Vec<Vec<String>>,
}

impl PaceView {
    /// Whether there is more in it than dashes and noughts.
    pub(super) fn tells(&self) -> bool {
        self.rows.iter().any(|row| row.iter().skip(1).any(|it| it != NOT_TOLD && it != "0"))
    }
}

#[derive(Clone, Default, Deserialize)]
pub(super) struct Asked {
    year: Option<String>,
    quarter: Option<String>,
}

/// A year or a quarter of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Period {
    pub year: i16,
    pub quarter: Option<i8>,
}

impl Period {
    fn parse(asked: &Asked, today: Date) -> Option<Self> {
        let year = match asked.year.as_deref() {
            None | Some("") => today.year(),
            Some(year) => year.parse().ok()?,
        };
        let quarter = match asked.quarter.as_deref() {
            None | Some("") => None,
            Some(quarter) => Some(quarter.parse().ok()?),
        };
        let offered = (today.year() - YEARS_OFFERED + 1..=today.year()).contains(&year);
        (offered && quarter.is_none_or(|it| (1..=4).contains(&it))).then_some(Self { year, quarter })
    }

    /// First moment, and the first moment after.
    fn bounds(self) -> Option<(Timestamp, Timestamp)> {
        let (first, after) = match self.quarter {
            None => (Date::new(self.year, 1, 1), Date::new(self.year + 1, 1, 1)),
            Some(4) => (Date::new(self.year, 10, 1), Date::new(self.year + 1, 1, 1)),
            Some(it) => (Date::new(self.year, it * 3 - 2, 1), Date::new(self.year, it * 3 + 1, 1)),
        };
        Some((day_begins(first.ok()?)?, day_begins(after.ok()?)?))
    }

    fn quarters(self) -> [Self; QUARTERS] {
        [1, 2, 3, 4].map(|it| Self { year: self.year, quarter: Some(it) })
    }

    fn shown(self) -> Shown {
        let quarter = self.quarter.and_then(|it| usize::try_from(it - 1).ok());
        quarter.map_or(Shown::Year, Shown::Quarter)
    }

    pub(super) fn query(self) -> String {
        let quarter = self.quarter.map(|it| format!("&quarter={it}")).unwrap_or_default();
        format!("year={}{quarter}", self.year)
    }
}

/// Everything that is told, already masked.
pub(super) struct Told {
    pub period: Period,
    pub units: Vec<UnitId>,
    pub counts: Vec<Counted>,
    pub paces: Vec<(&'static str, &'static str, Vec<Pace<String>>)>,
}

impl Told {
    /// What is said instead of many tables of dashes. `None`: there are enough cases for numbers.
    pub(super) fn few(&self, t: Words) -> Option<&'static str> {
        let (_, _, everything) = self.paces.iter().find(|(key, ..)| *key == EVERYTHING)?;
        match everything.first().map(|it| it.cases) {
            None => Some(t.statistics_no_cases()),
            Some(Cell::Hidden) => Some(t.statistics_few()),
            Some(Cell::Told(_)) => None,
        }
    }
}

/// One table of counts.
pub(super) struct Counted {
    pub key: &'static str,
    pub heading: &'static str,
    pub rows: Vec<(String, Cell)>,
    /// `None`: a case can be in several rows, so the sum says nothing.
    pub total: Option<Cell>,
}

impl Counted {
    /// Whether there is more in it than dashes and noughts.
    pub(super) fn tells(&self) -> bool {
        self.rows.iter().any(|(_, cell)| matches!(cell, Cell::Told(1..)))
    }
}

pub(super) async fn show(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let t = Words(who.language);
    let told = read(&house, &who, &asked).await?;
    journal(&house, &who, "listed", format!("statistics: {}", told.period.query())).await?;
    let this_year = who.at.date_in_norway().year();
    let Period { year, quarter } = told.period;
    let quarter_word =
        quarter.map_or_else(String::new, |it| format!(", {it}. {}", t.statistics_quarter().to_lowercase()));
    let units: Vec<_> = told.units.iter().map(|it| unit_name_in(&house, it, who.language)).collect();
    let page = StatisticsPage {
        page: Page::signed_in(&house, &who, t.statistics()),
        t,
        printed: Moment::of(who.at, who.at, who.language),
        period: format!("{year}{quarter_word}"),
        units: units.join(" · "),
        years: (0..YEARS_OFFERED).map(|it| (this_year - it, this_year - it == year)).collect(),
        quarters: (1..=4).map(|it| (it, quarter == Some(it))).collect(),
        query: told.period.query(),
        few: told.few(t),
        counts: told.counts.into_iter().map(count_view).collect(),
        paces: told.paces.iter().map(|(_, heading, paces)| pace_view(heading, paces, t)).collect(),
    };
    Ok(html(StatusCode::OK, &page))
}

/// One table after the other, with an empty line between.
pub(super) async fn csv(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let t = Words(who.language);
    let told = read(&house, &who, &asked).await?;
    journal(&house, &who, "overview_exported", format!("statistics csv: {}", told.period.query())).await?;
    let mut text = String::new();
    for (heading, sheet) in sheets(&told, t) {
        // A table whose first column has no heading says what it is above.
        if sheet.columns.first().is_some_and(|(_, it)| it.is_empty()) {
            writeln!(text, "{heading}\r").expect("writing to a String never fails");
        }
        sheet.write_csv(&mut text);
        text.push_str("\r\n");
    }
    Ok(csv_file("statistics", &text))
}

pub(super) async fn xlsx(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let told = read(&house, &who, &asked).await?;
    journal(&house, &who, "overview_exported", format!("statistics xlsx: {}", told.period.query())).await?;
    let sheets = sheets(&told, Words(who.language));
    xlsx_file("statistics", sheets, who.language).await
}

/// Every table with its heading, as it is downloaded.
fn sheets(told: &Told, t: Words) -> Vec<(String, Sheet)> {
    let count = |it: &Counted| {
        let mut rows: Vec<_> = it.rows.iter().map(|(name, cell)| vec![name.clone(), said(*cell)]).collect();
        rows.extend(it.total.map(|total| vec![t.statistics_total().to_owned(), said(total)]));
        (
            it.heading.to_owned(),
            Sheet { columns: vec![("of", it.heading), ("count", t.register_count())], rows, ..Sheet::default() },
        )
    };
    let pace = |(_, heading, paces): &(&'static str, &'static str, Vec<Pace<String>>)| {
        let view = pace_view(heading, paces, t);
        let columns = view.columns.iter().map(|it| ("", *it)).collect();
        ((*heading).to_owned(), Sheet { columns, rows: view.rows, ..Sheet::default() })
    };
    told.counts.iter().map(count).chain(told.paces.iter().map(pace)).collect()
}

pub(super) async fn json(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let told = read(&house, &who, &asked).await?;
    journal(&house, &who, "overview_exported", format!("statistics json: {}", told.period.query())).await?;
    let mut counts = Map::new();
    for it in &told.counts {
        let rows: Vec<_> = it.rows.iter().map(|(name, cell)| json!({ "of": name, "count": number(*cell) })).collect();
        counts.insert(it.key.to_owned(), json!({ "rows": rows, "total": it.total.map(number) }));
    }
    let mut days = Map::new();
    for (key, _, paces) in &told.paces {
        let pace = |it: &Pace<String>| {
            json!({
                "of": it.of, "cases": number(it.cases), "receipt": tenths(it.receipted), "waited": tenths(it.waited),
                "opened": tenths(it.opened), "registered": tenths(it.registered),
                "coordinator": tenths(it.coordinated), "answered": tenths(it.answered), "closed": tenths(it.closed),
                "overdue": number(it.overdue), "unread": number(it.unread), "unassigned": number(it.unassigned),
                "without_coordinator": number(it.uncoordinated),
            })
        };
        days.insert((*key).to_owned(), paces.iter().map(pace).collect());
    }
    let Period { year, quarter } = told.period;
    let whole = json!({
        "year": year, "quarter": quarter, "as_of": who.at.to_string(), "counts": counts,
        "median_days": days,
    });
    Ok(json_file("statistics", &whole))
}

pub(super) async fn read(house: &House, who: &SignedIn, asked: &Asked) -> Result<Told, Fault> {
    let t = Words(who.language);
    let sights = required(who)?;
    let period = Period::parse(asked, who.at.date_in_norway()).ok_or_else(|| Fault::absent(who.language))?;
    let year = Year::read(house, who, &sights, period).await?;
    let word = |code: &str| super::page::case_word(t, code);
    let set = |it: &str| if it.is_empty() { t.statistics_not_set().to_owned() } else { word(it) };
    let known = |it: &str, name: &dyn Fn(&str) -> String| {
        if it.is_empty() { t.register_unknown().to_owned() } else { name(it) }
    };
    let unmet = |it: &str| if it.is_empty() { t.statistics_none().to_owned() } else { word(it) };
    let cases = |of: Counts, name: &dyn Fn(&str) -> String| {
        year.by_quarter(|quarter| {
            let cases = quarter.statistics.iter().filter(|it| it.what == Figure::Cases(of));
            cases.map(|it| (name(&it.value), it.count)).collect()
        })
    };
    let of_lifts = |name: &dyn Fn(&LiftTold) -> String| {
        year.by_quarter(|quarter| quarter.lifts.iter().map(|it| (name(it), 1)).collect())
    };
    let need = |code: &str| t.need_short(code);
    let sector = |it: &str| known(it, &|it| t.code("MelderKategori", it));
    let sender = |it: &str| known(it, &|it| sender_name(house, it));
    let step = |it: &LiftTold| it.step.as_deref().map_or_else(|| t.register_unknown().to_owned(), word);
    let shown = period.shown();
    let counted = |key, heading, counts, sum| counted(key, heading, counts, sum, shown);
    let one = |key, heading, counts| counted(key, heading, counts, Sum::Told);
    let counts = vec![
        counted("need", t.register_need(), cases(Counts::Need, &need), Sum::SaysNothing),
        one("reporter", t.register_sector(), cases(Counts::Reporter, &sector)),
        one("sender", t.register_sender(), cases(Counts::Sender, &sender)),
        one("age_group", t.register_age(), cases(Counts::AgeGroup, &|it| t.age_group(it).to_owned())),
        one("outcome", t.register_outcome(), cases(Counts::Outcome, &set)),
        one("plan", t.register_plan(), cases(Counts::Plan, &set)),
        one("unmet_need", t.statistics_unmet(), cases(Counts::UnmetNeed, &unmet)),
        one(
            "improvement",
            t.statistics_improvement(),
            cases(Counts::Improvement, &|it| t.yes_no(it == "1").to_owned()),
        ),
        one(
            "relay_log",
            t.statistics_relay_log(),
            cases(Counts::RelayLog, &|it| t.relay_log_said(it == "1").to_owned()),
        ),
        one("lift_reason", t.statistics_lifts(), of_lifts(&|it| word(&it.reason))),
        one("lift_step", t.report_lift_steps(), of_lifts(&step)),
        transfers(t, &year, shown),
    ];
    let everything = |_: &Statistic, of: &Of| (*of == Of::All).then(|| t.report_everything().to_owned());
    let units = |it: &Statistic, of: &Of| (*of == Of::All).then(|| unit_name_in(house, &it.unit, who.language));
    let needs = |_: &Statistic, of: &Of| match of {
        Of::Need(code) => Some(need(code)),
        Of::All | Of::Sender(_) => None,
    };
    let senders = |_: &Statistic, of: &Of| match of {
        Of::Sender(name) => Some(sender(name)),
        Of::All | Of::Need(_) => None,
    };
    let paces = |name: &dyn Fn(&Statistic, &Of) -> Option<String>| {
        let quarters = year.quarters.each_ref().map(|it| groups(it.statistics.iter(), name));
        paces(&groups(year.shown(shown), name), &quarters, shown)
    };
    let paces = vec![
        (EVERYTHING, t.report_steps(), paces(&everything)),
        ("units", t.statistics_units(), paces(&units)),
        ("needs", t.statistics_needs(), paces(&needs)),
        ("senders", t.report_senders(), paces(&senders)),
    ];
    Ok(Told { period, units: sights.into_iter().map(|it| it.unit).collect(), counts, paces })
}

/// How long things took, and how cases stand, by the name that a figure's group is given. `None`: it is in none.
fn groups<'a>(
    statistics: impl Iterator<Item = &'a Statistic>,
    name: &dyn Fn(&Statistic, &Of) -> Option<String>,
) -> BTreeMap<String, Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for it in statistics {
        match &it.what {
            Figure::Cases(_) => {}
            Figure::Took { of, pace } => {
                if let Some(name) = name(it, of) {
                    // Our own number; one that is none would be of no time.
                    groups.entry(name).or_default().took(*pace, it.value.parse().unwrap_or_default(), it.count);
                }
            }
            Figure::Are { of, standing } => {
                if let Some(name) = name(it, of) {
                    groups.entry(name).or_default().stand(*standing, it.count);
                }
            }
        }
    }
    groups
}

/// What there is to count of a quarter.
struct Counting {
    statistics: Vec<Statistic>,
    lifts: Vec<LiftTold>,
    passed_on: u64,
}

/// A whole year by quarter, also when one quarter is shown: what is hidden hangs on the others.
struct Year {
    quarters: [Counting; QUARTERS],
}

impl Year {
    async fn read(house: &House, who: &SignedIn, sights: &[Sight], period: Period) -> Result<Self, Fault> {
        let [one, two, three, four] = period.quarters().map(|it| Counting::read(house, who, sights, it));
        Ok(Self { quarters: [one.await?, two.await?, three.await?, four.await?] })
    }

    fn by_quarter(&self, count: impl Fn(&Counting) -> Vec<(String, u64)>) -> BTreeMap<String, [u64; QUARTERS]> {
        let mut counts: BTreeMap<String, [u64; QUARTERS]> = BTreeMap::new();
        for (index, quarter) in self.quarters.iter().enumerate() {
            for (name, more) in count(quarter) {
                counts.entry(name).or_default()[index] += more;
            }
        }
        counts
    }

    fn shown(&self, shown: Shown) -> impl Iterator<Item = &Statistic> {
        let quarters = match shown {
            Shown::Year => &self.quarters[..],
            Shown::Quarter(index) => std::slice::from_ref(&self.quarters[index]),
        };
        quarters.iter().flat_map(|it| &it.statistics)
    }
}

impl Counting {
    async fn read(house: &House, who: &SignedIn, sights: &[Sight], period: Period) -> Result<Self, Fault> {
        let fault = |it| Fault::store(who.language, it);
        let (from, until) = period.bounds().ok_or_else(|| Fault::absent(who.language))?;
        let quarter = Quarter::of(from);
        let passed_on = RegisterFilter {
            from: Some(from),
            until: Some(until),
            states: vec![ItemState::Transferred],
            ..RegisterFilter::default()
        };
        Ok(Self {
            statistics: house.inbox.figures.statistics(sights, &[quarter], who.at).await.map_err(fault)?,
            lifts: house.inbox.register.lift_reasons(sights, from, until, LIFTS_MAX).await.map_err(fault)?,
            passed_on: house.inbox.register.register_count(sights, &passed_on).await.map_err(fault)?,
        })
    }

    fn all(&self, standing: Stands) -> u64 {
        let figure = Figure::Are { of: Of::All, standing };
        self.statistics.iter().filter(|it| it.what == figure).map(|it| it.count).sum()
    }
}

/// How many stayed, and how many were passed on. A report that another has taken is counted there too, and is in no other table
/// here.
fn transfers(t: Words, year: &Year, shown: Shown) -> Counted {
    let row = |count: &dyn Fn(&Counting) -> u64| year.quarters.each_ref().map(count);
    let counts = vec![
        (t.report_kept().to_owned(), row(&|it| it.all(Stands::Any).saturating_sub(it.all(Stands::Offered)))),
        (t.report_offered().to_owned(), row(&|it| it.all(Stands::Offered))),
        (t.report_passed_on().to_owned(), row(&|it| it.passed_on)),
    ];
    let (rows, total) = masked(counts, shown);
    Counted { key: "transfer", heading: t.report_transfers(), rows, total: Some(total) }
}

/// Whether the sum of a column is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sum {
    Told,
    SaysNothing,
}

/// Most first.
fn counted(
    key: &'static str,
    heading: &'static str,
    counts: BTreeMap<String, [u64; QUARTERS]>,
    sum: Sum,
    shown: Shown,
) -> Counted {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|one, other| shown.of(&other.1).cmp(&shown.of(&one.1)).then_with(|| one.0.cmp(&other.0)));
    let (mut rows, total) = masked(counts, shown);
    // Of what only the other quarters have, nothing is said.
    rows.retain(|it| it.1 != Cell::Told(0));
    Counted { key, heading, rows, total: (sum == Sum::Told).then_some(total) }
}

fn count_view(counted: Counted) -> CountView {
    let told = |cell: &Cell| match cell {
        Cell::Told(count) => Some(*count),
        Cell::Hidden => None,
    };
    let most = counted.rows.iter().filter_map(|(_, cell)| told(cell)).max().unwrap_or(0).max(1);
    let bar = |(name, cell): (String, Cell)| Bar {
        name,
        count: said(cell),
        width: told(&cell).map(|count| count * 100 / most),
    };
    CountView {
        heading: counted.heading,
        tells: counted.tells(),
        total: counted.total.map(said).unwrap_or_default(),
        rows: counted.rows.into_iter().map(bar).collect(),
    }
}

pub(super) fn pace_view(heading: &'static str, paces: &[Pace<String>], t: Words) -> PaceView {
    let days = |it: Option<u64>| match tenths(it) {
        None => NOT_TOLD.to_owned(),
        Some(days) => format!("{days:.1}").replace('.', t.decimal_point()),
    };
    let row = |it: &Pace<String>| {
        vec![
            it.of.clone(),
            said(it.cases),
            days(it.receipted),
            days(it.waited),
            days(it.opened),
            days(it.registered),
            days(it.coordinated),
            days(it.answered),
            days(it.closed),
            said(it.overdue),
            said(it.unread),
            said(it.unassigned),
            said(it.uncoordinated),
        ]
    };
    let columns = vec![
        "",
        t.register_count(),
        t.days_receipt(),
        t.days_waited(),
        t.days_opened(),
        t.days_registered(),
        t.days_coordinator(),
        t.days_answered(),
        t.days_closed(),
        t.register_overdue(),
        t.register_unread(),
        t.register_unassigned(),
        t.register_gap(),
    ];
    PaceView { heading, columns, rows: paces.iter().map(row).collect() }
}

pub(super) fn said(cell: Cell) -> String {
    match cell {
        Cell::Told(count) => count.to_string(),
        Cell::Hidden => NOT_TOLD.to_owned(),
    }
}

fn number(cell: Cell) -> Value {
    match cell {
        Cell::Told(count) => json!(count),
        Cell::Hidden => Value::Null,
    }
}

/// Tenths of days as days.
fn tenths(tenths: Option<u64>) -> Option<f64> {
    Some(f64::from(u32::try_from(tenths?).unwrap_or(u32::MAX)) / 10.0)
}
