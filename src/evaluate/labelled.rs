//! Sentences whose words carry labels of names: a word, a tab and `O`, `B-PER`, `I-PER` a line, a blank line between
//! sentences. Words are joined to a text as a writer would have set them, so that the product reads what it always reads.

use std::ops::Range;
use std::path::Path;

use super::gold;
use crate::document::{Article, Byte, Passage, PassageKind, Span};
use crate::error::Result;

/// A sentence of labelled words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// Its words and marks.
    pub(crate) words: Vec<String>,
    /// Their labels.
    pub(crate) labels: Vec<String>,
}

/// A labelled name: its words and its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Labelled {
    /// First word and the word after the last.
    pub(crate) words: Range<usize>,
    /// `PER`, `ORG`, `LOC` or `MISC`.
    pub(crate) label: &'static str,
}

/// The sentences of a file.
///
/// # Errors
/// [`crate::error::ErrorKind::Read`] with path and line.
pub(crate) fn read(path: &Path) -> Result<Vec<Sentence>> {
    let mut sentences = Vec::new();
    let mut sentence = Sentence::default();
    for (at, line) in gold::text(path)?.lines().enumerate() {
        if line.trim().is_empty() {
            if !sentence.words.is_empty() {
                sentences.push(std::mem::take(&mut sentence));
            }
            continue;
        }
        let Some((word, rest)) = line.split_once('\t') else {
            return Err(gold::malformed(path, at + 1, "a word, a tab and a label are expected"));
        };
        let label = rest.split('\t').next().unwrap_or("").trim_end();
        if label != "O" && !label.starts_with("B-") && !label.starts_with("I-") {
            return Err(gold::malformed(path, at + 1, &format!("{label:?} is no label: O, B-TYPE or I-TYPE")));
        }
        sentence.words.push(word.to_owned());
        sentence.labels.push(label.to_owned());
    }
    if !sentence.words.is_empty() {
        sentences.push(sentence);
    }
    Ok(sentences)
}

/// The four types under which all others are compared.
fn folded(label: &str) -> &'static str {
    match label {
        "PER" | "PERSON" => "PER",
        "ORG" => "ORG",
        "LOC" | "GPE" | "FAC" | "FACILITY" => "LOC",
        _ => "MISC",
    }
}

impl Sentence {
    /// Its names, in order.
    pub(crate) fn names(&self) -> Vec<Labelled> {
        let mut names: Vec<Labelled> = Vec::new();
        let mut open = false;
        for (at, label) in self.labels.iter().enumerate() {
            let Some((place, kind)) = label.split_once('-') else {
                open = false;
                continue;
            };
            let label = folded(kind);
            match names.last_mut().filter(|name| open && place == "I" && name.label == label) {
                Some(name) => name.words.end = at + 1,
                None => names.push(Labelled { words: at..at + 1, label }),
            }
            open = true;
        }
        names
    }
}

/// A text of these sentences, a passage each, and the place of every word in it.
pub(crate) fn joined(sentences: &[Sentence]) -> (Article, Vec<Vec<Span<Byte>>>) {
    let mut text = String::new();
    let (mut passages, mut places) = (Vec::new(), Vec::new());
    for sentence in sentences {
        let start = text.len() as u32;
        places.push(join(&sentence.words, &mut text));
        passages.push(Passage { kind: PassageKind::Paragraph, span: Span::new(start, text.len() as u32) });
        text.push('\n');
    }
    (Article { raw: text.clone(), text, passages, ..Article::default() }, places)
}

/// Appends words with the spaces between them.
fn join(words: &[String], text: &mut String) -> Vec<Span<Byte>> {
    let mut places = Vec::with_capacity(words.len());
    let mut quoted = false;
    let mut glue = true;
    let mut before = "";
    for word in words {
        let word = match word.as_str() {
            "``" | "''" => "\"",
            "-LRB-" => "(",
            "-RRB-" => ")",
            word => word,
        };
        let closes = word == "\"" && quoted;
        // `al-Sadr`, of which treebanks make three words.
        let article = matches!(before, "al" | "Al" | "el" | "ul" | "az" | "ash") && word == "-";
        if !glue && !closes && !article && !leans_back(word) {
            text.push(' ');
        }
        let start = text.len() as u32;
        text.push_str(word);
        places.push(Span::new(start, text.len() as u32));
        glue = matches!(word, "(" | "[" | "{" | "$" | "£" | "€" | "#" | "@" | "“" | "‘")
            || word == "\"" && !quoted
            || article;
        before = word;
        if word == "\"" {
            quoted = !quoted;
        }
    }
    places
}

/// Whether a word stands right behind the one before.
fn leans_back(word: &str) -> bool {
    let clitic = word.strip_prefix(['\'', '’']).is_some_and(|rest| {
        matches!(rest.to_ascii_lowercase().as_str(), "s" | "ll" | "re" | "ve" | "d" | "m" | "t" | "em")
    });
    clitic
        || matches!(word.to_ascii_lowercase().as_str(), "n't" | "n’t")
        || matches!(word, "," | "." | ";" | ":" | "!" | "?" | "%" | ")" | "]" | "}" | "”" | "’" | "..." | "…" | "'")
}

#[cfg(test)]
mod tests {
    use super::{Sentence, join};

    fn sentence(text: &str) -> Sentence {
        let pair = |word: &str| word.rsplit_once('/').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        let (words, labels) = text.split(' ').map(pair).unzip();
        Sentence { words, labels }
    }

    #[test]
    fn labels_fold_into_names() {
        let names = sentence("Ann/B-PERSON Orr/I-PERSON Rome/B-GPE Oslo/B-LOC x/O Acme/I-ORG").names();
        let told: Vec<_> = names.iter().map(|n| (n.words.start, n.words.end, n.label)).collect();
        assert_eq!(told, [(0, 2, "PER"), (2, 3, "LOC"), (3, 4, "LOC"), (5, 6, "ORG")]);
    }

    #[test]
    fn words_are_set_as_in_print() {
        let words: Vec<String> = "He did n't say \" no \" ( Orr 's view ) .".split(' ').map(String::from).collect();
        let mut text = String::new();
        let places = join(&words, &mut text);
        assert_eq!(text, "He didn't say \"no\" (Orr's view).");
        assert_eq!(&text[places[9].range()], "'s");
    }
}
