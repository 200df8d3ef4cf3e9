//! Sentiment towards targets against people's judgment: JSON lines of `{text, start, end, polarity}`, offsets in
//! characters, polarity -1, 0 or 1. The target is taken as it is marked; all else is what a run does.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::score::{Score, share};
use super::{Outcome, Task, gold};
use crate::annotate::{Annotator, annotators, sentiment::Appraiser};
use crate::config::CorpusConfig;
use crate::document::{
    AliasRule, Article, Byte, Document, Entity, EntityId, EntityKind, Label, Layer, Mention, Passage, PassageKind,
    Role, Span,
};
use crate::error::Result;

/// The task.
pub(super) const TASK: Task = Task {
    name: "sentiment",
    about: "Sentiment towards a target in JSON lines of {text, start, end, polarity}, offsets in characters.",
    run,
};

/// A labelled target.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Gold {
    pub(crate) text: String,
    /// First character of the target.
    pub(crate) start: usize,
    /// After its last character.
    pub(crate) end: usize,
    /// What people say: -1, 0 or 1.
    #[serde(default)]
    pub(crate) polarity: i8,
    /// What a teacher says: probabilities of negative, neutral and positive.
    #[cfg(feature = "train")]
    #[serde(default)]
    pub(crate) p: Option<[f32; 3]>,
    #[serde(flatten)]
    pub(crate) other: Map<String, Value>,
}

#[derive(Serialize)]
struct Predicted<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    polarity: i8,
    #[serde(flatten)]
    other: &'a Map<String, Value>,
    predicted: i8,
    probabilities: [f64; 3],
}

/// Equal parts of the range of confidence in which it is compared with accuracy.
const BINS: usize = 10;

fn run(path: &Path) -> Result<Outcome> {
    let mut scores = [Score::default(); 3];
    let mut bins = [(0u64, 0u64, 0.0f64); BINS];
    let mut outcome = Outcome::default();
    for gold in gold::records::<Gold>(path)? {
        let (predicted, probabilities) = judge(&gold);
        for (class, score) in (-1i8..=1).zip(&mut scores) {
            score.predicted += u64::from(predicted == class);
            score.gold += u64::from(gold.polarity == class);
            score.right += u64::from(predicted == class && gold.polarity == class);
        }
        let confidence = probabilities[(predicted + 1) as usize];
        let bin = &mut bins[((confidence * BINS as f64) as usize).min(BINS - 1)];
        *bin = (bin.0 + 1, bin.1 + u64::from(predicted == gold.polarity), bin.2 + confidence);
        let (text, start, end, polarity, other) = (&gold.text, gold.start, gold.end, gold.polarity, &gold.other);
        let line = Predicted { text, start, end, polarity, other, predicted, probabilities };
        outcome.predictions += &serde_json::to_string(&line).unwrap_or_default();
        outcome.predictions.push('\n');
    }
    let right = scores.iter().map(|s| s.right).sum();
    let all: u64 = scores.iter().map(|s| s.gold).sum();
    let mut metric = |name: &str, value: f64| outcome.metrics.push((name.to_owned(), value));
    metric("targets", all as f64);
    metric("accuracy", share(right, all));
    metric("macro_f1", scores.iter().map(Score::f1).sum::<f64>() / 3.0);
    for (name, score) in ["negative", "neutral", "positive"].into_iter().zip(&scores) {
        metric(&format!("{name}_precision"), score.precision());
        metric(&format!("{name}_recall"), score.recall());
        metric(&format!("{name}_f1"), score.f1());
    }
    // Expected calibration error (Guo et al. 2017): gap between accuracy and confidence, weighted by size of bin.
    let gap: f64 = bins.iter().map(|&(_, right, confidence)| (right as f64 - confidence).abs()).sum();
    metric("calibration_error", gap / all.max(1) as f64);
    Ok(outcome)
}

