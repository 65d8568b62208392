//! The two-person rule for graded addresses: one asks to open and says why, another who is cleared agrees or says why not, and
//! the journal tells both. The reasons stand there as words from a list; what is written beside them is sealed.

use crate::domain;
use crate::domain::Clearance;
use crate::domain::Denial;
use crate::domain::ItemId;
use crate::domain::OpeningReason;
use crate::domain::OpeningRefusal;
use crate::domain::Redacted;
use crate::domain::SecondPerson;
use crate::domain::UnitId;
use crate::domain::Wish;
use crate::domain::clearance;
use crate::inbox::House;
use crate::inbox::access;
use crate::inbox::access::Looked;
use crate::inbox::access::SECOND_HOLDS;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::form::Sent;
use crate::inbox::kept;
use crate::inbox::moment::Moment;
use crate::inbox::prove;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::inbox::view::unit_name_in;
use crate::storage::Because;
use crate::storage::Clearing;
use crate::storage::OpeningAnswer;
use crate::storage::StoreError;
use crate::storage::UserId;
use crate::storage::WaitingForSecond;
use crate::storage::cleared_in;
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::extract::Query;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use axum::routing::get;
use axum::routing::post;
use serde::Deserialize;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// Longest text beside a reason. Characters.
const TEXT_CHARACTERS_MAX: usize = 500;

/// How long those who are cleared are shown who has been cleared.
const NEWLY: Duration = Duration::from_secs(14 * 24 * 60 * 60);

/// Where those who may agree see who waits, and those who are cleared see who has been cleared.
pub(super) const PATH: &str = "/second";

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new()
        .route(PATH, get(show))
        .route("/items/{id}/second", post(ask))
        .route("/items/{id}/second/{user}", post(agree))
        .route("/items/{id}/second/{user}/refuse", post(refuse))
}

/// What a case's page says about the second person.
#[derive(Default)]
pub(super) struct SecondView {
    /// The form that asks for one.
    pub ask: Option<Say>,
    /// The reason that was given, while nobody has answered.
    pub waits: Option<String>,
    /// What came of it.
    pub answer: Option<AnswerView>,
    /// Others who ask for this person.
    pub asked: Vec<Asked>,
}

pub(super) struct AnswerView {
    pub agreed: bool,
    /// Who, and when; for an opening that was agreed to, until when.
    pub said: String,
    pub reason: &'static str,
    pub text: String,
    /// Where one proves who one is to see what was written.
    pub hidden: Option<String>,
}

pub(super) struct Asked {
    pub name: String,
    pub reference: String,
    pub at: Moment,
    pub reason: &'static str,
    pub text: String,
    /// Who has said no before, when and why, and what they wrote.
    pub earlier: Option<(String, &'static str, String)>,
    /// What was written is shown when the person has proved who they are: it may be of the case.
    pub hidden: bool,
    /// What one can answer. `None`: somebody stands behind both clearances.
    pub answer: Option<Answering>,
}

/// The forms that say yes and no.
pub(super) struct Answering {
    pub action: String,
    pub key: String,
    pub refuse: Say,
}

/// A form that gives a reason.
pub(super) struct Say {
    /// Of its fields on the page.
    pub id: String,
    pub action: String,
    pub key: String,
    pub question: &'static str,
    pub submit: &'static str,
    pub primary: bool,
    pub reasons: Vec<(&'static str, &'static str)>,
    pub chosen: String,
    pub text: String,
    pub wrong_reason: Option<&'static str>,
    pub wrong_text: Option<&'static str>,
}

impl Say {
    fn asking(who: &SignedIn, item: ItemId) -> Self {
        let t = Words(who.language);
        let reasons = OpeningReason::ALL.iter().map(|it| (it.label(), t.opening_asked_for(*it))).collect();
        let words = (t.opening_why(), t.second_ask());
        Self::new(who, "ask".to_owned(), ask_action(item), words, reasons)
    }

    fn refusing(who: &SignedIn, item: ItemId, user: UserId) -> Self {
        let t = Words(who.language);
        let reasons = OpeningRefusal::ALL.iter().map(|it| (it.label(), t.opening_refused_for(*it))).collect();
        let words = (t.opening_why_not(), t.opening_refuse());
        Self {
            primary: false,
            ..Self::new(who, format!("no-{item}-{user}"), refuse_action(item, user), words, reasons)
        }
    }

