//! `meldeport load --inbox`: fills one unit's inbox with as many reports as are asked for, real rows each, and measures its pages
//! over HTTPS as a browser would ask for them.

use super::load;
use super::load::cannot;
use crate::app;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::clock::Clock;
use crate::clock::SystemClock;
use crate::config::Config;
use crate::domain::AckWish;
use crate::domain::AgeGroup;
use crate::domain::AppRecVersion;
use crate::domain::Channel;
use crate::domain::Clearance;
use crate::domain::ItemId;
use crate::domain::Membership;
use crate::domain::MembershipId;
use crate::domain::MessageId;
use crate::domain::MessageState;
use crate::domain::MunicipalityNumber;
use crate::domain::NeedKind;
use crate::domain::OrgNumber;
use crate::domain::ReceiptId;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::ReportKind;
use crate::domain::ReporterCategory;
use crate::domain::Role;
use crate::domain::Share;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::AccountStore;
use crate::storage::Actor;
use crate::storage::ItemSummary;
use crate::storage::MessageStore;
use crate::storage::NewItem;
use crate::storage::NewMessage;
use crate::storage::NewReceipt;
use crate::storage::PeopleStore;
use crate::storage::Settlement;
use crate::storage::User;
use crate::storage::UserId;
use crate::trial::Ports;
use crate::trial::SendingSystem;
use crate::trial::Template;
use crate::trial::World;
use crate::trial::freshen;
use bytes::Bytes;
use http::Request;
use http::header;
use http_body_util::Full;
use serde_json::json;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering;
use std::time::Duration;
use std::time::Instant;
use tokio::sync::Semaphore;
use uuid::Uuid;

const UNIT: &str = "gjerstad-tjenestekontor";
const PASSWORD: &str = "fjorten grønne elger";
/// Of a hundred reports, how many nobody is done with.
const OPEN_OF_A_HUNDRED: u32 = 2;
/// Over how many days the reports have come.
const DAYS: u32 = 700;
/// Arrivals at one time.
const AT_ONCE: usize = 512;
/// How often one arrival is tried.
const ATTEMPTS_MAX: usize = 10;
/// How often each page is asked for.
const ROUNDS: usize = 41;
/// What a page may take at the median, and weigh.
const MEDIAN_MAX: Duration = Duration::from_millis(100);
const PAGE_BYTES_MAX: usize = 100_000;

const GIVEN: [&str; 20] = [
    "Solfrid",
    "Håkon",
    "Ingebjørg",
    "Åsmund",
    "Tordis",
    "Øystein",
    "Gunnvor",
    "Sæmund",
    "Liv",
    "Torbjørn",
    "Ragnhild",
    "Eirik",
    "Åse",
    "Bjørg",
    "Kåre",
    "Marit",
    "Nils",
    "Ola",
    "Randi",
    "Sverre",
];
const PLACES: [&str; 40] = [
    "Berg", "Dal", "Eik", "Fjell", "Gran", "Haug", "Lund", "Myr", "Nes", "Osen", "Rud", "Sand", "Tun", "Vik", "Ås",
    "Øy", "Bakk", "Elv", "Foss", "Gjerde", "Holm", "Kleiv", "Lid", "Moen", "Nygård", "Rønning", "Skog", "Stein",
    "Sund", "Teig", "Ulv", "Voll", "Bjørk", "Furu", "Heia", "Løvås", "Mark", "Sletta", "Tangen", "Åker",
];

