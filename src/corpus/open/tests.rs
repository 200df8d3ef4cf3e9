//! Containers of every kind, whole and broken: what comes out of them and what is told of the rest. The files are made
//! here; nothing is read from outside.

use std::io::{Cursor, Write};

use super::*;
use crate::config::Config;
use crate::corpus::{Outcome, Payload, Reader};

const STORY: &str = "The pier opened\n\nThe pier at Harbour Town opened on Monday. It rained.\n";

/// What opening a file of this name and content gives: `path#record reason-or-format`, in order.
fn rows(name: &str, content: &[u8], config: &Config, limits: Limits) -> Vec<String> {
    opened(name, content, config, limits).into_iter().map(|opened| row(opened, config)).collect()
}

fn opened(name: &str, content: &[u8], config: &Config, limits: Limits) -> Vec<Opened> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    let source = Source { path, shown: name.to_owned(), bytes: content.len() as u64, alone: true };
    let mut all = Vec::new();
    open_within(&source, config, limits, &mut |mut opened| {
        // The folder goes away; what a worker would read later is read now.
        if let Ok(Entry { payload: payload @ Payload::File(_), .. }) = &mut opened {
            *payload = Payload::Bytes(content.to_vec());
        }
        all.push(opened);
        true
    });
    all
}

fn row(opened: Opened, config: &Config) -> String {
    let outcome = match opened {
        Ok(entry) => Reader::new(config).unwrap().read(entry),
        Err(skipped) => Outcome::Skipped(skipped),
    };
    let (path, record, what) = match outcome {
        Outcome::Article(article) => (article.path, article.record, article.format),
        Outcome::Skipped(skipped) => (skipped.path, skipped.record, skipped.reason.to_owned()),
    };
    if record > 0 { format!("{path}#{record} {what}") } else { format!("{path} {what}") }
}

fn get(name: &str, content: &[u8]) -> Vec<String> {
    rows(name, content, &Config::default(), Limits::default())
}

fn detail(name: &str, content: &[u8]) -> String {
    let all = opened(name, content, &Config::default(), Limits::default());
    all.into_iter().find_map(Result::err).unwrap().detail
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, ::zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tarred(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = ::tar::Builder::new(Vec::new());
    for (name, content) in files {
        let mut header = ::tar::Header::new_gnu();
        // The library refuses to write unsafe names; they are put in by hand.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append(&header, *content).unwrap();
    }
    builder.into_inner().unwrap()
}

#[test]
fn compressed_articles_are_shown_by_their_own_names() {
    let text = STORY.as_bytes();
    let bzip2 = {
        let mut encoder = ::bzip2::write::BzEncoder::new(Vec::new(), ::bzip2::Compression::best());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    };
    let zstandard = ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest);
    assert_eq!(get("a.txt.gz", &gzip(text)), ["a.txt.gz text"]);
    assert_eq!(get("a.md.bz2", &bzip2), ["a.md.bz2 markdown"]);
    assert_eq!(get("a.txt.zst", &zstandard), ["a.txt.zst text"]);
    assert_eq!(get("story.gz", &gzip(text)), ["story.gz text"]);
    assert_eq!(get("a.txt.gz", text), ["a.txt.gz text"], "not compressed in spite of its name");
    let lines = [zstandard_of("{\"text\": \"One.\"}\n"), zstandard_of("{\"text\": \"Two.\"}\n")].concat();
    assert_eq!(get("a.jsonl.zst", &lines), ["a.jsonl.zst#1 jsonl", "a.jsonl.zst#2 jsonl"]);
}

fn zstandard_of(text: &str) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(text.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest)
}

#[test]
fn archives_give_what_folders_would() {
    let text = STORY.as_bytes();
    let files: [(&str, &[u8]); 6] = [
        ("b.txt", text),
        ("a/z.md", text),
        ("a/.hidden/x.txt", text),
        ("a/.hidden/y.txt", text),
        ("photo.jpg", b"\xff\xd8\xff\xe0\0"),
        ("noending", text),
    ];
    let expected =
        ["a/.hidden hidden", "a/z.md markdown", "b.txt text", "noending text", "photo.jpg unsupported_format"];
    assert_eq!(get("n.zip", &zipped(&files)), expected);
    let mut found = get("n.tar", &tarred(&files));
    found.sort();
    assert_eq!(found, expected);
    let mut found = get("n.tgz", &gzip(&tarred(&files)));
    found.sort();
    assert_eq!(found, expected);
    let inner = zipped(&[("inner.zip", &zipped(&[("c.txt.gz", &gzip(text))]))]);
    assert_eq!(get("n.zip", &inner), ["inner.zip/c.txt.gz text"]);
}

