//! The configuration as a document for the quality system: rules, units, agreements, routines, what the municipality's own
//! cases come to, and every version that has been in force, with who changed what.

use crate::app::Heart;
use crate::domain::AlarmKind;
use crate::domain::Language;
use crate::domain::Municipality;
use crate::domain::MunicipalityNumber;
use crate::domain::NewAlarm;
use crate::domain::Severity;
use crate::domain::Share;
use crate::domain::Text;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::norway;
use crate::inbox::ConfigBook;
use crate::inbox::ConfigDocument;
use crate::inbox::ConfigSection;
use crate::routing;
use crate::routing::Body;
use crate::routing::Directory;
use crate::routing::Owner;
use crate::routing::Period;
use crate::routing::Routine;
use crate::routing::Rule;
use crate::routing::Trial;
use crate::routing::Unit;
use crate::storage::OperatorStore;
use crate::storage::RevisedFile;
use crate::storage::Revision;
use crate::storage::RevisionStore;
use crate::storage::StoreError;
use async_trait::async_trait;
use jiff::civil::Date;
use serde_json::Value;
use serde_json::json;
use std::fmt::Write as _;
use std::sync::Arc;

/// Versions that the document tells of.
const REVISIONS_MAX: u32 = 50;
/// Lines of a file that are compared; a longer file is told to have changed, and no more.
const DIFF_LINES_MAX: usize = 3000;

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

/// The municipalities of the directory without anybody who receives today, or without a default unit in operation.
pub fn without_receiver(directory: &Directory, day: Date) -> Vec<String> {
    let mut numbers: Vec<String> = directory
        .bodies()
        .iter()
        .filter_map(|it| match &it.owner {
            Owner::Municipality(number) => Some(number),
            Owner::HospitalTrust(_) => None,
        })
        .filter(|it| super::contacts::reception(directory, it, day).is_none() || !has_default(directory, it, day))
        .map(|it| it.as_str().to_owned())
        .collect();
    numbers.sort();
    numbers.dedup();
    numbers
}

/// One alarm for each municipality without anybody who receives, or without a default unit; cleared when there is somebody.
pub(super) async fn tell_receivers(
    directory: &Directory,
    store: &dyn OperatorStore,
    now: Timestamp,
) -> Result<(), StoreError> {
    const KIND: AlarmKind = AlarmKind::NoReceiver;
    let missing = without_receiver(directory, now.date_in_norway());
    for subject in &missing {
        store.open_alarm(NewAlarm { kind: KIND, subject: subject.clone() }, now).await?;
    }
    for alarm in store.alarms().await? {
        if alarm.kind == KIND && !missing.contains(&alarm.subject) {
            store.clear_alarm(KIND, &alarm.subject, now).await?;
        }
    }
    Ok(())
}

