//! The sentiment stage: how each mention is spoken of, in whose voice, and by which words.
//!
//! Reads every layer above; writes `Document::opinions`. The embedded model judges each mention by its own sentence:
//! `view` lays the sentence out, `feature` looks at it from the target, `score` sums weights. Byline's lexicon with its
//! grammatical relations (`term`, `scene`, `target`, `modifier`) gives features, the voice, and names for evidence.
//! Words inside mentions never count.

mod evidence;
mod feature;
mod marks;
mod modifier;
mod scene;
mod score;
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
use self::term::Hit;
use self::view::View;
use crate::annotate::Annotator;
use crate::document::{Document, Label, Layer, Mention, Opinion, Polarity, Role, Sentence};
use crate::model::sentiment::{self, Model};

/// Least strength of a relation, thousandths, that is looked at.
const LEAST: i32 = 25;

/// Writes `Document::opinions`.
#[derive(Debug, Default)]
pub struct Appraiser;

impl Annotator for Appraiser {
    fn layer(&self) -> Layer {
        Layer::Opinions
    }

    fn annotate(&self, doc: &mut Document) {
        // Lexicons and model are English: what is not is left without a score.
        if doc.article.is_english() {
            doc.opinions = opinions(doc, sentiment::embedded());
        }
    }
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
    let stage = Stage::new(doc, sentence, first..last, &marks);
    let (related, _) = stage.related(mention);
    stage.asked(mention, &related).map(|asked| Collected::of(&stage.view, &asked).scaled()).unwrap_or_default()
}

