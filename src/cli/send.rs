//! `meldeport send`: sends messages as a registered sender would, and shows what came back.

use crate::cli::Exit;
use crate::cli::Stop;
use crate::cli::answer;
use crate::cli::untrusted::Untrusted;
use crate::cli::untrusted::untrusted;
use clap::Args;
use reqwest::Certificate;
use reqwest::Client;
use reqwest::Identity;
use reqwest::Response;
use reqwest::StatusCode;
use reqwest::Url;
use reqwest::header;
use serde_json::Value;
use serde_json::json;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

/// How long to wait before another attempt when the answer does not say. Seconds.
const WAITS: [u64; 4] = [1, 2, 5, 10];

/// More than this is not read of an answer. Bytes.
const ANSWER_BYTES_MAX: usize = 16 * 1024 * 1024;

#[derive(Args, Debug)]
#[command(
    after_help = "An attempt without an answer, and one that is told to come back (503 with Retry-After), is made again with the same bytes and the same MsgId: the receiver stores it once.\n\nExamples:\n  meldeport send message.xml --to https://127.0.0.1:8443 --certificate hospital.pem --key hospital.key --trust authority.pem\n  meldeport send --dry-run --json message.xml --to … | jq .answer.findings\n\nExit status 0: every message was accepted. 1: at least one was rejected or refused. 75: no answer, or told to come back later. 78: the gateway's certificate is not trusted; nothing was sent."
)]
pub(super) struct Line {
    /// Files with one message each
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The gateway, such as https://mottak.kommune.no:8443
    #[arg(long, value_name = "ADDRESS")]
    to: Url,
    /// Your client certificate and the authorities between it and the root, PEM
    #[arg(long, value_name = "FILE")]
    certificate: PathBuf,
    /// Its private key, PEM
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// The authority of the gateway's certificate, PEM; without it those that the machine knows
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
    /// Only ask what would come of it; nothing is delivered
    #[arg(long)]
    dry_run: bool,
    /// Version of the AppRec to ask for: 1.0 or 1.1
    #[arg(long, value_name = "VERSION", value_parser = ["1.0", "1.1"])]
    apprec: Option<String>,
    /// Attempts for each message
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=100))]
    attempts: u32,
    /// The longest wait that an answer may ask for; beyond it the message is left for later
    #[arg(long, default_value_t = 60, value_name = "SECONDS")]
    patience: u64,
    /// How long to wait for one answer
    #[arg(long, default_value_t = 60, value_name = "SECONDS")]
    timeout: u64,
    /// One JSON object per message
    #[arg(long)]
    json: bool,
}

/// What came back.
struct Answer {
    status: StatusCode,
    reference: Option<String>,
    body: Vec<u8>,
    attempts: u32,
}

/// No answer that can be used.
enum NoAnswer {
    Later {
        why: String,
        attempts: u32,
    },
    /// The gateway is not trusted: nothing was sent, and later is no better.
    Never(Untrusted),
}

pub(super) async fn run(line: Line) -> Result<Exit, Stop> {
    let client = client(&line)?;
    let mut worst = Exit::Fine;
    for file in &line.files {
        let message = read(file)?;
        let exit = match deliver(&line, &client, &message).await {
            Ok(answer) => show(&line, file, &answer),
            Err(NoAnswer::Later { why, attempts }) => {
                if line.json {
                    println!(
                        "{}",
                        json!({ "file": file.display().to_string(), "outcome": "later", "why": why, "attempts": attempts })
                    );
                } else {
                    println!("{}: no answer after {attempts} attempts: {why}", file.display());
                    println!("  Send the same bytes again later: the gateway may have it already, and stores it once.");
                }
                Exit::Later
            }
            Err(NoAnswer::Never(Untrusted { why, mend })) => {
                if line.json {
                    let file = file.display().to_string();
                    println!("{}", json!({ "file": file, "outcome": "not_sent", "why": why, "mend": mend }));
                } else {
                    println!("{}: not sent: {why}", file.display());
                    println!("  {mend}");
                }
                Exit::Configuration
            }
        };
        worst = match (worst, exit) {
            (Exit::Configuration, _) | (_, Exit::Configuration) => Exit::Configuration,
            (Exit::Later, _) | (_, Exit::Later) => Exit::Later,
            (Exit::No, _) | (_, Exit::No) => Exit::No,
            _ => Exit::Fine,
        };
    }
    Ok(worst)
}

fn read(file: &Path) -> Result<Vec<u8>, Stop> {
    std::fs::read(file).map_err(|error| Stop::Said(Exit::Usage, format!("could not read {}: {error}", file.display())))
}

fn client(line: &Line) -> Result<Client, Stop> {
    let wrong = |what: &str, error: reqwest::Error| {
        Stop::Said(Exit::Configuration, format!("{what} cannot be used: {}", super::chain(&error)))
    };
    let mut pem = read(&line.key)?;
    pem.push(b'\n');
    pem.extend(read(&line.certificate)?);
    let identity = Identity::from_pem(&pem).map_err(|error| wrong("the certificate or its key", error))?;
    let mut client = Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .user_agent(concat!("meldeport-send/", env!("CARGO_PKG_VERSION")))
        .timeout(Duration::from_secs(line.timeout))
        .identity(identity);
    if let Some(file) = &line.trust {
        let authorities = Certificate::from_pem_bundle(&read(file)?).map_err(|error| wrong("the authority", error))?;
        client = client.tls_certs_only(authorities);
    }
    client.build().map_err(|error| wrong("the certificate", error))
}

