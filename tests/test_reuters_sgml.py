"""Reuters-21578: what becomes of dispatches, their tags and their tables. No database."""

import datetime
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.body import render_body
from articles.markdown import plain_text
from articles.pipeline.formats import find_format
from articles.pipeline.formats import reuters_sgml as reuters
from articles.pipeline.formats.texts import reuters_names as names
from articles.pipeline.limits import within_limits
from articles.pipeline.reading.files import open_files
from articles.pipeline.records import ArticleRecord, Note, Problem, Tag

from .corpora import CORPORA, needs_corpora
from .test_dated_text import input_file

COLLECTION = CORPORA / "reuters21578"
DOCTYPE = '<!DOCTYPE lewis SYSTEM "lewis.dtd">\n'
DISPATCH = """<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" CGISPLIT="TRAINING-SET" OLDID="9" NEWID="{number}">
<DATE>{date}</DATE>
<TOPICS><D>nat-gas</D><D>acq</D></TOPICS>
<PLACES><D>west-germany</D><D>usa</D></PLACES>
<PEOPLE><D>james-baker</D><D>perez-de-cuellar</D></PEOPLE>
<ORGS><D>opec</D></ORGS>
<EXCHANGES><D>nyse</D></EXCHANGES>
<COMPANIES></COMPANIES>
<UNKNOWN>
&#5;&#5;&#5;C T
&#22;&#22;&#1;f0001&#31;reute
u f BC-INVENTED-GAS   03-02 0105</UNKNOWN>
<TEXT{kind}>&#2;
{text}
&#3;{end}</TEXT>
</REUTERS>
"""
NORMAL = """<TITLE>RIVERTON GAS &lt;RVG> BUYS
HARBOUR &amp; CO</TITLE>
<AUTHOR>    By Ada Moreau, Reuters</AUTHOR>
<DATELINE>    RIVERTON, March 2 - </DATELINE><BODY>Riverton Gas Co &lt;RVG> said it agreed to
buy Harbour and Co for 12 mln dlrs in cash and shares of
its own.
    Shareholders will vote on it in May, the company said.

 Reuter"""


def dispatch(text=NORMAL, date=" 2-MAR-1987 15:01:01.79", kind="", number="7"):
    return DISPATCH.format(text=text, date=date, kind=kind, number=number, end="</BODY>" if "<BODY>" in text else "")


def parse(*dispatches):
    return list(reuters.ReutersSgml().parse(input_file(DOCTYPE + "".join(dispatches), "reut2-000.sgm")))


def parse_one(text=NORMAL, **parts):
    (record,) = parse(dispatch(text, **parts))
    assert isinstance(record, ArticleRecord), str(record)
    return record


def blocks(text):
    return parse_one(f"<TITLE>A TITLE</TITLE>\n<BODY>{text}").body.split("\n\n")


