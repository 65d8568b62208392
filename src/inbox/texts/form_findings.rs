//! What the rules say of a report, in the words of the form: to somebody who fills in questions, and not to a system that sends.

use crate::domain::Code;
use crate::domain::Text;
use crate::inbox::texts::Words;

/// Those whose own words suit both a system that sends and a person who fills in a form.
const AS_THE_GATEWAY_SAYS: &[Code] = &[
    Code::IdentityNumberDateDiffers,
    Code::IdentityNumberTemporary,
    Code::PatientNameMissing,
    Code::BirthDateMissing,
    Code::BirthDateImplausible,
    Code::DueDateImplausible,
    Code::TextLanguageOther,
    Code::ConsentDateMissing,
    Code::ConsentDateInFuture,
    Code::ConsentOld,
    Code::ConsentByChild,
    Code::ContactWayContradicted,
    Code::GuardianHiddenYetContact,
    Code::ReporterTelephoneImplausible,
    Code::NeedMissing,
    Code::IdentityNumberInText,
    Code::FewServices,
    Code::DurationShort,
    Code::ChildCoordinatorForAdult,
    Code::UnbornWithoutChildCoordinator,
];

impl Words {
    /// A finding in the form's words. `question`: the label of what it is about, when it is about something that is asked.
    pub(in crate::inbox) fn form_finding(self, code: Code, question: Option<&str>) -> String {
        if let Some(own) = in_the_form(code) {
            return own.in_language(self.0).to_owned();
        }
        if AS_THE_GATEWAY_SAYS.contains(&code) {
            return format!("{} {}", code.text().in_language(self.0), code.mend().in_language(self.0));
        }
        match (code, question) {
            (
                Code::SchemaElementMissing
                | Code::SchemaAttributeMissing
                | Code::ReportIncomplete
                | Code::PatientMissing,
                Some(question),
            ) => self.form_needed(question),
            (_, Some(question)) => {
                let look = Text::of("Se over svaret ditt", "Sjå over svaret ditt", "Look over your answer");
                format!("{}: {question}", look.in_language(self.0))
            }
            // Nothing that anybody can mend in the form.
            (_, None) => {
                let ours = Text::of(
                    "Meldingen kan ikke sendes herfra nå. Feilen er hos oss. Det du har skrevet, er lagret. Ring kommunen, og nevn",
                    "Meldinga kan ikkje sendast herfrå no. Feilen er hos oss. Det du har skrive, er lagra. Ring kommunen, og nemn",
                    "The report cannot be sent from here now. The fault is ours. What you have written is kept. Call the municipality, and mention",
                );
                format!("{} {}.", ours.in_language(self.0), code.id())
            }
        }
    }
}

