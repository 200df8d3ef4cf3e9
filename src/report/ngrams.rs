//! `ngrams.csv`: one row for each sequence of words inside a sentence that occurs often enough. N-grams come in the
//! order of their words and are written by frequency, so they are sorted within the budget of memory, and scored only when
//! a row is written.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::column::Column;
use super::table::Table;
use super::{CorpusRows, Needs, Report, Rows, key};
use crate::count::{Counts, LONGEST_NGRAM, NgramRow};
use crate::document::Layer;
use crate::error::Result;
use crate::measure::{dispersion, ngram, weighting};

/// The report.
pub(super) const REPORT: Report = Report {
    name: "ngrams",
    about: "Sequences of words and how strongly they hang together.",
    order: "By length, shortest first; then by frequency, highest first; then by n-gram (bytes).",
    key: &[],
    refers: &[],
    columns: || COLUMNS.to_vec(),
    needs: |_| Needs { ngrams: true, ..Needs::layer(Layer::Tokens) },
    rows: Rows::Corpus(write),
};

const COLUMNS: &[Column] = &[
    Column::text("ngram", "The words, joined by a space; they stand in one sentence, over punctuation."),
    Column::integer("length", "words", "How many words: 2 for a bigram."),
    Column::integer("frequency", "n-grams", "o: occurrences in the bodies of all documents."),
    Column::integer(
        "count_nested",
        "n-grams",
        "Of these inside a longer n-gram that has a row in this table too; 0 for the longest. What is left stands on its \
         own.",
    ),
    key::DOCFREQ,
    key::PER_MILLION,
    key::DP,
    Column::number(
        "pmi",
        6,
        "log2",
        "Pointwise mutual information.",
        "log2(o / E), E = N x product of (f_i / N); N = places in sentences where an n-gram of this length can stand, \
         f_i = n-grams of this length with this word in this place",
    )
    .cite("Church & Hanks 1990; Van de Cruys 2011"),
    Column::number("npmi", 6, "", "PMI on a scale up to 1.", "pmi / (-(length - 1) log2(o / N)); 1 when o = N")
        .cite("Bouma 2009"),
    Column::number("t_score", 6, "", "How far o is above E, in standard errors.", "(o - E) / sqrt(o)")
        .cite("Church et al. 1991"),
    Column::number(
        "g2",
        6,
        "",
        "Log-likelihood ratio of a bigram; missing for longer n-grams.",
        "2 sum o_ij ln(o_ij / e_ij), 0 ln 0 = 0; negative when o < E",
    )
    .cite("Dunning 1993"),
    Column::number(
        "log_dice",
        6,
        "log2",
        "How much of the use of the words is this n-gram; at most 14, and comparable between corpora.",
        "14 + log2(length x o / sum of f_i)",
    )
    .cite("Rychlý 2008"),
    Column::number(
        "lambda",
        6,
        "ln",
        "Log odds ratio of a bigram, as quanteda gives it; missing for longer n-grams.",
        "ln(n11 n22 / (n12 n21)), n_ij = o_ij + 0.5",
    )
    .cite("Blaheta & Johnson 2001"),
    Column::number("lambda_z", 6, "", "Lambda in its standard errors.", "lambda / sqrt(1/n11 + 1/n12 + 1/n21 + 1/n22)")
        .cite("Blaheta & Johnson 2001"),
];

/// One n-gram.
#[derive(Serialize, Deserialize)]
struct Ngram<'a> {
    text: &'a str,
    length: u8,
    frequency: u64,
    nested: u64,
    dp: f64,
    docfreq: u32,
    /// Those of its words, then zeros.
    marginals: [u64; LONGEST_NGRAM],
}

/// N-grams as bytes, with the key and the end of each.
#[derive(Default)]
struct Part {
    bytes: Vec<u8>,
    rows: Vec<([u8; 8], usize)>,
}

/// Rows that are printed at a time.
const ROUND: usize = 1 << 14;

