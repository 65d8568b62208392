//! Finding reports by blind indexes, and counting what a filter leaves of a list.

use super::SqlStore;
use super::engine::Engine;
use super::engine::Statement;
use super::engine::values;
use super::filter::filter_by;
use super::inbox::Asking;
use super::inbox::OWN_STATES;
use super::inbox::ROWS;
use super::inbox::appointed;
use super::inbox::appointed_statement;
use super::inbox::in_state;
use super::inbox::in_unit;
use super::inbox::lifted_here_statement;
use super::inbox::narrow;
use super::inbox::one_has;
use super::inbox::taken_back_statement;
use super::tokens::What;
use super::tokens::id_token;
use super::tokens::pair_token;
use super::tokens::word_token;
use super::tokens::words;
use super::work::Look;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::Reference;
use crate::domain::Sight;
use crate::domain::UnitId;
use crate::storage::FilteredCounts;
use crate::storage::InboxRow;
use crate::storage::Likeness;
use crate::storage::ListFilter;
use crate::storage::SearchCursor;
use crate::storage::SearchQuery;
use crate::storage::SearchStore;
use crate::storage::Sought;
use crate::storage::StoreError;
use crate::storage::UserId;
use async_trait::async_trait;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::HashMap;
use uuid::Uuid;

/// Rows in one page at most, whatever is asked for.
const FOUND_ROWS_MAX: u32 = 200;
/// Reports that a token may find before it makes no difference how many more there are.
const COMMON_ROWS: u32 = 1_000;
/// Rows of one state that are looked at to count what a filter leaves; when there are more, the count is a least one.
pub(super) const COUNTED_ROWS_MAX: u32 = 10_000;

/// What a report is found by, hashed.
type Token = (What, Vec<u8>);

#[async_trait]
impl<E: Engine> SearchStore for SqlStore<E> {
    async fn find(&self, sights: &[Sight], who: UserId, query: &SearchQuery) -> Result<Vec<InboxRow>, StoreError> {
        let mut look = self.pools.look().await?;
        let who = &self.asking(who);
        let mut found = BTreeMap::new();
        for sight in sights {
            let mut tokens = self.tokens(sight, &query.sought);
            rarest_first(&mut look, &mut tokens).await?;
            for statement in self.statements(sight, who, query, tokens) {
                for record in look.run("items", statement).await? {
                    let key = (record.integer("at")?, record.uuid("item")?);
                    if query.after.is_none_or(|it| key < (it.at.0, it.item.0)) {
                        found.insert(Reverse(key), ());
                    }
                }
            }
        }
        let ids: Vec<Uuid> = found.into_keys().map(|Reverse((_, id))| id).take(rows_max(query) as usize).collect();
        self.rows_in_order(&mut look, &ids).await
    }

    async fn alike(
        &self,
        sights: &[Sight],
        who: UserId,
        item: ItemId,
        rows_max: u32,
    ) -> Result<Vec<(Likeness, InboxRow)>, StoreError> {
        let mut look = self.pools.look().await?;
        let who = &self.asking(who);
        let own = look.fetch("items", "SELECT unit, person_index FROM items WHERE id = $1", values![item.0]).await?;
        let own = own.first().ok_or(StoreError::Absent)?;
        let (unit, person) = (UnitId(own.text("unit")?), own.bytes_if_any("person_index")?);
        let sql = "SELECT what, token FROM search_tokens WHERE item = $1 AND what IN ('born', 'day')";
        let mut found: BTreeMap<Uuid, (Likeness, i64)> = BTreeMap::new();
        for record in look.fetch("search_tokens", sql, values![item.0]).await? {
            let token = record.bytes("token")?;
            for likeness in record.word("what", likenesses)? {
                for sight in sights.iter().filter(|it| it.unit == unit) {
                    let mut statement = Statement::<E>::new(BY_TOKEN);
                    statement.value(token.clone()).push(" AND items.id <> ").value(item.0);
                    statement.push(" AND unit = ").value(sight.unit.0.as_str());
                    narrow(&mut statement, sight, who);
                    by_person(&mut statement, *likeness, person.as_deref());
                    statement.push(" ORDER BY t.at DESC, t.item DESC LIMIT ").value(rows_max);
                    for record in look.run("items", statement).await? {
                        let (id, at) = (record.uuid("item")?, record.integer("at")?);
                        let told = found.entry(id).or_insert((*likeness, at));
                        told.0 = told.0.min(*likeness);
                    }
                }
            }
        }
        let mut ids: Vec<_> = found.iter().map(|(id, (likeness, at))| (*likeness, Reverse(*at), *id)).collect();
        ids.sort_unstable();
        ids.truncate(rows_max as usize);
        let ids: Vec<Uuid> = ids.into_iter().map(|(_, _, id)| id).collect();
        let rows = self.rows_in_order(&mut look, &ids).await?;
        Ok(rows.into_iter().filter_map(|row| Some((found.get(&row.id.0)?.0, row))).collect())
    }

