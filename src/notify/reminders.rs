//! The words of each reminder, about one and about several.

use crate::domain::Language;
use crate::domain::Reminder;

/// What a reminder says, by how many it is about.
pub(super) struct Reminding {
    pub of_one: Said,
    pub of_several: Said,
}

/// Subject of a letter, without what it is about, and its first sentence.
pub(super) struct Said {
    pub subject: &'static str,
    pub what: &'static str,
}

pub(super) const fn said(reminder: Reminder, language: Language) -> Reminding {
    match language {
        Language::Nb => bokmal(reminder),
        Language::Nn => nynorsk(reminder),
        Language::En => english(reminder),
    }
}

/// Subject and sentence about one, then about several.
const fn said_of([subject, what, subject_of_several, what_of_several]: [&'static str; 4]) -> Reminding {
    let of_several = Said { subject: subject_of_several, what: what_of_several };
    Reminding { of_one: Said { subject, what }, of_several }
}

const fn bokmal(reminder: Reminder) -> Reminding {
    said_of(match reminder {
        Reminder::Unread => [
            "Påminnelse: ulest melding",
            "Ingen har åpnet en melding til enheten deres.",
            "Påminnelse: uleste meldinger",
            "Ingen har åpnet disse meldingene til enheten deres.",
        ],
        Reminder::UnreadDeputy => [
            "Påminnelse til stedfortreder: ulest melding",
            "Ingen har åpnet en melding til enheten som du leser for når ingen andre gjør det.",
            "Påminnelse til stedfortreder: uleste meldinger",
            "Ingen har åpnet disse meldingene til enheten som du leser for når ingen andre gjør det.",
        ],
        Reminder::UnreadLeader => [
            "Påminnelse til leder: ulest melding",
            "Verken enheten eller stedfortrederen har åpnet en melding, selv om de er minnet om den.",
            "Påminnelse til leder: uleste meldinger",
            "Verken enheten eller stedfortrederen har åpnet disse meldingene, selv om de er minnet om dem.",
        ],
        Reminder::AnswerLate => [
            "Påminnelse: fristen for svar er over",
            "En melding til enheten deres er ikke besvart, og fristen for et foreløpig svar er over.",
            "Påminnelse: fristen for svar er over",
            "Disse meldingene til enheten deres er ikke besvart, og fristen for et foreløpig svar er over.",
        ],
        Reminder::MeetingTooLate => [
            "Haster: neste møte kommer for sent",
            "Gruppen har fått en sak som haster, og neste møte kommer for sent. Logg inn for å kalle inn til et \
             ekstraordinært møte.",
            "Haster: neste møte kommer for sent",
            "Gruppen har fått saker som haster, og neste møte kommer for sent. Logg inn for å kalle inn til et \
             ekstraordinært møte.",
        ],
        Reminder::DelegationLate => [
            "Påminnelse: koordinator er ikke oppnevnt",
            "Fristen for å oppnevne koordinator i en sak hos enheten deres er over. En enhet er bedt om å gjøre det.",
            "Påminnelse: koordinatorer er ikke oppnevnt",
            "Fristen for å oppnevne koordinator i disse sakene hos enheten deres er over. En enhet er bedt om å \
             gjøre det.",
        ],
        Reminder::OfferUnanswered => [
            "Påminnelse: ingen har svart på en overføring",
            "Enheten deres har tilbudt en sak til en annen mottaker, som ikke har svart på tre døgn. Saken er \
             fortsatt deres. Ring mottakeren, eller trekk tilbudet tilbake.",
            "Påminnelse: ingen har svart på overføringer",
            "Enheten deres har tilbudt disse sakene til andre mottakere, som ikke har svart på tre døgn. Sakene er \
             fortsatt deres. Ring mottakerne, eller trekk tilbudene tilbake.",
        ],
        Reminder::MeetingSpoke => [
            "Møtet har behandlet en sak dere løftet",
            "Møtet har behandlet en sak som enheten deres løftet til gruppen. Logg inn for å lese hva møtet sa.",
            "Møtet har behandlet saker dere løftet",
            "Møtet har behandlet disse sakene, som enheten deres løftet til gruppen. Logg inn for å lese hva møtet \
             sa.",
        ],
        Reminder::NobodyResponsible => [
            "Ingen har ansvaret for en sak",
            "Den som hadde ansvaret for en sak i enheten deres, har ikke tilgang til den lenger. Saken ligger i \
             Ufordelt til noen tar den.",
            "Ingen har ansvaret for flere saker",
            "De som hadde ansvaret for disse sakene i enheten deres, har ikke tilgang til dem lenger. Sakene ligger \
             i Ufordelt til noen tar dem.",
        ],
        Reminder::PassedOn => [
            "En annen enhet har sendt dere en sak",
            "En annen enhet har løftet, tilbudt eller delegert en sak til enheten deres. Logg inn for å se hva dere \
             er bedt om.",
            "Andre enheter har sendt dere saker",
            "Andre enheter har løftet, tilbudt eller delegert disse sakene til enheten deres. Logg inn for å se hva \
             dere er bedt om.",
        ],
    })
}

const fn nynorsk(reminder: Reminder) -> Reminding {
    said_of(match reminder {
        Reminder::Unread => [
            "Påminning: ulesen melding",
            "Ingen har opna ei melding til eininga dykkar.",
            "Påminning: ulesne meldingar",
            "Ingen har opna desse meldingane til eininga dykkar.",
        ],
        Reminder::UnreadDeputy => [
            "Påminning til stedfortredar: ulesen melding",
            "Ingen har opna ei melding til eininga som du les for når ingen andre gjer det.",
            "Påminning til stedfortredar: ulesne meldingar",
            "Ingen har opna desse meldingane til eininga som du les for når ingen andre gjer det.",
        ],
        Reminder::UnreadLeader => [
            "Påminning til leiar: ulesen melding",
            "Verken eininga eller stedfortredaren har opna ei melding, sjølv om dei er minte om ho.",
            "Påminning til leiar: ulesne meldingar",
            "Verken eininga eller stedfortredaren har opna desse meldingane, sjølv om dei er minte om dei.",
        ],
        Reminder::AnswerLate => [
            "Påminning: fristen for svar er over",
            "Ei melding til eininga dykkar er ikkje svart på, og fristen for eit førebels svar er over.",
            "Påminning: fristen for svar er over",
            "Desse meldingane til eininga dykkar er ikkje svara på, og fristen for eit førebels svar er over.",
        ],
        Reminder::MeetingTooLate => [
            "Hastar: neste møte kjem for seint",
            "Gruppa har fått ei sak som hastar, og neste møte kjem for seint. Logg inn for å kalle inn til eit \
             ekstraordinært møte.",
            "Hastar: neste møte kjem for seint",
            "Gruppa har fått saker som hastar, og neste møte kjem for seint. Logg inn for å kalle inn til eit \
             ekstraordinært møte.",
        ],
        Reminder::DelegationLate => [
            "Påminning: koordinator er ikkje oppnemnd",
            "Fristen for å oppnemne koordinator i ei sak hos eininga dykkar er over. Ei eining er beden om å gjere \
             det.",
            "Påminning: koordinatorar er ikkje oppnemnde",
            "Fristen for å oppnemne koordinator i desse sakene hos eininga dykkar er over. Ei eining er beden om å \
             gjere det.",
        ],
        Reminder::OfferUnanswered => [
            "Påminning: ingen har svart på ei overføring",
            "Eininga dykkar har tilbode ei sak til ein annan mottakar, som ikkje har svart på tre døgn. Saka er \
             framleis dykkar. Ring mottakaren, eller trekk tilbodet tilbake.",
            "Påminning: ingen har svart på overføringar",
            "Eininga dykkar har tilbode desse sakene til andre mottakarar, som ikkje har svart på tre døgn. Sakene \
             er framleis dykkar. Ring mottakarane, eller trekk tilboda tilbake.",
        ],
        Reminder::MeetingSpoke => [
            "Møtet har behandla ei sak de løfta",
            "Møtet har behandla ei sak som eininga dykkar løfta til gruppa. Logg inn for å lese kva møtet sa.",
            "Møtet har behandla saker de løfta",
            "Møtet har behandla desse sakene, som eininga dykkar løfta til gruppa. Logg inn for å lese kva møtet sa.",
        ],
        Reminder::NobodyResponsible => [
            "Ingen har ansvaret for ei sak",
            "Den som hadde ansvaret for ei sak i eininga dykkar, har ikkje tilgang til ho lenger. Saka ligg i \
             Ufordelt til nokon tek ho.",
            "Ingen har ansvaret for fleire saker",
            "Dei som hadde ansvaret for desse sakene i eininga dykkar, har ikkje tilgang til dei lenger. Sakene \
             ligg i Ufordelt til nokon tek dei.",
        ],
        Reminder::PassedOn => [
            "Ei anna eining har sendt dykk ei sak",
            "Ei anna eining har løfta, tilbode eller delegert ei sak til eininga dykkar. Logg inn for å sjå kva de \
             er bedne om.",
            "Andre einingar har sendt dykk saker",
            "Andre einingar har løfta, tilbode eller delegert desse sakene til eininga dykkar. Logg inn for å sjå \
             kva de er bedne om.",
        ],
    })
}

const fn english(reminder: Reminder) -> Reminding {
    said_of(match reminder {
        Reminder::Unread => [
            "Reminder: unread message",
            "Nobody has opened a message that has come to your unit.",
            "Reminder: unread messages",
            "Nobody has opened these messages, which have come to your unit.",
        ],
        Reminder::UnreadDeputy => [
            "Reminder to the deputy: unread message",
            "Nobody has opened a message to the unit that you read for when nobody else does.",
            "Reminder to the deputy: unread messages",
            "Nobody has opened these messages to the unit that you read for when nobody else does.",
        ],
        Reminder::UnreadLeader => [
            "Reminder to the leader: unread message",
            "Neither the unit nor its deputy has opened a message, though they have been reminded of it.",
            "Reminder to the leader: unread messages",
            "Neither the unit nor its deputy has opened these messages, though they have been reminded of them.",
        ],
        Reminder::AnswerLate => [
            "Reminder: the time for an answer is over",
            "A message to your unit has not been answered, and the time for a preliminary answer is over.",
            "Reminder: the time for an answer is over",
            "These messages to your unit have not been answered, and the time for a preliminary answer is over.",
        ],
        Reminder::MeetingTooLate => [
            "Urgent: the next meeting comes too late",
            "The group has an urgent case, and its next meeting comes too late. Sign in to call an extraordinary \
             meeting.",
            "Urgent: the next meeting comes too late",
            "The group has urgent cases, and its next meeting comes too late. Sign in to call an extraordinary \
             meeting.",
        ],
        Reminder::DelegationLate => [
            "Reminder: no coordinator has been appointed",
            "The time for appointing a coordinator in a case at your unit is over. A unit has been asked to do it.",
            "Reminder: no coordinators have been appointed",
            "The time for appointing a coordinator in these cases at your unit is over. A unit has been asked to do \
             it.",
        ],
        Reminder::OfferUnanswered => [
            "Reminder: nobody has answered a transfer",
            "Your unit has offered a case to another receiver, who has not answered in three days. The case is \
             still yours. Call the receiver, or take the offer back.",
            "Reminder: nobody has answered transfers",
            "Your unit has offered these cases to other receivers, who have not answered in three days. The cases \
             are still yours. Call the receivers, or take the offers back.",
        ],
        Reminder::MeetingSpoke => [
            "The meeting has dealt with a case that you lifted",
            "The meeting has dealt with a case that your unit lifted to the group. Sign in to read what it said.",
            "The meeting has dealt with cases that you lifted",
            "The meeting has dealt with these cases, which your unit lifted to the group. Sign in to read what it \
             said.",
        ],
        Reminder::NobodyResponsible => [
            "Nobody is responsible for a case",
            "Whoever was responsible for a case at your unit has no access to it any more. It is among those that \
             nobody has taken until somebody takes it.",
            "Nobody is responsible for several cases",
            "Those who were responsible for these cases at your unit have no access to them any more. They are \
             among those that nobody has taken until somebody takes them.",
        ],
        Reminder::PassedOn => [
            "Another unit has sent you a case",
            "Another unit has lifted, offered or delegated a case to your unit. Sign in to see what you are asked \
             for.",
            "Other units have sent you cases",
            "Other units have lifted, offered or delegated these cases to your unit. Sign in to see what you are \
             asked for.",
        ],
    })
}
