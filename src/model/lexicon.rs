//! The word lists that annotation reads, embedded as CSV and read once: reporting verbs, sentiment terms.
//!
//! Each list is a table with a header; its sources and licences are in `assets/README.md`. Nothing here knows documents.

use std::sync::LazyLock;

/// Names of the lists as `run.json` reports them.
pub const NAME: &str = "byline lexicon en 1";

use super::lookup::Lookup;

/// The grammatical shape of a reporting verb's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `say`
    Base,
    /// `says`, `said`
    Finite,
    /// `saying`
    Participle,
}

/// What a reporting verb takes when no marks follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// A clause, with or without `that`.
    Clause,
    /// A clause only with `that`.
    That,
    /// No clause.
    Object,
}

/// A form of a reporting verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reporting {
    /// -1 critical, 0 neutral, 1 approving.
    pub class: i8,
    /// Its shape.
    pub shape: Shape,
    /// What it takes.
    pub takes: Takes,
    /// Whether what is said may be an infinitive (`pledged to`, `urged voters to`).
    pub to: bool,
}

impl Reporting {
    /// The same verb in a finite shape.
    pub fn finite(self) -> Reporting {
        Reporting { shape: Shape::Finite, ..self }
    }
}

/// The rows of an embedded table without its header; a row that cannot be read is left out (a test holds that none is).
fn rows(table: &'static str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(table.as_bytes()).into_records().flatten().collect()
}

static REPORTING: LazyLock<Lookup<String, Reporting>> = LazyLock::new(|| {
    let table = rows(include_str!("assets/en/reporting.csv"));
    table
        .iter()
        .map(|row| {
            let field = |i: usize| row.get(i).unwrap_or("");
            let shape = match field(2) {
                "base" => Shape::Base,
                "finite" => Shape::Finite,
                _ => Shape::Participle,
            };
            let (takes, to) = match field(3).strip_suffix("+to") {
                Some(takes) => (takes, true),
                None => (field(3), false),
            };
            let takes = match takes {
                "clause" => Takes::Clause,
                "that" => Takes::That,
                _ => Takes::Object,
            };
            let class = field(1).parse().unwrap_or(0);
            (field(0).to_string(), Reporting { class, shape, takes, to })
        })
        .collect()
});

/// What is known of a counted form as a reporting verb.
pub fn reporting(norm: &str) -> Option<Reporting> {
    REPORTING.get(norm).copied()
}

/// What a sentiment term says about what stands around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// A quality or a circumstance: falls on what it is said of (`reckless`, `hypocrisy`).
    Quality,
    /// A verb by which its subject judges its object (`slam`, `praise`).
    Judgment,
    /// A deed of its subject (`invade`, `deceive`).
    Act,
    /// A verb that is both: a hostile deed against its object (`attack`, `undermine`).
    Assail,
    /// A noun for a judgment: falls on what follows `of`, `on`, `against` (`criticism`, `praise`).
    Criticism,
    /// A noun for a deed: falls on its doer (`X's aggression`, `aggression by X`), not on whom it is done to.
    Deed,
}

impl Category {
    /// Whether the term is something that is done.
    pub fn is_deed(self) -> bool {
        matches!(self, Category::Act | Category::Assail | Category::Deed)
    }
}

/// A row of the sentiment lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Thousandths, -1000..=1000.
    pub weight: i16,
    /// What it falls on.
    pub category: Category,
}

/// The sentiment lexicon: single words and phrases of two or three.
struct Sentiment {
    terms: Lookup<String, Term>,
    /// First words of phrases.
    heads: Lookup<String, ()>,
}

static SENTIMENT: LazyLock<Sentiment> = LazyLock::new(|| {
    let table = rows(include_str!("assets/en/sentiment.csv"));
    let term = |row: &csv::StringRecord| {
        let field = |i: usize| row.get(i).unwrap_or("");
        let category = match field(2) {
            "judgment" => Category::Judgment,
            "act" => Category::Act,
            "assail" => Category::Assail,
            "criticism" => Category::Criticism,
            "deed" => Category::Deed,
            _ => Category::Quality,
        };
        let weight = field(1).parse().unwrap_or(0);
        (field(0).to_string(), Term { weight, category })
    };
    let head = |row: &csv::StringRecord| row.get(0)?.split_once(' ').map(|(first, _)| (first.to_string(), ()));
    Sentiment { terms: table.iter().map(term).collect(), heads: table.iter().filter_map(head).collect() }
});

/// Every sentiment term with what is said of it, in byte order.
pub fn terms() -> Vec<(String, Term)> {
    let table = rows(include_str!("assets/en/sentiment.csv"));
    table.iter().filter_map(|row| Some((row.get(0)?.to_owned(), sentiment(row.get(0)?)?))).collect()
}

/// The sentiment term of a counted form or of a phrase with single spaces.
pub fn sentiment(term: &str) -> Option<Term> {
    SENTIMENT.terms.get(term).copied()
}

/// Whether a phrase of the sentiment lexicon begins with this counted form.
pub fn begins_phrase(norm: &str) -> bool {
    SENTIMENT.heads.contains(norm)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_in_order() {
        for (table, fields) in
            [(include_str!("assets/en/reporting.csv"), 4), (include_str!("assets/en/sentiment.csv"), 3)]
        {
            let rows = rows(table);
            assert_eq!(rows.len() + 1, table.lines().count());
            assert!(rows.iter().all(|r| r.len() == fields));
            assert!(rows.windows(2).all(|w| w[0][0] < w[1][0]));
        }
    }

    #[test]
    fn weights_and_categories_are_valid() {
        for row in rows(include_str!("assets/en/sentiment.csv")) {
            let weight: i16 = row[1].parse().unwrap();
            assert!((-1000..=1000).contains(&weight), "{row:?}");
            assert!(["quality", "judgment", "act", "assail", "criticism", "deed"].contains(&&row[2]), "{row:?}");
        }
    }

    #[test]
    fn topic_words_of_news_have_no_weight() {
        for word in ["war", "conflict", "security", "peace", "crisis", "military", "united", "party", "well", "like"] {
            assert!(sentiment(word).is_none(), "{word}");
        }
        assert!(sentiment("hypocrisy").is_some_and(|t| t.weight < 0));
        assert!(sentiment("slammed").is_some_and(|t| t.category == Category::Judgment));
        assert!(begins_phrase("hit") && sentiment("hit out at").is_some());
    }

    #[test]
    fn reporting_verbs_know_their_class() {
        assert_eq!(reporting("denounced").map(|r| r.class), Some(-1));
        assert_eq!(reporting("praised").map(|r| r.class), Some(1));
        assert_eq!(reporting("claiming").map(|r| r.shape), Some(Shape::Participle));
        assert!(reporting("walked").is_none());
    }
}
