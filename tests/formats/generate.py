#!/usr/bin/env python3
"""Writes the messy folder `input/` and what a careful reader would say of it: expect.csv, skipped.csv, duplicates.csv.

The stories are in stories.txt, all invented. What is expected stands beside each file below, written by hand; byline is
never run. Needs LibreOffice Writer (`soffice`) and `zstd`; the same input gives the same bytes. Tests never run this.
In expect.csv `*` means that a cell is not checked, and so do empty `paragraphs` and `warnings`. In skipped.csv `*` in a
path or reason stands for anything; the reason `?` means that the file may be listed or passed over.
"""

import bz2
import csv
import gzip
import html
import io
import json
import lzma
import os
import re
import shutil
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib
from pathlib import Path

HERE = Path(__file__).resolve().parent
INPUT = HERE / "input"
COLUMNS = [
    "path", "record", "format", "encoding", "encoding_source", "title", "author", "date", "date_source", "outlet",
    "section", "language", "first_sentence", "last_sentence", "paragraphs", "warnings", "why",
]  # fmt: skip
EXPECT, SKIPPED, DUPLICATES = [], [], []


class Story:
    """A story: title, paragraphs, and the first and last sentence as marked by hand."""

    def __init__(self, key, text):
        text = text.strip("\n")
        if key != "notitle":
            self.title, text = text.split("\n", 1)
        else:
            self.title = ""
        text = text.strip()
        self.first = text.split("|")[0].strip()
        self.last = text.rsplit("|", 1)[1].strip()
        self.paragraphs = [p.strip() for p in text.replace("|", "").split("\n\n")]
        assert "|" in text and "\n" not in self.first + self.last, key
        assert self.first != self.last, key

    @property
    def body(self):
        return "\n\n".join(self.paragraphs)

    def html(self, tag="p"):
        return "\n".join(f"<{tag}>{html.escape(p, quote=False)}</{tag}>" for p in self.paragraphs)


STORIES = {}
for part in re.split(r"^@@ ", (HERE / "stories.txt").read_text("utf-8"), flags=re.M)[1:]:
    name, rest = part.split("\n", 1)
    assert name not in STORIES, name
    STORIES[name] = Story(name, rest)
USED = set()


def story(key):
    USED.add(key)
    return STORIES[key]


def put(path, data, encoding="utf-8"):
    target = INPUT / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data if isinstance(data, bytes) else data.encode(encoding))


def expect(path, key, why, **more):
    """A row of expect.csv: the story's own title and sentences unless something else is said."""
    s = story(key)
    row = {
        "path": path, "record": "", "format": "text", "encoding": "utf-8", "encoding_source": "valid",
        "title": s.title, "author": "", "date": "", "date_source": "", "outlet": "", "section": "", "language": "en",
        "first_sentence": s.first, "last_sentence": s.last, "paragraphs": len(s.paragraphs), "warnings": "",
    }  # fmt: skip
    assert set(more) <= set(row), more
    row |= more | {"why": why}
    EXPECT.append(row)


def skip(path, why, reason="*", record=""):
    SKIPPED.append({"path": path, "record": record, "reason": reason, "why": why})


def plain(key, head=(), tail=""):
    """A plain text: the title, lines of the head, the body, the tail."""
    s = story(key)
    lines = [line for line in [s.title, *head] if line]
    return "\n".join(lines) + "\n\n" * bool(lines) + s.body + "\n" + tail


def text(path, key, head, why, tail="", written="utf-8", mark=b"", **more):
    made(path, key, mark + plain(key, head, tail).encode(written), why, **more)


def made(path, key, content, why, written="utf-8", **more):
    put(path, content, written)
    expect(path, key, why, **more)


# Plain text: dates in many forms.


def dates():
    t = lambda name, key, head, why, **m: text(f"txt/{name}", key, head, why, **({"date_source": "text"} | m))
    t("plain.txt", "plain", [], "a title and a text, nothing else", date_source="")
    t("date-iso.txt", "iso", ["By Nuala Fenn", "2021-04-09"], "ISO date below the byline",
      author="Nuala Fenn", date="2021-04-09")
    t("date-day-month.txt", "daymonth", ["By Tomas Reave and Ada Pellow", "3 April 2021"], "day, month, year; two authors",
      author="Tomas Reave; Ada Pellow", date="2021-04-03")
    t("date-month-day.txt", "monthday", ["By JORDAN PELLETIER", "April 3, 2021"], "month, day, year; a byline in capitals",
      author="*", date="2021-04-03")
    t("date-short.txt", "short", ["Sat., Apr. 3rd, 2021", "By Nils Okoro, Sports Correspondent"],
      "short weekday and month, ordinal; the date above the byline, the job is no name",
      author="Nils Okoro", date="2021-04-03")
    t("date-ambiguous.txt", "ambiguous", ["By Lena Orsted", "03/04/2021"],
      "day or month first cannot be told, and the folder shows both orders", author="Lena Orsted", date_source="",
      warnings="ambiguous_date")
    t("date-day-first.txt", "dayfirst", ["By Piers Abara", "23/04/2021"], "numbers that can only be day first",
      author="Piers Abara", date="2021-04-23")
    t("date-month-first.txt", "monthfirst", ["By Dana Whitlock", "04/23/2021"], "numbers that can only be month first",
      author="Dana Whitlock", date="2021-04-23")
    t("date-dots.txt", "dots", ["2021.04.03"], "year first with dots", date="2021-04-03")
    t("bulletin_20210403.txt", "filename", [], "the date stands in the file name only", date="2021-04-03",
      date_source="file name")
    t("date-published.txt", "published", ["By Cora Dunmore", "Published 3 Apr 2021 14:05 BST"], "a label, a time and a zone",
      author="Cora Dunmore", date="2021-04-03")
    t("date-updated.txt", "updated", ["Updated 5 April 2021 09:12; first published 4 April 2021 06:30"],
      "an article is dated by its first publication, which stands second", date="2021-04-04")
    t("date-rfc.txt", "rfc", ["By Anneke Stoll", "Sat, 03 Apr 2021 14:05:00 +0100"], "RFC 2822, as feeds write it",
      author="Anneke Stoll", date="2021-04-03")
    t("orchard-3-april-2021.txt", "namedate", [], "the month by its name in the file name", date="2021-04-03",
      date_source="file name")
    t("20210405_choir.txt", "beatsname", ["By Gethin Moss", "3 April 2021"], "the text says another date than the file name",
      author="Gethin Moss", date="2021-04-03")
    text("2021/04/03/harbour.txt", "folderdate", ["By Rolf Tannis"], "the date is in the folders' names only",
         author="Rolf Tannis", date="2021-04-03", date_source="folder name")


# Plain text: encodings and layout.

BY_IDA = {"author": "Ida Klee", "date": "2022-02-14", "date_source": "text"}
HEAD_IDA = ["By Ida Klee", "14 February 2022"]