class TestFields:
    def test_every_field_arrives(self):
        record = parse_one()
        assert record.headline == "RIVERTON GAS <RVG> BUYS HARBOUR & CO"
        assert record.byline == "By Ada Moreau, Reuters"
        assert plain_text(record.body) == (
            "RIVERTON, March 2 - Riverton Gas Co <RVG> said it agreed to buy Harbour and Co for 12 mln dlrs in cash "
            "and shares of its own.\n\nShareholders will vote on it in May, the company said."
        )
        assert (record.external_id, record.source, record.language) == ("7", "Reuters", "en")
        assert str(record.position) == "reut2-000.sgm:2"

    def test_topics_places_and_people_are_tagged_and_nothing_else(self):
        assert parse_one().tags == (
            Tag("topic", "natural gas"),
            Tag("topic", "mergers and acquisitions"),
            Tag("place", "West Germany"),
            Tag("place", "USA"),
            Tag("person", "James Baker"),
            Tag("person", "Perez de Cuellar"),
        )

    def test_the_time_is_that_of_new_york_in_summer_and_in_winter(self):
        winter, summer = parse_one(date=" 2-MAR-1987 15:01:01.79"), parse_one(date="10-APR-1987 15:01:01.00&#9;&#9;F")
        assert winter.published_on == datetime.date(1987, 3, 2)
        assert winter.published_at.astimezone(datetime.UTC).strftime("%d %H:%M:%S") == "02 20:01:01"
        assert summer.published_at.astimezone(datetime.UTC).strftime("%d %H:%M:%S") == "10 19:01:01"

    @pytest.mark.parametrize("date", ["31-MAR-1987 605:12:19.12", "31-MAR-1987 25:00:00.00", "31-MAR-1987"])
    def test_a_day_whose_time_is_none_is_a_day(self, date):
        record = parse_one(date=date)
        assert (record.published_on, record.published_at) == (datetime.date(1987, 3, 31), None)

    @pytest.mark.parametrize("date", ["", "31-FEB-1987 10:00:00.00", "87/03/02"])
    def test_a_date_that_is_none_is_noted_and_the_article_goes_in(self, date):
        note, record = parse(dispatch(date=date))
        assert isinstance(note, Note)
        assert str(note) == f"reut2-000.sgm:2: The date “{date}” names no day; the article goes in without one."
        assert (record.headline[:8], record.published_on, record.published_at) == ("RIVERTON", None, None)

    def test_a_short_notice_is_its_title_and_no_filler(self):
        record = parse_one("******<TITLE>RIVERTON BANK CUTS RATE\n</TITLE>Blah blah blah.", kind=' TYPE="BRIEF"')
        assert (record.headline, record.body) == ("RIVERTON BANK CUTS RATE", "")

    def test_an_undivided_text_is_the_body_and_its_first_line_stays_apart(self):
        text = "RIVERTON TEA CLSG - MAR 2\n quiet\n sales nil\n REUTER"
        record = parse_one(text, kind=' TYPE="UNPROC"')
        assert (record.headline, record.body) == ("", "RIVERTON TEA CLSG - MAR 2\n\nquiet\n\nsales nil")

    def test_lines_that_were_left_outside_of_the_body_are_text_too(self):
        record = parse_one("<TITLE>GRAIN</TITLE>\nNORTH PIER WHEAT\n<DATELINE> RIVERTON -</DATELINE><BODY>SOUTH PIER")
        assert (record.headline, record.body) == ("GRAIN", "NORTH PIER WHEAT\n\nRIVERTON -SOUTH PIER")

    def test_an_article_without_title_and_text_is_reported_and_the_rest_goes_on(self):
        problem, record = parse(dispatch(""), dispatch(number="8"))
        assert str(problem) == "reut2-000.sgm:2: The article has neither a title nor a text. Give at least one of them."
        assert record.external_id == "8"


class TestText:
    def test_lines_broken_at_the_width_become_paragraphs(self):
        text = """The harbour board said on Monday that nine out of ten ferries
now run on time.
    It did not say what became of the others, of which there are
two."""
        assert blocks(text) == [
            "The harbour board said on Monday that nine out of ten ferries now run on time.",
            "It did not say what became of the others, of which there are two.",
        ]

    def test_the_lines_of_a_result_stay_apart(self):
        text = "Shr 34 cts vs 1.19 dlrs\n    Net 807,000 vs 2,858,000\n    Revs 5.0 mln vs 4.1 mln\n Reuter"
        assert blocks(text) == ["Shr 34 cts vs 1.19 dlrs", "Net 807,000 vs 2,858,000", "Revs 5.0 mln vs 4.1 mln"]

    def test_the_columns_of_a_table_survive(self):
        table = " MAY7   273          OFF     1\n JUL7   262 1/2      UP   \\*3*\n TOTAL SALES 17"
        body = parse_one(f"<TITLE>WHEAT</TITLE>\n<BODY>Prices at noon were\n{table}\n    It rained.\n Reuter").body
        assert f"<pre><code>{table}\n</code></pre>" in render_body(body)
        assert render_body(body).endswith("<p>It rained.</p>\n")
        assert "JUL7   262 1/2" in plain_text(body)

    def test_a_text_that_begins_with_a_table_keeps_its_columns(self):
        lines = [" MAY7   273          OFF     1", " JUL7   262          UP      3", " SEP7   260          UP      4"]
        record = within_limits(parse_one("<BODY>" + "\n".join(lines)))
        assert "\n".join(lines[1:]) in render_body(record.body)

    def test_a_line_with_two_wide_spaces_alone_is_no_table(self):
        assert blocks("It is  quite  cold.\n    So it is.") == ["It is quite cold.", "So it is."]

    @pytest.mark.parametrize("ending", [" Reuter", "  REUTER", "reuter", "REUTER...", " REUTER^M", " MORE", "REUTERS"])
    def test_the_signature_is_dropped(self, ending):
        assert blocks(f"It rained.\n{ending}") == ["It rained."]

    def test_the_name_of_the_agency_inside_the_text_stays(self):
        first = "The minister for the ferries did not wish to say more to"
        assert blocks(f"{first}\nReuters.\n Reuter") == [f"{first} Reuters."]

    def test_references_to_control_characters_vanish_and_others_are_read(self):
        assert blocks("R&amp;D at &lt;RVG> cost 5&#127; dlrs&#3;") == ["R&D at \\<RVG\\> cost 5 dlrs"]

    def test_bytes_that_are_not_utf8_are_read_as_latin_letters(self):
        markup = (DOCTYPE + dispatch("<TITLE>Z\u00dcRICH</TITLE>")).encode("latin-1")
        (record,) = reuters.ReutersSgml().parse(input_file(markup))
        assert record.headline == "ZÜRICH"


