//! Is a text a value of a simple type?

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::rules::schema::model::Pattern;
use crate::rules::schema::model::SimpleType;
use crate::rules::schema::model::TypeId;
use crate::rules::schema::model::Variety;
use crate::rules::schema::value::Builtin;
use crate::rules::schema::value::White;
use crate::rules::schema::value::items;
use crate::rules::schema::value::normalise;

/// What a value breaks, and the type that says so (that of an item, for a list).
pub(in crate::rules::schema) struct Problem<'a> {
    pub simple: &'a SimpleType,
    pub what: What<'a>,
}

pub(in crate::rules::schema) enum What<'a> {
    Form,
    Pattern(&'a Pattern),
    Enumeration(&'a [Box<str>]),
    Length(usize),
    TooShort(usize),
    TooLong(usize),
    TooSmall,
    TooLarge,
    TotalDigits(usize),
    FractionDigits(usize),
    Union(&'a [TypeId]),
}

/// Checks a text that is not yet normalised. Returns the built-in type that the value (or each item of a list) turned out to
/// have; with a union that is the member that took it.
pub(in crate::rules::schema) fn validate<'a>(
    look_up: &impl Fn(TypeId) -> &'a SimpleType,
    simple: &'a SimpleType,
    raw: &str,
) -> Result<Builtin, Problem<'a>> {
    let value = match simple.variety {
        // Megabytes of attachment are not copied only to straighten their lines.
        Variety::Atomic(Builtin::Base64Binary) if simple.patterns.is_empty() => Cow::Borrowed(raw),
        _ => normalise(raw, simple.white),
    };
    let builtin = match &simple.variety {
        Variety::Atomic(builtin) if builtin.has_form(&value) => *builtin,
        Variety::Atomic(_) => return Err(Problem { simple, what: What::Form }),
        Variety::List(item) => {
            let item = look_up(*item);
            let mut builtin = Builtin::AnySimple;
            for it in items(&value) {
                builtin = validate(look_up, item, it)?;
            }
            builtin
        }
        Variety::Union(members) => {
            let taken = members.iter().find_map(|it| validate(look_up, look_up(*it), &value).ok());
            taken.ok_or(Problem { simple, what: What::Union(members) })?
        }
    };
    match broken(look_up, simple, builtin, &value) {
        Some(what) => Err(Problem { simple, what }),
        None => Ok(builtin),
    }
}

/// The first facet that the value breaks.
fn broken<'a>(
    look_up: &impl Fn(TypeId) -> &'a SimpleType,
    simple: &'a SimpleType,
    builtin: Builtin,
    value: &str,
) -> Option<What<'a>> {
    if let Some(values) = &simple.enumeration
        && !values.iter().any(|it| same(look_up, simple, it, value))
    {
        return Some(What::Enumeration(values));
    }
    if let Some(pattern) = simple.patterns.iter().find(|it| !it.regex.is_match(value)) {
        return Some(What::Pattern(pattern));
    }
    if simple.length.or(simple.length_min).or(simple.length_max).is_some() && builtin != Builtin::QName {
        let length = match simple.variety {
            Variety::List(_) => items(value).count(),
            Variety::Atomic(_) | Variety::Union(_) => builtin.length(value),
        };
        if let Some(exactly) = simple.length.filter(|it| length != *it) {
            return Some(What::Length(exactly));
        }
        if let Some(min) = simple.length_min.filter(|it| length < *it) {
            return Some(What::TooShort(min));
        }
        if let Some(max) = simple.length_max.filter(|it| length > *it) {
            return Some(What::TooLong(max));
        }
    }
    if let Some(min) = &simple.min {
        let order = builtin.compare(value, &min.value);
        if !(order == Some(Ordering::Greater) || (min.inclusive && order == Some(Ordering::Equal))) {
            return Some(What::TooSmall);
        }
    }
    if let Some(max) = &simple.max {
        let order = builtin.compare(value, &max.value);
        if !(order == Some(Ordering::Less) || (max.inclusive && order == Some(Ordering::Equal))) {
            return Some(What::TooLarge);
        }
    }
    if simple.total_digits.or(simple.fraction_digits).is_some() {
        let (total, fraction) = Builtin::digits(value);
        if let Some(max) = simple.total_digits.filter(|it| total > *it) {
            return Some(What::TotalDigits(max));
        }
        if let Some(max) = simple.fraction_digits.filter(|it| fraction > *it) {
            return Some(What::FractionDigits(max));
        }
    }
    None
}

/// Whether two normalised texts are the same value of a type.
pub(in crate::rules::schema) fn same<'a>(
    look_up: &impl Fn(TypeId) -> &'a SimpleType,
    simple: &'a SimpleType,
    one: &str,
    other: &str,
) -> bool {
    if one == other {
        return true;
    }
    match &simple.variety {
        Variety::Atomic(builtin) => builtin.has_form(one) && builtin.has_form(other) && builtin.same(one, other),
        Variety::List(item) => {
            let item = look_up(*item);
            items(one).count() == items(other).count()
                && items(one).zip(items(other)).all(|(one, other)| same(look_up, item, one, other))
        }
        Variety::Union(members) => members.iter().map(|it| look_up(*it)).any(|it| {
            let fits = |value: &str| validate(look_up, it, value).is_ok();
            fits(one)
                && fits(other)
                && same(look_up, it, &normalise(one, White::Collapse), &normalise(other, White::Collapse))
        }),
    }
}
