//! The lists of reports and finding one in them: the search, what a list is narrowed to, what looks alike, and what is
//! new.

use crate::inbox::texts::Words;
use crate::inbox::texts::words;

words! {
    search
        "Søk"
        "Søk"
        "Search"
    search_label
        "Søk etter referanse, navn, fødselsnummer eller avsender"
        "Søk etter referanse, namn, fødselsnummer eller avsendar"
        "Search for a reference, name, identity number or sender"
    search_hint
        "Referanse, navn, nummer …"
        "Referanse, namn, nummer …"
        "Reference, name, number …"
    search_heading
        "Finn en melding"
        "Finn ei melding"
        "Find a report"
    tabs_label
        "Lister"
        "Lister"
        "Lists"
    tab_unassigned
        "Ufordelt"
        "Ufordelt"
        "Unassigned"
    tab_mine
        "Mine"
        "Mine"
        "Mine"
    tab_unit
        "Enhetens"
        "Eininga sine"
        "Our unit"
    tab_done
        "Ferdig"
        "Ferdig"
        "Done"
    empty_unassigned
        "Ingen meldinger venter på noen. Godt jobbet."
        "Ingen meldingar ventar på nokon. Godt jobba."
        "No reports are waiting for anybody. Well done."
    empty_mine
        "Du har ikke ansvar for noen meldinger. Ta ansvar for en fra «Ufordelt»."
        "Du har ikkje ansvar for nokon meldingar. Ta ansvar for ei frå «Ufordelt»."
        "You are not responsible for any report. Take one from “Unassigned”."
    empty_unit
        "Enheten har ingen meldinger under arbeid."
        "Eininga har ingen meldingar under arbeid."
        "The unit has no reports to work on."
    empty_done
        "Ingen meldinger er ferdige ennå."
        "Ingen meldingar er ferdige enno."
        "No reports are done yet."
    empty_told
        "Ingen meldinger er bare til orientering nå. Når saken er ferdig hos dem som har den, står den under «Ferdig»."
        "Ingen meldingar er berre til orientering no. Når saka er ferdig hos dei som har ho, står ho under «Ferdig»."
        "No reports are for your information only now. When those who have a case are done with it, it is under “Done”."
    empty_given
        "Ingen saker her er gitt deg."
        "Ingen saker her er gitte deg."
        "No cases here have been given to you."
    no_unit
        "Brukeren din er ikke knyttet til noen enhet. Be den som administrerer innboksen, om å ordne det."
        "Brukaren din er ikkje knytt til noka eining. Be den som administrerer innboksen, om å ordne det."
        "Your account belongs to no unit. Ask the administrator of the inbox to mend that."
    filter_unit
        "Enhet"
        "Eining"
        "Unit"
    filter_all_units
        "Alle mine enheter"
        "Alle einingane mine"
        "All my units"
    filter_order
        "Rekkefølge"
        "Rekkjefølgje"
        "Order"
    order_work
        "Kortest frist først"
        "Kortast frist først"
        "Earliest deadline first"
    order_newest
        "Nyest først"
        "Nyast først"
        "Newest first"
    filter_apply
        "Vis"
        "Vis"
        "Show"
    next_page
        "Neste side"
        "Neste side"
        "Next page"
    first_page
        "Til første side"
        "Til første side"
        "To the first page"
    paging
        "Flere meldinger"
        "Fleire meldingar"
        "More reports"
    col_report
        "Melding"
        "Melding"
        "Report"
    col_state
        "Status"
        "Status"
        "Status"
    col_received
        "Mottatt"
        "Motteken"
        "Received"
    col_concerns
        "Gjelder"
        "Gjeld"
        "Concerns"
    col_name
        "Navn"
        "Namn"
        "Name"
    col_sender
        "Avsender"
        "Avsendar"
        "Sender"
    col_responsible
        "Ansvarlig"
        "Ansvarleg"
        "Responsible"
    col_attachments
        "Vedlegg"
        "Vedlegg"
        "Attachments"
    hidden
        "Skjermet"
        "Skjerma"
        "Hidden"
    no_name
        "Uten navn"
        "Utan namn"
        "No name"
    nobody
        "Ingen"
        "Ingen"
        "Nobody"
    awareness
        "Til orientering"
        "Til orientering"
        "For information"
    awareness_text
        "Enheten din får bare vite at meldingen finnes og hvem som følger den opp. Innholdet er hos en annen enhet."
        "Eininga di får berre vite at meldinga finst og kven som følgjer ho opp. Innhaldet er hos ei anna eining."
        "Your unit is only told that the report exists and who follows it up. The content is with another unit."
    urgent
        "Haster"
        "Hastar"
        "Urgent"
    state_unread
        "Ulest"
        "Ulesen"
        "Unread"
    state_opened
        "Åpnet"
        "Opna"
        "Opened"
    state_taken
        "Under arbeid"
        "Under arbeid"
        "In progress"
    state_closed
        "Ferdig"
        "Ferdig"
        "Done"
}

