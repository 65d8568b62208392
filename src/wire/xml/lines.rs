//! Offset to line and column. The index is built when the first finding asks for it.

use std::cell::OnceCell;

/// Where in the text, as people count: lines and columns from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

/// Answers where an offset is. Costs nothing until asked, and then eight bytes for each KiB of text,
/// however many or however long its lines are.
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t str,
    blocks: OnceCell<Vec<Position>>,
}

/// A message with many findings asks often, and each asks for half a block to be counted.
const BLOCK_BYTES: usize = 1024;

impl<'t> Lines<'t> {
    pub fn new(text: &'t str) -> Self {
        Lines { text, blocks: OnceCell::new() }
    }

    /// The place of a byte offset; an offset beyond the end is the end.
    pub fn at(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let blocks = self.blocks.get_or_init(|| index(self.text.as_bytes()));
        let block = offset / BLOCK_BYTES;
        walk(blocks[block], &self.text.as_bytes()[block * BLOCK_BYTES..offset])
    }
}

/// The place just after these bytes, for bytes that may not be text.
pub(super) fn place_in(bytes: &[u8]) -> Position {
    walk(Position { line: 1, column: 1 }, bytes)
}

fn index(text: &[u8]) -> Vec<Position> {
    let mut at = Position { line: 1, column: 1 };
    let mut blocks = vec![at];
    for block in text.chunks(BLOCK_BYTES) {
        at = walk(at, block);
        blocks.push(at);
    }
    blocks
}

/// Continuation bytes of UTF-8 (`10xxxxxx`) belong to the character before, so a block may begin within a character.
fn walk(from: Position, bytes: &[u8]) -> Position {
    let characters = |it: &[u8]| it.iter().filter(|byte| **byte & 0xC0 != 0x80).count() as u32;
    let newlines = bytes.iter().filter(|byte| **byte == b'\n').count() as u32;
    match bytes.iter().rposition(|byte| *byte == b'\n') {
        Some(last) => Position { line: from.line + newlines, column: 1 + characters(&bytes[last + 1..]) },
        None => Position { line: from.line, column: from.column + characters(bytes) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_are_counted_from_one_and_in_characters() {
        let lines = Lines::new("æøå<a>\n  <b/>\n");

        assert_eq!(lines.at(0), Position { line: 1, column: 1 });
        assert_eq!(lines.at("æøå".len()), Position { line: 1, column: 4 });
        assert_eq!(lines.at("æøå<a>\n  ".len()), Position { line: 2, column: 3 });
        assert_eq!(lines.at(10_000), Position { line: 3, column: 1 });
    }

    #[test]
    fn every_offset_agrees_with_the_simple_way_of_counting() {
        let text = "ab\ncø\n\n".repeat(9_000) + &"æ".repeat(40_000) + "\nend";
        let lines = Lines::new(&text);

        for offset in (0..=text.len()).step_by(997).filter(|it| text.is_char_boundary(*it)) {
            let before = &text[..offset];
            let line = 1 + before.matches('\n').count() as u32;
            let column = 1 + before.rsplit('\n').next().unwrap_or("").chars().count() as u32;
            assert_eq!(lines.at(offset), Position { line, column }, "offset {offset}");
        }
    }
}
