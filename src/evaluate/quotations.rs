//! Quotations against labelled attributions: `{text, attributions: [{source, cue, content, kind}]}` a line, lists of
//! spans in characters, kinds `direct`, `mixed` and `indirect` (the format of PolNeAR, Newell et al., LREC 2018).
//!
//! Each text goes through the product's own path as a plain-text article. Two spans overlap when they share a
//! character; they are exact when they are equal without marks, full stops, commas and white space at their ends.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::score::share;
use super::{Outcome, Task, gold};
use crate::annotate::annotators;
use crate::config::Config;
use crate::corpus::{self, Entry, Payload, Reader};
use crate::document::{Document, Layer, QuotationKind};
use crate::error::Result;

/// The task.
pub(super) const TASK: Task = Task {
    name: "quotations",
    about: "Quotations and their sources in JSON lines of {text, attributions: [{source, cue, content, kind}]}, lists \
            of spans in characters.",
    run,
};

/// A span in characters.
type Chars = [usize; 2];

#[derive(Deserialize, Serialize)]
struct Gold {
    text: String,
    attributions: Vec<Attribution>,
    #[serde(flatten)]
    other: Map<String, Value>,
}

#[derive(Deserialize, Serialize)]
struct Attribution {
    source: Vec<Chars>,
    cue: Vec<Chars>,
    content: Vec<Chars>,
    kind: String,
    #[serde(flatten)]
    other: Map<String, Value>,
}

#[derive(Serialize)]
struct Predicted {
    source: Vec<Chars>,
    cue: Vec<Chars>,
    content: Vec<Chars>,
    /// The kind in the terms of the gold data; none for words that are only set off by marks.
    kind: Option<&'static str>,
    r#type: &'static str,
    rule: &'static str,
}

#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    gold: &'a Gold,
    predicted: &'a [Predicted],
}

fn run(path: &Path) -> Result<Outcome> {
    let config = Config::default();
    let reader = Reader::new(&config)?;
    let stages = annotators(&config.corpus, Layer::Quotations);
    let mut counts = Counts::default();
    let mut outcome = Outcome::default();
    for gold in gold::records::<Gold>(path)? {
        let bytes = gold.text.clone().into_bytes();
        let entry = Entry {
            path: "article.txt".to_owned(),
            record: 0,
            bytes: bytes.len() as u64,
            payload: Payload::Bytes(bytes),
        };
        let predicted = match reader.read(entry) {
            corpus::Outcome::Article(article) => {
                let mut document = Document::from_article(*article);
                stages.iter().for_each(|stage| stage.annotate(&mut document));
                predicted(&document)
            }
            corpus::Outcome::Skipped(_) => Vec::new(),
        };
        counts.add(&gold, &predicted);
        outcome.predictions += &serde_json::to_string(&Line { gold: &gold, predicted: &predicted }).unwrap_or_default();
        outcome.predictions.push('\n');
    }
    counts.report(&mut outcome.metrics);
    Ok(outcome)
}

/// The quotations of a document, in characters of its file.
fn predicted(document: &Document) -> Vec<Predicted> {
    let places = gold::Characters::of(&document.article.raw);
    let span = |span| {
        let raw = document.article.raw_range(span);
        [places.at(raw.start), places.at(raw.end)]
    };
    let quotation = |quotation: &crate::document::Quotation| Predicted {
        source: quotation.speaker.map(|speaker| span(speaker.span)).into_iter().collect(),
        cue: quotation.cue.map(span).into_iter().collect(),
        content: vec![span(quotation.span)],
        kind: match quotation.kind {
            QuotationKind::Direct | QuotationKind::MultiParagraph => Some("direct"),
            QuotationKind::Partial | QuotationKind::Nested => Some("mixed"),
            QuotationKind::Indirect => Some("indirect"),
            QuotationKind::Scare => None,
        },
        r#type: quotation.kind.name(),
        rule: quotation.rule,
    };
    document.quotations.iter().map(quotation).collect()
}