    fn new(
        who: &SignedIn,
        id: String,
        action: String,
        (question, submit): (&'static str, &'static str),
        reasons: Vec<(&'static str, &'static str)>,
    ) -> Self {
        Self {
            id,
            key: who.draw_key(&action),
            action,
            question,
            submit,
            primary: true,
            reasons,
            chosen: String::new(),
            text: String::new(),
            wrong_reason: None,
            wrong_text: None,
        }
    }
}

pub(super) async fn view(house: &House, who: &SignedIn, looked: &Looked) -> Result<SecondView, StoreError> {
    let row = &looked.detail.row;
    if !row.protected {
        return Ok(SecondView::default());
    }
    let mut view = SecondView::default();
    let t = Words(who.language);
    let opening = house.inbox.openings.opening(row.id, who.user.id, who.at.minus(SECOND_HOLDS)).await?;
    match looked.may(Wish::Read) {
        Err(Denial::SecondPerson(SecondPerson::NotAsked | SecondPerson::Refused)) => {
            view.ask = Some(Say::asking(who, row.id));
        }
        Err(Denial::SecondPerson(SecondPerson::Asked)) => {
            view.waits = Some(reason(opening.as_ref().and_then(|it| it.why.as_ref()), t).to_owned());
        }
        Err(Denial::SecondPerson(SecondPerson::Agreed) | Denial::Unknown | Denial::Ended | Denial::NotByRole)
        | Ok(()) => {}
    }
    let cover = format!("/items/{}", row.id);
    view.answer = opening.and_then(|it| it.answer).map(|it| answer(house, who, &it, &cover));
    if looked.may_agree {
        let waiting = waiting(house, who, std::slice::from_ref(&row.unit)).await?;
        view.asked = waiting.iter().filter(|it| it.0.item == row.id).map(|it| asked(house, who, it)).collect();
    }
    Ok(view)
}

/// What came of it, as the one who asked is told.
fn answer(house: &House, who: &SignedIn, answer: &OpeningAnswer, back: &str) -> AnswerView {
    let t = Words(who.language);
    let moment = |it| Moment::of(it, house.now(), who.language).full;
    let agreed = answer.refusal.is_none();
    let until = agreed.then(|| t.opening_until(&moment(answer.at.plus(SECOND_HOLDS))));
    let said = t.opening_answered(agreed, &answer.by, &moment(answer.at));
    AnswerView {
        agreed,
        said: std::iter::once(said).chain(until).collect::<Vec<_>>().join(" "),
        reason: answer.refusal.as_ref().map_or("", |it| t.opening_refused_for(it.reason)),
        text: answer.refusal.as_ref().map(|it| shown(house, who, it)).unwrap_or_default(),
        hidden: answer
            .refusal
            .as_ref()
            .filter(|it| is_hidden(house, who, it))
            .map(|_| format!("{}?next={back}", prove::PATH)),
    }
}

fn reason(why: Option<&Because<OpeningReason>>, t: Words) -> &'static str {
    why.map_or_else(|| t.opening_no_reason(), |it| t.opening_asked_for(it.reason))
}

/// What was written beside a reason, for one who has proved who they are as for content.
fn shown<R>(house: &House, who: &SignedIn, because: &Because<R>) -> String {
    let text = because.text.as_ref().filter(|_| prove::is_enough(house, who));
    text.map(|it| it.reveal().clone()).unwrap_or_default()
}

fn is_hidden<R>(house: &House, who: &SignedIn, because: &Because<R>) -> bool {
    because.text.is_some() && !prove::is_enough(house, who)
}

