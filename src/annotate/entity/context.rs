//! What the words around an unlisted name tell of its kind: whether it does and owns what people do and own, or what
//! firms do and own. It reads the words of one sentence and decides nothing; `classify` does.

use super::word::Word;
use crate::model::gazetteer;

/// Whether a name owns kin or a career, does what only people do, or stands in a list of surnames.
pub(super) fn human(words: &[Word<'_>], start: usize, end: usize) -> bool {
    let Some(after) = words.get(end) else {
        return in_list(words, start, end);
    };
    if words[end - 1].possessive {
        return after.lower() && owned_by_people(after.norm);
    }
    after.lower() && done_by_people(after.norm) || in_list(words, start, end)
}

/// Whether a name owns or stands before what firms have.
pub(super) fn firm(words: &[Word<'_>], end: usize) -> bool {
    words.get(end).is_some_and(|w| {
        w.lower()
            && matches!(
                w.norm,
                "shares"
                    | "stock"
                    | "shareholders"
                    | "employees"
                    | "customers"
                    | "subsidiary"
                    | "executives"
                    | "executive"
                    | "spokesman"
                    | "spokeswoman"
                    | "spokesperson"
                    | "products"
                    | "investors"
                    | "profits"
                    | "users"
                    | "ceo"
                    | "headquarters"
            )
    })
}

/// Whether a comma or `and` sets the name beside a common surname: `White, Quarrel, Lloyd`.
fn in_list(words: &[Word<'_>], start: usize, end: usize) -> bool {
    let lists = gazetteer::english();
    let surname = |w: &Word<'_>| w.capital && !w.ordinary && lists.surname(w.text).is_some();
    let mark = |w: &Word<'_>| w.text == ",";
    let before = start >= 2 && mark(&words[start - 1]) && surname(&words[start - 2]);
    let after = words.get(end).is_some_and(mark) && words.get(end + 1).is_some_and(surname);
    (before || after) && end - start == 1
}

fn owned_by_people(norm: &str) -> bool {
    matches!(
        norm,
        "wife"
            | "husband"
            | "son"
            | "sons"
            | "daughter"
            | "daughters"
            | "father"
            | "mother"
            | "parents"
            | "brother"
            | "sister"
            | "family"
            | "friend"
            | "friends"
            | "lawyer"
            | "lawyers"
            | "attorney"
            | "attorneys"
            | "career"
            | "death"
            | "body"
            | "face"
            | "eyes"
            | "hand"
            | "hands"
            | "voice"
            | "girlfriend"
            | "boyfriend"
            | "colleague"
            | "colleagues"
            | "testimony"
            | "childhood"
            | "widow"
            | "uncle"
            | "nephew"
            | "autobiography"
    )
}

fn done_by_people(norm: &str) -> bool {
    matches!(
        norm,
        "smiled"
            | "laughed"
            | "died"
            | "married"
            | "grew"
            | "graduated"
            | "resigned"
            | "wept"
            | "slept"
            | "woke"
            | "shrugged"
            | "nodded"
            | "sat"
            | "stood"
            | "testified"
            | "quipped"
            | "scored"
            | "headed"
            | "volleyed"
            | "himself"
            | "herself"
            | "tweeted"
            | "recalled"
            | "joked"
            | "pleaded"
            | "retired"
    )
}

/// Whether the adjective of a people names its language: `speaks Norse`, `in Norse.`, `a Norse translation`.
pub(super) fn language(words: &[Word<'_>], start: usize, end: usize) -> bool {
    let norm = |at: Option<usize>| at.and_then(|at| words.get(at)).map_or("", |word| word.norm);
    let before = norm(start.checked_sub(1));
    let after = words.get(end).map_or("", |word| if word.norm.is_empty() { word.text } else { word.norm });
    let after = after.to_lowercase();
    let ends = words.get(end).is_none_or(|word| word.mark) || matches!(after.as_str(), "and" | "or" | "as" | "with");
    let plural = words[end - 1].text.ends_with('s');
    let spoken = matches!(
        before,
        "speak"
            | "speaks"
            | "spoke"
            | "spoken"
            | "speaking"
            | "learn"
            | "learns"
            | "learned"
            | "learning"
            | "taught"
            | "teach"
            | "teaches"
            | "teaching"
            | "fluent"
            | "broken"
            | "conversational"
    );
    let named = matches!(
        after.as_str(),
        "language"
            | "languages"
            | "speaker"
            | "speakers"
            | "speaking"
            | "translation"
            | "translations"
            | "translator"
            | "subtitles"
            | "grammar"
            | "dictionary"
            | "proficiency"
            | "fluency"
    );
    named || !plural && (spoken || ends && matches!(before, "in" | "into"))
}
