//! Training of the model of sentiment towards a target: softmax regression over hashed features by stochastic gradient
//! descent with a step for each weight (AdaGrad, Duchi et al. 2011), on what people and a teacher say of targets.
//!
//! Lines with probabilities `p` are a teacher's: they are learned as they are, so that what the teacher doubts stays
//! in doubt (distillation, Hinton et al. 2015). The temperature (Guo et al. 2017) is chosen on a part of what people
//! say, judged by a model that has not learned that part; dev files only tell how well the model does.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::annotate::sentiment as annotate;
use crate::error::Result;
use crate::evaluate::gold;
use crate::evaluate::sentiment::{Gold, targeted};
use crate::model::sentiment as model;

use super::{Sources, Trainer, grammar};

/// The trainer.
pub(super) const TRAINER: Trainer = Trainer {
    name: "sentiment",
    about: "Sentiment towards a target, from JSON lines of {text, start, end} with polarity or probabilities p.",
    run,
};

const ROUNDS: usize = 5;
const STEP: f32 = 0.1;
/// The weights are the mean of those after so many last rounds.
const AVERAGED: usize = 3;
/// Least number of targets that have a feature.
const FREQUENT: u32 = 2;
/// Weight of a teacher's line against one of people.
const TEACHER: f32 = 1.0;
/// How many made-up sentences teach grammar, and their weight.
const GRAMMAR: (usize, f32) = (120_000, 1.0);
/// Pull of each weight towards 0, at each of its updates.
const DECAY: f32 = 1e-5;
/// How much of a label of people is spread over all labels.
const DOUBT: f32 = 0.1;

/// One of so many parts of what people say is held out to choose the temperature.
const HELD: usize = 3;
/// Equal parts of the range of confidence in which it is compared with accuracy.
const BINS: usize = 10;

struct Example {
    features: Vec<(u32, f32)>,
    aim: [f32; 3],
    weight: f32,
    /// Whether people gave the label.
    by_people: bool,
}

fn examples(paths: &[std::path::PathBuf]) -> Result<Vec<Example>> {
    let mut all = Vec::new();
    for path in paths {
        for gold in gold::records::<Gold>(path)? {
            let by_people = gold.p.is_none();
            all.push(Example { by_people, ..example(&gold, if by_people { 1.0 } else { TEACHER }) });
        }
    }
    Ok(all)
}

fn example(gold: &Gold, weight: f32) -> Example {
    let (doc, mention) = targeted(gold);
    let features = annotate::features(&doc, mention);
    let label = |class: i8| (1.0 - DOUBT) * f32::from(u8::from(gold.polarity == class)) + DOUBT / 3.0;
    Example { features, aim: gold.p.unwrap_or([label(-1), label(0), label(1)]), weight, by_people: false }
}

struct Learner {
    weights: Vec<Weight>,
    bias: [f32; 2],
}

/// What is learned of a feature: weights of negative and positive, and the sums of squares of their gradients.
#[derive(Clone, Copy, Default)]
struct Weight {
    weights: [f32; 2],
    squares: [f32; 2],
}

impl Learner {
    fn logits(&self, features: &[(u32, f32)]) -> [f64; 2] {
        let mut sum = [f64::from(self.bias[0]), f64::from(self.bias[1])];
        for &(row, value) in features {
            let weights = self.weights[row as usize].weights;
            sum[0] += f64::from(weights[0] * value);
            sum[1] += f64::from(weights[1] * value);
        }
        sum
    }

    fn learn(&mut self, example: &Example, step: f32) {
        let p = model::softmax(self.logits(&example.features));
        let errors = [0, 2].map(|class| (p[class] as f32 - example.aim[class]) * example.weight);
        for &(row, value) in &example.features {
            let Weight { weights, squares } = &mut self.weights[row as usize];
            for side in 0..2 {
                let gradient = errors[side] * value + DECAY * weights[side];
                squares[side] += gradient * gradient;
                weights[side] -= step * gradient / (squares[side].sqrt() + 1e-6);
            }
        }
        for (bias, error) in self.bias.iter_mut().zip(errors) {
            *bias -= step * 0.02 * error;
        }
    }
}

