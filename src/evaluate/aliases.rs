//! Who is who in a document, against human coreference: a folder of JSON files `{id, text, clusters: [{id, mentions:
//! [{start, end, etype, name_start, name_end}]}]}`, offsets in characters. Only mentions with a name count.
//!
//! Two questions. *Given gold mentions*: the product merges the names that people marked, as if its tagger had found
//! them. *End to end*: its own mentions, matched to gold names by span; a name that it did not find stands alone.
//! Pairwise F1 is over pairs of mentions of one document; B-cubed (Bagga and Baldwin 1998) averages over mentions the
//! share of the predicted cluster that belongs to the gold cluster (precision), and the other way round (recall).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Value, json};

use super::score::{Score, share};
use super::tokens::laid_out;
use super::{Outcome, Task, gold};
use crate::annotate::annotators_for;
use crate::annotate::entity::given::{self, Given};
use crate::config::{CorpusConfig, EntityConfig, Metonyms};
use crate::document::{Document, EntityKind, Layer, Mention, Span};
use crate::error::{Error, ErrorKind, Result};

/// The task.
pub(super) const TASK: Task = Task {
    name: "aliases",
    about: "Who is who in a document: pairwise and B-cubed F1 over the named mentions of a folder of JSON files.",
    run,
};

#[derive(Deserialize)]
struct Gold {
    #[serde(default)]
    id: String,
    text: String,
    clusters: Vec<Cluster>,
}

#[derive(Deserialize)]
struct Cluster {
    mentions: Vec<Marked>,
}

#[derive(Deserialize)]
struct Marked {
    #[serde(default)]
    etype: String,
    name_start: Option<u32>,
    name_end: Option<u32>,
}

/// A named mention of the gold data.
struct Named {
    /// Cluster and mention, as they are numbered in the file.
    place: (usize, usize),
    /// Characters.
    span: [u32; 2],
    kind: Option<EntityKind>,
}

fn run(path: &Path) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for file in files(path)? {
        let text = gold::text(&file)?;
        let malformed = |cause: serde_json::Error| gold::malformed(&file, cause.line(), &cause.to_string());
        let gold: Gold = serde_json::from_str(&text).map_err(malformed)?;
        let mut value: Value = serde_json::from_str(&text).map_err(malformed)?;
        let (named, given, spans, found) = predict(&gold);
        let part = if is_held_out(&gold.id) { ["given", "given_held_out"] } else { ["given", "given_dev"] };
        for part in part {
            tallies.entry(part).or_default().add(&named, &given);
        }
        tallies.entry("given_without_kinds").or_default().add(&named, &spans);
        tallies.entry("end_to_end").or_default().add(&named, &found);
        value["predicted"] = predicted(&named, &given, &found);
        outcome.predictions += &serde_json::to_string(&value).unwrap_or_default();
        outcome.predictions.push('\n');
    }
    for (part, tally) in tallies {
        tally.report(part, &mut outcome.metrics);
    }
    Ok(outcome)
}

/// The JSON files of a folder, or below it, by path; a file stands for itself.
fn files(path: &Path) -> Result<Vec<PathBuf>> {
    let failed = |cause| Error::io(ErrorKind::Read, path, cause);
    if !std::fs::metadata(path).map_err(failed)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?.path();
        if entry.is_dir() {
            found.extend(files(&entry)?);
        } else if entry.extension().is_some_and(|ending| ending == "json") {
            found.push(entry);
        }
    }
    found.sort();
    Ok(found)
}

/// Whether a document is kept for the last measurement: the rules were tuned on the others.
fn is_held_out(id: &str) -> bool {
    id.bytes().map(u32::from).sum::<u32>().is_multiple_of(3)
}

/// For each named mention its entity; none for one that stands alone.
type Entities = Vec<Option<u32>>;

/// The named mentions in text order, and for each its entity given gold mentions, given their spans alone, and end to
/// end.
fn predict(gold: &Gold) -> (Vec<Named>, Entities, Entities, Entities) {
    let mut document = laid_out(&gold.text);
    // People who label coreference keep a capital apart from the country whose government it stands for.
    let as_places = EntityConfig { metonyms: Metonyms::Off, ..EntityConfig::default() };
    for stage in annotators_for(&CorpusConfig::default(), &as_places, Layer::Entities) {
        stage.annotate(&mut document);
    }
    let characters = gold::Characters::of(&document.article.text);
    let bytes: Vec<u32> = document.article.text.char_indices().map(|(at, _)| at as u32).collect();
    let byte = |at: u32| bytes.get(at as usize).copied().unwrap_or(document.article.text.len() as u32);
    let mut named = named(gold);
    named.sort_by_key(|name| (name.span, name.place));
    let span = |name: &Named| Span::new(byte(name.span[0]), byte(name.span[1]));
    let as_given = |kind: fn(&Named) -> Option<EntityKind>| {
        named.iter().map(|name| Given { span: span(name), kind: kind(name), sure: kind(name).is_some() }).collect()
    };
    let names: Vec<Given> = as_given(|name| name.kind);
    let given = entities(&document, &names);
    let spans = entities(&document, &as_given(|_| None));
    let found = named.iter().zip(&names).map(|(name, own)| found_at(&document, &characters, name, own)).collect();
    (named, given, spans, found)
}

