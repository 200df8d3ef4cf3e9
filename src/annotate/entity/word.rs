//! Words of a sentence as the entity stage reads them: tokens, with hyphenated words taken apart where their parts are
//! names, and what the whole document tells about words that are capitalised for other reasons than being names.

use crate::document::{Document, PassageKind, Sentence, Token, TokenKind};
use crate::model::form;
use crate::model::gazetteer::{self, Gazetteer, class};
use crate::model::lookup::Lookup;
use crate::model::stopword;

/// A word, number or mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    /// Its letters, without a possessive ending.
    pub(super) text: &'a str,
    /// The lower-case form; of a part of a hyphenated word, empty.
    pub(super) norm: &'a str,
    /// First byte.
    pub(super) start: u32,
    /// Byte after the last.
    pub(super) end: u32,
    /// Its token.
    pub(super) token: u32,
    /// Word classes of the gazetteer.
    pub(super) classes: u32,
    /// Starts with a capital (or is `al-Something`).
    pub(super) capital: bool,
    /// Two or more capitals and no lower-case letter.
    pub(super) acronym: bool,
    /// A letter and a dot.
    pub(super) initial: bool,
    /// Ends in a possessive ending.
    pub(super) possessive: bool,
    /// A mark or symbol.
    pub(super) mark: bool,
    /// A number.
    pub(super) number: bool,
    /// A part of a hyphenated word.
    pub(super) part: bool,
    /// Glued to the word before by a hyphen.
    pub(super) glued: bool,
    /// Where a capital is usual: at the start of the sentence, behind an opening quotation mark or a colon.
    pub(super) opening: bool,
    /// Lower case elsewhere in the document more often than capitalised inside a sentence, or an ordinary word.
    pub(super) ordinary: bool,
    /// Capitalised inside a sentence elsewhere in the document, and not mostly in lower case.
    pub(super) seen: bool,
}

impl Word<'_> {
    /// Whether the word is of one of these classes.
    pub(super) fn is(&self, classes: u32) -> bool {
        self.classes & classes != 0
    }
    /// A lower-case word.
    pub(super) fn lower(&self) -> bool {
        !self.mark && !self.number && !self.capital
    }
    /// A capitalised word of the kind of which names are made.
    pub(super) fn name_like(&self) -> bool {
        self.capital && !self.mark && !self.is(class::CALENDAR | class::NO_NAME)
    }
}

/// What the document tells about capitals.
#[derive(Debug)]
pub(super) struct Evidence<'a> {
    slots: Lookup<&'a str, u32>,
    /// Lower-case uses, capitalised uses inside sentences and all capitalised uses, for each slot.
    counts: Vec<(u32, u32, u32)>,
    headlines: Vec<bool>,
}

