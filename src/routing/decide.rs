//! The decision: from a question to units, with every rule that was looked at on the way.

use crate::domain::AddressedAs;
use crate::domain::AlarmKind;
use crate::domain::Code;
use crate::domain::CoordinatingBody;
use crate::domain::DialogueClass;
use crate::domain::Head;
use crate::domain::HerId;
use crate::domain::LeftOut;
use crate::domain::Municipality;
use crate::domain::MunicipalityNumber;
use crate::domain::NoRoute;
use crate::domain::Party;
use crate::domain::Reason;
use crate::domain::ReceiverLevel;
use crate::domain::Route;
use crate::domain::RouteStep;
use crate::domain::RouteTarget;
use crate::domain::RuleOutcome;
use crate::domain::RuleReason;
use crate::domain::Share;
use crate::domain::Text;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::Validity;
use crate::routing::condition::Fit;
use crate::routing::directory::Addressee;
use crate::routing::directory::Body;
use crate::routing::directory::CoverQuestion;
use crate::routing::directory::Directory;
use crate::routing::directory::Group;
use crate::routing::directory::Owner;
use crate::routing::directory::Reception;
use crate::routing::directory::Rule;
use crate::routing::directory::WhenUnroutable;
use crate::routing::question::Letter;
use crate::routing::question::RouteQuestion;
use jiff::civil::Date;

/// Names of steps that are no rule of the directory; rules' names have no parentheses.
const STEP_RECEIVER: &str = "(receiver)";
const STEP_MUNICIPALITY: &str = "(municipality)";
const STEP_HOSPITAL_TRUST: &str = "(hospital trust)";
const STEP_DEFAULT: &str = "(default)";
const STEP_DIALOGUE: &str = "(dialogue)";
const STEP_PROTECTED: &str = "(protected address)";

/// Where the report goes, and why. The same question to the same directory on the same day has the same answer.
///
/// # Errors
/// [`Code::ReceiverUnknown`], [`Code::ReceiverOfAnother`], [`Code::HospitalTrustWithoutUnit`], or
/// [`Code::MunicipalityWithoutUnit`] when nobody can take the report and the municipality does not want its default
/// unit to. Never silence.
pub fn decide(directory: &Directory, question: &RouteQuestion, at: Timestamp) -> Result<Route, NoRoute> {
    let mut search = Search { directory, question, day: at.date_in_norway(), steps: Vec::new() };
    match search.route() {
        Ok((targets, municipality, alarm)) => {
            Ok(Route { municipality: Some(municipality), targets, steps: search.steps, alarm })
        }
        Err(code) => Err(NoRoute { code, steps: search.steps }),
    }
}

/// As whom we got a message: its receiver, unless only one of the other receivers is an address here.
pub fn addressed_as(directory: &Directory, head: &Head, at: Timestamp) -> AddressedAs {
    let day = at.date_in_norway();
    let is_ours = |it: &Party| it.her_id().is_some_and(|it| directory.addressee_on(it, day).is_some());
    let copy = || head.other_receivers.iter().position(|it| is_ours(&it.party));
    match is_ours(&head.receiver) {
        true => AddressedAs::Receiver,
        false => copy().map_or(AddressedAs::Receiver, AddressedAs::OtherReceiver),
    }
}