fn opinions(doc: &Document, model: &Model<'_>) -> Vec<Opinion> {
    let marks = Marks::new(doc);
    let mut found = Vec::with_capacity(doc.mentions.len());
    let mut next = 0;
    while next < doc.mentions.len() {
        let sentence = doc.mentions[next].sentence;
        let last = next + doc.mentions[next..].partition_point(|m| m.sentence == sentence);
        if let Some(sentence) = doc.sentences.get(sentence as usize) {
            let stage = Stage::new(doc, sentence, next..last, &marks);
            let scorer = Scorer::new(model, &stage.view);
            let scored = (next..last).filter(|&index| doc.mentions[index].role != Role::Demonym);
            found.extend(scored.filter_map(|index| stage.opinion(index, &scorer)));
        }
        next = last.max(next + 1);
    }
    found
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
    fn new(doc: &'a Document, sentence: &Sentence, mentions: Range<usize>, marks: &'a Marks) -> Self {
        let scene = Scene::new(doc, sentence, &marks.name_starts);
        let mut hits = term::hits(doc, sentence.tokens.range(), marks);
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

    fn opinion(&self, index: usize, scorer: &Scorer<'_>) -> Option<Opinion> {
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
        if label != Label::Neutral || score.abs() >= evidence::FAINT || !related.is_empty() {
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
mod tests {
    use crate::annotate::fixture::{annotated, quoted};
    use crate::document::{Label, Opinion, Voice};

    /// The opinion on the first mention of `{Vale}`.
    fn opinion(text: &str) -> Opinion {
        let doc = quoted(text);
        let index = doc.mentions.iter().position(|m| doc.text(m.span) == "Vale").unwrap();
        doc.opinions[index].clone()
    }

    fn sign(text: &str) -> i16 {
        match opinion(text).label {
            Label::Negative => -1,
            Label::Neutral | Label::Mixed => 0,
            Label::Positive => 1,
        }
    }

    #[track_caller]
    fn check(text: &str, expected: i16) {
        let found = opinion(text);
        assert_eq!(sign(text), expected, "{text}: {found:?}");
    }

    /// Sentences with the sign that `Vale` must receive.
    const SENTENCES: &[(&str, i16)] = &[
        // judgments: the object is judged, the subject is not
        ("{Moss} slammed {Vale} on Monday.", -1),
        ("{Vale} slammed {Moss} on Monday.", 0),
        ("{Moss} denounced {Vale} in a letter.", -1),
        ("{Vale} denounced {Moss} in a letter.", 0),
        ("{Moss} praised {Vale} for the bridge.", 1),
        ("{Vale} praised {Moss} for the bridge.", 0),
        ("{Vale} was praised by {Moss} on Monday.", 1),
        ("{Moss} was praised by {Vale} on Monday.", 0),
        ("{Vale} was slammed by {Moss} on Monday.", -1),
        ("{Moss} was slammed by {Vale} on Monday.", 0),
        ("{Vale} has been accused of fraud.", -1),
        ("{Vale} accuses {Moss} of fraud.", 0),
        ("{Moss} accused {Vale} of fraud.", -1),
        ("{Vale}, accused of fraud, left the hall.", -1),
        ("The two hit out at {Vale} over the road.", -1),
        ("{Moss} hailed {Vale} as a hero.", 1),
        ("{Moss} condemned {Vale} and {Reed} alike.", -1),
        ("{Moss} thanked {Vale} for the book.", 1),
        ("{Moss} criticised {Vale}.", -1),
        ("{Moss} mocked {Vale} over lunch.", -1),
        ("{Moss} lashed out at {Vale}.", -1),
        ("{Moss} welcomed {Vale} to the town.", 1),
        // attacks: the object is hit, and the subject does it
        ("{Moss} attacked {Vale} in a speech.", -1),
        ("{Vale} was attacked by {Moss} in a speech.", -1),
        ("{Moss} threatened {Vale} again.", -1),
        // deeds: the subject does them
        ("{Vale} invaded the valley at dawn.", -1),
        ("{Vale} deceived the voters for years.", -1),
        ("{Vale} recklessly escalated the quarrel.", -1),
        ("{Vale} lied about the money.", -1),
        ("{Vale} rescued the children.", 1),
        ("They fear {Vale}’s steady build-up near {Moss}, which undermines the peace and stability of the bay.", -1),
        ("{Vale} has undermined the unity and stability of the town.", -1),
        // nouns of judgment
        ("The paper printed sharp criticism of {Vale}.", -1),
        ("There was a letter of criticism from {Vale}.", 0),
        ("{Moss} was praised by {Vale} for generous help.", 0),
        ("“This is madness,” said {Vale}’s {Moss}.", 0),
        ("{Vale} faces criticism over the road.", -1),
        ("{Vale} drew praise for the road.", 1),
        ("There was much praise for {Vale} in town.", 1),
        // owners, predicates, modifiers
        ("They spoke of {Vale}'s hypocrisy.", -1),
        ("They met {Vale}’s belligerent propaganda with silence.", -1),
        ("They saw {Vale}'s courage.", 1),
        ("{Vale} is corrupt.", -1),
        ("{Vale} is honest and brave.", 1),
        ("{Vale} was reckless with the money.", -1),
        ("The corrupt {Vale} left the hall.", -1),
        ("The brilliant {Vale} left the hall.", 1),
        ("{Vale} seems incompetent.", -1),
        ("{Vale} remains a hero to many.", 1),
        ("They described {Vale} as a liar.", -1),
        ("The road is intolerable to {Vale}.", 0),
        ("It is {Vale} aggression in the valley.", -1),
        ("The aggression against {Vale} went on.", 0),
        // negation
        ("{Vale} is not honest.", -1),
        ("{Vale} isn’t honest.", -1),
        ("{Vale} isn't corrupt.", 1),
        ("{Vale} is not only honest but brave.", 1),
        ("{Vale} was never corrupt.", 1),
        ("{Vale} is hardly honest.", -1),
        ("{Vale} was neither honest nor brave.", -1),
        ("{Vale} failed to be honest.", -1),
        ("There was absolutely nothing progressive about {Vale}.", -1),
        ("{Moss} did not praise {Vale}.", -1),
        ("{Moss} refused to praise {Vale}.", -1),
        ("It was a barely disguised criticism of {Vale}.", -1),
        ("Not surprisingly, {Moss} slammed {Vale}.", -1),
        ("{Moss} urged {Vale} to stop undermining the town.", -1),
        ("{Vale} is very corrupt.", -1),
        ("{Vale} is no doubt brave.", 1),
        // topic words and irony stay neutral
        ("{Vale} spoke about the war and the peace talks.", 0),
        ("{Vale} discussed the security crisis.", 0),
        ("{Vale} leads the party as well as the council.", 0),
        ("{Vale} went to the criminal court.", 0),
        ("{Vale} strengthened military ties.", 0),
        ("{Vale} arrived on Tuesday.", 0),
        ("{Vale} found yet another way to lose the keys of the town.", 0),
        ("Thanks for nothing, {Vale}.", 0),
        ("{Vale} voted for the budget.", 0),
    ];

    #[test]
    fn plain_sentences_get_the_expected_sign() {
        let wrong: Vec<_> = SENTENCES.iter().filter(|(text, expected)| sign(text) != *expected).collect();
        let right = SENTENCES.len() - wrong.len();
        println!("{right} of {} sentences right; wrong: {wrong:?}", SENTENCES.len());
        assert!(SENTENCES.len() >= 60);
        assert!(right * 100 >= SENTENCES.len() * 90, "{wrong:?}");
    }

    #[test]
    fn not_only_is_no_negation() {
        check("The plan of {Vale} was not only admirable but cheap.", 1);
    }

    #[test]
    fn not_a_quality_negates_the_words_behind_it() {
        let found = opinion("{Vale} acted out of weakness, not great courage.");
        assert!(found.polarity.0 < 0);
        assert!(found.cues.iter().filter(|c| !c.modifiers.is_empty()).all(|c| c.contribution < 0), "{found:?}");
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
            check(text, 0);
        }
    }

    #[test]
    fn words_inside_names_never_count() {
        let doc = quoted("{Vale} wrote to the {Great Hope Party} and the {Evil Court}.");
        assert!(doc.opinions.iter().all(|o| o.polarity.0 == 0 && o.cues.is_empty()));
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
        check("There was nothing progressive in the invasion of {Vale}.", 0);
        check("{Moss} is trying to goad {Vale}.", 0);
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
        assert_eq!((speaker.voice, speaker.polarity.0), (Voice::Author, 0));
        let own = opinion("{Vale} called it “a corrupt lie” on Monday.");
        assert_eq!((own.voice, own.polarity.0), (Voice::Author, 0));
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
        assert_eq!(opinion(texts[0]).polarity.0, -1000);
    }

    #[test]
    fn modifiers_are_kept_as_evidence() {
        let found = opinion("{Vale} is not very honest.");
        let factors: Vec<i16> = found.cues[0].modifiers.iter().map(|m| m.1).collect();
        assert_eq!(factors, [-740, 1300]);
        assert_eq!((found.cues[0].rule, found.cues[0].distance), ("predicate", 3));
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
