//! Reading a body: whole, but not too large, not too slow, and decompressed with care.
//!
//! Bytes are counted against the ticket as they come. A body is given up when it passes the largest message, when it is
//! slower on average than the least pace (after some grace), or when gzip makes it grow out of proportion. What is handed
//! on is the message as the sender meant it to be kept: after Content-Encoding, before anything else.

use crate::domain::Code;
use crate::domain::Text;
use crate::intake::Ticket;
use crate::transport::https::config::HttpsConfig;
use axum::body::Body;
use bytes::Bytes;
use flate2::write::MultiGzDecoder;
use http_body_util::BodyExt;
use std::io;
use std::io::Write;
use std::time::Duration;
use tokio::time::Instant;

/// Below this size, gzip may make as much as it likes of very little. Bytes.
const RATIO_FREE_BYTES: usize = 64 * 1024;

/// How much of a refused body is still read, so that the client gets to read its answer before the line is closed.
const LINGER_BYTES_MAX: usize = 4 * 1024 * 1024;
const LINGER_MAX: Duration = Duration::from_secs(2);

/// Content-Encoding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ContentEncoding {
    Identity,
    Gzip,
}

/// How large and how slow a body may be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BodyLimits {
    pub(crate) bytes_max: usize,
    pub(crate) gzip_ratio_max: usize,
    pub(crate) bytes_per_second_min: u64,
    pub(crate) grace: Duration,
    pub(crate) time_max: Duration,
}

impl BodyLimits {
    pub(crate) const fn new(config: &HttpsConfig, bytes_max: usize) -> Self {
        Self {
            bytes_max,
            gzip_ratio_max: config.gzip_ratio_max,
            bytes_per_second_min: config.body_bytes_per_second_min,
            grace: Duration::from_secs(config.body_grace_seconds),
            time_max: Duration::from_secs(config.body_seconds_max),
        }
    }

    /// How long a body may have taken when `received` bytes of it have come.
    fn allowed(&self, received: u64) -> Duration {
        let earned = Duration::from_secs_f64(received as f64 / self.bytes_per_second_min.max(1) as f64);
        self.grace.saturating_add(earned).min(self.time_max)
    }
}

/// A body that was given up.
#[derive(Debug)]
pub(crate) struct BodyFault {
    pub(crate) code: Code,
    pub(crate) expected: Option<Text>,
    /// What had been read, after Content-Encoding.
    pub(crate) read: Vec<u8>,
}

/// Reads `body` to its end, or says why not. A body that was given up lingers for a moment in the background.
pub(crate) async fn read(
    mut body: Body,
    ticket: &mut Ticket,
    encoding: ContentEncoding,
    limits: &BodyLimits,
) -> Result<Bytes, BodyFault> {
    let mut sink = Sink::new(encoding, limits);
    match fill(&mut body, &mut sink, ticket, limits).await {
        Ok(()) => Ok(Bytes::from(sink.into_bytes())),
        Err(code) => {
            let expected = sink.expected(code, limits);
            if code != Code::BodyIncomplete {
                linger(body);
            }
            Err(BodyFault { code, expected, read: sink.into_bytes() })
        }
    }
}

async fn fill(body: &mut Body, sink: &mut Sink, ticket: &mut Ticket, limits: &BodyLimits) -> Result<(), Code> {
    let began = Instant::now();
    let mut received: u64 = 0;
    loop {
        let frame = match tokio::time::timeout_at(began + limits.allowed(received), body.frame()).await {
            Err(_) | Ok(Some(Err(_))) => return Err(Code::BodyIncomplete),
            Ok(None) => return sink.finish(),
            Ok(Some(Ok(frame))) => frame,
        };
        let Some(data) = frame.data_ref() else { continue };
        received += data.len() as u64;
        let before = sink.len();
        sink.take(data)?;
        ticket.grow(sink.len() - before)?;
    }
}

/// Reads a little more of a body that nobody wants: closing at once would reset the line while the client still writes,
/// and it would never see why.
pub(crate) fn linger(mut body: Body) {
    tokio::spawn(tokio::time::timeout(LINGER_MAX, async move {
        let mut read = 0;
        while let Some(Ok(frame)) = body.frame().await {
            read += frame.data_ref().map_or(0, Bytes::len);
            if read > LINGER_BYTES_MAX {
                break;
            }
        }
    }));
}

/// Where the bytes go.
enum Sink {
    Plain(Capped),
    Gzip(Box<MultiGzDecoder<Capped>>),
}

impl Sink {
    fn new(encoding: ContentEncoding, limits: &BodyLimits) -> Self {
        let capped = Capped { bytes: Vec::new(), bytes_max: limits.bytes_max, fed: 0, ratio_max: None, over: None };
        match encoding {
            ContentEncoding::Identity => Self::Plain(capped),
            ContentEncoding::Gzip => {
                Self::Gzip(Box::new(MultiGzDecoder::new(Capped { ratio_max: Some(limits.gzip_ratio_max), ..capped })))
            }
        }
    }

    fn take(&mut self, data: &[u8]) -> Result<(), Code> {
        match self {
            Self::Plain(capped) => capped.write_all(data).map_err(|_| Code::BodyTooLarge),
            Self::Gzip(decoder) => {
                decoder.get_mut().fed += data.len();
                let written = decoder.write_all(data);
                written.map_err(|_| self.gzip_fault())
            }
        }
    }