/// Where a dialogue message, or a nursing and care message, that speaks for itself goes. It says nothing of a municipality, so the receiver's HER-id
/// does: one about a need asks that municipality's rules, and one that nobody has classified goes to its default unit.
/// A hospital trust's default unit gets both.
///
/// # Errors
/// [`Code::ReceiverUnknown`] for an address that is not ours, and otherwise as [`decide`].
pub fn decide_dialogue<'a>(
    directory: &Directory,
    letter: impl Into<Letter<'a>>,
    receiver: Option<HerId>,
    at: Timestamp,
) -> Result<Route, NoRoute> {
    let letter = letter.into();
    let unknown = |steps| NoRoute { code: Code::ReceiverUnknown, steps };
    let Some(her_id) = receiver else { return Err(unknown(Vec::new())) };
    let day = at.date_in_norway();
    let owner = match directory.addressee_on(her_id, day) {
        Some(Addressee::Unit(it)) => &it.owner,
        Some(Addressee::Body(it)) => &it.owner,
        None => {
            return Err(unknown(vec![said(STEP_RECEIVER, false, receiver_unknown(her_id))]));
        }
    };
    let municipality = match owner {
        Owner::Municipality(it) => Some(it.clone()),
        Owner::HospitalTrust(_) => None,
    };
    // Uoppgitt, code list 3402. A trust's default unit is found without the municipality.
    let nowhere = || MunicipalityNumber::parse("9999").expect("four digits are a municipality number");
    let asked = municipality.clone().unwrap_or_else(nowhere);
    let question = RouteQuestion::of_dialogue(&letter, asked, her_id, at);
    let mut search = Search { directory, question: &question, day, steps: Vec::new() };
    let to_default = match (&municipality, letter.classification.class()) {
        (None, DialogueClass::NeedOfPlanOrCoordinator | DialogueClass::Unclassified)
        | (Some(_), DialogueClass::Unclassified) => true,
        (Some(_), DialogueClass::NeedOfPlanOrCoordinator) => false,
    };
    search.yes(STEP_DIALOGUE, letter.classification.why());
    if to_default && let Some(body) = directory.body_on(owner, day) {
        let found = search.default_of(body, default_reads());
        match (found, &municipality) {
            (Ok(targets), _) => return Ok(Route { municipality, targets, steps: search.steps, alarm: None }),
            (Err(_), None) => return Err(NoRoute { code: Code::HospitalTrustWithoutUnit, steps: search.steps }),
            // Nobody reads what no rule takes here. Then it asks the rules, rather than be turned away unread.
            (Err(_), Some(_)) => {}
        }
    }
    let mut steps = search.steps;
    match decide(directory, &question, at) {
        Ok(mut route) => {
            steps.append(&mut route.steps);
            Ok(Route { steps, ..route })
        }
        Err(mut none) => {
            steps.append(&mut none.steps);
            Err(NoRoute { steps, ..none })
        }
    }
}

/// Targets, the municipality they were found for, and an alarm if one is called for.
type Found = (Vec<RouteTarget>, MunicipalityNumber, Option<AlarmKind>);

/// One question on its way through the directory.
struct Search<'a> {
    directory: &'a Directory,
    question: &'a RouteQuestion,
    day: Date,
    steps: Vec<RouteStep>,
}