/// How many were predicted and are right, and how many there are and were found: one prediction may find several.
#[derive(Clone, Copy, Debug, Default)]
struct Matches {
    predicted: u64,
    right: u64,
    gold: u64,
    found: u64,
}

impl Matches {
    fn predict(&mut self, right: bool) {
        self.predicted += 1;
        self.right += u64::from(right);
    }

    fn find(&mut self, found: bool) {
        self.gold += 1;
        self.found += u64::from(found);
    }
}

/// How often one kind of gold attribution was found, and with which source.
#[derive(Debug, Default)]
struct Kind {
    overlap: Matches,
    exact: Matches,
    /// Attributions with a source; of these with any source predicted; with one that overlaps; with one that is exact.
    sources: u64,
    answered: u64,
    source_overlap: u64,
    source_exact: u64,
}

#[derive(Debug, Default)]
struct Counts {
    direct: Kind,
    mixed: Kind,
    indirect: Kind,
    /// Predicted quotations in marks, scare quotes apart, and those that overlap a direct or mixed attribution.
    marked: Matches,
    /// As above, exact.
    marked_exact: Matches,
}

impl Counts {
    fn kind(&mut self, name: &str) -> &mut Kind {
        match name {
            "direct" => &mut self.direct,
            "mixed" => &mut self.mixed,
            _ => &mut self.indirect,
        }
    }

    fn add(&mut self, gold: &Gold, predicted: &[Predicted]) {
        let text: Vec<char> = gold.text.chars().collect();
        let equal = |a: &Chars, b: &Chars| trimmed(&text, *a) == trimmed(&text, *b);
        // What is in marks is compared with what is in marks, and what is not with everything that is not direct.
        let comparable = |kind: &str, predicted: &Predicted| match predicted.kind {
            Some("indirect") => kind != "direct",
            Some(_) => kind != "indirect",
            None => false,
        };
        for found in predicted {
            let Some(kind) = found.kind else { continue };
            let like = gold.attributions.iter().filter(|a| comparable(&a.kind, found));
            let (mut overlap, mut exact) = (false, false);
            for attribution in like {
                overlap |= any(&attribution.content, &found.content, overlaps);
                exact |= any(&attribution.content, &found.content, equal);
            }
            self.kind(kind).overlap.predict(overlap);
            self.kind(kind).exact.predict(exact);
            if kind != "indirect" {
                self.marked.predict(overlap);
                self.marked_exact.predict(exact);
            }
        }
        for attribution in &gold.attributions {
            // Scare quotes are in marks too: they count as found where a person saw a quotation.
            let like = predicted.iter().filter(|p| p.kind.is_none() || comparable(&attribution.kind, p));
            let best = like
                .filter(|p| any(&attribution.content, &p.content, overlaps))
                .max_by_key(|p| (shared(&attribution.content, &p.content), std::cmp::Reverse(p.content[0][0])));
            let exact = best.is_some_and(|p| any(&attribution.content, &p.content, equal));
            let kind = self.kind(&attribution.kind);
            kind.overlap.find(best.is_some());
            kind.exact.find(exact);
            if attribution.source.is_empty() {
                continue;
            }
            kind.sources += 1;
            if let Some(found) = best {
                kind.answered += u64::from(!found.source.is_empty());
                kind.source_overlap += u64::from(any(&attribution.source, &found.source, overlaps));
                kind.source_exact += u64::from(any(&attribution.source, &found.source, equal));
            }
        }
    }

