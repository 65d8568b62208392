//! The configuration as a document for the quality system: rules, units, agreements, routines, what the municipality's own
//! cases come to, and every version that has been in force, with who changed what.

mod history;
mod receivers;

pub(super) use receivers::tell_receivers;
pub use receivers::without_receiver;

use crate::app::Heart;
use crate::domain::Language;
use crate::domain::Municipality;
use crate::domain::Severity;
use crate::domain::Text;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::inbox::ConfigBook;
use crate::inbox::ConfigDocument;
use crate::inbox::ConfigSection;
use crate::inbox::moment;
use crate::routing;
use crate::routing::Body;
use crate::routing::Directory;
use crate::routing::Owner;
use crate::routing::Period;
use crate::routing::Routine;
use crate::routing::Rule;
use crate::routing::Trial;
use crate::routing::Unit;
use crate::routing::UnitKind;
use crate::storage::RevisedFile;
use crate::storage::Revision;
use crate::storage::RevisionStore;
use crate::storage::StoreError;
use async_trait::async_trait;
use history::Changed;
use history::changes;
use jiff::civil::Date;
use serde_json::Value;
use serde_json::json;
use std::fmt::Write as _;
use std::sync::Arc;

/// Letters of a version's name that people are shown; JSON has the whole.
const VERSION_SHOWN: usize = 8;
/// Versions that the document tells of.
const REVISIONS_MAX: u32 = 50;

/// The document over what is in force, and its history in the store.
pub(super) struct Book {
    pub heart: Arc<Heart>,
    pub revisions: Arc<dyn RevisionStore>,
}

#[async_trait]
impl ConfigBook for Book {
    async fn book(&self, units: &[UnitId], language: Language, day: Date) -> Result<ConfigDocument, StoreError> {
        let revisions = self.revisions.revisions(REVISIONS_MAX).await?;
        Ok(self.heart.with_directory(|it| config_document(it, &revisions, Some(units), language, day)))
    }
}

/// Keeps the version that is in force, when it is another than the last one. Whether it was.
pub(super) async fn keep_revision(
    store: &dyn RevisionStore,
    directory: &Directory,
    files: Vec<(String, String)>,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let mut files: Vec<RevisedFile> = files
        .into_iter()
        .map(|(path, text)| {
            let change = directory.changes().iter().find(|it| it.file == path);
            RevisedFile {
                name: bare(&path).to_owned(),
                text,
                by: change.map(|it| it.by.clone()),
                why: change.and_then(|it| it.why.clone()),
            }
        })
        .collect();
    files.sort_by(|one, other| one.name.cmp(&other.name));
    store.keep_revision(&Revision { version: directory.version().to_owned(), at, files }).await
}

/// The document of those who own `units`; `None`: of all.
pub fn config_document(
    directory: &Directory,
    revisions: &[Revision],
    units: Option<&[UnitId]>,
    language: Language,
    day: Date,
) -> ConfigDocument {
    let is_asked = |owner: &Owner| {
        units.is_none_or(|units| directory.units().iter().any(|it| it.owner == *owner && units.contains(&it.id)))
    };
    let bodies: Vec<&Body> = directory.bodies().iter().filter(|it| is_asked(&it.owner)).collect();
    let trials = routing::trials(directory);
    let writer = Writer { directory, language, day };
    let mut sections = vec![ConfigSection {
        level: 1,
        heading: format!(
            "{}, {}",
            writer.say("Oppsett av ruting", "Oppsett av ruting", "Configuration of routing"),
            moment::date(day, language)
        ),
        lines: vec![writer.version(directory.version()), writer.version_is()],
        code: Vec::new(),
    }];
    let missing = without_receiver(directory, day);
    if units.is_none() && !missing.is_empty() {
        let heading =
            writer.say("Kommuner uten mottaker", "Kommunar utan mottakar", "Municipalities without a receiver");
        sections.push(ConfigSection { level: 2, heading, lines: missing.clone(), code: Vec::new() });
    }
    let mut told = Vec::new();
    for body in &bodies {
        told.push(writer.body(body, &trials, &mut sections));
    }
    let files: Option<Vec<&str>> = units.map(|_| {
        let own = bodies.iter().map(|it| it.source.file.as_str());
        own.chain(directory.units().iter().filter(|it| is_asked(&it.owner)).map(|it| it.source.file.as_str()))
            .map(bare)
            .collect()
    });
    let history = writer.history(revisions, files.as_deref(), &mut sections);
    let json = json!({
        "day": day.to_string(), "version": directory.version(), "without_receiver": missing, "bodies": told,
        "history": history,
    });
    ConfigDocument { sections, json: json.to_string() }
}

