//! The laws of counting, over small random corpora: every table agrees with a naive count, merging is associative and
//! commutative with the empty segment as its identity, and spilling never shows.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use crate::config::CountConfig;
use crate::count::fixture::{Body, body, corpus, options, segment};
use crate::count::{Counts, FeatureKind, Segment, Store, Unit};

/// Observed, freq1, freq2, N, docfreq.
type Integers = (u64, u64, u64, u64, u64);
type Pairs = BTreeMap<(String, String), Integers>;

/// Everything that counts say, as text that can be compared.
fn everything(counts: &Counts) -> Vec<String> {
    let mut rows = vec![format!("{:?}", counts.totals), format!("{:?}", counts.documents())];
    counts
        .terms(&mut |row| {
            rows.push(format!("{row:?}"));
            Ok(())
        })
        .unwrap();
    for least in 1..4 {
        counts
            .ngrams(least, &mut |row| {
                rows.push(format!("{row:?}"));
                Ok(())
            })
            .unwrap();
    }
    for unit in Unit::ALL {
        counts
            .pairs(unit, 1, &mut |row| {
                rows.push(format!("{unit:?} {row:?}"));
                Ok(())
            })
            .unwrap();
        let score = |pair: crate::count::PairCount, _| Some((pair.observed % 3) as f64);
        rows.push(format!("{:?}", counts.top_pairs(unit, 1, 5, score).unwrap()));
    }
    rows
}

/// The counted tokens of a body, by paragraph and sentence.
fn counted(body: &Body) -> Vec<Vec<Vec<&str>>> {
    body.iter().map(|paragraph| paragraph.iter().map(|sentence| counted_words(sentence)).collect()).collect()
}

fn counted_words(sentence: &[String]) -> Vec<&str> {
    sentence.iter().map(String::as_str).filter(|word| *word != ",").collect()
}

fn is_item(word: &str) -> bool {
    word.chars().count() > 1 && !["the", "us", "of", "12"].contains(&word)
}

fn naive_terms(docs: &[(u32, Body)]) -> BTreeMap<String, BTreeMap<u32, u32>> {
    let mut terms: BTreeMap<String, BTreeMap<u32, u32>> = BTreeMap::new();
    for (at, (_, body)) in docs.iter().enumerate() {
        for word in counted(body).iter().flatten().flatten() {
            *terms.entry((*word).to_owned()).or_default().entry(at as u32).or_default() += 1;
        }
    }
    terms
}

/// Where each word stands among the words of all documents.
fn naive_places(docs: &[(u32, Body)]) -> BTreeMap<String, Vec<u64>> {
    let words = docs.iter().flat_map(|(_, body)| counted(body).concat().concat());
    let mut places: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    (0..).zip(words).for_each(|(place, word)| places.entry(word.to_owned()).or_default().push(place));
    places
}

fn naive_ngrams(docs: &[(u32, Body)], max: usize) -> BTreeMap<Vec<String>, BTreeMap<u32, u32>> {
    let mut ngrams: BTreeMap<Vec<String>, BTreeMap<u32, u32>> = BTreeMap::new();
    for (at, (_, body)) in docs.iter().enumerate() {
        for sentence in counted(body).iter().flatten() {
            for window in (2..=max).flat_map(|n| sentence.windows(n)) {
                let key = window.iter().map(|word| (*word).to_owned()).collect();
                *ngrams.entry(key).or_default().entry(at as u32).or_default() += 1;
            }
        }
    }
    ngrams
}

/// How many occurrences of an n-gram lie inside a longer one of `frequent`.
fn naive_nested(docs: &[(u32, Body)], ngram: &[String], frequent: &BTreeSet<Vec<String>>) -> u64 {
    let mut nested = 0;
    for (_, body) in docs {
        for sentence in counted(body).iter().flatten() {
            let words: Vec<String> = sentence.iter().map(|word| (*word).to_owned()).collect();
            let is_frequent = |from: usize, to: usize| to <= words.len() && frequent.contains(&words[from..to]);
            for start in (0..words.len()).filter(|&start| words[start..].starts_with(ngram)) {
                let end = start + ngram.len();
                let longer =
                    |from: usize| (end..=words.len()).any(|to| to - from > ngram.len() && is_frequent(from, to));
                nested += u64::from((0..=start).any(longer));
            }
        }
    }
    nested
}