fn asked(house: &House, who: &SignedIn, (waiting, two): &(WaitingForSecond, Two)) -> Asked {
    let action = agree_action(waiting.item, waiting.who.id);
    let key = who.draw_key(&action);
    let refusal = waiting.earlier.as_ref().and_then(|it| it.refusal.as_ref());
    Asked {
        name: waiting.who.display_name.clone(),
        reference: waiting.reference.clone(),
        at: Moment::of(waiting.asked_at, house.now(), who.language),
        reason: reason(waiting.why.as_ref(), Words(who.language)),
        text: waiting.why.as_ref().map(|it| shown(house, who, it)).unwrap_or_default(),
        hidden: waiting.why.as_ref().is_some_and(|it| is_hidden(house, who, it))
            || refusal.is_some_and(|it| is_hidden(house, who, it)),
        earlier: waiting.earlier.as_ref().map(|it| {
            let it = self::answer(house, who, it, PATH);
            (it.said, it.reason, it.text)
        }),
        answer: (*two == Two::Yes).then(|| Answering {
            key,
            action,
            refuse: Say::refusing(who, waiting.item, waiting.who.id),
        }),
    }
}

fn ask_action(item: ItemId) -> String {
    format!("/items/{item}/second")
}

fn agree_action(item: ItemId, user: UserId) -> String {
    format!("/items/{item}/second/{user}")
}

fn refuse_action(item: ItemId, user: UserId) -> String {
    format!("/items/{item}/second/{user}/refuse")
}

/// Whether the one who asks and the one who would agree are two.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Two {
    Yes,
    /// Somebody stands behind both clearances.
    No,
}

/// Who waits in `units`, the person themselves left out.
async fn waiting(house: &House, who: &SignedIn, units: &[UnitId]) -> Result<Vec<(WaitingForSecond, Two)>, StoreError> {
    let mut waiting = house.inbox.openings.waiting_for_second(units, who.at.minus(SECOND_HOLDS)).await?;
    waiting.retain(|it| it.who.id != who.user.id);
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    let clearings = house.inbox.people.clearings(units).await?;
    // Who has lost the clearance within those hours opens nothing with anybody's leave.
    waiting.retain(|it| cleared_in(&clearings, &it.unit, who.at).iter().any(|cleared| cleared.who == it.who.id.0));
    let two = |it: &WaitingForSecond| {
        let cleared = cleared_in(&clearings, &it.unit, who.at);
        if domain::are_two(&cleared, it.who.id.0, who.user.id.0) { Two::Yes } else { Two::No }
    };
    Ok(waiting
        .into_iter()
        .map(|it| {
            let two = two(&it);
            (it, two)
        })
        .collect())
}

/// Who has been cleared of late, where the person is cleared too. The newest first.
pub(super) async fn newly_cleared(house: &House, who: &SignedIn) -> Result<Vec<Clearing>, StoreError> {
    let mut units: Vec<UnitId> = who.memberships.iter().map(|it| it.unit.clone()).collect();
    units.retain(|it| clearance(&who.memberships, it, who.at) == Clearance::Graded);
    units.sort_unstable();
    units.dedup();
    if units.is_empty() {
        return Ok(Vec::new());
    }
    let mut newly = house.inbox.people.clearings(&units).await?;
    newly.retain(|it| it.given_at >= who.at.minus(NEWLY));
    // One with several roles in a unit has been cleared there once by each who did it.
    let mut told = HashSet::new();
    newly.retain(|it| told.insert((it.who.id, it.held.unit.clone(), it.by.as_ref().map(|it| it.id))));
    Ok(newly)
}

/// How many wait for this person.
pub(super) async fn count(house: &House, who: &SignedIn) -> Result<usize, StoreError> {
    let units = units(who);
    if units.is_empty() {
        return Ok(0);
    }
    Ok(waiting(house, who, &units).await?.iter().filter(|it| it.1 == Two::Yes).count())
}

/// The units in which the person may be the second who agrees.
fn units(who: &SignedIn) -> Vec<UnitId> {
    let mut units: Vec<UnitId> = who.memberships.iter().map(|it| it.unit.clone()).collect();
    units.retain(|it| domain::agrees_to_graded(&who.memberships, it, who.at));
    units.sort_unstable();
    units.dedup();
    units
}

#[derive(Template)]
#[template(path = "second.html")]
struct SecondPage {
    page: Page,
    t: Words,
    said: Option<&'static str>,
    waiting: Vec<Asked>,
    newly: Vec<(String, Moment)>,
}

#[derive(Deserialize)]
struct SecondQuery {
    said: Option<String>,
}

