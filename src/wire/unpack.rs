//! Unpacks what is packed (gzip, deflate) piece by piece, and stops where it would come to more than is allowed. What is
//! packed may come to a thousand times as much; nothing here ever holds more than a piece.

use crate::domain::MessageLimits;
use crate::domain::Packing;
use flate2::write::DeflateDecoder;
use flate2::write::MultiGzDecoder;
use flate2::write::ZlibDecoder;
use std::io;
use std::io::Write;

/// So much may come of nothing: small files shrink to almost nothing, and that is no attack.
const SLACK_BYTES: usize = 64 * 1024;

/// How much may come out of what is packed (grenser for utpakking).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UnpackLimits {
    /// One attachment. Bytes.
    pub file_bytes_max: usize,
    /// All attachments of a message that are packed, together. Bytes.
    pub total_bytes_max: usize,
    /// How many times larger than the packed file.
    pub ratio_max: usize,
}

impl From<&MessageLimits> for UnpackLimits {
    fn from(limits: &MessageLimits) -> Self {
        Self {
            file_bytes_max: limits.attachment_bytes_max,
            total_bytes_max: limits.attachments_bytes_max,
            ratio_max: limits.unpack_ratio_max,
        }
    }
}

/// What is left of the limits while a message is read.
pub(super) struct Budget {
    limits: UnpackLimits,
    left: usize,
}

impl Budget {
    pub fn new(limits: &UnpackLimits) -> Self {
        Self { limits: *limits, left: limits.total_bytes_max }
    }

    /// For what is not packed.
    pub const fn unlimited() -> Self {
        let limits = UnpackLimits { file_bytes_max: usize::MAX, total_bytes_max: usize::MAX, ratio_max: usize::MAX };
        Self { limits, left: usize::MAX }
    }

    /// A way from packed bytes to `sink`. What comes out counts from now on.
    pub fn unpacker<W: Sink>(&self, packing: Packing, sink: W) -> Unpacker<W> {
        let bytes_max = self.limits.file_bytes_max.min(self.left);
        let gate = Gate {
            sink: Some(sink),
            packed: 0,
            unpacked: 0,
            bytes_max,
            ratio_max: self.limits.ratio_max,
            burst: false,
        };
        let decoder = match packing {
            Packing::None => Decoder::Plain(gate),
            Packing::Gzip => Decoder::Gzip(Box::new(MultiGzDecoder::new(gate))),
            // Which of the two it is shows in the first two bytes.
            Packing::Deflate => Decoder::Waiting(gate, Vec::new()),
        };
        Unpacker { decoder: Some(decoder) }
    }

    /// So much has come out of a packed file.
    pub fn spend(&mut self, bytes: usize) {
        self.left = self.left.saturating_sub(bytes);
    }
}

/// What takes the bytes that come out.
pub(super) trait Sink {
    fn take(&mut self, piece: &[u8]);
}

impl Sink for super::probe::Probe {
    fn take(&mut self, piece: &[u8]) {
        self.feed(piece);
    }
}

impl Sink for Vec<u8> {
    fn take(&mut self, piece: &[u8]) {
        self.extend_from_slice(piece);
    }
}

/// Why unpacking ended too early.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum UnpackFault {
    /// It is not packed like that, or it is cut off.
    Broken,
    TooFar,
}

pub(super) struct Unpacker<W: Sink> {
    /// Always there but while it is changed for another.
    decoder: Option<Decoder<W>>,
}

enum Decoder<W: Sink> {
    Plain(Gate<W>),
    Gzip(Box<MultiGzDecoder<Gate<W>>>),
    Waiting(Gate<W>, Vec<u8>),
    Zlib(Box<ZlibDecoder<Gate<W>>>),
    Deflate(Box<DeflateDecoder<Gate<W>>>),
}

impl<W: Sink> Unpacker<W> {
    pub fn feed(&mut self, piece: &[u8]) -> Result<(), UnpackFault> {
        let decoder = self.decoder.take().ok_or(UnpackFault::Broken)?;
        let (mut decoder, piece) = match decoder {
            Decoder::Waiting(gate, mut begun) => {
                begun.extend_from_slice(piece);
                match begun[..] {
                    [first, second, ..] => (deflate(gate, first, second), std::borrow::Cow::Owned(begun)),
                    _ => {
                        self.decoder = Some(Decoder::Waiting(gate, begun));
                        return Ok(());
                    }
                }
            }
            other => (other, std::borrow::Cow::Borrowed(piece)),
        };
        decoder.gate().packed += piece.len();
        let written = match &mut decoder {
            Decoder::Plain(gate) => gate.write_all(&piece),
            Decoder::Gzip(it) => it.write_all(&piece),
            Decoder::Zlib(it) => it.write_all(&piece),
            Decoder::Deflate(it) => it.write_all(&piece),
            Decoder::Waiting(..) => Ok(()),
        };
        let fault = written.err().map(|_| decoder.gate().fault());
        self.decoder = Some(decoder);
        fault.map_or(Ok(()), Err)
    }

    /// What took the bytes, when all of them have come.
    pub fn end(mut self) -> Result<W, UnpackFault> {
        let mut decoder = self.decoder.take().ok_or(UnpackFault::Broken)?;
        let ended = match &mut decoder {
            Decoder::Plain(_) => Ok(()),
            Decoder::Gzip(it) => it.try_finish(),
            Decoder::Zlib(it) => it.try_finish(),
            Decoder::Deflate(it) => it.try_finish(),
            Decoder::Waiting(..) => Err(io::ErrorKind::UnexpectedEof.into()),
        };
        match ended {
            Ok(()) => Ok(decoder.into_sink()),
            Err(_) => Err(decoder.gate().fault()),
        }
    }
}

