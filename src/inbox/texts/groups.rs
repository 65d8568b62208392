//! Words about groups that meet: meetings, agendas, minutes, tasks and questions.

use crate::domain::Language;
use crate::domain::MeetingDecision;
use crate::domain::TaskKind;
use crate::inbox::icon::Icon;
use crate::inbox::texts::Words;

impl Words {
    pub(in crate::inbox) const fn groups(self) -> &'static str {
        self.pick("Grupper", "Grupper", "Groups")
    }

    pub(in crate::inbox) const fn group(self) -> &'static str {
        self.pick("Gruppe", "Gruppe", "Group")
    }

    pub(in crate::inbox) const fn tab_group(self) -> &'static str {
        self.pick("Gruppens", "Gruppa sine", "The group’s")
    }

    pub(in crate::inbox) const fn empty_group(self) -> &'static str {
        self.pick(
            "Ingen saker er løftet til gruppene du er med i.",
            "Ingen saker er løfta til gruppene du er med i.",
            "No case has been lifted to the groups that you take part in.",
        )
    }

    pub(in crate::inbox) const fn meeting(self) -> &'static str {
        self.pick("Møte", "Møte", "Meeting")
    }

    pub(in crate::inbox) const fn meeting_next(self) -> &'static str {
        self.pick("Neste møte", "Neste møte", "Next meeting")
    }

    pub(in crate::inbox) const fn meeting_none(self) -> &'static str {
        self.pick("Ingen møter er planlagt.", "Ingen møte er planlagde.", "No meeting is planned.")
    }

    pub(in crate::inbox) const fn meetings_later(self) -> &'static str {
        self.pick("Senere møter", "Seinare møte", "Later meetings")
    }

    pub(in crate::inbox) const fn meetings_past(self) -> &'static str {
        self.pick("Tidligere møter", "Tidlegare møte", "Earlier meetings")
    }

    pub(in crate::inbox) const fn meeting_extraordinary(self) -> &'static str {
        self.pick("Ekstraordinært", "Ekstraordinært", "Extraordinary")
    }

    pub(in crate::inbox) const fn meeting_cancelled(self) -> &'static str {
        self.pick("Avlyst", "Avlyst", "Called off")
    }

    pub(in crate::inbox) const fn meeting_calendar(self) -> &'static str {
        self.pick("Legg i kalenderen", "Legg i kalenderen", "Add to calendar")
    }

    pub(in crate::inbox) const fn meeting_open(self) -> &'static str {
        self.pick("Åpne møtet", "Opne møtet", "Open the meeting")
    }

    pub(in crate::inbox) const fn meeting_call_heading(self) -> &'static str {
        self.pick("Planlegg et møte", "Planlegg eit møte", "Plan a meeting")
    }

    pub(in crate::inbox) const fn meeting_call(self) -> &'static str {
        self.pick("Kall inn til møte", "Kall inn til møte", "Call the meeting")
    }

    pub(in crate::inbox) const fn call_extraordinary(self) -> &'static str {
        self.pick(
            "Kall inn til ekstraordinært møte",
            "Kall inn til ekstraordinært møte",
            "Call an extraordinary meeting",
        )
    }

    pub(in crate::inbox) const fn meeting_move_heading(self) -> &'static str {
        self.pick("Endre tid eller sted", "Endre tid eller stad", "Change time or place")
    }

    pub(in crate::inbox) const fn meeting_move(self) -> &'static str {
        self.pick("Flytt møtet", "Flytt møtet", "Move the meeting")
    }

    pub(in crate::inbox) const fn meeting_cancel(self) -> &'static str {
        self.pick("Avlys møtet", "Avlys møtet", "Call off the meeting")
    }

    pub(in crate::inbox) const fn meeting_cancel_text(self) -> &'static str {
        self.pick(
            "Sakene på listen venter da på et annet møte. Gruppen får beskjed.",
            "Sakene på lista ventar då på eit anna møte. Gruppa får beskjed.",
            "The cases on the list then wait for another meeting. The group is told.",
        )
    }

    pub(in crate::inbox) const fn meeting_day(self) -> &'static str {
        self.pick("Dag", "Dag", "Day")
    }

    pub(in crate::inbox) const fn meeting_time(self) -> &'static str {
        self.pick("Klokkeslett", "Klokkeslett", "Time")
    }

    pub(in crate::inbox) const fn meeting_minutes(self) -> &'static str {
        self.pick("Varighet i minutter", "Lengd i minutt", "Length in minutes")
    }

    pub(in crate::inbox) const fn meeting_place(self) -> &'static str {
        self.pick("Sted", "Stad", "Place")
    }

    pub(in crate::inbox) const fn meeting_place_hint(self) -> &'static str {
        self.pick(
            "Et møterom. Stedet står i innkallingen, så skriv ikke noe om personer.",
            "Eit møterom. Staden står i innkallinga, så skriv ikkje noko om personar.",
            "A room. The place stands in the invitation, so write nothing about persons.",
        )
    }

    pub(in crate::inbox) const fn meeting_told(self) -> &'static str {
        self.pick(
            "Gruppen får en innkalling uten personopplysninger, med en kalenderfil.",
            "Gruppa får ei innkalling utan personopplysningar, med ei kalenderfil.",
            "The group gets an invitation without personal data, with a file for the calendar.",
        )
    }

    pub(in crate::inbox) fn meeting_minutes_long(self, minutes: u32) -> String {
        format!("{minutes} {}", self.pick("minutter", "minutt", "minutes"))
    }

    pub(in crate::inbox) const fn meeting_in_the_past(self) -> &'static str {
        self.pick(
            "Velg en dag og et klokkeslett som ikke har vært.",
            "Vel ein dag og eit klokkeslett som ikkje har vore.",
            "Choose a day and a time that lie ahead.",
        )
    }

    pub(in crate::inbox) const fn meeting_length_wrong(self) -> &'static str {
        self.pick(
            "Et møte varer fra 15 minutter til 8 timer.",
            "Eit møte varer frå 15 minutt til 8 timar.",
            "A meeting lasts from 15 minutes to 8 hours.",
        )
    }

    pub(in crate::inbox) const fn meeting_place_long(self) -> &'static str {
        self.pick(
            "Stedet kan ha 80 tegn og én linje.",
            "Staden kan ha 80 teikn og éi linje.",
            "The place can have 80 characters and one line.",
        )
    }

    pub(in crate::inbox) const fn meeting_place_number(self) -> &'static str {
        self.pick(
            "Stedet kan ikke ha et langt tall: det kan være et personnummer eller telefonnummer.",
            "Staden kan ikkje ha eit langt tal: det kan vere eit personnummer eller telefonnummer.",
            "The place cannot have a long number: it could be an identity number or a telephone number.",
        )
    }

    /// What has been done, by its word in the address.
    pub(in crate::inbox) fn meeting_done(self, word: &str) -> Option<&'static str> {
        Some(match word {
            "called" => self.pick(
                "Møtet er satt opp, og gruppen blir varslet.",
                "Møtet er sett opp, og gruppa blir varsla.",
                "The meeting is planned, and the group is being told.",
            ),
            "moved" => self.pick(
                "Møtet er endret, og gruppen blir varslet.",
                "Møtet er endra, og gruppa blir varsla.",
                "The meeting is changed, and the group is being told.",
            ),
            "cancelled" => self.pick(
                "Møtet er avlyst, og gruppen blir varslet.",
                "Møtet er avlyst, og gruppa blir varsla.",
                "The meeting is called off, and the group is being told.",
            ),
            "put" => {
                self.pick("Sakene står på sakslisten.", "Sakene står på saklista.", "The cases are on the agenda.")
            }
            "ordered" => self.pick("Rekkefølgen er endret.", "Rekkjefølgja er endra.", "The order is changed."),
            "off" => {
                self.pick("Saken er tatt av sakslisten.", "Saka er teken av saklista.", "The case is off the agenda.")
            }
            "other" => self.pick(
                "Saken er flyttet til det andre møtet.",
                "Saka er flytta til det andre møtet.",
                "The case is moved to the other meeting.",
            ),
            "minutes" => self.pick("Referatet er lagret.", "Referatet er lagra.", "The minutes are kept."),
            _ => return None,
        })
    }

    pub(in crate::inbox) const fn agenda(self) -> &'static str {
        self.pick("Saksliste", "Sakliste", "Agenda")
    }

    pub(in crate::inbox) const fn agenda_empty(self) -> &'static str {
        self.pick("Ingen saker står på listen.", "Ingen saker står på lista.", "No case is on the list.")
    }

    pub(in crate::inbox) fn agenda_hidden(self, count: usize) -> String {
        match self.0 {
            Language::Nb if count == 1 => "Og 1 sak som du ikke ser.".to_owned(),
            Language::Nn if count == 1 => "Og 1 sak som du ikkje ser.".to_owned(),
            Language::En if count == 1 => "And 1 case that you do not see.".to_owned(),
            Language::Nb => format!("Og {count} saker som du ikke ser."),
            Language::Nn => format!("Og {count} saker som du ikkje ser."),
            Language::En => format!("And {count} cases that you do not see."),
        }
    }

    pub(in crate::inbox) fn agenda_number(self, number: u32) -> String {
        match self.0 {
            Language::Nb => format!("sak {number} på sakslisten"),
            Language::Nn => format!("sak {number} på saklista"),
            Language::En => format!("number {number} on the agenda"),
        }
    }

    pub(in crate::inbox) const fn agenda_earlier(self) -> &'static str {
        self.pick("Flytt opp", "Flytt opp", "Move up")
    }

    pub(in crate::inbox) const fn agenda_later(self) -> &'static str {
        self.pick("Flytt ned", "Flytt ned", "Move down")
    }

    pub(in crate::inbox) const fn agenda_off(self) -> &'static str {
        self.pick("Ta av listen", "Ta av lista", "Take off")
    }

    pub(in crate::inbox) const fn agenda_put(self) -> &'static str {
        self.pick("Sett på sakslisten", "Set på saklista", "Put on the agenda")
    }

    pub(in crate::inbox) const fn agenda_put_all(self) -> &'static str {
        self.pick("Sett alle på sakslisten", "Set alle på saklista", "Put all on the agenda")
    }

    pub(in crate::inbox) const fn lifted_because(self) -> &'static str {
        self.pick("Løftet fordi", "Løfta fordi", "Lifted because")
    }

    /// A step with what it means, from its code.
    pub(in crate::inbox) fn lift_step(self, code: &str) -> String {
        let step = self.case_code(code).unwrap_or(code);
        let means = match code {
            "I" => {
                self.pick("prøvd løst i egen tjeneste", "prøvd løyst i eiga teneste", "tried within the service itself")
            }
            "II" => self.pick(
                "prøvd løst sammen med andre tjenester og samarbeidspartnere",
                "prøvd løyst saman med andre tenester og samarbeidspartnarar",
                "tried together with other services and partners",
            ),
            "III" => self.pick(
                "trinn I og II førte ikke fram, og gruppen må avgjøre",
                "steg I og II førte ikkje fram, og gruppa må avgjere",
                "steps I and II did not help, and the group must decide",
            ),
            _ => return step.to_owned(),
        };
        format!("{step}: {means}")
    }

    pub(in crate::inbox) const fn meeting_held_at(self) -> &'static str {
        self.pick("Tid", "Tid", "Time")
    }

    pub(in crate::inbox) const fn minutes_not_for_you(self) -> &'static str {
        self.pick(
            "Referatet er skrevet, men er ikke med her: det leses bare av dem som kan lese saken.",
            "Referatet er skrive, men er ikkje med her: det blir lese berre av dei som kan lese saka.",
            "Minutes are written and not in here: only those who may read the case read them.",
        )
    }

    pub(in crate::inbox) const fn put_on_which(self) -> &'static str {
        self.pick("På hvilket møte", "På kva møte", "On which meeting")
    }

    pub(in crate::inbox) const fn agenda_other(self) -> &'static str {
        self.pick("Til et annet møte", "Til eit anna møte", "To another meeting")
    }

    pub(in crate::inbox) const fn agenda_move(self) -> &'static str {
        self.pick("Flytt saken", "Flytt saka", "Move the case")
    }

    pub(in crate::inbox) const fn meeting_on_a_weekend(self) -> &'static str {
        self.pick("Dagen er en lørdag eller søndag.", "Dagen er ein laurdag eller søndag.", "The day is in a weekend.")
    }

    pub(in crate::inbox) const fn meeting_on_a_holiday(self) -> &'static str {
        self.pick("Dagen er en helligdag.", "Dagen er ein heilagdag.", "The day is a public holiday.")
    }

    pub(in crate::inbox) fn meeting_meanwhile(self, other: &str) -> String {
        match self.0 {
            Language::Nb => format!("Gruppen har et annet møte på samme tid: {other}."),
            Language::Nn => format!("Gruppa har eit anna møte på same tid: {other}."),
            Language::En => format!("The group has another meeting at the same time: {other}."),
        }
    }

    pub(in crate::inbox) const fn meeting_sure(self) -> &'static str {
        self.pick(
            "Er det meningen, så send skjemaet en gang til slik det er. Ellers velger du en annen tid.",
            "Er det meininga, så send skjemaet ein gong til slik det er. Elles vel du ei anna tid.",
            "If that is meant, send the form once more as it is. If not, choose another time.",
        )
    }

    pub(in crate::inbox) const fn waiting_heading(self) -> &'static str {
        self.pick("Venter på møte", "Ventar på møte", "Waiting for a meeting")
    }

    pub(in crate::inbox) const fn waiting_none(self) -> &'static str {
        self.pick("Ingen saker venter.", "Ingen saker ventar.", "No case is waiting.")
    }

    pub(in crate::inbox) const fn to_group(self) -> &'static str {
        self.pick("Til gruppens side", "Til sida til gruppa", "To the group’s page")
    }

    pub(in crate::inbox) fn wait_past_month(self, days: i32) -> String {
        match self.0 {
            Language::Nb => format!("Møtet er {days} dager etter mottak: over en måned. Gi et foreløpig svar"),
            Language::Nn => format!("Møtet er {days} dagar etter mottak: over ein månad. Gi eit førebels svar"),
            Language::En => {
                format!("The meeting is {days} days after receipt: over a month. Give a preliminary answer")
            }
        }
    }

    pub(in crate::inbox) fn wait_urgent(self, days: i32) -> String {
        match self.0 {
            Language::Nb => format!("Haster, og møtet er {days} dager etter mottak"),
            Language::Nn => format!("Hastar, og møtet er {days} dagar etter mottak"),
            Language::En => format!("Urgent, and the meeting is {days} days after receipt"),
        }
    }

    pub(in crate::inbox) const fn wait_no_meeting(self) -> &'static str {
        self.pick("Ingen møter er planlagt", "Ingen møte er planlagde", "No meeting is planned")
    }

    pub(in crate::inbox) fn group_urgent(self, count: usize) -> String {
        match self.0 {
            Language::Nb if count == 1 => "1 sak haster og kan ikke vente på neste møte.".to_owned(),
            Language::Nb => format!("{count} saker haster og kan ikke vente på neste møte."),
            Language::Nn if count == 1 => "1 sak hastar og kan ikkje vente på neste møte.".to_owned(),
            Language::Nn => format!("{count} saker hastar og kan ikkje vente på neste møte."),
            Language::En if count == 1 => "1 case is urgent and cannot wait for the next meeting.".to_owned(),
            Language::En => format!("{count} cases are urgent and cannot wait for the next meeting."),
        }
    }

    pub(in crate::inbox) fn group_urgent_no_meeting(self, count: usize) -> String {
        match self.0 {
            Language::Nb if count == 1 => "1 sak haster, og ingen møter er planlagt.".to_owned(),
            Language::Nb => format!("{count} saker haster, og ingen møter er planlagt."),
            Language::Nn if count == 1 => "1 sak hastar, og ingen møte er planlagde.".to_owned(),
            Language::Nn => format!("{count} saker hastar, og ingen møte er planlagde."),
            Language::En if count == 1 => "1 case is urgent, and no meeting is planned.".to_owned(),
            Language::En => format!("{count} cases are urgent, and no meeting is planned."),
        }
    }

    pub(in crate::inbox) fn group_no_meeting(self, count: usize) -> String {
        match self.0 {
            Language::Nb if count == 1 => "1 sak venter, og ingen møter er planlagt.".to_owned(),
            Language::Nb => format!("{count} saker venter, og ingen møter er planlagt."),
            Language::Nn if count == 1 => "1 sak ventar, og ingen møte er planlagde.".to_owned(),
            Language::Nn => format!("{count} saker ventar, og ingen møte er planlagde."),
            Language::En if count == 1 => "1 case waits, and no meeting is planned.".to_owned(),
            Language::En => format!("{count} cases wait, and no meeting is planned."),
        }
    }

    /// For those who call no meeting and answer nobody.
    pub(in crate::inbox) const fn group_late_wait(self) -> &'static str {
        self.pick(
            "Melder skal ha et foreløpig svar innen en måned. Si fra til lederen eller sekretæren: de kan kalle inn til et møte.",
            "Meldaren skal ha eit førebels svar innan ein månad. Sei frå til leiaren eller sekretæren: dei kan kalle inn til eit møte.",
            "The sender must have a preliminary answer within a month. Tell the leader or the secretary: they can call a meeting.",
        )
    }

    pub(in crate::inbox) fn group_late(self, count: usize) -> String {
        match self.0 {
            Language::Nb if count == 1 => "1 sak må vente mer enn en måned på et møte.".to_owned(),
            Language::Nb => format!("{count} saker må vente mer enn en måned på et møte."),
            Language::Nn if count == 1 => "1 sak må vente meir enn ein månad på eit møte.".to_owned(),
            Language::Nn => format!("{count} saker må vente meir enn ein månad på eit møte."),
            Language::En if count == 1 => "1 case has to wait more than a month for a meeting.".to_owned(),
            Language::En => format!("{count} cases have to wait more than a month for a meeting."),
        }
    }

    pub(in crate::inbox) const fn group_late_text(self) -> &'static str {
        self.pick(
            "Melder skal ha et foreløpig svar innen en måned. Kall inn til et møte før det, eller sørg for at melder får svar nå.",
            "Meldaren skal ha eit førebels svar innan ein månad. Kall inn til eit møte før det, eller sørg for at meldaren får svar no.",
            "The sender must have a preliminary answer within a month. Call a meeting before that, or see to it that the sender is \
             answered now.",
        )
    }

    pub(in crate::inbox) const fn group_urgent_text(self) -> &'static str {
        self.pick(
            "Sakene settes på sakslisten, og gruppen varsles, når du kaller inn.",
            "Sakene blir sette på saklista, og gruppa blir varsla, når du kallar inn.",
            "The cases are put on the agenda and the group is told when you call the meeting.",
        )
    }

    pub(in crate::inbox) const fn group_urgent_wait(self) -> &'static str {
        self.pick(
            "Si fra til lederen eller sekretæren: de kan kalle inn til et ekstraordinært møte.",
            "Sei frå til leiaren eller sekretæren: dei kan kalle inn til eit ekstraordinært møte.",
            "Tell the leader or the secretary: they can call an extraordinary meeting.",
        )
    }

    pub(in crate::inbox) const fn minutes(self) -> &'static str {
        self.pick("Referat", "Referat", "Minutes")
    }

    pub(in crate::inbox) const fn minutes_write(self) -> &'static str {
        self.pick("Skriv referat", "Skriv referat", "Write minutes")
    }

    pub(in crate::inbox) const fn minutes_change(self) -> &'static str {
        self.pick("Se eller endre referatet", "Sjå eller endre referatet", "See or change the minutes")
    }

    pub(in crate::inbox) const fn minutes_read(self) -> &'static str {
        self.pick("Les referatet", "Les referatet", "Read the minutes")
    }

    pub(in crate::inbox) const fn minutes_after_the_lift(self) -> &'static str {
        self.pick(
            "Saken er ikke lenger løftet hit. Du kan skrive hva møtet sa om den, én gang; det leses også av dem som har saken.",
            "Saka er ikkje lenger løfta hit. Du kan skrive kva møtet sa om ho, éin gong; det blir lese òg av dei som har saka.",
            "The case is no longer lifted to here. You can write what the meeting said of it, once; those who have the case read it too.",
        )
    }

    pub(in crate::inbox) const fn minutes_written(self) -> &'static str {
        self.pick("Referat skrevet", "Referat skrive", "Minutes written")
    }

    pub(in crate::inbox) const fn minutes_by(self) -> &'static str {
        self.pick("Skrevet av", "Skrive av", "Written by")
    }

    pub(in crate::inbox) const fn minutes_keep(self) -> &'static str {
        self.pick("Lagre referatet", "Lagre referatet", "Keep the minutes")
    }

    pub(in crate::inbox) const fn minutes_said(self) -> &'static str {
        self.pick("Hva møtet sa om saken", "Kva møtet sa om saka", "What the meeting said of the case")
    }

    pub(in crate::inbox) const fn minutes_said_hint(self) -> &'static str {
        self.pick(
            "Lagres kryptert, og leses bare av dem som kan lese saken.",
            "Blir lagra kryptert, og lese berre av dei som kan lese saka.",
            "Kept encrypted, and read only by those who may read the case.",
        )
    }

    pub(in crate::inbox) const fn minutes_decision(self) -> &'static str {
        self.pick("Møtets konklusjon", "Konklusjonen til møtet", "What the meeting decided")
    }

    pub(in crate::inbox) const fn minutes_task_heading(self) -> &'static str {
        self.pick("Gi noen en oppgave", "Gi nokon ei oppgåve", "Give somebody a task")
    }

    pub(in crate::inbox) const fn minutes_task_text(self) -> &'static str {
        self.pick(
            "Oppgaven ses av den som får den, og av dem som behandler saken.",
            "Oppgåva blir sett av den som får ho, og av dei som behandlar saka.",
            "The task is seen by the one who gets it, and by those who work with the case.",
        )
    }

    pub(in crate::inbox) const fn task(self) -> &'static str {
        self.pick("Oppgave", "Oppgåve", "Task")
    }

    pub(in crate::inbox) const fn task_assignee(self) -> &'static str {
        self.pick("Hvem gjør det", "Kven gjer det", "Who does it")
    }

    pub(in crate::inbox) const fn task_due(self) -> &'static str {
        self.pick("Frist", "Frist", "To be done by")
    }

    pub(in crate::inbox) const fn task_kind(self, kind: TaskKind) -> &'static str {
        match kind {
            TaskKind::AppointCoordinator => {
                self.pick("Oppnevn koordinator", "Oppnemn koordinator", "Appoint a coordinator")
            }
            TaskKind::CallToMeeting => self.pick("Kall inn til møte", "Kall inn til møte", "Call to a meeting"),
            TaskKind::MappingMeeting => {
                self.pick("Kartleggingsmøte", "Kartleggingsmøte", "Meeting to find out about the need")
            }
            TaskKind::FromMeeting => {
                self.pick("Oppfølging fra møtet", "Oppfølging frå møtet", "Follow-up from the meeting")
            }
            TaskKind::Other => self.pick("Annet", "Anna", "Other"),
        }
    }

    pub(in crate::inbox) const fn tasks(self) -> &'static str {
        self.pick("Oppgaver", "Oppgåver", "Tasks")
    }

    pub(in crate::inbox) const fn tasks_intro(self) -> &'static str {
        self.pick(
            "Det som skal gjøres i sakene, etter frist.",
            "Det som skal gjerast i sakene, etter frist.",
            "What is to be done in the cases, by deadline.",
        )
    }

    pub(in crate::inbox) const fn tasks_own(self) -> &'static str {
        self.pick("Mine", "Mine", "Mine")
    }

    pub(in crate::inbox) const fn tasks_units(self) -> &'static str {
        self.pick("Enhetens", "Eininga sine", "The unit’s")
    }

    pub(in crate::inbox) const fn tasks_none(self) -> &'static str {
        self.pick("Ingen oppgaver.", "Ingen oppgåver.", "No tasks.")
    }

    pub(in crate::inbox) const fn tasks_done(self) -> &'static str {
        self.pick("Gjort", "Gjort", "Done")
    }

    pub(in crate::inbox) const fn task_add(self) -> &'static str {
        self.pick("Legg til oppgave", "Legg til oppgåve", "Add a task")
    }

    pub(in crate::inbox) const fn task_text(self) -> &'static str {
        self.pick("Utdyping", "Utdjuping", "More about it")
    }

    pub(in crate::inbox) const fn task_tick(self) -> &'static str {
        self.pick("Merk som gjort", "Merk som gjort", "Mark as done")
    }

    pub(in crate::inbox) const fn task_done_by(self) -> &'static str {
        self.pick("gjort av", "gjort av", "done by")
    }

    pub(in crate::inbox) fn tasks_overdue(self, count: u64) -> String {
        match self.0 {
            Language::Nb if count == 1 => "1 oppgave over fristen.".to_owned(),
            Language::Nb => format!("{count} oppgaver over fristen."),
            Language::Nn if count == 1 => "1 oppgåve over fristen.".to_owned(),
            Language::Nn => format!("{count} oppgåver over fristen."),
            Language::En if count == 1 => "1 task is overdue.".to_owned(),
            Language::En => format!("{count} tasks are overdue."),
        }
    }

    pub(in crate::inbox) const fn tasks_link(self) -> &'static str {
        self.pick("Se oppgavene", "Sjå oppgåvene", "See the tasks")
    }

    pub(in crate::inbox) const fn questions(self) -> &'static str {
        self.pick("Spørsmål til lederen", "Spørsmål til leiaren", "Questions to the leader")
    }

    pub(in crate::inbox) const fn questions_ask(self) -> &'static str {
        self.pick("Spør lederen om råd", "Spør leiaren om råd", "Ask the leader for advice")
    }

    pub(in crate::inbox) const fn questions_of_coordinator(self) -> &'static str {
        self.pick("Spørsmål fra koordinatoren", "Spørsmål frå koordinatoren", "Questions from the coordinator")
    }

    pub(in crate::inbox) const fn questions_intro_coordinator(self) -> &'static str {
        self.pick(
            "Bare du og lederen for koordinerende enhet ser det som står her.",
            "Berre du og leiaren for koordinerande eining ser det som står her.",
            "Only you and the leader of the coordinating unit see what stands here.",
        )
    }

    pub(in crate::inbox) const fn questions_intro_leader(self) -> &'static str {
        self.pick(
            "Bare koordinatoren i saken og du ser det som står her.",
            "Berre koordinatoren i saka og du ser det som står her.",
            "Only the coordinator of the case and you see what stands here.",
        )
    }

    pub(in crate::inbox) const fn questions_send(self) -> &'static str {
        self.pick("Send spørsmålet", "Send spørsmålet", "Send the question")
    }

    pub(in crate::inbox) const fn questions_answer(self) -> &'static str {
        self.pick("Svar koordinatoren", "Svar koordinatoren", "Answer the coordinator")
    }

    pub(in crate::inbox) const fn questions_none(self) -> &'static str {
        self.pick(
            "Ingen spørsmål venter på svar.",
            "Ingen spørsmål ventar på svar.",
            "No question waits for an answer.",
        )
    }

    pub(in crate::inbox) fn questions_waiting(self, count: usize) -> String {
        match self.0 {
            Language::Nb => format!("{count} spørsmål fra koordinatorer venter på svar."),
            Language::Nn => format!("{count} spørsmål frå koordinatorar ventar på svar."),
            Language::En if count == 1 => "1 question from a coordinator waits for an answer.".to_owned(),
            Language::En => format!("{count} questions from coordinators wait for an answer."),
        }
    }

    pub(in crate::inbox) const fn questions_link(self) -> &'static str {
        self.pick("Se spørsmålene", "Sjå spørsmåla", "See the questions")
    }

    pub(in crate::inbox) const fn content_removed(self) -> &'static str {
        self.pick("Innholdet er fjernet.", "Innhaldet er fjerna.", "The content has been removed.")
    }

    pub(in crate::inbox) const fn meeting_decision(self, decision: MeetingDecision) -> &'static str {
        match decision {
            MeetingDecision::TakenOn => self.pick("Gruppen følger opp", "Gruppa følgjer opp", "The group sees to it"),
            MeetingDecision::GivenBack => self.pick(
                "Tilbake til tjenesten med råd",
                "Tilbake til tenesta med råd",
                "Back to the service, with advice",
            ),
            MeetingDecision::Clarified => self.pick("Avklart", "Avklart", "Clarified"),
            MeetingDecision::NextMeeting => self.pick(
                "Tas opp på neste møte",
                "Blir teken opp på neste møte",
                "Discussed again at the next meeting",
            ),
        }
    }

    pub(super) const fn refused_delegated_here(self) -> &'static str {
        self.pick(
            "Det gikk ikke: Enheten er bedt om å oppnevne koordinator. Det som sies til melder, og hvor saken går, avgjør \
             enheten som har saken. Skriv en kommentar til dem.",
            "Det gjekk ikkje: Eininga er beden om å oppnemne koordinator. Det som blir sagt til meldaren, og kvar saka går, \
             avgjer eininga som har saka. Skriv ein kommentar til dei.",
            "That was not possible: the unit was asked to appoint a coordinator. What is said to whoever reported, and where \
             the case goes, is for the unit that has the case. Write them a comment.",
        )
    }

    pub(super) const fn refused_lifted_here(self) -> &'static str {
        self.pick(
            "Det gikk ikke: Saken er bare løftet hit. Enheten som løftet den, har den og avgjør. Skriv en kommentar eller et \
             referat, eller gi dem en oppgave. Skal gruppen overta saken, trekker de løftet tilbake og overfører den.",
            "Det gjekk ikkje: Saka er berre løfta hit. Eininga som løfta ho, har ho og avgjer. Skriv ein kommentar eller eit \
             referat, eller gi dei ei oppgåve. Skal gruppa ta over saka, trekkjer dei løftet tilbake og overfører ho.",
            "That was not possible: the case is only lifted to here. The unit that lifted it has it and decides. Write a \
             comment or minutes, or give them a task. If the group is to take the case over, they take the lift back and \
             transfer it.",
        )
    }

    pub(in crate::inbox) const fn meeting_held(self) -> &'static str {
        self.pick(
            "Det gikk ikke: Møtet har referater, så det er holdt og kan ikke avlyses.",
            "Det gjekk ikkje: Møtet har referat, så det er halde og kan ikkje avlysast.",
            "That was not possible: the meeting has minutes, so it has been held and cannot be called off.",
        )
    }

    pub(in crate::inbox) const fn tasks_ended(self) -> &'static str {
        self.pick(
            "Saken er ferdig. Det som ikke var gjort, falt bort med den.",
            "Saka er ferdig. Det som ikkje var gjort, fall bort med henne.",
            "The case is done. What had not been done ended with it.",
        )
    }

    pub(in crate::inbox) const fn granted_and_nobody_appointed(self) -> &'static str {
        self.pick(
            "Innvilget, men ingen hovedkoordinator er oppnevnt.",
            "Innvilga, men ingen hovudkoordinator er oppnemnd.",
            "Granted, but nobody is appointed main coordinator.",
        )
    }

    /// Nobody has taken a case at home.
    pub(in crate::inbox) const fn nobody_yet(self) -> &'static str {
        self.pick("Ingen ennå", "Ingen enno", "Nobody yet")
    }

    /// As [`Words::journal_action`], for groups.
    pub(super) fn group_action(self, action: &str) -> Option<(&'static str, Icon)> {
        Some(match action {
            "agenda_put" => (
                self.pick("satte saken på sakslisten", "sette saka på saklista", "put the case on the agenda"),
                Icon::Clock,
            ),
            "agenda_taken_off" => (
                self.pick("tok saken av sakslisten", "tok saka av saklista", "took the case off the agenda"),
                Icon::Clock,
            ),
            "minutes_written" => (self.pick("skrev referat", "skreiv referat", "wrote minutes"), Icon::Person),
            "minutes_read" => (self.pick("leste referatet", "las referatet", "read the minutes"), Icon::Eye),
            "task_given" => (self.pick("ga en oppgave", "gav ei oppgåve", "gave a task"), Icon::Person),
            "task_done" => (self.pick("gjorde en oppgave", "gjorde ei oppgåve", "did a task"), Icon::Check),
            "question_asked" => (
                self.pick("spurte lederen om råd", "spurde leiaren om råd", "asked the leader for advice"),
                Icon::Envelope,
            ),
            "question_answered" => {
                (self.pick("svarte koordinatoren", "svarte koordinatoren", "answered the coordinator"), Icon::Envelope)
            }
            "questions_read" => (
                self.pick(
                    "leste spørsmålene til lederen",
                    "las spørsmåla til leiaren",
                    "read the questions to the leader",
                ),
                Icon::Eye,
            ),
            _ => return None,
        })
    }
}
