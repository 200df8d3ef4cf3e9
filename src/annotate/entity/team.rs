//! Towns that name their teams: in tables of results, in headings of a sport, and where they beat, meet or are played for.
//! A country stays a country, and a town behind a preposition of place stays a town.

use std::collections::BTreeSet;

use super::word::starts_capital;
use super::{Found, Sense};
use crate::document::{Document, EntityKind, Sentence, Span, Tok, Token, TokenKind};
use crate::model::gazetteer::{self, class};

/// Words of the longest name in a table of results, and tokens of its longest line.
const LONGEST: u32 = 4;
const LONGEST_LINE: u32 = 40;

/// Gives the names of teams their kind, and adds those that only a table of results shows.
pub(super) fn retype(doc: &Document, found: &mut Vec<Found>) {
    for (index, sentence) in doc.sentences.iter().enumerate() {
        for (team, person) in results(doc, sentence) {
            set(doc, index as u32, team, person, found);
        }
    }
    found.sort_by_key(|name| name.span.start);
    let mut teams: BTreeSet<&str> = BTreeSet::new();
    for at in 0..found.len() {
        if !is_team(doc, found, at) {
            continue;
        }
        let both = found.get(at + 1).is_some_and(|next| meets(doc, &found[at], next).is_some());
        for name in &mut found[at..at + 1 + usize::from(both)] {
            if is_town(name) {
                teams.insert(doc.text(name.span));
                make(name, 80);
            }
        }
    }
    if !teams.is_empty() {
        let again =
            found.iter_mut().filter(|name| is_town(name) && !name.placed && teams.contains(doc.text(name.span)));
        again.filter(|name| !is_placed(doc, name)).for_each(|name| make(name, 70));
    }
}

fn make(name: &mut Found, confidence: u8) {
    *name = Found { sense: Sense::Open, kind: EntityKind::Org, confidence, ..*name };
}

/// Whether a name is that of a place that may have a team of its name.
fn is_town(name: &Found) -> bool {
    let place = matches!(name.kind, EntityKind::Gpe | EntityKind::Loc);
    place
        && match name.sense {
            Sense::Listed(entry) => !gazetteer::english().entry(entry).country,
            Sense::Open => true,
            Sense::Demonym(_) | Sense::Actor(..) => false,
        }
}

/// The norm of a token of the name's sentence, counted from its end (0 is the next) or, below, from its start.
fn near<'d>(doc: &'d Document, name: &Found, offset: i32) -> &'d str {
    let held = doc.sentences[name.sentence as usize].tokens;
    let from = if offset < 0 { name.tokens.start } else { name.tokens.end };
    let at = from.checked_add_signed(offset).filter(|&at| at >= held.start && at < held.end);
    at.map_or("", |at| {
        let token = &doc.tokens[at as usize];
        if token.kind == TokenKind::Word { doc.norm(token) } else { doc.surface(token) }
    })
}

fn is_placed(doc: &Document, name: &Found) -> bool {
    matches!(near(doc, name, -1), "in" | "at" | "near" | "outside" | "of" | "around")
}

/// Whether what stands around a town says that its team is meant.
fn is_team(doc: &Document, found: &[Found], at: usize) -> bool {
    let name = &found[at];
    let next = found.get(at + 1).filter(|next| next.sentence == name.sentence);
    if let Some(next) = next
        && let Some(sure) = meets(doc, name, next)
        && (is_town(name) || is_town(next))
    {
        let side = |name: &Found| is_town(name) || name.kind == EntityKind::Org;
        return side(name) && side(next) && (sure || is_town(name) && is_town(next));
    }
    if !is_town(name) {
        return false;
    }
    let led = || match (near(doc, name, -2), near(doc, name, -1)) {
        (verb, "for") => matches!(verb, "plays" | "played" | "play" | "playing" | "scored" | "signed" | "striker"),
        (noun, "over") => matches!(noun, "win" | "victory" | "wins" | "triumph"),
        (verb, "to") => matches!(verb, "lost" | "lose" | "loss"),
        (verb, "with") => matches!(verb, "drew" | "draw"),
        (_, "against") => speaks_of_sport(doc, name),
        _ => false,
    };
    is_player(near(doc, name, 0)) || led() || in_sports_heading(doc, name) && !is_placed(doc, name)
}