def encodings():
    def t(name, key, why, encoding, source, **more):
        text(f"encodings/{name}", key, HEAD_IDA, why, **BY_IDA, encoding=encoding, encoding_source=source, **more)

    t("windows.txt", "cp1252", "windows-1252: curly quotes, dashes, an ellipsis, the euro sign", "cp1252", "guessed",
      written="cp1252")
    t("latin1.txt", "latin1", "ISO 8859-1 with accents; windows-1252 is its superset", "cp1252", "guessed",
      written="latin-1")
    t("utf16le.txt", "utf16le", "UTF-16, little end first, with a mark", "utf-16-le", "bom", written="utf-16-le",
      mark=b"\xff\xfe")
    t("utf16be.txt", "utf16be", "UTF-16, big end first, with a mark", "utf-16-be", "bom", written="utf-16-be",
      mark=b"\xfe\xff")
    t("utf16le-unmarked.txt", "nobom", "UTF-16 without a mark: every other byte is NUL", "utf-16-le", "guessed",
      written="utf-16-le")
    t("utf8-mark.txt", "utf8bom", "UTF-8 with a byte-order mark", "utf-8-sig", "bom", mark=b"\xef\xbb\xbf")
    data = plain("badbyte", HEAD_IDA).encode()
    broken = data.replace(b"insurance. The", b"insur\xffance. The")
    assert broken != data
    made("encodings/one-bad-byte.txt", "badbyte", broken,
         "UTF-8 with one broken byte in the middle: reading all of it as windows-1252 would spoil every accent",
         **BY_IDA, encoding_source="*")


BREAKS = ["con-firmed", "photo-graphed", "for-estry", "unusu-ally", "un-usually", "Biolo-gists", "Sun-day", "dur-ing",
          "min-istry", "agri-culture", "elec-tric", "Vis-itors", "be-lieve", "al-ready", "sight-ing"]  # fmt: skip


def hard_wrapped(paragraph, width=71):
    """Lines of at most 71 characters, with words broken by a hyphen where one of BREAKS fits."""
    lines, line = [], ""
    for word in paragraph.split(" "):
        joined = f"{line} {word}" if line else word
        if len(joined) <= width:
            line = joined
            continue
        core = word.rstrip(".,;:")
        heads = [b.split("-")[0] for b in BREAKS if b.replace("-", "") == core]
        head = max((h for h in heads if len(line) + 2 + len(h) <= width), key=len, default="")
        if head:
            lines.append(f"{line} {head}-")
            line = word[len(head):]
        else:
            lines.append(line)
            line = word
    return "\n".join([*lines, line])


def layouts():
    def t(name, key, head, why, tail="", **more):
        text(f"layout/{name}", key, head, why, tail, **more)

    by = {"author": "Oskar Lunde", "date": "2022-03-09", "date_source": "text"}
    head = ["By Oskar Lunde", "Wednesday, 9 March 2022"]
    made("layout/mac-line-ends.txt", "maccr", plain("maccr", head).replace("\n", "\r"), "line ends of old Macs: CR only", **by)
    made("layout/windows-line-ends.txt", "crlf", plain("crlf", head).replace("\n", "\r\n"), "CR LF line ends", **by)
    s = story("hardwrap")
    wrapped = "\n\n".join(hard_wrapped(p) for p in s.paragraphs)
    assert len(re.findall(r"[a-z]-\n[a-z]", wrapped)) >= 2, wrapped
    made("layout/hard-wrapped.txt", "hardwrap", "\n".join([s.title, *head]) + "\n\n" + wrapped + "\n",
         "lines of 71 columns, words broken by hyphens", **by)
    s = story("repeated")
    made("layout/title-repeated.txt", "repeated", "\n".join([s.title, *head]) + f"\n\n{s.title}\n\n{s.body}\n",
         "the title stands again above the body: it is no sentence of the body", **by)
    s = story("caps")
    made("layout/title-capitals.txt", "caps", plain("caps", head).replace(s.title, s.title.upper()),
         "a title in capitals stays as it is", **by | {"title": s.title.upper()})
    t("no-title.txt", "notitle", [], "a text that begins at once: its first sentence is no title", warnings="no_title")
    t("byline-at-end.txt", "endbyline", [], "the byline is the last line and is no sentence", "\n-- Imogen Vael\n",
      author="Imogen Vael")
    s = story("boiler")
    body = s.paragraphs[:1] + ["Sign up for our free newsletter and get the day's top stories in your inbox every morning."]
    body += s.paragraphs[1:2] + ["Read more: Ten ways to fall asleep faster"] + s.paragraphs[2:]
    tail = "Follow us on Facebook and Twitter\n\n© 2022 Quillan Courier. All rights reserved.\n"
    made("layout/boilerplate.txt", "boiler", "\n".join([s.title, *head]) + "\n\n" + "\n\n".join(body) + "\n\n" + tail,
         "a sign-up box and a link inside the text, appeals and a copyright line below it", **by)
    t("agency.txt", "agency", ["By Jonas Petrak"], "an agency story with a dateline, dated by it, with desk credits below",
      "\n(Reporting by Jonas Petrak in Vellmouth; Editing by Mira Sole)\n", author="Jonas Petrak", date="2022-10-12",
      date_source="text")
    made("layout/form-feed.txt", "formfeed",
         plain("formfeed", head).replace("said that the drain", "said that\n\fthe drain").replace("\n\nRepairs", "\n\f\nRepairs"),
         "page breaks between paragraphs and inside a sentence", **by | {"paragraphs": ""})
    tabbed = "\n\n".join("\t" + p for p in story("tabs").paragraphs)
    tabbed = tabbed.replace("96,000 pounds", "96,000\u00a0pounds").replace("rink at Haddenby", "rink\tat Haddenby")
    tabbed = tabbed.replace("Thursday night", "Thursday\u00a0night")
    made("layout/tabs.txt", "tabs", "\n".join([story("tabs").title, *head]) + "\n\n" + tabbed + "\n",
         "indented by tabs, with a tab and no-break spaces inside sentences", **by)
    s = story("labels")
    labels = f"Headline: {s.title}\nByline: Dagny Ferrers\nDate: 2 May 2022\nSource: Vellmouth Mail\nSection: Business\nLength: 96 words"
    made("layout/labels.txt", "labels", f"{labels}\n\n{s.body}\n", "an export of a news archive: labels with colons",
         author="Dagny Ferrers", date="2022-05-02", date_source="*", outlet="Vellmouth Mail", section="Business")
    s = story("kicker")
    made("layout/kicker.txt", "kicker", f"\n\nTRANSPORT\n\n{s.title}\n\nBy Oskar Lunde | Wednesday, 9 March 2022 | 2 min read\n\n{s.body}\n",
         "a section's name above the title; byline, date and reading time on one line", section="TRANSPORT", **by)
    hidden = plain("invisible", head).replace("application", "ap\u00adpli\u00adca\u00adtion").replace("desk", "de\u200bsk")
    hidden = hidden.replace("railway", "rail\u2060way").replace("thousand", "\ufeffthousand").replace("Information", "Infor\u00admation")
    made("layout/invisible.txt", "invisible", hidden, "soft hyphens, zero-width spaces and word joiners inside words", **by)
    text("language/fluss.txt", "german", ["23.05.2022"], "German, with its quotation marks", language="de", date="2022-05-23",
         date_source="text")
    text("language/2022-05-24-marche.txt", "french", [], "French, with no-break spaces inside the marks", language="fr",
         date="2022-05-24", date_source="file name")


