//! A small SMTP server that keeps the mails it gets: for `meldeport demo`, which shows the notice, and for tests.
//!
//! It listens on loopback only, takes mail for everybody and sends nothing on. It never stands in for the e-mail channel:
//! the channel talks to it over a real socket, with real TLS when asked to.

use smtp_proto::EXT_8BIT_MIME;
use smtp_proto::EXT_SIZE;
use smtp_proto::EXT_SMTP_UTF8;
use smtp_proto::EXT_START_TLS;
use smtp_proto::EhloResponse;
use smtp_proto::Error;
use smtp_proto::Request;
use smtp_proto::request::receiver::DataReceiver;
use smtp_proto::request::receiver::RequestReceiver;
use std::collections::VecDeque;
use std::io;
use std::net::Ipv4Addr;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;
use tokio::io::AsyncRead;
use tokio::io::AsyncReadExt;
use tokio::io::AsyncWrite;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::sync::broadcast;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

/// Mails that are kept; the oldest is let go first.
pub const MAILS_KEPT_MAX: usize = 1000;
/// One mail. Bytes.
pub const MAIL_BYTES_MAX: usize = 1024 * 1024;
/// Conversations at the same time; more wait at the door.
pub const CONVERSATIONS_MAX: usize = 64;
/// A client that says nothing for so long is left.
pub const SILENCE_MAX: Duration = Duration::from_secs(60);
/// Commands that are not understood, in one conversation.
const FAULTS_MAX: usize = 10;

/// A mail as it came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mail {
    /// MAIL FROM.
    pub from: String,
    /// RCPT TO.
    pub to: Vec<String>,
    /// The name in EHLO.
    pub hello: String,
    /// Whether it came over TLS.
    pub encrypted: bool,
    /// Headers and body.
    pub text: String,
}

/// Whether and how the sink speaks TLS.
#[derive(Clone)]
pub enum SinkTls {
    None,
    /// Begins in the clear; offers STARTTLS and takes no mail before it.
    StartTls(Arc<rustls::ServerConfig>),
    /// TLS from the first byte.
    Wrapped(Arc<rustls::ServerConfig>),
}

/// How the sink behaves; it can be told otherwise at any time.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Manner {
    #[default]
    Takes,
    /// Says 451 to every recipient: come back later.
    Busy,
    /// Says 550 to every recipient: no such mailbox.
    Refuses,
    /// Takes the connection and then says nothing.
    Silent,
}

/// A running sink; it ends when this is dropped.
pub struct Sink {
    address: SocketAddr,
    shared: Arc<Shared>,
    listening: JoinHandle<()>,
}

struct Shared {
    tls: SinkTls,
    manner: Mutex<Manner>,
    kept: Mutex<VecDeque<Arc<Mail>>>,
    heard: broadcast::Sender<Arc<Mail>>,
}

