//! The entity stage: finds the names of people, organisations, places and the like, and says which of them are one.
//!
//! Reads tokens, sentences, the gazetteer and the trained tagger; writes `Document::entities` and `Document::mentions`.
//! Steps, one file each: words of a sentence with document-wide evidence about capitals ([`word`]); names by rules
//! ([`candidate`] over [`run`] and [`segment`], typed by [`classify`]; in headlines [`headline`]); names by the tagger over
//! finer [`unit`]s, joined with those of the rules ([`tagged`]); capitals as governments ([`seat`]); the merging of names
//! into entities ([`alias`] over [`roster`], [`person`] and
//! [`short_form`]). It never reads quotations: `Mention::quotation` stays empty for the quotation stage.

mod alias;
mod candidate;
mod classify;
mod context;
mod countable;
mod external;
pub mod given;
mod glued;
mod headline;
mod person;
mod roster;
mod run;
mod seat;
mod segment;
mod short_form;
mod tagged;
mod team;
pub(crate) mod unit;
mod word;

use self::roster::Kinds;
use crate::annotate::Annotator;
use crate::config::entities::spans::SpanList;
use crate::config::{EntityConfig, Metonyms, SpanMode};
use crate::document::{Byte, Document, EntityKind, Layer, Span, Tok};
use crate::model::gazetteer::{self, Kind, Sex};

/// Writes `Document::entities` and `Document::mentions`.
#[derive(Debug)]
pub struct EntityTagger {
    metonyms: Metonyms,
    /// Names from elsewhere, and whether byline's own stand beside them.
    spans: Option<(SpanList, SpanMode)>,
}

impl EntityTagger {
    /// The stage as the user wants it.
    pub fn new(config: &EntityConfig) -> EntityTagger {
        let spans = config.spans.as_ref().map(|spans| (spans.clone(), config.mode));
        EntityTagger { metonyms: config.metonyms, spans }
    }
}

impl Annotator for EntityTagger {
    fn layer(&self) -> Layer {
        Layer::Entities
    }

    fn annotate(&self, doc: &mut Document) {
        let (entities, mentions) = match &self.spans {
            Some((spans, mode)) => external::entities(doc, spans, *mode, self.metonyms),
            None => alias::resolve(doc, &names(doc), (Kinds::Voted, self.metonyms)),
        };
        doc.entities = entities;
        doc.mentions = mentions;
    }
}

/// Frees what the thread remembers of words.
pub(super) fn forget_words() {
    tagged::forget_words();
}

/// How many names the trained tagger alone finds in a document with tokens and sentences: what its speed is measured by.
pub fn tagged_names(doc: &Document) -> usize {
    tagged::names(doc).iter().map(Vec::len).sum()
}

/// The names of a document in text order, before merging.
fn names(doc: &Document) -> Vec<Found> {
    let evidence = word::Evidence::gather(doc);
    let tagged = tagged::names(doc);
    let known = tagged::known(doc, &tagged);
    let mut joined = tagged::Joined::default();
    let mut headlines = Vec::new();
    let mut words = Vec::new();
    let mut rules = Vec::new();
    for (index, tagged) in tagged.iter().enumerate() {
        word::split(doc, index, &evidence, &mut words);
        rules.clear();
        if evidence.is_headline(index) {
            headlines.push(index);
            continue;
        }
        candidate::find(doc, index as u32, &words, &evidence, &mut rules);
        tagged::join(doc, index as u32, (&words, &evidence), (tagged, &rules, &known), &mut joined);
    }
    let tagged::Joined { mut found, doubtful } = joined;
    tagged::keep_repeated(doc, &doubtful, &mut found);
    countable::leave_out(doc, &mut found);
    let plain = found.len();
    headline::find(doc, &headlines, &evidence, &mut found);
    let mut shown = found.split_off(plain);
    for &index in &headlines {
        word::split(doc, index, &evidence, &mut words);
        let first = shown.partition_point(|name| (name.sentence as usize) < index);
        let last = shown.partition_point(|name| (name.sentence as usize) <= index);
        let mut more = tagged::Joined::default();
        tagged::join(doc, index as u32, (&words, &evidence), (&tagged[index], &[], &known), &mut more);
        more.found.retain(|name| !shown[first..last].iter().any(|held| held.span.overlaps(name.span)));
        found.append(&mut more.found);
    }
    found.append(&mut shown);
    found.sort_by_key(|f| (f.span.start, f.span.end));
    found.dedup_by(|later, first| later.span.overlaps(first.span));
    team::retype(doc, &mut found);
    found
}