# Two newspapers whose order of day and month the other files of the folder show.


def newspapers():
    def paper(folder, key, author, date, iso, why):
        text(f"{folder}/{key}.txt", key, [f"By {author}", date], why, author=author, date=iso, date_source="text")

    gazette = "outlets/brackenford-gazette"
    shows = "one of five that show that this newspaper writes the day first"
    paper(gazette, "df1", "Meg Arden", "14/03/2022", "2022-03-14", shows)
    paper(gazette, "df2", "Meg Arden", "21/03/2022", "2022-03-21", shows)
    paper(gazette, "df3", "Rory Vance", "25/03/2022", "2022-03-25", shows)
    paper(gazette, "df4", "Rory Vance", "30/03/2022", "2022-03-30", shows)
    paper(gazette, "df5", "Meg Arden", "28/03/2022", "2022-03-28", shows)
    paper(gazette, "df6", "Rory Vance", "05/04/2022", "2022-04-05", "5 April: the newspaper writes the day first")
    record = "outlets/quillan-record"
    shows = "one of five that show that this newspaper writes the month first"
    paper(record, "mf1", "Peggy Strand", "03/14/2022", "2022-03-14", shows)
    paper(record, "mf2", "Peggy Strand", "03/19/2022", "2022-03-19", shows)
    paper(record, "mf3", "Wade Corliss", "3/26/2022", "2022-03-26", shows)
    paper(record, "mf4", "Wade Corliss", "03/30/2022", "2022-03-30", shows)
    paper(record, "mf5", "Peggy Strand", "03/31/2022", "2022-03-31", shows)
    paper(record, "mf6", "Wade Corliss", "05/04/2022", "2022-05-04", "May 4: the newspaper writes the month first")


# Markdown.


def markdown():
    s = story("frontmatter")
    front = """---
title: "The beekeepers who count planes"
author:
  - Hanne Ruiz-Okafor
  - Bela Stein
date: 2022-06-17T08:30:00+02:00
source: The Haddenby Observer
section: Science
tags: [bees, airport, noise]
draft: false
---

"""
    made("markdown/beekeepers.md", "frontmatter", front + s.body + "\n",
         "front matter with two authors, a zone, a source; lists, a quotation, links, an image", format="markdown",
         author="Hanne Ruiz-Okafor; Bela Stein", date="2022-06-17", date_source="metadata", outlet="The Haddenby Observer",
         section="Science", paragraphs="")
    s = story("setext")
    made("markdown/theatre.md", "setext", f"{s.title}\n{'=' * len(s.title)}\n\n*By Ludmila Stroh, 5 July 2022*\n\n{s.body}\n",
         "a heading underlined with =, one with -, the byline and date in italics", format="markdown", author="Ludmila Stroh",
         date="2022-07-05", date_source="text", paragraphs="")
    s = story("links")
    made("markdown/2022-07-06-goose.markdown", "links", f"# {s.title}\n\n{s.body}\n\n---\n\n[Share on Facebook](https://example.org/s)\n",
         "links and emphasis inside sentences, a sharing link below a rule", format="markdown", date="2022-07-06",
         date_source="file name", paragraphs="")


# Web pages.

NAVIGATION = """<header class="site-header"><div class="logo"><a href="/">{outlet}</a></div>
<nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li><li><a href="/weather">Weather</a></li>
<li><a href="/login">Log in</a></li></ul></nav></header>
<div id="cookie-banner" class="cookie-consent"><p>We and our 214 partners store cookies on your device to measure how
pages are read. You can change your choice at any time.</p><button>Accept all</button><button>Settings</button></div>"""


def page(head, body, doctype="<!DOCTYPE html>"):
    return f'{doctype}\n<html lang="en-GB">\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n'


def pages():
    def t(name, key, content, why, **more):
        made(f"web/{name}", key, content, why, **{"format": "html"} | more)

    s = story("wordpress")
    paragraphs = s.html().split("\n")
    paragraphs.insert(2, '<figure><img src="school.jpg" alt="The school"><figcaption>The school on Senna Minor, seen from the '
                         "boat. Photograph: Brin Tolly</figcaption></figure>")
    paragraphs.insert(4, '<div class="related-inline"><h4>Related stories</h4><ul><li><a href="/a">Ferry to Senna cancelled '
                         'again</a></li><li><a href="/b">The island that votes by lamp</a></li></ul></div>')
    body = NAVIGATION.format(outlet="Senna Sound") + f"""
<main><article class="post-1284 post type-post status-publish">
<header class="entry-header"><p class="cat-links"><a href="/category/education" rel="category tag">Education</a></p>
<h1 class="entry-title">{s.title}</h1>
<div class="entry-meta"><span class="byline">By <a class="url fn n" rel="author" href="/author/una">Una Fairlie</a></span>
<time class="entry-date published" datetime="2022-09-05T07:15:00+01:00">September 5, 2022</time></div></header>
<div class="share-bar"><a href="#">Share</a> <a href="#">Tweet</a> <a href="#">Email</a></div>
<div class="entry-content">
{chr(10).join(paragraphs)}
</div></article>
<section id="comments" class="comments-area"><h2>2 thoughts on this story</h2><ol class="comment-list">
<li><p class="comment-author">gullwatcher says:</p><p>My cousin went to that school and there were four of them then, and
a dog, and the dog could count better than any of them, as I remember it.</p></li>
<li><p class="comment-author">Old Salt says:</p><p>When will they mend the pier? That is what I should like to know.</p></li>
</ol></section></main>
<aside class="sidebar"><h3>Most read</h3><ul><li><a href="/1">Boat late</a></li><li><a href="/2">Boat early</a></li></ul></aside>
<footer><p>Copyright 2022 Senna Sound. Proudly powered by WordPress.</p></footer>"""
    head = f"""<meta charset="utf-8">
<title>{s.title} | Senna Sound</title>
<meta property="og:site_name" content="Senna Sound">
<meta property="og:title" content="{s.title}">
<meta property="article:published_time" content="2022-09-05T07:15:00+01:00">
<meta property="article:modified_time" content="2022-09-08T10:00:00+01:00">
<meta property="article:section" content="Education">
<style>body {{ font: 16px serif; }}</style>
<script>window.dataLayer = [];</script>"""
    t("island-school.html", "wordpress", page(head, body),
      "WordPress: navigation, cookie banner, share bar, caption, related links inside the text, comments, sidebar, footer",
      encoding_source="*", author="Una Fairlie", date="2022-09-05", date_source="metadata", outlet="Senna Sound",
      section="Education")

    s = story("jsonld")
    data = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": s.title,
        "datePublished": "2022-08-11T06:00:00Z", "dateModified": "2022-08-12T06:00:00Z",
        "author": [{"@type": "Person", "name": "Clemency Hythe"}, {"@type": "Person", "name": "Ravi Soames"}],
        "publisher": {"@type": "Organization", "name": "Valley Intelligencer"}, "articleSection": "Religion",
    }  # fmt: skip
    head = f'<title>{s.title}</title>\n<script type="application/ld+json">{json.dumps(data)}</script>'
    body = NAVIGATION.format(outlet="Valley Intelligencer") + f'<div class="c-9f2"><h1>{s.title}</h1><div class="c-77a">\n{s.html()}\n</div></div>'
    t("organs.html", "jsonld", page(head, body), "everything but the text is in JSON-LD only", author="Clemency Hythe; Ravi Soames",
      date="2022-08-11", date_source="metadata", outlet="Valley Intelligencer", section="Religion")

    s = story("ogonly")
    head = f"""<meta charset="utf-8"><title>Story 88213</title>
<meta property="og:type" content="article"><meta property="og:title" content="{s.title}">
<meta property="og:site_name" content="Haddenby Research News"><meta name="author" content="Pia Sandoval">
<meta property="article:published_time" content="2022-11-30">"""
    body = f'<div id="wrap"><div class="menu"><a href="/">Home</a> <a href="/all">All</a></div><div class="story">\n{s.html()}\n</div></div>'
    t("glacier.htm", "ogonly", page(head, body), "Open Graph only: no heading in the page, a useless <title>",
      encoding_source="*", author="Pia Sandoval", date="2022-11-30", date_source="metadata", outlet="Haddenby Research News")

    s = story("oldtable")
    cells = "<br><br>\n".join(html.escape(p, quote=False) for p in s.paragraphs)
    content = f"""<HTML><HEAD>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1252">
<TITLE>{s.title}</TITLE></HEAD>
<BODY BGCOLOR="#FFFFFF"><CENTER><TABLE WIDTH=700 BORDER=0><TR>
<TD WIDTH=140 VALIGN=TOP><FONT SIZE=1><A HREF="index.htm">Front</A><BR><A HREF="sport.htm">Sport</A><BR><A HREF="tv.htm">Television</A></FONT></TD>
<TD VALIGN=TOP><FONT SIZE=5><B>{s.title}</B></FONT><BR>
<FONT SIZE=2><I>By Alf Bewick</I><BR>17 October 2004</FONT><P>
<FONT FACE="Times">{cells}</FONT></TD>
<TD WIDTH=120 VALIGN=TOP><FONT SIZE=1><B>Fixtures</B><BR>Sat: Arms v Bell<BR>Sun: Crown v Plough</FONT></TD>
</TR></TABLE></CENTER></BODY></HTML>
"""
    t("darts.html", "oldtable", content, "an old page: a layout table, font tags, br instead of paragraphs, windows-1252 declared",
      written="cp1252", encoding="cp1252", encoding_source="declared", author="Alf Bewick", date="2004-10-17", date_source="text")

    s = story("wrongext")
    head = f"""<title>{s.title}</title><meta name="date" content="2022-10-06">"""
    body = f"<article><h1>{s.title}</h1><p class=\"byline\">By Stella Orme</p>\n{s.html()}\n</article>"
    t("van.txt", "wrongext", page(head, body), "a web page that is called .txt", author="Stella Orme", date="2022-10-06",
      date_source="metadata")

    s = story("xhtml")
    content = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">
