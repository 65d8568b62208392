//! What is counted for statistics: taken away before an item's row is changed, and added again afterwards, in the same
//! transaction.

use super::SqlStore;
use super::engine::Engine;
use super::engine::Record;
use super::engine::Statement;
use super::engine::values;
use super::settle::sender_of;
use super::work::Work;
use crate::domain::Clearance;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::Sight;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::Which;
use crate::domain::norway;
use crate::domain::reports_need;
use crate::storage::Counts;
use crate::storage::Figure;
use crate::storage::NewItem;
use crate::storage::NewMessage;
use crate::storage::Of;
use crate::storage::Paced;
use crate::storage::Quarter;
use crate::storage::Stands;
use crate::storage::Statistic;
use crate::storage::StatisticsStore;
use crate::storage::StoreError;
use async_trait::async_trait;
use jiff::civil::Date;
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;

/// A tenth of a day. Microseconds.
const TENTH_OF_A_DAY: i64 = 8_640_000_000;

/// The columns of `items AS i` that figures are read from.
pub(super) const FIGURES: &str = "i.unit, i.state, i.protected, i.received_at, i.needs, i.reporter, i.sender_name, \
     i.municipality, i.age_group, i.outcome, i.plan, i.unmet_need, i.improvement, i.relay_log, i.opened_at, i.first_answer_at, \
     i.closed_at, i.confirmed_at, i.made_at, i.counted, i.counts, \
     (SELECT MIN(c.from_on) FROM coordinators AS c WHERE c.item = i.id) AS coordinated_from";

/// Open: somebody here is to do something with it.
const OPEN: &str = "('unread', 'opened', 'taken', 'waiting', 'offered')";

/// What one item adds to statistics.
#[derive(Debug)]
pub(super) struct Figures {
    unit: UnitId,
    quarter: Quarter,
    protected: bool,
    received_at: Timestamp,
    counted: Vec<(Figure, String)>,
    /// Whom it waits for an answer among: counted by when it was received, as [`tenths_since`].
    waits: Vec<Of>,
}

/// What figures are made of.
#[derive(Default)]
struct Facts {
    needs: Vec<String>,
    reporter: Option<String>,
    sender: Option<String>,
    municipality: Option<String>,
    age_group: Option<String>,
    outcome: Option<String>,
    plan: Option<String>,
    unmet_need: Option<String>,
    improvement: bool,
    relay_log: bool,
    opened_at: Option<Timestamp>,
    first_answer_at: Option<Timestamp>,
    closed_at: Option<Timestamp>,
    coordinated_at: Option<Timestamp>,
    confirmed_at: Option<Timestamp>,
    made_at: Option<Timestamp>,
}

impl Figures {
    pub(super) fn of_new(message: &NewMessage, item: &NewItem) -> Self {
        let has_content = item.share == crate::domain::Share::Content;
        let facts = Facts {
            needs: item.needs.clone(),
            reporter: item.reporter.clone(),
            sender: Some(sender_of(message, item)).filter(|_| has_content),
            municipality: message.municipality.as_ref().map(|it| it.as_str().to_owned()).filter(|_| has_content),
            age_group: item.age_group.map(|it| it.code().to_owned()),
            relay_log: item.relay_log,
            made_at: item.made_at,
            ..Facts::default()
        };
        let received_at = item.received_at(message);
        let figures = Self::of(item.unit.clone(), ItemState::Unread, item.protected, received_at, &facts);
        figures.only_if(reports_need(&item.kind))
    }

