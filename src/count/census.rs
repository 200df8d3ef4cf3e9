//! What one worker collects from the documents it annotates: the features of their bodies as a stream of numbers.
//!
//! It reads words, numbers, sentences and passages of a [`Document`]; the title is left out. It scores nothing, keeps no
//! text but the vocabulary, and is sealed into a [`Segment`], which no longer shows what worker read what.

use crate::config::CountConfig;
use crate::count::segment::{DocStat, Ends, Segment, gather};
use crate::count::vocabulary::{FeatureKind, Vocabulary};
use crate::document::{Document, TokenKind};

/// The counted tokens of the documents of one worker.
#[derive(Clone, Debug, Default)]
pub struct Census {
    vocabulary: Vocabulary,
    /// Streams and documents in order of observation; its `words` stay empty until sealing.
    stream: Segment,
}

impl Census {
    /// An empty census.
    pub fn new(_config: &CountConfig) -> Census {
        Census::default()
    }

    /// Adds a document.
    pub fn observe(&mut self, doc: &Document) {
        let stream = &mut self.stream;
        let start = stream.ids.len();
        let mut passage = None;
        for sentence in doc.sentences.iter().filter(|sentence| !doc.in_title(sentence)) {
            if passage.is_some_and(|open| open != sentence.passage) {
                stream.paragraphs.push(stream.ids.len() as u32);
            }
            passage = Some(sentence.passage);
            let tokens = doc.tokens.get(sentence.tokens.range()).unwrap_or_default();
            for token in tokens.iter().filter(|token| token.is_counted()) {
                let kind = match token.kind {
                    TokenKind::Number => FeatureKind::Number,
                    _ => FeatureKind::Word,
                };
                stream.ids.push(self.vocabulary.intern(doc.norm(token), kind));
            }
            stream.sentences.push(stream.ids.len() as u32);
        }
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
    }

    /// Documents observed.
    pub fn documents(&self) -> usize {
        self.stream.docs.len()
    }

    /// Memory held, in bytes. A worker seals its census when this passes its share of the budget, and never lets it pass
    /// 8 GiB.
    pub fn bytes(&self) -> usize {
        self.vocabulary.bytes() + self.stream.bytes()
    }

    /// The mergeable form.
    pub fn seal(self) -> Segment {
        let (words, ranks) = self.vocabulary.seal();
        gather(words, &[(&self.stream, &ranks)])
    }
}
