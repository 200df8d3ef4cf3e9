//! What is on a page beside its article: taken out of the tree before the article is looked for.
//!
//! It goes by element names, by roles and by the words of class names and identifiers, as the common systems give
//! them. What holds the headline or most of the running text is never taken out, whatever it is called.

use dom_query::{Document, NodeRef};

use super::text::prose;
use crate::corpus::Metadata;

/// Elements that hold no running text.
const NEVER_TEXT: &str = "script, style, noscript, template, svg, math, canvas, object, embed, applet, iframe, audio, \
    video, picture, figcaption, figure, button, input, select, textarea, dialog, menu, map, head, amp-ad, amp-sidebar, \
    amp-consent, amp-user-notification, amp-img, amp-video, amp-iframe, amp-social-share, amp-list, amp-analytics, \
    amp-embed, amp-sticky-ad, amp-carousel, gu-island, [hidden], [aria-hidden='true'], [role='navigation'], \
    [role='banner'] nav, [role='search'], [role='dialog'], [role='alertdialog'], [role='contentinfo'], \
    [role='complementary'], [role='menu'], [role='menubar'], [role='toolbar'], nav, footer, aside, form";

/// Words of class names and identifiers of what is no article.
const FURNITURE: &[&str] = &[
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "ccpa",
    "onetrust",
    "cookiebot",
    "didomi",
    "truste",
    "comments",
    "disqus",
    "respond",
    "newsletter",
    "newsletters",
    "signup",
    "paywall",
    "regwall",
    "advert",
    "adverts",
    "advertisement",
    "advertising",
    "ads",
    "ad",
    "adslot",
    "adsbygoogle",
    "adunit",
    "dfp",
    "sponsored",
    "sponsor",
    "taboola",
    "outbrain",
    "share",
    "sharing",
    "sharebar",
    "sharedaddy",
    "addthis",
    "addtoany",
    "social",
    "socials",
    "breadcrumb",
    "breadcrumbs",
    "related",
    "recirculation",
    "recirc",
    "recommended",
    "recommendations",
    "promo",
    "promos",
    "promotion",
    "trending",
    "popular",
    "caption",
    "captions",
    "credit",
    "credits",
    "navigation",
    "nav",
    "navbar",
    "menu",
    "submenu",
    "footer",
    "sidebar",
    "sidebars",
    "toolbar",
    "pagination",
    "pager",
    "popup",
    "overlay",
    "modal",
    "lightbox",
    "skip",
    "taglist",
    "tags",
    "subscribe",
    "subscription",
    "piano",
    "offscreen",
    "jp-relatedposts",
    "relatedposts",
    "readmore",
    "morestories",
    "mostread",
    "mostpopular",
    "toplinks",
    "utility",
    "masthead",
    "printonly",
    "noprint",
    "donate",
    "donation",
    "links",
    "follow",
    "reactions",
    "gallery",
    "slideshow",
    "carousel",
    "ticker",
    "weather",
    "backtotop",
    "disclaimer",
    "copyright",
    "correction-form",
    "feedback",
    "poll",
    "quiz",
    "livechat",
    "login",
    "register",
    "breaking",
    "audioplayer",
    "player",
];
/// Pairs of such words.
const FURNITURE_PAIRS: &[(&str, &str)] = &[
    ("comment", "list"),
    ("comment", "section"),
    ("comment", "area"),
    ("comment", "respond"),
    ("author", "bio"),
    ("author", "box"),
    ("author", "info"),
    ("author", "card"),
    ("about", "author"),
    ("read", "more"),
    ("read", "next"),
    ("most", "read"),
    ("most", "viewed"),
    ("more", "stories"),
    ("more", "from"),
    ("more", "on"),
    ("more", "news"),
    ("up", "next"),
    ("see", "also"),
    ("also", "read"),
    ("also", "like"),
    ("sign", "up"),
    ("sr", "only"),
    ("visually", "hidden"),
    ("screen", "reader"),
    ("tag", "list"),
    ("post", "tags"),
    ("entry", "tags"),
    ("entry", "footer"),
    ("post", "footer"),
    ("article", "footer"),
    ("post", "navigation"),
    ("site", "header"),
    ("page", "header"),
    ("global", "header"),
    ("back", "top"),
    ("latest", "news"),
    ("top", "stories"),
    ("in", "brief"),
    ("story", "links"),
    ("in", "article-ad"),
    ("listen", "article"),
    ("key", "links"),
    ("print", "only"),
    ("bottom", "of"),
    ("reading", "time"),
    ("read", "time"),
    ("image", "text"),
    ("photo", "text"),
    ("media", "info"),
    ("print", "button"),
];
/// Words of elements that hold the byline.
const BYLINE: &[&str] = &["byline", "bylines", "author", "authors"];
/// Words of elements that hold the date or stand beside it.
const DATE: &[&str] =
    &["timestamp", "published", "pubdate", "posted", "datetime", "date", "readtime", "updated", "minread"];
