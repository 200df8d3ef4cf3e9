//! Where the name of a person ends that a web page set right before other text: `Anna ValeLawmakers`, and a second
//! name of the same person behind the first (`Bill Orr William (Bill) James Orr`).

use super::word::{Evidence, Word};
use crate::model::gazetteer::Gazetteer;

/// Letters of the shortest surname that is cut off what is glued to it.
const SHORTEST: usize = 4;

/// The byte where a name ends inside its last word, if the word begins with one that the document uses alone and goes
/// on with a capital or a digit.
pub(super) fn end_inside(word: &Word<'_>, evidence: &Evidence<'_>) -> Option<u32> {
    let inner = word
        .text
        .char_indices()
        .zip(word.text.chars().skip(1))
        .find(|((_, a), b)| a.is_lowercase() && (b.is_uppercase() || b.is_ascii_digit()));
    let ((at, before), _) = inner?;
    let end = at + before.len_utf8();
    let alone = &word.text[..end];
    let used = evidence.uses(alone).1 > 0 && alone.starts_with(char::is_uppercase);
    (end >= SHORTEST && used).then_some(word.start + end as u32)
}

/// The words of one name where a page set two of one person side by side: `Bill Orr Bill Orr`, `Vale Anna Maria Vale`,
/// a listed person with another given name behind, or one with the first given name in brackets; without the word of a
/// link behind it.
pub(super) fn one_name(
    words: &[Word<'_>],
    (start, end): (usize, usize),
    listed: usize,
    lists: &Gazetteer,
) -> (usize, usize) {
    // `Anna Vale MORE`: the word of a link.
    let link = |word: &Word<'_>| word.acronym && word.text.len() > 3 && word.ordinary;
    let mixed = words[start].text.bytes().any(|b| b.is_ascii_lowercase());
    if mixed && end > start + 1 && link(&words[end - 1]) {
        return (start, end - 1);
    }
    if end < start + 3 {
        return (start, end);
    }
    let given = |at: usize| lists.given(words[at].text) == Some(false);
    if let Some(again) = (start + 2..end).find(|&at| words[at].text == words[start].text && at + 1 < end) {
        return (start, again);
    }
    let surname = words[end - 1].text.strip_prefix(words[start].text);
    if given(start + 1) && surname.is_some_and(|rest| !rest.starts_with(char::is_lowercase)) {
        return (start + 1, end);
    }
    let nick = || {
        words.get(end).is_some_and(|word| word.text == "(")
            && words.get(end + 1).is_some_and(|word| word.text == words[start].text)
    };
    let behind_listed = listed == start + 2 && end == listed + 1;
    let second = given(end - 1) && (nick() || behind_listed);
    (start, if second { end - 1 } else { end })
}

#[cfg(test)]
mod tests {
    use crate::annotate::fixture::annotated;

    fn names(text: &str) -> Vec<String> {
        let doc = annotated(text);
        doc.mentions.iter().map(|mention| doc.text(mention.span).to_owned()).collect()
    }

    #[test]
    fn a_name_ends_before_what_is_glued_to_it() {
        let text = "The senators met Susan Margaret CollinsLawmakers who asked Collins about the bill.";
        assert_eq!(names(text), ["Susan Margaret Collins", "Collins"]);
        assert_eq!(names("A reporter asked Betsy DeVos about schools."), ["Betsy DeVos"]);
    }

    #[test]
    fn two_names_of_one_person_side_by_side_are_not_one() {
        assert!(names("They met Joe Biden Joe BidenDemocrats on Monday.").contains(&"Joe Biden".to_owned()));
        assert!(names("They met Ted Cruz Rafael (Ted) Edward Cruz there.").contains(&"Ted Cruz".to_owned()));
    }
}
