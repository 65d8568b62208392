//! What a notice says to people: that something waits, how many, a reference and where to look. Nothing else, ever.

use crate::domain::Language;
use crate::notify::Notice;

/// Subject and text of an e-mail.
pub(super) struct Letter {
    pub subject: String,
    pub text: String,
}

pub(super) fn letter(notice: &Notice, language: Language, inbox: &str) -> Letter {
    let Notice { reference, unread, .. } = notice;
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
