"""NewsML 1: which stories an item holds, and what becomes of their lines. No database."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.pipeline.formats import find_format
from articles.pipeline.formats.newsml_1 import NewsML1
from articles.pipeline.records import ArticleRecord, Note, Problem, Tag

from .corpora import CORPORA, needs_corpora
from .test_dated_text import input_file

IDENTIFIER = (
    "<ProviderId>rp.example</ProviderId><DateId>20240321T183000</DateId><NewsItemId>4711</NewsItemId>"
    '<RevisionId PreviousRevision="2" Update="N">3</RevisionId>'
)
MANAGEMENT = "<ThisRevisionCreated>20240321T233000-0500</ThisRevisionCreated><Status FormalName='Usable'/>"
TEXT = "<p>The bridge is open.</p>"


def content(data=TEXT, media="Text"):
    return f'<ContentItem><MediaType FormalName="{media}"/><DataContent>{data}</DataContent></ContentItem>'


def component(*parts, lines="", role="", attributes=""):
    role = f'<Role FormalName="{role}"/>' if role else ""
    lines = f"<NewsLines>{lines}</NewsLines>" if lines else ""
    return f"<NewsComponent {attributes}>{role}{lines}{''.join(parts)}</NewsComponent>"


def newsml(*components, identifier=IDENTIFIER, management=MANAGEMENT, envelope=""):
    components = components or [component(content(), lines="<HeadLine>Bridge opens</HeadLine>")]
    identification = f"<Identification><NewsIdentifier>{identifier}</NewsIdentifier></Identification>"
    management = f"<NewsManagement>{management}</NewsManagement>"
    item = f"<NewsItem>{identification}{management}{''.join(components)}</NewsItem>"
    return f"<NewsML Version='1.2'><NewsEnvelope>{envelope}</NewsEnvelope>\n{item}</NewsML>"


def parse(document):
    return list(NewsML1().parse(input_file(document, "story.xml")))


def parse_one(*components, **parts):
    (record,) = parse(newsml(*components, **parts))
    assert isinstance(record, ArticleRecord), str(record)
    return record


class TestFields:
    def test_every_field_arrives_from_wherever_it_stands(self):
        metadata = (
            '<AdministrativeMetadata><Provider><Party FormalName="Riverton Press"/></Provider></AdministrativeMetadata>'
            '<DescriptiveMetadata><Language FormalName="EN"/></DescriptiveMetadata>'
        )
        lines = (
            "<HeadLine> <![CDATA[Bridge & opens]]> </HeadLine><SubHeadLine>Late</SubHeadLine><ByLine>By Anne</ByLine>"
            "<DateLine>RIVERTON, March 21 (RP)</DateLine><CopyrightLine>© 2024 RP</CopyrightLine>"
        )
        record = parse_one(component(metadata, component(content()), lines=lines))
        expected = {
            "headline": "Bridge & opens",
            "summary": "Late",
            "body": "RIVERTON, March 21 (RP) – The bridge is open.",
            "byline": "By Anne",
            "published_on": datetime.date(2024, 3, 21),
            "published_at": datetime.datetime(2024, 3, 22, 4, 30, tzinfo=datetime.UTC),
            "language": "en",
            "source": "Riverton Press",
            "external_id": "urn:newsml:rp.example:20240321:4711",
            "rights": "© 2024 RP",
            "version": 3,
            "is_withdrawn": False,
        }
        assert {name: getattr(record, name) for name in expected} == expected
        assert str(record.position) == "story.xml:2"

    @pytest.mark.parametrize(
        "data",
        [
            TEXT,
            "<nitf><body><body.content><p>The bridge is open.</p></body.content></body></nitf>",
            "<html xmlns='http://www.w3.org/1999/xhtml'><head/><body><p>The bridge is open.</p></body></html>",
            "<![CDATA[<P>The bridge is open.</P>]]>",
            "<body><body.content><![CDATA[<P>The bridge is open.</P>]]></body.content></body>",
            "The bridge is open.",
        ],
    )
    def test_the_text_may_be_written_in_several_ways(self, data):
        assert parse_one(component(content(data), lines="<HeadLine>A</HeadLine>")).body == "The bridge is open."

    def test_nitf_inside_fills_what_the_lines_lack(self):
        head = "<hedline><hl1>Inner</hl1></hedline><byline>By Bo</byline><abstract>Short.</abstract>"
        nitf = f"<nitf><body><body.head>{head}</body.head><body.content>{TEXT}</body.content></body></nitf>"
        record = parse_one(component(content(nitf)))
        assert (record.headline, record.byline, record.summary) == ("Inner", "By Bo", "Short.")

    @pytest.mark.parametrize(
        ("envelope", "party", "source"),
        [
            ("<SentFrom><Party FormalName='Wire'/></SentFrom>", "Source", "Wire"),
            ("", "Source", "Trams Ltd"),
            ("", "Contributor", "rp.example"),
        ],
    )
    def test_the_source_is_who_provides_or_sends_it(self, envelope, party, source):
        metadata = (
            f"<AdministrativeMetadata><{party}><Party FormalName='Trams Ltd'/></{party}></AdministrativeMetadata>"
        )
        record = parse_one(component(metadata, content(), lines="<HeadLine>A</HeadLine>"), envelope=envelope)
        assert record.source == source

    def test_subjects_and_places_become_tags(self):
        metadata = (
            "<TopicSet><Topic><FormalName>15054000</FormalName>"
            '<Description xml:lang="de" Variant="Name">Fußball</Description>'
            '<Description xml:lang="en" Variant="Name">soccer</Description>'
            '<Description xml:lang="en" Variant="Category">SPO</Description></Topic></TopicSet>'
            '<DescriptiveMetadata><Language FormalName="en"/><SubjectCode><Subject FormalName="15000000"/>'
            '<SubjectMatter FormalName="15054000"/></SubjectCode>'
            '<Location><Property FormalName="Country" Value="NOR"/>'
            '<Property FormalName="City" Value="RIVERTON"/></Location>'
            '<Location><Property FormalName="Country" Value="NO"/></Location>'
            '<Location><Property FormalName="Country" Value="IND"/></Location>'
            '<Location><Property FormalName="Country" Value="Norway"/></Location></DescriptiveMetadata>'
        )
        lines = "<HeadLine>A</HeadLine><KeywordLine>trams; bridges</KeywordLine>"
        assert parse_one(component(metadata, content(), lines=lines)).tags == (
            Tag("topic", "", "medtop:15000000"),
            Tag("topic", "soccer"),
            Tag("place", "Riverton"),
            Tag("place", "", "iso3166:NO"),
            Tag("place", "", "iso3166:IN"),
            Tag("place", "Norway"),
            Tag("topic", "trams"),
            Tag("topic", "bridges"),
        )

    @pytest.mark.parametrize("status", ["Canceled", "Withheld"])
    def test_what_was_taken_back_is_withdrawn_even_without_words(self, status):
        record = parse_one(component(), management=f'<Status FormalName="{status}"/>')
        assert (record.is_withdrawn, record.headline) == (True, record.external_id)

    @pytest.mark.parametrize("number", ["", "<NewsItemId>0</NewsItemId>"])
    def test_an_item_without_a_number_has_no_identity(self, number):
        part = component(content(), lines="<HeadLine>A</HeadLine>", attributes='Duid="NC1" xml:lang="en"')
        assert parse_one(part, identifier=f"<ProviderId>rp.example</ProviderId>{number}").external_id == ""

    def test_the_day_in_an_identity_is_written_without_hyphens(self):
        identifier = "<ProviderId>RP</ProviderId><NewsItemId>7</NewsItemId><DateId>2024-03-21 18:30:00</DateId>"
        record = parse_one(identifier=identifier)
        assert record.external_id == "urn:newsml:RP:20240321:7"

    @pytest.mark.parametrize(
        ("envelope", "day"), [("<DateAndTime>20240322T010000+0000</DateAndTime>", 22), ("<Priority/>", 21)]
    )
    def test_what_does_not_say_when_it_was_made_is_of_the_day_when_it_was_sent(self, envelope, day):
        assert parse_one(management="", envelope=envelope).published_on == datetime.date(2024, 3, day)

    def test_what_is_under_embargo_comes_out_when_its_status_changes(self):
        change = "<StatusWillChange><FutureStatus FormalName='Usable'/>{}</StatusWillChange>"
        management = MANAGEMENT.replace("Usable", "Embargoed") + change
        record = parse_one(management=management.format("<DateAndTime>20240323T000100+0000</DateAndTime>"))
        assert record.published_on == datetime.date(2024, 3, 23)
        note, record = parse(newsml(management=management.format("")))
        assert "embargo that names no end" in str(note)
        assert record.published_on == datetime.date(2024, 3, 21)

    def test_a_line_of_the_kind_summary_sums_up(self):
        lines = (
            "<HeadLine>A</HeadLine><NewsLine><NewsLineType FormalName='Advisory'/><NewsLineText>No.</NewsLineText>"
            "</NewsLine><NewsLine><NewsLineType FormalName='Summary'/><NewsLineText>Late.</NewsLineText></NewsLine>"
        )
        assert parse_one(component(content(), lines=lines)).summary == "Late."

    def test_a_sub_headline_in_capitals_gives_way_to_an_abstract(self):
        head = "<body.head><abstract>Short.</abstract></body.head>"
        nitf = f"<nitf><body>{head}<body.content>{TEXT}</body.content></body></nitf>"
        lines = "<HeadLine>A</HeadLine><SubHeadLine>RIVERTON BRIDGE</SubHeadLine>"
        assert parse_one(component(content(nitf), lines=lines)).summary == "Short."

    def test_properties_beside_the_locations_are_places_and_keywords(self):
        metadata = (
            '<DescriptiveMetadata><Property FormalName="Country" Value="NO"/>'
            '<Property FormalName="City" Value="Riverton"/><Property FormalName="Keyword" Value="trams;bridges"/>'
            '<Property FormalName="Keyword" Value="Anne Rivers" Role="PersonInImage"/></DescriptiveMetadata>'
        )
        tags = parse_one(component(metadata, content(), lines="<HeadLine>A</HeadLine>")).tags
        assert tags == (Tag("place", "Riverton"), Tag("topic", "trams"), Tag("topic", "bridges"))

    @pytest.mark.parametrize(("area", "tag"), [("KGR", Tag("place", "", "iso3166:CH")), ("Goa", Tag("place", "Goa"))])
    def test_an_area_that_is_a_code_gives_way_to_its_country(self, area, tag):
        metadata = (
            '<DescriptiveMetadata><Location><Property FormalName="Country" Value="CH"/>'
            f'<Property FormalName="CountryArea" Value="{area}"/></Location></DescriptiveMetadata>'
        )
        assert parse_one(component(metadata, content(), lines="<HeadLine>A</HeadLine>")).tags == (tag,)

    def test_what_is_no_date_is_noted(self):
        note, record = parse(newsml(management="<FirstCreated>soon</FirstCreated>", identifier=""))
        assert isinstance(note, Note)
        assert (record.headline, record.published_on) == ("Bridge opens", None)


class TestStories:
    def test_each_language_is_a_story_of_its_own(self):
        def story(language, headline):
            lines = f"<HeadLine>{headline}</HeadLine>"
            return component(component(content(), role="Body"), lines=lines, attributes=f'xml:lang="{language}"')

        records = parse(newsml(component(story("nl", "Brug"), story("fr", "Pont"), lines="<HeadLine>Brug</HeadLine>")))
        assert [(record.headline, record.language) for record in records] == [("Brug", "nl"), ("Pont", "fr")]
        assert [record.external_id[-8:] for record in records] == [":4711#nl", ":4711#fr"]

    def test_leads_stand_before_the_text_and_other_parts_are_passed_over(self):
        parts = [
            component(content("p {}"), role="StyleSheet"),
            component(content("Bridge opens"), role="Title"),
            component(content("Late."), role="SubHeadLine"),
            component(content("Lead."), role="Lead"),
            component(content("Body."), role="Body"),
            component(content("More."), role="Body"),
            component(content("Call us."), role="Contact"),
            component(content("Bridge!"), role="TweetText"),
            component(content("A bridge.", media="Photo"), lines="<HeadLine>A photo</HeadLine>"),
        ]
        record = parse_one(component(*parts, lines="<HeadLine>Bridge opens</HeadLine>"))
        assert (record.headline, record.summary, record.body) == ("Bridge opens", "Late.", "Lead.\n\nBody.\n\nMore.")

    def test_of_the_formats_of_one_text_the_first_counts(self):
        record = parse_one(component(content(" "), content("One."), content("Two."), lines="<HeadLine>A</HeadLine>"))
        assert record.body == "One."

    def test_a_headline_alone_is_an_article(self):
        assert parse_one(component(lines="<HeadLine>A</HeadLine>")).body == ""

    def test_every_item_of_a_file_is_read(self):
        item = newsml().partition("\n")[2].removesuffix("</NewsML>")
        records = parse(f"<NewsML>{item}\n{item}</NewsML>")
        assert [(record.headline, record.position.line) for record in records] == [
            ("Bridge opens", 1),
            ("Bridge opens", 2),
        ]

    def test_an_item_alone_is_read(self):
        item = newsml().partition("\n")[2].removesuffix("</NewsML>")
        assert find_format(input_file(item)).name == "newsml_1"
        assert [record.headline for record in parse(item)] == ["Bridge opens"]


class TestOtherItems:
    @pytest.mark.parametrize(
        ("media", "sentence"),
        [
            ("Photo", "This is a picture, not an article: “A”."),
            ("Video", "This is a video without a text: “A”."),
        ],
    )
    def test_what_is_no_text_is_named(self, media, sentence):
        (problem,) = parse(newsml(component(content("x", media=media), lines="<HeadLine>A</HeadLine>")))
        assert isinstance(problem, Problem)
        assert sentence in str(problem)

    @pytest.mark.parametrize(
        "document", [newsml(component()), newsml(identifier="", management="")[:60] + "/>", "<NewsML/>"]
    )
    def test_what_says_nothing_is_reported(self, document):
        (problem,) = parse(document)
        assert isinstance(problem, Problem)

    def test_it_is_told_from_newsml_g2(self):
        before = "<?xml version='1.0'?><!DOCTYPE NewsML PUBLIC 'urn:x' 'x.dtd' [<!ENTITY % n SYSTEM 'n.dtd'> %n; ]>"
        assert find_format(input_file(before + newsml())).name == "newsml_1"
        assert parse(before + newsml())[0].headline == "Bridge opens"
        assert not NewsML1().recognises(input_file("<newsMessage/>"))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_cut_or_damage_breaks_the_parser(data):
    document = newsml().encode()
    start = data.draw(st.integers(0, len(document)))
    damage = data.draw(st.binary(max_size=4))
    items = parse(document[:start] + damage + document[start + data.draw(st.integers(0, 40)) :])
    assert items
    assert all(isinstance(item, ArticleRecord | Problem | Note) for item in items)


@needs_corpora
def test_the_press_releases_beside_the_iptc_s_examples_are_read():
    paths = sorted((CORPORA / "ninjs/examples/NewsML").glob("*.xml"))
    records = [item for path in paths for item in NewsML1().parse(input_file(path.read_bytes(), path.name))]
    assert len(records) == len(paths) > 0
    assert all(record.headline and len(record.body) > 500 and record.source == "Business Wire" for record in records)
