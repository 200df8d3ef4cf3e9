//! Training of the tagger of names: `words` learns classes of words from text, `ner` weights from labelled sentences.

mod clustering;
mod embedding;
mod name_lists;
mod perceptron;
mod samples;
mod scoring;
mod synthetic;
pub(super) mod words;

use self::perceptron::{Learnt, Plan, learn};
use self::samples::Sample;
use super::{Sources, Trainer};
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::labelled;
use crate::model::tagger::feature::group;
use crate::model::tagger::lists::NameLists;
use crate::model::tagger::model::{Model, seal};
use crate::model::tagger::passage::Knowledge;
use crate::model::tagger::tag::TAGS;
use crate::model::tagger::vocabulary::Vocabulary;

/// The trainer.
pub(super) const TRAINER: Trainer =
    Trainer { name: "ner", about: "The tagger of names, from files of a word, a tab and a label a line.", run };

/// Of so many sentences one is learnt in capitals as well.
const SHOUTED: usize = 12;
/// Made-up lines.
const SYNTHETIC: usize = 600;
/// Rows that are kept: those with the largest weights.
const ROWS: usize = 170_000;

fn run(sources: &Sources, say: &mut dyn FnMut(&str)) -> Result<Vec<u8>> {
    let Some(words) = &sources.words else {
        return Err(Error::new(ErrorKind::Option, "--words is missing", "run `byline train words` first"));
    };
    let file = std::fs::read(words).map_err(|cause| Error::io(ErrorKind::Read, words, cause))?;
    let lists = name_lists::read(&sources.lists)?;
    let knowledge = Knowledge { vocabulary: Vocabulary::open(&file)?, lists: NameLists::new(lists.iter().copied()) };
    let mut gold = Vec::new();
    for path in &sources.gold {
        let sentences = labelled::read(path)?;
        gold.extend(samples::samples(&sentences, &knowledge));
        gold.extend(samples::samples(&synthetic::shouted(&sentences, SHOUTED), &knowledge));
    }
    gold.extend(samples::samples(&synthetic::sentences(&sources.lists, SYNTHETIC)?, &knowledge));
    let mut dev = Vec::new();
    for path in &sources.dev {
        dev.push((path.display().to_string(), samples::read(path, &knowledge)?));
    }
    let gold: Vec<&Sample> = gold.iter().collect();
    let plan = Plan { groups: group::ALL, passes: 6, orders: 5, least: 3 };
    let compact = compact(&learn(&gold, plan, say), ROWS);
    scoring::tell("all features", &dev, &compact.model(), group::ALL, say);
    if sources.ablate {
        for (name, bit) in group::NAMES {
            let groups = group::ALL & !bit;
            let plan = Plan { groups, orders: 1, ..plan };
            let model = self::compact(&learn(&gold, plan, say), ROWS).model();
            scoring::tell(&format!("without {name}"), &dev, &model, groups, say);
        }
    }
    say(&format!("{} rows, {} names of the lists", compact.rows.len(), lists.len()));
    Ok(seal(&lists, &compact.transitions, &compact.rows))
}

/// Learnt weights as small whole numbers.
struct Compact {
    rows: Vec<(u32, [i8; TAGS])>,
    transitions: Vec<[i16; TAGS]>,
}

impl Compact {
    fn model(&self) -> Model {
        let mut transitions = [[0.0; TAGS]; TAGS + 1];
        for (to, from) in transitions.iter_mut().zip(&self.transitions) {
            to.iter_mut().zip(from).for_each(|(to, &from)| *to = f32::from(from));
        }
        Model::new(self.rows.iter().copied(), transitions)
    }
}

/// Keeps the rows with the largest weights, in steps that let nearly all of them fit a byte.
fn compact(learnt: &Learnt, most: usize) -> Compact {
    let largest = |row: &[f32; TAGS]| row.iter().fold(0f32, |most, weight| most.max(weight.abs()));
    let mut order: Vec<usize> = (0..learnt.rows.len()).collect();
    order.sort_by(|&a, &b| largest(&learnt.rows[b]).total_cmp(&largest(&learnt.rows[a])).then(a.cmp(&b)));
    order.truncate(most);
    let step = order.get(order.len() / 2_000).map_or(1.0, |&at| 120.0 / largest(&learnt.rows[at]).max(1e-6));
    order.sort_unstable();
    let byte = |weight: f32| (weight * step).round().clamp(-127.0, 127.0) as i8;
    let rows = order.iter().map(|&at| (learnt.keys[at], learnt.rows[at].map(byte)));
    let score = |score: f32| (score * step).round().clamp(-30_000.0, 30_000.0) as i16;
    Compact { rows: rows.collect(), transitions: learnt.transitions.iter().map(|row| row.map(score)).collect() }
}