/// Sends until there is an answer that is none of «come back later».
async fn deliver(line: &Line, client: &Client, message: &[u8]) -> Result<Answer, NoAnswer> {
    let mut address = line.to.clone();
    address.set_path("/messages");
    address.set_query(line.dry_run.then_some("dry-run"));
    let mut attempts = 0;
    loop {
        attempts += 1;
        let mut request = client.post(address.clone()).header(header::CONTENT_TYPE, "application/xml");
        if let Some(version) = &line.apprec {
            request = request.header(header::ACCEPT, format!("application/xml;version={version}"));
        }
        let (why, wait) = match request.body(message.to_vec()).send().await {
            Ok(response) if response.status() != StatusCode::SERVICE_UNAVAILABLE => {
                match whole(response, attempts).await {
                    Ok(answer) => return Ok(answer),
                    Err(why) => (why, None),
                }
            }
            Ok(response) => ("the gateway says 503, come back later".to_owned(), retry_after(&response)),
            Err(error) => {
                let host = line.to.host_str().unwrap_or_default();
                if let Some(it) = untrusted(&error, host, line.trust.as_deref()) {
                    return Err(NoAnswer::Never(it));
                }
                (super::chain(&error), None)
            }
        };
        let usual = WAITS[usize::try_from(attempts - 1).unwrap_or(usize::MAX).min(WAITS.len() - 1)];
        let wait = wait.unwrap_or(usual);
        if attempts >= line.attempts || wait > line.patience {
            return Err(NoAnswer::Later { why, attempts });
        }
        eprintln!("meldeport: {why}; the same again in {wait} s");
        tokio::time::sleep(Duration::from_secs(wait)).await;
    }
}

/// Seconds; a date is not read, and the usual wait is used.
fn retry_after(response: &Response) -> Option<u64> {
    response.headers().get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()
}

async fn whole(mut response: Response, attempts: u32) -> Result<Answer, String> {
    let status = response.status();
    let reference = response.headers().get("meldeport-reference").and_then(|it| it.to_str().ok()).map(str::to_owned);
    let mut body = Vec::new();
    while let Some(part) = response.chunk().await.map_err(|error| super::chain(&error))? {
        body.extend_from_slice(&part);
        if body.len() > ANSWER_BYTES_MAX {
            return Err("the answer is too large".to_owned());
        }
    }
    Ok(Answer { status, reference, body, attempts })
}

fn show(line: &Line, file: &Path, answer: &Answer) -> Exit {
    let receipt = answer::receipt(&answer.body);
    let document: Option<Value> = serde_json::from_slice(&answer.body).ok();
    let said = match (&receipt, &document) {
        (Some(receipt), _) => match receipt.status.code.as_deref() {
            Some("1") => "accepted",
            _ => "rejected",
        },
        (None, Some(document)) if line.dry_run && answer.status == StatusCode::OK => match document["verdict"].as_str()
        {
            Some("accepted") => "accepted",
            Some("rejected") => "rejected",
            _ => "refused",
        },
        (None, _) if answer.status == StatusCode::ACCEPTED => "kept",
        (None, _) => "refused",
    };
    let exit = match said {
        "accepted" => Exit::Fine,
        "kept" => Exit::Later,
        _ => Exit::No,
    };
    if line.json {
        let errors = receipt.as_ref().map(|it| {
            let errors = it.errors.iter();
            errors.map(|it| json!({ "code": it.code, "text": it.other })).collect::<Vec<_>>()
        });
        println!(
            "{}",
            json!({
                "file": file.display().to_string(), "outcome": said, "http": answer.status.as_u16(),
                "reference": answer.reference, "attempts": answer.attempts,
                "receipt": receipt.as_ref().map(|it| json!({ "id": it.id, "status": it.status.code, "errors": errors })),
                "answer": document,
            })
        );
        return exit;
    }
    println!("{}: {said} (HTTP {})", file.display(), answer.status.as_u16());
    if let Some(reference) = &answer.reference {
        println!("  reference {reference}");
    }
    match (receipt, document) {
        (Some(receipt), _) => answer::lines(&receipt).iter().for_each(|it| println!("  {it}")),
        (None, Some(document)) => tell(&document),
        (None, None) => println!("  {}", String::from_utf8_lossy(&answer.body)),
    }
    exit
}

/// A rehearsal's report, or a problem document.
fn tell(document: &Value) {
    for key in ["title", "detail"] {
        if let Some(text) = document[key].as_str() {
            println!("  {text}");
        }
    }
    for it in document["findings"].as_array().into_iter().flatten() {
        let word = |key: &str| it[key].as_str().unwrap_or_default();
        println!("  {} {}  {}", word("severity"), word("code"), it["texts"]["nb"].as_str().unwrap_or_default());
        if let Some(place) = it["xpath"].as_str() {
            println!("      {}:{} {place}", it["line"], it["column"]);
        }
        if let Some(mend) = it["mend"]["nb"].as_str() {
            println!("      → {mend}");
        }
    }
    for it in document["units"].as_array().into_iter().flatten() {
        println!("  → {}", it["unit"].as_str().unwrap_or_default());
    }
}