fn run(sources: &Sources, say: &mut dyn FnMut(&str)) -> Result<Vec<u8>> {
    let mut train = examples(&sources.gold)?;
    train.extend(grammar::sentences(GRAMMAR.0).iter().map(|gold| example(gold, GRAMMAR.1)));
    let mut dev = examples(&sources.dev)?;
    let found: usize = train.iter().map(|e| e.features.len()).sum();
    let known = frequent(&train);
    let numbers: HashMap<u32, u32, FixedState> = known.iter().map(|feature| feature.0).zip(0..).collect();
    for example in train.iter_mut().chain(&mut dev) {
        number(&mut example.features, &numbers);
    }
    let rows = known.len();
    say(&format!("{} targets, {} features each, {rows} kept", train.len(), found / train.len().max(1)));
    let all: Vec<&Example> = train.iter().collect();
    let mut learner = fit(&all, rows);
    let kept = prune(&mut learner, &known);
    let temperature = temperature(&train, rows);
    let told = told(&learner, &dev, temperature);
    say(&format!("{} features in the file, temperature {temperature:.2}{told}", kept.len()));
    Ok(sealed(&learner, &known, &kept, temperature))
}

/// Learns; the weights are the mean of those after the last rounds.
fn fit(train: &[&Example], rows: usize) -> Learner {
    let mut learner = Learner { weights: vec![Weight::default(); rows], bias: [0.0; 2] };
    let mut order: Vec<usize> = (0..train.len()).collect();
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut sums = vec![[0.0f32; 2]; rows];
    for round in 0..ROUNDS {
        shuffle(&mut order, &mut random);
        let step = STEP * (1.0 - round as f32 / ROUNDS as f32);
        for &at in &order {
            learner.learn(train[at], step);
        }
        if round + AVERAGED >= ROUNDS {
            for (sum, weight) in sums.iter_mut().zip(&learner.weights) {
                *sum = [0, 1].map(|side| sum[side] + weight.weights[side] / AVERAGED as f32);
            }
        }
    }
    for (weight, sum) in learner.weights.iter_mut().zip(sums) {
        weight.weights = sum;
    }
    learner
}

/// The hashes of features of at least [`FREQUENT`] targets with their number of targets, the most frequent first, so that
/// what is looked at most lies together in memory.
fn frequent(train: &[Example]) -> Vec<(u32, u32)> {
    let mut all: Vec<u32> = Vec::with_capacity(train.iter().map(|example| example.features.len()).sum());
    let mut own: Vec<u32> = Vec::new();
    for example in train {
        own.clear();
        own.extend(example.features.iter().map(|feature| feature.0));
        own.sort_unstable();
        own.dedup();
        all.extend_from_slice(&own);
    }
    all.sort_unstable();
    let counted = all.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32));
    let mut known: Vec<(u32, u32)> = counted.filter(|&(_, count)| count >= FREQUENT).collect();
    known.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    known
}

/// Hashes to numbers; what is not frequent is left out.
fn number(features: &mut Vec<(u32, f32)>, numbers: &HashMap<u32, u32, FixedState>) {
    let of = |&(hash, value): &(u32, f32)| Some((*numbers.get(&hash)?, value));
    *features = features.iter().filter_map(of).collect();
}

/// Leaves in each bucket of the file the features that matter most, weighs the others nothing, and gives the numbers of
/// those that stay.
fn prune(learner: &mut Learner, known: &[(u32, u32)]) -> Vec<usize> {
    let matters = |at: usize| {
        let [negative, positive] = learner.weights[at].weights;
        let most = negative.abs().max(positive.abs()).max((negative - positive).abs());
        most * (known[at].1 as f32).sqrt()
    };
    // In the order of hashes those of a bucket follow each other.
    let mut numbers: Vec<usize> = (0..known.len()).collect();
    numbers.sort_unstable_by_key(|&at| known[at].0);
    let mut kept = Vec::new();
    for bucket in numbers.chunk_by(|&a, &b| model::bucket_of(known[a].0) == model::bucket_of(known[b].0)) {
        let mut bucket = bucket.to_vec();
        bucket.sort_by(|&a, &b| matters(b).total_cmp(&matters(a)).then(a.cmp(&b)));
        kept.extend(bucket.into_iter().take(model::BUCKET));
    }
    kept.sort_unstable();
    let mut next = kept.iter().peekable();
    for (at, weight) in learner.weights.iter_mut().enumerate() {
        if next.next_if(|kept| **kept == at).is_none() {
            *weight = Weight::default();
        }
    }
    kept
}

