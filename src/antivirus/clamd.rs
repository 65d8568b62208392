//! The daemon of ClamAV: one connection for each file, the command INSTREAM, and one line back (`man clamd`).
//!
//! ```text
//! → zINSTREAM␀  (length, 4 bytes)(bytes) …  (0, 4 bytes)
//! ← stream: OK␀   stream: <signature> FOUND␀   INSTREAM size limit exceeded. ERROR␀
//! ```

use crate::antivirus::AntivirusConfig;
use crate::antivirus::AntivirusConfigFault;
use crate::antivirus::ScanError;
use crate::antivirus::ScanFile;
use crate::antivirus::Scanned;
use crate::antivirus::config::Address;
use crate::domain::ScanResult;
use async_trait::async_trait;
use std::io;
use std::time::Duration;
use tokio::io::AsyncRead;
use tokio::io::AsyncReadExt;
use tokio::io::AsyncWrite;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::net::UnixStream;

const COMMAND: &[u8] = b"zINSTREAM\0";

/// Sent at a time.
const PIECE_BYTES: usize = 64 * 1024;

/// Longer answers are none.
const REPLY_BYTES_MAX: u64 = 1024;

/// A signature's name that is kept, at most.
const SIGNATURE_CHARS_MAX: usize = 100;

/// The daemon, at its address.
pub struct Clamd {
    address: Address,
    time_max: Duration,
}

impl Clamd {
    /// # Errors
    /// The address cannot be read, or is not on this machine.
    pub fn new(config: &AntivirusConfig) -> Result<Self, AntivirusConfigFault> {
        Ok(Self { address: config.read_address()?, time_max: config.time_max() })
    }

    async fn ask(&self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        match &self.address {
            Address::Tcp(address) => stream(TcpStream::connect(address).await?, bytes).await,
            Address::Unix(path) => stream(UnixStream::connect(path).await?, bytes).await,
        }
    }
}

#[async_trait]
impl ScanFile for Clamd {
    async fn scan(&self, bytes: &[u8]) -> Result<Scanned, ScanError> {
        let reply = tokio::time::timeout(self.time_max, self.ask(bytes)).await.map_err(|_| ScanError::TimedOut)?;
        understood(&reply.map_err(ScanError::Unreachable)?).ok_or(ScanError::NotUnderstood)
    }
}

/// Sends everything and reads the answer. A daemon that has had enough answers before it has read all.
async fn stream(mut connection: impl AsyncRead + AsyncWrite + Unpin, bytes: &[u8]) -> io::Result<Vec<u8>> {
    let sent = send(&mut connection, bytes).await;
    let mut reply = Vec::new();
    let read = connection.take(REPLY_BYTES_MAX).read_to_end(&mut reply).await;
    if reply.is_empty() {
        sent?;
        read?;
    }
    Ok(reply)
}

async fn send(connection: &mut (impl AsyncWrite + Unpin), bytes: &[u8]) -> io::Result<()> {
    connection.write_all(COMMAND).await?;
    for piece in bytes.chunks(PIECE_BYTES) {
        connection.write_u32(u32::try_from(piece.len()).expect("a piece is small")).await?;
        connection.write_all(piece).await?;
    }
    connection.write_u32(0).await?;
    connection.flush().await
}

fn understood(reply: &[u8]) -> Option<Scanned> {
    let reply = std::str::from_utf8(reply.strip_suffix(b"\0").unwrap_or(reply)).ok()?.trim();
    let said = reply.strip_prefix("stream: ").unwrap_or(reply);
    if said == "OK" {
        return Some(Scanned { result: ScanResult::Clean, signature: None });
    }
    if let Some(signature) = said.strip_suffix(" FOUND") {
        let plain = signature.chars().filter(char::is_ascii_graphic).take(SIGNATURE_CHARS_MAX).collect();
        return Some(Scanned { result: ScanResult::Infected, signature: Some(plain) });
    }
    said.contains("size limit exceeded").then_some(Scanned { result: ScanResult::Unscannable, signature: None })
}

#[cfg(test)]
mod tests {
    use super::Clamd;
    use crate::antivirus::AntivirusConfig;
    use crate::antivirus::ScanError;
    use crate::antivirus::ScanFile as _;
    use crate::domain::ScanResult;
    use std::time::Duration;
    use tokio::io::AsyncReadExt as _;
    use tokio::io::AsyncWriteExt as _;
    use tokio::net::TcpListener;