/// RFC 1950 wraps deflate in a head and a sum; RFC 1951 is deflate alone. Both are called deflate.
fn deflate<W: Sink>(gate: Gate<W>, first: u8, second: u8) -> Decoder<W> {
    let is_zlib = first & 0x0F == 8 && (u16::from(first) << 8 | u16::from(second)) % 31 == 0;
    if is_zlib {
        Decoder::Zlib(Box::new(ZlibDecoder::new(gate)))
    } else {
        Decoder::Deflate(Box::new(DeflateDecoder::new(gate)))
    }
}

impl<W: Sink> Decoder<W> {
    fn gate(&mut self) -> &mut Gate<W> {
        match self {
            Self::Plain(gate) | Self::Waiting(gate, _) => gate,
            Self::Gzip(it) => it.get_mut(),
            Self::Zlib(it) => it.get_mut(),
            Self::Deflate(it) => it.get_mut(),
        }
    }

    fn into_sink(mut self) -> W
    where
        W: Sink,
    {
        let gate = self.gate();
        // The decoders give their sink back only when they can write to it; this one is past that.
        let sink = std::mem::replace(&mut gate.sink, None);
        sink.expect("a sink is taken once, at the end")
    }
}

/// Lets through what is allowed.
struct Gate<W: Sink> {
    sink: Option<W>,
    packed: usize,
    unpacked: usize,
    bytes_max: usize,
    ratio_max: usize,
    burst: bool,
}

impl<W: Sink> Gate<W> {
    const fn fault(&self) -> UnpackFault {
        if self.burst { UnpackFault::TooFar } else { UnpackFault::Broken }
    }
}

impl<W: Sink> Write for Gate<W> {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.unpacked += piece.len();
        let by_ratio = self.packed.saturating_mul(self.ratio_max).saturating_add(SLACK_BYTES);
        if self.unpacked > self.bytes_max || self.unpacked > by_ratio {
            self.burst = true;
            return Err(io::Error::other("unpacks too far"));
        }
        if let Some(sink) = &mut self.sink {
            sink.take(piece);
        }
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Budget;
    use super::UnpackFault;
    use super::UnpackLimits;
    use crate::domain::Packing;
    use flate2::Compression;
    use std::io::Write;

    const LIMITS: UnpackLimits = UnpackLimits { file_bytes_max: 1_000_000, total_bytes_max: 1_500_000, ratio_max: 100 };

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut it = flate2::write::GzEncoder::new(Vec::new(), Compression::best());
        it.write_all(bytes).unwrap();
        it.finish().unwrap()
    }

    fn unpack(budget: &Budget, packing: Packing, packed: &[u8], piece: usize) -> Result<Vec<u8>, UnpackFault> {
        let mut unpacker = budget.unpacker(packing, Vec::new());
        for piece in packed.chunks(piece) {
            unpacker.feed(piece)?;
        }
        unpacker.end()
    }

    #[test]
    fn what_was_packed_comes_out_byte_for_byte() {
        let bytes: Vec<u8> = (0..100_000_u32).map(|it| (it.wrapping_mul(it) % 251) as u8).collect();
        let budget = Budget::new(&LIMITS);
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(&bytes).unwrap();
        let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), Compression::default());
        raw.write_all(&bytes).unwrap();
        let two = [gzip(&bytes[..5]), gzip(&bytes[5..])].concat();

        for (packing, packed) in [
            (Packing::Gzip, gzip(&bytes)),
            (Packing::Gzip, two),
            (Packing::Deflate, zlib.finish().unwrap()),
            (Packing::Deflate, raw.finish().unwrap()),
            (Packing::None, bytes.clone()),
        ] {
            for piece in [1, 1000, 1_000_000] {
                assert_eq!(unpack(&budget, packing, &packed, piece).as_ref(), Ok(&bytes), "{packing:?} by {piece}");
            }
        }
    }

    #[test]
    fn a_bomb_is_stopped_by_its_ratio_by_its_size_and_by_what_others_took() {
        let mut budget = Budget::new(&LIMITS);
        let thousandfold = gzip(&vec![0; 900_000]);
        let large =
            gzip(&(0..1_100_000_u32).map(|it| (it.wrapping_mul(2_654_435_761) >> 24) as u8).collect::<Vec<_>>());
        let middling =
            gzip(&(0..600_000_u32).map(|it| (it.wrapping_mul(2_654_435_761) >> 24) as u8).collect::<Vec<_>>());

        assert_eq!(unpack(&budget, Packing::Gzip, &thousandfold, 100), Err(UnpackFault::TooFar));
        assert_eq!(unpack(&budget, Packing::Gzip, &large, 10_000), Err(UnpackFault::TooFar));
        assert_eq!(unpack(&budget, Packing::Gzip, &middling, 10_000).unwrap().len(), 600_000);
        budget.spend(1_000_000);
        assert_eq!(unpack(&budget, Packing::Gzip, &middling, 10_000), Err(UnpackFault::TooFar));
    }

    #[test]
    fn what_is_not_packed_like_that_or_is_cut_off_is_broken() {
        let budget = Budget::new(&LIMITS);
        let packed = gzip(b"noe som er langt nok til at det lar seg dele i to");
        for (packing, bytes) in [
            (Packing::Gzip, &b"%PDF-1.7 slett ikke pakket"[..]),
            (Packing::Gzip, &packed[..packed.len() / 2]),
            (Packing::Deflate, b"\xff\xff\xff\xff"),
            (Packing::Deflate, b"x"),
            (Packing::Gzip, b""),
        ] {
            assert_eq!(unpack(&budget, packing, bytes, 5), Err(UnpackFault::Broken), "{packing:?} {bytes:?}");
        }
    }
}
