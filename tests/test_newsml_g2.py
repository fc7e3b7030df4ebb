"""NewsML-G2: which items become articles, what becomes of their parts, and what is said of the rest. No database."""

import base64
import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.pipeline.formats import find_format
from articles.pipeline.formats.newsml_g2 import NewsMLG2
from articles.pipeline.records import ArticleRecord, Note, Problem, Tag

from .corpora import CORPORA, needs_corpora
from .test_dated_text import input_file

NAMESPACE = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
ITEM_META = '<itemClass qcode="ninat:text"/><versionCreated>2024-03-21T23:30:00-05:00</versionCreated>'
CONTENT_META = "<headline>Bridge opens</headline>"
XHTML = "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head><body>{}</body></html>"
CONTENT = f"<inlineXML contenttype='application/xhtml+xml'>{XHTML.format('<p>The bridge is open.</p>')}</inlineXML>"


def item(item_meta=ITEM_META, content_meta=CONTENT_META, content=CONTENT, more="", attributes=""):
    return (
        f'<newsItem {NAMESPACE} guid="urn:newsml:example.org:4711" version="3" {attributes}>{more}'
        f"<itemMeta>{item_meta}</itemMeta><contentMeta>{content_meta}</contentMeta>"
        f"<contentSet>{content}</contentSet></newsItem>"
    )


def message(*items, header=""):
    return (
        f"<newsMessage {NAMESPACE}>\n<header>{header}</header>\n<itemSet>\n"
        + "\n".join(items)
        + "</itemSet></newsMessage>"
    )


def parse(document):
    return list(NewsMLG2().parse(input_file(document, "story.xml")))


def parse_one(**parts):
    (record,) = parse(item(**parts))
    assert isinstance(record, ArticleRecord), str(record)
    return record


def problem_with(document):
    (problem,) = parse(document)
    assert isinstance(problem, Problem), problem
    return str(problem)


def tags(subjects, **parts):
    return parse_one(content_meta=CONTENT_META + subjects, **parts).tags


