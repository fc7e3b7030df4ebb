"""NITF: what becomes of the head and the body, of agencies' habits, and of bad files. No database."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.pipeline.formats import find_format
from articles.pipeline.formats.news.index_names import name_of_person, name_of_place
from articles.pipeline.formats.nitf import Nitf
from articles.pipeline.records import ArticleRecord, Note, Problem, Tag

from .test_dated_text import input_file

HEAD = "<title>Bridge opens</title>"
BODY_HEAD = "<hedline><hl1>Bridge opens</hl1></hedline>"
CONTENT = "<p>The bridge is open.</p>"


def nitf(head=HEAD, body_head=BODY_HEAD, content=CONTENT, before='<?xml version="1.0"?>', root="<nitf>"):
    body = f"<body><body.head>{body_head}</body.head><body.content>{content}</body.content></body>"
    return f"{before}{root}<head>{head}</head>{body}</nitf>"


def parse(document):
    return list(Nitf().parse(input_file(document, "story.xml")))


def parse_one(*args, **parts):
    (record,) = parse(*args) if args else parse(nitf(**parts))
    assert isinstance(record, ArticleRecord), str(record)
    return record


def names(record, kind):
    return [tag.name for tag in record.tags if tag.kind == kind]


WHOLE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "http://example.org/nitf-3-3.dtd">
<nitf xml:lang="en-GB">
  <head>
    <title>BRIDGE</title>
    <tobject><tobject.subject tobject.subject.refnum="04015000" tobject.subject.type="Economy"
      tobject.subject.matter="Transport" tobject.subject.detail="Bridges"/>
      <tobject.subject tobject.subject.refnum="20000756" tobject.subject.type="Traffic"/></tobject>
    <docdata management-status="usable">
      <doc-id id-string="R-4711" regsrc="RT"/>
      <date.issue norm="20240321T183000+0100"/>
      <date.release norm="20240322T000000Z"/>
      <du-key version="3" key="bridge"/>
      <doc.copyright year="2024" holder="The Riverton Times"/>
      <series series.name="Riverton rebuilt"/>
      <key-list><keyword key="bridges"/></key-list>
      <identified-content>
        <person>Anne Rivers</person>
        <location><city>Riverton</city>, <country iso-cc="NO">Norway</country></location>
        <location><country iso-cc="NO">Norway</country></location>
        <org>Trams Ltd</org>
        <classifier type="taxonomic">Top/News/Local news</classifier>
      </identified-content>
    </docdata>
    <pubdata name="The Riverton Times" ex-ref="https://example.org/bridge"/>
  </head>
  <body>
    <body.head>
      <hedline><hl1>Bridge opens &mdash; at last</hl1><hl2>Eleven years late</hl2></hedline>
      <byline>By <person>Bo Li</person><byttl>Staff writer</byttl></byline>
      <distributor>Riverton Press</distributor>
      <dateline><location>RIVERTON</location>, <story.date norm="20240321">March 21</story.date></dateline>
      <abstract><p>The bridge is open.</p><p>It is blue.</p></abstract>
    </body.head>
    <body.content>
      <block>
        <p>The <org>Trams Ltd</org> bridge is <em>open</em>.</p>
        <media media-type="image"><media-reference source="b.jpg"/><media-caption>The bridge.</media-caption></media>
        <hl2>What it cost</hl2>
        <ul><li>steel</li><li>paint</li></ul>
        <bq><block><p>At last.</p></block><credit>The mayor</credit></bq>
        <table><tr><th>Year</th><th>Cost</th></tr><tr><td>2013</td><td>1</td></tr></table>
      </block>
    </body.content>
    <body.end><tagline>Riverton Press</tagline></body.end>
  </body>
</nitf>
"""


