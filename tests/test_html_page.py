"""Web pages: what is read from their text, head and JSON-LD, and what is said of pages that are no article."""

import datetime
import json
import logging
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.body import render_body
from articles.pipeline.formats import find_format
from articles.pipeline.formats.html_page import HtmlPage, parse_page
from articles.pipeline.formats.web import page_text
from articles.pipeline.formats.web.page_furniture import without_furniture
from articles.pipeline.limits import within_limits
from articles.pipeline.records import ArticleRecord, Note, Position, Problem, Tag

from .test_dated_text import input_file

PARAGRAPHS = [
    "The ferry between Riverton and the island ran <em>on time</em> on Thursday for the first time since May, the "
    "harbour master said. It had been late on every day of the winter.",
    "“We are as surprised as anybody,” said <a href='/people/cy-dent'>Cy Dent</a>, who has run the ferry for thirty "
    "years. He thanked the <strong>tide</strong> and the people who had waited at the pier.",
    "The harbour board will meet in April to decide on a second boat. Until then passengers should expect delays, it "
    "said in a statement that nobody had asked for.",
]
STORY = f"""<h1>Ferry runs on time</h1><p class="byline">By <a rel="author" href="/ada">Ada Moreau</a></p>
<time datetime="2024-03-21T23:30:00-08:00">March 21, 2024</time>
<figure><img src="f.jpg" alt="ferry"><figcaption>The ferry at the pier.</figcaption></figure>
<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><h2>What comes next</h2><p>{PARAGRAPHS[2]}</p>
<ul><li>Tickets cost two crowns.</li><li>Children travel free of charge.</li></ul>"""
AROUND = """<header><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>
<main><article>{story}<script>track()</script></article></main>
<div class="comments"><p>First! I think the ferry is great and everybody should take it all the time.</p></div>
<footer><p>© The Daily Test. All rights reserved. <a href="/privacy">Privacy policy</a></p></footer>"""
OPEN_GRAPH = """<meta property="og:type" content="article"><meta property="og:site_name" content="The Daily Test">
<meta property="og:title" content="Ferry runs on time | The Daily Test"><meta name="author" content="Bo Li">
<meta name="description" content="It was a surprise."><meta property="article:tag" content="ferries">
<meta property="article:tag" content="the sea"><meta property="article:section" content="Transport">
<meta property="article:published_time" content="2024-03-20T08:00:00+01:00"><meta name="dc.rights" content="CC BY">
<link rel="canonical" href="https://example.org/2024/ferry">"""
LINKED_DATA = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "The site"},
        {"@type": "Organization", "@id": "#publisher", "name": "The Daily Test"},
        {
            "@type": ["NewsArticle"],
            "headline": "Ferry runs &amp; runs",
            "description": "Nobody expected it.",
            "datePublished": "2024-03-21T23:30:00-08:00",
            "author": [{"@type": "Person", "name": "Ada Moreau"}, {"@type": "Person", "name": "Cy Dent"}],
            "publisher": {"@id": "#publisher"},
            "inLanguage": "en_GB",
            "keywords": "ferries, the sea",
            "articleSection": "Transport",
            "about": [
                {"@type": "Person", "name": "Cy Dent", "sameAs": ["https://www.wikidata.org/wiki/Q4711"]},
                {"@type": "City", "name": "Riverton", "sameAs": "https://sws.geonames.org/281133/"},
                {"@type": "Organization", "name": "Harbour board"},
            ],
        },
    ],
}


def page(story=STORY, head="", around=AROUND, title="Ferry runs on time - The Daily Test"):
    body = around.format(story=story)
    return f'<!DOCTYPE html>\n<html lang="en"><head><title>{title}</title>{head}</head><body>{body}</body></html>'


def script(data):
    text = data if isinstance(data, str) else json.dumps(data)
    return f'<script type="application/ld+json">{text}</script>'


def parse(content, url=""):
    text = content if isinstance(content, str) else content.decode()
    return list(parse_page(text, url, Position("ferry.html")))


def parse_one(content, url=""):
    (record,) = parse(content, url)
    assert isinstance(record, ArticleRecord), str(record)
    return record