/// What the gazetteer says an entry is; `None` for names that are not counted.
fn listed_kind(entry: u32) -> Option<EntityKind> {
    Some(match gazetteer::english().entry(entry).kind? {
        Kind::Person => EntityKind::Person,
        Kind::Org => EntityKind::Org,
        Kind::Gpe => EntityKind::Gpe,
        Kind::Loc => EntityKind::Loc,
        Kind::Facility => EntityKind::Facility,
        Kind::Event => EntityKind::Event,
        Kind::Misc => EntityKind::Misc,
    })
}

/// The confidence of a name that is dropped unless it joins another name.
const UNLIKELY: u8 = 20;

/// What a found name can be, before names are merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sense {
    /// A name of the gazetteer.
    Listed(u32),
    /// The people or adjective of a gazetteer entry.
    Demonym(u32),
    /// A seat used as its government: the government's entry, the place's own entry, how sure.
    Actor(u32, Option<u32>, u8),
    /// A name of no list.
    Open,
}

/// A name found in a sentence.
#[derive(Clone, Copy, Debug)]
struct Found {
    span: Span<Byte>,
    tokens: Span<Tok>,
    sentence: u32,
    sense: Sense,
    kind: EntityKind,
    confidence: u8,
    /// Only a part of a hyphenated word.
    hyphen: bool,
    /// Behind a title or role noun: a person.
    titled: bool,
    /// What the title before it says: `Mrs`, `Sir`.
    sex: Option<Sex>,
    /// Behind a preposition of place.
    placed: bool,
    /// In brackets right behind another name.
    bracketed: bool,
}

#[cfg(test)]
mod tests {
    use crate::annotate::fixture::annotated;
    use crate::document::Document;

    /// All mentions as `surface=name/KIND/role`.
    fn rows(text: &str) -> Vec<String> {
        rows_of(&annotated(text))
    }

