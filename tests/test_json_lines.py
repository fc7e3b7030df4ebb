"""JSON lines: what becomes of each field, and what is said about bad ones. No database."""

import datetime
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.pipeline.formats import find_format
from articles.pipeline.formats.json_lines import JsonLines
from articles.pipeline.limits import within_limits
from articles.pipeline.reading import files as read
from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import ArticleRecord, Note, Problem, Tag

from .corpora import CORPORA, needs_corpora
from .test_dated_text import input_file

EARLIEST = datetime.datetime(1400, 1, 2)
LATEST = datetime.datetime(2199, 12, 30)
# Seconds and milliseconds since 1970; Python alone would read the last as a day in 1711.
TIMESTAMPS = ["1711046400", 1711046400, 1711120151221]
DEEP_LISTS, DEEP_OBJECTS = "[" * 100_000, '{"a":' * 100_000
HUGE_NUMBER = '{"headline": ' + "9" * 5_000 + "}"


def parse(*lines, fields=None):
    """What is read, as the archive would take it."""
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    items = JsonLines(fields).parse(input_file("\n".join(texts), "articles.jsonl"))
    return [within_limits(item) if isinstance(item, ArticleRecord) else item for item in items]


def parse_one(**fields):
    (record,) = parse({"headline": "A quiet day", **fields})
    assert isinstance(record, ArticleRecord), str(record)
    return record


@pytest.mark.parametrize(
    ("value", "expected"), [(True, True), ("true", True), (False, False), ("no", False), (2, False)]
)
def test_a_headline_may_be_said_to_be_made_from_the_text(value, expected):
    assert parse_one(headline_is_derived=value).headline_is_derived is expected


def problem_with(**fields):
    (problem,) = parse({"headline": "A quiet day", **fields})
    assert isinstance(problem, Problem), problem
    return str(problem)


class TestFields:
    def test_every_field_arrives(self):
        texts = {
            "headline": "A quiet day",
            "summary": "Nothing happened.",
            "body": "Nothing happened.\n\nEverybody went *home*.",
            "byline": "By Ada Moreau",
            "language": "en",
            "source": "The Daily Test",
            "url": "https://example.org/quiet",
            "external_id": "q-1",
            "rights": "© The Daily Test",
        }
        names = {"people": ["Ada Moreau", "Bo Li"], "places": ["Riverton"], "topics": ["weather"]}
        dates = {"published_on": "2024-03-21", "published_at": "2024-03-21T18:30:00+02:00"}
        (record,) = parse(texts | names | dates | {"version": 3})
        assert record.version == 3
        assert {name: getattr(record, name) for name in texts} == texts
        assert record.published_on == datetime.date(2024, 3, 21)
        assert record.published_at == datetime.datetime(2024, 3, 21, 16, 30, tzinfo=datetime.UTC)
        assert record.tags == (
            Tag("person", "Ada Moreau"),
            Tag("person", "Bo Li"),
            Tag("place", "Riverton"),
            Tag("topic", "weather"),
        )
        assert str(record.position) == "articles.jsonl:1"

    def test_a_missing_field_and_null_are_empty(self):
        record = parse_one(body=None, people=None, published_on=None)
        assert (record.body, record.byline, record.tags, record.published_on) == ("", "", (), None)

    def test_fields_of_no_meaning_are_passed_over_and_named_once(self):
        first, second, note = parse({"headline": "One", "colour": "blue"}, {"headline": "Two", "colour": "red"})
        assert (first.headline, second.headline) == ("One", "Two")
        assert isinstance(note, Note)
        assert str(note) == "articles.jsonl: Not used: “colour”. To have it otherwise: --field headline=title."

    def test_a_number_can_be_an_id(self):
        assert parse_one(external_id=4711).external_id == "4711"

    def test_one_name_needs_no_list_and_doubles_count_once(self):
        assert parse_one(people="Ada Moreau").tags == (Tag("person", "Ada Moreau"),)
        assert parse_one(topics=["weather", " weather ", ""]).tags == (Tag("topic", "weather"),)

    def test_blank_lines_are_passed_over_and_lines_are_counted(self):
        records = parse({"headline": "One"}, "", "  ", {"headline": "Two"})
        assert [(record.headline, record.position.line) for record in records] == [("One", 1), ("Two", 4)]

    def test_windows_line_ends_become_plain_ones(self):
        assert parse_one(body="One.\r\n\r\nTwo.").body == "One.\n\nTwo."

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_only_a_line_feed_ends_a_line(self, encoding):
        data = '{"headline":\r"One\u2028two"}\r\n{"headline": "Three"}'.encode(encoding)
        records = list(JsonLines().parse(input_file(data)))
        assert [record.headline for record in records] == ["One\u2028two", "Three"]
        assert records[1].position.line == 2

    def test_html_in_the_text_becomes_markdown(self):
        assert parse_one(body="<p>One <b>two</b>.</p><p>Three.</p>").body == "One **two**.\n\nThree."
        assert parse_one(body="If a < b, **say** so.").body == "If a < b, **say** so."

    def test_marks_of_files_that_were_joined_do_no_harm(self):
        data = b'\xef\xbb\xbf{"headline": "One"}\n\xef\xbb\xbf{"headline": "Two"}\n'
        assert [record.headline for record in JsonLines().parse(input_file(data))] == ["One", "Two"]

    def test_a_file_of_objects_is_recognised(self):
        assert find_format(input_file('\ufeff\n {"headline": "x"}')).name == "json_lines"


