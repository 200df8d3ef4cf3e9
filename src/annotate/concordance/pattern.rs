//! What a user may look for, and where a sentence has it.

use regex::{Regex, RegexBuilder};
use unicode_normalization::UnicodeNormalization;

use crate::annotate::Annotator;
use crate::annotate::token::Tokenizer;
use crate::document::{Article, Document, Passage, PassageKind, Sentence, Span, Tok, Token};
use crate::error::{Error, ErrorKind, Result};
use crate::model::form;

/// A pattern.
///
/// - Words: `peace`, `soviet union`. The words of a phrase stand one after the other in a sentence, marks between them or
///   not, as in `ngrams.csv`. A word is found in its counted form and as it is written, with and without possessive
///   ending. A word of small letters is found in any case; one with a capital only so: `us` finds us and US, `US` only US.
/// - Wildcards inside a word: `econom*` any characters, `wom?n` one. `*` alone is any word: `war * peace`.
/// - A regular expression between slashes, `/peace (talks|deal)/`, in the syntax of the regex crate, over the text of
///   each sentence. What it finds is widened to whole words.
#[derive(Clone, Debug)]
pub struct Pattern(Rule);

#[derive(Clone, Debug)]
enum Rule {
    Words(Vec<Word>),
    Expression(Regex),
}

#[derive(Clone, Debug)]
enum Word {
    Any,
    Literal { text: String, any_case: bool },
    Wildcard(Regex),
}

/// Largest compiled expression, bytes.
const LARGEST: usize = 1 << 20;

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// [`ErrorKind::Option`] when it can match nothing or is no regular expression.
    pub fn new(text: &str) -> Result<Pattern> {
        let bad =
            |cause: String, remedy: &str| Error::new(ErrorKind::Option, format!("--kwic {text:?}: {cause}"), remedy);
        let inner = text.trim();
        if let Some(expression) = inner.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')) {
            if expression.is_empty() {
                return Err(bad("is empty".into(), "write a regular expression between the slashes"));
            }
            let compiled = RegexBuilder::new(expression).size_limit(LARGEST).build();
            let compiled =
                compiled.map_err(|error| bad(reason(&error), "mend the regular expression between the slashes"))?;
            return Ok(Pattern(Rule::Expression(compiled)));
        }
        let mut words = Vec::new();
        for chunk in inner.split_whitespace() {
            let before = words.len();
            if chunk.contains(['*', '?']) {
                words.push(wildcard(chunk).map_err(|error| bad(reason(&error), "use a shorter pattern"))?);
            } else {
                words.extend(literals(chunk));
            }
            if words.len() == before {
                let remedy = "look for marks with a regular expression between slashes, such as /--/";
                return Err(bad(format!("{chunk} is no word"), remedy));
            }
        }
        if words.is_empty() {
            return Err(bad("is empty".into(), "name a word, a phrase or a /regular expression/"));
        }
        if !inner.contains(char::is_alphanumeric) {
            return Err(bad("has wildcards only".into(), "name at least one word, or some of its letters"));
        }
        Ok(Pattern(Rule::Words(words)))
    }

    /// Where a sentence has it, in text order. `words` are the sentence's counted tokens.
    pub(super) fn hits(&self, doc: &Document, sentence: &Sentence, words: &[u32]) -> Vec<Span<Tok>> {
        match &self.0 {
            Rule::Words(wanted) => {
                let fits = |window: &&[u32]| {
                    window.iter().zip(wanted).all(|(&at, word)| word.fits(doc, &doc.tokens[at as usize]))
                };
                let whole = |window: &[u32]| Span::new(window[0], window[window.len() - 1] + 1);
                words.windows(wanted.len()).filter(fits).map(whole).collect()
            }
            Rule::Expression(expression) => {
                let tokens = &doc.tokens[sentence.tokens.range()];
                let start = sentence.span.start;
                let mut found: Vec<Span<Tok>> = Vec::new();
                for hit in expression.find_iter(doc.text(sentence.span)).filter(|hit| !hit.is_empty()) {
                    let (from, to) = (start + hit.start() as u32, start + hit.end() as u32);
                    let first = tokens.partition_point(|token| token.span.end <= from) as u32;
                    let last = tokens.partition_point(|token| token.span.start < to) as u32;
                    let span = Span::new(sentence.tokens.start + first, sentence.tokens.start + last);
                    if first < last && found.last() != Some(&span) {
                        found.push(span);
                    }
                }
                found
            }
        }
    }
}

impl Word {
    fn fits(&self, doc: &Document, token: &Token) -> bool {
        let mut forms = [doc.norm(token), doc.base(token), doc.surface(token)].into_iter();
        match self {
            Word::Any => true,
            Word::Literal { text, any_case } => forms.any(|form| is_same(form, text, *any_case)),
            Word::Wildcard(shape) => {
                forms.any(|form| if form.is_ascii() { shape.is_match(form) } else { shape.is_match(&plain(form)) })
            }
        }
    }
}

fn is_same(form: &str, word: &str, any_case: bool) -> bool {
    match (form.is_ascii(), any_case) {
        (true, true) => form.eq_ignore_ascii_case(word),
        (true, false) => form == word,
        (false, true) => plain(form).to_lowercase() == word,
        (false, false) => plain(form) == word,
    }
}

/// Text with composed letters and straight apostrophes.
fn plain(text: &str) -> String {
    text.nfc().map(|c| if form::is_apostrophe(c) { '\'' } else { c }).collect()
}

fn is_any_case(word: &str) -> bool {
    !word.chars().any(char::is_uppercase)
}

/// The words of a piece without wildcards, cut as the texts are.
fn literals(chunk: &str) -> Vec<Word> {
    let passage = Passage { kind: PassageKind::Paragraph, span: Span::new(0, chunk.len() as u32) };
    let article = Article { text: chunk.to_owned(), passages: vec![passage], ..Article::default() };
    let mut doc = Document::from_article(article);
    Tokenizer.annotate(&mut doc);
    let word = |token: &Token| {
        let text = plain(doc.surface(token));
        let any_case = is_any_case(&text);
        Word::Literal { text: if any_case { text.to_lowercase() } else { text }, any_case }
    };
    doc.tokens.iter().filter(|token| token.is_counted()).map(word).collect()
}

fn wildcard(chunk: &str) -> std::result::Result<Word, regex::Error> {
    if chunk.chars().all(|c| c == '*') {
        return Ok(Word::Any);
    }
    let mut shape = String::from("^");
    for c in plain(chunk).chars() {
        match c {
            '*' => shape.push_str(".*"),
            '?' => shape.push('.'),
            c => shape.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    shape.push('$');
    let built = RegexBuilder::new(&shape).case_insensitive(is_any_case(chunk)).size_limit(LARGEST).build();
    built.map(Word::Wildcard)
}

/// What is wrong with an expression, on one line.
fn reason(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => "is too large".to_owned(),
        other => {
            let told = other.to_string();
            let last = told.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
            last.trim().trim_start_matches("error: ").to_owned()
        }
    }
}