/// The municipality's entry, and how sure we are that it is the right one.
enum Place<'a> {
    Known(&'a Body),
    /// The municipality was divided; nobody can say which part is meant.
    Divided(&'a Body),
}

impl<'a> Search<'a> {
    fn route(&mut self) -> Result<Found, Code> {
        let addressee = self.addressee()?;
        match self.question.level {
            ReceiverLevel::Municipality => self.route_to_municipality(addressee),
            ReceiverLevel::HospitalTrust => self.route_to_hospital_trust(addressee),
        }
    }

    /// Whose HER-id the message is addressed to. It must be one of ours.
    fn addressee(&mut self) -> Result<Option<Addressee<'a>>, Code> {
        let Some(her_id) = self.question.receiver else { return Ok(None) };
        let found = self.directory.addressee_on(her_id, self.day);
        if found.is_none() {
            self.not(STEP_RECEIVER, receiver_unknown(her_id));
        }
        found.map(Some).ok_or(Code::ReceiverUnknown)
    }

    fn route_to_hospital_trust(&mut self, addressee: Option<Addressee<'a>>) -> Result<Found, Code> {
        let owner = self.question.hospital_trust.clone().map(Owner::HospitalTrust);
        let Some(trust) = owner.and_then(|it| self.directory.body_on(&it, self.day)) else {
            self.not(STEP_HOSPITAL_TRUST, trust_unknown());
            return Err(Code::HospitalTrustWithoutUnit);
        };
        self.must_belong(addressee, &[&trust.owner])?;
        match trust.reception {
            Reception::OwnUnit => {
                // Whatever goes wrong inside the trust, it is the trust that has nobody, and not a municipality.
                let (targets, alarm) =
                    self.route_in(trust, addressee).map_err(|_: Code| Code::HospitalTrustWithoutUnit)?;
                Ok((targets, self.question.municipality.clone(), alarm))
            }
            Reception::Relay => {
                self.yes(STEP_HOSPITAL_TRUST, trust_relays());
                let (mut targets, municipality, alarm) = self.route_to_municipality(None)?;
                if let Some(told) = trust.default_on(self.day).filter(|it| self.can_receive(&it.unit, trust).is_ok()) {
                    add(&mut targets, &told.unit, Share::Awareness);
                }
                Ok((targets, municipality, alarm))
            }
        }
    }

    fn route_to_municipality(&mut self, addressee: Option<Addressee<'a>>) -> Result<Found, Code> {
        let place = self.place()?;
        match place {
            Place::Known(body) => {
                self.must_belong(addressee, &[&body.owner])?;
                let (targets, alarm) = self.route_in(body, addressee)?;
                Ok((targets, self.number_of(body), alarm))
            }
            Place::Divided(body) => {
                let parts = self.successors();
                self.must_belong(addressee, &parts.iter().collect::<Vec<_>>())?;
                let targets = self.default_of(body, default_used())?;
                Ok((targets, self.number_of(body), Some(AlarmKind::Unroutable)))
            }
        }
    }

    /// The municipality's entry in the directory. An old number leads to what it became.
    fn place(&mut self) -> Result<Place<'a>, Code> {
        let directory = self.directory;
        let number = &self.question.municipality;
        if let Some(body) = directory.body_on(&Owner::Municipality(number.clone()), self.day) {
            return Ok(Place::Known(body));
        }
        let parts = self.successors();
        let found = parts.iter().find_map(|it| directory.body_on(it, self.day));
        match (parts.as_slice(), found) {
            ([_], Some(body)) => {
                self.yes(STEP_MUNICIPALITY, number_followed(number, &body.owner));
                Ok(Place::Known(body))
            }
            (_, Some(body)) => {
                self.yes(STEP_MUNICIPALITY, number_divided(number, &parts, &body.owner));
                Ok(Place::Divided(body))
            }
            (_, None) => {
                self.not(STEP_MUNICIPALITY, municipality_unknown(number));
                Err(Code::MunicipalityWithoutUnit)
            }
        }
    }

    /// What the municipality number has become, when it is out of use.
    fn successors(&self) -> Vec<Owner> {
        match Municipality::valid_on(&self.question.municipality, self.day) {
            Validity::Expired { successors, .. } => {
                successors.into_iter().map(|it| Owner::Municipality(it.number.clone())).collect()
            }
            Validity::Valid(_) | Validity::Unknown => Vec::new(),
        }
    }

    /// The municipality that the route is for: the body's, or for a trust the one asked for.
    fn number_of(&self, body: &Body) -> MunicipalityNumber {
        match &body.owner {
            Owner::Municipality(it) => it.clone(),
            Owner::HospitalTrust(_) => self.question.municipality.clone(),
        }
    }

    /// The receiver's HER-id must be that of the body, of a unit that serves it, or of a hospital trust that relays.
    fn must_belong(&mut self, addressee: Option<Addressee<'a>>, owners: &[&Owner]) -> Result<(), Code> {
        let (whose, serves) = match addressee {
            None => return Ok(()),
            Some(Addressee::Unit(it)) => (&it.owner, owners.iter().any(|owner| it.serves(owner, None, self.day))),
            Some(Addressee::Body(it)) => (&it.owner, owners.contains(&&it.owner)),
        };
        let relays = match whose {
            Owner::HospitalTrust(_) => {
                self.directory.body_on(whose, self.day).is_some_and(|it| it.reception == Reception::Relay)
            }
            Owner::Municipality(_) => false,
        };
        if serves || relays {
            return Ok(());
        }
        self.not(STEP_RECEIVER, receiver_of_another());
        Err(Code::ReceiverOfAnother)
    }

    /// The first rule of `body` that fits and has a unit that can receive, or what the body wants when there is none.
    fn route_in(
        &mut self,
        body: &'a Body,
        addressee: Option<Addressee<'a>>,
    ) -> Result<(Vec<RouteTarget>, Option<AlarmKind>), Code> {
        for rule in &body.rules {
            let fit = rule.conditions.fit(self.question, &body.districts, addressee);
            if !rule.validity.contains(self.day) {
                self.looked_at((rule, body), fit, RuleOutcome::NotInForce, Vec::new());
                continue;
            }
            if !fit.unmet.is_empty() {
                self.looked_at((rule, body), fit, RuleOutcome::Unmet, Vec::new());
                continue;
            }
            let (targets, left_out) = self.targets_of(rule, body);
            if targets.iter().any(|it| it.share == Share::Content) {
                self.looked_at((rule, body), fit, RuleOutcome::Fits, left_out);
                self.note_protection();
                return Ok((targets, None));
            }
            self.looked_at((rule, body), fit, RuleOutcome::InVain, left_out);
        }
        match body.when_unroutable {
            WhenUnroutable::Default => Ok((self.default_of(body, default_used())?, Some(AlarmKind::Unroutable))),
            WhenUnroutable::Reject => {
                self.not(STEP_DEFAULT, wants_rejection());
                Err(Code::MunicipalityWithoutUnit)
            }
        }
    }

    fn default_of(&mut self, body: &'a Body, why: Text) -> Result<Vec<RouteTarget>, Code> {
        let Some(default) = body.default_on(self.day) else {
            self.not(STEP_DEFAULT, no_default());
            return Err(Code::MunicipalityWithoutUnit);
        };
        if let Err(why) = self.can_receive(&default.unit, body) {
            self.not(STEP_DEFAULT, fits_in_vain(&[left_out_words(&default.unit, why)]));
            return Err(Code::MunicipalityWithoutUnit);
        }
        let reason = Reason::Default { by: (&body.owner).into(), unit: default.unit.clone() };
        self.steps.push(RouteStep { rule: STEP_DEFAULT.to_owned(), fitted: true, why, reason });
        self.note_protection();
        Ok(vec![RouteTarget { unit: default.unit.clone(), share: Share::Content }])
    }

    /// The units of a rule that can receive now, and why the others cannot.
    fn targets_of(&self, rule: &Rule, body: &Body) -> (Vec<RouteTarget>, Vec<(UnitId, LeftOut)>) {
        let mut targets = Vec::new();
        let mut left_out = Vec::new();
        let content = rule.to.iter().map(|it| (it, Share::Content));
        let awareness = rule.aware.iter().map(|it| (it, Share::Awareness));
        for (unit, share) in content.chain(awareness) {
            match self.can_receive(unit, body) {
                Ok(()) => add(&mut targets, unit, share),
                Err(why) => left_out.push((unit.clone(), why)),
            }
        }
        (targets, left_out)
    }

    /// Whether `unit` may receive this report for `body` today, or why not.
    fn can_receive(&self, unit: &UnitId, body: &Body) -> Result<(), LeftOut> {
        let asked = CoverQuestion { kind: self.question.kind, needs: &self.question.needs };
        let Some(found) = self.directory.unit(unit) else { return Err(LeftOut::NotInOperation) };
        if !found.validity.contains(self.day) {
            return Err(LeftOut::NotInOperation);
        }
        if !found.serves(&body.owner, Some(&asked), self.day) {
            return Err(LeftOut::OtherReports);
        }
        if self.question.grading.is_protected() && found.kind.is_read_by_many() {
            return Err(LeftOut::ProtectedAddress);
        }
        let nobody = |it: &Group| !it.members.iter().any(|it| it.validity.contains(self.day));
        if found.group.as_ref().is_some_and(nobody) {
            return Err(LeftOut::NoMembers);
        }
        Ok(())
    }

    fn note_protection(&mut self) {
        if self.question.grading.is_protected() {
            self.yes(STEP_PROTECTED, protected());
        }
    }

    fn yes(&mut self, rule: &str, why: Text) {
        self.steps.push(said(rule, true, why));
    }

    fn not(&mut self, rule: &str, why: Text) {
        self.steps.push(said(rule, false, why));
    }

    /// Notes what came of a rule.
    fn looked_at(
        &mut self,
        (rule, body): (&Rule, &Body),
        fit: Fit,
        outcome: RuleOutcome,
        left_out: Vec<(UnitId, LeftOut)>,
    ) {
        let words: Vec<Text> = left_out.iter().map(|(unit, why)| left_out_words(unit, *why)).collect();
        let why = match outcome {
            RuleOutcome::Fits => fits(rule, &fit, &words),
            RuleOutcome::Unmet => does_not_fit(&fit),
            RuleOutcome::InVain => fits_in_vain(&words),
            RuleOutcome::NotInForce => rule_not_in_force(),
        };
        let reason = RuleReason {
            name: rule.name.clone(),
            by: (&body.owner).into(),
            outcome,
            why: rule.why.clone(),
            asks: fit.asks,
            to: rule.to.clone(),
            aware: rule.aware.clone(),
            left_out,
        };
        let fitted = outcome == RuleOutcome::Fits;
        self.steps.push(RouteStep { rule: rule.name.clone(), fitted, why, reason: Reason::Rule(Box::new(reason)) });
    }
}

