//! The only place where numbers become text: whole numbers, numbers with a fixed count of decimals, and dates, appended
//! as bytes.

use super::column::MAX_DECIMALS;
use crate::document::Date;

/// Powers of ten.
const POWERS: [u64; MAX_DECIMALS as usize + 1] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];
/// Below it every whole number is an `f64`.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Appends a whole number.
pub(super) fn push_integer(out: &mut Vec<u8>, number: i64) {
    let mut text = Text::new();
    text.whole(number.unsigned_abs(), number < 0);
    text.push_to(out, POINT);
}

/// Appends a date as ISO 8601 writes it.
pub(super) fn push_date(out: &mut Vec<u8>, date: Date) {
    push_digits(out, date.year.into(), 4);
    out.push(b'-');
    push_digits(out, date.month.into(), 2);
    out.push(b'-');
    push_digits(out, date.day.into(), 2);
}

/// Appends a number with a fixed count of decimals, halves rounded away from zero; nothing when it is not finite.
pub(super) fn push_fixed(out: &mut Vec<u8>, number: f64, decimals: u8) {
    if !number.is_finite() {
        return;
    }
    let decimals = usize::from(decimals.min(MAX_DECIMALS));
    let scale = POWERS[decimals];
    let scaled = number.abs() * scale as f64;
    if scaled >= EXACT {
        // So large a number has few binary places left; the library prints it exactly.
        out.extend_from_slice(format!("{number:.decimals$}").as_bytes());
        return;
    }
    // Exact below 2^53: the part behind the point is what is left of the whole number.
    let whole = scaled as u64;
    let scaled = whole + u64::from(scaled - whole as f64 >= 0.5);
    // Division by a number that the compiler knows is quick.
    let (whole, behind) = match decimals {
        0 => (scaled, 0),
        4 => (scaled / 10_000, scaled % 10_000),
        6 => (scaled / 1_000_000, scaled % 1_000_000),
        _ => (scaled / scale, scaled % scale),
    };
    let mut text = Text::new();
    text.whole(whole, number < 0.0 && scaled > 0);
    let end = if decimals > 0 { POINT + 1 + decimals } else { POINT };
    text.behind(end, behind as u32);
    text.push_to(out, end);
}

/// A number as the tables show it: with so many decimals, halves rounded away from zero; none when it is not finite.
pub(super) fn rounded(number: f64, decimals: u8) -> Option<f64> {
    let scale = 10_f64.powi(decimals.min(MAX_DECIMALS).into());
    let scaled = number.abs() * scale;
    if !number.is_finite() || scaled >= EXACT {
        return number.is_finite().then_some(number);
    }
    let whole = scaled.trunc();
    let whole = if scaled - whole >= 0.5 { whole + 1.0 } else { whole };
    // Both are whole numbers, so the quotient is the nearest to what stands in the CSV file.
    Some(if whole > 0.0 { (whole / scale).copysign(number) } else { 0.0 })
}

/// Appends the decimal digits of a number, with zeros in front up to `width` digits.
fn push_digits(out: &mut Vec<u8>, number: u64, width: usize) {
    let mut text = Text::new();
    text.whole(number, false);
    text.first = text.first.min(POINT - width);
    text.push_to(out, POINT);
}

/// Where the point stands in a [`Text`].
const POINT: usize = 24;
/// Most bytes that are appended.
const ROOM: usize = 32;

/// A number being spelt: digits around a fixed place.
struct Text {
    bytes: [u8; POINT + ROOM],
    first: usize,
}

impl Text {
    fn new() -> Text {
        let mut bytes = [b'0'; POINT + ROOM];
        bytes[POINT] = b'.';
        Text { bytes, first: POINT }
    }

    /// The digits in front of the point, at least one, and a sign.
    #[inline]
    fn whole(&mut self, mut number: u64, negative: bool) {
        while number >= 100 {
            self.first -= 2;
            self.pair(self.first, (number % 100) as u32);
            number /= 100;
        }
        if number >= 10 {
            self.first -= 2;
            self.pair(self.first, number as u32);
        } else {
            self.first -= 1;
            self.bytes[self.first] = b'0' + number as u8;
        }
        if negative {
            self.first -= 1;
            self.bytes[self.first] = b'-';
        }
    }

    /// The digits between the point and a place.
    #[inline]
    fn behind(&mut self, end: usize, mut number: u32) {
        let mut at = end;
        while at > POINT + 2 {
            at -= 2;
            self.pair(at, number % 100);
            number /= 100;
        }
        if at > POINT + 1 {
            self.bytes[at - 1] = b'0' + number as u8;
        }
    }

    #[inline]
    fn pair(&mut self, at: usize, number: u32) {
        self.bytes[at..at + 2].copy_from_slice(&[b'0' + (number / 10) as u8, b'0' + (number % 10) as u8]);
    }

    /// Appends what stands before a place.
    #[inline]
    fn push_to(&self, out: &mut Vec<u8>, end: usize) {
        let (start, length) = (out.len(), end - self.first);
        // Copying a fixed count of bytes is a few instructions, where copying as few as are meant would be a call.
        if let Some(text) = self.bytes[self.first..].first_chunk::<ROOM>() {
            out.extend_from_slice(text);
            out.truncate(start + length);
        }
    }
}