#[test]
fn archives_among_other_inputs_are_a_part_of_the_path() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("n.zip");
    std::fs::write(&path, zipped(&[("a/b.txt", STORY.as_bytes())])).unwrap();
    let source = Source { path, shown: "x/n.zip".into(), bytes: 1000, alone: false };
    let mut shown = String::new();
    open(&source, &Config::default(), &mut |opened| {
        shown = opened.unwrap().path;
        true
    });
    assert_eq!(shown, "x/n.zip/a/b.txt");
}

#[test]
fn names_that_lead_out_are_refused() {
    let text = STORY.as_bytes();
    let files: [(&str, &[u8]); 3] = [("../up.txt", text), ("/etc/abs.txt", text), ("ok.txt", text)];
    assert_eq!(get("n.zip", &zipped(&files)), ["../up.txt unsafe_path", "/etc/abs.txt unsafe_path", "ok.txt text"]);
    assert_eq!(get("n.tar", &tarred(&files)), ["../up.txt unsafe_path", "/etc/abs.txt unsafe_path", "ok.txt text"]);
}

#[test]
fn bombs_end_with_a_word() {
    let zeros = vec![b'a'; 3 << 20];
    let limits = Limits { least: 1 << 20, ..Limits::default() };
    assert_eq!(rows("a.txt.gz", &gzip(&zeros), &Config::default(), limits), ["a.txt.gz zip_bomb"]);
    assert_eq!(rows("a.jsonl.gz", &gzip(&zeros), &Config::default(), limits), ["a.jsonl.gz zip_bomb"]);
    assert_eq!(rows("a.zip", &zipped(&[("a.txt", &zeros)]), &Config::default(), limits), ["a.txt zip_bomb"]);
    let many: Vec<(String, Vec<u8>)> = (0..9).map(|n| (format!("{n}.txt"), vec![b'a'; 1 << 18])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let found = rows("a.zip", &zipped(&many), &Config::default(), limits);
    assert_eq!(found.last().unwrap(), "a.zip zip_bomb");
    assert!(found.len() < 9, "{found:?}");
    let found = detail_of("a.txt.gz", &gzip(&zeros), limits);
    assert!(found.contains("200 times") && found.contains("1 MiB"), "{found}");
    // 65 MiB of zeros against the true limit.
    assert_eq!(get("a.txt.gz", &gzip(&vec![0; 65 << 20])), ["a.txt.gz zip_bomb"]);
}

fn detail_of(name: &str, content: &[u8], limits: Limits) -> String {
    let all = opened(name, content, &Config::default(), limits);
    all.into_iter().find_map(Result::err).unwrap().detail
}

#[test]
fn depth_and_numbers_are_limited() {
    let mut content = zipped(&[("a.txt", STORY.as_bytes())]);
    for _ in 0..5 {
        content = zipped(&[("in.zip", &content)]);
    }
    let found = get("a.zip", &content);
    assert_eq!(found, ["in.zip/in.zip/in.zip/in.zip nested_too_deep"]);
    let files: [(&str, &[u8]); 3] = [("a.txt", b"One."), ("b.txt", b"Two."), ("c.txt", b"Three.")];
    let limits = Limits { entries: 2, ..Limits::default() };
    for (name, content) in [("n.zip", zipped(&files)), ("n.tar", tarred(&files))] {
        let found = rows(name, &content, &Config::default(), limits);
        assert_eq!(found[2], format!("{name} too_many_files"));
    }
}

#[test]
fn encrypted_and_linked_files_are_told() {
    // General purpose flag 0 of the local header and of the directory: encrypted.
    let mut content = zipped(&[("a.txt", STORY.as_bytes())]);
    content[6] |= 1;
    let directory = memchr::memmem::find(&content, b"PK\x01\x02").unwrap();
    content[directory + 8] |= 1;
    assert_eq!(get("n.zip", &content), ["a.txt encrypted"]);
    let mut writer = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_symlink("l.txt", "/etc/passwd", ::zip::write::SimpleFileOptions::default()).unwrap();
    assert_eq!(get("n.zip", &writer.finish().unwrap().into_inner()), ["l.txt not_a_file"]);
    let mut builder = ::tar::Builder::new(Vec::new());
    let mut header = ::tar::Header::new_gnu();
    header.set_entry_type(::tar::EntryType::Symlink);
    header.set_size(0);
    builder.append_link(&mut header, "l.txt", "/etc/passwd").unwrap();
    assert_eq!(get("n.tar", &builder.into_inner().unwrap()), ["l.txt not_a_file"]);
}

/// Text that hardly compresses, so that a cut is inside it.
fn noise(words: u64) -> String {
    let word = |n: u64| format!("{:x} ", n.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    (0..words).map(word).collect()
}

#[test]
fn what_is_cut_off_is_read_up_to_the_cut() {
    let long = noise(20_000);
    let gz = gzip(long.as_bytes());
    assert_eq!(get("a.txt.gz", &gz[..gz.len() / 2]), ["a.txt.gz damaged"]);
    let lines: String = (0..400).map(|n| format!("{{\"text\": \"{}\"}}\n", noise(20 + n % 7))).collect();
    let gz = gzip(lines.as_bytes());
    let found = get("a.jsonl.gz", &gz[..gz.len() / 2]);
    assert_eq!((found[0].as_str(), found.last().unwrap().as_str()), ("a.jsonl.gz#1 jsonl", "a.jsonl.gz damaged"));
    let files: [(&str, &[u8]); 2] = [("a.txt", STORY.as_bytes()), ("b.txt", long.as_bytes())];
    let tar = tarred(&files);
    assert_eq!(get("n.tar", &tar[..tar.len() / 2]), ["a.txt text", "b.txt damaged", "n.tar damaged"]);
    let zip = zipped(&files);
    let found = get("n.zip", &zip[..zip.len() / 2]);
    assert_eq!((found[0].as_str(), found.last().unwrap().as_str()), ("a.txt text", "n.zip damaged"));
    assert_eq!(get("n.zip", b"no archive at all"), ["n.zip damaged"]);
    let mut broken = zip.clone();
    let middle = broken.len() / 2;
    broken[middle] ^= 0x55;
    assert_eq!(get("n.zip", &broken), ["a.txt text", "b.txt damaged"]);
}

#[test]
fn a_broken_line_costs_that_line() {
    let lines = "{\"text\": \"One.\"}\r\n\n{\"text\": \"Two\n{\"text\": \"Three.\"}\n{\"text\": \"\"}\n[]\n{\"text\": \"Six.\"}";
    let found = get("a.jsonl", lines.as_bytes());
    let expected = [
        "a.jsonl#1 jsonl",
        "a.jsonl#3 invalid_json",
        "a.jsonl#4 jsonl",
        "a.jsonl#5 no_text",
        "a.jsonl#6 invalid_json",
        "a.jsonl#7 jsonl",
    ];
    assert_eq!(found, expected);
    assert_eq!(get("b.json", lines.as_bytes()).len(), 6, "lines in a .json file");
}

#[test]
fn a_long_line_is_passed_over() {
    let lines = format!("{{\"text\": \"{}\"}}\n{{\"text\": \"Short.\"}}\n", "long ".repeat(1000));
    let config = Config { max_file_bytes: 1000, ..Config::default() };
    let found = rows("a.jsonl", lines.as_bytes(), &config, Limits::default());
    assert_eq!(found, ["a.jsonl#1 too_large", "a.jsonl#2 jsonl"]);
    let table = format!("title,text\nA,Short.\nB,\"{}\n", "long ".repeat(100_000));
    let found = rows("a.csv", table.as_bytes(), &config, Limits::default());
    assert_eq!(found, ["a.csv#1 csv", "a.csv#2 too_large"]);
}

#[test]
fn json_documents_are_arrays_objects_or_answers() {
    let array = "\u{feff}[ {\"text\": \"One.\"},\n {\"text\": \"Two, [2].\"} , 3, {\"text\": \"Four.\"}]\n";
    assert_eq!(
        get("a.json", array.as_bytes()),
        ["a.json#1 json", "a.json#2 json", "a.json#3 invalid_json", "a.json#4 json"]
    );
    assert_eq!(get("a.json", b"{\n \"text\":\n \"One.\"\n}\n"), ["a.json#1 json"]);
    let answer = b"{\"status\": \"ok\", \"articles\": [{\"text\": \"One.\"}, {\"text\": \"Two.\"}]}";
    assert_eq!(get("a.json", answer), ["a.json#1 json", "a.json#2 json"]);
    assert_eq!(get("a.json", b"[{\"text\": \"One.\"}, {\"text\": oops}]"), ["a.json#1 json", "a.json#2 invalid_json"]);
    let deep = format!(
        "[{{\"text\": \"One.\", \"x\": {}{}}}, {{\"text\": \"Two.\"}}]",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert_eq!(get("a.json", deep.as_bytes()), ["a.json#1 invalid_json", "a.json#2 json"]);
}

#[test]
fn tables_are_read_row_by_row() {
    let table = "\u{feff}Title;Text;Views\nA pier;\"It opened.\n\nIt; rained.\";7\nB;Short row.\nC;Text.;1;extra\n";
    assert_eq!(get("a.csv", table.as_bytes()), ["a.csv#1 csv", "a.csv#2 csv", "a.csv#3 csv"]);
    let mut all = opened("a.csv", table.as_bytes(), &Config::default(), Limits::default());
    let Ok(Entry { payload: Payload::Record(record), .. }) = all.swap_remove(0) else { panic!("no record") };
    assert_eq!(record.bytes, "A pier;\"It opened.\n\nIt; rained.\";7".as_bytes());
    assert_eq!((record.encoding.name.as_str(), record.warnings.len()), ("utf-8-sig", 0));
    let Ok(Entry { payload: Payload::Record(record), .. }) = all.swap_remove(1) else { panic!("no record") };
    assert_eq!(record.warnings, ["ragged_row"]);
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(table[3..].encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(get("a.csv", &wide).len(), 3);
    assert_eq!(get("a.tsv", b"title\ttext\nA\tcaf\xe9 \x93quoted\x94 text.\n"), ["a.tsv#1 tsv"]);
}

#[test]
fn a_table_without_text_is_told_with_its_columns() {
    let table = b"id,name\n1,short\n2,shorter\n";
    assert_eq!(get("a.csv", table), ["a.csv no_text_column"]);
    let told = detail("a.csv", table);
    assert!(told.contains("id, name") && told.contains("--text-column"), "{told}");
    let mut config = Config::default();
    config.corpus.columns.text = Some("NAME".into());
    assert_eq!(rows("a.csv", table, &config, Limits::default()), ["a.csv#1 csv", "a.csv#2 csv"]);
    let long = format!("id,what\n1,\"{}\"\n", "It rained. ".repeat(50));
    assert_eq!(get("a.csv", long.as_bytes()), ["a.csv#1 csv"]);
    assert_eq!(get("a.csv", b""), ["a.csv empty"]);
}

#[test]
fn unknown_names_are_read_by_their_content() {
    let lines = b"{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n";
    assert_eq!(get("dump", lines).len(), 2);
    assert_eq!(get("dump.bin", &gzip(STORY.as_bytes())), ["dump.bin text"]);
    assert_eq!(get("story.2024", STORY.as_bytes()), ["story.2024 text"]);
    assert_eq!(get("photo.jpg", b"\xff\xd8\xff\xe0\0"), ["photo.jpg unsupported_format"]);
    assert_eq!(get("empty", b""), ["empty empty"]);
    assert_eq!(get("noise", &[0, 1, 2, 3, 0, 0, 7]), ["noise unsupported_format"]);
    assert_eq!(get("a.txt", &gzip(STORY.as_bytes())), ["a.txt wrong_extension"]);
}

#[test]
fn the_sink_can_end_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    std::fs::write(&path, "{\"text\": \"One.\"}\n".repeat(9)).unwrap();
    let source = Source { path, shown: "a.jsonl".into(), bytes: 9, alone: true };
    let mut seen = 0;
    let wants_more = open(&source, &Config::default(), &mut |_| {
        seen += 1;
        seen < 3
    });
    assert_eq!((wants_more, seen), (false, 3));
}
