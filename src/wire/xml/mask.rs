//! A line of a message with the values of people left out, so that it can be shown to somebody and sent on to a colleague.
//!
//! Element and attribute names, punctuation and known codes stay; every other letter or digit becomes `•`. The text need not
//! be well-formed: where it is not clearly a tag it counts as text, and is masked.

use crate::domain::MaskedLine;
use std::ops::Range;

/// Characters shown of one line; a message may be one line of megabytes.
const LINE_CHARS_MAX: usize = 240;

/// How many of them stand before the place in question.
const LINE_CHARS_BEFORE: usize = 80;

const MASK: char = '•';

/// Longer runs of digits than this are no part of a code list's OID.
const OID_DIGITS_MAX: usize = 7;

/// Codes of the attribute `V` are kept without being known when they are so short. Bytes.
const SHORT_CODE_BYTES_MAX: usize = 3;

/// The lines at `places` (line and column from 1, as in a finding), masked. `None`: the text has no such line.
pub fn masked_lines(
    text: &str,
    places: &[(u32, u32)],
    is_code: impl Fn(&str) -> bool,
    is_name: impl Fn(&str) -> bool,
) -> Vec<Option<MaskedLine>> {
    let offsets = offsets(text, places);
    let windows: Vec<_> = offsets.iter().map(|it| it.map(|at| (at, window(text, at)))).collect();
    let mut sorted: Vec<Range<usize>> = windows.iter().flatten().map(|(_, it)| it.clone()).collect();
    sorted.sort_by_key(|it| (it.end, it.start));
    let mut kept: Vec<Range<usize>> = Vec::new();
    // Only what some window shows is looked at and remembered; windows are short, so the first that ends after it decides.
    let is_shown = |range: &Range<usize>| {
        let first = sorted.partition_point(|it| it.end <= range.start);
        sorted[first..].iter().any(|it| it.start < range.end)
    };
    scan(text, &is_code, &is_shown, &is_name, &mut |range| {
        if is_shown(&range) {
            kept.push(range);
        }
    });
    windows.into_iter().map(|it| it.map(|(at, window)| masked(text, at, window, &kept))).collect()
}

/// The byte offset of each place. Lines are skipped whole; only those with a place in them are walked.
fn offsets(text: &str, places: &[(u32, u32)]) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_key(|it| places[*it]);
    let mut found = vec![None; places.len()];
    let (mut line, mut start) = (1, 0);
    // Where we are on the line, so that a line of megabytes with many places is walked once.
    let (mut column, mut at) = (1, 0);
    for index in order {
        let (wanted_line, wanted_column) = places[index];
        while line < wanted_line {
            let Some(end) = text[start..].find('\n') else { return found };
            (line, start) = (line + 1, start + end + 1);
            (column, at) = (1, start);
        }
        if line > wanted_line || wanted_line == 0 {
            continue;
        }
        // Columns beyond the end of a line mean its end.
        let ahead = wanted_column.saturating_sub(column);
        let mut steps = text[at..].char_indices();
        let mut walked = 0;
        let offset = loop {
            match steps.next() {
                None => break text.len(),
                Some((step, '\n')) => break at + step,
                Some((step, _)) if walked == ahead => break at + step,
                Some(_) => walked += 1,
            }
        };
        (column, at) = (column + walked, offset);
        found[index] = Some(offset);
    }
    found
}

/// What is shown around an offset: a piece of its line, without the indentation. It costs no more for a long line.
fn window(text: &str, at: usize) -> Range<usize> {
    let before = text[..at].char_indices().rev().take_while(|(_, it)| *it != '\n');
    let start = before.take(LINE_CHARS_BEFORE).last().map_or(at, |(it, _)| it);
    let after = text[at..].char_indices().take_while(|(_, it)| *it != '\n');
    let end = after.take(LINE_CHARS_MAX - LINE_CHARS_BEFORE).last().map_or(at, |(it, last)| at + it + last.len_utf8());
    let indentation = text[start..at].len() - text[start..at].trim_start().len();
    start + indentation..end
}

