//! From bytes to text. It says which encoding was used and how it is known; it never guesses silently.
//!
//! A byte-order mark decides; then bytes that are valid UTF-8 are UTF-8, whatever they are declared as; then the
//! declaration counts; then what the bytes look like. Line ends stay as they are.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding as Decoder;

use super::Reason;
use crate::document::{Encoding, EncodingEvidence};

/// How many bytes are looked at where a look at all of them would cost too much.
const SAMPLE: usize = 64 << 10;
/// How many bytes the guess rests on.
const GUESSED_FROM: usize = 1 << 20;
/// The byte-order mark of UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// The encodings that are read, under the names that Python's `open` knows.
static NAMES: &[(&Decoder, &str)] = &[
    (encoding_rs::UTF_8, "utf-8"),
    (encoding_rs::UTF_16LE, "utf-16-le"),
    (encoding_rs::UTF_16BE, "utf-16-be"),
    (encoding_rs::WINDOWS_1250, "cp1250"),
    (encoding_rs::WINDOWS_1251, "cp1251"),
    (encoding_rs::WINDOWS_1252, "cp1252"),
    (encoding_rs::WINDOWS_1253, "cp1253"),
    (encoding_rs::WINDOWS_1254, "cp1254"),
    (encoding_rs::WINDOWS_1255, "cp1255"),
    (encoding_rs::WINDOWS_1256, "cp1256"),
    (encoding_rs::WINDOWS_1257, "cp1257"),
    (encoding_rs::WINDOWS_1258, "cp1258"),
    (encoding_rs::WINDOWS_874, "cp874"),
    (encoding_rs::IBM866, "cp866"),
    (encoding_rs::ISO_8859_2, "iso8859-2"),
    (encoding_rs::ISO_8859_3, "iso8859-3"),
    (encoding_rs::ISO_8859_4, "iso8859-4"),
    (encoding_rs::ISO_8859_5, "iso8859-5"),
    (encoding_rs::ISO_8859_6, "iso8859-6"),
    (encoding_rs::ISO_8859_7, "iso8859-7"),
    (encoding_rs::ISO_8859_8, "iso8859-8"),
    (encoding_rs::ISO_8859_8_I, "iso8859-8"),
    (encoding_rs::ISO_8859_10, "iso8859-10"),
    (encoding_rs::ISO_8859_13, "iso8859-13"),
    (encoding_rs::ISO_8859_14, "iso8859-14"),
    (encoding_rs::ISO_8859_15, "iso8859-15"),
    (encoding_rs::ISO_8859_16, "iso8859-16"),
    (encoding_rs::KOI8_R, "koi8-r"),
    (encoding_rs::KOI8_U, "koi8-u"),
    (encoding_rs::MACINTOSH, "mac-roman"),
    (encoding_rs::X_MAC_CYRILLIC, "mac-cyrillic"),
    (encoding_rs::GBK, "gb18030"),
    (encoding_rs::GB18030, "gb18030"),
    (encoding_rs::BIG5, "big5hkscs"),
    (encoding_rs::EUC_JP, "euc_jp"),
    (encoding_rs::ISO_2022_JP, "iso2022_jp"),
    (encoding_rs::SHIFT_JIS, "shift_jis"),
    (encoding_rs::EUC_KR, "cp949"),
];

/// Decodes the bytes of a text. `declared` is the encoding that the file or the user names, as the WHATWG Encoding
/// Standard or Python spells it; one that is not known is passed over.
pub(super) fn decode(bytes: Vec<u8>, declared: Option<&str>) -> Result<(String, Encoding), Reason> {
    if bytes.is_empty() {
        return Err(("empty", "the file has no bytes".to_owned()));
    }
    let (raw, encoding) = text(bytes, declared)?;
    if is_mostly_controls(&raw) {
        return Err(("binary", "many characters are control characters; this is not a text file".to_owned()));
    }
    if raw.trim().is_empty() {
        return Err(("empty", "the file holds only white space".to_owned()));
    }
    Ok((raw, encoding))
}