/// Whether one name meets the next in a game (`A beat B`; `A at B` as all there is in a line), and if the verb leaves
/// no doubt.
fn meets(doc: &Document, name: &Found, next: &Found) -> Option<bool> {
    if next.sentence != name.sentence || next.tokens.start != name.tokens.end + 1 {
        return None;
    }
    match near(doc, name, 0) {
        "beat" | "beats" | "thrash" | "thrashed" | "trounced" | "outscored" => Some(true),
        "defeat" | "defeats" | "defeated" | "edge" | "edged" | "down" | "downed" | "host" | "hosts" | "play"
        | "plays" => Some(false),
        "at" | "v" | "vs" | "versus" => {
            let held = doc.sentences[name.sentence as usize].tokens;
            let alone = held.start == name.tokens.start && (held.end == next.tokens.end || near(doc, next, 0) == "(");
            alone.then_some(false)
        }
        _ => None,
    }
}

/// Who plays for, or leads, the team that is named before: `Liverpool striker`.
fn is_player(norm: &str) -> bool {
    matches!(
        norm,
        "striker"
            | "midfielder"
            | "goalkeeper"
            | "defender"
            | "winger"
            | "fullback"
            | "full-back"
            | "fly-half"
            | "scrum-half"
            | "quarterback"
            | "pitcher"
            | "outfielder"
            | "shortstop"
            | "linebacker"
            | "goaltender"
            | "coach"
    )
}

fn speaks_of_sport(doc: &Document, name: &Found) -> bool {
    let words = &doc.tokens[doc.sentences[name.sentence as usize].tokens.range()];
    words.iter().filter(|token| token.kind == TokenKind::Word).any(|token| {
        let norm = doc.norm(token);
        is_player(norm)
            || matches!(
                norm,
                "goal"
                    | "goals"
                    | "scored"
                    | "match"
                    | "game"
                    | "games"
                    | "innings"
                    | "wicket"
                    | "touchdown"
                    | "league"
                    | "cup"
                    | "season"
                    | "championship"
                    | "qualifier"
                    | "semifinal"
                    | "final"
                    | "draw"
                    | "halftime"
            )
    })
}

/// Whether the sentence is a heading of a game between teams: `SOCCER - LEEDS HOLD DERBY`.
fn in_sports_heading(doc: &Document, name: &Found) -> bool {
    let held = doc.sentences[name.sentence as usize].tokens;
    let words = &doc.tokens[held.range()];
    let dash = words.iter().take(5).position(|token| matches!(doc.surface(token), "-" | "–" | "—" | "--"));
    dash.is_some_and(|dash| {
        let before = &words[..dash];
        before.iter().all(|t| t.kind == TokenKind::Word && !doc.surface(t).bytes().any(|b| b.is_ascii_lowercase()))
            && before.iter().any(|token| {
                matches!(
                    doc.norm(token),
                    "soccer"
                        | "football"
                        | "rugby"
                        | "cricket"
                        | "basketball"
                        | "baseball"
                        | "hockey"
                        | "nfl"
                        | "nba"
                        | "nhl"
                )
            })
    })
}

/// The names in a line of results, each before its numbers: `Leeds 2 Derby 1`, `LEEDS 12 7 3 2 24`; and whether it stands
/// in brackets, as the scorers do.
fn results(doc: &Document, sentence: &Sentence) -> Vec<(Span<Tok>, bool)> {
    let tokens = &doc.tokens[sentence.tokens.range()];
    let none = Vec::new();
    if tokens.len() as u32 > LONGEST_LINE || !tokens.first().is_some_and(|token| is_capital(doc, token)) {
        return none;
    }
    // `At Leeds: Derby 241`.
    let led =
        tokens.iter().take(6).position(|token| doc.surface(token) == ":").filter(|_| doc.norm(&tokens[0]) == "at");
    let from = led.map_or(0, |colon| colon + 1);
    let mut names: Vec<(Span<Tok>, u32)> = Vec::new();
    let mut scorers: Vec<Span<Tok>> = Vec::new();
    let mut bracketed = false;
    let mut named = false;
    for at in from..tokens.len() {
        let token = &tokens[at];
        let place = sentence.tokens.start + at as u32;
        let numbered = tokens.get(at + 1).is_some_and(|next| next.kind == TokenKind::Number);
        if bracketed {
            bracketed = doc.surface(token) != ")";
            if numbered && is_capital(doc, token) {
                scorers.push(Span::new(place, place + 1));
            }
            continue;
        }
        match token.kind {
            TokenKind::Word if is_capital(doc, token) => match names.last_mut().filter(|_| named) {
                Some((name, _)) => name.end = place + 1,
                None => names.push((Span::new(place, place + 1), 0)),
            },
            TokenKind::Word if named || doc.norm(token) != "and" || !numbered => return none,
            TokenKind::Word => {}
            TokenKind::Number => match names.last_mut() {
                Some((_, numbers)) => *numbers += 1,
                None => return none,
            },
            _ => match doc.surface(token) {
                "(" if !named => bracketed = true,
                "." | "," | ";" | "-" | "*" if !named => {}
                _ => return none,
            },
        }
        named = token.kind == TokenKind::Word && is_capital(doc, token);
    }
    let scored = names.iter().all(|(name, numbers)| *numbers > 0 && name.len() <= LONGEST);
    if !scored || names.len() < 2 && names.first().is_none_or(|(_, numbers)| *numbers < 3) {
        return none;
    }
    let teams = names.into_iter().map(|(name, _)| (name, false));
    teams.chain(scorers.into_iter().map(|name| (name, true))).collect()
}