/// Beginnings of class names that say what a page has or is about, not what an element is.
const NOT_OWN: &[&str] =
    &["tag-", "category-", "has-", "no-", "with-", "without-", "hide-", "show-", "single-", "postid-"];

/// Least running text of the main column of a layout table, characters.
const COLUMN: usize = 400;

/// Takes out what never is text.
pub(super) fn never_text(document: &Document) {
    let body = total(document);
    for node in document.select(NEVER_TEXT).nodes() {
        // A page inside one form, as some systems make them, or an article that a script unhides.
        if !holds_article(node) && prose(node) * 2 <= body {
            node.remove_from_parent();
        }
    }
}

/// Takes out what is beside the article, and the lines of author and date where they stand apart.
pub(super) fn furniture(document: &Document, metadata: &Metadata) {
    let body = total(document);
    let named: Vec<NodeRef> = document.select("[class], [id], [rel], [data-component], [data-testid]").nodes().to_vec();
    for node in &named {
        if matches!(node.node_name().as_deref(), Some("html" | "body" | "main" | "article")) && !is_comment(node) {
            continue;
        }
        let beside = is_furniture(node) && !holds_article(node) && prose(node) * 2 <= body;
        if is_byline(node, metadata) {
            with_its_label(*node).remove_from_parent();
        } else if beside {
            node.remove_from_parent();
        }
    }
    for node in document.select("table:has(th), td").nodes() {
        let beside = if node.has_name("td") { is_side_column(node) } else { prose(node) * 2 <= body };
        if beside && !holds_article(node) {
            node.remove_from_parent();
        }
    }
    for node in document.select("[style*='display:none'], [style*='display: none']").nodes() {
        if !holds_article(node) && prose(node) * 2 <= body {
            node.remove_from_parent();
        }
    }
}

/// An element, or the one around it where that holds nothing more than a word like `By`.
fn with_its_label(node: NodeRef) -> NodeRef {
    let Some(parent) = node.parent() else { return node };
    let (own, all) = (node.text(), parent.text());
    let rest = all.replacen(&*own, "", 1);
    let label = rest.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let is_label = matches!(label.as_str(), "by" | "written by" | "words by" | "story by" | "text by");
    if is_label { parent } else { node }
}

/// Whether a cell of a layout table has hardly any running text beside one in its row that has nearly all.
fn is_side_column(cell: &NodeRef) -> bool {
    let Some(row) = cell.parent() else { return false };
    let own = prose(cell);
    let beside = row.children().into_iter().filter(|other| other.has_name("td") && other.id != cell.id);
    let most = beside.map(|other| prose(&other)).max().unwrap_or(0);
    most >= COLUMN && own * 20 <= most
}