impl From<&Owner> for CoordinatingBody {
    fn from(owner: &Owner) -> Self {
        match owner {
            Owner::Municipality(it) => Self::Municipality(it.clone()),
            Owner::HospitalTrust(it) => Self::HospitalTrust(it.clone()),
        }
    }
}

/// A step whose sentence needs no other words for those who read the report.
fn said(rule: &str, fitted: bool, why: Text) -> RouteStep {
    RouteStep { rule: rule.to_owned(), fitted, reason: Reason::Said(why.clone()), why }
}

/// Adds a unit once; content counts more than awareness.
fn add(targets: &mut Vec<RouteTarget>, unit: &UnitId, share: Share) {
    if !targets.iter().any(|it| it.unit == *unit) {
        targets.push(RouteTarget { unit: unit.clone(), share });
    }
}

// ── Sentences ────────────────────────────────────────────────────────────────────────────────────────────────────────

fn receiver_unknown(her_id: HerId) -> Text {
    Text::owned(
        format!("HER-id {her_id} er ikke en av adressene i enhetskatalogen."),
        format!("HER-id {her_id} er ikkje ei av adressene i einingskatalogen."),
        format!("HER-id {her_id} is not one of the addresses in the unit directory."),
    )
}

fn receiver_of_another() -> Text {
    Text::of(
        "HER-iden som meldingen er adressert til, hører til en annen enn den som meldingen er ment for.",
        "HER-id-en som meldinga er adressert til, høyrer til ein annan enn den som meldinga er meint for.",
        "The HER-id that the message is addressed to belongs to another body than the one the report is for.",
    )
}