def reason(content, url=""):
    (problem,) = parse(content, url)
    assert isinstance(problem, Problem), problem
    return problem.reason


class TestText:
    def test_only_the_article_is_taken_and_its_marks_are_kept(self):
        record = parse_one(page(), "https://example.org/2024/ferry")
        blocks = record.body.split("\n\n")
        assert blocks[0].startswith("The ferry between Riverton and the island ran *on time* on Thursday")
        assert "[Cy Dent](https://example.org/people/cy-dent)" in blocks[1]
        assert "## What comes next" in blocks
        assert blocks[-1] == "- Tickets cost two crowns.\n- Children travel free of charge."
        for word in ("Home", "First!", "Privacy", "track", "Ada Moreau", "March 21"):
            assert word not in record.body

    def test_headline_byline_and_date_are_not_repeated_above_the_text(self):
        story = f"<h1>Ferry runs</h1><p>By Ada Moreau</p><p>March 21, 2024</p><p>{PARAGRAPHS[0]}</p>"
        record = parse_one(page(story, '<meta name="author" content="Ada Moreau">', title="Ferry runs"))
        assert record.body.startswith("The ferry between Riverton")

    def test_a_page_without_any_head_is_an_article_if_it_has_a_text(self):
        record = parse_one("<p>The ferry ran.</p><p>It was full.</p>")
        assert (record.headline, record.body) == ("", "The ferry ran.\n\nIt was full.")

    def test_a_headline_repeated_below_its_section_is_left_out_with_it(self):
        story = f"<p>Transport</p><h2>Ferry runs</h2><p>{PARAGRAPHS[0]}</p><h2>Ferry runs</h2><p>{PARAGRAPHS[2]}</p>"
        record = parse_one(page(story, title="Ferry runs"))
        assert record.body.startswith("The ferry between Riverton")
        assert "## Ferry runs" in record.body

    @pytest.mark.parametrize(
        "furniture",
        [
            "<p>Advertisement</p>",
            "<h3>Share this article:</h3>",
            "<p><b>Read more:</b> <a href='https://example.org/tide'>Why the tide was high on that day</a></p>",
            "<p>À lire aussi : <a href='https://example.org/tide'>La marée</a></p>",
            "<p><a href='https://example.org/c'>12 comments</a></p>",
            "<p>Story continues below advertisement</p>",
            "<h2>このニュースをシェア</h2>",
            "<ul><li>シェア</li><li>ツイート</li><li>12</li></ul>",
            "<p>Loading weather data ...</p>",
        ],
    )
    def test_the_furniture_of_the_page_is_no_part_of_the_text(self, furniture):
        story = f"<h1>Ferry runs</h1>{furniture}<p>{PARAGRAPHS[0]}</p>{furniture}<p>{PARAGRAPHS[2]}</p>{furniture}"
        body = parse_one(page(story)).body
        assert [block[:11] for block in body.split("\n\n")] == ["The ferry b", "The harbour"]

    @pytest.mark.parametrize(
        "text", ["Share prices", "Read more: he has no time", "See also the tide", "Related to Cy"]
    )
    def test_words_that_only_look_like_furniture_stay(self, text):
        story = f"<h1>Ferry runs</h1><p>{PARAGRAPHS[0]}</p><h2>{text}</h2><p>{PARAGRAPHS[2]}</p>"
        assert f"## {text}" in parse_one(page(story)).body

    def test_a_list_that_is_no_row_of_buttons_stays(self):
        text = "- Print\n- Television\n- Radio\n\nAll of them."
        assert without_furniture(text) == text

    def test_relative_links_are_so_to_the_address_that_the_page_declares(self):
        head = '<link rel="canonical" href="https://example.org/2024/ferry">'
        assert "[Cy Dent](https://example.org/people/cy-dent)" in parse_one(page(head=head)).body

    def test_labels_and_the_summary_above_the_text_are_no_part_of_it(self):
        story = f"<p>12</p><p>Photo: Bo Li</p><h3>At last</h3><p>--</p><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[2]}</p>"
        record = parse_one(page(story, '<meta name="description" content="At last">'))
        assert [block[:11] for block in record.body.split("\n\n")] == ["The ferry b", "The harbour"]

    @pytest.mark.parametrize("first", ["<p>It ran.</p>", "<h2>Riverton</h2>", "<ul><li>It ran</li></ul>"])
    def test_short_text_above_the_first_paragraph_stays(self, first):
        story = f"{first}<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[2]}</p>"
        assert len(parse_one(page(story, title="Ferry")).body.split("\n\n")) == 3

    def test_text_outside_of_paragraphs_is_neither_lost_nor_torn_apart(self):
        first, second, third = PARAGRAPHS
        story = (
            f"<h1>Ferry</h1><div><div><img src='f.jpg'></div>{first}<br><br>{second}<p>{third}</p><b>Tip</b> off</div>"
        )
        body = parse_one(page(story)).body
        assert body.split("\n\n")[:3] == [
            "The ferry between Riverton and the island ran *on time* on Thursday for the first time since May, the "
            "harbour master said. It had been late on every day of the winter.",
            "“We are as surprised as anybody,” said Cy Dent, who has run the ferry for thirty years. He thanked the "
            "**tide** and the people who had waited at the pier.",
            "The harbour board will meet in April to decide on a second boat. Until then passengers should expect "
            "delays, it said in a statement that nobody had asked for.",
        ]

    def test_the_text_in_json_ld_counts_where_scripts_make_the_page(self):
        data = {"@type": "BlogPosting", "headline": "Ferry", "articleBody": "It ran.\n\nIt was <full>."}
        record = parse_one(page(script(data), around="<div id='app'>{story}</div>"))
        assert (record.headline, record.body) == ("Ferry", "It ran.\n\nIt was \\<full\\>.")

    def test_the_text_of_the_page_counts_where_it_has_one(self):
        record = parse_one(page(head=script({"@type": "NewsArticle", "articleBody": "Another text."})))
        assert "Another text" not in record.body

    def test_nothing_dangerous_reaches_the_page(self):
        story = STORY + '<p onclick="x()">And <a href="javascript:x()">more</a> of it, a great deal more.</p>'
        html = render_body(within_limits(parse_one(page(story))).body)
        assert "more of it" in html
        assert "javascript" not in html
        assert "onclick" not in html