fn told(learner: &Learner, dev: &[Example], temperature: f64) -> String {
    if dev.is_empty() {
        return String::new();
    }
    let (accuracy, f1, calibration) = quality(learner, dev, temperature);
    format!("; dev accuracy {accuracy:.4}, macro F1 {f1:.4}, calibration error {calibration:.4}")
}

/// Fisher and Yates's shuffle with a fixed source of numbers (xorshift), so that training twice gives the same bytes.
fn shuffle(order: &mut [usize], random: &mut u64) {
    for last in (1..order.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        order.swap(last, (*random % (last as u64 + 1)) as usize);
    }
}

fn most(of: [f64; 3]) -> usize {
    (0..3).max_by(|&a, &b| of[a].total_cmp(&of[b])).unwrap_or(1)
}

/// Accuracy, macro F1 and expected calibration error, 0 to 1.
fn quality(learner: &Learner, dev: &[Example], temperature: f64) -> (f64, f64, f64) {
    let mut table = [[0.0; 3]; 3];
    let mut gaps = [0.0; BINS];
    for example in dev {
        let p = model::softmax(learner.logits(&example.features).map(|logit| logit / temperature));
        let (gold, found) = (most(example.aim.map(f64::from)), most(p));
        table[gold][found] += 1.0;
        gaps[((p[found] * BINS as f64) as usize).min(BINS - 1)] += f64::from(u8::from(gold == found)) - p[found];
    }
    let f1 = |c: usize| {
        let (gold, found): (f64, f64) = (table[c].iter().sum(), table.iter().map(|row| row[c]).sum());
        2.0 * table[c][c] / (gold + found).max(1.0)
    };
    let right: f64 = (0..3).map(|c| table[c][c]).sum();
    let size = (dev.len() as f64).max(1.0);
    (right / size, (f1(0) + f1(1) + f1(2)) / 3.0, gaps.iter().map(|gap: &f64| gap.abs()).sum::<f64>() / size)
}

/// The divisor of logits that makes the labels of people most likely, the first of [`HELD`] parts of which is judged by a
/// model that has not learned it; 1 without such labels.
fn temperature(train: &[Example], rows: usize) -> f64 {
    let people: Vec<usize> = (0..train.len()).filter(|&at| train[at].by_people).collect();
    // Lines of one document follow each other, so a part in a row shares few documents with the others.
    let held = &people[..people.len() / HELD];
    if held.is_empty() {
        return 1.0;
    }
    let others: Vec<&Example> =
        (0..train.len()).filter(|at| held.binary_search(at).is_err()).map(|at| &train[at]).collect();
    let learner = fit(&others, rows);
    let judge = |&at: &usize| (learner.logits(&train[at].features), most(train[at].aim.map(f64::from)));
    let judged: Vec<([f64; 2], usize)> = held.iter().map(judge).collect();
    let loss = |temperature: f64| -> f64 {
        let of = |&(logits, class): &([f64; 2], usize)| {
            -model::softmax(logits.map(|logit| logit / temperature))[class].max(1e-9).ln()
        };
        judged.iter().map(of).sum()
    };
    let tried = (50..=300).map(|percent| f64::from(percent) / 100.0);
    tried.map(|t| (loss(t), t)).min_by(|a, b| a.0.total_cmp(&b.0)).map_or(1.0, |(_, t)| t)
}

fn sealed(learner: &Learner, known: &[(u32, u32)], kept: &[usize], temperature: f64) -> Vec<u8> {
    let mut sizes: Vec<f32> = kept.iter().flat_map(|&at| learner.weights[at].weights).map(f32::abs).collect();
    sizes.sort_unstable_by(f32::total_cmp);
    // The few largest weights are cut, so that the others keep their digits.
    let most = sizes.get(sizes.len() - sizes.len() / 2000 - 1).copied().unwrap_or(1.0).max(1e-6);
    let unit = most / f32::from(i8::MAX);
    // A conversion of Rust from float to integer cuts what is out of range.
    let whole = |weight: f32| (weight / unit).round() as i8;
    let features: Vec<(u32, [i8; 2])> =
        kept.iter().map(|&at| (known[at].0, learner.weights[at].weights.map(whole))).collect();
    let divided = |value: f32| (f64::from(value) / temperature) as f32;
    model::seal(divided(unit), learner.bias.map(divided), &features)
}
