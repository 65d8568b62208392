//! `[rules]`, `[limits]` and `[[senders]]`: what becomes the rulebook.

use crate::config::Config;
use crate::config::ConfigError;
use crate::config::error::offer;
use crate::domain::AppRecVersion;
use crate::domain::CoordinatingBody;
use crate::domain::Deviation;
use crate::domain::DialogueVersion;
use crate::domain::DialogueWords;
use crate::domain::Grant;
use crate::domain::HerId;
use crate::domain::MessageLimits;
use crate::domain::MunicipalityNumber;
use crate::domain::NeedKind;
use crate::domain::OrgNumber;
use crate::domain::RegisteredSender;
use crate::domain::ReportAddress;
use crate::domain::RuleFamily;
use crate::domain::Rulebook;
use crate::domain::Sector;
use crate::domain::Strictness;
use crate::domain::StrictnessTable;
use crate::domain::SyntheticPersons;
use crate::domain::WayBack;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

/// `[rules]`.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(default, deny_unknown_fields)]
pub struct RulesConfig {
    /// Whether made-up identity numbers are taken. Never in production.
    pub accept_synthetic_persons: bool,
    /// From this day, identity numbers of the 2032 series are taken.
    pub new_identity_numbers_from: String,
    /// A consent older than this gives a remark. Months.
    pub consent_months_max: u32,
    /// How long before now a message may have been made without a remark. Days.
    pub generated_days_past_max: u32,
    /// How far after now a message may have been made. Minutes.
    pub generated_minutes_future_max: u32,
    /// Words in a dialogue message's titles, and the need that they name.
    pub dialogue_words: BTreeMap<String, String>,
    /// Per family of rules: accept, remark or reject.
    pub strictness: BTreeMap<String, StrictnessChoice>,
}

impl Default for RulesConfig {
    fn default() -> Self {
        let rulebook = Rulebook::default();
        Self {
            accept_synthetic_persons: false,
            new_identity_numbers_from: rulebook.new_identity_numbers_from.to_string(),
            consent_months_max: rulebook.consent_months_max,
            generated_days_past_max: rulebook.generated_days_past_max,
            generated_minutes_future_max: rulebook.generated_minutes_future_max,
            dialogue_words: rulebook
                .dialogue_words
                .into_iter()
                .map(|it| (it.words, it.need.code().to_owned()))
                .collect(),
            strictness: BTreeMap::new(),
        }
    }
}

/// What a broken rule of one family leads to.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum StrictnessChoice {
    Accept,
    Remark,
    Reject,
}

/// `[limits]`: how large and how deep a message may be.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(default, deny_unknown_fields)]
pub struct LimitsConfig {
    pub bytes_max: usize,
    pub depth_max: usize,
    pub elements_max: usize,
    pub attributes_per_element_max: usize,
    pub name_bytes_max: usize,
    pub text_bytes_max: usize,
    pub attachments_max: usize,
    pub attachment_bytes_max: usize,
    pub attachments_bytes_max: usize,
    pub unpack_ratio_max: usize,
    pub message_id_chars_max: usize,
    pub findings_max: usize,
}

impl Default for LimitsConfig {
    fn default() -> Self {
        let MessageLimits {
            bytes_max,
            depth_max,
            elements_max,
            attributes_per_element_max,
            name_bytes_max,
            text_bytes_max,
            attachments_max,
            attachment_bytes_max,
            attachments_bytes_max,
            unpack_ratio_max,
            message_id_chars_max,
            findings_max,
        } = MessageLimits::default();
        Self {
            bytes_max,
            depth_max,
            elements_max,
            attributes_per_element_max,
            name_bytes_max,
            text_bytes_max,
            attachments_max,
            attachment_bytes_max,
            attachments_bytes_max,
            unpack_ratio_max,
            message_id_chars_max,
            findings_max,
        }
    }
}

impl LimitsConfig {
    pub fn limits(&self) -> MessageLimits {
        MessageLimits {
            bytes_max: self.bytes_max,
            depth_max: self.depth_max,
            elements_max: self.elements_max,
            attributes_per_element_max: self.attributes_per_element_max,
            name_bytes_max: self.name_bytes_max,
            text_bytes_max: self.text_bytes_max,
            attachments_max: self.attachments_max,
            attachment_bytes_max: self.attachment_bytes_max,
            attachments_bytes_max: self.attachments_bytes_max,
            unpack_ratio_max: self.unpack_ratio_max,
            message_id_chars_max: self.message_id_chars_max,
            findings_max: self.findings_max,
        }
    }
}