class TestWhole:
    record = property(lambda self: parse_one(WHOLE))

    def test_the_head_becomes_the_fields(self):
        expected = {
            "headline": "Bridge opens — at last",
            "summary": "The bridge is open. It is blue.",
            "byline": "By Bo Li Staff writer",
            "language": "en-GB",
            "source": "The Riverton Times",
            "url": "https://example.org/bridge",
            "external_id": "R-4711",
            "rights": "© 2024 The Riverton Times",
            "version": 3,
            "is_withdrawn": False,
        }
        assert {name: getattr(self.record, name) for name in expected} == expected
        assert str(self.record.position) == "story.xml:3"

    def test_the_day_is_the_one_of_issue(self):
        assert self.record.published_on == datetime.date(2024, 3, 21)
        assert self.record.published_at == datetime.datetime(2024, 3, 21, 17, 30, tzinfo=datetime.UTC)

    def test_the_body_becomes_markdown_with_its_dateline(self):
        assert self.record.body.split("\n\n") == [
            "RIVERTON, March 21 – The Trams Ltd bridge is *open*.",
            "The bridge.",
            "## What it cost",
            "- steel\n- paint",
            "> At last.\n>\n> The mayor",
            "| Year | Cost |\n|---|---|\n| 2013 | 1 |",
        ]

    def test_what_the_head_names_becomes_tags(self):
        assert self.record.tags == (
            Tag("person", "Anne Rivers"),
            Tag("place", "Riverton"),
            Tag("place", "Norway", "iso3166:NO"),
            Tag("topic", "Economy"),
            Tag("topic", "Transport"),
            Tag("topic", "Bridges"),
            Tag("topic", "Traffic", "medtop:20000756"),
            Tag("topic", "Local news"),
            Tag("topic", "bridges"),
            Tag("topic", "Riverton rebuilt"),
        )


