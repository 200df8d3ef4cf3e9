//! Tests of the format over small files written by hand.

use super::*;

/// A PDF of these objects, numbered from 1; the first is the catalogue.
fn file(objects: &[String]) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).bytes());
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    out.extend(format!("trailer\n<< /Size {size} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    out
}

fn stream(dictionary: &str, content: &str) -> String {
    format!("<< {dictionary} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

fn one_page(content: &str, page: &str, form: &str) -> Vec<u8> {
    file(&[
        "<< /Type /Catalog /Pages 2 0 R >>".into(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into(),
        format!(
            "<< /Type /Page /Parent 2 0 R {page} /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /XObject << /X 7 0 R >> >> >>"
        ),
        stream("", content),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".into(),
        "<< /Title (Bridge opens) /Author (Tilda Marsh) /CreationDate (D:20240203101500Z) >>".into(),
        stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", form),
    ])
}

const BOX: &str = "/MediaBox [0 0 600 800]";

#[test]
fn text_and_properties_are_read() {
    let content = "BT /F1 12 Tf 50 700 Td (Bridge opens) Tj 0 -40 Td (The old bridge was rebuilt.) Tj ET";
    let bytes = one_page(content, BOX, "");
    assert!(sniff(&bytes[..100]));
    let extract = extract(bytes, None).unwrap();
    assert_eq!(extract.raw, "Bridge opens\n\nThe old bridge was rebuilt.");
    assert_eq!(extract.metadata.author, "Tilda Marsh");
    assert_eq!(
        (extract.metadata.date.as_str(), extract.metadata.date_source),
        ("2024-02-03", Some(DateSource::Properties))
    );
}

#[test]
fn what_cannot_be_read_is_a_reason() {
    assert_eq!(extract(one_page("0 0 10 10 re f", BOX, ""), None).unwrap_err().0, "no_text");
    assert_eq!(extract(b"%PDF-1.7\nnothing".to_vec(), None).unwrap_err().0, "damaged");
    assert_eq!(extract(one_page("BT (no font) Tj ET", BOX, ""), None).unwrap_err().0, "damaged");
    assert_eq!(extract(Vec::new(), None).unwrap_err().0, "empty");
    let whole = one_page("BT /F1 12 Tf (x) Tj ET", BOX, "");
    for cut in (0..whole.len()).step_by(37) {
        drop(extract(whole[..cut].to_vec(), None));
    }
}

#[test]
fn circles_end() {
    let text = "BT /F1 12 Tf 50 700 Td (Words.) Tj ET /X Do";
    assert_eq!(extract(one_page(text, BOX, "/X Do"), None).unwrap().raw.trim(), "Words.");
    // The parent of the page is the page.
    let bytes = one_page(text, "/Parent 3 0 R", "");
    drop(extract(bytes, None));
}
