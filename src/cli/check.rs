//! `meldeport check`: whether the configuration can be used, and what will not work with it, in whole sentences.

use crate::app;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::cli::load;
use crate::clock::Clock;
use crate::clock::SystemClock;
use crate::config::Config;
use crate::config::EnvironmentChoice;
use crate::domain::RegisteredSender;
use crate::domain::Severity;
use crate::inbox::SecondFactor;
use crate::routing;
use crate::telemetry;
use clap::Args;
use jiff::civil::Date;
use serde_json::json;
use std::path::Path;

#[derive(Args, Debug)]
#[command(
    after_help = "Exit status 0: it can be used, perhaps with remarks. 1: reports would be refused or nobody told. 78: it cannot be used."
)]
pub(super) struct Line {
    /// One JSON object per remark
    #[arg(long)]
    json: bool,
}

/// Something to say about a configuration.
pub(super) struct Remark {
    pub(super) severity: Severity,
    pub(super) about: String,
    pub(super) said: String,
}

pub(super) fn run(line: &Line, file: &Path) -> Result<Exit, Stop> {
    let config = load(file)?;
    let remarks = remarks(&config)?;
    let directory = app::directory(&config)?;
    for it in &remarks {
        if line.json {
            println!("{}", json!({ "severity": it.severity.label(), "about": it.about, "text": it.said }));
        } else {
            println!("{:<8} {}: {}", it.severity.label(), it.about, it.said);
        }
    }
    let failed = routing::run_cases(&directory).iter().filter(|it| !it.passed()).count();
    if failed > 0 {
        eprintln!(
            "{failed} cases of the unit directory come out otherwise than their municipality says; see meldeport route test"
        );
    }
    let is_bad = failed > 0 || remarks.iter().any(|it| it.severity == Severity::Error);
    if !is_bad {
        eprintln!(
            "The configuration can be used: {} senders, {} units.",
            config.senders.len(),
            directory.units().len()
        );
    }
    Ok(if is_bad { Exit::No } else { Exit::Fine })
}

/// All that there is to say about a configuration.
pub(super) fn remarks(config: &Config) -> Result<Vec<Remark>, Stop> {
    let rulebook = config.rulebook()?;
    let directory = app::directory(config)?;
    let mut remarks: Vec<Remark> = config
        .intake
        .check(rulebook.limits.bytes_max)
        .into_iter()
        .map(|said| Remark { severity: Severity::Warning, about: "intake".to_owned(), said })
        .collect();
    if rulebook.senders.is_empty() {
        let said = "No sender is registered. The gateway will receive nothing.".to_owned();
        remarks.push(Remark { severity: Severity::Error, about: "senders".to_owned(), said });
    }
    if !config.notify.email.is_on() {
        let said = "notify.email.server is not set. Units that wish to be told by e-mail will not be told.".to_owned();
        remarks.push(Remark { severity: Severity::Warning, about: "notify.email".to_owned(), said });
    }
    for said in config.https.check() {
        remarks.push(Remark { severity: Severity::Warning, about: "https".to_owned(), said });
    }
    if let Some(said) = config.refused_database() {
        remarks.push(Remark { severity: Severity::Error, about: "store".to_owned(), said });
    }
    for said in config.check_store() {
        remarks.push(Remark { severity: Severity::Warning, about: "store".to_owned(), said });
    }
    for said in config.refused_inbox() {
        remarks.push(Remark { severity: Severity::Error, about: "inbox".to_owned(), said });
    }
    for said in config.refused_listeners() {
        remarks.push(Remark { severity: Severity::Error, about: "listeners".to_owned(), said });
    }
    for said in config.check_senders() {
        remarks.push(Remark { severity: Severity::Warning, about: "senders".to_owned(), said });
    }
    if let Err(fault) = telemetry::dispatch(&config.log, std::io::sink) {
        let said = format!("log.level cannot be used: {fault}.");
        remarks.push(Remark { severity: Severity::Error, about: "log".to_owned(), said });
    }
    for said in config.inbox.check() {
        remarks.push(Remark { severity: Severity::Warning, about: "inbox".to_owned(), said });
    }
    let offered = config.inbox.second_factor == SecondFactor::Offered && config.inbox.content_factors_min < 2;
    if config.environment == EnvironmentChoice::Production && config.inbox.local_accounts && offered {
        let said =
            "A password alone opens reports about people. Set inbox.second_factor = \"required\", or let people sign \
                    in by a provider only (inbox.local_accounts = false)."
                .to_owned();
        remarks.push(Remark { severity: Severity::Warning, about: "inbox".to_owned(), said });
    }
    let today = SystemClock.now().date_in_norway();
    remarks.extend(rulebook.senders.iter().flat_map(|it| grants(it, today)));
    for said in config.antivirus.check() {
        remarks.push(Remark { severity: Severity::Warning, about: "antivirus".to_owned(), said });
    }
    let answerable = rulebook.senders.iter().filter(|it| it.way_back.address.is_some()).count();
    for it in rulebook.senders.iter().filter(|it| it.way_back.address.is_none()) {
        let said = "It has no address. What units want to tell it, they must tell by telephone.".to_owned();
        remarks.push(Remark { severity: Severity::Info, about: format!("sender {}", it.name), said });
    }
    let notice_seconds_max = config.notify.email.seconds_max.max(config.notify.webhook.seconds_max);
    for said in config.work.notices.check(notice_seconds_max) {
        remarks.push(Remark { severity: Severity::Error, about: "work.notices".to_owned(), said });
    }
    for said in config.work.hooks.check(config.notify.webhook.seconds_max) {
        remarks.push(Remark { severity: Severity::Error, about: "work.hooks".to_owned(), said });
    }
    for said in config.work.scans.check(config.antivirus.seconds_max) {
        remarks.push(Remark { severity: Severity::Error, about: "work.scans".to_owned(), said });
    }
    for said in config.work.outbound.check(config.outbound.seconds_max) {
        remarks.push(Remark { severity: Severity::Error, about: "work.outbound".to_owned(), said });
    }
    if let (true, Some(said)) = (answerable > 0, app::check_way_out(config)) {
        remarks.push(Remark { severity: Severity::Error, about: "outbound".to_owned(), said });
    }
    for said in app::check_certificates(config, SystemClock.now()) {
        remarks.push(Remark { severity: Severity::Warning, about: "certificates".to_owned(), said });
    }
    for said in app::check_files(config) {
        remarks.push(Remark { severity: Severity::Error, about: "files".to_owned(), said });
    }
    remarks.extend(routing::check(&directory, today).into_iter().map(|gap| Remark {
        severity: gap.severity,
        about: gap.subject,
        said: gap.text.en.into_owned(),
    }));
    remarks.extend(config.content()?.gaps(today).into_iter().map(|said| Remark {
        severity: Severity::Warning,
        about: "content".to_owned(),
        said,
    }));
    Ok(remarks)
}

