//! How far a run is: a bar with the time left for each stage on a terminal, messages elsewhere, both on standard
//! error.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use byline::corpus::Skipped;
use byline::pipeline::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::log::{self, Level};

/// Time between plain lines of a long stage.
const QUIET_SPELL: Duration = Duration::from_secs(10);

/// The temporary folder of the run.
static CLAIMED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Removes the temporary folder of the run, for a process that ends at once.
pub(super) fn abandon() {
    if let Ok(Some(folder)) = CLAIMED.lock().map(|mut claimed| claimed.take()) {
        drop(std::fs::remove_dir_all(folder));
    }
}

/// Shows stages on the terminal, or tells them in lines.
pub(super) struct Terminal {
    quiet: bool,
    bars: bool,
    interrupted: &'static AtomicBool,
    stage: Mutex<Stage>,
    done: AtomicU64,
}

struct Stage {
    bar: ProgressBar,
    name: &'static str,
    total: u64,
    told: Instant,
}

impl Terminal {
    /// `quiet` shows nothing; `interrupted` is what the pipeline is told when it asks whether to go on.
    pub(super) fn new(quiet: bool, interrupted: &'static AtomicBool) -> Terminal {
        let stage = Stage { bar: ProgressBar::hidden(), name: "", total: 0, told: Instant::now() };
        let bars = !quiet && !log::is_json() && std::io::stderr().is_terminal();
        Terminal { quiet, bars, interrupted, stage: Mutex::new(stage), done: AtomicU64::new(0) }
    }

    /// Takes the bar off the terminal.
    pub(super) fn finish(&self) {
        if let Ok(stage) = self.stage.lock() {
            stage.bar.finish_and_clear();
        }
    }
}

impl Progress for Terminal {
    fn stage(&self, name: &'static str, total: u64) {
        self.finish();
        self.done.store(0, Ordering::Relaxed);
        let Ok(mut stage) = self.stage.lock() else { return };
        stage.name = name;
        stage.total = total;
        stage.told = Instant::now();
        if self.bars {
            stage.bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
            let style = ProgressStyle::with_template("{msg:12} {wide_bar} {percent:>3}%  {eta} left");
            stage.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            stage.bar.set_message(name);
        } else if !self.quiet {
            match log::is_json() {
                true => log::record(Level::Info, name, &[("total", total.into())]),
                false => log::say(Level::Info, &format!("byline: {name}")),
            }
        }
    }

    fn advance(&self, units: u64) {
        let done = self.done.fetch_add(units, Ordering::Relaxed) + units;
        let Ok(mut stage) = self.stage.lock() else { return };
        stage.bar.inc(units);
        if !self.bars && !self.quiet && stage.told.elapsed() >= QUIET_SPELL {
            stage.told = Instant::now();
            let (name, total) = (stage.name, stage.total);
            match log::is_json() {
                true => log::record(Level::Info, name, &[("done", done.into()), ("total", total.into())]),
                false => log::say(Level::Info, &format!("byline: {name} {}%", done.saturating_mul(100) / total.max(1))),
            }
        }
    }

    fn skipped(&self, row: &Skipped) {
        if self.quiet {
            return;
        }
        let fields = [
            ("path", row.path.as_str().into()),
            ("record", row.record.into()),
            ("reason", row.reason.into()),
            ("detail", row.detail.as_str().into()),
        ];
        log::record(Level::Warn, row.action, &fields);
    }

    fn claimed(&self, folder: &Path) {
        if let Ok(mut claimed) = CLAIMED.lock() {
            *claimed = Some(folder.to_path_buf());
        }
    }

    fn is_interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }
}
