//! `byline train words`: classes of words and how they are usually capitalised, learnt from text without labels.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use std::path::Path;

use super::{clustering, embedding};
use crate::annotate::entity::unit;
use crate::document::{Article, Document, Passage, PassageKind, Span};
use crate::error::{Error, ErrorKind, Result};
use crate::model::tagger::vocabulary::{self, Row};
use crate::model::tagger::word::push_form;
use crate::train::{Sources, Trainer};

/// The trainer.
pub(crate) const TRAINER: Trainer = Trainer {
    name: "words",
    about: "Classes of words and their usual capitals, from JSON lines with a field `text`.",
    run,
};

/// Most words that are kept.
const WORDS: usize = 50_000;
/// Numbers in a word's vector.
const WIDTH: usize = 64;
const PASSES: usize = 3;

fn run(sources: &Sources, say: &mut dyn FnMut(&str)) -> Result<Vec<u8>> {
    let mut reader = Reader::default();
    for path in &sources.text {
        reader.read(path)?;
    }
    let (text, counts, forms) = reader.ranked();
    say(&format!("{} words of text, {} different ones kept", text.len(), forms.len()));
    let vectors = embedding::train(&text, &counts, WIDTH, PASSES, say);
    let fine = clustering::k_means(&vectors, WIDTH, 1000, 12, 1);
    let middle = clustering::k_means(&vectors, WIDTH, 250, 15, 2);
    let coarse = clustering::k_means(&vectors, WIDTH, 60, 20, 3);
    say("classes made");
    let rows = forms.iter().enumerate().map(|(at, (form, inside))| {
        let usual = (2.0 * (*inside as f64 + 1.0).log2()).round() as u8;
        Row::new(form, [fine[at], middle[at], coarse[at]], usual)
    });
    Ok(vocabulary::seal(rows.collect()))
}

/// A word's count, and its count inside sentences.
#[derive(Clone, Copy, Debug, Default)]
struct Uses {
    all: u64,
    inside: u64,
}

#[derive(Default)]
struct Reader {
    numbers: HashMap<String, u32, FixedState>,
    uses: Vec<Uses>,
    text: Vec<u32>,
}

/// Ends a sentence.
const END: u32 = u32::MAX;

impl Reader {
    fn read(&mut self, path: &Path) -> Result<()> {
        let file = std::fs::File::open(path).map_err(|cause| Error::io(ErrorKind::Read, path, cause))?;
        for line in std::io::BufRead::lines(std::io::BufReader::new(file)) {
            let line = line.map_err(|cause| Error::io(ErrorKind::Read, path, cause))?;
            let value: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
            self.document(value["text"].as_str().unwrap_or(""));
        }
        Ok(())
    }

    fn document(&mut self, text: &str) {
        let doc = document(text);
        let (mut units, mut form) = (Vec::new(), String::new());
        for sentence in &doc.sentences {
            units.clear();
            unit::units(&doc, sentence, &mut units);
            let capitals = doc.text(sentence.span).split(' ').filter(|w| starts_upper(w)).count();
            // A headline tells nothing of capitals.
            let plain = capitals * 2 < units.len();
            for (at, unit) in units.iter().enumerate() {
                form.clear();
                push_form(doc.text(unit.span), &mut form);
                let number = match self.numbers.get(&form) {
                    Some(&number) => number,
                    None => {
                        let number = self.uses.len() as u32;
                        self.numbers.insert(form.clone(), number);
                        self.uses.push(Uses::default());
                        number
                    }
                };
                let uses = &mut self.uses[number as usize];
                uses.all += 1;
                let opening = at == 0 || !doc.text(units[at - 1].span).starts_with(char::is_alphanumeric);
                uses.inside += u64::from(plain && !opening);
                self.text.push(number);
            }
            self.text.push(END);
        }
    }

    /// The text in numbers by falling count, the counts, and the forms with their uses inside sentences.
    fn ranked(self) -> (Vec<u32>, Vec<u64>, Vec<(String, u64)>) {
        let mut forms: Vec<(String, u32)> = self.numbers.into_iter().collect();
        forms.sort_by(|a, b| {
            let by_count = self.uses[b.1 as usize].all.cmp(&self.uses[a.1 as usize].all);
            by_count.then_with(|| a.0.cmp(&b.0))
        });
        forms.truncate(WORDS);
        let mut rank = vec![forms.len() as u32; self.uses.len()];
        forms.iter().enumerate().for_each(|(at, (_, number))| rank[*number as usize] = at as u32);
        let text = self.text.iter().map(|&n| if n == END { forms.len() as u32 } else { rank[n as usize] }).collect();
        let counts = forms.iter().map(|(_, number)| self.uses[*number as usize].all).collect();
        let forms = forms.into_iter().map(|(form, number)| (form, self.uses[number as usize].inside)).collect();
        (text, counts, forms)
    }
}

fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// A text with tokens and sentences, each line a passage.
fn document(text: &str) -> Document {
    let mut passages = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end().len();
        if end > start {
            let span = Span::new(start as u32, end as u32);
            passages.push(Passage { kind: PassageKind::Paragraph, span });
        }
        start += line.len();
    }
    crate::annotate::segmented(Article { text: text.into(), passages, ..Article::default() })
}
