//! What a notice says to people: that something waits, how many, a reference and where to look; or when and where a group
//! meets. A reminder says which unit it is about, unless somebody whom it is about has a graded address. Nothing else, ever.

use crate::domain::Invitation;
use crate::domain::Language;
use crate::domain::Meeting;
use crate::domain::MeetingKind;
use crate::domain::MeetingState;
use crate::domain::Reminded;
use crate::domain::Reminder;
use crate::domain::Timestamp;
use crate::domain::day_in_words;
use crate::notify::Notice;
use crate::notify::reminders::Said;
use crate::notify::reminders::said;
use std::time::Duration;

/// Subject and text of an e-mail.
pub(super) struct Letter {
    pub subject: String,
    pub text: String,
    /// Name and text of a file for calendars.
    pub calendar: Option<(String, String)>,
}

/// `called`: what the unit is called, in `language`.
pub(super) fn letter(notice: &Notice, language: Language, inbox: &str, called: &str, now: Timestamp) -> Letter {
    let Notice { reference, unread, .. } = notice;
    if let Some(meeting) = &notice.meeting {
        return calling(meeting, language, inbox, called);
    }
    if let Some(reminder) = notice.reminder {
        return reminding(notice, reminder, language, inbox, called, now);
    }
    match language {
        Language::Nb => Letter {
            subject: format!("Ny melding i innboksen, referanse {reference}"),
            text: format!(
                "Hei!\n\n\
                 Det har kommet en ny melding til enheten deres.\n\n\
                 Referanse: {reference}\n\
                 Uleste meldinger: {unread}\n\
                 Innboks: {inbox}\n\n\
                 Denne e-posten er laget automatisk og kan ikke besvares. Av hensyn til personvernet står det ikke her \
                 hva meldingen gjelder. Logg inn i innboksen for å lese den.\n"
            ),
            calendar: None,
        },
        Language::Nn => Letter {
            subject: format!("Ny melding i innboksen, referanse {reference}"),
            text: format!(
                "Hei!\n\n\
                 Det har kome ei ny melding til eininga dykkar.\n\n\
                 Referanse: {reference}\n\
                 Ulesne meldingar: {unread}\n\
                 Innboks: {inbox}\n\n\
                 Denne e-posten er laga automatisk, og du kan ikkje svare på han. Av omsyn til personvernet står det \
                 ikkje her kva meldinga gjeld. Logg inn i innboksen for å lese ho.\n"
            ),
            calendar: None,
        },
        Language::En => Letter {
            subject: format!("New message in the inbox, reference {reference}"),
            text: format!(
                "Hello,\n\n\
                 A new message has come to your unit.\n\n\
                 Reference: {reference}\n\
                 Unread messages: {unread}\n\
                 Inbox: {inbox}\n\n\
                 This e-mail was made by a machine and cannot be answered. To protect privacy, it does not say what the \
                 message is about. Sign in to the inbox to read it.\n"
            ),
            calendar: None,
        },
    }
}

