//! YAML front matter: `key: value` lines between two `---` at the top of a file.
//!
//! It reads title, author and date of one level; nested values, comments and keys it does not know are passed over.
//! All its lines are left out of the body.

use super::date::Day;
use super::line::{Line, Role};
use super::metadata_line::{Key, key};
use super::{byline, dating};

/// What front matter tells.
#[derive(Clone, Debug, Default)]
pub(super) struct FrontMatter {
    /// Where the title stands in the raw text.
    pub(super) title: Option<Line>,
    /// The authors.
    pub(super) author: Option<String>,
    /// The date.
    pub(super) day: Option<Day>,
    /// Newspaper, section, address and language.
    pub(super) fields: Vec<(Key, String)>,
}

/// Most lines of front matter.
const LONGEST: usize = 200;

/// Reads front matter and marks its lines; none where the file does not begin with it.
pub(super) fn take(raw: &str, lines: &mut [Line]) -> Option<FrontMatter> {
    let fence = |line: &Line, marks: &[&str]| marks.contains(&line.text(raw));
    if !fence(lines.first()?, &["---"]) {
        return None;
    }
    let close = lines.iter().take(LONGEST).skip(1).position(|l| fence(l, &["---", "..."]))? + 1;
    let inner = &lines[1..close];
    let is_pair = |line: &Line| line.text(raw).split_once(':').is_some_and(|(name, _)| !name.contains(' '));
    if !inner.first().is_some_and(is_pair) {
        return None;
    }
    let mut out = FrontMatter::default();
    let mut list_of = None;
    for line in inner {
        out.pair(raw, *line, &mut list_of);
    }
    lines[..=close].iter_mut().for_each(|line| line.role = Role::Metadata);
    if let Some(next) = lines.get_mut(close + 1) {
        next.opens_block = true;
    }
    Some(out)
}

impl FrontMatter {
    fn pair(&mut self, raw: &str, line: Line, list_of: &mut Option<Key>) {
        let text = line.text(raw);
        if let (Some(item), Some(Key::Author)) = (text.strip_prefix("- "), *list_of) {
            let name = byline::field(item);
            self.author = Some(match self.author.take() {
                Some(before) => format!("{before}; {name}"),
                None => name,
            });
            return;
        }
        let Some((name, value)) = text.split_once(':') else {
            return;
        };
        let kind = key(name);
        *list_of = kind;
        let unquoted = value.trim().trim_matches(['"', '\'']);
        if unquoted.is_empty() {
            return;
        }
        match kind {
            Some(Key::Title) => {
                let quoted = value.len() - value.trim_start().trim_start_matches(['"', '\'']).len();
                let start = line.start + (text.len() - value.len() + quoted) as u32;
                self.title =
                    Some(Line { start, end: start + unquoted.len() as u32, opens_block: true, role: Role::Title });
            }
            Some(Key::Author) => self.author = Some(byline::field(unquoted)),
            Some(Key::Date) => {
                self.day = Day::better(self.day, dating::field(unquoted));
            }
            Some(key @ (Key::Outlet | Key::Section | Key::Url | Key::Language)) => {
                self.fields.push((key, unquoted.to_owned()));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::layout::line::lines;

    #[test]
    fn known_keys_are_read() {
        let raw = "---\ntitle: \"A bridge: opened\"\nauthors:\n  - Jane Doe\n  - John Roe\ndate: 2023-03-23\nx: [1]\n---\nBody";
        let mut lines = lines(raw);
        let found = take(raw, &mut lines).unwrap();
        assert_eq!(found.title.unwrap().text(raw), "A bridge: opened");
        assert_eq!(found.author.as_deref(), Some("Jane Doe; John Roe"));
        assert_eq!(found.day.unwrap().date().unwrap().to_string(), "2023-03-23");
        let body: Vec<&str> = lines.iter().filter(|l| l.role == Role::Body).map(|l| l.text(raw)).collect();
        assert_eq!(body, ["Body"]);
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        for raw in ["---\nThe minister said: no.\n---\n", "---\n", "---\ntitle: x\nBody", "text\n---\na: b\n---"] {
            assert!(take(raw, &mut lines(raw)).is_none(), "{raw}");
        }
    }
}
