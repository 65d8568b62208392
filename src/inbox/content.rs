//! Help texts and references to law as dated, versioned content (innhold): changed without a release, and never forgotten.
//!
//! An entry is found by its key and the day. A later day with the same key replaces the earlier one on pages and forms; the
//! earlier stays in the history. A version's name holds a piece of the hash of its words, so that a text that was edited in
//! place is another version, whatever its date says.

use crate::domain::Language;
use crate::domain::MunicipalityNumber;
use crate::domain::Text;
use crate::inbox::token;
use jiff::civil::Date;
use serde::Deserialize;
use std::fmt::Write as _;

/// The content that is built in.
const BUILT_IN: &str = include_str!("../../config/content/content.toml");

/// The texts that pages and forms ask for.
pub(super) const KEYS: [&str; 6] = ["what", "rights", "who-can-report", "age-and-consent", "consent", "write-plainly"];

/// All entries, of every version.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Content {
    texts: Vec<TextEntry>,
    links: Vec<LinkEntry>,
}

/// One version of a help text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextEntry {
    pub key: String,
    pub valid_from: Date,
    pub heading: Text,
    pub body: Text,
}

/// One version of a link, such as a reference to law.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkEntry {
    pub key: String,
    pub valid_from: Date,
    /// Shown only with this municipality; absent: everywhere.
    pub municipality: Option<MunicipalityNumber>,
    pub title: Text,
    pub url: String,
}

/// A file of content that cannot be used: which, and why.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{file}: {why}")]
pub struct ContentFault {
    pub file: String,
    pub why: String,
}

impl Content {
    /// What is built in, and nothing else.
    pub fn built_in() -> Self {
        Self::parse(&[]).expect("a test parses the built-in content")
    }

    /// What is built in and then `files` (name and text), of which a later one wins over an earlier with the same key and day.
    ///
    /// # Errors
    /// A file is not TOML, has a key that is not known, or a date that is none.
    pub fn parse(files: &[(String, String)]) -> Result<Self, ContentFault> {
        let mut content = Self { texts: Vec::new(), links: Vec::new() };
        let built_in = ("content.toml (built in)".to_owned(), BUILT_IN.to_owned());
        for (name, text) in std::iter::once(&built_in).chain(files) {
            let fault = |why: String| ContentFault { file: name.clone(), why };
            let read: ContentFile = toml::from_str(text).map_err(|error| fault(error.to_string()))?;
            for it in read.text {
                let entry = it.entry().map_err(fault)?;
                content.texts.retain(|old| (&old.key, old.valid_from) != (&entry.key, entry.valid_from));
                content.texts.push(entry);
            }
            for it in read.link {
                let entry = it.entry().map_err(fault)?;
                content.links.retain(|old| (&old.key, old.valid_from) != (&entry.key, entry.valid_from));
                content.links.push(entry);
            }
        }
        Ok(content)
    }

    /// The version of a text that is in force on `day`; before the first one, the first.
    pub fn text(&self, key: &str, day: Date) -> Option<&TextEntry> {
        in_force(self.texts.iter().filter(|it| it.key == key), day, |it| it.valid_from)
    }

    /// The links in force on `day` that are shown with `municipality`, in the order of their files.
    pub fn links(&self, municipality: Option<&MunicipalityNumber>, day: Date) -> Vec<&LinkEntry> {
        let is_in_force = |link: &&LinkEntry| {
            let of_key = self.links.iter().filter(|it| it.key == link.key);
            in_force(of_key, day, |it| it.valid_from).is_some_and(|it| it == *link)
        };
        let is_shown = |link: &&LinkEntry| link.municipality.is_none() || link.municipality.as_ref() == municipality;
        self.links.iter().filter(is_in_force).filter(is_shown).collect()
    }

    /// Every version, newest first.
    pub fn history(&self) -> (Vec<&TextEntry>, Vec<&LinkEntry>) {
        let (mut texts, mut links) = (self.texts.iter().collect::<Vec<_>>(), self.links.iter().collect::<Vec<_>>());
        texts.sort_by(|one, other| one.key.cmp(&other.key).then(other.valid_from.cmp(&one.valid_from)));
        links.sort_by(|one, other| one.key.cmp(&other.key).then(other.valid_from.cmp(&one.valid_from)));
        (texts, links)
    }

    /// The day on which what is shown on `day` last changed.
    pub fn updated(&self, day: Date) -> Option<Date> {
        let days = || self.texts.iter().map(|it| it.valid_from).chain(self.links.iter().map(|it| it.valid_from));
        days().filter(|it| *it <= day).max().or_else(|| days().min())
    }

