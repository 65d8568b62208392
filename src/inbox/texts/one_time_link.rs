//! What a one-time link asks for, who makes it, and what somebody else may have added to an account.

use crate::inbox::texts::words;

words! {
    link_asks
        "Vis først at det er deg"
        "Vis først at det er deg"
        "Show first that it is you"
    link_asks_factor
        "Brukeren har en app eller en passnøkkel. Engangslenken endrer ingenting før du har vist den."
        "Brukaren har ein app eller ein passnøkkel. Eingongslenkja endrar ingenting før du har vist han."
        "The account has an app or a passkey. The one-time link changes nothing until you have shown it."
    link_asks_on
        "Fortsett"
        "Hald fram"
        "Go on"
    link_asks_tie
        "Brukeren har innlogging utenfra, og denne lenken er ikke laget av den som driver innboksen. Logg inn slik du pleier, og åpne lenken igjen i samme nettleser innen 15 minutter. Får du ikke logget inn, så be den som driver innboksen om en lenke."
        "Brukaren har innlogging utanfrå, og denne lenkja er ikkje laga av den som driv innboksen. Logg inn slik du plar, og opne lenkja igjen i same nettlesar innan 15 minutt. Får du ikkje logga inn, så be den som driv innboksen om ei lenkje."
        "The account signs in from outside, and this link was not made by the operator. Sign in as you usually do, and open the link again in the same browser within 15 minutes. If you cannot sign in, ask the operator for a link."
    oidc_link
        "Brukeren har alt en vei inn, og engangslenken endrer ikke noe før du har vist den. Åpne lenken igjen."
        "Brukaren har alt ein veg inn, og eingongslenkja endrar ikkje noko før du har vist han. Opne lenkja igjen."
        "The account has a way in already, and the one-time link changes nothing until you have shown it. Open the link again."
    opening_text_hidden
        "Bekreft hvem du er for å se det som er skrevet"
        "Stadfest kven du er for å sjå det som er skrive"
        "Prove who you are to see what is written"
    grant_system
        "Dette er navnet til et fagsystem. Hvilke enheter det får lese, bestemmer den som driver innboksen."
        "Dette er namnet til eit fagsystem. Kva einingar det får lese, bestemmer den som driv innboksen."
        "This is the name of a case system. Which units it reads is decided by the operator."
    link_by
        "laget av"
        "laga av"
        "made by"
    link_operator
        "Ny engangslenke: bare fra den som driver innboksen"
        "Ny eingongslenkje: berre frå den som driv innboksen"
        "New one-time link: only from the operator"
    account_also
        "Du logger inn utenfra. Det som står her, slipper også inn som deg. Har du ikke lagt det til selv, så fjern det og si fra til den som driver innboksen."
        "Du loggar inn utanfrå. Det som står her, slepp òg inn som deg. Har du ikkje lagt det til sjølv, så fjern det og sei frå til den som driv innboksen."
        "You sign in from outside. What stands here gets in as you too. If you did not add it yourself, remove it and tell the operator."
    account_password
        "Passord"
        "Passord"
        "Password"
    account_added
        "Andre veier inn"
        "Andre vegar inn"
        "Other ways in"
    account_passkey
        "Passnøkkel"
        "Passnøkkel"
        "Passkey"
    account_password_remove
        "Fjern passordet"
        "Fjern passordet"
        "Remove the password"
    account_app_remove
        "Fjern appen"
        "Fjern appen"
        "Remove the app"
}
