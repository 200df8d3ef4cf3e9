//! Precision, recall and F1 from counts.

/// How many things were found, how many there are, and how many of the found ones are right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Score {
    /// Right ones.
    pub(super) right: u64,
    /// Predicted ones.
    pub(super) predicted: u64,
    /// Gold ones.
    pub(super) gold: u64,
}

impl Score {
    /// Adds the items that are in both of two sorted lists, and the lengths of the lists.
    pub(super) fn add<T: Ord>(&mut self, predicted: &[T], gold: &[T]) {
        self.right += predicted.iter().filter(|item| gold.binary_search(item).is_ok()).count() as u64;
        self.predicted += predicted.len() as u64;
        self.gold += gold.len() as u64;
    }

    /// Share of the predicted that is right; 0 where nothing was predicted.
    pub(super) fn precision(&self) -> f64 {
        share(self.right, self.predicted)
    }

    /// Share of the gold that was found; 0 where there is none.
    pub(super) fn recall(&self) -> f64 {
        share(self.right, self.gold)
    }

    /// Harmonic mean of precision and recall.
    pub(super) fn f1(&self) -> f64 {
        share(2 * self.right, self.predicted + self.gold)
    }

    /// Appends `<name>_precision`, `<name>_recall` and `<name>_f1`.
    pub(super) fn report(&self, name: &str, metrics: &mut Vec<(String, f64)>) {
        for (suffix, value) in [("precision", self.precision()), ("recall", self.recall()), ("f1", self.f1())] {
            metrics.push((format!("{name}_{suffix}"), value));
        }
    }
}

/// A part of a whole, 0 of nothing.
pub(super) fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::Score;

    #[test]
    fn f1_is_the_harmonic_mean() {
        let mut score = Score::default();
        score.add(&[1, 2, 3, 4], &[2, 4, 6]);
        assert_eq!(score, Score { right: 2, predicted: 4, gold: 3 });
        let harmonic = 2.0 / (1.0 / score.precision() + 1.0 / score.recall());
        assert!((score.f1() - harmonic).abs() < 1e-12 && (score.f1() - 4.0 / 7.0).abs() < 1e-12);
        assert!(Score::default().f1().abs() < 1e-12);
    }
}
