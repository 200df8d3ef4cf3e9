//! The user's sentiment terms: a file of `term,weight,category` a line, read once and checked line by line.
//!
//! A term is a word in any case, a phrase of up to five words, or a beginning with `*` (`corrupt*`); its weight is -1 to
//! 1; its category, one of byline's own (quality where none is given), says what it falls on. Its terms win over
//! byline's lexicon and over what the model has learned of the word.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::word_list::{ListFile, manifest};
use crate::error::Result;
use crate::model::form;
use crate::model::lexicon::{Category, Term};

/// Words of the longest phrase.
pub const LONGEST: usize = 5;

/// Sentiment terms of the user's, by counted form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentimentTerms {
    /// Words and phrases.
    whole: BTreeMap<String, Term>,
    /// Beginnings of words.
    beginnings: BTreeMap<String, Term>,
    /// First words of phrases.
    heads: Vec<String>,
    sha256: String,
}

impl SentimentTerms {
    /// Reads `term,weight,category` a line, with or without a line of headers.
    ///
    /// # Errors
    /// With path and line, for an empty or too long term, a weight that is no number from -1 to 1, an unknown category,
    /// a `*` that is not at the end of a word, and a term that is given twice.
    pub fn read(path: &Path) -> Result<SentimentTerms> {
        let file = ListFile::read(path)?;
        let (mut whole, mut beginnings) = (BTreeMap::new(), BTreeMap::new());
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for (line, entry) in file.lines() {
            let cells: Vec<&str> = entry.split(',').map(|cell| cell.trim().trim_matches('"').trim()).collect();
            if seen.is_empty() && cells.first() == Some(&"term") {
                continue;
            }
            let wrong = |cause: &str, remedy: &str| file.wrong(line, cause, remedy);
            let (&[written, weight], rest) = cells
                .split_first_chunk::<2>()
                .ok_or_else(|| wrong("is no term with a weight", "write term,weight or term,weight,category"))?;
            let term = Term {
                weight: weight_of(weight).ok_or_else(|| {
                    wrong(&format!("the weight {weight:?} is no number from -1 to 1"), "write it as in -0.5")
                })?,
                category: category_of(rest.first().copied().unwrap_or("")).ok_or_else(|| {
                    let cause = format!("there is no category {:?}", rest.first().copied().unwrap_or(""));
                    wrong(&cause, "use quality, judgment, act, assail, criticism or deed")
                })?,
            };
            let (words, open) = match written.strip_suffix('*') {
                Some(beginning) => (beginning, true),
                None => (written, false),
            };
            let form = words.split_whitespace().map(form::of).collect::<Vec<_>>().join(" ");
            let length = form.split(' ').count();
            if form.is_empty() {
                return Err(wrong("has an empty term", "write a word, or leave the line out"));
            }
            if form.contains('*') || (open && length > 1) {
                return Err(wrong(&format!("{written:?} has a * inside"), "let a * end a single word"));
            }
            if length > LONGEST {
                return Err(wrong(&format!("{written:?} is too long"), "use phrases of at most five words"));
            }
            if let Some(before) = seen.insert(written.to_lowercase(), line) {
                return Err(wrong(&format!("{written:?} stands in line {before} too"), "give each term one weight"));
            }
            (if open { &mut beginnings } else { &mut whole }).insert(form, term);
        }
        if seen.is_empty() {
            return Err(file.wrong(0, "holds no term", "write term,weight a line, or leave the option out"));
        }
        let mut heads: Vec<String> = whole.keys().filter_map(|term| Some(term.split_once(' ')?.0.to_owned())).collect();
        heads.dedup();
        Ok(SentimentTerms { whole, beginnings, heads, sha256: file.sha256 })
    }

    /// What is said of a counted form or of a phrase with single spaces.
    pub fn term(&self, form: &str) -> Option<Term> {
        self.whole.get(form).copied().or_else(|| {
            // The longest beginning wins: those of one word follow each other.
            let ends = form.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
            ends.filter(|_| !form.contains(' ')).find_map(|end| self.beginnings.get(&form[..end]).copied())
        })
    }

    /// Whether a phrase begins with this counted form.
    pub fn begins_phrase(&self, form: &str) -> bool {
        self.heads.binary_search_by(|head| head.as_str().cmp(form)).is_ok()
    }
}

impl Serialize for SentimentTerms {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        manifest(serializer, self.whole.len() + self.beginnings.len(), &self.sha256)
    }
}

fn weight_of(text: &str) -> Option<i16> {
    let weight: f64 = text.parse().ok().filter(|weight: &f64| (-1.0..=1.0).contains(weight))?;
    Some((weight * 1000.0).round() as i16)
}

fn category_of(text: &str) -> Option<Category> {
    Some(match text {
        "" | "quality" => Category::Quality,
        "judgment" => Category::Judgment,
        "act" => Category::Act,
        "assail" => Category::Assail,
        "criticism" => Category::Criticism,
        "deed" => Category::Deed,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<SentimentTerms> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        SentimentTerms::read(file.path())
    }

    #[test]
    fn words_phrases_and_beginnings_are_found() {
        let terms = read("term,weight,category\n# ours\nGreen, 0.25\n\"deep state\",-0.8\nfrack*,-1,act\n").unwrap();
        assert_eq!(terms.term("green"), Some(Term { weight: 250, category: Category::Quality }));
        assert_eq!(terms.term("deep state").map(|t| t.weight), Some(-800));
        assert!(terms.begins_phrase("deep") && !terms.begins_phrase("green"));
        assert_eq!(terms.term("fracking"), Some(Term { weight: -1000, category: Category::Act }));
        assert!(terms.term("fra").is_none() && terms.term("greenish").is_none());
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let cases = [
            ("good,1\nbad,minus", "line 2"),
            ("good,7", "no number from -1 to 1"),
            ("good,NaN", "no number from -1 to 1"),
            (",0.5", "empty term"),
            ("*,0.5", "empty term"),
            ("good,1\n\nGood,-1", "line 3"),
            ("good,1,verb", "no category"),
            ("good", "no term with a weight"),
            ("go*d,1", "* inside"),
            ("a b c d e f,1", "too long"),
            ("# nothing", "holds no term"),
        ];
        for (text, expected) in cases {
            let told = read(text).unwrap_err().to_string();
            assert!(told.contains(expected), "{text:?}: {told}");
        }
    }
}