/// What a careful reader should know about a text: that characters are missing, or that an earlier program read it in
/// the wrong encoding.
pub(super) fn warnings(raw: &str) -> Vec<&'static str> {
    let mut warnings = Vec::new();
    if memchr::memmem::find(raw.as_bytes(), "\u{fffd}".as_bytes()).is_some() {
        warnings.push("replaced_characters");
    }
    if is_mojibake(raw.as_bytes()) {
        warnings.push("mojibake");
    }
    warnings
}

/// How a long file of records is read whose bytes are not all at hand.
#[derive(Clone, Debug)]
pub(super) struct Stream {
    /// Length of the byte-order mark.
    pub(super) mark: usize,
    /// What the file as a whole is taken for; a record whose bytes show otherwise is read as they show.
    pub(super) encoding: Encoding,
    /// The decoder of an encoding whose bytes cannot be cut at line ends (UTF-16).
    pub(super) decoder: Option<&'static Decoder>,
}

/// How a file of records is read that begins with `head`.
pub(super) fn of_stream(head: &[u8], declared: Option<&str>) -> Stream {
    let (mark, decoder, evidence) = match marked(head) {
        Some((decoder, mark)) => (mark, decoder, EncodingEvidence::Bom),
        None if std::str::from_utf8(head).map_or_else(|e| e.error_len().is_none(), |_| !head.contains(&0)) => {
            (0, encoding_rs::UTF_8, EncodingEvidence::Valid)
        }
        None => match utf16_without_mark(head) {
            Some(decoder) => (0, decoder, EncodingEvidence::Guessed),
            None if is_nearly_utf8(head) => (0, encoding_rs::UTF_8, EncodingEvidence::Guessed),
            None => legacy(head, declared),
        },
    };
    let wide = decoder == encoding_rs::UTF_16LE || decoder == encoding_rs::UTF_16BE;
    Stream { mark, encoding: named(decoder, evidence), decoder: wide.then_some(decoder) }
}

/// Decodes a record of a file that is read as `stream`.
pub(super) fn decode_record(bytes: Vec<u8>, stream: &Encoding) -> (String, Encoding) {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return (text, if is_wide_or_utf8(stream) { stream.clone() } else { Encoding::default() }),
        Err(error) => error.into_bytes(),
    };
    if is_nearly_utf8(&bytes) {
        return (lossy(&bytes), named(encoding_rs::UTF_8, EncodingEvidence::Guessed));
    }
    let known = NAMES.iter().find(|(_, name)| *name == stream.name && !is_wide_or_utf8(stream));
    let (decoder, evidence) = match known {
        Some((decoder, _)) => (*decoder, stream.evidence),
        None => (guess(&bytes), EncodingEvidence::Guessed),
    };
    (decoder.decode_without_bom_handling(&bytes).0.into_owned(), named(decoder, evidence))
}

fn is_wide_or_utf8(encoding: &Encoding) -> bool {
    encoding.name.starts_with("utf")
}

/// The text of a file with any number of bytes.
fn text(bytes: Vec<u8>, declared: Option<&str>) -> Result<(String, Encoding), Reason> {
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        let detail = "the file starts with a UTF-32 byte-order mark; save it as UTF-8".to_owned();
        return Err(("unsupported_encoding", detail));
    }
    if let Some((decoder, mark)) = marked(&bytes) {
        let raw = match decoder == encoding_rs::UTF_8 {
            true => String::from_utf8(bytes[mark..].to_vec()).unwrap_or_else(|e| lossy(e.as_bytes())),
            false => decoder.decode_without_bom_handling(&bytes[mark..]).0.into_owned(),
        };
        return without_nul(raw, named(decoder, EncodingEvidence::Bom));
    }
    if let Some(at) = memchr::memchr(0, &bytes) {
        let wide = utf16_without_mark(&bytes[..bytes.len().min(SAMPLE)]);
        let Some(decoder) = wide else {
            return Err(("binary", format!("byte {at} is NUL; this is not a text file")));
        };
        let evidence = match declared.and_then(labelled) {
            Some(label) if label == decoder => EncodingEvidence::Declared,
            _ => EncodingEvidence::Guessed,
        };
        let raw = decoder.decode_without_bom_handling(&bytes).0.into_owned();
        return without_nul(raw, named(decoder, evidence));
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(raw) => return Ok((raw, Encoding::default())),
        Err(error) => error.into_bytes(),
    };
    if is_nearly_utf8(&bytes) {
        return Ok((lossy(&bytes), named(encoding_rs::UTF_8, EncodingEvidence::Guessed)));
    }
    let (_, decoder, evidence) = legacy(&bytes, declared);
    Ok((decoder.decode_without_bom_handling(&bytes).0.into_owned(), named(decoder, evidence)))
}

