//! The news agency whose dispatch an article prints, where the article itself says so.
//!
//! It reads the author, the first words of the body and its last passage, with what was left out as boilerplate, and
//! gives the agency's short name. Precise rather than complete: a story that an agency "contributed to" is none of its
//! dispatches, and a text that only speaks of an agency is not one either.

use crate::document::{Article, PassageKind};

/// Short name for the table, and the forms that stand in datelines, bylines and credit lines, in lower case.
const AGENCIES: &[(&str, &[&str])] = &[
    ("AP", &["ap", "associated press"]),
    ("Reuters", &["reuters", "thomson reuters"]),
    ("AFP", &["afp", "agence france-presse", "agence france presse"]),
    ("UPI", &["upi", "united press international"]),
    ("PA", &["pa", "pa media", "press association"]),
    ("Bloomberg", &["bloomberg", "bloomberg news"]),
    ("dpa", &["dpa", "deutsche presse-agentur"]),
    ("Xinhua", &["xinhua", "xinhua news agency"]),
    ("TASS", &["tass", "itar-tass"]),
    ("Interfax", &["interfax"]),
    ("Kyodo", &["kyodo", "kyodo news"]),
    ("Yonhap", &["yonhap", "yonhap news agency"]),
    ("PTI", &["pti", "press trust of india"]),
    ("ANI", &["ani", "asian news international"]),
    ("IANS", &["ians", "indo-asian news service"]),
    ("EFE", &["efe", "agencia efe"]),
    ("ANSA", &["ansa"]),
    ("AAP", &["aap", "australian associated press"]),
    ("CP", &["cp", "the canadian press", "canadian press"]),
    ("CNS", &["cns", "catholic news service"]),
    ("KHN", &["khn", "kaiser health news"]),
    ("Anadolu", &["aa", "anadolu agency"]),
];
/// Most parts of a byline that names an agency; longer lists are those of a whole page.
const AUTHORS: usize = 3;
/// A dateline ends before this many characters of the body.
const DATELINE: usize = 90;
/// A credit line is shorter than this, bytes.
const CREDIT: usize = 220;

/// The agency's short name, if the article shows one.
pub fn wire_tag(article: &Article) -> Option<&'static str> {
    let mut body = article.passages.iter().filter(|passage| passage.kind != PassageKind::Title);
    let passage_text = |span: crate::document::Span<crate::document::Byte>| &article.text[span.range()];
    let first = body.next().map_or("", |passage| passage_text(passage.span));
    let last = body.next_back().map_or("", |passage| passage_text(passage.span));
    let removed = article.boilerplate.iter().filter_map(|removed| article.raw.get(removed.range.clone()));
    from_dateline(first)
        .or_else(|| from_author(&article.author))
        .or_else(|| from_credit(last))
        .or_else(|| removed.into_iter().find_map(from_credit))
}

/// `(Reuters) - `, `WASHINGTON (AP) — `, `BEIJING, May 3 (Xinhua) -- `.
fn from_dateline(text: &str) -> Option<&'static str> {
    let (before, rest) = text.split_once('(')?;
    let (name, after) = rest.split_once(')')?;
    let near = before.chars().count() <= DATELINE && !before.contains(['.', '"', '“', '?', '!', ';']);
    let place = before.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty());
    let is_place = place.is_none_or(|word| word.starts_with(char::is_uppercase));
    let dashed = after.trim_start().starts_with(['-', '–', '—', '―', '−', '_']);
    (near && is_place && (dashed || before.trim().is_empty())).then(|| agency(name)).flatten()
}

/// `Associated Press`, `By Jane Doe, Associated Press`, `Reuters Staff`, `JANE DOE/AP`.
fn from_author(author: &str) -> Option<&'static str> {
    let parts = || author.split([';', ',', '|', '/', '(', ')']).filter(|part| !part.trim().is_empty());
    if parts().count() > AUTHORS {
        return None;
    }
    parts().find_map(|part| {
        let part = part.trim();
        let part = part.strip_prefix("By ").unwrap_or(part);
        let lower = part.to_lowercase();
        let name = ["staff", "writer", "writers", "wire", "reports"]
            .iter()
            .fold(lower.as_str(), |name, word| name.strip_suffix(word).unwrap_or(name).trim_end());
        let is_name = name.len() > 3 || !part.chars().any(char::is_lowercase);
        is_name.then(|| agency(name)).flatten()
    })
}