    /// A server that speaks the protocol: takes one file, checks that it is `expected`, and answers.
    async fn server(expected: Vec<u8>, answer: &'static [u8]) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        tokio::spawn(async move {
            let (mut connection, _) = listener.accept().await.unwrap();
            let mut command = [0; 10];
            connection.read_exact(&mut command).await.unwrap();
            assert_eq!(&command, b"zINSTREAM\0");
            let mut got = Vec::new();
            loop {
                let length = connection.read_u32().await.unwrap();
                if length == 0 {
                    break;
                }
                let mut piece = vec![0; length as usize];
                connection.read_exact(&mut piece).await.unwrap();
                got.extend(piece);
            }
            assert!(got == expected, "{} bytes of {}", got.len(), expected.len());
            connection.write_all(answer).await.unwrap();
        });
        address
    }

    fn clamd(address: String) -> Clamd {
        Clamd::new(&AntivirusConfig { enabled: true, address, seconds_max: 5, ..AntivirusConfig::default() }).unwrap()
    }

    #[tokio::test]
    async fn a_file_is_sent_whole_and_the_answer_is_understood() {
        let file: Vec<u8> = (0..200_000_u32).map(|it| it.to_le_bytes()[0]).collect();
        for (answer, result, signature) in [
            (&b"stream: OK\0"[..], ScanResult::Clean, None),
            (b"stream: Prove-1.UNOFFICIAL FOUND\0", ScanResult::Infected, Some("Prove-1.UNOFFICIAL")),
            (b"INSTREAM size limit exceeded. ERROR\0", ScanResult::Unscannable, None),
        ] {
            let scanned = clamd(server(file.clone(), answer).await).scan(&file).await.unwrap();
            assert_eq!((scanned.result, scanned.signature.as_deref()), (result, signature));
        }
        assert_eq!(clamd(server(Vec::new(), b"stream: OK\0").await).scan(b"").await.unwrap().result, ScanResult::Clean);
    }

    #[tokio::test]
    async fn what_is_no_answer_is_never_taken_for_a_clean_file() {
        for answer in [&b""[..], b"OK?", b"stream: OK but", b"\xff\xfe", b"UNKNOWN COMMAND\0"] {
            let scanned = clamd(server(b"x".to_vec(), answer).await).scan(b"x").await;
            assert!(matches!(scanned, Err(ScanError::NotUnderstood)), "{answer:?}: {scanned:?}");
        }
    }

    #[tokio::test]
    async fn a_daemon_that_is_away_or_silent_is_an_error() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let mut silent = clamd(address.clone());
        silent.time_max = Duration::from_millis(200);
        assert!(matches!(silent.scan(b"x").await, Err(ScanError::TimedOut)));
        drop(listener);
        assert!(matches!(clamd(address).scan(b"x").await, Err(ScanError::Unreachable(_))));
    }

    /// The real daemon, with a signature of our own: `scripts/test` installs it. Without it there is nothing to ask.
    #[tokio::test]
    async fn the_real_daemon_finds_our_own_signature_and_nothing_else() {
        let daemon = ["/usr/sbin/clamd", "/usr/bin/clamd"].into_iter().find(|it| std::path::Path::new(it).exists());
        let Some(daemon) = daemon else {
            assert!(std::env::var_os("MELDEPORT_TEST_NEEDS_CLAMD").is_none(), "clamd is not installed");
            return;
        };
        let folder = tempfile::tempdir().unwrap();
        let path = |it: &str| folder.path().join(it).display().to_string();
        std::fs::create_dir(path("db")).unwrap();
        let mark: String = MARK.iter().map(|it| format!("{it:02x}")).collect();
        std::fs::write(path("db/own.ndb"), format!("Meldeport-Prove-1:0:*:{mark}\n")).unwrap();
        let socket = path("clamd.ctl");
        let settings = format!(
            "LocalSocket {socket}\nDatabaseDirectory {}\nForeground yes\nTemporaryDirectory {}\nStreamMaxLength 1M\n",
            path("db"),
            folder.path().display()
        );
        std::fs::write(path("clamd.conf"), settings).unwrap();
        let mut child = tokio::process::Command::new(daemon)
            .args(["--config-file", &path("clamd.conf")])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let clamd = clamd(format!("unix:{socket}"));
        for _ in 0..300 {
            if clamd.scan(b"").await.is_ok() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }

        let clean = clamd.scan(b"%PDF-1.7 en vanlig fil").await.unwrap();
        let infected = clamd.scan(&[b"foran ", MARK, b" bak"].concat()).await.unwrap();
        let large = clamd.scan(&vec![b'x'; 3_000_000]).await;

        assert_eq!(clean.result, ScanResult::Clean);
        assert_eq!(infected.result, ScanResult::Infected);
        assert!(infected.signature.unwrap().starts_with("Meldeport-Prove-1"));
        // It may hang up before its answer has been read; then nobody knows, and the file is held.
        assert!(large.is_err() || large.is_ok_and(|it| it.result == ScanResult::Unscannable));
        child.kill().await.unwrap();
    }

    /// What our own signature finds. Harmless everywhere else.
    const MARK: &[u8] = b"MELDEPORT-ANTIVIRUS-PROVE-1";
}
