//! Words about people, roles and access.

use crate::domain::GrantRefused;
use crate::domain::Language;
use crate::domain::Role;
use crate::inbox::texts::Words;

impl Words {
    pub(in crate::inbox) const fn people(self) -> &'static str {
        self.pick("Personer", "Personar", "People")
    }

    pub(in crate::inbox) const fn people_intro(self) -> &'static str {
        self.pick("Her ser du hvem som har tilgang, med hvilken rolle og hvor lenge. Alt du endrer, blir skrevet i hendelsesloggen.", "Her ser du kven som har tilgang, med kva rolle og kor lenge. Alt du endrar, blir skrive i hendingsloggen.", "Here you see who has access, in which role and for how long. Everything you change is written in the journal.")
    }

    pub(in crate::inbox) const fn people_none(self) -> &'static str {
        self.pick("Ingen har en rolle her ennå.", "Ingen har ei rolle her enno.", "Nobody has a role here yet.")
    }

    pub(in crate::inbox) const fn people_give(self) -> &'static str {
        self.pick("Gi en rolle", "Gi ei rolle", "Give a role")
    }

    pub(in crate::inbox) const fn people_login_hint(self) -> &'static str {
        self.pick(
            "Finnes brukernavnet, får den personen rollen. Ellers lages en ny bruker.",
            "Finst brukarnamnet, får den personen rolla. Elles blir det laga ein ny brukar.",
            "If the user name exists, that person gets the role. Otherwise a new account is made.",
        )
    }

    pub(in crate::inbox) const fn people_name(self) -> &'static str {
        self.pick("Navn på jobb", "Namn på jobb", "Name at work")
    }

    pub(in crate::inbox) const fn people_name_hint(self) -> &'static str {
        self.pick(
            "Trengs bare når brukeren er ny.",
            "Trengst berre når brukaren er ny.",
            "Needed only for a new account.",
        )
    }

    pub(in crate::inbox) const fn people_role(self) -> &'static str {
        self.pick("Rolle", "Rolle", "Role")
    }

    pub(in crate::inbox) const fn people_from(self) -> &'static str {
        self.pick("Fra og med", "Frå og med", "From")
    }

    pub(in crate::inbox) const fn people_period(self) -> &'static str {
        self.pick("Har rollen", "Har rolla", "Has the role")
    }

    pub(in crate::inbox) const fn people_to(self) -> &'static str {
        self.pick("Til og med", "Til og med", "Until and including")
    }

    pub(in crate::inbox) const fn people_to_hint(self) -> &'static str {
        self.pick(
            "Tomt: til rollen avsluttes. En gjest må ha en sluttdato.",
            "Tomt: til rolla blir avslutta. Ein gjest må ha ein sluttdato.",
            "Empty: until it is ended. A guest must have an end.",
        )
    }

    pub(in crate::inbox) const fn people_case(self) -> &'static str {
        self.pick("Referansen til saken", "Referansen til saka", "Reference of the case")
    }

    pub(in crate::inbox) const fn people_case_hint(self) -> &'static str {
        self.pick(
            "Bare for gjester, for eksempel 7K3-9QX-2MA.",
            "Berre for gjester, til dømes 7K3-9QX-2MA.",
            "Only for guests, such as 7K3-9QX-2MA.",
        )
    }

    pub(in crate::inbox) const fn people_cleared(self) -> &'static str {
        self.pick(
            "Kan behandle meldinger om personer med gradert adresse",
            "Kan behandle meldingar om personar med gradert adresse",
            "May handle reports about people with a graded address",
        )
    }

    pub(in crate::inbox) const fn people_cleared_short(self) -> &'static str {
        self.pick("Gradert adresse", "Gradert adresse", "Graded address")
    }

    pub(in crate::inbox) const fn people_replaces(self) -> &'static str {
        self.pick("Erstatter", "Erstattar", "Replaces")
    }

    pub(in crate::inbox) const fn people_replaces_hint(self) -> &'static str {
        self.pick(
            "Den som erstattes, mister tilgangen med det samme. De åpne sakene går til den nye, hvis rollen gjelder fra nå og gir tilgang til dem; ellers til Ufordelt.",
            "Den som blir erstatta, mistar tilgangen med det same. Dei opne sakene går til den nye, om rolla gjeld frå no og gir tilgang til dei; elles til Ufordelt.",
            "The one who is replaced loses access at once. The open cases go to the new one, if the role holds from now and gives access to them; else they are nobody's.",
        )
    }

    pub(in crate::inbox) const fn people_nobody(self) -> &'static str {
        self.pick("Ingen", "Ingen", "Nobody")
    }

    pub(in crate::inbox) const fn people_submit(self) -> &'static str {
        self.pick("Gi rollen", "Gi rolla", "Give the role")
    }

    pub(in crate::inbox) const fn people_end(self) -> &'static str {
        self.pick("Avslutt nå", "Avslutt no", "End now")
    }

    pub(in crate::inbox) const fn people_end_sure(self) -> &'static str {
        self.pick("Ja, avslutt tilgangen", "Ja, avslutt tilgangen", "Yes, end the access")
    }

    pub(in crate::inbox) const fn people_end_at_once(self) -> &'static str {
        self.pick("Tilgangen slutter med det samme.", "Tilgangen sluttar med det same.", "The access ends at once.")
    }

    pub(in crate::inbox) const fn people_end_oneself(self) -> &'static str {
        self.pick(
            "Dette er din egen tilgang. Du kan ikke gi deg den selv igjen.",
            "Dette er din eigen tilgang. Du kan ikkje gi deg han sjølv igjen.",
            "This is your own access. You cannot give it back to yourself.",
        )
    }

    pub(in crate::inbox) const fn people_end_last(self) -> &'static str {
        self.pick(
            "Enheten har ingen annen katalogadministrator. Etterpå kan ingen her gi eller avslutte tilganger; drift må gjøre det.",
            "Eininga har ingen annan katalogadministrator. Etterpå kan ingen her gi eller avslutte tilgangar; drift må gjere det.",
            "The unit has no other directory administrator. After this nobody here can give or end access; an operator must do it.",
        )
    }

    pub(in crate::inbox) const fn grant_guest_case(self) -> &'static str {
        self.pick(
            "Skriv referansen til den ene saken gjesten skal se.",
            "Skriv referansen til den eine saka gjesten skal sjå.",
            "Write the reference of the one case that the guest shall see.",
        )
    }

    pub(in crate::inbox) const fn grant_guest_to(self) -> &'static str {
        self.pick("Skriv siste dag for gjesten.", "Skriv siste dag for gjesten.", "Write the guest's last day.")
    }

    pub(in crate::inbox) const fn grant_case_only_guest(self) -> &'static str {
        self.pick(
            "Bare en gjest har én sak. La feltet stå tomt for andre roller.",
            "Berre ein gjest har éi sak. La feltet stå tomt for andre roller.",
            "Only a guest has one case. Leave the field empty for other roles.",
        )
    }

    pub(in crate::inbox) const fn people_link(self) -> &'static str {
        self.pick("Ny engangslenke", "Ny eingongslenkje", "New one-time link")
    }

    pub(in crate::inbox) const fn people_link_elsewhere(self) -> &'static str {
        self.pick(
            "Har roller i andre enheter. Den som driver innboksen, lager en ny engangslenke.",
            "Har roller i andre einingar. Den som driv innboksen, lagar ei ny eingongslenkje.",
            "Has roles in other units. The one who runs the inbox makes a new one-time link.",
        )
    }

    pub(in crate::inbox) const fn people_link_heading(self) -> &'static str {
        self.pick("Engangslenke til", "Eingongslenkje til", "One-time link for")
    }

    pub(in crate::inbox) const fn people_link_text(self) -> &'static str {
        self.pick(
            "Gi lenken til personen på en trygg måte. Den kan brukes én gang, og vises bare her og nå.",
            "Gi lenkja til personen på ein trygg måte. Ho kan brukast éin gong, og blir vist berre her og no.",
            "Give the link to the person in a safe way. It works once, and is shown only here and now.",
        )
    }

    pub(in crate::inbox) const fn people_given(self) -> &'static str {
        self.pick("Rollen er gitt.", "Rolla er gitt.", "The role has been given.")
    }

    pub(in crate::inbox) const fn people_ended(self) -> &'static str {
        self.pick(
            "Rollen er avsluttet, og personen er logget ut. Åpne saker som personen ikke har tilgang til lenger, er Ufordelt.",
            "Rolla er avslutta, og personen er logga ut.",
            "The role has been ended, and the person is signed out.",
        )
    }

    pub(in crate::inbox) const fn people_was_ended(self) -> &'static str {
        self.pick("Rollen var alt avsluttet.", "Rolla var alt avslutta.", "The role had ended already.")
    }

    pub(in crate::inbox) const fn people_past(self) -> &'static str {
        self.pick("Avsluttede roller", "Avslutta roller", "Roles that have ended")
    }

    pub(in crate::inbox) const fn people_now(self) -> &'static str {
        self.pick("Tilgang nå og senere", "Tilgang no og seinare", "Access now and later")
    }

    pub(in crate::inbox) const fn people_not_yet(self) -> &'static str {
        self.pick("Ikke begynt", "Ikkje byrja", "Not begun")
    }

    pub(in crate::inbox) const fn people_no_end(self) -> &'static str {
        self.pick("uten sluttdato", "utan sluttdato", "no end")
    }

    pub(in crate::inbox) const fn people_few_cleared(self) -> &'static str {
        self.pick(
            "Ingen her kan åpne meldinger om gradert adresse. Da må minst to være klarert av hver sin: en saksbehandler eller sekretær som åpner, og en annen saksbehandler, sekretær eller leder som godkjenner. Fagsystemer og andre roller teller ikke.",
            "Ingen her kan opne meldingar om gradert adresse. Då må minst to vere klarerte av kvar sin: ein saksbehandlar eller sekretær som opnar, og ein annan saksbehandlar, sekretær eller leiar som godkjenner. Fagsystem og andre roller tel ikkje.",
            "Nobody here can open reports with a graded address. For that, different people must have cleared at least two: a case worker or secretary who opens, and another case worker, secretary or leader who agrees. Case systems and other roles do not count.",
        )
    }

    pub(in crate::inbox) const fn grant_oneself(self) -> &'static str {
        self.pick(
            "Ingen kan gi seg selv en rolle. Be en annen om det.",
            "Ingen kan gi seg sjølv ei rolle. Be ein annan om det.",
            "Nobody gives a role to themselves. Ask somebody else.",
        )
    }

    pub(in crate::inbox) const fn grant_not_by_role(self) -> &'static str {
        self.pick(
            "Rollen din gir deg ikke lov til å gi denne rollen i denne enheten.",
            "Rolla di gir deg ikkje lov til å gi denne rolla i denne eininga.",
            "Your role does not let you give this role in this unit.",
        )
    }

    pub(in crate::inbox) const fn grant_guest(self) -> &'static str {
        self.pick(
            "En gjest må ha én sak og en sluttdato, og bare gjester har en sak.",
            "Ein gjest må ha éi sak og ein sluttdato, og berre gjester har ei sak.",
            "A guest must have one case and an end, and only guests have a case.",
        )
    }

    pub(in crate::inbox) const fn grant_guest_cleared(self) -> &'static str {
        self.pick(
            "En gjest har bare én sak og kan ikke klareres for gradert adresse.",
            "Ein gjest har berre éi sak og kan ikkje klarerast for gradert adresse.",
            "A guest has only one case and cannot be cleared for graded addresses.",
        )
    }

    pub(in crate::inbox) const fn grant_never(self) -> &'static str {
        self.pick(
            "Datoene gjør at rollen aldri ville gjelde. Se over fra og til.",
            "Datoane gjer at rolla aldri ville gjelde. Sjå over frå og til.",
            "With these dates the role would never hold. Look at from and until.",
        )
    }

    pub(in crate::inbox) const fn grant_date(self) -> &'static str {
        self.pick(
            "Skriv datoen som åååå-mm-dd, for eksempel 2026-11-21.",
            "Skriv datoen som åååå-mm-dd, til dømes 2026-11-21.",
            "Write the date as yyyy-mm-dd, such as 2026-11-21.",
        )
    }

    pub(in crate::inbox) const fn grant_no_case(self) -> &'static str {
        self.pick(
            "Enheten har ingen sak med den referansen.",
            "Eininga har inga sak med den referansen.",
            "The unit has no case with that reference.",
        )
    }

    pub(in crate::inbox) const fn grant_login(self) -> &'static str {
        self.pick(
            "Brukernavnet må ha mellom 2 og 60 tegn, uten mellomrom.",
            "Brukarnamnet må ha mellom 2 og 60 teikn, utan mellomrom.",
            "The user name must have between 2 and 60 characters and no blanks.",
        )
    }

    pub(in crate::inbox) const fn grant_name(self) -> &'static str {
        self.pick(
            "Brukernavnet finnes ikke fra før. Skriv navnet til den nye brukeren, uten noe nummer.",
            "Brukarnamnet finst ikkje frå før. Skriv namnet til den nye brukaren, utan noko nummer.",
            "There is no such user name yet. Write the name of the new person, without any number.",
        )
    }

    pub(in crate::inbox) const fn grant_has_ended(self) -> &'static str {
        self.pick(
            "Brukeren er avsluttet og kan ikke få roller. Velg et annet brukernavn.",
            "Brukaren er avslutta og kan ikkje få roller. Vel eit anna brukarnamn.",
            "That account has ended and cannot be given roles. Choose another user name.",
        )
    }

    pub(in crate::inbox) const fn grant_has_it(self) -> &'static str {
        self.pick(
            "Personen har denne rollen fra før.",
            "Personen har denne rolla frå før.",
            "The person has this role already.",
        )
    }

    pub(in crate::inbox) const fn fault_ended(self) -> &'static str {
        self.pick("Tilgangen din er over", "Tilgangen din er over", "Your access is over")
    }

    pub(in crate::inbox) const fn fault_ended_text(self) -> &'static str {
        self.pick("Du hadde tilgang til denne saken for en tid, og den tiden er ute. Spør enheten hvis du trenger den fortsatt.", "Du hadde tilgang til denne saka for ei tid, og den tida er ute. Spør eininga om du treng ho framleis.", "You had access to this case for a time, and that time is over. Ask the unit if you still need it.")
    }

    pub(in crate::inbox) const fn fault_role(self) -> &'static str {
        self.pick(
            "Rollen din gir ikke tilgang til dette",
            "Rolla di gir ikkje tilgang til dette",
            "Your role does not give access to this",
        )
    }

    pub(in crate::inbox) const fn fault_role_text(self) -> &'static str {
        self.pick("Ingenting er gjort. Forsøket er skrevet i hendelsesloggen. Trenger du tilgang i jobben, kan den som administrerer personene i enheten, gi deg en annen rolle.", "Ingenting er gjort. Forsøket er skrive i hendingsloggen. Treng du tilgang i jobben, kan den som administrerer personane i eininga, gi deg ei anna rolle.", "Nothing was done. The attempt is in the journal. If your work needs it, whoever administers the people of the unit can give you another role.")
    }

    pub(in crate::inbox) const fn role_sees(self) -> &'static str {
        self.pick("Du ser hvordan saken står", "Du ser korleis saka står", "You see how the case stands")
    }

    pub(in crate::inbox) const fn role_sees_text(self) -> &'static str {
        self.pick(
            "Du ser at meldingen finnes og hvordan den står, men ikke hva som står i den.",
            "Du ser at meldinga finst og korleis ho står, men ikkje kva som står i ho.",
            "You see that the report is there and how it stands, but not what is in it.",
        )
    }

    pub(in crate::inbox) const fn second_heading(self) -> &'static str {
        self.pick("To må være enige om å åpne", "To må vere einige om å opne", "Two must agree to open")
    }

    pub(in crate::inbox) const fn second_text(self) -> &'static str {
        self.pick("Personen har gradert adresse. En annen som er klarert, må godkjenne at du åpner meldingen. Begge blir skrevet i hendelsesloggen.", "Personen har gradert adresse. Ein annan som er klarert, må godkjenne at du opnar meldinga. Begge blir skrivne i hendingsloggen.", "The person's address is graded. Somebody else who is cleared must agree that you open the report. Both are written in the journal.")
    }

    pub(in crate::inbox) const fn second_ask(self) -> &'static str {
        self.pick("Be en annen godkjenne", "Be ein annan godkjenne", "Ask somebody to agree")
    }

    pub(in crate::inbox) const fn second_waits(self) -> &'static str {
        self.pick(
            "Du har bedt om det. Når en annen har godkjent, kan du åpne meldingen her.",
            "Du har bede om det. Når ein annan har godkjent, kan du opne meldinga her.",
            "You have asked. When somebody has agreed, you can open the report here.",
        )
    }

    pub(in crate::inbox) const fn second_asks(self) -> &'static str {
        self.pick("ber om å få åpne", "ber om å få opne", "asks to open")
    }

    pub(in crate::inbox) const fn second_agree_text(self) -> &'static str {
        self.pick("Godkjenn bare når du vet at personen trenger å lese meldingen i jobben sin. Godkjenningen gjelder i åtte timer.", "Godkjenn berre når du veit at personen treng å lese meldinga i jobben sin. Godkjenninga gjeld i åtte timar.", "Agree only when you know that the person needs to read the report for their work. It holds for eight hours.")
    }

    pub(in crate::inbox) const fn second_agree(self) -> &'static str {
        self.pick("Godkjenn åpning", "Godkjenn opning", "Agree to the opening")
    }

    pub(in crate::inbox) const fn second_list(self) -> &'static str {
        self.pick("Venter på deg som nummer to", "Ventar på deg som nummer to", "Waiting for you as the second person")
    }

    pub(in crate::inbox) const fn second_nobody(self) -> &'static str {
        self.pick("Ingen venter på deg.", "Ingen ventar på deg.", "Nobody is waiting for you.")
    }

    pub(in crate::inbox) const fn second_link(self) -> &'static str {
        self.pick("Se hvem", "Sjå kven", "See who")
    }

    pub(in crate::inbox) const fn top_links(self) -> &'static str {
        self.pick("Hovedmeny", "Hovudmeny", "Main menu")
    }

    pub(in crate::inbox) const fn top_menu(self) -> &'static str {
        self.pick("Meny", "Meny", "Menu")
    }

    pub(in crate::inbox) const fn manual_people_link(self) -> &'static str {
        self.pick("Se personene", "Sjå personane", "See the people")
    }
}