/// A reminder. It says how long nobody has done what, and where to look.
fn reminding(
    notice: &Notice,
    reminder: Reminder,
    language: Language,
    inbox: &str,
    called: &str,
    now: Timestamp,
) -> Letter {
    let Notice { reference, unread, .. } = notice;
    let said = said(reminder, language);
    let (hello, names, foot) = match language {
        Language::Nb => (
            "Hei!",
            ["referanse", "referanser", "Enhet", "Referanse", "Referanser", "Uleste meldinger", "Innboks"],
            "Denne e-posten er laget automatisk og kan ikke besvares. Av hensyn til personvernet står det ikke her hva \
             meldingen gjelder. Logg inn i innboksen for å lese den.",
        ),
        Language::Nn => (
            "Hei!",
            ["referanse", "referansar", "Eining", "Referanse", "Referansar", "Ulesne meldingar", "Innboks"],
            "Denne e-posten er laga automatisk, og du kan ikkje svare på han. Av omsyn til personvernet står det ikkje \
             her kva meldinga gjeld. Logg inn i innboksen for å lese ho.",
        ),
        Language::En => (
            "Hello,",
            ["reference", "references", "Unit", "Reference", "References", "Unread messages", "Inbox"],
            "This e-mail was made by a machine and cannot be answered. To protect privacy, it does not say what the \
             message is about. Sign in to the inbox to read it.",
        ),
    };
    let [small, small_many, of_unit, of_reference, of_references, of_unread, of_inbox] = names;
    let lines: Vec<String> = notice.about.iter().map(|it| line(it, reminder, language, now)).collect();
    let (Said { subject, what }, about, references) = match lines.as_slice() {
        [] => (said.of_one, format!("{small} {reference}"), format!("{of_reference}: {reference}")),
        [one] => (said.of_one, format!("{small} {reference}"), format!("{of_reference}: {one}")),
        many => {
            let references = format!("{of_references}:\n- {}", many.join("\n- "));
            (said.of_several, format!("{} {small_many}", many.len()), references)
        }
    };
    let unit = if notice.names_unit { Some(called) } else { unnamed(reminder, language) };
    let unit = unit.map(|it| format!("{of_unit}: {it}\n")).unwrap_or_default();
    Letter {
        subject: format!("{subject}, {about}"),
        text: format!(
            "{hello}\n\n{what}\n\n{unit}{references}\n{of_unread}: {unread}\n{of_inbox}: {inbox}\n\n{foot}\n"
        ),
        calendar: None,
    }
}

/// What stands for the unit's name in a letter about somebody with a graded address. `None`: it goes to the unit's own mailbox.
fn unnamed(reminder: Reminder, language: Language) -> Option<&'static str> {
    let followed_up = match language {
        Language::Nb => "en som du følger opp",
        Language::Nn => "ei som du følgjer opp",
        Language::En => "one that you follow up",
    };
    reminder.is_for_others().then_some(followed_up)
}

/// A reference, with which time is over or since when it lies, and for how long.
fn line(it: &Reminded, reminder: Reminder, language: Language, now: Timestamp) -> String {
    let Reminded { reference, since } = it;
    let Some(since) = *since else { return reference.to_string() };
    let was = match (reminder, language) {
        (Reminder::AnswerLate | Reminder::DelegationLate, Language::Nb | Language::Nn) => "fristen var",
        (Reminder::AnswerLate | Reminder::DelegationLate, Language::En) => "the time was over on",
        (Reminder::OfferUnanswered, Language::Nb) => "tilbudt",
        (Reminder::OfferUnanswered, Language::Nn) => "tilbode",
        (Reminder::OfferUnanswered, Language::En) => "offered on",
        (
            Reminder::Unread
            | Reminder::UnreadDeputy
            | Reminder::UnreadLeader
            | Reminder::MeetingTooLate
            | Reminder::MeetingSpoke
            | Reminder::NobodyResponsible
            | Reminder::PassedOn,
            _,
        ) => match language {
            Language::Nb => "mottatt",
            Language::Nn => "motteken",
            Language::En => "received on",
        },
    };
    // The time for appointing is a day, and no hour of it.
    let at = match reminder {
        Reminder::DelegationLate => day_in_words(since.date_in_norway(), language),
        Reminder::Unread
        | Reminder::UnreadDeputy
        | Reminder::UnreadLeader
        | Reminder::AnswerLate
        | Reminder::MeetingTooLate
        | Reminder::OfferUnanswered
        | Reminder::MeetingSpoke
        | Reminder::NobodyResponsible
        | Reminder::PassedOn => since.in_words(language),
    };
    format!("{reference}, {was} {at} ({})", ago(now.since(since), language))
}

