//! A stream of bytes of which the first can be looked at before they are read, and which can become UTF-8 on the way.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder};

use super::super::encoding;
use crate::document::Encoding;

/// Bytes from which the encoding of a stream is told.
const SAMPLE: usize = 64 << 10;

/// A stream of bytes.
pub(super) struct Input<'a> {
    /// Bytes that were looked at and not yet read.
    head: Vec<u8>,
    /// How many of them have been read.
    read: usize,
    /// An error met while looking, told when the reader comes to it.
    error: Option<io::Error>,
    rest: Box<dyn Read + 'a>,
}

impl<'a> Input<'a> {
    /// A stream.
    pub(super) fn new(rest: Box<dyn Read + 'a>) -> Input<'a> {
        Input { head: Vec::new(), read: 0, error: None, rest }
    }

    /// The next `length` bytes, fewer where the stream ends; they can still be read.
    pub(super) fn peek(&mut self, length: usize) -> &[u8] {
        let have = self.head.len() - self.read;
        if have < length && self.error.is_none() {
            let missing = (length - have) as u64;
            if let Err(error) = self.rest.by_ref().take(missing).read_to_end(&mut self.head) {
                self.error = Some(error);
            }
        }
        let end = self.head.len().min(self.read + length);
        &self.head[self.read..end]
    }

    /// The stream without its byte-order mark and as bytes that can be cut at line ends, and how it is to be read.
    pub(super) fn into_text(mut self, declared: Option<&str>) -> (Input<'a>, Encoding) {
        let stream = encoding::of_stream(self.peek(SAMPLE), declared);
        self.read += stream.mark;
        let input = match stream.decoder {
            Some(decoder) => Input::new(Box::new(Transcoded::new(self, decoder.new_decoder_without_bom_handling()))),
            None => self,
        };
        (input, stream.encoding)
    }
}

impl Read for Input<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let head = &self.head[self.read..];
        if !head.is_empty() {
            let length = head.len().min(buffer.len());
            buffer[..length].copy_from_slice(&head[..length]);
            self.read += length;
            return Ok(length);
        }
        match self.error.take() {
            Some(error) => Err(error),
            None => self.rest.read(buffer),
        }
    }
}

/// A stream in UTF-16 as UTF-8.
struct Transcoded<R> {
    inner: R,
    decoder: Decoder,
    bytes: Vec<u8>,
    /// UTF-8 that is ready, and how much of it has been read.
    ready: Vec<u8>,
    read: usize,
    ended: bool,
}

impl<R: Read> Transcoded<R> {
    fn new(inner: R, decoder: Decoder) -> Transcoded<R> {
        Transcoded { inner, decoder, bytes: vec![0; SAMPLE], ready: Vec::new(), read: 0, ended: false }
    }

    /// Decodes the next bytes.
    fn fill(&mut self) -> io::Result<()> {
        let length = self.inner.read(&mut self.bytes)?;
        self.ended = length == 0;
        // The most that so many bytes, and a character begun before them, can become.
        let most = self.decoder.max_utf8_buffer_length(length).unwrap_or(4 * length + 16);
        self.ready.clear();
        self.ready.resize(most, 0);
        let (result, _, written, _) = self.decoder.decode_to_utf8(&self.bytes[..length], &mut self.ready, self.ended);
        debug_assert_eq!(result, CoderResult::InputEmpty);
        self.ready.truncate(written);
        self.read = 0;
        Ok(())
    }
}

impl<R: Read> Read for Transcoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.read == self.ready.len() {
            if self.ended {
                return Ok(0);
            }
            self.fill()?;
        }
        let ready = &self.ready[self.read..];
        let length = ready.len().min(buffer.len());
        buffer[..length].copy_from_slice(&ready[..length]);
        self.read += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_looked_at_is_still_read() {
        let mut input = Input::new(Box::new(&b"abcdef"[..]));
        assert_eq!(input.peek(2), b"ab");
        assert_eq!(input.peek(4), b"abcd");
        let mut all = String::new();
        input.read_to_string(&mut all).unwrap();
        assert_eq!(all, "abcdef");
        assert_eq!(Input::new(Box::new(&b"ab"[..])).peek(9), b"ab");
    }

    #[test]
    fn utf16_becomes_utf8_and_a_mark_goes() {
        let text = "line “one”\nline two \u{1f41f}\n".repeat(9000);
        let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let (mut input, encoding) = Input::new(Box::new(&wide[..])).into_text(None);
        let mut all = String::new();
        input.read_to_string(&mut all).unwrap();
        assert_eq!((all == text, encoding.name.as_str()), (true, "utf-16-le"));
    }
}
