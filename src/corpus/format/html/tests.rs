//! Tests of the format over whole pages.

use super::*;

fn read(page: &str) -> Extract {
    extract(page.as_bytes().to_vec(), None).unwrap()
}

const TEXT: &str = "<p>The council of Ardenholm voted on Tuesday to rebuild the old stone bridge over the Wend.</p>\
    <p>The work is expected to cost about 14 million crowns, and to take two years; the river is low in May.</p>\
    <p>Traffic will be led through the village of Ossing, where a bus for children is promised by the council.</p>";

fn text() -> String {
    TEXT.replace("</p>", "\n\n").replace("<p>", "").trim().to_owned()
}

#[test]
fn what_is_beside_the_article_is_left_out() {
    let page = format!(
        "<!DOCTYPE html><html lang=\"en-GB\"><head><title>Bridge to be rebuilt | The Wend Courier</title></head><body>\
         <div class=\"cookie-consent\"><p>We use cookies, and so do our many partners, to make this site better for you.</p></div>\
         <nav><ul><li><a href=\"/\">Home</a></li></ul></nav><main><article class=\"post tag-cookies\"><h1>Bridge to be rebuilt</h1>\
         <div class=\"share-bar\">Share this</div><figure><img src=\"x\"><figcaption>The bridge. Photo: R. Quill</figcaption></figure>{TEXT}\
         <p><a href=\"/more\">Read more about bridges</a></p></article><section id=\"comments\"><article class=\"comment\"><p>I do not like \
         this plan at all, and nobody whom I know does; it is a waste of money.</p></article></section></main><footer>About us</footer>\
         <script>var p = \"<p>no text</p>\";</script></body></html>"
    );
    let extract = read(&page);
    assert_eq!(extract.raw, format!("Bridge to be rebuilt\n\n{}", text()));
    assert_eq!((extract.metadata.outlet.as_str(), extract.metadata.language.as_str()), ("The Wend Courier", "en-GB"));
    assert!(extract.titled);
}

#[test]
fn linked_data_comes_before_meta_elements() {
    let page = format!(
        "<html><head><meta name=\"author\" content=\"Web Desk\"><meta property=\"og:url\" content=\"https://n.example/a\">\
         <script type=\"application/ld+json\">{{\"@graph\":[{{\"@type\":\"WebPage\"}},{{\"@type\":[\"NewsArticle\"],\"headline\":\"Bridge &amp; road\",\
         \"datePublished\":\"2021-04-03T10:00:00Z\",\"author\":[{{\"name\":\"Tilda Marsh\"}},{{\"name\":\"Oskar Fenn\"}}],\
         \"publisher\":{{\"name\":\"Courier\"}},\"articleSection\":[\"Local\"]}}]}}</script></head><body>{TEXT}</body></html>"
    );
    let extract = read(&page);
    let metadata = extract.metadata;
    assert!(extract.raw.starts_with("Bridge & road\n\nThe council"), "{}", extract.raw);
    assert_eq!(
        (metadata.author.as_str(), metadata.date.as_str()),
        ("Tilda Marsh and Oskar Fenn", "2021-04-03T10:00:00Z")
    );
    assert_eq!(
        (metadata.outlet.as_str(), metadata.section.as_str(), metadata.url.as_str()),
        ("Courier", "Local", "https://n.example/a")
    );
}

#[test]
fn old_pages_with_line_breaks_are_paragraphs() {
    let lines = text().replace("\n\n", "<BR><BR>");
    let page = format!(
        "<HTML><TITLE>The Gazette: Bridge to be rebuilt</TITLE><BODY><TABLE><TR><TD><A HREF=/>Home</A></TD><TD><B>Bridge to be rebuilt</B><BR>\
        By Tilda Marsh<P>{lines}</TD></TR></TABLE></BODY></HTML>"
    );
    let extract = read(&page);
    assert!(extract.raw.starts_with("Bridge to be rebuilt\n\nBy Tilda Marsh"), "{}", extract.raw);
    assert!(extract.raw.ends_with(&text()), "{}", extract.raw);
}

#[test]
fn a_page_may_be_short_or_hold_nothing() {
    let page = "<html><body><nav>Home News</nav><h1>Shop closes after ninety years</h1><p>It closed on Friday.</p><footer>About</footer></body></html>";
    assert_eq!(read(page).raw, "Shop closes after ninety years\n\nIt closed on Friday.");
    assert_eq!(extract(b"<html><body><script>x</script></body></html>".to_vec(), None).unwrap_err().0, "no_text");
}

#[test]
fn a_page_is_known_by_its_start() {
    for page in
        ["<!DOCTYPE html>", " <!-- a --> <html lang=en>", "\u{feff}<HEAD>", "<?xml version=\"1.0\"?><html xmlns=\"x\">"]
    {
        assert!(sniff(page.as_bytes()), "{page}");
    }
    for text in ["<b>Bridge", "A <html> page", "<?xml version=\"1.0\"?><nitf>", "<headline>"] {
        assert!(!sniff(text.as_bytes()), "{text}");
    }
    assert_eq!(declaration(b"<meta charset='ISO-8859-1'>").as_deref(), Some("iso-8859-1"));
    assert_eq!(
        declaration(b"<META http-equiv=x content=\"text/html; charset=windows-1252\">").as_deref(),
        Some("windows-1252")
    );
    assert_eq!(declaration(b"<?xml version=\"1.0\" encoding=\"UTF-16\"?>").as_deref(), Some("utf-16"));
    assert_eq!(declaration(b"<html><body>charset=x"), None);
}

/// Each would overflow the stack, or take minutes, without bounds.
#[test]
fn hostile_markup_is_read_in_linear_time() {
    for unit in [
        "<div>",
        "<b x=1>",
        "<div><p>",
        "<table><tr><td>",
        "<p><font>",
        "<a href='",
        "<!--",
        "<script>",
        "</div>",
        "<li><ul>",
        "<svg>",
        "<x-y>",
        "<div class=comments>",
        "<p>",
    ] {
        let page = format!("<html><body>{}The last words of the page.", unit.repeat(200_000 / unit.len()));
        drop(extract(page.into_bytes(), None));
    }
    let page = format!("<html><body>{}{TEXT}", "<div>".repeat(100_000));
    assert_eq!(read(&page).raw.trim(), text());
    assert_eq!(extract("<html><i>a</i>".repeat(3_000_000).into_bytes(), None).unwrap_err().0, "too_large");
}