fn trust_unknown() -> Text {
    Text::of(
        "Helseforetaket er ikke oppgitt, eller det finnes ikke i enhetskatalogen i dag.",
        "Helseføretaket er ikkje oppgitt, eller det finst ikkje i einingskatalogen i dag.",
        "The hospital trust is not given, or it is not in the unit directory today.",
    )
}

fn trust_relays() -> Text {
    Text::of(
        "Helseforetaket sender meldinger rett videre til pasientens kommune.",
        "Helseføretaket sender meldingar rett vidare til kommunen til pasienten.",
        "The hospital trust passes reports straight on to the patient's municipality.",
    )
}

fn number_followed(old: &MunicipalityNumber, new: &Owner) -> Text {
    Text::owned(
        format!("Kommunenummer {old} er gått ut; kommunen har nå nummer {new}."),
        format!("Kommunenummer {old} er gått ut; kommunen har no nummer {new}."),
        format!("Municipality number {old} is out of use; the municipality now has number {new}."),
    )
}

fn number_divided(old: &MunicipalityNumber, parts: &[Owner], chosen: &Owner) -> Text {
    let parts = parts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    Text::owned(
        format!(
            "Kommunenummer {old} er gått ut, og kommunen er delt i {parts}. Standardenheten i {chosen} får meldingen, og en person må se på den."
        ),
        format!(
            "Kommunenummer {old} er gått ut, og kommunen er delt i {parts}. Standardeininga i {chosen} får meldinga, og ein person må sjå på ho."
        ),
        format!(
            "Municipality number {old} is out of use, and the municipality is divided into {parts}. The default unit of {chosen} gets the report, and a person must look at it."
        ),
    )
}

fn municipality_unknown(number: &MunicipalityNumber) -> Text {
    Text::owned(
        format!("Kommune {number} finnes ikke i enhetskatalogen i dag."),
        format!("Kommune {number} finst ikkje i einingskatalogen i dag."),
        format!("Municipality {number} is not in the unit directory today."),
    )
}

fn rule_not_in_force() -> Text {
    Text::of("Regelen gjelder ikke i dag.", "Regelen gjeld ikkje i dag.", "The rule is not in force today.")
}

fn does_not_fit(fit: &Fit) -> Text {
    sentence(["Passer ikke", "Passar ikkje", "Does not fit"], &fit.unmet)
}

