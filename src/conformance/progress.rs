//! Which cases are done, which are missing, and why: worked out from what was seen. Pure.

use crate::conformance::case::Both;
use crate::conformance::case::Case;
use crate::conformance::reading::Reading;
use crate::conformance::seen::Fault;
use crate::conformance::seen::FaultKind;
use crate::conformance::seen::Seen;
use crate::conformance::seen::SeenMessage;
use crate::conformance::seen::Trait;
use crate::conformance::seen::Visit;
use crate::conformance::seen::What;
use crate::domain::Timestamp;
use std::time::Duration;

/// A sender's clock and the line may differ from ours by so much.
const SLACK: Duration = Duration::from_millis(500);

/// A fault that nobody has answered for so long is made once more.
const PATIENCE: Duration = Duration::from_secs(10 * 60);

/// How far one case has come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Progress {
    pub case: Case,
    /// When it was done.
    pub done_at: Option<Timestamp>,
    /// The message that showed it, or that comes nearest.
    pub message_id: Option<String>,
    /// Why it is done, or what is missing.
    pub why: Both,
}

impl Progress {
    pub const fn is_done(&self) -> bool {
        self.done_at.is_some()
    }
}

/// How far each case has come, in the order of their numbers.
pub fn progress(seen: &[Seen]) -> Vec<Progress> {
    let book = Book { seen };
    Case::ALL.iter().map(|case| book.look(*case)).collect()
}

/// What is to be done with a message that comes now.
pub(super) fn choose(seen: &[Seen], coming: &Reading, now: Timestamp) -> Option<FaultKind> {
    let book = Book { seen };
    let id = coming.message_id.as_deref()?;
    let earlier = book.faults().filter(|(_, it)| it.message_id == id).last();
    if let Some((at, fault)) = earlier {
        let too_early = fault.kind == FaultKind::Busy && !fault.may_return(at, now);
        let was_let_in = book.messages().any(|(_, it)| it.message_id.as_deref() == Some(id) && it.status != 503);
        return (too_early && !was_let_in).then_some(FaultKind::Busy);
    }
    let is_new = !book.messages().any(|(_, it)| it.message_id.as_deref() == Some(id));
    let has_begun = book.messages().any(|(_, it)| it.is_accepted());
    if !is_new || !has_begun {
        return None;
    }
    FaultKind::ALL.into_iter().find(|kind| book.is_due(*kind, now))
}

impl SeenMessage {
    pub(super) fn is_accepted(&self) -> bool {
        self.status == 200 && self.receipt_status.as_deref() == Some("1")
    }

    fn is_rejected(&self) -> bool {
        self.status == 200 && self.receipt_status.as_deref() == Some("2")
    }

    fn has(&self, wanted: Trait) -> bool {
        self.traits.contains(&wanted)
    }

    fn id(&self) -> &str {
        self.message_id.as_deref().unwrap_or("?")
    }
}

impl Fault {
    fn may_return(&self, told: Timestamp, now: Timestamp) -> bool {
        now.plus(SLACK) >= told.plus(Duration::from_secs(self.wait_seconds))
    }
}

/// What came of a fault.
enum Outcome {
    Survived(Timestamp),
    Failed(Both),
    Waiting(Both),
}

/// What was seen, ready to be asked.
struct Book<'a> {
    seen: &'a [Seen],
}

type Met<'a> = (Timestamp, &'a SeenMessage);

