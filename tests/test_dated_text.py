"""Files that begin with “date 2024-03-21”: what becomes of their lines. No database."""

import codecs
import datetime
import io
import time
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.body import render_body
from articles.markdown import plain_text
from articles.pipeline.formats import find_format
from articles.pipeline.formats.dated_text import DatedText
from articles.pipeline.reading.files import InputFile
from articles.pipeline.records import ArticleRecord, Problem
from articles.pipeline.text import HEADLINE_LENGTH, with_headline_and_summary

from .test_markdown_and_body import shown


def input_file(content, name="news.txt"):
    data = content if isinstance(content, bytes) else content.encode()
    return InputFile(name, io.BufferedReader(io.BytesIO(data), 65_536))


def parse(content):
    return list(DatedText().parse(input_file(content)))


def parse_one(content):
    (record,) = parse(content)
    assert isinstance(record, ArticleRecord), str(record)
    return record


def blocks(content):
    return parse_one(content).body.split("\n\n")


class TestDateLine:
    @pytest.mark.parametrize(
        "line",
        [" date 2024-03-21 Lead.", "date 2024-03-21 Lead.", "Date\t2024-3-21   Lead.", "   DATE 2024-03-21 Lead."],
    )
    def test_the_lead_follows_the_date(self, line):
        record = parse_one(line)
        assert (record.published_on, record.body) == (datetime.date(2024, 3, 21), "Lead.")

    def test_the_lead_may_stand_below_the_date(self):
        assert blocks(" date 2024-03-21\n\nLead.\n\nMore.") == ["Lead.", "More."]

    @pytest.mark.parametrize(
        "text", ["date", "dates 2024-03-21 Lead.", "date of 2024-03-21", '{"date": 1}', "", "\n\n"]
    )
    def test_other_files_are_not_recognised(self, text):
        assert not DatedText().recognises(input_file(text))

    def test_a_date_line_in_the_middle_of_a_paragraph_is_text(self):
        assert blocks("date 2024-03-21 Lead\ndate 2024-03-22 is near.") == ["Lead date 2024-03-22 is near."]


class TestSeveralArticles:
    def test_each_date_line_after_a_blank_line_begins_an_article(self):
        records = parse("\n date 2024-03-21 One.\n\nMore.\n\n\n date 2024-03-19 Two.\n")
        assert [(record.published_on.day, record.body, str(record.position)) for record in records] == [
            (21, "One.\n\nMore.", "news.txt:2"),
            (19, "Two.", "news.txt:7"),
        ]

    def test_an_impossible_date_is_reported_and_the_rest_goes_on(self):
        first, bad, last = parse("date 2024-03-21 One.\n\ndate 2024-02-30 Two.\n\ndate 2024-03-19 Three.")
        assert (first.body, last.body) == ("One.", "Three.")
        assert str(bad) == (
            "news.txt:3: “2024-02-30” is not a date. Write it as year-month-day, for example 2024-03-21."
        )

    @pytest.mark.parametrize("date", ["21/03/2024", "2024-13-01", "03-04-2024", "0024-03-21", "2300-01-01"])
    def test_a_date_is_never_guessed(self, date):
        (problem,) = parse(f"date {date} Lead.")
        assert isinstance(problem, Problem)
        assert problem.position.line == 1

    def test_a_date_without_a_text_is_reported(self):
        problem, record = parse("date 2024-03-21\n\nAdvertisement\n\ndate 2024-03-22 Lead.")
        assert problem.reason == "There is no text after the date."
        assert record.body == "Lead."

    def test_a_text_without_a_date_is_reported_where_the_format_was_named(self):
        problem, record = parse("No date here.\n\ndate 2024-03-22 Lead.")
        assert problem.reason == "The text does not begin with a date."
        assert record.body == "Lead."


class TestHeadings:
    def test_a_short_line_between_paragraphs_is_a_heading(self):
        assert blocks("date 2024-03-21 Lead.\n\nWhat Comes Next\n\nNobody knows.") == [
            "Lead.",
            "## What Comes Next",
            "Nobody knows.",
        ]

    def test_the_first_and_the_last_paragraph_are_no_headings(self):
        assert blocks("date 2024-03-21 A short lead\n\nText.\n\nReporting by Ada Moreau") == [
            "A short lead",
            "Text.",
            "Reporting by Ada Moreau",
        ]

    @pytest.mark.parametrize("line", ["He left.", "Why?", "“So it is”", "one, two,", "x" * 101, "two\nlines"])
    def test_a_sentence_a_long_line_and_two_lines_are_no_headings(self, line):
        assert "##" not in parse_one(f"date 2024-03-21 Lead.\n\n{line}\n\nEnd.").body


class TestAdvertising:
    @pytest.mark.parametrize(
        "line",
        [
            "Advertisment",
            "Advertisement",
            "ADVERTISEMENT",
            "advertisements",
            "- Advertisement -",
            "[Advertisement]",
            "Article continues below advertisement",
            "Story continues after this advertisement",
            "Advertisement. Scroll to continue reading.",
            "Sponsored content",
        ],
    )
    def test_an_advertising_marker_is_dropped(self, line):
        assert blocks(f"date 2024-03-21 Lead.\n\n{line}\n\nText.\n{line}\nMore.") == ["Lead.", "Text. More."]

    def test_a_sentence_about_advertising_stays(self):
        text = "Advertisement revenue fell."
        assert blocks(f"date 2024-03-21 Lead.\n\n{text}\n\nEnd.")[1] == text

    def test_a_long_line_of_dashes_takes_no_time(self):
        start = time.process_time()
        parse("date 2024-03-21 Lead.\n\nadvertisement" + "-" * 100_000 + "x")
        assert time.process_time() - start < 3


