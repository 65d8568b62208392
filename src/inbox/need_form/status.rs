//! What has become of a report, for the one who has its code: no more than the consent allows, and nothing of the person.
//!
//! The code is typed in a form that is posted, so that it stands in no address, history or log.

use crate::domain::AnswerKind;
use crate::domain::CaseOutcome;
use crate::domain::ItemState;
use crate::domain::MessageState;
use crate::domain::Timestamp;
use crate::inbox::House;
use crate::inbox::client::Client;
use crate::inbox::contacts::CallView;
use crate::inbox::contacts::public_page;
use crate::inbox::contacts::reader;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::moment;
use crate::inbox::moment::Moment;
use crate::inbox::need_form::step::StepQuery;
use crate::inbox::need_form::turned_away;
use crate::inbox::texts::Words;
use crate::inbox::token;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::storage::FormStatus;
use askama::Template;
use axum::extract::Query;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use std::hash::BuildHasher as _;
use std::hash::RandomState;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

const PATH: &str = "/meld/status";
/// Letters and digits that are not mistaken for each other (Crockford's alphabet).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 125 bits: nobody guesses it, and it can be written down.
const CODE_CHARACTERS: usize = 25;
const GROUP_CHARACTERS: usize = 5;

/// A new code, in groups: `7K39Q-…`.
pub(super) fn new_code() -> String {
    let random: [u8; CODE_CHARACTERS] = token::random();
    let signs: Vec<char> = random.iter().map(|it| char::from(ALPHABET[usize::from(it % 32)])).collect();
    signs.chunks(GROUP_CHARACTERS).map(|it| it.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// The code as it is hashed, however it was typed.
pub(super) fn plain(code: &str) -> String {
    let sign = |it: char| match it.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    code.chars().filter(char::is_ascii_alphanumeric).take(CODE_CHARACTERS + 1).map(sign).collect()
}

/// Counters in each of two rows. So many take no more memory however many ask, and are wide enough for a town.
const COUNTERS: usize = 8192;
const MINUTE: Duration = Duration::from_secs(60);

/// How often each address has asked in this minute, and how often each code has been asked for. Each is counted in two counters
/// that nobody outside can know which they are, and the smaller one counts: who guesses fills their own, and shuts out others
/// only by chance and from thousands of addresses.
pub(super) struct Asked {
    rows: [RandomState; 2],
    counts: Mutex<(Timestamp, Box<[[u32; COUNTERS]; 2]>)>,
}

impl Default for Asked {
    fn default() -> Self {
        let counts = Mutex::new((Timestamp(i64::MIN), Box::new([[0; COUNTERS]; 2])));
        Self { rows: [RandomState::new(), RandomState::new()], counts }
    }
}

impl Asked {
    /// Counts one more from this address for this code. The hash of the code, never the code itself.
    fn may_ask(&self, address: &str, code: [u8; 32], now: Timestamp, per_minute_max: u32) -> bool {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.0 <= now.minus(MINUTE) {
            *counts = (now, Box::new([[0; COUNTERS]; 2]));
        }
        // Who has asked too often counts against no code.
        let by_address = self.count(&mut counts.1, address.as_bytes());
        by_address <= per_minute_max && self.count(&mut counts.1, &code) <= per_minute_max
    }

    fn count(&self, counts: &mut [[u32; COUNTERS]; 2], asked: &[u8]) -> u32 {
        let rows = self.rows.iter().zip(counts).map(|(row, counts)| {
            let place = row.hash_one(asked) % COUNTERS as u64;
            let count = &mut counts[usize::try_from(place).expect("it is below the number of counters")];
            *count = count.saturating_add(1);
            *count
        });
        rows.min().unwrap_or_default()
    }
}

#[derive(Template)]
#[template(path = "form_status.html")]
struct StatusPage {
    page: Page,
    t: Words,
    error: Option<&'static str>,
    status: Option<StatusView>,
}

struct StatusView {
    reference: String,
    said: &'static str,
    /// What the one who sent it should do now.
    advice: Option<&'static str>,
    events: Vec<(&'static str, Moment)>,
    /// What came of it, and the day.
    outcome: Option<(&'static str, String)>,
    no_feedback: bool,
    /// The unit to call.
    call: Option<CallView>,
}

pub(super) async fn show(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    Query(query): Query<StepQuery>,
) -> Response {
    draw(&house, Words(reader(&headers, query.lang.as_deref())), StatusCode::OK, None, None)
}

fn draw(
    house: &House,
    t: Words,
    code: StatusCode,
    error: Option<&'static str>,
    status: Option<StatusView>,
) -> Response {
    let page = public_page(house, t, t.status_heading(), |it| format!("{PATH}?lang={}", it.tag()));
    html(code, &StatusPage { page, t, error, status })
}

#[derive(Deserialize)]
pub(super) struct StatusForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    lang: String,
}

pub(super) async fn ask(
    State(house): State<Arc<House>>,
    client: Client,
    headers: HeaderMap,
    Posted(form): Posted<StatusForm>,
) -> Result<Response, Fault> {
    let language = reader(&headers, Some(&form.lang));
    let (t, now) = (Words(language), house.now());
    let code = plain(&form.code);
    let hash = token::sha256(code.as_bytes());
    if !house.form.status_asked.may_ask(&client.text(), hash, now, house.config().form.status_per_minute_max) {
        return Ok(turned_away(draw(&house, t, StatusCode::TOO_MANY_REQUESTS, Some(t.status_wait()), None)));
    }
    let found = house.inbox.forms.form_status(hash).await;
    match found.map_err(|it| Fault::store(language, it))? {
        Some(status) if code.len() == CODE_CHARACTERS => {
            Ok(draw(&house, t, StatusCode::OK, None, Some(view(&house, &status, now, t))))
        }
        Some(_) | None => Ok(draw(&house, t, StatusCode::NOT_FOUND, Some(t.status_wrong()), None)),
    }
}

fn view(house: &House, status: &FormStatus, now: Timestamp, t: Words) -> StatusView {
    let moment = |at: Timestamp| Moment::of(at, now, t.0);
    let last = |preliminary: bool| {
        let of_kind = |it: &&(Option<AnswerKind>, Timestamp)| (it.0 == Some(AnswerKind::Preliminary)) == preliminary;
        status.answers.iter().rfind(of_kind).map(|it| it.1)
    };
    let (preliminary, answered) = (last(true), last(false));
    let closed = status.closed_at.filter(|_| status.item == Some(ItemState::Closed));

    // What the sender must do about the report itself tells nothing of the person, and needs no consent.
    let (said, advice) = match (status.misaddressed_at, status.asked_at) {
        _ if status.state == MessageState::Stuck => (t.status_in_work(), None),
        (Some(_), _) => (t.status_not_here(), Some(t.status_not_here_text())),
        (None, Some(_)) => (t.status_asks(), Some(t.status_asks_text())),
        (None, None) if !status.feedback => (t.status_received(), None),
        (None, None) if status.passed_on => (t.status_passed_on(), None),
        (None, None) if closed.is_some() => (t.status_done(), None),
        (None, None) if answered.is_some() => (t.status_answered(), None),
        (None, None) if preliminary.is_some() => (t.status_preliminary(), None),
        (None, None) => (said_of(status.item, t), None),
    };
    let told = |at: Option<Timestamp>| at.filter(|_| status.feedback);
    let mut events = vec![
        (t.status_received(), Some(status.received_at)),
        (t.status_opened(), told(status.opened_at)),
        (t.status_preliminary(), told(preliminary)),
        (t.status_answered(), told(answered)),
        (t.status_asks(), status.asked_at),
        (t.status_not_here(), status.misaddressed_at),
        (t.status_done(), told(closed)),
    ];
    events.sort_by_key(|it| it.1);
    // The one whom it is about must not read here what nobody has told: it is shown once the sender is answered, or at the end.
    let is_told = closed.is_some() || status.answers.iter().any(|it| it.0 == Some(AnswerKind::Outcome));
    let outcome = status.outcome.filter(|it| status.feedback && is_told && may_be_told(it.0));
    let outcome = outcome.and_then(|(it, day)| Some((t.case_code(it.code())?, moment::date(day, t.0))));
    // Which unit has it now is a part of what becomes of it.
    let now_at = status.unit.as_ref().filter(|_| status.feedback);
    StatusView {
        reference: status.reference.to_string(),
        said,
        advice,
        events: events.into_iter().filter_map(|(what, at)| Some((what, moment(at?)))).collect(),
        outcome,
        no_feedback: !status.feedback,
        call: now_at.or(status.first_unit.as_ref()).and_then(|it| CallView::of(house, it, t)),
    }
}

/// How far it has come, as long as nobody has been answered.
fn said_of(item: Option<ItemState>, t: Words) -> &'static str {
    match item {
        None | Some(ItemState::Unread | ItemState::Proposed) => t.status_not_read(),
        // Another unit here has it and has not opened it.
        Some(ItemState::Opened | ItemState::Transferred | ItemState::Withdrawn) => t.status_opened(),
        Some(ItemState::Taken | ItemState::Waiting | ItemState::Offered) => t.status_taken(),
        Some(ItemState::Closed) => t.status_done(),
    }
}

/// Whether what came of it is about the report, and not about the life of the person.
const fn may_be_told(outcome: CaseOutcome) -> bool {
    match outcome {
        CaseOutcome::ClarifiedInService | CaseOutcome::Granted | CaseOutcome::PartlyGranted => true,
        CaseOutcome::Refused | CaseOutcome::NoNeed | CaseOutcome::Advised => true,
        CaseOutcome::Withdrawn | CaseOutcome::NoConsent => true,
        CaseOutcome::MovedAway | CaseOutcome::Deceased | CaseOutcome::Other => false,
    }
}

#[cfg(test)]
mod tests {
    use super::Asked;
    use super::CODE_CHARACTERS;
    use super::new_code;
    use super::plain;
    use crate::domain::Timestamp;
    use std::time::Duration;

    #[test]
    fn a_code_is_understood_as_people_type_it() {
        let code = new_code();

        assert_eq!(plain(&code).len(), CODE_CHARACTERS);
        assert_eq!(plain(&code.to_lowercase().replace('-', " ")), plain(&code));
        assert_ne!(new_code(), new_code());
        assert_eq!(plain("oil-10"), "01110");
    }

    #[test]
    fn one_who_guesses_is_held_back_and_shuts_nobody_else_out() {
        let (asked, now) = (Asked::default(), Timestamp(1_000_000_000_000_000));
        let mut taken = 0;
        for guess in 0_u32..10_000 {
            let mut code = [0; 32];
            code[..4].copy_from_slice(&guess.to_be_bytes());
            taken += u32::from(asked.may_ask("192.0.2.7", code, now, 5));
        }
        assert_eq!(taken, 5, "one address has five guesses");
        assert!(asked.may_ask("192.0.2.8", [1; 32], now, 5), "another is not held back by that");

        let many = (0..20).filter(|it| asked.may_ask(&format!("198.51.100.{it}"), [2; 32], now, 5)).count();
        assert_eq!(many, 5, "one code is asked for five times, from wherever");
        assert!(asked.may_ask("192.0.2.7", [3; 32], now.plus(Duration::from_secs(60)), 5));
    }
}
