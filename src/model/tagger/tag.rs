//! Tags of tokens (BIOES: begin, inside, outside, end, single), which may follow which, and the best sequence (Viterbi).

use std::array::from_fn;
use std::sync::LazyLock;

/// What a tagged name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum NameType {
    /// A person.
    Person,
    /// An organisation, firm, team or band.
    Org,
    /// A place, a state, a building.
    Place,
    /// Any other name: an event, a work, a nationality.
    Misc,
}

impl NameType {
    /// All types, in the order of their tags.
    pub(crate) const ALL: [NameType; 4] = [NameType::Person, NameType::Org, NameType::Place, NameType::Misc];
}

/// Number of tags: one for what is no name and four for each type.
pub(crate) const TAGS: usize = 1 + 4 * NameType::ALL.len();
/// The tag of what is no name.
pub(crate) const OUTSIDE: u8 = 0;

/// A name in a sequence: first token, token after the last, type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Name {
    /// First token.
    pub(crate) start: usize,
    /// Token after the last.
    pub(crate) end: usize,
    /// What it is.
    pub(crate) is: NameType,
}

/// The tag of a place in a name: whether it is the first and the last token.
#[cfg(any(test, feature = "train"))]
pub(crate) fn tag(is: NameType, first: bool, last: bool) -> u8 {
    let place = match (first, last) {
        (true, false) => 0,
        (false, false) => 1,
        (false, true) => 2,
        (true, true) => 3,
    };
    1 + 4 * is as u8 + place
}

/// Whether a tag goes on behind its token.
fn is_open(tag: usize) -> bool {
    tag > 0 && (tag - 1) % 4 < 2
}

/// Whether a tag goes on from the token before.
fn goes_on(tag: usize) -> bool {
    tag > 0 && matches!((tag - 1) % 4, 1 | 2)
}

/// Whether `next` may stand behind `before`; `TAGS` is the edge of a sequence.
fn follows(before: usize, next: usize) -> bool {
    let open = before < TAGS && is_open(before);
    let on = next < TAGS && goes_on(next);
    if open { on && (before - 1) / 4 == (next - 1) / 4 } else { !on }
}

/// The names of a sequence of tags.
pub(crate) fn names(tags: &[u8]) -> impl Iterator<Item = Name> {
    let mut start = 0;
    tags.iter().enumerate().filter_map(move |(at, &tag)| {
        let tag = usize::from(tag);
        if tag == 0 {
            return None;
        }
        if !goes_on(tag) {
            start = at;
        }
        let is = NameType::ALL[(tag - 1) / 4];
        (!is_open(tag)).then_some(Name { start, end: at + 1, is })
    })
}

/// Scores of one tag behind another; the row `TAGS` is the start of a sequence.
pub(crate) type Transitions = [[f32; TAGS]; TAGS + 1];
/// Scores of every tag for one token; `None` where the token can only be outside.
pub(crate) type Scores = Option<[f32; TAGS]>;

/// For each tag the tags that may stand before it.
static BEFORE: LazyLock<[Vec<u8>; TAGS]> =
    LazyLock::new(|| from_fn(|next| (0..TAGS).filter(|&before| follows(before, next)).map(|tag| tag as u8).collect()));

/// Finds best sequences; keeps its tables between calls.
#[derive(Clone, Debug, Default)]
pub(crate) struct Decoder {
    best: Vec<[f32; TAGS]>,
    from: Vec<[u8; TAGS]>,
}

/// The score of what cannot be.
const NEVER: f32 = -1e30;

impl Decoder {
    /// Writes the best sequence of tags.
    pub(crate) fn decode(&mut self, scores: &[Scores], transitions: &Transitions, tags: &mut Vec<u8>) {
        tags.clear();
        tags.resize(scores.len(), OUTSIDE);
        let mut at = 0;
        // Names lie in stretches of tokens that can be one; between them nothing is to be decided.
        while at < scores.len() {
            let Some(length) = scores[at..].iter().position(Option::is_none).filter(|&l| l == 0) else {
                let end = scores[at..].iter().position(Option::is_none).map_or(scores.len(), |l| at + l);
                let edges = (at == 0, end == scores.len());
                self.stretch(&scores[at..end], edges, transitions, &mut tags[at..end]);
                at = end;
                continue;
            };
            at += length + 1;
        }
    }

    fn stretch(
        &mut self,
        scores: &[Scores],
        (opens, closes): (bool, bool),
        transitions: &Transitions,
        tags: &mut [u8],
    ) {
        self.best.clear();
        self.from.clear();
        for (at, scores) in scores.iter().enumerate() {
            let scores = scores.unwrap_or([0.0; TAGS]);
            let mut best = [NEVER; TAGS];
            let mut from = [0u8; TAGS];
            for next in 0..TAGS {
                if at == 0 {
                    if follows(TAGS, next) {
                        let edge = if opens { TAGS } else { usize::from(OUTSIDE) };
                        best[next] = transitions[edge][next] + scores[next];
                    }
                    continue;
                }
                let held = &self.best[at - 1];
                for &before in &BEFORE[next] {
                    let score = held[usize::from(before)] + transitions[usize::from(before)][next];
                    if score > best[next] {
                        best[next] = score;
                        from[next] = before;
                    }
                }
                best[next] += scores[next];
            }
            self.best.push(best);
            self.from.push(from);
        }
        let Some(last) = self.best.last_mut() else { return };
        if !closes {
            last.iter_mut().zip(transitions).for_each(|(score, onward)| *score += onward[usize::from(OUTSIDE)]);
        }
        let closed = (0..TAGS).filter(|&tag| !is_open(tag));
        let mut tag = closed.fold(0, |best, tag| if last[tag] > last[best] { tag } else { best });
        for at in (0..scores.len()).rev() {
            tags[at] = tag as u8;
            tag = usize::from(self.from[at][tag]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Decoder, Name, NameType, TAGS, names, tag};

    #[test]
    fn tags_tell_names_apart() {
        let (b, e, s) =
            (tag(NameType::Org, true, false), tag(NameType::Org, false, true), tag(NameType::Misc, true, true));
        let found: Vec<Name> = names(&[0, b, e, s, 0]).collect();
        let org = Name { start: 1, end: 3, is: NameType::Org };
        assert_eq!(found, [org, Name { start: 3, end: 4, is: NameType::Misc }]);
    }

    #[test]
    fn the_best_sequence_is_one_that_may_be() {
        let mut scores = [0f32; TAGS];
        scores[usize::from(tag(NameType::Person, false, false))] = 9.0;
        scores[usize::from(tag(NameType::Person, true, true))] = 1.0;
        let mut tags = Vec::new();
        let zero = [[0.0; TAGS]; TAGS + 1];
        Decoder::default().decode(&[Some(scores), None, Some([0.0; TAGS])], &zero, &mut tags);
        assert_eq!(tags, [tag(NameType::Person, true, true), 0, 0]);
        Decoder::default().decode(&[], &zero, &mut tags);
        assert!(tags.is_empty());
    }
}
