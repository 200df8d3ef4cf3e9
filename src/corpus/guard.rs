//! A guard around libraries that panic on bad input or a full disk: a panic inside becomes nothing, and the panic hook of the
//! program is told to keep silent. It guards calls on data; it never hides a defect of byline's own.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`; nothing if it panicked.
pub fn silently<T>(work: impl FnOnce() -> T) -> Option<T> {
    let outer = GUARDED.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work)).ok();
    GUARDED.set(outer);
    done
}

/// Whether a panic of this thread is caught and needs no message.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_nothing_and_the_guard_ends() {
        assert_eq!(silently(|| if is_guarded() { panic!("inside") } else { 1 }), None);
        assert_eq!(silently(|| silently(|| 1).map(|n| (n, is_guarded()))), Some(Some((1, true))));
        assert!(!is_guarded());
    }
}