impl<'a> Evidence<'a> {
    /// Counts the uses of all words whose capital may be for its place only, and of parts of hyphenated words.
    pub(super) fn gather(doc: &'a Document) -> Evidence<'a> {
        let headlines: Vec<bool> = doc.sentences.iter().map(|s| is_headline(doc, s)).collect();
        let mut asked: Vec<&str> = Vec::new();
        for token in doc.tokens.iter().filter(|t| t.kind == TokenKind::Word) {
            let base = doc.base(token);
            if starts_capital(base) {
                asked.push(base);
            }
            if base.contains('-') {
                asked.extend(base.split('-').filter(|p| starts_capital(p)));
            }
        }
        // Both `Apple` and `apple` lead to the first slot of `Apple`.
        let slots: Lookup<&str, u32> = asked.iter().enumerate().map(|(i, w)| (*w, i as u32)).collect();
        let mut counts = vec![(0, 0, 0); asked.len()];
        let mut buffer = String::new();
        for (sentence, headline) in doc.sentences.iter().zip(&headlines) {
            if *headline {
                continue;
            }
            let mut opening = true;
            for token in &doc.tokens[sentence.tokens.range()] {
                let base = doc.base(token);
                if token.kind != TokenKind::Word {
                    opening = opens(doc.surface(token)) || (opening && token.kind == TokenKind::Punctuation);
                    continue;
                }
                if starts_capital(base) {
                    if let Some(&slot) = slots.get(base) {
                        counts[slot as usize].1 += u32::from(!opening);
                        counts[slot as usize].2 += 1;
                    }
                } else if !base.contains('-') {
                    buffer.clear();
                    form::push_capitalised(base, &mut buffer);
                    if let Some(&slot) = slots.get(buffer.as_str()) {
                        counts[slot as usize].0 += 1;
                    }
                }
                opening = false;
            }
        }
        Evidence { slots, counts, headlines }
    }

    /// Whether capitals tell nothing in this sentence.
    pub(super) fn is_headline(&self, sentence: usize) -> bool {
        self.headlines.get(sentence).copied().unwrap_or(false)
    }

    /// Uses in lower case, and capitalised inside sentences.
    pub(super) fn uses(&self, word: &str) -> (u32, u32) {
        let (lower, inside, _) = self.slots.get(word).map_or((0, 0, 0), |&slot| self.counts[slot as usize]);
        (lower, inside)
    }

    /// Whether a word stands alone with a capital and is no ordinary word.
    fn is_name_alone(&self, word: &str) -> bool {
        let (lower, _, all) = self.slots.get(word).map_or((0, 0, 0), |&slot| self.counts[slot as usize]);
        all > lower && word.len() > 1 && {
            let norm = word.to_lowercase();
            !stopword::is_stopword(&norm) && (!gazetteer::english().is_ordinary(&norm) || all > lower + 1)
        }
    }
}

/// Whether a word starts with a capital; `al-` and `el-` before a capital count as capitals.
pub(super) fn starts_capital(word: &str) -> bool {
    let bare = word.strip_prefix("al-").or_else(|| word.strip_prefix("el-")).unwrap_or(word);
    match bare.as_bytes().first() {
        Some(b) if b.is_ascii() => {
            b.is_ascii_uppercase()
                || (b.is_ascii_lowercase() && bare.as_bytes().get(1).is_some_and(u8::is_ascii_uppercase))
        }
        Some(_) => bare.chars().next().is_some_and(char::is_uppercase),
        None => false,
    }
}

/// Whether a mark makes the next word's capital usual.
fn opens(mark: &str) -> bool {
    matches!(mark, "“" | "\"" | "‘" | "'" | ":" | "•" | "*" | "**" | "…" | "«" | "[")
}

/// Whether a sentence's capitals tell nothing: no content word is in lower case, or everything is in capitals.
fn is_headline(doc: &Document, sentence: &Sentence) -> bool {
    let (mut lower, mut capital, mut shouted, mut letters) = (0, 0, 0, 0);
    for token in &doc.tokens[sentence.tokens.range()] {
        if token.kind != TokenKind::Word {
            continue;
        }
        let base = doc.base(token);
        let long = base.len() > 3;
        if starts_capital(base) {
            capital += 1;
            if long && base.bytes().all(|b| !b.is_ascii_lowercase()) {
                shouted += 1;
            }
            letters += usize::from(long);
        } else if long && !stopword::is_stopword(doc.norm(token)) {
            lower += 1;
            letters += 1;
        }
        if lower > 2 {
            return false;
        }
    }
    if letters >= 3 && shouted * 10 >= letters * 8 {
        return true;
    }
    let title = doc.article.passages[sentence.passage as usize].kind != PassageKind::Paragraph;
    let ended = doc.text(sentence.span).ends_with(['.', '!', '?', '”', '"']);
    lower == 0 && capital >= if title { 3 } else { 5 } && (title || !ended)
}

/// Writes the words of a sentence into `words`.
pub(super) fn split<'a>(doc: &'a Document, sentence: usize, evidence: &Evidence<'_>, words: &mut Vec<Word<'a>>) {
    words.clear();
    let gazetteer = gazetteer::english();
    let mut opening = true;
    for index in doc.sentences[sentence].tokens.range() {
        let token = &doc.tokens[index];
        let before = words.len();
        match token.kind {
            TokenKind::Word => push_word(doc, token, index as u32, evidence, gazetteer, words),
            kind => words.push(plain(doc, token, index as u32, kind)),
        }
        let mark = words[before].mark;
        for word in &mut words[before..] {
            word.opening = opening && !mark && !word.glued;
        }
        opening = match token.kind {
            TokenKind::Word | TokenKind::Number => false,
            _ => opens(doc.surface(token)) || opening,
        };
    }
}

fn plain<'a>(doc: &'a Document, token: &Token, index: u32, kind: TokenKind) -> Word<'a> {
    Word {
        text: doc.base(token),
        norm: "",
        start: token.span.start,
        end: token.base_end,
        token: index,
        classes: 0,
        capital: false,
        acronym: false,
        initial: false,
        possessive: token.base_end != token.span.end,
        mark: kind != TokenKind::Number,
        number: kind == TokenKind::Number,
        part: false,
        glued: false,
        opening: false,
        ordinary: false,
        seen: false,
    }
}

