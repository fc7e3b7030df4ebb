"""The front page: what there is, lately and over all, the newest, what was on this day."""

import datetime

import pytest
from django.utils import timezone

from .factories import make_article, make_person, make_place, make_source, make_topic
from .pages import count_queries, read

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 3, 14)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: TODAY)


def section(page, heading: str) -> str:
    """The text from a heading on."""
    assert heading in page.text, f"there is no {heading!r}"
    return page.text.split(heading)[-1]


def test_it_says_exactly_how_much_there_is_and_from_when_to_when(client):
    make_article("First", published_on="1912-04-16", about=[make_person()])
    make_article("Last", published_on="2024-03-21", about=[make_place()])
    make_article("Undated", published_on=None)
    make_article("Draft", published_on="1850-01-01", status="draft")
    page = read(client, "/")
    assert "An archive of 3 articles" in page.text
    assert "From 16 April 1912 to 21 March 2024." in page.text
    assert "1912–2024" in page.text


def test_an_archive_without_dates_says_nothing_of_time(client):
    make_article("Undated", published_on=None)
    text = read(client, "/").text
    assert "An archive of one article" in text
    assert "From" not in text
    assert "Articles over time" not in text


def test_lately_is_counted_back_from_the_last_day_of_the_archive(client):
    old, new = make_person("Olga Old"), make_person("Nora New")
    make_article("Long ago", published_on="1950-01-01", about=[old])
    for day in range(1, 8):
        make_article(f"Day {day}", published_on=f"1999-05-{day:02}", about=[new])
    page = read(client, "/")
    assert page.link("The last 30 days") == "/articles/?from=1999-04-08&to=1999-05-07"
    lately = section(page, "The last 30 days").split("Most written about")[0]
    assert "8 April 1999 – 7 May 1999" in lately
    assert "Nora New 7" in lately
    assert "Olga Old" not in lately


def test_where_little_was_written_lately_a_longer_span_is_taken(client):
    make_article("Long ago", published_on="1950-01-01")
    for month in range(1, 8):
        make_article(f"Month {month}", published_on=f"1999-{month:02}-01", about=[make_person(f"Person {month}")])
    page = read(client, "/")
    assert "The last year" in page.links
    assert "The last 30 days" not in page.links


def test_lately_is_not_there_where_it_would_be_the_whole_archive(client):
    for day in range(1, 8):
        make_article(f"Day {day}", published_on=f"1999-05-{day:02}")
    assert "The last 30 days" not in read(client, "/").links


def test_continents_do_not_come_first_because_everything_lies_in_them(client):
    africa = make_place("Africa", kind="continent")
    egypt = make_place("Egypt", kind="country", parent=africa)
    make_article("Story", about=[egypt])
    page = read(client, "/")
    assert "Egypt" in page.links
    assert "Africa" not in page.links


def test_on_this_day_shows_earlier_years_round_ones_first(client):
    for year in (1926, 1976, 1999, 2001, 2003, 2016, 2026):
        make_article(f"In {year}", published_on=f"{year}-03-14")
    make_article("On another day", published_on="1999-03-20")
    headlines = section(read(client, "/"), "On this day, 14 March").split("Sources")[0]
    for headline in ("In 2016", "In 2001", "In 1976", "In 1926"):
        assert headline in headlines
    for headline in ("In 2026", "In 2003", "In 1999", "On another day"):
        assert headline not in headlines
    assert headlines.index("In 2016") < headlines.index("In 1926")


def test_where_nothing_was_on_this_day_the_week_around_it_counts(client):
    make_article("Two days later", published_on="2011-03-16")
    make_article("A month later", published_on="2012-04-16")
    week = section(read(client, "/"), "In this week of other years")
    assert "Two days later" in week
    assert "A month later" not in week


def test_where_nothing_was_near_this_day_nothing_is_said(client):
    make_article("In summer", published_on="2011-08-16")
    text = read(client, "/").text
    assert "On this day" not in text
    assert "In this week" not in text


def test_on_the_last_of_february_nothing_breaks(client, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: datetime.date(2024, 2, 29))
    make_article("A leap day", published_on="2000-02-29")
    make_article("Not one", published_on="2001-02-28")
    page = read(client, "/")
    assert "A leap day" in section(page, "On this day, 29 February")


def test_sources_are_sections_where_there_are_several(client):
    wire, paper = make_source("Meridian Wire"), make_source("The Daily Test")
    make_article("One", source=wire)
    assert "Sources" not in read(client, "/").text
    make_article("Two", source=paper)
    page = read(client, "/")
    assert page.links["Meridian Wire"] == "/articles/?source=meridian-wire"
    assert "Meridian Wire 1" in section(page, "Sources")


def test_drafts_are_nowhere(client):
    hidden = make_person("Hidden Person")
    make_article("Public")
    make_article(
        "Secret", status="draft", about=[hidden], published_on="2020-03-14", source=make_source("Hidden Source")
    )
    text = read(client, "/").text
    for name in ("Secret", "Hidden Person", "Hidden Source", "2020"):
        assert name not in text


def test_queries_do_not_grow_with_what_is_shown(client):
    def fill(numbers):
        for number in numbers:
            about = [make_person(f"Person {number}"), make_place(f"Place {number}"), make_topic(f"topic {number}")]
            day = datetime.date(1990 + number, 3, 14)
            make_article(f"Story {number}", published_on=day, about=about, source=make_source(f"Source {number}"))
            make_article(f"Late {number}", published_on=datetime.date(2026, 3, 1), about=about)

    fill(range(8))
    few = count_queries(client, "/")
    fill(range(10, 30))
    assert count_queries(client, "/") == few
