//! What a report is found by: blind indexes of its names and ids, written with the item and again whenever its content moves.

use super::Pools;
use super::engine::Engine;
use super::engine::Insert;
use super::engine::Record;
use super::engine::Statement;
use super::engine::Value;
use super::engine::values;
use super::settle::summary_from_bytes;
use super::statistics::FIGURES;
use super::statistics::Figures;
use super::work::Work;
use crate::domain::ItemId;
use crate::domain::Share;
use crate::domain::Timestamp;
use crate::storage::ItemSummary;
use crate::storage::NewItem;
use crate::storage::NewMessage;
use crate::storage::PRIVATE_PERSON;
use crate::storage::StoreError;
use crate::storage::seal::Place;
use crate::storage::seal::Sealer;
use crate::storage::seal::WrappedKey;
use sqlx::AssertSqlSafe;

/// Words of a name that it can be found by. A name has fewer; the rest is not looked at.
pub(super) const WORDS_MAX: usize = 8;
/// Rows that are added in one transaction when a database is opened that was made before there were tokens.
const FILL_ROWS: u32 = 1000;

pub(super) const TOKENS: Insert =
    Insert { table: "search_tokens", columns: &["item", "what", "token", "at"], tail: "ON CONFLICT DO NOTHING" };

/// What a token is of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum What {
    Word,
    Pair,
    Sender,
    Organisation,
    Id,
    Born,
    Day,
}

impl What {
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Pair => "pair",
            Self::Sender => "sender",
            Self::Organisation => "organisation",
            Self::Id => "id",
            Self::Born => "born",
            Self::Day => "day",
        }
    }
}

/// What of an item can be found.
pub(super) struct Findable<'a> {
    pub item: ItemId,
    pub unit: &'a str,
    pub at: Timestamp,
    pub summary: &'a ItemSummary,
    /// Of the one who sent it. What somebody wrote in our own form is found by theirs.
    pub organisation: &'a str,
    /// Codes with blanks between.
    pub needs: &'a str,
    pub ids: &'a [String],
}

impl Findable<'_> {
    /// The rows of [`TOKENS`].
    pub(super) fn rows(&self, sealer: &Sealer) -> Vec<Vec<Value>> {
        let mut rows = Vec::new();
        let mut add = |what: What, token: Vec<u8>| rows.push(values![self.item.0, what.label(), token, self.at]);
        let words = words(self.summary.person_name.as_deref().unwrap_or_default());
        for (index, word) in words.iter().enumerate() {
            add(What::Word, word_token(sealer, What::Word, self.unit, word));
            for other in &words[index + 1..] {
                add(What::Pair, pair_token(sealer, self.unit, word, other));
            }
        }
        if let Some(born) = self.summary.born.filter(|_| !words.is_empty()) {
            add(What::Born, sealer.search_index(&["born", self.unit, &sorted(&words), &born.to_string()]));
        }
        for word in self::words(&self.summary.sender) {
            add(What::Sender, word_token(sealer, What::Sender, self.unit, &word));
        }
        if !self.summary.sender.is_empty() {
            let organisation = self.summary.writer.as_deref().unwrap_or(self.organisation);
            if !organisation.is_empty() {
                add(What::Organisation, word_token(sealer, What::Organisation, self.unit, organisation));
            }
            let day = self.at.date_in_norway().to_string();
            // All private persons have one name here: two neighbours' reports are not alike for that.
            if !self.needs.is_empty() && self.summary.sender != PRIVATE_PERSON {
                add(What::Day, sealer.search_index(&["day", self.unit, &self.summary.sender, &day, self.needs]));
            }
        }
        for id in self.ids {
            add(What::Id, id_token(sealer, id));
        }
        rows
    }
}

/// A word of a name, or an organisation number, in one unit.
pub(super) fn word_token(sealer: &Sealer, what: What, unit: &str, word: &str) -> Vec<u8> {
    sealer.search_index(&[what.label(), unit, word])
}

/// Two words of a name, whichever comes first.
pub(super) fn pair_token(sealer: &Sealer, unit: &str, one: &str, other: &str) -> Vec<u8> {
    sealer.search_index(&[What::Pair.label(), unit, one.min(other), one.max(other)])
}

/// An id. Says nothing about anybody, and so holds in every unit.
pub(super) fn id_token(sealer: &Sealer, id: &str) -> Vec<u8> {
    let plain = id.trim().trim_matches(['{', '}']).to_lowercase();
    sealer.search_index(&[What::Id.label(), &plain])
}

fn sorted(words: &[String]) -> String {
    let mut words = words.to_vec();
    words.sort_unstable();
    words.join(" ")
}

/// The words of a name as they are compared: without case, accents, and the ways in which æ, ø and å are written where they
/// cannot be. Each once.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut folded = String::with_capacity(name.len());
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            'å' | 'á' | 'à' | 'â' | 'ã' | 'ā' | 'ă' | 'ą' => folded.push('a'),
            'æ' | 'ä' => folded.push_str("ae"),
            'ø' | 'ö' | 'ó' | 'ò' | 'ô' | 'õ' | 'ő' => folded.push('o'),
            'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => folded.push('e'),
            'í' | 'ì' | 'î' | 'ï' | 'ī' | 'ı' => folded.push('i'),
            'ú' | 'ù' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'ç' | 'ć' | 'č' => folded.push('c'),
            'ñ' | 'ń' | 'ň' | 'ŋ' => folded.push('n'),
            'š' | 'ś' | 'ş' => folded.push('s'),
            'ž' | 'ź' | 'ż' => folded.push('z'),
            'đ' | 'ð' | 'ď' => folded.push('d'),
            'ŧ' | 'ť' => folded.push('t'),
            'ł' => folded.push('l'),
            'ř' => folded.push('r'),
            'ß' => folded.push_str("ss"),
            'þ' => folded.push_str("th"),
            // Marks that stand by themselves after the letter.
            '\u{300}'..='\u{36f}' => {}
            it if it.is_alphanumeric() => folded.push(it),
            _ => folded.push(' '),
        }
    }
    // Aase is Åse, and Bjoern is Bjørn.
    let folded = folded.replace("aa", "a").replace("oe", "o");
    let mut words: Vec<String> = Vec::new();
    for word in folded.split_whitespace() {
        if words.len() < WORDS_MAX && !words.iter().any(|it| it == word) {
            words.push(word.to_owned());
        }
    }
    words
}