fn has_default(directory: &Directory, number: &MunicipalityNumber, day: Date) -> bool {
    let body = directory.body_on(&Owner::Municipality(number.clone()), day);
    let unit = body.and_then(|it| it.default_on(day)).and_then(|it| directory.unit(&it.unit));
    unit.is_some_and(|it| it.validity.contains(day))
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
        heading: format!("{}, {day}", writer.say("Oppsett av ruting", "Oppsett av ruting", "Configuration of routing")),
        lines: vec![format!("{}: {}", writer.say("Versjon", "Versjon", "Version"), directory.version())],
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
                let day = |it: Option<Date>| it.map(|it| it.to_string()).unwrap_or_default();
                format!(" {}: {} – {}.", self.say("Gjelder", "Gjeld", "In force"), day(from), day(to))
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
                let heading = format!("{} – {} ({state})", self.text(&it.title), routine_version(it));
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
                "units": it.units.iter().map(|(unit, share)| json!({ "unit": unit.0, "share": share_word(*share) }))
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

    fn unit(&self, unit: &Unit) -> String {
        let mut said = format!("{} ({}), {}.", self.text(&unit.name), unit.id, unit.kind.label());
        if let Some(hours) = unit.max_unread_hours {
            let reminded = self.say("Minnes etter timer", "Blir mint etter timar", "Reminded after hours");
            said.push_str(&format!(" {reminded}: {hours}."));
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
            let at = revision.at.to_jiff().to_zoned(norway()).strftime("%Y-%m-%d %H:%M").to_string();
            for it in &changed {
                let by =
                    it.by.clone().unwrap_or_else(|| self.say("ikke sagt hvem", "ikkje sagt kven", "not said by whom"));
                let mut lines = vec![format!("{}: {}", self.say("Versjon", "Versjon", "Version"), revision.version)];
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

struct Changed {
    name: String,
    /// `None`: the file does not say who made this change.
    by: Option<String>,
    why: Option<String>,
    diff: Vec<String>,
}

/// What is other in `later`. Of the first version that is known, each file, without its lines.
fn changes(earlier: Option<&Revision>, later: &Revision) -> Vec<Changed> {
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

/// Name of this version of a routine: `mottak@2026-11-01-1f2e3d4c`, the last a piece of the hash of its words.
fn routine_version(routine: &Routine) -> String {
    let said = [&routine.title, &routine.body].map(|it| format!("{}\0{}\0{}\0", it.nb, it.nn, it.en)).concat();
    let hash = super::hex(&super::sha256(said.as_bytes())[..4]);
    format!("{}@{}-{hash}", routine.name, routine.valid_from)
}

fn ids(units: &[UnitId]) -> Vec<&str> {
    units.iter().map(|it| it.0.as_str()).collect()
}

const fn share_word(share: Share) -> &'static str {
    match share {
        Share::Content => "content",
        Share::Awareness => "awareness",
    }
}

/// The file's name without its folder.
fn bare(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::config_document;
    use super::diff;
    use super::document_text;
    use super::tell_receivers;
    use super::without_receiver;
    use crate::app::example_directory;
    use crate::domain::AlarmKind;
    use crate::domain::Language;
    use crate::domain::Timestamp;
    use crate::domain::UnitId;
    use crate::routing::Directory;
    use crate::storage::OperatorStore as _;
    use crate::storage::RevisedFile;
    use crate::storage::Revision;
    use jiff::civil::Date;
    use jiff::civil::date;
    use serde_json::Value;

    const TODAY: Date = date(2026, 11, 22);

    const BEFORE: &str = r#"
[municipality]
number = "4201"
default = "kontor"

[[unit]]
id = "kontor"
name = "Kontoret"
kind = "office"

[unit.notify]
email = "kontor@risor.example"

[[unit]]
id = "avtale"
name = "Avtalekontoret"
kind = "office"

[unit.notify]
email = "avtale@risor.example"

[[rule]]
name = "utskriving"
why = "Fra sykehuset, etter samarbeidsavtalen"
admitted = true
agreement = "Delavtale 3, SSHF 2025"
to = ["avtale"]

[[rule]]
name = "alle"
why = "Alt annet"
to = ["kontor"]

[[routine]]
name = "mottak"
valid_from = 2026-01-01
title = "Mottak av meldinger"
body = "Innboksen leses hver morgen."

[[routine]]
name = "mottak"
valid_from = 2027-01-01
title = "Mottak av meldinger"
body = "Innboksen leses morgen og kveld."
"#;

    fn directory(text: &str) -> Directory {
        Directory::parse(&[("units/risor.toml".to_owned(), text.to_owned())]).unwrap()
    }

    fn revision(directory: &Directory, text: &str, hour: i64, by: Option<&str>) -> Revision {
        let file = RevisedFile {
            name: "risor.toml".to_owned(),
            text: text.to_owned(),
            by: by.map(str::to_owned),
            why: by.map(|_| "Ny avtale".to_owned()),
        };
        let at = Timestamp::from_jiff("2026-11-20T08:00:00Z".parse().unwrap());
        Revision {
            version: directory.version().to_owned(),
            at: Timestamp(at.0 + hour * 3_600_000_000),
            files: vec![file],
        }
    }

    /// seed: H-05, H-13, H-24, H-37
    #[test]
    fn a_changed_route_is_in_the_document_with_its_diff_author_time_agreement_and_the_routines_version() {
        let after = BEFORE.replace("to = [\"avtale\"]", "to = [\"kontor\"]");
        let (first, then) = (directory(BEFORE), directory(&after));
        let revisions = [revision(&then, &after, 2, Some("Kari Systemkoordinator")), revision(&first, BEFORE, 0, None)];

        let document = config_document(&then, &revisions, None, Language::Nb, TODAY);
        let text = document_text(&document);

        assert!(text.contains("### 2026-11-20 11:00 – risor.toml – Kari Systemkoordinator"), "{text}");
        assert!(
            text.contains("Hvorfor: Ny avtale") && text.contains("-to = [\"avtale\"]\n+to = [\"kontor\"]"),
            "{text}"
        );
        assert!(text.contains("1") && text.contains("Avtale: Delavtale 3, SSHF 2025."), "{text}");
        let routine = text.lines().find(|it| it.contains("gjelder nå")).unwrap();
        assert!(routine.contains("Mottak av meldinger – mottak@2026-01-01-"), "{routine}");
        assert!(text.contains("Innboksen leses hver morgen.") && text.contains("gjelder ikke nå"), "{text}");
        let json: Value = serde_json::from_str(&document.json).unwrap();
        assert_eq!(json["history"][0]["files"][0]["by"], "Kari Systemkoordinator");
        assert_eq!(json["history"][0]["at"], revisions[0].at.to_string());
        assert_eq!(json["bodies"][0]["rules"][0]["agreement"], "Delavtale 3, SSHF 2025");
        assert_eq!(json["bodies"][0]["rules"][0]["to"], serde_json::json!(["kontor"]));
        assert_eq!(json["bodies"][0]["routines"][0]["in_force"], true);
        let version = json["bodies"][0]["routines"][0]["version"].as_str().unwrap();
        assert!(version.starts_with("mottak@2026-01-01-"), "{version}");
    }

    #[test]
    fn a_name_that_stood_there_before_is_not_the_author_of_a_later_change() {
        let after = BEFORE.replace("hver morgen", "hver dag");
        let (first, then) = (directory(BEFORE), directory(&after));
        let revisions = [revision(&then, &after, 2, Some("Kari")), revision(&first, BEFORE, 0, Some("Kari"))];

        let text = document_text(&config_document(&then, &revisions, None, Language::Nb, TODAY));

        assert!(text.contains("risor.toml – ikke sagt hvem"), "{text}");
    }

    #[test]
    fn a_leader_sees_the_configuration_of_their_own_municipality_alone() {
        let directory = example_directory();
        let own = [UnitId("risor-systemkoordinator".to_owned())];

        for language in Language::ALL {
            let text = document_text(&config_document(&directory, &[], Some(&own), language, TODAY));
            assert!(text.contains("\n## Risør (4201)\n") && !text.contains("(4211)"), "{text}");
        }
    }

    #[test]
    fn every_municipality_and_trust_is_told_by_its_name() {
        let directory = example_directory();
        let document = config_document(&directory, &[], None, Language::Nb, TODAY);

        let headings: Vec<_> = document.sections.iter().filter(|it| it.level == 2).map(|it| &it.heading).collect();

        for number in directory.bodies().iter().map(|it| it.owner.to_string()) {
            let of_it: Vec<_> = headings.iter().filter(|it| it.ends_with(&format!(" ({number})"))).collect();
            assert_eq!(of_it.len(), 1, "{number}: {headings:?}");
        }
        assert!(!headings.iter().any(|it| it.starts_with(|it: char| it.is_ascii_digit())), "{headings:?}");
    }

    /// seed in part: L-10
    #[test]
    fn every_case_of_the_examples_is_in_the_document_with_what_it_comes_to() {
        let directory = example_directory();
        let json = config_document(&directory, &[], None, Language::En, TODAY).json;
        let json: Value = serde_json::from_str(&json).unwrap();

        let told = json["bodies"].as_array().unwrap().iter().flat_map(|it| it["trials"].as_array().unwrap());
        let told: Vec<_> = told.collect();
        assert_eq!(told.len(), crate::routing::trials(&directory).len());
        assert!(told.len() > 20 && told.iter().all(|it| it["passed"] == true), "{told:?}");
    }

    fn ended() -> String {
        BEFORE.replace("kind = \"office\"", "kind = \"office\"\nvalid_to = 2026-11-21")
    }

    fn without_default() -> String {
        BEFORE.replace("default = \"kontor\"\n", "")
    }

    /// The public side is tried in `contacts`; this is the operator's.
    ///
    /// seed: G-03
    #[test]
    fn a_municipality_whose_only_units_have_ended_is_told_to_the_operator() {
        let ended = directory(&ended());

        assert_eq!(without_receiver(&ended, TODAY), ["4201"]);
        assert_eq!(without_receiver(&ended, TODAY.yesterday().unwrap()), Vec::<String>::new());
        assert_eq!(without_receiver(&example_directory(), TODAY), Vec::<String>::new());
        let text = document_text(&config_document(&ended, &[], None, Language::Nb, TODAY));
        assert!(text.contains("## Kommuner uten mottaker\n\n- 4201"), "{text}");
    }

    /// Two defaults are refused with a clear text, which is tried where files are read; none is an alarm until there is one.
    ///
    /// seed: K-13
    #[tokio::test]
    async fn a_municipality_without_a_default_unit_is_an_alarm_until_it_has_one() {
        let two = format!("{BEFORE}\n[[default]]\nunit = \"avtale\"\n");
        let refused = Directory::parse(&[("risor.toml".to_owned(), two)]).unwrap_err();
        assert!(refused[0].to_string().contains("4201 has two default units on the same day"), "{}", refused[0]);

        let folder = tempfile::tempdir().unwrap();
        let options = crate::storage::StoreOptions::default();
        let file = folder.path().join("store.db");
        let store = crate::storage::open_sqlite(&file, crate::storage::Sealing::Off, options).await.unwrap();
        let now = Timestamp::from_jiff("2026-11-22T08:00:00Z".parse().unwrap());
        tell_receivers(&directory(&without_default()), &*store, now).await.unwrap();
        let open = store.alarms().await.unwrap();
        assert_eq!(
            open.iter().map(|it| (it.kind, it.subject.as_str())).collect::<Vec<_>>(),
            [(AlarmKind::NoReceiver, "4201")]
        );

        tell_receivers(&directory(BEFORE), &*store, now).await.unwrap();
        assert!(store.alarms().await.unwrap().is_empty());
        store.close().await;
    }

    #[test]
    fn a_diff_has_what_went_and_what_came() {
        assert_eq!(diff("a\nb\nc\nd", "a\nx\nc\nd\ne"), ["-b", "+x", "+e"]);
        assert_eq!(diff("a\n", "a\n"), Vec::<String>::new());
        assert_eq!(diff("", "a\nb"), ["+a", "+b"]);
    }
}