    fn finish(&mut self) -> Result<(), Code> {
        match self {
            Self::Plain(_) => Ok(()),
            // An empty body is empty, not faulty gzip.
            Self::Gzip(decoder) if decoder.get_ref().fed == 0 => Ok(()),
            Self::Gzip(decoder) => {
                let finished = decoder.try_finish();
                finished.map_err(|_| self.gzip_fault())
            }
        }
    }

    fn gzip_fault(&self) -> Code {
        match self.capped().over {
            Some(_) => Code::BodyTooLarge,
            None => Code::ContentEncodingFaulty,
        }
    }

    fn expected(&self, code: Code, limits: &BodyLimits) -> Option<Text> {
        if code != Code::BodyTooLarge {
            return None;
        }
        match self.capped().over {
            Some(Over::Ratio) => Some(ratio_text(limits.gzip_ratio_max)),
            Some(Over::Size) | None => Some(size_text(limits.bytes_max)),
        }
    }

    fn capped(&self) -> &Capped {
        match self {
            Self::Plain(capped) => capped,
            Self::Gzip(decoder) => decoder.get_ref(),
        }
    }

    fn len(&self) -> usize {
        self.capped().bytes.len()
    }

    fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Plain(capped) => capped.bytes,
            Self::Gzip(mut decoder) => std::mem::take(&mut decoder.get_mut().bytes),
        }
    }
}

/// What is too large, for people.
pub(crate) fn size_text(bytes_max: usize) -> Text {
    Text::owned(
        format!("Den kan ha høyst {bytes_max} byte."),
        format!("Ho kan ha høgst {bytes_max} byte."),
        format!("It may have at most {bytes_max} bytes."),
    )
}

fn ratio_text(ratio_max: usize) -> Text {
    Text::owned(
        format!("Komprimert innhold kan bli høyst {ratio_max} ganger større når det pakkes ut."),
        format!("Komprimert innhald kan bli høgst {ratio_max} gonger større når det blir pakka ut."),
        format!("Compressed content may become at most {ratio_max} times larger when it is decompressed."),
    )
}

/// Bytes with a lid.
struct Capped {
    bytes: Vec<u8>,
    bytes_max: usize,
    /// Compressed bytes that have gone in.
    fed: usize,
    ratio_max: Option<usize>,
    over: Option<Over>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Over {
    Size,
    Ratio,
}

impl Write for Capped {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        let after = self.bytes.len() + data.len();
        let free = RATIO_FREE_BYTES;
        let out_of_proportion = |ratio: usize| after > free && after > self.fed.saturating_mul(ratio);
        if after > self.bytes_max {
            self.over = Some(Over::Size);
        } else if self.ratio_max.is_some_and(out_of_proportion) {
            self.over = Some(Over::Ratio);
        }
        match self.over {
            Some(_) => Err(io::Error::from(io::ErrorKind::FileTooLarge)),
            None => {
                self.bytes.extend_from_slice(data);
                Ok(data.len())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::BodyLimits;
    use super::ContentEncoding;
    use super::Sink;
    use crate::domain::Code;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;
    use std::time::Duration;

    const LIMITS: BodyLimits = BodyLimits {
        bytes_max: 1_000_000,
        gzip_ratio_max: 20,
        bytes_per_second_min: 1000,
        grace: Duration::from_secs(10),
        time_max: Duration::from_secs(60),
    };

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn unpack(bytes: &[u8]) -> Result<Vec<u8>, Code> {
        let mut sink = Sink::new(ContentEncoding::Gzip, &LIMITS);
        for piece in bytes.chunks(1000) {
            sink.take(piece)?;
        }
        sink.finish()?;
        Ok(sink.into_bytes())
    }

    #[test]
    fn gzip_is_unpacked_and_only_whole_gzip() {
        let text = "<MsgHead>ø</MsgHead>".repeat(20);
        let packed = gzip(text.as_bytes());

        assert_eq!(unpack(&packed), Ok(text.into_bytes()));
        assert_eq!(unpack(&packed[..packed.len() - 4]), Err(Code::ContentEncodingFaulty));
        assert_eq!(unpack(b"<MsgHead/>"), Err(Code::ContentEncodingFaulty));
        assert_eq!(unpack(b""), Ok(Vec::new()));
    }

    #[test]
    fn a_gzip_bomb_is_given_up_before_it_has_grown() {
        let bomb = gzip(&vec![b'a'; 50_000_000]);
        let mut sink = Sink::new(ContentEncoding::Gzip, &LIMITS);

        let outcome = bomb.chunks(1000).try_for_each(|piece| sink.take(piece));

        assert_eq!(outcome, Err(Code::BodyTooLarge));
        assert!(sink.len() <= 128 * 1024, "{}", sink.len());
        assert!(sink.expected(Code::BodyTooLarge, &LIMITS).unwrap().en.contains("20 times"));
    }

    #[test]
    fn every_byte_buys_a_little_time_up_to_a_limit() {
        assert_eq!(LIMITS.allowed(0), Duration::from_secs(10));
        assert_eq!(LIMITS.allowed(5000), Duration::from_secs(15));
        assert_eq!(LIMITS.allowed(u64::MAX), Duration::from_secs(60));
    }
}
