//! How well a model in training does on labelled texts, over units: precision, recall and F1 of whole names.

use super::samples::Sample;
use crate::model::tagger::feature::{features, may_be_name};
use crate::model::tagger::model::Model;
use crate::model::tagger::tag::{Decoder, Name, NameType, names};

/// Says the scores over persons, organisations and places on each text.
pub(super) fn tell(what: &str, dev: &[(String, Vec<Sample>)], model: &Model, groups: u32, say: &mut dyn FnMut(&str)) {
    for (name, samples) in dev {
        let (mut right, mut gold, mut told) = ([0u32; 5], [0u32; 5], [0u32; 5]);
        for sample in samples {
            for (line, tags) in sample.tags.iter().enumerate() {
                let found = tagged(sample, line, model, groups);
                let true_names: Vec<Name> = names(tags).collect();
                let count = |counts: &mut [u32; 5], name: &Name| {
                    counts[name.is as usize] += 1;
                    counts[4] += u32::from(name.is != NameType::Misc);
                };
                true_names.iter().for_each(|name| count(&mut gold, name));
                found.iter().for_each(|name| count(&mut told, name));
                found.iter().filter(|name| true_names.contains(name)).for_each(|name| count(&mut right, name));
            }
        }
        let f1 = |at: usize| 200.0 * f64::from(right[at]) / f64::from((gold[at] + told[at]).max(1));
        let share = |of: &[u32; 5]| 100.0 * f64::from(right[4]) / f64::from(of[4].max(1));
        say(&format!(
            "{what}: {name}: F1 {:.1} (P {:.1}, R {:.1}), PER {:.1}, ORG {:.1}, LOC {:.1}, MISC {:.1}, {} names",
            f1(4),
            share(&told),
            share(&gold),
            f1(0),
            f1(1),
            f1(2),
            f1(3),
            gold[4]
        ));
    }
}

fn tagged(sample: &Sample, line: usize, model: &Model, groups: u32) -> Vec<Name> {
    let line = &sample.text.lines[line];
    let mut found = Vec::new();
    let scores: Vec<_> = (0..sample.text.words_in(line))
        .map(|at| {
            may_be_name(&sample.text, line, at).then(|| {
                features(&sample.text, line, at, groups, &mut found);
                model.sums(&found).scores()
            })
        })
        .collect();
    let mut tags = Vec::new();
    Decoder::default().decode(&scores, &model.transitions, &mut tags);
    names(&tags).collect()
}
