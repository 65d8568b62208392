//! Notices by e-mail. One connection per notice; they are few, and a kept connection would be one more thing to go stale.

use crate::clock::Clock;
use crate::domain::NoticeChannel;
use crate::domain::Timestamp;
use crate::notify::EmailConfig;
use crate::notify::EmailTls;
use crate::notify::Notice;
use crate::notify::Notifier;
use crate::notify::NotifyConfigFault;
use crate::notify::NotifyError;
use crate::notify::NotifyRetry;
use crate::notify::UnitContact;
use crate::notify::UnitContacts;
use crate::notify::words::letter;
use async_trait::async_trait;
use lettre::AsyncSmtpTransport;
use lettre::AsyncTransport;
use lettre::Message;
use lettre::Tokio1Executor;
use lettre::message::Attachment;
use lettre::message::Mailbox;
use lettre::message::MultiPart;
use lettre::message::SinglePart;
use lettre::message::header::ContentType;
use lettre::message::header::HeaderName;
use lettre::message::header::HeaderValue;
use lettre::transport::smtp;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::Certificate;
use lettre::transport::smtp::client::CertificateStore;
use lettre::transport::smtp::client::Tls;
use lettre::transport::smtp::client::TlsParameters;
use lettre::transport::smtp::extension::ClientId;
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use std::time::SystemTime;

/// Sends notices over SMTP (RFC 5321).
pub struct EmailNotifier {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    inbox: String,
    contacts: Arc<dyn UnitContacts>,
    clock: Arc<dyn Clock>,
    time_max: Duration,
}

impl EmailNotifier {
    /// Reads the files that `config` names, from `folder` when they are relative. Opens no connection.
    ///
    /// `inbox` is the address of the inbox as staff know it.
    pub fn new(
        config: &EmailConfig,
        folder: &Path,
        inbox: &str,
        contacts: Arc<dyn UnitContacts>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, NotifyConfigFault> {
        let from: Mailbox = config.from.parse().map_err(|_| NotifyConfigFault::From(config.from.clone()))?;
        let hello = match config.hello_name.as_str() {
            "" => from.email.domain(),
            named => named,
        };
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&config.server)
            .port(port(config))
            .tls(tls(config, folder)?)
            .hello_name(ClientId::Domain(hello.to_owned()))
            .timeout(Some(Duration::from_secs(config.seconds_max)));
        if !config.username.is_empty() {
            let password = read(&folder.join(&config.password_file))?;
            let password = String::from_utf8_lossy(&password).trim_end_matches(['\r', '\n']).to_owned();
            transport = transport.credentials(Credentials::new(config.username.clone(), password));
        }
        Ok(Self {
            transport: transport.build(),
            from,
            inbox: inbox.to_owned(),
            contacts,
            clock,
            time_max: Duration::from_secs(config.seconds_max),
        })
    }

    fn compose(&self, notice: &Notice, contact: &UnitContact) -> Result<Message, NotifyError> {
        let bad = |why| NotifyError::BadAddress { unit: notice.unit.clone(), channel: NoticeChannel::Email, why };
        let missing = || NotifyError::NoAddress { unit: notice.unit.clone(), channel: NoticeChannel::Email };
        let address = self.contacts.mailbox(&notice.unit, notice.reminder).ok_or_else(missing)?;
        let to: Mailbox = address.parse().map_err(|_| bad("it is not an e-mail address"))?;
        let group = self.contacts.name(&notice.unit, contact.language);
        let letter = letter(notice, contact.language, &self.inbox, &group, self.clock.now());
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(letter.subject)
            .date(system_time(self.clock.now()))
            // The same in each attempt: a mail server, or a person, recognises the repeat.
            .message_id(Some(format!("<{}@{}>", notice.id, self.from.email.domain())))
            // Out-of-office answers and the like are not wished for (RFC 3834).
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("X-Auto-Response-Suppress", "All"))
            .raw_header(header("Content-Language", contact.language.tag()));
        let whole = match letter.calendar {
            None => message.header(ContentType::TEXT_PLAIN).body(letter.text),
            Some((name, text)) => {
                let calendar = ContentType::parse("text/calendar; charset=utf-8").expect("a constant that is one");
                let parts = MultiPart::mixed().singlepart(SinglePart::plain(letter.text));
                message.multipart(parts.singlepart(Attachment::new(name).body(text, calendar)))
            }
        };
        whole.map_err(|_| bad("no e-mail can be made to it"))
    }
}

