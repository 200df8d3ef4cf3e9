//! HTML character references (`&amp;`, `&#8217;`, `&#x2014;`) and the characters they stand for.

/// The reference at the start of `text`: its length in bytes and its character.
pub(super) fn at_start(text: &str) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let end = bytes.iter().take(LONGEST).position(|&b| b == b';')?;
    let name = text.get(1..end)?;
    let c = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        None => NAMED.iter().find(|(n, _)| *n == name)?.1,
    };
    Some((end + 1, c))
}

/// Bytes of the longest reference that is known.
const LONGEST: usize = 12;

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    // HTML reads the numbers of C1 controls as Windows-1252.
    match code {
        0x80..=0x9f => WINDOWS_1252.chars().nth(code as usize - 0x80),
        0..=8 | 11..=12 | 14..=31 | 127 => None,
        _ => char::from_u32(code),
    }
}

/// Windows-1252 from 0x80 on; what it leaves open is a space.
const WINDOWS_1252: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/// The references that news texts use.
const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("apos", '\''),
    ("quot", '"'),
    ("lt", '<'),
    ("gt", '>'),
    ("nbsp", '\u{a0}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("shy", '\u{ad}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("sbquo", '‚'),
    ("bdquo", '„'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("bull", '•'),
    ("middot", '·'),
    ("pound", '£'),
    ("euro", '€'),
    ("yen", '¥'),
    ("cent", '¢'),
    ("sect", '§'),
    ("para", '¶'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("deg", '°'),
    ("plusmn", '±'),
    ("times", '×'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("frac34", '¾'),
    ("aacute", 'á'),
    ("agrave", 'à'),
    ("acirc", 'â'),
    ("atilde", 'ã'),
    ("auml", 'ä'),
    ("aring", 'å'),
    ("aelig", 'æ'),
    ("ccedil", 'ç'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("ecirc", 'ê'),
    ("euml", 'ë'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("iuml", 'ï'),
    ("ntilde", 'ñ'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("ouml", 'ö'),
    ("oslash", 'ø'),
    ("szlig", 'ß'),
    ("uacute", 'ú'),
    ("ucirc", 'û'),
    ("uuml", 'ü'),
    ("Aring", 'Å'),
    ("Ccedil", 'Ç'),
    ("Eacute", 'É'),
    ("Ouml", 'Ö'),
    ("Oslash", 'Ø'),
    ("Uuml", 'Ü'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read() {
        assert_eq!(at_start("&amp;x"), Some((5, '&')));
        assert_eq!(at_start("&#8217;s"), Some((7, '’')));
        assert_eq!(at_start("&#x2014;"), Some((8, '—')));
        assert_eq!(at_start("&#146;"), Some((6, '’')));
        assert_eq!(at_start("&#151;"), Some((6, '—')));
        assert_eq!(WINDOWS_1252.chars().count(), 32);
    }

    #[test]
    fn anything_else_is_not() {
        for text in ["&", "& co;", "&T;", "&#0;", "&#x110000;", "&é;", "AT&T", "&#;"] {
            assert_eq!(at_start(text), None, "{text}");
        }
    }

    #[test]
    fn no_character_is_longer_than_its_reference() {
        for (name, c) in NAMED {
            assert!(c.len_utf8() <= name.len() + 2);
        }
    }
}