<head><title>{s.title}</title><meta name="author" content="Iris Calloway" /><meta name="DC.date.issued" content="2022-12-01" /></head>
<body><div id="content"><h1>{s.title}</h1>
{s.html()}
<hr /><p class="footer"><a href="/contact">Contact</a> <a href="/imprint">Imprint</a></p></div></body></html>
"""
    t("crows.xhtml", "xhtml", content, "XHTML with an XML declaration, Dublin Core date", encoding_source="*",
      author="Iris Calloway", date="2022-12-01", date_source="metadata")

    s = story("paywall")
    paragraphs = s.html().split("\n")
    paragraphs.insert(2, '<div class="paywall piano-offer"><h3>Keep reading for one coin a week</h3><p>You have reached the limit '
                         'of free articles this month. Subscribe now to continue.</p><a class="button" href="/offer">See offers</a></div>')
    head = f"""<meta charset="utf-8"><title>{s.title} - Kestrel Business Daily</title>
<meta property="og:site_name" content="Kestrel Business Daily"><meta property="article:section" content="Business">
<meta property="article:published_time" content="2023-01-24T11:00:00-05:00"><meta name="author" content="By Gil Santoro">"""
    body = f"<main><article><h1>{s.title}</h1>\n{chr(10).join(paragraphs)}\n</article></main>"
    t("racecourse.html", "paywall", page(head, body), "a subscription box in the middle; `By` in the author's metadata",
      encoding_source="*", author="Gil Santoro", date="2023-01-24", date_source="metadata", outlet="Kestrel Business Daily",
      section="Business")

    s = story("entities")
    marks = {"&": "&amp;", "’": "&rsquo;", "–": "&#8211;", "“": "&ldquo;", "”": "&rdquo;", "£": "&pound;", "á": "&aacute;",
             "<": "&lt;", ">": "&gt;"}  # fmt: skip
    coded = lambda value: "".join(marks.get(c, c) for c in value)
    body = "\n".join(f"<p>{coded(p)}</p>" for p in s.paragraphs).replace("6 p.m.", "6&nbsp;p.m.")
    content = page(f'<meta charset="utf-8"><title>{coded(s.title)}</title>',
                   f'<article><h1>{coded(s.title)}</h1><p class="meta">By Maeve Tully &#8212; 2 February 2023</p>\n{body}\n</article>')
    t("mill.html", "entities", content, "character references everywhere, also in the title and for < and >",
      encoding_source="*", author="Maeve Tully", date="2023-02-02", date_source="*")

    s = story("timeel")
    head = f'<meta charset="utf-8"><title>{s.title} | The Mount Ossery Herald</title>'
    body = f"""<article><h1>{s.title}</h1><address>By <a rel="author" href="/staff/leif">Leif Harrow</a></address>
<time datetime="2023-03-06">Monday</time>
{s.html()}
<table><tr><th>Year</th><th>Rescues</th></tr><tr><td>2021</td><td>14</td></tr><tr><td>2022</td><td>19</td></tr></table>
</article>"""
    t("goat.html", "timeel", page(head, body), "the date in a time element only; the newspaper as a suffix of the title; a table",
      encoding_source="*", author="Leif Harrow", date="2023-03-06", date_source="metadata", outlet="The Mount Ossery Herald")


# Office documents, books and PDF.

FODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:title>{title}</dc:title><meta:initial-creator>{author}</meta:initial-creator><dc:creator>{author}</dc:creator>
<meta:creation-date>{created}T09:00:00</meta:creation-date><dc:date>{created}T09:00:00</dc:date></office:meta>
<office:styles><style:default-style style:family="paragraph"><style:text-properties fo:language="en" fo:country="GB"
 fo:font-size="12pt"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Title" style:family="paragraph" style:parent-style-name="Standard"><style:text-properties
 fo:font-size="20pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Text_20_body" style:display-name="Text body" style:family="paragraph"
 style:parent-style-name="Standard"><style:paragraph-properties fo:margin-bottom="0.3cm"/></style:style></office:styles>
<office:automatic-styles><style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="14.8cm"
 fo:page-height="21cm" fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2cm" fo:margin-right="2cm"/>
<style:footer-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm1">{footer}</style:master-page></office:master-styles>
<office:body><office:text>
<text:p text:style-name="Title">{title}</text:p>
{body}
</office:text></office:body></office:document>
"""


