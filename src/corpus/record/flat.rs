//! A JSON object whose values are texts and numbers, as exports of articles are, read without a general parser and with
//! one copy of each text. What it does not read, [`super::json`] does, and also says what is wrong; the two never differ.

use serde_json::Value;

/// The fields of an object, in its order; none where it holds an array or an object, two fields of one name, or an
/// error.
pub(super) fn fields(text: &str) -> Option<Vec<(String, String)>> {
    let mut reader = Reader { text, at: 0, spotless: is_spotless(text) };
    let mut fields: Vec<(String, String)> = Vec::new();
    reader.mark(b'{')?;
    if reader.mark(b'}').is_none() {
        loop {
            reader.mark(b'"')?;
            let name = reader.string()?;
            reader.mark(b':')?;
            let value = if reader.mark(b'"').is_some() { Some(reader.string()?) } else { reader.scalar()? };
            if fields.len() == MANY || fields.iter().any(|(known, _)| *known == name) {
                return None;
            }
            fields.extend(value.map(|value| (name, value)));
            if reader.mark(b',').is_none() {
                reader.mark(b'}')?;
                break;
            }
        }
    }
    reader.skip_space();
    (reader.at == text.len()).then_some(fields)
}

/// Most fields among which one of the same name is looked for.
const MANY: usize = 64;

/// Whether no byte is a control, which a string may not hold as it is. Folded, not sought: many bytes are then looked at
/// together.
fn is_spotless(text: &str) -> bool {
    text.bytes().fold(u8::MAX, u8::min) >= b' '
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// Whether no control stands anywhere, not even between the fields.
    spotless: bool,
}

impl Reader<'_> {
    fn rest(&self) -> &[u8] {
        &self.text.as_bytes()[self.at..]
    }

    fn skip_space(&mut self) {
        self.at += self.rest().iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
    }

    /// Reads white space and a mark; nothing but the space where another stands there.
    fn mark(&mut self, mark: u8) -> Option<()> {
        self.skip_space();
        let found = self.rest().first() == Some(&mark);
        self.at += usize::from(found);
        found.then_some(())
    }

    /// Reads a string behind its first quotation mark.
    fn string(&mut self) -> Option<String> {
        let mut out = String::new();
        loop {
            let length = match self.rest().first()? {
                b'"' | b'\\' => 0,
                _ => memchr::memchr2(b'"', b'\\', self.rest())?,
            };
            let piece = &self.text[self.at..self.at + length];
            if !self.spotless && !is_spotless(piece) {
                return None;
            }
            self.at += length;
            let ends = self.rest().first() == Some(&b'"');
            if !ends && out.capacity() == 0 {
                out.reserve(length + self.rest().len());
            }
            out.push_str(piece);
            self.at += 1;
            if ends {
                return Some(out);
            }
            out.push(self.escape()?);
        }
    }

    /// Reads what follows a backslash.
    fn escape(&mut self) -> Option<char> {
        let sign = *self.rest().first()?;
        self.at += 1;
        Some(match sign {
            b'"' | b'\\' | b'/' => char::from(sign),
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => {
                let unit = self.unit()?;
                let pair = matches!(unit, 0xd800..=0xdbff) && self.rest().starts_with(b"\\u");
                self.at += if pair { 2 } else { 0 };
                let second = if pair { Some(self.unit()?) } else { None };
                char::decode_utf16([unit].into_iter().chain(second)).next()?.ok()?
            }
            _ => return None,
        })
    }

    fn unit(&mut self) -> Option<u16> {
        let digits = self.text.get(self.at..self.at + 4).filter(|four| four.bytes().all(|b| b.is_ascii_hexdigit()))?;
        self.at += 4;
        u16::from_str_radix(digits, 16).ok()
    }

    /// Reads a number, `true`, `false` or `null`, which is no value.
    fn scalar(&mut self) -> Option<Option<String>> {
        let ends = |byte: &u8| matches!(byte, b',' | b'}' | b' ' | b'\t' | b'\n' | b'\r' | b'[' | b'{' | b'"');
        let length = self.rest().iter().position(ends)?;
        let value = serde_json::from_str::<Value>(&self.text[self.at..self.at + length]).ok()?;
        self.at += length;
        Some(if value.is_null() { None } else { Some(value.to_string()) })
    }
}

#[cfg(test)]
mod tests {
    use super::super::json;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_objects_are_read() {
        let read = fields(r#" {"a": "one\n\u00e9 \ud83d\udc1f \"two\"", "b" : 1.50, "c":null,"d":true , "e":""} "#);
        let read: Vec<String> = read.unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(read, ["a=one\né 🐟 \"two\"", "b=1.5", "d=true", "e="]);
        assert_eq!(fields("{}"), Some(Vec::new()));
        let others = [
            r#"{"a": [1]}"#,
            r#"{"a": {}}"#,
            r#"{"a": "x", "a": "y"}"#,
            r#"{"a": "x",}"#,
            r#"{"a": "x"} x"#,
            r#"{"a" "x"}"#,
            r#"{"a": "\ud83d"}"#,
            r#"{"a": "\ud83d\u0041"}"#,
            r#"{"a": "\x"}"#,
            r#"{"a": "x"#,
            r#"{"a": NaN}"#,
            "{\"a\": \"\u{1}\"}",
            r#"{"a": 01}"#,
            r#"{a: 1}"#,
            "[]",
            "",
            r#"{"a": "\u+123"}"#,
        ];
        for other in others {
            assert_eq!(fields(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_the_general_parser_reads(
            parts in prop::collection::vec(
                prop::sample::select(vec![
                    "{", "}", "\"", "a", "b", ":", ",", " ", "\\", "\\n", "\\u0041", "\\ud83d", "\\udc1f", "1", "-", ".5", "e3",
                    "null", "true", "é", "\n", "[", "]", "\"a\": ", "\"b\": \"text\"", "\"c\": 12", ", ",
                ]),
                0..14,
            ),
        ) {
            for text in [parts.concat(), format!("{{{}}}", parts.concat())] {
                if let Some(read) = fields(&text) {
                    prop_assert_eq!(json::parsed(&text, 1).ok(), Some(read), "{}", text);
                }
            }
        }
    }
}
