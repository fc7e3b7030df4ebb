"""RSS and Atom: what becomes of entries, and of feeds that are ill-formed or worse. No database."""

import datetime
import io
import time
import urllib.request
import warnings

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.body import render_body
from articles.pipeline.formats import find_format
from articles.pipeline.formats.feed import Feed
from articles.pipeline.limits import within_limits
from articles.pipeline.reading.files import open_files
from articles.pipeline.records import ArticleRecord, Note, Problem, Tag

from .corpora import CORPORA, needs_corpora
from .test_dated_text import input_file

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Daily Test</title><language>en-gb</language><copyright>© The Daily Test</copyright>
<!-- items -->{items}
</channel></rss>"""
ITEM = """<item>
<title>Ferry &amp; bridge</title>
<link>https://example.org/ferry?a=1&amp;b=2</link>
<guid isPermaLink="false">f-1</guid>
<pubDate>Thu, 21 Mar 2024 23:30:00 -0800</pubDate>
<dc:creator>Ada Moreau</dc:creator><dc:creator>Bo Li</dc:creator>
<category>ferries</category><category>the sea</category>
<description>&lt;p&gt;It &lt;b&gt;ran&lt;/b&gt;.&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>The ferry ran <em>on time</em>.</p><script>alert(1)</script><h2>Later</h2>
<p>It <a href="/back">came back</a>.</p>]]></content:encoded>
</item>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" xml:base="https://example.org/"><title>Le Test</title>
<entry><title type="html">Le &lt;i&gt;bac&lt;/i&gt; &amp;amp; le pont</title><id>tag:example.org,2024:1</id>
<link href="bac"/><published>2024-03-21T00:30:00+14:00</published><updated>2024-03-25T10:00:00Z</updated>
<author><name>Ada Moreau</name></author><summary>Il est parti &lt;vite&gt;.</summary><rights>CC BY</rights>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Le bac est <b>parti</b>.</p></div></content>
<category term="bac" label="Bacs"/></entry></feed>"""


def parse(content, name="feed.xml"):
    with warnings.catch_warnings():
        warnings.simplefilter("error", DeprecationWarning)
        return list(Feed().parse(input_file(content, name)))


def parse_one(content):
    (record,) = parse(content)
    assert isinstance(record, ArticleRecord), str(record)
    return record


def rss(items):
    return RSS.format(items=items)


def item(inner):
    return parse_one(rss(f"<item><title>Ferry</title>{inner}</item>"))


class TestRss:
    def test_every_field_arrives(self):
        record = parse_one(rss(ITEM))
        assert (record.headline, record.url) == ("Ferry & bridge", "https://example.org/ferry?a=1&b=2")
        assert (record.external_id, record.byline, record.summary) == ("f-1", "Ada Moreau, Bo Li", "It ran.")
        assert (record.source, record.language, record.rights) == ("The Daily Test", "en-gb", "© The Daily Test")
        assert record.tags == (Tag("topic", "ferries"), Tag("topic", "the sea"))
        assert record.body.startswith("The ferry ran *on time*.\n\n## Later\n\nIt")
        assert "alert" not in render_body(record.body)

    def test_the_day_is_the_one_written_and_the_time_keeps_its_zone(self):
        record = parse_one(rss(ITEM))
        assert record.published_on == datetime.date(2024, 3, 21)
        assert record.published_at == datetime.datetime.fromisoformat("2024-03-21T23:30:00-08:00")

    def test_a_description_alone_is_the_text(self):
        record = item("<description><![CDATA[<p>One <b>two</b>.</p><p>Three.</p>]]></description>")
        assert (record.summary, record.body) == ("", "One **two**.\n\nThree.")

    def test_a_plain_description_is_shown_as_it_is(self):
        assert item("<description>3 * 4 * 5 = 60</description>").body == r"3 \* 4 \* 5 = 60"

    @pytest.mark.parametrize(
        ("date", "day", "has_time"),
        [
            ("21 Mar 24 10:00 GMT", 21, True),
            ("Thu, 21 Mar 2024 10:00:00 CEST", 21, False),
            ("2024-03-21T10:00:00Z", 21, True),
            ("2024-03-21", 21, False),
            ("Thu Mar 21 10:00:00 +0000 2024", 21, False),
            ("Qui, 21 mar 2024 19:42:40 -0300", 21, True),
            ("jeudi 21 mars 2024", 21, False),
        ],
    )
    def test_dates_are_read_in_several_forms(self, date, day, has_time):
        record = item(f"<pubDate>{date}</pubDate>")
        assert (record.published_on, bool(record.published_at)) == (datetime.date(2024, 3, day), has_time)

    @pytest.mark.parametrize("date", ["2024-03", "2024", "March 2024", "03/04/2024", "soon"])
    def test_a_date_that_names_no_day_is_noted_and_none_is_invented(self, date):
        note, record = parse(rss(f"<item><title>Ferry</title><pubDate>{date}</pubDate></item>"))
        assert str(note) == f"feed.xml: The date “{date}” of entry 1 names no day; it goes in without one."
        assert (record.published_on, record.published_at) == (None, None)

    def test_a_permanent_link_is_the_address_if_there_is_no_other(self):
        record = item("<guid>https://example.org/1</guid>")
        assert (record.url, record.external_id) == ("https://example.org/1", "https://example.org/1")

    def test_an_entry_taken_from_elsewhere_names_its_source(self):
        assert item('<source url="https://other.example">The Other Test</source>').source == "The Other Test"

    def test_an_entry_without_title_and_text_is_reported_and_the_rest_goes_on(self):
        problem, record = parse(rss("<item><link>https://example.org/1</link></item>" + ITEM))
        assert str(problem).startswith("feed.xml: Entry 1 of the feed has neither a title nor a text.")
        assert record.headline == "Ferry & bridge"


class TestAtom:
    def test_every_field_arrives(self):
        record = parse_one(ATOM)
        assert (record.headline, record.url) == ("Le bac & le pont", "https://example.org/bac")
        assert (record.external_id, record.byline) == ("tag:example.org,2024:1", "Ada Moreau")
        assert (record.summary, record.body) == ("Il est parti <vite>.", "Le bac est **parti**.")
        assert (record.source, record.language, record.rights) == ("Le Test", "fr", "CC BY")
        assert record.tags == (Tag("topic", "Bacs"),)

    def test_the_day_of_publication_is_not_shifted_to_greenwich(self):
        record = parse_one(ATOM)
        assert record.published_on == datetime.date(2024, 3, 21)
        assert record.published_at.astimezone(datetime.UTC).day == 20

    def test_without_a_publication_the_last_change_dates_it(self):
        record = parse_one(ATOM.replace("<published>2024-03-21T00:30:00+14:00</published>", ""))
        assert record.published_on == datetime.date(2024, 3, 25)

    def test_content_of_other_kinds_is_no_text(self):
        before, _, rest = ATOM.partition("<content")
        picture = '<content type="image/png" src="https://example.org/p.png"/>'
        assert parse_one(before + picture + rest.partition("</content>")[2]).body == r"Il est parti \<vite\>."


class TestOtherFeeds:
    def test_rss_1(self):
        content = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Test</title></channel>
        <item rdf:about="https://example.org/1"><title>Ferry</title><dc:date>2024-03-21T10:00+01:00</dc:date></item>
        </rdf:RDF>"""
        record = parse_one(content)
        assert (record.headline, record.source, record.published_on) == ("Ferry", "Test", datetime.date(2024, 3, 21))

    @pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-16", "shift_jis", "utf-8"])
    def test_the_encoding_is_the_one_declared(self, encoding):
        title = "フェリー" if encoding == "shift_jis" else "Паром"
        content = rss(f"<item><title>{title}</title></item>").replace("UTF-8", encoding).replace("©", "")
        assert parse_one(content.encode(encoding)).headline == title

    def test_an_encoding_that_the_user_names_wins(self):
        content = rss("<item><title>Паром</title></item>").replace("UTF-8", "iso-8859-1").replace("©", "")
        file = input_file(content.encode("koi8-r"))
        file.encoding = "koi8-r"
        assert [record.headline for record in Feed().parse(file)] == ["Паром"]


