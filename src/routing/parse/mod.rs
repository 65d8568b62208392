//! From TOML texts to a [`Directory`], or to every fault at once.
//!
//! Three steps: each file's tables are read on their own (`tables`), then brought together, and then held against each
//! other: every name must lead somewhere, and nothing may stand twice (`together`).

mod fields;
mod tables;
mod together;
mod words;

use crate::routing::directory::Directory;
use crate::routing::directory::Source;
use crate::routing::parse::fields::Fields;
use crate::routing::parse::fields::File;
use crate::routing::parse::tables::Drafts;
use aws_lc_rs::digest;
use std::cell::RefCell;
use std::fmt;
use std::fmt::Write;
use toml::de::DeTable;

/// Something wrong in a file of the unit directory: where, what, and how to mend it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct DirectoryFault {
    pub source: Source,
    /// A whole sentence.
    pub what: String,
    /// A whole sentence.
    pub mend: String,
}

impl fmt::Display for DirectoryFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {} {}", self.source, self.what, self.mend)
    }
}

impl Directory {
    /// Reads the files' texts, each with its name. What stands in one file can be used in all.
    ///
    /// # Errors
    /// Every fault of every file, in order of file and line. A fault that only follows from another may be among them
    /// when the other is mended.
    pub fn parse(files: &[(String, String)]) -> Result<Self, Vec<DirectoryFault>> {
        let faults = RefCell::new(Vec::new());
        let mut drafts = Drafts::default();
        let mut readable = true;
        for (name, text) in files {
            let file = File { name, text, faults: &faults };
            let (tree, errors) = DeTable::parse_recoverable(text);
            if errors.is_empty() {
                drafts.read(Fields::new(&file, tree.get_ref(), 0..0, "file"));
                continue;
            }
            readable = false;
            for error in errors {
                let source = file.source(&error.span().unwrap_or(0..0));
                let what = format!("This is not TOML: {}.", error.message().trim_end_matches('.').replace('\n', ", "));
                file.fault(source, what, "Correct the line; the rest of the file is read when it is TOML.".to_owned());
            }
        }
        // Names that lead nowhere because their file could not be read are no faults of their own.
        let together = drafts.bring_together(&faults, readable);
        let mut faults = faults.into_inner();
        if faults.is_empty() {
            return Ok(Self { version: version_of(files), ..together });
        }
        faults.sort();
        faults.dedup();
        Err(faults)
    }
}

/// SHA-256 over the files in order of name. Folders do not count, so that a directory that is moved stays the same.
fn version_of(files: &[(String, String)]) -> String {
    let bare = |name: &str| name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let mut sorted: Vec<(String, &str)> = files.iter().map(|(name, text)| (bare(name), text.as_str())).collect();
    sorted.sort();
    let mut context = digest::Context::new(&digest::SHA256);
    for (name, text) in sorted {
        // Lengths go in too, so that no two sets of files can run together into the same bytes.
        for part in [name.as_str(), text] {
            context.update(&part.len().to_be_bytes());
            context.update(part.as_bytes());
        }
    }
    context.finish().as_ref().iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a String never fails");
        text
    })
}

#[cfg(test)]
mod tests {
    use crate::routing::directory::Directory;

    fn file(text: &str) -> Vec<(String, String)> {
        vec![("config/municipalities/test.toml".to_owned(), text.to_owned())]
    }

    fn faults(text: &str) -> Vec<String> {
        Directory::parse(&file(text)).unwrap_err().iter().map(ToString::to_string).collect()
    }

    const WHOLE: &str = r#"
[municipality]
number = "4211"
default = "kontor"

[[unit]]
id = "kontor"
name = "Kontoret"
kind = "office"
"#;

    #[test]
    fn a_small_directory_is_enough() {
        let directory = Directory::parse(&file(WHOLE)).unwrap();

        assert_eq!(directory.units().len(), 1);
        assert_eq!(directory.bodies()[0].defaults.len(), 1);
    }

    #[test]
    fn the_version_follows_the_texts_and_neither_order_nor_folder() {
        let one = ("a/one.toml".to_owned(), WHOLE.to_owned());
        let other = ("a/two.toml".to_owned(), "# nothing yet\n".to_owned());
        let moved = ("b/one.toml".to_owned(), WHOLE.to_owned());

        let version = |files: &[(String, String)]| Directory::parse(files).unwrap().version().to_owned();
        assert_eq!(version(&[one.clone(), other.clone()]), version(&[other.clone(), moved]));
        assert_ne!(version(std::slice::from_ref(&one)), version(&[one.clone(), other]));
    }