class TestFields:
    def test_every_field_arrives(self):
        record = parse_one(
            attributes='xml:lang="en"',
            more="<rightsInfo><copyrightHolder><name>Trams Ltd</name></copyrightHolder>"
            "<copyrightNotice>© 2024 RP</copyrightNotice><usageTerms>Not for <b>trams</b></usageTerms></rightsInfo>",
            item_meta=ITEM_META + '<provider qcode="nprov:RP"><name>Riverton Press</name></provider>',
            content_meta="<language tag='en-GB'/><headline> Bridge\n opens </headline><by>By Anne Rivers</by>"
            "<creator><name>Bo Li</name></creator><dateline>RIVERTON, March 21</dateline>"
            '<description role="drol:caption">A picture.</description>'
            '<description role="drol:summary">The bridge is open.</description>',
        )
        expected = {
            "headline": "Bridge opens",
            "summary": "The bridge is open.",
            "body": "RIVERTON, March 21 – The bridge is open.",
            "byline": "By Anne Rivers",
            "language": "en-GB",
            "source": "Riverton Press",
            "external_id": "urn:newsml:example.org:4711",
            "rights": "© 2024 RP\nNot for trams",
            "version": 3,
            "is_withdrawn": False,
        }
        assert {name: getattr(record, name) for name in expected} == expected

    def test_the_day_is_the_one_of_the_version_as_it_is_written(self):
        record = parse_one()
        assert record.published_on == datetime.date(2024, 3, 21)
        assert record.published_at == datetime.datetime(2024, 3, 22, 4, 30, tzinfo=datetime.UTC)

    def test_without_a_version_s_date_that_of_the_content_counts(self):
        record = parse_one(item_meta="", content_meta="<contentCreated>2024-03-20</contentCreated>" + CONTENT_META)
        assert (record.published_on, record.published_at) == (datetime.date(2024, 3, 20), None)

    @pytest.mark.parametrize(("embargo", "day"), [("2024-03-25T12:00:00Z", 25), ("2024-03-20T12:00:00Z", 21), ("", 21)])
    def test_what_is_embargoed_comes_out_when_the_embargo_ends(self, embargo, day):
        assert parse_one(item_meta=f"{ITEM_META}<embargoed>{embargo}</embargoed>").published_on.day == day

    def test_what_is_no_date_is_noted(self):
        note, record = parse(item(item_meta="<versionCreated>soon</versionCreated>"))
        assert "“soon” is not a date" in str(note)
        assert record.published_on is None

    @pytest.mark.parametrize(
        ("meta", "headline"),
        [
            ("<headline/><headline>Second</headline><slugline>slug</slugline>", "Second"),
            ("<slugline>US-BRIDGE</slugline>", "US-BRIDGE"),
            ("<headline role='hld:subHeadline'>Late</headline><headline>Bridge opens</headline>", "Bridge opens"),
            ("<headline role='hld:subHeadline'>Late</headline>", "Late"),
        ],
    )
    def test_a_headline_is_found(self, meta, headline):
        assert parse_one(content_meta=meta).headline == headline

    def test_the_title_of_the_item_is_better_than_none(self):
        record = parse_one(item_meta=f"{ITEM_META}<title>Bridge <b>opens</b></title>", content_meta="")
        assert record.headline == "Bridge opens"

    @pytest.mark.parametrize(
        ("provider", "source"),
        [
            ('<provider qcode="nprov:RP"/>', "RP"),
            ('<provider uri="http://example.org/about"/>', "Trams Ltd"),
            ('<provider literal="Riverton Press"/>', "Trams Ltd"),
        ],
    )
    def test_a_source_without_a_name_has_a_code(self, provider, source):
        holder = "<rightsInfo><copyrightHolder><name>Trams Ltd</name></copyrightHolder></rightsInfo>"
        assert parse_one(item_meta=provider, more=holder).source == source

    def test_the_holder_of_the_rights_is_a_better_source_than_an_address(self):
        holder = '<rightsInfo><copyrightHolder literal="Trams Ltd"/></rightsInfo>'
        record = parse_one(more=holder, item_meta=f'{ITEM_META}<provider literal="rp.example"/>')
        assert (record.source, record.rights) == ("Trams Ltd", "Trams Ltd")

    @pytest.mark.parametrize(
        "status", ['qcode="stat:canceled"', 'uri="http://cv.iptc.org/newscodes/pubstatusg2/withheld"']
    )
    def test_what_was_taken_back_is_withdrawn_even_without_words(self, status):
        record = parse_one(item_meta=f"<pubStatus {status}/>", content_meta="", content="")
        assert (record.is_withdrawn, record.headline) == (True, "urn:newsml:example.org:4711")


