//! Interning: features to numbers while documents are read, and the sorted list of features afterwards.
//!
//! The numbers of a [`Vocabulary`] are those of first sight and never leave a worker: sealing turns it into [`Words`],
//! in which a feature's number is its rank in byte order. It reads no document and writes nothing.

use crate::model::interner::Interner;

/// What a feature is. A form that occurs as a word and as a number is two features.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FeatureKind {
    /// A word.
    Word,
    /// A number with its marks.
    Number,
    /// A multi-word term of the user's list, its words joined by a space.
    Mwe,
    /// An entity; its form is its corpus-wide number in digits.
    Entity,
}

impl FeatureKind {
    /// All kinds, in order.
    const ALL: [FeatureKind; 4] = [FeatureKind::Word, FeatureKind::Number, FeatureKind::Mwe, FeatureKind::Entity];

    /// The kind of a number that `as u8` makes of one.
    pub(crate) fn of(number: u8) -> FeatureKind {
        FeatureKind::ALL[usize::from(number)]
    }

    /// The word written in tables.
    pub fn name(self) -> &'static str {
        match self {
            FeatureKind::Word => "word",
            FeatureKind::Number => "number",
            FeatureKind::Mwe => "mwe",
            FeatureKind::Entity => "entity",
        }
    }
}

/// The features met so far by one worker.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    features: Interner,
}

/// Bytes of a feature that are compared at once.
const PREFIX: usize = size_of::<u128>();

impl Vocabulary {
    /// How many features there are.
    pub fn len(&self) -> usize {
        self.features.len()
    }

    /// Whether no feature has been met.
    pub fn is_empty(&self) -> bool {
        self.features.is_empty()
    }

    /// Memory held, in bytes.
    pub fn bytes(&self) -> usize {
        self.features.bytes()
    }

    /// The number of a feature; a new feature gets the next one.
    pub fn intern(&mut self, word: &str, kind: FeatureKind) -> u32 {
        self.features.number(word, kind as u8)
    }

    /// The features in the order of first sight: each has in [`Words`] the number that it has here.
    pub fn into_words(self) -> Words {
        let (mut text, mut listed) = (String::new(), vec![(0..0, FeatureKind::Word); self.len()]);
        self.features.each(&mut |number, word, kind| {
            let start = text.len();
            text.push_str(word);
            listed[number as usize] = (start..text.len(), FeatureKind::of(kind));
        });
        let mut words = Words::default();
        listed.into_iter().for_each(|(word, kind)| words.push(&text[word], kind));
        words
    }

    /// The features in byte order, and for each number of first sight its rank there.
    pub fn seal(self) -> (Words, Vec<u32>) {
        let met = self.into_words();
        let prefix = |number: u32| {
            let mut prefix = [0u8; PREFIX];
            let head = met.word(number).as_bytes();
            let head = &head[..head.len().min(PREFIX)];
            prefix[..head.len()].copy_from_slice(head);
            (u128::from_be_bytes(prefix), number)
        };
        let mut order: Vec<(u128, u32)> = (0..met.len() as u32).map(prefix).collect();
        order.sort_unstable_by(|a, b| {
            let feature = |number: u32| (met.word(number), met.kind(number));
            a.0.cmp(&b.0).then_with(|| feature(a.1).cmp(&feature(b.1)))
        });
        let (mut words, mut ranks) = (Words::default(), vec![0u32; met.len()]);
        for (rank, (_, number)) in order.into_iter().enumerate() {
            words.push(met.word(number), met.kind(number));
            ranks[number as usize] = rank as u32;
        }
        (words, ranks)
    }
}

/// A list of features; a feature's number is its place. Where nothing else is said they ascend by their bytes, then kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    text: String,
    ends: Vec<usize>,
    kinds: Vec<FeatureKind>,
}

impl Words {
    /// How many features there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no feature.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Memory held, in bytes.
    pub fn bytes(&self) -> usize {
        self.text.len() + self.ends.len() * (size_of::<usize>() + 1)
    }

    /// The form of a feature; empty for a number that is none.
    pub fn word(&self, number: u32) -> &str {
        let at = number as usize;
        let Some(&end) = self.ends.get(at) else { return "" };
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.text[start..end]
    }

    /// What a feature is.
    pub fn kind(&self, number: u32) -> FeatureKind {
        self.kinds.get(number as usize).copied().unwrap_or(FeatureKind::Word)
    }

