//! What stands around every page, and the few words that all of them use.

use crate::inbox::texts::words;

words! {
    skip
        "Hopp til hovedinnholdet"
        "Hopp til hovudinnhaldet"
        "Skip to main content"
    product
        "Meldeport"
        "Meldeport"
        "Meldeport"
    tagline
        "Melding om behov for individuell plan og koordinator"
        "Melding om behov for individuell plan og koordinator"
        "Reports of need for an individual plan or a coordinator"
    inbox
        "Innboks"
        "Innboks"
        "Inbox"
    environment_note
        "Ikke bruk opplysninger om virkelige personer her."
        "Ikkje bruk opplysningar om verkelege personar her."
        "Do not use information about real persons here."
    language
        "Språk"
        "Språk"
        "Language"
    signed_in_as
        "Logget inn som"
        "Logga inn som"
        "Signed in as"
    sign_out
        "Logg ut"
        "Logg ut"
        "Sign out"
    error_heading
        "Du må rette dette"
        "Du må rette dette"
        "Please correct this"
    operations
        "Drift"
        "Drift"
        "Operations"
    to_inbox
        "Til innboksen"
        "Til innboksen"
        "To the inbox"
    session_ends
        "Du blir snart logget ut fordi innboksen ikke er i bruk."
        "Du blir snart logga ut fordi innboksen ikkje er i bruk."
        "You will soon be signed out because the inbox is not in use."
    session_stay
        "Fortsett å være logget inn"
        "Hald fram som innlogga"
        "Stay signed in"
    yes
        "Ja"
        "Ja"
        "Yes"
    no
        "Nei"
        "Nei"
        "No"
}
