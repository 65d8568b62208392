//! Draws a text with structure. Only the tags written here can come out, and every text is escaped: what a sender wrote
//! is shown, and can do nothing.

use crate::domain::Block;
use crate::domain::Cell;
use crate::domain::Inline;
use crate::domain::Passage;
use crate::domain::PassagePart;
use crate::domain::Redacted;
use crate::domain::RichText;
use crate::inbox::letter::care;
use crate::inbox::texts::Words;
use std::fmt;
use std::fmt::Write;

/// A text to be drawn for somebody who may read it.
pub(in crate::inbox) enum Rich {
    Text(Redacted<RichText>),
    /// With its elements as terms of a list.
    Passage(Redacted<Passage>, Words),
}

impl Rich {
    pub(super) fn of(text: &Redacted<RichText>) -> Self {
        Self::Text(text.clone())
    }

    pub(super) fn of_passage(passage: &Redacted<Passage>, t: Words) -> Self {
        Self::Passage(passage.clone(), t)
    }
}

impl fmt::Display for Rich {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => blocks(&text.reveal().blocks, formatter),
            Self::Passage(it, t) => passage(it.reveal(), *t, formatter),
        }
    }
}

/// What a passage says, in its own order; the passages within it as terms with what they say.
fn passage(it: &Passage, t: Words, out: &mut dyn Write) -> fmt::Result {
    for part in &it.parts {
        match part {
            PassagePart::Passage(inner) => {
                wrapped("dl", out, |out| {
                    wrapped("dt", out, |out| escaped(&t.care_element(&inner.element), out))?;
                    wrapped("dd", out, |out| {
                        if inner.parts.is_empty() { out.write_str("–") } else { passage(inner, t, out) }
                    })
                })?
            }
            PassagePart::Rich(text) => {
                blocks(&text.blocks, out)?;
                if text.left_out > 0 {
                    wrapped("p", out, |out| escaped(t.content_left_out(), out))?;
                }
            }
            PassagePart::Text(_) | PassagePart::Coded(_) | PassagePart::Attribute { .. } => {
                let line = care::line(part, t).unwrap_or_default();
                wrapped("p", out, |out| escaped(&line, out))?;
            }
        }
    }
    Ok(())
}

/// Every tag is a constant of ours, and every text goes through [`escaped`].
impl askama::filters::HtmlSafe for Rich {}

fn blocks(all: &[Block], out: &mut dyn Write) -> fmt::Result {
    all.iter().try_for_each(|it| block(it, out))
}

fn block(it: &Block, out: &mut dyn Write) -> fmt::Result {
    match it {
        Block::Paragraph(line) => wrapped("p", out, |out| inlines(line, out)),
        Block::Heading(line) => wrapped("h5", out, |out| inlines(line, out)),
        Block::List { ordered, items } => wrapped(if *ordered { "ol" } else { "ul" }, out, |out| {
            items.iter().try_for_each(|item| wrapped("li", out, |out| blocks(item, out)))
        }),
        Block::Table(rows) => wrapped("table", out, |out| {
            rows.iter().try_for_each(|row| wrapped("tr", out, |out| row.iter().try_for_each(|it| cell(it, out))))
        }),
        Block::Quote(inner) => wrapped("blockquote", out, |out| blocks(inner, out)),
    }
}

/// Its spans are small numbers, so nothing of the sender's is in the tag.
fn cell(it: &Cell, out: &mut dyn Write) -> fmt::Result {
    let tag = if it.is_heading { "th" } else { "td" };
    write!(out, "<{tag}")?;
    for (name, span) in [("colspan", it.columns), ("rowspan", it.rows)] {
        if span > 1 {
            write!(out, " {name}=\"{span}\"")?;
        }
    }
    out.write_char('>')?;
    blocks(&it.blocks, out)?;
    write!(out, "</{tag}>")
}

fn inlines(all: &[Inline], out: &mut dyn Write) -> fmt::Result {
    all.iter().try_for_each(|it| match it {
        Inline::Text(text) => escaped(text, out),
        Inline::Strong(inner) => wrapped("strong", out, |out| inlines(inner, out)),
        Inline::Emphasis(inner) => wrapped("em", out, |out| inlines(inner, out)),
        Inline::Raised(inner) => wrapped("sup", out, |out| inlines(inner, out)),
        Inline::Lowered(inner) => wrapped("sub", out, |out| inlines(inner, out)),
        Inline::Struck(inner) => wrapped("del", out, |out| inlines(inner, out)),
        Inline::LineBreak => out.write_str("<br>"),
    })
}

fn wrapped(tag: &'static str, out: &mut dyn Write, inner: impl FnOnce(&mut dyn Write) -> fmt::Result) -> fmt::Result {
    write!(out, "<{tag}>")?;
    inner(out)?;
    write!(out, "</{tag}>")
}

fn escaped(text: &str, out: &mut dyn Write) -> fmt::Result {
    text.chars().try_for_each(|sign| match sign {
        '&' => out.write_str("&amp;"),
        '<' => out.write_str("&lt;"),
        '>' => out.write_str("&gt;"),
        '"' => out.write_str("&quot;"),
        '\'' => out.write_str("&#39;"),
        other => out.write_char(other),
    })
}

#[cfg(test)]
mod tests {
    use super::Rich;
    use crate::domain::Block;
    use crate::domain::Cell;
    use crate::domain::Inline;
    use crate::domain::Redacted;
    use crate::domain::RichText;

    #[test]
    fn structure_comes_out_and_markup_in_a_text_stays_text() {
        let text = |it: &str| Inline::Text(it.to_owned());
        let blocks = vec![
            Block::Paragraph(vec![text("<script>'\"&"), Inline::LineBreak, Inline::Strong(vec![text("a")])]),
            Block::List { ordered: true, items: vec![vec![Block::Heading(vec![Inline::Emphasis(vec![text("b")])])]] },
            Block::Table(vec![vec![
                Cell { is_heading: true, columns: 2, rows: 1, blocks: Vec::new() },
                Cell {
                    is_heading: false,
                    columns: 1,
                    rows: 3,
                    blocks: vec![Block::Quote(vec![Block::Paragraph(vec![text("c")])])],
                },
            ]]),
            Block::Paragraph(vec![
                Inline::Raised(vec![text("d")]),
                Inline::Lowered(vec![text("e")]),
                Inline::Struck(vec![text("f")]),
            ]),
        ];
        let drawn = Rich::of(&Redacted::new(RichText { blocks, left_out: 0 })).to_string();
        assert_eq!(
            drawn,
            "<p>&lt;script&gt;&#39;&quot;&amp;<br><strong>a</strong></p><ol><li><h5><em>b</em></h5></li></ol>\
             <table><tr><th colspan=\"2\"></th><td rowspan=\"3\"><blockquote><p>c</p></blockquote></td></tr></table>\
             <p><sup>d</sup><sub>e</sub><del>f</del></p>"
        );
    }
}
