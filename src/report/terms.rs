//! `terms.csv`: one row for each word, number or multi-word term of the bodies. It keeps one compact row for each distinct term, because
//! terms come in byte order and are written by frequency.

use super::column::{Column, Kind};
use super::table::{Cell, Table};
use super::{CorpusRows, Needs, Report, Rows, key};
use crate::count::{Counts, FeatureKind, StopList, TermRow};
use crate::document::{Date, Layer};
use crate::error::Result;
use crate::measure::dispersion;
use crate::measure::rank::Ranks;
use crate::measure::weighting;

/// The report.
pub(super) const REPORT: Report = Report {
    name: "terms",
    about: "Every word and number, how often and how evenly it is used.",
    order: "By frequency, highest first; then by feature (bytes), a word before a number.",
    key: &["feature", "feature_type"],
    refers: &[],
    columns: || COLUMNS.to_vec(),
    needs: |_| Needs::layer(Layer::Tokens),
    rows: Rows::Corpus(write),
};

const COLUMNS: &[Column] = &[
    Column::text(
        "feature",
        "The word, number or multi-word term in the form that is counted: lower case but where case tells words apart \
         (US, us), without possessive ending; as --case, --spelling, --stem and --multiword say.",
    ),
    Column::text("feature_type", "word, number or mwe (a term of the list that --multiword names)."),
    Column::new(
        "stopword",
        Kind::Boolean,
        "Whether the stop list has it, so that it is no item of cooccurrence.csv; n-grams and frequencies keep it.",
    ),
    Column::integer("frequency", "tokens", "Occurrences in the bodies of all documents."),
    Column::integer(
        "frequency_dedup",
        "tokens",
        "Of these in documents that are no copies of another; missing when copies were not looked for.",
    ),
    Column::integer("rank", "ranks", "Place by frequency, from 1; terms of the same frequency share the best place."),
    key::DOCFREQ,
    Column::number("docfreq_share", 6, "share", "Share of the documents that hold it.", "docfreq / documents"),
    key::PER_MILLION,
    Column::number("idf", 6, "ln", "Inverse document frequency.", "ln(documents / docfreq)").cite("Spärck Jones 1972"),
    Column::number(
        "tf_idf_mean",
        6,
        "",
        "Mean tf-idf over the documents that hold the term.",
        "mean of (occurrences in the document / its tokens) x idf",
    )
    .cite("Salton & Buckley 1988"),
    key::DP,
    Column::number(
        "dp_norm",
        6,
        "",
        "DP on a scale that reaches 1 whatever the sizes of the documents; missing for a corpus of one document.",
        "dp / (1 - smallest share of a document in all tokens)",
    )
    .cite("Lijffijt & Gries 2012"),
    Column::number(
        "juilland_d",
        6,
        "",
        "Juilland's D: 1 when it has the same share of every document; it falls little where documents are many, so \
         prefer dp there. Missing for a corpus of one document.",
        "1 - V / sqrt(documents - 1), V = standard deviation / mean of its relative frequencies in all documents",
    )
    .cite("Juilland & Chang-Rodríguez 1964"),
    Column::number(
        "arf",
        6,
        "tokens",
        "Average reduced frequency: frequency when it is evenly spread over the corpus, near 1 when all of it stands in \
         one place. The corpus is the bodies in order of doc_id, its end followed by its start.",
        "1/v sum over its places of min(d, v), d = tokens to the next place, v = tokens of all documents / frequency",
    )
    .cite("Savický & Hlaváčová 2002"),
    key::FIRST_DATE,
    key::LAST_DATE,
];

/// A term, reduced to what is written.
struct Term {
    feature: Box<str>,
    kind: FeatureKind,
    frequency: u64,
    originals: u64,
    docfreq: u64,
    tf_idf_mean: f64,
    dp: f64,
    juilland_d: f64,
    arf: f64,
    first: Option<Date>,
    last: Option<Date>,
}

impl Term {
    fn of(row: &TermRow<'_>, counts: &Counts) -> Term {
        let parts = || key::parts(row.postings, counts);
        let dates = || key::documents(row.postings, counts).filter_map(|doc| doc.date);
        let shares = parts().map(|part| (part.count, part.tokens));
        Term {
            feature: row.feature.into(),
            kind: row.kind,
            frequency: row.frequency,
            originals: key::originals(row.postings, counts),
            docfreq: row.documents,
            tf_idf_mean: weighting::tf_idf_mean(shares, counts.totals.documents),
            dp: dispersion::dp(parts(), counts.totals.tokens),
            juilland_d: dispersion::juilland_d(parts(), counts.totals.documents),
            arf: dispersion::arf(row.places.iter(), row.frequency, counts.totals.tokens),
            first: dates().min(),
            last: dates().max(),
        }
    }
}

