//! Patterns of XML Schema (part 2, appendix F) in the words of the `regex` crate, which matches in linear time: the pattern
//! `(\d+\.?)*\d+` of the national schemas takes a backtracking engine seconds on a long value.
//!
//! They differ in that `^`, `$` and `~` are ordinary, `.` leaves out carriage return too, `\s`, `\w`, `\i` and `\c` are other sets, classes
//! are subtracted by `-[…]`, and the whole value must fit.

use regex::Regex;
use regex::RegexBuilder;

/// How large a compiled pattern may be, in bytes.
const PATTERN_BYTES_MAX: usize = 1024 * 1024;

/// A regular expression for values that fit the pattern from end to end.
///
/// # Errors
/// A sentence that says what is not understood.
pub(super) fn translate(pattern: &str) -> Result<Regex, String> {
    let mut reader = Reader { rest: pattern, out: String::with_capacity(pattern.len() + 16) };
    reader.out.push_str(r"\A(?:");
    reader.expression(0)?;
    if !reader.rest.is_empty() {
        return Err("a closing parenthesis that nothing opens".to_owned());
    }
    reader.out.push_str(r")\z");
    let built = RegexBuilder::new(&reader.out).size_limit(PATTERN_BYTES_MAX).build();
    built.map_err(|_| "a pattern that cannot be compiled or is too large".to_owned())
}

const DEPTH_MAX: usize = 32;
const NAME_START: &str = r"_:A-Za-z\xC0-\xD6\xD8-\xF6\xF8-\x{2FF}\x{370}-\x{37D}\x{37F}-\x{1FFF}\x{200C}-\x{200D}\x{2070}-\x{218F}\x{2C00}-\x{2FEF}\x{3001}-\x{D7FF}\x{F900}-\x{FDCF}\x{FDF0}-\x{FFFD}\x{10000}-\x{EFFFF}";
const NAME_MORE: &str = r"\-.0-9\xB7\x{300}-\x{36F}\x{203F}-\x{2040}";

