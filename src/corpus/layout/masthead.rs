//! The top of a file: front matter, title, byline, date line and header lines; and the byline where it stands last.
//!
//! It reads the lines, gives what they tell and marks them, so that only body text is left. It looks no further than
//! a few lines past the title, since a date in the story is no date of the story.

use std::borrow::Cow;

use super::clean;
use super::date::{self, Day};
use super::line::{Line, Role};
use super::metadata_line::{self, Key, MetadataLine};
use super::parse::Dialect;
use super::{boilerplate, byline, front_matter, line, title};

/// What the top of a file tells.
#[derive(Clone, Debug, Default)]
pub(super) struct Masthead {
    /// The title's lines, as ranges of the raw text.
    pub(super) title: Vec<Line>,
    /// The authors, joined by `; `; empty when there are none.
    pub(super) author: String,
    /// The date of publication.
    pub(super) day: Option<Day>,
    /// Whether the date is that of front matter.
    pub(super) stated: bool,
    /// What front matter or header lines say of newspaper, section, address and language.
    pub(super) fields: Vec<(Key, String)>,
    /// Whether the date is that of a later change, which a date of publication replaces.
    updated: bool,
}

/// Lines looked at before a title is found.
const ABOVE: usize = 24;
/// Body lines and bytes passed over below the title.
const BELOW: (usize, usize) = (4, 900);
/// Bytes of the story in which an author's name is looked for.
const STORY: usize = 20_000;
/// Bytes of the first paragraph in which a date may stand in front of the story.
const RUN_IN: usize = 120;

/// Longest line with the author's name below the story, bytes.
const SIGN_OFF: u32 = 80;

/// Reads the top of a file and marks its lines.
pub(super) fn take(raw: &str, lines: &mut [Line], dialect: Dialect, titled: bool) -> Masthead {
    let mut head = Masthead::default();
    if let Some(found) = front_matter::take(raw, lines) {
        head.title.extend(found.title);
        head.author = found.author.unwrap_or_default();
        head.day = found.day;
        head.stated = found.day.is_some();
        head.fields = found.fields;
    }
    let mut reader = Reader { raw, dialect, head };
    let from = if titled && reader.head.title.is_empty() { reader.first_line(lines) } else { reader.title(lines) };
    reader.below(lines, from);
    reader.run_in(lines);
    reader.sign_off(lines);
    reader.head
}

struct Reader<'a> {
    raw: &'a str,
    dialect: Dialect,
    head: Masthead,
}

