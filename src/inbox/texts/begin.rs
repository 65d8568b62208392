//! Words of the front page of those who see no report.

use crate::inbox::texts::words;

words! {
    begin
        "Startside"
        "Startside"
        "Start page"
    begin_text
        "Rollen din gir ikke innsyn i meldinger. Her er det du kan gjøre."
        "Rolla di gir ikkje innsyn i meldingar. Her er det du kan gjere."
        "Your role does not show reports. This is what you can do."
    begin_links
        "Lover, veiledere og lokale sider som dere bruker i arbeidet."
        "Lover, rettleiarar og lokale sider som de bruker i arbeidet."
        "Laws, guides and local pages that you use at work."
    begin_account
        "Hvordan du logger inn: app eller nøkkel, passord og hvor du er logget inn."
        "Korleis du loggar inn: app eller nøkkel, passord og kvar du er logga inn."
        "How you sign in: app or key, password, and where you are signed in."
}
