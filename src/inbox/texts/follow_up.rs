//! Words for what has come about a case after the report itself.

use crate::domain::FollowUpKind;
use crate::domain::Language;
use crate::domain::MunicipalityNumber;
use crate::inbox::texts::Words;
use crate::inbox::texts::words;

words! {
    follow_ups
        "Dette har kommet senere"
        "Dette har kome seinare"
        "What has come since"
    follow_ups_note
        "Meldinger som hører til denne saken, de eldste først."
        "Meldingar som høyrer til denne saka, dei eldste først."
        "Messages that belong to this case, oldest first."
    follow_up_unreadable
        "Meldingen kan ikke vises. Driften har fått beskjed."
        "Meldinga kan ikkje visast. Drifta har fått beskjed."
        "The message cannot be shown. Operations have been told."
    withdrawn_note
        "Avsender har trukket meldingen tilbake"
        "Avsendar har trekt meldinga tilbake"
        "The sender has withdrawn the report"
    withdrawn_hint
        "Les hva avsender skriver, og avgjør hva som skal skje med saken. Den blir ikke avsluttet av seg selv."
        "Les kva avsendar skriv, og avgjer kva som skal skje med saka. Ho blir ikkje avslutta av seg sjølv."
        "Read what the sender writes, and decide what becomes of the case. It is not closed by itself."
    withdrawn_word
        "Trukket av avsender"
        "Trekt av avsendar"
        "Withdrawn by sender"
    withdrawals
        "Tilbaketrekkinger som egne saker"
        "Tilbaketrekkingar som eigne saker"
        "Withdrawals that are cases of their own"
    questions_asked
        "Spørsmål"
        "Spørsmål"
        "Questions"
    heard_word
        "Nytt fra avsender"
        "Nytt frå avsendar"
        "News from sender"
}

impl Words {
    /// What a follow-up is, as a heading and in the timeline.
    pub(in crate::inbox) const fn follow_up(self, kind: FollowUpKind) -> &'static str {
        match kind {
            FollowUpKind::Answer => self.pick("Svar", "Svar", "Answer"),
            FollowUpKind::Supplement => self.pick("Tillegg til meldingen", "Tillegg til meldinga", "Supplement"),
            FollowUpKind::ChangedNeed => self.pick("Endret behov", "Endra behov", "Changed need"),
            FollowUpKind::Withdrawal => {
                self.pick("Meldingen er trukket tilbake", "Meldinga er trekt tilbake", "The report is withdrawn")
            }
            FollowUpKind::TeamAroundPerson => {
                self.pick("Behov for ansvarsgruppe", "Behov for ansvarsgruppe", "Need for a team around the person")
            }
            FollowUpKind::FaultReport => self.pick(
                "Tilbakemelding om feil i det vi sendte",
                "Tilbakemelding om feil i det vi sende",
                "Feedback on an error in what we sent",
            ),
            FollowUpKind::Rejected => self.pick(
                "Mottakeren kan ikke bruke det vi sendte. Ring mottakeren",
                "Mottakaren kan ikkje bruke det vi sende. Ring mottakaren",
                "The receiver cannot use what we sent. Telephone the receiver",
            ),
            FollowUpKind::NotDelivered => self.pick(
                "Det vi sendte, ble ikke levert. Ring mottakeren",
                "Det vi sende, vart ikkje levert. Ring mottakaren",
                "What we sent was not delivered. Telephone the receiver",
            ),
        }
    }

    /// The cover of a case that was passed on.
    pub(in crate::inbox) fn gone_to(self, name: &str, number: Option<&MunicipalityNumber>) -> String {
        let to = number.map_or_else(|| name.to_owned(), |it| format!("{name} ({it})"));
        match self.0 {
            Language::Nb => {
                format!("Saken er overført til {to}, som har tatt imot den. Innholdet er ikke lenger her.")
            }
            Language::Nn => {
                format!("Saka er overført til {to}, som har teke imot ho. Innhaldet er ikkje lenger her.")
            }
            Language::En => {
                format!("The case was transferred to {to}, which has accepted it. Its content is no longer here.")
            }
        }
    }
}