class TestHabits:
    @pytest.mark.parametrize(
        "document",
        [
            WHOLE,
            nitf(before=""),
            nitf(before="\ufeff<?xml version='1.0'?>\n<!-- <html> -->\n<!DOCTYPE nitf [<!ELEMENT p (#PCDATA)>]>"),
            nitf(root='<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">'),
            nitf().replace("<nitf>", '<n:nitf xmlns:n="urn:n">').replace("</nitf>", "</n:nitf>"),
        ],
        ids=["doctype", "bare", "mark and inner doctype", "namespace", "prefix"],
    )
    def test_it_is_recognised_however_it_begins(self, document):
        assert find_format(input_file(document)).name == "nitf"
        assert parse_one(document).headline.startswith("Bridge opens")

    @pytest.mark.parametrize("text", ["<html><p>nitf</p></html>", "<!-- <nitf> --><rss/>", "nitf", "", '{"nitf": 1}'])
    def test_other_files_are_not(self, text):
        assert not Nitf().recognises(input_file(text))

    def test_the_whole_text_wins_over_a_lead_beside_it(self):
        lead, full = '<block class="lead_paragraph">', '<block class="full_text">'
        content = f"{lead}<p>Lead.</p></block>{full}<p>Lead.</p><p>More.</p></block>"
        assert parse_one(content=content).body == "Lead.\n\nMore."

    def test_a_lead_marked_as_such_stands_once_and_without_its_mark(self):
        lead = "The council of Riverton agreed on a new bridge."
        repeated = parse_one(content=f"<p>LEAD: {lead}</p><p>{lead} It is blue.</p>")
        assert repeated.body == f"{lead} It is blue."
        assert parse_one(content=f"<p>LEAD: {lead}</p><p>It is blue.</p>").body == f"{lead}\n\nIt is blue."

    def test_only_the_printed_byline_and_headline_count(self):
        head = (
            '<hedline><hl1>Printed</hl1><hl2 class="online_headline">Online</hl2></hedline>'
            "<byline>By ANNE RIVERS</byline><byline>Rivers, Anne</byline>"
        )
        record = parse_one(body_head=head)
        assert (record.headline, record.summary, record.byline) == ("Printed", "", "By ANNE RIVERS")

    def test_without_a_headline_above_the_text_the_title_counts(self):
        assert parse_one(body_head="").headline == "Bridge opens"

    def test_a_second_headline_sums_up_where_there_is_no_abstract(self):
        head = "<hedline><hl1>Bridge opens</hl1><hl2>Bridge opens</hl2><hl2>Late</hl2></hedline>"
        assert parse_one(body_head=head).summary == "Late"

    def test_an_index_names_people_family_name_first(self):
        head = (
            "<docdata><identified-content><person>RIVERS, ANNE M (MAYOR)</person>"
            "<location>ISLE OF RIVERTON (NORWAY)</location></identified-content></docdata>"
        )
        record = parse_one(head=head)
        assert (names(record, "person"), names(record, "place")) == (["Anne M Rivers"], ["Isle of Riverton"])

    def test_where_an_event_took_place_is_a_place(self):
        head = '<docdata><evloc city="Riverton" iso-cc="NO"/><evloc iso-cc="no"/><evloc iso-cc="HND"/></docdata>'
        countries = (Tag("place", "", "iso3166:NO"), Tag("place", "", "iso3166:HN"))
        assert parse_one(head=head).tags == (Tag("place", "Riverton"), *countries)

    def test_codes_of_known_schemes_are_kept(self):
        head = (
            '<docdata><identified-content><person value="http://www.wikidata.org/entity/Q42">A</person>'
            '<location location-code="281133" code-source="geonames">B</location>'
            '<classifier idsrc="medtop" value="20000756">C</classifier>'
            '<classifier idsrc="own" value="7">D<alt-code idsrc="medtop" value="20000757"/></classifier>'
            "</identified-content></docdata>"
        )
        codes = [tag.code for tag in parse_one(head=head).tags]
        assert codes == ["wikidata:Q42", "geonames:281133", "medtop:20000756", "medtop:20000757"]

    @pytest.mark.parametrize(
        ("dateline", "first"),
        [
            ("Riverton, March 21", "RIVERTON (RP) - The bridge."),
            ("Riverton", "  Riverton, Norway: the bridge."),
            ("RIVERTON", "(RP) - RIVERTON, MAR 21 - The bridge."),
            ("RP TEST - RIVERTON, 21 MAR -", "(RP) RIVERTON, 21 MAR - The bridge."),
            ("March 21", "RIVERTON, March 21. /RP/. The bridge."),
            ("Norway", "Riverton, Mar 21 (RP).- The bridge."),
            ("Norway", "Riverton /rp/: The bridge."),
            ("<location>\n<city>Riverton</city>\n<country>Norway</country></location>", "RIVERTON - The bridge."),
            ("<story.date norm='20240321T183000+0000'>20240321T183000+0000</story.date>", "The bridge."),
            ("21/3/2024", "The bridge."),
        ],
    )
    def test_a_text_that_has_its_dateline_gets_no_other(self, dateline, first):
        record = parse_one(body_head=f"<dateline>{dateline}</dateline>", content=f"<p>{first}</p>")
        assert record.body == first.strip()

    @pytest.mark.parametrize(
        "dateline",
        [
            "<location><city>Oslo</city>\n<country>Norway</country></location><story.date>May 8</story.date>",
            "<location>Oslo, <country>Norway</country></location>, <story.date>May 8</story.date>",
        ],
    )
    def test_the_parts_of_a_dateline_are_told_apart(self, dateline):
        record = parse_one(body_head=f"{BODY_HEAD}<dateline>{dateline}</dateline>")
        assert record.body == "Oslo, Norway, May 8 – The bridge is open."

    def test_no_dateline_stands_before_a_heading(self):
        assert parse_one(body_head="<dateline>Riverton</dateline>", content="<hl2>A</hl2>").body == "## A"

    def test_lines_that_an_agency_breaks_at_its_margin_belong_together(self):
        lines = (
            "The council of Riverton agreed on Tuesday to build a second ",
            "bridge across the river, eleven years after the first one was ",
            "closed for good.",
        )
        assert parse_one(content=f"<p>   {'<br />'.join(lines)}</p>").body == "".join(lines)
        assert "  \n" in parse_one(content="<p>One.<br/>Two.<br/>Three.</p>").body

    def test_the_language_may_stand_in_an_older_attribute(self):
        assert parse_one(nitf(root='<nitf baselang="nb-NO">')).language == "nb-NO"

    def test_text_without_elements_is_read_as_what_it_is(self):
        assert parse_one(content="One.\n\nTwo.").body == "One.\n\nTwo."
        assert parse_one(content="<![CDATA[<p>One.</p><p>Two.</p>]]>").body == "One.\n\nTwo."

    def test_text_outside_its_place_is_found(self):
        document = (
            "<nitf><body><body.head><hedline><hl1>A</hl1></hedline></body.head><p>One.</p><p>Two.</p></body></nitf>"
        )
        assert parse_one(document).body == "One.\n\nTwo."

    def test_a_headline_repeated_in_the_text_stands_once(self):
        assert parse_one(content="<hl2>Bridge  opens</hl2><p>One.</p>").body == "One."

    @pytest.mark.parametrize("status", ["canceled", "withheld", "Cancelled"])
    def test_what_was_taken_back_is_withdrawn_even_without_words(self, status):
        document = (
            f'<nitf><head><docdata management-status="{status}"><doc-id id-string="R-1"/></docdata></head></nitf>'
        )
        record = parse_one(document)
        assert (record.is_withdrawn, record.external_id, record.headline) == (True, "R-1", "R-1")

    @pytest.mark.parametrize(
        ("head", "source"),
        [
            ('<docdata><doc-id regsrc="RT"/></docdata>', "Riverton Press"),
            ('<pubdata name="Times"/><docdata><doc-id regsrc="RT"/></docdata>', "Times"),
        ],
    )
    def test_the_source_is_the_paper_else_the_distributor(self, head, source):
        assert parse_one(head=head, body_head="<distributor>Riverton Press</distributor>").source == source

    @pytest.mark.parametrize(
        ("head", "source"),
        [
            (
                '<docdata><doc-id regsrc="rt.example"/><doc.copyright holder="Riverton Times"/></docdata>',
                "Riverton Times",
            ),
            ('<docdata><doc-id regsrc="rt.example"/></docdata>', "rt.example"),
            ('<docdata><del-list><from-src src-name="RT"/></del-list></docdata>', "RT"),
        ],
    )
    def test_a_name_is_a_better_source_than_an_address(self, head, source):
        assert parse_one(head=head).source == source

    def test_what_is_under_embargo_comes_out_when_it_is_released(self):
        issue, release = '<date.issue norm="20240321T183000Z"/>', '<date.release norm="20240322T000000Z"/>'
        head = f'<docdata management-status="embargoed">{issue}{release}</docdata>'
        assert parse_one(head=head).published_on == datetime.date(2024, 3, 22)
        note, record = parse(nitf(head=head.replace(release, "")))
        assert "embargo that names no end" in str(note)
        assert record.published_on == datetime.date(2024, 3, 21)

    def test_a_byline_above_the_text_is_no_part_of_it(self):
        record = parse_one(
            content="<p>By Anne Rivers</p><p>The bridge is open.</p>", body_head="<dateline>OSLO</dateline>"
        )
        assert (record.byline, record.body) == ("By Anne Rivers", "OSLO – The bridge is open.")

    def test_keywords_may_stand_in_an_attribute_or_as_text(self):
        keywords = "<keyword key='trams'/><keyword>bridges</keyword><keyword/>"
        assert names(parse_one(head=f"<docdata><key-list>{keywords}</key-list></docdata>"), "topic") == [
            "trams",
            "bridges",
        ]

    def test_the_letter_of_a_category_is_no_topic(self):
        content = "<identified-content><classifier value='s'/><classifier value='Sports'/></identified-content>"
        assert names(parse_one(head=f"<docdata>{content}</docdata>"), "topic") == ["Sports"]

    def test_several_documents_in_one_file_are_several_articles(self):
        document = f"<batch>{nitf(before='')}\n{nitf(before='', content='<p>Two.</p>')}</batch>"
        assert [record.body for record in parse(document)] == ["The bridge is open.", "Two."]