#[async_trait]
impl Notifier for EmailNotifier {
    async fn notify(&self, notice: &Notice) -> Result<(), NotifyError> {
        let missing = || NotifyError::NoAddress { unit: notice.unit.clone(), channel: NoticeChannel::Email };
        let contact = self.contacts.contact(&notice.unit).ok_or_else(missing)?;
        let message = self.compose(notice, &contact)?;
        match tokio::time::timeout(self.time_max, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(in_our_words(error)),
            Err(_) => Err(NotifyError::TimedOut),
        }
    }
}

/// What went wrong, without the server's own words, which may quote the letter.
fn in_our_words(error: smtp::Error) -> NotifyError {
    match error.status() {
        Some(status) => {
            let retry = if error.is_permanent() { NotifyRetry::Never } else { NotifyRetry::Later };
            NotifyError::Refused { status: status.into(), retry }
        }
        None if error.is_timeout() => NotifyError::TimedOut,
        None if error.is_response() => NotifyError::NotUnderstood,
        None => NotifyError::Unreachable(Box::new(error)),
    }
}

const fn port(config: &EmailConfig) -> u16 {
    match (config.port, config.tls) {
        (0, EmailTls::Required) => smtp::SUBMISSIONS_PORT,
        (0, EmailTls::Starttls) => smtp::SUBMISSION_PORT,
        (0, EmailTls::None) => smtp::SMTP_PORT,
        (named, _) => named,
    }
}

fn tls(config: &EmailConfig, folder: &Path) -> Result<Tls, NotifyConfigFault> {
    let parameters = || -> Result<TlsParameters, NotifyConfigFault> {
        let mut builder = TlsParameters::builder(config.server.clone());
        if !config.ca_file.as_os_str().is_empty() {
            let file = folder.join(&config.ca_file);
            let authority = Certificate::from_pem(&read(&file)?);
            let authority = authority.map_err(|_| NotifyConfigFault::NoCertificate(file))?;
            builder = builder.certificate_store(CertificateStore::None).add_root_certificate(authority);
        }
        builder.build_rustls().map_err(|cause| NotifyConfigFault::Tls(Box::new(cause)))
    };
    match config.tls {
        EmailTls::Required => Ok(Tls::Wrapper(parameters()?)),
        EmailTls::Starttls => Ok(Tls::Required(parameters()?)),
        EmailTls::None if is_this_machine(&config.server) => Ok(Tls::None),
        EmailTls::None => Err(NotifyConfigFault::ClearText { server: config.server.clone() }),
    }
}

/// Only names and numbers that cannot mean another machine.
pub(super) fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || bare.parse().is_ok_and(|it: IpAddr| it.is_loopback())
}