/// So many days before its last day a leave is told of.
const GRANT_ENDS_SOON_DAYS: i32 = 30;

/// What a sender has leave to deviate in, when that ends soon or has ended.
fn grants(sender: &RegisteredSender, today: Date) -> Vec<Remark> {
    let told = sender.tolerated.iter().filter_map(|grant| {
        let (name, deviation, until) = (&sender.name, grant.deviation.key(), grant.until);
        let days = (until - today).get_days();
        let said = match days {
            ..0 => format!(
                "The leave of `{name}` for `{deviation}` ended on {until}: its messages with it are rejected now. Renew it, or take it away."
            ),
            0 => format!("The leave of `{name}` for `{deviation}` ends today. From tomorrow its messages with it are rejected."),
            1..=GRANT_ENDS_SOON_DAYS => format!(
                "The leave of `{name}` for `{deviation}` ends on {until}, in {days} days. Ask the sender whether it is mended."
            ),
            _ => return None,
        };
        Some(Remark { severity: Severity::Warning, about: "senders".to_owned(), said })
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::grants;
    use crate::domain::Deviation;
    use crate::domain::Grant;
    use crate::domain::OrgNumber;
    use crate::domain::RegisteredSender;
    use crate::domain::Sector;
    use crate::domain::WayBack;
    use jiff::civil::date;

    fn told(until: jiff::civil::Date) -> Vec<String> {
        let sender = RegisteredSender {
            name: "eksempel-sykehus".to_owned(),
            display_name: "Eksempel sykehus HF".to_owned(),
            organisation: OrgNumber::parse("310000108").unwrap(),
            sub_units: Vec::new(),
            her_ids: Vec::new(),
            sector: Sector::Health,
            way_back: WayBack::default(),
            tolerated: vec![Grant { deviation: Deviation::DateDigits, until, because: "x".to_owned() }],
        };
        grants(&sender, date(2027, 2, 1)).into_iter().map(|it| it.said).collect()
    }

    #[test]
    fn a_leave_that_ends_soon_or_has_ended_is_told() {
        assert_eq!(told(date(2028, 1, 1)), Vec::<String>::new());
        assert!(told(date(2027, 3, 1))[0].contains("in 28 days"));
        assert!(told(date(2027, 2, 1))[0].contains("ends today"));
        assert!(told(date(2027, 1, 31))[0].contains("ended on 2027-01-31"));
    }
}