fn masked(text: &str, at: usize, window: Range<usize>, kept: &[Range<usize>]) -> MaskedLine {
    let cut_before = text[..window.start].chars().next_back().is_some_and(|it| !it.is_whitespace());
    let cut_after = !matches!(text.as_bytes().get(window.end), None | Some(b'\n'));
    let here = &text[at..window.end];
    let end = if here.starts_with('<') {
        here.find('>').map_or(here.len(), |it| it + 1)
    } else {
        here.find(['<', '>']).filter(|it| *it > 0).unwrap_or(here.len())
    };
    let show = |range: Range<usize>| -> String {
        let start = range.start;
        let first = kept.partition_point(|it| it.end <= start);
        let mut near = kept[first..].iter().peekable();
        let shown = text[range].char_indices().map(|(offset, character)| {
            let offset = start + offset;
            while near.next_if(|it| it.end <= offset).is_some() {}
            let is_kept = near.peek().is_some_and(|it| it.contains(&offset));
            if is_kept || character.is_ascii_punctuation() || character.is_whitespace() { character } else { MASK }
        });
        shown.collect()
    };
    MaskedLine {
        before: show(window.start..at),
        here: show(at..at + end),
        after: show(at + end..window.end),
        cut: (cut_before, cut_after),
    }
}

/// Tells `keep` what may be shown, in the order of the text and never twice.
fn scan(
    text: &str,
    is_code: &impl Fn(&str) -> bool,
    is_shown: &impl Fn(&Range<usize>) -> bool,
    is_name: &impl Fn(&str) -> bool,
    keep: &mut impl FnMut(Range<usize>),
) {
    let mut at = declaration(text);
    if at > 0 {
        keep(0..at);
    }
    let mut element = "";
    while at < text.len() {
        let rest = &text[at..];
        let after = |mark: &str| rest.find(mark).map_or(text.len(), |it| at + it + mark.len());
        if rest.starts_with("<!--") {
            at = after("-->");
        } else if rest.starts_with("<?") {
            at = after("?>");
        } else if rest.starts_with("<![CDATA[") {
            keep(at..at + "<![CDATA[".len());
            at = after("]]>");
        } else if let Some(tag) = Tag::read(text, at, is_shown) {
            element = tag.name;
            tag.keep(at, is_code, keep);
            at = tag.end;
        } else {
            // Text; a `<` that begins no tag belongs to it.
            let is_broken_tag = rest.starts_with('<');
            let begins = at + usize::from(is_broken_tag);
            let end = text[begins..].find('<').map_or(text.len(), |it| begins + it);
            let value = text[begins..end].trim();
            if !is_shown(&(begins..end)) {
                // Nobody asks.
            } else if is_broken_tag {
                let names = words(text, begins..end).filter(|it| is_name(&text[it.clone()]));
                names.for_each(&mut *keep);
            } else if is_code(value) && !is_of_name(element) {
                let start = begins + text[begins..end].find(value).unwrap_or_default();
                keep(start..start + value.len());
            }
            at = end;
        }
    }
}

/// The words of a piece of text.
fn words(text: &str, piece: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let is_mark = |it: char| !(it.is_alphanumeric() || it == '_');
    let offset = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let words = text[piece].split(is_mark).filter(|it| !it.is_empty());
    words.map(move |it| offset(it)..offset(it) + it.len())
}

/// An element that holds somebody's name: there no text is a code, whatever it looks like.
fn is_of_name(element: &str) -> bool {
    let local = element.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
    local.ends_with("navn") || local.ends_with("name")
}

/// The length of the XML declaration, when there is one and it is no more than that.
fn declaration(text: &str) -> usize {
    const DECLARATION_BYTES_MAX: usize = 100;
    let end = text.find("?>").map_or(0, |it| it + 2);
    let inside = text.get(..end).filter(|it| it.len() <= DECLARATION_BYTES_MAX);
    let pieces = inside.and_then(|it| it.strip_prefix("<?xml ")).unwrap_or("-").split_whitespace();
    let is_known =
        |it: &str| it == "?>" || ["version=", "encoding=", "standalone="].iter().any(|name| it.starts_with(name));
    if pieces.into_iter().all(is_known) { end } else { 0 }
}

