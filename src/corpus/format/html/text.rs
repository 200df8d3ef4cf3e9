//! Part of a page as paragraphs: block elements end a paragraph, inline elements do not.
//!
//! It walks the tree without recursion. Blocks that are nothing but a link (`Read more`) or a time are left out.

use dom_query::NodeRef;

/// Elements that stand inside a line.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "var", "wbr", "bdi", "x-small", "output",
];
/// Longest block, in characters, that is left out for being one link.
const LINK_BLOCK: usize = 200;

/// The paragraphs under a node, in order.
pub(super) fn paragraphs(root: &NodeRef) -> Vec<String> {
    let mut writer = Writer::default();
    let mut node = *root;
    loop {
        writer.enter(&node);
        if let Some(child) = node.first_child() {
            node = child;
            continue;
        }
        loop {
            writer.leave(&node);
            if node.id == root.id {
                writer.flush();
                return writer.paragraphs;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else {
                writer.flush();
                return writer.paragraphs;
            };
            node = parent;
        }
    }
}

#[derive(Default)]
struct Writer {
    paragraphs: Vec<String>,
    /// The paragraph at hand.
    line: String,
    /// Characters of it inside links, and inside `time`.
    linked: usize,
    timed: usize,
    links: usize,
    times: usize,
    preformatted: usize,
    heading: bool,
}

impl Writer {
    fn enter(&mut self, node: &NodeRef) {
        if node.is_text() {
            return self.text(&node.text());
        }
        let Some(name) = node.node_name() else { return };
        match &*name {
            "a" => self.links += 1,
            "time" => self.times += 1,
            "br" => self.line_break(),
            "pre" => {
                self.flush();
                self.preformatted += 1;
            }
            name if !INLINE.contains(&name) => {
                self.flush();
                self.heading = matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
            }
            _ => {}
        }
    }

    fn leave(&mut self, node: &NodeRef) {
        if !node.is_element() {
            return;
        }
        let Some(name) = node.node_name() else { return };
        match &*name {
            "a" => self.links = self.links.saturating_sub(1),
            "time" => self.times = self.times.saturating_sub(1),
            "br" => {}
            "pre" => {
                self.flush();
                self.preformatted = self.preformatted.saturating_sub(1);
            }
            name if !INLINE.contains(&name) => self.flush(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            if self.preformatted > 0 && c == '\n' {
                self.line_break();
            } else if c.is_whitespace() && c != '\u{a0}' {
                if !self.line.ends_with([' ', '\n']) && !self.line.is_empty() {
                    self.line.push(' ');
                }
            } else {
                self.line.push(c);
                self.linked += usize::from(self.links > 0 && c.is_alphanumeric());
                self.timed += usize::from(self.times > 0 && c.is_alphanumeric());
            }
        }
    }

    /// A forced line break: the end of a paragraph where it stands twice or behind a whole sentence.
    fn line_break(&mut self) {
        let above = self.line.trim_end_matches(' ');
        let ends = above.trim_end_matches(['"', '\u{201d}', '\u{2019}', '\'', ')']).ends_with(['.', '!', '?', '\n']);
        if ends && self.preformatted == 0 || above.ends_with('\n') {
            return self.flush();
        }
        self.line.truncate(self.line.trim_end_matches(' ').len());
        if !self.line.is_empty() {
            self.line.push('\n');
        }
    }

    fn flush(&mut self) {
        let text = self.line.trim();
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        let ends = text.trim_end_matches(['"', '\u{201d}', '\u{2019}', ')']).ends_with(['.', '!', '?']);
        let link = self.linked * 10 >= letters * 9 && letters <= LINK_BLOCK && !ends && !self.heading;
        let label = text.len() <= 40 && text.ends_with(':') && self.linked > 0;
        let time = self.timed * 10 >= letters * 8;
        if letters > 0 && !link && !label && !time && !is_menu(text) {
            self.paragraphs.push(text.to_owned());
        }
        self.line.clear();
        (self.linked, self.timed, self.heading) = (0, 0, false);
    }
}

/// Short words between bars: `Contact | Privacy | Terms`.
fn is_menu(text: &str) -> bool {
    let items = text.split(['|', '•', '·']);
    text.len() <= LINK_BLOCK
        && items.clone().count() >= 3
        && items.clone().all(|item| item.split_whitespace().count() <= 3)
}

/// Characters of running text under a node: pieces of some length outside links.
pub(super) fn prose(node: &NodeRef) -> usize {
    let running = |text: &NodeRef| text.is_text() && !text.parent().is_some_and(|p| p.has_name("a"));
    let lengths = node.descendants_it().filter(running).map(|text| text.normalized_char_count());
    lengths.filter(|length| *length >= 20).sum()
}