    fn report(&self, metrics: &mut Vec<(String, f64)>) {
        let mut push = |name: String, value: f64| metrics.push((name, value));
        push("reported_in_marks".into(), self.marked.predicted as f64);
        push("reported_in_marks_precision_overlap".into(), share(self.marked.right, self.marked.predicted));
        push("reported_in_marks_precision_exact".into(), share(self.marked_exact.right, self.marked_exact.predicted));
        for (name, kind) in [("direct", &self.direct), ("mixed", &self.mixed), ("indirect", &self.indirect)] {
            push(format!("{name}_gold"), kind.overlap.gold as f64);
            push(format!("{name}_predicted"), kind.overlap.predicted as f64);
            for (matching, score) in [("overlap", kind.overlap), ("exact", kind.exact)] {
                push(format!("{name}_precision_{matching}"), share(score.right, score.predicted));
                push(format!("{name}_recall_{matching}"), share(score.found, score.gold));
            }
            push(format!("{name}_sources"), kind.sources as f64);
            push(format!("{name}_source_accuracy_overlap"), share(kind.source_overlap, kind.sources));
            push(format!("{name}_source_accuracy_exact"), share(kind.source_exact, kind.sources));
            push(format!("{name}_source_precision_overlap"), share(kind.source_overlap, kind.answered));
        }
    }
}

/// Whether any pair of two lists fits.
fn any(a: &[Chars], b: &[Chars], fits: impl Fn(&Chars, &Chars) -> bool) -> bool {
    a.iter().any(|a| b.iter().any(|b| fits(a, b)))
}

fn overlaps(a: &Chars, b: &Chars) -> bool {
    a[0] < b[1] && b[0] < a[1]
}

/// Characters that two lists of spans share.
fn shared(a: &[Chars], b: &[Chars]) -> usize {
    let both = |a: &Chars, b: &Chars| a[1].min(b[1]).saturating_sub(a[0].max(b[0]));
    a.iter().map(|a| b.iter().map(|b| both(a, b)).sum::<usize>()).sum()
}

/// A span without marks and spaces at its ends.
fn trimmed(text: &[char], [mut start, mut end]: Chars) -> Chars {
    end = end.min(text.len());
    let edge = |c: char| c.is_whitespace() || "\"'“”‘’«».,".contains(c);
    while start < end && edge(text[start]) {
        start += 1;
    }
    while end > start && edge(text[end - 1]) {
        end -= 1;
    }
    [start, end]
}

#[cfg(test)]
mod tests {
    use super::run;

    /// The metrics of a file with one text, its attributions as JSON.
    fn metric(text: &str, attributions: &str, name: &str) -> f64 {
        let file = tempfile::NamedTempFile::new().unwrap();
        let line = format!("{{\"id\":1,\"text\":{text:?},\"attributions\":{}}}\n", attributions.replace('\n', " "));
        std::fs::write(file.path(), line).unwrap();
        let outcome = run(file.path()).unwrap();
        let line: serde_json::Value = serde_json::from_str(outcome.predictions.trim()).unwrap();
        assert!(line["predicted"].is_array() && line["id"] == 1, "{line}");
        outcome.metrics.iter().find(|metric| metric.0 == name).unwrap().1
    }

    const TEXT: &str = "A Road\n\nThe caf\u{e9} is old. \u{201c}We will not wait for the road,\u{201d} Ann Vale said. \
                        The mayor said that the port would close.";

    #[test]
    fn spans_are_characters_of_the_file() {
        let gold = r#"[{"source":[[58,66]],"cue":[[67,71]],"content":[[25,57]],"kind":"direct","x":1},
                       {"source":[[73,82]],"cue":[[83,87]],"content":[[88,113]],"kind":"indirect"}]"#;
        let close = |name: &str, value: f64| {
            let found = metric(TEXT, gold, name);
            assert!((found - value).abs() < 1e-9, "{name}: {found}");
        };
        close("direct_recall_exact", 1.0);
        close("reported_in_marks_precision_overlap", 1.0);
        close("direct_source_accuracy_exact", 1.0);
        close("indirect_recall_overlap", 1.0);
        close("indirect_source_accuracy_overlap", 1.0);
        // The gold content begins with `that`.
        close("indirect_recall_exact", 0.0);
    }

    #[test]
    fn what_nobody_labelled_is_an_error() {
        assert!(metric(TEXT, "[]", "reported_in_marks_precision_overlap").abs() < 1e-9);
        assert!((metric(TEXT, "[]", "reported_in_marks") - 1.0).abs() < 1e-9);
    }
}
