//! The particulars of a line of the journal, in plain words.
//!
//! The journal keeps them short and in English, for whoever has to prove something. People who read it in the inbox get whole
//! words in their own language. What is not known here is left out: a gap is better than a riddle, and nothing that was kept
//! is lost by it.

use crate::domain::ActKind;
use crate::domain::Language;
use crate::domain::OpeningReason;
use crate::domain::OpeningRefusal;
use crate::domain::Role;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::inbox::House;
use crate::inbox::moment;
use crate::inbox::sign_in::BY_OPERATOR;
use crate::inbox::texts::Words;
use crate::inbox::view::sender_name;
use crate::inbox::view::unit_name_in;
use crate::storage::JournalLine;
use std::time::Duration;

/// What more there is to say of `line`; empty when there is nothing.
pub(super) fn of(line: &JournalLine, house: &House, language: Language) -> String {
    told(&line.action, &line.detail, (&|it| unit_name_in(house, it, language), &|it| sender_name(house, it)), language)
}

/// How units and senders are called.
type Names<'a> = (&'a dyn Fn(&UnitId) -> String, &'a dyn Fn(&str) -> String);

fn told(action: &str, detail: &str, (unit, sender): Names<'_>, language: Language) -> String {
    let t = Words(language);
    let named = |ids: &str| {
        ids.split(", ")
            .filter(|it| !it.is_empty())
            .map(|it| unit(&UnitId(it.to_owned())))
            .collect::<Vec<_>>()
            .join(", ")
    };
    match action {
        "accepted" | "rejected" | "stuck" => {
            let parts = [
                part(detail, "from ").map(|it| format!("{} {}", t.word_from(), sender(it))),
                part(detail, "to ").map(|it| format!("{} {}", t.word_to(), named(it))),
                part(detail, "findings ").map(|it| format!("{} {it}", t.journal_remarks())),
            ];
            parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
        }
        "notified" | "notice_abandoned" => {
            let to = part(detail, "to ").and_then(|it| it.split_once(" by "));
            let attempt = part(detail, "attempt ").filter(|it| *it != "1");
            let attempt = attempt.map(|it| format!(", {} {it}", t.journal_attempt())).unwrap_or_default();
            to.map(|(unit, by)| format!("{}, {}{attempt}", named(unit), t.channel(by))).unwrap_or_default()
        }
        "reminded" => {
            let parts =
                detail.split_once("; ").and_then(|it| it.1.split_once(" of ")).and_then(|it| it.1.split_once(" by "));
            parts.map(|(unit, by)| format!("{}, {}", named(unit), channels(by, t))).unwrap_or_default()
        }
        "role_given" | "role_ended" => role(detail, &named, t).unwrap_or_default(),
        "access_denied" => {
            let (detail, again) = again(detail, t);
            let (wish, why) = detail.split_once(": ").unwrap_or(("", detail));
            let wish = wish.split_once(" in ").map_or(wish, |it| it.0);
            format!("{}{again}", refused(wish, why, t))
        }
        "refused" => {
            let (detail, again) = again(detail, t);
            format!("{}{again}", refused_page(detail, t))
        }
        "sign_in_failed" | "second_factor_failed" => detail.strip_prefix("of ").unwrap_or_default().to_owned(),
        "user_added"
        | "user_link_made"
        | "user_ended"
        | "second_factor_reset"
        | "identity_tied"
        | "identity_untied" => detail.to_owned(),
        "link_used" => detail.strip_prefix("by ").map(|it| link_used(it, t)).unwrap_or_default(),
        "signed_in" => match detail {
            "two factors" => t.with_two_factors().to_owned(),
            "passkey" => t.with_passkey().to_owned(),
            provider => provider.to_owned(),
        },
        "second_factor_set" | "second_factor_removed" => match detail {
            "passkey" => t.with_passkey().to_owned(),
            _ => t.with_app().to_owned(),
        },
        "searched" => {
            let by = detail.strip_prefix("by ").and_then(|it| it.split_once(", "));
            let by = by.and_then(|(by, found)| Some((t.searched_by(by)?, found.parse().ok()?)));
            by.map(|(by, found)| format!("{by}, {}", t.journal_lines(found))).unwrap_or_default()
        }
        "listed" | "overview_exported" | "journal_read" | "access_log_read" => listed(detail, t),
        "coordinator_contacted" => detail.strip_prefix("in ").map(named).unwrap_or_default(),
        "meeting_called" | "meeting_moved" | "meeting_cancelled" => meeting(detail, &named, t).unwrap_or_default(),
        "downloaded" | "attachment_viewed" => format!("{} {detail}", t.attachment()),
        // The scanner counts the documents of the message, as the letter's own header does.
        "attachment_stopped" => format!("{} {detail}", t.label_document()),
        "registered" | "sent_by_form" => t.form_source(detail).to_owned(),
        "second_asked" => OpeningReason::from_label(detail).map_or("", |it| t.opening_asked_for(it)).to_owned(),
        "second_agreed" => format!("{} {detail}", t.word_for()),
        "second_refused" => {
            let (whom, why) = detail.split_once("; ").unwrap_or((detail, ""));
            let why = OpeningRefusal::from_label(why).map_or("", |it| t.opening_refused_for(it));
            format!("{} {whom}: {why}", t.word_for())
        }
        "lifted" => lifted(detail, &named, t),
        "content_removed" => {
            let (unit, all) = detail.split_once(';').map_or((detail, false), |it| (it.0, true));
            let unit = named(unit.strip_prefix("in ").unwrap_or_default());
            if all { format!("{unit}. {}", t.journal_whole_message()) } else { unit }
        }
        _ if action.starts_with("outbound_") => {
            let kind = detail.split("; ").next().and_then(|it| t.outbound_kind(it));
            let to = part(detail, "to ").map(|it| format!("{} {}", t.word_to(), sender(it)));
            kind.map(str::to_owned).into_iter().chain(to).collect::<Vec<_>>().join(" ")
        }
        _ if ActKind::from_label(action).is_some() => detail.strip_prefix("in ").map(named).unwrap_or_default(),
        _ => String::new(),
    }
}

