//! The report for leaders, the summary without anybody in it, and the workbook.

use crate::inbox::texts::Words;

impl Words {
    pub(in crate::inbox) const fn download_xlsx(self) -> &'static str {
        self.pick("Last ned regneark (XLSX)", "Last ned rekneark (XLSX)", "Download workbook (XLSX)")
    }

    pub(in crate::inbox) const fn report_leaders(self) -> &'static str {
        self.pick("Rapport til ledelsen", "Rapport til leiinga", "Report for the management")
    }

    pub(in crate::inbox) const fn report_intro(self) -> &'static str {
        self.pick(
            "Tall for planen, for ledelsen og for dem som arbeider med samhandling. Tall fra 1 til 4 er skjult (–), og det som de kunne regnes ut fra. Ingen personer er nevnt.",
            "Tal for planen, for leiinga og for dei som arbeider med samhandling. Tal frå 1 til 4 er skjulte (–), og det som dei kunne reknast ut frå. Ingen personar er nemnde.",
            "Numbers for the plan, for the management and for those who work with cooperation. Numbers from 1 to 4 are hidden (–), and what they could be calculated from. Nobody is named.",
        )
    }

    pub(in crate::inbox) const fn report_steps(self) -> &'static str {
        self.pick(
            "Ventetid for hvert trinn, alle saker",
            "Ventetid for kvart steg, alle saker",
            "Waiting time per step, all cases",
        )
    }

    pub(in crate::inbox) const fn report_everything(self) -> &'static str {
        self.pick("Alle saker", "Alle saker", "All cases")
    }

    pub(in crate::inbox) const fn report_senders(self) -> &'static str {
        self.pick("Ventetid for hver avsender", "Ventetid for kvar avsendar", "Waiting time per sender")
    }

    pub(in crate::inbox) const fn report_transfers(self) -> &'static str {
        self.pick("Overføringer", "Overføringar", "Transfers")
    }

    pub(in crate::inbox) const fn report_lift_steps(self) -> &'static str {
        self.pick("Løft til gruppe, etter trinn", "Løft til gruppe, etter trinn", "Lifts to a group, by step")
    }

    pub(in crate::inbox) const fn report_kept(self) -> &'static str {
        self.pick("Behandlet her", "Behandla her", "Dealt with here")
    }

    pub(in crate::inbox) const fn report_offered(self) -> &'static str {
        self.pick(
            "Tilbudt til andre, uten svar ennå",
            "Tilbode til andre, utan svar enno",
            "Offered to others, not answered yet",
        )
    }

    pub(in crate::inbox) const fn report_passed_on(self) -> &'static str {
        self.pick("Overført til andre", "Overført til andre", "Passed on to others")
    }

    /// What a chart says to those who do not see it.
    pub(in crate::inbox) fn report_chart(self, heading: &str) -> String {
        match self.0 {
            crate::domain::Language::Nb => {
                format!("Søylediagram: {heading}. De samme tallene står i tabellen ved siden av.")
            }
            crate::domain::Language::Nn => {
                format!("Søylediagram: {heading}. Dei same tala står i tabellen ved sida av.")
            }
            crate::domain::Language::En => {
                format!("Bar chart: {heading}. The same numbers are in the table beside it.")
            }
        }
    }

    pub(in crate::inbox) const fn report_nothing(self) -> &'static str {
        self.pick("Ingen tall som kan vises.", "Ingen tal som kan visast.", "No numbers that can be shown.")
    }

    pub(in crate::inbox) const fn statistics_few(self) -> &'static str {
        self.pick(
            "Det er færre enn fem saker i perioden. Da vises ingen tall, så ingen kan kjennes igjen. Velg gjerne en lengre periode.",
            "Det er færre enn fem saker i perioden. Då blir ingen tal viste, så ingen kan kjennast att. Vel gjerne ein lengre periode.",
            "There are fewer than five cases in the period. No numbers are shown, so that nobody can be recognised. A longer period may have more.",
        )
    }

    pub(in crate::inbox) const fn statistics_no_cases(self) -> &'static str {
        self.pick("Ingen saker i perioden.", "Ingen saker i perioden.", "No cases in the period.")
    }

    pub(in crate::inbox) const fn experience(self) -> &'static str {
        self.pick(
            "Erfaring uten personopplysninger",
            "Erfaring utan personopplysningar",
            "Experience without personal data",
        )
    }

    pub(in crate::inbox) const fn experience_intro(self) -> &'static str {
        self.pick(
            "Til bruk når andre skal lære av saken. Her er bare koder og tidsrom: ikke navn, nummer, adresse, fødselsdato, enhet, avsender, referanse eller noe som noen har skrevet. Vurder likevel om saken er så særegen at noen kan kjenne den igjen.",
            "Til bruk når andre skal lære av saka. Her er berre kodar og tidsrom: ikkje namn, nummer, adresse, fødselsdato, eining, avsendar, referanse eller noko som nokon har skrive. Vurder likevel om saka er så særeigen at nokon kan kjenne ho igjen.",
            "For when others are to learn from the case. Only codes and lengths of time: no name, number, address, date of birth, unit, sender, reference or anything that anybody has written. Consider all the same whether the case is so unusual that somebody could recognise it.",
        )
    }

    pub(in crate::inbox) const fn experience_course(self) -> &'static str {
        self.pick("Gangen i saken", "Gangen i saka", "The course of the case")
    }

    pub(in crate::inbox) const fn experience_services(self) -> &'static str {
        self.pick("Tjenester som er nevnt", "Tenester som er nemnde", "Services that are mentioned")
    }

    pub(in crate::inbox) fn experience_week(self, week: u64) -> String {
        match self.0 {
            crate::domain::Language::Nb => format!("Uke {week}"),
            crate::domain::Language::Nn => format!("Veke {week}"),
            crate::domain::Language::En => format!("Week {week}"),
        }
    }
}