fn is_capital(doc: &Document, token: &Token) -> bool {
    token.kind == TokenKind::Word && starts_capital(doc.surface(token))
}

/// Takes a name of a line of results, unless it is that of a country, a person, a month or an ordinary word.
fn set(doc: &Document, sentence: u32, tokens: Span<Tok>, person: bool, found: &mut Vec<Found>) {
    let lists = gazetteer::english();
    let held = &doc.tokens[tokens.range()];
    let span = Span::new(held[0].span.start, held[held.len() - 1].base_end);
    let over = |name: &Found| name.span.overlaps(span);
    let known = found.iter().find(|name| over(name));
    let named = match known.map(|name| (name.sense, name.kind)) {
        Some((Sense::Listed(entry), _)) => !lists.entry(entry).country && !person,
        Some((Sense::Demonym(_) | Sense::Actor(..), _)) => false,
        Some((Sense::Open, EntityKind::Person)) => held.len() > 1 && !person,
        Some((Sense::Open, _)) => true,
        None => {
            let norm = doc.norm(&held[0]);
            let ordinary = lists.is_ordinary(norm) || lists.classes(norm) & (class::CALENDAR | class::TITLE) != 0;
            !(person || ordinary && held.len() == 1 || norm.len() < 3)
        }
    };
    if !named || lists.given(doc.base(&held[0])).is_some() && held.len() > 1 {
        return;
    }
    found.retain(|name| !over(name));
    found.push(Found {
        span,
        tokens,
        sentence,
        sense: Sense::Open,
        kind: if person { EntityKind::Person } else { EntityKind::Org },
        confidence: 80,
        hyphen: false,
        titled: false,
        sex: None,
        placed: false,
        bracketed: false,
    });
}

#[cfg(test)]
mod tests {
    use crate::annotate::fixture::annotated;

    /// Names with their kinds, in order of the text.
    fn kinds(text: &str) -> Vec<String> {
        let doc = annotated(text);
        let kind = |m: &crate::document::Mention| doc.entities[m.entity.0 as usize].kind.name();
        doc.mentions.iter().map(|m| format!("{}/{}", doc.text(m.span), kind(m))).collect()
    }

    #[test]
    fn towns_in_tables_of_results_are_teams() {
        for text in ["Milan 2 Turin 1", "MILAN 12 7 3 2 24", "Milan 24 Turin 19 (Vale 7)"] {
            assert!(kinds(text).iter().any(|name| name.eq_ignore_ascii_case("milan/ORG")), "{text}: {:?}", kinds(text));
        }
        assert_eq!(kinds("Norway 2 Hungary 1"), ["Norway/GPE", "Hungary/GPE"]);
        assert!(kinds("March 3 April 5").is_empty());
    }

    #[test]
    fn towns_that_beat_each_other_are_teams() {
        assert_eq!(kinds("It ended when Milan beat Turin by two goals.")[..2], ["Milan/ORG", "Turin/ORG"]);
        assert_eq!(kinds("The Milan striker left.")[..1], ["Milan/ORG"]);
        assert_eq!(kinds("They met in Milan and Turin.")[..2], ["Milan/GPE", "Turin/GPE"]);
        assert_eq!(kinds("Norway beat Hungary by two goals.")[..2], ["Norway/GPE", "Hungary/GPE"]);
    }

    #[test]
    fn a_team_and_its_town_are_two() {
        let doc = annotated("The Milan striker was born in Milan.");
        assert_eq!(doc.entities.len(), 2, "{:?}", doc.entities);
    }
}