class TestLinkedData:
    def test_it_wins_over_the_rest_of_the_page(self):
        record = parse_one(page(head=OPEN_GRAPH + script(LINKED_DATA)))
        assert (record.headline, record.summary) == ("Ferry runs & runs", "Nobody expected it.")
        assert (record.byline, record.source) == ("Ada Moreau, Cy Dent", "The Daily Test")
        assert (record.language, record.url) == ("en-GB", "https://example.org/2024/ferry")
        assert record.published_on == datetime.date(2024, 3, 21)
        assert record.published_at == datetime.datetime.fromisoformat("2024-03-21T23:30:00-08:00")
        assert record.rights == "CC BY"
        assert record.tags == (
            Tag("topic", "ferries"),
            Tag("topic", "the sea"),
            Tag("topic", "Transport"),
            Tag("person", "Cy Dent", "wikidata:Q4711"),
            Tag("place", "Riverton", "geonames:281133"),
        )

    @pytest.mark.parametrize(
        "data",
        [
            {"@type": "NewsArticle", "headline": "Boat"},
            [{"@type": "BreadcrumbList"}, {"@type": "http://schema.org/ReportageNewsArticle", "headline": "Boat"}],
            {"@type": "WebPage", "mainEntity": {"@type": "Article", "name": "Boat"}},
            '<!-- {"@type": "BlogPosting", "headline": "Boat",} -->',
            '{"@type": "NewsArticle", "abstract": "one\ttwo", "headline": "Boat"};',
            "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;Boat&quot;}",
            {"@type": "NewsArticle", "headline": ["Boat"], "author": {"name": ["x"]}, "keywords": [1, None, {}]},
        ],
    )
    def test_it_is_found_in_many_shapes(self, data):
        assert parse_one(page(head=script("{broken") + script(data))).headline == "Boat"

    @pytest.mark.parametrize("data", ["", "{", "[" * 100_000, "null", '"x"', '{"@type": 1}', '{"@graph": {"a": []}}'])
    def test_what_is_no_json_or_no_article_does_no_harm(self, data):
        assert parse_one(page(head=script(data))).headline == "Ferry runs on time"

    def test_of_several_articles_the_one_with_the_address_of_the_page_counts(self):
        articles = [
            {"@type": "NewsArticle", "headline": "Other", "url": "https://example.org/other"},
            {"@type": "NewsArticle", "headline": "This", "mainEntityOfPage": "https://example.org/2024/ferry"},
        ]
        assert parse_one(page(head=OPEN_GRAPH + script(articles))).headline == "This"

    def test_authors_that_are_addresses_are_no_names(self):
        data = {"@type": "NewsArticle", "author": ["https://example.org/ada", {"@type": "Person", "name": "Bo Li"}]}
        assert parse_one(page(head=script(data))).byline == "Bo Li"