/// A start or end tag that is written as it should be.
struct Tag<'t> {
    name: &'t str,
    /// Just after `>`.
    end: usize,
    /// Name and value of each attribute that is shown, the value without its quotes. A tag may have a million of them.
    attributes: Vec<(Range<usize>, Range<usize>)>,
    text: &'t str,
}

impl<'t> Tag<'t> {
    fn read(text: &'t str, at: usize, is_shown: &impl Fn(&Range<usize>) -> bool) -> Option<Self> {
        let bytes = text.as_bytes();
        let is = |at: usize, wanted: u8| bytes.get(at) == Some(&wanted);
        let blanks = |at: usize| at + bytes[at..].iter().take_while(|it| it.is_ascii_whitespace()).count();
        if !is(at, b'<') {
            return None;
        }
        let name = name(text, at + 1 + usize::from(is(at + 1, b'/')))?;
        let mut attributes = Vec::new();
        let mut next = name.end;
        loop {
            let begins = blanks(next);
            if is(begins, b'>') {
                return Some(Self { name: &text[name], end: begins + 1, attributes, text });
            }
            if is(begins, b'/') && is(begins + 1, b'>') {
                return Some(Self { name: &text[name], end: begins + 2, attributes, text });
            }
            if begins == next {
                return None;
            }
            let attribute = self::name(text, begins)?;
            let equals = blanks(attribute.end);
            let quoted = blanks(equals + 1);
            let quote = bytes.get(quoted).filter(|it| is(equals, b'=') && matches!(it, b'"' | b'\''))?;
            let value =
                quoted + 1..quoted + 1 + bytes[quoted + 1..].iter().position(|it| it == quote || *it == b'<')?;
            if bytes.get(value.end) != Some(quote) {
                return None;
            }
            next = value.end + 1;
            if is_shown(&(attribute.start..value.end)) {
                attributes.push((attribute, value));
            }
        }
    }

    /// Everything but the values that are no codes. What is not shown may lie within what is kept.
    fn keep(&self, at: usize, is_code: &impl Fn(&str) -> bool, keep: &mut impl FnMut(Range<usize>)) {
        let mut from = at;
        for (name, value) in &self.attributes {
            keep(from..value.start);
            if is_kept(&self.text[name.clone()], &self.text[value.clone()], is_code) {
                keep(value.clone());
            }
            from = value.end;
        }
        keep(from..self.end);
    }
}

/// Letters, digits and `_:.-`, not beginning with a digit or a mark.
fn name(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..)?;
    let length = rest.find(|it: char| !(it.is_alphanumeric() || "_:.-".contains(it))).unwrap_or(rest.len());
    rest[..length].starts_with(|it: char| it.is_alphabetic() || it == '_').then_some(at..at + length)
}

fn is_kept(name: &str, value: &str, is_code: &impl Fn(&str) -> bool) -> bool {
    match name {
        "V" => is_code(value) || is_short_code(value),
        "S" => is_oid(value),
        _ => name == "xmlns" || name.starts_with("xmlns:") || is_code(value),
    }
}

fn is_short_code(value: &str) -> bool {
    value.len() <= SHORT_CODE_BYTES_MAX && value.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit())
}