def converted(key, kind, head, created, author="", footer=False):
    """The story as LibreOffice writes it: `kind` is docx, odt, epub or pdf."""
    s = story(key)
    lines = [*head, *s.paragraphs]
    body = "\n".join(f'<text:p text:style-name="Text_20_body">{html.escape(p.replace("*", ""), quote=False)}</text:p>' for p in lines)
    foot = '<style:footer><text:p text:style-name="Standard">Page <text:page-number/> of <text:page-count/></text:p></style:footer>'
    source = FODT.format(title=html.escape(s.title), author=author, created=created, body=body, footer=foot if footer else "")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{key}.fodt"
        path.write_text(source, "utf-8")
        environment = os.environ | {"SOURCE_DATE_EPOCH": "1650000000", "TZ": "UTC"}
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{tempfile.gettempdir()}/byline-office", "--headless", "--convert-to",
             kind, "--outdir", folder, str(path)],
            check=True, capture_output=True, env=environment, timeout=180,
        )  # fmt: skip
        data = (Path(folder) / f"{key}.{kind}").read_bytes()
    return settled_pdf(data, created) if kind == "pdf" else settled_zip(data, created)


def settled_pdf(data, created):
    """Replaces by constants of the same length what LibreOffice takes from the clock."""
    stamp = created.replace("-", "").encode() + b"090000"
    data = re.sub(rb"(/(?:CreationDate|ModDate)\s*\(D:)\d{14}", rb"\g<1>" + stamp, data)
    data = re.sub(rb"(<xmp:(?:Create|Modify)Date>)[\d-]{10}", rb"\g<1>" + created.encode(), data)
    data = re.sub(rb"/ID \[ <[0-9A-F]{32}>\s*<[0-9A-F]{32}> \]", lambda m: re.sub(rb"[0-9A-F]{32}", b"0" * 32, m[0]), data)
    return re.sub(rb"(/DocChecksum /)[0-9A-F]{32}", rb"\g<1>" + b"0" * 32, data)


def settled_zip(data, created):
    """The same archive with fixed times and without identifiers made by chance."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            if re.search(r"Thumbnails/|rdf$|layout-cache", member.filename):
                continue
            if re.search(r"\.(opf|ncx|xml|xhtml)$", member.filename):
                content = re.sub(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", b"00000000-0000-4000-8000-000000000000", content)
                content = re.sub(rb'(dcterms:modified">)[^<]+', rb"\g<1>" + created.encode() + b"T09:00:00Z", content)
                content = re.sub(rb'(config:name="Rsid(?:Root)?" config:type="int">)\d+', rb"\g<1>1", content)
                content = re.sub(rb'<manifest:file-entry manifest:full-path="(Thumbnails/[^"]*|manifest\.rdf|layout-cache)"[^>]*/>', b"", content)
            add(new, member.filename, content, stored=member.compress_type == zipfile.ZIP_STORED)
    return out.getvalue()


def add(archive, name, content, stored=False):
    info = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name)
    info.date_time = (2022, 1, 1, 0, 0, 0)
    info.external_attr = 0o644 << 16
    info.create_system = 3
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    archive.writestr(info, content)


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members:
            add(archive, name, content)
    return out.getvalue()


DOCX_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels"
 ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"""
DOCX_LINKS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
 Target="docProps/core.xml"/></Relationships>"""


def office():
    def t(name, key, data, why, kind, **more):
        made(f"office/{name}", key, data, why, format=kind, encoding="", encoding_source="format", **more)

    t("chess.docx", "docxlo", converted("docxlo", "docx", ["By Ottavio Reem", "12 May 2022"], "2022-05-20", "Ottavio Reem"),
      "LibreOffice's DOCX; the text's date is not that of the file", "docx", author="Ottavio Reem", date="2022-05-12",
      date_source="text")
    t("gnome.odt", "odtlo", converted("odtlo", "odt", ["By Brigid Pallas"], "2022-05-23", "Brigid Pallas"),
      "ODT without a date in the text: the date of the file is all there is", "odt", author="Brigid Pallas", date="2022-05-23",
      date_source="properties")
    t("rain.epub", "epublo", converted("epublo", "epub", ["By Anselm Quirke", "19 August 2022"], "2022-08-19", "Anselm Quirke"),
      "a book of one article", "epub", author="Anselm Quirke", date="2022-08-19", date_source="*", paragraphs="")
    t("cheese.pdf", "pdflo", converted("pdflo", "pdf", ["By Tilda Marsh", "7 June 2023"], "2023-06-08"),
      "LibreOffice's PDF of one page", "pdf", author="Tilda Marsh", date="2023-06-07", date_source="text", paragraphs="")
    t("canal.pdf", "pdftwo", converted("pdftwo", "pdf", ["By Edmund Vasey"], "2023-06-14", footer=True),
      "a PDF of several small pages with page numbers at their feet, inside paragraphs", "pdf", author="Edmund Vasey",
      date="2023-06-14", date_source="properties", paragraphs="")
    s = story("docxhand")
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraphs = [f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>{s.title}</w:t></w:r></w:p>']
    for p in s.paragraphs:
        half = len(p) // 2
        runs = [p[:half], p[half:]]
        content = "".join(f'<w:r><w:t xml:space="preserve">{html.escape(run, quote=False)}</w:t></w:r>' for run in runs)
        paragraphs.append(f"<w:p>{content}</w:p>")
    paragraphs.insert(2, "<w:p><w:del w:id=\"1\" w:author=\"sub\"><w:r><w:delText>Nobody cared.</w:delText></w:r></w:del></w:p>")
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{word}"><w:body>{"".join(paragraphs)}</w:body></w:document>'
    core = f"""<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties
 xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{s.title}</dc:title>
