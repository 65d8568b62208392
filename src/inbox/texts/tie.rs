//! Who one is at a provider of identities, and what is said to one who does not get in, or not all the way.

use crate::inbox::texts::words;

words! {
    access_begins
        "Tilgangen din begynner"
        "Tilgangen din byrjar"
        "Your access begins on"
    access_was_until
        "Tilgangen din gikk ut"
        "Tilgangen din gjekk ut"
        "Your access ended on"
    access_ask
        "Be den som administrerer innboksen, om å ordne det hvis du skal ha den fortsatt."
        "Be den som administrerer innboksen, om å ordne det om du skal ha han framleis."
        "Ask the administrator of the inbox to mend that if you are to have it still."
    password_same
        "Det nye passordet er det samme som det gamle. Velg et annet."
        "Det nye passordet er det same som det gamle. Vel eit anna."
        "The new password is the same as the old one. Choose another."
    ties
        "Innlogging utenfra"
        "Innlogging utanfrå"
        "Sign-in from outside"
    ties_text
        "Den du er hos disse, slipper inn som deg. Kjenner du ikke igjen en av dem, så fjern den og si fra til den som driver innboksen."
        "Den du er hos desse, slepp inn som deg. Kjenner du ikkje att ein av dei, så fjern den og sei frå til den som driv innboksen."
        "Whoever you are at these gets in as you. If you do not know one of them, remove it and tell the operator."
    tie_since
        "siden"
        "sidan"
        "since"
    tie_only
        "Det er din eneste vei inn, og kan ikke fjernes her."
        "Det er den einaste vegen din inn, og kan ikkje fjernast her."
        "It is your only way in, and cannot be removed here."
    oidc_taken
        "Den innloggingen hører til en annen bruker her. Lenken er ikke brukt opp: logg ut hos den andre først, eller velg en annen innlogging."
        "Den innlogginga høyrer til ein annan brukar her. Lenkja er ikkje brukt opp: logg ut hos den andre først, eller vel ei anna innlogging."
        "That sign-in belongs to another account here. The link has not been used up: sign out there first, or choose another sign-in."
    oidc_down
        "Tjenesten du skulle logge inn med, svarer ikke akkurat nå. Prøv igjen om litt, eller logg inn på en annen måte."
        "Tenesta du skulle logge inn med, svarer ikkje akkurat no. Prøv igjen om litt, eller logg inn på ein annan måte."
        "The service that you were to sign in with does not answer just now. Try again in a while, or sign in another way."
    prove_level
        "For å lese meldinger må du logge inn med høyere sikkerhetsnivå. Du er fortsatt logget inn i innboksen."
        "For å lese meldingar må du logge inn med høgare tryggleiksnivå. Du er framleis logga inn i innboksen."
        "To read reports you must sign in with a higher level of assurance. You are still signed in to the inbox."
    prove_other
        "Det var ikke den innloggingen som hører til brukeren din her. Du er fortsatt logget inn i innboksen."
        "Det var ikkje den innlogginga som høyrer til brukaren din her. Du er framleis logga inn i innboksen."
        "That was not the sign-in that belongs to your account here. You are still signed in to the inbox."
    prove_again
        "Prøv igjen med"
        "Prøv igjen med"
        "Try again with"
    factor_lost
        "Har du mistet både telefonen og reservekodene? Den som driver innboksen, kan nullstille dem, så du begynner på nytt."
        "Har du mista både telefonen og reservekodane? Den som driv innboksen, kan nullstille dei, så du byrjar på nytt."
        "Have you lost both the telephone and the recovery codes? The operator can reset them, so that you begin anew."
    factor_lost_people
        "En ny engangslenke gir nytt passord, men ikke ny app. Har noen mistet telefonen og reservekodene, må den som driver innboksen, nullstille dem."
        "Ei ny eingongslenkje gir nytt passord, men ikkje ny app. Har nokon mista telefonen og reservekodane, må den som driv innboksen, nullstille dei."
        "A new one-time link gives a new password, but not a new app. If somebody has lost the telephone and the recovery codes, the operator must reset them."
}
