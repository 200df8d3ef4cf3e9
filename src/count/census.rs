//! What one worker collects from the documents it annotates: the features of their bodies as a stream of numbers.
//!
//! It reads words, numbers, sentences and passages of a [`Document`]; the title is left out. It scores nothing, keeps no
//! text but the vocabulary, and is sealed into a [`Segment`], which no longer shows what worker read what.

use crate::config::CountConfig;
use crate::count::feature::{self, FeatureStep};
use crate::count::segment::{DocStat, Ends, Segment};
use crate::count::vocabulary::Vocabulary;
use crate::count::wording::{WordLengths, Wording};
use crate::document::{Document, Token};

/// The counted tokens of the documents of one worker.
#[derive(Clone, Debug, Default)]
pub struct Census {
    vocabulary: Vocabulary,
    /// What tokens go through before they are counted, if they do.
    step: Option<FeatureStep>,
    /// None when the wording of documents is not asked for.
    lengths: Option<WordLengths>,
    /// Streams and documents in order of observation; its `words` stay empty until sealing.
    stream: Segment,
}

impl Census {
    /// An empty census. A clone of one is cheaper than another new one where the user gave lists.
    pub fn new(config: &CountConfig) -> Census {
        Census { step: FeatureStep::of(&config.terms), lengths: Some(WordLengths::default()), ..Census::default() }
    }

    /// The same, but that the wording of documents is not measured: [`Census::observe`] gives an empty one.
    pub fn without_wording(self) -> Census {
        Census { lengths: None, ..self }
    }

    /// Adds a document; gives its wording.
    pub fn observe(&mut self, doc: &Document) -> Wording<'_> {
        let start = self.stream.ids.len();
        let mut passage = None;
        if let Some(lengths) = &mut self.lengths {
            lengths.begin();
        }
        for sentence in doc.sentences.iter().filter(|sentence| !doc.in_title(sentence)) {
            if passage.is_some_and(|open| open != sentence.passage) {
                self.stream.paragraphs.push(self.stream.ids.len() as u32);
            }
            passage = Some(sentence.passage);
            self.push_sentence(doc, doc.tokens.get(sentence.tokens.range()).unwrap_or_default());
            self.stream.sentences.push(self.stream.ids.len() as u32);
        }
        let stream = &mut self.stream;
        if passage.is_some() {
            stream.paragraphs.push(stream.ids.len() as u32);
        }
        stream.docs.push(DocStat {
            id: doc.article.id,
            date: doc.article.date,
            tokens: (stream.ids.len() - start) as u32,
            copy: doc.article.is_copy(),
        });
        stream.ends.push(Ends {
            ids: stream.ids.len() as u32,
            sentences: stream.sentences.len() as u32,
            paragraphs: stream.paragraphs.len() as u32,
        });
        let known = self.vocabulary.len();
        let wording = self.lengths.as_mut().map(|lengths| lengths.wording(&self.stream.ids[start..], known));
        wording.unwrap_or_default()
    }

    fn push_sentence(&mut self, doc: &Document, tokens: &[Token]) {
        let ids = &mut self.stream.ids;
        if let Some(step) = &mut self.step {
            let lengths = &mut self.lengths;
            step.push(doc, tokens, &mut self.vocabulary, ids, &mut |word, form, token| {
                if let Some(lengths) = lengths {
                    lengths.add(word, form, token);
                }
            });
            return;
        }
        for token in tokens.iter().filter(|token| token.is_counted()) {
            let form = doc.norm(token);
            let id = self.vocabulary.intern(form, feature::kind(token));
            if let Some(lengths) = &mut self.lengths {
                lengths.add(id, form, token);
            }
            ids.push(id);
        }
    }

    /// Documents observed.
    pub fn documents(&self) -> usize {
        self.stream.docs.len()
    }

    /// Memory held, in bytes. A worker seals its census when this passes its share of the budget, and never lets it pass
    /// 8 GiB.
    pub fn bytes(&self) -> usize {
        let step = self.step.as_ref().map_or(0, FeatureStep::bytes);
        self.vocabulary.bytes() + self.lengths.as_ref().map_or(0, WordLengths::bytes) + step + self.stream.bytes()
    }

    /// The mergeable form.
    pub fn seal(self) -> Segment {
        Segment { words: self.vocabulary.into_words(), ..self.stream }
    }
}