/// The units of a document as lists of words.
fn units<'a>(unit: Unit, body: &[Vec<Vec<&'a str>>]) -> Vec<Vec<&'a str>> {
    match unit {
        Unit::Document => vec![body.iter().flatten().flatten().copied().collect()],
        Unit::Paragraph => body.iter().map(|paragraph| paragraph.concat()).collect(),
        Unit::Sentence | Unit::Window => body.concat(),
    }
}

/// Observed, freq1, freq2, N, docfreq by pair.
fn naive_pairs(docs: &[(u32, Body)], unit: Unit, config: &CountConfig) -> Pairs {
    let mut observed: BTreeMap<(String, String), (u64, BTreeSet<usize>)> = BTreeMap::new();
    let mut frequency: BTreeMap<String, u64> = BTreeMap::new();
    let mut total = 0;
    for (at, (_, body)) in docs.iter().enumerate() {
        for words in units(unit, &counted(body)) {
            let mut pairs: Vec<(&str, &str)> = Vec::new();
            if unit == Unit::Window {
                total += words.len() as u64;
                words.iter().for_each(|word| *frequency.entry((*word).to_owned()).or_default() += 1);
                for (i, a) in words.iter().enumerate() {
                    pairs.extend(words.iter().skip(i + 1).take(config.window as usize).map(|b| (*a, *b)));
                }
            } else {
                total += 1;
                let distinct: BTreeSet<&str> = words.iter().copied().collect();
                distinct.iter().for_each(|word| *frequency.entry((*word).to_owned()).or_default() += 1);
                let mut items: Vec<&str> = Vec::new();
                for word in words.iter().copied().filter(|word| is_item(word)) {
                    if !items.contains(&word) {
                        items.push(word);
                    }
                }
                items.truncate(config.unit_cap as usize);
                for (i, a) in items.iter().enumerate() {
                    pairs.extend(items[i + 1..].iter().map(|b| (*a, *b)));
                }
            }
            for (a, b) in pairs.into_iter().filter(|(a, b)| a != b && is_item(a) && is_item(b)) {
                let entry = observed.entry((a.min(b).to_owned(), a.max(b).to_owned())).or_default();
                entry.0 += 1;
                entry.1.insert(at);
            }
        }
    }
    let row = |((a, b), (observed, docs)): ((String, String), (u64, BTreeSet<usize>))| {
        let row = (observed, frequency[&a], frequency[&b], total, docs.len() as u64);
        ((a, b), row)
    };
    observed.into_iter().map(row).collect()
}

fn pairs_of(counts: &Counts, unit: Unit, min: u64) -> Vec<((String, String), Integers)> {
    let mut rows = Vec::new();
    counts
        .pairs(unit, min, &mut |row| {
            let count = row.count;
            let integers = (count.observed, count.first, count.second, count.total, row.documents);
            rows.push(((row.first.to_owned(), row.second.to_owned()), integers));
            Ok(())
        })
        .unwrap();
    rows
}

fn as_map(postings: &[crate::count::Posting]) -> BTreeMap<u32, u32> {
    postings.iter().map(|posting| (posting.document, posting.count)).collect()
}

