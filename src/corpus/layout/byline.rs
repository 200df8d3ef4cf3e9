//! Who wrote an article: the names in a byline.
//!
//! It reads one clean line and gives the authors without `By`, job and agency, joined by `; `. It knows the shape of
//! names, not who exists.

use super::date;

/// The authors of a line that begins with `By`, `Written by` and the like; none if what follows are no names.
pub(super) fn parse(line: &str) -> Option<String> {
    const OPENINGS: [&str; 8] =
        ["by ", "by: ", "byline: ", "written by ", "words by ", "story by ", "report by ", "analysis by "];
    let opening = OPENINGS.iter().find(|o| line.get(..o.len()).is_some_and(|s| s.eq_ignore_ascii_case(o)))?;
    let content = &line[opening.len()..];
    if content.len() > 200 || content.split_whitespace().count() > 20 {
        return None;
    }
    names(content).or_else(|| desk(content))
}

/// The names in a list of names, jobs and agencies that begins with a name.
pub(super) fn names(content: &str) -> Option<String> {
    let content = upto_any(content, &[" | ", " • ", " · ", " — ", " – ", " - ", " (", " / "]);
    let content = upto_any(content, &[" in ", " for ", " at ", " of ", " on "]);
    let mut found: Vec<&str> = Vec::new();
    for (i, segment) in segments(content).enumerate() {
        if is_name(segment) {
            found.push(segment);
        } else if i == 0 || !is_affiliation(segment) {
            return None;
        }
    }
    (!found.is_empty()).then(|| found.join("; "))
}

/// Whether a line is nothing but names, as bylines without `By` are; a job or an agency may follow a name.
pub(super) fn is_bare(line: &str) -> bool {
    let closed = line.ends_with(['!', '?', ':', '.']) && !line.ends_with(" Jr.") && !line.ends_with(" Sr.");
    if closed || line.len() > LONGEST_BARE {
        return false;
    }
    let mut segments = segments(line);
    let job = |s: &str| s.split(' ').count() <= 6 && s.split(' ').any(|w| is_in(DESK_WORDS, w));
    segments.next().is_some_and(is_name) && segments.all(|s| is_name(s) || job(s))
}

/// Whether a line of names says what one of them does (`Jane Doe, Political Editor`), so that it needs no date beside it.
pub(super) fn has_job(line: &str) -> bool {
    segments(line).skip(1).any(|s| !is_name(s) && s.split(' ').any(|w| is_in(DESK_WORDS, w)))
}

/// Whether a line is nothing but an agency or a desk (`Reuters`, `BBC News`).
pub(super) fn is_desk(line: &str) -> bool {
    line.split_whitespace().count() <= 4 && desk(line).is_some() && line.starts_with(char::is_uppercase)
}

/// Longest line of names, bytes.
const LONGEST_BARE: usize = 220;

/// The names of a field that holds only names (`Author: ...`): what looks like names, else the field as it is.
pub(super) fn field(value: &str) -> String {
    let value = value.trim().trim_matches(['"', '\'', '[', ']']);
    parse(value).or_else(|| names(value)).unwrap_or_else(|| value.to_owned())
}

/// Whether words have the shape of a person's name.
pub(super) fn is_name(text: &str) -> bool {
    // One more than a name may have tells enough of a longer text.
    let words: Vec<&str> = text.split_whitespace().take(7).collect();
    let inner = |word: &str| PARTICLES.contains(&word) || is_name_word(word);
    match words.as_slice() {
        [first, middle @ .., last] => {
            words.len() <= 6
                && (is_name_word(first) || PARTICLES.contains(first))
                && middle.iter().all(|w| inner(w))
                && is_name_word(last)
                && words.iter().any(|w| w.chars().filter(|c| c.is_alphabetic()).count() > 1)
        }
        _ => false,
    }
}

/// Lower-case words inside names.
const PARTICLES: &[&str] = &[
    "de", "da", "do", "dos", "das", "del", "della", "di", "du", "la", "le", "van", "von", "der", "den", "ten", "ter",
    "bin", "bint", "ibn", "al", "el", "ul", "ur", "y", "e", "zu", "af", "av",
];