/// A made-up person by number: a name that thousands share in part and few as a whole.
fn name(number: u32) -> String {
    let pick = |from: &[&'static str], by: u32| from[(number / by) as usize % from.len()];
    format!(
        "{} {} {}{}-Prøvesen",
        pick(&GIVEN, 1),
        pick(&GIVEN, 20),
        pick(&PLACES, 7),
        pick(&PLACES, 280).to_lowercase()
    )
}

/// A number that Skatteetaten could have made up: the month is eighty more. `None`: this one has no check digits.
fn synthetic_id(number: u32) -> Option<String> {
    let (day, month, year) = (number % 28 + 1, number / 28 % 12 + 81, number / 336 % 100);
    let digits = format!("{day:02}{month:02}{year:02}{:03}", number / 33_600 % 1000);
    let check = |digits: &str, weights: &[u32]| {
        let sum: u32 = digits.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
        let left = (11 - sum % 11) % 11;
        (left < 10).then(|| left.to_string())
    };
    let digits = digits.clone() + &check(&digits, &[3, 7, 6, 1, 8, 9, 4, 5, 2])?;
    Some(digits.clone() + &check(&digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2])?)
}

pub(super) async fn run(reports: u32, json: bool) -> Result<Exit, Stop> {
    let folder = std::env::temp_dir().join(format!("meldeport-load-{}", std::process::id()));
    let result = measure(&folder, reports.max(1000), json).await;
    // It is ours and holds nothing that anybody needs.
    drop(std::fs::remove_dir_all(&folder));
    result
}

async fn measure(folder: &std::path::Path, reports: u32, json: bool) -> Result<Exit, Stop> {
    let world = World::make(folder, Ports::free().map_err(cannot)?, &SystemClock).map_err(cannot)?;
    let config = Config::load(&world.config())?;
    let began = Instant::now();
    let token = fill(&config, reports, json).await?;
    if !json {
        eprintln!("{reports} reports are there after {} s. Measuring …", began.elapsed().as_secs());
    }
    let mut gateway = load::start(&world).await?;
    let measured = ask_all(&world, config.inbox_listener.listen, &token).await;
    drop(gateway.kill().await);
    let pages = measured?;
    let is_quick = pages.iter().all(|it| it.median() <= MEDIAN_MAX && it.bytes < PAGE_BYTES_MAX);
    let milliseconds = |it: Duration| it.as_secs_f64() * 1000.0;
    if json {
        let pages: Vec<_> = pages
            .iter()
            .map(|it| {
                json!({ "page": it.what, "median_ms": milliseconds(it.median()),
                        "slowest_ms": milliseconds(it.slowest()), "bytes": it.bytes })
            })
            .collect();
        println!("{}", json!({ "reports": reports, "quick": is_quick, "pages": pages }));
    } else {
        for it in &pages {
            println!(
                "{:<44} median {:>7.1} ms   slowest {:>7.1} ms   {:>6} bytes",
                it.what,
                milliseconds(it.median()),
                milliseconds(it.slowest()),
                it.bytes
            );
        }
    }
    Ok(if is_quick { Exit::Fine } else { Exit::No })
}

/// Puts the reports into the store by the way that every arrival takes, and lets most of them look done with. Gives the token of
/// a one-time link.
async fn fill(config: &Config, reports: u32, json: bool) -> Result<String, Stop> {
    let path = config.path(&config.store.path);
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(cannot)?;
    }
    let store = app::open_sqlite_store(config).await?;
    let now = SystemClock.now();
    let template = Template::new(&freshen(load::MESSAGE, now, Uuid::now_v7()));
    let template = template.expect("the corpus message has all that a template needs");
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let lost = Arc::new(AtomicU32::new(0));
    let first_open = reports - reports * OPEN_OF_A_HUNDRED / 100;
    for number in 0..reports {
        let place = Arc::clone(&places).acquire_owned().await.expect("nobody closes the semaphore");
        // Only what is open will be opened: the rest is a row like any other, with a short text.
        let body = if number < first_open { String::new() } else { template.make(u64::from(number), Uuid::now_v7()) };
        let settlement = settlement(number, at(now, number, reports), body);
        let store = Arc::clone(&store);
        let lost = Arc::clone(&lost);
        tokio::spawn(async move {
            if !is_settled(&*store, settlement).await {
                lost.fetch_add(1, Ordering::Relaxed);
            }
            drop(place);
        });
        if !json && number > 0 && number.is_multiple_of(100_000) {
            eprintln!("{number} …");
        }
    }
    let at_once = u32::try_from(AT_ONCE).expect("a small number");
    drop(places.acquire_many(at_once).await.expect("nobody closes the semaphore"));
    let lost = lost.load(Ordering::Relaxed);
    if lost > 0 {
        return Err(cannot(std::io::Error::other(format!("{lost} of {reports} reports could not be stored"))));
    }
    store.pretend_worked_with(at(now, first_open, reports)).await?;

    let user = User {
        id: UserId(Uuid::now_v7()),
        login: "kari".to_owned(),
        display_name: "Kari Prøve".to_owned(),
        units: Vec::new(),
        ended_at: None,
    };
    store.add_user(&user, now).await?;
    let membership = Membership {
        id: MembershipId(0),
        unit: UnitId(UNIT.to_owned()),
        role: Role::CaseWorker,
        case: None,
        clearance: Clearance::Ordinary,
        from: now,
        to: None,
    };
    store.grant(user.id, &membership, &Actor::Operator("load".to_owned()), now).await?;
    let link = app::one_time_link(&*store, config, user.id, now.plus(Duration::from_secs(3600))).await?;
    store.close().await;
    Ok(link.rsplit('/').next().unwrap_or_default().to_owned())
}