/// Who made the link: the operator, or somebody by name.
fn link_used(by: &str, t: Words) -> String {
    format!("{} {}", t.link_by(), if by == BY_OPERATOR { t.cleared_operator() } else { by })
}

/// Where from, why, and how far the case had come: `in one; IKKE_LOST_ANNEN_MATE, trinn II`. To the group of the case's own
/// unit, only why.
fn lifted(detail: &str, named: &dyn Fn(&str) -> String, t: Words) -> String {
    let (unit, why) = match detail.strip_prefix("in ") {
        Some(rest) => rest.split_once("; ").unwrap_or((rest, "")),
        None => ("", detail),
    };
    let (reason, step) = why.split_once(", trinn ").unwrap_or((why, ""));
    let words = [reason, step].into_iter().filter_map(|it| t.case_code(it)).map(str::to_owned);
    let said = std::iter::once(named(unit)).chain(words).filter(|it| !it.is_empty());
    said.collect::<Vec<_>>().join(", ")
}

/// What stands after `word` in `one; two; three`.
fn part<'a>(detail: &'a str, word: &str) -> Option<&'a str> {
    detail.split("; ").find_map(|it| it.strip_prefix(word))
}

fn channels(by: &str, t: Words) -> String {
    by.split(", ").map(|it| t.channel(it)).collect::<Vec<_>>().join(", ")
}

/// `kari: guest in a-unit from 2026-… to -, cleared for graded addresses`
fn role(detail: &str, named: &dyn Fn(&str) -> String, t: Words) -> Option<String> {
    let (login, rest) = detail.split_once(": ")?;
    let (label, rest) = rest.split_once(" in ")?;
    let role = t.role(Role::from_label(label)?);
    let Some((unit, times)) = rest.split_once(" from ") else {
        return Some(format!("{login}: {role}, {}", named(rest)));
    };
    let (times, cleared) = times.split_once(", ").map_or((times, false), |it| (it.0, true));
    let (from, to) = times.split_once(" to ")?;
    let moment_of = |it: &str| it.parse().ok().map(Timestamp::from_jiff);
    let day = |it: Timestamp| moment::date(it.date_in_norway(), t.0);
    let from = moment_of(from).map(day).map(|it| format!(", {} {it}", t.word_from())).unwrap_or_default();
    // It ends as the day after begins.
    let to = moment_of(to).map(|it| day(it.minus(Duration::from_secs(1))));
    let to = to.map(|it| format!(" {} {it}", t.word_through())).unwrap_or_default();
    let cleared = if cleared { format!(", {}", t.people_cleared_short()) } else { String::new() };
    Some(format!("{login}: {role}, {}{from}{to}{cleared}", named(unit)))
}

