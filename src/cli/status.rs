//! `meldeport status`: how the house is just now, on one screen.

use crate::app;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::cli::cert;
use crate::cli::load;
use crate::clock::Clock;
use crate::clock::SystemClock;
use crate::config::Config;
use crate::domain::DeliveryState;
use crate::domain::ItemState;
use crate::domain::MessageState;
use crate::domain::OutboundState;
use crate::domain::Timestamp;
use crate::storage::Alarm;
use crate::storage::Tallies;
use clap::Args;
use serde_json::Value;
use serde_json::json;
use std::path::Path;
use std::time::Duration;

/// How long the gateway may take to answer.
const ANSWER_MAX: Duration = Duration::from_secs(5);

/// What has waited so long to be told has been tried more than once.
const TOLD_LATE: Duration = Duration::from_secs(10 * 60);

/// A certificate that ends within so many days is told.
const CERTIFICATE_DAYS: u32 = 14;

#[derive(Args, Debug)]
#[command(
    after_help = "Asks the gateway whether it is ready, and the store what waits. Works when the gateway is down, too.\n\nExamples:\n  meldeport status\n  meldeport status --json | jq .alarms\n\nExit status 0: the gateway is ready and nobody need do anything. 1: something needs a person; it is marked with !."
)]
pub(super) struct Line {
    /// One JSON object
    #[arg(long)]
    json: bool,
}

/// What the gateway says of itself.
pub(super) enum Gateway {
    Ready,
    /// It runs, but cannot do its work: its own sentences.
    NotReady(Vec<String>),
    /// Nobody answers.
    Silent,
}

pub(super) async fn run(line: Line, config: &Path) -> Result<Exit, Stop> {
    let config = load(config)?;
    let now = SystemClock.now();
    let gateway = ask(&config).await;
    let store = app::open_store(&config).await?;
    let (tallies, alarms) = (store.tallies().await?, store.alarms().await?);
    let papers = cert::all(&config, CERTIFICATE_DAYS, now)?;
    let ending: Vec<String> =
        papers.iter().filter(|it| it.ends_soon).map(|it| format!("{} {}", it.paper.file.display(), it.said)).collect();
    let oldest = [tallies.oldest_queued_notice, tallies.oldest_queued_hook, tallies.oldest_queued_outbound];
    let is_late = oldest.into_iter().any(|it| is_late(it, now));
    let is_well = matches!(gateway, Gateway::Ready) && alarms.is_empty() && ending.is_empty() && !is_late;
    if line.json {
        println!("{}", as_json(&gateway, &tallies, &alarms, &ending, now));
    } else {
        print!("{}", as_text(&gateway, &tallies, &alarms, &ending, now));
    }
    Ok(if is_well { Exit::Fine } else { Exit::No })
}

/// Asks `/ready` on the admin listener.
pub(super) async fn ask(config: &Config) -> Gateway {
    let url = format!("http://{}/ready", config.admin.listen);
    let Ok(client) = reqwest::Client::builder().no_proxy().timeout(ANSWER_MAX).build() else { return Gateway::Silent };
    let Ok(response) = client.get(url).send().await else { return Gateway::Silent };
    if response.status().is_success() {
        return Gateway::Ready;
    }
    let said: Value = response.json().await.unwrap_or(Value::Null);
    let checks = said["checks"].as_array().cloned().unwrap_or_default();
    let faults = checks.iter().filter_map(|it| it["why"].as_str().filter(|it| !it.is_empty()).map(str::to_owned));
    Gateway::NotReady(faults.collect())
}

fn is_late(oldest: Option<Timestamp>, now: Timestamp) -> bool {
    oldest.is_some_and(|it| now.since(it) > TOLD_LATE)
}

fn count(tallies: &Tallies, wanted: MessageState) -> u64 {
    tallies.messages.iter().filter(|(state, _)| *state == wanted).map(|(_, count)| count).sum()
}

fn notices(tallies: &Tallies, wanted: DeliveryState) -> u64 {
    tallies.notices.iter().filter(|(state, _)| *state == wanted).map(|(_, count)| count).sum()
}