impl Words {
    pub(in crate::inbox) const fn search_not_understood(self) -> &'static str {
        self.pick(
            "Skriv en referanse, en melding-id, et navn, et fødselsnummer (11 siffer) eller et organisasjonsnummer (9 siffer).",
            "Skriv ein referanse, ein meldings-id, eit namn, eit fødselsnummer (11 siffer) eller eit organisasjonsnummer (9 siffer).",
            "Type a reference, a message id, a name, an identity number (11 digits) or an organisation number (9 digits).",
        )
    }

    pub(in crate::inbox) const fn search_not_plain(self) -> &'static str {
        self.pick(
            "Bare referanser og melding-id-er kan stå i en lenke. Skriv det du leter etter, her.",
            "Berre referansar og meldings-id-ar kan stå i ei lenkje. Skriv det du leitar etter, her.",
            "Only references and message ids may stand in a link. Type what you are looking for here.",
        )
    }

    pub(in crate::inbox) const fn search_gone(self) -> &'static str {
        self.pick(
            "Søket er ikke her lenger. Et søk huskes i et kvarter, og bare der du gjorde det. Søk på nytt.",
            "Søket er ikkje her lenger. Eit søk blir hugsa i eit kvarter, og berre der du gjorde det. Søk på nytt.",
            "The search is not here any more. A search is remembered for a quarter of an hour, and only where you made it. Search again.",
        )
    }

    pub(in crate::inbox) const fn search_about(self) -> &'static str {
        self.pick(
            "Du kan skrive referansen, avsenderens id, personens navn eller fødselsnummer, eller avsenderens navn eller organisasjonsnummer. Navn søkes på hele ord. At du har søkt, blir loggført, men ikke hva du søkte etter.",
            "Du kan skrive referansen, id-en til avsendaren, namnet eller fødselsnummeret til personen, eller namnet eller organisasjonsnummeret til avsendaren. Namn blir søkte på heile ord. At du har søkt, blir loggført, men ikkje kva du søkte etter.",
            "You can type the reference, the sender's id, the person's name or identity number, or the sender's name or organisation number. Names are searched by whole words. That you have searched is logged, but not what for.",
        )
    }

    pub(in crate::inbox) const fn search_found(self) -> &'static str {
        self.pick("Søketreff", "Søketreff", "Search results")
    }

    pub(in crate::inbox) const fn search_in_senders(self) -> &'static str {
        self.pick("Søk på avsendere i stedet", "Søk på avsendarar i staden", "Search senders instead")
    }

    pub(in crate::inbox) const fn search_in_persons(self) -> &'static str {
        self.pick("Søk på personer i stedet", "Søk på personar i staden", "Search persons instead")
    }

    pub(in crate::inbox) const fn found_by_id(self) -> &'static str {
        self.pick("Meldinger med denne id-en", "Meldingar med denne id-en", "Reports with this id")
    }

    pub(in crate::inbox) const fn found_by_person_id(self) -> &'static str {
        self.pick("Meldinger om personen", "Meldingar om personen", "Reports about the person")
    }

    pub(in crate::inbox) const fn found_by_organisation(self) -> &'static str {
        self.pick("Meldinger fra virksomheten", "Meldingar frå verksemda", "Reports from the organisation")
    }

    pub(in crate::inbox) const fn found_by_name(self) -> &'static str {
        self.pick(
            "Meldinger om personer med navnet",
            "Meldingar om personar med namnet",
            "Reports about persons of that name",
        )
    }

    pub(in crate::inbox) const fn found_by_sender(self) -> &'static str {
        self.pick(
            "Meldinger fra avsendere med navnet",
            "Meldingar frå avsendarar med namnet",
            "Reports from senders of that name",
        )
    }

    pub(in crate::inbox) const fn found_nothing(self) -> &'static str {
        self.pick(
            "Ingen meldinger som du har tilgang til, passer med det du skrev.",
            "Ingen meldingar som du har tilgang til, passar med det du skreiv.",
            "No report that you have access to matches what you typed.",
        )
    }

    pub(in crate::inbox) const fn list_kind(self) -> &'static str {
        self.pick("Type", "Type", "Kind")
    }

    pub(in crate::inbox) const fn list_dimension(self) -> &'static str {
        self.pick("Side av behovet", "Side av behovet", "Side of the need")
    }

    pub(in crate::inbox) const fn list_due_week(self) -> &'static str {
        self.pick("Denne uken", "Denne veka", "This week")
    }

    pub(in crate::inbox) const fn list_team(self) -> &'static str {
        self.pick("Ansvarsgruppe", "Ansvarsgruppe", "Team around the person")
    }

    pub(in crate::inbox) const fn list_coordinator(self) -> &'static str {
        self.pick("Koordinator", "Koordinator", "Coordinator")
    }

    pub(in crate::inbox) const fn list_coordinator_yes(self) -> &'static str {
        self.pick("Har hovedkoordinator", "Har hovudkoordinator", "Has a main coordinator")
    }

    pub(in crate::inbox) const fn list_coordinator_no(self) -> &'static str {
        self.pick("Uten hovedkoordinator", "Utan hovudkoordinator", "Without a main coordinator")
    }

    pub(in crate::inbox) const fn list_municipality(self) -> &'static str {
        self.pick("Kommune", "Kommune", "Municipality")
    }

    pub(in crate::inbox) const fn list_narrow(self) -> &'static str {
        self.pick("Avgrens listen", "Avgrens lista", "Narrow the list")
    }

    pub(in crate::inbox) const fn list_narrowed(self) -> &'static str {
        self.pick("Listen er avgrenset til", "Lista er avgrensa til", "The list is narrowed to")
    }

    pub(in crate::inbox) const fn list_remove(self) -> &'static str {
        self.pick("Ta bort", "Ta bort", "Remove")
    }

    pub(in crate::inbox) const fn list_clear(self) -> &'static str {
        self.pick("Nullstill", "Nullstill", "Reset")
    }

    pub(in crate::inbox) const fn list_empty_narrowed(self) -> &'static str {
        self.pick(
            "Ingen meldinger i denne listen passer med det den er avgrenset til.",
            "Ingen meldingar i denne lista passar med det ho er avgrensa til.",
            "No report in this list matches what it is narrowed to.",
        )
    }

    pub(in crate::inbox) const fn list_drawn(self) -> &'static str {
        self.pick("Hentet", "Henta", "Fetched")
    }

    pub(in crate::inbox) const fn list_again(self) -> &'static str {
        self.pick("Oppdater listen", "Oppdater lista", "Refresh the list")
    }

    pub(in crate::inbox) const fn list_new_one(self) -> &'static str {
        self.pick("1 ny – vis den", "1 ny – vis den", "1 new – show it")
    }

    /// `#` stands for the number.
    pub(in crate::inbox) const fn list_new_many(self) -> &'static str {
        self.pick("# nye – vis dem", "# nye – vis dei", "# new – show them")
    }

    pub(in crate::inbox) const fn alike(self) -> &'static str {
        self.pick("Ligner på", "Liknar på", "Looks like")
    }

    pub(in crate::inbox) const fn alike_person(self) -> &'static str {
        self.pick(
            "Samme navn og fødselsdato, med et annet eller uten fødselsnummer",
            "Same namn og fødselsdato, med eit anna eller utan fødselsnummer",
            "The same name and date of birth, with another identity number or none",
        )
    }

    pub(in crate::inbox) const fn alike_twice_word(self) -> &'static str {
        self.pick("Kan være sendt to ganger", "Kan vere send to gonger", "May have been sent twice")
    }

    pub(in crate::inbox) const fn alike_twice(self) -> &'static str {
        self.pick(
            "Kan være sendt to ganger: samme person, avsender, dag og behov",
            "Kan vere send to gonger: same person, avsendar, dag og behov",
            "May have been sent twice: the same person, sender, day and needs",
        )
    }

    pub(in crate::inbox) const fn alike_day(self) -> &'static str {
        self.pick(
            "Samme avsender, dag og behov, og en av de to mangler fødselsnummer",
            "Same avsendar, dag og behov, og ei av dei to manglar fødselsnummer",
            "The same sender, day and needs, and one of the two has no identity number",
        )
    }
}