/// Words that hang on what they are about.
impl Words {
    pub(in crate::inbox) const fn role(self, role: Role) -> &'static str {
        match role {
            Role::CaseWorker => self.pick("Saksbehandler", "Saksbehandlar", "Case worker"),
            Role::Secretary => self.pick("Sekretær", "Sekretær", "Secretary"),
            Role::Leader => self.pick("Leder", "Leiar", "Leader"),
            Role::Member => self.pick("Medlem av gruppen", "Medlem av gruppa", "Member of the group"),
            Role::Guest => self.pick("Gjest i én sak", "Gjest i éi sak", "Guest in one case"),
            Role::Coordinator => self.pick("Koordinator", "Koordinator", "Coordinator"),
            Role::DirectoryAdministrator => {
                self.pick("Katalogadministrator", "Katalogadministrator", "Directory administrator")
            }
            Role::Auditor => self.pick("Revisor (bare loggen)", "Revisor (berre loggen)", "Auditor (the journal only)"),
            Role::SystemCoordinator => self.pick("Systemkoordinator", "Systemkoordinator", "System coordinator"),
        }
    }

    pub(in crate::inbox) const fn grant_refused(self, why: GrantRefused) -> &'static str {
        match why {
            GrantRefused::OneSelf => self.grant_oneself(),
            GrantRefused::NotByRole => self.grant_not_by_role(),
            GrantRefused::GuestWithoutCase => self.grant_guest(),
            GrantRefused::GuestCleared => self.grant_guest_cleared(),
            GrantRefused::NotCleared => self.cleared_by_whom(),
            GrantRefused::NeverHolds => self.grant_never(),
        }
    }

    pub(in crate::inbox) fn second_waiting(self, count: usize) -> String {
        match self.0 {
            Language::Nb => format!("{count} venter på at du godkjenner åpning av en melding om gradert adresse."),
            Language::Nn => format!("{count} ventar på at du godkjenner opning av ei melding om gradert adresse."),
            Language::En => {
                format!("{count} waiting for you to agree to the opening of a report with a graded address.")
            }
        }
    }

    pub(in crate::inbox) fn graded_hidden(self, count: u64) -> String {
        let one = count == 1;
        match self.0 {
            Language::Nb => {
                let what = if one { "melding" } else { "meldinger" };
                format!(
                    "Enheten har {count} {what} under arbeid som bare de som er klarert for gradert adresse, kan se."
                )
            }
            Language::Nn => {
                let what = if one { "melding" } else { "meldingar" };
                format!(
                    "Eininga har {count} {what} under arbeid som berre dei som er klarerte for gradert adresse, kan sjå."
                )
            }
            Language::En => {
                let what = if one { "report" } else { "reports" };
                format!(
                    "The unit has {count} {what} under way that only those who are cleared for graded addresses can see."
                )
            }
        }
    }
}
