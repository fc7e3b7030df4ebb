"""Plain texts: what is read from their first lines, and what is left alone. No database."""

import datetime
import gzip
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.pipeline.formats import find_format
from articles.pipeline.formats.plain_text import PlainText
from articles.pipeline.formats.texts.text_head import read_head
from articles.pipeline.formats.texts.written_dates import written_day
from articles.pipeline.reading.files import open_files
from articles.pipeline.records import ArticleRecord, Problem
from articles.pipeline.text import with_headline_and_summary

from .corpora import CORPORA, needs_corpora
from .test_dated_text import input_file

LEAD = "The ferry ran on time on Thursday, the harbour master said."
LONG = "The harbour master said on Thursday that the ferry had run on time, " * 4


def parse(content):
    return list(PlainText().parse(input_file(content, "ferry.txt")))


def parse_one(content):
    (record,) = parse(content)
    assert isinstance(record, ArticleRecord), str(record)
    return record


class TestHeadline:
    @pytest.mark.parametrize("text", [f"Ferry runs on time\n\n{LEAD}", f"\n\nFerry runs on time\n{LEAD}\n"])
    def test_a_short_first_line_is_the_headline(self, text):
        record = parse_one(text)
        assert (record.headline, record.body) == ("Ferry runs on time", LEAD)

    @pytest.mark.parametrize(
        "line", ["Will the ferry run?", "‘It runs!’", "Ferry no. 3", "Ferry: the long wait", "On and on...", "Nō"]
    )
    def test_other_marks_than_a_full_stop_may_end_it(self, line):
        assert parse_one(f"{line}\n\n{LEAD}").headline == line

    @pytest.mark.parametrize(
        "line",
        [
            LEAD,
            "“It ran,” he said.”",
            "So he said:",
            "- milk",
            "x" * 200,
            "42",
            "The ferry ran on time\nand was full.\n",
        ],
    )
    def test_a_first_line_that_is_text_or_a_list_is_none(self, line):
        record = parse_one(f"{line}\n\n{LEAD}")
        assert record.headline == ""
        assert len(record.body.split("\n\n")) > 1

    def test_a_line_alone_is_the_text(self):
        assert (parse_one("Ferry runs on time\n").headline, parse_one("Ferry runs on time\n").body) == (
            "",
            "Ferry runs on time",
        )

    def test_the_first_line_of_a_broken_paragraph_is_no_headline(self):
        text = (
            "The harbour master said on Thursday that the ferry\nCastor had run on time for the first time since\nMay."
        )
        record = parse_one(text)
        assert (record.headline, record.body) == ("", text.replace("\n", " "))
        assert with_headline_and_summary(record).headline.startswith("The harbour master said")

    def test_a_line_under_the_headline_is_dropped(self):
        record = parse_one(f"Ferry runs on time\n==================\n{LEAD}")
        assert (record.headline, record.body) == ("Ferry runs on time", LEAD)