/// What a line is of, and how often more: `…; 17 more`.
fn again(detail: &str, t: Words) -> (&str, String) {
    let parts =
        detail.rsplit_once("; ").and_then(|(rest, more)| Some((rest, more.strip_suffix(" more")?.parse().ok()?)));
    parts.map_or_else(|| (detail, String::new()), |(rest, times)| (rest, format!(", {}", t.times_more(times))))
}

/// `GET /items/{id}; 404`. Lines from before say the status alone.
fn refused_page(detail: &str, t: Words) -> String {
    let (asked, status) = detail.rsplit_once("; ").unwrap_or(("", detail));
    match asked.split_once(' ') {
        Some((_, route)) => format!("{}: {}", t.place(route), t.refused_why(status)),
        None if detail == "other" => t.refused_much().to_owned(),
        None => t.refused_why(status).to_owned(),
    }
}

/// `register csv: list=gap, 12 rows`: what, in which form, and how many. What it was narrowed to is left out.
fn listed(detail: &str, t: Words) -> String {
    let (what, count) = detail.rsplit_once(", ").unwrap_or(("", detail));
    let count = count.split(' ').next().and_then(|it| it.parse().ok()).map(|it| t.journal_lines(it));
    let what = if count.is_some() { what } else { detail };
    let mut words = what.split(':').next().unwrap_or_default().split(' ');
    let what = words.next().and_then(|it| t.listed_what(it)).map(str::to_owned);
    let form = words.next().filter(|it| ["csv", "json", "xlsx", "txt"].contains(it)).map(str::to_uppercase);
    what.into_iter().chain(form).chain(count).collect::<Vec<_>>().join(", ")
}

/// `fixed meeting 7K3-9QX-2MA of a-unit at 2026-…`
fn meeting(detail: &str, named: &dyn Fn(&str) -> String, t: Words) -> Option<String> {
    let (unit, at) = detail.split_once(" of ")?.1.rsplit_once(" at ")?;
    let day = moment::date(Timestamp::from_jiff(at.parse().ok()?).date_in_norway(), t.0);
    Some(format!("{}, {day}", named(unit)))
}

fn refused(wish: &str, why: &str, t: Words) -> String {
    let wish = match wish {
        "see" => t.wish_see(),
        "read" => t.wish_read(),
        "work" => t.wish_work(),
        act => ActKind::from_label(act).map_or("", |it| t.act_kind(it)),
    };
    let why = match why {
        "not theirs" => t.denied_unknown(),
        "access has ended" => t.denied_ended(),
        "not by role" => t.denied_role(),
        _ => t.denied_second(),
    };
    if wish.is_empty() { why.to_owned() } else { format!("{wish}: {why}") }
}

#[cfg(test)]
mod tests {
    use super::told;
    use crate::domain::ActKind;
    use crate::domain::Language;
    use crate::domain::UnitId;
    use crate::inbox::texts::Words;