class TestHead:
    def test_open_graph_and_dublin_core_are_read(self):
        record = parse_one(page(head=OPEN_GRAPH))
        assert (record.headline, record.summary, record.byline) == ("Ferry runs on time", "It was a surprise.", "Bo Li")
        assert (record.source, record.language, record.rights) == ("The Daily Test", "en", "CC BY")
        assert record.published_at == datetime.datetime.fromisoformat("2024-03-20T08:00:00+01:00")
        assert record.tags == (Tag("topic", "ferries"), Tag("topic", "the sea"), Tag("topic", "Transport"))

    def test_without_a_head_the_page_itself_is_asked(self):
        record = parse_one(page())
        assert (record.headline, record.byline) == ("Ferry runs on time", "Ada Moreau")
        assert record.published_on == datetime.date(2024, 3, 21)

    @pytest.mark.parametrize(
        ("title", "heading", "headline"),
        [
            ("Ferry runs on time | The Daily Test", "", "Ferry runs on time"),
            ("Transport - Ferry runs on time", "<h1>Ferry runs on time</h1>", "Ferry runs on time"),
            ("Ferry runs", "<h1><a href='/'>The Daily Test</a></h1>", "Ferry runs"),
            ("", "<h1>Ferry <b>runs</b></h1>", "Ferry runs"),
            ("Island - the long wait", "", "Island - the long wait"),
            ("The Daily Test | Ferry runs", "", "Ferry runs"),
            ("My Ferries » Blog Archive » Ferry runs", "", "Ferry runs"),
        ],
    )
    def test_the_headline_is_freed_of_the_name_of_the_site(self, title, heading, headline):
        story = heading + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
        head = '<meta property="og:site_name" content="The Daily Test">'
        assert parse_one(page(story, head, title=title)).headline == headline

    @pytest.mark.parametrize(
        "date",
        [
            '<meta name="DC.date.issued" content="2024-03-21">',
            '<meta itemprop="datePublished" content="2024-03-21T10:00:00Z">',
            '<meta name="date" content="Thu, 21 Mar 2024 10:00:00 GMT">',
            '<time pubdate datetime="2024-03-21">yesterday</time>',
            '<span class="article-date">Published: March 21, 2024</span>',
            '<span class="article-date">March 21, 2024 – 4:39 PM</span>',
            '<span class="article-date">10:04AM GMT 21 March 2024</span>',
            '<span class="article-date">on Mar 21, 2024 at 9:00a</span>',
            '<span class="article-date">Publié le 21 mars 2024</span>',
            '<span class="article-date">Stand: 21. März 2024, 18:30 Uhr</span>',
            '<span class="article-date">2024年3月21日</span>',
            '<meta name="date" content="2024-03-21T17:40:00EET">',
            '<link rel="canonical" href="https://example.org/2024/03/21/ferry">',
            '<link rel="canonical" href="https://example.org/news/2024/mar/21/ferry">',
            '<link rel="canonical" href="https://example.org/2024-3-21/ferry"><span class="date">21 views</span>',
        ],
    )
    def test_dates_are_found_in_many_places(self, date):
        story = date + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
        assert parse_one(page(story)).published_on == datetime.date(2024, 3, 21)

    @pytest.mark.parametrize("address", ["2024/13/21/x", "2024/03/x", "12024/03/21/x", "2024/03/210"])
    def test_an_address_without_a_day_gives_none(self, address):
        head = f'<link rel="canonical" href="https://example.org/{address}">'
        assert parse_one(page(f"<p>{PARAGRAPHS[0]}</p>", head)).published_on is None

    @pytest.mark.parametrize(
        ("line", "byline"),
        [
            ("By Ada Moreau | Mar 21, 2024", "By Ada Moreau"),
            ("By Ada Moreau @ada on March 21, 2024 at 9:00a", "By Ada Moreau"),
            ("Ada Moreau, The Daily Test 8:42 a.m. EDT March 21, 2024", "Ada Moreau, The Daily Test"),
            ("By ADA MOREAU | RP – 1 hr 4 mins ago", "By ADA MOREAU | RP"),
            ("By Ada May and Cy August", "By Ada May and Cy August"),
            ("9:39AM GMT 21 March 2024", ""),
            ("By", ""),
        ],
    )
    def test_the_byline_is_freed_of_what_stands_beside_it(self, line, byline):
        story = f'<p class="byline">{line}</p>' + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
        assert parse_one(page(story)).byline == byline

    def test_an_author_is_not_looked_for_among_the_comments(self):
        story = f"<p>{PARAGRAPHS[0]}</p><div class='comments'><p><b class='author'>Ed</b> First!</p></div>"
        assert parse_one(page(story)).byline == ""
        assert parse_one(page(f"<span class='author'>Ada Moreau</span>{story}")).byline == "Ada Moreau"

    def test_an_element_may_have_several_names(self):
        head = '<meta property="og:title twitter:title" content="Ferry">'
        assert parse_one(page(f"<p>{PARAGRAPHS[0]}</p>", head, title="")).headline == "Ferry"

    @pytest.mark.parametrize(
        ("description", "summary"),
        [("Ferries &amp;amp; <b>trams</b>", "Ferries & trams"), ("The Daily Test", "")],
    )
    def test_a_description_is_plain_words_and_not_the_name_of_the_site(self, description, summary):
        head = (
            f"<meta name='description' content='{description}'><meta property='og:site_name' content='The Daily Test'>"
        )
        assert parse_one(page(head=head)).summary == summary

    @pytest.mark.parametrize("date", ["2024-03", "March 2024", "03/04/2024", "soon"])
    def test_no_day_is_invented(self, date):
        story = f"<p>{PARAGRAPHS[0]}</p><p>It was built on 1 May 1962.</p>"
        note, record = parse(page(story, f'<meta property="article:published_time" content="{date}">'))
        assert isinstance(note, Note)
        assert note.text == f"The date “{date}” names no day; the article goes in without one."
        assert (record.published_on, record.published_at) == (None, None)

    def test_a_canonical_address_may_be_relative(self):
        head = '<link rel="canonical" href="/2024/ferry">'
        assert parse_one(page(head=head), "https://example.org/x?y=1").url == "https://example.org/2024/ferry"

    @pytest.mark.parametrize("address", ["https://example.org/", "https://[broken", "javascript:x"])
    def test_a_canonical_address_that_cannot_be_that_of_an_article_is_not_taken(self, address):
        head = OPEN_GRAPH.replace("https://example.org/2024/ferry", address)
        assert parse_one(page(head=head)).url == ""
        assert parse_one(page(head=head), "https://example.org/real").url == "https://example.org/real"