    /// From a row with the columns of [`FIGURES`].
    pub(super) fn read<E: Engine>(record: &Record<E>) -> Result<Self, StoreError> {
        let coordinated = record.text_if_any("coordinated_from")?.map(|it| it.parse::<Date>()).transpose();
        let coordinated = coordinated.map_err(|_| record.fault("coordinated_from"))?;
        let facts = Facts {
            needs: record.text("needs")?.split_whitespace().map(str::to_owned).collect(),
            reporter: record.text_if_any("reporter")?,
            sender: record.text_if_any("sender_name")?,
            municipality: record.text_if_any("municipality")?,
            age_group: record.text_if_any("age_group")?,
            outcome: record.text_if_any("outcome")?,
            plan: record.text_if_any("plan")?,
            unmet_need: record.text_if_any("unmet_need")?,
            improvement: record.flag("improvement")?,
            relay_log: record.flag("relay_log")?,
            opened_at: record.time_if_any("opened_at")?,
            first_answer_at: record.time_if_any("first_answer_at")?,
            closed_at: record.time_if_any("closed_at")?,
            coordinated_at: coordinated.and_then(day_begins),
            confirmed_at: record.time_if_any("confirmed_at")?,
            made_at: record.time_if_any("made_at")?,
        };
        let state = record.word("state", ItemState::from_label)?;
        let (protected, received_at) = (record.flag("protected")?, record.time("received_at")?);
        let figures = Self::of(UnitId(record.text("unit")?), state, protected, received_at, &facts);
        Ok(figures.only_if(record.flag("counts")?))
    }

    /// One case is counted once, however many units work with it; and what reports no need is not counted among needs.
    fn only_if(self, counts: bool) -> Self {
        if counts { self } else { Self { counted: Vec::new(), waits: Vec::new(), ..self } }
    }

    fn of(unit: UnitId, state: ItemState, protected: bool, received_at: Timestamp, facts: &Facts) -> Self {
        let mut figures = Self {
            unit,
            quarter: Quarter::of(received_at),
            protected,
            received_at,
            counted: Vec::new(),
            waits: Vec::new(),
        };
        let unassigned = match state {
            // What another unit has, or may not take, is counted there.
            ItemState::Proposed | ItemState::Transferred | ItemState::Withdrawn => return figures,
            ItemState::Unread | ItemState::Opened => true,
            ItemState::Taken | ItemState::Waiting | ItemState::Offered | ItemState::Closed => false,
        };
        let text = |it: &Option<String>| it.clone().unwrap_or_default();
        // Who has sent it, and what tells where the person is, is not counted of a graded case.
        let open = |it: &Option<String>| if protected { String::new() } else { text(it) };
        let mut cases = |of, value| figures.counted.push((Figure::Cases(of), value));
        facts.needs.iter().for_each(|it| cases(Counts::Need, it.clone()));
        cases(Counts::Reporter, open(&facts.reporter));
        cases(Counts::Sender, open(&facts.sender));
        cases(Counts::Municipality, open(&facts.municipality));
        cases(Counts::AgeGroup, open(&facts.age_group));
        cases(Counts::Outcome, text(&facts.outcome));
        cases(Counts::Plan, text(&facts.plan));
        cases(Counts::UnmetNeed, text(&facts.unmet_need));
        cases(Counts::Improvement, u8::from(facts.improvement).to_string());
        cases(Counts::RelayLog, u8::from(facts.relay_log).to_string());
        let since = |until: Option<Timestamp>| until.map(|it| (received_at, it));
        let paces = [
            (Paced::Waited, since(facts.first_answer_at.or(facts.closed_at))),
            (Paced::Opened, since(facts.opened_at)),
            (Paced::Registered, since(facts.confirmed_at)),
            (Paced::Coordinated, since(facts.coordinated_at)),
            (Paced::Answered, since(facts.first_answer_at)),
            (Paced::Closed, since(facts.closed_at)),
            (Paced::Receipted, facts.made_at.map(|made_at| (made_at, received_at))),
        ];
        let stands = [
            (Stands::Any, true),
            (Stands::Unread, state == ItemState::Unread),
            (Stands::Unassigned, unassigned),
            (Stands::Offered, state == ItemState::Offered),
        ];
        let waits = state != ItemState::Closed && facts.closed_at.is_none() && facts.first_answer_at.is_none();
        for of in groups(&facts.needs, &open(&facts.sender)) {
            if waits {
                figures.waits.push(of.clone());
            }
            for (pace, took) in paces {
                if let Some((from, until)) = took {
                    let took = until.0.saturating_sub(from.0).max(0);
                    figures.counted.push((Figure::Took { of: of.clone(), pace }, tenths(took).to_string()));
                }
            }
            for (standing, _) in stands.into_iter().filter(|(_, holds)| *holds) {
                figures.counted.push((Figure::Are { of: of.clone(), standing }, String::new()));
            }
        }
        figures
    }