/// Words of jobs and agencies, and others that begin with a capital but are in nobody's name.
const NOT_NAMES: &[&str] = &[
    "a",
    "advertisement",
    "afp",
    "agence",
    "agencies",
    "agency",
    "analysis",
    "analyst",
    "and",
    "ap",
    "article",
    "associated",
    "associate",
    "author",
    "bbc",
    "bloomberg",
    "breaking",
    "bureau",
    "business",
    "by",
    "chief",
    "city",
    "cnn",
    "columnist",
    "comment",
    "commentary",
    "company",
    "contributing",
    "contributor",
    "correspondent",
    "correspondents",
    "council",
    "daily",
    "department",
    "deputy",
    "desk",
    "diplomatic",
    "director",
    "editor",
    "editorial",
    "editors",
    "election",
    "exclusive",
    "executive",
    "feature",
    "features",
    "fellow",
    "for",
    "foreign",
    "fox",
    "from",
    "global",
    "government",
    "group",
    "guardian",
    "health",
    "herald",
    "house",
    "how",
    "in",
    "inc",
    "institute",
    "international",
    "interview",
    "is",
    "journal",
    "journalist",
    "latest",
    "limited",
    "live",
    "ltd",
    "magazine",
    "managing",
    "media",
    "minister",
    "ministry",
    "monitor",
    "my",
    "national",
    "network",
    "new",
    "news",
    "newspaper",
    "newsroom",
    "npr",
    "of",
    "office",
    "on",
    "opinion",
    "our",
    "party",
    "photographer",
    "political",
    "politico",
    "politics",
    "post",
    "presse",
    "president",
    "press",
    "professor",
    "publisher",
    "pti",
    "radio",
    "reporter",
    "reporters",
    "reporting",
    "republic",
    "reuters",
    "review",
    "rte",
    "russia",
    "science",
    "section",
    "senior",
    "service",
    "services",
    "sky",
    "special",
    "sport",
    "sports",
    "staff",
    "standard",
    "state",
    "states",
    "street",
    "studies",
    "summary",
    "team",
    "telegraph",
    "television",
    "the",
    "this",
    "times",
    "to",
    "today",
    "tribune",
    "tv",
    "united",
    "university",
    "update",
    "updated",
    "upi",
    "us",
    "video",
    "war",
    "was",
    "washington",
    "weekly",
    "what",
    "when",
    "white",
    "who",
    "why",
    "will",
    "wire",
    "with",
    "world",
    "writer",
    "writers",
    "xinhua",
    "your",
];

fn is_name_word(word: &str) -> bool {
    let word = word.trim_matches(['"', '“', '”', '(', ')']).trim_end_matches(',');
    let bare = word.trim_end_matches('.');
    let Some(first) = bare.chars().next() else {
        return false;
    };
    let letters = bare.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.' | '‑'));
    let dotted = word.ends_with('.');
    first.is_uppercase()
        && letters
        && bare.chars().count() <= 30
        && (!dotted
            || bare.chars().count() <= 2
            || bare.contains('.')
            || matches!(bare, "Jr" | "Sr" | "Dr" | "Mr" | "St"))
        && !is_in(NOT_NAMES, bare)
        && !date::is_weekday_or_month(bare)
}

/// The parts of a list of names.
fn segments(content: &str) -> impl Iterator<Item = &str> {
    let parts = content.split([',', ';', '&']).flat_map(|part| {
        let mut rest = Some(part);
        std::iter::from_fn(move || {
            let whole = rest.take()?;
            let (before, after) = split_at_and(whole).map_or((whole, None), |(before, after)| (before, Some(after)));
            rest = after;
            Some(before)
        })
    });
    let quotes = ['"', '“', '”', '\'', '*', '_'];
    let parts = parts.map(move |s| s.trim().trim_matches(quotes).trim()).filter(|s| !s.is_empty());
    // "Sammy Davis, Jr." is one person; the suffix is no name of its own.
    parts.filter(|s| !matches!(s.trim_end_matches('.'), "Jr" | "Sr" | "PhD" | "MD"))
}

fn split_at_and(text: &str) -> Option<(&str, &str)> {
    [" and ", " AND ", " And ", " with "].iter().filter_map(|and| text.split_once(and)).min_by_key(|(a, _)| a.len())
}