fn write(corpus: &CorpusRows<'_>, table: &mut Table) -> Result<()> {
    let counts = corpus.counts;
    let mut terms = counts.map_terms(|row| Term::of(row, counts))?;
    terms.sort_by(|a, b| {
        let text = || a.feature.cmp(&b.feature).then(a.kind.cmp(&b.kind));
        b.frequency.cmp(&a.frequency).then_with(text)
    });
    let smallest = smallest_part(counts);
    let stop = StopList::of(&corpus.config.count.terms);
    let mut ranks = Ranks::default();
    let ranked: Vec<(u64, &Term)> = terms.iter().map(|term| (ranks.of(term.frequency), term)).collect();
    table.rows_of(&ranked, |(rank, term), table| {
        table.row(&cells(term, (*rank, stop.has(&term.feature)), smallest, corpus))
    })
}

fn cells<'a>(term: &'a Term, (rank, stopword): (u64, bool), smallest: u64, corpus: &CorpusRows<'_>) -> [Cell<'a>; 17] {
    let totals = &corpus.counts.totals;
    [
        (&*term.feature).into(),
        term.kind.name().into(),
        stopword.into(),
        term.frequency.into(),
        corpus.deduplicated(term.originals),
        rank.into(),
        term.docfreq.into(),
        (term.docfreq as f64 / totals.documents as f64).into(),
        weighting::per_million(term.frequency, totals.tokens).into(),
        weighting::idf(totals.documents, term.docfreq).into(),
        term.tf_idf_mean.into(),
        term.dp.into(),
        dispersion::dp_norm(term.dp, smallest, totals.tokens).into(),
        term.juilland_d.into(),
        term.arf.into(),
        term.first.into(),
        term.last.into(),
    ]
}

/// Tokens of the smallest document that has any.
fn smallest_part(counts: &Counts) -> u64 {
    let sizes = counts.documents().iter().map(|doc| u64::from(doc.tokens));
    sizes.filter(|tokens| *tokens > 0).min().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{cells, corpus_tables};
    use crate::config::Config;

    #[test]
    fn terms_are_ranked_by_frequency_and_ties_share_the_best_place() {
        // Tokens: 4 and 2. Documents 1 and 2 are dated 2 and 3 January 2024.
        let tables = corpus_tables(&["peace talks peace. war", "war 7"], &Config::default());
        let rows = tables.rows("terms.csv");
        let found: Vec<_> =
            rows.iter().map(|row| cells(row, ["feature", "feature_type", "frequency", "rank", "docfreq"])).collect();
        let expected = [
            ["peace", "word", "2", "1", "1"],
            ["war", "word", "2", "1", "2"],
            ["7", "number", "1", "3", "1"],
            ["talks", "word", "1", "3", "1"],
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn scores_are_those_of_the_formulas() {
        let tables = corpus_tables(&["peace talks peace. war", "war 7"], &Config::default());
        let rows = tables.rows("terms.csv");
        let columns =
            ["docfreq_share", "per_million", "idf", "tf_idf_mean", "dp", "dp_norm", "arf", "first_date", "last_date"];
        // Places of peace 0 and 2 of 6: v = 3, distances 2 and 4, ARF = (2 + 3) / 3.
        // tf of peace 2/4; idf ln 2; DP = (|1 - 4/6| + |0 - 2/6|) / 2; DPnorm = DP / (1 - 2/6).
        let peace = ["0.500000", "333333.3333", "0.693147", "0.346574", "0.333333", "0.500000", "1.666667"];
        assert_eq!(cells(&rows[0], columns)[..7], peace);
        assert_eq!(cells(&rows[0], columns)[7..], ["2024-01-02", "2024-01-02"]);
        // DP of war = (|1/2 - 4/6| + |1/2 - 2/6|) / 2.
        let war = ["1.000000", "333333.3333", "0.000000", "0.000000", "0.166667", "0.250000", "1.333333"];
        assert_eq!(cells(&rows[1], columns)[..7], war);
        assert_eq!(cells(&rows[1], columns)[7..], ["2024-01-02", "2024-01-03"]);
    }
}
