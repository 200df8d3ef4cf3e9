//! Quality on labelled data: `byline evaluate TASK PATH` runs the stages of the product over texts that people labelled
//! and says how often they agree. Reads gold data and writes predictions; never changes what a run does.
//!
//! To add a task, write `evaluate/x.rs` with a [`Task`], then a `mod` line and a line of [`TASKS`].

mod aliases;
pub(crate) mod gold;
pub(crate) mod labelled;
mod ner;
mod quotations;
mod score;
pub(crate) mod sentiment;
mod tokens;

use std::path::Path;

use crate::error::{Error, ErrorKind, Result};

/// Every task, by the name the command line knows it by.
pub static TASKS: &[Task] = &[ner::TASK, aliases::TASK, tokens::TASK, quotations::TASK, sentiment::TASK];

/// One kind of labelled data and how the product is measured on it.
#[derive(Clone, Copy, Debug)]
pub struct Task {
    /// Its name on the command line.
    pub name: &'static str,
    /// What is measured, in a sentence.
    pub about: &'static str,
    /// Measures the product on a file or folder.
    pub run: fn(&Path) -> Result<Outcome>,
}

/// What a task found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// Name and value of each metric, in the order they are to be read. Shares and F1 are 0 to 1, counts whole.
    pub metrics: Vec<(String, f64)>,
    /// The gold data with what was predicted, in the format of the input, so that anyone can score it again.
    pub predictions: String,
}

/// Runs a task and writes what was predicted, if a file is named for it.
///
/// # Errors
/// [`ErrorKind::Option`] for a task that does not exist, [`ErrorKind::Read`] with path and line for gold data that
/// cannot be read, [`ErrorKind::Write`] for the file of predictions.
pub fn run(task: &str, path: &Path, predictions: Option<&Path>) -> Result<Vec<(String, f64)>> {
    let Some(task) = TASKS.iter().find(|known| known.name == task) else {
        let names: Vec<_> = TASKS.iter().map(|known| known.name).collect();
        let remedy = format!("choose one of {}", names.join(", "));
        return Err(Error::new(ErrorKind::Option, format!("there is no task {task:?}"), remedy));
    };
    let outcome = (task.run)(path)?;
    if let Some(file) = predictions {
        std::fs::write(file, &outcome.predictions).map_err(|cause| Error::io(ErrorKind::Write, file, cause))?;
    }
    Ok(outcome.metrics)
}

#[cfg(test)]
mod tests {
    use super::{TASKS, run};
    use std::path::Path;

    #[test]
    fn tasks_have_names_of_their_own_and_tell_what_they_measure() {
        for (at, task) in TASKS.iter().enumerate() {
            assert!(TASKS[..at].iter().all(|other| other.name != task.name), "{} twice", task.name);
            assert!(task.about.ends_with('.'), "{}: {}", task.name, task.about);
        }
    }

    #[test]
    fn an_unknown_task_and_a_missing_file_are_told() {
        let unknown = run("telepathy", Path::new("x"), None).unwrap_err().to_string();
        assert!(unknown.contains("telepathy") && unknown.contains("tokens"), "{unknown}");
        for task in TASKS {
            let missing = run(task.name, Path::new("no-such-file"), None).unwrap_err().to_string();
            assert!(missing.starts_with("no-such-file: "), "{}: {missing}", task.name);
        }
    }
}
