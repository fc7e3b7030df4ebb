"""Markdown files: what the keys above the text become, and what is made of HTML inside it. No database."""

import datetime
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.body import render_body
from articles.pipeline.formats import find_format
from articles.pipeline.formats.markdown_text import MarkdownText
from articles.pipeline.formats.texts.embedded_html import without_html
from articles.pipeline.limits import within_limits
from articles.pipeline.records import ArticleRecord, Note, Problem, Tag

from .test_dated_text import input_file

LEAD = "The ferry ran *on time*."
EVERYTHING = """---
title: "Ferry: on time"
date: 2024-03-21 23:30:00 -0800
author:
  - Ada Moreau
  - name: Bo Li
    email: bo@example.org
description: It ran.
lang: en_GB
link: https://example.org/ferry
publisher: The Daily Test
id: 012
copyright: CC BY
tags: [ferries, the sea]
categories: transport, weather
people:
  - Cy Dent
places: Riverton
---

# Ferry: on time

The ferry ran *on time*.

## Later

It came back.
"""


def parse(content, name="ferry.md"):
    return list(MarkdownText().parse(input_file(content, name)))


def parse_one(content):
    (record,) = parse(content)
    assert isinstance(record, ArticleRecord), str(record)
    return record


def with_front(front, text=LEAD):
    return f"---\n{front}\n---\n{text}\n"


class TestFields:
    def test_every_key_arrives(self):
        record = parse_one(EVERYTHING)
        assert (record.headline, record.summary) == ("Ferry: on time", "It ran.")
        assert (record.byline, record.language, record.rights) == ("Ada Moreau, Bo Li", "en-GB", "CC BY")
        assert (record.source, record.external_id) == ("The Daily Test", "012")
        assert record.url == "https://example.org/ferry"
        assert record.published_on == datetime.date(2024, 3, 21)
        assert record.published_at == datetime.datetime.fromisoformat("2024-03-21T23:30:00-08:00")
        assert record.tags == (
            Tag("topic", "ferries"),
            Tag("topic", "the sea"),
            Tag("topic", "transport"),
            Tag("topic", "weather"),
            Tag("person", "Cy Dent"),
            Tag("place", "Riverton"),
        )
        assert record.body.strip() == "The ferry ran *on time*.\n\n## Later\n\nIt came back."

    def test_a_text_without_front_matter_is_an_article(self):
        record = parse_one(LEAD)
        assert (record.headline, record.body, record.published_on) == ("", LEAD, None)

    @pytest.mark.parametrize("heading", ["# A `quiet` day", "\n# A *quiet* day #", "A quiet day\n==="])
    def test_the_first_heading_is_the_headline_if_there_is_no_other(self, heading):
        record = parse_one(f"{heading}\n\n{LEAD}\n\n# Not this")
        assert record.headline.replace("`", "") == "A quiet day"
        assert record.body == f"{LEAD}\n\n# Not this"

    def test_a_heading_that_is_not_the_headline_stays(self):
        assert parse_one(with_front("title: Ferry", f"# Part one\n\n{LEAD}")).body.startswith("# Part one")
        assert parse_one(f"{LEAD}\n\n# Part two").headline == ""

    @pytest.mark.parametrize("front", ["language: no", "lang: no", "locale: 'no'"])
    def test_norwegian_is_a_language(self, front):
        assert parse_one(with_front(front)).language == "no"

    @pytest.mark.parametrize("value", ["", "~", "null", "[]", "''"])
    def test_an_empty_value_is_none(self, value):
        record = parse_one(with_front(f"title: {value}\ntags: {value}\nauthor: {value}\ndate: {value}"))
        assert (record.headline, record.tags, record.byline, record.published_on) == ("", (), "", None)

    def test_the_first_key_with_a_value_counts(self):
        record = parse_one(with_front("id:\nslug: ferry\nTitle: Ferry\nheadline: Boat\nsource: https://example.org/f"))
        assert (record.external_id, record.headline, record.source) == ("ferry", "Ferry", "")
        assert record.url == "https://example.org/f"

    @pytest.mark.parametrize("date", ["2024-03-21", "March 21, 2024", "Thu, 21 Mar 2024 10:00:00 +0100", "'20240321'"])
    def test_dates_are_read_as_they_are_written(self, date):
        assert parse_one(with_front(f"date: {date}")).published_on == datetime.date(2024, 3, 21)

    @pytest.mark.parametrize("date", ["2024-03", "03/04/2024", "March 2024", "2024-02-30", "soon"])
    def test_a_date_that_names_no_day_is_noted(self, date):
        note, record = parse(with_front(f"pubDate: {date}"))
        assert isinstance(note, Note)
        assert str(note) == f"ferry.md: The date “{date}” names no day; the article goes in without one."
        assert record.published_on is None

    def test_unknown_keys_are_named_once(self):
        note, record = parse(with_front("title: Ferry\nlayout: post\ncolour: blue\nmood:\n  - calm"))
        assert str(note) == "ferry.md: These keys are not read: colour, mood."
        assert record.headline == "Ferry"

    def test_many_unknown_keys_are_not_all_named(self):
        note, _ = parse(with_front("\n".join(f"key{number}: x" for number in range(14))))
        assert str(note).endswith("key8, key9 and 4 more.")

    @pytest.mark.parametrize("mark", ["draft: true", "published: false", "Draft: yes"])
    def test_a_draft_is_not_imported(self, mark):
        (problem,) = parse(with_front(mark))
        assert str(problem) == "ferry.md: The article is marked as a draft. Remove the mark when it may be published."

    def test_published_true_is_no_date(self):
        assert parse_one(with_front("published: true\ndate: 2024-03-21")).published_on == datetime.date(2024, 3, 21)


