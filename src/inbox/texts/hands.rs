//! In whose hands a case is: offers to a unit, those who only know of it, and those who have left.

use crate::inbox::texts::Words;
use crate::inbox::texts::words;

words! {
    offer_from
        "Fra"
        "Frå"
        "From"
    offer_since
        "Tilbudt"
        "Tilbydd"
        "Offered"
    offer_not_by_role
        "En saksbehandler eller sekretær i enheten svarer på tilbudet. Rollen din i enheten gjør det ikke."
        "Ein saksbehandlar eller sekretær i eininga svarer på tilbodet. Rolla di i eininga gjer det ikkje."
        "A case worker or secretary of the unit answers the offer. Your role in the unit does not."
    offer_why_hint
        "Mottakeren leser dette før den svarer. Skriv ikke navn eller helseopplysninger her."
        "Mottakaren les dette før han svarer. Skriv ikkje namn eller helseopplysningar her."
        "The receiver reads this before it answers. Write no names or health information here."
    field_reply
        "Hva svaret var"
        "Kva svaret var"
        "What the answer was"
    field_reply_hint
        "Bare når svaret kom med det samme, på telefon. Da blir saken ikke stående og vente."
        "Berre når svaret kom med det same, på telefon. Då blir saka ikkje ståande og vente."
        "Only when the answer came at once, by telephone. Then the case does not stand waiting."
    reply_word
        "Svaret"
        "Svaret"
        "The answer"
    wrong_by_telephone_only
        "kan bare fylles ut når spørsmålet ble stilt på telefon"
        "kan berre fyllast ut når spørsmålet vart stilt på telefon"
        "can only be filled in when the question was asked by telephone"
    refused_not_waiting
        "Det gikk ikke: Saken venter ikke på svar. Skriv det som ble sagt, i en kommentar."
        "Det gjekk ikkje: Saka ventar ikkje på svar. Skriv det som vart sagt, i ein kommentar."
        "That was not possible: the case waits for no answer. Write what was said in a comment."
    refused_not_lifted
        "Det gikk ikke: Saken er ikke løftet. Kanskje er løftet alt trukket tilbake."
        "Det gjekk ikkje: Saka er ikkje løfta. Kanskje er løftet alt trekt tilbake."
        "That was not possible: the case has not been lifted. The lift may have been taken back already."
    lifted_by
        "Løftet hit av"
        "Løfta hit av"
        "Lifted to here by"
    field_coordinator_hint
        "Kollegaen har saken under «Mine» fra og med den første dagen til og med den siste. Den som er ansvarlig, er det fortsatt."
        "Kollegaen har saka under «Mine» frå og med den første dagen til og med den siste. Den som er ansvarleg, er det framleis."
        "The colleague has the case under «Mine» from the first day to the last. Whoever is responsible still is."
    field_last_day_hint
        "Fra dagen etter har koordinatoren ikke saken lenger. Var oppnevningen feil, velger du dagen før den første."
        "Frå dagen etter har koordinatoren ikkje saka lenger. Var oppnemninga feil, vel du dagen før den første."
        "From the day after, the coordinator does not have the case any more. If the appointment was wrong, choose the day before the first."
    field_replaces_hint
        "Tiden til den som erstattes, er over dagen før den nye begynner. Fra da av har bare den nye saken."
        "Tida til den som blir erstatta, er over dagen før den nye tek til. Frå då av har berre den nye saka."
        "The time of the one who is replaced is over the day before the new one begins. From then on only the new one has the case."
    word_until
        "til og med"
        "til og med"
        "until"
    word_instead
        "i stedet for"
        "i staden for"
        "instead of"
    lapsed_on
        "ansvaret gikk videre"
        "ansvaret gjekk vidare"
        "the responsibility passed on"
    no_role_here
        "har ikke lenger tilgang her"
        "har ikkje lenger tilgang her"
        "has no access here any more"
    field_coordinator_here
        "Koordinator: en kollega her"
        "Koordinator: ein kollega her"
        "Coordinator: a colleague here"
    field_coordinator_elsewhere
        "Koordinator: en annen (skriv navnet)"
        "Koordinator: ein annan (skriv namnet)"
        "Coordinator: somebody else (write the name)"
    wrong_not_both
        "skal stå tomt når du har valgt en kollega"
        "skal stå tomt når du har valt ein kollega"
        "must be empty when you have chosen a colleague"
    case_coordinated
        "Koordinatoren har saken under «Mine» fra og med den første dagen til og med den siste. Ansvaret er ikke flyttet."
        "Koordinatoren har saka under «Mine» frå og med den første dagen til og med den siste. Ansvaret er ikkje flytta."
        "The coordinator has the case under «Mine» from the first day to the last. Nobody else has become responsible."
    save_said
        "Lagre det som ble sagt på telefon"
        "Lagre det som vart sagt på telefon"
        "Save what was said by telephone"
    state_wrong_addressee
        "Feil adressat"
        "Feil adressat"
        "Wrong addressee"
    looked_at_experience
        "så på saken uten personopplysninger"
        "såg på saka utan personopplysningar"
        "looked at the case without personal data"
    has_left
        "har sluttet"
        "har slutta"
        "has left"
    not_shown
        "Vises ikke"
        "Blir ikkje vist"
        "Not shown"
    followed_up_by
        "Følges opp av"
        "Blir følgd opp av"
        "Followed up by"
    has_it
        "har ansvaret"
        "har ansvaret"
        "is responsible"
}

impl Words {
    /// That somebody has left, or has the case after one who has.
    pub(in crate::inbox) fn lapsed(self, name: &str, has_left: bool) -> String {
        let rest = match has_left {
            true => self.pick("har ikke lenger tilgang", "har ikkje lenger tilgang", "has no access any more"),
            false => self.pick("har saken nå", "har saka no", "has the case now"),
        };
        format!("{name} {rest}")
    }

    /// How many open cases somebody has.
    pub(in crate::inbox) fn open_cases(self, name: &str, count: u64) -> String {
        let rest = match count {
            1 => self.pick("åpen sak", "open sak", "open case"),
            _ => self.pick("åpne saker", "opne saker", "open cases"),
        };
        let has = self.pick("har", "har", "has");
        format!("{name} {has} {count} {rest}")
    }
}