class TestText:
    @pytest.mark.parametrize(
        "content",
        [
            CONTENT,
            "<inlineXML><p>The bridge is open.</p></inlineXML>",
            "<inlineXML><section><h1>Bridge opens</h1><p>The bridge is open.</p></section></inlineXML>",
            "<inlineXML><nitf><body><body.content><p>The bridge is open.</p></body.content></body></nitf></inlineXML>",
            "<inlineXML>&lt;p&gt;The bridge is open.&lt;/p&gt;</inlineXML>",
            '<inlineData contenttype="text/plain">The bridge\nis open.</inlineData>',
            '<inlineData contenttype="text/html">&lt;p&gt;The bridge is open.</inlineData>',
            f'<inlineData encoding="base64">{base64.b64encode(b"The bridge is open.").decode()}</inlineData>',
            "<inlineXML/>" + CONTENT,
            f'<inlineData contenttype="text/plain">plain</inlineData>{CONTENT}',
            '<inlineData contenttype="text/plain">plain</inlineData>'
            '<inlineData contenttype="text/html">The bridge is open.</inlineData>',
            '<remoteContent contenttype="image/jpeg" href="a.jpg"/>' + CONTENT,
        ],
    )
    def test_the_text_is_found_in_the_first_rendition_that_has_one(self, content):
        text = parse_one(content=content).body
        assert text.replace("\n\n", " ") == "The bridge is open."

    def test_nitf_inside_fills_what_the_item_lacks(self):
        head = "<hedline><hl1>Inner</hl1></hedline><byline>By Bo Li</byline><abstract>Short.</abstract>"
        nitf = f"<nitf><body><body.head>{head}</body.head><body.content><p>Text.</p></body.content></body></nitf>"
        record = parse_one(content_meta="<slugline>s</slugline>", content=f"<inlineXML>{nitf}</inlineXML>")
        assert (record.headline, record.byline, record.summary) == ("Inner", "By Bo Li", "Short.")

    def test_what_a_page_has_above_its_text_is_left_out(self):
        header = "<header><ul><li>Bridges</li></ul><time>11:14</time><h1>Bridge opens</h1></header>"
        section = "<section><header><h3>Cost</h3></header><p>Much.</p></section>"
        assert parse_one(content=f"<inlineXML>{XHTML.format(header + section)}</inlineXML>").body == "### Cost\n\nMuch."

    def test_plain_text_inside_one_paragraph_of_markup_keeps_its_own_paragraphs(self):
        text = (
            "(RP) - Riverton, March 21 - The council of Riverton has said\n"
            "that the new bridge across the river is to be opened early\n"
            "next spring.\n"
            '   "It will be blue &amp; beautiful", it said in a report on the\n'
            "second bridge.\n"
        )
        data = f'<inlineData contenttype="text/plain"><![CDATA[\n<p>\n  {text}</p>]]></inlineData>'
        first, second = parse_one(content=data).body.split("\n\n")
        assert first.endswith("next spring.")
        assert second == '"It will be blue & beautiful", it said in a report on the second bridge.'

    def test_entities_in_plain_text_are_those_of_html(self):
        document = '<!DOCTYPE newsItem SYSTEM "x.dtd">' + item(content="<inlineData>caf&eacute;\n\nTwo.</inlineData>")
        (record,) = parse(document)
        assert record.body == "café\n\nTwo."

    def test_the_parts_of_a_story_may_have_swedish_names(self):
        text = (
            "<BODY xmlns=''><TEXT><RUBRIK>Bridge opens</RUBRIK><DAT><ORT>NO</ORT><SOURCE>Riverton</SOURCE></DAT>"
            "<INGRESS><P>It is open.</P></INGRESS><BRODTEXT><CITAT>It is late.</CITAT><MELLIS>Why</MELLIS>"
            "<P>Rain.</P></BRODTEXT><BYLINE>Anne Rivers/RP</BYLINE><BILD><BILDTEXT><P>A bridge.</P></BILDTEXT></BILD>"
            "</TEXT><TEXT><RUBRIK>Facts</RUBRIK><BRODTEXT><P>Blue.</P></BRODTEXT></TEXT></BODY>"
        )
        record = parse_one(content=f"<inlineXML>{text}</inlineXML>")
        blocks = [
            "NO, Riverton",
            "It is open.",
            "It is late.",
            "### Why",
            "Rain.",
            "Anne Rivers/RP",
            "## Facts",
            "Blue.",
        ]
        assert record.body.split("\n\n") == blocks
        assert record.byline == "Anne Rivers/RP"

    def test_a_byline_above_the_text_is_no_part_of_it(self):
        text = "<p>(Adds the colour)</p><p>By Anne Rivers and Bo Li</p><p>The bridge is open.</p>"
        record = parse_one(content=f"<inlineXML>{XHTML.format(text)}</inlineXML>")
        assert (record.byline, record.body) == ("By Anne Rivers and Bo Li", "(Adds the colour)\n\nThe bridge is open.")

    @pytest.mark.parametrize(
        "first", ["By noon it was open.", "By noon", "<b>Note.</b> By Anne", "By Bo Li and others"]
    )
    def test_other_words_above_the_text_stay_there(self, first):
        text = f"<inlineXML>{XHTML.format(f'<p>{first}</p><p>It is blue.</p>')}</inlineXML>"
        record = parse_one(content=text, content_meta=CONTENT_META + "<by>By Anne Rivers</by>")
        assert record.byline == "By Anne Rivers"
        assert len(record.body.split("\n\n")) == 2

    def test_names_by_which_people_log_in_are_no_byline(self):
        creators = "<creator><name>rivers.anne</name></creator><creator><name>Bo Li</name></creator>"
        assert parse_one(content_meta=CONTENT_META + creators).byline == "Bo Li"

    def test_a_text_that_stands_elsewhere_is_noted(self):
        meta = CONTENT_META + "<description>The bridge is open.</description>"
        remote = '<remoteContent contenttype="text/html" href="https://example.org/bridge.html"/>'
        note, record = parse(item(content_meta=meta, content=remote))
        assert "Its text stands elsewhere (https://example.org/bridge.html)" in str(note)
        assert (record.headline, record.summary, record.body) == ("Bridge opens", "The bridge is open.", "")
        assert record.url == "https://example.org/bridge.html"

    def test_a_description_alone_is_the_text(self):
        record = parse_one(content_meta="<description>Two *stars*.</description>", content="")
        assert record.body == "Two \\*stars\\*."

    def test_a_content_set_alone_is_read(self):
        (record,) = parse("<contentSet><inlineXML><p>Text.</p></inlineXML></contentSet>")
        assert record.body == "Text."