/// Who waits for a second person.
async fn show(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Query(query): Query<SecondQuery>,
) -> Result<Response, Fault> {
    let t = Words(who.language);
    let waiting = waiting(&house, &who, &units(&who)).await.map_err(|it| Fault::store(who.language, it))?;
    let newly = newly_cleared(&house, &who).await.map_err(|it| Fault::store(who.language, it))?;
    let page = SecondPage {
        page: Page::signed_in(&house, &who, t.second_list()),
        t,
        said: query.said.as_deref().and_then(|it| match it {
            "agreed" => Some(t.opening_was_agreed()),
            "refused" => Some(t.opening_was_refused()),
            "gone" => Some(t.opening_was_gone()),
            _ => None,
        }),
        waiting: waiting.iter().map(|it| asked(&house, &who, it)).collect(),
        newly: newly.iter().map(|it| told(&house, &who, it)).collect(),
    };
    Ok(html(StatusCode::OK, &page))
}

/// Who was cleared, where and by whom; and when.
fn told(house: &House, who: &SignedIn, it: &Clearing) -> (String, Moment) {
    let t = Words(who.language);
    let by = it.by.as_ref().map_or(t.cleared_operator(), |it| it.display_name.as_str());
    let unit = unit_name_in(house, &it.held.unit, who.language);
    (t.cleared_line(&it.who.display_name, &unit, by), Moment::of(it.given_at, house.now(), who.language))
}

#[derive(Deserialize)]
struct KeyForm {
    key: String,
}

#[derive(Deserialize)]
struct SayForm {
    #[serde(default)]
    key: String,
    #[serde(default)]
    because: String,
    #[serde(default)]
    text: String,
}

impl SayForm {
    /// What was said; or the form again, with what is wrong with it.
    fn read<R>(
        self,
        label: impl Fn(&str) -> Option<R>,
        other: &str,
        say: Say,
        t: Words,
    ) -> Result<Because<R>, Box<Say>> {
        let text = self.text.trim().to_owned();
        let reason = label(&self.because);
        let is_said = self.because != other || !text.is_empty();
        let fits = text.chars().count() <= TEXT_CHARACTERS_MAX;
        match reason {
            Some(reason) if is_said && fits => {
                Ok(Because { reason, text: Some(text).filter(|it| !it.is_empty()).map(Redacted::new) })
            }
            reason => Err(Box::new(Say {
                wrong_reason: reason.is_none().then(|| t.opening_choose()),
                wrong_text: if fits { (!is_said).then(|| t.opening_say()) } else { Some(t.opening_too_long()) },
                chosen: self.because,
                text: self.text,
                ..say
            })),
        }
    }
}

#[derive(Template)]
#[template(path = "second_wrong.html")]
struct WrongPage {
    page: Page,
    t: Words,
    heading: &'static str,
    back: String,
    back_words: &'static str,
    say: Say,
}

