//! Words for what units send: the journal's actions about it.

use crate::inbox::icon::Icon;
use crate::inbox::texts::Words;

impl Words {
    /// As [`Words::journal_action`], for what was sent.
    pub(super) fn outbound_action(self, action: &str) -> Option<(&'static str, Icon)> {
        Some(match action {
            "outbound_queued" => (
                self.pick(
                    "skrev et svar eller sendte videre",
                    "skreiv eit svar eller sende vidare",
                    "wrote an answer or passed the report on",
                ),
                Icon::Envelope,
            ),
            "outbound_cancelled" => (
                self.pick("angret før det ble sendt", "angra før det vart sendt", "took it back before it was sent"),
                Icon::Envelope,
            ),
            "outbound_sent" => (
                self.pick(
                    "leverte det som ble skrevet; mottakeren har ikke kvittert ennå",
                    "leverte det som vart skrive; mottakaren har ikkje kvittert enno",
                    "delivered what was written; the receiver has not acknowledged it yet",
                ),
                Icon::Envelope,
            ),
            "outbound_acknowledged" => (
                self.pick(
                    "fikk bekreftet at mottakeren har det",
                    "fekk stadfesta at mottakaren har det",
                    "was told that the receiver has it",
                ),
                Icon::Check,
            ),
            "outbound_rejected" => (
                self.pick(
                    "fikk beskjed om at mottakeren ikke kan bruke det. Ring mottakeren",
                    "fekk beskjed om at mottakaren ikkje kan bruke det. Ring mottakaren",
                    "was told that the receiver cannot use it. Telephone the receiver",
                ),
                Icon::Warning,
            ),
            "outbound_abandoned" => (
                self.pick(
                    "klarte ikke å sende det. Ring mottakeren",
                    "klarte ikkje å sende det. Ring mottakaren",
                    "could not send it. Telephone the receiver",
                ),
                Icon::Warning,
            ),
            "outbound_late" => (
                self.pick(
                    "har ikke fått kvittering i tide. Ring mottakeren",
                    "har ikkje fått kvittering i tide. Ring mottakaren",
                    "has had no receipt in time. Telephone the receiver",
                ),
                Icon::Warning,
            ),
            "outbound_requeued" => (
                self.pick("ba om at det sendes på nytt", "bad om at det blir sendt på nytt", "had it sent again"),
                Icon::Envelope,
            ),
            "outbound_closed" => (
                self.pick("ordnet det på annen måte", "ordna det på annan måte", "settled it another way"),
                Icon::Check,
            ),
            _ => return None,
        })
    }
}
