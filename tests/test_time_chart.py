"""The columns over time, and the table that says the same."""

import re
from html import unescape

import pytest

from .factories import make_article
from .pages import read

pytestmark = pytest.mark.django_db


def chart_of(html: str) -> str:
    return html.split('<figure class="time-chart')[1].split("</figure>")[0]


def drawn(html: str) -> dict[str, tuple[str, str]]:
    """{period: (count, address)} of the columns."""
    found = re.findall(r'<a class="time-chart-period" href="([^"]+)".*?data-count="(\d+)" data-name="([^"]+)"', html)
    return {name: (count, unescape(address)) for address, count, name in found}


def tabled(html: str) -> dict[str, tuple[str, str]]:
    """The same from the table, without its empty rows."""
    found = re.findall(r'<tr><th scope="row"><a href="([^"]+)"[^>]*>(.*?)</a></th><td[^>]*>(.*?)</td>', html)
    return {name: (count, unescape(address)) for address, name, count in found}


@pytest.mark.parametrize("parameters", ["", "?year=2024", "?from=2024-03-01&to=2024-03-31"])
def test_the_table_has_the_numbers_and_the_links_of_the_columns(client, parameters):
    for day in ("2022-05-01", "2024-03-01", "2024-03-21", "2024-03-21", "2024-04-02"):
        make_article(f"On {day}", published_on=day)
    chart = chart_of(read(client, f"/articles/{parameters}").html)
    assert len(drawn(chart)) > 1
    assert drawn(chart) == tabled(chart)


def test_an_empty_period_has_a_row_and_no_link(client):
    for day in ("2022-05-01", "2024-03-01"):
        make_article(f"On {day}", published_on=day)
    chart = chart_of(read(client, "/articles/").html)
    assert '<th scope="row">2023</th><td class="is-number">0</td>' in chart


def test_a_column_says_its_first_and_last_day(client):
    make_article("Story", published_on="2024-02-05")
    chart = chart_of(read(client, "/articles/?year=2024").html)
    assert 'data-first="2024-02-01" data-last="2024-02-29" data-count="1" data-name="February 2024"' in chart


def test_the_chart_knows_the_address_without_dates(client):
    make_article("Story")
    assert 'data-address="/articles/?q=story"' in read(client, "/articles/?q=story&year=2024").html


def test_the_labels_of_decades_are_short_in_every_language(client):
    for year in (1912, 2024):
        make_article(published_on=f"{year}-05-01")
    for language, label, name in (("en", "1910s", "1910s"), ("ar", "1910", "عقد 1910")):
        chart = chart_of(client.get("/articles/", headers={"Accept-Language": language}).content.decode())
        assert re.search(r"<span>(\S+)", chart)[1] == label
        assert name in drawn(f'<figure class="time-chart{chart}')