    /// What is wrong with it as whole sentences: links that cannot lead anywhere, and texts that pages ask for and nobody has
    /// written. Nothing is fetched.
    pub fn gaps(&self, day: Date) -> Vec<String> {
        let links = self.links.iter().filter(|it| !can_lead_somewhere(&it.url));
        let links =
            links.map(|it| format!("The link `{}` of {} cannot lead anywhere: {}", it.key, it.valid_from, it.url));
        let missing = KEYS.iter().filter(|it| self.text(it, day).is_none());
        links.chain(missing.map(|it| format!("There is no text `{it}`."))).collect()
    }
}

/// The latest that has begun, else the first that will.
fn in_force<'a, T>(versions: impl Iterator<Item = &'a T>, day: Date, from: impl Fn(&T) -> Date) -> Option<&'a T> {
    let mut best: Option<&T> = None;
    for it in versions {
        let better = |best: &T| match (from(best) <= day, from(it) <= day) {
            (true, true) => from(it) >= from(best),
            (true, false) => false,
            (false, true) => true,
            (false, false) => from(it) < from(best),
        };
        if best.is_none_or(better) {
            best = Some(it);
        }
    }
    best
}

impl TextEntry {
    /// Name of this version: key, day, and a piece of the hash of all its words: `consent@2026-11-01-1f2e3d4c`.
    pub fn version(&self) -> String {
        let said = [&self.heading, &self.body].map(|it| format!("{}\0{}\0{}\0", it.nb, it.nn, it.en)).concat();
        let hash = token::sha256(said.as_bytes());
        hash[..4].iter().fold(format!("{}@{}-", self.key, self.valid_from), |mut version, byte| {
            write!(version, "{byte:02x}").expect("writing to a string does not fail");
            version
        })
    }

    /// The body's paragraphs.
    pub fn paragraphs(&self, language: Language) -> Vec<String> {
        let body = self.body.in_language(language);
        body.split("\n\n").map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect()
    }
}