/// `for 3 dager siden`
fn ago(time: Duration, language: Language) -> String {
    let hours = time.as_secs() / 3600;
    let (count, one, many) = match (hours / 24, language) {
        (0, Language::Nb) => (hours, "time", "timer"),
        (0, Language::Nn) => (hours, "time", "timar"),
        (0, Language::En) => (hours, "hour", "hours"),
        (days, Language::Nb) => (days, "dag", "dager"),
        (days, Language::Nn) => (days, "dag", "dagar"),
        (days, Language::En) => (days, "day", "days"),
    };
    let word = if count == 1 { one } else { many };
    match (count, language) {
        (0, Language::Nb) => "for under en time siden".to_owned(),
        (0, Language::Nn) => "for under ein time sidan".to_owned(),
        (0, Language::En) => "less than an hour ago".to_owned(),
        (_, Language::Nb) => format!("for {count} {word} siden"),
        (_, Language::Nn) => format!("for {count} {word} sidan"),
        (_, Language::En) => format!("{count} {word} ago"),
    }
}

/// A meeting is called, moved or called off: when, where and where to look.
fn calling(meeting: &Meeting, language: Language, inbox: &str, group: &str) -> Letter {
    let address = format!("{}/groups/{}", inbox.trim_end_matches('/'), meeting.unit);
    let invitation = Invitation { meeting, group, address: &address, language };
    let when = meeting.plan.at.in_words(language);
    let (subject, what) = match (language, meeting.state, meeting.kind, meeting.revision) {
        (Language::Nb, MeetingState::Cancelled, ..) => ("Møtet er avlyst", "Møtet er avlyst."),
        (Language::Nb, _, _, 1..) => ("Møtet er endret", "Tid eller sted for møtet er endret."),
        (Language::Nb, _, MeetingKind::Extraordinary, _) => {
            ("Innkalling til ekstraordinært møte", "Dere kalles inn til et ekstraordinært møte.")
        }
        (Language::Nb, _, MeetingKind::Fixed, _) => ("Innkalling til møte", "Dere kalles inn til møte."),
        (Language::Nn, MeetingState::Cancelled, ..) => ("Møtet er avlyst", "Møtet er avlyst."),
        (Language::Nn, _, _, 1..) => ("Møtet er endra", "Tid eller stad for møtet er endra."),
        (Language::Nn, _, MeetingKind::Extraordinary, _) => {
            ("Innkalling til ekstraordinært møte", "De blir kalla inn til eit ekstraordinært møte.")
        }
        (Language::Nn, _, MeetingKind::Fixed, _) => ("Innkalling til møte", "De blir kalla inn til møte."),
        (Language::En, MeetingState::Cancelled, ..) => ("The meeting is called off", "The meeting is called off."),
        (Language::En, _, _, 1..) => ("The meeting has changed", "The time or place of the meeting has changed."),
        (Language::En, _, MeetingKind::Extraordinary, _) => {
            ("Call to an extraordinary meeting", "You are called to an extraordinary meeting.")
        }
        (Language::En, _, MeetingKind::Fixed, _) => ("Call to a meeting", "You are called to a meeting."),
    };
    let (hello, names, foot) = match language {
        Language::Nb => (
            "Hei!",
            ["referanse", "Gruppe", "Tid", "Varighet", "minutter", "Sted", "Saksliste"],
            "Åpne vedlegget for å legge møtet i kalenderen. Denne e-posten er laget automatisk og kan ikke besvares. Av hensyn \
             til personvernet står det ikke her hvilke saker møtet gjelder. Logg inn i innboksen for å se sakslisten.",
        ),
        Language::Nn => (
            "Hei!",
            ["referanse", "Gruppe", "Tid", "Lengd", "minutt", "Stad", "Sakliste"],
            "Opne vedlegget for å leggje møtet i kalenderen. Denne e-posten er laga automatisk, og du kan ikkje svare på han. Av \
             omsyn til personvernet står det ikkje her kva saker møtet gjeld. Logg inn i innboksen for å sjå saklista.",
        ),
        Language::En => (
            "Hello,",
            ["reference", "Group", "Time", "Length", "minutes", "Place", "List of cases"],
            "Open the attachment to put the meeting in your calendar. This e-mail was made by a machine and cannot be answered. \
             To protect privacy, it does not say which cases the meeting is about. Sign in to the inbox to see the list.",
        ),
    };
    let [small, of_group, of_time, of_length, minutes, of_place, of_list] = names;
    let place = match meeting.plan.place.as_str() {
        "" => String::new(),
        place => format!("{of_place}: {place}\n"),
    };
    Letter {
        subject: format!("{subject}, {small} {}", meeting.reference),
        text: format!(
            "{hello}\n\n{what}\n\n{of_group}: {group}\n{of_time}: {when}\n{of_length}: {} {minutes}\n{place}\
             {of_list}: {address}\n\n{foot}\n",
            meeting.plan.minutes
        ),
        calendar: Some((invitation.file_name(), invitation.text())),
    }
}

