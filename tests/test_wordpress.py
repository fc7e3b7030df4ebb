"""WordPress: its exports, which hold more than posts, and what its feeds add to texts. No database."""

import datetime
import time

import pytest

from articles.pipeline.formats import find_format
from articles.pipeline.formats.feed import Feed
from articles.pipeline.records import ArticleRecord, Note, Problem

from .test_dated_text import input_file

EXPORT = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.4" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Riverton Times</title><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_login>ada</wp:author_login><wp:author_display_name>Ada Moreau</wp:author_display_name></wp:author>
{items}</channel></rss>"""


def post(text="It ran.", kind="post", status="publish", title="Ferry runs"):
    return f"""<item><title>{title}</title><link>https://rt.example/ferry/</link>
<pubDate>Thu, 21 Mar 2024 23:30:00 +0000</pubDate><dc:creator><![CDATA[ada]]></dc:creator>
<guid isPermaLink="false">https://rt.example/?p=7</guid><description></description>
<content:encoded><![CDATA[{text}]]></content:encoded><excerpt:encoded><![CDATA[At <b>last</b>.]]></excerpt:encoded>
<wp:post_date>2024-03-22 00:30:00</wp:post_date><wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>
<category domain="post_tag" nicename="ferries"><![CDATA[ferries]]></category>
<wp:comment><wp:comment_content>First!</wp:comment_content></wp:comment></item>"""


def parse(*posts):
    return list(Feed().parse(input_file(EXPORT.format(items="\n".join(posts)), "export.xml")))


def body(text):
    (record,) = parse(post(text))
    assert isinstance(record, ArticleRecord), str(record)
    return record.body


class TestExports:
    def test_a_post_is_read_with_its_excerpt_its_author_and_the_day_of_its_site(self):
        assert find_format(input_file(EXPORT, "export.xml")).name == "feed"
        (record,) = parse(post())
        assert (record.headline, record.summary, record.byline) == ("Ferry runs", "At last.", "Ada Moreau")
        assert record.published_on == datetime.date(2024, 3, 22)
        assert record.published_at == datetime.datetime(2024, 3, 21, 23, 30, tzinfo=datetime.UTC)
        assert [tag.name for tag in record.tags] == ["ferries"]

    def test_pictures_and_menus_are_counted_and_nothing_else(self):
        record, note = parse(post(kind="attachment"), post(kind="attachment"), post(kind="nav_menu_item"), post())
        assert record.headline == "Ferry runs"
        assert isinstance(note, Note)
        assert note.text.endswith("2 of the type attachment, 1 of the type nav_menu_item.")

    @pytest.mark.parametrize("status", ["draft", "private", "trash"])
    def test_what_is_not_published_is_rejected_and_the_rest_goes_on(self, status):
        problem, record = parse(post(status=status, title="Bridge"), post())
        assert isinstance(problem, Problem)
        assert f"Entry 1 of the export, “Bridge”, has the status “{status}”." in str(problem)
        assert record.headline == "Ferry runs"

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("One.\n\nTwo,\nstill two.\r\n\r\n<em>Three</em>.", "One.\n\nTwo, still two.\n\n*Three*."),
            ("<!-- wp:paragraph -->\n<p>One.</p>\n<!-- /wp:paragraph -->\n\n<p>Two.</p>", "One.\n\nTwo."),
            ("<ul>\n\n<li>One</li>\n\n<li>Two</li></ul>", "- One\n- Two"),
            ('[caption id="a"]<img src="a.jpg"> A ferry[/caption]One.', "One."),
            ('One.\n\n[gallery ids="1,2"]\n\n[box]Two.[/box] [button link="x"] [sic]', "One.\n\nTwo. \\[sic\\]"),
            ('[gallery ids="1"]One.[caption][video]v[/video] A ferry[/caption]\n\n[gallery]Two.', "One.\n\nTwo."),
            ("<pre>River    12\n\nLake      7</pre>", "    River    12\n\n    Lake      7"),
        ],
    )
    def test_texts_become_what_wordpress_shows(self, text, expected):
        assert body(text) == expected


@pytest.mark.parametrize("part", ["\n", "\n <", "[caption]", "[/caption]", "<pre", "[a ", "[a=", "<p>", "- "])
def test_no_repetition_hangs(part):
    started = time.process_time()
    parse(post(part * 30_000), post(part * 30_000 + "x"))
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "way_on",
    [
        '<p>The post <a href="https://rt.example/f">Ferry</a> appeared first on <a href="https://rt.example">RT</a>.</p>',
        '<p>Der Beitrag <a href="https://rt.example/f">F</a> erschien zuerst auf <a href="https://rt.example">RT</a>.</p>',
        '<a href="https://rt.example/ferry">Continue reading...</a>',
        '<p>Related: <a href="https://rt.example/tide">The tide</a></p>',
    ],
)
def test_what_feeds_add_to_a_text_is_left_out(way_on):
    entry = f"<item><title>Ferry</title><description><![CDATA[<p>It ran.</p>{way_on}]]></description></item>"
    (record,) = Feed().parse(input_file(f"<rss version='2.0'><channel><title>T</title>{entry}</channel></rss>"))
    assert record.body == "It ran."
