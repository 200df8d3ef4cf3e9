//! The sentiment stage: how each mention is spoken of, in whose voice, and by which words.
//!
//! Reads every layer above; writes `Document::opinions`. The embedded model judges each mention by its own sentence:
//! `view` lays the sentence out, `feature` looks at it from the target, `score` sums weights. Byline's lexicon with its
//! grammatical relations (`term`, `scene`, `target`, `modifier`) gives features, the voice, and names for evidence.
//! Words inside mentions never count.

mod alone;
mod evidence;
mod feature;
mod frame;
mod marks;
mod modifier;
mod said;
mod scene;
mod score;
mod spelling;
mod stance;
mod step;
mod sums;
mod target;
mod term;
mod view;
mod voice;

use std::ops::Range;

use self::feature::Place;
use self::marks::Marks;
use self::scene::Scene;
use self::score::{Asked, Collected, Scorer};
use self::target::Relation;
use self::term::{Hit, Terms};
use self::view::View;
use crate::annotate::Annotator;
use crate::config::CorpusConfig;
use crate::config::lexicon::SentimentTerms;
use crate::document::{Document, Label, Layer, Mention, Opinion, Polarity, Role, Sentence, Tone};

/// Least strength of a relation, thousandths, that is looked at.
const LEAST: i32 = 25;

/// Writes `Document::opinions` and `Document::tones`.
#[derive(Debug, Default)]
pub struct Appraiser {
    terms: Option<SentimentTerms>,
}

impl Appraiser {
    /// With the user's terms, if there are any.
    pub fn new(config: &CorpusConfig) -> Appraiser {
        Appraiser { terms: config.lexicon.clone() }
    }
}

impl Annotator for Appraiser {
    fn layer(&self) -> Layer {
        Layer::Opinions
    }

    fn annotate(&self, doc: &mut Document) {
        // Lexicons and model are English: what is not is left without a score.
        if doc.article.is_english() {
            let (opinions, tones) = appraise(doc, Terms { own: self.terms.as_ref() });
            doc.opinions = opinions;
            doc.tones = tones;
        }
    }
}

/// Frees what the thread remembers of words.
pub(super) fn forget_words() {
    spelling::forget_words();
}

/// Features of a mention for training: row in the model and value.
pub fn features(doc: &Document, mention: usize) -> Vec<(u32, f32)> {
    let marks = Marks::new(doc);
    let Some(sentence) = doc.mentions.get(mention).map(|m| m.sentence) else {
        return Vec::new();
    };
    let first = doc.mentions.partition_point(|m| m.sentence < sentence);
    let last = doc.mentions.partition_point(|m| m.sentence <= sentence);
    let Some(sentence) = doc.sentences.get(sentence as usize) else {
        return Vec::new();
    };
    let hits = Terms { own: None }.of(doc, sentence.tokens.range(), &marks);
    let stage = Stage::new(doc, sentence, first..last, hits, &marks);
    let (related, _) = stage.related(mention);
    stage.asked(mention, &related).map(|asked| Collected::of(&stage.view, &asked).scaled()).unwrap_or_default()
}

fn appraise(doc: &Document, terms: Terms<'_>) -> (Vec<Opinion>, Vec<Tone>) {
    let marks = Marks::new(doc);
    let (mut opinions, mut tones) = (Vec::with_capacity(doc.mentions.len()), Vec::with_capacity(doc.sentences.len()));
    let (mut next, mut traces) = (0, Vec::new());
    for (number, sentence) in doc.sentences.iter().enumerate() {
        let hits = terms.of(doc, sentence.tokens.range(), &marks);
        tones.push(tone(&hits));
        let last = next + doc.mentions[next..].partition_point(|m| m.sentence as usize <= number);
        if last > next {
            let stage = Stage::new(doc, sentence, next..last, hits, &marks);
            let mut scorer = Scorer::new(&stage.view, &mut traces);
            let scored = (next..last).filter(|&index| doc.mentions[index].role != Role::Demonym);
            opinions.extend(scored.filter_map(|index| stage.opinion(index, &mut scorer)));
        }
        next = last;
    }
    (opinions, tones)
}

fn tone(hits: &[Hit]) -> Tone {
    let words = |sign: i16| hits.iter().filter(|h| h.weight.signum() == sign).map(|h| (h.last - h.first) as u32).sum();
    Tone { positive: words(1), negative: words(-1) }
}

/// One sentence with all that is known of it before a target is chosen.
struct Stage<'a> {
    doc: &'a Document,
    marks: &'a Marks,
    mentions: Range<usize>,
    scene: Scene<'a>,
    hits: Vec<Hit>,
    view: View,
}