class TestIllFormed:
    def test_what_can_be_read_goes_in_with_a_note(self):
        note, record = parse(rss("<item><title>Ferry & bridge</title><description>It ran.<br></description></item>"))
        assert isinstance(note, Note)
        assert note.text.startswith("The feed is not well-formed (")
        assert (record.headline, record.body) == ("Ferry & bridge", "It ran.")

    def test_a_feed_that_breaks_off_gives_what_stands_before(self):
        note, first, problem = parse(rss(ITEM + "<item><title>Cut o")[: -len("\n</channel></rss>")])
        assert "not well-formed" in note.text
        assert first.headline == "Ferry & bridge"
        assert str(problem).startswith("feed.xml: Entry 2 of the feed has neither a title nor a text.")

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (rss(""), "The feed has no entries."),
            ("", "The file is no RSS or Atom feed."),
            ("Just words.", "The file is no RSS or Atom feed."),
            (b"\x00\x01\x02", "The file is no RSS or Atom feed."),
            (b'<?xml version="1.0" encoding="\xff\xfe"?>' + rss(ITEM)[40:].encode(), "The feed cannot be read ("),
        ],
    )
    def test_what_holds_nothing_says_so(self, content, reason):
        (problem,) = parse(content)
        assert isinstance(problem, Problem)
        assert problem.reason.startswith(reason)

    def test_an_impossible_character_does_no_harm(self):
        assert parse_one(rss("<item><title>Fer&#99999999999;ry</title></item>")).headline == "Ferry"

    def test_nothing_is_fetched_opened_or_expanded(self, monkeypatch, tmp_path):
        monkeypatch.setattr(urllib.request, "urlopen", lambda *_: pytest.fail("fetched"))
        monkeypatch.setattr(feedparser.http, "get", lambda *_: pytest.fail("fetched"))
        secret = tmp_path / "secret"
        secret.write_text(rss("<item><title>secret</title></item>"))
        assert isinstance(parse(str(secret))[0], Problem)
        assert isinstance(parse("https://example.org/feed")[0], Problem)
        entity = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'
        assert "secret" not in str(parse(entity + rss("<item><title>a &x; b</title></item>")[39:]))
        lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        bomb = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{lol}]>' + rss("<item><title>&l9;</title></item>")[39:]
        assert len(str(parse(bomb))) < 10_000

    @pytest.mark.parametrize(
        "inner",
        ["&lt;div&gt;" * 100_000, "<u>" * 50_000, "&" * 100_000, "<![CDATA[" * 20_000, "&amp;lt;a " * 50_000],
    )
    def test_no_repetition_hangs(self, inner):
        began = time.process_time()
        assert parse(rss(f"<item><title>Ferry</title><description>{inner}</description></item>"))
        assert time.process_time() - began < 30