/// The encoding that a byte-order mark names, and the length of the mark.
fn marked(bytes: &[u8]) -> Option<(&'static Decoder, usize)> {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => Some((encoding_rs::UTF_8, MARK.len())),
        [0xff, 0xfe, ..] => Some((encoding_rs::UTF_16LE, 2)),
        [0xfe, 0xff, ..] => Some((encoding_rs::UTF_16BE, 2)),
        _ => None,
    }
}

fn without_nul(raw: String, encoding: Encoding) -> Result<(String, Encoding), Reason> {
    match memchr::memchr(0, raw.as_bytes()) {
        Some(_) => Err(("binary", "a character is NUL; this is not a text file".to_owned())),
        None => Ok((raw, encoding)),
    }
}

/// An encoding that is neither UTF-8 nor UTF-16: the declared one if it fits, else what the bytes look like.
fn legacy(bytes: &[u8], declared: Option<&str>) -> (usize, &'static Decoder, EncodingEvidence) {
    if let Some(decoder) = declared.and_then(labelled)
        && decoder.is_ascii_compatible()
        && decoder != encoding_rs::UTF_8
        && decoder.decode_without_bom_handling_and_without_replacement(bytes).is_some()
    {
        return (0, decoder, EncodingEvidence::Declared);
    }
    (0, guess(bytes), EncodingEvidence::Guessed)
}

/// The encoding of a label, as the WHATWG Encoding Standard or Python spells it.
fn labelled(label: &str) -> Option<&'static Decoder> {
    let lower = label.trim().to_ascii_lowercase();
    let python = || NAMES.iter().find(|(_, name)| *name == lower).map(|(decoder, _)| *decoder);
    Decoder::for_label(lower.as_bytes()).or_else(python)
}

fn guess(bytes: &[u8]) -> &'static Decoder {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(GUESSED_FROM)], true);
    detector.guess(None, Utf8Detection::Deny)
}

fn named(decoder: &'static Decoder, evidence: EncodingEvidence) -> Encoding {
    let name = match (decoder == encoding_rs::UTF_8, evidence) {
        (true, EncodingEvidence::Bom) => "utf-8-sig".to_owned(),
        _ => match NAMES.iter().find(|(known, _)| *known == decoder) {
            Some((_, name)) => (*name).to_owned(),
            None => decoder.name().to_ascii_lowercase(),
        },
    };
    Encoding { name, evidence }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Whether nearly all characters beyond ASCII are well-formed UTF-8, which text in another encoding never is, so that
/// the rest is damage.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut formed, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        formed += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    let cut = match std::str::from_utf8(bytes) {
        Err(error) => error.error_len().is_none() && bytes.len() - error.valid_up_to() > 1,
        Ok(_) => true,
    };
    cut || formed >= 4 * broken
}