class TestFiles:
    def test_it_is_recognised_with_and_without_a_doctype(self):
        assert find_format(input_file(DOCTYPE + dispatch())).name == "reuters_sgml"
        assert find_format(input_file("\n" + dispatch())).name == "reuters_sgml"

    def test_articles_that_share_a_line_are_told_apart(self):
        first, second = parse((dispatch(number="1") + dispatch(number="2")).replace("</REUTERS>\n", "</REUTERS>"))
        assert (first.external_id, second.external_id) == ("1", "2")

    def test_an_article_that_breaks_off_is_reported_and_the_next_goes_in(self):
        problem, record = parse(dispatch().split("<BODY>")[0] + "\n", dispatch(number="8"))
        assert str(problem).startswith("reut2-000.sgm:2: The article does not end within 1,000,000 characters.")
        assert record.external_id == "8"

    def test_a_file_that_was_cut_off_says_so(self):
        record, problem = parse(dispatch(), dispatch()[:600])
        assert isinstance(record, ArticleRecord)
        assert "Add </REUTERS> where it ends, or fetch the file again" in str(problem)

    def test_an_article_without_end_is_not_gathered_in_memory(self, monkeypatch):
        monkeypatch.setattr(reuters, "LARGEST_ARTICLE", 5_000)
        longest = max(len(markup) for _, markup in reuters._articles(input_file(dispatch("x\n" * 10_000))))
        assert longest <= 5_000 + 5_000

    def test_a_file_without_articles_says_so(self):
        (problem,) = parse()
        assert str(problem) == "reut2-000.sgm: There is no <REUTERS> article in the file. Name another --format."

    def test_marks_without_end_take_no_long_time(self):
        began = time.process_time()
        parse(dispatch("<TITLE>" * 100_000 + "<D><BODY" * 20_000))
        assert time.process_time() - began < 5


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(["<REUTERS ", "</REUTERS>", "<TITLE>", "</TITLE>", "<TEXT>", "</TEXT>", "\n", "<D>", "x"]))
)
def test_no_markup_breaks_the_parser(parts):
    assert all(isinstance(item, ArticleRecord | Problem | Note) for item in parse("".join(parts)))


class TestNames:
    @pytest.mark.parametrize(
        ("name", "slug", "expected"),
        [
            (names.topic_name, "acq", "mergers and acquisitions"),
            (names.topic_name, "castor-oil", "castor oil"),
            (names.place_name, "ussr", "USSR"),
            (names.place_name, "papua-new-guinea", "Papua New Guinea"),
            (names.person_name, "reagan", "Reagan"),
            (names.person_name, "de-la-madrid", "de la Madrid"),
            (names.person_name, "o-kennedy", "O'Kennedy"),
        ],
    )
    def test_slugs_become_readable(self, name, slug, expected):
        assert name(slug) == expected

    @needs_corpora
    @pytest.mark.parametrize(
        ("kind", "name"),
        [("topics", names.topic_name), ("places", names.place_name), ("people", names.person_name)],
    )
    def test_each_slug_of_the_collection_has_a_name_of_its_own(self, kind, name):
        slugs = (COLLECTION / f"all-{kind}-strings.lc.txt").read_text().split()
        assert len(slugs) > 100
        assert len({name(slug).casefold() for slug in slugs}) == len(set(slugs))

    @needs_corpora
    def test_the_tables_name_only_slugs_of_the_collection(self):
        for kind, table in [("topics", names.TOPICS), ("places", names.PLACES), ("people", names.PEOPLE)]:
            assert set(table) <= set((COLLECTION / f"all-{kind}-strings.lc.txt").read_text().split())


@needs_corpora
class TestCollection:
    def test_a_thousand_articles_a_file_are_read_quickly_and_only_the_empty_are_rejected(self):
        began, problems, counted = time.process_time(), [], 0
        paths = sorted(map(str, COLLECTION.glob("*.sgm")))[::4]
        for file in open_files(paths):
            items = list(reuters.ReutersSgml().parse(file))
            problems += [item for item in items if isinstance(item, Problem)]
            counted += sum(isinstance(item, ArticleRecord) for item in items)
        assert counted + len(problems) == 1000 * len(paths)
        assert all(problem.reason == "The article has neither a title nor a text." for problem in problems)
        assert len(problems) <= len(paths)
        assert counted / (time.process_time() - began) > 1_000  # 7,000 when nothing else runs