struct Reader<'p> {
    rest: &'p str,
    out: String,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let it = self.rest.chars().next()?;
        self.rest = &self.rest[it.len_utf8()..];
        Some(it)
    }

    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    /// Branches with `|` between them, up to the end or a closing parenthesis.
    fn expression(&mut self, depth: usize) -> Result<(), String> {
        if depth > DEPTH_MAX {
            return Err("parentheses too deep within each other".to_owned());
        }
        let mut can_repeat = false;
        while let Some(it) = self.peek() {
            match it {
                ')' => return Ok(()),
                '|' => {
                    self.out.push('|');
                    self.next();
                    can_repeat = false;
                }
                '?' | '*' | '+' | '{' => {
                    if !can_repeat {
                        return Err(format!("{it} after nothing that can be repeated"));
                    }
                    self.quantifier()?;
                    can_repeat = false;
                }
                _ => {
                    self.atom(depth)?;
                    can_repeat = true;
                }
            }
        }
        Ok(())
    }

    fn quantifier(&mut self) -> Result<(), String> {
        let Some(inside) = self.rest.strip_prefix('{') else {
            let sign = self.next();
            self.out.extend(sign);
            return Ok(());
        };
        let (inside, rest) = inside.split_once('}').ok_or("a { without }")?;
        let is_number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
        let is_quantity = match inside.split_once(',') {
            Some((from, to)) => is_number(from) && (to.is_empty() || is_number(to)),
            None => is_number(inside),
        };
        if !is_quantity {
            return Err("a quantity that is not {n}, {n,} or {n,m}".to_owned());
        }
        self.out.push('{');
        self.out.push_str(inside);
        self.out.push('}');
        self.rest = rest;
        Ok(())
    }

    fn atom(&mut self, depth: usize) -> Result<(), String> {
        match self.next() {
            Some('(') => {
                self.out.push_str("(?:");
                self.expression(depth + 1)?;
                if self.next() != Some(')') {
                    return Err("a ( without )".to_owned());
                }
                self.out.push(')');
            }
            Some('[') => self.class(depth)?,
            Some('.') => self.out.push_str(r"[^\n\r]"),
            Some('\\') => {
                let escape = self.escape()?;
                match escape {
                    Escape::Character(it) => push_literal(&mut self.out, it),
                    Escape::Set(it) => self.out.push_str(&format!("[{it}]")),
                }
            }
            Some(it @ (']' | '}')) => return Err(format!("a {it} that nothing opens")),
            Some(it) => push_literal(&mut self.out, it),
            None => return Err("the pattern ends too early".to_owned()),
        }
        Ok(())
    }

    /// After `[`. XML Schema subtracts with `-[…]` at the end, the crate with `--[…]`.
    fn class(&mut self, depth: usize) -> Result<(), String> {
        if depth > DEPTH_MAX {
            return Err("classes too deep within each other".to_owned());
        }
        let is_negated = self.rest.starts_with('^');
        if is_negated {
            self.next();
        }
        let mut members = String::new();
        loop {
            match self.next().ok_or("a [ without ]")? {
                ']' if members.is_empty() => return Err("an empty class".to_owned()),
                ']' => {
                    self.push_class(is_negated, &members);
                    return Ok(());
                }
                '[' => return Err("a [ within a class".to_owned()),
                '-' if self.rest.starts_with('[') => {
                    self.next();
                    self.out.push('[');
                    self.push_class(is_negated, &members);
                    self.out.push_str("--");
                    self.class(depth + 1)?;
                    self.out.push(']');
                    return if self.next() == Some(']') { Ok(()) } else { Err("a [ without ]".to_owned()) };
                }
                '\\' => match self.escape()? {
                    Escape::Character(from) => self.range(from, &mut members)?,
                    Escape::Set(set) => members.push_str(&format!("[{set}]")),
                },
                from => self.range(from, &mut members)?,
            }
        }
    }

    fn push_class(&mut self, is_negated: bool, members: &str) {
        self.out.push_str(if is_negated { "[^" } else { "[" });
        self.out.push_str(members);
        self.out.push(']');
    }

    /// One character, or from it to another.
    fn range(&mut self, from: char, members: &mut String) -> Result<(), String> {
        push_literal(members, from);
        let is_range = self.rest.starts_with('-') && !self.rest.starts_with("-]") && !self.rest.starts_with("-[");
        if !is_range || from == '-' {
            return Ok(());
        }
        self.next();
        let to = match self.next().ok_or("a [ without ]")? {
            '\\' => match self.escape()? {
                Escape::Character(to) => to,
                Escape::Set(_) => return Err("a range to a set".to_owned()),
            },
            to => to,
        };
        if to < from {
            return Err("a range that runs backwards".to_owned());
        }
        members.push('-');
        push_literal(members, to);
        Ok(())
    }

    /// After a backslash.
    fn escape(&mut self) -> Result<Escape, String> {
        let letter = self.next().ok_or("a \\ at the end")?;
        Ok(match letter {
            'n' => Escape::Character('\n'),
            'r' => Escape::Character('\r'),
            't' => Escape::Character('\t'),
            '\\' | '|' | '.' | '?' | '*' | '+' | '(' | ')' | '{' | '}' | '-' | '[' | ']' | '^' => {
                Escape::Character(letter)
            }
            'd' => Escape::Set(r"\p{Nd}".to_owned()),
            'D' => Escape::Set(r"\P{Nd}".to_owned()),
            's' => Escape::Set(r"\x20\t\n\r".to_owned()),
            'S' => Escape::Set(r"^\x20\t\n\r".to_owned()),
            'w' => Escape::Set(r"^\p{P}\p{Z}\p{C}".to_owned()),
            'W' => Escape::Set(r"\p{P}\p{Z}\p{C}".to_owned()),
            'i' => Escape::Set(NAME_START.to_owned()),
            'I' => Escape::Set(format!("^{NAME_START}")),
            'c' => Escape::Set(format!("{NAME_START}{NAME_MORE}")),
            'C' => Escape::Set(format!("^{NAME_START}{NAME_MORE}")),
            'p' | 'P' => {
                let inside = self.rest.strip_prefix('{').ok_or("a \\p without {")?;
                let (name, rest) = inside.split_once('}').ok_or("a \\p without }")?;
                let is_category = matches!(name.len(), 1 | 2)
                    && name.starts_with(['L', 'M', 'N', 'P', 'Z', 'S', 'C'])
                    && name.chars().skip(1).all(|it| it.is_ascii_lowercase());
                if !is_category {
                    return Err(format!("\\{letter}{{{name}}}, which is no general category"));
                }
                self.rest = rest;
                Escape::Set(format!("\\{letter}{{{name}}}"))
            }
            _ => return Err(format!("\\{letter}, which is no escape of XML Schema")),
        })
    }
}