impl<'a> Book<'a> {
    fn messages(&self) -> impl Iterator<Item = Met<'a>> {
        self.seen.iter().filter_map(|it| match &it.what {
            What::Message(message) => Some((it.at(), message)),
            What::Fault(_)
            | What::HungUp { .. }
            | What::Receipt { .. }
            | What::Rehearsal { .. }
            | What::Renewed
            | What::Confirmed { .. } => None,
        })
    }

    fn faults(&self) -> impl Iterator<Item = (Timestamp, &'a Fault)> {
        self.seen.iter().filter_map(|it| match &it.what {
            What::Fault(fault) => Some((it.at(), fault)),
            What::Message(_)
            | What::HungUp { .. }
            | What::Receipt { .. }
            | What::Rehearsal { .. }
            | What::Renewed
            | What::Confirmed { .. } => None,
        })
    }

    /// Whether a fault of this kind should be made for the next new message.
    fn is_due(&self, kind: FaultKind, now: Timestamp) -> bool {
        let Some((at, fault)) = self.faults().filter(|(_, it)| it.kind == kind).last() else { return true };
        match self.outcome(at, fault) {
            Outcome::Survived(_) => false,
            Outcome::Failed(_) => true,
            Outcome::Waiting(_) => now.since(at) > PATIENCE,
        }
    }

    fn look(&self, case: Case) -> Progress {
        match case {
            Case::Accepted => self.accepted(case, |_| true, ("en melding uten feil", "a message without faults")),
            Case::Remarked => {
                self.accepted(case, |it| !it.errors.is_empty(), ("en melding med merknad", "a message with a remark"))
            }
            Case::Rejected => self.rejected(case),
            Case::Shown => self.shown(case),
            Case::Mended => self.mended(case),
            Case::Repeated => self.repeated(case),
            Case::Busy => self.fault(case, FaultKind::Busy),
            Case::Slow => self.fault(case, FaultKind::Slow),
            Case::Cut => self.fault(case, FaultKind::Cut),
            Case::GatewayRenewed => self.gateway_renewed(case),
            Case::OwnRenewed => self.own_renewed(case),
            Case::ReceiptAgain => self.receipt_again(case),
            Case::Withdrawal => self.with(case, Trait::Withdrawal, "TILBAKETREKK"),
            Case::Graded => self.with(case, Trait::Graded, "Adressegradering"),
            Case::Refused => self.objected(case),
            Case::Need => self.with(case, Trait::Need, "BEHOV"),
            Case::PossibleNeed => self.with(case, Trait::PossibleNeed, "MULIG_BEHOV_HABREHAB"),
            Case::ChangedNeed => self.with(case, Trait::ChangedNeed, "ENDRET_BEHOV"),
            Case::Question => self.with(case, Trait::Question, "SPORSMAL"),
            Case::TeamAroundPerson => self.with(case, Trait::TeamAroundPerson, "ANSVARSGRUPPE"),
            Case::Dialogue => self.with(case, Trait::Dialogue, "Dialogmelding"),
            Case::ChildCoordinator => self.accepted(
                case,
                |it| it.has(Trait::ChildCoordinator) && it.has(Trait::Guardian),
                ("en melding med BARNEKOORDINATOR og foresatt", "a message with BARNEKOORDINATOR and a guardian"),
            ),
            Case::Attachment => self.with(case, Trait::Attachment, "Document (A)"),
            Case::Unborn => self.with(case, Trait::Unborn, "Ufodt"),
            Case::Urgent => self.with(case, Trait::Urgent, "Hastegrad HASTER"),
            Case::AckNever => self.with(case, Trait::AckNever, "Ack N"),
            Case::AckOnFault => self.with(case, Trait::AckOnFault, "Ack F"),
            Case::TestMarked => self.with(case, Trait::TestMarked, "ProcessingStatus T / D"),
            Case::Care => self.with(case, Trait::Care, "Helseopplysninger"),
            Case::DryRun => self.dry_run(case),
            Case::Conflict => self.conflict(case),
        }
    }

    fn with(&self, case: Case, wanted: Trait, word: &str) -> Progress {
        let (nb, en) = (format!("en melding med {word}"), format!("a message with {word}"));
        self.accepted(case, |it| it.has(wanted), (&nb, &en))
    }

    /// Done by a message that fits, was accepted, and whose answer reached the sender.
    fn accepted(&self, case: Case, fits: impl Fn(&SeenMessage) -> bool, (nb, en): (&str, &str)) -> Progress {
        let candidates = || self.messages().filter(|(_, it)| it.answered && fits(it));
        if let Some(found) = candidates().find(|(_, it)| it.is_accepted()) {
            return done(
                case,
                found,
                Both::of(format!("Kom, og ble tatt imot: {nb}."), format!("Came, and was accepted: {en}.")),
            );
        }
        match candidates().last() {
            Some((_, it)) => near(
                case,
                it,
                Both::of(
                    format!("Det har kommet {nb}, men den ble ikke tatt imot ({}).", outcome_of(it)),
                    format!("There came {en}, but it was not accepted ({}).", outcome_of(it)),
                ),
            ),
            None => missing(case, Both::of(format!("Det har ikke kommet {nb}."), format!("There has not come {en}."))),
        }
    }

    fn first_rejected(&self) -> Option<Met<'a>> {
        self.messages().find(|(_, it)| it.answered && it.is_rejected() && it.errors.len() >= 2)
    }

    fn rejected(&self, case: Case) -> Progress {
        match self.first_rejected() {
            Some(found) => {
                let codes = found.1.errors.join(" ");
                done(case, found, Both::of(format!("Avvist med {codes}."), format!("Rejected with {codes}.")))
            }
            None => missing(
                case,
                Both::of(
                    "Ingen melding med minst to feil har kommet.",
                    "No message with at least two faults has come.",
                ),
            ),
        }
    }

    fn shown(&self, case: Case) -> Progress {
        let confirmed =
            self.seen.iter().find(|it| matches!(it.what, What::Confirmed { case: number } if number == case.number()));
        match (confirmed, self.first_rejected()) {
            (Some(it), Some((_, message))) if it.at() >= self.first_rejected().map_or(it.at(), |(at, _)| at) => {
                Progress {
                    case,
                    done_at: Some(it.at()),
                    message_id: message.message_id.clone(),
                    why: Both::of("Bekreftet av et menneske.", "Confirmed by a person."),
                }
            }
            (_, Some((_, message))) => near(
                case,
                message,
                Both::of(
                    format!("Ingen har bekreftet at disse står på skjermen: {}.", message.errors.join(" ")),
                    format!("Nobody has confirmed that these are on the screen: {}.", message.errors.join(" ")),
                ),
            ),
            (_, None) => missing(case, Both::of("Tilfelle 3 må gjøres først.", "Case 3 must be done first.")),
        }
    }

    fn mended(&self, case: Case) -> Progress {
        let Some((at, rejected)) = self.first_rejected() else {
            return missing(case, Both::of("Tilfelle 3 må gjøres først.", "Case 3 must be done first."));
        };
        let mended = self
            .messages()
            .find(|(later, it)| *later > at && it.answered && it.is_accepted() && it.message_id != rejected.message_id);
        match mended {
            Some(found) => done(
                case,
                found,
                Both::of(
                    "En ny melding med ny MsgId ble tatt imot etter avvisningen.",
                    "A new message with a new MsgId was accepted after the rejection.",
                ),
            ),
            None => near(
                case,
                rejected,
                Both::of(
                    "Etter avvisningen er ingen ny melding tatt imot.",
                    "After the rejection no new message has been accepted.",
                ),
            ),
        }
    }

    fn repeated(&self, case: Case) -> Progress {
        let answered: Vec<Met<'a>> =
            self.messages().filter(|(_, it)| it.answered && it.status == 200 && it.message_id.is_some()).collect();
        for (index, (_, first)) in answered.iter().enumerate() {
            let again = answered[index + 1..]
                .iter()
                .find(|(_, it)| it.message_id == first.message_id && it.sha256 == first.sha256);
            if let Some(found) = again.filter(|(_, it)| it.receipt == first.receipt) {
                return done(
                    case,
                    *found,
                    Both::of("Kvitteringen var den samme, byte for byte.", "The receipt was the same, byte for byte."),
                );
            }
        }
        missing(
            case,
            Both::of(
                "Ingen melding som var besvart, er sendt en gang til med de samme bytene.",
                "No message that had been answered has been sent once more with the same bytes.",
            ),
        )
    }

    fn fault(&self, case: Case, kind: FaultKind) -> Progress {
        let mut last = missing(
            case,
            Both::of(
                "Ikke laget ennå: det skjer med en ny melding etter at tilfelle 1 er gjort.",
                "Not made yet: it happens to a new message after case 1 is done.",
            ),
        );
        for (at, fault) in self.faults().filter(|(_, it)| it.kind == kind) {
            let message_id = Some(fault.message_id.clone());
            last = match self.outcome(at, fault) {
                Outcome::Survived(done_at) => {
                    let why = Both::of("De samme bytene fikk svar.", "The same bytes got their answer.");
                    return Progress { case, done_at: Some(done_at), message_id, why };
                }
                Outcome::Failed(why) | Outcome::Waiting(why) => Progress { case, done_at: None, message_id, why },
            };
        }
        last
    }

    /// What the sender did after a fault: sent the same again, something else, or nothing.
    fn outcome(&self, at: Timestamp, fault: &Fault) -> Outcome {
        let after = || self.messages().filter(move |(met, _)| *met >= at);
        let same_id = |it: &SeenMessage| it.message_id.as_deref() == Some(&fault.message_id);
        if let Some((_, other)) = after().find(|(_, it)| same_id(it) && it.sha256 != fault.sha256) {
            return Outcome::Failed(Both::of(
                format!("Melding {} kom igjen med andre bytes ({}).", fault.message_id, outcome_of(other)),
                format!("Message {} came again with other bytes ({}).", fault.message_id, outcome_of(other)),
            ));
        }
        let is_alike = |it: &SeenMessage| it.alike == fault.alike && it.sha256 != fault.sha256 && !same_id(it);
        if let Some((_, other)) = after().find(|(_, it)| is_alike(it)) {
            return Outcome::Failed(Both::of(
                format!(
                    "Melding {} kom igjen under en ny MsgId ({}). Den skal ha den SAMME MsgId, ellers får mottakeren den to ganger.",
                    fault.message_id,
                    other.id()
                ),
                format!(
                    "Message {} came again under a new MsgId ({}). It must have the SAME MsgId, or the receiver gets it twice.",
                    fault.message_id,
                    other.id()
                ),
            ));
        }
        let early =
            self.faults().find(|(later, it)| *later > at && it.kind == fault.kind && it.message_id == fault.message_id);
        if let Some((early, _)) = early {
            let (after, wait) = (early.since(at).as_secs_f64(), fault.wait_seconds);
            return Outcome::Failed(Both::of(
                format!(
                    "Melding {} kom igjen etter {after:.1} sekunder, men Retry-After sa {wait}. Prøv igjen med en ny melding.",
                    fault.message_id
                ),
                format!(
                    "Message {} came again after {after:.1} seconds, but Retry-After said {wait}. Try again with a new message.",
                    fault.message_id
                ),
            ));
        }
        let answered = after().find(|(_, it)| same_id(it) && it.answered && it.status == 200);
        if let Some((met, _)) = answered {
            return Outcome::Survived(met);
        }
        Outcome::Waiting(self.waiting(at, fault))
    }

    fn waiting(&self, at: Timestamp, fault: &Fault) -> Both {
        let id = &fault.message_id;
        match fault.kind {
            FaultKind::Busy => Both::of(
                format!(
                    "Melding {id} fikk 503 klokka {} og har ikke kommet igjen. Send de samme bytene når Retry-After er over.",
                    time(at)
                ),
                format!(
                    "Message {id} got 503 at {} and has not come again. Send the same bytes when Retry-After is over.",
                    time(at)
                ),
            ),
            FaultKind::Slow => {
                let hung_up = self.seen.iter().find_map(|it| match &it.what {
                    What::HungUp { message_id, after_ms } if message_id == id && it.at() >= at => Some(*after_ms),
                    What::HungUp { .. }
                    | What::Fault(_)
                    | What::Message(_)
                    | What::Receipt { .. }
                    | What::Rehearsal { .. }
                    | What::Renewed
                    | What::Confirmed { .. } => None,
                });
                match hung_up.map(|it| f64::from(u32::try_from(it).unwrap_or(u32::MAX)) / 1000.0) {
                    Some(after) => Both::of(
                        format!(
                            "Systemet la på etter {after:.1} sekunder mens svaret på melding {id} var på vei, og sendte ikke på nytt. Vent lenger, eller send de samme bytene igjen."
                        ),
                        format!(
                            "The system hung up after {after:.1} seconds while the answer to message {id} was on its way, and did not send again. Wait longer, or send the same bytes again."
                        ),
                    ),
                    None => Both::of(
                        format!("Svaret på melding {id} er på vei."),
                        format!("The answer to message {id} is on its way."),
                    ),
                }
            }
            FaultKind::Cut => Both::of(
                format!(
                    "Forbindelsen ble brutt klokka {} før svaret på melding {id}. Den har ikke kommet igjen. En melding uten kvittering skal sendes på nytt, med de samme bytene og den SAMME MsgId.",
                    time(at)
                ),
                format!(
                    "The connection was cut at {} before the answer to message {id}. It has not come again. A message without a receipt must be sent again, with the same bytes and the SAME MsgId.",
                    time(at)
                ),
            ),
        }
    }

    fn visits(&self) -> impl Iterator<Item = (Timestamp, &'a Visit, bool)> {
        self.seen.iter().filter_map(|it| match &it.what {
            What::Message(message) => Some((it.at(), &message.by, message.answered && message.status == 200)),
            What::Receipt { by, status, .. } | What::Rehearsal { by, status } => Some((it.at(), by, *status == 200)),
            What::Fault(_) | What::HungUp { .. } | What::Renewed | What::Confirmed { .. } => None,
        })
    }

    fn gateway_renewed(&self, case: Case) -> Progress {
        let Some(renewed) = self.seen.iter().find(|it| it.what == What::Renewed) else {
            return missing(
                case,
                Both::of(
                    "Ikke fornyet ennå: det skjer når tilfelle 1 er gjort.",
                    "Not renewed yet: it happens when case 1 is done.",
                ),
            );
        };
        match self.visits().find(|(_, by, is_fine)| by.gateway_certificate == 2 && *is_fine) {
            Some((at, ..)) => Progress {
                case,
                done_at: Some(at),
                message_id: None,
                why: Both::of(
                    "Systemet koblet seg opp mot det nye sertifikatet.",
                    "The system connected to the new certificate.",
                ),
            },
            None => missing(
                case,
                Both::of(
                    format!(
                        "Sertifikatet ble fornyet klokka {}. Siden har systemet ikke koblet seg opp. Stoler det på utstederen (authority.pem)?",
                        time(renewed.at())
                    ),
                    format!(
                        "The certificate was renewed at {}. The system has not connected since. Does it trust the authority (authority.pem)?",
                        time(renewed.at())
                    ),
                ),
            ),
        }
    }

    fn own_renewed(&self, case: Case) -> Progress {
        match self.visits().find(|(_, by, is_fine)| by.own_certificate == 2 && *is_fine) {
            Some((at, by, _)) => Progress {
                case,
                done_at: Some(at),
                message_id: None,
                why: Both::of(format!("Kom med {}-renewed.", by.sender), format!("Came with {}-renewed.", by.sender)),
            },
            None => missing(
                case,
                Both::of(
                    "Ingenting har kommet med et sertifikat som slutter på -renewed.",
                    "Nothing has come with a certificate whose name ends in -renewed.",
                ),
            ),
        }
    }

    fn receipt_again(&self, case: Case) -> Progress {
        let mut why = Both::of("Ingen kvittering er hentet på nytt.", "No receipt has been fetched again.");
        for it in self.seen {
            let What::Receipt { message_id, status, receipt, .. } = &it.what else { continue };
            let is_own = self.messages().any(|(_, met)| {
                met.message_id.as_deref() == Some(message_id) && met.receipt.as_deref() == Some(receipt)
            });
            if *status == 200 && is_own {
                let why = Both::of("Den samme kvitteringen ble hentet.", "The same receipt was fetched.");
                return Progress { case, done_at: Some(it.at()), message_id: Some(message_id.clone()), why };
            }
            why = Both::of(
                format!(
                    "Det er spurt etter {message_id}, men svaret var {status}. Bruk MsgId til en melding som er besvart."
                ),
                format!(
                    "{message_id} was asked for, but the answer was {status}. Use the MsgId of a message that has been answered."
                ),
            );
        }
        missing(case, why)
    }

    fn objected(&self, case: Case) -> Progress {
        match self.messages().find(|(_, it)| it.answered && it.has(Trait::Objected) && it.is_rejected()) {
            Some(found) => done(case, found, Both::of("Kom, og ble avvist.", "Came, and was rejected.")),
            None => missing(
                case,
                Both::of("Ingen melding med MOTSATT_SEG har kommet.", "No message with MOTSATT_SEG has come."),
            ),
        }
    }

    fn dry_run(&self, case: Case) -> Progress {
        let found = self.seen.iter().find(|it| matches!(it.what, What::Rehearsal { status: 200, .. }));
        match found {
            Some(it) => Progress {
                case,
                done_at: Some(it.at()),
                message_id: None,
                why: Both::of("En melding er prøvd med ?dry-run.", "A message has been tried with ?dry-run."),
            },
            None => missing(case, Both::of("?dry-run er ikke brukt.", "?dry-run has not been used.")),
        }
    }

    fn conflict(&self, case: Case) -> Progress {
        match self.messages().find(|(_, it)| it.status == 409) {
            Some(found) => done(case, found, Both::of("Nektet med 409.", "Refused with 409.")),
            None => missing(case, Both::of("Ingen MsgId er brukt om igjen.", "No MsgId has been used a second time.")),
        }
    }
}

fn done(case: Case, (at, message): Met<'_>, why: Both) -> Progress {
    Progress { case, done_at: Some(at), message_id: message.message_id.clone(), why }
}

fn near(case: Case, message: &SeenMessage, why: Both) -> Progress {
    Progress { case, done_at: None, message_id: message.message_id.clone(), why }
}

fn missing(case: Case, why: Both) -> Progress {
    Progress { case, done_at: None, message_id: None, why }
}

/// In codes, for both languages.
fn outcome_of(message: &SeenMessage) -> String {
    match &message.receipt_status {
        Some(status) => {
            let errors = message.errors.iter().map(|it| format!(" {it}"));
            format!("AppRec {status}{}", errors.collect::<String>())
        }
        None => format!("HTTP {}", message.status),
    }
}

/// The time of day in Norway.
pub(super) fn time(at: Timestamp) -> String {
    at.to_jiff().to_zoned(crate::domain::norway()).strftime("%H:%M:%S").to_string()
}