class TestNoArticle:
    @pytest.mark.parametrize("content", ["", "  ", "<html></html>", "<html><body><img src='x'></body></html>"])
    def test_an_empty_page(self, content):
        assert reason(content) == "The page is empty."

    @pytest.mark.parametrize(
        "title", ["404 Not Found", "Page not found | The Daily Test", "Error 500", "Just a moment..."]
    )
    def test_an_error(self, title):
        assert reason(page("<p>Something went wrong.</p>", title=title)) == f"The page reports an error (“{title}”)."

    def test_an_article_about_an_error_is_one(self):
        head = OPEN_GRAPH.replace("Ferry runs on time | The Daily Test", "404 Not Found: a history")
        assert parse_one(page(head=head)).headline

    def test_a_front_page(self):
        teasers = "".join(f"<h2><a href='/{n}'>The ferry runs {n} times</a></h2><p>So it does.</p>" for n in range(9))
        assert reason(page(teasers)) == "The page is a list of links, not an article."

    def test_an_article_with_teasers_beside_it_is_one(self):
        teasers = "".join(f"<h2><a href='/{n}'>The ferry runs {n} times</a></h2><p>So it does.</p>" for n in range(9))
        around = AROUND.replace("<footer>", f"<div>{teasers}</div><footer>")
        assert parse_one(page(around=around)).body.startswith("The ferry between Riverton")

    def test_a_page_that_says_so(self):
        assert reason(page(head=script({"@type": "CollectionPage"}))) == "The page is a list of links, not an article."
        root = '<link rel="canonical" href="https://example.org/">'
        assert reason(page(head=root)) == "The page is a list of links, not an article."

    def test_the_problem_says_what_to_give_instead(self):
        (problem,) = parse("<html></html>")
        assert str(problem).startswith("ferry.html: The page is empty. Give the pages of the articles themselves")

    def test_a_page_that_is_too_large_says_so(self, monkeypatch):
        monkeypatch.setattr(page_text, "LARGEST_PAGE", 1_000)
        assert reason(page()).startswith("The page has ")

    def test_a_page_that_breaks_trafilatura_is_reported(self, monkeypatch):
        def broken(*arguments, **options):
            raise AttributeError("'NoneType' object has no attribute 'text'")

        monkeypatch.setattr(page_text.trafilatura, "extract", broken)
        assert reason(page()).startswith("The page cannot be read ('NoneType' object")