class TestDates:
    @pytest.mark.parametrize("text", ["2024-03-21", "2024-3-21", "20240321", 20240321, "2024-W12-4"])
    def test_a_day_can_be_written_in_several_ways(self, text):
        record = parse_one(published_on=text)
        assert (record.published_on, record.published_at) == (datetime.date(2024, 3, 21), None)

    @pytest.mark.parametrize(
        "text", ["2024-03-21T23:30:00-08:00", "2024-03-21T00:30:00+14:00", "2024-03-21 23:59:59Z", "20240321T233000Z"]
    )
    @pytest.mark.parametrize("field", ["published_on", "published_at"])
    def test_the_day_is_the_one_that_is_written_whatever_the_zone(self, field, text):
        record = parse_one(**{field: text})
        assert record.published_on == datetime.date(2024, 3, 21)
        assert record.published_at == datetime.datetime.fromisoformat(text)

    def test_the_printed_day_wins_over_the_day_of_the_time(self):
        record = parse_one(published_on="2024-03-22", published_at="2024-03-21T23:30:00Z")
        assert (record.published_on.day, record.published_at.day) == (22, 21)

    def test_a_time_without_a_zone_is_read_in_the_archive_s_own(self, settings):
        settings.TIME_ZONE = "Asia/Tokyo"
        record = parse_one(published_at="2024-03-21T01:00:00")
        assert record.published_at.astimezone(datetime.UTC).isoformat() == "2024-03-20T16:00:00+00:00"
        assert record.published_on == datetime.date(2024, 3, 21)

    def test_a_date_alone_is_no_exact_time(self):
        record = parse_one(published_at="2024-03-21")
        assert (record.published_on, record.published_at) == (datetime.date(2024, 3, 21), None)

    @pytest.mark.parametrize(
        "text",
        ["yesterday", "21/03/2024", "2024-02-30", "0999-01-01", "2300-01-01", "2024-03-21T25:00:00", *TIMESTAMPS, -1],
    )
    def test_what_is_no_date_is_reported_and_never_guessed(self, text):
        problem = problem_with(published_on=text)
        assert problem.startswith("articles.jsonl:1: ")
        assert "Write 2024-03-21, or a time with its zone" in problem

    @settings(max_examples=200, deadline=None)
    @given(st.datetimes(EARLIEST, LATEST), st.timedeltas(datetime.timedelta(hours=-14), datetime.timedelta(hours=14)))
    def test_no_zone_ever_shifts_a_day(self, time, offset):
        text = time.replace(tzinfo=datetime.timezone(offset)).isoformat()
        assert parse_one(published_on=text).published_on == time.date()
        assert parse_one(published_at=text).published_on == time.date()