/// Settles as a sender would send: again after a while, when it is told to come back.
async fn is_settled(store: &dyn MessageStore, settlement: Settlement) -> bool {
    for _ in 0..ATTEMPTS_MAX {
        match store.settle(settlement.clone()).await {
            Ok(_) => return true,
            Err(error) if error.retry() => tokio::time::sleep(Duration::from_secs(1)).await,
            Err(_) => return false,
        }
    }
    false
}

/// When a report came: evenly over the days until now.
fn at(now: Timestamp, number: u32, reports: u32) -> Timestamp {
    let all = i64::from(DAYS) * 86_400_000_000;
    Timestamp(now.0 - all + all / i64::from(reports) * i64::from(number))
}

fn settlement(number: u32, received_at: Timestamp, body: String) -> Settlement {
    let pick = |codes: usize, by: u32| (number / by) as usize % codes;
    let id = Uuid::now_v7();
    let bytes = Bytes::from(if body.is_empty() { format!("<MsgHead><!-- {number} --></MsgHead>") } else { body });
    let ward = ["Medisinsk avdeling", "Barneavdelingen", "Avdeling for rehabilitering", "Akuttmottaket"][pick(4, 3)];
    let summary = ItemSummary {
        person_name: Some(name(number)),
        person_id: synthetic_id(number),
        sender: format!("Eksempel sykehus HF, {ward}"),
        born: None,
        writer: None,
    };
    let item = NewItem {
        id: ItemId(Uuid::now_v7()),
        unit: UnitId(UNIT.to_owned()),
        share: Share::Content,
        came_at: None,
        kind: ReportKind::ALL[pick(3, 50)].code().to_owned(),
        needs: vec![NeedKind::ALL[pick(NeedKind::ALL.len(), 1)].code().to_owned()],
        dimensions: Vec::new(),
        ids: vec![Uuid::now_v7().to_string()],
        urgent: number.is_multiple_of(20),
        protected: number.is_multiple_of(200),
        attachments: u32::from(number.is_multiple_of(4)),
        made_at: Some(received_at),
        deadline: received_at.plus(Duration::from_secs(30 * 86_400)),
        reporter: Some(ReporterCategory::ALL[pick(ReporterCategory::ALL.len(), 1)].code().to_owned()),
        relay_log: false,
        age_group: Some(AgeGroup::ALL[pick(AgeGroup::ALL.len(), 1)]),
        summary: Redacted::new(summary),
    };
    let mut random = [0; 9];
    random.copy_from_slice(&id.as_bytes()[7..]);
    // A letter of a reference is five bits: no two of a million have the same four.
    for (letter, byte) in random.iter_mut().take(4).enumerate() {
        *byte = u8::try_from(number >> (5 * letter) & 31).expect("five bits");
    }
    Settlement {
        message: NewMessage {
            id: MessageId(id),
            reference: Reference::from_random(random),
            channel: Channel::Https,
            received_at,
            sender: OrgNumber::parse(crate::trial::HOSPITAL).expect("the made-up number holds"),
            sender_name: format!("eksempel-sykehus-{}", pick(25, 9)),
            sender_message_id: id.to_string(),
            message_type: "BEHOVSMELDING".to_owned(),
            sender_her_id: None,
            receiver_her_id: None,
            municipality: MunicipalityNumber::parse("4211"),
            sha256: app::sha256(&bytes),
            bytes,
            charset: None,
            judged_us: 1000,
            report_id: None,
        },
        state: MessageState::Accepted,
        follows: None,
        findings: Vec::new(),
        route: vec!["Kommunen har én enhet.".into()],
        items: vec![item],
        receipt: Some(NewReceipt {
            id: ReceiptId(Uuid::now_v7()),
            version: AppRecVersion::V1_1,
            ack: AckWish::Always,
            xml: Bytes::from_static(b"<AppRec/>"),
        }),
        notices: Vec::new(),
        alarms: Vec::new(),
    }
}