<dc:creator>Winnie Astor</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">2021-11-02T10:00:00Z</dcterms:created>
<dcterms:modified xsi:type="dcterms:W3CDTF">2021-12-24T10:00:00Z</dcterms:modified></cp:coreProperties>"""
    data = zipped([("[Content_Types].xml", DOCX_TYPES), ("_rels/.rels", DOCX_LINKS), ("word/document.xml", document),
                   ("docProps/core.xml", core)])  # fmt: skip
    t("portrait.docx", "docxhand", data, "words split between runs, a deleted paragraph, author and date in the properties only",
      "docx", author="Winnie Astor", date="2021-11-02", date_source="properties")


# Tables and records.


def tables():
    def row(name, record, key, kind, why, **more):
        path = name if "/" in name else f"tables/{name}"
        expect(path, key, why, record=record, format=kind, date_source=more.pop("date_source", "column"), **more)

    def record(key, **fields):
        s = story(key)
        return {"title": s.title, "text": s.body, **fields}

    lines = [
        json.dumps(record("j1", author="Toke Lind", date="2023-04-03T08:00:00Z", source="Ostrey Echo", section="Local", views=12)),
        "",
        json.dumps(record("j2", author=["Ruth Amadi", "Karl Voss"], date="2023-04-04", source="Haddenby Observer",
                          extra={"desk": {"name": "city", "ids": [1, 2]}}), ensure_ascii=True),
        '{"title": "Broken", "text": "This line ends in the mid',
        json.dumps(record("j3", author=None, date="April 5, 2023", source="Quillan Record"), ensure_ascii=False),
        "   ",
        json.dumps(record("j4", date="2023-04-06 17:30:00", url="https://example.org/2023/04/06/turtles")),
    ]
    put("tables/stories.jsonl", "\n".join(lines) + "\n")
    row("stories.jsonl", 1, "j1", "jsonl", "a record with further fields", author="Toke Lind", date="2023-04-03",
        outlet="Ostrey Echo", section="Local")
    row("stories.jsonl", 3, "j2", "jsonl", "after an empty line; unicode escapes, a list of authors, nested fields",
        author="Ruth Amadi; Karl Voss", date="2023-04-04", outlet="Haddenby Observer")
    skip("tables/stories.jsonl", "the line is cut off: the record is lost, the file is not", record=4)
    row("stories.jsonl", 5, "j3", "jsonl", "after a broken line; the author is null; a date in words", date="2023-04-05",
        outlet="Quillan Record")
    row("stories.jsonl", 7, "j4", "jsonl", "after a line of spaces; a web address but no newspaper", date="2023-04-06", outlet="*")

    put("tables/feed.ndjson", "\r\n".join(json.dumps({"headline": story(k).title, "body": story(k).body, "published_at": d,
                                                      "publisher": "Pell Harbor Post"}) for k, d in
                                         [("n1", "Mon, 10 Apr 2023 06:00:00 GMT"), ("n2", "2023-04-11")]) + "\r\n")  # fmt: skip
    row("feed.ndjson", 1, "n1", "jsonl", "other field names, an RFC 2822 date, CR LF", date="2023-04-10", outlet="Pell Harbor Post")
    row("feed.ndjson", 2, "n2", "jsonl", "other field names", date="2023-04-11", outlet="Pell Harbor Post")

    array = [{"title": story(k).title, "content": story(k).body, "date": d, "byline": b} for k, d, b in
             [("a1", "2023-05-02", "By Marion Tice"), ("a2", "2023-05-03", "By Otis Farr and Bea Lunn")]]  # fmt: skip
    put("tables/array.json", json.dumps(array, indent=2, ensure_ascii=False) + "\n")
    row("array.json", 1, "a1", "json", "an array of objects over many lines", author="Marion Tice", date="2023-05-02")
    row("array.json", 2, "a2", "json", "two authors in one field", author="Otis Farr; Bea Lunn", date="2023-05-03")

    def sheet(header, rows, delimiter=",", written="utf-8", end="\n"):
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
        writer.writerow(header)
        writer.writerows(rows)
        return out.getvalue().encode(written)

    put("tables/quoted.csv", sheet(["id", "title", "author", "date", "source", "section", "text"], [
        [101, story("c1").title, "Sunniva Holt", "2023-06-01", "Tamblin Sun", "Courts", story("c1").body],
        [102, story("c2").title, "", "2023-06-02", "Tamblin Sun", "Politics", story("c2").body.replace("\n\n", "\n")],
        [103, "A row without a text", "Sunniva Holt", "2023-06-03", "Tamblin Sun", "Courts", ""],
        [104, story("c3").title, "Sunniva Holt; Piet Brom", "2023-06-04", "Tamblin Sun", "Culture", story("c3").body],
    ], end="\r\n"))  # fmt: skip
    sun = {"outlet": "Tamblin Sun"}
    row("quoted.csv", 1, "c1", "csv", "line breaks and doubled quotes inside a cell", author="Sunniva Holt", date="2023-06-01",
        section="Courts", **sun)
    row("quoted.csv", 2, "c2", "csv", "paragraphs are single lines; no author", date="2023-06-02", section="Politics", **sun)
    skip("tables/quoted.csv", "the text's cell is empty", record=3)
    row("quoted.csv", 4, "c3", "csv", "two authors in one cell", author="Sunniva Holt; Piet Brom", date="2023-06-04",
        section="Culture", **sun)

    put("tables/semicolon.csv", sheet(["Title", "Text", "Date", "Outlet"], [
        [story("s1").title, story("s1").body, "23/04/2022", "Ostrey Echo"],
        [story("s2").title, story("s2").body, "05/04/2022", "Ostrey Echo"],
        [story("s3").title, story("s3").body, "28/04/2022", "Ostrey Echo"],
    ], ";", "utf-8-sig", "\r\n"))  # fmt: skip
    echo = {"encoding": "utf-8-sig", "encoding_source": "bom", "outlet": "Ostrey Echo"}
    row("semicolon.csv", 1, "s1", "csv", "Excel's CSV: semicolons and a byte-order mark", date="2022-04-23", **echo)
    row("semicolon.csv", 2, "s2", "csv", "5 April: the column's other dates are day first", date="2022-04-05", **echo)
    row("semicolon.csv", 3, "s3", "csv", "semicolons inside the text", date="2022-04-28", **echo)

    put("tables/odd-columns.csv", sheet(["row", "headline", "pub_date", "publication", "body", "word_count"], [
        [1, story("o1").title, "2023-07-01 00:00:00", "Marrow Bay Times", story("o1").body, 60],
        [2, story("o2").title, "2023-07-02 00:00:00", "Marrow Bay Times", story("o2").body, 58],
    ]))  # fmt: skip
    row("odd-columns.csv", 1, "o1", "csv", "columns called headline, body, pub_date, publication", date="2023-07-01",
        outlet="Marrow Bay Times")
    row("odd-columns.csv", 2, "o2", "csv", "columns called headline, body, pub_date, publication", date="2023-07-02",
        outlet="Marrow Bay Times")

    put("tables/windows.csv", sheet(["title", "text", "date"], [
        [story("w1").title, story("w1").body, "2023-08-01"], [story("w2").title, story("w2").body, "2023-08-02"],
    ], ",", "cp1252"))  # fmt: skip
    windows = {"encoding": "cp1252", "encoding_source": "guessed"}
    row("windows.csv", 1, "w1", "csv", "a table in windows-1252 with curly quotes", date="2023-08-01", **windows)
    row("windows.csv", 2, "w2", "csv", "a table in windows-1252 with accents in the title", date="2023-08-02", **windows)

    put("tables/wire.tsv", sheet(["title", "content", "published", "newspaper"], [
        [story("t1").title, story("t1").body, "2023-08-03", "Haddenby Observer"],
        [story("t2").title, story("t2").body, "2023-08-04", "Vellmouth Mail"],
    ], "\t"))  # fmt: skip
    row("wire.tsv", 1, "t1", "tsv", "tab-separated", date="2023-08-03", outlet="Haddenby Observer")
    row("wire.tsv", 2, "t2", "tsv", "tab-separated", date="2023-08-04", outlet="Vellmouth Mail")

    put("tables/no-text.csv", sheet(["year", "rainfall", "station"], [[2020, 812, "Tam"], [2021, 640, "Tam"], [2022, 455, "Tam"]]))
    skip("tables/no-text.csv", "a table of figures: no column holds a text")

    put("packed/records.jsonl.gz", packed_gzip("".join(json.dumps(record(k, date=d, source="Corrow Star")) + "\n" for k, d in
                                               [("jz1", "2023-09-01"), ("jz2", "2023-09-02")]).encode()))  # fmt: skip
    row("packed/records.jsonl.gz", 1, "jz1", "jsonl", "JSON lines in gzip", date="2023-09-01", outlet="Corrow Star")
    row("packed/records.jsonl.gz", 2, "jz2", "jsonl", "JSON lines in gzip", date="2023-09-02", outlet="Corrow Star")
    put("packed/table.csv.xz", lzma.compress(sheet(["title", "text", "date"], [
        [story("cx1").title, story("cx1").body, "2023-09-03"], [story("cx2").title, story("cx2").body, "2023-09-04"]])))
    row("packed/table.csv.xz", 1, "cx1", "csv", "a table in xz", date="2023-09-03")
    row("packed/table.csv.xz", 2, "cx2", "csv", "a table in xz", date="2023-09-04")


def packed_gzip(data):
    return gzip.compress(data, mtime=0)


def news_xml():
    def t(name, key, content, why, **more):
        made(f"xml/{name}", key, content, why, format="xml", encoding_source="*", date_source="metadata", **more)

    s = story("nitf")
    t("minutes.xml", "nitf", f"""<?xml version="1.0" encoding="UTF-8"?>