#[cfg(test)]
mod tests {
    use super::letter;
    use crate::domain::Language;
    use crate::domain::Meeting;
    use crate::domain::MeetingId;
    use crate::domain::MeetingKind;
    use crate::domain::MeetingPlan;
    use crate::domain::MeetingState;
    use crate::domain::Reference;
    use crate::domain::Reminded;
    use crate::domain::Reminder;
    use crate::domain::Timestamp;
    use crate::domain::UnitId;
    use crate::notify::Notice;
    use crate::notify::testing::notice;
    use std::collections::BTreeSet;

    #[test]
    fn each_reminder_says_what_it_is_in_each_language_and_only_the_unit_a_reference_a_number_and_where_to_look() {
        let mut subjects = BTreeSet::new();
        for (language, reminder) in Language::ALL.into_iter().flat_map(|it| Reminder::ALL.map(|kind| (it, kind))) {
            let notice = Notice { reminder: Some(reminder), ..notice() };
            let now = notice.created_at;
            let letter = letter(&notice, language, "https://innboks.example", "Tjenestekontoret", now);
            for said in ["7K3-9QX-2MA", ": Tjenestekontoret\n", ": 3\n", "https://innboks.example\n"] {
                assert!(letter.text.contains(said), "{said}: {}", letter.text);
            }
            assert!(letter.subject.ends_with("7K3-9QX-2MA"));
            subjects.insert(letter.subject);
        }
        assert_eq!(subjects.len(), Language::ALL.len() * Reminder::ALL.len());
    }

    #[test]
    fn reminders_of_several_are_one_letter_that_says_which_time_is_over_and_for_how_long() {
        let at = |it: &str| Timestamp::from_jiff(it.parse().unwrap());
        let about = [("7K3-9QX-2MA", "2026-12-09T15:00:00Z"), ("8Y3-QR4-JV3", "2026-12-11T14:00:00Z")];
        let about = about.map(|(reference, since)| Reminded {
            reference: Reference::parse(reference).unwrap(),
            since: Some(at(since)),
        });
        let now = at("2026-12-11T15:30:00Z");
        let said = |reminder, about: &[Reminded], language| {
            let notice = Notice { reminder: Some(reminder), about: about.to_vec(), ..notice() };
            letter(&notice, language, "https://innboks.example", "Tjenestekontoret", now)
        };

        let both = said(Reminder::AnswerLate, &about, Language::Nb);
        assert_eq!(both.subject, "Påminnelse: fristen for svar er over, 2 referanser");
        let lines = "Enhet: Tjenestekontoret\nReferanser:\n\
                     - 7K3-9QX-2MA, fristen var 9. desember 2026 kl. 16.00 (for 2 dager siden)\n\
                     - 8Y3-QR4-JV3, fristen var 11. desember 2026 kl. 15.00 (for 1 time siden)\n";
        assert!(both.text.contains(lines), "{}", both.text);
        assert!(both.text.contains("\n\nDisse meldingene til enheten deres er ikke besvart, og"), "{}", both.text);
        // Which says «a case» of one says it of no two, in any language.
        let articles = ["en melding", "ei melding", "a message", "en sak", "ei sak", "a case", "en annen", "ein annan"];
        for (language, reminder) in Language::ALL.into_iter().flat_map(|it| Reminder::ALL.map(|kind| (it, kind))) {
            let (one, two) = (said(reminder, &about[..1], language), said(reminder, &about, language));
            let first = |it: &str| it.split("\n\n").nth(1).unwrap().to_lowercase();
            assert_ne!(first(&one.text), first(&two.text), "{}", one.subject);
            let whole = format!("{} {}", two.subject.to_lowercase(), first(&two.text));
            assert!(articles.iter().all(|it| !whole.contains(&format!("{it} "))), "{whole}");
        }
        let one = said(Reminder::Unread, &about[..1], Language::Nn);
        assert_eq!(one.subject, "Påminning: ulesen melding, referanse 7K3-9QX-2MA");
        assert!(one.text.contains("Referanse: 7K3-9QX-2MA, motteken 9. desember 2026 kl. 16.00 (for 2 dagar sidan)\n"));
        let due = said(Reminder::DelegationLate, &about[..1], Language::En);
        assert!(due.text.contains("the time was over on 9 December 2026 (2 days ago)\n"), "{}", due.text);
    }

