//! `report.html`: one file that loads nothing and runs nothing, shows what the tables say however they are written, and
//! says which sections were left out.

mod support;

use support::{Workdir, repository};

fn page(dir: &Workdir) -> String {
    std::fs::read_to_string(dir.path("output/report.html")).expect("report.html")
}

/// Articles whose title, names, outlet and quotations are markup.
fn hostile() -> Workdir {
    let article = "</title><script>alert(1)</script> shakes Arlow\n\nBy <img src=x onerror=alert(2)>\n3 May 2024\n\nMayor \
                   Edna Quill said “<b onclick=alert(3)>Arlow is a terrible place”</b>. She praised \"Javascript&#58;\" \
                   Ltd twice. מוסר and 東京 were named.\n\n</style></script><svg/onload=alert(4)> was heard in Arlow.\n";
    Workdir::with_input(&[
        ("a<script>.txt", article),
        ("b.txt", article),
        ("c.txt", &article.replace("Arlow", "Brent")),
    ])
}

#[test]
fn words_of_articles_are_never_markup() {
    let dir = hostile();
    dir.run(&["--duplicates", "keep"]);
    let page = page(&dir);
    for tag in ["<script", "<img", "<b ", "onload=", "<iframe", "<link", "<base", "javascript:"] {
        assert!(!page.replace("&lt;", "").contains(tag) || tag == "onload=", "{tag}");
    }
    let opened = page.match_indices('<').map(|(at, _)| &page[at..]);
    let known = [
        "!DOCTYPE",
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "h1",
        "p",
        "nav",
        "ul",
        "li",
        "a",
        "main",
        "section",
        "h2",
        "h3",
        "dl",
        "div",
        "dt",
        "dd",
        "figure",
        "figcaption",
        "svg",
        "rect",
        "path",
        "line",
        "circle",
        "text",
        "span",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "bdi",
        "b",
        "blockquote",
        "footer",
    ];
    for tag in opened {
        let name: String =
            tag[1..].trim_start_matches('/').chars().take_while(|c| !c.is_whitespace() && *c != '>').collect();
        assert!(known.contains(&name.as_str()), "{}", &tag[..tag.len().min(60)]);
        let attributes: &str = tag.split('>').next().unwrap_or_default();
        assert!(!attributes.contains(" on"), "{attributes}");
    }
}

#[test]
fn the_page_is_one_file_that_loads_nothing() {
    let page = std::fs::read_to_string(repository().join("output/report.html")).expect("output/report.html");
    assert!(page.len() < 1_000_000, "{} bytes", page.len());
    assert!(page.contains("default-src &#39;none&#39;") || page.contains("default-src 'none'"), "no policy");
    for outside in ["http:", "https:", "//", "src=", "url(", "@import"] {
        assert!(!page.contains(outside), "{outside}");
    }
    let targets = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    for target in targets {
        let inside = target.strip_prefix('#').is_some_and(|id| page.contains(&format!("id=\"{id}\"")));
        assert!(inside || repository().join("output").join(target).is_file(), "{target}");
    }
}

#[test]
fn headings_are_in_order_and_pictures_have_words() {
    let page = std::fs::read_to_string(repository().join("output/report.html")).expect("output/report.html");
    let mut depth = 0;
    for (at, _) in page.match_indices("<h") {
        let Some(level) = page[at + 2..].chars().next().and_then(|c| c.to_digit(10)) else { continue };
        assert!(level <= depth + 1, "{}", &page[at..at + 60]);
        depth = level;
    }
    for picture in page.split("<svg").skip(1) {
        let tag = picture.split('>').next().unwrap_or_default();
        assert!(tag.contains("aria-hidden=\"true\"") || tag.contains("aria-label=\""), "{tag}");
    }
}

#[test]
fn the_page_is_the_same_however_the_tables_are_written() {
    let dir = Workdir::with_sample();
    dir.run(&[]);
    let plain = page(&dir);
    for how in [
        &["--csv-profile", "data"][..],
        &["--delimiter", ";", "--decimal-comma", "--crlf"],
        &["--split-rows", "7", "--formula-guard", "strict"],
    ] {
        dir.run(how);
        assert_eq!(page(&dir), plain, "{how:?}");
    }
}

#[test]
fn sections_without_their_table_are_left_out_and_say_so() {
    let dir = Workdir::with_sample();
    dir.run(&["--tables", "terms"]);
    let page = page(&dir);
    assert!(
        page.contains("Left out: entities.csv was not asked for.") && page.contains("href=\"terms.csv\""),
        "{page}"
    );
    assert!(!page.contains("href=\"entities.csv\""));
    dir.run(&["--format", "csv"]);
    assert!(!dir.names("output").contains(&"report.html".to_string()), "a page of an earlier run is left");
    dir.byline(&["run", "input", "--format", "html"]).exits(2).complains_of("csv,html");
}

#[test]
fn an_empty_corpus_has_a_page() {
    let dir = Workdir::with_input(&[("a.bin", "\u{0}\u{1}")]);
    dir.run(&[]);
    assert!(page(&dir).contains("What 0 articles say"));
}
