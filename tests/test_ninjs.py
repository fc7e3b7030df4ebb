"""ninjs: which items become articles in all three versions, and what is said of the rest. No database."""

import datetime
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.pipeline.formats import find_format
from articles.pipeline.formats.ninjs import Ninjs
from articles.pipeline.reading import files as read
from articles.pipeline.records import ArticleRecord, Note, Problem, Tag

from .corpora import CORPORA, needs_corpora
from .test_dated_text import input_file

DEEP_LISTS, DEEP_OBJECTS = "[" * 100_000, '{"a":' * 100_000


def parse(content):
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    return list(Ninjs().parse(input_file(text, "items.json")))


def parse_one(**fields):
    (record,) = parse({"uri": "urn:rp:4711", "headline": "Bridge opens", **fields})
    assert isinstance(record, ArticleRecord), str(record)
    return record


def problem_with(**fields):
    (problem,) = parse({"uri": "urn:rp:4711", **fields})
    assert isinstance(problem, Problem), problem
    return str(problem)


FIRST = {
    "$standard": {"name": "ninjs", "version": "1.4"},
    "uri": "urn:rp:4711",
    "type": "text",
    "version": "3",
    "versioncreated": "2024-03-21T23:30:00-05:00",
    "pubstatus": "usable",
    "language": "en-GB",
    "copyrightholder": "Riverton Press",
    "copyrightnotice": "© 2024 RP",
    "usageterms": "Not for trams.",
    "byline": "By Anne Rivers",
    "headline": "Bridge opens",
    "description_text": "The bridge is open.",
    "body_text": "The bridge is open.\n\nIt is blue.",
    "body_xhtml": "<h1>Bridge opens</h1><p>The bridge is <em>open</em>.</p><p>It is blue.</p>",
    "person": [{"name": "Anne Rivers", "scheme": "http://www.wikidata.org/entity/", "code": "Q42"}],
    "organisation": [{"name": "Trams Ltd"}],
    "place": [{"name": "Riverton", "scheme": "http://sws.geonames.org", "code": "281133"}],
    "subject": [{"name": "traffic", "scheme": "medtop", "code": "20000756"}],
}
THIRD = {
    "standard": {"name": "ninjs", "version": "3.0"},
    "uri": "urn:rp:4711",
    "type": "text",
    "version": "3",
    "versionCreated": "2024-03-21T23:30:00-05:00",
    "pubStatus": "usable",
    "language": "en-GB",
    "copyrightHolder": "Riverton Press",
    "copyrightNotice": "© 2024 RP",
    "usageTerms": "Not for trams.",
    "by": "By Anne Rivers",
    "headlines": [{"role": "sub", "value": "Late"}, {"role": "main", "value": "Bridge opens"}],
    "descriptions": [{"role": "caption", "value": "A picture."}, {"role": "text", "value": "The bridge is open."}],
    "bodies": [
        {"role": "text", "contentType": "text/plain", "value": "The bridge is open.\nIt is blue."},
        {"role": "xhtml", "contentType": "text/html", "value": FIRST["body_xhtml"]},
    ],
    "people": [{"name": "Anne Rivers", "uri": "http://www.wikidata.org/entity/Q42"}],
    "organisations": [{"name": "Trams Ltd"}],
    "places": [{"name": "Riverton", "uri": "https://sws.geonames.org/281133/"}],
    "subjects": [{"name": "traffic", "uri": "http://cv.iptc.org/newscodes/mediatopic/20000756"}],
}


class TestVersions:
    @pytest.mark.parametrize("data", [FIRST, THIRD], ids=["first", "third"])
    def test_every_field_arrives(self, data):
        (record,) = parse(data)
        expected = {
            "headline": "Bridge opens",
            "summary": "The bridge is open.",
            "body": "The bridge is *open*.\n\nIt is blue.",
            "byline": "By Anne Rivers",
            "published_on": datetime.date(2024, 3, 21),
            "published_at": datetime.datetime(2024, 3, 22, 4, 30, tzinfo=datetime.UTC),
            "language": "en-GB",
            "source": "Riverton Press",
            "external_id": "urn:rp:4711",
            "rights": "© 2024 RP\nNot for trams.",
            "version": 3,
            "is_withdrawn": False,
            "tags": (
                Tag("person", "Anne Rivers", "wikidata:Q42"),
                Tag("place", "Riverton", "geonames:281133"),
                Tag("topic", "traffic", "medtop:20000756"),
            ),
        }
        assert {name: getattr(record, name) for name in expected} == expected