class TestFields:
    def test_what_stands_above_the_text_is_read(self):
        text = f"https://example.org/ferry\n\nFerry runs on time\n\nBy Ada Moreau and Bo Li\nMarch 21, 2024\n\n{LEAD}"
        record = parse_one(text)
        assert (record.url, record.headline) == ("https://example.org/ferry", "Ferry runs on time")
        assert (record.byline, record.published_on) == ("By Ada Moreau and Bo Li", datetime.date(2024, 3, 21))
        assert (record.body, record.published_at) == (LEAD, None)

    def test_labelled_lines_are_read_in_any_order(self):
        text = f"Title: Ferry: on time.\nDATE: 21 March 2024\nAuthor: Ada Moreau\nURL: <https://example.org/f>\n{LEAD}"
        record = parse_one(text)
        assert (record.headline, record.byline) == ("Ferry: on time.", "Ada Moreau")
        assert (record.url, record.published_on.isoformat()) == ("https://example.org/f", "2024-03-21")
        assert record.body == LEAD

    @pytest.mark.parametrize(
        "line",
        [
            "Published: 21 March 2024",
            "Published on 21 March 2024",
            "Posted March 21st, 2024",
            "Thursday, 21 March 2024",
            "Thu, Mar. 21, 2024, 10:30 GMT",
            "21-MAR-2024",
            "21 March 2024 at 6:15 p.m.",
            "date: 2024-03-21",
        ],
    )
    def test_a_day_with_the_name_of_its_month_is_the_date(self, line):
        record = parse_one(f"Ferry runs on time\n{line}\n\n{LEAD}")
        assert (record.published_on, record.body) == (datetime.date(2024, 3, 21), LEAD)

    @pytest.mark.parametrize(
        "line",
        ["Published: 03/04/2024", "March 2024", "Date: soon", "30 February 2024", "21 March 24", "21 Murch 2024"],
    )
    def test_what_names_no_day_is_left_in_the_text(self, line):
        record = parse_one(f"Ferry runs on time\n\n{line}\n\n{LEAD}")
        assert record.published_on is None
        assert record.body.startswith(line)

    def test_a_time_with_its_zone_is_read_to_the_minute(self):
        record = parse_one(f"Ferry runs on time\nPublished: 2024-03-21T23:30:00-08:00\n\n{LEAD}")
        assert record.published_at == datetime.datetime.fromisoformat("2024-03-21T23:30:00-08:00")
        assert record.published_on == datetime.date(2024, 3, 21)

    @pytest.mark.parametrize(
        ("dateline", "day"),
        [
            ("RIVERTON, March 21, 2024 (Agency) - ", datetime.date(2024, 3, 21)),
            ("Riverton, Lowland, Mar 21 2024 (AGY) – ", datetime.date(2024, 3, 21)),
            ("RIVERTON, 21 March 2024: ", datetime.date(2024, 3, 21)),
            ("CAIRO – 26 July 2022: ", datetime.date(2022, 7, 26)),
            ("CAIRO - July 26, 2022 (AGY) – ", datetime.date(2022, 7, 26)),
            ("القاهرة، 21 آذار 2024 - ", datetime.date(2024, 3, 21)),
            ("بيروت – 2 تشرين الثاني 2023: ", datetime.date(2023, 11, 2)),
            ("LONDON, March 21 (Agency) - ", None),
            ("The vote – 26 were for it: ", None),
            ("On the pier, on May 3, 2019, he said, ", None),
        ],
    )
    def test_a_dateline_stays_and_gives_the_day_if_it_names_the_year(self, dateline, day):
        record = parse_one(f"Ferry runs on time\n\n{dateline}{LEAD}")
        assert record.published_on == day
        assert record.body == dateline.strip() + " " + LEAD

    @pytest.mark.parametrize(
        "line",
        ["By ADA MOREAU", "By Ada de la Cruz, Bo Li and Cy O’Dea", "By Ada Moreau in London", "By: The ferry desk"],
    )
    def test_a_byline_is_read(self, line):
        assert parse_one(f"Ferry runs on time\n{line}\n{LEAD}").byline == line.removeprefix("By: ")

    @pytest.mark.parametrize("line", ["By Monday all was well", "By the sea", "By 2030, Ada Moreau will be", "By Ada"])
    def test_a_sentence_that_begins_with_by_is_text(self, line):
        assert parse_one(f"Ferry runs on time\n\n{line}.\n\n{LEAD}").byline == ""

    def test_a_field_counts_once(self):
        record = parse_one(f"21 March 2024\n\nFerry\n\n22 March 2024\n\n{LEAD}")
        assert (record.published_on.day, record.body) == (21, f"22 March 2024\n\n{LEAD}")

    def test_only_the_first_lines_are_read(self):
        record = parse_one(f"Ferry\n\n{LEAD}\n\nBy Ada Moreau\n\nhttps://example.org/ferry")
        assert (record.byline, record.url) == ("", "")


