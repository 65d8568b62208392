//! Words of one person's access log: what it covers, what it cannot tell, and what is wrong with a number.

use crate::inbox::texts::words;

words! {
    log_kind "Hva slags nummer" "Kva slags nummer" "What kind of number"
    number_national "Fødselsnummer, D-nummer eller hjelpenummer" "Fødselsnummer, D-nummer eller hjelpenummer" "Norwegian identity number, D-number or auxiliary number"
    number_duf "DUF-nummer" "DUF-nummer" "DUF number"
    number_other "Annet nummer, for eksempel fra pass" "Anna nummer, til dømes frå pass" "Another number, such as that of a passport"
    number_missing "Skriv nummeret til personen." "Skriv nummeret til personen." "Write the person's number."
    number_not_eleven "Nummeret må ha elleve sifre og ingen andre tegn enn mellomrom. Tell sifrene, og skriv nummeret på nytt. Er det et annet slags nummer, velger du det." "Nummeret må ha elleve siffer og ingen andre teikn enn mellomrom. Tel siffera, og skriv nummeret på nytt. Er det eit anna slags nummer, vel du det." "The number must have eleven digits and no other signs than spaces. Count the digits, and write the number again. If it is another kind of number, choose that kind."
    number_control "Kontrollsifrene stemmer ikke. Da er minst ett siffer feil, eller to har byttet plass. Sammenlign med et legitimasjonsbevis, og skriv nummeret på nytt." "Kontrollsiffera stemmer ikkje. Då er minst eitt siffer feil, eller to har bytt plass. Samanlikn med eit legitimasjonsbevis, og skriv nummeret på nytt." "The control digits do not hold. At least one digit is wrong, or two have changed places. Compare with a proof of identity, and write the number again."
    number_date "Nummeret begynner ikke med en dato som finnes. Sammenlign med et legitimasjonsbevis, og skriv nummeret på nytt." "Nummeret byrjar ikkje med ein dato som finst. Samanlikn med eit legitimasjonsbevis, og skriv nummeret på nytt." "The number does not begin with a date that exists. Compare with a proof of identity, and write the number again."
    number_stand_in "Dette skrives når et barn ikke har fått nummer ennå, og mange barn har det samme. Skriv barnets eget nummer. Har barnet ingen, finner du meldingen med referansen i hendelsesloggen." "Dette blir skrive når eit barn ikkje har fått nummer enno, og mange barn har det same. Skriv barnet sitt eige nummer. Har barnet inkje, finn du meldinga med referansen i hendingsloggen." "This is written when a child has no number yet, and many children have the same. Write the child's own number. If there is none, find the report by its reference in the journal."
    number_not_duf "DUF-nummeret må ha tolv sifre, og de fire første er et årstall. Sammenlign med beviset fra UDI, og skriv nummeret på nytt." "DUF-nummeret må ha tolv siffer, og dei fire første er eit årstal. Samanlikn med beviset frå UDI, og skriv nummeret på nytt." "A DUF number has twelve digits, and the first four are a year. Compare with the proof from UDI, and write the number again."
    log_unchecked "Denne typen nummer kan ikke kontrolleres. Se etter at du skrev det akkurat som i meldingen." "Denne typen nummer kan ikkje kontrollerast. Sjå etter at du skreiv det akkurat som i meldinga." "This kind of number cannot be checked. See to it that you wrote it exactly as in the report."
    log_covers "Enheter loggen gjelder" "Einingar loggen gjeld" "Units that the log covers"
    log_nothing "Ingen melding om en person med dette nummeret ligger i disse enhetene nå." "Inga melding om ein person med dette nummeret ligg i desse einingane no." "No report about a person with this number lies in these units now."
    log_left_out "Ikke med i loggen" "Ikkje med i loggen" "Not in this log"
    log_graded "Meldinger om personer med gradert adresse, fordi du ikke er klarert for dem i" "Meldingar om personar med gradert adresse, fordi du ikkje er klarert for dei i" "Reports about people with a graded address, because you are not cleared for them in"
    log_removed "Meldinger der innholdet er slettet. De kan ikke lenger knyttes til en person." "Meldingar der innhaldet er sletta. Dei kan ikkje lenger knytast til ein person." "Reports whose content has been removed. They can no longer be tied to a person."
    log_elsewhere "Saker som er sendt videre, eller som ikke hørte til her. Be om loggen der saken er nå." "Saker som er sende vidare, eller som ikkje høyrde til her. Be om loggen der saka er no." "Cases that were passed on, or did not belong here. Ask for the log where the case is now."
    log_cut "De eldste linjene: loggen er for lang til å vises helt." "Dei eldste linjene: loggen er for lang til å visast heilt." "The oldest lines: the log is too long to be shown whole."
    log_about "Loggen gjelder (skriv navnet for hånd)" "Loggen gjeld (skriv namnet for hand)" "The log is about (write the name by hand)"
}