fn entities(document: &Document, names: &[Given]) -> Entities {
    let mut entities = vec![None; names.len()];
    let (_, mentions, kept) = given::resolve(document, names, Metonyms::Off);
    for (mention, at) in mentions.iter().zip(kept) {
        entities[at] = Some(mention.entity.0);
    }
    entities
}

fn named(gold: &Gold) -> Vec<Named> {
    let mut named = Vec::new();
    for (cluster, at) in gold.clusters.iter().zip(0..) {
        for (mention, within) in cluster.mentions.iter().zip(0..) {
            if let (Some(start), Some(end)) = (mention.name_start, mention.name_end) {
                named.push(Named { place: (at, within), span: [start, end], kind: kind(&mention.etype) });
            }
        }
    }
    named
}

/// The kind of byline that a type of the gold data is closest to; none where it has no type.
fn kind(etype: &str) -> Option<EntityKind> {
    Some(match etype.to_ascii_lowercase().as_str() {
        "person" | "per" => EntityKind::Person,
        "organization" | "organisation" | "org" => EntityKind::Org,
        "place" | "gpe" => EntityKind::Gpe,
        "location" | "loc" => EntityKind::Loc,
        "event" => EntityKind::Event,
        "object" | "facility" | "fac" | "product" => EntityKind::Facility,
        "" => return None,
        _ => EntityKind::Misc,
    })
}

/// The entity of byline's own mention with the span of a gold name, give or take an article, the titles before a
/// person's name or a possessive ending: people who label differ in what they count to a name.
fn found_at(document: &Document, characters: &gold::Characters, name: &Named, own: &Given) -> Option<u32> {
    let core = own.span.end - given::without_titles(document.text(own.span)).len() as u32;
    let is_it = |mention: &&Mention| {
        let [start, end] = characters.span(mention.span);
        let first = start >= name.span[0] && start <= name.span[0] + 4;
        let titled = name.kind == Some(EntityKind::Person) && mention.span.start == core;
        (first || titled) && end <= name.span[1] && end + 2 >= name.span[1]
    };
    let from = document.mentions.partition_point(|mention| mention.span.end <= own.span.start);
    document.mentions[from..]
        .iter()
        .take_while(|mention| mention.span.start < own.span.end)
        .find(is_it)
        .map(|mention| mention.entity.0)
}

fn predicted(named: &[Named], given: &[Option<u32>], found: &[Option<u32>]) -> Value {
    let row = |((name, given), found): ((&Named, &Option<u32>), &Option<u32>)| json!({"start": name.span[0], "end": name.span[1], "cluster": name.place.0, "given": given, "end_to_end": found});
    named.iter().zip(given).zip(found).map(row).collect()
}

/// What is added up over documents.
#[derive(Default)]
struct Tally {
    pairs: Score,
    mentions: u64,
    found: u64,
    /// Sums over mentions of B-cubed precision and recall.
    precision: f64,
    recall: f64,
}

impl Tally {
    fn add(&mut self, named: &[Named], entities: &[Option<u32>]) {
        // A mention without an entity stands alone.
        let alone = |at: usize, entity: &Option<u32>| entity.map_or((1, at as u32), |entity| (0, entity));
        let (mut both, mut predicted, mut gold) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let keys: Vec<_> =
            named.iter().zip(entities).enumerate().map(|(at, (name, e))| (alone(at, e), name.place.0)).collect();
        for &(entity, cluster) in &keys {
            *both.entry((entity, cluster)).or_insert(0_u64) += 1;
            *predicted.entry(entity).or_insert(0_u64) += 1;
            *gold.entry(cluster).or_insert(0_u64) += 1;
        }
        for key in &keys {
            let shared = both[key];
            self.precision += share(shared, predicted[&key.0]);
            self.recall += share(shared, gold[&key.1]);
        }
        self.mentions += keys.len() as u64;
        self.found += entities.iter().flatten().count() as u64;
        self.pairs.right += both.values().map(|n| pairs(*n)).sum::<u64>();
        self.pairs.predicted += predicted.values().map(|n| pairs(*n)).sum::<u64>();
        self.pairs.gold += gold.values().map(|n| pairs(*n)).sum::<u64>();
    }

    fn report(&self, part: &str, metrics: &mut Vec<(String, f64)>) {
        metrics.push((format!("{part}_mentions"), self.mentions as f64));
        metrics.push((format!("{part}_mentions_found"), self.found as f64));
        self.pairs.report(&format!("{part}_pairwise"), metrics);
        let mean = |sum: f64| if self.mentions == 0 { 0.0 } else { sum / self.mentions as f64 };
        let (precision, recall) = (mean(self.precision), mean(self.recall));
        let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
        for (suffix, value) in [("precision", precision), ("recall", recall), ("f1", f1)] {
            metrics.push((format!("{part}_bcubed_{suffix}"), value));
        }
    }
}

/// Pairs among so many.
fn pairs(number: u64) -> u64 {
    number * number.saturating_sub(1) / 2
}
