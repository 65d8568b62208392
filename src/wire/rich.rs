//! Reads free text that may be marked up (TekstNotatInnhold, Sporsmal): plain text, the XHTML subset of HISD 1155, or
//! whatever else a sender put there. All text and its structure is kept; what could act is not, and is counted.

use crate::domain::Block;
use crate::domain::Cell;
use crate::domain::Inline;
use crate::domain::RichText;
use roxmltree::Node;

/// Addresses that a reader may be told; any other scheme could act.
const TOLD_SCHEMES: [&str; 4] = ["http://", "https://", "mailto:", "tel:"];

/// The columns or rows that one cell may cover.
const SPAN_MAX: u8 = 100;

/// The text below `node`.
pub(super) fn rich(node: Node<'_, '_>) -> RichText {
    let marked_up = node.descendants().skip(1).any(|it| it.is_element() && (is_block(it) || name(it) == "br"));
    let mut reader = Reader { collapse: marked_up, left_out: 0 };
    let blocks = reader.blocks(node);
    RichText { blocks, left_out: reader.left_out }
}

fn name(node: Node<'_, '_>) -> String {
    node.tag_name().name().to_ascii_lowercase()
}

/// Elements that stand by themselves. Anything that holds one is opened up as well.
fn is_block(node: Node<'_, '_>) -> bool {
    matches!(
        name(node).as_str(),
        "html"
            | "head"
            | "body"
            | "title"
            | "div"
            | "section"
            | "article"
            | "address"
            | "p"
            | "pre"
            | "hr"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "blockquote"
            | "table"
            | "caption"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
    )
}

fn holds_block(node: Node<'_, '_>) -> bool {
    node.descendants().any(|it| it.is_element() && is_block(it))
}

/// Text within these is a program or a look, not something that somebody said.
fn is_program(name: &str) -> bool {
    matches!(name, "script" | "style")
}

/// Elements that fetch or act. What text they hold is kept.
fn is_active(name: &str) -> bool {
    matches!(
        name,
        "img"
            | "iframe"
            | "frame"
            | "object"
            | "embed"
            | "applet"
            | "form"
            | "input"
            | "button"
            | "select"
            | "textarea"
            | "link"
            | "meta"
            | "base"
            | "audio"
            | "video"
            | "source"
            | "svg"
            | "math"
            | "canvas"
    )
}

struct Reader {
    /// White space between words is one blank, as in a browser; otherwise it is the writer's own.
    collapse: bool,
    left_out: usize,
}