/// Whether a segment can be somebody's job, agency or place.
fn is_affiliation(segment: &str) -> bool {
    segment.split_whitespace().count() <= 8 && !segment.ends_with(['.', '!', '?'])
}

/// A byline that names a desk or an agency and no person (`Reuters Staff`).
fn desk(content: &str) -> Option<String> {
    let words: Vec<&str> = content.split_whitespace().collect();
    let known = |w: &&str| is_in(NOT_NAMES, w.trim_end_matches([',', '.']));
    let shape =
        |w: &&str| w.chars().next().is_some_and(char::is_uppercase) || matches!(*w, "our" | "the" | "and" | "staff");
    let desk_word = |w: &&str| is_in(DESK_WORDS, w.trim_end_matches([',', '.']));
    let fits = words.len() <= 6 && words.iter().all(|w| known(w) || shape(w)) && words.iter().any(desk_word);
    (fits && !content.ends_with(['.', '!', '?'])).then(|| content.trim().to_owned())
}

/// Words one of which a byline without a person holds.
const DESK_WORDS: &[&str] = &[
    "afp",
    "agence",
    "agencies",
    "analyst",
    "ap",
    "associated",
    "author",
    "bbc",
    "bureau",
    "cnn",
    "columnist",
    "contributor",
    "correspondent",
    "correspondents",
    "desk",
    "editor",
    "editorial",
    "editors",
    "news",
    "newsroom",
    "press",
    "reporter",
    "reporters",
    "reuters",
    "staff",
    "team",
    "upi",
    "writer",
    "xinhua",
];

fn is_in(sorted: &[&str], word: &str) -> bool {
    sorted.iter().any(|w| w.eq_ignore_ascii_case(word))
}

/// The text before the first of some separators.
fn upto_any<'a>(text: &'a str, separators: &[&str]) -> &'a str {
    let end = separators.iter().filter_map(|s| text.find(s)).min().unwrap_or(text.len());
    text[..end].trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_give_their_names() {
        for (line, authors) in [
            ("By Jane Doe", "Jane Doe"),
            ("by Jane Doe and John Q. Roe", "Jane Doe; John Q. Roe"),
            ("By JANE DOE, Associated Press Writer", "JANE DOE"),
            ("By Jane Doe, John Roe and Ann Poe in Geneva", "Jane Doe; John Roe; Ann Poe"),
            ("By Jane Doe | Reuters", "Jane Doe"),
            ("By Jane Doe for The Daily Example", "Jane Doe"),
            ("Written by J. R. van der Berg", "J. R. van der Berg"),
            ("By Seán O’Neill-Smith", "Seán O’Neill-Smith"),
            ("By Sammy Poe, Jr.", "Sammy Poe"),
            ("By Reuters Staff", "Reuters Staff"),
            ("By our diplomatic correspondent", "our diplomatic correspondent"),
        ] {
            assert_eq!(parse(line).as_deref(), Some(authors), "{line}");
        }
    }

    #[test]
    fn sentences_are_no_bylines() {
        for line in [
            "By Tuesday the crowd had gone",
            "By the end of the war",
            "By Monday, June",
            "By 2030",
            "Bystanders Ran Away",
            "By far the largest of them",
            "By",
        ] {
            assert_eq!(parse(line), None, "{line}");
        }
    }

    #[test]
    fn bare_names_are_told_from_headings() {
        for line in ["Jane Doe", "N. R. Poe", "Jane Doe, \"John O'Roe\", Ann Poe", "Jane Doe and John Roe"] {
            assert!(is_bare(line), "{line}");
        }
        for line in ["White House", "The Long Road", "Jane said", "What Now", "Jane Doe.", "", "March Madness"] {
            assert!(!is_bare(line), "{line}");
        }
    }

    #[test]
    fn desks_are_known() {
        assert!(
            is_desk("Reuters")
                && is_desk("BBC News")
                && !is_desk("Bridge News Is Good News Today")
                && !is_desk("Geneva")
        );
        assert!(has_job("Jane Doe, Political Editor") && !has_job("Jane Doe, John Roe"));
    }

    #[test]
    fn fields_are_taken_as_they_are() {
        assert_eq!(field("Jane Doe, Example News"), "Jane Doe");
        assert_eq!(field("\"the newsdesk\""), "the newsdesk");
    }
}