impl Sink {
    /// Starts on a free port of 127.0.0.1.
    pub async fn start(tls: SinkTls) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (heard, _) = broadcast::channel(MAILS_KEPT_MAX);
        let shared = Arc::new(Shared { tls, manner: Mutex::default(), kept: Mutex::default(), heard });
        let listening = tokio::spawn(listen(listener, Arc::clone(&shared)));
        Ok(Self { address, shared, listening })
    }

    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The mails that have come, oldest first.
    pub fn mails(&self) -> Vec<Arc<Mail>> {
        hold(&self.shared.kept).iter().cloned().collect()
    }

    /// Each mail that comes from now on.
    pub fn listen(&self) -> broadcast::Receiver<Arc<Mail>> {
        self.shared.heard.subscribe()
    }

    pub fn behave(&self, manner: Manner) {
        *hold(&self.shared.manner) = manner;
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Mail {
    /// The value of the first header with this name, folded lines joined.
    pub fn header(&self, name: &str) -> Option<String> {
        let (headers, _) = self.text.split_once("\r\n\r\n")?;
        let unfolded = headers.replace("\r\n ", " ").replace("\r\n\t", " ");
        unfolded.lines().find_map(|line| {
            let (said, value) = line.split_once(':')?;
            said.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    }

    /// The body as people read it.
    pub fn body(&self) -> String {
        let body = self.text.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        match self.header("Content-Transfer-Encoding").unwrap_or_default().to_ascii_lowercase().as_str() {
            "quoted-printable" => from_quoted_printable(body),
            "base64" => from_base64(body),
            _ => body.to_owned(),
        }
    }
}

async fn listen(listener: TcpListener, shared: Arc<Shared>) {
    let seats = Arc::new(Semaphore::new(CONVERSATIONS_MAX));
    while let Ok(seat) = Arc::clone(&seats).acquire_owned().await {
        // An accept fails when the client is already gone, or when the machine has no more handles; both pass.
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            // What goes wrong with one client is between it and us; it sees it on its side.
            let _ = greet(stream, &shared).await;
            drop(seat);
        });
    }
}

async fn greet(mut stream: TcpStream, shared: &Shared) -> io::Result<()> {
    match &shared.tls {
        SinkTls::None => {
            say(&mut stream, "220 localhost meldeport sink").await?;
            converse(&mut stream, shared, Cover::ClearAndFine).await?;
        }
        SinkTls::Wrapped(config) => {
            let mut stream = timeout(SILENCE_MAX, TlsAcceptor::from(Arc::clone(config)).accept(stream)).await??;
            say(&mut stream, "220 localhost meldeport sink").await?;
            converse(&mut stream, shared, Cover::Encrypted).await?;
        }
        SinkTls::StartTls(config) => {
            say(&mut stream, "220 localhost meldeport sink").await?;
            if let End::WantsTls = converse(&mut stream, shared, Cover::ClearSoFar).await? {
                let mut stream = timeout(SILENCE_MAX, TlsAcceptor::from(Arc::clone(config)).accept(stream)).await??;
                converse(&mut stream, shared, Cover::Encrypted).await?;
            }
        }
    }
    Ok(())
}

/// Whether the words on the wire can be overheard.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cover {
    ClearAndFine,
    /// Mail is taken only after STARTTLS.
    ClearSoFar,
    Encrypted,
}

enum End {
    Gone,
    WantsTls,
}

/// What has been said so far about the mail that is coming.
#[derive(Default)]
struct Envelope {
    hello: String,
    from: Option<String>,
    to: Vec<String>,
}

async fn converse<S>(stream: &mut S, shared: &Shared, cover: Cover) -> io::Result<End>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut envelope = Envelope::default();
    let mut commands = RequestReceiver::default();
    let mut data: Option<(DataReceiver, Vec<u8>)> = None;
    let mut faults = 0;
    let mut read = [0_u8; 8 * 1024];

    loop {
        let count = timeout(SILENCE_MAX, stream.read(&mut read)).await??;
        if count == 0 || faults > FAULTS_MAX {
            return Ok(End::Gone);
        }
        let mut bytes = read[..count].iter();
        while !bytes.as_slice().is_empty() {
            if let Some((receiver, text)) = &mut data {
                let whole = receiver.ingest(&mut bytes, text);
                if text.len() > MAIL_BYTES_MAX {
                    say(stream, "552 too large").await?;
                    return Ok(End::Gone);
                }
                if whole {
                    let text = String::from_utf8_lossy(text).into_owned();
                    keep(shared, std::mem::take(&mut envelope), cover, text, &mut envelope);
                    data = None;
                    say(stream, "250 kept").await?;
                }
                continue;
            }
            let request = match commands.ingest(&mut bytes) {
                Ok(request) => request.into_owned(),
                Err(Error::NeedsMoreData { .. }) => break,
                Err(_) => {
                    faults += 1;
                    say(stream, "500 not understood").await?;
                    break;
                }
            };
            match answer(request, &mut envelope, shared, cover) {
                Answer::Say(words) => say(stream, &words).await?,
                Answer::TakeData => {
                    say(stream, "354 go on").await?;
                    data = Some((DataReceiver::new(), Vec::new()));
                }
                // What the client sent in the same breath as STARTTLS is thrown away with the buffer, as it must be.
                Answer::BeginTls => {
                    say(stream, "220 go on").await?;
                    return Ok(End::WantsTls);
                }
                Answer::Bye => {
                    say(stream, "221 bye").await?;
                    return Ok(End::Gone);
                }
                Answer::Nothing => tokio::time::sleep(SILENCE_MAX).await,
            }
        }
    }
}

enum Answer {
    Say(String),
    TakeData,
    BeginTls,
    Bye,
    Nothing,
}

