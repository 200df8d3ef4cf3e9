//! The only place where numbers become text: whole numbers, numbers with a fixed count of decimals, and dates, appended
//! as bytes.

use super::column::MAX_DECIMALS;
use crate::document::Date;

/// Powers of ten.
const POWERS: [f64; MAX_DECIMALS as usize + 1] = [1.0, 10.0, 100.0, 1_000.0, 10_000.0, 100_000.0, 1_000_000.0];
/// Below it every whole number is an `f64`.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Appends a whole number.
pub(super) fn push_integer(out: &mut Vec<u8>, number: i64) {
    if number < 0 {
        out.push(b'-');
    }
    push_digits(out, number.unsigned_abs(), 1, 0);
}

/// Appends a date as ISO 8601 writes it.
pub(super) fn push_date(out: &mut Vec<u8>, date: Date) {
    push_digits(out, date.year.into(), 4, 0);
    out.push(b'-');
    push_digits(out, date.month.into(), 2, 0);
    out.push(b'-');
    push_digits(out, date.day.into(), 2, 0);
}

/// Appends a number with a fixed count of decimals, halves rounded away from zero; nothing when it is not finite.
pub(super) fn push_fixed(out: &mut Vec<u8>, number: f64, decimals: u8) {
    let decimals = usize::from(decimals.min(MAX_DECIMALS));
    let scaled = number.abs() * POWERS[decimals];
    if scaled < EXACT {
        // Exact below 2^53: the part behind the point is what is left of the whole number.
        let whole = scaled as i64;
        let rounded = whole.unsigned_abs() + u64::from(scaled - whole as f64 >= 0.5);
        if number < 0.0 && rounded > 0 {
            out.push(b'-');
        }
        push_digits(out, rounded, decimals + 1, decimals);
    } else if number.is_finite() {
        // So large a number has few binary places left; the library prints it exactly.
        out.extend_from_slice(format!("{number:.decimals$}").as_bytes());
    }
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

/// All digits `0`.
const ZEROS: u64 = u64::from_le_bytes([b'0'; 8]);
/// Numbers of eight digits.
const EIGHT: u64 = 100_000_000;

/// Appends a number as at least `width` digits, at most 8, with a point before so many last ones, if that is any.
#[inline]
fn push_digits(out: &mut Vec<u8>, number: u64, width: usize, decimals: usize) {
    if number < EIGHT {
        return push_eight(out, number as u32, width, decimals);
    }
    push_front(out, number / EIGHT);
    push_eight(out, (number % EIGHT) as u32, 8, decimals);
}

/// Appends the digits before the last eight of a larger number.
fn push_front(out: &mut Vec<u8>, number: u64) {
    push_digits(out, number, 1, 0);
}

/// Appends a number below 10^8 as [`push_digits`] does. Most of what the tables hold are numbers, so their digits are made
/// side by side and put in place in a register.
#[inline]
fn push_eight(out: &mut Vec<u8>, number: u32, width: usize, decimals: usize) {
    let digits = eight(number);
    let zeros = ((digits ^ ZEROS).trailing_zeros() as usize / 8).min(8 - width);
    let (digits, count) = (digits >> (8 * zeros), 8 - zeros);
    if decimals == 0 {
        return push_bytes(out, digits.to_le_bytes(), count);
    }
    let point = 8 * (count - decimals);
    let front = digits & ((1 << point) - 1);
    let pointed = front | u64::from(b'.') << point | (digits ^ front) << 8;
    // Of eight digits the point pushes the last one out.
    push_bytes(out, (u128::from(pointed) | u128::from(digits >> 56) << 64).to_le_bytes(), count + 1);
}

/// Appends the first bytes. Copying a fixed count of them is a few instructions, where copying as few as are meant would
/// be a call.
#[inline]
fn push_bytes<const ROOM: usize>(out: &mut Vec<u8>, bytes: [u8; ROOM], count: usize) {
    let length = out.len() + count;
    out.extend_from_slice(&bytes);
    out.truncate(length);
}

/// The eight decimal digits of a number below 10^8 as bytes, the first digit in the lowest byte: halves, then quarters,
/// then eighths of the whole are cut apart side by side.
#[inline]
fn eight(number: u32) -> u64 {
    let fours = u64::from(number / 10_000) | u64::from(number % 10_000) << 32;
    let hundreds = ((fours * 10_486) >> 20) & 0x0000_007f_0000_007f;
    let twos = hundreds | (fours - 100 * hundreds) << 16;
    let tens = ((twos * 103) >> 10) & 0x000f_000f_000f_000f;
    (tens | (twos - 10 * tens) << 8) | 0x3030_3030_3030_3030
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fixed(number: f64, decimals: u8) -> String {
        let mut out = Vec::new();
        push_fixed(&mut out, number, decimals);
        String::from_utf8(out).unwrap()
    }

    fn integer(number: i64) -> String {
        let mut out = Vec::new();
        push_integer(&mut out, number);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn edges_are_spelt() {
        let cases = [(0.0, 6, "0.000000"), (-0.0000004, 6, "0.000000"), (-0.5, 0, "-1"), (9.9999996, 6, "10.000000")];
        cases.iter().for_each(|&(number, decimals, text)| assert_eq!(fixed(number, decimals), text));
        assert_eq!(fixed(9_007_199_254.740_99, 6), "9007199254.740990");
        assert_eq!(fixed(1e20, 3), "100000000000000000000.000");
        assert_eq!(fixed(-1e300, 2), format!("{:.2}", -1e300));
        assert_eq!(fixed(f64::NAN, 2) + &fixed(f64::INFINITY, 2), "");
        let numbers = [0, 9, 10, 99_999_999, 100_000_000, 9_999_999_999_999_999, 10_000_000_000_000_000];
        let wide = numbers.into_iter().chain([i64::MAX, i64::MIN, -1]);
        wide.for_each(|number| assert_eq!(integer(number), number.to_string()));
        let mut date = Vec::new();
        push_date(&mut date, Date { year: 987, month: 2, day: 30 });
        assert_eq!(date, b"0987-02-30");
    }

    proptest! {
        #[test]
        fn whole_numbers_are_those_of_the_library(number: i64, shift in 0u32..63) {
            let number = number >> shift;
            prop_assert_eq!(integer(number), number.to_string());
        }

        #[test]
        fn decimals_are_the_whole_number_nearest_to_the_scaled_one(number in -1e9..1e9f64, decimals in 0u8..=MAX_DECIMALS) {
            let places = usize::from(decimals);
            let nearest = (number.abs() * 10f64.powi(decimals.into())).round() as u64;
            let digits = format!("{nearest:0width$}", width = places + 1);
            let (whole, behind) = digits.split_at(digits.len() - places);
            let sign = if number < 0.0 && nearest > 0 { "-" } else { "" };
            let point = if decimals > 0 { "." } else { "" };
            prop_assert_eq!(fixed(number, decimals), format!("{sign}{whole}{point}{behind}"));
        }
    }
}