    /// Counts them so many times more once `work` is committed.
    pub(super) fn count<E: Engine>(&self, work: &mut Work<E>, times: i64) {
        let counted = self.counted.iter().map(|(figure, value)| (figure.label(), value.clone()));
        let received = tenths(self.received_at.0).to_string();
        let waits = self.waits.iter().map(|of| (waits_since(of), received.clone()));
        for (what, value) in counted.chain(waits) {
            let key = FigureKey {
                unit: self.unit.0.clone(),
                quarter: self.quarter.label(),
                protected: self.protected,
                what,
                value,
            };
            work.figure(key, times);
        }
    }
}

/// What is unique in `statistics`. Ordered, so that all transactions lock the rows in the same order.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct FigureKey {
    pub unit: String,
    pub quarter: String,
    pub protected: bool,
    pub what: String,
    pub value: String,
}

/// Takes an item out of statistics before its row is changed (-1), and puts it in again afterwards (1). One that has not been
/// put in yet stays outside until that is done.
pub(super) async fn recount<E: Engine>(work: &mut Work<E>, item: ItemId, times: i64) -> Result<(), StoreError> {
    let sql = format!("-- recount\nSELECT {FIGURES} FROM items AS i WHERE i.id = $1");
    let found = work.fetch("items", AssertSqlSafe(sql), values![item.0]).await?;
    let found = found.first().ok_or(StoreError::Absent)?;
    if found.flag("counted")? {
        Figures::read(found)?.count(work, times);
    }
    Ok(())
}

#[async_trait]
impl<E: Engine> StatisticsStore for SqlStore<E> {
    async fn statistics(
        &self,
        sights: &[Sight],
        quarters: &[Quarter],
        now: Timestamp,
    ) -> Result<Vec<Statistic>, StoreError> {
        let mut look = self.pools.look().await?;
        let mut sums: BTreeMap<(UnitId, Figure, String), u64> = BTreeMap::new();
        for sight in sights.iter().filter(|it| it.which == Which::All) {
            let mut statement =
                Statement::<E>::new("-- statistics\nSELECT what, value, count FROM statistics WHERE unit = ");
            statement.value(sight.unit.0.as_str()).push(" AND quarter IN ").list(quarters.iter().map(|it| it.label()));
            statement.push(GRADED[usize::from(sight.clearance == Clearance::Graded)]);
            for record in look.run("statistics", statement).await? {
                let (what, value) = (record.text("what")?, record.text("value")?);
                let (label, value) = match what.strip_prefix(SINCE) {
                    // Those that wait grow older by themselves.
                    Some(waited) => {
                        let since: i64 = value.parse().map_err(|_| record.fault("value"))?;
                        (waited, tenths(now.0).saturating_sub(since).max(0).to_string())
                    }
                    None => (what.as_str(), value),
                };
                let figure = Figure::from_label(label).ok_or_else(|| record.fault("what"))?;
                *sums.entry((sight.unit.clone(), figure, value)).or_default() += record.count::<u64>("count")?;
            }
            // What becomes so by itself is counted when asked: there are few that are late, or ought to be.
            let told = [
                (late_statement(sight, quarters, now), Stands::Overdue),
                (uncoordinated_statement(sight, quarters, now), Stands::Uncoordinated),
            ];
            for (statement, standing) in told {
                for record in look.run("items", statement).await? {
                    let count: u64 = record.count("count")?;
                    let needs: Vec<String> = record.text("needs")?.split_whitespace().map(str::to_owned).collect();
                    for of in groups(&needs, &record.text("sender")?) {
                        let figure = Figure::Are { of, standing };
                        *sums.entry((sight.unit.clone(), figure, String::new())).or_default() += count;
                    }
                }
            }
        }
        let sums = sums.into_iter().filter(|(_, count)| *count > 0);
        Ok(sums.map(|((unit, what, value), count)| Statistic { unit, what, value, count }).collect())
    }

    async fn values_of(&self, sights: &[Sight], count: Counts) -> Result<Vec<String>, StoreError> {
        let mut look = self.pools.look().await?;
        let units = sights.iter().filter(|it| it.which == Which::All).map(|it| it.unit.0.as_str());
        let mut statement = Statement::<E>::new("-- values_of\nSELECT DISTINCT value FROM statistics WHERE unit IN ");
        statement.list(units).push(" AND protected = 0 AND count > 0 AND value <> '' AND what = ");
        statement.value(count.label()).push(" ORDER BY value");
        look.run("statistics", statement).await?.iter().map(|it| it.text("value")).collect()
    }
}