proptest! {
    #[test]
    fn terms_agree_with_a_naive_count(docs in corpus(), config in options()) {
        let counts = Counts::of(segment(&docs), &config);
        let naive = naive_terms(&docs);
        let naive_places = naive_places(&docs);
        let mut rows = Vec::new();
        counts.terms(&mut |row| {
            assert_eq!(row.frequency, row.postings.iter().map(|p| u64::from(p.count)).sum::<u64>());
            assert_eq!(row.documents, row.postings.len() as u64);
            assert_eq!(row.places.iter().collect::<Vec<_>>(), naive_places[row.feature]);
            let number = row.feature.starts_with(|c: char| c.is_ascii_digit());
            assert_eq!(row.kind == FeatureKind::Number, number);
            rows.push((row.feature.to_owned(), as_map(row.postings)));
            Ok(())
        }).unwrap();
        prop_assert_eq!(rows, naive.into_iter().collect::<Vec<_>>());
        let bodies: Vec<_> = docs.iter().map(|(_, body)| counted(body)).collect();
        prop_assert_eq!(counts.totals.documents, docs.len() as u64);
        prop_assert_eq!(counts.totals.paragraphs, bodies.iter().flatten().count() as u64);
        prop_assert_eq!(counts.totals.sentences, bodies.iter().flatten().flatten().count() as u64);
        prop_assert_eq!(counts.totals.tokens, bodies.iter().flatten().flatten().flatten().count() as u64);
    }

    #[test]
    fn ngrams_agree_with_a_naive_count(docs in corpus(), config in options(), min in 1u64..4) {
        let counts = Counts::of(segment(&docs), &config);
        let all = naive_ngrams(&docs, config.ngram_max as usize);
        let sum = |docs: &BTreeMap<u32, u32>| docs.values().map(|&count| u64::from(count)).sum::<u64>();
        let naive: Vec<_> = all.iter().filter(|(_, docs)| sum(docs) >= min).map(|(key, docs)| (key.clone(), docs.clone())).collect();
        let frequent: BTreeSet<_> = naive.iter().map(|(key, _)| key.clone()).collect();
        let mut rows = Vec::new();
        counts.ngrams(min, &mut |row| {
            let key: Vec<String> = row.ngram.split(' ').map(str::to_owned).collect();
            let same = |other: &&Vec<String>| other.len() == key.len();
            let places: u64 = all.iter().filter(|(other, _)| same(other)).map(|(_, docs)| sum(docs)).sum();
            assert_eq!((row.length, row.positions), (key.len(), places));
            assert_eq!(row.nested, naive_nested(&docs, &key, &frequent), "{key:?}");
            for (i, word) in key.iter().enumerate() {
                let marginal: u64 = all.iter().filter(|(other, _)| same(other) && other[i] == *word).map(|(_, docs)| sum(docs)).sum();
                assert_eq!(row.marginals[i], marginal);
            }
            rows.push((key, as_map(row.postings)));
            Ok(())
        }).unwrap();
        prop_assert_eq!(rows, naive);
    }

    #[test]
    fn pairs_agree_with_a_naive_count(docs in corpus(), config in options(), min in 1u64..4, k in 0usize..6) {
        let counts = Counts::of(segment(&docs), &config);
        for unit in Unit::ALL {
            let naive = naive_pairs(&docs, unit, &config);
            let mut wanted: Vec<_> = naive.into_iter().filter(|(_, row)| row.0 >= min).collect();
            prop_assert_eq!(&pairs_of(&counts, unit, min), &wanted);
            let score = |observed: u64, first: u64, second: u64| observed as f64 / (first * second) as f64;
            let top = counts.top_pairs(unit, min, k, |pair, floor| {
                let score = score(pair.observed, pair.first, pair.second);
                (score >= floor).then_some(score)
            }).unwrap();
            prop_assert_eq!(top.candidates, wanted.len() as u64);
            wanted.sort_by(|a, b| score(b.1.0, b.1.1, b.1.2).total_cmp(&score(a.1.0, a.1.1, a.1.2)).then(a.0.cmp(&b.0)));
            wanted.truncate(if k == 0 { usize::MAX } else { k });
            let got: Vec<_> = top.rows.iter().map(|pair| {
                let row = counts.pair(unit, pair);
                let count = row.count;
                ((row.first.to_owned(), row.second.to_owned()), (count.observed, count.first, count.second, count.total, row.documents))
            }).collect();
            prop_assert_eq!(got, wanted);
        }
    }

    #[test]
    fn merging_is_associative_and_commutative(docs in corpus(), cuts in (0usize..9, 0usize..9)) {
        let (low, high) = (cuts.0.min(cuts.1).min(docs.len()), cuts.0.max(cuts.1).min(docs.len()));
        let (a, b, c) = (segment(&docs[..low]), segment(&docs[low..high]), segment(&docs[high..]));
        let merge = |parts: &[&Segment]| Segment::merge(parts.iter().map(|part| (*part).clone()).collect());
        let whole = merge(&[&segment(&docs)]);
        prop_assert_eq!(&merge(&[&merge(&[&a, &b]), &c]), &whole);
        prop_assert_eq!(&merge(&[&a, &merge(&[&b, &c])]), &whole);
        prop_assert_eq!(&merge(&[&c, &a, &b]), &whole);
        prop_assert_eq!(&merge(&[&whole, &Segment::default()]), &whole);
        prop_assert_eq!(&merge(&[]), &Segment::default());
        let mut backwards = docs;
        backwards.reverse();
        prop_assert_eq!(&merge(&[&segment(&backwards)]), &whole);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn spilling_never_shows(docs in corpus(), config in options(), repeats in 1u32..4) {
        let folder = tempfile::tempdir().unwrap();
        let mut all = docs.clone();
        for round in 1..repeats {
            all.extend(docs.iter().map(|(id, body)| (id + 100 * round, body.clone())));
        }
        let memory = everything(&Counts::of(segment(&all), &config));
        // A budget of nothing spills each segment; interleaved documents come in any order.
        let mut store = Store::new(&config, 0, folder.path());
        for doc in all.iter().rev() {
            store.push(segment(std::slice::from_ref(doc))).unwrap();
        }
        prop_assert!(store.spills() >= all.len());
        let counts = store.finish().unwrap();
        prop_assert_eq!(everything(&counts), memory.clone());
        drop(counts);
        prop_assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        let mut store = Store::new(&config, u64::MAX, folder.path());
        for doc in &all {
            store.push(segment(std::slice::from_ref(doc))).unwrap();
        }
        prop_assert_eq!(store.spills(), 0);
        prop_assert_eq!(everything(&store.finish().unwrap()), memory);
    }
}

#[test]
fn runs_above_the_fan_in_are_merged() {
    let folder = tempfile::tempdir().unwrap();
    let config = CountConfig::default();
    let docs: Vec<(u32, Body)> = (1..40)
        .map(|id| (id, body(&format!("peace talks w{id} failed. war w{} talks|treaty peace 12", id % 5))))
        .collect();
    let mut store = Store::new(&config, 0, folder.path());
    for doc in &docs {
        store.push(segment(std::slice::from_ref(doc))).unwrap();
    }
    assert!(store.spills() > docs.len());
    assert_eq!(everything(&store.finish().unwrap()), everything(&Counts::of(segment(&docs), &config)));
}

#[test]
fn damaged_and_unwritable_temporary_files_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    let config = CountConfig::default();
    let doc = [(1, body("peace talks failed"))];
    let mut store = Store::new(&config, 0, &folder.path().join("absent"));
    let error = store.push(segment(&doc)).unwrap_err();
    assert_eq!(error.kind(), crate::error::ErrorKind::Write);
    let mut store = Store::new(&config, 0, folder.path());
    store.push(segment(&doc)).unwrap();
    let spilled = std::fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
    let path = spilled.join("run000001.window");
    let mut bytes = std::fs::read(&path).unwrap();
    let last = bytes.len() - 13;
    bytes[last] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    let counts = store.finish().unwrap();
    assert!(counts.pairs(Unit::Sentence, 1, &mut |_| Ok(())).is_ok());
    let error = counts.pairs(Unit::Window, 1, &mut |_| Ok(())).unwrap_err();
    assert_eq!(error.kind(), crate::error::ErrorKind::Read);
    std::fs::write(&path, &bytes[..20]).unwrap();
    assert!(counts.pairs(Unit::Window, 1, &mut |_| Ok(())).is_err());
}