impl Reader {
    fn blocks(&mut self, parent: Node<'_, '_>) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut line = Vec::new();
        for child in parent.children() {
            if child.is_element() && holds_block(child) {
                flush(&mut line, &mut blocks);
                self.block(child, &mut blocks);
            } else {
                self.inline(child, &mut line);
            }
        }
        flush(&mut line, &mut blocks);
        blocks
    }

    fn block(&mut self, node: Node<'_, '_>, blocks: &mut Vec<Block>) {
        match name(node).as_str() {
            "ul" | "ol" => {
                self.count_attributes(node);
                blocks.push(Block::List { ordered: name(node) == "ol", items: self.items(node) });
            }
            "table" => {
                self.count_attributes(node);
                let captions = node.children().filter(|it| it.is_element() && name(*it) == "caption");
                captions.for_each(|it| self.block(it, blocks));
                let rows = self.rows(node);
                if rows.iter().flatten().any(|it| !it.blocks.is_empty()) {
                    blocks.push(Block::Table(rows));
                }
            }
            "blockquote" => {
                self.count_attributes(node);
                blocks.push(Block::Quote(self.blocks(node)));
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt" | "caption" | "title" if !holds_inner_block(node) => {
                let mut line = Vec::new();
                self.inline(node, &mut line);
                push_line(line, blocks, Block::Heading);
            }
            "pre" => {
                let collapse = std::mem::replace(&mut self.collapse, false);
                self.count_attributes(node);
                blocks.extend(self.blocks(node));
                self.collapse = collapse;
            }
            other => {
                self.left_out += usize::from(is_active(other));
                self.count_attributes(node);
                blocks.extend(self.blocks(node));
            }
        }
    }

    /// One entry for each item; what stands between items is one of its own, so that it is not lost.
    fn items(&mut self, list: Node<'_, '_>) -> Vec<Vec<Block>> {
        let mut items = Vec::new();
        for child in list.children() {
            let item = match child.is_element() && name(child) == "li" {
                true => {
                    self.count_attributes(child);
                    self.blocks(child)
                }
                false => self.single(child),
            };
            if !item.is_empty() {
                items.push(item);
            }
        }
        items
    }

    fn rows(&mut self, table: Node<'_, '_>) -> Vec<Vec<Cell>> {
        let mut rows = Vec::new();
        for child in table.children() {
            match name(child).as_str() {
                "tr" => {
                    self.count_attributes(child);
                    rows.push(child.children().filter_map(|it| self.cell(it)).collect());
                }
                "thead" | "tbody" | "tfoot" => rows.extend(self.rows(child)),
                "caption" => {}
                _ => {
                    rows.push(self.cell(child).into_iter().collect());
                }
            }
        }
        rows.retain(|it| !it.is_empty());
        rows
    }

    /// A cell, however empty; what stands between cells is one of its own if it says something.
    fn cell(&mut self, node: Node<'_, '_>) -> Option<Cell> {
        let name = name(node);
        if node.is_element() && matches!(name.as_str(), "td" | "th") {
            self.count_attributes(node);
            let (columns, rows) = (span(node, "colspan"), span(node, "rowspan"));
            return Some(Cell { is_heading: name == "th", columns, rows, blocks: self.blocks(node) });
        }
        let blocks = self.single(node);
        (!blocks.is_empty()).then_some(Cell { is_heading: false, columns: 1, rows: 1, blocks })
    }

    /// The blocks that one node comes to, where no blocks are looked for.
    fn single(&mut self, node: Node<'_, '_>) -> Vec<Block> {
        let mut blocks = Vec::new();
        if node.is_element() && holds_block(node) {
            self.block(node, &mut blocks);
            return blocks;
        }
        let mut line = Vec::new();
        self.inline(node, &mut line);
        flush(&mut line, &mut blocks);
        blocks
    }

    fn inline(&mut self, node: Node<'_, '_>, line: &mut Vec<Inline>) {
        if let Some(text) = node.text().filter(|_| node.is_text()) {
            let text = if self.collapse { collapsed(text) } else { text.to_owned() };
            if !text.is_empty() {
                line.push(Inline::Text(text));
            }
            return;
        }
        if !node.is_element() {
            return;
        }
        let name = name(node);
        if is_program(&name) {
            self.left_out += 1;
            return;
        }
        self.left_out += usize::from(is_active(&name));
        self.count_attributes(node);
        let mut inner = Vec::new();
        node.children().for_each(|it| self.inline(it, &mut inner));
        match name.as_str() {
            "br" => line.push(Inline::LineBreak),
            "b" | "strong" => line.push(Inline::Strong(inner)),
            "i" | "em" | "u" => line.push(Inline::Emphasis(inner)),
            "sup" => line.push(Inline::Raised(inner)),
            "sub" => line.push(Inline::Lowered(inner)),
            "del" | "s" | "strike" => line.push(Inline::Struck(inner)),
            "img" => {
                let said = ["alt", "title"].into_iter().find_map(|it| node.attribute(it));
                line.extend(said.map(|it| Inline::Text(format!("[{it}]"))));
            }
            "a" => {
                line.extend(inner);
                line.extend(self.address(node).map(|it| Inline::Text(format!(" ({it})"))));
            }
            _ => line.extend(inner),
        }
    }

    /// Where a link leads, as text: the reader is told, and nothing can be followed by accident.
    fn address(&mut self, link: Node<'_, '_>) -> Option<String> {
        let address = link.attribute("href").map(str::trim).filter(|it| !it.is_empty() && !it.starts_with('#'))?;
        let lower = address.to_ascii_lowercase();
        if TOLD_SCHEMES.iter().any(|it| lower.starts_with(it)) {
            return Some(address.to_owned());
        }
        self.left_out += 1;
        None
    }

    /// `onclick` and its kin.
    fn count_attributes(&mut self, node: Node<'_, '_>) {
        self.left_out += node.attributes().filter(|it| it.name().to_ascii_lowercase().starts_with("on")).count();
    }
}