class TestFields:
    @pytest.mark.parametrize(
        ("fields", "headline"),
        [
            ({"headline": "A &amp; B <b>C</b>"}, "A & B C"),
            ({"headline": None, "headline_main": "Main"}, "Main"),
            ({"headline": " ", "title": "Title", "slugline": "slug"}, "Title"),
            ({"headline": 7}, "7"),
            ({"headlines": [{"value": "Only"}]}, "Only"),
            ({"headlines": "none"}, "Bridge opens"),
        ],
    )
    def test_a_headline_is_found(self, fields, headline):
        assert parse_one(**fields).headline == headline

    @pytest.mark.parametrize(
        ("fields", "body"),
        [
            ({"body_text": "One.\r\n\r\n*Two*."}, "One.\n\n\\*Two\\*."),
            ({"body_html": "<p>One.</p>", "body_text": "plain"}, "One."),
            ({"body_xhtml": "  ", "body_text": "plain"}, "plain"),
            ({"body_new": "<p>One.</p><p>Two.</p>"}, "One.\n\nTwo."),
            ({"bodies": [{"value": "One."}]}, "One."),
            ({"bodies": [{"role": "nitf", "value": "<TTNITF><HEAD>"}, {"value": "plain"}]}, "plain"),
            (
                {
                    "bodies": [
                        {"role": "nitf", "value": "<nitf><body><body.content><p>A.</p></body.content></body></nitf>"}
                    ]
                },
                "A.",
            ),
            ({"body_text": "Bridge opens\n\nIt is blue."}, "It is blue."),
            ({"body_text": ["not a text"]}, ""),
            ({"body_text": "It is blue.", "dateline": "RIVERTON"}, "RIVERTON – It is blue."),
        ],
    )
    def test_the_text_is_found_in_the_best_body(self, fields, body):
        assert parse_one(**fields).body == body

    def test_nitf_in_a_body_is_read_whatever_its_declaration_says(self):
        nitf = "<nitf><body><body.content><p>Caf\u00e9 \ud800</p></body.content></body></nitf>"
        body = {"role": "nitf", "value": f'<?xml version="1.0" encoding="iso-8859-1"?>\n{nitf}'}
        assert parse_one(bodies=[body]).body == "Café ?"

    @pytest.mark.parametrize(
        ("fields", "day", "time"),
        [
            ({"firstcreated": "2024-03-20T12:00:00Z"}, 20, True),
            ({"contentCreated": "2024-03-19"}, 19, False),
            ({"versioncreated": "2024-03-21T12:00:00Z", "firstcreated": "2024-03-20T12:00:00Z"}, 21, True),
            ({"versioncreated": "2024-03-21T12:00:00Z", "embargoed": "2024-03-25T12:00:00Z"}, 25, True),
            ({"versioncreated": "2024-03-21T12:00:00Z", "embargoedUntil": "2024-03-20T12:00:00Z"}, 21, True),
        ],
    )
    def test_the_day_is_the_one_of_the_version(self, fields, day, time):
        record = parse_one(**fields)
        assert (record.published_on.day, bool(record.published_at)) == (day, time)

    def test_what_is_no_date_is_noted(self):
        note, record = parse({"uri": "x", "headline": "A", "versioncreated": "soon", "firstcreated": "2024-03-20"})
        assert isinstance(note, Note)
        assert str(note) == "items.json:1: “soon” is not a date. It is passed over."
        assert record.published_on == datetime.date(2024, 3, 20)

    @pytest.mark.parametrize(
        ("fields", "source"),
        [
            ({"copyrightholder": "RP", "infosource": [{"name": "Trams"}]}, "RP"),
            ({"infoSources": [{"name": "Anne", "code": "interviewee"}, {"name": "RP"}]}, "RP"),
            ({"infosource": {"name": "RP"}}, "RP"),
            ({"copyrightholder": "Trams", "source": "RP"}, "RP"),
            ({"copyrightholder": "Trams", "provider": "RP"}, "RP"),
            ({}, ""),
        ],
    )
    def test_the_source_is_named_or_who_holds_the_rights_or_who_informed(self, fields, source):
        assert parse_one(**fields).source == source

    def test_a_byline_above_the_text_is_no_part_of_it(self):
        record = parse_one(body_html="<p>By Bo Li</p><p>The bridge is open.</p>")
        assert (record.byline, record.body) == ("By Bo Li", "The bridge is open.")

    def test_rights_may_be_a_link(self):
        assert (
            parse_one(rightsinfo={"linkedrights": "https://example.org/rights"}).rights == "https://example.org/rights"
        )
        assert parse_one(copyrightholder="RP").rights == "RP"
        assert parse_one(usageterms=["Not for trams.", "Not for boats."]).rights == "Not for trams.\nNot for boats."

    @pytest.mark.parametrize(
        ("fields", "identity"),
        [
            ({"uri": "https://rp.example/4711?token=1", "altids": {"itemid": "4711"}}, "4711"),
            ({"uri": "https://rp.example/4711?token=1"}, "https://rp.example/4711?token=1"),
            ({"uri": "urn:rp:4711", "altids": [{"role": "x", "value": "y"}]}, "urn:rp:4711"),
        ],
    )
    def test_an_address_with_parameters_is_no_identity_if_there_is_another(self, fields, identity):
        assert parse_one(**fields).external_id == identity

    def test_bylines_may_be_a_list(self):
        assert parse_one(authors=[{"name": "Anne Rivers"}, {"name": "Bo Li"}]).byline == "Anne Rivers, Bo Li"
        assert parse_one(bylines=["Anne Rivers", "Bo Li"]).byline == "Anne Rivers, Bo Li"

    def test_the_page_in_the_web_is_the_address_and_the_uri_is_not(self):
        page = {"contenttype": "text/html", "href": "https://example.org/bridge"}
        assert parse_one(uri="https://api.example.org/1", renditions=[page]).url == "https://example.org/bridge"
        assert parse_one(renditions={"web": page}).url == "https://example.org/bridge"
        assert parse_one(uri="https://api.example.org/1").url == ""

    @pytest.mark.parametrize("status", ["canceled", "withheld"])
    def test_what_was_taken_back_is_withdrawn_even_without_words(self, status):
        (record,) = parse({"uri": "urn:rp:4711", "pubstatus": status})
        assert (record.is_withdrawn, record.headline) == (True, "urn:rp:4711")

    @pytest.mark.parametrize(
        ("fields", "tag"),
        [
            ({"subjects": [{"name": "War", "literal": "16000000"}]}, Tag("topic", "War", "medtop:16000000")),
            ({"subjects": [{"name": "Oil", "literal": "04005000"}]}, Tag("topic", "Oil")),
            ({"subject": [{"qcode": "medtop:20000756"}]}, Tag("topic", "", "medtop:20000756")),
            ({"place": [{"scheme": "http://cvx.iptc.org/iso3166-1a2/", "code": "it"}]}, Tag("place", "", "iso3166:IT")),
            ({"places": [{"names": ["Riverton", "Flussstadt"]}]}, Tag("place", "Riverton")),
            ({"people": [{"names": [{"value": "Anne Rivers"}]}]}, Tag("person", "Anne Rivers")),
            ({"keywords": ["trams"]}, Tag("topic", "trams")),
            ({"subject": [{"code": "s", "name": "s"}, {"name": "trams"}]}, Tag("topic", "trams")),
            ({"located": "Riverton"}, Tag("place", "Riverton")),
        ],
    )  # fmt: skip
    def test_subjects_become_tags_with_codes_of_known_schemes(self, fields, tag):
        assert parse_one(**fields).tags == (tag,)