    async fn filtered_counts(
        &self,
        sights: &[Sight],
        who: UserId,
        filter: &ListFilter,
    ) -> Result<FilteredCounts, StoreError> {
        let mut look = self.pools.look().await?;
        let who = &self.asking(who);
        let mut counts = FilteredCounts::default();
        for sight in sights {
            for state in ItemState::ALL {
                let found = look.run("items", count_statement(sight, who, filter, state)).await?;
                let Some(found) = found.first() else { continue };
                counts.add(state, found.count("count")?);
                // In the same walk, so that no more is taken away than was counted.
                counts.only_told += found.count::<u64>("told")?;
                if found.integer("walked")? >= i64::from(COUNTED_ROWS_MAX) {
                    counts.at_least.push(state);
                }
            }
        }
        for sight in sights {
            let mut statement = lifted_here_statement(sight, who);
            filter_by(&mut statement, filter);
            let found = look.run("items", statement).await?;
            counts.lifted_here += found.first().map_or(Ok(0), |it| it.count("count"))?;
            let mut statement = taken_back_statement(sight, who);
            filter_by(&mut statement, filter);
            let found = look.run("items", statement).await?;
            counts.taken_back += found.first().map_or(Ok(0), |it| it.count("count"))?;
        }
        let own = look.run("items", own_statement(sights, who, filter)).await?;
        counts.mine = own.first().map_or(Ok(0), |it| it.count("count"))?;
        for sight in appointed(sights) {
            let mut statement = appointed_statement(&sight, who);
            filter_by(&mut statement, filter);
            let found = look.run("items", statement).await?;
            counts.mine += found.first().map_or(Ok(0), |it| it.count("count"))?;
        }
        Ok(counts)
    }
}

impl<E: Engine> SqlStore<E> {
    /// What a report must have all of to be found.
    pub(super) fn tokens(&self, sight: &Sight, sought: &Sought) -> Vec<Token> {
        let unit = sight.unit.0.as_str();
        match sought {
            Sought::Id(id) => vec![(What::Id, id_token(&self.sealer, id))],
            Sought::PersonId(_) => Vec::new(),
            Sought::PersonName(name) => match words(name.reveal()).as_slice() {
                [] => Vec::new(),
                [word] => vec![(What::Word, word_token(&self.sealer, What::Word, unit, word))],
                // Two words together are rarer than each of them.
                [first, rest @ ..] => {
                    rest.iter().map(|it| (What::Pair, pair_token(&self.sealer, unit, first, it))).collect()
                }
            },
            Sought::SenderName(name) => {
                let token = |it: &String| (What::Sender, word_token(&self.sealer, What::Sender, unit, it));
                words(name.reveal()).iter().map(token).collect()
            }
            Sought::Organisation(number) => {
                let plain: String = number.reveal().chars().filter(char::is_ascii_digit).collect();
                vec![(What::Organisation, word_token(&self.sealer, What::Organisation, unit, &plain))]
            }
        }
    }

    /// What finds the keys of a page in one unit, each along an index. Of `tokens` the first is walked along.
    pub(super) fn statements(
        &self,
        sight: &Sight,
        who: &Asking,
        query: &SearchQuery,
        tokens: Vec<Token>,
    ) -> Vec<Statement<E>> {
        let unit = sight.unit.0.as_str();
        match &query.sought {
            Sought::Id(id) => {
                let of_message = |text: &'static str, reference: &'static str| {
                    let mut statement = Statement::new(text);
                    statement.value(id.trim().trim_matches(['{', '}'])).push(reference);
                    statement.value(Reference::parse(id).map_or_else(String::new, |it| it.to_string()));
                    statement.push(" LIMIT ").value(rows_max(query)).push(") AND unit = ").value(unit);
                    narrow(&mut statement, sight, who);
                    // In no order: few messages have one id, and a sorted walk through the unit would look cheap to an engine.
                    statement.push(" LIMIT ").value(rows_max(query));
                    statement
                };
                let by_message = of_message(BY_MESSAGE, " OR reference = ");
                let by_follow_up = of_message(BY_FOLLOW_UP, " OR m.reference = ");
                let by_archive = self.by_archive(sight, who, query, id);
                // Also the number of a person that is none of ours: a DUF number, a passport's.
                let by_person = self.by_person(sight, who, query, id);
                vec![by_message, by_follow_up, by_archive, by_person, by_tokens(sight, who, query, tokens)]
            }
            // An archive's numbers may be as long as a person's or an organisation's.
            Sought::PersonId(number) => {
                let number = number.reveal();
                vec![self.by_person(sight, who, query, number), self.by_archive(sight, who, query, number)]
            }
            Sought::PersonName(_) | Sought::SenderName(_) | Sought::Organisation(_) if tokens.is_empty() => Vec::new(),
            Sought::Organisation(number) => {
                let by_archive = self.by_archive(sight, who, query, number.reveal());
                vec![by_tokens(sight, who, query, tokens), by_archive]
            }
            Sought::PersonName(_) | Sought::SenderName(_) => vec![by_tokens(sight, who, query, tokens)],
        }
    }

