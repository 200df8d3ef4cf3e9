//! Files that were made to do harm, or that cannot be opened by anyone without their password: bombs, archives that
//! lead out, what is encrypted, cut off, nested without end. Each costs its own row, never the run, and memory stays
//! bounded. Every file is made here, byte by byte where no library would make it.

mod support;

use std::io::{Cursor, Write as _};

use support::Workdir;

const STORY: &str = "Ferry opens\n\nHelen Marsh opened the ferry in March. It sailed to Norway with forty crates of \
    herring, a brass band and one quiet dog.\n";

/// [`STORY`] as `xz` compresses it.
const STORY_XZ: &[u8] = b"\
    \xfd\x37\x7a\x58\x5a\x00\x00\x04\xe6\xd6\xb4\x46\x02\x00\x21\x01\x16\x00\x00\x00\x74\x2f\xe5\xa3\xe0\x00\
    \x85\x00\x74\x5d\x00\x23\x19\x4a\x58\x79\x10\x17\xc7\x58\xed\xf6\x46\x65\xe9\x30\xff\xdf\x47\x1f\x14\xc2\
    \x95\x29\xda\x0d\x14\x8a\xf3\xda\xe5\xdc\x96\x23\x1e\xbd\xf8\xf1\xcf\x8f\x93\x64\x77\xe1\x69\x90\x12\xbd\
    \xd0\x0a\xc2\xa6\xfe\x5c\xed\x0b\x51\x9c\x66\xa7\x5b\x37\x69\xae\x3e\x5c\x66\x9b\x04\xb9\x13\x6b\x9e\x7a\
    \x35\x54\x89\x51\xf1\xac\x71\x76\xca\xef\x2a\x8c\x24\x3d\xe8\xca\x0c\x42\x9a\xef\x4e\xb3\xde\x45\x02\x07\
    \x90\x5f\xfc\x5c\xaa\x19\x73\x3a\xac\x17\x2d\xd3\xdf\xc6\xa3\x00\x00\x00\x37\xc3\xb4\x2b\xea\x1c\x13\xf9\
    \x00\x01\x90\x01\x86\x01\x00\x00\xfe\x68\xa3\x2a\xb1\xc4\x67\xfb\x02\x00\x00\x00\x00\x04\x59\x5a";

/// Runs over one file beside a good one: the run ends well and the good file is read.
#[track_caller]
fn beside_a_good_file(name: &str, bytes: &[u8], more: &[&str]) -> Workdir {
    let dir = Workdir::with_input(&[("good.txt", STORY)]);
    dir.write(format!("input/{name}"), bytes);
    dir.run(more);
    assert!(documents(&dir).contains(&"good.txt".to_owned()), "{name} cost the good file: {:?}", documents(&dir));
    dir
}

fn documents(dir: &Workdir) -> Vec<String> {
    dir.table("documents.csv").rows.iter().map(|row| row["path"].clone()).collect()
}

/// `path reason` of each row of `skipped.csv`.
fn skipped(dir: &Workdir) -> Vec<String> {
    dir.table("skipped.csv").rows.iter().map(|row| format!("{} {}", row["path"], row["reason"])).collect()
}

/// Asserts what is skipped when a file lies beside a good one, and that nothing else of it is read.
#[track_caller]
fn costs(name: &str, bytes: &[u8], expected: &[&str]) {
    let dir = beside_a_good_file(name, bytes, &[]);
    assert_eq!((skipped(&dir), documents(&dir).len()), (expected.iter().map(|s| (*s).to_owned()).collect(), 1));
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a zip archive");
        archive.write_all(bytes).expect("a zip archive");
    }
    archive.finish().expect("a zip archive").into_inner()
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::new(6));
    encoder.write_all(bytes).expect("memory to compress into");
    encoder.finish().expect("memory to compress into")
}

/// A PDF of these objects, numbered from 1; the first is the catalogue, the last entry is more of the trailer.
fn pdf(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let (mut out, mut places) = (b"%PDF-1.5\n".to_vec(), Vec::new());
    for (number, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", number + 1).bytes().chain(object.iter().copied()).chain(*b"\nendobj\n"));
    }
    let (start, size) = (out.len(), objects.len() + 1);
    out.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").bytes());
    places.iter().for_each(|place| out.extend(format!("{place:010} 00000 n \n").bytes()));
    out.extend(format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n").bytes());
    out
}

/// A PDF of one page whose description is this stream; `sixth` is one more object.
fn page(dictionary: &str, content: &[u8], sixth: &str, trailer: &str) -> Vec<u8> {
    let head = format!("<< {dictionary} /Length {} >>\nstream\n", content.len());
    let stream: Vec<u8> = head.bytes().chain(content.iter().copied()).chain(*b"\nendstream").collect();
    let objects: [&[u8]; 6] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        &stream,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        sixth.as_bytes(),
    ];
    pdf(&objects.map(<[u8]>::to_vec), trailer)
}

