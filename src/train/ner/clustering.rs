//! Classes of words: k-means over the directions of their vectors.

use super::embedding::Random;

/// The class of each vector; vectors are scaled to length 1 first.
pub(super) fn k_means(vectors: &[f32], width: usize, classes: usize, rounds: usize, seed: u64) -> Vec<u16> {
    let count = vectors.len() / width;
    let mut vectors = vectors.to_vec();
    vectors.chunks_mut(width).for_each(scale);
    let mut random = Random::new(seed);
    // The first words are the frequent ones; centres start among them.
    let mut centres: Vec<f32> = (0..classes)
        .flat_map(|_| {
            let at = random.below((classes * 12).min(count)) * width;
            vectors[at..at + width].to_vec()
        })
        .collect();
    let mut class = vec![0u16; count];
    for _ in 0..rounds {
        for (vector, class) in vectors.chunks(width).zip(&mut class) {
            let mut best = f32::MIN;
            for (number, centre) in centres.chunks(width).enumerate() {
                let near = dot(vector, centre);
                if near > best {
                    best = near;
                    *class = number as u16;
                }
            }
        }
        centres.fill(0.0);
        for (vector, &class) in vectors.chunks(width).zip(&class) {
            let at = usize::from(class) * width;
            centres[at..at + width].iter_mut().zip(vector).for_each(|(c, v)| *c += v);
        }
        for centre in centres.chunks_mut(width) {
            if centre.iter().all(|c| c.abs() < 1e-9) {
                let at = random.below(count) * width;
                centre.copy_from_slice(&vectors[at..at + width]);
            }
            scale(centre);
        }
    }
    class
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0f32; 8];
    for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for lane in 0..8 {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum()
}

fn scale(vector: &mut [f32]) {
    let length = vector.iter().map(|v| v * v).sum::<f32>().sqrt().max(1e-9);
    vector.iter_mut().for_each(|v| *v /= length);
}