class TestDates:
    @pytest.mark.parametrize(
        "head",
        [
            '<pubdata date.publication="20240321T000000"/>',
            '<docdata><date.issue norm="2024-03-21"/></docdata>',
            '<docdata><date.release norm="20240321"/></docdata>',
            '<docdata><date.issue norm="soon"/><date.release norm="20240321"/></docdata>',
        ],
    )
    def test_a_day_alone_is_no_exact_time(self, head):
        record = parse(nitf(head=head))[-1]
        assert (record.published_on, record.published_at) == (datetime.date(2024, 3, 21), None)

    def test_the_day_of_the_story_is_better_than_none(self):
        record = parse_one(body_head='<dateline>A<story.date norm="20240321"/></dateline>')
        assert record.published_on == datetime.date(2024, 3, 21)

    def test_what_is_no_date_is_noted_and_the_article_stays(self):
        note, record = parse(nitf(head='<docdata><date.issue norm="soon"/></docdata>'))
        assert isinstance(note, Note)
        assert str(note) == "story.xml:1: “soon” is not a date. It is passed over."
        assert (record.headline, record.published_on) == ("Bridge opens", None)


class TestEncodings:
    def test_what_calls_itself_latin_1_may_have_the_quotation_marks_of_windows(self):
        document = nitf(content="<p>“Café”</p>", before='<?xml version="1.0" encoding="iso-8859-1"?>')
        assert parse_one(document.encode("cp1252")).body == "“Café”"

    def test_what_calls_itself_latin_1_may_be_so(self):
        document = nitf(content="<p>a\x81é</p>", before='<?xml version="1.0" encoding="ISO-8859-1"?>')
        assert parse_one(document.encode("latin-1")).body == "a\x81é"

    def test_what_calls_itself_latin_1_may_be_utf_8(self):
        document = nitf(content="<p>“Café”</p>", before='<?xml version="1.0" encoding="iso-8859-1"?>')
        assert parse_one(document.encode()).body == "“Café”"

    def test_what_was_escaped_twice_is_read(self):
        record = parse_one(content="<p>O&amp;#39;River &amp;amp; &amp;quot;co&amp;quot;: ?a=1&amp;copy=2</p>")
        assert record.body == 'O\'River & "co": ?a=1&copy=2'

    def test_what_is_not_utf_8_though_it_should_be_is_read(self):
        assert parse_one(nitf(content="<p>“Café”</p>").encode("cp1252")).body == "“Café”"

    def test_utf_16_is_read(self):
        document = nitf(content="<p>Ψ</p>", before='<?xml version="1.0" encoding="UTF-16"?>')
        assert parse_one(document.encode("utf-16")).body == "Ψ"

    def test_entities_are_those_of_html_even_without_a_document_type(self):
        assert parse_one(nitf(content="<p>caf&eacute;&nbsp;&mdash; x</p>")).body == "café — x"