impl<'a> Stage<'a> {
    fn new(
        doc: &'a Document,
        sentence: &Sentence,
        mentions: Range<usize>,
        mut hits: Vec<Hit>,
        marks: &'a Marks,
    ) -> Self {
        let scene = Scene::new(doc, sentence, marks);
        term::drop_spoiled(&mut hits);
        term::own(doc, &mut hits, mentions.clone(), &scene);
        let view = View::new(doc, sentence, &doc.mentions[mentions.clone()], &hits, marks);
        Stage { doc, marks, mentions, scene, hits, view }
    }

    /// The terms that relate to a mention, all in one voice, and the region of that voice.
    fn related(&self, index: usize) -> (Vec<(&Hit, Relation)>, u32) {
        let mention = &self.doc.mentions[index];
        let tokens = (mention.tokens.start as usize, mention.tokens.end as usize);
        let target = term::target(self.doc, mention, tokens);
        let own = self.marks.region.get(tokens.0).copied().unwrap_or(0);
        let found = term::related(&self.scene, &self.hits, (target, index), |h| h.region == own);
        if found.is_empty()
            && let Some(other) = voice::quoted_about(self.doc, mention, &self.scene, &self.hits, (target, index), own)
        {
            return (term::related(&self.scene, &self.hits, (target, index), |h| h.region == other), other);
        }
        (found, own)
    }

    /// The term that starts at a token.
    fn hit_at(&self, token: usize) -> Option<&Hit> {
        let at = self.hits.partition_point(|h| h.first < token);
        self.hits.get(at).filter(|h| h.first == token)
    }

