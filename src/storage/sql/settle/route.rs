//! Why a message went where it went, as JSON in a column. What was kept before reasons were is a plain sentence.

use super::kept::json;
use crate::domain::Ask;
use crate::domain::AskedAbout;
use crate::domain::CoordinatingBody;
use crate::domain::LeftOut;
use crate::domain::Reason;
use crate::domain::RuleOutcome;
use crate::domain::RuleReason;
use crate::domain::Text;
use crate::domain::UnitId;
use crate::storage::KeptStep;
use serde::Deserialize;
use serde::Serialize;

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum StepColumns {
    Sentence(String),
    WithReason { said: String, reason: ReasonColumns },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ReasonColumns {
    Rule(Box<RuleColumns>),
    Default { by: String, unit: String },
    Said(TextColumns),
}

#[derive(Serialize, Deserialize)]
struct RuleColumns {
    name: String,
    by: String,
    outcome: String,
    /// Only of the rule that decided: the others' reasons are not shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<TextColumns>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    asks: Vec<AskColumns>,
    to: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    aware: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<(String, String)>,
}

#[derive(Serialize, Deserialize)]
struct AskColumns {
    about: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    values: Vec<String>,
    met: bool,
}

#[derive(Serialize, Deserialize)]
struct TextColumns {
    nb: String,
    nn: String,
    en: String,
}

pub(super) fn route_to_text(route: &[KeptStep]) -> String {
    let steps: Vec<StepColumns> = route
        .iter()
        .map(|it| match &it.reason {
            None => StepColumns::Sentence(it.said.clone()),
            Some(reason) => StepColumns::WithReason { said: it.said.clone(), reason: reason_to_columns(reason) },
        })
        .collect();
    json(&steps)
}

pub(in crate::storage::sql) fn route_from_text(text: &str) -> Option<Vec<KeptStep>> {
    let steps: Vec<StepColumns> = serde_json::from_str(text).ok()?;
    let read = |it| match it {
        StepColumns::Sentence(said) => Some(said.into()),
        StepColumns::WithReason { said, reason } => Some(KeptStep { said, reason: Some(reason_from_columns(reason)?) }),
    };
    steps.into_iter().map(read).collect()
}

fn reason_to_columns(reason: &Reason) -> ReasonColumns {
    match reason {
        Reason::Rule(it) => ReasonColumns::Rule(Box::new(RuleColumns {
            name: it.name.clone(),
            by: it.by.number().to_owned(),
            outcome: it.outcome.label().to_owned(),
            why: (it.outcome == RuleOutcome::Fits).then(|| text_to_columns(&it.why)),
            asks: it
                .asks
                .iter()
                .map(|it| AskColumns { about: it.about.label().to_owned(), values: it.values.clone(), met: it.met })
                .collect(),
            to: units_to_columns(&it.to),
            aware: units_to_columns(&it.aware),
            left_out: it.left_out.iter().map(|(unit, why)| (unit.0.clone(), why.label().to_owned())).collect(),
        })),
        Reason::Default { by, unit } => ReasonColumns::Default { by: by.number().to_owned(), unit: unit.0.clone() },
        Reason::Said(it) => ReasonColumns::Said(text_to_columns(it)),
    }
}

fn reason_from_columns(reason: ReasonColumns) -> Option<Reason> {
    Some(match reason {
        ReasonColumns::Rule(it) => Reason::Rule(Box::new(RuleReason {
            name: it.name,
            by: CoordinatingBody::parse(&it.by)?,
            outcome: *RuleOutcome::ALL.iter().find(|known| known.label() == it.outcome)?,
            why: it.why.map_or(Text::of("", "", ""), text_from_columns),
            asks: it.asks.into_iter().map(ask_from_columns).collect::<Option<_>>()?,
            to: it.to.into_iter().map(UnitId).collect(),
            aware: it.aware.into_iter().map(UnitId).collect(),
            left_out: it.left_out.into_iter().map(left_out_from_columns).collect::<Option<_>>()?,
        })),
        ReasonColumns::Default { by, unit } => {
            Reason::Default { by: CoordinatingBody::parse(&by)?, unit: UnitId(unit) }
        }
        ReasonColumns::Said(it) => Reason::Said(text_from_columns(it)),
    })
}

fn ask_from_columns(ask: AskColumns) -> Option<Ask> {
    let about = *AskedAbout::ALL.iter().find(|known| known.label() == ask.about)?;
    Some(Ask { about, values: ask.values, met: ask.met })
}

fn left_out_from_columns((unit, why): (String, String)) -> Option<(UnitId, LeftOut)> {
    Some((UnitId(unit), *LeftOut::ALL.iter().find(|known| known.label() == why)?))
}

fn units_to_columns(units: &[UnitId]) -> Vec<String> {
    units.iter().map(|it| it.0.clone()).collect()
}

fn text_to_columns(text: &Text) -> TextColumns {
    TextColumns { nb: text.nb.to_string(), nn: text.nn.to_string(), en: text.en.to_string() }
}

fn text_from_columns(text: TextColumns) -> Text {
    Text::owned(text.nb, text.nn, text.en)
}

#[cfg(test)]
mod tests {
    use super::route_from_text;
    use super::route_to_text;
    use crate::domain::Ask;
    use crate::domain::AskedAbout;
    use crate::domain::CoordinatingBody;
    use crate::domain::LeftOut;
    use crate::domain::Reason;
    use crate::domain::RuleOutcome;
    use crate::domain::RuleReason;
    use crate::domain::Text;
    use crate::domain::UnitId;
    use crate::storage::KeptStep;

    #[test]
    fn every_reason_is_read_as_it_was_written() {
        let unit = |it: &str| UnitId(it.to_owned());
        let rule = |outcome, why| {
            Reason::Rule(Box::new(RuleReason {
                name: "barn".to_owned(),
                by: CoordinatingBody::parse("4201").unwrap(),
                outcome,
                why,
                asks: AskedAbout::ALL
                    .iter()
                    .map(|it| Ask { about: *it, values: vec!["below:216".to_owned()], met: *it == AskedAbout::Age })
                    .collect(),
                to: vec![unit("risor-oppvekst")],
                aware: vec![unit("risor-koordinerende-enhet")],
                left_out: LeftOut::ALL.iter().map(|it| (unit("a"), *it)).collect(),
            }))
        };
        let why = || Text::of("Først.", "Fyrst.", "First.");
        let mut route: Vec<KeptStep> = RuleOutcome::ALL
            .iter()
            .map(|it| rule(*it, if *it == RuleOutcome::Fits { why() } else { Text::of("", "", "") }))
            .chain([
                Reason::Default { by: CoordinatingBody::parse("310000108").unwrap(), unit: unit("b") },
                Reason::Said(why()),
            ])
            .map(|it| KeptStep { said: "Regelen «barn» passet.".to_owned(), reason: Some(it) })
            .collect();
        route.push("Meldingen viser til en sak som er her.".into());

        assert_eq!(route_from_text(&route_to_text(&route)).unwrap(), route);
    }

    #[test]
    fn what_was_kept_before_reasons_were_is_read_as_sentences() {
        let read = route_from_text(r#"["Regelen «alle» passet. Passer."]"#).unwrap();

        assert_eq!(read, [KeptStep::from("Regelen «alle» passet. Passer.")]);
    }
}
