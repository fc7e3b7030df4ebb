"""JSON documents of any size and shape: lists, lists inside objects, single objects, broken ones. No database."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.pipeline.formats import find_format
from articles.pipeline.formats.json_array import JsonArray
from articles.pipeline.formats.tables import json_window
from articles.pipeline.formats.tables.json_elements import is_wrapped, read_elements
from articles.pipeline.records import ArticleRecord, Note, Problem

from .test_dated_text import input_file

DEEP = "[" * 100_000 + "]" * 100_000


def parse(text, fields=None):
    return list(JsonArray(fields).parse(input_file(text, "news.json")))


def headlines(text):
    """The headlines that are read, with the sentences of what is not."""
    items = [item for item in parse(text) if not isinstance(item, Note)]
    return [item.headline if isinstance(item, ArticleRecord) else str(item) for item in items]


def elements(text, size=None):
    """What is read, from pieces of a size."""
    pieces = [text[place : place + size] for place in range(0, len(text), size)] if size else [text]
    items = read_elements(iter(pieces), "news.json")
    return [item if isinstance(item, Problem) else (item[0].line, item[1]) for item in items]


class TestShapes:
    @pytest.mark.parametrize("indent", [None, 2])
    def test_a_list_of_articles_is_read_in_its_order(self, indent):
        text = json.dumps([{"headline": "One"}, {"headline": "Two"}, {"headline": "Three"}], indent=indent)
        assert headlines(text) == ["One", "Two", "Three"]

    def test_each_article_has_the_line_where_it_begins(self):
        records = parse('[\n  {\n    "headline": "One"\n  },\n\n  {\n    "headline": "Two"\n  }\n]')
        assert [str(record.position) for record in records] == ["news.json:2", "news.json:6"]

    def test_one_article_may_be_the_whole_document(self):
        (record,) = parse('{\n  "headline": "One",\n  "topics": ["weather"]\n}\n')
        assert (record.headline, record.tags[0].name) == ("One", "weather")

    def test_objects_may_follow_each_other(self):
        assert headlines('{\n "headline": "One"\n}\n{\n "headline": "Two"\n}\n[{"headline": "Three"}]') == [
            "One",
            "Two",
            "Three",
        ]

    @pytest.mark.parametrize(
        "answer",
        [
            {"status": "ok", "totalResults": 2, "articles": ...},
            {"response": {"status": "ok", "docs": ..., "meta": {"hits": 2}}},
            {"version": "https://jsonfeed.org/version/1.1", "title": "All the news", "items": ...},
            {"hits": {"total": 2, "hits": ...}},
            {"meta": {"title": "Export"}, "data": {"page": 1, "results": ...}, "links": {"next": None}},
        ],
    )
    @pytest.mark.parametrize("indent", [None, 1])
    def test_the_list_may_be_inside_of_what_a_service_answers(self, answer, indent):
        articles = [{"title": "One", "url": "https://example.org/1"}, {"title": "Two"}]
        text = json.dumps(_filled(answer, articles), indent=indent)
        assert find_format(input_file(text)).name == "json_array"
        assert headlines(text) == ["One", "Two"]

    def test_several_lists_of_any_name_are_read_if_their_objects_are_articles(self):
        article = {"title": "Goal", "text": "They won."}
        text = json.dumps({"sports": [article], "authors": [{"name": "Ada", "title": "Reporter"}], "local": [article]})
        assert headlines(text) == ["Goal", "Goal"]

    @pytest.mark.parametrize(
        "article",
        [
            {"headline": "One", "items": [{"x": 1}]},
            {"authors": [{"name": "Ada", "title": "Reporter"}], "title": "One"},
            {"comments": [{"text": "Nice!", "title": "x"}], "title": "One", "content": "Two."},
            {"related": [{"title": "x", "url": "https://example.org"}], "title": "One", "text": "Two."},
        ],
    )
    def test_the_lists_of_an_article_are_no_articles(self, article):
        assert not is_wrapped(json.dumps(article))
        assert headlines(json.dumps(article, indent=1)) == ["One"]


def _filled(answer, articles):
    if answer is ...:
        return articles
    return {key: _filled(value, articles) for key, value in answer.items()} if isinstance(answer, dict) else answer


class TestRecognised:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ('[{"headline": "x"}]', "json_array"),
            (' [\n {\n  "headline": "x"', "json_array"),
            ('{\n  "headline": "x"\n}', "json_array"),
            ('{"headline": "x",\n "body": "y"}', "json_array"),
            ('{"headline": "x"}', "json_lines"),
            ('{"headline": "x"}\n{"headline": "y"}', "json_lines"),
            ('{"headline": "x"\n{"headline": "y"}', "json_lines"),
            ('{"headline": "' + "x" * 70_000, "json_lines"),
        ],
    )
    def test_documents_are_told_from_lines(self, text, name):
        assert find_format(input_file(text)).name == name

    @pytest.mark.parametrize("text", ["[]", "[1, 2]", '["x"]', "[[1]]", "[Editor's note] x", "{{ title }}", ""])
    def test_other_texts_are_not_recognised(self, text):
        assert not JsonArray().recognises(input_file(text))


class TestBroken:
    def test_behind_a_broken_article_the_next_is_read(self):
        text = '[\n{"headline": "One"},\n{"headline": oops},\n{"headline": "Two"}\n]'
        assert headlines(text) == [
            "One",
            "news.json:3: The JSON is broken here (Expecting value). "
            "Correct it; the articles before and behind were read.",
            "Two",
        ]

    @pytest.mark.parametrize(
        "broken",
        [
            '{"headline": }',
            '{"headline": "x",, "y": 1}',
            '{headline: "x"}',
            '{"headline": "x" "body": "y"}',
            '{"headline": "x", "tags": ["a" "b"]}',
            '{"headline": "a \\x b"}',
            '{"headline": "not closed}',
            '{"x": ' + "9" * 5_000 + "}",
            '{"x": ' + DEEP + "}",
            DEEP,
        ],
        ids=range(10),
    )
    def test_whatever_is_broken_costs_one_article(self, broken):
        first, problem, last = headlines('[\n{"headline": "One"},\n' + broken + ',\n{"headline": "Two"}\n]')
        assert (first, last) == ("One", "Two")
        assert "The JSON is broken here (" in problem

    def test_what_is_no_object_is_a_problem_in_its_place(self):
        found = headlines('[{"headline": "One"}, 3, "x", null, {"headline": "Two"}]')
        assert (found[0], found[-1]) == ("One", "Two")
        assert found[1:4] == ['news.json:1: This is JSON, but no object. An article looks like {"headline": "…"}.'] * 3

    def test_missing_and_superfluous_commas_do_no_harm(self):
        assert headlines('[{"headline": "One"} {"headline": "Two"},,]') == ["One", "Two"]

    @pytest.mark.parametrize("end", ["", ",", ',{"headline": "Tw', ',{"headline"', ',{"headline": "Two", "tags": ['])
    def test_that_the_file_is_cut_off_is_said(self, end):
        found = headlines('[{"headline": "One"}' + end)
        assert found[0] == "One"
        assert len(found) == 2
        assert "does not end" in found[1] or "broken here" in found[1]

    def test_a_cut_off_answer_of_a_service_is_read_as_far_as_it_goes(self):
        found = headlines('{"status": "ok", "articles": [{"title": "One"}, {"title": "Two"}')
        assert found[:2] == ["One", "Two"]
        assert "The list does not end." in found[2]
        assert len(found) == 3

    def test_text_behind_the_end_is_a_problem(self):
        assert headlines('[{"headline": "One"}]\nThe end.') == [
            "One",
            "news.json:2: This is not JSON. The file should hold a list of objects, or one object.",
        ]

    def test_an_article_that_is_too_large_ends_the_file(self, monkeypatch):
        monkeypatch.setattr(json_window, "LONGEST_VALUE", 1_000)
        text = '[{"headline": "One"}, {"headline": "' + "x" * 5_000 + '"}]'
        first, problem = elements(text, size=100)
        assert first == (1, {"headline": "One"})
        assert "(it does not end), and what follows could not be read" in problem.reason

    def test_a_line_end_inside_of_a_string_is_kept(self):
        (record,) = parse('[{"headline": "One", "body": "Two.\n\nThree."}]')
        assert record.body == "Two.\n\nThree."


class TestFields:
    def test_a_wrong_name_is_refused_before_reading(self):
        (problem,) = parse('[{"title": "One"}]', {"headline": "titel"})
        assert str(problem) == (
            "news.json: There is no “titel” to read headline from. Correct --field headline=…; there are “title”."
        )

    def test_a_field_inside_of_an_object_can_be_named(self):
        text = '{"response": {"docs": [{"headline": {"main": "One", "kicker": "x"}, "when": {"day": "2024/03/21"}}]}}'
        record, *_ = parse(text, {"headline": "headline.main", "published_on": "when.day"})
        assert (record.headline, str(record.published_on)) == ("One", "2024-03-21")


values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=10)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=8,
)
objects = st.lists(st.dictionaries(st.text(max_size=5), values, max_size=4), max_size=5)


@settings(max_examples=300, deadline=None)
@given(objects, st.integers(1, 30), st.sampled_from([None, 2]), st.booleans())
def test_every_list_comes_back_whatever_the_size_of_the_pieces(written, size, indent, is_ascii):
    text = json.dumps(written, indent=indent, ensure_ascii=is_ascii)
    assert [data for _, data in elements(text, size)] == written


@settings(max_examples=300, deadline=None)
@given(objects, st.integers(1, 30), st.data())
def test_the_lines_are_those_of_the_text(written, size, data):
    gaps = st.sampled_from(["", " ", "\n", "\n\n"])
    text, expected = "[", []
    for number, value in enumerate(written):
        text += ("," if number else "") + data.draw(gaps)
        expected.append(text.count("\n") + 1)
        text += json.dumps(value, indent=1)
    assert [line for line, _ in elements(text + "\n]", size)] == expected


@settings(max_examples=400, deadline=None)
@given(st.text(st.sampled_from('{}[]",:\\ \n1tru"a'), max_size=60), st.integers(1, 20))
def test_no_text_breaks_the_reading_nor_holds_it_up(text, size):
    for start in ("", "[", '{"articles": [', '[{"headline": "x"},'):
        assert all(isinstance(item, Problem | tuple) for item in elements(start + text, size))
        assert all(isinstance(item, Problem | ArticleRecord | Note) for item in parse(start + text))