/// What one page took, and weighed.
struct Measured {
    what: &'static str,
    took: Vec<Duration>,
    bytes: usize,
}

impl Measured {
    fn median(&self) -> Duration {
        self.took.get(self.took.len() / 2).copied().unwrap_or_default()
    }

    fn slowest(&self) -> Duration {
        self.took.last().copied().unwrap_or_default()
    }
}

/// A browser that has signed in.
struct Browser {
    system: SendingSystem,
    address: SocketAddr,
    cookies: Vec<(String, String)>,
}

/// What came back.
struct Page {
    body: String,
    location: Option<String>,
}

impl Page {
    /// The key of the form that posts to `action`.
    fn key(&self, action: &str) -> Option<&str> {
        let form = self.body.split("<form").find(|it| it.contains(&format!("action=\"{action}\"")))?;
        form.split("name=\"key\" value=\"").nth(1)?.split('"').next()
    }

    /// The first form that posts to an address that ends so.
    fn action(&self, ending: &str) -> Option<String> {
        let mut actions = self.body.split(" action=\"").skip(1).filter_map(|it| it.split('"').next());
        actions.find(|it| it.ends_with(ending)).map(str::to_owned)
    }
}

impl Browser {
    async fn ask(&mut self, path: &str, form: Option<String>) -> Result<Page, Stop> {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder()
            .method(if form.is_some() { "POST" } else { "GET" })
            .uri(path)
            .header(header::HOST, self.address.to_string())
            .header(header::COOKIE, cookies.join("; "))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Full::new(Bytes::from(form.unwrap_or_default())))
            .map_err(|error| Stop::Said(Exit::Bug, format!("{path} is no address: {error}")))?;
        let reply = self.system.ask(request).await;
        let reply = reply.map_err(|error| Stop::Said(Exit::Bug, super::chain(&error)))?;
        if reply.status.is_client_error() || reply.status.is_server_error() {
            return Err(Stop::Said(Exit::Bug, format!("{} was answered with {}", path_only(path), reply.status)));
        }
        for set in reply.headers.get_all(header::SET_COOKIE).iter().filter_map(|it| it.to_str().ok()) {
            if let Some((name, value)) = set.split(';').next().and_then(|it| it.split_once('=')) {
                self.cookies.retain(|(it, _)| it != name);
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        let location = reply.headers.get(header::LOCATION).and_then(|it| it.to_str().ok()).map(str::to_owned);
        Ok(Page { body: String::from_utf8_lossy(&reply.body).into_owned(), location })
    }

    /// Posts the form of `page` to `action`, with its key.
    async fn post(&mut self, page: &Page, action: &str, fields: &[(&str, &str)]) -> Result<Page, Stop> {
        let key = page.key(action).ok_or_else(|| Stop::Said(Exit::Bug, format!("no form to {}", path_only(action))))?;
        let mut form = format!("key={}", encoded(key));
        for (name, value) in fields {
            write!(form, "&{name}={}", encoded(value)).expect("writing to a String never fails");
        }
        self.ask(action, Some(form)).await
    }
}

/// Without what may be secret after the first part.
fn path_only(path: &str) -> &str {
    path.split(['?', '/']).find(|it| !it.is_empty()).unwrap_or("/")
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("writing to a String never fails");
        }
        encoded
    })
}

