//! Names against labelled sentences: a name is right when its first word, its last word and its type are. Persons,
//! organisations and places count; nationalities and other names do not.

use std::path::Path;

use super::labelled::{self, Labelled, Sentence};
use super::score::Score;
use super::{Outcome, Task};
use crate::annotate::annotators;
use crate::config::CorpusConfig;
use crate::document::{Byte, Document, EntityKind, Layer, Mention, Role, Span};
use crate::error::Result;

/// The task.
pub(super) const TASK: Task = Task {
    name: "ner",
    about: "Names in lines of a word, a tab and a label (B-PER, I-ORG, O), a blank line between sentences.",
    run,
};

/// Sentences that are read as one document, since files do not say where documents end.
const TOGETHER: usize = 20;

fn run(path: &Path) -> Result<Outcome> {
    let sentences = labelled::read(path)?;
    let mut scores = [("PER", Score::default()), ("ORG", Score::default()), ("LOC", Score::default())];
    let mut outcome = Outcome::default();
    for together in sentences.chunks(TOGETHER) {
        let (article, places) = labelled::joined(together);
        let mut doc = Document::from_article(article);
        for stage in annotators(&CorpusConfig::default(), Layer::Entities) {
            stage.annotate(&mut doc);
        }
        for (sentence, places) in together.iter().zip(&places) {
            let found = found(&doc, places);
            let gold = sentence.names();
            for (label, score) in &mut scores {
                let of = |names: &[Labelled]| -> Vec<(usize, usize)> {
                    names.iter().filter(|n| n.label == *label).map(|n| (n.words.start, n.words.end)).collect()
                };
                score.add(&of(&found), &of(&gold));
            }
            write(sentence, &found, &mut outcome.predictions);
        }
    }
    let mut all = Score::default();
    for (_, score) in &scores {
        all.right += score.right;
        all.predicted += score.predicted;
        all.gold += score.gold;
    }
    all.report("ner", &mut outcome.metrics);
    for (label, score) in &scores {
        score.report(&label.to_lowercase(), &mut outcome.metrics);
        outcome.metrics.push((format!("{}_gold", label.to_lowercase()), score.gold as f64));
    }
    Ok(outcome)
}

/// The names that the product finds in a sentence, over its words; parts of a word are none.
fn found(doc: &Document, places: &[Span<Byte>]) -> Vec<Labelled> {
    let (Some(first), Some(last)) = (places.first(), places.last()) else { return Vec::new() };
    let from = doc.mentions.partition_point(|m| m.span.end <= first.start);
    let inside = doc.mentions[from..].iter().take_while(|m| m.span.start < last.end);
    inside.filter_map(|mention| over_words(doc, mention, places)).collect()
}

fn over_words(doc: &Document, mention: &Mention, places: &[Span<Byte>]) -> Option<Labelled> {
    let start = places.partition_point(|place| place.end <= mention.span.start);
    let end = places.partition_point(|place| place.start < mention.span.end);
    // A dot may be left out (`Corp.`), nothing else.
    let tail = mention.span.end as usize..places.get(end.checked_sub(1)?)?.end.max(mention.span.end) as usize;
    let whole = places.get(start)?.start >= mention.span.start && matches!(&doc.article.text[tail], "" | ".");
    whole.then(|| Labelled { words: start..end, label: label(doc, mention) })
}

/// The type of a mention as the labels have it.
fn label(doc: &Document, mention: &Mention) -> &'static str {
    match doc.entities[mention.entity.0 as usize].kind {
        _ if mention.role == Role::Demonym => "MISC",
        EntityKind::Person => "PER",
        EntityKind::Org => "ORG",
        EntityKind::Gpe | EntityKind::Loc | EntityKind::Facility => "LOC",
        EntityKind::Event | EntityKind::Misc => "MISC",
    }
}

/// Writes the words with the gold label and the predicted one.
fn write(sentence: &Sentence, found: &[Labelled], out: &mut String) {
    let mut labels = vec![String::from("O"); sentence.words.len()];
    for name in found {
        for at in name.words.clone() {
            let place = if at == name.words.start { "B" } else { "I" };
            labels[at] = format!("{place}-{}", name.label);
        }
    }
    for ((word, gold), label) in sentence.words.iter().zip(&sentence.labels).zip(&labels) {
        out.push_str(&format!("{word}\t{gold}\t{label}\n"));
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::run;

    fn evaluate(text: &str) -> super::Outcome {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        run(file.path()).unwrap()
    }

    #[test]
    fn names_are_compared_over_words() {
        let gold =
            "Angela\tB-PER\nMerkel\tI-PER\nleft\tO\nBerlin\tB-GPE\n.\tO\n\nThe\tO\nChinese\tB-MISC\nleft\tO\n.\tO\n";
        let outcome = evaluate(gold);
        let metric = |name: &str| outcome.metrics.iter().find(|metric| metric.0 == name).unwrap().1;
        assert!((metric("ner_f1") - 1.0).abs() < 1e-9, "{:?}", outcome.metrics);
        assert!(outcome.predictions.starts_with("Angela\tB-PER\tB-PER\nMerkel\tI-PER\tI-PER\n"));
    }

    #[test]
    fn a_line_without_a_label_is_told() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "Rome\tB-LOC\nfell\n").unwrap();
        assert!(run(file.path()).unwrap_err().to_string().contains("line 2"));
        std::fs::write(file.path(), "Rome\tPLACE\n").unwrap();
        assert!(run(file.path()).unwrap_err().to_string().contains("PLACE"));
    }
}