/// By its form only: `https`, a host with a dot, no name or password, no blank.
pub(super) fn can_lead_somewhere(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |it: &&str| !it.is_empty() && it.chars().all(|it| it.is_alphanumeric() || it == '-');
    labels.len() >= 2 && labels.iter().all(is_label) && !url.chars().any(|it| it.is_whitespace() || it.is_control())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContentFile {
    #[serde(default)]
    text: Vec<TextTable>,
    #[serde(default)]
    link: Vec<LinkTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextTable {
    key: String,
    valid_from: toml::value::Datetime,
    heading: Said,
    body: Said,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkTable {
    key: String,
    valid_from: toml::value::Datetime,
    municipality: Option<String>,
    title: Said,
    url: String,
}

/// `{ nb = "…", nn = "…", en = "…" }`; a missing language is the bokmål.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    nb: String,
    nn: Option<String>,
    en: Option<String>,
}

impl Said {
    fn text(self) -> Text {
        let Self { nb, nn, en } = self;
        let (nn, en) = (nn.unwrap_or_else(|| nb.clone()), en.unwrap_or_else(|| nb.clone()));
        Text::owned(nb.trim().to_owned(), nn.trim().to_owned(), en.trim().to_owned())
    }
}

impl TextTable {
    fn entry(self) -> Result<TextEntry, String> {
        let Self { key, valid_from, heading, body } = self;
        Ok(TextEntry { valid_from: date(&key, valid_from)?, key, heading: heading.text(), body: body.text() })
    }
}

impl LinkTable {
    fn entry(self) -> Result<LinkEntry, String> {
        let Self { key, valid_from, municipality, title, url } = self;
        let municipality = match municipality {
            None => None,
            Some(number) => Some(
                MunicipalityNumber::parse(&number)
                    .ok_or_else(|| format!("`municipality` of link `{key}` is not four digits"))?,
            ),
        };
        Ok(LinkEntry { valid_from: date(&key, valid_from)?, key, municipality, title: title.text(), url })
    }
}

fn date(key: &str, written: toml::value::Datetime) -> Result<Date, String> {
    written.to_string().parse().map_err(|_| format!("`valid_from` of `{key}` is not a day, such as 2026-11-01"))
}

#[cfg(test)]
mod tests {
    use super::Content;
    use super::KEYS;
    use super::can_lead_somewhere;
    use crate::domain::Language;
    use crate::domain::MunicipalityNumber;
    use jiff::civil::date;

    fn with(text: &str) -> Content {
        Content::parse(&[("own.toml".to_owned(), text.to_owned())]).unwrap()
    }

    const NEW_LINK: &str = r#"
[[link]]
key = "veileder"
valid_from = 2027-03-01
title = { nb = "Veilederen, ny adresse" }
url = "https://www.helsedirektoratet.no/ny-veileder"
"#;

    #[test]
    fn what_is_built_in_has_every_text_in_three_languages_and_links_that_can_lead_somewhere() {
        let (content, day) = (Content::built_in(), date(2026, 11, 22));

        assert!(content.gaps(day).is_empty(), "{:?}", content.gaps(day));
        for key in KEYS {
            let entry = content.text(key, day).unwrap();
            assert!(Language::ALL.iter().all(|it| !entry.paragraphs(*it).is_empty()));
            assert!(entry.body.nb != entry.body.nn && entry.body.nb != entry.body.en, "{key}");
        }
    }

    /// seed in part: R-23
    /// seed in part: G-27
    #[test]
    fn a_new_link_is_in_force_from_its_day_and_the_old_one_stays_in_the_history() {
        let content = with(NEW_LINK);
        let url = |day| content.links(None, day).into_iter().find(|it| it.key == "veileder").unwrap().url.clone();

        assert!(
            url(date(2027, 2, 28)).ends_with("/veiledere/rehabilitering-habilitering-individuell-plan-og-koordinator")
        );
        assert!(url(date(2027, 3, 1)).ends_with("/ny-veileder"));
        assert_eq!(content.history().1.iter().filter(|it| it.key == "veileder").count(), 2);
        assert_eq!(content.updated(date(2027, 3, 1)), Some(date(2027, 3, 1)));
    }

    /// seed: L-38
    #[test]
    fn a_text_that_is_edited_in_place_is_another_version() {
        let day = date(2026, 11, 22);
        let edited = with(
            "[[text]]\nkey = \"consent\"\nvalid_from = 2026-11-01\nheading = { nb = \"Samtykke\" }\nbody = { nb = \"Kortere.\" }\n",
        );
        let (before, after) = (Content::built_in(), edited);

        let version = |it: &Content| it.text("consent", day).unwrap().version();
        assert!(version(&before).starts_with("consent@2026-11-01-"));
        assert_ne!(version(&before), version(&after));
    }

    /// seed in part: L-09
    #[test]
    fn a_municipalitys_own_links_are_shown_with_it_alone() {
        let content = with(
            "[[link]]\nkey = \"loppa-tilbud\"\nvalid_from = 2026-01-01\nmunicipality = \"5614\"\ntitle = { nb = \"Tilbud i Loppa\" }\nurl = \"https://www.loppa.example/tilbud\"\n",
        );
        let shown = |number: Option<&str>| {
            let number = number.and_then(MunicipalityNumber::parse);
            content.links(number.as_ref(), date(2026, 11, 22)).iter().any(|it| it.key == "loppa-tilbud")
        };

        assert!(shown(Some("5614")) && !shown(Some("4201")) && !shown(None));
    }

    /// seed in part: R-23
    #[test]
    fn a_link_that_cannot_lead_anywhere_is_told_to_the_operator() {
        for good in ["https://lovdata.no/lov/2011-06-24-30", "https://www.loppa.example/tilbud?x=1#y"] {
            assert!(can_lead_somewhere(good), "{good}");
        }
        for bad in
            ["http://lovdata.no", "https://lovdata", "https://", "https://a b.no", "javascript:x()", "https://a@b.no/"]
        {
            assert!(!can_lead_somewhere(bad), "{bad}");
        }
        let broken =
            with("[[link]]\nkey = \"x\"\nvalid_from = 2026-01-01\ntitle = { nb = \"X\" }\nurl = \"https://x\"\n");
        assert_eq!(broken.gaps(date(2026, 11, 22)).len(), 1);
    }

    #[test]
    fn a_file_that_cannot_be_used_says_which_and_why() {
        let fault = |text: &str| Content::parse(&[("own.toml".to_owned(), text.to_owned())]).unwrap_err().to_string();

        assert!(fault("[[text]]\nkey = 1\n").starts_with("own.toml: "));
        assert!(fault("[[lenke]]\nkey = \"x\"\n").contains("lenke"));
        assert!(
            fault("[[link]]\nkey = \"x\"\nvalid_from = 12:00:00\ntitle = { nb = \"X\" }\nurl = \"https://x.no\"\n")
                .contains("not a day")
        );
    }
}
