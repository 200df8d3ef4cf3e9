//! From an annotated document to its rows. Reads every layer, changes none, and keeps nothing of the text but what a
//! row shows.

use super::offsets::Offsets;
use super::{
    CueRecord, DocumentRecord, EntityRecord, LexicalRecord, MentionRecord, OpinionRecord, QuotationRecord, Records,
    RemovedRecord, SentenceRecord, VoiceRecord,
};
use crate::document::{
    Byte, Cue, Document, Mention, Opinion, PassageKind, Quotation, QuotationKind, Removed, Span, Tone, Voice,
};

impl Records {
    /// The rows of one document, of whose words so much was measured.
    pub fn from_document(doc: &Document, lexis: LexicalRecord) -> Records {
        let mut records = Extraction::new(doc).records();
        records.document.lexis = lexis;
        records
    }
}

/// Most entities that one quotation lists: enough for speech, and a bound on the work for a text of names only.
const MOST_TARGETS: usize = 64;

pub(super) struct Extraction<'a> {
    pub(super) doc: &'a Document,
    pub(super) offsets: Offsets<'a>,
    /// Counted tokens of the body before each token.
    pub(super) positions: Vec<u32>,
    /// Body paragraph number of each passage; 0 for the title.
    paragraphs: Vec<u32>,
}

impl<'a> Extraction<'a> {
    fn new(doc: &'a Document) -> Self {
        let mut positions = Vec::with_capacity(doc.tokens.len() + 1);
        let mut before = 0;
        for sentence in &doc.sentences {
            for token in &doc.tokens[sentence.tokens.range()] {
                positions.push(before);
                before += u32::from(sentence.number > 0 && token.is_counted());
            }
        }
        positions.push(before);
        let mut number = 0;
        let number_of = |p: &crate::document::Passage| {
            number += u32::from(p.kind != PassageKind::Title);
            if p.kind == PassageKind::Title { 0 } else { number }
        };
        let paragraphs = doc.article.passages.iter().map(number_of).collect();
        Extraction { doc, offsets: Offsets::new(&doc.article.raw), positions, paragraphs }
    }

    fn records(&self) -> Records {
        let mut sentences = Vec::new();
        let mut kept = vec![u32::MAX; self.doc.sentences.len()];
        for mention in &self.doc.mentions {
            let index = mention.sentence as usize;
            if kept[index] == u32::MAX {
                kept[index] = sentences.len() as u32;
                sentences.push(self.sentence(index));
            }
        }
        let mut opinions = self.doc.opinions.iter().peekable();
        let mention = |(index, mention): (usize, &Mention)| {
            let opinion = opinions.next_if(|o| o.mention as usize == index);
            self.mention(mention, kept[mention.sentence as usize], opinion)
        };
        let mentions = self.doc.mentions.iter().enumerate().map(mention).collect();
        let entity = |e: &crate::document::Entity| EntityRecord { name: e.name.as_str().into(), kind: e.kind };
        Records {
            document: self.document(),
            sentences,
            entities: self.doc.entities.iter().map(entity).collect(),
            mentions,
            quotations: self.quotations(),
            removed: self.doc.article.boilerplate.iter().map(|block| self.removed(block)).collect(),
            kwic: self.doc.hits.iter().filter_map(|hit| self.hit(hit)).collect(),
        }
    }

    fn removed(&self, block: &Removed) -> RemovedRecord {
        let raw = self.doc.article.raw.get(block.range.clone()).unwrap_or("");
        let words: Vec<&str> = raw.split_whitespace().collect();
        RemovedRecord { text: words.join(" "), why: block.why }
    }

    fn document(&self) -> DocumentRecord {
        let article = &self.doc.article;
        let last = self.doc.sentences.last();
        let in_marks = |q: &&Quotation| q.kind != QuotationKind::Indirect;
        DocumentRecord {
            id: article.id.0,
            path: article.path.clone(),
            record: article.record,
            format: article.format.clone(),
            sha256: article.sha256.clone(),
            title: article.title().to_owned(),
            author: article.author.clone(),
            date: article.date,
            date_source: article.date.and(article.date_source).map_or("", |s| s.name()).to_owned(),
            outlet: article.outlet.clone(),
            section: article.section.clone(),
            url: article.url.clone(),
            language: article.language.clone(),
            metadata: article.metadata.clone(),
            encoding: article.encoding.name.clone(),
            encoding_source: article.encoding.evidence.name().to_owned(),
            offsets_in: article.offsets.name().to_owned(),
            duplicate: article.duplicate,
            chars: self.offsets.total(),
            paragraphs: self.paragraphs.last().copied().unwrap_or(0),
            sentences: last.map_or(0, |s| s.number),
            tokens: self.positions.last().copied().unwrap_or(0),
            lexis: LexicalRecord::default(),
            quotations: self.doc.quotations.iter().filter(in_marks).count() as u32,
            quoted_tokens: self.quoted_tokens(),
            tone: self.tone(),
            paragraphs_rejoined: article.paragraphs_rejoined,
            boilerplate_chars: article
                .boilerplate
                .iter()
                .map(|r| self.offsets.chars(&r.range))
                .map(|(a, b)| b - a)
                .sum(),
            boilerplate_blocks: article.boilerplate.len() as u32,
            warnings: article.warnings.clone(),
            rows_outside: article.rows_outside.clone(),
        }
    }

    /// Tone of the body.
    fn tone(&self) -> Option<Tone> {
        let mut sum = Tone::default();
        for (sentence, tone) in self.doc.sentences.iter().zip(&self.doc.tones) {
            if sentence.number > 0 {
                sum += *tone;
            }
        }
        (!self.doc.tones.is_empty()).then_some(sum)
    }

