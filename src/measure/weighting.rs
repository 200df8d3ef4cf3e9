//! Weights of terms and richness of vocabularies.

/// ln(D / df): 0 for a term of all documents.
pub fn idf(documents: u64, docfreq: u64) -> f64 {
    (documents as f64 / docfreq as f64).ln()
}

/// Mean over the documents that have the term of tf-idf, tf = occurrences / tokens of the document (as in tidytext).
/// `parts` are (occurrences, tokens of the document) in order of documents.
pub fn tf_idf_mean(parts: impl IntoIterator<Item = (u64, u64)>, documents: u64) -> f64 {
    let (mut sum, mut docfreq) = (0.0, 0u64);
    for (count, tokens) in parts {
        sum += count as f64 / tokens as f64;
        docfreq += 1;
    }
    sum / docfreq as f64 * idf(documents, docfreq)
}

/// Occurrences in a million tokens.
pub fn per_million(frequency: u64, tokens: u64) -> f64 {
    frequency as f64 * 1e6 / tokens as f64
}

/// Type-token ratio, V / N.
pub fn type_token_ratio(types: u64, tokens: u64) -> f64 {
    types as f64 / tokens as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::assert_close;

    #[test]
    fn weights() {
        assert_close(idf(10, 10), 0.0, 0.0);
        assert_close(idf(4, 1), 4f64.ln(), 1e-15);
        // Two of four documents: tf 0.1 and 0.3, idf ln 2.
        assert_close(tf_idf_mean([(1, 10), (3, 10)], 4), 0.2 * 2f64.ln(), 1e-15);
        assert_close(per_million(3, 6_000), 500.0, 1e-12);
        assert_close(type_token_ratio(3, 4), 0.75, 0.0);
        assert!(type_token_ratio(0, 0).is_nan());
        assert!(tf_idf_mean([], 4).is_nan());
    }
}
