//! Readability of English text, from four integers, and the syllables of an English word.
//!
//! Formulas are those of quanteda.textstats. Values of a text without words or sentences are NaN.

/// How large a text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextSize {
    /// Letters and digits.
    pub letters: u64,
    /// Syllables, as [`syllables`] counts them.
    pub syllables: u64,
    /// Words and numbers.
    pub words: u64,
    /// Sentences.
    pub sentences: u64,
}

impl TextSize {
    fn ratio(part: u64, whole: u64) -> f64 {
        part as f64 / whole as f64
    }

    fn defined(self, score: f64) -> f64 {
        if self.words > 0 && self.sentences > 0 { score } else { f64::NAN }
    }
}

/// Flesch reading ease: higher is easier, 60 to 70 is plain English (Flesch 1948).
pub fn flesch_reading_ease(text: TextSize) -> f64 {
    let (length, syllables) =
        (TextSize::ratio(text.words, text.sentences), TextSize::ratio(text.syllables, text.words));
    text.defined(206.835 - 1.015 * length - 84.6 * syllables)
}

/// Flesch-Kincaid grade: years of school in the United States (Kincaid et al. 1975).
pub fn flesch_kincaid_grade(text: TextSize) -> f64 {
    let (length, syllables) =
        (TextSize::ratio(text.words, text.sentences), TextSize::ratio(text.syllables, text.words));
    text.defined(0.39 * length + 11.8 * syllables - 15.59)
}

/// Automated readability index, in years of school (Senter & Smith 1967).
pub fn ari(text: TextSize) -> f64 {
    let (length, letters) = (TextSize::ratio(text.words, text.sentences), TextSize::ratio(text.letters, text.words));
    text.defined(4.71 * letters + 0.5 * length - 21.43)
}

/// Coleman-Liau index, in years of school (Coleman & Liau 1975).
pub fn coleman_liau(text: TextSize) -> f64 {
    let (letters, sentences) = (TextSize::ratio(text.letters, text.words), TextSize::ratio(text.sentences, text.words));
    text.defined(5.88 * letters - 29.6 * sentences - 15.8)
}

/// Syllables of an English word by its spelling, at least 1: groups of vowels, less silent ones, more those that part
/// inside a group. A number or an abbreviation without vowels is one syllable.
pub fn syllables(word: &str) -> u32 {
    let mut count = 0;
    for (at, part) in word.split(['-', '\'', '’']).enumerate() {
        let letters: Vec<u8> = part.chars().map(plain).collect();
        count += match letters.as_slice() {
            // we're, they've, doesn't: what is left out was the syllable, or is one.
            [] | [b'r' | b'v', b'e'] | [b'l', b'l'] if at > 0 => 0,
            [b't'] if word.contains("sn") || word.contains("dn") => 1,
            letters => of_letters(letters),
        };
    }
    count.max(1)
}

fn of_letters(letters: &[u8]) -> u32 {
    let vowels: Vec<bool> = (0..letters.len()).map(|at| is_vowel(letters, at)).collect();
    let groups = (0..letters.len()).filter(|&at| vowels[at] && (at == 0 || !vowels[at - 1])).count() as i32;
    let count = groups - silent(letters, &vowels) + parted(letters);
    // A lone s is the rest of a possessive; a number is a word.
    u32::try_from(count).unwrap_or(0).max(u32::from(letters.len() > 2))
}

/// A letter without its accent, in lower case; `.` for what is none.
fn plain(letter: char) -> u8 {
    match letter.to_lowercase().next().unwrap_or(letter) {
        'à'..='å' | 'ā' | 'ă' | 'ą' => b'a',
        'æ' | 'è' | 'ë' | 'ē' | 'ę' | 'ě' => b'e',
        // Told apart from e, because it is never silent.
        'é' | 'ê' => b'y',
        'ì'..='ï' | 'ī' | 'ı' => b'i',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' | 'œ' => b'o',
        'ù'..='ü' | 'ū' | 'ű' | 'ů' => b'u',
        'ý' | 'ÿ' => b'y',
        ascii if ascii.is_ascii_lowercase() => ascii as u8,
        _ => b'.',
    }
}

/// Whether a letter sounds as a vowel: y does but before a vowel at the beginning or after another; u not after q.
fn is_vowel(letters: &[u8], at: usize) -> bool {
    let vowel = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|letter| b"aeiou".contains(letter));
    match letters[at] {
        b'a' | b'e' | b'i' | b'o' => true,
        b'u' => at == 0 || letters[at - 1] != b'q',
        b'y' => !(vowel(Some(at + 1)) && (at == 0 || vowel(at.checked_sub(1)))),
        _ => false,
    }
}

