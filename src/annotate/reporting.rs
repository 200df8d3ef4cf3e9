//! Verbs of reporting, the cues of quotations: `said`, `denounced`, `according to`.
//! The sentence stage asks for the plain ones; the quotation stage for all.

/// Whether a counted form is a plain reporting verb in a finite form (`said`, `asks`), the kind that follows a
/// quotation directly.
pub fn is_plain_cue(norm: &str) -> bool {
    matches!(
        norm,
        "added"
            | "adds"
            | "admitted"
            | "agreed"
            | "announced"
            | "answered"
            | "argued"
            | "argues"
            | "asked"
            | "asks"
            | "commented"
            | "complained"
            | "concluded"
            | "continued"
            | "cried"
            | "declared"
            | "declares"
            | "exclaimed"
            | "explained"
            | "explains"
            | "insisted"
            | "insists"
            | "joked"
            | "noted"
            | "notes"
            | "observed"
            | "recalled"
            | "recalls"
            | "remarked"
            | "replied"
            | "replies"
            | "said"
            | "say"
            | "says"
            | "shouted"
            | "stated"
            | "states"
            | "tells"
            | "tweeted"
            | "warned"
            | "warns"
            | "wondered"
            | "wrote"
    )
}

#[cfg(test)]
mod tests {
    use super::is_plain_cue;

    #[test]
    fn reporting_verbs_are_found_and_others_are_not() {
        assert!(is_plain_cue("said") && is_plain_cue("added") && is_plain_cue("wrote") && is_plain_cue("says"));
        assert!(!is_plain_cue("walked") && !is_plain_cue(""));
    }
}