impl Reader<'_> {
    /// Takes the first line as the title, which it is for certain; gives the line below it.
    fn first_line(&mut self, lines: &mut [Line]) -> usize {
        let at = lines.iter().take_while(|l| l.role != Role::Body).count();
        if at >= lines.len() {
            return at;
        }
        self.found(lines, at, 1, None)
    }

    /// Finds the title; gives the first line below it.
    fn title(&mut self, lines: &mut [Line]) -> usize {
        let top = lines.len().min(ABOVE);
        let first = lines.iter().take_while(|l| l.role != Role::Body).count();
        let mut at = first;
        while at < top {
            let line = lines[at];
            if let Some((words, 1)) = title::heading(self.raw, line) {
                return self.found(lines, at, 1, Some(words));
            }
            let text = self.clean(line);
            if let Some(found) = metadata_line::parse(&text).filter(|m| m.certain) {
                lines[at].role = Role::Metadata;
                if found.title.is_some() && self.head.title.is_empty() {
                    self.header_title(line);
                    self.above(&mut lines[..at]);
                }
                self.believe(found);
            } else if at > 0 && lines[at - 1].role == Role::Metadata && byline::is_desk(&text) {
                lines[at].role = Role::Metadata;
            } else if !(boilerplate::is_mark(&text) || boilerplate::is_boilerplate(line.text(self.raw), &text)) {
                break;
            }
            at += 1;
        }
        if at >= top || !self.head.title.is_empty() {
            return at;
        }
        let underlined = lines.get(at + 1).is_some_and(|l| !l.opens_block && title::is_underline(l.text(self.raw)));
        if underlined && !title::is_too_long(lines[at].text(self.raw)) {
            lines[at + 1].role = Role::Mark;
            return self.found(lines, at, 1, None) + 1;
        }
        if let Some(below) = self.heading_below(&lines[at..]) {
            let words = title::heading(self.raw, lines[at + below]).map(|(words, _)| words);
            return self.found(lines, at + below, 1, words);
        }
        if self.is_section(&lines[at..]) {
            lines[at].role = Role::Metadata;
            self.head.fields.push((Key::Section, lines[at].text(self.raw).to_owned()));
            at += 1;
        }
        self.mark_block(&mut lines[at..]);
        let length = title::plain(self.raw, &lines[at..]);
        if length == 0 {
            return at;
        }
        self.found(lines, at, length, None)
    }

    /// Whether the first line is the name of a section: a word or two in capitals, alone, above a line that stands over a
    /// byline or a date as a headline does.
    fn is_section(&self, lines: &[Line]) -> bool {
        let [name, title, below, ..] = lines else { return false };
        let (name, headline) = (name.text(self.raw), title.text(self.raw));
        let lower = |text: &str| text.chars().any(char::is_lowercase);
        title.opens_block
            && below.opens_block
            && name.split_whitespace().count() <= 3
            && name.chars().any(char::is_uppercase)
            && !lower(name)
            && lower(headline)
            && (3..=32).contains(&headline.split_whitespace().count())
            && metadata_line::parse(&self.clean(*below)).is_some_and(|found| found.certain && found.title.is_none())
    }

    /// Notes the title's lines, unless there is a title already: then the lines stay in the body.
    fn found(&mut self, lines: &mut [Line], at: usize, length: usize, words: Option<Line>) -> usize {
        if self.head.title.is_empty() {
            match words {
                Some(words) => self.head.title.push(words),
                None => self.head.title.extend(&lines[at..at + length]),
            }
            self.date_behind_title();
            lines[at..at + length].iter_mut().for_each(|l| l.role = Role::Title);
            self.above(&mut lines[..at]);
        }
        if let Some(next) = lines.get_mut(at + length) {
            next.opens_block = true;
        }
        at + length
    }

    /// Cuts a date with its weekday off the end of the title: `Bridge opens Sunday, May 28, 2006`.
    fn date_behind_title(&mut self) {
        let [line] = self.head.title.as_mut_slice() else {
            return;
        };
        let text = line.text(self.raw);
        let Some(found) = date::find(text).filter(|f| f.range.end == text.len()) else {
            return;
        };
        let words = text[..found.range.start].trim_end_matches([' ', ',']);
        let weekday = words.rsplit(' ').next().unwrap_or("");
        let title = words[..words.len() - weekday.len()].trim_end_matches([' ', ',', '-', '–', '|']);
        if date::is_weekday(weekday) && title.split_whitespace().count() >= 3 {
            line.end = line.start + title.len() as u32;
            self.head.day = Day::better(self.head.day, Some(found.day));
        }
    }

    /// Reads what stands above the title; no body text does.
    fn above(&mut self, lines: &mut [Line]) {
        for at in 0..lines.len() {
            if lines[at].role == Role::Body {
                lines[at].role = match self.metadata(lines, at, true) {
                    Some(found) => {
                        self.believe(found);
                        Role::Metadata
                    }
                    None => Role::Furniture,
                };
            }
        }
    }

    /// The title of a `Title:` line.
    fn header_title(&mut self, line: Line) {
        let text = line.text(self.raw);
        let value = text.split_once(':').map_or("", |(_, value)| value).trim_start();
        self.head.title.push(Line { start: line.end - value.len() as u32, role: Role::Title, ..line });
    }

    /// How many short lines (a site's or a section's name) stand before a `# ` heading.
    fn heading_below(&self, lines: &[Line]) -> Option<usize> {
        let short = |line: &Line| line.end - line.start <= 80;
        let before = lines.iter().take(5).take_while(|l| title::heading(self.raw, **l).is_none() && short(l)).count();
        let found = title::heading(self.raw, *lines.get(before)?);
        found.filter(|(_, level)| *level == 1).map(|_| before)
    }

    /// Marks the byline and date lines that stand in the title's own block, or right below it.
    fn mark_block(&mut self, lines: &mut [Line]) {
        let block = lines.iter().skip(1).take_while(|l| !l.opens_block).take(6).count() + 1;
        let end = if block == 1 { 2.min(lines.len()) } else { block };
        for at in 1..end {
            if let Some(found) = self.metadata(lines, at, at > 1) {
                lines[at].role = Role::Metadata;
                self.believe(found);
            }
        }
    }

    /// Marks byline and date lines below the title.
    fn below(&mut self, lines: &mut [Line], from: usize) {
        let (mut passed, mut bytes) = (0, 0);
        let mut at = from;
        while at < lines.len() && passed < BELOW.0 && bytes < BELOW.1 {
            let line = lines[at];
            if line.role == Role::Body {
                match self.metadata(lines, at, true) {
                    Some(found) if self.stands_alone(lines, at) => {
                        lines[at].role = Role::Metadata;
                        if let Some(next) = lines.get_mut(at + 1) {
                            next.opens_block = true;
                        }
                        self.believe(found);
                    }
                    _ if boilerplate::is_label(line.text(self.raw)) => {}
                    _ => {
                        passed += 1;
                        bytes += (line.end - line.start) as usize;
                    }
                }
            }
            at += 1;
        }
    }

    /// Whether a line is no line of a wrapped paragraph: it begins its block, follows other metadata or a short line,
    /// or is a date that ends its block without a full stop.
    fn stands_alone(&self, lines: &[Line], at: usize) -> bool {
        let above = at.checked_sub(1).map(|i| lines[i]);
        let last = lines.get(at + 1).is_none_or(|l| l.opens_block);
        lines[at].opens_block
            || above.is_none_or(|l| l.role != Role::Body || l.end - l.start < 60)
            || (last && !lines[at].text(self.raw).ends_with('.'))
    }

    /// What a line tells; names without `By` are believed only beside a date line.
    fn metadata(&self, lines: &[Line], at: usize, names: bool) -> Option<MetadataLine> {
        let line = lines[at];
        let text = self.clean(line);
        if let Some(found) = metadata_line::parse(&text).filter(|m| m.title.is_none()) {
            return Some(found);
        }
        let above = at.checked_sub(1).and_then(|i| lines.get(i)).map(|l| l.role);
        if above == Some(Role::Metadata) && byline::is_desk(&text) {
            return Some(MetadataLine::default());
        }
        if !(self.head.author.is_empty() && byline::is_bare(&text)) {
            return None;
        }
        let dated = |i: Option<usize>| {
            let neighbour = i.and_then(|i| lines.get(i));
            neighbour.is_some_and(|l| metadata_line::parse(&self.clean(*l)).is_some_and(|m| m.is_dated()))
        };
        let beside_date = || dated(Some(at + 1)) || (names && dated(at.checked_sub(1)));
        let job = || (above == Some(Role::Title) || !names) && byline::has_job(&text);
        let believed = job() || self.is_author_only(lines, at, &text) || beside_date();
        believed.then(|| MetadataLine { author: byline::names(&text), ..MetadataLine::default() })
    }

    /// Whether names right below the title, in a block of their own above the story, are nobody the story is about:
    /// its words do not have the last of them again.
    fn is_author_only(&self, lines: &[Line], at: usize, text: &str) -> bool {
        let below_title = at.checked_sub(1).is_some_and(|i| lines[i].role == Role::Title);
        let (line, Some(next)) = (lines[at], lines.get(at + 1)) else {
            return false;
        };
        let name = text.trim_end_matches('.').rsplit(' ').next().unwrap_or("");
        let story = line::head(&self.raw[line.end as usize..], STORY).as_bytes();
        let title = self.head.title.iter().any(|l| l.text(self.raw).contains(name));
        let alone = line.opens_block && next.opens_block && next.end - next.start >= 100;
        below_title && alone && !title && memchr::memmem::find(story, name.as_bytes()).is_none()
    }

    fn believe(&mut self, found: MetadataLine) {
        if let Some(author) = found.author
            && self.head.author.is_empty()
        {
            self.head.author = author;
        }
        let known = self.head.day.is_some_and(|day| day.date().is_some());
        let told = found.day.is_some_and(|day| day.date().is_some());
        if told && (!known || (self.head.updated && !found.updated)) {
            self.head.day = found.day;
            self.head.updated = found.updated;
        }
        self.head.day = self.head.day.or(found.day);
        self.head.fields.extend(found.field);
    }

    /// A date in front of the first paragraph: `March 23, 2023 The bridge ...`, which is left out of the text, or a
    /// dateline with a year, `GENEVA, March 23, 2023 (Agency) - The bridge ...`, which stays.
    fn run_in(&mut self, lines: &mut [Line]) {
        let Some(line) = lines.iter_mut().find(|l| l.role == Role::Body) else {
            return;
        };
        let text = line.text(self.raw);
        let top = line::head(text, RUN_IN);
        let Some(found) = date::find(top).filter(|f| f.day.date().is_some()) else {
            return;
        };
        let (before, after) = (&top[..found.range.start], &top[found.range.end..]);
        let weekday = date::is_weekday(before.trim_matches([' ', ',', '.']));
        let sentence = after.trim_start();
        if (before.is_empty() || weekday) && sentence.starts_with(char::is_uppercase) && after.starts_with(' ') {
            line.start += (text.len() - text[found.range.end..].trim_start().len()) as u32;
        } else if !(is_place(before) && is_dateline_end(after)) {
            return;
        }
        if self.head.day.is_none_or(|day| day.date().is_none()) || self.head.updated {
            self.head.day = Some(found.day);
        }
    }

    /// The author's name below the story, alone after a dash (`-- Jane Doe`) or `By`, when none stands above it.
    fn sign_off(&mut self, lines: &mut [Line]) {
        let Some(line) = lines.iter_mut().rfind(|line| line.role == Role::Body) else { return };
        if !self.head.author.is_empty() || !line.opens_block || line.end - line.start > SIGN_OFF {
            return;
        }
        let text = line.text(self.raw).trim_matches(['*', '_', ' ']);
        let name = text.trim_start_matches(['-', '–', '—']).trim_start();
        let author = match name.len() < text.len() && byline::is_bare(name) {
            true => byline::names(name),
            false => byline::parse(text).filter(|_| !text.ends_with('.')),
        };
        if let Some(author) = author {
            line.role = Role::Metadata;
            self.head.author = author;
        }
    }

    fn clean(&self, line: Line) -> Cow<'_, str> {
        let most = 2 * metadata_line::LONGEST;
        if (line.end - line.start) as usize > most {
            let text = line.text(self.raw);
            return Cow::Borrowed(line::head(text, most));
        }
        clean::line(self.raw, line, self.dialect)
    }
}

/// Whether the words before a dateline's date are a place: few, with capitals, and a comma.
fn is_place(before: &str) -> bool {
    let words = before.trim_end().trim_end_matches([',', '(', '.']);
    let capital = |w: &str| w.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    !words.is_empty()
        && before.contains(',')
        && words.split_whitespace().count() <= 5
        && words.split_whitespace().all(capital)
}

/// Whether a dateline ends here: an agency in brackets or slashes, or a dash.
fn is_dateline_end(after: &str) -> bool {
    let after = after.trim_start_matches([' ', ')', ',']);
    after.starts_with(['(', '/', '-', '–', '—'])
}