/// UTF-16 without a mark: bytes that are NUL stand in one half of each pair only.
fn utf16_without_mark(sample: &[u8]) -> Option<&'static Decoder> {
    let pairs = sample.len() / 2;
    let nul = |half: usize| sample.chunks_exact(2).filter(|pair| pair[half] == 0).count();
    let (first, second) = (nul(0), nul(1));
    let is_high = |high: usize, low: usize| {
        let latin = pairs >= 2 && high * 5 >= pairs * 2 && low * 20 < pairs;
        let other = pairs >= 16 && high * 20 >= pairs && low == 0;
        latin || other
    };
    let decoder = match (is_high(second, first), is_high(first, second)) {
        (true, false) => encoding_rs::UTF_16LE,
        (false, true) => encoding_rs::UTF_16BE,
        _ => return None,
    };
    let (text, replaced) = decoder.decode_without_bom_handling(&sample[..2 * pairs]);
    // A sample may end between the halves of a surrogate pair.
    let sound = !replaced || text.matches('\u{fffd}').count() <= 1;
    (sound && !is_mostly_controls(&text)).then_some(decoder)
}

/// Whether the beginning of a text holds too many control characters to be one.
fn is_mostly_controls(text: &str) -> bool {
    let sample = &text.as_bytes()[..text.len().min(SAMPLE)];
    let control = |byte: &&u8| **byte < 0x20 && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b);
    let controls = sample.iter().filter(control).count();
    controls > 0 && controls * 50 > sample.len()
}

/// Whether UTF-8 was read as windows-1252 (or windows-1252 as Latin-1) and saved again as UTF-8.
fn is_mojibake(text: &[u8]) -> bool {
    // "â€", "Ã" and "Â" before a sign that never follows them in any language.
    let quote = memchr::memmem::find(text, "\u{e2}\u{20ac}".as_bytes()).is_some();
    quote || is_before_sign(text, "\u{c3}") || is_before_sign(text, "\u{c2}") || holds_c1_quotes(text)
}

fn is_before_sign(text: &[u8], letter: &str) -> bool {
    let after = |at: usize| text.get(at + letter.len()..at + letter.len() + 2);
    let sign = |at: usize| matches!(after(at), Some([0xc2, 0xa1..=0xbf]));
    memchr::memmem::find_iter(text, letter).any(sign)
}