/// What a run says of a marked target.
fn judge(gold: &Gold) -> (i8, [f64; 3]) {
    let (mut doc, mention) = targeted(gold);
    Appraiser::default().annotate(&mut doc);
    let opinion = doc.opinions.iter().find(|o| o.mention as usize == mention);
    opinion.map_or((0, [0.0, 1.0, 0.0]), |opinion| {
        let predicted = match opinion.label {
            Label::Negative => -1,
            Label::Neutral | Label::Mixed => 0,
            Label::Positive => 1,
        };
        (predicted, opinion.probabilities.map(|p| f64::from(p) / 1000.0))
    })
}

/// A text through all stages but the last, with the marked target as a mention in place of those that overlap it; the
/// number of that mention.
pub(crate) fn targeted(gold: &Gold) -> (Document, usize) {
    let text: String = gold.text.clone();
    let passages = vec![Passage { kind: PassageKind::Paragraph, span: Span::new(0, text.len() as u32) }];
    let byte = |character: usize| text.char_indices().nth(character).map_or(text.len(), |(at, _)| at) as u32;
    let span: Span<Byte> = Span::new(byte(gold.start), byte(gold.end));
    let article = Article { raw: text.clone(), text, passages, language: "en".to_owned(), ..Article::default() };
    let mut doc = Document::from_article(article);
    let config = CorpusConfig { language: Some("en".to_owned()), ..CorpusConfig::default() };
    let stages = annotators(&config, Layer::Quotations);
    for stage in stages.iter().filter(|stage| stage.layer() < Layer::Quotations) {
        stage.annotate(&mut doc);
    }
    let mention = put(&mut doc, span);
    for stage in stages.iter().filter(|stage| stage.layer() == Layer::Quotations) {
        stage.annotate(&mut doc);
    }
    (doc, mention)
}

fn put(doc: &mut Document, span: Span<Byte>) -> usize {
    let same = doc.mentions.iter().find(|m| m.span.overlaps(span)).map(|m| m.entity);
    doc.mentions.retain(|m| !m.span.overlaps(span));
    let entity = same.unwrap_or(EntityId(doc.entities.len() as u32));
    if same.is_none() {
        let name = doc.text(span).to_owned();
        doc.entities.push(Entity { name, kind: EntityKind::Person });
    }
    let first = doc.tokens.partition_point(|t| t.span.end <= span.start) as u32;
    let last = (doc.tokens.partition_point(|t| t.span.start < span.end) as u32).max(first + 1);
    let at = doc.mentions.partition_point(|m| m.span.start < span.start);
    let mention = Mention {
        span,
        tokens: Span::new(first, last),
        sentence: doc.sentences.partition_point(|s| s.tokens.end <= first) as u32,
        entity,
        role: Role::Name,
        rule: AliasRule::Exact,
        confidence: 100,
        quotation: None,
    };
    doc.mentions.insert(at, mention);
    at
}

#[cfg(test)]
mod tests {
    use super::run;

    #[test]
    fn predictions_come_with_the_gold_and_figures_agree_with_them() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let gold = "{\"id\":7,\"text\":\"“Café owner” Vale is a corrupt, reckless liar.\",\"start\":13,\"end\":17,\"polarity\":-1}\n\
                    {\"text\":\"Vale arrived on Tuesday.\",\"start\":0,\"end\":4,\"polarity\":0}\n\
                    {\"text\":\"Vale is a brave, honest hero.\",\"start\":0,\"end\":4,\"polarity\":-1}\n";
        std::fs::write(file.path(), gold).unwrap();
        let outcome = run(file.path()).unwrap();
        let lines: Vec<serde_json::Value> =
            outcome.predictions.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines[0]["id"], 7);
        assert_eq!((&lines[0]["predicted"], &lines[2]["predicted"]), (&(-1).into(), &1.into()), "{lines:?}");
        let sum: f64 = lines[1]["probabilities"].as_array().unwrap().iter().filter_map(|p| p.as_f64()).sum();
        assert!((sum - 1.0).abs() < 0.003);
        let metric = |name: &str| outcome.metrics.iter().find(|metric| metric.0 == name).unwrap().1;
        assert!((metric("accuracy") - 2.0 / 3.0).abs() < 1e-9, "{:?}", outcome.metrics);
        assert!((metric("negative_recall") - 0.5).abs() < 1e-9);
    }
}
