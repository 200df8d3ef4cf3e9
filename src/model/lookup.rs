//! A map from words to values that cannot be iterated, so its order can never reach an output. Built once from a word
//! list, read by every stage. Most words that are looked up are in few lists, so a word is hashed only where some word of
//! the list is like it at first sight.

use std::borrow::Borrow;
use std::hash::Hash;

use hashbrown::HashMap;

/// A read-only map.
#[derive(Clone, Debug)]
pub struct Lookup<K, V> {
    map: HashMap<K, V, foldhash::fast::FixedState>,
    /// A bit for each [`sight`] that a key has.
    sights: [u64; SIGHTS / 64],
}

/// How many there are.
const SIGHTS: usize = 1 << 12;

/// What is seen of a word at once: its first byte, its last and its length, in part.
#[inline]
fn sight(word: &str) -> (usize, u64) {
    let bytes = word.as_bytes();
    let part = |byte: Option<&u8>| byte.map_or(0, |byte| usize::from(byte & 31));
    let sight = part(bytes.first()) << 7 | part(bytes.last()) << 2 | bytes.len() & 3;
    (sight / 64, 1 << (sight % 64))
}

impl<K: Borrow<str> + Eq + Hash, V> Lookup<K, V> {
    /// Looks a key up.
    pub fn get(&self, key: &str) -> Option<&V> {
        if self.may_hold(key) { self.map.get(key) } else { None }
    }

    /// Whether the key is there.
    pub fn contains(&self, key: &str) -> bool {
        self.may_hold(key) && self.map.contains_key(key)
    }

    #[inline]
    fn may_hold(&self, key: &str) -> bool {
        let (at, bit) = sight(key);
        self.sights[at] & bit != 0
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.map.len()
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.map.is_empty()
    }
}

impl<K: Borrow<str> + Eq + Hash, V> FromIterator<(K, V)> for Lookup<K, V> {
    /// The first value given for a key is kept.
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let pairs = pairs.into_iter();
        let mut map = HashMap::with_capacity_and_hasher(pairs.size_hint().0, foldhash::fast::FixedState::default());
        let mut sights = [0; SIGHTS / 64];
        for (key, value) in pairs {
            let (at, bit) = sight(key.borrow());
            sights[at] |= bit;
            map.entry(key).or_insert(value);
        }
        Lookup { map, sights }
    }
}