    #[test]
    fn a_letter_about_somebody_with_a_graded_address_names_no_unit_and_one_about_something_new_never_does() {
        let kinds = || Reminder::ALL.map(Some).into_iter().chain([None]);
        for (language, reminder) in Language::ALL.into_iter().flat_map(|it| kinds().map(move |kind| (it, kind))) {
            let said = |names_unit| {
                let notice = Notice { reminder, names_unit, ..notice() };
                letter(&notice, language, "https://innboks.example", "Skjermet mottak", notice.created_at)
            };
            for it in [said(false), said(reminder.is_some())] {
                assert_eq!(it.text.contains("Skjermet"), reminder.is_some() && it.text != said(false).text);
                assert!(!it.text.contains("gjerstad") && !it.subject.contains("Skjermet"), "{}", it.text);
            }
        }
        let leaders = Notice { reminder: Some(Reminder::UnreadLeader), names_unit: false, ..notice() };
        let told = letter(&leaders, Language::Nb, "https://innboks.example", "Skjermet mottak", leaders.created_at);
        assert!(told.text.contains("Enhet: en som du følger opp\nReferanse: 7K3-9QX-2MA\n"), "{}", told.text);
    }

    /// seed in part: L-16
    #[test]
    fn a_call_to_a_meeting_says_when_and_where_and_brings_it_to_the_calendar() {
        let at = Timestamp::from_jiff("2026-12-09T11:00:00Z".parse().unwrap());
        let meeting = Meeting {
            id: MeetingId(uuid::Uuid::from_u128(7)),
            reference: Reference::from_random([7; 9]),
            unit: UnitId("gjerstad-koordinerende-gruppe".to_owned()),
            kind: MeetingKind::Extraordinary,
            state: MeetingState::Planned,
            plan: MeetingPlan { at, minutes: 60, place: "Møterom 2".to_owned() },
            revision: 0,
            changed_at: at,
        };
        let said = |meeting: &Meeting, language| {
            let notice = Notice { meeting: Some(meeting.clone()), ..notice() };
            letter(&notice, language, "https://innboks.example/", "Koordinerende gruppe", at)
        };

        let called = said(&meeting, Language::Nb);
        assert_eq!(called.subject, format!("Innkalling til ekstraordinært møte, referanse {}", meeting.reference));
        for it in [
            "Gruppe: Koordinerende gruppe\n",
            "Tid: 9. desember 2026 kl. 12.00\n",
            "Varighet: 60 minutter\n",
            "Sted: Møterom 2\n",
            "Saksliste: https://innboks.example/groups/gjerstad-koordinerende-gruppe\n",
        ] {
            assert!(called.text.contains(it), "{it}: {}", called.text);
        }
        let (name, calendar) = called.calendar.unwrap();
        assert_eq!(name, format!("meeting-{}.ics", meeting.reference));
        assert!(calendar.contains("DTSTART:20261209T110000Z"));
        let moved = Meeting { revision: 1, ..meeting.clone() };
        assert!(said(&moved, Language::Nn).subject.starts_with("Møtet er endra"));
        let off = Meeting { state: MeetingState::Cancelled, revision: 2, ..meeting };
        let off = said(&off, Language::En);
        assert!(off.subject.starts_with("The meeting is called off"));
        assert!(off.calendar.unwrap().1.contains("STATUS:CANCELLED"));
    }
}
