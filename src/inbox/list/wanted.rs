//! A list as its URL says.

use crate::domain::ItemId;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::inbox::events;
use crate::inbox::fault;
use crate::inbox::list::tabs::Tab;
use crate::inbox::narrow::Asked;
use crate::inbox::narrow::Narrowed;
use crate::storage::InboxCursor;
use crate::storage::InboxOrder;

/// A list as its URL says.
pub(super) struct Wanted {
    pub tab: Tab,
    pub unit: Option<UnitId>,
    pub order: InboxOrder,
    pub after: Option<InboxCursor>,
    pub narrowed: Narrowed,
}

impl Wanted {
    /// `None`: the URL is not one of ours, or names somebody else's unit.
    pub(super) fn parse(query: Asked, first: Tab, units: &[UnitId], now: Timestamp) -> Option<Self> {
        let narrowed = Narrowed::parse(&query, now)?;
        let tab = match query.tab {
            None => first,
            Some(word) => Tab::ALL.into_iter().find(|it| it.word() == word)?,
        };
        let unit = match query.unit.filter(|it| !it.is_empty()) {
            None => None,
            Some(id) => Some(units.iter().find(|it| it.0 == id)?.clone()),
        };
        let order = match query.order.as_deref() {
            None | Some("") => tab.order(),
            Some("work") => InboxOrder::Work,
            Some("newest") => InboxOrder::NewestFirst,
            Some(_) => return None,
        };
        let after = match query.after {
            None => None,
            Some(text) => Some(parse_cursor(&text)?),
        };
        Some(Self { tab, unit, order, after, narrowed })
    }

    /// The URL of this list at another tab, order or page.
    pub(super) fn href(&self, tab: Tab, order: InboxOrder, after: Option<InboxCursor>) -> String {
        // Another list has other states.
        let but: &[&str] = if tab == self.tab { &[] } else { &["status"] };
        self.href_but(tab, order, after, but)
    }

    /// As [`Wanted::href`], without some of the fields.
    pub(super) fn href_but(&self, tab: Tab, order: InboxOrder, after: Option<InboxCursor>, but: &[&str]) -> String {
        let mut href = format!("/?tab={}", tab.word());
        if let Some(unit) = self.unit.as_ref().filter(|_| !but.contains(&"unit")) {
            href = format!("{href}&unit={}", fault::query_value(&unit.0));
        }
        if order != tab.order() {
            href = format!("{href}&order={}", order_word(order));
        }
        if let Some(cursor) = after {
            href = format!("{href}&after={}", cursor_text(cursor));
        }
        href + &self.narrowed.query(but)
    }

    /// The URL of what tells how many there are as time goes. `None`: of a list that is narrowed nothing is told.
    pub(super) fn events(&self) -> Option<String> {
        self.narrowed.is_empty().then(|| match &self.unit {
            None => events::PATH.to_owned(),
            Some(unit) => format!("{}?unit={}", events::PATH, fault::query_value(&unit.0)),
        })
    }
}

pub(super) const fn order_word(order: InboxOrder) -> &'static str {
    match order {
        InboxOrder::Work => "work",
        InboxOrder::NewestFirst => "newest",
    }
}

fn cursor_text(cursor: InboxCursor) -> String {
    format!("{}_{}_{}", cursor.deadline.0, cursor.received_at.0, cursor.id)
}

fn parse_cursor(text: &str) -> Option<InboxCursor> {
    let mut parts = text.splitn(3, '_');
    let deadline = Timestamp(parts.next()?.parse().ok()?);
    let received_at = Timestamp(parts.next()?.parse().ok()?);
    let id: ItemId = parts.next()?.parse().ok()?;
    Some(InboxCursor { deadline, received_at, id })
}

#[cfg(test)]
mod tests {
    use super::cursor_text;
    use super::parse_cursor;
    use crate::domain::ItemId;
    use crate::domain::Timestamp;
    use crate::storage::InboxCursor;
    use uuid::Uuid;

    #[test]
    fn a_cursor_survives_the_url() {
        let cursor = InboxCursor { deadline: Timestamp(9), received_at: Timestamp(-5), id: ItemId(Uuid::from_u128(7)) };

        assert_eq!(parse_cursor(&cursor_text(cursor)), Some(cursor));
        assert_eq!(parse_cursor("2_5_x"), None);
        assert_eq!(parse_cursor(""), None);
    }
}
