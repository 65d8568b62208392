//! What changed from one version of the files to the next.

use crate::storage::RevisedFile;
use crate::storage::Revision;
use std::collections::HashSet;

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
            diff: masked(diff(before.map_or("", |it| &it.text), &file.text), [before.unwrap_or(file), file]),
        });
    }
    let gone = earlier.files.iter().filter(|it| !later.files.iter().any(|file| file.name == it.name));
    changed.extend(gone.map(|it| Changed {
        name: it.name.clone(),
        by: None,
        why: None,
        diff: masked(diff(&it.text, ""), [it, it]),
    }));
    changed
}

/// The lines without what opens something: the address of a webhook may be all that its receiver asks for, and the history is
/// read by more people than the files are. Addresses that the files give to everybody stay; of the others, commented-out ones
/// too, only the host is left.
fn masked(lines: Vec<String>, files: [&RevisedFile; 2]) -> Vec<String> {
    let mut public = HashSet::new();
    for file in files {
        if let Ok(table) = toml::from_str::<toml::Table>(&file.text) {
            table.iter().for_each(|(key, value)| collect_public(key, value, &mut public));
        }
    }
    lines.into_iter().map(|it| mask(&it, &public)).collect()
}

fn collect_public(key: &str, value: &toml::Value, public: &mut HashSet<String>) {
    match value {
        toml::Value::String(it) if key != "webhook_url" => drop(public.insert(it.clone())),
        toml::Value::Array(all) => all.iter().for_each(|it| collect_public(key, it, public)),
        toml::Value::Table(table) => table.iter().for_each(|(key, it)| collect_public(key, it, public)),
        _ => {}
    }
}

fn mask(line: &str, public: &HashSet<String>) -> String {
    let (mut said, mut rest) = (String::new(), line);
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        let length = after.find(|it: char| it.is_whitespace() || "\"'<>`,;)]}»”".contains(it)).unwrap_or(after.len());
        let (address, more) = after.split_at(length);
        let begins = before[..at]
            .char_indices()
            .rfind(|(_, it)| !it.is_ascii_alphanumeric())
            .map_or(0, |(at, it)| at + it.len_utf8());
        said.push_str(before);
        if public.contains(&rest[begins..at + 3 + length]) {
            said.push_str(address);
        } else {
            let (authority, path) = address.split_at(address.find(['/', '?', '#', '\\']).unwrap_or(address.len()));
            said.push_str(authority.rsplit('@').next().unwrap_or_default());
            said.push_str(if path.len() > 1 { "/…" } else { path });
        }
        rest = more;
    }
    said + rest
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
    use super::changes;
    use super::diff;
    use crate::domain::Timestamp;
    use crate::storage::RevisedFile;
    use crate::storage::Revision;

    #[test]
    fn a_diff_has_what_went_and_what_came() {
        assert_eq!(diff("a\nb\nc\nd", "a\nx\nc\nd\ne"), ["-b", "+x", "+e"]);
        assert_eq!(diff("a\n", "a\n"), Vec::<String>::new());
        assert_eq!(diff("", "a\nb"), ["+a", "+b"]);
    }

    #[test]
    fn an_address_among_other_letters_than_those_of_english_is_found() {
        let public = ["https://www.risor.example/tilbud".to_owned()].into();
        for (line, said) in [
            (
                "nb = \"Les mer på «https://www.risor.example/tilbud».\"",
                "nb = \"Les mer på «https://www.risor.example/tilbud».\"",
            ),
            ("# –https://kari@sak.example/x”", "# –https://sak.example/…”"),
            ("# å://b/c", "# å://b/…"),
            ("://", "://"),
        ] {
            assert_eq!(super::mask(line, &public), said);
        }
    }

    #[test]
    fn the_address_of_a_webhook_is_not_shown_and_that_it_changed_is() {
        let text = |secret: &str| {
            format!(
                "# before: webhook_url = 'https://gammel.example/T0/{secret}'\n[unit.notify]\n\
                 webhook_url = \"https://kari:{secret}@sak.example:8443/varsel/{secret}?k={secret}\"\n\
                 [[link]]\nurl = \"https://www.risor.example/tilbud/{secret}x\"\n"
            )
        };
        let revision = |secret: &str, hour: i64| Revision {
            version: secret.to_owned(),
            at: Timestamp(hour),
            files: vec![RevisedFile { name: "risor.toml".to_owned(), text: text(secret), by: None, why: None }],
        };
        let (before, after) = (revision("xoxb1", 1), revision("xoxb2", 2));
        let gone = Revision { files: Vec::new(), ..revision("", 3) };

        for (earlier, later) in [(&before, &after), (&after, &gone), (&gone, &before)] {
            let said = changes(Some(earlier), later)[0].diff.join("\n");
            let links = said.matches("https://www.risor.example/tilbud/xoxb").count();
            assert!(links > 0 && said.matches("xoxb").count() == links, "only what everybody is given: {said}");
            for shown in ["webhook_url = \"https://sak.example:8443/…\"", "'https://gammel.example/…'"] {
                assert!(said.contains(shown), "{shown}: {said}");
            }
        }
    }
}
