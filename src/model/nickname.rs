//! Which given names are short or familiar forms of which: `Bill` of `William`.
//!
//! Reads the embedded `assets/en/nicknames.csv` once, on first use.

use std::sync::LazyLock;

use super::lookup::Lookup;

/// Name of the list as `run.json` reports it.
pub const NAME: &str = "nicknames (Apache-2.0)";

static FORMS: LazyLock<Lookup<&str, &str>> = LazyLock::new(|| {
    let rows = include_str!("assets/en/nicknames.csv").lines().skip(1);
    rows.filter_map(|row| row.split_once(',')).collect()
});

/// Whether one of two lower-case given names is a familiar form of the other.
pub fn is_same(one: &str, other: &str) -> bool {
    let lists = |name: &str, form: &str| FORMS.get(name).is_some_and(|forms| forms.split('|').any(|f| f == form));
    lists(one, other) || lists(other, one)
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn familiar_forms_lead_to_the_name_both_ways() {
        assert!(is_same("bill", "william") && is_same("william", "bill"));
        assert!(!is_same("bill", "boris") && !is_same("bill", "bill"));
    }
}
