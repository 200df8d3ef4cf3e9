//! Footers: copyright notices, addresses of the newsroom, credits of desks and disclaimers, as they stand under news
//! stories.
//!
//! It reads the clean text of one line or short paragraph and answers yes or no. Reporting on copyright, views or
//! tip-offs must not pass: every rule asks for the form of a notice. It drops nothing itself.

/// Longest footer, bytes.
const LONGEST: usize = 420;

/// Whether a paragraph is a footer; `plain` is `text` in lower case with straight apostrophes.
pub(super) fn is_footer(text: &str, plain: &str) -> bool {
    is_copyright(text) || is_address(plain) || is_appeal(plain) || is_desk(plain) || is_disclaimer(plain)
}

/// Whether a line begins a footer even without a blank line before it.
pub(super) fn opens_footer(text: &str) -> bool {
    let known = |byte: u8| matches!(byte, b'C' | b'c' | b'A' | b'E' | b'F' | b'N' | b'T' | b'R');
    if text.len() > LONGEST || !(text.bytes().next().is_some_and(known) || text.starts_with('©')) {
        return false;
    }
    const RESERVED: &str = "all rights reserved";
    let first = text.as_bytes()[0].to_ascii_lowercase();
    let begins = |with: &str| {
        with.as_bytes()[0] == first && text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
    };
    let address = || CONTACT.iter().chain(&KEYS).any(|key| begins(key)) && is_address(&text.to_ascii_lowercase());
    is_copyright(text) || begins(RESERVED) || address()
}

/// Whether a text is a copyright notice: after the word, names in capitals, a year or a rights word, and nothing of a
/// sentence. `Copyright Evening Example 2025`, `Copyright 2025 The Example. Reprints: ...`.
pub(super) fn is_copyright(text: &str) -> bool {
    const LAW: [&str; 13] = [
        "act",
        "law",
        "laws",
        "bill",
        "directive",
        "office",
        "claims",
        "tribunal",
        "board",
        "reform",
        "case",
        "infringement",
        "rules",
    ];
    const RIGHTS: [&str; 8] =
        ["all rights", "rights reserved", "reprints", "reprinted", "licence", "license", "permission", "redistributed"];
    let Some(rest) = after_mark(text) else {
        return false;
    };
    let words = rest.split_whitespace().count();
    if words == 0 || words > 60 || text.len() > LONGEST {
        return false;
    }
    let lower = rest.to_ascii_lowercase();
    let rights = RIGHTS.iter().any(|r| lower.contains(r));
    let first = lower.split(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty());
    if first.is_some_and(|w| LAW.contains(&w)) {
        return false;
    }
    // The notice proper: names and years up to its full stop.
    let notice = rest.split_once(". ").map_or(rest, |(notice, _)| notice);
    let parts = || notice.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '&'));
    let year = parts().any(is_year);
    let named = parts().all(|w| w.is_empty() || is_name_part(w) || is_year(w));
    named && (year || rights) && parts().count() <= 14 && (words <= 20 || rights)
}

/// What follows `Copyright`, `©` or `(c)` at the start.
fn after_mark(text: &str) -> Option<&str> {
    let word = text.get(..9).filter(|w| *w == "Copyright" || *w == "COPYRIGHT");
    let mut rest = word.map_or(text, |_| &text[9..]);
    let mut marked = word.is_some() && rest.starts_with([' ', ':', '©']);
    rest = rest.trim_start_matches([' ', ':']);
    for mark in ["©", "(c)", "(C)"] {
        if let Some(after) = rest.strip_prefix(mark) {
            rest = after.trim_start();
            marked = true;
        }
    }
    marked.then_some(rest)
}

/// Whether a word is a year or a stretch of years (`2019-2021`).
fn is_year(word: &str) -> bool {
    word.split(['-', '–']).all(|y| {
        (y.len() == 4 && (y.starts_with("19") || y.starts_with("20")) || y.len() == 2)
            && y.bytes().all(|b| b.is_ascii_digit())
    }) && word.len() >= 4
}

/// Whether a word may stand in the name of an owner of rights.
fn is_name_part(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        || word.contains('.')
        || matches!(
            word,
            "by" | "of"
                | "the"
                | "and"
                | "&"
                | "for"
                | "in"
                | "all"
                | "rights"
                | "reserved"
                | "or"
                | "its"
                | "licensors"
        )
}

/// How a line begins that asks to write to the newsroom, and how one that names an address does.
const CONTACT: [&str; 2] = ["contact us:", "contact us "];
const KEYS: [&str; 11] = [
    "contact: ",
    "email: ",
    "e-mail: ",
    "newsroom: ",
    "newsdesk: ",
    "news desk: ",
    "news tips: ",
    "tips: ",
    "reprints: ",
    "tel: ",
    "feedback: ",
];