class TestFiles:
    @pytest.mark.parametrize("content", [rss(ITEM), ATOM, "\n<!-- x --><rss><channel/></rss>", '<rss version="0.91">'])
    def test_feeds_are_recognised(self, content):
        assert find_format(input_file(content, "download")).name == "feed"

    @pytest.mark.parametrize(
        "content",
        ["<html><rss></rss></html>", "<rdf:RDF xmlns:rdf='x'><skos:Concept/></rdf:RDF>", "rss", "", "<feeds/>"],
    )
    def test_other_documents_are_not(self, content):
        assert not Feed().recognises(input_file(content, "download.xml"))


PIECES = ["<item>", "</item>", "<title>", "</title>", "&", "<", "é", "&#x", "]]>", "<?", '="http://[']


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES)))
def test_nothing_breaks_the_parser(parts):
    items = parse(rss("".join(parts)))
    assert items
    assert all(isinstance(each, ArticleRecord | Problem | Note) for each in items)


@needs_corpora
class TestCorpus:
    def test_every_feed_gives_articles_or_a_reason(self):
        counted = 0
        for file in open_files([str(CORPORA / "feeds" / folder) for folder in ("illformed", "encoding", "entities")]):
            items = [within_limits(each) if isinstance(each, ArticleRecord) else each for each in Feed().parse(file)]
            assert items, file.name
            assert all(isinstance(each, ArticleRecord | Problem | Note) for each in items), file.name
            counted += 1
        assert counted > 400

    def test_what_feedparser_reads_is_not_lost(self):
        for path in sorted((CORPORA / "feeds" / "wellformed" / "rss").glob("item_*.xml"))[::5]:
            entries = feedparser.parse(io.BytesIO(path.read_bytes())).entries
            with_text = [entry for entry in entries if any(map(entry.get, ("title", "summary", "content")))]
            records = [each for each in parse(path.read_bytes()) if isinstance(each, ArticleRecord)]
            assert len(records) == len(with_text), path.name


@pytest.mark.parametrize(
    ("encoding", "headline"),
    [
        ("shift_jis", "DrecomRSSに記事投稿が反映されない、色々調べてたら"),
        ("euc_kr", "한글로 된 닉네임을 정할 경우에 표시하기"),
        ("tis_620", "สำนักงานส่งเสริมอุตสาหกรรมซอฟต์แวร์แห่งชาติ"),
        ("cp1256", "رئيس الوزراء يصل إلى القاهرة لإجراء محادثات"),
    ],
)
def test_the_encoding_of_a_feed_that_names_none_is_found_from_its_content(encoding, headline):
    text = f"<rss><channel><title>A</title><item><title>{headline}</title></item></channel></rss>"
    assert parse_one(text.encode(encoding)).headline == headline


@needs_corpora
@pytest.mark.parametrize(("name", "words"), [("shiftjis", "記事投稿"), ("euckr", "한글"), ("tis620", "อุตสาหกรรม")])
def test_feeds_of_others_without_an_encoding_can_be_read(name, words):
    record = parse_one((CORPORA / "feeds" / "illformed" / "chardet" / f"{name}.xml").read_bytes())
    assert words in record.headline + record.body