class TestFiles:
    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (page(), "download"),
            ("\n<HTML><body>x</body></HTML>", "x.txt"),
            ("<p>It ran.</p>", "x.htm"),
            ('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', "x"),
            ("<!-- saved --><!DOCTYPE html><html></html>", "x"),
        ],
    )
    def test_pages_are_recognised(self, content, name):
        assert find_format(input_file(content, name)).name == "html_page"

    @pytest.mark.parametrize(
        ("content", "name"),
        [("<rss/>", "x.xml"), ("<htmlx/>", "x"), ("a < b", "x.txt"), (b"\x89PNG\r\n\x1a\n\0\0<html>", "x.html")],
    )
    def test_other_files_are_not(self, content, name):
        assert not HtmlPage().recognises(input_file(content, name))

    @pytest.mark.parametrize("encoding", ["windows-1251", "utf-8", "utf-16"])
    def test_the_encoding_is_the_one_the_page_declares(self, encoding):
        text = page("<h1>Паром ходит</h1><p>Паром между берегом и островом ходит вовремя.</p>", title="Паром ходит")
        content = text.replace("<head>", f'<head><meta charset="{encoding}">').encode(encoding)
        (record,) = HtmlPage().parse(input_file(content, "x.html"))
        assert record.headline == "Паром ходит"

    def test_trafilatura_does_not_write_to_the_terminal(self, caplog):
        with caplog.at_level(logging.WARNING):
            parse("<html><body><nav>x</nav></body></html>")
        assert not caplog.records


@pytest.mark.parametrize(
    "inner",
    ["<div>" * 100_000, "<a href='/x'>" * 30_000, "<b><i>" * 10_000 + "x", "<table><tr><td>" * 10_000, "<p>a" * 30_000],
)
def test_no_repetition_hangs(inner):
    began = time.process_time()
    assert parse(page(f"<p>{PARAGRAPHS[0]}</p>{inner}"))
    assert time.process_time() - began < 30


PIECES = [
    "<p>",
    "</p>",
    "<div>",
    "<a href='//['>",
    "<title>",
    "<h1>",
    "<script type='application/ld+json'>",
    "{",
    '"@type":',
]
MORE = [
    "</script>",
    "<table>",
    "<td>",
    "x",
    "&",
    "<meta property='og:url' content='http://['>",
    "<time datetime='2024'>",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES + MORE)))
def test_nothing_breaks_the_parser(pieces):
    items = parse("<html>" + "".join(pieces))
    assert items
    assert all(isinstance(each, ArticleRecord | Problem | Note) for each in items)