    /// Everything that the journal says of a message, as it keeps it.
    const KEPT: &[(&str, &str)] = &[
        ("accepted", "reference 7K3-9QX-2MA; from eksempel-sykehus; to a-unit, b-unit; findings MP-233, MP-416"),
        ("rejected", "reference 7K3-9QX-2MA; from eksempel-sykehus; findings MP-303"),
        ("stuck", "reference 7K3-9QX-2MA; from eksempel-sykehus"),
        ("message_requeued", "accepted"),
        ("notified", "reference 7K3-9QX-2MA; to a-unit by email; attempt 1"),
        ("notice_abandoned", "reference 7K3-9QX-2MA; to a-unit by webhook; attempt 12"),
        ("reminded", "reference 7K3-9QX-2MA; unopened of a-unit by email, webhook"),
        (
            "role_given",
            "kari: guest in a-unit from 2026-11-22T07:36:54.839874Z to 2026-12-01T23:00:00Z, cleared for graded addresses",
        ),
        ("role_given", "kari: guest in a-unit from 2026-11-22T07:36:54.839874Z to -"),
        ("role_ended", "kari: case_worker in a-unit"),
        ("access_denied", "read: not by role"),
        ("access_denied", "given: not theirs"),
        ("access_denied", "see: access has ended"),
        ("access_denied", "work: no second person has agreed"),
        ("downloaded", "2"),
        ("attachment_viewed", "2"),
        ("attachment_stopped", "1"),
        ("attachments_checked", "reference 7K3-9QX-2MA; attempt 1"),
        ("registered", "telephone"),
        ("sent_by_form", "form"),
        ("second_asked", ""),
        ("second_asked", "urgent"),
        ("second_refused", "kari; too_close"),
        ("second_agreed", "kari"),
        ("content_removed", "in a-unit; and the message itself"),
        ("viewed", "to write about it at the command line"),
        ("printed", ""),
        ("exported", ""),
        ("outbound_queued", "answer; to Eksempel sykehus HF; id 0190a1b2"),
        ("outbound_rejected", "fault_report; to Eksempel sykehus HF; id 0190a1b2; codes E21"),
        ("outbound_sent", "transfer; to Risør kommune; id 0190a1b2"),
        ("opened", "in a-unit"),
        ("lifted", "in a-unit; IKKE_LOST_ANNEN_MATE, trinn II"),
        ("lifted", "TVIL_OM_ANSVAR, trinn I"),
        ("access_denied", "read: not by role; 17 more"),
        ("access_denied", "call in a-unit: not by role"),
        ("refused", "GET /items/{id}; 404"),
        ("refused", "POST /register/coordinators/contact; 403; 1 more"),
        ("refused", "other; 17 more"),
        ("refused", "404"),
        ("signed_in", "two factors"),
        ("signed_in", ""),
        ("signed_out", ""),
        ("sign_in_failed", "of kari"),
        ("sign_in_failed", "unknown login"),
        ("second_factor_failed", "of kari"),
        ("second_factor_set", "authenticator"),
        ("second_factor_removed", "passkey"),
        ("second_factor_reset", "kari"),
        ("identity_tied", "kari: helseid"),
        ("identity_untied", "kari: helseid"),
        ("recovery_code_used", ""),
        ("password_set", ""),
        ("password_removed", ""),
        ("link_used", "by the operator"),
        ("link_used", "by Dag Administrator"),
        ("password_wrong", ""),
        ("proved_again", "helseid"),
        ("sessions_ended", "2"),
        ("user_added", "kari"),
        ("user_link_made", "kari"),
        ("user_ended", "kari"),
        ("listed", "unassigned, 12"),
        ("listed", "register: list=gap&need=IP, 12"),
        ("listed", "statistics: quarter=2026-3"),
        ("overview_exported", "register csv: list=gap, 12 rows"),
        ("overview_exported", "experience without personal data"),
        ("searched", "by identity number, 3"),
        ("journal_read", "from=2026-11-01&kind=read, 50 lines"),
        ("journal_read", ""),
        ("access_log_read", "7 lines"),
        ("meeting_called", "fixed meeting 7K3-9QX-2MA of a-unit at 2026-11-22T07:36:54.839874Z"),
        ("meeting_moved", "fixed meeting 7K3-9QX-2MA of a-unit at 2026-11-22T07:36:54.839874Z"),
        ("meeting_cancelled", "fixed meeting 7K3-9QX-2MA of a-unit at 2026-11-22T07:36:54.839874Z"),
        ("coordinator_contacted", "in a-unit"),
        ("notice_requeued", "notice 7"),
        ("content_outlived", "in a-unit"),
        ("forms_outlived", "3"),
        ("form_invited", "Eksempel skole SKOLE"),
        ("directory_taken_into_use", "revision 2"),
        ("alarm_closed", "unroutable of 7K3-9QX-2MA"),
        ("api_client_added", "arkiv in a-unit, until 2026-11-22T07:36:54Z"),
        ("api_client_renewed", "arkiv, until 2026-11-22T07:36:54Z"),
        ("api_client_revoked", "arkiv"),
        ("api_hook_set", "arkiv"),
        ("api_hook_removed", "arkiv"),
        ("api_hook_requeued", "id 7"),
        ("api_hook_abandoned", "arkiv"),
        ("minutes_read", "1"),
        ("questions_read", "1"),
    ];