#[test]
fn the_example_of_the_module_documentation() {
    let config = CountConfig { window: 1, ..CountConfig::default() };
    let counts = Counts::of(segment(&[(1, body("Peace talks failed. Peace failed"))]), &config);
    let observed = |unit| {
        pairs_of(&counts, unit, 1).into_iter().map(|((a, b), row)| format!("{a}+{b} {}", row.0)).collect::<Vec<_>>()
    };
    assert_eq!(observed(Unit::Sentence), ["Peace+failed 2", "Peace+talks 1", "failed+talks 1"]);
    for unit in [Unit::Paragraph, Unit::Document, Unit::Window] {
        assert_eq!(observed(unit), ["Peace+failed 1", "Peace+talks 1", "failed+talks 1"]);
    }
    let mut ngrams = Vec::new();
    counts
        .ngrams(1, &mut |row| {
            ngrams.push(row.ngram.to_owned());
            Ok(())
        })
        .unwrap();
    assert_eq!(ngrams, ["Peace failed", "Peace talks", "Peace talks failed", "talks failed"]);
    assert_eq!(counts.frequency("Peace", FeatureKind::Word), 2);
    assert_eq!(counts.unit_total(Unit::Window), 5);
}

#[test]
fn cut_units_are_counted() {
    let config = CountConfig { unit_cap: 2, ..CountConfig::default() };
    let counts = Counts::of(segment(&[(1, body("war peace war. treaty the peace|talks"))]), &config);
    assert_eq!(counts.totals.units_cut, [1, 1, 0]);
    assert_eq!(pairs_of(&counts, Unit::Document, 1).len(), 1);
}