    fn asked<'r>(&self, index: usize, related: &'r [(&'r Hit, Relation)]) -> Option<Asked<'r>> {
        let slot = self.view.slot_of(index - self.mentions.start)?;
        let pronoun = pronoun(self.doc, &self.doc.mentions[index]);
        Some(Asked { place: Place::new(&self.view, slot), pronoun, related })
    }

    fn opinion(&self, index: usize, scorer: &mut Scorer<'_>) -> Option<Opinion> {
        let (related, region) = self.related(index);
        let asked = self.asked(index, &related)?;
        let judged = scorer.judge(&asked);
        let [negative, neutral, positive] = judged.probabilities;
        let label = if neutral >= negative.max(positive) {
            Label::Neutral
        } else if positive > negative {
            Label::Positive
        } else {
            Label::Negative
        };
        let score = ((positive - negative) * 1000.0).round() as i32;
        let mut opinion = Opinion {
            mention: index as u32,
            polarity: Polarity(0),
            label,
            probabilities: judged.probabilities.map(|p| (p * 1000.0).round() as u16),
            voice: voice::voice(self.doc, region),
            cues: Vec::new(),
        };
        // What is neutral, with no term that relates to it, has nothing to explain.
        if label != Label::Neutral || !related.is_empty() {
            evidence::explain(self, &asked, &scorer.parts(&asked, &judged), score, &mut opinion);
        }
        Some(opinion)
    }
}

/// A hash of the pronoun that a mention is, or 0. Only labelled data has such mentions.
fn pronoun(doc: &Document, mention: &Mention) -> u64 {
    let token = doc.tokens.get(mention.tokens.start as usize);
    let norm = token.filter(|_| mention.tokens.len() == 1).map_or("", |t| doc.norm(t));
    let known = ["he", "she", "his", "her", "him", "they", "their", "them", "i", "it", "we", "you"];
    if known.contains(&norm) { view::form(norm) } else { 0 }
}

#[cfg(test)]
mod checklist;
#[cfg(test)]
mod traps;
#[cfg(test)]
mod tests {
    use super::Appraiser;
    use super::checklist::SENTENCES;
    use crate::annotate::Annotator;
    use crate::annotate::fixture::{annotated, quoted};
    use crate::config::CorpusConfig;
    use crate::config::lexicon::SentimentTerms;
    use crate::document::{Label, Opinion, Voice};

    /// The opinion on the first mention of `{Vale}`.
    pub(super) fn opinion(text: &str) -> Opinion {
        let doc = quoted(text);
        let index = doc.mentions.iter().position(|m| doc.text(m.span) == "Vale").unwrap();
        doc.opinions[index].clone()
    }

    /// Words, weight and factors of each term of the lexicon in a text.
    pub(super) fn terms(text: &str) -> Vec<(String, i16, Vec<i16>)> {
        let doc = quoted(text);
        let marks = super::Marks::new(&doc);
        let hits = super::Terms { own: None }.of(&doc, 0..doc.tokens.len(), &marks);
        let words =
            |h: &super::Hit| doc.tokens[h.first..h.last].iter().map(|t| doc.norm(t)).collect::<Vec<_>>().join(" ");
        hits.iter().map(|h| (words(h), h.weight, h.modifiers.iter().map(|m| m.2).collect())).collect()
    }

    /// Rule and word of each piece of evidence on the first mention of `{Vale}`, the rest apart.
    pub(super) fn named(text: &str) -> Vec<(&'static str, String)> {
        let doc = quoted(text);
        let index = doc.mentions.iter().position(|m| doc.text(m.span) == "Vale").unwrap();
        let cues = doc.opinions[index].cues.iter().filter(|c| c.rule != super::evidence::REST);
        cues.map(|c| (c.rule, doc.text(c.span).to_string())).collect()
    }

    /// -1, 0 or 1.
    fn sign(text: &str) -> i16 {
        match opinion(text).label {
            Label::Negative => -1,
            Label::Neutral | Label::Mixed => 0,
            Label::Positive => 1,
        }
    }

    #[track_caller]
    pub(super) fn check(text: &str, expected: i16) {
        let found = opinion(text);
        assert_eq!(sign(text), expected, "{text}: {found:?}");
    }

    #[test]
    fn plain_sentences_get_the_expected_sign() {
        let wrong: Vec<_> = SENTENCES.iter().filter(|(text, expected)| sign(text) != *expected).collect();
        let right = SENTENCES.len() - wrong.len();
        println!("{right} of {} sentences right; wrong: {wrong:?}", SENTENCES.len());
        assert!(SENTENCES.len() >= 100);
        assert!(right * 100 >= SENTENCES.len() * 92, "{wrong:?}");
    }

    #[test]
    fn not_only_is_no_negation() {
        let found = opinion("{Vale} was not only admirable but brave.");
        let cue = found.cues.iter().find(|c| c.weight == 400).unwrap();
        assert!(cue.modifiers.is_empty() && cue.contribution > 0, "{found:?}");
    }

    #[test]
    fn not_a_quality_negates_the_words_behind_it() {
        let text = "{Vale} acted out of weakness, not great courage.";
        assert!(opinion(text).polarity.0 < 0);
        let turned: Vec<_> = terms(text).into_iter().filter(|t| t.1 > 0).collect();
        assert!(!turned.is_empty() && turned.iter().all(|t| t.2.contains(&-740)), "{turned:?}");
    }

    #[test]
    fn neither_reaches_over_a_phrase() {
        let found = opinion("It is a quarrel to which neither {Moss} or {Vale} have any progressive answer.");
        assert!(found.polarity.0 < 0, "{found:?}");
    }

    #[test]
    fn topic_phrases_are_neutral() {
        for text in [
            "{Vale} offered a peace plan.",
            "{Vale} and the anti-war movement met.",
            "{Vale} spoke as well as {Moss}.",
            "{Vale} saw a threat, a conflict and a crisis.",
            "{Vale} bought attack submarines.",
        ] {
            let found = opinion(text);
            assert!(found.polarity.0.abs() < 300, "{text}: {found:?}");
        }
    }

    #[test]
    fn words_inside_names_never_count() {
        let doc = quoted("{Vale} wrote to the {Great Hope Party} and the {Evil Court}.");
        assert!(doc.opinions.iter().all(|o| o.label == Label::Neutral && o.cues.iter().all(|c| c.weight == 0)));
        let named = doc.opinions.iter().flat_map(|o| &o.cues).map(|c| doc.text(c.span));
        assert!(named.into_iter().all(|word| word.is_empty() || word == "wrote"));
    }

    #[test]
    fn news_words_carry_weight() {
        for word in
            ["hypocrisy", "provocations", "imperialism", "propaganda", "encroachment", "aggression", "atrocities"]
        {
            check(&format!("They wrote of {{Vale}}'s {word}."), -1);
        }
    }

    #[test]
    fn a_victim_of_a_deed_is_not_its_doer() {
        for text in ["There was nothing progressive in the invasion of {Vale}.", "{Moss} is trying to goad {Vale}."] {
            assert!(named(text).is_empty());
            check(text, 0);
        }
    }

    #[test]
    fn the_voice_is_that_of_the_words() {
        let author = opinion("{Vale} is corrupt.");
        assert_eq!(author.voice, Voice::Author);
        let both = opinion("“{Vale} is corrupt,” {Moss} said.");
        assert_eq!((both.voice, both.polarity.0 < 0), (Voice::Quoted(0), true));
        let about = opinion("{Vale} is “a corrupt liar,” {Moss} said.");
        assert_eq!((about.voice, about.polarity.0 < 0), (Voice::Quoted(0), true));
        let attributed = opinion("{Moss} said that {Vale} is corrupt.");
        assert_eq!((attributed.voice, attributed.polarity.0 < 0), (Voice::Attributed(0), true));
        let speaker = opinion("{Vale} said that {Moss} is corrupt.");
        assert_eq!((speaker.voice, speaker.label), (Voice::Author, Label::Neutral));
        let own = opinion("{Vale} called it “a corrupt lie” on Monday.");
        assert_eq!(own.voice, Voice::Author);
    }

    #[test]
    fn contributions_sum_to_the_polarity() {
        let texts = [
            "{Vale} is a corrupt, reckless, brutal liar and a shameful, vile, cruel dictator.",
            "{Vale} is a brave, honest, brilliant and corrupt hero of great courage and integrity.",
            "{Moss} denounced {Vale}'s belligerent, hypocritical, shameful propaganda.",
        ];
        for text in texts {
            for opinion in quoted(text).opinions {
                let sum: i32 = opinion.cues.iter().map(|c| c.contribution).sum();
                assert_eq!(sum, i32::from(opinion.polarity.0), "{text}");
                assert!(sum.abs() <= 1000);
            }
        }
        assert!(opinion(texts[0]).polarity.0 < -900);
    }

    #[test]
    fn modifiers_are_kept_as_evidence() {
        let found = opinion("{Vale} is not very honest.");
        let cue = found.cues.iter().find(|c| c.weight > 0).unwrap();
        assert_eq!(cue.modifiers.iter().map(|m| m.1).collect::<Vec<_>>(), [-740, 1300]);
        assert_eq!((cue.rule, cue.distance, cue.contribution < 0), ("predicate", 3, true));
    }

    #[test]
    fn the_user_s_terms_win() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "corrupt,0.9\nfrack*,-1\ndeep green,-1\nbrave,0\n").unwrap();
        let config =
            CorpusConfig { lexicon: Some(SentimentTerms::read(file.path()).unwrap()), ..CorpusConfig::default() };
        let appraised = |text: &str| {
            let mut doc = quoted(text);
            Appraiser::new(&config).annotate(&mut doc);
            doc.opinions[0].clone()
        };
        assert_eq!(appraised("{Vale} is corrupt.").label, Label::Positive);
        assert_eq!(appraised("{Vale} is fracked.").label, Label::Negative);
        let phrase = appraised("{Vale} is deep green.");
        assert_eq!(phrase.label, Label::Negative);
        assert!(phrase.cues.iter().any(|c| c.weight == -1000 && c.contribution < -400), "{phrase:?}");
        let sum: i32 = phrase.cues.iter().map(|c| c.contribution).sum();
        assert_eq!(sum, i32::from(phrase.polarity.0));
        assert_eq!(appraised("{Vale} is brave.").label, Label::Neutral);
    }