fn is_oid(value: &str) -> bool {
    value
        .split('.')
        .all(|it| (1..=OID_DIGITS_MAX).contains(&it.len()) && it.bytes().all(|digit| digit.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::LINE_CHARS_MAX;
    use super::masked_lines;

    fn shown(text: &str, line: u32, column: u32) -> String {
        let found = masked_lines(text, &[(line, column)], |it| it == "HASTER" || it == "FNR", |it| it == "Navn");
        found[0].as_ref().map(|it| format!("{}[{}]{}", it.before, it.here, it.after)).unwrap()
    }

    #[test]
    fn names_of_elements_and_known_codes_stay_and_values_go() {
        for (line, expected) in [
            ("  <Navn>Åse Prøve-Sen</Navn>", "[<Navn>]••• •••••-•••</Navn>"),
            ("  <Id type='FNR'>12835401802</Id>", "[<Id type='FNR'>]•••••••••••</Id>"),
            ("  <Hastegrad> HASTER </Hastegrad>", "[<Hastegrad>] HASTER </Hastegrad>"),
            ("  <Etternavn>HASTER</Etternavn>", "[<Etternavn>]••••••</Etternavn>"),
            (
                "  <T V=\"HER\" S=\"2.16.578.1.8116\" DN=\"HER-id\"/>",
                "[<T V=\"HER\" S=\"2.16.578.1.8116\" DN=\"•••-••\"/>]",
            ),
            ("  <T V=\"tel:99000001\" S=\"12835401802\"/>", "[<T V=\"•••:••••••••\" S=\"•••••••••••\"/>]"),
            ("  <a><!-- Åse --><![CDATA[Åse]]><?note Åse?></a>", "[<a>]<!-- ••• --><![CDATA[•••]]><?•••• •••?></a>"),
            ("  <mh:A xmlns:mh=\"urn:x\">a&amp;b</mh:A>", "[<mh:A xmlns:mh=\"urn:x\">]•&•••;•</mh:A>"),
        ] {
            assert_eq!(shown(line, 1, 3), expected, "{line}");
        }
    }

    #[test]
    fn what_is_not_clearly_a_tag_is_masked() {
        for (text, expected) in [
            ("<Ola Nordmann</Navn>", "[<••• ••••••••</Navn>]"),
            ("<Navn Ola=1>Ola</Navn>", "[<Navn •••=•>]•••</Navn>"),
            ("<a b=\"Ola></a><c d=\"1\">", "[<• •=\"•••>]</a><c d=\"•\">"),
            ("<a b=Ola>", "[<• •=•••>]"),
            ("<a Ola>", "[<• •••>]"),
            ("< Ola >", "[< ••• >]"),
            ("<!DOCTYPE a [<!ENTITY x \"Ola\">]>", "[<!••••••• • [<!•••••• • \"•••\">]]>"),
            ("<a>Ola", "[<a>]•••"),
            ("<!-- Ola", "[<!-- •••]"),
            ("Ola Nordmann", "[••• ••••••••]"),
        ] {
            assert_eq!(shown(text, 1, 1), expected, "{text}");
        }
    }

    #[test]
    fn the_place_is_found_in_a_text_of_many_lines_and_in_one_long_line() {
        let text = "<a>\n  <b>æ</b>\n</a>";
        assert_eq!(shown(text, 2, 6), "<b>[•]</b>");
        assert_eq!(shown(text, 3, 40), "</a>[]");
        assert_eq!(masked_lines(text, &[(4, 1), (0, 0)], |_| false, |_| false), [None, None]);

        let long = format!("<a>{}<b>Ola</b></a>", "<x>1</x>".repeat(1000));
        let found = masked_lines(&long, &[(1, 4000), (1, 8004)], |_| false, |_| false);
        let (middle, end) = (found[0].as_ref().unwrap(), found[1].as_ref().unwrap());
        assert_eq!(middle.cut, (true, true));
        assert_eq!((end.cut, end.here.as_str()), ((true, false), "<b>"));
        assert!((middle.before.clone() + &middle.here + &middle.after).chars().count() <= LINE_CHARS_MAX);
    }

    #[test]
    fn several_lines_are_found_at_once_in_any_order() {
        let text = "<a>Ola</a>\n<b>HASTER</b>\n<c>Kari</c>\n";
        let places = [(3, 4), (1, 1), (2, 4), (3, 4)];
        let found = masked_lines(text, &places, |it| it == "HASTER", |_| false);
        let here: Vec<_> = found.iter().map(|it| it.as_ref().unwrap().here.as_str()).collect();

        assert_eq!(here, ["••••", "<a>", "HASTER", "••••"]);
    }
}