pub(super) fn read(file: &Path) -> Result<Vec<u8>, NotifyConfigFault> {
    std::fs::read(file).map_err(|cause| NotifyConfigFault::Unreadable { file: file.to_owned(), cause })
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

fn system_time(moment: Timestamp) -> SystemTime {
    SystemTime::UNIX_EPOCH + moment.since(Timestamp(0))
}

#[cfg(test)]
mod tests {
    use super::EmailNotifier;
    use crate::clock::TestClock;
    use crate::domain::Language;
    use crate::domain::Meeting;
    use crate::domain::MeetingId;
    use crate::domain::MeetingKind;
    use crate::domain::MeetingPlan;
    use crate::domain::MeetingState;
    use crate::domain::Timestamp;
    use crate::notify::EmailConfig;
    use crate::notify::EmailTls;
    use crate::notify::Notice;
    use crate::notify::Notifier;
    use crate::notify::NotifyConfigFault;
    use crate::notify::NotifyError;
    use crate::notify::NotifyRetry;
    use crate::notify::UnitContact;
    use crate::notify::testing::Book;
    use crate::notify::testing::made_ca;
    use crate::notify::testing::notice;
    use crate::sink::Manner;
    use crate::sink::Sink;
    use crate::sink::SinkTls;
    use std::path::Path;
    use std::sync::Arc;

    const INBOX: &str = "https://innboks.gjerstad.example/";

    fn contact(language: Language) -> UnitContact {
        UnitContact { unit: notice().unit, language, email: Some("ke@gjerstad.example".to_owned()), webhook: None }
    }

    fn config(sink: &Sink, tls: EmailTls) -> EmailConfig {
        EmailConfig {
            server: "127.0.0.1".to_owned(),
            port: sink.address().port(),
            tls,
            from: "Meldeport <ikke-svar@mottak.example>".to_owned(),
            seconds_max: 5,
            ..EmailConfig::default()
        }
    }

    fn notifier(config: &EmailConfig, folder: &Path, contact: UnitContact) -> EmailNotifier {
        let clock = Arc::new(TestClock::at(Timestamp::from_jiff("2026-11-21T12:00:00Z".parse().unwrap())));
        EmailNotifier::new(config, folder, INBOX, Book::of([contact]), clock).unwrap()
    }

    #[tokio::test]
    async fn the_letter_says_that_something_waits_and_nothing_more() {
        let sink = Sink::start(SinkTls::None).await.unwrap();
        let notifier = notifier(&config(&sink, EmailTls::None), Path::new(""), contact(Language::Nb));

        notifier.notify(&notice()).await.unwrap();

        let mail = sink.mails().remove(0);
        assert_eq!(mail.to, ["ke@gjerstad.example"]);
        assert_eq!(mail.from, "ikke-svar@mottak.example");
        assert_eq!(mail.hello, "mottak.example");
        assert_eq!(mail.header("Subject").unwrap(), "Ny melding i innboksen, referanse 7K3-9QX-2MA");
        assert_eq!(mail.header("Message-ID").unwrap(), format!("<{}@mottak.example>", notice().id));
        assert_eq!(mail.header("Auto-Submitted").unwrap(), "auto-generated");
        assert_eq!(mail.header("Date").unwrap(), "Sat, 21 Nov 2026 12:00:00 +0000");
        insta::assert_snapshot!(mail.body().replace('\r', ""), @r"
        Hei!

        Det har kommet en ny melding til enheten deres.

        Referanse: 7K3-9QX-2MA
        Uleste meldinger: 3
        Innboks: https://innboks.gjerstad.example/

        Denne e-posten er laget automatisk og kan ikke besvares. Av hensyn til personvernet står det ikke her hva meldingen gjelder. Logg inn i innboksen for å lese den.
        ");
    }

    #[tokio::test]
    async fn a_call_to_a_meeting_brings_a_file_for_the_calendar() {
        let sink = Sink::start(SinkTls::None).await.unwrap();
        let notifier = notifier(&config(&sink, EmailTls::None), Path::new(""), contact(Language::Nb));
        let at = Timestamp::from_jiff("2026-12-09T11:00:00Z".parse().unwrap());
        let meeting = Meeting {
            id: MeetingId(uuid::Uuid::from_u128(7)),
            reference: notice().reference,
            unit: notice().unit,
            kind: MeetingKind::Fixed,
            state: MeetingState::Planned,
            plan: MeetingPlan { at, minutes: 60, place: "Møterom 2".to_owned() },
            revision: 0,
            changed_at: at,
        };

        notifier.notify(&Notice { meeting: Some(meeting), ..notice() }).await.unwrap();

        let mail = sink.mails().remove(0);
        assert!(mail.header("Subject").unwrap().ends_with("referanse 7K3-9QX-2MA"));
        assert!(mail.header("Content-Type").unwrap().starts_with("multipart/mixed"));
        let body = mail.body();
        assert!(body.contains("Content-Type: text/calendar; charset=utf-8"), "{body}");
        assert!(body.contains("filename=\"meeting-7K3-9QX-2MA.ics\""), "{body}");
    }

    #[tokio::test]
    async fn each_unit_is_told_in_its_own_language() {
        let sink = Sink::start(SinkTls::None).await.unwrap();
        for (language, said) in [
            (Language::Nb, "har kommet en ny"),
            (Language::Nn, "har kome ei ny"),
            (Language::En, "has come to your unit"),
        ] {
            let notifier = notifier(&config(&sink, EmailTls::None), Path::new(""), contact(language));

            notifier.notify(&notice()).await.unwrap();

            let mail = sink.mails().pop().unwrap();
            assert!(mail.body().contains(said), "{}", mail.body());
            assert!(
                mail.body().contains("7K3-9QX-2MA") && mail.body().contains(INBOX) && mail.body().contains(": 3\r\n")
            );
            assert_eq!(mail.header("Content-Language").unwrap(), language.tag());
        }
    }

    #[tokio::test]
    async fn a_repeat_has_the_same_message_id() {
        let sink = Sink::start(SinkTls::None).await.unwrap();
        let notifier = notifier(&config(&sink, EmailTls::None), Path::new(""), contact(Language::Nb));

        notifier.notify(&notice()).await.unwrap();
        notifier.notify(&notice()).await.unwrap();

        let ids: Vec<_> = sink.mails().iter().map(|it| it.header("Message-ID").unwrap()).collect();
        assert_eq!(ids[0], ids[1]);
    }

    #[tokio::test]
    async fn the_mail_is_encrypted_from_the_first_byte_or_after_starttls() {
        let ca = made_ca();
        for (sink_tls, tls) in [
            (SinkTls::Wrapped(Arc::clone(&ca.server)), EmailTls::Required),
            (SinkTls::StartTls(Arc::clone(&ca.server)), EmailTls::Starttls),
        ] {
            let sink = Sink::start(sink_tls).await.unwrap();
            let config = EmailConfig { ca_file: "ca.pem".into(), ..config(&sink, tls) };
            let notifier = notifier(&config, ca.folder.path(), contact(Language::Nb));

            notifier.notify(&notice()).await.unwrap();

            assert!(sink.mails()[0].encrypted);
        }
    }

    #[tokio::test]
    async fn nothing_is_sent_to_a_server_that_does_not_prove_who_it_is() {
        let ca = made_ca();
        let other = made_ca();
        for (sink_tls, tls) in [
            (SinkTls::Wrapped(Arc::clone(&ca.server)), EmailTls::Required),
            (SinkTls::StartTls(Arc::clone(&ca.server)), EmailTls::Starttls),
            (SinkTls::None, EmailTls::Starttls),
        ] {
            let sink = Sink::start(sink_tls).await.unwrap();
            let config = EmailConfig { ca_file: "ca.pem".into(), ..config(&sink, tls) };
            let notifier = notifier(&config, other.folder.path(), contact(Language::Nb));

            let error = notifier.notify(&notice()).await.unwrap_err();

            assert_eq!(error.retry(), NotifyRetry::Later, "{}", error.chain());
            assert!(sink.mails().is_empty());
        }
    }

    #[tokio::test]
    async fn a_busy_server_is_tried_again_and_a_refusal_is_not() {
        let sink = Sink::start(SinkTls::None).await.unwrap();
        let notifier = notifier(&config(&sink, EmailTls::None), Path::new(""), contact(Language::Nb));

        sink.behave(Manner::Busy);
        let busy = notifier.notify(&notice()).await.unwrap_err();
        sink.behave(Manner::Refuses);
        let refused = notifier.notify(&notice()).await.unwrap_err();

        assert_eq!((busy.retry(), busy.chain().as_str()), (NotifyRetry::Later, "the receiver answered 451"));
        assert_eq!((refused.retry(), refused.chain().as_str()), (NotifyRetry::Never, "the receiver answered 550"));
    }

    #[tokio::test]
    async fn a_silent_server_is_left_in_time() {
        let sink = Sink::start(SinkTls::None).await.unwrap();
        sink.behave(Manner::Silent);
        let config = EmailConfig { seconds_max: 1, ..config(&sink, EmailTls::None) };
        let notifier = notifier(&config, Path::new(""), contact(Language::Nb));

        let error = notifier.notify(&notice()).await.unwrap_err();

        assert!(matches!(error, NotifyError::TimedOut), "{error:?}");
    }

    #[tokio::test]
    async fn a_server_that_is_not_there_is_tried_again() {
        let sink = Sink::start(SinkTls::None).await.unwrap();
        let config = config(&sink, EmailTls::None);
        drop(sink);
        tokio::task::yield_now().await;

        let error = notifier(&config, Path::new(""), contact(Language::Nb)).notify(&notice()).await.unwrap_err();

        assert_eq!(error.retry(), NotifyRetry::Later);
    }

    #[tokio::test]
    async fn a_unit_without_a_usable_address_is_for_an_operator_to_mend() {
        let sink = Sink::start(SinkTls::None).await.unwrap();
        let config = config(&sink, EmailTls::None);
        for email in [None, Some("ikke en adresse".to_owned())] {
            let notifier = notifier(&config, Path::new(""), UnitContact { email, ..contact(Language::Nb) });

            assert_eq!(notifier.notify(&notice()).await.unwrap_err().retry(), NotifyRetry::Never);
        }
    }

    #[test]
    fn clear_text_to_another_machine_is_refused() {
        for (server, refused) in [("mail.example", true), ("10.0.0.4", true), ("localhost", false), ("::1", false)] {
            let config = EmailConfig {
                server: server.to_owned(),
                tls: EmailTls::None,
                from: "a@b.example".to_owned(),
                ..EmailConfig::default()
            };

            let made =
                EmailNotifier::new(&config, Path::new(""), INBOX, Book::of([]), Arc::new(TestClock::at(Timestamp(0))));

            assert_eq!(matches!(made, Err(NotifyConfigFault::ClearText { .. })), refused, "{server}");
        }
    }
}