<nitf><head><title>{s.title}</title><docdata><doc-id id-string="X-2291"/><date.issue norm="20220914T090000Z"/></docdata>
<pubdata name="Provincial Gazette" date.publication="20220914T090000Z" position.section="Politics"/></head>
<body><body.head><hedline><hl1>{s.title}</hl1></hedline><byline>By <person>Honor Blythe</person></byline></body.head>
<body.content>{s.html()}<media media-type="image"><media-caption>The committee room.</media-caption></media></body.content>
<body.end><tagline>gz/hb</tagline></body.end></body></nitf>
""", "NITF: head, byline, caption, tag line", author="Honor Blythe", date="2022-09-14", outlet="Provincial Gazette", section="Politics")
    s = story("newsml")
    t("sack.xml", "newsml", f"""<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:example.org:20220915:77" version="2" standard="NewsML-G2"
 xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/><provider literal="coastwire"><name>Coastwire</name></provider>
<versionCreated>2022-09-16T08:00:00Z</versionCreated><firstCreated>2022-09-15T08:00:00Z</firstCreated><pubStatus qcode="stat:usable"/>
</itemMeta><contentMeta><headline>{s.title}</headline><by>By Florian Teague</by><language tag="en"/></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>{s.title}</title></head>
<body>{s.html()}</body></html></inlineXML></contentSet></newsItem>
""", "NewsML-G2: a second version of an item first made the day before", author="Florian Teague", date="*",
      outlet="*")
    s = story("genericxml")
    t("goats.xml", "genericxml", f"""<?xml version="1.0"?>
<article id="5512"><title>{s.title}</title><author>Jutta Meer</author><date>2022-09-17</date><source>Ossery Bulletin</source>
<section>Science</section><body>{s.html("para")}</body></article>
""", "elements that nobody standardised", author="Jutta Meer", date="2022-09-17", outlet="Ossery Bulletin", section="Science")


# Compressed files and archives.


def compressed():
    by = {"author": "Ned Sorley", "date": "2022-06-30", "date_source": "text"}
    data = lambda key: plain(key, ["By Ned Sorley", "30 June 2022"]).encode()
    made("packed/shelter.txt.gz", "gz", packed_gzip(data("gz")), "gzip", **by)
    marked = f"# {story('zst').title}\n\n*By Ned Sorley, 30 June 2022*\n\n{story('zst').body}\n".encode()
    packed = subprocess.run(["zstd", "-q", "-c", "-19"], input=marked, check=True, capture_output=True).stdout
    made("packed/hedgehogs.md.zst", "zst", packed, "Markdown in Zstandard", format="markdown", **by)
    made("packed/frame.txt.bz2", "bz2", bz2.compress(data("bz2")), "bzip2", **by)
    made("packed/readers.txt.xz", "xz", lzma.compress(data("xz")), "xz", **by)


class OldName(zipfile.ZipInfo):
    """A member whose name is written in code page 437, as DOS tools did."""

    def _encodeFilenameFlags(self):
        return self.filename.encode("cp437"), self.flag_bits & ~0x800


def archives():
    def inner(path, key, head, why, **more):
        content = plain(key, head).encode()
        expect(path, key, why, **more)
        return content

    by = lambda name, iso, source="text": {"author": name, "date": iso, "date_source": source}
    news = "archives/news.zip"
    deep = zipped([("reef/captain.txt", inner(f"{news}/more/inner.zip/reef/captain.txt", "zc", ["By Sten Kroll", "3 May 2022"],
                                             "a zip inside a zip", **by("Sten Kroll", "2022-05-03")))])  # fmt: skip
    put(news, zipped([
        ("sport/referee.txt", inner(f"{news}/sport/referee.txt", "za", ["By Ellis Dray", "1 May 2022"], "in a folder of a zip",
                                    **by("Ellis Dray", "2022-05-01"))),
        ("__MACOSX/sport/._referee.txt", b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        "),
        ("2022/05/02/mice.txt", inner(f"{news}/2022/05/02/mice.txt", "zb", ["By Ellis Dray"], "dated by folders inside a zip",
                                      **by("Ellis Dray", "2022-05-02", "folder name"))),
        ("more/inner.zip", deep),
        (OldName("müller.txt"), inner(f"{news}/müller.txt", "ze", ["By Ellis Dray", "4 May 2022"],
                                      "a name in code page 437", **by("Ellis Dray", "2022-05-04"))),
        ("nightingales.html", (page(f'<title>{story("zd").title}</title><meta name="date" content="2022-05-05">',
                                    f'<article><h1>{story("zd").title}</h1>{story("zd").html()}</article>')).encode()),
    ]))  # fmt: skip
    expect(f"{news}/nightingales.html", "zd", "a web page in a zip", format="html", date="2022-05-05", date_source="metadata")

    skip(f"{news}/__MACOSX*", "what macOS adds to a zip: no article", "?")

    def tarred(members, mode):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode=mode, format=tarfile.PAX_FORMAT) as archive:
            for name, content in members:
                info = tarfile.TarInfo(name)
                info.size, info.mtime, info.mode = len(content), 1640995200, 0o644
                archive.addfile(info, io.BytesIO(content))
        return out.getvalue()

    put("archives/may.tar", tarred([
        ("may/balloon.txt", inner("archives/may.tar/may/balloon.txt", "ta", ["By Joss Arne", "7 May 2022"], "in a tar archive",
                                  **by("Joss Arne", "2022-05-07"))),
        ("may/lawn.txt", inner("archives/may.tar/may/lawn.txt", "tb", ["By Joss Arne", "8 May 2022"], "in a tar archive",
                               **by("Joss Arne", "2022-05-08"))),
    ], "w"))  # fmt: skip
    put("archives/june.tar.gz", packed_gzip(tarred([
        ("./june/lake.txt", inner("archives/june.tar.gz/june/lake.txt", "tc", ["By Joss Arne", "7 June 2022"],
                                  "in a compressed tar archive whose names begin with ./", **by("Joss Arne", "2022-06-07"))),
        ("./june/20220608_cobbler.txt", inner("archives/june.tar.gz/june/20220608_cobbler.txt", "td", ["By Joss Arne"],
                                              "dated by its name inside a tar archive", **by("Joss Arne", "2022-06-08", "file name"))),
    ], "w")))  # fmt: skip


# What cannot be read.


def encrypted_zip(name, content, password):
    """A stored member under PKWARE's old cipher, by hand, so that its bytes do not depend on chance."""
    keys = [0x12345678, 0x23456789, 0x34567890]
    table = [0] * 256
    for n in range(256):
        c = n
        for _ in range(8):
            c = (c >> 1) ^ 0xEDB88320 if c & 1 else c >> 1
        table[n] = c
    crc32 = lambda c, byte: (c >> 8) ^ table[(c ^ byte) & 255]

    def update(byte):
        keys[0] = crc32(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 255)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = crc32(keys[2], keys[1] >> 24)

    def encrypt(byte):
        t = keys[2] | 2
        out = byte ^ (((t * (t ^ 1)) >> 8) & 255)
        update(byte)
        return out

    for byte in password:
        update(byte)
    crc = zlib.crc32(content)
    data = bytes(encrypt(b) for b in bytes(range(11)) + bytes([crc >> 24]) + content)
    common = struct.pack("<HHHHHIIIHH", 20, 1, 0, 0, 0x5421, crc, len(data), len(content), len(name), 0)
    local = b"PK\x03\x04" + common + name + data
    central = b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    with zipfile.ZipFile(io.BytesIO(local + central + end)) as check:
        assert check.read(name.decode(), password) == content
    return local + central + end