/// What units have written to senders and others, by where it stands; also what has been dealt with.
fn answers(tallies: &Tallies, wanted: OutboundState) -> u64 {
    tallies.outbound.iter().filter(|(state, _)| *state == wanted).map(|(_, count)| count).sum()
}

fn unread(tallies: &Tallies) -> u64 {
    let all: u64 =
        tallies.items.iter().filter(|(_, state, _)| *state == ItemState::Unread).map(|(.., count)| count).sum();
    all.saturating_sub(tallies.only_told)
}

fn as_json(gateway: &Gateway, tallies: &Tallies, alarms: &[Alarm], ending: &[String], now: Timestamp) -> Value {
    let (word, faults) = match gateway {
        Gateway::Ready => ("ready", &[][..]),
        Gateway::NotReady(faults) => ("not ready", faults.as_slice()),
        Gateway::Silent => ("silent", &[][..]),
    };
    let alarms = alarms.iter().map(|it| {
        json!({ "kind": it.kind.label(), "subject": it.subject, "opened_at": it.opened_at.to_string(), "times": it.times })
    });
    json!({
        "at": now.to_string(), "gateway": word, "faults": faults,
        "messages": {
            "accepted": count(tallies, MessageState::Accepted), "rejected": count(tallies, MessageState::Rejected),
            "stuck": count(tallies, MessageState::Stuck), "refused": tallies.refusals,
        },
        "unread": unread(tallies), "oldest_unread": tallies.oldest_unread.map(|it| it.to_string()),
        "notices": {
            "queued": notices(tallies, DeliveryState::Queued), "abandoned": notices(tallies, DeliveryState::Abandoned),
            "oldest_queued": tallies.oldest_queued_notice.map(|it| it.to_string()),
        },
        "answers": {
            "queued": answers(tallies, OutboundState::Queued), "abandoned": tallies.outbound_abandoned,
            "rejected": tallies.outbound_rejected,
            "oldest_queued": tallies.oldest_queued_outbound.map(|it| it.to_string()),
        },
        "webhooks": {
            "queued": tallies.hooks_queued, "abandoned": tallies.hooks_abandoned,
            "oldest_queued": tallies.oldest_queued_hook.map(|it| it.to_string()),
        },
        "alarms": alarms.collect::<Vec<_>>(), "ends_soon": ending,
    })
}

fn as_text(gateway: &Gateway, tallies: &Tallies, alarms: &[Alarm], ending: &[String], now: Timestamp) -> String {
    let since =
        |at: Option<Timestamp>| at.map(|it| format!(", the oldest for {}", age(now.since(it)))).unwrap_or_default();
    let mut lines = match gateway {
        Gateway::Ready => vec!["  gateway   ready".to_owned()],
        Gateway::NotReady(faults) => {
            let faults = faults.iter().map(|it| format!("            {it}"));
            std::iter::once("! gateway   runs, but is not ready".to_owned()).chain(faults).collect()
        }
        Gateway::Silent => {
            vec!["! gateway   does not answer. Start it: systemctl start meldeport. Why it stopped: journalctl -u meldeport".to_owned()]
        }
    };
    lines.push(format!(
        "  messages  {} accepted, {} rejected, {} refused",
        count(tallies, MessageState::Accepted),
        count(tallies, MessageState::Rejected),
        tallies.refusals
    ));
    let stuck = count(tallies, MessageState::Stuck);
    if stuck > 0 {
        lines.push(format!("! stuck     {stuck} wait for you: meldeport message list --state stuck"));
    }
    lines.push(format!("  inbox     {} unread{}", unread(tallies), since(tallies.oldest_unread)));
    let waiting = notices(tallies, DeliveryState::Queued);
    let (mark, why) = match is_late(tallies.oldest_queued_notice, now) {
        true => ('!', ". Nobody is told meanwhile: meldeport queue list says why"),
        false => (' ', ""),
    };
    lines.push(format!("{mark} notices   {waiting} wait{}{why}", since(tallies.oldest_queued_notice)));
    let given_up = notices(tallies, DeliveryState::Abandoned);
    if given_up > 0 {
        lines.push(format!("! notices   {given_up} were given up: meldeport queue list --state abandoned"));
    }
    let waiting = answers(tallies, OutboundState::Queued);
    let (mark, why) = match is_late(tallies.oldest_queued_outbound, now) {
        true => ('!', ". Senders have not got them: meldeport outbound list --state queued says why"),
        false => (' ', ""),
    };
    lines.push(format!("{mark} answers   {waiting} wait{}{why}", since(tallies.oldest_queued_outbound)));
    for (count, what, state) in [
        (tallies.outbound_abandoned, "were given up", OutboundState::Abandoned),
        (tallies.outbound_rejected, "could not be used by the receiver", OutboundState::Rejected),
    ] {
        if count > 0 {
            lines.push(format!("! answers   {count} {what}: meldeport outbound list --state {}", state.label()));
        }
    }
    let (mark, why) = match is_late(tallies.oldest_queued_hook, now) {
        true => ('!', ". Nobody is told meanwhile: meldeport api-client hook queue says why"),
        false => (' ', ""),
    };
    lines.push(format!("{mark} webhooks  {} wait{}{why}", tallies.hooks_queued, since(tallies.oldest_queued_hook)));
    if tallies.hooks_abandoned > 0 {
        lines.push(format!("! webhooks  {} were given up: meldeport api-client hook queue", tallies.hooks_abandoned));
    }
    for it in alarms {
        let open = age(now.since(it.opened_at));
        lines.push(format!(
            "! alarm     {} {}, open for {open}, raised {} times",
            it.kind.label(),
            it.subject,
            it.times
        ));
    }
    lines.extend(ending.iter().map(|it| format!("! ends      {it}")));
    lines.join("\n") + "\n"
}