    fn by_archive(&self, sight: &Sight, who: &Asking, query: &SearchQuery, number: &str) -> Statement<E> {
        let mut statement = Statement::new(BY_ARCHIVE);
        statement.value(self.sealer.archive_index(number)).push(" AND unit || '' = ").value(sight.unit.0.as_str());
        narrow(&mut statement, sight, who);
        statement.push(" LIMIT ").value(rows_max(query));
        statement
    }

    fn by_person(&self, sight: &Sight, who: &Asking, query: &SearchQuery, number: &str) -> Statement<E> {
        let mut statement = Statement::new(BY_PERSON);
        // Not a plain column, or an engine may walk through the unit instead of the few about the person.
        statement.value(self.sealer.person_index(number)).push(" AND unit || '' = ").value(sight.unit.0.as_str());
        narrow(&mut statement, sight, who);
        if let Some(SearchCursor { at, item }) = query.after {
            statement.push(" AND (received_at, id) < (").value(at).push(", ").value(item.0).push(")");
        }
        statement.push(" ORDER BY received_at DESC, id DESC LIMIT ").value(rows_max(query));
        statement
    }

    async fn rows_in_order(&self, look: &mut Look<E>, ids: &[Uuid]) -> Result<Vec<InboxRow>, StoreError> {
        let mut statement = Statement::new(ROWS);
        statement.push("WHERE i.id IN ").list(ids.iter().copied());
        let mut rows = HashMap::with_capacity(ids.len());
        for record in look.run("items", statement).await? {
            rows.insert(record.uuid("id")?, self.row(&record)?);
        }
        Ok(ids.iter().filter_map(|it| rows.remove(it)).collect())
    }
}

