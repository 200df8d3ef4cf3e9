//! The only place where numbers become text: whole numbers, numbers with a fixed count of decimals, and dates, appended
//! as bytes.

use super::column::MAX_DECIMALS;
use crate::document::Date;

/// Below it every whole number is an `f64`.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Appends a whole number.
pub(super) fn push_integer(out: &mut Vec<u8>, number: i64) {
    if number < 0 {
        out.push(b'-');
    }
    push_digits(out, number.unsigned_abs(), 1);
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
    let decimals = decimals.min(MAX_DECIMALS);
    let scale = 10_u64.pow(decimals.into());
    let scaled = number.abs() * scale as f64;
    if scaled >= EXACT {
        // So large a number has few binary places left; the library prints it exactly.
        out.extend_from_slice(format!("{number:.*}", usize::from(decimals)).as_bytes());
        return;
    }
    // Exact below 2^53: the part behind the point is what is left of the whole number.
    let whole = scaled as u64;
    let scaled = whole + u64::from(scaled - whole as f64 >= 0.5);
    let mut digits = [b'0'; 32];
    let mut first = digits.len();
    let mut rest = scaled;
    if decimals > 0 {
        for _ in 0..decimals {
            first -= 1;
            digits[first] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        first -= 1;
        digits[first] = b'.';
    }
    first = put_digits(&mut digits, first, rest);
    if number < 0.0 && scaled > 0 {
        first -= 1;
        digits[first] = b'-';
    }
    out.extend_from_slice(&digits[first..]);
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
    let mut digits = [b'0'; 20];
    let end = digits.len();
    let first = put_digits(&mut digits, end, number).min(end - width.min(end));
    out.extend_from_slice(&digits[first..]);
}

/// Writes the digits of a number, at least one, in front of a place; gives where they begin.
fn put_digits(digits: &mut [u8], mut first: usize, mut number: u64) -> usize {
    while number >= 100 {
        first -= 2;
        digits[first..first + 2].copy_from_slice(&two_digits(number % 100));
        number /= 100;
    }
    if number >= 10 {
        first -= 2;
        digits[first..first + 2].copy_from_slice(&two_digits(number));
    } else {
        first -= 1;
        digits[first] = b'0' + number as u8;
    }
    first
}

/// The digits of a number below 100.
fn two_digits(number: u64) -> [u8; 2] {
    [b'0' + (number / 10) as u8, b'0' + (number % 10) as u8]
}