/// How many columns or rows a cell covers. What is no number, or more than any table has, is one.
fn span(cell: Node<'_, '_>, name: &str) -> u8 {
    let said = cell.attribute(name).and_then(|it| it.trim().parse::<u8>().ok());
    said.filter(|it| (1..=SPAN_MAX).contains(it)).unwrap_or(1)
}

fn holds_inner_block(node: Node<'_, '_>) -> bool {
    node.children().any(|it| it.is_element() && holds_block(it))
}

/// Runs of white space as one blank each.
fn collapsed(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    for sign in text.chars() {
        // A no-break space is not white space here: somebody meant it.
        if !matches!(sign, ' ' | '\t' | '\n' | '\r') {
            all.push(sign);
        } else if !all.ends_with(' ') {
            all.push(' ');
        }
    }
    all
}

fn flush(line: &mut Vec<Inline>, blocks: &mut Vec<Block>) {
    push_line(std::mem::take(line), blocks, Block::Paragraph);
}

/// A line that says something, trimmed at both ends.
fn push_line(mut line: Vec<Inline>, blocks: &mut Vec<Block>, as_block: fn(Vec<Inline>) -> Block) {
    line.truncate(line.iter().rposition(|it| !is_blank(it)).map_or(0, |it| it + 1));
    line.drain(..line.iter().position(|it| !is_blank(it)).unwrap_or(line.len()));
    if let Some(Inline::Text(first)) = line.first_mut() {
        *first = first.trim_start().to_owned();
    }
    if let Some(Inline::Text(last)) = line.last_mut() {
        last.truncate(last.trim_end().len());
    }
    if !line.is_empty() {
        blocks.push(as_block(line));
    }
}

fn is_blank(it: &Inline) -> bool {
    match it {
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Strong(inner)
        | Inline::Emphasis(inner)
        | Inline::Raised(inner)
        | Inline::Lowered(inner)
        | Inline::Struck(inner) => inner.iter().all(is_blank),
        Inline::LineBreak => true,
    }
}

#[cfg(test)]
mod tests {
    use super::rich;
    use crate::domain::Block;
    use crate::domain::Cell;
    use crate::domain::Inline;
    use crate::domain::RichText;
    use roxmltree::Document;

    fn read(xml: &str) -> RichText {
        rich(Document::parse(&format!("<t>{xml}</t>")).unwrap().root_element())
    }

    fn text(it: &str) -> Inline {
        Inline::Text(it.to_owned())
    }

    #[test]
    fn plain_text_keeps_its_own_line_breaks() {
        let it = read("  Første linje\n\n  Andre linje\n");
        assert_eq!(it.blocks, [Block::Paragraph(vec![text("Første linje\n\n  Andre linje")])]);
    }

    #[test]
    fn everything_after_the_first_text_is_kept_too() {
        let it = read("Før <b xmlns='urn:x'>fet</b> etter<!-- x --> og mer");
        let bold = Inline::Strong(vec![text("fet")]);
        assert_eq!(it.blocks, [Block::Paragraph(vec![text("Før "), bold, text(" etter"), text(" og mer")])]);
    }