fn answer(request: Request<String>, envelope: &mut Envelope, shared: &Shared, cover: Cover) -> Answer {
    let manner = *hold(&shared.manner);
    if manner == Manner::Silent {
        return Answer::Nothing;
    }
    let plain = |words: &str| Answer::Say(words.to_owned());
    match request {
        Request::Ehlo { host } => {
            *envelope = Envelope { hello: host, ..Envelope::default() };
            Answer::Say(hello(cover))
        }
        Request::Helo { host } => {
            *envelope = Envelope { hello: host, ..Envelope::default() };
            plain("250 localhost")
        }
        Request::StartTls if cover == Cover::ClearSoFar => Answer::BeginTls,
        Request::Mail { .. } | Request::Rcpt { .. } | Request::Data if cover == Cover::ClearSoFar => {
            plain("530 5.7.0 STARTTLS first")
        }
        Request::Mail { from } => {
            envelope.from = Some(from.address);
            plain("250 2.1.0 fine")
        }
        Request::Rcpt { .. } if envelope.from.is_none() => plain("503 5.5.1 MAIL FROM first"),
        Request::Rcpt { to } => match manner {
            Manner::Busy => plain("451 4.3.0 come back later"),
            Manner::Refuses => plain("550 5.1.1 no such mailbox"),
            Manner::Takes | Manner::Silent => {
                envelope.to.push(to.address);
                plain("250 2.1.5 fine")
            }
        },
        Request::Data if envelope.to.is_empty() => plain("503 5.5.1 RCPT TO first"),
        Request::Data => Answer::TakeData,
        Request::Rset => {
            *envelope = Envelope { hello: std::mem::take(&mut envelope.hello), ..Envelope::default() };
            plain("250 2.0.0 forgotten")
        }
        Request::Noop { .. } => plain("250 2.0.0 here"),
        Request::Quit => Answer::Bye,
        Request::StartTls
        | Request::Lhlo { .. }
        | Request::Bdat { .. }
        | Request::Auth { .. }
        | Request::Vrfy { .. }
        | Request::Expn { .. }
        | Request::Help { .. }
        | Request::Etrn { .. }
        | Request::Atrn { .. }
        | Request::Burl { .. } => plain("502 5.5.1 not here"),
    }
}

/// The lines that answer EHLO, without the last line break.
fn hello(cover: Cover) -> String {
    let mut said = EhloResponse::new("localhost");
    said.capabilities = EXT_8BIT_MIME | EXT_SIZE | EXT_SMTP_UTF8;
    said.size = MAIL_BYTES_MAX;
    if cover == Cover::ClearSoFar {
        said.capabilities |= EXT_START_TLS;
    }
    let mut lines = Vec::new();
    said.write(&mut lines).expect("writing to a vector does not fail");
    String::from_utf8_lossy(&lines).trim_end().to_owned()
}

async fn say<S: AsyncWrite + Unpin>(stream: &mut S, words: &str) -> io::Result<()> {
    stream.write_all(format!("{words}\r\n").as_bytes()).await?;
    stream.flush().await
}

/// Keeps the mail; `next` begins again with the same name.
fn keep(shared: &Shared, envelope: Envelope, cover: Cover, text: String, next: &mut Envelope) {
    next.hello.clone_from(&envelope.hello);
    let mail = Arc::new(Mail {
        from: envelope.from.unwrap_or_default(),
        to: envelope.to,
        hello: envelope.hello,
        encrypted: cover == Cover::Encrypted,
        text,
    });
    let mut kept = hold(&shared.kept);
    if kept.len() == MAILS_KEPT_MAX {
        kept.pop_front();
    }
    kept.push_back(Arc::clone(&mail));
    drop(kept);
    // Nobody need be listening.
    let _ = shared.heard.send(mail);
}