fn push_word<'a>(
    doc: &'a Document,
    token: &Token,
    index: u32,
    evidence: &Evidence<'_>,
    gazetteer: &Gazetteer,
    words: &mut Vec<Word<'a>>,
) {
    let base = doc.base(token);
    let norm = doc.norm(token);
    let mut whole = plain(doc, token, index, TokenKind::Word);
    whole.mark = false;
    whole.norm = norm;
    describe(&mut whole, base, norm, evidence, gazetteer);
    let previous_is_name = words.last().is_some_and(|w: &Word<'_>| {
        w.name_like()
            && !w.possessive
            && (gazetteer.given(w.text) == Some(false)
                || !w.opening && (w.initial || gazetteer.given(w.text).is_some()))
    });
    if !splits(base, previous_is_name, evidence, gazetteer) {
        words.push(whole);
        return;
    }
    let mut start = token.span.start;
    for (n, text) in base.split(is_hyphen).enumerate() {
        if n > 0 {
            start += doc.article.text[start as usize..].chars().next().map_or(1, char::len_utf8) as u32;
        }
        let end = start + text.len() as u32;
        let mut part = whole;
        part.text = text;
        part.norm = "";
        part.part = true;
        part.glued = n > 0;
        part.start = start;
        part.end = end;
        part.possessive = whole.possessive && end == token.base_end;
        describe(&mut part, text, "", evidence, gazetteer);
        part.capital &= !is_prefix(text);
        words.push(part);
        start = end;
    }
}

fn describe(word: &mut Word<'_>, text: &str, norm: &str, evidence: &Evidence<'_>, gazetteer: &Gazetteer) {
    word.capital = starts_capital(text);
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    word.acronym = letters >= 2 && !text.bytes().any(|b| b.is_ascii_lowercase()) && text.is_ascii();
    word.initial = letters == 1 && text.len() <= 2 && word.capital;
    let lower;
    let norm = if norm.is_empty() {
        lower = text.to_lowercase();
        &lower
    } else {
        norm
    };
    word.classes = gazetteer.classes(norm);
    let plural_day = norm.ends_with("days") && gazetteer.classes(&norm[..norm.len() - 1]) & class::CALENDAR != 0;
    if plural_day || is_party_and_state(text) {
        word.classes |= class::NO_NAME;
    }
    if word.capital {
        let (down, up) = evidence.uses(text);
        word.seen = up > down;
        let known = if word.acronym {
            let lower = text.to_lowercase();
            gazetteer.is_ordinary(&lower) || stopword::is_stopword(&lower)
        } else {
            gazetteer.is_ordinary(norm) || stopword::is_stopword(norm)
        };
        if word.acronym && known && word.classes & class::NO_NAME == 0 {
            // Emphasis (`NOT`, `MUST WATCH`), unless a list has it (`WHO`).
            word.capital = gazetteer.longest_from(&gazetteer::folded(text)) > 0;
        }
        word.ordinary = !word.acronym && (known || down > up);
    } else {
        word.ordinary = true;
    }
}

/// `Ex-`, `Pro-`: prefixes that are no names even with a capital.
fn is_prefix(part: &str) -> bool {
    matches!(part, "Ex" | "Pro" | "Anti" | "Non" | "Post" | "Pre" | "Mid" | "Trans")
}

/// `R-Ky.`, `D-Illinois`: a lawmaker's party and state.
fn is_party_and_state(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|b| matches!(b, b'R' | b'D' | b'I'))
        && bytes.next() == Some(b'-')
        && bytes.next().is_some_and(|b| b.is_ascii_uppercase())
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Whether a hyphenated word is taken apart: some part of it is a name of the gazetteer or of the document, and all
/// its capitalised parts are. A double-barrelled surname behind a given name stays whole.
fn splits(base: &str, previous_is_name: bool, evidence: &Evidence<'_>, gazetteer: &Gazetteer) -> bool {
    if !base.contains(is_hyphen)
        || is_party_and_state(base)
        || base.starts_with("al-")
        || base.starts_with("Al-")
        || base.starts_with("el-")
    {
        return false;
    }
    if gazetteer.senses(&gazetteer::folded(base)).is_some() {
        return false;
    }
    let (mut known, mut unknown, mut lower) = (0, 0, 0);
    let double = previous_is_name && !base.split(is_hyphen).any(|p| gazetteer.given(p) == Some(false));
    for part in base.split(is_hyphen) {
        if !starts_capital(part) || is_prefix(part) {
            lower += usize::from(part.len() > 1 && part.bytes().all(|b| b.is_ascii_lowercase()));
            if part.bytes().all(|b| b.is_ascii_digit()) {
                return false;
            }
            continue;
        }
        let listed = gazetteer.senses(&gazetteer::folded(part)).is_some();
        // Behind a given name only parts of the lists are names of their own: `Anna Hale-Brook`.
        if listed || !double && evidence.is_name_alone(part) {
            known += 1;
        } else {
            unknown += 1;
        }
    }
    if previous_is_name && unknown > 0 {
        return false;
    }
    if lower > 0 {
        // `Moscow-based`, `post-World`; a first part alone must be known, or `Jong-un` would fall apart.
        let prefix = !starts_capital(base);
        return known > 0 || (prefix && unknown > 0);
    }
    known > 0 && unknown == 0 && !(previous_is_name && known < 2)
}