fn fits(rule: &Rule, fit: &Fit, left_out: &[Text]) -> Text {
    let met = if fit.met.is_empty() {
        Text::of(
            "Regelen passer for alle meldinger.",
            "Regelen passar for alle meldingar.",
            "The rule fits every report.",
        )
    } else {
        sentence(["Passer", "Passar", "Fits"], &fit.met)
    };
    let rest = if left_out.is_empty() {
        Text::of("", "", "")
    } else {
        sentence([" Utelatt", " Utelate", " Left out"], left_out)
    };
    Text::owned(
        format!("{} {}{}", rule.why.nb, met.nb, rest.nb),
        format!("{} {}{}", rule.why.nn, met.nn, rest.nn),
        format!("{} {}{}", rule.why.en, met.en, rest.en),
    )
}

fn fits_in_vain(left_out: &[Text]) -> Text {
    sentence(
        ["Ingen av enhetene kan ta imot nå", "Ingen av einingane kan ta imot no", "None of the units can receive now"],
        left_out,
    )
}

fn left_out_words(unit: &UnitId, why: LeftOut) -> Text {
    match why {
        LeftOut::NotInOperation => unit_closed(unit),
        LeftOut::OtherReports => unit_does_not_cover(unit),
        LeftOut::NoMembers => unit_without_members(unit),
        LeftOut::ProtectedAddress => unit_is_a_group(unit),
    }
}

fn unit_closed(unit: &UnitId) -> Text {
    Text::owned(
        format!("{unit} er ikke i drift i dag"),
        format!("{unit} er ikkje i drift i dag"),
        format!("{unit} is not in operation today"),
    )
}

fn unit_does_not_cover(unit: &UnitId) -> Text {
    Text::owned(
        format!("{unit} tar ikke imot slike meldinger for denne kommunen"),
        format!("{unit} tek ikkje imot slike meldingar for denne kommunen"),
        format!("{unit} does not receive such reports for this municipality"),
    )
}

fn unit_without_members(unit: &UnitId) -> Text {
    Text::owned(
        format!("{unit} er en gruppe uten medlemmer i dag"),
        format!("{unit} er ei gruppe utan medlemmer i dag"),
        format!("{unit} is a group without members today"),
    )
}

fn unit_is_a_group(unit: &UnitId) -> Text {
    Text::owned(
        format!("{unit} er en gruppe, og adressen er gradert"),
        format!("{unit} er ei gruppe, og adressa er gradert"),
        format!("{unit} is a group, and the address is protected"),
    )
}

fn protected() -> Text {
    Text::of(
        "Adressen er gradert: meldingen er merket som skjermet, og ingen gruppe får den automatisk.",
        "Adressa er gradert: meldinga er merkt som skjerma, og inga gruppe får ho automatisk.",
        "The address is protected: the report is marked, and no group gets it automatically.",
    )
}

fn wants_rejection() -> Text {
    Text::of(
        "Ingen regel passer, og mottakeren har bestemt at slike meldinger avvises.",
        "Ingen regel passar, og mottakaren har bestemt at slike meldingar blir avviste.",
        "No rule fits, and the receiver has decided that such reports are rejected.",
    )
}

fn no_default() -> Text {
    Text::of(
        "Ingen regel passer, og det finnes ingen standardenhet i dag.",
        "Ingen regel passar, og det finst inga standardeining i dag.",
        "No rule fits, and there is no default unit today.",
    )
}

fn default_reads() -> Text {
    Text::of(
        "Standardenheten hos den som meldingen er adressert til, får den, leser den og avgjør.",
        "Standardeininga hos den som meldinga er adressert til, får ho, les ho og avgjer.",
        "The default unit of the body that the message is addressed to gets it, reads it and decides.",
    )
}

fn default_used() -> Text {
    Text::of(
        "Ingen regel avgjorde, så standardenheten får meldingen. En person må se på hvorfor.",
        "Ingen regel avgjorde, så standardeininga får meldinga. Ein person må sjå på kvifor.",
        "No rule decided, so the default unit gets the report. A person must look at why.",
    )
}

/// "Opening: part; part." in each language.
fn sentence(opening: [&str; 3], parts: &[Text]) -> Text {
    let join = |opening: &str, said: fn(&Text) -> &str| {
        format!("{opening}: {}.", parts.iter().map(said).collect::<Vec<_>>().join("; "))
    };
    Text::owned(join(opening[0], |it| &it.nb), join(opening[1], |it| &it.nn), join(opening[2], |it| &it.en))
}