/// Windows-1252 quotation marks and dashes that were read as Latin-1 control characters.
fn holds_c1_quotes(text: &[u8]) -> bool {
    memchr::memmem::find_iter(text, b"\xc2").any(|at| matches!(text.get(at + 1), Some(0x91..=0x97)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], declared: Option<&str>) -> (String, String, EncodingEvidence) {
        let (text, encoding) = decode(bytes.to_vec(), declared).unwrap();
        (text, encoding.name, encoding.evidence)
    }

    fn reason(bytes: &[u8]) -> &'static str {
        decode(bytes.to_vec(), None).unwrap_err().0
    }

    fn wide(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    const PROSE: &str =
        "The caf\u{e9} by the harbour opened \u{201c}early\u{201d} on Monday,\r\nits owner said.\rThen rain.";

    #[test]
    fn marks_decide_and_line_ends_stay() {
        let marked = [MARK, PROSE.as_bytes()].concat();
        assert_eq!(read(&marked, Some("latin1")), (PROSE.into(), "utf-8-sig".into(), EncodingEvidence::Bom));
        for (mark, big, name) in [(b"\xff\xfe", false, "utf-16-le"), (b"\xfe\xff", true, "utf-16-be")] {
            let marked = [&mark[..], &wide(PROSE, big)].concat();
            assert_eq!(read(&marked, None), (PROSE.into(), name.into(), EncodingEvidence::Bom));
        }
        assert_eq!(reason(b"\xff\xfe\0\0a\0\0\0"), "unsupported_encoding");
    }

    #[test]
    fn valid_utf8_wins_over_a_wrong_declaration() {
        let valid = (PROSE.to_owned(), "utf-8".to_owned(), EncodingEvidence::Valid);
        assert_eq!(read(PROSE.as_bytes(), Some("latin1")), valid);
        assert_eq!(read(b"plain", Some("cp1252")).1, "utf-8");
        let greek = "\u{3bd}\u{3ad}\u{3b1}";
        let bytes = encoding_rs::ISO_8859_7.encode(greek).0.into_owned();
        assert_eq!(read(&bytes, Some("iso-8859-7")), (greek.into(), "iso8859-7".into(), EncodingEvidence::Declared));
        assert_eq!(read(b"Caf\xe9", Some("no such label")).2, EncodingEvidence::Guessed);
    }

    #[test]
    fn utf16_without_a_mark_is_seen() {
        for big in [false, true] {
            let name = if big { "utf-16-be" } else { "utf-16-le" };
            assert_eq!(read(&wide(PROSE, big), None), (PROSE.into(), name.into(), EncodingEvidence::Guessed));
            let cyrillic = "\u{43d}\u{43e}\u{432}\u{44b}\u{439} \u{43f}\u{43e}\u{440}\u{442} ".repeat(10);
            assert_eq!(read(&wide(&cyrillic, big), None).0, cyrillic);
        }
        assert_eq!(reason(b"abc\0def"), "binary");
        assert_eq!(reason(&[0; 999]), "binary");
        assert_eq!(reason(&[1; 999]), "binary");
    }

    #[test]
    fn windows_1252_gives_curly_quotes() {
        let (text, name, evidence) =
            read(b"\x93It is caf\xe9 time,\x94 said the owner\x92s son \x96 \x91now\x92.", None);
        assert_eq!(text, "“It is café time,” said the owner’s son – ‘now’.");
        assert_eq!((name.as_str(), evidence), ("cp1252", EncodingEvidence::Guessed));
        let polish = "Wczoraj w \u{141}odzi \u{17c}\u{f3}\u{142}w zn\u{f3}w wyszed\u{142} na ulic\u{119}. ".repeat(4);
        let bytes = encoding_rs::ISO_8859_2.encode(&polish).0.into_owned();
        assert_eq!(read(&bytes, None).0, polish);
    }

    #[test]
    fn damaged_utf8_is_utf8() {
        let mut bytes = PROSE.repeat(3).into_bytes();
        bytes.insert(20, 0xe9);
        let (text, name, evidence) = read(&bytes, Some("latin1"));
        assert_eq!((name.as_str(), evidence), ("utf-8", EncodingEvidence::Guessed));
        assert_eq!(text.matches('\u{fffd}').count(), 1);
        assert_eq!(warnings(&text), ["replaced_characters"]);
        let (text, name, _) = read(b"The last character is cut \xe2\x80", None);
        assert_eq!((text.as_str(), name.as_str()), ("The last character is cut \u{fffd}", "utf-8"));
    }

    #[test]
    fn twice_encoded_text_is_told() {
        for text in ["it\u{e2}\u{20ac}\u{2122}s", "caf\u{c3}\u{a9}", "\u{c2}\u{a3}5", "it\u{92}s"] {
            assert_eq!(warnings(text), ["mojibake"], "{text:?}");
        }
        for text in ["S\u{c3}O PAULO", "\u{c2}ge", "5\u{a0}€ – “x”", "Ch\u{e2}teau \u{e2}\u{a0}€"] {
            assert!(warnings(text).is_empty(), "{text:?}");
        }
    }

    #[test]
    fn records_are_read_each_for_itself() {
        let cut = &PROSE.as_bytes()[..8];
        assert_eq!(of_stream(cut, None).encoding, Encoding::default());
        let stream = of_stream(b"caf\xe9 and \x93quotes\x94 in a row", None);
        assert_eq!((stream.encoding.name.as_str(), stream.decoder), ("cp1252", None));
        assert_eq!(decode_record(b"\x91a\x92".to_vec(), &stream.encoding).0, "‘a’");
        assert_eq!(decode_record("‘a’".into(), &stream.encoding).1, Encoding::default());
        assert!(of_stream(&[&b"\xff\xfe"[..], &wide(PROSE, false)].concat(), None).decoder.is_some());
        assert_eq!(decode_record(b"Caf\xe9 society".to_vec(), &Encoding::default()).0, "Café society");
    }
}
