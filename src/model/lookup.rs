//! A map from words to values that cannot be iterated, so its order can never reach an output. Built once from a word
//! list, read by every stage.

use std::borrow::Borrow;
use std::hash::Hash;

use hashbrown::HashMap;

/// A read-only map.
#[derive(Clone, Debug)]
pub struct Lookup<K, V> {
    map: HashMap<K, V, foldhash::fast::FixedState>,
}

impl<K: Eq + Hash, V> Lookup<K, V> {
    /// Looks a key up.
    pub fn get<Q>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        self.map.get(key)
    }

    /// Whether the key is there.
    pub fn contains<Q>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        self.map.contains_key(key)
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

impl<K: Eq + Hash, V> FromIterator<(K, V)> for Lookup<K, V> {
    /// The first value given for a key is kept.
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let pairs = pairs.into_iter();
        let mut map = HashMap::with_capacity_and_hasher(pairs.size_hint().0, foldhash::fast::FixedState::default());
        for (key, value) in pairs {
            map.entry(key).or_insert(value);
        }
        Lookup { map }
    }
}
