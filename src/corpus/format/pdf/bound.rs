//! What could make the reading of a PDF run without end, cut out before it is read: streams that unpack to far more
//! than they are, drawings that draw themselves, page trees in circles.
//!
//! It unpacks streams only to count their bytes. Pictures are emptied: they hold no text.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::ZlibDecoder;
use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};

use super::super::super::Reason;

/// Most bytes that all streams of a file unpack to.
const MOST_UNPACKED: u64 = 256 << 20;
/// Most bytes of page descriptions that are carried out, drawings inside drawings counted as often as they are drawn.
const MOST_DRAWN: u64 = 256 << 20;
/// Deepest drawing inside drawings.
const MOST_LEVELS: usize = 4;
/// Longest way from a page to the root of the page tree.
const MOST_PARENTS: usize = 64;

/// Looks at the streams that are unpacked while a file is opened: those that hold other objects.
pub(super) fn check(bytes: &[u8]) -> Result<(), Reason> {
    let mut total = 0;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        if bytes[..at].ends_with(b"end") {
            continue;
        }
        let head = &bytes[at.saturating_sub(512)..at];
        let head = &head[memchr::memmem::rfind(head, b" obj").unwrap_or(0)..];
        let has = |word: &[u8]| memchr::memmem::find(head, word).is_some();
        if !(has(b"ObjStm") || has(b"XRef")) {
            continue;
        }
        let filters = memchr::memmem::find_iter(head, b"Decode").count()
            - memchr::memmem::find_iter(head, b"DecodeParms").count();
        if filters > 1 || has(b"LZW") {
            return Err(bomb());
        }
        total += unpacked(bytes[at + 6..].trim_ascii_start(), MOST_UNPACKED - total);
        if total >= MOST_UNPACKED {
            return Err(bomb());
        }
    }
    Ok(())
}

/// Cuts out what could run without end.
pub(super) fn bound(document: &mut Document) -> Result<(), Reason> {
    let mut left = MOST_UNPACKED;
    for object in document.objects.values_mut() {
        let Object::Stream(stream) = object else { continue };
        if is(&stream.dict, b"Subtype", b"Image") {
            stream.set_content(Vec::new());
            stream.dict.remove(b"Filter");
            continue;
        }
        let size = size(stream, left);
        if size >= left {
            return Err(bomb());
        }
        left -= size;
    }
    drawings(document);
    parents(document);
    Ok(())
}

fn bomb() -> Reason {
    ("zip_bomb", format!("the PDF unpacks to more than {MOST_UNPACKED} bytes"))
}

/// How many bytes a stream unpacks to, at most `limit`.
fn size(stream: &Stream, limit: u64) -> u64 {
    let filters = stream.filters().unwrap_or_default();
    let packed = filters.iter().filter(|filter| matches!(**filter, b"FlateDecode" | b"LZWDecode" | b"RunLengthDecode"));
    match (packed.count(), filters.first()) {
        (0, _) => stream.content.len() as u64,
        (1, Some(&b"FlateDecode")) => unpacked(&stream.content, limit),
        // The other ways of packing reach at most this many times their size.
        (1, _) => stream.content.len() as u64 * 1_400,
        _ => limit,
    }
}

fn unpacked(bytes: &[u8], limit: u64) -> u64 {
    let mut decoder = ZlibDecoder::new(bytes).take(limit);
    let mut buffer = [0; 1 << 14];
    let mut total = 0;
    while let Ok(read @ 1..) = decoder.read(&mut buffer) {
        total += read as u64;
    }
    total
}

fn is(dictionary: &Dictionary, key: &[u8], name: &[u8]) -> bool {
    dictionary.get(key).and_then(Object::as_name).is_ok_and(|found| found == name)
}

/// Empties drawings that draw themselves, are nested deeply, or multiply.
fn drawings(document: &mut Document) {
    let mut costs: BTreeMap<ObjectId, u64> = BTreeMap::new();
    let forms: Vec<ObjectId> =
        document.objects.iter().filter(|(_, object)| is_form(object)).map(|(id, _)| *id).collect();
    for _ in 0..MOST_LEVELS {
        let known = costs.clone();
        for id in forms.iter().filter(|id| !known.contains_key(id)) {
            if let Some(cost) = cost(document, *id, &known) {
                costs.insert(*id, cost);
            }
        }
    }
    for id in forms {
        if costs.get(&id).is_none_or(|cost| *cost > MOST_DRAWN)
            && let Ok(Object::Stream(stream)) = document.get_object_mut(id)
        {
            stream.set_content(Vec::new());
            stream.dict.remove(b"Filter");
        }
    }
    // The pages share what is left.
    let dearest = costs.values().copied().filter(|cost| *cost <= MOST_DRAWN).max().unwrap_or(0);
    if dearest > MOST_DRAWN / 64 {
        for (id, _) in costs.into_iter().filter(|(_, cost)| *cost > MOST_DRAWN / 64) {
            if let Ok(Object::Stream(stream)) = document.get_object_mut(id) {
                stream.set_content(Vec::new());
                stream.dict.remove(b"Filter");
            }
        }
    }
}

fn is_form(object: &Object) -> bool {
    matches!(object, Object::Stream(stream) if is(&stream.dict, b"Subtype", b"Form"))
}

/// The bytes that drawing a form carries out; nothing while what it draws is not known.
fn cost(document: &Document, id: ObjectId, known: &BTreeMap<ObjectId, u64>) -> Option<u64> {
    let stream = document.get_object(id).ok()?.as_stream().ok()?;
    let content = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
    let calls = memchr::memmem::find_iter(&content, b"Do").count() as u64;
    let length = content.len() as u64;
    if calls == 0 {
        return Some(length);
    }
    // A form without resources of its own draws by the names of its caller, of which it may be one.
    let resources = document.dereference(stream.dict.get(b"Resources").ok()?).ok()?.1.as_dict().ok()?;
    let Ok(drawn) = resources.get(b"XObject") else { return Some(length) };
    let drawn = document.dereference(drawn).ok()?.1.as_dict().ok()?;
    let mut dearest = 0;
    for (_, object) in drawn {
        let Ok(id) = object.as_reference() else { continue };
        let form = document.get_object(id).is_ok_and(is_form);
        if form {
            dearest = dearest.max(*known.get(&id)?);
        }
    }
    Some(length.saturating_add(calls.saturating_mul(dearest)))
}

/// Cuts the way from a page to its parent where it leads in a circle.
fn parents(document: &mut Document) {
    let parent = |document: &Document, id: ObjectId| -> Option<ObjectId> {
        document.get_dictionary(id).ok()?.get(b"Parent").ok()?.as_reference().ok()
    };
    let nodes: Vec<ObjectId> = document
        .objects
        .iter()
        .filter(|(_, o)| matches!(o, Object::Dictionary(d) if d.has(b"Parent")))
        .map(|(id, _)| *id)
        .collect();
    for id in nodes {
        let mut at = Some(id);
        let steps = std::iter::from_fn(|| {
            at = at.and_then(|id| parent(document, id));
            at
        });
        if steps.take(MOST_PARENTS + 1).count() > MOST_PARENTS
            && let Ok(dictionary) = document.get_dictionary_mut(id)
        {
            dictionary.remove(b"Parent");
        }
    }
}