    #[test]
    fn every_line_of_the_journal_is_told_in_plain_words_in_three_languages() {
        let unit = |it: &UnitId| format!("Enheten {}", it.0.to_uppercase());
        for language in Language::ALL {
            for (action, detail) in KEPT.iter().copied().chain(ActKind::ALL.iter().map(|it| (it.label(), "in a-unit")))
            {
                assert!(Words(language).journal_action(action).is_some(), "{action} has no words");
                let told = told(action, detail, (&unit, &|it| it.to_uppercase()), language);
                for raw in [
                    ";",
                    "reference",
                    "a-unit",
                    "case_worker",
                    "attempt",
                    "T07:",
                    "0190a1b2",
                    "not by",
                    "_",
                    " by ",
                    "{",
                    "2026-1",
                    "=",
                    " rows",
                ] {
                    let english = language == Language::En && matches!(raw, "attempt" | "reference" | " by ");
                    assert!(english || !told.contains(raw), "{action} in {language:?}: {told}");
                }
            }
        }
    }

    #[test]
    fn the_particulars_say_what_the_journal_keeps() {
        let unit = |it: &UnitId| it.0.replace("a-unit", "Tjenestekontoret").replace("b-unit", "Gruppen");
        let sender = |it: &str| it.replace("eksempel-sykehus", "Eksempel sykehus HF");
        let nb = |action, detail| told(action, detail, (&unit, &sender), Language::Nb);

        assert_eq!(
            nb(KEPT[0].0, KEPT[0].1),
            "fra Eksempel sykehus HF, til Tjenestekontoret, Gruppen, merknader MP-233, MP-416"
        );
        assert_eq!(nb(KEPT[4].0, KEPT[4].1), "Tjenestekontoret, på e-post");
        assert_eq!(nb(KEPT[5].0, KEPT[5].1), "Tjenestekontoret, til fagsystemet, forsøk 12");
        assert_eq!(nb(KEPT[6].0, KEPT[6].1), "Tjenestekontoret, på e-post, til fagsystemet");
        assert_eq!(
            nb(KEPT[7].0, KEPT[7].1),
            "kari: Gjest i én sak, Tjenestekontoret, fra 22. november 2026 til og med 1. desember 2026, Gradert adresse"
        );
        assert_eq!(nb("role_ended", "kari: case_worker in a-unit"), "kari: Saksbehandler, Tjenestekontoret");
        assert_eq!(nb("access_denied", "read: not by role"), "ville lese: rollen går ikke så langt");
        assert_eq!(
            nb("access_denied", "read: not by role; 17 more"),
            "ville lese: rollen går ikke så langt, 17 ganger til"
        );
        assert_eq!(nb("refused", "GET /items/{id}/print; 404"), "en melding: saken er ikke deres");
        assert_eq!(nb("refused", "GET /register.csv; 403; 1 more").split(':').next(), Some("registeret"));
        assert_eq!(nb("refused", "other; 17 more"), "mange forskjellige sider, 17 ganger til");
        assert_eq!(nb("searched", "by identity number, 3"), "etter fødselsnummer, 3 linjer");
        assert_eq!(nb("listed", "register: list=gap&need=IP, 12"), "registeret, 12 linjer");
        assert_eq!(nb("listed", "unassigned, 1"), "ufordelte meldinger, 1 linje");
        assert_eq!(nb("overview_exported", "register csv: list=gap, 12 rows"), "registeret, CSV, 12 linjer");
        assert_eq!(nb("journal_read", "from=2026-11-01&kind=read, 50 lines"), "50 linjer");
        assert_eq!(
            nb("meeting_called", "fixed meeting 7K3-9QX-2MA of a-unit at 2026-11-22T07:36:54.839874Z"),
            "Tjenestekontoret, 22. november 2026"
        );
        assert_eq!(nb("access_denied", "given: not theirs"), "Gi til en kollega: saken er ikke deres");
        let lifted = "in a-unit; IKKE_LOST_ANNEN_MATE, trinn II";
        assert_eq!(nb("lifted", lifted), "Tjenestekontoret, Ikke løst på annen måte, Trinn II");
        assert_eq!(nb("lifted", "TVIL_OM_ANSVAR, trinn I"), "Tvil om hvem som har ansvaret, Trinn I");
        assert_eq!(nb("something_new", "k=v; raw"), "", "what is not known is left out");
    }
}