/// The sections as one text, in Markdown.
pub fn document_text(document: &ConfigDocument) -> String {
    let mut text = String::new();
    for it in &document.sections {
        writeln!(text, "{} {}\n", "#".repeat(usize::from(it.level)), it.heading)
            .expect("writing to a String never fails");
        for line in &it.lines {
            writeln!(text, "- {line}").expect("writing to a String never fails");
        }
        if !it.code.is_empty() {
            writeln!(text, "\n```diff\n{}\n```", it.code.join("\n")).expect("writing to a String never fails");
        }
        text.push('\n');
    }
    text
}

struct Writer<'a> {
    directory: &'a Directory,
    language: Language,
    day: Date,
}

impl Writer<'_> {
    fn say(&self, nb: &str, nn: &str, en: &str) -> String {
        match self.language {
            Language::Nb => nb,
            Language::Nn => nn,
            Language::En => en,
        }
        .to_owned()
    }

    /// The first letters of a version's name: enough to tell two apart, and to be said on the telephone.
    fn version(&self, version: &str) -> String {
        let short: String = version.chars().take(VERSION_SHOWN).collect();
        format!("{} {short}", self.say("Versjon", "Versjon", "Version"))
    }

    fn version_is(&self) -> String {
        self.say(
            "En versjon heter det samme så lenge filene er de samme; hele navnet står i JSON-filen.",
            "Ein versjon heiter det same så lenge filene er dei same; heile namnet står i JSON-fila.",
            "A version has the same name as long as the files are the same; the whole name is in the JSON file.",
        )
    }

    fn text(&self, text: &Text) -> String {
        text.in_language(self.language).to_owned()
    }

    fn name(&self, id: &UnitId) -> String {
        match self.directory.unit(id) {
            Some(unit) => format!("{} ({id})", unit.name.in_language(self.language)),
            None => id.to_string(),
        }
    }

    /// As people say it, with the number beside it: that of a municipality, or of a trust after the name of its own unit.
    fn owner(&self, owner: &Owner) -> String {
        let name = match owner {
            Owner::Municipality(number) => Municipality::find(number).map(|it| it.name.to_owned()),
            Owner::HospitalTrust(_) => {
                let of_trust = |it: &&Unit| it.owner == *owner && it.validity.contains(self.day);
                let units = self.directory.units().iter().filter(of_trust);
                let default = self.directory.bodies().iter().find(|it| it.owner == *owner);
                let default = default.and_then(|it| it.default_on(self.day)).map(|it| &it.unit);
                let first = units.min_by_key(|it| Some(&it.id) != default);
                first.map(|it| it.name.in_language(self.language).to_owned())
            }
        };
        name.map_or_else(|| owner.to_string(), |name| format!("{name} ({owner})"))
    }

    fn names(&self, ids: &[UnitId]) -> String {
        ids.iter().map(|it| self.name(it)).collect::<Vec<_>>().join(", ")
    }

    fn period(&self, period: Period) -> String {
        match (period.from, period.to) {
            (None, None) => String::new(),
            (from, to) => {
                let day = |word: String, it: Option<Date>| {
                    it.map(|it| format!(" {word} {}", moment::date(it, self.language))).unwrap_or_default()
                };
                let from = day(self.say("fra", "frå", "from"), from);
                let to = day(self.say("til", "til", "until"), to);
                format!(" {}{from}{to}.", self.say("Gjelder", "Gjeld", "In force"))
            }
        }
    }

    fn agreement(&self, agreement: Option<&String>) -> String {
        agreement.map(|it| format!(" {}: {it}.", self.say("Avtale", "Avtale", "Agreement"))).unwrap_or_default()
    }

    fn body(&self, body: &Body, trials: &[Trial], sections: &mut Vec<ConfigSection>) -> Value {
        let section =
            |level, heading: String, lines: Vec<String>| ConfigSection { level, heading, lines, code: Vec::new() };
        let default = body.default_on(self.day).map(|it| &it.unit);
        let said = match default {
            Some(it) => self.name(it),
            None => self.say("ingen", "inga", "none"),
        };
        let standard = self.say("Standardenhet i dag", "Standardeining i dag", "Default unit today");
        sections.push(section(2, self.owner(&body.owner), vec![format!("{standard}: {said}")]));

        let rules: Vec<String> = body.rules.iter().map(|it| self.rule(it)).collect();
        let order = self.say(
            "Regler, i den rekkefølgen de prøves",
            "Reglar, i den rekkjefølgja dei blir prøvde",
            "Rules, in the order in which they are tried",
        );
        sections.push(section(3, order, rules));
        let units: Vec<&Unit> = self.directory.units().iter().filter(|it| it.owner == body.owner).collect();
        let lines = units.iter().map(|it| self.unit(it)).collect();
        sections.push(section(3, self.say("Enheter", "Einingar", "Units"), lines));
        let own: Vec<&Trial> = trials.iter().filter(|it| it.source.file == body.source.file).collect();
        if !own.is_empty() {
            let heading = self.say(
                "Prøver: hva en melding kommer til",
                "Prøver: kva ei melding kjem til",
                "Trials: what a report comes to",
            );
            sections.push(section(3, heading, own.iter().map(|it| self.trial(it)).collect()));
        }
        let routines: Vec<&Routine> = self.directory.routines().iter().filter(|it| it.owner == body.owner).collect();
        if !routines.is_empty() {
            sections.push(section(3, self.say("Rutiner", "Rutinar", "Routines"), Vec::new()));
            for it in &routines {
                let state = if self.in_force(it) {
                    self.say("gjelder nå", "gjeld no", "in force now")
                } else {
                    self.say("gjelder ikke nå", "gjeld ikkje no", "not in force now")
                };
                let (from, version) = (moment::date(it.valid_from, self.language), routine_hash(it));
                let since = self.say("fra", "frå", "from");
                let version = self.version(&version).to_lowercase();
                let heading = format!("{} – {since} {from} ({state}, {version})", self.text(&it.title));
                sections.push(section(4, heading, vec![self.text(&it.body)]));
            }
        }
        let gaps: Vec<_> = routing::check(self.directory, self.day)
            .into_iter()
            .filter(|it| it.severity != Severity::Info && it.source.file == body.source.file)
            .collect();
        if !gaps.is_empty() {
            let heading = self.say("Må rettes", "Må rettast", "To be put right");
            sections.push(section(3, heading, gaps.iter().map(|it| self.text(&it.text)).collect()));
        }
        json!({
            "owner": body.owner.to_string(), "name": self.owner(&body.owner),
            "default": default.map(|it| it.0.as_str()),
            "rules": body.rules.iter().map(|it| json!({
                "name": it.name, "why": self.text(&it.why),
                "conditions": it.conditions.described().iter().map(|it| self.text(it)).collect::<Vec<_>>(),
                "to": ids(&it.to), "aware": ids(&it.aware), "agreement": it.agreement,
                "from": it.validity.from.map(|it| it.to_string()), "to_day": it.validity.to.map(|it| it.to_string()),
            })).collect::<Vec<_>>(),
            "units": units.iter().map(|it| json!({
                "id": it.id.0, "name": self.text(&it.name), "kind": it.kind.label(),
                "unread_hours": it.max_unread_hours, "escalate_to": it.escalate_to.as_ref().map(|it| it.0.as_str()),
                "covers": it.covers.iter().map(|it| json!({
                    "municipality": it.municipality.as_str(), "agreement": it.agreement,
                })).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
            "trials": own.iter().map(|it| json!({
                "name": it.name, "rule": it.rule, "passed": it.passed, "refused": it.refused.map(|it| it.id()),
                "units": it.units.iter().map(|(unit, share)| json!({ "unit": unit.0, "share": share.label() }))
                    .collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
            "routines": routines.iter().map(|it| json!({
                "name": it.name, "version": routine_version(it), "valid_from": it.valid_from.to_string(),
                "in_force": self.in_force(it), "title": self.text(&it.title), "body": self.text(&it.body),
            })).collect::<Vec<_>>(),
            "gaps": gaps.iter().map(|it| self.text(&it.text)).collect::<Vec<_>>(),
        })
    }

    fn rule(&self, rule: &Rule) -> String {
        let conditions: Vec<String> = rule.conditions.described().iter().map(|it| self.text(it)).collect();
        let conditions =
            if conditions.is_empty() { self.say("alt", "alt", "everything") } else { conditions.join("; ") };
        let mut said = format!(
            "{}: {} {}: {conditions}. {}: {}.",
            rule.name,
            self.text(&rule.why),
            self.say("Når", "Når", "When"),
            self.say("Til", "Til", "To"),
            self.names(&rule.to)
        );
        if !rule.aware.is_empty() {
            said.push_str(&format!(" {}: {}.", self.say("Får vite", "Får vite", "Told"), self.names(&rule.aware)));
        }
        said + &self.agreement(rule.agreement.as_ref()) + &self.period(rule.validity)
    }

    fn kind(&self, kind: UnitKind) -> String {
        match kind {
            UnitKind::Office => self.say("kontor", "kontor", "office"),
            UnitKind::Group => self.say("gruppe som møtes", "gruppe som møtest", "group that meets"),
            UnitKind::LeaderGroup => self.say(
                "gruppe der lederen leser alt",
                "gruppe der leiaren les alt",
                "group whose leader reads everything",
            ),
            UnitKind::ServiceArea => self.say("tjenesteområde", "tenesteområde", "service area"),
            UnitKind::ContactPoint => self.say("kontaktpunkt", "kontaktpunkt", "contact point"),
            UnitKind::HospitalUnit => self.say(
                "koordinerende enhet i helseforetak",
                "koordinerande eining i helseføretak",
                "coordinating unit of a hospital trust",
            ),
        }
    }

    fn unit(&self, unit: &Unit) -> String {
        let mut said = format!("{} ({}), {}.", self.text(&unit.name), unit.id, self.kind(unit.kind));
        if let Some(hours) = unit.max_unread_hours {
            let reminded = self.say(
                "Påminnes når noe er ulest etter",
                "Blir mint når noko er ulese etter",
                "Reminded of what is unread after",
            );
            said.push_str(&format!(
                " {reminded} {hours} {}.",
                self.say("arbeidstimer", "arbeidstimar", "working hours")
            ));
        }
        if let Some(above) = &unit.escalate_to {
            said.push_str(&format!(" {}: {}.", self.say("Deretter", "Deretter", "Then"), self.name(above)));
        }
        if let Some(group) = &unit.group {
            let officer = |label: String, role: &Option<routing::Role>| {
                role.as_ref().map(|it| format!(" {label}: {it}.")).unwrap_or_default()
            };
            said.push_str(&officer(self.say("Leder", "Leiar", "Leader"), &group.leader));
            said.push_str(&officer(self.say("Sekretær", "Sekretær", "Secretary"), &group.secretary));
            said.push_str(&officer(self.say("Stedfortreder", "Stedfortredar", "Deputy"), &group.deputy));
        }
        for cover in &unit.covers {
            said.push_str(&format!(
                " {} {}.{}",
                self.say("Dekker", "Dekkjer", "Covers"),
                self.owner(&Owner::Municipality(cover.municipality.clone())),
                self.agreement(cover.agreement.as_ref())
            ));
        }
        said + &self.period(unit.validity)
    }

    fn trial(&self, trial: &Trial) -> String {
        let came_to = match trial.refused {
            Some(code) => format!("{} {}", self.say("avvist med", "avvist med", "refused with"), code.id()),
            None => trial.units.iter().map(|(unit, _)| unit.0.clone()).collect::<Vec<_>>().join(", "),
        };
        let rule = trial.rule.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
        let word = if trial.passed {
            self.say("som ventet", "som venta", "as expected")
        } else {
            self.say("ANNERLEDES ENN VENTET", "ANNLEIS ENN VENTA", "NOT AS EXPECTED")
        };
        format!("{} → {came_to}{rule}: {word}", trial.name)
    }

    fn in_force(&self, routine: &Routine) -> bool {
        let of_name =
            self.directory.routines().iter().filter(|it| it.owner == routine.owner && it.name == routine.name);
        let latest = of_name.map(|it| it.valid_from).filter(|it| *it <= self.day).max();
        latest == Some(routine.valid_from)
    }

    /// Every version, newest first, with what was changed since the one before. `files`: only those.
    fn history(&self, revisions: &[Revision], files: Option<&[&str]>, sections: &mut Vec<ConfigSection>) -> Vec<Value> {
        let heading = self.say("Endringer", "Endringar", "Changes");
        sections.push(ConfigSection { level: 2, heading, lines: Vec::new(), code: Vec::new() });
        let mut told = Vec::new();
        for (position, revision) in revisions.iter().enumerate() {
            let earlier = revisions.get(position + 1);
            let changed: Vec<Changed> = changes(earlier, revision)
                .into_iter()
                .filter(|it| files.is_none_or(|files| files.contains(&it.name.as_str())))
                .collect();
            if changed.is_empty() {
                continue;
            }
            let at = moment::full(revision.at, self.language);
            for it in &changed {
                let by =
                    it.by.clone().unwrap_or_else(|| self.say("ikke sagt hvem", "ikkje sagt kven", "not said by whom"));
                let mut lines = vec![self.version(&revision.version)];
                lines.extend(it.why.as_ref().map(|it| format!("{}: {it}", self.say("Hvorfor", "Kvifor", "Why"))));
                if earlier.is_none() {
                    lines.push(self.say(
                        "Den første versjonen som er tatt vare på.",
                        "Den første versjonen som er teken vare på.",
                        "The first version that has been kept.",
                    ));
                }
                let heading = format!("{at} – {} – {by}", it.name);
                sections.push(ConfigSection { level: 3, heading, lines, code: it.diff.clone() });
            }
            told.push(json!({
                "at": revision.at.to_string(), "version": revision.version,
                "files": changed.iter().map(|it| json!({
                    "file": it.name, "by": it.by, "why": it.why, "diff": it.diff,
                })).collect::<Vec<_>>(),
            }));
        }
        told
    }
}

/// Name of this version of a routine: `mottak@2026-11-01-1f2e3d4c`, the last a piece of the hash of its words.
fn routine_version(routine: &Routine) -> String {
    format!("{}@{}-{}", routine.name, routine.valid_from, routine_hash(routine))
}

fn routine_hash(routine: &Routine) -> String {
    let said = [&routine.title, &routine.body].map(|it| format!("{}\0{}\0{}\0", it.nb, it.nn, it.en)).concat();
    super::hex(&super::sha256(said.as_bytes())[..4])
}

fn ids(units: &[UnitId]) -> Vec<&str> {
    units.iter().map(|it| it.0.as_str()).collect()
}

/// The file's name without its folder.
fn bare(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

#[cfg(test)]
mod tests;