/// What follows, by clearance: who is not cleared is told of no graded case.
const GRADED: [&str; 2] = [" AND protected = 0", ""];

/// Open cases that nobody has answered and whose deadline is past.
pub(super) fn late_statement<E: Engine>(sight: &Sight, quarters: &[Quarter], now: Timestamp) -> Statement<E> {
    open_statement("-- late\n", sight, quarters, |statement| {
        statement.push(" AND deadline < ").value(now);
        statement.push(" AND (first_answer_at IS NULL OR heard_at IS NOT NULL)");
    })
}

/// Open cases with a need, without a main coordinator on the day of `now`: those that the list tells by the same filter.
fn uncoordinated_statement<E: Engine>(sight: &Sight, quarters: &[Quarter], now: Timestamp) -> Statement<E> {
    open_statement("-- uncoordinated\n", sight, quarters, |statement| {
        statement.push(" AND needs <> '' AND share = 'content' AND (coordinated_until IS NULL OR coordinated_until < ");
        statement.value(now.date_in_norway().to_string()).push(")");
    })
}

/// How many open cases there are, of those that `narrowed` leaves, by needs and sender.
fn open_statement<E: Engine>(
    name: &'static str,
    sight: &Sight,
    quarters: &[Quarter],
    narrowed: impl FnOnce(&mut Statement<E>),
) -> Statement<E> {
    let mut statement = Statement::<E>::new(name);
    statement.push(
        "SELECT needs, CASE WHEN protected = 0 AND sender_name IS NOT NULL THEN sender_name ELSE '' END AS sender, ",
    );
    statement.push("COUNT(*) AS count FROM items WHERE unit = ").value(sight.unit.0.as_str());
    statement.push(" AND state IN ").push(OPEN);
    narrowed(&mut statement);
    received_in(&mut statement, sight, quarters);
    statement.push(" GROUP BY needs, sender");
    statement
}

/// Those that the sight covers, of what was received then.
fn received_in<E: Engine>(statement: &mut Statement<E>, sight: &Sight, quarters: &[Quarter]) {
    // What is counted where it lies.
    statement.push(" AND id NOT IN (SELECT e.id FROM items AS e WHERE e.counts = 0 AND e.unit = ");
    statement.value(sight.unit.0.as_str()).push(")");
    statement.push(GRADED[usize::from(sight.clearance == Clearance::Graded)]);
    statement.push(" AND (1 = 0");
    for quarter in quarters {
        if let Some((first, after)) = bounds(*quarter) {
            statement.push(" OR received_at >= ").value(first).push(" AND received_at < ").value(after);
        }
    }
    statement.push(")");
}

/// Tenths of days, to the nearest.
const fn tenths(microseconds: i64) -> i64 {
    (microseconds + TENTH_OF_A_DAY / 2) / TENTH_OF_A_DAY
}

/// What cases that wait are kept under, with the tenth of a day in which they were received, counted from 1970.
fn waits_since(of: &Of) -> String {
    let waited = Figure::Took { of: of.clone(), pace: Paced::Waited }.label();
    format!("{SINCE}{waited}")
}

/// Stands before what is kept of those that wait.
const SINCE: &str = "since ";

/// The groups that a case is in.
fn groups(needs: &[String], sender: &str) -> Vec<Of> {
    let mut all = vec![Of::All, Of::Sender(sender.to_owned())];
    all.extend(needs.iter().cloned().map(Of::Need));
    all
}

/// First moment, and the first moment after.
fn bounds(quarter: Quarter) -> Option<(Timestamp, Timestamp)> {
    let Quarter { year, quarter } = quarter;
    let first = Date::new(year, quarter * 3 - 2, 1).ok()?;
    let (year, month) = if quarter == 4 { (year + 1, 1) } else { (year, quarter * 3 + 1) };
    Some((day_begins(first)?, day_begins(Date::new(year, month, 1).ok()?)?))
}

/// The first moment of the day in Norway.
fn day_begins(day: Date) -> Option<Timestamp> {
    Some(Timestamp::from_jiff(day.to_zoned(norway()).ok()?.timestamp()))
}