enum Escape {
    Character(char),
    /// What stands within the brackets of a class of the crate.
    Set(String),
}

/// A character as itself, also within a class.
fn push_literal(out: &mut String, it: char) {
    if it.is_alphanumeric() || it == '_' {
        out.push(it);
    } else {
        out.push_str(&format!("\\x{{{:X}}}", it as u32));
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;
    use std::time::Instant;

    use super::*;

    fn fits(pattern: &str, value: &str) -> bool {
        translate(pattern).unwrap().is_match(value)
    }

    #[test]
    fn the_whole_value_must_fit() {
        assert!(fits("true|false", "true") && !fits("true|false", "truefalse") && !fits("a", "a\n"));
        assert!(fits("[0-9]{1,3}", "123") && !fits("[0-9]{1,3}", "1234"));
        assert!(fits("", "") && !fits("", "a"));
    }

    #[test]
    fn the_dialect_is_that_of_xml_schema() {
        assert!(fits("^a$", "^a$"), "anchors are ordinary characters");
        assert!(fits("a.b", "a b") && !fits("a.b", "a\rb"));
        assert!(fits(r"\s", "\t") && !fits(r"\s", "\u{a0}") && fits(r"\S", "\u{a0}"));
        assert!(fits(r"\w+", "aå1") && !fits(r"\w", "-") && !fits(r"\w", " "));
        assert!(fits(r"\i\c*", "Formål-1") && !fits(r"\i", "1") && fits(r"\C", " "));
        assert!(fits(r"[a-z-[aeiou]]+", "bcd") && !fits(r"[a-z-[aeiou]]+", "bad"));
        assert!(fits(r"[^a-c-[x]]", "d") && !fits(r"[^a-c-[x]]", "x"));
        assert!(fits(r"[a&&b~~]+", "a&b~"), "operators of the crate are ordinary characters");
        assert!(fits(r"[+\-]", "-") && fits("[a-]", "-") && fits("[-a]", "-"));
        assert!(fits(r"\p{Lu}[\p{Ll}]", "Åå") && !fits(r"\P{L}", "a"));
        assert!(fits("[^@ ]+@[^@ ]+", "a@b") && !fits("[^@ ]+@[^@ ]+", "a@b@c"));
        assert!(fits(r"[A-ZÆØÅ]{2,4}", "ÆØ"));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for pattern in
            ["(?:a)", "a*?", "a**", "a{,3}", "[a", "(a", "a)", r"\b", r"\p{IsGreek}", r"\1", "[]", "a{2", "*", "]", "}"]
        {
            assert!(translate(pattern).is_err(), "{pattern}");
        }
    }

    #[test]
    fn a_pattern_that_is_slow_elsewhere_is_quick() {
        let regex = translate(r"(\d+\.?)*\d+").unwrap();
        let start = Instant::now();

        assert!(!regex.is_match(&format!("{}x", "1".repeat(100_000))));
        assert!(start.elapsed() < Duration::from_secs(5));
    }
}