class TestBadFiles:
    def test_what_is_not_well_formed_is_reported(self):
        (problem,) = parse("<nitf><body></nitf>")
        assert isinstance(problem, Problem)
        assert str(problem).startswith("story.xml: The XML is not well-formed (")
        assert problem.advice == "Ask its source for a well-formed file."

    def test_another_document_is_named(self):
        (problem,) = parse("<html/>")
        assert "The document is a <html>, not a <nitf>." in str(problem)

    def test_no_entity_reads_a_file_or_grows(self):
        bomb = (
            '<!DOCTYPE nitf [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
        )
        record = parse_one(nitf(content="<p>x &b; &f;</p>", before=bomb))
        assert record.body == "x \\&b; \\&f;"

    def test_deep_markup_is_reported(self):
        (problem,) = parse(nitf(content="<p>" * 5_000 + "x" + "</p>" * 5_000))
        assert isinstance(problem, Problem)

    @settings(max_examples=200, deadline=None)
    @given(st.data())
    def test_no_cut_or_damage_breaks_the_parser(self, data):
        document = WHOLE.encode()
        start = data.draw(st.integers(0, len(document)))
        damage = data.draw(st.binary(max_size=4))
        items = parse(document[:start] + damage + document[start + data.draw(st.integers(0, 40)) :])
        assert items
        assert all(isinstance(item, ArticleRecord | Problem | Note) for item in items)


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Rivers, Anne", "Anne Rivers"),
        ("Anne Rivers", "Anne Rivers"),
        ("RIVERS, ANNE M", "Anne M Rivers"),
        ("MCRIVERS, ANNE", "Anne McRivers"),
        ("O'RIVER, ANNE", "Anne O'River"),
        ("KING ANNE III", "King Anne III"),
        ("Rivers, Jr.", "Rivers Jr."),
        ("Rivers, Anne, Dr", "Rivers Anne Dr"),
    ],
)
def test_people_are_named_as_in_a_text(name, person):
    assert name_of_person(name) == person


@pytest.mark.parametrize(
    ("name", "place"),
    [("NEW RIVERTON", "New Riverton"), ("USA", "USA"), ("IRAN", "Iran"), ("Riverton (NY)", "Riverton")],
)
def test_places_are_named_as_in_a_text(name, place):
    assert name_of_place(name) == place
