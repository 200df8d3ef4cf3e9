//! Where the nodes of a small network stand: springs along edges and repulsion between all (Fruchterman & Reingold
//! 1991), from fixed places and for a fixed number of rounds, so that the same network gives the same picture; then
//! boxes of nodes with their labels are pushed apart. Knows numbers only.

/// A node to be placed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    /// Half of its width, label included.
    pub(super) half_width: f64,
    /// Half of its height, label included.
    pub(super) half_height: f64,
}

/// The size of the picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// Width.
    pub(super) width: f64,
    /// Height.
    pub(super) height: f64,
}

/// Rounds of springs, and of pushing boxes apart.
const ROUNDS: u32 = 400;
const PUSHES: u32 = 300;
/// The angle between one start and the next on a spiral, radians: the golden one, so that none stand in line.
const TURN: f64 = 2.399_963_229_728_653;
/// How strongly everything is drawn to the middle.
const GRAVITY: f64 = 2.2;

/// The middles of the boxes. Edges are pairs of places with a strength from 0 to 1.
pub(super) fn place(boxes: &[Extent], edges: &[(usize, usize, f64)], frame: Frame) -> Vec<[f64; 2]> {
    let mut at = start(boxes.len());
    // The length that suits so many nodes in a square of side 1.
    let ideal = 0.75 / (boxes.len().max(1) as f64).sqrt();
    for round in 0..ROUNDS {
        let step = 0.1 * (1.0 - f64::from(round) / f64::from(ROUNDS)).max(0.02);
        let mut moves = vec![[0.0, 0.0]; at.len()];
        for a in 0..at.len() {
            for b in a + 1..at.len() {
                let (towards, distance) = direction(at[a], at[b]);
                let force = ideal * ideal / distance;
                push(&mut moves, a, b, towards, -force);
            }
        }
        for &(a, b, strength) in edges {
            let (towards, distance) = direction(at[a], at[b]);
            push(&mut moves, a, b, towards, distance * distance / ideal * (0.4 + 0.6 * strength));
        }
        for (place, moved) in at.iter_mut().zip(moves) {
            let moved = [0, 1].map(|axis| moved[axis] - GRAVITY * place[axis]);
            let length = moved[0].hypot(moved[1]).max(1e-9);
            for axis in 0..2 {
                place[axis] += moved[axis] / length * length.min(step);
            }
        }
    }
    stretch(&mut at, boxes, frame);
    separate(&mut at, boxes, frame);
    at
}

/// Places on a spiral around the middle.
fn start(count: usize) -> Vec<[f64; 2]> {
    let place = |index: usize| {
        let (turn, radius) = (index as f64 * TURN, 0.5 * ((index as f64 + 0.5) / count as f64).sqrt());
        [radius * turn.cos(), radius * turn.sin()]
    };
    (0..count).map(place).collect()
}

fn direction(from: [f64; 2], to: [f64; 2]) -> ([f64; 2], f64) {
    let apart = [to[0] - from[0], to[1] - from[1]];
    let distance = apart[0].hypot(apart[1]).max(1e-4);
    ([apart[0] / distance, apart[1] / distance], distance)
}

fn push(moves: &mut [[f64; 2]], a: usize, b: usize, towards: [f64; 2], force: f64) {
    for axis in 0..2 {
        moves[a][axis] += towards[axis] * force;
        moves[b][axis] -= towards[axis] * force;
    }
}

/// Brings all places into the frame, each axis by itself.
fn stretch(at: &mut [[f64; 2]], boxes: &[Extent], frame: Frame) {
    for axis in 0..2 {
        let low = at.iter().map(|place| place[axis]).fold(f64::INFINITY, f64::min);
        let high = at.iter().map(|place| place[axis]).fold(f64::NEG_INFINITY, f64::max);
        let size = if axis == 0 { frame.width } else { frame.height };
        for (place, node) in at.iter_mut().zip(boxes) {
            let margin = if axis == 0 { node.half_width } else { node.half_height };
            let share = if high > low { (place[axis] - low) / (high - low) } else { 0.5 };
            place[axis] = margin + share * (size - 2.0 * margin).max(0.0);
        }
    }
}

/// Pushes boxes that overlap apart, along the axis on which they overlap less, and back into the frame.
fn separate(at: &mut [[f64; 2]], boxes: &[Extent], frame: Frame) {
    for _ in 0..PUSHES {
        let mut still = true;
        for a in 0..at.len() {
            for b in a + 1..at.len() {
                let apart = [at[b][0] - at[a][0], at[b][1] - at[a][1]];
                let over = [
                    boxes[a].half_width + boxes[b].half_width - apart[0].abs(),
                    boxes[a].half_height + boxes[b].half_height - apart[1].abs(),
                ];
                if over[0] <= 0.0 || over[1] <= 0.0 {
                    continue;
                }
                still = false;
                let axis = usize::from(over[1] < over[0]);
                let half = (over[axis] / 2.0 + 0.5) * if apart[axis] < 0.0 { -1.0 } else { 1.0 };
                at[a][axis] -= half;
                at[b][axis] += half;
            }
        }
        for (place, node) in at.iter_mut().zip(boxes) {
            place[0] = place[0].min(frame.width - node.half_width).max(node.half_width);
            place[1] = place[1].min(frame.height - node.half_height).max(node.half_height);
        }
        if still {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame { width: 900.0, height: 560.0 };

    #[test]
    fn labels_stand_apart_and_inside() {
        let boxes = vec![Extent { half_width: 60.0, half_height: 16.0 }; 40];
        let edges: Vec<_> = (1..40).map(|node| (0, node, 0.5)).collect();
        let at = place(&boxes, &edges, FRAME);
        let mut overlaps = 0;
        for a in 0..at.len() {
            assert!(at[a][0] >= 59.9 && at[a][0] <= 840.1 && at[a][1] >= 15.9 && at[a][1] <= 544.1, "{:?}", at[a]);
            for b in a + 1..at.len() {
                overlaps += usize::from((at[a][0] - at[b][0]).abs() < 110.0 && (at[a][1] - at[b][1]).abs() < 28.0);
            }
        }
        assert!(overlaps <= 2, "{overlaps} labels overlap");
    }

    #[test]
    fn no_node_and_one_node_are_placed() {
        assert!(place(&[], &[], FRAME).is_empty());
        let at = place(&[Extent { half_width: 10.0, half_height: 10.0 }], &[], FRAME);
        assert!((at[0][0] - 450.0).abs() < 1.0 && (at[0][1] - 280.0).abs() < 1.0);
    }

    #[test]
    fn what_is_joined_stands_closer() {
        let boxes = vec![Extent { half_width: 5.0, half_height: 5.0 }; 6];
        let at = place(&boxes, &[(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0), (3, 4, 1.0), (4, 5, 1.0), (3, 5, 1.0)], FRAME);
        assert!(direction(at[0], at[1]).1 < direction(at[0], at[4]).1);
    }
}