class TestYaml:
    @pytest.mark.parametrize(
        ("front", "line", "reason"),
        [
            ("title: Ferry: late\ndate: x", 2, "mapping values are not allowed here"),
            ("title: Ferry\ntags: [a, b", 4, "expected ',' or ']'"),
            ("title: &ferry x\nsummary: *ferry", 3, "aliases are not read"),
            ("title: \x01", 2, None),
            ("? [a, b]\n: c", 2, "found unhashable key"),
            ("- " * 5000, 1, None),
        ],
    )
    def test_bad_yaml_is_reported_with_its_line(self, front, line, reason):
        items = parse(with_front(front))
        if reason is None:
            assert all(isinstance(item, Problem | ArticleRecord) for item in items)
            return
        (problem,) = items
        assert (problem.position.line, problem.advice[:7]) == (line, "Correct")
        assert problem.reason.startswith(f"The front matter is not valid YAML ({reason}")

    def test_aliases_that_multiply_take_no_time(self):
        bomb = "a: &a [x, x]\n" + "\n".join(
            f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]" for n in range(20)
        )
        began = time.process_time()
        (problem,) = parse(with_front(bomb))
        assert "aliases are not read" in problem.reason
        assert time.process_time() - began < 1

    def test_tags_of_yaml_make_nothing(self):
        (record,) = parse(with_front("title: !!python/object/apply:os.getcwd []\nsummary: !x y"))
        assert (record.headline, record.summary) == ("", "y")

    def test_front_matter_that_is_too_long_is_refused(self):
        (problem,) = parse(with_front("title: x" + "\n# remark" * 20_000))
        assert problem.reason == "The front matter is longer than 100,000 characters."

    @pytest.mark.parametrize("text", [f"---\n\n{LEAD}", f"---\nA line of text\n---\n\n{LEAD}", "---\n- a\n---\nx"])
    def test_ornaments_are_no_front_matter(self, text):
        assert parse_one(text).body == text


class TestHtml:
    @pytest.mark.parametrize(
        ("markdown", "expected"),
        [
            ("Some <b>bold</b>, <EM class='x'>other</EM> <span>text</span>.", "Some **bold**, *other* text."),
            ('<div class="x">\n<p>Hello <b>you</b></p>\n</div>\n\nMore.', "Hello **you**\n\nMore."),
            ('See <a href="https://example.org/a" target="_blank">this</a>.', "See [this](https://example.org/a)."),
            ("One<br>\ntwo<br/>three", "One  \ntwo  \nthree"),
            ("# A<br>B", "# A B"),
            ("| a | b<br>c |\n|---|---|\n| <b>x</b> | y |", "| a | b c |\n|---|---|\n| **x** | y |"),
            ("- <i>x</i>\n- <div>y</div>\n\n> <p>z</p>", "- *x*\n- y\n\n> z"),
            ("A <script>alert('x')</script> B <!-- hidden --> C", "A  B  C"),
            ("<script>\nalert(1)\n\n</script>\n\nText.", "Text."),
            ("<!-- hidden -->\n\nText.", "Text."),
            ("![Picture](p.jpg) A ![x](y \"z\") B [![p](q)](https://example.org) C", " A  B  C"),
        ],
    )  # fmt: skip
    def test_html_becomes_markdown_and_pictures_go(self, markdown, expected):
        assert without_html(markdown) == expected

    @pytest.mark.parametrize(
        "markdown",
        [
            "Tags are `<b>` and ``<i> ` </i>`` here.",
            "```html\n<div>x</div>\n```",
            "    <p>code</p>",
            "<https://example.org> and <me@example.org>",
            "Riverton Gas <RVG> rose, 3 < 4 > 2.",
            r"Not a tag: \<b>, nor a picture: \![x](y)",
        ],
    )
    def test_code_addresses_and_other_brackets_stay(self, markdown):
        assert without_html(markdown) == markdown

    def test_nothing_of_a_script_is_left_on_the_page(self):
        record = within_limits(parse_one('# Ferry\n\nA<script src="x">y()</script>\n\n<iframe src="z"></iframe>\n\nB'))
        assert render_body(record.body) == "<p>A</p>\n<p>B</p>\n"

    @pytest.mark.parametrize("piece", ["<", "<a ", "<b>", "![", "``a", "<!--", "<script>", "[![a](", "<br", "|a<b>"])
    def test_no_repetition_takes_long(self, piece):
        began = time.process_time()
        without_html(piece * (60_000 // len(piece)))
        assert time.process_time() - began < 5


class TestFiles:
    @pytest.mark.parametrize(
        ("content", "name"),
        [(LEAD, "ferry.md"), (LEAD, "FERRY.MARKDOWN"), (EVERYTHING, "ferry.txt"), (EVERYTHING, "standard input")],
    )
    def test_it_is_recognised_by_its_name_or_its_front_matter(self, content, name):
        assert find_format(input_file(content, name)).name == "markdown_text"

    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (LEAD, "ferry.txt"),
            ("---\ntitle: a\n---\ntitle: b", "a.yaml"),
            ("---\n- a\n---\nx", "a.txt"),
            (b"\0", "a.md"),
        ],
    )
    def test_other_files_are_not(self, content, name):
        assert not MarkdownText().recognises(input_file(content, name))

    def test_windows_line_ends(self):
        assert parse_one(EVERYTHING.replace("\n", "\r\n")) == parse_one(EVERYTHING)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="-:#<>ab \n[]{}&*!'\"|`/", max_size=80), st.text(alphabet="#=<>/ab \n`![]()-|", max_size=80))
def test_nothing_breaks_the_parser(front, text):
    items = parse(f"---\n{front}\n---\n{text}")
    assert all(isinstance(item, Problem | ArticleRecord | Note) for item in items)