class TestProblems:
    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"headline": None}, "The fields 'headline' and 'body' are both missing. Give at least one of them."),
            ({"headline": "  "}, "The fields 'headline' and 'body' are both missing."),
            ({"headline": ["x"]}, "The field 'headline' is not a text. Write it as a JSON string."),
            ({"body": True}, "The field 'body' is not a text."),
            ({"external_id": 1.5}, "The field 'external_id' is not a text."),
            ({"summary": {}}, "The field 'summary' is not a text."),
            ({"headline": "x" * 301}, "The field 'headline' has 301 characters. Shorten it to 300."),
            ({"language": "x" * 36}, "The field 'language' has 36 characters. Shorten it to 35."),
            ({"url": "example.org"}, "The field 'url' is not a web address. It should begin with https://"),
            ({"url": "javascript:alert(1)"}, "The field 'url' is not a web address."),
            ({"people": [1]}, "The field 'people' is not a list of names. Write it as {\"people\": ["),
            ({"places": {"name": "x"}}, "The field 'places' is not a list of names."),
            ({"topics": "x" * 201}, "The field 'topics' has a name of more than 200 characters. Shorten it to 200"),
        ],
    )
    def test_a_bad_field_is_named_with_a_way_out(self, fields, sentence):
        assert problem_with(**fields).startswith(f"articles.jsonl:1: {sentence}")

    @pytest.mark.parametrize(
        "line",
        ["{", "not json", '{"headline": "x"', '{"headline": "x"}{}', DEEP_LISTS, DEEP_OBJECTS, HUGE_NUMBER],
        ids=["brace", "words", "open", "two objects", "deep lists", "deep objects", "huge number"],
    )
    def test_a_line_that_is_no_json_is_reported_and_the_rest_goes_on(self, line):
        first, problem, last = parse({"headline": "One"}, line, {"headline": "Two"})
        assert (first.headline, last.headline) == ("One", "Two")
        assert str(problem).startswith("articles.jsonl:2: The line is not valid JSON (")
        assert str(problem).endswith("Write one JSON object on each line.")

    @pytest.mark.parametrize("line", ["[]", "null", "3", '"text"'])
    def test_a_line_that_is_no_object_is_reported(self, line):
        _, problem = parse({"headline": "One"}, line)
        assert str(problem).startswith("articles.jsonl:2: The line is JSON, but not an object.")

    def test_a_line_that_is_too_long_is_not_read_into_memory(self, monkeypatch):
        monkeypatch.setattr(read, "LONGEST_LINE", 50)
        records = JsonLines().parse(input_file('{"headline": "One"}\n{"headline": "' + "x" * 60 + '"}'))
        assert next(records).headline == "One"
        with pytest.raises(read.LineTooLong) as error:
            next(records)
        assert error.value.line == 2

    def test_what_no_database_holds_is_replaced(self):
        (record,) = parse(r'{"headline": "A\u0000B\ud800C", "people": ["A\u0000da \udfff"]}')
        assert record.headline == "AB\ufffdC"
        assert record.tags == (Tag("person", "Ada \ufffd"),)

    def test_a_whole_pair_of_surrogates_is_one_character(self):
        (record,) = parse(r'{"headline": "\ud83d\udcf0 news"}')
        assert record.headline == "📰 news"


