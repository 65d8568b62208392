//! What the inbox says of nursing and care messages (PLO). Names of elements are those that the national viewer shows
//! (standards/FACTS.md c.4); another one is taken apart into its words.

use crate::domain::Language;
use crate::inbox::texts::Words;

impl Words {
    pub(in crate::inbox) const fn section_care(self) -> &'static str {
        self.pick("Om pleie- og omsorgsmeldingen", "Om pleie- og omsorgsmeldinga", "About the nursing and care message")
    }

    pub(in crate::inbox) const fn label_care_kind(self) -> &'static str {
        self.pick("Type", "Type", "Kind")
    }

    pub(in crate::inbox) const fn care_not_checked(self) -> &'static str {
        self.pick(
            "Innholdet er ikke kontrollert mot noe skjema. Alt som sto i det, vises under, i samme rekkefølge.",
            "Innhaldet er ikkje kontrollert mot noko skjema. Alt som stod i det, er vist under, i same rekkjefølgje.",
            "The content is not checked against any schema. All that stood in it is shown below, in the same order.",
        )
    }

    pub(in crate::inbox) const fn section_care_content(self) -> &'static str {
        self.pick("Innhold", "Innhald", "Content")
    }

    /// An element in words: the known ones as people say them, others taken apart where their capitals are.
    pub(in crate::inbox) fn care_element(self, name: &str) -> String {
        let known = ELEMENTS.iter().find(|it| it.0 == name).map(|(_, nb, nn, en)| match self.0 {
            Language::Nb => *nb,
            Language::Nn => *nn,
            Language::En => *en,
        });
        let Some(known) = known else {
            let dialogue = self.code("DialogElement", name);
            return if dialogue == name { words_of(name) } else { dialogue };
        };
        known.to_owned()
    }
}

/// `InfoMedisinskDiagnose` → `Info medisinsk diagnose`. A run of capitals stays together.
fn words_of(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut words = String::with_capacity(name.len() + 4);
    for (index, letter) in letters.iter().enumerate() {
        let begins = index > 0 && letter.is_uppercase() && letters[index - 1].is_lowercase();
        let is_word = begins && !letters.get(index + 1).is_some_and(|it| it.is_uppercase());
        if begins {
            words.push(' ');
        }
        if is_word { words.extend(letter.to_lowercase()) } else { words.push(*letter) }
    }
    words
}

#[rustfmt::skip]
const ELEMENTS: [(&str, &str, &str, &str); 29] = [
    ("HelseopplysningerVedSoknad", "Helseopplysninger ved søknad", "Helseopplysningar ved søknad", "Health information with an application"),
    ("HelseopplysningerTilLege", "Helseopplysninger til lege", "Helseopplysningar til lege", "Health information to a doctor"),
    ("Innleggelsesrapport", "Innleggelsesrapport", "Innleggingsrapport", "Report at admission"),
    ("Utskrivningsrapport", "Utskrivningsrapport", "Utskrivingsrapport", "Report at discharge"),
    ("MedisinskeOpplysninger", "Medisinske opplysninger", "Medisinske opplysningar", "Medical information"),
    ("OrienteringOmTjenestetilbud", "Orientering om tjenestetilbud", "Orientering om tenestetilbod", "About services offered"),
    ("TverrfagligEpikrise", "Tverrfaglig epikrise", "Tverrfagleg epikrise", "Interdisciplinary discharge summary"),
    ("Pasientlogistikk", "Pasientlogistikk", "Pasientlogistikk", "Patient logistics"),
    ("InformasjonOmForsendelsen", "Om forsendelsen", "Om sendinga", "About the message"),
    ("Forsendelsesstatus", "Status for forsendelsen", "Status for sendinga", "Status of the message"),
    ("ForbeholdOmVideresending", "Forbehold om videresending", "Atterhald om vidaresending", "Reservation about passing on"),
    ("InfoMedisinskDiagnose", "Medisinsk diagnose", "Medisinsk diagnose", "Medical diagnosis"),
    ("InfoIPLOSrelevantInformasjon", "IPLOS-relevant informasjon", "IPLOS-relevant informasjon", "IPLOS information"),
    ("MedisinskfagligeOpplysninger", "Medisinskfaglige opplysninger", "Medisinskfaglege opplysningar", "Medical facts"),
    ("InfoAndreViktigeOpplysninger", "Andre viktige opplysninger", "Andre viktige opplysningar", "Other important facts"),
    ("Sykepleierdokumentasjon", "Sykepleierdokumentasjon", "Sjukepleiardokumentasjon", "Nursing documentation"),
    ("OpplysningerAndreFaggrupper", "Opplysninger fra andre faggrupper", "Opplysningar frå andre faggrupper", "From other professions"),
    ("InfoKartleggingFunksjonsniva", "Kartlegging av funksjonsnivå", "Kartlegging av funksjonsnivå", "Assessment of functions"),
    ("InfoReservasjon", "Reservasjon", "Reservasjon", "Reservation"),
    ("TjenesteBehov", "Behov for tjenester", "Behov for tenester", "Need of services"),
    ("InfoKontrolltime", "Kontrolltime", "Kontrolltime", "Check-up"),
    ("TidsfestetHendelse", "Tidfestet hendelse", "Tidfest hending", "Event"),
    ("UtskrevetTil", "Utskrevet til", "Utskriven til", "Discharged to"),
    ("InfoInformasjonGitt", "Informasjon som er gitt", "Informasjon som er gitt", "Information given"),
    ("OpplysningerOmHjelpemidler", "Hjelpemidler", "Hjelpemiddel", "Aids"),
    ("OpplysningOpphold", "Opphold", "Opphald", "Stay"),
    ("EksisterendeTjeneste", "Tjeneste personen har", "Teneste personen har", "Service that the person has"),
    ("ParorendeForesatt", "Pårørende eller foresatt", "Pårørande eller føresett", "Next of kin or guardian"),
    ("OpplysningerTilSoknad", "Opplysninger til søknad", "Opplysningar til søknad", "Information for the application"),
];

#[cfg(test)]
mod tests {
    use super::Words;
    use crate::domain::Language;

    #[test]
    fn an_element_is_said_in_words() {
        let t = Words(Language::Nb);
        for (name, said) in [
            ("InfoMedisinskDiagnose", "Medisinsk diagnose"),
            ("TypeInnhold", "Type innhold"),
            ("InfoABCOmDette", "Info ABCOm dette"),
            ("Ident", "Id"),
            ("x", "x"),
            ("", ""),
        ] {
            assert_eq!(t.care_element(name), said);
        }
    }
}