const BY_MESSAGE: &str = "-- find_by_message
SELECT id AS item, received_at AS at
FROM items
WHERE message IN (SELECT id FROM messages WHERE sender_message_id = ";

/// What came later about a case has no item of its own: its ids lead to the case.
const BY_FOLLOW_UP: &str = "-- find_by_follow_up
SELECT id AS item, received_at AS at
FROM items
WHERE message IN (SELECT f.about FROM follow_ups AS f INNER JOIN messages AS m ON m.id = f.message
WHERE m.sender_message_id = ";

const BY_PERSON: &str = "-- find_by_person
SELECT id AS item, received_at AS at
FROM items
WHERE person_index = ";

const BY_ARCHIVE: &str = "-- find_by_archive
SELECT id AS item, received_at AS at
FROM items
WHERE archive_index = ";

const BY_TOKEN: &str = "-- find_by_token
SELECT t.item, t.at
FROM search_tokens AS t
INNER JOIN items ON items.id = t.item
WHERE t.token = ";

/// Puts the one that fewest reports have before the others, as far as it can be told by looking at a few of each.
async fn rarest_first<E: Engine>(look: &mut Look<E>, tokens: &mut [Token]) -> Result<(), StoreError> {
    if tokens.len() < 2 {
        return Ok(());
    }
    let mut rarest = (i64::MAX, 0);
    for (index, (_, token)) in tokens.iter().enumerate() {
        let found = look.fetch("search_tokens", RARITY, values![token.clone(), COMMON_ROWS]).await?;
        let rows = found.first().map_or(Ok(0), |it| it.integer("count"))?;
        rarest = rarest.min((rows, index));
    }
    tokens.swap(0, rarest.1);
    Ok(())
}

const RARITY: &str = "-- rarity
SELECT COUNT(*) AS count
FROM (SELECT 1 AS one FROM search_tokens WHERE token = $1 LIMIT $2) AS part";

/// Items that all of `tokens` find: along the first, and the others looked up.
fn by_tokens<E: Engine>(sight: &Sight, who: &Asking, query: &SearchQuery, tokens: Vec<Token>) -> Statement<E> {
    let mut statement = Statement::new(BY_TOKEN);
    for (index, (what, token)) in tokens.into_iter().enumerate() {
        if index == 0 {
            statement.value(token);
        } else {
            // The whole key, so that it is one look for each row.
            statement.push(" AND EXISTS (SELECT 1 FROM search_tokens AS o WHERE o.item = t.item AND o.what = ");
            statement.value(what.label()).push(" AND o.token = ").value(token).push(")");
        }
    }
    statement.push(" AND unit = ").value(sight.unit.0.as_str());
    narrow(&mut statement, sight, who);
    if matches!(query.sought, Sought::SenderName(_) | Sought::Organisation(_)) {
        // Who has sent it is hidden of a graded case.
        statement.push(" AND protected = 0");
    }
    if let Some(SearchCursor { at, item }) = query.after {
        statement.push(" AND (t.at, t.item) < (").value(at).push(", ").value(item.0).push(")");
    }
    statement.push(" ORDER BY t.at DESC, t.item DESC LIMIT ").value(rows_max(query));
    statement
}

/// How many rows of one state a filter leaves, of those that are looked at.
pub(super) fn count_statement<E: Engine>(
    sight: &Sight,
    who: &Asking,
    filter: &ListFilter,
    state: ItemState,
) -> Statement<E> {
    let mut statement = Statement::new("-- filtered_count\nSELECT COUNT(*) AS walked, COALESCE(SUM(CASE WHEN 1 = 1");
    filter_by(&mut statement, filter);
    statement.push(" THEN 1 ELSE 0 END), 0) AS count, COALESCE(SUM(CASE WHEN share = 'awareness' AND state IN ('unread', 'opened')");
    filter_by(&mut statement, filter);
    statement.push(
        " THEN 1 ELSE 0 END), 0) AS told FROM (SELECT id, deadline, state, share, protected, kind, needs, dimensions, ",
    );
    statement.push("reporter, sender_name, age_group, place_in_line, responsible, municipality, plan, team, ");
    statement.push("coordinated_until, first_answer_at, heard_at FROM items WHERE ");
    in_unit(&mut statement, sight);
    in_state(&mut statement, sight, state);
    narrow(&mut statement, sight, who);
    statement.push(" ORDER BY deadline DESC, id DESC LIMIT ").value(COUNTED_ROWS_MAX).push(") AS part");
    statement
}

fn own_statement<E: Engine>(sights: &[Sight], who: &Asking, filter: &ListFilter) -> Statement<E> {
    let mut statement = Statement::new("-- filtered_own\nSELECT COUNT(*) AS count FROM items WHERE state IN ");
    statement.list(OWN_STATES.iter().map(|it| it.label()));
    one_has(&mut statement, who.id);
    statement.push(" AND unit IN ").list(sights.iter().map(|it| it.unit.0.as_str()));
    filter_by(&mut statement, filter);
    statement
}

/// What two reports that share a token of this kind can have to do with each other.
fn likenesses(label: &str) -> Option<&'static [Likeness]> {
    match label {
        "born" => Some(&[Likeness::SamePerson]),
        "day" => Some(&[Likeness::SentTwice, Likeness::SameDay]),
        _ => None,
    }
}

/// Two that both have an identity number, and not the same, are two persons: that a hospital reports both on one day says
/// nothing of either.
fn by_person<E: Engine>(statement: &mut Statement<E>, likeness: Likeness, own: Option<&[u8]>) {
    match (likeness, own) {
        (Likeness::SentTwice, Some(own)) => statement.push(" AND person_index = ").value(own.to_vec()),
        (Likeness::SentTwice, None) => statement.push(" AND 1 = 0"),
        (Likeness::SamePerson, Some(own)) => {
            statement.push(" AND (person_index IS NULL OR person_index <> ").value(own.to_vec()).push(")")
        }
        (Likeness::SameDay, Some(_)) => statement.push(" AND person_index IS NULL"),
        (Likeness::SamePerson | Likeness::SameDay, None) => statement,
    };
}

fn rows_max(query: &SearchQuery) -> u32 {
    query.rows_max.min(FOUND_ROWS_MAX)
}