/// `3 min`, `5 h`, `2 days`.
fn age(waited: Duration) -> String {
    match waited.as_secs() {
        seconds @ 0..120 => format!("{seconds} s"),
        seconds @ 120..7200 => format!("{} min", seconds / 60),
        seconds @ 7200..172_800 => format!("{} h", seconds / 3600),
        seconds => format!("{} days", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::Gateway;
    use super::as_json;
    use super::as_text;
    use crate::domain::OutboundState;
    use crate::domain::Timestamp;
    use crate::storage::Tallies;
    use std::time::Duration;

    const NOON: Timestamp = Timestamp(1_795_000_000_000_000);

    fn told(tallies: &Tallies) -> (Vec<String>, serde_json::Value) {
        let said = as_text(&Gateway::Ready, tallies, &[], &[], NOON);
        let answers = said.lines().filter(|it| it.contains(" answers ")).map(str::to_owned).collect();
        (answers, as_json(&Gateway::Ready, tallies, &[], &[], NOON)["answers"].clone())
    }

    #[test]
    fn answers_that_stand_still_or_did_not_come_through_are_told_with_the_command() {
        let (said, json) = told(&Tallies::default());
        assert_eq!(said, ["  answers   0 wait"]);
        assert_eq!(json, serde_json::json!({ "queued": 0, "abandoned": 0, "rejected": 0, "oldest_queued": null }));

        let since = |minutes: u64| Some(NOON.minus(Duration::from_secs(60 * minutes)));
        let outbound = vec![(OutboundState::Queued, 2), (OutboundState::Abandoned, 7), (OutboundState::Sent, 9)];
        let mut tallies = Tallies { outbound, oldest_queued_outbound: since(9), ..Tallies::default() };
        assert_eq!(told(&tallies).0, ["  answers   2 wait, the oldest for 9 min"], "the seven are dealt with");

        (tallies.oldest_queued_outbound, tallies.outbound_abandoned, tallies.outbound_rejected) = (since(11), 1, 3);
        let (said, json) = told(&tallies);
        assert_eq!(said.len(), 3, "{said:#?}");
        assert!(said[0].starts_with("! answers   2 wait, the oldest for 11 min. "), "{said:#?}");
        assert!(said[0].contains("meldeport outbound list --state queued"), "{said:#?}");
        assert_eq!(said[1], "! answers   1 were given up: meldeport outbound list --state abandoned");
        assert!(said[2].starts_with("! answers   3 ") && said[2].ends_with("meldeport outbound list --state rejected"));
        assert_eq!((&json["queued"], &json["abandoned"], &json["rejected"]), (&2.into(), &1.into(), &3.into()));
        assert_eq!(json["oldest_queued"], since(11).unwrap().to_string());
    }
}
