//! XML as a flat sequence of starts, texts and ends: what the readers of XML formats walk over.
//!
//! It reads names without their namespace prefix. Of entities it knows the five of XML and character numbers; what a
//! document type declares is never read, so nothing can grow. It keeps no tree and never recurses.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::super::Reason;
use super::package::damaged;

/// One step of a document.
pub(super) enum Step<'a> {
    /// An element begins; [`attribute`] reads its attributes.
    Start(&'a str, &'a BytesStart<'a>),
    /// Text, without references.
    Text(&'a str),
    /// An element ends.
    End(&'a str),
}

/// Walks over a document. Where it is damaged, what was read before stands if `lenient`.
pub(super) fn walk(xml: &str, lenient: bool, visit: &mut dyn FnMut(Step)) -> Result<(), Reason> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => visit(Step::Start(start.local_name().as_ref(), &start)),
            Ok(Event::Empty(start)) => {
                visit(Step::Start(start.local_name().as_ref(), &start));
                visit(Step::End(start.local_name().as_ref()));
            }
            Ok(Event::End(end)) => visit(Step::End(end.local_name().as_ref())),
            Ok(Event::Text(text)) => visit(Step::Text(&text.xml10_content())),
            Ok(Event::CData(text)) => visit(Step::Text(&text.xml10_content())),
            Ok(Event::GeneralRef(reference)) => {
                let name = reference.xml10_content();
                match reference.resolve_char_ref() {
                    Ok(Some(character)) => visit(Step::Text(character.encode_utf8(&mut [0; 4]))),
                    _ => visit(Step::Text(predefined(&name))),
                }
            }
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(_) if lenient => return Ok(()),
            Err(error) => return Err(damaged(&format!("byte {}: {error}", reader.buffer_position()))),
        }
    }
}

/// What a named reference stands for: the five of XML and the few of HTML that texts use; else a space.
fn predefined(name: &str) -> &'static str {
    match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u{a0}",
        "mdash" => "\u{2014}",
        "ndash" => "\u{2013}",
        "lsquo" => "\u{2018}",
        "rsquo" => "\u{2019}",
        "ldquo" => "\u{201c}",
        "rdquo" => "\u{201d}",
        "hellip" => "\u{2026}",
        "eacute" => "\u{e9}",
        "pound" => "\u{a3}",
        "euro" => "\u{20ac}",
        _ => " ",
    }
}

/// The value of an attribute, whatever its prefix; empty where there is none.
pub(super) fn attribute(start: &BytesStart, name: &str) -> String {
    let mut attributes = start.attributes();
    let attributes = attributes.with_checks(false);
    let found = attributes.filter_map(Result::ok).find(|attribute| attribute.key.local_name().as_ref() == name);
    found
        .and_then(|attribute| {
            attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
        })
        .unwrap_or_default()
}

/// The texts of the first elements of these names, in the order of the names; empty where there is none.
pub(super) fn first_texts<const N: usize>(xml: &str, names: [&str; N]) -> [String; N] {
    let mut found = [const { String::new() }; N];
    let mut open: Option<usize> = None;
    let visit = &mut |step: Step| match step {
        Step::Start(name, _) => {
            open = names.iter().position(|n| *n == name).filter(|&at| found[at].trim().is_empty()).or(open);
        }
        Step::Text(text) => {
            if let Some(at) = open {
                found[at].push_str(text);
            }
        }
        Step::End(name) => open = open.filter(|&at| names[at] != name),
    };
    // What is damaged says less; the text is what counts.
    drop(walk(xml, true, visit));
    found.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
}