    /// Adds a feature behind all others.
    pub fn push(&mut self, word: &str, kind: FeatureKind) {
        self.text.push_str(word);
        self.ends.push(self.text.len());
        self.kinds.push(kind);
    }

    /// Whether the features ascend.
    pub fn are_sorted(&self) -> bool {
        let feature = |at: u32| (self.word(at), self.kind(at));
        (1..self.len() as u32).all(|at| feature(at - 1) < feature(at))
    }

    /// The number of a feature, if it is there.
    pub fn find(&self, word: &str, kind: FeatureKind) -> Option<u32> {
        let (mut low, mut high) = (0u32, self.len() as u32);
        while low < high {
            let middle = low + (high - low) / 2;
            match (self.word(middle), self.kind(middle)).cmp(&(word, kind)) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The union of several lists, and for each list the new number of each of its features. Each of these maps
    /// rises, so whatever is sorted by old numbers is sorted by new ones.
    pub fn union(lists: &[&Words]) -> (Words, Vec<Vec<u32>>) {
        let mut vocabulary = Vocabulary::default();
        let mut maps: Vec<Vec<u32>> = Vec::with_capacity(lists.len());
        for list in lists {
            maps.push((0..list.len() as u32).map(|n| vocabulary.intern(list.word(n), list.kind(n))).collect());
        }
        let (union, ranks) = vocabulary.seal();
        for number in maps.iter_mut().flatten() {
            *number = ranks[*number as usize];
        }
        (union, maps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_words_come_back_in_byte_order() {
        let mut vocabulary = Vocabulary::default();
        let words = [
            "zebra",
            "US",
            "us",
            "a-word-of-more-than-sixteen-bytes",
            "a-word-of-more-than-sixteen-byte",
            "exactly-16-bytes",
            "exactly-16-bytes!",
            "",
            "naïve",
        ];
        let first: Vec<u32> = words.iter().map(|w| vocabulary.intern(w, FeatureKind::Word)).collect();
        let again: Vec<u32> = words.iter().map(|w| vocabulary.intern(w, FeatureKind::Word)).collect();
        assert_eq!(first, again);
        assert_ne!(vocabulary.intern("US", FeatureKind::Number), first[1]);
        vocabulary.intern("US", FeatureKind::Mwe);
        let (sealed, ranks) = vocabulary.seal();
        let listed: Vec<&str> = (0..sealed.len() as u32).map(|n| sealed.word(n)).collect();
        let mut sorted: Vec<&str> = words.to_vec();
        sorted.extend(["US", "US"]);
        sorted.sort_unstable();
        let kinds: Vec<_> =
            (0..sealed.len() as u32).filter(|n| sealed.word(*n) == "US").map(|n| sealed.kind(n)).collect();
        assert_eq!(kinds, [FeatureKind::Word, FeatureKind::Number, FeatureKind::Mwe]);
        assert_eq!(listed, sorted);
        for (word, number) in words.iter().zip(first) {
            assert_eq!(sealed.word(ranks[number as usize]), *word);
            assert_eq!(sealed.find(word, FeatureKind::Word), Some(ranks[number as usize]));
        }
        assert_eq!(sealed.find("absent", FeatureKind::Word), None);
    }

    #[test]
    fn the_table_grows() {
        let mut vocabulary = Vocabulary::default();
        let word = |i: u32| format!("{}{i}", if i.is_multiple_of(3) { "a-rather-long-prefix-" } else { "w" });
        for i in 0..20_000 {
            assert_eq!(vocabulary.intern(&word(i), FeatureKind::Word), i);
        }
        for i in 0..20_000 {
            assert_eq!(vocabulary.intern(&word(i), FeatureKind::Word), i);
        }
    }

    #[test]
    fn union_renumbers_upwards() {
        let list = |words: &[&str]| {
            let mut list = Words::default();
            words.iter().for_each(|w| list.push(w, FeatureKind::Word));
            list
        };
        let (a, b) = (list(&["b", "d"]), list(&["a", "b", "e"]));
        let (union, maps) = Words::union(&[&a, &b]);
        assert_eq!(union, list(&["a", "b", "d", "e"]));
        assert_eq!(maps, vec![vec![1, 2], vec![0, 1, 3]]);
    }
}