class TestEncodings:
    TEXT = " date 2024-03-21 Zürich – “quoted”.\n\nWhat Comes Next\n\nThe end."
    EXPECTED = ["Zürich – “quoted”.", "## What Comes Next", "The end."]

    @pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
    def test_all_kinds_of_line_ends_are_read(self, ends):
        assert blocks(self.TEXT.replace("\n", ends)) == self.EXPECTED

    @pytest.mark.parametrize(
        "data",
        [
            TEXT.encode(),
            TEXT.encode("utf-8-sig"),
            TEXT.encode("cp1252"),
            TEXT.encode("utf-16"),
            codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        ],
        ids=["utf-8", "utf-8 with mark", "windows-1252", "utf-16", "utf-16 big-endian"],
    )
    def test_the_encodings_of_real_files_are_recognised(self, data):
        assert find_format(input_file(data)).name == "dated_text"
        assert blocks(data) == self.EXPECTED

    def test_an_accent_written_apart_is_composed(self):
        assert parse_one("date 2024-03-21 Zu\u0308rich.").body == "Zürich."

    def test_what_no_database_holds_is_left_out(self):
        assert parse_one("date 2024-03-21 A\x00B\x07C.").body == "ABC."

    def test_a_damaged_utf_16_file_is_read_as_far_as_it_goes(self):
        data = codecs.BOM_UTF16_LE + "date 2024-03-21 One ".encode("utf-16-le") + b"\x00\xd8" + b" \x00t\x00w\x00o\x00."
        assert parse_one(data).body.startswith("One")

    def test_only_line_feeds_end_the_lines_of_utf_16(self):
        assert blocks("date 2024-03-21 One\u2028two.\n\nThree.".encode("utf-16")) == ["One\u2028two.", "Three."]


class TestHeadlines:
    def test_the_first_sentence_becomes_headline_and_summary(self):
        record = with_headline_and_summary(parse_one("date 2024-03-21 Mr. Smith met U.S. envoys. They talked.\n\nEnd."))
        assert record.headline == "Mr. Smith met U.S. envoys"
        assert record.summary == "Mr. Smith met U.S. envoys."
        assert record.headline_is_derived

    def test_a_summary_that_only_repeats_the_headline_gives_way_to_the_first_sentence(self):
        record = ArticleRecord(None, headline="Bridge opens", summary="Bridge opens", body="It is open. It is blue.")
        assert with_headline_and_summary(record).summary == "It is open."
        assert with_headline_and_summary(replace(record, body="")).summary == ""
        assert with_headline_and_summary(replace(record, is_complete=True)).summary == "Bridge opens"

    def test_a_long_sentence_is_cut_at_a_clause_or_word(self):
        record = with_headline_and_summary(parse_one("date 2024-03-21 " + "word " * 18 + "clause, " + "more " * 40))
        assert record.headline == "word " * 18 + "clause…"
        assert len(record.summary) <= 300

    @pytest.mark.parametrize("text", [".", "…", "***", "![](https://example.org/x.png)", "## ", "1."])
    def test_a_text_without_words_still_has_a_headline(self, text):
        assert with_headline_and_summary(ArticleRecord(None, body=text)).headline


lines = st.text(st.sampled_from("date 2024-031/.\tABCx#*_[]()<>&\\`~=!?é’“”:;,\r"), max_size=40)
advertising = st.sampled_from(["Advertisment", " date 2024-03-21 x", "date 2024-99-99", "", "", "Heading"])


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(st.one_of(lines, advertising)).map("\n".join)))
@example("date 9999-99-99")
def test_no_text_breaks_the_parser(text):
    for item in DatedText().parse(input_file(text.encode("utf-8", "surrogatepass"))):
        assert isinstance(item, Problem) or with_headline_and_summary(item).headline


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([b"", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"date 2024-03-21 "]))
def test_no_bytes_break_the_parser(data, mark):
    file = input_file(mark + data)
    find_format(file)
    assert all(isinstance(item, Problem | ArticleRecord) for item in DatedText().parse(file))


characters = st.sampled_from("abcXYZ éß’&<>#*_[]()`~|=+-\\!:1")
sentences = st.text(characters, min_size=1).map(str.strip).filter(bool).map(lambda text: f"T{text}.")
headings = st.text(characters, max_size=40).map(lambda text: f"H{text}z")
articles = st.tuples(
    st.dates(datetime.date(1400, 1, 1), datetime.date(2199, 12, 31)),
    st.lists(st.one_of(sentences, headings.map(lambda text: f"## {text}")), max_size=5),
    sentences,
    sentences,
)


@settings(max_examples=300, deadline=None)
@given(st.lists(articles, min_size=1, max_size=4), st.sampled_from(["\n", "\r\n"]))
def test_the_paragraphs_of_an_article_come_back(written, end):
    """Headings are marked "## " here and stand bare in the file."""
    files = [
        f" date {date} " + f"{end}{end}".join([lead, *(text.removeprefix("## ") for text in middle), last])
        for date, middle, lead, last in written
    ]
    records = parse(f"{end}{end}".join(files))
    assert [record.published_on for record in records] == [date for date, *_ in written]
    for record, (_, middle, lead, last) in zip(records, written, strict=True):
        parts = record.body.split("\n\n")
        assert [part.startswith("## ") for part in parts] == [text.startswith("## ") for text in [lead, *middle, last]]
        texts = [text.removeprefix("## ") for text in [lead, *middle, last]]
        assert [plain_text(part) for part in parts] == texts
        assert shown(render_body(record.body)).split() == " ".join(texts).split()


def test_a_headline_is_never_too_long():
    record = with_headline_and_summary(parse_one("date 2024-03-21 " + "x" * 400))
    assert len(record.headline) <= HEADLINE_LENGTH