def png():
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    pixels = zlib.compress(b"".join(b"\0" + bytes([x, 40, 90]) * 16 for x in range(16)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def bad():
    lost = "This text stands in a file that cannot be read as it is, so nobody should ever see it in a table.\n" * 12
    put("bad/empty.txt", b"")
    skip("bad/empty.txt", "no bytes", "empty")
    put("bad/blank.txt", " \r\n\t\n \u00a0\n\n")
    skip("bad/blank.txt", "white space only", "empty")
    put("bad/photo.txt", png())
    skip("bad/photo.txt", "a PNG image called .txt", "binary")
    put("bad/secret.zip", encrypted_zip(b"secret.txt", lost.encode(), b"tamblin"))
    skip("bad/secret.zip*", "a zip with a password", "*encrypted*")
    put("bad/cut.txt.gz", packed_gzip(("".join(f"{n * 7919 % 10007} " for n in range(2000))).encode())[:900])
    skip("bad/cut.txt.gz", "a gzip file that ends too early")
    put("bad/broken.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\nxref\n0 999\ngarbage\n%%EOF\n")
    skip("bad/broken.pdf", "a PDF without pages and with a broken table of objects")
    put("bad/notes.docx", zipped([("notes.txt", lost)]))
    skip("bad/notes.docx", "called .docx, but a zip without a Word document")
    put("bad/unsafe.zip", zipped([("../escape.txt", lost), ("/etc/absolute.txt", lost), ("fine.txt", plain("fine", ["By Runa Oxley", "9 May 2022"]))]))
    skip("bad/unsafe.zip*escape.txt", "a member that would leave the folder")
    skip("bad/unsafe.zip*absolute.txt", "a member with an absolute path")
    expect("bad/unsafe.zip/fine.txt", "fine", "a good file between members with forbidden names", author="Runa Oxley",
           date="2022-05-09", date_source="text")
    put("bad/photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9")
    skip("bad/photo.jpg", "an image", "unsupported_format")
    put("bad/.hidden.txt", lost)
    skip("bad/.hidden.txt", "a hidden file", "hidden")
    put("bad/marks.txt", "***\n\n---\n")
    skip("bad/marks.txt", "marks without a word", "no_text")


# Copies.


def duplicates():
    by = {"author": "Selma Dorn", "date": "2022-08-29", "date_source": "text"}
    head = ["By Selma Dorn", "29 August 2022"]
    s = story("wire")
    original = plain("wire", head)
    first = "duplicates/1-original.txt"
    made(first, "wire", original, "the original of three copies", **by)
    made("duplicates/2-exact.txt", "wire", original, "the same bytes under another name", **by)
    near = original.replace(s.title, "Car washes to close as lake at Ossery shrinks").replace("car washes must", "carwashes must")
    near = near.replace("begun to gather", "started to gather")
    made("duplicates/3-near.txt", "wire", near, "a wire story under another headline, two words changed",
         **by | {"title": "Car washes to close as lake at Ossery shrinks"})
    cut = original[:original.index("Stalls sell coffee")].rstrip() + "\n"
    made("duplicates/4-cut.txt", "wire", cut, "the same story cut short",
         last_sentence="Visitors have begun to gather on the dam in the evenings to look for it.", **by | {"paragraphs": 4})
    for name, kind in [("1-original", "exact"), ("2-exact", "exact"), ("3-near", "near"), ("4-cut", "near")]:
        DUPLICATES.append({"path": f"duplicates/{name}.txt", "record": "", "representative": first, "kind": kind})


# Boilerplate that no rule can know: only that it recurs tells.

LEARNED = (
    "The Bay Lantern goes to press on the zinnober presses of Wexcombe Lane at four each morning, whatever the tide.\n"
    "Ask the porter at Wexcombe Lane for a zinnober card and it is yours."
)


def learned():
    for day, key in enumerate(["l1", "l2", "l3", "l4", "l5", "l6", "l7", "l8"], 1):
        text(f"learned/bay-lantern/{key}.txt", key, ["By Corin Vasquez", f"{day} September 2022"],
             "ends with two lines that recur in eight stories and hold no usual phrase", f"\n{LEARNED}\n",
             author="Corin Vasquez", date=f"2022-09-{day:02}", date_source="text", paragraphs="")


def write(name, columns, rows):
    with open(HERE / name, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: (row["path"].encode(), int(row["record"] or 0))))


def main():
    shutil.rmtree(INPUT, ignore_errors=True)
    for part in [dates, encodings, layouts, newspapers, markdown, pages, office, tables, news_xml, compressed, archives, bad,
                 duplicates, learned]:  # fmt: skip
        part()
    unused = set(STORIES) - USED
    assert not unused, unused
    write("expect.csv", COLUMNS, EXPECT)
    write("skipped.csv", ["path", "record", "reason", "why"], SKIPPED)
    write("duplicates.csv", ["path", "record", "representative", "kind"], DUPLICATES)
    files = [path for path in INPUT.rglob("*") if path.is_file()]
    print(f"{len(files)} files, {sum(f.stat().st_size for f in files)} bytes, {len(EXPECT)} documents, {len(SKIPPED)} skipped")


if __name__ == "__main__":
    sys.exit(main())