class TestSubjects:
    @pytest.mark.parametrize(
        ("subject", "expected"),
        [
            (
                '<subject qcode="medtop:20000756"><name>traffic</name></subject>',
                Tag("topic", "traffic", "medtop:20000756"),
            ),
            ('<subject uri="http://cv.iptc.org/newscodes/mediatopic/20000756"/>', Tag("topic", "", "medtop:20000756")),
            ('<subject qcode="subj:15000000"/>', Tag("topic", "", "medtop:15000000")),
            ('<subject qcode="subj:15007000"><name>bowls</name></subject>', Tag("topic", "bowls")),
            ('<subject type="cpnat:abstract" qcode="own:1"><name>trams</name></subject>', Tag("topic", "trams")),
            (
                '<subject type="cpnat:person" qcode="own:2"><name>Anne Rivers</name><sameAs qcode="wd:Q42"/></subject>',
                Tag("person", "Anne Rivers", "wikidata:Q42"),
            ),
            ('<subject type="cpnat:geoArea"><name>Riverton</name></subject>', Tag("place", "Riverton")),
            (
                '<subject typeuri="http://cv.iptc.org/newscodes/cpnature/poi"><name>Quay</name></subject>',
                Tag("place", "Quay"),
            ),
            (
                '<subject type="cpnat:geoArea" qcode="a:b"><broader><name>Norway</name></broader></subject>',
                Tag("place", "Norway"),
            ),
            ('<subject qcode="iso3166-1a2:no"/>', Tag("place", "", "iso3166:NO")),
            ('<subject qcode="iso3166-1a3:DEU"/>', Tag("place", "", "iso3166:DE")),
            ('<subject uri="https://sws.geonames.org/281133/"/>', Tag("place", "", "geonames:281133")),
            ('<subject literal="trams"/>', Tag("topic", "trams")),
            ('<subject literal="TT:04000000:EKO"/>', Tag("topic", "", "medtop:04000000")),
            (
                '<subject qcode="N2:X" type="cptType:5"><name>Riverton</name><facet qcode="geoProp:8"/></subject>',
                Tag("place", "Riverton"),
            ),
            (
                '<subject><mainConcept qcode="medtop:20001071"/><facetConcept qcode="a:b"/></subject>',
                Tag("topic", "", "medtop:20001071"),
            ),
            (
                '<located qcode="geo:1"><name>Riverton</name><broader><name>Norway</name></broader></located>',
                Tag("place", "Riverton"),
            ),
            ("<keyword>trams</keyword>", Tag("topic", "trams")),
        ],
    )
    def test_a_subject_becomes_a_tag_of_its_kind(self, subject, expected):
        assert tags(subject) == (expected,)

    @pytest.mark.parametrize(
        "subject",
        [
            '<subject type="cpnat:organisation"><name>Trams Ltd</name></subject>',
            '<subject type="cpnat:event" qcode="own:3"><name>Opening</name></subject>',
            '<subject qcode="own:4"/>',
            '<subject literal="2024"/>',
            '<subject qcode="iso3166-1a3:QQQ"/>',
            '<subject literal="RP:AB:CD"/>',
            '<keyword role="keyRole:Ticker">OSE:RP</keyword>',
            '<subject type="cpnat:abstract" literal="Id of a topic" qcode="own:5"/>',
            '<subject type="cpnat:abstract" qcode="category:f"><name>f</name></subject>',
        ],
    )
    def test_what_the_archive_has_no_kind_for_is_left_out(self, subject):
        assert tags(subject) == ()

    def test_a_name_in_the_language_of_the_item_is_taken(self):
        names = '<name xml:lang="en">bridges</name><name xml:lang="de">Brücken</name>'
        subject = f'<subject type="cpnat:abstract">{names}</subject>'
        assert tags(subject, attributes='xml:lang="de"') == (Tag("topic", "Brücken"),)
        assert tags(subject, attributes='xml:lang="fr"') == (Tag("topic", "bridges"),)

    def test_what_the_item_asserts_of_a_concept_counts(self):
        asserted = (
            '<assert qcode="own:1"><name>Riverton</name><geoAreaDetails/></assert>'
            '<assert qcode="own:2"><name>Trams Ltd</name><organisationDetails/></assert>'
            '<assert qcode="own:3"><name>Anne Rivers</name><type qcode="cpnat:person"/></assert>'
        )
        subjects = '<subject qcode="own:1"/><subject qcode="own:2"/><subject qcode="own:3"/>'
        assert tags(subjects, more=asserted) == (Tag("place", "Riverton"), Tag("person", "Anne Rivers"))

    def test_the_catalogs_of_an_item_and_of_its_message_say_what_a_short_name_means(self):
        catalog = '<catalog><scheme alias="{}" uri="http://cv.iptc.org/newscodes/mediatopic/"/></catalog>'
        subjects = '<subject qcode="mt:20000756"/><subject qcode="topic:20000757"/>'
        inner = item(content_meta=CONTENT_META + subjects, more=catalog.format("mt"))
        (record,) = parse(message(inner, header=catalog.format("topic")))
        assert [tag.code for tag in record.tags] == ["medtop:20000756", "medtop:20000757"]