class TestFiles:
    @pytest.mark.parametrize("indent", [None, 2])
    @pytest.mark.parametrize("data", [FIRST, THIRD, [FIRST, THIRD], {"_items": [FIRST]}, {"data": {"item": THIRD}}])
    def test_items_are_recognised_and_found_however_they_are_wrapped(self, data, indent):
        text = json.dumps(data, indent=indent)
        assert find_format(input_file(text)).name == "ninjs"
        assert {record.headline for record in parse(text)} == {"Bridge opens"}

    def test_items_of_a_list_have_their_lines(self):
        text = '[\n{"uri": "a", "title": "One"},\n\n{"uri": "b",\n "title": "Two"},\n{"uri": "c", "title": "Three"}]'
        assert [(record.headline, record.position.line) for record in parse(text)] == [
            ("One", 2),
            ("Two", 4),
            ("Three", 6),
        ]

    def test_one_item_a_line_is_read_and_a_bad_line_does_not_stop_the_others(self):
        text = json.dumps(FIRST) + "\n\n{bad\n" + json.dumps(THIRD)
        first, problem, last = parse(text)
        assert (first.position.line, last.position.line) == (1, 4)
        assert str(problem).startswith("items.json:3: The line is not valid JSON (")

    def test_lines_are_read_one_by_one(self, monkeypatch):
        monkeypatch.setattr(read, "LARGEST_DOCUMENT", 1_000)
        assert len(parse("\n".join([json.dumps({"uri": "a", "headline": "One"})] * 100))) == 100

    def test_items_that_follow_one_another_are_read(self):
        text = json.dumps(FIRST, indent=1) + "\n" + json.dumps(THIRD, indent=1)
        assert len(parse(text)) == 2

    def test_what_comes_before_an_error_is_read(self):
        first, problem = parse('[{"uri": "a", "headline": "One"},\n{"uri": }]')
        assert first.headline == "One"
        assert str(problem).startswith("items.json:2: The text is not valid JSON from here on (")

    def test_line_breaks_inside_a_text_are_forgiven(self):
        (record,) = parse('{\n"uri": "a", "headline": "One", "body_text": "A.\n\nB."}')
        assert record.body == "A.\n\nB."

    @pytest.mark.parametrize("text", ["{}", "[]", "[1]", '{\n"a": [{"b": 1}]}', "[" * 100, "", "7"])
    def test_other_json_is_reported_and_not_recognised(self, text):
        assert not Ninjs().recognises(input_file(text))
        assert not [item for item in parse(text) if isinstance(item, ArticleRecord)]

    @pytest.mark.parametrize(
        "data",
        [
            {"headline": "A", "body": "B", "url": "https://example.org"},
            {"uri": "nyt://1", "headline": {"main": "A"}, "pub_date": "2024-03-21"},
            {"link": "https://example.org", "headline": "A", "short_description": "B", "authors": "C"},
        ],
    )
    def test_other_news_in_json_is_left_to_others(self, data):
        assert not Ninjs().recognises(input_file(json.dumps(data)))

    @pytest.mark.parametrize("text", [DEEP_LISTS, DEEP_OBJECTS, '{\n"a":' + "9" * 5_000 + "}"])
    def test_deep_and_huge_values_are_reported(self, text):
        (problem,) = parse(text)
        assert isinstance(problem, Problem)


