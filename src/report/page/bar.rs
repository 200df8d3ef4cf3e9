//! Bars of one table row, as small SVG pictures that stretch to their cell. Printers keep them, which they do not with
//! backgrounds. The number stands beside each, so the picture is hidden from readers of screens.

use std::fmt::{self, Display, Formatter};

/// A bar from the left edge; its length is a share, 0 to 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bar(pub(super) f64);

impl Display for Bar {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let width = (self.0 * 100.0).clamp(0.4, 100.0);
        f.write_str("<svg class=\"bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">")?;
        write!(f, "<rect width=\"{width:.1}\" height=\"10\"/></svg>")
    }
}

/// Fewest scored mentions whose mean is shown without doubt.
pub(super) const FEW: u64 = 5;

/// A score to either side of a middle line, with its interval as a whisker. Pale where few mentions stand behind it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Diverging {
    /// -1 to 1.
    pub(super) score: f64,
    /// The 95 percent interval, when it is known.
    pub(super) interval: Option<(f64, f64)>,
    /// Mentions behind it.
    pub(super) mentions: u64,
    /// The score at the right edge.
    pub(super) scale: f64,
}

impl Display for Diverging {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let at = |score: f64| (score / self.scale * 100.0).clamp(-100.0, 100.0);
        let (end, side) = (at(self.score), if self.score < 0.0 { "neg" } else { "pos" });
        let few = if self.mentions < FEW { " few" } else { "" };
        f.write_str("<svg class=\"two\" viewBox=\"-100 0 200 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">")?;
        write!(
            f,
            "<rect class=\"{side}{few}\" x=\"{:.1}\" y=\"1\" width=\"{:.1}\" height=\"8\"/>",
            end.min(0.0),
            end.abs()
        )?;
        if let Some((low, high)) = self.interval.filter(|(low, high)| low < high) {
            write!(f, "<path class=\"ci\" d=\"M{:.1} 5H{:.1}\"/>", at(low), at(high))?;
        }
        f.write_str("<path class=\"mid\" d=\"M0 0V10\"/></svg>")
    }
}

/// A score at the edge of a picture that leaves room for the largest of some: a multiple of 0.2.
pub(super) fn scale(scores: impl Iterator<Item = f64>) -> f64 {
    let most = scores.fold(0.0, |most: f64, score| most.max(score.abs()));
    ((most * 5.0).ceil() / 5.0).clamp(0.2, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edge_is_a_round_number() {
        assert!((scale([0.1, -0.45].into_iter()) - 0.6).abs() < 1e-9);
        assert!((scale([].into_iter()) - 0.2).abs() < 1e-9);
        assert!((scale([-1.0].into_iter()) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn few_mentions_are_pale_and_have_no_whisker() {
        let one = Diverging { score: -0.5, interval: None, mentions: 1, scale: 1.0 }.to_string();
        assert!(one.contains("neg few") && !one.contains("\"ci\""), "{one}");
        let many = Diverging { score: 0.5, interval: Some((0.2, 0.8)), mentions: 9, scale: 1.0 }.to_string();
        assert!(many.contains("\"pos\"") && many.contains("M20.0 5H80.0"), "{many}");
    }
}