/// The value, also when another holder panicked: there is no half-done state in what the sink keeps.
fn hold<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// RFC 2045 § 6.7. What is not as it should be is left as it stands.
fn from_quoted_printable(text: &str) -> String {
    let joined = text.replace("=\r\n", "");
    let mut bytes = Vec::with_capacity(joined.len());
    let mut rest = joined.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = (first == b'=').then(|| after.get(..2)).flatten();
        let escaped =
            escaped.and_then(|it| std::str::from_utf8(it).ok()).and_then(|it| u8::from_str_radix(it, 16).ok());
        match escaped {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn from_base64(text: &str) -> String {
    use base64::Engine;
    let joined: String = text.split_ascii_whitespace().collect();
    let bytes = base64::engine::general_purpose::STANDARD.decode(joined);
    bytes.map_or_else(|_| text.to_owned(), |it| String::from_utf8_lossy(&it).into_owned())
}

#[cfg(test)]
mod tests {
    use super::Mail;
    use super::Manner;
    use super::Sink;
    use super::SinkTls;
    use tokio::io::AsyncBufReadExt;
    use tokio::io::AsyncWriteExt;
    use tokio::io::BufReader;
    use tokio::net::TcpStream;

    /// Says each line and gives the last line of each answer.
    async fn talk(sink: &Sink, lines: &[&str]) -> Vec<String> {
        let mut stream = BufReader::new(TcpStream::connect(sink.address()).await.unwrap());
        let mut answers = vec![answer(&mut stream).await];
        for line in lines {
            stream.write_all(line.as_bytes()).await.unwrap();
            answers.push(answer(&mut stream).await);
        }
        answers
    }

    async fn answer(stream: &mut BufReader<TcpStream>) -> String {
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).await.unwrap();
            if line.as_bytes().get(3) != Some(&b'-') {
                return line.trim_end().to_owned();
            }
        }
    }

    #[tokio::test]
    async fn a_mail_is_kept_and_handed_on_as_it_came() {
        let sink = Sink::start(SinkTls::None).await.unwrap();
        let mut heard = sink.listen();

        let answers = talk(
            &sink,
            &[
                "EHLO mottak.example\r\n",
                "MAIL FROM:<fra@example.no>\r\n",
                "RCPT TO:<til@example.no>\r\n",
                "DATA\r\n",
                "Subject: Hei\r\n der\r\n\r\n..to prikker\r\nslutt\r\n.\r\n",
                "QUIT\r\n",
            ],
        )
        .await;

        assert_eq!(
            answers.iter().map(|it| &it[..3]).collect::<Vec<_>>(),
            ["220", "250", "250", "250", "354", "250", "221"]
        );
        let mail = heard.recv().await.unwrap();
        assert_eq!(sink.mails(), std::slice::from_ref(&mail));
        assert_eq!((mail.from.as_str(), mail.to.as_slice()), ("fra@example.no", &["til@example.no".to_owned()][..]));
        assert_eq!(mail.hello, "mottak.example");
        assert_eq!(mail.header("subject").as_deref(), Some("Hei der"));
        assert_eq!(mail.body(), ".to prikker\r\nslutt\r\n");
        assert!(!mail.encrypted);
    }

    #[tokio::test]
    async fn a_refusing_sink_keeps_nothing() {
        let sink = Sink::start(SinkTls::None).await.unwrap();
        sink.behave(Manner::Refuses);

        let answers = talk(&sink, &["EHLO a\r\n", "MAIL FROM:<a@b.no>\r\n", "RCPT TO:<c@d.no>\r\n", "DATA\r\n"]).await;

        assert!(answers[3].starts_with("550"));
        assert!(answers[4].starts_with("503"));
        assert!(sink.mails().is_empty());
    }

    #[tokio::test]
    async fn nonsense_gets_an_answer_and_then_an_end() {
        let sink = Sink::start(SinkTls::None).await.unwrap();

        let answers = talk(&sink, &["HVEM ER DU\r\n", "NOOP\r\n", "QUIT\r\n"]).await;

        assert!(answers[1].starts_with("500"), "{answers:?}");
        assert!(answers[3].starts_with("221"), "{answers:?}");
    }

    #[test]
    fn a_body_is_read_in_every_encoding_that_mail_uses() {
        let mail = |encoding: &str, body: &str| Mail {
            from: String::new(),
            to: Vec::new(),
            hello: String::new(),
            encrypted: false,
            text: format!("Content-Transfer-Encoding: {encoding}\r\n\r\n{body}"),
        };

        assert_eq!(mail("quoted-printable", "bl=C3=A5b=C3=A6=\r\nr =3D 100=").body(), "blåbær = 100=");
        assert_eq!(mail("base64", "YmzD\r\npWLDpnI=").body(), "blåbær");
        assert_eq!(mail("8bit", "blåbær").body(), "blåbær");
    }
}
