//! Vectors of words from running text: skip-gram with negative sampling (Mikolov and others 2013), with an output matrix
//! for each place around the word (structured skip-gram, Ling and others 2015), which suits classes of words better.

/// Places before and behind a word that it predicts.
const PLACES: [i32; 4] = [-2, -1, 1, 2];
/// Words drawn at random against each neighbour.
const NEGATIVES: usize = 4;
/// Words more frequent than this share are passed over at random.
const FREQUENT: f64 = 3e-4;

/// Numbers at random, the same on every machine (xorshift64*).
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub(super) fn below(&mut self, bound: usize) -> usize {
        ((self.next() >> 33) as usize) % bound
    }

    /// From 0 to 1.
    pub(super) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// A vector of `width` numbers for each word. `text` holds word numbers, `counts.len()` where a sentence ends or a word
/// is rare.
pub(super) fn train(text: &[u32], counts: &[u64], width: usize, passes: usize, say: &mut dyn FnMut(&str)) -> Vec<f32> {
    let words = counts.len();
    let total: u64 = counts.iter().sum();
    let mut random = Random::new(7);
    let mut input: Vec<f32> = (0..words * width).map(|_| (random.share() as f32 - 0.5) / width as f32).collect();
    let mut output = vec![0f32; PLACES.len() * words * width];
    let kept: Vec<f64> = counts.iter().map(|&c| (FREQUENT * total as f64 / c as f64).sqrt().min(1.0)).collect();
    let drawn = drawing_table(counts);
    let sigmoid: Vec<f32> = (0..1024).map(|i| 1.0 / (1.0 + (-(i as f32 - 512.0) / 64.0).exp())).collect();
    let steps = text.len() * passes;
    let mut step = 0;
    let mut change = vec![0f32; width];
    let mut near: Vec<u32> = Vec::new();
    for pass in 0..passes {
        let mut at = 0;
        while at < text.len() {
            near.clear();
            while at < text.len() && near.len() < 1_000 {
                let word = text[at];
                at += 1;
                step += 1;
                if word as usize >= words {
                    if near.len() > 1 {
                        break;
                    }
                    near.clear();
                } else if random.share() < kept[word as usize] {
                    near.push(word);
                }
            }
            let rate = 0.05 * (1.0 - step as f32 / steps as f32).max(1e-3);
            for here in 0..near.len() {
                let word = near[here] as usize;
                for (place, offset) in PLACES.iter().enumerate() {
                    let Some(&other) = near.get((here as i32 + offset) as usize) else { continue };
                    change.fill(0.0);
                    let vector = &mut input[word * width..(word + 1) * width];
                    for draw in 0..=NEGATIVES {
                        let (target, label) =
                            if draw == 0 { (other, 1.0) } else { (drawn[random.below(drawn.len())], 0.0) };
                        if draw > 0 && target == other {
                            continue;
                        }
                        let row = (place * words + target as usize) * width;
                        let target = &mut output[row..row + width];
                        let dot: f32 = vector.iter().zip(target.iter()).map(|(a, b)| a * b).sum();
                        let chance = sigmoid[((dot * 64.0 + 512.0) as i32).clamp(0, 1023) as usize];
                        let slope = (label - chance) * rate;
                        for ((c, t), v) in change.iter_mut().zip(target.iter_mut()).zip(vector.iter()) {
                            *c += slope * *t;
                            *t += slope * v;
                        }
                    }
                    for (v, c) in vector.iter_mut().zip(&change) {
                        *v += c;
                    }
                }
            }
        }
        say(&format!("vectors: pass {} of {passes}", pass + 1));
    }
    input
}

/// Word numbers in proportion to their counts to the power 0.75.
fn drawing_table(counts: &[u64]) -> Vec<u32> {
    let weights: Vec<f64> = counts.iter().map(|&c| (c as f64).powf(0.75)).collect();
    let total: f64 = weights.iter().sum();
    let size = 4_000_000.0;
    let mut table = Vec::new();
    for (word, weight) in weights.iter().enumerate() {
        let times = (weight / total * size).ceil() as usize;
        table.extend(std::iter::repeat_n(word as u32, times));
    }
    table
}
