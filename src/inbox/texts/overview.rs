//! Words of the overview that those who see to a unit begin with.

use crate::inbox::texts::Words;

impl Words {
    pub(in crate::inbox) const fn overview(self) -> &'static str {
        self.pick("Oversikt", "Oversikt", "Overview")
    }

    pub(in crate::inbox) const fn overview_reports(self) -> &'static str {
        self.pick("Meldinger", "Meldingar", "Reports")
    }

    pub(in crate::inbox) const fn overview_open(self) -> &'static str {
        self.pick("Under arbeid eller ulest", "Under arbeid eller ulesne", "In work or unread")
    }

    pub(in crate::inbox) const fn overview_plans(self) -> &'static str {
        self.pick("Individuelle planer", "Individuelle planar", "Individual plans")
    }

    pub(in crate::inbox) const fn overview_coordinators(self) -> &'static str {
        self.pick("Koordinatorer i dag", "Koordinatorar i dag", "Coordinators today")
    }

    pub(in crate::inbox) const fn overview_begins_here(self) -> &'static str {
        self.pick(
            "Du begynner på denne siden når du logger inn.",
            "Du byrjar på denne sida når du loggar inn.",
            "You begin on this page when you sign in.",
        )
    }

    pub(in crate::inbox) const fn overview_begins_in_inbox(self) -> &'static str {
        self.pick(
            "Du begynner i innboksen når du logger inn.",
            "Du byrjar i innboksen når du loggar inn.",
            "You begin in the inbox when you sign in.",
        )
    }

    pub(in crate::inbox) const fn overview_begin_here(self) -> &'static str {
        self.pick("Begynn her i stedet", "Byrj her i staden", "Begin here instead")
    }

    pub(in crate::inbox) const fn overview_begin_in_inbox(self) -> &'static str {
        self.pick("Begynn i innboksen i stedet", "Byrj i innboksen i staden", "Begin in the inbox instead")
    }

    pub(in crate::inbox) const fn overview_chosen(self) -> &'static str {
        self.pick(
            "Det er husket til neste gang du logger inn.",
            "Det er hugsa til neste gong du loggar inn.",
            "It is remembered for the next time you sign in.",
        )
    }
}