/// `[[senders]]`: one registered sender.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct SenderConfig {
    /// Short name for logs, metrics and commands.
    pub name: String,
    /// Shown to staff.
    pub display_name: String,
    /// Nine digits, as text.
    pub organisation: String,
    /// Sub-units whose certificates also speak for this sender. Empty: any of the organisation.
    #[serde(default)]
    pub sub_units: Vec<String>,
    /// HER-ids that this sender may send for, both levels.
    pub her_ids: Vec<u32>,
    /// `health` or `other`.
    pub sector: SectorChoice,
    /// Web address that takes messages from us. Empty: none; the units must telephone.
    #[serde(default)]
    pub address: String,
    /// `1.0` or `1.1`. Empty: by the kind of message, else as the sender asks.
    #[serde(default)]
    pub apprec_version: String,
    /// `1.0` or `1.1`. Empty: the one that it sends.
    #[serde(default)]
    pub dialogue_version: String,
    /// Where it takes reports that we pass on.
    #[serde(default)]
    pub reports: Option<ReportsConfig>,
    /// Small deviations from the standard that it may make, each until a day.
    #[serde(default)]
    pub tolerate: Vec<TolerateConfig>,
}

/// `[senders.reports]`: a coordinating unit that takes reports of need that we pass on.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct ReportsConfig {
    /// For which municipality: four digits, as text. Empty: for a hospital trust.
    #[serde(default)]
    pub municipality: String,
    /// For which hospital trust: its organisation number. Empty: for a municipality.
    #[serde(default)]
    pub hospital_trust: String,
    /// HER-id of the organisation.
    pub organisation_her_id: u32,
    /// HER-id of the unit.
    pub her_id: u32,
    /// Name of the unit.
    pub name: String,
}

/// One of `tolerate` in `[[senders]]`.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct TolerateConfig {
    pub deviation: String,
    /// The last day on which it may, like "2027-03-01".
    pub until: String,
    /// Why it may, for the one who comes after.
    pub because: String,
}

/// Which kind of service a sender is.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum SectorChoice {
    Health,
    Other,
}

impl SenderConfig {
    fn sender(&self) -> Result<RegisteredSender, ConfigError> {
        let number = |text: &str| {
            OrgNumber::parse(text).map_err(|_| {
                ConfigError::wrong(format!(
                    "Sender `{}`: `{text}` is not an organisation number (nine digits, the last a control digit).",
                    self.name
                ))
            })
        };
        Ok(RegisteredSender {
            name: self.name.clone(),
            display_name: self.display_name.clone(),
            organisation: number(&self.organisation)?,
            sub_units: self.sub_units.iter().map(|it| number(it)).collect::<Result<_, _>>()?,
            her_ids: self.her_ids.iter().map(|it| HerId(*it)).collect(),
            sector: match self.sector {
                SectorChoice::Health => Sector::Health,
                SectorChoice::Other => Sector::Other,
            },
            way_back: self.way_back()?,
            tolerated: self.tolerate.iter().map(|it| it.grant(&self.name)).collect::<Result<_, _>>()?,
        })
    }

    fn way_back(&self) -> Result<WayBack, ConfigError> {
        let wrong = |what: &str| ConfigError::wrong(format!("Sender `{}`: {what}", self.name));
        let apprec = match self.apprec_version.as_str() {
            "" => None,
            "1.0" => Some(AppRecVersion::V1_0),
            "1.1" => Some(AppRecVersion::V1_1),
            _ => return Err(wrong("apprec_version is neither \"1.0\" nor \"1.1\".")),
        };
        let dialogue = match self.dialogue_version.as_str() {
            "" => None,
            "1.0" => Some(DialogueVersion::V1_0),
            "1.1" => Some(DialogueVersion::V1_1),
            _ => return Err(wrong("dialogue_version is neither \"1.0\" nor \"1.1\".")),
        };
        if !self.address.is_empty() && !self.address.starts_with("https://") {
            return Err(wrong("address must begin with https://."));
        }
        let reports = self.reports.as_ref().map(|it| {
            let body = match (it.municipality.as_str(), it.hospital_trust.as_str()) {
                (number, "") => MunicipalityNumber::parse(number)
                    .map(CoordinatingBody::Municipality)
                    .ok_or_else(|| wrong("reports.municipality is not a municipality number (four digits)."))?,
                ("", number) => OrgNumber::parse(number)
                    .map(CoordinatingBody::HospitalTrust)
                    .map_err(|_| wrong("reports.hospital_trust is not an organisation number (nine digits)."))?,
                (_, _) => return Err(wrong("reports is for a municipality or for a hospital_trust, not for both.")),
            };
            if self.address.is_empty() {
                return Err(wrong("reports needs an address to send to."));
            }
            Ok(ReportAddress {
                body,
                organisation_her_id: HerId(it.organisation_her_id),
                her_id: HerId(it.her_id),
                name: it.name.clone(),
            })
        });
        Ok(WayBack {
            address: Some(self.address.clone()).filter(|it| !it.is_empty()),
            apprec,
            dialogue,
            reports: reports.transpose()?,
        })
    }
}

impl TolerateConfig {
    fn grant(&self, sender: &str) -> Result<Grant, ConfigError> {
        let deviation = Deviation::from_key(&self.deviation).ok_or_else(|| {
            let known = Deviation::ALL.map(Deviation::key);
            let offer = offer(&self.deviation, &known);
            ConfigError::wrong(format!("Sender `{sender}`: no deviation is called `{}`. {offer}", self.deviation))
        })?;
        let until = self.until.parse().map_err(|_| {
            ConfigError::wrong(format!(
                "Sender `{sender}`: until = \"{}\" of `{}` is not a day; write it like \"2027-03-01\".",
                self.until, self.deviation
            ))
        })?;
        if self.because.trim().is_empty() {
            return Err(ConfigError::wrong(format!(
                "Sender `{sender}`: `{}` is tolerated without a reason. Write why in because, for the one who comes after.",
                self.deviation
            )));
        }
        Ok(Grant { deviation, until, because: self.because.clone() })
    }
}