/// The tokens of what has just come. Of a report that the unit only knows to exist there are none.
pub(super) fn new_tokens(sealer: &Sealer, message: &NewMessage, item: &NewItem) -> Vec<Vec<Value>> {
    if item.share == Share::Awareness {
        return Vec::new();
    }
    let findable = Findable {
        item: item.id,
        unit: &item.unit.0,
        at: item.received_at(message),
        summary: item.summary.reveal(),
        organisation: message.sender.as_str(),
        needs: &item.needs.join(" "),
        ids: &item.ids,
    };
    findable.rows(sealer)
}

/// What finds an item is no longer of it.
pub(super) async fn forget<E: Engine>(work: &mut Work<E>, item: ItemId) -> Result<(), StoreError> {
    work.execute("DELETE FROM search_tokens WHERE item = $1", values![item.0]).await?;
    Ok(())
}

/// The same ids find another item of the same message too.
pub(super) async fn copy_ids<E: Engine>(work: &mut Work<E>, from: ItemId, to: ItemId) -> Result<(), StoreError> {
    let sql = "-- copy_ids
INSERT INTO search_tokens (item, what, token, at)
SELECT $1, what, token, at
FROM search_tokens
WHERE item = $2 AND what = 'id'
ON CONFLICT DO NOTHING";
    work.execute(sql, values![to.0, from.0]).await?;
    Ok(())
}

/// Adds everything that came before there were tokens and statistics, a part at a time: a database that is opened by this
/// version for the first time. One that is broken off goes on where it was.
pub(super) async fn fill<E: Engine>(pools: &Pools<E>, sealer: &Sealer) -> Result<(), StoreError> {
    if pools.ask("items", "SELECT id FROM items WHERE counted = 0 LIMIT 1", values![]).await?.is_empty() {
        return Ok(());
    }
    tracing::info!("making what reports are found by, for those that came before there was a search");
    while fill_part(pools, sealer).await? {}
    Ok(())
}

/// `false`: there was nothing left.
async fn fill_part<E: Engine>(pools: &Pools<E>, sealer: &Sealer) -> Result<bool, StoreError> {
    let mut work = pools.work().await?;
    work.fetch("items", E::LOCK_MIGRATIONS, values![]).await?;
    let sql = format!(
        "-- fill
SELECT {FIGURES}, i.id, i.message, i.share, i.summary, m.sender, k.key_id, k.wrapped
FROM items AS i
INNER JOIN messages AS m ON m.id = i.message
LEFT JOIN data_keys AS k ON k.message = i.message
WHERE i.counted = 0
LIMIT $1"
    );
    let found = work.fetch("items", AssertSqlSafe(sql), values![FILL_ROWS]).await?;
    let mut rows = Vec::new();
    for record in &found {
        Figures::read(record)?.count(&mut work, 1);
        if record.word("share", Share::from_label)? == Share::Awareness {
            continue;
        }
        // One whose key is gone has no name any more, and must not keep the house closed.
        let summary = summary_of(sealer, record).unwrap_or_default();
        let (unit, organisation, needs) = (record.text("unit")?, record.text("sender")?, record.text("needs")?);
        let findable = Findable {
            item: ItemId(record.uuid("id")?),
            unit: &unit,
            at: record.time("received_at")?,
            summary: &summary,
            organisation: &organisation,
            needs: &needs,
            ids: &[],
        };
        rows.extend(findable.rows(sealer));
    }
    work.insert(&TOKENS, rows).await?;
    let ids = found.iter().map(|it| it.uuid("id")).collect::<Result<Vec<_>, _>>()?;
    let mut statement = Statement::<E>::new("UPDATE items SET counted = 1 WHERE id IN ");
    statement.list(ids.iter().copied());
    work.execute(AssertSqlSafe(statement.sql), statement.values).await?;
    work.commit().await?;
    Ok(!found.is_empty())
}

fn summary_of<E: Engine>(sealer: &Sealer, record: &Record<E>) -> Option<ItemSummary> {
    let (id, message) = (record.uuid("id").ok()?, record.uuid("message").ok()?);
    let kept = match record.text_if_any("key_id").ok()? {
        Some(key_id) => Some(WrappedKey { key_id, wrapped: record.bytes("wrapped").ok()? }),
        None => None,
    };
    let place = Place { table: "items", column: "summary", row: id.as_bytes() };
    let opened = sealer.data_key(message, kept).ok()?.open(place, &record.bytes("summary").ok()?).ok()?;
    summary_from_bytes(&opened)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_name_is_the_same_however_it_is_written() {
        assert_eq!(words("Åse-Marie  BJØRNSTAD"), ["ase", "marie", "bjornstad"]);
        assert_eq!(words("Aase Bjoernstad"), words("Åse Bjørnstad"));
        assert_eq!(words("A\u{30a}se"), words("Åse"), "a letter and its mark");
        assert_eq!(words("Čáhppes Guoskŋa"), ["cahppes", "guoskna"]);
        assert_eq!(words("Ola Ola"), ["ola"]);
        assert_eq!(words(" – , . "), Vec::<String>::new());
    }
}
