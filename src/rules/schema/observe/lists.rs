//! Names and values put in a row, as one says them.

use crate::domain::Text;
use crate::rules::schema::fault::Expected;

/// How many names or values of a list are said.
const LISTED_MAX: usize = 40;

/// One of each list: "A, B and (C or D)".
pub(super) fn all_of(steps: &[Vec<Expected>]) -> Text {
    let each = steps.iter().take(LISTED_MAX).map(|it| match listed_fields(it) {
        Text { nb, nn, en } if it.len() > 1 && steps.len() > 1 => {
            Text::owned(format!("({nb})"), format!("({nn})"), format!("({en})"))
        }
        text => text,
    });
    let each: Vec<Text> = each.collect();
    let join = |of: fn(&Text) -> &str, and: &str| joined(&each.iter().map(of).collect::<Vec<_>>(), and);
    Text::owned(join(|it| &it.nb, " og "), join(|it| &it.nn, " og "), join(|it| &it.en, " and "))
}

pub(super) fn listed_fields(expected: &[Expected]) -> Text {
    let names = |any: &'static str| {
        let name = |it: &'_ Expected| match it {
            Expected::Element(it) => it.local.clone(),
            Expected::Any => any.to_owned(),
        };
        expected.iter().map(name).collect::<Vec<String>>()
    };
    let list = |names: Vec<String>, or: &str| joined(&names.iter().map(String::as_str).collect::<Vec<_>>(), or);
    Text::owned(
        list(names("et felt fra en annen standard"), " eller "),
        list(names("eit felt frå ein annan standard"), " eller "),
        list(names("a field of another schema"), " or "),
    )
}

pub(super) fn listed<'a>(names: impl Iterator<Item = &'a str>) -> Text {
    let names: Vec<&str> = names.collect();
    Text::owned(joined(&names, " eller "), joined(&names, " eller "), joined(&names, " or "))
}

/// "A, B or C"; long lists end in "…".
fn joined(names: &[&str], last: &str) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [.., _] if names.len() > LISTED_MAX => format!("{} …", names[..LISTED_MAX].join(", ")),
        [first @ .., end] => format!("{}{last}{end}", first.join(", ")),
    }
}

pub(super) fn followed_by(one: Text, other: Text) -> Text {
    let join = |one: &str, other: &str| if one.is_empty() { other.to_owned() } else { format!("{one} {other}") };
    Text::owned(join(&one.nb, &other.nb), join(&one.nn, &other.nn), join(&one.en, &other.en))
}