class TestOtherItems:
    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"type": "picture", "headline": "A bridge"}, "This is a picture, not an article: “A bridge”."),
            ({"type": "picture", "body_text": "A bridge."}, "This is a picture, not an article."),
            ({"type": "audio"}, "This is a sound recording, not an article."),
            ({"type": "video", "headline": "A bridge"}, "This is a video without a text: “A bridge”."),
            ({"type": "composite"}, "This is a composite item without a text."),
            ({"type": "event", "bodies": [{"value": "B"}]}, "This is an event that was planned, not an article."),
            ({"eventDetails": {}, "headline": "A"}, "This is an event that was planned, not an article."),
            ({"type": "planning", "headline": "A"}, "This is a planning item, news that is still to come,"),
            ({"plannedCoverage": []}, "This is a planning item"),
            ({"version": "1"}, "This item has neither a headline nor a text."),
        ],
    )  # fmt: skip
    def test_what_is_no_article_is_named(self, fields, sentence):
        assert problem_with(**fields).startswith(f"items.json:1: {sentence}")

    def test_a_video_with_a_text_is_read(self):
        assert parse_one(type="video", body_text="A.").body == "A."

    def test_a_description_alone_is_the_text(self):
        assert parse_one(headline="", description_text="Two *stars*.").body == "Two \\*stars\\*."

    @pytest.mark.parametrize("in_list", [True, False])
    def test_associated_articles_are_read_and_pictures_are_not(self, in_list):
        story = {"uri": "b", "type": "text", "headline": "Two", "body_text": "Two."}
        parts = {"one": story, "two": {"uri": "c", "type": "picture", "headline": "P", "body_text": "P."}}
        item = {"uri": "a", "headline": "One", "associations": list(parts.values()) if in_list else parts}
        assert [record.headline for record in parse(item)] == ["One", "Two"]


anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)
FIELDS = sorted(
    {*FIRST, *THIRD, "associations", "renditions", "rightsinfo", "infosource", "located", "keywords", "names"}
)
objects = st.dictionaries(
    st.sampled_from(FIELDS),
    st.one_of(
        anything,
        st.lists(
            st.dictionaries(st.sampled_from(["name", "value", "role", "code", "uri", "href", "contenttype"]), anything),
            max_size=2,
        ),
    ),
)


@settings(max_examples=300, deadline=None)
@given(objects)
def test_no_object_breaks_the_parser(data):
    assert all(isinstance(item, ArticleRecord | Problem | Note) for item in parse(data))


@settings(max_examples=200, deadline=None)
@given(st.text() | st.text(st.sampled_from('{}[]":,a1\n ')))
def test_no_text_breaks_the_parser(text):
    assert all(isinstance(item, ArticleRecord | Problem | Note) for item in parse(text.encode("utf-8", "replace")))


def corpus(pattern):
    return sorted((CORPORA / "ninjs").glob(pattern))


def words(path):
    """Whether one of the items in a file is an article: it has a text, or it says something and is of no other type."""
    data = json.loads(path.read_text())
    items = data if isinstance(data, list) else [data]
    return any(
        any(key.startswith(("bod", "headline", "description")) for key in item)
        and "eventDetails" not in item
        and item.get("type", "text") in ("text", "composite")
        for item in items
    )


ARTICLES = [
    path for path in corpus("examples/*/*.json") + corpus("validation/test_suite/*/should_pass/*.json") if words(path)
]


@needs_corpora
@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: f"{path.parts[-3]}-{path.name}")
def test_every_article_among_the_iptc_s_examples_is_read(path):
    items = list(Ninjs().parse(input_file(path.read_bytes(), path.name)))
    assert [item for item in items if isinstance(item, ArticleRecord) and (item.headline or item.body)]


@needs_corpora
@pytest.mark.parametrize("path", corpus("examples/[123]*/*.json"), ids=lambda path: f"{path.parts[-2]}-{path.name}")
def test_every_example_is_recognised_and_what_is_no_article_is_named(path):
    file = input_file(path.read_bytes(), path.name)
    assert find_format(file).name == "ninjs"
    found = list(Ninjs().parse(file))
    reasons = [item.reason for item in found if isinstance(item, Problem)]
    assert reasons or any(isinstance(item, ArticleRecord) for item in found)
    assert [reason for reason in reasons if not reason.startswith("This is a")] == []


@needs_corpora
def test_nothing_that_should_fail_breaks_the_parser():
    paths = corpus("validation/test_suite/*/should_fail/*.json")
    assert len(paths) > 50
    assert all(list(Ninjs().parse(input_file(path.read_bytes(), path.name))) for path in paths)