    #[test]
    fn tone_counts_words_whatever_they_speak_of() {
        let doc = quoted("{Vale} is corrupt and brave. A cruel war. {Vale} slept.");
        let tones: Vec<_> = doc.tones.iter().map(|t| (t.positive, t.negative)).collect();
        assert_eq!(tones, [(1, 1), (0, 1), (0, 0)]);
    }

    #[test]
    fn curly_marks_and_dashes_change_nothing() {
        assert_eq!(opinion("{Vale} isn’t honest.").polarity, opinion("{Vale} isn't honest.").polarity);
        assert!(opinion("They saw {Vale}’s courage—and left.").polarity.0 > 0);
    }

    #[test]
    fn every_mention_but_demonyms_has_one_opinion() {
        let doc = annotated("Germany praised French wine. France and Germany denounced Russia’s aggression on Monday.");
        let scored: Vec<u32> = doc.opinions.iter().map(|o| o.mention).collect();
        let expected: Vec<u32> = (0..doc.mentions.len() as u32)
            .filter(|&i| doc.mentions[i as usize].role != crate::document::Role::Demonym)
            .collect();
        assert!(!expected.is_empty());
        assert_eq!(scored, expected);
    }

    #[test]
    fn a_long_sentence_stays_linear() {
        let started = std::time::Instant::now();
        annotated(&"Germany and France denounced reckless Russia, ".repeat(20_000));
        assert!(started.elapsed().as_secs() < 60);
    }
}
