//! Between reading and annotation: what the corpus as a whole tells is found out, and then written into each article.
//! Copies first, then what recurs in articles that are no copies, then copies again without what recurs: articles that
//! share little but a sign-up box are none. Ambiguous dates are read as the corpus writes its dates.

use rayon::prelude::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use super::intake::Intake;
use super::{Progress, TASKS_PER_THREAD, check};
use crate::config::{Boilerplate, Config, Duplicates};
use crate::document::{Article, DocId, Duplicate};
use crate::error::Result;
use crate::record::DuplicateRecord;
use crate::spool::article::Frame;
use crate::survey::{Block, Clusters, Learned, Learning, Resolved, Shingles, Survey, wire_tag};

/// Articles that are looked at side by side by one thread.
const STEP: usize = 64;

/// What the corpus as a whole tells.
#[derive(Debug, Default)]
pub(super) struct Findings {
    dates: Vec<Resolved>,
    clusters: Clusters,
    learned: Option<Learned>,
    drop: bool,
}

impl Findings {
    /// Finds it out.
    ///
    /// # Errors
    /// When the articles cannot be read from disk, or the user interrupts.
    pub(super) fn of(intake: &mut Intake, config: &Config, progress: &dyn Progress) -> Result<Findings> {
        let options = &config.corpus;
        let dates = intake.survey.dates();
        let copies = options.duplicates != Duplicates::Keep;
        let drop = options.duplicates == Duplicates::Drop;
        let mut found = Findings { dates, clusters: Clusters::default(), learned: None, drop };
        if copies {
            found.clusters = found.look_for_copies(intake, config, progress)?;
        }
        if options.boilerplate == Boilerplate::Learn {
            let learned = learn(intake, &found.clusters, progress)?;
            let again = copies && learned.removes();
            found.learned = Some(learned);
            if again {
                found.clusters = found.look_for_copies(intake, config, progress)?;
            }
        }
        // Its filter of passages alone is 8 MB, and nothing asks it any more.
        intake.survey = Survey::default();
        Ok(found)
    }

    /// The copies, by the texts without the boilerplate that is known.
    fn look_for_copies(&self, intake: &mut Intake, config: &Config, progress: &dyn Progress) -> Result<Clusters> {
        let dates: Vec<_> = self.dates.iter().map(|resolved| resolved.date).collect();
        let (articles, places) = (&mut intake.articles, &intake.known);
        intake.survey.clusters(config.corpus.duplicate_similarity.0, &dates, &mut |document| {
            check(progress)?;
            let frame = articles.read(places[document as usize].place)?;
            Ok(Shingles::of(&self.cleaned(&frame)?))
        })
    }

    /// An article without what was learned to be boilerplate.
    fn cleaned(&self, frame: &Frame) -> Result<Article> {
        let mut article = frame.decode()?;
        if let Some(learned) = &self.learned {
            let marks = learned.marks(&article, frame.keys());
            article.remove_passages(&marks);
        }
        Ok(article)
    }

    /// Decodes an article and writes into it what is known of it; `index` is its number counted from 0.
    ///
    /// # Errors
    /// When the frame is damaged.
    pub(super) fn article(&self, frame: &Frame, index: u32) -> Result<Article> {
        let mut article = self.cleaned(frame)?;
        article.id = DocId(index + 1);
        if let Some(resolved) = self.dates.get(index as usize)
            && article.date_readings.is_some()
        {
            article.date = resolved.date;
            article.warnings.retain(|word| word != "ambiguous_date");
            article.warnings.extend(resolved.warning.map(str::to_owned));
        }
        article.duplicate = self.place(index);
        Ok(article)
    }

    /// Whether an article is left out as a copy of another.
    pub(super) fn drops(&self, index: u32) -> bool {
        self.drop && self.clusters.is_copy(index)
    }

    /// Documents that are copies of others.
    pub(super) fn copies(&self) -> u64 {
        self.clusters.members().iter().filter(|copy| !copy.is_representative()).count() as u64
    }

    fn place(&self, index: u32) -> Option<Duplicate> {
        self.clusters.of(index).map(|copy| Duplicate {
            cluster: copy.cluster,
            representative: DocId(copy.representative + 1),
            shared: copy.similarity.shared,
            union: copy.similarity.union,
        })
    }

    /// The rows of `duplicates.csv`.
    ///
    /// # Errors
    /// When the articles cannot be read from disk.
    pub(super) fn duplicates(&self, intake: &mut Intake) -> Result<Vec<DuplicateRecord>> {
        let mut rows = Vec::new();
        for copy in self.clusters.members() {
            let Some(known) = intake.known.get(copy.document as usize) else { continue };
            let frame = intake.articles.read(known.place)?;
            // What names the agency may be left out as boilerplate.
            let wire = wire_tag(&frame.decode()?).unwrap_or("").to_owned();
            let article = self.article(&frame, copy.document)?;
            let Some(place) = article.duplicate else { continue };
            let title = article.title().to_owned();
            let Article { id, path, record, date, outlet, .. } = article;
            rows.push(DuplicateRecord { id, path, record, place, date, outlet, title, wire });
        }
        Ok(rows)
    }
}

/// Counts the passages of all articles.
fn learn(intake: &mut Intake, clusters: &Clusters, progress: &dyn Progress) -> Result<Learned> {
    let mut learning = Learning::new(&intake.survey, clusters);
    let step = STEP * TASKS_PER_THREAD * rayon::current_num_threads();
    progress.stage("comparing", intake.known.len() as u64);
    for (round, known) in intake.known.chunks(step).enumerate() {
        check(progress)?;
        let frames = known.iter().map(|known| intake.articles.read(known.place)).collect::<Result<Vec<_>>>()?;
        let blocks = |frame: Frame| match learning.may_recur(frame.keys()) {
            true => Ok(learning.blocks(&frame.decode()?, frame.keys())),
            false => Ok(Vec::new()),
        };
        let blocks: Vec<Result<Vec<Block>>> = frames.into_par_iter().with_min_len(STEP).map(blocks).collect();
        for (document, blocks) in ((round * step) as u32..).zip(blocks) {
            learning.add(document, &blocks?);
        }
        progress.advance(known.len() as u64);
    }
    Ok(learning.finish())
}