const WORDS: &[u8] = b"BT /F1 12 Tf 50 700 Td (The ferry sailed to Norway.) Tj ET\n";

#[test]
fn a_pdf_whose_page_unpacks_to_hundreds_of_megabytes_is_refused_in_bounded_memory() {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::new(1));
    encoder.write_all(WORDS).unwrap();
    let blank = vec![b' '; 1 << 20];
    (0..400).for_each(|_| encoder.write_all(&blank).unwrap());
    let bomb = encoder.finish().unwrap();
    let objects = page("/Filter /FlateDecode", &bomb, "null", "");
    let held = page("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", &bomb, "null", "");
    for bytes in [objects, held] {
        let dir = Workdir::with_input(&[("good.txt", STORY)]);
        dir.write("input/bomb.pdf", bytes);
        let peak = peak_memory(&dir);
        assert_eq!(skipped(&dir), ["bomb.pdf zip_bomb"]);
        assert!(peak < 200 << 10, "the run took {peak} KB");
    }
    let small = page("/Filter /FlateDecode", &deflated(WORDS), "null", "");
    assert_eq!(documents(&beside_a_good_file("small.pdf", &small, &[])), ["good.txt", "small.pdf"]);
}

/// Runs and gives the most memory that it held, KiB; 0 where the system does not tell.
fn peak_memory(dir: &Workdir) -> u64 {
    let mut child = dir.command(["run", "input", "-o", "output", "--quiet"]).spawn().expect("the binary runs");
    let mut peak = 0;
    loop {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let held = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        peak = peak.max(held.unwrap_or(0));
        if let Some(status) = child.try_wait().expect("the binary runs") {
            assert!(status.success(), "the run failed: {status:?}");
            return peak;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
}

#[test]
fn an_encrypted_pdf_is_told_as_such() {
    // The hashes of a password that nobody knows: the empty one does not fit them.
    let (owner, user) = ("4f".repeat(32), "55".repeat(32));
    let encrypt = format!("<< /Filter /Standard /V 1 /R 2 /O <{owner}> /U <{user}> /P -44 >>");
    let id = format!("/ID [<{0}> <{0}>]", "1d".repeat(16));
    let referred = page("", WORDS, &encrypt, &format!("/Encrypt 6 0 R {id}"));
    costs("locked.pdf", &referred, &["locked.pdf encrypted"]);
    let written_out = page("", WORDS, "null", &format!("/Encrypt {encrypt} {id}"));
    costs("locked.pdf", &written_out, &["locked.pdf encrypted"]);
}

#[test]
fn office_documents_with_a_password_are_told_as_such() {
    // Word puts an encrypted document into a container of its older format, with these parts.
    let mut container = vec![0; 4096];
    container[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    container[1024..1024 + name.len()].copy_from_slice(&name);
    costs("locked.docx", &container, &["locked.docx encrypted"]);
    let manifest = b"<manifest><file-entry full-path=\"content.xml\"><encryption-data/></file-entry></manifest>";
    let parts: [(&str, &[u8]); 3] = [
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", &[0xde, 0xad]),
        ("META-INF/manifest.xml", manifest),
    ];
    costs("locked.odt", &zipped(&parts), &["locked.odt encrypted"]);
}

/// Text that hardly compresses.
fn noise(words: u64) -> String {
    (1..=words).map(|n| format!("{:x} ", n.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect()
}

#[test]
fn what_is_cut_off_is_told_as_damaged() {
    let text = noise(20_000);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    gzip.write_all(text.as_bytes()).unwrap();
    let mut bzip2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    bzip2.write_all(text.as_bytes()).unwrap();
    let zstandard = ruzstd::encoding::compress_to_vec(text.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
    let whole = [
        ("a.txt.gz", gzip.finish().unwrap()),
        ("a.txt.bz2", bzip2.finish().unwrap()),
        ("a.txt.zst", zstandard),
        ("a.txt.xz", STORY_XZ.to_vec()),
        ("a.zip", zipped(&[("a.txt", text.as_bytes())])),
    ];
    for (name, bytes) in whole {
        assert_eq!(documents(&beside_a_good_file(name, &bytes, &[])).len(), 2, "{name} is not read when it is whole");
        for part in [bytes.len() / 2, bytes.len() - 9] {
            let dir = beside_a_good_file(name, &bytes[..part], &[]);
            let rows = skipped(&dir);
            assert!(rows.iter().any(|row| row == &format!("{name} damaged")), "{name} cut at {part}: {rows:?}");
        }
    }
}

/// A zip archive of one stored file whose header says what `method` and `extra` say.
fn zip_by_hand(name: &[u8], flags: u16, method: u16, extra: &[u8], content: &[u8], crc: u32) -> Vec<u8> {
    let mut common = Vec::new();
    for word in [20, flags, method, 0, 0x21] {
        common.extend(u16::to_le_bytes(word));
    }
    for word in [crc, content.len() as u32, content.len() as u32] {
        common.extend(word.to_le_bytes());
    }
    common.extend((name.len() as u16).to_le_bytes());
    common.extend((extra.len() as u16).to_le_bytes());
    let mut out = [b"PK\x03\x04", &common[..], name, extra, content].concat();
    let directory = [b"PK\x01\x02\x14\0", &common[..], &[0; 14], name, extra].concat();
    let (start, size) = (out.len() as u32, directory.len() as u32);
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    out.extend(size.to_le_bytes().into_iter().chain(start.to_le_bytes()).chain([0, 0]));
    out
}

#[test]
fn a_file_that_a_zip_encrypts_is_told_as_such() {
    // WinZip's AES: method 99, and in an extra field the version, `AE`, the strength and the method before encryption.
    let extra = b"\x01\x99\x07\0\x02\0AE\x03\x08\0";
    let bytes = zip_by_hand(b"secret.txt", 1, 99, extra, &[0x5a; 60], 0);
    costs("aes.zip", &bytes, &["aes.zip/secret.txt encrypted"]);
    let bytes = zip_by_hand(b"secret.txt", 1, 0, b"", &[0x5a; 60], 0);
    costs("old.zip", &bytes, &["old.zip/secret.txt encrypted"]);
}

#[test]
fn names_in_a_zip_without_a_sign_of_utf8_are_of_the_old_code_page() {
    let mut crc = flate2::Crc::new();
    crc.update(STORY.as_bytes());
    let bytes = zip_by_hand(b"caf\x82 \x84\xe1.txt", 0, 0, b"", STORY.as_bytes(), crc.sum());
    assert_eq!(documents(&beside_a_good_file("old.zip", &bytes, &[])), ["good.txt", "old.zip/café äß.txt"]);
    let utf8 = zip_by_hand("café.txt".as_bytes(), 0x800, 0, b"", STORY.as_bytes(), crc.sum());
    assert_eq!(documents(&beside_a_good_file("new.zip", &utf8, &[])), ["good.txt", "new.zip/café.txt"]);
}

#[test]
fn paths_that_lead_out_of_an_archive_are_told_and_write_nothing() {
    let dir = Workdir::with_input(&[("good.txt", STORY)]);
    let story = STORY.as_bytes();
    let names = ["../up.txt", "/abs.txt", "a/../../up.txt", "C:\\abs.txt", "fine/in.txt"];
    dir.write("input/a.zip", zipped(&names.map(|name| (name, story))));
    let mut tar = tar::Builder::new(Vec::new());
    for name in names {
        let mut header = tar::Header::new_gnu();
        // The library refuses to write unsafe names; they are put in by hand.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(story.len() as u64);
        header.set_cksum();
        tar.append(&header, story).unwrap();
    }
    dir.write("input/b.tar", tar.into_inner().unwrap());
    dir.run(&[]);
    assert_eq!(documents(&dir), ["a.zip/fine/in.txt", "b.tar/fine/in.txt", "good.txt"]);
    let rows = skipped(&dir);
    assert!(rows.len() == 8 && rows.iter().all(|row| row.ends_with(" unsafe_path")), "{rows:?}");
    assert_eq!(dir.names("."), ["input", "output"]);
}

#[test]
fn archives_in_archives_end_at_a_depth_and_a_bomb_at_its_size() {
    let mut nested = zipped(&[("a.txt", STORY.as_bytes())]);
    for _ in 0..6 {
        nested = zipped(&[("in.zip", &nested)]);
    }
    costs("n.zip", &nested, &["n.zip/in.zip/in.zip/in.zip/in.zip nested_too_deep"]);
    let shallow = zipped(&[("in.zip", &zipped(&[("a.txt", STORY.as_bytes())]))]);
    assert_eq!(documents(&beside_a_good_file("n.zip", &shallow, &[])).len(), 2);
    let bomb = zipped(&[("a.txt", &vec![b'a'; 70 << 20]), ("b.txt", STORY.as_bytes())]);
    let dir = beside_a_good_file("bomb.zip", &bomb, &["--max-file-size", "1G"]);
    assert!(skipped(&dir).contains(&"bomb.zip/a.txt zip_bomb".to_owned()), "{:?}", skipped(&dir));
}

#[test]
fn a_zip_of_more_files_than_are_read_says_so() {
    // A directory of a million and one folders, which give no rows of their own.
    let one = zip_by_hand(b"0000000/", 0, 0, b"", b"", 0);
    let start = 30 + 8;
    let entry = &one[start..one.len() - 22 - 8];
    let count = 1_000_001_u64;
    let mut bytes = one[..start].to_vec();
    (0..count).for_each(|n| bytes.extend(entry.iter().copied().chain(format!("{n:07}/").bytes())));
    let end = bytes.len() as u64;
    // The end of the directory in 64 bits, as so many entries need it.
    bytes.extend(b"PK\x06\x06".iter().copied().chain(44_u64.to_le_bytes()).chain([45, 0, 45, 0]).chain([0; 8]));
    for word in [count, count, end - start as u64, start as u64] {
        bytes.extend(word.to_le_bytes());
    }
    bytes.extend(b"PK\x06\x07\0\0\0\0".iter().copied().chain(end.to_le_bytes()).chain(1_u32.to_le_bytes()));
    bytes.extend(b"PK\x05\x06\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\0\0");
    costs("many.zip", &bytes, &["many.zip too_many_files"]);
}

#[test]
fn markup_in_fields_is_no_text() {
    let html = "<p>Marsh opened the <b>ferry</b> &amp; left.</p><script>zinnober()</script><p>It rained.</p>";
    let dir = Workdir::with_input(&[
        ("a.csv", &format!("title,text\nOne,\"{html}\"\n")),
        ("b.jsonl", &format!("{{\"title\": \"Two\", \"text\": \"{html}\"}}\n")),
    ]);
    dir.run(&[]);
    assert_eq!(documents(&dir).len(), 2);
    let terms: Vec<String> = dir.table("terms.csv").rows.iter().map(|row| row["feature"].clone()).collect();
    for residue in ["b", "p", "amp", "script", "zinnober"] {
        assert!(!terms.contains(&residue.to_owned()), "{residue:?} is a term: {terms:?}");
    }
    assert!(terms.contains(&"ferry".to_owned()) && terms.contains(&"rained".to_owned()), "{terms:?}");
}

#[test]
fn a_line_over_the_limit_costs_that_line() {
    let line = |text: &str| format!("{{\"text\": \"{text}\"}}\n");
    let bytes = [line("It rained."), line(&"long ".repeat(2 << 20)), line("It snowed.")].concat();
    let dir = beside_a_good_file("a.jsonl", bytes.as_bytes(), &["--max-file-size", "1M"]);
    assert_eq!((documents(&dir).len(), skipped(&dir)), (3, vec!["a.jsonl too_large".to_owned()]));
    assert_eq!(dir.table("skipped.csv").rows[0]["record"], "2");
    let one = format!("[{}]", line(&"long ".repeat(2 << 20)).trim());
    let dir = beside_a_good_file("a.json", one.as_bytes(), &["--max-file-size", "1M"]);
    assert_eq!((documents(&dir).len(), skipped(&dir)), (1, vec!["a.json too_large".to_owned()]));
}

#[test]
fn what_is_nested_without_end_is_read_or_told() {
    let deep = |open: &str, close: &str, times: usize| {
        format!("{}It rained in Norway.{}", open.repeat(times), close.repeat(times))
    };
    let json = format!("{{\"text\": \"It rained.\", \"x\": {}{}}}", "[".repeat(300_000), "]".repeat(300_000));
    let objects = format!("{}1{}", "{\"text\":".repeat(200_000), "}".repeat(200_000));
    let html = format!("<html><body>{}</body></html>", deep("<div>", "</div>", 200_000));
    let table = format!("<html><body>{}</body></html>", deep("<table><tr><td>", "", 60_000));
    let inline = format!("<html><body><p>{}</p></body></html>", deep("<b><i>", "</i></b>", 50_000));
    let xml = format!("<?xml version=\"1.0\"?><article>{}</article>", deep("<p>", "</p>", 200_000));
    let nitf = format!("<?xml version=\"1.0\"?><nitf><body>{}</body></nitf>", deep("<block>", "</block>", 200_000));
    let laughs = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a0 \"ha\">{}]><article><p>&a9;</p></article>",
        (1..10).map(|n| format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10))).collect::<String>()
    );
    let files = [
        ("a.json", json.clone()),
        ("b.json", objects.clone()),
        ("c.jsonl", format!("{json}\n{objects}\n")),
        ("d.html", html),
        ("e.html", table),
        ("f.html", inline),
        ("g.xml", xml),
        ("h.nitf", nitf),
        ("i.xml", laughs),
        ("j.md", "> ".repeat(100_000)),
        ("k.md", format!("{}It rained.", "[".repeat(100_000))),
    ];
    for (name, text) in files {
        let dir = beside_a_good_file(name, text.as_bytes(), &[]);
        let rows = documents(&dir).len() - 1 + skipped(&dir).len();
        assert_eq!(rows, if name.ends_with("jsonl") { 2 } else { 1 }, "{name} has {rows} rows: {:?}", skipped(&dir));
        assert!(!skipped(&dir).iter().any(|row| row.ends_with("internal_error")), "{name}: {:?}", skipped(&dir));
    }
}
