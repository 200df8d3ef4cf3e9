//! Compressed files (`.gz`, `.zst`, `.bz2`, `.xz`): one file in another, read as a stream. Several compressed streams
//! one after the other are one file. A file with such a name that is not compressed is read as it is.

use std::io::{self, BufRead, BufReader, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::Container;
use super::input::Input;
use super::opening::{Opening, Part};

/// Bytes read at a time.
const BUFFER: usize = 64 << 10;
/// Most memory of an xz decoder, KiB; `xz -9` asks for 65 MiB.
const XZ_MEMORY: u32 = 256 << 10;

/// gzip.
pub(super) const GZIP: Container = Container {
    name: "gzip",
    extensions: &["gz", "gzip", "tgz"],
    holds_files: true,
    sniff: |head| head.starts_with(b"\x1f\x8b\x08"),
    open: |input, part, opening| {
        open(input, part, opening, &GZIP, |input| Box::new(flate2::bufread::MultiGzDecoder::new(input)))
    },
};

/// Zstandard.
pub(super) const ZSTANDARD: Container = Container {
    name: "zstandard",
    extensions: &["zst", "zstd", "tzst"],
    holds_files: true,
    sniff: |head| head.starts_with(b"\x28\xb5\x2f\xfd") || matches!(head, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..]),
    open: |input, part, opening| open(input, part, opening, &ZSTANDARD, |input| Box::new(Zstandard::new(input))),
};

/// bzip2.
pub(super) const BZIP2: Container = Container {
    name: "bzip2",
    extensions: &["bz2", "tbz2", "tbz"],
    holds_files: true,
    sniff: |head| matches!(head, [b'B', b'Z', b'h', b'1'..=b'9', 0x31 | 0x17, ..]),
    open: |input, part, opening| {
        open(input, part, opening, &BZIP2, |input| Box::new(bzip2::bufread::MultiBzDecoder::new(input)))
    },
};

/// xz.
pub(super) const XZ: Container = Container {
    name: "xz",
    extensions: &["xz", "txz"],
    holds_files: true,
    sniff: |head| head.starts_with(b"\xfd7zXZ\0"),
    open: |input, part, opening| {
        open(input, part, opening, &XZ, |input| Box::new(lzma_rust2::XzReader::new_mem_limit(input, true, XZ_MEMORY)))
    },
};

/// A stream that is decompressed.
type Compressed<'a> = BufReader<Input<'a>>;

fn open(
    mut input: Input<'_>,
    part: &Part,
    opening: &mut Opening<'_>,
    container: &Container,
    decoder: for<'a> fn(Compressed<'a>) -> Box<dyn Read + 'a>,
) -> bool {
    let inner = part.decompressed();
    if !(container.sniff)(input.peek(super::kind::SNIFFED)) {
        return opening.part(input, &inner);
    }
    let decoded = opening.coming_out(decoder(BufReader::with_capacity(BUFFER, input)));
    opening.part(decoded, &inner)
}

/// The name of the file in a compressed file: `a.jsonl` of `a.jsonl.gz`, `a.tar` of `a.tgz`. None for other names.
pub(super) fn inner_name(name: &str) -> Option<String> {
    let extension = super::kind::extension(name)?;
    let known = [GZIP, ZSTANDARD, BZIP2, XZ].iter().any(|c| c.extensions.contains(&extension.as_str()));
    let stem = &name[..name.len() - extension.len() - 1];
    match known {
        true if extension.starts_with('t') => Some(format!("{stem}.tar")),
        true => Some(stem.to_owned()),
        false => None,
    }
}

/// Zstandard frames one after the other.
struct Zstandard<R> {
    source: R,
    decoder: FrameDecoder,
    in_frame: bool,
}

impl<R: BufRead> Zstandard<R> {
    fn new(source: R) -> Zstandard<R> {
        Zstandard { source, decoder: FrameDecoder::new(), in_frame: false }
    }

    /// Begins the next frame; gives whether there is one.
    fn begin(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    io::copy(&mut self.source.by_ref().take(u64::from(length)), &mut io::sink())?;
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
        Ok(false)
    }

    /// Whether the frame's text is what it was when it was compressed, as far as the frame tells.
    fn check(&self) -> io::Result<()> {
        match (self.decoder.get_checksum_from_data(), self.decoder.get_calculated_checksum()) {
            (Some(told), Some(found)) if told != found => Err(io::Error::other("the checksum does not match")),
            _ => Ok(()),
        }
    }
}

impl<R: BufRead> Read for Zstandard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.in_frame {
                self.in_frame = self.begin()?;
                if !self.in_frame {
                    return Ok(0);
                }
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder.decode_blocks(&mut self.source, one).map_err(io::Error::other)?;
            }
            match self.decoder.read(buffer)? {
                0 => {
                    self.check()?;
                    self.in_frame = false;
                }
                read => return Ok(read),
            }
        }
    }
}