/// The form again, with what must be put right.
fn wrong(house: &House, who: &SignedIn, say: Say, (back, back_words): (String, &'static str)) -> Response {
    let (t, heading) = (Words(who.language), say.submit);
    let page = Page::signed_in(house, who, heading);
    html(StatusCode::UNPROCESSABLE_ENTITY, &WrongPage { page, t, heading, back, back_words, say })
}

/// The form of a session that is gone: nothing is done, and what was written stays.
fn again(house: &House, who: &SignedIn, form: SayForm, say: Say, back: (String, &'static str)) -> Response {
    let mut page = wrong(house, who, Say { chosen: form.because, text: form.text, ..say }, back);
    *page.status_mut() = kept::AGAIN;
    page
}

/// Asks for a second person.
async fn ask(
    State(house): State<Arc<House>>,
    Path(id): Path<String>,
    Sent(who, form): Sent<SayForm>,
) -> Result<Response, Fault> {
    let id: ItemId = id.parse().map_err(|_| Fault::absent(who.language))?;
    let (t, back) = (Words(who.language), format!("/items/{id}"));
    if who.check_key(&ask_action(id), &form.key).is_err() {
        return Ok(again(&house, &who, form, Say::asking(&who, id), (back, t.back_to_report())));
    }
    let looked = access::look(&house, &who, id).await?;
    match looked.may(Wish::Read) {
        Err(Denial::SecondPerson(SecondPerson::NotAsked | SecondPerson::Refused)) => {
            let read = form.read(OpeningReason::from_label, OpeningReason::Other.label(), Say::asking(&who, id), t);
            let why = match read {
                Ok(why) => why,
                Err(say) => return Ok(wrong(&house, &who, *say, (back, t.back_to_report()))),
            };
            let asked = house.inbox.openings.ask_second(id, &who.person(), Some(&why), house.now()).await;
            asked.map_err(|it| Fault::store(who.language, it))?;
        }
        // Asked already, or no need to ask.
        Ok(()) | Err(Denial::SecondPerson(SecondPerson::Asked | SecondPerson::Agreed)) => {}
        Err(Denial::Unknown | Denial::Ended | Denial::NotByRole) => {
            access::require(&house, &who, &looked, Wish::Read).await?;
        }
    }
    Ok(Redirect::to(&back).into_response())
}

/// Agrees that another opens.
async fn agree(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path((id, user)): Path<(String, String)>,
    Posted(form): Posted<KeyForm>,
) -> Result<Response, Fault> {
    let (id, user) = of_whom(&who, &id, &user)?;
    who.check_key(&agree_action(id, user), &form.key)?;
    may_answer(&house, &who, id, user).await?;
    let agreed = house.inbox.openings.agree_second(id, user, &who.person(), house.now()).await;
    Ok(said(agreed.map_err(|it| Fault::store(who.language, it))?, "agreed"))
}

/// Says no to it, and why.
async fn refuse(
    State(house): State<Arc<House>>,
    Path((id, user)): Path<(String, String)>,
    Sent(who, form): Sent<SayForm>,
) -> Result<Response, Fault> {
    let (id, user) = of_whom(&who, &id, &user)?;
    let (t, say) = (Words(who.language), Say::refusing(&who, id, user));
    if who.check_key(&refuse_action(id, user), &form.key).is_err() {
        return Ok(again(&house, &who, form, say, (PATH.to_owned(), t.second_list())));
    }
    may_answer(&house, &who, id, user).await?;
    let why = match form.read(OpeningRefusal::from_label, OpeningRefusal::Other.label(), say, t) {
        Ok(why) => why,
        Err(say) => return Ok(wrong(&house, &who, *say, (PATH.to_owned(), t.second_list()))),
    };
    let refused = house.inbox.openings.refuse_second(id, user, &why, &who.person(), house.now()).await;
    Ok(said(refused.map_err(|it| Fault::store(who.language, it))?, "refused"))
}

fn of_whom(who: &SignedIn, id: &str, user: &str) -> Result<(ItemId, UserId), Fault> {
    let absent = || Fault::absent(who.language);
    Ok((id.parse().map_err(|_| absent())?, UserId(Uuid::parse_str(user).map_err(|_| absent())?)))
}

/// Goes on only if the person may be the second for `user`. To answer counts for as much as to open.
async fn may_answer(house: &House, who: &SignedIn, id: ItemId, user: UserId) -> Result<(), Fault> {
    let looked = access::look(house, who, id).await?;
    access::require(house, who, &looked, Wish::See).await?;
    if !looked.may_agree || user == who.user.id {
        return Err(Fault::denied(who.language, Denial::NotByRole));
    }
    let unit = &looked.detail.row.unit;
    let clearings = house.inbox.people.clearings(std::slice::from_ref(unit)).await;
    let cleared = cleared_in(&clearings.map_err(|it| Fault::store(who.language, it))?, unit, who.at);
    if !domain::are_two(&cleared, user.0, who.user.id.0) {
        access::deny(house, who, &looked, "agree", Denial::SecondPerson(SecondPerson::Asked)).await?;
    }
    if prove::is_enough(house, who) { Ok(()) } else { Err(Fault::prove(who.language, PATH.to_owned())) }
}

/// Back to those who wait, with what has been done.
fn said(done: bool, what: &str) -> Response {
    Redirect::to(&format!("{PATH}?said={}", if done { what } else { "gone" })).into_response()
}