async fn ask_all(world: &World, address: SocketAddr, token: &str) -> Result<Vec<Measured>, Stop> {
    let (certificate, key) = world.certificate("hospital");
    let system = SendingSystem::new(address, &world.authority(), &certificate, &key)
        .map_err(|error| Stop::Said(Exit::Configuration, super::chain(&error)))?;
    let mut browser = Browser { system, address, cookies: Vec::new() };
    let first = format!("/first/{token}");
    let form = browser.ask(&first, None).await?;
    browser.post(&form, &first, &[("password", PASSWORD), ("repeat", PASSWORD)]).await?;

    let mut all = Vec::new();
    let pages = [
        ("list, unassigned", "/"),
        ("list, the unit's", "/?tab=unit"),
        ("list, done", "/?tab=done"),
        ("list, done, newest first, by sector", "/?tab=done&sector=SKOLE"),
        ("list, unassigned, by need and due this week", "/?need=IP&due=week"),
        ("overdue", "/overdue"),
        ("statistics, a year", "/statistikk"),
    ];
    for (what, path) in pages {
        let mut measured = Measured { what, took: Vec::new(), bytes: 0 };
        for _ in 0..ROUNDS {
            let began = Instant::now();
            let page = browser.ask(path, None).await?;
            measured.keep(began, &page);
        }
        all.push(measured);
    }
    let form = browser.ask("/search", None).await?;
    let by_number = |round: u32| (round * 20_011..).find_map(synthetic_id).unwrap_or_default();
    let by_name = |round: u32| name(round * 20_011);
    let by_part = |round: u32| GIVEN[round as usize % GIVEN.len()].to_owned();
    let searches: [(&'static str, &dyn Fn(u32) -> String); 3] = [
        ("search by identity number", &by_number),
        ("search by name", &by_name),
        ("search by one common given name", &by_part),
    ];
    for (what, text) in searches {
        let mut measured = Measured { what, took: Vec::new(), bytes: 0 };
        for round in 0..ROUNDS {
            let text = text(u32::try_from(round).expect("a small number"));
            let began = Instant::now();
            let found = browser.post(&form, "/search", &[("q", &text)]).await?;
            let page = match &found.location {
                Some(to) => browser.ask(to, None).await?,
                None => found,
            };
            measured.keep(began, &page);
        }
        all.push(measured);
    }
    let mut measured = Measured { what: "open a report", took: Vec::new(), bytes: 0 };
    for _ in 0..ROUNDS {
        let list = browser.ask("/", None).await?;
        let Some(open) = list.action("/open") else { break };
        let began = Instant::now();
        let opened = browser.post(&list, &open, &[]).await?;
        let page = browser.ask(opened.location.as_deref().unwrap_or("/"), None).await?;
        measured.keep(began, &page);
    }
    all.push(measured);
    Ok(all)
}

impl Measured {
    fn keep(&mut self, began: Instant, page: &Page) {
        self.took.push(began.elapsed());
        self.took.sort_unstable();
        self.bytes = self.bytes.max(page.body.len());
    }
}

#[cfg(test)]
mod tests {
    use super::name;
    use super::synthetic_id;

    #[test]
    fn the_made_up_persons_differ_and_their_numbers_are_synthetic() {
        let ids: std::collections::HashSet<_> = (0..5000).filter_map(synthetic_id).collect();

        assert!(ids.len() > 4000);
        assert!(ids.iter().all(|it| it.len() == 11 && it[2..4].parse::<u32>().unwrap() > 80));
        assert_ne!(name(1), name(2));
    }
}
