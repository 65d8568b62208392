//! Clearance for graded addresses: who gives it, who has it newly, and who are two.

use super::Words;
use crate::domain::Language;
use crate::inbox::texts::words;

words! {
    cleared_by_whom
        "Klarering for gradert adresse gis bare av en som selv er klarert i enheten, eller av den som driver innboksen. En ny engangslenke til en som er klarert, lages bare av den som driver innboksen."
        "Klarering for gradert adresse blir gitt berre av ein som sjølv er klarert i eininga, eller av den som driv innboksen. Ei ny eingongslenkje til ein som er klarert, blir laga berre av den som driv innboksen."
        "Clearance for graded addresses is given only by one who is cleared in the unit, or by the operator. A new one-time link for one who is cleared is made by the operator alone."
    cleared_by_one
        "To som du har klarert, og du og en du har klarert, regnes ikke som to når en melding skal åpnes. Det samme gjelder dem som disse klarerer videre. En som den som driver innboksen har klarert, regnes alltid for seg."
        "To som du har klarert, og du og ein du har klarert, blir ikkje rekna som to når ei melding skal opnast. Det same gjeld dei som desse klarerer vidare. Ein som den som driv innboksen har klarert, blir alltid rekna for seg."
        "Two whom you have cleared, and you and one you have cleared, do not count as two when a report is to be opened. Nor do those whom these clear in turn. Somebody whom the operator has cleared always counts alone."
    cleared_not_two
        "Dere regnes ikke som to, fordi den samme står bak klareringen av dere begge, alene eller sammen med andre. En annen som er klarert, må godkjenne."
        "De blir ikkje rekna som to, fordi den same står bak klareringa av dykk begge, åleine eller saman med andre. Ein annan som er klarert, må godkjenne."
        "You do not count as two, because the same person stands behind the clearance of both of you, alone or with others. Somebody else who is cleared must agree."
    cleared_newly
        "Klarert de siste 14 dagene"
        "Klarert dei siste 14 dagane"
        "Cleared in the last 14 days"
    cleared_newly_text
        "Kjenner du ikke igjen en av dem, så si fra til lederen og til den som driver innboksen."
        "Kjenner du ikkje att ein av dei, så sei frå til leiaren og til den som driv innboksen."
        "If you do not know one of them, tell the leader and the operator."
    cleared_operator
        "den som driver innboksen"
        "den som driv innboksen"
        "the operator"
}

/// Words that hang on how many, and on who.
impl Words {
    /// Beside one who is cleared on the word of those who are cleared no more.
    pub(in crate::inbox) fn cleared_on_ended(self, by: &str) -> String {
        match self.0 {
            Language::Nb => format!("Klarert av {by}, som ikke er klarert lenger"),
            Language::Nn => format!("Klarert av {by}, som ikkje er klarert lenger"),
            Language::En => format!("Cleared by {by}, who is cleared no more"),
        }
    }

    pub(in crate::inbox) fn cleared_lately(self, count: usize) -> String {
        match self.0 {
            Language::Nb => format!("{count} er klarert for gradert adresse de siste 14 dagene."),
            Language::Nn => format!("{count} er klarert for gradert adresse dei siste 14 dagane."),
            Language::En => format!("{count} cleared for graded addresses in the last 14 days."),
        }
    }

    /// Who was cleared, where, and by whom.
    pub(in crate::inbox) fn cleared_line(self, who: &str, unit: &str, by: &str) -> String {
        match self.0 {
            Language::Nb | Language::Nn => format!("{who}, {unit}, av {by}"),
            Language::En => format!("{who}, {unit}, by {by}"),
        }
    }
}