/// Groups of vowels that are not spoken: the e at the end, and that of -es and -ed after most consonants.
fn silent(letters: &[u8], vowels: &[bool]) -> i32 {
    let ends = |ending: &[u8]| letters.ends_with(ending);
    let before = |from_end: usize| letters.len().checked_sub(from_end).map_or(b'.', |at| letters[at]);
    let alone = |from_end: usize| letters.len() > from_end && !vowels[letters.len() - from_end - 1];
    let is_silent = if ends(b"gue") || ends(b"gues") {
        letters.len() > 4
    } else if ends(b"e") {
        // little, but not whole: a consonant before -le makes a syllable.
        alone(1) && !(ends(b"le") && alone(2) && !matches!(before(3), b'r' | b'w'))
    } else if ends(b"es") {
        let hissing = matches!(before(3), b's' | b'z' | b'x' | b'c' | b'g') || ends(b"ches") || ends(b"shes");
        alone(2) && !hissing && !(ends(b"les") && alone(3))
    } else if ends(b"ed") {
        alone(2) && !matches!(before(3), b't' | b'd') && !(ends(b"led") && alone(3) && before(4) != b'l')
    } else if ends(b"ement") || ends(b"ements") {
        let stem = letters.strip_suffix(b"s").unwrap_or(letters).len() - 5;
        stem > 2 && !vowels[stem - 1] && letters[stem - 1] != b'l'
    } else if ends(b"ely") || ends(b"eless") || ends(b"eful") || ends(b"eness") {
        letters.len() > 5
    } else {
        false
    };
    i32::from(is_silent)
}

/// Vowels that stand together and are spoken apart, and consonants that make a syllable.
fn parted(letters: &[u8]) -> i32 {
    let mut more = 0;
    for at in 0..letters.len() {
        let before = at.checked_sub(1).map_or(b'.', |at| letters[at]);
        more += i32::from(parts(before, &letters[at..]));
    }
    let starts = |prefix: &[u8]| letters.starts_with(prefix);
    // biological; reenter, cooperate; McConnell.
    more += i32::from(starts(b"bio") || starts(b"reo"));
    more += i32::from(letters.len() > 8 && (starts(b"ree") || starts(b"coo")));
    more += i32::from(starts(b"mc") && letters.len() > 3);
    more + i32::from(letters.ends_with(b"sm") || letters.ends_with(b"sms") || letters.ends_with(b"thm"))
}

/// Whether two vowels at the beginning of `rest` are spoken apart, after the letter `before`.
fn parts(before: u8, rest: &[u8]) -> bool {
    // A consonant that i only softens: nation, special, region, Asian.
    let soft = matches!(before, b'c' | b't' | b's' | b'g' | b'x');
    let consonant = before != b'.' && !b"aeiouy".contains(&before);
    match rest {
        // associate, negotiation, evaluate
        [b'i' | b'u', b'a', b't', ..] => consonant && before != b'q' && before != b'g',
        // material, historian, media; individual
        [b'i', b'a', b'l' | b'n' | b'r', ..] | [b'i', b'a'] | [b'i', b'a', b's'] => consonant && !soft,
        [b'u', b'a', b'l' | b'r', ..] => consonant && !matches!(before, b'q' | b'g'),
        // period, violence, video; previous, continuous; but nation, opinion
        [b'i', b'o', b'n', ..] => false,
        [b'i', b'o', ..] | [b'i', b'u', b'm', ..] | [b'e', b'o'] | [b'e', b'o', b's'] => consonant && !soft,
        [b'u', b'o', b'u', ..] | [b'e', b'o', b'u', ..] => consonant && !soft,
        // experience, client, society, science; influence
        [b'i', b'e', b't', ..] => true,
        [b'i', b'e', b'n', b'c' | b't', ..] => {
            consonant && !matches!(before, b't' | b'c') || rest.len() == 5 && before == b'c'
        }
        [b'u', b'e', b'n', b'c' | b't', ..] => !matches!(before, b'q' | b'g'),
        // idea, area; going, seeing
        [b'e', b'a'] | [b'e', b'a', b's'] => consonant && !matches!(before, b's' | b't' | b'l' | b'p' | b'n'),
        [b'i', b'n', b'g'] | [b'i', b'n', b'g', b's'] => b"aeou".contains(&before),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::assert_close;

    #[test]
    fn formulas() {
        // 100 words, 5 sentences, 150 syllables, 450 letters.
        let text = TextSize { letters: 450, syllables: 150, words: 100, sentences: 5 };
        assert_close(flesch_reading_ease(text), 206.835 - 1.015 * 20.0 - 84.6 * 1.5, 1e-9);
        assert_close(flesch_kincaid_grade(text), 0.39 * 20.0 + 11.8 * 1.5 - 15.59, 1e-9);
        assert_close(ari(text), 4.71 * 4.5 + 0.5 * 20.0 - 21.43, 1e-9);
        assert_close(coleman_liau(text), 5.88 * 4.5 - 29.6 * 0.05 - 15.8, 1e-9);
        assert!(ari(TextSize::default()).is_nan() && flesch_reading_ease(TextSize::default()).is_nan());
    }

    #[test]
    fn words_have_their_syllables() {
        let table = [
            (1, "the peace made talks walked whole school strength queue years 12 Mr"),
            (2, "little wanted churches people after table making nation special yellow quiet rhythm ex-wife"),
            (3, "president government another family United area radio media triangle"),
            (4, "American economy political security January"),
            (5, "international university"),
        ];
        for (count, words) in table {
            for word in words.split(' ') {
                assert_eq!(syllables(word), count, "{word}");
            }
        }
    }
}