/// Whether a text names an address of the newsroom: `Contact us: ...`, `Reprints: rights@...`.
fn is_address(plain: &str) -> bool {
    let within = |most: usize| plain.split_whitespace().count() <= most;
    let at = || plain.contains('@');
    (plain.starts_with(CONTACT[0]) && within(35))
        || (plain.starts_with(CONTACT[1]) && at() && within(20))
        || (KEYS.iter().any(|k| plain.starts_with(k)) && (plain.starts_with("tel: ") || at()) && within(20))
}

/// Whether a text asks readers for tips: `If you have information, write to tips@...`. Appeals of the police are news.
fn is_appeal(plain: &str) -> bool {
    const OPENINGS: [&str; 8] = [
        "if you have information",
        "if you have any information",
        "if you know more",
        "if you have a tip",
        "if you have a story",
        "do you have information",
        "do you know more",
        "do you know something",
    ];
    const POLICE: [&str; 6] = ["police", "detective", "crime", "investigators", "sheriff", "fbi"];
    OPENINGS.iter().any(|o| plain.starts_with(o))
        && plain.contains('@')
        && plain.split_whitespace().count() <= 35
        && !POLICE.iter().any(|p| plain.contains(p))
}

/// Whether a text is the credit of a desk: `Reported by the Example business desk. Follow us @example`.
fn is_desk(plain: &str) -> bool {
    const BY: [&str; 4] = ["reported by ", "written by ", "compiled by ", "produced by "];
    const DESKS: [&str; 7] = ["desk", "staff", "team", "newsroom", "bureau", "reporters", "correspondents"];
    if !BY.iter().any(|by| plain.starts_with(by)) {
        return false;
    }
    let first = plain.split_once(". ").map_or(plain, |(first, _)| first).trim_end_matches('.');
    plain.split_whitespace().count() <= 20
        && first.split_whitespace().count() <= 12
        && first.rsplit(' ').next().is_some_and(|last| DESKS.contains(&last))
}

/// Whether a text says whose the views of a column are.
fn is_disclaimer(plain: &str) -> bool {
    const OPENINGS: [&str; 6] = [
        "the opinions expressed",
        "opinions expressed",
        "the views expressed",
        "views expressed",
        "the views and opinions expressed",
        "the opinions and views expressed",
    ];
    const OWNERS: [&str; 7] = [
        "do not represent",
        "do not necessarily",
        "are their own",
        "are his own",
        "are her own",
        "are solely",
        "are those of the author",
    ];
    OPENINGS.iter().any(|o| plain.starts_with(o))
        && plain.split_whitespace().count() <= 60
        && OWNERS.iter().any(|o| plain.contains(o))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn footer(text: &str) -> bool {
        is_footer(text, &text.to_lowercase())
    }

    #[test]
    fn footers_are_seen() {
        for text in [
            "Copyright Morning Example 2023",
            "Copyright 2023 The Morning Example. Reprints: desk@morning.example",
            "Copyright 2019-2023 by Example & Sons Ltd.",
            "COPYRIGHT: THE MORNING EXAMPLE 2023",
            "© Example News. All rights reserved.",
            "Copyright (c) 2023 Example. This may not be redistributed.",
            "Contact us: Morning Example, 3 Mill Lane, Exampleton",
            "Contact us at desk@morning.example",
            "Reprints: desk@morning.example",
            "If you have information, write to tips@morning.example.",
            "Reported by the Morning Example sports desk. Follow us @example",
            "The views expressed in this column are solely those of Jane Doe.",
        ] {
            assert!(footer(text), "{text}");
        }
    }

    #[test]
    fn reporting_is_no_footer() {
        for text in [
            "Copyright lawyers met in Geneva in 2023.",
            "Copyright Act 2023",
            "Copyright Office 2023",
            "Copyright 2023 was a bad year for, she said.",
            "Copyright holders said all rights reserved notices are not enough.",
            "Copyright in the song passed to Jane Doe in 2019.",
            "Copyright Evening",
            "Contact us and we will come, the doctor said.",
            "If you have information, call the police at once or write to a@police.example.",
            "Reported by the police on Monday, the theft was the third.",
            "Reported by a neighbour, the fire was put out by the duty desk and others who came. It was late.",
            "The views expressed by the minister shocked the town.",
        ] {
            assert!(!footer(text), "{text}");
        }
        assert!(opens_footer("Copyright Morning Example 2023") && !opens_footer("Copyright law of 2023 was changed."));
    }
}
