//! Sizes as people write them: `64M`, `1.5G`, `4096`.

/// Bytes of a size; `K`, `M` and `G` are powers of 1,024.
pub(super) fn parse(text: &str) -> Result<u64, String> {
    let upper = text.trim().to_ascii_uppercase();
    let short = upper.strip_suffix("IB").or(upper.strip_suffix('B')).unwrap_or(&upper);
    let (number, unit) = match short.char_indices().last() {
        Some((at, 'K')) => (&short[..at], 1_u64 << 10),
        Some((at, 'M')) => (&short[..at], 1 << 20),
        Some((at, 'G')) => (&short[..at], 1 << 30),
        _ => (short, 1),
    };
    match number.trim().parse::<f64>() {
        Ok(n) if n > 0.0 && n * (unit as f64) < u64::MAX as f64 => Ok((n * unit as f64) as u64),
        _ => Err(format!("`{text}` is no size; write a number with K, M or G, such as 64M")),
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn sizes_are_read() {
        assert_eq!(parse("4096"), Ok(4096));
        assert_eq!(parse("64M"), Ok(64 << 20));
        assert_eq!(parse("1.5 GiB"), Ok(3 << 29));
        assert!(parse("much").is_err() && parse("-1M").is_err() && parse("").is_err() && parse("0").is_err());
    }
}