class TestText:
    def test_broken_lines_become_paragraphs(self):
        text = "Ferry\n\nThe ferry ran on time on Thursday for the first\ntime since May, and\n\nit was full."
        assert (
            parse_one(text).body
            == "The ferry ran on time on Thursday for the first time since May, and\n\nit was full."
        )

    def test_without_blank_lines_each_long_line_is_a_paragraph(self):
        assert parse_one(f"Ferry\n{LONG}\n{LONG}").body == f"{LONG.strip()}\n\n{LONG.strip()}"

    def test_marks_of_markdown_are_text(self):
        assert parse_one(f"A * B\n\n# {LEAD}\n\n<b>*x*</b>").body == rf"\# {LEAD}" + "\n\n" + r"\<b\>\*x\*\</b\>"

    def test_numbers_of_characters_are_read(self):
        assert parse_one(f"Caf&#233;\n\n{LEAD} &lt;&#0;").headline == "Café"

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
    def test_encodings_and_line_ends(self, encoding):
        record = parse_one(f"Café\r\n\r\n{LEAD}\r\n".encode(encoding))
        assert (record.headline, record.body) == ("Café", LEAD)


class TestFiles:
    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (LEAD, "ferry.txt"),
            ("Ferry", "FERRY.TXT"),
            (LEAD, "standard input"),
            (f"Ferry\n\n{LEAD}", "ferry.story"),
            ("Une fête à Zürich, où il y avait du monde et du café.".encode("cp1252"), "fete.txt"),
        ],
    )
    def test_a_text_is_recognised_when_nothing_else_is(self, content, name):
        assert find_format(input_file(content, name)).name == "plain_text"

    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + LEAD.encode(), "ferry.png"),
            (gzip.compress(LEAD.encode() * 50, mtime=0), "ferry.txt"),
            (bytes(range(1, 256)) * 20, "ferry.txt"),
            (random.Random(1).randbytes(5000), "ferry"),
            ("EU NNP B-ORG\nrejects VBZ O\n", "ferry.iob"),
            ("1 qid:1 1:0.53 2:0.11 3:0.97 # the ferry ran on time, the harbour master said\n", "ferry.svm"),
            (f'ferry = "{LEAD}"', "ferry.py"),
            (f"- name: {LEAD}", "ferries.yaml"),
            ("", "ferry.txt"),
            (" \n", "ferry.txt"),
            ("12 34\n56 78\n", "ferry.txt"),
        ],
    )
    def test_what_is_no_text_is_not(self, content, name):
        assert not PlainText().recognises(input_file(content, name))

    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            (b"Ferry\0\0\0", "ferry.txt: The file is not text. Save it as plain text, or name another --format."),
            (" \n\n", "ferry.txt: The file is empty. Write a text, or leave it out."),
        ],
    )
    def test_a_file_that_is_insisted_on_but_no_text_is_reported(self, content, problem):
        (item,) = parse(content)
        assert isinstance(item, Problem)
        assert str(item) == problem

    @pytest.mark.parametrize(
        "line", ["By " + "A " * 400, "By " + "Aa, " * 300, "A" + " a" * 500 + ", ", "Published " * 90]
    )
    def test_no_line_takes_long(self, line):
        began = time.process_time()
        read_head([line, "", LEAD])
        assert time.process_time() - began < 1


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(["", " ", "By Ada Li", "Title: x", "21 May 2024", "http://a.b", "===", LEAD, "\u2028", "a"])
    )
)
def test_the_lines_that_are_left_are_the_last_ones(lines):
    left = read_head(lines).lines
    assert left == [line.rstrip() for line in lines][len(lines) - len(left) :]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_nothing_breaks_the_parser(data):
    assert all(isinstance(item, Problem | ArticleRecord) for item in parse(data))


@given(
    st.dates(datetime.date(1400, 1, 1), datetime.date(2199, 12, 31)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%d-%b-%Y"]),
)
def test_every_day_is_read_as_it_is_written(day, form):
    assert written_day(day.strftime(form)) == day


@needs_corpora
class TestCorpora:
    def test_articles_with_their_headlines_on_the_first_line(self):
        records = [parse_file(file) for file in open_files([str(CORPORA / "bbc" / "tech")])]
        assert len(records) > 300
        assert sum(not record.headline for record in records) <= len(records) / 100
        assert all(record.body and record.published_on is None for record in records)

    def test_articles_with_their_address_on_the_first_line(self):
        records = [parse_file(file) for file in open_files([str(CORPORA / "worldwide_newswire" / "original_articles")])]
        assert len(records) > 500
        assert all(record.url and record.body and record.url not in record.body for record in records)


def parse_file(file):
    assert PlainText().recognises(file), file.name
    (record,) = PlainText().parse(file)
    return record
