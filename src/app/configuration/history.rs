//! What changed from one version of the files to the next.

use crate::storage::RevisedFile;
use crate::storage::Revision;

/// Lines of a file that are compared; a longer file is told to have changed, and no more.
const DIFF_LINES_MAX: usize = 3000;

pub(super) struct Changed {
    pub name: String,
    /// `None`: the file does not say who made this change.
    pub by: Option<String>,
    pub why: Option<String>,
    pub diff: Vec<String>,
}

/// What is other in `later`. Of the first version that is known, each file, without its lines.
pub(super) fn changes(earlier: Option<&Revision>, later: &Revision) -> Vec<Changed> {
    let Some(earlier) = earlier else {
        let file = |it: &RevisedFile| Changed {
            name: it.name.clone(),
            by: it.by.clone(),
            why: it.why.clone(),
            diff: Vec::new(),
        };
        return later.files.iter().map(file).collect();
    };
    let mut changed = Vec::new();
    for file in &later.files {
        let before = earlier.files.iter().find(|it| it.name == file.name);
        if before.is_some_and(|it| it.text == file.text) {
            continue;
        }
        // A name that was there before says who made another change.
        let is_said = before.is_none_or(|it| (&it.by, &it.why) != (&file.by, &file.why));
        changed.push(Changed {
            name: file.name.clone(),
            by: file.by.clone().filter(|_| is_said),
            why: file.why.clone().filter(|_| is_said),
            diff: diff(before.map_or("", |it| &it.text), &file.text),
        });
    }
    let gone = earlier.files.iter().filter(|it| !later.files.iter().any(|file| file.name == it.name));
    changed.extend(gone.map(|it| Changed { name: it.name.clone(), by: None, why: None, diff: diff(&it.text, "") }));
    changed
}

/// The lines that went (`-`) and came (`+`), by the longest common subsequence of what is between the common ends.
fn diff(before: &str, after: &str) -> Vec<String> {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let head = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
    let (before, after) = (&before[head..], &after[head..]);
    let tail = before.iter().rev().zip(after.iter().rev()).take_while(|(one, other)| one == other).count();
    let (before, after) = (&before[..before.len() - tail], &after[..after.len() - tail]);
    if before.len() > DIFF_LINES_MAX || after.len() > DIFF_LINES_MAX {
        return vec![format!("- … {}", before.len()), format!("+ … {}", after.len())];
    }
    // Lengths of the longest common subsequence of what follows each pair of places.
    let width = after.len() + 1;
    let mut common = vec![0_u32; (before.len() + 1) * width];
    for one in (0..before.len()).rev() {
        for other in (0..after.len()).rev() {
            common[one * width + other] = if before[one] == after[other] {
                common[(one + 1) * width + other + 1] + 1
            } else {
                common[(one + 1) * width + other].max(common[one * width + other + 1])
            };
        }
    }
    let (mut lines, mut one, mut other) = (Vec::new(), 0, 0);
    while one < before.len() || other < after.len() {
        let stays = one < before.len() && other < after.len() && before[one] == after[other];
        let goes = other == after.len()
            || one < before.len() && common[(one + 1) * width + other] >= common[one * width + other + 1];
        if stays {
            (one, other) = (one + 1, other + 1);
        } else if goes {
            lines.push(format!("-{}", before[one]));
            one += 1;
        } else {
            lines.push(format!("+{}", after[other]));
            other += 1;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::diff;

    #[test]
    fn a_diff_has_what_went_and_what_came() {
        assert_eq!(diff("a\nb\nc\nd", "a\nx\nc\nd\ne"), ["-b", "+x", "+e"]);
        assert_eq!(diff("a\n", "a\n"), Vec::<String>::new());
        assert_eq!(diff("", "a\nb"), ["+a", "+b"]);
    }
}