class TestOtherNames:
    """Files that call the fields otherwise, as those of researchers and of news services do."""

    ARTICLE = {
        "title": "Rain &amp; wind",
        "content": "One.\nTwo *three*.",
        "description": "It rains.",
        "author": ["Ada Moreau", {"name": "Bo Li"}],
        "publishedAt": "2024-03-21T18:30:00+02:00",
        "source": {"id": None, "name": "The Daily Test"},
        "url": "https://example.org/rain",
        "guid": 4711,
        "keywords": ["weather", {"name": "floods"}],
        "urlToImage": "https://example.org/rain.jpg",
    }

    def test_the_usual_ones_are_understood(self):
        record, note = parse(self.ARTICLE)
        assert (record.headline, record.body, record.summary) == (
            "Rain & wind",
            "One.\n\nTwo \\*three\\*.",
            "It rains.",
        )
        assert (record.byline, record.source) == ("Ada Moreau, Bo Li", "The Daily Test")
        assert (record.url, record.external_id) == ("https://example.org/rain", "4711")
        assert record.published_at == datetime.datetime(2024, 3, 21, 16, 30, tzinfo=datetime.UTC)
        assert record.tags == (Tag("topic", "weather"), Tag("topic", "floods"))
        assert "“title” is read as headline" in note.text
        assert "Not used: “urlToImage”." in note.text

    def test_the_archive_s_own_name_goes_first(self):
        record, note = parse({"title": "Not this", "headline": "This"})
        assert record.headline == "This"
        assert "Not used: “title”." in note.text

    def test_a_field_can_be_named_also_inside_of_objects(self):
        article = {"meta": {"name": "Rain", "when": "21.03.2024"}, "text": {"parts": ["One.", "Two."]}}
        fields = {"headline": "meta.name", "published_on": "meta.when", "body": "text.parts"}
        record = parse(article, fields=fields)[0]
        assert (record.headline, record.published_on.day, record.body) == ("Rain", 21, "One.\n\nTwo.")

    def test_inside_of_lists_all_are_taken(self):
        article = {"headline": "Rain", "who": [{"call": "Ada Moreau"}, {"x": 1}, {"call": "Bo Li"}]}
        record = parse(article, fields={"people": "who.call"})[0]
        assert record.tags == (Tag("person", "Ada Moreau"), Tag("person", "Bo Li"))

    def test_a_value_can_be_given_and_a_field_be_left_empty(self):
        fields = {"source": "=The Daily Test", "topics": "=weather; floods", "byline": "-"}
        record = parse({"title": "Rain", "author": "Ada"}, fields=fields)[0]
        assert (record.source, record.byline) == ("The Daily Test", "")
        assert record.tags == (Tag("topic", "weather"), Tag("topic", "floods"))

    def test_a_field_that_the_archive_has_not_is_refused_before_reading(self):
        (problem,) = parse({"title": "Rain"}, fields={"heading": "title"})
        assert str(problem).startswith("articles.jsonl: The archive has no field “heading”. Its fields are headline, ")

    def test_a_name_that_no_record_has_is_refused_before_reading(self):
        (problem,) = parse({"title": "One"}, {"titel": "Two"}, fields={"headline": "kopf"})
        assert str(problem) == (
            "articles.jsonl: There is no “kopf” to read headline from. "
            "Correct --field headline=…; there are “title”, “titel”."
        )

    def test_of_a_field_that_may_be_rare_it_is_said_at_the_end(self):
        record, problem, _ = parse({"title": "One"}, fields={"summary": "teaser"})
        assert record.headline == "One"
        assert problem.reason == "There is no “teaser” to read summary from."
        assert not any(isinstance(item, Problem) for item in parse({"title": "1"}, {"teaser": 2, "title": "2"},
                                                                   fields={"summary": "teaser"}))  # fmt: skip

    def test_a_record_without_any_known_name_says_which_there_are(self):
        problem, _ = parse({"message": "Rain", "views": 3})
        assert problem.advice.endswith("or map another: --field headline=…. There are “message”, “views”.")

    def test_what_is_no_text_counts_as_nothing(self):
        record, _ = parse({"title": "One", "author": True, "description": {"x": 1}, "tags": [None, 3, ""]})
        assert (record.byline, record.summary, record.tags) == ("", "", (Tag("topic", "3"),))

    def test_values_nested_without_end_are_a_problem(self):
        problem, last, _ = parse('{"title": ' + "[" * 600 + "]" * 600 + "}", {"title": "Two"})
        assert isinstance(problem, Problem)
        assert last.headline == "Two"

    def test_objects_with_thousands_of_fields_are_a_problem(self):
        problem, last = parse(dict.fromkeys(map(str, range(2_000)), 1), {"headline": "Two"})
        assert problem.reason == "The object has 2,000 fields."
        assert last.headline == "Two"


@needs_corpora
@pytest.mark.parametrize("fields", [None, {"headline": "headline", "published_on": "date:%Y-%m-%d"}])
def test_every_headline_of_the_huffpost_is_read(fields):
    with (CORPORA / "huffpost" / "News_Category_Dataset_v3.json").open("rb") as stream:
        *records, note = JsonLines(fields).parse(InputFile("huffpost.json", stream))
    assert len(records) == 9_999
    assert all(within_limits(record).headline and record.published_on and record.url for record in records)
    assert {tag.kind for record in records for tag in record.tags} == {"topic"}
    assert isinstance(note, Note)


anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)
FIELDS = ["headline", "summary", "body", "url", "published_on", "published_at", "external_id", "people", "topics"]


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), anything))
def test_no_object_breaks_the_parser(data):
    (item,) = parse(data)
    assert isinstance(item, Problem | ArticleRecord)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(["title", "text", "author", "date", "tags", "url", "id", "source"]), anything))
def test_no_object_with_other_names_breaks_the_parser(data):
    assert all(isinstance(item, Problem | ArticleRecord | Note) for item in parse(data))


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_no_text_breaks_the_parser(text):
    items = JsonLines().parse(input_file(text.encode("utf-8", "surrogatepass")))
    assert all(isinstance(item, Problem | ArticleRecord | Note) for item in items)