    #[test]
    fn paragraphs_and_lists_within_lists_keep_their_structure() {
        let it = read("løs<p>En <em>to</em><br/>tre</p><ul>\n<li>a<ol><li>b</li></ol></li>\n<li>c</li></ul>hale");
        let inner = Block::List { ordered: true, items: vec![vec![Block::Paragraph(vec![text("b")])]] };
        let list = Block::List {
            ordered: false,
            items: vec![vec![Block::Paragraph(vec![text("a")]), inner], vec![Block::Paragraph(vec![text("c")])]],
        };
        let line = vec![text("En "), Inline::Emphasis(vec![text("to")]), Inline::LineBreak, text("tre")];
        let paragraph = |it| Block::Paragraph(vec![text(it)]);
        assert_eq!(it.blocks, [paragraph("løs"), Block::Paragraph(line), list, paragraph("hale")]);
    }

    #[test]
    fn a_table_keeps_rows_and_cells() {
        let it = read("<table><tr><th>A</th><td>B</td></tr><tbody><tr><td>C</td></tr></tbody></table>");
        assert_eq!(
            it.blocks,
            [Block::Table(vec![vec![Cell { is_heading: true, ..cell("A") }, cell("B")], vec![cell("C")]])]
        );
    }

    fn cell(it: &str) -> Cell {
        let blocks = if it.is_empty() { Vec::new() } else { vec![Block::Paragraph(vec![text(it)])] };
        Cell { is_heading: false, columns: 1, rows: 1, blocks }
    }

    #[test]
    fn an_empty_cell_keeps_its_place_so_that_the_next_stands_in_its_own_column() {
        let it = read("<table><tr> <td>Metoprolol</td> <td/> <td> </td><td>kveld</td></tr></table>");
        assert_eq!(it.blocks, [Block::Table(vec![vec![cell("Metoprolol"), cell(""), cell(""), cell("kveld")]])]);
        assert!(read("<table><tr><td/><td> </td></tr></table>").blocks.is_empty());
    }

    #[test]
    fn a_cell_covers_as_many_columns_and_rows_as_it_says_within_reason() {
        let it = read(concat!(
            "<table><tr><td colspan='2'>a</td><td rowspan=' 3 '>b</td></tr>",
            "<tr><td colspan='4000000000'>c</td><td rowspan='0'>d</td></tr></table>"
        ));
        let first = vec![Cell { columns: 2, ..cell("a") }, Cell { rows: 3, ..cell("b") }];
        assert_eq!(it.blocks, [Block::Table(vec![first, vec![cell("c"), cell("d")]])]);
    }

    #[test]
    fn what_is_raised_lowered_or_struck_out_is_not_read_as_ordinary_text() {
        let it = read("10<sup>9</sup>, H<sub>2</sub>O, <del>penicillin</del>");
        let line = vec![
            text("10"),
            Inline::Raised(vec![text("9")]),
            text(", H"),
            Inline::Lowered(vec![text("2")]),
            text("O, "),
            Inline::Struck(vec![text("penicillin")]),
        ];
        assert_eq!(it.blocks, [Block::Paragraph(line)]);
    }

    #[test]
    fn a_text_of_nothing_but_line_breaks_says_nothing_and_takes_no_time() {
        let it = read(&("<p>".to_owned() + &"<br/>".repeat(40_000) + "</p>" + &"<i/> ".repeat(40_000)));
        assert!(it.blocks.is_empty());
    }

    #[test]
    fn what_could_act_is_left_out_and_counted_and_its_text_is_kept() {
        let it = read(concat!(
            "<p onclick='x()'>Les <a href='javascript:x()'>dette</a> og <a href='https://a.example/'>det</a></p>",
            "<script>steal()</script><iframe>i rammen</iframe><img src='http://b.example/x.png' alt='kart'/>"
        ));
        let all = format!("{:?}", it.blocks);
        for kept in ["Les ", "dette", "det", " (https://a.example/)", "i rammen", "[kart]"] {
            assert!(all.contains(kept), "{kept}: {all}");
        }
        for gone in ["steal", "javascript", "x()", "b.example"] {
            assert!(!all.contains(gone), "{gone}: {all}");
        }
        assert_eq!(it.left_out, 5);
    }
}