/// What the gateway says to a system, said to a person.
fn in_the_form(code: Code) -> Option<Text> {
    let (nb, nn, en) = match code {
        Code::IdentityNumberMissing => (
            "Skriv nummeret. Er det ikke kjent, velger du «Ukjent id» og sier hvorfor.",
            "Skriv nummeret. Er det ikkje kjent, vel du «Ukjend id» og seier kvifor.",
            "Write the number. If it is not known, choose “Unknown id” and say why.",
        ),
        Code::IdentityNumberMalformed => (
            "Nummeret er ikke skrevet slik et slikt nummer skal være. Se etter om et siffer mangler eller er for mye.",
            "Nummeret er ikkje skrive slik eit slikt nummer skal vere. Sjå etter om eit siffer manglar eller er for mykje.",
            "The number is not written the way such a number should be. See whether a digit is missing or too many.",
        ),
        Code::IdentityNumberControlDigits | Code::IdentityNumberDateImpossible => (
            "Nummeret stemmer ikke. Trolig er et siffer skrevet feil. Sammenlign med nummeret slik du har fått det.",
            "Nummeret stemmer ikkje. Truleg er eit siffer skrive feil. Samanlikn med nummeret slik du har fått det.",
            "The number does not hold. A digit has probably been mistyped. Compare it with the number as you were given it.",
        ),
        Code::IdentityNumberNotYetInUse => (
            "Nummeret hører til en serie som ikke er tatt i bruk ennå. Se etter om et siffer er skrevet feil.",
            "Nummeret høyrer til ein serie som ikkje er teken i bruk enno. Sjå etter om eit siffer er skrive feil.",
            "The number belongs to a series that is not in use yet. See whether a digit has been mistyped.",
        ),
        Code::IdentityNumberKindDiffers => (
            "Nummeret er av et annet slag enn du har valgt. Se etter om det er et fødselsnummer, et D-nummer eller et felles hjelpenummer.",
            "Nummeret er av eit anna slag enn du har valt. Sjå etter om det er eit fødselsnummer, eit D-nummer eller eit felles hjelpenummer.",
            "The number is of another kind than you have chosen. See whether it is a national identity number, a D-number or a shared help number.",
        ),
        Code::IdentityNumberPlaceholder => (
            "Dette er et fyllnummer og ikke personens eget. Har barnet ikke fått nummer ennå, velger du «Ukjent id» og sier hvorfor.",
            "Dette er eit fyllnummer og ikkje personens eige. Har barnet ikkje fått nummer enno, vel du «Ukjend id» og seier kvifor.",
            "This is a stand-in and not the person's own number. If the child has no number yet, choose “Unknown id” and say why.",
        ),
        Code::IdentityNumberSynthetic => (
            "Dette er et testnummer. Her meldes bare virkelige personer.",
            "Dette er eit testnummer. Her melder ein berre verkelege personar.",
            "This is a test number. Only real persons are reported here.",
        ),
        Code::UnknownIdentityWithoutReason => (
            "Si hvorfor id-nummeret mangler.",
            "Sei kvifor id-nummeret manglar.",
            "Say why there is no identity number.",
        ),
        Code::UnknownIdentityReasonContradicted => (
            "Grunnen til at id-nummeret mangler, passer ikke med fødselsdatoen eller terminen. Rett den av dem som er feil.",
            "Grunnen til at id-nummeret manglar, passar ikkje med fødselsdatoen eller terminen. Rett den av dei som er feil.",
            "Why there is no identity number does not fit the date of birth or the due date. Correct the one that is wrong.",
        ),
        Code::BirthDateInFuture => (
            "Fødselsdatoen ligger fram i tid. Er barnet ikke født ennå, skriver du terminen i stedet.",
            "Fødselsdatoen ligg fram i tid. Er barnet ikkje fødd enno, skriv du terminen i staden.",
            "The date of birth is in the future. If the child is not born yet, write the due date instead.",
        ),
        Code::GradedAddressWithContact => (
            "Adressen er beskyttet. Ta bort adresse og telefon, så ikke meldingen røper hvor personen er. Kommunen tar kontakt med deg.",
            "Adressa er verna. Ta bort adresse og telefon, så ikkje meldinga røper kvar personen er. Kommunen tek kontakt med deg.",
            "The address is protected. Remove address and telephone, so that the report does not tell where the person is. The municipality will contact you.",
        ),
        Code::GradedAddressWithGuardianTelephone => (
            "Adressen er beskyttet. Ta bort telefonnummeret til den foresatte. Kommunen tar kontakt med deg.",
            "Adressa er verna. Ta bort telefonnummeret til den føresette. Kommunen tek kontakt med deg.",
            "The address is protected. Remove the guardian's telephone number. The municipality will contact you.",
        ),
        Code::ConsentMissing => (
            "Si hva personen har svart. Er det ikke avklart, snakker du med personen først.",
            "Sei kva personen har svart. Er det ikkje avklart, snakkar du med personen først.",
            "Say what the person has answered. If it is not clear, speak with the person first.",
        ),
        Code::ConsentObjected => (
            "Personen har motsatt seg at dere melder. Da sendes ikke meldingen, uten at det finnes et annet lovlig grunnlag. Velg i så fall «Annet» og skriv hvorfor.",
            "Personen har sett seg imot at de melder. Då blir ikkje meldinga send, utan at det finst eit anna lovleg grunnlag. Vel i så fall «Anna» og skriv kvifor.",
            "The person has objected. The report is not sent then, unless there is another lawful basis. If so, choose “Other” and write why.",
        ),
        Code::ObjectionReasonMissing => (
            "Skriv hvorfor det meldes selv om personen har motsatt seg, for eksempel at det er nær og alvorlig fare.",
            "Skriv kvifor det blir meldt sjølv om personen har sett seg imot, til dømes at det er nær og alvorleg fare.",
            "Write why it is reported although the person has objected, for example that there is near and serious danger.",
        ),
        Code::BasisReasonMissing => {
            ("Skriv hva grunnlaget er.", "Skriv kva grunnlaget er.", "Write what the basis is.")
        }
        Code::ObjectionOverridden => (
            "Personen har motsatt seg. Kommunen må vurdere om grunnlaget holder.",
            "Personen har sett seg imot. Kommunen må vurdere om grunnlaget held.",
            "The person has objected. The municipality must assess whether the basis holds.",
        ),
        Code::ConsentUnclearInHealth => (
            "Samtykket er ikke avklart ennå. Snakk gjerne med personen før du sender. Kommunen må ellers spørre før den gjør noe.",
            "Samtykket er ikkje avklart enno. Snakk gjerne med personen før du sender. Kommunen må elles spørje før han gjer noko.",
            "The consent is not clear yet. Speak with the person before you send, if you can. Otherwise the municipality must ask before it does anything.",
        ),
        Code::ConsentUnclearOutsideHealth => (
            "Samtykket må være avklart før meldingen kan sendes. Snakk med personen eller den som kan samtykke. Utkastet er lagret.",
            "Samtykket må vere avklart før meldinga kan sendast. Snakk med personen eller den som kan samtykkje. Utkastet er lagra.",
            "The consent must be clear before the report can be sent. Speak with the person or the one who can consent. The draft is kept.",
        ),
        Code::NotObjectedOutsideHealth => (
            "At personen ikke har motsatt seg, er nok bare mellom helsetjenester. Be om samtykke, og svar så her.",
            "At personen ikkje har sett seg imot, er nok berre mellom helsetenester. Be om samtykke, og svar så her.",
            "That the person has not objected is enough only between health services. Ask for consent, and then answer here.",
        ),
        Code::ConsentGiverMissing => (
            "Si hvem som har samtykket på vegne av personen.",
            "Sei kven som har samtykt på vegner av personen.",
            "Say who has consented on the person's behalf.",
        ),
        Code::ConsentGiverIsPerson => (
            "Du har svart at noen har samtykket på vegne av personen, og at det var personen selv. Rett det svaret som er feil.",
            "Du har svart at nokon har samtykt på vegner av personen, og at det var personen sjølv. Rett det svaret som er feil.",
            "You have answered that somebody consented on the person's behalf, and that it was the person. Correct the answer that is wrong.",
        ),
        Code::ConsentByParentOverSixteen => (
            "Fra 16 år samtykker man selv. Spør personen, eller skriv under «Annet grunnlag enn samtykke» hvorfor personen ikke kan samtykke.",
            "Frå 16 år samtykkjer ein sjølv. Spør personen, eller skriv under «Anna grunnlag enn samtykke» kvifor personen ikkje kan samtykkje.",
            "From the age of 16 one consents alone. Ask the person, or write under “Another basis than consent” why the person cannot consent.",
        ),
        Code::ConsentOnBehalfWithoutBasis => (
            "Andre har samtykket for en voksen. Skriv under «Annet grunnlag enn samtykke» hvorfor personen ikke kan samtykke selv.",
            "Andre har samtykt for ein vaksen. Skriv under «Anna grunnlag enn samtykke» kvifor personen ikkje kan samtykkje sjølv.",
            "Others have consented for an adult. Write under “Another basis than consent” why the person cannot consent.",
        ),
        Code::ConsentScopeUnnamed => (
            "Skriv hvilke tjenester kommunen kan hente opplysninger fra.",
            "Skriv kva tenester kommunen kan hente opplysningar frå.",
            "Write which services the municipality may ask.",
        ),
        Code::GuardianMissing => (
            "Personen er under 16 år. Oppgi minst én foresatt, eller si hvorfor ingen er oppgitt.",
            "Personen er under 16 år. Oppgi minst éin føresett, eller sei kvifor ingen er oppgitt.",
            "The person is under 16. Name at least one parent or guardian, or say why none is named.",
        ),
        Code::GuardianHiddenWithoutReason => (
            "Skriv hvorfor den foresatte ikke skal informeres. Kommunen må vite det for å ta vare på barnet.",
            "Skriv kvifor den føresette ikkje skal informerast. Kommunen må vite det for å ta vare på barnet.",
            "Write why the guardian must not be told. The municipality must know it to take care of the child.",
        ),
        Code::GuardianUninformedWithoutReason => (
            "Den foresatte vet ikke om meldingen. Fortell om den, eller skriv hvorfor ikke.",
            "Den føresette veit ikkje om meldinga. Fortel om ho, eller skriv kvifor ikkje.",
            "The guardian does not know of the report. Tell about it, or write why not.",
        ),
        Code::GuardianOfAdult => (
            "Personen er myndig. Foresatte oppgis bare for den som er under 18 år.",
            "Personen er myndig. Føresette blir berre oppgitt for den som er under 18 år.",
            "The person is of age. Parents and guardians are named only for those under 18.",
        ),
        Code::GuardianContradicted => (
            "Du har oppgitt en foresatt, og samtidig hvorfor ingen er oppgitt. Behold det ene.",
            "Du har oppgitt ein føresett, og samtidig kvifor ingen er oppgitt. Behald det eine.",
            "You have named a parent or guardian, and also why none is named. Keep one of them.",
        ),
        Code::NoGuardianUnexplained => (
            "Forklar kort hvorfor ingen foresatt er oppgitt.",
            "Forklar kort kvifor ingen føresett er oppgitt.",
            "Explain shortly why no parent or guardian is named.",
        ),
        Code::ReporterOrganisationMissing => (
            "Den som melder, er fra en tjeneste. Skriv virksomheten med organisasjonsnummer, eller velg det som passer for en privatperson.",
            "Den som melder, er frå ei teneste. Skriv verksemda med organisasjonsnummer, eller vel det som passar for ein privatperson.",
            "The one who reports is from a service. Write the organisation and its number, or choose what fits a private person.",
        ),
        Code::ReporterOrganisationUnexpected => (
            "Den som melder, er en privatperson, og da skal virksomheten stå tom. Har en tjeneste hjulpet til, er det tjenesten som melder.",
            "Den som melder, er ein privatperson, og då skal verksemda stå tom. Har ei teneste hjelpt til, er det tenesta som melder.",
            "The one who reports is a private person, so the organisation must be empty. If a service has helped, it is the service that reports.",
        ),
        Code::OrganisationNumberMalformed | Code::OrganisationNumberControlDigit => (
            "Organisasjonsnummeret stemmer ikke. Slå det opp i Enhetsregisteret.",
            "Organisasjonsnummeret stemmer ikkje. Slå det opp i Einingsregisteret.",
            "The organisation number does not hold. Look it up in the Central Coordinating Register.",
        ),
        Code::UrgencyWithoutReason => ("Si hvorfor det haster.", "Sei kvifor det hastar.", "Say why it is urgent."),
        Code::DistrictRecommended => (
            "Kommunen er delt i bydeler. Meldingen går til kommunens felles mottak, som finner rett bydel.",
            "Kommunen er delt i bydelar. Meldinga går til det felles mottaket i kommunen, som finn rett bydel.",
            "The municipality has city districts. The report goes to its common unit, which finds the right one.",
        ),
        Code::MunicipalityWithoutUnit => (
            "Kommunen har ingen enhet som kan ta imot meldingen her. Ring kommunen, og gjør det nå: meldingen er ikke sendt.",
            "Kommunen har inga eining som kan ta imot meldinga her. Ring kommunen, og gjer det no: meldinga er ikkje send.",
            "The municipality has no unit that can take the report here. Call the municipality, and do it now: the report has not been sent.",
        ),
        _ => return None,
    };
    Some(Text::of(nb, nn, en))
}