/// `(Reporting by Jane Doe; Editing by John Roe)`, `© 2024 The Associated Press. All rights reserved.`, `Reuters`.
fn from_credit(text: &str) -> Option<&'static str> {
    let text = text.trim();
    if text.len() > CREDIT {
        let closing = text.rfind(['(', '[']).map(|at| &text[at..])?;
        return (closing.len() <= CREDIT && is_reuters_credit(closing)).then_some("Reuters");
    }
    if is_reuters_credit(text) {
        return Some("Reuters");
    }
    let plain = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '©');
    let owner = ["©", "Copyright", "copyright", "(c)"].iter().find_map(|mark| plain.strip_prefix(mark));
    let name = owner.map_or(plain, |rest| {
        let rest = rest.trim_start_matches(|c: char| !c.is_alphabetic());
        rest.split(['.', ',', '|']).next().unwrap_or("")
    });
    let whole = owner.is_some() || plain.split(' ').count() <= 4;
    let cased = owner.is_some() || plain.len() > 3 || text.starts_with(['(', '[', '—', '–', '-']);
    (whole && cased).then(|| agency(name)).flatten()
}

/// The credit that ends a dispatch of Reuters.
fn is_reuters_credit(text: &str) -> bool {
    let plain = text.trim_start_matches(['(', '[']);
    ["Reporting by ", "Additional reporting by ", "Writing by "].iter().any(|opening| plain.starts_with(opening))
        && (plain.contains("diting by ") || plain.contains("riting by "))
        && text.starts_with(['(', '['])
}

/// The agency of that name.
fn agency(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase();
    let name = name.strip_prefix("the ").unwrap_or(&name);
    AGENCIES.iter().find(|(_, forms)| forms.contains(&name)).map(|(tag, _)| *tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_name_the_agency() {
        assert_eq!(from_dateline("OSTHAVN, Norland (AP) — The ferry sank."), Some("AP"));
        assert_eq!(from_dateline("(Reuters) - Shares fell."), Some("Reuters"));
        assert_eq!(from_dateline("OSTHAVN, May 3 (Xinhua) -- The harbour"), Some("Xinhua"));
        assert_eq!(from_dateline("The Associated Press (AP) said it would close its office."), None);
        assert_eq!(from_dateline("He told the agency. (AP) — Then he left."), None);
        assert_eq!(from_dateline("Osthavn (CNN) — The ferry sank."), None);
        assert_eq!(from_dateline("The ferry sank."), None);
    }

    #[test]
    fn authors_and_credit_lines_name_the_agency() {
        assert_eq!(from_author("Ada Holm, Associated Press"), Some("AP"));
        assert_eq!(from_author("Reuters Staff"), Some("Reuters"));
        assert_eq!(from_author("The Associated Press"), Some("AP"));
        assert_eq!(from_author("Ada Holm; Pa Lund"), None);
        assert_eq!(from_author("ADA HOLM/AFP"), Some("AFP"));
        assert_eq!(from_author("Ada Holm; Bo Lund; Cy Moe; Associated Press"), None);
        assert_eq!(from_credit("(Reporting by Ada Holm; Editing by Bo Lund)"), Some("Reuters"));
        assert_eq!(from_credit("© 2024 The Associated Press. All rights reserved."), Some("AP"));
        assert_eq!(from_credit("—AFP"), Some("AFP"));
        assert_eq!(from_credit("The Associated Press contributed to this report."), None);
        assert_eq!(from_credit("Reporting by Ada Holm for the Harbour Post."), None);
        assert_eq!(from_credit("Pa"), None);
    }
}