/// Whether the name of an element says that it is beside the article.
pub(super) fn is_furniture(node: &NodeRef) -> bool {
    let words = words(node);
    let single = |word: &String| FURNITURE.contains(&word.as_str());
    let pair = |pair: &[String]| FURNITURE_PAIRS.iter().any(|(a, b)| pair[0] == *a && pair[1] == *b);
    words.iter().any(|name| name.iter().any(single) || name.windows(2).any(pair))
}

/// A short element that is named for the byline or the date, outside running text, once they are known. Else the
/// lines stay for the reader of mastheads.
fn is_byline(node: &NodeRef, metadata: &Metadata) -> bool {
    let words = words(node);
    let named = |names: &[&str]| words.iter().flatten().any(|word| names.contains(&word.as_str()));
    let author = !metadata.author.is_empty() && (named(BYLINE) || node.attr_or("rel", "").contains("author"));
    let date = !metadata.date.is_empty() && named(DATE);
    let both = !metadata.author.is_empty() && !metadata.date.is_empty() && named(&["meta", "information", "info"]);
    (author || date || both)
        && !node.ancestors_it(Some(3)).any(|above| above.has_name("p"))
        && node.normalized_char_count() <= 160
        && !holds_title(node)
}

/// Whether the name of an element says that it holds a byline.
pub(super) fn is_named_byline(node: &NodeRef) -> bool {
    words(node).iter().flatten().any(|word| word == "byline" || word == "bylines")
}

/// Whether the name of an element says that it holds the date of publication.
pub(super) fn is_named_date(node: &NodeRef) -> bool {
    words(node).iter().flatten().any(|word| DATE.contains(&word.as_str()) && word != "updated" && word != "readtime")
}

/// Whether the name of an element says that it holds the headline.
pub(super) fn is_named_title(node: &NodeRef) -> bool {
    let of = |word: &String| matches!(word.as_str(), "article" | "story" | "post" | "entry" | "news" | "lbl" | "main");
    let title = |word: &String| matches!(word.as_str(), "title" | "headline" | "headlines");
    words(node).iter().any(|name| {
        name.windows(2).any(|pair| of(&pair[0]) && title(&pair[1])) || name.len() == 1 && name[0] == "headline"
    })
}

fn is_comment(node: &NodeRef) -> bool {
    words(node).iter().flatten().any(|word| word == "comment" || word == "comments")
}

fn holds_title(node: &NodeRef) -> bool {
    let heading = |below: NodeRef| below.has_name("h1") || below.has_name("h2") || is_named_title(&below);
    is_named_title(node) || node.descendants_it().any(heading)
}

/// Whether an element holds the headline or is marked as the text of the article.
fn holds_article(node: &NodeRef) -> bool {
    let marked = |node: &NodeRef| node.has_name("h1") || node.attr("itemprop").is_some_and(|p| &*p == "articleBody");
    marked(node) || node.descendants_it().any(|below| marked(&below))
}

fn total(document: &Document) -> usize {
    document.body().map_or(0, |body| prose(&body))
}

/// The words of the class names and the identifier of an element: `storyShareBar ad-slot` is
/// `[[story, share, bar], [ad, slot]]`.
fn words(node: &NodeRef) -> Vec<Vec<String>> {
    let (class, id) = (node.attr_or("class", ""), node.attr_or("id", ""));
    let (component, test) = (node.attr_or("data-component", ""), node.attr_or("data-testid", ""));
    let names = [&class, &id, &component, &test].into_iter().flat_map(|name| name.split_whitespace()).take(24);
    names.filter(|name| !NOT_OWN.iter().any(|start| name.starts_with(start))).map(split).collect()
}

fn split(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut lower = false;
    for c in name.chars().take(80) {
        if !c.is_alphanumeric() || c.is_uppercase() && lower {
            words.push(String::new());
        }
        lower = c.is_lowercase() || c.is_ascii_digit();
        if c.is_alphanumeric()
            && let Some(last) = words.last_mut()
        {
            last.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}