fn write(corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    let counts = corpus.counts;
    let mut ngrams = corpus.sorted();
    let add = |part: &mut Part, row: NgramRow<'_>| {
        let mut marginals = [0; LONGEST_NGRAM];
        marginals.iter_mut().zip(row.marginals).for_each(|(slot, count)| *slot = *count);
        let ngram = Ngram {
            text: row.ngram,
            length: row.length as u8,
            frequency: row.frequency,
            nested: row.nested,
            dp: dispersion::dp(key::parts(row.postings, counts), counts.totals.tokens),
            docfreq: row.postings.len() as u32,
            marginals,
        };
        part.bytes = postcard::to_extend(&ngram, std::mem::take(&mut part.bytes)).unwrap_or_default();
        part.rows.push((sort_key(row.length, row.frequency), part.bytes.len()));
    };
    counts.ngram_parts(corpus.config.count.ngram_min_count, add, &mut |part: Part| {
        let mut start = 0;
        part.rows.iter().try_for_each(|(key, end)| {
            let value = &part.bytes[start..*end];
            start = *end;
            ngrams.push(key, value)
        })
    })?;
    let (mut bytes, mut round) = (Vec::new(), Vec::new());
    let mut flush = |bytes: &mut Vec<u8>, round: &mut Vec<Range<usize>>| {
        table.rows_of(round, |row, table| {
            let row = postcard::from_bytes(&bytes[row.clone()]);
            row.map_or(Ok(()), |row| write_row(&row, counts, table))
        })?;
        bytes.clear();
        round.clear();
        Ok(())
    };
    ngrams.finish()?.each(&mut |_, value| {
        round.push(bytes.len()..bytes.len() + value.len());
        bytes.extend_from_slice(value);
        if round.len() == ROUND { flush(&mut bytes, &mut round) } else { Ok(()) }
    })?;
    flush(&mut bytes, &mut round)
}

/// Where a row stands: by length, then falling frequency; rows of one key stay as they come, in byte order of their
/// words.
fn sort_key(length: usize, frequency: u64) -> [u8; 8] {
    ((length as u64) << 56 | (!frequency & u64::MAX >> 8)).to_be_bytes()
}

fn write_row(row: &Ngram<'_>, counts: &Counts, table: &mut Table) -> Result<()> {
    let length = usize::from(row.length);
    let (observed, marginals) = (row.frequency, &row.marginals[..length]);
    let positions = counts.totals.ngram_positions.get(length.wrapping_sub(2)).copied().unwrap_or(0);
    let (lambda, lambda_z) = ngram::lambda(observed, marginals, positions);
    table.row(&[
        row.text.into(),
        (length as u64).into(),
        observed.into(),
        row.nested.into(),
        row.docfreq.into(),
        weighting::per_million(observed, counts.totals.tokens).into(),
        row.dp.into(),
        ngram::pmi(observed, marginals, positions).into(),
        ngram::npmi(observed, marginals, positions).into(),
        ngram::t_score(observed, marginals, positions).into(),
        ngram::g2(observed, marginals, positions).into(),
        ngram::log_dice(observed, marginals).into(),
        lambda.into(),
        lambda_z.into(),
    ])
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{cells, corpus_tables};
    use crate::config::Config;

    #[test]
    fn ngrams_come_by_length_frequency_and_text() {
        let bodies = ["soviet union fell. soviet union. b a. a b. a b. b a", "a b. soviet union fell"];
        let rows = corpus_tables(&bodies, &Config::default()).rows("ngrams.csv");
        let found: Vec<_> =
            rows.iter().map(|row| cells(row, ["ngram", "length", "frequency", "count_nested", "docfreq"])).collect();
        // "soviet union" stands once alone and twice in "soviet union fell".
        let expected = [
            ["a b", "2", "3", "0", "2"],
            ["soviet union", "2", "3", "2", "2"],
            ["b a", "2", "2", "0", "1"],
            ["union fell", "2", "2", "2", "2"],
            ["soviet union fell", "3", "2", "0", "2"],
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn scores_are_those_of_the_formulas() {
        let rows = corpus_tables(&["soviet union. soviet union. war ends"], &Config::default()).rows("ngrams.csv");
        assert_eq!(rows.len(), 1);
        // o = 2, f1 = f2 = 2, N = 3: E = 4/3, PMI = log2 1.5, G2 = 2 (2 ln 1.5 + ln 3).
        let columns = ["pmi", "npmi", "t_score", "g2", "log_dice"];
        assert_eq!(cells(&rows[0], columns), ["0.584963", "1.000000", "0.471405", "3.819085", "14.000000"]);
    }

    #[test]
    fn g2_of_longer_ngrams_is_missing() {
        let rows = corpus_tables(&["a b c. a b c"], &Config::default()).rows("ngrams.csv");
        let long = rows.iter().find(|row| row["length"] == "3").unwrap();
        assert_eq!((long["g2"].as_str(), long["log_dice"].as_str()), ("", "14.000000"));
    }
}