    /// Body tokens inside quotation marks, each counted once.
    fn quoted_tokens(&self) -> u32 {
        let mut end = 0;
        let mut tokens = 0;
        for quotation in self.doc.quotations.iter().filter(|q| q.kind != QuotationKind::Indirect) {
            let start = quotation.span.start.max(end);
            if quotation.span.end > start {
                tokens += self.words(Span::new(start, quotation.span.end));
                end = quotation.span.end;
            }
        }
        tokens
    }

    /// Counted body tokens inside a span.
    fn words(&self, span: Span<Byte>) -> u32 {
        let first = self.doc.tokens.partition_point(|t| t.span.start < span.start);
        let last = self.doc.tokens.partition_point(|t| t.span.start < span.end);
        self.positions[last.max(first)] - self.positions[first]
    }

    fn sentence(&self, index: usize) -> SentenceRecord {
        let sentence = &self.doc.sentences[index];
        SentenceRecord {
            number: sentence.number,
            paragraph: self.paragraphs[sentence.passage as usize],
            text: self.doc.text(sentence.span).to_owned(),
            words: self.doc.tokens[sentence.tokens.range()].iter().filter(|t| t.is_counted()).count() as u32,
            tone: self.doc.tones.get(index).copied(),
        }
    }

    fn mention(&self, mention: &Mention, sentence: u32, opinion: Option<&Opinion>) -> MentionRecord {
        let raw = self.doc.article.raw_range(mention.span);
        let (char_start, char_end) = self.offsets.chars(&raw);
        let line = self.offsets.line(raw.start);
        let counted = self.doc.tokens[mention.tokens.range()].iter().filter(|t| t.is_counted()).count() as u32;
        MentionRecord {
            surface: self.doc.article.raw[raw].to_owned(),
            entity: mention.entity.0,
            role: mention.role,
            rule: mention.rule,
            confidence: mention.confidence,
            char_start,
            char_end,
            line,
            sentence,
            within: mention.span.start.saturating_sub(self.doc.sentences[mention.sentence as usize].span.start),
            position: self.positions[mention.tokens.start as usize],
            length: counted.max(1),
            quotation: mention.quotation,
            opinion: opinion.map(|o| self.opinion(o)),
        }
    }

    fn opinion(&self, opinion: &Opinion) -> OpinionRecord {
        let (voice, quotation) = match opinion.voice {
            Voice::Author => (VoiceRecord::Author, None),
            Voice::Quoted(index) => (VoiceRecord::Quoted, Some(index)),
            Voice::Attributed(index) => (VoiceRecord::Attributed, Some(index)),
        };
        let cues = opinion.cues.iter().map(|c| self.cue(c)).collect();
        OpinionRecord {
            polarity: opinion.polarity.0,
            label: opinion.label,
            probabilities: opinion.probabilities,
            voice,
            quotation,
            cues,
        }
    }

    fn cue(&self, cue: &Cue) -> CueRecord {
        let raw = self.doc.article.raw_range(cue.span);
        let (char_start, char_end) = self.offsets.chars(&raw);
        CueRecord {
            text: self.doc.article.raw[raw].to_owned(),
            weight: cue.weight,
            modifiers: cue.modifiers.iter().map(|&(span, factor)| (self.doc.text(span).to_owned(), factor)).collect(),
            rule: cue.rule.to_owned(),
            distance: cue.distance,
            contribution: cue.contribution,
            char_start,
            char_end,
        }
    }

    fn quotations(&self) -> Vec<QuotationRecord> {
        let mut rows: Vec<_> = self.doc.quotations.iter().map(|q| self.quotation(q)).collect();
        for opinion in &self.doc.opinions {
            if let Voice::Quoted(index) | Voice::Attributed(index) = opinion.voice
                && let Some(row) = rows.get_mut(index as usize)
            {
                row.tone.0 += i32::from(opinion.polarity.0);
                row.tone.1 += 1;
            }
        }
        rows
    }

    /// The entities named inside a span, each once, in text order.
    fn targets(&self, span: Span<Byte>) -> Vec<u32> {
        let mentions = &self.doc.mentions;
        let first = mentions.partition_point(|m| m.span.start < span.start);
        let mut targets: Vec<u32> = Vec::new();
        for mention in mentions[first..].iter().take_while(|m| m.span.start < span.end) {
            if targets.len() < MOST_TARGETS && span.contains(mention.span) && !targets.contains(&mention.entity.0) {
                targets.push(mention.entity.0);
            }
        }
        targets
    }

    fn quotation(&self, quotation: &Quotation) -> QuotationRecord {
        let raw = self.doc.article.raw_range(quotation.span);
        let (char_start, char_end) = self.offsets.chars(&raw);
        let speaker = quotation.speaker;
        let text_of = |span: Option<Span<Byte>>| span.map_or("", |s| self.doc.text(s)).to_owned();
        QuotationRecord {
            kind: quotation.kind,
            text: self.doc.article.raw[raw].to_owned(),
            words: self.doc.tokens_in(quotation.span).iter().filter(|t| t.is_counted()).count() as u32,
            parent: quotation.parent,
            paragraph: self.paragraphs[quotation.passage as usize],
            speaker_surface: text_of(speaker.map(|s| s.span)),
            speaker: speaker.and_then(|s| s.entity).map(|e| e.0),
            speaker_2: speaker.and_then(|s| s.second).map(|e| e.0),
            cue: text_of(quotation.cue),
            cue_class: quotation.cue_class,
            rule: quotation.rule.to_owned(),
            confidence: quotation.confidence,
            unclosed: quotation.unclosed,
            targets: self.targets(quotation.span),
            tone: (0, 0),
            char_start,
            char_end,
        }
    }
}
