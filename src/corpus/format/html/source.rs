//! The markup of a page within bounds: scripts, styles, drawings and comments are cut out, and elements nested deeper
//! than any page needs lose their tags, as in browsers. One pass, linear in the length, before anything is parsed: the
//! time and the stack of the parser grow with the depth.

use super::super::super::Reason;

/// Longest markup that is parsed, bytes, after scripts and styles are cut out.
const MOST_BYTES: usize = 16 << 20;
/// Most tags of a page.
const MOST_TAGS: usize = 400_000;
/// Deepest nesting of elements; browsers stop at 512.
const MOST_DEPTH: usize = 120;
/// Most tags of a page that is nested deeper.
const MOST_DEEP_TAGS: usize = 5_000;
/// How far an end tag looks for its start tag.
const LOOK_BACK: usize = 64;

/// Elements whose content is not markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];
/// Elements without content.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "frame", "keygen",
];
/// Elements that end where the next of their kind begins; they never nest by themselves.
const SELF_ENDING: &[&str] = &[
    "p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "optgroup", "colgroup", "html",
    "head", "body", "rp", "rt",
];

/// The markup without scripts and comments, no deeper than [`MOST_DEPTH`].
pub(super) fn bounded(markup: &str) -> Result<String, Reason> {
    let mut scan =
        Scan { markup, out: String::with_capacity(markup.len().min(MOST_BYTES)), open: Vec::new(), deep: false, at: 0 };
    let mut tags = 0;
    while let Some(found) = memchr::memchr(b'<', &markup.as_bytes()[scan.at..]) {
        let tag = scan.at + found;
        scan.out.push_str(&markup[scan.at..tag]);
        scan.at = tag;
        tags += usize::from(scan.element());
        if tags > MOST_TAGS || scan.out.len() > MOST_BYTES {
            let detail = format!(
                "a page of more than {MOST_TAGS} elements or {MOST_BYTES} bytes; it is hardly one article: split it"
            );
            return Err(("too_large", detail));
        }
        if scan.deep && tags > MOST_DEEP_TAGS {
            let detail = format!(
                "elements are nested more than {MOST_DEPTH} deep all over the page; open and save it in a browser"
            );
            return Err(("too_deep", detail));
        }
    }
    scan.out.push_str(&markup[scan.at..]);
    if scan.out.len() > MOST_BYTES {
        return Err((
            "too_large",
            format!("a page of more than {MOST_BYTES} bytes; it is hardly one article: split it"),
        ));
    }
    Ok(scan.out)
}

struct Scan<'a> {
    markup: &'a str,
    out: String,
    /// Open elements: the hash of the name, and whether the tag was kept.
    open: Vec<(u64, bool)>,
    /// Whether a tag was left out for its depth.
    deep: bool,
    at: usize,
}

impl Scan<'_> {
    /// Copies or leaves out what starts with the `<` at hand. Gives whether a start tag was copied.
    fn element(&mut self) -> bool {
        let rest = &self.markup[self.at..];
        let bytes = rest.as_bytes();
        if rest.starts_with("<!--") {
            self.at += rest.find("-->").map_or(rest.len(), |end| end + 3);
            return false;
        }
        let closing = bytes.get(1) == Some(&b'/');
        let name_at = 1 + usize::from(closing);
        if !bytes.get(name_at).is_some_and(u8::is_ascii_alphabetic) {
            self.out.push('<');
            self.at += 1;
            return false;
        }
        let name_end = bytes[name_at..].iter().position(|b| !b.is_ascii_alphanumeric() && !b"-_:".contains(b));
        let name = rest[name_at..name_at + name_end.unwrap_or(bytes.len() - name_at)].to_ascii_lowercase();
        let end = tag_end(bytes);
        let tag = &rest[..end];
        self.at += end;
        if closing {
            self.close(&name, tag);
            return false;
        }
        if RAW.contains(&name.as_str()) || name == "svg" {
            return self.raw(&name, tag);
        }
        let kept = self.open(&name, tag);
        if kept {
            self.out.push_str(tag);
        }
        kept
    }

    /// Copies an element whose content is not markup, or leaves it out.
    fn raw(&mut self, name: &str, tag: &str) -> bool {
        let rest = &self.markup[self.at..];
        if tag.ends_with("/>") && name == "svg" {
            return false;
        }
        let end = end_tag(rest, name);
        let after = end + tag_end(&rest.as_bytes()[end..]);
        let kept = name == "title" || name == "script" && tag.to_ascii_lowercase().contains("ld+json");
        if kept {
            self.out.push_str(tag);
            self.out.push_str(&rest[..end]);
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
        self.at += after;
        kept
    }

    fn open(&mut self, name: &str, tag: &str) -> bool {
        if VOID.contains(&name) || SELF_ENDING.contains(&name) {
            return true;
        }
        let foreign = tag.ends_with("/>") && name.contains([':', '-']);
        let kept = self.open.len() < MOST_DEPTH;
        self.deep |= !kept;
        if !foreign {
            self.open.push((hash(name), kept));
        }
        kept
    }

    fn close(&mut self, name: &str, tag: &str) {
        if VOID.contains(&name) || SELF_ENDING.contains(&name) {
            return self.out.push_str(tag);
        }
        let wanted = hash(name);
        let found = self.open.iter().rev().take(LOOK_BACK).position(|(open, _)| *open == wanted);
        match found {
            Some(back) => {
                let at = self.open.len() - 1 - back;
                let kept = self.open[at].1;
                self.open.truncate(at);
                if kept {
                    self.out.push_str(tag);
                }
            }
            // An end without a start: the parser ignores it as well.
            None if self.open.len() < MOST_DEPTH => self.out.push_str(tag),
            None => {}
        }
    }
}

/// The length of the tag at the start of `bytes`: to its `>` outside quotation marks.
fn tag_end(bytes: &[u8]) -> usize {
    let mut quote = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'>' if quote == 0 => return at + 1,
            b'"' | b'\'' if quote == 0 && at > 0 && after_equals(&bytes[..at]) => quote = byte,
            _ if byte == quote => quote = 0,
            _ => {}
        }
    }
    // A quotation mark that is never closed: the tag ends where it would without.
    memchr::memchr(b'>', bytes).map_or(bytes.len(), |at| at + 1)
}

fn after_equals(bytes: &[u8]) -> bool {
    bytes.iter().rev().find(|b| !b.is_ascii_whitespace()) == Some(&b'=')
}

/// Where `</name` begins in `rest`, else its end.
fn end_tag(rest: &str, name: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut from = 0;
    while let Some(at) = memchr::memmem::find(&bytes[from..], b"</").map(|at| from + at) {
        let word = bytes.get(at + 2..at + 2 + name.len());
        if word.is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes())) {
            return at;
        }
        from = at + 2;
    }
    bytes.len()
}

/// FNV-1a; names that collide only make the estimate of the depth wrong.
fn hash(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
