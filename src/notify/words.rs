//! What a notice says to people: that something waits, how many, a reference and where to look. Nothing else, ever.

use crate::domain::Language;
use crate::domain::Reminder;
use crate::notify::Notice;

/// Subject and text of an e-mail.
pub(super) struct Letter {
    pub subject: String,
    pub text: String,
}

pub(super) fn letter(notice: &Notice, language: Language, inbox: &str) -> Letter {
    let Notice { reference, unread, .. } = notice;
    if let Some(reminder) = notice.reminder {
        return reminding(notice, reminder, language, inbox);
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
        },
    }
}

/// A reminder. It says how long nobody has done what, and where to look.
fn reminding(notice: &Notice, reminder: Reminder, language: Language, inbox: &str) -> Letter {
    let Notice { unit, reference, unread, .. } = notice;
    let (subject, what) = match (language, reminder) {
        (Language::Nb, Reminder::Unread) => {
            ("Påminnelse: ulest melding", "Ingen har åpnet en melding til enheten deres.")
        }
        (Language::Nb, Reminder::UnreadDeputy) => (
            "Påminnelse til stedfortreder: ulest melding",
            "Ingen har åpnet en melding til enheten som du leser for når ingen andre gjør det.",
        ),
        (Language::Nb, Reminder::UnreadLeader) => (
            "Påminnelse til leder: ulest melding",
            "Verken enheten eller stedfortrederen har åpnet en melding, selv om de er minnet om den.",
        ),
        (Language::Nb, Reminder::DelegationLate) => (
            "Påminnelse: koordinator er ikke oppnevnt",
            "Fristen for å oppnevne koordinator i en sak hos enheten deres er over. En enhet er bedt om å gjøre det.",
        ),
        (Language::Nb, Reminder::AnswerLate) => (
            "Påminnelse: fristen for svar er over",
            "En melding til enheten deres er ikke besvart, og fristen for et foreløpig svar er over.",
        ),
        (Language::Nn, Reminder::Unread) => {
            ("Påminning: ulesen melding", "Ingen har opna ei melding til eininga dykkar.")
        }
        (Language::Nn, Reminder::UnreadDeputy) => (
            "Påminning til stedfortredar: ulesen melding",
            "Ingen har opna ei melding til eininga som du les for når ingen andre gjer det.",
        ),
        (Language::Nn, Reminder::UnreadLeader) => (
            "Påminning til leiar: ulesen melding",
            "Verken eininga eller stedfortredaren har opna ei melding, sjølv om dei er minte om ho.",
        ),
        (Language::Nn, Reminder::DelegationLate) => (
            "Påminning: koordinator er ikkje oppnemnd",
            "Fristen for å oppnemne koordinator i ei sak hos eininga dykkar er over. Ei eining er beden om å gjere det.",
        ),
        (Language::Nn, Reminder::AnswerLate) => (
            "Påminning: fristen for svar er over",
            "Ei melding til eininga dykkar er ikkje svart på, og fristen for eit førebels svar er over.",
        ),
        (Language::En, Reminder::Unread) => {
            ("Reminder: unread message", "Nobody has opened a message that has come to your unit.")
        }
        (Language::En, Reminder::UnreadDeputy) => (
            "Reminder to the deputy: unread message",
            "Nobody has opened a message to the unit that you read for when nobody else does.",
        ),
        (Language::En, Reminder::UnreadLeader) => (
            "Reminder to the leader: unread message",
            "Neither the unit nor its deputy has opened a message, though they have been reminded of it.",
        ),
        (Language::En, Reminder::DelegationLate) => (
            "Reminder: no coordinator has been appointed",
            "The time for appointing a coordinator in a case at your unit is over. A unit has been asked to do it.",
        ),
        (Language::En, Reminder::AnswerLate) => (
            "Reminder: the time for an answer is over",
            "A message to your unit has not been answered, and the time for a preliminary answer is over.",
        ),
    };
    let (hello, names, foot) = match language {
        Language::Nb => (
            "Hei!",
            ["referanse", "Enhet", "Referanse", "Uleste meldinger", "Innboks"],
            "Denne e-posten er laget automatisk og kan ikke besvares. Av hensyn til personvernet står det ikke her hva \
             meldingen gjelder. Logg inn i innboksen for å lese den.",
        ),
        Language::Nn => (
            "Hei!",
            ["referanse", "Eining", "Referanse", "Ulesne meldingar", "Innboks"],
            "Denne e-posten er laga automatisk, og du kan ikkje svare på han. Av omsyn til personvernet står det ikkje \
             her kva meldinga gjeld. Logg inn i innboksen for å lese ho.",
        ),
        Language::En => (
            "Hello,",
            ["reference", "Unit", "Reference", "Unread messages", "Inbox"],
            "This e-mail was made by a machine and cannot be answered. To protect privacy, it does not say what the \
             message is about. Sign in to the inbox to read it.",
        ),
    };
    let [small, of_unit, of_reference, of_unread, of_inbox] = names;
    Letter {
        subject: format!("{subject}, {small} {reference}"),
        text: format!(
            "{hello}\n\n{what}\n\n{of_unit}: {unit}\n{of_reference}: {reference}\n{of_unread}: {unread}\n\
             {of_inbox}: {inbox}\n\n{foot}\n"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::letter;
    use crate::domain::Language;
    use crate::domain::Reminder;
    use crate::notify::Notice;
    use crate::notify::testing::notice;
    use std::collections::BTreeSet;

    #[test]
    fn each_reminder_says_what_it_is_in_each_language_and_only_the_unit_a_reference_a_number_and_where_to_look() {
        let mut subjects = BTreeSet::new();
        for (language, reminder) in Language::ALL.into_iter().flat_map(|it| Reminder::ALL.map(|kind| (it, kind))) {
            let notice = Notice { reminder: Some(reminder), ..notice() };
            let letter = letter(&notice, language, "https://innboks.example");
            for said in ["7K3-9QX-2MA", "gjerstad-tjenestekontor", ": 3\n", "https://innboks.example\n"] {
                assert!(letter.text.contains(said), "{said}: {}", letter.text);
            }
            assert!(letter.subject.ends_with("7K3-9QX-2MA"));
            subjects.insert(letter.subject);
        }
        assert_eq!(subjects.len(), Language::ALL.len() * Reminder::ALL.len());
    }
}
