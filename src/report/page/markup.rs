//! Text that goes into HTML and SVG: everything that comes from a table passes through [`Text`] or [`Term`], so that no
//! word of an article can be markup. Also how numbers are shown to a reader.

use std::fmt::{self, Display, Formatter, Write};

/// The page while it is written.
#[derive(Debug, Default)]
pub(super) struct Page {
    out: String,
}

impl Page {
    /// Appends markup: `page.put(format_args!("<p>{}</p>", Text(words)))`.
    pub(super) fn put(&mut self, markup: fmt::Arguments<'_>) {
        let written = self.out.write_fmt(markup);
        // Appending to a string cannot fail, and no `Display` of this module does.
        debug_assert!(written.is_ok());
    }

    /// The whole page.
    pub(super) fn into_string(self) -> String {
        self.out
    }
}

/// Words as text of HTML or the value of an attribute in quotes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text<'a>(pub(super) &'a str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                c if c.is_control() => f.write_char(' ')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// Words of an article or a name, in whatever script: their direction does not reach what stands around them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term<'a>(pub(super) &'a str);

impl Display for Term<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "<bdi>{}</bdi>", Text(self.0))
    }
}

/// A link to a table beside the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link<'a>(pub(super) &'a str);

impl Display for Link<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "<a href=\"{0}\">{0}</a>", Text(self.0))
    }
}

/// A whole number with commas between thousands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count(pub(super) u64);

impl Display for Count {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                f.write_char(',')?;
            }
            f.write_char(digit)?;
        }
        Ok(())
    }
}

/// A count and what it counts: `1 document`, `2 documents`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Of(pub(super) u64, pub(super) &'static str);

impl Display for Of {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (word, more) = match (self.0, self.1.strip_suffix('y')) {
            (1, _) => (self.1, ""),
            (_, Some(stem)) => (stem, "ies"),
            (_, None) => (self.1, "s"),
        };
        write!(f, "{} {word}{more}", Count(self.0))
    }
}

/// A score with its sign and two decimals; no sign for what is shown as zero.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signed(pub(super) f64);

impl Display for Signed {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let sign = match self.0 {
            score if score.abs() < 0.005 => "",
            score if score < 0.0 => "−",
            _ => "+",
        };
        write!(f, "{sign}{:.2}", self.0.abs())
    }
}

/// What colours mean: classes of the style sheet, and words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Legend<'a>(pub(super) &'a [(&'a str, &'a str)]);

impl Display for Legend<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("<span class=\"legend\">")?;
        for (class, word) in self.0 {
            write!(
                f,
                "<span><svg class=\"key\" viewBox=\"0 0 1 1\" aria-hidden=\"true\"><rect class=\"{class}\" width=\"1\" \
                 height=\"1\"/></svg>{word}</span>"
            )?;
        }
        f.write_str("</span>")
    }
}

/// The first characters of a text, with an ellipsis where it is longer.
pub(super) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((at, _)) => {
            let kept = &text[..at];
            let kept = kept.rfind(' ').filter(|space| *space > at / 2).map_or(kept, |space| &kept[..space]);
            format!("{}…", kept.trim_end())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_markup() {
        let nasty = "</title><script>alert('x')</script>\" onload=\"&\u{0}";
        let shown = Text(nasty).to_string();
        assert!(!shown.contains(['<', '>', '"', '\'', '\0']), "{shown}");
        assert_eq!(Term("a & b").to_string(), "<bdi>a &amp; b</bdi>");
    }

    #[test]
    fn numbers_are_shown_as_people_write_them() {
        let counts = [0, 7, 999, 1_000, 1_234_567].map(|n| Count(n).to_string());
        assert_eq!(counts, ["0", "7", "999", "1,000", "1,234,567"]);
        let scores = [-0.256, 0.0, -0.001, 1.0].map(|score| Signed(score).to_string());
        assert_eq!(scores, ["−0.26", "0.00", "0.00", "+1.00"]);
        assert_eq!([Of(1, "entity").to_string(), Of(0, "document").to_string()], ["1 entity", "0 documents"]);
    }

    #[test]
    fn a_long_text_is_cut_between_words() {
        assert_eq!(cut("short", 10), "short");
        assert_eq!(cut("some longer words", 13), "some longer…");
        assert_eq!(cut("ééééé", 3), "ééé…");
    }
}