class TestMessages:
    def test_all_items_of_a_message_are_read_with_their_lines(self):
        records = parse(message(item(), item(content_meta="<headline>Two</headline>")))
        assert [(record.headline, record.position.line) for record in records] == [("Bridge opens", 4), ("Two", 5)]

    def test_a_package_in_a_message_is_noted_and_its_items_are_read(self):
        note, record = parse(message("<packageItem/>", item()))
        assert isinstance(note, Note)
        assert str(note).startswith("story.xml:4: The package is passed over")
        assert record.headline == "Bridge opens"

    def test_one_bad_item_does_not_stop_the_others(self):
        first, problem, last = parse(message(item(), "<planningItem/>", item()))
        assert (first.headline, last.headline) == ("Bridge opens", "Bridge opens")
        assert "This is a planning item" in str(problem)

    def test_an_empty_message_is_reported(self):
        assert "The message carries no items." in problem_with(message())


class TestOtherItems:
    @pytest.mark.parametrize(
        ("name", "what"),
        [
            ("packageItem", "a package"),
            ("conceptItem", "a concept item"),
            ("knowledgeItem", "a knowledge item"),
            ("planningItem", "a planning item"),
            ("catalogItem", "a catalog item"),
            ("contentMeta", "the metadata of an item"),
            ("groupSet", "the list of a package"),
        ],
    )
    def test_what_is_no_article_is_named(self, name, what):
        document = f"<{name} {NAMESPACE}/>"
        assert find_format(input_file(document)).name == "newsml_g2"
        assert f"This is {what}" in problem_with(document)
        assert "not an article" in problem_with(document)

    @pytest.mark.parametrize(
        ("nature", "content", "sentence"),
        [
            ("picture", "", "This is a picture, not an article: “Bridge opens”."),
            ("picture", CONTENT, "This is a picture, not an article: “Bridge opens”."),
            ("audio", "", "This is a sound recording, not an article: “Bridge opens”."),
            ("video", "", "This is a video without a text: “Bridge opens”."),
            (
                "composite",
                "<inlineXML><events/></inlineXML>",
                "This is a composite item that carries <events>, not a text.",
            ),
            ("text", "<inlineXML><scores/></inlineXML>", "This is a news item that carries <scores>, not a text."),
        ],
    )
    def test_an_item_of_another_nature_is_named(self, nature, content, sentence):
        document = item(item_meta=f'<itemClass qcode="ninat:{nature}"/>', content=content)
        assert problem_with(document) == f"story.xml:1: {sentence} Import the news items of text that belong to it."

    def test_a_video_with_a_text_is_read(self):
        assert parse_one(item_meta='<itemClass qcode="ninat:video"/>').body == "The bridge is open."

    def test_an_item_without_words_is_reported(self):
        assert "neither a headline nor a text" in problem_with(item(content_meta="", content=""))

    def test_another_document_is_named(self):
        assert "<rss> is no item of NewsML-G2" in problem_with("<rss/>")
        assert not NewsMLG2().recognises(input_file("<rss/>"))

    def test_what_is_not_well_formed_is_reported(self):
        assert "The XML is not well-formed" in problem_with("<newsItem><p></newsItem>")


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_cut_or_damage_breaks_the_parser(data):
    document = message(item(more="<assert qcode='a:b'/>"), "<packageItem/>").encode()
    start = data.draw(st.integers(0, len(document)))
    damage = data.draw(st.binary(max_size=4))
    items = parse(document[:start] + damage + document[start + data.draw(st.integers(0, 40)) :])
    assert items
    assert all(isinstance(item, ArticleRecord | Problem | Note) for item in items)


EXAMPLES = sorted((CORPORA / "newsml_g2" / "examples").glob("*.xml"))


@needs_corpora
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_of_the_iptc_is_an_article_or_named(path):
    file = input_file(path.read_bytes(), path.name)
    assert find_format(file).name == "newsml_g2"
    found = list(NewsMLG2().parse(file))
    reasons = [parsed.reason for parsed in found if isinstance(parsed, Problem)]
    assert reasons or any(isinstance(parsed, ArticleRecord) for parsed in found)
    named = ("This is ", "This item has neither a headline nor a text.")
    assert [reason for reason in reasons if not reason.startswith(named)] == []


@needs_corpora
def test_the_articles_among_the_examples_have_what_they_say():
    records = [part for path in EXAMPLES for part in NewsMLG2().parse(input_file(path.read_bytes(), path.name))]
    articles = [part for part in records if isinstance(part, ArticleRecord)]
    assert len(articles) >= 7
    assert sum(bool(article.body) for article in articles) >= 5
    assert all(article.headline or article.body for article in articles)