impl Config {
    /// The rulebook that the pure heart takes.
    ///
    /// # Errors
    /// A sender, a date or a family of rules is not what it should be, or synthetic persons are wanted in production.
    pub fn rulebook(&self) -> Result<Rulebook, ConfigError> {
        let rules = &self.rules;
        let production = self.environment == crate::config::EnvironmentChoice::Production;
        if rules.accept_synthetic_persons && production {
            return Err(ConfigError::wrong(
                "rules.accept_synthetic_persons is true in production. Set environment = \"test\", or take it away: a made-up person must never reach a real unit.",
            ));
        }
        let mut strictness = StrictnessTable::default();
        for (key, choice) in &rules.strictness {
            let family = RuleFamily::ALL.into_iter().find(|it| it.key() == key).ok_or_else(|| {
                let known = RuleFamily::ALL.map(RuleFamily::key).join(", ");
                ConfigError::wrong(format!("rules.strictness has no family `{key}`. The families are: {known}."))
            })?;
            strictness.set(
                family,
                match choice {
                    StrictnessChoice::Accept => Strictness::Accept,
                    StrictnessChoice::Remark => Strictness::Remark,
                    StrictnessChoice::Reject => Strictness::Reject,
                },
            );
        }
        let new_identity_numbers_from: Date = rules.new_identity_numbers_from.parse().map_err(|_| {
            ConfigError::wrong("rules.new_identity_numbers_from is not a date; write it like \"2032-01-01\".")
        })?;
        let dialogue_words = rules.dialogue_words.iter().map(|(words, code)| {
            let need = NeedKind::from_code(code).ok_or_else(|| {
                let known = NeedKind::ALL.iter().map(|it| it.code()).collect::<Vec<_>>().join(", ");
                ConfigError::wrong(format!("rules.dialogue_words has no need `{code}`. The needs are: {known}."))
            })?;
            Ok(DialogueWords { words: words.clone(), need })
        });
        Ok(Rulebook {
            dialogue_words: dialogue_words.collect::<Result<_, ConfigError>>()?,
            environment: self.environment.into(),
            senders: self.senders.iter().map(SenderConfig::sender).collect::<Result<_, _>>()?,
            strictness,
            limits: self.limits.limits(),
            synthetic_persons: if rules.accept_synthetic_persons {
                SyntheticPersons::Accepted
            } else {
                SyntheticPersons::Refused
            },
            new_identity_numbers_from,
            consent_months_max: rules.consent_months_max,
            generated_days_past_max: rules.generated_days_past_max,
            generated_minutes_future_max: rules.generated_minutes_future_max,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::domain::Deviation;
    use crate::domain::Grant;

    fn tolerating(what: &str) -> Result<Vec<Grant>, String> {
        let text = format!(
            "[[senders]]\nname = \"eksempel-sykehus\"\ndisplay_name = \"Eksempel sykehus HF\"\norganisation = \"310000108\"\n\
             her_ids = [80001]\nsector = \"health\"\ntolerate = [{what}]\n"
        );
        let config = Config::parse(&text, config::Environment::with_prefix("MELDEPORT_TEST_OF_NOTHING")).unwrap();
        config.rulebook().map(|it| it.senders[0].tolerated.clone()).map_err(|it| it.to_string())
    }

    #[test]
    fn a_sender_may_be_tolerated_a_deviation_until_a_day() {
        let granted = tolerating(r#"{ deviation = "telecom_order", until = "2027-03-01", because = "mended in 7.2" }"#);

        let (deviation, until) = (Deviation::TelecomOrder, jiff::civil::date(2027, 3, 1));
        assert_eq!(granted, Ok(vec![Grant { deviation, until, because: "mended in 7.2".to_owned() }]));
    }

    #[test]
    fn an_unknown_deviation_is_refused_with_the_nearest_name() {
        let said = tolerating(r#"{ deviation = "telekom_order", until = "2027-03-01", because = "x" }"#).unwrap_err();
        assert!(said.contains("`telekom_order`") && said.contains("Did you mean `telecom_order`?"), "{said}");

        let said = tolerating(r#"{ deviation = "qqq", until = "2027-03-01", because = "x" }"#).unwrap_err();
        assert!(said.contains("Known here: conversation_order, "), "{said}");
    }

    #[test]
    fn a_leave_needs_a_last_day_and_a_reason() {
        let said = tolerating(r#"{ deviation = "date_digits", until = "1.3.2027", because = "x" }"#).unwrap_err();
        assert!(said.contains("not a day"), "{said}");

        let said = tolerating(r#"{ deviation = "date_digits", until = "2027-03-01", because = " " }"#).unwrap_err();
        assert!(said.contains("without a reason"), "{said}");
    }
}
