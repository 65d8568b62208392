//! Words about the register, the coordinators and the statistics.

use crate::inbox::texts::Words;

impl Words {
    pub(in crate::inbox) const fn statistics_no_rows(self) -> &'static str {
        self.pick("Ingen i perioden.", "Ingen i perioden.", "None in the period.")
    }

    pub(in crate::inbox) const fn coordinator_contacted(self) -> &'static str {
        self.pick("Sist kontaktet", "Sist kontakta", "Last contacted")
    }

    pub(in crate::inbox) const fn contacted_column(self) -> &'static str {
        self.pick("Ny kontakt", "Ny kontakt", "New contact")
    }

    pub(in crate::inbox) const fn contacted_day(self) -> &'static str {
        self.pick("Dagen for kontakten", "Dagen for kontakten", "The day of the contact")
    }

    pub(in crate::inbox) const fn contacted_submit(self) -> &'static str {
        self.pick("Registrer", "Registrer", "Register")
    }

    pub(in crate::inbox) const fn contacted_done(self) -> &'static str {
        self.pick("Kontakten er registrert.", "Kontakten er registrert.", "The contact has been registered.")
    }

    pub(in crate::inbox) const fn contacted_wrong(self) -> &'static str {
        self.pick(
            "Velg en dag som ikke er senere enn i dag.",
            "Vel ein dag som ikkje er seinare enn i dag.",
            "Choose a day that is not later than today.",
        )
    }

    pub(in crate::inbox) const fn register(self) -> &'static str {
        self.pick("Register", "Register", "Register")
    }

    pub(in crate::inbox) const fn register_intro(self) -> &'static str {
        self.pick(
            "Alle meldte behov i enhetene dine, uten navn. Referansen leder til saken. Det du laster ned, er det du ser.",
            "Alle melde behov i einingane dine, utan namn. Referansen leier til saka. Det du lastar ned, er det du ser.",
            "Every reported need in your units, without names. The reference leads to the case. What you download is what you see.",
        )
    }

    pub(in crate::inbox) const fn register_more(self) -> &'static str {
        self.pick("Mer om saken", "Meir om saka", "More about the case")
    }

    pub(in crate::inbox) const fn register_none(self) -> &'static str {
        self.pick("Ingen saker passer med filteret.", "Ingen saker passar med filteret.", "No case matches the filter.")
    }

    pub(in crate::inbox) const fn register_lists(self) -> &'static str {
        self.pick("Lister i registeret", "Lister i registeret", "Lists of the register")
    }

    pub(in crate::inbox) const fn register_all(self) -> &'static str {
        self.pick("Alle", "Alle", "All")
    }

    pub(in crate::inbox) const fn register_gap(self) -> &'static str {
        self.pick("Uten hovedkoordinator", "Utan hovudkoordinator", "Without a main coordinator")
    }

    pub(in crate::inbox) const fn register_unassigned(self) -> &'static str {
        self.pick("Ufordelt", "Ufordelt", "Unassigned")
    }

    pub(in crate::inbox) const fn register_unread(self) -> &'static str {
        self.pick("Ulest", "Ulesne", "Unread")
    }

    pub(in crate::inbox) const fn register_overdue(self) -> &'static str {
        self.pick("Over fristen", "Over fristen", "Overdue")
    }

    pub(in crate::inbox) const fn register_any(self) -> &'static str {
        self.pick("Alle", "Alle", "Any")
    }

    pub(in crate::inbox) const fn register_reference(self) -> &'static str {
        self.pick("Referanse", "Referanse", "Reference")
    }

    pub(in crate::inbox) const fn register_unit(self) -> &'static str {
        self.pick("Enhet", "Eining", "Unit")
    }

    pub(in crate::inbox) const fn register_received(self) -> &'static str {
        self.pick("Mottatt", "Motteken", "Received")
    }

    pub(in crate::inbox) const fn register_need(self) -> &'static str {
        self.pick("Behov", "Behov", "Need")
    }

    pub(in crate::inbox) const fn register_status(self) -> &'static str {
        self.pick("Status", "Status", "Status")
    }

    pub(in crate::inbox) const fn register_plan(self) -> &'static str {
        self.pick("Individuell plan", "Individuell plan", "Individual plan")
    }

    pub(in crate::inbox) const fn register_outcome(self) -> &'static str {
        self.pick("Utfall", "Utfall", "Outcome")
    }

    pub(in crate::inbox) const fn register_sector(self) -> &'static str {
        self.pick("Melder", "Meldar", "Reporter")
    }

    pub(in crate::inbox) const fn register_sender(self) -> &'static str {
        self.pick("Avsender", "Avsendar", "Sender")
    }

    pub(in crate::inbox) const fn register_channel(self) -> &'static str {
        self.pick("Kom inn", "Kom inn", "Came in")
    }

    /// How a report came, by the word that the store keeps: through the form, or from a system.
    pub(in crate::inbox) fn came_by(self, label: &str) -> &'static str {
        match label {
            "https" => self.pick("Fra fagsystem", "Frå fagsystem", "From a system"),
            // Through the form, and the note of how has not been kept.
            "manual" => self.pick("Skrevet inn her", "Skrive inn her", "Written down here"),
            _ => self.form_source(label),
        }
    }

    pub(in crate::inbox) const fn register_age(self) -> &'static str {
        self.pick("Alder", "Alder", "Age")
    }

    pub(in crate::inbox) const fn register_answered(self) -> &'static str {
        self.pick("Svart", "Svart", "Answered")
    }

    pub(in crate::inbox) const fn register_coordinated(self) -> &'static str {
        self.pick("Koordinator fra", "Koordinator frå", "Coordinator from")
    }

    pub(in crate::inbox) const fn register_graded(self) -> &'static str {
        self.pick("Gradert", "Gradert", "Graded")
    }

    pub(in crate::inbox) const fn register_count(self) -> &'static str {
        self.pick("Antall", "Tal", "Count")
    }

    pub(in crate::inbox) const fn register_unknown(self) -> &'static str {
        self.pick("Ikke oppgitt", "Ikkje oppgitt", "Not given")
    }

    pub(in crate::inbox) const fn download_csv(self) -> &'static str {
        self.pick("Last ned som CSV", "Last ned som CSV", "Download as CSV")
    }

    pub(in crate::inbox) const fn download_json(self) -> &'static str {
        self.pick("Last ned som JSON", "Last ned som JSON", "Download as JSON")
    }

    pub(in crate::inbox) const fn exported(self) -> &'static str {
        self.pick("lastet ned en oversikt", "lasta ned ei oversikt", "downloaded an overview")
    }

    pub(in crate::inbox) fn age_group(self, code: &str) -> &'static str {
        match code {
            "BARN" => self.pick("Under 18 år", "Under 18 år", "Under 18"),
            "VOKSEN" => self.pick("18–66 år", "18–66 år", "18 to 66"),
            "ELDRE" => self.pick("67 år og eldre", "67 år og eldre", "67 and older"),
            _ => self.register_unknown(),
        }
    }

    pub(in crate::inbox) const fn coordinators(self) -> &'static str {
        self.pick("Koordinatorer", "Koordinatorar", "Coordinators")
    }

    pub(in crate::inbox) const fn coordinators_intro(self) -> &'static str {
        self.pick("Hvem som koordinerer, hvor mange personer de har, og fra når til når. Ingen pasienter er nevnt. «Overlapper» betyr at to hovedkoordinatorer har samme person i dag.", "Kven som koordinerer, kor mange personar dei har, og frå når til når. Ingen pasientar er nemnde. «Overlappar» tyder at to hovudkoordinatorar har same person i dag.", "Who coordinates, for how many persons, from when until when. No patient is named. “Overlapping” means that two main coordinators have the same person today.")
    }

    pub(in crate::inbox) const fn coordinators_none(self) -> &'static str {
        self.pick(
            "Ingen koordinator er oppnevnt.",
            "Ingen koordinator er oppnemnd.",
            "No coordinator has been appointed.",
        )
    }

    pub(in crate::inbox) const fn coordinator_name(self) -> &'static str {
        self.pick("Koordinator", "Koordinator", "Coordinator")
    }

    pub(in crate::inbox) const fn coordinator_kind(self) -> &'static str {
        self.pick("Type", "Type", "Kind")
    }

    pub(in crate::inbox) const fn coordinator_now(self) -> &'static str {
        self.pick("Personer i dag", "Personar i dag", "Persons today")
    }

    pub(in crate::inbox) const fn coordinator_main(self) -> &'static str {
        self.pick("Som hovedkoordinator", "Som hovudkoordinator", "As the main coordinator")
    }

    pub(in crate::inbox) const fn coordinator_ever(self) -> &'static str {
        self.pick("Personer i alt", "Personar i alt", "Persons in all")
    }

    pub(in crate::inbox) const fn coordinator_overlaps(self) -> &'static str {
        self.pick("Overlapper", "Overlappar", "Overlapping")
    }

    pub(in crate::inbox) const fn statistics(self) -> &'static str {
        self.pick("Statistikk", "Statistikk", "Statistics")
    }

    pub(in crate::inbox) const fn statistics_intro(self) -> &'static str {
        self.pick("Tall for sakene som kom i perioden. Tall under fem er skjult («–»), og når det trengs også det nest minste, så ingen kan regne seg fram. Saker med gradert adresse telles bare for dem som er klarert.", "Tal for sakene som kom i perioden. Tal under fem er skjulte («–»), og når det trengst òg det nest minste, så ingen kan rekne seg fram. Saker med gradert adresse blir berre talde for dei som er klarerte.", "Numbers of the cases that came in the period. Numbers under five are hidden (“–”), and where needed the next smallest too, so that nobody can calculate them. Graded cases are counted only for those who are cleared.")
    }

    pub(in crate::inbox) const fn statistics_report(self) -> &'static str {
        self.pick("Rapport til ledelsen", "Rapport til leiinga", "Report to the management")
    }

    pub(in crate::inbox) const fn statistics_year(self) -> &'static str {
        self.pick("År", "År", "Year")
    }

    pub(in crate::inbox) const fn statistics_quarter(self) -> &'static str {
        self.pick("Kvartal", "Kvartal", "Quarter")
    }

    pub(in crate::inbox) const fn statistics_whole_year(self) -> &'static str {
        self.pick("Hele året", "Heile året", "The whole year")
    }

    pub(in crate::inbox) const fn statistics_total(self) -> &'static str {
        self.pick("I alt", "I alt", "In all")
    }

    pub(in crate::inbox) const fn statistics_none(self) -> &'static str {
        self.pick("Ikke merket", "Ikkje merkt", "Not flagged")
    }

    pub(in crate::inbox) const fn statistics_not_set(self) -> &'static str {
        self.pick("Ikke registrert", "Ikkje registrert", "Not registered")
    }

    pub(in crate::inbox) const fn statistics_unmet(self) -> &'static str {
        self.pick("Udekket behov", "Udekt behov", "Unmet need")
    }

    pub(in crate::inbox) const fn statistics_improvement(self) -> &'static str {
        self.pick("Forbedringsområde", "Forbetringsområde", "Area for improvement")
    }

    pub(in crate::inbox) const fn statistics_relay_log(self) -> &'static str {
        self.pick("Stafettlogg (BTI) finnes", "Stafettlogg (BTI) finst", "There is a relay log (BTI)")
    }

    /// What a report says of a relay log. Most say nothing, and some that there is none.
    pub(in crate::inbox) const fn relay_log_said(self, said: bool) -> &'static str {
        if said {
            self.yes()
        } else {
            self.pick("Ikke nevnt, eller nei", "Ikkje nemnt, eller nei", "Not mentioned, or no")
        }
    }

    pub(in crate::inbox) const fn coordinators_by_kind(self) -> &'static str {
        self.pick("Koordinatorer etter type", "Koordinatorar etter type", "Coordinators by kind")
    }

    pub(in crate::inbox) const fn statistics_lifts(self) -> &'static str {
        self.pick("Løftet til gruppe: hvorfor", "Løfta til gruppe: kvifor", "Lifted to a group: why")
    }

    pub(in crate::inbox) const fn statistics_units(self) -> &'static str {
        self.pick(
            "Dager per enhet, den tregeste først",
            "Dagar per eining, den treigaste først",
            "Days per unit, the slowest first",
        )
    }

    pub(in crate::inbox) const fn statistics_needs(self) -> &'static str {
        self.pick(
            "Dager per behov, det tregeste først",
            "Dagar per behov, det treigaste først",
            "Days per need, the slowest first",
        )
    }

    pub(in crate::inbox) const fn statistics_days(self) -> &'static str {
        self.pick("Midterste verdi (median) i dager fra meldingen kom. «Ventet» regner fram til første svar, eller til nå når ingen har svart. «Fra laget til kvittert» er hvor lenge meldingen var under vei: kvitteringen går i samme svar.", "Midtarste verdi (median) i dagar frå meldinga kom. «Venta» reknar fram til første svar, eller til no når ingen har svart. «Frå laga til kvittert» er kor lenge meldinga var under veg: kvitteringa går i same svar.", "Middle value (median) in days since the report came. “Waited” counts to the first answer, or to now when nobody has answered. “From made to receipt” is how long the report was under way: the receipt goes in the same answer.")
    }

    pub(in crate::inbox) const fn days_receipt(self) -> &'static str {
        self.pick("Fra laget til kvittert", "Frå laga til kvittert", "From made to receipt")
    }

    pub(in crate::inbox) const fn days_registered(self) -> &'static str {
        self.pick("Til registrert", "Til registrert", "Until registered")
    }

    pub(in crate::inbox) const fn days_waited(self) -> &'static str {
        self.pick("Ventet", "Venta", "Waited")
    }

    pub(in crate::inbox) const fn days_opened(self) -> &'static str {
        self.pick("Til åpnet", "Til opna", "Until opened")
    }

    pub(in crate::inbox) const fn days_coordinator(self) -> &'static str {
        self.pick("Til koordinator", "Til koordinator", "Until a coordinator")
    }

    pub(in crate::inbox) const fn days_answered(self) -> &'static str {
        self.pick("Til første svar", "Til første svar", "Until the first answer")
    }

    pub(in crate::inbox) const fn days_closed(self) -> &'static str {
        self.pick("Til ferdig", "Til ferdig", "Until done")
    }

    pub(in crate::inbox) const fn decimal_point(self) -> &'static str {
        self.pick(",", ",", ".")
    }
}