#[cfg(test)]
mod tests {
    use crate::domain::Code;
    use crate::domain::Language;
    use crate::inbox::texts::Words;

    /// Words that only a system, or the people who run one, would understand, or that are about another way in than the form.
    const NOT_FOR_PEOPLE: &[&str] = &[
        "ny id",
        "new id",
        "MsgId",
        "meldingsId",
        "MsgInfo",
        "AvgittAv",
        "OrientertGrunn",
        "ForesattMangler",
        "Ufodt",
        "Grunnlag ",
        "Omfang",
        "på nytt",
        "journalen",
        "the record",
        "uten navn",
        "utan namn",
        "without a name",
        "standard",
        "testmottak",
    ];

    #[test]
    fn nothing_that_the_form_can_say_of_a_report_is_written_for_a_system_that_sends() {
        for code in Code::ALL {
            for question in [None, Some("Relasjon")] {
                for language in [Language::Nb, Language::Nn, Language::En] {
                    let said = Words(language).form_finding(*code, question);
                    let of_a_system = NOT_FOR_PEOPLE.iter().find(|it| said.contains(**it));
                    assert_eq!(of_a_system, None, "{}: {said}", code.id());
                    let is_code = |it: &str| it.len() > 4 && it.bytes().all(|it| it.is_ascii_uppercase() || it == b'_');
                    let mut words = said.split(|it: char| !it.is_alphanumeric() && it != '_');
                    assert!(!words.any(is_code), "{}: {said}", code.id());
                }
            }
        }
    }
}