    fn rows_of(doc: &Document) -> Vec<String> {
        doc.mentions
            .iter()
            .map(|m| {
                let entity = &doc.entities[m.entity.0 as usize];
                format!("{}={}/{}/{}", doc.text(m.span), entity.name, entity.kind.name(), m.role.name())
            })
            .collect()
    }

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(rows(text), expected, "{text}");
    }

    fn has(text: &str, row: &str) {
        let rows = rows(text);
        assert!(rows.iter().any(|r| r == row), "{text}: {rows:?} lacks {row}");
    }

    fn lacks(text: &str, part: &str) {
        let rows = rows(text);
        assert!(!rows.iter().any(|r| r.contains(part)), "{text}: {rows:?} holds {part}");
    }

    #[test]
    fn a_demonym_and_a_title_stand_before_a_person() {
        check(
            "Chinese President Xi Jinping spoke. Later Xi left.",
            &["Chinese=China/GPE/demonym", "Xi Jinping=Xi Jinping/PERSON/name", "Xi=Xi Jinping/PERSON/name"],
        );
        check(
            "It was signed by US president Orla Vance in spring.",
            &["US=United States/GPE/name", "Orla Vance=Orla Vance/PERSON/name"],
        );
        check(
            "Secretary of State Orla Vance spoke to Mr Vance.",
            &["Orla Vance=Orla Vance/PERSON/name", "Vance=Orla Vance/PERSON/name"],
        );
    }

    #[test]
    fn roles_alone_are_no_names_and_merge_nothing() {
        check(
            "The President met the Prime Minister. President Orla Vance left, and the president smiled.",
            &["Orla Vance=Orla Vance/PERSON/name"],
        );
        check(
            "The Chinese and Ukrainian presidents met.",
            &["Chinese=China/GPE/demonym", "Ukrainian=Ukraine/GPE/demonym"],
        );
    }

    #[test]
    fn courts_of_other_lands_are_not_the_listed_one() {
        for name in ["Georgia Supreme Court", "British Supreme Court", "Syrian Justice Department"] {
            has(&format!("The {name} met. The Supreme Court left."), &format!("{name}={name}/ORG/name"));
        }
        has("The American State Department left.", "American State Department=State Department/ORG/name");
    }

    #[test]
    fn a_surname_alone_names_its_person_before_and_after() {
        let doc = annotated("Zebrin won. Then Anna Zebrin slept. Zebrin's rival wept.");
        assert_eq!(doc.entities.len(), 1);
        assert_eq!(doc.mentions.len(), 3);
        assert_eq!(doc.text(doc.mentions[2].span), "Zebrin");
        has("Biden and his team met.", "Biden=Joe Biden/PERSON/name");
        has("He said that Mao was ill.", "Mao=Mao Zedong/PERSON/name");
    }

    #[test]
    fn a_surname_of_two_people_goes_to_the_nearer_and_is_unsure() {
        let doc = annotated("Anna Zebrin met Peter Zebrin. Later Zebrin spoke.");
        let last = doc.mentions.last().copied();
        assert_eq!(last.map(|m| doc.entities[m.entity.0 as usize].name.as_str()), Some("Peter Zebrin"));
        assert!(last.is_some_and(|m| m.confidence <= 60));
        let doc = annotated("Hunter Biden left. The court said Biden had paid.");
        let last = doc.mentions.last().copied();
        assert_eq!(last.map(|m| doc.entities[m.entity.0 as usize].name.as_str()), Some("Hunter Biden"));
    }

    #[test]
    fn a_title_tells_which_of_two_people_is_meant() {
        has(
            "Maria Castlon and her husband, Peter Castlon, came. Mrs Castlon spoke.",
            "Castlon=Maria Castlon/PERSON/name",
        );
        has("Peter Castlon and his wife, Maria Castlon, came. Mr Castlon spoke.", "Castlon=Peter Castlon/PERSON/name");
        has("Peter Castlon came. Later Mrs Castlon spoke.", "Castlon=Castlon/PERSON/name");
    }

    #[test]
    fn a_double_surname_is_one_with_and_without_its_hyphen() {
        has(
            "Robert Kilmar-Sedge left. Later Robert Kilmar Sedge came back.",
            "Robert Kilmar Sedge=Robert Kilmar-Sedge/PERSON/name",
        );
    }

    #[test]
    fn connectors_stay_inside_names_of_bodies_and_works() {
        has(
            "They met the Council on Foreign Affairs there.",
            "Council on Foreign Affairs=Council on Foreign Affairs/ORG/name",
        );
        lacks("The Congress on Tuesday met.", "on Tuesday");
        lacks("He asked Congress on Iran to wait.", "Congress on Iran");
        has("He joined the Danish People's Party there.", "Danish People's Party=Danish People's Party/ORG/name");
    }

    #[test]
    fn surnames_that_stand_first_are_found() {
        has("Guo Meilan spoke first. Everybody knew that Guo would.", "Guo=Guo Meilan/PERSON/name");
        has("Tokarev Ivo came. We saw Tokarev go.", "Tokarev=Tokarev Ivo/PERSON/name");
    }

    #[test]
    fn a_possessor_and_what_it_owns_are_two() {
        check("They own Russia's Gazprom now.", &["Russia=Russia/GPE/name", "Gazprom=Gazprom/ORG/name"]);
        check("They own Russia’s Gazprom now.", &["Russia=Russia/GPE/name", "Gazprom=Gazprom/ORG/name"]);
    }

    #[test]
    fn spellings_and_acronyms_are_one_entity() {
        for text in ["It joined the USSR in 1940.", "It left the Soviet Union late."] {
            lacks(text, "=USSR");
            assert!(rows(text)[0].contains("=Soviet Union/GPE/name"));
        }
        let doc = annotated("The U.S. agreed, said America, the US and the United States.");
        assert_eq!((doc.entities.len(), doc.mentions.len()), (1, 4));
        lacks("They told us to go, and us only.", "United States");
        let doc = annotated("The Quarry Safety Board (QSB) met. Later the QSB voted.");
        assert_eq!((doc.entities.len(), doc.mentions.len()), (1, 3));
        let doc = annotated("A deal with Vostrikon Corp. was signed. Staff at Vostrikon cheered.");
        assert_eq!((doc.entities.len(), doc.mentions.len()), (1, 2));
    }

    #[test]
    fn people_of_one_surname_stay_apart() {
        let doc = annotated("Peter A. Castlon met Peter B. Castlon. They met Peter Castlon Jr. there.");
        let names: Vec<&str> = doc.entities.iter().map(|e| e.name.as_str()).collect();
        assert_eq!(names, ["Peter A. Castlon", "Peter B. Castlon", "Peter Castlon Jr."]);
        has("William Castlon spoke. Later Bill Castlon left.", "Bill Castlon=William Castlon/PERSON/name");
        has("Anna Castlon spoke. Later A. Castlon left.", "A. Castlon=Anna Castlon/PERSON/name");
        has("Anna Castlon and William Castlon met. Bo Castlon left.", "Bo Castlon=Bo Castlon/PERSON/name");
    }

    #[test]
    fn whom_a_document_is_about_keeps_the_surname() {
        let text = "Donald Trump spoke. His wife, Melania Trump, smiled. It rained. It snowed. Then Trump left.";
        has(text, "Trump=Donald Trump/PERSON/name");
        has("Donald Trump spoke. Melania Trump smiled. Trump wore red.", "Trump=Melania Trump/PERSON/name");
    }

    #[test]
    fn spellings_of_a_document_are_one() {
        has("They met José Castlón. Later Jose Castlon left.", "Jose Castlon=José Castlón/PERSON/name");
        let doc = annotated("They own a Vostrikon there. The VOSTRIKON broke.");
        assert_eq!(doc.entities.len(), 1, "{:?}", rows_of(&doc));
    }

    #[test]
    fn united_begins_several_names() {
        let text = "Talks at the United Nations with the United Kingdom and the United States went on.";
        let names = ["United Nations", "United Kingdom", "United States"];
        assert_eq!(rows(text).len(), 3);
        for name in names {
            assert!(rows(text).iter().any(|r| r.contains(&format!("={name}/"))));
        }
    }

    #[test]
    fn parts_of_hyphenated_words_are_mentions_with_exact_spans() {
        let doc = annotated("Xi Jinping and Vladimir Putin met. The Xi-Putin talks shook the US-dominated order.");
        let rows = rows_of(&doc);
        assert!(rows.contains(&"Xi=Xi Jinping/PERSON/hyphen-part".to_owned()), "{rows:?}");
        assert!(rows.contains(&"Putin=Vladimir Putin/PERSON/hyphen-part".to_owned()));
        assert!(rows.contains(&"US=United States/GPE/hyphen-part".to_owned()));
        check("The Asia-Pacific region grew.", &["Asia-Pacific=Asia-Pacific/LOC/name"]);
        check("It shaped the post-World War II order.", &["World War II=World War II/EVENT/name"]);
        check("A New York-based firm grew.", &["New York=New York/GPE/name"]);
        check("They met Anna Smith-Jones there.", &["Anna Smith-Jones=Anna Smith-Jones/PERSON/name"]);
        check("Pro-Russia crowds came.", &["Russia=Russia/GPE/hyphen-part"]);
        has("It is Chinese-made steel.", "Chinese=China/GPE/demonym");
    }

    #[test]
    fn small_words_stay_inside_names() {
        check("They built the Power of Siberia-2 there.", &["Power of Siberia-2=Power of Siberia-2/FACILITY/name"]);
        check("The pipe—the Pearl of Ostania-4—leaks.", &["Pearl of Ostania-4=Pearl of Ostania-4/MISC/name"]);
        has(
            "The Ministry of Trade and Labour agreed.",
            "Ministry of Trade and Labour=Ministry of Trade and Labour/ORG/name",
        );
        check("The Russian invasion of Ukraine went on.", &["Russian=Russia/GPE/demonym", "Ukraine=Ukraine/GPE/name"]);
        has("She met Ursula von der Leyen there.", "Ursula von der Leyen=Ursula von der Leyen/PERSON/name");
    }

    #[test]
    fn the_west_needs_its_article() {
        has("Help came from the West at last.", "West=the West/LOC/name");
        lacks("They drove West at last.", "the West");
    }

    #[test]
    fn a_government_by_its_head_is_an_organisation() {
        check("The Biden administration agreed.", &["Biden administration=Biden administration/ORG/name"]);
    }

    #[test]
    fn capitals_that_act_are_governments() {
        for text in [
            "Russia waits. They hit out at Moscow.",
            "Russia waits. The EU put sanctions on Moscow.",
            "Russia waits. It tried to goad Moscow into war.",
            "Russia waits. The blame rests with Moscow, which lied.",
            "Russia waits. Moscow, however, denied it.",
            "Russia waits. Against Moscow’s aims it won.",
            "Russia waits. It is intolerable to Moscow.",
            "Russia waits. An order in which Moscow set the rules fell.",
            "Russia waits. The West and Moscow are ready.",
        ] {
            has(text, "Moscow=Russia/GPE/metonym");
        }
        has("They asked the Kremlin about it.", "Kremlin=Russia/GPE/metonym");
        has("Kiev echoed Ukraine.", "Kiev=Ukraine/GPE/metonym");
    }

    #[test]
    fn capitals_where_things_are_are_places() {
        for text in [
            "The trip to Moscow was long.",
            "A summit in Moscow ended.",
            "After his arrival in Moscow he slept.",
            "A visit to Moscow was off.",
            "A Moscow suburb burned.",
            "The people of Moscow slept.",
        ] {
            has(text, "Moscow=Moscow/GPE/name");
            lacks(text, "metonym");
        }
        check("He reads the Washington Post.", &["Washington Post=Washington Post/ORG/name"]);
        has("The actor Denzel Washington smiled.", "Denzel Washington=Denzel Washington/PERSON/name");
        has("London is large and old.", "London=London/GPE/name");
    }

    #[test]
    fn sentence_starts_and_days_are_no_names() {
        check("Meanwhile nobody came. Yesterday it rained. On Tuesday and in March it snowed. I left.", &[]);
        check("Apples fell. We like apples.", &[]);
        check("A demonstration began. THE END IS NEAR, it said.", &[]);
    }

    #[test]
    fn headlines_show_only_known_names() {
        check("# Big Storm Hits Small Town\nA storm came.", &[]);
        has("# Anna Zebrin Wins Big Race\nThe runner Anna Zebrin won.", "Anna Zebrin=Anna Zebrin/PERSON/name");
        has("# PUTIN VISITS SMALL TOWN\nIt rained.", "PUTIN=Vladimir Putin/PERSON/name");
        has("# Putin Visits Small Town\nIt rained.", "Putin=Vladimir Putin/PERSON/name");
    }

    #[test]
    fn kinds_follow_their_heads() {
        has("He sued Quarrel Foods Inc. over it.", "Quarrel Foods Inc.=Quarrel Foods Inc./ORG/name");
        has("They swam in the Vostra River again.", "Vostra River=Vostra River/LOC/name");
        has("It fell on Marrow Bridge at night.", "Marrow Bridge=Marrow Bridge/FACILITY/name");
        has("It began at the Veldin Summit in May.", "Veldin Summit=Veldin Summit/EVENT/name");
        has(
            "A member of the Chinese Communist Party left.",
            "Chinese Communist Party=Communist Party of China/ORG/name",
        );
    }

    #[test]
    fn odd_texts_do_no_harm() {
        for text in [
            "",
            "-",
            "A-",
            "-A-B- C",
            "É-É É’s “É",
            "U.S.",
            "(U.S.) (US)",
            "O’ O' o'O'O",
            "The The The The",
            "&A & B &",
            "al- el- al-É",
        ] {
            let doc = annotated(text);
            assert!(doc.mentions.len() <= 4, "{text}");
        }
    }

    #[test]
    fn mentions_come_in_order_on_exact_words() {
        let doc = annotated(
            "# US Warns China\nXi Jinping's men, the Xi-Putin pact (AUKUS) and “Dr. Anna O’Hara of Acme Corp.” met in \
             Washington, D.C., on May 5 with Marks & Spencer. Pro-Russia US$ 5 Guinea-Bissau the U.S.-China Zebrin-2.",
        );
        assert!(doc.mentions.len() > 6);
        for pair in doc.mentions.windows(2) {
            assert!(pair[0].span.end <= pair[1].span.start);
        }
        for mention in &doc.mentions {
            let text = doc.text(mention.span);
            assert!(
                !text.is_empty() && text.trim() == text && !text.ends_with("'s") && !text.ends_with("’s"),
                "{text}"
            );
            let sentence = doc.sentences[mention.sentence as usize];
            assert!(sentence.span.contains(mention.span) && sentence.tokens.contains(mention.tokens));
            assert!((1..=100).contains(&mention.confidence));
        }
    }
}
