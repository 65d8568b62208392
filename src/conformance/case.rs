//! The cases: what a sending system must do, or survive. Numbers are never used again for something else.

/// A sentence in bokmål and in English: the two languages of those who build sending systems.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Both {
    pub nb: String,
    pub en: String,
}

impl Both {
    pub fn of(nb: impl Into<String>, en: impl Into<String>) -> Self {
        Self { nb: nb.into(), en: en.into() }
    }

    pub fn of_pair((nb, en): (&str, &str)) -> Self {
        Self::of(nb, en)
    }

    pub fn in_language(&self, language: &str) -> &str {
        if language == "en" { &self.en } else { &self.nb }
    }
}

/// Whether every sender must have done it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Duty {
    Obligatory,
    /// Only for systems that can send such a thing.
    Voluntary,
}

/// Bokmål and English.
type Pair = (&'static str, &'static str);

macro_rules! cases {
    ($($(#[$doc:meta])* $variant:ident = $number:literal, $name:literal, $duty:ident, $title:expr, $task:expr, $example:expr;)+) => {
        /// Something that a sending system must do, or survive (prøvetilfelle).
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Case { $($(#[$doc])* $variant),+ }

        impl Case {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub const fn number(self) -> u8 {
                match self { $(Self::$variant => $number),+ }
            }

            /// A word for machines.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            pub const fn duty(self) -> Duty {
                match self { $(Self::$variant => Duty::$duty),+ }
            }

            const fn title_pair(self) -> Pair {
                match self { $(Self::$variant => $title),+ }
            }

            const fn task_pair(self) -> Pair {
                match self { $(Self::$variant => $task),+ }
            }

            /// A message of the corpus with which the case can be done.
            pub const fn example(self) -> Option<&'static str> {
                match self { $(Self::$variant => $example),+ }
            }
        }
    };
}

macro_rules! corpus {
    ($file:literal) => {
        Some(include_str!(concat!("../../tests/corpus/", $file)))
    };
}

cases! {
    Accepted = 1, "accepted", Obligatory,
        ("En melding blir tatt imot", "A message is accepted"),
        ("Send en melding om behov uten feil. Svaret er en kvittering (AppRec) med status 1. Vis brukeren at meldingen er mottatt.",
         "Send a report of need without faults. The answer is a receipt (AppRec) with status 1. Show the user that it has been received."),
        corpus!("valid/hospital-inpatient.xml");
    Remarked = 2, "remarked", Obligatory,
        ("En melding blir tatt imot med merknad", "A message is accepted with a remark"),
        ("Send en melding som gir en merknad, for eksempel uten bydel til en kommune som har bydeler. Kvitteringen har status 1 og likevel Error: les Status først. Vis merknaden, og send ikke på nytt.",
         "Send a message that earns a remark, such as one without a district to a municipality that has districts. The receipt has status 1 and an Error all the same: read Status first. Show the remark, and do not send again."),
        corpus!("valid/bydel-missing.xml");
    Rejected = 3, "rejected", Obligatory,
        ("En melding blir avvist med flere feil", "A message is rejected with several faults"),
        ("Send en melding med minst to feil. Kvitteringen har status 2 og alle feilene, hver med kode og forklaring (OT).",
         "Send a message with at least two faults. The receipt has status 2 and all the faults, each with a code and an explanation (OT)."),
        corpus!("invalid/several-faults.xml");
    Shown = 4, "shown", Obligatory,
        ("Feilene blir vist for et menneske", "The faults are shown to a person"),
        ("Se på skjermen i systemet ditt: Alle feilene fra tilfelle 3 skal stå der, med kode og hele forklaringen, hos den som kan rette dem. Bekreft med: meldeport conformance confirm 4",
         "Look at the screen of your system: all the faults of case 3 must be there, with the code and the whole explanation, where somebody can mend them. Confirm with: meldeport conformance confirm 4"),
        None;
    Mended = 5, "mended", Obligatory,
        ("Etter avvisning kommer en rettet melding", "After a rejection a mended message comes"),
        ("Rett feilene og send igjen. En rettet melding er en ny melding: ny MsgId.",
         "Mend the faults and send again. A mended message is a new message: a new MsgId."),
        corpus!("valid/loppa-rehabilitation.xml");
    Repeated = 6, "repeated", Obligatory,
        ("Den samme meldingen en gang til gir den samme kvitteringen", "The same message again gives the same receipt"),
        ("Send en melding som er besvart, en gang til: samme MsgId og nøyaktig de samme bytene. Kvitteringen er den samme, og meldingen lagres én gang.",
         "Send a message that has been answered once more: the same MsgId and exactly the same bytes. The receipt is the same, and the message is stored once."),
        None;
    Busy = 7, "busy", Obligatory,
        ("Mottakeren er opptatt: 503 og Retry-After", "The receiver is busy: 503 and Retry-After"),
        ("Skjer av seg selv med en av de neste meldingene. Vent så lenge Retry-After sier, og send de samme bytene igjen.",
         "Happens by itself with one of the next messages. Wait as long as Retry-After says, and send the same bytes again."),
        corpus!("valid/karmoy-complex.xml");
    Slow = 8, "slow", Obligatory,
        ("Svaret lar vente på seg", "The answer is slow"),
        ("Skjer av seg selv med en av de neste meldingene. Vent på svaret; legger du på, må du sende de samme bytene igjen.",
         "Happens by itself with one of the next messages. Wait for the answer; if you hang up, send the same bytes again."),
        corpus!("valid/risor-service-area.xml");
    Cut = 9, "cut", Obligatory,
        ("Forbindelsen blir brutt før svaret", "The connection is cut before the answer"),
        ("Skjer av seg selv med en av de neste meldingene. Du vet ikke om meldingen kom fram: send de samme bytene igjen, med den SAMME MsgId.",
         "Happens by itself with one of the next messages. You do not know whether it arrived: send the same bytes again, with the SAME MsgId."),
        corpus!("valid/possible-need.xml");
    GatewayRenewed = 10, "gateway-renewed", Obligatory,
        ("Mottakerens sertifikat blir fornyet", "The receiver's certificate is renewed"),
        ("Skjer av seg selv etter at den første meldingen er tatt imot. Stol på utstederen, ikke på ett bestemt sertifikat.",
         "Happens by itself after the first message has been accepted. Trust the authority, not one certificate."),
        None;
    OwnRenewed = 11, "own-renewed", Obligatory,
        ("Ditt eget sertifikat blir fornyet", "Your own certificate is renewed"),
        ("Bytt til sertifikatet som slutter på -renewed, og send en melding. Gjør det slik du vil gjøre det i produksjon.",
         "Change to the certificate whose name ends in -renewed, and send a message. Do it the way you will do it in production."),
        corpus!("valid/gjerstad-coordinator-only.xml");
    ReceiptAgain = 12, "receipt-again", Obligatory,
        ("Kvitteringen blir hentet på nytt", "The receipt is fetched again"),
        ("Hent kvitteringen for en melding du har sendt, med GET /receipts/{MsgId}.",
         "Fetch the receipt of a message that you have sent, with GET /receipts/{MsgId}."),
        None;
    Withdrawal = 13, "withdrawal", Obligatory,
        ("En melding blir trukket tilbake", "A report is withdrawn"),
        ("Personen trekker samtykket tilbake. Send TILBAKETREKK med gjelder = den første meldingens meldingsId.",
         "The person withdraws the consent. Send TILBAKETREKK with gjelder = the meldingsId of the first report."),
        corpus!("valid/withdrawal.xml");
    Graded = 14, "graded", Obligatory,
        ("En person med gradert adresse", "A person whose address is protected"),
        ("Send en melding om en person med Adressegradering. Adresse, telefon og e-post skal ikke være med.",
         "Send a report about a person with Adressegradering. Address, telephone and e-mail must not be there."),
        corpus!("valid/graded-address.xml");
    Refused = 15, "refused", Obligatory,
        ("Personen har motsatt seg", "The person has objected"),
        ("Send en melding med samtykkestatus MOTSATT_SEG uten annet grunnlag. Den blir avvist og innholdet ikke lagret. Aller helst stopper systemet ditt den før den sendes; da lages den for hånd til denne prøven.",
         "Send a report with the consent status MOTSATT_SEG and no other basis. It is rejected and its content not stored. Best of all your system stops it before it is sent; then make it by hand for this test."),
        corpus!("invalid/MP-435-refused-without-basis.xml");
    Need = 16, "need", Obligatory,
        ("Nyttelast: BEHOV", "Payload: BEHOV"),
        ("Send en melding av typen BEHOV.", "Send a report of the kind BEHOV."),
        corpus!("valid/gjerstad-coordinator-only.xml");
    PossibleNeed = 17, "possible-need", Voluntary,
        ("Nyttelast: MULIG_BEHOV_HABREHAB", "Payload: MULIG_BEHOV_HABREHAB"),
        ("Send en melding om mulig behov for habilitering eller rehabilitering.", "Send a report of a possible need for habilitation or rehabilitation."),
        corpus!("valid/possible-need.xml");
    ChangedNeed = 18, "changed-need", Voluntary,
        ("Nyttelast: ENDRET_BEHOV", "Payload: ENDRET_BEHOV"),
        ("Send en melding om endret behov, med gjelder.", "Send a report of a changed need, with gjelder."),
        corpus!("valid/changed-need.xml");
    Question = 19, "question", Voluntary,
        ("Nyttelast: SPORSMAL", "Payload: SPORSMAL"),
        ("Send et spørsmål uten person. Eksempelet sendes med skolens sertifikat.",
         "Send a question without a person. The example is sent with the school's certificate."),
        corpus!("valid/question-no-patient.xml");
    TeamAroundPerson = 20, "team", Voluntary,
        ("Nyttelast: ANSVARSGRUPPE", "Payload: ANSVARSGRUPPE"),
        ("Send en melding om ansvarsgruppe.", "Send a report about a responsibility group."),
        None;
    Dialogue = 21, "dialogue", Voluntary,
        ("Nyttelast: dialogmelding", "Payload: a dialogue message"),
        ("Send en dialogmelding 1.0 eller 1.1 til koordinerende enhet.", "Send a dialogue message 1.0 or 1.1 to the coordinating unit."),
        corpus!("valid/dialog-note-plain.xml");
    ChildCoordinator = 22, "child-coordinator", Voluntary,
        ("Et barn med behov for barnekoordinator", "A child who needs a child coordinator"),
        ("Send en melding om et barn, med BARNEKOORDINATOR og minst én foresatt. Eksempelet sendes med skolens sertifikat.",
         "Send a report about a child, with BARNEKOORDINATOR and at least one guardian. The example is sent with the school's certificate."),
        corpus!("valid/school-barnekoordinator.xml");
    Attachment = 23, "attachment", Voluntary,
        ("Vedlegg", "Attachments"),
        ("Send en melding med minst ett vedlegg.", "Send a report with at least one attachment."),
        corpus!("valid/attachments.xml");
    Unborn = 24, "unborn", Voluntary,
        ("Et ventet barn", "An expected child"),
        ("Send en melding om et ventet barn (Ufodt).", "Send a report about an expected child (Ufodt)."),
        corpus!("valid/unborn.xml");
    Urgent = 25, "urgent", Voluntary,
        ("En melding som haster", "An urgent report"),
        ("Send en melding med Hastegrad HASTER og grunn.", "Send a report with Hastegrad HASTER and a reason."),
        corpus!("valid/karmoy-complex.xml");
    AckNever = 26, "ack-never", Voluntary,
        ("Ack N: ingen kvittering ønsket", "Ack N: no receipt wished"),
        ("Send en melding med Ack N. Over HTTPS kommer kvitteringen likevel.", "Send a message with Ack N. Over HTTPS the receipt comes all the same."),
        None;
    AckOnFault = 27, "ack-on-fault", Voluntary,
        ("Ack F: kvittering bare ved feil", "Ack F: a receipt only when something is wrong"),
        ("Send en melding med Ack F. Over HTTPS kommer kvitteringen likevel.", "Send a message with Ack F. Over HTTPS the receipt comes all the same."),
        None;
    TestMarked = 28, "test-marked", Voluntary,
        ("Testmerking", "Test marking"),
        ("Send en melding med ProcessingStatus T eller D. I produksjon blir en slik melding avvist.",
         "Send a message with ProcessingStatus T or D. In production such a message is rejected."),
        corpus!("invalid/MP-234-processing-status-t.xml");
    DryRun = 29, "dry-run", Voluntary,
        ("Prøve uten å levere: ?dry-run", "Trying without delivering: ?dry-run"),
        ("Send en melding til /messages?dry-run. Svaret er dommen og ruten som JSON; ingenting lagres.",
         "Send a message to /messages?dry-run. The answer is the verdict and the route as JSON; nothing is stored."),
        None;
    Conflict = 30, "conflict", Voluntary,
        ("Samme MsgId med andre bytes blir nektet", "The same MsgId with other bytes is refused"),
        ("Send andre bytes med en MsgId som er brukt. Svaret er 409 (MP-213). Et system uten feil gjør aldri dette; lag den for hånd.",
         "Send other bytes with a MsgId that has been used. The answer is 409 (MP-213). A system without faults never does this; make it by hand."),
        None;
    Care = 31, "care", Voluntary,
        ("Nyttelast: pleie- og omsorgsmelding", "Payload: a nursing and care message"),
        ("Send en pleie- og omsorgsmelding (Helseopplysninger) til koordinerende enhet.", "Send a nursing and care message (Helseopplysninger) to the coordinating unit."),
        corpus!("remarked/care-discharge-1.5.xml");
}

impl Case {
    pub fn title(self) -> Both {
        Both::of_pair(self.title_pair())
    }

    /// What the vendor is to do.
    pub fn task(self) -> Both {
        Both::of_pair(self.task_pair())
    }

    /// By number or by name.
    pub fn find(said: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.number().to_string() == said || it.name() == said)
    }
}