    #[test]
    fn all_faults_are_told_at_once_with_their_lines() {
        let found = faults(
            r#"
[municipality]
number = 4211
defualt = "kontor"

[[unit]]
id = "Kari Nordmann"
name = "Kontoret"
kind = "ofice"
valid_from = 2026-13-40x

[[unit]]
"#,
        );
        assert_eq!(found.len(), 1, "a line that is not TOML comes first: {found:#?}");
        assert!(found[0].starts_with("config/municipalities/test.toml:10: This is not TOML"), "{}", found[0]);

        let found = faults(
            r#"
[municipality]
number = 4211
defualt = "kontor"

[[unit]]
id = "Kari Nordmann"
name = "Kontoret"
kind = "ofice"
valid_from = 2026-06-01
valid_to = 2026-01-01
her_ids = [900011, "90001"]

[unit.notify]
email = "post"
webhook_url = "http://hook.example"

[[rule]]
name = "alle"
to = ["finnes-ikke"]
kinds = ["BEHOV", "BEHOVV"]
age_from = 17.3
"#,
        );
        let expected = [
            "test.toml:3: `number` of this municipality must be text. Put it in quotes.",
            "test.toml:4: `defualt` is not known in a municipality. Did you mean `default`?",
            "test.toml:7: `id` of this unit must be small letters a to z, digits and hyphens. Correct `Kari Nordmann`.",
            "test.toml:9: `ofice` is not a value that `kind` of a unit can have. Did you mean `office`?",
            "test.toml:11: `valid_to` of this unit is before its `valid_from`. Swap or correct the dates; both days are included.",
            "test.toml:12: `her_ids` of this unit must be a whole number from 1 to 4294967295. Correct the number, without quotes.",
            "test.toml:15: `email` of this notify table must be an e-mail address of a shared mailbox. Correct `post`.",
            "test.toml:16: `webhook_url` of this notify table must be an address that begins with https:// (or http:// on this machine). Correct `http://hook.example`.",
            "test.toml:18: This rule has no `why`. Add a line `why = { nb = \"…\", nn = \"…\", en = \"…\" }`.",
            "test.toml:20: There is no unit `finnes-ikke`. Describe the unit, or name one that is there.",
            "test.toml:21: `BEHOVV` is not a value that `kinds` of a rule can have. Did you mean `BEHOV`?",
            "test.toml:22: `age_from` of this rule must be an age in years that is a whole number of months. Write 18 or 17.5.",
        ];
        assert_eq!(found.len(), expected.len(), "{found:#?}");
        for wanted in expected {
            assert!(found.iter().any(|it| it.ends_with(wanted)), "missing: {wanted}\nfound: {found:#?}");
        }
    }

    #[test]
    fn names_that_lead_nowhere_are_told_with_the_nearest_name() {
        let found = faults(&format!(
            "{WHOLE}\n[[rule]]\nname = \"alle\"\nwhy = \"Alt går til kontoret.\"\nto = [\"kontro\"]\n"
        ));

        assert_eq!(found, ["config/municipalities/test.toml:14: There is no unit `kontro`. Did you mean `kontor`?"]);
    }

    #[test]
    fn two_defaults_on_one_day_are_refused() {
        let found = faults(&format!("{WHOLE}\n[[default]]\nunit = \"kontor\"\nvalid_from = 2026-01-01\n"));

        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].contains("4211 has two default units on the same day"), "{}", found[0]);
    }

    #[test]
    fn a_group_where_nobody_sits_cannot_be_the_default() {
        let found = faults(&WHOLE.replace("\"office\"", "\"group\""));

        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(
            found[0].contains("`kontor` is a group where nobody sits, and cannot be the default unit"),
            "{}",
            found[0]
        );
    }

    #[test]
    fn a_seat_in_a_group_is_a_role_and_never_a_person() {
        let group = "\n[unit.group]\nleader = \"Kari Nordmann\"\nmembers = [\"fysioterapeut\"]\n";
        let found = faults(&format!("{}{group}", WHOLE.replace("\"office\"", "\"leader_group\"")));

        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].contains("must be a role in small letters, never a person's name"), "{}", found[0]);
    }
}
